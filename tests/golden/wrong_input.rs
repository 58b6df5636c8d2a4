//! Every way to get a command line or a file wrong: exit code 2, nothing on stdout, no file made or changed, and the exact
//! text, as `tests/golden/wrong_input.txt` has it.

use super::{Case, SWITCH, accepts, bench, files, folder, of_all, run, written};

/// An entry of the table: a case, and the text that says what is wrong with it.
struct Entry {
    case: Case,
    /// As it stands in the table, up to the text.
    head: String,
    text: String,
}

/// The entries: `$ COMMAND`, lines of its files, and `error: ...` with an optional `hint: ...`, parted by empty lines. Whole
/// lines that begin with `#` are kept with the entry they stand above.
fn entries(table: &str) -> Vec<Entry> {
    let mut entries = Vec::new();
    let (mut first_line, mut pending) = (1, String::new());
    for block in table.split("\n\n") {
        let mut entry = Entry {
            case: Case { name: format!("wrong_input.txt:{first_line}"), line: String::new(), writes: Vec::new() },
            head: std::mem::take(&mut pending),
            text: String::new(),
        };
        first_line += block.matches('\n').count() + 2;
        for line in block.lines() {
            if line.starts_with("error: ") || line.starts_with("hint: ") || !entry.text.is_empty() {
                entry.text += &format!("{line}\n");
                continue;
            }
            entry.head += &format!("{line}\n");
            if let Some(command) = line.strip_prefix("$ ") {
                command.clone_into(&mut entry.case.line);
            } else if !line.starts_with('#') && !line.is_empty() {
                entry.case.writes.push(written(line, &entry.case.name));
            }
        }
        if entry.case.line.is_empty() {
            pending = format!("{}\n", entry.head);
        } else {
            entries.push(entry);
        }
    }
    entries
}

/// What the program says of an entry, as the table has it.
fn said(case: &Case) -> String {
    let bench = bench(case);
    let before = files(&bench.path(""));
    let ran = run(case, &bench);
    if ran.code != Some(2) || !ran.stdout.is_empty() || files(&bench.path("")) != before {
        return format!("no error, but exit code {:?}, an answer, or a file made or changed\n", ran.code);
    }
    // An empty line would end the entry.
    ran.stderr.replace("\n\nhint: ", "\nhint: ").replace("\n\n", "\n.\n")
}

#[test]
fn golden_texts_of_wrong_input() {
    let path = folder().join("wrong_input.txt");
    let table = std::fs::read_to_string(&path).expect("the table of wrong input").replace("\r\n", "\n");
    let entries = entries(&table);
    assert!(entries.len() >= 200, "{} entries", entries.len());
    let (cases, heads): (Vec<Case>, Vec<(String, String)>) =
        entries.into_iter().map(|entry| (entry.case, (entry.head, entry.text))).unzip();
    let found = of_all(&cases, said);
    if accepts() {
        let entry = |((head, _), text): (&(String, String), &String)| format!("{head}{text}");
        let table: Vec<String> = heads.iter().zip(&found).map(entry).collect();
        std::fs::write(&path, table.join("\n")).expect("the table can be written");
        return;
    }
    let mut differences = String::new();
    for ((case, (_, expected)), found) in cases.iter().zip(&heads).zip(&found) {
        if expected != found {
            differences += &format!("{}: {}\n  - {expected}  + {found}", case.name, case.line);
        }
    }
    assert!(differences.is_empty(), "{differences}\nIf that is meant: {SWITCH}=1 cargo test golden");
}
