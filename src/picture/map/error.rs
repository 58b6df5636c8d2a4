//! Sheets of maps that cannot be drawn.

use thiserror::Error;

use crate::picture::PictureError;

/// Smallest side of a sheet, pixels.
pub const SMALLEST_SIDE_PX: u32 = 200;
/// Largest side of a sheet, pixels.
pub const LARGEST_SIDE_PX: u32 = 10_000;
/// Most panels on a sheet.
pub const MOST_PANELS: usize = 12;

/// Why no map was drawn.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum MapError {
    /// A side of the sheet is out of range.
    #[error("expected a map of {SMALLEST_SIDE_PX} to {LARGEST_SIDE_PX} pixels a side, found {width_px}x{height_px}")]
    Size {
        /// Width asked for.
        width_px: u32,
        /// Height asked for.
        height_px: u32,
    },
    /// No panel, or too many.
    #[error("expected 1 to {MOST_PANELS} panels on a map, found {found}")]
    Panels {
        /// Number of panels given.
        found: usize,
    },
    /// The sheet is too small for its texts and panels.
    #[error("a map of {width_px}x{height_px} pixels has no room for {n_panels} panels with their legend")]
    NoRoom {
        /// Width asked for.
        width_px: u32,
        /// Height asked for.
        height_px: u32,
        /// Number of panels given.
        n_panels: usize,
    },
    /// The drawing failed.
    #[error(transparent)]
    Picture(#[from] PictureError),
}
