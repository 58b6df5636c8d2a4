//! Numbers on the command line: a minus before one belongs to it, and what cannot be read as one is told in our own words.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command, CommandFactory, FromArgMatches};

use super::Failure;
use super::command::Args;

/// Options with a number: what is expected, and an example.
const NUMBERS: [(&str, &str, &str); 12] = [
    ("--gbps", "a capacity above 0 and at most 1e9 Gbps", "100"),
    ("--min-gbps", "a capacity above 0 and at most 1e9 Gbps", "400"),
    ("--term-years", "1 to 100 years", "15"),
    ("--year", "a year from 1977 to 2300", "2030"),
    ("-k", "1 to 10000 routes", "5"),
    ("--samples", "a whole number above 0", "10000"),
    ("--seed", "a whole number from 0", "1"),
    ("--threads", "1 to 1024 threads", "2"),
    ("--price", "a price from 0 to 1000000 USD per Mbps and month", "5"),
    ("--build-years", "0 to 50 years", "2"),
    ("--service-year", "a year", "2030"),
    ("--up-to", "a value above 0 and at most 1e12", "10"),
];

/// Options with a percentage: text, which may begin with a minus.
const PERCENTAGES: [&str; 3] = ["within", "distinct", "epsilon"];

/// Why the arguments could not be read.
#[derive(Debug)]
pub(super) enum Unread {
    /// What clap has to say: help and version too.
    Clap(Box<clap::Error>),
    /// A number that is none.
    Number(Failure),
}

/// Reads the arguments of the process.
pub(super) fn read() -> Result<Args, Unread> {
    let matches = with_minus(Args::command()).try_get_matches();
    let args = matches.and_then(|matches| Args::from_arg_matches(&matches));
    args.map_err(|error| match own_words(&error) {
        Some(failure) => Unread::Number(failure),
        None => Unread::Clap(Box::new(error)),
    })
}

/// The command with every option taking a negative number for its value, so that its range is told and not another option
/// guessed.
fn with_minus(command: Command) -> Command {
    let own = |arg: Arg| {
        if arg.is_positional() || !arg.get_action().takes_values() {
            arg
        } else if PERCENTAGES.contains(&arg.get_id().as_str()) {
            arg.allow_hyphen_values(true)
        } else {
            arg.allow_negative_numbers(true)
        }
    };
    command.mut_args(own).mut_subcommands(with_minus)
}

/// A value that is no number where one is expected.
fn own_words(error: &clap::Error) -> Option<Failure> {
    if !matches!(error.kind(), ErrorKind::ValueValidation | ErrorKind::InvalidValue) {
        return None;
    }
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.as_str()),
        _ => None,
    };
    let option = text(ContextKind::InvalidArg)?.split_whitespace().next()?;
    let (option, expected, example) = NUMBERS.iter().find(|(name, ..)| *name == option)?;
    let found = text(ContextKind::InvalidValue).unwrap_or_default();
    let found = if found.parse::<f64>().is_ok() { found.to_owned() } else { format!("{found:?}") };
    Some(Failure::usage(format!("{option}: expected {expected}, found {found}"), format!("as in {option} {example}")))
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory, error::ErrorKind};

    use super::{NUMBERS, with_minus};
    use crate::cli::command::Args;

    #[test]
    fn every_number_is_an_option_of_some_command() {
        let command = with_minus(Args::command());
        command.clone().debug_assert();
        let known: Vec<String> = command
            .get_subcommands()
            .flat_map(|own| own.get_arguments())
            .chain(command.get_arguments())
            .filter_map(|arg| {
                arg.get_long().map(|long| format!("--{long}")).or(arg.get_short().map(|short| format!("-{short}")))
            })
            .collect();
        for (name, ..) in NUMBERS {
            assert!(known.iter().any(|own| own == name), "{name}");
        }
        // A flag is still no value of the option before it.
        let flag = command.try_get_matches_from(["fiberplan", "route", "a", "b", "--gbps", "--quiet"]);
        assert_eq!(flag.map_err(|error| error.kind()).err(), Some(ErrorKind::InvalidValue));
    }
}
