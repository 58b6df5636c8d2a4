//! The answer of `route` by several criteria.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Answer, EndsJson, NoRoute, Query, RouteJson};
use crate::analysis::Obstacle;
use crate::report::context::Context;
use crate::report::format::Format;
use crate::report::pareto::FrontShown;

/// The routes that no other betters by several criteria, or why there is none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct FrontAnswer {
    /// The question.
    pub query: Query,
    /// Facts of the front as a whole.
    #[serde(flatten)]
    pub front: FrontFacts,
    /// The routes shown, in order of the first criterion.
    pub routes: Vec<FrontRoute>,
    /// Why there is no route.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub no_route: Option<NoRoute>,
    /// The ends of the routes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends: Option<EndsJson>,
}

/// Facts of a front as a whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FrontFacts {
    /// The criteria, in the order of the question.
    pub criteria: Vec<String>,
    /// Routes on the front, shown or not.
    pub front_size: usize,
    /// Rank of the knee, if it is shown.
    pub knee: Option<usize>,
    /// How much worse than a route of the front the nearest shown may be, as a share, if that was asked for.
    pub epsilon: Option<f64>,
    /// How much worse it is at most; null where that has no bound.
    pub within: Option<f64>,
    /// Whether the search came to its end.
    pub complete: bool,
}

/// A route of a front.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FrontRoute {
    /// The route.
    #[serde(flatten)]
    pub route: RouteJson,
    /// Whether it is the knee: the best compromise.
    pub knee: bool,
}

impl Answer for FrontAnswer {
    const NAME: &'static str = "pareto";
    const FORMATS: &'static [Format] = &Format::ALL;
}

impl FrontAnswer {
    /// A front as far as it is shown; where it is empty, the reason from `obstacle`.
    pub(crate) fn of(context: &Context<'_>, shown: &FrontShown<'_>, obstacle: Option<&Obstacle>) -> Self {
        let is_empty = shown.front.points.is_empty();
        Self {
            query: Query::of(context),
            front: FrontFacts::of(shown),
            routes: FrontRoute::all(context, shown),
            // Whether the search of the front came to its end is said once.
            no_route: is_empty.then(|| NoRoute { complete: None, ..NoRoute::of(context, obstacle) }),
            ends: (!is_empty).then(|| EndsJson::of(context, shown.ranked().map(|(_, route, _)| route))),
        }
    }
}

impl FrontFacts {
    pub(crate) fn of(shown: &FrontShown<'_>) -> Self {
        let measures = shown.front.criteria.measures();
        let within = shown.front.within(&shown.points);
        Self {
            criteria: measures.iter().map(|measure| measure.as_str().to_owned()).collect(),
            front_size: shown.front.points.len(),
            knee: shown.knee_rank(),
            epsilon: shown.epsilon.map(|millionths| millionths as f64 / 1e6),
            within: within.is_finite().then_some(within),
            complete: !shown.front.is_stopped,
        }
    }
}

impl FrontRoute {
    pub(crate) fn all(context: &Context<'_>, shown: &FrontShown<'_>) -> Vec<Self> {
        let one = |(rank, route, knee)| Self { route: RouteJson::whole(context, route, rank), knee };
        shown.ranked().map(one).collect()
    }
}
