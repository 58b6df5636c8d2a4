//! The same question under several plans over the same draws: what each costs, which is the cheapest, and what drives the
//! difference. A price of one name has the same rank under every plan in each draw (common random numbers), so that what
//! differs is the plans.

use super::contest::Side;
use super::draws::{PriceSampling, Ranks};
use super::figures::{Drawings, FigureSpread};
use super::model::Model;
use super::spread::{Gap, Regret};
use super::tornado::Tornado;
use crate::analysis::{Plan, Workers};
use crate::metrics::Route;
use crate::request::Objective;

/// How a plan fares over all draws. It takes its cheapest route of each draw; where routes are not listed by cost, the
/// first one in every draw.
#[derive(Debug, Clone, PartialEq)]
pub struct Outlook {
    /// The figures of the route taken, with that of the base prices.
    pub figures: Vec<FigureSpread>,
    /// How many prices were drawn.
    pub n_prices: usize,
    /// In how many families.
    pub n_families: usize,
    /// The routes taken with the share of draws, the most frequent first.
    pub taken: Vec<Taken>,
    /// The share of draws in which a cheaper route might exist; `None` where none was looked for.
    pub open: Option<f64>,
    /// The share of draws in which it costs less than at base prices.
    pub below_base: f64,
    /// The share of draws in which no other plan costs less.
    pub wins: f64,
    /// What choosing it costs beyond the cheapest plan of the same draw, USD: the mean.
    pub mean_regret_usd: f64,
    /// The same: what nine of ten draws do not exceed, USD.
    pub regret_p90_usd: f64,
    /// The same: the most in any draw, USD.
    pub most_regret_usd: f64,
    /// It against the first plan that has a route, and what drives the difference at base prices between the best route of
    /// each; nothing for that plan itself.
    pub against_first: Option<AgainstFirst>,
}

/// A route that a plan takes in some draws.
#[derive(Debug, Clone, PartialEq)]
pub struct Taken {
    /// The route.
    pub route: Route,
    /// The share of draws in which it is the cheapest.
    pub share: f64,
}

/// A plan against the first one that has a route, over the same draws.
#[derive(Debug, Clone, PartialEq)]
pub struct AgainstFirst {
    /// How much more it costs.
    pub gap: Gap,
    /// What drives that at base prices, best route against best route.
    pub tornado: Tornado,
}

/// A plan drawn by itself.
struct DrawnPlan {
    model: Model,
    routes: Vec<Route>,
    best: usize,
    base_cents: i64,
    open: Option<f64>,
    taken: Vec<u32>,
    drawings: Drawings,
}

/// How each of some plans fares over the same draws, each with what it was asked and its routes. `None` for one without a
/// route.
///
/// The answer is the same whatever the number of threads.
#[must_use]
pub fn outlooks(cases: &[(&Plan<'_>, Side<'_>)], sampling: PriceSampling, workers: &Workers) -> Vec<Option<Outlook>> {
    let drawn: Vec<Option<DrawnPlan>> =
        cases.iter().map(|(plan, side)| DrawnPlan::new(plan, side, sampling, workers)).collect();
    let mut least = vec![i64::MAX; sampling.samples() as usize];
    for own in drawn.iter().flatten() {
        least.iter_mut().zip(own.drawings.totals()).for_each(|(least, own)| *least = (*least).min(*own));
    }
    let first = drawn.iter().position(Option::is_some);
    let against: Vec<Option<AgainstFirst>> = drawn
        .iter()
        .enumerate()
        .map(|(i, own)| {
            let first = drawn[first.filter(|&first| first != i)?].as_ref()?;
            Some(own.as_ref()?.against(first))
        })
        .collect();
    drawn.into_iter().zip(against).map(|(own, against)| Some(own?.outlook(&least, against))).collect()
}

impl DrawnPlan {
    fn new(plan: &Plan<'_>, side: &Side<'_>, sampling: PriceSampling, workers: &Workers) -> Option<Self> {
        if side.routes.is_empty() {
            return None;
        }
        let by_cost = side.request.objective == Objective::Cost;
        let mut routes = side.routes.to_vec();
        let mut open = None;
        if by_cost {
            let unlisted = plan.unlisted(side.request, side.routes, sampling, workers);
            open = Some(unlisted.open);
            routes.extend(unlisted.routes);
        } else {
            routes.truncate(1);
        }
        let model = Model::new(plan, &routes);
        let base = model.base_totals();
        let best = (0..base.len()).min_by_key(|&i| (base[i], i))?;
        let ranks = model.ranks(sampling, workers);
        let (drawings, taken) = drawings(&model, &ranks, workers);
        Some(Self { base_cents: base[best], model, routes, best, open, taken, drawings })
    }

    fn against(&self, first: &Self) -> AgainstFirst {
        let base = (self.base_cents, first.base_cents);
        let gap = Gap::new(self.drawings.totals(), first.drawings.totals(), base);
        AgainstFirst { gap, tornado: self.model.tornado_against(self.best, (&first.model, first.best)) }
    }

    fn outlook(self, least: &[i64], against_first: Option<AgainstFirst>) -> Outlook {
        let Self { model, routes, best, base_cents, open, taken, drawings } = self;
        let n = least.len().max(1) as f64;
        let totals = drawings.totals();
        let below = totals.iter().filter(|&&cents| cents < base_cents).count();
        let mut regrets: Vec<i64> = totals.iter().zip(least).map(|(own, least)| own.saturating_sub(*least)).collect();
        let wins = regrets.iter().filter(|&&cents| cents == 0).count();
        let regret = Regret::of(&mut regrets);
        let mut taken: Vec<Taken> = routes
            .into_iter()
            .zip(taken)
            .filter(|own| own.1 > 0)
            .map(|(route, n_of)| Taken { route, share: f64::from(n_of) / n })
            .collect();
        taken.sort_by(|a, b| b.share.total_cmp(&a.share));
        let base = &model.compute(|price| price.values[1])[best];
        Outlook {
            n_prices: model.prices().len(),
            n_families: model.n_families(),
            figures: drawings.figures(&model, base),
            taken,
            open,
            below_base: below as f64 / n,
            wins: wins as f64 / n,
            mean_regret_usd: regret.mean_usd,
            regret_p90_usd: regret.p90_usd,
            most_regret_usd: regret.most_usd,
            against_first,
        }
    }
}

/// The cheapest route of each draw, of several the first: its figures, and how often each route is it.
fn drawings(model: &Model, ranks: &Ranks, workers: &Workers) -> (Drawings, Vec<u32>) {
    let all: Vec<usize> = (0..model.n_routes()).collect();
    let blocks = model.blocks((&all, true), (ranks, workers), |sheet| {
        let cheapest = |draw: usize| (0..all.len()).min_by_key(|&i| (sheet.totals[i][draw], i)).unwrap_or(0);
        let which: Vec<usize> = (0..sheet.n).map(cheapest).collect();
        let mut drawings = Drawings::new(sheet.n);
        drawings.add(&sheet, |draw| which[draw]);
        (drawings, which)
    });
    let mut whole = Drawings::new(ranks.n());
    let mut counts = vec![0_u32; all.len()];
    for (drawings, which) in blocks {
        which.iter().for_each(|&i| counts[i] += 1);
        whole.append(drawings);
    }
    (whole, counts)
}
