//! `fiberplan transit`: a corridor by crossing pairs, against the ways round its middle.

use std::path::PathBuf;

use super::args::{Common, TransitArgs};
use super::case::{context, find_end, load_case};
use super::draws::{Draws, chart_of_costs};
use super::output::{Targets, stderr};
use super::shape::{find_corridor, objective};
use super::{Failure, Outcome};
use crate::analysis::{Request, transit, verdict};
use crate::network::{CountryCode, NodeId};
use crate::report::answer::TransitAnswer;
use crate::report::charts::costs_chart;
use crate::report::scenes::transit_sheet;
use crate::report::{DrawnAnswer, ExplainReport, Report, TransitReport, verdict_in_words};
use crate::request::{CountryPattern, End};
use crate::scenario::Scenario;
use crate::world::World;

pub(super) fn run(world: &World, common: &Common, args: &TransitArgs) -> Result<Outcome, Failure> {
    let targets = Targets::of::<TransitAnswer>(world, common)?;
    let draws = Draws::of(&args.draws)?;
    let scenario = load_case(world, common, None)?;
    let corridor = find_corridor(&scenario, "COUNTRY", &args.countries)?;
    let (first, last) = (corridor[0], corridor[corridor.len() - 1]);
    let from = end(&scenario, "--from", args.from.as_deref(), first)?;
    let to = end(&scenario, "--to", args.to.as_deref(), last)?;
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

/// The place typed, or the country's principal gateway; it must lie in the country.
pub(super) fn end(
    scenario: &Scenario,
    argument: &'static str,
    typed: Option<&str>,
    country: CountryCode,
) -> Result<NodeId, Failure> {
    let Some(name) = typed else {
        return scenario
            .principal_gateway(country)
            .ok_or_else(|| Failure::usage(format!("{country} has no gateway"), "give --from and --to"));
    };
    let id = match find_end(scenario, argument, name)? {
        End::Node(id) => id,
        End::Country(code) => {
            let text = format!("{argument}: {code} is a country, expected a place");
            return Err(Failure::usage(text, "name a city of the corridor's end country"));
        }
    };
    let lies_in = scenario.network.find_node(&id).map(|node| node.country);
    if lies_in == Some(country) {
        return Ok(id);
    }
    let text = format!("{argument}: {id} does not lie in {country}");
    Err(Failure::usage(text, "a corridor begins and ends in its own end countries"))
}
