//! What can be written to a .png or .svg file: a map or charts.

use super::Failure;
use crate::picture::chart::{self, ChartSheet};
use crate::picture::map::{self, Sheet};
use crate::world::World;

/// A picture that is still to be drawn.
#[derive(Debug)]
pub(super) enum Picture {
    /// A map, over the base map that comes with the program.
    Map(Sheet),
    /// Charts.
    Chart(ChartSheet),
}

impl Picture {
    /// As an SVG document.
    pub(super) fn svg(&self, world: &World) -> Result<Vec<u8>, Failure> {
        Ok(match self {
            Self::Map(sheet) => map::render_svg(sheet, world.atlas())?,
            Self::Chart(sheet) => chart::render_svg(sheet)?,
        }
        .into_bytes())
    }

    /// As a PNG image.
    pub(super) fn png(&self, world: &World) -> Result<Vec<u8>, Failure> {
        Ok(match self {
            Self::Map(sheet) => map::render_png(sheet, world.atlas())?,
            Self::Chart(sheet) => chart::render_png(sheet)?,
        })
    }
}

impl From<Sheet> for Picture {
    fn from(sheet: Sheet) -> Self {
        Self::Map(sheet)
    }
}

impl From<ChartSheet> for Picture {
    fn from(sheet: ChartSheet) -> Self {
        Self::Chart(sheet)
    }
}
