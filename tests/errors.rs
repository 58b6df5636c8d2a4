//! Every way to get a file wrong, with the exact text that says so. Places are shown relative to the folder, `<dir>`.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use fiberplan::embedded::atlas;
use fiberplan::formats::{
    FileError, check_writable, parse_price_book, read_network_folder, read_network_geojson, read_text,
    write_network_folder, write_whole,
};
use tempfile::TempDir;

fn clean(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/checks/clean").join(name)
}

fn clean_text(name: &str) -> String {
    std::fs::read_to_string(clean(name)).expect("the fixture is there")
}

/// A copy of the clean network.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for name in ["network.toml", "nodes.csv", "segments.csv", "sources.csv"] {
        std::fs::copy(clean(name), folder.path().join(name)).expect("the folder takes files");
    }
    folder
}

/// The message, and after ` | ` the hint.
fn shown(error: &FileError, folder: &Path) -> String {
    let hint = error.hint.as_ref().map(|hint| format!(" | {hint}")).unwrap_or_default();
    format!("{error}{hint}").replace(&folder.display().to_string(), "<dir>")
}

fn network_error(folder: &Path) -> String {
    match read_network_folder(folder, atlas()) {
        Ok(_) => "no error".to_owned(),
        Err(error) => shown(&error, folder),
    }
}

/// Gathers what differs, so that one run shows all of it.
#[derive(Default)]
struct Differences(String);

impl Differences {
    fn compare(&mut self, what: &str, found: &str, expected: &str) {
        if found != expected {
            self.0 += &format!("{what}\n  expected {expected}\n  found    {found}\n");
        }
    }

    fn none(self) {
        assert!(self.0.is_empty(), "{}", self.0);
    }
}

/// File, text in it, what replaces the text, and the error.
type Edit = (&'static str, &'static str, &'static str, &'static str);

fn check_edits(edits: &[Edit]) {
    let mut differences = Differences::default();
    for (file, from, to, expected) in edits {
        let folder = folder();
        let text = clean_text(file);
        assert!(text.contains(from), "{from:?} is not in {file}");
        std::fs::write(folder.path().join(file), text.replacen(from, to, 1)).expect("the folder takes files");
        differences.compare(&format!("{file}: {from} -> {to}"), &network_error(folder.path()), expected);
    }
    differences.none();
}

#[test]
fn network_toml() {
    check_edits(&[
        (
            "network.toml",
            "id = \"clean\"",
            "id = ",
            "<dir>/network.toml:1: not TOML: string values must be quoted, expected literal string",
        ),
        (
            "network.toml",
            "id = \"clean\"",
            "id = \"clean",
            "<dir>/network.toml:1: not TOML: invalid basic string, expected `\"`",
        ),
        (
            "network.toml",
            "id = \"clean\"",
            "id = \"clean\"\nid = \"twice\"",
            "<dir>/network.toml:2: not TOML: duplicate key",
        ),
        ("network.toml", "id = \"clean\"\n", "", "<dir>/network.toml:1: missing key \"id\""),
        ("network.toml", "id = \"clean\"", "id = 3", "<dir>/network.toml:1: `id`: expected text, found 3"),
        ("network.toml", "\"2026-01-01\"", "2026-01-01", "<dir>/network.toml:4: `date`: expected text, found a date"),
        (
            "network.toml",
            "licence",
            "license",
            "<dir>/network.toml:1: missing key \"licence\" | is \"license\" meant for it?",
        ),
        (
            "network.toml",
            "schema = 1",
            "schema = 1\nlicense = \"MIT\"",
            "<dir>/network.toml:7: unknown key \"license\" | did you mean \"licence\"?",
        ),
        (
            "network.toml",
            "schema = 1",
            "schema = 2",
            "<dir>/network.toml:6: `schema`: expected 1, found 2 | this version of fiberplan reads network folders of schema 1",
        ),
        (
            "network.toml",
            "[gateways]",
            "[gateway]",
            "<dir>/network.toml:8: unknown table \"gateway\" | did you mean \"gateways\"?",
        ),
        (
            "network.toml",
            "FI = [\"helsinki\"]",
            "FI = 3",
            "<dir>/network.toml:10: `FI`: expected text or a list of texts, found 3",
        ),
        (
            "network.toml",
            "FI = [\"helsinki\"]",
            "FIN = [\"helsinki\"]",
            "<dir>/network.toml:10: `FIN`: expected a two-letter ISO 3166-1 country code, found \"FIN\"",
        ),
        (
            "network.toml",
            "FI = [\"helsinki\"]",
            "FI = [\"tallinn\"]",
            "<dir>/network.toml:10: `gateways.FI`: gateway \"tallinn\" of FI is not a node of that country | it may be one of: helsinki",
        ),
        (
            "network.toml",
            "FI = [\"helsinki\"]",
            "FI = [\"nowhere\"]",
            "<dir>/network.toml:10: `gateways.FI`: gateway \"nowhere\" of FI is not a node of that country | it may be one of: helsinki",
        ),
    ]);
}

#[test]
fn tables_as_such() {
    check_edits(&[
        (
            "nodes.csv",
            "id,name,kind,country",
            "id,name,kind,county",
            "<dir>/nodes.csv:1: unknown column \"county\" | did you mean \"country\"?",
        ),
        (
            "nodes.csv",
            "id,name,kind,country",
            "id,name,type,country",
            "<dir>/nodes.csv:1: unknown column \"type\" | it may be one of: id, name, kind, country, lon, lat, population, sources",
        ),
        ("nodes.csv", "id,name,kind", "id,id,kind", "<dir>/nodes.csv:1: column \"id\" is there twice"),
        (
            "nodes.csv",
            "population,sources",
            "sources",
            "<dir>/nodes.csv:2: expected 7 cells, as in the head line, found 8 | a cell that holds a comma must stand in double quotes",
        ),
        (
            "nodes.csv",
            "helsinki,Helsinki,",
            "helsinki,Helsinki, the capital,",
            "<dir>/nodes.csv:2: expected 8 cells, as in the head line, found 9 | a cell that holds a comma must stand in double quotes",
        ),
        (
            "segments.csv",
            "\"LINESTRING",
            "LINESTRING",
            "<dir>/segments.csv:3: expected 20 cells, as in the head line, found 22 | a cell that holds a comma must stand in double quotes",
        ),
        (
            "segments.csv",
            ",,Gulf,",
            ",\"unclosed,Gulf,",
            "<dir>/segments.csv:2: expected 20 cells, as in the head line, found 4 | a cell that holds a comma must stand in double quotes",
        ),
        (
            "nodes.csv",
            "id,name",
            "name",
            "<dir>/nodes.csv:1: missing column \"id\" | the columns are id,name,kind,country,lon,lat,population,sources",
        ),
        (
            "sources.csv",
            "id,title",
            "id,titel",
            "<dir>/sources.csv:1: unknown column \"titel\" | did you mean \"title\"?",
        ),
        ("sources.csv", "An atlas of the Baltic", "", "<dir>/sources.csv:2: `title`: expected a value, found nothing"),
    ]);
}

#[test]
fn nodes() {
    check_edits(&[
        ("nodes.csv", "tartu,Tartu", ",Tartu", "<dir>/nodes.csv:4: `id`: expected a value, found nothing"),
        (
            "nodes.csv",
            "Tartu,city",
            "Tartu,town",
            "<dir>/nodes.csv:4: `kind`: expected one of city, border_crossing, landing_station, exchange, junction, found \"town\"",
        ),
        (
            "nodes.csv",
            "Tartu,city",
            "Tartu,landing",
            "<dir>/nodes.csv:4: `kind`: expected one of city, border_crossing, landing_station, exchange, junction, found \"landing\" | did you mean \"landing_station\"?",
        ),
        (
            "nodes.csv",
            "city,FI",
            "city,FIN",
            "<dir>/nodes.csv:2: `country`: expected a two-letter ISO 3166-1 country code, found \"FIN\"",
        ),
        ("nodes.csv", "24.94,60.17", "24.94,N60", "<dir>/nodes.csv:2: `lat`: expected a number, found \"N60\""),
        ("nodes.csv", "24.94,60.17", "NaN,60.17", "<dir>/nodes.csv:2: `lon`: expected a number, found \"NaN\""),
        ("nodes.csv", "24.94,60.17", "inf,60.17", "<dir>/nodes.csv:2: `lon`: expected a number, found \"inf\""),
        (
            "nodes.csv",
            "24.94,60.17",
            "204.94,60.17",
            "<dir>/nodes.csv:2: `lon`: expected a longitude from -180 to 180 degrees, found 204.94",
        ),
        (
            "nodes.csv",
            "24.94,60.17",
            "24.94,-95",
            "<dir>/nodes.csv:2: `lat`: expected a latitude from -90 to 90 degrees, found -95",
        ),
        (
            "nodes.csv",
            "91000",
            "91 thousand",
            "<dir>/nodes.csv:4: `population`: expected a whole number, 0 or more, found \"91 thousand\"",
        ),
        (
            "nodes.csv",
            "91000",
            "-91000",
            "<dir>/nodes.csv:4: `population`: expected a whole number, 0 or more, found \"-91000\"",
        ),
        (
            "nodes.csv",
            "tartu,Tartu",
            "tallinn,Tartu",
            "<dir>/nodes.csv:4: `id`: node id \"tallinn\" is used twice (first on line 3) | give each node an id of its own",
        ),
        (
            "nodes.csv",
            "91000,atlas",
            "91000,atlas;atlsa",
            "<dir>/nodes.csv:4: `sources`: no source has the id \"atlsa\" | did you mean \"atlas\"?",
        ),
    ]);
}

#[test]
fn segments() {
    check_edits(&[
        (
            "segments.csv",
            "tallinn,tartu,buried",
            "tallinn,tarttu,buried",
            "<dir>/segments.csv:3: `to`: no node has the id \"tarttu\" | did you mean \"tartu\"?",
        ),
        (
            "segments.csv",
            "tallinn,tartu,buried",
            "tallinn,Zanzibar,buried",
            "<dir>/segments.csv:3: `to`: no node has the id \"Zanzibar\" | it may be one of: helsinki, tallinn, tartu",
        ),
        (
            "segments.csv",
            "tallinn,tartu,buried",
            "tallinn,tallinn,buried",
            "<dir>/segments.csv:3: `to`: `from` and `to` are both \"tallinn\"",
        ),
        (
            "segments.csv",
            "tallinn,tartu,buried",
            "tallinn,,buried",
            "<dir>/segments.csv:3: `to`: expected a value, found nothing",
        ),
        (
            "segments.csv",
            "tallinn-tartu,,Ring",
            "helsinki-tallinn,,Ring",
            "<dir>/segments.csv:3: `id`: segment id \"helsinki-tallinn\" is used twice (first on line 2) | parallel cables are welcome, each under an id of its own",
        ),
        (
            "segments.csv",
            ",186,",
            ",NaN,",
            "<dir>/segments.csv:3: `length_km`: expected a length above 0 and at most 100000 km, found \"NaN\" | leave the cell empty where the length is not known",
        ),
        (
            "segments.csv",
            ",186,",
            ",-186,",
            "<dir>/segments.csv:3: `length_km`: expected a length above 0 and at most 100000 km, found \"-186\" | leave the cell empty where the length is not known",
        ),
        (
            "segments.csv",
            ",186,",
            ",0,",
            "<dir>/segments.csv:3: `length_km`: expected a length above 0 and at most 100000 km, found \"0\" | leave the cell empty where the length is not known",
        ),
        (
            "segments.csv",
            ",186,",
            ",inf,",
            "<dir>/segments.csv:3: `length_km`: expected a length above 0 and at most 100000 km, found \"inf\" | leave the cell empty where the length is not known",
        ),
        (
            "segments.csv",
            ",186,",
            ",1e9,",
            "<dir>/segments.csv:3: `length_km`: expected a length above 0 and at most 100000 km, found \"1e9\" | leave the cell empty where the length is not known",
        ),
        (
            "segments.csv",
            ",186,",
            ",186 km,",
            "<dir>/segments.csv:3: `length_km`: expected a length above 0 and at most 100000 km, found \"186 km\" | leave the cell empty where the length is not known",
        ),
        (
            "segments.csv",
            ",buried,",
            ",burried,",
            "<dir>/segments.csv:3: `medium`: expected one of buried, duct, aerial, opgw, submarine, found \"burried\" | did you mean \"buried\"?",
        ),
        (
            "segments.csv",
            ",buried,",
            ",gravel,",
            "<dir>/segments.csv:3: `medium`: expected one of buried, duct, aerial, opgw, submarine, found \"gravel\"",
        ),
        ("segments.csv", ",buried,", ",,", "<dir>/segments.csv:3: `medium`: expected a value, found nothing"),
        (
            "segments.csv",
            "submarine,in_service",
            "submarine,In service",
            "<dir>/segments.csv:2: `status`: expected one of in_service, under_construction, planned, proposed, out_of_service, retired, found \"In service\" | did you mean \"in_service\"?",
        ),
        (
            "segments.csv",
            ",2010,",
            ",soon,",
            "<dir>/segments.csv:3: `ready_year`: expected a year from 1800 to 2300, found \"soon\"",
        ),
        (
            "segments.csv",
            ",2010,",
            ",20100,",
            "<dir>/segments.csv:3: `ready_year`: expected a year from 1800 to 2300, found \"20100\"",
        ),
        (
            "segments.csv",
            ",800,",
            ",0,",
            "<dir>/segments.csv:3: `capacity_gbps`: expected a capacity above 0 and at most 1e9 Gbps, found \"0\"",
        ),
        (
            "segments.csv",
            ",48,",
            ",4.8,",
            "<dir>/segments.csv:3: `fiber_pairs`: expected a whole number, 0 or more, found \"4.8\"",
        ),
        (
            "segments.csv",
            ",plain,",
            ",plains,",
            "<dir>/segments.csv:3: `terrain`: expected one of plain, hills, mountain, high_mountain, desert, urban, shallow_sea, deep_sea, found \"plains\" | did you mean \"plain\"?",
        ),
        (
            "segments.csv",
            ",lease,",
            ",rent,",
            "<dir>/segments.csv:3: `tenure`: expected one of lease, build, found \"rent\"",
        ),
        (
            "segments.csv",
            "a2-road;ee,published",
            "a2-road;ee,sure",
            "<dir>/segments.csv:3: `confidence`: expected one of surveyed, published, inferred, assumed, found \"sure\" | did you mean \"surveyed\"?",
        ),
        (
            "segments.csv",
            "186,published",
            "186,guessed",
            "<dir>/segments.csv:3: `length_kind`: expected one of published, surveyed, estimated, found \"guessed\"",
        ),
        (
            "segments.csv",
            "ee,published,atlas",
            "ee,published,atlas;map",
            "<dir>/segments.csv:3: `sources`: no source has the id \"map\" | it may be one of: atlas",
        ),
        (
            "segments.csv",
            "LINESTRING (24.745 59.437, 25.56 58.89, 26.729 58.38)",
            "POINT (1 2)",
            "<dir>/segments.csv:3: `route`: expected a WKT LineString, found \"POINT (1 2)\" | write it as LINESTRING (66.45 30.92, 67.00 30.18), longitude first",
        ),
        (
            "segments.csv",
            "LINESTRING (24.745 59.437, 25.56 58.89, 26.729 58.38)",
            "LINESTRING (1 2)",
            "<dir>/segments.csv:3: `route`: expected a WKT LineString, found fewer than two points | write it as LINESTRING (66.45 30.92, 67.00 30.18), longitude first",
        ),
        (
            "segments.csv",
            "LINESTRING (24.745 59.437, 25.56 58.89, 26.729 58.38)",
            "LINESTRING (24, 59)",
            "<dir>/segments.csv:3: `route`: expected a WKT LineString, which this is not (Missing closing parenthesis for type) | write it as LINESTRING (66.45 30.92, 67.00 30.18), longitude first",
        ),
        (
            "segments.csv",
            "LINESTRING (24.745 59.437",
            "LINESTRING (24.745 159.437",
            "<dir>/segments.csv:3: `route`: expected a WKT LineString, expected a latitude from -90 to 90 degrees, found 159.437 | write it as LINESTRING (66.45 30.92, 67.00 30.18), longitude first",
        ),
    ]);
}

fn price_book() -> String {
    clean_text("prices.toml")
}

fn price_error(text: &str) -> String {
    match parse_price_book("prices.toml", text) {
        Ok(_) => "no error".to_owned(),
        Err(error) => shown(&error, Path::new("<none>")),
    }
}

#[test]
fn prices() {
    const RANGE: &str = "station = { low = 1, base = 2, high = 3,";
    let edits: &[(&str, &str, &str)] = &[
        ("[book]", "[book", "prices.toml:1: not TOML: unclosed table, expected `]`"),
        ("[book]", "[boock]", "prices.toml:1: missing key \"book\" | is \"boock\" meant for it?"),
        ("[book]\n", "", "prices.toml:1: missing key \"book\""),
        ("year = 2026\n", "", "prices.toml:1: missing key \"book.year\""),
        (
            "year = 2026",
            "year = \"2026\"",
            "prices.toml:4: `year`: expected a whole number from 1900 to 2200, found \"2026\"",
        ),
        ("year = 2026", "year = 26", "prices.toml:4: `year`: expected a whole number from 1900 to 2200, found 26"),
        (
            "year = 2026",
            "year = 2026\ncurency = 1",
            "prices.toml:5: unknown key \"curency\" | did you mean \"currency\"?",
        ),
        (RANGE, "station = { low = nan, base = 2, high = 3,", "prices.toml:51: `low`: expected a number, found NaN"),
        (
            RANGE,
            "station = { low = -1, base = 2, high = 3,",
            "prices.toml:51: `landing.station`: expected 0 <= low <= base <= high <= 1e12, found low = -1, base = 2, high = 3 | as in 2.5, or { low = 1, base = 2.5, high = 4 }; 0 is free of charge",
        ),
        (RANGE, "station = { low = 1, base = 2, high = inf,", "prices.toml:51: `high`: expected a number, found inf"),
        (
            RANGE,
            "station = { low = 2, base = 1, high = 3,",
            "prices.toml:51: `landing.station`: expected 0 <= low <= base <= high <= 1e12, found low = 2, base = 1, high = 3 | as in 2.5, or { low = 1, base = 2.5, high = 4 }; 0 is free of charge",
        ),
        (
            RANGE,
            "station = { low = 1, base = \"2\", high = 3,",
            "prices.toml:51: `base`: expected a number, found \"2\"",
        ),
        (
            RANGE,
            "station = { low = 1, bass = 2, high = 3,",
            "prices.toml:51: missing key \"station.base\" | is \"bass\" meant for it?",
        ),
        (
            RANGE,
            "station = { low = 1, base = 2, high = 3, note = \"\",",
            "prices.toml:51: unknown key \"note\" | it may be one of: base, high, low, source, unit, year",
        ),
        (
            RANGE,
            "statoin = { low = 1, base = 2, high = 3,",
            "prices.toml:51: unknown entry \"landing.statoin\" | did you mean \"station\"?",
        ),
        ("[landing]", "[landings]", "prices.toml:51: unknown entry \"landings.station\" | did you mean \"landing\"?"),
        ("[landing]", "[landing]\nX = 3", "prices.toml:51: `X`: expected a table, found 3"),
        (
            "[lease.buried]",
            "[lease.buried]\nuk = { low = 1, base = 2, high = 3, unit = \"\", year = 2026, source = \"a\" }",
            "prices.toml:58: unknown entry \"lease.buried.uk\" | a country stands there as two capital letters, or `default`",
        ),
        (
            "[friction.country]\ndefault",
            "[friction.country]\nAF",
            "prices.toml: missing entry \"friction.country.default\" | a price book holds every fixed key of a family, and a default for each that goes by country",
        ),
    ];
    let mut differences = Differences::default();
    for (from, to, expected) in edits {
        let text = price_book();
        assert!(text.contains(from), "{from:?} is not in the price book");
        differences.compare(&format!("{from} -> {to}"), &price_error(&text.replacen(from, to, 1)), expected);
    }
    differences.compare("as it is", &price_error(&price_book()), "no error");
    differences.none();
}

/// What is said of a network folder after something was done to `file` in it.
fn after(file: &str, act: impl Fn(&Path)) -> String {
    let folder = folder();
    act(&folder.path().join(file));
    network_error(folder.path())
}

fn put(bytes: &[u8]) -> impl Fn(&Path) + '_ {
    move |path| std::fs::write(path, bytes).expect("the folder takes files")
}

#[test]
fn whole_files() {
    let all = "a network folder holds network.toml, nodes.csv, segments.csv and sources.csv";
    let text = "is it the right file? it has to be text, saved as UTF-8";
    let mut differences = Differences::default();
    for file in ["network.toml", "nodes.csv", "segments.csv", "sources.csv"] {
        let mut check = |found: String, expected: String| differences.compare(file, &found, &expected);
        let remove = |path: &Path| std::fs::remove_file(path).expect("it was there");
        check(after(file, remove), format!("<dir>/{file} cannot be read: no such file or directory | {all}"));
        check(after(file, put(b"")), format!("<dir>/{file} is empty"));
        check(after(file, put(b" \n\n")), format!("<dir>/{file} is empty"));
        let make_folder = |path: &Path| {
            remove(path);
            std::fs::create_dir(path).expect("the folder takes folders");
        };
        check(after(file, make_folder), format!("<dir>/{file} is a folder, expected a file"));
        let latin = b"id,name\nzurich,Z\xfcrich\n";
        check(
            after(file, put(latin)),
            format!("<dir>/{file} is not UTF-8 text (first bad byte at offset 16) | {text}"),
        );
        let wide: Vec<u8> = "id,name".encode_utf16().flat_map(u16::to_le_bytes).collect();
        check(after(file, put(&wide)), format!("<dir>/{file} is not text (zero byte at offset 1) | {text}"));
        // A letter that the end of the file cuts in two.
        check(
            after(file, put("id,Zü".as_bytes().split_last().expect("not empty").1)),
            format!("<dir>/{file} is not UTF-8 text (first bad byte at offset 4) | {text}"),
        );
    }
    differences.compare(
        "head only",
        &after("nodes.csv", put(b"id,name,kind,country,lon,lat\n")),
        "<dir>/nodes.csv: has no nodes",
    );
    let bom = format!("\u{feff}{}", clean_text("nodes.csv"));
    differences.compare("byte-order mark", &after("nodes.csv", put(bom.as_bytes())), "no error");
    let crlf = clean_text("segments.csv").replace('\n', "\r\n");
    differences.compare("lines as Windows ends them", &after("segments.csv", put(crlf.as_bytes())), "no error");
    differences.none();
}

/// What cannot be opened cannot be opened by anybody: these fail for the superuser as well.
#[test]
fn what_may_not_be_read() {
    let folder = folder();
    let below = folder.path().join("nodes.csv");
    let all = "a network folder holds network.toml, nodes.csv, segments.csv and sources.csv";
    let error = read_network_folder(&below, atlas()).expect_err("a file is no folder");
    assert_eq!(
        shown(&error, folder.path()),
        format!("<dir>/nodes.csv/network.toml cannot be read: not a directory | {all}")
    );
    let nowhere = read_network_folder(&folder.path().join("nowhere"), atlas()).expect_err("there is nothing");
    assert_eq!(
        shown(&nowhere, folder.path()),
        format!("<dir>/nowhere/network.toml cannot be read: no such file or directory | {all}")
    );
    #[cfg(target_os = "linux")]
    {
        // The kernel lets it be opened and refuses to read its first page.
        let error = read_text(Path::new("/proc/self/mem")).expect_err("nothing is mapped at 0");
        assert_eq!(error.to_string(), "/proc/self/mem cannot be read: input/output error");
        std::fs::remove_file(&below).expect("it was there");
        std::os::unix::fs::symlink("/proc/self/mem", &below).expect("the folder takes links");
        assert_eq!(network_error(folder.path()), "<dir>/nodes.csv cannot be read: input/output error");
    }
}

/// 100 MB that are no text are refused after their first block, and 100 MB of text that are no network at once.
#[test]
fn garbage() {
    const BYTES: usize = 100 << 20;
    let block: Vec<u8> = (0..1024_u64)
        .scan(1_u64, |state, _| {
            *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            Some((*state ^ (*state >> 29)).to_le_bytes())
        })
        .flatten()
        .collect();
    let noise = block.repeat(BYTES / block.len());
    let letters = vec![b'x'; BYTES];
    let lines = b"lorem,ipsum dolor = [sit\n".repeat(BYTES / 25);
    let zeros = vec![0_u8; BYTES];
    let text = "is it the right file? it has to be text, saved as UTF-8";
    let columns = "it may be one of: id, name, kind, country, lon, lat, population, sources";
    let large = "is larger than 4 MiB, which is too much for a TOML file";
    let mut differences = Differences::default();
    let mut check = |file: &str, bytes: &[u8], expected: &str| {
        let folder = folder();
        std::fs::write(folder.path().join(file), bytes).expect("the disk takes 100 MB");
        let start = Instant::now();
        differences.compare(file, &network_error(folder.path()), &format!("<dir>/{file}{expected}"));
        let time = start.elapsed();
        assert!(time < Duration::from_secs(10), "{file}: {expected}: {time:?}");
    };
    for file in ["network.toml", "nodes.csv"] {
        check(file, &noise, &format!(" is not UTF-8 text (first bad byte at offset 4) | {text}"));
        check(file, &zeros, &format!(" is not text (zero byte at offset 0) | {text}"));
    }
    check("network.toml", &letters, &format!(" {large}"));
    check("network.toml", &lines, &format!(" {large}"));
    check("nodes.csv", &letters, ":1: not CSV: the head line is longer than 1 MiB");
    check("nodes.csv", &lines, &format!(":1: unknown column \"lorem\" | {columns}"));
    differences.none();
}

/// 3 GB of nothing: refused in no time and with no memory, since only the first block is read.
#[test]
fn a_file_of_zeros() {
    let folder = folder();
    let path = folder.path().join("segments.csv");
    let file = std::fs::File::create(&path).expect("the folder takes files");
    file.set_len(3 << 30).expect("a file may have holes");
    let start = Instant::now();
    let error = read_text(&path).expect_err("it is no text");
    assert!(start.elapsed() < Duration::from_secs(1), "{:?}", start.elapsed());
    assert_eq!(
        shown(&error, folder.path()),
        "<dir>/segments.csv is not text (zero byte at offset 0) | is it the right file? it has to be text, saved as UTF-8"
    );
}

/// Nesting without end is refused, and does not end the program.
#[test]
fn nesting() {
    const DEPTH: usize = 100_000;
    let way = "LINESTRING (24.745 59.437, 25.56 58.89, 26.729 58.38)";
    let nested = format!("{}POINT (1 2){}", "GEOMETRYCOLLECTION (".repeat(DEPTH), ")".repeat(DEPTH));
    let segments = clean_text("segments.csv").replacen(way, &nested, 1);
    let found = after("segments.csv", put(segments.as_bytes()));
    assert!(found.starts_with("<dir>/segments.csv:3: `route`: expected a WKT LineString, found \"GEOMETRY"), "{found}");
    for nested in ["[".repeat(DEPTH), "{a=".repeat(DEPTH), format!("a{}=1", ".a".repeat(DEPTH))] {
        let head = nested[..8].to_owned();
        let text = format!("x = {nested}\n");
        let found = after("network.toml", put(text.as_bytes()));
        assert!(found.starts_with("<dir>/network.toml:1: not TOML: "), "{head}: {found}");
        let found = after("network.toml", put(format!("{nested}\n").as_bytes()));
        assert!(found.starts_with("<dir>/network.toml:1: not TOML: "), "{head}: {found}");
    }
    let found = after("network.toml", put(format!("[a{}]\n", ".a".repeat(DEPTH)).as_bytes()));
    assert!(found.starts_with("<dir>/network.toml:1: not TOML: "), "{found}");
    let json = "[".repeat(DEPTH);
    let error = read_network_geojson("x.geojson", &json, atlas()).expect_err("it is not closed");
    assert_eq!(error.to_string(), "x.geojson:1: not JSON: recursion limit exceeded");
}

/// A file of no end is refused too, because it is not read to its end.
#[cfg(target_os = "linux")]
#[test]
fn files_without_end() {
    let error = read_text(Path::new("/dev/zero")).expect_err("it is no text");
    assert_eq!(error.to_string(), "/dev/zero is not text (zero byte at offset 0)");
    let error = read_text(Path::new("/dev/urandom")).expect_err("it is no text");
    assert!(error.to_string().starts_with("/dev/urandom is not "), "{error}");
}

#[test]
fn where_no_file_can_be() {
    let hint = "give another place with -o, or `-o -` to print";
    let folder = folder();
    let below = folder.path().join("nodes.csv/out.json");
    let before = clean_text("nodes.csv");
    for result in [write_whole(&below, b"new"), check_writable(&below)] {
        let error = result.expect_err("a file is no folder");
        let found = shown(&error, folder.path());
        assert!(found.starts_with("<dir>/nodes.csv/out.json cannot be written: ") && found.ends_with(hint), "{found}");
    }
    let error = write_whole(folder.path(), b"new").expect_err("it is a folder");
    assert_eq!(shown(&error, folder.path()), "<dir> is a folder, expected a file");
    let network = read_network_folder(folder.path(), atlas()).unwrap_or_else(|error| panic!("{error}"));
    write_network_folder(&network, &folder.path().join("nodes.csv")).expect_err("a file is no folder");
    assert_eq!(std::fs::read_to_string(folder.path().join("nodes.csv")).ok(), Some(before));
    assert_eq!(std::fs::read_dir(folder.path()).expect("it is there").count(), 4, "nothing is left behind");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_device() {
    let error = write_whole(Path::new("/dev/full"), b"new").expect_err("it is always full");
    assert_eq!(
        shown(&error, Path::new("<none>")),
        "/dev/full cannot be written: no space left on device | give another place with -o, or `-o -` to print"
    );
}

/// A disk that fills up half way: the test runs itself again where no file may grow beyond a few blocks.
#[cfg(target_os = "linux")]
#[test]
fn a_write_that_fails_half_way() {
    const TARGET: &str = "FIBERPLAN_TEST_TARGET";
    if let Some(target) = std::env::var_os(TARGET) {
        let error = write_whole(Path::new(&target), &vec![b'x'; 1 << 20]).expect_err("the file may not grow");
        let found = error.to_string();
        assert!(found.ends_with("out.json cannot be written: file too large"), "{found}");
        return;
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let target = folder.path().join("out.json");
    std::fs::write(&target, "old").expect("the folder takes files");
    let run = std::process::Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 8; exec \"$0\" --exact errors::a_write_that_fails_half_way"])
        .arg(std::env::current_exe().expect("a test is a program"))
        .env(TARGET, &target)
        .output()
        .expect("there is a shell");
    let said = String::from_utf8_lossy(&run.stdout);
    assert!(run.status.success() && said.contains("1 passed"), "{said}");
    assert_eq!(std::fs::read_to_string(&target).ok().as_deref(), Some("old"));
    assert_eq!(std::fs::read_dir(folder.path()).expect("it is there").count(), 1, "nothing is left behind");
}

#[test]
fn what_is_written_replaces_what_was_there() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let target = folder.path().join("new/out.json");
    for text in ["first", "second"] {
        write_whole(&target, text.as_bytes()).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(std::fs::read_to_string(&target).ok().as_deref(), Some(text));
    }
}
