//! A place of the network.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::country::CountryCode;
use super::words::NodeKind;
use crate::geodesy::LonLat;

/// A node's identifier, unique in its network.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct NodeId(String);

impl NodeId {
    /// Any text that is not empty.
    #[must_use]
    pub fn new(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for NodeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A place: a town, a border post, a landing station, an exchange or a junction.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Node {
    /// Identifier.
    pub id: NodeId,
    /// Name as shown; what stands in brackets is left out where space is short.
    pub name: String,
    /// What it is.
    pub kind: NodeKind,
    /// The country it belongs to (never read off a map polygon).
    pub country: CountryCode,
    /// Where it is.
    pub point: LonLat,
    /// Inhabitants, where known.
    pub population: Option<u64>,
    /// Sources, by id.
    pub sources: Vec<String>,
}

impl Node {
    /// The name without what stands in brackets.
    #[must_use]
    pub fn short_name(&self) -> &str {
        self.name.split(" (").next().unwrap_or(&self.name).trim()
    }
}
