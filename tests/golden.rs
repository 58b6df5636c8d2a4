//! What users get, word for word: every case of `tests/golden/cases.txt` is run, and its exit code, what it prints and
//! the files it writes are held against its answer in `tests/golden/answers`. `tests/golden/README.md` says how to add
//! a case and how to accept a difference.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::atomic::{AtomicUsize, Ordering};

use sha2::{Digest, Sha256};

use crate::support::cli::{Bench, Ran};
use crate::support::wrong::{CABLES, PLACES};

mod wrong_input;

/// Set to 1, it turns the answers of today into the ones that are expected.
const SWITCH: &str = "FIBERPLAN_ACCEPT_GOLDEN";

/// A longer text is kept as its hash, its count of lines, and its beginning and end.
const MOST_BYTES: usize = 40_000;

/// The same for JSON, whose figures the tables do not all have.
const MOST_BYTES_OF_JSON: usize = 210_000;

/// Lines of the beginning, and of the end, of a text that is kept in part.
const LINES_KEPT: usize = 12;

/// Letters of a line of such a text.
const LETTERS_KEPT: usize = 160;

/// Differences told in full; the rest by name.
const MOST_TOLD: usize = 12;

/// Lines told of each side of a difference.
const LINES_TOLD: usize = 8;

/// Where a case finds what its command line names: the first part of a path, and what is copied for it.
/// What is not named here is `net`, the small network that the tests of errors use.
const INPUTS: [(&str, &str); 5] = [
    ("prices.toml", "data/prices.toml"),
    ("example", "docs/example"),
    ("meridian", "tests/fixtures/networks/meridian"),
    ("checks", "tests/fixtures/checks"),
    ("own", "tests/golden/own"),
];

/// A command line, and the files that it needs besides those it is given by name.
struct Case {
    name: String,
    line: String,
    writes: Vec<Written>,
}

/// A line of a file of a case.
struct Written {
    file: String,
    line: String,
    how: How,
}

/// How a line gets into a file.
#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
    /// The file is made of such lines.
    New,
    /// It goes behind what the file holds, even if that was copied.
    Added,
    /// It is `OLD => NEW`: the first OLD of a copied file gives way to NEW; `\n` stands for the end of a line.
    Edit,
}

impl How {
    const ALL: [(Self, char); 3] = [(Self::New, '|'), (Self::Added, '+'), (Self::Edit, '~')];

    fn sign(self) -> char {
        Self::ALL.iter().find(|(how, _)| *how == self).map_or('|', |(_, sign)| *sign)
    }
}

/// Whether the answers of today are to be the expected ones.
fn accepts() -> bool {
    std::env::var(SWITCH).is_ok_and(|value| value == "1")
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn folder() -> PathBuf {
    root().join("tests/golden")
}

/// The cases in the order of the list.
fn cases() -> Vec<Case> {
    let text = std::fs::read_to_string(folder().join("cases.txt")).expect("the list of cases");
    read_cases(&text)
}

fn read_cases(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    for (i, line) in text.lines().enumerate() {
        let place = format!("cases.txt:{}", i + 1);
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        if line.starts_with(' ') {
            let case = cases.last_mut().unwrap_or_else(|| panic!("{place}: a file before the first case"));
            case.writes.push(written(line.trim_start(), &place));
            continue;
        }
        let (name, line) = line.split_once(' ').unwrap_or((line, ""));
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        assert!(name.chars().all(is_plain), "{place}: {name}: a name is made of a-z, 0-9 and -");
        cases.push(Case { name: name.to_owned(), line: line.trim().to_owned(), writes: Vec::new() });
    }
    cases
}

/// `FILE | LINE` begins a file or goes on with it; `FILE + LINE` goes behind what was copied; `FILE ~ OLD => NEW` edits it.
fn written(text: &str, place: &str) -> Written {
    let (file, rest) = text.split_once(' ').unwrap_or((text, "|"));
    let how = How::ALL.into_iter().find(|(_, sign)| rest.starts_with(*sign));
    let (how, _) = how.unwrap_or_else(|| panic!("{place}: expected FILE | LINE, FILE + LINE or FILE ~ OLD => NEW"));
    let line = rest.get(2..).unwrap_or_default();
    Written { file: file.to_owned(), line: line.to_owned(), how }
}

/// The words of a command line; those in single quotes hold together.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quoted, mut begun) = (Vec::new(), String::new(), false, false);
    for c in line.chars() {
        match c {
            '\'' => (quoted, begun) = (!quoted, true),
            ' ' if !quoted => {
                if begun {
                    words.push(std::mem::take(&mut word));
                }
                begun = false;
            }
            c => {
                word.push(c);
                begun = true;
            }
        }
    }
    assert!(!quoted, "{line}: a quote is not closed");
    if begun {
        words.push(word);
    }
    words
}

/// The files of a folder, as paths with `/` from there.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let Ok(entries) = std::fs::read_dir(folder) else { return found };
    for entry in entries {
        let path = entry.expect("an entry of a folder").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if path.is_dir() {
            found.extend(files(&path).into_iter().map(|(inner, bytes)| (format!("{name}/{inner}"), bytes)));
        } else {
            found.insert(name, std::fs::read(&path).expect("the file can be read"));
        }
    }
    found
}

/// A folder with what the case needs.
fn bench(case: &Case) -> Bench {
    let mut bench = Bench::new();
    let words = words(&case.line);
    let is_named = |start: &str| words.iter().any(|word| word == start || word.starts_with(&format!("{start}/")));
    if is_named("net") || words.iter().any(|word| word == "own/net.toml") {
        bench = bench.with_network(PLACES, CABLES);
    }
    for (start, source) in INPUTS {
        let source = root().join(source);
        if !is_named(start) {
            continue;
        }
        if source.is_file() {
            bench.write(start, std::fs::read(&source).expect("the file can be read"));
            continue;
        }
        for (name, bytes) in files(&source) {
            // Of the many small networks under `checks`, the one that is asked for.
            let is_wanted = start != "checks"
                || words
                    .iter()
                    .any(|word| format!("{start}/{name}").starts_with(&format!("{word}/")) || *word == start)
                || words.contains(&format!("{start}/{name}"));
            if is_wanted {
                bench.write(&format!("{start}/{name}"), bytes);
            }
        }
    }
    let mut texts: BTreeMap<&str, String> = BTreeMap::new();
    for write in case.writes.iter().filter(|write| write.file != "-") {
        let text = texts.entry(&write.file).or_insert_with(|| {
            let is_kept = write.how != How::New && bench.path(&write.file).exists();
            if is_kept {
                String::from_utf8(bench.read(&write.file)).expect("a copied file is text")
            } else {
                String::new()
            }
        });
        if write.how == How::Edit {
            let (old, new) = write.line.split_once(" =>").unwrap_or_else(|| panic!("{}: OLD => NEW", write.line));
            let (old, new) = (old.replace("\\n", "\n"), new.trim_start_matches(' ').replace("\\n", "\n"));
            assert!(text.contains(&old), "{old:?} is not in {}", write.file);
            *text = text.replacen(&old, &new, 1);
        } else {
            *text += &write.line;
            text.push('\n');
        }
    }
    for (file, text) in texts {
        bench.write(file, text);
    }
    bench
}

/// Runs a case in its folder.
fn run(case: &Case, bench: &Bench) -> Ran {
    let words = words(&case.line);
    let mut command = bench.command(&words.iter().map(String::as_str).collect::<Vec<_>>());
    // Nothing of the machine decides what is printed, or how wide.
    command.env_clear().env("COLUMNS", "100").env("NO_COLOR", "1");
    let stdin: String =
        case.writes.iter().filter(|write| write.file == "-").map(|write| format!("{}\n", write.line)).collect();
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    // A program that does not listen may close the pipe first.
    let _ = child.stdin.take().expect("a pipe").write_all(stdin.as_bytes());
    Ran::new(&case.line, child.wait_with_output().expect("the program ends"))
}

/// Runs a case and writes down what came of it.
fn answer(case: &Case) -> String {
    let bench = bench(case);
    let before = files(&bench.path(""));
    let ran = run(case, &bench);
    let after = files(&bench.path(""));

    let code = ran.code.map_or_else(|| "none: killed".to_owned(), |code| code.to_string());
    let mut text = format!("$ fiberplan {}\nexit {code}\n", case.line);
    for write in &case.writes {
        let _ = writeln!(text, "given {} {} {}", write.file, write.how.sign(), write.line);
    }
    section(&mut text, "stdout", &told(ran.stdout.as_bytes()));
    section(&mut text, "stderr", &told(ran.stderr.as_bytes()));
    for (name, bytes) in &after {
        if before.get(name) != Some(bytes) {
            section(&mut text, name, &told_of_file(name, bytes));
        }
    }
    for name in before.keys().filter(|name| !after.contains_key(*name)) {
        section(&mut text, name, "gone\n");
    }
    let machine = bench.path("").display().to_string();
    assert!(!text.contains(machine.trim_end_matches('/')), "{}: the answer names the folder it was made in", case.name);
    text
}

fn section(text: &mut String, name: &str, body: &str) {
    let _ = write!(text, "----- {name}{}\n{body}", if body.is_empty() { ": nothing" } else { "" });
}

/// A text as it is kept: whole, or if it is long in part, with its hash.
fn told(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    // A network as GeoJSON is one of the long texts.
    let is_answer = text.starts_with('{') && !text.starts_with("{\"type\"");
    if bytes.len() <= if is_answer { MOST_BYTES_OF_JSON } else { MOST_BYTES } {
        let end = if text.is_empty() || text.ends_with('\n') { "" } else { "\n(no end of line)\n" };
        return format!("{text}{end}");
    }
    let lines: Vec<&str> = text.lines().collect();
    let part = |lines: &[&str]| -> String { lines.iter().map(|line| format!("{}\n", shortened(line))).collect() };
    let (first, last) = (lines.len().min(LINES_KEPT), lines.len().saturating_sub(LINES_KEPT).max(LINES_KEPT));
    let last = last.min(lines.len());
    format!("{}, {} lines\n{}[...]\n{}", fingerprint(bytes), lines.len(), part(&lines[..first]), part(&lines[last..]))
}

fn shortened(line: &str) -> String {
    let short: String = line.chars().take(LETTERS_KEPT).collect();
    if short.len() < line.len() { short + " [...]" } else { short }
}

fn fingerprint(bytes: &[u8]) -> String {
    let hash: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256 {hash}, {} bytes", bytes.len())
}

fn told_of_file(name: &str, bytes: &[u8]) -> String {
    match Path::new(name).extension().and_then(|extension| extension.to_str()) {
        Some("png") => {
            // The width and the height stand at the head of every PNG file.
            let side = |at: usize| {
                bytes.get(at..at + 4).map_or(0, |four| four.iter().fold(0_u32, |sum, byte| sum << 8 | u32::from(*byte)))
            };
            format!("{}, {} x {} pixels\n", fingerprint(bytes), side(16), side(20))
        }
        Some("svg") => format!("{}\n{}", fingerprint(bytes), svg_texts(&String::from_utf8_lossy(bytes))),
        _ => told(bytes),
    }
}

/// What a picture says, and where: of each `<text>` its place, its size and its words; of the other shapes the number.
fn svg_texts(svg: &str) -> String {
    let mut shapes: BTreeMap<&str, usize> = BTreeMap::new();
    let mut texts = String::new();
    for element in svg.split('<').skip(1) {
        let end = element.find([' ', '>', '/', '\n']).unwrap_or(element.len());
        let name = &element[..end];
        if name.is_empty() || name.starts_with(['!', '?']) {
            continue;
        }
        *shapes.entry(name).or_default() += 1;
        if name == "text" {
            let (head, words) = element.split_once('>').unwrap_or((element, ""));
            let values: Vec<&str> =
                ["x", "y", "font-size"].into_iter().filter_map(|name| attribute(head, name)).collect();
            let _ = writeln!(texts, "{}  {}", values.join(" "), words.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }
    let shapes: Vec<String> = shapes.iter().map(|(name, n)| format!("{n} {name}")).collect();
    format!("shapes: {}\n{texts}", shapes.join(", "))
}

fn attribute<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = head.split_once(&format!(" {name}=\""))?;
    Some(rest.split_once('"')?.0)
}

/// What a function makes of all cases, on all cores, in the order of the cases.
fn of_all<T: Send>(cases: &[Case], make: impl Fn(&Case) -> T + Sync) -> Vec<T> {
    let n_workers = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let next = AtomicUsize::new(0);
    let work = || {
        let mut made = Vec::new();
        while let Some((i, case)) = {
            let i = next.fetch_add(1, Ordering::Relaxed);
            cases.get(i).map(|case| (i, case))
        } {
            made.push((i, make(case)));
        }
        made
    };
    let mut all: Vec<(usize, T)> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..n_workers).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|worker| worker.join().expect("a worker ends")).collect()
    });
    all.sort_by_key(|(i, _)| *i);
    all.into_iter().map(|(_, made)| made).collect()
}

/// The first lines that differ, those expected with `-`, those found with `+`.
fn difference(case: &Case, expected: &str, found: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), found.lines().collect());
    let mut text = format!("{}: fiberplan {}\n", case.name, case.line);
    let start = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    if old.len() == new.len() {
        // Line by line, so that figures far apart are all told.
        let changed: Vec<usize> = (start..old.len()).filter(|&i| old[i] != new[i]).collect();
        for &i in changed.iter().take(LINES_TOLD) {
            let _ = writeln!(text, "  line {}\n  - {}\n  + {}", i + 1, old[i], new[i]);
        }
        if changed.len() > LINES_TOLD {
            let _ = writeln!(text, "  ... and {} more lines", changed.len() - LINES_TOLD);
        }
        return text;
    }
    let (old, new) = (&old[start..], &new[start..]);
    let same_end = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count();
    let _ = writeln!(text, "  line {}", start + 1);
    for (sign, lines) in [('-', &old[..old.len() - same_end]), ('+', &new[..new.len() - same_end])] {
        for line in lines.iter().take(LINES_TOLD) {
            let _ = writeln!(text, "  {sign} {line}");
        }
        if lines.len() > LINES_TOLD {
            let _ = writeln!(text, "  {sign} ... and {} more lines", lines.len() - LINES_TOLD);
        }
    }
    text
}

fn path_of(name: &str) -> PathBuf {
    folder().join("answers").join(format!("{name}.txt"))
}

/// Names of the answers that are kept.
fn kept_names() -> BTreeSet<String> {
    let names = files(&folder().join("answers")).into_keys();
    names.map(|name| name.strip_suffix(".txt").unwrap_or(&name).to_owned()).collect()
}

#[test]
fn golden_answers_are_what_they_were() {
    let cases = cases();
    let names: BTreeSet<String> = cases.iter().map(|case| case.name.clone()).collect();
    assert_eq!(names.len(), cases.len(), "a name in cases.txt is used twice");
    let found = of_all(&cases, answer);
    if accepts() {
        for name in kept_names().difference(&names) {
            std::fs::remove_file(path_of(name)).expect("a stale answer can be removed");
        }
        std::fs::create_dir_all(folder().join("answers")).expect("the folder can be made");
        for (case, text) in cases.iter().zip(&found) {
            if std::fs::read_to_string(path_of(&case.name)).ok().as_ref() != Some(text) {
                std::fs::write(path_of(&case.name), text).expect("an answer can be written");
            }
        }
        return;
    }
    let (mut told, mut others) = (Vec::new(), Vec::new());
    for (case, text) in cases.iter().zip(&found) {
        let expected = std::fs::read_to_string(path_of(&case.name)).unwrap_or_default();
        // A clone may have turned ends of lines into its system's own.
        let expected = expected.replace("\r\n", "\n");
        if expected == *text || expected == text.replace("\r\n", "\n") {
            continue;
        }
        if told.len() < MOST_TOLD {
            told.push(difference(case, &expected, text));
        } else {
            others.push(case.name.as_str());
        }
    }
    let more = if others.is_empty() { String::new() } else { format!("and also: {}\n", others.join(", ")) };
    assert!(
        told.is_empty(),
        "{} of {} answers are not what they were:\n\n{}\n{more}\nIf that is meant: {SWITCH}=1 cargo test golden, and a row \
        in tests/golden/CHANGES.md.",
        told.len() + others.len(),
        cases.len(),
        told.join("\n")
    );
}

#[test]
fn golden_answers_and_cases_belong_together() {
    if accepts() {
        // The other test is just putting them in order.
        return;
    }
    let mut names = BTreeSet::new();
    for case in cases() {
        assert!(names.insert(case.name.clone()), "cases.txt: {} is used twice", case.name);
    }
    let kept = kept_names();
    let without_answer: Vec<_> = names.difference(&kept).collect();
    let without_case: Vec<_> = kept.difference(&names).collect();
    assert!(without_answer.is_empty(), "no answer in tests/golden/answers: {without_answer:?}; {SWITCH}=1 makes it");
    assert!(without_case.is_empty(), "no case in cases.txt: {without_case:?}; {SWITCH}=1 takes it away");
}

#[test]
fn golden_cases_are_many() {
    let cases = cases();
    assert!(cases.len() >= 200, "{} cases", cases.len());
    let size: usize = files(&folder()).values().map(Vec::len).sum();
    assert!(size < 6_000_000, "{size} bytes in tests/golden");
}

#[test]
fn golden_lists_read_as_they_are_written() {
    let cases = read_cases("# head\n\none  route 'a b' c\n    net/x.csv + 1,2\n    - |\ntwo\n");
    let read: Vec<_> = cases.iter().map(|case| (case.name.as_str(), words(&case.line), case.writes.len())).collect();
    let texts = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    assert_eq!(read, [("one", texts(&["route", "a b", "c"]), 2), ("two", Vec::new(), 0)]);
    assert!(cases[0].writes[0].how == How::Added && cases[0].writes[0].line == "1,2");
}
