//! Files of queries, through the program: the same bytes on any number of threads, the answers that `route` gives, and a
//! wrong or impossible query in its place among the others.

use std::io::Write;
use std::process::Stdio;

use fiberplan::World;
use fiberplan::network::Network;
use serde_json::Value;

use crate::support::cli::{Bench, Ran, strings};
use crate::support::queries::{HEAD, queries};
use crate::support::wrong::{bench, check};

/// A file of queries over the base network.
fn many(n: usize) -> String {
    let network = Network::new(World::shipped().base_network()).expect("the base network is one");
    let places: Vec<&str> = network.nodes().map(|node| node.id.as_str()).collect();
    let codes: Vec<String> = network.countries().map(|code| code.to_string()).collect();
    queries(&places, &codes.iter().map(String::as_str).collect::<Vec<_>>(), n, 1)
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error} in {line}"))).collect()
}

/// The answers to a file of queries, one for each.
fn answers(bench: &Bench, file: &str, options: &str) -> Vec<Value> {
    lines(&bench.run(&format!("batch {file} -q {options}")).stdout)
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let bench = Bench::new().with("q.csv", many(700));
    for form in ["--format json", "--format json --full", "--format csv"] {
        let run = |threads: usize| bench.run(&format!("batch q.csv -q {form} --threads {threads}")).expect_code(1);
        let one = run(1);
        assert_eq!(one.stderr, "");
        assert_eq!(run(2).stdout, one.stdout, "{form}");
        assert_eq!(run(8).stdout, one.stdout, "{form}");
        if form.contains("json") {
            let ids: Vec<Value> = lines(&one.stdout).iter().map(|answer| answer["id"].clone()).collect();
            let expected: Vec<Value> = (1..=700).map(|i| Value::from(format!("q{i}"))).collect();
            assert_eq!(ids, expected, "{form}");
        }
    }
}

#[test]
fn a_batch_answers_as_route_does() {
    // A query, and the same on the command line.
    let cases = [
        ("Ashgabat,Karachi,,,,,,,,", "Ashgabat Karachi"),
        ("TM,PK,3,latency,,,TM;AF;PK,,,", "TM PK -k 3 --objective latency --corridor TM,AF,PK"),
        ("Tashkent,Karachi,2,length,,IR;CN,,,,", "Tashkent Karachi -k 2 --objective length --avoid IR,CN"),
        ("DE,SG,,risk,EG,,,,,", "DE SG --objective risk --via EG"),
        ("Ashgabat,Karachi,,,,,,40,,", "Ashgabat Karachi --max-rtt-ms 40"),
        ("Ashgabat,Karachi,,latency,,,,,30000000,", "Ashgabat Karachi --objective latency --max-cost-usd 30000000"),
        ("KZ,TR,2,,,,,,,3", "KZ TR -k 2 --max-crossings 3"),
        ("Almaty,Istanbul,,\"cost=1,latency=2\",,,,,,", "Almaty Istanbul --objective cost=1,latency=2"),
    ];
    let mut file = HEAD.to_owned();
    cases.iter().enumerate().for_each(|(i, (query, _))| file += &format!("{i},{query}\n"));
    let bench = Bench::new().with("q.csv", file);
    let found = answers(&bench, "q.csv", "--full");
    assert_eq!(found.len(), cases.len());
    for (answer, (query, line)) in found.iter().zip(cases) {
        let alone = bench.json(&format!("route {line}"));
        assert!(!alone["routes"].as_array().expect("a list").is_empty(), "{line}");
        assert_eq!(answer["routes"], alone["routes"], "{query}");
        for name in ["from", "to", "objective"] {
            assert_eq!(answer[name], alone["query"][name], "{query}: {name}");
        }
    }
    // The short form is the long one without some of it.
    for (short, whole) in answers(&bench, "q.csv", "").iter().zip(&found) {
        let (short, whole) = (short["routes"].as_array().expect("a list"), whole["routes"].as_array().expect("a list"));
        assert_eq!(short.len(), whole.len());
        for (short, whole) in short.iter().zip(whole) {
            let short = short.as_object().expect("a route is an object");
            assert!(short.iter().all(|(name, value)| whole[name] == *value));
            assert!(short.contains_key("cost") && !short.contains_key("hops"));
        }
    }
}

/// Queries over the network `net`, wrong in every way, between two that are right.
const WRONG: &str = "id,from,to,k,via,avoid,corridor,objective,max_rtt_ms,in_order,max_crossings\n\
    first,a,c,,,,,,,,\n\
    2,Zzzzzz,c,,,,,,,,\n\
    3,a,Alpha,,,,,,,,\n\
    4,Twin,c,,,,,,,,\n\
    5,a,Alfa,,,,,,,,\n\
    6,a,c,0,,,,,,,\n\
    7,a,c,two,,,,,,,\n\
    8,a,c,-1,,,,,,,\n\
    9,a,c,,Brvo,,,,,,\n\
    10,a,c,,b,Bravo,,,,,\n\
    11,a,c,,,,QM;QO,,,,\n\
    12,a,c,,,,,speed,,,\n\
    13,a,c,,,,,,-3,,\n\
    14,a,c,,,,,,fast,,\n\
    15,a,c,,,,,,,maybe,\n\
    16,a,,,,,,,,,\n\
    17,a,c,,,\n\
    18,a,d,,,,,,,,\n\
    19,a,x1,,,,,,,,\n\
    last,c,a,,,,,,,,\n";

#[test]
fn one_wrong_query_stops_no_other() {
    let ran = bench().with("q.csv", WRONG).run("batch q.csv --network net").expect_code(1);
    assert_eq!(ran.stderr, "20 queries: 2 answered, 2 without a route, 16 wrong\n");
    let found = lines(&ran.stdout);
    let said = |answer: &Value| {
        let text = |name: &str| answer[name].as_str().map(str::to_owned);
        let why = text("error").or_else(|| text("reason")).unwrap_or_default();
        let hint = text("hint").map(|hint| format!(" | {hint}")).unwrap_or_default();
        (answer["routes"].as_array().map_or(0, Vec::len), why + &hint)
    };
    let expected = [
        (1, ""),
        (0, "q.csv:3: `from`: no place is called \"Zzzzzz\" | `fiberplan network stats -v` lists every place"),
        (0, "q.csv:4: `to`: no place is called \"Alpha\" | did you mean Alfa?"),
        (0, "q.csv:5: `from`: \"Twin\" may mean x1, x2 | give the id of the one you mean"),
        (0, "q.csv:6: FROM and TO are both Alfa | a route needs two different ends"),
        (0, "q.csv:7: -k: expected 1 to 10000 routes, found 0 | as in -k 5"),
        (0, "q.csv:8: `k`: expected a whole number, found \"two\""),
        (0, "q.csv:9: `k`: expected a whole number, found \"-1\""),
        (0, "q.csv:10: --via: no place is called \"Brvo\" | did you mean Bravo?"),
        (0, "q.csv:11: b is both to be passed and to be avoided | drop it from --via or --avoid"),
        (
            0,
            "q.csv:12: --corridor: Charlie lies in QN, but the corridor has QO there | a corridor begins and ends in \
             the countries of the route's ends",
        ),
        (
            0,
            "q.csv:13: --objective: expected one of cost, latency, length, risk, availability, found \"speed\" | as in \
             --objective latency, or --objective cost=0.7,latency=0.3",
        ),
        (0, "q.csv:14: --max-rtt-ms: expected a number above 0, found -3 | drop it for no bound"),
        (0, "q.csv:15: `max_rtt_ms`: expected a number, found \"fast\""),
        (0, "q.csv:16: `in_order`: expected true or false, found \"maybe\""),
        (0, "q.csv:17: `to`: expected a value, found nothing"),
        (
            0,
            "q.csv:18: expected 11 cells, as in the head line, found 6 | a cell that holds a comma must stand in double \
             quotes",
        ),
        (0, "no route from Alfa to Delta"),
        (0, "no route from Alfa to Twin: no segments of any status join the two"),
        (1, ""),
    ];
    let found: Vec<(usize, String)> = found.iter().map(said).collect();
    for (i, (found, expected)) in found.iter().zip(expected).enumerate() {
        assert_eq!((found.0, found.1.as_str()), expected, "query {}", i + 1);
    }
    assert_eq!(found.len(), expected.len());
}

#[test]
fn json_lines_that_are_wrong() {
    let file = "{\"id\": 7, \"from\": \"a\", \"to\": \"c\"}\n\
        \n\
        {\"id\": 8, \"from\": \"a\", \"to\": \"c\", \"avoids\": [\"b\"], \"x_note\": [1, 2]}\n\
        {\"id\": 9, \"from\": \"a\"}\n\
        {\"from\": \"a\", \"to\": 3}\n\
        {\"from\": \"a\", \"to\": \"c\", \"via\": [1]}\n\
        {\"from\": \"a\", \"to\": \"c\", \"k\": 1.5}\n\
        {\"from\": \"a\", \"to\": \"c\", \"k\": 1, \"k\": 2}\n\
        {\"from\": \"a\", \"to\": \"c\"\n\
        [\"a\", \"c\"]\n\
        {\"id\": [], \"from\": \"a\", \"to\": \"c\"}\n\
        {\"id\": null, \"from\": \"a\", \"to\": \"c\", \"avoid\": null, \"via\": \"b\", \"in_order\": true}\n";
    let ran = bench().with("q.jsonl", file).run("batch q.jsonl --network net -q").expect_code(1);
    let found: Vec<(Value, String)> = lines(&ran.stdout)
        .iter()
        .map(|answer| {
            let said = answer["error"].as_str().unwrap_or("answered").to_owned();
            let hint = answer["hint"].as_str().map(|hint| format!(" | {hint}")).unwrap_or_default();
            (answer["id"].clone(), said + &hint)
        })
        .collect();
    let expected = [
        (Value::from(7), "answered"),
        (Value::from(8), "q.jsonl:3: unknown key \"avoids\" | did you mean \"avoid\"?"),
        (Value::from(9), "q.jsonl:4: missing key \"to\""),
        (Value::from(4), "q.jsonl:5: `to`: expected a text, found 3"),
        (Value::from(5), "q.jsonl:6: `via`: expected texts, found a list"),
        (Value::from(6), "q.jsonl:7: `k`: expected a whole number, found 1.5"),
        (Value::from(7), "q.jsonl:8: key \"k\" is there twice"),
        (Value::from(8), "q.jsonl:9: not a JSON object: EOF while parsing an object (column 23)"),
        (Value::from(9), "q.jsonl:10: not a JSON object: invalid type: sequence, expected an object (column 0)"),
        (Value::from(10), "q.jsonl:11: `id`: expected a text or a number, found a list"),
        (Value::from(11), "answered"),
    ];
    for (found, (id, said)) in found.iter().zip(&expected) {
        assert_eq!((&found.0, found.1.as_str()), (id, *said));
    }
    assert_eq!(found.len(), expected.len());
    let noted = lines(&ran.stdout)[1]["x_note"].clone();
    assert_eq!(noted, serde_json::json!([1, 2]), "even a wrong query's own fields come back");
}

#[test]
fn files_that_nobody_can_follow() {
    let columns = "the columns are id,from,to,k,corridor,objective,via,in_order,avoid,max_rtt_ms,max_cost_usd,\
        max_length_km,min_availability,max_crossings,max_countries,max_transit,max_share";
    for (file, text, error, hint) in [
        ("q.csv", "from,to,avoids\na,c,b\n", "q.csv:1: unknown column \"avoids\"", "did you mean \"avoid\"?"),
        (
            "q.csv",
            "from,to,max-rtt-ms\na,c,9\n",
            "q.csv:1: unknown column \"max-rtt-ms\"",
            "did you mean \"max_rtt_ms\"?",
        ),
        ("q.csv", "from,to,from\na,c,b\n", "q.csv:1: column \"from\" is there twice", ""),
        ("q.csv", "from,k\na,2\n", "q.csv:1: missing column \"to\"", columns),
        ("q.csv", "from,to\n", "q.csv: holds no queries", ""),
        ("q.csv", "", "q.csv is empty", ""),
        (
            "q.jsonl",
            "[{\"from\": \"a\"}]",
            "q.jsonl: expected one JSON object a line, found a list",
            "`jq -c '.[]'` makes lines of a list",
        ),
        ("q", "[]", "q: expected one JSON object a line, found a list", "`jq -c '.[]'` makes lines of a list"),
    ] {
        let bench = bench().with(file, text);
        check(&bench.run(&format!("batch {file} --network net -o out.jsonl")), error, hint);
        assert!(!bench.names().contains(&"out.jsonl".to_owned()), "{error}");
    }
    check(&bench().run("batch q.csv --network net"), "q.csv cannot be read: no such file or directory", "");
    check(&bench().run("batch net --network net"), "net is a folder, expected a file", "");
}

#[test]
fn options_that_make_no_sense() {
    let lines = "use .jsonl or .csv";
    let formats = "give --format json or --format csv";
    for (options, error, hint) in [
        ("--threads 0", "--threads: expected 1 to 1024 threads, found 0", "drop --threads for one for each core"),
        ("--threads 5000", "--threads: expected 1 to 1024 threads, found 5000", "drop --threads for one for each core"),
        ("--format table", "--format table: a batch is answered in JSON lines or CSV", formats),
        ("--format geojson", "--format geojson: a batch is answered in JSON lines or CSV", formats),
        ("-o map.png", "-o map.png: a batch is answered in JSON lines or CSV", lines),
        ("-o answers.json", "-o answers.json: a batch is answered in JSON lines or CSV", lines),
        ("-o answers", "-o answers: a batch is answered in JSON lines or CSV", lines),
    ] {
        let bench = bench().with("q.csv", "from,to\na,c\n");
        check(&bench.run(&format!("batch q.csv --network net {options}")), error, hint);
        assert_eq!(bench.names(), ["net", "q.csv"], "{options}");
    }
}

#[test]
fn options_hold_where_queries_say_nothing() {
    let file = "{\"from\": \"a\", \"to\": \"c\"}\n{\"from\": \"a\", \"to\": \"c\", \"objective\": \"length\", \"avoid\": []}\n";
    let bench = bench().with("q.jsonl", file);
    let found = answers(&bench, "q.jsonl", "--network net --objective latency --avoid b");
    assert_eq!((&found[0]["objective"], &found[1]["objective"]), (&Value::from("latency"), &Value::from("length")));
    assert_eq!(found[0]["reason"], "no route from Alfa to Charlie avoiding b");
    assert_eq!(strings(&found[1]["routes"][0]["segments"]), ["ab", "bc"]);
}

#[test]
fn what_stands_in_the_way_is_looked_for_when_asked() {
    let bench = bench().with("q.csv", "from,to,avoid\na,c,b\na,d,\n");
    let plain = answers(&bench, "q.csv", "--network net");
    assert!(plain.iter().all(|answer| answer.get("ways_out").is_none()));
    let why = answers(&bench, "q.csv", "--network net --why");
    let change = |answer: &Value| answer["ways_out"][0]["change"].as_str().map(str::to_owned);
    assert_eq!(change(&why[0]).as_deref(), Some("without --avoid b"));
    assert_eq!(change(&why[1]).as_deref(), Some("with --status in_service,planned (needs cd)"));
    assert!(why[0]["ways_out"][0].get("route").is_none(), "the short form has no whole routes");
    let full = answers(&bench, "q.csv", "--network net --why --full");
    assert_eq!(strings(&full[0]["ways_out"][0]["route"]["segments"]), ["ab", "bc"]);
    let alone = bench.run("route a c --avoid b --network net --format json -q").expect_code(1).json();
    for name in ["reason", "ways_out", "conflicts", "constraints", "connected", "complete"] {
        assert_eq!(full[0][name], alone[name], "{name}");
    }
}

#[test]
fn stdin_own_fields_and_files() {
    let csv = "x_customer,id,from,to\n\"Two, one\",A7,a,c\n,,c,a\n";
    let bench = bench().with("old.csv", "the old answers");
    let run = |text: &str, arguments: &str| {
        let line: Vec<&str> = arguments.split_whitespace().collect();
        let mut command = bench.command(&line);
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program can be started");
        child.stdin.take().expect("a pipe").write_all(text.as_bytes()).expect("the program reads");
        Ran::new(arguments, child.wait_with_output().expect("the program ends"))
    };
    let ran = run(csv, "batch - --network net -o old.csv -o new.jsonl").expect_code(0);
    assert_eq!(
        (ran.stdout.as_str(), ran.stderr.as_str()),
        ("", "wrote old.csv\nwrote new.jsonl\n2 queries: 2 answered\n")
    );
    let found = lines(&String::from_utf8(bench.read("new.jsonl")).expect("text"));
    assert_eq!((&found[0]["id"], &found[0]["x_customer"]), (&Value::from("A7"), &Value::from("Two, one")));
    assert_eq!((&found[1]["id"], &found[1]["x_customer"]), (&Value::from(2), &Value::from("")));
    let text = String::from_utf8(bench.read("old.csv")).expect("text");
    let rows: Vec<&str> = text.lines().collect();
    assert!(rows[0].starts_with("id,x_customer,rank,from,to,countries,") && rows[0].ends_with(",reason,error"));
    assert!(rows[1].starts_with("A7,\"Two, one\",1,a,c,QM;QN,") && rows[2].starts_with("2,,1,c,a,QN;QM,"), "{text}");
    // JSON lines by their look, and a file that is left alone after an error.
    let ran = run("{\"from\": \"a\", \"to\": \"c\"}", "batch - --network net -q --format csv").expect_code(0);
    assert_eq!(ran.stdout.lines().count(), 2);
    let ran = run("from,to,speed\n", "batch - --network net -o old.csv").expect_code(2);
    assert_eq!(
        ran.stderr,
        "error: stdin:1: unknown column \"speed\"\n\nhint: it may be one of: id, from, to, k, corridor, \
        objective, via, in_order, avoid, max_rtt_ms, max_cost_usd, max_length_km, min_availability, max_crossings, \
        max_countries, max_transit, max_share\n"
    );
    assert_eq!(bench.read("old.csv"), text.as_bytes());
    assert_eq!(bench.names(), ["net", "new.jsonl", "old.csv"], "nothing is left beside it");
}
