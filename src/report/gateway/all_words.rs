//! The words of `gateway --all`: its conclusion.

use super::input::{GatewayAllReport, ScenarioReach};
use crate::report::cell::tidy_zero;
use crate::report::compare::superlative;
use crate::report::ledger::listed;
use crate::request::Objective;

/// A saving below this is none: it comes of rounding.
pub(super) const NOTHING: f64 = 1e-9;

/// The answer in one sentence.
pub(super) fn conclusion(answer: &GatewayAllReport<'_>) -> String {
    answer.second.as_ref().map_or_else(|| means(answer), |second| gains(answer, second.context.scenario))
}

fn unit(objective: Objective) -> &'static str {
    if objective == Objective::Latency { "ms RTT" } else { "USD per Mbps and month" }
}

/// The nearest and the farthest hub, by the mean.
fn means(answer: &GatewayAllReport<'_>) -> String {
    let context = &answer.first.context;
    let mut parts = Vec::new();
    for (i, &objective) in answer.objectives.iter().enumerate() {
        let of_hub = |hub: usize| answer.mean(&answer.first, hub, i).map(|mean| (hub, mean));
        let all: Vec<(usize, f64)> = (0..answer.hubs.len()).filter_map(of_hub).collect();
        let least = all.iter().min_by(|a, b| a.1.total_cmp(&b.1));
        let most = all.iter().max_by(|a, b| a.1.total_cmp(&b.1));
        if let (Some(least), Some(most)) = (least, most) {
            let told = |(hub, mean): &(usize, f64)| {
                format!("{} ({})", shown(objective, *mean, false), context.end_name(&answer.hubs[*hub]))
            };
            let name = superlative(objective).to_lowercase();
            let range = if least.0 == most.0 { told(least) } else { format!("from {} to {}", told(least), told(most)) };
            let verb = if objective == Objective::Latency { "takes" } else { "costs" };
            parts.push(format!("the {name} way {verb} {range} {}", unit(objective)));
        }
    }
    let (n, n_peopled) = answer.n_countries();
    if parts.is_empty() {
        return format!("none of the {n} countries has a mean: none with people reaches a hub.");
    }
    let of_all = if n_peopled < n { format!("the {n_peopled} of {n}") } else { n.to_string() };
    format!(
        "weighted by the people of {of_all} countries{}, {}.",
        if n_peopled < n { " that have any" } else { "" },
        listed(&parts)
    )
}

/// Who gains and loses, and who gains most.
fn gains(answer: &GatewayAllReport<'_>, scenario: &str) -> String {
    let ScenarioReach { context, countries: rows } = &answer.first;
    let (mut winners, mut losers) = (0, 0);
    let mut most: Vec<Option<(f64, usize, usize)>> = vec![None; answer.objectives.len()];
    for row in 0..rows.len() {
        let (mut wins, mut loses) = (false, false);
        for hub in 0..answer.hubs.len() {
            for (objective, most) in most.iter_mut().enumerate() {
                if let Some((before, after)) = answer.saved(row, hub, objective) {
                    let saved = before - after;
                    wins |= saved > NOTHING;
                    loses |= saved < -NOTHING;
                    if saved > NOTHING && most.is_none_or(|(known, ..)| saved > known) {
                        *most = Some((saved, row, hub));
                    }
                }
            }
            wins |= answer.changes_reach(row, hub) == Some(true);
            loses |= answer.changes_reach(row, hub) == Some(false);
        }
        winners += usize::from(wins);
        losers += usize::from(loses);
    }
    let n = rows.len();
    if winners == 0 && losers == 0 {
        return format!("with {scenario} nothing changes for any of the {n} countries towards any hub.");
    }
    let mut told: Vec<String> = Vec::new();
    for (most, &objective) in most.iter().zip(&answer.objectives) {
        if let Some((saved, row, hub)) = *most {
            told.push(format!(
                "{} {} {} towards {}",
                context.country_name(rows[row].country),
                shown(objective, saved, false),
                unit(objective),
                context.end_name(&answer.hubs[hub])
            ));
        }
    }
    let most = if told.is_empty() { String::new() } else { format!("; most: {}", listed(&told)) };
    format!("with {scenario}, {winners} of {n} countries gain towards some hub and {losers} lose{most}.")
}

/// A figure, with its sign where it is a difference.
pub(super) fn shown(objective: Objective, value: f64, sign: bool) -> String {
    let decimals = if objective == Objective::Latency { 1 } else { 2 };
    if sign { tidy_zero(format!("{value:+.decimals$}")) } else { format!("{value:.decimals$}") }
}
