//! What each step of a route adds to its figures, reckoned once for a demand and looked up by every search.
//!
//! The sums are those of the bill: each number here is made of the very leaves, delays and risks that [`super::evaluate`]
//! lists, so that what a search minimises is what the answer shows. Only the transit fees depend on a route's two end
//! countries, and they are kept by country until these are known. Each kind of figure is reckoned when it is first asked
//! for.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use petgraph::graph::{EdgeIndex, NodeIndex};

use super::cost::Leaf;
use super::journey::{Passed, PassedBy};
use super::measure::Measure;
use super::tariff::{Demand, Tariff};
use crate::network::{CountryCode, INTERNATIONAL_WATERS, Network};
use crate::prices::PriceBook;
use crate::units::{Latency, Usd};

/// The steps' figures for one network, price book and demand.
#[derive(Debug)]
pub struct Burdens<'a> {
    network: &'a Network,
    /// Between no countries at all: every country takes its transit fee.
    tariff: Tariff<'a>,
    costs: OnceLock<Costs>,
    delays: OnceLock<Delays>,
    risks: OnceLock<Vec<u64>>,
}

#[derive(Debug)]
struct Costs {
    /// By segment, without transit fees.
    segments: Vec<u64>,
    /// By segment: the fee by distance of each country it runs through.
    transit: Vec<Vec<(CountryCode, u64)>>,
    devices: Vec<u64>,
    by_land: u64,
    by_sea: u64,
    /// The fee for entering a country.
    entering: BTreeMap<CountryCode, u64>,
    terminal: u64,
}

#[derive(Debug)]
struct Delays {
    segments: Vec<u64>,
    devices: Vec<u64>,
    terminal: u64,
}

/// A step along a segment.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Step<'s> {
    /// The segment.
    pub(crate) edge: EdgeIndex,
    /// The borders passed on it.
    pub(crate) borders: &'s [Passed],
    /// The place whose device is passed on entering it.
    pub(crate) device: Option<NodeIndex>,
}

impl<'a> Burdens<'a> {
    /// Of a demand in a network at a book's prices.
    #[must_use]
    pub fn new(network: &'a Network, book: &'a PriceBook, demand: Demand) -> Self {
        let nobody = (INTERNATIONAL_WATERS, INTERNATIONAL_WATERS);
        Self {
            network,
            tariff: Tariff::new(book, demand, nobody),
            costs: OnceLock::new(),
            delays: OnceLock::new(),
            risks: OnceLock::new(),
        }
    }

    /// What a step adds to a measure of a route between these end countries.
    pub(crate) fn of_step(&self, measure: Measure, step: Step<'_>, ends: (CountryCode, CountryCode)) -> u64 {
        let index = step.edge.index();
        match measure {
            Measure::Cost => {
                let costs = self.costs();
                let transit = costs.transit[index].iter().filter(|(country, _)| !is_end(*country, ends));
                let transit = transit.fold(0_u64, |sum, (_, cents)| sum.saturating_add(*cents));
                let device = step.device.map_or(0, |node| costs.devices[node.index()]);
                let own = costs.segments[index].saturating_add(transit).saturating_add(device);
                own.saturating_add(costs.of_borders(step.borders, ends))
            }
            Measure::Latency => {
                let delays = self.delays();
                let device = step.device.map_or(0, |node| delays.devices[node.index()]);
                delays.segments[index].saturating_add(device)
            }
            Measure::Length => self.network.segment(step.edge).length.metres(),
            Measure::Unavailability => self.risks()[index],
            Measure::Crossings => step.borders.len() as u64,
            Measure::LengthIn(country) => {
                let here = self.network.segment(step.edge).pieces.iter().filter(|piece| piece.country == country);
                here.map(|piece| piece.length.metres()).sum()
            }
        }
    }

    /// What a route's two ends add: the terminals, and the border passed by going ashore at the very end.
    pub(crate) fn of_ends(&self, measure: Measure, ashore: &[Passed], ends: (CountryCode, CountryCode)) -> u64 {
        match measure {
            Measure::Cost => {
                let costs = self.costs();
                (2 * costs.terminal).saturating_add(costs.of_borders(ashore, ends))
            }
            Measure::Latency => 2 * self.delays().terminal,
            Measure::Crossings => ashore.len() as u64,
            Measure::Length | Measure::Unavailability | Measure::LengthIn(_) => 0,
        }
    }

    /// The friction of entering these countries: it shapes the choice under `--objective risk`, never a figure.
    pub(crate) fn friction(&self, borders: &[Passed]) -> u64 {
        borders.iter().fold(0, |sum, border| sum.saturating_add(self.tariff.friction(border.to)))
    }

    fn costs(&self) -> &Costs {
        self.costs.get_or_init(|| Costs::new(self.network, &self.tariff))
    }

    fn delays(&self) -> &Delays {
        self.delays.get_or_init(|| {
            let (network, tariff) = (self.network, &self.tariff);
            let of_segment = |edge| {
                let parts = tariff.segment_delays(network.segment(edge));
                parts.iter().map(|(_, glass, devices)| *glass + *devices).sum::<Latency>().femtoseconds()
            };
            Delays {
                segments: network.edges().map(of_segment).collect(),
                devices: network.nodes().map(|node| tariff.device_delay(node).femtoseconds()).collect(),
                terminal: tariff.terminal_delay().femtoseconds(),
            }
        })
    }

    fn risks(&self) -> &[u64] {
        self.risks.get_or_init(|| self.network.segments().map(|segment| self.tariff.segment_risk(segment)).collect())
    }
}

impl Costs {
    fn new(network: &Network, tariff: &Tariff<'_>) -> Self {
        let transit = |edge| {
            let leaves = tariff.transit_leaves(network.segment(edge));
            let mut by_country: Vec<(CountryCode, u64)> = Vec::with_capacity(leaves.len());
            for leaf in &leaves {
                match by_country.iter_mut().find(|(country, _)| *country == leaf.country) {
                    Some((_, sum)) => *sum = sum.saturating_add(cents(std::slice::from_ref(leaf))),
                    None => by_country.push((leaf.country, cents(std::slice::from_ref(leaf)))),
                }
            }
            by_country
        };
        let charge = |by| {
            // The tariff takes the sea for both ends' country, so this is the border charge alone.
            cents(&tariff.passage_leaves(&Passed { from: INTERNATIONAL_WATERS, to: INTERNATIONAL_WATERS, by }))
        };
        let (by_land, by_sea) = (charge(PassedBy::Land { cut: 0 }), charge(PassedBy::Sea));
        let fee = |country| {
            let passed = Passed { from: INTERNATIONAL_WATERS, to: country, by: PassedBy::Sea };
            (country, cents(&tariff.passage_leaves(&passed)).saturating_sub(by_sea))
        };
        Self {
            segments: network
                .edges()
                .map(|edge| cents(&tariff.segment_leaves(network, network.segment(edge))))
                .collect(),
            transit: network.edges().map(transit).collect(),
            devices: network.nodes().map(|node| cents(&[tariff.device_leaf(node)])).collect(),
            by_land,
            by_sea,
            entering: countries_entered(network).map(fee).collect(),
            terminal: cents(&[tariff.terminal_leaf(INTERNATIONAL_WATERS)]),
        }
    }

    fn of_borders(&self, borders: &[Passed], ends: (CountryCode, CountryCode)) -> u64 {
        borders.iter().fold(0, |sum: u64, border| {
            let charge = match border.by {
                PassedBy::Land { .. } => self.by_land,
                PassedBy::Sea => self.by_sea,
            };
            let fee = if is_end(border.to, ends) { 0 } else { self.entering.get(&border.to).copied().unwrap_or(0) };
            sum.saturating_add(charge).saturating_add(fee)
        })
    }
}

/// Every country that a border may be passed into: those of places and those of pieces.
fn countries_entered(network: &Network) -> impl Iterator<Item = CountryCode> + use<> {
    let of_pieces = network.segments().flat_map(|segment| segment.pieces.iter().map(|piece| piece.country));
    let all: std::collections::BTreeSet<CountryCode> = network.countries().chain(of_pieces).collect();
    all.into_iter()
}

fn is_end(country: CountryCode, ends: (CountryCode, CountryCode)) -> bool {
    country == ends.0 || country == ends.1
}

fn cents(leaves: &[Leaf]) -> u64 {
    leaves.iter().map(Leaf::base).sum::<Usd>().cents().max(0) as u64
}
