//! A network and some of its routes as the content of one map.

use std::collections::BTreeSet;

use crate::metrics::{PassageKind, Route};
use crate::network::{Medium, Network, Node, NodeId, NodeKind, Segment, SegmentId, Status};
use crate::picture::map::{
    Emphasis, Extent, LineMedium, LineStatus, MapCrossing, MapLine, MapPlace, MapRoute, Panel, PlaceKind,
};
use crate::report::features::route_line;
use crate::scenario::Scenario;

/// Priority from which a place is shown in a comparison even off the routes: principal gateways and the largest towns.
pub(super) const LANDMARK: f64 = 5e6;

/// One map: the segments of a scenario without those that are retired, unless they are among the `changed`; its places;
/// and routes, each with its label.
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
        let land = matches!(passage.kind, PassageKind::Land(_));
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
                points: route_line(network, route),
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
