//! How likely a route is to be up.
//!
//! A piece of cable fails at a rate of lambda per 1,000 km and year and takes MTTR hours to repair; its steady-state
//! availability is A = MTBF / (MTBF + MTTR) = 1 / (1 + lambda x km/1000 x MTTR/8760). Pieces stand in series, so a
//! route's availability is the product of theirs. Policy outages, power and equipment are not in it: see
//! `friction.country` in the price book for what shapes the choice under `--objective risk` without entering a figure.

use crate::units::Length;

/// Hours in a year of 365 days.
pub const HOURS_PER_YEAR: f64 = 8760.0;

/// One unit of risk: 1e-15 of -ln(availability). Risk is summed in whole units.
pub const RISK_UNITS: f64 = 1e15;

/// -ln(availability) of a piece of cable, in risk units.
///
/// Arguments: failures per 1,000 km and year; mean time to repair in hours.
#[must_use]
pub fn risk(length: Length, failures_per_1000_km_year: f64, repair_hours: f64) -> u64 {
    let unavailable = failures_per_1000_km_year * length.km() / 1000.0 * repair_hours / HOURS_PER_YEAR;
    (unavailable.max(0.0).ln_1p() * RISK_UNITS).round() as u64
}

/// The availability that a sum of risk stands for, from 0 to 1.
#[must_use]
pub fn availability(risk: u64) -> f64 {
    (-(risk as f64) / RISK_UNITS).exp()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_worked_case() {
        // 1,000 km of buried cable, 2.13 failures a year, 12 h each: 25.56 h down in 8785.56 h.
        let up = availability(risk(Length::from_metres(1_000_000), 2.13, 12.0));
        assert!((up - 8760.0 / 8785.56).abs() < 1e-12, "{up}");
    }

    #[test]
    fn series_multiplies() {
        let part = risk(Length::from_metres(300_000), 3.0, 20.0);
        assert!((availability(part + part) - availability(part).powi(2)).abs() < 1e-14);
    }
}
