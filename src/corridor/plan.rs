//! A network with prices, a demand and a policy: all that a route's figures depend on.

use std::sync::{Arc, OnceLock};

use crate::metrics::{Burdens, Demand, Measure, Route, Tariff};
use crate::network::{CountryCode, Network, SegmentSet};
use crate::prices::PriceBook;
use crate::routing::loopless::{Limit, k_best};
use crate::routing::{Direct, End, Ground, Policy, Request, StateGraph, StepWeights, direct, numbered_steps, unfold};

/// What routes are reckoned with. What the steps of routes cost is kept once it has been reckoned, and clones share it.
#[derive(Debug, Clone)]
pub struct Plan<'a> {
    network: &'a Network,
    book: &'a PriceBook,
    demand: Demand,
    policy: &'a Policy,
    usable: Arc<SegmentSet>,
    burdens: Arc<Burdens<'a>>,
    weights: Arc<OnceLock<StepWeights>>,
}

/// A request unfolded: the graph to search, and what its paths are evaluated with.
#[derive(Debug, Clone)]
pub struct Unfolded<'a> {
    /// The states and steps; its columns are the measures asked for, then those that the request bounds.
    pub graph: StateGraph,
    /// The bounds that every path has to keep.
    pub limits: Vec<Limit>,
    tariff: Tariff<'a>,
}

impl<'a> Plan<'a> {
    /// Joins what a plan is made of.
    #[must_use]
    pub fn new(network: &'a Network, book: &'a PriceBook, demand: Demand, policy: &'a Policy) -> Self {
        let usable = Arc::new(policy.usable(network, demand.gbps));
        let burdens = Arc::new(Burdens::new(network, book, demand));
        Self { network, book, demand, policy, usable, burdens, weights: Arc::default() }
    }

    /// The same under another policy.
    #[must_use]
    pub fn with_policy<'b>(&self, policy: &'b Policy) -> Plan<'b>
    where
        'a: 'b,
    {
        Plan { policy, usable: Arc::new(policy.usable(self.network, self.demand.gbps)), ..self.clone() }
    }

    /// The network.
    #[must_use]
    pub fn network(&self) -> &'a Network {
        self.network
    }

    /// The prices.
    #[must_use]
    pub fn book(&self) -> &'a PriceBook {
        self.book
    }

    /// The demand.
    #[must_use]
    pub fn demand(&self) -> Demand {
        self.demand
    }

    /// Which segments may be used, as a rule.
    #[must_use]
    pub fn policy(&self) -> &'a Policy {
        self.policy
    }

    /// Which segments may be used, one by one.
    #[must_use]
    pub fn usable(&self) -> &SegmentSet {
        &self.usable
    }

    /// The best routes, best first, with all their figures.
    #[must_use]
    pub fn routes(&self, request: &Request) -> Vec<Route> {
        self.routes_over(request, &self.usable, None)
    }

    /// The best routes over a given set of segments, some of which may be missing ([`crate::routing::Objective::Missing`]).
    pub(super) fn routes_over(
        &self,
        request: &Request,
        usable: &SegmentSet,
        missing: Option<&SegmentSet>,
    ) -> Vec<Route> {
        let Some(ends) = self.country(&request.from).zip(self.country(&request.to)) else { return Vec::new() };
        let ground = Ground { network: self.network, burdens: &self.burdens, usable, missing, ends };
        let weights = self.weights.get_or_init(|| StepWeights::new(self.network));
        match direct(ground, weights, request) {
            Direct::Route { start, segments } => return vec![self.burdens.route(ends, start, &segments)],
            Direct::Nothing => return Vec::new(),
            Direct::CannotTell => {}
        }
        let Some(unfolded) = self.unfold_over(request, &[], usable, missing) else { return Vec::new() };
        let paths = k_best(&unfolded.graph, request.k, &unfolded.limits);
        paths.iter().map(|path| self.route(&unfolded, &path.arcs)).collect()
    }

    /// Unfolds a request, with a column for each of these measures. `None` where an end is not in the network.
    #[must_use]
    pub fn unfold(&self, request: &Request, measures: &[Measure]) -> Option<Unfolded<'a>> {
        self.unfold_over(request, measures, &self.usable, None)
    }

    fn unfold_over(
        &self,
        request: &Request,
        measures: &[Measure],
        usable: &SegmentSet,
        missing: Option<&SegmentSet>,
    ) -> Option<Unfolded<'a>> {
        let ends = (self.country(&request.from)?, self.country(&request.to)?);
        let mut columns = measures.to_vec();
        let mut limits = Vec::new();
        for (measure, most) in request.bounds.limits() {
            let known = columns.iter().position(|&own| own == measure);
            let column = known.unwrap_or_else(|| {
                columns.push(measure);
                columns.len() - 1
            });
            limits.push(Limit { column, most });
        }
        let ground = Ground { network: self.network, burdens: &self.burdens, usable, missing, ends };
        let graph = unfold(ground, request, &columns);
        Some(Unfolded { graph, limits, tariff: Tariff::new(self.book, self.demand, ends) })
    }

    /// The route that a path of an unfolded request stands for, with all its figures.
    ///
    /// # Panics
    /// If the arcs are not a path from the start to the goal.
    #[must_use]
    pub fn route(&self, unfolded: &Unfolded<'_>, arcs: &[u32]) -> Route {
        let (start, segments) = numbered_steps(&unfolded.graph, arcs);
        self.burdens.route(unfolded.tariff.ends(), start, &segments)
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
