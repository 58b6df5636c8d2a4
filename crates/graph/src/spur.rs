//! The shortest way on from a path that is begun, past the places it has been to.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use super::distance::Distance;
use super::ellipse::Ellipse;
use super::field::{Blocked, Field, Span, Walk};

/// What a search knows of a node: nothing, if the mark is older than the search.
#[derive(Debug, Clone, Copy)]
struct Label<W> {
    mark: u32,
    span: Span<W>,
    before: u32,
    arc: u32,
}

/// A* (Hart, Nilsson and Raphael 1968, doi:10.1109/TSSC.1968.300136) under the distances to the goal that would hold if
/// nothing were blocked. It ends as soon as the shortest path on from the nearest node is not blocked.
#[derive(Debug, Clone)]
pub(super) struct Spur<W> {
    labels: Vec<Label<W>>,
    /// The mark of a node reached in this search; one more is that of a node settled.
    open: u32,
    queue: BinaryHeap<Reverse<(Span<W>, u32, u32)>>,
    /// The search in which the shortest path from a node was last walked, in vain.
    walked: Vec<u32>,
    walk: Vec<u32>,
}

impl<W: Distance> Spur<W> {
    pub fn new() -> Self {
        Self { labels: Vec::new(), open: 0, queue: BinaryHeap::new(), walked: Vec::new(), walk: Vec::new() }
    }

    /// Makes room for a graph.
    pub fn begin(&mut self, n_nodes: usize) {
        if self.labels.len() < n_nodes {
            self.labels.resize(n_nodes, Label { mark: 0, span: Span::INFINITE, before: 0, arc: 0 });
            self.walked.resize(n_nodes, 0);
        }
    }

    /// The length of the shortest path that goes on from a walk and is shorter than the ellipse's rim; of equally short
    /// ones, that with the fewest arcs, and then the first by the names of its arcs. Those are put into `rest`.
    pub fn search<F: Field<Weight = W>>(
        &mut self,
        (field, ellipse, blocked): (&F, &mut Ellipse<W>, &Blocked),
        walk: &Walk<W>,
        goal: u32,
        banned: impl Fn(u32) -> bool,
        rest: &mut Vec<u32>,
    ) -> Option<Span<W>> {
        if self.open > u32::MAX - 4 {
            self.labels.iter_mut().for_each(|label| label.mark = 0);
            self.walked.fill(0);
            self.open = 0;
        }
        self.open += 2;
        self.queue.clear();
        let (mut node, mut span) = (walk.end, walk.span);
        self.labels[node as usize] = Label { mark: self.open + 1, span, before: node, arc: 0 };
        loop {
            for arc in field.arcs_of(node) {
                let head = field.head(arc);
                if blocked.has(field.place(head)) || (node == walk.end && banned(arc)) {
                    continue;
                }
                let Some(ahead) = ellipse.to_goal(head) else { continue };
                let span = span.and(field.length(arc));
                let through = span.plus(ahead);
                if through < ellipse.rim() && through.is_finite() && self.improves(field, head, span, (node, arc)) {
                    self.labels[head as usize] = Label { mark: self.open, span, before: node, arc };
                    self.queue.push(Reverse((through, span.arcs, head)));
                }
            }
            let through = loop {
                let Reverse((through, _, next)) = self.queue.pop()?;
                let label = &mut self.labels[next as usize];
                if label.mark == self.open {
                    label.mark += 1;
                    (node, span) = (next, label.span);
                    break through;
                }
            };
            // Where another node is as near, the first path by names may pass that one.
            let nearest = self.queue.peek().is_none_or(|Reverse(next)| through < next.0);
            if node == goal || (nearest && self.walk((field, ellipse, blocked), node, goal)) {
                self.trace(walk.end, node, rest);
                rest.append(&mut self.walk);
                return Some(through);
            }
        }
    }

    /// Whether a way to a node is better than the one known: shorter, or as short and earlier by the names of its arcs.
    fn improves<F: Field>(&self, field: &F, head: u32, span: Span<W>, by: (u32, u32)) -> bool {
        let label = &self.labels[head as usize];
        if label.mark < self.open {
            return true;
        }
        label.mark == self.open
            && match span.cmp(&label.span) {
                Ordering::Less => true,
                Ordering::Equal => self.compare(field, by, (label.before, label.arc)) == Ordering::Less,
                Ordering::Greater => false,
            }
    }

    /// Compares the names of two ways of as many arcs, given by their last arcs and where these come from.
    fn compare<F: Field>(&self, field: &F, mut a: (u32, u32), mut b: (u32, u32)) -> Ordering {
        let mut order = field.name(a.1).cmp(&field.name(b.1));
        while a.0 != b.0 {
            let [before_a, before_b] = [a, b].map(|(node, _)| &self.labels[node as usize]);
            (a, b) = ((before_a.before, before_a.arc), (before_b.before, before_b.arc));
            order = field.name(a.1).cmp(&field.name(b.1)).then(order);
        }
        order
    }

    /// Whether the shortest path from a node to the goal passes no blocked place; its arcs are put into `walk` then.
    fn walk<F: Field<Weight = W>>(
        &mut self,
        (field, ellipse, blocked): (&F, &mut Ellipse<W>, &Blocked),
        from: u32,
        goal: u32,
    ) -> bool {
        let mut node = from;
        while node != goal {
            let in_vain = std::mem::replace(&mut self.walked[node as usize], self.open) == self.open;
            if in_vain || blocked.has(field.place(node)) {
                self.walk.clear();
                return false;
            }
            let arc = ellipse.first_arc(field, node);
            self.walk.push(arc);
            node = field.head(arc);
        }
        true
    }

    fn trace(&self, start: u32, mut node: u32, rest: &mut Vec<u32>) {
        while node != start {
            let label = &self.labels[node as usize];
            rest.push(label.arc);
            node = label.before;
        }
        rest.reverse();
    }
}
