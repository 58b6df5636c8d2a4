//! The answer of `share` as a value; money in whole cents.

use super::input::{ShareOutcome, ShareReport};
use super::words::Words;
use crate::analysis::games::{Coalition, members};
use crate::analysis::{RuleShares, Served, Share, ShareDemand, Standing};
use crate::report::answer::share::{
    BuiltSegment, ForgoneFee, GroupCost, OrderSampling, PlannedDemand, RuleSplit, ServedDemand, ShareOfCountry,
    ShareQuery, ShareResult, SharedPlan, StuckGroup,
};
use crate::report::answer::{Conditions, RouteJson, ShareAnswer};
use crate::report::ledger::way;
use crate::units::Usd;

pub(super) fn answer(report: &ShareReport<'_>) -> ShareAnswer {
    let words = report.words();
    let countries: Vec<String> = report.question.countries.iter().map(ToString::to_string).collect();
    let demands = report.question.demands.iter().enumerate();
    let served = |i: usize| report.share().and_then(|share| share.served.get(i));
    ShareAnswer {
        query: ShareQuery {
            objective: report.context.asked.objective.to_string(),
            conditions: Conditions::of(report.context),
            countries: countries.clone(),
        },
        corridor: countries,
        demands_assumed: report.assumed.map(str::to_owned),
        demands: demands.map(|(i, demand)| planned(words, i, demand, served(i))).collect(),
        outcome: match report.outcome {
            ShareOutcome::Unserved { demand, reason } => {
                ShareResult::Unserved { rules: [], unserved_demand: demand + 1, reason: reason.to_owned() }
            }
            ShareOutcome::Shared(share) => ShareResult::Shared(Box::new(shared(words, share))),
        },
    }
}

fn planned(words: Words<'_, '_>, i: usize, demand: &ShareDemand, served: Option<&Served>) -> PlannedDemand {
    PlannedDemand {
        demand: i + 1,
        from: demand.from.to_string(),
        to: demand.to.to_string(),
        gbps: demand.gbps.get(),
        asked_by: words.code(demand.asked_by),
        served: served.map(|served| ServedDemand {
            cost_usd: served.cost.dollars(),
            builds: served.builds.iter().map(ToString::to_string).collect(),
            route: RouteJson::whole(words.context, &served.route, 1),
            way: way(words.context, &served.route),
        }),
    }
}

fn shared(words: Words<'_, '_>, share: &Share) -> SharedPlan {
    let forgone = share.question.countries.iter().zip(&share.forgone);
    let built = share.built.iter().map(|built| BuiltSegment {
        segment: built.segment.to_string(),
        cost_usd: built.cost.dollars(),
        used_by: built.used_by.iter().map(|i| i + 1).collect(),
    });
    let groups = share.coalitions.iter().map(|group| GroupCost {
        members: codes(words, group.coalition),
        cost_usd: group.cost.dollars(),
        gap_usd: group.gap.dollars(),
    });
    SharedPlan {
        total_usd: share.total.dollars(),
        gap_usd: share.gap.dollars(),
        saving_usd: share.saving().map(Usd::dollars),
        forgone_fees: forgone
            .map(|(country, fee)| ForgoneFee { country: country.to_string(), usd: fee.dollars() })
            .collect(),
        core_is_empty: share.core_is_empty,
        cannot_do_alone: share
            .stuck
            .map(|stuck| StuckGroup { members: codes(words, stuck.coalition), demand: stuck.demand + 1 }),
        rules: share.rules.iter().map(|rule| split(words, rule)).collect(),
        coalitions: groups.collect(),
        built: built.collect(),
        segments_to_build: share.n_to_build,
        sampling: share.question.sampling.map(|draw| OrderSampling { pairs: draw.pairs, seed: draw.seed }),
    }
}

fn split(words: Words<'_, '_>, rule: &RuleShares) -> RuleSplit {
    let shares = rule.shares.iter().enumerate().map(|(player, usd)| ShareOfCountry {
        country: words.code(player),
        usd: usd.dollars(),
        standard_error_usd: rule.standard_errors.as_ref().and_then(|errors| errors.get(player)).copied(),
    });
    let (in_core, blocked_by, gain_usd) = match rule.standing {
        Standing::InCore => (Some(true), None, None),
        Standing::Blocked(found) => (Some(false), Some(codes(words, found.coalition)), Some(found.gain / 100.0)),
        Standing::NotBlocked | Standing::Unknown => (None, None, None),
    };
    RuleSplit { rule: rule.rule.as_str().to_owned(), shares: shares.collect(), in_core, blocked_by, gain_usd }
}

fn codes(words: Words<'_, '_>, coalition: Coalition) -> Vec<String> {
    members(coalition).map(|player| words.code(player)).collect()
}
