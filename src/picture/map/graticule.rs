//! Meridians and parallels, with their degrees outside the frame.

use super::clip;
use super::view::View;
use crate::geodesy::projection::relative_lon;
use crate::picture::Sizes;
use crate::picture::{ASCENT, DESCENT, Px, Rect, Weight, width};

/// Steps between lines, degrees.
const STEPS: [f64; 12] = [0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 15.0, 20.0, 30.0];
/// From line to line at least, pixels of the reference sheet.
const SPACING: f64 = 190.0;
/// Vertices of a line.
const VERTICES: u32 = 72;

/// The lines and their degrees.
#[derive(Debug, Clone, Default)]
pub(super) struct Graticule {
    /// Meridians and parallels.
    pub lines: Vec<Vec<Px>>,
    /// Degrees: text and its box.
    pub degrees: Vec<(String, Rect)>,
    /// Size of their font, pixels.
    pub size: f64,
}

/// Size of the degrees' font, pixels.
pub(super) fn text_size(sizes: Sizes) -> f64 {
    sizes.text(10.5)
}

impl Graticule {
    /// The graticule of a view; with degrees if there is room for them left of the panel and below it.
    pub fn of(view: &View, with_degrees: bool, sizes: Sizes) -> Self {
        let mut result = Self { size: text_size(sizes), ..Self::default() };
        let middle = view.inverse(view.rect.center()).map_or(0.0, |(_, lat)| lat);
        let (parallels, meridians) = (step(view, 1.0, sizes), step(view, middle.to_radians().cos().max(0.15), sizes));
        let window = view.window;
        let central = view.projection.central_lon();
        for lat in multiples(window.south, window.north, parallels).filter(|lat| lat.abs() < 89.9) {
            let along = |share: f64| (window.west + (window.east - window.west) * share, lat);
            result.add(
                view,
                along,
                |from, to| crossing(from, to, view.rect.left, true),
                |y| with_degrees.then(|| left_of(view, y, &degrees(lat, "N", "S", parallels), text_size(sizes), sizes)),
            );
        }
        // Meridians end short of the pole, where they would run into a blot.
        let (south, north) = (window.south.max(-88.0), window.north.min(88.0));
        for lon in multiples(window.west + central, window.east + central - 1e-9, meridians) {
            let along = |share: f64| (lon - central, south + (north - south) * share);
            let absolute = relative_lon(lon, 0.0);
            result.add(
                view,
                along,
                |from, to| crossing(from, to, view.rect.bottom, false),
                |x| {
                    with_degrees
                        .then(|| below(view, x, &degrees(absolute, "E", "W", meridians), text_size(sizes), sizes))
                },
            );
        }
        result
    }

    fn add(
        &mut self,
        view: &View,
        along: impl Fn(f64) -> (f64, f64),
        meets_edge: impl Fn(Px, Px) -> Option<f64>,
        label: impl Fn(f64) -> Option<(String, Rect)>,
    ) {
        let points: Vec<Px> = (0..=VERTICES)
            .filter_map(|vertex| {
                let (relative, lat) = along(f64::from(vertex) / f64::from(VERTICES));
                view.relative(relative, lat)
            })
            .collect();
        if let Some((text, rect)) = points.windows(2).find_map(|pair| meets_edge(pair[0], pair[1])).and_then(label) {
            let inside = if rect.top > view.rect.bottom - 1.0 {
                rect.left >= view.rect.left && rect.right <= view.rect.right
            } else {
                rect.top >= view.rect.top && rect.bottom <= view.rect.bottom
            };
            if inside && self.degrees.iter().all(|(_, other)| !other.grown(4.0).intersects(&rect)) {
                self.degrees.push((text, rect));
            }
        }
        self.lines.extend(clip::line(&points, &view.rect).iter().map(|line| clip::thin(line, 0.15)));
    }
}

/// Degrees between lines so that they are about as far apart as wanted.
fn step(view: &View, shrink: f64, sizes: Sizes) -> f64 {
    let wanted = SPACING * sizes.unit.max(0.55) / (view.px_per_degree() * shrink);
    STEPS.into_iter().find(|&step| step >= wanted * 0.75).unwrap_or(STEPS[STEPS.len() - 1])
}

fn multiples(from: f64, to: f64, step: f64) -> impl Iterator<Item = f64> {
    let (first, last) = ((from / step).ceil(), (to / step).floor());
    let count = (last - first).clamp(-1.0, 2000.0) as i64;
    (0..=count).map(move |index| (first + index as f64) * step)
}

/// Where an edge meets the line x = `at` (`upright`) or y = `at`: the other coordinate.
fn crossing(from: Px, to: Px, at: f64, upright: bool) -> Option<f64> {
    let (a, b) = if upright { (from, to) } else { ((from.1, from.0), (to.1, to.0)) };
    let crosses = (a.0 <= at) != (b.0 <= at);
    crosses.then(|| a.1 + (at - a.0) / (b.0 - a.0) * (b.1 - a.1))
}

fn left_of(view: &View, y: f64, text: &str, size: f64, sizes: Sizes) -> (String, Rect) {
    let wide = width(text, Weight::Regular) * size;
    let high = (ASCENT + DESCENT) * size;
    (text.to_owned(), Rect::from_size(view.rect.left - sizes.px(5.0) - wide, y - high / 2.0, wide, high))
}

fn below(view: &View, x: f64, text: &str, size: f64, sizes: Sizes) -> (String, Rect) {
    let wide = width(text, Weight::Regular) * size;
    let high = (ASCENT + DESCENT) * size;
    (text.to_owned(), Rect::from_size(x - wide / 2.0, view.rect.bottom + sizes.px(3.0), wide, high))
}

/// "60°E", "0°", "180°", "66.5°E".
fn degrees(value: f64, positive: &str, negative: &str, step: f64) -> String {
    let decimals = if step < 0.1 { 2 } else { usize::from(step < 1.0) };
    let size = value.abs();
    if size < 1e-9 || (size - 180.0).abs() < 1e-9 {
        return format!("{size:.0}°");
    }
    format!("{size:.decimals$}°{}", if value > 0.0 { positive } else { negative })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn degrees_say_the_side() {
        assert_eq!(degrees(60.0, "E", "W", 10.0), "60°E");
        assert_eq!(degrees(-7.5, "N", "S", 0.5), "7.5°S");
        assert_eq!(degrees(-180.0, "E", "W", 10.0), "180°");
        assert_eq!(degrees(0.0, "N", "S", 10.0), "0°");
    }

    #[test]
    fn multiples_stay_in_range() {
        assert_eq!(multiples(-11.0, 12.0, 5.0).collect::<Vec<_>>(), [-10.0, -5.0, 0.0, 5.0, 10.0]);
        assert_eq!(multiples(1.0, 2.0, 5.0).count(), 0);
    }
}
