//! A queue for searches that never go back: what is reached is sorted roughly into buckets by its key.
//!
//! Buckets after Dial (1969, doi:10.1145/363269.363610) with the width of Denardo and Fox (1979, doi:10.1287/opre.27.1.161),
//! which may here exceed the least weight: what is reached again by a better way while its bucket is worked off comes
//! once more in that bucket's next batch, as in the delta-stepping of Meyer and Sanders (2003,
//! doi:10.1016/S0196-6774(03)00076-2). A bucket that takes more than a few batches is handed to a heap, so that no
//! choice of width and no weights make it slower than a heap by more than a factor.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::csr::Weighted;
use super::distance::Distance;

/// Batches of one bucket before it goes to the heap.
const PATIENCE: u32 = 8;

const MOST_BUCKETS: u64 = 1 << 10;

/// Buckets a mean weight spans. More make finer order, fewer make longer batches, whose memory accesses overlap.
const BUCKETS_PER_WEIGHT: u64 = 8;

/// How the keys of a graph spread: what a queue over it is laid out for.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Spread {
    mean: u64,
    most: u64,
}

impl Spread {
    /// By the weights of all arcs that a path can use.
    pub(super) fn of<W: Distance>(graph: &impl Weighted<W>) -> Self {
        let (mut sum, mut most, mut n) = (0_u128, 0, 0_u128);
        for weight in (0..graph.n_arcs() as u32).map(|arc| graph.weight(arc)).filter(|weight| *weight < W::INFINITE) {
            let leading = weight.leading();
            sum += u128::from(leading);
            most = leading.max(most);
            n += 1;
        }
        Self { mean: (sum / n.max(1)) as u64, most }
    }

    /// By keys of twice the distance that lean: they rise by at most four times the weight of an arc.
    pub(super) fn leaning(self) -> Self {
        Self { mean: self.mean.saturating_mul(2), most: self.most.saturating_mul(4) }
    }
}

/// Nodes with their distances, in the order of keys that never fall by more than is left to come.
///
/// A batch holds nodes of one bucket. Keys below [`BucketQueue::floor`] come no more, if no key is pushed that is below
/// the key of what it was reached from.
#[derive(Debug)]
pub(super) struct BucketQueue<W> {
    shift: u32,
    buckets: Vec<Vec<(W, u32)>>,
    heap: BinaryHeap<Reverse<(u64, W, u32)>>,
    at: u64,
    n_batches: u32,
    len: usize,
}

impl<W: Distance> BucketQueue<W> {
    /// For searches whose keys rise by no more than that at a step.
    pub(super) fn new(spread: Spread) -> Self {
        let (mean, most) = (spread.mean.max(1), spread.most.max(1));
        let mut shift = (mean / BUCKETS_PER_WEIGHT).max(1).ilog2();
        while shift < 62 && (most >> shift) + 2 > MOST_BUCKETS {
            shift += 1;
        }
        let n_buckets = ((most >> shift) + 2).next_power_of_two().min(MOST_BUCKETS) as usize;
        Self { shift, buckets: vec![Vec::new(); n_buckets], heap: BinaryHeap::new(), at: 0, n_batches: 0, len: 0 }
    }

    pub(super) fn clear(&mut self) {
        self.drain(|_| {});
    }

    /// How much is in it, with what has been reached by a better way since.
    pub(super) fn len(&self) -> usize {
        self.len
    }

    #[inline]
    pub(super) fn push(&mut self, key: u64, distance: W, node: u32) {
        self.len += 1;
        let last = self.buckets.len() as u64 - 1;
        // What lies beyond the last bucket may come too early, which costs a second visit and nothing else.
        let bucket = (key >> self.shift).clamp(self.at, self.at + last);
        if bucket == self.at && self.n_batches > PATIENCE {
            self.heap.push(Reverse((key, distance, node)));
        } else {
            self.buckets[(bucket & last) as usize].push((distance, node));
        }
    }

    /// Takes out all that is left: nodes, some more than once.
    pub(super) fn drain(&mut self, mut visit: impl FnMut(u32)) {
        if self.len > 0 {
            let buckets = self.buckets.iter_mut().flat_map(|bucket| bucket.drain(..));
            buckets.for_each(|(_, node)| visit(node));
            self.heap.drain().for_each(|Reverse((_, _, node))| visit(node));
        }
        (self.at, self.n_batches, self.len) = (0, 0, 0);
    }

    /// No key below it is left; `None` if nothing is left.
    pub(super) fn floor(&mut self) -> Option<u64> {
        if self.len == 0 {
            return None;
        }
        let last = self.buckets.len() as u64 - 1;
        while self.heap.is_empty() && self.buckets[(self.at & last) as usize].is_empty() {
            self.at += 1;
            self.n_batches = 0;
        }
        Some(self.at << self.shift)
    }

    /// Puts the next nodes into `batch`, in place of what is there.
    pub(super) fn next_batch(&mut self, batch: &mut Vec<(W, u32)>, key: impl Fn(W, u32) -> u64) {
        batch.clear();
        if self.floor().is_none() {
            return;
        }
        let last = self.buckets.len() as u64 - 1;
        self.n_batches = self.n_batches.saturating_add(1);
        if self.n_batches <= PATIENCE {
            std::mem::swap(&mut self.buckets[(self.at & last) as usize], batch);
        } else {
            self.next_of_heap(batch, key);
        }
        self.len -= batch.len();
    }

    #[cold]
    fn next_of_heap(&mut self, batch: &mut Vec<(W, u32)>, key: impl Fn(W, u32) -> u64) {
        let last = self.buckets.len() as u64 - 1;
        let bucket = self.buckets[(self.at & last) as usize].drain(..);
        self.heap.extend(bucket.map(|(distance, node)| Reverse((key(distance, node), distance, node))));
        batch.extend(self.heap.pop().map(|Reverse((_, distance, node))| (distance, node)));
    }
}
