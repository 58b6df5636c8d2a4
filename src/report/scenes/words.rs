//! Titles and labels of maps.

use crate::metrics::Route;
use crate::network::{Meta, Network, Node, NodeId};
use crate::request::Objective;
use crate::units::{grouped, separated};

/// The adjective of the best route by an objective.
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

/// The names of a route's ends.
pub(super) fn ends(network: &Network, route: &Route) -> (String, String) {
    let name = |id: Option<&NodeId>| id.and_then(|id| network.find_node(id)).map_or("", Node::short_name).to_owned();
    (name(route.nodes.first()), name(route.nodes.last()))
}

/// `Ashgabat-Karachi by Torghundi and Chaman: 2,431 km, 24.8 ms RTT, 31.2 MUSD`.
pub(super) fn route_title(network: &Network, route: &Route) -> String {
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

/// `2,431 km, 24.8 ms RTT, 31.2 MUSD`.
pub(super) fn figures(route: &Route) -> String {
    format!(
        "{} km, {:.1} ms RTT, {} MUSD",
        grouped(route.length.km().round() as i64),
        route.rtt_ms(),
        separated(&format!("{:.1}", route.bill.total().millions()))
    )
}

/// The name of a network up to the first colon, or its id.
pub(super) fn short_name(meta: &Meta) -> String {
    let name = meta.name.split(':').next().unwrap_or_default().trim();
    if name.is_empty() { meta.id.clone() } else { name.to_owned() }
}
