//! Exact fronts of several criteria, loopless and within bounds, on any graph whose arcs have columns of numbers.
//!
//! NAMOA*dr (Pulido, Mandow and Pérez de la Cruz 2015, doi:10.1016/j.cor.2015.05.007): labels are taken in lexicographic order
//! of their estimates, with the exact distances to the goal by each criterion as heuristics; so the first criterion never
//! has to be compared. Bounded columns that are no criteria are compared as well, between labels that may still go on.
//!
//! A path of states may pass one *place* twice in different states. Such paths are allowed at first; where one is on the
//! front, the places it repeats become critical: labels remember which critical places they have been to, do not go there
//! again, and are dominated only by labels that have been to no others. The search is repeated until every path on the
//! front is loopless; then it is the front of the loopless paths. This is decremental state space relaxation (Boland,
//! Dethridge and Dumitrescu 2006, doi:10.1016/j.orl.2004.11.011; Righini and Salani 2008, doi:10.1002/net.20212). A critical
//! place to which no way leads any more is forgotten. Under bounds on shares, where going round a circle could make room,
//! every place is critical from the beginning.

mod choose;
mod labels;
mod problem;

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};

use super::csr::{Csr, Digraph, Weighted};
use super::elementary::ShareLimit;
use super::loopless::Limit;
use super::state_graph::{NOWHERE, StateGraph};
pub use choose::{MILLION, knee, spread, thinned, within};
use labels::{Label, Labels, NONE};
use problem::{Critical, Problem};

/// A graph whose arcs have columns of numbers, and whose nodes stand at places.
pub trait Columns: Digraph {
    /// What an arc has in a column.
    fn column(&self, column: usize, arc: u32) -> u64;
    /// The place of a node, [`NOWHERE`] for none. A loopless path passes no place twice.
    fn place(&self, node: u32) -> u32;
    /// The segment an arc stands for, [`super::NO_SEGMENT`] for none.
    fn segment(&self, arc: u32) -> u32;
}

impl Columns for StateGraph {
    fn column(&self, column: usize, arc: u32) -> u64 {
        Self::column(self, column, arc)
    }
    fn place(&self, node: u32) -> u32 {
        Self::place(self, node)
    }
    fn segment(&self, arc: u32) -> u32 {
        self.edge(arc)
    }
}

/// Every node is a place of its own.
impl<const N: usize> Columns for Csr<[u64; N]> {
    fn column(&self, column: usize, arc: u32) -> u64 {
        self.weight(arc)[column]
    }
    fn place(&self, node: u32) -> u32 {
        node
    }
    fn segment(&self, arc: u32) -> u32 {
        self.edge(arc)
    }
}

/// A point of a front, with a path to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// What the path has by each criterion.
    pub values: Vec<u64>,
    /// The arcs of the path.
    pub arcs: Vec<u32>,
}

/// The most columns that one search can tell apart: criteria, and bounded columns that are none.
pub const MAX_COLUMNS: usize = 8;

/// What front is wanted.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// The columns that are the criteria.
    pub criteria: &'a [usize],
    /// Bounds on sums.
    pub limits: &'a [Limit],
    /// Bounds on shares.
    pub shares: &'a [ShareLimit],
    /// How many labels may be made.
    pub work: usize,
}

impl<'a> Wanted<'a> {
    /// The whole front by these columns, without bounds.
    #[must_use]
    pub fn by(criteria: &'a [usize]) -> Self {
        Self { criteria, limits: &[], shares: &[], work: usize::MAX }
    }
}

/// What a search brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Harvest {
    /// Points of the front, in order of the first criterion, then of the second, and so on.
    pub points: Vec<Point>,
    /// Whether these are all; else the work came to its limit, and points are missing.
    pub is_complete: bool,
}

/// The exact front of some columns over the loopless paths from `start` to `goal` that keep within the bounds.
///
/// Of several paths to one point it is the one with the fewest segments, then the one whose segments come first in order
/// along the path. Numbers are never negative; sums that reach `u64::MAX` count as no way. Where start and goal are one,
/// the front is the one point of zeros.
///
/// Complexity: exponential at worst, as fronts are and as loopless paths within bounds are. A label is compared with the
/// labels kept at its node and, by its estimate, with the points found: some 0.5 us each on a network of 500 places.
///
/// # Panics
/// If criteria and limits together name more than [`MAX_COLUMNS`] columns, or a column or a node that is not there.
///
/// # Example
/// ```
/// use fiberplan_graph::{Csr, loopless::Limit, pareto::{Wanted, front}};
/// // Three ways from 0 to 3: over 1 (cost 2, delay 9, 2 borders), over 2 (5, 5, 0), direct (9, 4, 1).
/// let arcs = [
///     (0, 1, [1_u64, 4, 1]), (1, 3, [1, 5, 1]), (0, 2, [2, 2, 0]), (2, 3, [3, 3, 0]), (0, 3, [9, 4, 1]),
/// ];
/// let graph = Csr::directed(4, &arcs);
/// let values = |limits: &[Limit]| -> Vec<Vec<u64>> {
///     let wanted = Wanted { limits, ..Wanted::by(&[0, 1]) };
///     front(&graph, 0, 3, wanted).points.into_iter().map(|point| point.values).collect()
/// };
/// assert_eq!(values(&[]), [[2, 9], [5, 5], [9, 4]]);
/// assert_eq!(values(&[Limit { column: 2, most: 1 }]), [[5, 5], [9, 4]]);
/// ```
#[must_use]
pub fn front<G: Columns>(graph: &G, start: u32, goal: u32, wanted: Wanted<'_>) -> Harvest {
    let Wanted { criteria, limits, .. } = wanted;
    let mut more: Vec<usize> =
        limits.iter().map(|limit| limit.column).filter(|column| !criteria.contains(column)).collect();
    more.sort_unstable();
    more.dedup();
    let columns = [criteria, &more].concat();
    assert!(columns.len() <= MAX_COLUMNS, "no more columns than {MAX_COLUMNS}");
    let ends = (start, goal);
    // A few widths are enough; what is too wide is filled with columns of zeros.
    match columns.len() {
        0..3 => solve(&Problem::<G, 2>::new(graph, ends, columns, wanted)),
        3 | 4 => solve(&Problem::<G, 4>::new(graph, ends, columns, wanted)),
        _ => solve(&Problem::<G, MAX_COLUMNS>::new(graph, ends, columns, wanted)),
    }
}

fn solve<G: Columns, const N: usize>(problem: &Problem<'_, G, N>) -> Harvest {
    let mut places = BTreeSet::new();
    if !problem.shares.is_empty() {
        places.extend((0..problem.graph.n_nodes() as u32).map(|node| problem.graph.place(node)));
        places.remove(&NOWHERE);
    }
    loop {
        let critical = Critical::new(problem, &places);
        let mut harvest = Round::new(problem, &critical).run();
        if !harvest.is_complete {
            harvest.points.retain(|point| repeated(problem, &point.arcs).is_empty());
            return harvest;
        }
        let before = places.len();
        places.extend(harvest.points.iter().flat_map(|point| repeated(problem, &point.arcs)));
        if places.len() == before {
            return harvest;
        }
    }
}

/// The places that a path passes more than once.
fn repeated<G: Columns, const N: usize>(problem: &Problem<'_, G, N>, arcs: &[u32]) -> Vec<u32> {
    let heads = arcs.iter().map(|&arc| problem.graph.head(arc));
    let mut places: Vec<u32> =
        std::iter::once(problem.ends.0).chain(heads).map(|node| problem.graph.place(node)).collect();
    places.sort_unstable();
    places.windows(2).filter(|pair| pair[0] == pair[1] && pair[0] != NOWHERE).map(|pair| pair[0]).collect()
}

/// One search, with a given set of critical places.
struct Round<'a, G, const N: usize> {
    problem: &'a Problem<'a, G, N>,
    critical: &'a Critical,
    labels: Labels<N>,
    /// Labels still to be looked at: their estimates, the number of segments, and which they are.
    open: BinaryHeap<Reverse<([u64; N], u32, u32)>>,
    /// The labels kept at each node.
    kept: Vec<Vec<u32>>,
    /// Those at the goal.
    found: Vec<u32>,
}

impl<'a, G: Columns, const N: usize> Round<'a, G, N> {
    fn new(problem: &'a Problem<'a, G, N>, critical: &'a Critical) -> Self {
        Self {
            problem,
            critical,
            labels: Labels::new(critical.n_words(), problem.shares.len()),
            open: BinaryHeap::new(),
            kept: vec![Vec::new(); problem.graph.n_nodes()],
            found: Vec::new(),
        }
    }

    fn run(mut self) -> Harvest {
        let Problem { graph, ends: (start, goal), n_criteria, work, .. } = *self.problem;
        self.reach(Label { so_far: [0; N], node: start, parent: NONE, arc: NONE, segments: 0 });
        let mut is_complete = true;
        while let Some(Reverse((estimate, segments, label))) = self.open.pop() {
            let node = self.labels.get(label).node;
            if node == goal {
                self.arrive(label);
            } else if !self.is_beaten(&estimate, segments) && !self.is_dominated(label) {
                if self.labels.len() > work {
                    is_complete = false;
                    break;
                }
                self.keep(label);
                for arc in graph.arcs_of(node) {
                    self.go(label, arc);
                }
            }
        }
        let mut points: Vec<Point> = self.found.iter().map(|&label| self.point(label, n_criteria)).collect();
        points.sort_unstable_by(|a, b| a.values.cmp(&b.values));
        Harvest { points, is_complete }
    }

    fn point(&self, label: u32, n_criteria: usize) -> Point {
        Point { values: self.labels.get(label).so_far[..n_criteria].to_vec(), arcs: self.labels.arcs(label) }
    }

    /// Goes on from a label along an arc.
    fn go(&mut self, from: u32, arc: u32) {
        let graph = self.problem.graph;
        let Label { so_far, segments, .. } = *self.labels.get(from);
        let so_far = self.problem.plus(&so_far, arc);
        let segments = segments + u32::from(graph.segment(arc) != super::NO_SEGMENT);
        self.reach(Label { so_far, node: graph.head(arc), parent: from, arc, segments });
    }

    /// Puts a label on the agenda, unless it leads nowhere.
    fn reach(&mut self, label: Label<N>) {
        let Some(estimate) = self.problem.estimate(&label.so_far, label.node) else { return };
        if self.is_beaten(&estimate, label.segments) {
            return;
        }
        let segments = label.segments;
        let Some(number) = self.labels.push(label, self.problem, self.critical) else { return };
        if self.is_dominated(number) {
            self.labels.pop();
        } else {
            self.open.push(Reverse((estimate, segments, number)));
        }
    }

    /// Whether a path on the front is better than every path through a label can be.
    fn is_beaten(&self, estimate: &[u64; N], segments: u32) -> bool {
        let n = self.problem.n_criteria;
        self.found.iter().any(|&other| {
            let other = self.labels.get(other);
            // Those found before are no worse by the first criterion.
            let no_worse = (1..n).all(|i| other.so_far[i] <= estimate[i]);
            no_worse && (other.so_far[..n] != estimate[..n] || other.segments < segments)
        })
    }

    /// Whether a label kept at the same node is at least as good for every way on.
    fn is_dominated(&self, label: u32) -> bool {
        let own = self.labels.get(label);
        let n = self.problem.n_criteria;
        self.kept[own.node as usize].iter().any(|&kept| {
            let other = self.labels.get(kept);
            // Those kept before are no worse by the first criterion.
            (1..N).all(|i| other.so_far[i] <= own.so_far[i])
                && self.labels.asks_no_more(kept, label)
                && (other.so_far[..n] != own.so_far[..n] || self.labels.comes_first(kept, label, self.problem.graph))
        })
    }

    fn keep(&mut self, label: u32) {
        let own = self.labels.get(label);
        let labels = &self.labels;
        // What one of these would dominate from now on, this one dominates too.
        self.kept[own.node as usize].retain(|&kept| {
            let other = labels.get(kept);
            !((1..N).all(|i| own.so_far[i] <= other.so_far[i]) && labels.asks_no_more(label, kept))
        });
        self.kept[own.node as usize].push(label);
    }

    /// Adds a path to the front, unless one on it is as good.
    fn arrive(&mut self, label: u32) {
        let n = self.problem.n_criteria;
        let own = self.labels.get(label).so_far;
        if self.labels.is_over_share(label) {
            return;
        }
        for place in 0..self.found.len() {
            let other = self.labels.get(self.found[place]).so_far;
            if other[..n] == own[..n] {
                if self.labels.comes_first(label, self.found[place], self.problem.graph) {
                    self.found[place] = label;
                }
                return;
            }
            if (1..n).all(|i| other[i] <= own[i]) {
                return;
            }
        }
        self.found.push(label);
    }
}
