//! Axes: which values they span, where a value stands, and ticks at round numbers.
//!
//! Steps are 1, 2 or 5 times a power of ten (P. S. Heckbert, *Nice numbers for graph labels*, in Graphics Gems, 1990);
//! on a logarithmic axis ticks stand at powers of ten, or at 1, 2 and 5 times those where it spans few of them.

use super::sheet::{Axis, ScaleKind};
use crate::units::grouped;

/// Values farther from zero are not drawn.
const LARGEST: f64 = 1e300;
/// Smallest value on a logarithmic axis.
const SMALLEST: f64 = 1e-300;
/// Whole numbers up to this are written out.
const LARGEST_WRITTEN: f64 = 1e12;
/// A step below this is written as a power of ten.
const SMALLEST_STEP_WRITTEN: f64 = 1e-5;

/// Where values stand along an axis.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Scale {
    kind: ScaleKind,
    low: f64,
    high: f64,
    /// Values at which a number stands, with the number.
    pub ticks: Vec<(f64, String)>,
    /// Values at which only a mark stands.
    pub minor: Vec<f64>,
}

/// Whether a value can stand on an axis of this kind.
pub(super) fn is_drawable(value: f64, kind: ScaleKind) -> bool {
    match kind {
        ScaleKind::Linear => value.abs() <= LARGEST,
        ScaleKind::Log => (SMALLEST..=LARGEST).contains(&value),
    }
}

/// The remark on values that are not drawn.
pub(super) fn left_out(n: usize, x: ScaleKind, y: ScaleKind) -> String {
    let values = if n == 1 { "1 value" } else { &format!("{n} values") };
    let on_log = if x == ScaleKind::Log || y == ScaleKind::Log { ", or not above zero" } else { "" };
    format!("Left out: {values} that cannot be drawn (missing or out of range{on_log}).")
}

impl Scale {
    /// A scale over the drawable ones of some values with at most about `most` ticks; `to_ticks` widens it to the next
    /// tick on both sides.
    pub fn of(axis: &Axis, values: impl Iterator<Item = f64>, most: usize, to_ticks: bool) -> Self {
        let zero = (axis.from_zero && axis.scale == ScaleKind::Linear).then_some(0.0);
        let (low, high) = values
            .filter(|&value| is_drawable(value, axis.scale))
            .chain(zero)
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
        let empty = low > high;
        match axis.scale {
            ScaleKind::Linear if empty => Self::linear(0.0, 1.0, most, to_ticks),
            ScaleKind::Log if empty => Self::log(1.0, 10.0, most, to_ticks),
            ScaleKind::Linear => Self::linear(low, high, most, to_ticks),
            ScaleKind::Log => Self::log(low, high, most, to_ticks),
        }
    }

    fn linear(mut low: f64, mut high: f64, most: usize, to_ticks: bool) -> Self {
        let size = low.abs().max(high.abs());
        if high - low <= size * 1e-9 || high - low < 1e-290 {
            // One value: room on both sides of it, or above zero.
            let room = if size < 1e-280 { 1.0 } else { size * 0.5 };
            (low, high) = if size < 1e-280 { (0.0, 1.0) } else { (low - room, high + room) };
        }
        let most = most.max(2);
        let step = round_step((high - low) / (most as f64 - 1.0).max(1.0));
        if to_ticks {
            low = (low / step + 1e-9).floor() * step;
            high = (high / step - 1e-9).ceil() * step;
        }
        let first = (low / step - 1e-9).ceil();
        let last = (high / step + 1e-9).floor();
        let count = (last - first).clamp(0.0, 1000.0) as u32;
        let values = (0..=count).map(|i| (first + f64::from(i)) * step);
        let ticks = values.map(|value| (value + 0.0, written(value, step))).collect();
        Self { kind: ScaleKind::Linear, low, high, ticks, minor: Vec::new() }
    }

    fn log(mut low: f64, mut high: f64, most: usize, to_ticks: bool) -> Self {
        if high / low < 1.001 {
            (low, high) = (low / 3.0, high * 3.0);
        }
        let (mut first, mut last) = ((low.log10() + 1e-9).floor().max(-300.0), (high.log10() - 1e-9).ceil().min(300.0));
        if to_ticks && last - first > 1.0 {
            (low, high) = (power(first), power(last));
        } else {
            (first, last) = ((low.log10() - 1e-9).floor(), (high.log10() + 1e-9).ceil());
        }
        let decades = last - first;
        let inside = |value: f64| value >= low * (1.0 - 1e-9) && value <= high * (1.0 + 1e-9);
        let mut stride = 1.0;
        for factor in [1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0] {
            stride = factor;
            if decades / factor < most.max(2) as f64 {
                break;
            }
        }
        let powers: Vec<f64> = (0..=decades as u32).map(|i| first + f64::from(i)).collect();
        let at = |factors: &[f64]| -> Vec<f64> {
            let values = powers.iter().flat_map(|&p| factors.iter().map(move |&factor| factor * power(p)));
            values.filter(|&value| inside(value)).collect()
        };
        let mut ticks: Vec<f64> =
            powers.iter().filter(|&&p| p.rem_euclid(stride) == 0.0).map(|&p| power(p)).filter(|&v| inside(v)).collect();
        if ticks.len() < 3 && decades <= 3.0 {
            ticks = at(&[1.0, 2.0, 5.0]);
        }
        let minor = match stride {
            1.0 => at(&[2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0]),
            _ => powers.iter().map(|&p| power(p)).filter(|&v| inside(v)).collect(),
        };
        let minor = minor.into_iter().filter(|value| !ticks.contains(value)).collect();
        let plain = ticks.iter().all(|value| (0.0009..=1.1e6).contains(value));
        let text = |value: f64| if plain { written(value, value.min(1.0)) } else { scientific(value, value) };
        let ticks = ticks.into_iter().map(|value| (value, text(value))).collect();
        Self { kind: ScaleKind::Log, low, high, ticks, minor }
    }

    /// Where a value stands: 0 at the lower end, 1 at the upper; within both whatever the value.
    pub fn share(&self, value: f64) -> f64 {
        let share = match self.kind {
            ScaleKind::Linear => (value - self.low) / (self.high - self.low),
            ScaleKind::Log => (value.log10() - self.low.log10()) / (self.high.log10() - self.low.log10()),
        };
        if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 }
    }

    /// A value in the style of the ticks, with one more digit.
    pub fn number(&self, value: f64) -> String {
        let step = self.ticks.windows(2).map(|pair| pair[1].0 - pair[0].0).fold(f64::INFINITY, f64::min);
        written(value, if step.is_finite() { step / 10.0 } else { 1.0 })
    }

    /// Whether the scale spans zero with values on both sides.
    pub fn crosses_zero(&self) -> bool {
        self.low < 0.0 && self.high > 0.0
    }
}

/// A number with three significant digits, thousands grouped.
pub(super) fn three_digits(value: f64) -> String {
    if value == 0.0 || !value.is_finite() {
        return "0".to_owned();
    }
    let step = power(value.abs().log10().floor() - 2.0);
    // What rounds up to another digit before the point has one less behind it.
    let step = if (value.abs() / step).round() >= 1000.0 { step * 10.0 } else { step };
    written(value, step.min(1.0))
}

/// As sums of money are written: of less than one, two digits behind the point where that tells something.
pub(super) fn as_sums(value: f64) -> String {
    if (0.1..1.0).contains(&value.abs()) { written(value, 0.01) } else { three_digits(value) }
}

/// The least of 1, 2 and 5 times a power of ten that is no smaller.
fn round_step(rough: f64) -> f64 {
    let magnitude = power(rough.log10().floor());
    let factor = [1.0, 2.0, 5.0, 10.0].into_iter().find(|factor| factor * magnitude >= rough * (1.0 - 1e-9));
    factor.unwrap_or(10.0) * magnitude
}

/// A power of ten, exact where it can be: as written in decimal.
fn power(exponent: f64) -> f64 {
    format!("1e{exponent:.0}").parse().unwrap_or(f64::MAX)
}

/// A number on a linear axis: as many decimals as its step needs, thousands grouped, or a power of ten.
fn written(value: f64, step: f64) -> String {
    if value.abs() < step * 1e-6 {
        return "0".to_owned();
    }
    if value.abs() > LARGEST_WRITTEN || step < SMALLEST_STEP_WRITTEN {
        return scientific(value, step);
    }
    let decimals = (-step.log10().floor()).max(0.0) as usize;
    let text = format!("{:.decimals$}", value.abs());
    let (whole, fraction) = text.split_once('.').map_or((text.as_str(), None), |(whole, rest)| (whole, Some(rest)));
    let sign = if value < 0.0 { "−" } else { "" };
    let whole = grouped(whole.parse().unwrap_or(i64::MAX));
    fraction.map_or_else(|| format!("{sign}{whole}"), |fraction| format!("{sign}{whole}.{fraction}"))
}

/// The number as a product of a power of ten, with the digits that tell it from its neighbours.
fn scientific(value: f64, step: f64) -> String {
    let exponent = (value.abs().log10() + 1e-9).floor();
    let decimals = (exponent - (step.log10() + 1e-9).floor()).clamp(0.0, 8.0) as usize;
    let mantissa = format!("{:.decimals$}", value.abs() / power(exponent));
    let sign = if value < 0.0 { "−" } else { "" };
    let raised: String = format!("{exponent:.0}").chars().map(superscript).collect();
    if mantissa == "1" { format!("{sign}10{raised}") } else { format!("{sign}{mantissa}×10{raised}") }
}

fn superscript(letter: char) -> char {
    match letter {
        '-' => '⁻',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '4' => '⁴',
        '5' => '⁵',
        '6' => '⁶',
        '7' => '⁷',
        '8' => '⁸',
        '9' => '⁹',
        _ => '⁰',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(scale: &Scale) -> Vec<&str> {
        scale.ticks.iter().map(|(_, text)| text.as_str()).collect()
    }

    fn axis(scale: ScaleKind, from_zero: bool) -> Axis {
        Axis { title: String::new(), scale, from_zero }
    }

    #[test]
    fn ticks_stand_at_round_numbers() {
        let scale = Scale::of(&axis(ScaleKind::Linear, true), [3.0, 47.0].into_iter(), 6, true);
        assert_eq!(labels(&scale), ["0", "10", "20", "30", "40", "50"]);
        let scale = Scale::of(&axis(ScaleKind::Linear, false), [-0.31, 0.12].into_iter(), 6, true);
        assert_eq!(labels(&scale), ["−0.4", "−0.3", "−0.2", "−0.1", "0", "0.1", "0.2"]);
        let scale = Scale::of(&axis(ScaleKind::Linear, true), [41_200.0].into_iter(), 4, true);
        assert_eq!(labels(&scale), ["0", "20,000", "40,000", "60,000"]);
        let scale = Scale::of(&axis(ScaleKind::Linear, true), [-1e300, 1e300].into_iter(), 3, true);
        assert_eq!(labels(&scale), ["−10³⁰⁰", "0", "10³⁰⁰"]);
        let scale = Scale::of(&axis(ScaleKind::Log, false), [1e3, 1e7].into_iter(), 9, true);
        assert_eq!(labels(&scale), ["10³", "10⁴", "10⁵", "10⁶", "10⁷"]);
        assert_eq!(scale.minor.len(), 4 * 8);
        let scale = Scale::of(&axis(ScaleKind::Log, false), [3.0, 40.0].into_iter(), 9, false);
        assert_eq!(labels(&scale), ["5", "10", "20"]);
    }

    #[test]
    fn three_digits_tell_enough() {
        let told = [0.0, 43.27, 9.996, 0.8234, -7.0, 12_345.6, 0.000_123, f64::NAN].map(three_digits);
        assert_eq!(told, ["0", "43.3", "10.0", "0.823", "−7.00", "12,346", "1.23×10⁻⁴", "0"]);
    }

    #[test]
    fn sums_below_one_have_two_digits() {
        assert_eq!([0.9, -0.831, 0.0123, 43.27].map(as_sums), ["0.90", "−0.83", "0.0123", "43.3"]);
    }

    #[test]
    fn values_stand_in_proportion() {
        let scale = Scale::of(&axis(ScaleKind::Log, false), [1e-3, 1e3].into_iter(), 9, true);
        assert!((scale.share(1.0) - 0.5).abs() < 1e-12);
        let scale = Scale::of(&axis(ScaleKind::Linear, true), [10.0].into_iter(), 9, false);
        assert!((scale.share(2.5) - 0.25).abs() < 1e-12);
        for value in [f64::NAN, f64::INFINITY, -1.0, 1e308] {
            assert!((0.0..=1.0).contains(&scale.share(value)));
        }
    }
}
