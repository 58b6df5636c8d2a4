//! The answer of `gateway --all` to be read: how every country reaches the hubs, and what a scenario saves each.

use super::all_words::{NOTHING, conclusion, shown};
use super::input::{GatewayAllReport, ScenarioReach};
use super::layout::{abreast, say_stopped, stop_mark};
use super::names::measured;
use crate::analysis::{Cell, CountryReach};
use crate::report::document::{Document, Table};
use crate::report::ledger::shortened;
use crate::report::option_name::OptionName;

pub(super) fn document(answer: &GatewayAllReport<'_>) -> Document {
    let mut document = Document::default();
    let ScenarioReach { context, countries: rows } = &answer.first;
    let names: Vec<&str> = answer.cases().map(|case| case.context.scenario).collect();
    document.title(format!("All countries to the hubs: {}", names.join(" | ")), context.in_words());
    document.say("So", vec![conclusion(answer)]);
    document.say("Asked", context.constraints());
    for (i, &objective) in answer.objectives.iter().enumerate() {
        for (hubs, more) in abreast(answer.hubs.len()) {
            if let Some(second) = &answer.second {
                let scenario = second.context.scenario;
                document.heading(format!("Saved by {scenario}{more}: {}", measured(objective)));
                document.table(savings(answer, second, i, hubs));
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
    document.say("Left out", answer.notes.to_vec());
    let (n, peopled) = answer.n_countries();
    let mut lines = vec![format!(
        "the mean is weighted by the people of a country's places in the network, which are not all of its people; \
         {peopled} of {n} countries have any"
    )];
    lines.push("a hub is not asked of the country that it lies in".to_owned());
    if answer.second.is_some() {
        let json = answer.first.context.name_of(OptionName::Json);
        lines.push(format!("countries that gain or lose nothing are left out; {json} has all figures"));
    }
    document.say("Assumed", lines);
    document
}

fn headings(answer: &GatewayAllReport<'_>, hubs: std::ops::Range<usize>) -> Vec<String> {
    let context = &answer.first.context;
    let mut headings = vec!["<country".to_owned(), "people, M".to_owned()];
    headings.extend(answer.hubs[hubs].iter().map(|hub| shortened(&context.end_name(hub), 12)));
    headings
}

fn best(answer: &GatewayAllReport<'_>, objective: usize, hubs: std::ops::Range<usize>) -> Table {
    let ScenarioReach { context, countries: rows } = &answer.first;
    let headings = headings(answer, hubs.clone());
    let mut table = Table::new(&headings.iter().map(String::as_str).collect::<Vec<_>>());
    for row in rows {
        let mut cells = vec![shortened(&context.country_name(row.country), 24), people(row)];
        for hub in hubs.clone() {
            let lies_there = matches!(row.cells[hub][objective], Cell::Same);
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
        let mean = answer.mean(&answer.first, hub, objective);
        cells.push(mean.map_or_else(|| "-".to_owned(), |mean| shown(answer.objectives[objective], mean, false)));
    }
    table.row(cells);
    table
}

fn people(row: &CountryReach) -> String {
    if row.population == 0 { "-".to_owned() } else { format!("{:.1}", row.population as f64 / 1e6) }
}

fn savings(
    answer: &GatewayAllReport<'_>,
    second: &ScenarioReach<'_>,
    objective: usize,
    hubs: std::ops::Range<usize>,
) -> Table {
    let ScenarioReach { context, countries: rows } = &answer.first;
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
    for (name, case) in [("mean by people, before", &answer.first), ("mean by people, then", second)] {
        let mut cells = vec![name.to_owned(), String::new()];
        for hub in hubs.clone() {
            let mean = answer.mean(case, hub, objective);
            cells.push(mean.map_or_else(|| "-".to_owned(), |mean| shown(answer.objectives[objective], mean, false)));
        }
        table.row(cells);
    }
    table
}
