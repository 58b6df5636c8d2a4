//! The least path under bans: what every path of a set is at best.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::rc::Rc;

use super::super::csr::Digraph;
use super::super::dijkstra::distances_to_goal;
use super::super::distance::Distance;
use super::super::loopless::Limit;
use super::super::state_graph::{NOWHERE, StateGraph, Weight};
use super::Sought;
use super::resources::{Resources, Use};

/// A weight in one number: the objective above, the segments below, and room for sums of both.
pub(super) type Cost = u128;

const SHIFT: u32 = 40;

/// A weight as one number that compares and adds up as it does.
pub(super) fn cost(weight: Weight) -> Cost {
    (Cost::from(weight.primary) << SHIFT) + Cost::from(weight.segments)
}

/// The objective in a cost.
pub(super) fn primary(cost: Cost) -> u64 {
    u64::try_from(cost >> SHIFT).unwrap_or(u64::MAX)
}

/// Something a path may not do, by number: take a resource in some way, be in a state, or follow an arc.
pub(super) type Ban = u32;

/// A path found.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) cost: Cost,
    pub(super) arcs: Vec<u32>,
    pub(super) uses: Vec<Use>,
    /// Two states of it that stand at one place.
    pub(super) repeat: Option<(u32, u32)>,
    /// Whether it is what else a path has to be.
    pub(super) fits: bool,
}

/// What else a path, given by its arcs, has to be.
type Fits<'a> = Option<&'a dyn Fn(&[u32]) -> bool>;

struct Label {
    state: u32,
    so_far: Cost,
    parent: u32,
    arc: u32,
}

/// Finds least paths from start to goal within limits, under any bans. A path may pass one place in two states, which
/// it then says.
pub(super) struct Singles<'a> {
    graph: &'a StateGraph,
    resources: &'a Resources,
    limits: &'a [Limit],
    fits: Fits<'a>,
    weights: Vec<Cost>,
    to_goal: Vec<Cost>,
    least_use: Vec<Vec<u64>>,
    banned: Vec<bool>,
    labels: Vec<Label>,
    /// What each label has used up of what is limited.
    used: Vec<u64>,
    /// Labels kept at each state: the round they belong to, and their numbers.
    kept: Vec<(u32, Vec<u32>)>,
    /// The least cost with which each state has been reached, with its round; kept where there are no limits.
    reached: Vec<(u32, Cost)>,
    round: u32,
    known: HashMap<Vec<Ban>, Option<Rc<Found>>>,
    /// How many searches there have been.
    pub(super) n_searches: usize,
}

impl<'a> Singles<'a> {
    /// Over arcs of these costs.
    pub(super) fn new(graph: &'a StateGraph, sought: &Sought<'a>, weights: Vec<Cost>) -> Self {
        let Sought { resources, limits, fits, .. } = *sought;
        let to_goal = distances_to_goal(graph, |arc| weights[arc as usize]);
        let n_bans = 2 * resources.len() + graph.n_states() + graph.n_arcs();
        Self {
            graph,
            resources,
            limits,
            fits,
            to_goal,
            weights,
            least_use: limits.iter().map(|l| distances_to_goal(graph, |arc| graph.column(l.column, arc))).collect(),
            banned: vec![false; n_bans],
            labels: Vec::new(),
            used: Vec::new(),
            kept: vec![(0, Vec::new()); graph.n_states()],
            reached: vec![(0, 0); graph.n_states()],
            round: 0,
            known: HashMap::new(),
            n_searches: 0,
        }
    }

    /// The ban on being in a state.
    pub(super) fn ban_state(&self, state: u32) -> Ban {
        2 * self.resources.len() as u32 + state
    }

    /// The ban on an arc.
    pub(super) fn ban_arc(&self, arc: u32) -> Ban {
        (2 * self.resources.len() + self.graph.n_states()) as u32 + arc
    }

    /// The least path under bans, which are in order.
    pub(super) fn least(&mut self, bans: &[Ban]) -> Option<Rc<Found>> {
        if let Some(known) = self.known.get(bans) {
            return known.clone();
        }
        let found = self.search(bans).map(Rc::new);
        self.known.insert(bans.to_vec(), found.clone());
        found
    }

    /// As [`Singles::least`], without keeping the answer.
    pub(super) fn search(&mut self, bans: &[Ban]) -> Option<Found> {
        self.n_searches += 1;
        bans.iter().for_each(|&ban| self.banned[ban as usize] = true);
        let arcs = self.a_star();
        bans.iter().for_each(|&ban| self.banned[ban as usize] = false);
        arcs.map(|arcs| self.measure(arcs))
    }

    /// What there is to know of a path.
    pub(super) fn measure(&self, arcs: Vec<u32>) -> Found {
        let cost = arcs.iter().fold(0, |sum: Cost, &arc| sum.plus(self.weights[arc as usize]));
        let fits = self.fits.is_none_or(|fits| fits(&arcs));
        Found { cost, uses: self.resources.of_path(&arcs), repeat: self.repeat(&arcs), fits, arcs }
    }

    /// Whether a path keeps within the limits.
    pub(super) fn keeps_limits(&self, arcs: &[u32]) -> bool {
        self.limits.iter().all(|limit| {
            let used = arcs.iter().fold(0_u64, |sum, &arc| sum.saturating_add(self.graph.column(limit.column, arc)));
            used <= limit.most
        })
    }

    /// Whether an arc breaks a ban.
    fn is_banned(&self, arc: u32) -> bool {
        self.banned[self.ban_state(self.graph.head(arc)) as usize]
            || self.banned[self.ban_arc(arc) as usize]
            || self.resources.of_arc(arc).iter().any(|&taken| self.banned[taken as usize])
    }

    fn a_star(&mut self) -> Option<Vec<u32>> {
        let graph = self.graph;
        let start = StateGraph::START;
        self.round += 1;
        self.labels.clear();
        self.used.clear();
        self.labels.push(Label { state: start, so_far: 0, parent: u32::MAX, arc: u32::MAX });
        self.used.extend(self.limits.iter().map(|_| 0));
        let mut queue = BinaryHeap::new();
        if self.to_goal[start as usize] < Cost::INFINITE && !self.exceeds(0, start) {
            queue.push(Reverse((self.to_goal[start as usize], 0_u32)));
        }
        while let Some(Reverse((_, index))) = queue.pop() {
            let Label { state, so_far, .. } = self.labels[index as usize];
            if state == StateGraph::GOAL {
                return Some(self.trace(index));
            }
            if !self.keep(index) {
                continue;
            }
            for arc in graph.arcs_of(state) {
                let to = graph.head(arc);
                let ahead = self.to_goal[to as usize];
                if ahead == Cost::INFINITE || self.is_banned(arc) {
                    continue;
                }
                let next = self.labels.len() as u32;
                let so_far = so_far.plus(self.weights[arc as usize]);
                if self.limits.is_empty() {
                    // Nothing but the cost counts: only what is less than before can be of use.
                    let (round, least) = &mut self.reached[to as usize];
                    if *round == self.round && *least <= so_far {
                        continue;
                    }
                    (*round, *least) = (self.round, so_far);
                }
                for (i, limit) in self.limits.iter().enumerate() {
                    let before = self.used[index as usize * self.limits.len() + i];
                    self.used.push(before.saturating_add(graph.column(limit.column, arc)));
                }
                self.labels.push(Label { state: to, so_far, parent: index, arc });
                if self.exceeds(next, to) {
                    self.labels.pop();
                    self.used.truncate(self.labels.len() * self.limits.len());
                } else {
                    queue.push(Reverse((so_far.plus(ahead), next)));
                }
            }
        }
        None
    }

    /// What a label has used up.
    fn used(&self, index: u32) -> &[u64] {
        &self.used[index as usize * self.limits.len()..(index as usize + 1) * self.limits.len()]
    }

    fn exceeds(&self, index: u32, state: u32) -> bool {
        let ahead = self.limits.iter().zip(&self.least_use);
        let mut sums = self.used(index).iter().zip(ahead);
        sums.any(|(sum, (limit, least))| sum.saturating_add(least[state as usize]) > limit.most)
    }

    /// Whether a label, popped now, is better in something than all popped before it at its state; if so it is kept.
    fn keep(&mut self, index: u32) -> bool {
        let state = self.labels[index as usize].state;
        let (round, mut kept) = std::mem::take(&mut self.kept[state as usize]);
        if round != self.round {
            kept.clear();
        }
        // Those popped before are not heavier.
        let dominates = |&other: &u32| self.used(other).iter().zip(self.used(index)).all(|(a, b)| a <= b);
        let better = !kept.iter().any(dominates);
        if better {
            kept.push(index);
        }
        self.kept[state as usize] = (self.round, kept);
        better
    }

    fn trace(&self, mut index: u32) -> Vec<u32> {
        let mut arcs = Vec::new();
        while self.labels[index as usize].parent != u32::MAX {
            arcs.push(self.labels[index as usize].arc);
            index = self.labels[index as usize].parent;
        }
        arcs.reverse();
        arcs
    }

    /// The first two states of a path that stand at one place.
    fn repeat(&self, arcs: &[u32]) -> Option<(u32, u32)> {
        let states: Vec<u32> = arcs.iter().map(|&arc| self.graph.head(arc)).collect();
        let place = |state: u32| self.graph.place(state);
        states.iter().enumerate().find_map(|(i, &state)| {
            let same = |&&earlier: &&u32| place(state) != NOWHERE && place(earlier) == place(state);
            states[..i].iter().find(same).map(|&earlier| (earlier, state))
        })
    }
}
