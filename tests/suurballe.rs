//! Disjoint paths on plain graphs, against every pair and triple of paths there is, and against a min-cost flow over an
//! explicitly split graph where there are too many; the published topology CORONET Global.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use fiberplan::graph::suurballe::{Disjoint, Finder, disjoint_paths};
use fiberplan::graph::{Csr, Digraph, Weighted};

use crate::support::Dice;
use crate::support::flow::Flow;

/// Every loopless path between two nodes, as arcs.
fn all_paths(graph: &Csr<u64>, source: u32, sink: u32) -> Vec<Vec<u32>> {
    fn extend(graph: &Csr<u64>, sink: u32, seen: &mut Vec<u32>, path: &mut Vec<u32>, found: &mut Vec<Vec<u32>>) {
        let at = seen[seen.len() - 1];
        if at == sink {
            found.push(path.clone());
            return;
        }
        for arc in graph.arcs_of(at) {
            if !seen.contains(&graph.head(arc)) {
                seen.push(graph.head(arc));
                path.push(arc);
                extend(graph, sink, seen, path, found);
                path.pop();
                seen.pop();
            }
        }
    }
    let mut found = Vec::new();
    extend(graph, sink, &mut vec![source], &mut Vec::new(), &mut found);
    found
}

fn weight(graph: &Csr<u64>, path: &[u32]) -> u64 {
    path.iter().map(|&arc| graph.weight(arc)).sum()
}

/// What a path takes from the others.
fn takes(graph: &Csr<u64>, path: &[u32], disjoint: Disjoint) -> BTreeSet<u32> {
    match disjoint {
        Disjoint::Edges => path.iter().map(|&arc| graph.edge(arc)).collect(),
        // Edges and nodes in one set: nodes are told apart by a number that no edge has.
        Disjoint::Nodes => {
            let inner = path[..path.len() - 1].iter().map(|&arc| 1_000_000 + graph.head(arc));
            path.iter().map(|&arc| graph.edge(arc)).chain(inner).collect()
        }
    }
}

/// The least total weight of `k` disjoint ones among all paths.
fn least_total(paths: &[(u64, BTreeSet<u32>)], k: usize) -> Option<u64> {
    if k == 0 {
        return Some(0);
    }
    let with = |(i, (weight, taken)): (usize, &(u64, BTreeSet<u32>))| {
        let free = |(_, other): &&(u64, BTreeSet<u32>)| other.is_disjoint(taken);
        let rest: Vec<_> = paths[i + 1..].iter().filter(free).cloned().collect();
        least_total(&rest, k - 1).map(|rest| weight + rest)
    };
    paths.iter().enumerate().filter_map(with).min()
}

fn random_graph(dice: &mut Dice, undirected: bool) -> (String, Csr<u64>) {
    let n = 2 + dice.below(6);
    let m = dice.below(2 * n + 4);
    let heaviest = [1, 3, 20][dice.below(3) as usize];
    let edges: Vec<(u32, u32, u64)> =
        (0..m).map(|_| (dice.below(n) as u32, dice.below(n) as u32, dice.below(heaviest + 1))).collect();
    let graph = if undirected { Csr::undirected(n as usize, &edges) } else { Csr::directed(n as usize, &edges) };
    (format!("{n} nodes, undirected {undirected}: {edges:?}"), graph)
}

#[test]
fn sets_are_those_of_brute_force() {
    let mut answered = [0; 5];
    for seed in 0..6000 {
        let mut dice = Dice::new(seed);
        let (shown, graph) = random_graph(&mut dice, seed % 3 > 0);
        let mut finder = Finder::new(&graph);
        for disjoint in [Disjoint::Edges, Disjoint::Nodes] {
            let (source, sink) = (0, graph.n_nodes() as u32 - 1);
            let all = all_paths(&graph, source, sink);
            let all: Vec<_> = all.iter().map(|path| (weight(&graph, path), takes(&graph, path, disjoint))).collect();
            for k in 1..=4 {
                let found = finder.paths(source, sink, k, disjoint);
                let spot = format!("seed {seed}, k {k}, {disjoint:?}, {shown}: {found:?}");
                let total = found.as_ref().map(|paths| paths.iter().map(|path| path.weight).sum::<u64>());
                assert_eq!(total, least_total(&all, k), "{spot}");
                answered[k] += usize::from(total.is_some());
                let Some(paths) = found else { continue };
                assert_eq!(paths.len(), k, "{spot}");
                let mut taken = BTreeSet::new();
                for path in &paths {
                    assert_eq!(path.weight, weight(&graph, &path.arcs), "{spot}");
                    let mut nodes = vec![source];
                    for &arc in &path.arcs {
                        assert!(graph.arcs_of(nodes[nodes.len() - 1]).contains(&arc), "{spot}");
                        nodes.push(graph.head(arc));
                    }
                    assert_eq!(nodes[nodes.len() - 1], sink, "{spot}");
                    assert_eq!(nodes.iter().collect::<BTreeSet<_>>().len(), nodes.len(), "{spot}");
                    let own = takes(&graph, &path.arcs, disjoint);
                    assert!(taken.is_disjoint(&own), "{spot}");
                    taken.extend(own);
                }
                assert!(paths.windows(2).all(|pair| pair[0].weight <= pair[1].weight), "{spot}");
            }
        }
    }
    assert!(answered[2] > 3000 && answered[3] > 1000 && answered[4] > 300, "{answered:?}");
}

/// A mesh of rows and columns in which some edges are missing and some doubled, with uneven weights.
fn mesh(dice: &mut Dice, side: u32) -> Vec<(u32, u32, u64)> {
    let mut edges = Vec::new();
    for node in 0..side * side {
        for next in [(node % side + 1 < side).then_some(node + 1), (node + side < side * side).then_some(node + side)] {
            for _ in 0..[0, 1, 1, 1, 1, 1, 1, 2][dice.below(8) as usize] {
                edges.extend(next.map(|next| (node, next, 10 + dice.below(90))));
            }
        }
    }
    edges
}

#[test]
fn totals_on_meshes_are_those_of_a_min_cost_flow() {
    let side = 12;
    let n = side * side;
    for seed in 0..10 {
        let mut dice = Dice::new(seed);
        let edges = mesh(&mut dice, side);
        let both: Vec<(u32, u32, u64)> = edges.iter().flat_map(|&(a, b, w)| [(a, b, w), (b, a, w)]).collect();
        let graph = Csr::undirected(n as usize, &edges);
        let mut finder = Finder::new(&graph);
        let (source, sink) = (dice.below(u64::from(n)) as u32, dice.below(u64::from(n)) as u32);
        if source == sink {
            continue;
        }
        for (disjoint, through_nodes) in [(Disjoint::Edges, 9), (Disjoint::Nodes, 1)] {
            for k in 1..=4 {
                let expected = Flow::split(n as usize, &both, through_nodes).cost(n as usize, source, sink, k);
                let found = finder.paths(source, sink, k, disjoint);
                let total = found.map(|paths| paths.iter().map(|path| path.weight).sum());
                assert_eq!(total, expected, "seed {seed}, {source} to {sink}, k {k}, {disjoint:?}: {edges:?}");
            }
        }
    }
}

/// The shortest route takes an edge of each of the two that do not meet: whoever takes it out and searches again finds
/// nothing.
#[test]
fn the_trap_that_catches_who_removes_and_searches_again() {
    let edges = [(0, 1, 1_u64), (1, 2, 1), (2, 3, 1), (0, 2, 5), (1, 3, 5)];
    let graph = Csr::undirected(4, &edges);
    let shortest = &disjoint_paths(&graph, 0, 3, 1, Disjoint::Edges).expect("a path")[0];
    let taken: Vec<u32> = shortest.arcs.iter().map(|&arc| graph.edge(arc)).collect();
    let rest: Vec<_> = (0..5).filter(|i| !taken.contains(i)).map(|i| edges[i as usize]).collect();
    assert_eq!(disjoint_paths(&Csr::undirected(4, &rest), 0, 3, 1, Disjoint::Edges), None);
    for disjoint in [Disjoint::Edges, Disjoint::Nodes] {
        let pair = disjoint_paths(&graph, 0, 3, 2, disjoint).expect("a pair");
        assert_eq!(pair.iter().map(|path| path.weight).collect::<Vec<_>>(), [6, 6]);
    }
}

#[test]
fn questions_without_an_answer() {
    let graph = Csr::undirected(3, &[(0, 1, 1_u64), (0, 1, u64::MAX)]);
    assert_eq!(disjoint_paths(&graph, 0, 0, 1, Disjoint::Edges), None, "from a node to itself");
    assert_eq!(disjoint_paths(&graph, 0, 2, 1, Disjoint::Edges), None, "no path");
    assert_eq!(disjoint_paths(&graph, 0, 7, 1, Disjoint::Nodes), None, "no such node");
    assert_eq!(disjoint_paths(&graph, 0, 1, 2, Disjoint::Nodes), None, "what weighs the most there is is no way");
    assert_eq!(disjoint_paths(&graph, 0, 1, 1_000_000_000, Disjoint::Nodes), None, "more than there are");
    assert!(disjoint_paths(&graph, 0, 1, 1, Disjoint::Nodes).is_some());
}

/// A table of the fixture: two names and a length in whole metres a row.
fn coronet(file: &str) -> (BTreeMap<String, u32>, Vec<(u32, u32, u64)>) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/coronet").join(file);
    let text = std::fs::read_to_string(&path).expect("the fixture is there");
    let mut names = BTreeMap::new();
    let mut rows = Vec::new();
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let n = names.len() as u32;
        let tail = *names.entry(cells[0].to_owned()).or_insert(n);
        let n = names.len() as u32;
        let head = *names.entry(cells[1].to_owned()).or_insert(n);
        let km: f64 = cells[2].parse().expect("a length");
        rows.push((tail, head, (km * 1000.0).round() as u64));
    }
    (names, rows)
}

#[test]
fn node_disjoint_pairs_of_coronet_global() {
    let (exact_names, adjacencies) = coronet("coronet_global.adjacencies.csv");
    let (names, links) = coronet("coronet_global.links.csv");
    assert_eq!((names.len(), adjacencies.len(), links.len()), (100, 272, 136));
    let directed = Csr::directed(100, &adjacencies);
    let undirected = Csr::undirected(100, &links);
    let both: Vec<(u32, u32, u64)> = links.iter().flat_map(|&(a, b, w)| [(a, b, w), (b, a, w)]).collect();
    // Metres on the lengths as published, then on the copy whose lengths are rounded to 100 m.
    let cases = [
        ("Seattle", "Miami", 13_127_676, 13_127_600),
        ("Denver", "Chicago", 5_288_527, 5_288_400),
        ("Boston", "Los_Angeles", 12_271_080, 12_271_100),
    ];
    for (from, to, published, rounded) in cases {
        let total = |graph: &Csr<u64>, from: u32, to: u32| {
            let pair = disjoint_paths(graph, from, to, 2, Disjoint::Nodes).expect("a pair");
            pair.iter().map(|path| path.weight).sum::<u64>()
        };
        assert_eq!(total(&directed, exact_names[from], exact_names[to]), published, "{from}-{to}");
        assert_eq!(total(&undirected, names[from], names[to]), rounded, "{from}-{to}");
        let by_flow = Flow::split(100, &both, 1).cost(100, names[from], names[to], 2);
        assert_eq!(by_flow, Some(rounded), "{from}-{to}");
    }
}
