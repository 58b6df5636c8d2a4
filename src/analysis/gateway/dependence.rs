//! What the best routes of a country lean on, and what happens when that is gone.

use std::collections::{BTreeMap, BTreeSet};

use super::HubReach;
use crate::analysis::many::Workers;
use crate::analysis::plan::Plan;
use crate::analysis::search::Answer;
use crate::metrics::Route;
use crate::network::{CountryCode, Network, NodeId, Segment, SegmentId};
use crate::request::{Objective, Request};

/// What routes lean on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Reliance {
    /// Another country's land.
    Country(CountryCode),
    /// A cable system or a backbone.
    System {
        /// Its name.
        name: String,
        /// The segments of it that hang together. A name may stand for cables that do not touch, such as every landing's
        /// own backhaul: each of those is a thing of its own.
        segments: BTreeSet<SegmentId>,
        /// Whether that is all of it.
        is_all: bool,
    },
}

/// How much the best routes lean on one thing.
#[derive(Debug, Clone, PartialEq)]
pub struct Dependence {
    /// The thing.
    pub on: Reliance,
    /// What it means for the best routes of each objective.
    pub losses: Vec<Loss>,
}

/// What happens to the best routes of one objective when a thing is gone.
///
/// A hub's own country, and a system that lies all in it or all in the country that asks, are not counted for that hub:
/// without them there is nothing to reach, or nothing to leave.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Loss {
    /// How many hubs count: those that are reached.
    pub counted: usize,
    /// How many of their best routes pass the thing.
    pub passing: usize,
    /// The hubs that are no longer reached, by their place.
    pub lost: Vec<usize>,
    /// What the best routes that are left take more, ms RTT, at worst, and to which hub; `None` where nothing is left or
    /// nothing passes.
    pub worst_rtt_ms: Option<Worst>,
    /// What they cost more, USD per Mbit/s and month, at worst, and to which hub.
    pub worst_usd: Option<Worst>,
    /// The greatest rise of what the objective minimises (the round trip for latency, else the cost), as a share.
    pub worst_rise: f64,
    /// Whether a search without the thing was stopped for too much work: it may matter less.
    pub is_stopped: bool,
}

/// The greatest rise of a figure over the hubs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Worst {
    /// By how much the figure rises; below zero where it falls everywhere.
    pub more: f64,
    /// The hub, by its place.
    pub hub: usize,
}

impl Loss {
    /// The share of the hubs' best routes that pass the thing, from 0 to 1.
    #[must_use]
    pub fn share(&self) -> f64 {
        self.passing as f64 / self.counted.max(1) as f64
    }
}

impl Dependence {
    /// The most hubs that any objective loses.
    #[must_use]
    pub fn n_lost(&self) -> usize {
        self.losses.iter().map(|loss| loss.lost.len()).max().unwrap_or(0)
    }

    fn worst_rise(&self) -> f64 {
        self.losses.iter().map(|loss| loss.worst_rise).fold(0.0, f64::max)
    }

    fn share(&self) -> f64 {
        self.losses.iter().map(Loss::share).fold(0.0, f64::max)
    }
}

/// A best route that passes a thing: what to ask without it.
struct Without<'a> {
    thing: usize,
    objective: usize,
    hub: usize,
    before: &'a Route,
    request: Request,
}

/// Everything that the best routes lean on, the worst first: most hubs lost, then the greatest rise, then the greatest
/// share. Also whether a search was stopped. `asked` holds the requests hub by hub.
pub(super) fn dependence(
    plan: &Plan<'_>,
    country: CountryCode,
    hubs: &[HubReach],
    asked: &[Request],
    workers: &Workers,
) -> (Vec<Dependence>, bool) {
    let network = plan.network();
    let n = hubs.first().map_or(0, |hub| hub.best.len());
    let systems = Systems::new(network);
    let things: Vec<Reliance> = hubs
        .iter()
        .flat_map(|hub| hub.best.iter().flatten().flat_map(|way| systems.passed(&way.route)))
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    let mut all: Vec<Dependence> =
        things.iter().map(|on| Dependence { on: on.clone(), losses: vec![Loss::default(); n] }).collect();
    let mut without: Vec<Without<'_>> = Vec::new();
    for (thing, on) in things.iter().enumerate() {
        for (hub, reach) in hubs.iter().enumerate().filter(|(_, reach)| counts(plan, on, country, reach)) {
            for (objective, way) in reach.best.iter().enumerate() {
                let Some(way) = way else { continue };
                let loss = &mut all[thing].losses[objective];
                loss.counted += 1;
                if systems.passed(&way.route).contains(on) {
                    loss.passing += 1;
                    let request = on.gone(&asked[hub * n + objective]);
                    without.push(Without { thing, objective, hub, before: &way.route, request });
                }
            }
        }
    }
    let answers = workers.each(&without, |without| plan.answer(&without.request));
    let mut is_stopped = false;
    for (without, Answer { routes, is_stopped: stopped }) in without.iter().zip(answers) {
        is_stopped |= stopped;
        let loss = &mut all[without.thing].losses[without.objective];
        loss.is_stopped |= stopped;
        match routes.first() {
            Some(after) => loss.add(without, after),
            None => loss.lost.push(without.hub),
        }
    }
    all.retain(|one| one.losses.iter().any(|loss| loss.passing > 0));
    all.sort_by(|a, b| {
        let by_lost = b.n_lost().cmp(&a.n_lost());
        by_lost.then(b.worst_rise().total_cmp(&a.worst_rise())).then(b.share().total_cmp(&a.share()))
    });
    (all, is_stopped)
}

impl Loss {
    fn add(&mut self, without: &Without<'_>, after: &Route) {
        let rise = |read: fn(&Route) -> f64| read(after) - read(without.before);
        let worse = |worst: &mut Option<Worst>, more: f64| {
            if worst.is_none_or(|known| more > known.more) {
                *worst = Some(Worst { more, hub: without.hub });
            }
        };
        worse(&mut self.worst_rtt_ms, rise(Route::rtt_ms));
        worse(&mut self.worst_usd, rise(|route| route.usd_per_mbps_month));
        let minimised: fn(&Route) -> f64 = match without.request.objective {
            Objective::Latency => Route::rtt_ms,
            Objective::Cost
            | Objective::Length
            | Objective::Risk
            | Objective::Availability
            | Objective::Weighted(_)
            | Objective::Missing => |route| route.bill.total().dollars(),
        };
        let before = minimised(without.before);
        if before > 0.0 {
            self.worst_rise = self.worst_rise.max(rise(minimised) / before);
        }
    }
}

impl Reliance {
    /// The request without it.
    fn gone(&self, request: &Request) -> Request {
        let mut request = request.clone();
        match self {
            Self::Country(code) => {
                request.avoid.countries.insert(*code);
            }
            Self::System { segments, .. } => request.avoid.segments.extend(segments.iter().cloned()),
        }
        request
    }
}

/// The systems of a network, in parts that hang together.
struct Systems<'a> {
    parts: Vec<Reliance>,
    /// Which part each segment belongs to.
    part_of: BTreeMap<&'a SegmentId, usize>,
}

impl<'a> Systems<'a> {
    fn new(network: &'a Network) -> Self {
        let mut by_name: BTreeMap<&str, Vec<&Segment>> = BTreeMap::new();
        for segment in network.segments() {
            if let Some(system) = &segment.row.system {
                by_name.entry(system).or_default().push(segment);
            }
        }
        let mut systems = Self { parts: Vec::new(), part_of: BTreeMap::new() };
        for (name, segments) in by_name {
            let n = segments.len();
            for part in hanging_together(segments) {
                systems.part_of.extend(part.iter().map(|segment| (segment.id(), systems.parts.len())));
                let ids = part.iter().map(|segment| segment.id().clone()).collect();
                systems.parts.push(Reliance::System { name: name.to_owned(), segments: ids, is_all: part.len() == n });
            }
        }
        systems
    }

    /// The countries and systems that a route passes.
    fn passed(&self, route: &Route) -> BTreeSet<Reliance> {
        let countries = route.countries.iter().filter(|code| !code.is_sea()).map(|&code| Reliance::Country(code));
        let parts: BTreeSet<usize> = route.segments().filter_map(|id| self.part_of.get(id).copied()).collect();
        countries.chain(parts.into_iter().map(|part| self.parts[part].clone())).collect()
    }
}

/// Segments by the parts that hang together at their ends.
fn hanging_together(mut apart: Vec<&Segment>) -> Vec<Vec<&Segment>> {
    let mut parts = Vec::new();
    while let Some(&first) = apart.first() {
        let mut joined: BTreeSet<&NodeId> = BTreeSet::from([&first.row.from]);
        let mut part = Vec::new();
        loop {
            let touches = |segment: &&Segment| joined.contains(&segment.row.from) || joined.contains(&segment.row.to);
            let (more, rest): (Vec<&Segment>, Vec<&Segment>) = apart.into_iter().partition(touches);
            apart = rest;
            if more.is_empty() {
                break;
            }
            joined.extend(more.iter().flat_map(|segment| [&segment.row.from, &segment.row.to]));
            part.extend(more);
        }
        parts.push(part);
    }
    parts
}

/// Whether a thing counts for a hub.
fn counts(plan: &Plan<'_>, thing: &Reliance, country: CountryCode, reach: &HubReach) -> bool {
    let own = [Some(country), plan.country(&reach.hub)];
    match thing {
        Reliance::Country(code) => !own.contains(&Some(*code)),
        Reliance::System { segments, .. } => {
            let own_segments = segments.iter().filter_map(|id| plan.network().find_segment(id));
            let pieces: BTreeSet<CountryCode> =
                own_segments.flat_map(|segment| segment.pieces.iter().map(|piece| piece.country)).collect();
            let only = pieces.first().filter(|_| pieces.len() == 1).copied();
            only.is_none() || !own.contains(&only)
        }
    }
}
