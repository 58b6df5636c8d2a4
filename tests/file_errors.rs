//! Every way to get a file wrong, through the program: exit code 2 and the exact text, with file, line and field.

use crate::support::cli::{META, NODES, SEGMENTS};
use crate::support::wrong::{CABLES, PLACES, bench, check};

const MEDIA: &str = "buried, duct, aerial, opgw, submarine";
const STATUSES: &str = "in_service, under_construction, planned, proposed, out_of_service, retired";
const KINDS: &str = "city, border_crossing, landing_station, exchange, junction";

/// A scenario file that is wrong, after `[scenario]` and a name, which take two lines.
fn check_scenario(body: &str, error: &str, hint: &str) {
    let bench = bench().with("s.toml", format!("[scenario]\nname = \"t\"\n{body}\n"));
    check(&bench.run("route a c --network net -s s.toml"), error, hint);
}

/// A change that is wrong, after four lines of head.
fn check_change(body: &str, error: &str, hint: &str) {
    check_scenario(&format!("[[change]]\nwhy = \"a test\"\n{body}"), error, hint);
}

/// `nodes.csv` whose second line is wrong.
fn check_node(row: &str, error: &str, hint: &str) {
    let bench = bench().with("net/nodes.csv", format!("{NODES}{row}\n"));
    check(&bench.run("route a c --network net"), error, hint);
}

/// `segments.csv` whose second line is wrong.
fn check_segment(row: &str, error: &str, hint: &str) {
    let bench = bench().with("net/segments.csv", format!("{SEGMENTS}{row}\n"));
    check(&bench.run("route a c --network net"), error, hint);
}

#[test]
fn scenario_files() {
    for (body, error, hint) in [
        ("nmae = 3", "s.toml:3: unknown key \"nmae\"", "did you mean \"name\"?"),
        ("[routign]\nvia = 1", "s.toml:3: unknown table \"routign\"", "did you mean \"routing\"?"),
        ("year = \"2026\"", "s.toml:3: `year`: expected a whole number from 1800 to 2300, found \"2026\"", ""),
        (
            "[routing]\nmax_crossings = \"three\"",
            "s.toml:4: `max_crossings`: expected a whole number from 0 to 1000, found \"three\"",
            "",
        ),
        ("[routing]\nmax_cost_usd = nan", "s.toml:4: `max_cost_usd`: expected a number, found NaN", ""),
        ("[routing]\nmax_latency_ms = -1", "s.toml:4: `max_latency_ms`: expected a number above 0, found -1", ""),
        (
            "[routing]\nobjective = \"cheap\"",
            "s.toml:4: `objective`: expected one of cost, latency, length, risk, availability, found \"cheap\"",
            "it may be one of: cost, latency, length, risk, availability",
        ),
        (
            "[routing]\nobjective = \"cost=0,latency=0\"",
            "s.toml:4: `objective`: the weights sum to 0",
            "as in \"cost=0.7,latency=0.3\"",
        ),
        (
            "[routing]\nmin_availability = \"0.999\"",
            "s.toml:4: `min_availability`: expected a percentage as in \"99.9%\", from 0% to 100%, found \"0.999\"",
            "",
        ),
        (
            "[routing]\nmax_share = { AF = \"140%\" }",
            "s.toml:4: `AF`: expected a percentage as in \"99.9%\", from 0% to 100%, found \"140%\"",
            "",
        ),
        (
            "[routing]\nmax_share = { AFG = \"40%\" }",
            "s.toml:4: `AFG`: expected a two-letter ISO 3166-1 country code, found \"AFG\"",
            "or \"*\" for each country that is neither end's",
        ),
        ("[routing]\nowners = \"Nobody\"", "s.toml:4: `owners`: no segment is owned by \"Nobody\"", ""),
        ("[routing]\nmin_gbps = 0", "s.toml:4: `min_gbps`: expected a capacity above 0 Gbps, found 0", "as in 100"),
        (
            "[routing]\nmax_countries = -1",
            "s.toml:4: `max_countries`: expected a whole number from 0 to 1000, found -1",
            "",
        ),
        ("[routing]\nin_odrer = true", "s.toml:4: unknown key \"in_odrer\"", "did you mean \"in_order\"?"),
        (
            "[routing]\nvia = [\"b\", \"Chralie\"]",
            "s.toml:4: `via`: no place is called \"Chralie\"",
            "did you mean Charlie?",
        ),
        ("[routing]\navoid = [\"Norht\"]", "s.toml:4: `avoid`: no place is called \"Norht\"", "did you mean North?"),
        ("[routing]\nvia = \"Twin\"", "s.toml:4: `via`: \"Twin\" may mean x1, x2", ""),
        ("[demand]\ngbps = -1", "s.toml:4: `gbps`: expected a capacity above 0 Gbps, found -1", "as in 100"),
        (
            "[demand]\nterm_years = 0",
            "s.toml:4: `term_years`: expected a whole number from 1 to 100, found 0",
            "as in 15",
        ),
        (
            "[prices]\n\"lease.buired.AF\" = 3",
            "s.toml:4: `lease.buired.AF`: \"lease.buired.AF\" is not the name of a price",
            "did you mean \"lease.buried.AF\"?",
        ),
        (
            "[prices]\n\"lease.buried.AF\" = -3",
            "s.toml:4: `lease.buried.AF`: expected 0 <= low <= base <= high <= 1e12, found low = -3, base = -3, high = -3",
            "as in 2.5, or { low = 1, base = 2.5, high = 4 }; 0 is free of charge",
        ),
        (
            "extends = \"todya\"",
            "s.toml:3: `extends`: \"todya\" is neither a file nor a shipped scenario",
            "did you mean \"today\"?",
        ),
        ("extends = \"s.toml\"", "s.toml:3: `extends`: the scenarios extend each other in a circle", ""),
    ] {
        check_scenario(body, error, hint);
    }
    check_scenario(
        "[routing]\nstatuses = [\"in_servic\"]",
        &format!("s.toml:4: `statuses`: expected one of {STATUSES}, found \"in_servic\""),
        "did you mean \"in_service\"?",
    );
    check_scenario("year = 2026\nname = \"u\"", "s.toml:4: not TOML: duplicate key", "");
}

#[test]
fn changes_of_a_scenario() {
    let add = "op = \"add_segment\"\nid = \"n\"\nfrom = \"a\"\nto = \"b\"\nmedium = \"buried\"\nstatus = \"planned\"";
    let place = "op = \"add_node\"\nid = \"e\"\nname = \"E\"\nkind = \"city\"\ncountry = \"QM\"\nlat = 0";
    let length = "s.toml:11: `length_km`: expected a length above 0 and at most 100000 km, found";
    let no_length = "leave the cell empty where the length is not known";
    let set = |fields: &str| format!("op = \"set\"\nsegment = \"ab\"\nfields = {{ {fields} }}");
    for (body, error, hint) in [
        (
            "op = \"remove\"\nsegment = \"abb\"".to_owned(),
            "s.toml:6: `segment`: nothing in the network matches \"abb\"".to_owned(),
            "did you mean \"ab\"?",
        ),
        (
            "op = \"close\"\nborder = \"QM-QO\"".to_owned(),
            "s.toml:6: `border`: nothing in the network matches \"QM-QO\"".to_owned(),
            "did you mean \"QM-QN\"?",
        ),
        (
            "op = \"close\"\nborder = \"QMQO\"".to_owned(),
            "s.toml:6: `border`: expected two country codes joined by a hyphen, as in AF-PK, found \"QMQO\"".to_owned(),
            "",
        ),
        (
            "op = \"close\"\nsystem = [\"North\", \"Norht\"]".to_owned(),
            "s.toml:6: `system`: nothing in the network matches \"Norht\"".to_owned(),
            "did you mean \"North\"?",
        ),
        (
            "op = \"close\"\nsrlg = \"trnch\"".to_owned(),
            "s.toml:6: `srlg`: nothing in the network matches \"trnch\"".to_owned(),
            "did you mean \"trench\"?",
        ),
        (
            "op = \"close\"\nsystem = []".to_owned(),
            "s.toml:6: `system`: expected at least one item, found an empty list".to_owned(),
            "",
        ),
        (
            "op = \"close\"\nsegmnt = \"ab\"".to_owned(),
            "s.toml:6: unknown key \"segmnt\"".to_owned(),
            "did you mean \"segment\"?",
        ),
        (
            "op = \"close\"\nsegment = \"ab\"\nsystem = \"North\"".to_owned(),
            "s.toml:3: more than one selector of segment, node, system, srlg, country, border".to_owned(),
            "",
        ),
        (
            "op = \"delete\"\nsegment = \"ab\"".to_owned(),
            "s.toml:5: `op`: expected one of add_node, add_segment, set, remove, close, found \"delete\"".to_owned(),
            "it may be one of: add_node, add_segment, set, remove, close",
        ),
        ("segment = \"ab\"".to_owned(), "s.toml:3: missing key \"change.op\"".to_owned(), ""),
        (
            add.replace("\"n\"", "\"ab\""),
            "s.toml:6: `id`: the network has a row \"ab\" already".to_owned(),
            "use op = \"set\" to change it",
        ),
        (add.replace("\"b\"", "\"bb\""), "s.toml:8: `to`: no node has the id \"bb\"".to_owned(), "did you mean \"b\"?"),
        (add.replace("\"b\"", "\"a\""), "s.toml:8: `to`: `from` and `to` are both \"a\"".to_owned(), ""),
        (
            add.replace("buried", "burried"),
            format!("s.toml:9: `medium`: expected one of {MEDIA}, found \"burried\""),
            "did you mean \"buried\"?",
        ),
        (format!("{add}\nlength_km = nan"), format!("{length} \"NaN\""), no_length),
        (format!("{add}\nlength_km = -3"), format!("{length} \"-3\""), no_length),
        (format!("{add}\nlength = 3"), "s.toml:11: unknown key \"length\"".to_owned(), "did you mean \"length_km\"?"),
        (
            format!("{place}\nlon = nan"),
            "s.toml:11: `lon`: expected a longitude from -180 to 180 degrees, found NaN".to_owned(),
            "",
        ),
        (
            format!("{place}\nlon = 190"),
            "s.toml:11: `lon`: expected a longitude from -180 to 180 degrees, found 190".to_owned(),
            "",
        ),
        (
            format!("{place}\nlon = 0").replace("\"e\"", "\"a\""),
            "s.toml:6: `id`: the network has a row \"a\" already".to_owned(),
            "use op = \"set\" to change it",
        ),
        (
            format!("{place}\nlon = 0").replace("\"city\"", "\"town\""),
            format!("s.toml:8: `kind`: expected one of {KINDS}, found \"town\""),
            "",
        ),
        (
            set("status = \"in_servce\""),
            format!("s.toml:7: `status`: expected one of {STATUSES}, found \"in_servce\""),
            "did you mean \"in_service\"?",
        ),
        (set("statsu = \"planned\""), "s.toml:7: unknown key \"statsu\"".to_owned(), "did you mean \"status\"?"),
        (set("id = \"zz\""), "s.toml:7: `id`: an id cannot be changed".to_owned(), ""),
        (
            "op = \"remove\"\ncountry = [\"QM\", \"QN\", \"QO\"]".to_owned(),
            "s.toml: after its changes: the network has no nodes".to_owned(),
            "",
        ),
    ] {
        check_change(&body, &error, hint);
    }
    // Each wrong value is told with the line that it stands on, not with that of the change.
    check_change(
        "op = \"set\"\nsegment = \"ab\"\n[change.fields]\nready_year = 2030\nretire_year = 20\n",
        "s.toml:9: `retire_year`: expected a year from 1800 to 2300, found \"20\"",
        "",
    );
}

#[test]
fn a_demand_between_places_that_are_not_there() {
    let text = "[scenario]\nname = \"t\"\nnetwork = \"net\"\n[demand]\nfrom = \"Alfaa\"\nto = \"c\"\n";
    let bench = bench().with("s.toml", text);
    for line in ["scenario check s.toml", "compare s.toml", "route a c -s s.toml"] {
        check(&bench.run(line), "s.toml:5: `from`: no place is called \"Alfaa\"", "did you mean Alfa?");
    }
    // A demand that an ancestor has for another network is none of this one's business.
    bench.write("own.toml", "[scenario]\nname = \"own\"\nextends = \"today\"\nnetwork = \"net\"\n");
    bench.run("route a c -s own.toml -q").expect_code(0);
}

#[test]
fn files_that_are_no_text() {
    let bench = bench()
        .with("bad.toml", "[scenario\n")
        .with("empty.toml", " \n\n")
        .with("latin.toml", b"[scenario]\nname = \"\xe9\"\n")
        .with("folder.toml/x", "");
    for (file, error, hint) in [
        ("bad.toml", "bad.toml:1: not TOML: unclosed table, expected `]`", ""),
        ("empty.toml", "empty.toml is empty", ""),
        (
            "latin.toml",
            "latin.toml is not UTF-8 text (first bad byte at offset 19)",
            "is it the right file? it has to be text, saved as UTF-8",
        ),
        ("folder.toml", "folder.toml is a folder, expected a file", ""),
        ("none.toml", "none.toml cannot be read: no such file or directory", ""),
        ("empty.toml/x.toml", "empty.toml/x.toml cannot be read: not a directory", ""),
        ("tody", "tody: neither a file nor a shipped scenario", "did you mean \"today\"?"),
    ] {
        check(&bench.run(&format!("scenario check {file}")), error, hint);
        check(&bench.run(&format!("route a c --network net -s {file}")), error, hint);
        if file.ends_with(".toml") {
            check(&bench.run(&format!("route a c --network net --prices {file}")), error, hint);
        }
    }
    check(&bench.run("route a c --network none"), "none cannot be read: no such file or directory", "");
}

#[test]
fn a_hundred_megabytes_of_garbage() {
    let bench = bench();
    let bytes: Vec<u8> = (0..100_000_000_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8 | 1).collect();
    bench.write("garbage.toml", &bytes);
    let ran = bench.run("scenario check garbage.toml");
    let at = String::from_utf8(bytes).expect_err("garbage is not text").utf8_error().valid_up_to();
    let error = format!("garbage.toml is not UTF-8 text (first bad byte at offset {at})");
    check(&ran, &error, "is it the right file? it has to be text, saved as UTF-8");
    bench.write("net/nodes.csv", "abc,def\n".repeat(12_500_000));
    check(
        &bench.run("route a c --network net"),
        "net/nodes.csv:1: unknown column \"abc\"",
        "it may be one of: id, name, kind, country, lon, lat, population, sources",
    );
}

#[test]
fn network_folders() {
    let cell = "a cell that holds a comma must stand in double quotes";
    let all = "a network folder holds network.toml, nodes.csv, segments.csv and sources.csv";
    for (file, text, error, hint) in [
        (
            "network.toml",
            "id = \n".to_owned(),
            "net/network.toml:1: not TOML: string values must be quoted, expected literal string",
            "",
        ),
        (
            "network.toml",
            format!("{META}licens = 3\n"),
            "net/network.toml:7: unknown key \"licens\"",
            "did you mean \"licence\"?",
        ),
        ("network.toml", META.replace("date = \"2026-01-01\"\n", ""), "net/network.toml:1: missing key \"date\"", ""),
        (
            "network.toml",
            META.replace("schema = 1", "schema = 2"),
            "net/network.toml:6: `schema`: expected 1, found 2",
            "this version of fiberplan reads network folders of schema 1",
        ),
        (
            "network.toml",
            format!("{META}[gateways]\nQM = [\"aa\"]\n"),
            "net/network.toml:8: `gateways.QM`: gateway \"aa\" of QM is not a node of that country",
            "did you mean \"a\"?",
        ),
        (
            "nodes.csv",
            "id,nmae,kind,country,lon,lat\n".to_owned(),
            "net/nodes.csv:1: unknown column \"nmae\"",
            "did you mean \"name\"?",
        ),
        (
            "nodes.csv",
            "id,name,kind,country,lon\n".to_owned(),
            "net/nodes.csv:1: missing column \"lat\"",
            "the columns are id,name,kind,country,lon,lat,population,sources",
        ),
        ("nodes.csv", NODES.to_owned(), "net/nodes.csv: has no nodes", ""),
        ("nodes.csv", String::new(), "net/nodes.csv is empty", ""),
        (
            "nodes.csv",
            format!("{NODES}a,\"Alfa,city,QM,0,0,,s\n"),
            "net/nodes.csv:2: expected 8 cells, as in the head line, found 2",
            cell,
        ),
        (
            "segments.csv",
            format!("{SEGMENTS}ab,,a,b\n"),
            "net/segments.csv:2: expected 17 cells, as in the head line, found 4",
            cell,
        ),
        (
            "sources.csv",
            "id,title\ns,One\ns,Two\n".to_owned(),
            "net/sources.csv:3: `id`: source id \"s\" is used twice (first on line 2)",
            "",
        ),
    ] {
        let bench = bench().with(&format!("net/{file}"), text);
        check(&bench.run("route a c --network net"), error, hint);
    }
    let bench = bench();
    std::fs::remove_file(bench.path("net/segments.csv")).expect("the file was there");
    check(&bench.run("route a c --network net"), "net/segments.csv cannot be read: no such file or directory", all);
    std::fs::create_dir(bench.path("net/segments.csv")).expect("a folder can be made");
    check(&bench.run("route a c --network net"), "net/segments.csv is a folder, expected a file", "");
}

#[test]
fn rows_of_nodes() {
    let twice = format!("{PLACES}a,Again,city,QM,0,0,,s");
    for (row, error, hint) in [
        (
            twice.as_str(),
            "net/nodes.csv:8: `id`: node id \"a\" is used twice (first on line 2)",
            "give each node an id of its own",
        ),
        ("a,Alfa,city,QM,NaN,0,,s", "net/nodes.csv:2: `lon`: expected a number, found \"NaN\"", ""),
        ("a,Alfa,city,QM,0,91,,s", "net/nodes.csv:2: `lat`: expected a latitude from -90 to 90 degrees, found 91", ""),
        (
            "a,Alfa,city,Q,0,0,,s",
            "net/nodes.csv:2: `country`: expected a two-letter ISO 3166-1 country code, found \"Q\"",
            "",
        ),
        (
            "a,Alfa,city,QM,0,0,-5,s",
            "net/nodes.csv:2: `population`: expected a whole number, 0 or more, found \"-5\"",
            "",
        ),
        ("a,Alfa,city,QM,0,0,,t", "net/nodes.csv:2: `sources`: no source has the id \"t\"", "it may be one of: s"),
        ("a,,city,QM,0,0,,s", "net/nodes.csv:2: `name`: expected a value, found nothing", ""),
    ] {
        check_node(row, error, hint);
    }
    check_node(
        "a,Alfa,citi,QM,0,0,,s",
        &format!("net/nodes.csv:2: `kind`: expected one of {KINDS}, found \"citi\""),
        "did you mean \"city\"?",
    );
}

#[test]
fn rows_of_segments() {
    let no_length = "leave the cell empty where the length is not known";
    for length in ["nan", "-5", "0", "1e9", "inf", "x"] {
        let error = format!(
            "net/segments.csv:2: `length_km`: expected a length above 0 and at most 100000 km, found {length:?}"
        );
        check_segment(&format!("ab,,a,b,buried,in_service,,,{length},,,,,,,s,"), &error, no_length);
    }
    let twice = format!("{CABLES}ab,,a,c,buried,in_service,,,,,,,,,,s,");
    let written = "write it as LINESTRING (66.45 30.92, 67.00 30.18), longitude first";
    for (row, error, hint) in [
        (
            twice.as_str(),
            "net/segments.csv:5: `id`: segment id \"ab\" is used twice (first on line 2)",
            "parallel cables are welcome, each under an id of its own",
        ),
        (
            "ab,,a,bb,buried,in_service,,,,,,,,,,s,",
            "net/segments.csv:2: `to`: no node has the id \"bb\"",
            "did you mean \"b\"?",
        ),
        ("ab,,a,a,buried,in_service,,,,,,,,,,s,", "net/segments.csv:2: `to`: `from` and `to` are both \"a\"", ""),
        (
            "ab,,a,b,buried,in_service,20266,,,,,,,,,s,",
            "net/segments.csv:2: `ready_year`: expected a year from 1800 to 2300, found \"20266\"",
            "",
        ),
        (
            "ab,,a,b,buried,in_service,,,,,-1,,,,,s,",
            "net/segments.csv:2: `capacity_gbps`: expected a capacity above 0 and at most 1e9 Gbps, found \"-1\"",
            "",
        ),
        (
            "ab,,a,b,buried,in_service,,,,,,,,,,s,POINT (0 0)",
            "net/segments.csv:2: `route`: expected a WKT LineString, found \"POINT (0 0)\"",
            written,
        ),
        (
            "ab,,a,b,buried,in_service,,,,,,,,,,s,\"LINESTRING (0 0, 500 1)\"",
            "net/segments.csv:2: `route`: expected a WKT LineString, expected a longitude from -180 to 180 degrees, found 500",
            written,
        ),
    ] {
        check_segment(row, error, hint);
    }
    let error = format!("net/segments.csv:2: `medium`: expected one of {MEDIA}, found \"burid\"");
    check_segment("ab,,a,b,burid,in_service,,,,,,,,,,s,", &error, "did you mean \"buried\"?");
    let error = format!("net/segments.csv:2: `status`: expected one of {STATUSES}, found \"inservice\"");
    check_segment("ab,,a,b,buried,inservice,,,,,,,,,,s,", &error, "did you mean \"in_service\"?");
}

#[test]
fn price_books() {
    let shipped = include_str!("../data/prices.toml");
    let line = |start: &str| shipped.lines().position(|line| line.starts_with(start)).expect("a line") + 1;
    let at = line("[landing]") + 1;
    let landing = shipped.lines().nth(at - 1).expect("the line after its head");
    let with = |entry: &str| shipped.replace(landing, entry);
    let entry = |low: &str, more: &str| {
        format!("station = {{ low = {low}, base = 2, high = 3, unit = \"USD\", year = 2026, source = \"x\"{more} }}")
    };
    for (text, error, hint) in [
        ("x = 3\n".to_owned(), "p.toml:1: missing key \"book\"".to_owned(), ""),
        (
            with(&entry("5", "")),
            format!(
                "p.toml:{at}: `landing.station`: expected 0 <= low <= base <= high <= 1e12, found low = 5, base = 2, high = 3"
            ),
            "as in 2.5, or { low = 1, base = 2.5, high = 4 }; 0 is free of charge",
        ),
        (with(&entry("nan", "")), format!("p.toml:{at}: `low`: expected a number, found NaN"), ""),
        (
            with(&entry("-1", "")),
            format!(
                "p.toml:{at}: `landing.station`: expected 0 <= low <= base <= high <= 1e12, found low = -1, base = 2, high = 3"
            ),
            "as in 2.5, or { low = 1, base = 2.5, high = 4 }; 0 is free of charge",
        ),
        (with(&entry("1", ", bsae = 2")), format!("p.toml:{at}: unknown key \"bsae\""), "did you mean \"base\"?"),
        (
            with(&entry("1", "").replace("station", "staton")),
            format!("p.toml:{at}: unknown entry \"landing.staton\""),
            "did you mean \"station\"?",
        ),
    ] {
        let bench = bench().with("p.toml", text);
        check(&bench.run("route a c --network net --prices p.toml"), &error, hint);
    }
}
