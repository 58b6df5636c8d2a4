//! The best routes from each of some places to each of others.

use super::many::Workers;
use super::plan::Plan;
use super::search::Answer;
use super::why_not::Unanswered;
use crate::metrics::{Bill, Route};
use crate::network::{CountryCode, NodeId, SegmentId};
use crate::request::Request;
use crate::units::Length;

/// The figures of a route, without those of its parts.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    /// The places, both ends included.
    pub nodes: Vec<NodeId>,
    /// The segments.
    pub segments: Vec<SegmentId>,
    /// The countries in order, both ends' included.
    pub countries: Vec<CountryCode>,
    /// Length.
    pub length: Length,
    /// One-way delay, ms.
    pub latency_ms: f64,
    /// Long-run share of time that every piece of cable is up.
    pub availability: f64,
    /// What it costs over the term.
    pub bill: Bill,
    /// The same per Mbit/s and month, USD.
    pub usd_per_mbps_month: f64,
    /// How many borders are passed.
    pub n_crossings: usize,
    /// Whether the search was stopped for too much work: there may be a better route.
    pub is_stopped: bool,
}

/// What is asked from one place to another.
#[derive(Debug, Clone, PartialEq)]
pub enum CellQuestion {
    /// The best route.
    Best(Box<Request>),
    /// Nothing: both are the same.
    Same,
    /// What makes no sense, and why.
    Wrong(String),
}

/// What is found there.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// The best route.
    Best(Box<Summary>),
    /// Nothing was asked.
    Same,
    /// There is none, and why.
    Nothing(Box<Unanswered>),
    /// The question makes no sense, and why.
    Wrong(String),
}

impl Summary {
    fn of(route: Route, is_stopped: bool) -> Self {
        Self {
            is_stopped,
            n_crossings: route.passages.len(),
            latency_ms: route.latency().ms(),
            segments: route.hops.into_iter().map(|hop| hop.segment).collect(),
            nodes: route.nodes,
            countries: route.countries,
            length: route.length,
            availability: route.availability,
            bill: route.bill,
            usd_per_mbps_month: route.usd_per_mbps_month,
        }
    }

    /// Round trip, ms.
    #[must_use]
    pub fn rtt_ms(&self) -> f64 {
        2.0 * self.latency_ms
    }
}

/// Answers each question of a matrix: exactly as each would be answered alone, the tariff of its own two ends included.
#[must_use]
pub fn matrix(plan: &Plan<'_>, questions: &[CellQuestion], workers: &Workers) -> Vec<Cell> {
    workers.each(questions, |question| match question {
        CellQuestion::Same => Cell::Same,
        CellQuestion::Wrong(why) => Cell::Wrong(why.clone()),
        CellQuestion::Best(request) => {
            let Answer { routes, is_stopped } = plan.answer(request);
            match routes.into_iter().next() {
                Some(route) => Cell::Best(Box::new(Summary::of(route, is_stopped))),
                None if is_stopped => Cell::Nothing(Box::new(plan.not_known(request))),
                None => Cell::Nothing(Box::new(plan.no_route(request))),
            }
        }
    })
}
