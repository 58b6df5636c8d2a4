//! The routes that no other route betters: the exact front by two to four criteria.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use super::plan::Plan;
use super::search::Search;
use crate::graph::StateGraph;
use crate::graph::elementary::ShareLimit;
use crate::graph::pareto::{self, Harvest, Wanted};
use crate::metrics::{Measure, Route};
use crate::request::{MaxShare, Objective, Request, ShareOf};

/// The most labels that a search may make: some GB of them.
const MAX_LABELS: usize = 20_000_000;

/// What routes are compared by: two to four different measures of whole routes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Criteria(Vec<Measure>);

/// Why a list is not one of criteria.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CriteriaError {
    /// There is no such criterion.
    #[error("expected cost, latency, length, unavailability or crossings, found {0:?}")]
    Unknown(String),
    /// Fewer than two, or more than four.
    #[error("expected two to four criteria, found {0}")]
    Number(usize),
    /// One comes twice.
    #[error("{0} stands twice")]
    Twice(Measure),
}

impl Criteria {
    /// From measures, in the order in which routes are sorted by them.
    ///
    /// # Errors
    /// If they are fewer than two or more than four, one comes twice, or one does not compare whole routes.
    pub fn new(measures: &[Measure]) -> Result<Self, CriteriaError> {
        if let Some(other) = measures.iter().find(|measure| !Measure::ALL.contains(measure)) {
            return Err(CriteriaError::Unknown(other.to_string()));
        }
        if let Some((i, _)) = measures.iter().enumerate().find(|(i, measure)| measures[..*i].contains(measure)) {
            return Err(CriteriaError::Twice(measures[i]));
        }
        if !(2..=4).contains(&measures.len()) {
            return Err(CriteriaError::Number(measures.len()));
        }
        Ok(Self(measures.to_vec()))
    }

    /// The measures.
    #[must_use]
    pub fn measures(&self) -> &[Measure] {
        &self.0
    }
}

/// As in `cost,latency`.
impl FromStr for Criteria {
    type Err = CriteriaError;
    fn from_str(text: &str) -> Result<Self, CriteriaError> {
        let known = |name: &str| {
            let measure = Measure::ALL.into_iter().find(|measure| measure.as_str() == name.trim());
            measure.ok_or_else(|| CriteriaError::Unknown(name.trim().to_owned()))
        };
        Self::new(&text.split(',').map(known).collect::<Result<Vec<_>, _>>()?)
    }
}

impl fmt::Display for Criteria {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.0.iter().map(|measure| measure.as_str()).collect();
        f.write_str(&names.join(","))
    }
}

/// A route that no other betters.
#[derive(Debug, Clone, PartialEq)]
pub struct FrontPoint {
    /// Its figures by the criteria, in whole units.
    pub values: Vec<u64>,
    /// The route.
    pub route: Route,
}

/// All routes that no other betters: each has a figure in which every other is worse, or one for each of those.
#[derive(Debug, Clone, PartialEq)]
pub struct Front {
    /// What they are compared by.
    pub criteria: Criteria,
    /// In order of the first criterion, then of the second, and so on; of routes with the same figures the one with the
    /// fewest segments, then the first by the ids of its segments.
    pub points: Vec<FrontPoint>,
    /// The knee, by its place among the points ([`pareto::knee`]).
    pub knee: Option<usize>,
    /// Whether the search was stopped for too much work: points are missing then.
    pub is_stopped: bool,
}

impl Front {
    fn values(&self) -> Vec<Vec<u64>> {
        self.points.iter().map(|point| point.values.clone()).collect()
    }

    /// Which points to show: if `epsilon` is given, in millionths, enough that for each point of the front one of them is
    /// at most that much worse in every criterion, and the knee; of these `most`, if there are more, the knee and the best
    /// by each criterion first. In order.
    #[must_use]
    pub fn chosen(&self, epsilon: Option<u64>, most: Option<usize>) -> Vec<usize> {
        let values = self.values();
        let mut chosen: BTreeSet<usize> = (0..values.len()).collect();
        if let Some(millionths) = epsilon {
            chosen = pareto::thinned(&values, millionths).into_iter().chain(self.knee).collect();
        }
        let chosen: Vec<usize> = chosen.into_iter().collect();
        match most {
            Some(k) if k < chosen.len() => {
                let own: Vec<Vec<u64>> = chosen.iter().map(|&point| values[point].clone()).collect();
                let knee = chosen.iter().position(|point| Some(*point) == self.knee);
                pareto::spread(&own, knee, k).into_iter().map(|i| chosen[i]).collect()
            }
            Some(_) | None => chosen,
        }
    }

    /// How much worse than a point of the front the nearest of these can be ([`pareto::within`]).
    #[must_use]
    pub fn within(&self, chosen: &[usize]) -> f64 {
        pareto::within(&self.values(), chosen)
    }
}

impl Plan<'_> {
    /// The exact front of a request by some criteria. The request's objective and number of routes do not matter.
    #[must_use]
    pub fn pareto(&self, request: &Request, criteria: &Criteria) -> Front {
        let (points, is_stopped) = self.front(request, criteria.measures());
        let values: Vec<Vec<u64>> = points.iter().map(|point| point.values.clone()).collect();
        Front { criteria: criteria.clone(), points, knee: pareto::knee(&values), is_stopped }
    }

    fn front(&self, request: &Request, criteria: &[Measure]) -> (Vec<FrontPoint>, bool) {
        // Bounds on countries and on shares are dear to keep to, so each is left out until a route breaks it: a front
        // without it whose routes all keep to it is the front with it.
        let without = request.bounds.only_sums();
        let mut own = Request { objective: Objective::Length, bounds: without, ..request.clone() };
        let mut watched: BTreeSet<MaxShare> = BTreeSet::new();
        loop {
            let Some(search) = Search::new(self, request, self.usable(), None) else { return (Vec::new(), false) };
            let (mut points, is_stopped) = self.front_within(&own, criteria, &watched);
            let before = (own.bounds, watched.len());
            if points.iter().any(|point| !search.keeps_to_countries(&point.route)) {
                own.bounds = request.bounds;
            }
            watched.extend(points.iter().flat_map(|point| search.broken_shares(&point.route)));
            if is_stopped {
                let fits = |route: &Route| search.keeps_to_countries(route) && search.broken_shares(route).is_empty();
                points.retain(|point| fits(&point.route));
            }
            if is_stopped || (own.bounds, watched.len()) == before {
                return (points, is_stopped);
            }
        }
    }

    /// The front of routes that keep to the watched shares only.
    fn front_within(
        &self,
        request: &Request,
        criteria: &[Measure],
        watched: &BTreeSet<MaxShare>,
    ) -> (Vec<FrontPoint>, bool) {
        let n = criteria.len();
        let mut measures = criteria.to_vec();
        let mut shares = Vec::new();
        for share in watched {
            let ShareOf::Country(country) = share.of else { continue };
            shares.push(ShareLimit { part: n + 1 + shares.len(), whole: n, millionths: share.millionths });
            if shares.len() == 1 {
                measures.push(Measure::Length);
            }
            measures.push(Measure::LengthIn(country));
        }
        let Some(unfolded) = self.unfold(request, &measures) else { return (Vec::new(), false) };
        let places: Vec<usize> = (0..n).collect();
        let wanted = Wanted { criteria: &places, limits: &unfolded.limits, shares: &shares, work: MAX_LABELS };
        let Harvest { points, is_complete } =
            pareto::front(&unfolded.graph, StateGraph::START, StateGraph::GOAL, wanted);
        let point =
            |point: pareto::Point| FrontPoint { values: point.values, route: self.route(&unfolded, &point.arcs) };
        (points.into_iter().map(point).collect(), !(is_complete && unfolded.is_whole))
    }
}
