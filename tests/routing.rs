//! The search against brute force: every loopless path is evaluated, what does not fit is thrown away, and the rest is
//! put in order by the very figure that the answer shows.

use fiberplan::World;
use fiberplan::analysis::{Plan, Request};
use fiberplan::network::{Network, NodeId};
use fiberplan::request::{End, Objective, Policy};

use crate::support::oracle::{check, demand, random_policy, random_request, varied_network};
use crate::support::{Dice, random_network};

#[test]
fn the_k_best_routes_are_those_of_brute_force() {
    let book = World::shipped().price_book();
    let (mut answered, mut chosen) = (0, 0);
    for seed in 0..4000 {
        let mut dice = Dice::new(seed + 1_000_000);
        let network = varied_network(seed, &mut dice);
        let request = random_request(&mut dice, &network);
        let policy = random_policy(&mut dice);
        let answer = Plan::new(&network, &book, demand(), &policy).answer(&request);
        assert!(!answer.is_stopped, "seed {seed}: stopped in so small a network");
        let choice = check(seed, &network, &request, &policy, &answer.routes);
        answered += usize::from(choice > 0);
        chosen += usize::from(choice > request.k);
    }
    // The test is worth something only if many requests have answers, and many a choice.
    assert!(answered > 1000 && chosen > 300, "{answered} answered, {chosen} with a choice");
}

#[test]
fn the_bill_adds_up_in_every_direction() {
    let book = World::shipped().price_book();
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
    let book = World::shipped().price_book();
    let mut n_answered = 0;
    for seed in 0..600 {
        let mut dice = Dice::new(seed + 2_000_000);
        let network = varied_network(seed, &mut dice);
        let request = random_request(&mut dice, &network);
        let policy = random_policy(&mut dice);
        let mut parts = network.to_parts();
        parts.nodes.reverse();
        parts.segments.reverse();
        let turned = Network::new(parts).expect("the same network");
        let answer = |network: &Network| Plan::new(network, &book, demand(), &policy).routes(&request);
        let routes = answer(&network);
        n_answered += usize::from(!routes.is_empty());
        assert_eq!(routes, answer(&turned), "seed {seed}: {request:?}");
    }
    assert!(n_answered > 150, "{n_answered} requests have an answer");
}

#[test]
fn fewer_routes_are_the_first_of_more() {
    let book = World::shipped().price_book();
    for seed in 0..400 {
        let mut dice = Dice::new(seed + 3_000_000);
        let network = varied_network(seed, &mut dice);
        let request = random_request(&mut dice, &network);
        let policy = random_policy(&mut dice);
        let plan = Plan::new(&network, &book, demand(), &policy);
        let all = plan.routes(&Request { k: 20, ..request.clone() });
        for k in [1, 2, 5] {
            let some = plan.routes(&Request { k, ..request.clone() });
            assert_eq!(some, all[..all.len().min(k)], "seed {seed}, k {k}: {request:?}");
        }
    }
}
