//! A country's ways to the hubs as maps: one for each objective, and one for each of two scenarios where they differ.

use std::collections::BTreeSet;

use super::frame::{empty_sheet, sheet};
use super::panel::{LANDMARK, panel};
use super::words::best_at;
use crate::analysis::Gateways;
use crate::metrics::Route;
use crate::picture::PictureSize;
use crate::picture::map::{Extent, Panel, Sheet};
use crate::request::Objective;
use crate::scenario::Scenario;

/// How many hubs' routes are drawn: as many as there are colours.
const MAX_HUBS: usize = 6;

/// The best routes of a country to each hub, under one scenario or two. A hub has one badge, one colour and one line in
/// the legend on all maps: the figures of its best routes by each objective, before and after where they differ.
#[must_use]
pub fn gateways_sheet(cases: &[(&Scenario, &Gateways)], title: String, size: PictureSize) -> Sheet {
    let Some((first, answer)) = cases.first() else { return empty_sheet(size) };
    let n_hubs = answer.hubs.len().min(MAX_HUBS);
    let labels: Vec<String> = (0..n_hubs).map(|hub| label(cases, hub)).collect();
    let mut panels: Vec<Panel> = Vec::new();
    for (objective, by) in answer.objectives.iter().enumerate() {
        let drawn: Vec<Vec<Option<&Route>>> =
            cases.iter().map(|(_, own)| (0..n_hubs).map(|hub| best(own, hub, objective)).collect()).collect();
        let same = drawn.iter().all(|routes| same_ways(routes, &drawn[0]));
        let shown = if same { &cases[..1] } else { cases };
        let mut name = best_at(*by).to_owned();
        name[..1].make_ascii_uppercase();
        for ((scenario, _), routes) in shown.iter().zip(&drawn) {
            let mut own = hubs_panel(scenario, routes, &labels);
            own.caption = match (cases.len(), same) {
                (1, _) if answer.objectives.len() == 1 => String::new(),
                (1, _) => name.clone(),
                (_, true) => format!("{name}, in {}", names(cases).join(" and ")),
                (_, false) => format!("{name}, in {}", scenario.name),
            };
            panels.push(own);
        }
    }
    if panels.len() > 1 {
        let points: Vec<_> =
            panels.iter().flat_map(|own| own.routes.iter().flat_map(|route| route.points.clone())).collect();
        for own in &mut panels {
            own.places.retain(|place| place.on_route || place.priority >= LANDMARK);
            if !points.is_empty() {
                own.extent = Extent::Fit(points.clone());
            }
        }
    }
    let mut sheet = sheet(first, title, panels, size);
    let more = answer.hubs.len() - n_hubs;
    if more > 0 {
        sheet.notes.push(format!("The first {n_hubs} hubs are drawn, {more} more are in the tables."));
    }
    sheet
}

fn best(answer: &Gateways, hub: usize, objective: usize) -> Option<&Route> {
    answer.hubs.get(hub)?.best.get(objective)?.as_ref().map(|way| &way.route)
}

fn same_ways(a: &[Option<&Route>], b: &[Option<&Route>]) -> bool {
    let way = |route: &Option<&Route>| route.map(|route| route.segments().cloned().collect::<Vec<_>>());
    a.iter().map(way).eq(b.iter().map(way))
}

fn names<'a>(cases: &[(&'a Scenario, &Gateways)]) -> Vec<&'a str> {
    cases.iter().map(|(scenario, _)| scenario.name.as_str()).collect()
}

/// One map: each hub's route under the hub's number.
fn hubs_panel(scenario: &Scenario, routes: &[Option<&Route>], labels: &[String]) -> Panel {
    let hubs: Vec<usize> = (0..routes.len()).filter(|&hub| routes[hub].is_some()).collect();
    let shown: Vec<(&Route, String)> =
        routes.iter().zip(labels).filter_map(|(route, label)| Some(((*route)?, label.clone()))).collect();
    let mut panel = panel(scenario, &shown, &BTreeSet::new());
    for (route, hub) in panel.routes.iter_mut().zip(hubs) {
        (route.rank, route.color) = (hub as u32 + 1, hub as u32 + 1);
    }
    panel
}

/// `Singapore: cheapest 93.1 ms RTT, 1.39 USD/Mbps/mo; fastest 84.7 > 84.3 ms RTT, 2.30 > 2.89 USD/Mbps/mo`
fn label(cases: &[(&Scenario, &Gateways)], hub: usize) -> String {
    let (first, answer) = cases[0];
    let by = |(objective, by): (usize, &Objective)| {
        let figures = |read: fn(&Route) -> f64, decimals: usize| {
            let shown = cases.iter().map(|(_, own)| {
                let route = best(own, hub, objective);
                route.map_or_else(|| "none".to_owned(), |route| format!("{:.decimals$}", read(route)))
            });
            let mut shown: Vec<String> = shown.collect();
            shown.dedup();
            shown.join(" > ")
        };
        let usd = figures(|route| route.usd_per_mbps_month, 2);
        format!("{} {} ms RTT, {usd} USD/Mbps/mo", best_at(*by), figures(Route::rtt_ms, 1))
    };
    let parts: Vec<String> = answer.objectives.iter().enumerate().map(by).collect();
    let name = answer.hubs.get(hub).map_or_else(String::new, |reach| first.plan().end_name(&reach.hub));
    format!("{name}: {}", parts.join("; "))
}
