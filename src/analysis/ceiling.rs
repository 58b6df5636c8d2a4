//! The fee ceiling: up to which fee, price, rent or delay the best route stays, which route it then takes, and which fee
//! earns the most.
//!
//! The cost of a route is a straight line in what is turned, so the best route changes at break points only, which
//! [`crate::graph::parametric`] finds exactly. Every loopless route between the two ends counts, wherever it goes.

use super::plan::Plan;
use super::swept_parameter::{SweptArcs, SweptParameter, SweptParameterError};
use crate::graph::parametric::{Line, Ratio, Stretch, best_at, envelope};
use crate::metrics::{Route, Tariff};
use crate::prices::{PriceBook, PriceFamily, PriceKey};
use crate::request::{Request, Via};
use crate::units::{Latency, Usd};

/// Which route is the best for each value of what is turned.
#[derive(Debug, Clone, PartialEq)]
pub struct Ceiling {
    /// What is turned.
    pub parameter: SweptParameter,
    /// Unit of its values.
    pub unit: String,
    /// Its value today.
    pub now: f64,
    /// The stretches from 0 up, each with its best route; empty if there is no route at all.
    pub stretches: Vec<CeilingStretch>,
    /// Where no best route ever has to do with it: the best one that does, with nothing charged for it.
    pub through: Option<Through>,
    /// Whether every route was looked at, or there were too many states.
    pub is_whole: bool,
    at_now: Ratio,
    reference: f64,
    parts: u32,
    recovery: f64,
}

/// From one value to another, with the route that is the best there.
#[derive(Debug, Clone, PartialEq)]
pub struct CeilingStretch {
    /// Where it begins, as a multiple of today's value; where that is zero, and for rents and delays, in units.
    pub from: Ratio,
    /// Where it ends; infinite for the last one.
    pub to: Ratio,
    /// The route's cost or delay as a line.
    pub line: Line,
    /// The route, with its figures at today's value.
    pub route: Route,
}

/// A route that has to do with what is turned, though it is never the best.
#[derive(Debug, Clone, PartialEq)]
pub struct Through {
    /// Its line.
    pub line: Line,
    /// The route, with its figures at today's value.
    pub route: Route,
}

/// How far the best route has to do with what is turned.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum Limit {
    /// At no value.
    Never,
    /// Up to the end of this stretch.
    Until(usize),
    /// At every value: there is no way round.
    Always,
}

/// The low or the high end of every price's range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edge {
    /// All prices at their low values.
    Low,
    /// All prices at their high values.
    High,
}

/// A price book with every price at one end of its range; the discount rate and the delays stay.
#[must_use]
pub fn at_edge(book: &PriceBook, edge: Edge) -> PriceBook {
    let mut edged = book.clone();
    let stays = |key: PriceKey| key.family() == PriceFamily::Finance || key.family().is_delay();
    for (key, price) in book.entries().filter(|(key, _)| !stays(*key)) {
        let value = match edge {
            Edge::Low => price.low,
            Edge::High => price.high,
        };
        edged.set(key, value, value, value, &price.source).expect("the ends of a price's range are prices");
    }
    edged
}

impl Ceiling {
    /// A multiple in the unit of what is turned; `None` for infinity.
    #[must_use]
    pub fn value(&self, at: Ratio) -> Option<f64> {
        at.to_f64().map(|multiple| multiple * self.reference)
    }

    /// The stretch that today's value lies in; where it is a break point, the one before.
    #[must_use]
    pub fn today(&self) -> Option<usize> {
        self.stretches.iter().position(|stretch| self.at_now <= stretch.to)
    }

    /// What values are multiples of: today's value, or 1 where that is zero.
    #[must_use]
    pub fn reference(&self) -> f64 {
        self.reference
    }

    /// Today's value as a multiple.
    #[must_use]
    pub fn at_now(&self) -> Ratio {
        self.at_now
    }

    /// What a route of that line costs over the term, to the cent; `None` at infinity, and where what is turned is a delay.
    #[must_use]
    pub fn cost_at(&self, line: Line, at: Ratio) -> Option<Usd> {
        let whole = at.denominator().saturating_mul(u128::from(self.parts));
        (at.is_finite() && !self.parameter.is_delay()).then(|| {
            let cents = line.scaled_at(at).saturating_add(whole / 2) / whole;
            Usd::from_cents(i64::try_from(cents).unwrap_or(i64::MAX))
        })
    }

    /// The part of it that what is turned brings in.
    #[must_use]
    pub fn paid_at(&self, line: Line, at: Ratio) -> Option<Usd> {
        self.cost_at(Line { fixed: 0, slope: line.slope }, at)
    }

    /// The same a year, at each year's end over the term.
    #[must_use]
    pub fn paid_yearly_at(&self, line: Line, at: Ratio) -> Option<Usd> {
        self.paid_at(line, at).map(|paid| Usd::from_dollars(paid.dollars() * self.recovery).unwrap_or(paid))
    }

    /// What a line comes to at any value of what is turned, for pictures: USD over the term, or ms one way.
    #[must_use]
    pub fn drawn_at(&self, line: Line, value: f64) -> f64 {
        let whole = if self.parameter.is_delay() { 1e12 } else { 100.0 * f64::from(self.parts) };
        (line.fixed as f64 + line.slope as f64 * (value / self.reference)) / whole
    }

    /// What is turned brings in a year at any value, for pictures, USD.
    #[must_use]
    pub fn drawn_yearly_at(&self, line: Line, value: f64) -> f64 {
        self.drawn_at(Line { fixed: 0, slope: line.slope }, value) * self.recovery
    }

    /// The one-way delay of a route of that line; `None` at infinity.
    #[must_use]
    pub fn latency_at(&self, stretch: &CeilingStretch, at: Ratio) -> Option<Latency> {
        if !self.parameter.is_delay() {
            return Some(stretch.route.latency());
        }
        let fs = stretch.line.rounded_at(at)?;
        Some(Latency::from_femtoseconds(u64::try_from(fs).unwrap_or(u64::MAX)))
    }

    /// How far the best route has to do with what is turned.
    #[must_use]
    pub fn limit(&self) -> Limit {
        match self.stretches.iter().rposition(|stretch| stretch.line.slope > 0) {
            None => Limit::Never,
            Some(last) if self.stretches[last].to.is_finite() => Limit::Until(last),
            Some(_) => Limit::Always,
        }
    }

    /// Where it brings in the most, with the stretch that ends there: what comes in grows with the value up to each break
    /// point and falls there. `None` where it may grow without end, or nothing ever comes in.
    #[must_use]
    pub fn most_paid(&self) -> Option<(usize, Usd)> {
        let Limit::Until(last) = self.limit() else { return None };
        let paid = |i: usize| self.paid_at(self.stretches[i].line, self.stretches[i].to).map(|paid| (i, paid));
        (0..=last).filter_map(paid).reduce(|best, own| if own.1 > best.1 { own } else { best })
    }
}

impl Plan<'_> {
    /// Which route is the best for each value of what is turned, by cost, or by latency where it is a delay. The request's
    /// objective and number of routes do not matter.
    ///
    /// What a route costs at today's value is what its bill says, to the cent. At other values each leaf of a bill is
    /// rounded to the cent and a line is not: they differ by half a cent a leaf at most, and where nothing on a step is
    /// fixed, by that times the multiple of today's value.
    ///
    /// # Errors
    /// If the parameter cannot be varied, or the request bounds its routes.
    pub fn ceiling(&self, request: &Request, parameter: &SweptParameter) -> Result<Ceiling, SweptParameterError> {
        let bounded = Request { via: Vec::new(), avoid: Default::default(), corridor: None, ..request.clone() };
        if bounded.bounds != Default::default() || !bounded.shares.is_empty() {
            return Err(SweptParameterError::Bounded(Box::new(bounded)));
        }
        let ends = [&request.from, &request.to].map(|end| self.country(end));
        let is_taken_on_entering = match parameter {
            SweptParameter::Entry(key) => key.family().is_transit(),
            SweptParameter::DelayIn(_) => true,
            SweptParameter::DelayOn(_) | SweptParameter::RentOf(_) | SweptParameter::BuildOf(_) => false,
        };
        if let Some(country) =
            parameter.country().filter(|country| is_taken_on_entering && ends.contains(&Some(*country)))
        {
            return Err(SweptParameterError::OwnEnd(country));
        }
        let columns = self.columns(request, parameter)?;
        let (stretches, unit, reference, parts, is_whole) = match &columns {
            Some(own) => (self.stretches(own), own.unit.clone(), own.reference, own.parts, own.unfolded.is_whole),
            None => (Vec::new(), String::new(), 1.0, 1, true),
        };
        let at_now = if parameter.is_zero_now(self.book()) { Ratio::ZERO } else { Ratio::ONE };
        let mut ceiling = Ceiling {
            parameter: parameter.clone(),
            unit,
            now: at_now.to_f64().unwrap_or(0.0) * reference,
            stretches,
            through: None,
            is_whole,
            at_now,
            reference,
            parts,
            recovery: self.recovery(request),
        };
        if let (Limit::Never, Some(via)) = (ceiling.limit(), parameter.via()) {
            ceiling.through = self.through(request, parameter, via)?;
        }
        Ok(ceiling)
    }

    fn stretches(&self, columns: &SweptArcs<'_>) -> Vec<CeilingStretch> {
        let graph = &columns.unfolded.graph;
        let mut found = envelope(graph, |arc| columns.fixed[arc as usize], |arc| columns.slope[arc as usize]);
        // Routes that cost the same where nothing is charged may differ in what rounding left in their fixed parts.
        let free = |own: &Stretch| -> u128 { own.arcs.iter().map(|&arc| u128::from(columns.free[arc as usize])).sum() };
        while found.len() > 1 && free(&found[1]) <= free(&found[0]) {
            found.remove(0);
            found[0].from = Ratio::ZERO;
        }
        let each = found.into_iter().map(|own| CeilingStretch {
            from: own.from,
            to: own.to,
            line: own.line,
            route: self.route(&columns.unfolded, &own.arcs),
        });
        each.collect()
    }

    fn through(
        &self,
        request: &Request,
        parameter: &SweptParameter,
        via: Via,
    ) -> Result<Option<Through>, SweptParameterError> {
        let mut request = request.clone();
        if request.via.contains(&via) {
            return Ok(None);
        }
        request.via.push(via);
        let Some(columns) = self.columns(&request, parameter)? else { return Ok(None) };
        let (fixed, slope) = (|arc: u32| columns.fixed[arc as usize], |arc: u32| columns.slope[arc as usize]);
        let best = best_at(&columns.unfolded.graph, fixed, slope, Ratio::ZERO);
        Ok(best.map(|(line, arcs)| Through { line, route: self.route(&columns.unfolded, &arcs) }))
    }

    /// The yearly payment over the term that 1 today is worth.
    fn recovery(&self, request: &Request) -> f64 {
        let ends = self.country(&request.from).zip(self.country(&request.to));
        ends.map_or(0.0, |ends| Tariff::new(self.book(), self.demand(), ends).capital_recovery_factor())
    }
}
