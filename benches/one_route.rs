//! What does one route over a large graph cost?
//!
//! Road-like graphs of 10^4 to 10^6 arcs, by cost and by latency. One iteration is one query, of 100 in turn; for each
//! graph the two searches are compared with each other before anything is timed. `cargo bench --bench one_route 1000000`
//! runs the largest graph only.

use std::cell::Cell;
use std::sync::LazyLock;

use divan::{Bencher, black_box};
use fiberplan::graph::Csr;
use fiberplan::graph::astar::StraightLine;
use fiberplan::graph::bidirectional::Bidirectional;

#[path = "instances/mod.rs"]
mod instances;

const SIZES: [usize; 3] = [10_000, 100_000, 1_000_000];

struct Instance {
    graph: Csr<u32>,
    bound: StraightLine<2>,
    queries: Vec<(u32, u32)>,
}

static COST: LazyLock<Vec<Instance>> = LazyLock::new(|| SIZES.map(|n_arcs| instance(n_arcs, |cost, _| cost)).into());
static LATENCY: LazyLock<Vec<Instance>> =
    LazyLock::new(|| SIZES.map(|n_arcs| instance(n_arcs, |_, latency| latency)).into());

fn instance(n_arcs: usize, weight: fn(u32, u32) -> u32) -> Instance {
    let road = instances::road(n_arcs, 11);
    let graph = Csr::undirected(road.n_nodes, &road.weighed_by(weight));
    let bound = StraightLine::over(&graph, road.places.iter().map(|&(x, y)| [x as f32, y as f32]).collect());
    let queries = instances::queries(road.n_nodes, 100, 111);
    let mut both = Bidirectional::new(&graph);
    for &(from, to) in queries.iter().take(if n_arcs < 1_000_000 { 100 } else { 10 }) {
        let plain = both.between(&graph, &graph, from, to).map(|(weight, _)| weight);
        let leaning = bound.between(&mut both, &graph, &graph, (from, to), (from, to)).map(|(weight, _)| weight);
        assert_eq!(plain, leaning, "{from} to {to}");
    }
    Instance { graph, bound, queries }
}

fn of(all: &'static [Instance], n_arcs: usize) -> &'static Instance {
    let index = SIZES.iter().position(|&size| size == n_arcs);
    &all[index.expect("a size of the list")]
}

/// Asks the queries one after the other, from the first again after the last.
fn in_turn(bencher: Bencher<'_, '_>, instance: &Instance, mut ask: impl FnMut(u32, u32) -> u32) {
    let next = Cell::new(0);
    bencher.bench_local(|| {
        let (from, to) = instance.queries[next.get()];
        next.set((next.get() + 1) % instance.queries.len());
        black_box(ask(from, to))
    });
}

fn bidirectional(bencher: Bencher<'_, '_>, instance: &'static Instance) {
    let mut search = Bidirectional::new(&instance.graph);
    in_turn(bencher, instance, |from, to| {
        search.between(&instance.graph, &instance.graph, from, to).expect("a connected graph").0
    });
}

fn astar(bencher: Bencher<'_, '_>, instance: &'static Instance) {
    let mut search = Bidirectional::new(&instance.graph);
    in_turn(bencher, instance, |from, to| {
        let found = instance.bound.between(&mut search, &instance.graph, &instance.graph, (from, to), (from, to));
        found.expect("a connected graph").0
    });
}

macro_rules! rows {
    ($($name:ident: $bench:ident, $all:ident, $sizes:ident;)*) => {$(
        #[divan::bench(args = $sizes)]
        fn $name(bencher: Bencher<'_, '_>, n_arcs: usize) {
            $bench(bencher, of(&$all, n_arcs));
        }
    )*};
}

rows! {
    bidirectional_cost: bidirectional, COST, SIZES;
    bidirectional_latency: bidirectional, LATENCY, SIZES;
    astar_latency: astar, LATENCY, SIZES;
}

fn main() {
    divan::main();
}
