//! Why there is no route, and what would have to give way for one.

use std::fmt;

use super::plan::Plan;
use crate::metrics::Route;
use crate::network::{SegmentId, SegmentSet, Status};
use crate::routing::{Bounds, Objective, Policy, Request};

/// A constraint that could be dropped.
#[derive(Debug, Clone, PartialEq)]
pub enum Relaxation {
    /// Follow other countries.
    Corridor,
    /// Do not insist on passing this.
    Via(String),
    /// Allow this.
    Avoid(String),
    /// Allow this round trip, ms: the least there is.
    MaxRtt(f64),
    /// Allow this cost, USD: the least there is.
    MaxCost(f64),
    /// Drop the bound on borders.
    MaxCrossings,
    /// Allow segments with less capacity than the demand.
    StrictCapacity,
    /// Allow rows of less confidence.
    MinConfidence,
    /// Count on segments that may not be used yet.
    Segments {
        /// Which, and their status.
        needed: Vec<(SegmentId, Status)>,
        /// The statuses that would have to count, those that count already included.
        statuses: Vec<Status>,
    },
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
            Self::MaxRtt(ms) => write!(f, "with --max-rtt-ms {ms:.1}"),
            Self::MaxCost(usd) => write!(f, "with --max-cost-usd {usd:.0}"),
            Self::StrictCapacity => write!(f, "without strict_capacity"),
            Self::MinConfidence => write!(f, "without min_confidence"),
            Self::MaxCrossings => write!(f, "without the bound on border crossings"),
            Self::Segments { needed, statuses } => {
                let words: Vec<&str> = statuses.iter().map(|status| status.as_str()).collect();
                let ids: Vec<&str> = needed.iter().map(|(id, _)| id.as_str()).collect();
                write!(f, "with --status {} (needs {})", words.join(","), ids.join(", "))
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
        let bounds = request.bounds;
        if bounds.crossings.is_some() {
            let bounds = Bounds { crossings: None, ..bounds };
            try_out(Relaxation::MaxCrossings, Request { bounds, ..request.clone() });
        }
        for i in 0..request.via.len() {
            let mut via = request.via.clone();
            let dropped = via.remove(i);
            try_out(Relaxation::Via(dropped.name()), Request { via, ..request.clone() });
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
        ways_out.splice(0..0, self.loosened_bounds(request));
        ways_out.extend(self.loosened_policy(request));
        if let Some((needed, route)) = self.with_missing_segments(request) {
            let mut statuses = self.policy().statuses.clone();
            statuses.extend(needed.iter().map(|(_, status)| *status));
            ways_out.push((Relaxation::Segments { needed, statuses: statuses.into_iter().collect() }, route));
        }
        if request.corridor.is_some() && ways_out.is_empty() {
            let freed = Request { corridor: None, gates: Vec::new(), ..request.clone() };
            if let Some(route) = best(&freed) {
                ways_out.push((Relaxation::Corridor, route));
            }
        }
        let bare = Request::between(request.from.clone(), request.to.clone(), Objective::Length);
        let everything = SegmentSet::all(self.network());
        let connected = !self.routes_over(&bare, &everything, None).is_empty();
        Obstacle { asked: self.in_words(request), ways_out, connected }
    }

    /// The least bound on latency, and the least on cost, under which there is a route.
    fn loosened_bounds(&self, request: &Request) -> Vec<(Relaxation, Route)> {
        let bounds = request.bounds;
        let best =
            |objective, bounds| self.routes(&Request { objective, bounds, k: 1, ..request.clone() }).into_iter().next();
        let mut ways_out = Vec::new();
        if bounds.latency_fs.is_some()
            && let Some(route) = best(Objective::Latency, Bounds { latency_fs: None, ..bounds })
        {
            ways_out.push((Relaxation::MaxRtt((route.rtt_ms() * 10.0).ceil() / 10.0), route));
        }
        if bounds.cost_cents.is_some()
            && let Some(route) = best(Objective::Cost, Bounds { cost_cents: None, ..bounds })
        {
            ways_out.push((Relaxation::MaxCost(route.bill.total().dollars().ceil()), route));
        }
        ways_out
    }

    /// The best route under a policy that is less strict in one thing.
    fn loosened_policy(&self, request: &Request) -> Vec<(Relaxation, Route)> {
        let with =
            |policy: Policy| self.with_policy(&policy).routes(&Request { k: 1, ..request.clone() }).into_iter().next();
        let mut ways_out = Vec::new();
        if self.policy().strict_capacity
            && let Some(route) = with(Policy { strict_capacity: false, ..self.policy().clone() })
        {
            ways_out.push((Relaxation::StrictCapacity, route));
        }
        if self.policy().min_confidence.is_some()
            && let Some(route) = with(Policy { min_confidence: None, ..self.policy().clone() })
        {
            ways_out.push((Relaxation::MinConfidence, route));
        }
        ways_out
    }

    /// The best route that counts on as little as possible of what may not be used yet, and what that is. `None` if
    /// there is no such route, or if it needs nothing that is missing.
    #[must_use]
    pub fn with_missing_segments(&self, request: &Request) -> Option<(Vec<(SegmentId, Status)>, Route)> {
        let all = self.policy().with_all_that_may_come().usable(self.network(), self.demand().gbps);
        let missing = all.without(self.usable());
        let least = Request { objective: Objective::Missing, k: 1, ..request.clone() };
        let sketch = self.routes_over(&least, &all, Some(&missing)).into_iter().next()?;
        let needed: Vec<&SegmentId> = sketch.segments().filter(|id| missing.contains(self.network(), id)).collect();
        if needed.is_empty() {
            return None;
        }
        let mut enough = self.usable().clone();
        needed.iter().for_each(|id| enough.insert(self.network(), id));
        let route = self.routes_over(&Request { k: 1, ..request.clone() }, &enough, None).into_iter().next()?;
        let status = |id: &SegmentId| self.network().find_segment(id).map(|segment| (id.clone(), segment.row.status));
        Some((route.segments().filter(|id| needed.contains(id)).filter_map(status).collect(), route))
    }

    fn in_words(&self, request: &Request) -> String {
        let mut text = format!("from {} to {}", self.end_name(&request.from), self.end_name(&request.to));
        for words in request.in_words() {
            text += " ";
            text += &words;
        }
        text
    }
}
