//! Routes as formulas: what they cost and how likely they are up, as functions of prices.

use super::draws::{DrawnPrice, PriceSampling, Ranks};
use super::formulas::{Block, Builder, Chosen, Formulas};
use crate::analysis::{Plan, Workers};
use crate::metrics::availability::availability;
use crate::metrics::{Route, Term};
use crate::units::Usd;

/// Draws computed at one go.
const BLOCK: usize = 1024;

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
/// use fiberplan::analysis::Model;
/// use fiberplan::request::{End, Objective};
/// use fiberplan::scenario::{Overrides, load};
/// let scenario = load(&fiberplan::World::shipped(), None, &Overrides::default())?;
/// let plan = scenario.plan();
/// let (from, to) = (End::Country("TM".parse()?), End::Country("PK".parse()?));
/// let routes = plan.routes(&scenario.request(from, to, Objective::Cost));
/// let at_base = Model::new(&plan, &routes).compute(|price| price.values[1]);
/// assert_eq!(at_base[0].total(), routes[0].bill.total());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Model {
    formulas: Formulas,
    gbps: f64,
    routes: Vec<Sums>,
}

/// The figures of a route at some prices.
#[derive(Debug, Clone, PartialEq)]
pub struct Computed {
    /// What each term costs over the term, in the order of [`Term::ALL`].
    pub terms: [Usd; 6],
    /// -ln(availability), in units of 1e-15.
    pub risk: u64,
    /// The total in equal yearly payments, USD.
    pub annuity_usd: f64,
    /// The same per Mbit/s and month, USD.
    pub usd_per_mbps_month: f64,
}

impl Computed {
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

/// What some routes come to in some draws: the draws of one route side by side.
#[derive(Debug, Clone, Default)]
pub(super) struct Sheet {
    /// How many draws.
    pub n: usize,
    /// By route: cents.
    pub totals: Vec<Vec<i64>>,
    /// By route, then term: cents; nothing for a term that the route does not have.
    pub terms: Vec<[Vec<i64>; 6]>,
    /// By route: -ln(availability), in units of 1e-15.
    pub risks: Vec<Vec<u64>>,
    /// The present value of 1 a year over the term.
    pub years: Vec<f64>,
}

impl Model {
    /// Reduces routes of a plan to their formulas.
    ///
    /// Complexity: linear in the number of leaves of all bills, times the logarithm of the number of different ones.
    #[must_use]
    pub fn new(plan: &Plan<'_>, routes: &[Route]) -> Self {
        let demand = plan.demand();
        let mut builder = Builder::new(plan.book(), demand.term_years);
        let network = plan.network();
        let sums = |route: &Route| {
            let leaves = route.hops.iter().flat_map(|hop| &hop.leaves);
            let leaves = leaves.map(|leaf| (builder.leaf(leaf), leaf.term)).collect();
            let segments =
                route.segments().map(|id| network.find_segment(id).expect("a route's segments are in its network"));
            Sums { leaves, pieces: segments.flat_map(|segment| builder.pieces(segment)).collect() }
        };
        let routes = routes.iter().map(sums).collect();
        Self { formulas: builder.finish(), gbps: demand.gbps.get(), routes }
    }

    /// The prices that the routes depend on; the discount rate is the first.
    #[must_use]
    pub fn prices(&self) -> &[DrawnPrice] {
        &self.formulas.prices
    }

    /// How many routes there are.
    #[must_use]
    pub fn n_routes(&self) -> usize {
        self.routes.len()
    }

    /// The figures of each route with every price at the value that `value` gives it.
    #[must_use]
    pub fn compute(&self, value: impl Fn(&DrawnPrice) -> f64) -> Vec<Computed> {
        let values: Vec<f64> = self.prices().iter().map(value).collect();
        let all: Vec<usize> = (0..self.n_routes()).collect();
        let mut block = Block::default();
        block.at(&self.formulas, &self.chosen(&all, true), &values);
        let sheet = self.sheet(&all, &block, true);
        let first = |cents: &Vec<i64>| Usd::from_cents(cents.first().copied().unwrap_or(0));
        let each = sheet.terms.iter().zip(&sheet.risks).map(|(terms, risks)| {
            let terms = std::array::from_fn(|term| first(&terms[term]));
            let total: Usd = terms.iter().copied().sum();
            let annuity_usd = annuity(total.cents(), sheet.years[0]);
            Computed { terms, risk: risks[0], annuity_usd, usd_per_mbps_month: self.per_mbps_month(annuity_usd) }
        });
        each.collect()
    }

    /// A yearly payment per Mbit/s and month.
    pub(super) fn per_mbps_month(&self, annuity_usd: f64) -> f64 {
        annuity_usd / (12.0 * (self.gbps * 1000.0))
    }

    /// The ranks of all families of its prices.
    pub(super) fn ranks(&self, sampling: PriceSampling, workers: &Workers) -> Ranks {
        Ranks::new(sampling, &self.formulas.families(), workers)
    }

    /// How many families there are.
    pub(super) fn n_families(&self) -> usize {
        self.formulas.families().len()
    }

    /// Computes some routes in all draws, block by block on several threads; in full, or their totals only.
    pub(super) fn blocks<T: Send>(
        &self,
        (routes, in_full): (&[usize], bool),
        (ranks, workers): (&Ranks, &Workers),
        see: impl Fn(Sheet) -> T + Sync,
    ) -> Vec<T> {
        let chosen = self.chosen(routes, in_full);
        let starts: Vec<usize> = (0..ranks.n()).step_by(BLOCK).collect();
        workers.each(&starts, |&start| {
            let mut block = Block::default();
            block.draw(&self.formulas, &chosen, ranks, start..ranks.n().min(start + BLOCK));
            see(self.sheet(routes, &block, in_full))
        })
    }

    fn chosen(&self, routes: &[usize], in_full: bool) -> Chosen {
        let own = || routes.iter().map(|&route| &self.routes[route]);
        let leaves = own().flat_map(|sums| sums.leaves.iter().map(|(leaf, _)| *leaf));
        let pieces = own().flat_map(|sums| sums.pieces.iter().copied()).filter(|_| in_full);
        self.formulas.chosen(leaves, pieces)
    }

    fn sheet(&self, routes: &[usize], block: &Block, in_full: bool) -> Sheet {
        let mut sheet = Sheet { n: block.n, years: block.years.clone(), ..Sheet::default() };
        for &route in routes {
            let Sums { leaves, pieces } = &self.routes[route];
            let mut totals = vec![0_i64; block.n];
            if in_full {
                let mut terms: [Vec<i64>; 6] = Default::default();
                for &(leaf, term) in leaves {
                    let own = &mut terms[term as usize];
                    own.resize(block.n, 0);
                    add(own, block.leaf(leaf), leaves.len());
                }
                terms.iter().filter(|own| !own.is_empty()).for_each(|own| add(&mut totals, own, leaves.len()));
                let mut risks = vec![0_u64; block.n];
                for &piece in pieces {
                    let own = block.piece(piece);
                    risks.iter_mut().zip(own).for_each(|(sum, risk)| *sum = sum.saturating_add(*risk));
                }
                sheet.terms.push(terms);
                sheet.risks.push(risks);
            } else {
                leaves.iter().for_each(|&(leaf, _)| add(&mut totals, block.leaf(leaf), leaves.len()));
            }
            sheet.totals.push(totals);
        }
        sheet
    }
}

/// So many leaves of a bill cannot sum to more than a number of 64 bits holds: each is capped.
const SAFE: usize = 4096;

/// Adds the cents of one of so many leaves, draw by draw.
fn add(sums: &mut [i64], cents: &[i64], of: usize) {
    if of <= SAFE {
        sums.iter_mut().zip(cents).for_each(|(sum, own)| *sum = sum.wrapping_add(*own));
    } else {
        sums.iter_mut().zip(cents).for_each(|(sum, own)| *sum = sum.saturating_add(*own));
    }
}

/// A sum of cents in equal yearly payments, USD: as a route's own is made, so that it comes out the same.
pub(super) fn annuity(cents: i64, years: f64) -> f64 {
    Usd::from_cents(cents).dollars() * (1.0 / years)
}
