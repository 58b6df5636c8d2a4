//! How long do 100,000 draws of all prices take for the comparison Turkmenistan - Afghanistan - Pakistan, with every
//! crossing pair and every way round?
//!
//! Two answers: the figures of the listed routes alone, which are found and reduced to formulas outside the time; and the
//! whole of what `transit --samples` does after it has its list: every draw solved anew for the corridor and for the ways
//! round, then the figures, odds, regret and tornadoes. Before anything is timed, the formulas are held against the bills
//! at base prices, and the answers on two threads against those on one.

use std::sync::LazyLock;

use divan::{Bencher, black_box};
use fiberplan::World;
use fiberplan::analysis::{Contest, Model, PriceSampling, Request, Side, Transit, Workers, transit};
use fiberplan::metrics::Route;
use fiberplan::network::CountryCode;
use fiberplan::request::{CountryPattern, End, Objective};
use fiberplan::scenario::{Overrides, Scenario, load};

/// The scenario, the corridor's request and its answer.
static CASE: LazyLock<(Scenario, Request, Transit)> = LazyLock::new(|| {
    let scenario = load(&World::shipped(), None, &Overrides::default()).expect("the shipped scenario loads");
    let codes: Vec<CountryCode> = ["TM", "AF", "PK"].map(|code| code.parse().expect("a code")).to_vec();
    let gateway = |code: CountryCode| scenario.network.gateways(code).next().expect("a gateway").id.clone();
    let mut request = scenario.request(End::Node(gateway(codes[0])), End::Node(gateway(codes[2])), Objective::Cost);
    request.corridor = CountryPattern::exactly(&codes).ok();
    let answer = transit(&scenario.plan(), &request).expect("a corridor between two places");
    (scenario, request, answer)
});

fn contest(samples: u32, threads: usize) -> Option<Contest> {
    let (scenario, request, answer) = &*CASE;
    let sides = answer.sides(request);
    let sides: Vec<Side<'_>> =
        sides.iter().map(|(request, routes, n_usable)| Side { request, routes, n_usable: *n_usable }).collect();
    let sampling = PriceSampling::new(samples, 1).expect("a number of draws");
    scenario.plan().contest(&sides, sampling, &Workers::new(threads).expect("threads"))
}

static MODEL: LazyLock<Model> = LazyLock::new(|| {
    let (scenario, _, answer) = &*CASE;
    let plan = scenario.plan();
    let routes: Vec<Route> = answer
        .rows
        .iter()
        .map(|row| row.route.clone())
        .chain(answer.bypasses.iter().map(|bypass| bypass.route.clone()))
        .collect();
    assert!(routes.len() > 5, "a comparison has many routes");
    let model = Model::new(&plan, &routes);
    for (computed, route) in model.compute(|price| price.values[1]).iter().zip(&routes) {
        assert_eq!(computed.total(), route.bill.total());
    }
    let sampling = PriceSampling::new(2_000, 1).expect("a number of draws");
    let on = |threads| model.spread(sampling, &Workers::new(threads).expect("threads"));
    assert_eq!(on(1), on(2));
    assert_eq!(contest(2_000, 1), contest(2_000, 2));
    model
});

fn main() {
    divan::main();
}

/// Every draw solved anew, and all that is told of it.
#[divan::bench(args = [1, 2], sample_count = 10)]
fn hundred_thousand_draws_solved(bencher: Bencher<'_, '_>, threads: usize) {
    LazyLock::force(&MODEL);
    bencher.bench_local(|| contest(black_box(100_000), threads));
}

/// Draws, computing, percentiles, odds and regret of the listed routes.
#[divan::bench(args = [1, 2], sample_count = 10)]
fn hundred_thousand_draws(bencher: Bencher<'_, '_>, threads: usize) {
    let model = &*MODEL;
    let workers = Workers::new(threads).expect("threads");
    let sampling = PriceSampling::new(100_000, 1).expect("a number of draws");
    bencher.bench_local(|| black_box(model.spread(black_box(sampling), &workers)));
}
