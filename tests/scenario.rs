//! What each change and each setting of a scenario does, on a small invented network.

use crate::support::cli::{Bench, number, route_texts, strings};
use serde_json::Value;

/// A ladder: from a in QM by b or c in QN to d in QO, and on by sea to e in QP.
///
/// ```text
/// a --ab 100-- b --bd 100-- d --de 50 (sea)-- e
///  \-ac 150-- c --cd 150--/
/// ```
const PLACES: &str = "a,Alfa,city,QM,0.0,0.0,900000,s\nb,Bravo,city,QN,0.1,0.1,300000,s\n\
    c,Charlie,city,QN,0.1,-0.1,200000,s\nd,Delta,landing_station,QO,0.2,0.0,100000,s\n\
    e,Echo,landing_station,QP,0.3,0.0,50000,s\n";

const CABLES: &str = "ab,North,a,b,buried,in_service,,,100,published,40,plain,,ditch;bridge,published,s,\n\
    ac,South,a,c,buried,in_service,,,150,published,400,plain,,,assumed,s,\n\
    bd,North,b,d,buried,in_service,,,100,published,400,plain,,ditch,inferred,s,\n\
    cd,South,c,d,buried,in_service,,,150,published,400,plain,,,published,s,\n\
    de,Sea,d,e,submarine,in_service,,,50,published,400,shallow_sea,,,published,s,\n\
    ad,Later,a,d,buried,planned,2030,2040,120,published,400,plain,,,published,s,\n";

const UPPER: &str = "ab bd";
const LOWER: &str = "ac cd";

fn bench() -> Bench {
    Bench::new().with_network(PLACES, CABLES)
}

/// A scenario on the network with this after its head.
fn with(body: &str) -> Bench {
    bench().with("s.toml", format!("[scenario]\nname = \"t\"\nnetwork = \"net\"\nyear = 2026\n{body}\n"))
}

fn change(body: &str) -> Bench {
    with(&format!("[[change]]\nwhy = \"a test\"\n{body}"))
}

/// The two shortest routes from a to d.
fn two_shortest(bench: &Bench) -> Vec<String> {
    let ran = bench.run("route a d -k 2 --objective length -s s.toml --format json -q");
    route_texts(&ran.json())
}

#[test]
fn the_network_as_it_is() {
    assert_eq!(two_shortest(&with("")), [UPPER, LOWER]);
}

#[test]
fn close_and_remove_by_every_selector() {
    for selector in [
        "segment = \"ab\"",
        "segment = [\"ab\", \"bd\"]",
        "node = \"b\"",
        "system = \"North\"",
        "srlg = \"ditch\"",
        "srlg = \"bridge\"",
    ] {
        for op in ["close", "remove"] {
            assert_eq!(two_shortest(&change(&format!("op = \"{op}\"\n{selector}"))), [LOWER], "{op} {selector}");
        }
    }
    for selector in ["country = \"QN\"", "country = [\"QN\", \"QP\"]", "border = \"QM-QN\"", "border = \"QO-QN\""] {
        for op in ["close", "remove"] {
            let none: [&str; 0] = [];
            assert_eq!(two_shortest(&change(&format!("op = \"{op}\"\n{selector}"))), none, "{op} {selector}");
        }
    }
    // A border passed by sea is one too, and leaves the land alone.
    let bench = change("op = \"close\"\nborder = \"QP-QO\"");
    assert_eq!(two_shortest(&bench), [UPPER, LOWER]);
    bench.run("route a e -s s.toml -q").expect_code(1);
}

#[test]
fn what_is_closed_is_still_in_the_world() {
    let line = "route b d -s s.toml";
    let closed = change("op = \"close\"\nnode = \"b\"");
    closed.run(line).expect_code(1);
    assert_eq!(closed.routes(&format!("{line} --status in_service,out_of_service")), ["bd"]);
    let removed = change("op = \"remove\"\nnode = \"b\"");
    let ran = removed.run(line).expect_code(2);
    assert!(ran.stderr.starts_with("error: FROM: no place is called \"b\""), "{}", ran.stderr);
    // Closing takes out of use what may be used, and what may come as well.
    let closed = change("op = \"close\"\nsegment = \"ad\"");
    closed.run("route a d -s s.toml -q --status planned").expect_code(1);
}

#[test]
fn add_a_segment() {
    let add = "op = \"add_segment\"\nid = \"new\"\nfrom = \"a\"\nto = \"d\"\nmedium = \"duct\"\nsources = [\"s\"]\n";
    let bench = change(&format!("{add}status = \"in_service\"\nlength_km = 130"));
    assert_eq!(two_shortest(&bench), ["new", UPPER]);
    let bench = change(&format!("{add}status = \"planned\"\nlength_km = 130"));
    assert_eq!(two_shortest(&bench), [UPPER, LOWER]);
    // Below the geodesic of 22.3 km no cable is possible: the stated length is not used, but 1.35 times the geodesic.
    let bench = change(&format!("{add}status = \"in_service\"\nlength_km = 3"));
    let answer = bench.json("route a d --objective length -s s.toml");
    assert_eq!(route_texts(&answer), ["new"]);
    let km = number(&answer["routes"][0]["length_km"]);
    assert!((km - 1.35 * 22.264).abs() < 0.01, "{km}");
    let assumed = strings(&answer["routes"][0]["assumptions"]);
    assert!(assumed.iter().any(|told| told == "new: the stated 3 km is shorter than the geodesic and is not used"));
}

#[test]
fn add_a_place() {
    let place =
        "op = \"add_node\"\nid = \"f\"\nname = \"Foxtrot\"\nkind = \"city\"\ncountry = \"QM\"\nlon = 0.1\nlat = 0\n";
    let link = |id: &str, from: &str, to: &str| {
        format!(
            "[[change]]\nwhy = \"a test\"\nop = \"add_segment\"\nid = \"{id}\"\nfrom = \"{from}\"\nto = \"{to}\"\n\
            medium = \"aerial\"\nstatus = \"in_service\"\nsources = \"s\"\nlength_km = 60\n"
        )
    };
    let bench = change(&(place.to_owned() + &link("af", "a", "f") + &link("fd", "f", "d")));
    assert_eq!(two_shortest(&bench), ["af fd", UPPER]);
    assert_eq!(bench.routes("route Foxtrot d -s s.toml"), ["fd"]);
}

#[test]
fn set_fields() {
    let set = |selector: &str, fields: &str| change(&format!("op = \"set\"\n{selector}\nfields = {{ {fields} }}"));
    assert_eq!(two_shortest(&set("segment = \"ab\"", "length_km = 260")), [LOWER, UPPER]);
    assert_eq!(two_shortest(&set("system = \"North\"", "status = \"out_of_service\"")), [LOWER]);
    assert_eq!(two_shortest(&set("segment = \"ad\"", "status = \"in_service\"")), [UPPER, LOWER], "ready in 2030 only");
    let bench = set("segment = \"ad\"", "status = \"in_service\", ready_year = 2026");
    assert_eq!(two_shortest(&bench), ["ad", UPPER]);
    assert_eq!(two_shortest(&set("segment = \"bd\"", "retire_year = 2026")), [LOWER]);
    assert_eq!(two_shortest(&set("segment = \"bd\"", "retire_year = 2027")), [UPPER, LOWER]);
    // A place that is moved to another country takes its cables with it: b in QM is one border less on the way.
    let crossings = |bench: &Bench| {
        let answer = bench.json("route a d --via b -s s.toml");
        (number(&answer["routes"][0]["border_crossings"]), strings(&answer["routes"][0]["countries"]).join(" "))
    };
    assert_eq!(crossings(&with("")), (2.0, "QM QN QO".to_owned()));
    assert_eq!(crossings(&set("node = \"b\"", "country = \"QM\"")), (1.0, "QM QO".to_owned()));
}

#[test]
fn changes_are_made_in_order() {
    let remove = "[[change]]\nwhy = \"first\"\nop = \"remove\"\nsegment = \"ab\"\n";
    let add = "[[change]]\nwhy = \"then\"\nop = \"add_segment\"\nid = \"ab\"\nfrom = \"a\"\nto = \"b\"\n\
        medium = \"buried\"\nstatus = \"in_service\"\nsources = \"s\"\nlength_km = 90\n";
    assert_eq!(two_shortest(&with(&format!("{remove}{add}"))), [UPPER, LOWER]);
    let ran = with(&format!("{add}{remove}")).run("scenario check s.toml").expect_code(2);
    assert!(ran.stderr.contains("the network has a row \"ab\" already"), "{}", ran.stderr);
}

#[test]
fn what_a_scenario_says_goes_before_what_it_extends() {
    let bench = bench()
        .with(
            "base.toml",
            "[scenario]\nname = \"base\"\nnetwork = \"net\"\nyear = 2035\n[demand]\nfrom = \"a\"\nto = \"d\"\ngbps = 30\n\
            term_years = 4\n[routing]\nobjective = \"length\"\navoid = [\"c\"]\nstatuses = [\"planned\", \"in_service\"]\n\
            [[change]]\nwhy = \"first\"\nop = \"set\"\nsegment = \"ab\"\nfields = { length_km = 400 }\n",
        )
        .with(
            "child.toml",
            "[scenario]\nname = \"child\"\nextends = \"base.toml\"\n[demand]\ngbps = 20\n[routing]\navoid = [\"ad\"]\n\
            [[change]]\nwhy = \"then\"\nop = \"set\"\nsegment = \"ab\"\nfields = { length_km = 90 }\n",
        );
    let ask = |name: &str| bench.json(&format!("route a d -s {name} -k 9"));
    let base = ask("base.toml");
    assert_eq!(route_texts(&base), ["ad", UPPER], "2035, planned ones too, not by c");
    let child = ask("child.toml");
    assert_eq!(route_texts(&child), [UPPER, LOWER], "c is allowed again, ad is not; ab is 90 km in the end");
    let said = |answer: &Value| {
        let query = &answer["query"];
        let objective = query["objective"].as_str().expect("an objective").to_owned();
        ([&query["year"], &query["gbps"], &query["term_years"]].map(number), objective)
    };
    assert_eq!(said(&base), ([2035.0, 30.0, 4.0], "length".to_owned()));
    assert_eq!(said(&child), ([2035.0, 20.0, 4.0], "length".to_owned()));
    assert_eq!(number(&child["routes"][0]["length_km"]), 190.0);
    // What is typed goes before both.
    let typed = bench.json("route a d -s child.toml --gbps 70 --term-years 2 --year 2026 --status in_service");
    assert_eq!(said(&typed), ([2026.0, 70.0, 2.0], "length".to_owned()));
    assert_eq!(strings(&typed["query"]["statuses"]), ["in_service"]);
}

#[test]
fn a_network_given_on_the_command_line_replaces_the_scenarios() {
    let bench = with("").with_network(PLACES, CABLES).with("s.toml", "[scenario]\nname = \"t\"\nextends = \"today\"\n");
    assert_eq!(bench.routes("route a d --objective length -s s.toml --network net"), [UPPER]);
    // Without a scenario, none of today's changes are tried on a network that knows nothing of them.
    assert_eq!(bench.routes("route a d --objective length --network net"), [UPPER]);
}

#[test]
fn price_overrides() {
    let lease = |bench: &Bench| {
        let answer = bench.json("route c d -s s.toml");
        let cost = &answer["routes"][0]["cost"];
        ["low_usd", "lease_usd", "high_usd"].map(|name| number(&cost[name]))
    };
    // 150 km, rented: 100 Gbps x 75 km x 2 on one side and x 4 on the other, one year at no interest.
    let free = "\"finance.discount_rate\" = 0\n\"crossing.land\" = 0\n\"equipment.terminal_pair\" = 0\n\
        \"transit.passage.QO\" = 0\n";
    let bench = with(&format!(
        "[demand]\nterm_years = 1\n[prices]\n{free}\"lease.buried.QN\" = 2\n\"lease.buried.QO\" = {{ low = 1, base = 4, high = 6 }}"
    ));
    assert_eq!(lease(&bench), [22_500.0, 45_000.0, 60_000.0]);
    // The same by tables instead of by name in quotes.
    let bench = with(&format!(
        "[demand]\nterm_years = 1\n[prices]\n{free}lease.buried.QN = 2\n[prices.lease.buried.QO]\nlow = 1\nbase = 4\nhigh = 6"
    ));
    assert_eq!(lease(&bench), [22_500.0, 45_000.0, 60_000.0]);
}

#[test]
fn years_and_statuses() {
    let found = |line: &str| {
        let ran = with("").run(&format!("route a d -k 9 --objective length -s s.toml --format json -q {line}"));
        route_texts(&ran.json())
    };
    assert_eq!(found(""), [UPPER, LOWER]);
    // What is not built yet counts for whoever asks for it, whenever it is to be ready, but not once it is retired.
    assert_eq!(found("--status in_service,planned"), ["ad", UPPER, LOWER]);
    assert_eq!(found("--status in_service,planned --year 2030"), ["ad", UPPER, LOWER]);
    assert_eq!(found("--status in_service,planned --year 2039"), ["ad", UPPER, LOWER]);
    assert_eq!(found("--status in_service,planned --year 2040"), [UPPER, LOWER]);
    assert_eq!(found("--status planned"), ["ad"]);
    assert!(found("--status proposed").is_empty());
}

#[test]
fn strict_capacity_leaves_out_what_is_too_thin() {
    assert_eq!(two_shortest(&with("[routing]\nstrict_capacity = false")), [UPPER, LOWER], "the upgrade is paid for");
    assert_eq!(two_shortest(&with("[routing]\nstrict_capacity = true")), [LOWER], "40 Gbps are less than 100");
    assert_eq!(two_shortest(&with("[routing]\nstrict_capacity = true\n[demand]\ngbps = 40")), [UPPER, LOWER]);
    assert!(two_shortest(&with("[routing]\nstrict_capacity = true\n[demand]\ngbps = 400.5")).is_empty());
}

#[test]
fn min_confidence_leaves_out_what_is_less_sure() {
    let found = |word: &str| two_shortest(&with(&format!("[routing]\nmin_confidence = \"{word}\"")));
    assert_eq!(found("assumed"), [UPPER, LOWER]);
    assert_eq!(found("inferred"), [UPPER], "ac is assumed");
    assert!(found("published").is_empty(), "bd is inferred, ac assumed");
}

#[test]
fn bounds_are_honoured_exactly() {
    let answer = with("").json("route a d -k 2 --objective length -s s.toml");
    let figure = |i: usize, read: &dyn Fn(&Value) -> f64| read(&answer["routes"][i]);
    let (ms, usd) = (|route: &Value| number(&route["latency_ms"]), |route: &Value| number(&route["cost"]["total_usd"]));
    // Exactly its own figure is allowed, a hair less is not: a few femtoseconds, a cent.
    let (short, long) = (figure(0, &ms), figure(1, &ms));
    let bound = |text: &str| two_shortest(&with(&format!("[routing]\n{text}")));
    assert_eq!(bound(&format!("max_latency_ms = {long}")), [UPPER, LOWER]);
    assert_eq!(bound(&format!("max_latency_ms = {}", long - 1e-11)), [UPPER]);
    assert_eq!(bound(&format!("max_latency_ms = {short}")), [UPPER]);
    assert!(bound(&format!("max_latency_ms = {}", short - 1e-11)).is_empty());
    let typed = |text: &str| with("").run(&format!("route a d --objective length -s s.toml -q {text}")).code;
    assert_eq!(typed(&format!("--max-rtt-ms {}", 2.0 * short)), Some(0));
    assert_eq!(typed(&format!("--max-rtt-ms {}", 2.0 * short - 1e-11)), Some(1));
    let mut costs = [(figure(0, &usd), UPPER), (figure(1, &usd), LOWER)];
    costs.sort_by(|a, b| a.0.total_cmp(&b.0));
    for (dollars, texts) in [
        (costs[1].0, vec![UPPER, LOWER]),
        (costs[1].0 - 0.01, vec![costs[0].1]),
        (costs[0].0, vec![costs[0].1]),
        (costs[0].0 - 0.01, vec![]),
    ] {
        assert_eq!(bound(&format!("max_cost_usd = {dollars:.2}")), texts, "{dollars:.2} USD");
    }
    assert_eq!(typed(&format!("--max-cost-usd {:.2}", costs[0].0)), Some(0));
    assert_eq!(typed(&format!("--max-cost-usd {:.2}", costs[0].0 - 0.01)), Some(1));
    assert_eq!(bound("max_crossings = 2"), [UPPER, LOWER]);
    assert!(bound("max_crossings = 1").is_empty());
    // A bound that is typed takes the place of the scenario's.
    let bench = with("[routing]\nmax_crossings = 1");
    assert_eq!(bench.routes("route a d --objective length -s s.toml --max-crossings 2"), [UPPER]);
}

#[test]
fn a_comparison_of_results_not_of_edits() {
    // Two scenarios that get to the same world by different ways do not differ; one that changes what no route uses
    // differs in what goes in only.
    let bench = bench()
        .with("one.toml", "[scenario]\nname = \"one\"\nnetwork = \"net\"\nyear = 2026\n[demand]\nfrom = \"a\"\nto = \"d\"\n[[change]]\nwhy = \"x\"\nop = \"close\"\nsegment = \"ab\"\n")
        .with("two.toml", "[scenario]\nname = \"two\"\nnetwork = \"net\"\nyear = 2026\n[demand]\nfrom = \"a\"\nto = \"d\"\n[[change]]\nwhy = \"y\"\nop = \"set\"\nsrlg = \"bridge\"\nfields = { status = \"out_of_service\" }\n")
        .with("far.toml", "[scenario]\nname = \"far\"\nextends = \"one.toml\"\n[[change]]\nwhy = \"z\"\nop = \"remove\"\nsegment = \"de\"\n");
    let answer = bench.json("compare one.toml two.toml far.toml");
    assert_eq!(answer["differences"], Value::Array(Vec::new()));
    assert_eq!(answer["scenarios"][1]["inputs"], Value::Array(Vec::new()));
    let inputs = answer["scenarios"][2]["inputs"].as_array().expect("inputs");
    assert_eq!(inputs.len(), 1);
    assert_eq!((inputs[0]["kind"].as_str(), inputs[0]["id"].as_str()), (Some("segment"), Some("de")));
}

#[test]
fn a_bound_in_dollars_is_whole_cents() {
    use fiberplan::metrics::Criterion;
    // 1.15 x 100 is 114.99999999999999 in the computer's numbers.
    for (usd, cents) in [(1.15, 115), (0.29, 29), (8.2, 820), (4_035_671.13, 403_567_113), (1.159, 115)] {
        assert_eq!(Criterion::Cost.whole(usd), cents, "{usd}");
    }
}

#[test]
fn every_key_of_routing_does_what_its_option_does() {
    let found = |text: &str| two_shortest(&with(&format!("[routing]\n{text}")));
    assert_eq!(found("max_length_km = 200"), [UPPER]);
    assert!(found("max_length_km = 199.9").is_empty());
    assert_eq!(found("max_countries = 3"), [UPPER, LOWER]);
    assert!(found("max_countries = 2").is_empty());
    assert!(found("max_transit_countries = 0").is_empty());
    assert!(found("min_availability = \"99.9999%\"").is_empty());
    assert_eq!(found("min_availability = \"90%\""), [UPPER, LOWER]);
    assert_eq!(found("max_share = { \"*\" = \"100%\", QM = \"99%\" }"), [UPPER, LOWER]);
    assert!(found("max_share = { QN = \"1%\" }").is_empty());
    assert!(found("media = \"duct\"").is_empty());
    assert_eq!(found("media = [\"buried\", \"duct\"]"), [UPPER, LOWER]);
    assert_eq!(found("min_gbps = 50"), [LOWER]);
    assert_eq!(found("via = [\"c\", \"QO\"]\nin_order = true"), [LOWER]);
    assert!(found("via = [\"QO\", \"c\"]\nin_order = true").is_empty());
    assert_eq!(found("objective = \"cost=1,length=2\""), [UPPER, LOWER]);
    // What is typed goes before what the scenario says.
    let bench = with("[routing]\nmax_countries = 2\nmax_share = { QN = \"1%\" }\nmedia = \"duct\"\nmin_gbps = 500");
    let typed = "--max-countries 3 --max-share QN=100% --medium buried --min-gbps 1";
    assert_eq!(bench.routes(&format!("route a d --objective length -s s.toml {typed}")), [UPPER]);
    // And the scenario says what it says.
    let shown = with("[routing]\nmax_share = { QN = \"40%\" }\nin_order = true\nmedia = \"duct\"")
        .run("scenario show s.toml")
        .expect_code(0)
        .stdout;
    for row in ["max_share", "in_order", "media"] {
        assert!(shown.lines().any(|line| line.trim_start().starts_with(row)), "{row} is not in\n{shown}");
    }
}
