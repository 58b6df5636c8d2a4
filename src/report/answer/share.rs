//! The answer of `share`: the bill of a plan, split among countries.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Answer;
use super::query::Conditions;
use super::route::RouteJson;
use crate::report::format::Format;

/// The answer of `share`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct ShareAnswer {
    /// The question.
    pub query: ShareQuery,
    /// The countries by code.
    pub corridor: Vec<String>,
    /// The origin of the demands in words; null where they were given.
    pub demands_assumed: Option<String>,
    /// The demands.
    pub demands: Vec<PlannedDemand>,
    /// The plan, or the demand that has no route.
    #[serde(flatten)]
    pub outcome: ShareResult,
}

impl Answer for ShareAnswer {
    const NAME: &'static str = "share";
    const FORMATS: &'static [Format] = &Format::WITHOUT_LINES;
}

/// The question: countries in place of two ends.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ShareQuery {
    /// The objective of the routes.
    pub objective: String,
    /// What routes keep to, and what they are computed with.
    #[serde(flatten)]
    pub conditions: Conditions,
    /// The countries by code.
    pub countries: Vec<String>,
}

/// A demand, with its part of the plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PlannedDemand {
    /// Its number, from 1.
    pub demand: usize,
    /// Where from: id of a place or code of a country.
    pub from: String,
    /// Where to.
    pub to: String,
    /// Capacity, Gbps.
    pub gbps: f64,
    /// Code of the country that asks for it.
    pub asked_by: String,
    /// Its part of the plan; missing where there is none.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub served: Option<ServedDemand>,
}

/// A demand's part of a plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ServedDemand {
    /// The cost that falls due for it alone, USD.
    pub cost_usd: f64,
    /// Segments of its route that the plan builds.
    pub builds: Vec<String>,
    /// Its route as a single buyer would see it: with all fees and all that is built on it.
    pub route: RouteJson,
    /// The route in words.
    pub way: String,
}

/// The split of a plan's bill, or the demand that leaves no plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum ShareResult {
    /// The plan with its bill split.
    Shared(Box<SharedPlan>),
    /// A demand has no route.
    Unserved {
        /// No rules.
        rules: [RuleSplit; 0],
        /// Number of the demand, from 1.
        unserved_demand: usize,
        /// Why it has no route.
        reason: String,
    },
}

/// A plan with its bill split.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SharedPlan {
    /// The cost of the plan, USD.
    pub total_usd: f64,
    /// The amount by which that may be too high because the search was stopped, USD.
    pub gap_usd: f64,
    /// The saving against each country alone, USD; null where a country cannot go alone.
    pub saving_usd: Option<f64>,
    /// Transit fees that each country forgoes; empty where a country cannot go alone.
    pub forgone_fees: Vec<ForgoneFee>,
    /// Whether some group does better alone under every split; null where that is not known.
    pub core_is_empty: Option<bool>,
    /// A group that has no route of its own for a demand; null where there is none.
    pub cannot_do_alone: Option<StuckGroup>,
    /// The shares by each rule.
    pub rules: Vec<RuleSplit>,
    /// The cost to each group by itself.
    pub coalitions: Vec<GroupCost>,
    /// The segments that the plan builds.
    pub built: Vec<BuiltSegment>,
    /// Number of segments that could be built.
    pub segments_to_build: usize,
    /// The draw by which the Shapley value is estimated; null where it is exact.
    pub sampling: Option<OrderSampling>,
}

/// Transit fees that a country does not take of the others.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ForgoneFee {
    /// Code of the country.
    pub country: String,
    /// The fees, USD.
    pub usd: f64,
}

/// A group without a route of its own for a demand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StuckGroup {
    /// Codes of the countries.
    pub members: Vec<String>,
    /// Number of the demand, from 1.
    pub demand: usize,
}

/// A split by a rule.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RuleSplit {
    /// The rule.
    pub rule: String,
    /// The share of each country; they sum to the total.
    pub shares: Vec<ShareOfCountry>,
    /// Whether no group does better alone; null where that is not known.
    pub in_core: Option<bool>,
    /// The group that gains most alone; null where none does.
    pub blocked_by: Option<Vec<String>>,
    /// Its gain, USD.
    pub gain_usd: Option<f64>,
}

/// A country's share of a bill.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ShareOfCountry {
    /// Code of the country.
    pub country: String,
    /// Its share, USD; below zero where the country is paid.
    pub usd: f64,
    /// Standard error of an estimate, USD; null where the share is exact.
    pub standard_error_usd: Option<f64>,
}

/// The cost to a group by itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GroupCost {
    /// Codes of the countries.
    pub members: Vec<String>,
    /// The cost, USD.
    pub cost_usd: f64,
    /// The amount by which that may be too high because the search was stopped, USD.
    pub gap_usd: f64,
}

/// A segment that a plan builds, once for all demands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BuiltSegment {
    /// Its id.
    pub segment: String,
    /// Building and operating it over the term, USD.
    pub cost_usd: f64,
    /// Numbers of the demands that use it, from 1.
    pub used_by: Vec<usize>,
}

/// The draw by which a Shapley value is estimated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OrderSampling {
    /// Number of pairs of orders of joining.
    pub pairs: usize,
    /// The seed.
    pub seed: u64,
}
