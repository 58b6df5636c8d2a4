//! How long does it take to split a bill? Three parts, each by itself:
//!
//! - the design search: what every group of countries would build and pay, on the base network;
//! - the exact Shapley value and the nucleolus of a game that is given, for 3, 8 and 12 players;
//! - the sampled Shapley value of 20 players, of which no list of all groups is made.
//!
//! The games are airport games (S. C. Littlechild and G. Owen, *A simple expression for the Shapley value in a special case*,
//! Management Science 20(3), 1973), whose answers are known in closed form; every answer is asserted before it is timed.

use divan::{Bencher, black_box};
use fiberplan::World;
use fiberplan::analysis::games::{Coalition, CostGame, members, nucleolus, shapley, shapley_sampled};
use fiberplan::analysis::{Share, ShareDemand, ShareQuestion, Workers, share};
use fiberplan::network::CountryCode;
use fiberplan::request::{End, Objective};
use fiberplan::scenario::{Overrides, Scenario, ScenarioSource, load};
use fiberplan::units::Usd;

fn main() {
    divan::main();
}

/// What a runway for the i-th player costs alone: rising, at uneven steps.
fn runway(player: usize) -> i64 {
    let i = player as i64 + 1;
    1000 * i + 137 * i * i
}

/// A group needs the longest runway of its members.
fn airport(coalition: Coalition) -> i64 {
    members(coalition).map(runway).max().unwrap_or(0)
}

fn game(n: usize) -> CostGame {
    CostGame::new(n, (0..1 << n).map(airport).collect()).expect("a game")
}

/// Littlechild and Owen: each step of the runway is shared equally by those who need it.
fn shapley_of_airport(n: usize) -> Vec<f64> {
    let step = |k: usize| (runway(k) - if k == 0 { 0 } else { runway(k - 1) }) as f64 / (n - k) as f64;
    (0..n).map(|player| (0..=player).map(step).sum()).collect()
}

/// Littlechild 1974: the i-th pays the least, over all k from i to the last but one, of (c_k - what those before pay) / (k - i
/// + 2); the last pays the rest.
fn nucleolus_of_airport(n: usize) -> Vec<f64> {
    let (mut shares, mut paid) = (Vec::new(), 0.0);
    for i in 0..n - 1 {
        let least = (i..n - 1).map(|k| (runway(k) as f64 - paid) / (k - i + 2) as f64).fold(f64::INFINITY, f64::min);
        paid += least;
        shares.push(least);
    }
    shares.push(runway(n - 1) as f64 - paid);
    shares
}

fn near(found: &[f64], wanted: &[f64]) {
    let close = found.iter().zip(wanted).all(|(a, b)| (a - b).abs() < 1e-6);
    assert!(close && found.len() == wanted.len(), "{found:?}, expected {wanted:?}");
}

#[divan::bench(args = [3, 8, 12])]
fn exact_shapley(bencher: Bencher<'_, '_>, n: usize) {
    let game = game(n);
    near(&shapley(&game).values(), &shapley_of_airport(n));
    bencher.bench_local(|| black_box(shapley(black_box(&game))));
}

#[divan::bench(args = [3, 8, 12], sample_count = 10)]
fn exact_nucleolus(bencher: Bencher<'_, '_>, n: usize) {
    let game = game(n);
    near(&nucleolus(&game).values(), &nucleolus_of_airport(n));
    bencher.bench_local(|| black_box(nucleolus(black_box(&game))));
}

/// 20 players, so many pairs of orders of joining.
#[divan::bench(args = [100, 1000])]
fn sampled_shapley_of_20(bencher: Bencher<'_, '_>, pairs: usize) {
    let found = shapley_sampled(20, pairs, 1, airport);
    let wanted = shapley_of_airport(20);
    for ((share, error), wanted) in found.split.values().iter().zip(&found.standard_errors).zip(&wanted) {
        assert!((share - wanted).abs() <= 5.0 * error + 1.0, "{share} +- {error}, expected {wanted}");
    }
    bencher.bench_local(|| black_box(shapley_sampled(20, pairs, 1, airport)));
}

/// Demands between each two of the countries and from each to Singapore, where what is planned may be built.
fn question(scenario: &Scenario, codes: &[&str]) -> ShareQuestion {
    let countries: Vec<CountryCode> = codes.iter().map(|code| code.parse().expect("a code")).collect();
    let gbps = scenario.demand.gbps;
    let mut demands = Vec::new();
    for (asked_by, &from) in countries.iter().enumerate() {
        let others = countries[asked_by + 1..].iter().copied().chain(["SG".parse().expect("a code")]);
        let demand = |to| ShareDemand { from: End::Country(from), to: End::Country(to), gbps, asked_by };
        demands.extend(others.map(demand));
    }
    ShareQuestion { countries, demands, sampling: None }
}

fn split(scenario: &Scenario, question: &ShareQuestion, workers: &Workers) -> Share {
    let first = &question.demands[0];
    let request = scenario.request(first.from.clone(), first.to.clone(), Objective::Cost);
    share(&scenario.plan(), &request, question, workers).expect("every demand has a route")
}

/// Every group's plan and all rules, for 3 and 8 countries.
#[divan::bench(args = [3, 8], sample_count = 3, sample_size = 1)]
fn design_search(bencher: Bencher<'_, '_>, n: usize) {
    let source = ScenarioSource::named(&World::shipped(), "tap-trilateral").expect("a shipped scenario");
    let scenario = load(&World::shipped(), Some(&source), &Overrides::default()).expect("a shipped scenario loads");
    let question = question(&scenario, &["TM", "AF", "PK", "UZ", "IR", "KZ", "TJ", "KG"][..n]);
    let (one, two) = (Workers::new(1).expect("a thread"), Workers::new(2).expect("threads"));
    let answer = split(&scenario, &question, &two);
    assert_eq!(answer, split(&scenario, &question, &one), "the same at any number of threads");
    assert_eq!(answer.gap, Usd::ZERO, "the search was not stopped");
    assert_eq!(answer.coalitions.len(), (1 << n) - 1, "every group is looked at");
    for own in &answer.rules {
        assert_eq!(own.shares.iter().copied().sum::<Usd>(), answer.total, "{:?}", own.rule);
    }
    bencher.bench_local(|| black_box(split(black_box(&scenario), &question, &two)));
}
