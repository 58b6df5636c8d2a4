//! What is odd about a network, and what there is in it.
//!
//! Every rule has a number that never changes, a severity and, where it draws a line, a threshold ([`RULES`]).
//! [`check_network`] judges a network that could be read; [`check_folder`] and [`check_geojson`] also report every row
//! that could not, instead of stopping at the first. [`network_stats`] counts. Nothing here changes a network, and no
//! finding stops a command: that is for the caller to decide.

mod citations;
mod files;
mod finding;
mod lengths;
mod parts;
mod places;
mod prices;
mod rules;
mod stats;
mod years;

pub use files::{check_folder, check_geojson, check_price_book};
pub use finding::Finding;
pub use rules::{RULES, Rule, Severity, Threshold, find_rule};
pub use stats::{Stats, Tally, network_stats};

use crate::geodesy::Atlas;
use crate::network::Network;
use crate::prices::PriceBook;

/// Judges a network by every rule that is not about reading its files; those about prices only with a price book.
///
/// # Returns
/// The findings in order of their rules, then of ids.
///
/// # Complexity
/// Linear in the points of all lines; some 0.1 ms a segment, most of it for lines and nodes against the base map.
#[must_use]
pub fn check_network(network: &Network, atlas: &Atlas, prices: Option<&PriceBook>) -> Vec<Finding> {
    let mut findings = check_rows(network, atlas);
    findings.extend(parts::check_parts(network));
    findings.extend(prices.into_iter().flat_map(|prices| prices::check_prices(network, prices)));
    finding::in_order(findings)
}

/// The rules that judge each row by itself, so that they hold even where other rows could not be read.
fn check_rows(network: &Network, atlas: &Atlas) -> Vec<Finding> {
    let mut findings = citations::check_citations(network);
    findings.extend(lengths::check_lengths(network));
    findings.extend(places::check_places(network, atlas));
    findings.extend(years::check_years(network));
    findings
}
