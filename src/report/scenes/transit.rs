//! A corridor as a map.

use std::collections::BTreeSet;

use super::MAX_ROUTES;
use super::frame::sheet;
use super::panel::panel;
use super::words::{figures, route_title};
use crate::analysis::Transit;
use crate::metrics::Route;
use crate::picture::PictureSize;
use crate::picture::map::Sheet;
use crate::scenario::Scenario;

/// A corridor: its best crossing pairs, and the countries set off.
#[must_use]
pub fn transit_sheet(scenario: &Scenario, transit: &Transit, size: PictureSize) -> Sheet {
    let rows = transit.rows.iter().take(MAX_ROUTES);
    let shown: Vec<(&Route, String)> = rows
        .map(|row| {
            let later = if row.missing.is_empty() { "" } else { ", not usable yet" };
            (&row.route, format!("{}: {}{later}", row.crossings.join(", "), figures(&row.route)))
        })
        .collect();
    let title = transit.rows.first().map_or_else(
        || format!("No route along {}", codes(transit).join(", ")),
        |row| route_title(&scenario.network, &row.route),
    );
    let mut panel = panel(scenario, &shown, &BTreeSet::new());
    panel.corridor = codes(transit);
    sheet(scenario, title, vec![panel], size)
}

fn codes(transit: &Transit) -> Vec<String> {
    transit.corridor.iter().map(ToString::to_string).collect()
}
