//! A cash flow as charts: what is earned upwards, what is paid downwards, and what all of it is worth so far; the same in
//! the money of the day, where there is an inflation; and what the route costs in each country.

use super::bars::cost_bars;
use crate::analysis::{CashYear, Outlay};
use crate::picture::PictureSize;
use crate::picture::chart::{Body, Chart, ChartSheet, Columns};
use crate::report::cash_flow::CashFlowCase;
use crate::report::cash_flow::words::{conclusion, millions as told_millions, percent, price_text};
use crate::report::context::Context;

/// What is paid, in the order of its colours: those of the bill's terms first, so that they are the same in every chart.
const PARTS: [Outlay; 7] = [
    Outlay::Build,
    Outlay::Operate,
    Outlay::Lease,
    Outlay::Transit,
    Outlay::Crossing,
    Outlay::Equipment,
    Outlay::Repair,
];
/// The charts of a cash flow.
#[must_use]
pub fn cash_flow_chart(context: &Context<'_>, answer: &CashFlowCase<'_>, size: PictureSize) -> ChartSheet {
    let CashFlowCase { route, flow, computed, .. } = *answer;
    let mut charts = vec![real(context, answer)];
    charts.extend(flow.terms.inflation.map(|inflation| nominal(answer, inflation)));
    let leaves = route.hops.iter().flat_map(|hop| &hop.leaves);
    charts.push(cost_bars(context, leaves, (&computed.currency, flow.terms.exchange)));
    let (from, to) = (context.name_typed(&context.asked.from), context.name_typed(&context.asked.to));
    ChartSheet {
        title: format!("{from} > {to} {}", verdict(answer)),
        subtitle: context.in_words_in(&computed.currency),
        charts,
        notes: conclusion(context, answer),
        attribution: String::new(),
        width_px: size.width_px,
        height_px: size.height_px,
    }
}

/// The answer in a sentence.
fn verdict(answer: &CashFlowCase<'_>) -> String {
    let CashFlowCase { flow, computed, .. } = *answer;
    let (npv, unit, years) = (flow.real.npv, &computed.currency, flow.demand.term_years);
    let sum = told_millions(npv.abs());
    let first = if npv >= 0.0 {
        format!("earns {sum} M{unit} more than it costs over {years} years")
    } else {
        format!("loses {sum} M{unit} of what it costs over {years} years")
    };
    match (flow.real.discounted_payback, flow.break_even) {
        (Some(year), _) => format!("{first}, paid back with interest by year {year}"),
        (None, Some(least)) => format!("{first}; {} {unit} in the first year would pay it back", price_text(least)),
        (None, None) => first,
    }
}

fn real(context: &Context<'_>, answer: &CashFlowCase<'_>) -> Chart {
    let CashFlowCase { flow, computed, .. } = *answer;
    let column = |year: &CashYear| {
        let costs = PARTS.iter().map(|own| -millions(year.costs[*own]));
        (year.t.to_string(), costs.chain([millions(year.income)]).collect())
    };
    let worth = flow.years.iter().map(|year| millions(year.present_running)).collect();
    let columns = Columns {
        unit: format!("M{}", computed.currency),
        across: across(context),
        parts: PARTS.iter().map(|own| own.heading()).chain(["income"]).map(str::to_owned).collect(),
        columns: flow.years.iter().map(column).collect(),
        line: Some(("worth so far, present value".to_owned(), worth)),
    };
    let caption = format!("Real: earned and paid by year, M{} of {}", computed.currency, context.price_year);
    Chart { caption, body: Body::Columns(columns) }
}

/// The same in the money of the day, where only sums are kept.
fn nominal(answer: &CashFlowCase<'_>, inflation: f64) -> Chart {
    let CashFlowCase { flow, computed, .. } = *answer;
    let mut running = 0_i64;
    let (mut columns, mut so_far) = (Vec::new(), Vec::new());
    for (year, own) in flow.years.iter().filter_map(|year| year.nominal.map(|own| (year, own))) {
        running = running.saturating_add(own.income).saturating_sub(own.cost);
        let mut values = vec![0.0; PARTS.len()];
        values.extend([millions(own.income), -millions(own.cost)]);
        columns.push((year.t.to_string(), values));
        so_far.push(millions(running));
    }
    let columns = Columns {
        unit: format!("M{}", computed.currency),
        across: "year".to_owned(),
        parts: (0..PARTS.len()).map(|_| "").chain(["income", "cost"]).map(str::to_owned).collect(),
        columns,
        line: Some(("earned so far".to_owned(), so_far)),
    };
    let caption = format!("Nominal: in money of the day, at {} % inflation", percent(inflation));
    Chart { caption, body: Body::Columns(columns) }
}

fn across(context: &Context<'_>) -> String {
    format!("year, 0 is the start of {}", context.year)
}

fn millions(cents: i64) -> f64 {
    cents as f64 / 1e8
}
