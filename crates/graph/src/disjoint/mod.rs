//! Sets of paths that share nothing, or as little as can be, exactly, on graphs whose places repeat in many states.
//!
//! What may not be shared are [`Resources`]: segments, places, risk groups, countries, owners. A resource may stand at
//! many arcs, so that the problem is NP-hard (Hu 2003, doi:10.1016/S0166-218X(02)00392-5, for risk groups; Li, McCormick
//! and Simchi-Levi 1990, doi:10.1016/0166-218X(90)90024-7, for the least worse one), and it is solved by branch and bound
//! (Land and Doig 1960, doi:10.2307/1910129), best bound first. A node of the tree bans some uses for each path; its
//! paths are the least ones under their bans. Where two of them clash in a resource, one of the two has to do without, or
//! the resource is shared and its weight paid; the clash is taken whose bans raise the bound most. A path that passes
//! one place in two states has to do without one of them. The bound is the sum of the least paths, or that of the
//! least paths when every step is charged what it is worth in a min-cost flow of the whole set, whichever is more. The flow
//! alone answers most questions about segments and places.

mod branch;
mod relaxation;
mod resources;
mod single;

pub use resources::Resources;

use super::loopless::{Limit, Path};
use super::state_graph::StateGraph;

/// The most paths that may be asked for at once.
pub const MAX_PATHS: usize = 16;

/// What the best set is best at, once it shares as little as can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Aim {
    /// The least sum.
    #[default]
    Sum,
    /// The least best path, then the least sum.
    First,
    /// The least worst path, then the least sum.
    Balanced,
}

impl Aim {
    /// Every aim.
    pub const ALL: [Self; 3] = [Self::Sum, Self::First, Self::Balanced];

    /// Its name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sum => "sum",
            Self::First => "first",
            Self::Balanced => "balanced",
        }
    }
}

/// A condition on a whole path, given by its arcs.
pub type Fits<'a> = &'a dyn Fn(&[u32]) -> bool;

/// What is looked for.
#[derive(Clone, Copy)]
pub struct Sought<'a> {
    /// How many paths.
    pub k: usize,
    /// What the best set is best at.
    pub aim: Aim,
    /// Bounds on sums that every path has to keep.
    pub limits: &'a [Limit],
    /// What else a path, given by its arcs, has to be.
    pub fits: Option<Fits<'a>>,
    /// What the paths may not share.
    pub resources: &'a Resources,
    /// After about so many searches for single paths the best so far is the answer.
    pub work: usize,
}

/// A set of paths, the least first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Set {
    /// The paths; no two of them are the same.
    pub paths: Vec<Path>,
    /// The resources that more than one of them takes, in order.
    pub shared: Vec<u32>,
    /// What sharing them weighs.
    pub penalty: u64,
    /// The resources that no path at all can do without, in order.
    pub unavoidable: Vec<u32>,
    /// Whether the search came to its end: nothing is better. If not, `least_penalty` and `least` say how good another
    /// set could be at most.
    pub proved: bool,
    /// No set weighs less in what it shares.
    pub least_penalty: u64,
    /// No set that shares as little as `least_penalty` is better than this in what the aim looks at first: the sum, the
    /// best path or the worst path.
    pub least: u64,
}

/// Looks for the best set of different loopless paths: the one whose shared resources weigh least, and of those the best
/// by the aim.
///
/// `None` where there are not so many different paths, or more than [`MAX_PATHS`] are asked for; a set without paths where
/// the search was given up before it found one.
///
/// Complexity: for segments and places mostly one min-cost flow, k + 1 searches of O(m log n). Else a search for each
/// node of a tree that grows with the number of clashes, exponentially at worst. On a network of 750 segments pairs take
/// 2 to 30 ms, sets of three mostly below 300 ms.
///
/// # Example
/// ```
/// use fiberplan_graph::disjoint::{Aim, Resources, Sought, disjoint_set};
/// use fiberplan_graph::{NO_SEGMENT, NOWHERE, StateGraphBuilder, Weight};
/// // start(0) to a(2); cables of 1, 2 and 5 from a to goal(1), the first two in one trench
/// let mut builder = StateGraphBuilder::new(0);
/// builder.arc(2, Weight::new(0, 0), NO_SEGMENT, &[]);
/// builder.next_state();
/// builder.next_state();
/// for (segment, km) in [1, 2, 5].into_iter().enumerate() {
///     builder.arc(1, Weight::new(km, 1), segment as u32, &[]);
/// }
/// let graph = builder.finish(vec![NOWHERE, NOWHERE, 0]);
/// let trenches = Resources::of_segments(&graph, &[vec![0], vec![0], vec![1]], vec![1, 1]);
/// let sought = Sought { k: 2, aim: Aim::Sum, limits: &[], fits: None, resources: &trenches, work: 1000 };
/// let pair = disjoint_set(&graph, &sought).expect("two paths");
/// assert_eq!(pair.paths.iter().map(|path| path.weight.primary).collect::<Vec<_>>(), [1, 5]);
/// assert!(pair.shared.is_empty() && pair.proved);
/// let three = disjoint_set(&graph, &Sought { k: 3, ..sought }).expect("three paths");
/// assert_eq!(three.shared, [0]);
/// ```
#[must_use]
pub fn disjoint_set(graph: &StateGraph, sought: &Sought<'_>) -> Option<Set> {
    if sought.k == 0 || sought.k > MAX_PATHS || graph.n_states() <= StateGraph::GOAL as usize {
        return None;
    }
    branch::Tree::new(graph, sought).search()
}
