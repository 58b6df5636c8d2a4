//! A graph with a few rows replaced and a few nodes added: what one question changes of a graph that many share.

use std::ops::Range;

use super::csr::{Digraph, Weighted};

/// A graph over another one. Rows that are not replaced are read from the graph below, and their arcs keep their numbers.
///
/// # Example
/// ```
/// use fiberplan_graph::{Csr, Digraph, Overlay, Weighted, bidirectional::between};
/// // 0 --5-- 1 --2-- 2; a new node 3 leads to 0 for 1, and 2 leads to a new node 4 as well
/// let below = Csr::undirected(3, &[(0, 1, 5_u64), (1, 2, 2)]);
/// let (mut graph, mut back) = (Overlay::new(&below, 2), Overlay::new(&below, 2));
/// graph.replace(3, [(0, 1)]);
/// graph.replace(2, [(1, 2), (4, 3)]);
/// back.replace(0, [(1, 5), (3, 1)]);
/// back.replace(4, [(2, 3)]);
/// let (weight, arcs) = between(&graph, &back, 3, 4).expect("there is a way");
/// assert_eq!((weight, arcs.len()), (1 + 5 + 2 + 3, 4));
/// assert_eq!((graph.n_nodes(), graph.arcs_of(1)), (5, below.arcs_of(1)));
/// ```
#[derive(Debug, Clone)]
pub struct Overlay<'a, W, G> {
    below: &'a G,
    n_nodes: usize,
    /// Replaced rows in order of their nodes: the node, and where its arcs are.
    rows: Vec<(u32, Range<u32>)>,
    /// A bit for each node with a replaced row, by the number's last six bits: a clear bit rules one out at once.
    sieve: u64,
    arcs: Vec<(u32, W)>,
}

impl<'a, W: Copy, G: Digraph> Overlay<'a, W, G> {
    /// The same graph with nodes added, which have no arcs yet.
    #[must_use]
    pub fn new(below: &'a G, n_added: usize) -> Self {
        Self { below, n_nodes: below.n_nodes() + n_added, rows: Vec::new(), sieve: 0, arcs: Vec::new() }
    }

    /// Gives a node these arcs, head and weight of each, in place of those it had.
    pub fn replace(&mut self, node: u32, arcs: impl IntoIterator<Item = (u32, W)>) {
        let first = self.n_arcs() as u32;
        self.arcs.extend(arcs);
        let row = (node, first..self.n_arcs() as u32);
        match self.rows.binary_search_by_key(&node, |row| row.0) {
            Ok(at) => self.rows[at] = row,
            Err(at) => self.rows.insert(at, row),
        }
        self.sieve |= 1 << (node % u64::BITS);
    }
}

impl<W, G: Digraph> Digraph for Overlay<'_, W, G> {
    fn n_nodes(&self) -> usize {
        self.n_nodes
    }
    fn n_arcs(&self) -> usize {
        self.below.n_arcs() + self.arcs.len()
    }
    #[inline]
    fn arcs_of(&self, node: u32) -> Range<u32> {
        if self.sieve >> (node % u64::BITS) & 1 == 1
            && let Ok(at) = self.rows.binary_search_by_key(&node, |row| row.0)
        {
            return self.rows[at].1.clone();
        }
        if (node as usize) < self.below.n_nodes() { self.below.arcs_of(node) } else { 0..0 }
    }
    #[inline]
    fn head(&self, arc: u32) -> u32 {
        match (arc as usize).checked_sub(self.below.n_arcs()) {
            Some(own) => self.arcs[own].0,
            None => self.below.head(arc),
        }
    }
}

impl<W: Copy, G: Weighted<W>> Weighted<W> for Overlay<'_, W, G> {
    #[inline]
    fn weight(&self, arc: u32) -> W {
        match (arc as usize).checked_sub(self.below.n_arcs()) {
            Some(own) => self.arcs[own].1,
            None => self.below.weight(arc),
        }
    }
}
