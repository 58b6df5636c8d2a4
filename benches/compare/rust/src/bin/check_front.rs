//! The exact front of two criteria by a plain textbook search, to check answers with. It is no peer: no registry has one.
//!
//! BOA* as published (Hernández Ulloa, Yeoh, Baier, Zhang, Suazo and Koenig 2020, doi:10.1609/icaps.v30i1.6655), with a
//! Dijkstra search for each of its two lower bounds, which its times include. Weights are a tenth of those in the file,
//! rounded down, plus 1. The answer to a query is the number of points, the sum of their costs and that of their latencies.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use fiberplan_compare::{Arguments, Road, Run};

fn main() {
    let arguments = Arguments::read();
    let (cost, latency) = Road::read_both(&arguments.instance);
    let (run, weights) = Run::prepare(|| -> Vec<(u32, u32)> {
        let both = cost.weight.iter().zip(&latency);
        both.map(|(cost, latency)| (cost / 10 + 1, latency / 10 + 1)).collect()
    });
    run.ask(&arguments.pairs, |source, target| {
        let points = front(&cost, &weights, source, target);
        let (costs, latencies) = points.iter().fold((0, 0), |sum, point| (sum.0 + point.0, sum.1 + point.1));
        vec![points.len() as u64, costs, latencies]
    });
}

/// The points of the front in order of cost.
fn front(road: &Road, weights: &[(u32, u32)], source: u32, target: u32) -> Vec<(u64, u64)> {
    // Every edge is two arcs of equal weights, so distances from the target are distances to it.
    let least_cost = distances(road, target, |arc| weights[arc].0);
    let least_latency = distances(road, target, |arc| weights[arc].1);
    let mut best_latency = vec![u64::MAX; road.n_nodes()];
    let (goal, start) = (target as usize, source as usize);
    let mut queue = BinaryHeap::new();
    if least_cost[start] < u64::MAX {
        queue.push(Reverse((least_cost[start], least_latency[start], source)));
    }
    let mut points = Vec::new();
    while let Some(Reverse((whole_cost, whole_latency, node))) = queue.pop() {
        let at = node as usize;
        let (cost, latency) = (whole_cost - least_cost[at], whole_latency - least_latency[at]);
        // Labels come in order of cost, so only one with less latency than all before it is on a front.
        if latency >= best_latency[at] || whole_latency >= best_latency[goal] {
            continue;
        }
        best_latency[at] = latency;
        if at == goal {
            points.push((cost, latency));
            continue;
        }
        for arc in road.arcs_of(node) {
            let head = road.head[arc] as usize;
            let cost = cost + u64::from(weights[arc].0);
            let latency = latency + u64::from(weights[arc].1);
            let whole_latency = latency + least_latency[head];
            if latency < best_latency[head] && whole_latency < best_latency[goal] {
                queue.push(Reverse((cost + least_cost[head], whole_latency, head as u32)));
            }
        }
    }
    points
}

fn distances(road: &Road, from: u32, weight: impl Fn(usize) -> u32) -> Vec<u64> {
    let mut least = vec![u64::MAX; road.n_nodes()];
    least[from as usize] = 0;
    let mut queue = BinaryHeap::from([Reverse((0, from))]);
    while let Some(Reverse((so_far, node))) = queue.pop() {
        if so_far > least[node as usize] {
            continue;
        }
        for arc in road.arcs_of(node) {
            let head = road.head[arc] as usize;
            let through = so_far + u64::from(weight(arc));
            if through < least[head] {
                least[head] = through;
                queue.push(Reverse((through, head as u32)));
            }
        }
    }
    least
}
