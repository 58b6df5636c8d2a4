//! Lines over two axes.

use super::fill;
use super::flags::{self, Flags};
use super::frame::{self, Setting};
use super::legend::{Legend, Sample};
use super::names::{self, Name};
use super::plan::{Shape, SheetPlan, Style};
use super::scale::{self, Scale, is_drawable};
use super::sheet::{Direction, Lines, Rule};
use crate::picture::palette;
use crate::picture::{Px, Rect, TextBox};

/// Lines with more points bear no marks.
const MOST_MARKED: usize = 30;
/// A column of names takes at most this share of the width.
const WIDEST_NAMES: f64 = 0.3;
/// Flags and legend take at most this share of the height.
const HIGHEST_HEAD: f64 = 0.35;
/// Pixels between ticks on the reference sheet.
const TICKS_ACROSS: f64 = 85.0;
const TICKS_UP: f64 = 48.0;

/// A line that can be drawn: runs of points without a gap.
struct Drawable {
    index: usize,
    name: String,
    dashed: bool,
    marked: bool,
    runs: Vec<Vec<(f64, f64)>>,
}

/// Where names go.
enum Naming {
    /// In a column so wide, for so many names.
    Column(f64, usize),
    Legend,
    None,
}

/// Plans the chart; `None` if there is no room.
pub(super) fn plan(lines: &Lines, setting: &Setting, plan: &mut SheetPlan, remarks: &mut Vec<String>) -> Option<()> {
    let (series, n_left_out) = drawable(lines);
    if n_left_out > 0 {
        remarks.push(scale::left_out(n_left_out, lines.x.scale, lines.y.scale));
    }
    let rules: Vec<&Rule> = lines.rules.iter().filter(|rule| is_rule_drawable(rule, lines)).collect();
    if rules.len() < lines.rules.len() {
        remarks.push(format!("{} rules at values that cannot be drawn are left out.", lines.rules.len() - rules.len()));
    }
    if series.is_empty() && rules.is_empty() {
        frame::draw_nothing(plan, &setting.space, setting.sizes);
        return Some(());
    }
    let mut naming = naming(&series, setting);
    let mut space = setting.space;
    let mut area = None;
    if let Naming::Column(_, n) = naming {
        let high = names::pitch(setting.sizes) * n as f64;
        area = PlotArea::of(lines, &series, &rules, space, &naming, setting);
        area = area.filter(|area| area.column(setting).height() >= high);
        if area.is_none() {
            naming = Naming::Legend;
        }
    }
    if matches!(naming, Naming::Legend) {
        space.top = draw_legend(&series, setting, plan, remarks);
    }
    let area = area.or_else(|| PlotArea::of(lines, &series, &rules, space, &naming, setting))?;
    for &index in &area.flags.without {
        remarks.push(format!("The line at {}: {}.", rules[index].at, rules[index].label.trim()));
    }
    area.draw(lines, plan, setting);
    let segments = draw_series(&area, &series, &rules, plan, setting);
    for rule in rules.iter().filter(|rule| rule.direction == Direction::Horizontal) {
        let y = area.point((0.0, rule.at)).1;
        if !flags::label_along(plan, rule, y, &area.plot, &segments, setting.sizes) {
            remarks.push(format!("The line at {}: {}.", rule.at, rule.label.trim()));
        }
    }
    if let Naming::Column(..) = naming {
        draw_names(&area, &series, &segments, plan, setting);
    }
    area.flags.draw(plan, area.plot.top, setting.sizes);
    Some(())
}

/// The least and the greatest value that lines over a linear axis have on it; `None` where nothing can be drawn.
pub(super) fn reach(lines: &Lines) -> Option<(f64, f64)> {
    let points = lines.series.iter().flat_map(|series| series.points.iter().map(|point| point.0));
    let rules = lines.rules.iter().filter(|rule| rule.direction == Direction::Vertical).map(|rule| rule.at);
    let mut values = points.chain(rules).filter(|&value| is_drawable(value, lines.x.scale));
    let first = values.next()?;
    Some(values.fold((first, first), |(low, high), value| (low.min(value), high.max(value))))
}

/// The lines as runs of points that can be drawn, and how many cannot.
fn drawable(lines: &Lines) -> (Vec<Drawable>, usize) {
    let mut n_left_out = 0;
    let mut result = Vec::new();
    for (index, series) in lines.series.iter().enumerate() {
        let fits = |point: &(f64, f64)| is_drawable(point.0, lines.x.scale) && is_drawable(point.1, lines.y.scale);
        n_left_out += series.points.iter().filter(|point| !fits(point)).count();
        let runs: Vec<Vec<(f64, f64)>> =
            series.points.split(|point| !fits(point)).filter(|run| !run.is_empty()).map(<[_]>::to_vec).collect();
        let jumps = runs.iter().any(|run| run.windows(2).any(|pair| pair[0].0 == pair[1].0));
        let marked = !jumps && series.points.len() <= MOST_MARKED;
        if !runs.is_empty() {
            result.push(Drawable { index, name: series.name.clone(), dashed: series.dashed, marked, runs });
        }
    }
    (result, n_left_out)
}

fn is_rule_drawable(rule: &Rule, lines: &Lines) -> bool {
    let axis = if rule.direction == Direction::Vertical { &lines.x } else { &lines.y };
    is_drawable(rule.at, axis.scale)
}

fn naming(series: &[Drawable], setting: &Setting) -> Naming {
    let sizes = setting.sizes;
    let named: Vec<&Drawable> = series.iter().filter(|line| !line.name.trim().is_empty()).collect();
    if named.is_empty() || !setting.names {
        return Naming::None;
    }
    let widest = named.iter().map(|line| names::style(sizes).width(&line.name)).fold(0.0, f64::max);
    let fits = widest <= setting.space.width() * WIDEST_NAMES;
    if fits { Naming::Column(widest, named.len()) } else { Naming::Legend }
}

fn draw_legend(series: &[Drawable], setting: &Setting, plan: &mut SheetPlan, remarks: &mut Vec<String>) -> f64 {
    let space = Rect { bottom: setting.space.top + setting.space.height() * HIGHEST_HEAD, ..setting.space };
    let sample = |line: &Drawable| Sample::Line { index: line.index, dashed: line.dashed, marked: line.marked };
    let entries: Vec<(Sample, String)> = series.iter().map(|line| (sample(line), line.name.clone())).collect();
    let legend = Legend::of(&entries, &space, setting.sizes);
    if legend.n_left_out > 0 {
        remarks.push(format!("{} lines are not in the legend for want of room.", legend.n_left_out));
    }
    let bottom = legend.bottom + setting.sizes.px(4.0);
    legend.draw(plan, setting.sizes);
    bottom
}

/// The axes and what stands above them.
struct PlotArea {
    plot: Rect,
    x: Scale,
    y: Scale,
    title_top: f64,
    flags: Flags,
    space: Rect,
}

impl PlotArea {
    fn of(
        lines: &Lines,
        series: &[Drawable],
        rules: &[&Rule],
        space: Rect,
        naming: &Naming,
        setting: &Setting,
    ) -> Option<Self> {
        let sizes = setting.sizes;
        let points = || series.iter().flat_map(|line| line.runs.iter().flatten());
        let ruled = |way: Direction| rules.iter().filter(move |rule| rule.direction == way).map(|rule| rule.at);
        let most = |length: f64, each: f64| (length / sizes.px(each)).clamp(2.0, 12.0) as usize;
        let common = setting.common;
        let across = points().map(|point| point.0).chain(ruled(Direction::Vertical));
        let across = across.chain(common.across.into_iter().flat_map(|(from, to)| [from, to]));
        let up = points().map(|point| point.1).chain(ruled(Direction::Horizontal));
        let y = Scale::of(&lines.y, up, most(space.height(), TICKS_UP), true);
        let x = Scale::of(&lines.x, across, most(space.width(), TICKS_ACROSS), false);
        let left = space.left + frame::width_up(&y, sizes).max(common.left);
        let column = if let Naming::Column(width, _) = naming { width + names::gap(sizes) } else { sizes.px(14.0) };
        let right = space.right - column.max(common.right);
        let at = |value: f64| left + x.share(value) * (right - left);
        let vertical: Vec<(usize, f64, &str)> = rules
            .iter()
            .enumerate()
            .filter(|(_, rule)| rule.direction == Direction::Vertical)
            .map(|(index, rule)| (index, at(rule.at), rule.label.as_str()))
            .collect();
        let flags = Flags::of(&vertical, (left, space.right), space.height() * HIGHEST_HEAD, sizes);
        let label = Style::label(sizes).height();
        let titled = setting.titles && !lines.y.title.trim().is_empty();
        let title = if titled { Style::axis(sizes).height() + sizes.px(4.0) } else { 0.0 };
        let head = if flags.height() > 0.0 { flags.height() } else { label / 2.0 };
        let plot = Rect {
            left,
            right,
            top: space.top + title + head,
            bottom: space.bottom - frame::height_across(sizes) - frame::height_of_title(&lines.x.title, setting),
        };
        frame::is_large_enough(&plot).then_some(Self { plot, x, y, title_top: space.top, flags, space })
    }

    fn point(&self, (x, y): (f64, f64)) -> Px {
        let plot = &self.plot;
        (plot.left + self.x.share(x) * plot.width(), plot.bottom - self.y.share(y) * plot.height())
    }

    /// The room for names to the right of the axes.
    fn column(&self, setting: &Setting) -> Rect {
        let (plot, sizes) = (&self.plot, setting.sizes);
        let half = names::style(sizes).height() / 2.0;
        let left = plot.right + names::gap(sizes);
        Rect { left, right: setting.space.right, top: plot.top, bottom: plot.bottom + half }
    }

    fn draw(&self, lines: &Lines, plan: &mut SheetPlan, setting: &Setting) {
        let sizes = setting.sizes;
        frame::draw_across(plan, &self.plot, &self.x, setting);
        frame::draw_up(plan, &self.plot, &self.y, setting);
        frame::draw_axes(plan, &self.plot, sizes);
        if self.y.crosses_zero() {
            let (from, to) = (self.point((0.0, 0.0)).1, sizes.px(1.2));
            plan.shapes.push(Shape::stroke((self.plot.left, from), (self.plot.right, from), palette::FRAME, to));
        }
        frame::draw_title_below(plan, &lines.x.title, &self.plot, setting);
        if setting.titles {
            let style = Style::axis(sizes);
            let text = style.shortened(&lines.y.title, self.space.width());
            plan.text(TextBox::at(&text, style, self.space.left, self.title_top));
        }
        let values = |scale: &Scale| scale.ticks.iter().map(|tick| tick.0).collect();
        plan.plots.push(self.plot);
        plan.ticks.push((values(&self.x), values(&self.y)));
    }
}

/// Draws rules and lines; gives the straight pieces, from which texts keep off.
fn draw_series(
    area: &PlotArea,
    series: &[Drawable],
    rules: &[&Rule],
    plan: &mut SheetPlan,
    setting: &Setting,
) -> Vec<(Px, Px)> {
    let sizes = setting.sizes;
    let mut segments = Vec::new();
    for rule in rules {
        let (x, y) = area.point((rule.at, rule.at));
        let plot = &area.plot;
        let (from, to) = match rule.direction {
            Direction::Vertical => ((x, plot.top), (x, plot.bottom)),
            Direction::Horizontal => ((plot.left, y), (plot.right, y)),
        };
        let dash = Some([sizes.px(7.0), sizes.px(4.0)]);
        plan.shapes.push(Shape::Line {
            points: vec![from, to],
            color: palette::TEXT_FAINT,
            width: sizes.px(1.3),
            dash,
        });
        segments.push((from, to));
    }
    for line in series {
        let color = fill::line_color(line.index);
        let dash = line.dashed.then(|| [sizes.px(9.0), sizes.px(5.0)]);
        for run in &line.runs {
            // A jump is drawn thin, the rest strong.
            for part in run.chunk_by(|a, b| a.0 != b.0) {
                let points: Vec<Px> = part.iter().map(|&point| area.point(point)).collect();
                segments.extend(points.windows(2).map(|pair| (pair[0], pair[1])));
                if points.len() == 1 && run.len() == 1 && !line.marked {
                    fill::mark(plan, points[0], line.index, sizes);
                }
                plan.shapes.push(Shape::Line { points, color, width: sizes.px(2.6), dash });
            }
            for pair in run.windows(2).filter(|pair| pair[0].0 == pair[1].0) {
                let points = vec![area.point(pair[0]), area.point(pair[1])];
                segments.push((points[0], points[1]));
                let dash = Some([sizes.px(2.0), sizes.px(3.0)]);
                plan.shapes.push(Shape::Line { points, color, width: sizes.px(1.3), dash });
            }
        }
    }
    for line in series.iter().filter(|line| line.marked) {
        for &point in line.runs.iter().flatten() {
            fill::mark(plan, area.point(point), line.index, sizes);
        }
    }
    segments
}

fn draw_names(area: &PlotArea, series: &[Drawable], segments: &[(Px, Px)], plan: &mut SheetPlan, setting: &Setting) {
    let sizes = setting.sizes;
    let column = area.column(setting);
    let named = series.iter().filter(|line| !line.name.trim().is_empty()).filter_map(|line| {
        let &last = line.runs.last()?.last()?;
        let text = names::style(sizes).shortened(&line.name, column.width());
        Some(Name { text, color: fill::line_color(line.index), end: area.point(last) })
    });
    let named: Vec<Name> = named.collect();
    names::draw(plan, named, &area.plot, &column, segments, sizes);
}
