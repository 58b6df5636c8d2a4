//! What many draws say: percentiles of each figure, how often a route is cheaper than another, and regret.

use super::draws::PriceSampling;
use super::model::{Model, Scratch};
use super::tornado::Tornado;
use crate::corridor::Workers;
use crate::metrics::Term;
use crate::metrics::availability::availability;
use crate::units::Usd;

/// The percentiles told of each figure: so many of a hundred draws are no higher.
pub const PERCENTILES: [u32; 5] = [5, 10, 50, 90, 95];

/// Draws reckoned at one go.
const BLOCK: u32 = 1024;

/// What a row of percentiles is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FigureKind {
    /// The whole bill, USD over the term.
    Total,
    /// One term of it, USD over the term.
    Term(Term),
    /// The total in equal yearly payments, USD a year.
    Annuity,
    /// The same per Mbit/s and month, USD.
    PerMbpsMonth,
    /// Long-run share of time that every piece of cable is up.
    Availability,
}

impl FigureKind {
    /// Its name in files and JSON: that of the figure of a route.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Total => "total_usd",
            Self::Term(term) => term.usd_name(),
            Self::Annuity => "annuity_usd_per_year",
            Self::PerMbpsMonth => "usd_per_mbps_month",
            Self::Availability => "availability",
        }
    }
}

/// How a route fares over all draws.
#[derive(Debug, Clone, PartialEq)]
pub struct RouteSpread {
    /// Each figure's value at base prices, and at each of [`PERCENTILES`]. A term that costs nothing in any draw is left
    /// out.
    pub figures: Vec<(FigureKind, f64, [f64; 5])>,
    /// The share of draws in which it is the cheapest of the routes; equal costs go to the one listed first.
    pub wins: f64,
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
    /// For each route, the share of draws in which it costs less than each other one.
    pub cheaper: Vec<Vec<f64>>,
    /// What moves the cost of the cheapest route at base prices, and its lead over the second.
    pub tornado: Option<Tornado>,
}

/// The figures of all routes in some draws, draw by draw.
struct Draws {
    terms: Vec<[i64; 6]>,
    risks: Vec<u64>,
    annuities: Vec<f64>,
    per_mbps: Vec<f64>,
}

impl Model {
    /// Draws the prices, and reckons every route in each draw.
    ///
    /// The answer is the same whatever the number of threads. Memory: some 80 bytes for each draw and route.
    ///
    /// # Example
    /// ```
    /// use fiberplan::corridor::{Model, PriceSampling, Workers};
    /// use fiberplan::routing::{End, Objective};
    /// use fiberplan::scenario::{Overrides, load};
    /// let scenario = load(None, &Overrides::default())?;
    /// let plan = scenario.plan();
    /// let (from, to) = (End::Country("TM".parse()?), End::Country("PK".parse()?));
    /// let routes = plan.routes(&scenario.request(from, to, Objective::Cost));
    /// let spread = Model::new(&plan, &routes).spread(PriceSampling::new(1000, 1)?, &Workers::new(1)?);
    /// let (_, base, percentiles) = spread.routes[0].figures[0];
    /// assert!(percentiles[0] < base && base < percentiles[4]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn spread(&self, sampling: PriceSampling, workers: &Workers) -> Spread {
        let starts: Vec<u32> = (0..sampling.samples()).step_by(BLOCK as usize).collect();
        let blocks = workers.each(&starts, |&start| self.block(sampling, start));
        let n = self.n_routes();
        let totals = |block: &Draws| -> Vec<i64> { block.terms.iter().map(total).collect() };
        let totals: Vec<Vec<i64>> = workers.each(&blocks, totals);
        let totals: Vec<&[i64]> = totals.iter().flat_map(|block| block.chunks_exact(n.max(1))).collect();
        let numbers: Vec<usize> = (0..n).collect();
        let base = self.reckon(|price| price.values[1]);
        let routes = workers.each(&numbers, |&route| {
            let figures = figures(&blocks, n, route, &base[route]);
            with_regret(figures, &totals, route)
        });
        let cheaper = workers.each(&numbers, |&route| cheaper_than(&totals, n, route));
        let mut families: Vec<u32> = self.prices().iter().map(|price| price.family).collect();
        families.sort_unstable();
        families.dedup();
        Spread {
            sampling,
            n_prices: self.prices().len(),
            n_families: families.len(),
            routes,
            cheaper,
            tornado: self.tornado(),
        }
    }

    fn block(&self, sampling: PriceSampling, start: u32) -> Draws {
        let end = sampling.samples().min(start + BLOCK);
        let mut draws = Draws { terms: Vec::new(), risks: Vec::new(), annuities: Vec::new(), per_mbps: Vec::new() };
        let mut ranks = vec![f64::NAN; crate::prices::all_families().count()];
        let (mut values, mut scratch) = (vec![0.0; self.prices().len()], Scratch::default());
        for sample in start..end {
            ranks.fill(f64::NAN);
            for (value, price) in values.iter_mut().zip(self.prices()) {
                let rank = &mut ranks[price.family as usize];
                if rank.is_nan() {
                    *rank = sampling.rank(sample, price.family);
                }
                *value = price.at_rank(*rank);
            }
            for reckoned in self.reckon_at(&values, &mut scratch) {
                draws.terms.push(reckoned.terms.map(Usd::cents));
                draws.risks.push(reckoned.risk);
                draws.annuities.push(reckoned.annuity_usd);
                draws.per_mbps.push(reckoned.usd_per_mbps_month);
            }
        }
        draws
    }
}

fn total(terms: &[i64; 6]) -> i64 {
    terms.iter().fold(0, |sum, &term| sum.saturating_add(term))
}

/// The percentiles of every figure of a route.
fn figures(blocks: &[Draws], n: usize, route: usize, base: &super::Reckoned) -> Vec<(FigureKind, f64, [f64; 5])> {
    let of_route = |block: &'_ Draws| (route..block.risks.len()).step_by(n);
    let cents = |value: &dyn Fn(&[i64; 6]) -> i64| -> [f64; 5] {
        let all = blocks.iter().flat_map(|block| of_route(block).map(|i| value(&block.terms[i])));
        let mut all: Vec<i64> = all.collect();
        all.sort_unstable();
        percentiles(&all).map(|cents| Usd::from_cents(cents).dollars())
    };
    let floats = |value: &dyn Fn(&Draws, usize) -> f64| -> [f64; 5] {
        let mut all: Vec<f64> = blocks.iter().flat_map(|block| of_route(block).map(|i| value(block, i))).collect();
        all.sort_unstable_by(f64::total_cmp);
        percentiles(&all)
    };
    let mut figures = vec![(FigureKind::Total, base.total().dollars(), cents(&total))];
    for term in Term::ALL {
        let own = cents(&|terms| terms[term as usize]);
        if own != [0.0; 5] || base.terms[term as usize] != Usd::ZERO {
            figures.push((FigureKind::Term(term), base.terms[term as usize].dollars(), own));
        }
    }
    figures.push((FigureKind::Annuity, base.annuity_usd, floats(&|block, i| block.annuities[i])));
    figures.push((FigureKind::PerMbpsMonth, base.usd_per_mbps_month, floats(&|block, i| block.per_mbps[i])));
    let up = floats(&|block, i| availability(block.risks[i]));
    figures.push((FigureKind::Availability, base.availability(), up));
    figures
}

/// The values at [`PERCENTILES`] of sorted draws: the least one that so many of a hundred do not exceed.
fn percentiles<T: Copy>(sorted: &[T]) -> [T; 5] {
    PERCENTILES.map(|percentile| {
        let place = (u64::from(percentile) * sorted.len() as u64).div_ceil(100).max(1);
        sorted[place as usize - 1]
    })
}

fn with_regret(figures: Vec<(FigureKind, f64, [f64; 5])>, totals: &[&[i64]], route: usize) -> RouteSpread {
    let least = |draw: &[i64]| draw.iter().copied().min().unwrap_or(0);
    let first = |draw: &[i64]| {
        let least = least(draw);
        draw.iter().position(|&total| total == least)
    };
    let wins = totals.iter().filter(|draw| first(draw) == Some(route)).count();
    let mut regrets: Vec<i64> = totals.iter().map(|draw| draw[route].saturating_sub(least(draw))).collect();
    let sum: i128 = regrets.iter().map(|&cents| i128::from(cents)).sum();
    regrets.sort_unstable();
    let n = totals.len() as f64;
    RouteSpread {
        figures,
        wins: wins as f64 / n,
        mean_regret_usd: sum as f64 / 100.0 / n,
        regret_p90_usd: Usd::from_cents(percentiles(&regrets)[3]).dollars(),
        most_regret_usd: Usd::from_cents(regrets.last().copied().unwrap_or(0)).dollars(),
    }
}

fn cheaper_than(totals: &[&[i64]], n: usize, route: usize) -> Vec<f64> {
    let share = |other: usize| {
        let won = totals.iter().filter(|draw| draw[route] < draw[other]).count();
        won as f64 / totals.len() as f64
    };
    (0..n).map(share).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_draws() {
        let hundred: Vec<i64> = (1..=100).collect();
        assert_eq!(percentiles(&hundred), [5, 10, 50, 90, 95]);
        assert_eq!(percentiles(&[7]), [7; 5]);
        assert_eq!(percentiles(&[1, 2, 3]), [1, 1, 2, 3, 3]);
    }

    #[test]
    fn regret_by_hand() {
        let draws: [&[i64]; 4] = [&[100, 300], &[200, 100], &[500, 500], &[100, 200]];
        let first = with_regret(Vec::new(), &draws, 0);
        assert_eq!((first.wins, first.mean_regret_usd, first.most_regret_usd), (0.75, 0.25, 1.0));
        let second = with_regret(Vec::new(), &draws, 1);
        assert_eq!((second.wins, second.mean_regret_usd, second.most_regret_usd), (0.25, 0.75, 2.0));
        assert_eq!(cheaper_than(&draws, 2, 0), [0.0, 0.5]);
        assert_eq!(cheaper_than(&draws, 2, 1), [0.25, 0.0]);
    }
}
