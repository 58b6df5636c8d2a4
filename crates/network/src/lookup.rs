//! Finding a place by what a user types.

use std::collections::BTreeSet;

use super::country::CountryCode;
use super::graph::Network;
use super::names::{fold_name, nearest_names};
use super::node::{Node, NodeId};
use super::segment::SegmentId;

/// What a name stands for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// A node.
    Node(NodeId),
    /// A country.
    Country(CountryCode),
    /// A segment (only where segments are asked for).
    Segment(SegmentId),
    /// Every segment of a system (only where systems are asked for).
    System(String),
}

/// Why a name does not stand for one place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LookupError {
    /// Nothing is called that.
    #[error("no place is called {name:?}")]
    Unknown {
        /// What was typed.
        name: String,
        /// The nearest names there are, best first.
        nearest: Vec<String>,
    },
    /// Several are.
    #[error("{name:?} may mean {}", candidates.join(", "))]
    Ambiguous {
        /// What was typed.
        name: String,
        /// The ids of those.
        candidates: Vec<String>,
    },
}

impl Network {
    /// Finds a node or a country: by node id, then ISO code, then exact name, then name without its bracket; a place
    /// goes before a country of the same name. Case and accents do not matter.
    ///
    /// `country_names` are the names by which countries are known besides their codes.
    ///
    /// # Errors
    /// If nothing, or more than one place, is called that.
    pub fn find_place(&self, name: &str, country_names: &[(CountryCode, String)]) -> Result<Place, LookupError> {
        let (wanted, index) = (fold_name(name), self.name_index());
        if let Some(&place) = index.ids.get(&wanted) {
            return Ok(Place::Node(self.node(place).id.clone()));
        }
        let here = |code: CountryCode| self.gateways(code).next().is_some();
        if let Some(code) = name.parse::<CountryCode>().ok().filter(|&code| here(code)) {
            return Ok(Place::Country(code));
        }
        for names in &index.names {
            let found: Vec<&Node> = names.get(&wanted).into_iter().flatten().map(|&place| self.node(place)).collect();
            match found.as_slice() {
                [] => {}
                [one] => return Ok(Place::Node(one.id.clone())),
                several => return Self::most_likely(name, several),
            }
        }
        if let Some((code, _)) =
            country_names.iter().find(|(code, country)| here(*code) && fold_name(country) == wanted)
        {
            return Ok(Place::Country(*code));
        }
        let countries = country_names.iter().filter(|(code, _)| here(*code)).map(|(_, country)| country.as_str());
        let known = self.nodes().flat_map(|node| [node.name.as_str(), node.short_name(), node.id.as_str()]);
        Err(LookupError::Unknown { name: name.to_owned(), nearest: nearest_names(name, known.chain(countries)) })
    }

    /// As [`Network::find_place`], but a segment's id or a system's name is understood too, before anything else.
    ///
    /// # Errors
    /// If nothing, or more than one place, is called that.
    pub fn find_anything(&self, name: &str, country_names: &[(CountryCode, String)]) -> Result<Place, LookupError> {
        let wanted = fold_name(name);
        if let Some(&edge) = self.name_index().segments.get(&wanted) {
            return Ok(Place::Segment(self.segment(edge).id().clone()));
        }
        match self.find_place(name, country_names) {
            Err(LookupError::Unknown { name, mut nearest }) => {
                let systems: BTreeSet<&str> = self.segments().filter_map(|s| s.row.system.as_deref()).collect();
                if let Some(system) = systems.iter().find(|system| fold_name(system) == wanted) {
                    return Ok(Place::System((*system).to_owned()));
                }
                nearest.extend(nearest_names(&name, systems));
                nearest.extend(nearest_names(&name, self.segments().map(|s| s.id().as_str())));
                nearest.truncate(4);
                Err(LookupError::Unknown { name, nearest })
            }
            found => found,
        }
    }

    /// As [`Network::find_anything`], for what is not to be touched: a country that has nothing in the network is
    /// understood too, as there is nothing of it to touch.
    ///
    /// # Errors
    /// If nothing, or more than one place, is called that.
    pub fn find_avoidable(&self, name: &str, country_names: &[(CountryCode, String)]) -> Result<Place, LookupError> {
        let found = self.find_anything(name, country_names);
        let wanted = fold_name(name);
        let code = name.trim().parse::<CountryCode>().ok();
        let absent = country_names.iter().find(|(other, country)| code == Some(*other) || fold_name(country) == wanted);
        match (found, absent) {
            (Err(LookupError::Unknown { .. }), Some((country, _))) => Ok(Place::Country(*country)),
            (found, _) => found,
        }
    }

    /// Among places of one name: the one whose population is at least ten times that of every other, else none.
    fn most_likely(name: &str, several: &[&Node]) -> Result<Place, LookupError> {
        let mut by_size: Vec<&Node> = several.to_vec();
        by_size.sort_by_key(|node| std::cmp::Reverse(node.population.unwrap_or(0)));
        let size = |i: usize| by_size[i].population.unwrap_or(0);
        if size(0) > 0 && size(0) >= 10 * size(1).max(1) {
            return Ok(Place::Node(by_size[0].id.clone()));
        }
        let candidates = several.iter().map(|node| node.id.to_string()).collect();
        Err(LookupError::Ambiguous { name: name.to_owned(), candidates })
    }
}
