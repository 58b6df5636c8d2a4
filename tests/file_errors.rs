//! Files that are no text, or far too long, through the program. Wrong rows and keys stand in `tests/golden/wrong_input.txt`.

use crate::support::wrong::{bench, check};

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
