//! Cost, delay, length and risk of each step of a route, computed once for a demand and looked up by every search.
//!
//! The sums are those of the bill: each number here is made of the very leaves, delays and risks that a [`Route`] lists,
//! so that what a search minimises is what the answer shows. Only the transit fees depend on a route's two end
//! countries, and they are kept by country until these are known. Each kind of figure is computed when it is first asked
//! for.

use std::sync::OnceLock;

use petgraph::graph::{EdgeIndex, NodeIndex};

use super::cost::Leaf;
use super::criterion::Measure;
use super::journey::{Passed, PassedBy};
use super::parts::Parts;
use super::route::{Route, evaluate_parts};
use super::tariff::{Demand, Tariff};
use crate::network::{CountryCode, INTERNATIONAL_WATERS, Network};
use crate::prices::PriceBook;
use crate::units::{Latency, Usd};

/// Cost, delay, length and risk of every step, for one network, price book and demand.
#[derive(Debug)]
pub struct StepCosts<'a> {
    parts: Parts<'a>,
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
    /// The fee for entering a country, by [`CountryCode::index`].
    entering: Vec<u64>,
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

impl<'a> StepCosts<'a> {
    /// Of a demand in a network at a book's prices, in a year.
    #[must_use]
    pub fn new(network: &'a Network, book: &'a PriceBook, demand: Demand, year: i32) -> Self {
        let tariff = Tariff::new(book, demand, (INTERNATIONAL_WATERS, INTERNATIONAL_WATERS)).in_year(year);
        Self {
            parts: Parts::new(network, &tariff),
            costs: OnceLock::new(),
            delays: OnceLock::new(),
            risks: OnceLock::new(),
        }
    }

    /// The route between two end countries that begins at a place and follows segments, each given by its number in the
    /// order of ids, with all its figures.
    ///
    /// # Panics
    /// If the segments do not form a path of the network from there.
    #[must_use]
    pub fn route(&self, ends: (CountryCode, CountryCode), start: u32, segments: &[u32]) -> Route {
        evaluate_parts(&self.parts, ends, start, segments)
    }

    /// What a step adds to a measure of a route between these end countries.
    pub(crate) fn of_step(&self, measure: Measure, step: Step<'_>, ends: (CountryCode, CountryCode)) -> u64 {
        let index = step.edge.index();
        match measure {
            Measure::Cost => {
                let mut sum = self.charges(step);
                self.fees(step, |country, cents| {
                    sum = sum.saturating_add(if is_end(country, ends) { 0 } else { cents })
                });
                sum
            }
            Measure::Latency => {
                let delays = self.delays();
                let device = step.device.map_or(0, |node| delays.devices[node.index()]);
                delays.segments[index].saturating_add(device)
            }
            Measure::Length => self.parts.network.segment(step.edge).length.metres(),
            Measure::Unavailability => self.risks()[index],
            Measure::Crossings => step.borders.len() as u64,
            Measure::LengthIn(country) => {
                let here = self.parts.network.segment(step.edge).pieces.iter().filter(|piece| piece.country == country);
                here.map(|piece| piece.length.metres()).sum()
            }
            Measure::FeesIn(country) => {
                let mut sum = 0_u64;
                self.fees(step, |to, cents| {
                    sum = sum.saturating_add(if to == country && !is_end(to, ends) { cents } else { 0 })
                });
                sum
            }
            Measure::Entries(country) => entries(step.borders, country),
        }
    }

    /// What a step costs between any two ends: all but the fees of the countries passed through.
    pub(crate) fn charges(&self, step: Step<'_>) -> u64 {
        let costs = self.costs();
        let device = step.device.map_or(0, |node| costs.devices[node.index()]);
        let own = costs.segments[step.edge.index()].saturating_add(device);
        step.borders.iter().fold(own, |sum, border| sum.saturating_add(costs.of_border(border)))
    }

    /// The fees of the countries passed through on a step, which only a route's two end countries do not take.
    pub(crate) fn fees(&self, step: Step<'_>, mut each: impl FnMut(CountryCode, u64)) {
        let costs = self.costs();
        costs.transit[step.edge.index()].iter().for_each(|&(country, cents)| each(country, cents));
        step.borders.iter().for_each(|border| each(border.to, costs.entering[border.to.index()]));
    }

    /// What a route's two ends add: the terminals, and the border passed by going ashore at the very end.
    pub(crate) fn of_ends(&self, measure: Measure, ashore: &[Passed], ends: (CountryCode, CountryCode)) -> u64 {
        match measure {
            Measure::Cost => {
                let costs = self.costs();
                ashore.iter().fold(2 * costs.terminal, |sum, border| {
                    let fee = if is_end(border.to, ends) { 0 } else { costs.entering[border.to.index()] };
                    sum.saturating_add(costs.of_border(border)).saturating_add(fee)
                })
            }
            Measure::Latency => 2 * self.delays().terminal,
            Measure::Crossings => ashore.len() as u64,
            Measure::FeesIn(country) => {
                let due = |border: &&Passed| border.to == country && !is_end(country, ends);
                ashore.iter().filter(due).map(|border| self.costs().entering[border.to.index()]).sum()
            }
            Measure::Entries(country) => entries(ashore, country),
            Measure::Length | Measure::Unavailability | Measure::LengthIn(_) => 0,
        }
    }

    /// The leaves that the cost of a step is the sum of.
    pub(crate) fn step_leaves(&self, step: Step<'_>, ends: (CountryCode, CountryCode)) -> Vec<Leaf> {
        let parts = &self.parts;
        let own = parts.of_segment(step.edge);
        let fees = own.transit.iter().filter(|leaf| !is_end(leaf.country, ends));
        let mut leaves: Vec<Leaf> = own.own.iter().chain(fees).cloned().collect();
        leaves.extend(step.device.map(|node| parts.device_leaf(parts.network.node(node))));
        step.borders.iter().for_each(|border| self.border_leaves(border, ends, &mut leaves));
        leaves
    }

    /// The leaves that the cost of a route's two ends is the sum of.
    pub(crate) fn end_leaves(&self, ashore: &[Passed], ends: (CountryCode, CountryCode)) -> Vec<Leaf> {
        let mut leaves: Vec<Leaf> =
            [ends.0, ends.1].iter().map(|&end| self.parts.of_country(end).terminal.clone()).collect();
        ashore.iter().for_each(|border| self.border_leaves(border, ends, &mut leaves));
        leaves
    }

    fn border_leaves(&self, border: &Passed, ends: (CountryCode, CountryCode), leaves: &mut Vec<Leaf>) {
        let (left, entered) = (self.parts.of_country(border.from), self.parts.of_country(border.to));
        leaves.extend([left.charge(border.by).clone(), entered.charge(border.by).clone()]);
        if !is_end(border.to, ends) {
            leaves.push(entered.entering.clone());
        }
    }

    /// The friction of entering these countries: it shapes the choice under `--objective risk`, never a figure.
    pub(crate) fn friction(&self, borders: &[Passed]) -> u64 {
        borders.iter().fold(0, |sum, border| sum.saturating_add(self.parts.tariff.friction(border.to)))
    }

    fn costs(&self) -> &Costs {
        self.costs.get_or_init(|| Costs::new(&self.parts))
    }

    fn delays(&self) -> &Delays {
        self.delays.get_or_init(|| {
            let parts = &self.parts;
            let of_segment = |edge| {
                let delays = parts.delays_of(edge).iter();
                delays.map(|(_, glass, devices)| *glass + *devices).sum::<Latency>().femtoseconds()
            };
            Delays {
                segments: parts.network.edges().map(of_segment).collect(),
                devices: parts.network.nodes().map(|node| parts.device_delay(node).femtoseconds()).collect(),
                terminal: parts.terminal_delay().femtoseconds(),
            }
        })
    }

    fn risks(&self) -> &[u64] {
        self.risks.get_or_init(|| self.parts.network.edges().map(|edge| self.parts.risk_of(edge)).collect())
    }
}

impl Costs {
    fn new(parts: &Parts<'_>) -> Self {
        let network = parts.network;
        let transit = |edge| {
            let leaves = &parts.of_segment(edge).transit;
            let mut by_country: Vec<(CountryCode, u64)> = Vec::with_capacity(leaves.len());
            for leaf in leaves {
                match by_country.iter_mut().find(|(country, _)| *country == leaf.country) {
                    Some((_, sum)) => *sum = sum.saturating_add(cents([leaf])),
                    None => by_country.push((leaf.country, cents([leaf]))),
                }
            }
            by_country
        };
        let here = parts.of_country(INTERNATIONAL_WATERS);
        let charge = |by| cents([here.charge(by), here.charge(by)]);
        let mut entering = vec![0; CountryCode::N_INDICES];
        for country in parts.countries() {
            entering[country.index()] = cents([&parts.of_country(country).entering]);
        }
        Self {
            segments: network.edges().map(|edge| cents(&parts.of_segment(edge).own)).collect(),
            transit: network.edges().map(transit).collect(),
            devices: network.nodes().map(|node| cents([&parts.device_leaf(node)])).collect(),
            by_land: charge(PassedBy::Land { cut: 0 }),
            by_sea: charge(PassedBy::Sea),
            entering,
            terminal: cents([&here.terminal]),
        }
    }

    /// The charge for passing a border.
    fn of_border(&self, border: &Passed) -> u64 {
        match border.by {
            PassedBy::Land { .. } => self.by_land,
            PassedBy::Sea => self.by_sea,
        }
    }
}

/// How many of these borders lead into a country.
fn entries(borders: &[Passed], country: CountryCode) -> u64 {
    borders.iter().filter(|border| border.to == country).count() as u64
}

fn is_end(country: CountryCode, ends: (CountryCode, CountryCode)) -> bool {
    country == ends.0 || country == ends.1
}

fn cents<'l>(leaves: impl IntoIterator<Item = &'l Leaf>) -> u64 {
    leaves.into_iter().map(Leaf::base).sum::<Usd>().cents().max(0) as u64
}
