//! The k best loopless paths, exactly, also where states repeat places and quantities are bounded.
//!
//! Lawler's partition (1972, doi:10.1287/mnsc.18.7.401) of Yen's method (1971, doi:10.1287/mnsc.17.11.712), made lazy: the
//! set of all loopless paths is split by the prefix they share and the arcs they may not take next; each part carries a
//! lower bound, and only the part with the least bound is looked into, by A* (Hart, Nilsson and Raphael 1968,
//! doi:10.1109/TSSC.1968.300136) under the exact distances to the goal of the unconstrained graph.
//!
//! Two things make it more than Yen. A path of states may pass one *place* twice in different states, as where a place to
//! pass lies at the end of a spur: such a place is watched from then on, and A* tells labels apart by the watched places
//! they have been to, after Boland, Dethridge and Dumitrescu (2006, doi:10.1016/j.orl.2004.11.011) and Righini and Salani
//! (2008, doi:10.1002/net.20212). And where quantities are bounded, A* keeps every label that is not dominated, after
//! Aneja, Aggarwal and Nair (1983, doi:10.1002/net.3230130212), and drops what cannot stay within the bounds.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::csr::{Digraph, Weighted};
use super::dijkstra::distances_to_goal;
use super::distance::Distance;
use super::state_graph::{NOWHERE, StateGraph, Weight};

/// A path from start to goal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    /// Its weight.
    pub weight: Weight,
    /// The indices of its arcs.
    pub arcs: Vec<u32>,
}

/// The most columns that may be bounded at once.
pub const MAX_LIMITS: usize = 6;

/// An upper bound on what the arcs of a path may use up in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// The column.
    pub column: usize,
    /// The most that is allowed.
    pub most: u64,
}

type Uses = [u64; MAX_LIMITS];

/// The most places that are watched at once. A path that repeats yet another one is only a lower bound of its part, which
/// is split at every step up to the repeat: that loses no loopless path.
const MAX_WATCHED: u32 = u64::BITS;

/// A part of the set of loopless paths: those that begin with `prefix` and do not go on with a banned arc.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Part {
    bound: Weight,
    /// Whether `bound` is only a promise that nothing is lighter, or `rest` is the lightest way on. Of equal bounds the
    /// solved part goes first, so that many ties do not all have to be solved for one answer.
    open: bool,
    prefix: Vec<u32>,
    banned: Vec<u32>,
    rest: Vec<u32>,
}

/// The first `k` loopless paths within `limits` in order of weight; equal weights in an order that is the same on every run.
///
/// Fewer are returned where fewer exist. Weights are never negative.
///
/// Complexity: for unbounded searches about one A* per reported path and per place on it, each seeing little more than
/// the detour it finds; exponential at worst where places repeat in many states or bounds are tight, as the problems
/// are NP-hard then.
///
/// # Example
/// ```
/// use fiberplan::routing::{NO_SEGMENT, NOWHERE, StateGraphBuilder, Weight, loopless::k_best};
/// // start(0) to a(2), two parallel cables of 3 and 4 from a to b(3), b to goal(1)
/// let mut builder = StateGraphBuilder::new(0);
/// builder.arc(2, Weight::new(0, 0), NO_SEGMENT, &[]);
/// builder.next_state();
/// builder.next_state();
/// builder.arc(3, Weight::new(3, 1), 0, &[]);
/// builder.arc(3, Weight::new(4, 1), 1, &[]);
/// builder.next_state();
/// builder.arc(1, Weight::new(0, 0), NO_SEGMENT, &[]);
/// let graph = builder.finish(vec![NOWHERE, NOWHERE, 0, 1]);
/// let lengths: Vec<u64> = k_best(&graph, 5, &[]).iter().map(|path| path.weight.primary).collect();
/// assert_eq!(lengths, [3, 4]);
/// ```
#[must_use]
pub fn k_best(graph: &StateGraph, k: usize, limits: &[Limit]) -> Vec<Path> {
    let mut found = Vec::new();
    if graph.n_states() <= StateGraph::GOAL as usize || k == 0 {
        return found;
    }
    let mut search = Search::new(graph, limits);
    let mut parts = BinaryHeap::new();
    let whole = Part { bound: search.to_goal[0], open: true, prefix: vec![], banned: vec![], rest: vec![] };
    if whole.bound < Weight::INFINITE {
        parts.push(Reverse(whole));
    }
    while let Some(Reverse(part)) = parts.pop() {
        if part.open {
            if let Some(solved) = search.solve(part) {
                parts.push(Reverse(solved));
            }
            continue;
        }
        let loopless = search.split(&part, &mut parts);
        if loopless {
            found.push(Path { weight: part.bound, arcs: [part.prefix, part.rest].concat() });
            if found.len() == k {
                break;
            }
        }
    }
    found
}

struct Label {
    state: u32,
    weight: Weight,
    used: Uses,
    /// The watched places that it has been to, one bit each.
    been: u64,
    parent: usize,
    arc: u32,
}

struct Search<'a> {
    graph: &'a StateGraph,
    limits: Vec<Limit>,
    to_goal: Vec<Weight>,
    least_use: Vec<Vec<u64>>,
    blocked: Vec<bool>,
    /// The bit of each watched place, 0 for the others.
    watched: Vec<u64>,
    n_watched: u32,
    /// Labels kept at each state: the round they belong to, and their indices.
    kept: Vec<(u32, Vec<usize>)>,
    round: u32,
}

impl<'a> Search<'a> {
    fn new(graph: &'a StateGraph, limits: &[Limit]) -> Self {
        assert!(limits.len() <= MAX_LIMITS, "no query bounds more than {MAX_LIMITS} quantities");
        Self {
            graph,
            limits: limits.to_vec(),
            to_goal: distances_to_goal(graph, |arc| graph.weight(arc)),
            least_use: limits.iter().map(|l| distances_to_goal(graph, |arc| graph.column(l.column, arc))).collect(),
            blocked: vec![false; graph.n_places()],
            watched: vec![0; graph.n_places()],
            n_watched: 0,
            kept: vec![(0, Vec::new()); graph.n_states()],
            round: 0,
        }
    }

    /// Finds the lightest way on from a part's prefix, or that there is none.
    fn solve(&mut self, part: Part) -> Option<Part> {
        let graph = self.graph;
        let end = part.prefix.last().map_or(StateGraph::START, |&arc| graph.head(arc));
        let (mut weight, mut used) = (Weight::default(), [0; MAX_LIMITS]);
        for &index in &part.prefix {
            weight = weight + graph.weight(index);
            self.add_uses(&mut used, index);
        }
        self.block(&part.prefix, true);
        let mut answer = self.a_star(end, weight, used, &part.banned);
        while answer.as_ref().is_some_and(|(_, rest)| self.watch_repeat(rest)) {
            answer = self.a_star(end, weight, used, &part.banned);
        }
        self.block(&part.prefix, false);
        answer.map(|(bound, rest)| Part { bound, open: false, rest, ..part })
    }

    /// Watches the place that a path comes back to first, if there is one and room to watch it.
    fn watch_repeat(&mut self, path: &[u32]) -> bool {
        let mut places = path.iter().map(|&arc| self.graph.place(self.graph.head(arc))).filter(|&p| p != NOWHERE);
        let mut seen = Vec::with_capacity(path.len());
        let again = places.find(|place| {
            seen.push(*place);
            seen[..seen.len() - 1].contains(place)
        });
        let Some(place) = again.filter(|_| self.n_watched < MAX_WATCHED) else { return false };
        self.watched[place as usize] = 1 << self.n_watched;
        self.n_watched += 1;
        true
    }

    fn block(&mut self, prefix: &[u32], blocked: bool) {
        for &index in prefix {
            let place = self.graph.place(self.graph.head(index));
            if place != NOWHERE {
                self.blocked[place as usize] = blocked;
            }
        }
    }

    fn a_star(&mut self, from: u32, weight: Weight, used: Uses, banned: &[u32]) -> Option<(Weight, Vec<u32>)> {
        let graph = self.graph;
        self.round += 1;
        let mut labels = vec![Label { state: from, weight, used, been: 0, parent: usize::MAX, arc: u32::MAX }];
        let mut queue = BinaryHeap::new();
        queue.push(Reverse((weight + self.to_goal[from as usize], 0_usize)));
        while let Some(Reverse((estimate, index))) = queue.pop() {
            let Label { state, weight, used, been, .. } = labels[index];
            if state == StateGraph::GOAL {
                return Some((estimate, trace(&labels, index)));
            }
            if !self.keep(&labels, index) {
                continue;
            }
            for arc_index in graph.arcs_of(state) {
                let to = graph.head(arc_index);
                let place = graph.place(to);
                let watched = if place == NOWHERE { 0 } else { self.watched[place as usize] };
                let blocked = place != NOWHERE && self.blocked[place as usize];
                if blocked
                    || been & watched != 0
                    || self.to_goal[to as usize] == Weight::INFINITE
                    || (index == 0 && banned.contains(&arc_index))
                {
                    continue;
                }
                let mut used = used;
                self.add_uses(&mut used, arc_index);
                if self.exceeds(&used, to) {
                    continue;
                }
                let weight = weight + graph.weight(arc_index);
                queue.push(Reverse((weight + self.to_goal[to as usize], labels.len())));
                labels.push(Label { state: to, weight, used, been: been | watched, parent: index, arc: arc_index });
            }
        }
        None
    }

    /// Whether a label, popped now, is better in something than all popped before it at its state; if so it is kept.
    fn keep(&mut self, labels: &[Label], index: usize) -> bool {
        let label = &labels[index];
        let (round, kept) = &mut self.kept[label.state as usize];
        if *round != self.round {
            *round = self.round;
            kept.clear();
        }
        let dominates = |&other: &usize| {
            let other = &labels[other];
            other.weight <= label.weight
                && other.been & !label.been == 0
                && (0..self.limits.len()).all(|i| other.used[i] <= label.used[i])
        };
        if kept.iter().any(dominates) {
            return false;
        }
        kept.push(index);
        true
    }

    fn add_uses(&self, used: &mut Uses, arc: u32) {
        for (sum, limit) in used.iter_mut().zip(&self.limits) {
            *sum = sum.saturating_add(self.graph.column(limit.column, arc));
        }
    }

    fn exceeds(&self, used: &Uses, state: u32) -> bool {
        let ahead = self.limits.iter().zip(&self.least_use);
        used.iter().zip(ahead).any(|(sum, (limit, least))| sum.saturating_add(least[state as usize]) > limit.most)
    }

    /// Splits what is left of a solved part; tells whether the path it was solved by is loopless.
    fn split(&mut self, part: &Part, parts: &mut BinaryHeap<Reverse<Part>>) -> bool {
        let graph = self.graph;
        self.block(&part.prefix, true);
        let mut prefix = part.prefix.clone();
        let mut weight = prefix.iter().fold(Weight::default(), |sum, &arc| sum + graph.weight(arc));
        let mut loopless = true;
        for (i, &step) in part.rest.iter().enumerate() {
            let end = prefix.last().map_or(StateGraph::START, |&arc| graph.head(arc));
            let mut banned = if i == 0 { part.banned.clone() } else { Vec::new() };
            banned.push(step);
            let bound = graph
                .arcs_of(end)
                .filter(|arc| !banned.contains(arc))
                .map(|arc| (arc, graph.head(arc)))
                .filter(|&(_, to)| graph.place(to) == NOWHERE || !self.blocked[graph.place(to) as usize])
                .map(|(arc, to)| weight + graph.weight(arc) + self.to_goal[to as usize])
                .min();
            if let Some(bound) = bound.filter(|bound| bound.primary < u64::MAX) {
                let bound = bound.max(part.bound);
                parts.push(Reverse(Part { bound, open: true, prefix: prefix.clone(), banned, rest: Vec::new() }));
            }
            let place = graph.place(graph.head(step));
            if place != NOWHERE {
                if self.blocked[place as usize] {
                    loopless = false;
                    break;
                }
                self.blocked[place as usize] = true;
            }
            prefix.push(step);
            weight = weight + graph.weight(step);
        }
        self.block(&prefix, false);
        loopless
    }
}

fn trace(labels: &[Label], mut index: usize) -> Vec<u32> {
    let mut arcs = Vec::new();
    while labels[index].parent != usize::MAX {
        arcs.push(labels[index].arc);
        index = labels[index].parent;
    }
    arcs.reverse();
    arcs
}
