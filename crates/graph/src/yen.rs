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

pub use super::field::{EachAlone, Sites};

/// A path from one node to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path<W> {
    /// Its weight.
    pub weight: W,
    /// Its arcs.
    pub arcs: Vec<u32>,
}

/// The memory of a search, which the next one can use again.
#[derive(Debug, Clone)]
pub struct Workspace<W> {
    partition: Partition<W>,
    reach: Reach<W>,
    seen: Blocked,
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
        Self { partition: Partition::new(), reach: Reach::new(), seen: Blocked::default() }
    }

    /// The loopless paths between two nodes, one by one: by weight, then by the number of arcs, then by the names of the
    /// arcs in order.
    ///
    /// Parallel arcs make different paths. There is none if an end is not a node of the graph; from a node to itself
    /// there is one, without arcs. `reverse` is the graph with its arcs turned round, of which the numbers of the arcs do
    /// not matter: an undirected graph is its own.
    ///
    /// Complexity: O(k h (d + log k h)) for k paths of h arcs in a graph of degree d, and the searches: one over some of the
    /// nodes that the paths could pass, and up to k h small ones, each of which sees little more than the detour it is made
    /// for. At worst these see all nodes, for O(k h (m + n log n)) in all. On planar meshes of 10^3 nodes there are 0.2 of
    /// them for a path; see `benches/k_shortest.rs`.
    ///
    /// # Example
    /// ```
    /// use fiberplan_graph::{Csr, yen::{EachAlone, Workspace}};
    /// // 0 --1-- 1 --1-- 3, a second edge 1 --2-- 3, and 0 --2-- 2 --2-- 3
    /// let graph = Csr::undirected(4, &[(0, 1, 1_u64), (1, 3, 1), (1, 3, 2), (0, 2, 2), (2, 3, 2)]);
    /// let mut space = Workspace::new();
    /// let paths = space.paths(&graph, &graph, (0, 3), EachAlone(4));
    /// let found: Vec<(u64, Vec<u32>)> =
    ///     paths.map(|path| (path.weight, path.arcs.iter().map(|&arc| graph.edge(arc)).collect())).collect();
    /// assert_eq!(found, [(2, vec![0, 1]), (3, vec![0, 2]), (4, vec![3, 4])]);
    /// ```
    pub fn paths<'a, G: Weighted<W>, R: Weighted<W>, S: Sites>(
        &'a mut self,
        graph: &'a G,
        reverse: &'a R,
        (from, to): (u32, u32),
        sites: S,
    ) -> Paths<'a, W, G, R, S> {
        let field = Plain { graph, reverse, sites, weight: PhantomData };
        let n_nodes = graph.n_nodes().min(reverse.n_nodes());
        let ends = (from as usize) < n_nodes && (to as usize) < n_nodes;
        if ends && from != to {
            self.partition.begin(field.n_places(), from);
            self.reach.begin(&field, from, to);
        } else {
            self.partition.begin_empty();
        }
        Paths { space: self, field, stay: ends && from == to, met_repeat: false }
    }
}

impl<W: Distance> Workspace<W> {
    /// All nodes that a path no heavier than `most` can pass, in order; besides them others, but few that lie far off.
    pub fn nodes_within<G: Weighted<W>, R: Weighted<W>, S: Sites>(
        &mut self,
        graph: &G,
        reverse: &R,
        (from, to): (u32, u32),
        sites: S,
        most: W,
    ) -> Vec<u32> {
        let field = Plain { graph, reverse, sites, weight: PhantomData };
        let ellipse = &mut self.reach.ellipse;
        ellipse.begin(&field, from, to);
        while ellipse.rim().is_finite() && ellipse.rim().weight <= most {
            ellipse.grow(&field);
        }
        (0..graph.n_nodes() as u32).filter(|&node| ellipse.to_goal(node).is_some()).collect()
    }
}

/// The loopless paths between two nodes, shortest first.
#[derive(Debug)]
pub struct Paths<'a, W, G, R, S> {
    space: &'a mut Workspace<W>,
    field: Plain<'a, W, G, R, S>,
    /// Whether the path without arcs is still to come.
    stay: bool,
    met_repeat: bool,
}

impl<W, G, R, S> Paths<'_, W, G, R, S> {
    /// Whether the listing was ended by a shortest path that is at one place in two nodes: which loopless path comes next
    /// is then for [`super::loopless`] to find.
    #[must_use]
    pub fn met_repeat(&self) -> bool {
        self.met_repeat
    }
}

impl<W: Distance, G: Weighted<W>, R: Weighted<W>, S: Sites> Iterator for Paths<'_, W, G, R, S> {
    type Item = Path<W>;

    fn next(&mut self) -> Option<Path<W>> {
        if std::mem::take(&mut self.stay) {
            return Some(Path { weight: W::ZERO, arcs: Vec::new() });
        }
        if self.met_repeat {
            return None;
        }
        let Workspace { partition, reach, seen } = &mut *self.space;
        let may_repeat = self.field.sites.repeat();
        let mut guide = Wary { reach, seen: may_repeat.then_some(seen), met_repeat: false };
        let found = partition.next(&self.field, &mut guide).map(|(span, arcs)| (span, arcs.to_vec()));
        self.met_repeat = guide.met_repeat;
        let (span, arcs) = found.filter(|_| !self.met_repeat)?;
        Some(Path { weight: span.weight, arcs })
    }
}

/// The guide that gives up where the shortest way on is at one place twice.
struct Wary<'a, W> {
    reach: &'a mut Reach<W>,
    /// None where no place repeats.
    seen: Option<&'a mut Blocked>,
    met_repeat: bool,
}

impl<F: Field> Guide<F> for Wary<'_, F::Weight> {
    fn rim(&self) -> Span<F::Weight> {
        Guide::<F>::rim(self.reach)
    }

    fn grow(&mut self, field: &F) {
        self.reach.grow(field);
    }

    fn ahead(&self, field: &F, walk: &Walk<F::Weight>, arc: u32) -> Option<Span<F::Weight>> {
        self.reach.ahead(field, walk, arc)
    }

    fn search(
        &mut self,
        field: &F,
        blocked: &Blocked,
        walk: &Walk<F::Weight>,
        prefix: &[u32],
        banned: impl Fn(u32) -> bool,
        rest: &mut Vec<u32>,
    ) -> Onward<F::Weight> {
        if self.met_repeat {
            return Onward::Nothing;
        }
        let found = self.reach.search(field, blocked, walk, prefix, banned, rest);
        if let (Onward::Found(_), Some(seen)) = (found, &mut self.seen)
            && !is_loopless(field, seen, rest)
        {
            self.met_repeat = true;
            return Onward::Nothing;
        }
        found
    }
}

/// Whether a path that goes on like this, past blocked places, is at no place twice.
pub(super) fn is_loopless<F: Field>(field: &F, seen: &mut Blocked, rest: &[u32]) -> bool {
    seen.begin(field.n_places());
    rest.iter().all(|&arc| seen.block(field.place(field.head(arc))))
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
