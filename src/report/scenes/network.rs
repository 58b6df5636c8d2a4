//! The whole network of a scenario as a map.

use std::collections::BTreeSet;

use super::frame::sheet;
use super::panel::panel;
use super::words::short_name;
use crate::network::Status;
use crate::picture::PictureSize;
use crate::picture::map::Sheet;
use crate::scenario::Scenario;
use crate::units::grouped;

/// The whole network of a scenario.
#[must_use]
pub fn network_sheet(scenario: &Scenario, size: PictureSize) -> Sheet {
    let network = &scenario.network;
    let km: f64 = network.segments().filter(|s| s.row.status == Status::InService).map(|s| s.length.km()).sum();
    let title = format!(
        "{}: {} places in {} countries, {} segments, {} km in service",
        short_name(network.meta()),
        network.n_nodes(),
        network.countries().count(),
        network.n_segments(),
        grouped(km.round() as i64)
    );
    sheet(scenario, title, vec![panel(scenario, &[], &BTreeSet::new())], size)
}
