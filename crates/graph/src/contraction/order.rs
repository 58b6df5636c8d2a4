//! In which order nodes are taken out, and the hierarchy that comes of it.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::super::distance::Distance;
use super::Hierarchy;
use super::remaining::{Half, Remaining, Shortcut, Witnesses};

/// Nodes a search for a way round may look at while nodes are compared.
const PATIENCE_TO_RATE: u32 = 40;

/// The same when the node is taken out: what is missed then stays as a shortcut that nobody needs.
const PATIENCE_TO_CONTRACT: u32 = 200;

struct Ordering<W> {
    graph: Remaining<W>,
    witnesses: Witnesses<W>,
    shortcuts: Vec<Shortcut<W>>,
    /// One more than the highest level of the neighbours that were taken out: levels should stay even.
    levels: Vec<u32>,
    /// Whether a neighbour has been taken out since the node was rated.
    stale: Vec<bool>,
}

/// Takes out all nodes, each time one whose place takes few shortcuts.
pub(super) fn contract<W: Distance>(graph: Remaining<W>) -> Hierarchy<W> {
    let n = graph.leaving.len();
    let mut ordering = Ordering {
        graph,
        witnesses: Witnesses::new(n),
        shortcuts: Vec::new(),
        levels: vec![0; n],
        stale: vec![false; n],
    };
    let mut queue: BinaryHeap<Reverse<(u64, u32)>> =
        (0..n as u32).map(|node| Reverse((ordering.rate(node), node))).collect();
    let mut order = Vec::with_capacity(n);
    while let Some(Reverse((_, node))) = queue.pop() {
        if std::mem::take(&mut ordering.stale[node as usize]) {
            let rating = ordering.rate(node);
            if queue.peek().is_some_and(|&Reverse(next)| next < (rating, node)) {
                queue.push(Reverse((rating, node)));
                continue;
            }
        }
        order.push((node, ordering.take_out(node)));
    }
    lay_out(&order, ordering.graph)
}

impl<W: Distance> Ordering<W> {
    /// The less, the sooner a node should go: half its level, and what is added for what goes, in arcs now and in arcs of
    /// the graph, in thousandths.
    fn rate(&mut self, node: u32) -> u64 {
        self.witnesses.shortcuts(&self.graph, node, PATIENCE_TO_RATE, &mut self.shortcuts);
        let (leaving, entering) = (&self.graph.leaving[node as usize], &self.graph.entering[node as usize]);
        let n_arcs = |halves: &[Half<W>]| halves.iter().map(|half| u64::from(half.n_arcs)).sum::<u64>();
        let removed = (leaving.len() + entering.len()) as u64;
        let removed_in_graph = n_arcs(leaving) + n_arcs(entering);
        let added_in_graph: u64 =
            self.shortcuts.iter().map(|s| u64::from(s.enter.n_arcs) + u64::from(s.leave.n_arcs)).sum();
        500 * u64::from(self.levels[node as usize])
            + 1000 * self.shortcuts.len() as u64 / removed.max(1)
            + 1000 * added_in_graph / removed_in_graph.max(1)
    }

    fn take_out(&mut self, node: u32) -> [Vec<Half<W>>; 2] {
        self.witnesses.shortcuts(&self.graph, node, PATIENCE_TO_CONTRACT, &mut self.shortcuts);
        let rows = self.graph.take_out(node, &self.shortcuts);
        let level = self.levels[node as usize] + 1;
        for half in rows.iter().flatten() {
            let other = half.other as usize;
            self.levels[other] = level.max(self.levels[other]);
            self.stale[other] = true;
        }
        rows
    }
}

/// The hierarchy of nodes with the arcs they had when they were taken out, the first taken out first.
fn lay_out<W: Distance>(order: &[(u32, [Vec<Half<W>>; 2])], graph: Remaining<W>) -> Hierarchy<W> {
    let mut ranks = vec![0; order.len()];
    for (rank, (node, _)) in order.iter().rev().enumerate() {
        ranks[*node as usize] = rank as u32;
    }
    let (mut first, mut arcs, mut stands_for) = (vec![0], Vec::new(), Vec::new());
    for row in order.iter().rev().flat_map(|(_, rows)| rows) {
        for half in row {
            arcs.push((ranks[half.other as usize], half.weight));
            stands_for.push(half.stands_for);
        }
        first.push(arcs.len() as u32);
    }
    let Remaining { shortcuts, n_graph_arcs, .. } = graph;
    Hierarchy { ranks, first, arcs, stands_for, shortcuts, n_graph_arcs }
}
