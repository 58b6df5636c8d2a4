//! The box of a chart's axes: grid lines, ticks with their numbers, and where a value stands in it.

use plotters::style::RGBColor;

use super::plan::{Shape, SheetPlan, Style};
use super::scale::Scale;
use crate::picture::palette;
use crate::picture::{Px, Rect, Sizes, TextBox};

/// Least width and height of the box, pixels.
pub(super) const LEAST_SIDE: f64 = 30.0;

/// What a chart is drawn with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Setting {
    /// The room for the chart without its caption.
    pub space: Rect,
    /// How big things are.
    pub sizes: Sizes,
    /// Whether axes have titles.
    pub titles: bool,
    /// Whether lines have names and parts a legend.
    pub names: bool,
    /// What lines have in common with those above and below them.
    pub common: Common,
}

/// What charts of lines have in common that stand below each other over one axis.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Common {
    /// The least and the greatest value of the axis to the right, where there is such an axis.
    pub across: Option<(f64, f64)>,
    /// Room kept free to the left of the box of the axes, pixels.
    pub left: f64,
    /// Room kept free to its right, pixels.
    pub right: f64,
}

/// A line at a value of the axis to the right, and the texts under it.
pub(super) fn draw_across(plan: &mut SheetPlan, plot: &Rect, scale: &Scale, setting: &Setting) {
    let sizes = setting.sizes;
    let at = |value: f64| plot.left + scale.share(value) * plot.width();
    let line = |value: f64, color: RGBColor| {
        Shape::stroke((at(value), plot.top), (at(value), plot.bottom), color, sizes.px(1.0).max(0.6))
    };
    plan.shapes.extend(scale.minor.iter().map(|&value| line(value, minor_color())));
    plan.shapes.extend(scale.ticks.iter().map(|(value, _)| line(*value, grid_color())));
    let style = Style::label(sizes);
    let top = plot.bottom + gap_below(sizes);
    let mut end = f64::NEG_INFINITY;
    for (value, text) in &scale.ticks {
        let text = TextBox::centered(text, style, at(*value), top);
        let text = within(text, &setting.space);
        if text.rect.left > end && text.rect.right <= setting.space.right + 0.01 {
            end = text.rect.right + sizes.px(8.0);
            plan.text(text);
        }
    }
}

/// The height of the numbers under a chart.
pub(super) fn height_across(sizes: Sizes) -> f64 {
    gap_below(sizes) + Style::label(sizes).height()
}

/// The space above them, which keeps them off the lowest number beside the chart.
pub(super) fn gap_below(sizes: Sizes) -> f64 {
    sizes.px(6.0).max(Style::label(sizes).height() / 2.0 + 1.0)
}

/// A line at each value of the axis upwards, and the numbers to its left.
pub(super) fn draw_up(plan: &mut SheetPlan, plot: &Rect, scale: &Scale, setting: &Setting) {
    let sizes = setting.sizes;
    let at = |value: f64| plot.bottom - scale.share(value) * plot.height();
    let line = |value: f64, color: RGBColor| {
        Shape::stroke((plot.left, at(value)), (plot.right, at(value)), color, sizes.px(1.0).max(0.6))
    };
    plan.shapes.extend(scale.minor.iter().map(|&value| line(value, minor_color())));
    plan.shapes.extend(scale.ticks.iter().map(|(value, _)| line(*value, grid_color())));
    let style = Style::label(sizes);
    let mut end = f64::INFINITY;
    for (value, text) in &scale.ticks {
        let top = at(*value) - style.height() / 2.0;
        if top + style.height() < end {
            end = top;
            plan.text(TextBox::ending(text, style, plot.left - sizes.px(8.0), top));
        }
    }
}

/// The width of the numbers to the left of a chart.
pub(super) fn width_up(scale: &Scale, sizes: Sizes) -> f64 {
    let style = Style::label(sizes);
    scale.ticks.iter().map(|(_, text)| style.width(text)).fold(0.0, f64::max) + sizes.px(8.0)
}

/// The lines of the axes.
pub(super) fn draw_axes(plan: &mut SheetPlan, plot: &Rect, sizes: Sizes) {
    let width = sizes.px(1.2).max(0.8);
    let corner: Px = (plot.left, plot.bottom);
    plan.shapes.push(Shape::stroke((plot.left, plot.top), corner, palette::FRAME, width));
    plan.shapes.push(Shape::stroke(corner, (plot.right, plot.bottom), palette::FRAME, width));
}

/// The title of an axis under a chart, if there is one.
pub(super) fn draw_title_below(plan: &mut SheetPlan, title: &str, plot: &Rect, setting: &Setting) {
    if setting.titles {
        let style = Style::axis(setting.sizes);
        let top = setting.space.bottom - style.height();
        let text = style.shortened(title, setting.space.width());
        plan.text(within(TextBox::centered(&text, style, plot.center().0, top), &setting.space));
    }
}

/// The height that title takes.
pub(super) fn height_of_title(title: &str, setting: &Setting) -> f64 {
    if setting.titles && !title.trim().is_empty() {
        Style::axis(setting.sizes).height() + setting.sizes.px(4.0)
    } else {
        0.0
    }
}

/// Whether a box is large enough to draw in.
pub(super) fn is_large_enough(plot: &Rect) -> bool {
    plot.width() >= LEAST_SIDE && plot.height() >= LEAST_SIDE
}

/// Says that there is nothing to show.
pub(super) fn draw_nothing(plan: &mut SheetPlan, space: &Rect, sizes: Sizes) {
    let style = Style::axis(sizes);
    let (x, y) = space.center();
    let text = style.shortened("nothing to show", space.width());
    plan.text(TextBox::centered(&text, style, x, y - style.height() / 2.0));
    plan.plots.push(*space);
    plan.ticks.push((Vec::new(), Vec::new()));
}

/// The text, moved sideways into a box.
pub(super) fn within(mut text: TextBox, space: &Rect) -> TextBox {
    let over = (text.rect.right - space.right).max(0.0);
    let under = (space.left - (text.rect.left - over)).max(0.0);
    text.rect.left += under - over;
    text.rect.right += under - over;
    text
}

fn grid_color() -> RGBColor {
    palette::mix(palette::PAPER, palette::FRAME, 0.22)
}

fn minor_color() -> RGBColor {
    palette::mix(palette::PAPER, palette::FRAME, 0.09)
}

/// Whether a straight line touches a box (L.-Y. Liang and B. A. Barsky, *A new concept and method for line clipping*,
/// ACM Transactions on Graphics 3(1), 1984).
pub(super) fn crosses((from, to): (Px, Px), rect: &Rect) -> bool {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    let sides =
        [(-dx, from.0 - rect.left), (dx, rect.right - from.0), (-dy, from.1 - rect.top), (dy, rect.bottom - from.1)];
    for (toward, room) in sides {
        if toward == 0.0 {
            if room < 0.0 {
                return false;
            }
        } else if toward < 0.0 {
            enter = enter.max(room / toward);
        } else {
            leave = leave.min(room / toward);
        }
    }
    enter <= leave
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_touch_the_boxes_they_cross() {
        let rect = Rect::from_size(10.0, 10.0, 10.0, 10.0);
        assert!(crosses(((0.0, 0.0), (30.0, 30.0)), &rect));
        assert!(crosses(((12.0, 12.0), (13.0, 13.0)), &rect));
        assert!(!crosses(((0.0, 0.0), (9.0, 30.0)), &rect));
        assert!(!crosses(((0.0, 25.0), (30.0, 25.0)), &rect));
        assert!(!crosses(((0.0, 22.0), (22.0, 44.0)), &rect));
    }
}
