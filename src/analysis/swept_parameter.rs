//! A parameter varied from zero upwards to see where the best route changes: the weight of a step is a fixed part and a
//! slope times its value.
//!
//! The cost of a route is a sum of leaves, each a product in which a price stands at most once: it is linear in every
//! price. So the steps priced at 0, at today's value and at a large one say all: what does not depend on the entry, and
//! what the rest grows by. No leaf is taken apart here, and what the bill shows today comes out to the cent.

use std::collections::BTreeSet;

use super::plan::{Plan, Unfolded};
use crate::graph::{Digraph, NO_SEGMENT, StateGraph, Weighted};
use crate::metrics::{Measure, Tariff, Term};
use crate::network::{CountryCode, Segment, SegmentId};
use crate::prices::{PriceBook, PriceError, PriceFamily, PriceKey};
use crate::request::{Objective, Request, Via};

/// One-way delay of 1 ms, fs.
const FS_PER_MS: u64 = 1_000_000_000_000;

/// The large value is this many times today's, or less where sums grow out of hand. One part of a cent is one over this.
const MAGNIFIED: [u32; 3] = [1000, 10, 1];

/// A step dearer than this may have run into the cap of a leaf, cents.
const MOST_CENTS: u64 = 100_000_000_000_000;

/// A price, rent or delay that is varied.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum SweptParameter {
    /// An entry of the price book. A country without an entry gets one.
    Entry(PriceKey),
    /// One-way delay added each time that a country is entered, ms.
    DelayIn(CountryCode),
    /// One-way delay added on each of these segments, ms.
    DelayOn(BTreeSet<SegmentId>),
    /// The rent of these segments: of one in USD a year, of several as a factor on today's.
    RentOf(BTreeSet<SegmentId>),
    /// The price of building and operating these segments, as a factor on today's.
    BuildOf(BTreeSet<SegmentId>),
}

/// Why a parameter cannot be varied.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum SweptParameterError {
    /// No price has that name.
    #[error(transparent)]
    Price(#[from] PriceError),
    /// The discount rate.
    #[error("the cost of a route is not linear in {0}")]
    NotLinear(PriceKey),
    /// A delay, a failure rate, a repair time or a friction.
    #[error("{0} does not enter the cost of a route")]
    NoMoney(PriceKey),
    /// A country at an end of the route.
    #[error("{0} is an end of the route, which takes no transit fee and is never gone round")]
    OwnEnd(CountryCode),
    /// None of the segments is rented.
    #[error("{0} is to be built, and has no rent")]
    NothingRented(String),
    /// None of the segments is to be built.
    #[error("{0} is there, and is not to be built")]
    NothingBuilt(String),
    /// The rent or the price is zero today, of which a multiple is nothing either.
    #[error("{0} costs nothing today, and neither does a multiple of it")]
    Free(String),
    /// The request bounds a sum or a share.
    #[error("the scenario bounds its routes, and break points are those of unbounded routes")]
    Bounded(Box<Request>),
}

/// A request unfolded, with two columns by arc: the weight at `t` is fixed + slope x t.
#[derive(Debug)]
pub(super) struct SweptArcs<'a> {
    pub unfolded: Unfolded<'a>,
    pub fixed: Vec<u64>,
    pub slope: Vec<u64>,
    /// What the bill has at 0, in the parts of `fixed`.
    pub free: Vec<u64>,
    /// What t is counted in.
    pub reference: f64,
    pub unit: String,
    /// How many parts make a cent; 1 where the weight is a delay, in fs.
    pub parts: u32,
}

impl SweptParameter {
    /// The country that it belongs to, if it is that of one country.
    #[must_use]
    pub fn country(&self) -> Option<CountryCode> {
        match self {
            Self::Entry(key) => key.country(),
            Self::DelayIn(country) => Some(*country),
            Self::DelayOn(_) | Self::RentOf(_) | Self::BuildOf(_) => None,
        }
    }

    /// Whether it is a delay, and the fastest route the best.
    #[must_use]
    pub fn is_delay(&self) -> bool {
        matches!(self, Self::DelayIn(_) | Self::DelayOn(_))
    }

    /// Whether what is paid is paid each year to the country or the owner: a fee or a rent.
    #[must_use]
    pub fn is_income(&self) -> bool {
        match self {
            Self::Entry(key) => key.family().is_transit() || matches!(key.family(), PriceFamily::Lease(_)),
            Self::RentOf(_) => true,
            Self::DelayIn(_) | Self::DelayOn(_) | Self::BuildOf(_) => false,
        }
    }

    /// What a route passes where it has to do with the parameter, as far as that can be asked for.
    pub(super) fn via(&self) -> Option<Via> {
        match self {
            Self::Entry(key) if key.family().is_transit() => self.country().map(Via::Country),
            Self::DelayIn(country) => Some(Via::Country(*country)),
            Self::DelayOn(ids) | Self::RentOf(ids) | Self::BuildOf(ids) => Some(Via::Segments(ids.clone())),
            Self::Entry(_) => None,
        }
    }

    /// The value now, in terms of t.
    pub(super) fn is_zero_now(&self, book: &PriceBook) -> bool {
        match self {
            Self::Entry(key) => own_value(book, *key) == 0.0,
            Self::DelayIn(_) | Self::DelayOn(_) => true,
            Self::RentOf(_) | Self::BuildOf(_) => false,
        }
    }
}

/// The value of an entry, or of the default that stands for it.
fn own_value(book: &PriceBook, key: PriceKey) -> f64 {
    book.find_or_default(key).map_or(0.0, |(_, price)| price.base)
}

impl<'a> Plan<'a> {
    /// The columns of a request for a parameter; `None` where an end is not in the network.
    pub(super) fn columns(
        &self,
        request: &Request,
        parameter: &SweptParameter,
    ) -> Result<Option<SweptArcs<'a>>, SweptParameterError> {
        let objective = if parameter.is_delay() { Objective::Latency } else { Objective::Cost };
        let request = Request { objective, ..request.clone() };
        match parameter {
            SweptParameter::Entry(key) => self.entry_columns(&request, *key),
            SweptParameter::DelayIn(country) => Ok(self.delay_columns(&request, &[Measure::Entries(*country)], None)),
            SweptParameter::DelayOn(ids) => {
                let on = self.by_segment(|segment| u64::from(ids.contains(segment.id())));
                Ok(self.delay_columns(&request, &[], Some(&on)))
            }
            SweptParameter::RentOf(ids) => self.factor_columns(&request, ids, &[Term::Lease]),
            SweptParameter::BuildOf(ids) => self.factor_columns(&request, ids, &[Term::Capex, Term::Opex]),
        }
    }

    fn entry_columns(&self, request: &Request, key: PriceKey) -> Result<Option<SweptArcs<'a>>, SweptParameterError> {
        let family = key.family();
        if family == PriceFamily::Codeployment && self.book().find(key).is_none() {
            return Err(SweptParameterError::Price(PriceError::Missing(key)));
        }
        let mut book = self.book().clone();
        book.set(key, 0.0, 0.0, 0.0, "turned")?;
        if family == PriceFamily::Finance {
            return Err(SweptParameterError::NotLinear(key));
        }
        if !family.is_money() {
            return Err(SweptParameterError::NoMoney(key));
        }
        let unit = book.find(key).map(|price| price.unit.clone()).unwrap_or_default();
        let now = own_value(self.book(), key);
        let reference = if now > 0.0 { now } else { 1.0 };
        let Some(unfolded) = self.unfold(request, &[]) else { return Ok(None) };
        let today = weights(&unfolded.graph);
        let free = self.weights_at(&book, request);
        for magnified in MAGNIFIED {
            let value = reference * f64::from(magnified);
            if book.set(key, value, value, value, "turned").is_err() {
                continue;
            }
            let dear = self.weights_at(&book, request);
            if magnified > 1 && dear.iter().any(|&cents| cents > MOST_CENTS) {
                continue;
            }
            let parts = u64::from(magnified);
            let step = |((&today, &free), &dear): ((&u64, &u64), &u64)| {
                let slope = dear.saturating_sub(free);
                if now == 0.0 {
                    return (today.saturating_mul(parts), slope);
                }
                // The bill rounds each leaf: what that makes today goes to the fixed part, so that the two sum to the
                // bill. Where nothing is fixed, it goes to the slope.
                let today = today.saturating_mul(parts);
                today.checked_sub(slope).map_or((0, today), |fixed| (fixed, slope))
            };
            let (fixed, slope) = today.iter().zip(&free).zip(&dear).map(step).unzip();
            let free = free.iter().map(|cents| cents.saturating_mul(parts)).collect();
            return Ok(Some(SweptArcs { unfolded, fixed, slope, free, reference, unit, parts: magnified }));
        }
        Err(SweptParameterError::Price(PriceError::BadRange {
            name: key,
            low: reference,
            base: reference,
            high: reference,
        }))
    }

    /// The weights of a request's arcs at other prices: the arcs are the same ones in the same order, for which states
    /// there are does not depend on prices.
    fn weights_at(&self, book: &PriceBook, request: &Request) -> Vec<u64> {
        let plan = Plan::new(self.network(), book, self.demand(), self.policy()).over(self.usable().clone());
        plan.unfold(request, &[]).map(|unfolded| weights(&unfolded.graph)).unwrap_or_default()
    }

    fn delay_columns(&self, request: &Request, measures: &[Measure], on: Option<&[u64]>) -> Option<SweptArcs<'a>> {
        let unfolded = self.unfold(request, measures)?;
        let graph = &unfolded.graph;
        let times = |arc| match on {
            Some(on) => of_segment(graph, on, arc),
            None => graph.column(0, arc),
        };
        let fixed = weights(graph);
        let slope = (0..graph.n_arcs() as u32).map(|arc| times(arc).saturating_mul(FS_PER_MS)).collect();
        let free = fixed.clone();
        Some(SweptArcs { unfolded, fixed, slope, free, reference: 1.0, unit: "ms".to_owned(), parts: 1 })
    }

    fn factor_columns(
        &self,
        request: &Request,
        ids: &BTreeSet<SegmentId>,
        terms: &[Term],
    ) -> Result<Option<SweptArcs<'a>>, SweptParameterError> {
        let Some((from, to)) = self.country(&request.from).zip(self.country(&request.to)) else { return Ok(None) };
        let tariff = Tariff::new(self.book(), self.demand(), (from, to)).in_year(self.policy().year);
        let mut has_any = false;
        let cents = self.by_segment(|segment| {
            if !ids.contains(segment.id()) {
                return 0;
            }
            let leaves = tariff.segment_leaves(self.network(), segment);
            let own = leaves.iter().filter(|leaf| terms.contains(&leaf.term) && !leaf.is_wayleave());
            own.map(|leaf| {
                has_any = true;
                leaf.base().cents().max(0) as u64
            })
            .fold(0, u64::saturating_add)
        });
        let named = || ids.iter().map(SegmentId::as_str).collect::<Vec<_>>().join(", ");
        let is_rent = terms.contains(&Term::Lease);
        if !has_any {
            return Err(if is_rent {
                SweptParameterError::NothingRented(named())
            } else {
                SweptParameterError::NothingBuilt(named())
            });
        }
        let all: u64 = cents.iter().fold(0, |sum, &own| sum.saturating_add(own));
        if all == 0 {
            return Err(SweptParameterError::Free(named()));
        }
        let Some(unfolded) = self.unfold(request, &[]) else { return Ok(None) };
        let graph = &unfolded.graph;
        let slope: Vec<u64> = (0..graph.n_arcs() as u32).map(|arc| of_segment(graph, &cents, arc)).collect();
        let all_in = weights(graph);
        let fixed: Vec<u64> = all_in.iter().zip(&slope).map(|(all, own)| all.saturating_sub(*own)).collect();
        let (reference, unit) = if is_rent && ids.len() == 1 {
            (all as f64 / 100.0 * tariff.capital_recovery_factor(), "USD/yr")
        } else {
            (1.0, "x today's")
        };
        let free = fixed.clone();
        Ok(Some(SweptArcs { unfolded, fixed, slope, free, reference, unit: unit.to_owned(), parts: 1 }))
    }

    /// A number for each segment, in the order of ids.
    fn by_segment(&self, number: impl FnMut(&Segment) -> u64) -> Vec<u64> {
        self.network().segments().map(number).collect()
    }
}

fn weights(graph: &StateGraph) -> Vec<u64> {
    (0..graph.n_arcs() as u32).map(|arc| graph.weight(arc).primary).collect()
}

fn of_segment(graph: &StateGraph, numbers: &[u64], arc: u32) -> u64 {
    match graph.edge(arc) {
        NO_SEGMENT => 0,
        edge => numbers.get(edge as usize).copied().unwrap_or(0),
    }
}
