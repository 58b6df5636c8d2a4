//! The smallest parts of bills and delays, made once for a demand and shared by every route that has them.
//!
//! They are the [`Tariff`]'s own; each is made when it is first asked for. Only which transit fees are due depends on a
//! route's two end countries, so all of them are kept and the asker leaves out those of its ends.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use petgraph::graph::EdgeIndex;

use super::cost::Leaf;
use super::journey::PassedBy;
use super::tariff::Tariff;
use crate::network::{CountryCode, INTERNATIONAL_WATERS, Network, Node, NodeKind};
use crate::units::Latency;

/// The parts for one network and tariff.
#[derive(Debug)]
pub(super) struct Parts<'a> {
    pub(super) network: &'a Network,
    /// Between no countries at all: every country takes its transit fee.
    pub(super) tariff: Tariff<'a>,
    tables: OnceLock<Tables>,
}

/// A place for each part.
#[derive(Debug)]
struct Tables {
    segments: Vec<OnceLock<SegmentLeaves>>,
    delays: Vec<OnceLock<Vec<PieceDelay>>>,
    risks: Vec<OnceLock<u64>>,
    countries: BTreeMap<CountryCode, OnceLock<CountryLeaves>>,
    devices: Vec<OnceLock<Device>>,
    terminal_delay: Latency,
}

/// The country of a piece, its delay in glass, and its share of the delay in amplifiers.
pub(super) type PieceDelay = (CountryCode, Latency, Latency);

/// What a segment costs.
#[derive(Debug)]
pub(super) struct SegmentLeaves {
    pub(super) own: Vec<Leaf>,
    /// The transit fees by distance, of every country.
    pub(super) transit: Vec<Leaf>,
}

/// What is due in a country at its borders and at a route's end.
#[derive(Debug)]
pub(super) struct CountryLeaves {
    by_land: Leaf,
    by_sea: Leaf,
    pub(super) entering: Leaf,
    pub(super) terminal: Leaf,
}

#[derive(Debug)]
struct Device {
    leaf: Leaf,
    delay: Latency,
}

impl CountryLeaves {
    /// Its half of a border's charge.
    pub(super) fn charge(&self, by: PassedBy) -> &Leaf {
        match by {
            PassedBy::Land { .. } => &self.by_land,
            PassedBy::Sea => &self.by_sea,
        }
    }
}

impl<'a> Parts<'a> {
    pub(super) fn new(network: &'a Network, tariff: &Tariff<'a>) -> Self {
        let nobody = (INTERNATIONAL_WATERS, INTERNATIONAL_WATERS);
        Self { network, tariff: tariff.between(nobody), tables: OnceLock::new() }
    }

    fn tables(&self) -> &Tables {
        self.tables.get_or_init(|| {
            let network = self.network;
            let of_pieces = network.segments().flat_map(|segment| segment.pieces.iter().map(|piece| piece.country));
            let mut all: Vec<CountryCode> =
                network.countries().chain(of_pieces).chain([INTERNATIONAL_WATERS]).collect();
            all.sort_unstable();
            all.dedup();
            Tables {
                segments: network.edges().map(|_| OnceLock::new()).collect(),
                delays: network.edges().map(|_| OnceLock::new()).collect(),
                risks: network.edges().map(|_| OnceLock::new()).collect(),
                countries: all.into_iter().map(|country| (country, OnceLock::new())).collect(),
                devices: NodeKind::ALL.iter().map(|_| OnceLock::new()).collect(),
                terminal_delay: self.tariff.terminal_delay(),
            }
        })
    }

    /// Every country that a route may be in: those of places and those of pieces.
    pub(super) fn countries(&self) -> impl Iterator<Item = CountryCode> {
        self.tables().countries.keys().copied()
    }

    pub(super) fn of_segment(&self, edge: EdgeIndex) -> &SegmentLeaves {
        self.tables().segments[edge.index()].get_or_init(|| {
            let segment = self.network.segment(edge);
            SegmentLeaves {
                own: self.tariff.segment_leaves(self.network, segment),
                transit: self.tariff.transit_leaves(segment),
            }
        })
    }

    pub(super) fn delays_of(&self, edge: EdgeIndex) -> &[PieceDelay] {
        self.tables().delays[edge.index()].get_or_init(|| self.tariff.segment_delays(self.network.segment(edge)))
    }

    pub(super) fn risk_of(&self, edge: EdgeIndex) -> u64 {
        *self.tables().risks[edge.index()].get_or_init(|| self.tariff.segment_risk(self.network.segment(edge)))
    }

    pub(super) fn of_country(&self, country: CountryCode) -> &CountryLeaves {
        let own = self.tables().countries.get(&country).expect("a route passes countries of its network");
        own.get_or_init(|| CountryLeaves {
            by_land: self.tariff.charge_leaf(PassedBy::Land { cut: 0 }, country),
            by_sea: self.tariff.charge_leaf(PassedBy::Sea, country),
            entering: self.tariff.entering_leaf(country),
            terminal: self.tariff.terminal_leaf(country),
        })
    }

    /// One-way delay of one terminal.
    pub(super) fn terminal_delay(&self) -> Latency {
        self.tables().terminal_delay
    }

    pub(super) fn device_leaf(&self, node: &Node) -> Leaf {
        self.device(node).leaf.in_country(node.country)
    }

    pub(super) fn device_delay(&self, node: &Node) -> Latency {
        self.device(node).delay
    }

    /// The device of a place's kind, which costs the same in every country.
    fn device(&self, node: &Node) -> &Device {
        self.tables().devices[node.kind as usize]
            .get_or_init(|| Device { leaf: self.tariff.device_leaf(node), delay: self.tariff.device_delay(node) })
    }
}
