//! The answer of `network stats`: what a network holds.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Answer;
use crate::checks::{Stats, Tally};
use crate::network::Confidence;
use crate::report::Format;

/// The word for a confidence that the row does not state.
const NOT_STATED: &str = "not_stated";

/// The figures of a network. Objects keyed by a word leave out what there is none of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct NetworkStatsAnswer {
    /// Id of the network.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its date.
    pub date: String,
    /// Number of nodes.
    pub nodes: usize,
    /// Number of countries with a node.
    pub countries: usize,
    /// Number of sources.
    pub sources: usize,
    /// Number of parts that no segment joins.
    pub parts: usize,
    /// All segments.
    pub segments: TallyJson,
    /// Segments in service.
    pub in_service: TallyJson,
    /// Segments in service that no source confirms.
    pub assumed_in_service: TallyJson,
    /// Share of the length in service that is assumed, from 0 to 1; null if nothing is in service.
    pub assumed_share: Option<f64>,
    /// Number of nodes by kind.
    pub nodes_by_kind: IndexMap<String, usize>,
    /// Number of nodes by country.
    pub nodes_by_country: IndexMap<String, usize>,
    /// Segments by medium.
    pub by_medium: IndexMap<String, TallyJson>,
    /// Segments by status.
    pub by_status: IndexMap<String, TallyJson>,
    /// Segments by confidence; `not_stated` where the row does not say.
    pub by_confidence: IndexMap<String, TallyJson>,
    /// Segments by the source of their length.
    pub by_length_kind: IndexMap<String, TallyJson>,
    /// Segments by country, `XZ` being the sea: each counts in every country it runs through, with its length there.
    pub by_country: IndexMap<String, TallyJson>,
    /// Segments by system; those without one are left out.
    pub by_system: IndexMap<String, TallyJson>,
    /// Pairs of nodes that more than one segment joins.
    pub parallel: Vec<ParallelJson>,
}

/// Some segments: their number and their length.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TallyJson {
    /// Number of segments.
    pub segments: usize,
    /// Their length, km.
    pub km: f64,
}

/// A pair of nodes that several segments join.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ParallelJson {
    /// The two nodes by id.
    pub nodes: [String; 2],
    /// Number of segments between them.
    pub segments: usize,
}

impl Answer for NetworkStatsAnswer {
    const NAME: &'static str = "network-stats";
    const FORMATS: &'static [Format] = &[Format::Table, Format::Json, Format::Csv, Format::Markdown];
}

impl NetworkStatsAnswer {
    /// The answer of these figures.
    pub(crate) fn of(stats: &Stats) -> Self {
        let by_confidence = stats
            .by_confidence
            .iter()
            .map(|(confidence, tally)| (confidence.map_or(NOT_STATED, Confidence::as_str).to_owned(), tally.into()));
        let parallel =
            stats.parallel.iter().map(|(a, b, n)| ParallelJson { nodes: [a.to_string(), b.to_string()], segments: *n });
        Self {
            id: stats.id.clone(),
            name: stats.name.clone(),
            date: stats.date.clone(),
            nodes: stats.n_nodes,
            countries: stats.n_countries(),
            sources: stats.n_sources,
            parts: stats.n_parts,
            segments: (&stats.segments).into(),
            in_service: (&stats.in_service).into(),
            assumed_in_service: (&stats.assumed_in_service).into(),
            assumed_share: stats.assumed_share(),
            nodes_by_kind: counts(&stats.nodes_by_kind),
            nodes_by_country: counts(&stats.nodes_by_country),
            by_medium: tallies(&stats.by_medium),
            by_status: tallies(&stats.by_status),
            by_confidence: by_confidence.collect(),
            by_length_kind: tallies(&stats.by_length_kind),
            by_country: tallies(&stats.by_country),
            by_system: tallies(&stats.by_system),
            parallel: parallel.collect(),
        }
    }
}

fn counts<K: ToString>(list: &[(K, usize)]) -> IndexMap<String, usize> {
    list.iter().map(|(key, n)| (key.to_string(), *n)).collect()
}

fn tallies<K: ToString>(list: &[(K, Tally)]) -> IndexMap<String, TallyJson> {
    list.iter().map(|(key, tally)| (key.to_string(), tally.into())).collect()
}

impl From<&Tally> for TallyJson {
    fn from(tally: &Tally) -> Self {
        Self { segments: tally.n_segments, km: tally.length.km() }
    }
}
