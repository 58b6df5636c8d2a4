//! Every step that any route of a network could take, with no request in mind.
//!
//! A state is a place and how a route came there, as far as that matters for what follows: over land, or by sea having
//! last been in some country. What is passed on a step (borders, a device) is found once, by [`Journey`], and looked up
//! by every search that needs no more than this to be told apart.

use std::ops::Range;

use petgraph::graph::{EdgeIndex, NodeIndex};
use petgraph::visit::EdgeRef;

use crate::metrics::{Arrival, Journey, Passed, Step};
use crate::network::{CountryCode, Link, Network};

/// The states and steps of a network. State `i` below the number of places is place `i` reached over land, which is
/// also where a route begins; the rest are places reached by sea.
#[derive(Debug)]
pub struct StepGraph {
    places: Vec<u32>,
    arrivals: Vec<Arrival>,
    first: Vec<u32>,
    steps: Vec<StepTo>,
    borders: Vec<Passed>,
    /// The states at each place that are reached by sea: the last country, and the number.
    by_sea: Vec<Vec<(CountryCode, u32)>>,
}

/// A step away from a state.
#[derive(Debug, Clone, Copy)]
pub(super) struct StepTo {
    pub(super) head: u32,
    /// The segment's number.
    pub(super) edge: u32,
    /// Whether the device of the place it begins at is passed, unless the route begins there.
    device: bool,
    first_border: u32,
    n_borders: u32,
}

impl StepGraph {
    /// Finds the steps of a network.
    ///
    /// Complexity: O(s log s) for s steps: two for each land segment, and two for each submarine one and each country
    /// from which its shores can be reached.
    #[must_use]
    pub fn new(network: &Network) -> Self {
        let mut making = Making::new(network);
        let mut next = 0;
        let mut edges: Vec<EdgeIndex> = Vec::new();
        while next < making.graph.places.len() {
            let node = NodeIndex::new(making.graph.places[next] as usize);
            edges.clear();
            edges.extend(network.graph().edges(node).map(|edge| edge.id()));
            edges.sort_unstable();
            for &edge in &edges {
                making.step(node, making.graph.arrivals[next], edge);
            }
            making.graph.first.push(making.graph.steps.len() as u32);
            next += 1;
        }
        making.graph
    }

    /// How many states there are.
    pub(super) fn n_states(&self) -> usize {
        self.places.len()
    }

    /// The place of a state.
    pub(super) fn place(&self, state: u32) -> NodeIndex {
        NodeIndex::new(self.places[state as usize] as usize)
    }

    /// How a state's place was reached.
    pub(super) fn arrival(&self, state: u32) -> Arrival {
        self.arrivals[state as usize]
    }

    /// The states at a place.
    pub(super) fn states_at(&self, place: NodeIndex) -> impl Iterator<Item = u32> {
        let by_sea = self.by_sea[place.index()].iter().map(|(_, state)| *state);
        std::iter::once(place.index() as u32).chain(by_sea)
    }

    /// How many steps there are.
    pub(super) fn n_steps(&self) -> usize {
        self.steps.len()
    }

    /// The steps away from a state, in order of their segments' ids, each with its number.
    pub(super) fn steps_of(&self, state: u32) -> impl Iterator<Item = (u32, StepTo)> {
        self.numbers_of(state).map(|number| (number, self.steps[number as usize]))
    }

    /// The segment of a step, by their numbers.
    pub(super) fn edge(&self, number: u32) -> u32 {
        self.steps[number as usize].edge
    }

    /// The state that a step leads to.
    pub(super) fn head(&self, number: u32) -> u32 {
        self.steps[number as usize].head
    }

    /// The numbers of the steps away from a state.
    pub(super) fn numbers_of(&self, state: u32) -> Range<u32> {
        self.first[state as usize]..self.first[state as usize + 1]
    }

    /// What a step passes. The device of the place it begins at is left out where the route `begins` with it.
    pub(super) fn step(&self, number: u32, tail: u32, begins: bool) -> Step<'_> {
        let step = &self.steps[number as usize];
        let borders = step.first_border as usize..step.first_border as usize + step.n_borders as usize;
        Step {
            edge: EdgeIndex::new(step.edge as usize),
            borders: &self.borders[borders],
            device: (step.device && !begins).then(|| self.place(tail)),
        }
    }
}

struct Making<'a> {
    network: &'a Network,
    graph: StepGraph,
}

impl<'a> Making<'a> {
    fn new(network: &'a Network) -> Self {
        let n = network.n_nodes();
        let graph = StepGraph {
            places: (0..n as u32).collect(),
            arrivals: vec![Arrival::Land; n],
            first: vec![0],
            steps: Vec::with_capacity(8 * network.n_segments()),
            borders: Vec::new(),
            by_sea: vec![Vec::new(); n],
        };
        Self { network, graph }
    }

    fn step(&mut self, node: NodeIndex, arrival: Arrival, edge: EdgeIndex) {
        let network = self.network;
        let Link::Segment(segment) = &network.graph()[edge] else { return };
        let Some((from, to)) = network.graph().edge_endpoints(edge) else { return };
        let there = if from == node { to } else { from };
        let first_border = self.graph.borders.len();
        let borders = &mut self.graph.borders;
        let after = Journey::go(arrival, network.node(node), segment, from == node, |border| borders.push(border));
        let n_borders = self.graph.borders.len() - first_border;
        let head = match after {
            Arrival::Start | Arrival::Land => there.index() as u32,
            Arrival::Sea { last } => self.reached_by_sea(there, last),
        };
        self.graph.steps.push(StepTo {
            head,
            edge: edge.index() as u32,
            device: Journey::meets_device(arrival, segment.row.medium.is_submarine()),
            first_border: first_border as u32,
            n_borders: n_borders as u32,
        });
    }

    fn reached_by_sea(&mut self, node: NodeIndex, last: CountryCode) -> u32 {
        let here = &mut self.graph.by_sea[node.index()];
        if let Some((_, known)) = here.iter().find(|(other, _)| *other == last) {
            return *known;
        }
        let number = self.graph.places.len() as u32;
        here.push((last, number));
        self.graph.places.push(node.index() as u32);
        self.graph.arrivals.push(Arrival::Sea { last });
        number
    }
}
