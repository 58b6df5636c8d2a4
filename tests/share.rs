//! `fiberplan share`: a case worked by hand, costs against all sets of routes, sums to the cent, and the command's answers.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use fiberplan::World;
use fiberplan::analysis::games::{Coalition, members};
use fiberplan::analysis::{Plan, Request, Rule, Share, ShareDemand, ShareQuestion, Standing, Unserved, Workers, share};
use fiberplan::metrics::{Demand, Leaf, Route, Term};
use fiberplan::network::{CountryCode, Medium, Network, NodeId, NodeKind, SegmentId, Status};
use fiberplan::prices::{PriceBook, PriceFamily, PriceKey};
use fiberplan::request::{End, Objective, Policy};
use fiberplan::units::{Gbps, Usd};

use crate::support::cli::{Bench, number, strings};
use crate::support::{Dice, country, network, node, price, row, segment};

/// A book in which nothing costs anything but what is named here, and money a year off is worth what it is today.
fn book(prices: &[(&str, f64)]) -> PriceBook {
    let mut book = World::shipped().price_book();
    let keys: Vec<PriceKey> = book.entries().map(|(key, _)| key).collect();
    for key in keys {
        let one = if key.family() == PriceFamily::BuildMultiplier { 1.0 } else { 0.0 };
        book.set(key, one, one, one, "assumed: a test").expect("a price of the book");
    }
    for &(name, usd) in prices {
        book.set(price(name), usd, usd, usd, "assumed: a test").expect("a price of the book");
    }
    book
}

/// Everything that is there or planned, in 2026.
fn policy() -> Policy {
    let mut policy = Policy::in_service(2026);
    policy.statuses.insert(Status::Planned);
    policy
}

fn demand(from: &str, to: &str, gbps: f64, asked_by: usize) -> ShareDemand {
    let end = |id: &str| End::Node(NodeId::new(id));
    ShareDemand { from: end(from), to: end(to), gbps: Gbps::new(gbps).expect("a capacity"), asked_by }
}

fn answer(network: &Network, book: &PriceBook, demands: Vec<ShareDemand>, codes: &[&str]) -> Result<Share, Unserved> {
    let policy = policy();
    let plan = Plan::new(network, book, Demand { gbps: Gbps::new(1.0).expect("a capacity"), term_years: 1 }, &policy);
    let countries = codes.iter().map(|code| country(code)).collect();
    let any = End::Node(NodeId::new("any"));
    let request = Request::between(any.clone(), any, Objective::Cost);
    let question = ShareQuestion { countries, demands, sampling: None };
    share(&plan, &request, &question, &Workers::new(2).expect("two threads"))
}

fn planned(id: &str, from: &str, to: &str, metres: u64, countries: &[&str]) -> fiberplan::network::Segment {
    let mut row = row(id, from, to, Medium::Buried);
    row.status = Status::Planned;
    segment(row, metres, countries)
}

/// Three countries in a line, a place in each, 100 km apart, half on each side of a border.
///
/// ```text
/// a (AA) --old-ab-- b (BB) --old-bc-- c (CC)      leased at 1 USD a Gbps and km
///                     \------new-bc--/            to be built, 4 USD a km: 400
/// ```
/// Passing through BB costs 100 USD a Gbps. AA asks for a to c, BB for b to c, 3 Gbps each.
fn line() -> (Network, PriceBook, Vec<ShareDemand>) {
    let nodes = vec![
        node("a", NodeKind::City, "AA", 0.0, 0.0),
        node("b", NodeKind::City, "BB", 1.0, 0.0),
        node("c", NodeKind::City, "CC", 2.0, 0.0),
    ];
    let segments = vec![
        segment(row("old-ab", "a", "b", Medium::Buried), 100_000, &["AA", "BB"]),
        segment(row("old-bc", "b", "c", Medium::Buried), 100_000, &["BB", "CC"]),
        planned("new-bc", "b", "c", 100_000, &["BB", "CC"]),
    ];
    let prices = [("lease.buried.default", 1.0), ("build.buried.plain", 4.0), ("transit.passage.default", 100.0)];
    let demands = vec![demand("a", "c", 3.0, 0), demand("b", "c", 3.0, 1)];
    (network(nodes, segments), book(&prices), demands)
}

fn dollars(shares: &[Usd]) -> Vec<f64> {
    shares.iter().map(|usd| usd.dollars()).collect()
}

#[test]
fn a_line_of_three_by_hand() {
    let (network, book, demands) = line();
    let found = answer(&network, &book, demands, &["AA", "BB", "CC"]).expect("both are served");
    // AA alone rents 300 + 300 and pays BB 300; with BB it pays no fee, but without CC they may not build; BB with CC
    // could build for 400 what BB rents for 300; all three build, for both demands at once: 300 + 400.
    let costs: Vec<(Coalition, f64)> = found.coalitions.iter().map(|own| (own.coalition, own.cost.dollars())).collect();
    let expected = [(1, 900.0), (2, 300.0), (3, 900.0), (4, 0.0), (5, 900.0), (6, 300.0), (7, 700.0)];
    assert_eq!(costs, expected);
    assert_eq!((found.total.dollars(), found.saving().map(Usd::dollars)), (700.0, Some(500.0)));
    assert_eq!(found.gap, Usd::ZERO);
    let built: Vec<(&str, f64, &[usize])> =
        found.built.iter().map(|own| (own.segment.as_str(), own.cost.dollars(), &own.used_by[..])).collect();
    assert_eq!(built, [("new-bc", 400.0, &[0, 1][..])]);
    assert_eq!(found.served.iter().map(|own| own.cost.dollars()).collect::<Vec<_>>(), [300.0, 0.0]);
    let by = |rule| dollars(&found.by(rule).expect("every rule is told").shares);
    // Half of old-ab is AA's and half BB's, half of new-bc BB's and half CC's.
    assert_eq!(by(Rule::Territory), [150.0, 350.0, 200.0]);
    assert_eq!(by(Rule::Equal), [233.34, 233.33, 233.33]);
    // 50, 100 and 50 km.
    assert_eq!(by(Rule::Length), [175.0, 350.0, 175.0]);
    assert_eq!(by(Rule::Traffic), [350.0, 350.0, 0.0]);
    // 900 : 300 : 0.
    assert_eq!(by(Rule::Benefit), [525.0, 175.0, 0.0]);
    // AA adds 900, 900, 600, 900, 400, 400 over the six orders; BB 0, 300, 300, 300, -200, -200; CC the rest. CC asks
    // for nothing and is paid for letting the others build. All three are a third of a cent above whole cents, and the odd
    // cent goes to the first.
    assert_eq!(by(Rule::Shapley), [683.34, 83.33, -66.67]);
    // The most that CC alone (x) and the others (-200 - x) lose in common is least at -100; then AA and BB share 800 so
    // that BB (x - 300) and AA with CC's share given away (-100 - x) lose the same: BB pays 100.
    assert_eq!(by(Rule::Nucleolus), [700.0, 100.0, -100.0]);
    assert_eq!(found.core_is_empty, Some(false));
    for (rule, blocking) in [
        (Rule::Territory, Some((0b110, 250.0))),
        (Rule::Equal, Some((0b100, 233.33))),
        (Rule::Length, Some((0b110, 225.0))),
        (Rule::Traffic, Some((0b010, 50.0))),
        (Rule::Benefit, None),
        (Rule::Shapley, None),
        (Rule::Nucleolus, None),
    ] {
        match (found.by(rule).expect("every rule is told").standing, blocking) {
            (Standing::InCore, None) => {}
            (Standing::Blocked(own), Some((coalition, usd))) => {
                assert_eq!(own.coalition, coalition, "{rule:?}");
                assert!((own.gain / 100.0 - usd).abs() < 0.01, "{rule:?}: {own:?}");
            }
            (own, expected) => panic!("{rule:?}: {own:?}, expected {expected:?}"),
        }
    }
}

#[test]
fn a_pure_transit_country_is_paid() {
    let (network, book, demands) = line();
    let found = answer(&network, &book, demands[..1].to_vec(), &["AA", "BB", "CC"]).expect("it is served");
    // One demand: 600 of rent; BB's coming saves its fee of 300, whoever else is there.
    assert_eq!(dollars(&found.by(Rule::Shapley).expect("told").shares), [750.0, -150.0, 0.0]);
    assert_eq!(dollars(&found.by(Rule::Nucleolus).expect("told").shares), [750.0, -150.0, 0.0]);
    assert_eq!(dollars(&found.by(Rule::Traffic).expect("told").shares), [600.0, 0.0, 0.0]);
}

#[test]
fn a_group_that_cannot_do_without_the_others() {
    let nodes = vec![
        node("a", NodeKind::City, "AA", 0.0, 0.0),
        node("b", NodeKind::City, "BB", 1.0, 0.0),
        node("c", NodeKind::City, "CC", 2.0, 0.0),
    ];
    let segments = vec![planned("new-ab", "a", "b", 100_000, &["AA", "BB"])];
    let network = network(nodes, segments);
    let book = book(&[("build.buried.plain", 4.0)]);
    let found = answer(&network, &book, vec![demand("a", "b", 1.0, 0)], &["AA", "BB"]).expect("together they build");
    assert_eq!((found.total.dollars(), found.saving(), found.core_is_empty), (400.0, None, None));
    assert_eq!(found.stuck.map(|stuck| (stuck.coalition, stuck.demand)), Some((1, 0)));
    let told: Vec<Rule> = found.rules.iter().map(|own| own.rule).collect();
    assert_eq!(told, [Rule::Territory, Rule::Equal, Rule::Length, Rule::Traffic]);
    assert!(found.rules.iter().all(|own| own.standing == Standing::Unknown));
    let nowhere = answer(&network, &book, vec![demand("a", "b", 1.0, 0), demand("b", "c", 1.0, 1)], &["AA", "BB"]);
    assert_eq!(nowhere.map(|_| ()), Err(Unserved { demand: 1 }));
}

/// A small random network of four countries, some of whose segments have to be built.
fn random_case(seed: u64) -> (Network, Vec<ShareDemand>) {
    let mut dice = Dice::new(seed);
    let codes = ["AA", "BB", "CC", "DD"];
    let n = 4 + dice.below(2) as usize;
    let nodes: Vec<_> = (0..n)
        .map(|i| {
            let code = if i < 4 { codes[i] } else { codes[dice.below(4) as usize] };
            node(&format!("n{i}"), NodeKind::City, code, i as f64, dice.below(9) as f64)
        })
        .collect();
    let mut segments = Vec::new();
    for i in 0..n + 3 {
        // A ring first, so that everything is joined; it exists.
        let (a, b) =
            if i < n { (i, (i + 1) % n) } else { (dice.below(n as u64) as usize, dice.below(n as u64) as usize) };
        if a == b {
            continue;
        }
        let metres = 1000 * (20 + dice.below(200));
        let mut countries = vec![nodes[a].country.to_string(), nodes[b].country.to_string()];
        countries.dedup();
        let countries: Vec<&str> = countries.iter().map(String::as_str).collect();
        let (from, to) = (nodes[a].id.as_str(), nodes[b].id.as_str());
        let id = format!("s{i:02}");
        segments.push(if i >= n && dice.chance(20) {
            segment(row(&id, from, to, Medium::Submarine), metres, &["XZ"])
        } else if i >= n {
            planned(&id, from, to, metres, &countries)
        } else {
            segment(row(&id, from, to, Medium::Buried), metres, &countries)
        });
    }
    let mut demands = Vec::new();
    for _ in 0..2 + dice.below(2) {
        let (from, to) = (dice.below(3) as usize, dice.below(n as u64) as usize);
        if from != to {
            demands.push(demand(&format!("n{from}"), &format!("n{to}"), 1.0 + dice.below(4) as f64, from));
        }
    }
    (network(nodes, segments), demands)
}

fn random_book(seed: u64) -> PriceBook {
    let mut dice = Dice::new(seed + 77);
    let mut price = |least: u64, most: u64| (least + dice.below(most - least + 1)) as f64 / 4.0;
    let prices = [
        ("lease.buried.default", price(1, 12)),
        ("lease.submarine.default", price(1, 12)),
        ("build.buried.plain", price(1, 40)),
        ("operation.land", 0.01),
        ("transit.passage.default", price(0, 800)),
        ("transit.per_km.default", price(0, 8)),
        ("crossing.land", price(0, 200)),
        ("equipment.terminal_pair", 11.0),
        ("equipment.device.city", 3.0),
    ];
    book(&prices)
}

const THREE: [&str; 3] = ["AA", "BB", "CC"];

/// The least cost for a group by trying every set of routes, one for each demand of its members: straight from the
/// bills of the routes.
fn by_brute_force(network: &Network, book: &PriceBook, demands: &[ShareDemand], coalition: Coalition) -> Option<i64> {
    let policy = policy();
    let players: Vec<CountryCode> = THREE.iter().map(|code| country(code)).collect();
    let member = |code: CountryCode| players.iter().position(|own| *own == code).map(|i| coalition >> i & 1 == 1);
    let is_new = |id: &SegmentId| network.find_segment(id).is_some_and(|own| own.row.status == Status::Planned);
    let may_use = |route: &Route| {
        let pieces = route.hops.iter().filter(|hop| is_new(&hop.segment)).flat_map(|hop| &hop.pieces);
        pieces.into_iter().all(|(code, _)| member(*code) != Some(false))
    };
    let asked = demands.iter().filter(|own| coalition >> own.asked_by & 1 == 1);
    // Of each demand: the routes, each as what it costs alone and what it needs built.
    let options: Vec<Vec<(i64, BTreeMap<SegmentId, i64>)>> = asked
        .map(|own| {
            let plan = Plan::new(network, book, Demand { gbps: own.gbps, term_years: 1 }, &policy);
            let request = Request { k: 1000, ..Request::between(own.from.clone(), own.to.clone(), Objective::Cost) };
            let routes = plan.routes(&request).into_iter().filter(|route| may_use(route));
            let priced = routes.map(|route| {
                let (mut alone, mut needs) = (0, BTreeMap::new());
                for hop in &route.hops {
                    for leaf in &hop.leaves {
                        let once = matches!(leaf.term, Term::Capex | Term::Opex);
                        let waived = leaf.term == Term::Transit && member(leaf.country) == Some(true);
                        if once {
                            *needs.entry(hop.segment.clone()).or_insert(0) += leaf.base().cents();
                        } else if !waived {
                            alone += leaf.base().cents();
                        }
                    }
                }
                (alone, needs)
            });
            priced.collect()
        })
        .collect();
    let mut sets: Vec<(i64, BTreeMap<SegmentId, i64>)> = vec![(0, BTreeMap::new())];
    for option in options {
        let more = |(sum, needs): &(i64, BTreeMap<SegmentId, i64>)| {
            let join = |(alone, own): &(i64, BTreeMap<SegmentId, i64>)| {
                (sum + alone, needs.iter().chain(own).map(|(id, cents)| (id.clone(), *cents)).collect())
            };
            option.iter().map(join).collect::<Vec<_>>()
        };
        sets = sets.iter().flat_map(more).collect();
    }
    sets.into_iter().map(|(sum, needs)| sum + needs.values().sum::<i64>()).min()
}

#[test]
fn coalition_costs_by_trying_all_sets_of_routes() {
    let (mut building, mut shared, mut cheaper) = (0, 0, 0);
    for seed in 0..120 {
        let (network, demands) = random_case(seed);
        let book = random_book(seed);
        if demands.is_empty() {
            continue;
        }
        let found = answer(&network, &book, demands.clone(), &THREE).expect("the ring joins all");
        for own in &found.coalitions {
            let expected = by_brute_force(&network, &book, &demands, own.coalition);
            assert_eq!(Some(own.cost.cents()), expected, "seed {seed}, group {:03b}", own.coalition);
            assert_eq!(own.gap, Usd::ZERO, "seed {seed}");
        }
        building += usize::from(!found.built.is_empty());
        shared += usize::from(found.built.iter().any(|own| own.used_by.len() > 1));
        cheaper += usize::from(found.saving() > Some(Usd::ZERO));
    }
    assert!(building > 25 && shared > 8 && cheaper > 60, "{building} build, {shared} share it, {cheaper} save");
}

#[test]
fn splits_sum_to_the_total_and_the_bill_to_the_cost() {
    let mut negative = 0;
    for seed in 200..500 {
        let (network, demands) = random_case(seed);
        let book = random_book(seed);
        if demands.is_empty() {
            continue;
        }
        let found = answer(&network, &book, demands, &THREE).expect("the ring joins all");
        for own in &found.rules {
            assert_eq!(own.shares.iter().copied().sum::<Usd>(), found.total, "seed {seed}, {:?}", own.rule);
            negative += usize::from(own.shares.iter().any(|share| *share < Usd::ZERO));
        }
        assert_eq!(found.rules.len(), Rule::ALL.len(), "seed {seed}");
        let sum = |leaves: &[Leaf]| leaves.iter().map(Leaf::base).sum::<Usd>();
        let bill = found.served.iter().map(|own| sum(&own.leaves)).sum::<Usd>()
            + found.built.iter().map(|own| sum(&own.leaves)).sum();
        assert_eq!(bill, found.total, "seed {seed}: the plan's leaves are its cost");
        // A group with more members saves fees and may build more: nobody's demands cost more by another's coming.
        for a in &found.coalitions {
            for b in found.coalitions.iter().filter(|b| b.coalition & a.coalition == 0) {
                let both = found.cost_of(a.coalition | b.coalition).expect("every group is there").cost;
                assert!(both <= a.cost + b.cost, "seed {seed}: {:03b} and {:03b}", a.coalition, b.coalition);
            }
        }
        assert!(members(7).all(|player| found.cost_of(1 << player).is_some()));
    }
    assert!(negative > 30, "{negative} splits pay somebody");
}

#[test]
fn an_estimate_is_near_the_exact_shares() {
    let (network, book, demands) = line();
    let policy = policy();
    let whole = Demand { gbps: Gbps::new(1.0).expect("a capacity"), term_years: 1 };
    let plan = Plan::new(&network, &book, whole, &policy);
    // Fifteen countries, twelve of which have nothing to do with it: they neither pay nor are paid.
    let others = (0..12).map(|i| format!("X{}", (b'A' + i) as char));
    let countries: Vec<CountryCode> =
        THREE.iter().map(ToString::to_string).chain(others).map(|code| country(&code)).collect();
    let any = End::Node(NodeId::new("any"));
    let request = Request::between(any.clone(), any, Objective::Cost);
    let sampling = Some(fiberplan::analysis::ShapleySampling { pairs: 400, seed: 3 });
    let question = ShareQuestion { countries, demands, sampling };
    let workers = Workers::new(1).expect("a thread");
    let found = share(&plan, &request, &question, &workers).expect("both are served");
    let shapley = found.by(Rule::Shapley).expect("it is estimated");
    let errors = shapley.standard_errors.as_ref().expect("with its errors");
    for (player, wanted) in [(0, 4100.0 / 6.0), (1, 500.0 / 6.0), (2, -400.0 / 6.0)] {
        let off = (shapley.shares[player].dollars() - wanted).abs();
        assert!(off <= 3.0 * errors[player] + 0.01 && errors[player] < 15.0, "{player}: {shapley:?}");
    }
    assert!(shapley.shares[3..].iter().all(|share| *share == Usd::ZERO), "{shapley:?}");
    assert_eq!(shapley.shares.iter().copied().sum::<Usd>(), found.total);
    assert_eq!((shapley.standing, found.core_is_empty), (Standing::NotBlocked, None));
    assert!(found.by(Rule::Nucleolus).is_none(), "that asks for all groups");
    let same = share(&plan, &request, &question, &Workers::new(3).expect("threads")).expect("both are served");
    assert_eq!(same, found, "the same draw, however many threads");
}

/// The JSON answer of the base network.
fn base(line: &str) -> Value {
    Bench::new().json(line)
}

#[test]
fn the_base_network_in_json() {
    for scenario in ["today", "tap-trilateral"] {
        let found = base(&format!("share TM AF PK -s {scenario}"));
        assert_eq!(strings(&found["corridor"]), ["TM", "AF", "PK"]);
        assert_eq!(found["demands"].as_array().map(Vec::len), Some(9), "three pairs, and each to two hubs");
        assert_eq!(found["coalitions"].as_array().map(Vec::len), Some(7));
        let total = number(&found["total_usd"]);
        let cents = |usd: &Value| (number(usd) * 100.0).round() as i64;
        for rule in found["rules"].as_array().expect("rules") {
            let sum: i64 = rule["shares"].as_array().expect("shares").iter().map(|share| cents(&share["usd"])).sum();
            assert_eq!(sum, cents(&found["total_usd"]), "{scenario}: {}", rule["rule"]);
        }
        let demands = found["demands"].as_array().expect("demands");
        let parts: f64 =
            demands.iter().chain(found["built"].as_array().expect("a list")).map(|own| number(&own["cost_usd"])).sum();
        assert!((parts - total).abs() < 0.01, "{scenario}: {parts} against {total}");
        // Alone each pays for its own demands what `route` tells for them, and no fee at home.
        assert!(number(&found["saving_usd"]) > 0.0, "{scenario}");
        assert_eq!(found["core_is_empty"], false, "{scenario}");
        let seen: BTreeSet<&str> = demands.iter().filter_map(|own| own["asked_by"].as_str()).collect();
        assert_eq!(seen, BTreeSet::from(["AF", "PK", "TM"]));
    }
    let more = base("share TM AF PK -s tap-trilateral --gbps 1000");
    let built: Vec<&str> =
        more["built"].as_array().expect("a list").iter().filter_map(|own| own["segment"].as_str()).collect();
    assert_eq!(
        built,
        [
            "tapi-chaman-quetta",
            "tapi-delaram-kandahar",
            "tapi-farah-delaram",
            "tapi-herat-farah",
            "tapi-kandahar-chaman"
        ],
        "ten times the traffic is worth a trench"
    );
}

#[test]
fn the_same_at_any_number_of_threads() {
    let bench = Bench::new();
    let run = |threads: usize| {
        let line = format!("share TM AF PK UZ -s tap-trilateral --gbps 1000 --threads {threads}");
        bench.run(&line).expect_code(0).stdout
    };
    let text = run(1);
    assert_eq!(run(2), text);
    assert_eq!(run(7), text);
}

#[test]
fn what_a_reader_sees() {
    let golden = |name: &str| {
        let path = format!("{}/tests/fixtures/share/{name}.txt", env!("CARGO_MANIFEST_DIR"));
        std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
    };
    let bench = Bench::new();
    assert_eq!(bench.run("share TM AF PK --no-chart").expect_code(0).stdout, golden("today"));
    assert!(bench.names().is_empty(), "nothing was drawn");
    let drawn = bench.run("share TM AF PK").expect_code(0);
    assert_eq!((drawn.stdout, drawn.stderr.as_str()), (golden("today"), "wrote out/share-tm-af-pk.png\n"));
    assert!(bench.read("out/share-tm-af-pk.png").starts_with(b"\x89PNG"));
    assert_eq!(bench.run("share TM AF PK -s tap-trilateral").expect_code(0).stdout, golden("tap-trilateral"));
    let paid =
        bench.run("share TM AF PK -s tap-trilateral --demand TM,PK=4000 --demand TM,SG=4000").expect_code(0).stdout;
    assert!(paid.contains("Afghanistan is paid"), "{paid}");
    let markdown = bench.run("share TM AF PK --format markdown").expect_code(0).stdout;
    assert!(markdown.contains("| rule | TM | AF | PK |"), "{markdown}");
    bench.run("share TM AF PK -o bars.svg -q").expect_code(0);
    let bars = String::from_utf8(bench.read("bars.svg")).expect("SVG is text");
    assert!(
        ["Shapley value", "nucleolus", "Afghanistan", "territory"].iter().all(|text| bars.contains(text)),
        "{bars}"
    );
    let csv = bench.run("share TM AF PK --format csv").expect_code(0).stdout;
    assert_eq!(csv.lines().count(), 1 + 7 * 3 + 7, "{csv}");
}

#[test]
fn what_cannot_be_shared() {
    let bench = Bench::new();
    let many = "TM AF PK UZ KZ TJ KG IR IN CN RU AZ TR";
    for (line, text, hint) in [
        (
            "TM",
            "COUNTRY: expected at least two countries to share, found TM alone",
            "name the countries that share, as in TM AF PK",
        ),
        ("TM AF TM", "COUNTRY: TM stands twice", "name each country once, as in TM AF PK"),
        (
            "TM Afganistan",
            "COUNTRY: no place is called \"Afganistan\"",
            "did you mean Afghanistan, or af-ghazni, or af-hairatan?",
        ),
        ("TM Karachi", "COUNTRY: \"Karachi\" is a place, expected a country", "give ISO country codes, as in TM AF PK"),
        (
            "TM AF --demand TM,AF=0",
            "--demand TM,AF=0: expected a capacity above 0 and at most 1e9 Gbps, found 0",
            "a demand is some Gbit/s, as in --demand TM,PK=100",
        ),
        (
            "TM AF --demand TM,AF=-5",
            "--demand TM,AF=-5: expected a capacity above 0 and at most 1e9 Gbps, found -5",
            "a demand is some Gbit/s, as in --demand TM,PK=100",
        ),
        (
            "TM AF --demand TM,AF=NaN",
            "--demand TM,AF=NaN: expected a capacity above 0 and at most 1e9 Gbps, found NaN",
            "a demand is some Gbit/s, as in --demand TM,PK=100",
        ),
        ("TM AF --demand TM=5", "--demand: expected FROM,TO=GBPS, found \"TM=5\"", "as in --demand TM,PK=100"),
        ("TM AF --demand TM,AF", "--demand: expected FROM,TO=GBPS, found \"TM,AF\"", "as in --demand TM,PK=100"),
        (
            "TM AF --demand TM,AF,PK=5",
            "--demand: expected FROM,TO=GBPS, found \"TM,AF,PK=5\"",
            "as in --demand TM,PK=100",
        ),
        (
            "TM AF --demand TM,AF=five",
            "--demand: expected FROM,TO=GBPS, found \"TM,AF=five\"",
            "as in --demand TM,PK=100",
        ),
        (
            "TM AF --demand Mary,Mary=5",
            "--demand Mary,Mary=5: it begins and ends at the same place",
            "name two different ends, as in --demand TM,PK=100",
        ),
        (
            "TM AF --demand DE,SG=5",
            "--demand DE,SG=5: neither end lies in TM, AF",
            "a demand is asked for by the country it begins in, or else by that it ends in",
        ),
        (
            many,
            "COUNTRY: 13 countries form 8,191 groups; all are looked at up to 12 countries",
            "give --samples 200 to estimate the Shapley value from 200 pairs of orders of joining",
        ),
        (
            "TM AF PK --samples 1",
            "--samples: expected at least 2 pairs, found 1",
            "the standard error is told from how pairs differ, as in --samples 200",
        ),
        (
            "TM AF --format geojson",
            "--format: the answer of share has no form as geojson",
            "use table, json, csv or markdown",
        ),
    ] {
        let ran = bench.run(&format!("share {line} -q")).expect_code(2);
        assert_eq!((ran.stdout.as_str(), ran.stderr), ("", format!("error: {text}\n\nhint: {hint}\n")), "{line}");
    }
}

/// Alone Afghanistan pays Pakistan's transit fees; together it does not, which moves money and saves none.
#[test]
fn fees_that_members_forgo_are_no_saving() {
    let bench = Bench::new();
    let json = bench.run("share TM AF PK --format json").expect_code(0).json();
    let saving = json["saving_usd"].as_f64().expect("a sum");
    let forgone: Vec<f64> =
        json["forgone_fees"].as_array().expect("countries").iter().filter_map(|own| own["usd"].as_f64()).collect();
    assert!(forgone[..2] == [0.0, 0.0] && forgone[2] > 1e6, "{forgone:?}");
    assert!((forgone[2] - saving).abs() < 0.005, "nothing else is saved: {forgone:?}, {saving}");
    let table = bench.run("share TM AF PK").expect_code(0).stdout;
    assert!(table.contains("All of that is transit fees that they would take of each other"), "{table}");
}

#[test]
fn a_demand_that_no_route_serves() {
    let bench = Bench::new();
    let table = bench.run("share TM AF PK -s afghan-shutdown").expect_code(1).stdout;
    assert!(table.contains("There is no plan: demand 1, Turkmenistan to Afghanistan, cannot be served."), "{table}");
    assert!(
        table.contains("Why: no route from TM to AF; `fiberplan route TM AF -s afghan-shutdown` tells more"),
        "{table}"
    );
    let json = bench.run("share TM AF PK -s afghan-shutdown --format json").expect_code(1).json();
    assert_eq!((json["unserved_demand"].as_u64(), json["rules"].as_array().map(Vec::len)), (Some(1), Some(0)));
    assert_eq!(bench.run("share TM AF PK -s afghan-shutdown -o none.png -q").code, Some(1));
    assert!(json["reason"].as_str().is_some_and(|reason| reason.starts_with("no route")), "{json}");
}

#[test]
fn tables_of_many_countries_are_narrow() {
    let bench = Bench::new();
    for (line, told) in [
        ("TM AF PK IR UZ KZ TJ KG AZ GE TR AM IQ --samples 4", "<country".trim_start_matches('<')),
        ("TM AF PK IR UZ KZ TJ KG AZ GE TR AM IQ IN CN RU --samples 3", "all 16"),
    ] {
        let text = bench.run(&format!("share {line} -q")).expect_code(0).stdout;
        let widest = text.lines().max_by_key(|line| line.chars().count()).expect("lines");
        assert!(widest.chars().count() <= 110, "{} wide: {widest}", widest.chars().count());
        assert!(text.contains(told), "{told}: {text}");
        // Each rule's column holds a share for each country, and says who would do better alone.
        assert!(text.contains("\nDoes any group do better alone?\n"), "{text}");
        for code in line.split_whitespace().take_while(|word| word.len() == 2) {
            assert!(text.lines().any(|row| row.trim_start().starts_with(&format!("{code} "))), "{code}: {text}");
        }
    }
}
