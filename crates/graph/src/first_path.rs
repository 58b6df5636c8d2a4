//! Of all shortest paths the first: the fewest arcs, then the least arc numbers in order along the path.
//!
//! Searches here keep distances and no predecessors. An arc is on a shortest path if it is *tight*: if the distances at
//! its two ends differ by its weight. What is tight and leads from one end to the other is found from where the two
//! searches met, which costs about the length of the path where there are few ties.

use super::csr::Weighted;
use super::distance::Distance;

/// The search from the start.
pub(super) const AHEAD: usize = 0;
/// The search from the goal.
pub(super) const BEHIND: usize = 1;

/// What two searches have found: labels, the end points, and the nodes where a shortest path was put together.
///
/// Labels are exact on the way from the start to each meeting, and from there to the goal.
pub(super) struct Met<'a, L> {
    pub(super) label: L,
    pub(super) meetings: &'a [u32],
    pub(super) from: u32,
    pub(super) to: u32,
}

/// Whether a node can reach the goal by arcs that are tight in the search from the goal.
const TO_GOAL: u32 = 1;

/// Traces paths; the space for it is kept for the next one.
#[derive(Debug, Default)]
pub(super) struct Tracer {
    /// [`TO_GOAL`], and above it one more than the number of arcs to the goal; 0 for what is on no shortest path.
    marks: Vec<u32>,
    marked: Vec<u32>,
    /// The arcs of the path.
    pub(super) arcs: Vec<u32>,
}

impl Tracer {
    /// Sets `arcs` to the first of the shortest paths; `false` if the labels do not make one.
    pub(super) fn trace<W, L>(&mut self, graph: &impl Weighted<W>, back: &impl Weighted<W>, met: &Met<'_, L>) -> bool
    where
        W: Distance,
        L: Fn(usize, u32) -> W,
    {
        self.arcs.clear();
        let Some(&first) = met.meetings.first() else { return false };
        self.marks.resize(graph.n_nodes(), 0);
        let total = (met.label)(AHEAD, first).plus((met.label)(BEHIND, first));
        self.mark_behind(graph, met);
        self.count_back(back, met, total);
        let complete = self.walk(graph, met, total);
        for node in self.marked.drain(..) {
            self.marks[node as usize] = 0;
        }
        complete
    }

    /// Marks what is on a shortest path from a meeting to the goal.
    fn mark_behind<W: Distance>(&mut self, graph: &impl Weighted<W>, met: &Met<'_, impl Fn(usize, u32) -> W>) {
        for &node in met.meetings {
            self.marks[node as usize] = TO_GOAL;
            self.marked.push(node);
        }
        let mut next = 0;
        while let Some(&node) = self.marked.get(next) {
            next += 1;
            let own = (met.label)(BEHIND, node);
            for arc in graph.arcs_of(node) {
                let head = graph.head(arc);
                if self.marks[head as usize] == 0 && graph.weight(arc).plus((met.label)(BEHIND, head)) == own {
                    self.marks[head as usize] = TO_GOAL;
                    self.marked.push(head);
                }
            }
        }
    }

    /// Counts the arcs from each node on a shortest path to the goal, nearest first, as far as the start.
    fn count_back<W, L>(&mut self, back: &impl Weighted<W>, met: &Met<'_, L>, total: W)
    where
        W: Distance,
        L: Fn(usize, u32) -> W,
    {
        let mut next = self.marked.len();
        self.marked.push(met.to);
        self.marks[met.to as usize] |= 1 << 1;
        while self.marks[met.from as usize] <= TO_GOAL
            && let Some(&node) = self.marked.get(next)
        {
            next += 1;
            for arc in back.arcs_of(node) {
                let tail = back.head(arc);
                if self.marks[tail as usize] <= TO_GOAL && self.is_tight(met, total, (tail, node), back.weight(arc)) {
                    self.marks[tail as usize] |= ((self.marks[node as usize] >> 1) + 1) << 1;
                    self.marked.push(tail);
                }
            }
        }
    }

    /// Goes from the start to the goal by the first arc that is one arc nearer each time.
    fn walk<W, L>(&mut self, graph: &impl Weighted<W>, met: &Met<'_, L>, total: W) -> bool
    where
        W: Distance,
        L: Fn(usize, u32) -> W,
    {
        let mut node = met.from;
        while node != met.to {
            let left = self.marks[node as usize] >> 1;
            let nearer = |&arc: &u32| {
                let head = graph.head(arc);
                self.marks[head as usize] >> 1 == left.wrapping_sub(1)
                    && left > 1
                    && self.is_tight(met, total, (node, head), graph.weight(arc))
            };
            let Some(arc) = graph.arcs_of(node).find(nearer) else { return false };
            self.arcs.push(arc);
            node = graph.head(arc);
        }
        true
    }

    /// Whether an arc is on a shortest path, given that its head is.
    fn is_tight<W: Distance>(
        &self,
        met: &Met<'_, impl Fn(usize, u32) -> W>,
        total: W,
        (tail, head): (u32, u32),
        weight: W,
    ) -> bool {
        let label = &met.label;
        let to_goal = |node: u32| self.marks[node as usize] & TO_GOAL != 0;
        // The labels of the search from the start are exact where no search from the goal came, and at the meetings.
        let from_start = |node| !to_goal(node) || label(AHEAD, node).plus(label(BEHIND, node)) == total;
        (to_goal(tail) && to_goal(head) && weight.plus(label(BEHIND, head)) == label(BEHIND, tail))
            || (from_start(head) && label(AHEAD, tail).plus(weight) == label(AHEAD, head))
    }
}
