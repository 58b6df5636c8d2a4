//! What stands where on a planned sheet, for tests and for those who lay something over a map.

use super::compose::{Composition, PanelPlan};
use crate::picture::{LabelBox, Rect};

/// A line or route as it is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct DrawnWay {
    /// Which it is.
    pub name: String,
    /// Its visible parts, pixels.
    pub parts: Vec<Vec<(f64, f64)>>,
}

/// The boxes of a sheet, pixels.
#[derive(Debug, Clone, PartialEq)]
pub struct LayoutReport {
    /// The whole sheet.
    pub sheet: Rect,
    /// Lines of title, subtitle, captions, notes and attribution.
    pub texts: Vec<LabelBox>,
    /// Entries of the legend, each with its sample.
    pub legend: Vec<LabelBox>,
    /// The maps.
    pub panels: Vec<PanelReport>,
}

/// The boxes of a map, pixels.
#[derive(Debug, Clone, PartialEq)]
pub struct PanelReport {
    /// Its frame, to which everything on it is cut.
    pub frame: Rect,
    /// Names of places, passages and countries.
    pub labels: Vec<LabelBox>,
    /// Marks of places and passages.
    pub nodes: Vec<Rect>,
    /// Badges of routes.
    pub badges: Vec<Rect>,
    /// The scale bar.
    pub scale_bar: Option<Rect>,
    /// What the scale bar says, and its length in pixels.
    pub scale: Option<(String, f64)>,
    /// Kilometres for a pixel in the middle of the map.
    pub km_per_px: Option<f64>,
    /// The north arrow.
    pub north: Option<Rect>,
    /// Degrees outside the frame.
    pub degrees: Vec<LabelBox>,
    /// Names that had to be shown and for which there was no room at all.
    pub unplaced: Vec<String>,
    /// Segments in sight, named by id.
    pub lines: Vec<DrawnWay>,
    /// Routes in sight, named by rank.
    pub routes: Vec<DrawnWay>,
    /// The longest straight step of any border or river.
    pub longest_step_px: f64,
    /// Number of pieces of land drawn.
    pub n_land: usize,
}

/// The report of a plan.
pub(super) fn of(plan: &Composition) -> LayoutReport {
    let arrangement = &plan.arrangement;
    let texts = [&arrangement.title, &arrangement.subtitle, &arrangement.captions, &arrangement.footer];
    LayoutReport {
        sheet: Rect::from_size(0.0, 0.0, f64::from(plan.width_px), f64::from(plan.height_px)),
        texts: texts
            .into_iter()
            .flatten()
            .map(|line| LabelBox {
                text: line.text.clone(),
                rect: line.rect,
                text_width: line.text_width(),
                size_px: line.size,
            })
            .collect(),
        legend: arrangement
            .legend
            .iter()
            .map(|item| LabelBox {
                text: item.text.clone(),
                rect: item.rect,
                text_width: crate::picture::width(&item.text, crate::picture::Weight::Regular)
                    * super::legend::text_size(plan.sizes),
                size_px: super::legend::text_size(plan.sizes),
            })
            .collect(),
        panels: plan.panels.iter().map(|panel| panel_report(panel, plan)).collect(),
    }
}

fn panel_report(panel: &PanelPlan, plan: &Composition) -> PanelReport {
    let half = plan.sizes.px(super::routes::BADGE_RADIUS);
    let labels = panel.labels.iter().map(|label| LabelBox {
        text: label.text.clone(),
        rect: label.rect,
        text_width: label.text_width(),
        size_px: label.size,
    });
    let size = panel.graticule.size;
    let degrees = panel.graticule.degrees.iter().map(|(text, rect)| LabelBox {
        text: text.clone(),
        rect: *rect,
        text_width: crate::picture::width(text, crate::picture::Weight::Regular) * size,
        size_px: size,
    });
    let base = panel
        .basemap
        .borders
        .iter()
        .map(|border| &border.line)
        .chain(panel.basemap.rivers.iter().map(|river| &river.0));
    let longest = base
        .flat_map(|line| line.windows(2).map(|pair| (pair[1].0 - pair[0].0).hypot(pair[1].1 - pair[0].1)))
        .fold(0.0, f64::max);
    PanelReport {
        frame: panel.view.rect,
        labels: labels.collect(),
        nodes: panel.symbols.iter().map(super::symbols::Symbol::rect).collect(),
        badges: panel.routes.iter().filter_map(|route| route.badge).map(|at| Rect::around(at, half)).collect(),
        scale_bar: panel.scale_bar.as_ref().map(|bar| bar.rect),
        scale: panel.scale_bar.as_ref().map(|bar| (bar.label.clone(), bar.length)),
        km_per_px: panel.view.km_per_px(),
        north: panel.north.as_ref().map(|north| north.rect),
        degrees: degrees.collect(),
        unplaced: panel.unplaced.clone(),
        lines: panel.lines.iter().map(|line| DrawnWay { name: line.id.clone(), parts: line.parts.clone() }).collect(),
        routes: panel
            .routes
            .iter()
            .map(|route| DrawnWay { name: route.rank.to_string(), parts: route.parts.clone() })
            .collect(),
        longest_step_px: longest,
        n_land: panel.basemap.land.len(),
    }
}
