//! Runs the real program in a folder of its own.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// What `network.toml` of an invented network says.
pub const META: &str = "id = \"invented\"\nname = \"Invented\"\nlicence = \"CC0-1.0\"\ndate = \"2026-01-01\"\n\
    publisher = \"nobody\"\nschema = 1\n";

/// The head of `nodes.csv`.
pub const NODES: &str = "id,name,kind,country,lon,lat,population,sources\n";

/// The head of `segments.csv`, as far as the tests fill it.
pub const SEGMENTS: &str = "id,system,from,to,medium,status,ready_year,retire_year,length_km,length_kind,\
    capacity_gbps,terrain,tenure,srlg,confidence,sources,route\n";

/// The program's executable.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_fiberplan");

/// An empty folder in which the program is run; it goes when the value goes.
pub struct Bench {
    folder: TempDir,
}

impl Bench {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder for temporary files") }
    }

    /// With a file in it.
    pub fn with(self, name: &str, text: impl AsRef<[u8]>) -> Self {
        self.write(name, text);
        self
    }

    /// With a network folder `net` of these rows in it.
    pub fn with_network(self, nodes: &str, segments: &str) -> Self {
        self.with("net/network.toml", META)
            .with("net/sources.csv", "id,title,publisher,date,url\ns,Made up,,,\n")
            .with("net/nodes.csv", NODES.to_owned() + nodes)
            .with("net/segments.csv", SEGMENTS.to_owned() + segments)
    }

    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("the folder can be made");
        std::fs::write(path, text).expect("the file can be written");
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.path(name)).expect("the file is there")
    }

    /// The names in the folder, in order.
    pub fn names(&self) -> Vec<String> {
        names_in(self.folder.path())
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(PROGRAM);
        command.args(arguments).current_dir(self.folder.path()).stdin(Stdio::null());
        command
    }

    /// Runs the program with arguments that stand in one line, separated by spaces.
    pub fn run(&self, line: &str) -> Ran {
        self.run_with(&line.split_whitespace().collect::<Vec<_>>())
    }

    pub fn run_with(&self, arguments: &[&str]) -> Ran {
        let output = self.command(arguments).output().expect("the program can be started");
        Ran::new(&arguments.join(" "), output)
    }

    /// Runs it with `--format json`, expects an answer, and reads it.
    pub fn json(&self, line: &str) -> Value {
        self.run(&format!("{line} --format json -q")).expect_code(0).json()
    }

    /// As [`Bench::json`], with arguments that may hold spaces.
    pub fn json_of(&self, arguments: &[&str]) -> Value {
        self.run_with(&[arguments, &["--format", "json", "-q"]].concat()).expect_code(0).json()
    }

    /// The segments of each route of an answer, joined by spaces.
    pub fn routes(&self, line: &str) -> Vec<String> {
        route_texts(&self.json(line))
    }
}

fn names_in(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("the folder is there");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// The segments of each route of an answer, joined by spaces.
pub fn route_texts(answer: &Value) -> Vec<String> {
    let routes = answer["routes"].as_array().expect("an answer has routes");
    routes.iter().map(|route| strings(&route["segments"]).join(" ")).collect()
}

/// A JSON list of texts.
pub fn strings(value: &Value) -> Vec<String> {
    let list = value.as_array().unwrap_or_else(|| panic!("expected a list, found {value}"));
    list.iter().map(|item| item.as_str().expect("an item is text").to_owned()).collect()
}

/// A JSON number.
pub fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("expected a number, found {value}"))
}

/// What came of a run.
#[derive(Debug)]
pub struct Ran {
    pub line: String,
    pub stdout: String,
    pub stderr: String,
    pub code: Option<i32>,
}

impl Ran {
    pub fn new(line: &str, output: Output) -> Self {
        Self {
            line: line.to_owned(),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
            code: output.status.code(),
        }
    }

    pub fn expect_code(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "fiberplan {}\n{}\n{}", self.line, self.stdout, self.stderr);
        self
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error} in\n{}", self.stdout))
    }
}
