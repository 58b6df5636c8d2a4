//! The colours that maps and charts share; marks are of the colour-blind-safe set of Okabe and Ito (2008).

use plotters::style::RGBColor;

/// The paper round maps and charts.
pub(crate) const PAPER: RGBColor = RGBColor(255, 255, 255);
/// Frames, axes and the scale bar.
pub(crate) const FRAME: RGBColor = RGBColor(92, 100, 108);
/// Titles and the most important names.
pub(crate) const TEXT: RGBColor = RGBColor(28, 32, 38);
/// Names of lesser places.
pub(crate) const TEXT_SOFT: RGBColor = RGBColor(70, 76, 84);
/// Notes, degrees, numbers on axes and the attribution.
pub(crate) const TEXT_FAINT: RGBColor = RGBColor(105, 112, 120);
/// The halo of texts and the casing of lines.
pub(crate) const HALO: RGBColor = RGBColor(255, 255, 255);

/// By rank: vermillion, blue, reddish purple (darkened), bluish green, orange (darkened), then greys.
const RANKED: [RGBColor; 6] = [
    RGBColor(213, 94, 0),
    RGBColor(0, 114, 178),
    RGBColor(170, 68, 136),
    RGBColor(0, 138, 102),
    RGBColor(190, 132, 0),
    RGBColor(85, 85, 85),
];

/// The colour of what stands at a rank, counted from 1.
pub(crate) fn ranked(rank: u32) -> RGBColor {
    let index = usize::try_from(rank.saturating_sub(1)).unwrap_or(usize::MAX);
    RANKED[index.min(RANKED.len() - 1)]
}

/// `share` of `b` in `a`.
pub(crate) fn mix(a: RGBColor, b: RGBColor, share: f64) -> RGBColor {
    let part = |a: u8, b: u8| (f64::from(a) + (f64::from(b) - f64::from(a)) * share).round() as u8;
    RGBColor(part(a.0, b.0), part(a.1, b.1), part(a.2, b.2))
}
