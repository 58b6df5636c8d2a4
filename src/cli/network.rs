//! `fiberplan network`: check, describe, convert.

use std::path::{Path, PathBuf};

use super::Failure;
use super::args::Common;
use super::ignored::{refuse_all_but, refuse_format};
use super::outcome::Outcome;
use super::output::{Targets, stderr, stdout};
use crate::checks::{Finding, Severity, check_folder, check_geojson, check_network, network_stats};
use crate::formats::{read_network, read_text, write_network_folder, write_network_geojson, write_whole};
use crate::network::{Network, Node};
use crate::prices::PriceBook;
use crate::report::answer::{Answer, NetworkCheckAnswer, NetworkRulesAnswer, NetworkStatsAnswer};
use crate::report::{NetworkCheckReport, NetworkRulesReport, NetworkStatsReport, Report};
use crate::world::World;

/// `fiberplan network`
#[derive(Debug, clap::Args)]
pub struct NetworkArgs {
    #[command(subcommand)]
    pub command: NetworkCommand,
}

/// `fiberplan network ...`
#[derive(Debug, clap::Subcommand)]
pub enum NetworkCommand {
    /// List what is wrong or doubtful, by rule number
    Check {
        /// Network folder or GeoJSON file [default: the shipped network]
        path: Option<PathBuf>,
        /// List the rules with their thresholds
        #[arg(long)]
        rules: bool,
    },
    /// Count places, segments and kilometres
    Stats {
        /// Network folder or GeoJSON file [default: the shipped network]
        path: Option<PathBuf>,
    },
    /// Write a network in another format: a .geojson file, or a folder of CSV files
    Convert {
        /// Network folder or GeoJSON file; `eurasia-transit` is the shipped network
        path: PathBuf,
    },
}

pub(super) fn run(world: &World, common: &Common, args: &NetworkArgs) -> Result<Outcome, Failure> {
    match &args.command {
        NetworkCommand::Check { rules: true, .. } => rules(world, common),
        NetworkCommand::Check { path, rules: false } => check(world, common, path.as_deref()),
        NetworkCommand::Stats { path } => stats(world, common, path.as_deref()),
        NetworkCommand::Convert { path } => convert(world, common, path),
    }
}

fn rules(world: &World, common: &Common) -> Result<Outcome, Failure> {
    refuse_all_but(&["--format", "-o"], "the list of rules", common)?;
    deliver(&text_targets::<NetworkRulesAnswer>(world, common)?, common, &NetworkRulesReport)?;
    Ok(Outcome::Answered)
}

fn check(world: &World, common: &Common, path: Option<&Path>) -> Result<Outcome, Failure> {
    refuse_all_but(&["--network", "--format", "-o"], "network check", common)?;
    let targets = text_targets::<NetworkCheckAnswer>(world, common)?;
    let book = world.price_book();
    let path = path.or(common.network.as_deref());
    let (name, findings) = match path {
        Some(path) if !is_shipped(world, path) => (path.display().to_string(), check_path(world, path, &book)?),
        _ => {
            let network = shipped(world);
            let name = format!("{} (shipped)", network.meta().id);
            (name, check_network(&network, world.atlas(), Some(&book)))
        }
    };
    deliver(&targets, common, &NetworkCheckReport { findings: &findings })?;
    let broken = findings.iter().any(|finding: &Finding| finding.rule.severity == Severity::Error);
    if broken {
        return Err(Failure::usage(format!("{name} has errors"), "mend the rows named above"));
    }
    Ok(Outcome::Answered)
}

fn check_path(world: &World, path: &Path, book: &PriceBook) -> Result<Vec<Finding>, Failure> {
    if path.is_dir() {
        return Ok(check_folder(path, world.atlas(), Some(book)));
    }
    let text = read_text(path)?;
    Ok(check_geojson(&path.display().to_string(), &text, world.atlas(), Some(book)))
}

fn stats(world: &World, common: &Common, path: Option<&Path>) -> Result<Outcome, Failure> {
    refuse_all_but(&["--network", "--format", "-o"], "network stats", common)?;
    let targets = text_targets::<NetworkStatsAnswer>(world, common)?;
    let network = load(world, path.or(common.network.as_deref()))?;
    let stats = network_stats(&network);
    // Every place by id: what may be typed for one.
    let places: Vec<&Node> = if common.verbose > 0 { network.nodes().collect() } else { Vec::new() };
    deliver(&targets, common, &NetworkStatsReport { stats: &stats, places: &places })?;
    Ok(Outcome::Answered)
}

fn convert(world: &World, common: &Common, path: &Path) -> Result<Outcome, Failure> {
    refuse_format(
        "network convert",
        "-o picks it: a .geojson file, - for GeoJSON on stdout, or a folder of CSV files",
        common,
    )?;
    refuse_all_but(&["-o"], "network convert", common)?;
    let [target] = common.output.as_slice() else {
        return Err(Failure::usage("convert: expected one -o", "as in -o network.geojson, or -o folder/"));
    };
    let network = load(world, Some(path))?;
    if target.as_os_str() == "-" {
        stdout(&write_network_geojson(&network))?;
        return Ok(Outcome::Answered);
    }
    let extension = target.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    match extension.as_str() {
        "geojson" | "json" => write_whole(target, write_network_geojson(&network).as_bytes())?,
        "" => write_network_folder(&network, target)?,
        other => {
            let text = format!("-o {}: cannot write a network as .{other}", target.display());
            return Err(Failure::usage(text, "give a .geojson file, or a folder for CSV files"));
        }
    }
    if !common.quiet {
        stderr(&format!("wrote {}", target.display()));
    }
    Ok(Outcome::Answered)
}

fn deliver(targets: &Targets<'_>, common: &Common, report: &impl Report) -> Result<(), Failure> {
    targets.deliver(&|format| report.render(format), &|| crate::report::scenes::empty_sheet(common.size))
}

fn text_targets<'a, A: Answer>(world: &'a World, common: &Common) -> Result<Targets<'a>, Failure> {
    let targets = Targets::of::<A>(world, common)?;
    if let Some(map) = targets.maps().next() {
        let text = format!("-o {}: this answer is text", map.display());
        return Err(Failure::usage(text, "`fiberplan map` draws a network"));
    }
    Ok(targets)
}

fn load(world: &World, path: Option<&Path>) -> Result<Network, Failure> {
    match path {
        Some(path) if !is_shipped(world, path) => Ok(read_network(path, world.atlas())?),
        _ => Ok(shipped(world)),
    }
}

/// Whether a path names the shipped network and nothing on disk.
fn is_shipped(world: &World, path: &Path) -> bool {
    path.as_os_str() == world.base_network_id() && !path.exists()
}

fn shipped(world: &World) -> Network {
    Network::new(world.base_network()).expect("the shipped network is a network")
}
