//! The network unfolded into the states a query has to tell apart.
//!
//! A state is a place, how the route came there (which matters for devices, landings and fees), how far it has followed
//! the corridor, which of the things to pass it has passed, and, where their number is bounded, the set of countries it
//! has entered. Only states that can be reached are made.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use petgraph::graph::{EdgeIndex, NodeIndex};
use petgraph::visit::EdgeRef;

use super::country_pattern::Positions;
use super::country_sets::{CountrySets, SetId};
use super::objective::Objective;
use super::passing::{self, MAX_VIA, Passing};
use super::query::{End, Gate, Request};
use crate::graph::dijkstra::distances_to_goal;
use crate::graph::{Digraph, Weighted};
use crate::graph::{NO_SEGMENT, NOWHERE, StateGraph, StateGraphBuilder, Weight};
use crate::metrics::{Arrival, Journey, Measure, Passed, PassedBy, Step, StepCosts};
use crate::network::{CountryCode, Link, Network, NodeId, Segment, SegmentId, SegmentSet};

/// The most states a request is unfolded into.
pub const MAX_STATES: usize = 4_000_000;

/// At a place with more states than this they are looked up in a table.
const FEW: usize = 8;

/// The input of a search: network, step costs and usable segments.
#[derive(Debug, Clone, Copy)]
pub struct SearchInput<'a> {
    /// The network.
    pub network: &'a Network,
    /// What each step adds to a route's figures.
    pub step_costs: &'a StepCosts<'a>,
    /// The segments that may be used.
    pub usable: &'a SegmentSet,
    /// Those among them that are not really there yet, for [`Objective::Missing`].
    pub missing: Option<&'a SegmentSet>,
    /// The countries of the request's two ends.
    pub ends: (CountryCode, CountryCode),
}

/// A request unfolded.
#[derive(Debug, Clone)]
pub struct Unfolding {
    /// The states and steps.
    pub graph: StateGraph,
    /// Whether every state is there, or the work was stopped at [`MAX_STATES`].
    pub is_whole: bool,
    states: Vec<(NodeIndex, State)>,
}

/// What no path worth having weighs more than, and what lies ahead of each state at least.
#[derive(Debug)]
pub struct Ceiling {
    most: u64,
    ahead: HashMap<(NodeIndex, State), u64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct State {
    arrival: Arrival,
    /// Where in the corridor, which is read as far as the country that the route is in, or was in last.
    at: Positions,
    passed: passing::Passed,
    entered: SetId,
}

struct Unfolder<'a> {
    input: SearchInput<'a>,
    network: &'a Network,
    request: &'a Request,
    passing: Passing<'a>,
    sets: Option<CountrySets>,
    columns: &'a [Measure],
    ceiling: Option<&'a Ceiling>,
    /// Whether arcs are marked with the things they pass, and states do not remember them.
    marked: bool,
    usable: Vec<bool>,
    shunned: Vec<bool>,
    goals: Vec<NodeIndex>,
    /// The states at each place, with their numbers, as long as they are few.
    at: Vec<Vec<(State, u32)>>,
    more: HashMap<(NodeIndex, State), u32>,
    states: Vec<(NodeIndex, State)>,
    /// Under a ceiling: how far each state is from the start, and the states to go on from, nearest first.
    far: Vec<u64>,
    queue: BinaryHeap<Reverse<(u64, u32)>>,
    arcs: Arcs,
    /// Room for the borders of one step and the columns of one arc.
    borders: Vec<Passed>,
    row: Vec<u64>,
}

/// Arcs in the order of their making, with their marks.
#[derive(Default)]
struct Arcs {
    all: Vec<(u32, u32, Weight, u32)>,
    rows: Vec<u64>,
    marks: Vec<passing::Passed>,
}

/// Unfolds the network for a request; arcs have a column for each of these measures.
///
/// The bounds on sums and on shares of the length are left to the search; everything else in the request is kept to by
/// every path of the graph.
#[must_use]
pub fn unfold(input: SearchInput<'_>, request: &Request, columns: &[Measure]) -> Unfolding {
    unfold_as(input, request, columns, None, false)
}

/// As [`unfold`], but what is to be passed in any order is marked on the arcs that pass it and left to the search: each
/// thing to pass would double the states.
#[must_use]
pub fn unfold_marked(input: SearchInput<'_>, request: &Request, columns: &[Measure]) -> Unfolding {
    unfold_within(input, request, columns, None)
}

/// As [`unfold_marked`], without the steps that lie on no path within a ceiling.
#[must_use]
pub fn unfold_within(
    input: SearchInput<'_>,
    request: &Request,
    columns: &[Measure],
    ceiling: Option<&Ceiling>,
) -> Unfolding {
    unfold_as(input, request, columns, ceiling, !request.in_order && !request.via.is_empty())
}

fn unfold_as(
    input: SearchInput<'_>,
    request: &Request,
    columns: &[Measure],
    ceiling: Option<&Ceiling>,
    marked: bool,
) -> Unfolding {
    let network = input.network;
    let avoid = &request.avoid;
    let allowed = |edge: EdgeIndex| {
        let segment = network.segment(edge);
        input.usable.has(edge)
            && !avoid.segments.contains(segment.id())
            && !segment.pieces.iter().any(|piece| avoid.countries.contains(&piece.country))
    };
    let usable: Vec<bool> = network.edges().map(allowed).collect();
    let most = request.bounds.most_transit(input.ends);
    let possible = most.is_none_or(|most| most >= 0);
    let mut unfolder = Unfolder {
        input,
        network,
        request,
        passing: Passing::new(&request.via, request.in_order),
        sets: most.map(|most| CountrySets::new(network, &usable, input.ends, most.max(0) as u32)),
        columns,
        ceiling,
        marked,
        usable,
        shunned: network.nodes().map(|node| avoid.nodes.contains(&node.id)).collect(),
        goals: end_nodes(network, &request.to),
        at: vec![Vec::new(); network.n_nodes()],
        more: HashMap::new(),
        states: Vec::new(),
        far: Vec::new(),
        queue: BinaryHeap::new(),
        arcs: Arcs::default(),
        borders: Vec::new(),
        row: Vec::with_capacity(columns.len()),
    };
    // A bound below what the two ends take leaves no state at all.
    let is_whole = request.via.len() <= MAX_VIA && (!possible || unfolder.run());
    let wanted = if marked { unfolder.passing.all() } else { 0 };
    let Unfolder { states, arcs, .. } = unfolder;
    let places = states.iter().map(|(node, _)| node.index() as u32);
    let places = [NOWHERE, NOWHERE].into_iter().chain(places).collect();
    Unfolding { graph: arcs.into_graph(places, columns.len(), wanted), is_whole, states }
}

pub(super) fn end_nodes(network: &Network, end: &End) -> Vec<NodeIndex> {
    match end {
        End::Node(id) => network.index_of(id).into_iter().collect(),
        End::Country(country) => network.gateway_indices(*country).to_vec(),
    }
}

/// Where a path of an unfolded request begins, and the segments it follows.
///
/// # Panics
/// If the arcs are not a path from the start to the goal of that graph.
#[must_use]
pub fn steps(network: &Network, graph: &StateGraph, arcs: &[u32]) -> (NodeId, Vec<SegmentId>) {
    let (start, edges) = numbered_steps(graph, arcs);
    let ids = edges.iter().map(|&edge| network.segment(EdgeIndex::new(edge as usize)).id().clone());
    (network.node(NodeIndex::new(start as usize)).id.clone(), ids.collect())
}

/// As [`steps`], by the numbers of the place and the segments in the order of ids.
///
/// # Panics
/// If the arcs are not a path from the start to the goal of that graph.
#[must_use]
pub fn numbered_steps(graph: &StateGraph, arcs: &[u32]) -> (u32, Vec<u32>) {
    let first = arcs.first().map(|&arc| graph.place(graph.head(arc))).filter(|&place| place != NOWHERE);
    let edges = arcs.iter().map(|&arc| graph.edge(arc)).filter(|&edge| edge != NO_SEGMENT);
    (first.expect("a path begins at a place"), edges.collect())
}

/// The segment of a number in the order of ids.
#[must_use]
pub fn numbered_segment(network: &Network, number: u32) -> &Segment {
    network.segment(EdgeIndex::new(number as usize))
}

impl Unfolding {
    /// The place of a state, and how it was come to; `None` for the start and the goal.
    pub(super) fn arrival(&self, state: u32) -> Option<(NodeIndex, Arrival)> {
        let (node, State { arrival, .. }) = self.states.get((state as usize).checked_sub(2)?)?;
        Some((*node, *arrival))
    }
}

impl Ceiling {
    /// No path is worth having that weighs more than `most`; `relaxed` is the same request with fewer constraints, so
    /// that nothing lies nearer to the goal than it does there.
    #[must_use]
    pub fn new(relaxed: &Unfolding, most: u64) -> Self {
        let to_goal = distances_to_goal(&relaxed.graph, |arc| relaxed.graph.weight(arc).primary);
        let ahead = relaxed.states.iter().copied().zip(to_goal.into_iter().skip(2)).collect();
        Self { most, ahead }
    }

    /// Whether a step may lie on a path within the ceiling that ends so far from the start.
    fn admits(&self, far: u64, node: NodeIndex, state: State) -> bool {
        let ahead = self.ahead.get(&(node, State { entered: 0, ..state })).copied().unwrap_or(u64::MAX);
        ahead < u64::MAX && far.saturating_add(ahead) <= self.most
    }
}

impl Arcs {
    fn push(&mut self, arc: (u32, u32, Weight, u32), row: &[u64], marks: passing::Passed) {
        self.all.push(arc);
        self.rows.extend_from_slice(row);
        self.marks.push(marks);
    }

    fn into_graph(self, places: Vec<u32>, n_columns: usize, wanted: passing::Passed) -> StateGraph {
        let mut order: Vec<usize> = (0..self.all.len()).collect();
        order.sort_by_key(|&i| self.all[i].0);
        let mut builder = StateGraphBuilder::new(n_columns);
        builder.want(wanted);
        let mut next = 0;
        for i in order {
            let (tail, head, weight, edge) = self.all[i];
            while next < tail {
                builder.next_state();
                next += 1;
            }
            builder.arc(head, weight, edge, &self.rows[i * n_columns..(i + 1) * n_columns]);
            if wanted != 0 {
                builder.mark(self.marks[i]);
            }
        }
        builder.finish(places)
    }
}

impl Unfolder<'_> {
    /// Makes every state and arc; tells whether it came to the end.
    fn run(&mut self) -> bool {
        for node in end_nodes(self.network, &self.request.from) {
            let here = self.network.node(node);
            let corridor = self.request.corridor.as_ref();
            let at = corridor.map_or_else(Positions::default, |corridor| corridor.read(corridor.start(), here.country));
            let outside = corridor.is_some() && at.is_dead();
            if outside || self.shunned[node.index()] || self.request.avoid.countries.contains(&here.country) {
                continue;
            }
            let state =
                State { arrival: Arrival::Start, at, passed: self.passing.at_end(0, here), entered: SetId::default() };
            self.row.clear();
            self.row.resize(self.columns.len(), 0);
            self.arc((StateGraph::START, 0), (node, state), Weight::default(), NO_SEGMENT);
        }
        let mut edges: Vec<EdgeIndex> = Vec::new();
        let mut next = 0;
        while let Some(number) = self.next_state(&mut next) {
            if self.states.len() > MAX_STATES {
                return false;
            }
            let (node, state) = self.states[number as usize - 2];
            if self.goals.contains(&node) && state.arrival != Arrival::Start {
                self.finish(number, node, state);
            }
            edges.clear();
            edges.extend(self.network.graph().edges(node).map(|edge| edge.id()));
            edges.sort_unstable();
            for &edge in &edges {
                self.go(number, node, state, edge);
            }
        }
        true
    }

    /// The next state to go on from: in the order of their making, or nearest first under a ceiling.
    fn next_state(&mut self, next: &mut usize) -> Option<u32> {
        if self.ceiling.is_some() {
            while let Some(Reverse((far, number))) = self.queue.pop() {
                if far == self.far[number as usize - 2] {
                    return Some(number);
                }
            }
            return None;
        }
        *next += 1;
        (*next <= self.states.len()).then(|| *next as u32 + 1)
    }

    /// Adds an arc to a state, which is made if it is new, with the columns that stand in `row`.
    fn arc(&mut self, (tail, far): (u32, u64), (node, mut state): (NodeIndex, State), weight: Weight, edge: u32) {
        let marks = if self.marked { std::mem::take(&mut state.passed) } else { 0 };
        let far = far.saturating_add(weight.primary);
        if self.ceiling.is_some_and(|ceiling| !ceiling.admits(far, node, state)) {
            return;
        }
        let head = self.intern(node, state);
        if self.ceiling.is_some() {
            let known = &mut self.far[head as usize - 2];
            if far < *known {
                *known = far;
                self.queue.push(Reverse((far, head)));
            }
        }
        self.arcs.push((tail, head, weight, edge), &self.row, marks);
    }

    fn intern(&mut self, node: NodeIndex, state: State) -> u32 {
        let here = &mut self.at[node.index()];
        let number = self.states.len() as u32 + 2;
        if here.len() < FEW {
            if let Some((_, known)) = here.iter().find(|(other, _)| *other == state) {
                return *known;
            }
            here.push((state, number));
            if here.len() == FEW {
                self.more.extend(here.iter().map(|(state, number)| ((node, *state), *number)));
            }
        } else {
            match self.more.entry((node, state)) {
                std::collections::hash_map::Entry::Occupied(known) => return *known.get(),
                std::collections::hash_map::Entry::Vacant(new) => new.insert(number),
            };
        }
        self.states.push((node, state));
        self.far.push(u64::MAX);
        number
    }

    /// How far a state is from the start, under a ceiling.
    fn far_of(&self, number: u32) -> u64 {
        if self.ceiling.is_some() { self.far[number as usize - 2] } else { 0 }
    }

    /// The step along a segment, if it may be taken.
    fn go(&mut self, number: u32, node: NodeIndex, state: State, edge: EdgeIndex) {
        let network = self.network;
        if matches!(network.graph()[edge], Link::Membership) || !self.usable[edge.index()] {
            return;
        }
        let Some((a, b)) = network.graph().edge_endpoints(edge) else { return };
        let to = if a == node { b } else { a };
        if self.shunned[to.index()] {
            return;
        }
        let mut borders = std::mem::take(&mut self.borders);
        borders.clear();
        let (segment, here, there) = (network.segment(edge), network.node(node), network.node(to));
        let arrival = Journey::go(state.arrival, here, segment, a == node, |border| borders.push(border));
        if let Some(at) = self.follow(state.at, edge, &borders)
            && let Some(entered) = self.enter(state.entered, &borders, (to, arrival))
        {
            let passed = self.passing.along(state.passed, segment, here, there, arrival);
            let device = Journey::meets_device(state.arrival, segment.row.medium.is_submarine()).then_some(node);
            let weight = self.weigh(Step { edge, borders: &borders, device });
            let next = State { arrival, at, passed, entered };
            self.arc((number, self.far_of(number)), (to, next), Weight::new(weight, 1), edge.index() as u32);
        }
        self.borders = borders;
    }

    /// Where in the corridor these borders lead, or `None` if they leave it.
    fn follow(&self, mut at: Positions, edge: EdgeIndex, borders: &[Passed]) -> Option<Positions> {
        let Some(corridor) = &self.request.corridor else { return Some(at) };
        for border in borders {
            let gate = match border.by {
                PassedBy::Land { cut } => self.network.crossing_at(edge, cut).map(|crossing| Gate::Land(crossing.id)),
                PassedBy::Sea => Some(Gate::Sea),
            };
            // The gates stand between the countries of a plain corridor: the first after one country has been read.
            let wanted = self.request.gates.get(at.steps_read().wrapping_sub(1)).copied().flatten();
            if wanted.is_some() && wanted != gate {
                return None;
            }
            at = corridor.read(at, border.to);
            if at.is_dead() {
                return None;
            }
        }
        Some(at)
    }

    /// The countries entered after these borders, or `None` if they are too many, or must become too many from there.
    fn enter(&mut self, entered: SetId, borders: &[Passed], (to, arrival): (NodeIndex, Arrival)) -> Option<SetId> {
        let Some(sets) = &mut self.sets else { return Some(entered) };
        let entered = sets.enter(entered, borders)?;
        let country = self.network.node(to).country;
        sets.may_go_on(entered, to, country, arrival).then_some(entered)
    }

    /// The last step, if everything asked for has been done.
    fn finish(&mut self, number: u32, node: NodeIndex, state: State) {
        let place = self.network.node(node);
        let ashore: Vec<Passed> = Journey::end(state.arrival, place).into_iter().collect();
        let Some(at) = self.follow(state.at, EdgeIndex::end(), &ashore) else { return };
        let passed = self.passing.at_end(state.passed, place);
        let all_passed = self.marked || self.passing.is_complete(passed);
        let complete = all_passed && self.request.corridor.as_ref().is_none_or(|corridor| corridor.is_complete(at));
        if !complete || self.request.avoid.countries.contains(&place.country) {
            return;
        }
        let SearchInput { step_costs, ends, .. } = self.input;
        self.row.clear();
        self.row.extend(self.columns.iter().map(|&measure| step_costs.of_ends(measure, &ashore, ends)));
        let weight = self.input.weigh_end(self.request.objective, &ashore);
        let far = self.far_of(number).saturating_add(weight);
        if self.ceiling.is_none_or(|ceiling| far <= ceiling.most) {
            let marks = if self.marked { passed } else { 0 };
            self.arcs.push((number, StateGraph::GOAL, Weight::new(weight, 0), NO_SEGMENT), &self.row, marks);
        }
    }

    /// The weight of a step; its columns are left in `row`.
    fn weigh(&mut self, step: Step<'_>) -> u64 {
        let SearchInput { step_costs, ends, .. } = self.input;
        self.row.clear();
        self.row.extend(self.columns.iter().map(|&measure| step_costs.of_step(measure, step, ends)));
        self.input.weigh_step(self.request.objective, step)
    }
}

impl SearchInput<'_> {
    /// What a step adds to an objective.
    pub(super) fn weigh_step(&self, objective: Objective, step: Step<'_>) -> u64 {
        let SearchInput { step_costs, ends, missing, .. } = *self;
        let figure = |objective| match objective {
            Objective::Cost => step_costs.of_step(Measure::Cost, step, ends),
            Objective::Latency => step_costs.of_step(Measure::Latency, step, ends),
            Objective::Length => step_costs.of_step(Measure::Length, step, ends),
            Objective::Availability => step_costs.of_step(Measure::Unavailability, step, ends),
            Objective::Risk => step_costs
                .of_step(Measure::Unavailability, step, ends)
                .saturating_add(step_costs.friction(step.borders)),
            Objective::Missing if missing.is_some_and(|missing| missing.has(step.edge)) => {
                step_costs.of_step(Measure::Length, step, ends)
            }
            Objective::Missing | Objective::Weighted(_) => 0,
        };
        match objective {
            Objective::Weighted(weights) => weights.score(figure),
            one => figure(one),
        }
    }

    /// What ending a route adds to an objective, going ashore or not.
    pub(super) fn weigh_end(&self, objective: Objective, ashore: &[Passed]) -> u64 {
        let SearchInput { step_costs, ends, .. } = *self;
        let figure = |objective| match objective {
            Objective::Cost => step_costs.of_ends(Measure::Cost, ashore, ends),
            Objective::Latency => step_costs.of_ends(Measure::Latency, ashore, ends),
            Objective::Risk => step_costs.friction(ashore),
            Objective::Length | Objective::Availability | Objective::Missing | Objective::Weighted(_) => 0,
        };
        match objective {
            Objective::Weighted(weights) => weights.score(figure),
            one => figure(one),
        }
    }
}
