//! The fee ceiling: break points worked by hand, against bisection over re-priced books, and what the command says.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::support::cli::{Bench, number, strings};
use crate::support::wrong::{bench, check};
use crate::support::{Dice, country, network, node, price, random_network_of, row, segment};
use fiberplan::World;
use fiberplan::analysis::{Ceiling, Edge, Limit, Plan, Request, SweptParameter, SweptParameterError, at_edge};
use fiberplan::graph::parametric::Ratio;
use fiberplan::metrics::{Criterion, Demand, Route, Tariff, evaluate};
use fiberplan::network::{Medium, Network, NodeId, NodeKind, SegmentId};
use fiberplan::prices::{PriceBook, PriceFamily, PriceKey};
use fiberplan::request::{End, Objective, Policy};
use fiberplan::units::{Gbps, Usd};

fn demand(gbps: f64, term_years: u32) -> Demand {
    Demand { gbps: Gbps::new(gbps).expect("a capacity"), term_years }
}

fn between(from: &str, to: &str) -> Request {
    Request::between(End::Node(NodeId::new(from)), End::Node(NodeId::new(to)), Objective::Cost)
}

fn entry(name: &str) -> SweptParameter {
    SweptParameter::Entry(price(name))
}

/// A price book in which renting costs 1 USD per Gbps, km and year, BB takes 2 by the km, and nothing else costs.
fn plain_book() -> PriceBook {
    let mut book = World::shipped().price_book();
    let keys: Vec<PriceKey> = book.entries().map(|(key, _)| key).collect();
    for key in keys {
        let value = if key.family() == PriceFamily::Lease(Medium::Buried) { 1.0 } else { 0.0 };
        book.set(key, value, value, value, "invented").expect("a price");
    }
    book.set(price("transit.per_km.BB"), 1.0, 2.0, 3.0, "invented").expect("a price");
    book
}

/// a in AA, c in CC, 200 km apart through BB; round it through DD it is 600 km.
fn triangle() -> Network {
    let place = |id, code, lon| node(id, NodeKind::Junction, code, lon, 0.0);
    let nodes = vec![place("a", "AA", 0.0), place("b", "BB", 1.0), place("c", "CC", 2.0), place("d", "DD", 3.0)];
    let cable = |id, from, to, km: u64, codes: &[&str]| segment(row(id, from, to, Medium::Buried), km * 1000, codes);
    let segments = vec![
        cable("ab", "a", "b", 100, &["AA", "BB"]),
        cable("bc", "b", "c", 100, &["BB", "CC"]),
        cable("ad", "a", "d", 300, &["AA", "DD"]),
        cable("dc", "d", "c", 300, &["DD", "CC"]),
    ];
    network(nodes, segments)
}

fn segments(route: &Route) -> String {
    route.segments().map(SegmentId::as_str).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_triangle_by_hand() {
    let (network, book, policy) = (triangle(), plain_book(), Policy::in_service(2026));
    let plan = Plan::new(&network, &book, demand(10.0, 10), &policy);
    let found = plan.ceiling(&between("a", "c"), &entry("transit.per_km.BB")).expect("a fee can be raised");
    // By BB: 200 km x 10 Gbps x 10 years = 20,000 USD of rent, and 100 km x 10 x 10 x fee. Round it: 60,000 USD.
    let told: Vec<(String, Option<f64>)> =
        found.stretches.iter().map(|own| (segments(&own.route), found.value(own.to))).collect();
    assert_eq!(told, [("ab bc".to_owned(), Some(4.0)), ("ad dc".to_owned(), None)]);
    assert_eq!((found.now, found.today(), found.limit()), (2.0, Some(0), Limit::Until(0)));
    assert_eq!(found.stretches[0].to, Ratio::new(2, 1), "twice the fee of today");
    let by_bb = found.stretches[0].line;
    assert_eq!(found.cost_at(by_bb, found.at_now()), Usd::from_dollars(40_000.0).ok());
    assert_eq!(found.cost_at(by_bb, Ratio::new(2, 1)), Usd::from_dollars(60_000.0).ok());
    assert_eq!(found.paid_yearly_at(by_bb, found.at_now()), Usd::from_dollars(2_000.0).ok());
    assert_eq!(found.most_paid(), Some((0, Usd::from_cents(4_000_000))));
    assert_eq!(found.paid_yearly_at(by_bb, Ratio::new(2, 1)), Usd::from_dollars(4_000.0).ok());
    // Low and high: only the rent has a range, and here it has none.
    for edge in [Edge::Low, Edge::High] {
        let edged = at_edge(&book, edge);
        let plan = Plan::new(&network, &edged, demand(10.0, 10), &policy);
        let own = plan.ceiling(&between("a", "c"), &entry("transit.per_km.BB")).expect("a fee can be raised");
        assert_eq!(own.value(own.stretches[0].to), Some(4.0));
        assert_eq!(own.now, if edge == Edge::Low { 1.0 } else { 3.0 });
    }
}

#[test]
fn other_things_raised_by_hand() {
    let (network, book, policy) = (triangle(), plain_book(), Policy::in_service(2026));
    let plan = Plan::new(&network, &book, demand(10.0, 10), &policy);
    let limit = |parameter: &SweptParameter| {
        let found = plan.ceiling(&between("a", "c"), parameter).expect("it can be raised");
        let Limit::Until(last) = found.limit() else { panic!("{:?}", found.limit()) };
        (found.value(found.stretches[last].to), found.unit.clone())
    };
    // 40,000 + 10 Gbps x 10 years x fee = 60,000: 200 USD a Gbps and year. Nothing is charged today.
    assert_eq!(limit(&entry("transit.passage.BB")).0, Some(200.0));
    // A country without an entry of its own: 1 USD in BB today, over 100 of the 200 km; 300 of 600 km are neither's.
    assert_eq!(limit(&entry("lease.buried.BB")).0, Some(3.0));
    // ab costs 10,000 USD of rent over 10 years; 20,000 more is 3,000 USD a year.
    assert_eq!(
        limit(&SweptParameter::RentOf(BTreeSet::from([SegmentId::new("ab")]))),
        (Some(3_000.0), "USD/yr".to_owned())
    );
    let both = BTreeSet::from([SegmentId::new("ab"), SegmentId::new("bc")]);
    assert_eq!(limit(&SweptParameter::RentOf(both)), (Some(2.0), "x today's".to_owned()));
    // 400 km of glass at 4.897 us each, or 2.1957.. ms on one of two segments.
    let (ms, unit) = limit(&SweptParameter::DelayIn(country("BB")));
    assert_eq!(unit, "ms");
    assert!((ms.expect("a delay") - 400.0 * 1.4682 / 299.792_458).abs() < 1e-9, "{ms:?}");
    assert_eq!(limit(&SweptParameter::DelayOn(BTreeSet::from([SegmentId::new("ab")]))).0, ms);
}

#[test]
fn nothing_to_pay_never_used_and_no_way_round() {
    let (network, mut book, policy) = (triangle(), plain_book(), Policy::in_service(2026));
    book.set(price("transit.per_km.BB"), 0.0, 0.0, 0.0, "invented").expect("a price");
    let plan = Plan::new(&network, &book, demand(10.0, 10), &policy);
    let free = plan.ceiling(&between("a", "c"), &entry("transit.per_km.BB")).expect("it can be raised");
    assert_eq!((free.now, free.at_now(), free.today()), (0.0, Ratio::ZERO, Some(0)));
    assert_eq!(free.value(free.stretches[0].to), Some(4.0));
    // DD would have to pay: the best route through it costs 60,000 USD, 40,000 more.
    let unused = plan.ceiling(&between("a", "c"), &entry("transit.per_km.DD")).expect("it can be raised");
    assert_eq!((unused.limit(), unused.stretches.len()), (Limit::Never, 1));
    let through = unused.through.as_ref().expect("there is a way through");
    assert_eq!(segments(&through.route), "ad dc");
    assert_eq!(unused.cost_at(through.line, Ratio::ZERO), Usd::from_dollars(60_000.0).ok());
    // From a to b nothing but BB... and b lies in it; from d to b there is BB's own fee at an end.
    let own_end = plan.ceiling(&between("a", "b"), &entry("transit.per_km.BB"));
    assert_eq!(own_end, Err(SweptParameterError::OwnEnd(country("BB"))));
    let mut request = between("a", "c");
    request.avoid.countries.insert(country("DD"));
    let only = plan.ceiling(&request, &entry("transit.per_km.BB")).expect("it can be raised");
    assert_eq!((only.limit(), only.most_paid()), (Limit::Always, None));
    request.avoid.countries.insert(country("BB"));
    let none = plan.ceiling(&request, &entry("transit.per_km.BB")).expect("it can be raised");
    assert_eq!((none.stretches.len(), none.today(), none.limit()), (0, None, Limit::Never));
}

#[test]
fn what_cannot_be_raised() {
    let (network, book, policy) = (triangle(), plain_book(), Policy::in_service(2026));
    let plan = Plan::new(&network, &book, demand(10.0, 10), &policy);
    let told = |parameter: &SweptParameter| {
        plan.ceiling(&between("a", "c"), parameter).expect_err("it cannot be raised").to_string()
    };
    let unknown = "transit.per_mile.BB".parse::<PriceKey>().expect_err("no family has that name").to_string();
    assert_eq!(unknown, "\"transit.per_mile.BB\" is not the name of a price");
    assert_eq!(told(&entry("finance.discount_rate")), "the cost of a route is not linear in finance.discount_rate");
    assert_eq!(told(&entry("delay.terminal")), "delay.terminal does not enter the cost of a route");
    assert_eq!(told(&entry("failure.buried.BB")), "failure.buried.BB does not enter the cost of a route");
    let ab = BTreeSet::from([SegmentId::new("ab")]);
    assert_eq!(told(&SweptParameter::BuildOf(ab)), "ab is there, and is not to be built");
    let mut bounded = between("a", "c");
    bounded.bounds.set(Criterion::Crossings, Some(5));
    assert!(matches!(plan.ceiling(&bounded, &entry("crossing.land")), Err(SweptParameterError::Bounded(_))));
}

/// Figures that are absurd, but numbers: nothing panics, and the stretches still follow each other.
#[test]
fn absurd_figures_have_an_answer() {
    let (network, policy) = (triangle(), Policy::in_service(2026));
    for (gbps, fee) in [(1e9, 1e12), (1e9, 2.0), (1e-9, 1e-12), (10.0, 1e12), (1e6, 1e7)] {
        let mut book = plain_book();
        book.set(price("transit.per_km.BB"), fee, fee, fee, "invented").expect("a price");
        let plan = Plan::new(&network, &book, demand(gbps, 100), &policy);
        let found = plan.ceiling(&between("a", "c"), &entry("transit.per_km.BB")).expect("it can be raised");
        assert!(!found.stretches.is_empty(), "{gbps} Gbps, {fee}");
        assert!(found.stretches.windows(2).all(|pair| pair[0].to == pair[1].from), "{gbps} Gbps, {fee}");
        let numbers = found.stretches.iter().filter_map(|own| found.value(own.to));
        assert!(numbers.into_iter().all(f64::is_finite), "{gbps} Gbps, {fee}");
    }
}

struct Case {
    network: Network,
    book: PriceBook,
    demand: Demand,
    request: Request,
    policy: Policy,
}

impl Case {
    fn random(seed: u64, dice: &mut Dice) -> Self {
        let n = 5 + dice.below(4) as usize;
        let network = random_network_of(n, dice);
        let mut book = World::shipped().price_book();
        for name in ["transit.per_km.BB", "lease.buried.default", "lease.submarine.default", "crossing.land"] {
            let value = dice.below(5) as f64 * if name.starts_with("crossing") { 10_000.0 } else { 1.5 };
            book.set(price(name), value, value, value, "invented").expect("a price");
        }
        let demand = demand([0.7, 10.0, 250.0][seed as usize % 3], 1 + dice.below(20) as u32);
        Self { network, book, demand, request: between("n0", "n1"), policy: Policy::in_service(2026) }
    }

    fn plan<'a>(&'a self, book: &'a PriceBook) -> Plan<'a> {
        Plan::new(&self.network, book, self.demand, &self.policy)
    }

    /// The bills of a route and of the best route where the entry has another value, cents.
    fn repriced(&self, name: &str, value: f64, route: &Route) -> (i64, i64) {
        let mut book = self.book.clone();
        book.set(price(name), value, value, value, "turned").expect("a price");
        let plan = self.plan(&book);
        let ends = [&self.request.from, &self.request.to].map(|end| plan.country(end).expect("an end has a country"));
        let tariff = Tariff::new(&book, self.demand, (ends[0], ends[1]));
        let ids: Vec<SegmentId> = route.segments().cloned().collect();
        let own = evaluate(&self.network, &tariff, &route.nodes[0], &ids).bill.total().cents();
        let best = &plan.routes(&self.request)[0];
        (own, best.bill.total().cents())
    }
}

/// Half a cent for each leaf that is rounded, and half a cent for the total.
fn rounding(route: &Route) -> f64 {
    0.5 * (route.hops.iter().map(|hop| hop.leaves.len()).sum::<usize>() + 1) as f64
}

/// The value at which a route stops being the best, by bisection over re-priced books.
fn bisect(case: &Case, name: &str, route: &Route, (mut low, mut high): (f64, f64)) -> f64 {
    for _ in 0..80 {
        let middle = (low + high) / 2.0;
        let (own, best) = case.repriced(name, middle, route);
        if own <= best { low = middle } else { high = middle }
    }
    low
}

#[test]
fn bisection_over_repriced_books_finds_the_same_breaks() {
    let names = [
        "transit.per_km.BB",
        "transit.passage.BB",
        "lease.buried.BB",
        "lease.submarine.default",
        "lease.buried.default",
        "crossing.land",
        "crossing.sea",
        "equipment.device.city",
    ];
    let (mut n_networks, mut n_breaks) = (0, 0);
    for seed in 0.. {
        if n_networks >= 200 && n_breaks >= 100 {
            break;
        }
        let mut dice = Dice::new(seed);
        let case = Case::random(seed, &mut dice);
        let name = names[seed as usize % names.len()];
        let plan = case.plan(&case.book);
        let Ok(found) = plan.ceiling(&case.request, &entry(name)) else { continue };
        let Some(today) = found.today() else { continue };
        n_networks += 1;
        let own = &found.stretches[today];
        let best = &plan.routes(&case.request)[0];
        let at_now = found.cost_at(own.line, found.at_now()).expect("a cost");
        assert_eq!(at_now, own.route.bill.total(), "seed {seed}: what the line says today is on the bill");
        assert_eq!(at_now, best.bill.total(), "seed {seed}: and no route costs less");
        n_breaks += found.stretches.len() - 1;
        check_breaks(&case, name, &found, &format!("seed {seed}, {name}"));
    }
}

fn check_breaks(case: &Case, name: &str, found: &Ceiling, context: &str) {
    for pair in found.stretches.windows(2) {
        let (left, right) = (&pair[0], &pair[1]);
        let costs = [left, right].map(|own| found.cost_at(own.line, left.to).expect("a cost"));
        assert_eq!(costs[0], costs[1], "{context}: both cost the same to the cent");
        let at = found.value(left.to).expect("a break point");
        // A step whose whole cost hangs on the entry is scaled from today's bill, its rounding with it.
        let scale = if found.now > 0.0 { (at / found.now).max(1.0) } else { 1.0 };
        let slack = (rounding(&left.route) + rounding(&right.route)) * scale;
        for own in [left, right] {
            let (bill, best) = case.repriced(name, at, &own.route);
            assert!((bill - best).abs() as f64 <= slack, "{context}: at {at} {bill} against {best}");
            assert!((bill - costs[0].cents()).abs() as f64 <= slack, "{context}: at {at} {bill}, {costs:?}");
        }
        let from = found.value(left.from).expect("a beginning");
        let until = found.value(right.to).map_or(2.0 * at + 1.0, |to| at + (to - at) / 2.0);
        let bisected = bisect(case, name, &left.route, ((from + at) / 2.0, until));
        let cents_per_unit = {
            let [left, right] = [left, right].map(|own| found.paid_at(own.line, Ratio::new(1_000_000, 1)));
            (left.expect("cents").cents() - right.expect("cents").cents()) as f64 / 1e6 / found.reference()
        };
        let off = (bisected - at).abs() * cents_per_unit;
        assert!(off <= slack, "{context}: {bisected} by bisection, {at}: {off} cents apart, {slack} allowed");
    }
}

/// Where a rent or a delay has a limit, the best route without the segment or the country weighs the same there.
#[test]
fn at_the_limit_the_way_round_is_as_good() {
    let mut n_limits = 0;
    for seed in 0..600 {
        let mut dice = Dice::new(seed);
        let case = Case::random(seed, &mut dice);
        let plan = case.plan(&case.book);
        let id = case.network.segments().next().expect("a segment").id().clone();
        let mut round = case.request.clone();
        let (parameter, objective) = if seed % 2 == 0 {
            round.avoid.segments.insert(id.clone());
            (SweptParameter::RentOf(BTreeSet::from([id])), Objective::Cost)
        } else {
            round.avoid.countries.insert(country("BB"));
            (SweptParameter::DelayIn(country("BB")), Objective::Latency)
        };
        round.objective = objective;
        let Ok(found) = plan.ceiling(&case.request, &parameter) else { continue };
        let best = plan.routes(&round).into_iter().next();
        match (found.limit(), best) {
            (Limit::Until(last), Some(best)) => {
                n_limits += 1;
                let own = &found.stretches[last];
                if objective == Objective::Cost {
                    assert_eq!(found.cost_at(own.line, own.to), Some(best.bill.total()), "seed {seed}");
                } else {
                    assert_eq!(found.latency_at(own, own.to), Some(best.latency()), "seed {seed}");
                }
            }
            (Limit::Always, None) => n_limits += 1,
            (Limit::Never, _) => {}
            (limit, best) => panic!("seed {seed}: {limit:?}, {}", best.is_some()),
        }
    }
    assert!(n_limits > 60, "{n_limits} limits");
}

fn limit(answer: &Value) -> f64 {
    number(&answer["limit"]["value"])
}

#[test]
fn the_base_network() {
    let bench = Bench::new();
    let text = bench.run("ceiling AF --corridor TM,AF,PK -q").expect_code(0).stdout;
    let head = "Ceiling of Afghanistan: transit.per_km.AF\n\
        eurasia-transit, scenario today (2026), 100 Gbps for 15 years at 8 %, USD of 2026\n\n\
        The cheapest route from Ashgabat to Karachi never passes through Afghanistan, even if its fee by the km were\n\
        nothing (now 2.5): the best one that does, by Iran and Afghanistan, costs 5.15 MUSD more (17.0 against 11.8\n\
        MUSD) than the one by Iran and the sea.\n\
        The same holds with all prices at their low ends, and with all at their high ends.\n\
        Without Iran (--avoid IR) the ceiling is 7.637 USD/(Gbps km yr).\n";
    assert!(text.starts_with(head), "{text}");
    for table in [" 1*     0  ..  by Iran and the sea  3,755  37.6  11.8", "Assumed: 45 % of the km, 100 % of the cost"]
    {
        assert!(text.contains(table), "{text}");
    }
    let answer = bench.json("ceiling AF --corridor TM,AF,PK --avoid IR");
    assert_eq!((answer["of"].as_str(), answer["name"].as_str()), (Some("transit.per_km.AF"), Some("Afghanistan")));
    let stretches = answer["stretches"].as_array().expect("a list");
    assert_eq!(stretches.len(), 2);
    assert_eq!(strings(&stretches[0]["route"]["countries"]), ["TM", "AF", "PK"]);
    assert_eq!(stretches[0]["cost_to_usd"], stretches[1]["cost_from_usd"]);
    assert_eq!(stretches[1]["to"], Value::Null);
    let income = &answer["most_paid"];
    assert_eq!(
        (&income["value"], &income["usd_per_year"]),
        (&answer["limit"]["value"], &stretches[0]["paid_to_usd_per_year"])
    );
    // All of Afghanistan's 750.27 km pay: 100 Gbps x km x fee a year.
    let km = number(&stretches[0]["route"]["per_country"][1]["length_km"]);
    assert!((number(&income["usd_per_year"]) - 100.0 * km * limit(&answer)).abs() < 1.0);
}

#[test]
fn transit_says_the_same() {
    let scenario = "[scenario]\nname = \"no-iran\"\nextends = \"today\"\n[routing]\navoid = [\"IR\"]\n";
    let bench = Bench::new().with("no-iran.toml", scenario);
    let answer = bench.json("ceiling AF --corridor TM,AF,PK -s no-iran.toml");
    let verdict = bench.json("transit TM AF PK -s no-iran.toml")["verdict"].as_str().expect("a sentence").to_owned();
    let told =
        format!("stays so until Afghanistan charges more than {:.2} USD per Gbps-km-year (now 2.50).", limit(&answer));
    assert!(verdict.ends_with(&told), "{verdict}\n{told}");
    let own = answer["verdict"].as_str().expect("a sentence");
    let start = "The cheapest route from Ashgabat to Karachi passes through Afghanistan until its fee by the km exceeds 7.637 \
        USD/(Gbps km yr) (now 2.5); then it goes by";
    assert!(own.starts_with(start), "{own}");
}

#[test]
fn formats_and_bounds() {
    let bench = Bench::new();
    let csv = bench.run("ceiling IR --corridor TM,AF,PK --format csv -q").expect_code(0).stdout;
    assert!(csv.starts_with("name,of,unit,rank,today,from,to,cost_from_usd,"), "{csv}");
    assert_eq!(csv.lines().count(), 4);
    let all = bench.json("ceiling IR --corridor TM,AF,PK");
    assert_eq!(all["stretches"].as_array().map(Vec::len), Some(3));
    let few = bench.json("ceiling IR --corridor TM,AF,PK --up-to 5");
    assert_eq!(few["stretches"].as_array().map(Vec::len), Some(2));
    assert_eq!(few["limit"], all["limit"], "what is said is the same");
    let markdown = bench.run("ceiling IR --corridor TM,AF,PK --format markdown -q").expect_code(0).stdout;
    assert!(markdown.starts_with("# Ceiling of Iran: transit.per_km.IR\n") && markdown.contains("| 1* | 0 |"));
    let again = bench.run("ceiling IR --corridor TM,AF,PK --format json -q").stdout;
    assert_eq!(again, bench.run("ceiling IR --corridor TM,AF,PK --format json -q").stdout);
}

#[test]
fn pictures_show_income_and_cost() {
    let bench = Bench::new();
    let svg = |line: &str| {
        bench.run(&format!("ceiling {line} -q -o chart.svg")).expect_code(0);
        String::from_utf8(bench.read("chart.svg")).expect("text")
    };
    let text = svg("IR --corridor TM,AF,PK");
    for word in ["Income a year", "The cheapest route", "now 1.5", "change at 4.567", "change at 7.536"] {
        assert!(text.contains(word), "{word}");
    }
    let text = svg("AF --corridor TM,AF,PK");
    assert!(text.contains("Income a year without Iran") && text.contains("one that passes through Afghanistan"));
    let text = svg("AF --corridor TM,AF,PK --of latency");
    assert!(text.contains("The fastest route") && !text.contains("Income"));
    bench.run("ceiling AF --corridor TM,AF,PK --avoid PK -q -o none.png").expect_code(1);
    assert!(bench.read("none.png").starts_with(b"\x89PNG"));
}

#[test]
fn no_route_has_a_reason() {
    let bench = bench();
    let ran = bench.run("ceiling QN --from a --to d --network net --format json -q").expect_code(1);
    let answer = ran.json();
    assert_eq!(answer["stretches"], Value::Array(vec![]));
    assert!(answer["reason"].as_str().is_some_and(|reason| reason.contains("Alfa")), "{answer}");
    let text =
        bench.run("ceiling QN --from a --to d --network net --status in_service,planned -q").expect_code(0).stdout;
    let told = "There is no ceiling: the cheapest route from Alfa to Delta passes through QN, however high its fee by the km is";
    assert!(text.replace('\n', " ").contains(told), "{text}");
}

#[test]
fn errors_say_what_to_do() {
    let bench = bench();
    let cases = [
        ("", "nothing is said to be raised", "give a country, as in `fiberplan ceiling AF`"),
        ("--of fee", "--of fee: whose?", "as in `fiberplan ceiling AF --of fee`"),
        ("Norht", "WHAT: no place is called \"Norht\"", "did you mean North?"),
        (
            "b",
            "WHAT: \"b\" is a place, expected a country, a segment or a system",
            "the price of a kind of place is raised as in --of equipment.device.city",
        ),
        ("QN --of lease", "--of lease: QN has a rent for each medium", "as in --of lease.buried.QN"),
        (
            "QN --of build.buried.plain",
            "--of build.buried.plain is no price of QN",
            "leave QN out, or give one of its own prices",
        ),
        (
            "--of build.buried.plane",
            "--of: \"build.buried.plane\" is not the name of a price",
            "did you mean build.buried.plain, or build.buried.urban, or build.buried.hills?",
        ),
        (
            "--of finance.discount_rate",
            "--of: the cost of a route is not linear in finance.discount_rate",
            "compare scenarios with different discount rates instead",
        ),
        (
            "--of delay.terminal",
            "--of: delay.terminal does not enter the cost of a route",
            "the delay of a country or a segment is raised with --of latency",
        ),
        (
            "QN --of repair.duct",
            "--of: repair.duct.QN does not enter the cost of a route",
            "it shapes availability or risk; only what is paid for can be raised",
        ),
        (
            "QM",
            "--of: QM is an end of the route, which takes no transit fee and is never gone round",
            "ask about a country between the ends",
        ),
        (
            "ab --of fee",
            "--of fee: a segment has a lease, a latency or a build price, found \"fee\"",
            "fees are a country's; any other price is raised without naming a segment",
        ),
        ("ab --of build", "--of: ab is there, and is not to be built", "use --of lease"),
        (
            "QN --up-to -1",
            "--up-to: expected a value above 0 and at most 1e12, found -1",
            "as in --up-to 10, in the unit of what is raised",
        ),
        (
            "QN --up-to nan",
            "--up-to: expected a value above 0 and at most 1e12, found NaN",
            "as in --up-to 10, in the unit of what is raised",
        ),
        ("QN --avoid QN", "QN is both asked about and to be avoided", "drop it from --avoid"),
        (
            "QN --format geojson",
            "--format: the answer of ceiling has no form as geojson",
            "use table, json, csv or markdown",
        ),
    ];
    for (arguments, error, hint) in cases {
        check(&bench.run(&format!("ceiling {arguments} --from a --to d --network net -q")), error, hint);
    }
}
