//! A directed graph in compressed rows: what the algorithms of this module walk.
//!
//! Nodes and arcs are numbers. Arcs stand in the order of their tails, those of one tail in the order they were given,
//! so that what breaks a tie by arc number breaks it the same way on every run. Parallel arcs are kept apart. An
//! undirected edge is two arcs that share an *edge* number, by which disjointness and parallel cables are told.

use std::ops::Range;

/// A directed graph seen by the numbers of its nodes and arcs.
pub trait Digraph {
    /// How many nodes there are.
    fn n_nodes(&self) -> usize;
    /// How many arcs there are.
    fn n_arcs(&self) -> usize;
    /// The arcs that leave a node.
    fn arcs_of(&self, node: u32) -> Range<u32>;
    /// The node an arc leads to.
    fn head(&self, arc: u32) -> u32;
}

/// A directed graph whose arcs have weights.
pub trait Weighted<W>: Digraph {
    /// The weight of an arc.
    fn weight(&self, arc: u32) -> W;
}

/// A directed graph with one weight an arc, in compressed sparse rows.
///
/// # Example
/// ```
/// use fiberplan_graph::{Csr, Digraph, Weighted};
/// // 0 --5-- 1, 0 --7-- 1 (a second cable), 1 --2-- 2
/// let graph = Csr::undirected(3, &[(0, 1, 5_u64), (0, 1, 7), (1, 2, 2)]);
/// let of_one: Vec<(u32, u64, u32)> =
///     graph.arcs_of(1).map(|arc| (graph.head(arc), graph.weight(arc), graph.edge(arc))).collect();
/// assert_eq!(of_one, [(0, 5, 0), (0, 7, 1), (2, 2, 2)]);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Csr<W> {
    first: Vec<u32>,
    arcs: Vec<(u32, W)>,
    /// Empty if every arc has its own number.
    edges: Vec<u32>,
}

impl<W: Copy> Csr<W> {
    /// From rows as they are kept: where each node's arcs begin, with one more number at the end, and head and weight of
    /// each arc. Nothing is copied. An arc's edge number is its own.
    ///
    /// # Panics
    /// If the beginnings are not in order from 0 to the number of arcs, or an arc leads to no node.
    #[must_use]
    pub fn from_rows(first: Vec<u32>, arcs: Vec<(u32, W)>) -> Self {
        let ends = (first.first().copied(), first.last().map(|&last| last as usize));
        assert!(ends == (Some(0), Some(arcs.len())) && first.is_sorted(), "the rows hold the arcs in order");
        let n_nodes = first.len() - 1;
        assert!(arcs.iter().all(|&(head, _)| (head as usize) < n_nodes), "an arc leads to a node of the graph");
        Self { first, arcs, edges: Vec::new() }
    }

    /// From arcs (tail, head, weight); an arc's edge number is its index in the list.
    ///
    /// # Panics
    /// If an end is not below `n_nodes`, or there are 2^32 arcs or more.
    #[must_use]
    pub fn directed(n_nodes: usize, arcs: &[(u32, u32, W)]) -> Self {
        let each = |(i, &(tail, head, weight)): (usize, &(u32, u32, W))| (i as u32, tail, head, weight);
        Self::build(n_nodes, arcs.len(), || arcs.iter().enumerate().map(each))
    }

    /// From edges (one end, the other end, weight), each of which is two arcs with the edge's index as edge number.
    ///
    /// # Panics
    /// If an end is not below `n_nodes`, or there are 2^31 edges or more.
    #[must_use]
    pub fn undirected(n_nodes: usize, edges: &[(u32, u32, W)]) -> Self {
        let both = |(i, &(a, b, weight)): (usize, &(u32, u32, W))| [(i as u32, a, b, weight), (i as u32, b, a, weight)];
        Self::build(n_nodes, 2 * edges.len(), || edges.iter().enumerate().flat_map(both))
    }

    fn build<I: Iterator<Item = (u32, u32, u32, W)>>(n_nodes: usize, n_arcs: usize, arcs: impl Fn() -> I) -> Self {
        assert!(u32::try_from(n_arcs).is_ok() && u32::try_from(n_nodes).is_ok(), "nodes and arcs have 32-bit numbers");
        let mut first = vec![0_u32; n_nodes + 1];
        for (_, tail, head, _) in arcs() {
            assert!((head as usize) < n_nodes, "an arc leads to a node of the graph");
            first[tail as usize + 1] += 1;
        }
        for i in 0..n_nodes {
            first[i + 1] += first[i];
        }
        let Some((_, _, _, some_weight)) = arcs().next() else {
            return Self { first, arcs: Vec::new(), edges: Vec::new() };
        };
        let mut next = first.clone();
        let mut rows = vec![(0, some_weight); n_arcs];
        let mut edges = vec![0; n_arcs];
        for (edge, tail, head, weight) in arcs() {
            let slot = &mut next[tail as usize];
            rows[*slot as usize] = (head, weight);
            edges[*slot as usize] = edge;
            *slot += 1;
        }
        if edges.iter().zip(0..).all(|(&edge, arc)| edge == arc) {
            edges = Vec::new();
        }
        Self { first, arcs: rows, edges }
    }

    /// The number of the edge that an arc is a direction of.
    #[must_use]
    pub fn edge(&self, arc: u32) -> u32 {
        if self.edges.is_empty() { arc } else { self.edges[arc as usize] }
    }

    /// Head and weight of each arc that leaves a node.
    #[must_use]
    pub fn row(&self, node: u32) -> &[(u32, W)] {
        &self.arcs[self.first[node as usize] as usize..self.first[node as usize + 1] as usize]
    }

    /// The same graph with every arc turned round; edge numbers stay.
    #[must_use]
    pub fn reversed(&self) -> Self {
        let turned = move |tail: u32| {
            self.arcs_of(tail).map(move |arc| {
                let (head, weight) = self.arcs[arc as usize];
                (self.edge(arc), head, tail, weight)
            })
        };
        Self::build(self.n_nodes(), self.n_arcs(), || (0..self.n_nodes() as u32).flat_map(turned))
    }
}

impl<W> Digraph for Csr<W> {
    fn n_nodes(&self) -> usize {
        self.first.len() - 1
    }
    fn n_arcs(&self) -> usize {
        self.arcs.len()
    }
    fn arcs_of(&self, node: u32) -> Range<u32> {
        self.first[node as usize]..self.first[node as usize + 1]
    }
    fn head(&self, arc: u32) -> u32 {
        self.arcs[arc as usize].0
    }
}

impl<W: Copy> Weighted<W> for Csr<W> {
    fn weight(&self, arc: u32) -> W {
        self.arcs[arc as usize].1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_what_arcs_in_order_make() {
        let graph = Csr::directed(3, &[(0, 2, 5_u32), (0, 1, 6), (2, 0, 7)]);
        assert_eq!(Csr::from_rows(vec![0, 2, 2, 3], vec![(2, 5), (1, 6), (0, 7)]), graph);
        assert_eq!((graph.edge(1), graph.reversed().edge(0)), (1, 2));
    }

    #[test]
    #[should_panic(expected = "an arc leads to a node of the graph")]
    fn rows_lead_to_nodes() {
        let _ = Csr::from_rows(vec![0, 1], vec![(1, 5_u32)]);
    }

    #[test]
    #[should_panic(expected = "the rows hold the arcs in order")]
    fn rows_hold_all_arcs() {
        let _ = Csr::from_rows(vec![0, 1], vec![(0, 5_u32), (0, 6)]);
    }

    #[test]
    fn reversed_twice_is_the_same_set_of_arcs() {
        let graph = Csr::directed(4, &[(2, 0, 1_u32), (0, 1, 2), (2, 1, 3), (0, 1, 4), (3, 2, 5)]);
        let arcs = |graph: &Csr<u32>| {
            let mut all: Vec<(u32, u32, u32, u32)> = (0..4)
                .flat_map(|tail| graph.arcs_of(tail).map(move |arc| (tail, arc)))
                .map(|(tail, arc)| (graph.edge(arc), tail, graph.head(arc), graph.weight(arc)))
                .collect();
            all.sort_unstable();
            all
        };
        assert_eq!(arcs(&graph), [(0, 2, 0, 1), (1, 0, 1, 2), (2, 2, 1, 3), (3, 0, 1, 4), (4, 3, 2, 5)]);
        assert_eq!(arcs(&graph.reversed().reversed()), arcs(&graph));
        assert_eq!(graph.reversed().arcs_of(1).len(), 3);
    }

    #[test]
    fn a_graph_without_arcs() {
        let graph = Csr::<u64>::undirected(3, &[]);
        assert_eq!((graph.n_nodes(), graph.n_arcs(), graph.arcs_of(2).len()), (3, 0, 0));
        assert_eq!(graph.reversed(), graph);
    }
}
