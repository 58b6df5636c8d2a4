//! What does the cheapest pair of disjoint paths cost, on a backbone mesh and between countries?
//!
//! `edges` and `nodes`: meshes of 50 to 100,000 places with about three cables a place; one iteration is one pair of
//! paths, of 20 in turn. Before anything is timed the totals of some are compared with those of a min-cost flow by Bellman
//! and Ford. `base`: two routes from Turkmenistan to Germany on the base network that have nothing in common of a kind, with
//! all that is asked for beside them; each has to be proved the best.

use std::cell::Cell;
use std::sync::LazyLock;

use divan::{Bencher, black_box};
use fiberplan::World;
use fiberplan::analysis::Diversity;
use fiberplan::graph::Csr;
use fiberplan::graph::disjoint::Aim;
use fiberplan::graph::suurballe::{Disjoint, Finder};
use fiberplan::request::{End, Objective};
use fiberplan::scenario::{Overrides, Scenario, load};

#[path = "../tests/support/flow.rs"]
mod flow;
#[path = "instances/mod.rs"]
mod instances;

/// Places, and how many answers are compared: the slow way is very slow.
const MESHES: [(usize, usize); 4] = [(50, 20), (1000, 10), (10_000, 1), (100_000, 0)];

struct Instance {
    graph: Csr<u64>,
    queries: Vec<(u32, u32)>,
}

static ALL: LazyLock<Vec<Instance>> = LazyLock::new(|| MESHES.map(instance).into());

static BASE: LazyLock<Scenario> = LazyLock::new(|| {
    load(&World::shipped(), None, &Overrides::default()).expect("the shipped scenario can be computed")
});

fn instance((n_nodes, n_checked): (usize, usize)) -> Instance {
    let mesh = instances::mesh(n_nodes, 21);
    let graph = Csr::undirected(mesh.n_nodes, &mesh.edges);
    let queries = instances::queries(n_nodes, 20, 121);
    let arcs: Vec<(u32, u32, u64)> = mesh.edges.iter().flat_map(|&(a, b, w)| [(a, b, w), (b, a, w)]).collect();
    let mut finder = Finder::new(&graph);
    for &(from, to) in &queries[..n_checked] {
        for (disjoint, through_nodes) in [(Disjoint::Edges, 9), (Disjoint::Nodes, 1)] {
            let right = flow::Flow::split(n_nodes, &arcs, through_nodes).cost(n_nodes, from, to, 2);
            let found = finder.paths(from, to, 2, disjoint);
            let total = found.map(|paths| paths.iter().map(|path| path.weight).sum());
            assert_eq!(total, right, "mesh {n_nodes}, {from} to {to}, {disjoint:?}");
        }
    }
    Instance { graph, queries }
}

fn in_turn(bencher: Bencher<'_, '_>, n_nodes: usize, disjoint: Disjoint) {
    let index = MESHES.iter().position(|mesh| mesh.0 == n_nodes).expect("a mesh of the list");
    let Instance { graph, queries } = &ALL[index];
    let mut finder = Finder::new(graph);
    let next = Cell::new(0);
    bencher.bench_local(|| {
        let (from, to) = queries[next.get()];
        next.set((next.get() + 1) % queries.len());
        black_box(finder.paths(from, to, 2, disjoint).map_or(0, |paths| paths.len()))
    });
}

#[divan::bench(args = MESHES.map(|mesh| mesh.0))]
fn edges(bencher: Bencher<'_, '_>, n_nodes: usize) {
    in_turn(bencher, n_nodes, Disjoint::Edges);
}

#[divan::bench(args = MESHES.map(|mesh| mesh.0))]
fn nodes(bencher: Bencher<'_, '_>, n_nodes: usize) {
    in_turn(bencher, n_nodes, Disjoint::Nodes);
}

#[divan::bench(args = Diversity::ALL.map(Diversity::as_str))]
fn base(bencher: Bencher<'_, '_>, what: &str) {
    let diversity = Diversity::ALL.into_iter().find(|own| own.as_str() == what).expect("a kind of the list");
    let country = |code: &str| End::Country(code.parse().expect("a country"));
    let plan = BASE.plan();
    let request = BASE.request(country("TM"), country("DE"), Objective::Cost);
    let ask = || plan.diverse(&request, diversity, Aim::Sum, 2);
    let set = ask();
    assert!(set.routes.len() == 2 && set.open.is_none(), "two routes, proved the best");
    bencher.bench_local(|| black_box(ask().routes.len()));
}

fn main() {
    divan::main();
}
