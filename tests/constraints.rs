//! Each constraint and objective on a network drawn by hand, and bounds on countries and shares against brute force in a
//! world of many countries.

use fiberplan::World;
use fiberplan::analysis::{Plan, Request};
use fiberplan::metrics::{Criterion, Route};
use fiberplan::network::{Medium, Network, NodeId, NodeKind, Segment, SegmentId, Status};
use fiberplan::request::{
    Bounds, CountryPattern, End, MAX_VIA, MaxShare, Objective, PatternStep, Policy, ShareOf, Via, Weights,
};

use crate::support::oracle::{check, demand, random_corridor, random_objective, random_via, some_node};
use crate::support::{Dice, country, network, node, price, row, segment};

/// ```text
/// a(AA) --100-- b(BB) --100-- c(CC) --100-- d(DD)
///   |             |             |
///  300           100           100
///   |             |             |
/// e(EE) --100-- f(FF) --100-- g(GG) --100-- d
/// ```
fn ladder() -> Network {
    let places = [("a", "AA"), ("b", "BB"), ("c", "CC"), ("d", "DD"), ("e", "EE"), ("f", "FF"), ("g", "GG")];
    let nodes =
        places.iter().enumerate().map(|(i, (id, code))| node(id, NodeKind::City, code, i as f64, 0.0)).collect();
    let code_of = |id: &str| places.iter().find(|(own, _)| *own == id).expect("a place of the ladder").1;
    let joined = [("a", "b", 100), ("b", "c", 100), ("c", "d", 100), ("a", "e", 300), ("b", "f", 100), ("c", "g", 100)];
    let more = [("e", "f", 100), ("f", "g", 100), ("g", "d", 100)];
    let cable = |(from, to, km): &(&str, &str, u64)| {
        let countries = [code_of(from), code_of(to)];
        segment(row(&format!("{from}{to}"), from, to, Medium::Buried), km * 1000, &countries)
    };
    network(nodes, joined.iter().chain(&more).map(cable).collect())
}

fn from_a_to_d() -> Request {
    Request { k: 20, ..Request::between(End::Node(NodeId::new("a")), End::Node(NodeId::new("d")), Objective::Length) }
}

/// The routes as their places run together.
fn ways(request: &Request) -> Vec<String> {
    let (network, book, policy) = (ladder(), World::shipped().price_book(), Policy::in_service(2026));
    let routes = Plan::new(&network, &book, demand(), &policy).routes(request);
    routes.iter().map(|route| route.nodes.iter().map(NodeId::as_str).collect()).collect()
}

#[test]
fn all_ways_up_the_ladder() {
    assert_eq!(ways(&from_a_to_d()), ["abcd", "abcgd", "abfgd", "abfgcd", "aefgd", "aefbcd", "aefgcd", "aefbcgd"]);
}

#[test]
fn things_to_pass_in_order_and_in_any() {
    let via = |names: &[&str], in_order| {
        let via = names.iter().map(|name| Via::Node(NodeId::new(*name))).collect();
        ways(&Request { via, in_order, ..from_a_to_d() })
    };
    assert_eq!(via(&["f", "b"], false), ["abfgd", "abfgcd", "aefbcd", "aefbcgd"]);
    assert_eq!(via(&["f", "b"], true), ["aefbcd", "aefbcgd"]);
    assert_eq!(via(&["b", "f"], true), ["abfgd", "abfgcd"]);
    assert_eq!(via(&["g", "c"], true), ["abfgcd", "aefgcd"]);
    assert_eq!(via(&["a", "d"], true).len(), 8);
    assert!(via(&["d", "a"], true).is_empty());
    // A place and its country are passed at the same moment, so either may be named first.
    let mixed = [Via::Country(country("FF")), Via::Node(NodeId::new("f"))];
    for via in [mixed.to_vec(), mixed.iter().rev().cloned().collect()] {
        assert_eq!(ways(&Request { via, in_order: true, ..from_a_to_d() }).len(), 6);
    }
    let via = vec![Via::Segments([SegmentId::new("fg")].into()), Via::Country(country("CC"))];
    assert_eq!(ways(&Request { via, in_order: true, ..from_a_to_d() }), ["abfgcd", "aefgcd"]);
}

#[test]
fn patterns_of_countries() {
    let one = |codes: &str| PatternStep::OneOf(codes.split('|').map(country).collect());
    let along = |text: &str| {
        let steps = text.split(',').map(|word| match word {
            "?" => PatternStep::Any,
            "*" => PatternStep::Gap,
            codes => one(codes),
        });
        let pattern = CountryPattern::new(steps.collect()).expect("a pattern");
        assert_eq!(pattern.to_string(), text);
        ways(&Request { corridor: Some(pattern), ..from_a_to_d() })
    };
    assert_eq!(along("AA,BB,CC,DD"), ["abcd"]);
    assert_eq!(along("AA,BB,CC|FF,GG,DD"), ["abcgd", "abfgd"]);
    assert_eq!(along("AA,?,?,DD"), ["abcd"]);
    assert_eq!(along("AA,*,FF,?,DD"), ["abfgd", "aefgd"]);
    assert_eq!(along("*,GG,CC,*"), ["abfgcd", "aefgcd"]);
    assert_eq!(along("AA,*,BB,*,DD"), ["abcd", "abcgd", "abfgd", "abfgcd", "aefbcd", "aefbcgd"]);
    assert_eq!(along("*").len(), 8);
    assert!(along("AA,CC,*").is_empty());
}

#[test]
fn bounds_one_by_one() {
    let within = |bounds| ways(&Request { bounds, ..from_a_to_d() });
    let none = Bounds::default();
    assert_eq!(within(none.with(Criterion::Length, 400_000)), ["abcd", "abcgd", "abfgd"]);
    assert!(within(none.with(Criterion::Length, 299_999)).is_empty());
    assert_eq!(within(none.with(Criterion::Crossings, 3)), ["abcd"]);
    assert_eq!(within(none.with(Criterion::Countries, 5)), ["abcd", "abcgd", "abfgd", "aefgd"]);
    assert_eq!(within(none.with(Criterion::TransitCountries, 3)), ["abcd", "abcgd", "abfgd", "aefgd"]);
    assert_eq!(within(none.with(Criterion::TransitCountries, 2).with(Criterion::Countries, 9)), ["abcd"]);
    for impossible in [
        none.with(Criterion::Countries, 0),
        none.with(Criterion::Countries, 1),
        none.with(Criterion::TransitCountries, 1),
    ] {
        assert!(within(impossible).is_empty(), "{impossible:?}");
    }
    let (network, book, policy) = (ladder(), World::shipped().price_book(), Policy::in_service(2026));
    let plan = Plan::new(&network, &book, demand(), &policy);
    let all = plan.routes(&from_a_to_d());
    let least_up = Criterion::Unavailability.whole(all[3].availability);
    let up = plan.routes(&Request { bounds: none.with(Criterion::Unavailability, least_up), ..from_a_to_d() });
    assert!(up.contains(&all[3]) && up.len() < all.len());
    assert!(up.iter().all(|route| route.availability >= all[3].availability - 1e-14));
}

#[test]
fn shares_of_the_length() {
    let with = |shares: &[(&str, f64)]| {
        let of = |code: &str| match code {
            "*" => ShareOf::EachTransitCountry,
            code => ShareOf::Country(country(code)),
        };
        let shares = shares.iter().map(|&(code, share)| MaxShare::new(of(code), share)).collect();
        ways(&Request { shares, ..from_a_to_d() })
    };
    // abcd has 100 of its 300 km in BB, abcgd and abfgd 100 of 400, abfgcd 100 of 500.
    assert_eq!(with(&[("BB", 0.334)])[0], "abcd");
    assert_eq!(with(&[("BB", 0.333)])[0], "abcgd");
    assert_eq!(with(&[("BB", 0.25)])[..2], ["abcgd", "abfgd"]);
    assert_eq!(with(&[("BB", 0.2)])[0], "abfgcd");
    assert_eq!(with(&[("BB", 0.0)]), ["aefgd", "aefgcd"]);
    // Each country between the ends: EE has 200 of the 600 km of aefgd, and of the 800 of aefbcgd.
    assert_eq!(with(&[("*", 0.25)]), ["abcgd", "abfgd", "abfgcd", "aefbcgd"]);
    assert_eq!(with(&[("*", 0.3), ("EE", 0.4)])[2..], ["abfgcd", "aefgd", "aefbcd", "aefgcd", "aefbcgd"]);
    assert_eq!(with(&[("*", 1.0)]).len(), 8);
    // AA is an end's: only a bound of its own holds there. It has 50 of the 500 km of abfgcd, and 150 of 600 of aefgd.
    assert_eq!(with(&[("AA", 0.1)]), ["abfgcd"]);
    assert_eq!(with(&[("XZ", 0.0)]).len(), 8);
}

#[test]
fn a_share_may_be_kept_to_by_a_longer_way() {
    // The best way has too much of its length in BB, and going round makes room for it.
    let shares = vec![MaxShare::new(ShareOf::Country(country("BB")), 0.21)];
    let via = vec![Via::Country(country("BB"))];
    assert_eq!(ways(&Request { shares, via, ..from_a_to_d() }), ["abfgcd", "aefbcd", "aefbcgd"]);
}

#[test]
fn a_weighting_is_settled_by_the_best_under_the_same_constraints() {
    let (network, book, policy) = (ladder(), World::shipped().price_book(), Policy::in_service(2026));
    let plan = Plan::new(&network, &book, demand(), &policy);
    let best = |objective, bounds| plan.routes(&Request { objective, bounds, k: 1, ..from_a_to_d() }).remove(0);
    let weights = Weights::new(&[(Objective::Cost, 1.0), (Objective::Length, 3.0)]).expect("weights");
    let bounds = Bounds::default().with(Criterion::Countries, 5);
    let request = Request { objective: Objective::Weighted(weights), bounds, ..from_a_to_d() };
    let Objective::Weighted(settled) = plan.settled(&request) else { panic!("a weighting stays one") };
    let cents = |route: &Route| route.bill.total().cents() as u64;
    let expected = [
        (Objective::Cost, cents(&best(Objective::Cost, bounds))),
        (Objective::Length, best(Objective::Length, bounds).length.metres()),
    ];
    assert_eq!(settled.best().collect::<Vec<_>>(), expected);
    let scores: Vec<f64> = plan
        .routes(&request)
        .iter()
        .map(|route| {
            let (cost, length) = (cents(route) as f64, route.length.metres() as f64);
            0.25 * cost / expected[0].1 as f64 + 0.75 * length / expected[1].1 as f64
        })
        .collect();
    assert_eq!(scores.len(), 4);
    assert!(scores.windows(2).all(|pair| pair[0] <= pair[1] + 1e-9), "{scores:?}");
    // All the weight on one criterion is that criterion.
    for objective in Objective::ALL {
        let whole = Objective::Weighted(Weights::new(&[(objective, 2.0)]).expect("weights"));
        let request = |objective| Request { objective, ..from_a_to_d() };
        assert_eq!(plan.routes(&request(whole)), plan.routes(&request(objective)), "{objective}");
    }
}

#[test]
fn availability_has_no_friction() {
    let (network, mut book) = (ladder(), World::shipped().price_book());
    // Whoever enters CC has to overcome something, which is no downtime.
    book.set(price("friction.country.CC"), 9.0, 9.0, 9.0, "invented").expect("a price of a known family");
    let policy = Policy::in_service(2026);
    let plan = Plan::new(&network, &book, demand(), &policy);
    let way = |objective| {
        let route = plan.routes(&Request { objective, k: 1, ..from_a_to_d() }).remove(0);
        route.nodes.iter().map(NodeId::as_str).collect::<String>()
    };
    assert_eq!(way(Objective::Availability), "abcd");
    assert_eq!(way(Objective::Risk), "abfgd");
}

/// A random network over six countries, with up to eight places.
fn many_countries(dice: &mut Dice) -> Network {
    let codes = ["AA", "BB", "CC", "DD", "EE", "FF"];
    let n = 5 + dice.below(4) as usize;
    let some_code = |dice: &mut Dice| codes[dice.below(6) as usize];
    let nodes: Vec<_> = (0..n)
        .map(|i| node(&format!("n{i}"), NodeKind::City, some_code(dice), i as f64, dice.below(9) as f64))
        .collect();
    let mut segments: Vec<Segment> = Vec::new();
    for i in 0..n + dice.below(n as u64) as usize {
        let (a, b) = (dice.below(n as u64) as usize, dice.below(n as u64) as usize);
        if a == b {
            continue;
        }
        let (a, b) = (&nodes[a], &nodes[b]);
        let mut own = row(&format!("s{i:02}"), a.id.as_str(), b.id.as_str(), Medium::Buried);
        let metres = 50_000 * (1 + dice.below(5));
        if dice.chance(20) {
            own.medium = Medium::Submarine;
            segments.push(segment(own, metres, &["XZ"]));
            continue;
        }
        let mut countries = vec![a.country.to_string()];
        if dice.chance(15) {
            countries.push(some_code(dice).to_owned());
        }
        countries.push(b.country.to_string());
        countries.dedup();
        segments.push(segment(own, metres, &countries.iter().map(String::as_str).collect::<Vec<_>>()));
    }
    network(nodes, segments)
}

/// A request that bounds countries or shares, or both, with other constraints beside them.
fn bounded_request(dice: &mut Dice, network: &Network) -> Request {
    let from = some_node(dice, network);
    let mut to = some_node(dice, network);
    while to == from {
        to = some_node(dice, network);
    }
    let ends = [&from, &to].map(|id| network.find_node(id).expect("a node").country);
    let mut request = Request::between(End::Node(from), End::Node(to), random_objective(dice));
    request.k = 1 + dice.below(8) as usize;
    let which = dice.below(3);
    if which != 1 {
        request.bounds.set(Criterion::Countries, dice.chance(60).then(|| 1 + dice.below(5)));
        request.bounds.set(Criterion::TransitCountries, dice.chance(40).then(|| dice.below(4)));
    }
    if which != 0 {
        for code in ["AA", "BB", "CC", "XZ"] {
            if !dice.chance(30) {
                continue;
            }
            request.shares.push(MaxShare::new(ShareOf::Country(country(code)), dice.below(100) as f64 / 100.0));
        }
        if dice.chance(50) {
            request.shares.push(MaxShare::new(ShareOf::EachTransitCountry, dice.below(100) as f64 / 100.0));
        }
    }
    if dice.chance(25) {
        request.via = (0..=dice.below(2)).map(|_| random_via(dice, network)).collect();
        request.in_order = dice.chance(50);
    }
    if dice.chance(15) {
        request.corridor = random_corridor(dice, ends);
    }
    request.bounds.set(Criterion::Crossings, dice.chance(10).then(|| dice.below(6)));
    request.bounds.set(Criterion::Length, dice.chance(10).then(|| 200_000 + 100_000 * dice.below(6)));
    request
}

#[test]
fn bounds_on_countries_and_shares_in_a_world_of_many() {
    let (book, policy) = (World::shipped().price_book(), Policy::in_service(2026));
    let (mut answered, mut bitten) = (0, 0);
    for seed in 0..3000 {
        let mut dice = Dice::new(seed + 7_000_000);
        let network = many_countries(&mut dice);
        let request = bounded_request(&mut dice, &network);
        let plan = Plan::new(&network, &book, demand(), &policy);
        let answer = plan.answer(&request);
        assert!(!answer.is_stopped, "seed {seed}: stopped in so small a network");
        let choice = check(seed, &network, &request, &policy, &answer.routes);
        answered += usize::from(choice > 0);
        let bounds = request.bounds.only_sums();
        let loose = plan.routes(&Request { bounds, shares: vec![], ..request.clone() });
        bitten += usize::from(choice > 0 && loose != answer.routes);
    }
    assert!(answered > 700 && bitten > 300, "{answered} answered, {bitten} otherwise than without the bounds");
}

#[test]
fn what_may_be_used() {
    let mut parts = ladder().to_parts();
    for segment in &mut parts.segments {
        match segment.id().as_str() {
            "ab" => segment.row.owners = vec!["One".to_owned(), "Two".to_owned()],
            "bc" | "cd" => segment.row.owners = vec!["One".to_owned()],
            "bf" => segment.row.medium = Medium::Duct,
            "fg" => segment.row.capacity = Some(fiberplan::units::Gbps::new(40.0).expect("a capacity")),
            "gd" => segment.row.status = Status::Planned,
            _ => {}
        }
    }
    let network = Network::new(parts).expect("a network");
    let book = World::shipped().price_book();
    let under = |policy: Policy| {
        let routes = Plan::new(&network, &book, demand(), &policy).routes(&from_a_to_d());
        routes.iter().map(|route| route.nodes.iter().map(NodeId::as_str).collect()).collect::<Vec<String>>()
    };
    let service = Policy::in_service(2026);
    assert_eq!(under(service.clone()), ["abcd", "abfgcd", "aefbcd", "aefgcd"]);
    let names = |names: &[&str]| Some(names.iter().map(|name| (*name).to_owned()).collect());
    assert_eq!(under(Policy { owners: names(&["One"]), ..service.clone() }), ["abcd"]);
    assert!(under(Policy { owners: names(&["Two"]), ..service.clone() }).is_empty());
    let media = Some([Medium::Buried].into());
    assert_eq!(under(Policy { media, ..service.clone() }), ["abcd", "aefgcd"]);
    // An unknown capacity passes, a known one of 40 Gbps does not.
    let least = fiberplan::units::Gbps::new(41.0).ok();
    assert_eq!(under(Policy { min_capacity: least, ..service.clone() }), ["abcd", "aefbcd"]);
    let least = fiberplan::units::Gbps::new(40.0).ok();
    assert_eq!(under(Policy { min_capacity: least, ..service.clone() }).len(), 4);
    assert_eq!(under(Policy { strict_capacity: true, ..service.clone() }), ["abcd", "aefbcd"]);
    let statuses = [Status::InService, Status::Planned].into();
    assert_eq!(under(Policy { statuses, ..service }).len(), 8);
}

/// More things to pass than a search can keep in mind were left out without a word.
#[test]
fn too_many_things_to_pass_are_not_forgotten() {
    let (network, book, policy) = (ladder(), World::shipped().price_book(), Policy::in_service(2026));
    let plan = Plan::new(&network, &book, demand(), &policy);
    let [from, to, by] = ["a", "d", "b"].map(NodeId::new);
    let mut request = Request::between(End::Node(from), End::Node(to), Objective::Length);
    request.via = vec![Via::Node(by); MAX_VIA + 1];
    let answer = plan.answer(&request);
    assert!(answer.routes.is_empty() && answer.is_stopped, "{answer:?}");
}
