//! The byte layout of the atlas that the build script writes and [`super::atlas`] reads in place.
//!
//! Everything is little-endian. A header names five sections by offset and count, then the four line layers by
//! their range in the path section:
//!
//! ```text
//! magic 8 | countries, paths, chunks, points, strings: offset u32, count u32 | 4 layers: first path u32, paths u32
//! country  code [u8; 4], name u32, box 4 x i32, first path u32, paths u32
//! path     box 4 x i32, first chunk u32, chunks u32, points u32, name u32, left [u8; 4], right [u8; 4],
//!          class u8, rank u8, 2 bytes unused
//! chunk    west i32, south i32, width u16, height u16, first point u32, points u32
//! point    u16 east of the chunk's west, u16 north of the chunk's south
//! string   length u8, UTF-8
//! ```
//!
//! A coordinate is a whole number of 1/10,000 degree (11 m of latitude); a box is west, south, east, north. A chunk
//! ends with the point the next one begins with. Both sides use this file, so they cannot disagree.

/// The first eight bytes of an atlas; the digit is the version of this layout.
pub const MAGIC: [u8; 8] = *b"FPATLAS1";
/// Units of a stored coordinate in one degree.
pub const UNITS_PER_DEGREE: f64 = 10_000.0;
/// Bytes of the header.
pub const HEADER_BYTES: usize = 8 + 5 * 8 + N_LAYERS * 8;
/// Bytes of a country record.
pub const COUNTRY_BYTES: usize = 32;
/// Bytes of a path record.
pub const PATH_BYTES: usize = 44;
/// Bytes of a chunk record.
pub const CHUNK_BYTES: usize = 20;
/// Bytes of a point record.
pub const POINT_BYTES: usize = 4;
/// Line layers: lakes, rivers, fine rivers, boundaries, in this order.
pub const N_LAYERS: usize = 4;

/// Path classes as stored; [`super::atlas::LineClass`] gives them their meaning.
pub mod class {
    /// A ring of a country.
    pub const LAND: u8 = 0;
    /// The shore of a lake.
    pub const LAKE: u8 = 1;
    /// An island in a lake.
    pub const LAKE_ISLAND: u8 = 2;
    /// A river.
    pub const RIVER: u8 = 3;
    /// An agreed international boundary.
    pub const INTERNATIONAL: u8 = 4;
    /// A disputed boundary.
    pub const DISPUTED: u8 = 5;
    /// An indefinite boundary or indeterminate frontier.
    pub const INDEFINITE: u8 = 6;
    /// A line of control or ceasefire line.
    pub const LINE_OF_CONTROL: u8 = 7;
    /// The limit of a lease or of an overlaid zone.
    pub const ZONE_LIMIT: u8 = 8;
    /// A boundary drawn across water only to tell whose islands are whose.
    pub const WATER_INDICATOR: u8 = 9;
}
