//! Map projections of the sphere, forward and inverse, on a sphere of radius 1.
//!
//! A map drawn from these is off by at most 0.6 % against the ellipsoid, which no picture shows; lengths are never
//! taken from them (see [`super::ellipsoid`]). Longitudes are in degrees, latitudes in degrees; plane coordinates are
//! in radii of the sphere, x to the east and y to the north of the origin.
//!
//! Formulas: J. P. Snyder, *Map Projections: A Working Manual*, USGS Professional Paper 1395 (1987), sections 14
//! (Albers), 15 (Lambert conformal conic), 24 (Lambert azimuthal equal-area); B. Šavrič, T. Patterson, B. Jenny,
//! *The Equal Earth map projection*, IJGIS 33(3), 2019, doi:10.1080/13658816.2018.1504949.

use std::f64::consts::{FRAC_PI_2, FRAC_PI_4, PI};

/// Beyond this many radii from the origin a point is treated as not on the map: conics run to infinity.
const FARTHEST: f64 = 60.0;
/// Closer to the antipode than this cosine, the azimuthal projection has no point.
const ANTIPODE: f64 = 1e-6;
/// Coefficients of Equal Earth.
const EQUAL_EARTH: [f64; 4] = [1.340264, -0.081106, 0.000893, 0.003796];

/// A projection with its constants worked out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Projection {
    central_lon: f64,
    shape: Shape,
}

/// Which projection a [`Projection`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Conic, angles true: regions of middle latitudes.
    LambertConformal,
    /// Conic, areas true: wide regions of middle latitudes.
    Albers,
    /// Azimuthal, areas true: polar and equatorial regions.
    LambertAzimuthal,
    /// The whole world, areas true.
    EqualEarth,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Shape {
    Conformal { n: f64, f: f64, rho0: f64 },
    Albers { n: f64, c: f64, rho0: f64 },
    Azimuthal { sin0: f64, cos0: f64 },
    EqualEarth,
}

impl Projection {
    /// Lambert conformal conic with two standard parallels (or one, given twice).
    ///
    /// # Arguments
    /// Degrees: the central meridian, the latitude of the origin and the standard parallels, whose mean must not be
    /// on the equator.
    ///
    /// # Example
    /// ```
    /// use fiberplan_network::geodesy::projection::Projection;
    /// // Snyder's worked example, page 295.
    /// let map = Projection::lambert_conformal(-96.0, 23.0, 33.0, 45.0);
    /// let (x, y) = map.forward(-75.0, 35.0).unwrap();
    /// assert!((x - 0.2966785).abs() < 1e-7 && (y - 0.2462112).abs() < 1e-7);
    /// ```
    pub fn lambert_conformal(central_lon: f64, origin_lat: f64, parallel_1: f64, parallel_2: f64) -> Self {
        let (p1, p2) = (parallel_1.to_radians(), parallel_2.to_radians());
        let n = if (p1 - p2).abs() < 1e-9 {
            p1.sin()
        } else {
            (p1.cos() / p2.cos()).ln() / (tan_half(p2) / tan_half(p1)).ln()
        };
        let f = p1.cos() * tan_half(p1).powf(n) / n;
        let rho0 = f / tan_half(origin_lat.to_radians()).powf(n);
        Self { central_lon, shape: Shape::Conformal { n, f, rho0 } }
    }

    /// Albers equal-area conic with two standard parallels (or one, given twice). Arguments as for
    /// [`Projection::lambert_conformal`].
    ///
    /// # Example
    /// ```
    /// use fiberplan_network::geodesy::projection::Projection;
    /// // Snyder's worked example, page 291.
    /// let map = Projection::albers(-96.0, 23.0, 29.5, 45.5);
    /// let (x, y) = map.forward(-75.0, 35.0).unwrap();
    /// assert!((x - 0.2952720).abs() < 1e-7 && (y - 0.2416774).abs() < 1e-7);
    /// ```
    pub fn albers(central_lon: f64, origin_lat: f64, parallel_1: f64, parallel_2: f64) -> Self {
        let (p1, p2) = (parallel_1.to_radians(), parallel_2.to_radians());
        let n = f64::midpoint(p1.sin(), p2.sin());
        let c = p1.cos().powi(2) + 2.0 * n * p1.sin();
        let rho0 = (c - 2.0 * n * origin_lat.to_radians().sin()).max(0.0).sqrt() / n;
        Self { central_lon, shape: Shape::Albers { n, c, rho0 } }
    }

    /// Lambert azimuthal equal-area centred on a point, degrees.
    ///
    /// # Example
    /// ```
    /// use fiberplan_network::geodesy::projection::Projection;
    /// // Snyder's worked example, page 332, there on a sphere of radius 3.
    /// let map = Projection::lambert_azimuthal(-100.0, 40.0);
    /// let (x, y) = map.forward(100.0, -20.0).unwrap();
    /// assert!((3.0 * x + 4.2339303).abs() < 1e-6 && (3.0 * y - 4.0257775).abs() < 1e-6);
    /// ```
    pub fn lambert_azimuthal(central_lon: f64, central_lat: f64) -> Self {
        let (sin0, cos0) = central_lat.to_radians().sin_cos();
        Self { central_lon, shape: Shape::Azimuthal { sin0, cos0 } }
    }

    /// Equal Earth about a central meridian, degrees.
    pub fn equal_earth(central_lon: f64) -> Self {
        Self { central_lon, shape: Shape::EqualEarth }
    }

    /// Which projection this is.
    pub fn kind(&self) -> Kind {
        match self.shape {
            Shape::Conformal { .. } => Kind::LambertConformal,
            Shape::Albers { .. } => Kind::Albers,
            Shape::Azimuthal { .. } => Kind::LambertAzimuthal,
            Shape::EqualEarth => Kind::EqualEarth,
        }
    }

    /// The meridian in the middle, degrees. The map is cut open along the one opposite.
    pub fn central_lon(&self) -> f64 {
        self.central_lon
    }

    /// Plane coordinates of a place, or `None` where the projection has none (the antipode of an azimuthal map, the
    /// far pole of a conic) or an argument is not finite.
    pub fn forward(&self, lon: f64, lat: f64) -> Option<(f64, f64)> {
        self.forward_relative(relative_lon(lon, self.central_lon), lat)
    }

    /// As [`Projection::forward`] for a longitude relative to the central meridian that is taken as it is: -180 and
    /// 180 are the two sides of the cut.
    pub fn forward_relative(&self, relative_lon: f64, lat: f64) -> Option<(f64, f64)> {
        let (lambda, phi) = (relative_lon.to_radians(), lat.clamp(-90.0, 90.0).to_radians());
        let (x, y) = match self.shape {
            Shape::Conformal { n, f, rho0 } => {
                let rho = f / tan_half(phi).powf(n);
                let theta = n * lambda;
                (rho * theta.sin(), rho0 - rho * theta.cos())
            }
            Shape::Albers { n, c, rho0 } => {
                let rho = (c - 2.0 * n * phi.sin()).max(0.0).sqrt() / n;
                let theta = n * lambda;
                (rho * theta.sin(), rho0 - rho * theta.cos())
            }
            Shape::Azimuthal { sin0, cos0 } => {
                let ((sin_phi, cos_phi), (sin_l, cos_l)) = (phi.sin_cos(), lambda.sin_cos());
                let denominator = 1.0 + sin0 * sin_phi + cos0 * cos_phi * cos_l;
                if denominator < ANTIPODE {
                    return None;
                }
                let k = (2.0 / denominator).sqrt();
                (k * cos_phi * sin_l, k * (cos0 * sin_phi - sin0 * cos_phi * cos_l))
            }
            Shape::EqualEarth => {
                let t = (3f64.sqrt() / 2.0 * phi.sin()).asin();
                let (height, slope) = equal_earth(t);
                (2.0 * 3f64.sqrt() * lambda * t.cos() / (3.0 * slope), height)
            }
        };
        (x.abs() < FARTHEST && y.abs() < FARTHEST).then_some((x, y))
    }

    /// Longitude relative to the central meridian and latitude, degrees, of a point of the plane; `None` off the map.
    pub fn inverse_relative(&self, x: f64, y: f64) -> Option<(f64, f64)> {
        let (lambda, phi) = match self.shape {
            Shape::Conformal { n, f, rho0 } => {
                let (rho, theta) = polar(x, rho0 - y, n);
                if rho == 0.0 {
                    return Some((0.0, 90f64.copysign(n)));
                }
                (theta / n, 2.0 * (f / rho).powf(1.0 / n).atan() - FRAC_PI_2)
            }
            Shape::Albers { n, c, rho0 } => {
                let (rho, theta) = polar(x, rho0 - y, n);
                let sine = (c - (rho * n).powi(2)) / (2.0 * n);
                if sine.abs() > 1.0 {
                    return None;
                }
                (theta / n, sine.asin())
            }
            Shape::Azimuthal { sin0, cos0 } => {
                let rho = x.hypot(y);
                if rho >= 2.0 {
                    return None;
                }
                let (sin_c, cos_c) = (2.0 * (rho / 2.0).asin()).sin_cos();
                if rho < 1e-12 {
                    (0.0, sin0.atan2(cos0))
                } else {
                    let phi = (cos_c * sin0 + y * sin_c * cos0 / rho).clamp(-1.0, 1.0).asin();
                    ((x * sin_c).atan2(rho * cos0 * cos_c - y * sin0 * sin_c), phi)
                }
            }
            Shape::EqualEarth => inverse_equal_earth(x, y)?,
        };
        let (lon, lat) = (lambda.to_degrees(), phi.to_degrees());
        (lon.abs() <= 180.0 + 1e-9 && lat.is_finite()).then_some((lon.clamp(-180.0, 180.0), lat))
    }

    /// Length on the map of a short way on the sphere to the east, divided by its true length.
    pub fn east_scale(&self, lon: f64, lat: f64) -> Option<f64> {
        let half = 1e-4;
        let relative = relative_lon(lon, self.central_lon);
        let (x0, y0) = self.forward_relative(relative - half, lat)?;
        let (x1, y1) = self.forward_relative(relative + half, lat)?;
        let true_length = (2.0 * half).to_radians() * lat.to_radians().cos();
        (true_length > 1e-12).then(|| (x1 - x0).hypot(y1 - y0) / true_length)
    }
}

/// The longitude relative to a meridian, in [-180, 180).
pub fn relative_lon(lon: f64, central_lon: f64) -> f64 {
    (lon - central_lon + 180.0).rem_euclid(360.0) - 180.0
}

/// The meridian in the middle of the shortest arc that holds all longitudes, and the width of that arc, degrees.
/// No longitude at all gives (0, 360).
///
/// # Example
/// ```
/// use fiberplan_network::geodesy::projection::central_meridian;
/// assert_eq!(central_meridian(&[170.0, -160.0, 178.0]), (-175.0, 30.0));
/// ```
pub fn central_meridian(longitudes: &[f64]) -> (f64, f64) {
    let mut sorted: Vec<f64> =
        longitudes.iter().filter(|lon| lon.is_finite()).map(|lon| lon.rem_euclid(360.0)).collect();
    sorted.sort_by(f64::total_cmp);
    let (Some(&first), Some(&last)) = (sorted.first(), sorted.last()) else {
        return (0.0, 360.0);
    };
    // The widest gap between neighbours on the circle; the arc is all the rest.
    let mut gap = first + 360.0 - last;
    let mut start = first;
    for pair in sorted.windows(2) {
        if pair[1] - pair[0] > gap {
            gap = pair[1] - pair[0];
            start = pair[1];
        }
    }
    let width = 360.0 - gap;
    (relative_lon(start + width / 2.0, 0.0), width)
}

fn tan_half(phi: f64) -> f64 {
    // The pole itself would be infinite; a hair beside it is the same place on any map.
    (FRAC_PI_4 + phi.clamp(-FRAC_PI_2 + 1e-9, FRAC_PI_2 - 1e-9) / 2.0).tan()
}

fn polar(x: f64, y: f64, n: f64) -> (f64, f64) {
    (x.hypot(y).copysign(n), (x * n.signum()).atan2(y * n.signum()))
}

/// Height of Equal Earth at the parametric latitude, and its derivative.
fn equal_earth(t: f64) -> (f64, f64) {
    let [a1, a2, a3, a4] = EQUAL_EARTH;
    let (t2, t6) = (t * t, t.powi(6));
    (t * (a1 + a2 * t2 + t6 * (a3 + a4 * t2)), a1 + 3.0 * a2 * t2 + t6 * (7.0 * a3 + 9.0 * a4 * t2))
}

fn inverse_equal_earth(x: f64, y: f64) -> Option<(f64, f64)> {
    if y.abs() > equal_earth(PI / 3.0).0 {
        return None;
    }
    let mut t = y;
    for _ in 0..12 {
        let (height, slope) = equal_earth(t);
        t -= (height - y) / slope;
    }
    let lambda = 3.0 * x * equal_earth(t).1 / (2.0 * 3f64.sqrt() * t.cos());
    Some((lambda, (2.0 / 3f64.sqrt() * t.sin()).clamp(-1.0, 1.0).asin()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_round_trip(map: Projection, lon: f64, lat: f64) {
        let (x, y) = map.forward(lon, lat).expect("on the map");
        let (relative, back) = map.inverse_relative(x, y).expect("on the map");
        assert!((relative - relative_lon(lon, map.central_lon())).abs() < 1e-7, "{map:?} {lon} {lat}: {relative}");
        assert!((back - lat).abs() < 1e-7, "{map:?} {lon} {lat}: {back}");
    }

    #[test]
    fn inverse_undoes_forward() {
        for (lon, lat) in [(66.4, 30.9), (10.0, 51.0), (179.5, 12.0), (-170.0, 66.0), (80.0, -20.0)] {
            check_round_trip(Projection::lambert_conformal(65.0, 30.0, 25.0, 40.0), lon, lat);
            check_round_trip(Projection::albers(65.0, 30.0, 25.0, 40.0), lon, lat);
            check_round_trip(Projection::lambert_azimuthal(65.0, 30.0), lon, lat);
            check_round_trip(Projection::equal_earth(65.0), lon, lat);
        }
        for (lon, lat) in [(140.0, -33.0), (150.0, -10.0)] {
            check_round_trip(Projection::lambert_conformal(145.0, -25.0, -35.0, -15.0), lon, lat);
            check_round_trip(Projection::albers(145.0, -25.0, -35.0, -15.0), lon, lat);
        }
    }

    #[test]
    fn conics_are_true_on_their_standard_parallels() {
        for map in [Projection::lambert_conformal(65.0, 30.0, 25.0, 40.0), Projection::albers(65.0, 30.0, 25.0, 40.0)] {
            for parallel in [25.0, 40.0] {
                let scale = map.east_scale(71.0, parallel).expect("on the map");
                assert!((scale - 1.0).abs() < 1e-6, "{map:?} at {parallel}: {scale}");
            }
            let between = map.east_scale(71.0, 32.0).expect("on the map");
            assert!(between < 0.999, "{map:?}: {between}");
        }
        let one = Projection::lambert_conformal(0.0, 45.0, 45.0, 45.0);
        assert!((one.east_scale(3.0, 45.0).expect("on the map") - 1.0).abs() < 1e-6);
    }

    #[test]
    fn equal_earth_has_its_published_outline() {
        let map = Projection::equal_earth(0.0);
        let (edge, _) = map.forward_relative(180.0, 0.0).expect("on the map");
        let (_, top) = map.forward_relative(0.0, 90.0).expect("on the map");
        // Šavrič et al.: the aspect ratio is 2.05458.
        assert!((edge / top - 2.05458).abs() < 1e-5, "{}", edge / top);
    }

    #[test]
    fn what_is_not_on_the_map_is_none() {
        assert_eq!(Projection::lambert_azimuthal(0.0, 0.0).forward(180.0, 0.0), None);
        assert_eq!(Projection::lambert_conformal(0.0, 30.0, 20.0, 40.0).forward(0.0, -90.0), None);
        assert_eq!(Projection::equal_earth(0.0).forward(f64::NAN, 0.0), None);
        assert_eq!(Projection::equal_earth(0.0).inverse_relative(0.0, 3.0), None);
    }

    #[test]
    fn the_central_meridian_is_opposite_the_widest_gap() {
        assert_eq!(central_meridian(&[]), (0.0, 360.0));
        assert_eq!(central_meridian(&[12.0]), (12.0, 0.0));
        assert_eq!(central_meridian(&[-10.0, 140.0]), (65.0, 150.0));
        assert_eq!(central_meridian(&[179.0, -179.0]), (-180.0, 2.0));
    }
}
