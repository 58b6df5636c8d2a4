//! No file imports, by way of others, itself: files stand in an order in which they can be read.
//!
//! `pub use` in a `mod.rs` passes a name on, so a path through it leads to the file that holds the item.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Folders that are free of circles: a crate's sources, and a folder below, or none for all of them.
const FREE: [(&str, &str); 18] = [
    ("src", "analysis/cash_flow"),
    ("src", "analysis/games"),
    ("src", "analysis/share"),
    ("src", "analysis/uncertainty"),
    ("src", "checks"),
    ("src", "cli"),
    ("src", "metrics"),
    ("src", "picture"),
    ("src", "report/answer"),
    ("src", "report/cash_flow"),
    ("src", "report/ceiling"),
    ("src", "report/charts"),
    ("src", "report/gateway"),
    ("src", "report/scenes"),
    ("src", "report/share"),
    ("src", "request"),
    ("src", "scenario"),
    ("crates/network/src", ""),
];

/// A module's path in its crate, such as `picture::map::view`.
type Module = Vec<String>;

/// The files of a module, and which names their `mod.rs` pass on from where.
struct Files {
    texts: BTreeMap<Module, String>,
    passed_on: BTreeMap<Module, Module>,
}

impl Files {
    fn of(sources: &str, folder: &str) -> Self {
        let mut texts = BTreeMap::new();
        let module: Module = folder.split('/').filter(|name| !name.is_empty()).map(str::to_owned).collect();
        gather(&Path::new(env!("CARGO_MANIFEST_DIR")).join(sources).join(folder), &module, &mut texts);
        let mut files = Self { texts, passed_on: BTreeMap::new() };
        for (module, text) in &files.texts {
            for (is_public, path) in uses(text) {
                if let (true, Some(from)) = (is_public, files.absolute(module, &path)) {
                    let name = path.rsplit("::").next().unwrap_or(&path);
                    let name = name.rsplit(" as ").next().unwrap_or(name).trim().to_owned();
                    let to = [module.as_slice(), &[name]].concat();
                    if from != to {
                        files.passed_on.insert(to, from);
                    }
                }
            }
        }
        files
    }

    /// A path as written in a module, from the crate on; `None` for one that leads out of the crate.
    fn absolute(&self, module: &Module, path: &str) -> Option<Module> {
        let path = path.split(" as ").next().unwrap_or(path).trim();
        let mut names: Vec<String> = path.split("::").map(str::to_owned).collect();
        let mut base = module.clone();
        match names[0].as_str() {
            "crate" => base.clear(),
            "self" => {}
            "super" => {
                while names.get(1).is_some_and(|name| name == "super") {
                    base.pop();
                    names.remove(0);
                }
                base.pop();
            }
            child => {
                return self
                    .texts
                    .contains_key(&[&base[..], &[child.to_owned()]].concat())
                    .then(|| [base, names].concat());
            }
        }
        base.extend(names.into_iter().skip(1));
        Some(base)
    }

    /// The file that a path leads to.
    fn file(&self, mut path: Module) -> Option<&Module> {
        for _ in 0..8 {
            let passes = |n: &usize| !self.texts.contains_key(&path[..*n]) && self.passed_on.contains_key(&path[..*n]);
            let Some(n) = (1..=path.len()).rev().find(passes) else { break };
            path = [&self.passed_on[&path[..n]], &path[n..]].concat();
        }
        (1..=path.len()).rev().find_map(|n| self.texts.get_key_value(&path[..n])).map(|(file, _)| file)
    }

    /// The files that a file imports from.
    fn imports(&self, module: &Module) -> BTreeSet<&Module> {
        let text = &self.texts[module];
        let private = uses(text).into_iter().filter(|(is_public, _)| !is_public).map(|(_, path)| path);
        let in_code = without_uses(text);
        let is_path = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
        let written = in_code.split(|c| !is_path(c)).filter(|word| word.contains("::")).map(str::to_owned);
        let paths = private.chain(written).filter_map(|path| self.file(self.absolute(module, &path)?));
        paths.filter(|file| *file != module).collect()
    }
}

/// Reads the files below a module, without comments and tests.
fn gather(folder: &Path, module: &[String], texts: &mut BTreeMap<Module, String>) {
    for entry in std::fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry of a folder").path();
        let stem = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let inside = if stem == "mod" || stem == "lib" { module.to_vec() } else { [module, &[stem]].concat() };
        if path.is_dir() {
            gather(&path, &inside, texts);
        } else {
            let text = std::fs::read_to_string(&path).expect("a source");
            let lines = text.lines().take_while(|line| line.trim() != "#[cfg(test)]");
            let code: Vec<&str> = lines.filter(|line| !line.trim_start().starts_with("//")).collect();
            texts.insert(inside, code.join("\n"));
        }
    }
}

/// The statements of a text that begin with `use`, each with whether it is public and the text between.
fn statements(text: &str) -> impl Iterator<Item = (bool, &str)> {
    let starts = text.match_indices("use ").filter(|(at, _)| {
        let before = text[..*at].trim_end_matches(' ');
        before.is_empty() || before.ends_with('\n') || before.ends_with("pub") || before.ends_with(')')
    });
    starts.filter_map(|(at, word)| {
        let line = text[..at].rsplit('\n').next().unwrap_or_default();
        let rest = &text[at + word.len()..];
        Some((line.trim_start().starts_with("pub"), &rest[..rest.find(';')?]))
    })
}

/// The paths of all `use` statements, one a name.
fn uses(text: &str) -> Vec<(bool, String)> {
    let mut found = Vec::new();
    for (is_public, tree) in statements(text) {
        let tree = tree.split_whitespace().collect::<Vec<_>>().join(" ");
        leaves("", &tree, &mut |path| found.push((is_public, path)));
    }
    found
}

/// Each leaf of a tree of imports such as `a::{b, c::{d, self}}`.
fn leaves(prefix: &str, tree: &str, found: &mut impl FnMut(String)) {
    let tree = tree.trim();
    let Some((head, rest)) = tree.split_once('{') else {
        if !tree.is_empty() {
            found(format!("{prefix}{tree}").trim_end_matches("::self").to_owned());
        }
        return;
    };
    let inner = rest.trim_end().strip_suffix('}').expect("a closed brace");
    let (mut depth, mut start) = (0, 0);
    for (at, c) in inner.char_indices().chain([(inner.len(), ',')]) {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                leaves(&format!("{prefix}{head}"), &inner[start..at], &mut *found);
                start = at + 1;
            }
            _ => {}
        }
    }
}

fn without_uses(text: &str) -> String {
    let mut code = text.to_owned();
    for (_, tree) in statements(text) {
        code = code.replace(&format!("use {tree};"), "");
    }
    code
}

#[test]
fn files_import_in_no_circle() {
    for (sources, folder) in FREE {
        let files = Files::of(sources, folder);
        assert!(files.texts.len() > 3, "{sources}/{folder} is found");
        let mut left: BTreeMap<&Module, BTreeSet<&Module>> =
            files.texts.keys().map(|module| (module, files.imports(module))).collect();
        // Files that import nothing that is left are taken away until none is: what stays is a circle, or imports one.
        while let Some(free) = left.iter().find(|(_, imports)| imports.is_empty()).map(|(module, _)| *module) {
            left.remove(free);
            left.values_mut().for_each(|imports| _ = imports.remove(free));
        }
        let circle: Vec<String> = left
            .iter()
            .map(|(module, imports)| {
                let names: Vec<String> = imports.iter().map(|import| import.join("::")).collect();
                format!("{} imports {}", module.join("::"), names.join(", "))
            })
            .collect();
        assert_eq!(circle, Vec::<String>::new(), "files of {sources}/{folder} import each other in a circle");
    }
}

#[test]
fn a_tree_of_imports_is_read_to_its_leaves() {
    let paths: Vec<(bool, String)> = uses("use a::{b, c::{self, d as e}};\npub use super::f;\nlet x = 1;");
    let expected = [(false, "a::b"), (false, "a::c"), (false, "a::c::d as e"), (true, "super::f")];
    assert_eq!(paths, expected.map(|(is_public, path)| (is_public, path.to_owned())));
}
