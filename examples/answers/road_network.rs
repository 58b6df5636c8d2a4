//! An invented network over a road-like graph, built in memory: six countries over twenty degrees of Asia.

use anyhow::Result;
use fiberplan::geodesy::{LonLat, length_km, point_along};
use fiberplan::network::{
    Confidence, CountryCode, LengthKind, Medium, Meta, Network, NetworkParts, Node, NodeId, NodeKind, Piece, Segment,
    SegmentId, SegmentRow, Status, Terrain,
};
use fiberplan::units::Length;

/// West and south of the network, degrees, and its size.
const CORNER: (f64, f64) = (52.0, 26.0);
const SIDE_DEGREES: f64 = 20.0;

/// The countries, from west to east in the south and then in the north.
const COUNTRIES: [&str; 6] = ["IR", "AF", "PK", "TM", "UZ", "KZ"];

const TERRAINS: [Terrain; 4] = [Terrain::Plain, Terrain::Hills, Terrain::Desert, Terrain::Mountain];

/// A segment: its two ends, and how many times the distance between them it is long, in thousandths.
pub type Way = (u32, u32, u32);

/// The network whose node `i` stands at `places[i]`, in the plane of any unit, and has the i-th id.
///
/// # Errors
/// If a place or a way makes no sense.
pub fn road_network(places: &[(f64, f64)], ways: &[Way]) -> Result<Network> {
    let (mut least, mut most) = ((f64::MAX, f64::MAX), (f64::MIN, f64::MIN));
    for place in places {
        least = (least.0.min(place.0), least.1.min(place.1));
        most = (most.0.max(place.0), most.1.max(place.1));
    }
    let part = |place: (f64, f64)| ((place.0 - least.0) / (most.0 - least.0), (place.1 - least.1) / (most.1 - least.1));
    let mut nodes = Vec::with_capacity(places.len());
    for (i, &place) in places.iter().enumerate() {
        let (east, north) = part(place);
        let country = ((east * 3.0) as usize).min(2) + 3 * usize::from(north > 0.5);
        nodes.push(Node {
            id: NodeId::new(format!("n{i:07}")),
            name: format!("Place {i}"),
            kind: NodeKind::Junction,
            country: COUNTRIES[country].parse()?,
            point: LonLat::new(CORNER.0 + east * SIDE_DEGREES, CORNER.1 + north * SIDE_DEGREES)?,
            population: None,
            sources: Vec::new(),
        });
    }
    let segments = ways.iter().enumerate().map(|(i, way)| segment(i, way, &nodes)).collect::<Result<_>>()?;
    let meta = Meta { id: "road".to_owned(), name: "An invented network".to_owned(), ..Meta::default() };
    Ok(Network::new(NetworkParts { meta, nodes, segments, ..NetworkParts::default() })?)
}

fn segment(i: usize, &(from, to, stretch): &Way, nodes: &[Node]) -> Result<Segment> {
    let (from, to) = (&nodes[from as usize], &nodes[to as usize]);
    let line = [from.point, to.point];
    let geodesic_km = length_km(&line);
    let length = Length::from_km((geodesic_km * f64::from(stretch) / 1000.0).max(0.001))?;
    let (pieces, cuts) = if from.country == to.country {
        (vec![Piece { country: from.country, length }], Vec::new())
    } else {
        let half = Length::from_metres(length.metres() / 2);
        let rest = Length::from_metres(length.metres() - half.metres());
        let piece = |country: CountryCode, length| Piece { country, length };
        let middle = point_along(&line, geodesic_km / 2.0).unwrap_or(to.point);
        (vec![piece(from.country, half), piece(to.country, rest)], vec![middle])
    };
    let row = SegmentRow {
        id: SegmentId::new(format!("s{i:07}")),
        from: from.id.clone(),
        to: to.id.clone(),
        medium: Medium::Buried,
        status: Status::InService,
        name: None,
        system: None,
        ready_year: Some(2015),
        retire_year: None,
        owners: Vec::new(),
        length_km: None,
        length_kind: None,
        capacity: None,
        fiber_pairs: None,
        terrain: Some(TERRAINS[i / 41 % TERRAINS.len()]),
        tenure: None,
        laid_with: None,
        laid_with_year: None,
        srlg: Vec::new(),
        confidence: Some(Confidence::Assumed),
        sources: Vec::new(),
        way: Vec::new(),
    };
    Ok(Segment { row, length, length_kind: LengthKind::Estimated, pieces, cuts, geodesic_km, rejected_km: None })
}
