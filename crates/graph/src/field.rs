//! What the loopless searches see of a graph, and how they measure its paths.

use std::ops::Range;

use super::csr::{Digraph, Weighted};
use super::distance::Distance;

/// No place, or no other number of 32 bits.
pub(super) const NONE: u32 = u32::MAX;

/// A weight and, to tell equal ones apart, a number of arcs; so no cycle is for nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Span<W> {
    pub weight: W,
    pub arcs: u32,
}

impl<W: Distance> Span<W> {
    /// With one more arc of that weight.
    pub fn and(self, weight: W) -> Self {
        Self { weight: self.weight.plus(weight), arcs: self.arcs + 1 }
    }

    /// Whether a path can be that long.
    pub fn is_finite(self) -> bool {
        self.weight < W::INFINITE
    }
}

impl<W: Distance> Distance for Span<W> {
    const ZERO: Self = Self { weight: W::ZERO, arcs: 0 };
    const INFINITE: Self = Self { weight: W::INFINITE, arcs: u32::MAX };
    fn plus(self, other: Self) -> Self {
        Self { weight: self.weight.plus(other.weight), arcs: self.arcs.saturating_add(other.arcs) }
    }
}

/// A graph whose nodes stand at places and whose arcs have names.
///
/// A loopless path is at no place twice. Equally long paths of as many arcs are told apart by the names of their arcs, in
/// order; only arcs that leave the start may share a name with another arc that leaves the same node.
pub(super) trait Field: Digraph {
    /// What arcs weigh.
    type Weight: Distance;
    /// The weight of an arc.
    fn length(&self, arc: u32) -> Self::Weight;
    /// Calls `see` with the tail and the weight of each arc that leads to a node.
    fn look_back(&self, node: u32, see: impl FnMut(u32, Self::Weight));
    /// Where a node stands; [`NONE`] for one that no path can come to twice anyway.
    fn place(&self, node: u32) -> u32;
    /// One more than the largest place.
    fn n_places(&self) -> usize;
    /// The name of an arc.
    fn name(&self, arc: u32) -> u32;
    /// Which of the things to pass an arc passes, one bit for each.
    fn marks(&self, arc: u32) -> u16;
}

/// Where the nodes of a graph stand, and the names by which ties between paths are broken.
///
/// A loopless path is at no place twice. Only arcs that leave the start may share a name with another arc that leaves the
/// same node.
pub trait Sites {
    /// Where a node stands; [`NOWHERE`](super::NOWHERE) for one that no path can come to twice anyway.
    fn place(&self, node: u32) -> u32;
    /// One more than the largest place.
    fn n_places(&self) -> usize;
    /// The name of an arc.
    fn name(&self, arc: u32) -> u32;
    /// Whether several nodes may stand at one place.
    fn repeat(&self) -> bool;
}

/// The sites of a graph of that many nodes, each a place by itself; arcs go by their numbers.
#[derive(Debug, Clone, Copy)]
pub struct EachAlone(pub usize);

impl Sites for EachAlone {
    fn place(&self, node: u32) -> u32 {
        node
    }
    fn n_places(&self) -> usize {
        self.0
    }
    fn name(&self, arc: u32) -> u32 {
        arc
    }
    fn repeat(&self) -> bool {
        false
    }
}

/// A graph, the same graph with its arcs turned round, and the sites of both.
#[derive(Debug)]
pub(super) struct Plain<'a, W, G, R, S> {
    pub graph: &'a G,
    pub reverse: &'a R,
    pub sites: S,
    pub weight: std::marker::PhantomData<W>,
}

impl<W, G: Digraph, R, S> Digraph for Plain<'_, W, G, R, S> {
    fn n_nodes(&self) -> usize {
        self.graph.n_nodes()
    }
    fn n_arcs(&self) -> usize {
        self.graph.n_arcs()
    }
    fn arcs_of(&self, node: u32) -> Range<u32> {
        self.graph.arcs_of(node)
    }
    fn head(&self, arc: u32) -> u32 {
        self.graph.head(arc)
    }
}

impl<W: Distance, G: Weighted<W>, R: Weighted<W>, S: Sites> Field for Plain<'_, W, G, R, S> {
    type Weight = W;
    fn length(&self, arc: u32) -> W {
        self.graph.weight(arc)
    }
    fn look_back(&self, node: u32, mut see: impl FnMut(u32, W)) {
        for arc in self.reverse.arcs_of(node) {
            see(self.reverse.head(arc), self.reverse.weight(arc));
        }
    }
    fn place(&self, node: u32) -> u32 {
        self.sites.place(node)
    }
    fn n_places(&self) -> usize {
        self.sites.n_places()
    }
    fn name(&self, arc: u32) -> u32 {
        self.sites.name(arc)
    }
    fn marks(&self, _: u32) -> u16 {
        0
    }
}

/// A path that is begun.
#[derive(Debug, Clone, Copy)]
pub(super) struct Walk<W> {
    /// The node it has come to.
    pub end: u32,
    /// How long it is.
    pub span: Span<W>,
    /// What it has passed of the things to pass.
    pub marks: u16,
}

impl<W: Distance> Walk<W> {
    /// A path that stands where it begins.
    pub fn at(start: u32) -> Self {
        Self { end: start, span: Span::ZERO, marks: 0 }
    }

    /// The same path with one more arc.
    pub fn go<F: Field<Weight = W>>(self, field: &F, arc: u32) -> Self {
        let marks = self.marks | field.marks(arc);
        Self { end: field.head(arc), span: self.span.and(field.length(arc)), marks }
    }
}

/// A set of places that is emptied at no cost.
#[derive(Debug, Clone, Default)]
pub(super) struct Blocked {
    marks: Vec<u32>,
    mark: u32,
}

impl Blocked {
    /// An empty set, with room for that many places.
    pub fn begin(&mut self, n_places: usize) {
        if self.marks.len() < n_places {
            self.marks.resize(n_places, 0);
        }
        self.clear();
    }

    /// Takes all places out.
    pub fn clear(&mut self) {
        if self.mark == u32::MAX {
            self.marks.fill(0);
            self.mark = 0;
        }
        self.mark += 1;
    }

    /// Puts a place in; whether it was not there before.
    pub fn block(&mut self, place: u32) -> bool {
        let mark = self.mark;
        self.marks.get_mut(place as usize).is_none_or(|own| std::mem::replace(own, mark) != mark)
    }

    /// Whether a place is in the set.
    pub fn has(&self, place: u32) -> bool {
        self.marks.get(place as usize).is_some_and(|&mark| mark == self.mark)
    }
}
