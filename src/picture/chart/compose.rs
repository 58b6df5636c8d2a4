//! The plan of a sheet: heading, a grid of charts, notes.

use super::error::{ChartError, LARGEST_SIDE_PX, MOST_CHARTS, SMALLEST_SIDE_PX};
use super::frame::{self, Common, Setting};
use super::plan::{SheetPlan, Style};
use super::sheet::{Body, Chart, ChartSheet, Lines, ScaleKind};
use super::{bars, columns, lines, ranges, rows};
use crate::picture::palette;
use crate::picture::{Rect, Sizes, TextBox, Weight};

/// Heading and notes take at most these shares of the height.
const HIGHEST_HEAD: f64 = 0.28;
const HIGHEST_FOOT: f64 = 0.24;
/// The shape that suits a chart: width over height.
const ASPECT: f64 = 1.6;
/// What a chart of bars has above and below them, on the reference sheet.
const HEIGHT_BESIDE_BARS: f64 = 130.0;
/// A remark can change the room for the charts and so the remarks: so many rounds at most.
const MOST_ROUNDS: usize = 4;
/// With which of titles of axes and names of lines a chart is tried, in turn.
const TRIED: [(bool, bool); 3] = [(true, true), (false, true), (false, false)];

/// Plans a sheet.
pub(super) fn compose(sheet: &ChartSheet) -> Result<SheetPlan, ChartError> {
    let (width_px, height_px) = (sheet.width_px, sheet.height_px);
    let sides = SMALLEST_SIDE_PX..=LARGEST_SIDE_PX;
    if !sides.contains(&width_px) || !sides.contains(&height_px) {
        return Err(ChartError::Size { width_px, height_px });
    }
    let n_charts = sheet.charts.len();
    if !(1..=MOST_CHARTS).contains(&n_charts) {
        return Err(ChartError::Charts { found: n_charts });
    }
    let no_room = ChartError::NoRoom { width_px, height_px, n_charts };
    let (mut plan, mut spare) = settled(sheet, height_px).ok_or(no_room)?;
    // Bars that need less height get a sheet that is less high, on which they may stand otherwise.
    for _ in 0..MOST_ROUNDS {
        let less_high = plan.height_px - (spare as u32).min(plan.height_px - SMALLEST_SIDE_PX);
        match settled(sheet, less_high) {
            Some(found) if less_high < plan.height_px => (plan, spare) = found,
            _ => break,
        }
    }
    Ok(plan)
}

/// Plans a sheet of a height with its remarks; gives the height that is left over.
fn settled(sheet: &ChartSheet, height_px: u32) -> Option<(SheetPlan, f64)> {
    let mut remarks = Vec::new();
    for _ in 0..MOST_ROUNDS {
        let (plan, found, spare) = attempt(sheet, height_px, &remarks)?;
        if found == remarks {
            return Some((plan, spare));
        }
        remarks = found;
    }
    attempt(sheet, height_px, &remarks).map(|(plan, _, spare)| (plan, spare))
}

/// Plans a sheet of a height with these remarks among the notes; gives those that belong there, and the height that is
/// left over.
fn attempt(sheet: &ChartSheet, height_px: u32, remarks: &[String]) -> Option<(SheetPlan, Vec<String>, f64)> {
    let sizes = Sizes::of(sheet.width_px, sheet.height_px);
    let (width, height) = (f64::from(sheet.width_px), f64::from(height_px));
    let margin = sizes.px(22.0);
    let page = Rect { left: margin, right: width - margin, top: margin * 0.8, bottom: height - margin * 0.7 };
    let mut plan = SheetPlan { width_px: sheet.width_px, height_px, ..SheetPlan::default() };
    let whole = f64::from(sheet.height_px);
    let top = head(sheet, &page, whole * HIGHEST_HEAD, sizes, &mut plan);
    let bottom = foot(sheet, remarks, &page, whole * HIGHEST_FOOT, sizes, &mut plan);
    let space = Rect { top, bottom, ..page };
    let across = common_reach(&sheet.charts);
    let cells = grid(&space, &sheet.charts, sizes, across.is_some());
    let spare = bottom - cells.iter().map(|cell| cell.bottom).fold(top, f64::max);
    let draw = |common: Common, plan: &SheetPlan| {
        let (mut plan, mut found) = (plan.clone(), Vec::new());
        for (chart, cell) in sheet.charts.iter().zip(&cells) {
            let remarks = chart_in(chart, cell, common, sizes, &mut plan)?;
            let named = sheet.charts.len() > 1 && !chart.caption.trim().is_empty();
            let prefix = if named { format!("{}: ", chart.caption.trim()) } else { String::new() };
            found.extend(remarks.into_iter().map(|remark| format!("{prefix}{remark}")));
        }
        Some((plan, found))
    };
    let (first, found) = draw(Common { across, ..Common::default() }, &plan)?;
    if across.is_none() {
        return Some((first, found, spare));
    }
    // Once more, with the widest margins of all for each.
    let mut common = Common { across, ..Common::default() };
    for (plot, cell) in first.plots.iter().zip(&cells) {
        common.left = common.left.max(plot.left - cell.left);
        common.right = common.right.max(cell.right - plot.right);
    }
    draw(common, &plan).map(|(plan, found)| (plan, found, spare))
}

/// What charts of lines over one linear axis reach on it, all of them together: they stand below each other with the same
/// value at the same place. `None` where the charts are of another kind, or over different axes.
fn common_reach(charts: &[Chart]) -> Option<(f64, f64)> {
    let lines: Vec<&Lines> = charts
        .iter()
        .filter_map(|chart| match &chart.body {
            Body::Lines(lines) => Some(lines),
            Body::Bars(_) | Body::Columns(_) | Body::Ranges(_) => None,
        })
        .collect();
    let axis = &lines.first()?.x;
    let alike = lines.len() == charts.len() && lines.iter().all(|own| own.x == *axis);
    if lines.len() < 2 || !alike || axis.scale != ScaleKind::Linear || axis.title.trim().is_empty() {
        return None;
    }
    let reaches = lines.iter().filter_map(|own| lines::reach(own));
    reaches.reduce(|all, own| (all.0.min(own.0), all.1.max(own.1)))
}

/// Title and subtitle; gives the upper edge of what is below.
fn head(sheet: &ChartSheet, page: &Rect, most: f64, sizes: Sizes, plan: &mut SheetPlan) -> f64 {
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
fn foot(sheet: &ChartSheet, remarks: &[String], page: &Rect, most: f64, sizes: Sizes, plan: &mut SheetPlan) -> f64 {
    let note = Style { size: sizes.text(13.5), weight: Weight::Regular, color: palette::TEXT_SOFT };
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

/// Cells, in one column or else row by row, in the grid whose cells are nearest to the shape that suits a chart. All are
/// equal, but for rows that need less height, and a last row that is not full, whose charts share its whole width.
fn grid(space: &Rect, charts: &[Chart], sizes: Sizes, in_one_column: bool) -> Vec<Rect> {
    let (n, gap) = (charts.len(), sizes.px(30.0));
    let cell = |columns: usize| {
        let rows = n.div_ceil(columns);
        let width = (space.width() - gap * (columns as f64 - 1.0)) / columns as f64;
        (width, (space.height() - gap * 0.7 * (rows as f64 - 1.0)) / rows as f64)
    };
    let misfit = |columns: usize| {
        let (width, height) = cell(columns);
        ((width.max(1.0) / height.max(1.0)) / ASPECT).ln().abs() + (n.div_ceil(columns) * columns - n) as f64 * 0.15
    };
    let most = if in_one_column { 1 } else { n };
    let columns = (1..=most).min_by(|&a, &b| misfit(a).total_cmp(&misfit(b))).unwrap_or(1);
    let needs: Vec<f64> =
        charts.chunks(columns).map(|row| row.iter().map(|chart| need(chart, sizes)).fold(0.0, f64::max)).collect();
    let mut cells = Vec::with_capacity(n);
    let mut top = space.top;
    for (row, height) in charts.chunks(columns).zip(heights(&needs, cell(columns).1)) {
        let width = (space.width() - gap * (row.len() as f64 - 1.0)) / row.len() as f64;
        let left = |column: usize| space.left + column as f64 * (width + gap);
        cells.extend((0..row.len()).map(|column| Rect::from_size(left(column), top, width, height)));
        top += height + gap * 0.7;
    }
    cells
}

/// The height that a chart can make use of: bars need no more than so much each.
fn need(chart: &Chart, sizes: Sizes) -> f64 {
    let rows = match &chart.body {
        Body::Bars(bars) => bars.rows.len(),
        Body::Ranges(ranges) => ranges.rows.len(),
        Body::Lines(_) | Body::Columns(_) => return f64::INFINITY,
    };
    sizes.px(HEIGHT_BESIDE_BARS) + rows.max(1) as f64 * sizes.px(rows::HIGHEST_ROW)
}

/// Heights of rows that have `each` to use on average: what one does not need goes to those that can use it.
fn heights(needs: &[f64], each: f64) -> Vec<f64> {
    let spare: f64 = needs.iter().map(|need| (each - need).max(0.0)).sum();
    let hungry = needs.iter().filter(|need| **need > each).count();
    needs.iter().map(|need| if *need > each { each + spare / hungry as f64 } else { *need }).collect()
}

/// Plans a chart in its cell; gives the remarks.
fn chart_in(chart: &Chart, cell: &Rect, common: Common, sizes: Sizes, plan: &mut SheetPlan) -> Option<Vec<String>> {
    let style = Style { size: sizes.text(17.0), weight: Weight::Bold, color: palette::TEXT };
    let mut space = *cell;
    for line in style.lines(&chart.caption, cell.width(), 2) {
        plan.text(TextBox::at(&line, style, space.left, space.top));
        space.top += style.height();
    }
    if !chart.caption.trim().is_empty() {
        space.top += sizes.px(6.0);
    }
    if space.height() < frame::LEAST_SIDE {
        return None;
    }
    for (titles, names) in TRIED {
        let (mut draft, mut remarks) = (plan.clone(), Vec::new());
        let setting = Setting { space, sizes, titles, names, common };
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

#[cfg(test)]
mod tests {
    use super::heights;

    #[test]
    fn rows_that_need_little_leave_their_height_to_others() {
        assert_eq!(heights(&[f64::INFINITY, 100.0], 300.0), [500.0, 100.0]);
        assert_eq!(heights(&[200.0, 100.0], 300.0), [200.0, 100.0]);
        assert_eq!(heights(&[f64::INFINITY, f64::INFINITY], 300.0), [300.0, 300.0]);
    }
}
