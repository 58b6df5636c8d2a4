//! A cell of a table: a value with what is needed to show it. Its text stands here, for every format.

use crate::units::{Length, Usd, grouped, separated};

/// A cell of a table.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Words, or the name of a place.
    Text(String),
    /// Names, joined by `;`.
    List(Vec<String>),
    /// A count: `7`.
    Count(u64),
    /// A whole number, a year for example: `2026`.
    Whole(i64),
    /// `true` or `false`.
    Flag(bool),
    /// A number with all its digits, as JSON has it; empty where it is not finite.
    Exact(f64),
    /// A number to as many decimals: `12.3`.
    Rounded {
        /// The number.
        value: f64,
        /// How many decimals are shown.
        decimals: usize,
        /// The unit shown beside it; empty where the heading names it.
        unit: &'static str,
    },
    /// A difference to as many decimals, with its sign: `+1.8 ms`.
    Difference {
        /// The difference.
        value: f64,
        /// How many decimals are shown.
        decimals: usize,
        /// The unit shown beside it; empty where the heading names it.
        unit: &'static str,
    },
    /// A length in whole kilometres: `2,431`.
    Length(Length),
    /// A sum in millions to as many decimals, `-` for nothing: `31.2`.
    Money {
        /// The sum.
        sum: Usd,
        /// How many decimals are shown.
        decimals: usize,
    },
    /// The range of a sum in millions to as many decimals: `24.1-40.2`.
    MoneyRange {
        /// The sum at low prices.
        low: Usd,
        /// The sum at high prices.
        high: Usd,
        /// How many decimals are shown.
        decimals: usize,
    },
    /// A difference of sums in millions, to a decimal more where it is small: `+2.7 MUSD`.
    MoneyDifference(Usd),
    /// An availability in per cent, to two decimals and as many more as tell it from 100: `99.62`.
    Availability(f64),
}

impl Cell {
    /// The cell as shown.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::List(names) => names.join(";"),
            Self::Count(count) => count.to_string(),
            Self::Whole(number) => number.to_string(),
            Self::Flag(is_set) => is_set.to_string(),
            Self::Exact(value) if value.is_finite() => value.to_string(),
            Self::Exact(_) => String::new(),
            Self::Rounded { value, decimals, unit } => with_unit(format!("{value:.decimals$}"), unit),
            Self::Difference { value, decimals, unit } => with_unit(tidy_zero(format!("{value:+.decimals$}")), unit),
            Self::Length(length) => whole_km(*length),
            Self::Money { sum, decimals } => musd_to(*sum, *decimals),
            Self::MoneyRange { low, high, decimals } => {
                format!("{}-{}", musd_to(*low, *decimals), musd_to(*high, *decimals))
            }
            Self::MoneyDifference(sum) => {
                let millions = sum.millions();
                let decimals = if millions.abs() < 1.0 { 2 } else { 1 };
                with_unit(separated(&tidy_zero(format!("{millions:+.decimals$}"))), "MUSD")
            }
            Self::Availability(share) => up_percent(*share),
        }
    }

    /// Names, joined by `;`.
    pub(crate) fn list<T: ToString>(names: impl Iterator<Item = T>) -> Self {
        Self::List(names.map(|name| name.to_string()).collect())
    }

    /// An exact number, or nothing.
    #[must_use]
    pub fn exact(value: Option<f64>) -> Self {
        value.map_or(Self::Empty, Self::Exact)
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

fn with_unit(number: String, unit: &str) -> String {
    if unit.is_empty() { number } else { format!("{number} {unit}") }
}

/// Kilometres, whole, with commas.
pub(crate) fn whole_km(length: Length) -> String {
    grouped(length.km().round() as i64)
}

/// Millions of dollars to so many decimals, for a column of one precision; `-` for nothing.
pub(crate) fn musd_to(sum: Usd, decimals: usize) -> String {
    let millions = sum.millions();
    if sum == Usd::ZERO { "-".to_owned() } else { separated(&tidy_zero(format!("{millions:.decimals$}"))) }
}

/// A percentage to two decimals, and as many more as tell it from 100.
pub(crate) fn up_percent(availability: f64) -> String {
    if availability < 0.9999 { format!("{:.2}", availability * 100.0) } else { format!("{:.4}", availability * 100.0) }
}

/// A rounded zero has no minus.
pub(crate) fn tidy_zero(text: String) -> String {
    if text.chars().any(|c| c.is_ascii_digit() && c != '0') { text } else { text.replace('-', "+") }
}
