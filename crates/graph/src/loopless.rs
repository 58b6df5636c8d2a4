//! The k best loopless paths of a graph of states, exactly, also where states repeat places, quantities are bounded, or
//! things are to be passed in any order.
//!
//! Lawler's partition (`partition.rs`) under a guide that begins as that of the plain method (`yen.rs`): a path of states
//! may be at one *place* twice in different states, and as long as the shortest ones are not, there is nothing more to
//! it. Where one is, where quantities are bounded or things are to be passed, labels take over (`labels.rs`).

use super::csr::Weighted;
use super::distance::Distance;
use super::field::{Blocked, Field, Span, Walk};
use super::labels::Labels;
use super::partition::{Guide, Onward, Partition};
use super::state_graph::{StateGraph, Weight};
use super::yen::{self, Reach, is_loopless};

/// A path from start to goal.
pub type Path = yen::Path<Weight>;

/// The most columns that may be bounded at once.
pub const MAX_LIMITS: usize = 6;

/// An upper bound on what the arcs of a path may use up in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// The column.
    pub column: usize,
    /// The most that is allowed.
    pub most: u64,
}

impl Field for StateGraph {
    type Weight = u64;
    fn length(&self, arc: u32) -> u64 {
        self.weight(arc).primary
    }
    fn look_back(&self, node: u32, mut see: impl FnMut(u32, u64)) {
        for &(tail, arc) in self.arcs_into(node) {
            see(tail, self.length(arc));
        }
    }
    fn place(&self, state: u32) -> u32 {
        self.place(state)
    }
    fn n_places(&self) -> usize {
        self.n_places()
    }
    fn name(&self, arc: u32) -> u32 {
        self.edge(arc)
    }
    fn marks(&self, arc: u32) -> u16 {
        self.marks(arc)
    }
}

/// The first `k` loopless paths within `limits`: by weight, then by the number of arcs, then by the segments in order.
///
/// Fewer are returned where fewer exist.
///
/// Complexity: without limits and things to pass that of [`yen`], as long as shortest paths do not come back to
/// places; exponential at worst, as the problems are NP-hard. A route through ten places over the base network, 10^3 states
/// wide, is a matter of milliseconds.
///
/// # Example
/// ```
/// use fiberplan_graph::{NO_SEGMENT, NOWHERE, StateGraphBuilder, Weight, loopless::k_best};
/// // start(0) to a(2), two parallel cables of 3 and 4 from a to b(3), b to goal(1)
/// let mut builder = StateGraphBuilder::new(0);
/// builder.arc(2, Weight::new(0, 0), NO_SEGMENT, &[]);
/// builder.next_state();
/// builder.next_state();
/// builder.arc(3, Weight::new(3, 1), 0, &[]);
/// builder.arc(3, Weight::new(4, 1), 1, &[]);
/// builder.next_state();
/// builder.arc(1, Weight::new(0, 0), NO_SEGMENT, &[]);
/// let graph = builder.finish(vec![NOWHERE, NOWHERE, 0, 1]);
/// let lengths: Vec<u64> = k_best(&graph, 5, &[]).iter().map(|path| path.weight.primary).collect();
/// assert_eq!(lengths, [3, 4]);
/// ```
///
/// # Panics
/// If there are more than [`MAX_LIMITS`] limits, or one on a column that the graph does not have.
#[must_use]
pub fn k_best(graph: &StateGraph, k: usize, limits: &[Limit]) -> Vec<Path> {
    Paths::new(graph, limits).take(k).collect()
}

/// The loopless paths of a graph of states within limits, one by one, as [`k_best`] has them.
#[derive(Debug)]
pub struct Paths<'a> {
    graph: &'a StateGraph,
    partition: Partition<u64>,
    guide: StateGuide,
}

impl<'a> Paths<'a> {
    /// Makes ready to list them.
    ///
    /// # Panics
    /// If there are more than [`MAX_LIMITS`] limits, or one on a column that the graph does not have.
    #[must_use]
    pub fn new(graph: &'a StateGraph, limits: &[Limit]) -> Self {
        assert!(limits.len() <= MAX_LIMITS, "no query bounds more than {MAX_LIMITS} quantities");
        assert!(limits.iter().all(|limit| limit.column < graph.n_columns()), "every limit bounds a column");
        let mut partition = Partition::new();
        let mut reach = Reach::new();
        if graph.n_states() > StateGraph::GOAL as usize {
            partition.begin(graph.n_places(), StateGraph::START);
            reach.begin(graph, StateGraph::START, StateGraph::GOAL);
        } else {
            partition.begin_empty();
        }
        let guide = StateGuide { limits: limits.to_vec(), plain: true, reach, labels: None, seen: Blocked::default() };
        Self { graph, partition, guide }
    }
}

impl Iterator for Paths<'_> {
    type Item = Path;

    fn next(&mut self) -> Option<Path> {
        let (_, arcs) = self.partition.next(self.graph, &mut self.guide)?;
        let weight = arcs.iter().fold(Weight::default(), |sum, &arc| sum + self.graph.weight(arc));
        Some(Path { weight, arcs: arcs.to_vec() })
    }
}

/// The guide over states.
#[derive(Debug)]
struct StateGuide {
    limits: Vec<Limit>,
    /// Whether the shortest paths are still tried as they are.
    plain: bool,
    reach: Reach<u64>,
    /// Made when first needed.
    labels: Option<Labels>,
    seen: Blocked,
}

impl StateGuide {
    /// Whether a path passes all it has to and stays within the limits.
    fn is_allowed(&self, graph: &StateGraph, walk: &Walk<u64>, prefix: &[u32], rest: &[u32]) -> bool {
        let within = |limit: &Limit| {
            let uses = prefix.iter().chain(rest).map(|&arc| graph.column(limit.column, arc));
            uses.fold(0, u64::saturating_add) <= limit.most
        };
        let passed = rest.iter().fold(walk.marks, |passed, &arc| passed | graph.marks(arc));
        passed == graph.wanted() && self.limits.iter().all(within)
    }
}

impl Guide<StateGraph> for StateGuide {
    fn rim(&self) -> Span<u64> {
        if self.plain { Guide::<StateGraph>::rim(&self.reach) } else { Span::INFINITE }
    }

    fn grow(&mut self, graph: &StateGraph) {
        self.reach.grow(graph);
    }

    fn ahead(&self, graph: &StateGraph, walk: &Walk<u64>, arc: u32) -> Option<Span<u64>> {
        let near = if self.plain { self.reach.ahead(graph, walk, arc)? } else { Span::ZERO };
        Some(self.labels.as_ref().map_or(near, |labels| labels.ahead(graph, walk, arc)))
    }

    fn search(
        &mut self,
        graph: &StateGraph,
        blocked: &Blocked,
        walk: &Walk<u64>,
        prefix: &[u32],
        banned: impl Fn(u32) -> bool,
        rest: &mut Vec<u32>,
    ) -> Onward<u64> {
        if self.plain {
            let found = self.reach.search(graph, blocked, walk, prefix, &banned, rest);
            if !matches!(found, Onward::Found(_)) {
                return found;
            }
            // Where one shortest path is not allowed, few of the others are.
            self.plain = self.is_allowed(graph, walk, prefix, rest);
            if self.plain && is_loopless(graph, &mut self.seen, rest) {
                return found;
            }
        }
        let Self { labels, limits, .. } = self;
        let labels = labels.get_or_insert_with(|| Labels::new(graph, limits));
        labels.search(graph, blocked, (walk, prefix), banned, rest).map_or(Onward::Nothing, Onward::Found)
    }
}
