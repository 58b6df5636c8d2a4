//! The labels of a search: partial paths, each made of the one before it and an arc.

use std::cmp::Ordering;

use super::Columns;
use super::problem::{Critical, Problem};
use crate::state_graph::NO_SEGMENT;

/// No label, no arc.
pub(super) const NONE: u32 = u32::MAX;

/// A partial path.
#[derive(Debug, Clone, Copy)]
pub(super) struct Label<const N: usize> {
    /// What it has in each column.
    pub so_far: [u64; N],
    pub node: u32,
    pub parent: u32,
    pub arc: u32,
    pub segments: u32,
}

#[derive(Debug)]
pub(super) struct Labels<const N: usize> {
    all: Vec<Label<N>>,
    /// The critical places that each has been to, as bits in so many words.
    been: Vec<u64>,
    n_words: usize,
    /// What each has taken of the room under each bound on a share; below zero it has made room.
    taken: Vec<i128>,
    n_shares: usize,
}

impl<const N: usize> Labels<N> {
    pub fn new(n_words: usize, n_shares: usize) -> Self {
        Self { all: Vec::new(), been: Vec::new(), n_words, taken: Vec::new(), n_shares }
    }

    pub fn get(&self, label: u32) -> &Label<N> {
        &self.all[label as usize]
    }

    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Adds a label and gives its number; `None` if it comes to a critical place again.
    pub fn push<G: Columns>(
        &mut self,
        label: Label<N>,
        problem: &Problem<'_, G, N>,
        critical: &Critical,
    ) -> Option<u32> {
        if self.n_words > 0 {
            let from = label.parent as usize * self.n_words;
            let here = critical.bit_at(label.node);
            for word in 0..self.n_words {
                let before = if label.parent == NONE { 0 } else { self.been[from + word] };
                let own = here.filter(|bit| bit / 64 == word).map_or(0, |bit| 1 << (bit % 64));
                if before & own != 0 {
                    self.been.truncate(self.all.len() * self.n_words);
                    return None;
                }
                self.been.push((before | own) & critical.ahead(label.node)[word]);
            }
        }
        for share in 0..self.n_shares {
            let taken = if label.parent == NONE {
                0
            } else {
                let before = self.taken[label.parent as usize * self.n_shares + share];
                before.saturating_add(problem.room(share, label.arc))
            };
            self.taken.push(taken);
        }
        self.all.push(label);
        Some(self.all.len() as u32 - 1)
    }

    /// Takes the last label away.
    pub fn pop(&mut self) {
        self.all.pop();
        self.been.truncate(self.all.len() * self.n_words);
        self.taken.truncate(self.all.len() * self.n_shares);
    }

    fn taken(&self, label: u32) -> &[i128] {
        &self.taken[label as usize * self.n_shares..(label as usize + 1) * self.n_shares]
    }

    /// Whether a whole path has more in one place than its share.
    pub fn is_over_share(&self, label: u32) -> bool {
        self.taken(label).iter().any(|&taken| taken > 0)
    }

    fn been(&self, label: u32) -> &[u64] {
        &self.been[label as usize * self.n_words..(label as usize + 1) * self.n_words]
    }

    /// Whether a label has been to no critical place that another, at the same node, has not been to, and has as much
    /// room under the bounds on shares.
    pub fn asks_no_more(&self, label: u32, other: u32) -> bool {
        self.been(label).iter().zip(self.been(other)).all(|(own, other)| own & !other == 0)
            && self.taken(label).iter().zip(self.taken(other)).all(|(own, other)| own <= other)
    }

    /// The arcs of a label's path.
    pub fn arcs(&self, mut label: u32) -> Vec<u32> {
        let mut arcs = Vec::new();
        while self.get(label).parent != NONE {
            arcs.push(self.get(label).arc);
            label = self.get(label).parent;
        }
        arcs.reverse();
        arcs
    }

    /// Whether of two labels with the same values the first one is to be preferred, or they are one.
    pub fn comes_first<G: Columns>(&self, label: u32, other: u32, graph: &G) -> bool {
        let order = self.get(label).segments.cmp(&self.get(other).segments);
        let along = || {
            let (own, other) = (self.arcs(label), self.arcs(other));
            let segments = |arcs: &[u32]| -> Vec<u32> {
                arcs.iter().map(|&arc| graph.segment(arc)).filter(|&segment| segment != NO_SEGMENT).collect()
            };
            segments(&own).cmp(&segments(&other)).then_with(|| own.cmp(&other))
        };
        order.then_with(along) != Ordering::Greater
    }
}
