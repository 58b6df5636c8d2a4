//! The answer of `matrix`: the best route's figures from each place to each other, a table for each figure.

use std::fmt;
use std::str::FromStr;

use serde_json::{Map, Value, json};

use super::context::Context;
use super::csv_rows::{cells_text, number};
use super::document::{Document, Table, WIDTH};
use super::format::TableFormat;
use super::ledger::{musd_to, shortened, up_percent, whole_km};
use crate::analysis::{Cell, Summary};
use crate::network::{CountryCode, NodeId, SegmentId};

/// As many pairs without a route are told in words; JSON and CSV have them all.
const MAX_TOLD: usize = 10;

/// A figure that a matrix shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MatrixFigure {
    /// The cost over the term.
    Cost,
    /// The round trip.
    Rtt,
    /// The length.
    Km,
    /// The availability.
    Up,
    /// The borders passed.
    Crossings,
}

/// A word that names no figure of a matrix.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected cost, rtt, km, up or crossings, found {found:?}")]
pub struct UnknownFigure {
    /// The word as given.
    pub found: String,
}

impl MatrixFigure {
    /// Every figure, in the order in which they are shown.
    pub const ALL: [Self; 5] = [Self::Cost, Self::Rtt, Self::Km, Self::Up, Self::Crossings];

    /// Its name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Cost => "cost",
            Self::Rtt => "rtt",
            Self::Km => "km",
            Self::Up => "up",
            Self::Crossings => "crossings",
        }
    }

    const fn heading(self) -> &'static str {
        match self {
            Self::Cost => "Cost over the term, MUSD",
            Self::Rtt => "Round trip, ms",
            Self::Km => "Length, km",
            Self::Up => "Up, % of the time",
            Self::Crossings => "Borders passed",
        }
    }
}

impl fmt::Display for MatrixFigure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for MatrixFigure {
    type Err = UnknownFigure;
    fn from_str(text: &str) -> Result<Self, UnknownFigure> {
        let known = Self::ALL.into_iter().find(|figure| figure.as_str() == text.trim());
        known.ok_or_else(|| UnknownFigure { found: text.to_owned() })
    }
}

/// A matrix answered.
#[derive(Debug, Clone, Copy)]
pub struct MatrixAnswer<'a> {
    /// Where from, by id or code: the rows.
    pub from: &'a [String],
    /// Where to, by id or code: the columns.
    pub to: &'a [String],
    /// The cells, row by row.
    pub cells: &'a [Cell],
}

impl<'a> MatrixAnswer<'a> {
    /// The cells with their ends.
    fn pairs(&self) -> impl Iterator<Item = (&'a str, &'a str, &'a Cell)> {
        let ends = self.from.iter().flat_map(|from| self.to.iter().map(move |to| (from.as_str(), to.as_str())));
        ends.zip(self.cells).map(|((from, to), cell)| (from, to, cell))
    }
}

/// A matrix in a format; tables show these figures.
#[must_use]
pub fn matrix_report(
    context: &Context<'_>,
    matrix: &MatrixAnswer<'_>,
    shown: &[MatrixFigure],
    format: TableFormat,
) -> String {
    match format {
        TableFormat::Table => document(context, matrix, shown).plain(),
        TableFormat::Markdown => document(context, matrix, shown).markdown(),
        TableFormat::Json => format!("{:#}\n", json(context, matrix)),
        TableFormat::Csv => csv(context, matrix),
    }
}

fn document(context: &Context<'_>, matrix: &MatrixAnswer<'_>, shown: &[MatrixFigure]) -> Document {
    let mut document = Document::default();
    let (n, m) = (matrix.from.len(), matrix.to.len());
    let routes = if n == 1 && m == 1 { "1 pair".to_owned() } else { format!("{n} x {m} pairs") };
    document.title(format!("{routes}, the best by {}", context.asked.objective), context.in_words());
    for &figure in shown {
        for (i, table) in tables(context, matrix, figure).into_iter().enumerate() {
            let more = if i == 0 { "" } else { ", continued" };
            document.heading(format!("{}{more}", figure.heading()));
            document.table(table);
        }
    }
    let nothing = matrix.pairs().filter_map(|(_, _, cell)| match cell {
        Cell::Nothing(why) => Some(why.as_str()),
        Cell::Best(_) | Cell::Same => None,
    });
    let nothing: Vec<&str> = nothing.collect();
    let mut lines: Vec<String> = nothing.iter().take(MAX_TOLD).map(|why| (*why).to_owned()).collect();
    if nothing.len() > MAX_TOLD {
        lines.push(format!("{} more; --format json has all.", nothing.len() - MAX_TOLD));
    }
    document.say("Empty", lines);
    document
}

/// The tables of a figure: as many columns at a time as the width allows.
fn tables(context: &Context<'_>, matrix: &MatrixAnswer<'_>, figure: MatrixFigure) -> Vec<Table> {
    let name = |end: &String, most| {
        if end.parse::<CountryCode>().is_ok() { end.clone() } else { shortened(&context.name_typed(end), most) }
    };
    let decimals = decimals(matrix);
    let rows = matrix.from.iter().zip(matrix.cells.chunks(matrix.to.len().max(1)));
    let rows = rows.map(|(from, cells)| {
        let cells = cells.iter().map(|cell| match cell {
            Cell::Best(best) => in_figures(best, figure, decimals),
            Cell::Same => String::new(),
            Cell::Nothing(_) => "-".to_owned(),
        });
        (name(from, 20), cells.collect())
    });
    let rows: Vec<(String, Vec<String>)> = rows.collect();
    let headings: Vec<String> = matrix.to.iter().map(|to| name(to, 14)).collect();
    let count = |text: &String| text.chars().count();
    let corner = "from \\ to";
    let first = rows.iter().map(|(from, _)| count(from)).max().unwrap_or(0).max(corner.len()) + 1;
    let width =
        |i: usize| rows.iter().map(|(_, cells)| count(&cells[i])).max().unwrap_or(0).max(count(&headings[i])) + 2;
    let mut tables = Vec::new();
    let mut start = 0;
    while start < headings.len() {
        let mut sum = first + width(start);
        let mut end = start + 1;
        while end < headings.len() && sum + width(end) <= WIDTH {
            sum += width(end);
            end += 1;
        }
        let head: Vec<String> =
            [format!("<{corner}")].into_iter().chain(headings[start..end].iter().cloned()).collect();
        let mut table = Table::new(&head.iter().map(String::as_str).collect::<Vec<_>>());
        for (from, cells) in &rows {
            table.row([from].into_iter().chain(&cells[start..end]).cloned());
        }
        tables.push(table);
        start = end;
    }
    tables
}

/// As many decimals as tell the costs of a matrix apart.
fn decimals(matrix: &MatrixAnswer<'_>) -> usize {
    let costs = matrix.cells.iter().filter_map(|cell| match cell {
        Cell::Best(best) => Some(best.bill.total().millions()),
        Cell::Same | Cell::Nothing(_) => None,
    });
    if costs.fold(0.0, f64::max) < 10.0 { 2 } else { 1 }
}

fn in_figures(best: &Summary, figure: MatrixFigure, decimals: usize) -> String {
    match figure {
        MatrixFigure::Cost => musd_to(best.bill.total(), decimals),
        MatrixFigure::Rtt => format!("{:.1}", best.rtt_ms()),
        MatrixFigure::Km => whole_km(best.length),
        MatrixFigure::Up => up_percent(best.availability),
        MatrixFigure::Crossings => best.n_crossings.to_string(),
    }
}

fn json(context: &Context<'_>, matrix: &MatrixAnswer<'_>) -> Value {
    let mut query = context.query_json();
    query["from"] = json!(matrix.from);
    query["to"] = json!(matrix.to);
    let cells: Vec<Value> = matrix.pairs().map(|(from, to, cell)| cell_json(from, to, cell)).collect();
    json!({"query": query, "from": matrix.from, "to": matrix.to, "cells": cells})
}

fn cell_json(from: &str, to: &str, cell: &Cell) -> Value {
    let mut fields = Map::new();
    let mut put = |name: &str, value: Value| {
        fields.insert(name.to_owned(), value);
    };
    put("from", json!(from));
    put("to", json!(to));
    match cell {
        Cell::Same => {}
        Cell::Nothing(why) => put("reason", json!(why)),
        Cell::Best(best) => {
            put("cost_usd", json!(best.bill.total().dollars()));
            put("low_usd", json!(best.bill.low.dollars()));
            put("high_usd", json!(best.bill.high.dollars()));
            put("usd_per_mbps_month", json!(best.usd_per_mbps_month));
            put("latency_ms", json!(best.latency_ms));
            put("rtt_ms", json!(best.rtt_ms()));
            put("length_km", json!(best.length.km()));
            put("availability", json!(best.availability));
            put("border_crossings", json!(best.n_crossings));
            put("countries", best.countries.iter().map(|code| json!(code.as_str())).collect());
            put("nodes", best.nodes.iter().map(|id| json!(id.as_str())).collect());
            put("segments", best.segments.iter().map(|id| json!(id.as_str())).collect());
            put("stopped", json!(best.is_stopped));
        }
    }
    Value::Object(fields)
}

fn csv(context: &Context<'_>, matrix: &MatrixAnswer<'_>) -> String {
    let head = [
        "from",
        "to",
        "cost_usd",
        "low_usd",
        "high_usd",
        "usd_per_mbps_month",
        "latency_ms",
        "rtt_ms",
        "length_km",
        "availability",
        "border_crossings",
        "countries",
        "nodes",
        "segments",
        "reason",
        "objective",
        "scenario",
        "year",
        "gbps",
        "term_years",
    ];
    let mut lines = vec![head.map(str::to_owned).to_vec()];
    let last = [
        context.asked.objective.to_string(),
        context.scenario.to_owned(),
        context.year.to_string(),
        number(context.demand.gbps.get()),
        context.demand.term_years.to_string(),
    ];
    for (from, to, cell) in matrix.pairs() {
        let mut cells = vec![from.to_owned(), to.to_owned()];
        match cell {
            Cell::Best(best) => cells.extend(best_cells(best).into_iter().chain([String::new()])),
            Cell::Same => cells.extend(vec![String::new(); 13]),
            Cell::Nothing(why) => cells.extend(vec![String::new(); 12].into_iter().chain([why.clone()])),
        }
        cells.extend(last.iter().cloned());
        lines.push(cells);
    }
    cells_text(&lines)
}

fn best_cells(best: &Summary) -> [String; 12] {
    let list = |ids: Vec<&str>| ids.join(";");
    [
        number(best.bill.total().dollars()),
        number(best.bill.low.dollars()),
        number(best.bill.high.dollars()),
        number(best.usd_per_mbps_month),
        number(best.latency_ms),
        number(best.rtt_ms()),
        number(best.length.km()),
        number(best.availability),
        best.n_crossings.to_string(),
        list(best.countries.iter().map(CountryCode::as_str).collect()),
        list(best.nodes.iter().map(NodeId::as_str).collect()),
        list(best.segments.iter().map(SegmentId::as_str).collect()),
    ]
}
