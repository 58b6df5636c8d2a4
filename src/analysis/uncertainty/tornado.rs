//! Which prices drive an answer: each is moved to its low and to its high value with all others at base.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::draws::DrawnPrice;
use super::model::Model;
use crate::prices::PriceKey;

/// What one price does.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Swing {
    /// The entry of the price book.
    #[schemars(with = "String")]
    pub price: PriceKey,
    /// Its low value.
    pub low: f64,
    /// Its base value.
    pub base: f64,
    /// Its high value.
    pub high: f64,
    /// The outcome with the price at its low value, USD.
    pub at_low_usd: f64,
    /// The outcome with the price at its high value, USD.
    pub at_high_usd: f64,
}

impl Swing {
    /// How far apart the two outcomes are, USD.
    #[must_use]
    pub fn width_usd(&self) -> f64 {
        (self.at_high_usd - self.at_low_usd).abs()
    }
}

/// What each price does to what a route costs, or to how much more it costs than another; prices that do nothing are left
/// out, the strongest is first.
#[derive(Debug, Clone, PartialEq)]
pub struct Tornado {
    /// The outcome at base prices, USD.
    pub base_usd: f64,
    /// What each price does to that.
    pub swings: Vec<Swing>,
}

/// What a price does to the totals of routes: its three values, and the totals with it at its low and high value.
type Moved = (PriceKey, [f64; 3], [Vec<i64>; 2]);

impl Model {
    /// What drives the cost of a route.
    ///
    /// Complexity: two computations of all routes for each price.
    ///
    /// # Panics
    /// If there is no such route.
    #[must_use]
    pub fn tornado(&self, route: usize) -> Tornado {
        self.tornado_of(|totals| dollars(totals[route]))
    }

    /// What drives how much more a route costs than another one.
    ///
    /// # Panics
    /// If there is no such route.
    #[must_use]
    pub fn tornado_between(&self, route: usize, other: usize) -> Tornado {
        self.tornado_of(|totals| dollars(totals[route].saturating_sub(totals[other])))
    }

    /// What drives how much more a route costs than one of another model. A price of both books is moved in both.
    ///
    /// # Panics
    /// If there is no such route.
    #[must_use]
    pub fn tornado_against(&self, route: usize, (other, its_route): (&Self, usize)) -> Tornado {
        let (base, its_base) = (self.base_totals()[route], other.base_totals()[its_route]);
        let mut theirs = other.moved();
        let mut swings = Vec::new();
        let swing = |price: PriceKey, [low, base, high]: [f64; 3], ends: [i64; 2], its_ends: [i64; 2]| Swing {
            price,
            low,
            base,
            high,
            at_low_usd: dollars(ends[0].saturating_sub(its_ends[0])),
            at_high_usd: dollars(ends[1].saturating_sub(its_ends[1])),
        };
        for (key, values, ends) in self.moved() {
            let its = theirs.iter().position(|(own, ..)| *own == key).map(|at| theirs.remove(at));
            let its_ends = its.map_or([its_base; 2], |(_, _, ends)| ends.map(|totals| totals[its_route]));
            swings.push(swing(key, values, ends.map(|totals| totals[route]), its_ends));
        }
        for (key, values, ends) in theirs {
            swings.push(swing(key, values, [base; 2], ends.map(|totals| totals[its_route])));
        }
        Tornado::strongest(dollars(base.saturating_sub(its_base)), swings)
    }

    fn tornado_of(&self, outcome: impl Fn(&[i64]) -> f64) -> Tornado {
        let swings = self.moved().into_iter().map(|(price, [low, base, high], [at_low, at_high])| Swing {
            price,
            low,
            base,
            high,
            at_low_usd: outcome(&at_low),
            at_high_usd: outcome(&at_high),
        });
        Tornado::strongest(outcome(&self.base_totals()), swings.collect())
    }

    pub(super) fn base_totals(&self) -> Vec<i64> {
        self.compute(|price| price.values[1]).iter().map(|computed| computed.total().cents()).collect()
    }

    /// The totals of all routes with one price at its low and at its high value, by price.
    fn moved(&self) -> Vec<Moved> {
        let each = self.prices().iter().map(|price| {
            let ends = [0, 2].map(|end| {
                let value = |other: &DrawnPrice| other.values[if other.key == price.key { end } else { 1 }];
                self.compute(value).iter().map(|computed| computed.total().cents()).collect()
            });
            (price.key, price.values, ends)
        });
        each.collect()
    }
}

impl Tornado {
    /// The swings that do something, the widest first, equals by name.
    fn strongest(base_usd: f64, mut swings: Vec<Swing>) -> Self {
        swings.retain(|swing| swing.at_low_usd != base_usd || swing.at_high_usd != base_usd);
        swings.sort_by(|a, b| b.width_usd().total_cmp(&a.width_usd()).then_with(|| a.price.cmp(&b.price)));
        Self { base_usd, swings }
    }
}

fn dollars(cents: i64) -> f64 {
    cents as f64 / 100.0
}
