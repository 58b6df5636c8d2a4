//! A route with all its figures.

use petgraph::graph::{EdgeIndex, NodeIndex};

use super::assumption::Assumption;
use super::availability::availability;
use super::cost::{Bill, Leaf};
use super::journey::{Arrival, Journey, Passed, PassedBy};
use super::latency::glass_ms;
use super::parts::Parts;
use super::permits::Permits;
use super::tariff::Tariff;
use crate::geodesy::{LonLat, length_km};
use crate::network::{CountryCode, CrossingId, INTERNATIONAL_WATERS, Network, NodeId, NodeKind, Segment, SegmentId};
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
    /// The same as -ln(availability), in units of 1e-15.
    pub risk: u64,
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
    pub assumptions: Vec<Assumption>,
    /// The permits to build that it waits for; `None` where nothing is built.
    pub permits: Option<Permits>,
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

/// Works out every figure of a route that begins at `start` and follows `segments`.
///
/// # Panics
/// If the segments do not form a path of the network from `start`: only routes found in it may be asked for.
#[must_use]
pub fn evaluate(network: &Network, tariff: &Tariff<'_>, start: &NodeId, segments: &[SegmentId]) -> Route {
    let start = network.index_of(start).expect("a route's places are in its network").index() as u32;
    let edge = |id| network.edge_of(id).expect("a route's segments are in its network").index() as u32;
    let segments: Vec<u32> = segments.iter().map(edge).collect();
    evaluate_parts(&Parts::new(network, tariff), tariff.ends(), start, &segments)
}

/// As [`evaluate`], with places and segments by their numbers and parts that other routes share.
pub(super) fn evaluate_parts(
    parts: &Parts<'_>,
    ends: (CountryCode, CountryCode),
    start: u32,
    segments: &[u32],
) -> Route {
    let mut walk = Walk {
        parts,
        ends,
        segments: Vec::with_capacity(segments.len()),
        landed: false,
        risk: 0,
        delays: Vec::new(),
        lengths: Vec::new(),
        passages: Vec::new(),
        departed: None,
        glass: Latency::ZERO,
        devices: Latency::ZERO,
    };
    let mut hops: Vec<Hop> = Vec::with_capacity(segments.len());
    let start = NodeIndex::new(start as usize);
    let (mut at, mut arrival) = (start, Arrival::Start);
    for (i, &segment) in segments.iter().enumerate() {
        let (hop, to, after) = walk.hop(at, EdgeIndex::new(segment as usize), arrival, i + 1 == segments.len());
        (at, arrival) = (to, after);
        hops.push(hop);
    }
    walk.finish(hops, start, at)
}

struct Walk<'a> {
    parts: &'a Parts<'a>,
    ends: (CountryCode, CountryCode),
    segments: Vec<&'a Segment>,
    /// Whether any place it comes to is a landing station.
    landed: bool,
    risk: u64,
    delays: Vec<(CountryCode, Latency)>,
    lengths: Vec<(CountryCode, Length)>,
    passages: Vec<Passage>,
    /// Where the route last went to sea.
    departed: Option<NodeIndex>,
    glass: Latency,
    devices: Latency,
}

impl Walk<'_> {
    fn hop(&mut self, at: NodeIndex, edge: EdgeIndex, arrival: Arrival, last: bool) -> (Hop, NodeIndex, Arrival) {
        let parts = self.parts;
        let network = parts.network;
        let segment = network.segment(edge);
        let (from, to) = network.graph().edge_endpoints(edge).expect("a segment has two ends");
        let forward = from == at;
        assert!(forward || to == at, "the segments of a route join up");
        let to = if forward { to } else { from };
        let (here, there) = (network.node(at), network.node(to));
        let leaves = parts.of_segment(edge);
        let mut hop = Hop {
            segment: segment.id().clone(),
            from: here.id.clone(),
            to: there.id.clone(),
            forward,
            length: segment.length,
            latency: Latency::ZERO,
            pieces: segment.pieces.iter().map(|piece| (piece.country, piece.length)).collect(),
            leaves: Vec::with_capacity(leaves.own.len() + leaves.transit.len() + 4),
        };
        hop.leaves.extend(leaves.own.iter().cloned());
        hop.leaves.extend(leaves.transit.iter().filter(|leaf| !self.is_end(leaf.country)).cloned());
        if !forward {
            hop.pieces.reverse();
        }
        self.segments.push(segment);
        self.landed |= there.kind == NodeKind::LandingStation;
        self.risk = self.risk.saturating_add(parts.risk_of(edge));
        self.lengths.extend(hop.pieces.iter().copied());
        for &(country, glass, devices) in parts.delays_of(edge) {
            self.delay(&mut hop, country, glass, devices);
        }
        let by_sea = segment.row.medium.is_submarine();
        if arrival == Arrival::Start {
            self.terminal(&mut hop, here.country);
        } else if Journey::meets_device(arrival, by_sea) {
            hop.leaves.push(parts.device_leaf(here));
            self.delay(&mut hop, here.country, Latency::ZERO, parts.device_delay(here));
        }
        if by_sea && !matches!(arrival, Arrival::Sea { .. }) {
            self.departed = Some(at);
        }
        let mut passed = Vec::new();
        let after = Journey::go(arrival, here, segment, forward, |border| passed.push(border));
        if last {
            passed.extend(Journey::end(after, there));
            self.terminal(&mut hop, there.country);
        }
        let ashore = if matches!(after, Arrival::Sea { .. }) { to } else { at };
        for border in passed {
            self.pass(&mut hop, &border);
            self.passages.push(self.passage(&border, edge, ashore));
        }
        (hop, to, after)
    }

    /// What passing a border costs, as [`Tariff::passage_leaves`] has it.
    fn pass(&self, hop: &mut Hop, border: &Passed) {
        let (left, entered) = (self.parts.of_country(border.from), self.parts.of_country(border.to));
        hop.leaves.extend([left.charge(border.by).clone(), entered.charge(border.by).clone()]);
        if !self.is_end(border.to) {
            hop.leaves.push(entered.entering.clone());
        }
    }

    fn is_end(&self, country: CountryCode) -> bool {
        country == self.ends.0 || country == self.ends.1
    }

    fn passage(&self, border: &Passed, edge: EdgeIndex, ashore: NodeIndex) -> Passage {
        let network = self.parts.network;
        let (kind, name, point) = match border.by {
            PassedBy::Land { cut } => {
                let crossing = network.crossing_at(edge, cut).expect("every cut is at a crossing");
                (PassageKind::Land(crossing.id), crossing.name_entering(border.to).to_owned(), crossing.point)
            }
            PassedBy::Sea => {
                let left = self.departed.map_or("", |index| network.node(index).short_name());
                let ashore = network.node(ashore);
                (PassageKind::Sea, format!("{left}-{} by sea", ashore.short_name()), ashore.point)
            }
        };
        Passage { from: border.from, to: border.to, kind, name, point }
    }

    fn terminal(&mut self, hop: &mut Hop, country: CountryCode) {
        hop.leaves.push(self.parts.of_country(country).terminal.clone());
        self.delay(hop, country, Latency::ZERO, self.parts.terminal_delay());
    }

    fn delay(&mut self, hop: &mut Hop, country: CountryCode, glass: Latency, devices: Latency) {
        hop.latency += glass + devices;
        self.glass += glass;
        self.devices += devices;
        match self.delays.iter_mut().find(|(own, _)| *own == country) {
            Some((_, sum)) => *sum += glass + devices,
            None => self.delays.push((country, glass + devices)),
        }
    }

    fn finish(self, hops: Vec<Hop>, start: NodeIndex, end: NodeIndex) -> Route {
        let Parts { network, tariff, .. } = self.parts;
        let (first, last) = (network.node(start), network.node(end));
        let mut countries = vec![first.country];
        countries.extend(self.passages.iter().map(|passage| passage.to));
        let mut nodes = Vec::with_capacity(hops.len() + 1);
        nodes.push(first.id.clone());
        nodes.extend(hops.iter().map(|hop| hop.to.clone()));
        let bill = Bill::of(hops.iter().flat_map(|hop| &hop.leaves));
        let annuity_usd = bill.total().dollars() * tariff.capital_recovery_factor();
        let gbps = tariff.demand().gbps.get();
        let assumed = self.segments.iter().filter(|segment| segment.is_assumed());
        let lands = self.landed && hops.iter().any(|hop| hop.pieces.iter().any(|piece| piece.0.is_sea()));
        Route {
            landings: landings(&self.segments, &hops),
            length: hops.iter().map(|hop| hop.length).sum(),
            geodesic_km: length_km(&[first.point, last.point]),
            glass: self.glass,
            devices: self.devices,
            availability: availability(self.risk),
            risk: self.risk,
            bill,
            annuity_usd,
            usd_per_mbps_month: annuity_usd / (12.0 * (gbps * 1000.0)),
            shares: shares(&countries, &self.lengths, &self.delays, &hops),
            assumed_length: assumed.map(|segment| segment.length).sum(),
            assumptions: Assumption::all(&self.segments, hops.iter().flat_map(|hop| &hop.leaves), gbps, lands),
            permits: Permits::of(network, tariff.book(), self.segments.iter().copied()),
            passages: self.passages,
            nodes,
            countries,
            hops,
        }
    }
}

fn landings(segments: &[&Segment], hops: &[Hop]) -> Vec<NodeId> {
    let mut found: Vec<NodeId> = Vec::new();
    for (hop, _) in hops.iter().zip(segments).filter(|(_, segment)| segment.row.medium.is_submarine()) {
        for end in [&hop.from, &hop.to] {
            if found.last() != Some(end) {
                found.push(end.clone());
            }
        }
    }
    found
}

fn shares(
    countries: &[CountryCode],
    lengths: &[(CountryCode, Length)],
    delays: &[(CountryCode, Latency)],
    hops: &[Hop],
) -> Vec<CountryShare> {
    let leaves = || hops.iter().flat_map(|hop| &hop.leaves);
    let mut shares: Vec<CountryShare> = Vec::new();
    let mut add = |country: CountryCode| {
        if shares.iter().all(|share| share.country != country) {
            let latency = delays.iter().find(|(own, _)| *own == country).map(|(_, latency)| *latency);
            let latency = latency.unwrap_or_default();
            shares.push(CountryShare { country, length: Length::ZERO, latency, bill: Bill::default() });
        }
    };
    let all = countries.iter().copied().chain(lengths.iter().map(|l| l.0)).chain(leaves().map(|leaf| leaf.country));
    all.filter(|country| !country.is_sea()).for_each(&mut add);
    if lengths.iter().any(|(country, _)| country.is_sea()) {
        add(INTERNATIONAL_WATERS);
    }
    for &(country, length) in lengths {
        if let Some(share) = shares.iter_mut().find(|share| share.country == country) {
            share.length += length;
        }
    }
    for leaf in leaves() {
        if let Some(share) = shares.iter_mut().find(|share| share.country == leaf.country) {
            share.bill.add(leaf);
        }
    }
    shares
}
