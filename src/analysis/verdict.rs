//! What a corridor gains or loses, in words.

use super::plan::Plan;
use super::transit::{Bypass, Transit};
use crate::metrics::{Route, Tariff};
use crate::network::CountryCode;
use crate::units::{grouped, separated};

/// One sentence on what the corridor gains or loses against the ways round its middle: its fastest route against the
/// fastest of those, its cheapest against the cheapest.
///
/// The break-even transit fee is exact for the two cheapest: their costs are linear in it. `None` where there is nothing
/// to compare: no route, or no country in the middle.
#[must_use]
pub fn verdict(plan: &Plan<'_>, transit: &Transit, name: impl Fn(CountryCode) -> String) -> Option<String> {
    if transit.corridor.len() < 3 {
        // Two countries have nothing between them that could be gone round.
        return None;
    }
    let best = transit.rows.iter().find(|row| row.missing.is_empty()).or(transit.rows.first())?;
    let end = plan.network().find_node(&transit.to)?.short_name().to_owned();
    let tense = if best.missing.is_empty() { "is" } else { "would be, once its missing segments are there," };
    if transit.bypasses.is_empty() {
        return Some(format!("the corridor {tense} the only way to {end}: nothing usable goes round its middle."));
    }
    let fastest = transit.bypasses.iter().min_by(|a, b| a.route.latency().cmp(&b.route.latency()))?;
    let cheapest = transit.bypasses.iter().min_by_key(|bypass| bypass.route.bill.total())?;
    let (own_fastest, own_cheapest) = match &transit.best_at {
        Some((fastest, cheapest)) if best.missing.is_empty() => (fastest, cheapest),
        _ => (&best.route, &best.route),
    };
    let saved_ms = fastest.route.rtt_ms() - own_fastest.rtt_ms();
    let speed = if saved_ms >= 0.05 {
        let best = way(fastest, &name);
        format!("faster to {end} than any way round its middle, by {saved_ms:.1} ms RTT before the one {best}")
    } else {
        format!("{:.1} ms RTT slower to {end} than the way {}", -saved_ms, way(fastest, &name))
    };
    Some(format!("the corridor {tense} {speed}; {}", money(plan, transit, own_cheapest, cheapest, &name)))
}

fn money(
    plan: &Plan<'_>,
    transit: &Transit,
    best: &Route,
    cheapest: &Bypass,
    name: &impl Fn(CountryCode) -> String,
) -> String {
    let saved = cheapest.route.bill.total().millions() - best.bill.total().millions();
    let sum = |millions: f64| separated(&format!("{millions:.1}"));
    let standing = if saved >= 0.0 {
        format!("it is cheaper than any of these, by {} MUSD before the one {}", sum(saved), way(cheapest, name))
    } else {
        format!("it costs {} MUSD more than the way {}", sum(-saved), way(cheapest, name))
    };
    match break_even(plan, transit, best, cheapest) {
        Some((country, now, fee)) if saved >= 0.0 => {
            format!(
                "{standing}, and stays so until {} charges more than {fee:.2} USD per Gbps-km-year (now {now:.2}).",
                name(country)
            )
        }
        Some((country, now, fee)) if fee > 0.0 => {
            format!(
                "{standing}; the two meet where {} charges {fee:.2} USD per Gbps-km-year (now {now:.2}).",
                name(country)
            )
        }
        Some((country, now, _)) => {
            format!(
                "{standing}, and would even if {} charged nothing per km (now {now:.2} USD per Gbps-km-year).",
                name(country)
            )
        }
        None => format!("{standing}."),
    }
}

/// The middle country with the most kilometres, its transit fee per km now, and the fee at which both cost the same.
fn break_even(plan: &Plan<'_>, transit: &Transit, best: &Route, cheapest: &Bypass) -> Option<(CountryCode, f64, f64)> {
    let middle = &transit.corridor[1..transit.corridor.len().saturating_sub(1)];
    let share = best.shares.iter().filter(|share| middle.contains(&share.country)).max_by_key(|share| share.length)?;
    let ends = (*best.countries.first()?, *best.countries.last()?);
    let years_paid = 1.0 / Tariff::new(plan.book(), plan.demand(), ends).capital_recovery_factor();
    let per_unit_fee = plan.demand().gbps.get() * share.length.km() * years_paid;
    if per_unit_fee <= 0.0 {
        return None;
    }
    let now = plan.book().for_country("transit.per_km", share.country).1.base;
    let gap = cheapest.route.bill.total().dollars() - best.bill.total().dollars();
    Some((share.country, now, now + gap / per_unit_fee))
}

/// The way a bypass takes, in words; of many countries only the first and the last are named.
fn way(bypass: &Bypass, name: &impl Fn(CountryCode) -> String) -> String {
    let mut names: Vec<String> = bypass.by.iter().map(|&country| name(country)).collect();
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

impl Bypass {
    /// The way it takes, in words: `by Iran`, `by Egypt and the sea`.
    #[must_use]
    pub fn way(&self, name: impl Fn(CountryCode) -> String) -> String {
        way(self, &name)
    }
}

impl Transit {
    /// The best route in one line: `2,431 km, 24.8 ms RTT ...`.
    #[must_use]
    pub fn headline(route: &Route) -> String {
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
}
