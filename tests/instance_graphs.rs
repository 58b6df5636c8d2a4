//! The instances that the benches run on.

use fiberplan::graph::{Csr, Digraph};

use crate::instances::{mesh, queries, road};

/// How many nodes can be reached from node 0.
fn n_reached(graph: &Csr<u64>) -> usize {
    let mut seen = vec![false; graph.n_nodes()];
    seen[0] = true;
    let mut open = vec![0];
    let mut n = 0;
    while let Some(node) = open.pop() {
        n += 1;
        for &(head, _) in graph.row(node) {
            if !seen[head as usize] {
                seen[head as usize] = true;
                open.push(head);
            }
        }
    }
    n
}

/// One number for a list of edges (FNV-1a over its numbers).
fn digest(numbers: impl Iterator<Item = u64>) -> u64 {
    numbers.fold(0xCBF2_9CE4_8422_2325, |sum, number| (sum ^ number).wrapping_mul(0x0100_0000_01B3))
}

#[test]
fn roads_are_connected_and_of_the_size_asked_for() {
    for n_arcs in [1_000, 20_000, 100_000] {
        let road = road(n_arcs, 11);
        let edges = road.weighed_by(|cost, _| u64::from(cost));
        let graph = Csr::undirected(road.n_nodes, &edges);
        assert_eq!(n_reached(&graph), road.n_nodes);
        let off = graph.n_arcs().abs_diff(n_arcs) as f64 / n_arcs as f64;
        assert!(
            off < if n_arcs < 10_000 { 0.1 } else { 0.02 },
            "{n_arcs} arcs were asked for, {} are there",
            graph.n_arcs()
        );
        for &(a, b, (_, latency)) in &road.edges {
            let (a, b) = (road.places[a as usize], road.places[b as usize]);
            let distance = ((a.0 - b.0).powi(2) + (a.1 - b.1).powi(2)).sqrt();
            assert!(f64::from(latency) + 0.5 >= 10.0 * distance, "a latency is a length");
        }
    }
}

#[test]
fn meshes_are_connected_and_gabriel() {
    for n in [2, 50, 1_000, 10_000] {
        let mesh = mesh(n, 21);
        assert_eq!(n_reached(&Csr::undirected(n, &mesh.edges)), n);
        assert!(mesh.edges.len() < 2 * n, "a backbone is sparse: {}", mesh.edges.len());
        assert!(n < 1_000 || mesh.edges.len() > 3 * n / 2, "and has ways round: {}", mesh.edges.len());
        for &(a, b, weight) in mesh.edges.iter().step_by(1 + n / 500) {
            let (one, other) = (mesh.places[a as usize], mesh.places[b as usize]);
            let middle = ((one.0 + other.0) / 2.0, (one.1 + other.1) / 2.0);
            let square = |p: (f64, f64), q: (f64, f64)| (p.0 - q.0).powi(2) + (p.1 - q.1).powi(2);
            assert!(weight as f64 + 0.5 >= 10.0 * square(one, other).sqrt(), "a weight is a length");
            let nearest = mesh.places.iter().map(|&place| square(place, middle)).fold(f64::INFINITY, f64::min);
            assert!(nearest >= square(one, other) / 4.0 - 1e-6, "{n} places: one lies between {a} and {b}");
        }
    }
}

#[test]
fn instances_are_the_same_on_every_machine() {
    let road = road(20_000, 302);
    let numbers = road.edges.iter().flat_map(|&(a, b, (cost, latency))| [a, b, cost, latency].map(u64::from));
    assert_eq!(digest(numbers), 5_166_293_246_052_013_350);
    let mesh = mesh(1_000, 21);
    assert_eq!(
        digest(mesh.edges.iter().flat_map(|&(a, b, weight)| [a.into(), b.into(), weight])),
        3_759_586_474_251_339_481
    );
    assert_eq!(queries(1_000, 3, 121), [(159, 800), (944, 797), (681, 154)]);
}
