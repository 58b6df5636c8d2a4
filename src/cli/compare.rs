//! `fiberplan compare`: scenarios side by side.

use std::path::PathBuf;

use super::Failure;
use super::args::{Common, DrawArgs, Shape};
use super::case::{context, load_case};
use super::draws::{Draws, chart_of_costs};
use super::outcome::Outcome;
use super::output::{Targets, file_name, stderr};
use super::questions::{Asked, answers};
use crate::report::answer::CompareAnswer;
use crate::report::charts::compared_costs_chart;
use crate::report::scenes::comparison_sheet;
use crate::report::{CompareReport, Report};
use crate::scenario::Scenario;
use crate::world::World;

/// `fiberplan compare`
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  fiberplan compare today tap-trilateral red-sea-cut\n  fiberplan compare today mine.toml --from TM --to PK -o out/mine.png -o out/mine.json"
)]
pub struct CompareArgs {
    /// Scenarios: shipped ones by name, or files; the first is what the others are compared with
    #[arg(required = true, num_args = 1.., value_name = "SCENARIO")]
    pub scenarios: Vec<String>,
    /// Where from, instead of the scenarios' own demands
    #[arg(long, value_name = "PLACE")]
    pub from: Option<String>,
    /// Where to, instead of the scenarios' own demands
    #[arg(long, value_name = "PLACE")]
    pub to: Option<String>,
    /// How many routes to ask of each scenario
    #[arg(short, value_name = "N", default_value_t = 1)]
    pub k: usize,
    /// Follow exactly these countries, in order; AF|IR is either of the two, ? any one country, * any number of them
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    pub corridor: Vec<String>,
    #[command(flatten)]
    pub shape: Shape,
    /// Do not draw a map into out/
    #[arg(long)]
    pub no_map: bool,
    #[command(flatten)]
    pub draws: DrawArgs,
}

pub(super) fn run(world: &World, common: &Common, args: &CompareArgs) -> Result<Outcome, Failure> {
    if common.scenario.is_some() {
        return Err(Failure::usage("-s has no meaning for compare", "name the scenarios one after the other"));
    }
    let targets = Targets::of::<CompareAnswer>(world, common)?;
    let draws = Draws::of(&args.draws)?;
    let scenarios: Vec<Scenario> =
        args.scenarios.iter().map(|name| load_case(world, common, Some(name))).collect::<Result<_, _>>()?;
    let all: Vec<&Scenario> = scenarios.iter().collect();
    let asked = Asked {
        from: args.from.as_deref(),
        to: args.to.as_deref(),
        k: args.k,
        corridor: &args.corridor,
        shape: &args.shape,
    };
    let (comparison, requests) = answers(&all, &asked)?;
    let context = context(&scenarios[0], &requests[0][0]);
    let outlooks = match &draws {
        Some(draws) => Some(draws.compare(&targets, &context, (&all, &comparison, &requests))?),
        None => None,
    };
    chart_of_costs(&args.draws, &targets, || compared_costs_chart(&context, &comparison, common.size))?;
    let sheet = || comparison_sheet(&all, &comparison, common.size);
    let mut map_note = targets.maps().next().map(|path| path.display().to_string());
    if targets.is_plain() && !args.no_map {
        let names: Vec<String> = scenarios.iter().map(|scenario| file_name(&scenario.name)).collect();
        let path = PathBuf::from("out").join(format!("compare-{}.png", names.join("-")));
        match targets.draw(&path, &sheet().into()) {
            Ok(()) => map_note = Some(path.display().to_string()),
            // The map is an extra here: the answer must not be lost for want of a place to put it.
            Err(failure) => stderr(&format!("warning: no map: {failure}")),
        }
    }
    let report = CompareReport {
        context: &context,
        scenarios: &all,
        comparison: &comparison,
        outlooks: outlooks.as_ref(),
        map_note: map_note.as_deref(),
    };
    targets.deliver(&|format| report.render(format), &sheet)?;
    let any = comparison.scenarios.iter().any(|compared| compared.routes().next().is_some());
    Ok(if any { Outcome::Answered } else { Outcome::NoRoute })
}
