//! The k shortest loopless paths of an undirected graph, by fiberplan: `... K`.
//!
//! The answer to a query is the sum of the weights of the k paths.

use fiberplan::graph::yen::{EachAlone, Workspace};
use fiberplan::graph::Csr;
use fiberplan_compare::{Arguments, Mesh, Run};

fn main() {
    let arguments = Arguments::read();
    let k = arguments.rest[0].parse().expect("K is a whole number");
    assert_eq!(arguments.contender, "yen", "the algorithm for lists of paths");
    let mesh = Mesh::read(&arguments.instance);
    let (run, graph) = Run::prepare(|| Csr::undirected(mesh.n_nodes, &mesh.edges));
    let mut workspace = Workspace::new();
    run.ask(&arguments.pairs, |source, target| {
        let paths = workspace.paths(&graph, &graph, (source, target), EachAlone(mesh.n_nodes)).take(k);
        paths.map(|path| path.weight).sum::<u64>()
    });
}
