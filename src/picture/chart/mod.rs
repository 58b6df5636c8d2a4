//! Charts as pictures: lines over axes, stacked bars, stacked columns and ranges about a base, as SVG or PNG.
//!
//! A [`ChartSheet`] says what to show in plain data of its own; nothing here knows a route or a price. `compose` works
//! out where everything goes, in pixels, and `draw` only puts it there, so [`layout`] tells a test what stands where. No
//! file is read or written. A value that cannot be drawn is left out and the notes say so; a text that is too long is
//! wrapped or shortened.
//!
//! Reading order: [`sheet`] (input), `scale` (axes), `lines`, `bars`, `columns`, `ranges` (one file a kind of chart),
//! `compose` (the plan), `draw`.
//!
//! ```
//! use fiberplan::picture::chart::{Axis, Body, Chart, ChartSheet, Lines, Series, render_svg};
//! let fee = Series { name: "income".to_owned(), points: vec![(0.0, 0.0), (1.9, 3.2), (1.9, 0.0)], dashed: false };
//! let lines = Lines { x: Axis::linear("USD per Gbps-km-year"), y: Axis::linear("MUSD"), series: vec![fee], rules: vec![] };
//! let chart = Chart { caption: String::new(), body: Body::Lines(lines) };
//! let sheet = ChartSheet { title: "Fee and income".to_owned(), charts: vec![chart], ..ChartSheet::default() };
//! assert!(render_svg(&sheet)?.contains("Fee and income"));
//! # Ok::<(), fiberplan::picture::chart::ChartError>(())
//! ```

mod bars;
mod columns;
mod compose;
mod draw;
mod fill;
mod flags;
mod frame;
mod legend;
mod lines;
mod names;
mod plan;
mod ranges;
mod scale;
pub mod sheet;

use thiserror::Error;

use crate::picture::{self, LabelBox, PictureError, Rect};

pub use sheet::{
    Axis, BarRow, Bars, Body, Chart, ChartSheet, Columns, Direction, Lines, RangeRow, Ranges, Rule, ScaleKind, Series,
};

/// Smallest side of a sheet, pixels.
pub const SMALLEST_SIDE_PX: u32 = 200;
/// Largest side of a sheet, pixels.
pub const LARGEST_SIDE_PX: u32 = 10_000;
/// Most charts on a sheet.
pub const MOST_CHARTS: usize = 12;

/// Why no chart was drawn.
#[derive(Debug, Error)]
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

/// Where things stand on a sheet, pixels.
#[derive(Debug, Clone, PartialEq)]
pub struct ChartLayout {
    /// The whole sheet.
    pub sheet: Rect,
    /// Every text, with its box.
    pub texts: Vec<LabelBox>,
    /// The box of each chart's axes.
    pub plots: Vec<Rect>,
    /// The box of every line, area and mark.
    pub shapes: Vec<Rect>,
    /// The values at the labelled ticks of each chart: those of the axis across, then those of the axis up.
    pub ticks: Vec<(Vec<f64>, Vec<f64>)>,
}

/// The charts as an SVG document of the sheet's size, or less high where bars need less.
///
/// # Errors
/// A sheet of a size or number of charts that cannot be drawn; see [`ChartError`].
pub fn render_svg(sheet: &ChartSheet) -> Result<String, ChartError> {
    Ok(draw::svg(&compose::compose(sheet)?)?)
}

/// The charts as a PNG image of the sheet's size: the picture of [`render_svg`], with the font carried by the program.
///
/// # Errors
/// As [`render_svg`].
pub fn render_png(sheet: &ChartSheet) -> Result<Vec<u8>, ChartError> {
    let plan = compose::compose(sheet)?;
    Ok(picture::encode(&draw::svg(&plan)?, plan.width_px, plan.height_px)?)
}

/// Where everything on the sheet goes, in pixels, without drawing it.
///
/// # Errors
/// As [`render_svg`].
pub fn layout(sheet: &ChartSheet) -> Result<ChartLayout, ChartError> {
    Ok(compose::compose(sheet)?.report())
}
