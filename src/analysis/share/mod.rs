//! Who bears what of a plan that serves the demands of several countries.
//!
//! The countries of a corridor ask for demands. All together they serve them at the least cost: on each other's ground
//! they pay no transit fee, and they may build wherever one of them is. Each group of them could do so without the
//! others, whose cables it then uses at the price of lease and transit, and on whose ground it may not build. From what
//! each group would pay follows which split of the common bill can last: see [`crate::analysis::games`]. Several rules of
//! splitting stand side by side ([`Rule`]).
//!
//! What is not dealt with: who asks for how much. Demands are given.

mod coalitions;
mod design;
mod ledger;
mod rules;
mod ways;

use crate::metrics::{Leaf, Route};
use crate::network::{CountryCode, SegmentId};
use crate::request::End;
use crate::units::{Gbps, Usd};

use super::games::Coalition;
pub use coalitions::share;
pub use rules::{Rule, RuleShares, Standing};

/// A demand and who asks for it.
#[derive(Debug, Clone, PartialEq)]
pub struct ShareDemand {
    /// Where from.
    pub from: End,
    /// Where to.
    pub to: End,
    /// How much.
    pub gbps: Gbps,
    /// The country that asks for it, by its place among the countries.
    pub asked_by: usize,
}

/// How the Shapley value is estimated where there are too many countries for all their coalitions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShapleySampling {
    /// How many pairs of orders of arrival are drawn.
    pub pairs: usize,
    /// The seed of the draw.
    pub seed: u64,
}

/// What is to be shared.
#[derive(Debug, Clone, PartialEq)]
pub struct ShareQuestion {
    /// The countries, each once.
    pub countries: Vec<CountryCode>,
    /// What they ask for.
    pub demands: Vec<ShareDemand>,
    /// How to estimate with more than [`super::games::MAX_PLAYERS`] countries; `None` to answer exactly.
    pub sampling: Option<ShapleySampling>,
}

/// A demand served.
#[derive(Debug, Clone, PartialEq)]
pub struct Served {
    /// Its route, as a buyer on its own would see it: with all fees, and all that is built on it.
    pub route: Route,
    /// What falls due for it alone: leases, the fees that are left, borders and equipment.
    pub cost: Usd,
    /// The parts of that.
    pub leaves: Vec<Leaf>,
    /// The segments on it that the plan builds.
    pub builds: Vec<SegmentId>,
}

/// A segment that the plan builds, once for all demands.
#[derive(Debug, Clone, PartialEq)]
pub struct Built {
    /// The segment.
    pub segment: SegmentId,
    /// Building and operating it over the term.
    pub cost: Usd,
    /// The parts of that.
    pub leaves: Vec<Leaf>,
    /// The demands that go along it, by their places.
    pub used_by: Vec<usize>,
}

/// What a group of countries pays on its own for what its members ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CoalitionCost {
    /// The group, one bit a country.
    pub coalition: Coalition,
    /// What it pays.
    pub cost: Usd,
    /// By how much that may be too high because the search was stopped; zero if it is known to be the least.
    pub gap: Usd,
}

/// A group that cannot do without the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stuck {
    /// The group.
    pub coalition: Coalition,
    /// The demand of one of its members that it has no route for, by its place.
    pub demand: usize,
}

/// A plan with its bill split.
#[derive(Debug, Clone, PartialEq)]
pub struct Share {
    /// What was asked.
    pub question: ShareQuestion,
    /// Each demand's part of the plan, in order.
    pub served: Vec<Served>,
    /// What is built, in order of id.
    pub built: Vec<Built>,
    /// How many segments could be built: those that may be used once they are.
    pub n_to_build: usize,
    /// What all pay together.
    pub total: Usd,
    /// By how much that may be too high because the search was stopped.
    pub gap: Usd,
    /// What every group pays, by its mask; with sampling, the groups looked at. Empty if one is stuck.
    pub coalitions: Vec<CoalitionCost>,
    /// The first group that is stuck: then nobody can say what working together saves.
    pub stuck: Option<Stuck>,
    /// The rules with their shares.
    pub rules: Vec<RuleShares>,
    /// Whether there is no split that every group would keep to; `None` where that is not known.
    pub core_is_empty: Option<bool>,
    /// What each country would take of the others in transit fees if each went alone, and forgoes together: a part of the
    /// saving that moves money, and saves none. Empty if a country could not go alone.
    pub forgone: Vec<Usd>,
}

/// Why there is no plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unserved {
    /// The demand that no route serves, by its place.
    pub demand: usize,
}

impl Share {
    /// What a group pays on its own, where that was looked at.
    #[must_use]
    pub fn cost_of(&self, coalition: Coalition) -> Option<CoalitionCost> {
        let found = self.coalitions.binary_search_by_key(&coalition, |own| own.coalition).ok()?;
        Some(self.coalitions[found])
    }

    /// What each country would pay alone; `None` if one of them could not.
    #[must_use]
    pub fn alone(&self) -> Option<Vec<Usd>> {
        (0..self.question.countries.len()).map(|i| self.cost_of(1 << i).map(|own| own.cost)).collect()
    }

    /// What working together saves: the sum of what each would pay alone, less what all pay together.
    #[must_use]
    pub fn saving(&self) -> Option<Usd> {
        Some(self.alone()?.into_iter().sum::<Usd>() - self.total)
    }

    /// The shares by a rule.
    #[must_use]
    pub fn by(&self, rule: Rule) -> Option<&RuleShares> {
        self.rules.iter().find(|own| own.rule == rule)
    }
}
