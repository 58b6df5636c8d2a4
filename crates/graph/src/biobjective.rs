//! The exact front of two criteria on large plain graphs.
//!
//! BOA* (Hernández, Yeoh, Baier, Zhang, Suazo, Koenig and Salzman 2023, doi:10.1016/j.artint.2022.103807): labels are
//! taken in order of the first criterion, so that one number a node, the least second criterion seen there, tells whether
//! a label is dominated. As in the bucket-queue version of Ahmadi, Tack, Harabor and Kilby (2021,
//! doi:10.4230/LIPIcs.ESA.2021.3), labels of equal first criterion are taken in any order, labels are compact, and paths are
//! put together only when asked for. What is our own here is the set-up, which otherwise costs more than the search:
//!
//! 1. For each criterion a search from both ends finds the least path, and so a bound on the *other* criterion.
//! 2. The criterion that is bounded more tightly is searched on, from both ends half-way to its bound, then from the goal
//!    through the nodes that a path within the bound can pass. The other criterion is searched among these nodes only.
//! 3. What is left, often a few per cent of the nodes, is copied as the search comes to it into a graph of its own, whose
//!    arcs carry reduced costs and skip nodes with one way on. The search never looks at the large graph again.

mod agenda;
mod reach;
mod region;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use super::csr::Weighted;
use super::distance::Distance;
use agenda::{Agenda, Buckets, Label};
use reach::Reach;
use region::{Chains, Region};

/// A whole number that a criterion is counted in.
pub trait Whole: Distance {
    /// The least step.
    const ONE: Self;
    /// The difference, at least zero.
    #[must_use]
    fn minus(self, other: Self) -> Self;
    /// The same number.
    #[must_use]
    fn to_u64(self) -> u64;
    /// The same number, at most [`Distance::INFINITE`].
    #[must_use]
    fn from_u64(number: u64) -> Self;
}

impl Whole for u32 {
    const ONE: Self = 1;
    fn minus(self, other: Self) -> Self {
        self.saturating_sub(other)
    }
    fn to_u64(self) -> u64 {
        u64::from(self)
    }
    fn from_u64(number: u64) -> Self {
        Self::try_from(number).unwrap_or(Self::INFINITE)
    }
}

impl Whole for u64 {
    const ONE: Self = 1;
    fn minus(self, other: Self) -> Self {
        self.saturating_sub(other)
    }
    fn to_u64(self) -> u64 {
        self
    }
    fn from_u64(number: u64) -> Self {
        number
    }
}

/// The points that no path betters in both criteria, with a path for each.
#[derive(Debug, Clone)]
pub struct Front<W> {
    points: Vec<[W; 2]>,
    ends: Vec<u32>,
    labels: Vec<Step>,
    start: u32,
    /// The arcs of the graph that each arc of the region stands for, and where they lead, in compressed rows.
    chains: Chains,
}

/// A step of a path: the label before it, and the arc of the region.
#[derive(Debug, Clone, Copy)]
struct Step {
    parent: u32,
    arc: u32,
}

impl<W: Copy> Front<W> {
    /// The points, the first criterion growing and the second falling.
    #[must_use]
    pub fn points(&self) -> &[[W; 2]] {
        &self.points
    }

    /// The arcs of a path to a point, by its place in [`Front::points`]. Of several paths to one point it is the same on
    /// every run.
    ///
    /// # Panics
    /// If there is no such point.
    #[must_use]
    pub fn path(&self, point: usize) -> Vec<u32> {
        let mut links = Vec::new();
        let mut label = self.ends[point];
        while label != 0 {
            let step = self.labels[label as usize];
            links.extend(self.chains.row(step.arc).iter().rev());
            label = step.parent;
        }
        // Where arcs have no weight a path may come back to a node that it passed in a chain, with nothing added.
        let mut passed = BTreeMap::from([(self.start, 0)]);
        let mut path = Vec::with_capacity(links.len());
        for &(arc, head) in links.iter().rev() {
            path.push(arc);
            if let Some(&length) = passed.get(&head) {
                path.truncate(length);
                passed.retain(|_, own| *own <= length);
            } else {
                passed.insert(head, path.len());
            }
        }
        path
    }

    fn none() -> Self {
        Self { points: Vec::new(), ends: Vec::new(), labels: Vec::new(), start: 0, chains: Chains::default() }
    }
}

/// Below this range of the first criterion there is a bucket for each value.
const MOST_BUCKETS: u64 = 1 << 20;

/// The exact front of the two weights of the arcs, over all paths from `start` to `goal`.
///
/// `reverse` is the same graph with every arc turned round. Weights are never negative; sums that reach
/// [`Distance::INFINITE`] count as no way. Where there is no path the front is empty; where start and goal are one it is
/// the one point of zeros.
///
/// Complexity: exponential at worst, as fronts are. On road-like graphs of 6,000, 30,000 and 300,000 nodes with fronts of
/// 25, 77 and some 700 points (medians), 0.1, 1.2 and 60 ms, of which the set-up takes 70, 60 and 25 per cent; some
/// 50 ns a label expanded, and 8 bytes.
///
/// # Example
/// ```
/// use fiberplan_graph::{Csr, biobjective::front};
/// // Three ways from 0 to 3: over 1 (cost 2, delay 9), over 2 (5, 5), direct (9, 5); the last is dominated.
/// let arcs = [(0, 1, [1_u32, 4]), (1, 3, [1, 5]), (0, 2, [2, 2]), (2, 3, [3, 3]), (0, 3, [9, 5])];
/// let graph = Csr::directed(4, &arcs);
/// let front = front(&graph, &graph.reversed(), 0, 3);
/// assert_eq!(front.points(), [[2, 9], [5, 5]]);
/// let edges: Vec<u32> = front.path(1).into_iter().map(|arc| graph.edge(arc)).collect();
/// assert_eq!(edges, [2, 3]);
/// ```
#[must_use]
pub fn front<W: Whole, G: Weighted<[W; 2]>>(graph: &G, reverse: &G, start: u32, goal: u32) -> Front<W> {
    let n = graph.n_nodes();
    if start as usize >= n || goal as usize >= n {
        return Front::none();
    }
    let ways = [graph, reverse];
    let mut reaches = [Reach::new(ways, 0, start, goal), Reach::new(ways, 1, start, goal)];
    let [first, second] = &mut reaches;
    let (Some(by_first), Some(by_second)) = (first.meet::<0, G>(ways), second.meet::<1, G>(ways)) else {
        return Front::none();
    };
    // The best by one criterion bounds the other: nothing on the front is worse than that.
    let large = W::INFINITE.minus(W::ONE);
    let most = [by_second.other.min(large), by_first.other.min(large)];
    let stretch = |most: W, least: W| most.to_u64() as f64 / least.to_u64().max(1) as f64;
    if stretch(most[0], by_first.least) < stretch(most[1], by_second.least) {
        first.widen::<0, G>(ways, most[0]);
        second.complete::<1, G>(ways, most[1], |node| first.through(node) <= most[0]);
    } else {
        second.widen::<1, G>(ways, most[1]);
        first.complete::<0, G>(ways, most[0], |node| second.through(node) <= most[1]);
    }
    let region = Region::new(graph, &reaches, most, [start, goal]);
    if !region.fits(start) {
        return Front::none();
    }
    let range = most[0].minus(by_first.least);
    if range.to_u64() < MOST_BUCKETS {
        Search::new(region, Buckets::new(range.to_u64() as usize), range).run(start, goal)
    } else {
        Search::new(region, BinaryHeap::new(), range).run(start, goal)
    }
}

struct Search<'a, W, G, A> {
    region: Region<'a, W, G>,
    agenda: A,
    /// The most that the first criterion may be above its best.
    range: W,
    labels: Vec<Step>,
}

impl<'a, W: Whole, G: Weighted<[W; 2]>, A: Agenda<W>> Search<'a, W, G, A> {
    fn new(region: Region<'a, W, G>, agenda: A, range: W) -> Self {
        Self { region, agenda, range, labels: vec![Step { parent: u32::MAX, arc: u32::MAX }] }
    }

    /// Both criteria of a label are kept as what a path through it will be above the best, at least; so the heuristics
    /// are asked for once an arc, not once a label.
    fn run(mut self, start: u32, goal: u32) -> Front<W> {
        let best = self.region.to_goal(start);
        let (mut points, mut ends): (Vec<[W; 2]>, Vec<u32>) = (Vec::new(), Vec::new());
        let mut bound = self.region.most(1).minus(best[1]).plus(W::ONE);
        let (from, to) = (self.region.local(start), self.region.local(goal));
        if from == to {
            points.push([W::ZERO; 2]);
            ends.push(0);
        } else {
            self.region.least[from as usize] = W::ZERO;
            self.expand(from, [W::ZERO; 2], 0, bound);
        }
        while let Some((first, Label { second, node, arc, parent })) = self.agenda.pop() {
            let least = &mut self.region.least[node as usize];
            if second >= *least || second >= bound {
                continue;
            }
            *least = second;
            let number = self.labels.len() as u32;
            self.labels.push(Step { parent, arc });
            if node != to {
                self.expand(node, [first, second], number, bound);
                continue;
            }
            bound = second;
            let point = [first.plus(best[0]), second.plus(best[1])];
            if points.last().is_some_and(|last| last[0] == point[0]) {
                points.pop();
                ends.pop();
            }
            points.push(point);
            ends.push(number);
        }
        Front { points, ends, labels: self.labels, start, chains: self.region.chains }
    }

    #[inline(always)]
    fn expand(&mut self, node: u32, so_far: [W; 2], number: u32, bound: W) {
        let row = self.region.row(node);
        let arcs = &self.region.arcs[row.start as usize..row.end as usize];
        let least = &self.region.least[..];
        self.agenda.make_room(arcs.len());
        for (arc, step) in row.zip(arcs) {
            let (first, second) = (so_far[0].plus(step.weight[0]), so_far[1].plus(step.weight[1]));
            // Without short cuts: which of these holds cannot be foretold, so branches would cost more than the sums.
            let keep = (second < bound) & (second < least[step.head as usize]) & (first <= self.range);
            self.agenda.push_if(keep, first, Label { second, node: step.head, arc, parent: number });
        }
    }
}

/// For large ranges of the first criterion: labels in order of both.
impl<W: Whole> Agenda<W> for BinaryHeap<Reverse<(W, W, u32, u32, u32)>> {
    fn make_room(&mut self, _labels: usize) {}

    fn push_if(&mut self, keep: bool, first: W, label: Label<W>) {
        if keep {
            self.push(Reverse((first, label.second, label.node, label.arc, label.parent)));
        }
    }

    fn pop(&mut self) -> Option<(W, Label<W>)> {
        let Reverse((first, second, node, arc, parent)) = self.pop()?;
        Some((first, Label { second, node, arc, parent }))
    }
}
