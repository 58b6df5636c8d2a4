//! Great circles on the sphere, for drawing: a straight line on a map is hardly ever the shortest way.

use std::f64::consts::PI;

use crate::geodesy::LonLat;

/// Lines are drawn as great circles in steps of at most this, degrees.
const STEP_DEGREES: f64 = 0.75;

/// The points with more put between those that are far apart, along the great circle, as longitude and latitude.
pub(super) fn great_circles(points: &[LonLat]) -> Vec<(f64, f64)> {
    let mut result = Vec::with_capacity(points.len());
    let Some(first) = points.first() else {
        return result;
    };
    result.push((first.lon(), first.lat()));
    for pair in points.windows(2) {
        let near = |a: f64, b: f64| (a - b).abs() < STEP_DEGREES / 2.0;
        if near(pair[0].lon(), pair[1].lon()) && near(pair[0].lat(), pair[1].lat()) {
            result.push((pair[1].lon(), pair[1].lat()));
            continue;
        }
        let (a, b) = (vector(pair[0]), vector(pair[1]));
        let chord = ((a[0] - b[0]).powi(2) + (a[1] - b[1]).powi(2) + (a[2] - b[2]).powi(2)).sqrt();
        let angle = 2.0 * (chord / 2.0).min(1.0).asin();
        let steps = (angle.to_degrees() / STEP_DEGREES).ceil().clamp(1.0, 400.0);
        // Opposite points have no one great circle; the last step then simply ends there.
        if steps > 1.0 && angle < PI - 0.001 {
            let mut step = 1.0;
            while step < steps {
                let share = step / steps;
                let (from, to) = (((1.0 - share) * angle).sin() / angle.sin(), (share * angle).sin() / angle.sin());
                let at = [a[0] * from + b[0] * to, a[1] * from + b[1] * to, a[2] * from + b[2] * to];
                result.push((at[1].atan2(at[0]).to_degrees(), at[2].atan2(at[0].hypot(at[1])).to_degrees()));
                step += 1.0;
            }
        }
        result.push((pair[1].lon(), pair[1].lat()));
    }
    result
}

fn vector(point: LonLat) -> [f64; 3] {
    let ((sin_lat, cos_lat), (sin_lon, cos_lon)) =
        (point.lat().to_radians().sin_cos(), point.lon().to_radians().sin_cos());
    [cos_lat * cos_lon, cos_lat * sin_lon, sin_lat]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(lon: f64, lat: f64) -> LonLat {
        LonLat::new(lon, lat).expect("a place on the earth")
    }

    #[test]
    fn a_long_step_is_bent_towards_the_pole() {
        let way = great_circles(&[at(-60.0, 50.0), at(60.0, 50.0)]);
        assert!(way.len() > 60, "{}", way.len());
        // Halfway, the great circle between two points of one latitude is highest: tan(50) / cos(60).
        let top = way.iter().map(|point| point.1).fold(0.0, f64::max);
        assert!((top - 67.24).abs() < 0.02, "{top}");
    }

    #[test]
    fn short_steps_and_odd_ones_stay_as_they_are() {
        assert_eq!(great_circles(&[at(1.0, 1.0), at(1.2, 1.1)]), [(1.0, 1.0), (1.2, 1.1)]);
        assert_eq!(great_circles(&[at(0.0, 0.0), at(180.0, 0.0)]), [(0.0, 0.0), (180.0, 0.0)]);
        assert_eq!(great_circles(&[]), []);
    }
}
