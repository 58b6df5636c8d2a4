//! Distances to the goal from everywhere (Dijkstra 1959, doi:10.1007/BF01386390, on the reversed graph).

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::distance::Distance;
use super::state_graph::{Arc, StateGraph};

impl Distance for super::Weight {
    const ZERO: Self = Self::new(0, 0);
    const INFINITE: Self = Self::INFINITE;
    fn plus(self, other: Self) -> Self {
        self + other
    }
}

/// The least distance from each state to the goal, by a measure that is never negative.
///
/// Complexity: O((n + m) log n) for n states and m arcs; the reversed graph is built on each call.
///
/// # Example
/// ```
/// use fiberplan::routing::{Arc, StateGraph, Weight, dijkstra::distances_to_goal};
/// // start(0) --2--> a(2) --3--> goal(1), and start --9--> goal
/// let arc = |to, km| Arc { to, weight: Weight::new(km, 1), uses: [0; 3], edge: 0 };
/// let graph = StateGraph::new(vec![u32::MAX, u32::MAX, 0], vec![vec![arc(2, 2), arc(1, 9)], vec![], vec![arc(1, 3)]]);
/// assert_eq!(distances_to_goal(&graph, |arc| arc.weight.primary), [5, 0, 3]);
/// ```
pub fn distances_to_goal<D: Distance>(graph: &StateGraph, measure: impl Fn(&Arc) -> D) -> Vec<D> {
    let n = graph.n_states();
    let mut distance = vec![D::INFINITE; n];
    if n <= StateGraph::GOAL as usize {
        return distance;
    }
    let (first, reversed) = reverse(graph);
    let mut queue = BinaryHeap::new();
    distance[StateGraph::GOAL as usize] = D::ZERO;
    queue.push(Reverse((D::ZERO, StateGraph::GOAL)));
    while let Some(Reverse((so_far, state))) = queue.pop() {
        if so_far > distance[state as usize] {
            continue;
        }
        for &(from, index) in &reversed[first[state as usize] as usize..first[state as usize + 1] as usize] {
            let through = so_far.plus(measure(graph.arc(index)));
            if through < distance[from as usize] {
                distance[from as usize] = through;
                queue.push(Reverse((through, from)));
            }
        }
    }
    distance
}

/// For each state, the (origin, arc index) of the arcs that lead to it, in compressed rows.
fn reverse(graph: &StateGraph) -> (Vec<u32>, Vec<(u32, u32)>) {
    let n = graph.n_states();
    let mut first = vec![0_u32; n + 1];
    for index in 0..graph.n_arcs() as u32 {
        first[graph.arc(index).to as usize + 1] += 1;
    }
    for i in 0..n {
        first[i + 1] += first[i];
    }
    let mut next = first.clone();
    let mut reversed = vec![(0, 0); graph.n_arcs()];
    for from in 0..n as u32 {
        for index in graph.arcs_of(from) {
            let slot = &mut next[graph.arc(index).to as usize];
            reversed[*slot as usize] = (from, index);
            *slot += 1;
        }
    }
    (first, reversed)
}
