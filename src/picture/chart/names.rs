//! Names of lines, beside their ends: inside the chart for a line that stops early and has free room behind its end,
//! otherwise in a column to the right, moved apart so that none lies on another.

use plotters::style::RGBColor;

use super::frame::crosses;
use super::plan::{Shape, SheetPlan, Style};
use crate::picture::palette;
use crate::picture::{Px, Rect, Sizes, TextBox};

/// A line that ends this far before the edge of the chart stops early, on the reference sheet.
const EARLY: f64 = 20.0;

/// A name and the end of its line.
#[derive(Debug, Clone)]
pub(super) struct Name {
    /// The name, already short enough for the column.
    pub text: String,
    /// The colour of the line.
    pub color: RGBColor,
    /// Where the line ends.
    pub end: Px,
}

/// The style of names.
pub(super) fn style(sizes: Sizes) -> Style {
    Style::label(sizes).bold(palette::TEXT)
}

/// The height of a name with the space to the next.
pub(super) fn pitch(sizes: Sizes) -> f64 {
    style(sizes).height() + sizes.px(2.0)
}

/// The space between the chart and the column of names.
pub(super) fn gap(sizes: Sizes) -> f64 {
    sizes.px(16.0)
}

/// Puts the names on the plan. The column must be high enough for all of them.
pub(super) fn draw(
    plan: &mut SheetPlan,
    names: Vec<Name>,
    plot: &Rect,
    column: &Rect,
    lines: &[(Px, Px)],
    sizes: Sizes,
) {
    let style = style(sizes);
    let colored = |name: &Name| style.colored(palette::mix(name.color, palette::TEXT, 0.25));
    let behind = |name: &Name| {
        let (x, y) = (name.end.0 + sizes.px(9.0), name.end.1 - style.height() / 2.0);
        TextBox::at(&name.text, colored(name), x, y)
    };
    let (mut inside, mut beside): (Vec<Name>, Vec<Name>) =
        names.into_iter().partition(|name| name.end.0 < plot.right - sizes.px(EARLY));
    // A name that has to go to the column sends a leader there, which may take the room behind another line's end.
    loop {
        let leaders: Vec<(Px, Px)> = beside.iter().map(|name| (name.end, (plot.right, name.end.1))).collect();
        let mut boxes: Vec<Rect> = Vec::new();
        let (free, moved): (Vec<Name>, Vec<Name>) = inside.into_iter().partition(|name| {
            let text = behind(name);
            let off = text.rect.grown(sizes.px(2.0));
            let crossed = lines.iter().chain(&leaders).any(|&line| crosses(line, &off));
            let met = boxes.iter().any(|other| other.intersects(&off));
            let free = plot.contains_rect(&text.rect) && plan.is_free(&off) && !crossed && !met;
            boxes.extend(free.then_some(text.rect));
            free
        });
        inside = free;
        if moved.is_empty() {
            break;
        }
        beside.extend(moved);
    }
    inside.iter().for_each(|name| plan.text(behind(name)));
    beside.sort_by(|a, b| a.end.1.total_cmp(&b.end.1));
    let wished: Vec<f64> = beside.iter().map(|name| name.end.1 - style.height() / 2.0).collect();
    let tops = apart(&wished, pitch(sizes), column.top, column.bottom);
    for (name, top) in beside.into_iter().zip(tops) {
        let text = TextBox::at(&name.text, colored(&name), column.left, top);
        let (from, to) = (name.end.0.max(plot.left), column.left - sizes.px(3.0));
        let points = if from < plot.right - sizes.px(EARLY) {
            vec![(from, name.end.1), (plot.right, name.end.1), (to, text.rect.center().1)]
        } else {
            vec![(plot.right + sizes.px(5.0), name.end.1), (to, text.rect.center().1)]
        };
        let dash = Some([sizes.px(2.0), sizes.px(2.0)]);
        plan.shapes.push(Shape::Line { points, color: name.color, width: sizes.px(1.0), dash });
        plan.text(text);
    }
}

/// Places on a line, in order, no closer than `pitch` and within bounds, near those that were wished for.
fn apart(wished: &[f64], pitch: f64, from: f64, to: f64) -> Vec<f64> {
    let mut places = Vec::with_capacity(wished.len());
    let mut least = from;
    for &wish in wished {
        let place = wish.max(least);
        places.push(place);
        least = place + pitch;
    }
    let mut most = to;
    for place in places.iter_mut().rev() {
        *place = place.min(most - pitch);
        most = *place;
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_moved_apart() {
        assert_eq!(apart(&[10.0, 50.0], 10.0, 0.0, 100.0), [10.0, 50.0]);
        assert_eq!(apart(&[10.0, 12.0, 13.0], 10.0, 0.0, 100.0), [10.0, 20.0, 30.0]);
        assert_eq!(apart(&[80.0, 95.0, 96.0], 10.0, 0.0, 100.0), [70.0, 80.0, 90.0]);
    }
}
