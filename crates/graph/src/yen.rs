//! The k shortest loopless paths of a graph.
//!
//! Yen's method (1971, doi:10.1287/mnsc.17.11.712) in Lawler's form (`partition.rs`), with lower bounds instead of
//! searches as far as they go: as in the sidetrack methods (Kurz and Mutzel 2016, doi:10.4230/LIPIcs.ISAAC.2016.49), a
//! part is worth at least what the shortest paths to the goal promise, and where the promised path is loopless there is
//! nothing to search for. The distances are found no farther out than the paths asked for can go (`ellipse.rs`).

use std::marker::PhantomData;

use super::csr::Weighted;
use super::distance::Distance;
use super::ellipse::Ellipse;
use super::field::{Blocked, Field, Plain, Span, Walk};
use super::partition::{Guide, Onward, Partition};
use super::spur::Spur;

/// A path from one node to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path<W> {
    /// Its weight.
    pub weight: W,
    /// Its arcs.
    pub arcs: Vec<u32>,
}

/// The first `k` loopless paths between two nodes: by weight, then by the number of arcs, then by the arcs in order.
///
/// Parallel arcs make different paths. Fewer paths are returned where fewer exist, none if an end is not a node of the
/// graph; from a node to itself there is one, without arcs. `reverse` is the graph with its arcs turned round, of which
/// the numbers of the arcs do not matter: an undirected graph is its own.
///
/// Complexity: O(k h (d + log k h)) for paths of h arcs in a graph of degree d, and the searches: one over some of the nodes
/// that the paths could pass, and up to k h small ones, each of which sees little more than the detour it is made for. At
/// worst these see all nodes, for O(k h (m + n log n)) in all. On planar meshes of 10^3 nodes there are 0.2 of them for
/// a path; see `benches/k_shortest.rs`.
///
/// # Example
/// ```
/// use fiberplan_graph::{Csr, yen::k_shortest};
/// // 0 --1-- 1 --1-- 3, a second cable 1 --2-- 3, and 0 --2-- 2 --2-- 3
/// let graph = Csr::undirected(4, &[(0, 1, 1_u64), (1, 3, 1), (1, 3, 2), (0, 2, 2), (2, 3, 2)]);
/// let paths = k_shortest(&graph, &graph, 0, 3, 9);
/// let found: Vec<(u64, Vec<u32>)> =
///     paths.iter().map(|path| (path.weight, path.arcs.iter().map(|&arc| graph.edge(arc)).collect())).collect();
/// assert_eq!(found, [(2, vec![0, 1]), (3, vec![0, 2]), (4, vec![3, 4])]);
/// ```
#[must_use]
pub fn k_shortest<W: Distance>(
    graph: &impl Weighted<W>,
    reverse: &impl Weighted<W>,
    from: u32,
    to: u32,
    k: usize,
) -> Vec<Path<W>> {
    Workspace::new().paths(graph, reverse, from, to).take(k).collect()
}

/// The memory of a search, which the next one can use again.
#[derive(Debug, Clone)]
pub struct Workspace<W> {
    partition: Partition<W>,
    reach: Reach<W>,
}

impl<W: Distance> Default for Workspace<W> {
    fn default() -> Self {
        Self::new()
    }
}

impl<W: Distance> Workspace<W> {
    /// Without any memory yet.
    #[must_use]
    pub fn new() -> Self {
        Self { partition: Partition::new(), reach: Reach::new() }
    }

    /// The loopless paths between two nodes, as [`k_shortest`] has them, one by one.
    pub fn paths<'a, G: Weighted<W>, R: Weighted<W>>(
        &'a mut self,
        graph: &'a G,
        reverse: &'a R,
        from: u32,
        to: u32,
    ) -> Paths<'a, W, G, R> {
        let field = Plain { graph, reverse, weight: PhantomData };
        let n_nodes = graph.n_nodes().min(reverse.n_nodes());
        let ends = (from as usize) < n_nodes && (to as usize) < n_nodes;
        if ends && from != to {
            self.partition.begin(field.n_places(), from);
            self.reach.begin(&field, from, to);
        } else {
            self.partition.begin_empty();
        }
        Paths { space: self, field, stay: ends && from == to }
    }
}

/// The loopless paths between two nodes, shortest first.
#[derive(Debug)]
pub struct Paths<'a, W, G, R> {
    space: &'a mut Workspace<W>,
    field: Plain<'a, W, G, R>,
    /// Whether the path without arcs is still to come.
    stay: bool,
}

impl<W: Distance, G: Weighted<W>, R: Weighted<W>> Iterator for Paths<'_, W, G, R> {
    type Item = Path<W>;

    fn next(&mut self) -> Option<Path<W>> {
        if std::mem::take(&mut self.stay) {
            return Some(Path { weight: W::ZERO, arcs: Vec::new() });
        }
        let Workspace { partition, reach } = &mut *self.space;
        let (span, arcs) = partition.next(&self.field, reach)?;
        Some(Path { weight: span.weight, arcs: arcs.to_vec() })
    }
}

/// The guide where nothing but looplessness is asked of a path.
#[derive(Debug, Clone)]
pub(super) struct Reach<W> {
    ellipse: Ellipse<W>,
    spur: Spur<W>,
    goal: u32,
}

impl<W: Distance> Reach<W> {
    pub fn new() -> Self {
        Self { ellipse: Ellipse::new(), spur: Spur::new(), goal: 0 }
    }

    /// Begins with the paths between two nodes.
    pub fn begin<F: Field<Weight = W>>(&mut self, field: &F, from: u32, to: u32) {
        self.ellipse.begin(field, from, to);
        self.spur.begin(field.n_nodes());
        self.goal = to;
    }
}

impl<F: Field> Guide<F> for Reach<F::Weight> {
    fn rim(&self) -> Span<F::Weight> {
        self.ellipse.rim()
    }

    fn grow(&mut self, field: &F) {
        self.ellipse.grow(field);
    }

    fn ahead(&self, field: &F, _: &Walk<F::Weight>, arc: u32) -> Option<Span<F::Weight>> {
        self.ellipse.to_goal(field.head(arc))
    }

    fn search(
        &mut self,
        field: &F,
        blocked: &Blocked,
        walk: &Walk<F::Weight>,
        _: &[u32],
        banned: impl Fn(u32) -> bool,
        rest: &mut Vec<u32>,
    ) -> Onward<F::Weight> {
        match self.spur.search((field, &mut self.ellipse, blocked), walk, self.goal, banned, rest) {
            Some(span) => Onward::Found(span),
            None if self.ellipse.rim() < Span::INFINITE => Onward::Beyond,
            None => Onward::Nothing,
        }
    }
}
