//! What a corridor gains or loses against the ways round its middle.

use super::plan::Plan;
use super::transit::{Bypass, Transit};
use crate::metrics::{Route, Tariff};
use crate::network::CountryCode;
use crate::prices::PriceFamily;

/// What a corridor gains or loses: its fastest route against the fastest of the ways round its middle, its cheapest
/// against the cheapest.
#[derive(Debug, Clone, Copy)]
pub struct Verdict<'t> {
    /// Whether the corridor's route is there; if not, some of its segments are missing.
    pub is_usable: bool,
    /// Against the ways round; `None` if there is none.
    pub against: Option<Against<'t>>,
}

/// A corridor against the ways round its middle.
#[derive(Debug, Clone, Copy)]
pub struct Against<'t> {
    /// The fastest way round.
    pub fastest: &'t Bypass,
    /// The round-trip time that the corridor saves against it, ms.
    pub saved_ms: f64,
    /// The cheapest way round.
    pub cheapest: &'t Bypass,
    /// What the corridor saves against it, millions of USD.
    pub saved_millions: f64,
    /// Where the two cost the same; `None` where no fee by the km is paid.
    pub break_even: Option<BreakEven>,
}

/// The transit fee at which a corridor and the cheapest way round cost the same: exact, as both are linear in it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BreakEven {
    /// The middle country with the most kilometres.
    pub country: CountryCode,
    /// Its fee now, USD per Gbps-km-year.
    pub now: f64,
    /// The fee at which both cost the same.
    pub fee: f64,
}

/// What a corridor gains or loses. `None` where there is nothing to compare: no route, or no country in the middle.
#[must_use]
pub fn verdict<'t>(plan: &Plan<'_>, transit: &'t Transit) -> Option<Verdict<'t>> {
    if transit.corridor.len() < 3 {
        // Two countries have nothing between them that could be gone round.
        return None;
    }
    let best = transit.rows.iter().find(|row| row.missing.is_empty()).or(transit.rows.first())?;
    let is_usable = best.missing.is_empty();
    if transit.bypasses.is_empty() {
        return Some(Verdict { is_usable, against: None });
    }
    let fastest = transit.bypasses.iter().min_by(|a, b| a.route.latency().cmp(&b.route.latency()))?;
    let cheapest = transit.bypasses.iter().min_by_key(|bypass| bypass.route.bill.total())?;
    let (own_fastest, own_cheapest) = match &transit.best_at {
        Some((fastest, cheapest)) if is_usable => (fastest, cheapest),
        _ => (&best.route, &best.route),
    };
    let against = Against {
        fastest,
        saved_ms: fastest.route.rtt_ms() - own_fastest.rtt_ms(),
        cheapest,
        saved_millions: cheapest.route.bill.total().millions() - own_cheapest.bill.total().millions(),
        break_even: break_even(plan, transit, own_cheapest, cheapest),
    };
    Some(Verdict { is_usable, against: Some(against) })
}

fn break_even(plan: &Plan<'_>, transit: &Transit, best: &Route, cheapest: &Bypass) -> Option<BreakEven> {
    let middle = &transit.corridor[1..transit.corridor.len().saturating_sub(1)];
    let share = best.shares.iter().filter(|share| middle.contains(&share.country)).max_by_key(|share| share.length)?;
    let ends = (*best.countries.first()?, *best.countries.last()?);
    let years_paid = 1.0 / Tariff::new(plan.book(), plan.demand(), ends).capital_recovery_factor();
    let per_unit_fee = plan.demand().gbps.get() * share.length.km() * years_paid;
    if per_unit_fee <= 0.0 {
        return None;
    }
    let now = plan.book().for_country(PriceFamily::TransitPerKm, share.country).1.base;
    let gap = cheapest.route.bill.total().dollars() - best.bill.total().dollars();
    Some(BreakEven { country: share.country, now, fee: now + gap / per_unit_fee })
}
