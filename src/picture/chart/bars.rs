//! Stacked bars, one a row, negative values to the left of zero.

use super::fill;
use super::frame::{self, Setting};
use super::legend::{Legend, Sample};
use super::plan::{Plan, Shape, Style};
use super::scale::{self, Scale, is_drawable};
use super::sheet::{Axis, Bars, ScaleKind};
use crate::picture::palette;
use crate::picture::{Rect, Sizes, TextBox};

/// Names of rows and notes each take at most this share of the width.
const WIDEST_LABEL: f64 = 0.33;
/// Legends take at most this share of the height.
const HIGHEST_LEGEND: f64 = 0.3;
/// Rows are at most this high, on the reference sheet.
pub(super) const HIGHEST_ROW: f64 = 120.0;
/// Pixels between ticks on the reference sheet.
const TICKS: f64 = 95.0;

/// A linear axis that holds zero.
pub(super) fn axis() -> Axis {
    Axis { title: String::new(), scale: ScaleKind::Linear, from_zero: true }
}

/// Values with those that cannot be drawn set to zero, so that a sum of many is still a number; and how many those are.
pub(super) fn drawable(values: &[f64]) -> (Vec<f64>, usize) {
    let fits = |value: f64| is_drawable(value * 1e6, ScaleKind::Linear);
    let clean = values.iter().map(|&value| if fits(value) { value } else { 0.0 }).collect();
    (clean, values.iter().filter(|&&value| !fits(value)).count())
}

/// Where each value of a stack begins and ends: positive ones upwards from zero, negative ones downwards.
pub(super) fn stacked(values: &[f64]) -> Vec<(f64, f64)> {
    let (mut above, mut below) = (0.0, 0.0);
    let mut spans = Vec::with_capacity(values.len());
    for &value in values {
        let end = if value < 0.0 { &mut below } else { &mut above };
        let start = *end;
        *end += value;
        spans.push((start, *end));
    }
    spans
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
    plan: &mut Plan,
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

/// Rows of a chart: their names to the left of the axes.
pub(super) struct Rows {
    /// How many are shown.
    pub shown: usize,
    /// Height of each, pixels.
    pub pitch: f64,
    /// The box of the axes.
    pub plot: Rect,
}

impl Rows {
    /// Makes room for the rows, as many as can be read, with `right` pixels kept free to the right.
    pub fn of(labels: &[&str], space: &Rect, unit: &str, right: f64, setting: &Setting) -> Option<Self> {
        let sizes = setting.sizes;
        let style = Style::label(sizes);
        let widest = labels.iter().map(|label| style.width(label)).fold(0.0, f64::max);
        let column = widest.min(space.width() * WIDEST_LABEL) + sizes.px(10.0);
        let bottom = space.bottom - frame::height_across(sizes) - frame::height_of_title(unit, setting);
        let height = bottom - space.top;
        let most = (height / (style.height() * 1.05)).max(0.0) as usize;
        let shown = labels.len().min(most);
        let pitch = (height / shown.max(1) as f64).min(sizes.px(HIGHEST_ROW));
        let plot = Rect {
            left: space.left + column,
            right: space.right - right.max(sizes.px(14.0)),
            top: space.top,
            bottom: space.top + pitch * shown as f64,
        };
        let wide_enough = plot.width() >= frame::LEAST_SIDE;
        (shown > 0 && wide_enough && height >= frame::LEAST_SIDE).then_some(Self { shown, pitch, plot })
    }

    /// Names of the rows.
    pub fn draw(&self, labels: &[&str], left: f64, plan: &mut Plan, sizes: Sizes) {
        let style = Style::label(sizes).colored(palette::TEXT);
        let width = self.plot.left - sizes.px(10.0) - left;
        let most = ((self.pitch / (style.height() * 1.02)) as usize).clamp(1, 3);
        for (row, label) in labels.iter().take(self.shown).enumerate() {
            let lines = style.lines(label, width, most);
            let mut top = self.middle(row) - style.height() * lines.len() as f64 / 2.0;
            for line in lines {
                plan.text(TextBox::ending(&line, style, self.plot.left - sizes.px(10.0), top));
                top += style.height();
            }
        }
    }

    /// The middle of a row.
    pub fn middle(&self, row: usize) -> f64 {
        self.plot.top + (row as f64 + 0.5) * self.pitch
    }

    /// Half the thickness of a bar.
    pub fn half(&self, sizes: Sizes) -> f64 {
        (self.pitch * 0.34).min(sizes.px(36.0))
    }
}

/// The setting with its lower edge right under the rows.
pub(super) fn below(plot: &Rect, unit: &str, setting: &Setting) -> Setting {
    let bottom = plot.bottom + frame::height_across(setting.sizes) + frame::height_of_title(unit, setting);
    Setting { space: Rect { bottom, ..setting.space }, ..*setting }
}

/// Plans the chart; `None` if there is no room.
pub(super) fn plan(bars: &Bars, setting: &Setting, plan: &mut Plan, remarks: &mut Vec<String>) -> Option<()> {
    let sizes = setting.sizes;
    let cleaned: Vec<(Vec<f64>, usize)> = bars.rows.iter().map(|row| drawable(&row.values)).collect();
    let n_left_out: usize = cleaned.iter().map(|(_, n)| n).sum();
    if n_left_out > 0 {
        remarks.push(super::compose::left_out(n_left_out, ScaleKind::Linear, ScaleKind::Linear));
    }
    if cleaned.iter().all(|(values, _)| values.is_empty()) {
        frame::draw_nothing(plan, &setting.space, sizes);
        return Some(());
    }
    let all: Vec<&[f64]> = cleaned.iter().map(|(values, _)| values.as_slice()).collect();
    let entries = part_entries(&bars.parts, &all);
    let space = draw_legend(if bars.parts.len() > 1 { &entries } else { &[] }, setting, plan, remarks);
    let style = Style::label(sizes).bold(palette::TEXT);
    let widest = bars.rows.iter().map(|row| style.width(&row.note)).fold(0.0, f64::max);
    let note_width = widest.min(space.width() * WIDEST_LABEL);
    let labels: Vec<&str> = bars.rows.iter().map(|row| row.label.as_str()).collect();
    let rows = Rows::of(&labels, &space, &bars.unit, note_width + sizes.px(12.0), setting)?;
    if rows.shown < bars.rows.len() {
        remarks.push(format!("{} more rows are not shown for want of room.", bars.rows.len() - rows.shown));
    }
    let spans: Vec<Vec<(f64, f64)>> = cleaned.iter().take(rows.shown).map(|(values, _)| stacked(values)).collect();
    let ends = spans.iter().flatten().flat_map(|&(from, to)| [from, to]);
    let plot = rows.plot;
    let most = (plot.width() / sizes.px(TICKS)).clamp(2.0, 12.0) as usize;
    let scale = Scale::of(&axis(), ends, most, true);
    let under = below(&plot, &bars.unit, setting);
    frame::draw_across(plan, &plot, &scale, &under);
    frame::draw_title_below(plan, &bars.unit, &plot, &under);
    let at = |value: f64| plot.left + scale.share(value) * plot.width();
    for (row, spans) in spans.iter().enumerate() {
        let (middle, half) = (rows.middle(row), rows.half(sizes));
        for (part, &(from, to)) in spans.iter().enumerate() {
            let (left, right) = (at(from).min(at(to)), at(from).max(at(to)));
            let rect = Rect { left, right, top: middle - half, bottom: middle + half };
            fill::area(plan, &rect, part, sizes);
            if right - left > 3.0 {
                let width = sizes.px(1.2);
                plan.shapes.push(Shape::stroke((right, rect.top), (right, rect.bottom), palette::PAPER, width));
            }
        }
        let parts = spans.iter().map(|&(from, to)| (to - from, at(from).min(at(to)), at(from).max(at(to))));
        // A single part is told by its note.
        if bars.rows[row].note.is_empty() || spans.iter().filter(|(from, to)| from != to).count() > 1 {
            draw_values(parts, (middle, half), plan, sizes);
        }
        let end = spans.iter().map(|&(_, to)| at(to)).fold(at(0.0), f64::max) + sizes.px(8.0);
        let text = style.shortened(&bars.rows[row].note, note_width + 0.01);
        plan.text(TextBox::at(&text, style, end, middle - style.height() / 2.0));
    }
    plan.shapes.push(Shape::stroke((at(0.0), plot.top), (at(0.0), plot.bottom), palette::FRAME, sizes.px(1.4)));
    rows.draw(&labels, space.left, plan, sizes);
    plan.plots.push(plot);
    plan.ticks.push((scale.ticks.iter().map(|tick| tick.0).collect(), Vec::new()));
    Some(())
}

/// The value of each part on it, on a slip of paper, where there is room for it.
fn draw_values(
    parts: impl Iterator<Item = (f64, f64, f64)>,
    (middle, half): (f64, f64),
    plan: &mut Plan,
    sizes: Sizes,
) {
    let style = Style::label(sizes).colored(palette::TEXT);
    let (pad, high) = (sizes.px(4.0), style.height());
    for (value, left, right) in parts {
        let text = scale::as_sums(value);
        let width = style.width(&text);
        if value == 0.0 || width + pad * 3.0 > right - left || high + 1.0 > half * 2.0 {
            continue;
        }
        let text = TextBox::centered(&text, style, (left + right) / 2.0, middle - high / 2.0);
        let slip = Rect { left: text.rect.left - pad, right: text.rect.right + pad, ..text.rect };
        plan.shapes.push(Shape::rect(&slip, palette::PAPER));
        plan.text(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stacks_grow_both_ways_from_zero() {
        assert_eq!(stacked(&[2.0, -1.0, 3.0, -4.0]), [(0.0, 2.0), (0.0, -1.0), (2.0, 5.0), (-1.0, -5.0)]);
        assert_eq!(drawable(&[1.0, f64::NAN, f64::INFINITY, -2.0, 1e299]), (vec![1.0, 0.0, 0.0, -2.0, 0.0], 3));
    }
}
