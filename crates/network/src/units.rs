//! Numbers with a dimension: length, latency, money, capacity.
//!
//! What is summed is kept in whole units (metres, femtoseconds, cents), so that every total is exactly the sum of its
//! parts, in any order and on any machine. Constructors refuse NaN, infinities and values out of range: a bad number
//! becomes an error where it enters, never a free route.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Sub};

use serde::{Deserialize, Serialize};

/// A number that cannot be the quantity it was given for.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("expected {expected}, found {}", told(*found))]
pub struct OutOfRange {
    /// What would have been accepted.
    pub expected: &'static str,
    /// What was given.
    pub found: f64,
}

/// A number as it is, or as a power of ten where that is shorter.
fn told(number: f64) -> String {
    if number.is_finite() && number.abs() >= 1e15 { format!("{number:e}") } else { format!("{number}") }
}

/// A length in whole metres.
///
/// ```
/// use fiberplan_network::units::Length;
/// let way = Length::from_km(1.2346)?;
/// assert_eq!(way.metres(), 1_235);
/// assert!(Length::from_km(f64::NAN).is_err());
/// # Ok::<(), fiberplan_network::units::OutOfRange>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Length(u64);

/// The longest length accepted, km: two and a half times round the Earth.
const MAX_KM: f64 = 100_000.0;

impl Length {
    /// No length at all.
    pub const ZERO: Self = Self(0);

    /// From kilometres, rounded to the metre.
    ///
    /// # Errors
    /// If `km` is not a number from 0 to 100,000.
    pub fn from_km(km: f64) -> Result<Self, OutOfRange> {
        if (0.0..=MAX_KM).contains(&km) {
            Ok(Self((km * 1000.0).round() as u64))
        } else {
            Err(OutOfRange { expected: "a length from 0 to 100000 km", found: km })
        }
    }

    /// From whole metres.
    #[must_use]
    pub const fn from_metres(metres: u64) -> Self {
        Self(metres)
    }

    /// In metres.
    #[must_use]
    pub const fn metres(self) -> u64 {
        self.0
    }

    /// In kilometres.
    #[must_use]
    pub fn km(self) -> f64 {
        self.0 as f64 / 1000.0
    }
}

/// A one-way delay in whole femtoseconds (1e-15 s): fine enough that the light's way through one metre of glass,
/// 4.9 ns, is known to seven digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Latency(u64);

impl Latency {
    /// No delay.
    pub const ZERO: Self = Self(0);

    /// From microseconds.
    ///
    /// # Errors
    /// If `us` is not a number from 0 to 1e9 (1,000 s).
    pub fn from_us(us: f64) -> Result<Self, OutOfRange> {
        if (0.0..=1e9).contains(&us) {
            Ok(Self((us * 1e9).round() as u64))
        } else {
            Err(OutOfRange { expected: "a delay from 0 to 1e9 us", found: us })
        }
    }

    /// From whole femtoseconds.
    #[must_use]
    pub const fn from_femtoseconds(fs: u64) -> Self {
        Self(fs)
    }

    /// In femtoseconds.
    #[must_use]
    pub const fn femtoseconds(self) -> u64 {
        self.0
    }

    /// In milliseconds.
    #[must_use]
    pub fn ms(self) -> f64 {
        self.0 as f64 / 1e12
    }
}

/// Money in whole US cents, of the price book's year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Usd(i64);

/// The largest sum accepted, USD: a thousand times the dearest cable ever laid.
const MAX_USD: f64 = 1e13;

impl Usd {
    /// No money.
    pub const ZERO: Self = Self(0);

    /// From dollars, rounded to the cent.
    ///
    /// # Errors
    /// If `dollars` is not a number from -1e13 to 1e13.
    pub fn from_dollars(dollars: f64) -> Result<Self, OutOfRange> {
        if (-MAX_USD..=MAX_USD).contains(&dollars) {
            Ok(Self((dollars * 100.0).round() as i64))
        } else {
            Err(OutOfRange { expected: "a sum from -1e13 to 1e13 USD", found: dollars })
        }
    }

    /// From whole cents.
    #[must_use]
    pub const fn from_cents(cents: i64) -> Self {
        Self(cents)
    }

    /// In cents.
    #[must_use]
    pub const fn cents(self) -> i64 {
        self.0
    }

    /// In dollars.
    #[must_use]
    pub fn dollars(self) -> f64 {
        self.0 as f64 / 100.0
    }

    /// In millions of dollars.
    #[must_use]
    pub fn millions(self) -> f64 {
        self.0 as f64 / 1e8
    }
}

/// A capacity in Gbit/s, more than zero.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize)]
pub struct Gbps(f64);

impl Gbps {
    /// From a number of Gbit/s.
    ///
    /// # Errors
    /// If `gbps` is not a number above 0 and at most 1e9.
    pub fn new(gbps: f64) -> Result<Self, OutOfRange> {
        if gbps > 0.0 && gbps <= 1e9 {
            Ok(Self(gbps))
        } else {
            Err(OutOfRange { expected: "a capacity above 0 and at most 1e9 Gbps", found: gbps })
        }
    }

    /// The number of Gbit/s.
    #[must_use]
    pub const fn get(self) -> f64 {
        self.0
    }
}

macro_rules! additive {
    ($($unit:ident),+) => {$(
        impl Add for $unit {
            type Output = Self;
            fn add(self, other: Self) -> Self {
                Self(self.0.saturating_add(other.0))
            }
        }
        impl Sub for $unit {
            type Output = Self;
            fn sub(self, other: Self) -> Self {
                Self(self.0.saturating_sub(other.0))
            }
        }
        impl AddAssign for $unit {
            fn add_assign(&mut self, other: Self) {
                *self = *self + other;
            }
        }
        impl Sum for $unit {
            fn sum<I: Iterator<Item = Self>>(parts: I) -> Self {
                parts.fold(Self::ZERO, Add::add)
            }
        }
    )+};
}
additive!(Length, Latency, Usd);

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} km", grouped(self.km().round() as i64))
    }
}

/// A whole number with a comma between groups of three digits.
///
/// ```
/// assert_eq!(fiberplan_network::units::grouped(-1234567), "-1,234,567");
/// ```
#[must_use]
pub fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if number < 0 {
        out.push('-');
    }
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A number in decimal digits with a comma between groups of three before its point; other texts stay as they are.
///
/// ```
/// assert_eq!(fiberplan_network::units::separated("-1138796.25"), "-1,138,796.25");
/// assert_eq!(fiberplan_network::units::separated("+0.40"), "+0.40");
/// ```
#[must_use]
pub fn separated(number: &str) -> String {
    let (whole, part) = number.split_once('.').map_or((number, None), |(whole, part)| (whole, Some(part)));
    let digits = whole.trim_start_matches(['+', '-']);
    let Ok(n) = digits.parse::<i64>() else { return number.to_owned() };
    let sign = &whole[..whole.len() - digits.len()];
    let part = part.map_or_else(String::new, |part| format!(".{part}"));
    format!("{sign}{}{part}", grouped(n))
}

/// Splits `total` in proportion to `shares` into whole parts that sum to it exactly (largest remainder first, then the
/// earlier part). Where all shares are zero, the first part gets everything.
#[must_use]
pub fn split_whole(total: i64, shares: &[u64]) -> Vec<i64> {
    let sum: u128 = shares.iter().map(|&s| u128::from(s)).sum();
    let mut parts = vec![0_i64; shares.len()];
    if parts.is_empty() {
        return parts;
    }
    if sum == 0 {
        parts[0] = total;
        return parts;
    }
    let magnitude = u128::from(total.unsigned_abs());
    let mut rest = magnitude;
    let mut remainders = Vec::with_capacity(shares.len());
    for (i, &share) in shares.iter().enumerate() {
        let product = magnitude * u128::from(share);
        parts[i] = (product / sum) as i64;
        rest -= product / sum;
        remainders.push((std::cmp::Reverse(product % sum), i));
    }
    remainders.sort_unstable();
    for &(_, i) in remainders.iter().take(rest as usize) {
        parts[i] += 1;
    }
    if total < 0 {
        parts.iter_mut().for_each(|p| *p = -*p);
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bad_numbers_are_refused() {
        for bad in [f64::NAN, f64::INFINITY, -1.0, 1e12] {
            assert!(Length::from_km(bad).is_err(), "{bad} km");
            assert!(Latency::from_us(bad).is_err(), "{bad} us");
            assert!(Gbps::new(bad).is_err(), "{bad} Gbps");
        }
        assert!(Gbps::new(0.0).is_err());
        assert!(Usd::from_dollars(f64::NAN).is_err());
    }

    #[test]
    fn parts_sum_to_the_whole() {
        assert_eq!(split_whole(100, &[1, 1, 1]), [34, 33, 33]);
        assert_eq!(split_whole(-100, &[1, 1, 1]), [-34, -33, -33]);
        assert_eq!(split_whole(7, &[0, 0]), [7, 0]);
        assert_eq!(split_whole(5, &[]), Vec::<i64>::new());
        let mut seed = 1_u64;
        for _ in 0..1000 {
            let mut next = || {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                seed >> 33
            };
            let total = next() as i64 - 1_000_000_000;
            let shares: Vec<u64> = (0..1 + next() % 7).map(|_| next()).collect();
            assert_eq!(split_whole(total, &shares).iter().sum::<i64>(), total, "{total} over {shares:?}");
        }
    }

    #[test]
    fn numbers_are_grouped() {
        for (number, text) in [(0, "0"), (999, "999"), (1000, "1,000"), (-12_345, "-12,345"), (1_000_000, "1,000,000")]
        {
            assert_eq!(grouped(number), text);
        }
    }
}
