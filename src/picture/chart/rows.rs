//! Rows of a chart with their names to the left: those of bars and of ranges.

use super::frame::{self, Setting};
use super::plan::{SheetPlan, Style};
use crate::picture::palette;
use crate::picture::{Rect, Sizes, TextBox};

/// Names of rows and notes each take at most this share of the width.
pub(super) const WIDEST_LABEL: f64 = 0.33;
/// Rows are at most this high, on the reference sheet.
pub(super) const HIGHEST_ROW: f64 = 120.0;

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
    pub fn draw(&self, labels: &[&str], left: f64, plan: &mut SheetPlan, sizes: Sizes) {
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
