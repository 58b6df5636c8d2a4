//! Turns `data/` into the forms the binary carries, so that a run decodes nothing it does not need.
//!
//! The base network is read here by the very code that reads a user's, so that what the binary carries has passed the
//! same checks, and its lengths, pieces and border cuts are worked out once and for all.

#[path = "build/atlas_writer.rs"]
mod atlas_writer;
#[path = "build/basemap.rs"]
mod basemap;

use std::env;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use fiberplan_network::{formats, geodesy};

/// What a build step reports when it cannot go on: which file, and why.
type StepResult<T> = Result<T, String>;

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=data");
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            println!("cargo::error={message}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> StepResult<()> {
    let root = folder_of("CARGO_MANIFEST_DIR")?;
    let out = folder_of("OUT_DIR")?;
    let atlas = build_atlas(&root.join("data/basemap"), &out.join("atlas.bin"))?;
    build_network(&root.join("data/networks/eurasia-transit"), &out.join("network.bin"), &atlas)?;
    build_prices(&root.join("data/prices.toml"), &out.join("prices.bin"))?;
    list_scenarios(&root.join("data/scenarios"), &out.join("scenarios.rs"))
}

/// `data/basemap/*` -> `atlas.bin`.
fn build_atlas(basemap_folder: &Path, target: &Path) -> StepResult<geodesy::Atlas> {
    let basemap = basemap::read(basemap_folder)?;
    let bytes = atlas_writer::encode(&basemap)?;
    write(target, &bytes)?;
    geodesy::Atlas::from_bytes(bytes.leak()).map_err(|cause| format!("{}: {cause}", basemap_folder.display()))
}

/// `data/networks/eurasia-transit/*` -> `network.bin`.
fn build_network(folder: &Path, target: &Path, atlas: &geodesy::Atlas) -> StepResult<()> {
    let network = formats::read_network_folder(folder, atlas).map_err(|error| with_hint(&error))?;
    let bytes = postcard::to_allocvec(&network.to_parts()).map_err(|cause| format!("{}: {cause}", folder.display()))?;
    write(target, &bytes)
}

/// `data/prices.toml` -> `prices.bin`.
fn build_prices(path: &Path, target: &Path) -> StepResult<()> {
    let text = formats::read_text(path).map_err(|error| with_hint(&error))?;
    let book = formats::parse_price_book(&path.display().to_string(), &text).map_err(|error| with_hint(&error))?;
    write(target, &postcard::to_allocvec(&book).map_err(|cause| format!("{}: {cause}", path.display()))?)
}

/// `data/scenarios/*.toml` -> a list of their names and texts.
fn list_scenarios(folder: &Path, target: &Path) -> StepResult<()> {
    let unreadable = |cause: std::io::Error| format!("{}: {cause}", folder.display());
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            paths.push(path);
        }
    }
    paths.sort();
    let mut list = "pub(super) static SCENARIOS: &[(&str, &str)] = &[\n".to_owned();
    for path in paths {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        // Writing to a string cannot fail.
        let _ = writeln!(list, "    ({name:?}, include_str!({:?})),", path.display().to_string());
    }
    list += "];\n";
    write(target, list.as_bytes())
}

fn with_hint(error: &formats::FileError) -> String {
    match &error.hint {
        Some(hint) => format!("{error} ({hint})"),
        None => error.to_string(),
    }
}

fn write(target: &Path, bytes: &[u8]) -> StepResult<()> {
    std::fs::write(target, bytes).map_err(|cause| format!("{}: cannot write: {cause}", target.display()))
}

fn folder_of(variable: &str) -> StepResult<PathBuf> {
    env::var_os(variable)
        .map(PathBuf::from)
        .ok_or_else(|| format!("{variable} is not set; build this package with cargo"))
}
