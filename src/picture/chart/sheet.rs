//! What to show: plain data, in the units in which it is to be read.

/// A picture of one or more charts.
#[derive(Debug, Clone, PartialEq)]
pub struct ChartSheet {
    /// What the picture says, in one sentence.
    pub title: String,
    /// What it is about: scenario, year, demand.
    pub subtitle: String,
    /// The charts, left to right and top to bottom; at most [`super::MOST_CHARTS`].
    pub charts: Vec<Chart>,
    /// Remarks under the charts.
    pub notes: Vec<String>,
    /// Whose data it is.
    pub attribution: String,
    /// Width, pixels.
    pub width_px: u32,
    /// Height, pixels.
    pub height_px: u32,
}

impl Default for ChartSheet {
    fn default() -> Self {
        let (title, subtitle, attribution) = (String::new(), String::new(), String::new());
        Self { title, subtitle, charts: vec![], notes: vec![], attribution, width_px: 1400, height_px: 900 }
    }
}

/// A chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// Its heading; may be empty.
    pub caption: String,
    /// What it shows.
    pub body: Body,
}

/// The kinds of chart.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Body {
    /// Lines over two axes.
    Lines(Lines),
    /// Stacked bars to the right, negative values to the left.
    Bars(Bars),
    /// Stacked columns upwards, negative values downwards.
    Columns(Columns),
    /// Ranges about a base value, widest first if the caller sorts them so.
    Ranges(Ranges),
}

/// Lines over two axes.
#[derive(Debug, Clone, PartialEq)]
pub struct Lines {
    /// The axis to the right.
    pub x: Axis,
    /// The axis upwards.
    pub y: Axis,
    /// The lines.
    pub series: Vec<Series>,
    /// Values marked across the whole chart.
    pub rules: Vec<Rule>,
}

/// An axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    /// What it measures, with its unit.
    pub title: String,
    /// How values are spread along it.
    pub scale: ScaleKind,
    /// Whether zero is on it whatever the values; means nothing on a logarithmic axis.
    pub from_zero: bool,
}

impl Axis {
    /// A linear axis that starts at zero.
    #[must_use]
    pub fn linear(title: &str) -> Self {
        Self { title: title.to_owned(), scale: ScaleKind::Linear, from_zero: true }
    }

    /// A logarithmic axis.
    #[must_use]
    pub fn log(title: &str) -> Self {
        Self { title: title.to_owned(), scale: ScaleKind::Log, from_zero: false }
    }
}

/// How values are spread along an axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ScaleKind {
    /// Equal steps for equal differences.
    Linear,
    /// Equal steps for equal ratios; only for values above zero.
    Log,
}

/// A line.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// What it is.
    pub name: String,
    /// Its points in the order in which they are joined. Two in a row at the same x are a jump, drawn thin; a point
    /// that cannot be drawn interrupts the line.
    pub points: Vec<(f64, f64)>,
    /// Whether it is dashed.
    pub dashed: bool,
}

/// A value marked across the whole chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// Where on the axis.
    pub at: f64,
    /// Which way it runs: a vertical rule marks a value of the axis to the right.
    pub direction: Direction,
    /// What it says.
    pub label: String,
}

/// Which way a rule runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Up and down.
    Vertical,
    /// To the left and right.
    Horizontal,
}

/// Stacked bars, one a row.
#[derive(Debug, Clone, PartialEq)]
pub struct Bars {
    /// Unit of the values.
    pub unit: String,
    /// What each value of a row is.
    pub parts: Vec<String>,
    /// The rows from top to bottom.
    pub rows: Vec<BarRow>,
}

/// A row of stacked bars.
#[derive(Debug, Clone, PartialEq)]
pub struct BarRow {
    /// Stands to the left.
    pub label: String,
    /// One value a part; missing ones are zero.
    pub values: Vec<f64>,
    /// Stands at the right end, such as the total.
    pub note: String,
}

/// Stacked columns with a line over them.
#[derive(Debug, Clone, PartialEq)]
pub struct Columns {
    /// Unit of the values.
    pub unit: String,
    /// What the columns are, such as years; may be empty.
    pub across: String,
    /// What each value of a column is.
    pub parts: Vec<String>,
    /// Label and values, one a part, from left to right.
    pub columns: Vec<(String, Vec<f64>)>,
    /// Name of a line over the columns and its value at each.
    pub line: Option<(String, Vec<f64>)>,
}

/// Ranges about a base value: a tornado.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranges {
    /// Unit of the values.
    pub unit: String,
    /// The value from which the ranges go both ways.
    pub base: f64,
    /// The rows from top to bottom.
    pub rows: Vec<RangeRow>,
}

/// A range about the base.
#[derive(Debug, Clone, PartialEq)]
pub struct RangeRow {
    /// What is moved.
    pub label: String,
    /// The value when it is low; may be above the base.
    pub low: f64,
    /// The value when it is high; may be below the base.
    pub high: f64,
    /// Stands at the end of `low`.
    pub low_text: String,
    /// Stands at the end of `high`.
    pub high_text: String,
}
