//! The exact front of two criteria, by fiberplan.
//!
//! Weights are a tenth of those in the file, rounded down, plus 1. The answer to a query is the number of points, the sum of
//! their costs and that of their latencies.

use fiberplan::graph::Csr;
use fiberplan::graph::biobjective::front;
use fiberplan_compare::{Arguments, Road, Run};

fn main() {
    let arguments = Arguments::read();
    assert_eq!(arguments.contender, "front", "the algorithm for fronts");
    let (road, latency) = Road::read_both(&arguments.instance);
    let (run, graph) = Run::prepare(|| {
        let arcs = road.arcs().zip(&latency);
        let arcs: Vec<(u32, u32, [u32; 2])> =
            arcs.map(|((tail, head, cost), latency)| (tail, head, [cost / 10 + 1, latency / 10 + 1])).collect();
        Csr::directed(road.n_nodes(), &arcs)
    });
    drop((road, latency));
    run.ask(&arguments.pairs, |source, target| {
        // Every edge is two arcs of equal weights, so the graph is its own reverse.
        let front = front(&graph, &graph, source, target);
        let sum = |criterion: usize| front.points().iter().map(|point| u64::from(point[criterion])).sum();
        vec![front.points().len() as u64, sum(0), sum(1)]
    });
}
