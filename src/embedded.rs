//! What the build script put into the binary. Nothing here is decoded before it is asked for.

use std::sync::OnceLock;

use crate::geodesy::Atlas;

static ATLAS_BYTES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/atlas.bin"));

/// The base map: countries, boundaries, lakes and rivers. The first call reads the header only; the shapes stay
/// where they are.
///
/// # Panics
/// Only if the build script wrote a broken atlas, which a test rules out.
pub fn atlas() -> &'static Atlas {
    static ATLAS: OnceLock<Atlas> = OnceLock::new();
    ATLAS.get_or_init(|| Atlas::from_bytes(ATLAS_BYTES).expect("the build script writes a whole atlas"))
}
