//! The drawing surface: plotters' SVG backend, several times the size of the sheet because its coordinates are whole
//! pixels, and one group of the SVG at a time.
//!
//! What plotters cannot say (dashes, round joins, halos round texts, spaced letters, outlines of filled shapes) stands
//! as attributes of the group its elements are put in, from which they inherit it.

use std::fmt::Write;

use plotters::coord::Shift;
use plotters::prelude::{Circle, DrawingArea, IntoDrawingArea, PathElement, Polygon, SVGBackend, Text};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{FontStyle, IntoFont, RGBColor, ShapeStyle, TextStyle};

use super::PictureError;
use super::font::{ASCENT, FAMILIES, Weight};
use super::rect::{Px, Rect};

/// Units of the drawing in a pixel of the sheet.
const FINENESS: f64 = 5.0;
/// plotters puts the baseline this far under the upper edge of a text, in sizes.
const PLOTTERS_TOP: f64 = 0.76;
/// plotters divides the size of a font by this.
const PLOTTERS_SIZE: f64 = 1.24;

/// An SVG document in the making.
pub(crate) struct Canvas {
    width_px: u32,
    height_px: u32,
    body: String,
}

/// What all elements of a group have in common.
#[derive(Debug, Clone, Default)]
pub(crate) struct Group {
    attributes: String,
}

/// Draws into one group. All lengths are pixels of the sheet.
pub(crate) struct Brush<'a> {
    area: DrawingArea<SVGBackend<'a>, Shift>,
    failed: Option<String>,
}

/// Where a text's x stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Anchor {
    /// At its left end.
    Start,
    /// In its middle.
    Middle,
}

/// A line of text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line<'a> {
    /// What it says.
    pub text: &'a str,
    /// Where, by `anchor`.
    pub x: f64,
    /// The line it stands on.
    pub baseline: f64,
    /// Size of the font.
    pub size: f64,
    /// Regular or bold.
    pub weight: Weight,
    /// What `x` means.
    pub anchor: Anchor,
    /// Its colour.
    pub color: RGBColor,
}

/// A line of text in the box of its letters.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct TextBox {
    /// What it says.
    pub text: String,
    /// The box of its letters.
    pub rect: Rect,
    /// Size of the font, pixels.
    pub size: f64,
    /// Regular or bold.
    pub weight: Weight,
    /// Its colour.
    pub color: RGBColor,
}

impl Canvas {
    /// An empty sheet.
    pub fn new(width_px: u32, height_px: u32) -> Self {
        Self { width_px, height_px, body: String::new() }
    }

    /// Adds a group and what is drawn into it; an empty group is left out.
    pub fn group(&mut self, group: &Group, draw: impl FnOnce(&mut Brush)) -> Result<(), PictureError> {
        let mut document = String::new();
        let size = (self.width_px * FINENESS as u32, self.height_px * FINENESS as u32);
        let mut brush = Brush { area: SVGBackend::with_string(&mut document, size).into_drawing_area(), failed: None };
        draw(&mut brush);
        let failed = brush.failed.take().or_else(|| brush.area.present().err().map(|cause| cause.to_string()));
        drop(brush);
        if let Some(reason) = failed {
            return Err(PictureError::Draw { reason });
        }
        // The backend writes a whole document; its elements are between the first line and the last.
        let start = document.find('\n').map_or(0, |at| at + 1);
        let end = document.rfind("</svg>").unwrap_or(document.len());
        if start < end {
            self.body.push_str("<g");
            self.body.push_str(&group.attributes);
            self.body.push_str(">\n");
            self.body.push_str(&document[start..end]);
            self.body.push_str("</g>\n");
        }
        Ok(())
    }

    /// The document.
    pub fn finish(self) -> String {
        let (width, height) = (self.width_px, self.height_px);
        let (wide, high) = (f64::from(width) * FINENESS, f64::from(height) * FINENESS);
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {wide} {high}\">\n{}</svg>\n",
            self.body
        )
    }
}

impl Group {
    /// A group without attributes.
    pub fn plain() -> Self {
        Self::default()
    }

    /// Lines with round joins and ends.
    pub fn round() -> Self {
        Self::default().with("stroke-linejoin", "round").with("stroke-linecap", "round")
    }

    /// Lines with cut corners, which are the cheapest to draw.
    pub fn bevelled() -> Self {
        Self::default().with("stroke-linejoin", "bevel")
    }

    /// Filled shapes with an outline.
    pub fn outlined(color: RGBColor, width: f64) -> Self {
        Self::default().with("stroke", hex(color)).with("stroke-width", fine(width)).with("stroke-linejoin", "round")
    }

    /// Texts with a halo.
    pub fn halo(color: RGBColor, width: f64) -> Self {
        Self::outlined(color, width * 2.0).with("paint-order", "stroke")
    }

    /// Dashed lines: lengths of dash and gap in turn.
    pub fn dashed(lengths: &[f64]) -> Self {
        let list: Vec<String> = lengths.iter().map(|&length| fine(length).to_string()).collect();
        Self::default().with("stroke-linejoin", "round").with("stroke-dasharray", list.join(" "))
    }

    /// With letters spaced.
    pub fn spaced(self, spacing: f64) -> Self {
        self.with("letter-spacing", fine(spacing))
    }

    /// With lines that let through what is under them.
    pub fn faint_lines(self, opacity: f64) -> Self {
        self.with("stroke-opacity", opacity)
    }

    /// With areas that let through what is under them.
    pub fn faint_areas(self, opacity: f64) -> Self {
        self.with("fill-opacity", opacity)
    }

    fn with(mut self, name: &str, value: impl std::fmt::Display) -> Self {
        // Writing to a string does not fail.
        let _ = write!(self.attributes, " {name}=\"{value}\"");
        self
    }
}

impl Brush<'_> {
    /// An open line.
    pub fn line(&mut self, points: &[Px], color: RGBColor, width: f64) {
        if points.len() > 1 {
            let style = ShapeStyle { color: color.into(), filled: false, stroke_width: fine(width).max(1) };
            let result = self.area.draw(&PathElement::new(grid(points), style));
            self.note(result);
        }
    }

    /// A closed line.
    pub fn outline(&mut self, ring: &[Px], color: RGBColor, width: f64) {
        let closed: Vec<Px> = ring.iter().chain(ring.first()).copied().collect();
        self.line(&closed, color, width);
    }

    /// A filled area.
    pub fn area(&mut self, ring: &[Px], color: RGBColor) {
        if ring.len() > 2 {
            let style = ShapeStyle { color: color.into(), filled: true, stroke_width: 0 };
            let result = self.area.draw(&Polygon::new(grid(ring), style));
            self.note(result);
        }
    }

    /// A filled box.
    pub fn rect(&mut self, rect: &Rect, color: RGBColor) {
        self.area(&corners(rect), color);
    }

    /// The outline of a box.
    pub fn frame(&mut self, rect: &Rect, color: RGBColor, width: f64) {
        let [a, b, c, d] = corners(rect);
        // Half of the first side again, so that the first corner is joined as well.
        self.line(&[a, b, c, d, a, b], color, width);
    }

    /// A filled disc.
    pub fn disc(&mut self, center: Px, radius: f64, color: RGBColor) {
        let style = ShapeStyle { color: color.into(), filled: true, stroke_width: 0 };
        let radius = i32::try_from(fine(radius)).unwrap_or(i32::MAX);
        let result = self.area.draw(&Circle::new(unit(center), radius, style));
        self.note(result);
    }

    /// A line of text.
    pub fn text(&mut self, line: Line) {
        let style = match line.weight {
            Weight::Regular => FontStyle::Normal,
            Weight::Bold => FontStyle::Bold,
        };
        let across = match line.anchor {
            Anchor::Start => HPos::Left,
            Anchor::Middle => HPos::Center,
        };
        let size = (line.size * FINENESS).round();
        let font = (FAMILIES, size * PLOTTERS_SIZE).into_font().style(style);
        let style = TextStyle::from(font).color(&line.color).pos(Pos::new(across, VPos::Top));
        let top = unit((line.x, line.baseline - PLOTTERS_TOP * line.size));
        // Control characters may not stand in XML at all.
        let text: String = line.text.chars().map(|letter| if is_writable(letter) { letter } else { ' ' }).collect();
        let result = self.area.draw(&Text::new(text, top, style));
        self.note(result);
    }

    /// A line of text in its box.
    pub fn text_box(&mut self, line: &TextBox) {
        self.text(Line {
            text: &line.text,
            x: line.rect.left,
            baseline: line.rect.top + ASCENT * line.size,
            size: line.size,
            weight: line.weight,
            anchor: Anchor::Start,
            color: line.color,
        });
    }

    fn note<E: std::fmt::Display>(&mut self, result: Result<(), E>) {
        if let Err(cause) = result {
            self.failed.get_or_insert_with(|| cause.to_string());
        }
    }
}

fn is_writable(letter: char) -> bool {
    !letter.is_control() && !matches!(letter, '\u{FFFE}' | '\u{FFFF}')
}

fn corners(rect: &Rect) -> [Px; 4] {
    [(rect.left, rect.top), (rect.right, rect.top), (rect.right, rect.bottom), (rect.left, rect.bottom)]
}

/// A length in units of the drawing.
fn fine(length: f64) -> u32 {
    (length * FINENESS).round().clamp(0.0, 1e6) as u32
}

/// A point in units of the drawing.
fn unit((x, y): Px) -> (i32, i32) {
    ((x * FINENESS).round() as i32, (y * FINENESS).round() as i32)
}

/// Points in units of the drawing, without repeats.
fn grid(points: &[Px]) -> Vec<(i32, i32)> {
    let mut result: Vec<(i32, i32)> = points.iter().copied().map(unit).collect();
    result.dedup();
    if result.len() == 1 {
        // A line shorter than one unit is still a dot.
        result.push((result[0].0 + 1, result[0].1));
    }
    result
}

fn hex(color: RGBColor) -> String {
    format!("#{:02X}{:02X}{:02X}", color.0, color.1, color.2)
}
