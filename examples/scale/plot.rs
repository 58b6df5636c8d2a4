//! Pictures of what was measured: time and memory against the size of the network, both on logarithmic axes.

use std::path::Path;

use anyhow::{Context, Result, bail};
use fiberplan::picture::chart::{
    Axis, Body, Chart, ChartSheet, Direction, Lines, Rule, Series, render_png, render_svg,
};

use crate::measure::TASKS;

/// Memory that the machine of the promise has, MB.
const MEMORY_MB: f64 = 24.0 * 1024.0;

/// A row of the measurements; the memory is missing where the system does not tell it.
struct Row {
    task: String,
    size: f64,
    seconds: f64,
    peak_mb: Option<f64>,
}

/// Draws the two charts from the CSV that was measured.
pub fn draw(csv: &Path, picture: &Path) -> Result<()> {
    let rows = read(csv)?;
    let series = |value: &dyn Fn(&Row) -> Option<f64>| -> Vec<Series> {
        let lines = TASKS.into_iter().map(|(name, about, ..)| {
            let points = rows.iter().filter(|row| row.task == name).filter_map(|row| Some((row.size, value(row)?)));
            // The folder counts segments where the others count arcs.
            Series { name: about.to_owned(), points: points.collect(), dashed: name == "folder" }
        });
        lines.filter(|line| !line.points.is_empty()).collect()
    };
    let size = || Axis::log("arcs of the graph (dashed: segments of the folder)");
    let ceiling = Rule { at: MEMORY_MB, direction: Direction::Horizontal, label: "24 GiB".to_owned() };
    let time = Lines { x: size(), y: Axis::log("seconds"), series: series(&|row| Some(row.seconds)), rules: vec![] };
    let memory = Lines {
        x: size(),
        y: Axis::log("peak of the process, MB"),
        series: series(&|row| row.peak_mb),
        rules: vec![ceiling],
    };
    let chart = |caption: &str, lines: Lines| Chart { caption: caption.to_owned(), body: Body::Lines(lines) };
    let sheet = ChartSheet {
        title: "How time and memory grow with the network".to_owned(),
        subtitle: "median of the queries of each kind, one thread; each in a process of its own".to_owned(),
        charts: vec![chart("Time", time), chart("Memory", memory)],
        width_px: 1800,
        height_px: 820,
        ..ChartSheet::default()
    };
    let bytes = match picture.extension().and_then(|extension| extension.to_str()) {
        Some("svg") => render_svg(&sheet)?.into_bytes(),
        Some("png") => render_png(&sheet)?,
        _ => bail!("{}: expected a .svg or .png file", picture.display()),
    };
    std::fs::write(picture, bytes).with_context(|| format!("{} cannot be written", picture.display()))
}

fn read(csv: &Path) -> Result<Vec<Row>> {
    let text = std::fs::read_to_string(csv).with_context(|| format!("{} cannot be read", csv.display()))?;
    let rows = text.lines().enumerate().skip(1).filter(|(_, line)| !line.trim().is_empty());
    rows.map(|(number, line)| {
        let cells: Vec<&str> = line.split(',').collect();
        let [task, size, seconds, peak] = cells[..] else {
            bail!("{}:{}: expected task,size,seconds,peak_mb", csv.display(), number + 1);
        };
        let peak_mb = if peak.is_empty() { None } else { Some(peak.parse()?) };
        Ok(Row { task: task.to_owned(), size: size.parse()?, seconds: seconds.parse()?, peak_mb })
    })
    .collect()
}
