//! `fiberplan route --disjoint`: routes that have nothing in common, or as little as can be.

use super::Failure;
use super::args::Common;
use super::case::context;
use super::outcome::Outcome;
use super::output::{Targets, stderr};
use crate::analysis::{Diversity, Plan, Request};
use crate::graph::disjoint::{Aim, MAX_PATHS};
use crate::report::scenes::routes_sheet;
use crate::report::{DiverseReport, Report, RouteReport};
use crate::request::CountryPattern;
use crate::scenario::Scenario;

/// Answers with a set of routes; `what` and `aim` are as typed, and known words.
pub(super) fn run(
    common: &Common,
    (what, aim): (&str, &str),
    (targets, scenario, plan): (&Targets<'_>, &Scenario, &Plan<'_>),
    request: &Request,
) -> Result<Outcome, Failure> {
    if !(2..=MAX_PATHS).contains(&request.k) {
        let text = format!("-k: expected 2 to {MAX_PATHS} routes with --disjoint, found {}", request.k);
        return Err(Failure::usage(text, "as in -k 2"));
    }
    let diversity = Diversity::ALL.into_iter().find(|own| own.as_str() == what).unwrap_or_default();
    let aim = Aim::ALL.into_iter().find(|own| own.as_str() == aim).unwrap_or_default();
    let set = plan.diverse(request, diversity, aim, request.k);
    let obstacle = set.routes.is_empty().then(|| plan.why_not(request));
    if !common.quiet && !set.routes.is_empty() {
        if set.open.is_some() {
            stderr("warning: the search was stopped for too much work: a better set may exist");
        } else if set.routes.len() < request.k {
            stderr(&format!("note: only {} of {} routes exist", set.routes.len(), request.k));
        }
    }
    let mut context = context(scenario, request);
    context.is_stopped = set.open.is_some();
    let countries = request.corridor.iter().flat_map(CountryPattern::countries);
    let corridor: Vec<String> = countries.map(|code| code.to_string()).collect();
    targets.deliver(
        &|format| match &obstacle {
            None => DiverseReport { context: &context, set: &set }.render(format),
            Some(obstacle) => RouteReport { obstacle: Some(obstacle), ..RouteReport::of(&context, &[]) }.render(format),
        },
        &|| routes_sheet(scenario, &set.routes, &corridor, common.size),
    )?;
    Ok(if set.routes.is_empty() { Outcome::NoRoute } else { Outcome::Answered })
}
