//! R: a route in JSON, as the contract has it.
//!
//! Names are never renamed, only added. Lengths are whole metres in km, money is whole cents in USD, so that parts sum
//! to totals; latencies are not rounded; what is not a finite number is null.

use serde_json::{Map, Value, json};

use super::context::Context;
use crate::metrics::{Bill, Hop, Passage, PassageKind, Route, Term};
use crate::network::{CountryCode, Status};

/// R as a JSON object.
pub(crate) fn route_json(context: &Context<'_>, route: &Route, rank: usize) -> Value {
    Value::Object(route_fields(context, route, rank))
}

/// R's fields, to be added to.
pub(crate) fn route_fields(context: &Context<'_>, route: &Route, rank: usize) -> Map<String, Value> {
    let mut fields = Map::new();
    let mut put = |name: &str, value: Value| {
        fields.insert(name.to_owned(), value);
    };
    put("rank", json!(rank));
    put("nodes", route.nodes.iter().map(|id| json!(id.as_str())).collect());
    put("segments", route.segments().map(|id| json!(id.as_str())).collect());
    put("countries", route.countries.iter().map(|code| json!(code.as_str())).collect());
    put("border_crossings", json!(route.passages.len()));
    put("landings", route.landings.iter().map(|id| json!(id.as_str())).collect());
    put("length_km", json!(route.length.km()));
    put("geodesic_km", json!(route.geodesic_km));
    put("stretch", json!(route.stretch()));
    put("latency_ms", json!(route.latency().ms()));
    put("rtt_ms", json!(route.rtt_ms()));
    put("latency_parts", json!({"glass_ms": route.glass.ms(), "devices_ms": route.devices.ms()}));
    put("availability", json!(route.availability));
    put("cost", cost_json(route));
    put("per_country", per_country(route));
    put("hops", route.hops.iter().map(|hop| hop_json(context, hop)).collect());
    put("assumed_share", json!({"km": assumed_km(route), "cost": assumed_cost(route)}));
    put("assumptions", json!(route.assumptions));
    put("passages", route.passages.iter().map(passage_json).collect());
    fields
}

/// The part of a route's length that lies in rows without a source, from 0 to 1.
pub(crate) fn assumed_km(route: &Route) -> f64 {
    share(route.assumed_length.metres() as f64, route.length.metres() as f64)
}

/// The part of a route's cost that rests on something assumed, from 0 to 1.
pub(crate) fn assumed_cost(route: &Route) -> f64 {
    share(route.bill.assumed.cents() as f64, route.bill.total().cents() as f64)
}

/// The segments that a route needs and that may not be used yet.
pub(crate) fn missing_json(missing: &[(crate::network::SegmentId, Status)]) -> Value {
    missing.iter().map(|(id, status)| json!({"segment": id.as_str(), "status": status.as_str()})).collect()
}

fn share(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

fn term_fields(bill: &Bill, fields: &mut Map<String, Value>) {
    for term in Term::ALL {
        fields.insert(format!("{term}_usd"), json!(bill.term(term).dollars()));
    }
}

fn cost_json(route: &Route) -> Value {
    let bill = &route.bill;
    let mut fields = Map::new();
    fields.insert("total_usd".to_owned(), json!(bill.total().dollars()));
    fields.insert("low_usd".to_owned(), json!(bill.low.dollars()));
    fields.insert("high_usd".to_owned(), json!(bill.high.dollars()));
    term_fields(bill, &mut fields);
    fields.insert("annuity_usd_per_year".to_owned(), json!(route.annuity_usd));
    fields.insert("usd_per_mbps_month".to_owned(), json!(route.usd_per_mbps_month));
    Value::Object(fields)
}

fn per_country(route: &Route) -> Value {
    let row = |share: &crate::metrics::CountryShare| {
        let mut fields = Map::new();
        fields.insert("country".to_owned(), json!(share.country.as_str()));
        fields.insert("length_km".to_owned(), json!(share.length.km()));
        fields.insert("latency_ms".to_owned(), json!(share.latency.ms()));
        fields.insert("cost_usd".to_owned(), json!(share.bill.total().dollars()));
        fields.insert("low_usd".to_owned(), json!(share.bill.low.dollars()));
        fields.insert("high_usd".to_owned(), json!(share.bill.high.dollars()));
        term_fields(&share.bill, &mut fields);
        Value::Object(fields)
    };
    route.shares.iter().map(row).collect()
}

fn hop_json(context: &Context<'_>, hop: &Hop) -> Value {
    let segment = context.network.find_segment(&hop.segment);
    let bill = Bill::of(&hop.leaves);
    let pieces: Vec<(CountryCode, f64)> = hop.pieces.iter().map(|(code, length)| (*code, length.km())).collect();
    let mut fields = Map::new();
    let mut put = |name: &str, value: Value| {
        fields.insert(name.to_owned(), value);
    };
    put("segment", json!(hop.segment.as_str()));
    put("from", json!(hop.from.as_str()));
    put("to", json!(hop.to.as_str()));
    put("system", json!(segment.and_then(|s| s.row.system.as_deref()).unwrap_or("")));
    put("pieces", pieces.iter().map(|(code, km)| json!([code.as_str(), km])).collect());
    put("length_km", json!(hop.length.km()));
    put("latency_ms", json!(hop.latency.ms()));
    put("cost_usd", json!(bill.total().dollars()));
    put("low_usd", json!(bill.low.dollars()));
    put("high_usd", json!(bill.high.dollars()));
    if let Some(segment) = segment {
        put("medium", json!(segment.row.medium.as_str()));
        put("status", json!(segment.row.status.as_str()));
        put("tenure", json!(segment.tenure().as_str()));
        put("length_kind", json!(segment.length_kind.as_str()));
        put("confidence", json!(segment.row.confidence.map(|confidence| confidence.as_str())));
    }
    Value::Object(fields)
}

fn passage_json(passage: &Passage) -> Value {
    json!({
        "name": passage.name,
        "from": passage.from.as_str(),
        "to": passage.to.as_str(),
        "kind": match passage.kind {
            PassageKind::Land(_) => "land",
            PassageKind::Sea => "sea",
        },
        "lon": passage.point.lon(),
        "lat": passage.point.lat(),
    })
}
