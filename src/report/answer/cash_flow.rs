//! The answer of `cashflow`: a route's money over time.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Answer;
use super::query::Query;
use super::range::Range;
use super::route::RouteJson;
use crate::report::format::Format;

/// The answer of `cashflow`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct CashFlowAnswer {
    /// The question.
    pub query: Query,
    /// The route.
    pub routes: [RouteJson; 1],
    /// Whether the search was stopped for too much work: a better route may exist then.
    pub stopped: bool,
    /// Its cash flow.
    pub cash_flow: CashFlowJson,
}

impl Answer for CashFlowAnswer {
    const NAME: &'static str = "cashflow";
    const FORMATS: &'static [Format] = &Format::WITHOUT_LINES;
}

/// A cash flow; sums are in its currency.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct CashFlowJson {
    /// Currency of the sums.
    pub currency: String,
    /// Year of the money.
    pub price_year: i32,
    /// The price book's money for 1 of the currency.
    pub exchange: f64,
    /// The year that begins at t = 0.
    pub start_year: i32,
    /// The terms.
    pub terms: CashFlowTermsJson,
    /// The begin of service.
    pub service: ServiceStart,
    /// Repairs of what is built; null where nothing is.
    pub repairs: Option<RepairsJson>,
    /// t = 0 and the end of each year.
    pub years: Vec<CashYearJson>,
    /// The sums of the years.
    pub total: CashSums,
    /// The sums of the present values.
    pub present: CashSums,
    /// Its worth in money of the price year.
    pub real: WorthJson,
    /// Its worth in money of the day; null without inflation.
    pub nominal: Option<WorthJson>,
    /// The price in the first year of service at which the net present value is zero; null where nothing is sold.
    pub break_even_price: Option<f64>,
    /// Net present value at the price book's low price; null where the price was given.
    pub npv_at_low_price: Option<f64>,
    /// Net present value at the price book's high price; null where the price was given.
    pub npv_at_high_price: Option<f64>,
    /// Sources of the price-book entries used, by name.
    pub sources: IndexMap<String, String>,
    /// The worth over draws of the prices; null where none were drawn.
    pub uncertainty: Option<WorthSpread>,
}

/// The terms of a cash flow.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CashFlowTermsJson {
    /// Price of a Mbps for a month in the first year of service.
    pub price_per_mbps_month: f64,
    /// Decline of the price a year, as a fraction.
    pub price_decline: f64,
    /// Share of the capacity sold in the first year of service, as a fraction.
    pub start_share: f64,
    /// Growth of sales a year, as a fraction.
    pub growth: f64,
    /// Real discount rate, as a fraction.
    pub discount_rate: f64,
    /// Years before building begins.
    pub wait_years: u32,
    /// Years of building.
    pub build_years: u32,
    /// Inflation a year, as a fraction; null where none was given.
    pub inflation: Option<f64>,
}

/// The begin of service and its cause.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ServiceStart {
    /// The year.
    pub year: i64,
    /// Its cause.
    pub set_by: ServiceCause,
    /// Months that the slowest permits take; null where nothing is built.
    pub permit_months: Option<Range>,
    /// Code of the country of the slowest permits.
    pub permit_country: Option<String>,
    /// Their entry of the price book.
    pub permit_entry: Option<String>,
    /// The year with permits at their low, base and high months.
    pub year_low_base_high: Option<YearRange>,
}

/// The causes of a begin of service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ServiceCause {
    /// The year was given.
    ServiceYear,
    /// The permits to build.
    Permits,
    /// Nothing is built: the start of the scenario's year.
    Start,
}

/// The low, base and high value of a year; an array of the three in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(from = "[i64; 3]", into = "[i64; 3]")]
#[schemars(with = "[i64; 3]")]
pub struct YearRange {
    /// The earliest.
    pub low: i64,
    /// The expected one.
    pub base: i64,
    /// The latest.
    pub high: i64,
}

impl From<[i64; 3]> for YearRange {
    fn from([low, base, high]: [i64; 3]) -> Self {
        Self { low, base, high }
    }
}

impl From<YearRange> for [i64; 3] {
    fn from(YearRange { low, base, high }: YearRange) -> Self {
        [low, base, high]
    }
}

/// Repairs of what is built.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RepairsJson {
    /// Failures to be expected a year.
    pub failures_per_year: f64,
    /// Their cost a year, in the price book's money.
    pub usd_per_year: f64,
    /// Their cost over the term, in the price book's money.
    pub usd: f64,
}

/// Sums by outlay.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OutlaySums {
    /// Building cable, huts and landings.
    pub capex: f64,
    /// Operating what was built, without repair.
    pub opex: f64,
    /// Repairing what was built.
    pub repair: f64,
    /// Renting capacity on cables that exist.
    pub lease: f64,
    /// Passing through countries that are neither end's.
    pub transit: f64,
    /// Passing borders.
    pub crossing: f64,
    /// Terminals, devices on the way and capacity upgrades.
    pub equipment: f64,
}

/// t = 0, or the end of a year.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CashYearJson {
    /// Years since t = 0.
    pub year: u32,
    /// The year of service that ends here, from 1; null before service.
    pub service_year: Option<u32>,
    /// The costs.
    #[serde(flatten)]
    pub costs: OutlaySums,
    /// The sum of the costs.
    pub cost: f64,
    /// Income.
    pub income: f64,
    /// Income less cost.
    pub net: f64,
    /// The sum of `net` up to here.
    pub running: f64,
    /// Present value of the cost.
    pub present_cost: f64,
    /// Present value of the income.
    pub present_income: f64,
    /// Present value of income less cost.
    pub present_net: f64,
    /// The sum of `present_net` up to here.
    pub present_running: f64,
    /// Cost in money of the day; null without inflation.
    pub nominal_cost: Option<f64>,
    /// Income in money of the day.
    pub nominal_income: Option<f64>,
    /// Income less cost in money of the day.
    pub nominal_net: Option<f64>,
    /// Capacity sold, Gbps.
    pub sold_gbps: f64,
    /// Price of a Mbps for a month.
    pub price_per_mbps_month: f64,
    /// The value at t = 0 of 1 paid here.
    pub discount_factor: f64,
}

/// Sums over all years.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CashSums {
    /// The costs.
    #[serde(flatten)]
    pub costs: OutlaySums,
    /// The sum of the costs.
    pub cost: f64,
    /// Income.
    pub income: f64,
    /// Income less cost.
    pub net: f64,
}

/// The worth of a cash flow.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WorthJson {
    /// The discount rate, as a fraction.
    pub discount_rate: f64,
    /// Net present value.
    pub npv: f64,
    /// Internal rate of return, as a fraction; null unless there is exactly one.
    pub irr: Option<f64>,
    /// All internal rates of return.
    pub irr_all: Vec<f64>,
    /// The year by whose end it is paid back; null for never.
    pub payback_year: Option<u32>,
    /// The same with interest.
    pub discounted_payback_year: Option<u32>,
    /// The costs as equal yearly payments.
    pub annuity: f64,
    /// Levelised cost of a Mbps sold for a month; null where nothing is sold.
    pub levelised_per_mbps_month: Option<f64>,
}

/// The worth of a cash flow over draws of the prices.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WorthSpread {
    /// Number of draws.
    pub samples: u32,
    /// The seed.
    pub seed: u64,
    /// Number of prices drawn.
    pub n_prices: usize,
    /// Share of draws whose net present value is above zero.
    pub share_npv_above_zero: f64,
    /// The figures.
    pub figures: DrawnFigures,
}

/// The figures of a cash flow over draws of the prices.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DrawnFigures {
    /// Net present value.
    pub npv: DrawnFigure,
    /// Internal rate of return, as a fraction; the highest where there are several.
    pub irr: DrawnFigure,
    /// The year by whose end it is paid back.
    pub payback_year: DrawnFigure,
    /// The same with interest.
    pub discounted_payback_year: DrawnFigure,
    /// Levelised cost of a Mbps sold for a month.
    pub levelised_per_mbps_month: DrawnFigure,
}

/// A figure over draws of the prices; null where that draw has none, or never.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DrawnFigure {
    /// At base prices.
    pub base: Option<f64>,
    /// Exceeded in nine of ten draws.
    pub p10: Option<f64>,
    /// Exceeded in half of the draws.
    pub p50: Option<f64>,
    /// Exceeded in one of ten draws.
    pub p90: Option<f64>,
}
