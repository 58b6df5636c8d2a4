//! Options of every command that one command has no use for: given to it, they are refused.

use super::Failure;
use super::args::Common;

/// An option of every command, as it is typed, and whether it was given.
fn given(common: &Common) -> [(&'static str, bool); 13] {
    [
        ("-s", common.scenario.is_some()),
        ("--network", common.network.is_some()),
        ("--prices", common.prices.is_some()),
        ("--gbps", common.gbps.is_some()),
        ("--term-years", common.term_years.is_some()),
        ("--year", common.year.is_some()),
        ("--status", !common.status.is_empty()),
        ("--medium", !common.medium.is_empty()),
        ("--owner", !common.owner.is_empty()),
        ("--min-gbps", common.min_gbps.is_some()),
        ("--strict-capacity", common.strict_capacity),
        ("--format", common.format.is_some()),
        ("-o", !common.output.is_empty()),
    ]
}

/// Refuses the options that a command ignores: those given that are not among the ones it uses.
pub(super) fn refuse_all_but(used: &[&str], command: &str, common: &Common) -> Result<(), Failure> {
    let ignored = given(common).into_iter().find(|(option, is_given)| *is_given && !used.contains(option));
    ignored.map_or(Ok(()), |(option, _)| {
        let text = format!("{option} has no meaning for {command}");
        let used = if used.is_empty() { "none of the options of every command".to_owned() } else { used.join(", ") };
        Err(Failure::usage(text, format!("{command} uses {used}")))
    })
}

/// Refuses one option that a command ignores.
pub(super) fn refuse_format(command: &str, instead: &str, common: &Common) -> Result<(), Failure> {
    match common.format {
        Some(_) => Err(Failure::usage(format!("--format has no meaning for {command}"), instead)),
        None => Ok(()),
    }
}
