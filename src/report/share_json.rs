//! The answer of `share` in JSON.

use serde_json::{Value, json};

use super::ledger::way;
use super::route_json::route_json;
use super::share::{ShareAsked, ShareOutcome, Words};
use crate::analysis::games::{Coalition, members};
use crate::analysis::{Share, ShareDemand, Standing};
use crate::network::SegmentId;
use crate::request::End;
use crate::units::Usd;

/// All of it, money in whole cents.
pub(super) fn json(words: Words<'_, '_>, asked: ShareAsked<'_>, outcome: ShareOutcome<'_>) -> Value {
    let mut query = words.context.query_json();
    if let Some(fields) = query.as_object_mut() {
        ["from", "to", "k"].iter().for_each(|name| {
            fields.shift_remove(*name);
        });
    }
    let corridor: Vec<String> = (0..words.question.countries.len()).map(|player| words.code(player)).collect();
    query["countries"] = json!(corridor);
    let share = match outcome {
        ShareOutcome::Shared(share) => Some(share),
        ShareOutcome::Unserved { .. } => None,
    };
    let demands = words.question.demands.iter().enumerate();
    let demands: Vec<Value> = demands.map(|(i, demand)| demand_json(words, share, i, demand)).collect();
    let mut answer = json!({
        "query": query,
        "corridor": corridor,
        "demands_assumed": asked.assumed,
        "demands": demands,
    });
    match outcome {
        ShareOutcome::Unserved { demand, reason } => {
            answer["rules"] = json!([]);
            answer["unserved_demand"] = json!(demand + 1);
            answer["reason"] = json!(reason);
        }
        ShareOutcome::Shared(share) => {
            share_fields(words, share).into_iter().for_each(|(name, value)| answer[name] = value);
        }
    }
    answer
}

fn demand_json(words: Words<'_, '_>, share: Option<&Share>, i: usize, demand: &ShareDemand) -> Value {
    let end = |end: &End| match end {
        End::Node(id) => id.to_string(),
        End::Country(code) => code.to_string(),
    };
    let mut fields = json!({
        "demand": i + 1,
        "from": end(&demand.from),
        "to": end(&demand.to),
        "gbps": demand.gbps.get(),
        "asked_by": words.code(demand.asked_by),
    });
    if let Some(served) = share.and_then(|share| share.served.get(i)) {
        fields["cost_usd"] = json!(served.cost.dollars());
        fields["builds"] = served.builds.iter().map(|id| json!(id.as_str())).collect();
        fields["route"] = route_json(words.context, &served.route, 1);
        fields["way"] = json!(way(words.context, &served.route));
    }
    fields
}

fn share_fields(words: Words<'_, '_>, share: &Share) -> Vec<(&'static str, Value)> {
    let group = |coalition: Coalition| members(coalition).map(|player| words.code(player)).collect::<Vec<_>>();
    let built = share.built.iter().map(|own| {
        let users: Vec<usize> = own.used_by.iter().map(|i| i + 1).collect();
        json!({"segment": SegmentId::as_str(&own.segment), "cost_usd": own.cost.dollars(), "used_by": users})
    });
    let coalitions = share.coalitions.iter().map(
        |own| json!({"members": group(own.coalition), "cost_usd": own.cost.dollars(), "gap_usd": own.gap.dollars()}),
    );
    let rules = share.rules.iter().map(|own| {
        let shares = own.shares.iter().enumerate().map(|(player, usd)| {
            let error = own.standard_errors.as_ref().and_then(|errors| errors.get(player));
            json!({"country": words.code(player), "usd": usd.dollars(), "standard_error_usd": error})
        });
        let (in_core, blocked_by, gain) = match own.standing {
            Standing::InCore => (Some(true), None, None),
            Standing::Blocked(found) => (Some(false), Some(group(found.coalition)), Some(found.gain / 100.0)),
            Standing::NotBlocked | Standing::Unknown => (None, None, None),
        };
        json!({
            "rule": own.rule.as_str(),
            "shares": shares.collect::<Vec<_>>(),
            "in_core": in_core,
            "blocked_by": blocked_by,
            "gain_usd": gain,
        })
    });
    let stuck = share.stuck.map(|stuck| json!({"members": group(stuck.coalition), "demand": stuck.demand + 1}));
    let forgone = share.question.countries.iter().zip(&share.forgone);
    let forgone = forgone.map(|(country, fee)| json!({"country": country.to_string(), "usd": fee.dollars()}));
    vec![
        ("total_usd", json!(share.total.dollars())),
        ("gap_usd", json!(share.gap.dollars())),
        ("saving_usd", json!(share.saving().map(Usd::dollars))),
        ("forgone_fees", forgone.collect()),
        ("core_is_empty", json!(share.core_is_empty)),
        ("cannot_do_alone", json!(stuck)),
        ("rules", rules.collect()),
        ("coalitions", coalitions.collect()),
        ("built", built.collect()),
        ("segments_to_build", json!(share.n_to_build)),
        ("sampling", json!(share.question.sampling.map(|own| json!({"pairs": own.pairs, "seed": own.seed})))),
    ]
}
