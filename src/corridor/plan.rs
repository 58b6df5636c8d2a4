//! A network with prices, a demand and a policy: all that a route's figures depend on.

use std::collections::BTreeSet;

use crate::metrics::{Demand, Route, Tariff, evaluate};
use crate::network::{CountryCode, Network, SegmentId};
use crate::prices::PriceBook;
use crate::routing::{Avoid, Bounds, End, Gate, Objective, Policy, Query, Via, search};

/// What routes are reckoned with.
#[derive(Debug, Clone)]
pub struct Plan<'a> {
    /// The network.
    pub network: &'a Network,
    /// The prices.
    pub book: &'a PriceBook,
    /// The demand.
    pub demand: Demand,
    /// Which segments may be used.
    pub policy: &'a Policy,
}

/// A question for a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// Where from.
    pub from: End,
    /// Where to.
    pub to: End,
    /// What to be best at.
    pub objective: Objective,
    /// What to pass, in any order.
    pub via: Vec<Via>,
    /// What not to touch.
    pub avoid: Avoid,
    /// The countries to follow, exactly.
    pub corridor: Option<Vec<CountryCode>>,
    /// For each border of the corridor, how to pass it.
    pub gates: Vec<Option<Gate>>,
    /// Upper bounds.
    pub bounds: Bounds,
    /// How many routes.
    pub k: usize,
}

impl Request {
    /// The one best route between two ends.
    #[must_use]
    pub fn between(from: End, to: End, objective: Objective) -> Self {
        Self {
            from,
            to,
            objective,
            via: Vec::new(),
            avoid: Avoid::default(),
            corridor: None,
            gates: Vec::new(),
            bounds: Bounds::default(),
            k: 1,
        }
    }
}

impl<'a> Plan<'a> {
    /// The best routes, best first, with all their figures.
    #[must_use]
    pub fn routes(&self, request: &Request) -> Vec<Route> {
        let usable = self.policy.usable(self.network, self.demand.gbps);
        self.routes_over(request, usable, BTreeSet::new())
    }

    /// The best routes over a given set of segments, some of which may be missing ([`Objective::Missing`]).
    pub(super) fn routes_over(
        &self,
        request: &Request,
        usable: BTreeSet<SegmentId>,
        missing: BTreeSet<SegmentId>,
    ) -> Vec<Route> {
        let (Some(from), Some(to)) = (self.country(&request.from), self.country(&request.to)) else {
            return Vec::new();
        };
        let tariff = Tariff::new(self.book, self.demand, (from, to));
        let query = Query {
            from: request.from.clone(),
            to: request.to.clone(),
            objective: request.objective,
            usable,
            missing,
            via: request.via.clone(),
            avoid: request.avoid.clone(),
            corridor: request.corridor.clone(),
            gates: request.gates.clone(),
            bounds: request.bounds,
            k: request.k,
        };
        let found = search(self.network, &tariff, &query);
        found.iter().map(|route| evaluate(self.network, &tariff, &route.start, &route.segments)).collect()
    }

    /// The country of an end.
    #[must_use]
    pub fn country(&self, end: &End) -> Option<CountryCode> {
        match end {
            End::Country(code) => Some(*code),
            End::Node(id) => self.network.find_node(id).map(|node| node.country),
        }
    }

    /// The name of an end as shown.
    #[must_use]
    pub fn end_name(&self, end: &End) -> String {
        match end {
            End::Country(code) => code.to_string(),
            End::Node(id) => self.network.find_node(id).map_or_else(|| id.to_string(), |n| n.short_name().to_owned()),
        }
    }
}
