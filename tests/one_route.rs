//! One route over a graph of numbers: every search against a slow one, ties included.

use crate::support::Dice;
use fiberplan::graph::astar::{StraightLine, on_sphere};
use fiberplan::graph::bidirectional::{self, Bidirectional};
use fiberplan::graph::{Csr, Digraph, Distance, Weight, Weighted};

/// The least (weight, number of arcs) from each node to a goal, by Bellman and Ford: the arcs are gone over until nothing
/// changes.
fn to_goal<W: Distance>(graph: &Csr<W>, goal: u32) -> Vec<(W, u32)> {
    let mut best = vec![(W::INFINITE, u32::MAX); graph.n_nodes()];
    best[goal as usize] = (W::ZERO, 0);
    let mut changed = true;
    while changed {
        changed = false;
        for tail in 0..graph.n_nodes() as u32 {
            for arc in graph.arcs_of(tail) {
                let (weight, n_arcs) = best[graph.head(arc) as usize];
                let through = (graph.weight(arc).plus(weight), n_arcs.saturating_add(1));
                if through.0 < W::INFINITE && through < best[tail as usize] {
                    best[tail as usize] = through;
                    changed = true;
                }
            }
        }
    }
    best
}

/// The shortest path with the fewest arcs, and of these the one with the least arc numbers.
fn slow_path<W: Distance>(graph: &Csr<W>, from: u32, to: u32) -> Option<(W, Vec<u32>)> {
    let best = to_goal(graph, to);
    if best[from as usize].0 == W::INFINITE {
        return None;
    }
    let (mut node, mut arcs) = (from, Vec::new());
    while node != to {
        let fits = |&arc: &u32| {
            let (weight, n_arcs) = best[graph.head(arc) as usize];
            n_arcs != u32::MAX && (graph.weight(arc).plus(weight), n_arcs + 1) == best[node as usize]
        };
        let arc = graph.arcs_of(node).find(fits).expect("the best label comes from somewhere");
        arcs.push(arc);
        node = graph.head(arc);
    }
    Some((best[from as usize].0, arcs))
}

/// A small graph with parallel arcs, loops, ties, zero weights and parts that do not hang together.
fn arcs_of_weights<W>(dice: &mut Dice, weight: impl Fn(&mut Dice) -> W) -> (usize, Vec<(u32, u32, W)>) {
    let n = 1 + dice.below(9);
    let m = dice.below(3 * n + 1);
    let node = |dice: &mut Dice| dice.below(n) as u32;
    let arcs = (0..m).map(|_| (node(dice), node(dice), weight(dice))).collect();
    (n as usize, arcs)
}

fn check<W: Distance + std::fmt::Debug>(graph: &Csr<W>, seed: u64, positions: Vec<[f32; 2]>) {
    check_some(graph, seed, positions, 1);
}

/// From every `step`-th node to every `step`-th.
fn check_some<W: Distance + std::fmt::Debug>(graph: &Csr<W>, seed: u64, positions: Vec<[f32; 2]>, step: usize) {
    let back = graph.reversed();
    let bound = StraightLine::over(graph, positions);
    let mut both = Bidirectional::new(graph);
    for from in (0..graph.n_nodes() as u32).step_by(step) {
        for to in (0..graph.n_nodes() as u32).step_by(step) {
            let wanted = slow_path(graph, from, to);
            let case = || format!("seed {seed}, {from} to {to} in {graph:?}");
            let owned = |found: Option<(W, &[u32])>| found.map(|(weight, arcs)| (weight, arcs.to_vec()));
            assert_eq!(owned(both.between(graph, &back, from, to)), wanted, "bidirectional, {}", case());
            assert_eq!(owned(bound.between(&mut both, graph, &back, (from, to), (from, to))), wanted, "A*, {}", case());
        }
    }
}

fn positions(dice: &mut Dice, n: usize) -> Vec<[f32; 2]> {
    (0..n).map(|_| [dice.below(9) as f32, dice.below(9) as f32]).collect()
}

#[test]
fn small_whole_weights_with_many_ties() {
    for seed in 0..1_500 {
        let mut dice = Dice::new(seed);
        let (n, arcs) = arcs_of_weights(&mut dice, |dice| dice.below(4) as u32);
        check(&Csr::directed(n, &arcs), seed, positions(&mut dice, n));
        check(&Csr::undirected(n, &arcs), seed, positions(&mut dice, n));
    }
}

#[test]
fn weights_far_apart_and_sums_beyond_the_largest_number() {
    for seed in 0..1_500 {
        let mut dice = Dice::new(seed);
        let weight = |dice: &mut Dice| match dice.below(6) {
            0 => u64::MAX - dice.below(2),
            1 => u64::MAX / 2 + dice.below(3),
            2 => 1_000_000_000_000_000,
            _ => dice.below(5),
        };
        let (n, arcs) = arcs_of_weights(&mut dice, weight);
        check(&Csr::directed(n, &arcs), seed, positions(&mut dice, n));
        let weight = |dice: &mut Dice| if dice.chance(10) { u32::MAX - 1 } else { dice.below(3) as u32 };
        let (n, arcs) = arcs_of_weights(&mut dice, weight);
        check(&Csr::undirected(n, &arcs), seed, positions(&mut dice, n));
    }
}

#[test]
fn weights_of_two_parts() {
    for seed in 0..1_000 {
        let mut dice = Dice::new(seed);
        let weight = |dice: &mut Dice| Weight::new(dice.below(3) * 7, dice.below(3) as u32);
        let (n, arcs) = arcs_of_weights(&mut dice, weight);
        check(&Csr::directed(n, &arcs), seed, positions(&mut dice, n));
    }
}

/// A chain of `n` nodes with a short cut over every hop of it, some as short: more nodes than a bucket's patience.
fn ladder(dice: &mut Dice, n: u32) -> Vec<(u32, u32, u64)> {
    let mut edges = Vec::new();
    for i in 0..n - 2 {
        edges.push((i, i + 1, dice.below(3)));
        edges.push((i, i + 2, dice.below(5)));
    }
    edges.push((n - 1, 0, 1 << 40));
    edges
}

#[test]
fn buckets_that_hold_half_the_graph() {
    for seed in 0..200 {
        let mut dice = Dice::new(seed);
        let edges = ladder(&mut dice, 60);
        let graph = Csr::undirected(60, &edges);
        let positions = (0..60).map(|i| [i as f32, 0.0]).collect();
        check_some(&graph, seed, positions, 13);
    }
}

#[test]
fn a_bound_follows_the_map() {
    for seed in 0..500 {
        let mut dice = Dice::new(seed);
        // A grid whose arcs weigh their length and up to a third more: the bound is strong.
        let (w, h) = (3 + dice.below(4) as u32, 3 + dice.below(4) as u32);
        let places: Vec<[f32; 2]> = (0..w * h)
            .map(|i| [(i % w * 100) as f32 + dice.below(60) as f32, (i / w * 100) as f32 + dice.below(60) as f32])
            .collect();
        let mut edges = Vec::new();
        for i in 0..w * h {
            for j in [i + 1, i + w, i + w + 1] {
                let beside = j < w * h && (j % w > i % w || j == i + w);
                if beside && dice.chance(85) {
                    let (a, b) = (places[i as usize], places[j as usize]);
                    let length = (a[0] - b[0]).hypot(a[1] - b[1]) * 10.0;
                    edges.push((i, j, (length * (1.0 + dice.below(33) as f32 / 100.0)) as u32 + 2));
                }
            }
        }
        let graph = Csr::undirected((w * h) as usize, &edges);
        let bound = StraightLine::over(&graph, places.clone());
        assert!(bound.factor() > 9.5 || edges.is_empty(), "seed {seed}: {}", bound.factor());
        check_some(&graph, seed, places, 3);
    }
}

#[test]
fn a_bound_that_cannot_hold_bounds_nothing() {
    let graph = Csr::undirected(3, &[(0, 1, 5_u32), (1, 2, 0)]);
    let bound = |places: Vec<[f32; 2]>| StraightLine::over(&graph, places).factor();
    assert_eq!(bound(vec![[0.0, 0.0], [1.0, 0.0], [2.0, 0.0]]), 0.0, "an arc that weighs nothing");
    assert!((bound(vec![[0.0, 0.0], [1.0, 0.0], [1.0, 0.0]]) - 4.49).abs() < 1e-9, "but it has no length");
    assert_eq!(bound(vec![[0.0, 0.0], [1.0, 0.0]]), 0.0, "a position is missing");
    assert_eq!(bound(vec![[0.0, 0.0], [f32::NAN, 0.0], [0.0, 0.0]]), 0.0, "a position is none");
    assert_eq!(bound(vec![[0.0, 0.0], [f32::INFINITY, 0.0], [0.0, 0.0]]), 0.0, "a position is nowhere");
    let short = StraightLine::over(&graph, vec![[0.0, 0.0]]);
    let mut search = Bidirectional::new(&graph);
    assert_eq!(short.between(&mut search, &graph, &graph, (0, 2), (0, 2)).map(|(weight, _)| weight), Some(5));
}

#[test]
fn chords_are_shorter_than_the_way_along_the_ground() {
    let chord = |a: [f32; 3], b: [f32; 3]| (0..3).map(|i| f64::from(a[i] - b[i]).powi(2)).sum::<f64>().sqrt();
    let quarter = chord(on_sphere(0.0, 0.0), on_sphere(90.0, 0.0));
    assert!((quarter - 2_f64.sqrt()).abs() < 1e-6, "{quarter}");
    assert!(chord(on_sphere(179.0, 10.0), on_sphere(-179.0, 10.0)) < 0.04, "the 180th meridian is no edge");
}

#[test]
fn ends_that_are_not_there_have_no_route() {
    let graph = Csr::undirected(2, &[(0, 1, 5_u64)]);
    assert_eq!(bidirectional::between(&graph, &graph, 0, 2), None);
    assert_eq!(bidirectional::between(&graph, &graph, 7, 7), None);
    assert_eq!(bidirectional::between(&graph, &Csr::undirected(3, &[(0, 1, 5_u64)]), 0, 1), None);
    assert_eq!(bidirectional::between(&graph, &graph, 1, 1), Some((0, vec![])));
}

#[test]
fn a_search_may_go_on_to_a_larger_graph() {
    let small = Csr::undirected(2, &[(0, 1, 5_u64)]);
    let large = Csr::undirected(4, &[(0, 1, 5_u64), (1, 2, 1 << 50), (2, 3, 7), (0, 3, 1 << 60)]);
    let mut search = Bidirectional::new(&small);
    assert_eq!(search.between(&small, &small, 0, 1), Some((5, &[0][..])));
    assert_eq!(search.between(&large, &large, 0, 3).map(|(weight, _)| weight), Some(5 + (1 << 50) + 7));
    assert_eq!(search.between(&small, &small, 1, 0), Some((5, &[1][..])));
}
