//! `fiberplan scenario`: check and show.

use super::args::{Common, ScenarioArgs, ScenarioCommand};
use super::case::load_case;
use super::output::{Targets, stderr, stdout};
use super::{Failure, Outcome};
use crate::report::{Format, scenario_report};
use crate::scenario::Scenario;
use crate::world::World;

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
    let targets = Targets::new(world, common)?;
    if let Some(map) = targets.maps().next() {
        let text = format!("-o {}: a scenario is shown as text", map.display());
        return Err(Failure::usage(text, "`fiberplan map` draws one"));
    }
    let scenario = load_case(world, common, Some(name))?;
    targets
        .deliver(&|format| scenario_report(&scenario, format), &|| crate::report::scenes::empty_sheet(common.size))?;
    Ok(Outcome::Answered)
}

fn check(world: &World, common: &Common, names: &[String]) -> Result<Outcome, Failure> {
    let mut failed = None;
    for name in names {
        match load_case(world, common, Some(name)) {
            Ok(scenario) => stdout(&line(&scenario, common))?,
            Err(failure) if names.len() == 1 => return Err(failure),
            Err(failure) => {
                stderr(&format!("error: {name}: {failure}"));
                failed = Some(failure);
            }
        }
    }
    failed.map_or(Ok(Outcome::Answered), Err)
}

fn line(scenario: &Scenario, common: &Common) -> String {
    if common.format == Some(Format::Json) {
        return scenario_report(scenario, Format::Json);
    }
    let touched: usize = scenario.changes.iter().map(|change| change.touched.len()).sum();
    let plural = |n: usize, word: &str| format!("{n} {word}{}", if n == 1 { "" } else { "s" });
    let changes = plural(scenario.changes.len(), "change");
    format!("{}: ok, {changes}, {} touched", scenario.name, plural(touched, "row"))
}
