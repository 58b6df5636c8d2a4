//! Puts a planned sheet on paper: the maps first, then the paper round them, frames, texts and legend.

use super::compose::Composition;
use super::{draw_panel, legend, palette};
use crate::picture::{ASCENT, Anchor, Canvas, Group, Line, PictureError, Rect, Weight};

/// The sheet as SVG.
pub(super) fn svg(plan: &Composition) -> Result<String, PictureError> {
    let mut canvas = Canvas::new(plan.width_px, plan.height_px);
    let sheet = Rect::from_size(0.0, 0.0, f64::from(plan.width_px), f64::from(plan.height_px));
    let sizes = plan.sizes;
    canvas.group(&Group::plain(), |brush| brush.rect(&sheet, palette::PAPER))?;
    for panel in &plan.panels {
        draw_panel::draw(&mut canvas, panel, sizes)?;
    }
    // What spills over the edge of a map is covered by a ring of paper; cutting paths to the map in the renderer
    // would cost more than all else.
    canvas.group(&Group::plain(), |brush| {
        for panel in &plan.panels {
            brush.frame(&panel.view.rect.grown(sizes.ring() / 2.0), palette::PAPER, sizes.ring());
        }
        for panel in &plan.panels {
            brush.frame(&panel.view.rect, palette::FRAME, sizes.px(1.1));
        }
    })?;
    canvas.group(&Group::plain(), |brush| {
        for panel in &plan.panels {
            for (text, rect) in &panel.graticule.degrees {
                brush.text(Line {
                    text,
                    x: rect.left,
                    baseline: rect.top + ASCENT * panel.graticule.size,
                    size: panel.graticule.size,
                    weight: Weight::Regular,
                    anchor: Anchor::Start,
                    color: palette::TEXT_FAINT,
                });
            }
        }
        let arrangement = &plan.arrangement;
        for texts in [&arrangement.title, &arrangement.subtitle, &arrangement.captions, &arrangement.footer] {
            texts.iter().for_each(|line| brush.text_box(line));
        }
    })?;
    legend::draw(&mut canvas, &plan.arrangement.legend, sizes)?;
    Ok(canvas.finish())
}
