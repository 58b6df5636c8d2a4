//! Rules N4xx: nodes and lines against the base map.

use std::collections::BTreeMap;

use super::finding::{Finding, some_of};
use super::rules::{COAST_KM, OUTSIDE_KM, WRONG_GROUND_KM};
use crate::geodesy::{Atlas, Bbox, LonLat, NO_CODE, country_runs};
use crate::network::{CountryCode, Network, Node, NodeKind, SAME_CROSSING_KM, Segment};

/// A stretch over the wrong ground counts from this length, km; the map's coasts are no better.
const LEAST_STRETCH_KM: f64 = 1.0;
/// Directions in which the coast is looked for.
const DIRECTIONS: u32 = 32;
/// Kilometres of a degree of latitude, at least.
const KM_PER_DEGREE: f64 = 110.5;

pub(super) fn check_places(network: &Network, atlas: &Atlas) -> Vec<Finding> {
    let mut findings: Vec<Finding> = network.segments().filter_map(|s| check_ground(network, s, atlas)).collect();
    let mut unmapped: BTreeMap<CountryCode, Vec<&str>> = BTreeMap::new();
    for node in network.nodes() {
        let code = node.country.as_str();
        if atlas.countries().any(|country| country.code() == code) {
            findings.extend(check_inside(node, atlas));
        } else if !node.country.is_sea() {
            unmapped.entry(node.country).or_default().push(node.id.as_str());
        }
        match node.kind {
            NodeKind::BorderCrossing => findings.extend(check_border(node, atlas)),
            NodeKind::LandingStation => findings.extend(check_coast(node, atlas)),
            NodeKind::City | NodeKind::Exchange | NodeKind::Junction => {}
        }
    }
    findings.extend(unmapped.into_iter().map(|(country, nodes)| {
        Finding::new("N404", country.to_string(), format!("the base map does not hold it; nodes: {}", some_of(nodes)))
    }));
    findings
}

fn check_ground(network: &Network, segment: &Segment, atlas: &Atlas) -> Option<Finding> {
    let is_sea_line = segment.row.medium.is_submarine();
    let runs = country_runs(atlas, &network.line(segment));
    let wrong = runs.iter().filter(|(country, km)| country.is_some() == is_sea_line && *km >= LEAST_STRETCH_KM);
    let km: f64 = wrong.clone().map(|(_, km)| km).sum();
    if km <= WRONG_GROUND_KM {
        return None;
    }
    let way = if segment.row.way.is_empty() { "the geodesic (no way is drawn)" } else { "the drawn way" };
    let mut countries: Vec<&str> = wrong.filter_map(|(country, _)| country.as_deref()).collect();
    countries.sort_unstable();
    countries.dedup();
    let (rule, text) = if is_sea_line {
        ("N402", format!("{km:.1} km of {way} are on land, in {}", some_of(countries)))
    } else {
        ("N401", format!("{km:.1} km of {way} are at sea"))
    };
    Some(Finding::new(rule, segment.id().as_str(), text).number("km", km))
}

fn check_inside(node: &Node, atlas: &Atlas) -> Option<Finding> {
    let km = atlas.km_outside(node.country.as_str(), node.point);
    let here = atlas.country_at(node.point);
    // Where the map knows an area without a code, it says nothing about whose it is.
    if km <= OUTSIDE_KM || here == Some(NO_CODE) {
        return None;
    }
    let there = here.map_or_else(|| "at sea".to_owned(), |country| format!("in {country}"));
    let text = format!("{km:.1} km outside {}; by the map it is {there}", node.country);
    Some(Finding::new("N403", node.id.as_str(), text).number("km", km))
}

fn check_border(node: &Node, atlas: &Atlas) -> Option<Finding> {
    let is_near = atlas.countries().any(|country| {
        country.code() != node.country.as_str()
            && near_box(country.bbox(), node.point, SAME_CROSSING_KM)
            && atlas.km_outside(country.code(), node.point) <= SAME_CROSSING_KM
    });
    (!is_near).then(|| {
        let text = format!("no country but {} within {SAME_CROSSING_KM} km", node.country);
        Finding::new("N405", node.id.as_str(), text)
    })
}

/// Whether a box may hold something within `km` of a point; it may lie beyond the 180th meridian.
fn near_box(bounds: Bbox, point: LonLat, km: f64) -> bool {
    let lat = km / KM_PER_DEGREE;
    let lon = lat / point.lat().to_radians().cos().max(0.01);
    let in_lat = bounds.south - lat <= point.lat() && point.lat() <= bounds.north + lat;
    let in_lon = |turn: f64| bounds.west - lon <= point.lon() + turn && point.lon() + turn <= bounds.east + lon;
    in_lat && [0.0, 360.0, -360.0].into_iter().any(in_lon)
}

/// The coast is looked for on rings a kilometre apart: an inlet narrower than 2 km may be missed.
fn check_coast(node: &Node, atlas: &Atlas) -> Option<Finding> {
    let (lon, lat) = (node.point.lon(), node.point.lat());
    let km_per_lon = KM_PER_DEGREE * lat.to_radians().cos().max(0.01);
    let at_sea = |km: f64, direction: u32| {
        let (sin, cos) = (std::f64::consts::TAU * f64::from(direction) / f64::from(DIRECTIONS)).sin_cos();
        let east = lon + km * sin / km_per_lon;
        let wrapped = (east + 180.0).rem_euclid(360.0) - 180.0;
        LonLat::new(wrapped, lat + km * cos / KM_PER_DEGREE).is_ok_and(|point| !atlas.is_land(point))
    };
    let is_near = (0..=COAST_KM as u32).any(|km| (0..DIRECTIONS).any(|direction| at_sea(f64::from(km), direction)));
    (!is_near).then(|| Finding::new("N406", node.id.as_str(), format!("no sea within {COAST_KM} km")))
}
