//! The one best route of a request that asks for nothing but two ends, some things to avoid, and what to be best at.
//!
//! Such a request needs no unfolding of its own: the search runs on the [`StepGraph`] that all of them share, from the
//! goal backwards (Dijkstra 1959, doi:10.1007/BF01386390) until the start is settled, and the answer is read off forwards:
//! at each state the first step, in order of ids, by which the distance falls as it should. So of several best routes it
//! is the first in the order of their segments' ids, as for [`crate::graph::loopless::k_best`].
//!
//! A best path of states may pass one place twice. The search sees that only when it has the path, and says that it
//! cannot tell; the caller then asks the search that can.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::OnceLock;

use petgraph::graph::{EdgeIndex, NodeIndex};

use super::objective::Objective;
use super::query::Request;
use super::step_graph::{StepFrom, StepGraph, StepTo};
use super::unfold::{Ground, end_nodes};
use crate::graph::Weight;
use crate::metrics::{Journey, Measure, Step};
use crate::network::{CountryCode, Network};

/// What a direct search finds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Direct {
    /// The best path: where it begins and the segments it follows, by their numbers.
    Path {
        /// Its weight.
        weight: Weight,
        /// The place it begins at.
        start: u32,
        /// The segments.
        segments: Vec<u32>,
    },
    /// There is none.
    Nothing,
    /// The best path of states is no route, or the request asks for what this search knows nothing of.
    CannotTell,
}

/// The steps of a network with what each adds to the criteria, shared by all searches of a plan. Each criterion is
/// reckoned when it is first asked for.
#[derive(Debug)]
pub struct StepWeights {
    graph: StepGraph,
    latency: OnceLock<Vec<u64>>,
    length: OnceLock<Vec<u64>>,
    unavailability: OnceLock<Vec<u64>>,
    friction: OnceLock<Vec<u64>>,
    cost: OnceLock<Costs>,
}

/// What steps cost without the fees of countries passed through, and those fees.
#[derive(Debug, Default)]
struct Costs {
    charges: Vec<u64>,
    first_fee: Vec<u32>,
    fees: Vec<(CountryCode, u64)>,
}

/// The criteria of steps by their numbers, for one ground.
#[derive(Clone, Copy)]
struct Figures<'a> {
    ground: Ground<'a>,
    weights: &'a StepWeights,
}

impl StepWeights {
    /// For a network.
    #[must_use]
    pub fn new(network: &Network) -> Self {
        Self {
            graph: StepGraph::new(network),
            latency: OnceLock::new(),
            length: OnceLock::new(),
            unavailability: OnceLock::new(),
            friction: OnceLock::new(),
            cost: OnceLock::new(),
        }
    }

    fn of_all(&self, weigh: impl Fn(Step<'_>) -> u64) -> Vec<u64> {
        let mut all = Vec::with_capacity(self.graph.n_steps());
        self.graph.all_steps().for_each(|step| all.push(weigh(step)));
        all
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

impl<'a> Figures<'a> {
    fn of_all(self, measure: Measure, kept: &'a OnceLock<Vec<u64>>) -> &'a [u64] {
        let Ground { burdens, ends, .. } = self.ground;
        kept.get_or_init(|| self.weights.of_all(|step| burdens.of_step(measure, step, ends)))
    }

    fn latency(self) -> &'a [u64] {
        self.of_all(Measure::Latency, &self.weights.latency)
    }

    fn length(self) -> &'a [u64] {
        self.of_all(Measure::Length, &self.weights.length)
    }

    fn unavailability(self) -> &'a [u64] {
        self.of_all(Measure::Unavailability, &self.weights.unavailability)
    }

    fn friction(self) -> &'a [u64] {
        self.weights.friction.get_or_init(|| self.weights.of_all(|step| self.ground.burdens.friction(step.borders)))
    }

    fn costs(self) -> &'a Costs {
        self.weights.cost.get_or_init(|| {
            let burdens = self.ground.burdens;
            let mut costs = Costs { first_fee: vec![0], ..Costs::default() };
            for step in self.weights.graph.all_steps() {
                costs.charges.push(burdens.charges(step));
                burdens.fees(step, |country, cents| costs.fees.push((country, cents)));
                costs.first_fee.push(costs.fees.len() as u32);
            }
            costs
        })
    }

    /// The search for the least of an objective, by what a step adds to it.
    fn search(self, request: &Request) -> Direct {
        let ends = self.ground.ends;
        let search = Search::new(self.ground, &self.weights.graph, request);
        match request.objective {
            Objective::Cost => {
                let costs = self.costs();
                search.run(|number| costs.of_step(number, ends))
            }
            Objective::Latency => {
                let latency = self.latency();
                search.run(|number| latency[number as usize])
            }
            Objective::Length => {
                let length = self.length();
                search.run(|number| length[number as usize])
            }
            Objective::Availability => {
                let unavailability = self.unavailability();
                search.run(|number| unavailability[number as usize])
            }
            Objective::Risk => {
                let (unavailability, friction) = (self.unavailability(), self.friction());
                search.run(|number| unavailability[number as usize].saturating_add(friction[number as usize]))
            }
            Objective::Missing => {
                let (length, graph) = (self.length(), &self.weights.graph);
                let is_missing = |edge| self.ground.missing.is_some_and(|missing| missing.has(EdgeIndex::new(edge)));
                search.run(|number| if is_missing(graph.edge(number) as usize) { length[number as usize] } else { 0 })
            }
            Objective::Weighted(weights) => {
                search.run(|number| weights.score(|criterion| self.figure(criterion, number)))
            }
        }
    }

    /// What a step adds to a criterion.
    fn figure(self, criterion: Objective, number: u32) -> u64 {
        let i = number as usize;
        match criterion {
            Objective::Cost => self.costs().of_step(number, self.ground.ends),
            Objective::Latency => self.latency()[i],
            Objective::Length => self.length()[i],
            Objective::Availability => self.unavailability()[i],
            Objective::Risk => self.unavailability()[i].saturating_add(self.friction()[i]),
            Objective::Missing | Objective::Weighted(_) => 0,
        }
    }
}

/// Whether a request asks for nothing but its ends, what to avoid, and bounds, which are left to the caller.
fn is_plain(request: &Request) -> bool {
    let Request { from: _, to: _, objective: _, via, in_order: _, avoid: _, corridor, gates, bounds: _, shares: _, k } =
        request;
    *k == 1 && via.is_empty() && corridor.is_none() && gates.is_empty()
}

/// The best path of a request, bounds aside, if it asks for nothing else that needs states of its own.
#[must_use]
pub fn direct(ground: Ground<'_>, weights: &StepWeights, request: &Request) -> Direct {
    if is_plain(request) { (Figures { ground, weights }).search(request) } else { Direct::CannotTell }
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
    ground: Ground<'a>,
    graph: &'a StepGraph,
    objective: Objective,
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
        let objective = request.objective;
        Self { ground, graph, objective, open, roles, starts, goals, to_goal, queue: BinaryHeap::new() }
    }

    /// The weight of a step that a route begins with.
    fn first(&self, number: u32, tail: u32) -> Key {
        key(self.ground.weigh_step(self.objective, self.graph.step(number, tail, true)), 1)
    }

    /// The weight of ending in a state.
    fn end(&self, state: u32) -> Key {
        let ashore = Journey::end(self.graph.arrival(state), self.ground.network.node(self.graph.place(state)));
        key(self.ground.weigh_end(self.objective, ashore.as_slice()), 0)
    }

    /// The search, by the weight of a step by its number.
    fn run(mut self, weigh: impl Fn(u32) -> u64) -> Direct {
        let graph = self.graph;
        for state in self.goals.iter().flat_map(|&goal| graph.states_at(goal)) {
            let end = self.end(state);
            self.to_goal[state as usize] = end;
            self.queue.push(Reverse(end | Key::from(state)));
        }
        let best = self.settle(&weigh);
        if best == NO_WAY {
            return Direct::Nothing;
        }
        if best >> 64 >= Key::from(u64::MAX / 2) {
            // Sums that were cut off say nothing about what they are sums of.
            return Direct::CannotTell;
        }
        self.read_off(best, weigh)
    }

    /// Settles states in order of distance until no first step can be better than the best one known; its distance.
    fn settle(&mut self, weigh: impl Fn(u32) -> u64) -> Key {
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
                    best = best.min(self.first(number, tail).saturating_add(so_far));
                }
                let through = so_far.saturating_add(key(weigh(number), 1));
                if !role.is_closed && through < best && through < self.to_goal[tail as usize] {
                    self.to_goal[tail as usize] = through;
                    self.queue.push(Reverse(through | Key::from(tail)));
                }
            }
        }
        best
    }

    /// The first of the best routes in the order of their segments.
    fn read_off(&self, best: Key, weigh: impl Fn(u32) -> u64) -> Direct {
        let graph = self.graph;
        let on = |step: StepTo| self.open[step.edge as usize].then(|| self.to_goal[step.head as usize]);
        let begin = |start: u32| {
            let fits = |&(number, step): &(u32, StepTo)| {
                on(step).is_some_and(|rest| self.first(number, start).saturating_add(rest) == best)
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
            if self.goals.contains(&graph.place(at)) && self.end(at) == here {
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
        let weight = Weight::new((best >> 64) as u64, (best >> 32) as u32);
        if loopless { Direct::Path { weight, start, segments } } else { Direct::CannotTell }
    }
}
