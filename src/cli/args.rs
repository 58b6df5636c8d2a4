//! Groups of arguments that commands share, as typed. Each command's arguments stand beside it.

use std::path::PathBuf;

use clap::ArgAction;

use super::bounds::BoundArgs;
use crate::picture::PictureSize;
use crate::report::Format;

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

fn parse_format(text: &str) -> Result<Format, String> {
    text.parse().map_err(|error: crate::report::UnknownFormat| error.to_string())
}

fn parse_size(text: &str) -> Result<PictureSize, String> {
    let size = text.split_once('x').and_then(|(w, h)| Some((w.parse().ok()?, h.parse().ok()?)));
    let range = 200..=10_000;
    size.filter(|(w, h)| range.contains(w) && range.contains(h))
        .map(|(w, h)| PictureSize::new(w, h))
        .ok_or_else(|| format!("expected WIDTHxHEIGHT with 200 to 10000 pixels each, as in 1800x1300, found {text:?}"))
}
