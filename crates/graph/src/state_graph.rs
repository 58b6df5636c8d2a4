//! An explicit directed graph of search states, with one start and one goal.

use std::ops::{Add, Range};

use super::csr::{Digraph, Weighted};
use super::distance::Distance;

/// What a search minimises: the objective first, then the number of segments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Weight {
    /// The objective, in whole units (cents, femtoseconds, metres, risk units).
    pub primary: u64,
    /// The number of segments, which breaks ties.
    pub segments: u32,
}

impl Weight {
    /// A weight of that many segments.
    #[must_use]
    pub const fn new(primary: u64, segments: u32) -> Self {
        Self { primary, segments }
    }
}

impl Add for Weight {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self {
            primary: self.primary.saturating_add(other.primary),
            segments: self.segments.saturating_add(other.segments),
        }
    }
}

impl Distance for Weight {
    const ZERO: Self = Self::new(0, 0);
    const INFINITE: Self = Self::new(u64::MAX, u32::MAX);
    fn plus(self, other: Self) -> Self {
        self + other
    }
    fn leading(self) -> u64 {
        self.primary
    }
}

/// No place: the start and the goal stand nowhere, and may not be visited twice anyway.
pub const NOWHERE: u32 = u32::MAX;

/// No segment: the first and the last step of a path.
pub const NO_SEGMENT: u32 = u32::MAX;

/// States and arcs in compressed rows, forwards and backwards. State 0 is the start, state 1 the goal.
///
/// Several states may stand at one place, and several arcs for one segment. Besides its weight an arc has one number for
/// each column asked for: what it uses up of a quantity that is bounded, or that another front is sought by. An arc may
/// also have marks, one bit for each of the things that a path has to pass: what is marked on its arcs must together be
/// all that is [`StateGraph::wanted`]. Where the states themselves remember what has been passed, nothing is.
#[derive(Debug, Clone, Default)]
pub struct StateGraph {
    first: Vec<u32>,
    heads: Vec<u32>,
    weights: Vec<Weight>,
    edges: Vec<u32>,
    columns: Vec<Vec<u64>>,
    marks: Vec<u16>,
    wanted: u16,
    places: Vec<u32>,
    n_places: usize,
    first_in: Vec<u32>,
    arcs_in: Vec<(u32, u32)>,
}

impl StateGraph {
    /// The state where every path begins.
    pub const START: u32 = 0;
    /// The state where every path ends.
    pub const GOAL: u32 = 1;

    /// How many states there are.
    #[must_use]
    pub fn n_states(&self) -> usize {
        self.places.len()
    }

    /// One more than the largest place.
    #[must_use]
    pub fn n_places(&self) -> usize {
        self.n_places
    }

    /// The place of a state, [`NOWHERE`] for none.
    #[must_use]
    pub fn place(&self, state: u32) -> u32 {
        self.places[state as usize]
    }

    /// The segment an arc stands for, by its index in the order of ids; [`NO_SEGMENT`] for none.
    #[must_use]
    pub fn edge(&self, arc: u32) -> u32 {
        self.edges[arc as usize]
    }

    /// How many columns there are.
    #[must_use]
    pub fn n_columns(&self) -> usize {
        self.columns.len()
    }

    /// What an arc has in a column.
    #[must_use]
    pub fn column(&self, column: usize, arc: u32) -> u64 {
        self.columns[column][arc as usize]
    }

    /// Which of the things to pass an arc passes.
    #[must_use]
    pub fn marks(&self, arc: u32) -> u16 {
        if self.wanted == 0 { 0 } else { self.marks[arc as usize] }
    }

    /// All the marks that a path has to collect.
    #[must_use]
    pub fn wanted(&self) -> u16 {
        self.wanted
    }

    /// The (tail, arc) pairs that lead to a state, in order of arc.
    #[must_use]
    pub fn arcs_into(&self, state: u32) -> &[(u32, u32)] {
        &self.arcs_in[self.first_in[state as usize] as usize..self.first_in[state as usize + 1] as usize]
    }

    /// The same graph with other weights of its arcs; segments, columns and marks stay.
    #[must_use]
    pub fn weighing(&self, primary: impl Fn(u32) -> u64) -> Self {
        let mut graph = self.clone();
        for (arc, weight) in graph.weights.iter_mut().enumerate() {
            weight.primary = primary(arc as u32);
        }
        graph
    }

    fn reverse(&mut self) {
        let n = self.n_states();
        let mut first = vec![0_u32; n + 1];
        for &head in &self.heads {
            first[head as usize + 1] += 1;
        }
        for i in 0..n {
            first[i + 1] += first[i];
        }
        let mut next = first.clone();
        let mut reversed = vec![(0, 0); self.heads.len()];
        for tail in 0..n as u32 {
            for arc in self.arcs_of(tail) {
                let slot = &mut next[self.heads[arc as usize] as usize];
                reversed[*slot as usize] = (tail, arc);
                *slot += 1;
            }
        }
        (self.first_in, self.arcs_in) = (first, reversed);
    }
}

impl Digraph for StateGraph {
    fn n_nodes(&self) -> usize {
        self.places.len()
    }
    fn n_arcs(&self) -> usize {
        self.heads.len()
    }
    fn arcs_of(&self, state: u32) -> Range<u32> {
        self.first[state as usize]..self.first[state as usize + 1]
    }
    fn head(&self, arc: u32) -> u32 {
        self.heads[arc as usize]
    }
}

impl Weighted<Weight> for StateGraph {
    fn weight(&self, arc: u32) -> Weight {
        self.weights[arc as usize]
    }
}

/// Makes a [`StateGraph`] row by row: the arcs of state 0, then `next_state`, the arcs of state 1, and so on.
///
/// # Example
/// ```
/// use fiberplan_graph::{Digraph, NO_SEGMENT, NOWHERE, StateGraph, StateGraphBuilder, Weight, Weighted};
/// // start(0) --> a(2) --3--> goal(1); the arc from a also uses 7 of what column 0 counts
/// let mut builder = StateGraphBuilder::new(1);
/// builder.arc(2, Weight::new(0, 0), NO_SEGMENT, &[0]);
/// builder.next_state();
/// builder.next_state();
/// builder.arc(1, Weight::new(3, 1), 0, &[7]);
/// let graph = builder.finish(vec![NOWHERE, NOWHERE, 0]);
/// let arc = graph.arcs_of(2).start;
/// assert_eq!((graph.head(arc), graph.weight(arc).primary, graph.column(0, arc)), (StateGraph::GOAL, 3, 7));
/// assert_eq!(graph.arcs_into(StateGraph::GOAL), [(2, arc)]);
/// ```
#[derive(Debug)]
pub struct StateGraphBuilder {
    graph: StateGraph,
}

impl StateGraphBuilder {
    /// With that many columns.
    #[must_use]
    pub fn new(n_columns: usize) -> Self {
        let graph = StateGraph { first: vec![0], columns: vec![Vec::new(); n_columns], ..StateGraph::default() };
        Self { graph }
    }

    /// Adds an arc to the state whose turn it is. What is missing in `columns` counts as 0.
    pub fn arc(&mut self, to: u32, weight: Weight, edge: u32, columns: &[u64]) {
        let graph = &mut self.graph;
        graph.heads.push(to);
        graph.weights.push(weight);
        graph.edges.push(edge);
        for (i, column) in graph.columns.iter_mut().enumerate() {
            column.push(columns.get(i).copied().unwrap_or(0));
        }
    }

    /// Marks the arc added last with what it passes of the things to pass.
    pub fn mark(&mut self, marks: u16) {
        self.graph.marks.resize(self.graph.heads.len(), 0);
        if let Some(last) = self.graph.marks.last_mut() {
            *last = marks;
        }
    }

    /// Says which marks every path has to collect.
    pub fn want(&mut self, wanted: u16) {
        self.graph.wanted = wanted;
    }

    /// Ends the arcs of this state.
    pub fn next_state(&mut self) {
        self.graph.first.push(self.graph.heads.len() as u32);
    }

    /// The graph whose states stand at these places. States beyond those that had their turn have no arcs.
    ///
    /// # Panics
    /// If an arc leads to a state that has no place in the list.
    #[must_use]
    pub fn finish(mut self, places: Vec<u32>) -> StateGraph {
        while self.graph.first.len() <= places.len() {
            self.next_state();
        }
        let mut graph = self.graph;
        graph.first.truncate(places.len() + 1);
        assert!(graph.heads.iter().all(|&head| (head as usize) < places.len()), "every arc leads to a state");
        graph.n_places = places.iter().filter(|&&place| place != NOWHERE).max().map_or(0, |&place| place as usize + 1);
        graph.places = places;
        graph.marks.resize(graph.heads.len(), 0);
        graph.reverse();
        graph
    }
}
