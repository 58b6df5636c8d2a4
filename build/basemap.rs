//! Reads the base map files: TopoJSON countries, GeoJSON lakes, rivers and boundary lines, and the ISO code table.
//!
//! The source cuts shapes at the 180th meridian but writes some points on it as -180 that should be 180. Rings are made
//! continuous here, and Antarctica is closed over the pole; the writer and the reader rely on both.

use std::collections::HashMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use flate2::read::GzDecoder;
use serde_json::Value;

use crate::StepResult;
use fiberplan_network::geodesy::layout::class;

/// Code of an area that has no ISO 3166-1 code (Natural Earth's own convention).
const NO_CODE: &str = "-99";

/// ISO codes by what Natural Earth's alpha-3 codes say where they differ from ISO.
const NATURAL_EARTH_CODES: [(&str, &str); 4] = [("KOS", "XK"), ("PSX", "PS"), ("SDS", "SS"), ("SAH", "EH")];

/// A ring or a line, in degrees.
pub struct Trace {
    pub class: u8,
    pub rank: u8,
    pub name: String,
    pub left: String,
    pub right: String,
    pub points: Vec<(f64, f64)>,
}

/// One country (or area without a code) with all its rings, holes included.
pub struct Country {
    pub code: String,
    pub name: String,
    pub rings: Vec<Trace>,
}

/// Everything the atlas holds.
pub struct Basemap {
    pub countries: Vec<Country>,
    /// Lakes, rivers, fine rivers, boundaries.
    pub layers: [Vec<Trace>; fiberplan_network::geodesy::layout::N_LAYERS],
}

/// Reads all base map files of `folder`.
pub fn read(folder: &Path) -> StepResult<Basemap> {
    let codes = read_codes(&folder.join("iso_countries.tsv"))?;
    let mut countries = read_countries(&folder.join("countries_10m.topojson.gz"), &codes)?;
    // Areas without a code come last, so that a country that claims a point goes first.
    countries.sort_by(|a, b| (a.code == NO_CODE, &a.code, &a.name).cmp(&(b.code == NO_CODE, &b.code, &b.name)));
    let layers = [
        read_lines(&folder.join("lakes_50m.geojson.gz"), lake)?,
        read_lines(&folder.join("rivers_50m.geojson.gz"), river)?,
        read_lines(&folder.join("rivers_10m_45-90E_18-50N.geojson.gz"), river)?,
        read_lines(&folder.join("boundary_lines_land_10m.geojson.gz"), |feature, is_first_ring| {
            boundary(feature, is_first_ring, &codes)
        })?,
    ];
    Ok(Basemap { countries, layers })
}

/// ISO alpha-2 codes by numeric and by alpha-3 code.
fn read_codes(path: &Path) -> StepResult<HashMap<String, String>> {
    let text = read_text(path)?;
    let mut codes = HashMap::new();
    for (number, line) in text.lines().enumerate().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [a2, a3, numeric, ..] = cells[..] else {
            return Err(format!("{}:{}: expected at least three columns", path.display(), number + 1));
        };
        codes.insert(a3.to_owned(), a2.to_owned());
        codes.insert(numeric.to_owned(), a2.to_owned());
    }
    for (theirs, iso) in NATURAL_EARTH_CODES {
        codes.insert(theirs.to_owned(), iso.to_owned());
    }
    Ok(codes)
}

fn read_countries(path: &Path, codes: &HashMap<String, String>) -> StepResult<Vec<Country>> {
    let topology = read_json(path)?;
    let arcs =
        decode_arcs(&topology).ok_or_else(|| format!("{}: the arcs are not quantised TopoJSON", path.display()))?;
    let shapes = topology["objects"]["countries"]["geometries"]
        .as_array()
        .ok_or_else(|| format!("{}: no object `countries`", path.display()))?;
    let mut countries = Vec::new();
    for shape in shapes {
        let name = text_of(&shape["properties"]["name"]);
        let code = match shape["id"].as_str() {
            Some(id) => codes.get(id).map_or(NO_CODE, String::as_str),
            None if name == "Kosovo" => "XK",
            // Christmas Island, with the Cocos Islands.
            None if name == "Indian Ocean Ter." => "CX",
            None => NO_CODE,
        };
        let rings = polygons_of(shape, "arcs")
            .into_iter()
            .flatten()
            .map(|ring| stitch_ring(ring, &arcs))
            .collect::<Option<Vec<_>>>()
            .ok_or_else(|| format!("{}: {name}: a ring names an arc that is not there", path.display()))?;
        let rings = rings
            .into_iter()
            .filter(|ring| ring.len() >= 2)
            .map(|ring| Trace { points: continuous(ring), ..path_of_class(class::LAND) })
            .collect();
        countries.push(Country { code: code.to_owned(), name, rings });
    }
    Ok(countries)
}

/// The arcs of a quantised TopoJSON file, in degrees (each point is stored as a difference from the one before).
fn decode_arcs(topology: &Value) -> Option<Vec<Vec<(f64, f64)>>> {
    let (scale_x, scale_y) = pair(&topology["transform"]["scale"])?;
    let (shift_x, shift_y) = pair(&topology["transform"]["translate"])?;
    let decode = |arc: &Value| {
        let (mut x, mut y) = (0.0, 0.0);
        arc.as_array()?
            .iter()
            .map(|step| {
                let (dx, dy) = pair(step)?;
                x += dx;
                y += dy;
                Some((x * scale_x + shift_x, y * scale_y + shift_y))
            })
            .collect()
    };
    topology["arcs"].as_array()?.iter().map(decode).collect()
}

/// The ring that a list of arc numbers stands for; `!n` is arc `n` backwards.
fn stitch_ring(ring: &Value, arcs: &[Vec<(f64, f64)>]) -> Option<Vec<(f64, f64)>> {
    let mut points: Vec<(f64, f64)> = Vec::new();
    for number in ring.as_array()? {
        let number = number.as_i64()?;
        let arc = arcs.get(usize::try_from(if number < 0 { !number } else { number }).ok()?)?;
        points.pop();
        if number < 0 {
            points.extend(arc.iter().rev());
        } else {
            points.extend(arc);
        }
    }
    Some(points)
}

/// Removes the jumps from 180 to -180, and closes a ring around a pole over the pole.
fn continuous(ring: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    let mut turn = 0.0;
    let mut points: Vec<(f64, f64)> = Vec::with_capacity(ring.len());
    for (index, &(lon, lat)) in ring.iter().enumerate() {
        if index > 0 {
            let step = lon - ring[index - 1].0;
            if step > 180.0 {
                turn -= 360.0;
            } else if step < -180.0 {
                turn += 360.0;
            }
        }
        points.push((lon + turn, lat));
    }
    if turn != 0.0 {
        let (first, last) = (points[0], points[points.len() - 1]);
        let pole = if first.1 < 0.0 { -90.0 } else { 90.0 };
        points.extend([(last.0, pole), (first.0, pole), first]);
    }
    let west = points.iter().map(|p| p.0).fold(f64::INFINITY, f64::min);
    let east = points.iter().map(|p| p.0).fold(f64::NEG_INFINITY, f64::max);
    let shift = -360.0 * (((west + east) / 2.0 + 180.0) / 360.0).floor();
    for point in &mut points {
        point.0 += shift;
    }
    points
}

/// Reads a GeoJSON file of lines or polygons; `describe` gives class, rank and names of a feature's path.
fn read_lines(path: &Path, describe: impl Fn(&Value, bool) -> Trace) -> StepResult<Vec<Trace>> {
    let collection = read_json(path)?;
    let features = collection["features"].as_array().ok_or_else(|| format!("{}: no `features`", path.display()))?;
    let mut paths = Vec::new();
    for feature in features {
        let geometry = &feature["geometry"];
        let mut parts = Vec::new();
        for polygon in polygons_of(geometry, "coordinates") {
            for (index, ring) in polygon.into_iter().enumerate() {
                let points = ring.as_array().and_then(|points| points.iter().map(pair).collect::<Option<Vec<_>>>());
                let points = points.ok_or_else(|| format!("{}: a coordinate is not a pair", path.display()))?;
                parts.push((points, index == 0));
            }
        }
        if geometry["type"] == "MultiLineString" {
            parts = joined(parts.into_iter().map(|(points, _)| points)).map(|points| (points, true)).collect();
        }
        for (points, is_first_ring) in parts.into_iter().filter(|(points, _)| points.len() >= 2) {
            paths.push(Trace { points, ..describe(&feature["properties"], is_first_ring) });
        }
    }
    Ok(paths)
}

/// The members of a geometry as polygons of rings; a line counts as a polygon of one ring.
fn polygons_of<'a>(geometry: &'a Value, key: &str) -> Vec<Vec<&'a Value>> {
    let members = geometry[key].as_array().map(Vec::as_slice).unwrap_or_default();
    let rings_of = |polygon: &'a Value| polygon.as_array().map(|rings| rings.iter().collect()).unwrap_or_default();
    match geometry["type"].as_str() {
        Some("MultiPolygon") => members.iter().map(rings_of).collect(),
        Some("Polygon") => vec![members.iter().collect()],
        Some("MultiLineString") => members.iter().map(|line| vec![line]).collect(),
        Some("LineString") => vec![vec![&geometry[key]]],
        _ => Vec::new(),
    }
}

/// Joins the parts of a line where one ends, to the last digit, in the point another begins or ends with: boundary
/// lines come in parts of nine points, which cannot be dashed. Where three meet, two are joined.
fn joined(parts: impl Iterator<Item = Vec<(f64, f64)>>) -> impl Iterator<Item = Vec<(f64, f64)>> {
    let key = |point: (f64, f64)| (point.0.to_bits(), point.1.to_bits());
    let mut chains: Vec<Vec<(f64, f64)>> = Vec::new();
    // Which chain has a free end at a point.
    let mut ends: HashMap<(u64, u64), usize> = HashMap::new();
    for mut part in parts.filter(|part| part.len() >= 2) {
        for _ in 0..2 {
            // First what begins or ends at the part's last point, then, the other way round, at its first.
            let meets = ends.get(&key(part[part.len() - 1])).copied();
            if let Some(mut chain) = meets.map(|index| std::mem::take(&mut chains[index])) {
                ends.remove(&key(chain[0]));
                ends.remove(&key(chain[chain.len() - 1]));
                if chain[0] != part[part.len() - 1] {
                    chain.reverse();
                }
                part.extend(&chain[1..]);
            }
            part.reverse();
        }
        ends.insert(key(part[0]), chains.len());
        ends.insert(key(part[part.len() - 1]), chains.len());
        chains.push(part);
    }
    chains.into_iter().filter(|chain| !chain.is_empty())
}

fn lake(_properties: &Value, is_first_ring: bool) -> Trace {
    path_of_class(if is_first_ring { class::LAKE } else { class::LAKE_ISLAND })
}

fn river(properties: &Value, _is_first_ring: bool) -> Trace {
    let rank = properties["scalerank"].as_u64().and_then(|rank| u8::try_from(rank).ok()).unwrap_or(u8::MAX);
    Trace { rank, name: readable(&text_of(&properties["name"])), ..path_of_class(class::RIVER) }
}

fn boundary(properties: &Value, _is_first_ring: bool, codes: &HashMap<String, String>) -> Trace {
    let kind = text_of(&properties["featurecla"]);
    let class = if properties["type"] == "Water Indicator" {
        class::WATER_INDICATOR
    } else if kind.starts_with("Disputed") || kind == "ForgetMagics" {
        // The source's packager set one stretch, Morocco-Western Sahara, aside under this name.
        class::DISPUTED
    } else if kind.starts_with("Indefinite") || kind.starts_with("Indeterminant") {
        class::INDEFINITE
    } else if kind.starts_with("Line of control") {
        class::LINE_OF_CONTROL
    } else if kind.starts_with("Lease") || kind.starts_with("Overlay") {
        class::ZONE_LIMIT
    } else {
        class::INTERNATIONAL
    };
    let code = |key: &str| codes.get(&text_of(&properties[key])).map_or(NO_CODE, String::as_str).to_owned();
    Trace {
        name: text_of(&properties["name"]),
        left: code("adm0_a3_l"),
        right: code("adm0_a3_r"),
        ..path_of_class(class)
    }
}

fn path_of_class(class: u8) -> Trace {
    Trace { class, rank: 0, name: String::new(), left: String::new(), right: String::new(), points: Vec::new() }
}

/// A river's name as it should be read: UTF-8 that was once taken for Latin-1 is put right, a name with a lost
/// letter (`?`) is left out, and runs of blanks become one.
fn readable(name: &str) -> String {
    let bytes: Option<Vec<u8>> = name.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect();
    let mended = bytes.and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_else(|| name.to_owned());
    if mended.contains('?') {
        return String::new();
    }
    mended.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn text_of(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn pair(value: &Value) -> Option<(f64, f64)> {
    Some((value.get(0)?.as_f64()?, value.get(1)?.as_f64()?))
}

fn read_json(path: &Path) -> StepResult<Value> {
    let text = read_text(path)?;
    // Two of the files were written with NaN for a missing name, which JSON does not know.
    let text = text.replace(": NaN", ":null").replace(":NaN", ":null");
    serde_json::from_str(&text).map_err(|cause| format!("{}: not JSON: {cause}", path.display()))
}

/// Reads a text file, unpacked if its name ends in `.gz`, and asks cargo to watch it.
fn read_text(path: &Path) -> StepResult<String> {
    println!("cargo::rerun-if-changed={}", path.display());
    let mut file = File::open(path).map_err(|cause| format!("{}: cannot open: {cause}", path.display()))?;
    let mut text = String::new();
    let outcome = if path.extension().is_some_and(|extension| extension == "gz") {
        GzDecoder::new(file).read_to_string(&mut text)
    } else {
        file.read_to_string(&mut text)
    };
    outcome.map_err(|cause| format!("{}: cannot read: {cause}", path.display()))?;
    Ok(text)
}
