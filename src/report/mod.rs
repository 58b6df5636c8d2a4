//! Answers as text: evaluated routes and corridors in, a `String` in the format asked for out.
//!
//! Nothing here searches, reads a file or prints. Tables and Markdown come from one `document`; JSON follows the
//! contract of R (a route) in `route_json`; every answer echoes what was asked and on what it rests ([`Context`]).
//! Numbers are rounded here and nowhere before: tables round to read, JSON, CSV and GeoJSON keep what was reckoned.

pub mod answer;
mod cell;
#[cfg(feature = "pictures")]
pub(crate) mod cost_bars;
#[cfg(feature = "pictures")]
mod cost_chart;
mod csv_rows;
pub(crate) mod document;
pub(crate) mod features;
pub(crate) mod figure;
pub(crate) mod ledger;
pub(crate) mod route_json;

mod batch;
mod cash_flow;
#[cfg(feature = "pictures")]
mod cash_flow_chart;
mod cash_flow_rows;
mod ceiling;
#[cfg(feature = "pictures")]
mod ceiling_chart;
mod ceiling_words;
mod compare;
#[cfg(feature = "pictures")]
mod compare_chart;
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
mod obstacle;
mod pareto;
mod records;
mod rendering;
mod route;
mod scenario;
mod share;
#[cfg(feature = "pictures")]
mod share_chart;
mod share_csv;
mod share_json;
mod transit;
mod uncertainty;
#[cfg(feature = "pictures")]
mod uncertainty_chart;
mod uncertainty_json;
mod uncertainty_words;

pub use batch::{BatchAnswer, BatchOutcome, Detail, batch_csv, batch_csv_head, batch_json};
pub use cash_flow::{CashFlowAnswer, Reckoned, cash_flow_report};
#[cfg(feature = "pictures")]
pub use cash_flow_chart::cash_flow_chart;
pub use ceiling::{CeilingAnswer, ceiling_report};
#[cfg(feature = "pictures")]
pub use ceiling_chart::ceiling_sheet;
pub use cell::Cell;
pub use compare::compare_report;
#[cfg(feature = "pictures")]
pub use compare_chart::outlook_charts;
pub use compare_uncertainty::Outlooks;
pub use constraint_prices::constraint_prices_report;
pub use context::{Asked, Context};
#[cfg(feature = "pictures")]
pub use cost_chart::{compared_costs_chart, costs_chart};
pub use detour::detour_in_words;
pub use diverse::diverse_report;
pub use document::{Block, Document, Side, Table};
pub use explain::explain_report;
pub use features::{Feature, FeatureCollection, Geometry};
pub use format::{Format, TableFormat, UnknownFormat};
pub use gateway::{
    EverywhereAnswer, everywhere_report, gateway_compare_report, gateway_conclusion, gateway_gains, gateway_report,
};
pub use matrix::{MatrixAnswer, MatrixFigure, UnknownFigure, matrix_report};
pub use pareto::{FrontShown, front_report};
pub use records::Records;
pub use rendering::{FormatUnavailable, Report, check_format};
pub use route::RouteReport;
pub use scenario::scenario_report;
pub use share::{ShareAsked, ShareOutcome, share_report};
#[cfg(feature = "pictures")]
pub use share_chart::share_sheet;
pub use transit::transit_report;
pub use uncertainty::{Drawn, DrawnName, uncertainty_report};
#[cfg(feature = "pictures")]
pub use uncertainty_chart::uncertainty_charts;
