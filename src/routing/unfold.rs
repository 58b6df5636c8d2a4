//! The network unfolded into the states a query has to tell apart.
//!
//! A state is a place, how the route came there (which matters for devices, landings and fees), how far it has followed
//! the corridor, and which of the places to pass it has passed. Only states that can be reached are made.

use std::collections::HashMap;

use petgraph::graph::{EdgeIndex, NodeIndex};
use petgraph::visit::EdgeRef;

use super::query::{End, Gate, Objective, Query, Via};
use super::state_graph::{Arc, N_RESOURCES, NOWHERE, StateGraph, Weight};
use crate::metrics::{Arrival, Journey, Leaf, Passed, PassedBy, Tariff};
use crate::network::{CountryCode, CrossingId, Link, Network, Node, Segment};
use crate::units::Usd;

/// The most things a query may ask to pass.
pub const MAX_VIA: usize = 16;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct State {
    node: NodeIndex,
    arrival: Arrival,
    position: u16,
    passed: u16,
}

/// What one segment contributes by itself, whichever way it is travelled.
#[derive(Debug, Clone, Copy, Default)]
struct Burden {
    cost: u64,
    latency: u64,
    length: u64,
    risk: u64,
}

struct Unfolding<'a> {
    network: &'a Network,
    tariff: &'a Tariff<'a>,
    query: &'a Query,
    usable: Vec<bool>,
    burdens: Vec<Option<Burden>>,
    shunned: Vec<bool>,
    crossing_at: HashMap<(EdgeIndex, usize), CrossingId>,
    index: HashMap<State, u32>,
    states: Vec<State>,
    arcs: Vec<Vec<Arc>>,
}

/// Unfolds the network for a query.
pub(super) fn unfold(network: &Network, tariff: &Tariff<'_>, query: &Query) -> StateGraph {
    let mut usable = vec![false; network.n_segments()];
    for edge in
        query.usable.iter().filter(|id| !query.avoid.segments.contains(*id)).filter_map(|id| network.edge_of(id))
    {
        usable[edge.index()] = true;
    }
    let shun = |node: &Node| query.avoid.nodes.contains(&node.id);
    let mut crossing_at = HashMap::new();
    for crossing in network.crossings() {
        for (segment, cut) in &crossing.cuts {
            if let Some(edge) = network.edge_of(segment) {
                crossing_at.insert((edge, *cut), crossing.id);
            }
        }
    }
    let mut unfolding = Unfolding {
        network,
        tariff,
        query,
        usable,
        burdens: vec![None; network.n_segments()],
        shunned: network.nodes().map(shun).collect(),
        crossing_at,
        index: HashMap::new(),
        states: Vec::new(),
        arcs: Vec::new(),
    };
    unfolding.run();
    let places = unfolding.states.iter().map(|state| state.node.index() as u32);
    StateGraph::new([NOWHERE, NOWHERE].into_iter().chain(places).collect(), unfolding.arcs)
}

impl<'a> Unfolding<'a> {
    fn run(&mut self) {
        self.arcs = vec![Vec::new(), Vec::new()];
        let terminal = self.terminals();
        for node in self.end_nodes(&self.query.from) {
            let country = self.network.node(node).country;
            let fits = self.query.corridor.as_ref().is_none_or(|corridor| corridor.first() == Some(&country));
            if !fits || self.shunned[node.index()] || self.query.avoid.countries.contains(&country) {
                continue;
            }
            let passed = self.pass_node(self.pass_country(0, country), node);
            let state = State { node, arrival: Arrival::Start, position: 0, passed };
            let to = self.intern(state);
            self.arcs[0].push(Arc { to, weight: Weight::default(), uses: [0; N_RESOURCES], edge: u32::MAX });
        }
        let goals = self.end_nodes(&self.query.to);
        let mut next = 0;
        while next < self.states.len() {
            let state = self.states[next];
            let own = next + 2;
            next += 1;
            if goals.contains(&state.node)
                && state.arrival != Arrival::Start
                && let Some(arc) = self.finish(state, terminal)
            {
                self.arcs[own].push(arc);
            }
            let mut edges: Vec<EdgeIndex> = self.network.graph().edges(state.node).map(|edge| edge.id()).collect();
            edges.sort_unstable();
            for edge in edges {
                if let Some(arc) = self.go(state, edge) {
                    self.arcs[own].push(arc);
                }
            }
        }
    }

    fn end_nodes(&self, end: &End) -> Vec<NodeIndex> {
        match end {
            End::Node(id) => self.network.index_of(id).into_iter().collect(),
            End::Country(country) => self.network.gateway_indices(*country).to_vec(),
        }
    }

    fn intern(&mut self, state: State) -> u32 {
        let next = self.states.len() as u32 + 2;
        *self.index.entry(state).or_insert_with(|| {
            self.states.push(state);
            self.arcs.push(Vec::new());
            next
        })
    }

    /// The step along a segment, if it may be taken.
    fn go(&mut self, state: State, edge: EdgeIndex) -> Option<Arc> {
        let network = self.network;
        if matches!(network.graph()[edge], Link::Membership) || !self.usable[edge.index()] {
            return None;
        }
        let segment = network.segment(edge);
        let here = network.node(state.node);
        let forward = segment.row.from == here.id;
        let (a, b) = network.graph().edge_endpoints(edge)?;
        let there = if a == state.node { b } else { a };
        let submarine = segment.row.medium.is_submarine();
        let avoided = |country: CountryCode| self.query.avoid.countries.contains(&country);
        if self.shunned[there.index()] || segment.pieces.iter().any(|piece| avoided(piece.country)) {
            return None;
        }
        let mut borders: Vec<Passed> = Vec::new();
        let arrival = Journey::go(state.arrival, here, segment, forward, |border| borders.push(border));
        let position = self.follow(state.position, edge, &borders)?;
        let mut passed = self.pass_node(state.passed, there);
        for border in &borders {
            passed = self.pass_country(passed, border.to);
        }
        passed = self.pass_segment(passed, segment);
        let device = Journey::meets_device(state.arrival, submarine).then_some(here);
        let (primary, uses) = self.weigh(edge, segment, &borders, device);
        let to = self.intern(State { node: there, arrival, position, passed });
        Some(Arc { to, weight: Weight::new(primary, 1), uses, edge: edge.index() as u32 })
    }

    /// The position in the corridor after passing these borders, or `None` if they leave it.
    fn follow(&self, mut position: u16, edge: EdgeIndex, borders: &[Passed]) -> Option<u16> {
        let Some(corridor) = &self.query.corridor else { return Some(0) };
        for border in borders {
            if corridor.get(usize::from(position) + 1) != Some(&border.to) {
                return None;
            }
            let gate = match border.by {
                PassedBy::Land { cut } => self.crossing_at.get(&(edge, cut)).map(|&id| Gate::Land(id)),
                PassedBy::Sea => Some(Gate::Sea),
            };
            let wanted = self.query.gates.get(usize::from(position)).copied().flatten();
            if wanted.is_some() && wanted != gate {
                return None;
            }
            position += 1;
        }
        Some(position)
    }

    /// The last step, if everything asked for has been done.
    fn finish(&self, state: State, terminal: Burden) -> Option<Arc> {
        let node = self.network.node(state.node);
        let border = Journey::end(state.arrival, node);
        let borders: Vec<Passed> = border.into_iter().collect();
        let position = self.follow(state.position, EdgeIndex::end(), &borders)?;
        let passed = self.pass_country(state.passed, node.country);
        let complete = self.query.corridor.as_ref().is_none_or(|corridor| usize::from(position) + 1 == corridor.len());
        let all = ((1_u32 << self.query.via.len().min(MAX_VIA)) - 1) as u16;
        if !complete || passed & all != all || self.query.avoid.countries.contains(&node.country) {
            return None;
        }
        let (primary, mut uses) = self.weigh_passages(&borders, None);
        uses[0] += terminal.latency;
        uses[1] += terminal.cost;
        Some(Arc { to: StateGraph::GOAL, weight: Weight::new(primary, 0), uses, edge: u32::MAX })
    }

    fn terminals(&self) -> Burden {
        let end = |end: &End| self.end_nodes(end).first().map(|&node| self.network.node(node).country);
        let ends = [end(&self.query.from), end(&self.query.to)];
        let cost = ends.iter().flatten().map(|&country| cents(&[self.tariff.terminal_leaf(country)])).sum();
        Burden { cost, latency: 2 * self.tariff.terminal_delay().femtoseconds(), ..Burden::default() }
    }

    fn weigh(
        &mut self,
        edge: EdgeIndex,
        segment: &Segment,
        borders: &[Passed],
        device: Option<&Node>,
    ) -> (u64, [u64; N_RESOURCES]) {
        let own = self.burden(edge, segment);
        let (more, mut uses) = self.weigh_passages(borders, device);
        uses[0] += own.latency;
        uses[1] += own.cost;
        let primary = match self.query.objective {
            Objective::Cost => own.cost,
            Objective::Latency => own.latency,
            Objective::Length => own.length,
            Objective::Risk => own.risk,
            Objective::Missing if self.query.missing.contains(segment.id()) => own.length,
            Objective::Missing => 0,
        };
        (primary.saturating_add(more), uses)
    }

    fn weigh_passages(&self, borders: &[Passed], device: Option<&Node>) -> (u64, [u64; N_RESOURCES]) {
        let mut uses = [0, 0, borders.len() as u64];
        if self.needs_latency() {
            uses[0] = device.map_or(0, |node| self.tariff.device_delay(node).femtoseconds());
        }
        if self.needs_cost() {
            let passages: u64 = borders.iter().map(|border| cents(&self.tariff.passage_leaves(border))).sum();
            uses[1] = passages + device.map_or(0, |node| cents(&[self.tariff.device_leaf(node)]));
        }
        let primary = match self.query.objective {
            Objective::Cost => uses[1],
            Objective::Latency => uses[0],
            Objective::Length | Objective::Missing => 0,
            Objective::Risk => borders.iter().map(|border| self.tariff.friction(border.to)).sum(),
        };
        (primary, uses)
    }

    fn burden(&mut self, edge: EdgeIndex, segment: &Segment) -> Burden {
        if let Some(known) = self.burdens[edge.index()] {
            return known;
        }
        let mut burden = Burden { length: segment.length.metres(), ..Burden::default() };
        if self.needs_cost() {
            burden.cost = cents(&self.tariff.segment_leaves(self.network, segment))
                .saturating_add(cents(&self.tariff.transit_leaves(segment)));
        }
        if self.needs_latency() {
            let delays = self.tariff.segment_delays(segment);
            burden.latency = delays.iter().map(|d| (d.1 + d.2).femtoseconds()).sum();
        }
        if self.query.objective == Objective::Risk {
            burden.risk = self.tariff.segment_risk(segment);
        }
        self.burdens[edge.index()] = Some(burden);
        burden
    }

    fn needs_cost(&self) -> bool {
        self.query.objective == Objective::Cost || self.query.bounds.cost_cents.is_some()
    }

    fn needs_latency(&self) -> bool {
        self.query.objective == Objective::Latency || self.query.bounds.latency_fs.is_some()
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
        let via = self.query.via.iter().take(MAX_VIA).enumerate();
        via.filter(|(_, via)| is_it(via)).fold(passed, |passed, (i, _)| passed | 1 << i)
    }
}

fn cents(leaves: &[Leaf]) -> u64 {
    leaves.iter().map(Leaf::base).sum::<Usd>().cents().max(0) as u64
}
