//! Laws of the source tree that no compiler checks.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use fiberplan::World;
use fiberplan::prices::{KeyedBy, PriceFamily};

/// The modules of each crate in the order of the law: each uses only those before it.
const CRATES: [(&str, &[&str]); 3] = [
    ("crates/graph/src", &[]),
    ("crates/network/src", &["units", "geodesy", "prices", "formats"]),
    ("src", &["picture", "metrics", "request", "analysis", "world", "checks", "scenario", "report", "cli"]),
];

/// What the root crate takes over from the crates below it.
const REEXPORTED: [&str; 6] = ["formats", "geodesy", "graph", "network", "prices", "units"];

/// The modules that touch nothing outside: no file, clock, environment or process.
const INNER: [&str; 7] = ["units", "geodesy", "prices", "picture", "metrics", "request", "analysis"];

const MOST_LINES: usize = 500;

/// Tables of cases may be longer.
const MOST_LINES_OF_TESTS: usize = 800;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Files below a folder whose names end in one of these, in order; nothing if there is no such folder.
fn files(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry of a folder").path()).collect();
    paths.sort();
    let mut found = Vec::new();
    for path in paths {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if path.is_dir() {
            if !["target", ".git", "out", "cache", "__pycache__"].contains(&name.as_str()) {
                found.extend(files(&path, endings));
            }
        } else if endings.iter().any(|ending| name.ends_with(ending)) {
            found.push(path);
        }
    }
    found
}

/// The sources of a crate, each with its module (the file's name for one that stands beside `lib.rs`) and its text.
fn sources_of(folder: &str) -> Vec<(PathBuf, String, String)> {
    let folder = root().join(folder);
    let with_module = |path: PathBuf| {
        let inside = path.strip_prefix(&folder).expect("a path below the folder");
        let first = inside.components().next().expect("a name").as_os_str().to_string_lossy().into_owned();
        let module = first.strip_suffix(".rs").unwrap_or(&first).to_owned();
        let text = read(&path);
        (path, module, text)
    };
    files(&folder, &[".rs"]).into_iter().map(with_module).collect()
}

/// The sources of all crates.
fn sources() -> Vec<(PathBuf, String, String)> {
    CRATES.iter().flat_map(|(folder, _)| sources_of(folder)).collect()
}

/// The lines of code, numbered from 1, without comments and without what comes after `#[cfg(test)]`.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.lines().enumerate().map(|(i, line)| (i + 1, line));
    let own = lines.take_while(|(_, line)| line.trim() != "#[cfg(test)]");
    own.filter(|(_, line)| !line.trim_start().starts_with("//"))
        .map(|(i, line)| (i, line.split(" // ").next().unwrap_or(line)))
}

/// Whether a word stands in a line on its own.
fn has_word(line: &str, word: &str) -> bool {
    line.split(|c: char| !c.is_alphanumeric() && c != '_').any(|own| own == word)
}

#[test]
fn modules_use_only_those_above_them() {
    for (folder, modules) in CRATES {
        let lib = read(&root().join(folder).join("lib.rs"));
        let declared = lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
        let declared: Vec<&str> = declared.collect();
        let rank = |module: &str| modules.iter().position(|other| *other == module);
        if !modules.is_empty() {
            assert_eq!(declared, modules, "{folder}/lib.rs declares the modules in the order of the law");
        }
        let mut broken = Vec::new();
        for (path, module, text) in sources_of(folder) {
            let Some(rank_here) = rank(&module) else { continue };
            for (number, line) in code(&text) {
                let used = line.split("crate::").skip(1).map(|rest| {
                    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
                    &rest[..end]
                });
                for used in used {
                    let is_below = (folder == "src" && REEXPORTED.contains(&used))
                        // A crate's types at its top stand between its modules.
                        || (folder != "src" && rank(used).is_none());
                    if !is_below && rank(used).is_none_or(|used| used > rank_here) {
                        broken.push(format!("{}:{number}: {module} uses {used:?}", path.display()));
                    }
                }
            }
        }
        assert_eq!(broken, Vec::<String>::new());
    }
}

/// Without its default features the library brings no command line, no terminal and no pictures.
#[test]
fn features_keep_heavy_libraries_out() {
    let manifest: toml::Table = read(&root().join("Cargo.toml")).parse().expect("TOML");
    let optional = |name: &str| manifest["dependencies"][name]["optional"].as_bool() == Some(true);
    for name in ["clap", "clap_complete", "clap_mangen", "indicatif", "plotters", "resvg", "dejavu", "skrifa", "png"] {
        assert!(optional(name), "{name} belongs to a feature");
    }
    let graph: toml::Table = read(&root().join("crates/graph/Cargo.toml")).parse().expect("TOML");
    assert!(graph.get("dependencies").is_none(), "fiberplan-graph stands on nothing");
}

#[test]
fn libraries_stay_where_they_belong() {
    let homes: [(&str, &[&str]); 7] = [
        ("clap", &["cli"]),
        ("clap_complete", &["cli"]),
        ("clap_mangen", &["cli"]),
        ("plotters", &["picture"]),
        ("resvg", &["picture"]),
        (
            "petgraph",
            &["country", "crossing", "graph", "lookup", "names", "segment", "segment_set", "metrics", "request"],
        ),
        ("comfy_table", &["report"]),
    ];
    let mut used = BTreeSet::new();
    for (path, module, text) in sources() {
        for (number, line) in code(&text) {
            for (library, modules) in homes {
                if line.contains(&format!("{library}::")) && has_word(line, library) {
                    used.insert(library);
                    let at_home = modules.contains(&module.as_str());
                    assert!(at_home, "{}:{number}: {library} belongs in {modules:?}", path.display());
                }
            }
        }
    }
    for library in ["clap", "plotters", "petgraph"] {
        assert!(used.contains(library), "{library} is not used at all");
    }
}

#[test]
fn only_the_command_line_prints() {
    let printing = ["println!", "print!", "eprintln!", "eprint!", "dbg!"];
    for (path, module, text) in sources() {
        for (number, line) in code(&text) {
            let spot = format!("{}:{number}", path.display());
            assert!(printing.iter().all(|word| !line.contains(word)), "{spot}: {line}");
            let streams = ["stdout()", "stderr()", "stdin()"].iter().any(|word| line.contains(&format!("io::{word}")));
            assert!(!streams || path.ends_with("cli/output.rs"), "{spot}: {line}");
            let inner = INNER.contains(&module.as_str());
            let outside = ["std::fs", "std::env", "std::time", "std::process"].iter().any(|word| line.contains(word));
            assert!(!inner || !outside, "{spot}: the inner modules touch nothing outside: {line}");
        }
    }
}

/// Shipped data reaches a computation as a value that is passed in: only the command line takes the shipped world, and
/// only that holds statics. The fonts of pictures are parsed once, from constants.
#[test]
fn data_is_passed_in() {
    let homes = ["src/world/shipped.rs", "src/picture/png.rs", "src/picture/font.rs"].map(|home| root().join(home));
    for (path, _, text) in sources() {
        for (number, line) in code(&text) {
            let spot = format!("{}:{number}: {line}", path.display());
            let is_static = has_word(line, "static") && line.contains(':') && !line.contains("'static");
            assert!(!is_static || homes.contains(&path), "{spot}");
            assert!(!line.contains("World::shipped()") || path.ends_with("cli/mod.rs"), "{spot}");
        }
    }
}

/// Options are named where they are read: everything else says which one is meant, and the caller names it.
#[test]
fn only_the_command_line_knows_its_options() {
    for (path, module, text) in sources() {
        let lines = text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//"));
        for (i, line) in lines.filter(|_| module != "cli") {
            let line = line.split(" // ").next().unwrap_or(line);
            let names_one = |(at, _): (usize, &str)| line[at + 2..].starts_with(|c: char| c.is_ascii_alphabetic());
            assert!(!line.match_indices("--").any(names_one), "{}:{}: {line}", path.display(), i + 1);
        }
    }
}

#[test]
fn names_come_from_somewhere() {
    for (path, _, text) in sources() {
        for (number, line) in code(&text) {
            let glob = line.trim_start().starts_with("use ") && line.trim_end().ends_with("::*;");
            assert!(!glob, "{}:{number}: {line}", path.display());
        }
    }
}

#[test]
fn no_file_is_too_long_to_read() {
    let mut paths = vec![root().join("build.rs")];
    paths.extend(
        ["src", "crates", "build", "tests", "benches"].iter().flat_map(|name| files(&root().join(name), &[".rs"])),
    );
    assert!(paths.len() > 60, "the sources are found");
    for path in paths {
        let n = read(&path).lines().count();
        let most = if path.starts_with(root().join("tests")) { MOST_LINES_OF_TESTS } else { MOST_LINES };
        assert!(n <= most, "{}: {n} lines", path.display());
    }
}

#[test]
fn every_dependency_says_what_it_is_for_and_is_used() {
    for (manifest, folder) in [("Cargo.toml", "src"), ("crates/network/Cargo.toml", "crates/network/src")] {
        check_dependencies(manifest, folder);
    }
}

fn check_dependencies(manifest: &str, folder: &str) {
    let manifest = read(&root().join(manifest));
    let (mut section, mut explained) = (String::new(), false);
    let mut n = 0;
    let all: String = sources_of(folder).into_iter().map(|(_, _, text)| text).collect();
    for line in manifest.lines() {
        if let Some(head) = line.strip_prefix('[') {
            section = head.trim_end_matches(']').to_owned();
            explained = false;
        } else if line.starts_with('#') {
            explained = true;
        } else if line.trim().is_empty() {
            explained = false;
        } else if section.ends_with("dependencies") && section != "workspace.dependencies" {
            let name = line.split(['=', '.']).next().unwrap_or(line).trim();
            assert!(explained, "{section}: {name} has no comment above it or its group");
            let called = name.replace('-', "_");
            let used = section != "dependencies"
                || all.contains(&format!("{called}::"))
                || all.contains(&format!("use {called};"))
                || all.contains(&format!("use {called} as "));
            assert!(used, "{name} is not used");
            n += 1;
        }
    }
    assert!(n >= 10, "the dependencies are found");
}

#[test]
fn nothing_names_the_machine_it_was_made_on() {
    // Written in two halves, so that this file does not find itself.
    let paths =
        [["/wo", "rk/"], ["/ro", "ot/"], ["/ho", "me/"], ["/Us", "ers/"], ["/tm", "p/"]].map(|half| half.concat());
    let hosts = [["sparse+", "http"], ["local", "host:"], ["127.0", ".0.1"]].map(|half| half.concat());
    let endings = [".rs", ".toml", ".md", ".csv", ".tsv", ".py", ".sh", ".yml", ".json", ".lock", "run", ".gitignore"];
    let texts = files(&root(), &endings);
    assert!(texts.len() > 80, "the texts are found");
    for path in texts {
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        for (i, line) in text.lines().enumerate() {
            let spot = format!("{}:{}: {line}", path.display(), i + 1);
            for wanted in &paths {
                let starts_there = |(at, _): (usize, &str)| {
                    // In the middle of a word or an address it is part of that.
                    line[..at]
                        .chars()
                        .next_back()
                        .is_none_or(|before| !before.is_alphanumeric() && !"-_./~%:".contains(before))
                };
                assert!(!line.match_indices(wanted.as_str()).any(starts_there), "{spot}");
            }
            assert!(hosts.iter().all(|host| !line.contains(host.as_str())), "{spot}");
        }
    }
}

#[test]
fn every_price_is_explained() {
    let text = read(&root().join("data/PRICES.md"));
    let mut named: Vec<Vec<String>> = Vec::new();
    for row in text.lines().filter_map(|line| line.strip_prefix("| `")) {
        let cell = format!("`{}", row.split(" | ").next().expect("a first cell"));
        for name in cell.split('`').skip(1).step_by(2) {
            // `operation.land`, `.submarine`: the second goes on from the first's family.
            let full = match (name.strip_prefix('.'), named.last()) {
                (Some(key), Some(before)) => [&before[..before.len() - 1], &[key.to_owned()]].concat(),
                _ => name.split('.').map(str::to_owned).collect(),
            };
            named.push(full);
        }
    }
    let placeholders = ["MEDIUM", "TERRAIN", "COUNTRY", "KIND", "CURRENCY"];
    let covers = |row: &Vec<String>, name: &str| {
        let parts: Vec<&str> = name.split('.').collect();
        row.len() == parts.len() && row.iter().zip(parts).all(|(a, b)| a == b || placeholders.contains(&a.as_str()))
    };
    for family in PriceFamily::ALL {
        let keys = match family.keyed_by() {
            KeyedBy::Country => &["COUNTRY"][..],
            KeyedBy::Words(words) => words,
        };
        for key in keys {
            let name = format!("{family}.{key}");
            assert!(named.iter().any(|row| covers(row, &name)), "data/PRICES.md has no row for {name}");
        }
    }
    let book = World::shipped().price_book();
    for (name, price) in book.entries() {
        assert!(!price.source.trim().is_empty() && !price.unit.trim().is_empty(), "{name} has no source or no unit");
    }
}

#[test]
fn scenarios_are_named_after_their_files() {
    let mut names = Vec::new();
    for path in files(&root().join("data/scenarios"), &[".toml"]) {
        let stem = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let table: toml::Table = read(&path).parse().expect("a scenario is TOML");
        assert_eq!(table["scenario"]["name"].as_str(), Some(stem.as_str()), "{}", path.display());
        assert!(table["scenario"]["about"].as_str().is_some_and(|about| !about.is_empty()), "{}", path.display());
        names.push(stem);
    }
    assert_eq!(names, World::shipped().scenario_names(), "all of them are in the binary");
}

/// The comparison with other libraries is built from its own lock file, as it stands.
#[test]
fn the_comparison_locks_what_the_library_needs() {
    let manifest: toml::Table = read(&root().join("Cargo.toml")).parse().expect("TOML");
    let lock: toml::Table = read(&root().join("benches/compare/rust/Cargo.lock")).parse().expect("TOML");
    let packages = lock["package"].as_array().expect("packages");
    let own = packages.iter().find(|package| package["name"].as_str() == Some("fiberplan")).expect("the library");
    let locked: BTreeSet<&str> = own["dependencies"]
        .as_array()
        .expect("names")
        .iter()
        .filter_map(|name| name.as_str()?.split(' ').next())
        .collect();
    for kind in ["dependencies", "build-dependencies"] {
        for name in manifest[kind].as_table().expect("a table").keys() {
            assert!(locked.contains(name.as_str()), "{name} is not in benches/compare/rust/Cargo.lock");
        }
    }
}
