//! R: a route in JSON.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::present;
use super::range::Range;
use crate::metrics::{Bill, CountryShare, Hop, Passage, PassageKind, Permits, Route, Term};
use crate::network::CountryCode;
use crate::report::assumption_words::assumptions_in_words;
use crate::report::context::Context;
use crate::units::Length;

/// R: a route with its figures. What tells one hop, country or border from another is missing in short answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct RouteJson {
    /// Rank in its list, from 1.
    pub rank: usize,
    /// Places by id, in travel order.
    pub nodes: Vec<String>,
    /// Segments by id, in travel order.
    pub segments: Vec<String>,
    /// Countries by code, in travel order.
    pub countries: Vec<String>,
    /// Borders passed.
    pub border_crossings: usize,
    /// Landing stations passed, by id.
    pub landings: Vec<String>,
    /// Length, km.
    pub length_km: f64,
    /// Geodesic between the ends, km.
    pub geodesic_km: f64,
    /// Latency over that of light in glass along the geodesic; null where the ends lie in one place.
    pub stretch: Option<f64>,
    /// One-way latency, ms.
    pub latency_ms: f64,
    /// Round trip, ms.
    pub rtt_ms: f64,
    /// Parts of the one-way latency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latency_parts: Option<LatencyParts>,
    /// Share of the time in which the route is up, from 0 to 1.
    pub availability: f64,
    /// Cost over the term.
    pub cost: CostJson,
    /// Shares of the countries, in travel order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per_country: Option<Vec<CountryJson>>,
    /// Segments in travel order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hops: Option<Vec<HopJson>>,
    /// Shares that rest on assumptions.
    pub assumed_share: AssumedShare,
    /// Assumptions in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assumptions: Option<Vec<String>>,
    /// Borders passed, in travel order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passages: Option<Vec<PassageJson>>,
    /// The permits that the route waits for; null where nothing is built.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub permits: Option<Option<PermitsJson>>,
}

/// Parts of a one-way latency.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LatencyParts {
    /// In glass, ms.
    pub glass_ms: f64,
    /// In devices, ms.
    pub devices_ms: f64,
}

/// Parts of a route that rest on assumptions, from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AssumedShare {
    /// Of its length.
    pub km: f64,
    /// Of its cost.
    pub cost: f64,
}

/// The cost of a route over the term; the terms from capex to equipment sum to the total.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CostJson {
    /// Total, USD.
    pub total_usd: f64,
    /// The range and the terms.
    #[serde(flatten)]
    pub bill: BillJson,
    /// The total as a yearly payment, USD.
    pub annuity_usd_per_year: f64,
    /// USD per Mbps and month.
    pub usd_per_mbps_month: f64,
}

/// The range of a sum, and its terms.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BillJson {
    /// The sum at low prices, USD.
    pub low_usd: f64,
    /// The sum at high prices, USD.
    pub high_usd: f64,
    /// Building cable, huts and landings, USD.
    pub capex_usd: f64,
    /// Operating what was built, USD.
    pub opex_usd: f64,
    /// Renting capacity on cables that exist, USD.
    pub lease_usd: f64,
    /// Passing through countries that are neither end's, USD.
    pub transit_usd: f64,
    /// Passing borders, USD.
    pub crossing_usd: f64,
    /// Terminals, devices on the way and capacity upgrades, USD.
    pub equipment_usd: f64,
}

/// A country's share of a route.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CountryJson {
    /// Its code.
    pub country: String,
    /// Length in it, km.
    pub length_km: f64,
    /// One-way latency in it, ms.
    pub latency_ms: f64,
    /// Cost in it, USD.
    pub cost_usd: f64,
    /// The range and the terms.
    #[serde(flatten)]
    pub bill: BillJson,
}

/// A segment of a route.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct HopJson {
    /// Its id.
    pub segment: String,
    /// Where it is entered.
    pub from: String,
    /// Where it is left.
    pub to: String,
    /// The system it belongs to; empty where none is known.
    pub system: String,
    /// Its parts by country, in travel order.
    pub pieces: Vec<Piece>,
    /// Length, km.
    pub length_km: f64,
    /// One-way latency, ms.
    pub latency_ms: f64,
    /// Cost, USD.
    pub cost_usd: f64,
    /// Cost at low prices, USD.
    pub low_usd: f64,
    /// Cost at high prices, USD.
    pub high_usd: f64,
    /// Facts of its row.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub row: Option<SegmentRow>,
}

/// A part of a segment in one country; `[country, km]` in JSON.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(from = "(String, f64)", into = "(String, f64)")]
#[schemars(with = "(String, f64)")]
pub struct Piece {
    /// Code of the country.
    pub country: String,
    /// Length, km.
    pub length_km: f64,
}

/// Facts of a segment's row, in the words of the network's files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SegmentRow {
    /// How it is laid.
    pub medium: String,
    /// Whether it is in service.
    pub status: String,
    /// How capacity on it is had.
    pub tenure: String,
    /// Where its length comes from.
    pub length_kind: String,
    /// How sure its facts are.
    pub confidence: Option<String>,
}

/// A border passed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PassageJson {
    /// Name of the crossing.
    pub name: String,
    /// Code of the country left.
    pub from: String,
    /// Code of the country entered.
    pub to: String,
    /// `land` or `sea`.
    pub kind: String,
    /// Degrees east.
    pub lon: f64,
    /// Degrees north.
    pub lat: f64,
}

/// The permits that a route waits for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PermitsJson {
    /// Months that they take.
    pub months: Range,
    /// The country that takes longest.
    pub country: String,
    /// First month of service, `YYYY-MM`.
    pub service: String,
}

impl RouteJson {
    /// Routes with their ranks, from 1.
    pub(crate) fn all<'a>(context: &Context<'_>, routes: impl Iterator<Item = &'a Route>) -> Vec<Self> {
        (1..).zip(routes).map(|(rank, route)| Self::whole(context, route, rank)).collect()
    }

    /// All of R.
    pub(crate) fn whole(context: &Context<'_>, route: &Route, rank: usize) -> Self {
        Self {
            latency_parts: Some(LatencyParts { glass_ms: route.glass.ms(), devices_ms: route.devices.ms() }),
            per_country: Some(route.shares.iter().map(CountryJson::of).collect()),
            hops: Some(route.hops.iter().map(|hop| HopJson::of(context, hop)).collect()),
            assumptions: Some(assumptions_in_words(route)),
            passages: Some(route.passages.iter().map(PassageJson::of).collect()),
            permits: Some(route.permits.as_ref().map(|permits| PermitsJson::of(permits, context.year))),
            ..Self::short(route, rank)
        }
    }

    /// R without what tells one hop, country or border from another.
    pub(crate) fn short(route: &Route, rank: usize) -> Self {
        Self {
            rank,
            nodes: texts(route.nodes.iter()),
            segments: texts(route.segments()),
            countries: texts(route.countries.iter()),
            border_crossings: route.passages.len(),
            landings: texts(route.landings.iter()),
            length_km: route.length.km(),
            geodesic_km: route.geodesic_km,
            stretch: route.stretch(),
            latency_ms: route.latency().ms(),
            rtt_ms: route.rtt_ms(),
            latency_parts: None,
            availability: route.availability,
            cost: CostJson {
                total_usd: route.bill.total().dollars(),
                bill: BillJson::of(&route.bill),
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

fn texts<T: ToString>(all: impl Iterator<Item = T>) -> Vec<String> {
    all.map(|one| one.to_string()).collect()
}

impl BillJson {
    fn of(bill: &Bill) -> Self {
        let usd = |term| bill.term(term).dollars();
        Self {
            low_usd: bill.low.dollars(),
            high_usd: bill.high.dollars(),
            capex_usd: usd(Term::Capex),
            opex_usd: usd(Term::Opex),
            lease_usd: usd(Term::Lease),
            transit_usd: usd(Term::Transit),
            crossing_usd: usd(Term::Crossing),
            equipment_usd: usd(Term::Equipment),
        }
    }
}

impl CountryJson {
    fn of(share: &CountryShare) -> Self {
        Self {
            country: share.country.to_string(),
            length_km: share.length.km(),
            latency_ms: share.latency.ms(),
            cost_usd: share.bill.total().dollars(),
            bill: BillJson::of(&share.bill),
        }
    }
}

impl HopJson {
    fn of(context: &Context<'_>, hop: &Hop) -> Self {
        let segment = context.network.find_segment(&hop.segment);
        let bill = Bill::of(&hop.leaves);
        let row = segment.map(|segment| SegmentRow {
            medium: segment.row.medium.as_str().to_owned(),
            status: segment.row.status.as_str().to_owned(),
            tenure: segment.tenure().as_str().to_owned(),
            length_kind: segment.length_kind.as_str().to_owned(),
            confidence: segment.row.confidence.map(|confidence| confidence.as_str().to_owned()),
        });
        Self {
            segment: hop.segment.to_string(),
            from: hop.from.to_string(),
            to: hop.to.to_string(),
            system: segment.and_then(|segment| segment.row.system.clone()).unwrap_or_default(),
            pieces: hop.pieces.iter().map(Piece::of).collect(),
            length_km: hop.length.km(),
            latency_ms: hop.latency.ms(),
            cost_usd: bill.total().dollars(),
            low_usd: bill.low.dollars(),
            high_usd: bill.high.dollars(),
            row,
        }
    }
}

impl Piece {
    fn of(&(country, length): &(CountryCode, Length)) -> Self {
        Self { country: country.to_string(), length_km: length.km() }
    }
}

impl From<(String, f64)> for Piece {
    fn from((country, length_km): (String, f64)) -> Self {
        Self { country, length_km }
    }
}

impl From<Piece> for (String, f64) {
    fn from(Piece { country, length_km }: Piece) -> Self {
        (country, length_km)
    }
}

impl PassageJson {
    fn of(passage: &Passage) -> Self {
        let kind = match passage.kind {
            PassageKind::Land(_) => "land",
            PassageKind::Sea => "sea",
        };
        Self {
            name: passage.name.clone(),
            from: passage.from.to_string(),
            to: passage.to.to_string(),
            kind: kind.to_owned(),
            lon: passage.point.lon(),
            lat: passage.point.lat(),
        }
    }
}

impl PermitsJson {
    fn of(permits: &Permits, year: i32) -> Self {
        let (year, month) = permits.service(year);
        let service = format!("{year:04}-{month:02}");
        Self { months: permits.months.into(), country: permits.country.to_string(), service }
    }
}

/// The part of a route's length that lies in rows without a source, from 0 to 1.
pub(crate) fn assumed_km(route: &Route) -> f64 {
    share(route.assumed_length.metres() as f64, route.length.metres() as f64)
}

/// The part of a route's cost that rests on something assumed, from 0 to 1.
pub(crate) fn assumed_cost(route: &Route) -> f64 {
    share(route.bill.assumed.cents() as f64, route.bill.total().cents() as f64)
}

fn share(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}
