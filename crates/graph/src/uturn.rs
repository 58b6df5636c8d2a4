//! Distances of paths that never turn back at once.
//!
//! A loopless path does not go from a place to another and straight back. Shortest paths without such turns (Houck,
//! Picard, Queyranne and Vemuganti 1980, "The travelling salesman problem as a constrained shortest path problem",
//! Opsearch 17, pp. 93-109) are almost as easy as shortest paths: of the ways on from a state the best is kept, and the
//! best of those that go on to another place. They bound loopless paths far better where something has to be passed.
//! The length of an arc is the caller's to say: `multipliers.rs` makes it more than it is.

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
        // How many of a state's two ways are known to be the best ones.
        let mut n_settled = vec![0_u8; graph.n_states()];
        let mut queue = BinaryHeap::new();
        for (state, way) in seeds {
            if offer(&mut best[state as usize], way) {
                queue.push(Reverse((way.span, state, way.next)));
            }
        }
        while let Some(Reverse((span, state, next))) = queue.pop() {
            let ways = best[state as usize];
            let n = &mut n_settled[state as usize];
            let second = match *n {
                n @ 0..=1 if (ways[usize::from(n)].span, ways[usize::from(n)].next) == (span, next) => n == 1,
                // A better way has been found since.
                _ => continue,
            };
            *n += 1;
            let (first_next, place) = (ways[0].next, graph.place(state));
            for &(tail, arc) in graph.arcs_into(state) {
                let from = graph.place(tail);
                // The best way serves all that do not come from where it goes; the second only those that do.
                let turns = from != NONE && from == first_next;
                if !open[arc as usize] || turns != second {
                    continue;
                }
                let way = Way { span: span.and(lengths[arc as usize]), next: place };
                if way.span.is_finite() && offer(&mut best[tail as usize], way) {
                    queue.push(Reverse((way.span, tail, place)));
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

/// Puts a way among the best two that go to different places first; whether it is one of them.
fn offer([best, other]: &mut [Way; 2], way: Way) -> bool {
    let rank = |way: &Way| (way.span, way.next);
    if rank(&way) < rank(best) {
        if way.next != best.next {
            *other = *best;
        }
        *best = way;
        true
    } else if way.next != best.next && rank(&way) < rank(other) {
        *other = way;
        true
    } else {
        false
    }
}
