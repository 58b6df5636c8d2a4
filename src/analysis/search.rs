//! The best routes of a request, whatever it asks for.
//!
//! Most requests are unfolded and searched as they are. Bounds on the number of countries and on shares of the length are
//! dear to keep to, so they are kept out of the search as long as they do not matter: if the best routes without them
//! keep to them, those are the answer. Else routes that surely keep to them (few borders, few kilometres in the bounded
//! countries) say what the answer weighs at most, and only what lies within that is searched in full.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::plan::{Plan, columns};
use crate::graph::dijkstra::distances_to_goal;
use crate::graph::elementary::{ShareLimit, Wanted, k_best_elementary};
use crate::graph::loopless::{Limit, MAX_LIMITS, Path, k_best};
use crate::graph::{Distance, StateGraph, Weight};
use crate::metrics::{Measure, Route};
use crate::network::{CountryCode, SegmentSet};
use crate::request::{
    Ceiling, DirectPath, MaxShare, Objective, Request, SearchInput, ShareOf, Weights, direct, numbered_steps,
    unfold_marked, unfold_within,
};

/// The most labels that a search with bounds on shares may make.
const MAX_LABELS: usize = 300_000;

/// Routes, and whether the search for them came to its end.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The best routes, best first. All of them fit.
    pub routes: Vec<Route>,
    /// Whether the search was stopped for too much work: there may be better routes then, or more.
    pub is_stopped: bool,
}

/// Paths as routes, with their weights.
struct Found {
    routes: Vec<(Weight, Route)>,
    is_stopped: bool,
}

/// A request over the segments that it may use.
pub(super) struct Search<'p, 'a> {
    plan: &'p Plan<'a>,
    request: &'p Request,
    usable: Cow<'p, SegmentSet>,
    missing: Option<&'p SegmentSet>,
    ends: (CountryCode, CountryCode),
}

impl<'a> Plan<'a> {
    /// The best routes, best first, with all their figures.
    #[must_use]
    pub fn routes(&self, request: &Request) -> Vec<Route> {
        self.answer(request).routes
    }

    /// The best routes, and whether they are known to be the best.
    #[must_use]
    pub fn answer(&self, request: &Request) -> Answer {
        self.answer_over(request, self.usable(), None)
    }

    /// The best route, with the weight that it is best by.
    #[must_use]
    pub fn best(&self, request: &Request) -> Option<(u64, Route)> {
        let settled = self.settled_over(request, self.usable());
        let request = Request { k: 1, ..settled.unwrap_or_else(|| request.clone()) };
        let found = Search::new(self, &request, self.usable(), None)?.run();
        found.routes.into_iter().next().map(|(weight, route)| (weight.primary, route))
    }

    /// The best routes with what they weigh, and whether the search for them was stopped.
    pub(super) fn weighed(&self, request: &Request) -> (Vec<(u64, Route)>, bool) {
        let Some(search) = Search::new(self, request, self.usable(), None) else { return (Vec::new(), false) };
        let Found { routes, is_stopped } = search.run();
        (routes.into_iter().map(|(weight, route)| (weight.primary, route)).collect(), is_stopped)
    }

    /// The best routes over a given set of segments, some of which may be missing ([`Objective::Missing`]).
    pub(super) fn routes_over(
        &self,
        request: &Request,
        usable: &SegmentSet,
        missing: Option<&SegmentSet>,
    ) -> Vec<Route> {
        self.answer_over(request, usable, missing).routes
    }

    fn answer_over(&self, request: &Request, usable: &SegmentSet, missing: Option<&SegmentSet>) -> Answer {
        let settled = self.settled_over(request, usable);
        let request = settled.as_ref().unwrap_or(request);
        let Some(search) = Search::new(self, request, usable, missing) else {
            return Answer { routes: Vec::new(), is_stopped: false };
        };
        let Found { routes, is_stopped } = search.run();
        Answer { routes: routes.into_iter().map(|(_, route)| route).collect(), is_stopped }
    }

    /// The request's objective; if it is a weighting, with the best value of each criterion under the same constraints.
    #[must_use]
    pub fn settled(&self, request: &Request) -> Objective {
        self.settled_over(request, self.usable()).map_or(request.objective, |settled| settled.objective)
    }

    fn settled_over(&self, request: &Request, usable: &SegmentSet) -> Option<Request> {
        let Objective::Weighted(weights) = request.objective else { return None };
        if weights.is_settled() {
            return None;
        }
        let objective = Objective::Weighted(self.with_best(weights, request, usable));
        Some(Request { objective, ..request.clone() })
    }

    fn with_best(&self, weights: Weights, request: &Request, usable: &SegmentSet) -> Weights {
        weights.with_best(|criterion| {
            let request = Request { objective: criterion, k: 1, ..request.clone() };
            let found = Search::new(self, &request, usable, None).map(|search| search.run());
            let best = found.and_then(|found| found.routes.into_iter().next());
            best.map_or(0, |(weight, _)| weight.primary)
        })
    }
}

impl<'p, 'a> Search<'p, 'a> {
    pub(super) fn new(
        plan: &'p Plan<'a>,
        request: &'p Request,
        usable: &'p SegmentSet,
        missing: Option<&'p SegmentSet>,
    ) -> Option<Self> {
        let ends = (plan.country(&request.from)?, plan.country(&request.to)?);
        let usable = plan.outside_barred(request, ends, usable);
        Some(Self { plan, request, usable, missing, ends })
    }

    fn input(&self) -> SearchInput<'_> {
        let Self { usable, missing, ends, .. } = self;
        let (missing, ends) = (*missing, *ends);
        SearchInput { network: self.plan.network(), step_costs: self.plan.step_costs(), usable, missing, ends }
    }

    fn run(&self) -> Found {
        if let Some(found) = self.without_unfolding() {
            return found;
        }
        let bounds = self.request.bounds;
        if bounds == bounds.only_sums() && self.request.shares.is_empty() {
            let (columns, limits) = columns(self.request, &[]);
            let unfolding = unfold_marked(self.input(), self.request, &columns);
            let paths = k_best(&unfolding.graph, self.request.k, &limits);
            return Found { routes: self.routes(&unfolding.graph, paths), is_stopped: !unfolding.is_whole };
        }
        // Shares are looked after as soon as a route breaks them, so that the many countries of `*` cost nothing.
        let mut watched: BTreeSet<MaxShare> = BTreeSet::new();
        loop {
            let found = self.within(&watched);
            let broken: Vec<MaxShare> = found.routes.iter().flat_map(|(_, route)| self.broken_shares(route)).collect();
            let n = watched.len();
            watched.extend(broken);
            if watched.len() == n {
                return found;
            }
        }
    }

    /// The best routes, where they can be found without unfolding. The best ones without the bounds are the best ones with
    /// them if all keep to them.
    fn without_unfolding(&self) -> Option<Found> {
        let arcs = self.missing.is_none().then(|| self.plan.arcs(&self.usable)).flatten();
        let mut routes = Vec::new();
        for DirectPath { weight, start, segments } in direct(self.input(), self.plan.steps(), arcs, self.request)? {
            let route = self.plan.step_costs().route(self.ends, start, &segments);
            let in_sum = self.request.bounds.limits().all(|(measure, most)| measure.of(&route) <= most);
            if !(in_sum && self.keeps_to_countries(&route) && self.broken_shares(&route).is_empty()) {
                return None;
            }
            routes.push((weight, route));
        }
        Some(Found { routes, is_stopped: false })
    }

    /// The best routes that keep to everything but the shares that are not watched.
    fn within(&self, watched: &BTreeSet<MaxShare>) -> Found {
        let request = self.request;
        let loose = Request { bounds: request.bounds.only_sums(), ..request.clone() };
        let mut measures = vec![Measure::Crossings, Measure::Length];
        measures.extend(watched.iter().filter_map(|share| match share.of {
            ShareOf::Country(country) => Some(Measure::LengthIn(country)),
            ShareOf::EachTransitCountry => None,
        }));
        let (columns, limits) = columns(request, &measures);
        let relaxed = unfold_marked(self.input(), &loose, &columns);
        if watched.is_empty() {
            let routes = self.routes(&relaxed.graph, k_best(&relaxed.graph, request.k, &limits));
            if routes.iter().all(|(_, route)| self.keeps_to_countries(route)) {
                return Found { routes, is_stopped: !relaxed.is_whole };
            }
        }
        let sure = self.surely_within(&relaxed.graph, &limits, watched);
        let most = request.k.checked_sub(1).and_then(|last| sure.get(last));
        let most = most.map_or(Weight::INFINITE, |(weight, _)| *weight);
        let ceiling = (most < Weight::INFINITE).then(|| Ceiling::new(&relaxed, most.primary));
        let full = unfold_within(self.input(), request, &columns, ceiling.as_ref());
        let (paths, is_complete) = if watched.is_empty() {
            (k_best(&full.graph, request.k, &limits), true)
        } else {
            let shares = watched.iter().zip(2..).map(|(share, part)| ShareLimit {
                part,
                whole: 1,
                millionths: share.millionths,
            });
            let shares: Vec<ShareLimit> = shares.collect();
            let wanted = Wanted { k: request.k, limits: &limits, shares: &shares, most, work: MAX_LABELS };
            let harvest = k_best_elementary(&full.graph, wanted);
            (harvest.paths, harvest.is_complete)
        };
        let mut routes = self.routes(&full.graph, paths);
        let is_stopped = !(is_complete && full.is_whole && relaxed.is_whole);
        if is_stopped {
            // What surely fits is better than nothing.
            let more = sure.into_iter().filter(|(_, route)| routes.iter().all(|(_, own)| own.hops != route.hops));
            let more: Vec<_> = more.collect();
            routes.extend(more);
            routes.sort_by_key(|(weight, _)| *weight);
            routes.truncate(request.k);
        }
        Found { routes, is_stopped }
    }

    /// Routes that keep to the bounds on countries, for they pass few borders, and to the watched shares, for they have
    /// no more kilometres there than the shortest route would be allowed: not always the best, and not always any.
    fn surely_within(
        &self,
        graph: &StateGraph,
        limits: &[Limit],
        watched: &BTreeSet<MaxShare>,
    ) -> Vec<(Weight, Route)> {
        let mut sure = limits.to_vec();
        if let Some(most) = self.request.bounds.most_transit(self.ends) {
            let of_ends = i64::from(self.ends.0 != self.ends.1);
            let Ok(most) = u64::try_from(most + of_ends) else { return Vec::new() };
            sure.push(Limit { column: 0, most });
        }
        let shortest = distances_to_goal(graph, |arc| graph.column(1, arc)).first().copied().unwrap_or(0);
        for (share, column) in watched.iter().zip(2..) {
            let most = u128::from(shortest) * u128::from(share.millionths) / 1_000_000;
            sure.push(Limit { column, most: u64::try_from(most).unwrap_or(u64::MAX) });
        }
        if sure.len() > MAX_LIMITS {
            return Vec::new();
        }
        let routes = self.routes(graph, k_best(graph, self.request.k, &sure));
        routes.into_iter().filter(|(_, route)| self.broken_shares(route).is_empty()).collect()
    }

    fn routes(&self, graph: &StateGraph, paths: Vec<Path>) -> Vec<(Weight, Route)> {
        let route = |path: Path| {
            let (start, segments) = numbered_steps(graph, &path.arcs);
            (path.weight, self.plan.step_costs().route(self.ends, start, &segments))
        };
        paths.into_iter().map(route).collect()
    }

    /// Whether a route keeps to the bounds on the number of countries.
    pub(super) fn keeps_to_countries(&self, route: &Route) -> bool {
        let different: BTreeSet<CountryCode> = route.countries.iter().copied().filter(|code| !code.is_sea()).collect();
        let transit = different.iter().filter(|&&code| code != self.ends.0 && code != self.ends.1).count();
        self.request.bounds.most_transit(self.ends).is_none_or(|most| transit as i64 <= most)
    }

    /// The bounds on shares that a route breaks, each for one country.
    pub(super) fn broken_shares(&self, route: &Route) -> Vec<MaxShare> {
        let mut broken = Vec::new();
        for own in &route.shares {
            if let Some(share) = self.request.share_of(own.country, self.ends)
                && !share.holds(own.length.metres(), route.length.metres())
            {
                broken.push(share);
            }
        }
        broken
    }
}
