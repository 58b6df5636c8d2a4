//! The k best loopless paths of graphs of states, against every path there is: states that share places, limits on what
//! paths use up, things to pass in any order, and the order of equals.

use fiberplan::graph::loopless::{Limit, Paths, k_best};
use fiberplan::graph::{Digraph, NO_SEGMENT, NOWHERE, StateGraph, StateGraphBuilder, Weight, Weighted};

use crate::support::Dice;

/// A path in the order of answers: weight, number of arcs, segments.
type Ranked = (u64, usize, Vec<u32>);

fn ranked(graph: &StateGraph, arcs: &[u32]) -> Ranked {
    let weight = arcs.iter().map(|&arc| graph.weight(arc).primary).sum();
    (weight, arcs.len(), arcs.iter().map(|&arc| graph.edge(arc)).filter(|&edge| edge != NO_SEGMENT).collect())
}

/// What a path has used up and passed.
#[derive(Clone, Default)]
struct SoFar {
    arcs: Vec<u32>,
    places: Vec<u32>,
    uses: Vec<u64>,
    marks: u16,
}

/// Every loopless path within the limits that passes all that is wanted, in the order of answers.
fn all_paths(graph: &StateGraph, limits: &[Limit]) -> Vec<Ranked> {
    fn extend(graph: &StateGraph, limits: &[Limit], at: u32, so_far: &SoFar, found: &mut Vec<Ranked>) {
        if at == StateGraph::GOAL {
            let within = limits.iter().zip(&so_far.uses).all(|(limit, used)| *used <= limit.most);
            if within && so_far.marks == graph.wanted() {
                found.push(ranked(graph, &so_far.arcs));
            }
            return;
        }
        for arc in graph.arcs_of(at) {
            let (head, mut next) = (graph.head(arc), so_far.clone());
            let place = graph.place(head);
            if place != NOWHERE && so_far.places.contains(&place) {
                continue;
            }
            next.places.push(place);
            next.arcs.push(arc);
            next.marks |= graph.marks(arc);
            next.uses.iter_mut().zip(limits).for_each(|(used, limit)| *used += graph.column(limit.column, arc));
            extend(graph, limits, head, &next, found);
        }
    }
    let mut found = Vec::new();
    let nothing = SoFar { uses: vec![0; limits.len()], ..SoFar::default() };
    extend(graph, limits, StateGraph::START, &nothing, &mut found);
    found.sort_unstable();
    found
}

/// A segment between two places: its ends, the most its steps weigh and use up, and what passing it passes.
struct Segment {
    ends: [u64; 2],
    marks: u16,
}

/// How a random graph is made.
struct Kind {
    n_variants: u64,
    n_columns: usize,
    n_wanted: u32,
}

/// A small random network unfolded at random: each place has a few states, and a segment leads from each state of one end
/// to some state of the other, with weights of its own that are often equal.
fn random_states(dice: &mut Dice, kind: &Kind) -> StateGraph {
    let n_places = 2 + dice.below(6);
    let variants: Vec<u64> = (0..n_places).map(|_| 1 + dice.below(kind.n_variants)).collect();
    let first: Vec<u64> = (0..n_places as usize).map(|place| 2 + variants[..place].iter().sum::<u64>()).collect();
    let m = dice.below(2 * n_places + 2);
    let some_marks = |dice: &mut Dice| {
        let marks = (0..kind.n_wanted).filter(|_| dice.chance(20)).fold(0, |marks, thing| marks | 1 << thing);
        if kind.n_wanted == 0 { 0 } else { marks }
    };
    // As a thing to pass is mostly a place, arcs to a place mostly pass the same.
    let of_places: Vec<u16> = (0..n_places).map(|_| some_marks(dice)).collect();
    let segments: Vec<Segment> = (0..m)
        .map(|_| Segment { ends: [dice.below(n_places), dice.below(n_places)], marks: some_marks(dice) })
        .collect();
    let largest = [1, 3, 50][dice.below(3) as usize];
    let mut builder = StateGraphBuilder::new(kind.n_columns);
    builder.want(((1_u32 << kind.n_wanted) - 1) as u16);
    let columns = |dice: &mut Dice| (0..kind.n_columns).map(|_| dice.below(5)).collect::<Vec<_>>();
    for place in (0..n_places).filter(|place| *place == 0 || *place % 3 == 2) {
        let row = columns(dice);
        builder.arc(first[place as usize] as u32, Weight::new(dice.below(2), 0), NO_SEGMENT, &row);
        builder.mark(of_places[place as usize]);
    }
    builder.next_state();
    builder.next_state();
    for place in 0..n_places {
        for _ in 0..variants[place as usize] {
            if place == 1 || dice.chance(10) {
                builder.arc(StateGraph::GOAL, Weight::new(dice.below(2), 0), NO_SEGMENT, &columns(dice));
                builder.mark(if dice.chance(20) { some_marks(dice) } else { 0 });
            }
            for (id, segment) in segments.iter().enumerate() {
                let Some(end) = segment.ends.iter().position(|&end| end == place) else { continue };
                let there = segment.ends[1 - end] as usize;
                if dice.chance(90) {
                    let head = first[there] + dice.below(variants[there]);
                    let row = columns(dice);
                    builder.arc(head as u32, Weight::new(dice.below(largest + 1), 1), id as u32, &row);
                    builder.mark(of_places[there] | segment.marks);
                }
            }
            builder.next_state();
        }
    }
    let places = (0..n_places).flat_map(|place| (0..variants[place as usize]).map(move |_| place as u32));
    builder.finish([NOWHERE, NOWHERE].into_iter().chain(places).collect())
}

fn shown(graph: &StateGraph) -> String {
    let arcs = (0..graph.n_states() as u32).flat_map(|state| graph.arcs_of(state).map(move |arc| (state, arc)));
    let lines = arcs.map(|(state, arc)| {
        let columns: Vec<u64> = (0..graph.n_columns()).map(|column| graph.column(column, arc)).collect();
        let (head, weight, edge) = (graph.head(arc), graph.weight(arc).primary, graph.edge(arc) as i32);
        let places = [state, head].map(|state| graph.place(state) as i32);
        format!("{state}->{head} at {places:?}: {weight} by {edge}, {columns:?} marks {:b}", graph.marks(arc))
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Compares answers with those of brute force; returns how many graphs had more than four paths.
fn check(seeds: std::ops::Range<u64>, kind: &Kind) -> usize {
    let mut many = 0;
    for seed in seeds {
        let mut dice = Dice::new(seed);
        let graph = random_states(&mut dice, kind);
        let mut limits = Vec::new();
        for column in (0..kind.n_columns).filter(|_| dice.chance(80)).collect::<Vec<_>>() {
            limits.push(Limit { column, most: dice.below(16) });
        }
        let k = [1, 2, 3, 6, 1_000_000_000][dice.below(5) as usize];
        let all = all_paths(&graph, &limits);
        let paths = k_best(&graph, k, &limits);
        let found: Vec<Ranked> = paths.iter().map(|path| ranked(&graph, &path.arcs)).collect();
        let expected = &all[..all.len().min(k)];
        assert_eq!(
            found,
            expected,
            "seed {seed}, k {k}, limits {limits:?}, wanted {:b}\n{}",
            graph.wanted(),
            shown(&graph)
        );
        for (path, (weight, n_arcs, _)) in paths.iter().zip(expected) {
            assert_eq!((path.weight.primary, path.weight.segments as usize), (*weight, n_arcs - 2), "seed {seed}");
        }
        many += usize::from(all.len() > 4);
    }
    many
}

#[test]
fn states_that_share_places() {
    let many = check(0..4000, &Kind { n_variants: 3, n_columns: 0, n_wanted: 0 });
    assert!(many > 1000, "{many} graphs with a choice");
}

#[test]
fn limits() {
    let many = check(10_000..13_000, &Kind { n_variants: 2, n_columns: 2, n_wanted: 0 });
    assert!(many > 300, "{many} graphs with a choice");
}

#[test]
fn things_to_pass() {
    let many = check(20_000..24_000, &Kind { n_variants: 2, n_columns: 0, n_wanted: 3 });
    assert!(many > 150, "{many} graphs with a choice");
}

#[test]
fn things_to_pass_within_limits() {
    let many = check(30_000..33_000, &Kind { n_variants: 3, n_columns: 1, n_wanted: 2 });
    assert!(many > 150, "{many} graphs with a choice");
}

/// A ladder of places, rung by rung, with a place to pass half way down on either side.
fn ladder(n_rungs: u32, wanted: bool) -> StateGraph {
    let state = |side: u32, rung: u32| 2 + 2 * rung + side;
    let mut builder = StateGraphBuilder::new(1);
    builder.want(if wanted { 0b11 } else { 0 });
    builder.arc(state(0, 0), Weight::new(0, 0), NO_SEGMENT, &[0]);
    builder.next_state();
    builder.next_state();
    let go = |builder: &mut StateGraphBuilder, (side, rung): (u32, u32), id: u32, uses: u64| {
        builder.arc(state(side, rung), Weight::new(1, 1), id, &[uses]);
        builder.mark(if rung == n_rungs / 2 { 1 << side } else { 0 });
    };
    for rung in 0..n_rungs {
        for side in 0..2 {
            if side == 1 && rung + 1 == n_rungs {
                builder.arc(StateGraph::GOAL, Weight::new(0, 0), NO_SEGMENT, &[0]);
            }
            go(&mut builder, (1 - side, rung), 3 * rung, 1);
            if rung > 0 {
                go(&mut builder, (side, rung - 1), 3 * rung - 2 + side, 2);
            }
            if rung + 1 < n_rungs {
                go(&mut builder, (side, rung + 1), 3 * rung + 1 + side, 2);
            }
            builder.next_state();
        }
    }
    let places = (0..n_rungs).flat_map(|rung| [2 * rung, 2 * rung + 1]);
    builder.finish([NOWHERE, NOWHERE].into_iter().chain(places).collect())
}

/// Down a ladder a path changes sides at each rung or not: an odd number of times in all. There are 2^(n-1) such paths, and
/// past the rung in the middle on both sides 2^(n-2).
#[test]
fn as_many_as_there_are_and_no_more() {
    let count = |wanted, limits: &[Limit]| k_best(&ladder(11, wanted), 1_000_000_000, limits).len();
    assert_eq!(count(false, &[]), 1024);
    assert_eq!(count(true, &[]), 512);
    // 20 down the ladder, and one for each of at most three rungs: 11 + 11*10*9/6.
    let limit = [Limit { column: 0, most: 23 }];
    assert_eq!(count(false, &limit), 11 + 165);
    // The rung in the middle, and none or two of the ten others.
    assert_eq!(count(true, &limit), 1 + 45);
    assert_eq!(count(true, &[Limit { column: 0, most: 20 }]), 0);
}

#[test]
fn one_by_one_they_are_the_same() {
    let graph = ladder(8, true);
    let at_once = k_best(&graph, 40, &[]);
    assert_eq!(Paths::new(&graph, &[]).take(40).collect::<Vec<_>>(), at_once);
    let weights: Vec<u64> = at_once.iter().map(|path| path.weight.primary).collect();
    assert_eq!(&weights[..4], [8, 10, 10, 10]);
}

#[test]
fn nothing_comes_of_nothing() {
    let empty = StateGraphBuilder::new(0).finish(vec![]);
    assert_eq!(k_best(&empty, 3, &[]), []);
    let ends = StateGraphBuilder::new(0).finish(vec![NOWHERE, NOWHERE]);
    assert_eq!(k_best(&ends, 3, &[]), []);
    assert_eq!(k_best(&ladder(3, false), 0, &[]), []);
}
