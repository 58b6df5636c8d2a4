//! A network with prices, a demand and a policy: all that a route's figures depend on.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use crate::graph::StateGraph;
use crate::graph::loopless::Limit;
use crate::metrics::{Demand, Measure, Route, StepCosts, Tariff};
use crate::network::{CountryCode, Network, SegmentSet};
use crate::prices::PriceBook;
use crate::request::{
    DirectPath, End, Policy, PreparedArcs, Request, SearchInput, StepGraph, Unfolding, direct, direct_within,
    numbered_steps, unfold, unfold_marked,
};

/// What routes are computed with. What the steps of routes cost is kept once it has been computed, and clones share it.
#[derive(Debug, Clone)]
pub struct Plan<'a> {
    network: &'a Network,
    book: &'a PriceBook,
    demand: Demand,
    policy: &'a Policy,
    usable: Arc<OnceLock<SegmentSet>>,
    step_costs: Arc<StepCosts<'a>>,
    steps: Arc<OnceLock<StepGraph>>,
    /// The steps over the usable segments.
    arcs: Arc<PreparedArcs>,
}

/// A request unfolded: the graph to search, and what its paths are evaluated with.
#[derive(Debug, Clone)]
pub struct Unfolded<'a> {
    /// The states and steps; its columns are the measures asked for, then those that the request bounds.
    pub graph: StateGraph,
    /// The bounds that every path has to keep.
    pub limits: Vec<Limit>,
    /// Whether every state is there; else there were too many, and what is missing may be better than what is not.
    pub is_whole: bool,
    tariff: Tariff<'a>,
}

impl<'a> Plan<'a> {
    /// Joins what a plan is made of.
    #[must_use]
    pub fn new(network: &'a Network, book: &'a PriceBook, demand: Demand, policy: &'a Policy) -> Self {
        let step_costs = Arc::new(StepCosts::new(network, book, demand, policy.year));
        Self {
            network,
            book,
            demand,
            policy,
            usable: Arc::default(),
            step_costs,
            steps: Arc::default(),
            arcs: Arc::default(),
        }
    }

    /// The same under another policy.
    #[must_use]
    pub fn with_policy<'b>(&self, policy: &'b Policy) -> Plan<'b>
    where
        'a: 'b,
    {
        if policy.year == self.policy.year {
            return Plan { policy, usable: Arc::default(), arcs: Arc::default(), ..self.clone() };
        }
        // What is built is priced by the year.
        Plan::new(self.network, self.book, self.demand, policy)
    }

    /// The same with these segments in use.
    pub(super) fn over(&self, usable: SegmentSet) -> Self {
        Self { usable: Arc::new(OnceLock::from(usable)), arcs: Arc::default(), ..self.clone() }
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
        self.usable.get_or_init(|| self.policy.usable(self.network, self.demand.gbps))
    }

    /// What each step adds to a route's figures.
    pub(super) fn step_costs(&self) -> &StepCosts<'a> {
        &self.step_costs
    }

    /// The steps of the network.
    pub(super) fn steps(&self) -> &StepGraph {
        self.steps.get_or_init(|| StepGraph::new(self.network))
    }

    /// What the steps add to each objective, where these are the plan's usable segments.
    pub(super) fn arcs(&self, usable: &SegmentSet) -> Option<&PreparedArcs> {
        std::ptr::eq(usable, self.usable()).then_some(&self.arcs)
    }

    /// Unfolds a request, with a column for each of these measures. `None` where an end is not in the network.
    ///
    /// Every path of the graph keeps to everything in the request but its bounds on sums, which are the limits, and its
    /// bounds on shares of the length, which only [`Plan::answer`] knows how to keep to.
    #[must_use]
    pub fn unfold(&self, request: &Request, measures: &[Measure]) -> Option<Unfolded<'a>> {
        self.unfold_by(request, measures, unfold)
    }

    /// As [`Plan::unfold`], with what is to be passed in any order marked on the arcs: for lists of loopless paths only.
    pub(super) fn unfold_marked(&self, request: &Request, measures: &[Measure]) -> Option<Unfolded<'a>> {
        self.unfold_by(request, measures, unfold_marked)
    }

    fn unfold_by(
        &self,
        request: &Request,
        measures: &[Measure],
        unfold: fn(SearchInput<'_>, &Request, &[Measure]) -> Unfolding,
    ) -> Option<Unfolded<'a>> {
        let ends = (self.country(&request.from)?, self.country(&request.to)?);
        let settled = Request { objective: self.settled(request), ..request.clone() };
        let (columns, limits) = columns(&settled, measures);
        let usable = self.outside_barred(request, ends, self.usable());
        let input =
            SearchInput { network: self.network, step_costs: self.step_costs(), usable: &usable, missing: None, ends };
        let Unfolding { graph, is_whole, .. } = unfold(input, &settled, &columns);
        Some(Unfolded {
            graph,
            limits,
            is_whole,
            tariff: Tariff::new(self.book, self.demand, ends).in_year(self.policy.year),
        })
    }

    /// The best paths of a request, bounds aside, where they can be found without unfolding.
    pub(super) fn direct(&self, request: &Request) -> Option<Vec<DirectPath>> {
        let ends = (self.country(&request.from)?, self.country(&request.to)?);
        direct(self.input(ends), self.steps(), Some(&self.arcs), request)
    }

    /// A plain request unfolded as far as paths that weigh no more than `most` can go, without its bounds.
    pub(super) fn unfold_near(&self, request: &Request, most: u64) -> Option<Unfolded<'a>> {
        let ends = (self.country(&request.from)?, self.country(&request.to)?);
        let graph = direct_within(self.input(ends), self.steps(), &self.arcs, request, most)?;
        let tariff = Tariff::new(self.book, self.demand, ends).in_year(self.policy.year);
        Some(Unfolded { graph, limits: Vec::new(), is_whole: true, tariff })
    }

    fn input(&self, ends: (CountryCode, CountryCode)) -> SearchInput<'_> {
        SearchInput { network: self.network, step_costs: self.step_costs(), usable: self.usable(), missing: None, ends }
    }

    /// What is usable for a request: where its bounds on shares let nothing lie, no segment that lies there is.
    pub(super) fn outside_barred<'s>(
        &self,
        request: &Request,
        ends: (CountryCode, CountryCode),
        usable: &'s SegmentSet,
    ) -> Cow<'s, SegmentSet> {
        if request.shares.iter().all(|share| share.millionths > 0) {
            return Cow::Borrowed(usable);
        }
        let is_barred = |code| request.share_of(code, ends).is_some_and(|share| share.millionths == 0);
        let barred = SegmentSet::of(self.network, |segment| {
            segment.pieces.iter().any(|piece| piece.length.metres() > 0 && is_barred(piece.country))
        });
        Cow::Owned(usable.without(&barred))
    }

    /// The route that a path of an unfolded request stands for, with all its figures.
    ///
    /// # Panics
    /// If the arcs are not a path from the start to the goal.
    #[must_use]
    pub fn route(&self, unfolded: &Unfolded<'_>, arcs: &[u32]) -> Route {
        let (start, segments) = numbered_steps(&unfolded.graph, arcs);
        self.step_costs().route(unfolded.tariff.ends(), start, &segments)
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

/// The columns that a request needs besides these measures, and its bounds on sums as limits on them.
pub(super) fn columns(request: &Request, measures: &[Measure]) -> (Vec<Measure>, Vec<Limit>) {
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
    (columns, limits)
}
