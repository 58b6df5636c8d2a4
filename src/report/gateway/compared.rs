//! A country's gateways before and after a scenario.

use super::document::{assumed, say_reasons};
use super::input::{GatewayCase, GatewayCompareReport};
use super::layout::{MOST_ROWS, fitted};
use super::names::{figure, lost, reliance};
use super::words::gateway_gains;
use crate::analysis::{Dependence, Gained, Gateway, Gateways, Reliance, gained};
use crate::metrics::Route;
use crate::report::cell::tidy_zero;
use crate::report::compare::superlative;
use crate::report::context::Context;
use crate::report::document::{Document, Table};
use crate::report::ledger::shortened;

pub(super) fn document(report: &GatewayCompareReport<'_>) -> Document {
    let GatewayCompareReport { cases, notes } = report;
    let [GatewayCase { context, gateways: before }, GatewayCase { context: then, gateways: after }] = cases;
    let mut document = Document::default();
    let country = context.country_name(before.country);
    let title = format!("Gateways of {country}: {} | {}", context.scenario, then.scenario);
    document.title(title, context.in_words());
    let changes = gained(before, after);
    document.say("So", vec![gateway_gains(context, &country, then.scenario, &changes)]);
    document.say("Asked", context.constraints());
    document.heading(format!(
        "The best way to each hub in {} ({}) and in {} ({}); + is gained",
        context.scenario, context.year, then.scenario, then.year
    ));
    document.table(fitted(|most| by_hub(context, &changes, most)));
    say_reasons(&mut document, then, after);
    let new_ways: Vec<String> =
        changes.iter().filter(|one| one.changes_gateway()).map(|one| new_way(context, one)).collect();
    document.say("Gateways", if new_ways.is_empty() { vec!["each hub keeps its own".to_owned()] } else { new_ways });
    let offers = fitted(|most| offers(cases, most));
    if offers.is_empty() {
        document.say("", vec!["No gateway would give anything else than before.".to_owned()]);
    } else {
        document.heading("What gateways would give that is not as before; * is the best of all");
        document.table(offers);
    }
    let changed = changed_dependence(cases);
    if changed.is_empty() {
        document.say("Dependence", vec!["as before".to_owned()]);
    } else {
        document.heading("Dependence that changes: share of the hubs' best routes that pass it, hubs lost without it");
        document.table(changed);
    }
    let worst = |GatewayCase { context, gateways }: &GatewayCase<'_>| {
        let first = gateways.dependence.first();
        let name = first.map_or_else(|| "nothing".to_owned(), |one| reliance(context, &one.on));
        format!("{} in {}", name, context.scenario)
    };
    document.say("Leans most on", vec![format!("{}; {}", worst(&cases[0]), worst(&cases[1]))]);
    document.say("Left out", notes.to_vec());
    document.say("Assumed", assumed(context, after));
    document
}

fn by_hub(context: &Context<'_>, changes: &[Gained], most: usize) -> Table {
    let mut table = Table::new(&[
        "<hub",
        "<best",
        "RTT ms",
        "then",
        "gained",
        "USD/Mbps/mo",
        "then",
        "gained",
        "<gateway",
        "<then",
    ]);
    let mut last = None;
    for one in changes {
        let name = if last == Some(&one.hub) { String::new() } else { context.end_name(&one.hub) };
        last = Some(&one.hub);
        let number = |value: Option<f64>, decimals: usize| {
            value.map_or_else(|| "none".to_owned(), |value| format!("{value:.decimals$}"))
        };
        let sign = |value: Option<f64>, decimals: usize| {
            value.map_or_else(|| "-".to_owned(), |value| tidy_zero(format!("{value:+.decimals$}")))
        };
        let gateway = |gateway: &Option<Gateway>| {
            gateway.as_ref().map_or_else(String::new, |own| format!("{} ({})", shortened(&own.name, most), own.to))
        };
        table.row(vec![
            shortened(&name, 17),
            superlative(one.objective).to_lowercase(),
            number(one.rtt_ms.before, 1),
            number(one.rtt_ms.after, 1),
            sign(one.ms(), 1),
            number(one.usd_per_mbps_month.before, 2),
            number(one.usd_per_mbps_month.after, 2),
            sign(one.usd(), 2),
            gateway(&one.gateways.before),
            if one.changes_gateway() { gateway(&one.gateways.after) } else { "the same".to_owned() },
        ]);
    }
    table
}

fn new_way(context: &Context<'_>, one: &Gained) -> String {
    let named = |gateway: &Option<Gateway>| {
        let own = gateway.as_ref();
        own.map_or_else(|| "none".to_owned(), |own| format!("{} into {}", own.name, context.country_name(own.to)))
    };
    format!(
        "{} to {}: {} instead of {}",
        superlative(one.objective).to_lowercase(),
        context.end_name(&one.hub),
        named(&one.gateways.after),
        named(&one.gateways.before)
    )
}

/// Each gateway, hub and objective whose best route is not what it was, by what it minimises.
fn offers(cases: &[GatewayCase<'_>; 2], most: usize) -> Table {
    let [GatewayCase { context, gateways: before }, GatewayCase { gateways: after, .. }] = cases;
    let mut table = Table::new(&["<gateway", "<into", "<towards", "<best", "RTT ms", "then", "USD/Mbps/mo", "then"]);
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut known: Vec<&Gateway> = before.gateways.iter().map(|own| &own.gateway).collect();
    let new = after.gateways.iter().map(|own| &own.gateway);
    new.for_each(|own| {
        if known.iter().all(|other| !other.is_same_as(own)) {
            known.push(own);
        }
    });
    for gateway in known {
        let place = |answer: &Gateways| answer.gateways.iter().position(|own| own.gateway.is_same_as(gateway));
        let (old, new) = (place(before), place(after));
        for (i, hub) in before.hubs.iter().enumerate() {
            for (j, &objective) in before.objectives.iter().enumerate() {
                let route = |answer: &'_ Gateways, at: Option<usize>| -> Option<Route> {
                    answer.gateways.get(at?)?.routes.get(i)?.get(j)?.clone()
                };
                let (a, b) = (route(before, old), route(after, new));
                let told = |route: &Option<Route>| route.as_ref().map(|route| figure(route, objective));
                if told(&a) == told(&b) {
                    continue;
                }
                let wins = new.is_some() && after.hubs[i].best[j].as_ref().is_some_and(|way| way.gateway == new);
                rows.push(vec![
                    shortened(&gateway.name, most),
                    shortened(&context.country_name(gateway.to), 14),
                    format!("{}{}", if wins { "*" } else { "" }, shortened(&context.end_name(&hub.hub), 17)),
                    superlative(objective).to_lowercase(),
                    shown(&a, Route::rtt_ms, 1),
                    shown(&b, Route::rtt_ms, 1),
                    shown(&a, |route| route.usd_per_mbps_month, 2),
                    shown(&b, |route| route.usd_per_mbps_month, 2),
                ]);
            }
        }
    }
    rows.into_iter().take(2 * MOST_ROWS).for_each(|row| table.row(row));
    table
}

fn shown(route: &Option<Route>, read: fn(&Route) -> f64, decimals: usize) -> String {
    route.as_ref().map_or_else(|| "none".to_owned(), |route| format!("{:.decimals$}", read(route)))
}

fn changed_dependence(cases: &[GatewayCase<'_>; 2]) -> Table {
    let [GatewayCase { context, gateways: before }, GatewayCase { gateways: after, .. }] = cases;
    let mut headings = vec!["<country or cable".to_owned()];
    for &objective in &before.objectives {
        headings.extend([superlative(objective).to_lowercase(), "then".to_owned()]);
    }
    headings.extend(["hubs lost", "then"].map(str::to_owned));
    let mut table = Table::new(&headings.iter().map(String::as_str).collect::<Vec<_>>());
    let find = |answer: &'_ Gateways, on: &Reliance| -> Option<Dependence> {
        answer.dependence.iter().find(|one| one.on == *on).cloned()
    };
    let mut known: Vec<&Reliance> = before.dependence.iter().map(|one| &one.on).collect();
    known.extend(after.dependence.iter().map(|one| &one.on).filter(|on| find(before, on).is_none()));
    for on in known {
        let (a, b) = (find(before, on), find(after, on));
        let share = |one: &Option<Dependence>, i: usize| {
            let share = one.as_ref().and_then(|one| one.losses.get(i)).map_or(0.0, |loss| loss.share());
            format!("{:.0} %", share * 100.0)
        };
        let gone = |one: &Option<Dependence>| one.as_ref().map_or(0, |one| lost(one).len()).to_string();
        let mut cells = Vec::new();
        for i in 0..before.objectives.len() {
            cells.extend([share(&a, i), share(&b, i)]);
        }
        cells.extend([gone(&a), gone(&b)]);
        if cells.chunks(2).any(|pair| pair[0] != pair[1]) {
            table.row([vec![shortened(&reliance(context, on), 34)], cells].concat());
        }
    }
    table
}
