//! What each constraint costs a route that exists: the best without it, against the best with all.

use super::bound::{Bound, Bounded};
use super::constraints::{Constraint, Terms};
use super::plan::Plan;
use crate::metrics::Route;
use crate::network::{SegmentId, Status};
use crate::request::{Objective, Request};

/// What the constraints of a question cost.
#[derive(Debug, Clone, PartialEq)]
pub struct ConstraintPrices {
    /// What the routes are best at.
    pub objective: Objective,
    /// The best route that keeps every constraint.
    pub kept: Route,
    /// Each constraint: the dearest first by what it costs the objective, then by money, then in the order of the question.
    pub each: Vec<ConstraintPrice>,
    /// The best route without any of them, and what is saved by it.
    pub without_any: Saving,
}

/// What one constraint costs.
#[derive(Debug, Clone, PartialEq)]
pub struct ConstraintPrice {
    /// The constraint.
    pub constraint: Constraint,
    /// What is saved by dropping it.
    pub dropped: Saving,
    /// For a bound: the least looser bound under which the best route gets better, and what is saved by that. `None` where
    /// it never does, or where the objective is not a sum that can be bounded.
    pub loosened: Option<(Bound, Saving)>,
}

/// A route with fewer constraints, against the one that keeps all: what that has more.
#[derive(Debug, Clone, PartialEq)]
pub struct Saving {
    /// The route.
    pub route: Route,
    /// Its segments that may not be used yet.
    pub needed: Vec<(SegmentId, Status)>,
    /// Of the objective, in its whole units; never negative.
    pub objective: u64,
    /// Of money, cents; negative where the route is the dearer one.
    pub cost_cents: i64,
    /// Of the round trip, ms; negative where the route is the slower one.
    pub rtt_ms: f64,
}

impl ConstraintPrice {
    /// Whether the best route would be better without it.
    #[must_use]
    pub fn is_binding(&self) -> bool {
        self.dropped.objective > 0
    }
}

impl Plan<'_> {
    /// Prices every constraint of a request; `None` if there is no route.
    #[must_use]
    pub fn price_constraints(&self, request: &Request) -> Option<ConstraintPrices> {
        // One scale for all routes: a weighting is settled under all constraints.
        let request = Request { k: 1, objective: self.settled(request), ..request.clone() };
        let terms = Terms { request, policy: self.policy().clone() };
        let (figure, kept) = self.best(&terms.request)?;
        let saving = |terms: &Terms| {
            let (less, route) = self.with_policy(&terms.policy).best(&terms.request)?;
            Some(Saving {
                needed: self.missing_of(&route),
                objective: figure.saturating_sub(less),
                cost_cents: kept.bill.total().cents().saturating_sub(route.bill.total().cents()),
                rtt_ms: kept.rtt_ms() - route.rtt_ms(),
                route,
            })
        };
        let constraints = terms.constraints(self.network());
        let mut each = Vec::with_capacity(constraints.len());
        for constraint in &constraints {
            let freed = terms.without(constraint, self.network());
            let dropped = saving(&freed)?;
            let looser = constraint.bounded().filter(|_| dropped.objective > 0);
            let looser = looser.and_then(|bounded| self.next_better(&freed.request, bounded, figure));
            let loosened = looser.and_then(|bound| {
                let mut terms = terms.clone();
                bound.of.set(&mut terms.request, Some(bound.most));
                Some((bound, saving(&terms)?))
            });
            each.push(ConstraintPrice { constraint: constraint.clone(), dropped, loosened });
        }
        each.sort_by_key(|price| std::cmp::Reverse((price.dropped.objective, price.dropped.cost_cents)));
        let free =
            constraints.iter().fold(terms.clone(), |terms, constraint| terms.without(constraint, self.network()));
        Some(ConstraintPrices { objective: terms.request.objective, without_any: saving(&free)?, kept, each })
    }

    /// The least bound under which a request, from which it has been dropped, has a route that is better than `figure`.
    fn next_better(&self, request: &Request, bounded: Bounded, figure: u64) -> Option<Bound> {
        let mut better = request.clone();
        let own = Bounded::of_objective(request.objective)?;
        own.set(&mut better, Some(figure.checked_sub(1)?));
        let least = self.least(&better, bounded)?;
        least.is_sure.then(|| bounded.allowing(least.figure))
    }
}
