//! Questions to the atlas: which country is here, how far outside one, where does a straight edge cross a border.
//!
//! Edges of the map are straight in longitude and latitude. A point on an edge belongs to one side, which one is not
//! told. Boxes of countries, rings and chunks of 32 edges keep all of it to a few microseconds.

use super::atlas::{Atlas, Chunk, CountryShape, NO_CODE, Path};
use super::bytes::{UnitBox, stored_code};
use super::ellipsoid::{distance_km, km_per_degree};
use super::layout::UNITS_PER_DEGREE;
use super::point::LonLat;

/// A full turn in stored units. A point at 180 degrees is one at -180, and a line may run on beyond either, so places
/// are asked for a turn to the east and to the west as well.
const TURN: f64 = 360.0 * UNITS_PER_DEGREE;
/// Where a longitude in [-180, 180] may be found in the atlas.
const TURNS: [f64; 3] = [0.0, TURN, -TURN];

/// Codes that have no shape of their own, and the code of the shape they are part of.
const PART_OF: [(&str, &str); 9] = [
    ("BQ", "NL"),
    ("BV", "NO"),
    ("CC", "CX"),
    ("GF", "FR"),
    ("GP", "FR"),
    ("MQ", "FR"),
    ("RE", "FR"),
    ("SJ", "NO"),
    ("YT", "FR"),
];

/// The code of the shape a country is in: its own, or that of the state whose shape includes it (`GF` is in `FR`).
pub(super) fn shape_code(code: &str) -> &str {
    PART_OF.iter().find(|(part, _)| *part == code).map_or(code, |(_, whole)| whole)
}

impl Atlas {
    /// The code of the country that contains a point, or `None` at sea.
    ///
    /// An area without a code gives [`NO_CODE`] unless a country contains the point as well. Where shapes overlap (by
    /// metres, at borders) the first code in the alphabet wins. French Guiana, Guadeloupe, Martinique, Mayotte and
    /// Réunion are `FR`, Svalbard and Bouvet `NO`, Bonaire `NL`, the Cocos Islands `CX`. Lakes belong to their country; the Caspian is sea.
    pub fn country_at(&self, point: LonLat) -> Option<&'static str> {
        self.countries().find(|country| country_contains(country, point)).map(|country| country.code())
    }

    /// Whether a shape with this code contains the point; false for an unknown code.
    ///
    /// A territory that the map draws as part of a state (French Guiana, Svalbard, ...) is taken for the whole of it.
    pub fn covers(&self, code: &str, point: LonLat) -> bool {
        self.shapes_of(code).any(|country| country_contains(&country, point))
    }

    /// Whether a point is on land: within any shape, lakes included.
    pub fn is_land(&self, point: LonLat) -> bool {
        self.country_at(point).is_some()
    }

    /// How far outside a country a point lies, km: 0 inside, else the distance to the nearest edge of its shapes.
    /// Infinite for an unknown code.
    ///
    /// The nearest edge is found on a plane that touches the earth at the point and the distance to it is geodesic:
    /// good to 0.1 km below 50 km, an upper bound beyond.
    pub fn km_outside(&self, code: &str, point: LonLat) -> f64 {
        if self.covers(code, point) {
            return 0.0;
        }
        let mut nearest = Nearest::new(point);
        for turn in TURNS {
            nearest.turn = turn;
            for country in self.shapes_of(code) {
                if nearest.may_improve(country.unit_box()) {
                    country.paths().for_each(|path| nearest.visit(path));
                }
            }
        }
        nearest.distance_km(point)
    }

    fn shapes_of(&self, code: &str) -> impl Iterator<Item = CountryShape<'_>> + use<'_> {
        let code = stored_code(shape_code(code));
        self.countries().filter(move |country| code.is_some_and(|code| country.has_code(code)))
    }

    /// Border chunks that a box (west, south, east, north in stored units) touches, each with the longitude to add to
    /// its points so that they lie near the box.
    pub(super) fn chunks_near(&self, area: [f64; 4], found: &mut Vec<(Chunk, f64)>) {
        found.clear();
        for country in self.countries().filter(|country| in_latitude(country.unit_box(), area)) {
            for turn in TURNS {
                if !touches(country.unit_box(), turn, area) {
                    continue;
                }
                let paths = country.paths().filter(|path| touches(path.unit_box(), turn, area));
                let chunks = paths.flat_map(|path| path.chunks());
                found.extend(chunks.filter(|chunk| touches(chunk.bounds, turn, area)).map(|chunk| (chunk, turn)));
            }
        }
    }
}

/// Whether two boxes touch, the first moved east by `turn`.
pub(super) fn touches(bounds: UnitBox, turn: f64, area: [f64; 4]) -> bool {
    let [west, south, east, north] = bounds.map(f64::from);
    in_latitude(bounds, area) && west + turn <= area[2] && east + turn >= area[0] && south <= north
}

fn in_latitude(bounds: UnitBox, area: [f64; 4]) -> bool {
    f64::from(bounds[1]) <= area[3] && f64::from(bounds[3]) >= area[1]
}

/// A position in stored units, longitude first.
pub(super) fn units(point: LonLat) -> (f64, f64) {
    (point.lon() * UNITS_PER_DEGREE, point.lat() * UNITS_PER_DEGREE)
}

/// Whether a country contains a point, by the even-odd rule over all its rings.
fn country_contains(country: &CountryShape<'_>, point: LonLat) -> bool {
    let (x, y) = units(point);
    let bounds = country.unit_box();
    // Most countries fail here, on latitude, before any turn is tried.
    if y < f64::from(bounds[1]) || y > f64::from(bounds[3]) {
        return false;
    }
    TURNS.iter().any(|turn| {
        let x = x + turn;
        box_contains(bounds, x, y) && country.paths().filter(|path| ring_contains(path, x, y)).count() % 2 == 1
    })
}

fn ring_contains(ring: &Path<'_>, x: f64, y: f64) -> bool {
    box_contains(ring.unit_box(), x, y) && ring.chunks().filter(|&chunk| crosses_ray(chunk, x, y)).count() % 2 == 1
}

/// Whether a ray from (x, y) to the east crosses the edges of a chunk an odd number of times.
fn crosses_ray(chunk: Chunk, x: f64, y: f64) -> bool {
    let [west, south, east, north] = chunk.bounds.map(f64::from);
    if y < south || y >= north || x >= east {
        return false;
    }
    if x < west {
        // All crossings lie to the east, so only the two ends matter.
        return chunk.end_latitudes().is_some_and(|(first, last)| (first > y) != (last > y));
    }
    let crossed =
        chunk.edges().filter(|&((ax, ay), (bx, by))| (ay > y) != (by > y) && x < ax + (y - ay) * (bx - ax) / (by - ay));
    crossed.count() % 2 == 1
}

fn box_contains(bounds: UnitBox, x: f64, y: f64) -> bool {
    let [west, south, east, north] = bounds.map(f64::from);
    west <= x && x <= east && south <= y && y <= north
}

/// The nearest point of a country's edges so far, on a plane that touches the earth at the point asked for.
struct Nearest {
    /// The point asked for, stored units.
    origin: (f64, f64),
    /// Added to the longitude of the point while this turn's shapes are visited.
    turn: f64,
    /// Kilometres of a stored unit, east and north.
    scale: (f64, f64),
    squared_km: f64,
    /// The nearest point, degrees.
    place: Option<(f64, f64)>,
}

impl Nearest {
    fn new(point: LonLat) -> Self {
        let (east, north) = km_per_degree(point.lat());
        Self {
            origin: units(point),
            turn: 0.0,
            scale: (east / UNITS_PER_DEGREE, north / UNITS_PER_DEGREE),
            squared_km: f64::INFINITY,
            place: None,
        }
    }

    /// Whether anything in a box may be nearer than what is known.
    fn may_improve(&self, bounds: UnitBox) -> bool {
        let [west, south, east, north] = bounds.map(f64::from);
        let (x, y) = (self.origin.0 + self.turn, self.origin.1);
        let dx = (west - x).max(x - east).max(0.0) * self.scale.0;
        let dy = (south - y).max(y - north).max(0.0) * self.scale.1;
        dx * dx + dy * dy < self.squared_km
    }

    fn visit(&mut self, path: Path<'_>) {
        if !self.may_improve(path.unit_box()) {
            return;
        }
        for chunk in path.chunks() {
            if self.may_improve(chunk.bounds) {
                chunk.edges().for_each(|(a, b)| self.visit_edge(a, b));
            }
        }
    }

    fn visit_edge(&mut self, a: (f64, f64), b: (f64, f64)) {
        let (x, y) = (self.origin.0 + self.turn, self.origin.1);
        let plane = |p: (f64, f64)| ((p.0 - x) * self.scale.0, (p.1 - y) * self.scale.1);
        let ((ax, ay), (bx, by)) = (plane(a), plane(b));
        let (dx, dy) = (bx - ax, by - ay);
        let length_squared = dx * dx + dy * dy;
        let along = if length_squared > 0.0 { (-(ax * dx + ay * dy) / length_squared).clamp(0.0, 1.0) } else { 0.0 };
        let (px, py) = (ax + along * dx, ay + along * dy);
        let squared = px * px + py * py;
        if squared < self.squared_km {
            self.squared_km = squared;
            let lon = a.0 + along * (b.0 - a.0) - self.turn;
            let lat = a.1 + along * (b.1 - a.1);
            self.place = Some((lon / UNITS_PER_DEGREE, lat / UNITS_PER_DEGREE));
        }
    }

    fn distance_km(&self, point: LonLat) -> f64 {
        self.place.map_or(f64::INFINITY, |(lon, lat)| distance_km(point, LonLat::wrapped(lon, lat)))
    }
}

/// Whether a code stands for a country, not for [`NO_CODE`].
pub(super) fn is_country(code: &str) -> bool {
    code != NO_CODE
}
