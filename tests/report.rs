//! Answers in every format, over a small invented network in mid-Pacific that crosses the 180th meridian: three
//! countries in a line, the last one reached by sea.
//!
//! ```text
//!   .------------- s9 (planned) ------------.
//!   |                               s3, s3b |
//!  Alpha --s1-- A Post --s2-- B Post ==== Bravo --s4-- Bravo Beach ~~s5~~ Cove --s6-- Charlie
//!   |                                                                                   |
//!   '~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ s8 ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~'
//! ```

use std::collections::BTreeSet;

use fiberplan::World;
use fiberplan::analysis::{Obstacle, Plan, Request, transit};
use fiberplan::formats::{FolderTexts, parse_price_book, read_network_texts};
use fiberplan::metrics::{Demand, Route, Term};
use fiberplan::network::{CountryCode, Network, NodeId};
use fiberplan::prices::{PriceBook, PriceFamily};
use fiberplan::report::{Asked, Context, ExplainReport, Format, Report, RouteReport, TransitReport};
use fiberplan::request::{CountryPattern, End, Objective, Policy};
use fiberplan::units::Gbps;
use serde_json::Value;

const META: &str = r#"
id = "pacific"
name = "Pacific line"
licence = "CC0"
date = "2026-01-01"
publisher = "nobody"
schema = 1
"#;

const NODES: &str = "\
id,name,kind,country,lon,lat,population,sources
a,Alpha,city,AA,170,40,900,src
ap,A Post,border_crossing,AA,172,40,,src
bp,B Post (gate),border_crossing,BB,172.1,40,,src
b,Bravo,city,BB,174,40,800,src
bb,Bravo Beach,landing_station,BB,178,40,,src
cc,Cove,landing_station,CC,-178,40,,src
c,Charlie,city,CC,-176,40,700,src
";

const SEGMENTS: &str = "\
id,system,from,to,medium,status,length_km,length_kind,confidence,sources,route
s1,Line,a,ap,buried,in_service,200,published,published,src,
s2,Line,ap,bp,buried,in_service,10,published,published,src,
s3,Line,bp,b,buried,in_service,200,published,assumed,src,
s3b,Second,bp,b,buried,in_service,250,published,published,src,
s4,Line,b,bb,buried,in_service,400,published,published,src,
s5,Sea,bb,cc,submarine,in_service,400,published,published,src,
s6,Line,c,cc,buried,in_service,200,published,published,src,
s8,Deep,a,c,submarine,in_service,1500,published,published,src,
s9,Plan,a,b,buried,planned,,,published,src,\"LINESTRING (170 40, 172 41, 174 40)\"
";

const SOURCES: &str = "id,title,publisher,date,url\nsrc,A sketch,nobody,,\n";

fn network() -> Network {
    let texts = FolderTexts {
        meta: ("network.toml", META),
        nodes: ("nodes.csv", NODES),
        segments: ("segments.csv", SEGMENTS),
        sources: ("sources.csv", SOURCES),
    };
    read_network_texts(&texts, World::shipped().atlas()).expect("the sketch is a network")
}

/// Round prices: a leased km costs 100 Gbps x 10 x 15 years = 15,000 USD, a foreign one 1,500 USD more.
fn prices() -> PriceBook {
    let mut text = "[book]\nid = \"round\"\ncurrency = \"USD\"\nyear = 2026\n".to_owned();
    for family in PriceFamily::ALL.iter().filter(|family| !family.is_optional()) {
        let (base, unit) = match family {
            PriceFamily::Build(_) => (20_000.0, "USD/km"),
            PriceFamily::BuildMultiplier => (1.0, "1"),
            PriceFamily::Hut | PriceFamily::Landing | PriceFamily::Equipment | PriceFamily::EquipmentDevice => {
                (10_000.0, "USD")
            }
            PriceFamily::Operation => (0.04, "1/yr"),
            PriceFamily::Lease(_) => (10.0, "USD/(Gbps km yr)"),
            PriceFamily::TransitPassage => (1000.0, "USD/(Gbps yr)"),
            PriceFamily::TransitPerKm => (1.0, "USD/(Gbps km yr)"),
            PriceFamily::Crossing => (100_000.0, "USD"),
            PriceFamily::Delay | PriceFamily::DelayDevice => (5.0, "us"),
            PriceFamily::Failure(_) => (2.0, "1/(1000 km yr)"),
            PriceFamily::Repair(_) => (12.0, "h"),
            _ => (0.0, "1"),
        };
        for key in family.fixed_keys() {
            let (low, high) = (base / 2.0, base * 2.0);
            let source = if *family == PriceFamily::Crossing { "assumed: a round sum" } else { "the sketch" };
            text += &format!(
                "[{key}]\nlow = {low}\nbase = {base}\nhigh = {high}\nunit = \"{unit}\"\nyear = 2026\nsource = \"{source}\"\n"
            );
        }
    }
    parse_price_book("prices.toml", &text).expect("the round prices are a price book")
}

fn code(text: &str) -> CountryCode {
    text.parse().expect("the tests use country codes")
}

struct Case {
    network: Network,
    book: PriceBook,
    policy: Policy,
    demand: Demand,
    names: Vec<(CountryCode, String)>,
}

impl Case {
    fn new() -> Self {
        let named = [("AA", "Aland"), ("BB", "Bland"), ("CC", "Cland")];
        Self {
            network: network(),
            book: prices(),
            policy: Policy::in_service(2026),
            demand: Demand { gbps: Gbps::new(100.0).expect("100 is a capacity"), term_years: 15 },
            names: named.iter().map(|(country, name)| (code(country), (*name).to_owned())).collect(),
        }
    }

    fn plan(&self) -> Plan<'_> {
        Plan::new(&self.network, &self.book, self.demand, &self.policy)
    }

    fn context(&self, asked: Asked) -> Context<'_> {
        Context::new(&self.plan(), "today", &self.names, asked)
    }

    fn along(&self, k: usize) -> (Request, Context<'_>) {
        let corridor = [code("AA"), code("BB"), code("CC")];
        let asked = Asked {
            from: "AA".into(),
            to: "c".into(),
            k: Some(k),
            corridor: CountryPattern::exactly(&corridor).ok(),
            ..Asked::default()
        };
        let ends = (End::Country(code("AA")), End::Node(NodeId::new("c")));
        let corridor = CountryPattern::exactly(&corridor).ok();
        let request = Request { corridor, k, ..Request::between(ends.0, ends.1, Objective::Cost) };
        (request, self.context(asked))
    }

    fn routes(&self, k: usize, format: Format) -> (Vec<Route>, String) {
        let (request, context) = self.along(k);
        let routes = self.plan().routes(&request);
        let text = routes_text(&context, &routes, None, format);
        (routes, text)
    }

    fn transit(&self, format: Format) -> String {
        let corridor = [code("AA"), code("BB"), code("CC")];
        let (from, to) = (NodeId::new("a"), NodeId::new("c"));
        let between = Request::between(End::Node(from), End::Node(to), Objective::Cost);
        let request = Request { corridor: CountryPattern::exactly(&corridor).ok(), ..between };
        let found = transit(&self.plan(), &request).expect("a corridor between two places");
        let context = self.context(Asked { from: "AA".into(), to: "CC".into(), k: Some(1), ..Asked::default() });
        let report = TransitReport {
            verdict: Some("the sea is cheaper."),
            map_note: Some("Map: out/pacific.png"),
            ..TransitReport::of(&context, &found)
        };
        report.render(format).expect("a corridor comes in every format")
    }
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).expect("an answer in JSON is JSON")
}

fn sum(list: &Value, name: &str) -> f64 {
    list.as_array().expect("a list").iter().map(|row| number(row, name)).sum()
}

fn number(row: &Value, name: &str) -> f64 {
    row[name].as_f64().unwrap_or_else(|| panic!("{name} is a number in {row}"))
}

fn texts(list: &Value) -> Vec<&str> {
    list.as_array().expect("a list").iter().map(|text| text.as_str().expect("a text")).collect()
}

/// Every line of R that has to add up, to the metre, the cent and the femtosecond.
fn check_route(route: &Value) {
    let (km, ms) = (number(route, "length_km"), number(route, "latency_ms"));
    let total = number(&route["cost"], "total_usd");
    for parts in ["per_country", "hops"] {
        assert!((sum(&route[parts], "length_km") - km).abs() < 1e-9, "{parts}: km");
        assert!((sum(&route[parts], "latency_ms") - ms).abs() < 1e-9, "{parts}: ms");
        assert!((sum(&route[parts], "cost_usd") - total).abs() < 1e-6, "{parts}: USD");
    }
    let terms = Term::ALL.iter().map(|term| number(&route["cost"], &format!("{term}_usd"))).sum::<f64>();
    assert!((terms - total).abs() < 1e-6, "terms");
    let devices = number(&route["latency_parts"], "devices_ms");
    assert!((ms - (km * 1.4682 / 299_792.458 * 1000.0 + devices)).abs() < 1e-6, "latency");
    assert!((number(route, "rtt_ms") - 2.0 * ms).abs() < 1e-12);
    let crossings = route["countries"].as_array().expect("a list").len() - 1;
    assert_eq!(route["border_crossings"], crossings);
    assert_eq!(route["passages"].as_array().expect("a list").len(), crossings);
    let pieces: f64 = route["hops"]
        .as_array()
        .expect("a list")
        .iter()
        .flat_map(|hop| hop["pieces"].as_array().expect("a list"))
        .map(|piece| piece[1].as_f64().expect("km"))
        .sum();
    assert!((pieces - km).abs() < 1e-9, "pieces");
    assert!(number(&route["cost"], "low_usd") <= total && total <= number(&route["cost"], "high_usd"));
    for share in ["km", "cost"] {
        assert!((0.0..=1.0).contains(&number(&route["assumed_share"], share)));
    }
}

fn routes_text(context: &Context<'_>, routes: &[Route], obstacle: Option<&Obstacle>, format: Format) -> String {
    RouteReport { obstacle, ..RouteReport::of(context, routes) }.render(format).expect("a route comes in every format")
}

fn explained(context: &Context<'_>, route: &Route, book: &PriceBook, format: Format) -> String {
    ExplainReport { context, route, book }.render(format).expect("an explanation comes in every format")
}

#[test]
fn json_of_a_route_adds_up() {
    let case = Case::new();
    let answer = parsed(&case.routes(2, Format::Json).1);
    let query = &answer["query"];
    assert_eq!((query["network"].as_str(), query["scenario"].as_str()), (Some("pacific"), Some("today")));
    assert_eq!((query["from"].as_str(), query["to"].as_str()), (Some("AA"), Some("c")));
    assert_eq!(texts(&query["corridor"]), ["AA", "BB", "CC"]);
    let routes = answer["routes"].as_array().expect("a list");
    assert_eq!(routes.len(), 2);
    routes.iter().for_each(check_route);
    let best = &routes[0];
    assert_eq!(texts(&best["segments"]), ["s1", "s2", "s3", "s4", "s5", "s6"]);
    assert_eq!(texts(&best["nodes"]), ["a", "ap", "bp", "b", "bb", "cc", "c"]);
    assert_eq!(texts(&best["countries"]), ["AA", "BB", "CC"]);
    assert_eq!(texts(&best["landings"]), ["bb", "cc"]);
    assert_eq!(texts(&routes[1]["segments"]), ["s1", "s2", "s3b", "s4", "s5", "s6"]);
    // 1,410 km leased at 15,000; 605 km in BB at 1,500 and one passage at 1,500,000; two borders; two ends, five devices.
    let by_hand = 1410.0 * 15_000.0 + 605.0 * 1500.0 + 1_500_000.0 + 200_000.0 + 10_000.0 + 50_000.0;
    assert_eq!(number(&best["cost"], "total_usd"), by_hand);
    assert_eq!(number(&best["assumed_share"], "km"), 200.0 / 1410.0);
    assert_eq!(best["passages"][0]["name"], "B Post");
    assert_eq!(best["passages"][1]["kind"], "sea");
}

const ROUTE_TABLE: &str = "\
Aland > Charlie      pacific, scenario today (2026), 100 Gbps for 15 years at 0 %, USD of 2026

Best: Alpha - A Post | B Post - Bravo - Bravo Beach | Cove - Charlie
      1,410 km, 14.0 ms RTT (1.20 x light in glass), 23.8 MUSD = 1.32 USD per Mbps and month, up 99.61 %
      range 11.9-47.6 MUSD
Gateways: Aland: Alpha, its only one

Who carries what, in MUSD over the term
           km  share   ms  lease  transit  crossing  equipment   MUSD
 AA       205   15 %  1.0   3.08        -      0.05       0.01   3.14
 BB       605   43 %  3.0   9.07     2.41      0.10       0.03  11.61
 CC       200   14 %  1.0   3.00        -      0.05       0.01   3.06
 sea      400   28 %  2.0   6.00        -         -          -   6.00
 total  1,410  100 %  7.0  21.15     2.41      0.20       0.06  23.82

Way
 #  segment  system  from         to            km    ms  MUSD
 1  s1       Line    Alpha        A Post       200  0.99  3.00
 2  s2       Line    A Post       B Post        10  0.05  1.77
 3  s3       Line    B Post       Bravo        200  0.99  3.31
 4  s4       Line    Bravo        Bravo Beach  400  1.98  6.61
 5  s5       Sea     Bravo Beach  Cove         400  1.98  6.01
 6  s6       Line    Cove         Charlie      200  1.00  3.12

Assumed: 14 % of the km, 15 % of the cost. the explained answer shows each figure's origin.
         - no source for the existence or state of: s3
         - prices without a source: crossing.land, crossing.sea
         - submarine cable counts as international waters from beach to beach
";

#[test]
fn the_table_of_a_route_is_this_text() {
    let case = Case::new();
    assert_eq!(case.routes(1, Format::Table).1, ROUTE_TABLE);
}

#[test]
fn a_ranking_shows_what_tells_the_routes_apart() {
    let case = Case::new();
    let (_, text) = case.routes(3, Format::Table);
    assert!(text.contains(" 2  AA BB CC   s3b   1,460    14.5  24.6  99.60"), "{text}");
    assert!(text.contains("3 were asked for; no more routes than these fit."), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 110), "{text}");
}

#[test]
fn no_route_comes_with_its_reason_and_the_ways_out() {
    let case = Case::new();
    let (mut request, mut context) = case.along(1);
    request.avoid.nodes.insert(NodeId::new("bp"));
    context.asked.avoid = vec!["bp".into()];
    let (routes, obstacle) = (case.plan().routes(&request), case.plan().why_not(&request));
    let answer = parsed(&routes_text(&context, &routes, Some(&obstacle), Format::Json));
    assert_eq!(answer["routes"], serde_json::json!([]));
    assert_eq!(answer["reason"], "no route from AA to Charlie along AA, BB, CC avoiding bp");
    let ways_out = answer["ways_out"].as_array().expect("a list");
    assert_eq!(ways_out[0]["change"], "without avoid bp");
    check_route(&ways_out[0]["route"]);
    assert_eq!(ways_out[1]["missing"], serde_json::json!([{"segment": "s9", "status": "planned"}]));
    let text = routes_text(&context, &routes, Some(&obstacle), Format::Table);
    assert!(text.contains("There is no route from AA to Charlie along AA, BB, CC avoiding bp."), "{text}");
    assert!(text.contains("Without avoid bp: 1,410 km, "), "{text}");
    let csv = routes_text(&context, &routes, Some(&obstacle), Format::Csv);
    assert_eq!(csv.lines().count(), 1);
}

const TRANSIT_TABLE: &str = "\
Aland > Bland > Cland      pacific, scenario today (2026), 100 Gbps for 15 years at 0 %, USD of 2026

Best: Alpha - A Post | B Post - Bravo - Bravo Beach | Cove - Charlie
      1,410 km, 14.0 ms RTT (1.20 x light in glass), 23.8 MUSD = 1.32 USD per Mbps and month, up 99.61 %

  #  AA|BB        BB|CC                       km  RTT ms  MUSD  USD/Mbps/mo   up %  against #1
  1  B Post       Bravo Beach-Cove by sea  1,410    14.0  23.8         1.32  99.61
 2*  Alpha-Bravo  Bravo Beach-Cove by sea  1,417    14.1  31.1         1.73  99.61     +0.1 ms  +7.3 MUSD

Not usable yet (*): 2 needs s9 (planned)

Who carries what, route 1, in MUSD over the term
           km  share   ms  lease  transit  crossing  equipment   MUSD
 AA       205   15 %  1.0   3.08        -      0.05       0.01   3.14
 BB       605   43 %  3.0   9.07     2.41      0.10       0.03  11.61
 CC       200   14 %  1.0   3.00        -      0.05       0.01   3.06
 sea      400   28 %  2.0   6.00        -         -          -   6.00
 total  1,410  100 %  7.0  21.15     2.41      0.20       0.06  23.82

Round Bland
 #  way        km  RTT ms  MUSD   up %  against #1
 1  by sea  1,500    14.9  22.6  99.59     +0.9 ms  -1.2 MUSD

So: the sea is cheaper.
Assumed: 14 % of the km, 15 % of the cost. the explained answer shows each figure's origin.   Map:
         out/pacific.png
         - no source for the existence or state of: s3
         - prices without a source: crossing.land, crossing.sea
         - submarine cable counts as international waters from beach to beach
";

#[test]
fn the_table_of_a_corridor_is_this_text() {
    assert_eq!(Case::new().transit(Format::Table), TRANSIT_TABLE);
}

#[test]
fn json_of_a_corridor_follows_the_contract() {
    let answer = parsed(&Case::new().transit(Format::Json));
    assert_eq!(texts(&answer["corridor"]), ["AA", "BB", "CC"]);
    let routes = answer["routes"].as_array().expect("a list");
    let bypass = answer["bypass"].as_array().expect("a list");
    routes.iter().chain(bypass).for_each(check_route);
    assert_eq!(texts(&routes[0]["crossings"]), ["B Post", "Bravo Beach-Cove by sea"]);
    assert_eq!((&routes[0]["usable"], &routes[1]["usable"]), (&true.into(), &false.into()));
    assert_eq!(routes[1]["missing"], serde_json::json!([{"segment": "s9", "status": "planned"}]));
    assert_eq!(texts(&bypass[0]["segments"]), ["s8"]);
    assert_eq!(bypass[0]["by"], serde_json::json!([]));
    assert_eq!(answer["verdict"], "the sea is cheaper.");
}

#[test]
fn csv_has_one_row_a_route() {
    let case = Case::new();
    let (routes, text) = case.routes(2, Format::Csv);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let head = reader.headers().expect("a head line").clone();
    let column = |name: &str| head.iter().position(|cell| cell == name).unwrap_or_else(|| panic!("{name} in {text}"));
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("rows of one width")).collect();
    assert_eq!(rows.len(), routes.len());
    assert_eq!(&rows[0][column("countries")], "AA;BB;CC");
    assert_eq!(&rows[0][column("segments")], "s1;s2;s3;s4;s5;s6");
    assert_eq!(&rows[1][column("length_km")], "1460");
    assert_eq!(rows[0][column("total_usd")].parse(), Ok(routes[0].bill.total().dollars()));
    let transit = case.transit(Format::Csv);
    let kinds: Vec<&str> = transit.lines().skip(1).filter_map(|line| line.split(',').find(|c| !c.is_empty())).collect();
    assert_eq!(kinds, ["1", "2", "1"]);
    assert!(transit.contains(",corridor,s9,") && transit.contains(",bypass,,"), "{transit}");
}

#[test]
fn geojson_is_cut_at_the_180th_meridian() {
    let case = Case::new();
    let (_, text) = case.routes(1, Format::GeoJson);
    let collection: geojson::GeoJson = text.parse().expect("an answer in GeoJSON is GeoJSON");
    assert!(matches!(collection, geojson::GeoJson::FeatureCollection(_)));
    let answer = parsed(&text);
    let features = answer["features"].as_array().expect("a list");
    let line = &features[0];
    assert_eq!(line["geometry"]["type"], "MultiLineString");
    assert_eq!(
        line["geometry"]["coordinates"],
        serde_json::json!([
            [[170.0, 40.0], [172.0, 40.0], [172.1, 40.0], [174.0, 40.0], [178.0, 40.0], [180.0, 40.0]],
            [[-180.0, 40.0], [-178.0, 40.0], [-176.0, 40.0]],
        ])
    );
    check_route(&line["properties"]);
    let kinds: Vec<&str> = features.iter().filter_map(|feature| feature["properties"]["feature"].as_str()).collect();
    assert_eq!(kinds.iter().filter(|kind| **kind == "node").count(), 7);
    assert_eq!(kinds.iter().filter(|kind| **kind == "crossing").count(), 2);
}

#[test]
fn markdown_has_rectangular_tables() {
    let text = Case::new().transit(Format::Markdown);
    assert!(text.starts_with("# Aland > Bland > Cland\n"), "{text}");
    assert!(text.contains("| # | AA\\|BB | BB\\|CC |"), "{text}");
    for table in text.split("\n\n").filter(|part| part.starts_with('|')) {
        let widths: BTreeSet<usize> = table.lines().map(|line| line.replace("\\|", "").matches('|').count()).collect();
        assert_eq!(widths.len(), 1, "{table}");
    }
}

#[test]
fn explanations_add_up_and_cite() {
    let case = Case::new();
    let (request, context) = case.along(1);
    let route = case.plan().routes(&request).remove(0);
    let answer = parsed(&explained(&context, &route, &case.book, Format::Json));
    let hops = answer["hops"].as_array().expect("a list");
    assert_eq!(hops.len(), route.hops.len());
    for (told, hop) in hops.iter().zip(&route.hops) {
        let figures = told["figures"].as_array().expect("a list");
        let of = |unit: &str, total: &str| -> f64 {
            let mine = figures.iter().filter(|figure| figure["unit"] == unit && figure["figure"] != total);
            mine.map(|figure| number(figure, "value")).sum()
        };
        assert!((of("ms", "latency") - hop.latency.ms()).abs() < 1e-9, "{told}");
        assert!((of("USD", "cost") - hop.cost().dollars()).abs() < 1e-6, "{told}");
    }
    let ups = hops.iter().flat_map(|hop| hop["figures"].as_array().expect("a list"));
    let ups = ups.filter(|figure| figure["figure"].as_str().is_some_and(|name| name.starts_with("availability")));
    let product: f64 = ups.map(|figure| number(figure, "value")).product();
    assert!((product - route.availability).abs() < 1e-9);
    let entries: Vec<&str> =
        answer["prices"].as_array().expect("a list").iter().filter_map(|price| price["entry"].as_str()).collect();
    for entry in ["crossing.land", "delay.device.border_crossing", "finance.discount_rate", "repair.submarine.default"]
    {
        assert!(entries.contains(&entry), "{entry} in {entries:?}");
    }
    let text = explained(&context, &route, &case.book, Format::Table);
    assert!(text.contains("  length: 200.000 km = published. Source: A sketch\n"), "{text}");
    assert!(text.contains("100 Gbps x 200 km x 10 USD/(Gbps km yr) [lease.buried.default] x 15 yr"), "{text}");
}

#[test]
fn formats_are_known_by_name_and_extension() {
    for format in Format::ALL {
        assert_eq!(format.as_str().parse(), Ok(format));
    }
    for (path, format) in
        [("a.JSON", Format::Json), ("b.csv", Format::Csv), ("c.geojson", Format::GeoJson), ("d.md", Format::Markdown)]
    {
        assert_eq!(Format::from_path(path.as_ref()), Some(format), "{path}");
    }
    let error = "xml".parse::<Format>().expect_err("no such format");
    assert_eq!(error.to_string(), "expected one of table, json, csv, geojson, markdown, found \"xml\"");
}
