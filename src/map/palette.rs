//! The colours: a calm base map, and marks from the colour-blind-safe set of Okabe and Ito (2008).
//!
//! No meaning hangs on colour alone: status is also a dash pattern, rank also a number, a change also a mark.

use plotters::style::RGBColor;

use super::sheet::{Emphasis, LineMedium, LineStatus};

/// The paper round the maps.
pub(super) const PAPER: RGBColor = RGBColor(255, 255, 255);
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
/// Frames and the scale bar.
pub(super) const FRAME: RGBColor = RGBColor(92, 100, 108);
/// Titles and the most important names.
pub(super) const TEXT: RGBColor = RGBColor(28, 32, 38);
/// Names of lesser places.
pub(super) const TEXT_SOFT: RGBColor = RGBColor(70, 76, 84);
/// Notes, degrees and the attribution.
pub(super) const TEXT_FAINT: RGBColor = RGBColor(105, 112, 120);
/// The halo of texts and the casing of lines.
pub(super) const HALO: RGBColor = RGBColor(255, 255, 255);
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

/// Routes by rank: vermillion, blue, reddish purple (darkened), bluish green, orange (darkened), then greys.
const ROUTES: [RGBColor; 6] = [
    RGBColor(213, 94, 0),
    RGBColor(0, 114, 178),
    RGBColor(170, 68, 136),
    RGBColor(0, 138, 102),
    RGBColor(190, 132, 0),
    RGBColor(85, 85, 85),
];

/// The colour of a route.
pub(super) fn route(rank: u32) -> RGBColor {
    let index = usize::try_from(rank.saturating_sub(1)).unwrap_or(usize::MAX);
    ROUTES[index.min(ROUTES.len() - 1)]
}

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

/// `share` of `b` in `a`.
fn mix(a: RGBColor, b: RGBColor, share: f64) -> RGBColor {
    let part = |a: u8, b: u8| (f64::from(a) + (f64::from(b) - f64::from(a)) * share).round() as u8;
    RGBColor(part(a.0, b.0), part(a.1, b.1), part(a.2, b.2))
}
