//! The answer of `matrix`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Answer;
use super::query::Query;
use crate::analysis::{Cell, Summary};
use crate::report::Format;
use crate::report::matrix::MatrixReport;
use crate::report::question_words::unanswered_in_words;

/// The answer of `matrix`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MatrixAnswer {
    /// The question and its setting; `from` and `to` are lists.
    pub query: Query<Vec<String>, Vec<String>>,
    /// Where from, by id or code.
    pub from: Vec<String>,
    /// Where to, by id or code.
    pub to: Vec<String>,
    /// The pairs, row by row.
    pub cells: Vec<MatrixCell>,
}

/// A pair of a matrix.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MatrixCell {
    /// Where from, by id or code.
    pub from: String,
    /// Where to, by id or code.
    pub to: String,
    /// What was found.
    #[serde(flatten)]
    pub found: MatrixFound,
}

/// What was found for a pair of a matrix.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum MatrixFound {
    /// The best route.
    Best(Box<RouteSummary>),
    /// No route.
    Nothing {
        /// The reason, in words.
        reason: String,
    },
    /// Nothing: both places are the same.
    Same {},
}

/// The figures of a route, without those of its parts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RouteSummary {
    /// Cost over the term, USD.
    pub cost_usd: f64,
    /// Cost at low prices, USD.
    pub low_usd: f64,
    /// Cost at high prices, USD.
    pub high_usd: f64,
    /// USD per Mbps and month.
    pub usd_per_mbps_month: f64,
    /// One-way latency, ms.
    pub latency_ms: f64,
    /// Round trip, ms.
    pub rtt_ms: f64,
    /// Length, km.
    pub length_km: f64,
    /// Share of the time in which the route is up, from 0 to 1.
    pub availability: f64,
    /// Borders passed.
    pub border_crossings: usize,
    /// Countries by code, in travel order.
    pub countries: Vec<String>,
    /// Places by id, in travel order.
    pub nodes: Vec<String>,
    /// Segments by id, in travel order.
    pub segments: Vec<String>,
    /// Whether the search was stopped for too much work: a better route may exist.
    pub stopped: bool,
}

impl Answer for MatrixAnswer {
    const NAME: &'static str = "matrix";
    const FORMATS: &'static [Format] = &[Format::Table, Format::Json, Format::Csv, Format::Markdown];
}

impl MatrixAnswer {
    /// The answer of these pairs.
    pub(crate) fn of(matrix: &MatrixReport<'_>) -> Self {
        let cell = |(from, to, cell): (&str, &str, &Cell)| MatrixCell {
            from: from.to_owned(),
            to: to.to_owned(),
            found: match cell {
                Cell::Best(best) => MatrixFound::Best(Box::new(RouteSummary::from(&**best))),
                Cell::Nothing(why) => MatrixFound::Nothing { reason: unanswered_in_words(matrix.context.network, why) },
                Cell::Wrong(why) => MatrixFound::Nothing { reason: why.clone() },
                Cell::Same => MatrixFound::Same {},
            },
        };
        let query = Query::of(matrix.context).between(matrix.from.to_vec(), matrix.to.to_vec());
        Self { query, from: matrix.from.to_vec(), to: matrix.to.to_vec(), cells: matrix.pairs().map(cell).collect() }
    }
}

impl From<&Summary> for RouteSummary {
    fn from(best: &Summary) -> Self {
        Self {
            cost_usd: best.bill.total().dollars(),
            low_usd: best.bill.low.dollars(),
            high_usd: best.bill.high.dollars(),
            usd_per_mbps_month: best.usd_per_mbps_month,
            latency_ms: best.latency_ms,
            rtt_ms: best.rtt_ms(),
            length_km: best.length.km(),
            availability: best.availability,
            border_crossings: best.n_crossings,
            countries: best.countries.iter().map(ToString::to_string).collect(),
            nodes: best.nodes.iter().map(ToString::to_string).collect(),
            segments: best.segments.iter().map(ToString::to_string).collect(),
            stopped: best.is_stopped,
        }
    }
}
