//! The commands and the options of every command, as typed.

use clap::{Parser, Subcommand};

use super::args::Common;
use super::batch::BatchArgs;
use super::cash_flow::CashFlowArgs;
use super::ceiling::CeilingArgs;
use super::compare::CompareArgs;
use super::gateway::GatewayArgs;
use super::manual::{CompletionsArgs, ManArgs};
use super::map::MapArgs;
use super::matrix::MatrixArgs;
use super::network::NetworkArgs;
use super::route_args::RouteArgs;
use super::scenario::ScenarioArgs;
use super::schema::SchemaArgs;
use super::share::ShareArgs;
use super::transit::TransitArgs;

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

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Find the best routes between two places or countries
    Route(RouteArgs),
    /// Evaluate a corridor of countries: every pair of crossings, who carries what, the ways round its middle
    Transit(TransitArgs),
    /// Compare scenarios: what goes into each and what comes out differently, with a map
    Compare(CompareArgs),
    /// Compute what the best route pays and earns in each year, and whether it is worth it
    Cashflow(CashFlowArgs),
    /// Split the bill of a plan among countries: by rule, and who would do better alone
    Share(ShareArgs),
    /// Find the best routes from each of some places or countries to each of others
    Matrix(MatrixArgs),
    /// Find the ways of a country, or of all, to the world's hubs: what each gateway gives, and what they lean on
    Gateway(GatewayArgs),
    /// Find the fee, price, rent or delay at which the best route changes, and the fee that earns the most
    Ceiling(CeilingArgs),
    /// Answer a file of queries, each as `route` would
    Batch(BatchArgs),
    /// Draw the network, a route, a corridor or a comparison
    Map(MapArgs),
    /// Check, describe or convert a network
    Network(NetworkArgs),
    /// Check or show a scenario
    Scenario(ScenarioArgs),
    /// Print the JSON Schema of an answer or of an input file
    Schema(SchemaArgs),
    /// Print the completions of a shell
    Completions(CompletionsArgs),
    /// Print the manual page
    Man(ManArgs),
}
