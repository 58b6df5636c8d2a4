//! Charts as pictures: lines over axes, stacked bars, stacked columns and ranges about a base, as SVG or PNG.
//!
//! A [`ChartSheet`] says what to show in plain data of its own; nothing here knows a route or a price. `compose` works
//! out where everything goes, in pixels, and `draw` only puts it there, so [`layout`] tells a test what stands where. No
//! file is read or written. A value that cannot be drawn is left out and the notes say so; a text that is too long is
//! wrapped or shortened.
//!
//! Reading order: [`sheet`] (input), `scale` (axes), `lines`, `bars`, `columns`, `ranges` (one file a kind of chart; `stack` and `rows` are what they share),
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
mod error;
mod fill;
mod flags;
mod frame;
mod layout;
mod legend;
mod lines;
mod names;
mod plan;
mod ranges;
mod rows;
mod scale;
pub mod sheet;
mod stack;

use crate::picture;

pub use error::{ChartError, LARGEST_SIDE_PX, MOST_CHARTS, SMALLEST_SIDE_PX};
pub use layout::ChartLayout;
pub use sheet::{
    Axis, BarRow, Bars, Body, Chart, ChartSheet, Columns, Direction, Lines, RangeRow, Ranges, Rule, ScaleKind, Series,
};

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
