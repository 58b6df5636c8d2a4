//! How far it is to the goal past all that is still to be passed.
//!
//! The things to pass may be passed in any order, so the bound is that of Held and Karp's dynamic program (1962,
//! doi:10.1137/0110015) over the arcs that pass them, with distances that never turn back at once between them and at
//! them (`uturn.rs`).

use std::collections::BTreeMap;
use std::ops::Range;

use super::csr::Digraph;
use super::distance::Distance;
use super::field::Span;
use super::state_graph::StateGraph;
use super::uturn::Ways;

/// The most gates that one thing to pass has.
const MAX_GATES: usize = 12;

/// The most distances that all gates may take together, and the most steps of the dynamic program.
const MAX_DISTANCES: usize = 8_000_000;
const MAX_STEPS: usize = 50_000_000;

/// Arcs that pass one thing, coming from one place; or all arcs that pass it, where those are too many to be told apart.
#[derive(Debug, Clone)]
struct Gate {
    arcs: Vec<(u32, u32)>,
    ways: Ways,
}

/// Bounds on paths to the goal past all that is wanted.
#[derive(Debug, Clone)]
pub(super) struct Tours {
    wanted: u16,
    to_goal: Ways,
    gates: Vec<Gate>,
    /// The gates of each thing to pass.
    of: Vec<Range<usize>>,
    /// For each set of things, and each gate just passed, how far it is to the goal past all of the set.
    rest: Vec<Span<u64>>,
}

impl Tours {
    /// For a graph, over the arcs that are `open`, each of that length.
    ///
    /// Complexity: O(g (n + m) log n + 2^w g^2) for w things to pass by g gates.
    pub fn new(graph: &StateGraph, open: &[bool], lengths: &[u64]) -> Self {
        let wanted = graph.wanted();
        let n_things = (u16::BITS - wanted.leading_zeros()) as usize;
        let mut by_place: Vec<BTreeMap<u32, Vec<(u32, u32)>>> = vec![BTreeMap::new(); n_things];
        for tail in 0..graph.n_states() as u32 {
            // What has been passed by everybody who is here is not passed for the first time from here.
            let ways_in = graph.arcs_into(tail).iter().filter(|(_, arc)| open[*arc as usize]);
            let passed = ways_in.map(|(_, arc)| graph.marks(*arc)).reduce(|a, b| a & b).unwrap_or(0);
            for arc in graph.arcs_of(tail).filter(|&arc| open[arc as usize]) {
                let marks = graph.marks(arc) & !passed;
                for thing in (0..n_things).filter(|thing| marks >> thing & 1 == 1) {
                    by_place[thing].entry(graph.place(tail)).or_default().push((tail, arc));
                }
            }
        }
        let all = by_place.iter().map(|places| places.len().min(MAX_GATES)).sum::<usize>();
        let tight = all * graph.n_states() > MAX_DISTANCES || (all * all) << n_things > MAX_STEPS;
        let (mut gates, mut of) = (Vec::new(), Vec::new());
        for places in by_place {
            let first = gates.len();
            let apart = places.len() <= if tight { 1 } else { MAX_GATES };
            let together: Vec<(u32, u32)> = places.values().flatten().copied().collect();
            let groups = if apart { places.into_values().collect() } else { vec![together] };
            for arcs in groups {
                gates.push(Gate { ways: Ways::through(graph, open, lengths, &arcs), arcs });
            }
            of.push(first..gates.len());
        }
        let mut tours = Self { wanted, to_goal: Ways::to_goal(graph, open, lengths), gates, of, rest: Vec::new() };
        tours.plan(graph);
        tours
    }

    /// Fills in `rest`, from the empty set upwards.
    fn plan(&mut self, graph: &StateGraph) {
        if self.wanted == 0 {
            return;
        }
        let n_gates = self.gates.len();
        let after = |ways: &Ways, arcs: &[(u32, u32)]| {
            let each = arcs.iter().map(|&(tail, arc)| ways.after(graph.head(arc), graph.place(tail)));
            each.min().unwrap_or(Span::INFINITE)
        };
        let mut between = vec![Span::INFINITE; n_gates * n_gates];
        for (i, from) in self.gates.iter().enumerate() {
            for (j, to) in self.gates.iter().enumerate() {
                let at_once = from.arcs.iter().any(|arc| to.arcs.contains(arc));
                between[i * n_gates + j] = if at_once { Span::ZERO } else { after(&to.ways, &from.arcs) };
            }
        }
        let mut rest = vec![Span::INFINITE; (usize::from(self.wanted) + 1) * n_gates];
        for (i, gate) in self.gates.iter().enumerate() {
            rest[i] = after(&self.to_goal, &gate.arcs);
        }
        for set in 1..=usize::from(self.wanted) {
            if set & !usize::from(self.wanted) != 0 {
                continue;
            }
            for (thing, gates) in self.of.iter().enumerate().filter(|(thing, _)| set >> thing & 1 == 1) {
                let others = (set & !(1 << thing)) * n_gates;
                for to in gates.clone() {
                    let beyond = rest[others + to];
                    for from in 0..n_gates {
                        let through = between[from * n_gates + to].plus(beyond);
                        let known = &mut rest[set * n_gates + from];
                        *known = through.min(*known);
                    }
                }
            }
        }
        self.rest = rest;
    }

    /// How far it is at least from a state that is come to from a place, where these things have been passed.
    pub fn after(&self, state: u32, from: u32, passed: u16) -> Span<u64> {
        let left = usize::from(self.wanted & !passed);
        if left == 0 {
            return self.to_goal.after(state, from);
        }
        let mut least = Span::INFINITE;
        for (thing, gates) in self.of.iter().enumerate().filter(|(thing, _)| left >> thing & 1 == 1) {
            let others = (left & !(1 << thing)) * self.gates.len();
            for gate in gates.clone() {
                let to_gate = self.gates[gate].ways.after(state, from);
                least = least.min(to_gate.plus(self.rest[others + gate]));
            }
        }
        least
    }
}
