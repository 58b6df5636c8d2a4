//! Multipliers at places, which make bounds see that a loopless path comes to each place once.
//!
//! The best path without the rule may pass a strait twice, on the way to a far place and on the way back. If everybody who
//! comes to the strait pays a multiplier, and everybody gets all multipliers back at the end, who comes once to each place that takes
//! one has lost nothing, and who comes twice has: so the best path under multipliers, less all multipliers, still bounds every loopless
//! path from below, and better ones raise it. This is the Lagrangian relaxation of the rule with the ascent of Held and
//! Karp (1971, doi:10.1007/BF01584070). Where one place is to be passed the best bound is that of a pair of disjoint
//! paths from it to both ends, which hardly ever falls short of the best path.

use super::csr::Digraph;
use super::distance::Distance;
use super::field::{Field, NONE, Span};
use super::state_graph::StateGraph;
use super::tours::Tours;

/// How often multipliers are changed.
const ROUNDS: usize = 50;

/// The bound is thought to be able to rise by that part of itself; each round goes some way towards it.
const HOPED_RISE: f64 = 0.25;

/// After so many rounds that have not raised the bound, changes are halved.
const PATIENCE: usize = 4;

/// Lagrange multipliers of places, and the distances under them.
#[derive(Debug, Clone)]
pub(super) struct Multipliers {
    /// By place.
    of: Vec<u64>,
    total: u64,
    tours: Tours,
}

impl Multipliers {
    /// No multipliers.
    pub fn none(graph: &StateGraph, open: &[bool]) -> Self {
        let of = vec![0; graph.n_places()];
        Self { tours: Tours::new(graph, open, &lengths(graph, &of)), of, total: 0 }
    }

    /// Multipliers that raise the bound on paths from the start as far as some rounds can; these ones if none do.
    ///
    /// Complexity: that of [`Tours::new`] in each round.
    pub fn raised(&self, graph: &StateGraph, open: &[bool]) -> Self {
        let Some(mut visits) = self.visits(graph) else { return self.clone() };
        let (mut best, mut at) =
            (self.clone(), self.of.iter().map(|&multiplier| multiplier as f64).collect::<Vec<_>>());
        let (mut pace, mut in_vain) = (1.0, 0);
        for _ in 0..ROUNDS {
            let excess: Vec<f64> = visits.iter().zip(&at).map(|(&n, &multiplier)| excess(n, multiplier)).collect();
            let norm: f64 = excess.iter().map(|excess| excess * excess).sum();
            if norm == 0.0 {
                // The path comes to each place that takes a multiplier just once: it is the best of all.
                break;
            }
            let step = pace * HOPED_RISE * best.bound(graph) as f64 / norm;
            for (multiplier, excess) in at.iter_mut().zip(&excess) {
                *multiplier = (*multiplier + step * excess).clamp(0.0, 1e15);
            }
            let of: Vec<u64> = at.iter().map(|&multiplier| multiplier.round() as u64).collect();
            let total = of.iter().fold(0_u64, |sum, &multiplier| sum.saturating_add(multiplier));
            let next = Self { tours: Tours::new(graph, open, &lengths(graph, &of)), of, total };
            let Some(next_visits) = next.visits(graph) else { break };
            visits = next_visits;
            if next.bound(graph) > best.bound(graph) {
                (best, in_vain) = (next, 0);
            } else {
                in_vain += 1;
                if in_vain == PATIENCE {
                    (pace, in_vain) = (pace / 2.0, 0);
                }
            }
        }
        best
    }

    /// What a place takes.
    pub fn at(&self, place: u32) -> u64 {
        self.of.get(place as usize).copied().unwrap_or(0)
    }

    /// How far it is at least from a state that is come to from a place, where these things have been passed and so much
    /// multiplier has been paid, on a way that comes to no place twice.
    pub fn after(&self, state: u32, from: u32, passed: u16, paid: u64) -> Span<u64> {
        let span = self.tours.after(state, from, passed);
        let back = self.total.saturating_sub(paid);
        if back == 0 || !span.is_finite() {
            return span;
        }
        // Where more is given back than is left to go, nothing is known of the rest.
        span.weight.checked_sub(back).map_or(Span { weight: 0, arcs: 0 }, |weight| Span { weight, arcs: span.arcs })
    }

    fn bound(&self, graph: &StateGraph) -> u64 {
        self.after(StateGraph::START, graph.place(StateGraph::START), 0, 0).weight
    }

    /// How often the best path under the multipliers comes to each place; `None` where it cannot be followed.
    fn visits(&self, graph: &StateGraph) -> Option<Vec<u32>> {
        let mut visits = vec![0; graph.n_places()];
        let (mut state, mut from, mut passed) = (StateGraph::START, NONE, 0);
        for _ in 0..=2 * graph.n_states() {
            if state == StateGraph::GOAL {
                return Some(visits);
            }
            let here = graph.place(state);
            let on = |arc: u32| {
                let (head, passed) = (graph.head(arc), passed | graph.marks(arc));
                let multiplier = self.at(graph.place(head));
                let turns = graph.place(head) != NONE && graph.place(head) == from;
                let span = self.tours.after(head, here, passed);
                (!turns && span.is_finite())
                    .then(|| (Span::ZERO.and(graph.length(arc).saturating_add(multiplier)).plus(span), arc))
            };
            let (_, arc) = graph.arcs_of(state).filter_map(on).min()?;
            passed |= graph.marks(arc);
            (from, state) = (here, graph.head(arc));
            if let Some(visits) = visits.get_mut(graph.place(state) as usize) {
                *visits += 1;
            }
        }
        None
    }
}

/// By how much a place is come to too often, or not at all where it takes a multiplier.
fn excess(visits: u32, multiplier: f64) -> f64 {
    if visits == 0 && multiplier == 0.0 { 0.0 } else { f64::from(visits) - 1.0 }
}

/// The lengths of all arcs with the multipliers at their heads.
fn lengths(graph: &StateGraph, multipliers: &[u64]) -> Vec<u64> {
    let multiplier = |arc: u32| multipliers.get(graph.place(graph.head(arc)) as usize).copied().unwrap_or(0);
    (0..graph.n_arcs() as u32).map(|arc| graph.length(arc).saturating_add(multiplier(arc))).collect()
}
