//! R: a route in JSON, as the contract has it.
//!
//! Names are never renamed, only added. Lengths are whole metres in km, money is whole cents in USD, so that parts sum
//! to totals; latencies are not rounded; what is not a finite number is null.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json};

use super::context::Context;
use crate::metrics::{Bill, CountryShare, Hop, Passage, PassageKind, Permits, Route, Term};
use crate::network::{CountryCode, NodeId, SegmentId, Status};

/// R as a JSON object.
pub(crate) fn route_json(context: &Context<'_>, route: &Route, rank: usize) -> Value {
    Value::Object(route_fields(context, route, rank))
}

/// R's fields, to be added to.
pub(crate) fn route_fields(context: &Context<'_>, route: &Route, rank: usize) -> Map<String, Value> {
    match serde_json::to_value(RouteBody::whole(context, route, rank)) {
        Ok(Value::Object(fields)) => fields,
        Ok(_) | Err(_) => unreachable!("a body is an object whose keys are texts"),
    }
}

/// R, as it is written.
#[derive(Debug, Serialize)]
pub(crate) struct RouteBody<'a> {
    rank: usize,
    nodes: Vec<&'a str>,
    segments: Vec<&'a str>,
    countries: Vec<&'a str>,
    border_crossings: usize,
    landings: Vec<&'a str>,
    length_km: f64,
    geodesic_km: f64,
    stretch: Option<f64>,
    latency_ms: f64,
    rtt_ms: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    latency_parts: Option<LatencyParts>,
    availability: f64,
    cost: CostBody,
    #[serde(skip_serializing_if = "Option::is_none")]
    per_country: Option<Vec<CountryBody<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hops: Option<Vec<HopBody<'a>>>,
    assumed_share: AssumedShare,
    #[serde(skip_serializing_if = "Option::is_none")]
    assumptions: Option<&'a [String]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    passages: Option<Vec<PassageBody<'a>>>,
    /// Null where nothing is built.
    #[serde(skip_serializing_if = "Option::is_none")]
    permits: Option<Option<PermitsBody<'a>>>,
}

/// The permits that a route waits for.
#[derive(Debug, Serialize)]
struct PermitsBody<'a> {
    months: [f64; 3],
    country: &'a str,
    service: String,
}

#[derive(Debug, Serialize)]
struct LatencyParts {
    glass_ms: f64,
    devices_ms: f64,
}

#[derive(Debug, Serialize)]
struct AssumedShare {
    km: f64,
    cost: f64,
}

/// What a route costs, with its terms.
#[derive(Debug)]
struct CostBody {
    bill: Bill,
    annuity_usd_per_year: f64,
    usd_per_mbps_month: f64,
}

/// A country's share.
#[derive(Debug)]
struct CountryBody<'a>(&'a CountryShare);

#[derive(Debug, Serialize)]
struct HopBody<'a> {
    segment: &'a str,
    from: &'a str,
    to: &'a str,
    system: &'a str,
    pieces: Vec<(&'a str, f64)>,
    length_km: f64,
    latency_ms: f64,
    cost_usd: f64,
    low_usd: f64,
    high_usd: f64,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    row: Option<RowBody>,
}

/// What a segment's row says.
#[derive(Debug, Serialize)]
struct RowBody {
    medium: &'static str,
    status: &'static str,
    tenure: &'static str,
    length_kind: &'static str,
    confidence: Option<&'static str>,
}

#[derive(Debug, Serialize)]
struct PassageBody<'a> {
    name: &'a str,
    from: &'a str,
    to: &'a str,
    kind: &'static str,
    lon: f64,
    lat: f64,
}

impl<'a> RouteBody<'a> {
    /// All of R.
    pub(crate) fn whole(context: &Context<'a>, route: &'a Route, rank: usize) -> Self {
        Self {
            latency_parts: Some(LatencyParts { glass_ms: route.glass.ms(), devices_ms: route.devices.ms() }),
            per_country: Some(route.shares.iter().map(CountryBody).collect()),
            hops: Some(route.hops.iter().map(|hop| HopBody::new(context, hop)).collect()),
            assumptions: Some(&route.assumptions),
            passages: Some(route.passages.iter().map(PassageBody::new).collect()),
            permits: Some(route.permits.as_ref().map(|permits| PermitsBody::new(permits, context.year))),
            ..Self::short(route, rank)
        }
    }

    /// R without what tells one hop, country or border from another.
    pub(crate) fn short(route: &'a Route, rank: usize) -> Self {
        Self {
            rank,
            nodes: route.nodes.iter().map(NodeId::as_str).collect(),
            segments: route.segments().map(SegmentId::as_str).collect(),
            countries: route.countries.iter().map(CountryCode::as_str).collect(),
            border_crossings: route.passages.len(),
            landings: route.landings.iter().map(NodeId::as_str).collect(),
            length_km: route.length.km(),
            geodesic_km: route.geodesic_km,
            stretch: route.stretch(),
            latency_ms: route.latency().ms(),
            rtt_ms: route.rtt_ms(),
            latency_parts: None,
            availability: route.availability,
            cost: CostBody {
                bill: route.bill,
                annuity_usd_per_year: route.annuity_usd,
                usd_per_mbps_month: route.usd_per_mbps_month,
            },
            per_country: None,
            hops: None,
            assumed_share: AssumedShare { km: assumed_km(route), cost: assumed_cost(route) },
            assumptions: None,
            passages: None,
            permits: None,
        }
    }
}

impl<'a> HopBody<'a> {
    fn new(context: &Context<'a>, hop: &'a Hop) -> Self {
        let segment = context.network.find_segment(&hop.segment);
        let bill = Bill::of(&hop.leaves);
        Self {
            segment: hop.segment.as_str(),
            from: hop.from.as_str(),
            to: hop.to.as_str(),
            system: segment.and_then(|segment| segment.row.system.as_deref()).unwrap_or(""),
            pieces: hop.pieces.iter().map(|(code, length)| (code.as_str(), length.km())).collect(),
            length_km: hop.length.km(),
            latency_ms: hop.latency.ms(),
            cost_usd: bill.total().dollars(),
            low_usd: bill.low.dollars(),
            high_usd: bill.high.dollars(),
            row: segment.map(|segment| RowBody {
                medium: segment.row.medium.as_str(),
                status: segment.row.status.as_str(),
                tenure: segment.tenure().as_str(),
                length_kind: segment.length_kind.as_str(),
                confidence: segment.row.confidence.map(|confidence| confidence.as_str()),
            }),
        }
    }
}

impl<'a> PassageBody<'a> {
    fn new(passage: &'a Passage) -> Self {
        Self {
            name: &passage.name,
            from: passage.from.as_str(),
            to: passage.to.as_str(),
            kind: match passage.kind {
                PassageKind::Land(_) => "land",
                PassageKind::Sea => "sea",
            },
            lon: passage.point.lon(),
            lat: passage.point.lat(),
        }
    }
}

impl<'a> PermitsBody<'a> {
    fn new(permits: &'a Permits, year: i32) -> Self {
        let (year, month) = permits.service(year);
        let service = format!("{year:04}-{month:02}");
        Self { months: permits.months, country: permits.country.as_str(), service }
    }
}

impl Serialize for CostBody {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_map(None)?;
        fields.serialize_entry("total_usd", &self.bill.total().dollars())?;
        add_bill(&mut fields, &self.bill)?;
        fields.serialize_entry("annuity_usd_per_year", &self.annuity_usd_per_year)?;
        fields.serialize_entry("usd_per_mbps_month", &self.usd_per_mbps_month)?;
        fields.end()
    }
}

impl Serialize for CountryBody<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(share) = self;
        let mut fields = serializer.serialize_map(None)?;
        fields.serialize_entry("country", share.country.as_str())?;
        fields.serialize_entry("length_km", &share.length.km())?;
        fields.serialize_entry("latency_ms", &share.latency.ms())?;
        fields.serialize_entry("cost_usd", &share.bill.total().dollars())?;
        add_bill(&mut fields, &share.bill)?;
        fields.end()
    }
}

fn add_bill<M: SerializeMap>(fields: &mut M, bill: &Bill) -> Result<(), M::Error> {
    fields.serialize_entry("low_usd", &bill.low.dollars())?;
    fields.serialize_entry("high_usd", &bill.high.dollars())?;
    Term::ALL.iter().try_for_each(|&term| fields.serialize_entry(term.usd_name(), &bill.term(term).dollars()))
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
