//! Random networks and random questions, as long as one likes: nothing panics, and every answer keeps to what it was
//! asked for, joins up, passes no place twice, stands in order and adds up.
//!
//! By default a fixed number of cases is tried, the same on every run. `FIBERPLAN_FUZZ_MINUTES=10 cargo test --test fuzz`
//! goes on with further seeds for that long; a failure names its seed.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use fiberplan::World;
use fiberplan::analysis::{Plan, Request};
use fiberplan::metrics::{Criterion, Route, Tariff};
use fiberplan::network::{Network, NodeId, SegmentId};
use fiberplan::request::{End, Objective};
use fiberplan::units::{Length, Usd};

use crate::support::oracle::{demand, figure, fits, random_policy, random_request, varied};
use crate::support::{Dice, random_network_of};

/// How many cases are tried where no time is asked for.
const CASES: u64 = 1_500;

fn minutes() -> Option<f64> {
    std::env::var("FIBERPLAN_FUZZ_MINUTES").ok().and_then(|text| text.parse().ok())
}

/// A question of any size: most are small, some as large as they come.
fn any_request(dice: &mut Dice, network: &Network) -> Request {
    let mut request = random_request(dice, network);
    match dice.below(40) {
        0 => request.k = usize::MAX,
        1 => request.k = 0,
        2 => request.k = 200,
        3 => request.bounds.set(Criterion::Latency, Some(0)),
        4 => request.bounds.set(Criterion::Cost, Some(u64::MAX)),
        5 => request.bounds.set(Criterion::Countries, Some(0)),
        6 => request.from = request.to.clone(),
        7 => request.from = End::Node(NodeId::new("nowhere")),
        8 => {
            let country = network.nodes().next().expect("a node").country;
            request.to = End::Country(country);
        }
        9 => request.via = (0..20).map(|_| crate::support::oracle::random_via(dice, network)).collect(),
        _ => {}
    }
    request
}

/// What holds for a route by itself.
fn check_route(route: &Route, seed: u64) {
    let places: BTreeSet<&NodeId> = route.nodes.iter().collect();
    assert_eq!(places.len(), route.nodes.len(), "seed {seed}: a place is passed twice");
    assert_eq!(route.hops.len() + 1, route.nodes.len(), "seed {seed}");
    for (hop, ends) in route.hops.iter().zip(route.nodes.windows(2)) {
        assert!(hop.from == ends[0] && hop.to == ends[1], "seed {seed}: the segments do not join up");
    }
    let total = route.bill.total();
    assert_eq!(route.hops.iter().map(|hop| hop.cost()).sum::<Usd>(), total, "seed {seed}");
    assert_eq!(route.shares.iter().map(|share| share.bill.total()).sum::<Usd>(), total, "seed {seed}");
    assert_eq!(route.hops.iter().map(|hop| hop.length).sum::<Length>(), route.length, "seed {seed}");
    assert_eq!(route.shares.iter().map(|share| share.length).sum::<Length>(), route.length, "seed {seed}");
    assert_eq!(route.countries.len(), route.passages.len() + 1, "seed {seed}");
    assert!((0.0..=1.0).contains(&route.availability), "seed {seed}");
    assert!(route.bill.low <= total && total <= route.bill.high, "seed {seed}");
}

/// By how much a score of a whole route may differ from the sum of its steps' scores, each of which is rounded to a whole
/// unit for each of five criteria, in routes and in what they are compared with.
fn rounding(route: &Route) -> u64 {
    10 * (2 * route.hops.len() + 2) as u64
}

fn check(seed: u64) -> usize {
    let book = World::shipped().price_book();
    let mut dice = Dice::new(seed + 77_000_000);
    let most = if dice.chance(10) { 24 } else { 9 };
    let n = 2 + dice.below(most) as usize;
    let network = varied(&random_network_of(n, &mut dice), &mut dice);
    let policy = random_policy(&mut dice);
    let plan = Plan::new(&network, &book, demand(), &policy);
    let request = any_request(&mut dice, &network);
    let answer = plan.answer(&request);
    let settled = plan.settled(&request);
    let mut before = None;
    let mut seen: BTreeSet<Vec<&SegmentId>> = BTreeSet::new();
    assert!(answer.routes.len() <= request.k, "seed {seed}: more routes than asked for");
    for route in &answer.routes {
        check_route(route, seed);
        assert!(fits(&request, &policy, &network, route), "seed {seed}: a constraint is ignored: {request:?}");
        let ends = (route.countries[0], *route.countries.last().expect("a route has countries"));
        let own = figure(&network, &Tariff::new(&book, demand(), ends), route, settled);
        let rounding = if matches!(settled, Objective::Weighted(_)) { rounding(route) } else { 0 };
        let later = before.is_none_or(|before| before <= own + rounding);
        // A country as an end lets each pair of gateways have its own tariff, but all of one country have the same.
        assert!(later, "seed {seed}: out of order: {request:?}");
        before = Some(own);
        assert!(seen.insert(route.segments().collect()), "seed {seed}: a route is listed twice");
    }
    if answer.routes.is_empty() && !answer.is_stopped && request.k > 0 {
        check_why_not(&plan, &request, seed);
    } else if seed.is_multiple_of(5) {
        let _ = plan.price_constraints(&Request { k: 1, ..request });
    }
    answer.routes.len()
}

fn check_why_not(plan: &Plan<'_>, request: &Request, seed: u64) {
    let obstacle = plan.why_not(request);
    for way_out in &obstacle.ways_out {
        check_route(&way_out.route, seed);
        assert!(!way_out.changes.is_empty(), "seed {seed}: a way out that changes nothing");
    }
    assert!(obstacle.connected || obstacle.ways_out.is_empty(), "seed {seed}");
}

#[test]
fn nothing_panics_and_every_answer_keeps_its_word() {
    let until = minutes().map(|minutes| Instant::now() + Duration::from_secs_f64(minutes * 60.0));
    let (mut cases, mut routes) = (0, 0);
    while until.map_or(cases < CASES, |until| Instant::now() < until) {
        routes += check(cases);
        cases += 1;
    }
    assert!(routes as u64 > cases / 2, "{cases} cases had {routes} routes: too few to tell anything");
}

/// What long runs found: parts of the routes that had waited too long, so that a better route came after a worse one;
/// scores of whole routes that are rounded otherwise than the sums of those of their steps.
#[test]
fn what_long_runs_found() {
    for seed in [7471, 11_689, 89_636] {
        check(seed);
    }
}
