//! A set of a network's segments.

use petgraph::graph::EdgeIndex;

use super::graph::Network;
use super::segment::{Segment, SegmentId};

/// Some of the segments of one network, told by its own order: only meaningful together with that network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SegmentSet {
    has: Vec<bool>,
}

impl SegmentSet {
    /// The segments that a rule picks.
    #[must_use]
    pub fn of(network: &Network, picks: impl FnMut(&Segment) -> bool) -> Self {
        Self { has: network.segments().map(picks).collect() }
    }

    /// Every segment.
    #[must_use]
    pub fn all(network: &Network) -> Self {
        Self { has: vec![true; network.n_segments()] }
    }

    /// Whether a segment is in it.
    #[must_use]
    pub fn contains(&self, network: &Network, id: &SegmentId) -> bool {
        network.edge_of(id).is_some_and(|edge| self.has(edge))
    }

    /// Puts a segment of the network in.
    pub fn insert(&mut self, network: &Network, id: &SegmentId) {
        if let Some(edge) = network.edge_of(id) {
            self.has[edge.index()] = true;
        }
    }

    /// Takes a segment out.
    pub fn remove(&mut self, network: &Network, id: &SegmentId) {
        if let Some(edge) = network.edge_of(id) {
            self.has[edge.index()] = false;
        }
    }

    /// What is in this set and not in the other, of the same network.
    #[must_use]
    pub fn without(&self, other: &Self) -> Self {
        Self { has: self.has.iter().zip(&other.has).map(|(&own, &others)| own && !others).collect() }
    }

    /// The ids of its segments, in order.
    pub fn ids<'a>(&'a self, network: &'a Network) -> impl Iterator<Item = &'a SegmentId> {
        network.segments().zip(&self.has).filter(|(_, has)| **has).map(|(segment, _)| segment.id())
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.has.iter().filter(|&&has| has).count()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.has.iter().all(|&has| !has)
    }

    /// Whether the segment at an index is in the set.
    #[must_use]
    pub fn has(&self, edge: EdgeIndex) -> bool {
        self.has.get(edge.index()).copied().unwrap_or(false)
    }
}
