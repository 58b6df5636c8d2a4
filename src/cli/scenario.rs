//! `fiberplan scenario`: check and show.

use super::Failure;
use super::args::Common;
use super::case::load_case;
use super::outcome::Outcome;
use super::output::{Targets, stderr};
use crate::report::answer::{Answer, FailedScenario, ScenarioAnswer, ScenarioCheckAnswer};
use crate::report::scenes::empty_sheet;
use crate::report::{Report, ScenarioCheckReport, ScenarioReport};
use crate::world::World;

/// `fiberplan scenario`
#[derive(Debug, clap::Args)]
pub struct ScenarioArgs {
    #[command(subcommand)]
    pub command: ScenarioCommand,
}

/// `fiberplan scenario ...`
#[derive(Debug, clap::Subcommand)]
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

pub(super) fn run(world: &World, common: &Common, args: &ScenarioArgs) -> Result<Outcome, Failure> {
    if common.scenario.is_some() {
        return Err(Failure::usage("-s has no meaning here", "name the scenario after the command"));
    }
    match &args.command {
        ScenarioCommand::Show { name } => show(world, common, name),
        ScenarioCommand::Check { name } => {
            let names: Vec<String> = match name {
                Some(name) => vec![name.clone()],
                None => world.scenario_names().into_iter().map(str::to_owned).collect(),
            };
            check(world, common, &names)
        }
    }
}

fn show(world: &World, common: &Common, name: &str) -> Result<Outcome, Failure> {
    let targets = text_targets::<ScenarioAnswer>(world, common)?;
    let scenario = load_case(world, common, Some(name))?;
    let report = ScenarioReport { scenario: &scenario };
    targets.deliver(&|format| report.render(format), &|| empty_sheet(common.size))?;
    Ok(Outcome::Answered)
}

fn check(world: &World, common: &Common, names: &[String]) -> Result<Outcome, Failure> {
    let targets = text_targets::<ScenarioCheckAnswer>(world, common)?;
    let (mut scenarios, mut failed, mut failure) = (Vec::new(), Vec::new(), None);
    for name in names {
        match load_case(world, common, Some(name)) {
            Ok(scenario) => scenarios.push(scenario),
            Err(error) if names.len() == 1 => return Err(error),
            Err(error) => {
                stderr(&format!("error: {name}: {error}"));
                failed.push(FailedScenario { name: name.clone(), error: error.to_string() });
                failure = Some(error);
            }
        }
    }
    let report = ScenarioCheckReport { scenarios: &scenarios, failed: &failed };
    targets.deliver(&|format| report.render(format), &|| empty_sheet(common.size))?;
    failure.map_or(Ok(Outcome::Answered), Err)
}

fn text_targets<'a, A: Answer>(world: &'a World, common: &Common) -> Result<Targets<'a>, Failure> {
    let targets = Targets::of::<A>(world, common)?;
    if let Some(map) = targets.maps().next() {
        let text = format!("-o {}: a scenario is shown as text", map.display());
        return Err(Failure::usage(text, "`fiberplan map` draws one"));
    }
    Ok(targets)
}
