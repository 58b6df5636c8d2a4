//! Why there is no route, and what would have to give way for one.

use std::collections::BTreeSet;
use std::fmt;

use super::plan::{Plan, Request};
use crate::metrics::Route;
use crate::network::{SegmentId, Status};
use crate::routing::{Bounds, Objective, Via};

/// A constraint that could be dropped.
#[derive(Debug, Clone, PartialEq)]
pub enum Relaxation {
    /// Follow other countries.
    Corridor,
    /// Do not insist on passing this.
    Via(String),
    /// Allow this.
    Avoid(String),
    /// Drop the bound on latency.
    MaxLatency,
    /// Drop the bound on cost.
    MaxCost,
    /// Drop the bound on borders.
    MaxCrossings,
    /// Count on segments that are not in use today, or that the policy leaves out.
    Segments(Vec<(SegmentId, Status)>),
}

/// Why no route fits, and the least that would have to change.
#[derive(Debug, Clone, PartialEq)]
pub struct Obstacle {
    /// What was asked for, in words.
    pub asked: String,
    /// Single changes that would do, each with the best route it opens, nearest first.
    pub ways_out: Vec<(Relaxation, Route)>,
    /// Whether the ends are joined by any segments at all, whatever their status.
    pub connected: bool,
}

impl fmt::Display for Relaxation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Corridor => write!(f, "without the corridor"),
            Self::Via(what) => write!(f, "without --via {what}"),
            Self::Avoid(what) => write!(f, "without --avoid {what}"),
            Self::MaxLatency => write!(f, "without the bound on latency"),
            Self::MaxCost => write!(f, "without the bound on cost"),
            Self::MaxCrossings => write!(f, "without the bound on border crossings"),
            Self::Segments(segments) => {
                let mut statuses: Vec<&str> = segments.iter().map(|(_, status)| status.as_str()).collect();
                statuses.sort_unstable();
                statuses.dedup();
                let ids: Vec<&str> = segments.iter().map(|(id, _)| id.as_str()).collect();
                write!(f, "with --status in_service,{} (needs {})", statuses.join(","), ids.join(", "))
            }
        }
    }
}

impl Plan<'_> {
    /// Finds what stands in the way of a request that has no route.
    #[must_use]
    pub fn why_not(&self, request: &Request) -> Obstacle {
        let best = |request: &Request| self.routes(&Request { k: 1, ..request.clone() }).into_iter().next();
        let mut ways_out = Vec::new();
        let mut try_out = |what: Relaxation, request: Request| {
            if let Some(route) = best(&request) {
                ways_out.push((what, route));
            }
        };
        for (what, bounds) in relaxed_bounds(&request.bounds) {
            try_out(what, Request { bounds, ..request.clone() });
        }
        for i in 0..request.via.len() {
            let mut via = request.via.clone();
            let dropped = via.remove(i);
            try_out(Relaxation::Via(self.via_name(&dropped)), Request { via, ..request.clone() });
        }
        for node in &request.avoid.nodes {
            let mut avoid = request.avoid.clone();
            avoid.nodes.remove(node);
            try_out(Relaxation::Avoid(node.to_string()), Request { avoid, ..request.clone() });
        }
        for country in &request.avoid.countries {
            let mut avoid = request.avoid.clone();
            avoid.countries.remove(country);
            try_out(Relaxation::Avoid(country.to_string()), Request { avoid, ..request.clone() });
        }
        if !request.avoid.segments.is_empty() {
            let mut avoid = request.avoid.clone();
            let names: Vec<&str> = avoid.segments.iter().map(SegmentId::as_str).collect();
            let what = Relaxation::Avoid(names.join(","));
            avoid.segments.clear();
            try_out(what, Request { avoid, ..request.clone() });
        }
        if let Some((missing, route)) = self.with_missing_segments(request) {
            ways_out.push((Relaxation::Segments(missing), route));
        }
        if request.corridor.is_some() && ways_out.is_empty() {
            let freed = Request { corridor: None, gates: Vec::new(), ..request.clone() };
            if let Some(route) = best(&freed) {
                ways_out.push((Relaxation::Corridor, route));
            }
        }
        let bare = Request::between(request.from.clone(), request.to.clone(), Objective::Length);
        let connected = self.with_missing_segments(&bare).is_some() || best(&bare).is_some();
        Obstacle { asked: self.in_words(request), ways_out, connected }
    }

    /// The best route that counts on as little as possible of what may not be used yet, and what that is. `None` if
    /// there is no such route, or if it needs nothing that is missing.
    #[must_use]
    pub fn with_missing_segments(&self, request: &Request) -> Option<(Vec<(SegmentId, Status)>, Route)> {
        let usable = self.policy.usable(self.network, self.demand.gbps);
        let all = self.policy.with_all_that_may_come().usable(self.network, self.demand.gbps);
        let missing: BTreeSet<SegmentId> = all.difference(&usable).cloned().collect();
        let least = Request { objective: Objective::Missing, k: 1, ..request.clone() };
        let sketch = self.routes_over(&least, all, missing.clone()).into_iter().next()?;
        let needed: BTreeSet<SegmentId> = sketch.segments().filter(|id| missing.contains(*id)).cloned().collect();
        if needed.is_empty() {
            return None;
        }
        let enough = usable.union(&needed).cloned().collect();
        let route =
            self.routes_over(&Request { k: 1, ..request.clone() }, enough, BTreeSet::new()).into_iter().next()?;
        let status = |id: &SegmentId| self.network.find_segment(id).map(|segment| (id.clone(), segment.row.status));
        Some((route.segments().filter(|id| needed.contains(*id)).filter_map(status).collect(), route))
    }

    fn via_name(&self, via: &Via) -> String {
        match via {
            Via::Node(id) => id.to_string(),
            Via::Country(code) => code.to_string(),
            Via::Segments(ids) => ids.iter().map(SegmentId::as_str).collect::<Vec<_>>().join(","),
        }
    }

    fn in_words(&self, request: &Request) -> String {
        let mut text = format!("from {} to {}", self.end_name(&request.from), self.end_name(&request.to));
        if let Some(corridor) = &request.corridor {
            let codes: Vec<&str> = corridor.iter().map(|code| code.as_str()).collect();
            text += &format!(" along {}", codes.join(", "));
        }
        if !request.via.is_empty() {
            let names: Vec<String> = request.via.iter().map(|via| self.via_name(via)).collect();
            text += &format!(" by {}", names.join(" and "));
        }
        if !request.avoid.is_empty() {
            let avoid = &request.avoid;
            let nodes = avoid.nodes.iter().map(ToString::to_string);
            let countries = avoid.countries.iter().map(ToString::to_string);
            let segments = avoid.segments.iter().map(ToString::to_string);
            text += &format!(" avoiding {}", nodes.chain(countries).chain(segments).collect::<Vec<_>>().join(", "));
        }
        let Bounds { latency_fs, cost_cents, crossings } = request.bounds;
        if let Some(fs) = latency_fs {
            text += &format!(" within {} ms", fs as f64 / 1e12);
        }
        if let Some(cents) = cost_cents {
            text += &format!(" for at most {} USD", cents as f64 / 100.0);
        }
        if let Some(most) = crossings {
            let s = if most == 1 { "" } else { "s" };
            text += &format!(" over at most {most} border{s}");
        }
        text
    }
}

fn relaxed_bounds(bounds: &Bounds) -> Vec<(Relaxation, Bounds)> {
    let mut relaxed = Vec::new();
    if bounds.latency_fs.is_some() {
        relaxed.push((Relaxation::MaxLatency, Bounds { latency_fs: None, ..*bounds }));
    }
    if bounds.cost_cents.is_some() {
        relaxed.push((Relaxation::MaxCost, Bounds { cost_cents: None, ..*bounds }));
    }
    if bounds.crossings.is_some() {
        relaxed.push((Relaxation::MaxCrossings, Bounds { crossings: None, ..*bounds }));
    }
    relaxed
}
