//! Colours of parts and lines, and the patterns and marks that tell them apart without colour.

use plotters::style::RGBColor;

use super::plan::{Shape, SheetPlan};
use crate::picture::palette;
use crate::picture::{Px, Rect, Sizes};

/// Colours beyond those of ranks: sky blue of Okabe and Ito's set, olive and brown.
const MORE_COLORS: [RGBColor; 3] = [RGBColor(86, 180, 233), RGBColor(112, 148, 38), RGBColor(120, 62, 32)];
/// Colours of ranks.
const N_RANKED: usize = 6;
/// Colours before they come again.
const N_COLORS: usize = N_RANKED + MORE_COLORS.len();
/// Patterns before they come again; no colour comes again with the same one.
const N_PATTERNS: usize = 5;
/// Marks before they come again; no colour comes again with the same one at once.
const N_MARKS: usize = 6;
/// How much paper is in the colour of an area.
const PALE: f64 = 0.22;
/// Distance of the lines of a pattern.
const SPACING: f64 = 8.0;

/// The colour of a line.
pub(super) fn line_color(index: usize) -> RGBColor {
    let index = index % N_COLORS;
    let more = index.checked_sub(N_RANKED).and_then(|beyond| MORE_COLORS.get(beyond));
    more.copied().unwrap_or_else(|| palette::ranked(u32::try_from(index + 1).unwrap_or(1)))
}

/// The colour of an area.
fn area_color(index: usize) -> RGBColor {
    palette::mix(line_color(index), palette::PAPER, PALE)
}

/// The pattern of an area: each round of colours is moved on by one more than the last.
const fn pattern(index: usize) -> usize {
    let round = index / N_COLORS;
    (index % N_COLORS + round) % N_PATTERNS
}

/// Fills a box with the colour and the pattern of a part.
pub(super) fn area(plan: &mut SheetPlan, rect: &Rect, index: usize, sizes: Sizes) {
    if rect.width() <= 0.0 || rect.height() <= 0.0 {
        return;
    }
    plan.shapes.push(Shape::rect(rect, area_color(index)));
    let pattern = pattern(index);
    let step = sizes.px(SPACING).max(4.0);
    let width = sizes.px(1.3).max(0.7);
    let color = palette::mix(area_color(index), palette::PAPER, 0.55);
    let mut stroke = |from: Px, to: Px| plan.shapes.push(Shape::stroke(from, to, color, width));
    if pattern == 1 || pattern == 4 {
        rising(rect, step).into_iter().for_each(|(from, to)| stroke(from, to));
    }
    if pattern == 2 {
        let mut y = (rect.top / step).ceil() * step;
        while y < rect.bottom {
            stroke((rect.left, y), (rect.right, y));
            y += step;
        }
    }
    if pattern == 3 || pattern == 4 {
        // Falling lines are rising ones in a mirror.
        let mirrored = Rect { left: -rect.right, right: -rect.left, ..*rect };
        rising(&mirrored, step).into_iter().for_each(|(from, to)| stroke((-from.0, from.1), (-to.0, to.1)));
    }
}

/// Lines at 45 degrees, from lower left to upper right, cut to a box.
fn rising(rect: &Rect, step: f64) -> Vec<(Px, Px)> {
    let mut sum = ((rect.left + rect.top) / step).ceil() * step;
    let mut lines = Vec::new();
    while sum < rect.right + rect.bottom {
        let left = rect.left.max(sum - rect.bottom);
        let right = rect.right.min(sum - rect.top);
        if right > left {
            lines.push(((left, sum - left), (right, sum - right)));
        }
        sum += step;
    }
    lines
}

/// The mark of a line at a point: disc, square, diamond, triangle up, triangle down, ring.
pub(super) fn mark(plan: &mut SheetPlan, (x, y): Px, index: usize, sizes: Sizes) {
    let color = line_color(index);
    let half = sizes.px(4.2).max(2.0);
    let mut area = |ring: Vec<Px>| plan.shapes.push(Shape::Area { ring, color });
    match (index + index / N_COLORS) % N_MARKS {
        1 => area(vec![
            (x - half * 0.9, y - half * 0.9),
            (x + half * 0.9, y - half * 0.9),
            (x + half * 0.9, y + half * 0.9),
            (x - half * 0.9, y + half * 0.9),
        ]),
        2 => area(vec![(x, y - half * 1.25), (x + half * 1.25, y), (x, y + half * 1.25), (x - half * 1.25, y)]),
        3 => area(vec![(x, y - half * 1.2), (x + half * 1.15, y + half * 0.85), (x - half * 1.15, y + half * 0.85)]),
        4 => area(vec![(x, y + half * 1.2), (x + half * 1.15, y - half * 0.85), (x - half * 1.15, y - half * 0.85)]),
        5 => {
            plan.shapes.push(Shape::Disc { center: (x, y), radius: half, color });
            plan.shapes.push(Shape::Disc { center: (x, y), radius: half * 0.5, color: palette::PAPER });
        }
        _ => plan.shapes.push(Shape::Disc { center: (x, y), radius: half, color }),
    }
}

#[cfg(test)]
mod tests {
    use super::{N_COLORS, N_PATTERNS, area_color, pattern};

    #[test]
    fn no_two_areas_look_alike_before_all_have_been_used() {
        let looks = |index: usize| (area_color(index), pattern(index));
        let all: Vec<_> = (0..N_COLORS * N_PATTERNS).map(looks).collect();
        for (index, own) in all.iter().enumerate() {
            assert!(!all[..index].contains(own), "{index}");
        }
    }
}
