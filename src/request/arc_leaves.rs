//! What each arc of an unfolded request puts on the bill, leaf by leaf: to weigh the same graph at other prices.

use petgraph::graph::EdgeIndex;

use super::unfold::{SearchInput, Unfolding};
use crate::graph::Digraph;
use crate::graph::{NO_SEGMENT, StateGraph};
use crate::metrics::{Journey, Leaf, Passed, Step};

impl Unfolding {
    /// The leaves of an arc's cost, by arc; nothing for those that only say where a route begins. At base prices those of an
    /// arc sum to its weight by cost.
    pub(crate) fn arc_leaves(&self, input: SearchInput<'_>) -> Vec<Vec<Leaf>> {
        let graph = &self.graph;
        let mut all = Vec::with_capacity(graph.n_arcs());
        for tail in 0..graph.n_states() as u32 {
            all.extend(graph.arcs_of(tail).map(|arc| self.leaves_of(input, tail, arc)));
        }
        all
    }

    fn leaves_of(&self, input: SearchInput<'_>, tail: u32, arc: u32) -> Vec<Leaf> {
        let SearchInput { network, step_costs, ends, .. } = input;
        let Some((node, arrival)) = self.arrival(tail) else { return Vec::new() };
        let here = network.node(node);
        if self.graph.edge(arc) == NO_SEGMENT {
            let ends_here = self.graph.head(arc) == StateGraph::GOAL;
            let ashore: Vec<Passed> = Journey::end(arrival, here).into_iter().collect();
            return if ends_here { step_costs.end_leaves(&ashore, ends) } else { Vec::new() };
        }
        let edge = EdgeIndex::new(self.graph.edge(arc) as usize);
        let segment = network.segment(edge);
        let forward = network.graph().edge_endpoints(edge).is_some_and(|(from, _)| from == node);
        let mut borders = Vec::new();
        Journey::go(arrival, here, segment, forward, |border| borders.push(border));
        let device = Journey::meets_device(arrival, segment.row.medium.is_submarine()).then_some(node);
        step_costs.step_leaves(Step { edge, borders: &borders, device }, ends)
    }
}
