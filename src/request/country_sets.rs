//! Which countries a route has entered, where their number is bounded.
//!
//! Only those that are neither end's are kept: the ends' own are on every route. Equal sets are one number, so that a
//! search state stays small. A set that cannot be carried on to the goal within the bound is not worth a state: the
//! fewest countries that must still be entered are counted in the graph of countries and seas (a breadth-first search
//! with steps of 0 and 1, Dial 1969, doi:10.1145/363269.363610), which sees fewer borders than there are, never more.

use std::collections::{BTreeMap, HashMap, VecDeque};

use petgraph::graph::NodeIndex;
use petgraph::unionfind::UnionFind;

use crate::metrics::{Arrival, Passed};
use crate::network::{CountryCode, Link, Network};

/// A set of countries, by number; 0 is the empty one.
pub(super) type SetId = u32;

/// The sets of countries that routes have entered.
#[derive(Debug)]
pub(super) struct CountrySets {
    /// The most countries a set may hold.
    most: u32,
    /// Every country of the network, with its vertex in the graph of countries and seas.
    countries: BTreeMap<CountryCode, usize>,
    ends: (CountryCode, CountryCode),
    sets: Vec<Vec<u64>>,
    ids: HashMap<Vec<u64>, SetId>,
    /// The vertex of the sea that a place stands at, if it does.
    seas: Vec<Option<usize>>,
    neighbours: Vec<Vec<usize>>,
    /// For each set, the fewest further countries from each vertex; empty until asked for.
    ahead: Vec<Vec<u32>>,
}

const FAR: u32 = u32::MAX / 2;

impl CountrySets {
    /// For routes between two countries that may enter at most so many others.
    pub(super) fn new(network: &Network, usable: &[bool], ends: (CountryCode, CountryCode), most: u32) -> Self {
        let of_pieces = network.segments().flat_map(|segment| segment.pieces.iter().map(|piece| piece.country));
        let mut all: Vec<CountryCode> = network.nodes().map(|node| node.country).chain(of_pieces).collect();
        all.sort_unstable();
        all.dedup();
        let countries: BTreeMap<CountryCode, usize> = all.into_iter().zip(0..).collect();
        let graph = network.graph();
        let mut chains = UnionFind::new(graph.node_count());
        let mut at_sea = vec![false; graph.node_count()];
        let mut links = Vec::new();
        for edge in network.edges().filter(|edge| usable[edge.index()]) {
            let Some((a, b)) = graph.edge_endpoints(edge) else { continue };
            let Link::Segment(segment) = &graph[edge] else { continue };
            if segment.row.medium.is_submarine() {
                chains.union(a.index(), b.index());
                (at_sea[a.index()], at_sea[b.index()]) = (true, true);
            }
            links.extend(
                segment.pieces.windows(2).map(|pair| (countries[&pair[0].country], countries[&pair[1].country])),
            );
        }
        let mut vertices: BTreeMap<usize, usize> = BTreeMap::new();
        let mut seas = vec![None; graph.node_count()];
        for (i, node) in network.nodes().enumerate().filter(|(i, _)| at_sea[*i]) {
            let next = countries.len() + vertices.len();
            let sea = *vertices.entry(chains.find(i)).or_insert(next);
            seas[i] = Some(sea);
            links.push((sea, countries[&node.country]));
        }
        let mut neighbours = vec![Vec::new(); countries.len() + vertices.len()];
        for (a, b) in links {
            neighbours[a].push(b);
            neighbours[b].push(a);
        }
        for own in &mut neighbours {
            own.sort_unstable();
            own.dedup();
        }
        let empty = vec![0; countries.len().div_ceil(64)];
        let ids = HashMap::from([(empty.clone(), 0)]);
        Self { most, countries, ends, sets: vec![empty], ids, seas, neighbours, ahead: vec![Vec::new()] }
    }

    /// The set after passing these borders, or `None` if it would hold too many.
    pub(super) fn enter(&mut self, set: SetId, borders: &[Passed]) -> Option<SetId> {
        borders.iter().try_fold(set, |set, border| self.with(set, border.to))
    }

    fn with(&mut self, set: SetId, country: CountryCode) -> Option<SetId> {
        if country == self.ends.0 || country == self.ends.1 || country.is_sea() {
            return Some(set);
        }
        let own = &self.sets[set as usize];
        let at = self.countries[&country];
        if own[at / 64] & 1 << (at % 64) != 0 {
            return Some(set);
        }
        let mut more = own.clone();
        more[at / 64] |= 1 << (at % 64);
        if more.iter().map(|word| word.count_ones()).sum::<u32>() > self.most {
            return None;
        }
        if let Some(&known) = self.ids.get(&more) {
            return Some(known);
        }
        let id = self.sets.len() as SetId;
        self.ids.insert(more.clone(), id);
        self.sets.push(more);
        self.ahead.push(Vec::new());
        Some(id)
    }

    /// Whether a route that has come to a place with this set may still keep to the bound.
    pub(super) fn may_go_on(&mut self, set: SetId, place: NodeIndex, country: CountryCode, arrival: Arrival) -> bool {
        let vertex = match arrival {
            Arrival::Start | Arrival::Land => Some(self.countries[&country]),
            Arrival::Sea { .. } => self.seas[place.index()],
        };
        let held: u32 = self.sets[set as usize].iter().map(|word| word.count_ones()).sum();
        vertex.is_none_or(|vertex| held + self.fewest_ahead(set)[vertex] <= self.most)
    }

    fn fewest_ahead(&mut self, set: SetId) -> &[u32] {
        if self.ahead[set as usize].is_empty() {
            let own = &self.sets[set as usize];
            let ends = [self.countries.get(&self.ends.0), self.countries.get(&self.ends.1)];
            let is_free = |vertex: usize| {
                vertex >= self.countries.len()
                    || ends.contains(&Some(&vertex))
                    || own[vertex / 64] & 1 << (vertex % 64) != 0
            };
            let mut ahead = vec![FAR; self.neighbours.len()];
            let mut queue = VecDeque::new();
            if let Some(&goal) = ends[1] {
                ahead[goal] = 0;
                queue.push_back(goal);
            }
            while let Some(vertex) = queue.pop_front() {
                // From a neighbour the route has yet to enter this vertex.
                let free = is_free(vertex);
                let from_there = ahead[vertex] + u32::from(!free);
                for &next in &self.neighbours[vertex] {
                    if from_there < ahead[next] {
                        ahead[next] = from_there;
                        if free { queue.push_front(next) } else { queue.push_back(next) }
                    }
                }
            }
            self.ahead[set as usize] = ahead;
        }
        &self.ahead[set as usize]
    }
}
