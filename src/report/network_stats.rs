//! The answer of `network stats`: the figures of a network.

use super::answer::NetworkStatsAnswer;
use super::cell::Cell;
use super::document::{Document, Table};
use super::records::Records;
use super::rendering::Report;
use crate::checks::{Stats, Tally};
use crate::network::{Confidence, Node};
use crate::units::grouped;

/// The figures of a network, in tables with its places below them if those are given.
#[derive(Debug, Clone, Copy)]
pub struct NetworkStatsReport<'a> {
    /// The figures.
    pub stats: &'a Stats,
    /// The places to list.
    pub places: &'a [&'a Node],
}

impl Report for NetworkStatsReport<'_> {
    type Answer = NetworkStatsAnswer;

    fn answer(&self) -> NetworkStatsAnswer {
        NetworkStatsAnswer::of(self.stats)
    }

    fn document(&self) -> Document {
        let stats = self.stats;
        let mut document = Document::default();
        document.listing(format!("{} ({}), {}", stats.name, stats.id, stats.date), 0, sums(stats));
        let mut nodes = Table::indented(&["<nodes by kind", "nodes"]);
        stats.nodes_by_kind.iter().for_each(|(kind, n)| nodes.row([kind.to_string(), grouped(*n as i64)]));
        document.table(nodes);
        document.table(tallies("<segments by medium", &stats.by_medium));
        document.table(tallies("<segments by status", &stats.by_status));
        document.table(tallies("<segments by confidence", &by_confidence(stats, "(not stated)")));
        document.table(tallies("<segments by source of their length", &stats.by_length_kind));
        document.table(tallies("<segments by country (XZ: sea)", &stats.by_country));
        document.table(tallies("<segments by system", &stats.by_system));
        let mut parallel = Table::indented(&["<parallel segments", "segments"]);
        stats.parallel.iter().for_each(|(a, b, n)| parallel.row([format!("{a} - {b}"), n.to_string()]));
        document.table(parallel);
        let place = |node: &&Node| vec![format!("{}  {} ({}, {})", node.id, node.name, node.kind, node.country)];
        if !self.places.is_empty() {
            document.listing("places", 2, self.places.iter().map(place).collect());
        }
        document
    }

    /// A row for the whole network, for what is in service, and for each value of a category.
    fn records(&self) -> Records {
        let stats = self.stats;
        let mut records = Records::new(["category", "value", "nodes", "segments", "length_km"]);
        let mut row = |category: &str, value: Cell, nodes: Option<usize>, tally: Option<&Tally>| {
            let count = |n: Option<usize>| n.map_or(Cell::Empty, |n| Cell::Count(n as u64));
            let length = Cell::exact(tally.map(|tally| tally.length.km()));
            let segments = count(tally.map(|tally| tally.n_segments));
            records.row([category.into(), value, count(nodes), segments, length]);
        };
        row("network", stats.id.as_str().into(), Some(stats.n_nodes), Some(&stats.segments));
        row("in service", "all".into(), None, Some(&stats.in_service));
        row("in service", "assumed".into(), None, Some(&stats.assumed_in_service));
        for (kind, n) in &stats.nodes_by_kind {
            row("kind", kind.as_str().into(), Some(*n), None);
        }
        for (country, n) in &stats.nodes_by_country {
            row("country of nodes", country.as_str().into(), Some(*n), None);
        }
        let mut rows = |category: &str, tallies: Vec<(String, Tally)>| {
            tallies.into_iter().for_each(|(value, tally)| row(category, value.into(), None, Some(&tally)));
        };
        rows("medium", keyed(&stats.by_medium));
        rows("status", keyed(&stats.by_status));
        rows("confidence", by_confidence(stats, "not_stated"));
        rows("source of length", keyed(&stats.by_length_kind));
        rows("country", keyed(&stats.by_country));
        rows("system", keyed(&stats.by_system));
        for (a, b, n) in &stats.parallel {
            let n = Cell::Count(*n as u64);
            records.row(["parallel".into(), Cell::list([a, b].into_iter()), Cell::Empty, n]);
        }
        records
    }
}

fn keyed<K: ToString>(list: &[(K, Tally)]) -> Vec<(String, Tally)> {
    list.iter().map(|(key, tally)| (key.to_string(), *tally)).collect()
}

/// The tallies by confidence, with a word for none.
fn by_confidence(stats: &Stats, not_stated: &'static str) -> Vec<(String, Tally)> {
    let word = |confidence: &Option<Confidence>| confidence.map_or(not_stated, Confidence::as_str).to_owned();
    stats.by_confidence.iter().map(|(confidence, tally)| (word(confidence), *tally)).collect()
}

fn sums(stats: &Stats) -> Vec<Vec<String>> {
    let (all, lit, assumed) = (stats.segments, stats.in_service, stats.assumed_in_service);
    let share = stats.assumed_share().map_or_else(|| "-".to_owned(), |share| format!("{:.1} %", 100.0 * share));
    let whole = format!(
        "{} nodes in {} countries, {} segments, {}, {}, {} {}",
        grouped(stats.n_nodes as i64),
        stats.n_countries(),
        grouped(all.n_segments as i64),
        all.length,
        if stats.n_parts == 1 { "one part".to_owned() } else { format!("{} parts", stats.n_parts) },
        stats.n_sources,
        if stats.n_sources == 1 { "source" } else { "sources" },
    );
    let in_service = format!(
        "in service: {} segments, {}; assumed of that: {} ({share})",
        lit.n_segments, lit.length, assumed.length
    );
    vec![vec![whole], vec![in_service]]
}

fn tallies<K: ToString>(title: &str, list: &[(K, Tally)]) -> Table {
    let mut table = Table::indented(&[title, "segments", "km"]);
    for (key, tally) in list {
        let segments = Cell::Text(grouped(tally.n_segments as i64));
        table.row([key.to_string().into(), segments, Cell::Length(tally.length)]);
    }
    table
}
