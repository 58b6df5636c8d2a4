//! What the reports of `gateway` are made from.

use crate::analysis::{CountryReach, Gateways, Summary, weighted_mean};
use crate::report::context::Context;
use crate::request::{End, Objective};

/// A country's gateways.
#[derive(Debug, Clone, Copy)]
pub struct GatewayReport<'a> {
    /// What the answer rests on.
    pub context: &'a Context<'a>,
    /// The gateways.
    pub gateways: &'a Gateways,
    /// Hubs that were left out, in words.
    pub notes: &'a [String],
}

/// A country's gateways before and after.
#[derive(Debug, Clone, Copy)]
pub struct GatewayCompareReport<'a> {
    /// The two scenarios.
    pub cases: [GatewayCase<'a>; 2],
    /// Hubs that were left out, in words.
    pub notes: &'a [String],
}

/// A country's gateways under a scenario.
#[derive(Debug, Clone, Copy)]
pub struct GatewayCase<'a> {
    /// What they rest on.
    pub context: &'a Context<'a>,
    /// The gateways.
    pub gateways: &'a Gateways,
}

/// All countries under one scenario, or under two.
#[derive(Debug, Clone)]
pub struct GatewayAllReport<'a> {
    /// The scenario, or the one before.
    pub first: ScenarioReach<'a>,
    /// The scenario after, where two are compared.
    pub second: Option<ScenarioReach<'a>>,
    /// The hubs.
    pub hubs: Vec<End>,
    /// What the routes are best at.
    pub objectives: Vec<Objective>,
    /// Hubs that were left out, in words.
    pub notes: &'a [String],
}

/// All countries under a scenario.
#[derive(Debug, Clone)]
pub struct ScenarioReach<'a> {
    /// What their routes rest on.
    pub context: Context<'a>,
    /// The countries.
    pub countries: Vec<CountryReach>,
}

impl GatewayAllReport<'_> {
    /// The scenarios.
    pub fn cases(&self) -> impl Iterator<Item = &ScenarioReach<'_>> {
        std::iter::once(&self.first).chain(&self.second)
    }

    /// What a route is compared by: the round trip if it is the fastest, else the cost per Mbit/s and month.
    pub(super) fn figure(&self, objective: usize, best: &Summary) -> f64 {
        match self.objectives[objective] {
            Objective::Latency => best.rtt_ms(),
            _ => best.usd_per_mbps_month,
        }
    }

    /// The population-weighted mean of the figure over the countries that reach a hub, in every scenario.
    pub(super) fn mean(&self, case: &ScenarioReach<'_>, hub: usize, objective: usize) -> Option<f64> {
        weighted_mean(case.countries.iter().enumerate().map(|(i, row)| {
            let everywhere = self.cases().all(|case| {
                case.countries
                    .get(i)
                    .is_some_and(|own| own.country == row.country && own.best(hub, objective).is_some())
            });
            let best = row.best(hub, objective).filter(|_| everywhere);
            (row.population, best.map(|best| self.figure(objective, best)))
        }))
    }

    /// What the second scenario saves a country towards a hub: before, after.
    pub(super) fn saved(&self, row: usize, hub: usize, objective: usize) -> Option<(f64, f64)> {
        let (before, after) = (self.first.countries.get(row)?, self.second.as_ref()?.countries.get(row)?);
        let pair = (before.best(hub, objective)?, after.best(hub, objective)?);
        (before.country == after.country).then(|| (self.figure(objective, pair.0), self.figure(objective, pair.1)))
    }

    /// How reaching a hub changes: it is reached now and was not, or the other way round.
    pub(super) fn changes_reach(&self, row: usize, hub: usize) -> Option<bool> {
        let reached = |case: &ScenarioReach<'_>| case.countries.get(row).is_some_and(|own| own.best(hub, 0).is_some());
        let (a, b) = (reached(&self.first), reached(self.second.as_ref()?));
        (a != b).then_some(b)
    }

    /// How many countries there are, and how many of them have people, by whom the means are weighted.
    pub(super) fn n_countries(&self) -> (usize, usize) {
        let rows = &self.first.countries;
        (rows.len(), rows.iter().filter(|row| row.population > 0).count())
    }
}
