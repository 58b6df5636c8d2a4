//! A sheet, planned: shapes and texts in pixels, in the order in which they are drawn.

use plotters::style::RGBColor;

use super::layout::ChartLayout;
use crate::picture::palette;
use crate::picture::{ASCENT, DESCENT, LabelBox, Px, Rect, Sizes, TextBox, Weight, shortened, width, wrap};

/// A shape.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Shape {
    /// An open line.
    Line {
        /// Its points.
        points: Vec<Px>,
        /// Its colour.
        color: RGBColor,
        /// Its width.
        width: f64,
        /// Lengths of dash and gap, if it is dashed.
        dash: Option<[f64; 2]>,
    },
    /// A filled area.
    Area {
        /// Its corners.
        ring: Vec<Px>,
        /// Its colour.
        color: RGBColor,
    },
    /// A filled disc.
    Disc {
        /// Its middle.
        center: Px,
        /// Its radius.
        radius: f64,
        /// Its colour.
        color: RGBColor,
    },
}

/// How a text is set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    /// Size of the font.
    pub size: f64,
    /// Regular or bold.
    pub weight: Weight,
    /// Its colour.
    pub color: RGBColor,
}

/// What is drawn.
#[derive(Debug, Clone, Default)]
pub(super) struct SheetPlan {
    /// Width, pixels.
    pub width_px: u32,
    /// Height, pixels.
    pub height_px: u32,
    /// In the order of drawing.
    pub shapes: Vec<Shape>,
    /// Over all shapes.
    pub texts: Vec<TextBox>,
    /// The boxes of the axes.
    pub plots: Vec<Rect>,
    /// The labelled ticks of each chart.
    pub ticks: Vec<(Vec<f64>, Vec<f64>)>,
}

impl Style {
    /// Numbers on axes, names of rows.
    pub fn label(sizes: Sizes) -> Self {
        Self { size: sizes.text(14.5), weight: Weight::Regular, color: palette::TEXT_SOFT }
    }

    /// Titles of axes and units.
    pub fn axis(sizes: Sizes) -> Self {
        Self { size: sizes.text(14.5), weight: Weight::Regular, color: palette::TEXT_FAINT }
    }

    /// The same in another colour, bold.
    pub fn bold(self, color: RGBColor) -> Self {
        Self { weight: Weight::Bold, color, ..self }
    }

    /// The same in another colour.
    pub fn colored(self, color: RGBColor) -> Self {
        Self { color, ..self }
    }

    /// Height of a line of text.
    pub fn height(self) -> f64 {
        (ASCENT + DESCENT) * self.size
    }

    /// Width of a text.
    pub fn width(self, text: &str) -> f64 {
        width(text, self.weight) * self.size
    }

    /// The text in at most `most` lines of at most `width` pixels, the last cut with an ellipsis if need be.
    pub fn lines(self, text: &str, width: f64, most: usize) -> Vec<String> {
        let mut lines = wrap(text, self.size, self.weight, width + 1e-6);
        if lines.len() > most {
            let rest = lines[most.saturating_sub(1)..].join(" ");
            lines.truncate(most);
            if let Some(last) = lines.last_mut() {
                *last = rest;
            }
        }
        lines.iter().map(|line| self.shortened(line, width)).collect()
    }

    /// The text, cut with an ellipsis if it is wider than `width`; nothing where not even that fits.
    pub fn shortened(self, text: &str, width: f64) -> String {
        let text = clean(text);
        // Room that was made for this very text is not to be missed by a rounding.
        let width = width + 1e-6;
        let short = shortened(&text, self.size, self.weight, width);
        if self.width(&short) <= width { short } else { String::new() }
    }
}

impl TextBox {
    /// A text with its upper left corner at a point.
    pub(super) fn at(text: &str, style: Style, left: f64, top: f64) -> Self {
        let text = clean(text);
        let rect = Rect::from_size(left, top, style.width(&text), style.height());
        Self { text, rect, size: style.size, weight: style.weight, color: style.color }
    }

    /// A text that ends at `right`.
    pub(super) fn ending(text: &str, style: Style, right: f64, top: f64) -> Self {
        Self::at(text, style, right - style.width(&clean(text)), top)
    }

    /// A text with its middle at `x`.
    pub(super) fn centered(text: &str, style: Style, x: f64, top: f64) -> Self {
        Self::at(text, style, x - style.width(&clean(text)) / 2.0, top)
    }
}

impl Shape {
    /// The outline or filling of a box.
    pub fn rect(rect: &Rect, color: RGBColor) -> Self {
        let ring =
            vec![(rect.left, rect.top), (rect.right, rect.top), (rect.right, rect.bottom), (rect.left, rect.bottom)];
        Self::Area { ring, color }
    }

    /// A straight line.
    pub fn stroke(from: Px, to: Px, color: RGBColor, width: f64) -> Self {
        Self::Line { points: vec![from, to], color, width, dash: None }
    }

    fn bounds(&self) -> Option<Rect> {
        match self {
            Self::Line { points, width, .. } => Rect::of_points(points).map(|bounds| bounds.grown(width / 2.0)),
            Self::Area { ring, .. } => Rect::of_points(ring),
            Self::Disc { center, radius, .. } => Some(Rect::around(*center, *radius)),
        }
    }
}

impl SheetPlan {
    /// Adds a text unless it is empty.
    pub fn text(&mut self, text: TextBox) {
        if !text.text.is_empty() {
            self.texts.push(text);
        }
    }

    /// Whether a box is free of texts.
    pub fn is_free(&self, rect: &Rect) -> bool {
        !self.texts.iter().any(|text| text.rect.intersects(rect))
    }

    /// What stands where.
    pub fn report(&self) -> ChartLayout {
        let label = |text: &TextBox| LabelBox {
            text: text.text.clone(),
            rect: text.rect,
            text_width: width(&text.text, text.weight) * text.size,
            size_px: text.size,
        };
        ChartLayout {
            sheet: Rect::from_size(0.0, 0.0, f64::from(self.width_px), f64::from(self.height_px)),
            texts: self.texts.iter().map(label).collect(),
            plots: self.plots.clone(),
            shapes: self.shapes.iter().filter_map(Shape::bounds).collect(),
            ticks: self.ticks.clone(),
        }
    }
}

/// The text on one line, with single spaces.
fn clean(text: &str) -> String {
    text.split(|letter: char| letter.is_whitespace() || letter.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
