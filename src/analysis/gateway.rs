//! The gateways of a country: every way by which its traffic can leave for the world's hubs, and what each is worth.
//!
//! A gateway is the border crossing or the landing by which a route leaves the country for the last time, together with
//! the country that it enters there. [`gateways`] finds, for each hub, the best route, the best route of each gateway,
//! and what happens to the best routes when another country or a cable system is gone ([`Dependence`]). [`gained`] sets
//! two such answers side by side, and [`everywhere`] asks the same of all countries.

mod dependence;
mod everywhere;
mod gain;
mod gateway_search;

pub use dependence::{Dependence, Loss, Reliance, Worst};
pub use everywhere::{CountryReach, EverywhereQuestion, everywhere, weighted_mean};
pub use gain::{BeforeAfter, Gained, gained};
pub use gateway_search::{Exit, Gateway};

use super::many::Workers;
use super::plan::Plan;
use super::search::Answer;
use super::why_not::Unanswered;
use crate::metrics::Route;
use crate::network::CountryCode;
use crate::request::{End, Objective, Request};
use gateway_search::{GatewaySearch, gateway_searches};

/// What is asked of a country.
#[derive(Debug, Clone)]
pub struct GatewayQuestion {
    /// The country.
    pub country: CountryCode,
    /// What the routes are best at: each hub is asked once for each of these.
    pub objectives: Vec<Objective>,
    /// For each hub, the request that leads there; its objective and its number of routes do not matter.
    pub requests: Vec<Request>,
}

/// A route, and how it leaves the country.
#[derive(Debug, Clone, PartialEq)]
pub struct Way {
    /// The route.
    pub route: Route,
    /// Which of the country's gateways, by its place in [`Gateways::gateways`].
    pub gateway: Option<usize>,
}

/// How a hub is reached.
#[derive(Debug, Clone, PartialEq)]
pub struct HubReach {
    /// The hub.
    pub hub: End,
    /// The best route for each objective, whichever gateway it takes.
    pub best: Vec<Option<Way>>,
    /// For each objective, whether the search was stopped for too much work: there may be a better route then.
    pub stopped: Vec<bool>,
    /// Why there is none, where there is none.
    pub reason: Option<Unanswered>,
}

/// What one gateway gives.
#[derive(Debug, Clone, PartialEq)]
pub struct GatewayUse {
    /// The gateway.
    pub gateway: Gateway,
    /// For each hub and each objective, the best route that leaves by it.
    pub routes: Vec<Vec<Option<Route>>>,
    /// The same of the searches for them: whether they were stopped for too much work.
    pub stopped: Vec<Vec<bool>>,
    /// For each objective, how many hubs' best routes leave by it.
    pub won: Vec<usize>,
}

/// A country's gateways.
#[derive(Debug, Clone, PartialEq)]
pub struct Gateways {
    /// The country.
    pub country: CountryCode,
    /// What the routes are best at.
    pub objectives: Vec<Objective>,
    /// The hubs, in the order asked.
    pub hubs: Vec<HubReach>,
    /// The gateways: those that win most hubs first, then those that reach most.
    pub gateways: Vec<GatewayUse>,
    /// What the best routes lean on outside the country: the worst dependence first.
    pub dependence: Vec<Dependence>,
    /// Whether some search was stopped for too much work: there may be better routes then.
    pub is_stopped: bool,
}

impl Gateways {
    /// How many hubs are reached, for one of the objectives.
    #[must_use]
    pub fn n_reached(&self, objective: usize) -> usize {
        self.hubs.iter().filter(|hub| hub.best.get(objective).is_some_and(Option::is_some)).count()
    }

    /// The share of the hubs reached that a gateway wins, from 0 to 1; 0 where no hub is reached.
    #[must_use]
    pub fn share_won(&self, gateway: usize, objective: usize) -> f64 {
        let won = self.gateways.get(gateway).and_then(|own| own.won.get(objective)).copied().unwrap_or(0);
        won as f64 / self.n_reached(objective).max(1) as f64
    }

    /// The gateway by which the best route to a hub leaves.
    #[must_use]
    pub fn winner(&self, hub: usize, objective: usize) -> Option<&Gateway> {
        let way = self.hubs.get(hub)?.best.get(objective)?.as_ref()?;
        Some(&self.gateways.get(way.gateway?)?.gateway)
    }
}

/// Finds a country's ways to the hubs, what each gateway gives and what the best ways lean on.
///
/// Each best route is what [`Plan::answer`] gives for the same request. The best route of a gateway is the best one that
/// leaves the country by it and only once, or the best route of all if that leaves by it.
///
/// Complexity: one search for each hub, objective and gateway, and one for each best route and each country and system
/// that it passes.
#[must_use]
pub fn gateways(plan: &Plan<'_>, question: &GatewayQuestion, workers: &Workers) -> Gateways {
    let GatewayQuestion { country, objectives, requests } = question;
    let asked: Vec<Request> = requests
        .iter()
        .flat_map(|request| objectives.iter().map(move |&objective| Request { objective, k: 1, ..request.clone() }))
        .collect();
    // One scale for all routes to a hub.
    let asked = workers.each(&asked, |request| Request { objective: plan.settled(request), ..request.clone() });
    let answers = workers.each(&asked, |request| plan.answer(request));
    let best_stopped: Vec<bool> = answers.iter().map(|answer| answer.is_stopped).collect();
    let mut is_stopped = best_stopped.contains(&true);
    let bests: Vec<Option<Route>> =
        answers.into_iter().map(|Answer { routes, .. }| routes.into_iter().next()).collect();

    let gateway_searches =
        requests.first().map(|request| gateway_searches(plan, *country, &request.avoid)).unwrap_or_default();
    let winners: Vec<Option<Gateway>> =
        bests.iter().map(|best| Gateway::of(plan.network(), *country, best.as_ref()?)).collect();
    let through = through(plan, &gateway_searches, &asked, &bests, &winners, workers);
    is_stopped |= through.iter().any(|(_, stopped)| *stopped);
    let mut through = through.into_iter();
    let n = objectives.len().max(1);
    let mut uses: Vec<GatewayUse> = Vec::with_capacity(gateway_searches.len());
    for gateway_search in &gateway_searches {
        let (own, stopped): (Vec<Option<Route>>, Vec<bool>) = through.by_ref().take(asked.len()).unzip();
        let won = (0..objectives.len()).map(|objective| {
            let of_objective = winners.iter().skip(objective).step_by(n);
            of_objective.filter(|winner| winner.as_ref() == Some(&gateway_search.gateway)).count()
        });
        let (gateway, won) = (gateway_search.gateway.clone(), won.collect());
        let routes = own.chunks(n).map(<[_]>::to_vec).collect();
        uses.push(GatewayUse { gateway, routes, stopped: stopped.chunks(n).map(<[_]>::to_vec).collect(), won });
    }
    uses.sort_by_key(|own| {
        let reached = own.routes.iter().flatten().flatten().count();
        (std::cmp::Reverse((own.won.iter().sum::<usize>(), reached)), own.gateway.clone())
    });
    let hubs = hubs(plan, (&asked, &best_stopped), n, bests, &winners, &uses);
    let (dependence, stopped) = dependence::dependence(plan, *country, &hubs, &asked, workers);
    is_stopped |= stopped;
    Gateways { country: *country, objectives: objectives.clone(), hubs, gateways: uses, dependence, is_stopped }
}

/// The best route by each gateway_search for each request, gateway_search by gateway_search, and whether the search for it was stopped.
fn through(
    plan: &Plan<'_>,
    gateway_searches: &[GatewaySearch],
    asked: &[Request],
    bests: &[Option<Route>],
    winners: &[Option<Gateway>],
    workers: &Workers,
) -> Vec<(Option<Route>, bool)> {
    let pairs: Vec<(&GatewaySearch, usize)> =
        gateway_searches.iter().flat_map(|gateway_search| (0..asked.len()).map(move |i| (gateway_search, i))).collect();
    workers.each(&pairs, |&(gateway_search, i)| match &bests[i] {
        // Where there is no route at all, there is none by any gateway_search.
        None => (None, false),
        Some(best) if winners[i].as_ref() == Some(&gateway_search.gateway) => (Some(best.clone()), false),
        Some(_) => gateway_search.best(plan, &asked[i]),
    })
}

fn hubs(
    plan: &Plan<'_>,
    (asked, stopped): (&[Request], &[bool]),
    n_objectives: usize,
    bests: Vec<Option<Route>>,
    winners: &[Option<Gateway>],
    uses: &[GatewayUse],
) -> Vec<HubReach> {
    let place = |winner: &Option<Gateway>| uses.iter().position(|own| Some(&own.gateway) == winner.as_ref());
    let mut ways = bests.into_iter().zip(winners).map(|(route, winner)| {
        let gateway = place(winner);
        route.map(|route| Way { route, gateway })
    });
    let hub = |(requests, stopped): (&[Request], &[bool])| {
        let best: Vec<Option<Way>> = ways.by_ref().take(requests.len()).collect();
        let missing = best.iter().position(Option::is_none);
        let reason = missing.map(|i| {
            let request = &requests[i];
            if stopped[i] { plan.not_known(request) } else { plan.no_route(request) }
        });
        HubReach { hub: requests[0].to.clone(), reason, best, stopped: stopped.to_vec() }
    };
    asked.chunks(n_objectives).zip(stopped.chunks(n_objectives)).map(hub).collect()
}
