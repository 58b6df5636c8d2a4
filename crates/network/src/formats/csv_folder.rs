//! The network folder: `network.toml`, `nodes.csv`, `segments.csv`, `sources.csv`.

use std::path::Path;

use super::csv_table::{Row, Table};
use super::error::{FileError, Located, Problem, read_text};
use super::network_reading::{Collector, Gateways, NetworkReading, NetworkRow};
use super::network_rows::{NODE_COLUMNS, SEGMENT_COLUMNS, SOURCE_COLUMNS, node_cell, segment_cell, source_cell};
use super::output::write_whole;
use super::problems::Problems;
use super::toml_file::{TomlTable, parse_toml};
use crate::geodesy::Atlas;
use crate::{CountryCode, CountryCodeError, Meta, Network, NodeId};

const NEEDED_NODE_COLUMNS: &[&str] = &["id", "name", "kind", "country", "lon", "lat"];
const NEEDED_SEGMENT_COLUMNS: &[&str] = &["id", "from", "to", "medium", "status", "sources"];
const NEEDED_SOURCE_COLUMNS: &[&str] = &["id", "title"];

/// The four texts of a network folder, each with the name shown in errors.
#[derive(Debug, Clone, Copy)]
pub struct FolderTexts<'a> {
    /// `network.toml`.
    pub meta: (&'a str, &'a str),
    /// `nodes.csv`.
    pub nodes: (&'a str, &'a str),
    /// `segments.csv`.
    pub segments: (&'a str, &'a str),
    /// `sources.csv`.
    pub sources: (&'a str, &'a str),
}

/// Reads a network folder.
///
/// # Errors
/// If a file is missing, unreadable or wrong: see [`FileError`].
pub fn read_network_folder(folder: &Path, atlas: &Atlas) -> Result<Network, FileError> {
    collect_folder(folder, atlas, Problems::first_only()).into_network(&folder.display().to_string())
}

/// Reads the texts of a network folder.
///
/// # Errors
/// If one of them is wrong: see [`FileError`].
pub fn read_network_texts(texts: &FolderTexts<'_>, atlas: &Atlas) -> Result<Network, FileError> {
    let (meta, sources, nodes, segments) =
        (Some(texts.meta), Some(texts.sources), Some(texts.nodes), Some(texts.segments));
    collect(meta, sources, nodes, segments, atlas, Problems::first_only()).into_network(texts.segments.0)
}

/// Reads what can be read of a network folder and lists all that is wrong with it.
#[must_use]
pub fn collect_network_folder(folder: &Path, atlas: &Atlas) -> NetworkReading {
    collect_folder(folder, atlas, Problems::all())
}

fn collect_folder(folder: &Path, atlas: &Atlas, mut problems: Problems) -> NetworkReading {
    let mut read = |name: &str| {
        if problems.is_full() {
            return None;
        }
        let path = folder.join(name);
        let text = read_text(&path).map_err(|error| {
            if path.exists() {
                error
            } else {
                error.hint("a network folder holds network.toml, nodes.csv, segments.csv and sources.csv")
            }
        });
        Some((path.display().to_string(), problems.keep(text)?))
    };
    let (meta, sources) = (read("network.toml"), read("sources.csv"));
    let (nodes, segments) = (read("nodes.csv"), read("segments.csv"));
    fn borrowed(text: &Option<(String, String)>) -> Option<(&str, &str)> {
        text.as_ref().map(|(file, text)| (file.as_str(), text.as_str()))
    }
    collect(borrowed(&meta), borrowed(&sources), borrowed(&nodes), borrowed(&segments), atlas, problems)
}

type NamedText<'a> = Option<(&'a str, &'a str)>;

fn collect(
    meta: NamedText<'_>,
    sources: NamedText<'_>,
    nodes: NamedText<'_>,
    segments: NamedText<'_>,
    atlas: &Atlas,
    problems: Problems,
) -> NetworkReading {
    let mut collector = Collector::new(atlas, problems);
    let problems = &mut collector.problems;
    let root = meta.and_then(|(file, text)| problems.keep(parse_toml(file, text)));
    let (meta, gateways) = root.map(|root| parse_meta(&root, problems)).unwrap_or_default();
    let table = |named: NamedText<'_>, columns: &[&str], needed: &[&str], problems: &mut Problems| {
        let (file, text) = named.filter(|_| !problems.is_full())?;
        Table::collect(file, text, columns, needed, problems)
    };
    if let Some(table) = table(sources, SOURCE_COLUMNS, NEEDED_SOURCE_COLUMNS, &mut collector.problems) {
        collector.add_sources(table.rows(), table.is_whole());
    }
    let nodes_file = nodes.map_or("", |(file, _)| file);
    if let Some(table) = table(nodes, NODE_COLUMNS, NEEDED_NODE_COLUMNS, &mut collector.problems) {
        collector.add_nodes(nodes_file, table.rows(), table.is_whole());
    }
    if let Some(table) = table(segments, SEGMENT_COLUMNS, NEEDED_SEGMENT_COLUMNS, &mut collector.problems) {
        collector.add_segments(table.rows());
    }
    collector.finish(meta, gateways)
}

impl NetworkRow for Row<'_> {
    fn place(&self) -> Located {
        Row::place(self)
    }

    fn cell(&self, column: &str) -> Option<&str> {
        self.get(column)
    }
}

fn parse_meta(root: &TomlTable, problems: &mut Problems) -> (Meta, Gateways) {
    let mut word = |key: &str| {
        let value = root.need(key).and_then(|value| value.text()).map(str::to_owned);
        problems.keep(value).unwrap_or_default()
    };
    let meta = Meta {
        id: word("id"),
        name: word("name"),
        licence: word("licence"),
        date: word("date"),
        publisher: word("publisher"),
    };
    let schema = root.need("schema").and_then(|schema| match schema.whole(1..=1) {
        Ok(_) => Ok(()),
        Err(_) => Err(schema.expected("1").hint("this version of fiberplan reads network folders of schema 1")),
    });
    problems.keep(schema);
    let mut gateways = Gateways::new();
    let table = root.get("gateways").and_then(|value| problems.keep(value.table()));
    for (key, value) in table.iter().flat_map(|table| table.entries()) {
        let country: Result<CountryCode, FileError> =
            key.parse().map_err(|error: CountryCodeError| value.error(Problem::Other(error.to_string())));
        let (country, ids) = (problems.keep(country), problems.keep(value.texts()));
        if let (Some(country), Some(ids)) = (country, ids) {
            let ids = ids.into_iter().map(|(id, _)| NodeId::new(id)).collect();
            gateways.insert(country, (ids, value.place().clone()));
        }
    }
    problems.keep(root.no_more());
    (meta, gateways)
}

/// Writes a network as a folder.
///
/// # Errors
/// If a file cannot be written.
pub fn write_network_folder(network: &Network, folder: &Path) -> Result<(), FileError> {
    for (name, text) in network_folder_texts(network) {
        write_whole(&folder.join(name), text.as_bytes())?;
    }
    Ok(())
}

/// The files of a network folder: name and text of each.
#[must_use]
pub fn network_folder_texts(network: &Network) -> [(&'static str, String); 4] {
    let nodes = network.nodes().map(|node| NODE_COLUMNS.iter().map(|column| node_cell(node, column)).collect());
    let columns = segment_columns(network);
    let segments =
        network.segments().map(|segment| columns.iter().map(|column| segment_cell(&segment.row, column)).collect());
    let sources = network
        .sources()
        .iter()
        .map(|source| SOURCE_COLUMNS.iter().map(|column| source_cell(source, column).to_owned()).collect());
    [
        ("network.toml", meta_text(network)),
        ("nodes.csv", csv_text(NODE_COLUMNS, nodes)),
        ("segments.csv", csv_text(&columns, segments)),
        ("sources.csv", csv_text(SOURCE_COLUMNS, sources)),
    ]
}

/// The columns of `segments.csv`, without those of what is built alongside where no segment is laid with anything.
fn segment_columns(network: &Network) -> Vec<&'static str> {
    let is_any = network.segments().any(|segment| segment.row.laid_with.is_some());
    SEGMENT_COLUMNS.iter().copied().filter(|column| is_any || !column.starts_with("laid_with")).collect()
}

fn meta_text(network: &Network) -> String {
    let meta = network.meta();
    let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
    let mut text = String::new();
    for (key, value) in [
        ("id", &meta.id),
        ("name", &meta.name),
        ("licence", &meta.licence),
        ("date", &meta.date),
        ("publisher", &meta.publisher),
    ] {
        text += &format!("{key} = {}\n", quoted(value));
    }
    text += "schema = 1\n\n[gateways]\n";
    for country in network.countries() {
        let ids: Vec<String> = network.gateways(country).map(|node| quoted(node.id.as_str())).collect();
        text += &format!("{country} = [{}]\n", ids.join(", "));
    }
    text
}

fn csv_text(columns: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing to memory cannot fail, and every row has one cell a column.
    writer.write_record(columns).expect("a row of cells is written to memory");
    for row in rows {
        writer.write_record(row).expect("a row of cells is written to memory");
    }
    let bytes = writer.into_inner().expect("memory takes what is flushed to it");
    String::from_utf8(bytes).expect("cells are text")
}
