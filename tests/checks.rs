//! Each rule of the checks has a fixture that breaks it and no other, and a clean network breaks none.

use std::path::{Path, PathBuf};

use fiberplan::World;
use fiberplan::checks::{
    Finding, RULES, Severity, check_folder, check_geojson, check_network, check_price_book, find_rule, network_stats,
};
use fiberplan::formats::{collect_network_folder, parse_price_book, read_network_folder, write_network_geojson};
use fiberplan::geodesy::{LonLat, length_km};
use fiberplan::network::{Confidence, Medium, NodeKind, Status};
use fiberplan::report::{Format, NetworkCheckReport, NetworkRulesReport, NetworkStatsReport, Report};
use serde_json::Value;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/checks").join(name)
}

fn json_of(report: &impl Report) -> Value {
    let text = report.render(Format::Json).expect("every answer comes as JSON");
    serde_json::from_str(&text).expect("an answer in JSON")
}

/// What is found in a folder; its own price book counts, if it has one.
fn findings_of(name: &str) -> Vec<Finding> {
    let folder = fixture(name);
    let Ok(text) = std::fs::read_to_string(folder.join("prices.toml")) else {
        return check_folder(&folder, World::shipped().atlas(), None);
    };
    match parse_price_book("prices.toml", &text) {
        Ok(prices) => check_folder(&folder, World::shipped().atlas(), Some(&prices)),
        Err(_) => {
            let mut findings = check_price_book("prices.toml", &text);
            findings.extend(check_folder(&folder, World::shipped().atlas(), None));
            findings
        }
    }
}

/// As `SUBJECT: text`, with the place relative to the folder.
fn shown(finding: &Finding, folder: &str) -> String {
    let prefix = format!("{}/", fixture(folder).display());
    let file = finding.file.as_deref().map(|file| file.replace(&prefix, "")).unwrap_or_default();
    let line = finding.line.map(|line| format!(":{line}")).unwrap_or_default();
    let text = finding.text.replace(&prefix, "");
    format!("{} {file}{line} [{}] {text}", finding.rule.id, finding.subject)
}

/// Fixture, and the one finding in it.
const CASES: &[(&str, &str)] = &[
    ("N101-file-cannot-be-read", "N101 sources.csv [] cannot be read: no such file or directory"),
    ("N102-unknown-column", "N102 segments.csv:1 [] unknown column \"lenght_km\""),
    ("N103-missing-value", "N103 nodes.csv:4 [] expected a value, found nothing"),
    ("N104-bad-value", "N104 segments.csv:3 [] expected a length above 0 and at most 100000 km, found \"-186\""),
    ("N105-duplicate-id", "N105 segments.csv:3 [] segment id \"helsinki-tallinn\" is used twice (first on line 2)"),
    ("N106-dangling-end", "N106 segments.csv:3 [] no node has the id \"tartoo\""),
    ("N107-unknown-source", "N107 nodes.csv:4 [] no source has the id \"atlass\""),
    ("N108-foreign-gateway", "N108 network.toml:10 [] gateway \"tartu\" of FI is not a node of that country"),
    ("N201-node-without-source", "N201 nodes.csv:4 [tartu] cites no source"),
    ("N202-segment-without-source", "N202 segments.csv:2 [helsinki-tallinn] cites no source"),
    ("N203-confidence-missing", "N203  [segments] 1 of 3 segments have no confidence"),
    ("N204-assumed-length", "N204  [segments] 95 km of 281 km in service are assumed (33.8 %)"),
    ("N205-much-is-assumed", "N205  [segments] 186 km of 281 km in service are assumed (66.2 %)"),
    ("N206-capacity-missing", "N206  [segments] 1 of 2 segments have no capacity"),
    ("N207-terrain-missing", "N207  [segments] 1 of 2 segments have no terrain"),
    ("N301-below-geodesic", "N301 segments.csv:2 [helsinki-tallinn] stated 59 km, geodesic 82.4 km; 94.8 km is used"),
    (
        "N302-stretch-out-of-band",
        "N302 segments.csv:2 [helsinki-tallinn] 295.0 km (published) is 3.58 times the geodesic, 82.4 km; submarine passes up to 2.6",
    ),
    ("N303-below-drawn-way", "N303 segments.csv:3 [tallinn-tartu] stated 186 km, the drawn way is 217.0 km"),
    (
        "N304-way-ends-elsewhere",
        "N304 segments.csv:3 [tallinn-tartu] the way begins 164.1 km from tallinn and ends 164.1 km from tartu",
    ),
    (
        "N401-land-line-at-sea",
        "N401 segments.csv:4 [tallinn-helsinki-2] 77.4 km of the geodesic (no way is drawn) are at sea",
    ),
    (
        "N402-sea-line-on-land",
        "N402 segments.csv:4 [tallinn-tartu-2] 164.1 km of the geodesic (no way is drawn) are on land, in EE",
    ),
    ("N403-node-outside", "N403 nodes.csv:4 [tartu] 41.9 km outside EE; by the map it is in LV"),
    ("N404-not-on-the-map", "N404  [QQ] the base map does not hold it; nodes: tartu"),
    ("N405-far-from-the-border", "N405 nodes.csv:4 [tartu] no country but EE within 40 km"),
    ("N406-far-from-the-coast", "N406 nodes.csv:4 [tartu] no sea within 10 km"),
    ("N501-not-joined", "N501 nodes.csv:6 [haapsalu] 2 nodes joined to nothing else: haapsalu, parnu"),
    ("N502-isolated-node", "N502 nodes.csv:5 [parnu] no segment begins or ends here"),
    ("N503-no-lit-gateway", "N503  [FI] no segment in service at helsinki"),
    ("N601-retired-before-ready", "N601 segments.csv:3 [tallinn-tartu] ready in 2010, without service from 2005"),
    ("N602-in-service-too-early", "N602 segments.csv:2 [helsinki-tallinn] in_service, ready in 2027, network of 2026"),
    (
        "N603-in-service-too-late",
        "N603 segments.csv:3 [tallinn-tartu] in_service, without service from 2025, network of 2026",
    ),
    ("N604-overdue", "N604 segments.csv:4 [tallinn-tartu-2] planned, ready in 2019, network of 2026"),
    ("N605-date-without-year", "N605  [date] found \"January 2026\""),
    (
        "N606-laid-with-but-not-built",
        "N606 segments.csv:3 [tallinn-tartu] in_service, not to be built, and laid with a road",
    ),
    ("N701-price-missing", "N701 prices.toml [] missing entry \"landing.station\""),
    ("N702-default-price", "N702  [transit.per_km] the default stands for 1 of 1 countries: EE"),
    ("N703-terrain-and-medium", "N703 segments.csv:3 [tallinn-tartu] buried on deep_sea; priced by build.buried.plain"),
];

#[test]
fn each_rule_is_triggered_by_its_fixture_alone() {
    let mut wrong = String::new();
    for (folder, expected) in CASES {
        let found: Vec<String> = findings_of(folder).iter().map(|finding| shown(finding, folder)).collect();
        if found != [(*expected).to_owned()] {
            wrong += &format!("{folder}\n  expected {expected:?}\n  found    {found:#?}\n");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_rule_has_a_case() {
    let with_case: Vec<&str> = CASES.iter().map(|(folder, _)| &folder[..4]).collect();
    let rules: Vec<&str> = RULES.iter().map(|rule| rule.id).collect();
    assert_eq!(with_case, rules);
    for (folder, expected) in CASES {
        assert_eq!(folder[..4], expected[..4]);
    }
    let mut folders: Vec<String> = std::fs::read_dir(fixture(""))
        .expect("the fixtures are there")
        .map(|entry| entry.expect("a folder").file_name().to_string_lossy().into_owned())
        .collect();
    folders.sort();
    let listed: Vec<&str> = CASES.iter().map(|(folder, _)| *folder).chain(["clean"]).collect();
    assert_eq!(folders, listed);
}

#[test]
fn a_clean_network_has_no_findings() {
    assert_eq!(findings_of("clean"), []);
    assert_eq!(
        NetworkCheckReport { findings: &[] }.document().plain(),
        format!("0 errors, 0 warnings, 0 remarks; {} rules\n", RULES.len())
    );
}

/// Changes a file of the clean network and judges what comes of it.
fn findings_after(file: &str, change: impl Fn(&str) -> String) -> Vec<Finding> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for name in ["network.toml", "nodes.csv", "segments.csv", "sources.csv"] {
        let text = std::fs::read_to_string(fixture("clean").join(name)).expect("the fixture is there");
        let text = if name == file { change(&text) } else { text };
        std::fs::write(folder.path().join(name), text).expect("the folder takes files");
    }
    check_folder(folder.path(), World::shipped().atlas(), None)
}

fn rules_of(findings: &[Finding]) -> Vec<&'static str> {
    findings.iter().map(|finding| finding.rule.id).collect()
}

/// Each threshold, a little within it and a little beyond.
#[test]
fn thresholds_are_where_they_are_said_to_be() {
    let check = |file: &str, from: &str, within: &str, beyond: &str, rule: &str| {
        let found = |to: &str| {
            findings_after(file, |text| {
                assert!(text.contains(from), "{from:?} is not in {file}");
                text.replacen(from, to, 1)
            })
        };
        assert_eq!(rules_of(&found(within)), Vec::<&str>::new(), "{within}");
        assert_eq!(rules_of(&found(beyond)), [rule], "{beyond}");
    };
    // The geodesic is 82.393 km, so that 0.5 km less is 81.893 and 2.6 times as much 214.22.
    check("segments.csv", ",95,published", ",82,published", ",81.8,published", "N301");
    check("segments.csv", ",95,published", ",214,published", ",215,published", "N302");
    // A way by a detour: 217 km, where the geodesic is 164 km.
    let way =
        [(24.745, 59.437), (25.56, 58.2), (26.729, 58.38)].map(|(lon, lat)| LonLat::new(lon, lat).expect("a place"));
    let detour = |share: f64| {
        let km = length_km(&way) * share;
        rules_of(&findings_after("segments.csv", |text| {
            text.replacen("25.56 58.89", "25.56 58.2", 1).replacen(",186,", &format!(",{km},"), 1)
        }))
    };
    assert_eq!(detour(0.981), Vec::<&str>::new());
    assert_eq!(detour(0.979), ["N303"]);
    // A hundredth of a degree of latitude is 1.11 km.
    check("segments.csv", "(24.745 59.437", "(24.745 59.445", "(24.745 59.447", "N304");
    // Beside 281 km that are published, 229.9 km make 45 %.
    let shares = |km: f64| {
        format!(
            "95,published,400,8,shallow_sea,,gulf-of-finland,published,atlas,\ntallinn-tartu-2,,Ring,\
         tallinn,tartu,buried,in_service,2010,,A,{km},published,800,48,plain,lease,,assumed,atlas,"
        )
    };
    let row = "95,published,400,8,shallow_sea,,gulf-of-finland,published,atlas,";
    let most = 281.0 * 0.45 / 0.55;
    let found = |km: f64| rules_of(&findings_after("segments.csv", |text| text.replacen(row, &shares(km), 1)));
    assert_eq!(found(most - 1.0), ["N204"]);
    assert_eq!(found(most + 1.0), ["N205"]);
}

/// South of Tartu the border with Latvia runs near 57.5 degrees; where it is 5 km away is asked of the map.
#[test]
fn five_kilometres_outside_are_too_many() {
    let place = |km: f64| {
        let outside = |lat: f64| World::shipped().atlas().km_outside("EE", LonLat::new(25.729, lat).expect("a place"));
        let (mut near, mut far) = (57.9, 57.0);
        while near - far > 1e-6 {
            let middle = (near + far) / 2.0;
            if outside(middle) < km { near = middle } else { far = middle }
        }
        near
    };
    let found = |km: f64| {
        let node = format!("tartu,Tartu,city,EE,25.729,{}", place(km));
        let findings = findings_after("nodes.csv", |text| text.replacen("tartu,Tartu,city,EE,26.729,58.38", &node, 1));
        rules_of(&findings).contains(&"N403")
    };
    assert_eq!((found(4.99), found(5.01)), (false, true));
}

#[test]
fn all_that_is_wrong_is_listed_not_only_the_first() {
    let findings = findings_after("segments.csv", |text| {
        let head = text.lines().next().unwrap_or_default();
        let mut lines = vec![format!("{head},colour")];
        lines.push("a,,S,helsinki,tallinn,submarine,in_service,,,,NaN,,,,,,,,atlas,,red".to_owned());
        lines.push("b,,S,helsinki,nowhere,submarine,in_service,,,,95,,,,,,,,atlas,,red".to_owned());
        lines.push("c,,S,helsinki,tallinn,subsea,in_service,,,,95,,,,,,,,atlas,,red".to_owned());
        lines.push("d,,S,helsinki,tallinn,submarine,in_service,,,,95,,,,,,,,nobody,,red".to_owned());
        lines.push("d,,S,helsinki,tallinn,submarine,in_service,,,,95,,,,,,,,atlas,,red".to_owned());
        lines.push("e,too,few".to_owned());
        lines.push("f,,S,tartu,tallinn,duct,in_service,,,,90,,,,,,,,,,red".to_owned());
        lines.join("\n")
    });
    let places: Vec<(&str, Option<usize>)> = findings.iter().map(|finding| (finding.rule.id, finding.line)).collect();
    assert_eq!(
        places,
        [
            ("N102", Some(1)),
            ("N104", Some(7)),
            ("N104", Some(2)),
            ("N104", Some(4)),
            ("N105", Some(6)),
            ("N106", Some(3)),
            ("N107", Some(5)),
            ("N202", Some(8)),
            ("N203", None),
            ("N205", None),
            ("N206", None),
            ("N207", None),
            ("N301", Some(8)),
        ]
    );
    assert_eq!(findings[3].hint.as_deref(), Some("did you mean \"submarine\"?"));
}

/// What refers to a node whose row is broken is not to blame for it.
#[test]
fn one_fault_makes_one_finding() {
    let check = |file: &str, from: &str, to: &str, expected: &[&str]| {
        assert_eq!(rules_of(&findings_after(file, |text| text.replacen(from, to, 1))), expected, "{file}: {to}");
    };
    check("nodes.csv", "24.94,60.17", "24.94,160.17", &["N104"]);
    check("nodes.csv", "id,name", "ident,name", &["N102", "N103"]);
    check("sources.csv", "id,title", "id,title,titel", &["N102", "N104"]);
}

#[test]
fn garbage_is_not_listed_without_end() {
    let findings = findings_after("segments.csv", |text| {
        let head = text.lines().next().unwrap_or_default().to_owned();
        format!("{head}\n") + &"a,b\n".repeat(100_000)
    });
    assert_eq!(findings.len(), 1001);
    assert_eq!(findings[0].text, "more than 1000 problems; the rest was not read");
}

#[test]
fn geojson_is_judged_as_the_folder_is() {
    let folder = fixture("N301-below-geodesic");
    let network = read_network_folder(&folder, World::shipped().atlas()).unwrap_or_else(|error| panic!("{error}"));
    let text = write_network_geojson(&network);
    let findings = check_geojson("x.geojson", &text, World::shipped().atlas(), None);
    assert_eq!(rules_of(&findings), ["N301"]);
    assert_eq!((findings[0].file.as_deref(), findings[0].field.as_deref()), (Some("x.geojson"), Some("features[3]")));
    let direct = check_network(&network, World::shipped().atlas(), None);
    assert_eq!(direct[0].text, findings[0].text);
    assert_eq!(direct[0].file, None);
    let broken = text.replace("\"tallinn-tartu\"", "\"helsinki-tallinn\"");
    assert_eq!(rules_of(&check_geojson("x.geojson", &broken, World::shipped().atlas(), None)), ["N105", "N301"]);
}

#[test]
fn what_could_be_read_is_kept() {
    let reading = collect_network_folder(&fixture("N105-duplicate-id"), World::shipped().atlas());
    assert_eq!((reading.parts.nodes.len(), reading.parts.segments.len(), reading.problems.len()), (3, 1, 1));
}

#[test]
fn rules_are_in_order_and_say_what_they_mean() {
    assert!(RULES.windows(2).all(|pair| pair[0].id < pair[1].id));
    for rule in RULES {
        assert_eq!(find_rule(rule.id), Some(rule));
        assert!(rule.meaning.ends_with('.') && !rule.title.ends_with('.'), "{}", rule.id);
    }
    assert_eq!(find_rule("N999"), None);
    let table = NetworkRulesReport.document().plain();
    for expected in [
        "error   N301  stated length below the geodesic (threshold 0.5 km)\n",
        "warning N205  much of the length in service is assumed (threshold 45 %)\n",
        "warning N405  border crossing far from any border (threshold 40 km)\n",
    ] {
        assert!(table.contains(expected), "{expected}{table}");
    }
}

#[test]
fn findings_are_shown_worst_first() {
    let findings = findings_after("segments.csv", |text| {
        text.replacen(",95,", ",59,", 1).replacen("800,48,plain", ",48,plain", 1).replacen("2010,2040", "2010,2025", 1)
    });
    let file = findings[1].file.clone().unwrap_or_default();
    let n = RULES.len();
    assert_eq!(
        NetworkCheckReport { findings: &findings }.document().plain(),
        format!(
            "error   N301  stated length below the geodesic (threshold 0.5 km)\n        \
             {file}:2 helsinki-tallinn: stated 59 km, geodesic 82.4 km; 94.8 km is used\n\
             warning N603  in service after its end\n        \
             {file}:3 tallinn-tartu: in_service, without service from 2025, network of 2026\n\
             info    N206  capacity missing\n        \
             segments: 1 of 2 segments have no capacity\n\
             1 error, 1 warning, 1 remark; {n} rules\n"
        )
    );
    let json = json_of(&NetworkCheckReport { findings: &findings });
    assert_eq!(
        (json["errors"].as_u64(), json["warnings"].as_u64(), json["infos"].as_u64()),
        (Some(1), Some(1), Some(1))
    );
    assert_eq!(json["findings"][1]["rule"], "N301");
    assert_eq!(json["findings"][1]["line"], 2);
    assert_eq!(json["findings"][1]["numbers"], serde_json::json!({"stated_km": 59.0, "geodesic_km": 82.393}));
    assert_eq!(json["rules"].as_array().map(Vec::len), Some(n));
    assert_eq!(findings[1].rule.severity, Severity::Error);
}

#[test]
fn figures_are_counted() {
    let folder = fixture("N203-confidence-missing");
    let network = read_network_folder(&folder, World::shipped().atlas()).unwrap_or_else(|error| panic!("{error}"));
    let stats = network_stats(&network);
    assert_eq!((stats.n_nodes, stats.segments.n_segments, stats.n_parts, stats.n_countries()), (3, 3, 1, 2));
    assert_eq!(stats.nodes_by_kind, [(NodeKind::City, 3)]);
    let metres = |tally: &fiberplan::checks::Tally| (tally.n_segments, tally.length.metres());
    let by_medium: Vec<_> = stats.by_medium.iter().map(|(medium, tally)| (*medium, metres(tally))).collect();
    assert_eq!(
        by_medium,
        [(Medium::Buried, (1, 186_000)), (Medium::Duct, (1, 190_000)), (Medium::Submarine, (1, 95_000))]
    );
    let by_status: Vec<_> = stats.by_status.iter().map(|(status, tally)| (*status, metres(tally))).collect();
    assert_eq!(by_status, [(Status::InService, (2, 281_000)), (Status::Planned, (1, 190_000))]);
    let by_confidence: Vec<_> = stats.by_confidence.iter().map(|(c, tally)| (*c, metres(tally))).collect();
    assert_eq!(by_confidence, [(None, (1, 190_000)), (Some(Confidence::Published), (2, 281_000))]);
    let by_country: Vec<_> = stats.by_country.iter().map(|(c, tally)| (c.to_string(), metres(tally))).collect();
    assert_eq!(by_country, [("EE".to_owned(), (2, 376_000)), ("XZ".to_owned(), (1, 95_000))]);
    let by_system: Vec<_> = stats.by_system.iter().map(|(s, tally)| (s.as_str(), metres(tally))).collect();
    assert_eq!(by_system, [("Gulf", (1, 95_000)), ("Ring", (2, 376_000))]);
    let parallel: Vec<_> = stats.parallel.iter().map(|(a, b, n)| (a.as_str(), b.as_str(), *n)).collect();
    assert_eq!(parallel, [("tallinn", "tartu", 2)]);
    assert_eq!(stats.assumed_share(), Some(0.0));
    let json = json_of(&NetworkStatsReport { stats: &stats, places: &[] });
    assert_eq!(json["by_country"]["EE"], serde_json::json!({"segments": 2, "km": 376.0}));
    assert_eq!(json["by_confidence"]["not_stated"]["km"], 190.0);
    assert_eq!(json["parallel"], serde_json::json!([{"nodes": ["tallinn", "tartu"], "segments": 2}]));
    assert_eq!(
        NetworkStatsReport { stats: &stats, places: &[] }.document().plain(),
        "\
Two countries and the sea between them (clean), 2026-01-01
3 nodes in 2 countries, 3 segments, 471 km, one part, 1 source
in service: 2 segments, 281 km; assumed of that: 0 km (0.0 %)

nodes by kind  nodes
  city             3

segments by medium  segments   km
  buried                   1  186
  duct                     1  190
  submarine                1   95

segments by status  segments   km
  in_service               2  281
  planned                  1  190

segments by confidence  segments   km
  (not stated)                 1  190
  published                    2  281

segments by source of their length  segments   km
  published                                2  281
  estimated                                1  190

segments by country (XZ: sea)  segments   km
  EE                                  2  376
  XZ                                  1   95

segments by system  segments   km
  Gulf                     1   95
  Ring                     2  376

parallel segments  segments
  tallinn - tartu         2
"
    );
}

/// Fiji lies on both sides of the 180th meridian; the map's shapes run on beyond it.
#[test]
fn places_are_judged_across_the_meridian() {
    let check = |from: &str, to: &str, expected: &[(&str, &str)]| {
        let source = fixture("../networks/meridian");
        let folder = tempfile::tempdir().expect("a temporary folder");
        for name in ["network.toml", "nodes.csv", "segments.csv", "sources.csv"] {
            let text = std::fs::read_to_string(source.join(name)).expect("the fixture is there");
            let text = if name == "nodes.csv" { text.replacen(from, to, 1) } else { text };
            std::fs::write(folder.path().join(name), text).expect("the folder takes files");
        }
        let findings = check_folder(folder.path(), World::shipped().atlas(), None);
        let found: Vec<(&str, &str)> = findings
            .iter()
            .filter(|finding| ["N403", "N404", "N405", "N406"].contains(&finding.rule.id))
            .map(|finding| (finding.rule.id, finding.subject.as_str()))
            .collect();
        assert_eq!(found, expected, "{to}");
    };
    check("", "", &[]);
    check("labasa,Labasa,city", "labasa,Labasa,landing_station", &[]);
    // Taveuni, on the meridian itself, and the inland of Viti Levu.
    check("labasa,Labasa,city,FJ,179.375,-16.43", "labasa,Labasa,landing_station,FJ,-179.99,-16.79", &[]);
    check("labasa,Labasa,city,FJ,179.375,-16.43", "labasa,Labasa,landing_station,FJ,178,-17.8", &[("N406", "labasa")]);
    check("labasa,Labasa,city", "labasa,Labasa,border_crossing", &[("N405", "labasa")]);
    check("labasa,Labasa,city,FJ,179.375", "labasa,Labasa,city,FJ,-172.375", &[("N403", "labasa")]);
}
