//! Answers as text: evaluated routes and corridors in, a `String` in the format asked for out.
//!
//! Nothing here searches, reads a file or prints. Tables and Markdown come from one `document`; JSON follows the
//! contract of R (a route) in [`answer::RouteJson`]; every answer echoes what was asked and on what it rests ([`Context`]).
//! Numbers are rounded here and nowhere before: tables round to read, JSON, CSV and GeoJSON keep what was computed.

pub mod answer;
mod cell;
#[cfg(feature = "pictures")]
pub mod charts;
mod csv_rows;
pub(crate) mod document;
pub(crate) mod features;
pub(crate) mod figure;
pub(crate) mod ledger;
#[cfg(feature = "pictures")]
pub mod scenes;

mod assumption_words;
mod batch;
mod cash_flow;
mod ceiling;
mod compare;
mod compare_uncertainty;
mod constraint_prices;
mod context;
mod detour;
mod diverse;
mod ends;
mod explain;
mod format;
mod gateway;
mod matrix;
mod network_check;
mod network_stats;
mod obstacle;
mod option_name;
mod option_words;
mod pareto;
mod question_words;
mod records;
mod rendering;
mod route;
mod scenario;
mod share;
mod transit;
mod transit_words;
mod uncertainty;
mod uncertainty_words;

pub use batch::{BatchAnswer, BatchOutcome, Detail, batch_csv, batch_csv_head, batch_json};
pub use cash_flow::{CashFlowCase, CashFlowReport, Computed, PriceRange};
pub use ceiling::{CeilingCase, CeilingReport, CeilingWithout};
pub use cell::Cell;
pub use compare::CompareReport;
pub use compare_uncertainty::Outlooks;
pub use constraint_prices::PricedReport;
pub use context::{Asked, Context};
pub use detour::detour_in_words;
pub use diverse::DiverseReport;
pub use document::{Block, Document, Side, Table};
pub use explain::ExplainReport;
pub use features::{Feature, FeatureCollection, Geometry};
pub use format::{Format, UnknownFormat};
pub use gateway::{
    GatewayAllReport, GatewayCase, GatewayCompareReport, GatewayReport, ScenarioReach, gateway_conclusion,
    gateway_gains,
};
pub use matrix::{MatrixFigure, MatrixReport, UnknownFigure};
pub use network_check::{NetworkCheckReport, NetworkRulesReport};
pub use network_stats::NetworkStatsReport;
pub use option_name::{OptionName, Wording};
pub use pareto::{FrontReport, FrontShown};
pub use question_words::{bounds_in_words, unanswered_in_words};
pub use records::Records;
pub use rendering::{FormatUnavailable, Report, check_format};
pub use route::RouteReport;
pub use scenario::{ScenarioCheckReport, ScenarioReport};
pub use share::{ShareOutcome, ShareReport};
pub use transit::TransitReport;
pub use transit_words::verdict_in_words;
pub use uncertainty::{DrawnAnswer, DrawnName};
