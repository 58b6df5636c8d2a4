//! The price book: unit prices and rates, each with a range, a unit, a year and a source.
//!
//! Entries are named `family.key`, the last part of the name being a country code, a terrain or a kind; families that
//! go by country have a `default`. Reading a price-book file is the business of [`crate::formats`]; what the prices are
//! multiplied with, of [`crate::metrics`].

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{CountryCode, LaidWith, Medium, NodeKind, Terrain};

/// One unit price or rate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Price {
    /// The least it may be.
    pub low: f64,
    /// What is reckoned with.
    pub base: f64,
    /// The most it may be.
    pub high: f64,
    /// Unit, as in `USD/km`.
    pub unit: String,
    /// Year of the money, or of the observation.
    pub year: i32,
    /// Where it comes from; begins with `assumed` where nobody says.
    pub source: String,
}

impl Price {
    /// Whether no source stands behind it.
    #[must_use]
    pub fn is_assumed(&self) -> bool {
        self.source.trim_start().to_lowercase().starts_with("assumed")
    }
}

/// Why a price cannot be used.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum PriceError {
    /// The book lacks an entry that a figure needs.
    #[error("the price book has no entry {0:?}")]
    Missing(String),
    /// An entry's range is not a range.
    #[error("{name}: expected 0 <= low <= base <= high, found low = {low}, base = {base}, high = {high}")]
    BadRange {
        /// The entry.
        name: String,
        /// Its low value.
        low: f64,
        /// Its base value.
        base: f64,
        /// Its high value.
        high: f64,
    },
    /// An entry's name belongs to no family.
    #[error("{name:?} is not the name of a price")]
    UnknownName {
        /// The name.
        name: String,
    },
}

/// What the entries of a family are told apart by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyedBy {
    /// A country code or `default`.
    Country,
    /// One of a fixed list.
    Words(&'static [&'static str]),
}

const LAND_TERRAINS: &[&str] = &["plain", "hills", "mountain", "high_mountain", "desert", "urban"];
const KINDS: &[&str] = &["city", "border_crossing", "landing_station", "exchange", "junction"];

/// Every family of entries that a price book has to hold: its name and what its entries are told apart by.
pub const FAMILIES: &[(&str, KeyedBy)] = &[
    ("build.buried", KeyedBy::Words(LAND_TERRAINS)),
    ("build.duct", KeyedBy::Words(LAND_TERRAINS)),
    ("build.aerial", KeyedBy::Words(LAND_TERRAINS)),
    ("build.opgw", KeyedBy::Words(LAND_TERRAINS)),
    ("build.submarine", KeyedBy::Words(&["shallow_sea", "deep_sea"])),
    ("build_multiplier", KeyedBy::Country),
    ("hut", KeyedBy::Words(&["land", "submarine"])),
    ("landing", KeyedBy::Words(&["station"])),
    ("operation", KeyedBy::Words(&["land", "submarine"])),
    ("lease.buried", KeyedBy::Country),
    ("lease.duct", KeyedBy::Country),
    ("lease.aerial", KeyedBy::Country),
    ("lease.opgw", KeyedBy::Country),
    ("lease.submarine", KeyedBy::Country),
    ("transit.passage", KeyedBy::Country),
    ("transit.per_km", KeyedBy::Country),
    ("crossing", KeyedBy::Words(&["land", "sea"])),
    ("equipment", KeyedBy::Words(&["terminal_pair", "upgrade"])),
    ("equipment.device", KeyedBy::Words(KINDS)),
    ("delay", KeyedBy::Words(&["terminal", "amplifier"])),
    ("delay.device", KeyedBy::Words(KINDS)),
    ("finance", KeyedBy::Words(&["discount_rate"])),
    ("failure.buried", KeyedBy::Country),
    ("failure.duct", KeyedBy::Country),
    ("failure.aerial", KeyedBy::Country),
    ("failure.opgw", KeyedBy::Country),
    ("failure.submarine", KeyedBy::Country),
    ("repair.buried", KeyedBy::Country),
    ("repair.duct", KeyedBy::Country),
    ("repair.aerial", KeyedBy::Country),
    ("repair.opgw", KeyedBy::Country),
    ("repair.submarine", KeyedBy::Country),
    ("friction.country", KeyedBy::Country),
];

const CURRENCIES: &[&str] = &[
    "AED", "AFN", "AMD", "AZN", "CHF", "CNY", "EUR", "GBP", "GEL", "HKD", "INR", "IRR", "JPY", "KGS", "KRW", "KZT",
    "MYR", "OMR", "PKR", "PLN", "QAR", "RUB", "SAR", "SGD", "THB", "TJS", "TMT", "TRY", "UAH", "UZS",
];

/// Families of which a price book need not hold anything: what asks for one of their entries has to do without.
pub const OPTIONAL_FAMILIES: &[(&str, KeyedBy)] = &[
    ("sale", KeyedBy::Country),
    ("market", KeyedBy::Words(&["price_decline", "growth", "start_share"])),
    ("exchange", KeyedBy::Words(CURRENCIES)),
    ("wayleave.once", KeyedBy::Country),
    ("wayleave.yearly", KeyedBy::Country),
    ("permit.months", KeyedBy::Country),
    ("codeployment", KeyedBy::Words(&["road", "railway", "pipeline", "power_line"])),
    ("repair_cost", KeyedBy::Words(&["land", "submarine"])),
];

/// Every family, those that are needed first.
pub fn all_families() -> impl Iterator<Item = (&'static str, KeyedBy)> {
    FAMILIES.iter().chain(OPTIONAL_FAMILIES).copied()
}

/// A price book: complete, every entry checked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PriceBook {
    /// Identifier.
    pub id: String,
    /// Currency of every price.
    pub currency: String,
    /// Year of the money.
    pub year: i32,
    entries: BTreeMap<String, Price>,
}

impl PriceBook {
    /// Checks the entries.
    ///
    /// # Errors
    /// If an entry has an unknown name or a bad range, or a needed one is missing.
    pub fn new(id: String, currency: String, year: i32, entries: BTreeMap<String, Price>) -> Result<Self, PriceError> {
        match entry_problems(&entries).into_iter().next() {
            Some(problem) => Err(problem),
            None => Ok(Self { id, currency, year, entries }),
        }
    }

    /// Replaces the values of one entry, keeping its unit.
    ///
    /// # Errors
    /// If no family holds such an entry, or the range is bad. A country that has no entry of its own yet gets one.
    pub fn set(&mut self, name: &str, low: f64, base: f64, high: f64, source: &str) -> Result<(), PriceError> {
        check_name(name)?;
        let family = name.rsplit_once('.').map_or("", |(family, _)| family);
        let pattern = self.entries.get(name).or_else(|| self.entries.get(&format!("{family}.default")));
        let is_optional = OPTIONAL_FAMILIES.iter().any(|(known, _)| *known == family);
        let (unit, year) = match pattern {
            Some(pattern) => (pattern.unit.clone(), pattern.year),
            None if is_optional => (self.optional_unit(family), self.year),
            None => return Err(PriceError::Missing(name.to_owned())),
        };
        let price = Price { low, base, high, unit, year, source: source.to_owned() };
        check_range(name, &price)?;
        self.entries.insert(name.to_owned(), price);
        Ok(())
    }

    /// The unit of an optional family's entry that stands alone.
    fn optional_unit(&self, family: &str) -> String {
        match family {
            "wayleave.once" => format!("{}/m", self.currency),
            "wayleave.yearly" => format!("{}/(m yr)", self.currency),
            "permit.months" => "months".to_owned(),
            "repair_cost" => format!("{}/repair", self.currency),
            _ => "1".to_owned(),
        }
    }

    /// Every entry, by name.
    pub fn entries(&self) -> impl Iterator<Item = (&str, &Price)> {
        self.entries.iter().map(|(name, price)| (name.as_str(), price))
    }

    /// The entry of that name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&Price> {
        self.entries.get(name)
    }

    /// The entry `family.key`, which every price book holds.
    #[must_use]
    pub fn get(&self, family: &str, key: &str) -> (&str, &Price) {
        self.lookup(&format!("{family}.{key}")).expect("a price book holds an entry for every fixed key of a family")
    }

    /// The entry of `family` for a country: its own, or the default.
    #[must_use]
    pub fn for_country(&self, family: &str, country: CountryCode) -> (&str, &Price) {
        self.lookup(&format!("{family}.{country}"))
            .or_else(|| self.lookup(&format!("{family}.default")))
            .expect("a price book holds a default for every family that goes by country")
    }

    /// The entry of an optional family for a country: its own, or the default; `None` where there is neither.
    #[must_use]
    pub fn optional_for_country(&self, family: &str, country: CountryCode) -> Option<(&str, &Price)> {
        self.lookup(&format!("{family}.{country}")).or_else(|| self.lookup(&format!("{family}.default")))
    }

    /// Price of a kilometre of new cable.
    #[must_use]
    pub fn build(&self, medium: Medium, terrain: Option<Terrain>) -> (&str, &Price) {
        let key = match (medium.is_submarine(), terrain) {
            (true, Some(Terrain::ShallowSea)) => "shallow_sea",
            (true, _) => "deep_sea",
            (false, Some(terrain)) if !matches!(terrain, Terrain::ShallowSea | Terrain::DeepSea) => terrain.as_str(),
            (false, _) => "plain",
        };
        self.get(&format!("build.{medium}"), key)
    }

    /// The factor on that price for a cable on land that is laid along with something; `None` where the book does not say.
    #[must_use]
    pub fn codeployment(&self, laid_with: LaidWith) -> Option<(&str, &Price)> {
        self.lookup(&format!("codeployment.{laid_with}"))
    }

    /// The entry `family.kind`.
    #[must_use]
    pub fn device(&self, family: &str, kind: NodeKind) -> (&str, &Price) {
        self.get(family, kind.as_str())
    }

    fn lookup(&self, name: &str) -> Option<(&str, &Price)> {
        self.entries.get_key_value(name).map(|(name, price)| (name.as_str(), price))
    }
}

/// All that is wrong with entries: unknown names and bad ranges in order of name, then what is missing.
#[must_use]
pub fn entry_problems(entries: &BTreeMap<String, Price>) -> Vec<PriceError> {
    let each = |(name, price): (&String, &Price)| check_name(name).and_then(|()| check_range(name, price)).err();
    let mut problems: Vec<PriceError> = entries.iter().filter_map(each).collect();
    for (family, keys) in FAMILIES {
        let needed: &[&str] = match keys {
            KeyedBy::Country => &["default"],
            KeyedBy::Words(words) => words,
        };
        let names = needed.iter().map(|key| format!("{family}.{key}"));
        problems.extend(names.filter(|name| !entries.contains_key(name)).map(PriceError::Missing));
    }
    problems
}

/// The nearest names there could have been, for a hint.
#[must_use]
pub fn nearest_entries(name: &str, book: &PriceBook) -> Vec<String> {
    crate::nearest_names(name, book.entries.keys().map(String::as_str))
}

fn check_name(name: &str) -> Result<(), PriceError> {
    let known = name.rsplit_once('.').is_some_and(|(family, key)| {
        all_families().any(|(known, keys)| {
            known == family
                && match keys {
                    KeyedBy::Country => key == "default" || key.parse::<CountryCode>().is_ok_and(|c| c.as_str() == key),
                    KeyedBy::Words(words) => words.contains(&key),
                }
        })
    });
    if known { Ok(()) } else { Err(PriceError::UnknownName { name: name.to_owned() }) }
}

fn check_range(name: &str, price: &Price) -> Result<(), PriceError> {
    let Price { low, base, high, .. } = *price;
    if low >= 0.0 && low <= base && base <= high && high <= 1e12 {
        Ok(())
    } else {
        Err(PriceError::BadRange { name: name.to_owned(), low, base, high })
    }
}
