//! Writes the atlas in the layout of `src/geodesy/layout.rs`.

use std::collections::HashMap;

use crate::StepResult;
use crate::basemap::{Basemap, Trace};
use fiberplan_network::geodesy::layout::{
    CHUNK_BYTES, COUNTRY_BYTES, HEADER_BYTES, MAGIC, N_LAYERS, PATH_BYTES, POINT_BYTES, UNITS_PER_DEGREE,
};

/// Edges of a chunk at most: one is decoded in well under a microsecond, and its box is small.
const EDGES_PER_CHUNK: usize = 32;
/// Widest and highest a chunk may be, so that an offset fits 16 bits.
const LARGEST_OFFSET: i32 = u16::MAX as i32;

/// West, south, east, north in stored units.
type Bounds = [i32; 4];

#[derive(Default)]
struct Sections {
    countries: Vec<u8>,
    paths: Vec<u8>,
    chunks: Vec<u8>,
    points: Vec<u8>,
    strings: Vec<u8>,
    string_at: HashMap<String, u32>,
}

/// The whole atlas as bytes.
pub fn encode(basemap: &Basemap) -> StepResult<Vec<u8>> {
    let mut sections = Sections::default();
    for country in &basemap.countries {
        let first_path = count_of(&sections.paths, PATH_BYTES)?;
        let mut bounds = empty_bounds();
        for ring in &country.rings {
            bounds = union(bounds, sections.push_path(ring)?);
        }
        let name = sections.push_string(&country.name)?;
        sections.countries.extend(code_bytes(&country.code)?);
        sections.countries.extend(name.to_le_bytes());
        push_bounds(&mut sections.countries, bounds);
        sections.countries.extend(first_path.to_le_bytes());
        sections.countries.extend((count_of(&sections.paths, PATH_BYTES)? - first_path).to_le_bytes());
    }
    let mut layers = [(0, 0); N_LAYERS];
    for (layer, range) in basemap.layers.iter().zip(&mut layers) {
        let first_path = count_of(&sections.paths, PATH_BYTES)?;
        for path in layer {
            sections.push_path(path)?;
        }
        *range = (first_path, count_of(&sections.paths, PATH_BYTES)? - first_path);
    }
    sections.join(layers)
}

impl Sections {
    /// Adds a path with its chunks and points and returns its bounds.
    fn push_path(&mut self, path: &Trace) -> StepResult<Bounds> {
        let points = quantise(&path.points);
        let bounds = bounds_of(&points);
        let first_chunk = count_of(&self.chunks, CHUNK_BYTES)?;
        let mut start = 0;
        while start + 1 < points.len() {
            let end = chunk_end(&points, start);
            self.push_chunk(&points[start..=end])?;
            start = end;
        }
        let name = self.push_string(&path.name)?;
        push_bounds(&mut self.paths, bounds);
        self.paths.extend(first_chunk.to_le_bytes());
        self.paths.extend((count_of(&self.chunks, CHUNK_BYTES)? - first_chunk).to_le_bytes());
        self.paths.extend(u32_of(points.len())?.to_le_bytes());
        self.paths.extend(name.to_le_bytes());
        self.paths.extend(code_bytes(&path.left)?);
        self.paths.extend(code_bytes(&path.right)?);
        self.paths.extend([path.class, path.rank, 0, 0]);
        Ok(bounds)
    }

    fn push_chunk(&mut self, points: &[(i32, i32)]) -> StepResult<()> {
        let [west, south, east, north] = bounds_of(points);
        let offset = |value: i32, origin: i32| {
            u16::try_from(value - origin).map(u16::to_le_bytes).map_err(|cause| format!("a chunk is too wide: {cause}"))
        };
        let first_point = count_of(&self.points, POINT_BYTES)?;
        for &(x, y) in points {
            self.points.extend(offset(x, west)?);
            self.points.extend(offset(y, south)?);
        }
        self.chunks.extend(west.to_le_bytes());
        self.chunks.extend(south.to_le_bytes());
        self.chunks.extend(offset(east, west)?);
        self.chunks.extend(offset(north, south)?);
        self.chunks.extend(first_point.to_le_bytes());
        self.chunks.extend(u32_of(points.len())?.to_le_bytes());
        Ok(())
    }

    fn push_string(&mut self, text: &str) -> StepResult<u32> {
        if let Some(&at) = self.string_at.get(text) {
            return Ok(at);
        }
        let at = u32_of(self.strings.len())?;
        let length = u8::try_from(text.len()).map_err(|cause| format!("the name {text:?} is too long: {cause}"))?;
        self.strings.push(length);
        self.strings.extend(text.as_bytes());
        self.string_at.insert(text.to_owned(), at);
        Ok(at)
    }

    fn join(self, layers: [(u32, u32); N_LAYERS]) -> StepResult<Vec<u8>> {
        let sections = [
            (self.countries, COUNTRY_BYTES),
            (self.paths, PATH_BYTES),
            (self.chunks, CHUNK_BYTES),
            (self.points, POINT_BYTES),
            (self.strings, 1),
        ];
        let mut bytes = MAGIC.to_vec();
        let mut offset = HEADER_BYTES;
        for (section, record) in &sections {
            bytes.extend(u32_of(offset)?.to_le_bytes());
            bytes.extend(count_of(section, *record)?.to_le_bytes());
            offset += section.len();
        }
        for (first, count) in layers {
            bytes.extend(first.to_le_bytes());
            bytes.extend(count.to_le_bytes());
        }
        for (section, _) in sections {
            bytes.extend(section);
        }
        Ok(bytes)
    }
}

/// Whole units, without repeated points, and with points put into any edge that is too long for one chunk.
fn quantise(points: &[(f64, f64)]) -> Vec<(i32, i32)> {
    let unit = |degrees: f64| (degrees * UNITS_PER_DEGREE).round() as i32;
    let mut result: Vec<(i32, i32)> = Vec::with_capacity(points.len());
    for &(lon, lat) in points {
        let next = (unit(lon), unit(lat));
        let Some(&last) = result.last() else {
            result.push(next);
            continue;
        };
        if next == last {
            continue;
        }
        let (dx, dy) = (next.0 - last.0, next.1 - last.1);
        let parts = (dx.abs().max(dy.abs()) + LARGEST_OFFSET - 1) / LARGEST_OFFSET;
        for part in 1..parts {
            let share = f64::from(part) / f64::from(parts);
            let step = |delta: i32| (f64::from(delta) * share).round() as i32;
            result.push((last.0 + step(dx), last.1 + step(dy)));
        }
        result.push(next);
    }
    if result.len() == 1 {
        result.push(result[0]);
    }
    result
}

/// Index of the last point of the chunk that begins at `start`.
fn chunk_end(points: &[(i32, i32)], start: usize) -> usize {
    let mut bounds = bounds_of(&points[start..=start]);
    let mut end = start;
    while end + 1 < points.len() && end - start < EDGES_PER_CHUNK {
        let wider = union(bounds, bounds_of(&points[end + 1..=end + 1]));
        if wider[2] - wider[0] > LARGEST_OFFSET || wider[3] - wider[1] > LARGEST_OFFSET {
            break;
        }
        bounds = wider;
        end += 1;
    }
    end.max(start + 1)
}

fn empty_bounds() -> Bounds {
    [i32::MAX, i32::MAX, i32::MIN, i32::MIN]
}

fn bounds_of(points: &[(i32, i32)]) -> Bounds {
    points.iter().fold(empty_bounds(), |bounds, &(x, y)| union(bounds, [x, y, x, y]))
}

fn union(a: Bounds, b: Bounds) -> Bounds {
    [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]
}

fn push_bounds(bytes: &mut Vec<u8>, bounds: Bounds) {
    for value in bounds {
        bytes.extend(value.to_le_bytes());
    }
}

fn code_bytes(code: &str) -> StepResult<[u8; 4]> {
    let mut bytes = [0; 4];
    bytes
        .get_mut(..code.len())
        .ok_or_else(|| format!("the country code {code:?} is longer than four bytes"))?
        .copy_from_slice(code.as_bytes());
    Ok(bytes)
}

fn count_of(section: &[u8], record_bytes: usize) -> StepResult<u32> {
    u32_of(section.len() / record_bytes)
}

fn u32_of(count: usize) -> StepResult<u32> {
    u32::try_from(count).map_err(|cause| format!("the atlas is larger than 4 GB: {cause}"))
}
