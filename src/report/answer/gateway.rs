//! The answers of `gateway`: the gateways of a country, before and after a scenario, and the same for all countries.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Answer;
use super::query::Query;
use super::route::RouteJson;
use crate::report::format::Format;

/// The answer of `gateway`: the ways of a country to the hubs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct GatewayAnswer {
    /// The country's gateways.
    #[serde(flatten)]
    pub gateways: CountryGateways,
    /// The question: that of the first hub, towards all of them.
    pub query: Query,
    /// Hubs that were left out, in words.
    pub notes: Vec<String>,
    /// The conclusion in a few sentences.
    pub conclusion: String,
    /// Why hubs are not reached; missing where all are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// The answer of `gateway --compare`: the ways of a country before and after.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct GatewayCompareAnswer {
    /// The question under the first scenario.
    pub query: Query,
    /// Code of the country.
    pub country: String,
    /// The conclusion in a few sentences.
    pub conclusion: String,
    /// Changes towards each hub, by each objective.
    pub gained: Vec<GainedRoute>,
    /// The gateways under the first and under the second scenario.
    pub scenarios: Vec<ScenarioGateways>,
    /// Hubs that were left out, in words.
    pub notes: Vec<String>,
}

/// The answer of `gateway --all`: the ways of every country to the hubs, under one scenario or two.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct GatewayAllAnswer {
    /// The question; `from` is `all`, `to` lists the hubs.
    pub query: Query<String, Vec<String>>,
    /// The conclusion in a sentence.
    pub conclusion: String,
    /// The countries under each scenario.
    pub scenarios: Vec<ScenarioCountries>,
    /// Savings of the second scenario; empty with one scenario.
    pub saved: Vec<SavedFigure>,
    /// Hubs that were left out, in words.
    pub notes: Vec<String>,
}

impl Answer for GatewayAnswer {
    const NAME: &'static str = "gateway";
    const FORMATS: &'static [Format] = &Format::ALL;
}

impl Answer for GatewayCompareAnswer {
    const NAME: &'static str = "gateway-compare";
    const FORMATS: &'static [Format] = &Format::ALL;
}

impl Answer for GatewayAllAnswer {
    const NAME: &'static str = "gateway-all";
    const FORMATS: &'static [Format] = &Format::WITHOUT_LINES;
}

/// The gateways of a country under one scenario.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CountryGateways {
    /// Code of the country.
    pub country: String,
    /// The hubs, in the order asked.
    pub hubs: Vec<HubWays>,
    /// The gateways: those that win most hubs first, then those that reach most.
    pub gateways: Vec<GatewayWays>,
    /// Dependence on countries and systems, the worst first.
    pub dependence: Vec<DependenceOn>,
    /// The name of the worst dependence; null where there is none.
    pub worst_dependence: Option<String>,
    /// Whether a search was stopped for too much work: there may be better routes then.
    pub stopped: bool,
}

/// A hub with the best routes to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct HubWays {
    /// Id of the place, or code of the country.
    pub hub: String,
    /// Its name.
    pub name: String,
    /// The best route for each objective that has one.
    pub routes: Vec<HubRoute>,
    /// Why it is not reached; null where it is.
    pub reason: Option<String>,
}

/// The best route to a hub by an objective.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct HubRoute {
    /// The route.
    #[serde(flatten)]
    pub route: RouteJson,
    /// The objective.
    pub objective: String,
    /// The gateway by which it leaves; null where it leaves by none.
    pub gateway: Option<GatewayPlace>,
    /// Whether the search was stopped for too much work: there may be a better route then.
    pub stopped: bool,
}

/// A border crossing or a landing by which routes leave a country.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GatewayPlace {
    /// Its name.
    pub name: String,
    /// Code of the country entered there.
    pub into: String,
    /// Whether it is left by sea.
    pub by_sea: bool,
}

/// A gateway with the hubs that it wins and the best routes through it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GatewayWays {
    /// The gateway.
    #[serde(flatten)]
    pub gateway: GatewayPlace,
    /// The hubs whose best route leaves by it, by objective.
    pub won: IndexMap<String, HubsWon>,
    /// The best route that leaves by it to each hub, by each objective.
    pub routes: Vec<GatewayRoute>,
}

/// Hubs whose best route leaves by a gateway.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct HubsWon {
    /// Their number.
    pub hubs: usize,
    /// Their share of the hubs reached, from 0 to 1.
    pub share: f64,
}

/// The best route through a gateway, in short.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GatewayRoute {
    /// The hub.
    pub hub: String,
    /// The objective.
    pub objective: String,
    /// Round trip, ms.
    pub rtt_ms: f64,
    /// USD per Mbps and month.
    pub usd_per_mbps_month: f64,
    /// Cost over the term, USD.
    pub total_usd: f64,
    /// Length, km.
    pub length_km: f64,
    /// Share of the time in which it is up, from 0 to 1.
    pub availability: f64,
    /// Countries by code, in travel order.
    pub countries: Vec<String>,
    /// Segments by id, in travel order.
    pub segments: Vec<String>,
    /// Whether the search was stopped for too much work: there may be a better route then.
    pub stopped: bool,
}

/// Dependence of the best routes on a country or a system.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DependenceOn {
    /// A country or a system.
    pub kind: RelianceKind,
    /// Code of the country, or name of the system.
    pub on: String,
    /// Its name in words.
    pub name: String,
    /// The segments of the system that hang together; null for a country.
    pub segments: Option<Vec<String>>,
    /// The loss by each objective.
    pub losses: Vec<LossWithout>,
}

/// The kinds of things that routes depend on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RelianceKind {
    /// Another country's land.
    Country,
    /// A cable system or a backbone.
    System,
}

/// The loss to the best routes of an objective without a country or a system.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LossWithout {
    /// The objective.
    pub objective: String,
    /// Number of hubs that count.
    pub hubs: usize,
    /// Number of hubs whose best route passes it.
    pub passing: usize,
    /// Their share, from 0 to 1.
    pub share: f64,
    /// The hubs no longer reached.
    pub lost: Vec<String>,
    /// The greatest rise of the round trip, ms; null where nothing rises.
    pub worst_rtt_ms: Option<f64>,
    /// The hub of that rise.
    pub worst_rtt_ms_hub: Option<String>,
    /// The greatest rise of the cost, USD per Mbps and month; null where nothing rises.
    pub worst_usd_per_mbps_month: Option<f64>,
    /// The hub of that rise.
    pub worst_usd_per_mbps_month_hub: Option<String>,
}

/// The change of the best route to a hub by an objective; null where there is no route.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GainedRoute {
    /// The hub.
    pub hub: String,
    /// The objective.
    pub objective: String,
    /// Round trip before, ms.
    pub rtt_ms_before: Option<f64>,
    /// Round trip after, ms.
    pub rtt_ms_after: Option<f64>,
    /// Round trip before less after, ms.
    pub rtt_ms_gained: Option<f64>,
    /// Cost before, USD per Mbps and month.
    pub usd_per_mbps_month_before: Option<f64>,
    /// Cost after, USD per Mbps and month.
    pub usd_per_mbps_month_after: Option<f64>,
    /// Cost before less after, USD per Mbps and month.
    pub usd_per_mbps_month_gained: Option<f64>,
    /// The gateway before.
    pub gateway_before: Option<GatewayPlace>,
    /// The gateway after.
    pub gateway_after: Option<GatewayPlace>,
    /// Whether the route leaves by another gateway.
    pub gateway_changes: bool,
}

/// The gateways of a country under a scenario.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ScenarioGateways {
    /// The gateways.
    #[serde(flatten)]
    pub gateways: CountryGateways,
    /// Name of the scenario.
    pub name: String,
    /// Its year.
    pub year: i32,
}

/// All countries under a scenario.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ScenarioCountries {
    /// Name of the scenario.
    pub name: String,
    /// Its year.
    pub year: i32,
    /// The countries.
    pub countries: Vec<CountryWays>,
    /// The mean figure of each hub and objective.
    pub means: Vec<MeanFigure>,
}

/// A country with the best routes to the hubs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CountryWays {
    /// Its code.
    pub country: String,
    /// Population of its places in the network.
    pub population: u64,
    /// The best route to each hub abroad, by each objective.
    pub routes: Vec<CountryRoute>,
}

/// The best route of a country to a hub by an objective.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CountryRoute {
    /// Its figures, or the reason why there is none.
    #[serde(flatten)]
    pub found: FoundRoute,
    /// The hub.
    pub hub: String,
    /// The objective.
    pub objective: String,
}

/// A route in short, or the reason why there is none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum FoundRoute {
    /// The route.
    Found {
        /// Round trip, ms.
        rtt_ms: f64,
        /// USD per Mbps and month.
        usd_per_mbps_month: f64,
        /// Cost over the term, USD.
        total_usd: f64,
        /// Length, km.
        length_km: f64,
        /// Countries by code, in travel order.
        countries: Vec<String>,
        /// Whether the search was stopped for too much work: there may be a better route then.
        stopped: bool,
    },
    /// No route.
    Missing {
        /// Why there is none.
        reason: String,
    },
}

/// The mean over the countries that reach a hub under every scenario, weighted by population.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MeanFigure {
    /// The hub.
    pub hub: String,
    /// The objective.
    pub objective: String,
    /// Round trip in ms for latency, else USD per Mbps and month; null where no country with people reaches the hub.
    pub mean: Option<f64>,
}

/// The saving of a country towards a hub: round trip in ms for latency, else USD per Mbps and month.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SavedFigure {
    /// Code of the country.
    pub country: String,
    /// The hub.
    pub hub: String,
    /// The objective.
    pub objective: String,
    /// Under the first scenario.
    pub before: f64,
    /// Under the second scenario.
    pub after: f64,
    /// The first less the second.
    pub saved: f64,
}
