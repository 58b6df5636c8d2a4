//! The graph of the nodes that have not been taken out yet.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::super::csr::Weighted;
use super::super::distance::Distance;

/// An arc as one of its ends sees it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Half<W> {
    pub(super) other: u32,
    pub(super) weight: W,
    /// What it stands for, as in [`super::Hierarchy`].
    pub(super) stands_for: u32,
    /// How many arcs of the graph that is.
    pub(super) n_arcs: u32,
}

/// The arcs between remaining nodes: of parallel ones only the lightest.
pub(super) struct Remaining<W> {
    pub(super) leaving: Vec<Vec<Half<W>>>,
    pub(super) entering: Vec<Vec<Half<W>>>,
    pub(super) shortcuts: Vec<[u32; 2]>,
    pub(super) n_graph_arcs: u32,
}

/// A shortcut that is to take the place of a node: the arcs to it and from it.
pub(super) struct Shortcut<W> {
    pub(super) enter: Half<W>,
    pub(super) leave: Half<W>,
}

impl<W: Distance> Remaining<W> {
    pub(super) fn of(graph: &impl Weighted<W>) -> Self {
        let n = graph.n_nodes();
        let mut remaining = Self {
            leaving: vec![Vec::new(); n],
            entering: vec![Vec::new(); n],
            shortcuts: Vec::new(),
            n_graph_arcs: graph.n_arcs() as u32,
        };
        for tail in 0..n as u32 {
            for arc in graph.arcs_of(tail) {
                let (head, weight) = (graph.head(arc), graph.weight(arc));
                if head != tail && weight < W::INFINITE {
                    remaining.put(tail, Half { other: head, weight, stands_for: arc, n_arcs: 1 });
                }
            }
        }
        remaining
    }

    /// Adds an arc unless there is one as light; a heavier one goes. Tells whether it did.
    fn put(&mut self, tail: u32, leave: Half<W>) -> bool {
        let enter = Half { other: tail, ..leave };
        let row = &mut self.leaving[tail as usize];
        match row.iter_mut().find(|half| half.other == leave.other) {
            Some(old) if old.weight <= leave.weight => return false,
            Some(old) => {
                *old = leave;
                self.entering[leave.other as usize].retain(|old| old.other != tail);
            }
            None => row.push(leave),
        }
        self.entering[leave.other as usize].push(enter);
        true
    }

    /// Takes a node out and returns its arcs, those that leave it first.
    pub(super) fn take_out(&mut self, node: u32, shortcuts: &[Shortcut<W>]) -> [Vec<Half<W>>; 2] {
        let leaving = std::mem::take(&mut self.leaving[node as usize]);
        let entering = std::mem::take(&mut self.entering[node as usize]);
        for half in &leaving {
            self.entering[half.other as usize].retain(|back| back.other != node);
        }
        for half in &entering {
            self.leaving[half.other as usize].retain(|on| on.other != node);
        }
        for Shortcut { enter, leave } in shortcuts {
            let next = u32::try_from(self.shortcuts.len()).ok().and_then(|n| n.checked_add(self.n_graph_arcs));
            let shortcut = Half {
                other: leave.other,
                weight: enter.weight.plus(leave.weight),
                stands_for: next.expect("arcs and shortcuts have 32-bit numbers"),
                n_arcs: enter.n_arcs.saturating_add(leave.n_arcs),
            };
            if self.put(enter.other, shortcut) {
                self.shortcuts.push([enter.stands_for, leave.stands_for]);
            }
        }
        [leaving, entering]
    }
}

/// Searches for ways round a node ("witnesses"); the space for it is kept.
pub(super) struct Witnesses<W> {
    distances: Vec<W>,
    reached: Vec<u32>,
    queue: BinaryHeap<Reverse<(W, u32)>>,
}

impl<W: Distance> Witnesses<W> {
    pub(super) fn new(n_nodes: usize) -> Self {
        Self { distances: vec![W::INFINITE; n_nodes], reached: Vec::new(), queue: BinaryHeap::new() }
    }

    /// The shortcuts without which distances would change if the node were taken out, and perhaps some more: a search for
    /// a way round gives up after `patience` nodes.
    pub(super) fn shortcuts(&mut self, graph: &Remaining<W>, node: u32, patience: u32, found: &mut Vec<Shortcut<W>>) {
        found.clear();
        let leaving = &graph.leaving[node as usize];
        for &enter in &graph.entering[node as usize] {
            let others = leaving.iter().filter(|leave| leave.other != enter.other);
            let Some(furthest) = others.clone().map(|leave| enter.weight.plus(leave.weight)).max() else { continue };
            self.search(graph, enter.other, node, furthest, patience);
            for &leave in others {
                let through = enter.weight.plus(leave.weight);
                if through < W::INFINITE && self.distances[leave.other as usize] > through {
                    found.push(Shortcut { enter, leave });
                }
            }
            for reached in self.reached.drain(..) {
                self.distances[reached as usize] = W::INFINITE;
            }
        }
    }

    /// Distances, or more than them, from a node to those not further than `furthest`, without passing `avoid`.
    fn search(&mut self, graph: &Remaining<W>, from: u32, avoid: u32, furthest: W, patience: u32) {
        self.queue.clear();
        self.queue.push(Reverse((W::ZERO, from)));
        self.distances[from as usize] = W::ZERO;
        self.reached.push(from);
        let mut left = patience;
        while let Some(Reverse((distance, node))) = self.queue.pop()
            && distance <= furthest
            && left > 0
        {
            if distance > self.distances[node as usize] {
                continue;
            }
            left -= 1;
            for half in &graph.leaving[node as usize] {
                let through = distance.plus(half.weight);
                if half.other != avoid && through <= furthest && through < self.distances[half.other as usize] {
                    self.distances[half.other as usize] = through;
                    self.reached.push(half.other);
                    self.queue.push(Reverse((through, half.other)));
                }
            }
        }
    }
}
