//! Sums spread over years in whole cents, so that they add up again.

/// Cents beyond which a sum of a year is refused: 1e13 of the money, where a number still tells every cent.
pub(super) const MAX_CENTS: f64 = 1e15;

/// Equal yearly payments in whole cents, at each year's end, whose present value rounds to `present` cents: a loan's plan of
/// repayment. `annuity` is the present value of 1 a year over the term.
///
/// What rounding leaves unpaid in one year bears interest and is paid with the next, so the debt never exceeds half a
/// cent, and what is left of it at the end is worth less than half a cent today.
pub(super) fn payments(present: i64, rate: f64, annuity: f64, years: u32) -> Vec<f64> {
    let payment = present as f64 / annuity;
    let mut owed = 0.0;
    (0..years)
        .map(|_| {
            owed *= 1.0 + rate;
            let paid = (payment + owed).round();
            owed += payment - paid;
            paid
        })
        .collect()
}

/// Rounds amounts so that every running sum is the rounded sum: what rounding takes from one it gives to the next. The last
/// running sum is `total`, where one is known.
pub(super) fn rounded_in_step(amounts: &[f64], total: Option<i64>) -> Vec<i64> {
    let (mut sum, mut told) = (0.0, 0_i64);
    let mut rounded: Vec<i64> = amounts
        .iter()
        .map(|amount| {
            sum += amount;
            let part = (sum.round() as i64).saturating_sub(told);
            told = told.saturating_add(part);
            part
        })
        .collect();
    if let (Some(total), Some(last)) = (total, rounded.iter().rposition(|part| *part != 0)) {
        // Differs only where sums are so large that a float no longer tells their cents.
        rounded[last] = rounded[last].saturating_add(total.saturating_sub(told));
    }
    rounded
}

#[cfg(test)]
mod tests {
    use super::{payments, rounded_in_step};
    use crate::metrics::finance::{annuity_factor, net_present_value};

    #[test]
    fn payments_are_worth_their_present_value_to_the_cent() {
        let mut seed = 3_u64;
        let mut next = |n: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) % n
        };
        for _ in 0..2000 {
            let (present, years) = (next(1 << 30) as i64 * (1 + next(50) as i64), 1 + next(100) as u32);
            let rate = [0.0, 0.001, 0.05, 0.08, 0.12, 0.5, 3.0][next(7) as usize];
            let annuity = annuity_factor(rate, years).expect("a factor");
            let paid = payments(present, rate, annuity, years);
            let flows: Vec<f64> = [0.0].into_iter().chain(paid.iter().copied()).collect();
            let worth = net_present_value(rate, &flows).expect("a value");
            assert_eq!(worth.round(), present as f64, "{present} at {rate} over {years} years: {worth}");
            let spread = paid.iter().fold(0.0_f64, |most, one| most.max((one - present as f64 / annuity).abs()));
            assert!(spread <= 1.0 + 0.5 * rate, "{present} at {rate} over {years} years: {paid:?}");
        }
    }

    #[test]
    fn rounded_parts_keep_the_sum() {
        assert_eq!(rounded_in_step(&[0.4, 0.4, 0.4, 0.4], None), [0, 1, 0, 1]);
        assert_eq!(rounded_in_step(&[1.5, -0.2, 3.0, 0.0], Some(4)), [2, -1, 3, 0]);
        assert_eq!(rounded_in_step(&[], Some(0)), Vec::<i64>::new());
    }
}
