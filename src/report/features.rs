//! Routes as GeoJSON (RFC 7946): the real ways of their segments in travel order, cut at the 180th meridian.
//!
//! The collection holds one line for each route, with R as its properties, then one point for each place and each
//! border passed.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::context::Context;
use crate::geodesy::LonLat;
use crate::metrics::{PassageKind, Route};
use crate::network::Network;

/// A collection of routes, each with the properties it is to carry, and of the points they pass.
pub(crate) fn feature_collection(context: &Context<'_>, routes: Vec<(Map<String, Value>, &Route)>) -> Value {
    let mut features: Vec<Value> = Vec::new();
    let mut points: BTreeMap<(u8, String), Value> = BTreeMap::new();
    for (mut properties, route) in routes {
        let title = super::ledger::way(context, route);
        properties.insert("feature".to_owned(), json!("route"));
        properties.insert("title".to_owned(), json!(title));
        features
            .push(json!({"type": "Feature", "geometry": geometry(&route_line(context.network, route)), "properties": properties}));
        for id in &route.nodes {
            if let Some(node) = context.network.find_node(id) {
                let properties = json!({
                    "feature": "node",
                    "id": id.as_str(),
                    "name": node.name,
                    "kind": node.kind.as_str(),
                    "country": node.country.as_str(),
                });
                points.entry((0, id.to_string())).or_insert_with(|| point(node.point, properties));
            }
        }
        for passage in &route.passages {
            let kind = match passage.kind {
                PassageKind::Land(_) => "land",
                PassageKind::Sea => "sea",
            };
            let (from, to) = (passage.from.as_str(), passage.to.as_str());
            let properties = json!({"feature": "crossing", "name": passage.name, "kind": kind, "from": from, "to": to});
            let key = (1, format!("{from} {to} {}", passage.name));
            points.entry(key).or_insert_with(|| point(passage.point, properties));
        }
    }
    features.extend(points.into_values());
    json!({"type": "FeatureCollection", "features": features, "query": context.query_json()})
}

/// The line of a route in travel order, without doubled points.
pub(crate) fn route_line(network: &Network, route: &Route) -> Vec<LonLat> {
    let mut points: Vec<LonLat> = Vec::new();
    for hop in &route.hops {
        let Some(segment) = network.find_segment(&hop.segment) else { continue };
        let mut way = network.line(segment);
        if !hop.forward {
            way.reverse();
        }
        points.extend(way);
    }
    points.dedup();
    points
}

fn point(at: LonLat, properties: Value) -> Value {
    json!({
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [at.lon(), at.lat()]},
        "properties": properties,
    })
}

fn geometry(line: &[LonLat]) -> Value {
    let parts = cut_at_180(line);
    match parts.as_slice() {
        [] => Value::Null,
        [one] => json!({"type": "LineString", "coordinates": one}),
        several => json!({"type": "MultiLineString", "coordinates": several}),
    }
}

/// The line's parts on either side of the 180th meridian: an edge of more than half the globe goes the other way round.
///
/// No part has fewer than two different points.
fn cut_at_180(line: &[LonLat]) -> Vec<Vec<[f64; 2]>> {
    let mut parts: Vec<Vec<[f64; 2]>> = Vec::new();
    let mut part: Vec<[f64; 2]> = Vec::new();
    for (i, at) in line.iter().enumerate() {
        if let Some(before) = i.checked_sub(1).and_then(|i| line.get(i)) {
            let east = at.lon() - before.lon();
            if east.abs() > 180.0 {
                // The side left, and how far along the edge the meridian lies.
                let side = 180.0_f64.copysign(before.lon());
                let across = 360.0 - east.abs();
                let along = if across > 0.0 { (180.0 - before.lon().abs()) / across } else { 0.0 };
                let lat = before.lat() + along * (at.lat() - before.lat());
                part.push([side, lat]);
                parts.push(std::mem::take(&mut part));
                part.push([-side, lat]);
            }
        }
        part.push([at.lon(), at.lat()]);
    }
    parts.push(part);
    for part in &mut parts {
        part.dedup();
    }
    parts.retain(|part| part.len() > 1);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &[(f64, f64)], expected: &[&[[f64; 2]]]) {
        let line: Vec<LonLat> =
            line.iter().map(|&(lon, lat)| LonLat::new(lon, lat).expect("the cases are on the earth")).collect();
        assert_eq!(cut_at_180(&line), expected, "{line:?}");
    }

    #[test]
    fn lines_are_cut_at_the_180th_meridian() {
        check(&[(10.0, 0.0), (20.0, 5.0)], &[&[[10.0, 0.0], [20.0, 5.0]]]);
        // Eastward from 179 to -177: a quarter of the way lies before the meridian.
        check(
            &[(170.0, 0.0), (179.0, 4.0), (-177.0, 8.0)],
            &[&[[170.0, 0.0], [179.0, 4.0], [180.0, 5.0]], &[[-180.0, 5.0], [-177.0, 8.0]]],
        );
        // And back westward.
        check(&[(-179.0, 1.0), (179.0, 3.0)], &[&[[-179.0, 1.0], [-180.0, 2.0]], &[[180.0, 2.0], [179.0, 3.0]]]);
    }

    #[test]
    fn a_point_on_the_meridian_makes_no_part_of_its_own() {
        check(
            &[(179.0, 1.0), (180.0, 1.0), (-179.0, 2.0)],
            &[&[[179.0, 1.0], [180.0, 1.0]], &[[-180.0, 1.0], [-179.0, 2.0]]],
        );
        check(&[(180.0, 1.0), (-179.0, 2.0)], &[&[[-180.0, 1.0], [-179.0, 2.0]]]);
        check(&[(5.0, 5.0)], &[]);
    }
}
