//! Puts a network together from rows, whatever file they come from, and goes on after a problem if asked to.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::error::{FileError, Located, Problem, cut};
use super::network_rows::{node_row, resolve_row, segment_row, source_row};
use super::problems::Problems;
use crate::geodesy::{Atlas, LonLat};
use crate::{CountryCode, Meta, Network, NetworkError, NetworkParts, Node, NodeId, Note, Segment, SegmentId, Source};

/// What could be read of a network, and what could not.
#[derive(Debug, Default)]
pub struct NetworkReading {
    /// The rows that could be read and refer to nothing that is missing.
    pub parts: NetworkParts,
    /// Where each of its nodes stands.
    pub node_places: HashMap<NodeId, Located>,
    /// Where each of its segments stands.
    pub segment_places: HashMap<SegmentId, Located>,
    /// What is wrong, in the order of the files; at most [`super::MOST_PROBLEMS`].
    pub problems: Vec<FileError>,
}

impl NetworkReading {
    /// The network, if nothing was wrong; `file` is named where it is wrong as a whole.
    ///
    /// # Errors
    /// The first problem.
    pub fn into_network(mut self, file: &str) -> Result<Network, FileError> {
        if !self.problems.is_empty() {
            return Err(self.problems.swap_remove(0));
        }
        Network::new(self.parts).map_err(|error| FileError::whole(file, Problem::Other(error.to_string())))
    }
}

/// A row of named cells.
pub(super) trait NetworkRow {
    /// Where it stands.
    fn place(&self) -> Located;
    /// A cell, or `None` where it is empty.
    fn cell(&self, column: &str) -> Option<&str>;
    /// The way of a segment, where it is not a cell.
    fn way(&self) -> Option<&[LonLat]> {
        None
    }
}

/// The gateways of each country, and where they are named.
pub(super) type Gateways = BTreeMap<CountryCode, (Vec<NodeId>, Located)>;

/// Takes in sources, then nodes, then segments.
pub(super) struct Collector<'a> {
    atlas: &'a Atlas,
    pub(super) problems: Problems,
    sources: Vec<Source>,
    /// The ids that may be cited; `None` if that is not known because the sources could not be read.
    cited: Option<BTreeSet<String>>,
    nodes: Vec<Node>,
    node_places: HashMap<NodeId, Located>,
    /// Ids of nodes whose rows could not be read: whatever refers to them is not to blame. `None` if not all are known.
    unread: Option<BTreeSet<String>>,
    segments: Vec<Segment>,
    segment_places: HashMap<SegmentId, Located>,
    notes: Vec<Note>,
}

impl<'a> Collector<'a> {
    pub(super) fn new(atlas: &'a Atlas, problems: Problems) -> Self {
        Self {
            atlas,
            problems,
            sources: Vec::new(),
            cited: None,
            nodes: Vec::new(),
            node_places: HashMap::new(),
            unread: None,
            segments: Vec::new(),
            segment_places: HashMap::new(),
            notes: Vec::new(),
        }
    }

    /// `is_whole`: whether these are all rows, so that an id that is not among them does not exist.
    pub(super) fn add_sources<R: NetworkRow>(&mut self, rows: impl Iterator<Item = R>, mut is_whole: bool) {
        let mut places: BTreeMap<String, Located> = BTreeMap::new();
        for row in rows {
            if self.problems.is_full() {
                return;
            }
            let place = row.place();
            let Some(source) = self.problems.keep(source_row(&place, &|column| row.cell(column))) else {
                is_whole = false;
                continue;
            };
            if let Some(first) = places.get(&source.id) {
                self.problems.add(duplicate("source", &source.id, first, &place));
                continue;
            }
            places.insert(source.id.clone(), place);
            self.sources.push(source);
        }
        self.cited = is_whole.then(|| places.into_keys().collect());
    }

    /// `is_whole`: as for the sources; `file` is named if there is no row.
    pub(super) fn add_nodes<R: NetworkRow>(&mut self, file: &str, rows: impl Iterator<Item = R>, is_whole: bool) {
        let mut unread = BTreeSet::new();
        let mut is_empty = true;
        for row in rows {
            is_empty = false;
            if self.problems.is_full() {
                return;
            }
            let place = row.place();
            match node_row(&place, &|column| row.cell(column)) {
                Ok(node) => {
                    self.check_sources(&place, &node.sources);
                    if let Some(first) = self.node_places.get(&node.id) {
                        let error = duplicate("node", node.id.as_str(), first, &place);
                        self.problems.add(error.hint("give each node an id of its own"));
                        continue;
                    }
                    self.node_places.insert(node.id.clone(), place);
                    self.nodes.push(node);
                }
                Err(error) => {
                    unread.extend(row.cell("id").map(str::to_owned));
                    self.problems.add(error);
                }
            }
        }
        if is_empty && is_whole {
            self.problems.add(FileError::whole(file, Problem::Other("has no nodes".to_owned())));
        }
        self.unread = is_whole.then_some(unread);
    }

    pub(super) fn add_segments<R: NetworkRow>(&mut self, rows: impl Iterator<Item = R>) {
        let nodes = std::mem::take(&mut self.nodes);
        let by_id: HashMap<&str, &Node> = nodes.iter().map(|node| (node.id.as_str(), node)).collect();
        for row in rows {
            if self.problems.is_full() {
                break;
            }
            self.add_segment(&row, &by_id);
        }
        self.nodes = nodes;
    }

    fn add_segment<R: NetworkRow>(&mut self, row: &R, by_id: &HashMap<&str, &Node>) {
        let place = row.place();
        let Some(mut parsed) = self.problems.keep(segment_row(&place, &|column| row.cell(column))) else { return };
        if let Some(way) = row.way() {
            parsed.way = way.to_vec();
        }
        self.check_sources(&place, &parsed.sources);
        if let Some(first) = self.segment_places.get(&parsed.id) {
            let error = duplicate("segment", parsed.id.as_str(), first, &place);
            self.problems.add(error.hint("parallel cables are welcome, each under an id of its own"));
            return;
        }
        let is_unread = |id: &NodeId| self.unread.as_ref().is_none_or(|unread| unread.contains(id.as_str()));
        if [&parsed.from, &parsed.to].into_iter().any(|id| !by_id.contains_key(id.as_str()) && is_unread(id)) {
            return;
        }
        self.segment_places.insert(parsed.id.clone(), place.clone());
        let Some(segment) = self.problems.keep(resolve_row(&place, parsed, by_id, self.atlas)) else { return };
        if let Some(km) = segment.rejected_km {
            let text =
                format!("stated length {km} km is below the geodesic {:.1} km and is not used", segment.geodesic_km);
            self.notes.push(Note { id: segment.id().to_string(), text });
        }
        self.segments.push(segment);
    }

    fn check_sources(&mut self, place: &Located, ids: &[String]) {
        let Some(cited) = &self.cited else { return };
        for id in ids.iter().filter(|id| !cited.contains(*id)) {
            let problem = Problem::Dangling { what: "source", id: cut(id) };
            self.problems
                .add(FileError::at(place, Some("sources"), problem).suggest(id, cited.iter().map(String::as_str)));
        }
    }

    pub(super) fn finish(mut self, meta: Meta, gateways: Gateways) -> NetworkReading {
        let mut kept: BTreeMap<CountryCode, Vec<NodeId>> = BTreeMap::new();
        for (country, (ids, place)) in gateways {
            for id in ids {
                let node = self.nodes.iter().find(|node| node.id == id);
                if node.is_some_and(|node| node.country == country) {
                    kept.entry(country).or_default().push(id);
                } else if self.unread.as_ref().is_some_and(|unread| !unread.contains(id.as_str())) {
                    let error = NetworkError::BadGateway { country, node: id.to_string() };
                    let field = format!("gateways.{country}");
                    let own = self.nodes.iter().filter(|node| node.country == country).map(|node| node.id.as_str());
                    let found = FileError::at(&place, Some(&field), Problem::Other(error.to_string()));
                    self.problems.add(found.suggest(id.as_str(), own.collect::<Vec<_>>()));
                }
            }
        }
        let parts = NetworkParts {
            meta,
            nodes: self.nodes,
            segments: self.segments,
            sources: self.sources,
            gateways: kept,
            notes: self.notes,
        };
        NetworkReading {
            parts,
            node_places: self.node_places,
            segment_places: self.segment_places,
            problems: self.problems.into_found(),
        }
    }
}

fn duplicate(what: &'static str, id: &str, first: &Located, place: &Located) -> FileError {
    let problem = Problem::Duplicate { what, id: cut(id), first: first.in_words() };
    FileError::at(place, Some("id"), problem)
}
