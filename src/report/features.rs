//! Routes as GeoJSON (RFC 7946): the real ways of their segments in travel order, cut at the 180th meridian.
//!
//! The collection holds one line for each route, with R as its properties, then one point for each place and each
//! border passed.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::answer::{Query, RouteJson};
use super::context::Context;
use crate::geodesy::LonLat;
use crate::metrics::{PassageKind, Route};
use crate::network::Network;

/// A GeoJSON feature collection, with what its answer says besides.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FeatureCollection {
    /// `FeatureCollection`.
    pub r#type: String,
    /// The lines of the routes, then the points that they pass.
    pub features: Vec<Feature>,
    /// The question.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub query: Option<Query>,
    /// What the answer says of its routes as a whole.
    #[serde(flatten)]
    pub besides: Map<String, Value>,
}

/// A line or a point with its properties.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Feature {
    /// `Feature`.
    pub r#type: String,
    /// Null for a route without a line.
    pub geometry: Option<Geometry>,
    /// Names with their values; `feature` is `route`, `node` or `crossing`.
    pub properties: Map<String, Value>,
}

/// Points of longitude and latitude in degrees.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", content = "coordinates")]
pub enum Geometry {
    /// One point.
    Point([f64; 2]),
    /// A line.
    LineString(Vec<[f64; 2]>),
    /// A line in parts.
    MultiLineString(Vec<Vec<[f64; 2]>>),
}

impl Default for FeatureCollection {
    fn default() -> Self {
        Self { r#type: "FeatureCollection".to_owned(), features: Vec::new(), query: None, besides: Map::new() }
    }
}

impl Feature {
    fn new(geometry: Option<Geometry>, properties: Map<String, Value>) -> Self {
        Self { r#type: "Feature".to_owned(), geometry, properties }
    }

    fn point(at: LonLat, properties: &impl Serialize) -> Self {
        Self::new(Some(Geometry::Point([at.lon(), at.lat()])), fields(properties))
    }
}

/// A value's fields by name; none of what has no fields.
pub(crate) fn fields(value: &impl Serialize) -> Map<String, Value> {
    match serde_json::to_value(value) {
        Ok(Value::Object(fields)) => fields,
        Ok(_) | Err(_) => Map::new(),
    }
}

/// Properties of a place.
#[derive(Serialize)]
struct NodeProperties<'a> {
    feature: &'static str,
    id: &'a str,
    name: &'a str,
    kind: &'static str,
    country: &'a str,
}

/// Properties of a border passed.
#[derive(Serialize)]
struct CrossingProperties<'a> {
    feature: &'static str,
    name: &'a str,
    kind: &'static str,
    from: &'a str,
    to: &'a str,
}

/// A collection of routes, each with the properties it is to carry, and of the points they pass.
pub(crate) fn feature_collection(
    context: &Context<'_>,
    routes: Vec<(Map<String, Value>, &Route)>,
) -> FeatureCollection {
    let mut features: Vec<Feature> = Vec::new();
    let mut points: BTreeMap<(u8, String), Feature> = BTreeMap::new();
    for (mut properties, route) in routes {
        properties.insert("feature".to_owned(), "route".into());
        properties.insert("title".to_owned(), super::ledger::way(context, route).into());
        features.push(Feature::new(geometry(&route_line(context.network, route)), properties));
        for id in &route.nodes {
            if let Some(node) = context.network.find_node(id) {
                let (kind, country) = (node.kind.as_str(), node.country.as_str());
                let (feature, id) = ("node", id.as_str());
                let properties = NodeProperties { feature, id, name: &node.name, kind, country };
                points.entry((0, id.to_owned())).or_insert_with(|| Feature::point(node.point, &properties));
            }
        }
        for passage in &route.passages {
            let kind = match passage.kind {
                PassageKind::Land(_) => "land",
                PassageKind::Sea => "sea",
            };
            let (from, to) = (passage.from.as_str(), passage.to.as_str());
            let properties = CrossingProperties { feature: "crossing", name: &passage.name, kind, from, to };
            let key = (1, format!("{from} {to} {}", passage.name));
            points.entry(key).or_insert_with(|| Feature::point(passage.point, &properties));
        }
    }
    features.extend(points.into_values());
    FeatureCollection { features, query: Some(Query::of(context)), ..FeatureCollection::default() }
}

/// Routes in order of rank, with R as their properties.
pub(crate) fn route_features(context: &Context<'_>, routes: &[Route]) -> FeatureCollection {
    let ranked = (1..).zip(routes);
    let routes = ranked.map(|(rank, route)| (fields(&RouteJson::whole(context, route, rank)), route));
    feature_collection(context, routes.collect())
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

fn geometry(line: &[LonLat]) -> Option<Geometry> {
    let mut parts = cut_at_180(line);
    if parts.len() > 1 {
        return Some(Geometry::MultiLineString(parts));
    }
    parts.pop().map(Geometry::LineString)
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
