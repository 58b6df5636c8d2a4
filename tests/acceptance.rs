//! What the program was ordered to do, on the shipped network: choices among parallel cables, real lengths, real
//! latencies, and scenarios that load and compare.

use std::collections::BTreeSet;

use crate::support::cli::{Bench, number, route_texts, strings};
use crate::support::country;
use fiberplan::World;
use fiberplan::analysis::{Plan, Request};
use fiberplan::metrics::Demand;
use fiberplan::network::{CountryCode, Medium, Network, NodeId, NodeKind, Place, SegmentId, Status};
use fiberplan::request::{Avoid, End, Objective, Policy};
use fiberplan::units::Gbps;
use serde_json::Value;

/// The network that the program carries.
fn base() -> Network {
    Network::new(World::shipped().base_network()).expect("the shipped network is one")
}

fn node(network: &Network, name: &str) -> NodeId {
    match network.find_place(name, &[]) {
        Ok(Place::Node(id)) => id,
        other => panic!("{name}: {other:?}"),
    }
}

/// The best route of 2026 over what is in service.
fn best(
    network: &Network,
    ends: (NodeId, NodeId),
    objective: Objective,
    avoid: Avoid,
) -> Option<fiberplan::metrics::Route> {
    let book = World::shipped().price_book();
    let policy = Policy::in_service(2026);
    let demand = Demand { gbps: Gbps::new(100.0).expect("a capacity"), term_years: 15 };
    let plan = Plan::new(network, &book, demand, &policy);
    let request = Request { avoid, ..Request::between(End::Node(ends.0), End::Node(ends.1), objective) };
    plan.routes(&request).into_iter().next()
}

/// The cells of a segment that is like a hop of a route, but for its id and its length.
fn parallel(network: &Network, hop: &Value, id: &str, length_km: f64) -> String {
    let like = network.find_segment(&SegmentId::new(hop["segment"].as_str().expect("an id"))).expect("a segment");
    let cell = |column: &str| fiberplan::formats::segment_cell(&like.row, column);
    let copied = ["from", "to", "medium", "terrain", "tenure", "route"]
        .into_iter()
        .filter(|column| !cell(column).is_empty())
        .map(|column| format!("{column} = {:?}\n", cell(column)));
    format!(
        "[[change]]\nwhy = \"to see what a parallel cable does\"\nop = \"add_segment\"\nid = {id:?}\n\
        status = \"in_service\"\nsources = \"invented\"\nlength_km = {length_km}\n{}\n",
        copied.collect::<String>()
    )
}

#[test]
fn a_parallel_cable_on_any_hop_changes_the_answer_as_it_must() {
    let network = base();
    let bench = Bench::new();
    let ask = "route Ashgabat Karachi --objective latency";
    let answer = bench.json(ask);
    let old = strings(&answer["routes"][0]["segments"]);
    let head = "[scenario]\nname = \"parallel\"\nextends = \"today\"\n\n";
    for (i, hop) in answer["routes"][0]["hops"].as_array().expect("hops").iter().enumerate() {
        let segment = network.find_segment(&SegmentId::new(old[i].as_str())).expect("a segment");
        let km = number(&hop["length_km"]);
        let with = |id: &str| {
            let mut ids = old.clone();
            id.clone_into(&mut ids[i]);
            ids.join(" ")
        };
        // Shorter, though not shorter than the geodesic: it wins.
        let shorter = (km + segment.geodesic_km) / 2.0;
        assert!(shorter < km - 0.002, "{} is as straight as can be: choose another pair", old[i]);
        bench.write("shorter.toml", head.to_owned() + &parallel(&network, hop, "zz-shorter", shorter));
        assert_eq!(bench.routes(&format!("{ask} -s shorter.toml")), [with("zz-shorter")]);
        // As long, and a little longer: the twin is listed beside the old one, and the longer one after both.
        let more = parallel(&network, hop, "zz-twin", km) + &parallel(&network, hop, "zz-longer", km + 0.02);
        bench.write("more.toml", head.to_owned() + &more);
        let five = bench.routes(&format!("{ask} -k 5 -s more.toml"));
        assert_eq!(five[..2], [with(&old[i]), with("zz-twin")], "twins go by id");
        assert_eq!(five[2], with("zz-longer"));
        assert_eq!(five.iter().collect::<BTreeSet<_>>().len(), 5);
    }
}

#[test]
fn five_different_loopless_routes_in_order() {
    let answer = Bench::new().json("route Ashgabat Karachi -k 5 --objective latency");
    let routes = answer["routes"].as_array().expect("routes");
    assert_eq!(route_texts(&answer).into_iter().collect::<BTreeSet<_>>().len(), 5);
    let ms: Vec<f64> = routes.iter().map(|route| number(&route["latency_ms"])).collect();
    assert!(ms.windows(2).all(|pair| pair[0] <= pair[1]), "{ms:?}");
    for route in routes {
        let nodes = strings(&route["nodes"]);
        assert_eq!(nodes.iter().collect::<BTreeSet<_>>().len(), nodes.len(), "{nodes:?}");
    }
}

#[test]
fn roads_are_as_long_as_they_are() {
    // Kilometres by road between the towns, by the map of roads; data/build/README.md names its source.
    let roads = [
        ("Herat", "Kandahar", 519.0),
        ("Kandahar", "Kabul", 488.0),
        ("Kandahar", "Quetta", 217.0),
        ("Quetta", "Karachi", 655.0),
        ("Mazar-i-Sharif", "Kabul", 401.0),
        ("Ashgabat", "Mary", 360.0),
    ];
    for (from, to, road) in roads {
        let answer = Bench::new().json_of(&["route", from, to, "--objective", "length"]);
        let km = number(&answer["routes"][0]["length_km"]);
        assert!((km / road - 1.0).abs() <= 0.05, "{from} - {to}: {km:.1} km, by road {road}");
    }
}

#[test]
fn the_pipeline_is_as_long_as_it_is_in_each_country() {
    let network = base();
    for (code, low, high) in [("TM", 214.0, 214.0), ("AF", 774.0, 816.0), ("PK", 819.0, 826.0)] {
        let pipeline = network.segments().filter(|segment| segment.row.system.as_deref() == Some("TAPI"));
        let pieces = pipeline.flat_map(|segment| &segment.pieces).filter(|piece| piece.country == country(code));
        let km: f64 = pieces.map(|piece| piece.length.km()).sum();
        assert!((low * 0.92..=high * 1.08).contains(&km), "{code}: {km:.1} km, published {low} to {high}");
    }
}

#[test]
fn peace_is_as_long_as_published() {
    let network = base();
    let of_peace = network.segments().filter(|segment| segment.row.system.as_deref() == Some("PEACE"));
    let own: BTreeSet<SegmentId> = of_peace.map(|segment| segment.id().clone()).collect();
    let mut parts = network.to_parts();
    parts.segments.retain(|segment| own.contains(segment.id()) && segment.row.status == Status::InService);
    let peace = Network::new(parts).expect("a part of a network is one");
    let ends = (node(&network, "pk-cls-hawksbay"), node(&network, "eg-zafarana"));
    let route = best(&peace, ends, Objective::Length, Avoid::default()).expect("PEACE joins Karachi and Zafarana");
    assert_eq!(route.length.metres(), 5_800_000, "{:?}", route.nodes);
}

/// What is in service of one cable, with land segments of the two end countries to reach it by.
fn own_cable(network: &Network, system: &str, ends: &(NodeId, NodeId)) -> Network {
    let country_of = |id: &NodeId| network.find_node(id).expect("a place").country;
    let tails = [country_of(&ends.0), country_of(&ends.1)];
    let mut parts = network.to_parts();
    parts.segments.retain(|segment| {
        let at_home = [&segment.row.from, &segment.row.to].into_iter().all(|id| tails.contains(&country_of(id)));
        let tail = segment.row.medium != Medium::Submarine && at_home && segment.length.km() < 400.0;
        segment.row.system.as_deref() == Some(system) || tail
    });
    Network::new(parts).expect("a part of a network is one")
}

#[test]
fn latencies_are_as_measured() {
    let network = base();
    let table = include_str!("../data/build/input/latency_targets.csv");
    let mut errors: Vec<(f64, String)> = Vec::new();
    for row in csv::Reader::from_reader(table.as_bytes()).records() {
        let row = row.expect("a row");
        let (from, to, measured, medium) = (&row[0], &row[1], &row[2], &row[4]);
        let cable = medium.strip_prefix("submarine ");
        if &row[8] != "A" || (cable.is_none() && !medium.starts_with("provider backbone")) {
            continue;
        }
        let find = |name: &str| {
            let is_place = |kind: NodeKind| matches!(kind, NodeKind::City | NodeKind::LandingStation);
            network.nodes().find(|node| node.short_name() == name && is_place(node.kind)).map(|node| node.id.clone())
        };
        let (Some(a), Some(b)) = (find(from), find(to)) else { continue };
        let route = match cable {
            Some(cable) => {
                let system = cable.split(',').next().expect("a name");
                let own = own_cable(&network, system, &(a.clone(), b.clone()));
                best(&own, (a, b), Objective::Latency, Avoid::default())
            }
            None => {
                let shunned: BTreeSet<CountryCode> = ["IR", "RU", "IQ", "SY"].map(country).into();
                best(&network, (a, b), Objective::Latency, Avoid { countries: shunned, ..Avoid::default() })
            }
        };
        let route = route.unwrap_or_else(|| panic!("{from} - {to} by {medium}: no route"));
        let measured: f64 = measured.parse().expect("a number");
        let error = 100.0 * (route.rtt_ms() / measured - 1.0);
        errors.push((
            error.abs(),
            format!("{from} - {to}: {:.1} ms, measured {measured}, {error:+.1} %", route.rtt_ms()),
        ));
    }
    errors.sort_by(|a, b| a.0.total_cmp(&b.0));
    let lines: Vec<&str> = errors.iter().map(|(_, line)| line.as_str()).collect();
    let lines = lines.join("\n");
    let n = errors.len();
    assert!(n >= 15, "only {n} rows have both ends in the network:\n{lines}");
    let median = (errors[(n - 1) / 2].0 + errors[n / 2].0) / 2.0;
    assert!(median <= 10.0, "the median absolute error is {median:.1} %:\n{lines}");
    let far = errors.iter().filter(|(error, _)| *error > 30.0).count();
    assert!(far <= 2, "{far} rows are more than 30 % off:\n{lines}");
}

#[test]
fn every_shipped_scenario_loads() {
    let world = World::shipped();
    let names = world.scenario_names();
    let wanted = [
        "afghan-shutdown",
        "casa-1000",
        "red-sea-cut",
        "tap-trilateral",
        "today",
        "trans-afghan-railway",
        "trans-caspian",
        "wagah-open",
    ];
    assert!(wanted.iter().all(|name| names.contains(name)), "{names:?}");
    let ran = Bench::new().run("scenario check -q").expect_code(0);
    assert_eq!(ran.stderr, "");
    assert_eq!(ran.stdout.lines().count(), names.len());
    for name in names {
        let shown = Bench::new().run(&format!("scenario show {name} -q")).expect_code(0);
        assert!(shown.stdout.contains(name), "{}", shown.stdout);
    }
}

#[test]
fn a_change_that_changes_nothing_gives_no_difference() {
    let network = base();
    let mut changes = String::new();
    // Every cell of some segments of every sort, set to what it says already.
    for segment in network.segments().step_by(60) {
        let columns = fiberplan::formats::SEGMENT_COLUMNS.iter().filter(|column| **column != "id");
        let cells = columns.map(|column| (column, fiberplan::formats::segment_cell(&segment.row, column)));
        let fields: Vec<String> =
            cells.filter(|(_, text)| !text.is_empty()).map(|(column, text)| format!("{column} = {text:?}")).collect();
        changes += &format!(
            "[[change]]\nwhy = \"nothing\"\nop = \"set\"\nsegment = {:?}\nfields = {{ {} }}\n\n",
            segment.id().as_str(),
            fields.join(", ")
        );
    }
    for node in network.nodes().step_by(90) {
        changes += &format!(
            "[[change]]\nwhy = \"nothing\"\nop = \"set\"\nnode = {:?}\nfields = {{ lon = {}, lat = {}, kind = \"{}\" }}\n\n",
            node.id.as_str(),
            node.point.lon(),
            node.point.lat(),
            node.kind
        );
    }
    let book = World::shipped().price_book();
    let (key, price) = book.entries().next().expect("an entry");
    let name = key.to_string();
    let prices = format!(
        "[prices]\n{name:?} = {{ low = {}, base = {}, high = {}, source = {:?} }}\n\n",
        price.low, price.base, price.high, price.source
    );
    let head = "[scenario]\nname = \"same\"\nextends = \"today\"\n\n";
    let bench = Bench::new().with("empty.toml", head).with("same.toml", head.to_owned() + &prices + &changes);
    let answer = bench.json("compare today empty.toml same.toml");
    assert_eq!(answer["differences"], Value::Array(Vec::new()));
    for scenario in answer["scenarios"].as_array().expect("scenarios") {
        assert_eq!(scenario["inputs"], Value::Array(Vec::new()));
        assert_eq!(scenario["routes"], answer["scenarios"][0]["routes"]);
    }
    let text = bench.run("compare today empty.toml --no-map -q").expect_code(0).stdout;
    assert!(text.contains("Comes out otherwise: nothing"), "{text}");
}

#[test]
fn a_comparison_prints_the_differences_and_writes_the_map() {
    let bench = Bench::new();
    let ran = bench.run("compare today tap-trilateral red-sea-cut").expect_code(0);
    for name in ["today", "tap-trilateral", "red-sea-cut", "MUSD", "RTT ms", "Goes in otherwise"] {
        assert!(ran.stdout.contains(name), "{name} is not in\n{}", ran.stdout);
    }
    let map = "out/compare-today-tap-trilateral-red-sea-cut.png";
    assert!(ran.stdout.contains(map), "{}", ran.stdout);
    let bytes = bench.read(map);
    assert!(bytes.starts_with(b"\x89PNG\r\n\x1a\n") && bytes.len() > 20_000, "{} bytes", bytes.len());
    assert_eq!(bench.names(), ["out"], "nothing else is left behind");
}
