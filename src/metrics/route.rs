//! A route with all its figures.

use std::collections::BTreeMap;

use super::availability::availability;
use super::cost::{Bill, Leaf};
use super::journey::{Arrival, Journey, Passed, PassedBy};
use super::latency::glass_ms;
use super::tariff::Tariff;
use crate::geodesy::{LonLat, length_km};
use crate::network::{CountryCode, CrossingId, INTERNATIONAL_WATERS, Network, NodeId, NodeKind, SegmentId, Status};
use crate::units::{Latency, Length, Usd};

/// One segment of a route, with what falls on it: the segment itself, the borders passed on it, the device at the place
/// it leads to, and a terminal if it is the first or the last.
#[derive(Debug, Clone, PartialEq)]
pub struct Hop {
    /// The segment.
    pub segment: SegmentId,
    /// Where it is entered.
    pub from: NodeId,
    /// Where it is left.
    pub to: NodeId,
    /// Whether it is travelled in its own direction.
    pub forward: bool,
    /// Length.
    pub length: Length,
    /// One-way delay in glass and devices.
    pub latency: Latency,
    /// Lengths by country, in travel order.
    pub pieces: Vec<(CountryCode, Length)>,
    /// The bill's parts.
    pub leaves: Vec<Leaf>,
}

impl Hop {
    /// What the hop costs.
    #[must_use]
    pub fn cost(&self) -> Usd {
        self.leaves.iter().map(Leaf::base).sum()
    }
}

/// How a border is passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PassageKind {
    /// Over land, at a crossing of the network.
    Land(CrossingId),
    /// By sea.
    Sea,
}

/// A border passed by a route.
#[derive(Debug, Clone, PartialEq)]
pub struct Passage {
    /// The country left.
    pub from: CountryCode,
    /// The country entered.
    pub to: CountryCode,
    /// How.
    pub kind: PassageKind,
    /// The border post's name, or the pair of landings.
    pub name: String,
    /// Where: the crossing, or the landing gone ashore at.
    pub point: LonLat,
}

/// One country's share in a route; the sea has a row of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct CountryShare {
    /// The country, or `XZ`.
    pub country: CountryCode,
    /// Cable length there.
    pub length: Length,
    /// One-way delay there.
    pub latency: Latency,
    /// Money due there.
    pub bill: Bill,
}

/// A route and its figures.
#[derive(Debug, Clone, PartialEq)]
pub struct Route {
    /// The places, both ends included.
    pub nodes: Vec<NodeId>,
    /// The segments.
    pub hops: Vec<Hop>,
    /// The countries in order, both ends' included.
    pub countries: Vec<CountryCode>,
    /// The borders passed, in order: one less than the countries.
    pub passages: Vec<Passage>,
    /// The places where it meets submarine cables, in order.
    pub landings: Vec<NodeId>,
    /// Length.
    pub length: Length,
    /// Geodesic distance between the ends, km.
    pub geodesic_km: f64,
    /// One-way delay in glass.
    pub glass: Latency,
    /// One-way delay in devices.
    pub devices: Latency,
    /// Long-run share of time that every piece of cable is up.
    pub availability: f64,
    /// What it costs over the term.
    pub bill: Bill,
    /// The same in equal yearly payments, USD.
    pub annuity_usd: f64,
    /// The same per Mbit/s and month, USD.
    pub usd_per_mbps_month: f64,
    /// The countries' shares, in order of first appearance, the sea last.
    pub shares: Vec<CountryShare>,
    /// The part of the length that lies in rows without a source.
    pub assumed_length: Length,
    /// What was assumed to get here.
    pub assumptions: Vec<String>,
}

impl Route {
    /// One-way delay.
    #[must_use]
    pub fn latency(&self) -> Latency {
        self.glass + self.devices
    }

    /// Round trip, ms.
    #[must_use]
    pub fn rtt_ms(&self) -> f64 {
        2.0 * self.latency().ms()
    }

    /// Latency over that of light in glass along the geodesic between the ends; `None` where these are at one spot.
    #[must_use]
    pub fn stretch(&self) -> Option<f64> {
        (self.geodesic_km > 0.0).then(|| self.latency().ms() / glass_ms(self.geodesic_km))
    }

    /// Whether it passes any sea.
    #[must_use]
    pub fn goes_by_sea(&self) -> bool {
        !self.landings.is_empty()
    }

    /// The segments' ids.
    pub fn segments(&self) -> impl Iterator<Item = &SegmentId> {
        self.hops.iter().map(|hop| &hop.segment)
    }
}

struct Walk<'a> {
    network: &'a Network,
    tariff: &'a Tariff<'a>,
    delays: BTreeMap<CountryCode, Latency>,
    lengths: Vec<(CountryCode, Length)>,
    passages: Vec<Passage>,
    /// Where the route last went to sea.
    departed: Option<NodeId>,
    glass: Latency,
    devices: Latency,
}

/// Works out every figure of a route that begins at `start` and follows `segments`.
///
/// # Panics
/// If the segments do not form a path of the network from `start`: only routes found in it may be asked for.
#[must_use]
pub fn evaluate(network: &Network, tariff: &Tariff<'_>, start: &NodeId, segments: &[SegmentId]) -> Route {
    let mut walk = Walk {
        network,
        tariff,
        delays: BTreeMap::new(),
        lengths: Vec::new(),
        passages: Vec::new(),
        departed: None,
        glass: Latency::ZERO,
        devices: Latency::ZERO,
    };
    let mut hops: Vec<Hop> = Vec::with_capacity(segments.len());
    let (mut at, mut arrival) = (start.clone(), Arrival::Start);
    for (i, id) in segments.iter().enumerate() {
        let (hop, next) = walk.hop(&at, id, arrival, i + 1 == segments.len());
        at = hop.to.clone();
        arrival = next;
        hops.push(hop);
    }
    walk.finish(hops, start, &at)
}

impl<'a> Walk<'a> {
    fn hop(&mut self, at: &NodeId, id: &SegmentId, arrival: Arrival, last: bool) -> (Hop, Arrival) {
        let (network, tariff) = (self.network, self.tariff);
        let segment = network.find_segment(id).expect("a route's segments are in its network");
        let forward = segment.row.from == *at;
        assert!(forward || segment.row.to == *at, "the segments of a route join up");
        let to = if forward { segment.row.to.clone() } else { segment.row.from.clone() };
        let here = network.find_node(at).expect("a route's places are in its network");
        let there = network.find_node(&to).expect("a route's places are in its network");
        let mut hop = Hop {
            segment: id.clone(),
            from: at.clone(),
            to,
            forward,
            length: segment.length,
            latency: Latency::ZERO,
            pieces: segment.pieces.iter().map(|piece| (piece.country, piece.length)).collect(),
            leaves: tariff.segment_leaves(network, segment),
        };
        hop.leaves.extend(tariff.transit_leaves(segment));
        if !forward {
            hop.pieces.reverse();
        }
        self.lengths.extend(hop.pieces.iter().copied());
        for (country, glass, devices) in tariff.segment_delays(segment) {
            self.delay(&mut hop, country, glass, devices);
        }
        if arrival == Arrival::Start {
            self.terminal(&mut hop, here.country);
        } else if Journey::meets_device(arrival, segment.row.medium.is_submarine()) {
            hop.leaves.push(tariff.device_leaf(here));
            self.delay(&mut hop, here.country, Latency::ZERO, tariff.device_delay(here));
        }
        if segment.row.medium.is_submarine() && !matches!(arrival, Arrival::Sea { .. }) {
            self.departed = Some(at.clone());
        }
        let mut passed = Vec::new();
        let after = Journey::go(arrival, here, segment, forward, |border| passed.push(border));
        if last {
            passed.extend(Journey::end(after, there));
            self.terminal(&mut hop, there.country);
        }
        for border in passed {
            hop.leaves.extend(tariff.passage_leaves(&border));
            let ashore = if matches!(after, Arrival::Sea { .. }) { &hop.to } else { at };
            let passage = self.passage(&border, id, ashore);
            self.passages.push(passage);
        }
        (hop, after)
    }

    fn passage(&self, border: &Passed, segment: &SegmentId, ashore: &NodeId) -> Passage {
        let (kind, name, point) = match border.by {
            PassedBy::Land { cut } => {
                let edge = self.network.edge_of(segment).expect("a route's segments are in its network");
                let id = self.network.crossing_at(edge, cut).expect("every cut is at a crossing");
                let crossing = &self.network.crossings()[id.0];
                (PassageKind::Land(id), crossing.name_entering(border.to).to_owned(), crossing.point)
            }
            PassedBy::Sea => {
                let short = |id: &NodeId| self.network.find_node(id).map_or("", |node| node.short_name()).to_owned();
                let left = self.departed.as_ref().map_or_else(String::new, short);
                let point = self.network.find_node(ashore).expect("a landing is in the network").point;
                (PassageKind::Sea, format!("{left}-{} by sea", short(ashore)), point)
            }
        };
        Passage { from: border.from, to: border.to, kind, name, point }
    }

    fn terminal(&mut self, hop: &mut Hop, country: CountryCode) {
        hop.leaves.push(self.tariff.terminal_leaf(country));
        self.delay(hop, country, Latency::ZERO, self.tariff.terminal_delay());
    }

    fn delay(&mut self, hop: &mut Hop, country: CountryCode, glass: Latency, devices: Latency) {
        hop.latency += glass + devices;
        self.glass += glass;
        self.devices += devices;
        *self.delays.entry(country).or_default() += glass + devices;
    }

    fn finish(self, hops: Vec<Hop>, start: &NodeId, end: &NodeId) -> Route {
        let network = self.network;
        let (first, last) = (network.find_node(start), network.find_node(end));
        let (first, last) = (first.expect("the start is in the network"), last.expect("the end is in the network"));
        let mut countries = vec![first.country];
        countries.extend(self.passages.iter().map(|passage| passage.to));
        let mut nodes = vec![start.clone()];
        nodes.extend(hops.iter().map(|hop| hop.to.clone()));
        let bill = Bill::of(hops.iter().flat_map(|hop| &hop.leaves));
        let annuity_usd = bill.total().dollars() * self.tariff.capital_recovery_factor();
        let mbps = self.tariff.demand().gbps.get() * 1000.0;
        let risk = hops.iter().filter_map(|hop| network.find_segment(&hop.segment));
        let risk = risk.map(|segment| self.tariff.segment_risk(segment)).sum();
        Route {
            landings: landings(network, &hops),
            length: hops.iter().map(|hop| hop.length).sum(),
            geodesic_km: length_km(&[first.point, last.point]),
            glass: self.glass,
            devices: self.devices,
            availability: availability(risk),
            bill,
            annuity_usd,
            usd_per_mbps_month: annuity_usd / (12.0 * mbps),
            shares: shares(&countries, &self.lengths, &self.delays, &hops),
            assumed_length: assumed_length(network, &hops),
            assumptions: assumptions(network, &hops, self.tariff.demand().gbps.get()),
            passages: self.passages,
            nodes,
            countries,
            hops,
        }
    }
}

fn landings(network: &Network, hops: &[Hop]) -> Vec<NodeId> {
    let mut found: Vec<NodeId> = Vec::new();
    for hop in hops {
        let submarine = network.find_segment(&hop.segment).is_some_and(|s| s.row.medium.is_submarine());
        for end in [&hop.from, &hop.to] {
            if submarine && found.last() != Some(end) {
                found.push(end.clone());
            }
        }
    }
    found
}

fn shares(
    countries: &[CountryCode],
    lengths: &[(CountryCode, Length)],
    delays: &BTreeMap<CountryCode, Latency>,
    hops: &[Hop],
) -> Vec<CountryShare> {
    let leaves = || hops.iter().flat_map(|hop| &hop.leaves);
    let mut order: Vec<CountryCode> = Vec::new();
    let all = countries.iter().copied().chain(lengths.iter().map(|l| l.0)).chain(leaves().map(|leaf| leaf.country));
    for country in all.filter(|country| !country.is_sea()) {
        if !order.contains(&country) {
            order.push(country);
        }
    }
    if lengths.iter().any(|(country, _)| country.is_sea()) {
        order.push(INTERNATIONAL_WATERS);
    }
    let share = |country| CountryShare {
        country,
        length: lengths.iter().filter(|l| l.0 == country).map(|l| l.1).sum(),
        latency: delays.get(&country).copied().unwrap_or_default(),
        bill: Bill::of(leaves().filter(|leaf| leaf.country == country)),
    };
    order.into_iter().map(share).collect()
}

fn assumed_length(network: &Network, hops: &[Hop]) -> Length {
    let assumed = |hop: &&Hop| network.find_segment(&hop.segment).is_some_and(|segment| segment.is_assumed());
    hops.iter().filter(assumed).map(|hop| hop.length).sum()
}

/// What a reader has to know before trusting the figures, one sentence each.
fn assumptions(network: &Network, hops: &[Hop], gbps: f64) -> Vec<String> {
    let mut told = Vec::new();
    let segments: Vec<_> = hops.iter().filter_map(|hop| network.find_segment(&hop.segment)).collect();
    let assumed: Vec<&str> = segments.iter().filter(|s| s.is_assumed()).map(|s| s.id().as_str()).collect();
    if !assumed.is_empty() {
        told.push(format!("no source for the existence or state of: {}", assumed.join(", ")));
    }
    let mut prices: Vec<&str> = hops
        .iter()
        .flat_map(|hop| &hop.leaves)
        .flat_map(|leaf| &leaf.factors)
        .filter(|factor| factor.is_assumed())
        .map(|factor| factor.name.as_str())
        .collect();
    prices.sort_unstable();
    prices.dedup();
    if !prices.is_empty() {
        told.push(format!("prices without a source: {}", prices.join(", ")));
    }
    for segment in segments {
        let id = segment.id();
        if let Some(capacity) = segment.row.capacity.filter(|c| c.get() < gbps) {
            told.push(format!("{id} carries {} Gbps today; its upgrade is priced in", capacity.get()));
        }
        if let Some(km) = segment.rejected_km {
            told.push(format!("{id}: the stated {km} km is shorter than the geodesic and is not used"));
        }
        if segment.row.status != Status::InService {
            told.push(format!("{id} is {} today", segment.row.status.as_str().replace('_', " ")));
        }
    }
    let landed = hops.iter().filter_map(|hop| network.find_node(&hop.to)).any(|n| n.kind == NodeKind::LandingStation);
    if landed && hops.iter().any(|hop| hop.pieces.iter().any(|piece| piece.0.is_sea())) {
        told.push("submarine cable counts as international waters from beach to beach".to_owned());
    }
    told
}
