//! Where things are: lengths on the ellipsoid, the country of a point, and where a line crosses a border.
//!
//! A border here is the map's (Natural Earth 1:10m): good to a few kilometres, so nothing in it overrules the country
//! that a network's row states for a node. No file is read: the atlas is a slice of bytes, the caller keeps them.
//!
//! - [`point`]: a checked longitude and latitude.
//! - [`ellipsoid`]: distances and points along lines.
//! - [`atlas`]: country shapes and the other lines of the base map, read in place.
//! - [`pieces`]: which kilometres of a line lie in which country.
//! - [`projection`]: the plane of a map, for drawing only.

pub mod atlas;
mod bytes;
pub mod ellipsoid;
pub mod layout;
mod locate;
pub mod pieces;
pub mod point;
pub mod projection;
mod runs;

pub use atlas::{Atlas, AtlasError, Bbox, CountryShape, Layer, LineClass, NO_CODE, Polyline, Ring};
pub use ellipsoid::{distance_km, length_km, point_along, point_towards, short_distance_km};
pub use pieces::{INTERNATIONAL_WATERS, country_runs, split_by_country};
pub use point::{LonLat, PointError};
