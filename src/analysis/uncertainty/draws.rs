//! Draws: ranks from Owen-scrambled Sobol numbers, and what a price is at a rank.
//!
//! The numbers are those of B. Burley, *Practical Hash-based Owen Scrambling*, Journal of Computer Graphics Techniques
//! 9(4), 2020. One scrambled sequence has 65,536 points; more draws than that go on with another one, scrambled by
//! another seed.

use crate::analysis::Workers;
use crate::prices::{Price, PriceFamily, PriceKey};

/// Fewest draws: below it the fifth percentile rests on less than five of them.
pub const MIN_SAMPLES: u32 = 100;
/// Most draws.
pub const MAX_SAMPLES: u32 = 200_000;
/// Points of one scrambled sequence.
const SEQUENCE: u32 = 1 << 16;

/// How many draws, and which.
///
/// # Example
/// ```
/// use fiberplan::analysis::{PriceSampling, PriceSamplingError};
/// assert_eq!(PriceSampling::new(10_000, 1)?.samples(), 10_000);
/// assert!(PriceSampling::new(5, 1).is_err());
/// # Ok::<(), PriceSamplingError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PriceSampling {
    samples: u32,
    seed: u64,
}

/// Why so many draws are not made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected {MIN_SAMPLES} to {MAX_SAMPLES} samples, found {found}")]
pub struct PriceSamplingError {
    /// How many were asked for.
    pub found: u32,
}

impl PriceSampling {
    /// So many draws, picked by a seed.
    ///
    /// # Errors
    /// If the number is not from [`MIN_SAMPLES`] to [`MAX_SAMPLES`].
    pub fn new(samples: u32, seed: u64) -> Result<Self, PriceSamplingError> {
        if (MIN_SAMPLES..=MAX_SAMPLES).contains(&samples) {
            Ok(Self { samples, seed })
        } else {
            Err(PriceSamplingError { found: samples })
        }
    }

    /// How many draws.
    #[must_use]
    pub fn samples(self) -> u32 {
        self.samples
    }

    /// What picks them.
    #[must_use]
    pub fn seed(self) -> u64 {
        self.seed
    }

    /// The value of a price of the book in a draw, the first draw being 0.
    ///
    /// # Example
    /// ```
    /// use fiberplan::analysis::PriceSampling;
    /// let book = fiberplan::World::shipped().price_book();
    /// let sampling = PriceSampling::new(1000, 1)?;
    /// let (key, price) = book.get(fiberplan::prices::PriceFamily::Crossing, "land");
    /// let value = sampling.value(7, (key, price));
    /// assert!((price.low..=price.high).contains(&value));
    /// # Ok::<(), fiberplan::analysis::PriceSamplingError>(())
    /// ```
    #[must_use]
    pub fn value(self, draw: u32, (key, price): (PriceKey, &Price)) -> f64 {
        let drawn = DrawnPrice::new((key, price));
        drawn.at_rank(self.rank(draw, drawn.family))
    }

    /// The rank of a family of prices in a draw, from 0 to below 1.
    pub(in crate::analysis) fn rank(self, sample: u32, family: u32) -> f64 {
        let seed = scrambled(self.seed.wrapping_add(u64::from(sample / SEQUENCE).wrapping_mul(0x9E37_79B9_7F4A_7C15)));
        f64::from(sobol_burley::sample(sample % SEQUENCE, family, seed))
    }
}

/// The ranks of some families in all draws.
#[derive(Debug, Clone)]
pub(super) struct Ranks {
    n: usize,
    /// By family; empty for those that nothing asked for.
    families: Vec<Vec<f64>>,
}

impl Ranks {
    /// Of these families, made on several threads.
    pub fn new(sampling: PriceSampling, wanted: &[u32], workers: &Workers) -> Self {
        let n = sampling.samples();
        let made = workers.each(wanted, |&family| (0..n).map(|sample| sampling.rank(sample, family)).collect());
        let mut families = vec![Vec::new(); PriceFamily::ALL.len()];
        for (&family, ranks) in wanted.iter().zip(made) {
            families[family as usize] = ranks;
        }
        Self { n: n as usize, families }
    }

    /// How many draws there are.
    pub fn n(&self) -> usize {
        self.n
    }

    /// Those of a family, draw by draw.
    pub fn of(&self, family: u32) -> &[f64] {
        &self.families[family as usize]
    }
}

/// A seed of 32 bits from one of 64, by the finalizer of SplitMix64 (G. L. Steele, D. Lea and C. H. Flood, *Fast
/// splittable pseudorandom number generators*, OOPSLA 2014).
fn scrambled(seed: u64) -> u32 {
    let mut z = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    ((z ^ (z >> 31)) >> 32) as u32
}

/// A price as it is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct DrawnPrice {
    /// The entry of the price book.
    pub key: PriceKey,
    /// Low, base and high value.
    pub values: [f64; 3],
    /// Which family it belongs to: prices of one have the same rank in each draw.
    pub family: u32,
}

impl DrawnPrice {
    pub(in crate::analysis) fn new((key, price): (PriceKey, &Price)) -> Self {
        let family = key.family().index() as u32;
        Self { key, values: [price.low, price.base, price.high], family }
    }

    /// The value at a rank from 0 to 1: the inverse of the triangular distribution function.
    pub(in crate::analysis) fn at_rank(&self, rank: f64) -> f64 {
        let [low, base, high] = self.values;
        let range = high - low;
        if range <= 0.0 {
            return base;
        }
        let value = if rank * range < base - low {
            low + (rank * range * (base - low)).sqrt()
        } else {
            high - ((1.0 - rank) * range * (high - base)).sqrt()
        };
        value.clamp(low, high)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(values: [f64; 3]) -> DrawnPrice {
        DrawnPrice { key: PriceFamily::Crossing.of_word("land"), values, family: 0 }
    }

    #[test]
    fn the_triangle_is_inverted() {
        // Between 0 and 4 with the mode at 1, the distribution function is x^2/4 up to 1/4, then 1 - (4-x)^2/12.
        let price = drawn([0.0, 1.0, 4.0]);
        for (rank, value) in [(0.0, 0.0), (0.0625, 0.5), (0.25, 1.0), (2.0 / 3.0, 2.0), (1.0, 4.0)] {
            assert!((price.at_rank(rank) - value).abs() < 1e-12, "{rank}: {}", price.at_rank(rank));
        }
        assert_eq!(drawn([3.0, 3.0, 3.0]).at_rank(0.7), 3.0);
        assert_eq!(drawn([3.0, 3.0, 5.0]).at_rank(0.0), 3.0);
        assert_eq!(drawn([1.0, 5.0, 5.0]).at_rank(1.0), 5.0);
    }

    #[test]
    fn ranks_fill_the_range_evenly() {
        let sampling = PriceSampling::new(100_000, 7).expect("a number of draws");
        for family in 0..PriceFamily::ALL.len() as u32 {
            let mut cells = [0_u32; 100];
            for sample in 0..100_000 {
                cells[(sampling.rank(sample, family) * 100.0) as usize] += 1;
            }
            assert!(cells.iter().all(|&n| (950..1050).contains(&n)), "{family}: {cells:?}");
        }
        assert_ne!(sampling.rank(1, 0), sampling.rank(1 + SEQUENCE, 0), "the second sequence is another one");
    }
}
