//! A split of a whole among players, as exact fractions, and in whole units.

/// Shares as fractions over one denominator.
///
/// # Example
/// ```
/// use fiberplan::analysis::games::Split;
/// let thirds = Split::in_proportion(100, &[1, 1, 1]);
/// assert_eq!(thirds.values(), [100.0 / 3.0; 3]);
/// // Whole units that sum to 100: the odd one goes to the first of those whose remainders are the largest.
/// assert_eq!(thirds.rounded(), [34, 33, 33]);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    numerators: Vec<i128>,
    denominator: i128,
}

impl Split {
    /// Fractions over a denominator above zero, which must sum to a whole number.
    ///
    /// # Panics
    /// If the denominator is not above zero or the sum is not whole.
    #[must_use]
    pub fn new(numerators: Vec<i128>, denominator: i128) -> Self {
        assert!(denominator > 0, "a fraction has a denominator above zero");
        assert!(numerators.iter().sum::<i128>() % denominator == 0, "shares sum to a whole");
        Self { numerators, denominator }
    }

    /// Shares that are whole.
    #[must_use]
    pub fn whole(shares: &[i64]) -> Self {
        Self { numerators: shares.iter().map(|&share| i128::from(share)).collect(), denominator: 1 }
    }

    /// In equal shares.
    #[must_use]
    pub fn equal(total: i64, n: usize) -> Self {
        Self::in_proportion(total, &vec![1; n])
    }

    /// In proportion to weights; equal where all of these are zero.
    #[must_use]
    pub fn in_proportion(total: i64, weights: &[u64]) -> Self {
        // Weights beyond 2^59 in all are taken a little less finely, so that no product is too large.
        let all: u128 = weights.iter().map(|&weight| u128::from(weight)).sum();
        let shift = (u128::BITS - all.leading_zeros()).saturating_sub(59);
        let weight = |weight: u64| i128::from(weight.checked_shr(shift).unwrap_or(0));
        let sum: i128 = weights.iter().map(|&own| weight(own)).sum();
        if sum == 0 {
            let n = weights.len().max(1) as i128;
            return Self { numerators: vec![i128::from(total); weights.len()], denominator: n };
        }
        let share = |&own: &u64| i128::from(total) * weight(own);
        Self { numerators: weights.iter().map(share).collect(), denominator: sum }
    }

    /// The fractions above the common denominator.
    #[must_use]
    pub fn numerators(&self) -> &[i128] {
        &self.numerators
    }

    /// The common denominator.
    #[must_use]
    pub fn denominator(&self) -> i128 {
        self.denominator
    }

    /// The shares as numbers.
    #[must_use]
    pub fn values(&self) -> Vec<f64> {
        // Whole part and rest apart: a quotient of numbers that large would lose the rest.
        let value = |&numerator: &i128| {
            let (whole, rest) = (numerator.div_euclid(self.denominator), numerator.rem_euclid(self.denominator));
            whole as f64 + rest as f64 / self.denominator as f64
        };
        self.numerators.iter().map(value).collect()
    }

    /// In whole units that sum to the whole: each share is rounded down, and those with the largest remainders get what
    /// is left, one unit each, the earlier of equals first (Hamilton's method).
    #[must_use]
    pub fn rounded(&self) -> Vec<i64> {
        let down = |&numerator: &i128| saturated(numerator.div_euclid(self.denominator));
        let mut parts: Vec<i64> = self.numerators.iter().map(down).collect();
        let remainder = |&numerator: &i128| numerator.rem_euclid(self.denominator);
        let mut order: Vec<usize> = (0..parts.len()).collect();
        order.sort_by_key(|&i| (std::cmp::Reverse(remainder(&self.numerators[i])), i));
        let left = self.numerators.iter().map(remainder).sum::<i128>() / self.denominator;
        for &i in order.iter().take(usize::try_from(left).unwrap_or(0)) {
            parts[i] = parts[i].saturating_add(1);
        }
        parts
    }
}

fn saturated(number: i128) -> i64 {
    i64::try_from(number).unwrap_or(if number < 0 { i64::MIN } else { i64::MAX })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_keeps_the_sum() {
        assert_eq!(Split::equal(-100, 3).rounded(), [-33, -33, -34]);
        assert_eq!(Split::in_proportion(10, &[0, 0]).rounded(), [5, 5]);
        assert_eq!(Split::new(vec![7, -4, 0], 3).rounded(), [2, -1, 0]);
        assert_eq!(Split::whole(&[3, -2]).rounded(), [3, -2]);
        let mut seed = 7_u64;
        for _ in 0..2000 {
            let mut next = || {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                seed >> 33
            };
            let total = next() as i64 - 1_000_000_000;
            let weights: Vec<u64> = (0..1 + next() % 9).map(|_| next() % 50).collect();
            let split = Split::in_proportion(total, &weights);
            let rounded = split.rounded();
            assert_eq!(rounded.iter().sum::<i64>(), total, "{total} over {weights:?}");
            for (part, value) in rounded.iter().zip(split.values()) {
                assert!((*part as f64 - value).abs() < 1.0, "{total} over {weights:?}");
            }
        }
    }

    #[test]
    fn as_large_as_money_gets() {
        let split = Split::in_proportion(i64::MAX, &[u64::MAX, u64::MAX, 1]);
        assert_eq!(split.rounded().iter().sum::<i64>(), i64::MAX);
    }
}
