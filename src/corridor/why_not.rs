//! Why there is no route, and what would have to give way for one.

use std::collections::BTreeSet;
use std::fmt;

use super::bound::{Bound, Bounded};
use super::conflicts::find_conflicts;
use super::constraints::{Constraint, Terms, joined};
use super::plan::Plan;
use super::search::Answer;
use crate::metrics::{Measure, Route};
use crate::network::{SegmentId, SegmentSet, Status};
use crate::routing::{Objective, Request};

/// The most ways out that are worked out.
const MAX_WAYS_OUT: usize = 16;

/// How many segments are searched over at most in looking for conflicts, all searches together: about a second's work.
const MAX_SEARCHED: usize = 1_000_000;

/// How many searches there may be on the largest networks, and how many on the smallest.
const SEARCHES: std::ops::RangeInclusive<usize> = 50..=1_000;

/// A constraint that gives way.
#[derive(Debug, Clone, PartialEq)]
pub enum Relaxation {
    /// Drop it.
    Drop(Constraint),
    /// Loosen a bound to the least that would do, rounded up to what one would type.
    Loosen {
        /// That bound.
        bound: Bound,
        /// The least itself, in whole units.
        least: u64,
    },
    /// Count on segments that may not be used yet.
    CountOn {
        /// Which, and their status.
        needed: Vec<(SegmentId, Status)>,
        /// The statuses that would have to count, those that count already included.
        statuses: BTreeSet<Status>,
    },
}

/// What would open a route, and which.
#[derive(Debug, Clone, PartialEq)]
pub struct WayOut {
    /// What has to change, all together.
    pub changes: Vec<Relaxation>,
    /// The best route there is then.
    pub route: Route,
}

/// A bound that no usable route keeps, whatever else is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct OutOfReach {
    /// The bound.
    pub bound: Bound,
    /// What the route has that comes nearest, in whole units.
    pub least: u64,
    /// That route.
    pub route: Route,
}

/// Why no route fits, and the least that would have to change.
#[derive(Debug, Clone, PartialEq)]
pub struct Obstacle {
    /// What was asked for, in words.
    pub asked: String,
    /// All constraints of the question.
    pub constraints: Vec<Constraint>,
    /// The minimal sets of constraints that no route can keep all together: the smallest first. One empty set, if there
    /// would be no route even without any of them.
    pub conflicts: Vec<Vec<Constraint>>,
    /// The bounds that are a conflict each alone.
    pub out_of_reach: Vec<OutOfReach>,
    /// What would open a route, nearest first: the fewest changes, bounds before other things, what is there before
    /// what is not.
    pub ways_out: Vec<WayOut>,
    /// Whether the conflicts and the ways out are all there are; if not, looking for more was cut off.
    pub complete: bool,
    /// Whether the ends are joined by any segments at all, whatever their status.
    pub connected: bool,
}

impl fmt::Display for Relaxation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Drop(constraint) => write!(f, "without {constraint}"),
            Self::Loosen { bound, .. } => write!(f, "with {bound}"),
            Self::CountOn { needed, statuses } => {
                let ids: Vec<&str> = needed.iter().map(|(id, _)| id.as_str()).collect();
                write!(f, "with --status {} (needs {})", joined(statuses), ids.join(", "))
            }
        }
    }
}

impl fmt::Display for WayOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let changes: Vec<String> = self.changes.iter().map(ToString::to_string).collect();
        f.write_str(&changes.join(" and "))
    }
}

impl WayOut {
    /// The segments it needs that may not be used yet.
    #[must_use]
    pub fn needed(&self) -> &[(SegmentId, Status)] {
        let needed = self.changes.iter().find_map(|change| match change {
            Relaxation::CountOn { needed, .. } => Some(needed.as_slice()),
            Relaxation::Drop(_) | Relaxation::Loosen { .. } => None,
        });
        needed.unwrap_or_default()
    }
}

/// A question that has no answer.
struct Inquiry<'p, 'a> {
    plan: &'p Plan<'a>,
    terms: Terms,
    constraints: Vec<Constraint>,
}

impl Plan<'_> {
    /// Finds what stands in the way of a request that has no route.
    #[must_use]
    pub fn why_not(&self, request: &Request) -> Obstacle {
        let terms = Terms { request: Request { k: 1, ..request.clone() }, policy: self.policy().clone() };
        let constraints = terms.constraints(self.network());
        let inquiry = Inquiry { plan: self, terms, constraints };
        let searches = MAX_SEARCHED / self.network().n_segments().max(1);
        let searches = searches.clamp(*SEARCHES.start(), *SEARCHES.end());
        let mut unsure = false;
        let found = find_conflicts(inquiry.constraints.len(), searches, |kept| {
            let Answer { routes, is_stopped } = inquiry.answer(kept);
            unsure |= routes.is_empty() && is_stopped;
            !routes.is_empty()
        });
        let named = |set: &Vec<usize>| set.iter().map(|&i| inquiry.constraints[i].clone()).collect::<Vec<_>>();
        let corrections: Vec<Vec<Constraint>> = found.corrections.iter().map(named).collect();
        let conflicts: Vec<Vec<Constraint>> = found.conflicts.iter().map(named).collect();
        let ways_out = inquiry.ways_out(&corrections);
        Obstacle {
            asked: self.in_words(request),
            out_of_reach: inquiry.out_of_reach(&conflicts),
            conflicts,
            complete: found.complete && !unsure && corrections.len() <= MAX_WAYS_OUT,
            ways_out,
            connected: self.are_connected(request),
            constraints: inquiry.constraints,
        }
    }

    /// Whether the ends of a request are joined by any segments at all, whatever their status.
    fn are_connected(&self, request: &Request) -> bool {
        let bare = Request::between(request.from.clone(), request.to.clone(), Objective::Length);
        !self.over(SegmentSet::all(self.network())).routes(&bare).is_empty()
    }

    /// That there is no route, in one line: what [`Plan::why_not`] begins with, without the search for what stands in
    /// the way.
    #[must_use]
    pub fn no_route(&self, request: &Request) -> String {
        let ending = if self.are_connected(request) { "" } else { ": no segments of any status join the two" };
        format!("no route {}{ending}", self.in_words(request))
    }

    /// That the search was stopped before a route was found, in one line.
    #[must_use]
    pub fn not_known(&self, request: &Request) -> String {
        let asked = self.in_words(request);
        format!("the search for a route {asked} was stopped for too much work: whether one fits is not known")
    }

    /// The best route that counts on as little as possible of what may not be used yet, and what that is. `None` if
    /// there is no such route, or if it needs nothing that is missing.
    #[must_use]
    pub fn with_missing_segments(&self, request: &Request) -> Option<(Vec<(SegmentId, Status)>, Route)> {
        let enough = self.with_least_missing(request)?;
        let route = enough.routes(&Request { k: 1, ..request.clone() }).into_iter().next()?;
        Some((self.missing_of(&route), route))
    }

    /// The same plan with those segments in use too that the route with the least length of such needs. `None` if there
    /// is no such route, or if it needs nothing that is missing.
    fn with_least_missing(&self, request: &Request) -> Option<Self> {
        let everything = self.all_that_may_come();
        let missing = everything.without(self.usable());
        let mut enough = self.usable().clone();
        let least = Request { objective: Objective::Missing, k: 1, ..request.clone() };
        let sketch = self.routes_over(&least, &everything, Some(&missing)).into_iter().next()?;
        let needed: Vec<&SegmentId> = sketch.segments().filter(|id| missing.contains(self.network(), id)).collect();
        needed.iter().for_each(|id| enough.insert(self.network(), id));
        (!needed.is_empty()).then(|| self.over(enough))
    }

    /// The segments that may be used, and those that might be once they are there.
    fn all_that_may_come(&self) -> SegmentSet {
        let mut policy = self.policy().with_all_that_may_come();
        policy.statuses.extend(&self.policy().statuses);
        policy.usable(self.network(), self.demand().gbps)
    }

    /// The segments of a route that may not be used under this plan, with their statuses.
    pub(super) fn missing_of(&self, route: &Route) -> Vec<(SegmentId, Status)> {
        let missing = route.segments().filter(|id| !self.usable().contains(self.network(), id));
        let status = |id: &SegmentId| self.network().find_segment(id).map(|segment| (id.clone(), segment.row.status));
        missing.filter_map(status).collect()
    }

    /// What is asked for, in words that go on after `no route`.
    pub(super) fn in_words(&self, request: &Request) -> String {
        let mut text = format!("from {} to {}", self.end_name(&request.from), self.end_name(&request.to));
        for words in request.in_words() {
            text += " ";
            text += &words;
        }
        text
    }
}

impl Inquiry<'_, '_> {
    fn without<'c>(&self, dropped: impl IntoIterator<Item = &'c Constraint>) -> Terms {
        dropped.into_iter().fold(self.terms.clone(), |terms, constraint| terms.without(constraint, self.plan.network()))
    }

    /// Some route that keeps these constraints, if there is one.
    fn answer(&self, kept: &[bool]) -> Answer {
        let dropped = self.constraints.iter().zip(kept).filter(|(_, kept)| !**kept).map(|(constraint, _)| constraint);
        let Terms { mut request, policy } = self.without(dropped);
        // Any objective would do; that of a bound leads straight to what keeps it.
        request.objective = match request.bounds.limits().next() {
            Some((Measure::Cost, _)) => Objective::Cost,
            Some((Measure::Latency, _)) => Objective::Latency,
            Some((Measure::Unavailability, _)) => Objective::Availability,
            Some((Measure::Length | Measure::Crossings | Measure::LengthIn(_), _)) | None => Objective::Length,
        };
        self.plan.with_policy(&policy).answer(&request)
    }

    /// For each correction the best route it opens, and for a bound that has to be loosened also what less would do if
    /// another constraint gave way with it.
    fn ways_out(&self, corrections: &[Vec<Constraint>]) -> Vec<WayOut> {
        let mut found: Vec<(u64, WayOut)> = Vec::new();
        for correction in corrections.iter().take(MAX_WAYS_OUT) {
            found.extend(self.way_out(correction));
            if let [Constraint::Bound(bound)] = correction.as_slice() {
                found.extend(self.compromises(*bound, corrections));
            }
        }
        found.sort_by_key(|(figure, way_out)| {
            let is_loosened = |change: &Relaxation| matches!(change, Relaxation::Loosen { .. });
            let loosened = way_out.changes.iter().any(is_loosened);
            (way_out.changes.len(), !way_out.needed().is_empty(), !loosened, *figure)
        });
        found.into_iter().map(|(_, way_out)| way_out).collect()
    }

    /// What opens a route when these constraints give way, each no more than it has to: the least length of segments
    /// that are not there yet, then the least bounds, one after the other, that of the objective first.
    fn way_out(&self, correction: &[Constraint]) -> Option<(u64, WayOut)> {
        let statuses = |constraint: &&Constraint| matches!(constraint, Constraint::Statuses(_));
        let Terms { mut request, policy } = self.without(correction.iter().filter(|c| !statuses(c)));
        let plan = self.plan.with_policy(&policy);
        let counted_on = correction.iter().any(|constraint| statuses(&constraint));
        let mut bounds: Vec<Bounded> = correction.iter().filter_map(Constraint::bounded).collect();
        bounds.sort_by_key(|&bounded| Bounded::of_objective(request.objective) != Some(bounded));
        let mut loosened = Vec::new();
        let mut loosen = |plan: &Plan<'_>, request: &mut Request| -> Option<()> {
            for &bounded in &bounds {
                let least = plan.least(request, bounded)?;
                let bound = bounded.allowing(least);
                bounded.set(request, Some(bound.most));
                loosened.push((bound, least));
            }
            Some(())
        };
        let wider = match counted_on.then(|| plan.with_least_missing(&request)) {
            None => {
                loosen(&plan, &mut request)?;
                plan.clone()
            }
            Some(Some(wider)) => {
                loosen(&wider, &mut request)?;
                wider
            }
            // Nothing has to be waited for but for the bounds' sake: they come first then.
            Some(None) => {
                loosen(&plan.over(plan.all_that_may_come()), &mut request)?;
                plan.with_least_missing(&request)?
            }
        };
        let (figure, route) = wider.best(&request)?;
        let mut changes = Vec::new();
        for constraint in correction {
            changes.push(match constraint {
                Constraint::Bound(old) => {
                    let (bound, least) = *loosened.iter().find(|(bound, _)| bound.of == old.of)?;
                    Relaxation::Loosen { bound, least }
                }
                Constraint::Statuses(own) => {
                    let needed = plan.missing_of(&route);
                    let statuses = own.iter().copied().chain(needed.iter().map(|(_, status)| *status)).collect();
                    Relaxation::CountOn { needed, statuses }
                }
                other => Relaxation::Drop(other.clone()),
            });
        }
        Some((figure, WayOut { changes, route }))
    }

    /// The ways out in which a bound has to be loosened less because another constraint, which alone would not help,
    /// gives way too; the least bound first.
    fn compromises(&self, bound: Bound, corrections: &[Vec<Constraint>]) -> Vec<(u64, WayOut)> {
        let least_with = |dropped: &[&Constraint]| {
            let Terms { request, policy } = self.without(dropped.iter().copied());
            let least = self.plan.with_policy(&policy).least(&request, bound.of);
            least.map(|least| bound.of.allowing(least).most)
        };
        let own = Constraint::Bound(bound);
        let Some(alone) = least_with(&[&own]) else { return Vec::new() };
        let helps_alone =
            |constraint: &&Constraint| corrections.iter().any(|set| set.as_slice() == [(*constraint).clone()]);
        let others = self.constraints.iter().filter(|constraint| **constraint != own && !helps_alone(constraint));
        let mut better: Vec<(u64, &Constraint)> = others
            .filter_map(|other| Some((least_with(&[&own, other])?, other)))
            .filter(|(most, _)| *most < alone)
            .collect();
        better.sort_by_key(|(most, _)| *most);
        better.iter().filter_map(|(_, other)| self.way_out(&[own.clone(), (*other).clone()])).collect()
    }

    /// The bounds that are a conflict each alone, with the route that comes nearest to keeping them.
    fn out_of_reach(&self, conflicts: &[Vec<Constraint>]) -> Vec<OutOfReach> {
        let in_use = |constraint: &&Constraint| !matches!(constraint, Constraint::Statuses(_));
        let Terms { mut request, policy } = self.without(self.constraints.iter().filter(in_use));
        let plan = self.plan.with_policy(&policy);
        let mut nearest = |conflict: &Vec<Constraint>| {
            let [Constraint::Bound(bound)] = conflict.as_slice() else { return None };
            let least = plan.least(&request, bound.of)?;
            bound.of.set(&mut request, Some(least));
            let found = plan.best(&request);
            bound.of.set(&mut request, None);
            Some(OutOfReach { bound: *bound, least, route: found?.1 })
        };
        conflicts.iter().filter_map(&mut nearest).collect()
    }
}
