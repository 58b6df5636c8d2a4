//! The k best loopless paths, exactly, also where states repeat places and quantities are bounded.
//!
//! Lawler's partition (1972, doi:10.1287/mnsc.18.7.401) of Yen's method (1971, doi:10.1287/mnsc.17.11.712), made lazy: the
//! set of all loopless paths is split by the prefix they share and the arcs they may not take next; each part carries a
//! lower bound, and only the part with the least bound is looked into, by A* (Hart, Nilsson and Raphael 1968,
//! doi:10.1109/TSSC.1968.300136) under the exact distances to the goal of the unconstrained graph.
//!
//! Two things make it more than Yen. A path of states may pass one *place* twice in different states, so what A* finds
//! for a part is a lower bound, not always an answer: such a path is not reported, but its part is split at every step
//! up to the repeat, which loses no loopless path. And where quantities are bounded, A* keeps every label that is not
//! dominated, after Aneja, Aggarwal and Nair (1983, doi:10.1002/net.3230130212), and drops what cannot stay within the bounds.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::dijkstra::distances_to_goal;
use super::state_graph::{N_RESOURCES, NOWHERE, StateGraph, Weight};

/// A path from start to goal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    /// Its weight.
    pub weight: Weight,
    /// The indices of its arcs.
    pub arcs: Vec<u32>,
}

/// Upper bounds on what the arcs of a path may use up; `u64::MAX` for none.
pub type Limits = [u64; N_RESOURCES];

/// No bounds.
pub const UNLIMITED: Limits = [u64::MAX; N_RESOURCES];

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
/// use fiberplan::routing::{Arc, StateGraph, Weight, loopless::{UNLIMITED, k_best}};
/// // start(0) to a(2), two parallel cables of 3 and 4 from a to b(3), b to goal(1)
/// let arc = |to, km, edge| Arc { to, weight: Weight::new(km, 1), uses: [0; 3], edge };
/// let arcs = vec![vec![arc(2, 0, 9)], vec![], vec![arc(3, 3, 0), arc(3, 4, 1)], vec![arc(1, 0, 9)]];
/// let graph = StateGraph::new(vec![u32::MAX, u32::MAX, 0, 1], arcs);
/// let lengths: Vec<u64> = k_best(&graph, 5, &UNLIMITED).iter().map(|path| path.weight.primary).collect();
/// assert_eq!(lengths, [3, 4]);
/// ```
#[must_use]
pub fn k_best(graph: &StateGraph, k: usize, limits: &Limits) -> Vec<Path> {
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
    used: [u64; N_RESOURCES],
    parent: usize,
    arc: u32,
}

struct Search<'a> {
    graph: &'a StateGraph,
    limits: Limits,
    limited: Vec<usize>,
    to_goal: Vec<Weight>,
    least_use: Vec<Vec<u64>>,
    blocked: Vec<bool>,
    /// Labels kept at each state: the round they belong to, and their indices.
    kept: Vec<(u32, Vec<usize>)>,
    round: u32,
}

impl<'a> Search<'a> {
    fn new(graph: &'a StateGraph, limits: &Limits) -> Self {
        let limited: Vec<usize> = (0..N_RESOURCES).filter(|&i| limits[i] < u64::MAX).collect();
        Self {
            graph,
            limits: *limits,
            to_goal: distances_to_goal(graph, |arc| arc.weight),
            least_use: limited.iter().map(|&i| distances_to_goal(graph, move |arc| arc.uses[i])).collect(),
            limited,
            blocked: vec![false; graph.n_places()],
            kept: vec![(0, Vec::new()); graph.n_states()],
            round: 0,
        }
    }

    /// Finds the lightest way on from a part's prefix, or that there is none.
    fn solve(&mut self, part: Part) -> Option<Part> {
        let graph = self.graph;
        let end = part.prefix.last().map_or(StateGraph::START, |&arc| graph.arc(arc).to);
        let (mut weight, mut used) = (Weight::default(), [0; N_RESOURCES]);
        for &index in &part.prefix {
            let arc = graph.arc(index);
            weight = weight + arc.weight;
            add_uses(&mut used, &arc.uses);
        }
        self.block(&part.prefix, true);
        let answer = self.a_star(end, weight, used, &part.banned);
        self.block(&part.prefix, false);
        answer.map(|(bound, rest)| Part { bound, open: false, rest, ..part })
    }

    fn block(&mut self, prefix: &[u32], blocked: bool) {
        for &index in prefix {
            let place = self.graph.place(self.graph.arc(index).to);
            if place != NOWHERE {
                self.blocked[place as usize] = blocked;
            }
        }
    }

    fn a_star(
        &mut self,
        from: u32,
        weight: Weight,
        used: [u64; N_RESOURCES],
        banned: &[u32],
    ) -> Option<(Weight, Vec<u32>)> {
        let graph = self.graph;
        self.round += 1;
        let mut labels = vec![Label { state: from, weight, used, parent: usize::MAX, arc: u32::MAX }];
        let mut queue = BinaryHeap::new();
        queue.push(Reverse((weight + self.to_goal[from as usize], 0_usize)));
        while let Some(Reverse((estimate, index))) = queue.pop() {
            let (state, weight, used) = (labels[index].state, labels[index].weight, labels[index].used);
            if state == StateGraph::GOAL {
                return Some((estimate, trace(&labels, index)));
            }
            if !self.keep(&labels, index) {
                continue;
            }
            for arc_index in graph.arcs_of(state) {
                let arc = graph.arc(arc_index);
                let place = graph.place(arc.to);
                let blocked = place != NOWHERE && self.blocked[place as usize];
                if blocked
                    || self.to_goal[arc.to as usize] == Weight::INFINITE
                    || (index == 0 && banned.contains(&arc_index))
                {
                    continue;
                }
                let mut used = used;
                add_uses(&mut used, &arc.uses);
                if self.exceeds(&used, arc.to) {
                    continue;
                }
                let weight = weight + arc.weight;
                queue.push(Reverse((weight + self.to_goal[arc.to as usize], labels.len())));
                labels.push(Label { state: arc.to, weight, used, parent: index, arc: arc_index });
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
            other.weight <= label.weight && self.limited.iter().all(|&i| other.used[i] <= label.used[i])
        };
        if kept.iter().any(dominates) {
            return false;
        }
        kept.push(index);
        true
    }

    fn exceeds(&self, used: &[u64; N_RESOURCES], state: u32) -> bool {
        self.limited
            .iter()
            .zip(&self.least_use)
            .any(|(&i, least)| used[i].saturating_add(least[state as usize]) > self.limits[i])
    }

    /// Splits what is left of a solved part; tells whether the path it was solved by is loopless.
    fn split(&mut self, part: &Part, parts: &mut BinaryHeap<Reverse<Part>>) -> bool {
        let graph = self.graph;
        self.block(&part.prefix, true);
        let mut prefix = part.prefix.clone();
        let mut weight = prefix.iter().fold(Weight::default(), |sum, &arc| sum + graph.arc(arc).weight);
        let mut loopless = true;
        for (i, &step) in part.rest.iter().enumerate() {
            let end = prefix.last().map_or(StateGraph::START, |&arc| graph.arc(arc).to);
            let mut banned = if i == 0 { part.banned.clone() } else { Vec::new() };
            banned.push(step);
            let bound = graph
                .arcs_of(end)
                .filter(|arc| !banned.contains(arc))
                .map(|arc| graph.arc(arc))
                .filter(|arc| graph.place(arc.to) == NOWHERE || !self.blocked[graph.place(arc.to) as usize])
                .map(|arc| weight + arc.weight + self.to_goal[arc.to as usize])
                .min();
            if let Some(bound) = bound.filter(|bound| bound.primary < u64::MAX) {
                let bound = bound.max(part.bound);
                parts.push(Reverse(Part { bound, open: true, prefix: prefix.clone(), banned, rest: Vec::new() }));
            }
            let place = graph.place(graph.arc(step).to);
            if place != NOWHERE {
                if self.blocked[place as usize] {
                    loopless = false;
                    break;
                }
                self.blocked[place as usize] = true;
            }
            prefix.push(step);
            weight = weight + graph.arc(step).weight;
        }
        self.block(&prefix, false);
        loopless
    }
}

fn add_uses(used: &mut [u64; N_RESOURCES], uses: &[u64; N_RESOURCES]) {
    for (sum, &use_) in used.iter_mut().zip(uses) {
        *sum = sum.saturating_add(use_);
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
