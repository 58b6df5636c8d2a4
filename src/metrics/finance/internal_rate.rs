//! Internal rates of return: all of them, for any pattern of signs.
//!
//! With v = 1 / (1 + r) the net present value is a polynomial in v, and every rate above -1 is a root v > 0 of it. Its
//! roots in (0, 1), and those of the polynomial turned round, which are the rates below zero, are isolated by halving
//! the interval in Bernstein form: by Descartes' rule of signs an interval whose coefficients never change sign holds
//! no root, and one whose coefficients change it once holds exactly one. That one is bracketed, and bisected to the last
//! bit. Lane and Riesenfeld, *Bounds on a polynomial*, BIT 21 (1981).

use super::{FinanceError, check_flows};

/// Halvings after which roots that still cannot be told apart are taken for one.
const MAX_HALVINGS: u32 = 44;

/// Rates nearer to each other than this share are one rate.
const SAME: f64 = 1e-7;

/// The rates at which flows are worth nothing.
#[derive(Debug, Clone, PartialEq)]
pub enum InternalRate {
    /// There is none: the flows have one sign, or no rate balances them.
    None,
    /// There is exactly one.
    One(f64),
    /// There are several, in rising order: none of them says whether the flows are worth having.
    Several(Vec<f64>),
    /// All flows are zero: every rate will do.
    Any,
}

impl InternalRate {
    /// The rates, in rising order.
    #[must_use]
    pub fn rates(&self) -> &[f64] {
        match self {
            Self::None | Self::Any => &[],
            Self::One(rate) => std::slice::from_ref(rate),
            Self::Several(rates) => rates,
        }
    }
}

/// Every rate above -1 at which flows at t = 0, 1, 2, ... have a net present value of zero.
///
/// # Errors
/// If there are no flows, or one is not finite.
///
/// # Complexity
/// O(n^2) for each halving of an interval, of which there are few for each root; n is the number of flows.
///
/// # Example
/// ```
/// use fiberplan::metrics::finance::{InternalRate, internal_rate};
/// // Brealey, Myers and Allen: 4,000 out, 2,000 and 4,000 in.
/// let InternalRate::One(rate) = internal_rate(&[-4000.0, 2000.0, 4000.0])? else { panic!("one change of sign") };
/// assert!((rate - 0.2808).abs() < 5e-5);
/// // 1,000 in, 3,000 out, 2,500 in: worth 339 at 10 %, and no rate at all makes it worth nothing.
/// assert_eq!(internal_rate(&[1000.0, -3000.0, 2500.0])?, InternalRate::None);
/// # Ok::<(), fiberplan::metrics::finance::FinanceError>(())
/// ```
pub fn internal_rate(flows: &[f64]) -> Result<InternalRate, FinanceError> {
    check_flows(flows)?;
    let Some(first) = flows.iter().position(|&flow| flow != 0.0) else { return Ok(InternalRate::Any) };
    let last = flows.iter().rposition(|&flow| flow != 0.0).unwrap_or(first);
    let largest = flows.iter().fold(0.0_f64, |most, flow| most.max(flow.abs()));
    let inner = &flows[first..=last];
    let mut flows: Vec<f64> = inner.iter().map(|flow| flow / largest).collect();
    // At a rate of zero the flows are worth their sum; one sum for both sides, so that they agree on its sign. Whole
    // cents are summed before they are scaled, as only then the sum is exact.
    let sum = inner.iter().sum::<f64>();
    let at_one = if sum.is_finite() { sum / largest } else { flows.iter().sum() };
    let mut rates: Vec<f64> = roots_below_one(&flows, at_one).into_iter().map(|v| 1.0 / v - 1.0).collect();
    if at_one == 0.0 {
        rates.push(0.0);
    }
    flows.reverse();
    rates.extend(roots_below_one(&flows, at_one).into_iter().map(|u| u - 1.0));
    rates.retain(|rate| rate.is_finite() && *rate > -1.0);
    rates.sort_by(f64::total_cmp);
    rates.dedup_by(|next, before| (*next - *before).abs() <= SAME * (1.0 + before.abs()));
    Ok(match rates[..] {
        [] => InternalRate::None,
        [one] => InternalRate::One(one),
        _ => InternalRate::Several(rates),
    })
}

/// An interval with the polynomial's Bernstein coefficients on it.
struct Interval {
    from: f64,
    to: f64,
    bernstein: Vec<f64>,
    halvings: u32,
}

/// The roots in the open interval from 0 to 1 of the sum of c_i x^i, whose value at 1 is given.
fn roots_below_one(coefficients: &[f64], at_one: f64) -> Vec<f64> {
    let mut roots = Vec::new();
    let mut bernstein = bernstein(coefficients);
    if let Some(end) = bernstein.last_mut() {
        *end = at_one;
    }
    let mut open = vec![Interval { from: 0.0, to: 1.0, bernstein, halvings: 0 }];
    while let Some(interval) = open.pop() {
        let (changes, from, to) = sign_changes(&interval.bernstein);
        match changes {
            0 => {}
            1 => roots.push(bisect(coefficients, from, (interval.from, interval.to))),
            _ if interval.halvings == MAX_HALVINGS => {
                // Roots that lie this close are one for any use, if the curve gets to zero at all.
                let middle = f64::midpoint(interval.from, interval.to);
                if from != to || is_nearly_zero(coefficients, middle) {
                    roots.push(middle);
                }
            }
            _ => {
                let middle = f64::midpoint(interval.from, interval.to);
                let (left, right) = halved(interval.bernstein);
                if right.first() == Some(&0.0) {
                    roots.push(middle);
                }
                let halvings = interval.halvings + 1;
                open.push(Interval { from: interval.from, to: middle, bernstein: left, halvings });
                open.push(Interval { from: middle, to: interval.to, bernstein: right, halvings });
            }
        }
    }
    roots
}

/// Bernstein coefficients on [0, 1]: b_i is the sum over j <= i of C(i, j) / C(n, j) c_j.
fn bernstein(coefficients: &[f64]) -> Vec<f64> {
    let n = coefficients.len() - 1;
    let coefficient = |i: usize| {
        let mut weight = 1.0;
        let mut sum = 0.0;
        for (j, c) in coefficients.iter().enumerate().take(i + 1) {
            sum += weight * c;
            weight *= (i - j) as f64 / (n - j).max(1) as f64;
        }
        sum
    };
    (0..=n).map(coefficient).collect()
}

/// The coefficients on the two halves of the interval, by de Casteljau's scheme.
fn halved(mut coefficients: Vec<f64>) -> (Vec<f64>, Vec<f64>) {
    let n = coefficients.len();
    let mut left = Vec::with_capacity(n);
    for level in 0..n {
        left.push(coefficients[0]);
        for i in 0..n - 1 - level {
            coefficients[i] = f64::midpoint(coefficients[i], coefficients[i + 1]);
        }
    }
    // Each pass left the last coefficient of its level in its place.
    (left, coefficients)
}

/// How often the sign changes, and whether the first and the last sign are plus; zeros have no sign.
fn sign_changes(coefficients: &[f64]) -> (usize, bool, bool) {
    let signs: Vec<bool> = coefficients.iter().filter(|c| **c != 0.0).map(|c| *c > 0.0).collect();
    let changes = signs.windows(2).filter(|pair| pair[0] != pair[1]).count();
    (changes, signs.first().copied().unwrap_or(true), signs.last().copied().unwrap_or(true))
}

/// The one root in an interval, just inside whose beginning the sign is given.
fn bisect(coefficients: &[f64], plus: bool, (mut from, mut to): (f64, f64)) -> f64 {
    loop {
        let middle = f64::midpoint(from, to);
        if middle <= from || middle >= to {
            return to;
        }
        let value = value(coefficients, middle);
        if value == 0.0 {
            return middle;
        }
        if (value > 0.0) == plus {
            from = middle;
        } else {
            to = middle;
        }
    }
}

fn value(coefficients: &[f64], x: f64) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, c| sum * x + c)
}

/// Whether the value is within what rounding makes of zero.
fn is_nearly_zero(coefficients: &[f64], x: f64) -> bool {
    let size = coefficients.iter().rev().fold(0.0, |sum, c| sum * x + c.abs());
    value(coefficients, x).abs() <= 16.0 * f64::EPSILON * coefficients.len() as f64 * size
}

#[cfg(test)]
mod tests {
    use super::super::net_present_value;
    use super::*;

    fn check(flows: &[f64], expected: &[f64], within: f64) {
        let found = internal_rate(flows).expect("flows");
        let rates = found.rates();
        assert_eq!(rates.len(), expected.len(), "{flows:?}: {rates:?}, expected {expected:?}");
        for (rate, expected) in rates.iter().zip(expected) {
            assert!((rate - expected).abs() <= within, "{flows:?}: {rates:?}, expected {expected:?}");
        }
    }

    #[test]
    fn published_examples() {
        // numpy-financial's documentation of irr, to the digits given there.
        check(&[-250_000.0, 1e5, 1.5e5, 2e5, 2.5e5, 3e5], &[0.567_230_334_435_853_6], 1e-9);
        check(&[-100.0, 39.0, 59.0, 55.0, 20.0], &[0.28095], 5e-6);
        check(&[-100.0, 0.0, 0.0, 74.0], &[0.74_f64.cbrt() - 1.0], 1e-12);
        check(&[-100.0, 100.0, 0.0, 7.0], &[0.06206], 5e-6);
        // It gives -0.0833 and 0.0886 for these; they have more roots, and the others are said too.
        let found = internal_rate(&[-100.0, 100.0, 0.0, -7.0]).expect("flows");
        assert_eq!(found.rates().len(), 2);
        assert!(found.rates().iter().any(|rate| (rate + 0.0833).abs() < 5e-5), "{found:?}");
        let found = internal_rate(&[-5.0, 10.5, 1.0, -8.0, 1.0]).expect("flows");
        assert!(found.rates().iter().any(|rate| (rate - 0.0886).abs() < 5e-5), "{found:?}");
        // Brigham's strip mine (Project M): 1.6 out, 10 in, 10 out has the rates 25 % and 400 %.
        check(&[-1.6, 10.0, -10.0], &[0.25, 4.0], 1e-12);
        // A textbook's test of calculators has four: 25, 33 1/3, 42 6/7 and 66 2/3 %.
        check(&[-252.0, 1431.0, -3035.0, 2850.0, -1000.0], &[0.25, 1.0 / 3.0, 3.0 / 7.0, 2.0 / 3.0], 1e-9);
        // Brealey, Myers and Allen: none, though it is worth 339 at 10 %.
        assert_eq!(internal_rate(&[1000.0, -3000.0, 2500.0]), Ok(InternalRate::None));
    }

    #[test]
    fn edges() {
        assert_eq!(internal_rate(&[]), Err(FinanceError::NoFlows));
        assert!(internal_rate(&[1.0, f64::INFINITY]).is_err());
        assert_eq!(internal_rate(&[0.0, 0.0]), Ok(InternalRate::Any));
        for flows in [&[5.0][..], &[-5.0, 0.0], &[1.0, 2.0, 3.0], &[-1.0, -1.0]] {
            assert_eq!(internal_rate(flows), Ok(InternalRate::None), "{flows:?}");
        }
        // Nothing gained and nothing lost; all but nothing left; doubled a million times; years of nothing around it.
        check(&[-100.0, 50.0, 50.0], &[0.0], 0.0);
        check(&[-1e9, 1.0], &[1e-9 - 1.0], 1e-15);
        check(&[-1.0, 1e6], &[1e6 - 1.0], 1e-4);
        check(&[0.0, 0.0, -100.0, 110.0, 0.0], &[0.1], 1e-12);
        check(&[-1e300, 1.1e300], &[0.1], 1e-12);
        // One rate that only touches zero: -(1 - 1.1 v)^2.
        check(&[-1.0, 2.2, -1.21], &[0.1], 1e-6);
    }

    #[test]
    fn random_flows_have_the_rates_they_were_made_of() {
        let mut seed = 7_u64;
        let mut next = |n: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) % n
        };
        for _ in 0..400 {
            // The product of (v - v_k) for some rates in steps of 5 %, and of v^2 + 1, which no rate makes zero.
            let mut rates: Vec<f64> = (0..1 + next(4)).map(|_| next(60) as f64 / 20.0 - 0.5).collect();
            rates.sort_by(f64::total_cmp);
            rates.dedup();
            let mut flows = vec![1.0];
            let times = |flows: &[f64], by: &[f64]| {
                let mut out = vec![0.0; flows.len() + by.len() - 1];
                for (i, a) in flows.iter().enumerate() {
                    for (j, b) in by.iter().enumerate() {
                        out[i + j] += a * b;
                    }
                }
                out
            };
            for rate in &rates {
                flows = times(&flows, &[-1.0 / (1.0 + rate), 1.0]);
            }
            if next(2) == 0 {
                flows = times(&flows, &[1.0, 0.0, 1.0]);
            }
            check(&flows, &rates, 1e-6);
        }
        for _ in 0..400 {
            // Flows of one change of sign, over up to 100 years: one rate, at which they are worth nothing.
            let years = 2 + next(99) as usize;
            let turn = 1 + next(years as u64 - 1) as usize;
            let flows: Vec<f64> =
                (0..years).map(|t| (1 + next(100_000)) as f64 * if t < turn { -1.0 } else { 1.0 }).collect();
            let InternalRate::One(rate) = internal_rate(&flows).expect("flows") else { panic!("{flows:?}") };
            let size: Vec<f64> = flows.iter().map(|flow| flow.abs()).collect();
            let (npv, size) = (net_present_value(rate, &flows), net_present_value(rate, &size));
            assert!(npv.expect("npv").abs() <= 1e-11 * size.expect("npv"), "{flows:?} at {rate}");
        }
    }
}
