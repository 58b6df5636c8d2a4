//! The answer to one of many queries.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Answer, NoRoute, RouteJson, WayOutJson, present};
use crate::report::batch::{BatchAnswer, BatchOutcome, Detail};
use crate::report::context::{Asked, Context};
use crate::report::format::Format;

/// The answer to a query of a batch: a line of JSON. An answer without routes says why: `reason` where none fits,
/// `error` where the query makes no sense.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct BatchLine {
    /// The query's id.
    pub id: Value,
    /// The query's other fields, handed back.
    #[serde(flatten)]
    pub fields: Map<String, Value>,
    /// Where from, as resolved; missing where the query makes no sense.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Where to, as resolved; missing where the query makes no sense.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// What the routes are best at; missing where the query makes no sense.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub objective: Option<String>,
    /// The routes, best first.
    pub routes: Vec<RouteJson>,
    /// Whether the search was stopped for too much work; missing where the query makes no sense.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stopped: Option<bool>,
    /// Why there is no route.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Changes of the question that would open a route.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ways_out: Option<Vec<WayOutJson>>,
    /// Whether segments of any status join the ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub connected: Option<bool>,
    /// The constraints of the question, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub constraints: Option<Vec<String>>,
    /// Sets of constraints that no route keeps to together, each as small as can be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conflicts: Option<Vec<Vec<String>>>,
    /// Whether all conflicts and ways out were found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub complete: Option<bool>,
    /// What is wrong with the query, and where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// What to do about it; null where there is no advice.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub hint: Option<Option<String>>,
}

impl Answer for BatchLine {
    const NAME: &'static str = "batch";
    const FORMATS: &'static [Format] = &[Format::Json, Format::Csv];
}

impl BatchLine {
    /// The line of an answer.
    pub(crate) fn of(context: &Context<'_>, answer: &BatchAnswer<'_>, detail: Detail) -> Self {
        let line = Self { id: answer.id.clone(), fields: answer.own.iter().cloned().collect(), ..Self::default() };
        match &answer.outcome {
            BatchOutcome::Routes { asked, routes, is_stopped } => {
                let route = |(rank, route)| match detail {
                    Detail::Short => RouteJson::short(route, rank),
                    Detail::Full => RouteJson::whole(context, route, rank),
                };
                let routes = (1..).zip(routes).map(route).collect();
                Self { routes, ..line.about(asked, *is_stopped) }
            }
            BatchOutcome::Nothing { asked, reason, obstacle, is_stopped } => {
                let line = Self { reason: Some(reason.clone()), ..line.about(asked, *is_stopped) };
                let Some(obstacle) = obstacle else { return line };
                let context = Context { asked: asked.clone(), ..context.clone() };
                line.without_route(NoRoute::of(&context, Some(obstacle)), detail)
            }
            BatchOutcome::Wrong { error, hint } => {
                Self { error: Some(error.clone()), hint: Some(hint.clone()), ..line }
            }
        }
    }

    fn about(self, asked: &Asked, is_stopped: bool) -> Self {
        let (from, to) = (asked.from.clone(), asked.to.clone());
        let (objective, stopped) = (Some(asked.objective.to_string()), Some(is_stopped));
        Self { from: Some(from), to: Some(to), objective, stopped, ..self }
    }

    fn without_route(self, mut why: NoRoute, detail: Detail) -> Self {
        if detail == Detail::Short {
            why.ways_out.iter_mut().for_each(|way_out| way_out.route = None);
        }
        let NoRoute { reason, ways_out, connected, constraints, conflicts, complete } = why;
        Self { reason: Some(reason), ways_out: Some(ways_out), connected, constraints, conflicts, complete, ..self }
    }
}
