//! From answers to sheets: what of a scenario, a route, a corridor or a comparison goes onto the map.

use std::collections::BTreeSet;

use super::sheet::{
    Emphasis, Extent, LineMedium, LineStatus, MapCrossing, MapLine, MapPlace, MapRoute, Panel, PlaceKind, Sheet,
};
use crate::analysis::Transit;
use crate::geodesy::LonLat;
use crate::metrics::Route;
use crate::network::{Medium, Meta, Network, Node, NodeId, NodeKind, Segment, SegmentId, Status};
use crate::request::Objective;
use crate::scenario::{Compared, Comparison, Scenario};
use crate::units::{grouped, separated};
use crate::world::World;

/// How many routes of an answer are drawn.
const MAX_ROUTES: usize = 3;

/// Priority from which a place is shown in a comparison even off the routes: principal gateways and the largest towns.
pub(super) const LANDMARK: f64 = 5e6;

/// Width and height of a picture, pixels.
pub type Size = (u32, u32);

/// A sheet with nothing on it.
#[must_use]
pub fn empty_sheet(size: Size) -> Sheet {
    sheet_of(String::new(), String::new(), Vec::new(), String::new(), size)
}

/// The whole network of a scenario.
#[must_use]
pub fn network_sheet(scenario: &Scenario, size: Size) -> Sheet {
    let network = &scenario.network;
    let km: f64 = network.segments().filter(|s| s.row.status == Status::InService).map(|s| s.length.km()).sum();
    let title = format!(
        "{}: {} places in {} countries, {} segments, {} km in service",
        named(network),
        network.n_nodes(),
        network.countries().count(),
        network.n_segments(),
        grouped(km.round() as i64)
    );
    sheet(scenario, title, vec![panel(scenario, &[], &BTreeSet::new())], size)
}

/// Some routes between two ends.
#[must_use]
pub fn routes_sheet(scenario: &Scenario, routes: &[Route], corridor: &[String], size: Size) -> Sheet {
    let title = routes.first().map_or_else(|| named(&scenario.network), |route| route_title(&scenario.network, route));
    let shown: Vec<(&Route, String)> = routes.iter().take(MAX_ROUTES).map(|route| (route, figures(route))).collect();
    let mut panel = panel(scenario, &shown, &BTreeSet::new());
    panel.corridor = corridor.to_vec();
    sheet(scenario, title, vec![panel], size)
}

/// A corridor: its best crossing pairs, and the countries set off.
#[must_use]
pub fn transit_sheet(scenario: &Scenario, transit: &Transit, size: Size) -> Sheet {
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

/// Scenarios side by side, over the same part of the world: what is new or gone against the first is set off.
#[must_use]
pub fn comparison_sheet(scenarios: &[&Scenario], comparison: &Comparison, size: Size) -> Sheet {
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

pub(super) fn best_at(objective: Objective) -> &'static str {
    match objective {
        Objective::Cost => "cheapest",
        Objective::Latency => "fastest",
        Objective::Length | Objective::Missing => "shortest",
        Objective::Risk => "safest",
        Objective::Availability => "most available",
        Objective::Weighted(_) => "best by shares",
    }
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

pub(super) fn sheet(scenario: &Scenario, title: String, panels: Vec<Panel>, size: Size) -> Sheet {
    let demand = scenario.demand;
    let subtitle = format!(
        "{}, scenario {} ({}), {} Gbps for {} years, {} of {}",
        scenario.network.meta().id,
        scenario.name,
        scenario.policy.year,
        separated(&demand.gbps.get().to_string()),
        demand.term_years,
        scenario.book.currency,
        scenario.book.year
    );
    let attribution = attribution(scenario.network.meta());
    sheet_of(title, subtitle, panels, attribution, size)
}

/// Whose data the map shows: what a network says of itself, what the shipped one rests on, and the base map.
fn attribution(meta: &Meta) -> String {
    let named = |name: &str, value: &str| if value.is_empty() { String::new() } else { format!("{name}{value}") };
    let own = format!("Network {}{}{}. ", meta.id, named(", ", &meta.publisher), named(", ", &meta.licence));
    let shipped = if meta.id == World::SHIPPED_NETWORK {
        "Lengths derived from OpenStreetMap, \u{a9} OpenStreetMap contributors, ODbL 1.0. Places \u{a9} GeoNames, CC BY 4.0. "
    } else {
        ""
    };
    format!("{own}{shipped}Made with Natural Earth. Borders are not authoritative.")
}

fn sheet_of(
    title: String,
    subtitle: String,
    panels: Vec<Panel>,
    attribution: String,
    (width_px, height_px): Size,
) -> Sheet {
    Sheet { title, subtitle, panels, notes: Vec::new(), attribution, width_px, height_px }
}

pub(super) fn panel(scenario: &Scenario, routes: &[(&Route, String)], changed: &BTreeSet<SegmentId>) -> Panel {
    let network = &scenario.network;
    let on_route: BTreeSet<&NodeId> = routes.iter().flat_map(|(route, _)| &route.nodes).collect();
    let ends: BTreeSet<&NodeId> =
        routes.iter().flat_map(|(route, _)| [route.nodes.first(), route.nodes.last()]).flatten().collect();
    let retired = |segment: &&Segment| segment.row.status != Status::Retired || changed.contains(segment.id());
    let place = |node: &Node| MapPlace {
        name: node.short_name().to_owned(),
        kind: kind(node.kind),
        point: node.point,
        priority: priority(node, network),
        always_label: ends.contains(&node.id),
        on_route: on_route.contains(&node.id),
    };
    let mut crossings: Vec<MapCrossing> = Vec::new();
    for passage in routes.iter().flat_map(|(route, _)| &route.passages) {
        let land = matches!(passage.kind, crate::metrics::PassageKind::Land(_));
        if land && crossings.iter().all(|other| other.name != passage.name) {
            crossings.push(MapCrossing { name: passage.name.clone(), point: passage.point });
        }
    }
    Panel {
        caption: String::new(),
        extent: Extent::Content,
        corridor: Vec::new(),
        lines: network.segments().filter(retired).map(|segment| line(network, segment)).collect(),
        places: network.nodes().map(place).collect(),
        routes: routes
            .iter()
            .enumerate()
            .map(|(i, (route, label))| MapRoute {
                rank: i as u32 + 1,
                color: i as u32 + 1,
                label: label.clone(),
                points: way(network, route),
            })
            .collect(),
        crossings,
    }
}

fn line(network: &Network, segment: &Segment) -> MapLine {
    MapLine {
        id: segment.id().to_string(),
        points: network.line(segment),
        medium: match segment.row.medium {
            Medium::Buried | Medium::Duct => LineMedium::Land,
            Medium::Aerial | Medium::Opgw => LineMedium::Aerial,
            Medium::Submarine => LineMedium::Sea,
        },
        status: match segment.row.status {
            Status::InService => LineStatus::InService,
            Status::UnderConstruction => LineStatus::UnderConstruction,
            Status::Planned | Status::Proposed => LineStatus::Planned,
            Status::OutOfService | Status::Retired => LineStatus::OutOfService,
        },
        emphasis: Emphasis::Normal,
    }
}

fn kind(kind: NodeKind) -> PlaceKind {
    match kind {
        NodeKind::City => PlaceKind::City,
        NodeKind::BorderCrossing => PlaceKind::BorderCrossing,
        NodeKind::LandingStation => PlaceKind::LandingStation,
        NodeKind::Exchange => PlaceKind::Exchange,
        NodeKind::Junction => PlaceKind::Junction,
    }
}

/// Gateways first, then by population.
fn priority(node: &Node, network: &Network) -> f64 {
    let gateway = network.gateways(node.country).next().is_some_and(|first| first.id == node.id);
    node.population.unwrap_or(0) as f64 + if gateway { 2e7 } else { 0.0 }
}

/// The line of a route in the direction of travel.
#[must_use]
pub fn way(network: &Network, route: &Route) -> Vec<LonLat> {
    let mut points: Vec<LonLat> = Vec::new();
    for hop in &route.hops {
        let Some(segment) = network.find_segment(&hop.segment) else { continue };
        let mut line = network.line(segment);
        if !hop.forward {
            line.reverse();
        }
        let joined = usize::from(points.last().is_some() && points.last() == line.first());
        points.extend(line.into_iter().skip(joined));
    }
    points
}

fn ends(network: &Network, route: &Route) -> (String, String) {
    let name = |id: Option<&NodeId>| id.and_then(|id| network.find_node(id)).map_or("", Node::short_name).to_owned();
    (name(route.nodes.first()), name(route.nodes.last()))
}

/// `Ashgabat-Karachi by Torghundi and Chaman: 2,431 km, 24.8 ms RTT, 31.2 MUSD`.
fn route_title(network: &Network, route: &Route) -> String {
    let (from, to) = ends(network, route);
    let own = format!("{from}-{to} by sea");
    let names: Vec<&str> = route.passages.iter().map(|passage| passage.name.as_str()).filter(|n| *n != own).collect();
    let by = match names.as_slice() {
        [] => String::new(),
        [one] => format!(" by {one}"),
        [first, last] => format!(" by {first} and {last}"),
        [first, .., last] => format!(" by {first} ... {last}"),
    };
    format!("{from}-{to}{by}: {}", figures(route))
}

fn figures(route: &Route) -> String {
    format!(
        "{} km, {:.1} ms RTT, {} MUSD",
        grouped(route.length.km().round() as i64),
        route.rtt_ms(),
        separated(&format!("{:.1}", route.bill.total().millions()))
    )
}

fn named(network: &Network) -> String {
    let meta = network.meta();
    let name = meta.name.split(':').next().unwrap_or_default().trim();
    if name.is_empty() { meta.id.clone() } else { name.to_owned() }
}

fn codes(transit: &Transit) -> Vec<String> {
    transit.corridor.iter().map(ToString::to_string).collect()
}
