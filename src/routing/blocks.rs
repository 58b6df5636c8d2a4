//! The places that lie on some loopless path.
//!
//! A place is on a loopless path between two others if and only if the three are in one biconnected component once these
//! two are joined (Hopcroft and Tarjan 1973, doi:10.1145/362248.362272, find the components).

use super::csr::Digraph;
use super::state_graph::{NOWHERE, StateGraph};

/// For each place of a graph of states, whether a loopless path from the start to the goal could pass it, as far as its
/// neighbours tell; directions, and what the states remember, are left aside.
///
/// Complexity: O(n + m log d) for n states and m arcs of places with d neighbours.
pub(super) fn places_between(graph: &StateGraph) -> Vec<bool> {
    let n_places = graph.n_places();
    let (start, goal) = (n_places, n_places + 1);
    let vertex = |state: u32| match (state, graph.place(state)) {
        (StateGraph::GOAL, _) => goal,
        (_, NOWHERE) => start,
        (_, place) => place as usize,
    };
    let mut neighbours = vec![Vec::new(); n_places + 2];
    for tail in 0..graph.n_states() as u32 {
        for arc in graph.arcs_of(tail) {
            let (a, b) = (vertex(tail), vertex(graph.head(arc)));
            if a != b {
                neighbours[a].push(b);
                neighbours[b].push(a);
            }
        }
    }
    for own in &mut neighbours {
        own.sort_unstable();
        own.dedup();
    }
    let mut between = component(&neighbours, start, goal);
    between.truncate(n_places);
    between
}

/// The vertices of the biconnected component that would hold an edge from `start` to `goal`.
fn component(neighbours: &[Vec<usize>], start: usize, goal: usize) -> Vec<bool> {
    // A depth-first search that enters the start and then the goal. What it enters after these is joined to both of them
    // apart, unless a vertex on the way there cuts it off: then all that was entered from there on is left out.
    let n = neighbours.len();
    let mut order = vec![0_u32; n];
    let mut low = vec![0_u32; n];
    let mut entered = vec![start, goal];
    let mut trail: Vec<(usize, usize, usize)> = vec![(goal, start, 0)];
    (order[start], low[start], order[goal], low[goal]) = (1, 1, 2, 2);
    let mut next = 3;
    while let Some((vertex, from, at)) = trail.last_mut() {
        let (own, parent) = (*vertex, *from);
        if let Some(&other) = neighbours[own].get(*at) {
            *at += 1;
            if order[other] == 0 {
                (order[other], low[other]) = (next, next);
                next += 1;
                entered.push(other);
                trail.push((other, own, 0));
            } else if other != parent {
                low[own] = low[own].min(order[other]);
            }
            continue;
        }
        trail.pop();
        if own == goal {
            break;
        }
        low[parent] = low[parent].min(low[own]);
        if low[own] >= order[parent] {
            // The parent cuts off all that was entered from here on.
            while entered.pop().is_some_and(|cut_off| cut_off != own) {}
        }
    }
    let mut inside = vec![false; n];
    entered.into_iter().for_each(|vertex| inside[vertex] = true);
    inside
}
