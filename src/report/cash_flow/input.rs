//! What the report of `cashflow` is made from.

use crate::analysis::{CashFlow, CashFlowSpread, CashFlowTerms, Origin, Repairs};
use crate::metrics::Route;
use crate::report::context::Context;

/// On which terms a cash flow was computed, and where they come from.
#[derive(Debug, Clone, PartialEq)]
pub struct Computed {
    /// The terms.
    pub terms: CashFlowTerms,
    /// The currency of the figures.
    pub currency: String,
    /// The range of the price, where it is the price book's.
    pub price_range: Option<PriceRange>,
    /// The year in which service begins, where it was asked for.
    pub service_year: Option<i32>,
    /// What of the operation is repair, where something is built.
    pub repairs: Option<Repairs>,
    /// The price-book entries that were used.
    pub origins: Vec<Origin>,
}

/// The range of a price, in the price book's money.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PriceRange {
    /// Its low value.
    pub low: f64,
    /// Its high value.
    pub high: f64,
}

/// A route with its cash flow, to be reported.
#[derive(Debug, Clone, Copy)]
pub struct CashFlowReport<'a> {
    /// What the answer rests on.
    pub context: &'a Context<'a>,
    /// The route with its cash flow.
    pub case: CashFlowCase<'a>,
}

/// A route with its cash flow.
#[derive(Debug, Clone, Copy)]
pub struct CashFlowCase<'a> {
    /// The route.
    pub route: &'a Route,
    /// Its cash flow.
    pub flow: &'a CashFlow,
    /// How it was computed.
    pub computed: &'a Computed,
    /// Its worth over draws of the prices, where they were drawn.
    pub spread: Option<&'a CashFlowSpread>,
}
