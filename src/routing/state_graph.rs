//! An explicit directed graph of search states, with one start and one goal.

use std::ops::Add;

/// What a search minimises: the objective first, then the number of segments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Weight {
    /// The objective, in whole units (cents, femtoseconds, metres, risk units).
    pub primary: u64,
    /// The number of segments, which breaks ties.
    pub segments: u32,
}

impl Weight {
    /// More than any path weighs.
    pub const INFINITE: Self = Self { primary: u64::MAX, segments: u32::MAX };

    /// A weight of one segment.
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

/// How many quantities may be bounded besides the objective.
pub const N_RESOURCES: usize = 3;

/// A step from one state to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arc {
    /// The state it leads to.
    pub to: u32,
    /// What it weighs.
    pub weight: Weight,
    /// What it uses up of each bounded quantity.
    pub uses: [u64; N_RESOURCES],
    /// The segment it stands for; `u32::MAX` for the first and the last step of a path.
    pub edge: u32,
}

/// No place: the start and the goal stand nowhere, and may not be visited twice anyway.
pub const NOWHERE: u32 = u32::MAX;

/// States and arcs in compressed rows. State 0 is the start, state 1 the goal.
#[derive(Debug, Clone, Default)]
pub struct StateGraph {
    first: Vec<u32>,
    arcs: Vec<Arc>,
    places: Vec<u32>,
    n_places: usize,
}

impl StateGraph {
    /// The state where every path begins.
    pub const START: u32 = 0;
    /// The state where every path ends.
    pub const GOAL: u32 = 1;

    /// From the place of each state (`u32::MAX` for none) and the arcs of each state.
    ///
    /// Arcs that lead to no state are left out.
    #[must_use]
    pub fn new(places: Vec<u32>, arcs_of: Vec<Vec<Arc>>) -> Self {
        let n_states = places.len();
        let n_places = places.iter().filter(|&&p| p != NOWHERE).max().map_or(0, |&p| p as usize + 1);
        let mut graph = Self { first: Vec::with_capacity(n_states + 1), arcs: Vec::new(), places, n_places };
        graph.first.push(0);
        for i in 0..n_states {
            let own = arcs_of.get(i).map_or(&[][..], Vec::as_slice);
            graph.arcs.extend(own.iter().filter(|arc| (arc.to as usize) < n_states));
            graph.first.push(graph.arcs.len() as u32);
        }
        graph
    }

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

    /// The indices of a state's arcs.
    #[must_use]
    pub fn arcs_of(&self, state: u32) -> std::ops::Range<u32> {
        self.first[state as usize]..self.first[state as usize + 1]
    }

    /// An arc by its index.
    #[must_use]
    pub fn arc(&self, index: u32) -> &Arc {
        &self.arcs[index as usize]
    }

    /// How many arcs there are.
    #[must_use]
    pub fn n_arcs(&self) -> usize {
        self.arcs.len()
    }

    /// The place of a state, `u32::MAX` for none.
    #[must_use]
    pub fn place(&self, state: u32) -> u32 {
        self.places[state as usize]
    }
}
