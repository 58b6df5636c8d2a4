//! The k best loopless paths of which at most a share may lie in one country: label setting over elementary paths.
//!
//! A bound on a share is linear, length there - share x whole length <= 0, with terms of either sign: going round a
//! circle elsewhere would make room. So labels here are paths that pass no place twice (Feillet, Dejax, Gendreau and
//! Gueguen 2004, doi:10.1002/net.20033), and a label is dropped for k others at its state only if each of them is no
//! heavier, uses no more, has no less room, and has passed no place that the label has not.
//!
//! What is left to the goal is bounded from below by the lightest way on, and by the lightest way on under prices for the
//! room that is taken (Handler and Zang 1980, doi:10.1002/net.3230100403), low enough that no arc weighs less than nothing.
//! The problem is NP-hard, so the work is limited; whoever asks is told whether it was stopped.

mod prices;

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::Range;

use prices::Prices;

use super::csr::{Digraph, Weighted};
use super::dijkstra::distances_to_goal;
use super::distance::Distance;
use super::loopless::{Limit, Path};
use super::state_graph::{NOWHERE, StateGraph, Weight};

/// At most this share of what a path uses of one column may be what it uses of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShareLimit {
    /// The column of the part.
    pub part: usize,
    /// The column of the whole.
    pub whole: usize,
    /// The share, in millionths.
    pub millionths: u32,
}

/// What a search brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Harvest {
    /// Paths within all limits, best first.
    pub paths: Vec<Path>,
    /// Whether these are all, or the best of all; else the work came to its limit.
    pub is_complete: bool,
}

/// What to look for.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// How many paths.
    pub k: usize,
    /// Bounds on sums.
    pub limits: &'a [Limit],
    /// Bounds on shares.
    pub shares: &'a [ShareLimit],
    /// Nothing heavier is worth having.
    pub most: Weight,
    /// How many labels may be made; so many comparisons of two count as one label as take as long as making it.
    pub work: usize,
}

/// The first `k` loopless paths within all limits in order of weight; of equal weights, in the order of their segments.
///
/// Complexity: exponential at worst, in the number of labels; each label is compared with those kept at its state. On a
/// network of 500 places a bound that bites takes some thousands of labels.
///
/// # Example
/// ```
/// use fiberplan_graph::{NO_SEGMENT, NOWHERE, StateGraphBuilder, Weight};
/// use fiberplan_graph::elementary::{ShareLimit, Wanted, k_best_elementary};
/// // start(0) to a(2), a to b(3) by 10 km abroad or by 4 km abroad and 8 km at home, b to goal(1)
/// let mut builder = StateGraphBuilder::new(2);
/// builder.arc(2, Weight::new(0, 0), NO_SEGMENT, &[0, 0]);
/// builder.next_state();
/// builder.next_state();
/// builder.arc(3, Weight::new(10, 1), 0, &[10, 10]);
/// builder.arc(3, Weight::new(12, 1), 1, &[4, 12]);
/// builder.next_state();
/// builder.arc(1, Weight::new(0, 0), NO_SEGMENT, &[0, 0]);
/// let graph = builder.finish(vec![NOWHERE, NOWHERE, 0, 1]);
/// let weights = |millionths| {
///     let shares = [ShareLimit { part: 0, whole: 1, millionths }];
///     let wanted = Wanted { k: 9, limits: &[], shares: &shares, most: Weight::new(u64::MAX, u32::MAX), work: 1000 };
///     k_best_elementary(&graph, wanted).paths.iter().map(|path| path.weight.primary).collect::<Vec<_>>()
/// };
/// assert_eq!(weights(1_000_000), [10, 12]);
/// assert_eq!(weights(400_000), [12]);
/// assert!(weights(333_333).is_empty());
/// ```
#[must_use]
pub fn k_best_elementary(graph: &StateGraph, wanted: Wanted<'_>) -> Harvest {
    let mut harvest = Harvest { paths: Vec::new(), is_complete: true };
    if graph.n_states() <= StateGraph::GOAL as usize || wanted.k == 0 {
        return harvest;
    }
    let mut search = Search::new(graph, wanted);
    search.start();
    // Labels come off the queue by what they must weigh at least, so those that end are in order of weight. Going on
    // until something heavier than the last of k comes finds all that tie with it.
    while let Some(Reverse((least, index))) = search.queue.pop() {
        if harvest.paths.len() >= wanted.k && harvest.paths[wanted.k - 1].weight < least {
            break;
        }
        let label = search.labels[index];
        if label.state == StateGraph::GOAL {
            harvest.paths.push(Path { weight: label.weight, arcs: search.trace(index) });
        } else if search.keep(index) {
            if search.labels.len() + search.compared / COMPARED_PER_LABEL > wanted.work {
                harvest.is_complete = false;
                break;
            }
            search.extend(index);
        }
    }
    let edges = |path: &Path| path.arcs.iter().map(|&arc| graph.edge(arc)).collect::<Vec<_>>();
    harvest.paths.sort_by_cached_key(|path| (path.weight, edges(path)));
    harvest.paths.truncate(wanted.k);
    harvest
}

#[derive(Debug, Clone, Copy)]
struct Label {
    state: u32,
    weight: Weight,
    /// What has been passed of what is to be passed.
    marks: u16,
    parent: usize,
    arc: u32,
}

impl Default for Label {
    fn default() -> Self {
        Self { state: StateGraph::START, weight: Weight::default(), marks: 0, parent: usize::MAX, arc: u32::MAX }
    }
}

/// The labels of a state that were gone on from, with what tells at a glance that one dominates nothing.
#[derive(Debug, Clone, Default)]
struct Kept {
    signs: Vec<Sign>,
    indices: Vec<u32>,
}

/// A bit for the places passed, several places to a bit.
type Sign = [u64; 2];

fn sign(passed: &[u64]) -> Sign {
    passed.chunks(2).fold([0; 2], |[a, b], words| [a | words[0], b | words.get(1).unwrap_or(&0)])
}

/// How many comparisons take as long as making a label.
const COMPARED_PER_LABEL: usize = 16;

/// How many signs are looked at at once.
const AT_ONCE: usize = 16;

impl Kept {
    /// The labels that may have passed no place but those of this sign.
    fn within(&self, sign: Sign) -> impl Iterator<Item = usize> {
        let is_within = move |own: &Sign| (own[0] & !sign[0]) | (own[1] & !sign[1]) == 0;
        let chunks = self.signs.chunks(AT_ONCE).zip(self.indices.chunks(AT_ONCE));
        // Most chunks have none, which is seen without a branch for each.
        let chunks = chunks.filter(move |(signs, _)| signs.iter().fold(false, |any, own| any | is_within(own)));
        chunks.flat_map(move |(signs, indices)| {
            let own = signs.iter().zip(indices).filter(move |(own, _)| is_within(own));
            own.map(|(_, &index)| index as usize)
        })
    }

    fn push(&mut self, sign: Sign, index: usize) {
        self.signs.push(sign);
        self.indices.push(index as u32);
    }
}

struct Search<'a> {
    graph: &'a StateGraph,
    wanted: Wanted<'a>,
    to_goal: Vec<Weight>,
    least_use: Vec<Vec<u64>>,
    prices: Prices,
    labels: Vec<Label>,
    /// By label: what it used of each limit, the room it took of each share, and the set of places it passed.
    used: Vec<u64>,
    taken: Vec<i128>,
    passed: Vec<u64>,
    /// How many numbers of 64 bits a set of places takes.
    n_words: usize,
    kept: Vec<Kept>,
    /// How many labels have been compared with another.
    compared: usize,
    queue: BinaryHeap<Reverse<(Weight, usize)>>,
}

impl<'a> Search<'a> {
    fn new(graph: &'a StateGraph, wanted: Wanted<'a>) -> Self {
        let least = |limit: &Limit| distances_to_goal(graph, |arc| graph.column(limit.column, arc));
        Self {
            graph,
            wanted,
            to_goal: distances_to_goal(graph, |arc| graph.weight(arc)),
            least_use: wanted.limits.iter().map(least).collect(),
            prices: Prices::new(graph, wanted.shares),
            labels: Vec::new(),
            used: Vec::new(),
            taken: Vec::new(),
            passed: Vec::new(),
            n_words: graph.n_places().div_ceil(64),
            kept: vec![Kept::default(); graph.n_states()],
            compared: 0,
            queue: BinaryHeap::new(),
        }
    }

    /// The label of the path that has not begun.
    fn start(&mut self) {
        self.used.resize(self.wanted.limits.len(), 0);
        self.taken.resize(self.wanted.shares.len(), 0);
        self.passed.resize(self.n_words, 0);
        self.labels.push(Label::default());
        self.queue.push(Reverse((Weight::default(), 0)));
    }

    fn extend(&mut self, index: usize) {
        let own = self.passed_by(index);
        for arc in self.graph.arcs_of(self.labels[index].state) {
            let place = self.graph.place(self.graph.head(arc));
            if place == NOWHERE || self.passed[own.start + place as usize / 64] >> (place % 64) & 1 == 0 {
                self.add(index, arc);
            }
        }
    }

    /// Where the set of places stands that a label has passed.
    fn passed_by(&self, index: usize) -> Range<usize> {
        index * self.n_words..(index + 1) * self.n_words
    }

    /// Lengthens a label by an arc, unless nothing within the limits can come of it.
    fn add(&mut self, parent: usize, arc: u32) {
        let Some(least) = self.note(parent, arc) else {
            self.used.truncate(self.labels.len() * self.wanted.limits.len());
            self.taken.truncate(self.labels.len() * self.wanted.shares.len());
            return;
        };
        let (graph, before) = (self.graph, self.labels[parent]);
        let (state, weight) = (graph.head(arc), before.weight + graph.weight(arc));
        self.queue.push(Reverse((least, self.labels.len())));
        self.labels.push(Label { state, weight, marks: before.marks | graph.marks(arc), parent, arc });
        self.passed.extend_from_within(self.passed_by(parent));
        let place = graph.place(state) as usize;
        if place != NOWHERE as usize {
            let own = self.passed.len() - self.n_words;
            self.passed[own + place / 64] |= 1 << (place % 64);
        }
    }

    /// Notes what a path has used and taken that goes on by an arc, as far as it keeps within the limits; what it must
    /// weigh at least in the end, if it may be worth having.
    fn note(&mut self, parent: usize, arc: u32) -> Option<Weight> {
        let (graph, before) = (self.graph, self.labels[parent]);
        let Wanted { limits, shares, most, .. } = self.wanted;
        let (state, weight) = (graph.head(arc), before.weight + graph.weight(arc));
        let plain = weight.plus(self.to_goal[state as usize]);
        if self.to_goal[state as usize] == Weight::INFINITE || plain > most {
            return None;
        }
        for (i, (limit, least)) in limits.iter().zip(&self.least_use).enumerate() {
            let sum = self.used[parent * limits.len() + i].saturating_add(graph.column(limit.column, arc));
            self.used.push(sum);
            if sum.saturating_add(least[state as usize]) > limit.most {
                return None;
            }
        }
        for (i, share) in shares.iter().enumerate() {
            self.taken.push(self.taken[parent * shares.len() + i] + share.room(graph, arc));
        }
        let taken = &self.taken[self.labels.len() * shares.len()..];
        if state == StateGraph::GOAL {
            let is_short = (before.marks | graph.marks(arc)) != graph.wanted() || taken.iter().any(|&room| room > 0);
            // An ended path has its own weight, which is no less than any bound.
            return (!is_short).then_some(weight);
        }
        let least = plain.max(Weight::new(self.prices.least(weight.primary, taken, state as usize), 0));
        (least <= most).then_some(least)
    }

    /// Whether a label, popped now, is worth going on from: if so it is kept.
    fn keep(&mut self, index: usize) -> bool {
        let state = self.labels[index].state as usize;
        let sign = sign(&self.passed[self.passed_by(index)]);
        let mut compared = 0;
        let better = self.kept[state].within(sign).inspect(|_| compared += 1);
        let is_worse =
            better.filter(|&other| self.dominates(other, index)).take(self.wanted.k).count() == self.wanted.k;
        self.compared += compared;
        if !is_worse {
            self.kept[state].push(sign, index);
        }
        !is_worse
    }

    /// Whether each way on from `own` is one from `other` too, and comes before it in the order of answers.
    fn dominates(&self, other: usize, own: usize) -> bool {
        let (n, m) = (self.wanted.limits.len(), self.wanted.shares.len());
        let (a, b) = (&self.labels[other], &self.labels[own]);
        let [used, own_used] = [other, own].map(|i| &self.used[i * n..(i + 1) * n]);
        let [taken, own_taken] = [other, own].map(|i| &self.taken[i * m..(i + 1) * m]);
        a.weight <= b.weight
            && b.marks & !a.marks == 0
            && taken.iter().zip(own_taken).all(|(other, own)| other <= own)
            && used.iter().zip(own_used).all(|(other, own)| other <= own)
            && is_subset(&self.passed[self.passed_by(other)], &self.passed[self.passed_by(own)])
            && (a.weight < b.weight || self.edges(other) <= self.edges(own))
    }

    fn edges(&self, index: usize) -> Vec<u32> {
        self.trace(index).into_iter().map(|arc| self.graph.edge(arc)).collect()
    }

    fn trace(&self, mut index: usize) -> Vec<u32> {
        let mut arcs = Vec::new();
        while self.labels[index].parent != usize::MAX {
            arcs.push(self.labels[index].arc);
            index = self.labels[index].parent;
        }
        arcs.reverse();
        arcs
    }
}

/// Whether everything in `a` is in `b`.
fn is_subset(a: &[u64], b: &[u64]) -> bool {
    a.iter().zip(b).all(|(a, b)| a & !b == 0)
}

impl ShareLimit {
    /// What an arc takes of the room: below 0 if it makes room.
    fn room(&self, graph: &StateGraph, arc: u32) -> i128 {
        let (part, whole) = (graph.column(self.part, arc), graph.column(self.whole, arc));
        i128::from(part) * 1_000_000 - i128::from(whole) * i128::from(self.millionths)
    }
}

#[cfg(test)]
mod tests {
    use super::super::state_graph::{NO_SEGMENT, StateGraphBuilder};
    use super::*;

    struct Dice(u64);

    impl Dice {
        fn below(&mut self, n: u64) -> u64 {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (self.0 >> 33) % n
        }
    }

    /// A random graph of up to 8 places, two states at some of them; columns are the whole, two parts of it, and one more.
    fn random_graph(dice: &mut Dice) -> StateGraph {
        let n_places = 3 + dice.below(6);
        let mut places: Vec<u32> = (0..n_places as u32).collect();
        (0..dice.below(3)).for_each(|_| places.push(dice.below(n_places) as u32));
        let n = places.len() as u64;
        let mut builder = StateGraphBuilder::new(4);
        builder.arc(2 + dice.below(n) as u32, Weight::default(), NO_SEGMENT, &[0; 4]);
        builder.next_state();
        builder.next_state();
        let mut edge = 0;
        for _ in 0..n {
            for _ in 0..1 + dice.below(4) {
                let whole = dice.below(6);
                let part = dice.below(whole + 1);
                let other = dice.below(whole - part + 1);
                let weight = Weight::new(if dice.below(3) == 0 { 0 } else { whole + dice.below(4) }, 1);
                builder.arc(2 + dice.below(n) as u32, weight, edge, &[whole, part, other, dice.below(3)]);
                builder.mark(if dice.below(3) == 0 { 1 << dice.below(2) } else { 0 });
                edge += 1;
            }
            if dice.below(2) == 0 {
                builder.arc(StateGraph::GOAL, Weight::new(dice.below(3), 0), NO_SEGMENT, &[0; 4]);
            }
            builder.next_state();
        }
        builder.want(if dice.below(3) == 0 { 3 } else { 0 });
        builder.finish([NOWHERE; 2].into_iter().chain(places).collect())
    }

    /// Every loopless path within the limits, by trying all.
    fn all_paths(graph: &StateGraph, wanted: &Wanted<'_>, arcs: &mut Vec<u32>, found: &mut Vec<(Weight, Vec<u32>)>) {
        let state = arcs.last().map_or(StateGraph::START, |&arc| graph.head(arc));
        if state == StateGraph::GOAL {
            let sum = |column| arcs.iter().map(|&arc| graph.column(column, arc)).sum::<u64>();
            let in_share =
                |share: &ShareLimit| sum(share.part) * 1_000_000 <= sum(share.whole) * u64::from(share.millionths);
            let fits = wanted.limits.iter().all(|limit| sum(limit.column) <= limit.most)
                && wanted.shares.iter().all(in_share)
                && arcs.iter().fold(0, |all, &arc| all | graph.marks(arc)) == graph.wanted();
            if fits {
                let weight = arcs.iter().fold(Weight::default(), |sum, &arc| sum + graph.weight(arc));
                found.push((weight, arcs.iter().map(|&arc| graph.edge(arc)).collect()));
            }
            return;
        }
        for arc in graph.arcs_of(state) {
            let place = graph.place(graph.head(arc));
            if place == NOWHERE || arcs.iter().all(|&other| graph.place(graph.head(other)) != place) {
                arcs.push(arc);
                all_paths(graph, wanted, arcs, found);
                arcs.pop();
            }
        }
    }

    #[test]
    fn brute_force_finds_the_same_paths() {
        let mut n_cut = 0;
        for seed in 0..6000 {
            let mut dice = Dice(seed);
            let graph = random_graph(&mut dice);
            let limits = [Limit { column: 3, most: 2 + dice.below(6) }];
            let share =
                |part, dice: &mut Dice| ShareLimit { part, whole: 0, millionths: 50_000 * dice.below(20) as u32 };
            let shares = [share(1, &mut dice), share(2, &mut dice)];
            let (n_limits, n_shares) = (dice.below(2) as usize, 1 + dice.below(2) as usize);
            let k = 1 + dice.below(5) as usize;
            let most = Weight::new(u64::MAX, u32::MAX);
            let (limits, shares) = (&limits[..n_limits], &shares[..n_shares]);
            let wanted = Wanted { k, limits, shares, most, work: 100_000 };
            let mut expected = Vec::new();
            all_paths(&graph, &wanted, &mut Vec::new(), &mut expected);
            expected.sort();
            n_cut += usize::from(expected.len() > k);
            expected.truncate(k);
            let paths = |wanted| {
                let harvest = k_best_elementary(&graph, wanted);
                assert!(harvest.is_complete);
                let edges = |path: &Path| path.arcs.iter().map(|&arc| graph.edge(arc)).collect::<Vec<_>>();
                harvest.paths.iter().map(|path| (path.weight, edges(path))).collect::<Vec<_>>()
            };
            assert_eq!(paths(wanted), expected, "seed {seed}: {wanted:?}\n{graph:?}");
            if let Some((last, _)) = expected.last() {
                assert_eq!(paths(Wanted { most: *last, ..wanted }), expected, "seed {seed} under a ceiling: {graph:?}");
            }
        }
        assert!(n_cut > 500, "{n_cut} graphs have more paths than were asked for");
    }

    #[test]
    fn work_that_is_stopped_is_said_to_be() {
        let mut dice = Dice(7);
        let graphs = (0..200).map(|_| random_graph(&mut dice));
        let shares = [ShareLimit { part: 1, whole: 0, millionths: 100_000 }];
        let all = Wanted { k: 3, limits: &[], shares: &shares, most: Weight::INFINITE, work: 100_000 };
        let mut n_stopped = 0;
        for graph in graphs {
            let (whole, stopped) =
                (k_best_elementary(&graph, all), k_best_elementary(&graph, Wanted { work: 5, ..all }));
            n_stopped += usize::from(!stopped.is_complete);
            // What was found before the stop are the best all the same.
            let n = stopped.paths.len();
            assert!(
                if stopped.is_complete { stopped == whole } else { whole.paths[..n] == stopped.paths },
                "{graph:?}"
            );
        }
        assert!(n_stopped > 50, "{n_stopped} searches were stopped");
    }
}
