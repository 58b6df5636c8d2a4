//! The base map and what is read off it, against places and lines whose answer is known.

use fiberplan::embedded::atlas;
use fiberplan::geodesy::{LonLat, country_runs, split_by_country};

fn at(lon: f64, lat: f64) -> LonLat {
    LonLat::new(lon, lat).expect("the tests use places on the earth")
}

#[test]
fn try_it() {
    for (n, c) in [("c", 0)] { let _ = (n, c); }
    let a = atlas();
    for (name, p) in [("Torghundi", at(62.28, 35.25)), ("Chaman", at(66.45, 30.92)), ("Karachi", at(67.01, 24.86)), ("Gwadar", at(62.33, 25.12)), ("Ashgabat", at(58.38, 37.95)), ("RU", at(100.0, 67.0)), ("CA", at(-100.0, 67.0)), ("Chukotka", at(-175.0, 67.0)), ("Suva", at(178.44, -18.12)), ("Taveuni E", at(-179.95, -16.75)), ("S pole", at(0.0, -89.9))] {
        println!("{name} {:?} AF {:.2} PK {:.2} RU {:.1} FJ {:.1}", a.country_at(p), a.km_outside("AF", p), a.km_outside("PK", p), a.km_outside("RU", p), a.km_outside("FJ", p));
    }
    let l = [at(66.40, 31.01), at(66.45, 30.92)];
    println!("{:?} {:?}", country_runs(a, &l), split_by_country(a, &l, "AF", "PK", false));
    let l = [at(62.28, 35.25), at(62.35, 35.27)];
    println!("{:?} {:?}", country_runs(a, &l), split_by_country(a, &l, "AF", "TM", false));
    let l = [at(58.38, 37.95), at(67.01, 24.86)];
    println!("{:?} {:?}", country_runs(a, &l), split_by_country(a, &l, "TM", "PK", false));
}
