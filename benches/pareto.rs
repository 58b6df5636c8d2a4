//! How long does an exact front of two to four criteria take, on a mesh of 1,000 places?
//!
//! Answers are checked before anything is timed. One iteration is all queries of its row.

use divan::{Bencher, black_box};

use fiberplan::graph::Csr;
use fiberplan::graph::pareto::{Wanted, front};

mod instances;

use instances::{Dice, mesh, queries};

fn main() {
    divan::main();
}

/// The sum of the sizes of the fronts by two criteria.
const POINTS_BY_TWO: usize = 18;

#[divan::bench(args = [2, 3, 4], sample_count = 5)]
fn more_criteria_on_a_mesh(bencher: Bencher<'_, '_>, n_criteria: usize) {
    let mesh = mesh(1_000, 21);
    let mut dice = Dice::new(7);
    // Length, a price that differs by half, a number that has nothing to do with it, and hops.
    let mut columns = |length: u64| [length, length * (75 + dice.below(51)) / 100, 1 + dice.below(50), 1];
    let edges: Vec<(u32, u32, [u64; 4])> = mesh.edges.iter().map(|&(a, b, length)| (a, b, columns(length))).collect();
    let graph = Csr::undirected(mesh.n_nodes, &edges);
    let queries = queries(mesh.n_nodes, 5, 3);
    let ask = |&(from, to): &(u32, u32), n: usize| -> Vec<Vec<u64>> {
        let criteria: Vec<usize> = (0..n).collect();
        front(&graph, from, to, Wanted::by(&criteria)).points.into_iter().map(|point| point.values).collect()
    };
    let mut n_points = 0;
    for query in &queries {
        let (by_two, by_all) = (ask(query, 2), ask(query, n_criteria));
        // What nothing betters in two criteria, nothing betters in more.
        assert!(by_two.iter().all(|two| by_all.iter().any(|all| all[..2] == two[..])), "{query:?}");
        n_points += by_two.len();
    }
    assert_eq!(n_points, POINTS_BY_TWO, "points by two criteria");
    bencher.bench_local(|| queries.iter().map(|query| black_box(ask(query, n_criteria)).len()).sum::<usize>());
}
