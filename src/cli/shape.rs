//! What shapes the choice of a route, made into a request; and what cannot be asked for.

use super::Failure;
use super::args::Shape;
use super::bounds::flag;
use super::case::find_country;
use crate::analysis::{Plan, Request};
use crate::metrics::Criterion;
use crate::network::{CountryCode, INTERNATIONAL_WATERS, nearest_names};
use crate::request::{
    CountryPattern, End, MAX_VIA, MaxShare, Objective, ObjectiveError, PatternError, PatternStep, ShareOf, Via,
    parse_percent,
};
use crate::scenario::Scenario;

/// The most routes that may be asked for.
const MAX_K: usize = 10_000;

/// Makes a request of what was typed; what is left out comes from the scenario.
pub(super) fn request(
    scenario: &Scenario,
    ends: (End, End),
    k: usize,
    corridor: &[String],
    shape: &Shape,
) -> Result<Request, Failure> {
    let request = shaped(scenario, ends, k, corridor, shape)?;
    check_ends(&scenario.plan(), &request, shape)?;
    Ok(request)
}

/// As [`request`], but ends that are to be avoided make no error: where several scenarios are asked, each with ends of its
/// own, that one has no route.
pub(super) fn shaped(
    scenario: &Scenario,
    ends: (End, End),
    k: usize,
    corridor: &[String],
    shape: &Shape,
) -> Result<Request, Failure> {
    let plan = scenario.plan();
    if ends.0 == ends.1 {
        let text = format!("FROM and TO are both {}", plan.end_name(&ends.0));
        return Err(Failure::usage(text, "a route needs two different ends"));
    }
    check_other_gateway(&plan, &ends)?;
    check_k(k)?;
    let objective = objective(scenario, shape.objective.as_deref())?;
    let mut request = scenario.request(ends.0, ends.1, objective);
    request.k = k;
    request.in_order |= shape.in_order;
    request.bounds = shape.bounds.or(request.bounds)?;
    add_shares(scenario, &mut request.shares, &shape.max_share)?;
    add_places(scenario, &mut request, shape)?;
    if !corridor.is_empty() {
        request.corridor = Some(find_pattern(scenario, corridor)?);
    }
    check_via(&request, shape)?;
    check_corridor(&plan, &request)?;
    check_countries(&plan, &request, shape)?;
    Ok(request)
}

/// How many routes may be asked for.
pub(super) fn check_k(k: usize) -> Result<(), Failure> {
    if k == 0 || k > MAX_K {
        return Err(Failure::usage(format!("-k: expected 1 to {MAX_K} routes, found {k}"), "as in -k 5"));
    }
    Ok(())
}

/// A country has to have another gateway than the place at the route's other end.
fn check_other_gateway(plan: &Plan<'_>, ends: &(End, End)) -> Result<(), Failure> {
    let ((End::Node(id), End::Country(country)) | (End::Country(country), End::Node(id))) = ends else {
        return Ok(());
    };
    if plan.network().gateways(*country).all(|gateway| gateway.id == *id) {
        let name = plan.end_name(&End::Node(id.clone()));
        let text = format!("{name} is the only gateway of {country}: it is there already");
        return Err(Failure::usage(text, "name a place of the country, or another country"));
    }
    Ok(())
}

/// An order needs something to be passed.
pub(super) fn check_order(scenario: &Scenario, shape: &Shape) -> Result<(), Failure> {
    if shape.in_order && shape.via.is_empty() && scenario.routing.via.is_empty() {
        let hint = "name what is to be passed, as in --via Herat,Kandahar --in-order";
        return Err(Failure::usage("--in-order: there is nothing to pass in order", hint));
    }
    Ok(())
}

/// What is to be passed must not be where the route begins or ends anyway.
pub(super) fn check_via_ends(plan: &Plan<'_>, request: &Request, shape: &Shape) -> Result<(), Failure> {
    if shape.via.is_empty() {
        return Ok(());
    }
    for (verb, end) in [("begins", &request.from), ("ends", &request.to)] {
        let passed = request.via.iter().find(|via| match (via, end) {
            (Via::Node(id), End::Node(end)) => id == end,
            (Via::Country(code), end) => plan.country(end) == Some(*code),
            (Via::Node(_) | Via::Segments(_), _) => false,
        });
        if let Some(via) = passed {
            let text = format!("--via: the route {verb} in {} anyway", via.name());
            return Err(Failure::usage(text, "name what lies between the ends"));
        }
    }
    Ok(())
}

/// The objective typed, else the scenario's.
pub(super) fn objective(scenario: &Scenario, typed: Option<&str>) -> Result<Objective, Failure> {
    let Some(text) = typed else { return Ok(scenario.routing.objective) };
    text.parse().map_err(|error: ObjectiveError| {
        let near = match &error {
            ObjectiveError::Unknown(name) => nearest_names(name, Objective::ALL.map(Objective::as_str)),
            ObjectiveError::NoWeight(_)
            | ObjectiveError::Weight { .. }
            | ObjectiveError::Twice(_)
            | ObjectiveError::AllZero => Vec::new(),
        };
        let hint = near.first().map(|near| format!("did you mean {near:?}?"));
        Failure::usage(
            format!("--objective: {error}"),
            hint.unwrap_or_else(|| "as in --objective latency, or --objective cost=0.7,latency=0.3".to_owned()),
        )
    })
}

/// Finds the countries of a plain corridor; each must differ from the one before.
pub(super) fn find_corridor(
    scenario: &Scenario,
    argument: &'static str,
    names: &[String],
) -> Result<Vec<CountryCode>, Failure> {
    let countries: Vec<CountryCode> =
        names.iter().map(|name| find_country(scenario, argument, name)).collect::<Result<_, _>>()?;
    CountryPattern::exactly(&countries).map_err(|error| no_pattern(argument, &error))?;
    Ok(countries)
}

/// Reads a corridor that may have choices (`AF|IR`) and gaps (`?`, `*`).
fn find_pattern(scenario: &Scenario, words: &[String]) -> Result<CountryPattern, Failure> {
    let step = |word: &String| match word.trim() {
        "?" => Ok(PatternStep::Any),
        "*" => Ok(PatternStep::Gap),
        names => {
            let found = names.split('|').map(|name| find_country(scenario, "--corridor", name));
            Ok(PatternStep::OneOf(found.collect::<Result<_, Failure>>()?))
        }
    };
    let steps = words.iter().map(step).collect::<Result<_, Failure>>()?;
    CountryPattern::new(steps).map_err(|error| no_pattern("--corridor", &error))
}

fn no_pattern(argument: &str, error: &PatternError) -> Failure {
    let hint = match error {
        PatternError::TwiceInARow(_) => "a corridor changes country at every step, as in TM,AF,PK",
        PatternError::Empty | PatternError::TooLong(_) => "as in TM,AF,PK or TM,AF|IR,*,PK",
    };
    Failure::usage(format!("{argument}: {error}"), hint)
}

/// Reads `AF=40%` and `*=60%`; what is typed goes before what the scenario says of the same country.
fn add_shares(scenario: &Scenario, shares: &mut Vec<MaxShare>, typed: &[String]) -> Result<(), Failure> {
    let mut own: Vec<MaxShare> = Vec::new();
    for text in typed {
        let wrong = |what: String| Failure::usage(format!("--max-share: {what}"), "as in --max-share AF=40% or *=60%");
        let (name, percent) =
            text.split_once('=').ok_or_else(|| wrong(format!("expected COUNTRY=PERCENT, found {text:?}")))?;
        let of = match name.trim() {
            "*" => ShareOf::EachTransitCountry,
            sea if sea.eq_ignore_ascii_case(INTERNATIONAL_WATERS.as_str()) => ShareOf::Country(INTERNATIONAL_WATERS),
            name => ShareOf::Country(find_country(scenario, "--max-share", name)?),
        };
        let share = parse_percent(percent).map_err(|error| wrong(error.to_string()))?;
        if own.iter().any(|other| other.of == of) {
            return Err(wrong(format!("{of} has two bounds")));
        }
        own.push(MaxShare::new(of, share));
    }
    shares.retain(|share| own.iter().all(|other| other.of != share.of));
    shares.extend(own);
    Ok(())
}

/// Finds what is to be passed and what is to be avoided.
fn add_places(scenario: &Scenario, request: &mut Request, shape: &Shape) -> Result<(), Failure> {
    let network = &scenario.network;
    for name in &shape.via {
        let place = scenario.find_anything(name);
        request.via.push(Via::new(&place.map_err(|error| Failure::Place { argument: "--via", error })?, network));
    }
    if request.via.len() > MAX_VIA {
        let text = format!("--via: expected at most {MAX_VIA} things to pass, found {}", request.via.len());
        return Err(Failure::usage(text, "split the route"));
    }
    for name in &shape.avoid {
        let place = scenario.find_avoidable(name);
        request.avoid.add(&place.map_err(|error| Failure::Place { argument: "--avoid", error })?, network);
    }
    Ok(())
}

/// What is to be passed must not be avoided. Only what was typed makes an error of it: a scenario that contradicts itself
/// leaves requests without a route.
fn check_via(request: &Request, shape: &Shape) -> Result<(), Failure> {
    if shape.avoid.is_empty() && shape.via.is_empty() {
        return Ok(());
    }
    let avoid = &request.avoid;
    let contradicts = |via: &&Via| match via {
        Via::Node(id) => avoid.nodes.contains(id),
        Via::Country(code) => avoid.countries.contains(code),
        Via::Segments(ids) => ids.iter().all(|id| avoid.segments.contains(id)),
    };
    if let Some(clash) = request.via.iter().find(contradicts) {
        let text = format!("{} is both to be passed and to be avoided", clash.name());
        return Err(Failure::usage(text, "drop it from --via or --avoid"));
    }
    Ok(())
}

/// The ends must not be avoided.
fn check_ends(plan: &Plan<'_>, request: &Request, shape: &Shape) -> Result<(), Failure> {
    let avoid = &request.avoid;
    if shape.avoid.is_empty() {
        return Ok(());
    }
    for (argument, end) in [("FROM", &request.from), ("TO", &request.to)] {
        let country = plan.country(end);
        let itself = matches!(end, End::Node(id) if avoid.nodes.contains(id));
        if itself || country.is_some_and(|code| avoid.countries.contains(&code)) {
            let name = plan.end_name(end);
            let which = match (itself, country, end) {
                (false, Some(code), End::Node(_)) => format!("{name} lies in {code}, which"),
                (_, _, End::Node(_) | End::Country(_)) => name,
            };
            let text = format!("{argument}: {which} is to be avoided");
            return Err(Failure::usage(text, "drop it from --avoid, or begin and end elsewhere"));
        }
    }
    Ok(())
}

fn check_corridor(plan: &Plan<'_>, request: &Request) -> Result<(), Failure> {
    let Some(corridor) = &request.corridor else { return Ok(()) };
    let steps = corridor.steps();
    let ends = [
        (&request.from, steps.first(), CountryPattern::may_begin_in as fn(&CountryPattern, CountryCode) -> bool),
        (&request.to, steps.last(), CountryPattern::may_end_in),
    ];
    for (end, step, may) in ends {
        if !plan.country(end).is_some_and(|country| may(corridor, country)) {
            let text = format!(
                "--corridor: {} lies in {}, but the corridor has {} there",
                plan.end_name(end),
                plan.country(end).map_or_else(|| "no country".to_owned(), |code| code.to_string()),
                step.map_or_else(|| "nothing".to_owned(), ToString::to_string)
            );
            return Err(Failure::usage(text, "a corridor begins and ends in the countries of the route's ends"));
        }
    }
    for via in &request.via {
        if let Via::Country(code) = via
            && !corridor.allows(*code)
        {
            let text = format!("{code} is to be passed, but the corridor {corridor} leaves it out");
            return Err(Failure::usage(text, "drop it from --via, or let the corridor have it or a gap"));
        }
    }
    let all_avoided = |step: &&PatternStep| match step {
        PatternStep::OneOf(countries) => countries.iter().all(|code| request.avoid.countries.contains(code)),
        PatternStep::Any | PatternStep::Gap => false,
    };
    if let Some(step) = steps.iter().find(all_avoided) {
        let text = format!("{step} is both on the corridor and to be avoided");
        return Err(Failure::usage(text, "drop it from --corridor or --avoid"));
    }
    Ok(())
}

/// A bound on countries must leave room for those that every route has: the ends', those to be passed, and those of a
/// corridor without choices.
fn check_countries(plan: &Plan<'_>, request: &Request, shape: &Shape) -> Result<(), Failure> {
    let mut forced: Vec<CountryCode> = Vec::new();
    let mut add = |country: Option<CountryCode>| forced.extend(country.filter(|code| !forced.contains(code)));
    let ends = [plan.country(&request.from), plan.country(&request.to)];
    add(ends[0]);
    for step in request.corridor.iter().flat_map(|corridor| corridor.steps()) {
        match step {
            PatternStep::OneOf(countries) if countries.len() == 1 => add(Some(countries[0])),
            PatternStep::OneOf(_) | PatternStep::Any | PatternStep::Gap => {}
        }
    }
    for via in &request.via {
        if let Via::Country(code) = via {
            add(Some(*code));
        }
    }
    add(ends[1]);
    let transit: Vec<CountryCode> = forced.iter().copied().filter(|code| !ends.contains(&Some(*code))).collect();
    for (of, forced) in [(Criterion::Countries, &forced), (Criterion::TransitCountries, &transit)] {
        if let Some(most) = shape.bounds.count(of).filter(|most| (*most as usize) < forced.len()) {
            let n = forced.len();
            let codes: Vec<&str> = forced.iter().map(CountryCode::as_str).collect();
            let text = format!("{}: expected at least {n} for {}, found {most}", flag(of), codes.join(", "));
            return Err(Failure::usage(text, "every route passes these; drop the bound or what asks for them"));
        }
    }
    Ok(())
}
