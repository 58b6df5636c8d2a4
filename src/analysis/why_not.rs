//! Why there is no route, and what would have to give way for one.

use std::cell::Cell;
use std::collections::BTreeSet;

use super::bound::{Bound, Bounded};
use super::conflicts::find_conflicts;
use super::constraints::{Constraint, Terms};
use super::plan::Plan;
use super::search::Answer;
use crate::metrics::Route;
use crate::network::{SegmentId, SegmentSet, Status};
use crate::request::{CountryPattern, Objective, PatternStep, Request};

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

/// Where routes leave a corridor that none of them follows to its end.
#[derive(Debug, Clone, PartialEq)]
pub struct CorridorBreak {
    /// What some routes begin with.
    pub followed: CountryPattern,
    /// What no route goes on to from there.
    pub next: PatternStep,
}

/// Why no route fits, and the least that would have to change.
#[derive(Debug, Clone, PartialEq)]
pub struct Obstacle {
    /// What was asked for.
    pub terms: Terms,
    /// All constraints of the question.
    pub constraints: Vec<Constraint>,
    /// The minimal sets of constraints that no route can keep all together: the smallest first. One empty set, if there
    /// would be no route even without any of them.
    pub conflicts: Vec<Vec<Constraint>>,
    /// The bounds that are a conflict each alone.
    pub out_of_reach: Vec<OutOfReach>,
    /// Where the corridor breaks off, if no usable route follows it, whatever else is asked.
    pub corridor_break: Option<CorridorBreak>,
    /// What would open a route, nearest first: the fewest changes, bounds before other things, what is there before
    /// what is not, the corridor last; then by how far a bound is exceeded, then by the objective.
    pub ways_out: Vec<WayOut>,
    /// Whether the conflicts and the ways out are all there are; if not, looking for more was cut off.
    pub complete: bool,
    /// Whether the ends are joined by any segments at all, whatever their status.
    pub connected: bool,
}

impl WayOut {
    /// How far from the question its changes lead: bounds that are loosened, other things, what is not there yet, and
    /// last what makes it another question, the corridor.
    fn remoteness(&self) -> u8 {
        let remoteness = |change: &Relaxation| match change {
            Relaxation::Loosen { .. } => 0,
            Relaxation::Drop(Constraint::Corridor(_)) => 3,
            Relaxation::Drop(_) => 1,
            Relaxation::CountOn { .. } => 2,
        };
        self.changes.iter().map(remoteness).max().unwrap_or(0)
    }

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

/// How far a way out leads from the question: by how much a bound is exceeded, in thousandths of it, then the objective.
type Distance = (u64, u64);

/// A question that has no answer.
struct Inquiry<'p, 'a> {
    plan: &'p Plan<'a>,
    terms: Terms,
    constraints: Vec<Constraint>,
    /// Whether some search was stopped whose answer would have told more.
    unsure: Cell<bool>,
}

impl Plan<'_> {
    /// Finds what stands in the way of a request that has no route.
    #[must_use]
    pub fn why_not(&self, request: &Request) -> Obstacle {
        let inquiry = Inquiry::new(self, request);
        let searches = MAX_SEARCHED / self.network().n_segments().max(1);
        let searches = searches.clamp(*SEARCHES.start(), *SEARCHES.end());
        let found = find_conflicts(inquiry.constraints.len(), searches, |kept| {
            let Answer { routes, is_stopped } = inquiry.answer(kept);
            inquiry.note(!routes.is_empty() || !is_stopped);
            !routes.is_empty()
        });
        let named = |set: &Vec<usize>| set.iter().map(|&i| inquiry.constraints[i].clone()).collect::<Vec<_>>();
        let corrections: Vec<Vec<Constraint>> = found.corrections.iter().map(named).collect();
        let conflicts: Vec<Vec<Constraint>> = found.conflicts.iter().map(named).collect();
        let ways_out = inquiry.ways_out(&corrections);
        let out_of_reach = inquiry.out_of_reach(&conflicts);
        Obstacle {
            out_of_reach,
            corridor_break: inquiry.corridor_break(&conflicts),
            conflicts,
            complete: found.complete && !inquiry.unsure.get() && corrections.len() <= MAX_WAYS_OUT,
            ways_out,
            connected: inquiry.is_connected(),
            constraints: inquiry.constraints,
            terms: inquiry.terms,
        }
    }
}

/// A question without an answer, where nothing was searched for what stands in the way.
#[derive(Debug, Clone, PartialEq)]
pub struct Unanswered {
    /// What was asked for.
    pub terms: Terms,
    /// Why there is no answer.
    pub why: WhyUnanswered,
}

/// Why a question has no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum WhyUnanswered {
    /// No route fits.
    NothingFits,
    /// The ends are not joined by segments of any status.
    NothingJoins,
    /// The search was stopped before a route was found.
    NotKnown,
}

impl Plan<'_> {
    /// That a request has no route: what [`Plan::why_not`] begins with.
    #[must_use]
    pub fn no_route(&self, request: &Request) -> Unanswered {
        let inquiry = Inquiry::new(self, request);
        let why = if inquiry.is_connected() { WhyUnanswered::NothingFits } else { WhyUnanswered::NothingJoins };
        Unanswered { why, terms: inquiry.terms }
    }

    /// That the search for a request's routes was stopped before one was found.
    #[must_use]
    pub fn not_known(&self, request: &Request) -> Unanswered {
        Unanswered { why: WhyUnanswered::NotKnown, terms: Inquiry::new(self, request).terms }
    }
}

impl<'p, 'a> Inquiry<'p, 'a> {
    fn new(plan: &'p Plan<'a>, request: &Request) -> Self {
        let terms = Terms { request: Request { k: 1, ..request.clone() }, policy: plan.policy().clone() };
        let constraints = terms.constraints(plan.network());
        Self { plan, terms, constraints, unsure: Cell::new(false) }
    }
}

impl Inquiry<'_, '_> {
    /// Notes whether an answer is sure.
    fn note(&self, is_sure: bool) {
        self.unsure.set(self.unsure.get() || !is_sure);
    }

    /// [`Plan::least`], noted.
    fn least(&self, plan: &Plan<'_>, request: &Request, bounded: Bounded) -> Option<u64> {
        let least = plan.least(request, bounded)?;
        self.note(least.is_sure);
        Some(least.figure)
    }

    /// Whether the ends are joined by any segments at all, whatever their status.
    fn is_connected(&self) -> bool {
        let bare = Request { objective: Objective::Length, ..self.bare() };
        !self.plan.over(SegmentSet::all(self.plan.network())).routes(&bare).is_empty()
    }

    /// How much of the corridor routes can follow, and what no usable route goes on to from there, if a corridor is in
    /// the way of all of them whatever else is asked.
    fn corridor_break(&self, conflicts: &[Vec<Constraint>]) -> Option<CorridorBreak> {
        let alone = |constraint: &Constraint| matches!(constraint, Constraint::Corridor(_) | Constraint::Statuses(_));
        let in_the_way = conflicts.iter().any(|conflict| {
            conflict.iter().all(alone) && conflict.iter().any(|own| matches!(own, Constraint::Corridor(_)))
        });
        let steps = self.terms.request.corridor.as_ref().filter(|_| in_the_way)?.steps();
        let begins = |n: usize| {
            let mut request = self.bare();
            let gap = (n < steps.len()).then_some(PatternStep::Gap);
            request.corridor = CountryPattern::new(steps[..n].iter().cloned().chain(gap).collect()).ok();
            !self.plan.routes(&request).is_empty()
        };
        let n = (1..=steps.len()).find(|&n| !begins(n))?;
        let followed = CountryPattern::new(steps[..n - 1].to_vec()).ok()?;
        Some(CorridorBreak { followed, next: steps[n - 1].clone() })
    }

    /// The request with its ends and its objective only.
    fn bare(&self) -> Request {
        let request = &self.terms.request;
        Request::between(request.from.clone(), request.to.clone(), request.objective)
    }

    fn without<'c>(&self, dropped: impl IntoIterator<Item = &'c Constraint>) -> Terms {
        dropped.into_iter().fold(self.terms.clone(), |terms, constraint| terms.without(constraint, self.plan.network()))
    }

    /// Some route that keeps these constraints, if there is one.
    fn answer(&self, kept: &[bool]) -> Answer {
        let dropped = self.constraints.iter().zip(kept).filter(|(_, kept)| !**kept).map(|(constraint, _)| constraint);
        let Terms { mut request, policy } = self.without(dropped);
        // Any objective would do; that of a bound leads straight to what keeps it.
        let sum = request.bounds.iter().map(|(of, _)| Bounded::Of(of)).find_map(Bounded::objective);
        request.objective = sum.unwrap_or(Objective::Length);
        self.plan.with_policy(&policy).answer(&request)
    }

    /// For each correction the best route it opens, and for a bound that has to be loosened also what less would do if
    /// another constraint gave way with it.
    fn ways_out(&self, corrections: &[Vec<Constraint>]) -> Vec<WayOut> {
        let mut found: Vec<(Distance, WayOut)> = Vec::new();
        for correction in corrections.iter().take(MAX_WAYS_OUT) {
            found.extend(self.way_out(correction));
            if let [Constraint::Bound(bound)] = correction.as_slice() {
                found.extend(self.compromises(*bound, corrections));
            }
        }
        found.sort_by_key(|(distance, way_out)| (way_out.changes.len(), way_out.remoteness(), *distance));
        found.into_iter().map(|(_, way_out)| way_out).collect()
    }

    /// What opens a route when these constraints give way, each no more than it has to: the least length of segments
    /// that are not there yet, then the least bounds, one after the other, that of the objective first.
    fn way_out(&self, correction: &[Constraint]) -> Option<(Distance, WayOut)> {
        let statuses = |constraint: &&Constraint| matches!(constraint, Constraint::Statuses(_));
        let Terms { mut request, policy } = self.without(correction.iter().filter(|c| !statuses(c)));
        let plan = self.plan.with_policy(&policy);
        let counted_on = correction.iter().any(|constraint| statuses(&constraint));
        let mut bounds: Vec<Bounded> = correction.iter().filter_map(Constraint::bounded).collect();
        bounds.sort_by_key(|&bounded| Bounded::of_objective(request.objective) != Some(bounded));
        let mut loosened = Vec::new();
        let mut loosen = |plan: &Plan<'_>, request: &mut Request| -> Option<()> {
            for &bounded in &bounds {
                let least = self.least(plan, request, bounded)?;
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
        let (figure, route) = match wider.best(&request) {
            Some(found) => found,
            None => {
                // The search within the least bounds was stopped: the best route without them, and what it takes.
                self.note(false);
                loosened.iter().for_each(|(bound, _)| bound.of.set(&mut request, None));
                let (figure, route) = wider.best(&request)?;
                for (bound, least) in &mut loosened {
                    *least = bound.of.figure(&route, &request);
                    *bound = bound.of.allowing(*least);
                }
                (figure, route)
            }
        };
        let (mut changes, mut excess) = (Vec::new(), 0);
        for constraint in correction {
            changes.push(match constraint {
                Constraint::Bound(old) => {
                    let (bound, least) = *loosened.iter().find(|(bound, _)| bound.of == old.of)?;
                    excess = excess.max(bound.most.saturating_sub(old.most).saturating_mul(1000) / old.most.max(1));
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
        Some(((excess, figure), WayOut { changes, route }))
    }

    /// The ways out in which a bound has to be loosened less because another constraint, which alone would not help,
    /// gives way too; the least bound first.
    fn compromises(&self, bound: Bound, corrections: &[Vec<Constraint>]) -> Vec<(Distance, WayOut)> {
        let least_with = |dropped: &[&Constraint]| {
            let Terms { request, policy } = self.without(dropped.iter().copied());
            let least = self.least(&self.plan.with_policy(&policy), &request, bound.of);
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
        // Whatever else is asked, also of segments: only their status counts.
        let in_use = |constraint: &&Constraint| !matches!(constraint, Constraint::Statuses(_));
        let Terms { mut request, policy } = self.without(self.constraints.iter().filter(in_use));
        let plan = self.plan.with_policy(&policy);
        let mut nearest = |conflict: &Vec<Constraint>| {
            let [Constraint::Bound(bound)] = conflict.as_slice() else { return None };
            let least = plan.least(&request, bound.of)?;
            self.note(least.is_sure);
            if !least.is_sure {
                return None;
            }
            let least = least.figure;
            bound.of.set(&mut request, Some(least));
            let found = plan.best(&request);
            bound.of.set(&mut request, None);
            Some(OutOfReach { bound: *bound, least, route: found?.1 })
        };
        conflicts.iter().filter_map(&mut nearest).collect()
    }
}
