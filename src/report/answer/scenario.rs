//! The answers of `scenario show` and `scenario check`.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Answer;
use crate::report::Format;
use crate::report::scenario::settings;
use crate::scenario::{Applied, Scenario};

/// The answer of `scenario show`: a scenario as it is computed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ScenarioAnswer {
    /// Its name.
    pub name: String,
    /// Its subject, in a sentence; null where its file has none.
    pub about: Option<String>,
    /// The settings by name, as a scenario file has them; empty where nothing is set.
    pub settings: IndexMap<String, String>,
    /// The changes to its network, in order.
    pub changes: Vec<ChangeJson>,
    /// Places of its network.
    pub nodes: usize,
    /// Segments of its network.
    pub segments: usize,
    /// Segments that may be used.
    pub usable_segments: usize,
}

/// A change to a network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ChangeJson {
    /// Its reason.
    pub why: String,
    /// The ids of the rows it touched.
    pub touched: Vec<String>,
}

impl From<&Scenario> for ScenarioAnswer {
    fn from(scenario: &Scenario) -> Self {
        Self {
            name: scenario.name.clone(),
            about: scenario.about.clone(),
            settings: settings(scenario).into_iter().map(|(key, value)| (key.to_owned(), value)).collect(),
            changes: scenario.changes.iter().map(ChangeJson::of).collect(),
            nodes: scenario.network.n_nodes(),
            segments: scenario.network.n_segments(),
            usable_segments: scenario.policy.usable(&scenario.network, scenario.demand.gbps).len(),
        }
    }
}

impl ChangeJson {
    pub(crate) fn of(change: &Applied) -> Self {
        Self { why: change.why.clone(), touched: change.touched.clone() }
    }
}

/// The answer of `scenario check`: the scenarios that can be computed, and those that cannot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ScenarioCheckAnswer {
    /// The scenarios that can be computed, in order.
    pub scenarios: Vec<ScenarioAnswer>,
    /// Those that cannot.
    pub failed: Vec<FailedScenario>,
}

/// A scenario that cannot be computed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FailedScenario {
    /// Its name, or its file.
    pub name: String,
    /// The error.
    pub error: String,
}

impl Answer for ScenarioAnswer {
    const NAME: &'static str = "scenario-show";
    const FORMATS: &'static [Format] = &[Format::Table, Format::Json, Format::Csv, Format::Markdown];
}

impl Answer for ScenarioCheckAnswer {
    const NAME: &'static str = "scenario-check";
    const FORMATS: &'static [Format] = &[Format::Table, Format::Json, Format::Csv, Format::Markdown];
}
