//! Shell completions and the manual page.

use clap::Command;
use clap_complete::Shell;

use super::Failure;
use super::args::Common;
use super::ignored::refuse_all_but;
use super::outcome::Outcome;
use super::output::stdout;

/// `fiberplan completions`
#[derive(Debug, clap::Args)]
pub struct CompletionsArgs {
    /// The shell to print them for
    pub shell: Shell,
}

/// `fiberplan man`
#[derive(Debug, clap::Args)]
pub struct ManArgs {}

pub(super) fn completions(common: &Common, args: &CompletionsArgs, mut command: Command) -> Result<Outcome, Failure> {
    refuse_all_but(&[], "completions", common)?;
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut command, "fiberplan", &mut text);
    stdout(&String::from_utf8_lossy(&text)).map(|()| Outcome::Answered)
}

pub(super) fn man(common: &Common, _args: &ManArgs, command: &Command) -> Result<Outcome, Failure> {
    refuse_all_but(&[], "man", common)?;
    let text = manual(command);
    let text = text.map_err(|error| Failure::Usage { text: format!("the manual cannot be made: {error}"), hint: None });
    stdout(&text?).map(|()| Outcome::Answered)
}

/// One page for the program and all its commands.
fn manual(command: &Command) -> std::io::Result<String> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command.clone()).render(&mut page)?;
    // The commands have no pages of their own to refer to.
    let mut text = String::from_utf8_lossy(&page).replace("fiberplan\\-", "fiberplan ").replace("(1)\n", "\n");
    for command in command.get_subcommands() {
        describe("fiberplan", command, &mut text)?;
    }
    Ok(text)
}

/// Appends what a command, and those below it, take.
fn describe(above: &str, command: &Command, text: &mut String) -> std::io::Result<()> {
    let name = format!("{above} {}", command.get_name());
    let renamed = command.clone().bin_name(name.clone()).disable_help_flag(true).disable_version_flag(true);
    let examples = command.get_after_help().map(ToString::to_string);
    let page = clap_mangen::Man::new(renamed.after_help(""));
    let mut own = Vec::new();
    page.render_description_section(&mut own)?;
    page.render_synopsis_section(&mut own)?;
    if command.get_arguments().next().is_some() {
        page.render_options_section(&mut own)?;
    }
    text.push_str(&format!(".SH \"{}\"\n", name.to_uppercase()));
    text.push_str(&String::from_utf8_lossy(&own).replace(".SH", ".SS"));
    if let Some(examples) = examples {
        text.push_str(&format!(".PP\n.nf\n{}\n.fi\n", examples.replace('-', "\\-")));
    }
    command.get_subcommands().try_for_each(|below| describe(&name, below, text))
}
