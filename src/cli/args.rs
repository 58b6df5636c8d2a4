//! Arguments as typed.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{ArgAction, Parser, Subcommand};
use clap_complete::Shell;

use crate::report::Format;

/// Plan fiber-optic cables that cross borders: which way, what does it cost, how fast is it, who pays.
#[derive(Debug, Parser)]
#[command(name = "fiberplan", version, propagate_version = true, arg_required_else_help = true)]
#[command(after_help = "Places are node ids, ISO country codes, or names; case and accents do not matter.\n\
    Start with: fiberplan transit TM AF PK")]
pub struct Args {
    #[command(flatten)]
    pub common: Common,
    #[command(subcommand)]
    pub command: Command,
}

/// Options of every command.
#[derive(Debug, clap::Args)]
pub struct Common {
    /// Scenario: a shipped one's name, or a TOML file [default: today]
    #[arg(short, long, global = true, value_name = "NAME|FILE")]
    pub scenario: Option<String>,
    /// Network folder or GeoJSON file, in place of the scenario's
    #[arg(long, global = true, value_name = "PATH")]
    pub network: Option<PathBuf>,
    /// Price book, in place of the shipped one
    #[arg(long, global = true, value_name = "FILE")]
    pub prices: Option<PathBuf>,
    /// Capacity wanted, Gbit/s
    #[arg(long, global = true, value_name = "GBPS")]
    pub gbps: Option<f64>,
    /// Years it is wanted for
    #[arg(long, global = true, value_name = "YEARS")]
    pub term_years: Option<u32>,
    /// Year planned for
    #[arg(long, global = true, value_name = "YEAR")]
    pub year: Option<i32>,
    /// Statuses that count, as in in_service,planned [default: in_service]
    #[arg(long, global = true, value_name = "LIST", value_delimiter = ',')]
    pub status: Vec<String>,
    /// Form of the answer
    #[arg(long, global = true, value_name = "FORMAT", value_parser = parse_format)]
    pub format: Option<Format>,
    /// Write to a file, whose extension picks the form (.png and .svg are maps); `-` is stdout; may be repeated
    #[arg(short, long, global = true, value_name = "FILE")]
    pub output: Vec<PathBuf>,
    /// Size of a map, pixels
    #[arg(long, global = true, value_name = "WxH", value_parser = parse_size, default_value = "1800x1300")]
    pub size: (u32, u32),
    /// Say nothing but the answer
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Say more; twice for still more
    #[arg(short, long, global = true, action = ArgAction::Count)]
    pub verbose: u8,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// The best routes between two places
    Route(RouteArgs),
    /// A corridor of countries: every pair of crossings, who carries what, and the ways round its middle
    Transit(TransitArgs),
    /// Scenarios side by side: what goes in and what comes out differently, with a map
    Compare(CompareArgs),
    /// Draw the network, a route, a corridor or a comparison
    Map(MapArgs),
    /// Check, describe or convert a network
    Network(NetworkArgs),
    /// Check or show a scenario
    Scenario(ScenarioArgs),
    /// Print a shell's completions
    Completions(CompletionsArgs),
    /// Print the manual page
    Man(ManArgs),
}

/// What shapes the choice of a route.
#[derive(Debug, clap::Args, Clone, Default)]
pub struct Shape {
    /// What to be best at [default: the scenario's, else cost]
    #[arg(long, value_name = "WHAT", value_parser = PossibleValuesParser::new(["cost", "latency", "length", "risk"]))]
    pub objective: Option<String>,
    /// Pass this place, country, segment or system (several: in any order)
    #[arg(long, value_name = "PLACE", value_delimiter = ',')]
    pub via: Vec<String>,
    /// Do not touch this place, country, segment or system
    #[arg(long, value_name = "PLACE", value_delimiter = ',')]
    pub avoid: Vec<String>,
    /// At most this round trip, ms
    #[arg(long, value_name = "MS")]
    pub max_rtt_ms: Option<f64>,
    /// At most this cost, USD
    #[arg(long, value_name = "USD")]
    pub max_cost_usd: Option<f64>,
    /// At most this many borders
    #[arg(long, value_name = "N")]
    pub max_crossings: Option<u64>,
}

/// `fiberplan route`
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  fiberplan route Ashgabat Karachi -k 5 --objective latency\n  \
    fiberplan route TM PK --corridor TM,AF,PK --format json\n  \
    fiberplan route Tashkent Karachi --avoid IR -o out/tashkent-karachi.png")]
pub struct RouteArgs {
    /// Where from: a place or a country
    pub from: String,
    /// Where to: a place or a country
    pub to: String,
    /// How many routes
    #[arg(short, value_name = "N", default_value_t = 1)]
    pub k: usize,
    /// Follow exactly these countries, in order
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    pub corridor: Vec<String>,
    #[command(flatten)]
    pub shape: Shape,
    /// Show the formula, the inputs and the source of each number
    #[arg(long)]
    pub explain: bool,
}

/// `fiberplan transit`
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  fiberplan transit TM AF PK\n  fiberplan transit UZ AF PK --objective latency -o out/uz-af-pk.png"
)]
pub struct TransitArgs {
    /// The countries, in order: two ends and what lies between
    #[arg(required = true, num_args = 2.., value_name = "COUNTRY")]
    pub countries: Vec<String>,
    /// Begin here instead of at the first country's principal gateway
    #[arg(long, value_name = "PLACE")]
    pub from: Option<String>,
    /// End here instead of at the last country's principal gateway
    #[arg(long, value_name = "PLACE")]
    pub to: Option<String>,
    /// What to be best at [default: the scenario's, else cost]
    #[arg(long, value_name = "WHAT", value_parser = PossibleValuesParser::new(["cost", "latency", "length", "risk"]))]
    pub objective: Option<String>,
    /// Draw no map into out/
    #[arg(long)]
    pub no_map: bool,
    /// Show the formula, the inputs and the source of each number of the best route
    #[arg(long)]
    pub explain: bool,
}

/// `fiberplan compare`
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  fiberplan compare today tap-trilateral red-sea-cut\n  fiberplan compare today mine.toml --from TM --to PK -o out/mine.png -o out/mine.json"
)]
pub struct CompareArgs {
    /// Scenarios: shipped ones by name, or files; the first is what the others are compared with
    #[arg(required = true, num_args = 1.., value_name = "SCENARIO")]
    pub scenarios: Vec<String>,
    /// Where from, instead of the first scenario's demand
    #[arg(long, value_name = "PLACE")]
    pub from: Option<String>,
    /// Where to, instead of the first scenario's demand
    #[arg(long, value_name = "PLACE")]
    pub to: Option<String>,
    /// How many routes of each
    #[arg(short, value_name = "N", default_value_t = 1)]
    pub k: usize,
    /// Follow exactly these countries, in order
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    pub corridor: Vec<String>,
    #[command(flatten)]
    pub shape: Shape,
    /// Draw no map into out/
    #[arg(long)]
    pub no_map: bool,
}

/// `fiberplan map`
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  fiberplan map -o out/network.png\n  fiberplan map tap-trilateral --corridor TM,AF,PK -o out/tap.svg\n  \
    fiberplan map --from Ashgabat --to Karachi -k 3 --size 3600x2600 -o out/routes.png\n  fiberplan map today --against red-sea-cut --from Karachi --to Marseille -o out/cut.png"
)]
pub struct MapArgs {
    /// Scenario: a shipped one's name, or a file [default: today]
    pub scenario_name: Option<String>,
    /// Draw the best route from here
    #[arg(long, value_name = "PLACE")]
    pub from: Option<String>,
    /// Draw the best route to here
    #[arg(long, value_name = "PLACE")]
    pub to: Option<String>,
    /// How many routes
    #[arg(short, value_name = "N", default_value_t = 1)]
    pub k: usize,
    /// Draw this corridor's crossing pairs
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    pub corridor: Vec<String>,
    /// Set another scenario beside it; may be repeated
    #[arg(long, value_name = "NAME|FILE")]
    pub against: Vec<String>,
    #[command(flatten)]
    pub shape: Shape,
}

/// `fiberplan network`
#[derive(Debug, clap::Args)]
pub struct NetworkArgs {
    #[command(subcommand)]
    pub command: NetworkCommand,
}

/// `fiberplan network ...`
#[derive(Debug, Subcommand)]
pub enum NetworkCommand {
    /// Findings by rule number: errors, warnings, remarks
    Check {
        /// Network folder or GeoJSON file [default: the shipped network]
        path: Option<PathBuf>,
        /// List the rules with their thresholds
        #[arg(long)]
        rules: bool,
    },
    /// Figures: places, segments, kilometres, confidence
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

/// `fiberplan scenario`
#[derive(Debug, clap::Args)]
pub struct ScenarioArgs {
    #[command(subcommand)]
    pub command: ScenarioCommand,
}

/// `fiberplan scenario ...`
#[derive(Debug, Subcommand)]
pub enum ScenarioCommand {
    /// Whether a scenario can be computed, and what its changes touch
    Check {
        /// A shipped scenario's name, or a file; without one, all shipped scenarios
        name: Option<String>,
    },
    /// The scenario as it will be computed
    Show {
        /// A shipped scenario's name, or a file
        name: String,
    },
}

/// `fiberplan completions`
#[derive(Debug, clap::Args)]
pub struct CompletionsArgs {
    /// Which shell
    pub shell: Shell,
}

/// `fiberplan man`
#[derive(Debug, clap::Args)]
pub struct ManArgs {}

fn parse_format(text: &str) -> Result<Format, String> {
    text.parse().map_err(|_| format!("expected one of table, json, csv, geojson, markdown, found {text:?}"))
}

fn parse_size(text: &str) -> Result<(u32, u32), String> {
    let size = text.split_once('x').and_then(|(w, h)| Some((w.parse().ok()?, h.parse().ok()?)));
    let range = 200..=10_000;
    size.filter(|(w, h)| range.contains(w) && range.contains(h))
        .ok_or_else(|| format!("expected WIDTHxHEIGHT with 200 to 10000 pixels each, as in 1800x1300, found {text:?}"))
}
