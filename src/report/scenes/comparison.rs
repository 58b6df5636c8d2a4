//! Scenarios side by side as maps.

use std::collections::BTreeSet;

use super::MAX_ROUTES;
use super::frame::{empty_sheet, sheet};
use super::panel::{LANDMARK, panel};
use super::words::{best_at, ends, figures};
use crate::metrics::Route;
use crate::network::{Network, SegmentId};
use crate::picture::PictureSize;
use crate::picture::map::{Emphasis, Extent, LineStatus, Sheet};
use crate::scenario::{Compared, Comparison, Scenario};
use crate::units::separated;

/// Scenarios side by side, over the same part of the world: what is new or gone against the first is set off.
#[must_use]
pub fn comparison_sheet(scenarios: &[&Scenario], comparison: &Comparison, size: PictureSize) -> Sheet {
    let cases: Vec<(&Scenario, &Compared)> = scenarios.iter().copied().zip(&comparison.scenarios).collect();
    let Some((first, base)) = cases.first() else {
        return empty_sheet(size);
    };
    let usable = |scenario: &Scenario| -> BTreeSet<SegmentId> {
        let set = scenario.policy.usable(&scenario.network, scenario.demand.gbps);
        set.ids(&scenario.network).cloned().collect()
    };
    let before = usable(first);
    let mut points = Vec::new();
    let mut panels = Vec::new();
    for (scenario, compared) in &cases {
        let shown: Vec<(&Route, String)> = drawn(compared)
            .into_iter()
            .map(|route| {
                let (from, to) = ends(&scenario.network, route);
                (route, format!("{from}-{to}, {}", figures(route)))
            })
            .collect();
        let now = usable(scenario);
        let changed: BTreeSet<SegmentId> = before.symmetric_difference(&now).cloned().collect();
        let mut panel = panel(scenario, &shown, &changed);
        // A panel is a fraction of a sheet: only the places that a reader looks for find room.
        panel.places.retain(|place| place.on_route || place.priority >= LANDMARK);
        for line in &mut panel.lines {
            let id = SegmentId::new(line.id.as_str());
            line.emphasis = match (before.contains(&id), now.contains(&id)) {
                (true, false) => Emphasis::Removed,
                (false, true) => Emphasis::Added,
                (true, true) | (false, false) => Emphasis::Normal,
            };
            if line.emphasis == Emphasis::Removed && line.status == LineStatus::OutOfService {
                line.status = LineStatus::Closed;
            }
        }
        panel.caption = if std::ptr::eq(*compared, *base) {
            compared.name.clone()
        } else {
            what_changes(&first.network, comparison, compared)
        };
        points.extend(panel.routes.iter().flat_map(|route| route.points.iter().copied()));
        panels.push(panel);
    }
    for panel in panels.iter_mut().filter(|_| !points.is_empty()) {
        panel.extent = Extent::Fit(points.clone());
    }
    let changes: Vec<String> =
        cases.iter().skip(1).map(|(_, compared)| what_changes(&first.network, comparison, compared)).collect();
    let title = if changes.is_empty() { base.name.clone() } else { changes.join("; ") };
    sheet(first, title, panels, size)
}

/// What a scenario does to the answers of the first: the change that is largest in round-trip time, in words.
fn what_changes(network: &Network, comparison: &Comparison, compared: &Compared) -> String {
    let base = &comparison.scenarios[0];
    let name = &compared.name;
    let mut largest: Option<(f64, String)> = None;
    for ((before, now), question) in base.answers.iter().zip(&compared.answers).zip(&comparison.questions) {
        let (Some(a), b) = (before.routes.first(), now.routes.first()) else { continue };
        let (from, to) = ends(network, a);
        let (size, text) = match b {
            None => (f64::INFINITY, format!("{name}: no route {from}-{to}")),
            Some(b) => {
                let ms = b.rtt_ms() - a.rtt_ms();
                let usd = b.bill.total().millions() - a.bill.total().millions();
                (
                    ms.abs() + usd.abs(),
                    format!(
                        "{name}: {} {from}-{to} {ms:+.1} ms RTT, {} MUSD",
                        best_at(question.objective),
                        separated(&format!("{usd:+.1}"))
                    ),
                )
            }
        };
        if size > 0.0 && largest.as_ref().is_none_or(|(most, _)| size > *most) {
            largest = Some((size, text));
        }
    }
    largest.map_or_else(|| format!("{name}: the same best routes"), |(_, text)| text)
}

/// The routes of a comparison that are drawn: each way once.
fn drawn(compared: &Compared) -> Vec<&Route> {
    let mut shown: Vec<&Route> = Vec::new();
    for route in compared.routes() {
        if shown.len() < MAX_ROUTES && shown.iter().all(|other| other.nodes != route.nodes) {
            shown.push(route);
        }
    }
    shown
}
