//! Lengths on the WGS 84 ellipsoid, in kilometres.
//!
//! Distances are those of the geodesic (Karney's algorithm, by the `geo` crate), good to a micrometre and blind to
//! the 180th meridian. For slicing many short pieces there is [`short_distance_km`].
//!
//! # References
//! C. F. F. Karney, "Algorithms for geodesics", Journal of Geodesy 87 (2013), 43-55, doi:10.1007/s00190-012-0578-z.

use geo::{Distance, Geodesic, InterpolatePoint, Point};

use super::point::{LonLat, wrap_longitude};

/// Semi-major axis of WGS 84, km (NIMA TR8350.2).
const SEMI_MAJOR_KM: f64 = 6378.137;
/// First eccentricity of WGS 84, squared (from the flattening 1/298.257223563).
const ECCENTRICITY_SQUARED: f64 = 0.006_694_379_990_141_33;

/// Length of the geodesic between two points, km.
///
/// # Example
/// ```
/// use fiberplan_network::geodesy::{LonLat, distance_km};
/// let (herat, kandahar) = (LonLat::new(62.2, 34.35)?, LonLat::new(65.71, 31.61)?);
/// assert_eq!(distance_km(herat, kandahar).round(), 447.0);
/// # Ok::<(), fiberplan_network::geodesy::PointError>(())
/// ```
pub fn distance_km(a: LonLat, b: LonLat) -> f64 {
    Geodesic.distance(geo_point(a), geo_point(b)) / 1000.0
}

/// Length along a line whose vertices are joined by geodesics, km; 0 for fewer than two points.
pub fn length_km(line: &[LonLat]) -> f64 {
    line.windows(2).map(|edge| distance_km(edge[0], edge[1])).sum()
}

/// The point `km` kilometres from `from` on the geodesic towards `to`.
///
/// `km` is held to [0, distance]; a NaN counts as 0. Between equal points it is `from`.
pub fn point_towards(from: LonLat, to: LonLat, km: f64) -> LonLat {
    let distance = distance_km(from, to);
    if km.is_nan() || km <= 0.0 || distance == 0.0 {
        return from;
    }
    if km >= distance {
        return to;
    }
    let point = Geodesic.point_at_distance_between(geo_point(from), geo_point(to), km * 1000.0);
    LonLat::wrapped(point.x(), point.y())
}

/// The point `km` kilometres along a line; its ends for `km` below 0 or beyond the length. `None` for an empty line.
pub fn point_along(line: &[LonLat], km: f64) -> Option<LonLat> {
    let mut left = if km > 0.0 { km } else { 0.0 };
    for edge in line.windows(2) {
        let length = distance_km(edge[0], edge[1]);
        if left <= length {
            return Some(point_towards(edge[0], edge[1], left));
        }
        left -= length;
    }
    line.last().copied()
}

/// Distance between two points, km, within 1e-4 of [`distance_km`] and many times as fast for near ones.
///
/// Up to 120 km and 75 degrees of latitude it is computed from the ellipsoid's radii of curvature at the middle
/// latitude, beyond it is [`distance_km`]. Safe across the 180th meridian.
pub fn short_distance_km(a: LonLat, b: LonLat) -> f64 {
    let middle = (a.lat() + b.lat()) / 2.0;
    let (east, north) = km_per_degree(middle);
    let km = (wrap_longitude(b.lon() - a.lon()) * east).hypot((b.lat() - a.lat()) * north);
    if km <= 120.0 && middle.abs() <= 75.0 { km } else { distance_km(a, b) }
}

/// Kilometres per degree of longitude and per degree of latitude at a latitude in degrees.
pub(super) fn km_per_degree(lat: f64) -> (f64, f64) {
    let (sin, cos) = lat.to_radians().sin_cos();
    let w_squared = 1.0 - ECCENTRICITY_SQUARED * sin * sin;
    let prime_vertical = SEMI_MAJOR_KM / w_squared.sqrt();
    let meridian = prime_vertical * (1.0 - ECCENTRICITY_SQUARED) / w_squared;
    ((prime_vertical * cos).to_radians(), meridian.to_radians())
}

fn geo_point(point: LonLat) -> Point<f64> {
    Point::new(point.lon(), point.lat())
}
