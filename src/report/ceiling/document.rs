//! The answer of `ceiling` to be read: which route is the best for each value of what is raised.

use super::input::{CeilingCase, CeilingReport};
use super::words::{by, floored, today_in_words, verdict};
use crate::analysis::{Ceiling, SweptParameter};
use crate::graph::parametric::Ratio;
use crate::metrics::Route;
use crate::report::answer::{assumed_cost, assumed_km};
use crate::report::assumption_words::assumptions_in_words;
use crate::report::cell::musd_to;
use crate::report::context::Context;
use crate::report::document::{Document, Table};
use crate::report::ends::say_gateways;
use crate::report::ledger::{decimals, shortened, way, whole_km};
use crate::report::obstacle::say_obstacle;
use crate::units::grouped;

/// As many routes are told place by place; JSON has them all.
const MAX_TOLD: usize = 8;

pub(super) fn document(report: &CeilingReport<'_>) -> Document {
    let CeilingReport { context, case: ref answer, obstacle } = *report;
    let ceiling = answer.ceiling;
    let mut document = Document::default();
    document.title(format!("Ceiling of {}", worded_parameter(answer)), context.in_words());
    let Some(today) = ceiling.today() else {
        say_obstacle(&mut document, context, obstacle);
        return document;
    };
    document.say("", verdict(context, answer));
    document.say("Today", vec![today_in_words(context, answer, today)]);
    document.heading(format!("The {} route by value{}", answer.best(), unit_note(ceiling)));
    document.table(table(context, answer, today));
    let routes: Vec<String> =
        answer.shown().take(MAX_TOLD).map(|(i, own)| format!("{}: {}", i + 1, way(context, &own.route))).collect();
    document.say("Routes", routes);
    say_gateways(&mut document, context, answer.shown().map(|(_, own)| &own.route));
    document.say("Assumed", assumed(context, answer, &ceiling.stretches[today].route));
    document
}

fn worded_parameter(answer: &CeilingCase<'_>) -> String {
    match &answer.ceiling.parameter {
        SweptParameter::Entry(key) if key.to_string() == answer.name => key.to_string(),
        SweptParameter::Entry(key) => format!("{}: {key}", answer.name),
        SweptParameter::DelayIn(_) | SweptParameter::DelayOn(_) => format!("{}: delay added one way", answer.name),
        SweptParameter::RentOf(_) => format!("{}: rent", answer.name),
        SweptParameter::BuildOf(_) => format!("{}: building price", answer.name),
    }
}

fn unit_note(ceiling: &Ceiling) -> String {
    if ceiling.unit == "1" { String::new() } else { format!(", {}", ceiling.unit) }
}

fn table(context: &Context<'_>, answer: &CeilingCase<'_>, today: usize) -> Table {
    let ceiling = answer.ceiling;
    let is_delay = ceiling.parameter.is_delay();
    let paid = if ceiling.parameter.is_income() { "income there, USD/yr" } else { "of it paid, MUSD" };
    let costs = if is_delay { ["RTT ms", "at the end"] } else { ["MUSD", "at the end"] };
    let mut table = Table::new(&["#", "from", "to", "<way", "km", "RTT", costs[0], costs[1], paid]);
    let decimals = decimals(answer.shown().map(|(_, own)| &own.route));
    for (i, own) in answer.shown() {
        let star = if i == today { "*" } else { "" };
        let limit = |at| ceiling.value(at).map_or_else(|| "..".to_owned(), floored);
        let figure = |at: Ratio| {
            if is_delay {
                ceiling.latency_at(own, at).map(|latency| format!("{:.1}", 2.0 * latency.ms()))
            } else {
                ceiling.cost_at(own.line, at).map(|cost| musd_to(cost, decimals))
            }
        };
        let paid = if own.line.slope == 0 || is_delay {
            Some("-".to_owned())
        } else if ceiling.parameter.is_income() {
            ceiling.paid_yearly_at(own.line, own.to).map(|paid| grouped((paid.cents() + 50).div_euclid(100)))
        } else {
            ceiling.paid_at(own.line, own.to).map(|paid| musd_to(paid, decimals + 1))
        };
        let open = || "..".to_owned();
        table.row(vec![
            format!("{}{star}", i + 1),
            limit(own.from),
            limit(own.to),
            shortened(&by(context, &own.route), 40),
            whole_km(own.route.length),
            if is_delay { String::new() } else { format!("{:.1}", own.route.rtt_ms()) },
            figure(own.from).unwrap_or_else(open),
            figure(own.to).unwrap_or_else(open),
            paid.unwrap_or_else(open),
        ]);
    }
    table.without_empty_columns()
}

/// What the answer rests on.
fn assumed(context: &Context<'_>, answer: &CeilingCase<'_>, today: &Route) -> Vec<String> {
    let ends = [&context.asked.from, &context.asked.to].map(|end| context.name_typed(end));
    let mut lines = vec![format!(
        "{:.0} % of the km, {:.0} % of the cost of today's route (*).",
        assumed_km(today) * 100.0,
        assumed_cost(today) * 100.0
    )];
    lines.push(format!(
        "- every route from {} to {} counts, along a corridor or not; all other prices and fees stay as they are",
        ends[0], ends[1]
    ));
    lines.push(format!(
        "- at a break point both routes {} the same; the break points are exact",
        if answer.ceiling.parameter.is_delay() { "take" } else { "cost" }
    ));
    lines.extend(context.constraints().iter().map(|told| format!("- routes {told}")));
    lines.extend(assumptions_in_words(today).iter().map(|told| format!("- {told}")));
    lines
}
