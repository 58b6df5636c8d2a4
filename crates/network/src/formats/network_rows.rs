//! Nodes, segments and sources as rows of named cells: what every format of a network says, whatever it looks like.

use std::collections::{BTreeSet, HashMap};
use std::str::FromStr;

use super::error::{FileError, Located, Problem, cut};
use crate::geodesy::{Atlas, LonLat};
use crate::units::{Gbps, Length};
use crate::{LaidWith, Node, NodeId, Segment, SegmentError, SegmentId, SegmentRow, Source, UnknownWord};

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
    "laid_with",
    "laid_with_year",
    "srlg",
    "confidence",
    "sources",
    "route",
];

/// The columns of `sources.csv`.
pub const SOURCE_COLUMNS: &[&str] = &["id", "title", "publisher", "date", "url"];

/// Reads the cells of a node; `cell` gives a column's text, or `None` where it is empty.
///
/// # Errors
/// If a needed cell is empty or one is of the wrong sort.
pub(super) fn node_row<'a>(place: &Located, cell: &dyn Fn(&str) -> Option<&'a str>) -> Result<Node, FileError> {
    let row = Cells { place, cell };
    let id = row.needed("id")?;
    let coordinate = |column: &str| match row.needed(column)?.parse::<f64>() {
        Ok(number) if number.is_finite() => Ok(number),
        _ => Err(row.expected(column, "a number")),
    };
    let (lon, lat) = (coordinate("lon")?, coordinate("lat")?);
    let point = LonLat::new(lon, lat).map_err(|error| {
        let column = if (-180.0..=180.0).contains(&lon) { "lat" } else { "lon" };
        FileError::at(place, Some(column), Problem::Other(error.to_string()))
    })?;
    let country: Result<_, crate::CountryCodeError> = cut(row.needed("country")?).parse();
    Ok(Node {
        id: NodeId::new(id),
        name: row.needed("name")?.to_owned(),
        kind: row.word("kind")?.ok_or_else(|| row.missing("kind"))?,
        country: country.map_err(|error| FileError::at(place, Some("country"), Problem::Other(error.to_string())))?,
        point,
        population: row.whole("population")?,
        sources: list(cell("sources")),
    })
}

/// Reads the cells of a source.
///
/// # Errors
/// If it has no id or no title.
pub(super) fn source_row<'a>(place: &Located, cell: &dyn Fn(&str) -> Option<&'a str>) -> Result<Source, FileError> {
    let row = Cells { place, cell };
    let text = |column: &str| cell(column).unwrap_or_default().to_owned();
    Ok(Source {
        id: row.needed("id")?.to_owned(),
        title: row.needed("title")?.to_owned(),
        publisher: text("publisher"),
        date: text("date"),
        url: text("url"),
    })
}

/// Reads the cells of a segment; `cell` gives a column's text, or `None` where it is empty.
///
/// # Errors
/// If a needed cell is empty or one is of the wrong sort.
pub fn segment_row<'a>(place: &Located, cell: &dyn Fn(&str) -> Option<&'a str>) -> Result<SegmentRow, FileError> {
    let row = Cells { place, cell };
    let length_km = row
        .number("length_km", "a length above 0 and at most 100000 km", |&km| km > 0.0 && Length::from_km(km).is_ok());
    let capacity =
        row.number("capacity_gbps", "a capacity above 0 and at most 1e9 Gbps", |&gbps| Gbps::new(gbps).is_ok());
    Ok(SegmentRow {
        id: SegmentId::new(row.needed("id")?),
        from: NodeId::new(row.needed("from")?),
        to: NodeId::new(row.needed("to")?),
        medium: row.word("medium")?.ok_or_else(|| row.missing("medium"))?,
        status: row.word("status")?.ok_or_else(|| row.missing("status"))?,
        name: cell("name").map(str::to_owned),
        system: cell("system").map(str::to_owned),
        ready_year: row.year("ready_year")?,
        retire_year: row.year("retire_year")?,
        owners: list(cell("owners")),
        length_km: length_km.map_err(|error| error.hint("leave the cell empty where the length is not known"))?,
        length_kind: row.word("length_kind")?,
        capacity: capacity?.and_then(|gbps| Gbps::new(gbps).ok()),
        fiber_pairs: row.whole("fiber_pairs")?,
        terrain: row.word("terrain")?,
        tenure: row.word("tenure")?,
        laid_with: row.laid_with()?,
        laid_with_year: row.year("laid_with_year")?,
        srlg: list(cell("srlg")),
        confidence: row.word("confidence")?,
        sources: list(cell("sources")),
        way: row.way()?,
    })
}

/// Gives a row its length and pieces, with errors that name the place.
///
/// # Errors
/// If the row's line or length cannot be right: see [`SegmentError`](crate::SegmentError).
pub fn resolve_row(
    place: &Located,
    row: SegmentRow,
    by_id: &HashMap<&str, &Node>,
    atlas: &Atlas,
) -> Result<Segment, FileError> {
    let end = |field: &str, id: &NodeId| {
        by_id.get(id.as_str()).copied().ok_or_else(|| {
            let problem = Problem::Dangling { what: "node", id: cut(id.as_str()) };
            FileError::at(place, Some(field), problem)
                .suggest(id.as_str(), by_id.keys().copied().collect::<BTreeSet<_>>())
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

/// What a node says under a column of `nodes.csv`.
pub(super) fn node_cell(node: &Node, column: &str) -> String {
    match column {
        "id" => node.id.to_string(),
        "name" => node.name.clone(),
        "kind" => node.kind.to_string(),
        "country" => node.country.to_string(),
        "lon" => node.point.lon().to_string(),
        "lat" => node.point.lat().to_string(),
        "population" => node.population.map_or_else(String::new, |n| n.to_string()),
        "sources" => node.sources.join(";"),
        _ => String::new(),
    }
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
        "laid_with" => shown(row.laid_with),
        "laid_with_year" => shown(row.laid_with_year),
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

/// What a source says under a column of `sources.csv`.
pub(super) fn source_cell<'a>(source: &'a Source, column: &str) -> &'a str {
    match column {
        "id" => &source.id,
        "title" => &source.title,
        "publisher" => &source.publisher,
        "date" => &source.date,
        "url" => &source.url,
        _ => "",
    }
}

struct Cells<'a, 'b> {
    place: &'a Located,
    cell: &'a dyn Fn(&str) -> Option<&'b str>,
}

impl<'b> Cells<'_, 'b> {
    /// That a cell should hold something else than it does.
    fn expected(&self, column: &str, expected: &str) -> FileError {
        let found = format!("{:?}", cut((self.cell)(column).unwrap_or_default()));
        FileError::at(self.place, Some(column), Problem::Expected { expected: expected.to_owned(), found })
    }

    fn missing(&self, column: &str) -> FileError {
        FileError::at(self.place, Some(column), Problem::NoValue)
    }

    fn needed(&self, column: &str) -> Result<&'b str, FileError> {
        (self.cell)(column).ok_or_else(|| self.missing(column))
    }

    fn number(&self, column: &str, expected: &str, is_good: impl Fn(&f64) -> bool) -> Result<Option<f64>, FileError> {
        let Some(cell) = (self.cell)(column) else { return Ok(None) };
        cell.parse().ok().filter(is_good).map(Some).ok_or_else(|| self.expected(column, expected))
    }

    fn whole<T: FromStr>(&self, column: &str) -> Result<Option<T>, FileError> {
        let Some(cell) = (self.cell)(column) else { return Ok(None) };
        cell.parse().ok().map(Some).ok_or_else(|| self.expected(column, "a whole number, 0 or more"))
    }

    fn year(&self, column: &str) -> Result<Option<i32>, FileError> {
        let Some(cell) = (self.cell)(column) else { return Ok(None) };
        let year = cell.parse().ok().filter(|year| (1800..=2300).contains(year));
        year.map(Some).ok_or_else(|| self.expected(column, "a year from 1800 to 2300"))
    }

    fn word<T: FromStr<Err = UnknownWord>>(&self, column: &str) -> Result<Option<T>, FileError> {
        let Some(cell) = (self.cell)(column) else { return Ok(None) };
        cell.parse().map(Some).map_err(|mut error: UnknownWord| {
            error.found = cut(&error.found);
            let found = FileError::at(self.place, Some(column), Problem::Other(error.to_string()));
            match crate::nearest_names(cell, error.allowed.iter().copied()).first() {
                Some(near) => found.hint(format!("did you mean {near:?}?")),
                None => found,
            }
        })
    }

    /// What it is laid along with: it goes with the year from which on.
    fn laid_with(&self) -> Result<Option<LaidWith>, FileError> {
        let laid_with: Option<LaidWith> = self.word("laid_with")?;
        let year = (self.cell)("laid_with_year");
        match (laid_with, year) {
            (Some(what), None) => {
                let what = what.as_str().replace('_', " ");
                let hint = format!("give the year from which on the {what} is being built, or leave `laid_with` empty");
                Err(self.missing("laid_with_year").hint(hint))
            }
            (None, Some(_)) => {
                Err(self.missing("laid_with").hint("say what is being built in that year, or leave the year empty"))
            }
            (laid_with, _) => Ok(laid_with),
        }
    }

    fn way(&self) -> Result<Vec<LonLat>, FileError> {
        let Some(cell) = (self.cell)("route") else { return Ok(Vec::new()) };
        let wrong = |why: String| {
            FileError::at(self.place, Some("route"), Problem::Other(format!("expected a WKT LineString, {why}")))
                .hint("write it as LINESTRING (66.45 30.92, 67.00 30.18), longitude first")
        };
        // Only a line goes to the parser: collections nest, and it would follow them to any depth.
        if !cell.get(..10).is_some_and(|word| word.eq_ignore_ascii_case("LINESTRING")) {
            return Err(wrong(format!("found {:?}", cut(cell))));
        }
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

fn list(cell: Option<&str>) -> Vec<String> {
    cell.map_or_else(Vec::new, |text| {
        text.split(';').map(str::trim).filter(|item| !item.is_empty()).map(str::to_owned).collect()
    })
}
