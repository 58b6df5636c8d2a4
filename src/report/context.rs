//! What an answer rests on: echoed in each, so that a figure never stands without its question.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::corridor::Plan;
use crate::metrics::cost::significant;
use crate::metrics::{Demand, discount_rate};
use crate::network::{CountryCode, Network, NodeId, Status};
use crate::routing::Objective;

/// The question, as resolved: places by id or code, segments and systems by name.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Asked {
    /// Where from.
    pub from: String,
    /// Where to.
    pub to: String,
    /// What to be best at.
    pub objective: Objective,
    /// What to pass.
    pub via: Vec<String>,
    /// What not to touch.
    pub avoid: Vec<String>,
    /// The countries to follow.
    pub corridor: Option<Vec<CountryCode>>,
    /// How many routes.
    pub k: usize,
}

/// Everything about an answer but the answer.
#[derive(Debug, Clone)]
pub struct Context<'a> {
    /// The network that the routes lie in.
    pub network: &'a Network,
    /// Name of the scenario.
    pub scenario: &'a str,
    /// Year of the scenario.
    pub year: i32,
    /// What is to be carried, and for how long.
    pub demand: Demand,
    /// Real discount rate, as a fraction.
    pub discount_rate: f64,
    /// Statuses that count as usable.
    pub statuses: BTreeSet<Status>,
    /// Currency of the price book.
    pub currency: &'a str,
    /// Year of the money.
    pub price_year: i32,
    /// Names of countries by code; a country without one is shown by its code.
    pub country_names: &'a [(CountryCode, String)],
    /// The question.
    pub asked: Asked,
}

impl<'a> Context<'a> {
    /// The context of what a plan answers.
    #[must_use]
    pub fn new(plan: &Plan<'a>, scenario: &'a str, country_names: &'a [(CountryCode, String)], asked: Asked) -> Self {
        Self {
            network: plan.network(),
            scenario,
            year: plan.policy().year,
            demand: plan.demand(),
            discount_rate: discount_rate(plan.book()),
            statuses: plan.policy().statuses.clone(),
            currency: &plan.book().currency,
            price_year: plan.book().year,
            country_names,
            asked,
        }
    }

    /// The name of a country; `at sea` for international waters.
    #[must_use]
    pub fn country_name(&self, country: CountryCode) -> String {
        if country.is_sea() {
            return "at sea".to_owned();
        }
        let named = self.country_names.iter().find(|(code, _)| *code == country);
        named.map_or_else(|| country.to_string(), |(_, name)| name.clone())
    }

    /// The name of what was asked for: of a place by its id, of a country by its code.
    pub(crate) fn name_typed(&self, typed: &str) -> String {
        let node = self.network.find_node(&NodeId::new(typed)).map(|node| node.short_name().to_owned());
        node.or_else(|| typed.parse().ok().map(|code| self.country_name(code))).unwrap_or_else(|| typed.to_owned())
    }

    /// The name of a place without what stands in brackets.
    pub(crate) fn place_name<'b>(&'b self, id: &'b NodeId) -> &'b str {
        self.network.find_node(id).map_or(id.as_str(), |node| node.short_name())
    }

    /// `eurasia-transit, scenario today (2026), 100 Gbps for 15 years at 8 %, USD of 2026`, and the statuses where they
    /// are more than what is in service.
    #[must_use]
    pub fn in_words(&self) -> String {
        let mut text = format!(
            "{}, scenario {} ({}), {} Gbps for {} years at {} %, {} of {}",
            self.network.meta().id,
            self.scenario,
            self.year,
            significant(self.demand.gbps.get()),
            self.demand.term_years,
            significant(self.discount_rate * 100.0),
            self.currency,
            self.price_year
        );
        if self.statuses != BTreeSet::from([Status::InService]) {
            let words: Vec<String> = self.statuses.iter().map(|s| s.as_str().replace('_', " ")).collect();
            text += &format!(", counting {}", words.join(", "));
        }
        text
    }

    /// The `query` of every JSON answer.
    pub(crate) fn query_json(&self) -> Value {
        let codes = |codes: &Vec<CountryCode>| codes.iter().map(ToString::to_string).collect::<Vec<_>>();
        let statuses: Vec<&str> = self.statuses.iter().map(|status| status.as_str()).collect();
        let meta = self.network.meta();
        json!({
            "from": self.asked.from,
            "to": self.asked.to,
            "objective": self.asked.objective.as_str(),
            "k": self.asked.k,
            "via": self.asked.via,
            "avoid": self.asked.avoid,
            "corridor": self.asked.corridor.as_ref().map(codes),
            "network": meta.id,
            "network_name": meta.name,
            "network_date": meta.date,
            "scenario": self.scenario,
            "year": self.year,
            "gbps": self.demand.gbps.get(),
            "term_years": self.demand.term_years,
            "discount_rate": self.discount_rate,
            "statuses": statuses,
            "currency": self.currency,
            "price_year": self.price_year,
        })
    }
}
