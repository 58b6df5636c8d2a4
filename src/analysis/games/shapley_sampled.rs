//! The Shapley value by sampling, where there are too many coalitions to look at all of them.
//!
//! Orders of arrival are drawn at random (Castro, Gomez and Tejada 2009, *Polynomial calculation of the Shapley value based
//! on sampling*), each together with its reverse: what a player adds early in one it adds late in the other, so that
//! the mean of the two varies less (antithetic sampling). The draw is the same for the same seed on every machine.

use super::game::Coalition;
use super::split::Split;

/// The most players.
pub const MAX_SAMPLED_PLAYERS: usize = 63;

/// An estimate of the Shapley value.
#[derive(Debug, Clone, PartialEq)]
pub struct SampledShapley {
    /// The mean of what each player adds; the shares sum to the cost of all, as they do for every order of arrival.
    pub split: Split,
    /// The standard error of each share: the deviation of the means of pairs over the square root of their number.
    pub standard_errors: Vec<f64>,
}

/// Estimates the Shapley value of `n` players from pairs of orders of arrival, at least two of them.
///
/// `cost` is asked for the cost of each coalition on the way, for some of them again and again.
///
/// Complexity: 2 n costs a pair.
///
/// # Panics
/// If there are no players or more than [`MAX_SAMPLED_PLAYERS`].
///
/// # Example
/// ```
/// use fiberplan::analysis::games::shapley_sampled;
/// // Each costs 3 alone, and all the same 3 together: a third for each, in the mean of all orders.
/// let found = shapley_sampled(3, 4000, 1, |coalition| if coalition == 0 { 0 } else { 3 });
/// for (share, error) in found.split.values().iter().zip(&found.standard_errors) {
///     assert!((share - 1.0).abs() < 3.0 * error && *error < 0.05);
/// }
/// assert_eq!(found.split.values().iter().sum::<f64>(), 3.0);
/// ```
#[must_use]
pub fn shapley_sampled(n: usize, pairs: usize, seed: u64, mut cost: impl FnMut(Coalition) -> i64) -> SampledShapley {
    assert!((1..=MAX_SAMPLED_PLAYERS).contains(&n), "a game has 1 to {MAX_SAMPLED_PLAYERS} players");
    let pairs = pairs.max(2);
    let mut dice = Dice(seed);
    let mut order: Vec<usize> = (0..n).collect();
    let mut sums = vec![0_i128; n];
    // Running means and squares (Welford 1962), so that large costs do not drown what they differ by.
    let (mut means, mut squares) = (vec![0.0_f64; n], vec![0.0_f64; n]);
    for pair in 1..=pairs {
        dice.shuffle(&mut order);
        let mut adds = vec![0_i128; n];
        for reversed in [false, true] {
            let (mut coalition, mut so_far) = (0, 0);
            for i in 0..n {
                let player = order[if reversed { n - 1 - i } else { i }];
                coalition |= 1 << player;
                let now = cost(coalition);
                adds[player] += i128::from(now) - i128::from(so_far);
                so_far = now;
            }
        }
        for player in 0..n {
            sums[player] += adds[player];
            let value = adds[player] as f64 / 2.0;
            let off = value - means[player];
            means[player] += off / pair as f64;
            squares[player] += off * (value - means[player]);
        }
    }
    let variance_of_mean = |square: &f64| square / ((pairs - 1) as f64 * pairs as f64);
    SampledShapley {
        split: Split::new(sums, 2 * pairs as i128),
        standard_errors: squares.iter().map(|square| variance_of_mean(square).max(0.0).sqrt()).collect(),
    }
}

/// SplitMix64 (Steele, Lea and Flood 2014): the same numbers from the same seed, everywhere.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ bits >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ bits >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ bits >> 31
    }

    /// A number below `n`; that some come 2^-58 more often than others is far below the sampling error.
    fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.next()) * n as u128) >> 64) as usize
    }

    /// Fisher and Yates's shuffle.
    fn shuffle(&mut self, order: &mut [usize]) {
        for i in (1..order.len()).rev() {
            order.swap(i, self.below(i + 1));
        }
    }
}
