//! Fronts against brute force: every loopless path is weighed, and what another one betters is thrown away.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use fiberplan::graph::loopless::Limit;
use fiberplan::graph::pareto::{MILLION, Point, Wanted, knee, spread, thinned, within};
use fiberplan::graph::{Csr, Digraph, NO_SEGMENT, NOWHERE, StateGraph, StateGraphBuilder, Weight, Weighted, pareto};

use crate::support::Dice;

/// A front as the tests keep it: each point with the path that stands for it.
type Reference<P> = BTreeMap<Vec<u64>, P>;

/// The points that no other betters, each with its least path.
fn undominated<P: Ord>(all: impl IntoIterator<Item = (Vec<u64>, P)>) -> Reference<P> {
    let mut points: Reference<P> = BTreeMap::new();
    for (values, path) in all {
        match points.get_mut(&values) {
            Some(known) if *known > path => *known = path,
            Some(_) => {}
            None => {
                points.insert(values, path);
            }
        }
    }
    let values: Vec<Vec<u64>> = points.keys().cloned().collect();
    let bettered = |own: &Vec<u64>| {
        values.iter().any(|other| other != own && other.iter().zip(own).all(|(other, own)| other <= own))
    };
    points.retain(|own, _| !bettered(own));
    points
}

/// A random multigraph with parallel arcs, ties, loops, arcs of no weight and parts that do not hang together. The
/// criteria are of different sizes, so that one taken for the other is seen.
fn random_arcs(dice: &mut Dice) -> (usize, Vec<(u32, u32, [u64; 4])>) {
    let n = 2 + dice.below(6);
    let m = n / 2 + dice.below(3 * n + 1);
    let free = if dice.chance(30) { 30 } else { 0 };
    let arcs = (0..m).map(|_| {
        let ends = (dice.below(n) as u32, dice.below(n) as u32);
        let mut weight = |scale: u64| if dice.chance(free) { 0 } else { scale * (1 + dice.below(5)) };
        (ends.0, ends.1, [weight(1), weight(7), weight(1), weight(3)])
    });
    (n as usize, arcs.collect())
}

fn sums(graph: &Csr<[u64; 4]>, path: &[u32], columns: &[usize]) -> Vec<u64> {
    columns.iter().map(|&column| path.iter().map(|&arc| graph.weight(arc)[column]).sum()).collect()
}

/// Every loopless path between two nodes, as arcs.
fn all_arcs(graph: &Csr<[u64; 4]>, from: u32, to: u32) -> Vec<Vec<u32>> {
    fn extend(graph: &Csr<[u64; 4]>, to: u32, seen: &mut Vec<u32>, path: &mut Vec<u32>, found: &mut Vec<Vec<u32>>) {
        let at = seen[seen.len() - 1];
        if at == to {
            found.push(path.clone());
            return;
        }
        for arc in graph.arcs_of(at) {
            if !seen.contains(&graph.head(arc)) {
                seen.push(graph.head(arc));
                path.push(arc);
                extend(graph, to, seen, path, found);
                path.pop();
                seen.pop();
            }
        }
    }
    let mut found = Vec::new();
    extend(graph, to, &mut vec![from], &mut Vec::new(), &mut found);
    found
}

/// The undominated values of all nodes, by correcting whole lists until nothing changes: slow, and nothing is bounded.
fn corrected(graph: &Csr<[u64; 2]>, from: u32) -> Vec<BTreeSet<[u64; 2]>> {
    let mut lists: Vec<BTreeSet<[u64; 2]>> = vec![BTreeSet::new(); graph.n_nodes()];
    lists[from as usize].insert([0, 0]);
    let mut queue = VecDeque::from([from]);
    let mut waiting = vec![false; graph.n_nodes()];
    while let Some(node) = queue.pop_front() {
        waiting[node as usize] = false;
        let own: Vec<[u64; 2]> = lists[node as usize].iter().copied().collect();
        for arc in graph.arcs_of(node) {
            let (head, weight) = (graph.head(arc) as usize, graph.weight(arc));
            let mut changed = false;
            for values in own.iter().map(|own| [own[0] + weight[0], own[1] + weight[1]]) {
                if lists[head].iter().any(|other| other[0] <= values[0] && other[1] <= values[1]) {
                    continue;
                }
                lists[head].retain(|other| !(values[0] <= other[0] && values[1] <= other[1]));
                lists[head].insert(values);
                changed = true;
            }
            if changed && !std::mem::replace(&mut waiting[head], true) {
                queue.push_back(head as u32);
            }
        }
    }
    lists
}

#[test]
fn two_criteria_on_roads_are_those_of_slow_correction() {
    let mut n_points = 0;
    for (n_arcs, seed) in [(300, 1), (1_000, 2), (2_000, 3)] {
        let road = crate::instances::road(n_arcs, seed);
        let weights = |cost: u32, latency: u32| [cost / 10 + 1, latency / 10 + 1].map(u64::from);
        let graph = Csr::undirected(road.n_nodes, &road.weighed_by(weights));
        for (from, _) in crate::instances::queries(road.n_nodes, 3, seed) {
            let lists = corrected(&graph, from);
            for to in (0..road.n_nodes as u32).step_by(n_arcs / 30) {
                let front = pareto::front(&graph, from, to, Wanted::by(&[0, 1])).points;
                let found: Vec<[u64; 2]> = front.iter().map(|point| [point.values[0], point.values[1]]).collect();
                let expected: Vec<[u64; 2]> = lists[to as usize].iter().copied().collect();
                assert_eq!(found, expected, "{n_arcs} arcs, {from} to {to}");
                n_points += expected.len();
            }
        }
    }
    assert!(n_points > 200, "{n_points} points");
}

#[test]
fn sums_that_are_too_large_count_as_no_way() {
    let graph = Csr::directed(3, &[(0, 1, [u64::MAX - 5, 1]), (1, 2, [10, 1]), (0, 2, [7, 9])]);
    let values: Vec<Vec<u64>> =
        pareto::front(&graph, 0, 2, Wanted::by(&[0, 1])).points.into_iter().map(|p| p.values).collect();
    assert_eq!(values, [[7, 9]]);
}

/// What decides between paths of the same values: fewer segments, then the segments along the path.
fn rank(graph: &Csr<[u64; 4]>, path: &[u32]) -> (usize, Vec<u32>, Vec<u32>) {
    (path.len(), path.iter().map(|&arc| graph.edge(arc)).collect(), path.to_vec())
}

#[test]
fn many_criteria_on_multigraphs_are_those_of_brute_force() {
    for criteria in [&[0, 1][..], &[1, 2, 0], &[0, 1, 2, 3], &[3]] {
        let (mut chosen, mut bounded) = (0, 0);
        for seed in 0..2500 {
            let mut dice = Dice::new(10_000 + seed);
            let (n, arcs) = random_arcs(&mut dice);
            let graph = if seed % 2 == 0 { Csr::directed(n, &arcs) } else { Csr::undirected(n, &arcs) };
            let ends = (0, dice.below(n as u64) as u32);
            let mut limits = Vec::new();
            for column in 0..4 {
                if dice.chance(20) {
                    limits.push(Limit { column, most: dice.below(40) });
                }
            }
            let within = |path: &Vec<u32>| limits.iter().all(|l| sums(&graph, path, &[l.column])[0] <= l.most);
            let paths = all_arcs(&graph, ends.0, ends.1);
            let n_paths = paths.len();
            let paths: Vec<Vec<u32>> = paths.into_iter().filter(within).collect();
            bounded += usize::from(!paths.is_empty() && paths.len() < n_paths);
            let weighed = paths.into_iter().map(|path| (sums(&graph, &path, criteria), rank(&graph, &path)));
            let expected: Vec<Point> =
                undominated(weighed).into_iter().map(|(values, (_, _, arcs))| Point { values, arcs }).collect();
            let wanted = Wanted { limits: &limits, ..Wanted::by(criteria) };
            let found = pareto::front(&graph, ends.0, ends.1, wanted).points;
            assert_eq!(found, expected, "seed {seed}: {ends:?}, {criteria:?} within {limits:?} in {arcs:?}");
            chosen += usize::from(found.len() > 1);
        }
        assert!(criteria.len() == 1 || chosen > 150, "{chosen} with a choice");
        assert!(bounded > 100, "{bounded} cut by bounds");
    }
}

#[test]
fn a_place_at_the_end_of_a_spur_is_not_passed() {
    // start(0) and goal(1) stand nowhere; place 7 in two states, before (2) and after (3) the spur to place 8 (4); the
    // way round over place 9 (5, 6) costs more, and passes 8 as well.
    let mut builder = StateGraphBuilder::new(2);
    let arcs = [
        (0, 2, [0, 0]),
        (2, 4, [1, 1]),
        (4, 3, [1, 1]),
        (3, 1, [0, 0]),
        (2, 5, [9, 1]),
        (4, 6, [1, 9]),
        (6, 1, [0, 0]),
    ];
    for state in 0..7 {
        for (i, (_, to, values)) in arcs.iter().enumerate().filter(|(_, arc)| arc.0 == state) {
            builder.arc(*to, Weight::new(0, 1), i as u32, values);
        }
        builder.next_state();
    }
    let graph = builder.finish(vec![NOWHERE, NOWHERE, 7, 7, 8, 9, 9]);
    let front = pareto::front(&graph, StateGraph::START, StateGraph::GOAL, Wanted::by(&[0, 1])).points;
    assert_eq!(front.len(), 1);
    assert_eq!((front[0].values.as_slice(), front[0].arcs.len()), (&[2, 10][..], 4));
    assert!(front[0].arcs.iter().all(|&arc| graph.edge(arc) != NO_SEGMENT));
}

#[test]
fn a_thinned_front_stands_for_the_whole_one() {
    for seed in 0..2000 {
        let mut dice = Dice::new(seed);
        let n_criteria = 2 + seed as usize % 3;
        let points =
            (0..1 + dice.below(40)).map(|_| ((0..n_criteria).map(|_| dice.below(30)).collect::<Vec<u64>>(), ()));
        let front: Vec<Vec<u64>> = undominated(points).into_keys().collect();
        for millionths in [0, 1, 10_000, 200_000, MILLION] {
            let kept = thinned(&front, millionths);
            assert!(kept.windows(2).all(|pair| pair[0] < pair[1]), "in order, none twice");
            for point in &front {
                let near = |own: &usize| {
                    let enough = |(a, b): (&u64, &u64)| a * MILLION <= b * (MILLION + millionths);
                    front[*own].iter().zip(point).all(enough)
                };
                assert!(kept.iter().any(near), "seed {seed}: nothing stands for {point:?} of {front:?}");
            }
            for i in 0..n_criteria {
                let least = |points: &mut dyn Iterator<Item = usize>| points.map(|p| front[p][i]).min();
                assert_eq!(least(&mut kept.iter().copied()), least(&mut (0..front.len())), "the best stay");
            }
            assert!(millionths > 0 || kept.len() == front.len(), "nothing goes for nothing");
        }
    }
    assert_eq!(thinned(&[], 5), Vec::<usize>::new());
}

#[test]
fn a_few_points_are_spread_over_the_front() {
    let front: Vec<Vec<u64>> =
        [[0, 100], [1, 60], [2, 59], [3, 58], [40, 30], [41, 29], [100, 0]].map(Vec::from).to_vec();
    let check = |first: Option<usize>, k: usize, expected: &[usize]| {
        assert_eq!(spread(&front, first, k), expected, "{k} with {first:?}");
    };
    check(None, 0, &[]);
    check(None, 1, &[0]);
    check(Some(4), 1, &[4]);
    check(None, 2, &[0, 6]);
    check(Some(1), 3, &[0, 1, 6]);
    // The farthest from both ends, and then the farthest from these three.
    check(None, 3, &[0, 4, 6]);
    check(None, 4, &[0, 3, 4, 6]);
    check(None, 9, &[0, 1, 2, 3, 4, 5, 6]);
    assert_eq!(spread(&[], None, 3), Vec::<usize>::new());
    // (0, 100) stands for (1, 60) better than (2, 59) does.
    assert_eq!(within(&front, &[0, 2, 3, 4, 5, 6]), 40.0 / 60.0);
    assert_eq!(within(&front, &[0, 1, 2, 3, 4, 5, 6]), 0.0);
    assert_eq!(within(&front, &[1, 2, 3, 4, 5, 6]), f64::INFINITY);
}

#[test]
fn the_knee_is_the_farthest_below_the_line() {
    let check = |front: &[[u64; 2]], expected: Option<usize>| {
        let front: Vec<Vec<u64>> = front.iter().map(|point| point.to_vec()).collect();
        assert_eq!(knee(&front), expected, "{front:?}");
    };
    check(&[], None);
    check(&[[5, 5]], None);
    check(&[[0, 10], [10, 0]], None);
    check(&[[0, 10], [9, 9], [10, 0]], None);
    check(&[[0, 10], [1, 4], [4, 1], [10, 0]], Some(1));
    check(&[[0, 1000], [3, 100], [4, 99], [10, 0]], Some(1));
    // A criterion in which all are alike tells nothing.
    assert_eq!(knee(&[vec![0, 7, 9], vec![1, 7, 1], vec![9, 7, 0]]), Some(1));
    assert_eq!(knee(&[vec![0, 9, 9], vec![9, 0, 9], vec![9, 9, 0], vec![3, 3, 3]]), Some(3));
}
