//! The traps that other route planners fall into, one test each, as far as the search for routes can fall into them.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use fiberplan::World;
use fiberplan::analysis::{Plan, Request};
use fiberplan::metrics::Route;
use fiberplan::network::{Medium, Network, NodeId, NodeKind};
use fiberplan::request::{End, Objective, Policy, Weights};
use fiberplan::units::{Gbps, Length};

use crate::support::cli::{Bench, META, number, route_texts, strings};
use crate::support::oracle::demand;
use crate::support::{network, node, price, row, segment};

/// The best routes from a to d.
fn routes_in(network: &Network, objective: Objective, k: usize) -> Vec<Route> {
    let (book, policy) = (World::shipped().price_book(), Policy::in_service(2026));
    let request = Request::between(End::Node(NodeId::new("a")), End::Node(NodeId::new("d")), objective);
    Plan::new(network, &book, demand(), &policy).routes(&Request { k, ..request })
}

fn segments(route: &Route) -> Vec<&str> {
    route.segments().map(|id| id.as_str()).collect()
}

/// Places a, b, c, d in one country, joined by these segments of so many km.
fn joined(cables: &[(&str, &str, &str, u64, Medium)]) -> Network {
    let places = ["a", "b", "c", "d"].iter().enumerate();
    let nodes = places.map(|(i, id)| node(id, NodeKind::City, "AA", i as f64, 0.0)).collect();
    let cable = |&(id, from, to, km, medium): &(&str, &str, &str, u64, Medium)| {
        segment(row(id, from, to, medium), km * 1000, &["AA"])
    };
    network(nodes, cables.iter().map(cable).collect())
}

#[test]
fn parallel_segments_are_different_routes_with_prices_of_their_own() {
    let ways = [
        ("aerial", "a", "d", 120, Medium::Aerial),
        ("buried", "a", "d", 100, Medium::Buried),
        ("long", "a", "d", 150, Medium::Buried),
    ];
    let routes = routes_in(&joined(&ways), Objective::Cost, 9);
    let found: BTreeSet<Vec<&str>> = routes.iter().map(segments).collect();
    assert_eq!(found, BTreeSet::from([vec!["aerial"], vec!["buried"], vec!["long"]]));
    // Each pays for its own kilometres and medium: alone in the world it costs the same.
    for way in ways {
        let alone = &routes_in(&joined(&[way]), Objective::Cost, 9)[0];
        let beside = routes.iter().find(|route| segments(route) == [way.0]).expect("it is among them");
        assert_eq!(beside.bill.total(), alone.bill.total(), "{}", way.0);
        assert_eq!(beside.length, Length::from_metres(way.3 * 1000));
    }
    let totals: BTreeSet<i64> = routes.iter().map(|route| route.bill.total().cents()).collect();
    assert_eq!(totals.len(), 3);
}

#[test]
fn routes_are_paths_with_their_segments_and_never_walks() {
    // b and c hang together by two short cables: walks go round them for ever, and are lighter than the long way.
    let buried = Medium::Buried;
    let network = joined(&[
        ("ab", "a", "b", 10, buried),
        ("bc1", "b", "c", 1, buried),
        ("bc2", "b", "c", 1, buried),
        ("bd", "b", "d", 10, buried),
        ("ad", "a", "d", 500, buried),
    ]);
    let routes = routes_in(&network, Objective::Length, 9);
    let ways: Vec<Vec<&str>> = routes.iter().map(segments).collect();
    assert_eq!(ways, [vec!["ab", "bd"], vec!["ad"]]);
    for route in &routes {
        assert_eq!(route.hops.iter().map(|hop| hop.length).sum::<Length>(), route.length);
    }
}

/// A ladder from a in QM by b or c in QN to d in QO, with owners, and its network file.
fn ladder() -> Bench {
    let places = "id,name,kind,country,lon,lat,population,sources\na,Alfa,city,QM,0.0,0.0,900000,s\n\
        b,Bravo,city,QN,0.1,0.1,300000,s\nc,Charlie,city,QN,0.1,-0.1,200000,s\nd,Delta,city,QO,0.2,0.0,100000,s\n";
    let cables = "id,system,from,to,medium,status,owners,length_km,capacity_gbps,sources\n\
        ab,North,a,b,buried,in_service,One;Two,100,40,s\nac,South,a,c,duct,in_service,Two,150,400,s\n\
        bd,North,b,d,buried,in_service,One,100,400,s\ncd,South,c,d,duct,in_service,Two,150,400,s\n\
        ad,Later,a,d,buried,planned,One,250,400,s\n";
    Bench::new()
        .with("net/network.toml", META)
        .with("net/sources.csv", "id,title,publisher,date,url\ns,Made up,,,\n")
        .with("net/nodes.csv", places)
        .with("net/segments.csv", cables)
}

/// Every option of a route: what its answer has in `query`, the words that the table shows, and the routes.
const OPTIONS: [(&str, &str, &str, &str, &str); 24] = [
    ("--via c", "via", r#"["c"]"#, "by c", "ac cd"),
    ("--via QN,b --in-order", "in_order", "true", "by QN then b", "ab bd"),
    ("--avoid b", "avoid", r#"["b"]"#, "avoiding b", "ac cd"),
    ("--corridor QM,QN,QO", "corridor", r#"["QM","QN","QO"]"#, "along QM, QN, QO", "ab bd;ac cd"),
    ("--corridor QM,*,?,QO", "corridor", r#"["QM","*","?","QO"]"#, "along QM, *, ?, QO", "ab bd;ac cd"),
    ("--corridor QM,QN|QO,QO", "corridor", r#"["QM","QN|QO","QO"]"#, "along QM, QN|QO, QO", "ab bd;ac cd"),
    ("--objective availability", "objective", r#""availability""#, "", "ab bd;ac cd"),
    ("--objective length=1,latency=3", "objective", r#""latency=0.75,length=0.25""#, "0.75 x latency", "ab bd;ac cd"),
    ("--max-rtt-ms 2.5", "max_rtt_ms", "2.5", "within 2.5 ms RTT", "ab bd"),
    ("--max-cost-usd 1e9", "max_cost_usd", "1e9", "for at most 1000000000 USD", "ab bd;ac cd"),
    ("--max-length-km 250.5", "max_length_km", "250.5", "over at most 250.5 km", "ab bd"),
    ("--min-availability 99.95%", "min_availability", "0.9995", "up at least 99.95 %", ""),
    ("--min-availability 90%", "min_availability", "0.9", "up at least 90 %", "ab bd;ac cd"),
    ("--max-crossings 2", "max_crossings", "2", "over at most 2 borders", "ab bd;ac cd"),
    ("--max-countries 3", "max_countries", "3", "through at most 3 countries", "ab bd;ac cd"),
    ("--max-transit 1", "max_transit_countries", "1", "through at most 1 transit country", "ab bd;ac cd"),
    ("--max-share QN=49.5%", "max_share", r#"{"QN":0.495}"#, "with at most 49.5 % of it in QN", ""),
    (
        "--max-share *=50%,QM=30%",
        "max_share",
        r#"{"*":0.5,"QM":0.3}"#,
        "% of it in each transit country",
        "ab bd;ac cd",
    ),
    (
        "--status in_service,planned",
        "statuses",
        r#"["in_service","planned"]"#,
        "counting in service, planned",
        "ab bd;ad;ac cd",
    ),
    ("--medium duct,aerial", "media", r#"["duct","aerial"]"#, "over duct and aerial only", "ac cd"),
    ("--owner one", "owners", r#"["One"]"#, "over segments of One only", "ab bd"),
    ("--min-gbps 50", "min_gbps", "50.0", "over segments of at least 50 Gbps", "ac cd"),
    ("--strict-capacity", "strict_capacity", "true", "over segments with capacity for the demand", "ac cd"),
    ("--year 2031", "year", "2031", "(2031)", "ab bd;ac cd"),
];

#[test]
fn no_option_is_silently_ignored() {
    let bench = ladder();
    for (options, field, expected, words, routes) in OPTIONS {
        let line = format!("route a d -k 5 --network net {options}");
        let line = if options.contains("objective") { line } else { format!("{line} --objective length") };
        let code = if routes.is_empty() { 1 } else { 0 };
        let answer = bench.run(&format!("{line} --format json -q")).expect_code(code).json();
        let found: Value = serde_json::from_str(expected).expect("JSON");
        assert_eq!(answer["query"][field], found, "{options}");
        let own: Vec<&str> = routes.split(';').filter(|way| !way.is_empty()).collect();
        assert_eq!(route_texts(&answer), own, "{options}");
        let table = bench.run(&format!("{line} -q")).expect_code(code).stdout;
        let text = table.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains(words), "{options}: {words:?} is not in\n{table}");
    }
}

#[test]
fn a_question_without_options_has_none_in_its_answer() {
    let answer = ladder().json("route a d --network net");
    for (_, field, _, _, _) in OPTIONS {
        let value = &answer["query"][field];
        let expected = match field {
            "via" | "avoid" => json!([]),
            "in_order" | "strict_capacity" => json!(false),
            "objective" => json!("cost"),
            "statuses" => json!(["in_service"]),
            "year" => json!(2026),
            "max_share" => json!({}),
            _ => Value::Null,
        };
        assert_eq!(*value, expected, "{field}");
    }
    assert_eq!(answer["stopped"], json!(false));
    assert_eq!(answer["query"]["weights"], Value::Null);
}

#[test]
fn lengths_go_the_short_way_across_the_180th_meridian() {
    // Two places half a degree apart, on either side of it, and a third far round the world.
    let places = "w,West,city,QM,179.75,0.0,,s\ne,East,city,QM,-179.75,0.0,,s\nm,Middle,city,QM,0.0,0.0,,s\n";
    let cables = "over,,w,e,buried,in_service,,,,,,plain,,,published,s,\n\
        wm,,w,m,buried,in_service,,,,,,plain,,,published,s,\nme,,m,e,buried,in_service,,,,,,plain,,,published,s,\n";
    let answer = Bench::new().with_network(places, cables).json("route w e --network net -k 2 --objective length");
    assert_eq!(route_texts(&answer), ["over", "wm me"]);
    let km = |i: usize| number(&answer["routes"][i]["length_km"]);
    // Half a degree of the equator is 55.66 km; a plain cable is 1.35 times that.
    assert!((km(0) - 55.66 * 1.35).abs() < 0.1, "{}", km(0));
    assert!(km(1) > 39_000.0, "{}", km(1));
}

#[test]
fn a_stylised_line_does_not_shorten_a_published_length() {
    // The straight line is 22 km; the cable is 300 km long, and the other way 200 km.
    let places = "a,Alfa,city,QM,0.0,0.0,,s\nb,Bravo,city,QM,0.1,0.1,,s\nd,Delta,city,QM,0.2,0.0,,s\n";
    let cables = "straight,,a,d,buried,in_service,,,300,published,,plain,,,published,s,\
        \"LINESTRING (0 0, 0.2 0)\"\nab,,a,b,buried,in_service,,,100,published,,plain,,,published,s,\n\
        bd,,b,d,buried,in_service,,,100,published,,plain,,,published,s,\n";
    let answer = Bench::new().with_network(places, cables).json("route a d --network net -k 2 --objective latency");
    assert_eq!(route_texts(&answer), ["ab bd", "straight"]);
    assert_eq!(number(&answer["routes"][1]["length_km"]), 300.0);
}

#[test]
fn friction_shapes_the_choice_and_never_the_bill() {
    let free = "[scenario]\nname = \"free\"\nnetwork = \"net\"\n[prices]\n\"friction.country.QN\" = 0\n";
    let rough = free.replace("QN\" = 0", "QN\" = 9").replace("\"free\"", "\"rough\"");
    let bench = ladder().with("free.toml", free).with("rough.toml", rough);
    let line = "route a d --objective risk --status in_service,planned -k 3 -s";
    let (free, rough) = (bench.json(&format!("{line} free.toml")), bench.json(&format!("{line} rough.toml")));
    assert_ne!(route_texts(&free)[0], "ad");
    assert_eq!(route_texts(&rough)[0], "ad", "it alone does not touch QN");
    // The same route has the same figures, whatever has to be overcome on it.
    for route in rough["routes"].as_array().expect("a list") {
        let ways = strings(&route["segments"]);
        let other = free["routes"].as_array().expect("a list").iter().find(|r| strings(&r["segments"]) == ways);
        let other = other.expect("the same three routes");
        for field in ["cost", "availability", "latency_ms", "per_country"] {
            assert_eq!(route[field], other[field], "{field} of {ways:?}");
        }
    }
    let ways = |answer: &Value| route_texts(answer).into_iter().collect::<BTreeSet<_>>();
    assert_eq!(ways(&free), ways(&rough));
}

#[test]
fn nothing_that_is_no_number_makes_a_free_route() {
    for wrong in [f64::NAN, f64::INFINITY, -1.0, 0.0] {
        assert!(Gbps::new(wrong).is_err(), "{wrong} Gbps");
        if wrong != 0.0 {
            assert!(Weights::new(&[(Objective::Cost, wrong)]).is_err(), "a weight of {wrong}");
            assert!(Length::from_km(wrong).is_err(), "{wrong} km");
            assert!(
                World::shipped().price_book().set(price("lease.buried.default"), 0.0, wrong, 1e12, "x").is_err(),
                "{wrong} USD"
            );
        }
    }
    // A free cable is free because its price says so, and is still found by a sum of zeros.
    let mut book = World::shipped().price_book();
    for name in ["lease.buried.default", "equipment.terminal_pair", "equipment.device.city"] {
        book.set(price(name), 0.0, 0.0, 0.0, "invented").expect("nothing is a price");
    }
    let network = joined(&[("ab", "a", "b", 10, Medium::Buried), ("bd", "b", "d", 10, Medium::Buried)]);
    let request = Request::between(End::Node(NodeId::new("a")), End::Node(NodeId::new("d")), Objective::Cost);
    let policy = Policy::in_service(2026);
    let routes = Plan::new(&network, &book, demand(), &policy).routes(&Request { k: 3, ..request });
    assert_eq!((routes.len(), routes[0].bill.total().cents()), (1, 0));
}

#[test]
fn ties_go_by_id_whatever_the_order_of_rows() {
    let buried = Medium::Buried;
    let cables = [
        ("s1", "a", "b", 50, buried),
        ("s2", "b", "d", 50, buried),
        ("s3", "a", "c", 50, buried),
        ("s4", "c", "d", 50, buried),
        ("s5", "a", "b", 50, buried),
        ("s6", "a", "d", 100, buried),
        ("s7", "a", "d", 100, buried),
    ];
    let expected = [vec!["s6"], vec!["s7"], vec!["s1", "s2"], vec!["s3", "s4"], vec!["s5", "s2"]];
    for turn in 0..cables.len() {
        let mut turned = cables;
        turned.rotate_left(turn);
        turned[..3].reverse();
        let network = joined(&turned);
        for k in 1..=6 {
            let routes = routes_in(&network, Objective::Length, k);
            let found: Vec<Vec<&str>> = routes.iter().map(segments).collect();
            assert_eq!(found, expected[..k.min(5)], "k {k}, turned by {turn}");
        }
    }
}

#[test]
fn an_impossible_question_stops_no_other() {
    // The second scenario closes both ways; the third avoids an end of the question.
    let head =
        |name: &str| format!("[scenario]\nname = \"{name}\"\nnetwork = \"net\"\n[demand]\nfrom = \"a\"\nto = \"d\"\n");
    let close = "[[change]]\nwhy = \"a test\"\nop = \"close\"\nnode = [\"b\", \"c\"]\n";
    let bench = ladder()
        .with("one.toml", head("one"))
        .with("two.toml", head("two") + close)
        .with("three.toml", head("three") + "[routing]\navoid = \"QO\"\n");
    let answer = bench.json("compare one.toml two.toml three.toml one.toml");
    let n_routes = |i: usize| answer["scenarios"][i]["routes"].as_array().expect("a list").len();
    assert_eq!([0, 1, 2, 3].map(n_routes), [2, 0, 0, 2]);
    let ran = bench.run("compare one.toml three.toml --avoid QO --no-map -q").expect_code(1);
    assert_eq!(ran.stderr, "");
}
