//! What is asked of the search.

use std::collections::BTreeSet;
use std::fmt;

use super::bounds::{Bounds, MaxShare, ShareOf};
use super::country_pattern::CountryPattern;
use super::objective::Objective;
use crate::metrics::Criterion;
use crate::network::{CountryCode, CrossingId, Network, NodeId, Place, Segment, SegmentId};

/// Where a route begins or ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// At a place.
    Node(NodeId),
    /// At the best of a country's gateways.
    Country(CountryCode),
}

impl fmt::Display for End {
    /// The place's id or the country's code.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Node(id) => id.fmt(f),
            Self::Country(code) => code.fmt(f),
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

/// A question: which are the best routes?
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// Where from.
    pub from: End,
    /// Where to.
    pub to: End,
    /// What to be best at.
    pub objective: Objective,
    /// What to pass.
    pub via: Vec<Via>,
    /// Whether that is passed in the order given, or in any.
    pub in_order: bool,
    /// What not to touch.
    pub avoid: Avoid,
    /// The countries to follow.
    pub corridor: Option<CountryPattern>,
    /// For each border of a corridor without choices and gaps, how to pass it; empty for any way.
    pub gates: Vec<Option<Gate>>,
    /// Upper bounds.
    pub bounds: Bounds,
    /// How much of the length may lie in one country.
    pub shares: Vec<MaxShare>,
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
            in_order: false,
            avoid: Avoid::default(),
            corridor: None,
            gates: Vec::new(),
            bounds: Bounds::default(),
            shares: Vec::new(),
            k: 1,
        }
    }
}

impl Request {
    /// The bound on the share of the length that may lie in a country, on a route between these end countries. A bound of
    /// its own goes before that of every transit country.
    #[must_use]
    pub fn share_of(&self, country: CountryCode, ends: (CountryCode, CountryCode)) -> Option<MaxShare> {
        let own = |share: &&MaxShare| share.of == ShareOf::Country(country);
        let each = |share: &&MaxShare| share.of == ShareOf::EachTransitCountry;
        let is_transit = !country.is_sea() && country != ends.0 && country != ends.1;
        let found = self.shares.iter().find(own).or_else(|| self.shares.iter().find(each).filter(|_| is_transit));
        found.map(|share| MaxShare { of: ShareOf::Country(country), ..*share })
    }
}

/// A bound on availability as it was typed: the percentage of fewest digits that means this bound.
pub(crate) fn shown_percent(risk: u64) -> String {
    let percent = crate::metrics::availability::availability(risk) * 100.0;
    let short = (0..17).map(|digits| format!("{percent:.digits$}"));
    let mut same = short
        .filter(|text| text.parse().is_ok_and(|typed: f64| Criterion::Unavailability.whole(typed / 100.0) == risk));
    same.next().unwrap_or_else(|| percent.to_string())
}
