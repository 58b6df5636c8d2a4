//! Meshes of 50, 200 and 1000 nodes, as cable networks are: every search against Floyd and Warshall's distances, which
//! have nothing in common with it.

use fiberplan::graph::astar::StraightLine;
use fiberplan::graph::bidirectional::Bidirectional;
use fiberplan::graph::{Csr, Digraph, Weighted};

/// A mesh of that many nodes: lines of two ends and a weight.
fn mesh(n: usize) -> Csr<u32> {
    let path = format!("{}/tests/fixtures/meshes/mesh_{n}.edges", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let number = |word: Option<&str>| word.and_then(|word| word.parse().ok()).expect("three numbers a line");
    let edge = |line: &str| {
        let mut words = line.split(' ');
        (number(words.next()), number(words.next()), number(words.next()))
    };
    Csr::undirected(n, &text.lines().map(edge).collect::<Vec<_>>())
}

/// All distances, by Floyd and Warshall: for each node, whether a way through it is shorter.
fn all_distances(graph: &Csr<u32>) -> Vec<Vec<u32>> {
    let n = graph.n_nodes();
    let mut distances = vec![vec![u32::MAX; n]; n];
    for tail in 0..n as u32 {
        distances[tail as usize][tail as usize] = 0;
        for arc in graph.arcs_of(tail) {
            let distance = &mut distances[tail as usize][graph.head(arc) as usize];
            *distance = graph.weight(arc).min(*distance);
        }
    }
    for middle in 0..n {
        let onwards = distances[middle].clone();
        for row in &mut distances {
            let so_far = row[middle];
            if so_far < u32::MAX {
                for (distance, &on) in row.iter_mut().zip(&onwards) {
                    *distance = so_far.saturating_add(on).min(*distance);
                }
            }
        }
    }
    distances
}

/// The weight of a path, if its arcs lead from one end to the other.
fn weight_of(graph: &Csr<u32>, from: u32, to: u32, arcs: &[u32]) -> Option<u32> {
    let mut node = from;
    for &arc in arcs {
        if !graph.arcs_of(node).contains(&arc) {
            return None;
        }
        node = graph.head(arc);
    }
    (node == to).then(|| arcs.iter().map(|&arc| graph.weight(arc)).sum())
}

fn check(n: usize, n_edges: usize, step: usize) {
    let graph = mesh(n);
    assert_eq!((graph.n_nodes(), graph.n_arcs()), (n, 2 * n_edges));
    let distances = all_distances(&graph);
    // The meshes come without their coordinates; nodes put in a row give a bound that is weak but has to hold.
    let bound = StraightLine::over(&graph, (0..n).map(|i| [i as f32]).collect());
    assert!(bound.factor() > 0.0);
    let mut both = Bidirectional::new(&graph);
    for from in (0..n as u32).step_by(step) {
        for to in 0..n as u32 {
            let wanted = distances[from as usize][to as usize];
            assert!(wanted < u32::MAX, "the mesh hangs together");
            let (weight, first) = both.between(&graph, &graph, from, to).expect("there is a way");
            let first = first.to_vec();
            assert_eq!((weight, weight_of(&graph, from, to, &first)), (wanted, Some(wanted)), "{from} to {to}");
            let (weight, arcs) =
                bound.between(&mut both, &graph, &graph, (from, to), (from, to)).expect("there is a way");
            assert_eq!((weight, arcs), (wanted, &first[..]), "{from} to {to}");
        }
    }
}

#[test]
fn mesh_of_50() {
    check(50, 81, 1);
}

#[test]
fn mesh_of_200() {
    check(200, 321, 1);
}

#[test]
fn mesh_of_1000() {
    check(1000, 1710, 50);
}
