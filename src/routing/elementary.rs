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

use std::cmp::Reverse;
use std::collections::BinaryHeap;

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
    /// How many labels may be made.
    pub work: usize,
}

/// One in the prices of room, which are whole numbers of 2^-32.
const UNIT: u128 = 1 << 32;

/// Into how many parts the budget of prices is divided.
const STEPS: u128 = 8;

/// The first `k` loopless paths within all limits in order of weight; of equal weights, in the order of their segments.
///
/// Complexity: exponential at worst, in the number of labels; each label is compared with those kept at its state. On a
/// network of 500 places a bound that bites takes some thousands of labels.
///
/// # Example
/// ```
/// use fiberplan::routing::{NO_SEGMENT, NOWHERE, StateGraphBuilder, Weight};
/// use fiberplan::routing::elementary::{ShareLimit, Wanted, k_best_elementary};
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
    let start = Label { state: StateGraph::START, ..Label::default() };
    search.add(start, &[], Vec::new(), Vec::new());
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
            if search.labels.len() > wanted.work {
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

/// A label that was gone on from, with what tells at a glance that it dominates nothing.
#[derive(Debug, Clone, Copy)]
struct Kept {
    weight: Weight,
    /// A bit for the places passed, many places to a bit.
    sign: u64,
    index: usize,
}

struct Search<'a> {
    graph: &'a StateGraph,
    wanted: Wanted<'a>,
    to_goal: Vec<Weight>,
    least_use: Vec<Vec<u64>>,
    prices: Prices,
    labels: Vec<Label>,
    /// By label: what it used of each limit, the room it took of each share, and the places it passed, in order.
    used: Vec<u64>,
    taken: Vec<i128>,
    places: Vec<Vec<u32>>,
    kept: Vec<Vec<Kept>>,
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
            places: Vec::new(),
            kept: vec![Vec::new(); graph.n_states()],
            queue: BinaryHeap::new(),
        }
    }

    /// Adds a label with what it used, took and passed, unless nothing within the limits can come of it.
    fn add(&mut self, label: Label, used: &[u64], taken: Vec<i128>, places: Vec<u32>) {
        let Wanted { limits, shares, most, .. } = self.wanted;
        let used = if used.is_empty() { vec![0; limits.len()] } else { used.to_vec() };
        let taken = if taken.is_empty() { vec![0; shares.len()] } else { taken };
        let state = label.state as usize;
        let ahead = limits.iter().zip(&self.least_use).zip(&used);
        if ahead.into_iter().any(|((limit, least), sum)| sum.saturating_add(least[state]) > limit.most) {
            return;
        }
        let is_short = label.marks != self.graph.wanted() || taken.iter().any(|&room| room > 0);
        if label.state == StateGraph::GOAL && is_short {
            return;
        }
        let plain = label.weight.plus(self.to_goal[state]);
        let priced = self.prices.least(label.weight.primary, &taken, state);
        let least = plain.max(Weight::new(priced, 0));
        if self.to_goal[state] == Weight::INFINITE || least > most {
            return;
        }
        // An ended path has its own weight, which is no less.
        let least = if label.state == StateGraph::GOAL { label.weight } else { least };
        self.queue.push(Reverse((least, self.labels.len())));
        self.labels.push(label);
        self.used.extend(used);
        self.taken.extend(taken);
        self.places.push(places);
    }

    fn extend(&mut self, index: usize) {
        let graph = self.graph;
        let label = self.labels[index];
        let (n, m) = (self.wanted.limits.len(), self.wanted.shares.len());
        for arc in graph.arcs_of(label.state) {
            let head = graph.head(arc);
            let place = graph.place(head);
            let mut places = self.places[index].clone();
            if place != NOWHERE {
                let Err(at) = places.binary_search(&place) else { continue };
                places.insert(at, place);
            }
            let used = self.used[index * n..(index + 1) * n].iter().zip(self.wanted.limits);
            let used: Vec<u64> = used.map(|(sum, l)| sum.saturating_add(graph.column(l.column, arc))).collect();
            let taken = self.taken[index * m..(index + 1) * m].iter().zip(self.wanted.shares);
            let taken = taken.map(|(sum, share)| sum + share.room(graph, arc)).collect();
            let (weight, marks) = (label.weight + graph.weight(arc), label.marks | graph.marks(arc));
            self.add(Label { state: head, weight, marks, parent: index, arc }, &used, taken, places);
        }
    }

    /// Whether a label, popped now, is worth going on from: if so it is kept.
    fn keep(&mut self, index: usize) -> bool {
        let Label { state, weight, .. } = self.labels[index];
        let sign = self.places[index].iter().fold(0_u64, |sign, place| sign | 1 << (place % 64));
        let may = |other: &&Kept| other.weight <= weight && other.sign & !sign == 0;
        let better = self.kept[state as usize].iter().filter(may).filter(|other| self.dominates(other.index, index));
        if better.take(self.wanted.k).count() == self.wanted.k {
            return false;
        }
        self.kept[state as usize].push(Kept { weight, sign, index });
        true
    }

    /// Whether each way on from `own` is one from `other` too, and comes before it in the order of answers.
    fn dominates(&self, other: usize, own: usize) -> bool {
        let (n, m) = (self.wanted.limits.len(), self.wanted.shares.len());
        let (a, b) = (self.labels[other].weight, self.labels[own].weight);
        let passed = self.labels[own].marks & !self.labels[other].marks == 0;
        let no_more = |values: &[u64]| (0..n).all(|i| values[other * n + i] <= values[own * n + i]);
        let no_less_room = (0..m).all(|i| self.taken[other * m + i] <= self.taken[own * m + i]);
        a <= b
            && passed
            && no_less_room
            && no_more(&self.used)
            && is_subset(&self.places[other], &self.places[own])
            && (a < b || self.edges(other) <= self.edges(own))
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

/// Whether everything in `a` is in `b`; both are in order.
fn is_subset(a: &[u32], b: &[u32]) -> bool {
    let mut rest = b.iter();
    a.len() <= b.len() && a.iter().all(|one| rest.any(|other| other == one))
}

impl ShareLimit {
    /// What an arc takes of the room: below 0 if it makes room.
    fn room(&self, graph: &StateGraph, arc: u32) -> i128 {
        let (part, whole) = (graph.column(self.part, arc), graph.column(self.whole, arc));
        i128::from(part) * 1_000_000 - i128::from(whole) * i128::from(self.millionths)
    }
}

/// Prices for room, by share, and what lies ahead of each state at least when they are charged, in units of 1 / [`UNIT`].
///
/// A path within the limits takes no room in all, so it weighs no less than it does with the room charged.
struct Prices {
    prices: Vec<u128>,
    ahead: Vec<u128>,
}

impl Prices {
    fn new(graph: &StateGraph, shares: &[ShareLimit]) -> Self {
        // No arc may come to weigh less than nothing: an arc of w and L metres, none of them in a bounded country, gains
        // the sum of price x share x L.
        let gain_per_price = |arc: u32, share: &ShareLimit| {
            u128::from(graph.column(share.whole, arc)) * u128::from(share.millionths.max(1))
        };
        let budgets = shares.iter().map(|share| {
            let arcs = 0..graph.n_arcs() as u32;
            let room = arcs.filter(|&arc| gain_per_price(arc, share) > 0);
            room.map(|arc| u128::from(graph.weight(arc).primary) * UNIT / gain_per_price(arc, share)).min().unwrap_or(0)
        });
        let budgets: Vec<u128> = budgets.collect();
        let mut best = Self { prices: vec![0; shares.len()], ahead: Vec::new() };
        best.ahead = reckon(graph, shares, &best.prices);
        // Each share in turn takes that part of what is left of the whole budget with which the start is farthest off.
        let mut left = STEPS;
        for i in 0..shares.len() {
            let mut taken = 0;
            for part in 1..=left {
                let mut prices = best.prices.clone();
                prices[i] = budgets[i] * part / STEPS;
                let ahead = reckon(graph, shares, &prices);
                if ahead[0] > best.ahead[0] && ahead[0] < u128::MAX {
                    (best, taken) = (Self { prices, ahead }, part);
                }
            }
            left -= taken;
        }
        best
    }

    /// What a path must weigh at least that has come so far.
    fn least(&self, weight: u64, taken: &[i128], state: usize) -> u64 {
        let so_far = (i128::from(weight) * UNIT as i128).saturating_add(charge(taken.iter().copied(), &self.prices));
        let ahead = i128::try_from(self.ahead[state]).unwrap_or(i128::MAX);
        let least = so_far.saturating_add(ahead).max(0) as u128;
        u64::try_from(least.div_ceil(UNIT)).unwrap_or(u64::MAX)
    }
}

/// The distances to the goal when room is charged for.
fn reckon(graph: &StateGraph, shares: &[ShareLimit], prices: &[u128]) -> Vec<u128> {
    distances_to_goal(graph, |arc| {
        let charged = charge(shares.iter().map(|share| share.room(graph, arc)), prices);
        (u128::from(graph.weight(arc).primary) * UNIT).saturating_add_signed(charged)
    })
}

/// What is paid for room, or got back for making it.
fn charge(rooms: impl Iterator<Item = i128>, prices: &[u128]) -> i128 {
    let each = rooms.zip(prices).map(|(room, &price)| room.saturating_mul(i128::try_from(price).unwrap_or(i128::MAX)));
    each.fold(0, i128::saturating_add)
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
            for _ in 0..dice.below(4) {
                let whole = dice.below(6);
                let part = dice.below(whole + 1);
                let other = dice.below(whole - part + 1);
                let weight = Weight::new(if dice.below(3) == 0 { 0 } else { whole + dice.below(4) }, 1);
                builder.arc(2 + dice.below(n) as u32, weight, edge, &[whole, part, other, dice.below(3)]);
                builder.mark(if dice.below(3) == 0 { 1 << dice.below(2) } else { 0 });
                edge += 1;
            }
            if dice.below(3) == 0 {
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
