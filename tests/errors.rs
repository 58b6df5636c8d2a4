//! Files that cannot be read or written, through the library. Places are shown relative to the folder, `<dir>`.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use fiberplan::World;
use fiberplan::formats::{
    FileError, check_writable, read_network_folder, read_network_geojson, read_text, write_network_folder, write_whole,
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
    match read_network_folder(folder, World::shipped().atlas()) {
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
    let error = read_network_folder(&below, World::shipped().atlas()).expect_err("a file is no folder");
    assert_eq!(
        shown(&error, folder.path()),
        format!("<dir>/nodes.csv/network.toml cannot be read: not a directory | {all}")
    );
    let nowhere =
        read_network_folder(&folder.path().join("nowhere"), World::shipped().atlas()).expect_err("there is nothing");
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
    let error = read_network_geojson("x.geojson", &json, World::shipped().atlas()).expect_err("it is not closed");
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
    let network =
        read_network_folder(folder.path(), World::shipped().atlas()).unwrap_or_else(|error| panic!("{error}"));
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
