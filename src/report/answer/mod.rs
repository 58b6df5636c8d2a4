//! Answers as types: the JSON of a command is its answer's struct, serialised, with the fields in this order.
//!
//! Names are never renamed, only added. Lengths are whole metres in km, money is whole cents in USD, so that parts sum
//! to totals; latencies are not rounded; a number that is not finite is null.

pub mod cash_flow;
pub mod ceiling;
pub mod gateway;
pub mod share;

mod batch;
mod compare;
mod diverse;
mod draws;
mod ends;
mod explanation;
mod front;
mod matrix;
mod missing;
mod network_check;
mod network_stats;
mod no_route;
mod outlooks;
mod priced;
mod query;
mod range;
mod route;
mod routes;
mod scenario;
mod schemas;
mod transit;

use schemars::JsonSchema;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::format::Format;

pub use batch::BatchLine;
pub use cash_flow::CashFlowAnswer;
pub use ceiling::CeilingAnswer;
pub use compare::{CompareAnswer, FigureDifference, InputDifference, QuestionJson, QuestionRoute, ScenarioCompared};
pub use diverse::{BetterBy, CommonJson, DiverseAnswer, SetFacts, SharedJson};
pub use draws::{
    CostTornado, Distribution, DrawnDifference, DrawnFigure, DrawnRoute, DrawsAnswer, LeadTornado, RouteList,
    RoutePlace, UnlistedRoute,
};
pub use ends::{EndJson, EndsJson};
pub use explanation::{ExplainAnswer, ExplainedHop, FigureJson, PriceJson};
pub use front::{FrontAnswer, FrontFacts, FrontRoute};
pub use gateway::{GatewayAllAnswer, GatewayAnswer, GatewayCompareAnswer};
pub use matrix::{MatrixAnswer, MatrixCell, MatrixFound, RouteSummary};
pub use missing::MissingSegment;
pub use network_check::{FindingJson, NetworkCheckAnswer, NetworkRulesAnswer, RuleJson, SeverityJson, ThresholdJson};
pub use network_stats::{NetworkStatsAnswer, ParallelJson, TallyJson};
pub use no_route::{NoRoute, WayOutJson};
pub use outlooks::{DifferenceTornado, OutlooksAnswer, QuestionOutlook, ScenarioDraws, ScenarioOutlook, TakenRoute};
pub use priced::{LooserBound, PriceOfConstraint, PricedAnswer, SavingJson};
pub use query::{Conditions, Query, WeightJson};
pub use range::Range;
pub use route::{
    AssumedShare, BillJson, CostJson, CountryJson, HopJson, LatencyParts, PassageJson, PermitsJson, Piece, RouteJson,
    SegmentRow,
};
pub use routes::RouteAnswer;
pub use scenario::{ChangeJson, FailedScenario, ScenarioAnswer, ScenarioCheckAnswer};
pub use schemas::schemas;
pub use share::ShareAnswer;
pub use transit::{BypassRoute, CorridorRoute, TransitAnswer};

pub(crate) use route::{assumed_cost, assumed_km};

/// A command's answer.
pub trait Answer: Serialize + DeserializeOwned + JsonSchema {
    /// Its name: `fiberplan schema NAME` prints its schema.
    const NAME: &'static str;

    /// The formats in which it can be given, in the order in which messages list them.
    const FORMATS: &'static [Format];
}

/// Reads a field that may be null or missing: `Some(None)` for null.
fn present<'de, D, T>(deserializer: D) -> Result<Option<Option<T>>, D::Error>
where
    D: serde::Deserializer<'de>,
    T: serde::Deserialize<'de>,
{
    serde::Deserialize::deserialize(deserializer).map(Some)
}
