//! The base map and what is read off it: places and lines whose answer is known, and slow obvious oracles.

use fiberplan::World;
use fiberplan::geodesy::{
    Atlas, AtlasError, Layer, LineClass, LonLat, NO_CODE, country_runs, distance_km, length_km, point_along,
    point_towards, short_distance_km, split_by_country,
};

fn at(lon: f64, lat: f64) -> LonLat {
    LonLat::new(lon, lat).expect("the tests use places on the earth")
}

fn line(points: &[(f64, f64)]) -> Vec<LonLat> {
    points.iter().map(|&(lon, lat)| at(lon, lat)).collect()
}

/// Numbers in [0, 1) from a fixed seed (Knuth's MMIX constants).
struct Lcg(u64);

impl Lcg {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.next()
    }

    fn point(&mut self) -> LonLat {
        at(self.between(-180.0, 180.0), self.between(-90.0, 90.0))
    }
}

/// A country's code and its rings.
type Shape = (&'static str, Vec<Vec<(f64, f64)>>);

/// Every country's rings, decoded: the slow way to ask.
fn decoded() -> Vec<Shape> {
    World::shipped()
        .atlas()
        .countries()
        .map(|c| (c.code(), c.rings().map(|ring| ring.points().collect()).collect()))
        .collect()
}

fn country_by_brute_force(shapes: &[Shape], point: LonLat) -> Option<&'static str> {
    let (x, y) = (point.lon(), point.lat());
    let inside = |rings: &[Vec<(f64, f64)>]| {
        let mut is_inside = false;
        for ring in rings {
            for edge in ring.windows(2) {
                let ((ax, ay), (bx, by)) = (edge[0], edge[1]);
                if (ay > y) != (by > y) && x < ax + (y - ay) * (bx - ax) / (by - ay) {
                    is_inside = !is_inside;
                }
            }
        }
        is_inside
    };
    shapes.iter().find(|(_, rings)| inside(rings)).map(|(code, _)| *code)
}

#[test]
fn known_places_lie_in_their_country() {
    let check = |name: &str, point: LonLat, expected: Option<&str>| {
        assert_eq!(World::shipped().atlas().country_at(point), expected, "{name}");
        assert_eq!(World::shipped().atlas().is_land(point), expected.is_some(), "{name}");
        if let Some(code) = expected {
            assert!(World::shipped().atlas().covers(code, point), "{name}");
            assert_eq!(World::shipped().atlas().km_outside(code, point), 0.0, "{name}");
        }
    };
    check("Ashgabat", at(58.38, 37.95), Some("TM"));
    check("Herat", at(62.20, 34.35), Some("AF"));
    check("Spin Boldak", at(66.40, 31.01), Some("AF"));
    check("Chaman", at(66.45, 30.92), Some("PK"));
    check("Quetta", at(67.01, 30.19), Some("PK"));
    check("Karachi", at(67.01, 24.86), Some("PK"));
    check("Gwadar", at(62.33, 25.12), Some("PK"));
    check("Maseru, in the hole of South Africa", at(27.48, -29.31), Some("LS"));
    check("Pristina", at(21.16, 42.66), Some("XK"));
    check("Hargeisa", at(44.06, 9.56), Some(NO_CODE));
    check("Arabian Sea", at(64.0, 20.0), None);
    check("Caspian Sea", at(51.0, 41.0), None);
    check("Lake Victoria", at(33.0, -0.8), Some("UG"));
}

#[test]
fn shapes_across_the_180th_meridian_and_the_pole_are_whole() {
    let check = |point: LonLat, expected: Option<&str>| {
        assert_eq!(World::shipped().atlas().country_at(point), expected, "{point:?}")
    };
    check(at(100.0, 67.0), Some("RU"));
    check(at(178.0, 67.0), Some("RU"));
    check(at(180.0, 67.5), Some("RU"));
    check(at(-180.0, 67.5), Some("RU"));
    check(at(-175.0, 67.0), Some("RU"));
    check(at(-179.5, 71.2), Some("RU"));
    check(at(179.5, 71.2), Some("RU"));
    check(at(-100.0, 67.0), Some("CA"));
    check(at(-40.0, 68.0), Some("GL"));
    check(at(0.0, 67.0), None);
    check(at(178.0, -17.8), Some("FJ"));
    check(at(-179.95, -16.8), Some("FJ"));
    check(at(179.95, -16.9), Some("FJ"));
    check(at(0.0, -16.8), None);
    check(at(0.0, -90.0), Some("AQ"));
    check(at(-180.0, -88.0), Some("AQ"));
    check(at(0.0, 90.0), None);
}

#[test]
fn a_place_the_map_has_wrong_is_a_few_km_outside() {
    // Torghundi is Afghan; Natural Earth draws the border 2.5 km south of it.
    let torghundi = at(62.28, 35.25);
    assert_eq!(World::shipped().atlas().country_at(torghundi), Some("TM"));
    let km = World::shipped().atlas().km_outside("AF", torghundi);
    assert!((2.0..3.0).contains(&km), "{km}");
    assert_eq!(World::shipped().atlas().km_outside("no such code", torghundi), f64::INFINITY);
    assert_eq!(World::shipped().atlas().km_outside("", torghundi), f64::INFINITY);
}

#[test]
fn distance_to_a_country_works_across_the_180th_meridian() {
    // Wrangel Island and the mainland, each from the other side of the meridian.
    let east = World::shipped().atlas().km_outside("RU", at(179.9, 70.0));
    let west = World::shipped().atlas().km_outside("RU", at(-179.9, 70.0));
    assert!((east - west).abs() < 8.0, "{east} {west}");
    assert!((50.0..130.0).contains(&east), "{east}");
}

#[test]
fn country_at_agrees_with_a_ray_cast_over_every_edge() {
    let shapes = decoded();
    const POINTS: usize = 700;
    let mut random = Lcg(7);
    let mut points: Vec<LonLat> = (0..POINTS / 2).map(|_| random.point()).collect();
    // Near borders and coasts chunks and boxes matter; so half of the points lie within 1 km of a vertex.
    let vertices: Vec<(f64, f64)> = shapes.iter().flat_map(|(_, rings)| rings.iter().flatten().copied()).collect();
    while points.len() < POINTS {
        let (lon, lat) = vertices[(random.next() * vertices.len() as f64) as usize];
        let near = LonLat::new(lon + random.between(-0.01, 0.01), lat + random.between(-0.01, 0.01));
        points.extend(near);
    }
    let mut n_land = 0;
    for point in points {
        let expected = country_by_brute_force(&shapes, point);
        assert_eq!(World::shipped().atlas().country_at(point), expected, "{point:?}");
        n_land += usize::from(expected.is_some());
    }
    assert!((POINTS / 4..POINTS).contains(&n_land), "the sample is lopsided: {n_land} on land");
}

#[test]
fn km_outside_agrees_with_the_nearest_of_all_edges() {
    let shapes = decoded();
    let mut random = Lcg(11);
    for code in ["AF", "NO", "FJ"] {
        let rings: Vec<_> = shapes.iter().filter(|(c, _)| *c == code).flat_map(|(_, rings)| rings).collect();
        let vertices: Vec<(f64, f64)> = rings.iter().flat_map(|ring| ring.iter().copied()).collect();
        let mut n_checked = 0;
        while n_checked < 6 {
            let (lon, lat) = vertices[(random.next() * vertices.len() as f64) as usize];
            let Ok(point) = LonLat::new(lon + random.between(-0.4, 0.4), lat + random.between(-0.3, 0.3)) else {
                continue;
            };
            if World::shipped().atlas().covers(code, point) {
                continue;
            }
            let mut expected = f64::INFINITY;
            for (a, b) in rings.iter().flat_map(|ring| ring.iter().zip(ring.iter().skip(1))) {
                if (a.1 - point.lat()).abs() > 0.6 {
                    continue;
                }
                for tenth in 0..10 {
                    let share = f64::from(tenth) / 10.0;
                    let lon = a.0 + share * (b.0 - a.0);
                    let lon = if lon > 180.0 { lon - 360.0 } else { lon };
                    expected = expected.min(short_distance_km(point, at(lon, a.1 + share * (b.1 - a.1))));
                }
            }
            let found = World::shipped().atlas().km_outside(code, point);
            assert!(found <= expected + 0.01 && found > expected - 0.1, "{code} {point:?}: {found}, {expected}");
            n_checked += 1;
        }
    }
}

#[test]
fn runs_agree_with_the_country_of_points_along_the_line() {
    let mut random = Lcg(13);
    for _ in 0..150 {
        // Under 100 km an edge is straight on the map, so the point at a share of it is known.
        let from = at(random.between(-179.0, 179.0), random.between(-50.0, 70.0));
        let Ok(to) = LonLat::new(from.lon() + random.between(-0.6, 0.6), from.lat() + random.between(-0.6, 0.6)) else {
            continue;
        };
        let total = short_distance_km(from, to);
        let runs = country_runs(World::shipped().atlas(), &[from, to]);
        let mut end_km = 0.0;
        let ends: Vec<(Option<String>, f64)> = runs
            .into_iter()
            .map(|(country, km)| {
                end_km += km;
                (country, end_km)
            })
            .collect();
        assert!((end_km - total).abs() < 1e-9, "{from:?} {to:?}: {end_km}, {total}");
        for sample in 0..40 {
            let share = (f64::from(sample) + 0.5) / 40.0;
            let km = share * total;
            if ends.iter().any(|(_, end)| (end - km).abs() < 1e-3) {
                continue;
            }
            let point = at(from.lon() + share * (to.lon() - from.lon()), from.lat() + share * (to.lat() - from.lat()));
            let run = ends.iter().find(|(_, end)| km < *end).and_then(|(country, _)| country.as_deref());
            assert_eq!(run, World::shipped().atlas().country_at(point), "{from:?} {to:?} at {km} km of {ends:?}");
        }
    }
}

#[test]
fn lengths_are_those_of_the_geodesic() {
    let check =
        |km: f64, expected: f64, tolerance: f64| assert!((km - expected).abs() <= tolerance, "{km}, {expected}");
    // A degree of the equator is a / 180 * pi; the quarter meridian of WGS 84 is 10,001.9657 km.
    check(distance_km(at(0.0, 0.0), at(1.0, 0.0)), 6378.137_f64.to_radians(), 1e-6);
    check(distance_km(at(0.0, 0.0), at(0.0, 90.0)), 10_001.965_7, 1e-3);
    // The same edge across the 180th meridian and at home.
    check(distance_km(at(179.0, 67.0), at(-179.0, 67.0)), distance_km(at(-1.0, 67.0), at(1.0, 67.0)), 1e-9);
    let across = line(&[(178.0, -17.0), (179.5, -16.0), (-179.5, -15.5), (-178.0, -15.0)]);
    let home = line(&[(-2.0, -17.0), (-0.5, -16.0), (0.5, -15.5), (2.0, -15.0)]);
    check(length_km(&across), length_km(&home), 1e-9);
    let runs_km =
        |points: &[LonLat]| country_runs(World::shipped().atlas(), points).iter().map(|(_, km)| km).sum::<f64>();
    check(runs_km(&across), length_km(&across), 0.03);
    let pacific = line(&[(140.0, 35.0), (-122.0, 37.0)]);
    check(runs_km(&pacific), distance_km(pacific[0], pacific[1]), 0.8);
    check(length_km(&[]), 0.0, 0.0);
    check(length_km(&pacific[..1]), 0.0, 0.0);
}

#[test]
fn short_distances_are_within_a_ten_thousandth() {
    let mut random = Lcg(3);
    for _ in 0..2000 {
        let a = at(random.between(-180.0, 180.0), random.between(-89.0, 89.0));
        let b = LonLat::new(a.lon() + random.between(-1.0, 1.0), (a.lat() + random.between(-1.0, 1.0)).min(90.0));
        let Ok(b) = b else { continue };
        let (short, exact) = (short_distance_km(a, b), distance_km(a, b));
        assert!((short - exact).abs() <= 1e-4 * exact, "{a:?} {b:?}: {short}, {exact}");
    }
}

#[test]
fn points_along_a_line_are_where_they_should_be() {
    let across = line(&[(178.0, -17.0), (-178.0, -15.0), (-170.0, -15.0)]);
    let total = length_km(&across);
    for share in [0.0, 0.1, 0.3, 0.5, 0.9, 1.0] {
        let point = point_along(&across, share * total).expect("the line has points");
        let first = distance_km(across[0], across[1]);
        let km =
            if share * total <= first { distance_km(across[0], point) } else { first + distance_km(across[1], point) };
        assert!((km - share * total).abs() < 1e-6, "{share}: {km} of {total}");
    }
    assert_eq!(point_along(&across, -1.0), Some(across[0]));
    assert_eq!(point_along(&across, f64::NAN), Some(across[0]));
    assert_eq!(point_along(&across, 1e9), Some(across[2]));
    assert_eq!(point_along(&[], 1.0), None);
    assert_eq!(point_towards(across[0], across[0], 5.0), across[0]);
    assert_eq!(point_towards(across[0], across[1], f64::INFINITY), across[1]);
}

#[test]
fn points_are_checked() {
    for (lon, lat, expected) in [
        (180.1, 0.0, "expected a longitude from -180 to 180 degrees, found 180.1"),
        (f64::NAN, 0.0, "expected a longitude from -180 to 180 degrees, found NaN"),
        (0.0, -90.5, "expected a latitude from -90 to 90 degrees, found -90.5"),
        (0.0, f64::INFINITY, "expected a latitude from -90 to 90 degrees, found inf"),
    ] {
        let error = LonLat::new(lon, lat).expect_err("the point is not on the earth");
        assert_eq!(error.to_string(), expected);
    }
    let text = serde_json::to_string(&at(66.45, 30.92)).expect("a point can be written");
    assert_eq!(text, r#"{"lon":66.45,"lat":30.92}"#);
    assert_eq!(serde_json::from_str::<LonLat>(&text).expect("and read"), at(66.45, 30.92));
    assert!(serde_json::from_str::<LonLat>(r#"{"lon":200,"lat":0}"#).is_err());
}

/// Latitude of the border between the United States and Canada from 122 W to 96 W, as the source has it.
const PARALLEL: f64 = 48.9929;
/// Kilometres of a degree of latitude there.
const KM: f64 = 111.2;

/// Splits a land line and compares countries, and km within 0.15.
fn check_split(points: &[(f64, f64)], ends: (&str, &str), expected: &[(&str, f64)]) {
    let pieces = split_by_country(World::shipped().atlas(), &line(points), ends.0, ends.1, false);
    let countries: Vec<&str> = pieces.iter().map(|(country, _)| country.as_str()).collect();
    assert_eq!(countries, expected.iter().map(|(country, _)| *country).collect::<Vec<_>>(), "{pieces:?}");
    for ((_, km), (_, expected_km)) in pieces.iter().zip(expected) {
        assert!((km - expected_km).abs() < 0.15, "{pieces:?}, expected {expected:?}");
    }
}

#[test]
fn a_border_crossing_is_one_cut() {
    let there = [(66.40, 31.01), (66.45, 30.92)];
    check_split(&there, ("AF", "PK"), &[("AF", 7.10), ("PK", 3.96)]);
    check_split(&[there[1], there[0]], ("PK", "AF"), &[("PK", 3.96), ("AF", 7.10)]);
    // Over the border, back and over it again: the fewest km on the wrong side decide (1.1 against 2.2, then turned).
    let zigzag = |over: f64, back: f64| [48.95, PARALLEL + over, PARALLEL - back, 49.10].map(|lat| (-105.0, lat));
    let (first, all) = ((PARALLEL - 48.95) * KM, (49.10 - 48.95) * KM);
    check_split(&zigzag(0.02, 0.01), ("US", "CA"), &[("US", first), ("CA", all - first + 0.06 * KM)]);
    check_split(&zigzag(0.01, 0.02), ("US", "CA"), &[("US", first + 0.06 * KM), ("CA", all - first)]);
}

#[test]
fn an_end_the_map_has_wrong_keeps_its_country() {
    // Torghundi to Serhetabat: on the map the whole line is in Turkmenistan.
    let km = length_km(&line(&[(62.28, 35.25), (62.35, 35.27)]));
    check_split(&[(62.28, 35.25), (62.35, 35.27)], ("AF", "TM"), &[("AF", 0.001), ("TM", km - 0.001)]);
    check_split(&[(62.35, 35.27), (62.28, 35.25)], ("TM", "AF"), &[("TM", km - 0.001), ("AF", 0.001)]);
    // Torghundi to Herat begins with some km that the map gives to Turkmenistan.
    let south = [(62.28, 35.25), (62.22, 35.22), (62.22, 34.40)];
    assert_eq!(country_runs(World::shipped().atlas(), &line(&south))[0].0.as_deref(), Some("TM"));
    check_split(&south, ("AF", "AF"), &[("AF", length_km(&line(&south)))]);
}

#[test]
fn a_third_country_counts_from_5_km() {
    // A road of the United States that clips Canada: to `north` degrees and back down.
    let clip = |north: f64| [(-105.0, 48.8), (-105.0, north), (-105.0001, north), (-105.0001, 48.8)];
    let total = |north: f64| length_km(&line(&clip(north)));
    check_split(&clip(PARALLEL + 0.0135), ("US", "US"), &[("US", total(PARALLEL + 0.0135))]);
    check_split(&clip(PARALLEL + 0.022), ("US", "US"), &[("US", total(PARALLEL + 0.022))]);
    let eight = PARALLEL + 0.036;
    let (home, abroad) = (total(eight) / 2.0 - 0.036 * KM, 0.072 * KM);
    check_split(&clip(eight), ("US", "US"), &[("US", home), ("CA", abroad), ("US", home)]);
    // Along the border, 0.5 km beyond it, is the map's error.
    let beyond = PARALLEL + 0.0045;
    let along = [(-105.0, 48.95), (-104.9, beyond), (-104.5, beyond), (-104.4, 48.95)];
    assert!(country_runs(World::shipped().atlas(), &line(&along))[1].1 > 25.0, "the line is in Canada for long");
    check_split(&along, ("US", "US"), &[("US", length_km(&line(&along)))]);
    // Frankfurt to Milan through Switzerland, both ways.
    check_split(&[(8.68, 50.11), (9.19, 45.46)], ("DE", "IT"), &[("DE", 273.5), ("CH", 167.9), ("IT", 77.0)]);
    check_split(&[(9.19, 45.46), (8.68, 50.11)], ("IT", "DE"), &[("IT", 77.0), ("CH", 167.9), ("DE", 273.5)]);
}

#[test]
fn a_territory_without_a_shape_is_part_of_its_state() {
    // Cayenne to Kourou: the map says France, the rows say French Guiana.
    let road = [(-52.31, 4.92), (-52.65, 5.16)];
    assert_eq!(World::shipped().atlas().country_at(at(road[0].0, road[0].1)), Some("FR"));
    assert_eq!(World::shipped().atlas().km_outside("GF", at(-52.5, 5.0)), 0.0);
    check_split(&road, ("GF", "GF"), &[("GF", length_km(&line(&road)))]);
}

#[test]
fn an_area_without_a_code_makes_no_piece() {
    // Hargeisa lies in Somaliland; so does most of the road from Djibouti to Mogadishu's Galkayo.
    let road = [(43.15, 11.57), (44.06, 9.56), (47.43, 6.77)];
    let runs = country_runs(World::shipped().atlas(), &line(&road));
    assert!(runs.iter().any(|(country, km)| country.as_deref() == Some(NO_CODE) && *km > 100.0), "{runs:?}");
    let pieces = split_by_country(World::shipped().atlas(), &line(&road), "DJ", "SO", false);
    assert!(pieces.iter().all(|(country, _)| country != NO_CODE), "{pieces:?}");
}

#[test]
fn the_sea_is_nobodys() {
    // Tallinn to Helsinki by tunnel: the gulf is halved.
    let gulf = [(24.75, 59.40), (24.94, 60.20)];
    let runs = country_runs(World::shipped().atlas(), &line(&gulf));
    let total: f64 = runs.iter().map(|(_, km)| km).sum();
    let first_in_finland: f64 = runs.iter().take_while(|(c, _)| c.as_deref() != Some("FI")).map(|(_, km)| km).sum();
    let last_in_estonia = {
        let index = runs.iter().rposition(|(c, _)| c.as_deref() == Some("EE")).expect("the line begins in Estonia");
        runs[..=index].iter().map(|(_, km)| km).sum::<f64>()
    };
    let cut = f64::midpoint(first_in_finland, last_in_estonia);
    check_split(&gulf, ("EE", "FI"), &[("EE", cut), ("FI", total - cut)]);
    // Over the sea between two places of one country, and a cable under it.
    check_split(&[(8.0, 58.2), (5.7, 58.97)], ("NO", "NO"), &[("NO", distance_km(at(8.0, 58.2), at(5.7, 58.97)))]);
    let cable = line(&[(67.0, 24.8), (60.0, 24.0)]);
    let pieces = split_by_country(World::shipped().atlas(), &cable, "PK", "OM", true);
    assert_eq!(pieces.len(), 1);
    assert_eq!(pieces[0].0, "XZ");
    assert!((pieces[0].1 - length_km(&cable)).abs() < 0.1);
}

#[test]
fn lines_across_the_180th_meridian_are_split_as_any_other() {
    let chukotka = [(178.0, 67.5), (-178.0, 67.5)];
    check_split(&chukotka, ("RU", "RU"), &[("RU", distance_km(at(178.0, 67.5), at(-178.0, 67.5)))]);
    assert_eq!(country_runs(World::shipped().atlas(), &line(&chukotka)).len(), 1);
}

#[test]
fn lines_without_length_are_answered() {
    let split = |points: &[(f64, f64)], from: &str, to: &str| {
        split_by_country(World::shipped().atlas(), &line(points), from, to, false)
    };
    let owned = |pieces: &[(&str, f64)]| pieces.iter().map(|&(c, km)| (c.to_owned(), km)).collect::<Vec<_>>();
    assert_eq!(split(&[], "AF", "AF"), owned(&[("AF", 0.0)]));
    assert_eq!(split(&[], "AF", "PK"), owned(&[("AF", 0.0), ("PK", 0.0)]));
    assert_eq!(split(&[(66.4, 31.0)], "AF", "PK"), owned(&[("AF", 0.0), ("PK", 0.0)]));
    assert_eq!(split(&[(66.4, 31.0), (66.4, 31.0)], "AF", "PK"), owned(&[("AF", 0.0), ("PK", 0.0)]));
}

#[test]
fn pieces_obey_their_laws_on_any_line() {
    let mut random = Lcg(17);
    for _ in 0..120 {
        let n_points = 2 + (random.next() * 8.0) as usize;
        let (lon, lat) = (random.between(-180.0, 180.0), random.between(-60.0, 70.0));
        let points: Vec<LonLat> = (0..n_points)
            .filter_map(|_| LonLat::new(lon + random.between(-5.0, 5.0), lat + random.between(-5.0, 5.0)).ok())
            .collect();
        for (from, to) in [("AF", "PK"), ("RU", "RU"), ("CN", "RU"), ("no such code", "XZ")] {
            let pieces = split_by_country(World::shipped().atlas(), &points, from, to, false);
            assert_eq!(pieces.first().map(|piece| piece.0.as_str()), Some(from), "{points:?}");
            assert_eq!(pieces.last().map(|piece| piece.0.as_str()), Some(to), "{points:?}");
            assert!(pieces.windows(2).all(|pair| pair[0].0 != pair[1].0), "{points:?}: {pieces:?}");
            let total: f64 = pieces.iter().map(|(_, km)| km).sum();
            let runs: f64 = country_runs(World::shipped().atlas(), &points).iter().map(|(_, km)| km).sum();
            assert!((total - runs).abs() < 1e-6, "{points:?}: {pieces:?}");
            assert!(pieces.iter().all(|&(_, km)| km > 0.0 || total == 0.0), "{points:?}: {pieces:?}");
        }
    }
}

#[test]
fn the_atlas_keeps_its_invariants() {
    let mut codes = Vec::new();
    for country in World::shipped().atlas().countries() {
        let (code, outer) = (country.code(), country.bbox());
        assert!(code == NO_CODE || (code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase())), "{code}");
        assert!(!country.name().is_empty(), "{code}");
        for ring in country.rings() {
            let points: Vec<(f64, f64)> = ring.points().collect();
            assert_eq!(points.first(), points.last(), "{code}");
            let bounds = ring.bbox();
            assert!(
                points
                    .iter()
                    .all(|&(x, y)| bounds.west <= x && x <= bounds.east && bounds.south <= y && y <= bounds.north)
            );
            assert!(points.windows(2).all(|edge| (edge[0].0 - edge[1].0).abs() < 180.0), "{code}: a ring jumps");
            assert!(outer.west <= bounds.west && bounds.east <= outer.east, "{code}");
        }
        codes.push(code);
    }
    assert_eq!(codes.len(), 255);
    assert_eq!(codes.iter().filter(|code| **code == NO_CODE).count(), 14);
    codes.retain(|code| *code != NO_CODE);
    assert!(codes.is_sorted());
    codes.dedup();
    assert_eq!(codes.len(), 240);
}

#[test]
fn layers_have_their_lines() {
    let world = World::shipped();
    let of_class = |layer, class| World::shipped().atlas().layer(layer).filter(|line| line.class() == class).count();
    assert_eq!(of_class(Layer::Lakes, LineClass::Lake) + of_class(Layer::Lakes, LineClass::LakeIsland), 321);
    assert_eq!(of_class(Layer::Rivers, LineClass::River), World::shipped().atlas().layer(Layer::Rivers).count());
    let amu: Vec<_> = world.atlas().layer(Layer::RiversFine).filter(|river| river.name() == "Amu Darya").collect();
    assert_eq!(amu.iter().map(|river| (river.rank(), river.points().count())).collect::<Vec<_>>(), [(5, 64), (5, 454)]);
    assert!(
        World::shipped().atlas().layer(Layer::Rivers).any(|river| river.name() == "Dalälven"),
        "a name is put right"
    );
    assert!(
        World::shipped()
            .atlas()
            .layer(Layer::Boundaries)
            .all(|line| !line.left().is_empty() && !line.right().is_empty())
    );
    let between = |a: &str, b: &str, class| {
        let world = World::shipped();
        let lines = world.atlas().layer(Layer::Boundaries).filter(|line| line.class() == class);
        let lines = lines.filter(|line| [(a, b), (b, a)].contains(&(line.left(), line.right())));
        lines.map(|line| line.points().collect::<Vec<_>>()).map(|points| self::line(&points)).collect::<Vec<_>>()
    };
    let km = |lines: Vec<Vec<LonLat>>| lines.iter().map(|line| length_km(line)).sum::<f64>().round();
    assert_eq!(km(between("TM", "AF", LineClass::International)), 723.0);
    assert_eq!(km(between("IN", "PK", LineClass::LineOfControl)), 796.0);
    assert_eq!(km(between("IN", "PK", LineClass::WaterIndicator)), 25.0);
    assert!(!between("MA", "EH", LineClass::Disputed).is_empty());
    assert!(!between("RS", "XK", LineClass::Disputed).is_empty());
}

#[test]
fn bytes_that_are_no_atlas_are_refused() {
    assert_eq!(Atlas::from_bytes(b"").map(|_| ()), Err(AtlasError::NotAnAtlas));
    assert_eq!(Atlas::from_bytes(b"FPATLAS1").map(|_| ()), Err(AtlasError::NotAnAtlas));
    let header_only: &'static [u8] = Box::leak([b"FPATLAS1".as_slice(), &[0xff; 72]].concat().into_boxed_slice());
    let error = Atlas::from_bytes(header_only).expect_err("its sections reach beyond its end");
    assert_eq!(error, AtlasError::CutOff { section: 0, bytes: 80 });
    assert_eq!(error.to_string(), "the atlas is cut off: section 0 does not fit 80 bytes");
    let empty: &'static [u8] = Box::leak([b"FPATLAS1".as_slice(), &[0; 72]].concat().into_boxed_slice());
    let atlas = Atlas::from_bytes(empty).expect("an atlas may be empty");
    assert_eq!(atlas.country_at(at(0.0, 0.0)), None);
    assert_eq!(atlas.km_outside("AF", at(0.0, 0.0)), f64::INFINITY);
    assert_eq!(atlas.layer(Layer::Boundaries).count(), 0);
}
