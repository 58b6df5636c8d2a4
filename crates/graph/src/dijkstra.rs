//! Distances to the goal from everywhere (Dijkstra 1959, doi:10.1007/BF01386390).

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::distance::Distance;
use super::state_graph::StateGraph;

/// The least distance from each state to the goal, by a measure of arcs that is never negative.
///
/// Complexity: O((n + m) log n) for n states and m arcs.
///
/// # Example
/// ```
/// use fiberplan_graph::{NO_SEGMENT, NOWHERE, StateGraphBuilder, Weight, Weighted, dijkstra::distances_to_goal};
/// // start(0) --2--> a(2) --3--> goal(1), and start --9--> goal
/// let mut builder = StateGraphBuilder::new(0);
/// builder.arc(2, Weight::new(2, 1), 0, &[]);
/// builder.arc(1, Weight::new(9, 1), 1, &[]);
/// builder.next_state();
/// builder.next_state();
/// builder.arc(1, Weight::new(3, 1), 2, &[]);
/// let graph = builder.finish(vec![NOWHERE, NOWHERE, 0]);
/// assert_eq!(distances_to_goal(&graph, |arc| graph.weight(arc).primary), [5, 0, 3]);
/// ```
pub fn distances_to_goal<D: Distance>(graph: &StateGraph, measure: impl Fn(u32) -> D) -> Vec<D> {
    let n = graph.n_states();
    let mut distance = vec![D::INFINITE; n];
    if n <= StateGraph::GOAL as usize {
        return distance;
    }
    let mut queue = BinaryHeap::new();
    distance[StateGraph::GOAL as usize] = D::ZERO;
    queue.push(Reverse((D::ZERO, StateGraph::GOAL)));
    while let Some(Reverse((so_far, state))) = queue.pop() {
        if so_far > distance[state as usize] {
            continue;
        }
        for &(from, arc) in graph.arcs_into(state) {
            let through = so_far.plus(measure(arc));
            if through < distance[from as usize] {
                distance[from as usize] = through;
                queue.push(Reverse((through, from)));
            }
        }
    }
    distance
}
