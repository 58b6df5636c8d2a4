//! Routes between two ends as a map.

use std::collections::BTreeSet;

use super::MAX_ROUTES;
use super::frame::sheet;
use super::panel::panel;
use super::words::{figures, route_title, short_name};
use crate::metrics::Route;
use crate::picture::PictureSize;
use crate::picture::map::Sheet;
use crate::scenario::Scenario;

/// Some routes between two ends.
#[must_use]
pub fn routes_sheet(scenario: &Scenario, routes: &[Route], corridor: &[String], size: PictureSize) -> Sheet {
    let title = routes
        .first()
        .map_or_else(|| short_name(scenario.network.meta()), |route| route_title(&scenario.network, route));
    let shown: Vec<(&Route, String)> = routes.iter().take(MAX_ROUTES).map(|route| (route, figures(route))).collect();
    let mut panel = panel(scenario, &shown, &BTreeSet::new());
    panel.corridor = corridor.to_vec();
    sheet(scenario, title, vec![panel], size)
}
