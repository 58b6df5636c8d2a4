//! The settings of a resolved scenario, by table and key as its file has them: what `show` lists and `compare` compares.

use super::resolve::Scenario;
use crate::metrics::Criterion;
use crate::request::Via;
use crate::units::Gbps;

/// A setting of a scenario, in text; empty where nothing is set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScenarioSetting {
    /// The table that it stands in.
    pub table: &'static str,
    /// Its key there.
    pub key: &'static str,
    /// Its value.
    pub value: String,
}

impl Scenario {
    /// Every setting but those of the price book, in a fixed order.
    #[must_use]
    pub fn settings(&self) -> Vec<ScenarioSetting> {
        let mut settings = vec![setting("network", "id", self.network.meta().id.clone())];
        let number = |value: f64| value.to_string();
        settings.extend(
            [
                ("year", self.policy.year.to_string()),
                ("from", self.ends.0.clone().unwrap_or_default()),
                ("to", self.ends.1.clone().unwrap_or_default()),
                ("gbps", number(self.demand.gbps.get())),
                ("term_years", self.demand.term_years.to_string()),
            ]
            .map(|(key, value)| setting("demand", key, value)),
        );
        let (routing, policy) = (&self.routing, &self.policy);
        let mut add = |key, value| settings.push(setting("routing", key, value));
        add("objective", routing.objective.to_string());
        add("statuses", joined(policy.statuses.iter()));
        add("via", joined(routing.via.iter().map(Via::name)));
        add("avoid", routing.avoid.names().join(","));
        let is_first = |of: &Criterion| matches!(of, Criterion::Latency | Criterion::Cost | Criterion::Crossings);
        let bound = |of: Criterion, add: &mut dyn FnMut(&'static str, String)| {
            let most = routing.bounds.get(of);
            add(of.names().setting, most.map(|most| number(of.written(most))).unwrap_or_default());
        };
        Criterion::ALL.into_iter().filter(is_first).for_each(|of| bound(of, &mut add));
        add("in_order", routing.in_order.to_string());
        Criterion::ALL.into_iter().filter(|of| !is_first(of)).for_each(|of| bound(of, &mut add));
        add("max_share", joined(routing.shares.iter()));
        add("media", joined(policy.media.iter().flatten()));
        add("owners", joined(policy.owners.iter().flatten()));
        add("min_gbps", policy.min_capacity.map(Gbps::get).map(number).unwrap_or_default());
        add("strict_capacity", policy.strict_capacity.to_string());
        add("min_confidence", policy.min_confidence.map(|least| least.to_string()).unwrap_or_default());
        settings
    }
}

fn setting(table: &'static str, key: &'static str, value: String) -> ScenarioSetting {
    ScenarioSetting { table, key, value }
}

fn joined(words: impl Iterator<Item = impl ToString>) -> String {
    words.map(|word| word.to_string()).collect::<Vec<_>>().join(",")
}
