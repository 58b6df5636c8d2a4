//! The arithmetic of money over time: present values, internal rates of return, payback, annuities, levelised cost, and
//! real against nominal rates.
//!
//! Pure functions over amounts a year: flow 0 falls due at t = 0, flow t at the end of year t. A rate is a fraction a
//! year above -1. Nothing here knows of cables; [`crate::analysis::CashFlow`] makes the flows of a route.
//!
//! The definitions are those of Brealey, Myers and Allen, *Principles of Corporate Finance*; of the levelised cost that of
//! Short, Packey and Holt, *A Manual for the Economic Evaluation of Energy Efficiency and Renewable Energy Technologies*,
//! NREL/TP-462-5173 (1995).

mod internal_rate;

pub use internal_rate::{InternalRate, internal_rate};

/// Why a figure cannot be had.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum FinanceError {
    /// There are no flows.
    #[error("expected at least one flow, found none")]
    NoFlows,
    /// A flow is not a number.
    #[error("flow {year}: expected a number, found {found}")]
    BadFlow {
        /// Which, from 0.
        year: usize,
        /// What it is.
        found: f64,
    },
    /// A rate is not one.
    #[error("expected a rate above -1, found {found}")]
    BadRate {
        /// What was given.
        found: f64,
    },
    /// Nothing can be repaid in no time.
    #[error("expected a term of at least one year, found none")]
    NoTerm,
    /// Nothing is sold, so that no unit of it can bear the cost.
    #[error("expected a quantity above 0, found none")]
    NoQuantity,
    /// The figure is beyond what a number can hold.
    #[error("the sum is beyond the range of numbers")]
    TooLarge,
}

/// Present value at t = 0 of flows at t = 0, 1, 2, ...: the sum of C_t / (1 + r)^t.
///
/// # Errors
/// If there are no flows, one is not finite, the rate is not above -1, or the sum is beyond the range of numbers.
///
/// # Example
/// ```
/// use fiberplan::metrics::finance::net_present_value;
/// // numpy-financial's: an outlay of 40,000, then 5,000, 8,000, 12,000 and 30,000, at 8 %.
/// let npv = net_present_value(0.08, &[-40_000.0, 5_000.0, 8_000.0, 12_000.0, 30_000.0])?;
/// assert!((npv - 3065.22267).abs() < 1e-5);
/// # Ok::<(), fiberplan::metrics::finance::FinanceError>(())
/// ```
pub fn net_present_value(rate: f64, flows: &[f64]) -> Result<f64, FinanceError> {
    check_flows(flows)?;
    let factor = discount_factor(rate)?;
    // Horner's scheme from the last flow: no power is ever formed.
    finite(flows.iter().rev().fold(0.0, |later, flow| later * factor + flow))
}

/// What 1 a year from now is worth today: 1 / (1 + r).
///
/// # Errors
/// If the rate is not a finite number above -1.
pub fn discount_factor(rate: f64) -> Result<f64, FinanceError> {
    if rate > -1.0 && rate.is_finite() {
        finite(1.0 / (1.0 + rate))
    } else {
        Err(FinanceError::BadRate { found: rate })
    }
}

/// The year from whose end on the flows so far add up to at least nothing, for good; `None` if they never do.
///
/// With an outlay first and income after it, that is the payback period in whole years. Where a loss comes at the end, as
/// when a site has to be cleared, it counts: what is paid back and lost again is not paid back.
///
/// # Errors
/// If there are no flows, or one is not finite.
///
/// # Example
/// ```
/// use fiberplan::metrics::finance::payback_year;
/// assert_eq!(payback_year(&[-2000.0, 500.0, 1800.0, 0.0])?, Some(2));
/// assert_eq!(payback_year(&[-2000.0, 500.0, 500.0])?, None);
/// # Ok::<(), fiberplan::metrics::finance::FinanceError>(())
/// ```
pub fn payback_year(flows: &[f64]) -> Result<Option<usize>, FinanceError> {
    check_flows(flows)?;
    let mut sum = 0.0;
    let mut paid_since = None;
    for (year, flow) in flows.iter().enumerate() {
        sum += flow;
        paid_since = if sum >= 0.0 { paid_since.or(Some(year)) } else { None };
    }
    Ok(paid_since)
}

/// As [`payback_year`], of the flows' present values: it exists exactly where the net present value is not negative.
///
/// # Errors
/// As [`net_present_value`].
pub fn discounted_payback_year(rate: f64, flows: &[f64]) -> Result<Option<usize>, FinanceError> {
    let factor = discount_factor(rate)?;
    let mut power = 1.0;
    let mut present = Vec::with_capacity(flows.len());
    for flow in flows {
        present.push(finite(flow * power)?);
        power *= factor;
    }
    payback_year(&present)
}

/// Present value of 1 paid at each year's end: (1 - (1 + r)^-n) / r; n where r is zero, nothing where n is.
///
/// # Errors
/// If the rate is not a finite number above -1, or the sum is beyond the range of numbers.
///
/// # Example
/// ```
/// use fiberplan::metrics::finance::annuity_factor;
/// // 8.5595 in any table of annuities: 15 years at 8 %.
/// assert!((annuity_factor(0.08, 15)? - 8.559_478_688).abs() < 1e-9);
/// assert_eq!(annuity_factor(0.0, 15)?, 15.0);
/// # Ok::<(), fiberplan::metrics::finance::FinanceError>(())
/// ```
pub fn annuity_factor(rate: f64, years: u32) -> Result<f64, FinanceError> {
    discount_factor(rate)?;
    let years = f64::from(years);
    if rate == 0.0 {
        return Ok(years);
    }
    // Near zero the difference from 1 would lose its digits.
    let gone = if rate.abs() < 1e-5 { -(-years * rate.ln_1p()).exp_m1() } else { 1.0 - (1.0 + rate).powf(-years) };
    finite(gone / rate)
}

/// The payment at each year's end that repays 1 received at t = 0: r / (1 - (1 + r)^-n), or 1 / n where r is zero.
///
/// # Errors
/// As [`annuity_factor`], and if the term is no year at all.
///
/// # Example
/// ```
/// use fiberplan::metrics::finance::capital_recovery_factor;
/// // numpy-financial's loan: 200,000 at 7.5 % / 12 a month over 15 years.
/// let payment = 200_000.0 * capital_recovery_factor(0.075 / 12.0, 180)?;
/// assert!((payment - 1854.0247200054619).abs() < 1e-9);
/// # Ok::<(), fiberplan::metrics::finance::FinanceError>(())
/// ```
pub fn capital_recovery_factor(rate: f64, years: u32) -> Result<f64, FinanceError> {
    if years == 0 { Err(FinanceError::NoTerm) } else { finite(1.0 / annuity_factor(rate, years)?) }
}

/// Levelised cost: the price that, charged for every unit through all years, pays the costs exactly. Present value of
/// the costs over present value of the quantities.
///
/// # Errors
/// As [`net_present_value`], and if no quantity is left to bear the cost.
///
/// # Example
/// ```
/// use fiberplan::metrics::finance::levelised_cost;
/// // 100 at once for 60 units after each of two years: without interest 100 / 120.
/// let cost = levelised_cost(0.0, &[100.0, 0.0, 0.0], &[0.0, 60.0, 60.0])?;
/// assert!((cost - 100.0 / 120.0).abs() < 1e-12);
/// # Ok::<(), fiberplan::metrics::finance::FinanceError>(())
/// ```
pub fn levelised_cost(rate: f64, costs: &[f64], quantities: &[f64]) -> Result<f64, FinanceError> {
    let quantity = net_present_value(rate, quantities)?;
    if quantity > 0.0 { finite(net_present_value(rate, costs)? / quantity) } else { Err(FinanceError::NoQuantity) }
}

/// The nominal rate that a real one becomes under inflation: (1 + real) (1 + inflation) - 1, after Fisher, *The Theory of
/// Interest* (1930).
///
/// # Errors
/// If a rate is not a finite number above -1.
///
/// # Example
/// ```
/// use fiberplan::metrics::finance::{nominal_rate, real_rate};
/// assert!((nominal_rate(0.08, 0.03)? - 0.1124).abs() < 1e-12);
/// assert!((real_rate(0.1124, 0.03)? - 0.08).abs() < 1e-12);
/// # Ok::<(), fiberplan::metrics::finance::FinanceError>(())
/// ```
pub fn nominal_rate(real: f64, inflation: f64) -> Result<f64, FinanceError> {
    discount_factor(real)?;
    discount_factor(inflation)?;
    finite(real + inflation + real * inflation)
}

/// The real rate that a nominal one leaves after inflation: (1 + nominal) / (1 + inflation) - 1.
///
/// # Errors
/// If a rate is not a finite number above -1.
pub fn real_rate(nominal: f64, inflation: f64) -> Result<f64, FinanceError> {
    discount_factor(nominal)?;
    finite((nominal - inflation) / (1.0 + inflation)).and_then(|rate| discount_factor(inflation).map(|_valid| rate))
}

fn check_flows(flows: &[f64]) -> Result<(), FinanceError> {
    if flows.is_empty() {
        return Err(FinanceError::NoFlows);
    }
    let bad = flows.iter().enumerate().find(|(_, flow)| !flow.is_finite());
    bad.map_or(Ok(()), |(year, &found)| Err(FinanceError::BadFlow { year, found }))
}

fn finite(number: f64) -> Result<f64, FinanceError> {
    if number.is_finite() { Ok(number) } else { Err(FinanceError::TooLarge) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: Result<f64, FinanceError>, expected: f64, within: f64) {
        let found = found.expect("a figure");
        assert!((found - expected).abs() <= within, "{found}, expected {expected}");
    }

    #[test]
    fn the_three_projects_of_the_payback_rule() {
        // Brealey, Myers and Allen, chapter 5: projects A, B and C at 10 %, NPV +2,624, -58 and +50, payback 3, 2 and 2.
        for (flows, npv, payback, discounted) in [
            ([-2000.0, 500.0, 500.0, 5000.0], 2624.0, Some(3), Some(3)),
            ([-2000.0, 500.0, 1800.0, 0.0], -58.0, Some(2), None),
            ([-2000.0, 1800.0, 500.0, 0.0], 50.0, Some(2), Some(2)),
        ] {
            near(net_present_value(0.1, &flows), npv, 0.5);
            assert_eq!(payback_year(&flows), Ok(payback));
            assert_eq!(discounted_payback_year(0.1, &flows), Ok(discounted));
        }
        // numpy-financial's examples of npv, with and without the outlay at the start.
        near(net_present_value(0.08, &[-40_000.0, 5e3, 8e3, 12e3, 30e3]), 3_065.222_668_179_53, 1e-9);
        near(net_present_value(0.08, &[0.0, 5e3, 8e3, 12e3, 30e3]), 43_065.222_668_179_53, 1e-9);
    }

    #[test]
    fn fisher_by_hand() {
        // 15 % in money under 10 % inflation leaves 4.5454... %: 1.15 / 1.10 = 1.04545...
        near(real_rate(0.15, 0.1), 0.05 / 1.1, 1e-15);
        near(nominal_rate(0.05 / 1.1, 0.1), 0.15, 1e-15);
        near(nominal_rate(0.0, 0.0), 0.0, 0.0);
        assert!(real_rate(0.1, -1.0).is_err() && real_rate(f64::NAN, 0.1).is_err() && nominal_rate(-2.0, 0.1).is_err());
    }

    #[test]
    fn edges_have_limits_or_errors() {
        assert_eq!(net_present_value(0.1, &[]), Err(FinanceError::NoFlows));
        assert_eq!(payback_year(&[]), Err(FinanceError::NoFlows));
        assert!(matches!(net_present_value(0.1, &[1.0, f64::NAN]), Err(FinanceError::BadFlow { year: 1, .. })));
        for bad in [-1.0, -3.0, f64::NAN, f64::INFINITY] {
            assert!(matches!(net_present_value(bad, &[1.0]), Err(FinanceError::BadRate { .. })), "{bad}");
            assert!(annuity_factor(bad, 3).is_err() && capital_recovery_factor(bad, 3).is_err(), "{bad}");
        }
        assert_eq!(net_present_value(0.0, &[-5.0, 2.0, 2.0]), Ok(-1.0));
        assert_eq!(net_present_value(-1.0 + 1e-16, &[0.0, 1e300, 1e300]), Err(FinanceError::TooLarge));
        assert_eq!((annuity_factor(0.08, 0), annuity_factor(0.0, 0)), (Ok(0.0), Ok(0.0)));
        assert_eq!(capital_recovery_factor(0.08, 0), Err(FinanceError::NoTerm));
        assert_eq!(capital_recovery_factor(0.0, 4), Ok(0.25));
        near(annuity_factor(1e-17, 15), 15.0, 1e-12);
        near(annuity_factor(1e-9, 3), 3.0 - 6e-9, 1e-12);
        assert_eq!(levelised_cost(0.1, &[1.0], &[0.0]), Err(FinanceError::NoQuantity));
        // What earns from the start is paid back at once; what never moves, too.
        assert_eq!((payback_year(&[3.0, 1.0]), payback_year(&[0.0])), (Ok(Some(0)), Ok(Some(0))));
        // Paid back after year 1, lost again in year 2, and for good in year 3.
        assert_eq!(payback_year(&[-1.0, 2.0, -2.0, 1.0]), Ok(Some(3)));
    }

    #[test]
    fn a_levelised_price_pays_the_costs_exactly() {
        let (costs, quantities) = ([900.0, 40.0, 40.0, 70.0], [0.0, 100.0, 150.0, 180.0]);
        for rate in [0.0, 0.03, 0.12, 2.0] {
            let price = levelised_cost(rate, &costs, &quantities).expect("a price");
            let flows: Vec<f64> = quantities.iter().zip(costs).map(|(q, cost)| q * price - cost).collect();
            near(net_present_value(rate, &flows), 0.0, 1e-9);
        }
        // A loan is worth its payments.
        for (rate, years) in [(0.0, 7), (0.08, 15), (1e-7, 30), (0.5, 2)] {
            let payment = 1000.0 * capital_recovery_factor(rate, years).expect("a factor");
            let flows: Vec<f64> = (0..=years).map(|t| if t == 0 { -1000.0 } else { payment }).collect();
            near(net_present_value(rate, &flows), 0.0, 1e-8);
        }
    }
}
