//! Routes drawn against each other: one list, or a corridor's routes and the ways round it, each completed by the routes
//! that win in some draw only.

use super::draws::PriceSampling;
use super::model::Model;
use super::spread::{Gap, Spread};
use super::tornado::Tornado;
use crate::analysis::{Plan, Transit, Workers};
use crate::metrics::Route;
use crate::request::{Objective, Request};

/// A list of routes, and the request that all of its kind answer.
#[derive(Debug, Clone, Copy)]
pub struct Side<'r> {
    /// The request.
    pub request: &'r Request,
    /// The routes.
    pub routes: &'r [Route],
    /// So many of them, the first ones, can be used; the others only come with segments that are not there yet.
    pub n_usable: usize,
}

/// One or two lists of routes over all draws.
#[derive(Debug, Clone, PartialEq)]
pub struct Contest {
    /// The listed routes, side after side, then the unlisted ones that win in some draw, side after side,
    /// the most frequent first.
    pub routes: Vec<Route>,
    /// How many are listed.
    pub n_listed: usize,
    /// Which side each route is of.
    pub sides: Vec<usize>,
    /// Their figures over all draws.
    pub spread: Spread,
    /// By route: the share of draws in which it is the cheapest of its side; of several equal ones, the first. Nothing for
    /// routes that cannot be used, where others of the side can.
    pub wins_of_side: Vec<f64>,
    /// The share of draws in which a route outside might be cheaper still; `None` where the routes are not listed by cost,
    /// and none outside was looked for.
    pub open: Option<f64>,
    /// The first side's cheapest route at base prices.
    pub best: usize,
    /// What drives its cost.
    pub tornado: Tornado,
    /// The second side's cheapest route at base prices, or the only side's second cheapest, and what drives how much more the
    /// best one costs.
    pub rival: Option<Rival>,
    /// The first side's cheapest route of each draw against the second side's.
    pub gap: Option<Gap>,
}

/// The route that a contest's best one is set against.
#[derive(Debug, Clone, PartialEq)]
pub struct Rival {
    /// Its place among the routes of the contest.
    pub route: usize,
    /// What drives how much more the best route costs than this one.
    pub tornado: Tornado,
}

/// The routes of all sides.
struct Field {
    routes: Vec<Route>,
    sides: Vec<usize>,
    competes: Vec<bool>,
}

impl Field {
    fn push(&mut self, route: Route, side: usize, competes: bool) {
        self.routes.push(route);
        self.sides.push(side);
        self.competes.push(competes);
    }

    fn in_order(&self, order: &[usize]) -> Self {
        Self {
            routes: order.iter().map(|&i| self.routes[i].clone()).collect(),
            sides: order.iter().map(|&i| self.sides[i]).collect(),
            competes: order.iter().map(|&i| self.competes[i]).collect(),
        }
    }

    /// The competing routes of a side.
    fn group(&self, side: usize) -> Vec<usize> {
        (0..self.routes.len()).filter(|&i| self.sides[i] == side && self.competes[i]).collect()
    }

    /// By route, the share of draws in which it is the cheapest of its side; by side, what its cheapest route costs in each
    /// draw, in cents.
    fn wins(
        &self,
        model: &Model,
        n_sides: usize,
        sampling: PriceSampling,
        workers: &Workers,
    ) -> (Vec<f64>, Vec<Vec<i64>>) {
        let mut wins = vec![0.0; self.routes.len()];
        let mut least = Vec::with_capacity(n_sides);
        for side in 0..n_sides {
            let group = self.group(side);
            if let ([_], 1) = (group.as_slice(), n_sides) {
                wins[group[0]] = 1.0;
                continue;
            }
            let cheapest = model.cheapest(&group, sampling, workers);
            let mut counts = vec![0_u32; group.len()];
            cheapest.which.iter().for_each(|&place| counts[place as usize] += 1);
            let share = |count| f64::from(count) / f64::from(sampling.samples());
            group.iter().zip(counts).for_each(|(&route, count)| wins[route] = share(count));
            least.push(cheapest.cents);
        }
        (wins, least)
    }
}

impl<'r> Side<'r> {
    /// The routes that compete: those that can be used, or all if none can.
    fn competing(&self) -> &'r [Route] {
        if self.n_usable == 0 { self.routes } else { &self.routes[..self.n_usable.min(self.routes.len())] }
    }
}

impl Transit {
    /// The corridor's routes and the ways round its middle as the two sides of a contest: `request` is the corridor's own,
    /// the second one returned is that of the ways round.
    #[must_use]
    pub fn sides(&self, request: &Request) -> [(Request, Vec<Route>, usize); 2] {
        let mut round = Request { corridor: None, gates: Vec::new(), ..request.clone() };
        let middle = self.corridor.iter().skip(1).take(self.corridor.len().saturating_sub(2));
        round.avoid.countries.extend(middle);
        let rows: Vec<Route> = self.rows.iter().map(|row| row.route.clone()).collect();
        let usable = self.rows.iter().filter(|row| row.missing.is_empty()).count();
        let ways: Vec<Route> = self.bypasses.iter().map(|bypass| bypass.route.clone()).collect();
        let n_ways = ways.len();
        [(request.clone(), rows, usable), (round, ways, n_ways)]
    }
}

impl Plan<'_> {
    /// Draws the prices for one or two lists of routes, having completed each by [`Plan::unlisted`]. `None` if the first has
    /// no route.
    ///
    /// The answer is the same whatever the number of threads.
    #[must_use]
    pub fn contest(&self, sides: &[Side<'_>], sampling: PriceSampling, workers: &Workers) -> Option<Contest> {
        let by_cost = sides.iter().all(|side| side.request.objective == Objective::Cost);
        let mut field = Field { routes: Vec::new(), sides: Vec::new(), competes: Vec::new() };
        for (i, side) in sides.iter().enumerate() {
            let competing = side.competing().len();
            side.routes.iter().enumerate().for_each(|(rank, route)| field.push(route.clone(), i, rank < competing));
        }
        let n_listed = field.routes.len();
        let mut open = by_cost.then_some(0.0);
        for (i, side) in sides.iter().enumerate().filter(|(_, side)| by_cost && side.n_usable > 0) {
            let unlisted = self.unlisted(side.request, side.competing(), sampling, workers);
            open = open.map(|open: f64| open.max(unlisted.open));
            unlisted.routes.into_iter().for_each(|route| field.push(route, i, true));
        }
        let model = Model::new(self, &field.routes);
        let (wins, least) = field.wins(&model, sides.len(), sampling, workers);
        let mut order: Vec<usize> = (0..field.routes.len()).collect();
        // Ties may leave an unlisted route without a draw of its own.
        order.retain(|&i| i < n_listed || wins[i] > 0.0);
        order[n_listed..]
            .sort_by(|&a, &b| field.sides[a].cmp(&field.sides[b]).then(wins[b].total_cmp(&wins[a])).then(a.cmp(&b)));
        let field = field.in_order(&order);
        let wins_of_side: Vec<f64> = order.iter().map(|&i| wins[i]).collect();
        let model = Model::new(self, &field.routes);
        let base = model.base_totals();
        let cheapest = |group: &[usize], but: Option<usize>| {
            group.iter().copied().filter(|route| Some(*route) != but).min_by_key(|&route| (base[route], route))
        };
        let best = cheapest(&field.group(0), None)?;
        let other = match sides.len() {
            // The route that wins most of the other draws; the second best where none does.
            1 => {
                let others = field.group(0).into_iter().filter(|&route| route != best && wins_of_side[route] > 0.0);
                let most = others.max_by(|&a, &b| wins_of_side[a].total_cmp(&wins_of_side[b]).then(b.cmp(&a)));
                most.or_else(|| cheapest(&field.group(0), Some(best)))
            }
            _ => cheapest(&field.group(1), None),
        };
        let gap = match (least.as_slice(), other) {
            ([own, theirs, ..], Some(other)) => Some(Gap::new(own, theirs, (base[best], base[other]))),
            _ => None,
        };
        let rival = other.map(|route| Rival { route, tornado: model.tornado_between(best, route) });
        Some(Contest {
            n_listed,
            spread: model.spread(sampling, workers),
            wins_of_side,
            open,
            best,
            tornado: model.tornado(best),
            rival,
            gap,
            routes: field.routes,
            sides: field.sides,
        })
    }
}
