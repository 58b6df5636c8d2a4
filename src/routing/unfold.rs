//! The network unfolded into the states a query has to tell apart.
//!
//! A state is a place, how the route came there (which matters for devices, landings and fees), how far it has followed
//! the corridor, and which of the places to pass it has passed. Only states that can be reached are made.

use petgraph::graph::{EdgeIndex, NodeIndex};
use petgraph::visit::EdgeRef;

use super::csr::Digraph;
use super::query::{End, Gate, Objective, Request, Via};
use super::state_graph::{NO_SEGMENT, NOWHERE, StateGraph, StateGraphBuilder, Weight};
use crate::metrics::{Arrival, Burdens, Journey, Measure, Passed, PassedBy, Step};
use crate::network::{CountryCode, Link, Network, NodeId, Segment, SegmentId, SegmentSet};

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
    position: u16,
    passed: u16,
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

impl Unfolding<'_> {
    fn run(&mut self) {
        for node in end_nodes(self.network, &self.request.from) {
            let country = self.network.node(node).country;
            let fits = self.request.corridor.as_ref().is_none_or(|corridor| corridor.first() == Some(&country));
            if !fits || self.shunned[node.index()] || self.request.avoid.countries.contains(&country) {
                continue;
            }
            let passed = self.pass_node(self.pass_country(0, country), node);
            let to = self.intern(node, State { arrival: Arrival::Start, position: 0, passed });
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
        let there = if a == node { b } else { a };
        if self.shunned[there.index()] {
            return;
        }
        let mut borders = std::mem::take(&mut self.borders);
        borders.clear();
        let arrival = Journey::go(state.arrival, here, segment, a == node, |border| borders.push(border));
        if let Some(position) = self.follow(state.position, edge, &borders) {
            let mut passed = self.pass_node(state.passed, there);
            for border in &borders {
                passed = self.pass_country(passed, border.to);
            }
            passed = self.pass_segment(passed, segment);
            let device = Journey::meets_device(state.arrival, segment.row.medium.is_submarine()).then_some(node);
            let weight = self.weigh(Step { edge, borders: &borders, device });
            let to = self.intern(there, State { arrival, position, passed });
            self.builder.arc(to, Weight::new(weight, 1), edge.index() as u32, &self.row);
        }
        self.borders = borders;
    }

    /// The position in the corridor after passing these borders, or `None` if they leave it.
    fn follow(&self, mut position: u16, edge: EdgeIndex, borders: &[Passed]) -> Option<u16> {
        let Some(corridor) = &self.request.corridor else { return Some(0) };
        for border in borders {
            if corridor.get(usize::from(position) + 1) != Some(&border.to) {
                return None;
            }
            let gate = match border.by {
                PassedBy::Land { cut } => self.network.crossing_at(edge, cut).map(Gate::Land),
                PassedBy::Sea => Some(Gate::Sea),
            };
            let wanted = self.request.gates.get(usize::from(position)).copied().flatten();
            if wanted.is_some() && wanted != gate {
                return None;
            }
            position += 1;
        }
        Some(position)
    }

    /// The last step, if everything asked for has been done.
    fn finish(&mut self, node: NodeIndex, state: State) {
        let place = self.network.node(node);
        let ashore: Vec<Passed> = Journey::end(state.arrival, place).into_iter().collect();
        let Some(position) = self.follow(state.position, EdgeIndex::end(), &ashore) else { return };
        let passed = self.pass_country(state.passed, place.country);
        let complete =
            self.request.corridor.as_ref().is_none_or(|corridor| usize::from(position) + 1 == corridor.len());
        let all = ((1_u32 << self.request.via.len().min(MAX_VIA)) - 1) as u16;
        if !complete || passed & all != all || self.request.avoid.countries.contains(&place.country) {
            return;
        }
        let Ground { burdens, ends, .. } = self.ground;
        self.row.clear();
        self.row.extend(self.columns.iter().map(|&measure| burdens.of_ends(measure, &ashore, ends)));
        let weight = match self.request.objective {
            Objective::Cost => burdens.of_ends(Measure::Cost, &ashore, ends),
            Objective::Latency => burdens.of_ends(Measure::Latency, &ashore, ends),
            Objective::Risk => burdens.friction(&ashore),
            Objective::Length | Objective::Missing => 0,
        };
        self.builder.arc(StateGraph::GOAL, Weight::new(weight, 0), NO_SEGMENT, &self.row);
    }

    /// The weight of a step; its columns are left in `row`.
    fn weigh(&mut self, step: Step<'_>) -> u64 {
        let Ground { burdens, ends, missing, .. } = self.ground;
        self.row.clear();
        self.row.extend(self.columns.iter().map(|&measure| burdens.of_step(measure, step, ends)));
        match self.request.objective {
            Objective::Cost => burdens.of_step(Measure::Cost, step, ends),
            Objective::Latency => burdens.of_step(Measure::Latency, step, ends),
            Objective::Length => burdens.of_step(Measure::Length, step, ends),
            Objective::Risk => {
                burdens.of_step(Measure::Unavailability, step, ends).saturating_add(burdens.friction(step.borders))
            }
            Objective::Missing if missing.is_some_and(|missing| missing.has(step.edge)) => {
                burdens.of_step(Measure::Length, step, ends)
            }
            Objective::Missing => 0,
        }
    }

    fn pass_node(&self, passed: u16, node: NodeIndex) -> u16 {
        let id = &self.network.node(node).id;
        self.pass(passed, |via| matches!(via, Via::Node(wanted) if wanted == id))
    }

    fn pass_country(&self, passed: u16, country: CountryCode) -> u16 {
        self.pass(passed, |via| *via == Via::Country(country))
    }

    fn pass_segment(&self, passed: u16, segment: &Segment) -> u16 {
        self.pass(passed, |via| matches!(via, Via::Segments(wanted) if wanted.contains(segment.id())))
    }

    fn pass(&self, passed: u16, is_it: impl Fn(&Via) -> bool) -> u16 {
        let via = self.request.via.iter().take(MAX_VIA).enumerate();
        via.filter(|(_, via)| is_it(via)).fold(passed, |passed, (i, _)| passed | 1 << i)
    }
}
