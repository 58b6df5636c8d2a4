//! What a route may at most, or must at least, amount to.

use std::fmt;

use crate::metrics::{Criterion, Measure};
use crate::network::CountryCode;
use crate::units::{Latency, Length, Usd};

/// Upper bounds, one a criterion at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Bounds {
    most: [Option<u64>; Criterion::ALL.len()],
}

impl Bounds {
    /// The most that is allowed of a criterion, in whole units.
    #[must_use]
    pub const fn get(&self, of: Criterion) -> Option<u64> {
        self.most[of as usize]
    }

    /// Sets a bound, or drops it.
    pub const fn set(&mut self, of: Criterion, most: Option<u64>) {
        self.most[of as usize] = most;
    }

    /// These bounds with one more, or with another in its place.
    #[must_use]
    pub const fn with(mut self, of: Criterion, most: u64) -> Self {
        self.set(of, Some(most));
        self
    }

    /// The bounds on sums over steps: without those that only the whole route tells.
    #[must_use]
    pub fn only_sums(mut self) -> Self {
        Criterion::ALL.into_iter().filter(|of| of.measure().is_none()).for_each(|of| self.set(of, None));
        self
    }

    /// A route that takes at most this long one way.
    #[must_use]
    pub const fn latency(self, one_way: Latency) -> Self {
        self.with(Criterion::Latency, one_way.femtoseconds())
    }

    /// A route whose round trip takes at most this long.
    #[must_use]
    pub const fn round_trip(self, there_and_back: Latency) -> Self {
        self.with(Criterion::Latency, there_and_back.femtoseconds() / 2)
    }

    /// A route that costs at most this over the term.
    #[must_use]
    pub fn cost(self, most: Usd) -> Self {
        self.with(Criterion::Cost, most.cents().max(0) as u64)
    }

    /// A route of at most this length.
    #[must_use]
    pub const fn length(self, most: Length) -> Self {
        self.with(Criterion::Length, most.metres())
    }

    /// Every bound, in the order of [`Criterion::ALL`].
    pub fn iter(&self) -> impl Iterator<Item = (Criterion, u64)> {
        Criterion::ALL.into_iter().zip(self.most).filter_map(|(of, most)| Some((of, most?)))
    }

    /// These bounds, and those of others on what these do not bound.
    #[must_use]
    pub fn or(self, others: Self) -> Self {
        let mut most = self.most;
        most.iter_mut().zip(others.most).for_each(|(most, other)| *most = most.or(other));
        Self { most }
    }

    /// The bounds on sums over the steps of a route, each with what it bounds.
    pub fn limits(&self) -> impl Iterator<Item = (Measure, u64)> {
        self.iter().filter_map(|(of, most)| Some((of.measure()?, most)))
    }

    /// The most countries that may be entered besides those of the two ends, by either bound on countries: below 0 if the
    /// ends alone are too many.
    #[must_use]
    pub fn most_transit(&self, ends: (CountryCode, CountryCode)) -> Option<i64> {
        let of_ends = if ends.0 == ends.1 { 1 } else { 2 };
        let count = |of| self.get(of).map(|most| i64::try_from(most).unwrap_or(i64::MAX));
        let by_all = count(Criterion::Countries).map(|most| most - of_ends);
        by_all.into_iter().chain(count(Criterion::TransitCountries)).min()
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
            let most = Criterion::Unavailability.whole(parse_percent(&typed).expect("a percentage"));
            assert!(risk <= most, "{typed}: {risk} units are more than {most}");
            risk = risk * 3 + 1;
        }
        assert_eq!(Criterion::Unavailability.whole(0.0), u64::MAX);
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
