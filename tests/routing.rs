//! The search against brute force: every loopless path is evaluated, what does not fit is thrown away, and the rest is
//! put in order by the very figure that the answer shows.

mod support;

use std::collections::BTreeSet;

use fiberplan::corridor::{Plan, Request};
use fiberplan::embedded;
use fiberplan::metrics::{Route, Tariff, evaluate};
use fiberplan::network::{Network, NodeId, SegmentId};
use fiberplan::routing::{End, Objective, Policy};

use support::oracle::{all_paths, demand, figure, fits, random_policy, random_request, varied_network};
use support::{Dice, random_network};

/// The weights of the routes that fit, least first, by brute force; a weighting is settled by the best that fit.
fn by_brute_force(case: &Case) -> (Objective, Vec<u64>) {
    let Case { network, request, policy, tariff, from, to, .. } = case;
    let all = all_paths(network, from, to);
    let all = all.iter().map(|path| evaluate(network, tariff, from, path));
    let fitting: Vec<Route> = all.filter(|route| fits(request, policy, network, route)).collect();
    let figures = |objective| fitting.iter().map(move |route| figure(network, tariff, route, objective));
    let objective = match request.objective {
        Objective::Weighted(weights) => {
            Objective::Weighted(weights.with_best(|criterion| figures(criterion).min().unwrap_or(0)))
        }
        one => one,
    };
    let mut expected: Vec<u64> = figures(objective).collect();
    expected.sort_unstable();
    (objective, expected)
}

struct Case<'a> {
    seed: u64,
    network: &'a Network,
    request: &'a Request,
    policy: &'a Policy,
    tariff: Tariff<'a>,
    from: NodeId,
    to: NodeId,
}

/// Checks one answer, and tells how many routes there were to choose from.
fn check(case: &Case, routes: &[Route]) -> usize {
    let Case { seed, network, request, policy, tariff, .. } = case;
    let (objective, mut expected) = by_brute_force(case);
    let choice = expected.len();
    expected.truncate(request.k);
    let found: Vec<u64> = routes.iter().map(|route| figure(network, tariff, route, objective)).collect();
    // The search rounds the score of each step, the test that of the whole route.
    let slack = if matches!(objective, Objective::Weighted(_)) { 1000 } else { 0 };
    let same = found.len() == expected.len() && found.iter().zip(&expected).all(|(a, b)| a.abs_diff(*b) <= slack);
    let told = || format!("seed {seed}: {request:?}\n{policy:?}\n{:#?}", network.segments().collect::<Vec<_>>());
    assert!(same, "found {found:?}, expected {expected:?}\n{}", told());
    let distinct: BTreeSet<Vec<&SegmentId>> = routes.iter().map(|route| route.segments().collect()).collect();
    assert_eq!(distinct.len(), routes.len(), "a route is listed twice\n{}", told());
    for route in routes {
        let places: BTreeSet<&NodeId> = route.nodes.iter().collect();
        assert_eq!(places.len(), route.nodes.len(), "a place is passed twice\n{}", told());
        assert!(fits(request, policy, network, route), "a constraint is ignored\n{}", told());
    }
    choice
}

#[test]
fn the_k_best_routes_are_those_of_brute_force() {
    let book = embedded::price_book();
    let (mut answered, mut chosen) = (0, 0);
    for seed in 0..4000 {
        let mut dice = Dice::new(seed + 1_000_000);
        let network = varied_network(seed, &mut dice);
        let request = random_request(&mut dice, &network);
        let policy = random_policy(&mut dice);
        let (End::Node(from), End::Node(to)) = (&request.from, &request.to) else { unreachable!("ends are nodes") };
        let ends = [from, to].map(|id| network.find_node(id).expect("a node").country);
        let tariff = Tariff::new(&book, demand(), (ends[0], ends[1]));
        let (from, to) = (from.clone(), to.clone());
        let case = Case { seed, network: &network, request: &request, policy: &policy, tariff, from, to };
        let answer = Plan::new(&network, &book, demand(), &policy).answer(&request);
        assert!(!answer.is_stopped, "seed {seed}: stopped in so small a network");
        let choice = check(&case, &answer.routes);
        answered += usize::from(choice > 0);
        chosen += usize::from(choice > request.k);
    }
    // The test is worth something only if many requests have answers, and many a choice.
    assert!(answered > 1000 && chosen > 300, "{answered} answered, {chosen} with a choice");
}

#[test]
fn the_bill_adds_up_in_every_direction() {
    let book = embedded::price_book();
    for seed in 0..500 {
        let network = random_network(seed);
        let nodes: Vec<&NodeId> = network.nodes().map(|node| &node.id).collect();
        let policy = Policy::in_service(2026);
        let plan = Plan::new(&network, &book, demand(), &policy);
        let ends = (End::Node(nodes[0].clone()), End::Node(nodes[nodes.len() - 1].clone()));
        for route in plan.routes(&Request { k: 3, ..Request::between(ends.0.clone(), ends.1.clone(), Objective::Cost) })
        {
            let total = route.bill.total();
            assert_eq!(route.hops.iter().map(|hop| hop.cost()).sum::<fiberplan::units::Usd>(), total);
            assert_eq!(route.shares.iter().map(|share| share.bill.total()).sum::<fiberplan::units::Usd>(), total);
            let length = route.hops.iter().map(|hop| hop.length).sum::<fiberplan::units::Length>();
            assert_eq!(route.shares.iter().map(|share| share.length).sum::<fiberplan::units::Length>(), length);
            let latency = route.shares.iter().map(|share| share.latency).sum::<fiberplan::units::Latency>();
            assert_eq!(latency, route.latency());
            assert_eq!(route.countries.len(), route.passages.len() + 1);
            assert!(route.bill.low <= total && total <= route.bill.high);
        }
    }
}

#[test]
fn the_order_of_rows_changes_nothing() {
    let book = embedded::price_book();
    let policy = Policy::in_service(2026);
    for seed in 0..300 {
        let network = random_network(seed);
        let mut parts = network.to_parts();
        parts.nodes.reverse();
        parts.segments.reverse();
        let turned = Network::new(parts).expect("the same network");
        let request = Request {
            k: 8,
            ..Request::between(End::Node(NodeId::new("n0")), End::Node(NodeId::new("n2")), Objective::Length)
        };
        let answer = |network: &Network| Plan::new(network, &book, demand(), &policy).routes(&request);
        assert_eq!(answer(&network), answer(&turned), "seed {seed}");
    }
}
