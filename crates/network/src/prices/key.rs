//! The names of price-book entries: a family and a key, written `family.key`.
//!
//! Everything that a program asks of a name (is it a transit fee, which country is it of) is asked of the type. Text is
//! read at the edges: price-book files, scenarios and arguments.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::PriceError;
use crate::{CountryCode, Medium, NodeKind};

/// A family of entries: prices of one kind, with one unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PriceFamily {
    /// A kilometre of new cable.
    Build(Medium),
    /// A country's factor on building prices.
    BuildMultiplier,
    /// An amplifier hut or repeater.
    Hut,
    /// A submarine landing.
    Landing,
    /// Yearly operation as a share of what was built.
    Operation,
    /// Rent of capacity by the kilometre and year.
    Lease(Medium),
    /// Transit fee on entering a country.
    TransitPassage,
    /// Transit fee by the kilometre.
    TransitPerKm,
    /// Charge for passing a border.
    Crossing,
    /// Terminals and upgrades.
    Equipment,
    /// Devices at the places passed.
    EquipmentDevice,
    /// Delay of terminals and amplifiers.
    Delay,
    /// Delay of devices at the places passed.
    DelayDevice,
    /// The discount rate.
    Finance,
    /// Failures by length and year.
    Failure(Medium),
    /// Hours that a repair takes.
    Repair(Medium),
    /// A penalty on entering a country that shapes the choice, and is no money.
    Friction,
    /// What capacity is sold at.
    Sale,
    /// How sales begin, grow and lose value.
    Market,
    /// Rates of exchange.
    Exchange,
    /// Fee for the ground, paid once.
    WayleaveOnce,
    /// Fee for the ground, paid yearly.
    WayleaveYearly,
    /// Months that permits take.
    PermitMonths,
    /// Factor on building prices along something that is being built.
    Codeployment,
    /// Money that a repair costs.
    RepairCost,
}

/// What the entries of a family are distinguished by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyedBy {
    /// A country code or `default`.
    Country,
    /// One of a fixed list.
    Words(&'static [&'static str]),
}

/// An entry within its family.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntryKey {
    /// A country.
    Country(CountryCode),
    /// Every country without an entry.
    Default,
    /// One of the family's fixed list.
    Word(&'static str),
}

/// The name of an entry of the price book. Keys are in the order of their texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct PriceKey {
    family: PriceFamily,
    key: EntryKey,
}

const LAND_TERRAINS: &[&str] = &["plain", "hills", "mountain", "high_mountain", "desert", "urban"];
const SEA_TERRAINS: &[&str] = &["shallow_sea", "deep_sea"];
const KINDS: &[&str] = &["city", "border_crossing", "landing_station", "exchange", "junction"];
const SIDES: &[&str] = &["land", "submarine"];
const CURRENCIES: &[&str] = &[
    "AED", "AFN", "AMD", "AZN", "CHF", "CNY", "EUR", "GBP", "GEL", "HKD", "INR", "IRR", "JPY", "KGS", "KRW", "KZT",
    "MYR", "OMR", "PKR", "PLN", "QAR", "RUB", "SAR", "SGD", "THB", "TJS", "TMT", "TRY", "UAH", "UZS",
];

impl PriceFamily {
    /// Every family, those that a price book has to hold first. Draws take ranks by place in this list.
    pub const ALL: &'static [Self] = &[
        Self::Build(Medium::Buried),
        Self::Build(Medium::Duct),
        Self::Build(Medium::Aerial),
        Self::Build(Medium::Opgw),
        Self::Build(Medium::Submarine),
        Self::BuildMultiplier,
        Self::Hut,
        Self::Landing,
        Self::Operation,
        Self::Lease(Medium::Buried),
        Self::Lease(Medium::Duct),
        Self::Lease(Medium::Aerial),
        Self::Lease(Medium::Opgw),
        Self::Lease(Medium::Submarine),
        Self::TransitPassage,
        Self::TransitPerKm,
        Self::Crossing,
        Self::Equipment,
        Self::EquipmentDevice,
        Self::Delay,
        Self::DelayDevice,
        Self::Finance,
        Self::Failure(Medium::Buried),
        Self::Failure(Medium::Duct),
        Self::Failure(Medium::Aerial),
        Self::Failure(Medium::Opgw),
        Self::Failure(Medium::Submarine),
        Self::Repair(Medium::Buried),
        Self::Repair(Medium::Duct),
        Self::Repair(Medium::Aerial),
        Self::Repair(Medium::Opgw),
        Self::Repair(Medium::Submarine),
        Self::Friction,
        Self::Sale,
        Self::Market,
        Self::Exchange,
        Self::WayleaveOnce,
        Self::WayleaveYearly,
        Self::PermitMonths,
        Self::Codeployment,
        Self::RepairCost,
    ];

    /// The family's name in files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Build(medium) => {
                of_medium(medium, ["build.buried", "build.duct", "build.aerial", "build.opgw", "build.submarine"])
            }
            Self::BuildMultiplier => "build_multiplier",
            Self::Hut => "hut",
            Self::Landing => "landing",
            Self::Operation => "operation",
            Self::Lease(medium) => {
                of_medium(medium, ["lease.buried", "lease.duct", "lease.aerial", "lease.opgw", "lease.submarine"])
            }
            Self::TransitPassage => "transit.passage",
            Self::TransitPerKm => "transit.per_km",
            Self::Crossing => "crossing",
            Self::Equipment => "equipment",
            Self::EquipmentDevice => "equipment.device",
            Self::Delay => "delay",
            Self::DelayDevice => "delay.device",
            Self::Finance => "finance",
            Self::Failure(medium) => of_medium(
                medium,
                ["failure.buried", "failure.duct", "failure.aerial", "failure.opgw", "failure.submarine"],
            ),
            Self::Repair(medium) => {
                of_medium(medium, ["repair.buried", "repair.duct", "repair.aerial", "repair.opgw", "repair.submarine"])
            }
            Self::Friction => "friction.country",
            Self::Sale => "sale",
            Self::Market => "market",
            Self::Exchange => "exchange",
            Self::WayleaveOnce => "wayleave.once",
            Self::WayleaveYearly => "wayleave.yearly",
            Self::PermitMonths => "permit.months",
            Self::Codeployment => "codeployment",
            Self::RepairCost => "repair_cost",
        }
    }

    /// What its entries are distinguished by.
    #[must_use]
    pub const fn keyed_by(self) -> KeyedBy {
        match self {
            Self::Build(Medium::Submarine) => KeyedBy::Words(SEA_TERRAINS),
            Self::Build(Medium::Buried | Medium::Duct | Medium::Aerial | Medium::Opgw) => KeyedBy::Words(LAND_TERRAINS),
            Self::Hut | Self::Operation | Self::RepairCost => KeyedBy::Words(SIDES),
            Self::Landing => KeyedBy::Words(&["station"]),
            Self::Crossing => KeyedBy::Words(&["land", "sea"]),
            Self::Equipment => KeyedBy::Words(&["terminal_pair", "upgrade"]),
            Self::Delay => KeyedBy::Words(&["terminal", "amplifier"]),
            Self::EquipmentDevice | Self::DelayDevice => KeyedBy::Words(KINDS),
            Self::Finance => KeyedBy::Words(&["discount_rate"]),
            Self::Market => KeyedBy::Words(&["price_decline", "growth", "start_share"]),
            Self::Exchange => KeyedBy::Words(CURRENCIES),
            Self::Codeployment => KeyedBy::Words(&["road", "railway", "pipeline", "power_line"]),
            Self::BuildMultiplier
            | Self::Lease(_)
            | Self::TransitPassage
            | Self::TransitPerKm
            | Self::Failure(_)
            | Self::Repair(_)
            | Self::Friction
            | Self::Sale
            | Self::WayleaveOnce
            | Self::WayleaveYearly
            | Self::PermitMonths => KeyedBy::Country,
        }
    }

    /// Whether a price book need not hold anything of it: what asks for one of its entries has to do without.
    #[must_use]
    pub const fn is_optional(self) -> bool {
        matches!(
            self,
            Self::Sale
                | Self::Market
                | Self::Exchange
                | Self::WayleaveOnce
                | Self::WayleaveYearly
                | Self::PermitMonths
                | Self::Codeployment
                | Self::RepairCost
        )
    }

    /// Its place in [`PriceFamily::ALL`].
    #[must_use]
    pub fn index(self) -> usize {
        Self::ALL.iter().position(|family| *family == self).unwrap_or(0)
    }

    /// Whether it is a fee for passing through a country.
    #[must_use]
    pub const fn is_transit(self) -> bool {
        matches!(self, Self::TransitPassage | Self::TransitPerKm)
    }

    /// Whether it is a fee for the ground that something is built on.
    #[must_use]
    pub const fn is_wayleave(self) -> bool {
        matches!(self, Self::WayleaveOnce | Self::WayleaveYearly)
    }

    /// Whether it is a delay.
    #[must_use]
    pub const fn is_delay(self) -> bool {
        matches!(self, Self::Delay | Self::DelayDevice)
    }

    /// Whether it may stand in a sum of money: not where it makes a delay, an availability, a preference or a date.
    #[must_use]
    pub const fn is_money(self) -> bool {
        !matches!(
            self,
            Self::Delay | Self::DelayDevice | Self::Failure(_) | Self::Repair(_) | Self::Friction | Self::PermitMonths
        )
    }

    /// Its entry for every country that has none.
    #[must_use]
    pub const fn default_key(self) -> PriceKey {
        PriceKey { family: self, key: EntryKey::Default }
    }

    /// Its entry for a country.
    #[must_use]
    pub const fn of_country(self, country: CountryCode) -> PriceKey {
        PriceKey { family: self, key: EntryKey::Country(country) }
    }

    /// Its entry for a word of its list.
    #[must_use]
    pub const fn of_word(self, word: &'static str) -> PriceKey {
        PriceKey { family: self, key: EntryKey::Word(word) }
    }

    /// Its entry for a kind of place.
    #[must_use]
    pub const fn of_kind(self, kind: NodeKind) -> PriceKey {
        self.of_word(kind.as_str())
    }

    /// The entries that a book with anything of it holds: the default, or every word.
    #[must_use]
    pub fn fixed_keys(self) -> Vec<PriceKey> {
        match self.keyed_by() {
            KeyedBy::Country => vec![self.default_key()],
            KeyedBy::Words(words) => words.iter().map(|word| self.of_word(word)).collect(),
        }
    }
}

const fn of_medium(medium: Medium, names: [&'static str; 5]) -> &'static str {
    let [buried, duct, aerial, opgw, submarine] = names;
    match medium {
        Medium::Buried => buried,
        Medium::Duct => duct,
        Medium::Aerial => aerial,
        Medium::Opgw => opgw,
        Medium::Submarine => submarine,
    }
}

impl fmt::Display for PriceFamily {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for EntryKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl EntryKey {
    fn as_str(&self) -> &str {
        match self {
            Self::Country(country) => country.as_str(),
            Self::Default => "default",
            Self::Word(word) => word,
        }
    }
}

impl PriceKey {
    /// The family.
    #[must_use]
    pub const fn family(self) -> PriceFamily {
        self.family
    }

    /// The entry within the family.
    #[must_use]
    pub const fn key(self) -> EntryKey {
        self.key
    }

    /// The country that it belongs to, if it is that of one country.
    #[must_use]
    pub const fn country(self) -> Option<CountryCode> {
        match self.key {
            EntryKey::Country(country) => Some(country),
            EntryKey::Default | EntryKey::Word(_) => None,
        }
    }
}

impl Ord for PriceKey {
    fn cmp(&self, other: &Self) -> Ordering {
        let text = |name: &Self| (name.family.as_str().as_bytes(), name.key);
        if self.family == other.family {
            return self.key.cmp(&other.key);
        }
        let ((family, key), (its_family, its_key)) = (text(self), text(other));
        let whole = family.iter().chain(b".").chain(key.as_str().as_bytes());
        whole.cmp(its_family.iter().chain(b".").chain(its_key.as_str().as_bytes()))
    }
}

impl PartialOrd for PriceKey {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for PriceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.family.as_str(), self.key.as_str())
    }
}

impl FromStr for PriceKey {
    type Err = PriceError;

    fn from_str(name: &str) -> Result<Self, PriceError> {
        let unknown = || PriceError::UnknownName { name: name.to_owned() };
        let (family, key) = name.rsplit_once('.').ok_or_else(unknown)?;
        let family = *PriceFamily::ALL.iter().find(|known| known.as_str() == family).ok_or_else(unknown)?;
        match family.keyed_by() {
            KeyedBy::Country if key == "default" => Ok(family.default_key()),
            KeyedBy::Country => match key.parse::<CountryCode>() {
                Ok(country) if country.as_str() == key => Ok(family.of_country(country)),
                Ok(_) | Err(_) => Err(unknown()),
            },
            KeyedBy::Words(words) => {
                words.iter().find(|word| **word == key).map(|word| family.of_word(word)).ok_or_else(unknown)
            }
        }
    }
}

impl From<PriceKey> for String {
    fn from(key: PriceKey) -> Self {
        key.to_string()
    }
}

impl TryFrom<String> for PriceKey {
    type Error = PriceError;

    fn try_from(name: String) -> Result<Self, PriceError> {
        name.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_as_they_are_written_and_ordered_as_their_texts() {
        let mut keys: Vec<PriceKey> = PriceFamily::ALL.iter().flat_map(|family| family.fixed_keys()).collect();
        let countries = ["AF", "PK"].map(|code| code.parse::<CountryCode>().expect("a code"));
        let by_country = PriceFamily::ALL.iter().filter(|family| family.keyed_by() == KeyedBy::Country);
        keys.extend(by_country.flat_map(|family| countries.map(|country| family.of_country(country))));
        for key in &keys {
            assert_eq!(key.to_string().parse(), Ok(*key));
        }
        keys.sort();
        assert!(keys.is_sorted_by_key(PriceKey::to_string));
        for wrong in ["", "crossing", "crossing.air", "transit.per_km.pk", "transit.per_km.Default", "transit.AF"] {
            assert_eq!(wrong.parse::<PriceKey>(), Err(PriceError::UnknownName { name: wrong.to_owned() }));
        }
    }
}
