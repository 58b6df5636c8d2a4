//! The constraints of a question, one by one: each can be named as a user would type it, and dropped.

use std::collections::BTreeSet;
use std::fmt;

use crate::metrics::{Measure, Route};
use crate::network::{Confidence, CountryCode, Network, NodeId, SegmentId, Status};
use crate::routing::{Avoid, Bounds, Objective, Policy, Request, Via};

/// A request together with the policy that says which segments may be used: all that constraints can be dropped from.
#[derive(Debug, Clone, PartialEq)]
pub struct Terms {
    /// What is asked of the routes.
    pub request: Request,
    /// What they may use.
    pub policy: Policy,
}

/// One thing that a user can drop from a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Constraint {
    /// A bound.
    Bound(Bound),
    /// Follow these countries, by given crossings too where those are given.
    Corridor(Vec<CountryCode>),
    /// Pass this; the name is the one to type.
    Via(Via, String),
    /// Do not touch this place.
    AvoidNode(NodeId),
    /// Do not touch this country.
    AvoidCountry(CountryCode),
    /// Do not touch this segment.
    AvoidSegment(SegmentId),
    /// Do not touch this system.
    AvoidSystem(String),
    /// Leave out segments with less capacity than the demand.
    StrictCapacity,
    /// Leave out rows of less confidence.
    MinConfidence(Confidence),
    /// Count on no other statuses than these.
    Statuses(BTreeSet<Status>),
}

/// What a bound bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bounded {
    /// One-way latency, femtoseconds; typed as a round trip.
    Latency,
    /// Cost, cents.
    Cost,
    /// Borders passed.
    Crossings,
}

/// An upper bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bound {
    /// On what.
    pub of: Bounded,
    /// The most that is allowed, in whole units.
    pub most: u64,
}

impl Terms {
    /// The constraints, in the order in which they are to be thought of: bounds, corridor, what to pass, what to avoid,
    /// what to use.
    #[must_use]
    pub fn constraints(&self, network: &Network) -> Vec<Constraint> {
        let Request { from: _, to: _, objective: _, via, avoid, corridor, gates: _, bounds, k: _ } = &self.request;
        let Policy { year: _, statuses, strict_capacity, min_confidence } = &self.policy;
        let Bounds { latency_fs, cost_cents, crossings } = *bounds;
        let bound = |of, most: Option<u64>| most.map(|most| Constraint::Bound(Bound { of, most }));
        let mut all: Vec<Constraint> = Vec::new();
        all.extend(bound(Bounded::Latency, latency_fs));
        all.extend(bound(Bounded::Cost, cost_cents));
        all.extend(bound(Bounded::Crossings, crossings));
        all.extend(corridor.clone().map(Constraint::Corridor));
        for via in via {
            let constraint = Constraint::Via(via.clone(), via_name(via, network));
            if !all.contains(&constraint) {
                all.push(constraint);
            }
        }
        all.extend(avoided(avoid, network));
        all.extend(strict_capacity.then_some(Constraint::StrictCapacity));
        all.extend(min_confidence.map(Constraint::MinConfidence));
        all.push(Constraint::Statuses(statuses.clone()));
        all
    }

    /// The same without a constraint; without one on statuses, all that may come counts too.
    #[must_use]
    pub fn without(&self, constraint: &Constraint, network: &Network) -> Self {
        let Self { mut request, mut policy } = self.clone();
        match constraint {
            Constraint::Bound(bound) => bound.of.set(&mut request, None),
            Constraint::Corridor(_) => {
                request.corridor = None;
                request.gates.clear();
            }
            Constraint::Via(via, _) => request.via.retain(|other| other != via),
            Constraint::AvoidNode(id) => {
                request.avoid.nodes.remove(id);
            }
            Constraint::AvoidCountry(country) => {
                request.avoid.countries.remove(country);
            }
            Constraint::AvoidSegment(id) => {
                request.avoid.segments.remove(id);
            }
            Constraint::AvoidSystem(system) => {
                let of_system = |id: &SegmentId| system_of(network, id) == Some(system.as_str());
                request.avoid.segments.retain(|id| !of_system(id));
            }
            Constraint::StrictCapacity => policy.strict_capacity = false,
            Constraint::MinConfidence(_) => policy.min_confidence = None,
            Constraint::Statuses(own) => {
                policy = policy.with_all_that_may_come();
                policy.statuses.extend(own);
            }
        }
        Self { request, policy }
    }
}

impl Constraint {
    /// Whether it is only what everybody gets who says nothing.
    #[must_use]
    pub fn is_default(&self) -> bool {
        matches!(self, Self::Statuses(statuses) if *statuses == BTreeSet::from([Status::InService]))
    }

    /// What it bounds, if it is a bound.
    #[must_use]
    pub const fn bounded(&self) -> Option<Bounded> {
        match self {
            Self::Bound(bound) => Some(bound.of),
            Self::Corridor(_)
            | Self::Via(..)
            | Self::AvoidNode(_)
            | Self::AvoidCountry(_)
            | Self::AvoidSegment(_)
            | Self::AvoidSystem(_)
            | Self::StrictCapacity
            | Self::MinConfidence(_)
            | Self::Statuses(_) => None,
        }
    }
}

fn via_name(via: &Via, network: &Network) -> String {
    match via {
        Via::Segments(ids) => whole_system(ids, network).map_or_else(|| via.name(), quoted),
        Via::Node(_) | Via::Country(_) => via.name(),
    }
}

/// The system of which these are all the segments, if they are several.
fn whole_system<'n>(ids: &BTreeSet<SegmentId>, network: &'n Network) -> Option<&'n str> {
    let system = system_of(network, ids.first()?)?;
    let of_system = network.segments().filter(|segment| segment.row.system.as_deref() == Some(system));
    (ids.len() > 1 && of_system.map(|segment| segment.id()).eq(ids)).then_some(system)
}

fn system_of<'n>(network: &'n Network, id: &SegmentId) -> Option<&'n str> {
    network.find_segment(id)?.row.system.as_deref()
}

/// What is avoided, a whole system as one.
fn avoided(avoid: &Avoid, network: &Network) -> Vec<Constraint> {
    let Avoid { nodes, countries, segments } = avoid;
    let mut all: Vec<Constraint> = countries.iter().map(|&country| Constraint::AvoidCountry(country)).collect();
    all.extend(nodes.iter().cloned().map(Constraint::AvoidNode));
    for id in segments {
        let of_system = |other: &&SegmentId| system_of(network, other) == system_of(network, id);
        let alike: BTreeSet<SegmentId> = segments.iter().filter(of_system).cloned().collect();
        let constraint = match whole_system(&alike, network) {
            Some(system) => Constraint::AvoidSystem(system.to_owned()),
            None => Constraint::AvoidSegment(id.clone()),
        };
        if !all.contains(&constraint) {
            all.push(constraint);
        }
    }
    all
}

impl Bounded {
    /// Sets the bound in a request, or drops it.
    pub fn set(self, request: &mut Request, most: Option<u64>) {
        let bounds = &mut request.bounds;
        match self {
            Self::Latency => bounds.latency_fs = most,
            Self::Cost => bounds.cost_cents = most,
            Self::Crossings => bounds.crossings = most,
        }
    }

    /// The sum over a route's steps that it bounds.
    #[must_use]
    pub const fn measure(self) -> Measure {
        match self {
            Self::Latency => Measure::Latency,
            Self::Cost => Measure::Cost,
            Self::Crossings => Measure::Crossings,
        }
    }

    /// What a route has of it, in whole units.
    #[must_use]
    pub fn figure(self, route: &Route) -> u64 {
        match self {
            Self::Latency => route.latency().femtoseconds(),
            Self::Cost => route.bill.total().cents().max(0) as u64,
            Self::Crossings => route.passages.len() as u64,
        }
    }

    /// The bound that an objective is itself the measure of.
    #[must_use]
    pub fn of_objective(objective: Objective) -> Option<Self> {
        match objective {
            Objective::Cost => Some(Self::Cost),
            Objective::Latency => Some(Self::Latency),
            Objective::Length | Objective::Risk | Objective::Missing => None,
        }
    }

    /// The least bound a user would type that allows this much: a tenth of a millisecond or a dollar is the least step.
    #[must_use]
    pub fn allowing(self, figure: u64) -> Bound {
        let most = match self {
            Self::Latency => Bounds::whole_fs(figure.div_ceil(FS_OF_STEP) as f64 / 20.0),
            Self::Cost => figure.div_ceil(100).saturating_mul(100),
            Self::Crossings => figure,
        };
        Bound { of: self, most: most.max(figure) }
    }
}

/// Half of a tenth of a millisecond, as bounds on latency are one way.
const FS_OF_STEP: u64 = 50_000_000_000;

/// As on the command line.
impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.of {
            Bounded::Latency => write!(f, "--max-rtt-ms {}", self.most as f64 / 5e11),
            Bounded::Cost => write!(f, "--max-cost-usd {}", self.most as f64 / 100.0),
            Bounded::Crossings => write!(f, "--max-crossings {}", self.most),
        }
    }
}

/// As on the command line; what has no option there, as in a scenario.
impl fmt::Display for Constraint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bound(bound) => write!(f, "{bound}"),
            Self::Corridor(countries) => {
                let codes: Vec<&str> = countries.iter().map(CountryCode::as_str).collect();
                write!(f, "--corridor {}", codes.join(","))
            }
            Self::Via(_, name) => write!(f, "--via {name}"),
            Self::AvoidNode(id) => write!(f, "--avoid {id}"),
            Self::AvoidCountry(country) => write!(f, "--avoid {country}"),
            Self::AvoidSegment(id) => write!(f, "--avoid {id}"),
            Self::AvoidSystem(system) => write!(f, "--avoid {}", quoted(system)),
            Self::StrictCapacity => f.write_str("strict_capacity"),
            Self::MinConfidence(least) => write!(f, "min_confidence {least}"),
            Self::Statuses(statuses) => write!(f, "--status {}", joined(statuses)),
        }
    }
}

/// A name as a shell takes it.
fn quoted(name: &str) -> String {
    if name.contains(|c: char| !c.is_alphanumeric() && !"-_.".contains(c)) {
        format!("\"{name}\"")
    } else {
        name.to_owned()
    }
}

/// Statuses as `--status` takes them.
pub(super) fn joined(statuses: &BTreeSet<Status>) -> String {
    let words: Vec<&str> = statuses.iter().map(|status| status.as_str()).collect();
    words.join(",")
}
