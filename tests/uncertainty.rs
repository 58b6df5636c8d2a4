//! Uncertain prices: the formulas of routes against the bills, and what may not change an answer.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output};

use fiberplan::corridor::{Drawn, FigureKind, Model, PriceSampling, PriceSamplingError, Spread, Workers, transit};
use fiberplan::metrics::{Route, Tariff, Term, evaluate};
use fiberplan::network::CountryCode;
use fiberplan::prices::PriceBook;
use fiberplan::routing::{CountryPattern, End, Objective, Request};
use fiberplan::scenario::{Overrides, Scenario, ScenarioSource, load};

fn scenario(name: &str) -> Scenario {
    load(Some(&ScenarioSource::named(name).expect("a shipped scenario")), &Overrides::default())
        .expect("a shipped scenario loads")
}

fn code(text: &str) -> CountryCode {
    text.parse().expect("a country code")
}

/// The corridor's crossing pairs, built segments among them, and the ways round it, much of that by sea.
fn corridor_routes(scenario: &Scenario) -> Vec<Route> {
    let gateway = |country| scenario.network.gateways(country).next().expect("a gateway").id.clone();
    let (from, to) = (End::Node(gateway(code("TM"))), End::Node(gateway(code("PK"))));
    let corridor = CountryPattern::exactly(&["TM", "AF", "PK"].map(code)).ok();
    let request = Request { corridor, ..scenario.request(from, to, Objective::Cost) };
    let answer = transit(&scenario.plan(), &request).expect("a corridor between two places");
    let round = answer.bypasses.into_iter().map(|bypass| bypass.route);
    answer.rows.into_iter().map(|row| row.route).chain(round).collect()
}

fn spread(model: &Model, samples: u32, seed: u64, threads: usize) -> Spread {
    let sampling = PriceSampling::new(samples, seed).expect("a number of draws");
    model.spread(sampling, &Workers::new(threads).expect("threads"))
}

/// The same route reckoned anew with the price book changed: the slow way.
fn reckoned_anew(scenario: &Scenario, route: &Route, values: &BTreeMap<String, f64>) -> Route {
    let mut book: PriceBook = scenario.book.clone();
    for (name, &value) in values {
        book.set(name, value, value, value, "test").expect("a price in range");
    }
    let ends = (route.countries[0], *route.countries.last().expect("two ends"));
    let tariff = Tariff::new(&book, scenario.plan().demand(), ends);
    let segments: Vec<_> = route.segments().cloned().collect();
    evaluate(&scenario.network, &tariff, &route.nodes[0], &segments)
}

#[test]
fn formulas_give_the_bill_to_the_cent() {
    for name in ["today", "tap-trilateral"] {
        let scenario = scenario(name);
        let routes = corridor_routes(&scenario);
        assert!(routes.len() > 5, "{name}: a comparison has many routes");
        let model = Model::new(&scenario.plan(), &routes);
        let at_base = model.reckon(|price| price.values[1]);
        // The bill's low and high figures keep the discount rate at its base.
        let end = |end: usize| {
            model.reckon(|price| price.values[if price.name == "finance.discount_rate" { 1 } else { end }])
        };
        for (i, route) in routes.iter().enumerate() {
            assert_eq!(at_base[i].total(), route.bill.total(), "{name}, route {i}");
            for term in Term::ALL {
                assert_eq!(at_base[i].terms[term as usize], route.bill.term(term), "{name}, route {i}, {term}");
            }
            assert_eq!(at_base[i].risk, route.risk, "{name}, route {i}");
            assert_eq!(at_base[i].availability(), route.availability, "{name}, route {i}");
            assert_eq!(at_base[i].annuity_usd, route.annuity_usd, "{name}, route {i}");
            assert_eq!(at_base[i].usd_per_mbps_month, route.usd_per_mbps_month, "{name}, route {i}");
            assert_eq!(end(0)[i].total(), route.bill.low, "{name}, route {i}");
            assert_eq!(end(2)[i].total(), route.bill.high, "{name}, route {i}");
        }
    }
}

#[test]
fn formulas_give_the_bill_at_any_prices() {
    let scenario = scenario("today");
    let routes = corridor_routes(&scenario);
    let model = Model::new(&scenario.plan(), &routes);
    let mut state = 11_u64;
    for round in 0..20 {
        let mut values = BTreeMap::new();
        for price in model.prices() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let share = (state >> 11) as f64 / (1_u64 << 53) as f64;
            values.insert(price.name.clone(), price.values[0] + share * (price.values[2] - price.values[0]));
        }
        let reckoned = model.reckon(|price| values[&price.name]);
        for (i, route) in routes.iter().enumerate() {
            let anew = reckoned_anew(&scenario, route, &values);
            assert_eq!(reckoned[i].total(), anew.bill.total(), "round {round}, route {i}");
            assert_eq!(reckoned[i].risk, anew.risk, "round {round}, route {i}");
            assert_eq!(reckoned[i].annuity_usd, anew.annuity_usd, "round {round}, route {i}");
        }
    }
}

#[test]
fn threads_change_nothing_and_seeds_do() {
    let scenario = scenario("today");
    let model = Model::new(&scenario.plan(), &corridor_routes(&scenario));
    let one = spread(&model, 5_000, 7, 1);
    assert_eq!(one, spread(&model, 5_000, 7, 2));
    assert_eq!(one, spread(&model, 5_000, 7, 5));
    assert_ne!(one.routes, spread(&model, 5_000, 8, 1).routes);
}

#[test]
fn draws_are_where_they_belong() {
    let scenario = scenario("today");
    let routes = corridor_routes(&scenario);
    let model = Model::new(&scenario.plan(), &routes);
    let spread = spread(&model, 5_000, 1, 2);
    for (route, bill) in spread.routes.iter().zip(&routes) {
        for (kind, base, percentiles) in &route.figures {
            assert!(percentiles.windows(2).all(|pair| pair[0] <= pair[1]), "{kind:?}: {percentiles:?}");
            assert!(base.is_finite() && percentiles.iter().all(|value| value.is_finite()), "{kind:?}");
        }
        assert_eq!(route.figures[0].0, FigureKind::Total);
        assert_eq!(route.figures[0].1, bill.bill.total().dollars());
        assert!(route.mean_regret_usd <= route.most_regret_usd && route.regret_p90_usd <= route.most_regret_usd);
    }
    let wins: f64 = spread.routes.iter().map(|route| route.wins).sum();
    assert!((wins - 1.0).abs() < 1e-9, "one route is the cheapest in each draw: {wins}");
    for (a, row) in spread.cheaper.iter().enumerate() {
        for (b, &share) in row.iter().enumerate() {
            assert!(share + spread.cheaper[b][a] <= 1.0 + 1e-9 && (a != b || share == 0.0));
        }
    }
}

#[test]
fn a_tornado_moves_one_price_at_a_time() {
    let scenario = scenario("today");
    let routes = corridor_routes(&scenario);
    let model = Model::new(&scenario.plan(), &routes);
    let tornado = model.tornado().expect("there are routes");
    let best = &routes[tornado.best];
    assert!(routes.iter().all(|route| best.bill.total() <= route.bill.total()));
    assert!(tornado.swings.windows(2).all(|pair| pair[0].width_usd() >= pair[1].width_usd()));
    assert!(tornado.swings.len() > 3);
    let (second, lead_usd, leads) = tornado.lead.as_ref().expect("there are two routes");
    let ahead = routes[*second].bill.total() - best.bill.total();
    assert_eq!(*lead_usd, ahead.dollars());
    for (value, swings) in [(0, &tornado.swings), (2, &tornado.swings), (0, leads), (2, leads)] {
        for swing in swings.iter().take(6) {
            let values = BTreeMap::from([(swing.price.clone(), swing.values[value])]);
            let mut anew = reckoned_anew(&scenario, best, &values).bill.total();
            if std::ptr::eq(swings, leads) {
                anew = reckoned_anew(&scenario, &routes[*second], &values).bill.total() - anew;
            }
            let told = if value == 0 { swing.low_usd } else { swing.high_usd };
            assert_eq!(told, anew.dollars(), "{}", swing.price);
        }
    }
}

#[test]
fn sure_prices_leave_no_doubt() {
    let mut scenario = scenario("today");
    let names: Vec<(String, f64)> =
        scenario.book.entries().map(|(name, price)| (name.to_owned(), price.base)).collect();
    for (name, base) in names {
        scenario.book.set(&name, base, base, base, "test").expect("a price");
    }
    let routes = corridor_routes(&scenario);
    let model = Model::new(&scenario.plan(), &routes);
    let spread = spread(&model, 200, 3, 2);
    for route in &spread.routes {
        assert!(route.figures.iter().all(|(_, base, percentiles)| percentiles.iter().all(|value| value == base)));
        assert_eq!(route.mean_regret_usd, route.most_regret_usd);
    }
    assert!(spread.tornado.expect("routes").swings.is_empty());
}

#[test]
fn odd_questions_are_answered_or_refused() {
    assert_eq!(PriceSampling::new(99, 0), Err(PriceSamplingError { found: 99 }));
    let refused = PriceSampling::new(200_001, 0).map_err(|error| error.to_string());
    assert_eq!(refused, Err("expected 100 to 200000 samples, found 200001".to_owned()));
    let scenario = scenario("today");
    let none = Model::new(&scenario.plan(), &[]);
    let empty = spread(&none, 100, 0, 1);
    assert!(empty.routes.is_empty() && empty.tornado.is_none());
    let names: Vec<&str> = none.prices().iter().map(|price: &Drawn| price.name.as_str()).collect();
    assert_eq!(names, ["finance.discount_rate"]);
}

fn fiberplan(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_fiberplan")).args(arguments).output().expect("the program runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("text")
}

#[test]
fn the_program_says_how_sure_it_is() {
    let chart = Path::new(env!("CARGO_TARGET_TMPDIR")).join("uncertainty.png");
    let path = chart.to_str().expect("a path in letters");
    let asked = ["transit", "TM", "AF", "PK", "--samples", "2000", "--seed", "3", "--no-map"];
    let one = fiberplan(&[&asked[..], &["--threads", "1", "--format", "json"]].concat());
    let two = fiberplan(&[&asked[..], &["--threads", "2", "--format", "json"]].concat());
    assert!(one.status.success() && one.stdout == two.stdout, "{}", text(&one.stderr));
    let answer: serde_json::Value = serde_json::from_slice(&one.stdout).expect("JSON");
    let sure = &answer["uncertainty"];
    assert_eq!(sure["seed"], 3);
    assert_eq!(sure["routes"][0]["figures"]["total_usd"]["base"], answer["routes"][0]["cost"]["total_usd"]);
    assert_eq!(sure["routes"][0]["figures"]["availability"]["base"], answer["routes"][0]["availability"]);
    let n = answer["routes"].as_array().map_or(0, Vec::len) + answer["bypass"].as_array().map_or(0, Vec::len);
    assert_eq!(sure["routes"].as_array().map(Vec::len), Some(n));
    let table = fiberplan(&[&asked[..], &["--chart", path, "--size", "1800x1300"]].concat());
    let said = text(&table.stdout);
    for wanted in ["P10", "cheapest %", "What drives the cost of route", "triangular", "were not looked at"] {
        assert!(said.contains(wanted), "{wanted} is not in:\n{said}");
    }
    assert_eq!(&std::fs::read(&chart).expect("the chart is there")[..4], b"\x89PNG");
    let csv = text(&fiberplan(&["route", "TM", "PK", "-k", "3", "--samples", "500", "--format", "csv"]).stdout);
    assert!(csv.starts_with("list,rank,figure,base,p5,p10,p50,p90,p95\nroutes,1,total_usd,"), "{csv}");
}

#[test]
fn odd_draws_are_refused() {
    for (arguments, wanted) in [
        (&["--samples", "7"][..], "expected 100 to 200000 samples, found 7"),
        (&["--seed", "7"], "--samples"),
        (&["--samples", "500", "--chart", "x.json"], "a chart is a .png or .svg file"),
        (&["--samples", "500", "--explain"], "cannot be used with"),
        (&["--samples", "500", "--threads", "0"], "expected 1 to 1024 threads"),
    ] {
        let output = fiberplan(&[&["route", "TM", "PK"], arguments].concat());
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(text(&output.stderr).contains(wanted), "{arguments:?}: {}", text(&output.stderr));
    }
}
