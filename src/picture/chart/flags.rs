//! Labels of rules: flags on poles above the chart for vertical ones, texts along the line for horizontal ones.

use super::frame::crosses;
use super::plan::{Shape, SheetPlan, Style};
use super::sheet::Rule;
use crate::picture::palette;
use crate::picture::{Px, Rect, Sizes, TextBox};

/// Most flags above each other.
const MOST_LANES: usize = 5;
/// A flag is at most this share of the width of the chart.
const WIDEST: f64 = 0.4;

/// The flags of a chart, in lanes counted upwards from its edge.
#[derive(Debug, Clone)]
pub(super) struct Flags {
    flags: Vec<Flag>,
    /// Rules whose label found no room, by index.
    pub without: Vec<usize>,
    pitch: f64,
}

#[derive(Debug, Clone)]
struct Flag {
    x: f64,
    left: f64,
    right: f64,
    lane: usize,
    text: String,
}

impl Flags {
    /// Finds lanes for labels at the given x, from right to left, each in the lowest free lane. `from` and `to` bound
    /// them; at most `height` pixels are used.
    pub fn of(rules: &[(usize, f64, &str)], (from, to): (f64, f64), height: f64, sizes: Sizes) -> Self {
        let style = style(sizes);
        let pitch = style.height() + sizes.px(3.0);
        let lanes = MOST_LANES.min((height / pitch).max(0.0) as usize);
        let gap = sizes.px(4.0);
        let mut order: Vec<&(usize, f64, &str)> = rules.iter().filter(|(_, _, text)| !text.trim().is_empty()).collect();
        order.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let mut result = Self { flags: Vec::new(), without: Vec::new(), pitch };
        for &&(index, x, label) in &order {
            let text = style.shortened(label, ((to - from) * WIDEST).max(sizes.px(60.0)).min(to - from));
            let width = style.width(&text);
            let spans = [(x + gap, x + gap + width), (x - gap - width, x - gap)];
            let places = spans.into_iter().flat_map(|span| (0..lanes).map(move |lane| (span, lane)));
            let free = places.into_iter().find(|&((left, right), lane)| {
                left >= from && right <= to && !text.is_empty() && result.is_free(left, right, x, lane, gap, rules)
            });
            match free {
                Some(((left, right), lane)) => result.flags.push(Flag { x, left, right, lane, text }),
                None => result.without.push(index),
            }
        }
        result.without.sort_unstable();
        result
    }

    fn is_free(&self, left: f64, right: f64, x: f64, lane: usize, gap: f64, rules: &[(usize, f64, &str)]) -> bool {
        let meets = |other: &Flag| {
            let same_lane = other.lane == lane && other.left - gap < right && left < other.right + gap;
            // A pole goes through all lanes below its own.
            let its_pole = other.lane >= lane && other.x > left - gap && other.x < right + gap;
            let my_pole = lane >= other.lane && x > other.left - gap && x < other.right + gap;
            same_lane || its_pole || my_pole
        };
        // A flag to the left of its pole is only for where nothing else stands.
        let to_the_left = right < x;
        let others = rules.iter().any(|&(_, other, _)| other > left - gap && other < right + gap);
        !(to_the_left && others || self.flags.iter().any(meets))
    }

    /// The height of all lanes.
    pub fn height(&self) -> f64 {
        self.flags.iter().map(|flag| flag.lane + 1).max().map_or(0.0, |lanes| lanes as f64 * self.pitch)
    }

    /// Puts poles and labels above the upper edge of the chart.
    pub fn draw(self, plan: &mut SheetPlan, top: f64, sizes: Sizes) {
        for flag in self.flags {
            let lane_top = top - (flag.lane + 1) as f64 * self.pitch;
            plan.shapes.push(Shape::stroke((flag.x, top), (flag.x, lane_top), palette::TEXT_FAINT, sizes.px(1.2)));
            plan.text(TextBox::at(&flag.text, style(sizes), flag.left, lane_top));
        }
    }
}

fn style(sizes: Sizes) -> Style {
    Style::label(sizes).colored(palette::TEXT)
}

/// Puts the label of a horizontal rule along its line, where it crosses the fewest lines; says whether there was room.
pub(super) fn label_along(
    plan: &mut SheetPlan,
    rule: &Rule,
    y: f64,
    plot: &Rect,
    lines: &[(Px, Px)],
    sizes: Sizes,
) -> bool {
    let style = style(sizes);
    let inset = sizes.px(8.0);
    let text = style.shortened(&rule.label, plot.width() - 2.0 * inset);
    if text.is_empty() {
        return rule.label.trim().is_empty();
    }
    let width = style.width(&text);
    let gap = sizes.px(3.0);
    let lefts = [plot.left + inset, plot.right - inset - width, plot.center().0 - width / 2.0];
    let tops = [y - gap - style.height(), y + gap];
    let spots = tops.iter().flat_map(|&top| lefts.iter().map(move |&left| (left, top)));
    let boxes = spots.map(|(left, top)| TextBox::at(&text, style, left, top));
    let free = boxes.filter(|text| plot.contains_rect(&text.rect) && plan.is_free(&text.rect));
    let crossed = |text: &TextBox| lines.iter().filter(|line| crosses(**line, &text.rect)).count();
    match free.min_by_key(crossed) {
        Some(text) => {
            plan.text(text);
            true
        }
        None => false,
    }
}
