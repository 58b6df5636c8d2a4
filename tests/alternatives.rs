//! Near-optimal alternatives against a list of all routes, from which those that fit are taken one by one.

use std::collections::BTreeSet;

use fiberplan::World;
use fiberplan::analysis::{Alternatives, Plan, Request};
use fiberplan::metrics::{Criterion, Demand, Route};
use fiberplan::network::{NodeId, SegmentId};
use fiberplan::request::{End, Objective, Policy, Via};
use fiberplan::scenario::{Overrides, ScenarioSource, load};
use fiberplan::units::Gbps;

use crate::support::{Dice, random_network};

fn figure(route: &Route, objective: Objective) -> u64 {
    match objective {
        Objective::Latency => route.latency().femtoseconds(),
        Objective::Length => route.length.metres(),
        _ => route.bill.total().cents() as u64,
    }
}

/// How much of a route's length the segments make that another does not use, in per cent.
fn percent_apart(route: &Route, other: &Route) -> f64 {
    let others: BTreeSet<&SegmentId> = other.segments().collect();
    let apart =
        route.hops.iter().filter(|hop| !others.contains(&hop.segment)).map(|hop| hop.length.metres()).sum::<u64>();
    100.0 * apart as f64 / route.length.metres() as f64
}

/// Of all routes, in order: those within the margin that differ from all taken before them.
fn by_hand(all: &[Route], request: &Request, distinct: f64, within: f64) -> Vec<Route> {
    let mut taken: Vec<Route> = Vec::new();
    let Some(best) = all.first().map(|route| figure(route, request.objective) as f64) else { return taken };
    for route in all {
        let near = figure(route, request.objective) as f64 <= best * (100.0 + within) / 100.0 + 1e-6;
        let apart = taken.iter().all(|other| percent_apart(route, other) >= distinct - 1e-9);
        if near && apart && taken.len() < request.k {
            taken.push(route.clone());
        }
    }
    taken
}

#[test]
fn they_are_those_picked_by_hand() {
    let book = World::shipped().price_book();
    let policy = Policy::in_service(2026);
    let demand = Demand { gbps: Gbps::new(100.0).expect("a capacity"), term_years: 15 };
    let (mut thinned, mut near, mut bounded) = (0, 0, 0);
    for seed in 0..2500 {
        let network = random_network(seed);
        let plan = Plan::new(&network, &book, demand, &policy);
        let mut dice = Dice::new(seed + 3_000_000);
        let objective = [Objective::Cost, Objective::Latency, Objective::Length][dice.below(3) as usize];
        let [from, to] = ["n0", "n2"].map(|id| End::Node(NodeId::new(id)));
        let mut request = Request { k: usize::MAX, ..Request::between(from, to, objective) };
        if dice.chance(20) {
            request.via.push(Via::Node(NodeId::new("n1")));
        }
        if dice.chance(25) {
            request.bounds.set(Criterion::TransitCountries, Some(dice.below(2)));
        }
        let all = plan.routes(&Request { k: 1_000_000, ..request.clone() });
        if dice.chance(30) {
            request.k = 1 + dice.below(3) as usize;
        }
        let distinct = [0, 20, 35, 50, 100][dice.below(5) as usize] as f64;
        let within = [0, 10, 40, 100][dice.below(4) as usize] as f64;
        let found = plan.alternatives(&request, Some(distinct / 100.0), Some(within / 100.0));
        let expected = by_hand(&all, &request, distinct, within);
        assert_eq!(found.routes, expected, "seed {seed}, {distinct} % apart, within {within} %: {request:?}");
        assert!(found.is_complete && found.looked_at <= all.len(), "seed {seed}");
        thinned += usize::from(found.looked_at > found.routes.len());
        near += usize::from(found.looked_at < all.len());
        bounded += usize::from(request.bounds.get(Criterion::TransitCountries).is_some() && found.routes.len() > 1);
    }
    assert!(thinned > 120 && near > 1000 && bounded > 70, "{thinned} thinned, {near} cut, {bounded} in bounds");
}

fn between(from: &str, to: &str, k: usize, distinct: Option<f64>, within: Option<f64>) -> Alternatives {
    let scenario = load(
        &World::shipped(),
        Some(&ScenarioSource::named(&World::shipped(), "today").expect("a shipped scenario")),
        &Overrides::default(),
    )
    .expect("it loads");
    let ends = [from, to].map(|code| End::Country(code.parse().expect("a country")));
    let [from, to] = ends;
    let request = Request { k, ..scenario.request(from, to, Objective::Cost) };
    scenario.plan().alternatives(&request, distinct, within)
}

#[test]
fn on_the_base_network() {
    let found = between("TM", "DE", 5, Some(0.3), None);
    assert_eq!((found.routes.len(), found.is_complete), (5, true));
    for (i, route) in found.routes.iter().enumerate() {
        for other in &found.routes[..i] {
            assert!(percent_apart(route, other) >= 30.0);
            assert!(figure(other, Objective::Cost) <= figure(route, Objective::Cost));
        }
    }
    // Without a share they are the k best.
    let plain = between("TM", "PK", 7, None, None);
    assert_eq!((plain.routes.len(), plain.looked_at, plain.is_complete), (7, 7, true));
    let near = between("TM", "PK", usize::MAX, None, Some(0.02));
    let [first, .., last] = near.routes.as_slice() else { panic!("several routes are within 2 %") };
    assert!(figure(last, Objective::Cost) * 100 <= figure(first, Objective::Cost) * 102);
    assert!(near.is_complete);
}
