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
mod error;
mod graticule;
mod great_circle;
mod ink;
mod labels;
mod legend;
mod lines;
mod marks;
mod palette;
mod report;
mod routes;
mod scale_bar;
pub mod sheet;
mod symbols;
mod view;

use crate::geodesy::Atlas;
use crate::picture;

pub use crate::picture::{LabelBox, Rect};
pub use error::{LARGEST_SIDE_PX, MOST_PANELS, MapError, SMALLEST_SIDE_PX};
pub use report::{DrawnWay, LayoutReport, PanelReport};
pub use sheet::{
    Emphasis, Extent, LineMedium, LineStatus, MapCrossing, MapLine, MapPlace, MapRoute, Panel, PlaceKind, Sheet,
};

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
