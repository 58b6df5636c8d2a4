//! Arguments as typed.

use std::path::PathBuf;

use clap::{ArgAction, Parser, Subcommand};
use clap_complete::Shell;

use super::bounds::{BoundArgs, parse_count};
use crate::picture::PictureSize;
use crate::report::{Format, MatrixFigure};

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
#[command(next_help_heading = "Options of every command")]
pub struct Common {
    /// Scenario: the name of a shipped one, or a TOML file [default: today]
    #[arg(short, long, global = true, value_name = "NAME|FILE")]
    pub scenario: Option<String>,
    /// Network to use instead of the scenario's: a folder of CSV files, or a GeoJSON file
    #[arg(long, global = true, value_name = "PATH")]
    pub network: Option<PathBuf>,
    /// Price book to use instead of the shipped one: a TOML file
    #[arg(long, global = true, value_name = "FILE")]
    pub prices: Option<PathBuf>,
    /// Capacity wanted, in Gbit/s [default: the scenario's, else 100]
    #[arg(long, global = true, value_name = "GBPS")]
    pub gbps: Option<f64>,
    /// For how many years it is wanted [default: the scenario's, else 15]
    #[arg(long, global = true, value_name = "YEARS")]
    pub term_years: Option<u32>,
    /// Year to plan for [default: the scenario's, else that of the network's date]
    #[arg(long, global = true, value_name = "YEAR")]
    pub year: Option<i32>,
    /// Statuses of segments to count on, as in in_service,planned [default: the scenario's, else in_service]
    #[arg(long, global = true, value_name = "LIST", value_delimiter = ',')]
    pub status: Vec<String>,
    /// Media of segments to count on, as in buried,duct [default: all]
    #[arg(long, global = true, value_name = "LIST", value_delimiter = ',')]
    pub medium: Vec<String>,
    /// Count only on segments of these owners: at least one of each segment's must be among them
    #[arg(long, global = true, value_name = "NAMES", value_delimiter = ',')]
    pub owner: Vec<String>,
    /// Count only on segments with at least this capacity, in Gbit/s; an unknown capacity is enough
    #[arg(long, global = true, value_name = "GBPS", allow_negative_numbers = true)]
    pub min_gbps: Option<f64>,
    /// Count only on segments with capacity for what is wanted, instead of pricing their upgrade in; an unknown capacity is
    /// enough
    #[arg(long, global = true)]
    pub strict_capacity: bool,
    /// Format of the answer: table, json, csv, geojson or markdown [default: table]
    #[arg(long, global = true, value_name = "FORMAT", value_parser = parse_format)]
    pub format: Option<Format>,
    /// Write the answer to a file, whose extension picks the format (.png and .svg draw a map); `-` is stdout; may be
    /// repeated
    #[arg(short, long, global = true, value_name = "FILE")]
    pub output: Vec<PathBuf>,
    /// Width and height of maps and charts, in pixels
    #[arg(long, global = true, value_name = "WxH", value_parser = parse_size, default_value = "1800x1300")]
    pub size: PictureSize,
    /// Print nothing but the answer
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Print the remarks on the network too
    #[arg(short, long, global = true, action = ArgAction::Count)]
    pub verbose: u8,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Find the best routes between two places or countries
    Route(RouteArgs),
    /// Evaluate a corridor of countries: every pair of crossings, who carries what, the ways round its middle
    Transit(TransitArgs),
    /// Compare scenarios: what goes into each and what comes out differently, with a map
    Compare(CompareArgs),
    /// Reckon what the best route pays and earns in each year, and whether it is worth it
    Cashflow(super::cash_flow::CashFlowArgs),
    /// Split the bill of a plan among countries: by rule, and who would do better alone
    Share(ShareArgs),
    /// Find the best routes from each of some places or countries to each of others
    Matrix(MatrixArgs),
    /// Find the ways of a country, or of all, to the world's hubs: what each gateway gives, and what they lean on
    Gateway(GatewayArgs),
    /// Find the fee, price, rent or delay at which the best route changes, and the fee that earns the most
    Ceiling(super::ceiling::CeilingArgs),
    /// Answer a file of queries, each as `route` would
    Batch(BatchArgs),
    /// Draw the network, a route, a corridor or a comparison
    Map(MapArgs),
    /// Check, describe or convert a network
    Network(NetworkArgs),
    /// Check or show a scenario
    Scenario(ScenarioArgs),
    /// Print the completions of a shell
    Completions(CompletionsArgs),
    /// Print the manual page
    Man(ManArgs),
}

/// What shapes the choice of a route.
#[derive(Debug, clap::Args, Clone, Default)]
pub struct Shape {
    /// What the best route is best at: cost, latency, length, risk or availability, or several by their shares, as in
    /// cost=0.7,latency=0.3 [default: the scenario's, else cost]
    #[arg(long, value_name = "WHAT")]
    pub objective: Option<String>,
    /// Pass this place, country, segment or system; several are passed in any order
    #[arg(long, value_name = "PLACE", value_delimiter = ',')]
    pub via: Vec<String>,
    /// Pass what --via names in the order given
    #[arg(long)]
    pub in_order: bool,
    /// Do not touch this place, country, segment or system; may be repeated
    #[arg(long, value_name = "PLACE", value_delimiter = ',')]
    pub avoid: Vec<String>,
    /// Upper bounds.
    #[command(flatten)]
    pub bounds: BoundArgs,
    /// Have at most this share of the length in a country, as in AF=40%; XZ is the sea, * each country that is neither
    /// end's and has no share of its own; may be repeated
    #[arg(long, value_name = "COUNTRY=PERCENT", value_delimiter = ',')]
    pub max_share: Vec<String>,
}

/// How sure an answer is, the prices having ranges.
#[derive(Debug, clap::Args, Clone, Default)]
pub struct DrawArgs {
    /// Draw every price from its range so many times (100 to 200000), and say how sure each figure is
    #[arg(long, value_name = "N")]
    pub samples: Option<u32>,
    /// Which draws: the same seed gives the same answer [default: 1]
    #[arg(long, value_name = "N", requires = "samples")]
    pub seed: Option<u64>,
    /// Draw charts, a .png or .svg file: what each route costs by term and country, or with --samples which prices drive
    /// the cost, and how often each route is the cheapest
    #[arg(long, value_name = "FILE")]
    pub chart: Option<PathBuf>,
    /// Threads to draw on [default: one for each core]
    #[arg(long, value_name = "N", requires = "samples")]
    pub threads: Option<usize>,
}

/// `fiberplan route`
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  fiberplan route Ashgabat Karachi -k 5 --objective latency\n  \
    fiberplan route TM PK --corridor TM,AF,PK --format json\n  \
    fiberplan route TM DE --disjoint country\n  \
    fiberplan route TM PK --corridor 'TM,AF|IR,*,PK' --max-countries 4 --max-share AF=50%\n  \
    fiberplan route Tashkent Karachi --avoid IR -o out/tashkent-karachi.png")]
pub struct RouteArgs {
    /// Where from: a place or a country
    pub from: String,
    /// Where to: a place or a country
    pub to: String,
    /// How many routes to show [default: 1; with --disjoint 2, with --distinct 5, with --within and --pareto all]
    #[arg(short, value_name = "N")]
    pub k: Option<usize>,
    /// Follow exactly these countries, in order; AF|IR is either of the two, ? any one country, * any number of them
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    pub corridor: Vec<String>,
    #[command(flatten)]
    pub shape: Shape,
    /// Show only routes whose objective is at most so much above the best one's, as in 10%
    #[arg(long, value_name = "PERCENT", conflicts_with_all = ["pareto", "disjoint", "price_constraints"])]
    pub within: Option<String>,
    /// Show only routes of whose length at least this share lies off each better route shown, as in 30%
    #[arg(long, value_name = "PERCENT", conflicts_with_all = ["pareto", "disjoint", "price_constraints"])]
    pub distinct: Option<String>,
    /// Show the formula, the inputs and the source of each number
    #[arg(long, conflicts_with = "samples")]
    pub explain: bool,
    /// Show all routes that no other betters in all of these: two to four of cost, latency, length, unavailability and
    /// crossings
    #[arg(long, value_name = "CRITERIA", conflicts_with_all = ["explain", "price_constraints", "objective", "samples", "chart"])]
    pub pareto: Option<String>,
    /// Of those, show enough that each has one shown that is at most so much worse in any of them, as in 5%
    #[arg(long, value_name = "PERCENT", requires = "pareto")]
    pub epsilon: Option<String>,
    /// Show what each constraint costs: the best route without it
    #[arg(long, conflicts_with_all = ["explain", "samples"])]
    pub price_constraints: bool,
    /// Show routes that share none of these, or as few as can be: segments, places on the way, risk groups, transit
    /// countries or owners of cable
    #[arg(long, value_name = "WHAT", conflicts_with_all = ["explain", "pareto", "price_constraints", "samples", "chart"])]
    #[arg(value_parser = ["segment", "node", "srlg", "country", "owner"])]
    pub disjoint: Option<String>,
    /// What disjoint routes are best at together: the least sum, the best first route, or the least bad last one
    #[arg(long, value_name = "AIM", requires = "disjoint", default_value = "sum")]
    #[arg(value_parser = ["sum", "first", "balanced"])]
    pub pair: String,
    #[command(flatten)]
    pub draws: DrawArgs,
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
    /// What the best route is best at: cost, latency, length, risk or availability, or several by their shares, as in
    /// cost=0.7,latency=0.3 [default: the scenario's, else cost]
    #[arg(long, value_name = "WHAT")]
    pub objective: Option<String>,
    /// Do not draw a map into out/
    #[arg(long)]
    pub no_map: bool,
    /// Show the formula, the inputs and the source of each number of the best route
    #[arg(long, conflicts_with = "samples")]
    pub explain: bool,
    #[command(flatten)]
    pub draws: DrawArgs,
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
    /// Where from, instead of the scenarios' own demands
    #[arg(long, value_name = "PLACE")]
    pub from: Option<String>,
    /// Where to, instead of the scenarios' own demands
    #[arg(long, value_name = "PLACE")]
    pub to: Option<String>,
    /// How many routes to ask of each scenario
    #[arg(short, value_name = "N", default_value_t = 1)]
    pub k: usize,
    /// Follow exactly these countries, in order; AF|IR is either of the two, ? any one country, * any number of them
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    pub corridor: Vec<String>,
    #[command(flatten)]
    pub shape: Shape,
    /// Do not draw a map into out/
    #[arg(long)]
    pub no_map: bool,
    #[command(flatten)]
    pub draws: DrawArgs,
}

/// `fiberplan share`
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  fiberplan share TM AF PK\n  \
    fiberplan share TM AF PK -s tap-trilateral -o out/share.png\n  \
    fiberplan share TM AF PK --demand TM,PK=400 --demand AF,Frankfurt=100")]
pub struct ShareArgs {
    /// The countries that share
    #[arg(required = true, num_args = 1.., value_name = "COUNTRY")]
    pub countries: Vec<String>,
    /// A demand, asked for by the country it begins in, as in TM,PK=100 for 100 Gbit/s; may be repeated [default: the
    /// scenario's capacity between each two of the countries, and from each to Frankfurt and to Singapore]
    #[arg(long, value_name = "FROM,TO=GBPS", allow_hyphen_values = true)]
    pub demand: Vec<String>,
    /// Estimate the Shapley value from this many pairs of orders of joining: the way with more than 12 countries
    #[arg(long, value_name = "N", value_parser = parse_count)]
    pub samples: Option<u32>,
    /// Seed of that draw
    #[arg(long, value_name = "N", default_value_t = 1, requires = "samples")]
    pub seed: u64,
    /// Threads to work on [default: one for each core]
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
    /// Do not draw a picture into out/
    #[arg(long)]
    pub no_chart: bool,
}

/// `fiberplan matrix`
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  fiberplan matrix --from TM,AF,PK --to DE,FR,SG\n  \
    fiberplan matrix --from Ashgabat,Karachi,Tashkent --objective latency --show rtt,km\n  \
    fiberplan matrix --from all -o out/matrix.csv")]
pub struct MatrixArgs {
    /// Where from: places or countries, or `all` for every country
    #[arg(long, required = true, value_name = "PLACES", value_delimiter = ',')]
    pub from: Vec<String>,
    /// Where to: places or countries, or `all` for every country [default: the same as from]
    #[arg(long, value_name = "PLACES", value_delimiter = ',')]
    pub to: Vec<String>,
    #[command(flatten)]
    pub shape: Shape,
    /// Figures to show in tables: cost, rtt, km, up, crossings [default: cost,rtt,km,up]
    #[arg(long, value_name = "LIST", value_delimiter = ',', value_parser = parse_figure)]
    pub show: Vec<MatrixFigure>,
    /// Threads to work on [default: one for each core]
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
}

/// `fiberplan gateway`
#[derive(Debug, clap::Args)]
#[command(after_help = "A gateway is the border crossing or landing by which a route leaves the country, with the \
    country that it enters there.\n\nExamples:\n  fiberplan gateway TM\n  \
    fiberplan gateway TM --compare today tap-trilateral\n  \
    fiberplan gateway AF --hub Singapore --hub Mumbai -o out/af.png\n  \
    fiberplan gateway --all --compare today red-sea-cut -o out/all.csv")]
pub struct GatewayArgs {
    /// The country
    pub country: Option<String>,
    /// Ask for every country of the network instead: latency and cost to each hub
    #[arg(long)]
    pub all: bool,
    /// A hub to reach; may be repeated [default: Frankfurt, Marseille, Singapore, London and Hong Kong, those of them that
    /// the network has]
    #[arg(long, value_name = "PLACE")]
    pub hub: Vec<String>,
    /// Tell what changes from one scenario to another: two shipped ones by name, or files
    #[arg(long, value_name = "SCENARIO", num_args = 1..=2)]
    pub compare: Vec<String>,
    #[command(flatten)]
    pub shape: Shape,
    /// Threads to work on [default: one for each core]
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
}

/// `fiberplan batch`
#[derive(Debug, clap::Args)]
#[command(
    after_help = "A query has the fields from and to, and may have id, k and those named as the options of `route`, as in \
    max_rtt_ms;\nlists are separated by `;`; fields that begin with x_ are handed back. The options given here hold for \
    the queries\nthat do not say otherwise.\n\nExamples:\n  fiberplan batch queries.csv -o out/answers.csv\n  \
    fiberplan batch queries.jsonl --objective latency --full > answers.jsonl"
)]
pub struct BatchArgs {
    /// File of queries: .csv with a head line, or .jsonl with a JSON object on each line; `-` is stdin
    #[arg(value_name = "QUERIES")]
    pub queries: PathBuf,
    /// How many routes to answer with
    #[arg(short, value_name = "N", default_value_t = 1)]
    pub k: usize,
    /// Follow exactly these countries, in order
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    pub corridor: Vec<String>,
    #[command(flatten)]
    pub shape: Shape,
    /// Tell all of each route: its hops, countries, borders and assumptions too
    #[arg(long)]
    pub full: bool,
    /// Find out what stands in the way of each query that has no route; takes longer
    #[arg(long)]
    pub why: bool,
    /// Threads to work on [default: one for each core]
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
}

/// `fiberplan map`
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  fiberplan map -o out/network.png\n  fiberplan map tap-trilateral --corridor TM,AF,PK -o out/tap.svg\n  \
    fiberplan map --from Ashgabat --to Karachi -k 3 --size 3600x2600 -o out/routes.png\n  fiberplan map today --against red-sea-cut --from Karachi --to Marseille -o out/cut.png"
)]
pub struct MapArgs {
    /// Scenario: the name of a shipped one, or a TOML file [default: today]
    pub scenario_name: Option<String>,
    /// Draw routes from here
    #[arg(long, value_name = "PLACE")]
    pub from: Option<String>,
    /// Draw routes to here
    #[arg(long, value_name = "PLACE")]
    pub to: Option<String>,
    /// How many routes to show
    #[arg(short, value_name = "N", default_value_t = 1)]
    pub k: usize,
    /// Draw the best crossing pairs of this corridor; with --from and --to, follow these countries
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    pub corridor: Vec<String>,
    /// Draw another scenario beside it; may be repeated
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

/// `fiberplan scenario`
#[derive(Debug, clap::Args)]
pub struct ScenarioArgs {
    #[command(subcommand)]
    pub command: ScenarioCommand,
}

/// `fiberplan scenario ...`
#[derive(Debug, Subcommand)]
pub enum ScenarioCommand {
    /// Tell whether scenarios can be computed, and how many rows their changes touch
    Check {
        /// A shipped scenario's name, or a file; without one, all shipped scenarios
        name: Option<String>,
    },
    /// Show a scenario as it will be computed
    Show {
        /// A shipped scenario's name, or a file
        name: String,
    },
}

/// `fiberplan completions`
#[derive(Debug, clap::Args)]
pub struct CompletionsArgs {
    /// The shell to print them for
    pub shell: Shell,
}

/// `fiberplan man`
#[derive(Debug, clap::Args)]
pub struct ManArgs {}

fn parse_format(text: &str) -> Result<Format, String> {
    text.parse().map_err(|error: crate::report::UnknownFormat| error.to_string())
}

fn parse_figure(text: &str) -> Result<MatrixFigure, String> {
    text.parse().map_err(|error: crate::report::UnknownFigure| error.to_string())
}

fn parse_size(text: &str) -> Result<PictureSize, String> {
    let size = text.split_once('x').and_then(|(w, h)| Some((w.parse().ok()?, h.parse().ok()?)));
    let range = 200..=10_000;
    size.filter(|(w, h)| range.contains(w) && range.contains(h))
        .map(|(w, h)| PictureSize::new(w, h))
        .ok_or_else(|| format!("expected WIDTHxHEIGHT with 200 to 10000 pixels each, as in 1800x1300, found {text:?}"))
}
