//! Lawler's partition (1972, doi:10.1287/mnsc.18.7.401) of the set of all loopless paths between two nodes.
//!
//! The set is split by the arcs that paths begin with and the arcs they may not take next. Each part carries a lower
//! bound; only the part with the least bound is looked into, by a [`Guide`], and what is left of it is split again.

use super::distance::Distance;
use super::field::{Blocked, Field, NONE, Span, Walk};
use super::parts::{Bans, Part, Parts};

/// What a search came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Onward<W> {
    /// The shortest path on, of that length together with what lies before it.
    Found(Span<W>),
    /// None is shorter than the rim.
    Beyond,
    /// There is none.
    Nothing,
}

/// Knows how far it is to the goal and finds ways there.
pub(super) trait Guide<F: Field> {
    /// Bounds are known for all paths that are shorter than this.
    fn rim(&self) -> Span<F::Weight>;

    /// Moves the rim outwards.
    fn grow(&mut self, field: &F);

    /// How long the rest of a path is at least that goes on with that arc, counted from the arc's head; `None` if all such
    /// paths lie beyond the rim.
    fn ahead(&self, field: &F, walk: &Walk<F::Weight>, arc: u32) -> Option<Span<F::Weight>>;

    /// The shortest way on from the end of a path that is begun by `prefix`, past the places blocked and, at first, the
    /// arcs banned; of equally short ones of as many arcs, the one that comes first by the names of its arcs. Its arcs are
    /// put into `rest`. It may be at a place twice, if it is at no blocked one.
    fn search(
        &mut self,
        field: &F,
        blocked: &Blocked,
        walk: &Walk<F::Weight>,
        prefix: &[u32],
        banned: impl Fn(u32) -> bool,
        rest: &mut Vec<u32>,
    ) -> Onward<F::Weight>;
}

/// The parts that are left of the set.
#[derive(Debug, Clone)]
pub(super) struct Partition<W> {
    parts: Parts<W>,
    /// Parts without any path shorter than the rim.
    waiting: Vec<Part<W>>,
    blocked: Blocked,
    from: u32,
    rest: Vec<u32>,
}

impl<W: Distance> Partition<W> {
    pub fn new() -> Self {
        Self { parts: Parts::new(), waiting: Vec::new(), blocked: Blocked::default(), from: 0, rest: Vec::new() }
    }

    /// Begins with all paths from a node.
    pub fn begin(&mut self, n_places: usize, from: u32) {
        self.parts.clear();
        self.waiting.clear();
        self.blocked.begin(n_places);
        self.from = from;
        let whole = Part { bound: Span::ZERO, path: 0, at: 0, bans: Bans::NONE, rest: None, least_name: 0 };
        let path = self.parts.path_of(&whole);
        self.waiting.push(Part { path, ..whole });
    }

    /// Begins with no paths at all.
    pub fn begin_empty(&mut self) {
        self.parts.clear();
        self.waiting.clear();
    }

    /// The next loopless path and its length.
    pub fn next<F: Field<Weight = W>>(&mut self, field: &F, guide: &mut impl Guide<F>) -> Option<(Span<W>, &[u32])> {
        loop {
            let least = self.parts.least();
            // A guide may give up its rim: then nothing lies beyond it, and what waited may be the best.
            let is_boundless = guide.rim() == Span::INFINITE;
            if !self.waiting.is_empty() && (is_boundless || least.is_none_or(|bound| bound >= guide.rim())) {
                if guide.rim() < Span::INFINITE {
                    guide.grow(field);
                }
                self.wake(field, guide);
                continue;
            }
            let part = self.parts.pop(|arc| field.name(arc))?;
            if part.rest.is_none() {
                self.solve(field, guide, part);
            } else if let Some(path) = self.split(field, guide, &part) {
                return Some((part.bound, self.parts.path(path)));
            }
        }
    }

    /// Adds a part, once it is seen where its paths part from `walk`. They are known to be no shorter than its bound.
    fn offer<F: Field<Weight = W>>(&mut self, field: &F, guide: &impl Guide<F>, part: Part<W>, walk: &Walk<W>) {
        let (mut bound, mut least_name, mut more) = (Span::INFINITE, 0, false);
        for arc in field.arcs_of(walk.end) {
            if self.blocked.has(field.place(field.head(arc))) || self.parts.is_banned(arc, part.bans) {
                continue;
            }
            let Some(ahead) = guide.ahead(field, walk, arc) else {
                more = true;
                continue;
            };
            let through = walk.span.and(field.length(arc)).plus(ahead);
            if through < bound {
                (bound, least_name) = (through, field.name(arc));
            } else if through == bound {
                least_name = least_name.min(field.name(arc));
            }
        }
        if bound < part.bound {
            (bound, least_name) = (part.bound, 0);
        }
        if bound < guide.rim() && bound.is_finite() {
            self.parts.push(Part { bound, least_name, ..part }, |arc| field.name(arc));
        } else if guide.rim() < Span::INFINITE && (more || bound.is_finite()) {
            self.waiting.push(part);
        }
    }

    /// Looks again at the parts that lay beyond the rim.
    fn wake<F: Field<Weight = W>>(&mut self, field: &F, guide: &impl Guide<F>) {
        let mut waiting = std::mem::take(&mut self.waiting);
        waiting.sort_unstable_by_key(|part| (part.path, part.at));
        let (mut path, mut at, mut walk) = (NONE, 0, Walk::at(self.from));
        for part in waiting {
            if part.path != path {
                (path, at, walk) = (part.path, 0, Walk::at(self.from));
                self.blocked.clear();
                self.blocked.block(field.place(self.from));
            }
            while at < part.at {
                walk = walk.go(field, self.parts.path(path)[at as usize]);
                self.blocked.block(field.place(walk.end));
                at += 1;
            }
            self.offer(field, guide, part, &walk);
        }
    }

    /// Finds the shortest path of a part and puts the part back with it, if there is one.
    fn solve<F: Field<Weight = W>>(&mut self, field: &F, guide: &mut impl Guide<F>, part: Part<W>) {
        let mut walk = Walk::at(self.from);
        self.blocked.clear();
        self.blocked.block(field.place(self.from));
        let prefix = self.parts.prefix(&part);
        for &arc in prefix {
            walk = walk.go(field, arc);
            self.blocked.block(field.place(walk.end));
        }
        let banned = |arc: u32| self.parts.is_banned(arc, part.bans);
        self.rest.clear();
        match guide.search(field, &self.blocked, &walk, prefix, banned, &mut self.rest) {
            Onward::Found(bound) => {
                let rest = Some(self.parts.keep(&self.rest));
                self.parts.push(Part { bound, rest, ..part }, |arc| field.name(arc));
            }
            Onward::Beyond => self.waiting.push(Part { bound: part.bound.max(guide.rim()), ..part }),
            Onward::Nothing => {}
        }
    }

    /// Splits what is left of a solved part; returns the number of its path if that is loopless.
    fn split<F: Field<Weight = W>>(&mut self, field: &F, guide: &impl Guide<F>, part: &Part<W>) -> Option<u32> {
        let path = self.parts.path_of(part);
        let mut walk = Walk::at(self.from);
        self.blocked.clear();
        self.blocked.block(field.place(self.from));
        for at in 0..self.parts.path(path).len() as u32 {
            let step = self.parts.path(path)[at as usize];
            if at >= part.at {
                let bans = self.parts.ban(step, if at == part.at { part.bans } else { Bans::NONE });
                let left = Part { bound: part.bound, path, at, bans, rest: None, least_name: 0 };
                self.offer(field, guide, left, &walk);
            }
            walk = walk.go(field, step);
            if !self.blocked.block(field.place(walk.end)) {
                // No loopless path goes on like this: what is left of the part has been split.
                return None;
            }
        }
        Some(path)
    }
}
