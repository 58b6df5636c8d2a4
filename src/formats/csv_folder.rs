//! The network folder: `network.toml`, `nodes.csv`, `segments.csv`, `sources.csv`.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::str::FromStr;

use super::csv_table::{Row, Table};
use super::error::{FileError, Located, Problem, read_text};
use super::output::write_whole;
use super::toml_file::parse_toml;
use crate::geodesy::{Atlas, LonLat};
use crate::network::{
    CountryCode, Meta, Network, NetworkError, NetworkParts, Node, NodeId, Note, Segment, SegmentError, SegmentId,
    SegmentRow, Source,
};
use crate::units::{Gbps, Length};

/// The columns of `nodes.csv`.
pub const NODE_COLUMNS: &[&str] = &["id", "name", "kind", "country", "lon", "lat", "population", "sources"];

/// The columns of `segments.csv`.
pub const SEGMENT_COLUMNS: &[&str] = &[
    "id",
    "name",
    "system",
    "from",
    "to",
    "medium",
    "status",
    "ready_year",
    "retire_year",
    "owners",
    "length_km",
    "length_kind",
    "capacity_gbps",
    "fiber_pairs",
    "terrain",
    "tenure",
    "srlg",
    "confidence",
    "sources",
    "route",
];

/// The columns of `sources.csv`.
pub const SOURCE_COLUMNS: &[&str] = &["id", "title", "publisher", "date", "url"];

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
    let read = |name: &str| {
        let path = folder.join(name);
        let text = read_text(&path).map_err(|error| {
            if path.exists() {
                error
            } else {
                error.hint("a network folder holds network.toml, nodes.csv, segments.csv and sources.csv")
            }
        })?;
        Ok::<_, FileError>((path.display().to_string(), text))
    };
    let (meta, nodes, segments, sources) =
        (read("network.toml")?, read("nodes.csv")?, read("segments.csv")?, read("sources.csv")?);
    read_network_texts(
        &FolderTexts {
            meta: (&meta.0, &meta.1),
            nodes: (&nodes.0, &nodes.1),
            segments: (&segments.0, &segments.1),
            sources: (&sources.0, &sources.1),
        },
        atlas,
    )
}

/// Reads the texts of a network folder.
///
/// # Errors
/// If one of them is wrong: see [`FileError`].
pub fn read_network_texts(texts: &FolderTexts<'_>, atlas: &Atlas) -> Result<Network, FileError> {
    let (meta, gateways) = parse_meta(texts.meta.0, texts.meta.1)?;
    let sources = parse_sources(texts.sources.0, texts.sources.1)?;
    let cited: HashMap<&str, ()> = sources.iter().map(|source| (source.id.as_str(), ())).collect();
    let table =
        Table::parse(texts.nodes.0, texts.nodes.1, NODE_COLUMNS, &["id", "name", "kind", "country", "lon", "lat"])?;
    let mut nodes: Vec<Node> = Vec::new();
    let mut lines: HashMap<NodeId, usize> = HashMap::new();
    for row in table.rows() {
        let node = parse_node(&row)?;
        check_sources(&row.place(), &node.sources, &cited)?;
        if let Some(first) = lines.insert(node.id.clone(), row.place().line.unwrap_or(0)) {
            let problem =
                Problem::Other(format!("node id {:?} is used twice (first on line {first})", node.id.as_str()));
            return Err(FileError::at(&row.place(), Some("id"), problem).hint("give each node an id of its own"));
        }
        nodes.push(node);
    }
    if nodes.is_empty() {
        return Err(FileError::whole(texts.nodes.0, Problem::Other("has no rows".to_owned())));
    }
    let (segments, notes) = parse_segments(texts.segments, &nodes, &cited, atlas)?;
    let parts = NetworkParts { meta, nodes, segments, sources, gateways: gateways.0, notes };
    Network::new(parts).map_err(|error| {
        let mut found = FileError::whole(texts.segments.0, Problem::Other(error.to_string()));
        if let NetworkError::BadGateway { country, .. } = error {
            found.file = texts.meta.0.to_owned();
            found.line = gateways.1.get(&country).copied().flatten();
            found.field = Some(format!("gateways.{country}"));
        }
        found
    })
}

type Gateways = (BTreeMap<CountryCode, Vec<NodeId>>, BTreeMap<CountryCode, Option<usize>>);

fn parse_meta(file: &str, text: &str) -> Result<(Meta, Gateways), FileError> {
    let root = parse_toml(file, text)?;
    let word = |key: &str| root.need(key)?.text().map(str::to_owned);
    let meta = Meta {
        id: word("id")?,
        name: word("name")?,
        licence: word("licence")?,
        date: word("date")?,
        publisher: word("publisher")?,
    };
    let schema = root.need("schema")?;
    if schema.whole(1..=1).is_err() {
        return Err(schema.expected("1").hint("this version of fiberplan reads network folders of schema 1"));
    }
    let mut gateways: Gateways = Default::default();
    if let Some(table) = root.get("gateways") {
        for (key, value) in table.table()?.entries() {
            let country: CountryCode = key
                .parse()
                .map_err(|error: crate::network::CountryCodeError| value.error(Problem::Other(error.to_string())))?;
            let ids = value.texts()?.into_iter().map(|(id, _)| NodeId::new(id)).collect();
            gateways.0.insert(country, ids);
            gateways.1.insert(country, value.place().line);
        }
    }
    root.no_more()?;
    Ok((meta, gateways))
}

fn parse_sources(file: &str, text: &str) -> Result<Vec<Source>, FileError> {
    let table = Table::parse(file, text, SOURCE_COLUMNS, &["id", "title"])?;
    let mut sources: Vec<Source> = Vec::new();
    for row in table.rows() {
        let cell = |column: &str| row.get(column).unwrap_or_default().to_owned();
        let id = needed(&row, "id")?.to_owned();
        if sources.iter().any(|source| source.id == id) {
            return Err(FileError::at(
                &row.place(),
                Some("id"),
                Problem::Other(format!("source id {id:?} is used twice")),
            ));
        }
        let title = needed(&row, "title")?.to_owned();
        sources.push(Source { id, title, publisher: cell("publisher"), date: cell("date"), url: cell("url") });
    }
    Ok(sources)
}

fn parse_node(row: &Row<'_>) -> Result<Node, FileError> {
    let coordinate = |column: &str| number(row, column, needed(row, column)?);
    let (lon, lat) = (coordinate("lon")?, coordinate("lat")?);
    let point = LonLat::new(lon, lat).map_err(|error| {
        let column = if (-180.0..=180.0).contains(&lon) { "lat" } else { "lon" };
        FileError::at(&row.place(), Some(column), Problem::Other(error.to_string()))
    })?;
    let population = row.get("population").map(|cell| whole(row, "population", cell)).transpose()?;
    Ok(Node {
        id: NodeId::new(needed(row, "id")?),
        name: needed(row, "name")?.to_owned(),
        kind: word(row, "kind", needed(row, "kind")?)?,
        country: word(row, "country", needed(row, "country")?)?,
        point,
        population,
        sources: list(row.get("sources")),
    })
}

fn parse_segments(
    (file, text): (&str, &str),
    nodes: &[Node],
    cited: &HashMap<&str, ()>,
    atlas: &Atlas,
) -> Result<(Vec<Segment>, Vec<Note>), FileError> {
    let table = Table::parse(file, text, SEGMENT_COLUMNS, &["id", "from", "to", "medium", "status", "sources"])?;
    let by_id: HashMap<&str, &Node> = nodes.iter().map(|node| (node.id.as_str(), node)).collect();
    let mut segments = Vec::new();
    let mut notes = Vec::new();
    let mut lines: HashMap<SegmentId, usize> = HashMap::new();
    for row in table.rows() {
        let place = row.place();
        let parsed = segment_row(&place, &|column| row.get(column))?;
        check_sources(&place, &parsed.sources, cited)?;
        if let Some(first) = lines.insert(parsed.id.clone(), place.line.unwrap_or(0)) {
            let problem =
                Problem::Other(format!("segment id {:?} is used twice (first on line {first})", parsed.id.as_str()));
            let hint = "parallel cables are welcome, each under an id of its own";
            return Err(FileError::at(&place, Some("id"), problem).hint(hint));
        }
        let segment = resolve_row(&place, parsed, &by_id, atlas)?;
        if let Some(km) = segment.rejected_km {
            let text =
                format!("stated length {km} km is below the geodesic {:.1} km and is not used", segment.geodesic_km);
            notes.push(Note { id: segment.id().to_string(), text });
        }
        segments.push(segment);
    }
    Ok((segments, notes))
}

/// Gives a row its length and pieces, with errors that name the place.
pub(crate) fn resolve_row(
    place: &Located,
    row: SegmentRow,
    by_id: &HashMap<&str, &Node>,
    atlas: &Atlas,
) -> Result<Segment, FileError> {
    let end = |field: &str, id: &NodeId| {
        by_id.get(id.as_str()).copied().ok_or_else(|| {
            let problem = Problem::Other(format!("no node has the id {:?}", id.as_str()));
            FileError::at(place, Some(field), problem).suggest(id.as_str(), by_id.keys().copied())
        })
    };
    let (from, to) = (end("from", &row.from)?, end("to", &row.to)?);
    row.resolve(from, to, atlas).map_err(|error| match error {
        SegmentError::SameEnds(id) => {
            FileError::at(place, Some("to"), Problem::Other(format!("`from` and `to` are both {id:?}")))
        }
        SegmentError::Length(cause) => FileError::at(place, Some("length_km"), Problem::Other(cause.to_string())),
    })
}

/// Reads the cells of a segment; `cell` gives a column's text, or `None` where it is empty.
///
/// # Errors
/// If a needed cell is empty or one is of the wrong sort.
pub fn segment_row<'a>(place: &Located, cell: &dyn Fn(&str) -> Option<&'a str>) -> Result<SegmentRow, FileError> {
    let row = Cells { place, cell };
    let years = (row.year("ready_year")?, row.year("retire_year")?);
    let length_km = row.number("length_km")?;
    if let Some(km) = length_km {
        if Length::from_km(km).is_err() || km == 0.0 {
            return Err(row
                .expected("length_km", "a length above 0 and at most 100000 km", &format!("{km}"))
                .hint("leave the cell empty where the length is not known"));
        }
    }
    let capacity = row.number("capacity_gbps")?.map(|gbps| {
        Gbps::new(gbps).map_err(|_| row.expected("capacity_gbps", "a capacity above 0 Gbps", &format!("{gbps}")))
    });
    Ok(SegmentRow {
        id: SegmentId::new(row.needed("id")?),
        from: NodeId::new(row.needed("from")?),
        to: NodeId::new(row.needed("to")?),
        medium: row.word("medium")?.ok_or_else(|| row.missing("medium"))?,
        status: row.word("status")?.ok_or_else(|| row.missing("status"))?,
        name: cell("name").map(str::to_owned),
        system: cell("system").map(str::to_owned),
        ready_year: years.0,
        retire_year: years.1,
        owners: list(cell("owners")),
        length_km,
        length_kind: row.word("length_kind")?,
        capacity: capacity.transpose()?,
        fiber_pairs: row.number("fiber_pairs")?.map(|n| n as u32),
        terrain: row.word("terrain")?,
        tenure: row.word("tenure")?,
        srlg: list(cell("srlg")),
        confidence: row.word("confidence")?,
        sources: list(cell("sources")),
        way: row.way()?,
    })
}

struct Cells<'a, 'b> {
    place: &'a Located,
    cell: &'a dyn Fn(&str) -> Option<&'b str>,
}

impl<'b> Cells<'_, 'b> {
    fn expected(&self, column: &str, expected: &str, found: &str) -> FileError {
        let problem = Problem::Expected { expected: expected.to_owned(), found: found.to_owned() };
        FileError::at(self.place, Some(column), problem)
    }

    fn missing(&self, column: &str) -> FileError {
        FileError::at(self.place, Some(column), Problem::Missing { what: "value", name: column.to_owned() })
    }

    fn needed(&self, column: &str) -> Result<&'b str, FileError> {
        (self.cell)(column).ok_or_else(|| self.missing(column))
    }

    fn number(&self, column: &str) -> Result<Option<f64>, FileError> {
        let Some(cell) = (self.cell)(column) else { return Ok(None) };
        match cell.parse::<f64>() {
            Ok(number) if number.is_finite() && number >= 0.0 => Ok(Some(number)),
            _ => Err(self.expected(column, "a number, 0 or more", &format!("{cell:?}"))),
        }
    }

    fn year(&self, column: &str) -> Result<Option<i32>, FileError> {
        let Some(cell) = (self.cell)(column) else { return Ok(None) };
        match cell.parse::<i32>() {
            Ok(year) if (1800..=2300).contains(&year) => Ok(Some(year)),
            _ => Err(self.expected(column, "a year from 1800 to 2300", &format!("{cell:?}"))),
        }
    }

    fn word<T: FromStr<Err = crate::network::UnknownWord>>(&self, column: &str) -> Result<Option<T>, FileError> {
        let Some(cell) = (self.cell)(column) else { return Ok(None) };
        cell.parse().map(Some).map_err(|error: crate::network::UnknownWord| {
            FileError::at(self.place, Some(column), Problem::Other(error.to_string()))
        })
    }

    fn way(&self) -> Result<Vec<LonLat>, FileError> {
        let Some(cell) = (self.cell)("route") else { return Ok(Vec::new()) };
        let wrong = |why: String| {
            FileError::at(self.place, Some("route"), Problem::Other(format!("expected a WKT LineString, {why}")))
                .hint("write it as LINESTRING (66.45 30.92, 67.00 30.18), longitude first")
        };
        let line = match wkt::Wkt::<f64>::from_str(cell) {
            Ok(wkt::Wkt::LineString(line)) => line,
            Ok(_) => return Err(wrong("found another geometry".to_owned())),
            Err(cause) => return Err(wrong(format!("which this is not ({cause})"))),
        };
        let coords = line.coords();
        if coords.len() < 2 {
            return Err(wrong("found fewer than two points".to_owned()));
        }
        coords.iter().map(|point| LonLat::new(point.x, point.y).map_err(|cause| wrong(cause.to_string()))).collect()
    }
}

fn needed<'a>(row: &Row<'a>, column: &str) -> Result<&'a str, FileError> {
    row.get(column).ok_or_else(|| {
        FileError::at(&row.place(), Some(column), Problem::Missing { what: "value", name: column.to_owned() })
    })
}

fn number(row: &Row<'_>, column: &str, cell: &str) -> Result<f64, FileError> {
    match cell.parse::<f64>() {
        Ok(number) if number.is_finite() => Ok(number),
        _ => {
            let problem = Problem::Expected { expected: "a number".to_owned(), found: format!("{cell:?}") };
            Err(FileError::at(&row.place(), Some(column), problem))
        }
    }
}

fn whole(row: &Row<'_>, column: &str, cell: &str) -> Result<u64, FileError> {
    cell.parse().map_err(|_: std::num::ParseIntError| {
        let problem = Problem::Expected { expected: "a whole number".to_owned(), found: format!("{cell:?}") };
        FileError::at(&row.place(), Some(column), problem)
    })
}

fn word<T: FromStr>(row: &Row<'_>, column: &str, cell: &str) -> Result<T, FileError>
where
    T::Err: std::fmt::Display,
{
    cell.parse().map_err(|error: T::Err| FileError::at(&row.place(), Some(column), Problem::Other(error.to_string())))
}

fn list(cell: Option<&str>) -> Vec<String> {
    cell.map_or_else(Vec::new, |text| {
        text.split(';').map(str::trim).filter(|item| !item.is_empty()).map(str::to_owned).collect()
    })
}

fn check_sources(place: &Located, ids: &[String], cited: &HashMap<&str, ()>) -> Result<(), FileError> {
    match ids.iter().find(|id| !cited.contains_key(id.as_str())) {
        None => Ok(()),
        Some(id) => {
            let problem = Problem::Other(format!("no source has the id {id:?}"));
            Err(FileError::at(place, Some("sources"), problem).suggest(id, cited.keys().copied()))
        }
    }
}

/// Writes a network as a folder.
///
/// # Errors
/// If a file cannot be written.
pub fn write_network_folder(network: &Network, folder: &Path) -> Result<(), FileError> {
    for (name, text) in folder_texts(network) {
        write_whole(&folder.join(name), text.as_bytes())?;
    }
    Ok(())
}

fn folder_texts(network: &Network) -> [(&'static str, String); 4] {
    [
        ("network.toml", meta_text(network)),
        ("nodes.csv", nodes_text(network)),
        ("segments.csv", segments_text(network)),
        ("sources.csv", sources_text(network)),
    ]
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

fn nodes_text(network: &Network) -> String {
    csv_text(
        NODE_COLUMNS,
        network.nodes().map(|node| {
            vec![
                node.id.to_string(),
                node.name.clone(),
                node.kind.to_string(),
                node.country.to_string(),
                node.point.lon().to_string(),
                node.point.lat().to_string(),
                node.population.map_or_else(String::new, |n| n.to_string()),
                node.sources.join(";"),
            ]
        }),
    )
}

fn segments_text(network: &Network) -> String {
    let cells = |row: &SegmentRow| SEGMENT_COLUMNS.iter().map(|column| segment_cell(row, column)).collect();
    csv_text(SEGMENT_COLUMNS, network.segments().map(|segment| cells(&segment.row)))
}

/// What a segment's row says under a column of `segments.csv`.
#[must_use]
pub fn segment_cell(row: &SegmentRow, column: &str) -> String {
    fn shown<T: ToString>(value: Option<T>) -> String {
        value.map_or_else(String::new, |value| value.to_string())
    }
    match column {
        "id" => row.id.to_string(),
        "name" => row.name.clone().unwrap_or_default(),
        "system" => row.system.clone().unwrap_or_default(),
        "from" => row.from.to_string(),
        "to" => row.to.to_string(),
        "medium" => row.medium.to_string(),
        "status" => row.status.to_string(),
        "ready_year" => shown(row.ready_year),
        "retire_year" => shown(row.retire_year),
        "owners" => row.owners.join(";"),
        "length_km" => shown(row.length_km),
        "length_kind" => shown(row.length_kind),
        "capacity_gbps" => shown(row.capacity.map(Gbps::get)),
        "fiber_pairs" => shown(row.fiber_pairs),
        "terrain" => shown(row.terrain),
        "tenure" => shown(row.tenure),
        "srlg" => row.srlg.join(";"),
        "confidence" => shown(row.confidence),
        "sources" => row.sources.join(";"),
        "route" if row.way.is_empty() => String::new(),
        "route" => {
            let points: Vec<String> = row.way.iter().map(|p| format!("{} {}", p.lon(), p.lat())).collect();
            format!("LINESTRING ({})", points.join(", "))
        }
        _ => String::new(),
    }
}

fn sources_text(network: &Network) -> String {
    csv_text(
        SOURCE_COLUMNS,
        network.sources().iter().map(|source| {
            let Source { id, title, publisher, date, url } = source.clone();
            vec![id, title, publisher, date, url]
        }),
    )
}
