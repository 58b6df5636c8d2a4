//! Turns `data/` into the forms the binary carries, so that a run decodes nothing it does not need.

#[path = "build/atlas_writer.rs"]
mod atlas_writer;
#[path = "build/basemap.rs"]
mod basemap;
#[path = "src/geodesy/layout.rs"]
mod layout;

use std::env;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What a build step reports when it cannot go on: which file, and why.
type StepResult<T> = Result<T, String>;

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=src/geodesy/layout.rs");
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
    build_atlas(&root.join("data/basemap"), &out.join("atlas.bin"))
}

/// `data/basemap/*` -> `atlas.bin`.
fn build_atlas(basemap_folder: &Path, target: &Path) -> StepResult<()> {
    let basemap = basemap::read(basemap_folder)?;
    let bytes = atlas_writer::encode(&basemap)?;
    std::fs::write(target, bytes).map_err(|cause| format!("{}: cannot write: {cause}", target.display()))
}

fn folder_of(variable: &str) -> StepResult<PathBuf> {
    env::var_os(variable)
        .map(PathBuf::from)
        .ok_or_else(|| format!("{variable} is not set; build this package with cargo"))
}
