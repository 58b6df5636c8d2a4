//! Corridors anywhere: other countries than those the program was made for, two or four of them, and invented ones
//! across the 180th meridian.

use std::collections::BTreeSet;

use crate::support::cli::{Bench, Ran, number, strings};
use serde_json::Value;

/// Places on both sides of the Bering Strait, and so on both sides of the 180th meridian.
const BERING: &str = "ru-anadyr,Anadyr,city,RU,177.51,64.73,13000,s\n\
    ru-egvekinot,Egvekinot,city,RU,-179.10,66.32,3000,s\n\
    ru-provideniya,Provideniya,landing_station,RU,-173.23,64.42,2000,s\n\
    us-nome,Nome,landing_station,US,-165.41,64.50,3600,s\n\
    us-fairbanks,Fairbanks,city,US,-147.72,64.84,32000,s\n\
    us-alcan,Alcan,border_crossing,US,-141.00,62.61,30,s\n\
    ca-whitehorse,Whitehorse,city,CA,-135.06,60.72,28000,s\n\
    ca-rupert,Prince Rupert,landing_station,CA,-130.32,54.31,12000,s\n";

/// No lengths are stated: they come from the geodesic, or from the way of the last one, which keeps inside Canada.
const BERING_CABLES: &str = "anadyr-egvekinot,,ru-anadyr,ru-egvekinot,buried,in_service,,,,,,plain,,,published,s,\n\
    anadyr-nome,,ru-anadyr,us-nome,submarine,in_service,,,,,,shallow_sea,,,published,s,\n\
    egvekinot-provideniya,,ru-egvekinot,ru-provideniya,buried,in_service,,,,,,plain,,,published,s,\n\
    nome-fairbanks,,us-nome,us-fairbanks,buried,in_service,,,,,,plain,,,published,s,\n\
    fairbanks-alcan,,us-fairbanks,us-alcan,buried,in_service,,,,,,plain,,,published,s,\n\
    alcan-whitehorse,,us-alcan,ca-whitehorse,buried,in_service,,,,,,plain,,,published,s,\n\
    provideniya-rupert,,ru-provideniya,ca-rupert,submarine,in_service,,,,,,deep_sea,,,published,s,\n\
    rupert-whitehorse,,ca-rupert,ca-whitehorse,buried,in_service,,,,,,plain,,,published,s,\
    \"LINESTRING (-130.32 54.31, -127 56, -129 59.5, -135.06 60.72)\"\n";

/// Countries that no map holds, round a meridian that most programs trip over.
const NOWHERE: &str = "qm-east,East,city,QM,179.6,-17.0,100000,s\nqn-post,Post,border_crossing,QN,-179.9,-17.0,,s\n\
    qn-west,West,city,QN,-179.4,-17.0,90000,s\nqo-far,Far,landing_station,QO,-178.8,-17.2,80000,s\n\
    qp-aside,Aside,landing_station,QP,179.9,-18.0,70000,s\n";

const NOWHERE_CABLES: &str = "east-post,,qm-east,qn-post,buried,in_service,,,,,,plain,,,published,s,\n\
    post-west,,qn-post,qn-west,buried,in_service,,,,,,plain,,,published,s,\n\
    west-far,,qn-west,qo-far,submarine,in_service,,,,,,shallow_sea,,,published,s,\n\
    east-aside,,qm-east,qp-aside,submarine,in_service,,,,,,shallow_sea,,,published,s,\n\
    aside-aside,,qp-aside,qo-far,submarine,in_service,,,,,,shallow_sea,,,published,s,\n";

fn ends(route: &Value) -> (String, String) {
    let nodes = strings(&route["nodes"]);
    (nodes[0].clone(), nodes[nodes.len() - 1].clone())
}

fn usd(route: &Value) -> f64 {
    number(&route["cost"]["total_usd"])
}

/// Everything a transit answer has to be, whatever the countries; returns it.
fn check_transit(bench: &Bench, codes: &[&str], more: &str) -> Value {
    let answer = bench.json(&format!("transit {} {more}", codes.join(" ")));
    let rows = answer["routes"].as_array().expect("routes");
    assert!(!rows.is_empty(), "{codes:?}");
    let mut seen = BTreeSet::new();
    for row in rows {
        assert_eq!(strings(&row["countries"]), codes);
        let crossings = strings(&row["crossings"]);
        assert_eq!(crossings.len() + 1, codes.len());
        assert!(seen.insert(crossings.clone()), "{crossings:?} is listed twice");
        assert_eq!(ends(row), ends(&rows[0]));
        let missing = row["missing"].as_array().expect("a list");
        assert_eq!(row["usable"].as_bool(), Some(missing.is_empty()));
        let needed = missing.iter().map(|one| one["segment"].as_str().expect("an id").to_owned());
        let own = strings(&row["segments"]);
        assert!(needed.clone().all(|id| own.contains(&id)));
    }
    let order: Vec<(bool, f64)> = rows.iter().map(|row| (row["usable"] == false, usd(row))).collect();
    assert!(order.windows(2).all(|pair| pair[0] <= pair[1]), "usable ones first, each by cost: {order:?}");
    let (from, to) = ends(&rows[0]);
    if rows[0]["usable"] == true {
        let best = bench.json(&format!("route {from} {to} --corridor {} {more}", codes.join(",")));
        assert_eq!(best["routes"][0]["segments"], rows[0]["segments"], "the first row is the best of the corridor");
    }
    let middle = &codes[1..codes.len() - 1];
    for bypass in answer["bypass"].as_array().expect("bypasses") {
        let through = strings(&bypass["countries"]);
        assert!(middle.iter().all(|code| !through.iter().any(|own| own == code)), "{through:?}");
        assert_eq!(ends(bypass), ends(&rows[0]));
    }
    check_verdict(bench, &answer, codes, more);
    check_table(&bench.run(&format!("transit {} {more} --no-map", codes.join(" "))).expect_code(0), rows);
    answer
}

/// The sentence says what `route` finds along the corridor and round its middle: fastest against fastest, cheapest
/// against cheapest.
fn check_verdict(bench: &Bench, answer: &Value, codes: &[&str], more: &str) {
    let bypasses = answer["bypass"].as_array().expect("bypasses");
    if codes.len() == 2 {
        assert_eq!((bypasses.len(), &answer["verdict"]), (0, &Value::Null), "nothing lies between two countries");
        return;
    }
    let said = answer["verdict"].as_str().expect("a sentence");
    let rows = &answer["routes"][0];
    let (from, to) = ends(rows);
    let own = |objective: &str| match rows["usable"] == true {
        true => bench.json(&format!("route {from} {to} --corridor {} --objective {objective} {more}", codes.join(",")))
            ["routes"][0]
            .clone(),
        false => rows.clone(),
    };
    let round = |objective: &str| {
        let middle = codes[1..codes.len() - 1].join(",");
        bench.json(&format!("route {from} {to} --avoid {middle} --objective {objective} {more}"))["routes"][0].clone()
    };
    let (mut ms, mut millions) = (0.0, 0.0);
    if !bypasses.is_empty() {
        ms = number(&round("latency")["rtt_ms"]) - number(&own("latency")["rtt_ms"]);
        millions = (usd(&round("cost")) - usd(&own("cost"))) / 1e6;
    }
    let fragments = match bypasses.is_empty() {
        true => vec!["nothing usable goes round its middle".to_owned()],
        false => vec![
            if ms >= 0.05 { format!("by {ms:.1} ms RTT before") } else { format!("{:.1} ms RTT slower", -ms) },
            if millions >= 0.0 { format!("by {millions:.1} MUSD") } else { format!("{:.1} MUSD more", -millions) },
        ],
    };
    for fragment in fragments {
        assert!(said.contains(&fragment), "{fragment:?} is not in {said:?}");
    }
}

/// The table has a line for each row, with its crossings' km.
fn check_table(ran: &Ran, rows: &[Value]) {
    let marks = |rank: usize| [format!(" {rank} "), format!(" {rank}* ")];
    for (i, _) in rows.iter().enumerate() {
        let marks = marks(i + 1);
        assert!(ran.stdout.lines().any(|line| marks.iter().any(|mark| format!(" {line}").contains(mark.as_str()))));
    }
    assert!(ran.stdout.contains("Who carries what"), "{}", ran.stdout);
}

#[test]
fn other_corridors_of_the_shipped_network() {
    let bench = Bench::new();
    for codes in [
        &["TM", "AF", "PK"][..],
        &["UZ", "AF", "PK"],
        &["TM", "IR", "PK"],
        &["TM", "AF"],
        &["KZ", "UZ", "AF", "PK"],
        &["PK", "AF", "TM"],
    ] {
        check_transit(&bench, codes, "");
    }
    check_transit(&bench, &["UZ", "AF", "PK"], "--gbps 400 --term-years 5");
    assert!(bench.names().is_empty(), "a JSON answer draws no map");
}

#[test]
fn the_way_back_is_as_long_as_the_way_there() {
    let bench = Bench::new();
    let there = bench.json("transit TM AF PK");
    let back = bench.json("transit PK AF TM");
    let figures = |answer: &Value| -> Vec<(f64, f64)> {
        let rows = answer["routes"].as_array().expect("routes").iter();
        rows.map(|row| (number(&row["length_km"]), usd(row))).collect()
    };
    assert_eq!(figures(&there), figures(&back));
}

/// Great-circle kilometres on a sphere: within 0.6 % of the ellipsoid's.
fn sphere_km((lon_a, lat_a): (f64, f64), (lon_b, lat_b): (f64, f64)) -> f64 {
    let [lon_a, lat_a, lon_b, lat_b] = [lon_a, lat_a, lon_b, lat_b].map(f64::to_radians);
    let h = ((lat_b - lat_a) / 2.0).sin().powi(2) + lat_a.cos() * lat_b.cos() * ((lon_b - lon_a) / 2.0).sin().powi(2);
    2.0 * 6371.0 * h.sqrt().asin()
}

fn points(nodes: &str) -> Vec<(String, (f64, f64))> {
    let cells = nodes.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let degrees = |text: &str| text.parse::<f64>().expect("degrees");
    cells.map(|cells| (cells[0].to_owned(), (degrees(cells[4]), degrees(cells[5])))).collect()
}

/// Every hop without a way of its own is as long as the geodesic between its ends times the factor of its class.
fn check_lengths(route: &Value, nodes: &str) {
    let points = points(nodes);
    let at = |id: &Value| points.iter().find(|(own, _)| id == own).expect("a place").1;
    for hop in route["hops"].as_array().expect("hops").iter().filter(|hop| hop["segment"] != "rupert-whitehorse") {
        let factor = if hop["medium"] == "submarine" { 1.15 } else { 1.35 };
        let expected = factor * sphere_km(at(&hop["from"]), at(&hop["to"]));
        let found = number(&hop["length_km"]);
        assert!((found / expected - 1.0).abs() < 0.006, "{}: {found} km, expected {expected:.1}", hop["segment"]);
    }
}

#[test]
fn a_corridor_across_the_180th_meridian() {
    let bench = Bench::new().with_network(BERING, BERING_CABLES);
    let answer = check_transit(&bench, &["RU", "US", "CA"], "--network net");
    let rows = answer["routes"].as_array().expect("routes");
    assert_eq!(strings(&rows[0]["crossings"]), ["Anadyr-Nome by sea", "Alcan"]);
    check_lengths(&rows[0], BERING);
    assert!((2_000.0..4_000.0).contains(&number(&rows[0]["length_km"])), "not the way round the world");
    let bypasses = answer["bypass"].as_array().expect("bypasses");
    assert_eq!(bypasses.len(), 1);
    assert_eq!(strings(&bypasses[0]["countries"]), ["RU", "CA"]);
    check_lengths(&bypasses[0], BERING);
    // The land segment from Anadyr to Egvekinot crosses the meridian, and all of it is Russian.
    let hop = &bypasses[0]["hops"][0];
    assert_eq!(hop["segment"], "anadyr-egvekinot");
    assert_eq!(hop["pieces"].as_array().map(Vec::len), Some(1));
    assert_eq!(hop["pieces"][0][0], "RU");
}

#[test]
fn invented_countries_across_the_180th_meridian() {
    let bench = Bench::new().with_network(NOWHERE, NOWHERE_CABLES);
    let answer = check_transit(&bench, &["QM", "QN", "QO"], "--network net");
    let rows = answer["routes"].as_array().expect("routes");
    assert_eq!(rows.len(), 1);
    assert_eq!(strings(&rows[0]["crossings"]), ["Post", "West-Far by sea"]);
    check_lengths(&rows[0], NOWHERE);
    // Of a land segment between two countries whose border no map knows, each has half.
    let pieces = &rows[0]["hops"][0]["pieces"];
    assert_eq!([&pieces[0][0], &pieces[1][0]], ["QM", "QN"]);
    assert!((number(&pieces[0][1]) - number(&pieces[1][1])).abs() < 0.002, "{pieces}");
    // The other way only touches QP's shore: it is passed by, and in no list of countries.
    let bypass = &answer["bypass"][0];
    assert_eq!(strings(&bypass["countries"]), ["QM", "QO"]);
    assert_eq!(strings(&bypass["landings"]), ["qm-east", "qp-aside", "qo-far"]);
    for codes in [&["QM", "QN"][..], &["QN", "QO"]] {
        check_transit(&bench, codes, "--network net");
    }
}

/// The points of each line of that colour in a drawing.
fn lines_of(svg: &str, colour: &str) -> Vec<Vec<(f64, f64)>> {
    let lines = svg.split("<polyline ").skip(1).filter(|line| {
        let end = line.find('>').expect("an element ends");
        line[..end].contains(&format!("stroke=\"{colour}\""))
    });
    let number = |text: &str| text.parse::<f64>().expect("a coordinate");
    lines
        .map(|line| {
            let points = line.split("points=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("points");
            let pairs = points.split_whitespace().filter_map(|pair| pair.split_once(','));
            pairs.map(|(x, y)| (number(x), number(y))).collect()
        })
        .collect()
}

#[test]
fn a_map_across_the_180th_meridian() {
    let away = |a: (f64, f64), b: (f64, f64)| (a.0 - b.0).hypot(a.1 - b.1);
    for (nodes, cables, line) in [
        (BERING, BERING_CABLES, "route Anadyr Fairbanks --network net -q -o map.svg -o map.png --size 900x700"),
        (NOWHERE, NOWHERE_CABLES, "route East Far --via Post --network net -q -o map.svg -o map.png --size 900x700"),
    ] {
        let bench = Bench::new().with_network(nodes, cables);
        bench.run(line).expect_code(0);
        let png = bench.read("map.png");
        assert!(png.starts_with(b"\x89PNG\r\n\x1a\n") && png.len() > 10_000, "{} bytes", png.len());
        let size = |at: usize| u32::from_be_bytes([png[at], png[at + 1], png[at + 2], png[at + 3]]);
        assert_eq!((size(16), size(20)), (900, 700));
        let svg = String::from_utf8(bench.read("map.svg")).expect("a drawing is text");
        // The route's colour. Its ends lie hundreds of kilometres apart in a nearly straight line, so a line that went
        // the other way round the world, or off the sheet and back, would be much longer than the way between them.
        let routes: Vec<_> = lines_of(&svg, "#D55E00").into_iter().filter(|line| line.len() > 2).collect();
        assert!(!routes.is_empty(), "the route is drawn");
        for route in routes {
            let drawn: f64 = route.windows(2).map(|pair| away(pair[0], pair[1])).sum();
            let straight = away(route[0], route[route.len() - 1]);
            assert!(straight > 1000.0 && drawn < 1.25 * straight, "{drawn} drawn, {straight} straight");
        }
    }
}

#[test]
fn maps_of_an_invented_network() {
    let bench = Bench::new().with_network(NOWHERE, NOWHERE_CABLES);
    let ran = bench.run("transit QM QN QO --network net --size 600x400").expect_code(0);
    assert!(ran.stdout.contains("Map: out/qm-qn-qo.png"), "{}", ran.stdout);
    assert!(bench.read("out/qm-qn-qo.png").len() > 5_000);
    for line in ["map --network net -o out/a.png", "map --network net --corridor QM,QN,QO -o out/b.svg"] {
        bench.run(&format!("{line} --size 600x400")).expect_code(0);
    }
    assert!(bench.read("out/a.png").len() > 5_000 && bench.read("out/b.svg").len() > 2_000);
}

#[test]
fn a_domestic_sea_leg_may_come_before_a_land_border() {
    let nodes = "id,name,kind,country,lon,lat,population,sources\n\
        isle,Isle,landing_station,QM,-150.0,-20.0,,s\nport,Port,landing_station,QM,-149.0,-20.0,,s\n\
        post,Post,border_crossing,QM,-148.0,-20.0,,s\ngate,Gate,border_crossing,QN,-147.9,-20.0,,s\ntown,Town,city,QN,-147.0,-20.0,,s\n";
    let segments = "id,from,to,medium,status,length_km,sources\n\
        leg,isle,port,submarine,in_service,120,s\nroad,port,post,buried,in_service,120,s\n\
        border,post,gate,buried,in_service,12,s\nlast,gate,town,buried,in_service,110,s\n";
    let bench = Bench::new()
        .with(
            "net/network.toml",
            "id = \"n\"\nname = \"n\"\nlicence = \"CC0\"\ndate = \"2026\"\npublisher = \"p\"\nschema = 1\n",
        )
        .with("net/nodes.csv", nodes)
        .with("net/segments.csv", segments)
        .with("net/sources.csv", "id,title\ns,S\n");
    let answer = bench.json("transit QM QN --network net --from isle --to town");
    assert_eq!(strings(&answer["routes"][0]["segments"]), ["leg", "road", "border", "last"]);
    assert_eq!(strings(&answer["routes"][0]["countries"]), ["QM", "QN"]);
}

#[test]
fn a_corridor_keeps_to_what_the_scenario_avoids() {
    let scenario = "[scenario]\nname = \"a\"\nextends = \"today\"\n[routing]\navoid = [\"Chaman\", \"IR\"]\n";
    let bench = Bench::new().with("a.toml", scenario);
    let answer = bench.json("transit TM AF PK -s a.toml");
    for route in answer["routes"].as_array().into_iter().chain(answer["bypass"].as_array()).flatten() {
        assert!(!strings(&route["nodes"]).contains(&"pk-chaman".to_owned()), "{route}");
        assert!(!strings(&route["countries"]).contains(&"IR".to_owned()), "{route}");
    }
    assert_eq!(strings(&answer["query"]["avoid"]), ["pk-chaman", "IR"]);
}
