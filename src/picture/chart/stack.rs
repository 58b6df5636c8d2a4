//! Stacks of values from zero both ways, in bars and in columns.

use super::scale::is_drawable;
use super::sheet::{Axis, ScaleKind};

/// A linear axis that holds zero.
pub(super) fn axis() -> Axis {
    Axis { title: String::new(), scale: ScaleKind::Linear, from_zero: true }
}

/// Values with those that cannot be drawn set to zero, so that a sum of many is still a number; and how many those are.
pub(super) fn drawable(values: &[f64]) -> (Vec<f64>, usize) {
    let fits = |value: f64| is_drawable(value * 1e6, ScaleKind::Linear);
    let clean = values.iter().map(|&value| if fits(value) { value } else { 0.0 }).collect();
    (clean, values.iter().filter(|&&value| !fits(value)).count())
}

/// Where each value of a stack begins and ends: positive ones upwards from zero, negative ones downwards.
pub(super) fn stacked(values: &[f64]) -> Vec<(f64, f64)> {
    let (mut above, mut below) = (0.0, 0.0);
    let mut spans = Vec::with_capacity(values.len());
    for &value in values {
        let end = if value < 0.0 { &mut below } else { &mut above };
        let start = *end;
        *end += value;
        spans.push((start, *end));
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stacks_grow_both_ways_from_zero() {
        assert_eq!(stacked(&[2.0, -1.0, 3.0, -4.0]), [(0.0, 2.0), (0.0, -1.0), (2.0, 5.0), (-1.0, -5.0)]);
        assert_eq!(drawable(&[1.0, f64::NAN, f64::INFINITY, -2.0, 1e299]), (vec![1.0, 0.0, 0.0, -2.0, 0.0], 3));
    }
}
