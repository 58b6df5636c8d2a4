//! The picture of a ceiling: what the fee brings in, and what the best route costs or how long it takes, by value.

use crate::analysis::{Limit, SweptParameter};
use crate::graph::parametric::Line;
use crate::picture::PictureSize;
use crate::picture::chart::{Axis, Body, Chart, ChartSheet, Direction, Lines, Rule, Series};
use crate::report::ceiling::words::{floored, verdict};
use crate::report::ceiling::{CeilingCase, CeilingWithout};
use crate::report::context::Context;
use crate::report::ledger::listed;

/// As many break points are marked.
const MOST_MARKED: usize = 6;

/// The axis of values ends so far beyond the last break point, and beyond today's value.
const BEYOND: f64 = 1.25;

/// A ceiling as charts on a sheet of that size in pixels: the income where there is any, and the cost or the round trip of
/// the best route.
#[must_use]
pub fn ceiling_sheet(
    context: &Context<'_>,
    answer: &CeilingCase<'_>,
    PictureSize { width_px, height_px }: PictureSize,
) -> ChartSheet {
    let mut charts = Vec::new();
    // What never earns anything is shown where it would: without the countries that the best route goes by.
    let without = answer.without.map(|without| CeilingCase { ceiling: without.ceiling, ..*answer });
    let earning = [Some(*answer), without].into_iter().flatten().find(|own| own.ceiling.limit() != Limit::Never);
    let earning = earning.filter(|own| own.ceiling.parameter.is_income());
    let end = earning.iter().map(reach).fold(reach(answer), f64::max);
    if let Some(own) = earning {
        let avoided = answer.without.map_or_else(String::new, |CeilingWithout { avoided, .. }| {
            let names: Vec<String> = avoided.iter().map(|&code| context.country_name(code)).collect();
            format!(" without {}", listed(&names))
        });
        let income = |line: Line, value: f64| own.ceiling.drawn_yearly_at(line, value);
        charts.push(chart(&own, format!("Income a year{avoided}"), "USD a year", end, &income));
    }
    let ceiling = answer.ceiling;
    let caption = format!("The {} route", answer.best());
    charts.push(if ceiling.parameter.is_delay() {
        chart(answer, caption, "ms RTT", end, &|line, value| 2.0 * ceiling.drawn_at(line, value))
    } else {
        chart(answer, caption, "MUSD over the term", end, &|line, value| ceiling.drawn_at(line, value) / 1e6)
    });
    let mut said = verdict(context, answer).into_iter();
    let meta = context.network.meta();
    ChartSheet {
        title: said.next().unwrap_or_default(),
        subtitle: context.in_words(),
        charts,
        notes: said.collect(),
        attribution: format!("Network {}, {}, {}.", meta.id, meta.publisher, meta.licence),
        width_px,
        height_px,
    }
}

/// Up to which value the axis goes.
fn reach(answer: &CeilingCase<'_>) -> f64 {
    let ceiling = answer.ceiling;
    let last = answer.shown().filter_map(|(_, own)| ceiling.value(own.to)).fold(ceiling.now, f64::max) * BEYOND;
    answer.up_to.unwrap_or(if last > 0.0 { last } else { 1.0 })
}

/// A figure of the best route over the values from 0 to `end`.
fn chart(answer: &CeilingCase<'_>, caption: String, unit: &str, end: f64, figure: &dyn Fn(Line, f64) -> f64) -> Chart {
    let ceiling = answer.ceiling;
    let breaks: Vec<f64> = answer.shown().filter_map(|(_, own)| ceiling.value(own.to)).collect();
    let mut points = Vec::new();
    for (_, own) in answer.shown() {
        let from = ceiling.value(own.from).unwrap_or(0.0);
        let to = ceiling.value(own.to).map_or(end, |to| to.min(end));
        points.extend([from, to].map(|value| (value, figure(own.line, value))));
    }
    let mut series = vec![Series { name: String::new(), points, dashed: false }];
    if let Some(through) = &ceiling.through {
        let points = [0.0, end].map(|value| (value, figure(through.line, value))).to_vec();
        series[0].name = "the best".to_owned();
        series.push(Series { name: format!("one that {}", answer.uses()), points, dashed: true });
    }
    let mut rules: Vec<Rule> =
        breaks.iter().filter(|at| **at <= end).take(MOST_MARKED).map(|&at| rule(at, "change at")).collect();
    if ceiling.now <= end && !ceiling.parameter.is_delay() {
        rules.push(rule(ceiling.now, "now"));
    }
    let unit_of_x = if ceiling.unit == "1" { String::new() } else { format!(", {}", ceiling.unit) };
    let lines =
        Lines { x: Axis::linear(&format!("{}{unit_of_x}", axis_of(answer))), y: Axis::linear(unit), series, rules };
    Chart { caption, body: Body::Lines(lines) }
}

fn rule(at: f64, word: &str) -> Rule {
    Rule { at, direction: Direction::Vertical, label: format!("{word} {}", floored(at)) }
}

/// What is raised, as the title of an axis.
fn axis_of(answer: &CeilingCase<'_>) -> String {
    match &answer.ceiling.parameter {
        SweptParameter::Entry(key) => key.to_string(),
        SweptParameter::DelayIn(_) | SweptParameter::DelayOn(_) => format!("delay added one way, {}", answer.name),
        SweptParameter::RentOf(_) => format!("rent of {}", answer.name),
        SweptParameter::BuildOf(_) => format!("building price of {}", answer.name),
    }
}
