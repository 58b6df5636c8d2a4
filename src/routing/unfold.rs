//! The network unfolded into the states a query has to tell apart.
//!
//! A state is a place, how the route came there (which matters for devices, landings and fees), how far it has followed
//! the corridor, and which of the things to pass it has passed. Only states that can be reached are made.

use petgraph::graph::{EdgeIndex, NodeIndex};
use petgraph::visit::EdgeRef;

use super::country_pattern::Positions;
use super::csr::Digraph;
use super::objective::Objective;
use super::query::{End, Gate, Request, Via};
use super::state_graph::{NO_SEGMENT, NOWHERE, StateGraph, StateGraphBuilder, Weight};
use crate::metrics::{Arrival, Burdens, Journey, Measure, Passed, PassedBy, Step};
use crate::network::{CountryCode, Link, Network, Node, NodeId, Segment, SegmentId, SegmentSet};

/// The most things a request may ask to pass.
pub const MAX_VIA: usize = 16;

/// What a request is unfolded over.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'a> {
    /// The network.
    pub network: &'a Network,
    /// What each step adds to a route's figures.
    pub burdens: &'a Burdens<'a>,
    /// The segments that may be used.
    pub usable: &'a SegmentSet,
    /// Those among them that are not really there yet, for [`Objective::Missing`].
    pub missing: Option<&'a SegmentSet>,
    /// The countries of the request's two ends.
    pub ends: (CountryCode, CountryCode),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct State {
    arrival: Arrival,
    /// Where in the corridor, which is read as far as the country that the route is in, or was in last.
    at: Positions,
    /// A bit for each thing passed, or how many of them in order.
    passed: u16,
}

/// What is passed at one moment of a route.
#[derive(Debug, Clone, Copy, Default)]
struct Moment<'a> {
    node: Option<&'a NodeId>,
    country: Option<CountryCode>,
    segment: Option<&'a SegmentId>,
}

struct Unfolding<'a> {
    ground: Ground<'a>,
    network: &'a Network,
    request: &'a Request,
    columns: &'a [Measure],
    usable: Vec<bool>,
    shunned: Vec<bool>,
    goals: Vec<NodeIndex>,
    /// The states at each place, with their numbers.
    at: Vec<Vec<(State, u32)>>,
    states: Vec<(NodeIndex, State)>,
    builder: StateGraphBuilder,
    /// Room for the borders of one step and the columns of one arc.
    borders: Vec<Passed>,
    row: Vec<u64>,
}

/// Unfolds the network for a request; arcs have a column for each of these measures.
#[must_use]
pub fn unfold(ground: Ground<'_>, request: &Request, columns: &[Measure]) -> StateGraph {
    let network = ground.network;
    let avoid = &request.avoid;
    let allowed = |edge: EdgeIndex| {
        let segment = network.segment(edge);
        ground.usable.has(edge)
            && !avoid.segments.contains(segment.id())
            && !segment.pieces.iter().any(|piece| avoid.countries.contains(&piece.country))
    };
    let mut unfolding = Unfolding {
        ground,
        network,
        request,
        columns,
        usable: network.edges().map(allowed).collect(),
        shunned: network.nodes().map(|node| avoid.nodes.contains(&node.id)).collect(),
        goals: end_nodes(network, &request.to),
        at: vec![Vec::new(); network.n_nodes()],
        states: Vec::new(),
        builder: StateGraphBuilder::new(columns.len()),
        borders: Vec::new(),
        row: Vec::with_capacity(columns.len()),
    };
    unfolding.run();
    let places = unfolding.states.iter().map(|(node, _)| node.index() as u32);
    unfolding.builder.finish([NOWHERE, NOWHERE].into_iter().chain(places).collect())
}

fn end_nodes(network: &Network, end: &End) -> Vec<NodeIndex> {
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
    let first = arcs.first().map(|&arc| graph.place(graph.head(arc))).filter(|&place| place != NOWHERE);
    let first = first.expect("a path begins at a place");
    let edges = arcs.iter().map(|&arc| graph.edge(arc)).filter(|&edge| edge != NO_SEGMENT);
    let ids = edges.map(|edge| network.segment(EdgeIndex::new(edge as usize)).id().clone());
    (network.node(NodeIndex::new(first as usize)).id.clone(), ids.collect())
}

impl Unfolding<'_> {
    fn run(&mut self) {
        for node in end_nodes(self.network, &self.request.from) {
            let here = self.network.node(node);
            let at =
                self.request.corridor.as_ref().map_or_else(Positions::default, |c| c.read(c.start(), here.country));
            let dead = self.request.corridor.is_some() && at.is_dead();
            if dead || self.shunned[node.index()] || self.request.avoid.countries.contains(&here.country) {
                continue;
            }
            let passed = self.pass(0, Moment { node: Some(&here.id), country: Some(here.country), segment: None });
            let to = self.intern(node, State { arrival: Arrival::Start, at, passed });
            self.builder.arc(to, Weight::default(), NO_SEGMENT, &[]);
        }
        // The goal has no arcs.
        self.builder.next_state();
        self.builder.next_state();
        let mut edges: Vec<EdgeIndex> = Vec::new();
        let mut next = 0;
        while next < self.states.len() {
            let (node, state) = self.states[next];
            next += 1;
            if self.goals.contains(&node) && state.arrival != Arrival::Start {
                self.finish(node, state);
            }
            edges.clear();
            edges.extend(self.network.graph().edges(node).map(|edge| edge.id()));
            edges.sort_unstable();
            for &edge in &edges {
                self.go(node, state, edge);
            }
            self.builder.next_state();
        }
    }

    fn intern(&mut self, node: NodeIndex, state: State) -> u32 {
        let here = &mut self.at[node.index()];
        if let Some((_, known)) = here.iter().find(|(other, _)| *other == state) {
            return *known;
        }
        let number = self.states.len() as u32 + 2;
        here.push((state, number));
        self.states.push((node, state));
        number
    }

    /// The step along a segment, if it may be taken.
    fn go(&mut self, node: NodeIndex, state: State, edge: EdgeIndex) {
        let network = self.network;
        if matches!(network.graph()[edge], Link::Membership) || !self.usable[edge.index()] {
            return;
        }
        let segment = network.segment(edge);
        let here = network.node(node);
        let Some((a, b)) = network.graph().edge_endpoints(edge) else { return };
        let to = if a == node { b } else { a };
        let there = network.node(to);
        if self.shunned[to.index()] {
            return;
        }
        let mut borders = std::mem::take(&mut self.borders);
        borders.clear();
        let arrival = Journey::go(state.arrival, here, segment, a == node, |border| borders.push(border));
        if let Some(at) = self.follow(state.at, edge, &borders) {
            let passed = self.pass_along(state, segment, here, there, arrival);
            let device = Journey::meets_device(state.arrival, segment.row.medium.is_submarine()).then_some(node);
            let weight = self.weigh(Step { edge, borders: &borders, device });
            let to = self.intern(to, State { arrival, at, passed });
            self.builder.arc(to, Weight::new(weight, 1), edge.index() as u32, &self.row);
        }
        self.borders = borders;
    }

    /// Where in the corridor these borders lead, or `None` if they leave it.
    fn follow(&self, mut at: Positions, edge: EdgeIndex, borders: &[Passed]) -> Option<Positions> {
        let Some(corridor) = &self.request.corridor else { return Some(at) };
        for border in borders {
            let gate = match border.by {
                PassedBy::Land { cut } => self.network.crossing_at(edge, cut).map(Gate::Land),
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

    /// The last step, if everything asked for has been done.
    fn finish(&mut self, node: NodeIndex, state: State) {
        let place = self.network.node(node);
        let ashore: Vec<Passed> = Journey::end(state.arrival, place).into_iter().collect();
        let Some(at) = self.follow(state.at, EdgeIndex::end(), &ashore) else { return };
        let passed =
            self.pass(state.passed, Moment { node: Some(&place.id), country: Some(place.country), segment: None });
        let complete = self.request.corridor.as_ref().is_none_or(|corridor| corridor.is_complete(at));
        if !complete || passed != self.all_passed() || self.request.avoid.countries.contains(&place.country) {
            return;
        }
        let Ground { burdens, ends, .. } = self.ground;
        self.row.clear();
        self.row.extend(self.columns.iter().map(|&measure| burdens.of_ends(measure, &ashore, ends)));
        let figure = |objective| match objective {
            Objective::Cost => burdens.of_ends(Measure::Cost, &ashore, ends),
            Objective::Latency => burdens.of_ends(Measure::Latency, &ashore, ends),
            Objective::Risk => burdens.friction(&ashore),
            Objective::Length | Objective::Availability | Objective::Missing | Objective::Weighted(_) => 0,
        };
        let weight = match self.request.objective {
            Objective::Weighted(weights) => weights.score(figure),
            one => figure(one),
        };
        self.builder.arc(StateGraph::GOAL, Weight::new(weight, 0), NO_SEGMENT, &self.row);
    }

    /// The weight of a step; its columns are left in `row`.
    fn weigh(&mut self, step: Step<'_>) -> u64 {
        let Ground { burdens, ends, missing, .. } = self.ground;
        self.row.clear();
        self.row.extend(self.columns.iter().map(|&measure| burdens.of_step(measure, step, ends)));
        let figure = |objective| match objective {
            Objective::Cost => burdens.of_step(Measure::Cost, step, ends),
            Objective::Latency => burdens.of_step(Measure::Latency, step, ends),
            Objective::Length => burdens.of_step(Measure::Length, step, ends),
            Objective::Availability => burdens.of_step(Measure::Unavailability, step, ends),
            Objective::Risk => {
                burdens.of_step(Measure::Unavailability, step, ends).saturating_add(burdens.friction(step.borders))
            }
            Objective::Missing if missing.is_some_and(|missing| missing.has(step.edge)) => {
                burdens.of_step(Measure::Length, step, ends)
            }
            Objective::Missing | Objective::Weighted(_) => 0,
        };
        match self.request.objective {
            Objective::Weighted(weights) => weights.score(figure),
            one => figure(one),
        }
    }

    /// What has been passed after a step along a segment. While at sea a route is in no country; going on over land from
    /// a landing it is in the landing's country at once.
    fn pass_along(&self, before: State, segment: &Segment, here: &Node, there: &Node, arrival: Arrival) -> u16 {
        let mut passed = before.passed;
        if self.request.via.is_empty() {
            return passed;
        }
        let along = Moment { segment: Some(segment.id()), ..Moment::default() };
        if arrival == Arrival::Land {
            let ashore = Moment { node: Some(&here.id), country: Some(here.country), segment: None };
            passed = self.pass(passed, ashore);
            let forward = segment.row.from == here.id;
            let n = segment.pieces.len();
            for i in 0..n {
                let piece = segment.pieces[if forward { i } else { n - 1 - i }];
                passed = self.pass(passed, Moment { country: Some(piece.country), ..along });
            }
            return self.pass(passed, Moment { node: Some(&there.id), country: Some(there.country), segment: None });
        }
        passed = self.pass(passed, along);
        self.pass(passed, Moment { node: Some(&there.id), ..Moment::default() })
    }

    /// What has been passed after a moment: in any order, or, in order, as far as one thing follows on the other.
    fn pass(&self, passed: u16, moment: Moment<'_>) -> u16 {
        let is_here = |via: &Via| match via {
            Via::Node(wanted) => moment.node == Some(wanted),
            Via::Country(wanted) => moment.country == Some(*wanted),
            Via::Segments(wanted) => moment.segment.is_some_and(|id| wanted.contains(id)),
        };
        let via = &self.request.via[..self.request.via.len().min(MAX_VIA)];
        if self.request.in_order {
            return passed + via[usize::from(passed)..].iter().take_while(|via| is_here(via)).count() as u16;
        }
        via.iter().enumerate().filter(|(_, via)| is_here(via)).fold(passed, |passed, (i, _)| passed | 1 << i)
    }

    /// What has been passed when everything has.
    fn all_passed(&self) -> u16 {
        let n = self.request.via.len().min(MAX_VIA);
        if self.request.in_order { n as u16 } else { ((1_u32 << n) - 1) as u16 }
    }
}
