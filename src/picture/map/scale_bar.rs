//! The scale bar, true in the middle of the map, and the north arrow where north is not up.

use super::ink::Ink;
use super::view::View;
use crate::picture::Sizes;
use crate::picture::{ASCENT, DESCENT, Px, Rect, Weight, width};

/// The longest the bar may be, as a share of the panel.
const LONGEST: f64 = 0.22;
/// North is shown where it is turned by more than this, degrees.
const TURNED_DEGREES: f64 = 12.0;

/// A scale bar in a corner of the map.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ScaleBar {
    /// All of it with its plate.
    pub rect: Rect,
    /// Left end of the bar, on its upper edge.
    pub start: Px,
    /// Length of the bar, pixels.
    pub length: f64,
    /// Height of the bar, pixels.
    pub thickness: f64,
    /// Fields of the bar, dark and light in turn.
    pub fields: u32,
    /// Size of the font, pixels.
    pub size: f64,
    /// What stands at its right end.
    pub label: String,
    /// The line the figures stand on.
    pub baseline: f64,
}

/// An arrow to the north.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct North {
    /// All of it.
    pub rect: Rect,
    /// Where its middle is.
    pub center: Px,
    /// Degrees clockwise from upwards.
    pub angle: f64,
    /// Half its length.
    pub half: f64,
}

impl ScaleBar {
    /// The bar for a view, in the corner with the least ink; `None` if the panel is too small or has no middle.
    pub fn of(view: &View, ink: &Ink, sizes: Sizes) -> Option<Self> {
        let km_per_px = view.km_per_px()?;
        let size = sizes.text(11.5);
        let (km, fields) = round_km((view.rect.width() * LONGEST).min(sizes.px(330.0)) * km_per_px)?;
        let length = km / km_per_px;
        let label = format!("{} km", grouped(km));
        let pad = sizes.px(6.0);
        let thickness = sizes.px(4.5).max(2.0);
        // The figures are centred on the ends of the bar.
        let zero = width("0", Weight::Regular) * size / 2.0;
        let last = width(&label, Weight::Regular) * size / 2.0;
        let (wide, high) = (zero + length + last + 2.0 * pad, (ASCENT + DESCENT) * size + thickness + 2.0 * pad);
        let rect = corners(view.rect, wide, high, sizes.px(10.0))
            .into_iter()
            .map(|rect| (ink.in_rect(&rect.grown(pad)), rect))
            .min_by(|a, b| a.0.total_cmp(&b.0))
            .map(|(_, rect)| rect)?;
        if !view.rect.contains_rect(&rect) {
            return None;
        }
        let baseline = rect.top + pad + ASCENT * size;
        let start = (rect.left + pad + zero, baseline + DESCENT * size);
        Some(Self { rect, start, length, thickness, fields, size, label, baseline })
    }
}

impl North {
    /// The arrow, in the free upper corner where north is turned the most; `None` if it is nearly up in both.
    pub fn of(view: &View, taken: &[Rect], sizes: Sizes) -> Option<Self> {
        // With a pole in sight the meridians themselves show where north is.
        if view.shows_pole() {
            return None;
        }
        let half = sizes.px(19.0);
        let spots = corners(view.rect, 2.0 * half, 2.0 * half, sizes.px(10.0));
        let turned = spots[2..].iter().filter_map(|rect| {
            let free = view.rect.contains_rect(rect) && taken.iter().all(|other| !other.intersects(rect));
            let angle = view.north_at(rect.center()).filter(|angle| free && angle.abs() > TURNED_DEGREES)?;
            Some(Self { rect: *rect, center: rect.center(), angle, half })
        });
        turned.max_by(|a, b| a.angle.abs().total_cmp(&b.angle.abs()))
    }
}

/// Boxes in the corners: lower left, lower right, upper right, upper left.
fn corners(area: Rect, width: f64, height: f64, margin: f64) -> [Rect; 4] {
    let (left, right) = (area.left + margin, area.right - margin - width);
    let (top, bottom) = (area.top + margin, area.bottom - margin - height);
    [(left, bottom), (right, bottom), (right, top), (left, top)].map(|(x, y)| Rect::from_size(x, y, width, height))
}

/// The largest 1, 2 or 5 times a power of ten that is at most `most`, with the number of fields it is cut into.
fn round_km(most: f64) -> Option<(f64, u32)> {
    if !most.is_finite() || most <= 0.0 {
        return None;
    }
    let power = 10f64.powf(most.log10().floor());
    let (factor, fields) = match most / power {
        share if share >= 5.0 => (5.0, 5),
        share if share >= 2.0 => (2.0, 4),
        _ => (1.0, 2),
    };
    Some((factor * power, fields))
}

/// A round figure with commas, and with decimals only below one.
fn grouped(km: f64) -> String {
    if km < 1.0 {
        return format!("{}", (km * 1000.0).round() / 1000.0);
    }
    let digits = format!("{km:.0}");
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scale_bars_have_round_lengths() {
        assert_eq!(round_km(4.9), Some((2.0, 4)));
        assert_eq!(round_km(730.0), Some((500.0, 5)));
        assert_eq!(round_km(1000.0), Some((1000.0, 2)));
        assert_eq!(round_km(f64::NAN), None);
        assert_eq!(grouped(2000.0), "2,000");
        assert_eq!(grouped(0.5), "0.5");
        assert_eq!(grouped(100.0), "100");
    }
}
