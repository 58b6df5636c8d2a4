//! The schemas in `data/schema` are those of the types.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use fiberplan::report::answer::schemas;

use crate::support::cli::Bench;

/// Schemas of input files, which are written by hand.
const FILES: [&str; 3] = ["network", "prices", "scenario"];

fn path_of(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/schema").join(format!("{name}.json"))
}

#[test]
fn golden_schemas_are_those_of_the_types() {
    let accepts = std::env::var("FIBERPLAN_ACCEPT_GOLDEN").is_ok_and(|value| value == "1");
    for (name, schema) in schemas() {
        let text = format!("{:#}\n", schema.as_value());
        if accepts {
            std::fs::write(path_of(name), text).expect("a schema can be written");
        } else {
            let expected = std::fs::read_to_string(path_of(name)).unwrap_or_default().replace("\r\n", "\n");
            assert!(expected == text, "data/schema/{name}.json is stale: FIBERPLAN_ACCEPT_GOLDEN=1 cargo test golden");
        }
    }
}

#[test]
fn every_schema_has_a_file_and_a_name() {
    let folder = path_of("x").parent().expect("a folder").to_owned();
    let entries = std::fs::read_dir(folder).expect("the folder is there");
    let found: BTreeSet<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    let names: Vec<&str> = schemas().iter().map(|(name, _)| *name).chain(FILES).collect();
    assert_eq!(found, names.iter().map(|name| format!("{name}.json")).collect(), "data/schema");
    let bench = Bench::new();
    assert_eq!(
        bench.run("schema").expect_code(0).stdout,
        names.iter().map(|name| format!("{name}\n")).collect::<String>()
    );
    for name in names {
        let shown = bench.run(&format!("schema {name}")).expect_code(0).stdout;
        assert_eq!(shown, std::fs::read_to_string(path_of(name)).expect("a schema").replace("\r\n", "\n"), "{name}");
    }
}
