//! `fiberplan matrix`: each cell is what `route` says, and the tables can be read.

use serde_json::Value;

use crate::support::cli::{Bench, number, strings};
use crate::support::wrong::{bench, check};

fn cells(answer: &Value) -> &[Value] {
    answer["cells"].as_array().expect("a matrix has cells")
}

#[test]
fn a_cell_is_what_route_says() {
    let bench = Bench::new();
    for options in ["", "--objective latency --avoid IR", "--max-rtt-ms 150 --gbps 10"] {
        let answer = bench.run(&format!("matrix --from TM,Karachi,DE --to SG,UZ {options} --format json -q")).json();
        assert_eq!(strings(&answer["from"]), ["TM", "pk-karachi", "DE"]);
        assert_eq!(strings(&answer["to"]), ["SG", "UZ"]);
        assert_eq!(cells(&answer).len(), 6);
        for cell in cells(&answer) {
            let ends = [&cell["from"], &cell["to"]].map(|end| end.as_str().expect("an end is text"));
            let alone = bench.run(&format!("route {} {} {options} --format json -q", ends[0], ends[1])).json();
            let Some(route) = alone["routes"].get(0) else {
                let reason = cell["reason"].as_str().expect("a cell without a route has a reason");
                assert!(alone["reason"].as_str().is_some_and(|own| own.starts_with(reason)), "{reason}");
                continue;
            };
            for name in ["rtt_ms", "latency_ms", "length_km", "availability", "countries", "nodes", "segments"] {
                assert_eq!(cell[name], route[name], "{ends:?} {options}: {name}");
            }
            for (own, name) in [("cost_usd", "total_usd"), ("low_usd", "low_usd"), ("high_usd", "high_usd")] {
                assert_eq!(cell[own], route["cost"][name], "{ends:?} {options}: {own}");
            }
            assert_eq!(cell["border_crossings"], route["border_crossings"]);
            assert_eq!(cell["usd_per_mbps_month"], route["cost"]["usd_per_mbps_month"]);
        }
    }
}

#[test]
fn all_countries_there_and_back_are_equally_far() {
    let bench = Bench::new();
    let run = |threads: usize| {
        let line = format!("matrix --from all --objective length --format json -q --threads {threads}");
        // Nothing in service leads to Kenya.
        bench.run(&line).expect_code(0).stdout
    };
    let text = run(1);
    assert_eq!(run(2), text);
    assert_eq!(run(8), text);
    let answer: Value = serde_json::from_str(&text).expect("JSON");
    let n = answer["from"].as_array().expect("a list").len();
    assert_eq!((answer["to"].as_array().map(Vec::len), cells(&answer).len()), (Some(n), n * n));
    assert!(n > 50);
    for (i, row) in cells(&answer).chunks(n).enumerate() {
        for (j, cell) in row.iter().enumerate() {
            if i == j {
                assert_eq!(
                    cell.as_object().map(|fields| fields.len()),
                    Some(2),
                    "a country to itself is an empty cell"
                );
                continue;
            }
            let back = &cells(&answer)[j * n + i];
            assert_eq!(cell["length_km"], back["length_km"], "{} - {}", cell["from"], cell["to"]);
            if cell["length_km"].is_null() {
                assert!(cell["reason"].is_string(), "{} - {}", cell["from"], cell["to"]);
                continue;
            }
            // A detour by a third country is no shorter.
            for k in 0..n {
                let part =
                    |a: usize, b: usize| if a == b { 0.0 } else { number(&cells(&answer)[a * n + b]["length_km"]) };
                let gateways = |k: usize| cells(&answer)[i * n + k]["nodes"].as_array().and_then(|nodes| nodes.last());
                let begins = |k: usize| cells(&answer)[k * n + j]["nodes"].as_array().and_then(|nodes| nodes.first());
                if k != i && k != j && gateways(k).is_some() && gateways(k) == begins(k) {
                    assert!(part(i, j) <= part(i, k) + part(k, j) + 1e-6, "{} - {} by {k}", cell["from"], cell["to"]);
                }
            }
        }
    }
}

/// A network small enough to see the whole answer.
const TABLES: &str = "\
3 x 2 pairs, the best by length
invented, scenario today (2026), 100 Gbps for 15 years at 8 %, USD of 2026

Length, km
 from \\ to   QN  Delta
 Alfa       300      -
 Charlie      -      -
 QO           -      -

Empty: no route from Alfa to Delta
       Charlie is the only gateway of QN: it is there already
       no route from Charlie to Delta
       no route from QO to QN
       Delta is the only gateway of QO: it is there already
";

#[test]
fn tables_that_can_be_read() {
    let bench = bench();
    let ran = bench.run("matrix --from a,c,QO --to QN,d --objective length --show km --network net -q").expect_code(0);
    assert_eq!(ran.stdout, TABLES);
    let ran = bench.run("matrix --from a,c --network net -q --format markdown").expect_code(0);
    assert!(
        ran.stdout.contains("## Round trip, ms\n\n| from \\ to | Alfa | Charlie |\n| :--- | ---: | ---: |\n"),
        "{}",
        ran.stdout
    );
    // More columns than a line holds go on below.
    let wide = Bench::new().run("matrix --from TM --to all --show rtt -q").expect_code(0);
    assert!(wide.stdout.contains("\nRound trip, ms\n") && wide.stdout.contains("\nRound trip, ms, continued\n"));
    assert!(wide.stdout.lines().all(|line| line.chars().count() <= 110), "{}", wide.stdout);
}

#[test]
fn csv_has_a_row_for_each_pair() {
    let bench = bench();
    bench.run("matrix --from a,c --to a,d --network net -q -o m.csv").expect_code(0);
    let text = String::from_utf8(bench.read("m.csv")).expect("text");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let head = reader.headers().expect("a head line").clone();
    let column = |name: &str| head.iter().position(|own| own == name).expect("the column is there");
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
    let cell = |row: usize, name: &str| rows[row][column(name)].to_owned();
    assert_eq!(rows.len(), 4);
    assert_eq!((cell(0, "from"), cell(0, "to"), cell(0, "length_km"), cell(0, "reason")), text_of(["a", "a", "", ""]));
    assert_eq!(
        (cell(1, "from"), cell(1, "to"), cell(1, "length_km"), cell(1, "reason")),
        text_of(["a", "d", "", "no route from Alfa to Delta"])
    );
    assert_eq!(
        (cell(2, "from"), cell(2, "to"), cell(2, "length_km"), cell(2, "segments")),
        text_of(["c", "a", "300", "bc;ab"])
    );
    assert_eq!(
        (cell(2, "countries"), cell(2, "objective"), cell(2, "gbps"), cell(2, "year")),
        text_of(["QN;QM", "cost", "100", "2026"])
    );
}

fn text_of(cells: [&str; 4]) -> (String, String, String, String) {
    let [a, b, c, d] = cells.map(str::to_owned);
    (a, b, c, d)
}

#[test]
fn what_makes_no_sense() {
    let texts = "use .json, .csv, .md or .txt; `fiberplan map` draws routes";
    for (line, error, hint) in [
        (
            "matrix --from a,Nowhere",
            "--from: no place is called \"Nowhere\"",
            "`fiberplan network stats -v` lists every place",
        ),
        (
            "matrix --from a --to Alfa,a",
            "--from and --to name the same one place",
            "a matrix needs two different ends, as in --from TM,AF --to PK",
        ),
        ("matrix --from a,c -o m.png", "-o m.png: a matrix is a table", texts),
        (
            "matrix --from a,c --format geojson",
            "--format: the answer of matrix has no form as geojson",
            "use table, json, csv or markdown",
        ),
        (
            "matrix --from a,c -o m.geojson",
            "-o m.geojson: the answer of matrix has no form as geojson",
            "use table, json, csv or markdown",
        ),
        (
            "matrix --from a,c --via Nowhere",
            "--via: no place is called \"Nowhere\"",
            "`fiberplan network stats -v` lists every place",
        ),
        (
            "matrix --from a,c --max-rtt-ms 0",
            "--max-rtt-ms: expected a number above 0, found 0",
            "drop it for no bound",
        ),
        (
            "matrix --from a,c --threads 0",
            "--threads: expected 1 to 1024 threads, found 0",
            "drop --threads for one for each core",
        ),
    ] {
        check(&bench().run(&format!("{line} --network net")), error, hint);
    }
    let ran = bench().run("matrix --from a,c --show speed --network net").expect_code(2);
    assert!(ran.stderr.contains("expected cost, rtt, km, up or crossings, found \"speed\""), "{}", ran.stderr);
    // What makes no sense for some pairs only is told in their cells.
    let answer = bench().run("matrix --from a,c,x1 --avoid x1 --network net --format json -q").expect_code(0).json();
    let reasons: Vec<&str> = cells(&answer).iter().filter_map(|cell| cell["reason"].as_str()).collect();
    assert_eq!(reasons[..2], ["TO: Twin is to be avoided", "TO: Twin is to be avoided"]);
    assert_eq!(cells(&answer).iter().filter(|cell| cell["rtt_ms"].is_number()).count(), 2);
}
