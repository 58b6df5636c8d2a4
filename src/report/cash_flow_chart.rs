//! A cash flow as a chart: what is earned upwards, what is paid downwards, and what all of it is worth so far.

use super::cash_flow::{CashFlowAnswer, conclusion};
use super::context::Context;
use crate::chart::{Body, Chart, ChartSheet, Columns};
use crate::corridor::Outlay;

/// The chart of a cash flow.
#[must_use]
pub fn cash_flow_chart(context: &Context<'_>, answer: &CashFlowAnswer<'_>, (width, height): (u32, u32)) -> ChartSheet {
    let CashFlowAnswer { flow, reckoned, .. } = *answer;
    let paid: Vec<Outlay> =
        Outlay::ALL.into_iter().filter(|own| flow.years.iter().any(|year| year.costs[*own as usize] != 0)).collect();
    let millions = |cents: i64| cents as f64 / 1e8;
    let column = |year: &crate::corridor::CashYear| {
        let costs = paid.iter().map(|own| -millions(year.costs[*own as usize]));
        (year.t.to_string(), [millions(year.income)].into_iter().chain(costs).collect())
    };
    let worth = flow.years.iter().map(|year| millions(year.present_running)).collect();
    let columns = Columns {
        unit: format!("M{}", reckoned.currency),
        parts: ["income".to_owned()].into_iter().chain(paid.iter().map(|own| own.heading().to_owned())).collect(),
        columns: flow.years.iter().map(column).collect(),
        line: Some(("worth so far, present value".to_owned(), worth)),
    };
    let (from, to) = (context.name_typed(&context.asked.from), context.name_typed(&context.asked.to));
    let caption = format!("Earned and paid by year, M{} of {}", reckoned.currency, context.price_year);
    ChartSheet {
        title: format!("{from} > {to}, money over time"),
        subtitle: context.in_words_in(&reckoned.currency),
        charts: vec![Chart { caption, body: Body::Columns(columns) }],
        notes: conclusion(context, answer),
        attribution: String::new(),
        width_px: width,
        height_px: height,
    }
}
