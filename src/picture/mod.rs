//! The paper that maps and charts are drawn on: a canvas over plotters' SVG backend, the font, boxes in pixels, and the
//! way from SVG to PNG.

pub mod chart;
pub mod map;

mod canvas;
mod font;
mod label_box;
pub(crate) mod palette;
mod png;
mod rect;
mod sizes;

use thiserror::Error;

pub(crate) use canvas::{Anchor, Brush, Canvas, Group, Line, TextBox};
pub(crate) use font::{ASCENT, DESCENT, Weight, shortened, width, wrap};
pub use label_box::LabelBox;
pub(crate) use png::encode;
pub(crate) use rect::Px;
pub use rect::Rect;
pub use sizes::PictureSize;
pub(crate) use sizes::Sizes;

/// Why no picture was made.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum PictureError {
    /// The drawing library failed.
    #[error("the picture could not be drawn: {reason}")]
    Draw {
        /// What the library said.
        reason: String,
    },
    /// The drawing could not be turned into pixels.
    #[error("the picture could not be turned into pixels: {reason}")]
    Pixels {
        /// What the library said.
        reason: String,
    },
}
