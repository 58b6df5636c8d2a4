//! Ranges about a base value: a tornado.

use super::fill;
use super::frame::{self, Setting};
use super::legend::{Sample, draw_legend};
use super::plan::{Shape, SheetPlan, Style};
use super::rows::{Rows, below};
use super::scale::{self, Scale, is_drawable};
use super::sheet::{Axis, RangeRow, Ranges, ScaleKind};
use crate::picture::Rect;
use crate::picture::TextBox;
use crate::picture::palette;

/// Parts of the palette for the two ends: blue for low, vermillion for high.
const LOW: usize = 1;
const HIGH: usize = 0;
/// Texts at the ends each take at most this share of the width.
const WIDEST_TEXT: f64 = 0.2;
/// Pixels between ticks on the reference sheet.
const TICKS: f64 = 95.0;

/// Plans the chart; `None` if there is no room.
pub(super) fn plan(ranges: &Ranges, setting: &Setting, plan: &mut SheetPlan, remarks: &mut Vec<String>) -> Option<()> {
    let sizes = setting.sizes;
    let fits = |value: f64| is_drawable(value, ScaleKind::Linear);
    let rows: Vec<&RangeRow> = ranges.rows.iter().filter(|row| fits(row.low) && fits(row.high)).collect();
    let n_left_out = ranges.rows.len() - rows.len();
    if n_left_out > 0 {
        remarks.push(scale::left_out(n_left_out, ScaleKind::Linear, ScaleKind::Linear));
    }
    if rows.is_empty() || !fits(ranges.base) {
        frame::draw_nothing(plan, &setting.space, sizes);
        return Some(());
    }
    let entries =
        [(Sample::Area(LOW), "at its low value".to_owned()), (Sample::Area(HIGH), "at its high value".to_owned())];
    let space = draw_legend(&entries, setting, plan, remarks);
    let style = Style::label(sizes);
    let texts = rows.iter().flat_map(|row| ends_of(row, ranges.base)).flatten();
    let text_width = texts.map(|text| style.width(&text)).fold(0.0, f64::max).min(space.width() * WIDEST_TEXT);
    let margin = text_width + sizes.px(14.0);
    let top = space.top + if setting.names { style.height() + sizes.px(4.0) } else { 0.0 };
    let space = Rect { top, ..space };
    let labels: Vec<&str> = rows.iter().map(|row| row.label.as_str()).collect();
    let set = Rows::of(&labels, &space, &ranges.unit, 0.0, setting)?;
    if set.shown < rows.len() {
        remarks.push(format!("{} more rows are not shown for want of room.", rows.len() - set.shown));
    }
    let plot = set.plot;
    let inner = Rect { left: plot.left + margin, right: plot.right - margin, ..plot };
    if inner.width() < frame::LEAST_SIDE {
        return None;
    }
    let ends = rows.iter().take(set.shown).flat_map(|row| [row.low, row.high]).chain([ranges.base]);
    let most = (inner.width() / sizes.px(TICKS)).clamp(2.0, 12.0) as usize;
    let axis = Axis { title: String::new(), scale: ScaleKind::Linear, from_zero: false };
    let scale = Scale::of(&axis, ends, most, true);
    let under = below(&plot, &ranges.unit, setting);
    frame::draw_across(plan, &inner, &scale, &under);
    frame::draw_title_below(plan, &ranges.unit, &inner, &under);
    let at = |value: f64| inner.left + scale.share(value) * inner.width();
    for (row, range) in rows.iter().take(set.shown).enumerate() {
        let (middle, half) = (set.middle(row), set.half(sizes));
        draw_row(range, [at(range.low), at(range.high), at(ranges.base)], (middle, half), plan, setting);
        let (left, right) = (range.low.min(range.high).min(ranges.base), range.low.max(range.high).max(ranges.base));
        draw_ends(range, ranges.base, [at(left), at(right)], (middle, text_width), plan, setting);
    }
    let base = at(ranges.base);
    plan.shapes.push(Shape::stroke((base, plot.top), (base, plot.bottom), palette::TEXT, sizes.px(1.6)));
    if setting.names {
        let base_text = three_digits(ranges.base).unwrap_or_else(|| scale.number(ranges.base));
        let style = style.bold(palette::TEXT);
        let text = style.shortened(&format!("base {base_text}"), plot.width());
        let text = TextBox::centered(&text, style, base, plot.top - style.height() - sizes.px(2.0));
        plan.text(frame::within(text, &space));
    }
    set.draw(&labels, space.left, plan, sizes);
    plan.plots.push(plot);
    plan.ticks.push((scale.ticks.iter().map(|tick| tick.0).collect(), Vec::new()));
    Some(())
}

/// The two bars of a row; one above the other where both go the same way.
fn draw_row(range: &RangeRow, ends: [f64; 3], row: (f64, f64), plan: &mut SheetPlan, setting: &Setting) {
    let [low, high, base] = ends;
    let (middle, half) = row;
    let same_side = (low - base) * (high - base) > 0.0;
    let bar = |end: f64, top: f64, bottom: f64| Rect { left: end.min(base), right: end.max(base), top, bottom };
    let (upper, lower) = if same_side { (middle, middle) } else { (middle + half, middle - half) };
    if range.low != range.high || same_side {
        fill::area(plan, &bar(low, middle - half, upper), LOW, setting.sizes);
        fill::area(plan, &bar(high, lower, middle + half), HIGH, setting.sizes);
    }
}

/// The texts left and right of a row; both on one side, the nearer one first, where both bars go the same way.
fn ends_of(range: &RangeRow, base: f64) -> [Option<String>; 2] {
    let (left, right) =
        if range.low <= range.high { (&range.low_text, &range.high_text) } else { (&range.high_text, &range.low_text) };
    let (least, most) = (range.low.min(range.high), range.low.max(range.high));
    if most < base {
        [Some(format!("{left}, {right}")), None]
    } else if least > base {
        [None, Some(format!("{left}, {right}"))]
    } else {
        [Some(left.clone()), Some(right.clone())]
    }
}

fn draw_ends(range: &RangeRow, base: f64, ends: [f64; 2], row: (f64, f64), plan: &mut SheetPlan, setting: &Setting) {
    let style = Style::label(setting.sizes);
    let (top, gap) = (row.0 - style.height() / 2.0, setting.sizes.px(7.0));
    let [left, right] = ends_of(range, base);
    if let Some(text) = left {
        plan.text(TextBox::ending(&style.shortened(&text, row.1 + 0.01), style, ends[0] - gap, top));
    }
    if let Some(text) = right {
        plan.text(TextBox::at(&style.shortened(&text, row.1 + 0.01), style, ends[1] + gap, top));
    }
}

/// A number to three digits or to the unit, where it is of a size to be read so: the ticks are too coarse for the base, which
/// the rows are read against.
fn three_digits(value: f64) -> Option<String> {
    let decimals = match value.abs() {
        small if small < 9.995 => 2,
        some if some < 99.95 => 1,
        many if many < 100_000.0 => 0,
        _ => return None,
    };
    let text = format!("{value:.decimals$}");
    let is_zero = text.chars().all(|c| "-0.".contains(c));
    Some(if is_zero { "0".to_owned() } else { text })
}
