//! The JSON that users' scripts read: every name, its type, and the sums that must hold.

use std::collections::BTreeSet;

use crate::support::cli::{Bench, number, strings};
use serde_json::Value;

/// Group index over the speed of light in km/s: ms of light in a kilometre of fiber.
const MS_PER_KM: f64 = 1.4682 / 299_792.458 * 1000.0;

const TERMS: [&str; 6] = ["capex_usd", "opex_usd", "lease_usd", "transit_usd", "crossing_usd", "equipment_usd"];

/// Names of numbers in R that are finite, those of a table in it joined by a dot.
const NUMBERS: &[&str] = &[
    "rank",
    "border_crossings",
    "length_km",
    "geodesic_km",
    "stretch",
    "latency_ms",
    "rtt_ms",
    "latency_parts.glass_ms",
    "latency_parts.devices_ms",
    "availability",
    "cost.total_usd",
    "cost.low_usd",
    "cost.high_usd",
    "cost.capex_usd",
    "cost.opex_usd",
    "cost.lease_usd",
    "cost.transit_usd",
    "cost.crossing_usd",
    "cost.equipment_usd",
    "cost.annuity_usd_per_year",
    "cost.usd_per_mbps_month",
    "assumed_share.km",
    "assumed_share.cost",
];

fn at<'a>(route: &'a Value, path: &str) -> &'a Value {
    path.split('.').fold(route, |value, name| &value[name])
}

fn near(found: f64, expected: f64, tolerance: f64, what: &str) {
    assert!((found - expected).abs() <= tolerance, "{what}: found {found}, expected {expected}");
}

fn sum(rows: &Value, name: &str) -> f64 {
    rows.as_array().expect("rows").iter().map(|row| number(&row[name])).sum()
}

/// Checks R against the contract, given the demand of the query.
fn check_route(route: &Value, query: &Value) {
    for path in NUMBERS {
        assert!(at(route, path).as_f64().is_some_and(f64::is_finite), "{path} is {}", at(route, path));
    }
    for name in ["nodes", "segments", "countries", "landings", "assumptions"] {
        strings(&route[name]);
    }
    let (nodes, segments) = (strings(&route["nodes"]), strings(&route["segments"]));
    let hops = route["hops"].as_array().expect("hops");
    assert_eq!(nodes.len(), segments.len() + 1);
    assert_eq!(nodes.iter().collect::<BTreeSet<_>>().len(), nodes.len(), "a place is passed twice: {nodes:?}");
    for (i, hop) in hops.iter().enumerate() {
        let ends = [&hop["segment"], &hop["from"], &hop["to"]];
        assert_eq!(ends, [&segments[i], &nodes[i], &nodes[i + 1]]);
        assert!(hop["system"].is_string(), "{hop}");
        let pieces = hop["pieces"].as_array().expect("pieces");
        let in_pieces: f64 = pieces.iter().map(|piece| number(&piece[1])).sum();
        assert!(pieces.iter().all(|piece| piece[0].as_str().is_some_and(|code| code.len() == 2)));
        near(in_pieces, number(&hop["length_km"]), 1e-6, "pieces of a hop");
    }
    check_countries(route, hops);
    check_latency(route);
    check_money(route, query);
    for share in ["assumed_share.km", "assumed_share.cost", "availability"] {
        assert!((0.0..=1.0).contains(&number(at(route, share))), "{share}");
    }
}

fn check_countries(route: &Value, hops: &[Value]) {
    let countries = strings(&route["countries"]);
    assert_eq!(number(&route["border_crossings"]) as usize + 1, countries.len());
    assert!(countries.windows(2).all(|pair| pair[0] != pair[1]), "{countries:?}");
    let rows = route["per_country"].as_array().expect("rows by country");
    let mut codes: Vec<&str> = rows.iter().filter_map(|row| row["country"].as_str()).collect();
    let n = codes.len();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(n, codes.len(), "a country has two rows");
    for row in rows {
        let code = row["country"].as_str().expect("a code");
        let pieces = hops.iter().flat_map(|hop| hop["pieces"].as_array().expect("pieces"));
        let km: f64 = pieces.filter(|piece| piece[0] == code).map(|piece| number(&piece[1])).sum();
        near(number(&row["length_km"]), km, 1e-6, code);
        near(TERMS.iter().map(|term| number(&row[term])).sum(), number(&row["cost_usd"]), 0.005, code);
    }
    let length = number(&route["length_km"]);
    near(sum(&route["per_country"], "length_km"), length, 0.1, "length by country");
    near(sum(&route["hops"], "length_km"), length, 0.1, "length by hop");
}

fn check_latency(route: &Value) {
    let (length, devices) = (number(&route["length_km"]), number(at(route, "latency_parts.devices_ms")));
    let latency = number(&route["latency_ms"]);
    near(latency, length * MS_PER_KM + devices, 1e-6, "latency by the formula");
    near(number(at(route, "latency_parts.glass_ms")), length * MS_PER_KM, 1e-6, "glass");
    near(number(&route["rtt_ms"]), 2.0 * latency, 1e-9, "round trip");
    near(number(&route["stretch"]), latency / (number(&route["geodesic_km"]) * MS_PER_KM), 1e-9, "stretch");
    near(sum(&route["per_country"], "latency_ms"), latency, 1e-6, "latency by country");
    near(sum(&route["hops"], "latency_ms"), latency, 1e-6, "latency by hop");
}

fn check_money(route: &Value, query: &Value) {
    let cost = &route["cost"];
    let total = number(&cost["total_usd"]);
    let cents = |dollars: f64| (dollars * 100.0).round() as i64;
    assert_eq!(TERMS.iter().map(|term| cents(number(&cost[term]))).sum::<i64>(), cents(total), "terms");
    assert_eq!(cents(sum(&route["per_country"], "cost_usd")), cents(total), "countries");
    assert_eq!(cents(sum(&route["hops"], "cost_usd")), cents(total), "hops");
    for term in TERMS {
        assert_eq!(cents(sum(&route["per_country"], term)), cents(number(&cost[term])), "{term} by country");
    }
    assert!(number(&cost["low_usd"]) <= total && total <= number(&cost["high_usd"]));
    let (rate, years) = (number(&query["discount_rate"]), number(&query["term_years"]));
    let annuity = total * rate / (1.0 - (1.0 + rate).powf(-years));
    near(number(&cost["annuity_usd_per_year"]), annuity, total * 1e-12, "annuity");
    let unit = annuity / (12.0 * 1000.0 * number(&query["gbps"]));
    near(number(&cost["usd_per_mbps_month"]), unit, unit * 1e-12, "USD per Mbps and month");
}

fn check_query(query: &Value) {
    for name in ["network", "scenario", "currency"] {
        assert!(query[name].is_string(), "{name} is not echoed");
    }
    for name in ["year", "gbps", "term_years", "discount_rate", "price_year"] {
        assert!(query[name].is_number(), "{name} is not echoed");
    }
    assert_eq!(strings(&query["statuses"]), ["in_service"]);
}

fn check_ranks(routes: &Value, objective: &str) {
    let routes = routes.as_array().expect("routes");
    let mut seen = BTreeSet::new();
    for (i, route) in routes.iter().enumerate() {
        assert_eq!(number(&route["rank"]) as usize, i + 1);
        assert!(seen.insert(strings(&route["segments"])), "a route is listed twice");
    }
    let figures: Vec<f64> = routes.iter().map(|route| number(at(route, objective))).collect();
    assert!(figures.windows(2).all(|pair| pair[0] <= pair[1]), "not in order of {objective}: {figures:?}");
}

#[test]
fn a_corridor_as_json() {
    let answer = Bench::new().json("route TM PK --corridor TM,AF,PK");
    check_query(&answer["query"]);
    let routes = answer["routes"].as_array().expect("routes");
    assert_eq!(routes.len(), 1);
    assert_eq!(strings(&routes[0]["countries"]), ["TM", "AF", "PK"]);
    let codes: Vec<&str> =
        routes[0]["per_country"].as_array().expect("rows").iter().filter_map(|row| row["country"].as_str()).collect();
    assert_eq!(codes, ["TM", "AF", "PK"]);
    check_route(&routes[0], &answer["query"]);
}

#[test]
fn five_routes_as_json() {
    let answer = Bench::new().json("route Ashgabat Karachi -k 5 --objective latency");
    let routes = answer["routes"].as_array().expect("routes");
    assert_eq!(routes.len(), 5);
    check_ranks(&answer["routes"], "latency_ms");
    for route in routes {
        let nodes = strings(&route["nodes"]);
        assert_eq!([nodes[0].as_str(), nodes[nodes.len() - 1].as_str()], ["tm-ashgabat", "pk-karachi"]);
        check_route(route, &answer["query"]);
    }
}

#[test]
fn a_route_by_sea_and_over_land_as_json() {
    let answer = Bench::new().json("route Tashkent Marseille --avoid RU,KZ -k 3");
    for route in answer["routes"].as_array().expect("routes") {
        check_route(route, &answer["query"]);
    }
    let all = ["in_service", "under_construction", "planned", "proposed", "out_of_service"].join(",");
    let answer = Bench::new().json(&format!("route Ashgabat Quetta --gbps 250 --term-years 7 --status {all} -k 4"));
    for route in answer["routes"].as_array().expect("routes") {
        check_route(route, &answer["query"]);
    }
}

#[test]
fn transit_as_json() {
    let answer = Bench::new().json("transit TM AF PK");
    check_query(&answer["query"]);
    assert_eq!(strings(&answer["corridor"]), ["TM", "AF", "PK"]);
    assert!(answer["verdict"].is_string());
    let rows = answer["routes"].as_array().expect("routes");
    assert!(rows.len() >= 4, "two ways in and two ways out are at least four pairs");
    let ends = |route: &Value| {
        let nodes = strings(&route["nodes"]);
        (nodes[0].clone(), nodes[nodes.len() - 1].clone())
    };
    for row in rows {
        check_route(row, &answer["query"]);
        assert_eq!(strings(&row["countries"]), ["TM", "AF", "PK"]);
        assert_eq!(strings(&row["crossings"]).len(), 2);
        assert_eq!(row["usable"].as_bool(), Some(row["missing"].as_array().expect("a list").is_empty()));
    }
    let by = answer["bypass"].as_array().expect("bypasses");
    assert!(!by.is_empty());
    for bypass in by {
        check_route(bypass, &answer["query"]);
        assert!(!strings(&bypass["countries"]).contains(&"AF".to_owned()));
        assert_eq!(ends(bypass), ends(&rows[0]), "rows and bypasses have the same ends");
    }
}

#[test]
fn compare_as_json() {
    let answer = Bench::new().json("compare today red-sea-cut");
    check_query(&answer["query"]);
    let scenarios = answer["scenarios"].as_array().expect("scenarios");
    let names: Vec<&str> = scenarios.iter().filter_map(|scenario| scenario["name"].as_str()).collect();
    assert_eq!(names, ["today", "red-sea-cut"]);
    for route in scenarios.iter().flat_map(|scenario| scenario["routes"].as_array().expect("routes")) {
        check_route(route, &answer["query"]);
    }
    let differences = answer["differences"].as_array().expect("differences");
    assert!(!differences.is_empty());
    for difference in differences {
        assert_eq!(difference["scenario"], "red-sea-cut", "the first scenario does not differ from itself");
        let [base, other] = ["base", "other"].map(|name| difference[name].as_f64());
        let Some((base, other)) = base.zip(other) else { continue };
        near(number(&difference["absolute"]), other - base, 1e-6 * base.abs().max(1.0), "absolute");
        match difference["percent"].as_f64() {
            Some(percent) => near(percent, 100.0 * (other - base) / base, 1e-6, "percent"),
            None => assert!(base == 0.0, "{difference}"),
        }
    }
}

#[test]
fn no_route_as_json() {
    let ran = Bench::new().run("route TM PK --max-rtt-ms 5 --format json -q").expect_code(1);
    let answer = ran.json();
    assert_eq!(answer["routes"], Value::Array(Vec::new()));
    assert!(
        answer["reason"].as_str().is_some_and(|reason| reason.starts_with("no route from TM to PK within 5 ms RTT"))
    );
    let ran = Bench::new().run("transit KZ AF IN --format json -q").expect_code(1);
    assert_eq!(ran.json()["routes"], Value::Array(Vec::new()));
    assert!(ran.json()["reason"].is_string(), "{}", ran.stdout);
}
