//! A lower bound on a whole set of paths: what they cost if only single steps, not resources, are taken once.
//!
//! The k paths become k units of a min-cost flow over the state graph: an arc that takes a resource carries one unit, and
//! so does a state that no path leaves, or none enters, without taking the same resource. The flow is found by successive
//! shortest paths under potentials (Edmonds and Karp 1972, doi:10.1145/321694.321699). What a unit of each such capacity
//! is worth is its *rent*: the least path that pays the rents on its way, times k, less all rents, is the flow's cost again;
//! and where paths are not all under the same bans it is still a bound (Lagrange's).

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::super::csr::Digraph;
use super::super::dijkstra::distances_to_goal;
use super::super::distance::Distance;
use super::super::state_graph::StateGraph;
use super::resources::{Resources, is_exclusive, resource};
use super::single::Cost;

/// The flow found.
#[derive(Debug)]
pub(super) struct Relaxation {
    /// The arcs of each unit.
    pub(super) paths: Vec<Vec<u32>>,
    /// By arc: the rent of it and of the state it leaves.
    pub(super) rents: Vec<Cost>,
    /// All rents together.
    pub(super) total_rent: Cost,
}

struct Residual {
    to: u32,
    cost: i128,
    room: u32,
    next: u32,
}

/// States split in two: entered at `2 * state`, left at `2 * state + 1`. Residual arc `2 * i` is arc `i` of the graph for
/// the first of them, then come the states; each is followed by its way back.
struct Flow<'a> {
    graph: &'a StateGraph,
    arcs: Vec<Residual>,
    first: Vec<u32>,
    potential: Vec<i128>,
}

const NONE: u32 = u32::MAX;

/// The least flow of k units, or that there is none. `shared` tells of each resource whether all may take it.
pub(super) fn relax(
    graph: &StateGraph,
    resources: &Resources,
    shared: &[bool],
    costs: &[Cost],
    k: usize,
) -> Option<Relaxation> {
    let many = u32::try_from(k).ok()?.checked_add(1)?;
    let to_goal = distances_to_goal(graph, |arc| costs[arc as usize]);
    if to_goal[StateGraph::START as usize] == Cost::INFINITE {
        return None;
    }
    let alone = |arc: u32, taken: u32| {
        resources.of_arc(arc).contains(&taken) && is_exclusive(taken) && !shared[resource(taken) as usize]
    };
    // Whether all of some arcs take one and the same resource.
    let in_common = |arcs: &[u32]| {
        let first = arcs.first().map_or(&[][..], |&arc| resources.of_arc(arc));
        first.iter().any(|&taken| arcs.iter().all(|&arc| alone(arc, taken)))
    };
    let n = graph.n_states();
    let mut flow = Flow { graph, arcs: Vec::new(), first: vec![NONE; 2 * n], potential: Vec::new() };
    for state in 0..n as u32 {
        for arc in graph.arcs_of(state) {
            let useless = to_goal[graph.head(arc) as usize] == Cost::INFINITE;
            let exclusive = resources.of_arc(arc).iter().any(|&taken| alone(arc, taken));
            let room = if useless {
                0
            } else if exclusive {
                1
            } else {
                many
            };
            flow.add(
                2 * state + 1,
                2 * graph.head(arc),
                i128::try_from(costs[arc as usize]).unwrap_or(i128::MAX / 4),
                room,
            );
        }
    }
    for state in 0..n as u32 {
        let out: Vec<u32> = graph.arcs_of(state).collect();
        let into: Vec<u32> = graph.arcs_into(state).iter().map(|&(_, arc)| arc).collect();
        let is_end = state == StateGraph::START || state == StateGraph::GOAL;
        let room = if !is_end && (in_common(&out) || in_common(&into)) { 1 } else { many };
        flow.add(2 * state, 2 * state + 1, 0, room);
    }
    let far = |distance: Cost| i128::try_from(distance).unwrap_or(i128::MAX / 4);
    flow.potential = to_goal.iter().flat_map(|&distance| [-far(distance), -far(distance)]).collect();
    for _ in 0..k {
        if !flow.augment() {
            return None;
        }
    }
    Some(flow.read_off(many))
}

impl Flow<'_> {
    fn add(&mut self, from: u32, to: u32, cost: i128, room: u32) {
        for (from, to, cost, room) in [(from, to, cost, room), (to, from, -cost, 0)] {
            let next = std::mem::replace(&mut self.first[from as usize], self.arcs.len() as u32);
            self.arcs.push(Residual { to, cost, room, next });
        }
    }

    /// One more unit along the least path of the residual graph.
    fn augment(&mut self) -> bool {
        let (start, goal) = (2 * StateGraph::START, 2 * StateGraph::GOAL + 1);
        let mut least = vec![i128::MAX; self.first.len()];
        let mut by = vec![NONE; self.first.len()];
        let mut queue = BinaryHeap::new();
        least[start as usize] = 0;
        queue.push(Reverse((0, start)));
        while let Some(Reverse((so_far, node))) = queue.pop() {
            if node == goal {
                break;
            }
            if so_far > least[node as usize] {
                continue;
            }
            let mut index = self.first[node as usize];
            while index != NONE {
                let arc = &self.arcs[index as usize];
                let reduced = arc.cost + self.potential[node as usize] - self.potential[arc.to as usize];
                if arc.room > 0 && so_far + reduced < least[arc.to as usize] {
                    least[arc.to as usize] = so_far + reduced;
                    by[arc.to as usize] = index;
                    queue.push(Reverse((so_far + reduced, arc.to)));
                }
                index = arc.next;
            }
        }
        let found = least[goal as usize];
        if found == i128::MAX {
            return false;
        }
        for (potential, least) in self.potential.iter_mut().zip(least) {
            *potential += least.min(found);
        }
        let mut node = goal;
        while node != start {
            let index = by[node as usize] as usize;
            self.arcs[index].room -= 1;
            self.arcs[index ^ 1].room += 1;
            node = self.arcs[index ^ 1].to;
        }
        true
    }

    fn read_off(&self, many: u32) -> Relaxation {
        let graph = self.graph;
        let n_arcs = graph.n_arcs();
        // A capacity is worth what the potentials differ by beyond its cost, if it is used up.
        let rent = |index: usize| {
            let (arc, back) = (&self.arcs[2 * index], &self.arcs[2 * index + 1]);
            let is_one = arc.room + back.room == 1;
            let worth = self.potential[arc.to as usize] - self.potential[back.to as usize] - arc.cost;
            if is_one && arc.room == 0 { Cost::try_from(worth).unwrap_or(0) } else { 0 }
        };
        debug_assert!(many > 1, "what may be shared has room for all");
        let mut rents = Vec::with_capacity(n_arcs);
        let mut total_rent: Cost = 0;
        for state in 0..graph.n_nodes() {
            let of_state = rent(n_arcs + state);
            total_rent += of_state;
            for arc in graph.arcs_of(state as u32) {
                total_rent += rent(arc as usize);
                rents.push(of_state + rent(arc as usize));
            }
        }
        let mut units: Vec<u32> = (0..n_arcs).map(|arc| self.arcs[2 * arc + 1].room).collect();
        let mut paths = Vec::new();
        while let Some(path) = self.path(&mut units) {
            paths.push(path);
        }
        Relaxation { paths, rents, total_rent }
    }

    /// Takes one path out of the units that are left on each arc.
    fn path(&self, units: &mut [u32]) -> Option<Vec<u32>> {
        let graph = self.graph;
        let mut walk: Vec<(u32, u32)> = Vec::new();
        let mut state = StateGraph::START;
        while state != StateGraph::GOAL {
            let arc = graph.arcs_of(state).find(|&arc| units[arc as usize] > 0)?;
            units[arc as usize] -= 1;
            // Steps of weight nothing may form a ring: what leads back to a state is dropped.
            if let Some(before) = walk.iter().position(|&(tail, _)| tail == graph.head(arc)) {
                walk.truncate(before);
            } else {
                walk.push((state, arc));
            }
            state = graph.head(arc);
        }
        Some(walk.into_iter().map(|(_, arc)| arc).collect())
    }
}
