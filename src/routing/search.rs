//! From a query to routes.

use super::loopless::{Limits, k_best};
use super::query::Query;
use super::unfold::unfold;
use crate::metrics::Tariff;
use crate::network::{Network, NodeId, SegmentId};

/// A route as found: where it begins and the segments it follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The first place.
    pub start: NodeId,
    /// The segments, in order.
    pub segments: Vec<SegmentId>,
    /// The objective's value, in whole units, without what is the same for every route (the terminals).
    pub weight: u64,
}

/// The best `query.k` loopless routes, best first; fewer where fewer exist.
///
/// Ties go to the route with fewer segments, then to the same one on every run, whatever the order of rows in a file.
/// The tariff must be that of the query's two end countries.
#[must_use]
pub fn search(network: &Network, tariff: &Tariff<'_>, query: &Query) -> Vec<Found> {
    let graph = unfold(network, tariff, query);
    let bound = |limit: Option<u64>| limit.unwrap_or(u64::MAX);
    let limits: Limits =
        [bound(query.bounds.latency_fs), bound(query.bounds.cost_cents), bound(query.bounds.crossings)];
    let found = |path: super::loopless::Path| {
        let edges = path.arcs.iter().map(|&arc| graph.arc(arc)).filter(|arc| arc.edge != u32::MAX);
        let segments =
            edges.map(|arc| network.segment(petgraph::graph::EdgeIndex::new(arc.edge as usize)).id().clone());
        let first = graph.arc(path.arcs[0]).to;
        let start = network.node(petgraph::graph::NodeIndex::new(graph.place(first) as usize)).id.clone();
        Found { start, segments: segments.collect(), weight: path.weight.primary }
    };
    k_best(&graph, query.k, &limits).into_iter().map(found).collect()
}
