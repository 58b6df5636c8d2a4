//! The labels that are still to be looked at, in order of the first criterion.

use super::Whole;

/// A label: what the second criterion of a path through it is above the best, at least, and how it came to be.
#[derive(Debug, Clone, Copy)]
pub(super) struct Label<W> {
    pub second: W,
    pub node: u32,
    pub arc: u32,
    pub parent: u32,
}

/// Labels by the first criterion. What is pushed is never below what was popped last.
pub(super) trait Agenda<W> {
    /// Makes room for that many labels.
    fn make_room(&mut self, labels: usize);
    /// Adds a label, if it is to be kept. There must be room for it.
    fn push_if(&mut self, keep: bool, first: W, label: Label<W>);
    /// A label with the least first criterion.
    fn pop(&mut self) -> Option<(W, Label<W>)>;
}

const CHUNK: usize = 16;

/// A bucket for each value of the first criterion; each is a stack of labels in linked chunks, which are used again.
#[derive(Debug)]
pub(super) struct Buckets<W> {
    /// One above the last label of each bucket, 0 for none; and one bucket more, whose labels are never kept.
    tops: Vec<u32>,
    labels: Vec<Label<W>>,
    /// For each chunk in use, what the top of its bucket was before it.
    before: Vec<u32>,
    free: Vec<u32>,
    now: usize,
}

impl<W: Whole> Buckets<W> {
    /// For values up to that.
    pub fn new(most: usize) -> Self {
        // Chunk 0 is never used, so that 0 can mean none.
        let nothing = Label { second: W::ZERO, node: 0, arc: 0, parent: 0 };
        Self { tops: vec![0; most + 2], labels: vec![nothing; CHUNK], before: vec![0], free: Vec::new(), now: 0 }
    }
}

impl<W: Whole> Agenda<W> for Buckets<W> {
    #[inline(always)]
    fn make_room(&mut self, labels: usize) {
        if self.free.len() < labels {
            let (known, more) = (self.before.len(), self.before.len() / 2 + labels + 32);
            self.before.resize(known + more, 0);
            self.labels.resize((known + more) * CHUNK, self.labels[0]);
            self.free.extend((known as u32..(known + more) as u32).rev());
        }
    }

    #[inline(always)]
    fn push_if(&mut self, keep: bool, first: W, label: Label<W>) {
        let bucket = (first.to_u64() as usize).min(self.tops.len() - 1);
        let mut top = self.tops[bucket];
        if (top as usize).is_multiple_of(CHUNK) {
            if !keep {
                return;
            }
            let chunk = self.free.pop().expect("room was made");
            self.before[chunk as usize] = top;
            top = chunk * CHUNK as u32;
        }
        // What is not kept is written too, above the top, and so is written over: that is cheaper than a branch.
        self.labels[top as usize] = label;
        self.tops[bucket] = top + u32::from(keep);
    }

    #[inline(always)]
    fn pop(&mut self) -> Option<(W, Label<W>)> {
        while self.tops[self.now] == 0 {
            self.now += 1;
            if self.now + 1 == self.tops.len() {
                self.now -= 1;
                return None;
            }
        }
        let last = self.tops[self.now] - 1;
        self.tops[self.now] = last;
        if (last as usize).is_multiple_of(CHUNK) {
            let chunk = last / CHUNK as u32;
            self.free.push(chunk);
            self.tops[self.now] = self.before[chunk as usize];
        }
        Some((W::from_u64(self.now as u64), self.labels[last as usize]))
    }
}
