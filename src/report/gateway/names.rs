//! The names of what `gateway` shows.

use crate::analysis::{Dependence, Gateways, Loss, Reliance};
use crate::metrics::Route;
use crate::report::compare::superlative;
use crate::report::context::Context;
use crate::request::Objective;

/// What an objective's tables show.
pub(super) fn measured(objective: Objective) -> String {
    match objective {
        Objective::Latency => "RTT ms, fastest route".to_owned(),
        other => format!("USD per Mbps and month, {} route", superlative(other).to_lowercase()),
    }
}

/// The figure that an objective's tables show.
pub(super) fn figure(route: &Route, objective: Objective) -> String {
    match objective {
        Objective::Latency => format!("{:.1}", route.rtt_ms()),
        _ => format!("{:.2}", route.usd_per_mbps_month),
    }
}

/// What is leant on, in words.
pub(super) fn reliance(context: &Context<'_>, on: &Reliance) -> String {
    match on {
        Reliance::Country(code) => context.country_name(*code),
        Reliance::System { name, is_all: true, .. } => name.clone(),
        Reliance::System { name, segments, is_all: false } => {
            // Of a name that stands for several cables, the one meant is told by its first segment.
            let first = segments.first().and_then(|id| context.network.find_segment(id));
            let ends = first.map(|segment| context.network.ends(segment));
            ends.map_or_else(|| name.clone(), |(a, b)| format!("{name}, {} - {}", a.short_name(), b.short_name()))
        }
    }
}

/// The hubs that are lost for any objective.
pub(super) fn lost(one: &Dependence) -> Vec<usize> {
    let mut all: Vec<usize> = one.losses.iter().flat_map(|loss| loss.lost.iter().copied()).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// The loss by an objective, or by the first where that was not asked.
pub(super) fn loss_by<'a>(answer: &Gateways, one: &'a Dependence, objective: Objective) -> &'a Loss {
    let index = answer.objectives.iter().position(|&own| own == objective).unwrap_or(0);
    &one.losses[index]
}

pub(super) fn hub_name(context: &Context<'_>, answer: &Gateways, hub: usize) -> String {
    answer.hubs.get(hub).map_or_else(String::new, |reach| context.end_name(&reach.hub))
}
