//! The k shortest loopless paths of an undirected graph, by the Rust peers: `... K`.
//!
//! The answer to a query is the sum of the weights of the k paths.

use fiberplan_compare::{Arguments, Mesh, Run};
use pathfinding::directed::yen::yen;

fn main() {
    let arguments = Arguments::read();
    let k = arguments.rest[0].parse().expect("K is a whole number");
    let mesh = Mesh::read(&arguments.instance);
    assert_eq!(arguments.contender, "pathfinding", "the only peer that lists paths");
    let (run, neighbours) = Run::prepare(|| {
        let mut neighbours = vec![Vec::new(); mesh.n_nodes];
        for &(a, b, weight) in &mesh.edges {
            neighbours[a as usize].push((b, weight));
            neighbours[b as usize].push((a, weight));
        }
        neighbours
    });
    run.ask(&arguments.pairs, |source, target| {
        let next = |&node: &u32| neighbours[node as usize].iter().copied();
        yen(&source, next, |&node| node == target, k).iter().map(|(_, weight)| weight).sum::<u64>()
    });
}
