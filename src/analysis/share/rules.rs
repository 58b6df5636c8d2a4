//! The rules by which a bill is split.

use super::Share;
use super::ledger::{by_territory, capacities, metres};
use crate::analysis::games::{
    Blocking, Coalition, CostGame, SampledShapley, Split, blocking, members, nucleolus, shapley,
};
use crate::network::Network;
use crate::units::Usd;

/// A rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Rule {
    /// Each part of the bill to the country that it falls due in.
    Territory,
    /// In equal shares.
    Equal,
    /// By the length of the plan's cable in each country.
    Length,
    /// By the capacity that each country asks for.
    Traffic,
    /// By what each country would pay alone.
    Benefit,
    /// The Shapley value.
    Shapley,
    /// The nucleolus.
    Nucleolus,
}

/// Whether groups would keep to a split.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum Standing {
    /// It lies in the core: no group does better alone.
    InCore,
    /// A group does better alone: this one gains most.
    Blocked(Blocking),
    /// None of the groups looked at does better alone, but not all were looked at.
    NotBlocked,
    /// Nobody can say, as a group cannot do without the others.
    Unknown,
}

/// The shares by a rule.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleShares {
    /// The rule.
    pub rule: Rule,
    /// Each country's share; they sum to the total. A negative share is paid to the country.
    pub shares: Vec<Usd>,
    /// The standard error of each share, USD, where it is an estimate.
    pub standard_errors: Option<Vec<f64>>,
    /// Whether it lies in the core.
    pub standing: Standing,
}

impl Rule {
    /// Every rule, in the order in which they are shown.
    pub const ALL: [Self; 7] =
        [Self::Territory, Self::Equal, Self::Length, Self::Traffic, Self::Benefit, Self::Shapley, Self::Nucleolus];

    /// Its name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Territory => "territory",
            Self::Equal => "equal",
            Self::Length => "length",
            Self::Traffic => "traffic",
            Self::Benefit => "benefit",
            Self::Shapley => "shapley",
            Self::Nucleolus => "nucleolus",
        }
    }

    /// What it does, in words.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Territory => "each cost to the country it falls due in, what lies outside to who asked",
            Self::Equal => "the same for each",
            Self::Length => "by km of the plan's fiber in the country (the idea of ITU-T D.1040)",
            Self::Traffic => "by the Gbps that the country asks for",
            Self::Benefit => "by what the country would pay alone",
            Self::Shapley => "by what the country adds to the cost, averaged over all orders of joining",
            Self::Nucleolus => "so that the worst-off group is as well off as can be, then the next",
        }
    }
}

/// What is found out about the rules.
pub(super) struct Known {
    pub(super) rules: Vec<RuleShares>,
    pub(super) core_is_empty: Option<bool>,
}

/// The shares by each rule that can be told.
pub(super) fn rules(network: &Network, share: &Share, sampled: Option<SampledShapley>) -> Known {
    let countries = &share.question.countries;
    let (n, total) = (countries.len(), share.total.cents());
    let costs = share.coalitions.iter().map(|own| own.cost.cents());
    let game = CostGame::new(n, std::iter::once(0).chain(costs).collect()).ok();
    let nucleolus = game.as_ref().map(nucleolus);
    let core_is_empty = game.as_ref().zip(nucleolus.as_ref()).map(|(game, split)| blocking(game, split).is_some());
    let alone = share.alone().map(|alone| alone.iter().map(|usd| usd.cents().max(0) as u64).collect::<Vec<u64>>());
    let (estimate, errors) = sampled.map(|own| (own.split, own.standard_errors)).unzip();
    let mut found = Vec::new();
    for rule in Rule::ALL {
        let split = match rule {
            Rule::Territory => Some(Split::whole(&by_territory(share))),
            Rule::Equal => Some(Split::equal(total, n)),
            Rule::Length => Some(Split::in_proportion(total, &metres(network, share))),
            Rule::Traffic => Some(Split::in_proportion(total, &capacities(&share.question))),
            Rule::Benefit => alone.as_ref().map(|alone| Split::in_proportion(total, alone)),
            Rule::Shapley => game.as_ref().map(shapley).or_else(|| estimate.clone()),
            Rule::Nucleolus => nucleolus.clone(),
        };
        let Some(split) = split else { continue };
        let in_usd = |errors: &Vec<f64>| errors.iter().map(|cents| cents / 100.0).collect();
        found.push(RuleShares {
            rule,
            shares: split.rounded().into_iter().map(Usd::from_cents).collect(),
            standard_errors: errors.as_ref().filter(|_| rule == Rule::Shapley).map(in_usd),
            standing: standing(share, game.as_ref(), &split),
        });
    }
    Known { rules: found, core_is_empty }
}

fn standing(share: &Share, game: Option<&CostGame>, split: &Split) -> Standing {
    match game {
        Some(game) => blocking(game, split).map_or(Standing::InCore, Standing::Blocked),
        None if share.coalitions.is_empty() => Standing::Unknown,
        None => most_blocking_seen(share, split).map_or(Standing::NotBlocked, Standing::Blocked),
    }
}

/// Of the groups looked at, the one that would gain most by going alone.
fn most_blocking_seen(share: &Share, split: &Split) -> Option<Blocking> {
    let (shares, denominator) = (split.numerators(), split.denominator());
    let everybody = (1 << share.question.countries.len()) - 1;
    let mut most: Option<(i128, Coalition)> = None;
    for own in share.coalitions.iter().filter(|own| own.coalition != everybody) {
        let paid: i128 = members(own.coalition).filter_map(|player| shares.get(player)).sum();
        let gain = paid - i128::from(own.cost.cents()) * denominator;
        if gain > most.map_or(0, |(most, _)| most) {
            most = Some((gain, own.coalition));
        }
    }
    most.map(|(gain, coalition)| Blocking { coalition, gain: gain as f64 / denominator as f64 })
}
