//! The figures of a route over many draws, as percentiles.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::model::{Computed, Model, Sheet, annuity};
use crate::metrics::Term;
use crate::metrics::availability::availability;
use crate::units::Usd;

/// The percentiles told of each figure: so many of a hundred draws are no higher.
pub const PERCENTILES: [u32; 5] = [5, 10, 50, 90, 95];

/// What a row of percentiles is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
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

/// The values of a figure at [`PERCENTILES`] of its draws.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Percentiles {
    /// Five of a hundred draws are no higher.
    pub p5: f64,
    /// Ten of a hundred draws are no higher.
    pub p10: f64,
    /// The middle: half of the draws are no higher.
    pub p50: f64,
    /// Ninety of a hundred draws are no higher.
    pub p90: f64,
    /// Ninety-five of a hundred draws are no higher.
    pub p95: f64,
}

impl Percentiles {
    /// The values in the order of [`PERCENTILES`].
    #[must_use]
    pub const fn in_order(self) -> [f64; 5] {
        [self.p5, self.p10, self.p50, self.p90, self.p95]
    }
}

impl From<[f64; 5]> for Percentiles {
    fn from([p5, p10, p50, p90, p95]: [f64; 5]) -> Self {
        Self { p5, p10, p50, p90, p95 }
    }
}

/// A figure at base prices and over the draws.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FigureSpread {
    /// The figure.
    pub kind: FigureKind,
    /// Its value at base prices.
    pub base: f64,
    /// Its values over the draws.
    pub percentiles: Percentiles,
}

/// The figures of one route, or of another one in each draw, over all draws.
#[derive(Debug, Default)]
pub(super) struct Drawings {
    totals: Vec<i64>,
    terms: [Vec<i64>; 6],
    risks: Vec<u64>,
    annuities: Vec<f64>,
}

impl Drawings {
    /// With room for so many draws.
    pub fn new(n: usize) -> Self {
        Self { totals: Vec::with_capacity(n), risks: Vec::with_capacity(n), ..Self::default() }
    }

    /// Adds the draws of a block: in each, the route that `pick` names by its place in the sheet.
    pub fn add(&mut self, sheet: &Sheet, pick: impl Fn(usize) -> usize) {
        let before = self.totals.len();
        for draw in 0..sheet.n {
            let route = pick(draw);
            self.totals.push(sheet.totals[route][draw]);
            self.risks.push(sheet.risks[route][draw]);
            self.annuities.push(annuity(sheet.totals[route][draw], sheet.years[draw]));
            for (all, own) in self.terms.iter_mut().zip(&sheet.terms[route]) {
                if let Some(&cents) = own.get(draw).filter(|cents| **cents != 0) {
                    // What a term did not cost before it cost something.
                    all.resize(before + draw, 0);
                    all.push(cents);
                }
            }
        }
    }

    /// Adds the draws of others behind its own.
    pub fn append(&mut self, others: Self) {
        let before = self.totals.len();
        self.totals.extend(others.totals);
        self.risks.extend(others.risks);
        self.annuities.extend(others.annuities);
        for (all, own) in self.terms.iter_mut().zip(others.terms).filter(|(_, own)| !own.is_empty()) {
            all.resize(before, 0);
            all.extend(own);
        }
    }

    /// What it costs in each draw, cents.
    pub fn totals(&self) -> &[i64] {
        &self.totals
    }

    /// The percentiles of every figure; a term that costs nothing, ever, is left out.
    pub fn figures(mut self, model: &Model, base: &Computed) -> Vec<FigureSpread> {
        let n = self.totals.len();
        let spread = |kind, base, percentiles: [f64; 5]| FigureSpread { kind, base, percentiles: percentiles.into() };
        let usd = |cents: [i64; 5]| cents.map(|cents| Usd::from_cents(cents).dollars());
        let totals = usd(percentiles(&mut self.totals, i64::cmp));
        let mut figures = vec![spread(FigureKind::Total, base.total().dollars(), totals)];
        for term in Term::ALL {
            let own = &mut self.terms[term as usize];
            let at_base = base.terms[term as usize];
            if own.is_empty() && at_base == Usd::ZERO {
                continue;
            }
            own.resize(n, 0);
            figures.push(spread(FigureKind::Term(term), at_base.dollars(), usd(percentiles(own, i64::cmp))));
        }
        let annuities = percentiles(&mut self.annuities, f64::total_cmp);
        figures.push(spread(FigureKind::Annuity, base.annuity_usd, annuities));
        // A larger payment is larger per Mbit/s too.
        let per_mbps = annuities.map(|usd| model.per_mbps_month(usd));
        figures.push(spread(FigureKind::PerMbpsMonth, base.usd_per_mbps_month, per_mbps));
        // The more at risk, the less up.
        let up = percentiles(&mut self.risks, |a, b| b.cmp(a)).map(availability);
        figures.push(spread(FigureKind::Availability, base.availability(), up));
        figures
    }
}

/// The values at [`PERCENTILES`]: in order, the first one that so many of a hundred do not come after.
pub(super) fn percentiles<T: Copy + Default>(values: &mut [T], order: impl Fn(&T, &T) -> std::cmp::Ordering) -> [T; 5] {
    let n = values.len();
    let mut sorted = 0;
    PERCENTILES.map(|percentile| {
        let place = (percentile as usize * n).div_ceil(100).max(1) - 1;
        if place >= sorted && place < n {
            // Each one is sought behind the one before.
            values[sorted..].select_nth_unstable_by(place - sorted, &order);
            sorted = place + 1;
        }
        values.get(place).copied().unwrap_or_default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_draws() {
        let of = |values: &[i64]| percentiles(&mut values.to_vec(), i64::cmp);
        let mut hundred: Vec<i64> = (1..=100).rev().collect();
        hundred.rotate_left(37);
        assert_eq!(of(&hundred), [5, 10, 50, 90, 95]);
        assert_eq!(of(&[7]), [7; 5]);
        assert_eq!(of(&[3, 1, 2]), [1, 1, 2, 3, 3]);
        assert_eq!(of(&[]), [0; 5]);
    }
}
