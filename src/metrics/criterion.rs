//! The criteria that routes are compared and bounded by: names, units, values.
//!
//! A [`Measure`] is the sum of its steps, so that a search can minimise and bound it; a [`Criterion`] is a figure of the
//! whole route that a user can bound, by a sum or not. Words about them are made in the report.

use std::collections::BTreeSet;
use std::fmt;

use super::availability::{RISK_UNITS, availability};
use super::cost::Term;
use super::route::Route;
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

impl Measure {
    /// Its amount on a route, in whole units: the sum over the steps.
    #[must_use]
    pub fn of(self, route: &Route) -> u64 {
        let share = |country| route.shares.iter().find(move |share| share.country == country);
        match self {
            Self::Cost => route.bill.total().cents().max(0) as u64,
            Self::Latency => route.latency().femtoseconds(),
            Self::Length => route.length.metres(),
            Self::Unavailability => route.risk,
            Self::Crossings => route.passages.len() as u64,
            Self::LengthIn(country) => share(country).map_or(0, |share| share.length.metres()),
            Self::FeesIn(country) => {
                share(country).map_or(0, |share| share.bill.term(Term::Transit).cents().max(0) as u64)
            }
            Self::Entries(country) => route.passages.iter().filter(|passage| passage.to == country).count() as u64,
        }
    }
}

/// A figure of a whole route that can be bounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Criterion {
    /// One-way latency, femtoseconds; typed as a round trip.
    Latency,
    /// Cost, cents.
    Cost,
    /// Length, metres.
    Length,
    /// -ln(availability), in units of 1e-15; typed as a least availability.
    Unavailability,
    /// Borders passed.
    Crossings,
    /// Different countries.
    Countries,
    /// Different countries that are neither end's.
    TransitCountries,
}

/// The form in which a bound is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BoundForm {
    /// A number above 0.
    Number,
    /// A percentage, the least that is allowed.
    LeastPercent,
    /// A whole number.
    Count,
}

/// The names of a bound, and the form of its amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BoundNames {
    /// Key in `[routing]` of a scenario.
    pub setting: &'static str,
    /// Field of a query of a batch.
    pub field: &'static str,
    /// Option of the command line, without its hyphens.
    pub option: &'static str,
    /// Key in the query of an answer.
    pub answer: &'static str,
    /// Form of the amount.
    pub form: BoundForm,
}

impl Criterion {
    /// Every criterion, in the order in which bounds are thought of.
    pub const ALL: [Self; 7] = [
        Self::Latency,
        Self::Cost,
        Self::Length,
        Self::Unavailability,
        Self::Crossings,
        Self::Countries,
        Self::TransitCountries,
    ];

    /// The measure that it is, where it is a sum over steps.
    #[must_use]
    pub const fn measure(self) -> Option<Measure> {
        match self {
            Self::Latency => Some(Measure::Latency),
            Self::Cost => Some(Measure::Cost),
            Self::Length => Some(Measure::Length),
            Self::Unavailability => Some(Measure::Unavailability),
            Self::Crossings => Some(Measure::Crossings),
            Self::Countries | Self::TransitCountries => None,
        }
    }

    /// The names of its bound.
    #[must_use]
    pub const fn names(self) -> BoundNames {
        let (setting, field, option, answer, form) = match self {
            Self::Latency => ("max_latency_ms", "max_rtt_ms", "max-rtt-ms", "max_rtt_ms", BoundForm::Number),
            Self::Cost => ("max_cost_usd", "max_cost_usd", "max-cost-usd", "max_cost_usd", BoundForm::Number),
            Self::Length => ("max_length_km", "max_length_km", "max-length-km", "max_length_km", BoundForm::Number),
            Self::Unavailability => {
                let name = "min_availability";
                (name, name, "min-availability", name, BoundForm::LeastPercent)
            }
            Self::Crossings => ("max_crossings", "max_crossings", "max-crossings", "max_crossings", BoundForm::Count),
            Self::Countries => ("max_countries", "max_countries", "max-countries", "max_countries", BoundForm::Count),
            Self::TransitCountries => {
                let name = "max_transit_countries";
                (name, "max_transit", "max-transit", name, BoundForm::Count)
            }
        };
        BoundNames { setting, field, option, answer, form }
    }

    /// The least bound, in whole units, that lets a route be.
    #[must_use]
    pub fn of(self, route: &Route) -> u64 {
        let different = || route.countries.iter().copied().collect::<BTreeSet<CountryCode>>();
        match self {
            Self::Latency => Measure::Latency.of(route),
            Self::Cost => Measure::Cost.of(route),
            Self::Length => Measure::Length.of(route),
            Self::Unavailability => whole_unavailability(route.availability),
            Self::Crossings => Measure::Crossings.of(route),
            Self::Countries => different().len() as u64,
            Self::TransitCountries => {
                let ends = [route.countries.first(), route.countries.last()];
                different().iter().filter(|country| !ends.contains(&Some(country))).count() as u64
            }
        }
    }

    /// A bound as a scenario writes it, in whole units: ms one way, USD, km, a share from 0 to 1, a count. Rounded so that
    /// a figure as printed bounds itself: 1.15 USD are 115 cents, though 1.15 x 100 falls short of it.
    #[must_use]
    pub fn whole(self, written: f64) -> u64 {
        match self {
            Self::Latency => (written * 1e12).round() as u64,
            Self::Cost => (written * 100.0 + 1e-4).floor() as u64,
            Self::Length => (written * 1000.0 + 1e-4).floor() as u64,
            Self::Unavailability => whole_unavailability(written),
            Self::Crossings | Self::Countries | Self::TransitCountries => written as u64,
        }
    }

    /// A bound in whole units as a scenario writes it: the inverse of [`Criterion::whole`].
    #[must_use]
    pub fn written(self, most: u64) -> f64 {
        match self {
            Self::Latency => most as f64 / 1e12,
            Self::Cost => most as f64 / 100.0,
            Self::Length => most as f64 / 1000.0,
            Self::Unavailability => least_availability(most),
            Self::Crossings | Self::Countries | Self::TransitCountries => most as f64,
        }
    }

    /// The same as options and answers have it: a latency as a round trip.
    #[must_use]
    pub fn answered(self, most: u64) -> f64 {
        match self {
            Self::Latency => most as f64 / 5e11,
            Self::Cost
            | Self::Length
            | Self::Unavailability
            | Self::Crossings
            | Self::Countries
            | Self::TransitCountries => self.written(most),
        }
    }

    /// A bound as options have it, in whole units: the inverse of [`Criterion::answered`].
    #[must_use]
    pub fn whole_of_option(self, typed: f64) -> u64 {
        match self {
            Self::Latency => self.whole(typed / 2.0),
            Self::Cost
            | Self::Length
            | Self::Unavailability
            | Self::Crossings
            | Self::Countries
            | Self::TransitCountries => self.whole(typed),
        }
    }
}

/// The most -ln(availability) that a least availability from 0 to 1 allows, in units of 1e-15. Two units are added for
/// what a percentage loses when it is divided, so that a figure as printed bounds itself.
fn whole_unavailability(availability: f64) -> u64 {
    ((-availability.ln() * RISK_UNITS).ceil() as u64).saturating_add(2)
}

/// The least availability, from 0 to 1, as it was typed: of the figures that mean this bound, that of fewest digits.
fn least_availability(most: u64) -> f64 {
    let exact = availability(most) * 100.0;
    let typed =
        (0..17).filter_map(|digits| format!("{exact:.digits$}").parse::<f64>().ok()).map(|percent| percent / 100.0);
    let mut same = typed.filter(|share| whole_unavailability(*share) == most);
    same.next().unwrap_or(exact / 100.0)
}
