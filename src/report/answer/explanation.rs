//! The answer of `route` and `transit` with the origin of each figure.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Answer, Query, RouteJson};
use crate::report::figure::Figure;
use crate::report::format::Format;

/// A route with its figures, their formulas, inputs and sources.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct ExplainAnswer {
    /// The question.
    pub query: Query,
    /// The route.
    pub routes: Vec<RouteJson>,
    /// Its segments, each with its figures.
    pub hops: Vec<ExplainedHop>,
    /// The figures of the route as a whole.
    pub totals: Vec<FigureJson>,
    /// Id of the price book.
    pub price_book: String,
    /// The entries of the price book that were used.
    pub prices: Vec<PriceJson>,
}

/// A segment with its figures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ExplainedHop {
    /// Its id.
    pub segment: String,
    /// Where it is entered.
    pub from: String,
    /// Where it is left.
    pub to: String,
    /// Its figures.
    pub figures: Vec<FigureJson>,
}

/// A figure with its origin.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FigureJson {
    /// Its name.
    pub figure: String,
    /// The number.
    pub value: f64,
    /// Its unit; `1` where it has none.
    pub unit: String,
    /// The number at low prices; null where no price goes in.
    pub low: Option<f64>,
    /// The number at high prices; null where no price goes in.
    pub high: Option<f64>,
    /// The formula, with the numbers filled in.
    pub formula: String,
    /// The entries of the price book that go in.
    pub prices: Vec<String>,
    /// Titles of the sources.
    pub sources: Vec<String>,
    /// Whether something in it has no source.
    pub assumed: bool,
}

/// An entry of the price book.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PriceJson {
    /// Its name.
    pub entry: String,
    /// Its low value.
    pub low: f64,
    /// Its base value.
    pub base: f64,
    /// Its high value.
    pub high: f64,
    /// Its unit.
    pub unit: String,
    /// Its year.
    pub year: i32,
    /// Where it comes from.
    pub source: String,
    /// Whether it has no source.
    pub assumed: bool,
}

impl Answer for ExplainAnswer {
    const NAME: &'static str = "explain";
    const FORMATS: &'static [Format] = &Format::ALL;
}

impl FigureJson {
    /// Figures in order.
    pub(crate) fn all(figures: &[Figure]) -> Vec<Self> {
        figures.iter().map(Self::of).collect()
    }

    fn of(figure: &Figure) -> Self {
        Self {
            figure: figure.name.clone(),
            value: figure.value,
            unit: figure.unit.to_owned(),
            low: figure.range.map(|range| range.0),
            high: figure.range.map(|range| range.1),
            formula: figure.formula.clone(),
            prices: figure.prices.iter().map(ToString::to_string).collect(),
            sources: figure.sources.clone(),
            assumed: figure.assumed,
        }
    }
}
