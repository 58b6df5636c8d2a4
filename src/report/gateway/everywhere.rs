//! The answer of `gateway --all`: how every country reaches the hubs, and what a scenario saves each.

use super::{abreast, end_name, json, measured, say_stopped, stop_mark};
use crate::analysis::{CountryReach, Summary, weighted_mean};
use crate::report::compare::superlative;
use crate::report::context::Context;
use crate::report::document::{Document, Table};
use crate::report::format::TableFormat;
use crate::report::ledger::{listed, shortened, tidy_zero};
use crate::request::{End, Objective};

/// All countries under one scenario, or under two.
#[derive(Debug, Clone)]
pub struct EverywhereAnswer<'a> {
    /// Each scenario's context and its countries.
    pub cases: Vec<(Context<'a>, Vec<CountryReach>)>,
    /// The hubs.
    pub hubs: Vec<End>,
    /// What the routes are best at.
    pub objectives: Vec<Objective>,
}

/// A saving below this is none: it comes of rounding.
const NOTHING: f64 = 1e-9;

impl EverywhereAnswer<'_> {
    /// What a route is compared by: the round trip if it is the fastest, else the cost per Mbit/s and month.
    pub(super) fn figure(&self, objective: usize, best: &Summary) -> f64 {
        match self.objectives[objective] {
            Objective::Latency => best.rtt_ms(),
            _ => best.usd_per_mbps_month,
        }
    }

    /// The population-weighted mean of the figure over the countries that reach a hub, in every scenario.
    pub(super) fn mean(&self, case: usize, hub: usize, objective: usize) -> Option<f64> {
        let rows = &self.cases[case].1;
        weighted_mean(rows.iter().enumerate().map(|(i, row)| {
            let everywhere = self.cases.iter().all(|(_, rows)| {
                rows.get(i).is_some_and(|own| own.country == row.country && own.best(hub, objective).is_some())
            });
            let best = row.best(hub, objective).filter(|_| everywhere);
            (row.population, best.map(|best| self.figure(objective, best)))
        }))
    }

    /// What the second scenario saves a country towards a hub: before, after.
    pub(super) fn saved(&self, row: usize, hub: usize, objective: usize) -> Option<(f64, f64)> {
        let [(_, before), (_, after)] = self.cases.as_slice() else { return None };
        let (before, after) = (before.get(row)?, after.get(row)?);
        let pair = (before.best(hub, objective)?, after.best(hub, objective)?);
        (before.country == after.country).then(|| (self.figure(objective, pair.0), self.figure(objective, pair.1)))
    }

    /// How reaching a hub changes: it is reached now and was not, or the other way round.
    fn changes_reach(&self, row: usize, hub: usize) -> Option<bool> {
        let [(_, before), (_, after)] = self.cases.as_slice() else { return None };
        let reached = |rows: &[CountryReach]| rows.get(row).is_some_and(|own| own.best(hub, 0).is_some());
        let (a, b) = (reached(before), reached(after));
        (a != b).then_some(b)
    }

    /// How many countries there are, and how many of them have people, by whom the means are weighted.
    fn n_countries(&self) -> (usize, usize) {
        let rows = self.cases.first().map_or(&[][..], |(_, rows)| rows.as_slice());
        (rows.len(), rows.iter().filter(|row| row.population > 0).count())
    }
}

/// How all countries reach the hubs, in a format.
#[must_use]
pub fn everywhere_report(answer: &EverywhereAnswer<'_>, notes: &[String], format: TableFormat) -> String {
    match format {
        TableFormat::Table => document(answer, notes).plain(),
        TableFormat::Markdown => document(answer, notes).markdown(),
        TableFormat::Json => format!("{:#}\n", json::everywhere(answer, notes, &conclusion(answer))),
        TableFormat::Csv => json::everywhere_csv(answer),
    }
}

fn document(answer: &EverywhereAnswer<'_>, notes: &[String]) -> Document {
    let mut document = Document::default();
    let Some((context, rows)) = answer.cases.first() else { return document };
    let names: Vec<&str> = answer.cases.iter().map(|(own, _)| own.scenario).collect();
    document.title(format!("All countries to the hubs: {}", names.join(" | ")), context.in_words());
    document.say("So", vec![conclusion(answer)]);
    document.say("Asked", context.constraints());
    let compared = answer.cases.len() > 1;
    for (i, &objective) in answer.objectives.iter().enumerate() {
        for (hubs, more) in abreast(answer.hubs.len()) {
            if compared {
                let table = savings(answer, i, hubs);
                document.heading(format!("Saved by {}{more}: {}", names[1], measured(objective)));
                document.table(table);
            } else {
                document.heading(format!("Each country's best way{more}: {}", measured(objective)));
                let stopped =
                    |row: &CountryReach| hubs.clone().any(|hub| row.best(hub, i).is_some_and(|best| best.is_stopped));
                let any = rows.iter().any(stopped);
                document.table(best(answer, i, hubs.clone()));
                say_stopped(&mut document, any);
            }
        }
    }
    document.say("Left out", notes.to_vec());
    let (n, peopled) = answer.n_countries();
    let mut lines = vec![format!(
        "the mean is weighted by the people of a country's places in the network, which are not all of its people; \
         {peopled} of {n} countries have any"
    )];
    lines.push("a hub is not asked of the country that it lies in".to_owned());
    if compared {
        lines.push("countries that gain or lose nothing are left out; --format json has all figures".to_owned());
    }
    document.say("Assumed", lines);
    document
}

fn headings(answer: &EverywhereAnswer<'_>, hubs: std::ops::Range<usize>) -> Vec<String> {
    let context = &answer.cases[0].0;
    let mut headings = vec!["<country".to_owned(), "people, M".to_owned()];
    headings.extend(answer.hubs[hubs].iter().map(|hub| shortened(&end_name(context, hub), 12)));
    headings
}

fn shown(objective: Objective, value: f64, sign: bool) -> String {
    let decimals = if objective == Objective::Latency { 1 } else { 2 };
    if sign { tidy_zero(format!("{value:+.decimals$}")) } else { format!("{value:.decimals$}") }
}

fn best(answer: &EverywhereAnswer<'_>, objective: usize, hubs: std::ops::Range<usize>) -> Table {
    let (context, rows) = &answer.cases[0];
    let headings = headings(answer, hubs.clone());
    let mut table = Table::new(&headings.iter().map(String::as_str).collect::<Vec<_>>());
    for row in rows {
        let mut cells = vec![shortened(&context.country_name(row.country), 24), people(row)];
        for hub in hubs.clone() {
            let lies_there = matches!(row.cells[hub][objective], crate::analysis::Cell::Same);
            cells.push(match row.best(hub, objective) {
                Some(best) => {
                    let mark = stop_mark(best.is_stopped);
                    shown(answer.objectives[objective], answer.figure(objective, best), false) + mark
                }
                None if lies_there => String::new(),
                None => "-".to_owned(),
            });
        }
        table.row(cells);
    }
    let total: f64 = rows.iter().map(|row| row.population as f64 / 1e6).sum();
    let mut cells = vec!["mean by people".to_owned(), format!("{total:.1}")];
    for hub in hubs {
        let mean = answer.mean(0, hub, objective);
        cells.push(mean.map_or_else(|| "-".to_owned(), |mean| shown(answer.objectives[objective], mean, false)));
    }
    table.row(cells);
    table
}

fn people(row: &CountryReach) -> String {
    if row.population == 0 { "-".to_owned() } else { format!("{:.1}", row.population as f64 / 1e6) }
}

fn savings(answer: &EverywhereAnswer<'_>, objective: usize, hubs: std::ops::Range<usize>) -> Table {
    let (context, rows) = &answer.cases[0];
    let headings = headings(answer, hubs.clone());
    let mut table = Table::new(&headings.iter().map(String::as_str).collect::<Vec<_>>());
    for (i, row) in rows.iter().enumerate() {
        let mut changes = false;
        let cells: Vec<String> = hubs
            .clone()
            .map(|hub| match (answer.saved(i, hub, objective), answer.changes_reach(i, hub)) {
                (Some((before, after)), _) => {
                    changes |= (before - after).abs() > NOTHING;
                    shown(answer.objectives[objective], before - after, true)
                }
                (None, Some(now)) => {
                    changes = true;
                    if now { "reached".to_owned() } else { "lost".to_owned() }
                }
                (None, None) => String::new(),
            })
            .collect();
        if changes {
            table.row([vec![shortened(&context.country_name(row.country), 24), people(row)], cells].concat());
        }
    }
    for (name, read) in [("mean by people, before", 0), ("mean by people, then", 1)] {
        let mut cells = vec![name.to_owned(), String::new()];
        for hub in hubs.clone() {
            let mean = answer.mean(read, hub, objective);
            cells.push(mean.map_or_else(|| "-".to_owned(), |mean| shown(answer.objectives[objective], mean, false)));
        }
        table.row(cells);
    }
    table
}

/// The answer in one sentence.
fn conclusion(answer: &EverywhereAnswer<'_>) -> String {
    if answer.cases.len() > 1 { gains(answer) } else { means(answer) }
}

fn unit(objective: Objective) -> &'static str {
    if objective == Objective::Latency { "ms RTT" } else { "USD per Mbps and month" }
}

/// The nearest and the farthest hub, by the mean.
fn means(answer: &EverywhereAnswer<'_>) -> String {
    let context = &answer.cases[0].0;
    let mut parts = Vec::new();
    for (i, &objective) in answer.objectives.iter().enumerate() {
        let of_hub = |hub: usize| answer.mean(0, hub, i).map(|mean| (hub, mean));
        let all: Vec<(usize, f64)> = (0..answer.hubs.len()).filter_map(of_hub).collect();
        let least = all.iter().min_by(|a, b| a.1.total_cmp(&b.1));
        let most = all.iter().max_by(|a, b| a.1.total_cmp(&b.1));
        if let (Some(least), Some(most)) = (least, most) {
            let told = |(hub, mean): &(usize, f64)| {
                format!("{} ({})", shown(objective, *mean, false), end_name(context, &answer.hubs[*hub]))
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
fn gains(answer: &EverywhereAnswer<'_>) -> String {
    let (context, rows) = &answer.cases[0];
    let scenario = answer.cases[1].0.scenario;
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
                end_name(context, &answer.hubs[hub])
            ));
        }
    }
    let most = if told.is_empty() { String::new() } else { format!("; most: {}", listed(&told)) };
    format!("with {scenario}, {winners} of {n} countries gain towards some hub and {losers} lose{most}.")
}
