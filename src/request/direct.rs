//! The best routes of a request that asks for nothing but two ends, some things to avoid, and what to be best at.
//!
//! Such a request needs no unfolding: it is searched over the [`PreparedArcs`] that all requests of a plan share, overlaid
//! with a start, a goal, and the first steps from the places where a route may begin. One route is found from both ends
//! ([`crate::graph::bidirectional`], leaning towards each other where places say how much is left), several by
//! [`crate::graph::yen`]; equally good ones go by the ids of their segments, as for [`crate::graph::loopless`].
//!
//! A best path of states may pass one place twice. The search sees that only when it has the path, and says that it
//! cannot tell; the caller then asks the search that can.

use std::collections::HashMap;
use std::ops::Range;

use petgraph::graph::{EdgeIndex, NodeIndex};
use petgraph::visit::EdgeRef;

use super::objective::Objective;
use super::prepared::{ArcWeight, Fees, PreparedArcs, Rows, Space};
use super::query::Request;
use super::step_graph::StepGraph;
use super::unfold::{SearchInput, end_nodes};
use crate::graph::bidirectional::Bidirectional;
use crate::graph::yen::Sites;
use crate::graph::{
    Csr, Digraph, Distance, NO_SEGMENT, NOWHERE, Overlay, StateGraph, StateGraphBuilder, Weight, Weighted,
};
use crate::metrics::Journey;
use crate::network::CountryCode;

/// A path found: where it begins and the segments it follows, by their numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DirectPath {
    /// Its weight.
    pub weight: Weight,
    /// The place it begins at.
    pub start: u32,
    /// The segments.
    pub segments: Vec<u32>,
}

/// The best paths of a request, bounds aside, as many as it asks for or as there are; `None` if it asks for what this
/// search knows nothing of, or a best path of states is no route.
///
/// `arcs` are those of the input's usable segments, where they are kept; else rows are made for this request.
#[must_use]
pub fn direct(
    input: SearchInput<'_>,
    steps: &StepGraph,
    arcs: Option<&PreparedArcs>,
    request: &Request,
) -> Option<Vec<DirectPath>> {
    if !is_plain(request) {
        return None;
    }
    let trip = Trip::new(input, steps, request);
    let kept = arcs.and_then(|arcs| arcs.of(request.objective, input, steps));
    match (arcs, kept) {
        (Some(arcs), None) if request.objective == Objective::Cost => trip.search(arcs.of_cost(input, steps)),
        (_, Some(rows)) => trip.search(rows),
        _ => trip.search(&Rows::of(request.objective, input, steps)),
    }
}

/// The request unfolded, bounds aside, as far as paths that weigh no more than `most` can go: they are all in it, besides
/// others. `None` as for [`direct`].
#[must_use]
pub fn direct_within(
    input: SearchInput<'_>,
    steps: &StepGraph,
    arcs: &PreparedArcs,
    request: &Request,
    most: u64,
) -> Option<StateGraph> {
    if !is_plain(request) {
        return None;
    }
    let trip = Trip::new(input, steps, request);
    if request.objective == Objective::Cost {
        return Some(trip.within(arcs.of_cost(input, steps), most));
    }
    Some(trip.within(arcs.of(request.objective, input, steps)?, most))
}

/// Whether a request asks for nothing but its ends, what to avoid, and bounds, which are left to the caller.
fn is_plain(request: &Request) -> bool {
    let Request {
        from: _,
        to: _,
        objective: _,
        via,
        in_order: _,
        avoid: _,
        corridor,
        gates,
        bounds: _,
        shares: _,
        k: _,
    } = request;
    via.is_empty() && corridor.is_none() && gates.is_empty()
}

/// A request over the steps of a network.
struct Trip<'a> {
    input: SearchInput<'a>,
    steps: &'a StepGraph,
    request: &'a Request,
    /// By segment: whether the request avoids it. Empty if it avoids nothing.
    closed: Vec<bool>,
    starts: Vec<NodeIndex>,
    /// The states that a route may end in, with what ending there weighs.
    goals: Vec<(u32, u64)>,
}

/// The nodes beyond the states: where every path ends, where it begins, and the starts, each without an arrival.
struct Nodes {
    goal: u32,
    start: u32,
    first_start: u32,
}

/// The rows of an objective as one request sees them.
struct Seen<'a, T> {
    rows: &'a Csr<T>,
    several: &'a [Fees],
    ends: (CountryCode, CountryCode),
    steps: &'a StepGraph,
    closed: &'a [bool],
}

impl<T> Digraph for Seen<'_, T> {
    fn n_nodes(&self) -> usize {
        self.rows.n_nodes()
    }
    fn n_arcs(&self) -> usize {
        self.rows.n_arcs()
    }
    #[inline]
    fn arcs_of(&self, node: u32) -> Range<u32> {
        self.rows.arcs_of(node)
    }
    #[inline]
    fn head(&self, arc: u32) -> u32 {
        self.rows.head(arc)
    }
}

impl<T: ArcWeight> Weighted<u64> for Seen<'_, T> {
    #[inline]
    fn weight(&self, arc: u32) -> u64 {
        if !self.closed.is_empty() && self.closed[self.steps.edge(self.rows.edge(arc)) as usize] {
            return u64::INFINITE;
        }
        self.rows.weight(arc).between(self.ends, self.several)
    }
}

/// The request's two graphs, and the segments of the arcs beyond the steps.
struct Overlaid<'a, G> {
    ahead: Overlay<'a, u64, G>,
    back: Overlay<'a, u64, G>,
    edges: Vec<u32>,
}

impl<'a> Trip<'a> {
    fn new(input: SearchInput<'a>, steps: &'a StepGraph, request: &'a Request) -> Self {
        let (network, avoid) = (input.network, &request.avoid);
        let mut closed = Vec::new();
        if !avoid.is_empty() {
            closed = vec![false; network.n_segments()];
            if !avoid.countries.is_empty() {
                for (closed, segment) in closed.iter_mut().zip(network.segments()) {
                    *closed = segment.pieces.iter().any(|piece| avoid.countries.contains(&piece.country));
                }
            }
            let segments = avoid.segments.iter().filter_map(|id| network.edge_of(id));
            let nodes = avoid.nodes.iter().filter_map(|id| network.index_of(id));
            let of_nodes = nodes.flat_map(|node| network.graph().edges(node).map(|edge| edge.id()));
            for edge in segments.chain(of_nodes).filter(|edge| edge.index() < network.n_segments()) {
                closed[edge.index()] = true;
            }
        }
        let ends = |end| {
            let mut nodes = end_nodes(network, end);
            nodes.retain(|&node| {
                let node = network.node(node);
                !avoid.nodes.contains(&node.id) && !avoid.countries.contains(&node.country)
            });
            nodes
        };
        let goals = ends(&request.to).into_iter().flat_map(|goal| steps.states_at(goal)).map(|state| {
            let ashore = Journey::end(steps.arrival(state), network.node(steps.place(state)));
            (state, input.weigh_end(request.objective, ashore.as_slice()))
        });
        let goals = goals.collect();
        Self { input, steps, request, closed, starts: ends(&request.from), goals }
    }

    fn nodes(&self) -> Nodes {
        let n = self.steps.n_states() as u32;
        Nodes { goal: n, start: n + 1, first_start: n + 2 }
    }

    fn seen<'s, T>(&'s self, rows: &'s Rows<T>, direction: &'s Csr<T>) -> Seen<'s, T> {
        let Self { input, steps, closed, .. } = self;
        Seen { rows: direction, several: &rows.several, ends: input.ends, steps, closed }
    }

    fn search<T: ArcWeight>(&self, rows: &Rows<T>) -> Option<Vec<DirectPath>> {
        let (ahead, back) = (self.seen(rows, &rows.ahead), self.seen(rows, &rows.back));
        let overlaid = self.overlay(&ahead, &back);
        let paths = rows.with_space(|space| match self.request.k {
            1 => self.best(&overlaid, rows, space),
            _ => self.list(&overlaid, space),
        })?;
        // Sums that were cut off say nothing about what they are sums of.
        paths.iter().all(|path| path.weight.primary < u64::MAX / 2).then_some(paths)
    }

    fn best<T: ArcWeight, G: Weighted<u64>>(
        &self,
        overlaid: &Overlaid<'_, G>,
        rows: &Rows<T>,
        space: &mut Space,
    ) -> Option<Vec<DirectPath>> {
        let Overlaid { ahead, back, .. } = overlaid;
        let nodes = self.nodes();
        let search = space.best.get_or_insert_with(|| Bidirectional::new(ahead));
        let found = match (&rows.bound, &self.starts[..], &self.goals[..]) {
            (Some(bound), [start], [(goal, _), rest @ ..])
                if rest.iter().all(|other| self.steps.place(other.0) == self.steps.place(*goal)) =>
            {
                let places = (start.index() as u32, *goal);
                bound.between(search, ahead, back, (nodes.start, nodes.goal), places)
            }
            _ => search.between(ahead, back, nodes.start, nodes.goal),
        };
        let Some((weight, arcs)) = found else { return Some(Vec::new()) };
        let path = self.path(overlaid, weight, arcs);
        let mut places: Vec<u32> = arcs.iter().map(|&arc| self.place(ahead.head(arc))).collect();
        places.sort_unstable();
        let is_loopless = places.windows(2).all(|pair| pair[0] != pair[1] || pair[0] == NOWHERE);
        is_loopless.then(|| vec![path])
    }

    fn list<G: Weighted<u64>>(&self, overlaid: &Overlaid<'_, G>, space: &mut Space) -> Option<Vec<DirectPath>> {
        let Overlaid { ahead, back, .. } = overlaid;
        let nodes = self.nodes();
        let sites = TripSites { trip: self, edges: &overlaid.edges };
        let mut paths = space.list.paths(ahead, back, (nodes.start, nodes.goal), sites);
        let found: Vec<DirectPath> =
            paths.by_ref().take(self.request.k).map(|path| self.path(overlaid, path.weight, &path.arcs)).collect();
        (!paths.met_repeat()).then_some(found)
    }

    fn within<T: ArcWeight>(&self, rows: &Rows<T>, most: u64) -> StateGraph {
        let (ahead, back) = (self.seen(rows, &rows.ahead), self.seen(rows, &rows.back));
        let Overlaid { ahead, back, edges } = self.overlay(&ahead, &back);
        let Nodes { goal, start, .. } = self.nodes();
        let sites = TripSites { trip: self, edges: &edges };
        let kept = rows.with_space(|space| space.list.nodes_within(&ahead, &back, (start, goal), sites, most));
        // Numbered in the order in which they are reached, as in an unfolding; the goal arc goes first.
        let mut numbers: HashMap<u32, u32> = HashMap::from([(start, StateGraph::START), (goal, StateGraph::GOAL)]);
        let mut order = vec![start, goal];
        let mut builder = StateGraphBuilder::new(0);
        let mut next = 0;
        while let Some(&node) = order.get(next) {
            next += 1;
            let row = ahead.arcs_of(node).filter(|&arc| ahead.weight(arc) < u64::INFINITE);
            let mut row: Vec<u32> = row.filter(|&arc| kept.binary_search(&ahead.head(arc)).is_ok()).collect();
            row.sort_by_key(|&arc| ahead.head(arc) != goal);
            for arc in row {
                let head = *numbers.entry(ahead.head(arc)).or_insert_with(|| {
                    order.push(ahead.head(arc));
                    order.len() as u32 - 1
                });
                let edge = self.edge(&edges, arc);
                builder.arc(head, Weight::new(ahead.weight(arc), u32::from(edge != NO_SEGMENT)), edge, &[]);
            }
            builder.next_state();
        }
        builder.finish(order.into_iter().map(|node| self.place(node)).collect())
    }

    /// The two graphs, with the rows of the start, the goal and what leads to and from them.
    fn overlay<'g, G: Weighted<u64>>(&self, ahead: &'g G, back: &'g G) -> Overlaid<'g, G> {
        let Nodes { goal, start, first_start } = self.nodes();
        let n_added = 2 + self.starts.len();
        let (mut over, mut over_back) = (Overlay::new(ahead, n_added), Overlay::new(back, n_added));
        let mut edges = vec![NO_SEGMENT; self.starts.len()];
        let starts = || first_start..first_start + self.starts.len() as u32;
        over.replace(start, starts().map(|one| (one, 0)));
        let mut first_steps: Vec<(u32, u32, u64)> = Vec::new();
        for (one, place) in starts().zip(&self.starts) {
            let begin = first_steps.len();
            for (number, step) in self.steps.steps_of(place.index() as u32) {
                first_steps.push((step.head, one, self.first_weight(number, step.edge)));
                edges.push(step.edge);
            }
            over.replace(one, first_steps[begin..].iter().map(|&(head, _, weight)| (head, weight)));
            over_back.replace(one, [(start, 0)]);
        }
        for &(state, weight) in &self.goals {
            let row = ahead.arcs_of(state);
            edges.extend(row.clone().map(|number| self.steps.edge(number)));
            edges.push(NO_SEGMENT);
            over.replace(state, row.map(|arc| (ahead.head(arc), ahead.weight(arc))).chain([(goal, weight)]));
        }
        over_back.replace(goal, self.goals.iter().copied());
        first_steps.sort_by_key(|step| step.0);
        for to_head in first_steps.chunk_by(|a, b| a.0 == b.0) {
            let row = back.arcs_of(to_head[0].0).map(|arc| (back.head(arc), back.weight(arc)));
            let row: Vec<(u32, u64)> = row.chain(to_head.iter().map(|&(_, one, weight)| (one, weight))).collect();
            over_back.replace(to_head[0].0, row);
        }
        Overlaid { ahead: over, back: over_back, edges }
    }

    /// The weight of a step that a route begins with.
    fn first_weight(&self, number: u32, edge: u32) -> u64 {
        let is_closed = self.closed.get(edge as usize).copied().unwrap_or(false);
        if is_closed || !self.input.usable.has(EdgeIndex::new(edge as usize)) {
            return u64::INFINITE;
        }
        self.input.weigh_step(self.request.objective, self.steps.step(number, 0, true))
    }

    fn place(&self, node: u32) -> u32 {
        let Nodes { goal, first_start, .. } = self.nodes();
        if node < goal {
            return self.steps.place(node).index() as u32;
        }
        let start = node.checked_sub(first_start).and_then(|one| self.starts.get(one as usize));
        start.map_or(NOWHERE, |start| start.index() as u32)
    }

    fn edge(&self, edges: &[u32], arc: u32) -> u32 {
        let beyond = (arc as usize).checked_sub(self.steps.n_steps());
        beyond.map_or_else(|| self.steps.edge(arc), |beyond| edges[beyond])
    }

    fn path<G: Weighted<u64>>(&self, overlaid: &Overlaid<'_, G>, weight: u64, arcs: &[u32]) -> DirectPath {
        let edges = arcs.iter().map(|&arc| self.edge(&overlaid.edges, arc));
        let segments: Vec<u32> = edges.filter(|&edge| edge != NO_SEGMENT).collect();
        let start = self.place(overlaid.ahead.head(arcs[0]));
        DirectPath { weight: Weight::new(weight, segments.len() as u32), start, segments }
    }
}

/// The places of a trip's nodes, and the segments of its arcs.
struct TripSites<'a> {
    trip: &'a Trip<'a>,
    edges: &'a [u32],
}

impl Sites for TripSites<'_> {
    fn place(&self, node: u32) -> u32 {
        self.trip.place(node)
    }
    fn n_places(&self) -> usize {
        self.trip.input.network.n_nodes()
    }
    fn name(&self, arc: u32) -> u32 {
        self.trip.edge(self.edges, arc)
    }
    fn repeat(&self) -> bool {
        true
    }
}
