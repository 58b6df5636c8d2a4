//! A batch of nodes and what their arcs lead to: the inner loop of the searches.

use std::ops::Range;

use super::csr::Weighted;
use super::distance::Distance;

/// The label of each node, as seen by one search.
pub(super) trait Labels<W> {
    fn label(&mut self, node: u32) -> &mut W;
}

impl<W> Labels<W> for [W] {
    #[inline]
    fn label(&mut self, node: u32) -> &mut W {
        &mut self[node as usize]
    }
}

/// Working space for a batch, kept between batches so that none has to be allocated.
#[derive(Debug)]
pub(super) struct Frontier<W> {
    /// The nodes to go on from, with the distances they were queued with.
    pub(super) batch: Vec<(W, u32)>,
    rows: Vec<(W, Range<u32>)>,
    reached: Vec<(W, u32)>,
}

impl<W> Default for Frontier<W> {
    fn default() -> Self {
        Self { batch: Vec::new(), rows: Vec::new(), reached: Vec::new() }
    }
}

impl<W: Distance> Frontier<W> {
    /// Follows every arc of the batch, lowers the labels of what it leads to, and returns what was lowered: nodes with
    /// their new distances, a node more than once if it was lowered more than once.
    ///
    /// Three plain loops, as what holds large graphs up is waiting for memory and for mispredicted branches: rows are
    /// looked up first, so that their cache misses overlap, and labels are lowered without a branch.
    #[inline]
    pub(super) fn follow<G: Weighted<W>>(&mut self, graph: &G, labels: &mut (impl Labels<W> + ?Sized)) -> &[(W, u32)] {
        let Self { batch, rows, reached } = self;
        rows.clear();
        let (mut most, mut heads) = (0, 0);
        for &(distance, node) in batch.iter() {
            let row = graph.arcs_of(node);
            if row.start < row.end {
                heads ^= graph.head(row.start);
            }
            // Otherwise a better way to the node has been found since, and it stands elsewhere in the queue.
            if *labels.label(node) == distance {
                most += row.len();
                rows.push((distance, row));
            }
        }
        // The heads are of no use: reading them brings the rows into the cache.
        std::hint::black_box(heads);
        if reached.len() <= most {
            reached.resize(2 * most + 1, (W::INFINITE, 0));
        }
        let mut n_reached = 0;
        for (distance, row) in rows.iter() {
            for arc in row.clone() {
                let (head, through) = (graph.head(arc), distance.plus(graph.weight(arc)));
                let label = labels.label(head);
                let better = through < *label;
                *label = if better { through } else { *label };
                reached[n_reached] = (through, head);
                n_reached += usize::from(better);
            }
        }
        &reached[..n_reached]
    }
}
