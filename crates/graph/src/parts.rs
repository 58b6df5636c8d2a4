//! Parts of the set of all loopless paths, and the order in which they are looked into.

use std::cmp::Ordering;

use super::distance::Distance;
use super::field::Span;

/// The paths that begin with some arcs of an earlier path and do not go on with an arc that is banned there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part<W> {
    /// Nothing in the part is shorter.
    pub bound: Span<W>,
    /// The earlier path.
    pub path: u32,
    /// How many of its arcs are the part's.
    pub at: u32,
    /// What is banned after them.
    pub bans: Bans,
    /// How the shortest of its paths goes on, where that is known.
    pub rest: Option<Run>,
    /// The least name that the next arc of a path as short as the bound can have.
    pub least_name: u32,
}

/// A list of banned arcs: lists that have grown from one share their tails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bans(u32);

impl Bans {
    /// Nothing is banned.
    pub const NONE: Self = Self(u32::MAX);
}

/// Some arcs in a row.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run {
    start: u32,
    end: u32,
}

/// The parts of a search and the paths they were split off.
///
/// The parts are a heap: the least bound first; of equal bounds, what comes first by the names of the arcs, and a part
/// that is not solved before a path that it might still come before.
#[derive(Debug, Clone)]
pub(super) struct Parts<W> {
    heap: Vec<(Span<W>, u32)>,
    parts: Vec<Part<W>>,
    free: Vec<u32>,
    paths: Vec<Run>,
    arcs: Vec<u32>,
    bans: Vec<(u32, Bans)>,
}

impl<W: Distance> Parts<W> {
    pub fn new() -> Self {
        Self {
            heap: Vec::new(),
            parts: Vec::new(),
            free: Vec::new(),
            paths: Vec::new(),
            arcs: Vec::new(),
            bans: Vec::new(),
        }
    }

    /// Forgets everything but the memory.
    pub fn clear(&mut self) {
        self.heap.clear();
        self.parts.clear();
        self.free.clear();
        self.paths.clear();
        self.arcs.clear();
        self.bans.clear();
    }

    /// Keeps the arcs of a path.
    pub fn keep(&mut self, arcs: &[u32]) -> Run {
        let start = self.arcs.len() as u32;
        self.arcs.extend_from_slice(arcs);
        Run { start, end: self.arcs.len() as u32 }
    }

    /// The arcs of a run.
    pub fn run(&self, run: Run) -> &[u32] {
        &self.arcs[run.start as usize..run.end as usize]
    }

    /// The arcs that all paths of a part begin with.
    pub fn prefix(&self, part: &Part<W>) -> &[u32] {
        &self.run(self.paths[part.path as usize])[..part.at as usize]
    }

    /// Keeps the path of a solved part, to split it: its number.
    pub fn path_of(&mut self, part: &Part<W>) -> u32 {
        let start = self.arcs.len() as u32;
        if let (Some(&from), Some(rest)) = (self.paths.get(part.path as usize), part.rest) {
            let from = from.start as usize;
            self.arcs.extend_from_within(from..from + part.at as usize);
            self.arcs.extend_from_within(rest.start as usize..rest.end as usize);
        }
        self.paths.push(Run { start, end: self.arcs.len() as u32 });
        self.paths.len() as u32 - 1
    }

    /// The arcs of a path.
    pub fn path(&self, path: u32) -> &[u32] {
        self.run(self.paths[path as usize])
    }

    /// The list with one more arc.
    pub fn ban(&mut self, arc: u32, bans: Bans) -> Bans {
        self.bans.push((arc, bans));
        Bans(self.bans.len() as u32 - 1)
    }

    /// Whether an arc is on a list.
    pub fn is_banned(&self, arc: u32, mut bans: Bans) -> bool {
        while bans != Bans::NONE {
            let (banned, others) = self.bans[bans.0 as usize];
            if banned == arc {
                return true;
            }
            bans = others;
        }
        false
    }

    /// The least bound.
    pub fn least(&self) -> Option<Span<W>> {
        self.heap.first().map(|top| top.0)
    }

    /// Adds a part.
    pub fn push(&mut self, part: Part<W>, name: impl Fn(u32) -> u32 + Copy) {
        let bound = part.bound;
        let slot = match self.free.pop() {
            Some(slot) => {
                self.parts[slot as usize] = part;
                slot
            }
            None => {
                self.parts.push(part);
                self.parts.len() as u32 - 1
            }
        };
        let mut at = self.heap.len();
        let entry = (bound, slot);
        self.heap.push(entry);
        while at > 0 {
            let above = (at - 1) / 2;
            if !self.before(entry, self.heap[above], name) {
                break;
            }
            self.heap[at] = self.heap[above];
            at = above;
        }
        self.heap[at] = entry;
    }

    /// Takes the first part.
    pub fn pop(&mut self, name: impl Fn(u32) -> u32 + Copy) -> Option<Part<W>> {
        let last = self.heap.pop()?;
        let first = match self.heap.first() {
            Some(&first) => {
                self.sift(last, name);
                first
            }
            None => last,
        };
        self.free.push(first.1);
        Some(self.parts[first.1 as usize])
    }

    /// Puts an entry where the first was, and down to its place.
    fn sift(&mut self, entry: (Span<W>, u32), name: impl Fn(u32) -> u32 + Copy) {
        let mut at = 0;
        loop {
            let mut below = 2 * at + 1;
            if below >= self.heap.len() {
                break;
            }
            if below + 1 < self.heap.len() && self.before(self.heap[below + 1], self.heap[below], name) {
                below += 1;
            }
            if !self.before(self.heap[below], entry, name) {
                break;
            }
            self.heap[at] = self.heap[below];
            at = below;
        }
        self.heap[at] = entry;
    }

    fn before(&self, a: (Span<W>, u32), b: (Span<W>, u32), name: impl Fn(u32) -> u32 + Copy) -> bool {
        match a.0.cmp(&b.0) {
            Ordering::Less => true,
            Ordering::Greater => false,
            Ordering::Equal => {
                let [a, b] = [a, b].map(|entry| &self.parts[entry.1 as usize]);
                let names = self.names(a, name).cmp(self.names(b, name));
                names.then(a.rest.is_some().cmp(&b.rest.is_some())) == Ordering::Less
            }
        }
    }

    /// The names of a solved part's path, or the least that those of a part can begin with.
    fn names(&self, part: &Part<W>, name: impl Fn(u32) -> u32) -> impl Iterator<Item = u32> {
        let rest = part.rest.map_or(&[][..], |rest| self.run(rest));
        let least = part.rest.is_none().then_some(part.least_name);
        self.prefix(part).iter().chain(rest).map(move |&arc| name(arc)).chain(least)
    }
}
