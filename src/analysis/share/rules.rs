//! A bill split by each rule.

use super::ledger::{by_territory, capacities, metres};
use super::outcome::Share;
use super::rule::{Rule, RuleShares, Standing};
use crate::analysis::games::{
    Blocking, Coalition, CostGame, SampledShapley, Split, blocking, members, nucleolus, shapley,
};
use crate::network::Network;
use crate::units::Usd;

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
