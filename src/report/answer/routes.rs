//! The answer of `route`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Answer, DrawsAnswer, EndsJson, NoRoute, Query, RouteJson, present};
use crate::analysis::Obstacle;
use crate::metrics::Route;
use crate::report::context::Context;
use crate::report::format::Format;

/// The best routes, best first, or why there is none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct RouteAnswer {
    /// The question.
    pub query: Query,
    /// The routes, best first.
    pub routes: Vec<RouteJson>,
    /// Whether the search was stopped for too much work.
    pub stopped: bool,
    /// Why there is no route.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub no_route: Option<NoRoute>,
    /// The ends of the routes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends: Option<EndsJson>,
    /// Remarks on the routes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remarks: Option<Vec<String>>,
    /// Why the search was stopped; null if it came to its end.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub stopped_because: Option<Option<String>>,
    /// The routes over draws of the prices; missing where none were asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uncertainty: Option<DrawsAnswer>,
}

impl Answer for RouteAnswer {
    const NAME: &'static str = "route";
    const FORMATS: &'static [Format] = &Format::ALL;
}

impl RouteAnswer {
    /// Routes, best first; without one, the reason from `obstacle`.
    pub(crate) fn of(context: &Context<'_>, routes: &[Route], obstacle: Option<&Obstacle>) -> Self {
        let any = !routes.is_empty();
        Self {
            query: Query::of(context),
            routes: RouteJson::all(context, routes.iter()),
            stopped: context.is_stopped,
            no_route: (!any).then(|| NoRoute::of(context, obstacle)),
            ends: any.then(|| EndsJson::of(context, routes.iter())),
            remarks: any.then(|| context.remarks.clone()),
            stopped_because: any.then(|| context.stop_in_words()),
            uncertainty: None,
        }
    }
}
