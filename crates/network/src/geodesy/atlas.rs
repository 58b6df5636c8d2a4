//! The base map's shapes, read in place from the bytes the build script made.
//!
//! An [`Atlas`] is a view: making one checks the header, nothing is decoded until an iterator asks for it. What the
//! shapes are good for (which country, how far outside) is in `locate.rs`; the bytes are laid out in
//! `layout.rs`. A damaged atlas gives wrong or missing shapes, never a panic.

use thiserror::Error;

use super::bytes::{UnitBox, box_at, code_at, i32_at, pair_at, records, u16_at, u32_at};
use super::layout::{
    CHUNK_BYTES, COUNTRY_BYTES, HEADER_BYTES, MAGIC, N_LAYERS, PATH_BYTES, POINT_BYTES, UNITS_PER_DEGREE, class,
};

/// Code of the areas that have no ISO 3166-1 code: Akrotiri, Baikonur, Bajo Nuevo Bank, Clipperton I., Coral Sea Is.,
/// the UN buffer zone on Cyprus, Dhekelia, N. Cyprus, Scarborough Reef, Serranilla Bank, Siachen
/// Glacier, Somaliland, Spratly Is., USNB Guantanamo Bay. Kosovo has `XK`, the
/// Indian Ocean Territories have `CX`.
pub const NO_CODE: &str = "-99";

/// The base map: country shapes and line layers.
#[derive(Debug, Clone, Copy)]
pub struct Atlas {
    countries: &'static [u8],
    paths: &'static [u8],
    chunks: &'static [u8],
    points: &'static [u8],
    strings: &'static [u8],
    /// First path and number of paths of each layer.
    layers: [(usize, usize); N_LAYERS],
}

/// Why a slice of bytes is not an atlas.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum AtlasError {
    /// It does not begin as an atlas of this layout does.
    #[error("expected an atlas of layout {}", MAGIC.escape_ascii())]
    NotAnAtlas,
    /// A section reaches beyond the end.
    #[error("the atlas is cut off: section {section} does not fit {bytes} bytes")]
    CutOff {
        /// Number of the section or layer, from 0 in the order of the header.
        section: usize,
        /// Length of the slice, bytes.
        bytes: usize,
    },
}

/// A box in degrees. A country across the 180th meridian reaches from -180 to 180.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bbox {
    /// Least longitude, degrees.
    pub west: f64,
    /// Least latitude, degrees.
    pub south: f64,
    /// Greatest longitude, degrees.
    pub east: f64,
    /// Greatest latitude, degrees.
    pub north: f64,
}

/// A line layer of the base map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Layer {
    /// Shores of the larger lakes of the world, closed, 1:50m; islands in them have their own class.
    Lakes,
    /// Rivers of the world, 1:50m.
    Rivers,
    /// Rivers of 45-90 E, 18-50 N, 1:10m: finer than [`Layer::Rivers`], which they overlap.
    RiversFine,
    /// Boundary lines between countries on land, 1:10m.
    Boundaries,
}

/// What a line of the base map stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LineClass {
    /// The outline of a country or a hole in it.
    Land,
    /// The shore of a lake.
    Lake,
    /// An island in a lake.
    LakeIsland,
    /// A river.
    River,
    /// An agreed international boundary.
    International,
    /// A disputed boundary.
    Disputed,
    /// An indefinite boundary or indeterminate frontier.
    Indefinite,
    /// A line of control or ceasefire line.
    LineOfControl,
    /// The limit of a lease or of a zone laid over countries: no border of a country.
    ZoneLimit,
    /// A line across water that only tells whose islands are whose.
    WaterIndicator,
}

/// A country, or an area without a code, with all its rings.
#[derive(Debug, Clone, Copy)]
pub struct CountryShape<'a> {
    atlas: &'a Atlas,
    record: &'static [u8],
}

/// A closed ring of a country. Rings are meant even-odd: a hole is a ring like any other.
#[derive(Debug, Clone, Copy)]
pub struct Ring<'a>(Path<'a>);

/// A line of a layer; lake shores are closed, their first point is also the last.
#[derive(Debug, Clone, Copy)]
pub struct Polyline<'a>(Path<'a>);

/// A stored ring or line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Path<'a> {
    atlas: &'a Atlas,
    record: &'static [u8],
}

/// A run of at most 32 edges with its box.
#[derive(Debug, Clone, Copy)]
pub(super) struct Chunk {
    pub(super) bounds: UnitBox,
    points: &'static [u8],
}

impl Atlas {
    /// An atlas over bytes in the layout of the build script.
    ///
    /// # Errors
    /// The bytes begin otherwise, or a section does not fit them.
    ///
    /// # Complexity
    /// Reads the header only.
    pub fn from_bytes(bytes: &'static [u8]) -> Result<Self, AtlasError> {
        if bytes.len() < HEADER_BYTES || !bytes.starts_with(&MAGIC) {
            return Err(AtlasError::NotAnAtlas);
        }
        let section = |number: usize, record_bytes: usize| {
            let (offset, count) = pair_at(bytes, MAGIC.len() + number * 8);
            count
                .checked_mul(record_bytes)
                .and_then(|length| offset.checked_add(length))
                .and_then(|end| bytes.get(offset..end))
                .ok_or(AtlasError::CutOff { section: number, bytes: bytes.len() })
        };
        let atlas = Self {
            countries: section(0, COUNTRY_BYTES)?,
            paths: section(1, PATH_BYTES)?,
            chunks: section(2, CHUNK_BYTES)?,
            points: section(3, POINT_BYTES)?,
            strings: section(4, 1)?,
            layers: std::array::from_fn(|layer| pair_at(bytes, MAGIC.len() + 5 * 8 + layer * 8)),
        };
        for (layer, &(first, count)) in atlas.layers.iter().enumerate() {
            if first.checked_add(count).is_none_or(|end| end > atlas.paths.len() / PATH_BYTES) {
                return Err(AtlasError::CutOff { section: 5 + layer, bytes: bytes.len() });
            }
        }
        Ok(atlas)
    }

    /// All country shapes in order of code; areas without a code ([`NO_CODE`]) come last. A code may come twice.
    pub fn countries(&self) -> impl Iterator<Item = CountryShape<'_>> {
        self.countries.chunks_exact(COUNTRY_BYTES).map(|record| CountryShape { atlas: self, record })
    }

    /// The lines of a layer, in the order of the source.
    pub fn layer(&self, layer: Layer) -> impl Iterator<Item = Polyline<'_>> {
        let (first, count) = self.layers[match layer {
            Layer::Lakes => 0,
            Layer::Rivers => 1,
            Layer::RiversFine => 2,
            Layer::Boundaries => 3,
        }];
        self.paths_of(first, count).map(Polyline)
    }

    fn paths_of(&self, first: usize, count: usize) -> impl Iterator<Item = Path<'_>> {
        records(self.paths, PATH_BYTES, first, count).map(|record| Path { atlas: self, record })
    }

    /// The text at an offset of the string section; empty if there is none.
    fn text(&self, at: usize) -> &'static str {
        let text = self.strings.get(at).and_then(|&length| self.strings.get(at + 1..at + 1 + usize::from(length)));
        text.and_then(|text| std::str::from_utf8(text).ok()).unwrap_or_default()
    }
}

impl Bbox {
    fn of_units(units: UnitBox) -> Self {
        let [west, south, east, north] = units.map(|unit| f64::from(unit) / UNITS_PER_DEGREE);
        Self { west, south, east, north }
    }
}

impl<'a> CountryShape<'a> {
    /// ISO 3166-1 alpha-2 code, `XK`, or [`NO_CODE`].
    pub fn code(&self) -> &'static str {
        code_at(self.record, 0)
    }

    /// Name as the source has it, in English.
    pub fn name(&self) -> &'static str {
        self.atlas.text(u32_at(self.record, 4))
    }

    /// Box around all rings, degrees.
    pub fn bbox(&self) -> Bbox {
        Bbox::of_units(self.unit_box())
    }

    /// All rings, islands and holes alike.
    pub fn rings(&self) -> impl Iterator<Item = Ring<'a>> + use<'a> {
        self.paths().map(Ring)
    }

    /// Whether its code is this one, as stored.
    pub(super) fn has_code(&self, code: [u8; 4]) -> bool {
        self.record.starts_with(&code)
    }

    pub(super) fn unit_box(&self) -> UnitBox {
        box_at(self.record, 8)
    }

    pub(super) fn paths(&self) -> impl Iterator<Item = Path<'a>> + use<'a> {
        self.atlas.paths_of(u32_at(self.record, 24), u32_at(self.record, 28))
    }
}

impl<'a> Ring<'a> {
    /// Box of the ring, degrees.
    pub fn bbox(&self) -> Bbox {
        Bbox::of_units(self.0.unit_box())
    }

    /// Longitude and latitude of its vertices, degrees; the last is the first.
    ///
    /// A shape across the 180th meridian comes cut in two rings: an edge with both ends at a longitude of 180 or of
    /// -180 is that cut, no coast (and one with both ends at -90 is the south pole).
    pub fn points(&self) -> impl Iterator<Item = (f64, f64)> + use<'a> {
        self.0.points()
    }
}

impl<'a> Polyline<'a> {
    /// What the line stands for.
    pub fn class(&self) -> LineClass {
        match self.0.record.get(40).copied().unwrap_or_default() {
            class::LAKE => LineClass::Lake,
            class::LAKE_ISLAND => LineClass::LakeIsland,
            class::RIVER => LineClass::River,
            class::INTERNATIONAL => LineClass::International,
            class::DISPUTED => LineClass::Disputed,
            class::INDEFINITE => LineClass::Indefinite,
            class::LINE_OF_CONTROL => LineClass::LineOfControl,
            class::ZONE_LIMIT => LineClass::ZoneLimit,
            class::WATER_INDICATOR => LineClass::WaterIndicator,
            class::LAND => LineClass::Land,
            // No build script writes another.
            _ => LineClass::ZoneLimit,
        }
    }

    /// Natural Earth's rank of a river: 0 is the greatest, 9 the least; 0 for all other lines.
    pub fn rank(&self) -> u8 {
        self.0.record.get(41).copied().unwrap_or_default()
    }

    /// Name of a river or of a line of control; empty if it has none.
    pub fn name(&self) -> &'static str {
        self.0.atlas.text(u32_at(self.0.record, 28))
    }

    /// Code of the country on the left of a boundary line ([`NO_CODE`] for an area without one); else empty.
    pub fn left(&self) -> &'static str {
        code_at(self.0.record, 32)
    }

    /// Code of the country on the right of a boundary line ([`NO_CODE`] for an area without one); else empty.
    pub fn right(&self) -> &'static str {
        code_at(self.0.record, 36)
    }

    /// Box of the line, degrees.
    pub fn bbox(&self) -> Bbox {
        Bbox::of_units(self.0.unit_box())
    }

    /// Longitude and latitude of its vertices, degrees.
    pub fn points(&self) -> impl Iterator<Item = (f64, f64)> + use<'a> {
        self.0.points()
    }
}

impl<'a> Path<'a> {
    pub(super) fn unit_box(&self) -> UnitBox {
        box_at(self.record, 0)
    }

    pub(super) fn chunks(&self) -> impl Iterator<Item = Chunk> + use<'a> {
        let points = self.atlas.points;
        records(self.atlas.chunks, CHUNK_BYTES, u32_at(self.record, 16), u32_at(self.record, 20))
            .map(move |record| Chunk::read(record, points))
    }

    fn points(&self) -> impl Iterator<Item = (f64, f64)> + use<'a> {
        // Each chunk begins with the point the one before it ended with.
        self.chunks()
            .enumerate()
            .flat_map(|(index, chunk)| chunk.points().skip(usize::from(index > 0)))
            .map(|(x, y)| (x / UNITS_PER_DEGREE, y / UNITS_PER_DEGREE))
    }
}

impl Chunk {
    fn read(record: &'static [u8], points: &'static [u8]) -> Self {
        let (west, south) = (i32_at(record, 0), i32_at(record, 4));
        let (width, height) = (u16_at(record, 8), u16_at(record, 10));
        let (first, count) = pair_at(record, 12);
        let start = first.saturating_mul(POINT_BYTES);
        let end = start.saturating_add(count.saturating_mul(POINT_BYTES));
        Self {
            bounds: [west, south, west.saturating_add(i32::from(width)), south.saturating_add(i32::from(height))],
            points: points.get(start..end).unwrap_or_default(),
        }
    }

    /// Its points in stored units.
    pub(super) fn points(self) -> impl Iterator<Item = (f64, f64)> {
        let (west, south) = (f64::from(self.bounds[0]), f64::from(self.bounds[1]));
        self.points
            .chunks_exact(POINT_BYTES)
            .map(move |point| (west + f64::from(u16_at(point, 0)), south + f64::from(u16_at(point, 2))))
    }

    /// Latitudes of its first and last point in stored units.
    pub(super) fn end_latitudes(self) -> Option<(f64, f64)> {
        let last = self.points.len().checked_sub(POINT_BYTES)?;
        let south = f64::from(self.bounds[1]);
        Some((south + f64::from(u16_at(self.points, 2)), south + f64::from(u16_at(self.points, last + 2))))
    }

    /// Its edges in stored units.
    pub(super) fn edges(self) -> impl Iterator<Item = ((f64, f64), (f64, f64))> {
        self.points().zip(self.points().skip(1))
    }
}
