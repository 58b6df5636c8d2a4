//! Many queries over one large graph: contraction hierarchies (Geisberger, Sanders, Schultes and Vetter 2012,
//! doi:10.1287/trsc.1110.0401; first in 2008).
//!
//! Nodes are taken out one after the other, the unimportant first; where the shortest way between two neighbours led
//! through the node, a *shortcut* takes its place. A query then only ever goes from a node to nodes taken out later, from
//! both ends, and meets after a few hundred nodes instead of a few hundred thousand. Preparing takes about as long as a
//! few hundred queries of [`super::bidirectional`] (more the less the graph has main roads), so it is for graphs that
//! are asked thousands of times.

mod order;
mod remaining;

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::csr::Weighted;
use super::distance::Distance;

/// What is no arc and no node.
const NONE: u32 = u32::MAX;

/// A graph prepared for shortest paths between any two of its nodes.
///
/// # Example
/// ```
/// use fiberplan_graph::{Csr, contraction::{Hierarchy, Questions}};
/// // 0 --2-- 1 --3-- 2 --2-- 3, and a slow cable 0 --9-- 3
/// let graph = Csr::undirected(4, &[(0, 1, 2_u64), (1, 2, 3), (2, 3, 2), (0, 3, 9)]);
/// let hierarchy = Hierarchy::prepare(&graph);
/// let mut questions = Questions::default();
/// let (weight, arcs) = questions.between(&hierarchy, 0, 3).expect("there is a way");
/// assert_eq!((weight, arcs.iter().map(|&arc| graph.edge(arc)).collect::<Vec<_>>()), (7, vec![0, 1, 2]));
/// assert_eq!(questions.distance(&hierarchy, 2, 0), Some(5));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hierarchy<W> {
    /// The rank of each node: 0 for the one taken out last. Everything below goes by rank.
    ranks: Vec<u32>,
    /// Where a node's arcs to lower ranks begin, then where its arcs from lower ranks do.
    first: Vec<u32>,
    /// The other end and the weight of each arc.
    arcs: Vec<(u32, W)>,
    /// What each arc stands for: an arc of the graph, or with what is left above `n_graph_arcs` an entry of `shortcuts`.
    stands_for: Vec<u32>,
    /// The two, arcs of the graph or shortcuts, that each shortcut stands for.
    shortcuts: Vec<[u32; 2]>,
    n_graph_arcs: u32,
}

impl<W: Distance> Hierarchy<W> {
    /// Prepares a graph.
    ///
    /// Complexity: not bounded by more than O(n^3) on any graph; road-like graphs take far less. The order, and
    /// so everything else, is the same on every run.
    #[must_use]
    pub fn prepare(graph: &impl Weighted<W>) -> Self {
        order::contract(remaining::Remaining::of(graph))
    }

    /// How many nodes there are.
    #[must_use]
    pub fn n_nodes(&self) -> usize {
        self.ranks.len()
    }

    /// How many arcs and shortcuts a query may go by.
    #[must_use]
    pub fn n_arcs(&self) -> usize {
        self.arcs.len()
    }

    /// The positions of a node's arcs to nodes taken out later, and of those from such nodes.
    fn rows(&self, node: u32) -> [std::ops::Range<usize>; 2] {
        let at = |i: u32| self.first[(2 * node + i) as usize] as usize;
        [at(0)..at(1), at(1)..at(2)]
    }

    /// Puts the arcs that an arc stands for at the end of `arcs`.
    fn unpack(&self, position: u32, stack: &mut Vec<u32>, arcs: &mut Vec<u32>) {
        stack.push(self.stands_for[position as usize]);
        while let Some(entry) = stack.pop() {
            if entry < self.n_graph_arcs {
                arcs.push(entry);
            } else {
                let [first, second] = self.shortcuts[(entry - self.n_graph_arcs) as usize];
                stack.extend([second, first]);
            }
        }
    }
}

/// The arc that a node was reached by, by its position, and the node before.
type Step = (u32, u32);

/// Working space for questions to a [`Hierarchy`], one a thread: only the first question allocates.
#[derive(Debug)]
pub struct Questions<W> {
    /// From the start, and to the goal.
    distances: Vec<[W; 2]>,
    before: Vec<[Step; 2]>,
    reached: Vec<u32>,
    queues: [BinaryHeap<Reverse<(W, u32)>>; 2],
    steps: Vec<u32>,
    stack: Vec<u32>,
    arcs: Vec<u32>,
}

impl<W: Distance> Default for Questions<W> {
    fn default() -> Self {
        Self {
            distances: Vec::new(),
            before: Vec::new(),
            reached: Vec::new(),
            queues: [BinaryHeap::new(), BinaryHeap::new()],
            steps: Vec::new(),
            stack: Vec::new(),
            arcs: Vec::new(),
        }
    }
}

impl<W: Distance> Questions<W> {
    /// The least weight of a way, `None` if there is none or an end is not a node.
    pub fn distance(&mut self, hierarchy: &Hierarchy<W>, from: u32, to: u32) -> Option<W> {
        self.meet(hierarchy, from, to).map(|(weight, _)| weight)
    }

    /// The weight of a shortest way and its arcs in the graph, `None` if there is none or an end is not a node.
    ///
    /// Of several shortest ways it is the same one on every run, but not always the one that
    /// [`super::bidirectional`] takes.
    pub fn between(&mut self, hierarchy: &Hierarchy<W>, from: u32, to: u32) -> Option<(W, &[u32])> {
        let (weight, meeting) = self.meet(hierarchy, from, to)?;
        self.arcs.clear();
        self.steps.clear();
        let mut node = meeting;
        while let (position, before) = self.before[node as usize][0]
            && before != NONE
        {
            self.steps.push(position);
            node = before;
        }
        for &position in self.steps.iter().rev() {
            hierarchy.unpack(position, &mut self.stack, &mut self.arcs);
        }
        let mut node = meeting;
        while let (position, before) = self.before[node as usize][1]
            && before != NONE
        {
            hierarchy.unpack(position, &mut self.stack, &mut self.arcs);
            node = before;
        }
        Some((weight, &self.arcs))
    }

    /// The least weight and the rank of the node on the way that was taken out last.
    fn meet(&mut self, hierarchy: &Hierarchy<W>, from: u32, to: u32) -> Option<(W, u32)> {
        let rank = |node: u32| hierarchy.ranks.get(node as usize).copied();
        let ends = [rank(from)?, rank(to)?];
        for node in self.reached.drain(..) {
            self.distances[node as usize] = [W::INFINITE; 2];
        }
        self.distances.resize(hierarchy.n_nodes(), [W::INFINITE; 2]);
        self.before.resize(hierarchy.n_nodes(), [(NONE, NONE); 2]);
        for (side, end) in ends.into_iter().enumerate() {
            self.queues[side].clear();
            self.queues[side].push(Reverse((W::ZERO, end)));
            self.distances[end as usize][side] = W::ZERO;
            self.before[end as usize][side] = (NONE, NONE);
            self.reached.push(end);
        }
        let mut best = (W::INFINITE, NONE);
        loop {
            let top = |side: usize| self.queues[side].peek().map_or(W::INFINITE, |&Reverse((distance, _))| distance);
            let side = usize::from(top(1) < top(0));
            if top(side) >= best.0 {
                return (best.0 < W::INFINITE).then_some(best);
            }
            let Reverse((distance, node)) = self.queues[side].pop()?;
            self.settle(hierarchy, side, distance, node, &mut best);
        }
    }

    fn settle(&mut self, hierarchy: &Hierarchy<W>, side: usize, distance: W, node: u32, best: &mut (W, u32)) {
        let distances = &mut self.distances;
        let found = distances[node as usize];
        if distance > found[side] {
            return;
        }
        let through = distance.plus(found[1 - side]);
        if through < best.0 {
            *best = (through, node);
        }
        let rows = hierarchy.rows(node);
        // A node that is reached sooner over one taken out later is on no shortest way up ("stall on demand").
        let stalled = hierarchy.arcs[rows[1 - side].clone()]
            .iter()
            .any(|&(later, weight)| distances[later as usize][side].plus(weight) < distance);
        if stalled {
            return;
        }
        for position in rows[side].clone() {
            let (later, weight) = hierarchy.arcs[position];
            let through = distance.plus(weight);
            let label = &mut distances[later as usize][side];
            if through < *label && through < best.0 {
                *label = through;
                self.before[later as usize][side] = (position as u32, node);
                self.reached.push(later);
                self.queues[side].push(Reverse((through, later)));
            }
        }
    }
}
