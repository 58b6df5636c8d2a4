//! What room costs: bounds from below on paths within limits on shares.

use super::ShareLimit;
use crate::csr::{Digraph, Weighted};
use crate::dijkstra::distances_to_goal;
use crate::state_graph::StateGraph;

/// One in the prices of room, which are whole numbers of 2^-32.
const UNIT: u128 = 1 << 32;

/// Into how many parts the budget of prices is divided.
const STEPS: u128 = 8;

/// Prices for room, by share, and what lies ahead of each state at least when they are charged, in units of 1 / [`UNIT`].
///
/// A path within the limits takes no room in all, so it weighs no less than it does with the room charged.
pub(super) struct Prices {
    prices: Vec<u128>,
    ahead: Vec<u128>,
}

impl Prices {
    /// Those with which the start is farthest off.
    pub(super) fn new(graph: &StateGraph, shares: &[ShareLimit]) -> Self {
        // No arc may come to weigh less than nothing: an arc of w and L metres, none of them in a bounded country, gains
        // the sum of price x share x L.
        let gain_per_price = |arc: u32, share: &ShareLimit| {
            u128::from(graph.column(share.whole, arc)) * u128::from(share.millionths.max(1))
        };
        let budgets = shares.iter().map(|share| {
            let arcs = 0..graph.n_arcs() as u32;
            let room = arcs.filter(|&arc| gain_per_price(arc, share) > 0);
            room.map(|arc| u128::from(graph.weight(arc).primary) * UNIT / gain_per_price(arc, share)).min().unwrap_or(0)
        });
        let budgets: Vec<u128> = budgets.collect();
        let mut best = Self { prices: vec![0; shares.len()], ahead: Vec::new() };
        best.ahead = compute(graph, shares, &best.prices);
        // Each share in turn takes that part of what is left of the whole budget with which the start is farthest off.
        let mut left = STEPS;
        for i in 0..shares.len() {
            let mut taken = 0;
            for part in 1..=left {
                let mut prices = best.prices.clone();
                prices[i] = budgets[i] * part / STEPS;
                let ahead = compute(graph, shares, &prices);
                if ahead[0] > best.ahead[0] && ahead[0] < u128::MAX {
                    (best, taken) = (Self { prices, ahead }, part);
                }
            }
            left -= taken;
        }
        best
    }

    /// What a path must weigh at least that has come so far.
    pub(super) fn least(&self, weight: u64, taken: &[i128], state: usize) -> u64 {
        let so_far = (i128::from(weight) * UNIT as i128).saturating_add(charge(taken.iter().copied(), &self.prices));
        let ahead = i128::try_from(self.ahead[state]).unwrap_or(i128::MAX);
        let least = so_far.saturating_add(ahead).max(0) as u128;
        u64::try_from(least.div_ceil(UNIT)).unwrap_or(u64::MAX)
    }
}

/// The distances to the goal when room is charged for.
fn compute(graph: &StateGraph, shares: &[ShareLimit], prices: &[u128]) -> Vec<u128> {
    distances_to_goal(graph, |arc| {
        let charged = charge(shares.iter().map(|share| share.room(graph, arc)), prices);
        (u128::from(graph.weight(arc).primary) * UNIT).saturating_add_signed(charged)
    })
}

/// What is paid for room, or got back for making it.
fn charge(rooms: impl Iterator<Item = i128>, prices: &[u128]) -> i128 {
    let each = rooms.zip(prices).map(|(room, &price)| room.saturating_mul(i128::try_from(price).unwrap_or(i128::MAX)));
    each.fold(0, i128::saturating_add)
}
