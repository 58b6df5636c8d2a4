//! The constraints of a question, one by one: each can be dropped.

use std::collections::BTreeSet;

use super::bound::{Bound, Bounded};
use crate::network::{Confidence, CountryCode, Medium, Network, NodeId, SegmentId, Status};
use crate::request::{Avoid, CountryPattern, Policy, Request, Via};
use crate::units::Gbps;

/// A request together with the policy that says which segments may be used: all that constraints can be dropped from.
#[derive(Debug, Clone, PartialEq)]
pub struct Terms {
    /// What is asked of the routes.
    pub request: Request,
    /// What they may use.
    pub policy: Policy,
}

/// One thing that a user can drop from a question.
#[derive(Debug, Clone, PartialEq)]
pub enum Constraint {
    /// A bound.
    Bound(Bound),
    /// Follow these countries, by given crossings too where those are given.
    Corridor(CountryPattern),
    /// Pass in the order given.
    InOrder,
    /// Pass this; the name is that of a system, if it is a whole one.
    Via(Via, String),
    /// Do not touch this place.
    AvoidNode(NodeId),
    /// Do not touch this country.
    AvoidCountry(CountryCode),
    /// Do not touch this segment.
    AvoidSegment(SegmentId),
    /// Do not touch this system.
    AvoidSystem(String),
    /// Use no other media than these.
    Media(BTreeSet<Medium>),
    /// Use only segments of these owners.
    Owners(BTreeSet<String>),
    /// Leave out segments with less capacity than this.
    MinCapacity(Gbps),
    /// Leave out segments with less capacity than the demand.
    StrictCapacity,
    /// Leave out rows of less confidence.
    MinConfidence(Confidence),
    /// Count on no other statuses than these.
    Statuses(BTreeSet<Status>),
}

impl Terms {
    /// The constraints, in the order in which they are to be thought of: bounds, corridor, what to pass, what to avoid,
    /// what to use.
    #[must_use]
    pub fn constraints(&self, network: &Network) -> Vec<Constraint> {
        let Request {
            from: _,
            to: _,
            objective: _,
            via,
            in_order,
            avoid,
            corridor,
            gates: _,
            bounds: _,
            shares: _,
            k: _,
        } = &self.request;
        let Policy { year: _, statuses, media, owners, min_capacity, strict_capacity, min_confidence } = &self.policy;
        let mut all: Vec<Constraint> = Bound::all(&self.request).into_iter().map(Constraint::Bound).collect();
        all.extend(corridor.clone().map(Constraint::Corridor));
        all.extend((*in_order && via.len() > 1).then_some(Constraint::InOrder));
        for via in via {
            let constraint = Constraint::Via(via.clone(), via_name(via, network));
            if !all.contains(&constraint) {
                all.push(constraint);
            }
        }
        all.extend(avoided(avoid, network));
        all.extend(media.clone().map(Constraint::Media));
        all.extend(owners.clone().map(Constraint::Owners));
        all.extend(min_capacity.map(Constraint::MinCapacity));
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
            Constraint::InOrder => request.in_order = false,
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
            Constraint::Media(_) => policy.media = None,
            Constraint::Owners(_) => policy.owners = None,
            Constraint::MinCapacity(_) => policy.min_capacity = None,
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
    /// Whether it is something to avoid.
    #[must_use]
    pub const fn is_avoidance(&self) -> bool {
        matches!(self, Self::AvoidNode(_) | Self::AvoidCountry(_) | Self::AvoidSegment(_) | Self::AvoidSystem(_))
    }

    /// The name of what is to be passed or avoided.
    #[must_use]
    pub fn name(&self) -> Option<String> {
        match self {
            Self::Via(_, name) => Some(name.clone()),
            Self::AvoidNode(id) => Some(id.to_string()),
            Self::AvoidCountry(country) => Some(country.to_string()),
            Self::AvoidSegment(id) => Some(id.to_string()),
            Self::AvoidSystem(system) => Some(system.clone()),
            Self::Bound(_)
            | Self::Corridor(_)
            | Self::InOrder
            | Self::Media(_)
            | Self::Owners(_)
            | Self::MinCapacity(_)
            | Self::StrictCapacity
            | Self::MinConfidence(_)
            | Self::Statuses(_) => None,
        }
    }

    /// What it bounds, if it is a bound.
    #[must_use]
    pub const fn bounded(&self) -> Option<Bounded> {
        match self {
            Self::Bound(bound) => Some(bound.of),
            Self::Corridor(_)
            | Self::InOrder
            | Self::Via(..)
            | Self::AvoidNode(_)
            | Self::AvoidCountry(_)
            | Self::AvoidSegment(_)
            | Self::AvoidSystem(_)
            | Self::Media(_)
            | Self::Owners(_)
            | Self::MinCapacity(_)
            | Self::StrictCapacity
            | Self::MinConfidence(_)
            | Self::Statuses(_) => None,
        }
    }
}

fn via_name(via: &Via, network: &Network) -> String {
    match via {
        Via::Segments(ids) => whole_system(ids, network).map_or_else(|| via.name(), str::to_owned),
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
