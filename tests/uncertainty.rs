//! Uncertain prices: the formulas of routes against the bills, and what may not change an answer.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output};

use fiberplan::World;
use fiberplan::analysis::{
    AgainstFirst, DrawnPrice, FigureKind, FigureSpread, Gap, Model, Plan, PriceSampling, PriceSamplingError, Side,
    Spread, Workers, outlooks, transit,
};
use fiberplan::metrics::{Route, Tariff, Term, evaluate};
use fiberplan::network::CountryCode;
use fiberplan::prices::{PriceBook, PriceFamily, PriceKey};
use fiberplan::request::{CountryPattern, End, Objective, Policy, Request};
use fiberplan::scenario::{Overrides, Scenario, ScenarioSource, load};

use crate::support::oracle::{demand, random_request};
use crate::support::{Dice, price, random_network_of};

fn scenario(name: &str) -> Scenario {
    load(
        &World::shipped(),
        Some(&ScenarioSource::named(&World::shipped(), name).expect("a shipped scenario")),
        &Overrides::default(),
    )
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

/// The same route computed anew with the price book changed: the slow way.
fn computed_anew(scenario: &Scenario, route: &Route, values: &BTreeMap<PriceKey, f64>) -> Route {
    let mut book: PriceBook = scenario.book.clone();
    for (&key, &value) in values {
        book.set(key, value, value, value, "test").expect("a price in range");
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
        let at_base = model.compute(|price| price.values[1]);
        // The bill's low and high figures keep the discount rate at its base.
        let end = |end: usize| {
            model.compute(|price| price.values[if price.key.family() == PriceFamily::Finance { 1 } else { end }])
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
            values.insert(price.key, price.values[0] + share * (price.values[2] - price.values[0]));
        }
        let computed = model.compute(|price| values[&price.key]);
        for (i, route) in routes.iter().enumerate() {
            let anew = computed_anew(&scenario, route, &values);
            assert_eq!(computed[i].total(), anew.bill.total(), "round {round}, route {i}");
            assert_eq!(computed[i].risk, anew.risk, "round {round}, route {i}");
            assert_eq!(computed[i].annuity_usd, anew.annuity_usd, "round {round}, route {i}");
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
        for FigureSpread { kind, base, percentiles } in &route.figures {
            let percentiles = percentiles.in_order();
            assert!(percentiles.is_sorted(), "{kind:?}: {percentiles:?}");
            assert!(base.is_finite() && percentiles.iter().all(|value| value.is_finite()), "{kind:?}");
        }
        assert_eq!(route.figures[0].kind, FigureKind::Total);
        assert_eq!(route.figures[0].base, bill.bill.total().dollars());
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
    let total = |route: usize, price: PriceKey, value: f64| {
        let values = BTreeMap::from([(price, value)]);
        computed_anew(&scenario, &routes[route], &values).bill.total()
    };
    let tornado = model.tornado(2);
    assert_eq!(tornado.base_usd, routes[2].bill.total().dollars());
    assert!(tornado.swings.windows(2).all(|pair| pair[0].width_usd() >= pair[1].width_usd()));
    assert!(tornado.swings.len() > 3);
    for swing in tornado.swings.iter().take(6) {
        assert_eq!(swing.at_low_usd, total(2, swing.price, swing.low).dollars(), "{}", swing.price);
        assert_eq!(swing.at_high_usd, total(2, swing.price, swing.high).dollars(), "{}", swing.price);
    }
    let last = routes.len() - 1;
    let between = model.tornado_between(0, last);
    assert_eq!(between.base_usd, (routes[0].bill.total() - routes[last].bill.total()).dollars());
    for swing in between.swings.iter().take(6) {
        let gap = |value| (total(0, swing.price, value) - total(last, swing.price, value)).dollars();
        assert_eq!([swing.at_low_usd, swing.at_high_usd], [gap(swing.low), gap(swing.high)], "{}", swing.price);
    }
    // Against itself in a book where one price has another base and range, only what that does remains.
    let mut other = scenario.clone();
    other.book.set(price("crossing.land"), 1.0, 2.0, 3.0, "test").expect("a price");
    let theirs = Model::new(&other.plan(), &corridor_routes(&other)[..1]);
    let against = model.tornado_against(0, (&theirs, 0));
    let keys: Vec<PriceKey> = against.swings.iter().map(|swing| swing.price).collect();
    assert_eq!(keys, [price("crossing.land")], "two crossings, once dear and once all but free");
}

/// The price book of a draw.
fn drawn_book(book: &PriceBook, sampling: PriceSampling, draw: u32) -> PriceBook {
    let mut drawn = book.clone();
    for (key, price) in book.entries() {
        let value = sampling.value(draw, (key, price));
        drawn.set(key, value, value, value, "test").expect("a price within its range");
    }
    drawn
}

/// The slow way: every draw is a price book of its own, and is searched.
#[test]
fn the_best_route_of_each_draw_is_found() {
    let (book, policy) = (World::shipped().price_book(), Policy::in_service(2026));
    let sampling = PriceSampling::new(100, 5).expect("a number of draws");
    let workers = Workers::new(2).expect("threads");
    let mut n_unlisted = 0;
    for seed in 0..12 {
        let mut dice = Dice::new(seed);
        let network = random_network_of(9, &mut dice);
        let ends = ["n0", "n1"].map(|id| End::Node(fiberplan::network::NodeId::new(id)));
        let request = Request::between(ends[0].clone(), ends[1].clone(), Objective::Cost);
        let plan = Plan::new(&network, &book, demand(), &policy);
        let mut routes = plan.routes(&request);
        if routes.is_empty() {
            continue;
        }
        let unlisted = plan.unlisted(&request, &routes, sampling, &workers);
        assert_eq!(unlisted.open, 0.0);
        n_unlisted += unlisted.routes.len();
        routes.extend(unlisted.routes);
        let all: Vec<usize> = (0..routes.len()).collect();
        let cheapest = Model::new(&plan, &routes).cheapest(&all, sampling, &workers);
        for draw in 0..100 {
            let drawn = drawn_book(&book, sampling, draw);
            let (cents, _) =
                Plan::new(&network, &drawn, demand(), &policy).best(&request).expect("prices take no route away");
            assert_eq!(cheapest.cents[draw as usize], cents as i64, "network {seed}, draw {draw}");
        }
    }
    assert!(n_unlisted > 3, "some routes win in some draws only: {n_unlisted}");
}

/// Under any constraints: of all routes that are allowed, none is cheaper in a draw than the list and what it lacked.
#[test]
fn no_allowed_route_is_missed() {
    let (book, policy) = (World::shipped().price_book(), Policy::in_service(2026));
    let sampling = PriceSampling::new(200, 9).expect("a number of draws");
    let workers = Workers::new(2).expect("threads");
    let (mut n_unlisted, mut n_asked) = (0, 0);
    for seed in 0..250 {
        let mut dice = Dice::new(seed);
        let n = 4 + dice.below(5) as usize;
        let network = random_network_of(n, &mut dice);
        let request = random_request(&mut dice, &network);
        let request = Request { objective: Objective::Cost, k: 5_000, ..request };
        let plan = Plan::new(&network, &book, demand(), &policy);
        let answer = plan.answer(&request);
        if answer.routes.is_empty() || answer.is_stopped {
            continue;
        }
        n_asked += 1;
        let every: Vec<usize> = (0..answer.routes.len()).collect();
        let truth = Model::new(&plan, &answer.routes).cheapest(&every, sampling, &workers);
        let mut routes = answer.routes[..1].to_vec();
        let unlisted = plan.unlisted(&request, &routes, sampling, &workers);
        n_unlisted += unlisted.routes.len();
        routes.extend(unlisted.routes);
        let known: Vec<usize> = (0..routes.len()).collect();
        let found = Model::new(&plan, &routes).cheapest(&known, sampling, &workers);
        let missed = truth.cents.iter().zip(&found.cents).filter(|(truth, found)| truth != found).count();
        let open = (unlisted.open * 200.0).round() as usize;
        assert!(missed <= open, "seed {seed}: {missed} draws missed, {open} open: {request:?}");
        assert!(routes.iter().all(|route| answer.routes.contains(route)), "seed {seed}: a route is not allowed");
    }
    assert!(n_asked > 60 && n_unlisted > 10, "{n_asked} requests, {n_unlisted} routes");
}

#[test]
fn threads_do_not_change_what_is_unlisted() {
    let scenario = scenario("today");
    let plan = scenario.plan();
    let request = scenario.request(End::Country(code("TM")), End::Country(code("DE")), Objective::Cost);
    let listed = plan.routes(&request);
    let sampling = PriceSampling::new(2_000, 4).expect("a number of draws");
    let on = |threads| plan.unlisted(&request, &listed, sampling, &Workers::new(threads).expect("threads"));
    let one = on(1);
    assert_eq!(one, on(3));
    assert!(!one.routes.is_empty() && one.open == 0.0, "{} routes", one.routes.len());
}

#[test]
fn scenarios_are_compared_over_the_same_draws() {
    let (today, mut dear) = (scenario("today"), scenario("today"));
    let price = dear.book.get(PriceFamily::Equipment, "terminal_pair").1.clone();
    // One pair of terminals more costs so much in every draw.
    let more = 1_000_000.0;
    dear.book
        .set(
            PriceFamily::Equipment.of_word("terminal_pair"),
            price.low + more,
            price.base + more,
            price.high + more,
            "test",
        )
        .expect("a price");
    let (sampling, workers) = (PriceSampling::new(1_000, 2).expect("draws"), Workers::new(2).expect("threads"));
    let request =
        |scenario: &Scenario| scenario.request(End::Country(code("TM")), End::Country(code("PK")), Objective::Cost);
    let (a, b) = (today.plan(), dear.plan());
    let (asked_a, asked_b) = (request(&today), request(&dear));
    let (routes_a, routes_b) = (a.routes(&asked_a), b.routes(&asked_b));
    let cases = [
        (&a, Side { request: &asked_a, routes: &routes_a, n_usable: 1 }),
        (&b, Side { request: &asked_b, routes: &routes_b, n_usable: 1 }),
        (&a, Side { request: &asked_a, routes: &[], n_usable: 0 }),
    ];
    let found = outlooks(&cases, sampling, &workers);
    assert!(found[2].is_none(), "no route, no outlook");
    let [first, second] = [&found[0], &found[1]].map(|own| own.as_ref().expect("a route"));
    assert!(first.against_first.is_none());
    let AgainstFirst { gap, tornado } = second.against_first.as_ref().expect("it is not the first");
    let mega = routes_b[0].bill.total() - routes_a[0].bill.total();
    // Up to the cent that each draw rounds.
    assert!(gap.percentiles_usd.in_order().iter().all(|usd| (usd - mega.dollars()).abs() <= 0.021), "{gap:?}");
    assert_eq!((gap.first_is_cheaper, gap.second_is_cheaper), (0.0, 1.0));
    assert_eq!((first.wins, second.wins), (1.0, 0.0));
    assert!((second.mean_regret_usd - mega.dollars()).abs() < 0.02 && first.most_regret_usd == 0.0);
    assert_eq!(tornado.base_usd, mega.dollars());
    let shares: f64 = first.taken.iter().map(|taken| taken.share).sum();
    assert!((shares - 1.0).abs() < 1e-9 && first.taken.len() > 1, "{} routes", first.taken.len());
}

#[test]
fn a_gap_of_nothing_is_none() {
    let gap = Gap::new(&[5, 5, 5], &[5, 5, 5], (5, 5));
    assert_eq!((gap.percentiles_usd.in_order(), gap.first_is_cheaper, gap.second_is_cheaper), ([0.0; 5], 0.0, 0.0));
}

#[test]
fn sure_prices_leave_no_doubt() {
    let mut scenario = scenario("today");
    let bases: Vec<(PriceKey, f64)> = scenario.book.entries().map(|(key, price)| (key, price.base)).collect();
    for (key, base) in bases {
        scenario.book.set(key, base, base, base, "test").expect("a price");
    }
    let routes = corridor_routes(&scenario);
    let model = Model::new(&scenario.plan(), &routes);
    let spread = spread(&model, 200, 3, 2);
    for route in &spread.routes {
        assert!(route.figures.iter().all(|own| own.percentiles.in_order().iter().all(|value| *value == own.base)));
        assert_eq!(route.mean_regret_usd, route.most_regret_usd);
    }
    assert!(model.tornado(0).swings.is_empty());
}

#[test]
fn odd_questions_are_answered_or_refused() {
    assert_eq!(PriceSampling::new(99, 0), Err(PriceSamplingError { found: 99 }));
    let refused = PriceSampling::new(200_001, 0).map_err(|error| error.to_string());
    assert_eq!(refused, Err("expected 100 to 200000 samples, found 200001".to_owned()));
    let scenario = scenario("today");
    let none = Model::new(&scenario.plan(), &[]);
    let empty = spread(&none, 100, 0, 1);
    assert!(empty.routes.is_empty() && empty.cheaper.is_empty());
    let keys: Vec<PriceKey> = none.prices().iter().map(|drawn: &DrawnPrice| drawn.key).collect();
    assert_eq!(keys, [price("finance.discount_rate")]);
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
    let table = fiberplan(&[&asked[..], &["--chart", path, "--size", "1800x1300"]].concat());
    let said = text(&table.stdout);
    for wanted in [
        "P10",
        "cheapest %",
        "What drives the cost of route",
        "triangular",
        "Each draw was solved anew",
        "So: the corridor",
    ] {
        assert!(said.contains(wanted), "{wanted} is not in:\n{said}");
    }
    assert_eq!(&std::fs::read(&chart).expect("the chart is there")[..4], b"\x89PNG");
    let routes = sure["routes"].as_array().expect("routes");
    let n_listed = routes.iter().filter(|route| route["list"] != "unlisted").count();
    assert_eq!(n_listed, n);
    assert_eq!(sure["tornado"]["route"]["list"], "routes", "the corridor's own");
    assert_eq!(sure["tornado"]["lead"]["over"]["list"], "bypass", "the best way round");
    assert!(sure["against_ways_round"]["difference_usd"]["p50"].is_number());
    let csv = text(&fiberplan(&["route", "TM", "PK", "-k", "3", "--samples", "500", "--format", "csv"]).stdout);
    assert!(csv.starts_with("list,rank,figure,base,p5,p10,p50,p90,p95\nroutes,1,total_usd,"), "{csv}");
}

/// The second best may be the best with one cable doubled: what decides is told against the route that wins otherwise.
#[test]
fn the_rival_is_the_route_that_wins_other_draws() {
    let said = text(&fiberplan(&["route", "TM", "PK", "-k", "2", "--samples", "2000"]).stdout);
    assert!(said.contains("What drives the difference 1 - U1"), "{said}");
}

#[test]
fn charts_without_draws_show_what_routes_cost() {
    for (name, arguments, wanted) in [
        (
            "one",
            &["route", "TM", "PK"][..],
            &["Turkmenistan &gt; Pakistan costs 11.8 MUSD", "Cost by country and term"][..],
        ),
        (
            "two",
            &["route", "TM", "PK", "-k", "2"],
            &["none of the 2 costs less", "Cost of route 1 by country and term"],
        ),
        ("transit", &["transit", "TM", "AF", "PK", "--no-map"], &["R1 costs least of the", "R1 by Iran and the sea"]),
        ("compare", &["compare", "today", "tap-trilateral", "--no-map"], &["Cost by term: today, tap-trilateral"]),
    ] {
        let chart = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("costs-{name}.svg"));
        let path = chart.to_str().expect("a path in letters");
        let output = fiberplan(&[arguments, &["--chart", path]].concat());
        assert!(output.status.success(), "{}", text(&output.stderr));
        let drawn = std::fs::read_to_string(&chart).expect("the chart is there");
        for wanted in wanted {
            assert!(drawn.contains(wanted), "{name}: {wanted} is not in it");
        }
    }
}

#[test]
fn odd_draws_are_refused() {
    for (arguments, wanted) in [
        (&["--samples", "7"][..], "expected 100 to 200000 samples, found 7"),
        (&["--seed", "7"], "--samples"),
        (&["--samples", "500", "--chart", "x.json"], "a chart is a .png or .svg file"),
        (&["--pareto", "cost,latency", "--chart", "x.png"], "cannot be used with"),
        (&["--samples", "500", "--explain"], "cannot be used with"),
        (&["--samples", "500", "--threads", "0"], "expected 1 to 1024 threads"),
    ] {
        let output = fiberplan(&[&["route", "TM", "PK"], arguments].concat());
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(text(&output.stderr).contains(wanted), "{arguments:?}: {}", text(&output.stderr));
    }
}

#[test]
fn a_comparison_says_how_sure_it_is() {
    let asked = ["compare", "today", "tap-trilateral", "--from", "TM", "--to", "PK", "--samples", "500", "--no-map"];
    let one = fiberplan(&[&asked[..], &["--threads", "1", "--format", "json"]].concat());
    let two = fiberplan(&[&asked[..], &["--threads", "2", "--format", "json"]].concat());
    assert!(one.status.success() && one.stdout == two.stdout, "{}", text(&one.stderr));
    let answer: serde_json::Value = serde_json::from_slice(&one.stdout).expect("JSON");
    let first = &answer["uncertainty"]["questions"][0];
    let base = &first["scenarios"][0]["figures"]["total_usd"]["base"];
    assert_eq!(*base, answer["scenarios"][0]["routes"][0]["cost"]["total_usd"]);
    assert!(first["scenarios"][1]["against_first"]["share_cheaper"].is_number());
    let said = text(&fiberplan(&asked).stdout);
    for wanted in ["How sure", "Against today in the same draws", "So: ", "most regret"] {
        assert!(said.contains(wanted), "{wanted} is not in:\n{said}");
    }
    let csv = text(&fiberplan(&[&asked[..], &["--format", "csv"]].concat()).stdout);
    assert!(csv.starts_with("question,scenario,figure,base,p5,p10,p50,p90,p95\n0,today,total_usd,"), "{csv}");
}
