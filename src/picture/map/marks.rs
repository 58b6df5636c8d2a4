//! Marks that stand both on a map and in its legend: places, border passages, badges of routes, crosses.

use super::palette;
use super::sheet::PlaceKind;
use super::symbols::Mark;
use crate::picture::{Anchor, Brush, Line, Px, Rect, Sizes, Weight};

/// Width of the band under a line that a comparison is about, pixels of the reference sheet.
pub(super) const BAND: f64 = 10.0;

/// Dashes of a disputed border, pixels.
pub(super) fn disputed_dashes(sizes: Sizes) -> [f64; 2] {
    [sizes.px(4.5), sizes.px(3.0)]
}

/// A cross on a closed line.
pub(super) fn cross(brush: &mut Brush, (x, y): Px, sizes: Sizes) {
    let arm = sizes.px(3.4);
    for (color, width) in [(palette::HALO, 4.2), (palette::CLOSED, 1.9)] {
        brush.line(&[(x - arm, y - arm), (x + arm, y + arm)], color, sizes.px(width));
        brush.line(&[(x - arm, y + arm), (x + arm, y - arm)], color, sizes.px(width));
    }
}

/// The badge of a route: its rank on a disc in its colour.
pub(super) fn badge(brush: &mut Brush, center: Px, (rank, color): (u32, u32), radius: f64, sizes: Sizes) {
    let text = rank.to_string();
    let size = radius * if text.len() > 1 { 1.05 } else { 1.3 };
    brush.disc(center, radius, palette::HALO);
    brush.disc(center, radius - sizes.px(1.5).min(radius * 0.15), palette::route(color));
    brush.text(Line {
        text: &text,
        x: center.0,
        baseline: center.1 + size * 0.365,
        size,
        weight: Weight::Bold,
        anchor: Anchor::Middle,
        color: palette::PAPER,
    });
}

/// The mark of a place or a border passage.
pub(super) fn mark(brush: &mut Brush, mark: Mark, (x, y): Px, half: f64, on_route: bool, sizes: Sizes) {
    // Rims round the smallest marks would cut the lines they stand on into dashes.
    let rim = if half < sizes.px(2.2) { 0.0 } else { sizes.px(1.1) };
    let diamond = |half: f64| [(x, y - half), (x + half, y), (x, y + half), (x - half, y)];
    let triangle =
        |half: f64| [(x, y - half * 1.1), (x + half * 1.05, y + half * 0.8), (x - half * 1.05, y + half * 0.8)];
    match mark {
        Mark::Passage => {
            brush.area(&diamond(half + rim * 1.3), palette::HALO);
            brush.area(&diamond(half), palette::CROSSING);
            brush.area(&diamond(half * 0.42), palette::HALO);
        }
        Mark::Place(PlaceKind::City) => {
            if rim > 0.0 {
                brush.disc((x, y), half + rim, palette::HALO);
            }
            brush.disc((x, y), half, palette::PLACE);
            if on_route {
                brush.disc((x, y), half * 0.52, palette::HALO);
            }
        }
        Mark::Place(PlaceKind::BorderCrossing) => {
            brush.area(&diamond(half + rim * 1.3), palette::HALO);
            brush.area(&diamond(half), palette::PLACE);
        }
        Mark::Place(PlaceKind::LandingStation) => {
            brush.area(&triangle(half + rim * 1.5), palette::HALO);
            brush.area(&triangle(half), palette::PLACE);
        }
        Mark::Place(PlaceKind::Exchange) => {
            brush.rect(&Rect::around((x, y), half * 0.9 + rim), palette::HALO);
            brush.rect(&Rect::around((x, y), half * 0.9), palette::PLACE);
        }
        Mark::Place(PlaceKind::Junction) => {
            brush.disc((x, y), half + rim * 0.7, palette::HALO);
            brush.disc((x, y), half, palette::TEXT_FAINT);
        }
    }
}
