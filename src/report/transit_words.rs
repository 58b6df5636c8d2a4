//! A corridor, the ways round it and what they cost against each other, in words.

use super::context::Context;
use crate::analysis::{Against, BreakEven, Bypass, Transit, Verdict};
use crate::metrics::Route;
use crate::network::CountryCode;
use crate::units::{grouped, separated};

/// One sentence on what a corridor gains or loses against the ways round its middle.
#[must_use]
pub fn verdict_in_words(context: &Context<'_>, transit: &Transit, verdict: &Verdict<'_>) -> String {
    let end = context.place_name(&transit.to);
    let tense = if verdict.is_usable { "is" } else { "would be, once its missing segments are there," };
    let Some(Against { fastest, saved_ms, .. }) = verdict.against else {
        return format!("the corridor {tense} the only way to {end}: nothing usable goes round its middle.");
    };
    let round = bypass_in_words(context, fastest);
    let speed = if saved_ms >= 0.05 {
        format!("faster to {end} than any way round its middle, by {saved_ms:.1} ms RTT before the one {round}")
    } else {
        format!("{:.1} ms RTT slower to {end} than the way {round}", -saved_ms)
    };
    let money = verdict.against.map_or_else(String::new, |against| money(context, &against));
    format!("the corridor {tense} {speed}; {money}")
}

fn money(context: &Context<'_>, against: &Against<'_>) -> String {
    let saved = against.saved_millions;
    let sum = |millions: f64| separated(&format!("{millions:.1}"));
    let round = bypass_in_words(context, against.cheapest);
    let standing = if saved >= 0.0 {
        format!("it is cheaper than any of these, by {} MUSD before the one {round}", sum(saved))
    } else {
        format!("it costs {} MUSD more than the way {round}", sum(-saved))
    };
    let Some(BreakEven { country, now, fee }) = against.break_even else { return format!("{standing}.") };
    let name = context.country_name(country);
    if saved >= 0.0 {
        format!("{standing}, and stays so until {name} charges more than {fee:.2} USD per Gbps-km-year (now {now:.2}).")
    } else if fee > 0.0 {
        format!("{standing}; the two meet where {name} charges {fee:.2} USD per Gbps-km-year (now {now:.2}).")
    } else {
        format!("{standing}, and would even if {name} charged nothing per km (now {now:.2} USD per Gbps-km-year).")
    }
}

/// The way a bypass takes: `by Iran`, `by Egypt and the sea`; of many countries only the first and the last are named.
pub(super) fn bypass_in_words(context: &Context<'_>, bypass: &Bypass) -> String {
    let mut names: Vec<String> = bypass.by.iter().map(|&country: &CountryCode| context.country_name(country)).collect();
    if names.len() > 3 {
        let between = names.len() - 2;
        names.splice(1..=between, [format!("{between} more")]);
    }
    if bypass.route.goes_by_sea() {
        names.push("the sea".to_owned());
    }
    match names.as_slice() {
        [] => "direct".to_owned(),
        [only] if bypass.by.is_empty() => only.replace("the sea", "by sea"),
        [only] => format!("by {only}"),
        [all @ .., last] => format!("by {} and {last}", all.join(", ")),
    }
}

/// A route in one line: `2,431 km, 24.8 ms RTT ...`.
pub(super) fn headline(route: &Route) -> String {
    let stretch = route.stretch().map_or_else(String::new, |s| format!(" ({s:.2} x light in glass)"));
    format!(
        "{} km, {:.1} ms RTT{stretch}, {} MUSD = {:.2} USD per Mbps and month, up {:.2} %",
        grouped(route.length.km().round() as i64),
        route.rtt_ms(),
        separated(&format!("{:.1}", route.bill.total().millions())),
        route.usd_per_mbps_month,
        route.availability * 100.0
    )
}
