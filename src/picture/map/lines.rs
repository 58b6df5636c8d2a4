//! Cable segments in pixels, and how each kind is drawn.

use super::clip;
use super::sheet::{Emphasis, LineMedium, LineStatus, Panel};
use super::view::View;
use crate::picture::Px;
use crate::picture::Sizes;

/// All statuses, in the order of the legend.
pub(super) const STATUSES: [LineStatus; 5] = [
    LineStatus::InService,
    LineStatus::UnderConstruction,
    LineStatus::Planned,
    LineStatus::OutOfService,
    LineStatus::Closed,
];
/// All media, in the order of the legend.
pub(super) const MEDIA: [LineMedium; 3] = [LineMedium::Land, LineMedium::Aerial, LineMedium::Sea];

/// A segment in pixels.
#[derive(Debug, Clone)]
pub(super) struct DrawnLine {
    /// Its id.
    pub id: String,
    /// Its visible parts.
    pub parts: Vec<Vec<Px>>,
    /// What it is laid in.
    pub medium: LineMedium,
    /// Whether light goes through it.
    pub status: LineStatus,
    /// Whether a comparison is about it.
    pub emphasis: Emphasis,
}

/// The segments of a panel that are in sight.
pub(super) fn of(panel: &Panel, view: &View, sizes: Sizes) -> Vec<DrawnLine> {
    let drawn = panel.lines.iter().map(|line| DrawnLine {
        id: line.id.clone(),
        parts: view.visible_way(&line.points, sizes.px(8.0)),
        medium: line.medium,
        status: line.status,
        emphasis: line.emphasis,
    });
    drawn.filter(|line| !line.parts.is_empty()).collect()
}

/// Width of a line, pixels. Submarine cables are thinner: many lie side by side.
pub(super) fn width(medium: LineMedium, status: LineStatus, sizes: Sizes) -> f64 {
    let solid = match medium {
        LineMedium::Land | LineMedium::Aerial => 1.9,
        LineMedium::Sea => 1.55,
    };
    sizes.px(match status {
        LineStatus::InService | LineStatus::UnderConstruction | LineStatus::Planned => solid,
        LineStatus::OutOfService | LineStatus::Closed => 1.6,
    })
}

/// Lengths of dashes and gaps, pixels; `None` for a whole line.
pub(super) fn dashes(status: LineStatus, sizes: Sizes) -> Option<Vec<f64>> {
    let lengths: &[f64] = match status {
        LineStatus::InService => return None,
        LineStatus::UnderConstruction => &[10.0, 3.5],
        LineStatus::Planned => &[4.0, 3.2],
        LineStatus::OutOfService => &[1.7, 3.4],
        LineStatus::Closed => &[7.0, 3.0],
    };
    Some(lengths.iter().map(|&length| sizes.px(length)).collect())
}

/// Where crosses stand on a closed line: evenly, at least one.
pub(super) fn cross_points(part: &[Px], sizes: Sizes) -> Vec<Px> {
    let length = clip::length(part);
    let count = (length / sizes.px(70.0)).round().max(1.0);
    let mut points = Vec::new();
    let mut step = 0.5;
    while step < count {
        points.extend(clip::along(part, length * step / count).map(|(point, _)| point));
        step += 1.0;
    }
    points
}
