//! Maps as pictures: what lies where, drawn once with plotters as SVG and, for PNG, turned into pixels by resvg.
//!
//! A [`Sheet`] says what to show in plain data of its own (places, lines, routes, crossings); nothing here knows a
//! network or a scenario; `report::scenes` makes sheets of those. `compose` works out where everything goes, in pixels, and drawing only
//! puts it there, so [`layout`] can be held against [`render_svg`] by a test. No file is read or written: the base map
//! comes as an [`Atlas`], the font from a crate, and the caller writes the bytes.
//!
//! Reading order: [`sheet`] (input), `view` (projection and pixels), `compose` (the plan), `draw`.

mod arrange;
mod basemap;
mod clip;
mod compose;
mod country_names;
mod draw;
mod draw_panel;
mod graticule;
mod great_circle;
mod ink;
mod labels;
mod legend;
mod lines;
mod palette;
mod report;
mod routes;
mod scale_bar;
pub mod sheet;
mod symbols;
mod view;

use thiserror::Error;

use crate::geodesy::Atlas;
use crate::picture::{self, PictureError};

pub use crate::picture::{LabelBox, Rect};
pub use report::{DrawnWay, LayoutReport, PanelReport};
pub use sheet::{
    Emphasis, Extent, LineMedium, LineStatus, MapCrossing, MapLine, MapPlace, MapRoute, Panel, PlaceKind, Sheet,
};

/// Smallest side of a sheet, pixels.
pub const SMALLEST_SIDE_PX: u32 = 200;
/// Largest side of a sheet, pixels.
pub const LARGEST_SIDE_PX: u32 = 10_000;
/// Most panels on a sheet.
pub const MOST_PANELS: usize = 12;

/// Why no map was drawn.
#[derive(Debug, Error)]
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

/// The map as an SVG document of the sheet's size, texts set in DejaVu Sans where there is one.
///
/// # Errors
/// A sheet of a size or number of panels that cannot be drawn; see [`MapError`].
pub fn render_svg(sheet: &Sheet, atlas: &Atlas) -> Result<String, MapError> {
    Ok(draw::svg(&compose::compose(sheet, atlas)?)?)
}

/// The map as a PNG image of the sheet's size: the picture of [`render_svg`], with the font carried by the program.
///
/// # Errors
/// As [`render_svg`].
pub fn render_png(sheet: &Sheet, atlas: &Atlas) -> Result<Vec<u8>, MapError> {
    Ok(picture::encode(&render_svg(sheet, atlas)?, sheet.width_px, sheet.height_px)?)
}

/// Where everything on the map goes, in pixels, without drawing it.
///
/// # Errors
/// As [`render_svg`].
pub fn layout(sheet: &Sheet, atlas: &Atlas) -> Result<LayoutReport, MapError> {
    Ok(report::of(&compose::compose(sheet, atlas)?))
}
