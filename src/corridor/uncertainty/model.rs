//! Routes as formulas: what they cost and how likely they are up, as functions of prices.

use std::collections::BTreeMap;

use super::draws::Drawn;
use crate::corridor::Plan;
use crate::metrics::availability::{availability, risk};
use crate::metrics::cost::whole_cents;
use crate::metrics::finance::annuity_factor;
use crate::metrics::{Leaf, Route, Term};
use crate::network::Segment;
use crate::prices::Price;
use crate::units::{Length, Usd};

/// A factor that is not a number yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Variable {
    /// A price.
    Price(u32),
    /// The present value of 1 a year over the term.
    Years,
}

/// The smallest part of a bill: a number times variables, in the order in which the bill multiplies them, so that the
/// product is the same to the last bit.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Factor {
    Number(f64),
    Variable(Variable),
}

/// -ln(availability) of a length of cable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Piece {
    length: Length,
    failure: u32,
    repair: u32,
}

/// A route: the parts that it is the sum of.
#[derive(Debug, Clone)]
struct Sums {
    leaves: Vec<(u32, Term)>,
    pieces: Vec<u32>,
}

/// Routes as functions of prices.
///
/// # Example
/// ```
/// use fiberplan::corridor::Model;
/// use fiberplan::routing::{End, Objective};
/// use fiberplan::scenario::{Overrides, load};
/// let scenario = load(None, &Overrides::default())?;
/// let plan = scenario.plan();
/// let (from, to) = (End::Country("TM".parse()?), End::Country("PK".parse()?));
/// let routes = plan.routes(&scenario.request(from, to, Objective::Cost));
/// let at_base = Model::new(&plan, &routes).reckon(|price| price.values[1]);
/// assert_eq!(at_base[0].total(), routes[0].bill.total());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Model {
    prices: Vec<Drawn>,
    rate: u32,
    term_years: u32,
    gbps: f64,
    leaves: Vec<Vec<Factor>>,
    pieces: Vec<Piece>,
    routes: Vec<Sums>,
}

/// The figures of a route at some prices.
#[derive(Debug, Clone, PartialEq)]
pub struct Reckoned {
    /// What each term costs over the term, in the order of [`Term::ALL`].
    pub terms: [Usd; 6],
    /// -ln(availability), in units of 1e-15.
    pub risk: u64,
    /// The total in equal yearly payments, USD.
    pub annuity_usd: f64,
    /// The same per Mbit/s and month, USD.
    pub usd_per_mbps_month: f64,
}

impl Reckoned {
    /// What the route costs over the term.
    #[must_use]
    pub fn total(&self) -> Usd {
        self.terms.iter().copied().sum()
    }

    /// Long-run share of time that every piece of cable is up.
    #[must_use]
    pub fn availability(&self) -> f64 {
        availability(self.risk)
    }
}

/// Parts with a number for each, the same number for the same part.
struct Builder<'a> {
    plan: &'a Plan<'a>,
    prices: Vec<Drawn>,
    price_numbers: BTreeMap<String, u32>,
    leaves: Vec<Vec<Factor>>,
    leaf_numbers: BTreeMap<Vec<(u64, Option<Variable>)>, u32>,
    pieces: Vec<Piece>,
    piece_numbers: BTreeMap<Piece, u32>,
}

impl Model {
    /// Reduces routes of a plan to their formulas.
    ///
    /// Complexity: linear in the number of leaves of all bills, times the logarithm of the number of different ones.
    #[must_use]
    pub fn new(plan: &Plan<'_>, routes: &[Route]) -> Self {
        let mut builder = Builder {
            plan,
            prices: Vec::new(),
            price_numbers: BTreeMap::new(),
            leaves: Vec::new(),
            leaf_numbers: BTreeMap::new(),
            pieces: Vec::new(),
            piece_numbers: BTreeMap::new(),
        };
        let rate = builder.price(plan.book().get("finance", "discount_rate"));
        let routes = routes.iter().map(|route| builder.sums(route)).collect();
        let Builder { prices, leaves, pieces, .. } = builder;
        let demand = plan.demand();
        Self { prices, rate, term_years: demand.term_years, gbps: demand.gbps.get(), leaves, pieces, routes }
    }

    /// The prices that the routes depend on; the discount rate is the first.
    #[must_use]
    pub fn prices(&self) -> &[Drawn] {
        &self.prices
    }

    /// How many routes there are.
    #[must_use]
    pub fn n_routes(&self) -> usize {
        self.routes.len()
    }

    /// The figures of each route with every price at the value that `value` gives it.
    #[must_use]
    pub fn reckon(&self, value: impl Fn(&Drawn) -> f64) -> Vec<Reckoned> {
        let values: Vec<f64> = self.prices.iter().map(value).collect();
        self.reckon_at(&values, &mut Scratch::default())
    }

    /// The same with the values in the order of [`Model::prices`].
    pub(super) fn reckon_at(&self, values: &[f64], scratch: &mut Scratch) -> Vec<Reckoned> {
        let years = annuity_factor(values[self.rate as usize], self.term_years);
        let years = years.expect("a price book's rate is a number from 0");
        scratch.leaves.clear();
        scratch.leaves.extend(self.leaves.iter().map(|factors| {
            let number = |factor: &Factor| match factor {
                Factor::Number(number) => *number,
                Factor::Variable(Variable::Price(price)) => values[*price as usize],
                Factor::Variable(Variable::Years) => years,
            };
            whole_cents(factors.iter().map(number).product())
        }));
        scratch.pieces.clear();
        scratch.pieces.extend(
            self.pieces
                .iter()
                .map(|piece| risk(piece.length, values[piece.failure as usize], values[piece.repair as usize])),
        );
        self.routes.iter().map(|route| self.reckoned(route, years, scratch)).collect()
    }

    fn reckoned(&self, route: &Sums, years: f64, scratch: &Scratch) -> Reckoned {
        let mut terms = [Usd::ZERO; 6];
        for &(leaf, term) in &route.leaves {
            terms[term as usize] += scratch.leaves[leaf as usize];
        }
        let risk = route.pieces.iter().fold(0_u64, |sum, &piece| sum.saturating_add(scratch.pieces[piece as usize]));
        let total: Usd = terms.iter().copied().sum();
        // As the route's own figures are made, so that they come out the same.
        let annuity_usd = total.dollars() * (1.0 / years);
        let usd_per_mbps_month = annuity_usd / (12.0 * (self.gbps * 1000.0));
        Reckoned { terms, risk, annuity_usd, usd_per_mbps_month }
    }
}

/// Room for the parts of one draw.
#[derive(Debug, Clone, Default)]
pub(super) struct Scratch {
    leaves: Vec<Usd>,
    pieces: Vec<u64>,
}

impl Builder<'_> {
    fn price(&mut self, (name, price): (&str, &Price)) -> u32 {
        if let Some(&number) = self.price_numbers.get(name) {
            return number;
        }
        let number = self.prices.len() as u32;
        self.prices.push(Drawn::new((name, price)));
        self.price_numbers.insert(name.to_owned(), number);
        number
    }

    fn sums(&mut self, route: &Route) -> Sums {
        let leaves = route.hops.iter().flat_map(|hop| &hop.leaves).map(|leaf| (self.leaf(leaf), leaf.term)).collect();
        let network = self.plan.network();
        let segments =
            route.segments().map(|id| network.find_segment(id).expect("a route's segments are in its network"));
        let pieces = segments.flat_map(|segment| self.risks(segment)).collect();
        Sums { leaves, pieces }
    }

    fn leaf(&mut self, leaf: &Leaf) -> u32 {
        let book = self.plan.book();
        let mut factors: Vec<Factor> = Vec::with_capacity(leaf.factors.len());
        for factor in leaf.factors.iter() {
            let next = match book.find(&factor.name).filter(|_| factor.source.is_some()) {
                Some(price) => Factor::Variable(Variable::Price(self.price((&factor.name, price)))),
                None if factor.is_years_paid() => Factor::Variable(Variable::Years),
                None => Factor::Number(factor.values[1]),
            };
            match (factors.as_mut_slice(), next) {
                ([Factor::Number(first)], Factor::Number(number)) => *first *= number,
                (_, next) => factors.push(next),
            }
        }
        let key = factors.iter().map(|factor| match factor {
            Factor::Number(number) => (number.to_bits(), None),
            Factor::Variable(variable) => (0, Some(*variable)),
        });
        let next = self.leaves.len() as u32;
        let number = *self.leaf_numbers.entry(key.collect()).or_insert(next);
        if number == next {
            self.leaves.push(factors);
        }
        number
    }

    /// The pieces of a segment, as the tariff reckons its risk.
    fn risks(&mut self, segment: &Segment) -> Vec<u32> {
        let medium = segment.row.medium;
        let (failure, repair) = (format!("failure.{medium}"), format!("repair.{medium}"));
        let book = self.plan.book();
        let mut numbers = Vec::with_capacity(segment.pieces.len());
        for piece in &segment.pieces {
            let failure = self.price(book.for_country(&failure, piece.country));
            let repair = self.price(book.for_country(&repair, piece.country));
            let piece = Piece { length: piece.length, failure, repair };
            let next = self.pieces.len() as u32;
            let number = *self.piece_numbers.entry(piece).or_insert(next);
            if number == next {
                self.pieces.push(piece);
            }
            numbers.push(number);
        }
        numbers
    }
}
