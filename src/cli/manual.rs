//! Shell completions and the manual page.

use clap::CommandFactory;

use super::args::{Args, CompletionsArgs, ManArgs};
use super::output::stdout;
use super::{Failure, Outcome};

pub(super) fn completions(args: &CompletionsArgs) -> Result<Outcome, Failure> {
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "fiberplan", &mut text);
    stdout(&String::from_utf8_lossy(&text)).map(|()| Outcome::Answered)
}

pub(super) fn man(_args: &ManArgs) -> Result<Outcome, Failure> {
    let mut text = Vec::new();
    let written = clap_mangen::Man::new(Args::command()).render(&mut text);
    written.map_err(|error| Failure::Usage { text: format!("the manual cannot be made: {error}"), hint: None })?;
    stdout(&String::from_utf8_lossy(&text)).map(|()| Outcome::Answered)
}
