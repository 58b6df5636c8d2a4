//! What do the k shortest loopless paths of a backbone mesh cost?
//!
//! Meshes of 50 to 10,000 places with about three cables a place; one iteration is one query, of 20 in turn. Before
//! anything is timed the lengths are summed and compared with what igraph 0.11 found on the same meshes. `warm` uses the
//! memory of the search before, `cold` begins with none.

use std::cell::Cell;
use std::sync::LazyLock;

use divan::{Bencher, black_box};
use fiberplan::graph::yen::{EachAlone, Path, Workspace};
use fiberplan::graph::{Csr, Digraph};

#[path = "instances/mod.rs"]
mod instances;

/// Places, paths, and the sum of the lengths of all paths of all queries.
const MESHES: [(usize, usize, u64); 4] =
    [(50, 10, 3_569_001), (200, 50, 15_850_643), (1000, 100, 27_825_198), (10_000, 20, 5_972_378)];

struct Instance {
    graph: Csr<u64>,
    queries: Vec<(u32, u32)>,
    k: usize,
}

static ALL: LazyLock<Vec<Instance>> = LazyLock::new(|| MESHES.map(instance).into());

/// The first `k` paths, in fresh memory.
fn k_shortest(graph: &Csr<u64>, from: u32, to: u32, k: usize) -> Vec<Path<u64>> {
    Workspace::new().paths(graph, graph, (from, to), EachAlone(graph.n_nodes())).take(k).collect()
}

fn instance((n_nodes, k, sum): (usize, usize, u64)) -> Instance {
    let mesh = instances::mesh(n_nodes, 21);
    let graph = Csr::undirected(mesh.n_nodes, &mesh.edges);
    let queries = instances::queries(n_nodes, 20, 121);
    let lengths = queries.iter().flat_map(|&(from, to)| k_shortest(&graph, from, to, k));
    assert_eq!(lengths.map(|path| path.weight).sum::<u64>(), sum, "mesh {n_nodes}");
    Instance { graph, queries, k }
}

fn of(n_nodes: usize) -> &'static Instance {
    let index = MESHES.iter().position(|mesh| mesh.0 == n_nodes);
    &ALL[index.expect("a mesh of the list")]
}

/// Asks the queries one after the other, from the first again after the last.
fn in_turn(bencher: Bencher<'_, '_>, instance: &Instance, mut ask: impl FnMut(u32, u32) -> usize) {
    let next = Cell::new(0);
    bencher.bench_local(|| {
        let (from, to) = instance.queries[next.get()];
        next.set((next.get() + 1) % instance.queries.len());
        black_box(ask(from, to))
    });
}

#[divan::bench(args = MESHES.map(|mesh| mesh.0))]
fn warm(bencher: Bencher<'_, '_>, n_nodes: usize) {
    let Instance { graph, k, .. } = of(n_nodes);
    let mut space = Workspace::new();
    in_turn(bencher, of(n_nodes), |from, to| {
        space.paths(graph, graph, (from, to), EachAlone(graph.n_nodes())).take(*k).map(|path| path.arcs.len()).sum()
    });
}

#[divan::bench(args = MESHES.map(|mesh| mesh.0))]
fn cold(bencher: Bencher<'_, '_>, n_nodes: usize) {
    let Instance { graph, k, .. } = of(n_nodes);
    in_turn(bencher, of(n_nodes), |from, to| k_shortest(graph, from, to, *k).len());
}

fn main() {
    divan::main();
}
