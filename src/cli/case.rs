//! Arguments resolved against a scenario.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use std::str::FromStr;

use super::Failure;
use super::args::Common;
use super::output::stderr;
use super::wording::option;
use crate::analysis::{Plan, Request};
use crate::network::{CountryCode, NodeId, Status, UnknownWord};
use crate::report::{Asked, Context};
use crate::request::{End, find_owner};
use crate::scenario::{EndError, Overrides, Scenario, ScenarioSource, load};
use crate::units::Gbps;
use crate::world::World;

/// The years that can be planned for: from the first fiber-optic cables that carried traffic on.
const YEARS: RangeInclusive<i32> = 1977..=2300;

/// Loads the scenario that the options mean, or another by name, with the options' overrides.
pub(super) fn load_case(world: &World, common: &Common, name: Option<&str>) -> Result<Scenario, Failure> {
    let name = name.or(common.scenario.as_deref());
    let source = name.map(|name| ScenarioSource::named(world, name)).transpose()?;
    let gbps = common.gbps.map(Gbps::new).transpose();
    let gbps = gbps.map_err(|error| Failure::usage(format!("--gbps: {error}"), "as in --gbps 100"))?;
    if let Some(years) = common.term_years.filter(|years| !(1..=100).contains(years)) {
        let text = format!("--term-years: expected 1 to 100 years, found {years}");
        return Err(Failure::usage(text, "as in --term-years 15"));
    }
    if let Some(year) = common.year.filter(|year| !YEARS.contains(year)) {
        let (first, last) = (YEARS.start(), YEARS.end());
        let text = format!("--year: expected a year from {first} to {last}, found {year}");
        return Err(Failure::usage(
            text,
            format!("fiber-optic cables are in service since {first}; as in --year 2030"),
        ));
    }
    let overrides = Overrides {
        network: common.network.clone(),
        prices: common.prices.clone(),
        year: common.year,
        statuses: statuses(&common.status)?,
        gbps,
        term_years: common.term_years,
    };
    let mut scenario = load(world, source.as_ref(), &overrides)?;
    set_policy(&mut scenario, common)?;
    warn_of_year(&scenario, common.quiet);
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

/// Tells where nothing is known to be in service yet: segments whose year is not known count in any year.
fn warn_of_year(scenario: &Scenario, quiet: bool) {
    let year = scenario.policy.year;
    let in_service = scenario.network.segments().filter(|segment| segment.row.status == Status::InService);
    let first = in_service.filter_map(|segment| segment.row.ready_year).min();
    if let Some(first) = first.filter(|&first| year < first && !quiet) {
        stderr(&format!(
            "warning: no segment is known to be in service in {year}, the first with a year is of {first}: those without \
             one are counted as if they were"
        ));
    }
}

fn statuses(words: &[String]) -> Result<Option<BTreeSet<Status>>, Failure> {
    (!words.is_empty()).then(|| vocabulary("--status", "in_service,planned", words)).transpose()
}

/// The words of a closed vocabulary.
fn vocabulary<T: FromStr<Err = UnknownWord> + Ord>(
    flag: &str,
    example: &str,
    words: &[String],
) -> Result<BTreeSet<T>, Failure> {
    let parse = |word: &String| {
        word.trim().parse::<T>().map_err(|error: UnknownWord| {
            let near = crate::network::nearest_names(word, error.allowed.iter().copied());
            let hint = near
                .first()
                .map_or_else(|| format!("as in {flag} {example}"), |near| format!("did you mean {near:?}?"));
            Failure::usage(format!("{flag}: {error}"), hint)
        })
    };
    words.iter().map(parse).collect()
}

/// What may be used, as typed, in place of what the scenario says.
fn set_policy(scenario: &mut Scenario, common: &Common) -> Result<(), Failure> {
    if !common.medium.is_empty() {
        scenario.policy.media = Some(vocabulary("--medium", "buried,duct", &common.medium)?);
    }
    if !common.owner.is_empty() {
        scenario.policy.owners = Some(find_owners(scenario, &common.owner)?);
    }
    if let Some(gbps) = common.min_gbps {
        let least =
            Gbps::new(gbps).map_err(|error| Failure::usage(format!("--min-gbps: {error}"), "as in --min-gbps 400"));
        scenario.policy.min_capacity = Some(least?);
    }
    scenario.policy.strict_capacity |= common.strict_capacity;
    Ok(())
}

/// Finds owners by name, in whatever case.
fn find_owners(scenario: &Scenario, names: &[String]) -> Result<BTreeSet<String>, Failure> {
    let find = |name: &String| {
        find_owner(&scenario.network, name).map_err(|error| {
            let hint = if error.nearest.is_empty() {
                "the column `owners` of the network's segments has the names".to_owned()
            } else {
                format!("did you mean {}?", error.nearest.join(", or "))
            };
            Failure::usage(format!("--owner: {error}"), hint)
        })
    };
    names.iter().map(find).collect()
}

/// Finds a place or a country.
pub(super) fn find_end(scenario: &Scenario, argument: &'static str, name: &str) -> Result<End, Failure> {
    scenario.end(name).map_err(|error| match error {
        EndError::Lookup(error) => Failure::Place { argument, error },
        error @ EndError::NotAPlace(_) => {
            Failure::usage(format!("{argument}: {error}"), "a route begins and ends at a place or a country")
        }
    })
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

/// The place typed, or the country's principal gateway; it must lie in the country.
pub(super) fn corridor_end(
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

/// What every answer echoes.
pub(super) fn context<'a>(scenario: &'a Scenario, request: &Request) -> Context<'a> {
    context_of(scenario, &scenario.plan(), Asked::of(request))
}

/// What every answer of a plan to a question echoes.
pub(super) fn context_of<'a>(scenario: &'a Scenario, plan: &Plan<'a>, asked: Asked) -> Context<'a> {
    let context = Context::new(plan, &scenario.name, &scenario.country_names, asked);
    Context { wording: option, ..context }
}
