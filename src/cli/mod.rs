//! The command line: arguments, one file a command, and the terminal's streams.
//!
//! Arguments come in two stages: as typed (`args`), then resolved against a scenario; only the second travels inward.
//! Answers go to stdout, everything else to stderr. Exit code 0: answered, and a table of many answers (`matrix`,
//! `gateway`, `compare`) also where some of them are missing; 1: it ran, and no route fits, or in a batch to some query;
//! 2: bad input, usage, or a file that cannot be read or written.

mod alternatives;
mod args;
mod batch;
mod bounds;
mod case;
mod cash_flow;
mod ceiling;
mod command;
mod compare;
mod diverse;
mod draws;
mod failure;
mod gateway;
mod ignored;
mod manual;
mod map;
mod matrix;
mod network;
mod outcome;
mod output;
mod pareto;
mod picture;
#[cfg_attr(not(feature = "terminal"), path = "progress_silent.rs")]
mod progress;
mod questions;
mod route;
mod route_args;
mod scenario;
mod schema;
mod shape;
mod share;
mod threads;
mod transit;
mod values;
mod wording;

use std::process::ExitCode;

use clap::CommandFactory;
use command::{Args, Command};
pub use failure::Failure;
use outcome::Outcome;

use crate::world::World;

/// Runs the program with the arguments of the process.
#[must_use]
pub fn run() -> ExitCode {
    let args = match values::read() {
        Ok(args) => args,
        Err(values::Unread::Number(failure)) => return failed(&failure),
        Err(values::Unread::Clap(error)) => {
            // Help and version go to stdout and are no failure; a pipe that closed early is not our trouble.
            let unheard = error.print().is_err_and(|cause| cause.kind() != std::io::ErrorKind::BrokenPipe);
            return ExitCode::from(if error.use_stderr() || unheard { 2 } else { 0 });
        }
    };
    let world = World::shipped();
    let outcome = match &args.command {
        Command::Route(own) => route::run(&world, &args.common, own),
        Command::Transit(own) => transit::run(&world, &args.common, own),
        Command::Compare(own) => compare::run(&world, &args.common, own),
        Command::Cashflow(own) => cash_flow::run(&world, &args.common, own),
        Command::Share(own) => share::run(&world, &args.common, own),
        Command::Matrix(own) => matrix::run(&world, &args.common, own),
        Command::Gateway(own) => gateway::run(&world, &args.common, own),
        Command::Ceiling(own) => ceiling::run(&world, &args.common, own),
        Command::Batch(own) => batch::run(&world, &args.common, own),
        Command::Map(own) => map::run(&world, &args.common, own),
        Command::Network(own) => network::run(&world, &args.common, own),
        Command::Scenario(own) => scenario::run(&world, &args.common, own),
        Command::Schema(own) => schema::run(&args.common, own),
        Command::Completions(own) => manual::completions(&args.common, own, Args::command()),
        Command::Man(own) => manual::man(&args.common, own, &Args::command()),
    };
    match outcome {
        Ok(Outcome::Answered) => ExitCode::SUCCESS,
        Ok(Outcome::NoRoute) => ExitCode::from(1),
        Err(Failure::BrokenPipe) => ExitCode::SUCCESS,
        Err(failure) => failed(&failure),
    }
}

/// Says what is wrong, and what to do about it.
fn failed(failure: &Failure) -> ExitCode {
    output::stderr(&format!("error: {failure}"));
    if let Some(hint) = failure.hint() {
        output::stderr(&format!("\nhint: {hint}"));
    }
    ExitCode::from(2)
}
