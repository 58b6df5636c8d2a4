//! The one best route of a request that asks for nothing but two ends, some things to avoid, and the best of one figure.
//!
//! Such a request needs no unfolding of its own: the search runs on the [`StepGraph`] that all of them share, from the
//! goal backwards (Dijkstra 1959, doi:10.1007/BF01386390) until the start is settled, and the answer is read off forwards:
//! at each state the first step, in order of ids, by which the distance falls as it should. So of several best routes it
//! is the first in the order of their segments' ids, as for [`super::loopless::k_best`].
//!
//! A best path of states may pass one place twice. The search sees that only when it has the path, and says that it
//! cannot tell; the caller then asks the search that can.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::OnceLock;

use petgraph::graph::NodeIndex;

use super::query::{Objective, Request};
use super::step_graph::{StepFrom, StepGraph, StepTo};
use super::unfold::{Ground, end_nodes};
use crate::metrics::{Burdens, Journey, Measure, Passed, Step};
use crate::network::{CountryCode, Network};

/// What a direct search finds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Direct {
    /// The best route: where it begins and the segments it follows, by their numbers.
    Route {
        /// The place it begins at.
        start: u32,
        /// The segments.
        segments: Vec<u32>,
    },
    /// There is none.
    Nothing,
    /// The best path of states is no route, or the request asks for more than this search knows.
    CannotTell,
}

/// The steps of a network with what each weighs, shared by all searches of a plan. Each weight is reckoned when it is
/// first asked for.
#[derive(Debug)]
pub struct StepWeights {
    graph: StepGraph,
    latency: OnceLock<Vec<u64>>,
    length: OnceLock<Vec<u64>>,
    risk: OnceLock<Vec<u64>>,
    cost: OnceLock<Costs>,
}

/// What steps cost without the fees of countries passed through, and those fees.
#[derive(Debug)]
struct Costs {
    charges: Vec<u64>,
    first_fee: Vec<u32>,
    fees: Vec<(CountryCode, u64)>,
}

impl StepWeights {
    /// For a network.
    #[must_use]
    pub fn new(network: &Network) -> Self {
        Self {
            graph: StepGraph::new(network),
            latency: OnceLock::new(),
            length: OnceLock::new(),
            risk: OnceLock::new(),
            cost: OnceLock::new(),
        }
    }

    fn of_all(&self, weigh: impl Fn(Step<'_>) -> u64) -> Vec<u64> {
        let mut all = Vec::with_capacity(self.graph.n_steps());
        for tail in 0..self.graph.n_states() as u32 {
            all.extend(self.graph.steps_of(tail).map(|(number, _)| weigh(self.graph.step(number, tail, false))));
        }
        all
    }

    fn costs(&self, burdens: &Burdens<'_>) -> &Costs {
        self.cost.get_or_init(|| {
            let mut costs = Costs { charges: Vec::new(), first_fee: vec![0], fees: Vec::new() };
            for tail in 0..self.graph.n_states() as u32 {
                for (number, _) in self.graph.steps_of(tail) {
                    let step = self.graph.step(number, tail, false);
                    costs.charges.push(burdens.charges(step));
                    burdens.fees(step, |country, cents| costs.fees.push((country, cents)));
                    costs.first_fee.push(costs.fees.len() as u32);
                }
            }
            costs
        })
    }
}

impl Costs {
    fn of_step(&self, number: u32, ends: (CountryCode, CountryCode)) -> u64 {
        let number = number as usize;
        let fees = &self.fees[self.first_fee[number] as usize..self.first_fee[number + 1] as usize];
        let due = fees.iter().filter(|(country, _)| *country != ends.0 && *country != ends.1);
        due.fold(self.charges[number], |sum, (_, cents)| sum.saturating_add(*cents))
    }
}

/// Whether a request asks for nothing that needs states of its own.
fn is_plain(request: &Request) -> bool {
    let Request { from: _, to: _, objective, via, avoid: _, corridor, gates, bounds, k } = request;
    *k == 1
        && *objective != Objective::Missing
        && via.is_empty()
        && corridor.is_none()
        && gates.is_empty()
        && bounds.limits().next().is_none()
}

/// The best route of a request, if it is a plain one.
#[must_use]
pub fn direct(ground: Ground<'_>, weights: &StepWeights, request: &Request) -> Direct {
    if !is_plain(request) {
        return Direct::CannotTell;
    }
    let Ground { burdens, ends, .. } = ground;
    let of_step = |measure| move |step: Step<'_>| burdens.of_step(measure, step, ends);
    let of_end = |measure| move |ashore: &[Passed]| burdens.of_ends(measure, ashore, ends);
    match request.objective {
        Objective::Cost => {
            let costs = weights.costs(burdens);
            let weigh = |number| costs.of_step(number, ends);
            Search::new(ground, &weights.graph, request).run(weigh, of_step(Measure::Cost), of_end(Measure::Cost))
        }
        Objective::Latency => {
            let all = weights.latency.get_or_init(|| weights.of_all(of_step(Measure::Latency)));
            let weigh = |number: u32| all[number as usize];
            Search::new(ground, &weights.graph, request).run(weigh, of_step(Measure::Latency), of_end(Measure::Latency))
        }
        Objective::Length => {
            let all = weights.length.get_or_init(|| weights.of_all(of_step(Measure::Length)));
            let weigh = |number: u32| all[number as usize];
            Search::new(ground, &weights.graph, request).run(weigh, of_step(Measure::Length), |_| 0)
        }
        Objective::Risk => {
            let risk = |step: Step<'_>| {
                burdens.of_step(Measure::Unavailability, step, ends).saturating_add(burdens.friction(step.borders))
            };
            let all = weights.risk.get_or_init(|| weights.of_all(risk));
            let weigh = |number: u32| all[number as usize];
            Search::new(ground, &weights.graph, request).run(weigh, risk, |ashore| burdens.friction(ashore))
        }
        Objective::Missing => Direct::CannotTell,
    }
}

/// A [`Weight`], and a state behind it, as one number that compares as they do.
type Key = u128;

/// No way.
const NO_WAY: Key = Key::MAX;

/// A weight as a key, the state left open.
fn key(primary: u64, segments: u32) -> Key {
    Key::from(primary) << 64 | Key::from(segments) << 32
}

/// What a place is to a search.
#[derive(Debug, Clone, Copy, Default)]
struct Role {
    /// A route may begin here.
    is_start: bool,
    /// No route passes here on its way.
    is_closed: bool,
}

struct Search<'a> {
    graph: &'a StepGraph,
    network: &'a Network,
    /// By segment: whether it may be used.
    open: Vec<bool>,
    /// By place.
    roles: Vec<Role>,
    starts: Vec<NodeIndex>,
    goals: Vec<NodeIndex>,
    /// The least distance known, by state.
    to_goal: Vec<Key>,
    queue: BinaryHeap<Reverse<Key>>,
}

impl<'a> Search<'a> {
    fn new(ground: Ground<'a>, graph: &'a StepGraph, request: &Request) -> Self {
        let (network, avoid) = (ground.network, &request.avoid);
        let mut open: Vec<bool> = network.edges().map(|edge| ground.usable.has(edge)).collect();
        for edge in avoid.segments.iter().filter_map(|id| network.edge_of(id)) {
            open[edge.index()] = false;
        }
        if !avoid.countries.is_empty() {
            for (open, segment) in open.iter_mut().zip(network.segments()) {
                *open &= !segment.pieces.iter().any(|piece| avoid.countries.contains(&piece.country));
            }
        }
        let mut roles = vec![Role::default(); network.n_nodes()];
        for node in avoid.nodes.iter().filter_map(|id| network.index_of(id)) {
            roles[node.index()].is_closed = true;
        }
        let ends = |end| {
            let country = |node: NodeIndex| network.node(node).country;
            let mut nodes = end_nodes(network, end);
            nodes.retain(|&node| !roles[node.index()].is_closed && !avoid.countries.contains(&country(node)));
            nodes
        };
        let (starts, goals) = (ends(&request.from), ends(&request.to));
        for end in [&starts, &goals] {
            if let [only] = end.as_slice() {
                // What begins or ends here does not pass here besides.
                roles[only.index()].is_closed = true;
            }
        }
        starts.iter().for_each(|start| roles[start.index()].is_start = true);
        let to_goal = vec![NO_WAY; graph.n_states()];
        Self { graph, network, open, roles, starts, goals, to_goal, queue: BinaryHeap::new() }
    }

    /// The search, by the weight of a step by its number, of a first step, and of what is passed at the very end.
    fn run(
        mut self,
        weigh: impl Fn(u32) -> u64,
        weigh_first: impl Fn(Step<'_>) -> u64,
        weigh_end: impl Fn(&[Passed]) -> u64,
    ) -> Direct {
        let (graph, network) = (self.graph, self.network);
        let first = |number, tail| key(weigh_first(graph.step(number, tail, true)), 1);
        let end = |state| {
            let ashore = Journey::end(graph.arrival(state), network.node(graph.place(state)));
            key(weigh_end(ashore.as_slice()), 0)
        };
        for state in self.goals.iter().flat_map(|&goal| graph.states_at(goal)) {
            self.to_goal[state as usize] = end(state);
            self.queue.push(Reverse(end(state) | Key::from(state)));
        }
        let best = self.settle(&weigh, first);
        if best == NO_WAY {
            return Direct::Nothing;
        }
        if best >> 64 >= Key::from(u64::MAX / 2) {
            // Sums that were cut off say nothing about what they are sums of.
            return Direct::CannotTell;
        }
        self.read_off(best, weigh, first, end)
    }

    /// Settles states in order of distance until no first step can be better than the best one known; its distance.
    fn settle(&mut self, weigh: impl Fn(u32) -> u64, first: impl Fn(u32, u32) -> Key) -> Key {
        let mut best = NO_WAY;
        while let Some(Reverse(next)) = self.queue.pop() {
            let (so_far, state) = (next >> 32 << 32, next as u32);
            if so_far >= best {
                break;
            }
            if so_far > self.to_goal[state as usize] {
                continue;
            }
            for &StepFrom { tail, place, edge, number } in self.graph.steps_into(state) {
                if !self.open[edge as usize] {
                    continue;
                }
                let role = self.roles[place as usize];
                if role.is_start && tail == place {
                    best = best.min(first(number, tail).saturating_add(so_far));
                }
                let through = so_far.saturating_add(key(weigh(number), 1));
                if !role.is_closed && through < self.to_goal[tail as usize] {
                    self.to_goal[tail as usize] = through;
                    self.queue.push(Reverse(through | Key::from(tail)));
                }
            }
        }
        best
    }

    /// The first of the best routes in the order of their segments.
    fn read_off(
        &self,
        best: Key,
        weigh: impl Fn(u32) -> u64,
        first: impl Fn(u32, u32) -> Key,
        end: impl Fn(u32) -> Key,
    ) -> Direct {
        let graph = self.graph;
        let on = |step: StepTo| self.open[step.edge as usize].then(|| self.to_goal[step.head as usize]);
        let begin = |start: u32| {
            let fits = |&(number, step): &(u32, StepTo)| {
                on(step).is_some_and(|rest| first(number, start).saturating_add(rest) == best)
            };
            Some((start, graph.steps_of(start).find(fits)?.1))
        };
        let begin = self.starts.iter().find_map(|start| begin(start.index() as u32));
        let (start, step) = begin.expect("the best distance is that of a first step");
        let mut segments = vec![step.edge];
        let mut passed = vec![start, graph.place(step.head).index() as u32];
        let mut at = step.head;
        loop {
            let here = self.to_goal[at as usize];
            if self.goals.contains(&graph.place(at)) && end(at) == here {
                break;
            }
            let falls = |&(number, step): &(u32, StepTo)| {
                on(step).is_some_and(|rest| key(weigh(number), 1).saturating_add(rest) == here)
            };
            let (_, step) = graph.steps_of(at).find(falls).expect("the distance falls by some step");
            segments.push(step.edge);
            at = step.head;
            passed.push(graph.place(at).index() as u32);
        }
        passed.sort_unstable();
        let loopless = passed.windows(2).all(|pair| pair[0] != pair[1]);
        if loopless { Direct::Route { start, segments } } else { Direct::CannotTell }
    }
}
