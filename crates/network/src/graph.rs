//! The network: a petgraph multigraph of places and countries joined by cable segments.
//!
//! Nodes and segments are kept in the order of their ids, so that a graph index compares as its id does: whatever
//! breaks a tie by index breaks it by id, and the order of rows in a file changes nothing.

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use petgraph::graph::{EdgeIndex, NodeIndex, UnGraph};
use serde::{Deserialize, Serialize};

use super::country::CountryCode;
use super::crossing::{Crossing, CrossingId, crossings};
use super::names::NameIndex;
use super::node::{Node, NodeId};
use super::segment::{Segment, SegmentId};
use super::words::NodeKind;
use crate::geodesy::LonLat;

/// What a fact is cited to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Identifier.
    pub id: String,
    /// Title.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// When, as far as known.
    pub date: String,
    /// Address, where kept.
    pub url: String,
}

/// What `network.toml` says of the network.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Meta {
    /// Identifier.
    pub id: String,
    /// Name.
    pub name: String,
    /// Licence of the data.
    pub licence: String,
    /// Date of the data.
    pub date: String,
    /// Who publishes it.
    pub publisher: String,
}

/// Something noticed while loading that did not stop it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// The row it is about.
    pub id: String,
    /// What was noticed.
    pub text: String,
}

/// All that a network is made of, before its invariants are checked.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct NetworkParts {
    /// What the network is.
    pub meta: Meta,
    /// The places.
    pub nodes: Vec<Node>,
    /// The segments.
    pub segments: Vec<Segment>,
    /// What they are cited to.
    pub sources: Vec<Source>,
    /// Gateways by country, the principal one first.
    pub gateways: BTreeMap<CountryCode, Vec<NodeId>>,
    /// Remarks made while loading.
    pub notes: Vec<Note>,
}

/// A vertex of the graph.
#[derive(Debug, Clone, PartialEq)]
pub enum Vertex {
    /// A place.
    Place(Node),
    /// A country, joined to its gateways.
    Country(CountryCode),
}

/// An edge of the graph.
#[derive(Debug, Clone, PartialEq)]
pub enum Link {
    /// A cable.
    Segment(Box<Segment>),
    /// A gateway belongs to its country: no length, and only a route's two ends may use it.
    Membership,
}

/// Why parts do not make a network.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NetworkError {
    /// Two nodes have one id.
    #[error("node id {0:?} is used twice")]
    DuplicateNode(String),
    /// Two segments have one id.
    #[error("segment id {0:?} is used twice")]
    DuplicateSegment(String),
    /// A segment names a node that is not there.
    #[error("segment {segment:?}: `{field}` names the node {node:?}, which does not exist")]
    DanglingEnd {
        /// The segment.
        segment: String,
        /// `from` or `to`.
        field: &'static str,
        /// The missing node.
        node: String,
    },
    /// A segment joins a node to itself.
    #[error("segment {0:?}: both ends are the same node")]
    SameEnds(String),
    /// A gateway is not a node of its country.
    #[error("gateway {node:?} of {country} is not a node of that country")]
    BadGateway {
        /// The country.
        country: CountryCode,
        /// The node named.
        node: String,
    },
    /// A segment's pieces do not describe it.
    #[error("segment {0:?}: its pieces do not sum to its length, or do not begin and end in its ends' countries")]
    BadPieces(String),
    /// There is nothing in it.
    #[error("the network has no nodes")]
    Empty,
}

/// A checked network.
#[derive(Debug, Clone)]
pub struct Network {
    meta: Meta,
    sources: Vec<Source>,
    notes: Vec<Note>,
    graph: UnGraph<Vertex, Link>,
    n_places: usize,
    n_segments: usize,
    node_index: HashMap<NodeId, NodeIndex>,
    segment_index: HashMap<SegmentId, EdgeIndex>,
    country_index: BTreeMap<CountryCode, NodeIndex>,
    gateways: BTreeMap<CountryCode, Vec<NodeIndex>>,
    crossings: Vec<Crossing>,
    crossing_at: HashMap<(EdgeIndex, usize), CrossingId>,
    names: OnceLock<NameIndex>,
}

impl Network {
    /// Checks the parts and joins them.
    ///
    /// A country without gateways in the parts gets its most populous city, or, where no population is known, its first
    /// node by id.
    ///
    /// # Errors
    /// If ids are not unique, an end dangles, a gateway is foreign, pieces are inconsistent, or there is no node.
    pub fn new(parts: NetworkParts) -> Result<Self, NetworkError> {
        let NetworkParts { meta, mut nodes, mut segments, sources, gateways, notes } = parts;
        if nodes.is_empty() {
            return Err(NetworkError::Empty);
        }
        nodes.sort_by(|a, b| a.id.cmp(&b.id));
        segments.sort_by(|a, b| a.row.id.cmp(&b.row.id));
        let mut graph = UnGraph::with_capacity(nodes.len() + 64, segments.len() + 64);
        let mut node_index = HashMap::with_capacity(nodes.len());
        let (n_places, n_segments) = (nodes.len(), segments.len());
        for node in nodes {
            let id = node.id.clone();
            if node_index.contains_key(&id) {
                return Err(NetworkError::DuplicateNode(id.to_string()));
            }
            node_index.insert(id, graph.add_node(Vertex::Place(node)));
        }
        let mut segment_index = HashMap::with_capacity(segments.len());
        for segment in segments {
            let end = |field: &'static str, id: &NodeId| {
                node_index.get(id).copied().ok_or_else(|| NetworkError::DanglingEnd {
                    segment: segment.row.id.to_string(),
                    field,
                    node: id.to_string(),
                })
            };
            let (from, to) = (end("from", &segment.row.from)?, end("to", &segment.row.to)?);
            if from == to {
                return Err(NetworkError::SameEnds(segment.row.id.to_string()));
            }
            check_pieces(&segment, &graph, from, to)?;
            let id = segment.row.id.clone();
            if segment_index.contains_key(&id) {
                return Err(NetworkError::DuplicateSegment(id.to_string()));
            }
            segment_index.insert(id, graph.add_edge(from, to, Link::Segment(Box::new(segment))));
        }
        let mut network = Self {
            meta,
            sources,
            notes,
            graph,
            n_places,
            n_segments,
            node_index,
            segment_index,
            country_index: BTreeMap::new(),
            gateways: BTreeMap::new(),
            crossings: Vec::new(),
            crossing_at: HashMap::new(),
            names: OnceLock::new(),
        };
        network.join_countries(&gateways)?;
        network.crossings = crossings(network.segments().map(|segment| (segment, network.ends(segment))));
        network.crossing_at = network.cuts().collect();
        Ok(network)
    }

    fn join_countries(&mut self, given: &BTreeMap<CountryCode, Vec<NodeId>>) -> Result<(), NetworkError> {
        let mut chosen: BTreeMap<CountryCode, Vec<NodeIndex>> = BTreeMap::new();
        for (&country, ids) in given {
            for id in ids {
                let node = self.node_index.get(id).copied();
                match node.filter(|&node| self.node(node).country == country) {
                    Some(node) => chosen.entry(country).or_default().push(node),
                    None => return Err(NetworkError::BadGateway { country, node: id.to_string() }),
                }
            }
        }
        let mut largest: BTreeMap<CountryCode, NodeIndex> = BTreeMap::new();
        for index in self.places() {
            let rank = |n: NodeIndex| {
                let node = self.node(n);
                (node.population.unwrap_or(0), matches!(node.kind, NodeKind::City), std::cmp::Reverse(n))
            };
            let best = largest.entry(self.node(index).country).or_insert(index);
            if rank(index) > rank(*best) {
                *best = index;
            }
        }
        for (country, node) in largest {
            let gateways = chosen.remove(&country).unwrap_or_else(|| vec![node]);
            let vertex = self.graph.add_node(Vertex::Country(country));
            for &gateway in &gateways {
                self.graph.add_edge(vertex, gateway, Link::Membership);
            }
            self.country_index.insert(country, vertex);
            self.gateways.insert(country, gateways);
        }
        Ok(())
    }

    /// What the network is.
    #[must_use]
    pub fn meta(&self) -> &Meta {
        &self.meta
    }

    /// What its rows are cited to.
    #[must_use]
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// Remarks made while loading.
    #[must_use]
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// The places, in order of id.
    pub fn nodes(&self) -> impl Iterator<Item = &Node> {
        self.places().map(|index| self.node(index))
    }

    /// The segments, in order of id.
    pub fn segments(&self) -> impl Iterator<Item = &Segment> {
        self.edges().map(|edge| self.segment(edge))
    }

    /// How many segments there are.
    #[must_use]
    pub fn n_segments(&self) -> usize {
        self.n_segments
    }

    /// How many places there are.
    #[must_use]
    pub fn n_nodes(&self) -> usize {
        self.n_places
    }

    /// The countries that have a place in the network, in order of code.
    pub fn countries(&self) -> impl Iterator<Item = CountryCode> {
        self.country_index.keys().copied()
    }

    /// The node of that id.
    #[must_use]
    pub fn find_node(&self, id: &NodeId) -> Option<&Node> {
        self.node_index.get(id).map(|&index| self.node(index))
    }

    /// The segment of that id.
    #[must_use]
    pub fn find_segment(&self, id: &SegmentId) -> Option<&Segment> {
        self.segment_index.get(id).map(|&edge| self.segment(edge))
    }

    /// The gateways of a country, the principal one first; empty for a country that is not there.
    pub fn gateways(&self, country: CountryCode) -> impl Iterator<Item = &Node> {
        self.gateways.get(&country).into_iter().flatten().map(|&index| self.node(index))
    }

    /// The places where land cables pass a border, in order of their countries and names.
    #[must_use]
    pub fn crossings(&self) -> &[Crossing] {
        &self.crossings
    }

    /// The two ends of a segment.
    #[must_use]
    pub fn ends(&self, segment: &Segment) -> (&Node, &Node) {
        let end = |id| self.find_node(id).expect("a segment's ends are nodes of its network");
        (end(&segment.row.from), end(&segment.row.to))
    }

    /// The line of a segment from `from` to `to`.
    #[must_use]
    pub fn line(&self, segment: &Segment) -> Vec<LonLat> {
        let (from, to) = self.ends(segment);
        segment.row.line(from, to)
    }

    /// The parts it was made of, in order of id.
    #[must_use]
    pub fn to_parts(&self) -> NetworkParts {
        let named = |indices: &Vec<NodeIndex>| indices.iter().map(|&i| self.node(i).id.clone()).collect();
        NetworkParts {
            meta: self.meta.clone(),
            nodes: self.nodes().cloned().collect(),
            segments: self.segments().cloned().collect(),
            sources: self.sources.clone(),
            gateways: self.gateways.iter().map(|(&country, nodes)| (country, named(nodes))).collect(),
            notes: self.notes.clone(),
        }
    }

    /// Which crossing each cut between two pieces of a segment is at.
    fn cuts(&self) -> impl Iterator<Item = ((EdgeIndex, usize), CrossingId)> {
        let cuts = self.crossings.iter().flat_map(|crossing| crossing.cuts.iter().map(move |cut| (cut, crossing.id)));
        cuts.filter_map(|((segment, cut), id)| Some(((self.edge_of(segment)?, *cut), id)))
    }

    pub(super) fn name_index(&self) -> &NameIndex {
        self.names.get_or_init(|| {
            let segments = self.edges().zip(self.segments().map(Segment::id));
            NameIndex::of(self.places().zip(self.nodes()), segments)
        })
    }

    /// The crossing at which a segment passes from its piece `cut` to the next; none where both lie in one country.
    #[must_use]
    pub fn crossing_at(&self, edge: EdgeIndex, cut: usize) -> Option<&Crossing> {
        self.crossing_at.get(&(edge, cut)).map(|id| &self.crossings[id.0])
    }

    /// The multigraph itself: places first, in order of id, then countries; segments first, in order of id, then memberships.
    #[must_use]
    pub fn graph(&self) -> &UnGraph<Vertex, Link> {
        &self.graph
    }

    /// The indices of the places, in order of id.
    pub fn places(&self) -> impl Iterator<Item = NodeIndex> + use<> {
        (0..self.n_places).map(NodeIndex::new)
    }

    /// The indices of the segments, in order of id.
    pub fn edges(&self) -> impl Iterator<Item = EdgeIndex> + use<> {
        (0..self.n_segments).map(EdgeIndex::new)
    }

    /// The place at an index.
    ///
    /// # Panics
    /// If the index is that of a country.
    #[must_use]
    pub fn node(&self, index: NodeIndex) -> &Node {
        match &self.graph[index] {
            Vertex::Place(node) => node,
            Vertex::Country(country) => unreachable!("{country} was used as a place"),
        }
    }

    /// The segment at an index.
    ///
    /// # Panics
    /// If the index is that of a membership.
    #[must_use]
    pub fn segment(&self, edge: EdgeIndex) -> &Segment {
        match &self.graph[edge] {
            Link::Segment(segment) => segment,
            Link::Membership => unreachable!("a membership was used as a segment"),
        }
    }

    /// The index of a place.
    #[must_use]
    pub fn index_of(&self, id: &NodeId) -> Option<NodeIndex> {
        self.node_index.get(id).copied()
    }

    /// The index of a segment.
    #[must_use]
    pub fn edge_of(&self, id: &SegmentId) -> Option<EdgeIndex> {
        self.segment_index.get(id).copied()
    }

    /// The indices of a country's gateways, the principal one first.
    #[must_use]
    pub fn gateway_indices(&self, country: CountryCode) -> &[NodeIndex] {
        self.gateways.get(&country).map_or(&[], Vec::as_slice)
    }
}

fn check_pieces(
    segment: &Segment,
    graph: &UnGraph<Vertex, Link>,
    from: NodeIndex,
    to: NodeIndex,
) -> Result<(), NetworkError> {
    let country = |index: NodeIndex| match &graph[index] {
        Vertex::Place(node) => node.country,
        Vertex::Country(country) => *country,
    };
    let pieces = &segment.pieces;
    let sums = pieces.iter().map(|piece| piece.length).sum::<crate::units::Length>() == segment.length;
    let at_ends = if segment.row.medium.is_submarine() {
        pieces.len() == 1 && pieces[0].country.is_sea()
    } else {
        pieces.first().map(|p| p.country) == Some(country(from))
            && pieces.last().map(|p| p.country) == Some(country(to))
    };
    let alternate = pieces.windows(2).all(|pair| pair[0].country != pair[1].country);
    let cut = segment.cuts.len() + 1 == pieces.len();
    if sums && at_ends && alternate && cut { Ok(()) } else { Err(NetworkError::BadPieces(segment.row.id.to_string())) }
}
