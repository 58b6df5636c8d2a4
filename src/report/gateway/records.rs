//! The answers of `gateway` as rows.

use super::input::{GatewayAllReport, GatewayCase, ScenarioReach};
use crate::analysis::Cell as Reach;
use crate::network::CountryCode;
use crate::report::cell::Cell;
use crate::report::context::Context;
use crate::report::question_words::unanswered_in_words;
use crate::report::records::Records;

const HEAD: [&str; 18] = [
    "scenario",
    "year",
    "country",
    "hub",
    "objective",
    "gateway",
    "into",
    "by_sea",
    "best",
    "total_usd",
    "usd_per_mbps_month",
    "rtt_ms",
    "length_km",
    "availability",
    "countries",
    "segments",
    "gbps",
    "term_years",
];

const HEAD_OF_ALL: [&str; 12] = [
    "scenario",
    "year",
    "country",
    "population",
    "hub",
    "objective",
    "total_usd",
    "usd_per_mbps_month",
    "rtt_ms",
    "length_km",
    "countries",
    "reason",
];

/// One row for each scenario, hub, objective and gateway that has a route.
pub(super) fn gateways(cases: &[GatewayCase<'_>]) -> Records {
    let mut records = Records::new(HEAD);
    for GatewayCase { context, gateways } in cases {
        for (i, hub) in gateways.hubs.iter().enumerate() {
            for (j, objective) in gateways.objectives.iter().enumerate() {
                for (k, ways) in gateways.gateways.iter().enumerate() {
                    let Some(route) = &ways.routes[i][j] else { continue };
                    let is_best = hub.best[j].as_ref().is_some_and(|way| way.gateway == Some(k));
                    records.row([
                        context.scenario.into(),
                        context.year.to_string().into(),
                        gateways.country.as_str().into(),
                        hub.hub.to_string().into(),
                        objective.to_string().into(),
                        ways.gateway.name.as_str().into(),
                        ways.gateway.to.as_str().into(),
                        Cell::Flag(ways.gateway.is_by_sea()),
                        Cell::Flag(is_best),
                        Cell::Exact(route.bill.total().dollars()),
                        Cell::Exact(route.usd_per_mbps_month),
                        Cell::Exact(route.rtt_ms()),
                        Cell::Exact(route.length.km()),
                        Cell::Exact(route.availability),
                        codes(&route.countries),
                        Cell::List(route.segments().map(ToString::to_string).collect()),
                        Cell::Exact(context.demand.gbps.get()),
                        Cell::Count(context.demand.term_years.into()),
                    ]);
                }
            }
        }
    }
    records
}

/// One row for each scenario, country, hub and objective.
pub(super) fn all(report: &GatewayAllReport<'_>) -> Records {
    let mut records = Records::new(HEAD_OF_ALL);
    for ScenarioReach { context, countries } in report.cases() {
        for country in countries {
            for (hub, cells) in report.hubs.iter().zip(&country.cells) {
                for (objective, cell) in report.objectives.iter().zip(cells) {
                    let Some(figures) = figures(context, cell) else { continue };
                    let asked = [
                        context.scenario.into(),
                        context.year.to_string().into(),
                        country.country.as_str().into(),
                        Cell::Count(country.population),
                        hub.to_string().into(),
                        objective.to_string().into(),
                    ];
                    records.row(asked.into_iter().chain(figures));
                }
            }
        }
    }
    records
}

/// The figures of a route, or the reason why there is none; nothing where the hub lies in the country.
fn figures(context: &Context<'_>, cell: &Reach) -> Option<[Cell; 6]> {
    match cell {
        Reach::Same => None,
        Reach::Nothing(why) => Some(without(unanswered_in_words(context.network, why))),
        Reach::Wrong(why) => Some(without(why.clone())),
        Reach::Best(best) => Some([
            Cell::Exact(best.bill.total().dollars()),
            Cell::Exact(best.usd_per_mbps_month),
            Cell::Exact(best.rtt_ms()),
            Cell::Exact(best.length.km()),
            codes(&best.countries),
            Cell::Empty,
        ]),
    }
}

fn without(reason: String) -> [Cell; 6] {
    [Cell::Empty, Cell::Empty, Cell::Empty, Cell::Empty, Cell::Empty, reason.into()]
}

fn codes(countries: &[CountryCode]) -> Cell {
    Cell::List(countries.iter().map(ToString::to_string).collect())
}
