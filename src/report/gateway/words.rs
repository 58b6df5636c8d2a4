//! The answer of `gateway` in one sentence.

use super::names::{hub_name, loss_by, lost, reliance};
use crate::analysis::{Gained, Gateway, Gateways, Worst};
use crate::report::compare::superlative;
use crate::report::context::Context;
use crate::report::ledger::listed;
use crate::request::{End, Objective};

/// What a country's ways to the hubs come to: the gateways that win, and the worst dependence.
#[must_use]
pub fn gateway_conclusion(context: &Context<'_>, answer: &Gateways) -> String {
    let country = context.country_name(answer.country);
    let n = answer.hubs.len();
    let reached = answer.hubs.iter().filter(|hub| hub.best.iter().any(Option::is_some)).count();
    if reached == 0 {
        return format!("{country} reaches none of the {}.", hubs_of(n));
    }
    let mut text = if reached == n {
        format!("{country} reaches {}.", if n == 1 { "the hub".to_owned() } else { format!("all {n} hubs") })
    } else {
        let missing = answer.hubs.iter().filter(|hub| hub.best.iter().all(Option::is_none));
        let names: Vec<String> = missing.map(|hub| context.end_name(&hub.hub)).collect();
        format!("{country} reaches {reached} of the {}: there is no route to {}.", hubs_of(n), listed(&names))
    };
    for (i, &objective) in answer.objectives.iter().enumerate() {
        text += &format!(" {} {}.", superlative(objective), winners(context, answer, i));
    }
    text + &worst(context, answer)
}

/// A change below this comes of rounding.
const NOTHING: f64 = 1e-9;

fn hubs_of(n: usize) -> String {
    if n == 1 { "1 hub".to_owned() } else { format!("{n} hubs") }
}

/// `by Bajgiran into Iran to Singapore and Hong Kong, by ... to the others`
fn winners(context: &Context<'_>, answer: &Gateways, objective: usize) -> String {
    let mut groups: Vec<(&Gateway, Vec<String>)> = Vec::new();
    for hub in 0..answer.hubs.len() {
        let Some(winner) = answer.winner(hub, objective) else { continue };
        let name = hub_name(context, answer, hub);
        match groups.iter_mut().find(|(own, _)| *own == winner) {
            Some((_, hubs)) => hubs.push(name),
            None => groups.push((winner, vec![name])),
        }
    }
    let by = |own: &Gateway| format!("by {} into {}", own.name, context.country_name(own.to));
    match groups.as_slice() {
        [(only, _)] => format!("to all that are reached: {}", by(only)),
        several => {
            let parts: Vec<String> =
                several.iter().map(|(own, hubs)| format!("to {}: {}", listed(hubs), by(own))).collect();
            parts.join("; ")
        }
    }
}

fn worst(context: &Context<'_>, answer: &Gateways) -> String {
    let Some(one) = answer.dependence.first() else { return String::new() };
    let name = reliance(context, &one.on);
    let passing = one.losses.iter().map(|loss| loss.passing).sum::<usize>();
    let counted = one.losses.iter().map(|loss| loss.counted).sum::<usize>();
    let mut effects = Vec::new();
    let gone: Vec<String> = lost(one).into_iter().map(|hub| hub_name(context, answer, hub)).collect();
    if !gone.is_empty() {
        effects.push(format!("{} can no longer be reached", listed(&gone)));
    }
    let worst_ms = loss_by(answer, one, Objective::Latency).worst_rtt_ms;
    if let Some(Worst { more: ms, hub }) = worst_ms.filter(|worst| worst.more >= 0.05) {
        effects.push(format!("the way to {} takes {ms:.1} ms RTT more", hub_name(context, answer, hub)));
    }
    let worst_usd = loss_by(answer, one, Objective::Cost).worst_usd;
    if let Some(Worst { more: usd, hub }) = worst_usd.filter(|worst| worst.more >= 0.005) {
        effects
            .push(format!("the way to {} costs {usd:.2} USD per Mbps and month more", hub_name(context, answer, hub)));
    }
    if effects.is_empty() {
        return format!(" It would feel the loss of {name} most, but even without it hardly anything changes.");
    }
    format!(
        " It would feel the loss of {name} most: {passing} of {counted} best routes pass it, and without it {}.",
        listed(&effects)
    )
}

/// Texts, each with the hubs that it is true of.
type ByText = Vec<(String, Vec<String>)>;

/// What changes, hub by hub.
#[derive(Debug, Default)]
struct Changes {
    gains: ByText,
    losses: ByText,
    /// Where the fastest way gets faster and dearer.
    dearer: ByText,
    found: Vec<String>,
    gone: Vec<String>,
    same: Vec<String>,
}

/// What a country gains between two scenarios: towards which hubs it saves how much, and where nothing changes.
///
/// The round trip is that of the fastest routes, the cost that of the cheapest, where both were asked.
#[must_use]
pub fn gateway_gains(context: &Context<'_>, country: &str, scenario: &str, gained: &[Gained]) -> String {
    let mut changes = Changes::default();
    let mut hubs: Vec<&End> = Vec::new();
    for one in gained {
        if !hubs.contains(&&one.hub) {
            hubs.push(&one.hub);
            let own: Vec<&Gained> = gained.iter().filter(|other| other.hub == one.hub).collect();
            changes.add(context.end_name(&one.hub), &own);
        }
    }
    let Changes { gains, losses, dearer, found, gone, same } = changes;
    let mut parts: Vec<String> = Vec::new();
    for (verb, list) in [("gains", gains), ("loses", losses)].into_iter().filter(|(_, list)| !list.is_empty()) {
        parts.push(format!("{verb} {}", each(&list, "towards").join(", ")));
    }
    let also = |names: &[String], words: &str| (!names.is_empty()).then(|| format!("{words} {}", listed(names)));
    parts.extend(also(&found, "reaches, as it did not before,"));
    parts.extend(also(&gone, "can no longer reach"));
    if parts.is_empty() {
        return format!("With {scenario} nothing changes for {country} towards {}.", either(&same));
    }
    let rest = if same.is_empty() { String::new() } else { format!("; towards {} nothing changes", listed(&same)) };
    let mut text = format!("With {scenario} {country} {}{rest}.", parts.join("; "));
    if !dearer.is_empty() {
        text += &format!(" The faster way costs {}.", listed(&each(&dearer, "to")));
    }
    let by_cost = || gained.iter().filter(|one| one.objective == Objective::Cost);
    let changes = by_cost().any(|one| one.usd().is_some_and(|usd| usd.abs() > NOTHING));
    if by_cost().next().is_some() && !changes && found.is_empty() && gone.is_empty() {
        text += " No cheapest way becomes cheaper: 0.00 USD per Mbps-month is gained.";
    }
    text
}

impl Changes {
    /// Adds what changes towards a hub, by each objective.
    fn add(&mut self, name: String, own: &[&Gained]) {
        let by = |objective| own.iter().find(|one| one.objective == objective).or(own.first()).copied();
        let (Some(fastest), Some(cheapest)) = (by(Objective::Latency), by(Objective::Cost)) else { return };
        match (cheapest.usd_per_mbps_month.before, cheapest.usd_per_mbps_month.after) {
            (None, Some(_)) => self.found.push(name),
            (Some(_), None) => self.gone.push(name),
            (None, None) => self.same.push(name),
            (Some(_), Some(_)) => {
                let parts = [
                    amount(fastest.ms(), 1, "ms on the fastest way"),
                    amount(cheapest.usd(), 2, "USD per Mbps-month on the cheapest"),
                ];
                if parts.iter().all(Option::is_none) {
                    self.same.push(name);
                    return;
                }
                let (ms, usd) = (fastest.ms().unwrap_or(0.0), fastest.usd().unwrap_or(0.0));
                if ms > NOTHING && usd <= -0.005 {
                    let text = format!("{:.2} USD per Mbps-month more than before", -usd);
                    add(&mut self.dearer, text, &name);
                }
                let side = |gains: bool| {
                    let texts = parts.iter().flatten().filter(|(is_gain, _)| *is_gain == gains);
                    listed(&texts.map(|(_, text)| text.clone()).collect::<Vec<_>>())
                };
                add(&mut self.gains, side(true), &name);
                add(&mut self.losses, side(false), &name);
            }
        }
    }
}

fn each(list: &ByText, towards: &str) -> Vec<String> {
    list.iter().map(|(text, hubs)| format!("{text} {towards} {}", listed(hubs))).collect()
}

fn either(names: &[String]) -> String {
    match names {
        [] => "any hub".to_owned(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} or {last}", most.join(", ")),
    }
}

fn add(list: &mut ByText, text: String, name: &str) {
    if text.is_empty() {
        return;
    }
    match list.iter_mut().find(|(known, _)| *known == text) {
        Some((_, names)) => names.push(name.to_owned()),
        None => list.push((text, vec![name.to_owned()])),
    }
}

/// Whether an amount is a gain, and its size in words; `None` where there is no change.
fn amount(saved: Option<f64>, decimals: usize, unit: &str) -> Option<(bool, String)> {
    let saved = saved.filter(|saved| saved.abs() > NOTHING)?;
    let least = 0.1_f64.powi(decimals as i32);
    let text = if saved.abs() < least / 2.0 {
        format!("less than {least:.decimals$} {unit}")
    } else {
        format!("{:.decimals$} {unit}", saved.abs())
    };
    Some((saved > 0.0, text))
}
