//! Where things stand on a planned sheet of charts.

use crate::picture::{LabelBox, Rect};

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
