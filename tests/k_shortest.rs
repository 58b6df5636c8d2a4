//! The k shortest loopless paths of plain graphs: against every path there is on small ones, against a slow Yen on meshes,
//! and against lengths that other libraries found.

use std::collections::BTreeSet;
use std::path::Path as FilePath;

use fiberplan::graph::yen::{EachAlone, Path, Workspace};
use fiberplan::graph::{Csr, Digraph, Weighted};

use crate::support::Dice;

/// A path in the order of answers: weight, number of arcs, arcs.
type Ranked = (u64, usize, Vec<u32>);

fn ranked(path: &Path<u64>) -> Ranked {
    (path.weight, path.arcs.len(), path.arcs.clone())
}

/// The first `k` paths, in fresh memory.
fn k_shortest(graph: &Csr<u64>, reverse: &Csr<u64>, from: u32, to: u32, k: usize) -> Vec<Path<u64>> {
    Workspace::new().paths(graph, reverse, (from, to), EachAlone(graph.n_nodes())).take(k).collect()
}

/// Every loopless path, in the order of answers.
fn all_paths(graph: &Csr<u64>, from: u32, to: u32) -> Vec<Ranked> {
    fn extend(graph: &Csr<u64>, at: u32, to: u32, seen: &mut Vec<u32>, path: &mut Ranked, found: &mut Vec<Ranked>) {
        if at == to {
            found.push((path.0, path.2.len(), path.2.clone()));
            return;
        }
        for arc in graph.arcs_of(at).filter(|&arc| graph.weight(arc) < u64::MAX) {
            let head = graph.head(arc);
            if !seen.contains(&head) {
                seen.push(head);
                path.2.push(arc);
                path.0 += graph.weight(arc);
                extend(graph, head, to, seen, path, found);
                path.0 -= graph.weight(arc);
                path.2.pop();
                seen.pop();
            }
        }
    }
    let mut found = Vec::new();
    extend(graph, from, to, &mut vec![from], &mut (0, 0, Vec::new()), &mut found);
    found.sort_unstable();
    found
}

/// A graph, the same turned round, and its arcs as a list.
type Drawn = (Csr<u64>, Csr<u64>, Vec<(u32, u32, u64)>);

/// A multigraph with ties, parallel arcs, loops, weights of zero, parts that do not hang together, and arcs that no path
/// can use.
fn random_graph(dice: &mut Dice) -> Drawn {
    let n = 1 + dice.below(8);
    let m = n + dice.below(2 * n);
    let largest = [1, 2, 4, 100][dice.below(4) as usize];
    let edges: Vec<(u32, u32, u64)> = (0..m)
        .map(|_| {
            let weight = if dice.chance(3) { u64::MAX } else { dice.below(largest + 1) };
            (dice.below(n) as u32, dice.below(n) as u32, weight)
        })
        .collect();
    let graph = if dice.chance(50) { Csr::undirected(n as usize, &edges) } else { Csr::directed(n as usize, &edges) };
    let reverse = graph.reversed();
    (graph, reverse, edges)
}

#[test]
fn they_are_the_first_of_all_paths() {
    let mut space = Workspace::new();
    let (mut many, mut cut_ties) = (0, 0);
    for seed in 0..6000 {
        let mut dice = Dice::new(seed);
        let (graph, reverse, edges) = random_graph(&mut dice);
        let n = graph.n_nodes() as u64;
        let (from, to) = (dice.below(n) as u32, dice.below(n) as u32);
        let all = all_paths(&graph, from, to);
        let k = [1, 2, 3, 5, 8, 1_000_000_000][dice.below(6) as usize];
        // In the memory of the search before, which was over another graph.
        let found: Vec<Ranked> = space
            .paths(&graph, &reverse, (from, to), EachAlone(graph.n_nodes()))
            .take(k)
            .map(|path| ranked(&path))
            .collect();
        let n_expected = all.len().min(k);
        assert_eq!(found, all[..n_expected], "seed {seed}: {from} to {to}, k {k}, {} nodes, {edges:?}", n);
        let afresh: Vec<Ranked> = k_shortest(&graph, &reverse, from, to, k).iter().map(ranked).collect();
        assert_eq!(afresh, found, "seed {seed}: what was searched before changes the answer");
        many += usize::from(all.len() > 5);
        cut_ties += usize::from(n_expected < all.len() && all[n_expected].0 == all[n_expected - 1].0);
    }
    assert!(many > 700 && cut_ties > 300, "{many} graphs with a choice, {cut_ties} where k cuts a tie");
}

/// Long graphs with few circles, so that a search sees only a part of them at first, and paths can still be listed.
#[test]
fn they_are_the_first_where_little_is_seen_at_once() {
    let mut cut_ties = 0;
    for seed in 0..300 {
        let mut dice = Dice::new(seed + 50_000);
        let n = 60 + dice.below(60);
        let near = |dice: &mut Dice, node: u64| node.saturating_sub(1 + dice.below(3));
        let mut edges: Vec<(u32, u32, u64)> =
            (1..n).map(|node| (near(&mut dice, node) as u32, node as u32, 1 + dice.below(2))).collect();
        for _ in 0..9 {
            let node = 1 + dice.below(n - 1);
            edges.push((near(&mut dice, node) as u32, node as u32, 1 + dice.below(2)));
        }
        let graph = Csr::undirected(n as usize, &edges);
        let (from, to) = (dice.below(20) as u32, (n - 1 - dice.below(20)) as u32);
        let all = all_paths(&graph, from, to);
        let k = 1 + dice.below(all.len() as u64) as usize;
        let found: Vec<Ranked> = k_shortest(&graph, &graph, from, to, k).iter().map(ranked).collect();
        assert_eq!(found, all[..k], "seed {seed}: {from} to {to}, k {k}, {edges:?}");
        cut_ties += usize::from(all.get(k).is_some_and(|next| next.0 == all[k - 1].0));
    }
    assert!(cut_ties > 150, "{cut_ties} where k cuts a tie");
}

#[test]
fn ends_that_are_not_there_have_no_path() {
    let graph = Csr::undirected(3, &[(0, 1, 1_u64)]);
    let found = |from, to| k_shortest(&graph, &graph, from, to, 5).len();
    assert_eq!((found(0, 3), found(9, 0), found(0, 2), found(2, 2), found(1, 0)), (0, 0, 0, 1, 1));
    assert_eq!(k_shortest(&graph, &graph, 0, 1, 0), []);
    let none = Csr::<u64>::undirected(0, &[]);
    assert_eq!(k_shortest(&none, &none, 0, 0, 5), []);
}

#[test]
fn sums_that_would_overflow_are_no_bargain() {
    let graph = Csr::directed(4, &[(0, 1, u64::MAX - 1), (1, 3, 2), (0, 2, u64::MAX / 2), (2, 3, 7)]);
    let found: Vec<u64> = k_shortest(&graph, &graph.reversed(), 0, 3, 5).iter().map(|path| path.weight).collect();
    assert_eq!(found, [u64::MAX / 2 + 7]);
}

/// A grid of unit edges has nothing but ties: the first of its paths are those by arcs, without looking at all of them.
#[test]
fn ties_without_number_are_cut_by_names() {
    let at = |x: u32, y: u32| y * 12 + x;
    let across = (0..12).flat_map(|y| (0..11).map(move |x| (at(x, y), at(x + 1, y), 1_u64)));
    let down = (0..11).flat_map(|y| (0..12).map(move |x| (at(x, y), at(x, y + 1), 1)));
    let graph = Csr::undirected(144, &across.chain(down).collect::<Vec<_>>());
    let found: Vec<Ranked> = k_shortest(&graph, &graph, 0, 143, 200).iter().map(ranked).collect();
    assert!(found.is_sorted() && found.iter().all(|path| path.0 == 22), "{found:?}");
    // Of the monotone paths, those that go down as late as possible: 11 across and 11 down, then one step earlier, ...
    let longer: Vec<Ranked> = k_shortest(&graph, &graph, 0, 143, 400).iter().map(ranked).collect();
    assert_eq!(found, longer[..200]);
    let straight: Vec<u32> = found[0].2.iter().map(|&arc| graph.head(arc)).collect();
    assert_eq!(straight, (1..12).map(|x| at(x, 0)).chain((1..12).map(|y| at(11, y))).collect::<Vec<_>>());
}

/// A mesh of the fixtures.
fn mesh(n_nodes: usize) -> Csr<u64> {
    let file = FilePath::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/fixtures/meshes/mesh_{n_nodes}.edges"));
    let text = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let number = |word: &str| word.parse::<u64>().expect("a number");
    let edges = text.lines().map(|line| {
        let numbers: Vec<u64> = line.split_whitespace().map(number).collect();
        (numbers[0] as u32, numbers[1] as u32, numbers[2])
    });
    Csr::undirected(n_nodes, &edges.collect::<Vec<_>>())
}

/// The shortest path that avoids some nodes and arcs, by Dijkstra's method with a scan for the nearest node.
fn shortest(graph: &Csr<u64>, from: u32, to: u32, nodes: &[u32], arcs: &BTreeSet<u32>) -> Option<(u64, Vec<u32>)> {
    let n = graph.n_nodes();
    let mut distance = vec![u64::MAX; n];
    let mut by = vec![(0, 0); n];
    let mut done = vec![false; n];
    nodes.iter().for_each(|&node| done[node as usize] = true);
    distance[from as usize] = 0;
    while let Some(node) =
        (0..n).filter(|&node| !done[node] && distance[node] < u64::MAX).min_by_key(|&node| distance[node])
    {
        done[node] = true;
        for arc in graph.arcs_of(node as u32).filter(|arc| !arcs.contains(arc)) {
            let (head, through) = (graph.head(arc) as usize, distance[node] + graph.weight(arc));
            if !done[head] && through < distance[head] {
                (distance[head], by[head]) = (through, (node as u32, arc));
            }
        }
    }
    if !done[to as usize] {
        return None;
    }
    let (mut path, mut node) = (Vec::new(), to);
    while node != from {
        path.push(by[node as usize].1);
        node = by[node as usize].0;
    }
    path.reverse();
    Some((distance[to as usize], path))
}

/// Yen's method as in the textbook: lengths only.
fn textbook_yen(graph: &Csr<u64>, from: u32, to: u32, k: usize) -> Vec<u64> {
    let mut found: Vec<(u64, Vec<u32>)> = shortest(graph, from, to, &[], &BTreeSet::new()).into_iter().collect();
    let mut candidates: BTreeSet<(u64, Vec<u32>)> = BTreeSet::new();
    while found.len() < k {
        let Some((_, last)) = found.last().cloned() else { break };
        let (mut at, mut so_far, mut nodes) = (from, 0, Vec::new());
        for i in 0..last.len() {
            let same_root = found.iter().filter(|(_, path)| path.len() > i && path[..i] == last[..i]);
            let banned = same_root.map(|(_, path)| path[i]).collect();
            if let Some((length, spur)) = shortest(graph, at, to, &nodes, &banned) {
                candidates.insert((so_far + length, [&last[..i], &spur].concat()));
            }
            nodes.push(at);
            (at, so_far) = (graph.head(last[i]), so_far + graph.weight(last[i]));
        }
        let Some(best) = candidates.pop_first() else { break };
        found.push(best);
    }
    found.into_iter().map(|(length, _)| length).collect()
}

#[test]
fn lengths_on_meshes_are_those_of_a_textbook_yen() {
    for (n_nodes, k, n_pairs) in [(50, 30, 12), (200, 12, 4)] {
        let graph = mesh(n_nodes);
        let mut dice = Dice::new(n_nodes as u64);
        for _ in 0..n_pairs {
            let (from, to) = (dice.below(n_nodes as u64) as u32, dice.below(n_nodes as u64) as u32);
            if from == to {
                continue;
            }
            let paths = k_shortest(&graph, &graph, from, to, k);
            let found: Vec<u64> = paths.iter().map(|path| path.weight).collect();
            assert_eq!(found, textbook_yen(&graph, from, to, k), "mesh {n_nodes}: {from} to {to}");
            let different: BTreeSet<&Vec<u32>> = paths.iter().map(|path| &path.arcs).collect();
            assert_eq!(different.len(), paths.len(), "mesh {n_nodes}: {from} to {to}: a path is listed twice");
        }
    }
}

/// The sum of the lengths as found by igraph 0.11 and networkx 3 on the same mesh.
#[test]
fn lengths_on_a_large_mesh_are_those_of_other_libraries() {
    let graph = mesh(1000);
    let pairs = [(924, 527), (725, 853), (869, 896), (291, 381), (73, 49)];
    let sum = |(from, to)| k_shortest(&graph, &graph, from, to, 100).iter().map(|path| path.weight).sum::<u64>();
    assert_eq!(pairs.into_iter().map(sum).sum::<u64>(), 9_359_365);
}
