//! Arguments of `fiberplan route`, as typed.

use super::args::{DrawArgs, Shape};

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
