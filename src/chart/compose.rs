//! The plan of a sheet: heading, a grid of charts, notes.

use super::frame::Setting;
use super::plan::{Plan, Style};
use super::sheet::{Body, Chart, ChartSheet, ScaleKind};
use super::{ChartError, LARGEST_SIDE_PX, MOST_CHARTS, SMALLEST_SIDE_PX, bars, columns, lines, ranges};
use crate::picture::palette;
use crate::picture::{Rect, Sizes, TextBox, Weight};

/// Heading and notes take at most these shares of the height.
const HIGHEST_HEAD: f64 = 0.28;
const HIGHEST_FOOT: f64 = 0.24;
/// The shape that suits a chart: width over height.
const ASPECT: f64 = 1.6;
/// A remark can change the room for the charts and so the remarks: so many rounds at most.
const MOST_ROUNDS: usize = 4;
/// With which of titles of axes and names of lines a chart is tried, in turn.
const TRIED: [(bool, bool); 3] = [(true, true), (false, true), (false, false)];

/// Plans a sheet.
pub(super) fn compose(sheet: &ChartSheet) -> Result<Plan, ChartError> {
    let (width_px, height_px) = (sheet.width_px, sheet.height_px);
    let sides = SMALLEST_SIDE_PX..=LARGEST_SIDE_PX;
    if !sides.contains(&width_px) || !sides.contains(&height_px) {
        return Err(ChartError::Size { width_px, height_px });
    }
    let n_charts = sheet.charts.len();
    if !(1..=MOST_CHARTS).contains(&n_charts) {
        return Err(ChartError::Charts { found: n_charts });
    }
    let mut remarks = Vec::new();
    for _ in 0..MOST_ROUNDS {
        let (plan, found) = attempt(sheet, &remarks).ok_or(ChartError::NoRoom { width_px, height_px, n_charts })?;
        if found == remarks {
            return Ok(plan);
        }
        remarks = found;
    }
    let plan = attempt(sheet, &remarks).map(|(plan, _)| plan);
    plan.ok_or(ChartError::NoRoom { width_px, height_px, n_charts })
}

/// What to say about values that are not drawn.
pub(super) fn left_out(n: usize, x: ScaleKind, y: ScaleKind) -> String {
    let values = if n == 1 { "1 value" } else { &format!("{n} values") };
    let on_log = if x == ScaleKind::Log || y == ScaleKind::Log { ", or not above zero" } else { "" };
    format!("Left out: {values} that cannot be drawn (missing or out of range{on_log}).")
}

/// Plans a sheet with these remarks among the notes; gives those that belong there.
fn attempt(sheet: &ChartSheet, remarks: &[String]) -> Option<(Plan, Vec<String>)> {
    let sizes = Sizes::of(sheet.width_px, sheet.height_px);
    let (width, height) = (f64::from(sheet.width_px), f64::from(sheet.height_px));
    let margin = sizes.px(22.0);
    let page = Rect { left: margin, right: width - margin, top: margin * 0.8, bottom: height - margin * 0.7 };
    let mut plan = Plan { width_px: sheet.width_px, height_px: sheet.height_px, ..Plan::default() };
    let top = head(sheet, &page, height * HIGHEST_HEAD, sizes, &mut plan);
    let bottom = foot(sheet, remarks, &page, height * HIGHEST_FOOT, sizes, &mut plan);
    let space = Rect { top, bottom, ..page };
    let cells = grid(&space, sheet.charts.len(), sizes);
    let mut found = Vec::new();
    for (chart, cell) in sheet.charts.iter().zip(cells) {
        let remarks = chart_in(chart, &cell, sizes, &mut plan)?;
        let named = sheet.charts.len() > 1 && !chart.caption.trim().is_empty();
        let prefix = if named { format!("{}: ", chart.caption.trim()) } else { String::new() };
        found.extend(remarks.into_iter().map(|remark| format!("{prefix}{remark}")));
    }
    Some((plan, found))
}

/// Title and subtitle; gives the upper edge of what is below.
fn head(sheet: &ChartSheet, page: &Rect, most: f64, sizes: Sizes, plan: &mut Plan) -> f64 {
    let mut y = page.top;
    let title = title_style(&sheet.title, page.width(), sizes);
    let subtitle = Style { size: sizes.text(15.0), weight: Weight::Regular, color: palette::TEXT_FAINT };
    for (text, style, lines) in [(&sheet.title, title, 3), (&sheet.subtitle, subtitle, 2)] {
        let room = ((page.top + most - y) / style.height()).max(0.0) as usize;
        for line in style.lines(text, page.width(), lines.min(room)).into_iter().take(room) {
            plan.text(TextBox::at(&line, style, page.left, y));
            y += style.height();
        }
        y += sizes.px(3.0);
    }
    y + sizes.px(9.0)
}

/// The title's style: smaller before it takes more than two lines.
fn title_style(title: &str, width: f64, sizes: Sizes) -> Style {
    let full = sizes.text(25.0);
    let mut style = Style { size: full, weight: Weight::Bold, color: palette::TEXT };
    while style.size > (full * 0.6).max(sizes.text(0.0)) * 1.07 && style.lines(title, width, usize::MAX).len() > 2 {
        style.size *= 0.94;
    }
    style
}

/// Notes, remarks and the attribution at the lower edge; gives the lower edge of what is above.
fn foot(sheet: &ChartSheet, remarks: &[String], page: &Rect, most: f64, sizes: Sizes, plan: &mut Plan) -> f64 {
    let note = Style { size: sizes.text(12.0), weight: Weight::Regular, color: palette::TEXT_SOFT };
    let small = Style { size: sizes.text(11.0), weight: Weight::Regular, color: palette::TEXT_FAINT };
    let attribution = small.lines(&sheet.attribution, page.width(), 2);
    let mut room = most - attribution.len() as f64 * small.height();
    let mut lines: Vec<(String, Style)> = Vec::new();
    for text in remarks.iter().chain(&sheet.notes) {
        let fit = (room / note.height()).max(0.0) as usize;
        let set = note.lines(text, page.width(), fit.min(3));
        for line in set.into_iter().take(fit) {
            room -= note.height();
            lines.push((line, note));
        }
    }
    lines.extend(attribution.into_iter().map(|line| (line, small)));
    let mut y = page.bottom - lines.iter().map(|(_, style)| style.height()).sum::<f64>();
    let top = y;
    for (line, style) in lines {
        plan.text(TextBox::at(&line, style, page.left, y));
        y += style.height();
    }
    top - sizes.px(12.0)
}

/// Equal cells, row by row, in the grid whose cells are nearest to the shape that suits a chart.
fn grid(space: &Rect, n: usize, sizes: Sizes) -> Vec<Rect> {
    let gap = sizes.px(30.0);
    let cell = |columns: usize| {
        let rows = n.div_ceil(columns);
        let width = (space.width() - gap * (columns as f64 - 1.0)) / columns as f64;
        (width, (space.height() - gap * 0.7 * (rows as f64 - 1.0)) / rows as f64)
    };
    let misfit = |columns: usize| {
        let (width, height) = cell(columns);
        ((width.max(1.0) / height.max(1.0)) / ASPECT).ln().abs() + (n.div_ceil(columns) * columns - n) as f64 * 0.15
    };
    let columns = (1..=n).min_by(|&a, &b| misfit(a).total_cmp(&misfit(b))).unwrap_or(1);
    let (width, height) = cell(columns);
    let at = |i: usize| {
        let (column, row) = ((i % columns) as f64, (i / columns) as f64);
        (space.left + column * (width + gap), space.top + row * (height + gap * 0.7))
    };
    (0..n).map(at).map(|(left, top)| Rect::from_size(left, top, width, height)).collect()
}

/// Plans a chart in its cell; gives the remarks.
fn chart_in(chart: &Chart, cell: &Rect, sizes: Sizes, plan: &mut Plan) -> Option<Vec<String>> {
    let style = Style { size: sizes.text(15.5), weight: Weight::Bold, color: palette::TEXT };
    let mut space = *cell;
    for line in style.lines(&chart.caption, cell.width(), 2) {
        plan.text(TextBox::at(&line, style, space.left, space.top));
        space.top += style.height();
    }
    if !chart.caption.trim().is_empty() {
        space.top += sizes.px(6.0);
    }
    if space.height() < super::frame::LEAST_SIDE {
        return None;
    }
    for (titles, names) in TRIED {
        let (mut draft, mut remarks) = (plan.clone(), Vec::new());
        let setting = Setting { space, sizes, titles, names };
        let done = match &chart.body {
            Body::Lines(body) => lines::plan(body, &setting, &mut draft, &mut remarks),
            Body::Bars(body) => bars::plan(body, &setting, &mut draft, &mut remarks),
            Body::Columns(body) => columns::plan(body, &setting, &mut draft, &mut remarks),
            Body::Ranges(body) => ranges::plan(body, &setting, &mut draft, &mut remarks),
        };
        if done.is_some() {
            if !names {
                remarks.push("The picture is too small for names of its parts.".to_owned());
            }
            *plan = draft;
            return Some(remarks);
        }
    }
    None
}
