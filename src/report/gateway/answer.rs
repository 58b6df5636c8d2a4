//! The answers of `gateway` as values.

use super::all_words;
use super::document::reasons;
use super::input::{GatewayAllReport, GatewayCase, GatewayCompareReport, GatewayReport, ScenarioReach};
use super::names::reliance;
use super::words::{gateway_conclusion, gateway_gains};
use crate::analysis::{
    Cell, CountryReach, Dependence, Gained, Gateway, Gateways, HubReach, Loss, Reliance, Worst, gained,
};
use crate::metrics::Route;
use crate::report::answer::gateway::{
    CountryGateways, CountryRoute, CountryWays, DependenceOn, FoundRoute, GainedRoute, GatewayPlace, GatewayRoute,
    GatewayWays, HubRoute, HubWays, HubsWon, LossWithout, MeanFigure, RelianceKind, SavedFigure, ScenarioCountries,
    ScenarioGateways,
};
use crate::report::answer::{GatewayAllAnswer, GatewayAnswer, GatewayCompareAnswer, Query, RouteJson};
use crate::report::context::Context;
use crate::report::features::{FeatureCollection, feature_collection, fields};
use crate::report::question_words::unanswered_in_words;
use crate::request::{End, Objective};

/// A country's gateways.
pub(super) fn gateways(report: &GatewayReport<'_>) -> GatewayAnswer {
    let GatewayReport { context, gateways, notes } = *report;
    let reasons = reasons(context, gateways);
    GatewayAnswer {
        gateways: country_gateways(context, gateways),
        query: Query::of(context),
        notes: notes.to_vec(),
        conclusion: gateway_conclusion(context, gateways),
        reason: (!reasons.is_empty()).then(|| reasons.join("; ")),
    }
}

/// The lines of the best routes, each with its objective and its gateway.
pub(super) fn features(report: &GatewayReport<'_>) -> FeatureCollection {
    let GatewayReport { context, gateways, .. } = *report;
    let mut routes = Vec::new();
    for (objective, way) in gateways.hubs.iter().flat_map(|hub| gateways.objectives.iter().zip(&hub.best)) {
        let Some(way) = way else { continue };
        let mut properties = fields(&RouteJson::whole(context, &way.route, 1));
        properties.insert("objective".to_owned(), objective.to_string().into());
        let gateway = way.gateway.map(|index| gateways.gateways[index].gateway.name.clone());
        properties.insert("gateway".to_owned(), gateway.into());
        routes.push((properties, &way.route));
    }
    feature_collection(context, routes)
}

/// A country's gateways before and after.
pub(super) fn compared(report: &GatewayCompareReport<'_>) -> GatewayCompareAnswer {
    let [before, after] = &report.cases;
    let changes = gained(before.gateways, after.gateways);
    let country = before.context.country_name(before.gateways.country);
    let scenario = |case: &GatewayCase<'_>| ScenarioGateways {
        gateways: country_gateways(case.context, case.gateways),
        name: case.context.scenario.to_owned(),
        year: case.context.year,
    };
    GatewayCompareAnswer {
        query: Query::of(before.context),
        country: before.gateways.country.to_string(),
        conclusion: gateway_gains(before.context, &country, after.context.scenario, &changes),
        gained: changes.iter().map(gained_route).collect(),
        scenarios: report.cases.iter().map(scenario).collect(),
        notes: report.notes.to_vec(),
    }
}

/// The lines of the best routes, each with its scenario.
pub(super) fn compared_features(report: &GatewayCompareReport<'_>) -> FeatureCollection {
    let mut routes = Vec::new();
    for GatewayCase { context, gateways } in &report.cases {
        for way in gateways.hubs.iter().flat_map(|hub| hub.best.iter().flatten()) {
            let mut properties = fields(&RouteJson::whole(context, &way.route, 1));
            properties.insert("scenario".to_owned(), context.scenario.into());
            routes.push((properties, &way.route));
        }
    }
    feature_collection(report.cases[0].context, routes)
}

fn gained_route(change: &Gained) -> GainedRoute {
    GainedRoute {
        hub: change.hub.to_string(),
        objective: change.objective.to_string(),
        rtt_ms_before: change.rtt_ms.before,
        rtt_ms_after: change.rtt_ms.after,
        rtt_ms_gained: change.ms(),
        usd_per_mbps_month_before: change.usd_per_mbps_month.before,
        usd_per_mbps_month_after: change.usd_per_mbps_month.after,
        usd_per_mbps_month_gained: change.usd(),
        gateway_before: change.gateways.before.as_ref().map(place),
        gateway_after: change.gateways.after.as_ref().map(place),
        gateway_changes: change.changes_gateway(),
    }
}

fn country_gateways(context: &Context<'_>, gateways: &Gateways) -> CountryGateways {
    CountryGateways {
        country: gateways.country.to_string(),
        hubs: gateways.hubs.iter().enumerate().map(|(i, hub)| hub_ways(context, gateways, i, hub)).collect(),
        gateways: (0..gateways.gateways.len()).map(|index| gateway_ways(gateways, index)).collect(),
        dependence: gateways.dependence.iter().map(|one| dependence(context, gateways, one)).collect(),
        worst_dependence: gateways.dependence.first().map(|one| reliance(context, &one.on)),
        stopped: gateways.is_stopped,
    }
}

fn place(gateway: &Gateway) -> GatewayPlace {
    GatewayPlace { name: gateway.name.clone(), into: gateway.to.to_string(), by_sea: gateway.is_by_sea() }
}

fn hub_ways(context: &Context<'_>, gateways: &Gateways, hub: usize, reach: &HubReach) -> HubWays {
    let best = gateways.objectives.iter().zip(&reach.best).enumerate();
    let routes = best.filter_map(|(i, (objective, way))| {
        Some(HubRoute {
            route: RouteJson::whole(context, &way.as_ref()?.route, 1),
            objective: objective.to_string(),
            gateway: gateways.winner(hub, i).map(place),
            stopped: reach.stopped[i],
        })
    });
    HubWays {
        hub: reach.hub.to_string(),
        name: context.end_name(&reach.hub),
        routes: routes.collect(),
        reason: reach.reason.as_ref().map(|why| unanswered_in_words(context.network, why)),
    }
}

fn gateway_ways(gateways: &Gateways, index: usize) -> GatewayWays {
    let ways = &gateways.gateways[index];
    let won = |(i, objective): (usize, &Objective)| {
        (objective.to_string(), HubsWon { hubs: ways.won[i], share: gateways.share_won(index, i) })
    };
    let mut routes = Vec::new();
    for ((hub, by_objective), stopped) in gateways.hubs.iter().zip(&ways.routes).zip(&ways.stopped) {
        for ((&objective, route), &stopped) in gateways.objectives.iter().zip(by_objective).zip(stopped) {
            routes.extend(route.as_ref().map(|route| gateway_route(&hub.hub, objective, route, stopped)));
        }
    }
    let won = gateways.objectives.iter().enumerate().map(won).collect();
    GatewayWays { gateway: place(&ways.gateway), won, routes }
}

fn gateway_route(hub: &End, objective: Objective, route: &Route, stopped: bool) -> GatewayRoute {
    GatewayRoute {
        hub: hub.to_string(),
        objective: objective.to_string(),
        rtt_ms: route.rtt_ms(),
        usd_per_mbps_month: route.usd_per_mbps_month,
        total_usd: route.bill.total().dollars(),
        length_km: route.length.km(),
        availability: route.availability,
        countries: route.countries.iter().map(ToString::to_string).collect(),
        segments: route.segments().map(ToString::to_string).collect(),
        stopped,
    }
}

fn dependence(context: &Context<'_>, gateways: &Gateways, dependence: &Dependence) -> DependenceOn {
    let (kind, on, segments) = match &dependence.on {
        Reliance::Country(code) => (RelianceKind::Country, code.to_string(), None),
        Reliance::System { name, segments, .. } => (RelianceKind::System, name.clone(), Some(segments)),
    };
    let losses = gateways.objectives.iter().zip(&dependence.losses);
    DependenceOn {
        kind,
        on,
        name: reliance(context, &dependence.on),
        segments: segments.map(|ids| ids.iter().map(ToString::to_string).collect()),
        losses: losses.map(|(&objective, one)| loss(gateways, objective, one)).collect(),
    }
}

fn loss(gateways: &Gateways, objective: Objective, loss: &Loss) -> LossWithout {
    let hub = |index: usize| gateways.hubs.get(index).map(|reach| reach.hub.to_string());
    let more = |worst: Option<Worst>| worst.map(|worst| worst.more);
    let whose = |worst: Option<Worst>| worst.and_then(|worst| hub(worst.hub));
    LossWithout {
        objective: objective.to_string(),
        hubs: loss.counted,
        passing: loss.passing,
        share: loss.share(),
        lost: loss.lost.iter().filter_map(|&index| hub(index)).collect(),
        worst_rtt_ms: more(loss.worst_rtt_ms),
        worst_rtt_ms_hub: whose(loss.worst_rtt_ms),
        worst_usd_per_mbps_month: more(loss.worst_usd),
        worst_usd_per_mbps_month_hub: whose(loss.worst_usd),
    }
}

/// All countries under one scenario or two.
pub(super) fn all(report: &GatewayAllReport<'_>) -> GatewayAllAnswer {
    let hubs = report.hubs.iter().map(ToString::to_string).collect();
    let scenario = |case: &ScenarioReach<'_>| ScenarioCountries {
        name: case.context.scenario.to_owned(),
        year: case.context.year,
        countries: case.countries.iter().map(|country| country_ways(report, &case.context, country)).collect(),
        means: means(report, case),
    };
    GatewayAllAnswer {
        query: Query::of(&report.first.context).between("all".to_owned(), hubs),
        conclusion: all_words::conclusion(report),
        scenarios: report.cases().map(scenario).collect(),
        saved: saved(report),
        notes: report.notes.to_vec(),
    }
}

/// Each hub with each objective, by their places.
fn questions<'a>(report: &'a GatewayAllReport<'_>) -> impl Iterator<Item = ((usize, &'a End), (usize, Objective))> {
    let objectives = || report.objectives.iter().copied().enumerate();
    report.hubs.iter().enumerate().flat_map(move |hub| objectives().map(move |objective| (hub, objective)))
}

fn means(report: &GatewayAllReport<'_>, case: &ScenarioReach<'_>) -> Vec<MeanFigure> {
    let mean = |((i, hub), (j, objective)): ((usize, &End), (usize, Objective))| MeanFigure {
        hub: hub.to_string(),
        objective: objective.to_string(),
        mean: report.mean(case, i, j),
    };
    questions(report).map(mean).collect()
}

fn saved(report: &GatewayAllReport<'_>) -> Vec<SavedFigure> {
    let mut all = Vec::new();
    for (row, country) in report.first.countries.iter().enumerate() {
        for ((i, hub), (j, objective)) in questions(report) {
            let Some((before, after)) = report.saved(row, i, j) else { continue };
            all.push(SavedFigure {
                country: country.country.to_string(),
                hub: hub.to_string(),
                objective: objective.to_string(),
                before,
                after,
                saved: before - after,
            });
        }
    }
    all
}

fn country_ways(report: &GatewayAllReport<'_>, context: &Context<'_>, country: &CountryReach) -> CountryWays {
    let route = |((i, hub), (j, objective)): ((usize, &End), (usize, Objective))| {
        let found = match &country.cells[i][j] {
            Cell::Same => return None,
            Cell::Nothing(why) => FoundRoute::Missing { reason: unanswered_in_words(context.network, why) },
            Cell::Wrong(why) => FoundRoute::Missing { reason: why.clone() },
            Cell::Best(best) => FoundRoute::Found {
                rtt_ms: best.rtt_ms(),
                usd_per_mbps_month: best.usd_per_mbps_month,
                total_usd: best.bill.total().dollars(),
                length_km: best.length.km(),
                countries: best.countries.iter().map(ToString::to_string).collect(),
                stopped: best.is_stopped,
            },
        };
        Some(CountryRoute { found, hub: hub.to_string(), objective: objective.to_string() })
    };
    CountryWays {
        country: country.country.to_string(),
        population: country.population,
        routes: questions(report).filter_map(route).collect(),
    }
}
