//! The legend of a chart: samples with their names, in rows.

use super::fill;
use super::frame::Setting;
use super::plan::{Shape, SheetPlan, Style};
use crate::picture::palette;
use crate::picture::{Rect, Sizes, TextBox};

/// Legends take at most this share of the height.
const HIGHEST_LEGEND: f64 = 0.3;

/// What a sample shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sample {
    /// A line, by its index.
    Line {
        /// Which.
        index: usize,
        /// Whether it is dashed.
        dashed: bool,
        /// Whether it bears marks.
        marked: bool,
    },
    /// The line over columns.
    Sum,
    /// An area, by its index.
    Area(usize),
}

/// Entries, set in rows from the top of a box.
#[derive(Debug, Clone)]
pub(super) struct Legend {
    items: Vec<(Sample, Rect, TextBox)>,
    /// The lower edge.
    pub bottom: f64,
    /// Entries for which there was no room.
    pub n_left_out: usize,
}

impl Legend {
    /// Sets the entries into a box, as many as its height has room for.
    pub fn of(entries: &[(Sample, String)], space: &Rect, sizes: Sizes) -> Self {
        let style = Style::label(sizes).colored(palette::TEXT);
        let (sample, gap) = (sizes.px(26.0), sizes.px(6.0));
        let pitch = style.height() + sizes.px(4.0);
        let mut result = Self { items: Vec::new(), bottom: space.top, n_left_out: 0 };
        let (mut x, mut y) = (space.left, space.top);
        for (index, (kind, name)) in entries.iter().enumerate() {
            let text = style.shortened(name, space.width() - sample - gap);
            let width = sample + gap + style.width(&text);
            if x > space.left && x + width > space.right {
                x = space.left;
                y += pitch;
            }
            if y + pitch > space.bottom + 0.01 {
                result.n_left_out = entries.len() - index;
                break;
            }
            let rect = Rect::from_size(x, y + style.height() * 0.08, sample, style.height() * 0.84);
            result.items.push((*kind, rect, TextBox::at(&text, style, x + sample + gap, y)));
            result.bottom = y + pitch;
            x += width + sizes.px(20.0);
        }
        result
    }

    /// Puts it on the plan.
    pub fn draw(self, plan: &mut SheetPlan, sizes: Sizes) {
        for (sample, rect, text) in self.items {
            let (x, y) = rect.center();
            match sample {
                Sample::Area(index) => fill::area(plan, &rect, index, sizes),
                Sample::Line { index, dashed, marked } => {
                    plan.shapes.push(Shape::Line {
                        points: vec![(rect.left, y), (rect.right, y)],
                        color: fill::line_color(index),
                        width: sizes.px(2.6),
                        dash: dashed.then(|| [sizes.px(8.0), sizes.px(4.0)]),
                    });
                    if marked {
                        fill::mark(plan, (x, y), index, sizes);
                    }
                }
                Sample::Sum => {
                    plan.shapes.push(Shape::stroke((rect.left, y), (rect.right, y), palette::TEXT, sizes.px(2.4)));
                    let radius = sizes.px(3.4);
                    plan.shapes.push(Shape::Disc { center: (x, y), radius, color: palette::TEXT });
                }
            }
            plan.text(text);
        }
    }
}

/// The entries of those parts that any row has something of: what is nowhere needs no explaining.
pub(super) fn part_entries(parts: &[String], rows: &[&[f64]]) -> Vec<(Sample, String)> {
    let is_there = |i: usize| rows.iter().any(|values| values.get(i).is_some_and(|value| *value != 0.0));
    let named = parts.iter().enumerate().filter(|(i, part)| is_there(*i) && !part.trim().is_empty());
    named.map(|(i, part)| (Sample::Area(i), part.clone())).collect()
}

/// The legend of parts at the top of a chart; gives the room below it.
pub(super) fn draw_legend(
    entries: &[(Sample, String)],
    setting: &Setting,
    plan: &mut SheetPlan,
    remarks: &mut Vec<String>,
) -> Rect {
    let space = setting.space;
    if !setting.names || entries.is_empty() {
        return space;
    }
    let room = Rect { bottom: space.top + space.height() * HIGHEST_LEGEND, ..space };
    let legend = Legend::of(entries, &room, setting.sizes);
    if legend.n_left_out > 0 {
        remarks.push(format!("{} parts are not in the legend for want of room.", legend.n_left_out));
    }
    let top = legend.bottom + setting.sizes.px(8.0);
    legend.draw(plan, setting.sizes);
    Rect { top, ..space }
}
