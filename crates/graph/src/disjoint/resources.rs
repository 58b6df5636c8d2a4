//! What a path takes from the others.

use super::super::csr::Digraph;
use super::super::state_graph::{NO_SEGMENT, NOWHERE, StateGraph};

/// A way in which an arc takes a resource: the resource's number twice, plus one where it is only the end of the path
/// that stands there. Two ends may stand at one place, an end and a place passed through may not.
pub(super) type Use = u32;

/// The resource that a use takes.
pub(super) fn resource(taken: Use) -> u32 {
    taken / 2
}

/// The use that clashes with a use besides itself, if any.
pub(super) fn counterpart(taken: Use) -> Use {
    taken ^ 1
}

/// Whether a use clashes with itself.
pub(super) fn is_exclusive(taken: Use) -> bool {
    taken.is_multiple_of(2)
}

/// Things that two disjoint paths may not both take, and how bad it is for each to be shared.
#[derive(Debug, Clone)]
pub struct Resources {
    /// By resource: what sharing it weighs, where something has to be shared.
    weights: Vec<u64>,
    first: Vec<u32>,
    uses: Vec<Use>,
}

impl Resources {
    /// Each edge is a resource by itself; sharing it weighs what is said. Returns the edges of the graph too, in order: those
    /// of the resources.
    #[must_use]
    pub fn of_each_edge(graph: &StateGraph, weigh: impl Fn(u32) -> u64) -> (Vec<u32>, Self) {
        let mut edges: Vec<u32> = (0..graph.n_arcs() as u32).map(|arc| graph.edge(arc)).collect();
        edges.sort_unstable();
        edges.dedup();
        edges.retain(|&edge| edge != NO_SEGMENT);
        let weights = edges.iter().map(|&edge| weigh(edge)).collect();
        let of_arc = |_: u32, arc: u32| edges.binary_search(&graph.edge(arc)).ok().map(|i| 2 * i as u32).into_iter();
        let resources = Self::build(graph, weights, of_arc);
        (edges, resources)
    }

    /// Each segment takes the resources listed for its index; sharing resource `i` weighs `weights[i]`.
    ///
    /// # Panics
    /// If a resource is not below `weights.len()`.
    #[must_use]
    pub fn of_segments(graph: &StateGraph, of_segment: &[Vec<u32>], weights: Vec<u64>) -> Self {
        assert!(of_segment.iter().flatten().all(|&i| (i as usize) < weights.len()), "every resource has its weight");
        let of_arc = |_: u32, arc: u32| {
            let segment = graph.edge(arc);
            let own = if segment == NO_SEGMENT { None } else { of_segment.get(segment as usize) };
            own.into_iter().flatten().map(|&i| 2 * i)
        };
        Self::build(graph, weights, of_arc)
    }

    /// Each place that a path passes through is taken by it, and may not be where another one begins or ends. Sharing
    /// one place weighs 1.
    #[must_use]
    pub fn of_places(graph: &StateGraph) -> Self {
        let begins: Vec<u32> = graph.arcs_of(StateGraph::START).map(|arc| graph.head(arc)).collect();
        let of_arc = |tail: u32, arc: u32| {
            let place = graph.place(if tail == StateGraph::START { graph.head(arc) } else { tail });
            let is_end = tail == StateGraph::START || graph.head(arc) == StateGraph::GOAL;
            // What leaves the first place has it as its end already.
            let counts = place != NOWHERE && !begins.contains(&tail);
            counts.then_some(2 * place + u32::from(is_end)).into_iter()
        };
        Self::build(graph, vec![1; graph.n_places()], of_arc)
    }

    fn build<I: Iterator<Item = Use>>(graph: &StateGraph, weights: Vec<u64>, of_arc: impl Fn(u32, u32) -> I) -> Self {
        let mut resources = Self { weights, first: vec![0], uses: Vec::new() };
        for tail in 0..graph.n_nodes() as u32 {
            for arc in graph.arcs_of(tail) {
                let begin = resources.uses.len();
                resources.uses.extend(of_arc(tail, arc));
                resources.uses[begin..].sort_unstable();
                resources.first.push(resources.uses.len() as u32);
            }
        }
        resources
    }

    /// How many resources there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.weights.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.weights.is_empty()
    }

    /// What sharing a resource weighs.
    pub(super) fn weight(&self, resource: u32) -> u64 {
        self.weights[resource as usize]
    }

    /// The uses of an arc.
    pub(super) fn of_arc(&self, arc: u32) -> &[Use] {
        &self.uses[self.first[arc as usize] as usize..self.first[arc as usize + 1] as usize]
    }

    /// The uses of a path, in order, each once.
    pub(super) fn of_path(&self, arcs: &[u32]) -> Vec<Use> {
        let mut uses: Vec<Use> = arcs.iter().flat_map(|&arc| self.of_arc(arc)).copied().collect();
        uses.sort_unstable();
        uses.dedup();
        uses
    }

    /// The resources that at least two of these paths clash in, given the uses of each.
    pub(super) fn shared<'a>(&self, uses: impl Iterator<Item = &'a [Use]>) -> Vec<u32> {
        // By resource: how many paths pass through it, and how many end there.
        let mut all: Vec<Use> = uses.flatten().copied().collect();
        all.sort_unstable();
        let mut shared = Vec::new();
        for own in all.chunk_by(|a, b| resource(*a) == resource(*b)) {
            if own.len() > 1 && own.iter().any(|&taken| is_exclusive(taken)) {
                shared.push(resource(own[0]));
            }
        }
        shared
    }
}
