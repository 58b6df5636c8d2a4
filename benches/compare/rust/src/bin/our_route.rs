//! One route by fiberplan: `... route cost|latency`.
//!
//! The answer to a query is the weight of the route, summed over its arcs.

use fiberplan::graph::astar::StraightLine;
use fiberplan::graph::bidirectional::Bidirectional;
use fiberplan::graph::{Csr, Weighted};
use fiberplan_compare::{Arguments, Road, Run};

fn main() {
    let arguments = Arguments::read();
    let [task, measure] = &arguments.rest[..] else { panic!("usage: ... route cost|latency") };
    let road = Road::read(&arguments.instance, measure);
    let pairs = &arguments.pairs;
    match (arguments.contender.as_str(), task.as_str()) {
        ("bidirectional", "route") => two_searches(&road, pairs),
        ("astar", "route") => towards_the_goal(&road, pairs),
        (contender, task) => panic!("{contender} does not do {task}"),
    }
}

// Every edge is two arcs of equal weights, so the graph is its own reverse.

fn two_searches(road: &Road, pairs: &[(u32, u32)]) {
    let (run, graph) = Run::prepare(|| graph(road));
    let mut search = Bidirectional::new(&graph);
    run.ask(pairs, |source, target| {
        let (_, arcs) = search.between(&graph, &graph, source, target).expect("a connected graph");
        sum(&graph, arcs)
    });
}

fn towards_the_goal(road: &Road, pairs: &[(u32, u32)]) {
    let (run, (graph, bound)) = Run::prepare(|| {
        let graph = graph(road);
        let positions = road.places.iter().map(|&(x, y)| [x, y]).collect();
        let bound = StraightLine::over(&graph, positions);
        (graph, bound)
    });
    let mut search = Bidirectional::new(&graph);
    run.ask(pairs, |source, target| {
        let (_, arcs) = bound.between(&mut search, &graph, &graph, (source, target), (source, target)).expect("a connected graph");
        sum(&graph, arcs)
    });
}

fn graph(road: &Road) -> Csr<u32> {
    let arcs: Vec<(u32, u32, u32)> = road.arcs().collect();
    Csr::directed(road.n_nodes(), &arcs)
}

fn sum(graph: &Csr<u32>, arcs: &[u32]) -> u64 {
    arcs.iter().map(|&arc| u64::from(graph.weight(arc))).sum()
}
