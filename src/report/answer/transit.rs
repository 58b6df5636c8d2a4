//! The answer of `transit`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Answer, DrawsAnswer, MissingSegment, Query, RouteJson};
use crate::analysis::{Bypass, Transit, TransitRow};
use crate::report::context::Context;
use crate::report::format::Format;
use crate::report::transit::reason;
use crate::report::transit_words::bypass_in_words;

/// A corridor's crossing pairs side by side, and the ways round its middle.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct TransitAnswer {
    /// The question.
    pub query: Query,
    /// The countries of the corridor, by code.
    pub corridor: Vec<String>,
    /// Where its routes begin.
    pub from: String,
    /// Where they end.
    pub to: String,
    /// The best route of each combination of crossings, best first.
    pub routes: Vec<CorridorRoute>,
    /// The best routes round the middle of the corridor.
    pub bypass: Vec<BypassRoute>,
    /// A sentence on what the corridor gains or loses; null without a bypass.
    pub verdict: Option<String>,
    /// Why there is no route.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// How sure the figures are, where prices were drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uncertainty: Option<DrawsAnswer>,
}

/// A route along a corridor.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CorridorRoute {
    /// The route.
    #[serde(flatten)]
    pub route: RouteJson,
    /// The crossings passed, one for each border of the corridor.
    pub crossings: Vec<String>,
    /// Whether all of its segments are usable.
    pub usable: bool,
    /// Those that are not.
    pub missing: Vec<MissingSegment>,
}

/// A route round the middle of a corridor.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BypassRoute {
    /// The route.
    #[serde(flatten)]
    pub route: RouteJson,
    /// The countries that it passes instead, by code; none for a way by sea.
    pub by: Vec<String>,
    /// That in words.
    pub way: String,
}

impl Answer for TransitAnswer {
    const NAME: &'static str = "transit";
    const FORMATS: &'static [Format] = &Format::ALL;
}

impl TransitAnswer {
    /// A corridor's routes with the sentence on them.
    pub(crate) fn of(context: &Context<'_>, transit: &Transit, verdict: Option<&str>) -> Self {
        let round = (1..).zip(&transit.bypasses);
        Self {
            query: Query::of(context),
            corridor: transit.corridor.iter().map(ToString::to_string).collect(),
            from: transit.from.to_string(),
            to: transit.to.to_string(),
            routes: (1..).zip(&transit.rows).map(|(rank, row)| CorridorRoute::of(context, row, rank)).collect(),
            bypass: round.map(|(rank, bypass)| BypassRoute::of(context, bypass, rank)).collect(),
            verdict: verdict.map(str::to_owned),
            reason: transit.rows.is_empty().then(|| reason(context, transit)),
            uncertainty: None,
        }
    }
}

impl CorridorRoute {
    pub(crate) fn of(context: &Context<'_>, row: &TransitRow, rank: usize) -> Self {
        Self {
            route: RouteJson::whole(context, &row.route, rank),
            crossings: row.crossings.clone(),
            usable: row.missing.is_empty(),
            missing: MissingSegment::all(&row.missing),
        }
    }
}

impl BypassRoute {
    pub(crate) fn of(context: &Context<'_>, bypass: &Bypass, rank: usize) -> Self {
        Self {
            route: RouteJson::whole(context, &bypass.route, rank),
            by: bypass.by.iter().map(ToString::to_string).collect(),
            way: bypass_in_words(context, bypass),
        }
    }
}
