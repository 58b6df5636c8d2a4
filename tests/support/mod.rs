//! Networks for the tests: invented ones, small enough to count through by hand or by brute force.

pub mod cli;
pub mod flow;
pub mod oracle;
pub mod queries;
pub mod wrong;

use std::collections::BTreeMap;

use fiberplan::geodesy::LonLat;
use fiberplan::network::{
    CountryCode, LengthKind, Medium, Meta, Network, NetworkParts, Node, NodeId, NodeKind, Piece, Segment, SegmentId,
    SegmentRow, Status,
};
use fiberplan::prices::PriceKey;
use fiberplan::units::{Length, split_whole};

/// A linear congruential generator with a fixed seed: the same numbers on every run and machine.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x2545_F491_4F6C_DD1D)
    }

    pub fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }

    pub fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }
}

pub fn price(name: &str) -> PriceKey {
    name.parse().expect("the test names a price")
}

pub fn country(code: &str) -> CountryCode {
    code.parse().expect("the test names a country")
}

pub fn node(id: &str, kind: NodeKind, code: &str, lon: f64, lat: f64) -> Node {
    Node {
        id: NodeId::new(id),
        name: id.to_owned(),
        kind,
        country: country(code),
        point: LonLat::new(lon, lat).expect("the test names a point"),
        population: None,
        sources: vec![],
    }
}

pub fn row(id: &str, from: &str, to: &str, medium: Medium) -> SegmentRow {
    SegmentRow {
        id: SegmentId::new(id),
        from: NodeId::new(from),
        to: NodeId::new(to),
        medium,
        status: Status::InService,
        name: None,
        system: None,
        ready_year: None,
        retire_year: None,
        owners: vec![],
        length_km: None,
        length_kind: None,
        capacity: None,
        fiber_pairs: None,
        terrain: None,
        tenure: None,
        laid_with: None,
        laid_with_year: None,
        srlg: vec![],
        confidence: None,
        sources: vec![],
        way: vec![],
    }
}

/// A segment of that length, cut into equal pieces in these countries.
pub fn segment(row: SegmentRow, metres: u64, countries: &[&str]) -> Segment {
    let parts = split_whole(metres as i64, &vec![1; countries.len()]);
    let pieces: Vec<Piece> = countries
        .iter()
        .zip(parts)
        .map(|(code, metres)| Piece { country: country(code), length: Length::from_metres(metres as u64) })
        .collect();
    let anywhere = LonLat::new(0.0, 0.0).expect("a point");
    Segment {
        row,
        length: Length::from_metres(metres),
        length_kind: LengthKind::Estimated,
        cuts: vec![anywhere; pieces.len() - 1],
        pieces,
        geodesic_km: metres as f64 / 1300.0,
        rejected_km: None,
    }
}

pub fn network(nodes: Vec<Node>, segments: Vec<Segment>) -> Network {
    let parts = NetworkParts {
        meta: Meta { id: "invented".to_owned(), date: "2026".to_owned(), ..Meta::default() },
        nodes,
        segments,
        sources: vec![],
        gateways: BTreeMap::new(),
        notes: vec![],
    };
    Network::new(parts).expect("the test's network is one")
}

/// A small random multigraph over three countries: ties, parallel segments, sea, parts that do not hang together.
pub fn random_network(seed: u64) -> Network {
    let mut dice = Dice::new(seed);
    let n = 3 + dice.below(4) as usize;
    random_network_of(n, &mut dice)
}

/// The same with that many places.
pub fn random_network_of(n: usize, dice: &mut Dice) -> Network {
    let codes = ["AA", "BB", "CC"];
    let kinds = [NodeKind::City, NodeKind::BorderCrossing, NodeKind::LandingStation, NodeKind::Junction];
    let nodes: Vec<Node> = (0..n)
        .map(|i| {
            let kind = kinds[dice.below(4) as usize];
            node(&format!("n{i}"), kind, codes[dice.below(3) as usize], i as f64, dice.below(10) as f64)
        })
        .collect();
    let m = n + dice.below(n as u64 + 3) as usize;
    let mut segments = Vec::new();
    for i in 0..m {
        let (a, b) = (dice.below(n as u64) as usize, dice.below(n as u64) as usize);
        if a == b {
            continue;
        }
        let (a, b) = (&nodes[a], &nodes[b]);
        let metres = 1000 * (1 + dice.below(4)) * 50;
        let id = format!("s{i:02}");
        if dice.chance(35) {
            segments.push(segment(row(&id, a.id.as_str(), b.id.as_str(), Medium::Submarine), metres, &["XZ"]));
            continue;
        }
        let mut countries = vec![a.country.to_string()];
        if dice.chance(15) {
            countries.push(codes[dice.below(3) as usize].to_owned());
        }
        countries.push(b.country.to_string());
        countries.dedup();
        let countries: Vec<&str> = countries.iter().map(String::as_str).collect();
        segments.push(segment(row(&id, a.id.as_str(), b.id.as_str(), Medium::Buried), metres, &countries));
    }
    network(nodes, segments)
}
