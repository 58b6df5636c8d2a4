//! What can be bounded, weighed and put on a front.

use std::fmt;

use crate::network::CountryCode;

/// A figure of a route that is the sum of its steps' figures, in whole units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// Cost over the term, cents.
    Cost,
    /// One-way latency, femtoseconds.
    Latency,
    /// Length, metres.
    Length,
    /// -ln(availability), in units of 1e-15.
    Unavailability,
    /// Borders passed.
    Crossings,
    /// Length that lies in a country, metres.
    LengthIn(CountryCode),
    /// Transit fees due in a country, cents: a part of the cost. Nothing in the countries of the route's ends.
    FeesIn(CountryCode),
    /// How often a country is entered.
    Entries(CountryCode),
}

impl Measure {
    /// Those that compare whole routes.
    pub const ALL: [Self; 5] = [Self::Cost, Self::Latency, Self::Length, Self::Unavailability, Self::Crossings];

    /// Its name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Cost => "cost",
            Self::Latency => "latency",
            Self::Length => "length",
            Self::Unavailability => "unavailability",
            Self::Crossings => "crossings",
            Self::LengthIn(_) => "length in a country",
            Self::FeesIn(_) => "fees in a country",
            Self::Entries(_) => "entries into a country",
        }
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LengthIn(country) => write!(f, "length in {country}"),
            Self::FeesIn(country) => write!(f, "fees in {country}"),
            Self::Entries(country) => write!(f, "entries into {country}"),
            other => f.write_str(other.as_str()),
        }
    }
}
