//! The answer of `gateway` as JSON and as CSV.

use serde_json::{Map, Value, json};

use super::everywhere::EverywhereAnswer;
use super::words::{gateway_conclusion, gateway_gains};
use super::{end_name, reliance};
use crate::analysis::{Cell, CountryReach, Dependence, Gateway, Gateways, Reliance, Summary, gained};
use crate::metrics::Route;
use crate::network::{CountryCode, SegmentId};
use crate::report::context::Context;
use crate::report::csv_rows::{cells_text, number};
use crate::report::route_json::route_fields;
use crate::request::End;

/// A hub by id or code.
fn id(hub: &End) -> String {
    match hub {
        End::Node(id) => id.to_string(),
        End::Country(code) => code.to_string(),
    }
}

fn gateway(own: Option<&Gateway>) -> Value {
    own.map_or(Value::Null, |own| json!({"name": own.name, "into": own.to.as_str(), "by_sea": own.is_by_sea()}))
}

/// One scenario's answer.
pub(super) fn answer(context: &Context<'_>, answer: &Gateways, notes: &[String]) -> Value {
    let mut all = parts(context, answer);
    all["query"] = context.query_json();
    all["notes"] = json!(notes);
    all["conclusion"] = json!(gateway_conclusion(context, answer));
    let reasons: Vec<&str> = answer.hubs.iter().filter_map(|hub| hub.reason.as_deref()).collect();
    if !reasons.is_empty() {
        all["reason"] = json!(reasons.join("; "));
    }
    all
}

/// Two scenarios' answers, and what is gained.
pub(super) fn compared(cases: &[(&Context<'_>, &Gateways); 2], notes: &[String]) -> Value {
    let [(context, before), (then, after)] = cases;
    let changes = gained(before, after);
    let country = context.country_name(before.country);
    let conclusion = gateway_gains(context, &country, then.scenario, &changes);
    let each = changes.iter().map(|one| {
        json!({
            "hub": id(&one.hub),
            "objective": one.objective.to_string(),
            "rtt_ms_before": one.rtt_ms.0,
            "rtt_ms_after": one.rtt_ms.1,
            "rtt_ms_gained": one.ms(),
            "usd_per_mbps_month_before": one.usd_per_mbps_month.0,
            "usd_per_mbps_month_after": one.usd_per_mbps_month.1,
            "usd_per_mbps_month_gained": one.usd(),
            "gateway_before": gateway(one.gateways.0.as_ref()),
            "gateway_after": gateway(one.gateways.1.as_ref()),
            "gateway_changes": one.changes_gateway(),
        })
    });
    let scenario = |(context, own): &(&Context<'_>, &Gateways)| {
        let mut all = parts(context, own);
        all["name"] = json!(context.scenario);
        all["year"] = json!(context.year);
        all
    };
    json!({
        "query": context.query_json(),
        "country": before.country.as_str(),
        "conclusion": conclusion,
        "gained": each.collect::<Vec<_>>(),
        "scenarios": cases.iter().map(scenario).collect::<Vec<_>>(),
        "notes": notes,
    })
}

fn parts(context: &Context<'_>, answer: &Gateways) -> Value {
    json!({
        "country": answer.country.as_str(),
        "hubs": hubs(context, answer),
        "gateways": (0..answer.gateways.len()).map(|index| use_json(answer, index)).collect::<Vec<_>>(),
        "dependence": answer.dependence.iter().map(|one| dependence(context, answer, one)).collect::<Vec<_>>(),
        "worst_dependence": answer.dependence.first().map(|one| reliance(context, &one.on)),
        "stopped": answer.is_stopped,
    })
}

fn hubs(context: &Context<'_>, answer: &Gateways) -> Vec<Value> {
    let hub = |(i, reach): (usize, &crate::analysis::HubReach)| {
        let mut routes = Vec::new();
        for (j, (objective, way)) in answer.objectives.iter().zip(&reach.best).enumerate() {
            if let Some(way) = way {
                let mut fields = route_fields(context, &way.route, 1);
                fields.insert("objective".to_owned(), json!(objective.to_string()));
                fields.insert("gateway".to_owned(), gateway(answer.winner(i, j)));
                fields.insert("stopped".to_owned(), json!(reach.stopped[j]));
                routes.push(Value::Object(fields));
            }
        }
        json!({"hub": id(&reach.hub), "name": end_name(context, &reach.hub), "routes": routes, "reason": reach.reason})
    };
    answer.hubs.iter().enumerate().map(hub).collect()
}

/// What a gateway gives, as short figures.
fn use_json(answer: &Gateways, index: usize) -> Value {
    let own = &answer.gateways[index];
    let mut fields = gateway(Some(&own.gateway));
    let mut won = Map::new();
    for (i, objective) in answer.objectives.iter().enumerate() {
        won.insert(objective.to_string(), json!({"hubs": own.won[i], "share": answer.share_won(index, i)}));
    }
    let mut routes = Vec::new();
    for ((hub, by_objective), stopped) in answer.hubs.iter().zip(&own.routes).zip(&own.stopped) {
        for ((objective, route), &stopped) in answer.objectives.iter().zip(by_objective).zip(stopped) {
            if let Some(route) = route {
                let mut one = short(&id(&hub.hub), &objective.to_string(), route);
                one["stopped"] = json!(stopped);
                routes.push(one);
            }
        }
    }
    fields["won"] = Value::Object(won);
    fields["routes"] = json!(routes);
    fields
}

fn short(hub: &str, objective: &str, route: &Route) -> Value {
    json!({
        "hub": hub,
        "objective": objective,
        "rtt_ms": route.rtt_ms(),
        "usd_per_mbps_month": route.usd_per_mbps_month,
        "total_usd": route.bill.total().dollars(),
        "length_km": route.length.km(),
        "availability": route.availability,
        "countries": route.countries.iter().map(CountryCode::as_str).collect::<Vec<_>>(),
        "segments": route.segments().map(SegmentId::as_str).collect::<Vec<_>>(),
    })
}

fn dependence(context: &Context<'_>, answer: &Gateways, one: &Dependence) -> Value {
    let (kind, on, segments) = match &one.on {
        Reliance::Country(code) => ("country", code.to_string(), None),
        Reliance::System { name, segments, .. } => ("system", name.clone(), Some(segments)),
    };
    let segments = segments.map(|ids| ids.iter().map(SegmentId::as_str).collect::<Vec<_>>());
    let hub = |index: usize| answer.hubs.get(index).map(|reach| id(&reach.hub));
    let losses = answer.objectives.iter().zip(&one.losses).map(|(objective, loss)| {
        json!({
            "objective": objective.to_string(),
            "hubs": loss.counted,
            "passing": loss.passing,
            "share": loss.share(),
            "lost": loss.lost.iter().map(|&index| hub(index)).collect::<Vec<_>>(),
            "worst_rtt_ms": loss.worst_rtt_ms.map(|worst| worst.0),
            "worst_rtt_ms_hub": loss.worst_rtt_ms.and_then(|worst| hub(worst.1)),
            "worst_usd_per_mbps_month": loss.worst_usd.map(|worst| worst.0),
            "worst_usd_per_mbps_month_hub": loss.worst_usd.and_then(|worst| hub(worst.1)),
        })
    });
    json!({
        "kind": kind,
        "on": on,
        "name": reliance(context, &one.on),
        "segments": segments,
        "losses": losses.collect::<Vec<_>>(),
    })
}

/// One row for each hub, objective and gateway that has a route.
pub(super) fn csv(cases: &[(&Context<'_>, &Gateways)]) -> String {
    let head = [
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
    let mut lines = vec![head.map(str::to_owned).to_vec()];
    for (context, answer) in cases {
        for (i, hub) in answer.hubs.iter().enumerate() {
            for (j, objective) in answer.objectives.iter().enumerate() {
                for (k, own) in answer.gateways.iter().enumerate() {
                    let Some(route) = &own.routes[i][j] else { continue };
                    let is_best = hub.best[j].as_ref().is_some_and(|way| way.gateway == Some(k));
                    let codes: Vec<&str> = route.countries.iter().map(CountryCode::as_str).collect();
                    let segments: Vec<&str> = route.segments().map(SegmentId::as_str).collect();
                    lines.push(vec![
                        context.scenario.to_owned(),
                        context.year.to_string(),
                        answer.country.to_string(),
                        id(&hub.hub),
                        objective.to_string(),
                        own.gateway.name.clone(),
                        own.gateway.to.to_string(),
                        own.gateway.is_by_sea().to_string(),
                        is_best.to_string(),
                        number(route.bill.total().dollars()),
                        number(route.usd_per_mbps_month),
                        number(route.rtt_ms()),
                        number(route.length.km()),
                        number(route.availability),
                        codes.join(";"),
                        segments.join(";"),
                        number(context.demand.gbps.get()),
                        context.demand.term_years.to_string(),
                    ]);
                }
            }
        }
    }
    cells_text(&lines)
}

/// All countries.
pub(super) fn everywhere(answer: &EverywhereAnswer<'_>, notes: &[String], conclusion: &str) -> Value {
    let scenarios = answer.cases.iter().enumerate().map(|(case, (context, rows))| {
        json!({
            "name": context.scenario,
            "year": context.year,
            "countries": rows.iter().map(|row| country(answer, row)).collect::<Vec<_>>(),
            "means": means(answer, case),
        })
    });
    let mut saved = Vec::new();
    let rows = answer.cases.first().map_or(&[][..], |(_, rows)| rows.as_slice());
    for (i, row) in rows.iter().enumerate() {
        for (j, hub) in answer.hubs.iter().enumerate() {
            for (k, objective) in answer.objectives.iter().enumerate() {
                if let Some((before, after)) = answer.saved(i, j, k) {
                    saved.push(json!({
                        "country": row.country.as_str(),
                        "hub": id(hub),
                        "objective": objective.to_string(),
                        "before": before,
                        "after": after,
                        "saved": before - after,
                    }));
                }
            }
        }
    }
    let mut query = answer.cases.first().map_or(Value::Null, |(context, _)| context.query_json());
    query["to"] = json!(answer.hubs.iter().map(id).collect::<Vec<_>>());
    query["from"] = json!("all");
    json!({
        "query": query,
        "conclusion": conclusion,
        "scenarios": scenarios.collect::<Vec<_>>(),
        "saved": saved,
        "notes": notes,
    })
}

fn means(answer: &EverywhereAnswer<'_>, case: usize) -> Vec<Value> {
    let mut all = Vec::new();
    for (i, hub) in answer.hubs.iter().enumerate() {
        for (j, objective) in answer.objectives.iter().enumerate() {
            all.push(json!({"hub": id(hub), "objective": objective.to_string(), "mean": answer.mean(case, i, j)}));
        }
    }
    all
}

fn country(answer: &EverywhereAnswer<'_>, row: &CountryReach) -> Value {
    let mut routes = Vec::new();
    for (hub, cells) in answer.hubs.iter().zip(&row.cells) {
        for (objective, cell) in answer.objectives.iter().zip(cells) {
            let mut one = match cell {
                Cell::Same => continue,
                Cell::Nothing(reason) => json!({"reason": reason}),
                Cell::Best(best) => summary(best),
            };
            one["hub"] = json!(id(hub));
            one["objective"] = json!(objective.to_string());
            routes.push(one);
        }
    }
    json!({"country": row.country.as_str(), "population": row.population, "routes": routes})
}

fn summary(best: &Summary) -> Value {
    json!({
        "rtt_ms": best.rtt_ms(),
        "usd_per_mbps_month": best.usd_per_mbps_month,
        "total_usd": best.bill.total().dollars(),
        "length_km": best.length.km(),
        "countries": best.countries.iter().map(CountryCode::as_str).collect::<Vec<_>>(),
        "stopped": best.is_stopped,
    })
}

/// One row for each country, hub and objective.
pub(super) fn everywhere_csv(answer: &EverywhereAnswer<'_>) -> String {
    let head = [
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
    let mut lines = vec![head.map(str::to_owned).to_vec()];
    for (context, rows) in &answer.cases {
        for row in rows {
            for (hub, cells) in answer.hubs.iter().zip(&row.cells) {
                for (objective, cell) in answer.objectives.iter().zip(cells) {
                    let figures = match cell {
                        Cell::Same => continue,
                        Cell::Nothing(reason) => [vec![String::new(); 5], vec![reason.clone()]].concat(),
                        Cell::Best(best) => summary_cells(best),
                    };
                    let mut cells = vec![
                        context.scenario.to_owned(),
                        context.year.to_string(),
                        row.country.to_string(),
                        row.population.to_string(),
                        id(hub),
                        objective.to_string(),
                    ];
                    cells.extend(figures);
                    lines.push(cells);
                }
            }
        }
    }
    cells_text(&lines)
}

fn summary_cells(best: &Summary) -> Vec<String> {
    let codes: Vec<&str> = best.countries.iter().map(CountryCode::as_str).collect();
    vec![
        number(best.bill.total().dollars()),
        number(best.usd_per_mbps_month),
        number(best.rtt_ms()),
        number(best.length.km()),
        codes.join(";"),
        String::new(),
    ]
}
