//! `fiberplan route`: the best routes between two places.

use super::Failure;
use super::alternatives::Margins;
use super::args::Common;
use super::case::{context, find_end, load_case};
use super::draws::{Draws, chart_of_costs};
use super::outcome::Outcome;
use super::output::{Targets, stderr};
use super::route_args::RouteArgs;
use super::shape::{check_order, check_via_ends, request};
use crate::analysis::{Plan, Request};
use crate::report::answer::RouteAnswer;
use crate::report::charts::costs_chart;
use crate::report::scenes::routes_sheet;
use crate::report::{DrawnAnswer, ExplainReport, PricedReport, Report, RouteReport, detour_in_words};
use crate::request::CountryPattern;
use crate::scenario::Scenario;
use crate::world::World;

pub(super) fn run(world: &World, common: &Common, args: &RouteArgs) -> Result<Outcome, Failure> {
    let targets = Targets::of::<RouteAnswer>(world, common)?;
    let draws = Draws::of(&args.draws)?;
    let scenario = load_case(world, common, None)?;
    let ends = (find_end(&scenario, "FROM", &args.from)?, find_end(&scenario, "TO", &args.to)?);
    let margins = Margins::of(args)?;
    let k = args.k.unwrap_or_else(|| margins.map_or(if args.disjoint.is_some() { 2 } else { 1 }, Margins::k));
    check_order(&scenario, &args.shape)?;
    let request = request(&scenario, ends, k, &args.corridor, &args.shape)?;
    check_via_ends(&scenario.plan(), &request, &args.shape)?;
    if let Some(criteria) = &args.pareto {
        return super::pareto::run(&targets, common, args, criteria, &scenario, &request);
    }
    let plan = scenario.plan();
    // The answer shows what a weighting divides by, so that is found first.
    let request = Request { objective: plan.settled(&request), ..request };
    if let Some(what) = &args.disjoint {
        return super::diverse::run(common, (what, &args.pair), (&targets, &scenario, &plan), &request);
    }
    best_routes(common, args, (&targets, &scenario, &plan), (&request, margins, draws))
}

/// The best routes, best first, or why there is none.
fn best_routes(
    common: &Common,
    args: &RouteArgs,
    (targets, scenario, plan): (&Targets<'_>, &Scenario, &Plan<'_>),
    (request, margins, draws): (&Request, Option<Margins>, Option<Draws<'_>>),
) -> Result<Outcome, Failure> {
    let (answer, why) = margins.map_or_else(|| (plan.answer(request), None), |margins| margins.answer(plan, request));
    let routes = &answer.routes;
    let prices = args.price_constraints.then(|| plan.price_constraints(request)).flatten();
    let obstacle = (routes.is_empty() && !answer.is_stopped).then(|| plan.why_not(request));
    if !common.quiet {
        if let Some(why) = &why {
            stderr(&format!("note: {why}"));
        } else if answer.is_stopped {
            stderr("warning: the search was stopped for too much work: better routes may exist");
        } else if !routes.is_empty() && routes.len() < request.k && margins.is_none() {
            stderr(&format!("note: only {} of {} routes exist", routes.len(), request.k));
        }
    }
    let mut context = context(scenario, request);
    (context.is_stopped, context.stop_reason) = (answer.is_stopped, why);
    if let Some((best, detour)) = routes.first().and_then(|best| Some((best, plan.detour(request, best)?))) {
        context.remarks.push(detour_in_words(&context, best, &detour));
    }
    if let Some(margins) = margins {
        (context.asked.within, context.asked.distinct) = (margins.within, margins.distinct);
        // How many were meant is for the margins to say: fewer than that is no shortage.
        context.asked.k = args.k;
    }
    let countries = request.corridor.iter().flat_map(CountryPattern::countries);
    let corridor: Vec<String> = countries.map(|code| code.to_string()).collect();
    let draws = draws.filter(|_| !routes.is_empty());
    let spread = match &draws {
        Some(draws) => draws.run(targets, (plan, request), &context, DrawnAnswer::Routes(routes))?,
        None => None,
    };
    chart_of_costs(&args.draws, targets, || costs_chart(&context, DrawnAnswer::Routes(routes), common.size))?;
    targets.deliver(
        &|format| match (&spread, routes.first(), &prices) {
            (None, Some(best), _) if args.explain => {
                ExplainReport { context: &context, route: best, book: &scenario.book }.render(format)
            }
            (None, Some(_), Some(prices)) => PricedReport { context: &context, routes, prices }.render(format),
            (draws, ..) => {
                let (obstacle, draws) = (obstacle.as_ref(), draws.as_ref());
                RouteReport { obstacle, draws, ..RouteReport::of(&context, routes) }.render(format)
            }
        },
        &|| routes_sheet(scenario, routes, &corridor, common.size),
    )?;
    Ok(if routes.is_empty() { Outcome::NoRoute } else { Outcome::Answered })
}
