//! Puts a planned sheet on paper.

use super::plan::{Shape, SheetPlan};
use crate::picture::palette;
use crate::picture::{Brush, Canvas, Group, PictureError, Rect};

/// The sheet as SVG.
pub(super) fn svg(plan: &SheetPlan) -> Result<String, PictureError> {
    let mut canvas = Canvas::new(plan.width_px, plan.height_px);
    let sheet = Rect::from_size(0.0, 0.0, f64::from(plan.width_px), f64::from(plan.height_px));
    canvas.group(&Group::plain(), |brush| brush.rect(&sheet, palette::PAPER))?;
    // Neighbours with the same dashes share a group.
    for run in plan.shapes.chunk_by(|a, b| dash_of(a) == dash_of(b)) {
        let group = match run.first().and_then(dash_of) {
            Some(lengths) => Group::dashed(&lengths),
            None => Group::bevelled(),
        };
        canvas.group(&group, |brush| run.iter().for_each(|shape| draw(brush, shape)))?;
    }
    // A halo keeps a number readable where a line passes under it.
    canvas.group(&Group::halo(palette::HALO, 1.6), |brush| plan.texts.iter().for_each(|text| brush.text_box(text)))?;
    Ok(canvas.finish())
}

fn dash_of(shape: &Shape) -> Option<[f64; 2]> {
    match shape {
        Shape::Line { dash, .. } => *dash,
        Shape::Area { .. } | Shape::Disc { .. } => None,
    }
}

fn draw(brush: &mut Brush, shape: &Shape) {
    match shape {
        Shape::Line { points, color, width, .. } => brush.line(points, *color, *width),
        Shape::Area { ring, color } => brush.area(ring, *color),
        Shape::Disc { center, radius, color } => brush.disc(*center, *radius, *color),
    }
}
