//! One number of a route with its formula, inputs and sources, and how it is written in each format.

use super::cell::Cell;
use super::document::Document;
use crate::metrics::cost::significant;
use crate::metrics::latency::{GROUP_INDEX, SPEED_OF_LIGHT_KM_PER_S, glass};
use crate::metrics::{Factor, Hop, Leaf};
use crate::prices::{Price, PriceKey};
use crate::units::{Latency, Usd, grouped};

/// One number of a route.
#[derive(Debug, Clone)]
pub(crate) struct Figure {
    /// What it is: `length`, `glass`, `lease TM`.
    pub(crate) name: String,
    /// The number.
    pub(crate) value: f64,
    /// Its unit.
    pub(crate) unit: &'static str,
    /// The number as shown.
    pub(crate) shown: String,
    /// The formula, numbers filled in.
    pub(crate) formula: String,
    /// Low and high value, where the inputs have a range.
    pub(crate) range: Option<(f64, f64)>,
    /// The price-book entries that go in.
    pub(crate) prices: Vec<PriceKey>,
    /// What facts are cited to.
    pub(crate) sources: Vec<String>,
    /// Whether something in it has no source.
    pub(crate) assumed: bool,
}

impl Figure {
    /// A number that rests on nothing else; the rest is added by the caller.
    pub(crate) fn new(name: impl Into<String>, value: f64, unit: &'static str, formula: String) -> Self {
        let shown = match unit {
            "USD" => dollars(value),
            "km" => format!("{value:.3}"),
            "ms" => format!("{value:.6}"),
            _ => significant(value),
        };
        Self {
            name: name.into(),
            value,
            unit,
            shown,
            formula,
            range: None,
            prices: Vec::new(),
            sources: Vec::new(),
            assumed: false,
        }
    }

    /// A delay of one or several devices.
    pub(crate) fn delay(name: String, total: Latency, count: Option<u64>, (entry, price): (PriceKey, &Price)) -> Self {
        let each = format!("{} {} [{entry}]", significant(price.base), price.unit);
        let formula = count.map_or_else(|| each.clone(), |n| format!("{n} x {each}"));
        Self { prices: vec![entry], assumed: price.is_assumed(), ..Self::new(name, total.ms(), "ms", formula) }
    }
}

/// Dollars and cents with commas.
pub(crate) fn dollars(value: f64) -> String {
    let cents = Usd::from_dollars(value).map_or(0, Usd::cents);
    let sign = if cents < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", grouped((cents / 100).abs()), cents.abs() % 100)
}

/// The light's time through a hop's glass.
pub(crate) fn glass_figure(hop: &Hop) -> Figure {
    let ms = hop.pieces.iter().map(|(_, length)| glass(*length)).sum::<Latency>().ms();
    let formula = format!(
        "{} km x {GROUP_INDEX} (group index of G.652 fiber at 1550 nm) / {SPEED_OF_LIGHT_KM_PER_S} km/s",
        hop.length.km()
    );
    Figure::new("glass", ms, "ms", formula)
}

/// A leaf of the bill.
pub(crate) fn leaf_figure(leaf: &Leaf) -> Figure {
    let prices = leaf.factors.iter().filter_map(Factor::price_key);
    let place = if leaf.country.is_sea() { "sea".to_owned() } else { leaf.country.to_string() };
    let name = format!("{} {place}", leaf.term.heading());
    Figure {
        range: Some((leaf.usd[0].dollars(), leaf.usd[2].dollars())),
        prices: prices.collect(),
        assumed: leaf.assumed,
        ..Figure::new(name, leaf.base().dollars(), "USD", leaf.formula())
    }
}

/// Adds a figure to a document.
pub(crate) fn say_figure(document: &mut Document, figure: &Figure) {
    let unit = if figure.unit == "1" { String::new() } else { format!(" {}", figure.unit) };
    let mut text = format!("{}{unit} = {}", figure.shown, figure.formula);
    if let Some((low, high)) = figure.range {
        text += &format!(", from {} to {}", dollars(low), dollars(high));
    }
    if figure.assumed {
        text += " (assumed)";
    }
    if !figure.sources.is_empty() {
        text += &format!(". Source: {}", figure.sources.join("; "));
    }
    document.say(&format!("  {}", figure.name), vec![text]);
}

/// A figure as a row of `part`: a segment, or `route`.
pub(crate) fn figure_cells(part: &str, figure: &Figure) -> Vec<Cell> {
    vec![
        part.into(),
        figure.name.as_str().into(),
        Cell::Exact(figure.value),
        figure.unit.into(),
        Cell::exact(figure.range.map(|range| range.0)),
        Cell::exact(figure.range.map(|range| range.1)),
        figure.formula.as_str().into(),
        Cell::List(figure.prices.iter().map(PriceKey::to_string).collect()),
        Cell::List(figure.sources.clone()),
        Cell::Flag(figure.assumed),
    ]
}
