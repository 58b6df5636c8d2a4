//! `fiberplan route`: the best routes between two places.

use super::args::{Common, RouteArgs};
use super::case::{context, find_end, load_case, request};
use super::output::{Targets, stderr};
use super::{Failure, Outcome};
use crate::map::routes_sheet;
use crate::report::{constraint_prices_report, explain_report, routes_report};
use crate::routing::CountryPattern;

pub(super) fn run(common: &Common, args: &RouteArgs) -> Result<Outcome, Failure> {
    let targets = Targets::new(common)?;
    let scenario = load_case(common, None)?;
    let ends = (find_end(&scenario, "FROM", &args.from)?, find_end(&scenario, "TO", &args.to)?);
    let k = args.k.unwrap_or(1);
    let request = request(&scenario, ends, k, &args.corridor, &args.shape)?;
    if let Some(criteria) = &args.pareto {
        return super::pareto::run(&targets, common, args, criteria, &scenario, &request);
    }
    let plan = scenario.plan();
    let routes = plan.routes(&request);
    let prices = args.price_constraints.then(|| plan.price_constraints(&request)).flatten();
    let obstacle = routes.is_empty().then(|| plan.why_not(&request));
    if !routes.is_empty() && routes.len() < k && !common.quiet {
        stderr(&format!("note: only {} of {k} routes exist", routes.len()));
    }
    let context = context(&scenario, &request);
    let corridor: Vec<String> =
        request.corridor.iter().flat_map(CountryPattern::countries).map(|code| code.to_string()).collect();
    targets.deliver(
        &|format| match routes.first() {
            Some(best) if args.explain => explain_report(&context, best, &scenario.book, format),
            Some(_) if let Some(prices) = &prices => constraint_prices_report(&context, &routes, prices, format),
            _ => routes_report(&context, &routes, obstacle.as_ref(), format),
        },
        &|| routes_sheet(&scenario, &routes, &corridor, common.size),
    )?;
    Ok(if routes.is_empty() { Outcome::NoRoute } else { Outcome::Answered })
}
