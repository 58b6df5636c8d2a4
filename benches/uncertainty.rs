//! How long do 100,000 draws of all prices take for the comparison Turkmenistan - Afghanistan - Pakistan, with every
//! crossing pair and every way round?
//!
//! The routes are found and reduced to formulas once, outside the time. Before anything is timed, the formulas are held
//! against the bills at low, base and high prices, and the answer on two threads against that on one.

use std::sync::LazyLock;

use divan::{Bencher, black_box};
use fiberplan::corridor::{Model, PriceSampling, Workers, transit};
use fiberplan::metrics::Route;
use fiberplan::network::CountryCode;
use fiberplan::routing::{CountryPattern, End, Objective};
use fiberplan::scenario::{Overrides, load};

static MODEL: LazyLock<Model> = LazyLock::new(|| {
    let scenario = load(None, &Overrides::default()).expect("the shipped scenario loads");
    let plan = scenario.plan();
    let codes: Vec<CountryCode> = ["TM", "AF", "PK"].map(|code| code.parse().expect("a code")).to_vec();
    let gateway = |code: CountryCode| plan.network().gateways(code).next().expect("a gateway").id.clone();
    let mut request = scenario.request(End::Node(gateway(codes[0])), End::Node(gateway(codes[2])), Objective::Cost);
    request.corridor = CountryPattern::exactly(&codes).ok();
    let answer = transit(&plan, &request).expect("a corridor between two places");
    let routes: Vec<Route> = answer
        .rows
        .iter()
        .map(|row| row.route.clone())
        .chain(answer.bypasses.iter().map(|bypass| bypass.route.clone()))
        .collect();
    assert!(routes.len() > 5, "a comparison has many routes");
    let model = Model::new(&plan, &routes);
    for (reckoned, route) in model.reckon(|price| price.values[1]).iter().zip(&routes) {
        assert_eq!(reckoned.total(), route.bill.total());
    }
    let sampling = PriceSampling::new(2_000, 1).expect("a number of draws");
    let on = |threads| model.spread(sampling, &Workers::new(threads).expect("threads"));
    assert_eq!(on(1), on(2));
    model
});

fn main() {
    divan::main();
}

/// Draws, reckoning, percentiles, odds, regret and the tornado.
#[divan::bench(args = [1, 2], sample_count = 10)]
fn hundred_thousand_draws(bencher: Bencher<'_, '_>, threads: usize) {
    let model = &*MODEL;
    let workers = Workers::new(threads).expect("threads");
    let sampling = PriceSampling::new(100_000, 1).expect("a number of draws");
    bencher.bench_local(|| black_box(model.spread(black_box(sampling), &workers)));
}
