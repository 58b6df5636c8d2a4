//! Routes, requests and policies by brute force: every loopless path is evaluated, and what does not fit is thrown away.

use std::collections::BTreeSet;

use fiberplan::World;
use fiberplan::analysis::Request;
use fiberplan::metrics::{Criterion, Demand, Route, Tariff, evaluate};
use fiberplan::network::{Confidence, CountryCode, Medium, Network, NodeId, SegmentId, SegmentRow, Status};
use fiberplan::request::{
    Bounds, CountryPattern, End, MaxShare, Objective, PatternStep, Policy, ShareOf, Via, Weights,
};
use fiberplan::units::Gbps;

use super::{Dice, country, random_network};

pub fn demand() -> Demand {
    Demand { gbps: Gbps::new(100.0).expect("a capacity"), term_years: 15 }
}

/// Every loopless path between two places, as segment ids.
pub fn all_paths(network: &Network, from: &NodeId, to: &NodeId) -> Vec<Vec<SegmentId>> {
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

/// What is there at one moment of a route, as `--via` may name it.
#[derive(Default)]
pub struct Moment {
    pub node: Option<NodeId>,
    pub country: Option<CountryCode>,
    pub segment: Option<SegmentId>,
}

/// Everything that a route is at, moment by moment.
pub fn moments(network: &Network, route: &Route) -> Vec<Moment> {
    let on_land = |id: &NodeId| {
        let country = network.find_node(id).expect("a node").country;
        Moment { node: Some(id.clone()), country: Some(country), segment: None }
    };
    let mut all = vec![on_land(&route.nodes[0])];
    for hop in &route.hops {
        let segment = || Some(hop.segment.clone());
        if network.find_segment(&hop.segment).expect("a segment").row.medium.is_submarine() {
            all.push(Moment { segment: segment(), ..Moment::default() });
            all.push(Moment { node: Some(hop.to.clone()), ..Moment::default() });
            continue;
        }
        all.push(on_land(&hop.from));
        for (country, _) in &hop.pieces {
            all.push(Moment { segment: segment(), country: Some(*country), node: None });
        }
        all.push(on_land(&hop.to));
    }
    all.push(on_land(route.nodes.last().expect("a route has places")));
    all
}

pub fn passes(network: &Network, route: &Route, request: &Request) -> bool {
    let moments = moments(network, route);
    let is_at = |via: &Via, moment: &Moment| match via {
        Via::Node(id) => moment.node.as_ref() == Some(id),
        Via::Country(code) => moment.country == Some(*code),
        Via::Segments(ids) => moment.segment.as_ref().is_some_and(|id| ids.contains(id)),
    };
    let mut from = 0;
    request.via.iter().all(|via| {
        let found = moments[from..].iter().position(|moment| is_at(via, moment));
        if request.in_order {
            from += found.unwrap_or(0);
        }
        found.is_some()
    })
}

pub fn allowed(policy: &Policy, row: &SegmentRow) -> bool {
    let (capacity, demand) = (row.capacity.map(Gbps::get), demand().gbps.get());
    policy.statuses.contains(&row.status)
        && policy.media.as_ref().is_none_or(|media| media.contains(&row.medium))
        && policy.owners.as_ref().is_none_or(|owners| owners.iter().any(|owner| row.owners.contains(owner)))
        && policy.min_confidence.is_none_or(|least| row.confidence.unwrap_or(Confidence::Assumed) <= least)
        && policy.min_capacity.is_none_or(|least| capacity.is_none_or(|own| own >= least.get()))
        && (!policy.strict_capacity || capacity.is_none_or(|own| own >= demand))
}

pub fn fits(request: &Request, policy: &Policy, network: &Network, route: &Route) -> bool {
    let row = |id: &SegmentId| &network.find_segment(id).expect("a segment").row;
    let avoided = route.nodes.iter().any(|id| request.avoid.nodes.contains(id))
        || route.segments().any(|id| request.avoid.segments.contains(id))
        || route.countries.iter().any(|code| request.avoid.countries.contains(code));
    let bounds = &request.bounds;
    let different: BTreeSet<CountryCode> = route.countries.iter().copied().collect();
    let (first, last) = (route.countries[0], route.countries[route.countries.len() - 1]);
    let transit = different.iter().filter(|&&code| code != first && code != last).count() as u32;
    let unavailability: u64 = (-route.availability.ln() * 1e15).round() as u64;
    let share_holds = |share: &MaxShare, code: CountryCode| {
        let here = route.shares.iter().find(|own| own.country == code).map_or(0, |own| own.length.metres());
        u128::from(here) * 1_000_000 <= u128::from(route.length.metres()) * u128::from(share.millionths)
    };
    let has_own = |code: &CountryCode| request.shares.iter().any(|share| share.of == ShareOf::Country(*code));
    let keeps_share = |share: &MaxShare| match share.of {
        ShareOf::Country(code) => share_holds(share, code),
        ShareOf::EachTransitCountry => {
            let codes = route.shares.iter().map(|own| own.country).filter(|code| code.as_str() != "XZ");
            let mut transit = codes.filter(|code| *code != first && *code != last && !has_own(code));
            transit.all(|code| share_holds(share, code))
        }
    };
    !avoided
        && passes(network, route, request)
        && route.segments().all(|id| allowed(policy, row(id)))
        && request.corridor.as_ref().is_none_or(|corridor| follows(corridor.steps(), &route.countries))
        && bounds.get(Criterion::Latency).is_none_or(|most| route.latency().femtoseconds() <= most)
        && bounds.get(Criterion::Cost).is_none_or(|most| route.bill.total().cents() as u64 <= most)
        && bounds.get(Criterion::Length).is_none_or(|most| route.length.metres() <= most)
        && bounds.get(Criterion::Unavailability).is_none_or(|most| unavailability <= most)
        && bounds.get(Criterion::Crossings).is_none_or(|most| route.passages.len() as u64 <= most)
        && bounds.get(Criterion::Countries).is_none_or(|most| different.len() as u64 <= most)
        && bounds.get(Criterion::TransitCountries).is_none_or(|most| u64::from(transit) <= most)
        && request.shares.iter().all(keeps_share)
}

/// The slow obvious reading of a pattern.
pub fn follows(steps: &[PatternStep], countries: &[CountryCode]) -> bool {
    let Some((step, rest)) = steps.split_first() else { return countries.is_empty() };
    let first = countries.first();
    match step {
        PatternStep::Gap => (0..=countries.len()).any(|n| follows(rest, &countries[n..])),
        PatternStep::Any => first.is_some() && follows(rest, &countries[1..]),
        PatternStep::OneOf(some) => first.is_some_and(|one| some.contains(one)) && follows(rest, &countries[1..]),
    }
}

pub fn figure(network: &Network, tariff: &Tariff<'_>, route: &Route, objective: Objective) -> u64 {
    let risk = || {
        let segments = route.segments().map(|id| network.find_segment(id).expect("a segment of the network"));
        segments.map(|segment| tariff.segment_risk(segment)).sum::<u64>()
    };
    match objective {
        Objective::Cost => route.bill.total().cents() as u64,
        Objective::Latency => route.latency().femtoseconds(),
        Objective::Length | Objective::Missing => route.length.metres(),
        Objective::Risk => risk() + route.passages.iter().map(|passage| tariff.friction(passage.to)).sum::<u64>(),
        Objective::Availability => risk(),
        Objective::Weighted(weights) => weights.score(|criterion| figure(network, tariff, route, criterion)),
    }
}

pub fn some_node(dice: &mut Dice, network: &Network) -> NodeId {
    network.nodes().nth(dice.below(network.n_nodes() as u64) as usize).expect("a node").id.clone()
}

pub fn some_country(dice: &mut Dice) -> CountryCode {
    country(["AA", "BB", "CC"][dice.below(3) as usize])
}

pub fn random_via(dice: &mut Dice, network: &Network) -> Via {
    match dice.below(3) {
        0 => Via::Node(some_node(dice, network)),
        1 => Via::Country(some_country(dice)),
        _ => Via::Segments(network.segments().map(|s| s.id().clone()).take(1 + dice.below(3) as usize).collect()),
    }
}

/// A corridor between two countries: a list, or with choices and gaps.
pub fn random_corridor(dice: &mut Dice, ends: [CountryCode; 2]) -> Option<CountryPattern> {
    let with_choices = dice.chance(50);
    let mut steps = vec![PatternStep::OneOf(vec![ends[0]])];
    for _ in 0..dice.below(4) {
        steps.push(match dice.below(if with_choices { 5 } else { 2 }) {
            0 | 1 => PatternStep::OneOf(vec![some_country(dice)]),
            2 => PatternStep::OneOf(vec![some_country(dice), some_country(dice)]),
            3 => PatternStep::Any,
            _ => PatternStep::Gap,
        });
    }
    steps.push(PatternStep::OneOf(vec![ends[1]]));
    steps.dedup();
    CountryPattern::new(steps).ok()
}

pub fn random_bounds(dice: &mut Dice) -> Bounds {
    let mut below = |percent: u64, n: u64| dice.chance(percent).then(|| dice.below(n));
    let most = [
        (Criterion::Latency, below(25, 6).map(|n| (n + 1) * 500_000_000_000)),
        (Criterion::Cost, below(20, 10).map(|n| (n + 1) * 50_000_000)),
        (Criterion::Length, below(25, 8).map(|n| (n + 1) * 100_000)),
        (Criterion::Unavailability, below(25, 8).map(|n| (n + 1) * 500_000_000_000)),
        (Criterion::Crossings, below(20, 4)),
        (Criterion::Countries, below(25, 4)),
        (Criterion::TransitCountries, below(20, 3)),
    ];
    let mut bounds = Bounds::default();
    most.into_iter().for_each(|(of, most)| bounds.set(of, most));
    bounds
}

pub fn random_shares(dice: &mut Dice) -> Vec<MaxShare> {
    let mut shares = Vec::new();
    for code in ["AA", "BB", "CC", "XZ"] {
        if dice.chance(20) {
            shares.push(MaxShare::new(ShareOf::Country(country(code)), dice.below(11) as f64 / 10.0));
        }
    }
    if dice.chance(30) {
        shares.push(MaxShare::new(ShareOf::EachTransitCountry, dice.below(11) as f64 / 10.0));
    }
    shares
}

pub fn random_objective(dice: &mut Dice) -> Objective {
    if dice.chance(80) {
        return Objective::ALL[dice.below(5) as usize];
    }
    let weights: Vec<(Objective, f64)> = Objective::ALL.map(|one| (one, dice.below(4) as f64)).to_vec();
    Weights::new(&weights).map_or(Objective::Cost, Objective::Weighted)
}

pub fn random_request(dice: &mut Dice, network: &Network) -> Request {
    let from = some_node(dice, network);
    let mut to = some_node(dice, network);
    while to == from {
        to = some_node(dice, network);
    }
    let ends = [&from, &to].map(|id| network.find_node(id).expect("a node").country);
    let mut request = Request::between(End::Node(from), End::Node(to), random_objective(dice));
    request.k = 1 + dice.below(6) as usize;
    if dice.chance(35) {
        request.via = (0..=dice.below(3)).map(|_| random_via(dice, network)).collect();
        request.in_order = dice.chance(50);
    }
    if dice.chance(15) {
        request.avoid.nodes.insert(some_node(dice, network));
    }
    if dice.chance(10) {
        request.avoid.countries.insert(some_country(dice));
    }
    if dice.chance(25) {
        request.corridor = random_corridor(dice, ends);
    }
    if dice.chance(40) {
        request.bounds = random_bounds(dice);
    }
    if dice.chance(30) {
        request.shares = random_shares(dice);
    }
    request
}

pub fn random_policy(dice: &mut Dice) -> Policy {
    let mut policy = Policy::in_service(2026);
    if dice.chance(50) {
        policy.statuses.insert(Status::Planned);
    }
    if dice.chance(10) {
        policy.media = Some(BTreeSet::from([Medium::Submarine, Medium::Duct]));
    }
    if dice.chance(10) {
        policy.owners = Some(BTreeSet::from(["One".to_owned(), "Three".to_owned()]));
    }
    policy.min_capacity = dice.chance(10).then(|| Gbps::new(40.0).expect("a capacity"));
    policy.strict_capacity = dice.chance(10);
    policy
}

/// A random network whose segments differ in what a policy looks at.
pub fn varied_network(seed: u64, dice: &mut Dice) -> Network {
    varied(&random_network(seed), dice)
}

/// The same network with segments that differ in what a policy looks at.
pub fn varied(network: &Network, dice: &mut Dice) -> Network {
    let mut parts = network.to_parts();
    for segment in &mut parts.segments {
        let row = &mut segment.row;
        if dice.chance(20) {
            row.status = Status::Planned;
        }
        if dice.chance(30) && row.medium == Medium::Buried {
            row.medium = Medium::Duct;
        }
        let owners = ["One", "Two", "Three"].into_iter().filter(|_| dice.chance(50));
        row.owners = owners.map(str::to_owned).collect();
        row.capacity =
            dice.chance(50).then(|| Gbps::new([10.0, 40.0, 400.0][dice.below(3) as usize]).expect("a capacity"));
    }
    Network::new(parts).expect("the same network with other words in it")
}

/// The weights of the routes that fit, least first, by brute force; a weighting is settled by the best that fit.
fn by_brute_force(case: &Case) -> (Objective, Vec<u64>) {
    let Case { network, request, policy, tariff, .. } = case;
    let (End::Node(from), End::Node(to)) = (&request.from, &request.to) else { unreachable!("ends are nodes") };
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
    network: &'a Network,
    request: &'a Request,
    policy: &'a Policy,
    tariff: Tariff<'a>,
}

/// Checks an answer against brute force, and tells how many routes there were to choose from.
pub fn check(seed: u64, network: &Network, request: &Request, policy: &Policy, routes: &[Route]) -> usize {
    let book = World::shipped().price_book();
    let ends = [&request.from, &request.to].map(|end| match end {
        End::Node(id) => network.find_node(id).expect("a node").country,
        End::Country(code) => *code,
    });
    let case = Case { network, request, policy, tariff: Tariff::new(&book, demand(), (ends[0], ends[1])) };
    let tariff = &case.tariff;
    let (objective, mut expected) = by_brute_force(&case);
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
