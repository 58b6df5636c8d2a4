//! `fiberplan transit`: a corridor by crossing pairs, against the ways round its middle.

use std::path::PathBuf;

use super::Failure;
use super::args::{Common, DrawArgs};
use super::case::{context, corridor_end, load_case};
use super::draws::{Draws, chart_of_costs};
use super::outcome::Outcome;
use super::output::{Targets, stderr};
use super::shape::{find_corridor, objective};
use crate::analysis::{Request, transit, verdict};
use crate::report::answer::TransitAnswer;
use crate::report::charts::costs_chart;
use crate::report::scenes::transit_sheet;
use crate::report::{DrawnAnswer, ExplainReport, Report, TransitReport, verdict_in_words};
use crate::request::{CountryPattern, End};
use crate::world::World;

/// `fiberplan transit`
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  fiberplan transit TM AF PK\n  fiberplan transit UZ AF PK --objective latency -o out/uz-af-pk.png"
)]
pub struct TransitArgs {
    /// The countries, in order: two ends and what lies between
    #[arg(required = true, num_args = 2.., value_name = "COUNTRY")]
    pub countries: Vec<String>,
    /// Begin here instead of at the first country's principal gateway
    #[arg(long, value_name = "PLACE")]
    pub from: Option<String>,
    /// End here instead of at the last country's principal gateway
    #[arg(long, value_name = "PLACE")]
    pub to: Option<String>,
    /// What the best route is best at: cost, latency, length, risk or availability, or several by their shares, as in
    /// cost=0.7,latency=0.3 [default: the scenario's, else cost]
    #[arg(long, value_name = "WHAT")]
    pub objective: Option<String>,
    /// Do not draw a map into out/
    #[arg(long)]
    pub no_map: bool,
    /// Show the formula, the inputs and the source of each number of the best route
    #[arg(long, conflicts_with = "samples")]
    pub explain: bool,
    #[command(flatten)]
    pub draws: DrawArgs,
}

pub(super) fn run(world: &World, common: &Common, args: &TransitArgs) -> Result<Outcome, Failure> {
    let targets = Targets::of::<TransitAnswer>(world, common)?;
    let draws = Draws::of(&args.draws)?;
    let scenario = load_case(world, common, None)?;
    let corridor = find_corridor(&scenario, "COUNTRY", &args.countries)?;
    let (first, last) = (corridor[0], corridor[corridor.len() - 1]);
    let from = corridor_end(&scenario, "--from", args.from.as_deref(), first)?;
    let to = corridor_end(&scenario, "--to", args.to.as_deref(), last)?;
    if from == to {
        return Err(Failure::usage("the corridor begins and ends at the same place", "give --from or --to"));
    }
    let plan = scenario.plan();
    let objective = objective(&scenario, args.objective.as_deref())?;
    let request = Request {
        corridor: CountryPattern::exactly(&corridor).ok(),
        ..scenario.request(End::Node(from), End::Node(to), objective)
    };
    let answer = transit(&plan, &request).expect("a corridor between two places was asked for");
    let context = context(&scenario, &request);
    let said = verdict(&plan, &answer).map(|verdict| verdict_in_words(&context, &answer, &verdict));
    let mut map_note = targets.maps().next().map(|path| format!("Map: {}", path.display()));
    if targets.is_plain() && !args.no_map && !answer.rows.is_empty() {
        let codes: Vec<String> = corridor.iter().map(|code| code.as_str().to_lowercase()).collect();
        let path = PathBuf::from("out").join(format!("{}.png", codes.join("-")));
        match targets.draw(&path, &transit_sheet(&scenario, &answer, common.size).into()) {
            Ok(()) => map_note = Some(format!("Map: {}", path.display())),
            // The map is an extra here: the answer must not be lost for want of a place to put it.
            Err(failure) => stderr(&format!("warning: no map: {failure}")),
        }
    }
    let drawn = DrawnAnswer::Transit(&answer, said.as_deref(), map_note.as_deref());
    let draws = draws.filter(|_| !answer.rows.is_empty());
    let spread = match &draws {
        Some(draws) => draws.run(&targets, (&plan, &request), &context, drawn)?,
        None => None,
    };
    chart_of_costs(&args.draws, &targets, || costs_chart(&context, drawn, common.size))?;
    let report = TransitReport {
        verdict: said.as_deref(),
        map_note: map_note.as_deref(),
        draws: spread.as_ref(),
        ..TransitReport::of(&context, &answer)
    };
    targets.deliver(
        &|format| match answer.rows.first() {
            Some(best) if args.explain && spread.is_none() => {
                ExplainReport { context: &context, route: &best.route, book: &scenario.book }.render(format)
            }
            _ => report.render(format),
        },
        &|| transit_sheet(&scenario, &answer, common.size),
    )?;
    Ok(if answer.rows.is_empty() { Outcome::NoRoute } else { Outcome::Answered })
}
