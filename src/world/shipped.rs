//! The data that the build script put into the binary. Nothing here is decoded before it is asked for.

use super::CountryNames;
use crate::geodesy::Atlas;
use crate::network::NetworkParts;
use crate::prices::PriceBook;

static ATLAS_BYTES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/atlas.bin"));
static NETWORK_BYTES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/network.bin"));
static PRICE_BYTES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/prices.bin"));
static COUNTRIES: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/basemap/iso_countries.tsv"));

// `SCENARIOS`: name and text of each, in alphabetical order.
include!(concat!(env!("OUT_DIR"), "/scenarios.rs"));

/// The base map: countries, boundaries, lakes and rivers.
///
/// # Panics
/// Only if the build script wrote a broken atlas, which a test rules out.
pub(super) fn atlas() -> Atlas {
    Atlas::from_bytes(ATLAS_BYTES).expect("the build script writes a whole atlas")
}

/// The base network.
///
/// # Panics
/// Only if the build script wrote a broken network, which a test rules out.
pub(super) fn base_network() -> NetworkParts {
    postcard::from_bytes(NETWORK_BYTES).expect("the build script writes a whole network")
}

/// The price book.
///
/// # Panics
/// Only if the build script wrote a broken price book, which a test rules out.
pub(super) fn price_book() -> PriceBook {
    postcard::from_bytes(PRICE_BYTES).expect("the build script writes a whole price book")
}

/// The English names of all countries, by code.
pub(super) fn country_names() -> CountryNames {
    let mut lines = COUNTRIES.lines();
    let head: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let column = |name: &str| head.iter().position(|cell| *cell == name).unwrap_or(0);
    let (code, name) = (column("iso_a2"), column("name"));
    lines
        .filter_map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            Some((cells.get(code)?.parse().ok()?, (*cells.get(name)?).to_owned()))
        })
        .collect()
}
