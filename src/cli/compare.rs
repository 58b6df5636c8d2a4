//! `fiberplan compare`: scenarios side by side.

use std::path::PathBuf;

use super::args::{Common, CompareArgs};
use super::case::{context, demand_ends, load_case, request};
use super::output::{Targets, draw, stderr};
use super::{Failure, Outcome};
use crate::corridor::Request;
use crate::map::{Sheet, comparison_sheet};
use crate::report::{compare_report};
use crate::scenario::{Comparison, Scenario, compare};

pub(super) fn run(common: &Common, args: &CompareArgs) -> Result<Outcome, Failure> {
    if common.scenario.is_some() {
        return Err(Failure::usage("-s has no meaning for compare", "name the scenarios one after the other"));
    }
    let targets = Targets::new(common)?;
    let scenarios: Vec<Scenario> =
        args.scenarios.iter().map(|name| load_case(common, Some(name))).collect::<Result<_, _>>()?;
    let requests = requests(&scenarios, args)?;
    let cases: Vec<(&Scenario, Request)> = scenarios.iter().zip(requests).collect();
    let comparison = compare(&cases);
    let (first, request) = &cases[0];
    let context = context(first, request);
    let sheet = || sheet(&scenarios, &comparison, common);
    let mut map_note = targets.maps().next().map(|path| path.display().to_string());
    if targets.is_plain() && !args.no_map {
        let names: Vec<String> = scenarios.iter().map(|scenario| file_name(&scenario.name)).collect();
        let path = PathBuf::from("out").join(format!("compare-{}.png", names.join("-")));
        match draw(&path, &sheet()) {
            Ok(()) => map_note = Some(path.display().to_string()),
            // The map is an extra here: the answer must not be lost for want of a place to put it.
            Err(failure) => stderr(&format!("warning: no map: {failure}")),
        }
    }
    targets.deliver(
        &|format| compare_report(&context, &scenarios, &comparison, map_note.as_deref(), format),
        &sheet,
    )?;
    let any = comparison.scenarios.iter().any(|compared| !compared.routes.is_empty());
    Ok(if any { Outcome::Answered } else { Outcome::NoRoute })
}

/// One request for each scenario: all have the first one's ends, and each its own routing.
fn requests(scenarios: &[Scenario], args: &CompareArgs) -> Result<Vec<Request>, Failure> {
    let first = &scenarios[0];
    let names = (args.from.clone().or(first.ends.0.clone()), args.to.clone().or(first.ends.1.clone()));
    let of = |scenario| {
        let ends = demand_ends(scenario, names.0.as_deref(), names.1.as_deref())?;
        request(scenario, ends, args.k, &args.corridor, &args.shape)
    };
    scenarios.iter().map(of).collect()
}

fn sheet(scenarios: &[Scenario], comparison: &Comparison, common: &Common) -> Sheet {
    let cases: Vec<_> = scenarios.iter().zip(&comparison.scenarios).collect();
    comparison_sheet(&cases, common.size)
}

/// A scenario's name as part of a file's.
fn file_name(name: &str) -> String {
    let plain = |c: char| if c.is_alphanumeric() || c == '-' || c == '_' { c } else { '-' };
    name.chars().map(plain).take(40).collect()
}
