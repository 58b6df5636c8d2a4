//! The price book: unit prices and rates, each with a range, a unit, a year and a source.
//!
//! Entries are named `family.key`, the last part of the name being a country code, a terrain or a kind; families that
//! go by country have a `default`. Reading a price-book file is the business of [`crate::formats`]; what the prices are
//! multiplied with, of the crate that stands on this one.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{CountryCode, LaidWith, Medium, NodeKind, Terrain};

mod key;

pub use key::{EntryKey, KeyedBy, PriceFamily, PriceKey};

/// One unit price or rate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Price {
    /// The least it may be.
    pub low: f64,
    /// What is computed with.
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
    #[error("the price book has no entry \"{0}\"")]
    Missing(PriceKey),
    /// An entry's range is not a range.
    #[error("{name}: expected 0 <= low <= base <= high, found low = {low}, base = {base}, high = {high}")]
    BadRange {
        /// The entry.
        name: PriceKey,
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

/// A price book: complete, every entry checked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PriceBook {
    /// Identifier.
    pub id: String,
    /// Currency of every price.
    pub currency: String,
    /// Year of the money.
    pub year: i32,
    entries: BTreeMap<PriceKey, Price>,
}

impl PriceBook {
    /// Checks entries by their names.
    ///
    /// # Errors
    /// If an entry has an unknown name or a bad range, or a needed one is missing.
    pub fn new(id: String, currency: String, year: i32, entries: BTreeMap<String, Price>) -> Result<Self, PriceError> {
        if let Some(problem) = entry_problems(&entries).into_iter().next() {
            return Err(problem);
        }
        let keyed = entries.into_iter().map(|(name, price)| Ok((name.parse()?, price)));
        Ok(Self { id, currency, year, entries: keyed.collect::<Result<_, PriceError>>()? })
    }

    /// Replaces the values of one entry, keeping its unit.
    ///
    /// # Errors
    /// If the range is bad. A country that has no entry of its own yet gets one.
    pub fn set(&mut self, key: PriceKey, low: f64, base: f64, high: f64, source: &str) -> Result<(), PriceError> {
        let family = key.family();
        let pattern = self.entries.get(&key).or_else(|| self.entries.get(&family.default_key()));
        let (unit, year) = match pattern {
            Some(pattern) => (pattern.unit.clone(), pattern.year),
            None if family.is_optional() => (self.optional_unit(family), self.year),
            None => return Err(PriceError::Missing(key)),
        };
        let price = Price { low, base, high, unit, year, source: source.to_owned() };
        check_range(key, &price)?;
        self.entries.insert(key, price);
        Ok(())
    }

    /// The unit of an optional family's entry that stands alone.
    fn optional_unit(&self, family: PriceFamily) -> String {
        match family {
            PriceFamily::WayleaveOnce => format!("{}/m", self.currency),
            PriceFamily::WayleaveYearly => format!("{}/(m yr)", self.currency),
            PriceFamily::PermitMonths => "months".to_owned(),
            PriceFamily::RepairCost => format!("{}/repair", self.currency),
            PriceFamily::Build(_)
            | PriceFamily::BuildMultiplier
            | PriceFamily::Hut
            | PriceFamily::Landing
            | PriceFamily::Operation
            | PriceFamily::Lease(_)
            | PriceFamily::TransitPassage
            | PriceFamily::TransitPerKm
            | PriceFamily::Crossing
            | PriceFamily::Equipment
            | PriceFamily::EquipmentDevice
            | PriceFamily::Delay
            | PriceFamily::DelayDevice
            | PriceFamily::Finance
            | PriceFamily::Failure(_)
            | PriceFamily::Repair(_)
            | PriceFamily::Friction
            | PriceFamily::Sale
            | PriceFamily::Market
            | PriceFamily::Exchange
            | PriceFamily::Codeployment => "1".to_owned(),
        }
    }

    /// Every entry, by name.
    pub fn entries(&self) -> impl Iterator<Item = (PriceKey, &Price)> {
        self.entries.iter().map(|(key, price)| (*key, price))
    }

    /// The entry of that name.
    #[must_use]
    pub fn find(&self, key: PriceKey) -> Option<&Price> {
        self.entries.get(&key)
    }

    /// The entry of that name, or the default of its family.
    #[must_use]
    pub fn find_or_default(&self, key: PriceKey) -> Option<(PriceKey, &Price)> {
        let lookup = |key| self.entries.get(&key).map(|price| (key, price));
        lookup(key).or_else(|| lookup(key.family().default_key()))
    }

    /// The entry of a word of a family's fixed list, which every price book holds.
    #[must_use]
    pub fn get(&self, family: PriceFamily, word: &'static str) -> (PriceKey, &Price) {
        let key = family.of_word(word);
        (key, self.find(key).expect("a price book holds an entry for every fixed key of a family"))
    }

    /// The entry of `family` for a country, or its default.
    #[must_use]
    pub fn for_country(&self, family: PriceFamily, country: CountryCode) -> (PriceKey, &Price) {
        self.optional_for_country(family, country)
            .expect("a price book holds a default for every family that goes by country")
    }

    /// The entry of an optional family for a country, or its default; `None` where there is neither.
    #[must_use]
    pub fn optional_for_country(&self, family: PriceFamily, country: CountryCode) -> Option<(PriceKey, &Price)> {
        self.find_or_default(family.of_country(country))
    }

    /// Price of a kilometre of new cable.
    #[must_use]
    pub fn build(&self, medium: Medium, terrain: Option<Terrain>) -> (PriceKey, &Price) {
        let word = match (medium.is_submarine(), terrain) {
            (true, Some(Terrain::ShallowSea)) => "shallow_sea",
            (true, _) => "deep_sea",
            (false, Some(terrain)) if !matches!(terrain, Terrain::ShallowSea | Terrain::DeepSea) => terrain.as_str(),
            (false, _) => "plain",
        };
        self.get(PriceFamily::Build(medium), word)
    }

    /// The factor on that price for a cable on land that is laid along with something; `None` where the book does not say.
    #[must_use]
    pub fn codeployment(&self, laid_with: LaidWith) -> Option<(PriceKey, &Price)> {
        let key = PriceFamily::Codeployment.of_word(laid_with.as_str());
        self.find(key).map(|price| (key, price))
    }

    /// The entry of a kind of place.
    #[must_use]
    pub fn device(&self, family: PriceFamily, kind: NodeKind) -> (PriceKey, &Price) {
        self.get(family, kind.as_str())
    }
}

/// All that is wrong with entries: unknown names and bad ranges in order of name, then what is missing.
#[must_use]
pub fn entry_problems(entries: &BTreeMap<String, Price>) -> Vec<PriceError> {
    let each = |(name, price): (&String, &Price)| name.parse().and_then(|key| check_range(key, price)).err();
    let mut problems: Vec<PriceError> = entries.iter().filter_map(each).collect();
    let needed = PriceFamily::ALL.iter().filter(|family| !family.is_optional()).flat_map(|family| family.fixed_keys());
    problems.extend(needed.filter(|key| !entries.contains_key(&key.to_string())).map(PriceError::Missing));
    problems
}

/// The nearest names there could have been, for a hint.
#[must_use]
pub fn nearest_entries(name: &str, book: &PriceBook) -> Vec<String> {
    let names: Vec<String> = book.entries.keys().map(PriceKey::to_string).collect();
    crate::nearest_names(name, names.iter().map(String::as_str))
}

fn check_range(name: PriceKey, price: &Price) -> Result<(), PriceError> {
    let Price { low, base, high, .. } = *price;
    if low >= 0.0 && low <= base && base <= high && high <= 1e12 {
        Ok(())
    } else {
        Err(PriceError::BadRange { name, low, base, high })
    }
}
