//! The colours: a calm base map, and marks from the colour-blind-safe set of Okabe and Ito (2008).
//!
//! No meaning hangs on colour alone: status is also a dash pattern, rank also a number, a change also a mark.

use plotters::style::RGBColor;

pub(super) use crate::picture::palette::{FRAME, HALO, PAPER, TEXT, TEXT_FAINT, TEXT_SOFT, mix, ranked as route};

use super::sheet::{Emphasis, LineMedium, LineStatus};

/// Beyond the edge of the earth.
pub(super) const BEYOND: RGBColor = RGBColor(250, 251, 252);
/// Sea and lakes.
pub(super) const SEA: RGBColor = RGBColor(221, 234, 242);
/// The sea's side of a coast.
pub(super) const COAST: RGBColor = RGBColor(122, 157, 180);
/// Land of no concern.
pub(super) const LAND: RGBColor = RGBColor(247, 245, 240);
/// Land of the corridor's countries.
pub(super) const CORRIDOR: RGBColor = RGBColor(251, 236, 200);
/// Borders of the corridor's countries.
pub(super) const CORRIDOR_BORDER: RGBColor = RGBColor(168, 128, 58);
/// Other borders.
pub(super) const BORDER: RGBColor = RGBColor(168, 161, 152);
/// Rivers.
pub(super) const RIVER: RGBColor = RGBColor(171, 203, 221);
/// Shores of lakes.
pub(super) const SHORE: RGBColor = RGBColor(150, 187, 209);
/// Meridians and parallels.
pub(super) const GRATICULE: RGBColor = RGBColor(88, 118, 138);
/// Names of countries.
pub(super) const COUNTRY_NAME: RGBColor = RGBColor(143, 137, 128);
/// Names of the corridor's countries.
pub(super) const CORRIDOR_NAME: RGBColor = RGBColor(140, 100, 30);
/// Outline and fill of a place.
pub(super) const PLACE: RGBColor = RGBColor(60, 66, 74);
/// Border passages of a route.
pub(super) const CROSSING: RGBColor = RGBColor(28, 32, 38);
/// The crosses on a closed line.
pub(super) const CLOSED: RGBColor = RGBColor(166, 40, 30);
/// The band under a line that a comparison adds.
pub(super) const ADDED: RGBColor = RGBColor(110, 205, 170);
/// The band under a line that a comparison takes away.
pub(super) const REMOVED: RGBColor = RGBColor(232, 160, 196);

/// The colour of a line: its medium, paler where no light goes through it.
pub(super) fn line(medium: LineMedium, status: LineStatus) -> RGBColor {
    let strong = match medium {
        LineMedium::Land => RGBColor(86, 92, 102),
        LineMedium::Aerial => RGBColor(146, 104, 20),
        LineMedium::Sea => RGBColor(38, 118, 168),
    };
    match status {
        LineStatus::InService => strong,
        LineStatus::UnderConstruction => mix(strong, PAPER, 0.12),
        LineStatus::Planned => mix(strong, PAPER, 0.28),
        LineStatus::OutOfService | LineStatus::Closed => mix(strong, RGBColor(190, 190, 190), 0.6),
    }
}

/// The band under a line that a comparison is about.
pub(super) fn emphasis(emphasis: Emphasis) -> Option<RGBColor> {
    match emphasis {
        Emphasis::Normal => None,
        Emphasis::Added => Some(ADDED),
        Emphasis::Removed => Some(REMOVED),
    }
}
