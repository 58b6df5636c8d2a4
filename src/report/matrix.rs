//! The answer of `matrix`: the best route's figures from each place to each other, a table for each figure.

use std::fmt;
use std::str::FromStr;

use super::answer::MatrixAnswer;
use super::cell::Cell as CsvCell;
use super::context::Context;
use super::document::{Document, Table, WIDTH};
use super::ledger::{musd_to, shortened, up_percent, whole_km};
use super::option_name::OptionName;
use super::question_words::unanswered_in_words;
use super::records::Records;
use super::rendering::Report;
use crate::analysis::{Cell, Summary};
use crate::network::CountryCode;

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

/// The best routes from each of some places to each of others; tables show the figures chosen.
#[derive(Debug, Clone, Copy)]
pub struct MatrixReport<'a> {
    /// What the answer rests on.
    pub context: &'a Context<'a>,
    /// Where from, by id or code: the rows.
    pub from: &'a [String],
    /// Where to, by id or code: the columns.
    pub to: &'a [String],
    /// The cells, row by row.
    pub cells: &'a [Cell],
    /// The figures that tables show.
    pub shown: &'a [MatrixFigure],
}

impl Report for MatrixReport<'_> {
    type Answer = MatrixAnswer;

    fn answer(&self) -> MatrixAnswer {
        MatrixAnswer::of(self)
    }

    fn document(&self) -> Document {
        document(self)
    }

    fn records(&self) -> Records {
        records(self)
    }
}

impl<'a> MatrixReport<'a> {
    /// The cells with their ends.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (&'a str, &'a str, &'a Cell)> {
        let ends = self.from.iter().flat_map(|from| self.to.iter().map(move |to| (from.as_str(), to.as_str())));
        ends.zip(self.cells).map(|((from, to), cell)| (from, to, cell))
    }
}

fn document(matrix: &MatrixReport<'_>) -> Document {
    let context = matrix.context;
    let mut document = Document::default();
    let (n, m) = (matrix.from.len(), matrix.to.len());
    let routes = if n == 1 && m == 1 { "1 pair".to_owned() } else { format!("{n} x {m} pairs") };
    document.title(format!("{routes}, the best by {}", context.asked.objective), context.in_words());
    for &figure in matrix.shown {
        for (i, table) in tables(matrix, figure).into_iter().enumerate() {
            let more = if i == 0 { "" } else { ", continued" };
            document.heading(format!("{}{more}", figure.heading()));
            document.table(table);
        }
    }
    let nothing = matrix.pairs().filter_map(|(_, _, cell)| match cell {
        Cell::Nothing(why) => Some(unanswered_in_words(context.network, why)),
        Cell::Wrong(why) => Some(why.clone()),
        Cell::Best(_) | Cell::Same => None,
    });
    let nothing: Vec<String> = nothing.collect();
    let mut lines: Vec<String> = nothing.iter().take(MAX_TOLD).cloned().collect();
    if nothing.len() > MAX_TOLD {
        lines.push(format!("{} more; {} has all.", nothing.len() - MAX_TOLD, context.name_of(OptionName::Json)));
    }
    document.say("Empty", lines);
    document
}

/// The tables of a figure: as many columns at a time as the width allows.
fn tables(matrix: &MatrixReport<'_>, figure: MatrixFigure) -> Vec<Table> {
    let context = matrix.context;
    let name = |end: &String, most| {
        if end.parse::<CountryCode>().is_ok() { end.clone() } else { shortened(&context.name_typed(end), most) }
    };
    let decimals = decimals(matrix);
    let rows = matrix.from.iter().zip(matrix.cells.chunks(matrix.to.len().max(1)));
    let rows = rows.map(|(from, cells)| {
        let cells = cells.iter().map(|cell| match cell {
            Cell::Best(best) => in_figures(best, figure, decimals),
            Cell::Same => String::new(),
            Cell::Nothing(_) | Cell::Wrong(_) => "-".to_owned(),
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
fn decimals(matrix: &MatrixReport<'_>) -> usize {
    let costs = matrix.cells.iter().filter_map(|cell| match cell {
        Cell::Best(best) => Some(best.bill.total().millions()),
        Cell::Same | Cell::Nothing(_) | Cell::Wrong(_) => None,
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

/// The columns of a route's figures.
const FIGURES: [&str; 12] = [
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
];

fn records(matrix: &MatrixReport<'_>) -> Records {
    let context = matrix.context;
    let last = ["reason", "objective", "scenario", "year", "gbps", "term_years"];
    let mut records = Records::new(["from", "to"].into_iter().chain(FIGURES).chain(last));
    for (from, to, cell) in matrix.pairs() {
        let (figures, reason) = match cell {
            Cell::Best(best) => (figure_cells(best), CsvCell::Empty),
            Cell::Same => (NO_FIGURES, CsvCell::Empty),
            Cell::Nothing(why) => (NO_FIGURES, unanswered_in_words(context.network, why).into()),
            Cell::Wrong(why) => (NO_FIGURES, why.as_str().into()),
        };
        let mut cells = vec![from.into(), to.into()];
        cells.extend(figures);
        cells.extend([
            reason,
            context.asked.objective.to_string().into(),
            context.scenario.into(),
            CsvCell::Whole(context.year.into()),
            CsvCell::Exact(context.demand.gbps.get()),
            CsvCell::Count(context.demand.term_years.into()),
        ]);
        records.row(cells);
    }
    records
}

const NO_FIGURES: [CsvCell; FIGURES.len()] = [const { CsvCell::Empty }; FIGURES.len()];

fn figure_cells(best: &Summary) -> [CsvCell; FIGURES.len()] {
    [
        CsvCell::Exact(best.bill.total().dollars()),
        CsvCell::Exact(best.bill.low.dollars()),
        CsvCell::Exact(best.bill.high.dollars()),
        CsvCell::Exact(best.usd_per_mbps_month),
        CsvCell::Exact(best.latency_ms),
        CsvCell::Exact(best.rtt_ms()),
        CsvCell::Exact(best.length.km()),
        CsvCell::Exact(best.availability),
        CsvCell::Count(best.n_crossings as u64),
        CsvCell::list(best.countries.iter()),
        CsvCell::list(best.nodes.iter()),
        CsvCell::list(best.segments.iter()),
    ]
}
