//! Every way to get a command line or an output wrong, through the program: exit code 2, the exact text, nothing on
//! stdout, and no file made or changed. What files can have wrong is in `file_errors.rs`.

use std::process::Stdio;

use crate::support::cli::{Bench, Ran};
use crate::support::wrong::{bench, check};

const STATUSES: &str = "in_service, under_construction, planned, proposed, out_of_service, retired";
fn check_line(line: &str, error: &str, hint: &str) {
    let bench = bench();
    let before = bench.names();
    check(&bench.run(line), error, hint);
    assert_eq!(bench.names(), before, "fiberplan {line} left something behind");
}

#[test]
fn places_and_numbers_on_the_command_line() {
    let none = "`fiberplan network stats -v` lists every place";
    let same = "drop it from --via or --avoid";
    let ends = "a corridor begins and ends in the countries of the route's ends";
    for (line, error, hint) in [
        ("route a Alpha --network net", "TO: no place is called \"Alpha\"", "did you mean Alfa?"),
        ("route Zzzzzz c --network net", "FROM: no place is called \"Zzzzzz\"", none),
        ("route Twin c --network net", "FROM: \"Twin\" may mean x1, x2", "give the id of the one you mean"),
        ("route a c --via Brvo --network net", "--via: no place is called \"Brvo\"", "did you mean Bravo?"),
        ("route a Alfa --network net", "FROM and TO are both Alfa", "a route needs two different ends"),
        ("route a c -k 0 --network net", "-k: expected 1 to 10000 routes, found 0", "as in -k 5"),
        ("route a c --via b --avoid Bravo --network net", "b is both to be passed and to be avoided", same),
        ("route a c --via QN --avoid QN --network net", "QN is both to be passed and to be avoided", same),
        (
            "route a c --corridor QM,QO --network net",
            "--corridor: Charlie lies in QN, but the corridor has QO there",
            ends,
        ),
        (
            "route a c --corridor QN,QM --network net",
            "--corridor: Alfa lies in QM, but the corridor has QN there",
            ends,
        ),
        (
            "route a c --corridor QM,QM,QN --network net",
            "--corridor: QM stands twice in a row",
            "a corridor changes country at every step, as in TM,AF,PK",
        ),
        (
            "route a c --gbps 0 --network net",
            "--gbps: expected a capacity above 0 and at most 1e9 Gbps, found 0",
            "as in --gbps 100",
        ),
        (
            "route a c --gbps nan --network net",
            "--gbps: expected a capacity above 0 and at most 1e9 Gbps, found NaN",
            "as in --gbps 100",
        ),
        (
            "route a c --term-years 0 --network net",
            "--term-years: expected 1 to 100 years, found 0",
            "as in --term-years 15",
        ),
        (
            "route a c --year 1 --network net",
            "--year: expected a year from 1977 to 2300, found 1",
            "fiber-optic cables are in service since 1977; as in --year 2030",
        ),
        (
            "route a c --max-rtt-ms nan --network net",
            "--max-rtt-ms: expected a number above 0, found NaN",
            "drop it for no bound",
        ),
        (
            "route a c --max-cost-usd=-1 --network net",
            "--max-cost-usd: expected a number above 0, found -1",
            "drop it for no bound",
        ),
        ("transit QM ZZ QN --network net", "COUNTRY: no place is called \"ZZ\"", none),
        (
            "transit QM Bravo QN --network net",
            "COUNTRY: \"Bravo\" is a place, expected a country",
            "give ISO country codes, as in TM AF PK",
        ),
        (
            "transit QM QN QO --from c --network net",
            "--from: c does not lie in QM",
            "a corridor begins and ends in its own end countries",
        ),
        ("compare today -s today", "-s has no meaning for compare", "name the scenarios one after the other"),
        ("compare tody", "tody: neither a file nor a shipped scenario", "did you mean \"today\"?"),
        ("map today -s today", "the scenario is named twice", "name it once, with or without -s"),
    ] {
        check_line(line, error, hint);
    }
    let error = format!("--status: expected one of {STATUSES}, found \"in_servce\"");
    check_line("route a c --status in_servce --network net", &error, "did you mean \"in_service\"?");
    let size = |found: &str| {
        format!(
            "invalid value '{found}' for '--size <WxH>': expected WIDTHxHEIGHT with 200 to 10000 pixels each, as in \
            1800x1300, found \"{found}\"\n\nFor more information, try '--help'."
        )
    };
    check_line("map --network net --size 10x10", &size("10x10"), "");
    check_line("map --network net --size big", &size("big"), "");
}

#[test]
fn contradictions_on_the_command_line() {
    let elsewhere = "drop it from --avoid, or begin and end elsewhere";
    let forced = "every route passes these; drop the bound or what asks for them";
    let ends = "a corridor begins and ends in the countries of the route's ends";
    let left_out = "drop it from --via, or let the corridor have it or a gap";
    for (line, error, hint) in [
        ("route a c --avoid QM", "FROM: Alfa lies in QM, which is to be avoided", elsewhere),
        ("route a c --avoid Charlie", "TO: Charlie is to be avoided", elsewhere),
        ("route QM c --avoid QM", "FROM: QM is to be avoided", elsewhere),
        ("route a c --max-countries 0", "--max-countries: expected at least 2 for QM, QN, found 0", forced),
        ("route b c --max-countries 0", "--max-countries: expected at least 1 for QN, found 0", forced),
        (
            "route a d --corridor QM,QN,*,QO --max-countries 2",
            "--max-countries: expected at least 3 for QM, QN, QO, found 2",
            forced,
        ),
        ("route a d --via QN --max-transit 0", "--max-transit: expected at least 1 for QN, found 0", forced),
        ("route a c --corridor QM,QN --via QO", "QO is to be passed, but the corridor QM,QN leaves it out", left_out),
        (
            "route a d --corridor QM,QN,QO --avoid QN",
            "QN is both on the corridor and to be avoided",
            "drop it from --corridor or --avoid",
        ),
        ("route a c --corridor QM,*,QM|QO", "--corridor: Charlie lies in QN, but the corridor has QM|QO there", ends),
        ("route a c --corridor QN|QO,*", "--corridor: Alfa lies in QM, but the corridor has QN|QO there", ends),
        ("route a c --via b --avoid b", "b is both to be passed and to be avoided", "drop it from --via or --avoid"),
    ] {
        check_line(&format!("{line} --network net"), error, hint);
    }
}

#[test]
fn bounds_weights_and_words_on_the_command_line() {
    let no_bound = "drop it for no bound";
    let objective = "as in --objective latency, or --objective cost=0.7,latency=0.3";
    let up = "as in --min-availability 99.9%";
    let share = "as in --max-share AF=40% or *=60%";
    for (options, error, hint) in [
        ("-k 1000000000", "-k: expected 1 to 10000 routes, found 1000000000", "as in -k 5"),
        ("--max-length-km 0", "--max-length-km: expected a number above 0, found 0", no_bound),
        ("--max-length-km -5.5", "--max-length-km: expected a number above 0, found -5.5", no_bound),
        ("--max-rtt-ms -1", "--max-rtt-ms: expected a number above 0, found -1", no_bound),
        ("--max-cost-usd nan", "--max-cost-usd: expected a number above 0, found NaN", no_bound),
        ("--max-cost-usd inf", "--max-cost-usd: expected a number above 0, found inf", no_bound),
        ("--min-availability 101%", "--min-availability: expected 0% to 100%, found \"101%\"", up),
        ("--min-availability -1%", "--min-availability: expected 0% to 100%, found \"-1%\"", up),
        ("--min-availability 0.99", "--min-availability: expected 0% to 100%, found \"0.99\"", up),
        ("--max-share QN", "--max-share: expected COUNTRY=PERCENT, found \"QN\"", share),
        ("--max-share QN=101%", "--max-share: expected 0% to 100%, found \"101%\"", share),
        ("--max-share QN=nan%", "--max-share: expected 0% to 100%, found \"nan%\"", share),
        ("--max-share QN=10%,qn=20%", "--max-share: QN has two bounds", share),
        ("--max-share *=10% --max-share *=20%", "--max-share: * has two bounds", share),
        ("--objective cost=0,latency=0", "--objective: the weights sum to 0", objective),
        ("--objective cost=1,cost=2", "--objective: cost is weighted twice", objective),
        ("--objective cost=-1", "--objective: expected a weight of 0 or more for cost, found -1", objective),
        ("--objective cost=nan", "--objective: expected a weight of 0 or more for cost, found NaN", objective),
        ("--objective cost=x", "--objective: expected a weight of 0 or more for cost, found x", objective),
        ("--objective cost,risk", "--objective: expected CRITERION=WEIGHT, found \"cost\"", objective),
        (
            "--objective spped=1",
            "--objective: expected one of cost, latency, length, risk, availability, found \"spped\"",
            objective,
        ),
        (
            "--objective latncy",
            "--objective: expected one of cost, latency, length, risk, availability, found \"latncy\"",
            "did you mean \"latency\"?",
        ),
        (
            "--medium duckt",
            "--medium: expected one of buried, duct, aerial, opgw, submarine, found \"duckt\"",
            "did you mean \"duct\"?",
        ),
        (
            "--owner Nobody",
            "--owner: no segment is owned by \"Nobody\"",
            "the column `owners` of the network's segments has the names",
        ),
        (
            "--min-gbps -1",
            "--min-gbps: expected a capacity above 0 and at most 1e9 Gbps, found -1",
            "as in --min-gbps 400",
        ),
        (
            "--corridor QM,QN,ZZ",
            "--corridor: no place is called \"ZZ\"",
            "`fiberplan network stats -v` lists every place",
        ),
    ] {
        check_line(&format!("route a c --network net {options}"), error, hint);
    }
    let count = |option: &str, found: &str| {
        format!(
            "invalid value '{found}' for '{option} <N>': expected a whole number from 0, found \"{found}\"\n\n\
            For more information, try '--help'."
        )
    };
    for (option, found) in [("--max-crossings", "-1"), ("--max-countries", "2.5"), ("--max-transit", "many")] {
        check_line(&format!("route a c --network net {option} {found}"), &count(option, found), "");
    }
    check(
        &Bench::new().run("route Ashgabat Karachi --owner Rostelekom"),
        "--owner: no segment is owned by \"Rostelekom\"",
        "did you mean Rostelecom, or Transtelecom?",
    );
}

#[test]
fn files_that_cannot_be_written() {
    let elsewhere = "give another place with -o, or `-o -` to print";
    let formats = "use .png, .svg, .json, .csv, .geojson, .md or .txt, or give --format";
    let bench = bench().with("plain", "as it was").with("folder.json/x", "");
    let before = bench.names();
    for (output, error, hint) in [
        ("x.pdf", "-o x.pdf: the extension does not say which format is meant", formats),
        ("x", "-o x: the extension does not say which format is meant", formats),
        ("folder.json", "folder.json is a folder, expected a file", ""),
        // No user, however mighty, can make a file in a file.
        ("plain/x.json", "plain/x.json cannot be written: not a directory", elsewhere),
        ("plain/deep/x.png", "plain/deep/x.png cannot be written: not a directory", elsewhere),
    ] {
        check(&bench.run(&format!("route a c --network net -o {output}")), error, hint);
        check(&bench.run(&format!("transit QM QN --network net -o {output}")), error, hint);
    }
    check(&bench.run("map --network net -o x.json"), "-o x.json: a map is a .png or .svg file", "as in -o out/map.png");
    check(&bench.run("map --network net -o plain/x.png"), "plain/x.png cannot be written: not a directory", elsewhere);
    check(&bench.run("network stats net -o x.png"), "-o x.png: this answer is text", "`fiberplan map` draws a network");
    check(&bench.run("network convert net"), "convert: expected one -o", "as in -o network.geojson, or -o folder/");
    check(
        &bench.run("network convert net -o plain/x.geojson"),
        "plain/x.geojson cannot be written: not a directory",
        elsewhere,
    );
    assert_eq!(bench.names(), before);
    assert_eq!(bench.read("plain"), b"as it was");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk() {
    let elsewhere = "give another place with -o, or `-o -` to print";
    let bench = bench();
    let full = "/dev/full cannot be written: no space left on device";
    check(&bench.run("route a c --network net --format json -o /dev/full"), full, elsewhere);
    for line in [
        "route a c --network net",
        "transit QM QN --network net --no-map",
        "network stats net",
        "scenario show today",
        "man",
    ] {
        let device = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("the device is there");
        let mut command = bench.command(&line.split(' ').collect::<Vec<_>>());
        let output = command.stdout(Stdio::from(device)).output().expect("the program can be started");
        check(&Ran::new(line, output), "stdout cannot be written: no space left on device", "");
    }
}

#[test]
fn an_output_file_is_untouched_after_an_error() {
    let bench = bench().with("old.json", "the old answer").with("bad.toml", "[scenario]\nname = 3\n");
    for line in [
        "route a Nowhere --network net -o old.json",
        "route a c --network net -s bad.toml -o old.json",
        "route a c --network net -o old.json -o net/nodes.csv/x.json",
        "compare bad.toml -o old.json",
        "transit QM ZZ --network net -o old.json",
    ] {
        bench.run(line).expect_code(2);
        assert_eq!(bench.read("old.json"), b"the old answer", "fiberplan {line}");
    }
    assert_eq!(bench.names(), ["bad.toml", "net", "old.json"]);
    bench.run("route a c --network net -o old.json").expect_code(0);
    assert!(bench.read("old.json").starts_with(b"{"));
    assert_eq!(bench.names(), ["bad.toml", "net", "old.json"], "nothing is left beside it");
}

#[test]
fn no_route_names_what_stands_in_the_way() {
    let strict = "[scenario]\nname = \"s\"\n[routing]\nmin_confidence = \"surveyed\"\n";
    let bench = bench().with("strict.toml", strict);
    // What the policy leaves out is not called a lack of cable.
    let ran = bench.run("route a b --network net -s strict.toml").expect_code(1);
    assert!(ran.stdout.contains("\nWithout min_confidence surveyed: "), "{}", ran.stdout);
    let lines = |line: &str| {
        let ran = bench.run(line).expect_code(1);
        assert_eq!(ran.stderr, "", "fiberplan {line}");
        let (_, text) = ran.stdout.split_once("\n\n").expect("a title, an empty line, and the reason");
        text.lines().take(2).map(str::to_owned).collect::<Vec<_>>()
    };
    // Lengths of 100 + 200 + 300 km; the last segment is only planned.
    let found = lines("route a d --network net");
    assert_eq!(found[0], "There is no route from Alfa to Delta.");
    assert!(found[1].starts_with("With --status in_service,planned (needs cd): 600 km, "), "{found:?}");
    let found = lines("route a d --network net --status planned,in_service --avoid b");
    assert_eq!(found[0], "There is no route from Alfa to Delta avoiding b.");
    assert!(found[1].starts_with("Without --avoid b: 600 km, "), "{found:?}");
    let found = lines("route a d --network net --status planned,in_service --max-crossings 1");
    assert!(found[1].starts_with("With --max-crossings 2: 600 km, "), "{found:?}");
    let found = lines("route a d --network net --status planned,in_service --max-rtt-ms 1");
    assert_eq!(found[0], "There is no route from Alfa to Delta within 1 ms RTT: the fastest takes 6.3 ms RTT.");
    // 600 km of glass and its devices: the least round trip there is, rounded up to a tenth.
    let least = number(&found[1], "With --max-rtt-ms ");
    bench.run(&format!("route a d --network net --status planned,in_service --max-rtt-ms {least}")).expect_code(0);
    let less = least - 0.2;
    bench.run(&format!("route a d --network net --status planned,in_service --max-rtt-ms {less}")).expect_code(1);
    let found = lines("route a d --network net --status planned,in_service --corridor QM,QO");
    assert_eq!(found[0], "There is no route from Alfa to Delta along QM, QO.");
    assert_eq!(found[1], "Routes in use begin QM, but none of them goes on to QO.");
    let found = lines("route a d --network net --status planned --avoid b,c");
    assert_eq!(found[0], "There is no route from Alfa to Delta avoiding b, c.");
    assert_eq!(found[1], "No route avoids Bravo.");
    let found = lines("route a d --network net --via x1 --status in_service,planned");
    assert!(found[1].starts_with("Without --via x1: 600 km, "), "{found:?}");
    let ran = bench.run("route a x2 --network net").expect_code(1);
    let end = "There is no route from Alfa to Twin: no segments of any status join the two.\n";
    assert!(ran.stdout.ends_with(end), "{}", ran.stdout);
}

/// The number that follows `before` in a line.
fn number(line: &str, before: &str) -> f64 {
    let (_, rest) = line.split_once(before).unwrap_or_else(|| panic!("{before:?} is not in {line:?}"));
    rest.split(':').next().and_then(|number| number.parse().ok()).expect("a number")
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let bench = Bench::new();
    for line in [
        "route Ashgabat Karachi -k 30 --format json",
        "network stats -v",
        "man",
        "network convert eurasia-transit -o -",
        "--help",
    ] {
        let arguments: Vec<&str> = line.split(' ').collect();
        let mut command = bench.command(&arguments);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
        // The reader goes before it has read a byte.
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("the program ends");
        assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""), "{line}");
    }
}
