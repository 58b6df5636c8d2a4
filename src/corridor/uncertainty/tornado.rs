//! Which prices drive the answer: each is moved to its low and to its high value with all others at base.

use super::model::{Model, Scratch};

/// What one price does.
#[derive(Debug, Clone, PartialEq)]
pub struct Swing {
    /// The entry of the price book.
    pub price: String,
    /// Its low, base and high value.
    pub values: [f64; 3],
    /// The outcome with the price at its low value, USD.
    pub low_usd: f64,
    /// The outcome with the price at its high value, USD.
    pub high_usd: f64,
}

impl Swing {
    /// How far apart the two outcomes are, USD.
    #[must_use]
    pub fn width_usd(&self) -> f64 {
        (self.high_usd - self.low_usd).abs()
    }
}

/// What each price does to the cheapest route at base prices; prices that do nothing are left out, the strongest is
/// first.
#[derive(Debug, Clone, PartialEq)]
pub struct Tornado {
    /// The cheapest route, by its number in the list.
    pub best: usize,
    /// What it costs at base prices, USD.
    pub total_usd: f64,
    /// What each price does to that.
    pub swings: Vec<Swing>,
    /// The second cheapest, what it costs more at base prices, and what each price does to that difference, USD.
    pub lead: Option<(usize, f64, Vec<Swing>)>,
}

impl Model {
    /// Moves one price at a time. `None` without routes.
    ///
    /// Complexity: two reckonings of all routes for each price.
    #[must_use]
    pub fn tornado(&self) -> Option<Tornado> {
        let mut values: Vec<f64> = self.prices().iter().map(|price| price.values[1]).collect();
        let mut scratch = Scratch::default();
        let mut totals = |values: &[f64]| -> Vec<i64> {
            self.reckon_at(values, &mut scratch).iter().map(|reckoned| reckoned.total().cents()).collect()
        };
        let base = totals(&values);
        let mut order: Vec<usize> = (0..base.len()).collect();
        order.sort_by_key(|&route| (base[route], route));
        let best = *order.first()?;
        let second = order.get(1).copied();
        let (mut swings, mut leads) = (Vec::new(), Vec::new());
        for (i, price) in self.prices().iter().enumerate() {
            let [low, high] = [0, 2].map(|end| {
                values[i] = price.values[end];
                totals(&values)
            });
            values[i] = price.values[1];
            let swing = |outcome: &dyn Fn(&[i64]) -> f64| Swing {
                price: price.name.clone(),
                values: price.values,
                low_usd: outcome(&low),
                high_usd: outcome(&high),
            };
            swings.push(swing(&|totals| dollars(totals[best])));
            if let Some(second) = second {
                leads.push(swing(&|totals| dollars(totals[second].saturating_sub(totals[best]))));
            }
        }
        let total_usd = dollars(base[best]);
        let lead = second.map(|second| {
            let ahead = dollars(base[second].saturating_sub(base[best]));
            (second, ahead, strongest(leads, ahead))
        });
        Some(Tornado { best, total_usd, swings: strongest(swings, total_usd), lead })
    }
}

/// The swings that do something, the widest first, equals by name.
fn strongest(mut swings: Vec<Swing>, base: f64) -> Vec<Swing> {
    swings.retain(|swing| swing.low_usd != base || swing.high_usd != base);
    swings.sort_by(|a, b| b.width_usd().total_cmp(&a.width_usd()).then_with(|| a.price.cmp(&b.price)));
    swings
}

fn dollars(cents: i64) -> f64 {
    cents as f64 / 100.0
}
