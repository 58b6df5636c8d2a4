//! A corridor of countries: its crossing pairs side by side, and the ways round its middle.

use std::collections::BTreeSet;

use super::plan::Plan;
use crate::metrics::availability::RISK_UNITS;
use crate::metrics::{PassageKind, Route};
use crate::network::{CountryCode, NodeId, SegmentId, Status};
use crate::prices::PriceFamily;
use crate::request::{End, Gate, Objective, Request};

/// How many bypasses are shown.
const MAX_BYPASSES: usize = 4;

/// A bypass whose length lies in the countries of one already shown to more than this share is the same way again.
const MOST_ALIKE: f64 = 0.7;

/// How many sets of countries to avoid are tried in looking for bypasses.
const MAX_TRIED: usize = 48;

/// More crossing combinations than this are not tried one by one.
const MAX_COMBINATIONS: usize = 4096;

/// A corridor evaluated.
#[derive(Debug, Clone)]
pub struct Transit {
    /// The countries, in order.
    pub corridor: Vec<CountryCode>,
    /// Where every route begins.
    pub from: NodeId,
    /// Where every route ends.
    pub to: NodeId,
    /// One route for each combination of crossings that has one: usable ones first, then by the objective.
    pub rows: Vec<TransitRow>,
    /// The corridor's fastest and its cheapest usable route, by whichever crossings.
    pub best_at: Option<(Route, Route)>,
    /// The best routes that touch none of the middle countries' land, each by other countries, best first; the fastest
    /// and the cheapest of all such routes are among them.
    pub bypasses: Vec<Bypass>,
}

/// The best route over one combination of crossings.
#[derive(Debug, Clone)]
pub struct TransitRow {
    /// How each border is passed.
    pub crossings: Vec<String>,
    /// The route.
    pub route: Route,
    /// What it needs that may not be used yet; empty for a route that is there.
    pub missing: Vec<(SegmentId, Status)>,
}

/// A way round.
#[derive(Debug, Clone)]
pub struct Bypass {
    /// The countries between the ends that are not the ends' own.
    pub by: Vec<CountryCode>,
    /// The route.
    pub route: Route,
}

/// Lists a corridor's routes by crossing pair, and the bypasses of its middle countries.
///
/// The request gives the two places that every route joins, the corridor, and whatever else every route has to keep to;
/// its objective picks the best route for each combination of crossings and puts them in order. `None` if its ends are
/// not places or it has no corridor, or one with choices or gaps.
#[must_use]
pub fn transit(plan: &Plan<'_>, request: &Request) -> Option<Transit> {
    let (End::Node(from), End::Node(to)) = (&request.from, &request.to) else { return None };
    let corridor = request.corridor.as_ref()?.plain()?;
    // One scale for all rows.
    let objective = plan.settled(request);
    let request = Request { k: 1, objective, ..request.clone() };
    let mut rows: Vec<TransitRow> = Vec::new();
    for gates in combinations(plan, &corridor) {
        let request = Request { gates: gates.iter().map(|&gate| Some(gate)).collect(), ..request.clone() };
        let usable = plan.routes(&request).into_iter().next().map(|route| (Vec::new(), route));
        if let Some((missing, route)) = usable.or_else(|| plan.with_missing_segments(&request)) {
            let crossings = route.passages.iter().map(|passage| passage.name.clone()).collect();
            rows.push(TransitRow { crossings, route, missing });
        }
    }
    rows.sort_by_key(|row| (!row.missing.is_empty(), rank(plan, &row.route, objective), row.crossings.clone()));
    let best_at = |objective| plan.routes(&Request { objective, ..request.clone() }).into_iter().next();
    let best_at = best_at(Objective::Latency).zip(best_at(Objective::Cost));
    let bypasses = bypasses(plan, &corridor, &request);
    Some(Transit { corridor, from: from.clone(), to: to.clone(), rows, best_at, bypasses })
}

/// Every way to pass the corridor's borders, one gate for each.
fn combinations(plan: &Plan<'_>, corridor: &[CountryCode]) -> Vec<Vec<Gate>> {
    let mut all: Vec<Vec<Gate>> = vec![Vec::new()];
    for pair in corridor.windows(2) {
        let countries = (pair[0].min(pair[1]), pair[0].max(pair[1]));
        let land = plan.network().crossings().iter().filter(|crossing| crossing.countries == countries);
        let gates: Vec<Gate> = land.map(|crossing| Gate::Land(crossing.id)).chain([Gate::Sea]).collect();
        all = all
            .iter()
            .flat_map(|so_far| gates.iter().map(|&gate| [so_far.as_slice(), &[gate]].concat()))
            .take(MAX_COMBINATIONS)
            .collect();
    }
    all
}

fn bypasses(plan: &Plan<'_>, corridor: &[CountryCode], request: &Request) -> Vec<Bypass> {
    let objective = request.objective;
    let middle: BTreeSet<CountryCode> =
        corridor.iter().skip(1).take(corridor.len().saturating_sub(2)).copied().collect();
    if middle.is_empty() {
        return Vec::new();
    }
    let best = |avoided: &BTreeSet<CountryCode>, objective| {
        let mut request = Request { objective, corridor: None, gates: Vec::new(), ..request.clone() };
        request.avoid.countries.extend(avoided);
        plan.routes(&request).into_iter().next()
    };
    // Best first over sets of countries to avoid: each route found is followed by those that shun one of its countries.
    let mut found: Vec<Bypass> = Vec::new();
    let mut tried = BTreeSet::from([middle.clone()]);
    let mut open: Vec<(Route, BTreeSet<CountryCode>)> =
        best(&middle, objective).map(|route| (route, middle.clone())).into_iter().collect();
    while found.len() < MAX_BYPASSES && !open.is_empty() {
        open.sort_by_key(|(route, avoided)| (rank(plan, route, objective), avoided.clone()));
        let (route, avoided) = open.remove(0);
        let bypass = Bypass::of(route);
        for &country in &bypass.by {
            let mut more = avoided.clone();
            more.insert(country);
            if tried.len() < MAX_TRIED
                && tried.insert(more.clone())
                && let Some(next) = best(&more, objective)
            {
                open.push((next, more));
            }
        }
        if found.iter().all(|other| likeness(&other.route, &bypass.route) <= MOST_ALIKE) {
            found.push(bypass);
        }
    }
    for other in [Objective::Latency, Objective::Cost] {
        let missing = |route: &Route| found.iter().all(|bypass| bypass.route != *route);
        if let Some(route) = best(&middle, other).filter(missing) {
            found.push(Bypass::of(route));
        }
    }
    found.sort_by_key(|bypass| rank(plan, &bypass.route, objective));
    found
}

impl Bypass {
    /// What a route is as a way round.
    #[must_use]
    pub fn of(route: Route) -> Self {
        let ends = (route.countries.first().copied(), route.countries.last().copied());
        let is_end = |country: CountryCode| Some(country) == ends.0 || Some(country) == ends.1;
        let mut by: Vec<CountryCode> = Vec::new();
        for &country in route.countries.iter().filter(|&&country| !is_end(country)) {
            if !by.contains(&country) {
                by.push(country);
            }
        }
        Self { by, route }
    }
}

/// The share of two routes' length that lies in the same countries, from 0 to 1.
fn likeness(a: &Route, b: &Route) -> f64 {
    let part = |route: &Route, country| {
        let share = route.shares.iter().find(|share| share.country == country);
        share.map_or(0.0, |share| share.length.km()) / route.length.km()
    };
    a.shares.iter().map(|share| part(a, share.country).min(part(b, share.country))).sum()
}

/// The figure a route is put in order by.
fn rank(plan: &Plan<'_>, route: &Route, objective: Objective) -> u64 {
    match objective {
        Objective::Cost => route.bill.total().cents().max(0) as u64,
        Objective::Latency => route.latency().femtoseconds(),
        Objective::Length | Objective::Missing => route.length.metres(),
        Objective::Risk => {
            let friction = |country| plan.book().for_country(PriceFamily::Friction, country).1.base;
            let entered: f64 = route.passages.iter().map(|passage| friction(passage.to)).sum();
            ((entered - route.availability.ln()) * RISK_UNITS) as u64
        }
        Objective::Availability => (-route.availability.ln() * RISK_UNITS) as u64,
        Objective::Weighted(weights) => weights.score(|criterion| rank(plan, route, criterion)),
    }
}

impl TransitRow {
    /// Whether every border is passed over land.
    #[must_use]
    pub fn over_land(&self) -> bool {
        self.route.passages.iter().all(|passage| matches!(passage.kind, PassageKind::Land(_)))
    }
}
