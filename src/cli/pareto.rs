//! `fiberplan route --pareto`: the routes that no other betters by several criteria.

use super::Failure;
use super::args::Common;
use super::case::context;
use super::outcome::Outcome;
use super::output::{Targets, stderr};
use super::route_args::RouteArgs;
use crate::analysis::{Criteria, CriteriaError, Front, Request};
use crate::metrics::{Measure, Route};
use crate::network::nearest_names;
use crate::picture::PictureSize;
use crate::picture::map::Sheet;
use crate::report::ledger::listed;
use crate::report::scenes::routes_sheet;
use crate::report::{FrontReport, FrontShown, Report};
use crate::request::{CountryPattern, parse_percent};
use crate::scenario::Scenario;

/// How many routes of a front a map shows.
const ON_MAP: usize = 3;

pub(super) fn run(
    targets: &Targets<'_>,
    common: &Common,
    args: &RouteArgs,
    criteria: &str,
    scenario: &Scenario,
    request: &Request,
) -> Result<Outcome, Failure> {
    let criteria = parse_criteria(criteria)?;
    let epsilon = args.epsilon.as_deref().map(parse_epsilon).transpose()?;
    let plan = scenario.plan();
    let front = plan.pareto(request, &criteria);
    let obstacle = front.points.is_empty().then(|| plan.why_not(request));
    let shown = FrontShown { points: front.chosen(epsilon, args.k), front: &front, epsilon };
    if front.is_stopped {
        stderr("warning: the search was stopped for too much work; routes of the front are missing");
    }
    let mut context = context(scenario, request);
    // Without -k all routes are meant.
    context.asked.k = args.k;
    let report = FrontReport { context: &context, shown: &shown, obstacle: obstacle.as_ref() };
    targets.deliver(&|format| report.render(format), &|| sheet(scenario, request, &shown, common.size))?;
    Ok(if front.points.is_empty() { Outcome::NoRoute } else { Outcome::Answered })
}

fn parse_criteria(text: &str) -> Result<Criteria, Failure> {
    text.parse().map_err(|error: CriteriaError| {
        let near = match &error {
            CriteriaError::Unknown(name) => nearest_names(name, Measure::ALL.iter().map(|measure| measure.as_str())),
            CriteriaError::Number(_) | CriteriaError::Twice(_) => Vec::new(),
        };
        let hint = match near.first() {
            Some(near) => format!("did you mean {near:?}?"),
            None => "as in --pareto cost,latency".to_owned(),
        };
        Failure::usage(format!("--pareto: {error}"), hint)
    })
}

/// A percentage in millionths, rounded down, which keeps what it promises.
fn parse_epsilon(text: &str) -> Result<u64, Failure> {
    let share = parse_percent(text);
    let share = share.map_err(|error| Failure::usage(format!("--epsilon: {error}"), "as in --epsilon 5%"))?;
    Ok((share * 1e6 + 1e-6) as u64)
}

/// The knee and the front's ends, as far as they are shown, under their ranks in the answer.
fn sheet(scenario: &Scenario, request: &Request, shown: &FrontShown<'_>, size: PictureSize) -> Sheet {
    let front = shown.front;
    let on_map = front.chosen(shown.epsilon, Some(ON_MAP));
    let on_map: Vec<(usize, usize)> =
        (1..).zip(shown.points.iter().copied()).filter(|(_, p)| on_map.contains(p)).collect();
    let routes: Vec<Route> = on_map.iter().map(|&(_, point)| front.points[point].route.clone()).collect();
    let corridor: Vec<String> =
        request.corridor.iter().flat_map(CountryPattern::countries).map(|code| code.to_string()).collect();
    let mut sheet = routes_sheet(scenario, &routes, &corridor, size);
    for (route, (rank, point)) in sheet.panels.iter_mut().flat_map(|panel| &mut panel.routes).zip(&on_map) {
        let knee = if front.knee == Some(*point) { ", the knee" } else { "" };
        route.label = format!("#{rank}{knee}: {}", route.label);
        // The badge is the number in the table; what is drawn has the colours in order.
        route.rank = u32::try_from(*rank).unwrap_or(u32::MAX);
    }
    let context = context(scenario, request);
    let of_ends = [&context.asked.from, &context.asked.to].map(|end| context.name_typed(end));
    sheet.title = title(&of_ends, front, on_map.len());
    sheet
}

fn title([from, to]: &[String; 2], front: &Front, n_shown: usize) -> String {
    let names: Vec<String> = front.criteria.measures().iter().map(|measure| measure.as_str().to_owned()).collect();
    let n = front.points.len();
    let some = if n_shown < n { format!(", {n_shown} of them shown") } else { String::new() };
    let s = if n == 1 { "" } else { "s" };
    format!("{from} - {to}: {n} route{s} on the front of {}{some}", listed(&names))
}
