//! The tree of bans.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap, HashSet};
use std::rc::Rc;

use super::super::csr::{Digraph, Weighted};
use super::super::loopless::Path;
use super::super::state_graph::{StateGraph, Weight};
use super::relaxation::relax;
use super::resources::{Use, counterpart, is_exclusive, resource};
use super::single::{Ban, Cost, Found, Singles, cost, primary};
use super::{Aim, Set, Sought};

/// How good a set is: what it shares first, then what the aim looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    penalty: u64,
    value: [Cost; 2],
}

/// A part of all sets: those whose paths keep these bans. More than one path may take what has been paid.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Node {
    bound: Key,
    /// Of equal bounds the youngest goes first.
    age: Reverse<usize>,
    bans: Vec<Vec<Ban>>,
    paid: Vec<u32>,
}

/// What one path of a node may be told to do without, and the other one instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Clash {
    paths: (usize, usize),
    bans: (Ban, Ban),
    /// The resource to pay, if paying helps.
    resource: Option<u32>,
}

pub(super) struct Tree<'a> {
    graph: &'a StateGraph,
    sought: Sought<'a>,
    /// The resources that no path can do without.
    forced: Vec<u32>,
    plain: Singles<'a>,
    /// Paths that pay rents, all rents together, and what is shared where they hold.
    rented: Option<(Singles<'a>, Cost, Vec<u32>)>,
    best: Option<(Key, Vec<Rc<Found>>)>,
    queue: BinaryHeap<Reverse<Node>>,
    seen: HashSet<(Vec<Vec<Ban>>, Vec<u32>)>,
    n_nodes: usize,
}

impl<'a> Tree<'a> {
    pub(super) fn new(graph: &'a StateGraph, sought: &Sought<'a>) -> Self {
        let costs: Vec<Cost> = (0..graph.n_arcs() as u32).map(|arc| cost(graph.weight(arc))).collect();
        let mut plain = Singles::new(graph, sought, costs.clone());
        let forced = forced(&mut plain);
        let Sought { k, resources, .. } = *sought;
        let mut tree = Self {
            graph,
            sought: *sought,
            forced: forced.clone(),
            plain,
            rented: None,
            best: None,
            queue: BinaryHeap::new(),
            seen: HashSet::new(),
            n_nodes: 0,
        };
        let mut shared = vec![false; resources.len()];
        forced.iter().for_each(|&i| shared[i as usize] = true);
        if let Some(flow) = relax(graph, resources, &shared, &costs, k) {
            let dear: Vec<Cost> =
                costs.iter().zip(&flow.rents).map(|(cost, rent)| cost.saturating_add(*rent)).collect();
            let rented = Singles::new(graph, &Sought { fits: None, ..*sought }, dear);
            tree.rented = Some((rented, flow.total_rent, forced.clone()));
            let paths: Vec<Rc<Found>> = flow.paths.into_iter().map(|arcs| Rc::new(tree.plain.measure(arcs))).collect();
            if paths.len() == k && paths.iter().all(|path| tree.plain.keeps_limits(&path.arcs)) {
                tree.offer(&paths);
            }
        }
        tree.add(vec![Vec::new(); k], forced, None);
        tree
    }

    pub(super) fn search(mut self) -> Option<Set> {
        let mut proved = true;
        let mut reached = None;
        while let Some(Reverse(node)) = self.queue.pop() {
            if self.best.as_ref().is_some_and(|(best, _)| *best <= node.bound) {
                break;
            }
            if self.plain.n_searches + self.rented.as_ref().map_or(0, |rented| rented.0.n_searches) > self.sought.work {
                (proved, reached) = (false, Some(node.bound));
                break;
            }
            self.branch(&node);
        }
        let Some((key, paths)) = self.best else {
            let given_up = |bound: Key| Set { proved: false, ..Set::bounded_by(bound, self.forced) };
            return reached.map(given_up);
        };
        let bound = reached.unwrap_or(key);
        let uses: Vec<&[Use]> = paths.iter().map(|path| path.uses.as_slice()).collect();
        let shared = self.sought.resources.shared(uses.into_iter());
        let weight = |arcs: &[u32]| arcs.iter().fold(Weight::default(), |sum, &arc| sum + self.graph.weight(arc));
        let mut paths: Vec<Path> =
            paths.iter().map(|path| Path { weight: weight(&path.arcs), arcs: path.arcs.clone() }).collect();
        paths.sort_by(|a, b| (a.weight, &a.arcs).cmp(&(b.weight, &b.arcs)));
        Some(Set { paths, shared, penalty: key.penalty, proved, ..Set::bounded_by(bound, self.forced) })
    }

    /// Adds a part to the queue, unless it holds nothing, nothing better than what is known, or is there already.
    fn add(&mut self, mut bans: Vec<Vec<Ban>>, paid: Vec<u32>, at_least: Option<Key>) {
        let Some(bound) = self.bound(&bans, &paid) else { return };
        let bound = at_least.map_or(bound, |least| bound.max(least));
        if self.best.as_ref().is_some_and(|(best, _)| *best <= bound) {
            return;
        }
        // Which path is which does not matter, but for the first one where it is to be the best.
        let from = usize::from(self.sought.aim == Aim::First);
        bans[from..].sort();
        if self.seen.insert((bans.clone(), paid.clone())) {
            self.n_nodes += 1;
            self.queue.push(Reverse(Node { bound, age: Reverse(self.n_nodes), bans, paid }));
        }
    }

    /// No set with these bans is better; `None` where there is none at all.
    fn bound(&mut self, bans: &[Vec<Ban>], paid: &[u32]) -> Option<Key> {
        let mut singles = Vec::with_capacity(bans.len());
        for own in bans {
            singles.push(self.plain.least(own)?.cost);
        }
        let mut sum = total(&singles);
        if let Some((rented, total_rent, shared)) = &mut self.rented
            && paid == shared.as_slice()
        {
            let mut dear: Cost = 0;
            for own in bans {
                dear = dear.saturating_add(rented.least(own)?.cost);
            }
            sum = sum.max(dear.saturating_sub(*total_rent));
        }
        let worst = singles.iter().map(|&cost| primary(cost)).max().unwrap_or(0);
        let share = primary(sum).div_ceil(self.sought.k as u64);
        let penalty = paid.iter().fold(0_u64, |sum, &i| sum.saturating_add(self.sought.resources.weight(i)));
        Some(Key { penalty, value: self.value(primary(singles[0]), worst.max(share), sum) })
    }

    fn value(&self, best: u64, worst: u64, sum: Cost) -> [Cost; 2] {
        match self.sought.aim {
            Aim::Sum => [sum, 0],
            Aim::First => [cost(Weight::new(best, 0)), sum],
            Aim::Balanced => [cost(Weight::new(worst, 0)), sum],
        }
    }

    /// Takes note of a set if it is one and the best so far.
    fn offer(&mut self, paths: &[Rc<Found>]) {
        let different: BTreeSet<&[u32]> = paths.iter().map(|path| path.arcs.as_slice()).collect();
        if paths.iter().any(|path| path.repeat.is_some() || !path.fits) || different.len() < paths.len() {
            return;
        }
        let shared = self.sought.resources.shared(paths.iter().map(|path| path.uses.as_slice()));
        let penalty = shared.iter().fold(0_u64, |sum, &i| sum.saturating_add(self.sought.resources.weight(i)));
        let costs: Vec<Cost> = paths.iter().map(|path| path.cost).collect();
        let (best, worst) = (costs.iter().min(), costs.iter().max());
        let primary = |cost: Option<&Cost>| cost.map_or(0, |&cost| primary(cost));
        let key = Key { penalty, value: self.value(primary(best), primary(worst), total(&costs)) };
        if self.best.as_ref().is_none_or(|(known, _)| key < *known) {
            self.best = Some((key, paths.to_vec()));
        }
    }

    /// Splits a part by what stands in the way of its least paths being a set.
    fn branch(&mut self, node: &Node) {
        let least = |bans: &Vec<Ban>| self.plain.least(bans).expect("a part in the queue has paths");
        let paths: Vec<Rc<Found>> = node.bans.iter().map(least).collect();
        self.offer(&paths);
        self.complete(node, &paths);
        let clashes = self.clashes(node, &paths);
        if clashes.is_empty() {
            let unfit = |i: &usize| !paths[*i].fits;
            if let Some(i) = (0..paths.len()).find(unfit) {
                self.replace(node, &paths[i].arcs, &[i]);
            } else {
                self.tell_apart(node, &paths);
            }
            return;
        }
        let mut chosen: Option<(_, Clash)> = None;
        for clash in clashes {
            let one = self.bound(&with_ban(&node.bans, clash.paths.0, clash.bans.0), &node.paid);
            let other = self.bound(&with_ban(&node.bans, clash.paths.1, clash.bans.1), &node.paid);
            // None, no set at all, is the most that a ban can raise the bound to.
            let mut raised = [one, other].map(|bound| (bound.is_none(), bound));
            raised.sort();
            if chosen.as_ref().is_none_or(|(most, _)| raised > *most) {
                chosen = Some((raised, clash));
            }
        }
        let (_, clash) = chosen.expect("there is a clash");
        self.add(with_ban(&node.bans, clash.paths.0, clash.bans.0), node.paid.clone(), Some(node.bound));
        self.add(with_ban(&node.bans, clash.paths.1, clash.bans.1), node.paid.clone(), Some(node.bound));
        if let Some(resource) = clash.resource {
            let mut paid = node.paid.clone();
            paid.push(resource);
            paid.sort_unstable();
            self.add(node.bans.clone(), paid, None);
        }
    }

    /// What clashes among the least paths of a part: between two of them, or within one that passes a place twice.
    fn clashes(&self, node: &Node, paths: &[Rc<Found>]) -> Vec<Clash> {
        let mut clashes = Vec::new();
        for (i, path) in paths.iter().enumerate() {
            if let Some((one, other)) = path.repeat {
                let bans = (self.plain.ban_state(one), self.plain.ban_state(other));
                clashes.push(Clash { paths: (i, i), bans, resource: None });
            }
            for (j, other) in paths.iter().enumerate().skip(i + 1) {
                for &taken in path.uses.iter().filter(|&&taken| node.paid.binary_search(&resource(taken)).is_err()) {
                    let against = [(is_exclusive(taken), taken), (true, counterpart(taken))];
                    for (_, against) in against.into_iter().filter(|(clashing, _)| *clashing) {
                        if other.uses.binary_search(&against).is_ok() {
                            let resource = Some(resource(taken));
                            clashes.push(Clash { paths: (i, j), bans: (taken, against), resource });
                        }
                    }
                }
            }
        }
        clashes
    }

    /// Splits a part whose least paths clash in nothing but are not all different: of those that are the same, all but one
    /// have to be another path.
    fn tell_apart(&mut self, node: &Node, paths: &[Rc<Found>]) {
        let equal = |i: usize| (0..paths.len()).filter(|&j| paths[j].arcs == paths[i].arcs).collect::<Vec<_>>();
        if let Some(same) = (0..paths.len()).map(equal).find(|same| same.len() > 1) {
            self.replace(node, &paths[same[0]].arcs, &same);
        }
    }

    /// Splits a part where one of these has to be another path than this: it leaves it at one of its arcs (Lawler's
    /// partition).
    fn replace(&mut self, node: &Node, path: &[u32], candidates: &[usize]) {
        let graph = self.graph;
        let mut tail = StateGraph::START;
        // What keeps a path on this one so far.
        let mut along: Vec<Ban> = Vec::new();
        for &arc in path {
            for &i in candidates {
                let mut bans = with_ban(&node.bans, i, self.plain.ban_arc(arc));
                bans[i].extend(&along);
                bans[i].sort_unstable();
                bans[i].dedup();
                self.add(bans, node.paid.clone(), Some(node.bound));
            }
            along.extend(graph.arcs_of(tail).filter(|&other| other != arc).map(|other| self.plain.ban_arc(other)));
            tail = graph.head(arc);
        }
    }

    /// Tries to make a set of a part: each path in turn avoids what those before it take.
    fn complete(&mut self, node: &Node, paths: &[Rc<Found>]) {
        let mut chosen: Vec<Rc<Found>> = Vec::with_capacity(self.sought.k);
        for (own, path) in node.bans.iter().zip(paths) {
            let mut bans = own.clone();
            for taken in chosen.iter().flat_map(|path| &path.uses) {
                if node.paid.binary_search(&resource(*taken)).is_err() {
                    bans.extend(is_exclusive(*taken).then_some(*taken));
                    bans.push(counterpart(*taken));
                }
            }
            if chosen.is_empty() {
                chosen.push(Rc::clone(path));
            } else if let Some(next) = self.plain.search(&bans) {
                chosen.push(Rc::new(next));
            } else {
                return;
            }
        }
        self.offer(&chosen);
    }
}

impl Set {
    /// No paths yet.
    fn bounded_by(bound: Key, unavoidable: Vec<u32>) -> Self {
        let (least_penalty, least) = (bound.penalty, primary(bound.value[0]));
        Self { paths: Vec::new(), shared: Vec::new(), penalty: 0, unavoidable, proved: true, least_penalty, least }
    }
}

fn total(costs: &[Cost]) -> Cost {
    costs.iter().fold(0, |sum, &cost| sum.saturating_add(cost))
}

fn with_ban(bans: &[Vec<Ban>], path: usize, ban: Ban) -> Vec<Vec<Ban>> {
    let mut more = bans.to_vec();
    if let Err(at) = more[path].binary_search(&ban) {
        more[path].insert(at, ban);
    }
    more
}

/// The resources that no path can do without, in order.
fn forced(plain: &mut Singles<'_>) -> Vec<u32> {
    let Some(path) = plain.least(&[]) else { return Vec::new() };
    let exclusive = path.uses.iter().filter(|&&taken| is_exclusive(taken));
    let mut forced: Vec<u32> = Vec::new();
    for &taken in exclusive {
        if plain.least(&[taken]).is_none() {
            forced.push(resource(taken));
        }
    }
    forced.sort_unstable();
    forced
}
