//! A network as one GeoJSON file (RFC 7946), there and back.
//!
//! Nodes are Points and segments LineStrings; what the columns of the CSV files say is in the properties, with numbers
//! as numbers and lists as arrays, and what is unknown is left out. The place of a node and the way of a segment are
//! the geometry alone. A segment without a drawn way is drawn straight from end to end and says `"drawn": false`. Lines
//! are cut at the 180th meridian, as the RFC asks, and joined again when they are read. What `network.toml` and
//! `sources.csv` say stands in members of the collection: `network`, `gateways`, `sources`.

use std::collections::BTreeMap;

use geojson::{Feature, Geometry, GeometryValue, JsonObject, JsonValue, Position};
use serde_json::json;

use super::error::{FileError, Located, Problem, cut};
use super::network_reading::{Collector, Gateways, NetworkReading, NetworkRow};
use super::network_rows::{NODE_COLUMNS, SEGMENT_COLUMNS, SOURCE_COLUMNS, node_cell, segment_cell, source_cell};
use super::problems::Problems;
use crate::geodesy::{Atlas, LonLat};
use crate::{CountryCode, CountryCodeError, Meta, Network, NodeId};

/// Columns that hold lists.
const LISTS: &[&str] = &["owners", "srlg", "sources"];
/// Columns that hold numbers.
const NUMBERS: &[&str] =
    &["population", "ready_year", "retire_year", "length_km", "capacity_gbps", "fiber_pairs", "laid_with_year"];
/// Columns that are the geometry here.
const PLACES: &[&str] = &["lon", "lat", "route"];
/// The property that says whether a line is the cable's way or stands in for it.
const DRAWN: &str = "drawn";

/// A network as GeoJSON text, one feature a line.
///
/// [`read_network_geojson`] gives the same network back, to the last digit.
#[must_use]
pub fn write_network_geojson(network: &Network) -> String {
    let meta = network.meta();
    let about = json!({
        "id": meta.id, "name": meta.name, "licence": meta.licence, "date": meta.date, "publisher": meta.publisher,
        "schema": 1,
    });
    let gateways: JsonObject = network
        .countries()
        .map(|country| {
            let ids: Vec<&str> = network.gateways(country).map(|node| node.id.as_str()).collect();
            (country.to_string(), json!(ids))
        })
        .collect();
    let sources = network.sources().iter().map(|source| {
        let cells = SOURCE_COLUMNS.iter().map(|&column| (column, source_cell(source, column)));
        let filled = cells.filter(|(_, cell)| !cell.is_empty());
        JsonValue::Object(filled.map(|(column, cell)| (column.to_owned(), json!(cell))).collect()).to_string()
    });
    let nodes = network.nodes().map(|node| {
        let point = Geometry::new_point(position(node.point));
        feature(point, NODE_COLUMNS.iter().map(|&column| (column, node_cell(node, column))), true)
    });
    let segments = network.segments().map(|segment| {
        let mut parts = cut_at_meridian(&network.line(segment));
        let geometry = match parts.len() {
            1 => Geometry::new_line_string(parts.remove(0)),
            _ => Geometry::new_multi_line_string(parts),
        };
        let cells = SEGMENT_COLUMNS.iter().map(|&column| (column, segment_cell(&segment.row, column)));
        feature(geometry, cells, !segment.row.way.is_empty())
    });
    let features: Vec<String> = nodes.chain(segments).collect();
    format!(
        "{{\"type\":\"FeatureCollection\",\n\"network\":{about},\n\"gateways\":{},\n\"sources\":[\n{}\n],\n\
         \"features\":[\n{}\n]}}\n",
        JsonValue::Object(gateways),
        sources.collect::<Vec<_>>().join(",\n"),
        features.join(",\n"),
    )
}

fn feature(geometry: Geometry, cells: impl Iterator<Item = (&'static str, String)>, is_drawn: bool) -> String {
    let mut properties: JsonObject = cells
        .filter(|(column, cell)| !cell.is_empty() && !PLACES.contains(column))
        .map(|(column, cell)| (column.to_owned(), typed(column, cell)))
        .collect();
    if !is_drawn {
        properties.insert(DRAWN.to_owned(), JsonValue::Bool(false));
    }
    let feature = Feature { geometry: Some(geometry), properties: Some(properties), ..Feature::default() };
    feature.to_string()
}

fn typed(column: &str, cell: String) -> JsonValue {
    if LISTS.contains(&column) {
        return cell.split(';').map(JsonValue::from).collect();
    }
    if NUMBERS.contains(&column) {
        // Whole numbers stay whole; every other one is printed with the digits it needs.
        let whole = cell.parse::<u64>().map(JsonValue::from).ok();
        let number = whole.or_else(|| cell.parse::<f64>().ok().map(JsonValue::from));
        return number.unwrap_or(JsonValue::String(cell));
    }
    JsonValue::String(cell)
}

fn position(point: LonLat) -> Position {
    Position::from([point.lon(), point.lat()])
}

/// The parts of a line between its passages of the 180th meridian, each ending and beginning on it.
fn cut_at_meridian(line: &[LonLat]) -> Vec<Vec<Position>> {
    let mut parts = vec![Vec::new()];
    for (i, &point) in line.iter().enumerate() {
        let before = i.checked_sub(1).map(|i| line[i]);
        if let Some(from) = before.filter(|from| (point.lon() - from.lon()).abs() > 180.0) {
            let side = 180.0_f64.copysign(from.lon());
            let lat = latitude_at_meridian(from, point);
            if let Some(part) = parts.last_mut() {
                part.push(Position::from([side, lat]));
            }
            parts.push(vec![Position::from([-side, lat])]);
        }
        if let Some(part) = parts.last_mut() {
            part.push(position(point));
        }
    }
    parts
}

fn latitude_at_meridian(from: LonLat, to: LonLat) -> f64 {
    let (before, after) = (180.0 - from.lon().abs(), 180.0 - to.lon().abs());
    let whole = before + after;
    let share = if whole > 0.0 { before / whole } else { 0.0 };
    from.lat() + share * (to.lat() - from.lat())
}

/// The line that was cut: where one part ends on the meridian and the next begins at the same place on its other side,
/// both points go. A part that begins elsewhere is a gap, and there is no joining it.
fn joined(parts: &[Vec<LonLat>]) -> Option<Vec<LonLat>> {
    let mut line: Vec<LonLat> = Vec::new();
    for part in parts {
        let mut part = part.as_slice();
        if let (Some(&end), Some(&start)) = (line.last(), part.first()) {
            let is_cut = end.lon().abs() == 180.0 && start.lon() == -end.lon() && end.lat() == start.lat();
            if !is_cut {
                return None;
            }
            line.pop();
            part = &part[1..];
        }
        line.extend_from_slice(part);
    }
    Some(line)
}

/// Reads a network from GeoJSON text; `file` is the name shown in errors, where a feature is told by its number from 0,
/// as in `features[12]`.
///
/// # Errors
/// If it is not GeoJSON, or a member, property or geometry is missing, unknown or wrong.
pub fn read_network_geojson(file: &str, text: &str, atlas: &Atlas) -> Result<Network, FileError> {
    collect(file, text, atlas, Problems::first_only()).into_network(file)
}

/// Reads what can be read of a network in GeoJSON and lists all that is wrong with it.
#[must_use]
pub fn collect_network_geojson(file: &str, text: &str, atlas: &Atlas) -> NetworkReading {
    collect(file, text, atlas, Problems::all())
}

fn collect(file: &str, text: &str, atlas: &Atlas, problems: Problems) -> NetworkReading {
    let mut collector = Collector::new(atlas, problems);
    let problems = &mut collector.problems;
    let Some(mut root) = problems.keep(parse_root(file, text)) else {
        return collector.finish(Meta::default(), Gateways::new());
    };
    let at = |item: &str| Located { file: file.to_owned(), line: None, item: Some(item.to_owned()) };
    let meta = problems.keep(parse_meta(&at("network"), root.get("network"))).unwrap_or_default();
    let gateways = problems.keep(parse_gateways(&at("gateways"), root.get("gateways"))).unwrap_or_default();
    let mut list = |key: &str, problems: &mut Problems| match root.shift_remove(key) {
        Some(JsonValue::Array(items)) => Some(items),
        Some(other) => {
            problems.add(expected(&at(key), None, "an array", &other));
            None
        }
        None => {
            problems.add(missing(file, key));
            None
        }
    };
    let (sources, features) = (list("sources", problems), list("features", problems));
    let sources = sources.map(|items| {
        let n_items = items.len();
        let item = |(i, value)| source_item(&at(&format!("sources[{i}]")), value);
        let items: Vec<Item> = items.into_iter().enumerate().filter_map(|value| problems.keep(item(value))).collect();
        (items.len() == n_items, items)
    });
    let (mut nodes, mut segments) = (Vec::new(), Vec::new());
    let mut is_whole = features.is_some();
    for (i, value) in features.into_iter().flatten().enumerate() {
        if problems.is_full() {
            break;
        }
        match problems.keep(feature_item(&at(&format!("features[{i}]")), value)) {
            Some(item) if item.is_node => nodes.push(item),
            Some(item) => segments.push(item),
            None => is_whole = false,
        }
    }
    if let Some((is_whole, sources)) = sources {
        collector.add_sources(sources.into_iter(), is_whole);
    }
    collector.add_nodes(file, nodes.into_iter(), is_whole);
    collector.add_segments(segments.into_iter());
    collector.finish(meta, gateways)
}

/// A feature or a source as cells.
struct Item {
    place: Located,
    cells: BTreeMap<String, String>,
    is_node: bool,
    way: Option<Vec<LonLat>>,
}

impl NetworkRow for Item {
    fn place(&self) -> Located {
        self.place.clone()
    }

    fn cell(&self, column: &str) -> Option<&str> {
        self.cells.get(column).map(String::as_str)
    }

    fn way(&self) -> Option<&[LonLat]> {
        self.way.as_deref()
    }
}

fn parse_root(file: &str, text: &str) -> Result<JsonObject, FileError> {
    let value: JsonValue = serde_json::from_str(text).map_err(|error| {
        let place = Located { file: file.to_owned(), line: Some(error.line()).filter(|&line| line > 0), item: None };
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or(&message).to_owned();
        FileError::at(&place, None, Problem::Syntax(format!("not JSON: {message}")))
            .hint("a network is a folder of CSV files or one GeoJSON file")
    })?;
    match value {
        JsonValue::Object(root) if root.get("type").and_then(JsonValue::as_str) == Some("FeatureCollection") => {
            Ok(root)
        }
        _ => {
            let problem = Problem::Syntax("not a GeoJSON FeatureCollection".to_owned());
            Err(FileError::whole(file, problem).hint("`network convert` writes one"))
        }
    }
}

fn parse_meta(place: &Located, value: Option<&JsonValue>) -> Result<Meta, FileError> {
    let value = value.ok_or_else(|| missing(&place.file, "network"))?;
    let about = value.as_object().ok_or_else(|| expected(place, None, "an object", value))?;
    let keys = ["id", "name", "licence", "date", "publisher", "schema"];
    if let Some(key) = about.keys().find(|key| !keys.contains(&key.as_str())) {
        let problem = Problem::Unknown { what: "key", name: cut(key) };
        return Err(FileError::at(place, None, problem).suggest(key, keys));
    }
    let need = |key: &str| {
        let problem = Problem::Missing { what: "key", name: key.to_owned() };
        about.get(key).ok_or_else(|| FileError::at(place, None, problem))
    };
    let word = |key: &str| {
        let value = need(key)?;
        value.as_str().map(str::to_owned).ok_or_else(|| expected(place, Some(key), "text", value))
    };
    let schema = need("schema")?;
    if schema.as_u64() != Some(1) {
        let hint = "this version of fiberplan reads networks of schema 1";
        return Err(expected(place, Some("schema"), "1", schema).hint(hint));
    }
    Ok(Meta {
        id: word("id")?,
        name: word("name")?,
        licence: word("licence")?,
        date: word("date")?,
        publisher: word("publisher")?,
    })
}

fn parse_gateways(place: &Located, value: Option<&JsonValue>) -> Result<Gateways, FileError> {
    let mut gateways = Gateways::new();
    let Some(value) = value else { return Ok(gateways) };
    let table = value.as_object().ok_or_else(|| expected(place, None, "an object", value))?;
    let plain = Located { item: None, ..place.clone() };
    for (key, value) in table {
        let country: CountryCode = key
            .parse()
            .map_err(|error: CountryCodeError| FileError::at(place, None, Problem::Other(error.to_string())))?;
        let ids = value.as_array().and_then(|items| items.iter().map(JsonValue::as_str).collect::<Option<Vec<_>>>());
        let ids = ids.ok_or_else(|| expected(place, Some(key), "a list of texts", value))?;
        gateways.insert(country, (ids.into_iter().map(NodeId::new).collect(), plain.clone()));
    }
    Ok(gateways)
}

fn source_item(place: &Located, value: JsonValue) -> Result<Item, FileError> {
    match value {
        JsonValue::Object(members) => {
            let cells = cells_of(place, &members, SOURCE_COLUMNS, &[])?;
            Ok(Item { place: place.clone(), cells, is_node: false, way: None })
        }
        other => Err(expected(place, None, "an object", &other)),
    }
}

fn feature_item(place: &Located, value: JsonValue) -> Result<Item, FileError> {
    let feature: Feature = serde_json::from_value(value)
        .map_err(|error| FileError::at(place, None, Problem::Syntax(format!("not a GeoJSON feature: {error}"))))?;
    let properties = feature.properties.unwrap_or_default();
    let geometry = feature.geometry.map(|geometry| geometry.value);
    match geometry {
        Some(GeometryValue::Point { coordinates }) => {
            let point = point(place, &coordinates)?;
            let mut cells = cells_of(place, &properties, NODE_COLUMNS, PLACES)?;
            cells.insert("lon".to_owned(), point.lon().to_string());
            cells.insert("lat".to_owned(), point.lat().to_string());
            Ok(Item { place: place.clone(), cells, is_node: true, way: None })
        }
        Some(GeometryValue::LineString { coordinates }) => segment_item(place, properties, &[coordinates]),
        Some(GeometryValue::MultiLineString { coordinates }) => segment_item(place, properties, &coordinates),
        other => {
            let found = other.map_or("no geometry", |geometry| geometry.type_name()).to_owned();
            let expected = "a Point (a node), a LineString or a MultiLineString (a segment)".to_owned();
            Err(FileError::at(place, Some("geometry"), Problem::Expected { expected, found }))
        }
    }
}

fn segment_item(place: &Located, mut properties: JsonObject, parts: &[Vec<Position>]) -> Result<Item, FileError> {
    let is_drawn = match properties.shift_remove(DRAWN) {
        None | Some(JsonValue::Null | JsonValue::Bool(true)) => true,
        Some(JsonValue::Bool(false)) => false,
        Some(other) => return Err(expected(place, Some(DRAWN), "true or false", &other)),
    };
    let cells = cells_of(place, &properties, SEGMENT_COLUMNS, PLACES)?;
    let wrong = |why: &str| FileError::at(place, Some("geometry"), Problem::Other(why.to_owned()));
    let mut lines = Vec::with_capacity(parts.len());
    for part in parts {
        lines.push(part.iter().map(|position| point(place, position)).collect::<Result<Vec<_>, _>>()?);
    }
    let line = joined(&lines).ok_or_else(|| {
        wrong("the parts do not join: each must begin where the one before it ended, across the 180th meridian")
    })?;
    if line.len() < 2 {
        return Err(wrong("expected a line of at least two points"));
    }
    let way = if is_drawn { line } else { Vec::new() };
    Ok(Item { place: place.clone(), cells, is_node: false, way: Some(way) })
}

fn point(place: &Located, position: &Position) -> Result<LonLat, FileError> {
    let wrong = |text: String| FileError::at(place, Some("geometry"), Problem::Other(text));
    match position.as_slice() {
        [lon, lat, ..] => LonLat::new(*lon, *lat).map_err(|error| wrong(error.to_string())),
        _ => Err(wrong("expected a longitude and a latitude".to_owned())),
    }
}

/// Members as the texts that the columns of a CSV file would hold.
fn cells_of(
    place: &Located,
    members: &JsonObject,
    columns: &[&str],
    elsewhere: &[&str],
) -> Result<BTreeMap<String, String>, FileError> {
    let mut cells = BTreeMap::new();
    for (key, value) in members {
        if elsewhere.contains(&key.as_str()) || !columns.contains(&key.as_str()) {
            let problem = Problem::Unknown { what: "property", name: cut(key) };
            let known = columns.iter().copied().filter(|column| !elsewhere.contains(column));
            return Err(FileError::at(place, None, problem).suggest(key, known));
        }
        let cell = match value {
            JsonValue::Null => continue,
            JsonValue::String(text) => text.trim().to_owned(),
            JsonValue::Number(number) => number.to_string(),
            JsonValue::Array(items) if LISTS.contains(&key.as_str()) => {
                let item = |item: &JsonValue| match item.as_str() {
                    Some(text) if !text.contains(';') => Ok(text.to_owned()),
                    _ => Err(expected(place, Some(key), "texts without a semicolon", item)),
                };
                items.iter().map(item).collect::<Result<Vec<_>, _>>()?.join(";")
            }
            other => return Err(expected(place, Some(key), "text, a number or a list of texts", other)),
        };
        if !cell.is_empty() {
            cells.insert(key.clone(), cell);
        }
    }
    Ok(cells)
}

fn missing(file: &str, member: &str) -> FileError {
    let problem = Problem::Missing { what: "member", name: member.to_owned() };
    FileError::whole(file, problem)
        .hint("a network has the members `network`, `sources` and `features` beside the type")
}

fn expected(place: &Located, field: Option<&str>, expected: &str, found: &JsonValue) -> FileError {
    let found = match found {
        JsonValue::Array(_) => "a list".to_owned(),
        JsonValue::Object(_) => "an object".to_owned(),
        JsonValue::Null => "null".to_owned(),
        JsonValue::Bool(_) | JsonValue::Number(_) | JsonValue::String(_) => cut(&found.to_string()),
    };
    FileError::at(place, field, Problem::Expected { expected: expected.to_owned(), found })
}
