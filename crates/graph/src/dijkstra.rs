//! Distances from one node to all (Dijkstra 1959, doi:10.1007/BF01386390), and to the goal from everywhere.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::bucket_queue::{BucketQueue, Spread};
use super::csr::Weighted;
use super::distance::Distance;
use super::first_path::{AHEAD, Met, Tracer};
use super::frontier::Frontier;
use super::state_graph::StateGraph;

/// Distances from one node to all others, again and again: only the first query allocates.
///
/// # Example
/// ```
/// use fiberplan_graph::{Csr, dijkstra::Dijkstra};
/// // 0 --2-- 1 --2-- 2, two cables 0-2 of 4 and 7, and 3 on its own
/// let graph = Csr::undirected(4, &[(0, 1, 2_u32), (1, 2, 2), (0, 2, 4), (0, 2, 7)]);
/// let mut search = Dijkstra::new(&graph);
/// assert_eq!(search.from(&graph, 0), [0, 2, 4, u32::MAX]);
/// // Of two ways of 4 the one with fewer arcs.
/// let arcs = search.path_to(&graph, &graph, 2).expect("there is a way");
/// assert_eq!(arcs.iter().map(|&arc| graph.edge(arc)).collect::<Vec<_>>(), [2]);
/// assert_eq!(search.path_to(&graph, &graph, 3), None);
/// ```
#[derive(Debug)]
pub struct Dijkstra<W> {
    from: u32,
    distances: Vec<W>,
    queue: BucketQueue<W>,
    frontier: Frontier<W>,
    tracer: Tracer,
}

impl<W: Distance> Dijkstra<W> {
    /// Laid out for the weights of a graph.
    #[must_use]
    pub fn new(graph: &impl Weighted<W>) -> Self {
        Self {
            from: 0,
            distances: Vec::new(),
            queue: BucketQueue::new(Spread::of(graph)),
            frontier: Frontier::default(),
            tracer: Tracer::default(),
        }
    }

    /// The least distance from `from` to each node, [`Distance::INFINITE`] where there is no way.
    ///
    /// Complexity: O(n + m) for n nodes and m arcs where weights are alike, O((n + m) log n) for any weights; measured
    /// 20 ns a node where the graph fits in the cache, 50 ns with 10^7 arcs.
    pub fn from(&mut self, graph: &impl Weighted<W>, from: u32) -> &[W] {
        let Self { distances, queue, frontier, .. } = self;
        self.from = from;
        distances.clear();
        distances.resize(graph.n_nodes(), W::INFINITE);
        queue.clear();
        if let Some(distance) = distances.get_mut(from as usize) {
            *distance = W::ZERO;
            queue.push(0, W::ZERO, from);
        }
        let key = |distance: W, _| distance.leading();
        while queue.len() > 0 {
            queue.next_batch(&mut frontier.batch, key);
            for &(distance, node) in frontier.follow(graph, &mut distances[..]) {
                queue.push(key(distance, node), distance, node);
            }
        }
        distances
    }

    /// The arcs of the shortest way to a node from where the last query was made, `None` if there is none.
    ///
    /// `back` is the graph with its arcs turned round, or the graph itself if every arc has its like the other way. Ties
    /// are broken as by [`super::bidirectional`].
    pub fn path_to(&mut self, graph: &impl Weighted<W>, back: &impl Weighted<W>, to: u32) -> Option<&[u32]> {
        let (from, distances) = (self.from, &self.distances);
        let fits = distances.len() == graph.n_nodes() && distances.len() == back.n_nodes();
        if !fits || distances.get(to as usize).is_none_or(|&distance| distance == W::INFINITE) {
            return None;
        }
        let label = |side, node: u32| match side {
            AHEAD => distances[node as usize],
            _ if node == to => W::ZERO,
            _ => W::INFINITE,
        };
        let met = Met { label, meetings: &[to], from, to };
        self.tracer.trace(graph, back, &met).then_some(&self.tracer.arcs)
    }
}

/// The least distance from each state to the goal, by a measure of arcs that is never negative.
///
/// Complexity: O((n + m) log n) for n states and m arcs.
///
/// # Example
/// ```
/// use fiberplan_graph::{NO_SEGMENT, NOWHERE, StateGraphBuilder, Weight, Weighted, dijkstra::distances_to_goal};
/// // start(0) --2--> a(2) --3--> goal(1), and start --9--> goal
/// let mut builder = StateGraphBuilder::new(0);
/// builder.arc(2, Weight::new(2, 1), 0, &[]);
/// builder.arc(1, Weight::new(9, 1), 1, &[]);
/// builder.next_state();
/// builder.next_state();
/// builder.arc(1, Weight::new(3, 1), 2, &[]);
/// let graph = builder.finish(vec![NOWHERE, NOWHERE, 0]);
/// assert_eq!(distances_to_goal(&graph, |arc| graph.weight(arc).primary), [5, 0, 3]);
/// ```
pub fn distances_to_goal<D: Distance>(graph: &StateGraph, measure: impl Fn(u32) -> D) -> Vec<D> {
    let n = graph.n_states();
    let mut distance = vec![D::INFINITE; n];
    if n <= StateGraph::GOAL as usize {
        return distance;
    }
    let mut queue = BinaryHeap::new();
    distance[StateGraph::GOAL as usize] = D::ZERO;
    queue.push(Reverse((D::ZERO, StateGraph::GOAL)));
    while let Some(Reverse((so_far, state))) = queue.pop() {
        if so_far > distance[state as usize] {
            continue;
        }
        for &(from, arc) in graph.arcs_into(state) {
            let through = so_far.plus(measure(arc));
            if through < distance[from as usize] {
                distance[from as usize] = through;
                queue.push(Reverse((through, from)));
            }
        }
    }
    distance
}
