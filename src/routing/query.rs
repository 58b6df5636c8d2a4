//! What is asked of the search.

use std::collections::BTreeSet;

use crate::metrics::Measure;
use crate::network::{CountryCode, CrossingId, Network, NodeId, Place, Segment, SegmentId};

/// Where a route begins or ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// At a place.
    Node(NodeId),
    /// At the best of a country's gateways.
    Country(CountryCode),
}

/// What the best route is best at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Objective {
    /// The least total cost.
    #[default]
    Cost,
    /// The least latency.
    Latency,
    /// The least length.
    Length,
    /// The least -ln(availability) + friction.
    Risk,
    /// The least length of segments that may not be used yet ([`super::Ground::missing`]).
    Missing,
}

impl Objective {
    /// Every objective that a user may ask for.
    pub const ALL: [Self; 4] = [Self::Cost, Self::Latency, Self::Length, Self::Risk];

    /// Its name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Cost => "cost",
            Self::Latency => "latency",
            Self::Length => "length",
            Self::Risk => "risk",
            Self::Missing => "missing",
        }
    }
}

/// Something a route has to pass.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Via {
    /// A place.
    Node(NodeId),
    /// Any part of a country, over land.
    Country(CountryCode),
    /// Any one of these segments.
    Segments(BTreeSet<SegmentId>),
}

/// What a route may not touch.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Avoid {
    /// Places.
    pub nodes: BTreeSet<NodeId>,
    /// Countries, over land: a submarine cable that touches their shores may pass by.
    pub countries: BTreeSet<CountryCode>,
    /// Segments.
    pub segments: BTreeSet<SegmentId>,
}

impl Avoid {
    /// Adds what a name was found to stand for.
    pub fn add(&mut self, place: &Place, network: &Network) {
        match place {
            Place::Node(id) => {
                self.nodes.insert(id.clone());
            }
            Place::Country(code) => {
                self.countries.insert(*code);
            }
            Place::Segment(id) => {
                self.segments.insert(id.clone());
            }
            Place::System(system) => self.segments.extend(of_system(network, system)),
        }
    }

    /// The names of all that is avoided.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        let nodes = self.nodes.iter().map(ToString::to_string);
        let countries = self.countries.iter().map(ToString::to_string);
        nodes.chain(countries).chain(self.segments.iter().map(ToString::to_string)).collect()
    }

    /// Whether nothing is avoided.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty() && self.countries.is_empty() && self.segments.is_empty()
    }
}

impl Via {
    /// Its name: an id, a code, or the ids of segments.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Node(id) => id.to_string(),
            Self::Country(code) => code.to_string(),
            Self::Segments(ids) => ids.iter().map(SegmentId::as_str).collect::<Vec<_>>().join(","),
        }
    }

    /// From what a name was found to stand for.
    #[must_use]
    pub fn new(place: &Place, network: &Network) -> Self {
        match place {
            Place::Node(id) => Self::Node(id.clone()),
            Place::Country(code) => Self::Country(*code),
            Place::Segment(id) => Self::Segments(BTreeSet::from([id.clone()])),
            Place::System(system) => Self::Segments(of_system(network, system).collect()),
        }
    }
}

fn of_system<'a>(network: &'a Network, system: &'a str) -> impl Iterator<Item = SegmentId> + 'a {
    let mine = move |segment: &&Segment| segment.row.system.as_deref() == Some(system);
    network.segments().filter(mine).map(|segment| segment.id().clone())
}

/// How a corridor's border is to be passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gate {
    /// Over land, at this crossing.
    Land(CrossingId),
    /// From landing to landing.
    Sea,
}

/// Upper bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Bounds {
    /// One-way latency, femtoseconds.
    pub latency_fs: Option<u64>,
    /// Total cost, cents.
    pub cost_cents: Option<u64>,
    /// Borders passed.
    pub crossings: Option<u64>,
}

impl Bounds {
    /// The bounds that are set, each with what it bounds.
    pub fn limits(&self) -> impl Iterator<Item = (Measure, u64)> {
        let all = [
            (Measure::Latency, self.latency_fs),
            (Measure::Cost, self.cost_cents),
            (Measure::Crossings, self.crossings),
        ];
        all.into_iter().filter_map(|(measure, most)| Some((measure, most?)))
    }

    /// A bound on latency in milliseconds as whole femtoseconds, so that a figure as printed bounds itself.
    #[must_use]
    pub fn whole_fs(ms: f64) -> u64 {
        (ms * 1e12).round() as u64
    }

    /// A bound on cost in dollars as whole cents: 1.15 dollars are 115 cents, though 1.15 x 100 falls short of it.
    #[must_use]
    pub fn whole_cents(usd: f64) -> u64 {
        (usd * 100.0 + 1e-4).floor() as u64
    }
}

/// A question: which are the best routes?
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// Where from.
    pub from: End,
    /// Where to.
    pub to: End,
    /// What to be best at.
    pub objective: Objective,
    /// What to pass, in any order.
    pub via: Vec<Via>,
    /// What not to touch.
    pub avoid: Avoid,
    /// The countries to follow, exactly.
    pub corridor: Option<Vec<CountryCode>>,
    /// For each border of the corridor, how to pass it; empty for any way.
    pub gates: Vec<Option<Gate>>,
    /// Upper bounds.
    pub bounds: Bounds,
    /// How many routes are wanted.
    pub k: usize,
}

impl Request {
    /// The one best route between two ends.
    #[must_use]
    pub fn between(from: End, to: End, objective: Objective) -> Self {
        Self {
            from,
            to,
            objective,
            via: Vec::new(),
            avoid: Avoid::default(),
            corridor: None,
            gates: Vec::new(),
            bounds: Bounds::default(),
            k: 1,
        }
    }
}
