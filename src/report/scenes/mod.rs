//! Answers as maps: a scenario, its routes, a corridor, a comparison or a country's ways to the hubs become a [`Sheet`],
//! which `picture` draws.
//!
//! One file a kind of map; `panel` turns a network and routes into the content of one map, `frame` writes what stands
//! around the maps, `words` the titles and labels.
//!
//! [`Sheet`]: crate::picture::map::Sheet

mod comparison;
mod frame;
mod gateways;
mod network;
mod panel;
mod routes;
mod transit;
mod words;

pub use comparison::comparison_sheet;
pub use frame::empty_sheet;
pub use gateways::gateways_sheet;
pub use network::network_sheet;
pub use routes::routes_sheet;
pub use transit::transit_sheet;

/// Most routes of an answer on one map.
const MAX_ROUTES: usize = 3;
