//! What a route may at most, or must at least, amount to.

use std::fmt;

use crate::metrics::Measure;
use crate::metrics::availability::{RISK_UNITS, availability};
use crate::network::CountryCode;

/// Upper bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Bounds {
    /// One-way latency, femtoseconds.
    pub latency_fs: Option<u64>,
    /// Total cost, cents.
    pub cost_cents: Option<u64>,
    /// Length, metres.
    pub length_m: Option<u64>,
    /// -ln(availability), in units of 1e-15.
    pub unavailability: Option<u64>,
    /// Borders passed.
    pub crossings: Option<u64>,
    /// Different countries, those of both ends included.
    pub countries: Option<u32>,
    /// Different countries that are neither end's.
    pub transit_countries: Option<u32>,
}

impl Bounds {
    /// The bounds on sums over the steps of a route, each with what it bounds.
    pub fn limits(&self) -> impl Iterator<Item = (Measure, u64)> {
        let all = [
            (Measure::Latency, self.latency_fs),
            (Measure::Cost, self.cost_cents),
            (Measure::Length, self.length_m),
            (Measure::Unavailability, self.unavailability),
            (Measure::Crossings, self.crossings),
        ];
        all.into_iter().filter_map(|(measure, most)| Some((measure, most?)))
    }

    /// The most countries that may be entered besides those of the two ends, by either bound on countries: below 0 if the
    /// ends alone are too many.
    #[must_use]
    pub fn most_transit(&self, ends: (CountryCode, CountryCode)) -> Option<i64> {
        let of_ends = if ends.0 == ends.1 { 1 } else { 2 };
        let by_all = self.countries.map(|most| i64::from(most) - of_ends);
        by_all.into_iter().chain(self.transit_countries.map(i64::from)).min()
    }

    /// The least availability, from 0 to 1, as it was typed: of the figures that mean this bound, that of fewest digits.
    #[must_use]
    pub fn min_availability(&self) -> Option<f64> {
        let exact = availability(self.unavailability?) * 100.0;
        let typed =
            (0..17).filter_map(|digits| format!("{exact:.digits$}").parse::<f64>().ok()).map(|percent| percent / 100.0);
        let mut same = typed.filter(|share| Some(Self::whole_unavailability(*share)) == self.unavailability);
        Some(same.next().unwrap_or(exact / 100.0))
    }

    /// A bound on latency in milliseconds as whole femtoseconds, so that a figure as printed bounds itself.
    #[must_use]
    pub fn whole_fs(ms: f64) -> u64 {
        (ms * 1e12).round() as u64
    }

    /// A bound on cost in dollars as whole cents: 1.15 dollars are 115 cents, though 1.15 x 100 falls short of it.
    #[must_use]
    pub fn whole_cents(usd: f64) -> u64 {
        (usd * 100.0 + 1e-4).floor() as u64
    }

    /// A bound on length in kilometres as whole metres.
    #[must_use]
    pub fn whole_metres(km: f64) -> u64 {
        (km * 1000.0 + 1e-4).floor() as u64
    }

    /// The most -ln(availability) that a least availability from 0 to 1 allows, in units of 1e-15. Two units are added
    /// for what a percentage loses when it is divided, so that a figure as printed bounds itself.
    #[must_use]
    pub fn whole_unavailability(availability: f64) -> u64 {
        ((-availability.ln() * RISK_UNITS).ceil() as u64).saturating_add(2)
    }
}

/// Whose length a share is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ShareOf {
    /// That country's; `XZ` for the sea's.
    Country(CountryCode),
    /// Every single one of the countries that are neither end's and have no bound of their own; not the sea's.
    EachTransitCountry,
}

/// At most this share of a route's length lies there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MaxShare {
    /// Where.
    pub of: ShareOf,
    /// The share, in millionths.
    pub millionths: u32,
}

/// Why a share is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected 0% to 100%, found {found:?}")]
pub struct PercentError {
    /// What was given.
    pub found: String,
}

/// A percentage with its sign, as in `99.9%`, as a share from 0 to 1: without the sign nobody could tell 0.5 from 0.5 %.
///
/// # Errors
/// If it is not a number with a `%` from 0 to 100.
///
/// ```
/// assert_eq!(fiberplan::request::parse_percent("12.5 %"), Ok(0.125));
/// assert!(fiberplan::request::parse_percent("12.5").is_err());
/// ```
pub fn parse_percent(text: &str) -> Result<f64, PercentError> {
    let number = text.trim().strip_suffix('%').and_then(|number| number.trim_end().parse::<f64>().ok());
    let inside = number.filter(|percent| (0.0..=100.0).contains(percent));
    inside.map(|percent| percent / 100.0).ok_or_else(|| PercentError { found: text.to_owned() })
}

impl MaxShare {
    /// A bound of a share from 0 to 1, kept in whole millionths.
    #[must_use]
    pub fn new(of: ShareOf, share: f64) -> Self {
        Self { of, millionths: (share.clamp(0.0, 1.0) * 1e6).round() as u32 }
    }

    /// The share in per cent.
    #[must_use]
    pub fn percent(self) -> f64 {
        f64::from(self.millionths) / 1e4
    }

    /// Whether a route keeps to it that has `here` of its `whole` metres there.
    #[must_use]
    pub fn holds(self, here: u64, whole: u64) -> bool {
        u128::from(here) * 1_000_000 <= u128::from(whole) * u128::from(self.millionths)
    }
}

impl fmt::Display for ShareOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Country(country) => write!(f, "{country}"),
            Self::EachTransitCountry => f.write_str("*"),
        }
    }
}

/// As `--max-share` takes it.
impl fmt::Display for MaxShare {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}%", self.of, self.percent())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages() {
        for (text, share) in [("0%", 0.0), ("100%", 1.0), (" 87.5 % ", 0.875), ("1e1%", 0.1)] {
            assert_eq!(parse_percent(text), Ok(share), "{text}");
        }
        for text in ["", "%", "40", "0.4", "-1%", "100.1%", "nan%", "inf%", "4 0%", "%40"] {
            let error = parse_percent(text).expect_err(text).to_string();
            assert_eq!(error, format!("expected 0% to 100%, found {text:?}"));
        }
    }

    #[test]
    fn a_figure_as_printed_bounds_itself() {
        let mut risk = 1_u64;
        while risk < 9_000_000_000_000_000 {
            let up = crate::metrics::availability::availability(risk);
            let typed = format!("{}%", up * 100.0);
            let most = Bounds::whole_unavailability(parse_percent(&typed).expect("a percentage"));
            assert!(risk <= most, "{typed}: {risk} units are more than {most}");
            risk = risk * 3 + 1;
        }
        assert_eq!(Bounds::whole_unavailability(0.0), u64::MAX);
    }

    #[test]
    fn shares_to_the_metre() {
        let third = MaxShare::new(ShareOf::EachTransitCountry, 1.0 / 3.0);
        assert!(third.holds(333_333, 1_000_000) && !third.holds(333_334, 1_000_000));
        assert_eq!(third.to_string(), "*=33.3333%");
        assert!(MaxShare::new(ShareOf::EachTransitCountry, 0.0).holds(0, 1));
        assert!(!MaxShare::new(ShareOf::EachTransitCountry, 0.0).holds(1, u64::MAX));
    }
}
