//! The cheapest two paths that share no edge, or no node, by fiberplan: `... edge|node`.
//!
//! The answer to a query is the weight of both paths together, 0 where there are no two.

use fiberplan::graph::Csr;
use fiberplan::graph::suurballe::{Disjoint, Finder};
use fiberplan_compare::{Arguments, Mesh, Run};

fn main() {
    let arguments = Arguments::read();
    let disjoint = match arguments.rest[0].as_str() {
        "edge" => Disjoint::Edges,
        "node" => Disjoint::Nodes,
        other => panic!("{other}: neither edge nor node"),
    };
    assert_eq!(arguments.contender, "suurballe", "the algorithm for pairs");
    let mesh = Mesh::read(&arguments.instance);
    let (run, graph) = Run::prepare(|| Csr::undirected(mesh.n_nodes, &mesh.edges));
    let mut finder = Finder::new(&graph);
    run.ask(&arguments.pairs, |source, target| {
        let pair = finder.paths(source, target, 2, disjoint);
        pair.map_or(0, |pair| pair.iter().map(|path| path.weight).sum::<u64>())
    });
}
