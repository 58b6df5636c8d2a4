//! The search against brute force: every loopless path is evaluated, what does not fit is thrown away, and the rest is
//! put in order by the very figure that the answer shows.

mod support;

use std::collections::BTreeSet;

use fiberplan::corridor::{Plan, Request};
use fiberplan::embedded;
use fiberplan::metrics::{Demand, Route, Tariff, evaluate};
use fiberplan::network::{CountryCode, Network, NodeId, SegmentId};
use fiberplan::routing::{Avoid, Bounds, End, Objective, Policy, Via};
use fiberplan::units::Gbps;

use support::{Dice, country, random_network};

fn demand() -> Demand {
    Demand { gbps: Gbps::new(100.0).expect("a capacity"), term_years: 15 }
}

/// Every loopless path between two places, as segment ids.
fn all_paths(network: &Network, from: &NodeId, to: &NodeId) -> Vec<Vec<SegmentId>> {
    fn extend(
        network: &Network,
        at: &NodeId,
        to: &NodeId,
        seen: &mut BTreeSet<NodeId>,
        path: &mut Vec<SegmentId>,
        found: &mut Vec<Vec<SegmentId>>,
    ) {
        if at == to {
            found.push(path.clone());
            return;
        }
        for segment in network.segments() {
            let next = match (&segment.row.from, &segment.row.to) {
                (a, b) if a == at => b.clone(),
                (a, b) if b == at => a.clone(),
                _ => continue,
            };
            if seen.insert(next.clone()) {
                path.push(segment.id().clone());
                extend(network, &next, to, seen, path, found);
                path.pop();
                seen.remove(&next);
            }
        }
    }
    let mut found = Vec::new();
    extend(network, from, to, &mut BTreeSet::from([from.clone()]), &mut Vec::new(), &mut found);
    found
}

fn fits(request: &Request, network: &Network, route: &Route) -> bool {
    let avoided = |route: &Route| {
        let touches = |c: &CountryCode| request.avoid.countries.contains(c);
        route.nodes.iter().any(|id| request.avoid.nodes.contains(id))
            || route.segments().any(|id| request.avoid.segments.contains(id))
            || route.countries.iter().any(touches)
    };
    let passed = |via: &Via| match via {
        Via::Node(id) => route.nodes.contains(id),
        Via::Country(code) => route.countries.contains(code),
        Via::Segments(ids) => route.segments().any(|id| ids.contains(id)),
    };
    let bounds = &request.bounds;
    let _ = network;
    !avoided(route)
        && request.via.iter().all(passed)
        && request.corridor.as_ref().is_none_or(|corridor| *corridor == route.countries)
        && bounds.latency_fs.is_none_or(|most| route.latency().femtoseconds() <= most)
        && bounds.cost_cents.is_none_or(|most| route.bill.total().cents() as u64 <= most)
        && bounds.crossings.is_none_or(|most| route.passages.len() as u64 <= most)
}

fn figure(network: &Network, tariff: &Tariff<'_>, route: &Route, objective: Objective) -> u64 {
    match objective {
        Objective::Cost => route.bill.total().cents() as u64,
        Objective::Latency => route.latency().femtoseconds(),
        Objective::Length | Objective::Missing => route.length.metres(),
        Objective::Risk => {
            let segments = route.segments().map(|id| network.find_segment(id).expect("a segment of the network"));
            segments.map(|segment| tariff.segment_risk(segment)).sum::<u64>()
                + route.passages.iter().map(|passage| tariff.friction(passage.to)).sum::<u64>()
        }
    }
}

fn random_request(dice: &mut Dice, network: &Network) -> Request {
    let n = network.n_nodes() as u64;
    let some_node = |dice: &mut Dice| network.nodes().nth(dice.below(n) as usize).expect("a node").id.clone();
    let some_country = |dice: &mut Dice| country(["AA", "BB", "CC"][dice.below(3) as usize]);
    let from = some_node(dice);
    let mut to = some_node(dice);
    while to == from {
        to = some_node(dice);
    }
    let objective = Objective::ALL[dice.below(4) as usize];
    let mut request = Request::between(End::Node(from), End::Node(to), objective);
    request.k = 1 + dice.below(6) as usize;
    if dice.chance(25) {
        let via = match dice.below(3) {
            0 => Via::Node(some_node(dice)),
            1 => Via::Country(some_country(dice)),
            _ => Via::Segments(network.segments().map(|s| s.id().clone()).take(1 + dice.below(3) as usize).collect()),
        };
        request.via.push(via);
    }
    if dice.chance(20) {
        request.via.push(Via::Node(some_node(dice)));
    }
    let mut avoid = Avoid::default();
    if dice.chance(20) {
        avoid.nodes.insert(some_node(dice));
    }
    if dice.chance(15) {
        avoid.countries.insert(some_country(dice));
    }
    request.avoid = avoid;
    if dice.chance(35) {
        let ends = [&request.from, &request.to].map(|end| match end {
            End::Node(id) => network.find_node(id).expect("a node").country,
            End::Country(code) => *code,
        });
        let mut corridor = vec![ends[0]];
        for _ in 0..dice.below(3) {
            corridor.push(some_country(dice));
        }
        corridor.push(ends[1]);
        corridor.dedup();
        request.corridor = Some(corridor);
    }
    if dice.chance(30) {
        request.bounds = Bounds {
            latency_fs: dice.chance(50).then(|| (1 + dice.below(6)) * 500_000_000_000),
            cost_cents: dice.chance(30).then(|| (1 + dice.below(10)) * 50_000_000),
            crossings: dice.chance(50).then(|| dice.below(4)),
        };
    }
    request
}

#[test]
fn the_k_best_routes_are_those_of_brute_force() {
    let book = embedded::price_book();
    let policy = Policy::in_service(2026);
    let (mut answered, mut looped) = (0, 0);
    for seed in 0..4000 {
        let network = random_network(seed);
        let mut dice = Dice::new(seed + 1_000_000);
        let request = random_request(&mut dice, &network);
        let plan = Plan::new(&network, &book, demand(), &policy);
        let routes = plan.routes(&request);
        let (End::Node(from), End::Node(to)) = (&request.from, &request.to) else { unreachable!("ends are nodes") };
        let ends = [from, to].map(|id| network.find_node(id).expect("a node").country);
        let tariff = Tariff::new(&book, demand(), (ends[0], ends[1]));
        let paths = all_paths(&network, from, to);
        looped += usize::from(paths.len() > 3);
        let all = paths.iter().map(|path| evaluate(&network, &tariff, from, path));
        let mut expected: Vec<u64> = all
            .filter(|route| fits(&request, &network, route))
            .map(|route| figure(&network, &tariff, &route, request.objective))
            .collect();
        expected.sort_unstable();
        expected.truncate(request.k);
        let found: Vec<u64> = routes.iter().map(|route| figure(&network, &tariff, route, request.objective)).collect();
        assert_eq!(found, expected, "seed {seed}: {request:?}\n{:#?}", network.segments().collect::<Vec<_>>());
        let distinct: BTreeSet<Vec<&SegmentId>> = routes.iter().map(|route| route.segments().collect()).collect();
        assert_eq!(distinct.len(), routes.len(), "seed {seed}: a route is listed twice");
        for route in &routes {
            let places: BTreeSet<&NodeId> = route.nodes.iter().collect();
            assert_eq!(places.len(), route.nodes.len(), "seed {seed}: a place is passed twice");
            assert!(fits(&request, &network, route), "seed {seed}: a constraint is ignored");
        }
        answered += usize::from(!routes.is_empty());
    }
    // The test is worth something only if many requests have answers, and many a choice.
    assert!(answered > 1500 && looped > 1000, "{answered} answered, {looped} with a choice");
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
