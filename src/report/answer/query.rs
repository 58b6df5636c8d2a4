//! The question as resolved, echoed in every answer.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::metrics::Criterion;
use crate::network::Medium;
use crate::report::context::{Context, in_unit};
use crate::request::{Objective, Policy, Weights};
use crate::units::Gbps;

/// The question as resolved: places by id or code, segments and systems by name, bounds null where there is none.
///
/// The ends are one place or country each, or lists of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Query<From = String, To = String> {
    /// Where from.
    pub from: From,
    /// Where to.
    pub to: To,
    /// What the routes are best at.
    pub objective: String,
    /// How many routes; null where no number is meant.
    pub k: Option<usize>,
    /// What routes keep to, and what they are computed with.
    #[serde(flatten)]
    pub conditions: Conditions,
}

/// What routes keep to, and what they are computed with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Conditions {
    /// What to pass.
    pub via: Vec<String>,
    /// Whether that is passed in the order given.
    pub in_order: bool,
    /// How much worse than the best a route may be, as a share.
    pub within: Option<f64>,
    /// How much of a route's length has to lie off the better ones, as a share.
    pub distinct: Option<f64>,
    /// What not to touch.
    pub avoid: Vec<String>,
    /// The steps of the corridor to follow.
    pub corridor: Option<Vec<String>>,
    /// Id of the network.
    pub network: String,
    /// Its name.
    pub network_name: String,
    /// Its date.
    pub network_date: String,
    /// Name of the scenario.
    pub scenario: String,
    /// Year of the scenario.
    pub year: i32,
    /// Capacity to carry, Gbps.
    pub gbps: f64,
    /// For how many years.
    pub term_years: u32,
    /// Real discount rate, as a fraction.
    pub discount_rate: f64,
    /// Currency of the price book.
    pub currency: String,
    /// Year of the money.
    pub price_year: i32,
    /// Longest round trip, ms.
    pub max_rtt_ms: Option<f64>,
    /// Highest cost, USD.
    pub max_cost_usd: Option<f64>,
    /// Greatest length, km.
    pub max_length_km: Option<f64>,
    /// Least availability, from 0 to 1.
    pub min_availability: Option<f64>,
    /// Most borders passed.
    pub max_crossings: Option<u64>,
    /// Most countries.
    pub max_countries: Option<u32>,
    /// Most countries that are neither end's.
    pub max_transit_countries: Option<u32>,
    /// Largest share of the length by country, from 0 to 1.
    pub max_share: IndexMap<String, f64>,
    /// Statuses of the segments that count.
    pub statuses: Vec<String>,
    /// Media that may be used; null for all.
    pub media: Option<Vec<String>>,
    /// Owners whose segments may be used; null for all.
    pub owners: Option<Vec<String>>,
    /// Least capacity of a segment, Gbps.
    pub min_gbps: Option<f64>,
    /// Whether segments of unknown capacity are left out.
    pub strict_capacity: bool,
    /// Least confidence in a segment.
    pub min_confidence: Option<String>,
    /// The criteria of a weighting; missing for other objectives.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weights: Option<Vec<WeightJson>>,
}

/// A criterion of a weighting.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WeightJson {
    /// Its name.
    pub criterion: String,
    /// Its share, from 0 to 1.
    pub share: f64,
    /// The best value there is, by which figures are divided; null before it is known.
    pub best: Option<f64>,
    /// Unit of the best value.
    pub unit: String,
}

impl Query {
    /// The question of an answer.
    pub(crate) fn of(context: &Context<'_>) -> Self {
        let asked = &context.asked;
        Self {
            from: asked.from.clone(),
            to: asked.to.clone(),
            objective: asked.objective.to_string(),
            k: asked.k,
            conditions: Conditions::of(context),
        }
    }

    /// The same question between other ends.
    pub(crate) fn between<From, To>(self, from: From, to: To) -> Query<From, To> {
        let Self { from: _, to: _, objective, k, conditions } = self;
        Query { from, to, objective, k, conditions }
    }
}

impl Conditions {
    /// The conditions of an answer.
    pub(crate) fn of(context: &Context<'_>) -> Self {
        let (meta, asked, bounds) = (context.network.meta(), &context.asked, &context.asked.bounds);
        let Policy { year: _, statuses, media, owners, min_capacity, strict_capacity, min_confidence } = context.policy;
        let shares = asked.shares.iter().map(|share| (share.of.to_string(), share.percent() / 100.0));
        let steps = |steps: &crate::request::CountryPattern| steps.steps().iter().map(ToString::to_string).collect();
        let amount = |of: Criterion| bounds.get(of).map(|most| of.answered(most));
        let count = |of: Criterion| bounds.get(of).map(|most| u32::try_from(most).unwrap_or(u32::MAX));
        let words = |medium: &Medium| medium.as_str().to_owned();
        Self {
            via: asked.via.clone(),
            in_order: asked.in_order,
            within: asked.within,
            distinct: asked.distinct,
            avoid: asked.avoid.clone(),
            corridor: asked.corridor.as_ref().map(steps),
            network: meta.id.clone(),
            network_name: meta.name.clone(),
            network_date: meta.date.clone(),
            scenario: context.scenario.to_owned(),
            year: context.year,
            gbps: context.demand.gbps.get(),
            term_years: context.demand.term_years,
            discount_rate: context.discount_rate,
            currency: context.currency.to_owned(),
            price_year: context.price_year,
            max_rtt_ms: amount(Criterion::Latency),
            max_cost_usd: amount(Criterion::Cost),
            max_length_km: amount(Criterion::Length),
            min_availability: amount(Criterion::Unavailability),
            max_crossings: bounds.get(Criterion::Crossings),
            max_countries: count(Criterion::Countries),
            max_transit_countries: count(Criterion::TransitCountries),
            max_share: shares.collect(),
            statuses: statuses.iter().map(|status| status.as_str().to_owned()).collect(),
            media: media.as_ref().map(|media| media.iter().map(words).collect()),
            owners: owners.as_ref().map(|owners| owners.iter().cloned().collect()),
            min_gbps: min_capacity.map(Gbps::get),
            strict_capacity: *strict_capacity,
            min_confidence: min_confidence.map(|least| least.as_str().to_owned()),
            weights: match asked.objective {
                Objective::Weighted(weights) => Some(WeightJson::all(weights)),
                Objective::Cost
                | Objective::Latency
                | Objective::Length
                | Objective::Missing
                | Objective::Risk
                | Objective::Availability => None,
            },
        }
    }
}

impl WeightJson {
    /// The criteria of a weighting, each with its share and the best value by which its figures are divided.
    fn all(weights: Weights) -> Vec<Self> {
        let best: Vec<(Objective, u64)> = weights.best().collect();
        let term = |(criterion, share): (Objective, f64)| {
            let best = best.iter().find(|(other, _)| *other == criterion).map(|(_, value)| *value);
            let (value, unit) = in_unit(criterion, best.unwrap_or(0));
            let criterion = criterion.as_str().to_owned();
            Self { criterion, share, best: best.map(|_| value), unit: unit.to_owned() }
        };
        weights.terms().map(term).collect()
    }
}
