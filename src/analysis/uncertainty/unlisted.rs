//! Every draw solved again: the routes outside a list that are the cheapest in some draw.
//!
//! The list says what each draw costs at most. The draws are then divided like the points of a k-d tree (J. L. Bentley,
//! Communications of the ACM 18(9), 1975) into ever smaller boxes of ranks. A leaf of a bill grows with each of its prices and falls
//! with the discount rate, so at a box's low corner, with every price at its least and the rate at its greatest, no way
//! costs more than it does in any of the box's draws: what is not below the dearest draw of the box there is left out of
//! the graph, and where nothing remains the box is done with. In what remains, each draw is solved by itself. Nothing is
//! guessed: a draw is proven, or solved, or counted as open.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::draws::{PriceSampling, Ranks};
use super::formulas::Builder;
use super::model::Model;
use super::prices_at::{ArcFormulas, Weighing};
use super::subgraph::Subgraph;
use crate::analysis::plan::columns;
use crate::analysis::search::Search;
use crate::analysis::{Plan, Workers};
use crate::graph::loopless::{Limit, MAX_LIMITS, Paths};
use crate::graph::{Digraph, NOWHERE, StateGraph};
use crate::metrics::Route;
use crate::network::CountryCode;
use crate::request::{Objective, Request, SearchInput, Unfolding, numbered_steps, unfold};

/// So few draws are not divided further.
const FEW: usize = 50;
/// Listed routes that say what a draw costs at most.
const MOST_OF_LIST: usize = 24;
/// Draws that are solved before all others, for the routes that win often.
const FIRST: u32 = 256;
/// Divisions before the boxes are shared out among the threads; it decides nothing but who does what.
const SHARED_LEVELS: u32 = 6;
/// Searches with constraints for each box that is shared out.
const MOST_HARD: u32 = 100;
/// Paths looked at in one of them.
const MOST_PATHS: usize = 64;

/// What a list of routes lacks.
#[derive(Debug, Clone, PartialEq)]
pub struct Unlisted {
    /// The routes outside the list that are cheaper than all of it in some draw, the cheapest at base prices first. With
    /// them the list has a cheapest route of every draw that is not open.
    pub routes: Vec<Route>,
    /// The share of draws in which it is not known whether a route outside is cheaper: the constraints make that too much
    /// work. Zero but for unusual requests.
    pub open: f64,
}

/// A request at all prices.
struct Field<'p, 'a> {
    plan: &'p Plan<'a>,
    request: &'p Request,
    ends: (CountryCode, CountryCode),
    unfolding: Unfolding,
    limits: Vec<Limit>,
    arcs: ArcFormulas,
}

/// Draws, and the part of the graph where a route cheaper than those known may lie.
type Part = (Arc<Subgraph>, Vec<u32>);

/// What was found in a part.
#[derive(Debug, Default)]
struct Found {
    paths: Vec<Vec<u32>>,
    open: u32,
    hard: u32,
}

/// The draws to solve, with what each costs at most.
struct Task<'t> {
    ranks: &'t Ranks,
    most: &'t [i64],
}

impl Plan<'_> {
    /// Solves every draw again: which routes of a request are cheaper in some draw than all those listed. What the request
    /// bounds, it bounds at base prices, so that the same routes are allowed in every draw.
    ///
    /// The answer is the same whatever the number of threads.
    ///
    /// Complexity: some microseconds a draw where few routes compete, up to a shortest-path search a draw where many do.
    ///
    /// # Example
    /// ```
    /// use fiberplan::analysis::{PriceSampling, Workers};
    /// use fiberplan::request::{End, Objective};
    /// use fiberplan::scenario::{Overrides, load};
    /// let scenario = load(&fiberplan::World::shipped(), None, &Overrides::default())?;
    /// let plan = scenario.plan();
    /// let (from, to) = (End::Country("TM".parse()?), End::Country("PK".parse()?));
    /// let request = scenario.request(from, to, Objective::Cost);
    /// let listed = plan.routes(&request);
    /// let unlisted = plan.unlisted(&request, &listed, PriceSampling::new(1000, 1)?, &Workers::new(2)?);
    /// assert_eq!(unlisted.open, 0.0);
    /// assert!(!unlisted.routes.contains(&listed[0]));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn unlisted(
        &self,
        request: &Request,
        listed: &[Route],
        sampling: PriceSampling,
        workers: &Workers,
    ) -> Unlisted {
        let request = Request { objective: Objective::Cost, k: 1, ..request.clone() };
        let Some(field) = Field::new(self, &request) else { return Unlisted { routes: Vec::new(), open: 0.0 } };
        if !field.unfolding.is_whole || field.limits.len() > MAX_LIMITS {
            return Unlisted { routes: Vec::new(), open: 1.0 };
        }
        let mut known = listed.to_vec();
        let n = sampling.samples();
        let ranks = field.ranks(&known, sampling, workers);
        let mut open = 0;
        for (draws, levels) in [(0..FIRST.min(n), 0), (0..n, SHARED_LEVELS)] {
            // A few know well enough what a draw costs at most; one that is listed already is found again, and left.
            let cut = MOST_OF_LIST.min(listed.len());
            let few: Vec<Route> = known[..cut].iter().chain(&known[listed.len()..]).cloned().collect();
            let all: Vec<usize> = (0..few.len()).collect();
            let mut most = Model::new(self, &few).cheapest_of(&all, &ranks, workers).cents;
            most.resize(n as usize, i64::MAX);
            let found = field.solve(&Task { ranks: &ranks, most: &most }, (draws.collect(), levels), workers);
            open = found.iter().map(|part| part.open).sum();
            let paths: BTreeSet<&Vec<u32>> = found.iter().flat_map(|part| &part.paths).collect();
            for path in paths {
                let route = field.route(path);
                if known.iter().all(|other| !is_same(other, &route)) {
                    known.push(route);
                }
            }
        }
        let mut routes = known.split_off(listed.len());
        let ids = |route: &Route| route.segments().cloned().collect::<Vec<_>>();
        routes.sort_by_cached_key(|route| (route.bill.total(), route.hops.len(), ids(route)));
        Unlisted { routes, open: f64::from(open) / f64::from(n) }
    }
}

fn is_same(a: &Route, b: &Route) -> bool {
    a.nodes == b.nodes && a.segments().eq(b.segments())
}

impl<'p, 'a> Field<'p, 'a> {
    /// `None` where an end is not in the network.
    fn new(plan: &'p Plan<'a>, request: &'p Request) -> Option<Self> {
        let ends = (plan.country(&request.from)?, plan.country(&request.to)?);
        let (columns, limits) = columns(request, &[]);
        let input = SearchInput {
            network: plan.network(),
            step_costs: plan.step_costs(),
            usable: plan.usable(),
            missing: None,
            ends,
        };
        let unfolding = unfold(input, request, &columns);
        let mut builder = Builder::new(plan.book(), plan.demand().term_years);
        let (mut first, mut leaves) = (vec![0], Vec::new());
        for own in unfolding.arc_leaves(input) {
            leaves.extend(own.iter().map(|leaf| builder.leaf(leaf)));
            first.push(leaves.len() as u32);
        }
        let arcs = ArcFormulas::new(builder.finish(), first, leaves);
        Some(Self { plan, request, ends, unfolding, limits, arcs })
    }

    fn ranks(&self, listed: &[Route], sampling: PriceSampling, workers: &Workers) -> Ranks {
        let model = Model::new(self.plan, listed);
        let mut families = self.arcs.families.clone();
        families.extend(model.prices().iter().map(|price| price.family));
        families.sort_unstable();
        families.dedup();
        Ranks::new(sampling, &families, workers)
    }

    fn route(&self, path: &[u32]) -> Route {
        let (start, segments) = numbered_steps(&self.unfolding.graph, path);
        self.plan.step_costs().route(self.ends, start, &segments)
    }

    /// Solves some draws, divided so many times before they are shared out.
    fn solve(&self, task: &Task<'_>, (draws, levels): (Vec<u32>, u32), workers: &Workers) -> Vec<Found> {
        let graph = &self.unfolding.graph;
        if graph.n_states() <= StateGraph::GOAL as usize {
            return Vec::new();
        }
        let tails = (0..graph.n_states() as u32).flat_map(|tail| graph.arcs_of(tail).map(move |arc| (arc, tail)));
        let arcs = tails.map(|(arc, tail)| (arc, tail, graph.head(arc)));
        let whole = Subgraph::new(graph.n_states(), arcs, (StateGraph::START, StateGraph::GOAL));
        let mut parts: Vec<Part> = vec![(Arc::new(whole), draws)];
        for _ in 0..levels {
            let divided = workers.each(&parts, |part| self.divide(task, part, &mut Weighing::new(&self.arcs)));
            parts = divided.into_iter().flatten().collect();
        }
        workers.each(&parts, |part| {
            let mut found = Found::default();
            self.explore(task, part, &mut Weighing::new(&self.arcs), &mut found);
            found
        })
    }

    /// Divides a part by the family of prices that matters most in it; nothing is left of one where no route can be cheaper.
    fn divide(&self, task: &Task<'_>, (subgraph, draws): &Part, weighing: &mut Weighing<'_>) -> Vec<Part> {
        let span = self.arcs.span(task.ranks, draws);
        weighing.at_corner(&span, None);
        let weights: Vec<u64> = subgraph.arcs.iter().map(|&arc| weighing.arc_at_least(arc)).collect();
        let most = draws.iter().map(|&draw| task.most[draw as usize]).max().unwrap_or(0).max(0) as u64;
        let Some((narrowed, best)) = subgraph.narrowed(&weights, most) else { return Vec::new() };
        let narrowed = Arc::new(narrowed);
        if draws.len() <= FEW {
            return vec![(narrowed, draws.clone())];
        }
        // How much the best way of the corner would cost more at the family's other end.
        let widths: Vec<f64> = (0..span.len())
            .map(|place| {
                weighing.at_corner(&span, None);
                let low = weighing.of_family(&best, place);
                weighing.at_corner(&span, Some(place));
                weighing.of_family(&best, place) - low
            })
            .collect();
        let widest = (0..widths.len()).max_by(|&a, &b| widths[a].total_cmp(&widths[b]).then(b.cmp(&a))).unwrap_or(0);
        let ranks = task.ranks.of(self.arcs.families[widest]);
        let mut low = draws.clone();
        let middle = low.len() / 2;
        low.select_nth_unstable_by(middle, |&a, &b| ranks[a as usize].total_cmp(&ranks[b as usize]).then(a.cmp(&b)));
        let high = low.split_off(middle);
        vec![(narrowed.clone(), low), (narrowed, high)]
    }

    fn explore(&self, task: &Task<'_>, part: &Part, weighing: &mut Weighing<'_>, found: &mut Found) {
        let is_few = part.1.len() <= FEW;
        for part in self.divide(task, part, weighing) {
            if is_few {
                part.1.iter().for_each(|&draw| self.draw(task, (&part.0, draw), weighing, found));
            } else {
                self.explore(task, &part, weighing, found);
            }
        }
    }

    /// Solves one draw in the part of the graph that matters to it.
    fn draw(
        &self,
        task: &Task<'_>,
        (subgraph, draw): (&Subgraph, u32),
        weighing: &mut Weighing<'_>,
        found: &mut Found,
    ) {
        weighing.at_draw(task.ranks, draw);
        let mut most = task.most[draw as usize].max(0) as u64;
        for path in &found.paths {
            most = most.min(weighing.path(path));
        }
        let Some(path) = subgraph.cheaper(most, |arc| weighing.arc(arc)) else { return };
        if self.is_route(&path) {
            found.paths.push(path);
        } else {
            self.hard(most, weighing, found);
        }
    }

    /// Solves one draw whose cheapest way is no route, or not one that is allowed.
    fn hard(&self, most: u64, weighing: &mut Weighing<'_>, found: &mut Found) {
        if found.hard >= MOST_HARD {
            found.open += 1;
            return;
        }
        found.hard += 1;
        let graph = &self.unfolding.graph;
        let weights: Vec<u64> = (0..graph.n_arcs() as u32).map(|arc| weighing.arc(arc)).collect();
        let drawn = graph.weighing(|arc| weights[arc as usize]);
        let mut n = 0;
        for path in Paths::new(&drawn, &self.limits).take(MOST_PATHS) {
            if path.weight.primary >= most {
                return;
            }
            if self.is_route(&path.arcs) {
                found.paths.push(path.arcs);
                return;
            }
            n += 1;
        }
        found.open += u32::from(n == MOST_PATHS);
    }

    /// Whether a way is at no place twice, and within what the request bounds.
    fn is_route(&self, path: &[u32]) -> bool {
        let graph = &self.unfolding.graph;
        let mut places: Vec<u32> = path.iter().map(|&arc| graph.place(graph.head(arc))).collect();
        places.retain(|&place| place != NOWHERE);
        places.sort_unstable();
        let within = |limit: &Limit| {
            let used = path.iter().map(|&arc| graph.column(limit.column, arc)).fold(0, u64::saturating_add);
            used <= limit.most
        };
        let in_shares = || {
            let search = Search::new(self.plan, self.request, self.plan.usable(), None);
            search.is_some_and(|search| search.broken_shares(&self.route(path)).is_empty())
        };
        places.windows(2).all(|pair| pair[0] != pair[1])
            && self.limits.iter().all(within)
            && (self.request.shares.is_empty() || in_shares())
    }
}
