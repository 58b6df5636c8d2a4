//! Stacked bars, one a row, negative values to the left of zero.

use super::fill;
use super::frame::{self, Setting};
use super::legend::{draw_legend, part_entries};
use super::plan::{Shape, SheetPlan, Style};
use super::rows::{Rows, WIDEST_LABEL, below};
use super::scale::{self, Scale};
use super::sheet::{Bars, ScaleKind};
use super::stack::{axis, drawable, stacked};
use crate::picture::palette;
use crate::picture::{Rect, Sizes, TextBox};

/// Pixels between ticks on the reference sheet.
const TICKS: f64 = 95.0;

/// Plans the chart; `None` if there is no room.
pub(super) fn plan(bars: &Bars, setting: &Setting, plan: &mut SheetPlan, remarks: &mut Vec<String>) -> Option<()> {
    let sizes = setting.sizes;
    let cleaned: Vec<(Vec<f64>, usize)> = bars.rows.iter().map(|row| drawable(&row.values)).collect();
    let n_left_out: usize = cleaned.iter().map(|(_, n)| n).sum();
    if n_left_out > 0 {
        remarks.push(scale::left_out(n_left_out, ScaleKind::Linear, ScaleKind::Linear));
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
        // The note of a row describes a single part.
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
    plan: &mut SheetPlan,
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
