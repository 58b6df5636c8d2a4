//! What the build script put into the binary: the base map, the base network, the price book and the scenarios.
//! Nothing here is decoded before it is asked for.

use std::sync::OnceLock;

use crate::geodesy::Atlas;
use crate::network::{CountryCode, NetworkParts};
use crate::prices::PriceBook;

static ATLAS_BYTES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/atlas.bin"));
static NETWORK_BYTES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/network.bin"));
static PRICE_BYTES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/prices.bin"));
static COUNTRIES: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/basemap/iso_countries.tsv"));

include!(concat!(env!("OUT_DIR"), "/scenarios.rs"));

/// The base map: countries, boundaries, lakes and rivers. The first call reads the header only; the shapes stay
/// where they are.
///
/// # Panics
/// Only if the build script wrote a broken atlas, which a test rules out.
pub fn atlas() -> &'static Atlas {
    static ATLAS: OnceLock<Atlas> = OnceLock::new();
    ATLAS.get_or_init(|| Atlas::from_bytes(ATLAS_BYTES).expect("the build script writes a whole atlas"))
}

/// The shipped base network, ready to be changed and joined.
///
/// # Panics
/// Only if the build script wrote a broken network, which a test rules out.
#[must_use]
pub fn base_network() -> NetworkParts {
    postcard::from_bytes(NETWORK_BYTES).expect("the build script writes a whole network")
}

/// The id of the shipped base network.
#[must_use]
pub const fn base_network_id() -> &'static str {
    "eurasia-transit"
}

/// The shipped price book.
///
/// # Panics
/// Only if the build script wrote a broken price book, which a test rules out.
#[must_use]
pub fn price_book() -> PriceBook {
    postcard::from_bytes(PRICE_BYTES).expect("the build script writes a whole price book")
}

/// The text of a shipped scenario.
#[must_use]
pub fn scenario(name: &str) -> Option<&'static str> {
    SCENARIOS.iter().find(|(shipped, _)| *shipped == name).map(|(_, text)| *text)
}

/// The names of the shipped scenarios, in alphabetical order.
pub fn scenario_names() -> impl Iterator<Item = &'static str> {
    SCENARIOS.iter().map(|(name, _)| *name)
}

/// The English names of all countries, by code.
#[must_use]
pub fn country_names() -> &'static [(CountryCode, String)] {
    static NAMES: OnceLock<Vec<(CountryCode, String)>> = OnceLock::new();
    NAMES.get_or_init(|| {
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
    })
}

/// The English name of a country, or its code where it has none.
#[must_use]
pub fn country_name(code: CountryCode) -> String {
    if code.is_sea() {
        return "the sea".to_owned();
    }
    let names = country_names();
    names.iter().find(|(other, _)| *other == code).map_or_else(|| code.to_string(), |(_, name)| name.clone())
}
