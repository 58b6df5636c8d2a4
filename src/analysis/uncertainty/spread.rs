//! What many draws say of some routes: percentiles of each figure, how often one is cheaper than another, and regret.

use super::draws::{PriceSampling, Ranks};
use super::figures::{Drawings, FigureSpread, Percentiles, percentiles};
use super::model::{Computed, Model, Sheet};
use crate::analysis::Workers;
use crate::units::Usd;

/// Routes whose draws are kept in memory at once, at 100,000 draws.
const ROUTES_AT_ONCE: usize = 32;

/// So many routes, the first ones, are set against each other.
pub const MAX_AGAINST: usize = 64;

/// How a route fares over all draws.
#[derive(Debug, Clone, PartialEq)]
pub struct RouteSpread {
    /// Each figure at base prices and over the draws. A term that costs nothing in any draw is left out.
    pub figures: Vec<FigureSpread>,
    /// The share of draws in which it is the cheapest of the routes; equal costs go to the one listed first.
    pub wins: f64,
    /// The share of draws in which it costs less than at base prices.
    pub below_base: f64,
    /// What choosing it costs beyond the cheapest of the routes in the same draw, USD: the mean over all draws.
    pub mean_regret_usd: f64,
    /// The same: what nine of ten draws do not exceed, USD.
    pub regret_p90_usd: f64,
    /// The same: the most in any draw, USD.
    pub most_regret_usd: f64,
}

/// What draws of the prices say about some routes.
#[derive(Debug, Clone, PartialEq)]
pub struct Spread {
    /// The draws.
    pub sampling: PriceSampling,
    /// How many prices were drawn.
    pub n_prices: usize,
    /// In how many families, each with a rank of its own.
    pub n_families: usize,
    /// The routes, in the order given.
    pub routes: Vec<RouteSpread>,
    /// For each of the first 64 routes, the share of draws in which it costs less than each other one of them.
    pub cheaper: Vec<Vec<f64>>,
}

/// How two choices stand to each other over all draws: the cost of the one less that of the other.
#[derive(Debug, Clone, PartialEq)]
pub struct Gap {
    /// At base prices, USD over the term.
    pub base_usd: f64,
    /// Over the draws, USD over the term.
    pub percentiles_usd: Percentiles,
    /// The share of draws in which the first one costs less.
    pub first_is_cheaper: f64,
    /// The share of draws in which the second one costs less.
    pub second_is_cheaper: f64,
}

/// The cheapest of some routes in each draw.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cheapest {
    /// What it costs, cents.
    pub cents: Vec<i64>,
    /// Which it is, by its place among those asked for; of several, the first.
    pub which: Vec<u32>,
}

/// What a block of draws adds to the counts.
struct Counts {
    wins: Vec<u32>,
    cheaper: Vec<u32>,
    least: Vec<i64>,
}

impl Model {
    /// Draws the prices, and computes every route in each draw.
    ///
    /// The answer is the same whatever the number of threads.
    ///
    /// Complexity: linear in the number of draws times that of the routes' leaves, and in the draws times the square of the
    /// number of routes set against each other. Memory: some 100 bytes for each draw of a few dozen routes, whatever the number of routes.
    ///
    /// # Example
    /// ```
    /// use fiberplan::analysis::{Model, PriceSampling, Workers};
    /// use fiberplan::request::{End, Objective};
    /// use fiberplan::scenario::{Overrides, load};
    /// let scenario = load(&fiberplan::World::shipped(), None, &Overrides::default())?;
    /// let plan = scenario.plan();
    /// let (from, to) = (End::Country("TM".parse()?), End::Country("PK".parse()?));
    /// let routes = plan.routes(&scenario.request(from, to, Objective::Cost));
    /// let spread = Model::new(&plan, &routes).spread(PriceSampling::new(1000, 1)?, &Workers::new(1)?);
    /// let total = spread.routes[0].figures[0];
    /// assert!(total.percentiles.p5 < total.base && total.base < total.percentiles.p95);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn spread(&self, sampling: PriceSampling, workers: &Workers) -> Spread {
        let ranks = self.ranks(sampling, workers);
        let n = self.n_routes();
        let all: Vec<usize> = (0..n).collect();
        let blocks = self.blocks((&all, false), (&ranks, workers), |sheet| Counts::of(&sheet));
        let least: Vec<i64> = blocks.iter().flat_map(|block| &block.least).copied().collect();
        let share = |count: &dyn Fn(&Counts) -> u32| {
            let won: u64 = blocks.iter().map(|block| u64::from(count(block))).sum();
            won as f64 / ranks.n() as f64
        };
        let base = self.compute(|price| price.values[1]);
        let at_once = (ROUTES_AT_ONCE * 100_000 / ranks.n().max(1)).clamp(1, 4096);
        let mut routes = Vec::with_capacity(n);
        for some in all.chunks(at_once) {
            routes.extend(self.some(some, &least, (&ranks, workers), &base));
        }
        for (i, route) in routes.iter_mut().enumerate() {
            route.wins = share(&|block| block.wins[i]);
        }
        let most = n.min(MAX_AGAINST);
        let cheaper = |i: usize| (0..most).map(|j| share(&|block| block.cheaper[i * most + j])).collect();
        Spread {
            sampling,
            n_prices: self.prices().len(),
            n_families: self.n_families(),
            routes,
            cheaper: (0..most).map(cheaper).collect(),
        }
    }

    /// The spreads of some routes, but for what they win.
    fn some(
        &self,
        some: &[usize],
        least: &[i64],
        (ranks, workers): (&Ranks, &Workers),
        base: &[Computed],
    ) -> Vec<RouteSpread> {
        let sheets = self.blocks((some, true), (ranks, workers), |sheet| sheet);
        let places: Vec<usize> = (0..some.len()).collect();
        workers.each(&places, |&place| {
            let mut drawings = Drawings::new(ranks.n());
            sheets.iter().for_each(|sheet| drawings.add(sheet, |_| place));
            let base = &base[some[place]];
            let totals = || sheets.iter().flat_map(|sheet| &sheet.totals[place]);
            let below = totals().filter(|&&cents| cents < base.total().cents()).count();
            let mut regrets: Vec<i64> = totals().zip(least).map(|(own, least)| own.saturating_sub(*least)).collect();
            let regret = Regret::of(&mut regrets);
            RouteSpread {
                figures: drawings.figures(self, base),
                wins: 0.0,
                below_base: below as f64 / ranks.n() as f64,
                mean_regret_usd: regret.mean_usd,
                regret_p90_usd: regret.p90_usd,
                most_regret_usd: regret.most_usd,
            }
        })
    }

    /// The cheapest of some routes in each draw; nothing without routes.
    #[must_use]
    pub fn cheapest(&self, routes: &[usize], sampling: PriceSampling, workers: &Workers) -> Cheapest {
        self.cheapest_of(routes, &self.ranks(sampling, workers), workers)
    }

    pub(super) fn cheapest_of(&self, routes: &[usize], ranks: &Ranks, workers: &Workers) -> Cheapest {
        let blocks = self.blocks((routes, false), (ranks, workers), |sheet| {
            let mut own = Cheapest::default();
            for draw in 0..sheet.n {
                let each = sheet.totals.iter().map(|totals| totals[draw]).zip(0_u32..);
                if let Some((cents, which)) = each.min() {
                    own.cents.push(cents);
                    own.which.push(which);
                }
            }
            own
        });
        let mut all = Cheapest::default();
        for block in blocks {
            all.cents.extend(block.cents);
            all.which.extend(block.which);
        }
        all
    }
}

impl Gap {
    /// Of two choices' costs in the same draws, in cents, the base values last.
    ///
    /// # Example
    /// ```
    /// use fiberplan::analysis::Gap;
    /// let gap = Gap::new(&[100, 400, 300], &[200, 200, 200], (150, 200));
    /// assert_eq!((gap.base_usd, gap.percentiles_usd.p50), (-0.5, 1.0));
    /// assert_eq!((gap.first_is_cheaper, gap.second_is_cheaper), (1.0 / 3.0, 2.0 / 3.0));
    /// ```
    #[must_use]
    pub fn new(first: &[i64], second: &[i64], base: (i64, i64)) -> Self {
        let n = first.len().min(second.len()).max(1) as f64;
        let pairs = || first.iter().zip(second);
        let mut gaps: Vec<i64> = pairs().map(|(a, b)| a.saturating_sub(*b)).collect();
        Self {
            base_usd: usd(base.0.saturating_sub(base.1)),
            percentiles_usd: percentiles(&mut gaps, i64::cmp).map(usd).into(),
            first_is_cheaper: pairs().filter(|(a, b)| a < b).count() as f64 / n,
            second_is_cheaper: pairs().filter(|(a, b)| b < a).count() as f64 / n,
        }
    }
}

/// What a choice costs beyond the best one.
pub(super) struct Regret {
    pub mean_usd: f64,
    pub p90_usd: f64,
    pub most_usd: f64,
}

impl Regret {
    /// From that of each draw, in cents.
    pub fn of(cents: &mut [i64]) -> Self {
        let sum: i128 = cents.iter().map(|&cents| i128::from(cents)).sum();
        let most = cents.iter().copied().max().unwrap_or(0);
        Self {
            mean_usd: sum as f64 / 100.0 / cents.len().max(1) as f64,
            p90_usd: usd(percentiles(cents, i64::cmp)[3]),
            most_usd: usd(most),
        }
    }
}

fn usd(cents: i64) -> f64 {
    Usd::from_cents(cents).dollars()
}

impl Counts {
    fn of(sheet: &Sheet) -> Self {
        let n = sheet.totals.len();
        let mut least = vec![i64::MAX; sheet.n];
        let mut winner = vec![0_u32; sheet.n];
        for (route, totals) in (0_u32..).zip(&sheet.totals) {
            for ((least, winner), &own) in least.iter_mut().zip(&mut winner).zip(totals) {
                if own < *least {
                    (*least, *winner) = (own, route);
                }
            }
        }
        let mut wins = vec![0; n];
        winner.iter().filter(|_| n > 0).for_each(|&route| wins[route as usize] += 1);
        let against = &sheet.totals[..n.min(MAX_AGAINST)];
        let mut cheaper = vec![0; against.len() * against.len()];
        for (i, own) in against.iter().enumerate() {
            for (j, other) in against.iter().enumerate().skip(i + 1) {
                let (mut below, mut above) = (0_u32, 0_u32);
                for (a, b) in own.iter().zip(other) {
                    below += u32::from(a < b);
                    above += u32::from(b < a);
                }
                (cheaper[i * against.len() + j], cheaper[j * against.len() + i]) = (below, above);
            }
        }
        Self { wins, cheaper, least }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_and_regret_by_hand() {
        let totals = vec![vec![100, 200, 500, 100], vec![300, 100, 500, 200]];
        let counts = Counts::of(&Sheet { n: 4, totals: totals.clone(), ..Sheet::default() });
        assert_eq!((counts.wins, counts.cheaper), (vec![3, 1], vec![0, 2, 1, 0]));
        assert_eq!(counts.least, [100, 100, 500, 100]);
        let regret = |i: usize| {
            let mut own: Vec<i64> = totals[i].iter().zip(&counts.least).map(|(own, least)| own - least).collect();
            Regret::of(&mut own)
        };
        assert_eq!((regret(0).mean_usd, regret(0).most_usd, regret(0).p90_usd), (0.25, 1.0, 1.0));
        assert_eq!((regret(1).mean_usd, regret(1).most_usd), (0.75, 2.0));
    }
}
