//! The reason why there is no route.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::missing::MissingSegment;
use super::route::RouteJson;
use crate::analysis::{Constraint, Obstacle, WayOut};
use crate::report::context::Context;
use crate::report::obstacle::{figures, reason};

/// Why there is no route, what of the question conflicts, and what would open a route.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct NoRoute {
    /// The reason, in one line.
    pub reason: String,
    /// Changes of the question that would open a route, the smallest first.
    pub ways_out: Vec<WayOutJson>,
    /// Whether segments of any status join the ends; null where that was not looked for.
    pub connected: Option<bool>,
    /// The constraints of the question, in words; missing where the obstacle was not looked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub constraints: Option<Vec<String>>,
    /// Sets of constraints that no route keeps to together, each as small as can be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conflicts: Option<Vec<Vec<String>>>,
    /// Whether all conflicts and ways out were found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub complete: Option<bool>,
}

/// Changes of the question that would open a route.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WayOutJson {
    /// The changes in a sentence.
    pub change: String,
    /// Each change.
    pub changes: Vec<String>,
    /// The figures of the route that they open.
    pub figures: String,
    /// The segments that it needs and that are not usable yet.
    pub missing: Vec<MissingSegment>,
    /// The route; missing in the short answers of a batch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub route: Option<RouteJson>,
}

impl NoRoute {
    /// The reason of an answer without routes.
    pub(crate) fn of(context: &Context<'_>, obstacle: Option<&Obstacle>) -> Self {
        let words = |set: &Vec<Constraint>| set.iter().map(|one| context.constraint(one)).collect::<Vec<_>>();
        let ways_out = obstacle.map_or(&[][..], |obstacle| &obstacle.ways_out);
        Self {
            reason: reason(context, obstacle),
            ways_out: ways_out.iter().map(|way_out| WayOutJson::of(context, way_out)).collect(),
            connected: obstacle.map(|obstacle| obstacle.connected),
            constraints: obstacle.map(|obstacle| words(&obstacle.constraints)),
            conflicts: obstacle.map(|obstacle| obstacle.conflicts.iter().map(words).collect()),
            complete: obstacle.map(|obstacle| obstacle.complete),
        }
    }
}

impl WayOutJson {
    fn of(context: &Context<'_>, way_out: &WayOut) -> Self {
        Self {
            change: context.way_out(way_out),
            changes: way_out.changes.iter().map(|change| context.relaxation(change)).collect(),
            figures: figures(&way_out.route),
            missing: MissingSegment::all(way_out.needed()),
            route: Some(RouteJson::whole(context, &way_out.route, 1)),
        }
    }
}
