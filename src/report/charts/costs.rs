//! What routes cost, as charts: each by the terms of its bill, and the first by country too.

use super::bars::{cost_bars, term_bars};
use crate::metrics::{Leaf, Route, Term};
use crate::picture::PictureSize;
use crate::picture::chart::{Body, Chart, ChartSheet, MOST_CHARTS};
use crate::report::compare::asked;
use crate::report::context::Context;
use crate::report::uncertainty::{DrawnAnswer, millions};
use crate::scenario::Comparison;

/// The bars of an answer's routes; the sheet has the size given, in pixels, or is less high.
#[must_use]
pub fn costs_chart(context: &Context<'_>, drawn: DrawnAnswer<'_>, size: PictureSize) -> ChartSheet {
    let routes = drawn.routes();
    let names = drawn.listed(context);
    let rows = || names.iter().map(|name| name.long()).zip(routes.iter().copied());
    let mut charts = Vec::new();
    if routes.len() > 1 {
        let body = Body::Bars(term_bars(context, rows()));
        charts.push(Chart { caption: "Cost of each route by term".to_owned(), body });
    }
    if let Some(first) = routes.first() {
        let mut chart = cost_bars(context, leaves(first), (context.currency, 1.0));
        if routes.len() > 1 {
            chart.caption = format!("Cost of route {} by country and term", names[0].short());
        }
        charts.push(chart);
    }
    let title = match (routes.first(), routes.len()) {
        (None, _) => "There is no route".to_owned(),
        (Some(route), 1) => {
            let (from, to) = (context.name_typed(&context.asked.from), context.name_typed(&context.asked.to));
            format!("{from} > {to} {}", costs(context, route))
        }
        (Some(route), n) => {
            let cheapest = (0..n).min_by_key(|&i| routes[i].bill.total()).unwrap_or(0);
            let first = format!("Route {} {}", names[0].short(), costs(context, route));
            if routes[cheapest].bill.total() == route.bill.total() {
                format!("{first}; none of the {n} costs less")
            } else {
                let least = millions(routes[cheapest].bill.total().dollars());
                let name = names[cheapest].short();
                format!("{first}; {name} costs least of the {n}, {least} M{}", context.currency)
            }
        }
    };
    sheet(context, title, charts, Vec::new(), size)
}

/// The bars of each question of a comparison: the first route of every scenario.
#[must_use]
pub fn compared_costs_chart(context: &Context<'_>, comparison: &Comparison, size: PictureSize) -> ChartSheet {
    let mut charts = Vec::new();
    let mut notes = Vec::new();
    for (i, question) in comparison.questions.iter().enumerate().take(MOST_CHARTS) {
        let question = asked(context, question);
        let first = comparison.scenarios.iter().map(|own| (own.name.clone(), own.answers[i].routes.first()));
        let rows: Vec<(String, &Route)> = first.clone().filter_map(|(name, route)| Some((name, route?))).collect();
        let without: Vec<String> = first.filter(|(_, route)| route.is_none()).map(|(name, _)| name).collect();
        if !without.is_empty() {
            notes.push(format!("{question}: no route in {}.", without.join(", ")));
        }
        if !rows.is_empty() {
            let body = Body::Bars(term_bars(context, rows.into_iter()));
            charts.push(Chart { caption: question, body });
        }
    }
    let names: Vec<&str> = comparison.scenarios.iter().map(|own| own.name.as_str()).collect();
    sheet(context, format!("Cost by term: {}", names.join(", ")), charts, notes, size)
}

fn sheet(
    context: &Context<'_>,
    title: String,
    mut charts: Vec<Chart>,
    notes: Vec<String>,
    PictureSize { width_px, height_px }: PictureSize,
) -> ChartSheet {
    if charts.is_empty() {
        let body = Body::Bars(term_bars(context, std::iter::empty()));
        charts.push(Chart { caption: String::new(), body });
    }
    let attribution = String::new();
    ChartSheet { title, subtitle: context.in_words(), charts, notes, attribution, width_px, height_px }
}

/// `costs 19.6 MUSD over 15 years, 69 % of it lease`.
fn costs(context: &Context<'_>, route: &Route) -> String {
    let total = route.bill.total().dollars();
    let said = format!("costs {} M{} over {} years", millions(total), context.currency, context.demand.term_years);
    let dearest = Term::ALL.into_iter().max_by_key(|term| (route.bill.term(*term), std::cmp::Reverse(*term as usize)));
    match dearest {
        Some(term) if total > 0.0 => {
            let share = 100.0 * route.bill.term(term).dollars() / total;
            format!("{said}, {share:.0} % of it {}", term.heading())
        }
        _ => said,
    }
}

fn leaves(route: &Route) -> impl Iterator<Item = &Leaf> {
    route.hops.iter().flat_map(|hop| &hop.leaves)
}
