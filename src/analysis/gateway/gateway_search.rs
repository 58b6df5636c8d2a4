//! The ways out of a country, and the best route by one of them.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::plan::Plan;
use crate::metrics::{Arrival, Journey, PassageKind, Route};
use crate::network::{CountryCode, Crossing, CrossingId, Network, NodeId, Segment, SegmentId};
use crate::request::{Avoid, CountryPattern, End, PatternStep, Request, Via};

/// How many routes by a gateway's segments are looked at, step by step, for one that leaves by it. Nearly always it is the
/// first: the exceptions come back by sea and leave elsewhere, or put to sea elsewhere and touch the landing.
const LOOKED_AT: [usize; 3] = [1, 8, 64];

/// Where a route leaves a country.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// Over land, at a crossing of the network.
    Land(CrossingId),
    /// By sea, from a landing of the country.
    Sea(NodeId),
}

/// How a country's traffic leaves it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Gateway {
    /// The border post, on both sides where each has one of its own, or the landing.
    pub name: String,
    /// The country entered there.
    pub to: CountryCode,
    /// Where.
    pub exit: Exit,
}

impl Gateway {
    /// The gateway by which a route leaves a country for the last time; `None` if it never does.
    #[must_use]
    pub fn of(network: &Network, country: CountryCode, route: &Route) -> Option<Self> {
        let index = route.passages.iter().rposition(|passage| passage.from == country)?;
        let passage = &route.passages[index];
        match passage.kind {
            PassageKind::Land(id) => {
                let crossing = network.crossings().iter().find(|crossing| crossing.id == id)?;
                Some(Self::over_land(crossing, country, passage.to))
            }
            PassageKind::Sea => Some(Self::by_sea(network, &departure(network, route, index)?, passage.to)),
        }
    }

    /// Whether it is left by sea.
    #[must_use]
    pub const fn is_by_sea(&self) -> bool {
        matches!(self.exit, Exit::Sea(_))
    }

    /// Whether it is the same gateway in another network.
    #[must_use]
    pub fn is_same_as(&self, other: &Self) -> bool {
        (&self.name, self.to, self.is_by_sea()) == (&other.name, other.to, other.is_by_sea())
    }

    fn over_land(crossing: &Crossing, country: CountryCode, to: CountryCode) -> Self {
        let (own, foreign) = (crossing.name_entering(country), crossing.name_entering(to));
        let name = if own == foreign { own.to_owned() } else { format!("{own} | {foreign}") };
        Self { name, to, exit: Exit::Land(crossing.id) }
    }

    fn by_sea(network: &Network, landing: &NodeId, to: CountryCode) -> Self {
        let name = network.find_node(landing).map_or_else(|| landing.to_string(), |node| node.short_name().to_owned());
        Self { name: format!("{name} by sea"), to, exit: Exit::Sea(landing.clone()) }
    }
}

/// The place from which a route put to sea for its passage of that number.
fn departure(network: &Network, route: &Route, index: usize) -> Option<NodeId> {
    let mut arrival = Arrival::Start;
    let mut n_passed = 0;
    let mut departed = None;
    for hop in &route.hops {
        let segment = network.find_segment(&hop.segment)?;
        let here = network.find_node(&hop.from)?;
        if segment.row.medium.is_submarine() && !matches!(arrival, Arrival::Sea { .. }) {
            departed = Some(&hop.from);
        }
        arrival = Journey::go(arrival, here, segment, hop.forward, |_border| n_passed += 1);
        if n_passed > index {
            break;
        }
    }
    departed.cloned()
}

/// A gateway with what leads through it.
#[derive(Debug, Clone)]
pub(super) struct GatewaySearch {
    pub(super) gateway: Gateway,
    country: CountryCode,
    /// The segments by which it is left.
    segments: BTreeSet<SegmentId>,
    /// The other segments that cross the country's land border.
    others: BTreeSet<SegmentId>,
    /// The cables from the country's landings that are not among its own.
    elsewhere: BTreeSet<SegmentId>,
    /// Every place that can be reached from it without coming back into the country.
    beyond: BTreeSet<NodeId>,
}

/// What may be used around a country.
struct Surroundings<'a> {
    network: &'a Network,
    country: CountryCode,
    /// The segments that may be used at each place.
    at: BTreeMap<&'a NodeId, Vec<&'a Segment>>,
}

/// Every gateway_search of a country that the usable segments have, in order.
pub(super) fn gateway_searches(plan: &Plan<'_>, country: CountryCode, avoid: &Avoid) -> Vec<GatewaySearch> {
    let around = Surroundings::new(plan, country, avoid);
    let mut gateway_searches: Vec<GatewaySearch> = Vec::new();
    for crossing in plan.network().crossings() {
        let (a, b) = crossing.countries;
        let to = if a == country { b } else { a };
        if (a == country || b == country) && !to.is_sea() {
            gateway_searches.extend(around.over_land(crossing, to));
        }
    }
    let landings = around.at.keys().filter(|&&id| around.lies_here(id));
    gateway_searches.extend(landings.flat_map(|id| around.by_sea(id)));
    gateway_searches.sort_by(|a, b| a.gateway.cmp(&b.gateway));
    gateway_searches
}

impl<'a> Surroundings<'a> {
    fn new(plan: &Plan<'a>, country: CountryCode, avoid: &Avoid) -> Self {
        let network = plan.network();
        let mut at: BTreeMap<&NodeId, Vec<&Segment>> = BTreeMap::new();
        for segment in network.segments() {
            let ends = [&segment.row.from, &segment.row.to];
            let is_avoided = avoid.segments.contains(segment.id())
                || ends.iter().any(|id| avoid.nodes.contains(id))
                || segment.pieces.iter().any(|piece| avoid.countries.contains(&piece.country));
            if plan.usable().contains(network, segment.id()) && !is_avoided {
                ends.iter().for_each(|&id| at.entry(id).or_default().push(segment));
            }
        }
        Self { network, country, at }
    }

    fn lies_here(&self, id: &NodeId) -> bool {
        self.network.find_node(id).is_some_and(|node| node.country == self.country)
    }

    fn leaving(&self, id: &NodeId) -> impl Iterator<Item = &'a Segment> + '_ {
        self.at.get(id).into_iter().flatten().copied()
    }

    fn over_land(&self, crossing: &Crossing, to: CountryCode) -> Option<GatewaySearch> {
        let mut segments = BTreeSet::new();
        let mut outside = BTreeSet::new();
        for (id, cut) in &crossing.cuts {
            let Some(segment) = self.network.find_segment(id) else { continue };
            if self.leaving(&segment.row.from).any(|other| other.id() == id) {
                let outwards = segment.pieces.get(*cut).is_some_and(|piece| piece.country == self.country);
                outside.insert(if outwards { segment.row.to.clone() } else { segment.row.from.clone() });
                segments.insert(id.clone());
            }
        }
        let gateway = Gateway::over_land(crossing, self.country, to);
        (!segments.is_empty()).then(|| self.gateway_search(gateway, segments, outside))
    }

    /// A gateway_search for each country that the cables from a landing come to, touching other landings on the way.
    fn by_sea(&self, landing: &NodeId) -> Vec<GatewaySearch> {
        let is_cable = |segment: &&Segment| segment.row.medium.is_submarine();
        let segments: BTreeSet<SegmentId> = self.leaving(landing).filter(is_cable).map(|s| s.id().clone()).collect();
        let start = BTreeSet::from([landing.clone()]);
        let reached = self.spread(start.clone(), |segment| is_cable(&segment));
        let country = |id: &NodeId| self.network.find_node(id).map(|node| node.country);
        let countries: BTreeSet<CountryCode> = reached.iter().filter_map(country).collect();
        let abroad = countries.into_iter().filter(|&to| to != self.country && !to.is_sea());
        let gateway_search =
            |to| self.gateway_search(Gateway::by_sea(self.network, landing, to), segments.clone(), start.clone());
        abroad.map(gateway_search).collect()
    }

    fn gateway_search(
        &self,
        gateway: Gateway,
        segments: BTreeSet<SegmentId>,
        outside: BTreeSet<NodeId>,
    ) -> GatewaySearch {
        let leads_back = |segment: &Segment| segment.pieces.iter().any(|piece| piece.country == self.country);
        let beyond = self.spread(outside, |segment| !leads_back(segment));
        let crosses = |segment: &&Segment| {
            let of_country = |piece: &crate::network::Piece| piece.country == self.country;
            segment.pieces.iter().any(of_country) && !segment.pieces.iter().all(of_country)
        };
        let crossing = self.network.segments().filter(crosses).map(|segment| segment.id().clone());
        let others = crossing.filter(|id| !segments.contains(id)).collect();
        let from_here = |segment: &&Segment| {
            let ends = [&segment.row.from, &segment.row.to];
            segment.row.medium.is_submarine() && ends.iter().any(|id| self.lies_here(id))
        };
        let cables = self.network.segments().filter(from_here).map(|segment| segment.id().clone());
        let elsewhere = cables.filter(|id| !segments.contains(id)).collect();
        GatewaySearch { gateway, country: self.country, segments, others, elsewhere, beyond }
    }

    /// All places that segments of a kind join to some.
    fn spread(&self, from: BTreeSet<NodeId>, may_pass: impl Fn(&Segment) -> bool) -> BTreeSet<NodeId> {
        let mut open: Vec<NodeId> = from.iter().cloned().collect();
        let mut reached = from;
        while let Some(id) = open.pop() {
            for segment in self.leaving(&id).filter(|segment| may_pass(segment)) {
                for end in [&segment.row.from, &segment.row.to] {
                    if reached.insert(end.clone()) {
                        open.push(end.clone());
                    }
                }
            }
        }
        reached
    }
}

impl GatewaySearch {
    /// The best route that leaves the country by this gateway_search and only once, and whether the search was stopped.
    pub(super) fn best(&self, plan: &Plan<'_>, request: &Request) -> (Option<Route>, bool) {
        if !self.leads_to(plan.network(), &request.to) {
            return (None, false);
        }
        let mut best: Option<(u64, Route)> = None;
        let mut is_stopped = false;
        for request in self.requests(request) {
            let (found, stopped) = self.first_through(plan, &request);
            is_stopped |= stopped;
            if let Some((weight, route)) = found
                && best.as_ref().is_none_or(|(least, _)| weight < *least)
            {
                best = Some((weight, route));
            }
        }
        (best.map(|(_, route)| route), is_stopped)
    }

    fn leads_to(&self, network: &Network, hub: &End) -> bool {
        match hub {
            End::Node(id) => self.beyond.contains(id),
            End::Country(code) => network.gateways(*code).any(|node| self.beyond.contains(&node.id)),
        }
    }

    /// The request with this gateway_search to be passed as well, and the land border closed elsewhere. In a list that is passed in
    /// order the gateway_search may stand anywhere.
    fn requests(&self, request: &Request) -> Vec<Request> {
        let pattern = CountryPattern::new(vec![
            PatternStep::OneOf(vec![self.country]),
            PatternStep::OneOf(vec![self.gateway.to]),
            PatternStep::Gap,
        ]);
        let corridor = request.corridor.clone().or_else(|| pattern.ok());
        let n = request.via.len();
        let places = if request.in_order { 0..=n } else { n..=n };
        let with_gateway_search = |place| {
            let mut via = request.via.clone();
            via.insert(place, Via::Segments(self.segments.clone()));
            let mut request = Request { via, corridor: corridor.clone(), ..request.clone() };
            request.avoid.segments.extend(self.others.iter().cloned());
            request
        };
        places.map(with_gateway_search).collect()
    }

    /// The first of the routes by this gateway_search's segments that leave by it and only once, with its weight.
    fn first_through(&self, plan: &Plan<'_>, request: &Request) -> (Option<(u64, Route)>, bool) {
        let leaves_here = |(_, route): &(u64, Route)| {
            let n_left = route.passages.iter().filter(|passage| passage.from == self.country).count();
            n_left == 1 && Gateway::of(plan.network(), self.country, route).as_ref() == Some(&self.gateway)
        };
        for k in LOOKED_AT {
            let (routes, is_stopped) = plan.weighed(&Request { k, ..request.clone() });
            let is_all = routes.len() < k;
            let found = routes.into_iter().find(leaves_here);
            if found.is_some() || is_all {
                return (found, is_stopped);
            }
        }
        // One that has no other gateway_search to take is better than none.
        let mut strict = Request { k: 1, ..request.clone() };
        strict.avoid.segments.extend(self.elsewhere.iter().cloned());
        (plan.weighed(&strict).0.into_iter().find(leaves_here), true)
    }
}
