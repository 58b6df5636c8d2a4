//! The answer of `ceiling`: the best route for each value of a price or a delay.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Answer;
use super::ends::EndsJson;
use super::no_route::NoRoute;
use super::query::Query;
use super::route::RouteJson;
use crate::report::format::Format;

/// The answer of `ceiling`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct CeilingAnswer {
    /// The question.
    pub query: Query,
    /// Name of the country, the segment, the system or the price.
    pub name: String,
    /// The price that is raised, or `latency`, `lease` or `build`.
    pub of: String,
    /// Unit of its values.
    pub unit: String,
    /// Its value today.
    pub now: f64,
    /// The value that `exact` fractions are multiples of.
    pub reference: f64,
    /// The value up to which the best route has to do with it.
    pub limit: LimitJson,
    /// The same at low prices; null for a delay.
    pub limit_low: Option<LimitJson>,
    /// The same at high prices; null for a delay.
    pub limit_high: Option<LimitJson>,
    /// The same without the countries of today's best route; null unless `limit` is `never`.
    pub without: Option<LimitWithout>,
    /// The value at which it brings in the most; null where it brings in nothing, or ever more.
    pub most_paid: Option<MostPaid>,
    /// The best routes in order of value.
    pub stretches: Vec<StretchJson>,
    /// The best route that has to do with it; null unless `limit` is `never`.
    pub through: Option<ThroughJson>,
    /// The verdict in a few sentences.
    pub verdict: String,
    /// The ends of the routes, or the reason why there is none.
    #[serde(flatten)]
    pub outcome: CeilingResult,
}

impl Answer for CeilingAnswer {
    const NAME: &'static str = "ceiling";
    const FORMATS: &'static [Format] = &Format::WITHOUT_LINES;
}

/// The ends of the routes, or the reason why there is none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum CeilingResult {
    /// There are routes.
    Found {
        /// The places where they begin and end.
        ends: EndsJson,
    },
    /// There is no route.
    Missing {
        /// No routes.
        routes: [RouteJson; 0],
        /// Why there is none.
        #[serde(flatten)]
        no_route: Box<NoRoute>,
    },
}

/// The value up to which the best route has to do with a price or a delay.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LimitJson {
    /// The kind of limit.
    pub kind: LimitKind,
    /// The value; null for `never` and `always`.
    pub value: Option<f64>,
    /// The stretch that ends there; missing for `never` and `always`.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub end: Option<LimitEnd>,
}

/// The kinds of limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LimitKind {
    /// At no value.
    Never,
    /// At every value.
    Always,
    /// Up to a value.
    Until,
}

/// The stretch that ends at a limit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LimitEnd {
    /// The value as a fraction, times `reference`.
    pub exact: Option<String>,
    /// Rank of the stretch, from 1.
    pub rank: usize,
}

/// A limit without some countries.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LimitWithout {
    /// Codes of the countries avoided.
    pub avoid: Vec<String>,
    /// The limit.
    pub limit: LimitJson,
}

/// The value at which a price brings in the most.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MostPaid {
    /// Rank of the stretch that ends there, from 1.
    pub rank: usize,
    /// The value.
    pub value: Option<f64>,
    /// The income over the term, USD.
    pub usd: f64,
    /// The income a year, USD.
    pub usd_per_year: Option<f64>,
}

/// The best route from one value to another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StretchJson {
    /// Rank in order of value, from 1.
    pub rank: usize,
    /// Whether today's value lies in it.
    pub today: bool,
    /// Whether the route has to do with what is raised.
    pub uses: bool,
    /// The value where it begins.
    pub from: Option<f64>,
    /// The value where it ends; null for the last one.
    pub to: Option<f64>,
    /// The first value as a fraction, times `reference`.
    pub exact_from: Option<String>,
    /// The last value as a fraction, times `reference`; null for the last stretch.
    pub exact_to: Option<String>,
    /// Cost over the term at its beginning, USD; null for a delay.
    pub cost_from_usd: Option<f64>,
    /// Cost over the term at its end, USD.
    pub cost_to_usd: Option<f64>,
    /// The part of the cost at its beginning that is paid for what is raised, USD.
    pub paid_from_usd: Option<f64>,
    /// The part of the cost at its end that is paid for what is raised, USD.
    pub paid_to_usd: Option<f64>,
    /// The same a year, USD.
    pub paid_to_usd_per_year: Option<f64>,
    /// One-way latency at its beginning, ms.
    pub latency_from_ms: Option<f64>,
    /// One-way latency at its end, ms.
    pub latency_to_ms: Option<f64>,
    /// The route with its figures of today.
    pub route: RouteJson,
}

/// The best route that has to do with a price or a delay, though it is never the best of all.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ThroughJson {
    /// Its cost with nothing charged, USD; null for a delay.
    pub cost_at_zero_usd: Option<f64>,
    /// The route with its figures of today.
    pub route: RouteJson,
}
