//! Sheets of charts that cannot be drawn.

use thiserror::Error;

use crate::picture::PictureError;

/// Smallest side of a sheet, pixels.
pub const SMALLEST_SIDE_PX: u32 = 200;
/// Largest side of a sheet, pixels.
pub const LARGEST_SIDE_PX: u32 = 10_000;
/// Most charts on a sheet.
pub const MOST_CHARTS: usize = 12;

/// Why no chart was drawn.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ChartError {
    /// A side of the sheet is out of range.
    #[error("expected a chart of {SMALLEST_SIDE_PX} to {LARGEST_SIDE_PX} pixels a side, found {width_px}x{height_px}")]
    Size {
        /// Width asked for.
        width_px: u32,
        /// Height asked for.
        height_px: u32,
    },
    /// No chart, or too many.
    #[error("expected 1 to {MOST_CHARTS} charts on a sheet, found {found}")]
    Charts {
        /// Number of charts given.
        found: usize,
    },
    /// The sheet is too small for its charts.
    #[error("a picture of {width_px}x{height_px} pixels has no room for {n_charts} charts with their texts")]
    NoRoom {
        /// Width asked for.
        width_px: u32,
        /// Height asked for.
        height_px: u32,
        /// Number of charts given.
        n_charts: usize,
    },
    /// The drawing failed.
    #[error(transparent)]
    Picture(#[from] PictureError),
}
