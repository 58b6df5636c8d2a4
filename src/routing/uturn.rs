//! Distances of paths that never turn back at once.
//!
//! A loopless path does not go from a place to another and straight back. Shortest paths without such turns (Houck,
//! Picard, Queyranne and Vemuganti 1980, "The travelling salesman problem as a constrained shortest path problem",
//! Opsearch 17, pp. 93-109) are almost as easy as shortest paths: of the ways on from a state the best is kept, and the
//! best of those that go on to another place. They bound loopless paths far better where something has to be passed.
//! The length of an arc is the caller's to say: `tolls.rs` makes it more than it is.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::csr::Digraph;
use super::distance::Distance;
use super::field::{NONE, Span};
use super::state_graph::StateGraph;

/// A way on from a state: how long it is, and the place it goes to first.
#[derive(Debug, Clone, Copy)]
struct Way {
    span: Span<u64>,
    next: u32,
}

/// From each state, how far it is to something.
#[derive(Debug, Clone)]
pub(super) struct Ways {
    /// The best way, and the best of those that go to another place first.
    best: Vec<[Way; 2]>,
}

impl Ways {
    /// The ways to the goal, over the arcs that are `open`.
    pub fn to_goal(graph: &StateGraph, open: &[bool], lengths: &[u64]) -> Self {
        Self::new(graph, (open, lengths), [(StateGraph::GOAL, Way { span: Span::ZERO, next: NONE })])
    }

    /// The ways to the end of any of these (tail, arc) pairs, over the arcs that are `open`.
    pub fn through(graph: &StateGraph, open: &[bool], lengths: &[u64], arcs: &[(u32, u32)]) -> Self {
        let seed = |&(tail, arc): &(u32, u32)| {
            (tail, Way { span: Span::ZERO.and(lengths[arc as usize]), next: graph.place(graph.head(arc)) })
        };
        Self::new(graph, (open, lengths), arcs.iter().map(seed))
    }

    /// Dijkstra's method from the seeds backwards, with two labels a state.
    fn new(
        graph: &StateGraph,
        (open, lengths): (&[bool], &[u64]),
        seeds: impl IntoIterator<Item = (u32, Way)>,
    ) -> Self {
        let none = Way { span: Span::INFINITE, next: NONE };
        let mut best = vec![[none; 2]; graph.n_states()];
        let mut queue: BinaryHeap<Reverse<(Span<u64>, u32, u32)>> =
            seeds.into_iter().map(|(state, way)| Reverse((way.span, state, way.next))).collect();
        while let Some(Reverse((span, state, next))) = queue.pop() {
            if !span.is_finite() {
                break;
            }
            let ways = &mut best[state as usize];
            let second = ways[0].span < Span::INFINITE;
            if second && (ways[0].next == next || ways[1].span < Span::INFINITE) {
                continue;
            }
            ways[usize::from(second)] = Way { span, next };
            let (first_next, place) = (ways[0].next, graph.place(state));
            for &(tail, arc) in graph.arcs_into(state) {
                let from = graph.place(tail);
                // The best way serves all that do not come from where it goes; the second only those that do.
                let turns = from != NONE && from == first_next;
                if !open[arc as usize] || turns != second {
                    continue;
                }
                let known = &best[tail as usize];
                if known[0].span == Span::INFINITE || (known[0].next != place && known[1].span == Span::INFINITE) {
                    queue.push(Reverse((span.and(lengths[arc as usize]), tail, place)));
                }
            }
        }
        Self { best }
    }

    /// How far it is from a state that is come to from a place.
    pub fn after(&self, state: u32, from: u32) -> Span<u64> {
        let [best, other] = &self.best[state as usize];
        if from != NONE && best.next == from { other.span } else { best.span }
    }
}
