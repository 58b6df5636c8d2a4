//! The answer of `ceiling`: which route is the best for each value of what is raised, and what that says.

use serde_json::{Value, json};

use super::ceiling_words::{by, floored, today_in_words, verdict};
use super::context::Context;
use super::csv_rows::{cells_text, number};
use super::document::{Document, Table};
use super::ends::{ends_json, say_gateways};
use super::format::TableFormat;
use super::ledger::{musd_to, shortened, way, whole_km};
use super::obstacle::{say_obstacle, say_obstacle_json};
use super::route_json::{assumed_cost, assumed_km, route_json};
use crate::analysis::{Ceiling, CeilingStretch, Knob, Limit, Obstacle};
use crate::graph::parametric::Ratio;
use crate::metrics::Route;
use crate::network::CountryCode;
use crate::units::{Usd, grouped};

/// As many routes are told place by place; JSON has them all.
const MAX_TOLD: usize = 8;

/// A ceiling found.
#[derive(Debug, Clone, Copy)]
pub struct CeilingAnswer<'a> {
    /// What is asked about: the name of a country, a segment, a system or a price.
    pub name: &'a str,
    /// The best routes by value.
    pub ceiling: &'a Ceiling,
    /// The same with all prices at their low values.
    pub low: Option<&'a Ceiling>,
    /// The same with all prices at their high values.
    pub high: Option<&'a Ceiling>,
    /// The same without the countries that the best route goes by today.
    pub without: Option<(&'a [CountryCode], &'a Ceiling)>,
    /// Up to which value the stretches are shown; all if nothing is said.
    pub up_to: Option<f64>,
}

/// A ceiling in a format.
#[must_use]
pub fn ceiling_report(
    context: &Context<'_>,
    answer: &CeilingAnswer<'_>,
    obstacle: Option<&Obstacle>,
    format: TableFormat,
) -> String {
    match format {
        TableFormat::Table => document(context, answer, obstacle).plain(),
        TableFormat::Markdown => document(context, answer, obstacle).markdown(),
        TableFormat::Json => format!("{:#}\n", json(context, answer, obstacle)),
        TableFormat::Csv => csv(context, answer),
    }
}

impl CeilingAnswer<'_> {
    /// The stretches shown, each with its place among all.
    pub(super) fn shown(&self) -> impl Iterator<Item = (usize, &CeilingStretch)> + Clone {
        let all = self.ceiling.stretches.iter().enumerate();
        all.filter(|(_, own)| {
            self.up_to.is_none_or(|most| self.ceiling.value(own.from).is_some_and(|from| from < most))
        })
    }
}

fn document(context: &Context<'_>, answer: &CeilingAnswer<'_>, obstacle: Option<&Obstacle>) -> Document {
    let ceiling = answer.ceiling;
    let mut document = Document::default();
    document.title(format!("Ceiling of {}", told_knob(answer)), context.in_words());
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

fn told_knob(answer: &CeilingAnswer<'_>) -> String {
    match &answer.ceiling.knob {
        Knob::Entry(entry) if entry == answer.name => entry.clone(),
        Knob::Entry(entry) => format!("{}: {entry}", answer.name),
        Knob::DelayIn(_) | Knob::DelayOn(_) => format!("{}: delay added one way", answer.name),
        Knob::RentOf(_) => format!("{}: rent", answer.name),
        Knob::BuildOf(_) => format!("{}: building price", answer.name),
    }
}

fn unit_note(ceiling: &Ceiling) -> String {
    if ceiling.unit == "1" { String::new() } else { format!(", {}", ceiling.unit) }
}

fn table(context: &Context<'_>, answer: &CeilingAnswer<'_>, today: usize) -> Table {
    let ceiling = answer.ceiling;
    let is_delay = ceiling.knob.is_delay();
    let paid = if ceiling.knob.is_income() { "income there, USD/yr" } else { "of it paid, MUSD" };
    let costs = if is_delay { ["RTT ms", "at the end"] } else { ["MUSD", "at the end"] };
    let mut table = Table::new(&["#", "from", "to", "<way", "km", "RTT", costs[0], costs[1], paid]);
    let decimals = super::ledger::decimals(answer.shown().map(|(_, own)| &own.route));
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
        } else if ceiling.knob.is_income() {
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
fn assumed(context: &Context<'_>, answer: &CeilingAnswer<'_>, today: &Route) -> Vec<String> {
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
        if answer.ceiling.knob.is_delay() { "take" } else { "cost" }
    ));
    lines.extend(context.constraints().iter().map(|told| format!("- routes {told}")));
    lines.extend(today.assumptions.iter().map(|told| format!("- {told}")));
    lines
}

fn fraction(at: Ratio) -> Value {
    if at.is_finite() { json!(format!("{}/{}", at.numerator(), at.denominator())) } else { Value::Null }
}

fn limit_json(ceiling: &Ceiling) -> Value {
    match ceiling.limit() {
        Limit::Never => json!({"kind": "never", "value": null}),
        Limit::Always => json!({"kind": "always", "value": null}),
        Limit::Until(last) => {
            let to = ceiling.stretches[last].to;
            json!({"kind": "until", "value": ceiling.value(to), "exact": fraction(to), "rank": last + 1})
        }
    }
}

fn json(context: &Context<'_>, answer: &CeilingAnswer<'_>, obstacle: Option<&Obstacle>) -> Value {
    let ceiling = answer.ceiling;
    let today = ceiling.today();
    let dollars = |sum: Option<Usd>| sum.map(Usd::dollars);
    let stretch = |(i, own): (usize, &CeilingStretch)| {
        let ms = |at| ceiling.latency_at(own, at).map(|latency| latency.ms());
        json!({
            "rank": i + 1,
            "today": Some(i) == today,
            "uses": own.line.slope > 0,
            "from": ceiling.value(own.from),
            "to": ceiling.value(own.to),
            "exact_from": fraction(own.from),
            "exact_to": fraction(own.to),
            "cost_from_usd": dollars(ceiling.cost_at(own.line, own.from)),
            "cost_to_usd": dollars(ceiling.cost_at(own.line, own.to)),
            "paid_from_usd": dollars(ceiling.paid_at(own.line, own.from)),
            "paid_to_usd": dollars(ceiling.paid_at(own.line, own.to)),
            "paid_to_usd_per_year": dollars(ceiling.paid_yearly_at(own.line, own.to)),
            "latency_from_ms": ms(own.from),
            "latency_to_ms": ms(own.to),
            "route": route_json(context, &own.route, i + 1),
        })
    };
    let most = ceiling.most_paid().map(|(i, paid)| {
        let own = &ceiling.stretches[i];
        json!({
            "rank": i + 1,
            "value": ceiling.value(own.to),
            "usd": paid.dollars(),
            "usd_per_year": dollars(ceiling.paid_yearly_at(own.line, own.to)),
        })
    });
    let through = ceiling.through.as_ref().map(|own| {
        json!({
            "cost_at_zero_usd": dollars(ceiling.cost_at(own.line, Ratio::ZERO)),
            "route": route_json(context, &own.route, 1),
        })
    });
    let mut all = json!({
        "query": context.query_json(),
        "name": answer.name,
        "of": of(ceiling),
        "unit": ceiling.unit,
        "now": ceiling.now,
        "reference": ceiling.reference(),
        "limit": limit_json(ceiling),
        "limit_low": answer.low.map(limit_json),
        "limit_high": answer.high.map(limit_json),
        "without": answer.without.map(|(avoided, ceiling)| {
            let codes: Vec<&str> = avoided.iter().map(CountryCode::as_str).collect();
            json!({"avoid": codes, "limit": limit_json(ceiling)})
        }),
        "most_paid": most,
        "stretches": answer.shown().map(stretch).collect::<Vec<_>>(),
        "through": through,
        "verdict": verdict(context, answer).join(" "),
    });
    if ceiling.stretches.is_empty() {
        all["routes"] = json!([]);
        say_obstacle_json(&mut all, context, obstacle);
    } else {
        all["ends"] = ends_json(context, ceiling.stretches.iter().map(|own| &own.route));
    }
    all
}

/// What is raised, as `--of` has it.
fn of(ceiling: &Ceiling) -> &str {
    match &ceiling.knob {
        Knob::Entry(entry) => entry,
        Knob::DelayIn(_) | Knob::DelayOn(_) => "latency",
        Knob::RentOf(_) => "lease",
        Knob::BuildOf(_) => "build",
    }
}

fn csv(context: &Context<'_>, answer: &CeilingAnswer<'_>) -> String {
    let ceiling = answer.ceiling;
    let head = "name,of,unit,rank,today,from,to,cost_from_usd,cost_to_usd,paid_to_usd,paid_to_usd_per_year,\
        latency_from_ms,latency_to_ms,length_km,countries,segments,scenario,year,gbps,term_years";
    let mut lines = vec![head.split(',').map(str::to_owned).collect::<Vec<_>>()];
    let text = |value: Option<f64>| value.map(number).unwrap_or_default();
    let dollars = |sum: Option<Usd>| text(sum.map(Usd::dollars));
    for (i, own) in answer.shown() {
        let codes: Vec<&str> = own.route.countries.iter().map(CountryCode::as_str).collect();
        let segments: Vec<&str> = own.route.segments().map(|id| id.as_str()).collect();
        lines.push(vec![
            answer.name.to_owned(),
            of(ceiling).to_owned(),
            ceiling.unit.clone(),
            (i + 1).to_string(),
            (ceiling.today() == Some(i)).to_string(),
            text(ceiling.value(own.from)),
            text(ceiling.value(own.to)),
            dollars(ceiling.cost_at(own.line, own.from)),
            dollars(ceiling.cost_at(own.line, own.to)),
            dollars(ceiling.paid_at(own.line, own.to)),
            dollars(ceiling.paid_yearly_at(own.line, own.to)),
            text(ceiling.latency_at(own, own.from).map(|latency| latency.ms())),
            text(ceiling.latency_at(own, own.to).map(|latency| latency.ms())),
            number(own.route.length.km()),
            codes.join(";"),
            segments.join(";"),
            context.scenario.to_owned(),
            context.year.to_string(),
            number(context.demand.gbps.get()),
            context.demand.term_years.to_string(),
        ]);
    }
    cells_text(&lines)
}
