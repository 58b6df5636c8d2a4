//! Arguments resolved against a scenario.

use std::collections::BTreeSet;

use super::Failure;
use super::args::{Common, Shape};
use super::output::stderr;
use crate::corridor::{Plan, Request};
use crate::embedded;
use crate::metrics::discount_rate;
use crate::network::{CountryCode, Place, Status, UnknownWord};
use crate::report::{Asked, Context};
use crate::routing::{Bounds, CountryPattern, End, Objective, Via};
use crate::scenario::{Overrides, Scenario, ScenarioSource, load};
use crate::units::Gbps;

/// The most routes that may be asked for.
const MAX_K: usize = 1_000_000;

/// Loads the scenario that the options mean, or another by name, with the options' overrides.
pub(super) fn load_case(common: &Common, name: Option<&str>) -> Result<Scenario, Failure> {
    let source = name.or(common.scenario.as_deref()).map(ScenarioSource::named).transpose()?;
    let gbps = common.gbps.map(Gbps::new).transpose();
    let gbps = gbps.map_err(|error| Failure::usage(format!("--gbps: {error}"), "as in --gbps 100"))?;
    if common.term_years.is_some_and(|years| !(1..=100).contains(&years)) {
        return Err(Failure::usage("--term-years: expected 1 to 100 years", "as in --term-years 15"));
    }
    if common.year.is_some_and(|year| !(1800..=2300).contains(&year)) {
        return Err(Failure::usage("--year: expected a year from 1800 to 2300", "as in --year 2030"));
    }
    let overrides = Overrides {
        network: common.network.clone(),
        prices: common.prices.clone(),
        year: common.year,
        statuses: statuses(&common.status)?,
        gbps,
        term_years: common.term_years,
    };
    let scenario = load(source.as_ref(), &overrides)?;
    let remarks = scenario.network.notes();
    if common.verbose > 0 {
        remarks.iter().for_each(|note| stderr(&format!("note: {}: {}", note.id, note.text)));
    } else if !remarks.is_empty() && !common.quiet {
        let n = remarks.len();
        let s = if n == 1 { "" } else { "s" };
        stderr(&format!(
            "warning: {n} remark{s} on the network (-v shows them, `fiberplan network check` all findings)"
        ));
    }
    Ok(scenario)
}

fn statuses(words: &[String]) -> Result<Option<BTreeSet<Status>>, Failure> {
    if words.is_empty() {
        return Ok(None);
    }
    let parse = |word: &String| {
        word.trim().parse::<Status>().map_err(|error: UnknownWord| {
            let near = crate::network::nearest_names(word, error.allowed.iter().copied());
            let hint = near.first().map_or_else(
                || "as in --status in_service,planned".to_owned(),
                |near| format!("did you mean {near:?}?"),
            );
            Failure::usage(format!("--status: {error}"), hint)
        })
    };
    Ok(Some(words.iter().map(parse).collect::<Result<_, _>>()?))
}

/// Finds a place or a country.
pub(super) fn find_end(scenario: &Scenario, argument: &'static str, name: &str) -> Result<End, Failure> {
    match scenario.network.find_place(name, embedded::country_names()) {
        Ok(Place::Node(id)) => Ok(End::Node(id)),
        Ok(Place::Country(code)) => Ok(End::Country(code)),
        Ok(Place::Segment(_) | Place::System(_)) => Err(Failure::usage(
            format!("{argument}: {name:?} is not a place"),
            "a route begins and ends at a place or a country",
        )),
        Err(error) => Err(Failure::Place { argument, error }),
    }
}

/// Finds a country of the network.
pub(super) fn find_country(scenario: &Scenario, argument: &'static str, name: &str) -> Result<CountryCode, Failure> {
    let here = |code: CountryCode| scenario.network.gateways(code).next().is_some();
    if let Some(code) = name.trim().parse().ok().filter(|&code| here(code)) {
        return Ok(code);
    }
    match find_end(scenario, argument, name) {
        Ok(End::Country(code)) => Ok(code),
        Ok(End::Node(_)) => Err(Failure::usage(
            format!("{argument}: {name:?} is a place, expected a country"),
            "give ISO country codes, as in TM AF PK",
        )),
        Err(failure) => Err(failure),
    }
}

/// Finds the countries of a corridor; each must differ from the one before.
pub(super) fn find_corridor(
    scenario: &Scenario,
    argument: &'static str,
    names: &[String],
) -> Result<Vec<CountryCode>, Failure> {
    let countries: Vec<CountryCode> =
        names.iter().map(|name| find_country(scenario, argument, name)).collect::<Result<_, _>>()?;
    if let Some(pair) = countries.windows(2).find(|pair| pair[0] == pair[1]) {
        let text = format!("{argument}: {} stands twice in a row", pair[0]);
        return Err(Failure::usage(text, "a corridor changes country at every step, as in TM,AF,PK"));
    }
    Ok(countries)
}

/// Makes a request of what was typed; what is left out comes from the scenario.
pub(super) fn request(
    scenario: &Scenario,
    ends: (End, End),
    k: usize,
    corridor: &[String],
    shape: &Shape,
) -> Result<Request, Failure> {
    let plan = scenario.plan();
    check_ends(&plan, &ends)?;
    if k == 0 || k > MAX_K {
        return Err(Failure::usage(format!("-k: expected 1 to {MAX_K} routes, found {k}"), "as in -k 5"));
    }
    let network = &scenario.network;
    let find = |argument: &'static str, name: &String| {
        network.find_anything(name, embedded::country_names()).map_err(|error| Failure::Place { argument, error })
    };
    let mut request = scenario.request(ends.0, ends.1, objective(scenario, shape.objective.as_deref()));
    request.k = k;
    request.bounds = bounds(scenario.routing.bounds, shape)?;
    for name in &shape.via {
        request.via.push(Via::new(&find("--via", name)?, network));
    }
    if request.via.len() > crate::routing::MAX_VIA {
        let text =
            format!("--via: expected at most {} things to pass, found {}", crate::routing::MAX_VIA, request.via.len());
        return Err(Failure::usage(text, "split the route"));
    }
    for name in &shape.avoid {
        let place = network.find_avoidable(name, embedded::country_names());
        request.avoid.add(&place.map_err(|error| Failure::Place { argument: "--avoid", error })?, network);
    }
    if let Some(clash) = request.via.iter().find(|via| contradicts(via, &request)) {
        let name = clash.name();
        return Err(Failure::usage(
            format!("{name} is both to be passed and to be avoided"),
            "drop it from --via or --avoid",
        ));
    }
    if !corridor.is_empty() {
        let countries = find_corridor(scenario, "--corridor", corridor)?;
        check_corridor_ends(&plan, &request, &countries)?;
        request.corridor = CountryPattern::exactly(&countries).ok();
    }
    Ok(request)
}

fn contradicts(via: &Via, request: &Request) -> bool {
    match via {
        Via::Node(id) => request.avoid.nodes.contains(id),
        Via::Country(code) => request.avoid.countries.contains(code),
        Via::Segments(ids) => ids.iter().all(|id| request.avoid.segments.contains(id)),
    }
}

/// The objective typed, else the scenario's.
pub(super) fn objective(scenario: &Scenario, typed: Option<&str>) -> Objective {
    let known = |name: &str| Objective::ALL.into_iter().find(|objective| objective.as_str() == name);
    typed.and_then(known).unwrap_or(scenario.routing.objective)
}

fn bounds(from_scenario: Bounds, shape: &Shape) -> Result<Bounds, Failure> {
    let positive = |flag: &str, value: Option<f64>| match value {
        Some(number) if !(number > 0.0 && number.is_finite()) => {
            Err(Failure::usage(format!("{flag}: expected a number above 0, found {number}"), "drop it for no bound"))
        }
        other => Ok(other),
    };
    let fs = positive("--max-rtt-ms", shape.max_rtt_ms)?.map(|ms| Bounds::whole_fs(ms / 2.0));
    let cents = positive("--max-cost-usd", shape.max_cost_usd)?.map(Bounds::whole_cents);
    Ok(Bounds {
        latency_fs: fs.or(from_scenario.latency_fs),
        cost_cents: cents.or(from_scenario.cost_cents),
        crossings: shape.max_crossings.or(from_scenario.crossings),
        ..from_scenario
    })
}

fn check_ends(plan: &Plan<'_>, ends: &(End, End)) -> Result<(), Failure> {
    if ends.0 == ends.1 {
        let text = format!("FROM and TO are both {}", plan.end_name(&ends.0));
        return Err(Failure::usage(text, "a route needs two different ends"));
    }
    Ok(())
}

fn check_corridor_ends(plan: &Plan<'_>, request: &Request, corridor: &[CountryCode]) -> Result<(), Failure> {
    for (end, country) in [(&request.from, corridor.first()), (&request.to, corridor.last())] {
        if plan.country(end) != country.copied() {
            let text = format!(
                "--corridor: {} lies in {}, but the corridor has {} there",
                plan.end_name(end),
                plan.country(end).map_or_else(|| "no country".to_owned(), |code| code.to_string()),
                country.map_or_else(|| "nothing".to_owned(), ToString::to_string)
            );
            return Err(Failure::usage(text, "a corridor begins and ends in the countries of the route's ends"));
        }
    }
    Ok(())
}

/// The ends of the scenario's demand, or those typed.
pub(super) fn demand_ends(scenario: &Scenario, from: Option<&str>, to: Option<&str>) -> Result<(End, End), Failure> {
    let end = |argument: &'static str, typed: Option<&str>, own: &Option<String>| match typed.or(own.as_deref()) {
        Some(name) => find_end(scenario, argument, name),
        None => Err(Failure::usage(
            format!("scenario {} has no demand, and {argument} is not given", scenario.name),
            "give --from and --to, or a [demand] table with from and to",
        )),
    };
    Ok((end("--from", from, &scenario.ends.0)?, end("--to", to, &scenario.ends.1)?))
}

/// What every answer echoes.
pub(super) fn context<'a>(scenario: &'a Scenario, request: &Request) -> Context<'a> {
    Context {
        network: &scenario.network,
        scenario: &scenario.name,
        year: scenario.policy.year,
        demand: scenario.demand,
        discount_rate: discount_rate(&scenario.book),
        statuses: scenario.policy.statuses.clone(),
        currency: &scenario.book.currency,
        price_year: scenario.book.year,
        country_names: embedded::country_names(),
        asked: asked(request),
    }
}

fn asked(request: &Request) -> Asked {
    let end = |end: &End| match end {
        End::Node(id) => id.to_string(),
        End::Country(code) => code.to_string(),
    };
    Asked {
        from: end(&request.from),
        to: end(&request.to),
        objective: request.objective,
        via: request.via.iter().map(Via::name).collect(),
        avoid: request.avoid.names(),
        corridor: request.corridor.as_ref().and_then(CountryPattern::plain),
        k: request.k,
    }
}
