//! The best loopless path for every value of a parameter: where the weight of an arc is `fixed + slope x t`, which paths
//! are the best for some t from 0 up, and at exactly which t one gives way to the next.
//!
//! The weight of a path is a straight line in t, so the least weight is the lower envelope of lines, which falls apart
//! into stretches with one path each. It is found by intersections (Eisner and Severance 1976,
//! doi:10.1145/321978.321982): where the lines of two known paths meet, the best path is searched for; either it is no
//! better than they are, and the meeting point is a break, or it is a new line of the envelope between the two. Whole
//! numbers and fractions of them decide, never a rounded number.
//!
//! At a fixed t the best path is found by A* with the exact distances to the goal. A path of states may still come back
//! to a place: that place is then remembered by the labels and the search is made again (decremental state space
//! relaxation, Righini and Salani 2008, doi:10.1002/net.20212).

use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeSet, BinaryHeap};

use super::csr::Digraph;
use super::dijkstra::distances_to_goal;
use super::state_graph::{NOWHERE, StateGraph};

/// The largest number that counts in a column; what is larger counts as this. It leaves room for the products: two
/// paths of 1,000 arcs meet where a fraction of numbers below 2^63 says.
pub const MAX_COLUMN: u64 = 1 << 53;

/// The weight of a path as a line: `fixed + slope x t`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Line {
    /// The weight at t = 0.
    pub fixed: u128,
    /// What it grows by where t grows by 1.
    pub slope: u128,
}

/// A value of the parameter, from 0 to infinity: a fraction in lowest terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ratio {
    numerator: u128,
    denominator: u128,
}

/// Where the parameter goes from one value to another, with the path that is the best there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// Where it begins.
    pub from: Ratio,
    /// Where it ends; [`Ratio::INFINITE`] for the last one.
    pub to: Ratio,
    /// The weight of the path.
    pub line: Line,
    /// The path's arcs.
    pub arcs: Vec<u32>,
}

impl Ratio {
    /// Zero.
    pub const ZERO: Self = Self { numerator: 0, denominator: 1 };
    /// One.
    pub const ONE: Self = Self { numerator: 1, denominator: 1 };
    /// More than any number.
    pub const INFINITE: Self = Self { numerator: 1, denominator: 0 };

    /// The fraction of two whole numbers, in lowest terms; infinite where the second is 0.
    #[must_use]
    pub fn new(numerator: u128, denominator: u128) -> Self {
        if denominator == 0 {
            return Self::INFINITE;
        }
        let divisor = gcd(numerator, denominator);
        Self { numerator: numerator / divisor, denominator: denominator / divisor }
    }

    /// The number above the line.
    #[must_use]
    pub const fn numerator(self) -> u128 {
        self.numerator
    }

    /// The number below the line; 0 for infinity.
    #[must_use]
    pub const fn denominator(self) -> u128 {
        self.denominator
    }

    /// Whether it is a number.
    #[must_use]
    pub const fn is_finite(self) -> bool {
        self.denominator != 0
    }

    /// The nearest number of 64 bits, `None` for infinity.
    #[must_use]
    pub fn to_f64(self) -> Option<f64> {
        self.is_finite().then(|| self.numerator as f64 / self.denominator as f64)
    }
}

impl Ord for Ratio {
    fn cmp(&self, other: &Self) -> Ordering {
        let left = self.numerator.saturating_mul(other.denominator);
        left.cmp(&other.numerator.saturating_mul(self.denominator))
    }
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Line {
    /// The weight at t, times the denominator of t; at infinity the slope.
    #[must_use]
    pub fn scaled_at(self, t: Ratio) -> u128 {
        weigh(self.fixed, self.slope, t)
    }

    /// The weight at t in whole units, half a unit rounded up; `None` at infinity.
    ///
    /// ```
    /// use fiberplan_graph::parametric::{Line, Ratio};
    /// let line = Line { fixed: 10, slope: 3 };
    /// assert_eq!(line.rounded_at(Ratio::new(1, 2)), Some(12)); // 11.5
    /// assert_eq!(line.rounded_at(Ratio::INFINITE), None);
    /// ```
    #[must_use]
    pub fn rounded_at(self, t: Ratio) -> Option<u128> {
        t.is_finite().then(|| self.scaled_at(t).saturating_add(t.denominator / 2) / t.denominator)
    }

    /// Where a line of less slope that lies above this one at 0 meets it; `None` where the other has no less slope.
    fn meets(self, other: Self) -> Option<Ratio> {
        (other.slope < self.slope).then(|| Ratio::new(other.fixed.saturating_sub(self.fixed), self.slope - other.slope))
    }
}

fn weigh(fixed: u128, slope: u128, t: Ratio) -> u128 {
    fixed.saturating_mul(t.denominator).saturating_add(slope.saturating_mul(t.numerator))
}

fn gcd(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.max(1)
}

/// The lower envelope of all loopless paths from the start to the goal: the stretches from t = 0 to infinity, each with a
/// best path, slopes falling. Empty if there is no path.
///
/// `fixed` and `slope` are those of an arc. Of paths with the same line one is told, the same on every run.
///
/// Complexity: at most 2 k + 1 searches for k stretches, each O((n + m) log n) for n states and m arcs as long as the best
/// paths of states come back to no place; exponential at worst, as looplessness over places is NP-hard then.
///
/// # Example
/// ```
/// use fiberplan_graph::parametric::{Ratio, envelope};
/// use fiberplan_graph::{NO_SEGMENT, NOWHERE, StateGraphBuilder, Weight};
/// // start(0) to a(2); three cables from a to the goal(1): 2 + 4 t, 3 + 2 t, and 7 whatever t is
/// let mut builder = StateGraphBuilder::new(2);
/// builder.arc(2, Weight::new(0, 0), NO_SEGMENT, &[0, 0]);
/// builder.next_state();
/// builder.next_state();
/// for (edge, columns) in [[2, 4], [3, 2], [7, 0]].iter().enumerate() {
///     builder.arc(1, Weight::new(0, 1), edge as u32, columns);
/// }
/// let graph = builder.finish(vec![NOWHERE, NOWHERE, 0]);
/// let found = envelope(&graph, |arc| graph.column(0, arc), |arc| graph.column(1, arc));
/// let cables: Vec<(u32, Ratio)> = found.iter().map(|own| (graph.edge(own.arcs[1]), own.to)).collect();
/// assert_eq!(cables, [(0, Ratio::new(1, 2)), (1, Ratio::new(2, 1)), (2, Ratio::INFINITE)]);
/// ```
pub fn envelope(graph: &StateGraph, fixed: impl Fn(u32) -> u64, slope: impl Fn(u32) -> u64) -> Vec<Stretch> {
    let best = |t| best_at(graph, &fixed, &slope, t);
    let (Some(mut left), Some(last)) = (best(Ratio::ZERO), best(Ratio::INFINITE)) else { return Vec::new() };
    let mut from = Ratio::ZERO;
    let mut stretches = Vec::new();
    // `left` is the best from `from` on; each path of `ahead` is the best somewhere to the right of the one after it.
    let mut ahead = vec![last];
    while let Some((right, _)) = ahead.last() {
        let Some(to) = left.0.meets(*right) else {
            ahead.pop();
            continue;
        };
        match best(to).filter(|(line, _)| line.scaled_at(to) < right.scaled_at(to)) {
            Some(between) => ahead.push(between),
            None => {
                let next = ahead.pop().expect("the path that was looked at");
                let (line, arcs) = std::mem::replace(&mut left, next);
                stretches.push(Stretch { from, to, line, arcs });
                from = to;
            }
        }
    }
    stretches.push(Stretch { from, to: Ratio::INFINITE, line: left.0, arcs: left.1 });
    // Of lines that are alike at 0 the steeper ones are the best at that one point only.
    stretches.retain(|stretch| stretch.from < stretch.to);
    stretches
}

/// The best loopless path at one value of the parameter, with its line; at infinity the one of least slope.
///
/// Ties are broken by the number of arcs, then by the order of the search, which is the same on every run.
pub fn best_at(
    graph: &StateGraph,
    fixed: impl Fn(u32) -> u64,
    slope: impl Fn(u32) -> u64,
    t: Ratio,
) -> Option<(Line, Vec<u32>)> {
    let parts = |arc: u32| [&fixed as &dyn Fn(u32) -> u64, &slope].map(|part| u128::from(part(arc).min(MAX_COLUMN)));
    let weight = |arc: u32| {
        let [fixed, slope] = parts(arc);
        weigh(fixed, slope, t)
    };
    let arcs = first_loopless(graph, &weight)?;
    let add = |sum: Line, arc: &u32| {
        let [fixed, slope] = parts(*arc);
        Line { fixed: sum.fixed + fixed, slope: sum.slope + slope }
    };
    Some((arcs.iter().fold(Line::default(), add), arcs))
}

fn first_loopless(graph: &StateGraph, weight: &impl Fn(u32) -> u128) -> Option<Vec<u32>> {
    let ahead = distances_to_goal(graph, weight);
    let mut watched = vec![false; graph.n_places()];
    loop {
        let arcs = first_path(graph, weight, &ahead, &watched)?;
        let repeated = repeated_places(graph, &arcs);
        if repeated.is_empty() {
            return Some(arcs);
        }
        repeated.iter().for_each(|&place| watched[place as usize] = true);
    }
}

fn repeated_places(graph: &StateGraph, arcs: &[u32]) -> BTreeSet<u32> {
    let mut been = BTreeSet::new();
    let places = arcs.iter().map(|&arc| graph.place(graph.head(arc))).filter(|&place| place != NOWHERE);
    places.filter(|&place| !been.insert(place)).collect()
}

/// A path from the start: the state it has come to and the watched places it has been at.
struct Label {
    state: u32,
    arc: u32,
    parent: usize,
    weight: u128,
    n_arcs: u32,
    been: BTreeSet<u32>,
}

/// The least path that comes back to no watched place.
fn first_path(graph: &StateGraph, weight: &impl Fn(u32) -> u128, ahead: &[u128], watched: &[bool]) -> Option<Vec<u32>> {
    let none = ahead.get(StateGraph::GOAL as usize).is_none() || ahead[StateGraph::START as usize] == u128::MAX;
    if none {
        return None;
    }
    let root = Label { state: StateGraph::START, arc: 0, parent: 0, weight: 0, n_arcs: 0, been: BTreeSet::new() };
    let mut labels = vec![root];
    let mut kept: Vec<Vec<usize>> = vec![Vec::new(); graph.n_states()];
    let mut queue = BinaryHeap::from([Reverse((ahead[StateGraph::START as usize], 0_u32, 0_usize))]);
    while let Some(Reverse((_, _, index))) = queue.pop() {
        let label = &labels[index];
        if label.state == StateGraph::GOAL {
            return Some(trace(&labels, index));
        }
        // Labels of one state come in order of weight, so an earlier one that has been at no more places is as good.
        let here = &mut kept[label.state as usize];
        if here.iter().any(|&other| labels[other].been.is_subset(&label.been)) {
            continue;
        }
        here.push(index);
        for arc in graph.arcs_of(label.state) {
            let head = graph.head(arc);
            let place = graph.place(head);
            let label = &labels[index];
            if ahead[head as usize] == u128::MAX || label.been.contains(&place) {
                continue;
            }
            let mut been = label.been.clone();
            if watched.get(place as usize).copied().unwrap_or(false) {
                been.insert(place);
            }
            let so_far = label.weight.saturating_add(weight(arc));
            let n_arcs = label.n_arcs + 1;
            queue.push(Reverse((so_far.saturating_add(ahead[head as usize]), n_arcs, labels.len())));
            labels.push(Label { state: head, arc, parent: index, weight: so_far, n_arcs, been });
        }
    }
    None
}

fn trace(labels: &[Label], mut index: usize) -> Vec<u32> {
    let mut arcs = Vec::new();
    while index != 0 {
        arcs.push(labels[index].arc);
        index = labels[index].parent;
    }
    arcs.reverse();
    arcs
}

#[cfg(test)]
mod tests {
    use super::super::state_graph::{NO_SEGMENT, StateGraphBuilder, Weight};
    use super::*;

    struct Dice(u64);

    impl Dice {
        fn below(&mut self, n: u64) -> u64 {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (self.0 >> 33) % n
        }
    }

    /// A random multigraph of up to 8 places, two states at some of them; column 0 is what is fixed, 1 the slope.
    fn random_graph(dice: &mut Dice) -> StateGraph {
        let n_places = 2 + dice.below(7);
        let mut places: Vec<u32> = (0..n_places as u32).collect();
        (0..dice.below(4)).for_each(|_| places.push(dice.below(n_places) as u32));
        let n = places.len() as u64;
        let most = [4, 50, 1_000_000_007][dice.below(3) as usize];
        let mut builder = StateGraphBuilder::new(2);
        builder.arc(2 + dice.below(n) as u32, Weight::default(), NO_SEGMENT, &[0; 2]);
        builder.next_state();
        builder.next_state();
        let mut edge = 0;
        for _ in 0..n {
            for _ in 0..1 + dice.below(4) {
                let slope = if dice.below(3) == 0 { 0 } else { dice.below(most) };
                let fixed = if dice.below(8) == 0 { 0 } else { dice.below(most) };
                builder.arc(2 + dice.below(n) as u32, Weight::new(0, 1), edge, &[fixed, slope]);
                edge += 1;
            }
            if dice.below(2) == 0 {
                builder.arc(StateGraph::GOAL, Weight::default(), NO_SEGMENT, &[dice.below(most), 0]);
            }
            builder.next_state();
        }
        builder.finish([NOWHERE; 2].into_iter().chain(places).collect())
    }

    /// The lines of all loopless paths, by trying all.
    fn all_lines(graph: &StateGraph, arcs: &mut Vec<u32>, found: &mut Vec<Line>) {
        let state = arcs.last().map_or(StateGraph::START, |&arc| graph.head(arc));
        if state == StateGraph::GOAL {
            let sum = |column| arcs.iter().map(|&arc| u128::from(graph.column(column, arc))).sum();
            found.push(Line { fixed: sum(0), slope: sum(1) });
            return;
        }
        for arc in graph.arcs_of(state) {
            let place = graph.place(graph.head(arc));
            if place == NOWHERE || arcs.iter().all(|&other| graph.place(graph.head(other)) != place) {
                arcs.push(arc);
                all_lines(graph, arcs, found);
                arcs.pop();
            }
        }
    }

    /// Where a line stops being the best of all, in whole 2^-40, by bisection; `None` if it never does.
    fn first_break(lines: &[Line], line: Line) -> Option<u128> {
        let is_best = |n: u128| {
            let t = Ratio { numerator: n, denominator: 1 << 40 };
            lines.iter().all(|other| line.scaled_at(t) <= other.scaled_at(t))
        };
        let (mut low, mut high) = (0, 1 << 80);
        if is_best(high) {
            return None;
        }
        while high - low > 1 {
            let middle = (low + high) / 2;
            if is_best(middle) { low = middle } else { high = middle }
        }
        Some(low)
    }

    fn check(graph: &StateGraph, context: &str) -> usize {
        let found = envelope(graph, |arc| graph.column(0, arc), |arc| graph.column(1, arc));
        let mut lines = Vec::new();
        all_lines(graph, &mut Vec::new(), &mut lines);
        assert_eq!(found.is_empty(), lines.is_empty(), "{context}");
        let Some(first) = found.first() else { return 0 };
        assert_eq!((first.from, found.last().map(|last| last.to)), (Ratio::ZERO, Some(Ratio::INFINITE)), "{context}");
        for stretch in &found {
            assert!(repeated_places(graph, &stretch.arcs).is_empty(), "{context}: {stretch:?}");
            for t in [stretch.from, stretch.to] {
                let least = lines.iter().map(|line| line.scaled_at(t)).min();
                assert_eq!(Some(stretch.line.scaled_at(t)), least, "{context}: at {t:?} {stretch:?} of {lines:?}");
            }
        }
        for pair in found.windows(2) {
            assert_eq!(pair[0].to, pair[1].from, "{context}");
            assert_eq!(pair[0].line.scaled_at(pair[0].to), pair[1].line.scaled_at(pair[0].to), "{context}");
            assert!(pair[0].line.slope > pair[1].line.slope, "{context}");
        }
        let exact = first.to.is_finite().then(|| (first.to.numerator << 40) / first.to.denominator.max(1));
        assert_eq!(first_break(&lines, first.line), exact, "{context}: {first:?}");
        found.len()
    }

    #[test]
    fn enumeration_and_bisection_find_the_same_breaks() {
        let (mut several, mut looping) = (0, 0);
        for seed in 0..12_000 {
            let graph = random_graph(&mut Dice(seed));
            several += usize::from(check(&graph, &format!("seed {seed}")) > 2);
            let plain = first_path(
                &graph,
                &|arc| u128::from(graph.column(0, arc)),
                &distances_to_goal(&graph, |arc| u128::from(graph.column(0, arc))),
                &[],
            );
            looping += usize::from(plain.is_some_and(|arcs| !repeated_places(&graph, &arcs).is_empty()));
        }
        assert!(several > 200 && looping > 200, "{several} graphs have several breaks, {looping} tempt into a loop");
    }

    #[test]
    fn the_largest_numbers_do_not_run_over() {
        let mut builder = StateGraphBuilder::new(2);
        builder.arc(1, Weight::default(), 0, &[u64::MAX, 0]);
        builder.arc(1, Weight::default(), 1, &[0, u64::MAX]);
        let graph = builder.finish(vec![NOWHERE, NOWHERE]);
        let found = envelope(&graph, |arc| graph.column(0, arc), |arc| graph.column(1, arc));
        let edges: Vec<(u32, Ratio)> = found.iter().map(|own| (graph.edge(own.arcs[0]), own.to)).collect();
        assert_eq!(edges, [(1, Ratio::ONE), (0, Ratio::INFINITE)]);
    }

    #[test]
    fn no_path_and_no_graph() {
        assert_eq!(envelope(&StateGraph::default(), |_| 0, |_| 0), []);
        let alone = StateGraphBuilder::new(0).finish(vec![NOWHERE, NOWHERE]);
        assert_eq!(envelope(&alone, |_| 0, |_| 0), []);
    }
}
