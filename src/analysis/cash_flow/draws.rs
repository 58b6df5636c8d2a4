//! How sure it is what a cash flow is worth: the same draws of prices as of a bill, each unrolled over the years.

use super::outlay::Outlays;
use super::terms::{CashFlowError, CashFlowTerms, Setting};
use super::{CashFlow, InternalRate, Worth};
use crate::analysis::uncertainty::{DrawnPrice, Model, PriceSampling};
use crate::analysis::{Plan, Workers};
use crate::metrics::{Demand, Route};
use crate::prices::PriceKey;
use crate::units::Usd;

/// The percentiles told: so many of a hundred draws are no higher.
pub const WORTH_PERCENTILES: [u32; 3] = [10, 50, 90];

/// Draws computed at one go.
const BLOCK: u32 = 256;

/// What is told of the draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum WorthFigure {
    /// [`Worth::npv`]
    Npv,
    /// The highest of [`Worth::irr`]: above it the route is worth nothing at any rate. A draw without any counts lowest.
    Irr,
    /// [`Worth::payback`]; never counts highest.
    Payback,
    /// [`Worth::discounted_payback`]; never counts highest.
    DiscountedPayback,
    /// [`Worth::levelised`]
    Levelised,
}

impl WorthFigure {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Npv, Self::Irr, Self::Payback, Self::DiscountedPayback, Self::Levelised];

    /// Its name in files and JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Npv => "npv",
            Self::Irr => "irr",
            Self::Payback => "payback_year",
            Self::DiscountedPayback => "discounted_payback_year",
            Self::Levelised => "levelised_per_mbps_month",
        }
    }

    /// The figure; `None` where there is none, or never.
    #[must_use]
    pub fn of(self, worth: &Worth) -> Option<f64> {
        match self {
            Self::Npv => Some(worth.npv),
            Self::Irr => match &worth.irr {
                InternalRate::None | InternalRate::Any => None,
                InternalRate::One(rate) => Some(*rate),
                InternalRate::Several(rates) => rates.iter().copied().max_by(f64::total_cmp),
            },
            Self::Payback => worth.payback.map(f64::from),
            Self::DiscountedPayback => worth.discounted_payback.map(f64::from),
            Self::Levelised => worth.levelised,
        }
    }

    /// Where a draw without the figure stands among the others.
    const fn absent(self) -> f64 {
        match self {
            Self::Npv | Self::Irr => f64::NEG_INFINITY,
            Self::Payback | Self::DiscountedPayback | Self::Levelised => f64::INFINITY,
        }
    }
}

/// A figure over all draws.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DrawnWorth {
    /// Which.
    pub figure: WorthFigure,
    /// Its values.
    pub percentiles: WorthPercentiles,
}

/// A figure at [`WORTH_PERCENTILES`]; `None` where that draw has none, or never.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct WorthPercentiles {
    /// Exceeded in nine of ten draws.
    pub p10: Option<f64>,
    /// Exceeded in half of the draws.
    pub p50: Option<f64>,
    /// Exceeded in one of ten draws.
    pub p90: Option<f64>,
}

impl WorthPercentiles {
    /// The values in the order of [`WORTH_PERCENTILES`].
    #[must_use]
    pub const fn in_order(self) -> [Option<f64>; 3] {
        [self.p10, self.p50, self.p90]
    }
}

/// What draws of the prices say about a cash flow, in real money.
#[derive(Debug, Clone, PartialEq)]
pub struct CashFlowSpread {
    /// The draws.
    pub sampling: PriceSampling,
    /// How many prices were drawn.
    pub n_prices: usize,
    /// The share of draws whose net present value is above zero.
    pub worth_it: f64,
    /// The figures, in the order of [`WorthFigure::ALL`].
    pub figures: Vec<DrawnWorth>,
    /// The net present value of each draw.
    npvs: Vec<f64>,
}

impl CashFlowSpread {
    /// A figure at [`WORTH_PERCENTILES`]; `None` where that draw has none, or never.
    #[must_use]
    pub fn at_percentiles(&self, figure: WorthFigure) -> WorthPercentiles {
        let drawn = self.figures.iter().find(|drawn| drawn.figure == figure);
        drawn.map(|drawn| drawn.percentiles).unwrap_or_default()
    }

    /// The share of draws whose net present value is below this one.
    #[must_use]
    pub fn share_below(&self, npv: f64) -> f64 {
        self.npvs.iter().filter(|own| **own < npv).count() as f64 / self.npvs.len().max(1) as f64
    }
}

/// A route's cash flow as a function of prices.
#[derive(Debug, Clone)]
pub struct CashFlowModel {
    model: Model,
    demand: Demand,
    terms: CashFlowTerms,
    settings: Vec<(Setting, DrawnPrice)>,
}

impl CashFlowModel {
    /// Reduces a route of a plan to its formulas. Each of `settings` is drawn from a price-book entry, those that the book
    /// does not have and all others stay as they are in `terms`; the discount rate is always drawn.
    #[must_use]
    pub fn new(plan: &Plan<'_>, route: &Route, terms: &CashFlowTerms, settings: &[(Setting, PriceKey)]) -> Self {
        let drawn = |&(setting, key): &(Setting, PriceKey)| {
            plan.book().find(key).map(|price| (setting, DrawnPrice::new((key, price))))
        };
        Self {
            model: Model::new(plan, std::slice::from_ref(route)),
            demand: plan.demand(),
            terms: *terms,
            settings: settings.iter().filter_map(drawn).collect(),
        }
    }

    /// Draws the prices, and unrolls the cash flow in each draw. Entries of one family are high or low together; when
    /// service begins is not drawn.
    ///
    /// The answer is the same whatever the number of threads.
    ///
    /// # Errors
    /// As [`CashFlow::new`], of the first draw that has no cash flow.
    pub fn spread(&self, sampling: PriceSampling, workers: &Workers) -> Result<CashFlowSpread, CashFlowError> {
        let starts: Vec<u32> = (0..sampling.samples()).step_by(BLOCK as usize).collect();
        let block = |&start: &u32| -> Result<Vec<Worth>, CashFlowError> {
            (start..sampling.samples().min(start + BLOCK)).map(|sample| self.draw(sampling, sample)).collect()
        };
        let blocks: Result<Vec<Vec<Worth>>, CashFlowError> = workers.each(&starts, block).into_iter().collect();
        let worths = blocks?.concat();
        let profitable = worths.iter().filter(|worth| worth.npv > 0.0).count();
        Ok(CashFlowSpread {
            sampling,
            n_prices: self.model.prices().len() + self.settings.len(),
            worth_it: profitable as f64 / worths.len().max(1) as f64,
            figures: WorthFigure::ALL.map(|figure| over_draws(figure, &worths)).to_vec(),
            npvs: worths.iter().map(|worth| worth.npv).collect(),
        })
    }

    fn draw(&self, sampling: PriceSampling, sample: u32) -> Result<Worth, CashFlowError> {
        let value = |price: &DrawnPrice| price.at_rank(sampling.rank(sample, price.family));
        let mut terms = self.terms;
        terms.rate = self.model.prices().first().map_or(terms.rate, value);
        for (setting, price) in &self.settings {
            terms.set(*setting, value(price));
        }
        let computed = self.model.compute(value);
        let sums = computed.first().map_or([Usd::ZERO; 6], |route| route.terms);
        // Repair is a part of operation, and moves nothing that is told here.
        CashFlow::new(&Outlays::of_terms(sums, Usd::ZERO), self.demand, &terms).map(|flow| flow.real)
    }
}

fn over_draws(figure: WorthFigure, worths: &[Worth]) -> DrawnWorth {
    let mut values: Vec<f64> = worths.iter().map(|worth| figure.of(worth).unwrap_or(figure.absent())).collect();
    values.sort_unstable_by(f64::total_cmp);
    let [p10, p50, p90] = WORTH_PERCENTILES.map(|percentile| {
        let place = (u64::from(percentile) * values.len() as u64).div_ceil(100).max(1) as usize;
        values.get(place - 1).copied().filter(|value| value.is_finite())
    });
    DrawnWorth { figure, percentiles: WorthPercentiles { p10, p50, p90 } }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn worth(npv: f64, irr: InternalRate, payback: Option<u32>) -> Worth {
        let (discounted_payback, levelised) = (None, Some(1.0));
        Worth { rate: 0.08, npv, irr, payback, discounted_payback, annuity: 0.0, levelised }
    }

    #[test]
    fn draws_without_a_figure_stand_at_the_bad_end() {
        let mut worths: Vec<Worth> =
            (1..=8).map(|i| worth(f64::from(i), InternalRate::One(f64::from(i) / 10.0), Some(i))).collect();
        worths.push(worth(-1.0, InternalRate::None, None));
        worths.push(worth(-2.0, InternalRate::Several(vec![-0.3, 0.05]), None));
        let told = |figure| over_draws(figure, &worths).percentiles.in_order();
        assert_eq!(told(WorthFigure::Npv), [Some(-2.0), Some(3.0), Some(7.0)]);
        assert_eq!(told(WorthFigure::Irr), [None, Some(0.3), Some(0.7)]);
        assert_eq!(told(WorthFigure::Payback), [Some(1.0), Some(5.0), None]);
        assert_eq!(told(WorthFigure::DiscountedPayback), [None; 3]);
    }
}
