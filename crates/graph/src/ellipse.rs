//! Distances to the goal, found only for the nodes that paths up to some length can pass.
//!
//! A bidirectional search (Pohl 1971, in Machine Intelligence 6, pp. 127-140) runs until it has the shortest path. From
//! then on the backward search goes on by itself, as A* (Hart, Nilsson and Raphael 1968, doi:10.1109/TSSC.1968.300136)
//! under the distances from the start that the forward search has left behind: it settles nodes in the order of the
//! shortest path through them, as far as these distances tell, and so fills an ellipse around the two ends that grows
//! only when longer paths are asked for. No path that is shorter than its *rim* passes a node outside it.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::distance::Distance;
use super::field::{Field, NONE, Span};

/// What one of the two searches knows of a node: nothing, if the mark is older than the query.
#[derive(Debug, Clone, Copy)]
struct Label<W> {
    mark: u32,
    span: Span<W>,
}

#[derive(Debug, Clone)]
struct Side<W> {
    labels: Vec<Label<W>>,
    queue: BinaryHeap<Reverse<(Span<W>, u32)>>,
}

impl<W: Distance> Side<W> {
    fn new() -> Self {
        Self { labels: Vec::new(), queue: BinaryHeap::new() }
    }

    fn begin(&mut self, n_nodes: usize, from: u32, open: u32) {
        if self.labels.len() < n_nodes {
            self.labels.resize(n_nodes, Label { mark: 0, span: Span::INFINITE });
        }
        self.queue.clear();
        self.labels[from as usize] = Label { mark: open, span: Span::ZERO };
        self.queue.push(Reverse((Span::ZERO, from)));
    }

    /// The least key of a node that can be reached and is not settled.
    fn top(&mut self, open: u32) -> Option<Span<W>> {
        while let Some(&Reverse((key, node))) = self.queue.peek() {
            if !key.is_finite() {
                return None;
            }
            if self.labels[node as usize].mark == open {
                return Some(key);
            }
            self.queue.pop();
        }
        None
    }

    /// Notes a way to a node, if it is the best so far.
    fn reach(&mut self, node: u32, span: Span<W>, open: u32, key: impl FnOnce() -> Span<W>) {
        let label = &mut self.labels[node as usize];
        if label.mark < open || (label.mark == open && span < label.span) {
            *label = Label { mark: open, span };
            self.queue.push(Reverse((key(), node)));
        }
    }

    /// Takes the first node of the queue and settles it.
    fn settle(&mut self) -> Option<(Span<W>, u32)> {
        let Reverse((_, node)) = self.queue.pop()?;
        let label = &mut self.labels[node as usize];
        label.mark += 1;
        Some((label.span, node))
    }
}

/// The nodes around two ends, with their distances to the second.
#[derive(Debug, Clone)]
pub(super) struct Ellipse<W> {
    ahead: Side<W>,
    back: Side<W>,
    /// The mark of a node reached in this query; one more is that of a node settled.
    open: u32,
    /// What the forward search has not settled is no nearer to the start than this.
    radius: Span<W>,
    rim: Span<W>,
    /// How many nodes to take in next.
    step: usize,
    /// The first arc of the shortest path to the goal where somebody has asked for it, with the query's mark.
    first_arcs: Vec<(u32, u32)>,
}

impl<W: Distance> Ellipse<W> {
    pub fn new() -> Self {
        let none = Span::INFINITE;
        let first_arcs = Vec::new();
        Self { ahead: Side::new(), back: Side::new(), open: 0, radius: none, rim: none, step: 0, first_arcs }
    }

    /// Begins with the nodes between two others.
    pub fn begin<F: Field<Weight = W>>(&mut self, field: &F, from: u32, to: u32) {
        if self.open > u32::MAX - 4 {
            *self = Self::new();
        }
        self.open += 2;
        let n_nodes = field.n_nodes();
        self.ahead.begin(n_nodes, from, self.open);
        self.back.begin(n_nodes, to, self.open);
        if self.first_arcs.len() < n_nodes {
            self.first_arcs.resize(n_nodes, (0, NONE));
        }
        // What is taken in at first costs little beside what has been looked at already.
        self.step = self.meet(field) / 8 + 16;
        self.radius = self.ahead.top(self.open).unwrap_or(Span::INFINITE);
        let mut frontier = std::mem::take(&mut self.back.queue).into_vec();
        frontier.retain_mut(|Reverse((key, node))| {
            let label = self.back.labels[*node as usize];
            let current = label.mark == self.open && label.span == *key;
            *key = key.plus(self.behind(*node));
            current && key.is_finite()
        });
        self.back.queue = frontier.into();
        self.rim = self.back.top(self.open).unwrap_or(Span::INFINITE);
    }

    /// Searches from both ends in turn until neither can improve on the best path; returns how many nodes were settled.
    fn meet<F: Field<Weight = W>>(&mut self, field: &F) -> usize {
        let open = self.open;
        let (mut best, mut settled) = (Span::INFINITE, 0);
        while let (Some(ahead), Some(back)) = (self.ahead.top(open), self.back.top(open)) {
            if ahead.plus(back) >= best {
                break;
            }
            let Self { ahead: near, back: far, .. } = self;
            let mut close = |side: &mut Side<W>, other: &Side<W>, node: u32, span: Span<W>| {
                side.reach(node, span, open, || span);
                let met = &other.labels[node as usize];
                if met.mark >= open {
                    best = best.min(span.plus(met.span));
                }
            };
            if ahead <= back {
                let Some((span, node)) = near.settle() else { break };
                for arc in field.arcs_of(node) {
                    close(near, far, field.head(arc), span.and(field.length(arc)));
                }
            } else {
                let Some((span, node)) = far.settle() else { break };
                field.look_back(node, |tail, weight| close(far, near, tail, span.and(weight)));
            }
            settled += 1;
        }
        settled
    }

    /// A bound on the distance from the start that is never too large and never falls faster than an arc is long.
    fn behind(&self, node: u32) -> Span<W> {
        let label = &self.ahead.labels[node as usize];
        if label.mark > self.open { label.span } else { self.radius }
    }

    /// The distance from a node to the goal, if the node is within the ellipse.
    pub fn to_goal(&self, node: u32) -> Option<Span<W>> {
        let label = &self.back.labels[node as usize];
        (label.mark > self.open).then_some(label.span)
    }

    /// Paths shorter than this lie within the ellipse; infinite once it holds all that leads anywhere.
    pub fn rim(&self) -> Span<W> {
        self.rim
    }

    /// Takes in more nodes, each time twice as many.
    pub fn grow<F: Field<Weight = W>>(&mut self, field: &F) {
        for _ in 0..self.step {
            if self.back.top(self.open).is_none() {
                break;
            }
            let Some((span, node)) = self.back.settle() else { break };
            field.look_back(node, |tail, weight| {
                let (span, from_start) = (span.and(weight), self.behind(tail));
                self.back.reach(tail, span, self.open, || span.plus(from_start));
            });
        }
        self.step *= 2;
        self.rim = self.back.top(self.open).unwrap_or(Span::INFINITE);
    }

    /// The first arc of the shortest path to the goal from a node within the ellipse that is neither end; of several, the
    /// one whose path comes first by the names of its arcs.
    pub fn first_arc<F: Field<Weight = W>>(&mut self, field: &F, node: u32) -> u32 {
        let (mark, arc) = self.first_arcs[node as usize];
        if mark == self.open {
            return arc;
        }
        let whole = self.to_goal(node);
        let mut best = NONE;
        for arc in field.arcs_of(node) {
            let through = self.to_goal(field.head(arc)).map(|after| after.and(field.length(arc)));
            if through == whole && (best == NONE || field.name(arc) < field.name(best)) {
                best = arc;
            }
        }
        self.first_arcs[node as usize] = (self.open, best);
        best
    }
}
