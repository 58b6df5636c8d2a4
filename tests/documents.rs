//! The pages on architecture and terms name what is there.

use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// What a text sets in backticks, outside fenced blocks.
fn quoted(text: &str) -> Vec<String> {
    let plain = text.split("```").step_by(2);
    plain.flat_map(|part| part.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>()).collect()
}

/// All sources of a folder as one text.
fn sources(folder: &Path) -> String {
    let mut all = String::new();
    for entry in std::fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            all += &sources(&path);
        } else if path.extension().is_some_and(|ext| ext == "rs") {
            all += &std::fs::read_to_string(&path).expect("a source");
        }
    }
    all
}

#[test]
fn files_of_the_architecture_exist() {
    // What is still to come is named with a slash at its end.
    let folders = ["", "src", "crates/network/src", "crates/graph/src", "docs", "src/picture/map", "src/picture"];
    let text = read("docs/ARCHITECTURE.md");
    let text = &text[..text.find("## Where the next").expect("the last section")];
    let is_path = |word: &String| word.ends_with(".rs") || (word.contains('/') && !word.ends_with('/'));
    for path in quoted(text).into_iter().filter(is_path) {
        assert!(folders.iter().any(|folder| root().join(folder).join(&path).exists()), "{path}");
    }
}

#[test]
fn terms_of_the_glossary_are_in_the_code() {
    let code = sources(&root().join("src")) + &sources(&root().join("crates"));
    let mut n = 0;
    for row in read("docs/GLOSSARY.md").lines().filter(|line| line.starts_with("| ")) {
        let cells: Vec<&str> = row.split(" | ").collect();
        for path in quoted(cells.get(2).copied().unwrap_or_default()) {
            let name = path.rsplit("::").next().unwrap_or(&path);
            let kinds = ["struct", "enum", "fn", "mod", "type", "trait"];
            // A closed set of words is made by a macro.
            let made = format!("{name} {{");
            let found = kinds.iter().any(|kind| {
                code.match_indices(&format!("{kind} {name}"))
                    .any(|(at, whole)| code[at + whole.len()..].starts_with(|c: char| !c.is_alphanumeric() && c != '_'))
            });
            assert!(
                found || code.lines().any(|line| line.trim().ends_with(&made) && line.starts_with("    ")),
                "{path}"
            );
            n += 1;
        }
    }
    assert!(n > 40, "the glossary is read");
}

#[test]
fn names_of_the_glossary_are_in_answers() {
    let folder = root().join("tests/golden/answers");
    let answers: String = std::fs::read_dir(&folder)
        .expect("the golden answers")
        .map(|entry| std::fs::read_to_string(entry.expect("an entry").path()).expect("an answer"))
        .collect();
    for row in read("docs/GLOSSARY.md").lines().filter(|line| line.starts_with("| ")) {
        let cell = row.trim_end_matches(" |").rsplit(" | ").next().unwrap_or_default();
        for name in quoted(cell) {
            assert!(answers.contains(&format!("\"{name}\":")), "{name} is in no answer");
        }
    }
}
