//! The ways of one demand, priced anew for each coalition.
//!
//! A demand is unfolded once. What an arc costs a coalition is what it costs anybody, less the transit fees of the
//! coalition's own countries, less what a segment to be built costs in itself: that is paid once, by whoever uses it. The
//! least cost is found by A* (Hart, Nilsson and Raphael 1968): what lies ahead of a state at least, were every fee
//! waived and everything built, is known beforehand for all coalitions.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::analysis::games::Coalition;
use crate::analysis::plan::{Plan, Unfolded};
use crate::graph::dijkstra::distances_to_goal;
use crate::graph::loopless::k_best;
use crate::graph::{Digraph, NOWHERE, StateGraph, StateGraphBuilder, Weight, Weighted};
use crate::metrics::{Measure, Route};
use crate::network::CountryCode;
use crate::request::Request;

/// No segment to be built.
const NONE: u32 = u32::MAX;

/// A way: what it costs without what is to be built on it, and its arcs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Way {
    pub(super) cents: u64,
    pub(super) arcs: Vec<u32>,
}

/// The ways of a demand.
#[derive(Debug)]
pub(super) struct Ways<'a> {
    plan: Plan<'a>,
    unfolded: Unfolded<'a>,
    /// By arc: what it costs, fees of the corridor's countries included, without building.
    cents: Vec<u64>,
    /// By arc: where its fees begin among `fees`; one more at the end.
    first_fee: Vec<u32>,
    fees: Vec<(u32, u64)>,
    /// By arc: which of the segments to be built it goes along.
    built: Vec<u32>,
    /// By state: the least that lies ahead.
    ahead: Vec<u64>,
}

impl<'a> Ways<'a> {
    /// Of a request under a plan; `fixed` tells the number and the cost of a segment that is to be built, by its index.
    /// `None` if an end is not in the network, or there are too many states.
    pub(super) fn new(
        plan: Plan<'a>,
        request: &Request,
        countries: &[CountryCode],
        fixed: impl Fn(u32) -> Option<(u32, u64)>,
    ) -> Option<Self> {
        let measures: Vec<Measure> = countries.iter().map(|&country| Measure::FeesIn(country)).collect();
        let unfolded = plan.unfold(request, &measures).filter(|unfolded| unfolded.is_whole)?;
        let graph = &unfolded.graph;
        let n = graph.n_arcs();
        let (mut cents, mut built) = (Vec::with_capacity(n), Vec::with_capacity(n));
        let (mut first_fee, mut fees) = (vec![0], Vec::new());
        let mut least = Vec::with_capacity(n);
        for arc in 0..n as u32 {
            let (number, own) = fixed(graph.edge(arc)).unwrap_or((NONE, 0));
            let all = graph.weight(arc).primary.saturating_sub(own);
            let due = (0..countries.len() as u32).map(|player| (player, graph.column(player as usize, arc)));
            fees.extend(due.filter(|(_, fee)| *fee > 0));
            let from = first_fee.last().copied().unwrap_or(0) as usize;
            least.push(fees[from..].iter().fold(all, |rest, (_, fee)| rest.saturating_sub(*fee)));
            first_fee.push(fees.len() as u32);
            cents.push(all);
            built.push(number);
        }
        let ahead = distances_to_goal(graph, |arc| least[arc as usize]);
        Some(Self { plan, unfolded, cents, first_fee, fees, built, ahead })
    }

    /// The cheapest way for a coalition, where going along a segment to be built costs as much as `price` says, or is not
    /// possible. Returns what is minimised and the way; `None` if there is no way.
    pub(super) fn cheapest(&self, exempt: Coalition, price: &impl Fn(u32) -> Option<u64>) -> Option<(u64, Way)> {
        let (graph, goal) = (&self.unfolded.graph, StateGraph::GOAL as usize);
        let n = graph.n_states();
        if n <= goal || self.ahead[StateGraph::START as usize] == u64::MAX {
            return None;
        }
        let far = (u64::MAX, u32::MAX);
        let mut known = vec![far; n];
        let mut by = vec![NONE; n];
        let mut tails = vec![NONE; n];
        let mut queue = BinaryHeap::new();
        known[StateGraph::START as usize] = (0, 0);
        queue.push(Reverse((self.ahead[0], 0, StateGraph::START, 0)));
        while let Some(Reverse((_, n_arcs, state, cents))) = queue.pop() {
            if (cents, n_arcs) != known[state as usize] {
                continue;
            }
            if state == StateGraph::GOAL {
                return self.trace(exempt, cents, &by, &tails).or_else(|| self.loopless(exempt, price));
            }
            for arc in graph.arcs_of(state) {
                let head = graph.head(arc) as usize;
                let Some(step) = self.step(arc, exempt, price).filter(|_| self.ahead[head] < u64::MAX) else {
                    continue;
                };
                let through = (cents.saturating_add(step), n_arcs + 1);
                if through < known[head] {
                    known[head] = through;
                    (by[head], tails[head]) = (arc, state);
                    queue.push(Reverse((
                        through.0.saturating_add(self.ahead[head]),
                        through.1,
                        head as u32,
                        through.0,
                    )));
                }
            }
        }
        None
    }

    /// A way with what it costs a coalition.
    fn way(&self, exempt: Coalition, arcs: Vec<u32>) -> Way {
        let cents = arcs.iter().fold(0_u64, |sum, &arc| sum.saturating_add(self.own(arc, exempt)));
        Way { cents, arcs }
    }

    /// The transit fees of each of the countries on a way, by their places; those of its ends' own are none.
    pub(super) fn fees_on<'w>(&'w self, way: &'w Way) -> impl Iterator<Item = (usize, u64)> + 'w {
        let fees_of = |&arc: &u32| {
            let arc = arc as usize;
            &self.fees[self.first_fee[arc] as usize..self.first_fee[arc + 1] as usize]
        };
        way.arcs.iter().flat_map(fees_of).map(|&(player, cents)| (player as usize, cents))
    }

    /// The segments to be built that a way goes along.
    pub(super) fn built_on<'w>(&'w self, way: &'w Way) -> impl Iterator<Item = u32> + 'w {
        way.arcs.iter().map(|&arc| self.built[arc as usize]).filter(|&number| number != NONE)
    }

    /// A way as a route, with the fees of all but its ends' countries.
    pub(super) fn route(&self, way: &Way) -> Route {
        self.plan.route(&self.unfolded, &way.arcs)
    }

    /// An arc without building.
    fn own(&self, arc: u32, exempt: Coalition) -> u64 {
        let arc = arc as usize;
        let fees = &self.fees[self.first_fee[arc] as usize..self.first_fee[arc + 1] as usize];
        let waived = fees.iter().filter(|(player, _)| exempt >> player & 1 == 1);
        waived.fold(self.cents[arc], |rest, (_, fee)| rest.saturating_sub(*fee))
    }

    fn step(&self, arc: u32, exempt: Coalition, price: &impl Fn(u32) -> Option<u64>) -> Option<u64> {
        let own = self.own(arc, exempt);
        match self.built[arc as usize] {
            NONE => Some(own),
            number => price(number).map(|price| own.saturating_add(price)),
        }
    }

    /// The way to the goal, if it is at no place twice.
    fn trace(&self, exempt: Coalition, minimised: u64, by: &[u32], tails: &[u32]) -> Option<(u64, Way)> {
        let graph = &self.unfolded.graph;
        let (mut arcs, mut places) = (Vec::new(), Vec::new());
        let mut state = StateGraph::GOAL;
        while state != StateGraph::START {
            places.push(graph.place(state));
            arcs.push(by[state as usize]);
            state = tails[state as usize];
        }
        arcs.reverse();
        places.retain(|&place| place != NOWHERE);
        places.sort_unstable();
        places.windows(2).all(|pair| pair[0] != pair[1]).then(|| (minimised, self.way(exempt, arcs)))
    }

    /// The same by the search that sees to it that no place comes twice, where the cheapest path of states does not.
    fn loopless(&self, exempt: Coalition, price: &impl Fn(u32) -> Option<u64>) -> Option<(u64, Way)> {
        let graph = &self.unfolded.graph;
        let mut builder = StateGraphBuilder::new(0);
        let mut arcs_of_new = Vec::new();
        for state in 0..graph.n_states() as u32 {
            for arc in graph.arcs_of(state) {
                if let Some(step) = self.step(arc, exempt, price) {
                    builder.arc(graph.head(arc), Weight::new(step, graph.weight(arc).segments), graph.edge(arc), &[]);
                    arcs_of_new.push(arc);
                }
            }
            builder.next_state();
        }
        let places = (0..graph.n_states() as u32).map(|state| graph.place(state)).collect();
        let found = k_best(&builder.finish(places), 1, &[]).into_iter().next()?;
        let arcs = found.arcs.iter().map(|&arc| arcs_of_new[arc as usize]).collect();
        Some((found.weight.primary, self.way(exempt, arcs)))
    }
}
