//! The data that every question starts from: base map, country names, base network, price book and scenarios.
//!
//! A [`World`] is passed to whatever needs one. [`World::shipped`] is the one inside the program; each part may be
//! replaced by a caller's. A part is decoded when it is first asked for, so that a command without a map pays for none.

mod shipped;

use std::sync::{Arc, OnceLock};

use crate::geodesy::Atlas;
use crate::network::{CountryCode, NetworkParts};
use crate::prices::PriceBook;

/// The English names of countries, by code.
pub type CountryNames = Arc<[(CountryCode, String)]>;

/// Base map, country names, base network, price book and scenarios.
///
/// # Example
/// ```
/// use fiberplan::World;
/// use fiberplan::scenario::{Overrides, load};
///
/// let mut book = World::shipped().price_book();
/// book.year = 2027;
/// let world = World::shipped().with_price_book(book);
/// assert_eq!(load(&world, None, &Overrides::default())?.book.year, 2027);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct World {
    atlas: OnceLock<Atlas>,
    country_names: OnceLock<CountryNames>,
    base_network: Option<NetworkParts>,
    price_book: Option<PriceBook>,
    scenarios: Option<Vec<(String, String)>>,
}

impl World {
    /// The id of the shipped base network.
    pub const SHIPPED_NETWORK: &'static str = "eurasia-transit";

    /// The world inside the program.
    #[must_use]
    pub fn shipped() -> Self {
        Self::default()
    }

    /// This world with another base map.
    #[must_use]
    pub fn with_atlas(self, atlas: Atlas) -> Self {
        Self { atlas: OnceLock::from(atlas), ..self }
    }

    /// This world with other country names.
    #[must_use]
    pub fn with_country_names(self, names: impl IntoIterator<Item = (CountryCode, String)>) -> Self {
        Self { country_names: OnceLock::from(names.into_iter().collect::<CountryNames>()), ..self }
    }

    /// This world with another base network.
    #[must_use]
    pub fn with_base_network(self, parts: NetworkParts) -> Self {
        Self { base_network: Some(parts), ..self }
    }

    /// This world with another price book.
    #[must_use]
    pub fn with_price_book(self, book: PriceBook) -> Self {
        Self { price_book: Some(book), ..self }
    }

    /// This world with other scenarios, each a name and the text of its file. The one called `today` is the default.
    #[must_use]
    pub fn with_scenarios(self, scenarios: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut scenarios: Vec<_> = scenarios.into_iter().collect();
        scenarios.sort();
        Self { scenarios: Some(scenarios), ..self }
    }

    /// The base map. The first call reads the header only; the shapes stay where they are.
    pub fn atlas(&self) -> &Atlas {
        self.atlas.get_or_init(shipped::atlas)
    }

    /// The English names of all countries, by code.
    pub fn country_names(&self) -> &CountryNames {
        self.country_names.get_or_init(shipped::country_names)
    }

    /// The base network, ready to be changed and joined.
    #[must_use]
    pub fn base_network(&self) -> NetworkParts {
        self.base_network.clone().unwrap_or_else(shipped::base_network)
    }

    /// The id of the base network.
    #[must_use]
    pub fn base_network_id(&self) -> &str {
        self.base_network.as_ref().map_or(Self::SHIPPED_NETWORK, |parts| &parts.meta.id)
    }

    /// The price book.
    #[must_use]
    pub fn price_book(&self) -> PriceBook {
        self.price_book.clone().unwrap_or_else(shipped::price_book)
    }

    /// The text of a scenario's file.
    #[must_use]
    pub fn scenario(&self, name: &str) -> Option<&str> {
        match &self.scenarios {
            Some(scenarios) => scenarios.iter().find(|(other, _)| other == name).map(|(_, text)| text.as_str()),
            None => shipped::SCENARIOS.iter().find(|(other, _)| *other == name).map(|(_, text)| *text),
        }
    }

    /// The names of the scenarios, in alphabetical order.
    #[must_use]
    pub fn scenario_names(&self) -> Vec<&str> {
        match &self.scenarios {
            Some(scenarios) => scenarios.iter().map(|(name, _)| name.as_str()).collect(),
            None => shipped::SCENARIOS.iter().map(|(name, _)| *name).collect(),
        }
    }
}
