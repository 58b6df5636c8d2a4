//! The answer of `compare`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Answer;
use super::outlooks::OutlooksAnswer;
use super::query::Query;
use super::route::RouteJson;
use super::scenario::ChangeJson;
use crate::report::Format;
use crate::report::compare_uncertainty::Outlooks;
use crate::report::context::Context;
use crate::report::question_words::terms_in_words;
use crate::scenario::{Compared, Comparison, Figure, InputChange, Question, Scenario};

/// Scenarios side by side; the first is what the others are compared with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CompareAnswer {
    /// The question and its setting in the first scenario.
    pub query: Query,
    /// The questions put to every scenario.
    pub questions: Vec<QuestionJson>,
    /// The scenarios, in the order given.
    pub scenarios: Vec<ScenarioCompared>,
    /// The figures that are not those of the first scenario.
    pub differences: Vec<FigureDifference>,
    /// The scenarios over draws of the prices; missing where none were asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uncertainty: Option<OutlooksAnswer>,
}

/// A question put to every scenario.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct QuestionJson {
    /// Where from, as asked.
    pub from: String,
    /// Where to, as asked.
    pub to: String,
    /// The objective.
    pub objective: String,
}

/// One scenario of a comparison.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ScenarioCompared {
    /// Its name.
    pub name: String,
    /// Its subject, in a sentence; null where its file has none.
    pub about: Option<String>,
    /// Its year.
    pub year: i32,
    /// Its routes, question by question.
    pub routes: Vec<QuestionRoute>,
    /// What goes into it that does not go into the first.
    pub inputs: Vec<InputDifference>,
    /// Its changes to the network, in order.
    pub changes: Vec<ChangeJson>,
    /// The questions without a route; missing where each has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// A route that answers one of the questions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct QuestionRoute {
    /// The route.
    #[serde(flatten)]
    pub route: RouteJson,
    /// The question, by its place in the list of questions, from 0.
    pub question: usize,
}

/// One difference between what goes into two scenarios.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct InputDifference {
    /// `segment`, `node`, `price`, `demand`, `routing` or `network`.
    pub kind: String,
    /// Its id or name.
    pub id: String,
    /// The field; empty where the whole row came or went.
    pub field: String,
    /// The value in the first scenario; empty for a row that came.
    pub old: String,
    /// The value in this one; empty for a row that went.
    pub new: String,
}

/// One figure of a scenario against the same of the first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FigureDifference {
    /// The scenario.
    pub scenario: String,
    /// The question, by its place in the list of questions, from 0.
    pub question: usize,
    /// Rank of the route, from 1.
    pub rank: usize,
    /// The country, by code; null for the whole route.
    pub country: Option<String>,
    /// Name of the figure.
    pub figure: String,
    /// Its unit; empty for a count.
    pub unit: String,
    /// In the first scenario; null where it has no such route or country.
    pub base: Option<f64>,
    /// In this scenario; null where it has no such route or country.
    pub other: Option<f64>,
    /// Other less base; null where either is missing.
    pub absolute: Option<f64>,
    /// The difference in per cent of the base; null where that is missing or zero.
    pub percent: Option<f64>,
}

impl Answer for CompareAnswer {
    const NAME: &'static str = "compare";
    const FORMATS: &'static [Format] = &Format::ALL;
}

impl CompareAnswer {
    /// The answer of a comparison of these scenarios; the context is that of the first.
    pub(crate) fn of(
        context: &Context<'_>,
        (scenarios, comparison): (&[&Scenario], &Comparison),
        outlooks: Option<&Outlooks>,
    ) -> Self {
        let cases = scenarios.iter().zip(&comparison.scenarios);
        let differences = comparison.scenarios.iter().flat_map(|compared| {
            let differing = compared.figures.iter().filter(|figure| figure.differs());
            differing.map(|figure| FigureDifference::of(&compared.name, figure))
        });
        Self {
            query: Query::of(context),
            questions: comparison.questions.iter().map(QuestionJson::of).collect(),
            scenarios: cases.map(|(scenario, own)| ScenarioCompared::of(context, scenario, own)).collect(),
            differences: differences.collect(),
            uncertainty: outlooks.map(|outlooks| OutlooksAnswer::of(context, (scenarios, comparison), outlooks)),
        }
    }
}

impl QuestionJson {
    fn of(question: &Question) -> Self {
        Self { from: question.from.clone(), to: question.to.clone(), objective: question.objective.as_str().to_owned() }
    }
}

impl ScenarioCompared {
    fn of(context: &Context<'_>, scenario: &Scenario, compared: &Compared) -> Self {
        let context = Context { network: &scenario.network, ..context.clone() };
        let routes = compared.answers.iter().enumerate().flat_map(|(question, answer)| {
            let ranked = (1..).zip(&answer.routes);
            let context = &context;
            ranked.map(move |(rank, route)| QuestionRoute { route: RouteJson::whole(context, route, rank), question })
        });
        let obstacles = compared.answers.iter().filter_map(|answer| answer.obstacle.as_ref());
        let reasons: Vec<String> = obstacles
            .map(|obstacle| format!("no route {}", terms_in_words(context.network, &obstacle.terms)))
            .collect();
        Self {
            name: compared.name.clone(),
            about: scenario.about.clone(),
            year: scenario.policy.year,
            routes: routes.collect(),
            inputs: compared.inputs.iter().map(InputDifference::of).collect(),
            changes: scenario.changes.iter().map(ChangeJson::of).collect(),
            reason: (!reasons.is_empty()).then(|| reasons.join("; ")),
        }
    }
}

impl InputDifference {
    fn of(change: &InputChange) -> Self {
        let InputChange { kind, id, field, old, new } = change;
        let [kind, id, field, old, new] = [*kind, id, field, old, new].map(str::to_owned);
        Self { kind, id, field, old, new }
    }
}

impl FigureDifference {
    pub(crate) fn of(scenario: &str, figure: &Figure) -> Self {
        Self {
            scenario: scenario.to_owned(),
            question: figure.question,
            rank: figure.rank,
            country: figure.country.map(|country| country.to_string()),
            figure: figure.name.to_owned(),
            unit: figure.unit.to_owned(),
            base: figure.base,
            other: figure.other,
            absolute: figure.absolute(),
            percent: figure.percent(),
        }
    }
}
