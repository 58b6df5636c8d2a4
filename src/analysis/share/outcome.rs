//! A plan with its bill split, or the demand that leaves no plan.

use super::question::ShareQuestion;
use super::rule::{Rule, RuleShares};
use crate::analysis::games::Coalition;
use crate::metrics::{Leaf, Route};
use crate::network::SegmentId;
use crate::units::Usd;

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
