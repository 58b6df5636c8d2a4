//! Stacked columns with a line over them, negative values below zero.

use super::fill;
use super::frame::{self, Setting};
use super::legend::{Sample, draw_legend, part_entries};
use super::plan::{Shape, SheetPlan, Style};
use super::scale::{self, Scale, is_drawable};
use super::sheet::{Columns, ScaleKind};
use super::stack::{axis, drawable, stacked};
use crate::picture::palette;
use crate::picture::{Px, Rect, TextBox};

/// Pixels between ticks on the reference sheet.
const TICKS: f64 = 48.0;
/// A column is at most this wide, on the reference sheet.
const WIDEST_COLUMN: f64 = 90.0;

/// Plans the chart; `None` if there is no room.
pub(super) fn plan(
    columns: &Columns,
    setting: &Setting,
    plan: &mut SheetPlan,
    remarks: &mut Vec<String>,
) -> Option<()> {
    let sizes = setting.sizes;
    let cleaned: Vec<(Vec<f64>, usize)> = columns.columns.iter().map(|(_, values)| drawable(values)).collect();
    let along: Vec<Option<f64>> = match &columns.line {
        Some((_, values)) => columns.columns.iter().enumerate().map(|(i, _)| fitting(values.get(i))).collect(),
        None => Vec::new(),
    };
    let given = columns.line.as_ref().map_or(0, |(_, values)| values.len().min(columns.columns.len()));
    let n_left_out =
        cleaned.iter().map(|(_, n)| n).sum::<usize>() + given - along.iter().filter(|value| value.is_some()).count();
    if n_left_out > 0 {
        remarks.push(scale::left_out(n_left_out, ScaleKind::Linear, ScaleKind::Linear));
    }
    if cleaned.is_empty() {
        frame::draw_nothing(plan, &setting.space, sizes);
        return Some(());
    }
    let all: Vec<&[f64]> = cleaned.iter().map(|(values, _)| values.as_slice()).collect();
    let space = draw_legend(&entries(columns, &all), setting, plan, remarks);
    let spans: Vec<Vec<(f64, f64)>> = cleaned.iter().map(|(values, _)| stacked(values)).collect();
    let ends = spans.iter().flatten().flat_map(|&(from, to)| [from, to]).chain(along.iter().flatten().copied());
    let most = (space.height() / sizes.px(TICKS)).clamp(2.0, 12.0) as usize;
    let scale = Scale::of(&axis(), ends, most, true);
    let style = Style::label(sizes);
    let titled = setting.titles && !columns.unit.trim().is_empty();
    let title = if titled { Style::axis(sizes).height() + sizes.px(4.0) } else { 0.0 };
    let (left, right) = (space.left + frame::width_up(&scale, sizes), space.right - sizes.px(14.0));
    let slot = (right - left) / spans.len() as f64;
    let labels = Labels::of(columns, slot, style);
    let below = frame::gap_below(sizes) + frame::height_of_title(&columns.across, setting);
    let bottom = space.bottom - below - style.height() * labels.n_lines as f64;
    let plot = Rect { left, right, top: space.top + title + style.height() / 2.0, bottom };
    if !frame::is_large_enough(&plot) {
        return None;
    }
    frame::draw_up(plan, &plot, &scale, setting);
    if titled {
        let style = Style::axis(sizes);
        let text = style.shortened(&columns.unit, space.width());
        plan.text(TextBox::at(&text, style, space.left, space.top));
    }
    let at = |value: f64| plot.bottom - scale.share(value) * plot.height();
    let middle = |column: usize| plot.left + (column as f64 + 0.5) * slot;
    let half = (slot * 0.36).min(sizes.px(WIDEST_COLUMN / 2.0));
    for (column, spans) in spans.iter().enumerate() {
        for (part, &(from, to)) in spans.iter().enumerate() {
            let (top, bottom) = (at(from).min(at(to)), at(from).max(at(to)));
            let rect = Rect { left: middle(column) - half, right: middle(column) + half, top, bottom };
            fill::area(plan, &rect, part, sizes);
            if bottom - top > 3.0 {
                let from = (rect.left, top);
                plan.shapes.push(Shape::stroke(from, (rect.right, top), palette::PAPER, sizes.px(1.2)));
            }
        }
    }
    plan.shapes.push(Shape::stroke((plot.left, at(0.0)), (plot.right, at(0.0)), palette::FRAME, sizes.px(1.4)));
    let points: Vec<Option<Px>> =
        along.iter().enumerate().map(|(column, value)| value.map(|value| (middle(column), at(value)))).collect();
    draw_line(plan, &points, setting);
    labels.draw(plan, middle, plot.bottom + frame::gap_below(sizes), &space, style);
    frame::draw_title_below(plan, &columns.across, &plot, setting);
    plan.plots.push(plot);
    plan.ticks.push((Vec::new(), scale.ticks.iter().map(|tick| tick.0).collect()));
    Some(())
}

fn fitting(value: Option<&f64>) -> Option<f64> {
    value.copied().filter(|&value| is_drawable(value * 1e6, ScaleKind::Linear))
}

fn entries(columns: &Columns, values: &[&[f64]]) -> Vec<(Sample, String)> {
    let many = columns.parts.len() > 1 || columns.line.is_some();
    let mut entries = if many { part_entries(&columns.parts, values) } else { Vec::new() };
    entries.extend(columns.line.iter().map(|(name, _)| (Sample::Sum, name.clone())));
    entries
}

fn draw_line(plan: &mut SheetPlan, points: &[Option<Px>], setting: &Setting) {
    let sizes = setting.sizes;
    for run in points.split(Option::is_none) {
        let points: Vec<Px> = run.iter().flatten().copied().collect();
        for (color, width) in [(palette::PAPER, 5.0), (palette::TEXT, 2.4)] {
            let points = points.clone();
            plan.shapes.push(Shape::Line { points, color, width: sizes.px(width), dash: None });
        }
        for &center in &points {
            plan.shapes.push(Shape::Disc { center, radius: sizes.px(4.8), color: palette::PAPER });
            plan.shapes.push(Shape::Disc { center, radius: sizes.px(3.4), color: palette::TEXT });
        }
    }
}

/// Names of the columns: each, on up to three lines, or every so many where there is no room for all.
struct Labels {
    lines: Vec<Vec<String>>,
    stride: usize,
    n_lines: usize,
}

impl Labels {
    fn of(columns: &Columns, slot: f64, style: Style) -> Self {
        let names: Vec<&str> = columns.columns.iter().map(|(name, _)| name.as_str()).collect();
        let room = slot - style.size * 0.4;
        let widest_word = names.iter().flat_map(|name| name.split_whitespace()).map(|word| style.width(word));
        // Words that fit may stand below each other; otherwise some names are left out, or all are shortened.
        let stride = if widest_word.fold(0.0, f64::max) <= room || room > style.size * 4.0 {
            1
        } else {
            let widest = names.iter().map(|name| style.width(name)).fold(0.0, f64::max).min(style.size * 8.0);
            let needed = (widest + style.size * 0.8) / slot;
            [2, 5, 10, 20, 50, 100, 200, 500].into_iter().find(|&stride| stride as f64 >= needed).unwrap_or(1000)
        };
        let width = slot * stride as f64 - style.size * 0.4;
        let lines: Vec<Vec<String>> = names.iter().map(|name| style.lines(name, width, 3)).collect();
        let n_lines = lines.iter().step_by(stride).map(Vec::len).max().unwrap_or(1).max(1);
        Self { lines, stride, n_lines }
    }

    fn draw(self, plan: &mut SheetPlan, middle: impl Fn(usize) -> f64, top: f64, space: &Rect, style: Style) {
        for (column, lines) in self.lines.iter().enumerate().step_by(self.stride) {
            for (row, line) in lines.iter().enumerate() {
                let text = TextBox::centered(line, style, middle(column), top + row as f64 * style.height());
                let text = frame::within(text, space);
                if plan.is_free(&text.rect) {
                    plan.text(text);
                }
            }
        }
    }
}
