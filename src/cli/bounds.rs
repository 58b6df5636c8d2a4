//! The options that bound a route: one for each criterion, named as its bound is.

use clap::{Arg, ArgMatches, Command, FromArgMatches, value_parser};

use super::Failure;
use crate::metrics::{BoundForm, Criterion};
use crate::request::{Bounds, parse_percent};

/// Bounds as typed.
#[derive(Debug, Clone, Default)]
pub struct BoundArgs {
    typed: [Option<TypedBound>; Criterion::ALL.len()],
}

/// A bound as typed.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum TypedBound {
    Number(f64),
    Percent(String),
    Count(u32),
}

impl BoundArgs {
    /// Sets a bound, where one is given.
    pub(super) fn set(&mut self, of: Criterion, typed: Option<TypedBound>) {
        if typed.is_some() {
            self.typed[of as usize] = typed;
        }
    }

    /// A bound on a count.
    pub(super) fn count(&self, of: Criterion) -> Option<u32> {
        match self.typed[of as usize] {
            Some(TypedBound::Count(most)) => Some(most),
            Some(TypedBound::Number(_) | TypedBound::Percent(_)) | None => None,
        }
    }

    /// What is typed, and what the scenario bounds besides.
    pub(super) fn or(&self, from_scenario: Bounds) -> Result<Bounds, Failure> {
        let mut bounds = from_scenario;
        for (of, typed) in Criterion::ALL.into_iter().zip(&self.typed) {
            let Some(typed) = typed else { continue };
            bounds.set(of, Some(of.whole_of_option(number(of, typed)?)));
        }
        Ok(bounds)
    }
}

/// The option of a criterion's bound, as typed.
pub(super) fn flag(of: Criterion) -> String {
    format!("--{}", of.names().option)
}

fn number(of: Criterion, typed: &TypedBound) -> Result<f64, Failure> {
    match typed {
        TypedBound::Number(number) if *number > 0.0 && number.is_finite() => Ok(*number),
        TypedBound::Number(number) => {
            let text = format!("{}: expected a number above 0, found {number}", flag(of));
            Err(Failure::usage(text, "drop it for no bound"))
        }
        TypedBound::Percent(text) => parse_percent(text)
            .map_err(|error| Failure::usage(format!("{}: {error}", flag(of)), format!("as in {} 99.9%", flag(of)))),
        TypedBound::Count(most) => Ok(f64::from(*most)),
    }
}

/// A whole number from 0.
pub(super) fn parse_count(text: &str) -> Result<u32, String> {
    text.trim().parse().map_err(|_not_whole| format!("expected a whole number from 0, found {text:?}"))
}

/// The value of a criterion's option, and its help.
const fn help(of: Criterion) -> (&'static str, &'static str) {
    match of {
        Criterion::Latency => ("MS", "Allow at most this round trip, in ms"),
        Criterion::Cost => ("USD", "Allow at most this cost over the term, in USD"),
        Criterion::Length => ("KM", "Allow at most this length, in km"),
        Criterion::Unavailability => ("PERCENT", "Be up at least this share of the time, as in 99.9%"),
        Criterion::Crossings => ("N", "Pass at most this many borders"),
        Criterion::Countries => ("N", "Run through at most this many different countries, both ends' included"),
        Criterion::TransitCountries => {
            ("N", "Run through at most this many different countries that are neither end's")
        }
    }
}

impl clap::Args for BoundArgs {
    fn augment_args(command: Command) -> Command {
        command.args(Criterion::ALL.map(|of| {
            let (value, help) = help(of);
            let arg = Arg::new(of.names().field).long(of.names().option).value_name(value).help(help);
            match of.names().form {
                BoundForm::Number => arg.value_parser(value_parser!(f64)).allow_negative_numbers(true),
                BoundForm::LeastPercent => arg.allow_hyphen_values(true),
                BoundForm::Count => arg.value_parser(parse_count).allow_negative_numbers(true),
            }
        }))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for BoundArgs {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let mut bounds = Self::default();
        bounds.update_from_arg_matches(matches)?;
        Ok(bounds)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        for of in Criterion::ALL {
            let field = of.names().field;
            let typed = match of.names().form {
                BoundForm::Number => matches.get_one(field).copied().map(TypedBound::Number),
                BoundForm::LeastPercent => matches.get_one(field).cloned().map(TypedBound::Percent),
                BoundForm::Count => matches.get_one(field).copied().map(TypedBound::Count),
            };
            self.set(of, typed);
        }
        Ok(())
    }
}
