//! What there is in a network, counted.

use std::collections::BTreeMap;

use super::parts::connected_parts;
use crate::network::{Confidence, CountryCode, LengthKind, Medium, Network, NodeId, NodeKind, Segment, Status};
use crate::units::Length;

/// How many segments, and how long they are together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// How many.
    pub n_segments: usize,
    /// Their length.
    pub length: Length,
}

/// The figures of a network. Lists leave out what there is none of, and are in the order of their vocabulary, of
/// country code, or of name.
#[derive(Debug, Clone, PartialEq)]
pub struct Stats {
    /// Id of the network.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its date.
    pub date: String,
    /// Nodes.
    pub n_nodes: usize,
    /// Sources.
    pub n_sources: usize,
    /// Parts that no segment joins.
    pub n_parts: usize,
    /// All segments.
    pub segments: Tally,
    /// Segments in service.
    pub in_service: Tally,
    /// Segments in service that no source confirms.
    pub assumed_in_service: Tally,
    /// Nodes by kind.
    pub nodes_by_kind: Vec<(NodeKind, usize)>,
    /// Nodes by country.
    pub nodes_by_country: Vec<(CountryCode, usize)>,
    /// By medium.
    pub by_medium: Vec<(Medium, Tally)>,
    /// By status.
    pub by_status: Vec<(Status, Tally)>,
    /// By confidence; `None` where the row does not say.
    pub by_confidence: Vec<(Option<Confidence>, Tally)>,
    /// By where the length comes from.
    pub by_length_kind: Vec<(LengthKind, Tally)>,
    /// By country, `XZ` being the sea; a segment counts in each country it runs through, with its length there.
    pub by_country: Vec<(CountryCode, Tally)>,
    /// By system; segments without one are left out.
    pub by_system: Vec<(String, Tally)>,
    /// Pairs of nodes that more than one segment joins, and how many do.
    pub parallel: Vec<(NodeId, NodeId, usize)>,
}

impl Stats {
    /// Countries that have a node.
    #[must_use]
    pub fn n_countries(&self) -> usize {
        self.nodes_by_country.iter().filter(|(country, _)| !country.is_sea()).count()
    }

    /// Share of the length in service that is assumed, from 0 to 1; `None` if nothing is in service.
    #[must_use]
    pub fn assumed_share(&self) -> Option<f64> {
        let all = self.in_service.length.km();
        (all > 0.0).then(|| self.assumed_in_service.length.km() / all)
    }
}

impl Tally {
    fn add(&mut self, length: Length) {
        self.n_segments += 1;
        self.length += length;
    }

    fn of<'a>(segments: impl Iterator<Item = &'a Segment>) -> Self {
        let mut tally = Self::default();
        segments.for_each(|segment| tally.add(segment.length));
        tally
    }
}

/// Counts a network.
#[must_use]
pub fn network_stats(network: &Network) -> Stats {
    let meta = network.meta();
    let in_service = || network.segments().filter(|segment| segment.row.status == Status::InService);
    let mut by_country: BTreeMap<CountryCode, Tally> = BTreeMap::new();
    let mut parallel: BTreeMap<(&NodeId, &NodeId), usize> = BTreeMap::new();
    for segment in network.segments() {
        let mut own: BTreeMap<CountryCode, Length> = BTreeMap::new();
        for piece in &segment.pieces {
            *own.entry(piece.country).or_default() += piece.length;
        }
        own.into_iter().for_each(|(country, length)| by_country.entry(country).or_default().add(length));
        let (a, b) = (&segment.row.from, &segment.row.to);
        *parallel.entry((a.min(b), a.max(b))).or_default() += 1;
    }
    let several = parallel.into_iter().filter(|(_, n)| *n > 1);
    Stats {
        id: meta.id.clone(),
        name: meta.name.clone(),
        date: meta.date.clone(),
        n_nodes: network.n_nodes(),
        n_sources: network.sources().len(),
        n_parts: connected_parts(network).len(),
        segments: Tally::of(network.segments()),
        in_service: Tally::of(in_service()),
        assumed_in_service: Tally::of(in_service().filter(|segment| segment.is_assumed())),
        nodes_by_kind: counted(network.nodes().map(|node| node.kind)),
        nodes_by_country: counted(network.nodes().map(|node| node.country)),
        by_medium: tallied(network, |segment| Some(segment.row.medium)),
        by_status: tallied(network, |segment| Some(segment.row.status)),
        by_confidence: tallied(network, |segment| Some(segment.row.confidence)),
        by_length_kind: tallied(network, |segment| Some(segment.length_kind)),
        by_country: by_country.into_iter().collect(),
        by_system: tallied(network, |segment| segment.row.system.clone()),
        parallel: several.map(|((a, b), n)| (a.clone(), b.clone(), n)).collect(),
    }
}

fn counted<K: Ord>(keys: impl Iterator<Item = K>) -> Vec<(K, usize)> {
    let mut counts = BTreeMap::new();
    keys.for_each(|key| *counts.entry(key).or_default() += 1);
    counts.into_iter().collect()
}

fn tallied<K: Ord>(network: &Network, key: impl Fn(&Segment) -> Option<K>) -> Vec<(K, Tally)> {
    let mut tallies: BTreeMap<K, Tally> = BTreeMap::new();
    for segment in network.segments() {
        if let Some(key) = key(segment) {
            tallies.entry(key).or_default().add(segment.length);
        }
    }
    tallies.into_iter().collect()
}
