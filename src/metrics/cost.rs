//! What a route costs, in leaves: segment x term x country, each in whole cents.
//!
//! A leaf is a product of factors, some of them prices with a range, so that the base, low and high figures come from
//! one formula that can be shown as it was computed. Every total, by term, country or segment, is a sum of leaves.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use crate::network::CountryCode;
use crate::prices::{Price, PriceKey};
use crate::units::Usd;

/// What a sum of money is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Term {
    /// Building cable, huts and landings.
    Capex,
    /// Operating what was built.
    Opex,
    /// Renting capacity on cables that exist.
    Lease,
    /// Passing through a country that is neither end's.
    Transit,
    /// Passing a border.
    Crossing,
    /// Terminals, devices on the way, capacity upgrades.
    Equipment,
}

impl Term {
    /// Every term, in the order of the bill.
    pub const ALL: [Self; 6] = [Self::Capex, Self::Opex, Self::Lease, Self::Transit, Self::Crossing, Self::Equipment];

    /// The term's name in files and JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Capex => "capex",
            Self::Opex => "opex",
            Self::Lease => "lease",
            Self::Transit => "transit",
            Self::Crossing => "crossing",
            Self::Equipment => "equipment",
        }
    }

    /// The name of its sum in files and JSON.
    #[must_use]
    pub const fn usd_name(self) -> &'static str {
        match self {
            Self::Capex => "capex_usd",
            Self::Opex => "opex_usd",
            Self::Lease => "lease_usd",
            Self::Transit => "transit_usd",
            Self::Crossing => "crossing_usd",
            Self::Equipment => "equipment_usd",
        }
    }

    /// Whether it falls due at each year's end of the term; else it is paid once.
    #[must_use]
    pub const fn is_yearly(self) -> bool {
        match self {
            Self::Opex | Self::Lease | Self::Transit => true,
            Self::Capex | Self::Crossing | Self::Equipment => false,
        }
    }

    /// The term's name as a column heading.
    #[must_use]
    pub const fn heading(self) -> &'static str {
        match self {
            Self::Capex => "build",
            Self::Opex => "operate",
            Self::Lease => "lease",
            Self::Transit => "transit",
            Self::Crossing => "crossing",
            Self::Equipment => "equipment",
        }
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The origin of a factor.
#[derive(Debug, Clone, PartialEq)]
pub enum FactorKind {
    /// A quantity of the query or the network, by its name; empty where the unit says it.
    Quantity(&'static str),
    /// The present value of 1 a year over the term: follows from the discount rate.
    YearsPaid,
    /// An entry of the price book, with its source.
    Price(PriceKey, String),
}

/// One factor of a leaf: a quantity, or a price with its range.
#[derive(Debug, Clone, PartialEq)]
pub struct Factor {
    /// Its origin.
    pub kind: FactorKind,
    /// Low, base and high value; all alike for a quantity.
    pub values: [f64; 3],
    /// Unit.
    pub unit: Cow<'static, str>,
}

impl Factor {
    /// A quantity of the query or the network.
    #[must_use]
    pub const fn quantity(name: &'static str, value: f64, unit: &'static str) -> Self {
        Self { kind: FactorKind::Quantity(name), values: [value; 3], unit: Cow::Borrowed(unit) }
    }

    /// An entry of the price book.
    #[must_use]
    pub fn price((key, price): (PriceKey, &Price)) -> Self {
        Self {
            kind: FactorKind::Price(key, price.source.clone()),
            values: [price.low, price.base, price.high],
            unit: Cow::Owned(price.unit.clone()),
        }
    }

    /// The present value of 1 a year over the term: the discount rate makes it.
    #[must_use]
    pub(super) const fn years_paid(value: f64) -> Self {
        Self { kind: FactorKind::YearsPaid, values: [value; 3], unit: Cow::Borrowed("yr") }
    }

    /// The price-book entry, if it is one.
    #[must_use]
    pub const fn price_key(&self) -> Option<PriceKey> {
        match self.kind {
            FactorKind::Price(key, _) => Some(key),
            FactorKind::Quantity(_) | FactorKind::YearsPaid => None,
        }
    }

    /// Whether it is a price without a source.
    #[must_use]
    pub fn is_assumed(&self) -> bool {
        let begins =
            |source: &str| source.trim_start().get(..7).is_some_and(|word| word.eq_ignore_ascii_case("assumed"));
        match &self.kind {
            FactorKind::Price(_, source) => begins(source),
            FactorKind::Quantity(_) | FactorKind::YearsPaid => false,
        }
    }
}

/// The smallest part of a bill.
#[derive(Debug, Clone, PartialEq)]
pub struct Leaf {
    /// What for.
    pub term: Term,
    /// In which country, or at sea.
    pub country: CountryCode,
    /// Present value, at low, base and high prices.
    pub usd: [Usd; 3],
    /// The formula: the product of these. Routes share it, so that a leaf is cheap to copy.
    pub factors: Arc<[Factor]>,
    /// Whether it rests on a price, or on a length, without a source.
    pub assumed: bool,
}

impl Leaf {
    /// The product of the factors, in whole cents.
    #[must_use]
    pub fn new(term: Term, country: CountryCode, factors: Vec<Factor>) -> Self {
        let product = |i: usize| whole_cents(factors.iter().map(|factor| factor.values[i]).product());
        let assumed = factors.iter().any(Factor::is_assumed);
        Self { term, country, usd: [product(0), product(1), product(2)], factors: factors.into(), assumed }
    }

    /// The same leaf in another country.
    pub(super) fn in_country(&self, country: CountryCode) -> Self {
        Self { country, ..self.clone() }
    }

    /// Whether it is a fee for the ground that something is built on.
    #[must_use]
    pub fn is_wayleave(&self) -> bool {
        self.factors.iter().filter_map(Factor::price_key).any(|key| key.family().is_wayleave())
    }

    /// The base figure.
    #[must_use]
    pub fn base(&self) -> Usd {
        self.usd[1]
    }

    /// The formula with its numbers: `100 Gbps x 261.0 km x 14 USD/(Gbps km yr) (lease.buried.TM) x 8.559 ...`.
    #[must_use]
    pub fn formula(&self) -> String {
        let shown: Vec<String> = self
            .factors
            .iter()
            .map(|factor| {
                let number = significant(factor.values[1]);
                let unit = if factor.unit == "1" { String::new() } else { format!(" {}", factor.unit) };
                match factor.kind {
                    FactorKind::Price(key, _) => format!("{number}{unit} [{key}]"),
                    FactorKind::Quantity("") => format!("{number}{unit}"),
                    FactorKind::Quantity(name) => format!("{number}{unit} ({name})"),
                    FactorKind::YearsPaid => format!("{number}{unit} (present value of 1 a year over the term)"),
                }
            })
            .collect();
        shown.join(" x ")
    }
}

/// The sum of money of a leaf, in whole cents. One beyond the range of money is capped: the search must see it as dear,
/// not as free.
pub(crate) fn whole_cents(dollars: f64) -> Usd {
    Usd::from_dollars(dollars).unwrap_or(Usd::from_cents(i64::MAX / 4096))
}

/// A number with at most six significant digits and no needless zeros; a power of ten where it is beyond all money.
#[must_use]
pub fn significant(number: f64) -> String {
    if number == 0.0 || !number.is_finite() {
        return format!("{number}");
    }
    if number.abs() >= 1e18 {
        return format!("{number:e}");
    }
    let digits = 5 - number.abs().log10().floor() as i32;
    let text = format!("{number:.*}", digits.clamp(0, 12) as usize);
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// A sum of leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Bill {
    terms: [Usd; 6],
    /// Total at low prices.
    pub low: Usd,
    /// Total at high prices.
    pub high: Usd,
    /// The part of the base total that rests on something assumed.
    pub assumed: Usd,
}

impl Bill {
    /// Adds a leaf.
    pub fn add(&mut self, leaf: &Leaf) {
        self.terms[leaf.term as usize] += leaf.base();
        self.low += leaf.usd[0];
        self.high += leaf.usd[2];
        if leaf.assumed {
            self.assumed += leaf.base();
        }
    }

    /// The sum of some leaves.
    #[must_use]
    pub fn of<'a>(leaves: impl IntoIterator<Item = &'a Leaf>) -> Self {
        let mut bill = Self::default();
        leaves.into_iter().for_each(|leaf| bill.add(leaf));
        bill
    }

    /// The base total of one term.
    #[must_use]
    pub fn term(&self, term: Term) -> Usd {
        self.terms[term as usize]
    }

    /// The base total.
    #[must_use]
    pub fn total(&self) -> Usd {
        self.terms.iter().copied().sum()
    }
}
