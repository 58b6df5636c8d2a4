//! Distances from the start and to the goal by one criterion, as far as they matter.
//!
//! Nodes are settled bucket by bucket, and within a bucket again where a better way turns up, as in delta-stepping (Meyer
//! and Sanders 2003, doi:10.1016/S0196-6774(03)00076-2): that is exact for any width, and needs no heap.

use std::mem::take;

use super::Whole;
use crate::csr::Weighted;

/// How many buckets are open at once; what lies beyond them waits.
const OPEN: usize = 32;

/// A node's distance from the start, and to the goal.
type Distances<W> = [W; 2];

#[derive(Debug)]
struct Queue<W> {
    /// The open buckets, each with room for `2^room_bits` entries (distance, node).
    entries: Vec<(W, u32)>,
    lengths: [u32; OPEN],
    room_bits: u32,
    /// A bucket is `2^width_bits` wide.
    width_bits: u32,
    now: u64,
    beyond: Vec<(W, u32)>,
}

impl<W: Whole> Queue<W> {
    fn new(width_bits: u32) -> Self {
        let room_bits = 6;
        let entries = vec![(W::ZERO, 0); OPEN << room_bits];
        Self { entries, lengths: [0; OPEN], room_bits, width_bits, now: 0, beyond: Vec::new() }
    }

    /// What is not kept is written too, above the top of its bucket: which way it goes cannot be foretold, and a wrong
    /// guess costs more than a write.
    #[inline(always)]
    fn push_if(&mut self, keep: bool, distance: W, node: u32) {
        let number = distance.to_u64() >> self.width_bits;
        if number.wrapping_sub(self.now) >= OPEN as u64 {
            if keep {
                self.beyond.push((distance, node));
            }
            return;
        }
        let bucket = number as usize % OPEN;
        let length = self.lengths[bucket];
        if length >> self.room_bits != 0 {
            if keep {
                self.enlarge();
                self.push_if(keep, distance, node);
            }
            return;
        }
        self.entries[(bucket << self.room_bits) + length as usize] = (distance, node);
        self.lengths[bucket] = length + u32::from(keep);
    }

    #[cold]
    fn enlarge(&mut self) {
        let mut entries = vec![(W::ZERO, 0); self.entries.len() * 2];
        for bucket in 0..OPEN {
            let (from, to, n) =
                (bucket << self.room_bits, bucket << (self.room_bits + 1), self.lengths[bucket] as usize);
            entries[to..to + n].copy_from_slice(&self.entries[from..from + n]);
        }
        self.entries = entries;
        self.room_bits += 1;
    }

    /// Goes on to the next bucket that holds something.
    fn advance(&mut self) -> bool {
        for _ in 0..OPEN {
            if self.lengths[self.now as usize % OPEN] > 0 {
                return true;
            }
            self.step();
        }
        let Some(&(least, _)) = self.beyond.iter().min() else { return false };
        self.now = least.to_u64() >> self.width_bits;
        self.spill();
        true
    }

    fn step(&mut self) {
        self.now += 1;
        if self.now.is_multiple_of(OPEN as u64) && !self.beyond.is_empty() {
            self.spill();
        }
    }

    #[cold]
    fn spill(&mut self) {
        for (distance, node) in take(&mut self.beyond) {
            self.push_if(true, distance, node);
        }
    }

    #[inline(always)]
    fn pop(&mut self, bucket: usize) -> Option<(W, u32)> {
        let length = self.lengths[bucket].checked_sub(1)?;
        self.lengths[bucket] = length;
        Some(self.entries[(bucket << self.room_bits) + length as usize])
    }

    /// Everything nearer than this is settled.
    fn radius(&self) -> W {
        let lossless = self.now <= u64::MAX >> self.width_bits;
        if lossless { W::from_u64(self.now << self.width_bits) } else { W::INFINITE }
    }
}

/// The least path by one criterion: what it has by that, and by the other.
#[derive(Debug, Clone, Copy)]
pub(super) struct Best<W> {
    pub least: W,
    pub other: W,
}

/// The searches from the start and from the goal by one criterion.
#[derive(Debug)]
pub(super) struct Reach<W> {
    distances: Vec<Distances<W>>,
    queues: [Queue<W>; 2],
    n_settled: [usize; 2],
    ends: [u32; 2],
}

impl<W: Whole> Reach<W> {
    /// With nothing searched yet. `ways` are the graph and its reverse.
    pub fn new<G: Weighted<[W; 2]>>(ways: [&G; 2], criterion: usize, start: u32, goal: u32) -> Self {
        let bits = width_bits(ways[0], criterion);
        let mut own = Self {
            distances: vec![[W::INFINITE; 2]; ways[0].n_nodes()],
            queues: [Queue::new(bits), Queue::new(bits)],
            n_settled: [0; 2],
            ends: [start, goal],
        };
        for (side, end) in [start, goal].into_iter().enumerate() {
            own.distances[end as usize][side] = W::ZERO;
            own.queues[side].push_if(true, W::ZERO, end);
        }
        own
    }

    /// The distance to the goal, as far as it has been found.
    #[inline(always)]
    pub fn to_goal(&self, node: u32) -> W {
        self.distances[node as usize][1]
    }

    /// The least that a path through a node can have; infinite where the goal has not been reached from it.
    #[inline(always)]
    pub fn through(&self, node: u32) -> W {
        let [from_start, to_goal] = self.distances[node as usize];
        to_goal.plus(from_start.min(self.queues[0].radius()))
    }

    /// Searches from both ends until the least path is known; `None` if there is none.
    pub fn meet<const K: usize, G: Weighted<[W; 2]>>(&mut self, ways: [&G; 2]) -> Option<Best<W>> {
        let mut best = (W::INFINITE, 0);
        while self.queues[0].radius().plus(self.queues[1].radius()) < best.0 {
            let see = |node: u32, at: &Distances<W>| {
                let through = at[0].plus(at[1]);
                if through < best.0 {
                    best = (through, node);
                }
            };
            let more = if self.n_settled[0] <= self.n_settled[1] {
                self.bucket::<K, 0, G>(ways[0], see, |_, _, _| true)
            } else {
                self.bucket::<K, 1, G>(ways[1], see, |_, _, _| true)
            };
            if !more {
                break;
            }
        }
        let (least, node) = best;
        if least == W::INFINITE {
            return None;
        }
        let other = self.along::<K, 0, G>(ways[1], node).plus(self.along::<K, 1, G>(ways[0], node));
        Some(Best { least, other })
    }

    /// Searches on for all nodes that a path within `most` can pass.
    pub fn widen<const K: usize, G: Weighted<[W; 2]>>(&mut self, ways: [&G; 2], most: W) {
        let half = W::from_u64(most.to_u64() / 2);
        let beyond = self.queues[1].radius();
        while self.queues[0].radius() < half {
            let fits = |_: u32, so_far: W, at: &Distances<W>| so_far.plus(at[1].min(beyond)) <= most;
            if !self.bucket::<K, 0, G>(ways[0], |_, _| (), fits) {
                break;
            }
        }
        self.complete::<K, G>(ways, most, |_| true);
    }

    /// Searches from the goal to the end, through nodes that a path within `most` can pass and that `also` admits.
    pub fn complete<const K: usize, G: Weighted<[W; 2]>>(
        &mut self,
        ways: [&G; 2],
        most: W,
        also: impl Fn(u32) -> bool,
    ) {
        let beyond = self.queues[0].radius();
        let fits = |node: u32, so_far: W, at: &Distances<W>| so_far.plus(at[0].min(beyond)) <= most && also(node);
        while self.bucket::<K, 1, G>(ways[1], |_, _| (), &fits) {}
    }

    /// Settles one bucket of one side: every node in it that fits is seen, and its neighbours that fit are reached.
    fn bucket<const K: usize, const SIDE: usize, G: Weighted<[W; 2]>>(
        &mut self,
        graph: &G,
        mut seen: impl FnMut(u32, &Distances<W>),
        fits: impl Fn(u32, W, &Distances<W>) -> bool,
    ) -> bool {
        let queue = &mut self.queues[SIDE];
        if !queue.advance() {
            return false;
        }
        let bucket = queue.now as usize % OPEN;
        let distances = &mut self.distances[..];
        while let Some((distance, node)) = queue.pop(bucket) {
            let at = &distances[node as usize];
            if at[SIDE] != distance || !fits(node, distance, at) {
                continue;
            }
            seen(node, at);
            self.n_settled[SIDE] += 1;
            for arc in graph.arcs_of(node) {
                let (head, through) = (graph.head(arc), distance.plus(graph.weight(arc)[K]));
                let at = &mut distances[head as usize];
                let better = (through < at[SIDE]) & fits(head, through, at);
                at[SIDE] = if better { through } else { at[SIDE] };
                queue.push_if(better, through, head);
            }
        }
        queue.step();
        true
    }

    /// What a least path between a node and an end has by the other criterion. `back` leads towards that end.
    fn along<const K: usize, const SIDE: usize, G: Weighted<[W; 2]>>(&self, back: &G, node: u32) -> W {
        // Arcs of no weight may lead in circles, so where a path was lost the next one is tried.
        let mut known = vec![false; self.distances.len()];
        let mut tried = vec![(node, W::ZERO)];
        while let Some((node, so_far)) = tried.pop() {
            if node == self.ends[SIDE] {
                return so_far;
            }
            if std::mem::replace(&mut known[node as usize], true) {
                continue;
            }
            for arc in back.arcs_of(node) {
                let (head, weight) = (back.head(arc), back.weight(arc));
                let before = self.distances[head as usize][SIDE];
                if before != W::INFINITE && before.plus(weight[K]) == self.distances[node as usize][SIDE] {
                    tried.push((head, so_far.plus(weight[1 - K])));
                }
            }
        }
        W::INFINITE
    }
}

/// A bucket about a third of a mean arc wide; a few arcs are asked.
fn width_bits<W: Whole, G: Weighted<[W; 2]>>(graph: &G, criterion: usize) -> u32 {
    let n = graph.n_arcs();
    let asked = n.min(64);
    let sum =
        (0..asked).fold(0_u64, |sum, i| sum.saturating_add(graph.weight((i * n / asked) as u32)[criterion].to_u64()));
    (sum / (3 * asked.max(1) as u64)).checked_ilog2().unwrap_or(0)
}
