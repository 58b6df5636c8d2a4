//! Outputs that cannot be written, and answers that there are none: exit codes, texts, and files left as they were. Wrong
//! words on the command line stand in `tests/golden/wrong_input.txt`.

use std::process::Stdio;

use crate::support::cli::{Bench, Ran};
use crate::support::wrong::{bench, check};

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
