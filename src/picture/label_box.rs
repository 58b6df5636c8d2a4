//! A text on a sheet, for those who look where things stand.

use super::Rect;

/// A text and its box.
#[derive(Debug, Clone, PartialEq)]
pub struct LabelBox {
    /// What is written.
    pub text: String,
    /// The box of its letters, pixels.
    pub rect: Rect,
    /// Width of the letters by the font's own advances, pixels.
    pub text_width: f64,
    /// Size of the font, pixels.
    pub size_px: f64,
}
