//! What an answer rests on: echoed in each, so that a figure never stands without its question.

use std::collections::BTreeSet;

use super::option_name::{OptionName, Wording};
use super::question_words::{policy_in_words, request_in_words};
use crate::analysis::{Plan, Request};
use crate::metrics::availability::RISK_UNITS;
use crate::metrics::cost::significant;
use crate::metrics::{Demand, discount_rate};
use crate::network::{CountryCode, Network, NodeId, Status};
use crate::request::{Bounds, CountryPattern, End, MaxShare, Objective, Policy, Via};
use crate::scenario::Scenario;
use crate::units::separated;

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
    /// Whether that is passed in the order given.
    pub in_order: bool,
    /// What not to touch.
    pub avoid: Vec<String>,
    /// The countries to follow.
    pub corridor: Option<CountryPattern>,
    /// Upper bounds.
    pub bounds: Bounds,
    /// How much of the length may lie in one country.
    pub shares: Vec<MaxShare>,
    /// Each constraint that is set, in words.
    pub constraints: Vec<String>,
    /// How much worse than the best a route may be, as a share.
    pub within: Option<f64>,
    /// How much of a route's length has to lie off the better ones, as a share.
    pub distinct: Option<f64>,
    /// How many routes, where a number is meant.
    pub k: Option<usize>,
}

impl Asked {
    /// What a request asks.
    #[must_use]
    pub fn of(request: &Request) -> Self {
        Self {
            from: request.from.to_string(),
            to: request.to.to_string(),
            objective: request.objective,
            via: request.via.iter().map(Via::name).collect(),
            in_order: request.in_order,
            avoid: request.avoid.names(),
            corridor: request.corridor.clone(),
            bounds: request.bounds,
            shares: request.shares.clone(),
            constraints: request_in_words(request),
            within: None,
            distinct: None,
            k: Some(request.k),
        }
    }
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
    /// What counts as usable.
    pub policy: &'a Policy,
    /// Currency of the price book.
    pub currency: &'a str,
    /// Year of the money.
    pub price_year: i32,
    /// Names of countries by code; a country without one is shown by its code.
    pub country_names: &'a [(CountryCode, String)],
    /// The question.
    pub asked: Asked,
    /// Whether the search was stopped for too much work: better routes may exist, or more.
    pub is_stopped: bool,
    /// Why the search was stopped, if for something else than too much work.
    pub stop_reason: Option<String>,
    /// What has to be said of the answer besides.
    pub remarks: Vec<String>,
    /// How the caller names settings.
    pub wording: Wording,
}

impl<'a> Context<'a> {
    /// The context of what a scenario's plan answers.
    #[must_use]
    pub fn of(scenario: &'a Scenario, request: &Request) -> Self {
        Self::new(&scenario.plan(), &scenario.name, &scenario.country_names, Asked::of(request))
    }

    /// The context of what a plan answers.
    #[must_use]
    pub fn new(plan: &Plan<'a>, scenario: &'a str, country_names: &'a [(CountryCode, String)], asked: Asked) -> Self {
        Self {
            network: plan.network(),
            scenario,
            year: plan.policy().year,
            demand: plan.demand(),
            discount_rate: discount_rate(plan.book()),
            policy: plan.policy(),
            currency: &plan.book().currency,
            price_year: plan.book().year,
            country_names,
            asked,
            is_stopped: false,
            stop_reason: None,
            remarks: Vec::new(),
            wording: OptionName::plainly,
        }
    }

    /// Why the search was stopped, in a sentence without its full stop; `None` if it came to its end.
    pub(crate) fn stop_in_words(&self) -> Option<String> {
        let usual = || "the search was stopped for too much work: what is shown fits, but better routes may exist";
        self.is_stopped.then(|| self.stop_reason.clone().unwrap_or_else(|| usual().to_owned()))
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

    /// The name of a place or a country.
    pub(crate) fn end_name(&self, end: &End) -> String {
        match end {
            End::Node(id) => self.place_name(id).to_owned(),
            End::Country(code) => self.country_name(*code),
        }
    }

    /// The name of a place without what stands in brackets.
    pub(crate) fn place_name<'b>(&'b self, id: &'b NodeId) -> &'b str {
        self.network.find_node(id).map_or(id.as_str(), |node| node.short_name())
    }

    /// `eurasia-transit, scenario today (2026), 100 Gbps for 15 years at 8 %, USD of 2026`, and the statuses where they
    /// are more than what is in service.
    #[must_use]
    pub fn in_words(&self) -> String {
        self.in_words_in(self.currency)
    }

    /// The same, the answer's sums being in another money.
    #[must_use]
    pub fn in_words_in(&self, currency: &str) -> String {
        let mut text = format!(
            "{}, scenario {} ({}), {} Gbps for {} years at {} %, {} of {}",
            self.network.meta().id,
            self.scenario,
            self.year,
            separated(&significant(self.demand.gbps.get())),
            self.demand.term_years,
            significant(self.discount_rate * 100.0),
            currency,
            self.price_year
        );
        let statuses = &self.policy.statuses;
        if *statuses != BTreeSet::from([Status::InService]) {
            let words: Vec<String> = statuses.iter().map(|s| s.as_str().replace('_', " ")).collect();
            text += &format!(", counting {}", words.join(", "));
        }
        for rule in policy_in_words(self.policy) {
            text += &format!(", {rule}");
        }
        text
    }

    /// What every route of the answer had to keep to, in one line; empty if nothing was asked but the best.
    pub(crate) fn constraints(&self) -> Vec<String> {
        let margin =
            |share: Option<f64>, words: &str| share.map(|share| format!("{} % {words}", significant(share * 100.0)));
        let within = margin(self.asked.within, "above the best at most");
        let distinct = margin(self.asked.distinct, "of each off every better one");
        let all: Vec<String> = self.asked.constraints.iter().cloned().chain(within).chain(distinct).collect();
        let all = all.join(", ");
        Some(all).filter(|all| !all.is_empty()).into_iter().collect()
    }
}

/// How a weighting scores, with the figures of this answer; nothing for other objectives.
pub(crate) fn score_in_words(objective: Objective) -> Vec<String> {
    let Objective::Weighted(weights) = objective else { return Vec::new() };
    let best: Vec<(Objective, u64)> = weights.best().collect();
    let terms = weights.terms().filter_map(|(criterion, share)| {
        let (value, unit) = in_unit(criterion, best.iter().find(|(own, _)| *own == criterion)?.1);
        let name = match criterion {
            Objective::Availability => "-ln(availability)",
            Objective::Risk => "(-ln(availability) + friction)",
            other => other.as_str(),
        };
        let unit = if unit.starts_with('-') { String::new() } else { format!(" {unit}") };
        Some(format!("{share} x {name} / {}{unit}", significant(value)))
    });
    let terms: Vec<String> = terms.collect();
    if terms.is_empty() {
        return Vec::new();
    }
    vec![format!("least {}; each is divided by the least there is", terms.join(" + "))]
}

/// A criterion's whole units as a figure with its unit.
pub(crate) fn in_unit(criterion: Objective, whole: u64) -> (f64, &'static str) {
    let whole = whole as f64;
    match criterion {
        Objective::Cost => (whole / 100.0, "USD"),
        Objective::Latency => (whole / 1e12, "ms"),
        Objective::Length | Objective::Missing => (whole / 1000.0, "km"),
        Objective::Risk => (whole / RISK_UNITS, "-ln(availability) + friction"),
        Objective::Availability => (whole / RISK_UNITS, "-ln(availability)"),
        Objective::Weighted(_) => (whole / 1e12, "1"),
    }
}
