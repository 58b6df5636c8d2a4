//! One route, or the distances from one node to all, by the Rust peers: `... route|all cost|latency`.
//!
//! The answer to a query is the weight of the best route, or the sum of the distances to all nodes. A* and `all` do not go
//! together. What A* estimates with is the distance as the crow flies times the least price of a metre.

use std::convert::Infallible;

use fiberplan_compare::{Arguments, Road, Run};
use pathfinding::directed::{astar, dijkstra};
use petgraph::csr::{Csr, EdgeReference};
use petgraph::graph::{DiGraph, NodeIndex};
use rustworkx_core::dictmap::DictMap;

fn main() {
    let arguments = Arguments::read();
    let [task, measure] = &arguments.rest[..] else { panic!("usage: ... route|all cost|latency") };
    let road = Road::read(&arguments.instance, measure);
    let all = task == "all";
    match arguments.contender.as_str() {
        "petgraph-csr" => petgraph_csr(&road, &arguments, all),
        "pathfinding" => pathfinding(&road, &arguments, all),
        "pathfinding-astar" => pathfinding_astar(&road, &arguments),
        "fast_paths" => fast_paths(&road, &arguments),
        "petgraph" | "petgraph-bidirectional" | "petgraph-astar" | "rustworkx-core" => graph(&road, &arguments, all),
        other => panic!("{other}: not one of the peers"),
    }
}

fn petgraph_csr(road: &Road, arguments: &Arguments, all: bool) {
    let (run, graph) = Run::prepare(|| {
        let arcs: Vec<(u32, u32, u32)> = road.arcs().collect();
        Csr::<(), u32>::from_sorted_edges(&arcs).expect("arcs in order, none twice")
    });
    let weight = |arc: EdgeReference<'_, u32, _, _>| u64::from(*arc.weight());
    run.ask(&arguments.pairs, |source, target| {
        let distances = petgraph::algo::dijkstra(&graph, source, (!all).then_some(target), weight);
        if all { distances.values().sum() } else { distances[&target] }
    });
}

/// The peers that work on petgraph's `Graph`.
fn graph(road: &Road, arguments: &Arguments, all: bool) {
    let (run, graph) = Run::prepare(|| {
        let mut graph = DiGraph::<(), u32>::with_capacity(road.n_nodes(), road.n_arcs());
        for _ in 0..road.n_nodes() {
            graph.add_node(());
        }
        for (tail, head, weight) in road.arcs() {
            graph.add_edge(tail.into(), head.into(), weight);
        }
        graph
    });
    let contender = arguments.contender.as_str();
    let price = if contender == "petgraph-astar" { road.least_price() } else { 0.0 };
    run.ask(&arguments.pairs, |source, target| {
        let (from, to) = (NodeIndex::from(source), NodeIndex::from(target));
        let goal = (!all).then_some(to);
        match contender {
            "petgraph" => {
                let distances = petgraph::algo::dijkstra(&graph, from, goal, |arc| u64::from(*arc.weight()));
                if all { distances.values().sum() } else { distances[&to] }
            }
            "petgraph-bidirectional" => {
                petgraph::algo::bidirectional_dijkstra(&graph, from, to, |arc| u64::from(*arc.weight()))
                    .expect("a connected graph")
            }
            "petgraph-astar" => {
                let estimate = |node: NodeIndex| (road.distance(node.index() as u32, target) * price) as u64;
                petgraph::algo::astar(&graph, from, |node| node == to, |arc| u64::from(*arc.weight()), estimate)
                    .expect("a connected graph")
                    .0
            }
            _ => {
                let weight = |arc: petgraph::graph::EdgeReference<'_, u32>| Ok(u64::from(*arc.weight()));
                let distances: Result<DictMap<NodeIndex, u64>, Infallible> =
                    rustworkx_core::shortest_path::dijkstra(&graph, from, goal, weight, None);
                let Ok(distances) = distances;
                if all { distances.values().sum() } else { distances[&to] }
            }
        }
    });
}

fn pathfinding(road: &Road, arguments: &Arguments, all: bool) {
    let (run, ()) = Run::prepare(|| ());
    let next = |&node: &u32| road.arcs_of(node).map(|arc| (road.head[arc], u64::from(road.weight[arc])));
    run.ask(&arguments.pairs, |source, target| {
        if all {
            dijkstra::dijkstra_all(&source, next).values().map(|&(_, distance)| distance).sum::<u64>()
        } else {
            dijkstra::dijkstra(&source, next, |&node| node == target).expect("a connected graph").1
        }
    });
}

fn pathfinding_astar(road: &Road, arguments: &Arguments) {
    let (run, price) = Run::prepare(|| road.least_price());
    let next = |&node: &u32| road.arcs_of(node).map(|arc| (road.head[arc], u64::from(road.weight[arc])));
    run.ask(&arguments.pairs, |source, target| {
        let estimate = |&node: &u32| (road.distance(node, target) * price) as u64;
        astar::astar(&source, next, estimate, |&node| node == target).expect("a connected graph").1
    });
}

fn fast_paths(road: &Road, arguments: &Arguments) {
    let (run, graph) = Run::prepare(|| {
        let mut graph = fast_paths::InputGraph::new();
        for (tail, head, weight) in road.arcs() {
            graph.add_edge(tail as usize, head as usize, weight as usize);
        }
        graph.freeze();
        fast_paths::prepare(&graph)
    });
    let mut calculator = fast_paths::create_calculator(&graph);
    run.ask(&arguments.pairs, |source, target| {
        let path = calculator.calc_path(&graph, source as usize, target as usize);
        path.expect("a connected graph").get_weight()
    });
}
