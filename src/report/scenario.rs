//! The answers of `scenario show`, a scenario as it will be computed, and of `scenario check`.

use super::answer::{FailedScenario, ScenarioAnswer, ScenarioCheckAnswer};
use super::cell::Cell;
use super::document::{Document, Table};
use super::records::Records;
use super::rendering::Report;
use crate::metrics::discount_rate;
use crate::scenario::{Scenario, ScenarioSetting};
use crate::units::grouped;

/// A scenario as it will be computed. Its CSV has the settings; the changes are in the other formats.
#[derive(Debug, Clone, Copy)]
pub struct ScenarioReport<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
}

/// Scenarios that were read and resolved, or could not be.
#[derive(Debug, Clone, Copy)]
pub struct ScenarioCheckReport<'a> {
    /// Those that can be computed.
    pub scenarios: &'a [Scenario],
    /// Those that cannot.
    pub failed: &'a [FailedScenario],
}

impl Report for ScenarioReport<'_> {
    type Answer = ScenarioAnswer;

    fn answer(&self) -> ScenarioAnswer {
        self.scenario.into()
    }

    fn document(&self) -> Document {
        document(self.scenario)
    }

    fn records(&self) -> Records {
        let mut records = Records::new(["setting", "value"]);
        settings(self.scenario).into_iter().for_each(|(name, value)| records.row([name.into(), Cell::Text(value)]));
        records
    }
}

impl Report for ScenarioCheckReport<'_> {
    type Answer = ScenarioCheckAnswer;

    fn answer(&self) -> ScenarioCheckAnswer {
        ScenarioCheckAnswer {
            scenarios: self.scenarios.iter().map(ScenarioAnswer::from).collect(),
            failed: self.failed.to_vec(),
        }
    }

    fn document(&self) -> Document {
        let plural = |n: usize, word: &str| format!("{n} {word}{}", if n == 1 { "" } else { "s" });
        let line = |scenario: &Scenario| {
            let changes = plural(scenario.changes.len(), "change");
            format!("{}: ok, {changes}, {} touched", scenario.name, plural(n_touched(scenario), "row"))
        };
        let mut document = Document::default();
        document.say("", self.scenarios.iter().map(line).collect());
        document
    }

    fn records(&self) -> Records {
        let mut records = Records::new(["scenario", "ok", "changes", "rows_touched", "error"]);
        for scenario in self.scenarios {
            let counts = [scenario.changes.len(), n_touched(scenario)].map(|n| Cell::Count(n as u64));
            records.row([scenario.name.as_str().into(), Cell::Flag(true)].into_iter().chain(counts));
        }
        for FailedScenario { name, error } in self.failed {
            records.row([name.as_str().into(), Cell::Flag(false), Cell::Empty, Cell::Empty, error.as_str().into()]);
        }
        records
    }
}

/// How many rows the changes of a scenario touch.
fn n_touched(scenario: &Scenario) -> usize {
    scenario.changes.iter().map(|change| change.touched.len()).sum()
}

/// The settings of a scenario by name, empty where nothing is set.
pub(super) fn settings(scenario: &Scenario) -> Vec<(&'static str, String)> {
    let book = &scenario.book;
    let name = |setting: &ScenarioSetting| if setting.table == "network" { setting.table } else { setting.key };
    let routing = scenario.settings().into_iter().map(|setting| (name(&setting), setting.value));
    let prices = [
        ("prices", book.id.clone()),
        ("currency", format!("{} of {}", book.currency, book.year)),
        ("discount_rate", discount_rate(book).to_string()),
    ];
    routing.chain(prices).collect()
}

fn document(scenario: &Scenario) -> Document {
    let mut document = Document::default();
    document.title(scenario.name.clone(), scenario.about.clone().unwrap_or_default());
    let mut table = Table::new(&["<setting", "<value"]);
    for (name, value) in settings(scenario).into_iter().filter(|(_, value)| !value.is_empty()) {
        table.row(vec![name.to_owned(), value]);
    }
    document.table(table);
    let usable = scenario.policy.usable(&scenario.network, scenario.demand.gbps);
    let km: f64 =
        usable.ids(&scenario.network).filter_map(|id| scenario.network.find_segment(id)).map(|s| s.length.km()).sum();
    document.say(
        "",
        vec![format!(
            "{} places, {} segments, of which {} with {} km may be used.",
            scenario.network.n_nodes(),
            scenario.network.n_segments(),
            usable.len(),
            grouped(km.round() as i64)
        )],
    );
    if !scenario.changes.is_empty() {
        document.heading("Changes, in order");
        let mut table = Table::new(&["#", "<why", "<touches"]);
        for (i, change) in scenario.changes.iter().enumerate() {
            let first: Vec<&str> = change.touched.iter().take(4).map(String::as_str).collect();
            let more = change.touched.len().saturating_sub(first.len());
            let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
            table.row(vec![(i + 1).to_string(), change.why.clone(), first.join(", ") + &rest]);
        }
        document.table(table);
    }
    document
}
