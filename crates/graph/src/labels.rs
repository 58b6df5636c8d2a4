//! The best way on from a path that is begun, where states repeat places, quantities are bounded, or things are to be
//! passed.
//!
//! A* (Hart, Nilsson and Raphael 1968, doi:10.1109/TSSC.1968.300136) that keeps every label that is not dominated (Aneja,
//! Aggarwal and Nair 1983, doi:10.1002/net.3230130212), under bounds for paths that pass all they have to and never turn
//! back at once (`tours.rs`, `uturn.rs`), and drops what cannot stay within the limits. The path it finds may still come
//! back to a place by a longer way: then this place is watched, and the search is made again with labels that remember it
//! (decremental state space relaxation, Righini and Salani 2008, doi:10.1002/net.20212) as long as they are in the part of
//! the network where the loop was (Roberti and Mingozzi 2014, doi:10.1287/trsc.2013.0474). Where that takes much work, the
//! bounds are raised first (`multipliers.rs`).

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use super::csr::Digraph;
use super::dijkstra::distances_to_goal;
use super::distance::Distance;
use super::field::{Blocked, Field, NONE, Span, Walk};
use super::links::open_arcs;
use super::loopless::Limit;
use super::multipliers::Multipliers;
use super::state_graph::StateGraph;

/// The most places that are watched at once. A path that comes back to yet another one is found all the same: it is the
/// caller who has to see that it is not loopless.
const MAX_WATCHED: usize = u128::BITS as usize;

/// A path from the search's root.
#[derive(Debug, Clone, Copy)]
struct Label {
    span: Span<u64>,
    /// The watched places that it remembers having been to.
    been: u128,
    state: u32,
    /// The place before.
    from: u32,
    passed: u16,
    before: u32,
    arc: u32,
    /// The label kept before it at the same state.
    other: u32,
    /// The multipliers of the places that it has been to.
    paid: u64,
}

/// So many labels in all, or so many searches for one way on, are worth better bounds.
const MUCH_WORK: usize = 20_000;
const MANY_PASSES: usize = 12;

/// What a search came to.
enum Pass {
    Found(u32),
    Nothing,
    /// It was left off, for better bounds are to be had.
    MuchWork,
}

/// The memory of all searches over one graph.
#[derive(Debug, Clone)]
pub(super) struct Labels {
    limits: Vec<Limit>,
    /// For each limit, the least that is used up from each state to the goal.
    least_use: Vec<Vec<u64>>,
    /// The arcs that paths can use at all.
    open: Vec<bool>,
    /// The distances without multipliers.
    plain: Multipliers,
    /// Multipliers, once they are worth their while.
    raised: Option<Multipliers>,
    /// The bit of each watched place, 0 for the others.
    watched: Vec<u128>,
    n_watched: usize,
    /// The watched places that are remembered at each place.
    near: Vec<u128>,
    labels: Vec<Label>,
    /// How many labels earlier searches made.
    made: usize,
    /// What each label has used up, limit by limit.
    uses: Vec<u64>,
    /// The label kept last at each state, with the search it belongs to.
    kept: Vec<(u32, u32)>,
    search: u32,
    queue: BinaryHeap<Reverse<(Span<u64>, u32, u32)>>,
    /// Where a path has been, by place: its step, in the search it belongs to.
    steps: Vec<(u32, u32)>,
}

impl Labels {
    /// For a graph whose paths have to stay within these limits.
    pub fn new(graph: &StateGraph, limits: &[Limit]) -> Self {
        let least = |limit: &Limit| distances_to_goal(graph, |arc| graph.column(limit.column, arc));
        let least_use: Vec<Vec<u64>> = limits.iter().map(least).collect();
        let start = StateGraph::START as usize;
        let possible = limits.iter().zip(&least_use).all(|(limit, least)| least[start] <= limit.most);
        let open = Some(graph).filter(|_| possible).and_then(open_arcs);
        let open = open.unwrap_or_else(|| vec![false; graph.n_arcs()]);
        Self {
            least_use,
            plain: Multipliers::none(graph, &open),
            raised: None,
            watched: vec![0; graph.n_places()],
            n_watched: 0,
            near: vec![0; graph.n_places()],
            labels: Vec::new(),
            made: 0,
            uses: Vec::new(),
            kept: vec![(0, NONE); graph.n_states()],
            search: 0,
            queue: BinaryHeap::new(),
            steps: vec![(0, 0); graph.n_places()],
            limits: limits.to_vec(),
            open,
        }
    }

    /// How long the rest of a path is at least, from the head of the arc it goes on with.
    pub fn ahead(&self, graph: &StateGraph, walk: &Walk<u64>, arc: u32) -> Span<u64> {
        self.plain.after(graph.head(arc), graph.place(walk.end), walk.marks | graph.marks(arc), 0)
    }

    /// The length of the best path that goes on from a walk and keeps within the limits; of equally long ones, that with
    /// the fewest arcs, and then the first by the names of its arcs. Those are put into `rest`.
    pub fn search(
        &mut self,
        graph: &StateGraph,
        blocked: &Blocked,
        (walk, prefix): (&Walk<u64>, &[u32]),
        banned: impl Fn(u32) -> bool,
        rest: &mut Vec<u32>,
    ) -> Option<Span<u64>> {
        for n_passes in 1.. {
            if n_passes == MANY_PASSES {
                self.raise(graph);
            }
            let last = match self.pass(graph, blocked, (walk, prefix), &banned) {
                Pass::Found(last) => last,
                Pass::Nothing => return None,
                Pass::MuchWork => {
                    self.raise(graph);
                    continue;
                }
            };
            let span = self.labels[last as usize].span;
            rest.clear();
            self.trace(last, rest);
            if !self.watch(graph, walk.end, rest, n_passes >= MANY_PASSES) {
                return Some(span);
            }
        }
        None
    }

    /// Raises the bounds, if that has not been done.
    fn raise(&mut self, graph: &StateGraph) {
        if self.raised.is_none() {
            self.raised = Some(self.plain.raised(graph, &self.open));
        }
    }

    fn multipliers(&self) -> &Multipliers {
        self.raised.as_ref().unwrap_or(&self.plain)
    }

    /// One search for the label of the best path to the goal that does not come back to a place it remembers.
    fn pass(
        &mut self,
        graph: &StateGraph,
        blocked: &Blocked,
        (walk, prefix): (&Walk<u64>, &[u32]),
        banned: &impl Fn(u32) -> bool,
    ) -> Pass {
        self.begin();
        let from = NONE;
        let paid = prefix.iter().map(|&arc| self.multipliers().at(graph.place(graph.head(arc)))).sum();
        let (span, state, passed) = (walk.span, walk.end, walk.marks);
        self.labels.push(Label { span, been: 0, state, from, passed, before: NONE, arc: NONE, other: NONE, paid });
        for limit in &self.limits {
            let used = prefix.iter().fold(0_u64, |sum, &arc| sum.saturating_add(graph.column(limit.column, arc)));
            self.uses.push(used);
        }
        self.queue.push(Reverse((span, span.arcs, 0)));
        while let Some(Reverse((estimate, arcs, index))) = self.queue.pop() {
            if self.labels[index as usize].state == StateGraph::GOAL {
                return Pass::Found(self.first_of_equals(graph, (estimate, arcs, index)));
            }
            if self.raised.is_none() && self.made + self.labels.len() > MUCH_WORK {
                return Pass::MuchWork;
            }
            if !self.keep(graph, index) {
                continue;
            }
            for arc in graph.arcs_of(self.labels[index as usize].state) {
                let is_barred = index == 0 && banned(arc);
                if !is_barred && !blocked.has(graph.place(graph.head(arc))) {
                    self.go(graph, index, arc);
                }
            }
        }
        Pass::Nothing
    }

    fn begin(&mut self) {
        if self.search == u32::MAX {
            self.kept.fill((0, NONE));
            self.steps.fill((0, 0));
            self.search = 0;
        }
        self.search += 1;
        self.made += self.labels.len();
        self.labels.clear();
        self.uses.clear();
        self.queue.clear();
    }

    /// Lengthens a label by an arc, if a path within the limits can go on like this.
    fn go(&mut self, graph: &StateGraph, index: u32, arc: u32) {
        if !self.open[arc as usize] {
            return;
        }
        let label = self.labels[index as usize];
        let state = graph.head(arc);
        let (here, there) = (graph.place(label.state), graph.place(state));
        let mut been = label.been;
        if there != NONE {
            let place = there as usize;
            if there == label.from || been & self.watched[place] != 0 {
                return;
            }
            been = been & self.near[place] | self.watched[place];
        }
        let passed = label.passed | graph.marks(arc);
        let multipliers = self.multipliers();
        let paid = label.paid.saturating_add(multipliers.at(there));
        let ahead = multipliers.after(state, here, passed, paid);
        let span = label.span.and(graph.length(arc));
        let through = span.plus(ahead);
        if !through.is_finite() {
            return;
        }
        let first_use = index as usize * self.limits.len();
        for i in 0..self.limits.len() {
            let used = self.uses[first_use + i].saturating_add(graph.column(self.limits[i].column, arc));
            if used.saturating_add(self.least_use[i][state as usize]) > self.limits[i].most {
                self.uses.truncate(self.labels.len() * self.limits.len());
                return;
            }
            self.uses.push(used);
        }
        let next = self.labels.len() as u32;
        self.labels.push(Label { span, been, state, from: here, passed, before: index, arc, other: NONE, paid });
        self.queue.push(Reverse((through, span.arcs, next)));
    }

    /// Keeps a label, unless labels kept before it at its state can go on wherever it can, and are no worse.
    fn keep(&mut self, graph: &StateGraph, index: u32) -> bool {
        let label = self.labels[index as usize];
        let (search, newest) = self.kept[label.state as usize];
        let newest = if search == self.search { newest } else { NONE };
        let (mut at, mut one) = (newest, None);
        while at != NONE {
            let other = self.labels[at as usize];
            if other.passed & label.passed == label.passed
                && other.been & !label.been == 0
                && self.uses_no_more(at, index)
                && self.comes_before(graph, at, index)
            {
                // The other cannot turn back to where it comes from. Whoever cannot go there anyway loses nothing by
                // that, and two others that come from different places can between them go everywhere.
                let free = other.from == label.from || other.from == NONE || {
                    let watched = self.watched[other.from as usize];
                    watched != 0 && label.been & watched != 0
                };
                if free || one.is_some_and(|from| from != other.from) {
                    return false;
                }
                one = Some(other.from);
            }
            at = other.other;
        }
        self.labels[index as usize].other = newest;
        self.kept[label.state as usize] = (self.search, index);
        true
    }

    fn uses_no_more(&self, a: u32, b: u32) -> bool {
        let n = self.limits.len();
        let [a, b] = [a, b].map(|label| &self.uses[label as usize * n..(label as usize + 1) * n]);
        a.iter().zip(b).all(|(a, b)| a <= b)
    }

    /// Whether a label is shorter than another, or as long and first by the names of its arcs.
    fn comes_before(&self, graph: &StateGraph, a: u32, b: u32) -> bool {
        match self.labels[a as usize].span.cmp(&self.labels[b as usize].span) {
            Ordering::Less => true,
            Ordering::Equal => self.compare(graph, a, b) != Ordering::Greater,
            Ordering::Greater => false,
        }
    }

    /// Compares the names of the arcs of two labels of as many arcs.
    fn compare(&self, graph: &StateGraph, mut a: u32, mut b: u32) -> Ordering {
        let mut order = Ordering::Equal;
        while a != b {
            let [last_a, last_b] = [a, b].map(|label| &self.labels[label as usize]);
            order = graph.name(last_a.arc).cmp(&graph.name(last_b.arc)).then(order);
            (a, b) = (last_a.before, last_b.before);
        }
        order
    }

    /// Of a label that has reached the goal and all that have as well as it has, the first by names.
    fn first_of_equals(&mut self, graph: &StateGraph, (estimate, arcs, index): (Span<u64>, u32, u32)) -> u32 {
        let mut first = index;
        while let Some(&Reverse((other_estimate, other_arcs, other))) = self.queue.peek() {
            if (other_estimate, other_arcs) != (estimate, arcs) {
                break;
            }
            let reached = self.labels[other as usize].state == StateGraph::GOAL;
            if reached && self.compare(graph, other, first) == Ordering::Less {
                first = other;
            }
            self.queue.pop();
        }
        first
    }

    fn trace(&self, last: u32, rest: &mut Vec<u32>) {
        let mut label = &self.labels[last as usize];
        while label.before != NONE {
            rest.push(label.arc);
            label = &self.labels[label.before as usize];
        }
        rest.reverse();
    }

    /// Watches the places that a path comes back to, as long as there is room, and remembers them all along the loops, or
    /// everywhere; whether there were any.
    fn watch(&mut self, graph: &StateGraph, start: u32, path: &[u32], everywhere: bool) -> bool {
        let mut news = false;
        let places = std::iter::once(start).chain(path.iter().map(|&arc| graph.head(arc))).map(|s| graph.place(s));
        let places: Vec<u32> = places.collect();
        for (step, &place) in places.iter().enumerate().filter(|(_, place)| **place != NONE) {
            let (search, last) = std::mem::replace(&mut self.steps[place as usize], (self.search, step as u32));
            if search != self.search {
                continue;
            }
            let watched = &mut self.watched[place as usize];
            if *watched == 0 && self.n_watched < MAX_WATCHED {
                *watched = 1 << self.n_watched;
                self.n_watched += 1;
            }
            let bit = *watched;
            news |= bit != 0;
            if everywhere {
                self.near.iter_mut().for_each(|near| *near |= bit);
            }
            for &on_loop in places[last as usize..=step].iter().filter(|on_loop| **on_loop != NONE) {
                self.near[on_loop as usize] |= bit;
            }
        }
        news
    }
}
