//! Names to requests: places and countries as a caller writes them become a [`Request`] that keeps to the scenario's
//! routing.

use std::path::PathBuf;

use thiserror::Error;

use super::resolve::{Overrides, Scenario, ScenarioSource, load};
use crate::analysis::Request;
use crate::formats::FileError;
use crate::network::{CountryCode, CountryCodeError, LookupError, NodeId, Place};
use crate::request::{CountryPattern, End, PatternError};
use crate::world::World;

/// A name that is no end of a route.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum EndError {
    /// It stands for nothing, or for several things.
    #[error(transparent)]
    Lookup(#[from] LookupError),
    /// It is the name of a segment or a system.
    #[error("{0:?} is not a place")]
    NotAPlace(String),
}

/// Countries that are no corridor.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum CorridorError {
    /// A code is not one of a country.
    #[error(transparent)]
    Code(#[from] CountryCodeError),
    /// They do not follow one another.
    #[error(transparent)]
    Pattern(#[from] PatternError),
    /// The network has no place in an end country.
    #[error("{0} has no gateway")]
    NoGateway(CountryCode),
}

impl Scenario {
    /// A scenario of the world by name, or one in a file.
    ///
    /// # Errors
    /// If it is neither, or wrong.
    pub fn named(world: &World, name: &str) -> Result<Self, FileError> {
        load(world, Some(&ScenarioSource::named(world, name)?), &Overrides::default())
    }

    /// The network in a folder or GeoJSON file, under the demand, prices and routing of the scenario `today`.
    ///
    /// # Errors
    /// If the network cannot be read, or is wrong.
    pub fn over_network(world: &World, path: impl Into<PathBuf>) -> Result<Self, FileError> {
        load(world, None, &Overrides { network: Some(path.into()), ..Overrides::default() })
    }

    /// An end of a route: a place or a country by id, code or name.
    ///
    /// # Errors
    /// If nothing, several things or something else is called that.
    pub fn end(&self, name: &str) -> Result<End, EndError> {
        match self.find_place(name)? {
            Place::Node(id) => Ok(End::Node(id)),
            Place::Country(code) => Ok(End::Country(code)),
            Place::Segment(_) | Place::System(_) => Err(EndError::NotAPlace(name.to_owned())),
        }
    }

    /// The principal gateway of a country: where a corridor begins or ends in it.
    #[must_use]
    pub fn principal_gateway(&self, country: CountryCode) -> Option<NodeId> {
        self.network.gateways(country).next().map(|node| node.id.clone())
    }

    /// A request for the best route between two named ends, by the scenario's objective.
    ///
    /// # Errors
    /// As [`Scenario::end`].
    pub fn between(&self, from: &str, to: &str) -> Result<Request, EndError> {
        Ok(self.request(self.end(from)?, self.end(to)?, self.routing.objective))
    }

    /// A request for the best route along a corridor of ISO country codes, between the principal gateways of its ends.
    ///
    /// # Errors
    /// If the codes make no corridor, or an end country has no gateway.
    pub fn along(&self, codes: &[&str]) -> Result<Request, CorridorError> {
        let countries: Vec<CountryCode> = codes.iter().map(|code| code.parse()).collect::<Result<_, _>>()?;
        let corridor = CountryPattern::exactly(&countries)?;
        let (Some(&first), Some(&last)) = (countries.first(), countries.last()) else {
            return Err(PatternError::Empty.into());
        };
        let gateway = |country| self.principal_gateway(country).map(End::Node).ok_or(CorridorError::NoGateway(country));
        let request = self.request(gateway(first)?, gateway(last)?, self.routing.objective);
        Ok(Request { corridor: Some(corridor), ..request })
    }
}
