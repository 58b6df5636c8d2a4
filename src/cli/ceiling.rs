//! `fiberplan ceiling`: up to which fee, price, rent or delay the best route stays, and what it takes then.

use std::collections::BTreeSet;

use super::Failure;
use super::args::Common;
use super::case::{context, corridor_end, demand_ends, load_case};
use super::outcome::Outcome;
use super::output::{Targets, stderr};
use super::shape::find_corridor;
use crate::analysis::{Ceiling, Edge, Limit, Plan, Request, SweptParameter, SweptParameterError, at_edge};
use crate::network::{CountryCode, Place, SegmentId, nearest_names};
use crate::prices::{KeyedBy, PriceError, PriceFamily, PriceKey, nearest_entries};
use crate::report::answer::CeilingAnswer;
use crate::report::charts::ceiling_sheet;
use crate::report::{CeilingCase, CeilingReport, CeilingWithout, Report, bounds_in_words};
use crate::request::{End, Objective};
use crate::scenario::Scenario;
use crate::world::World;

/// What `--of` takes besides names of prices.
const WORDS: [&str; 5] = ["fee", "passage", "latency", "build", "lease"];

/// `fiberplan ceiling`
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  fiberplan ceiling AF --corridor TM,AF,PK --avoid IR -o out/ceiling.svg\n  \
    fiberplan ceiling IR --from Ashgabat --to Karachi --of latency\n  \
    fiberplan ceiling --of build.buried.mountain --from TM --to PK --status in_service,planned")]
pub struct CeilingArgs {
    /// Whose fee, price or delay: a country, a segment or a system; not with --of and the full name of a price
    pub what: Option<String>,
    /// What is raised. Of a country: fee (by the km), passage (the fee for entering), latency (ms added one way), build
    /// (the factor on building prices). Of a segment or a system: lease, latency, build. Or the name of any price, as in
    /// build.buried.plain [default: fee, or lease]
    #[arg(long, value_name = "PRICE")]
    pub of: Option<String>,
    /// Begin and end at the principal gateways of the first and the last of these countries; the routes need not follow them
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    pub corridor: Vec<String>,
    /// Begin here [default: the corridor's first country, else the scenario's demand]
    #[arg(long, value_name = "PLACE")]
    pub from: Option<String>,
    /// End here [default: the corridor's last country, else the scenario's demand]
    #[arg(long, value_name = "PLACE")]
    pub to: Option<String>,
    /// Do not touch this place, country, segment or system; may be repeated
    #[arg(long, value_name = "PLACE", value_delimiter = ',')]
    pub avoid: Vec<String>,
    /// Show what happens up to this value only [default: all]
    #[arg(long, value_name = "VALUE", allow_negative_numbers = true)]
    pub up_to: Option<f64>,
    /// Do not draw a picture into out/
    #[arg(long)]
    pub no_chart: bool,
}

pub(super) fn run(world: &World, common: &Common, args: &CeilingArgs) -> Result<Outcome, Failure> {
    let targets = Targets::of::<CeilingAnswer>(world, common)?;
    let scenario = load_case(world, common, None)?;
    let up_to = up_to(args.up_to)?;
    let (parameter, name) = find_parameter(&scenario, args)?;
    let request = find_request(&scenario, args, &parameter)?;
    let plan = scenario.plan();
    let ceiling = plan.ceiling(&request, &parameter).map_err(|error| failure(&scenario, &error))?;
    if !ceiling.is_whole && !common.quiet {
        stderr("warning: the search was stopped for too much work: better routes may exist");
    }
    let obstacle = ceiling.stretches.is_empty().then(|| plan.why_not(&request));
    let [low, high] = [Edge::Low, Edge::High].map(|edge| at_prices(&scenario, &request, &parameter, edge));
    let without = without_todays(&plan, &request, &ceiling);
    let mut context = context(&scenario, &request);
    context.is_stopped = !ceiling.is_whole;
    let case = CeilingCase {
        name: &name,
        ceiling: &ceiling,
        low: low.as_ref(),
        high: high.as_ref(),
        without: without.as_ref().map(|(avoided, ceiling)| CeilingWithout { avoided, ceiling }),
        up_to,
    };
    if !args.no_chart && !ceiling.stretches.is_empty() {
        let name = format!("ceiling-{}", case.name.to_lowercase());
        targets.draw_beside(common.quiet, &name, || ceiling_sheet(&context, &case, common.size).into());
    }
    let report = CeilingReport { context: &context, case, obstacle: obstacle.as_ref() };
    targets.deliver(&|format| report.render(format), &|| ceiling_sheet(&context, &case, common.size))?;
    Ok(if ceiling.stretches.is_empty() { Outcome::NoRoute } else { Outcome::Answered })
}

fn up_to(typed: Option<f64>) -> Result<Option<f64>, Failure> {
    match typed {
        Some(value) if !(value > 0.0 && value <= 1e12) => {
            let text = format!("--up-to: expected a value above 0 and at most 1e12, found {value}");
            Err(Failure::usage(text, "as in --up-to 10, in the unit of what is raised"))
        }
        typed => Ok(typed),
    }
}

/// The same with all prices at one end of their ranges.
fn at_prices(scenario: &Scenario, request: &Request, parameter: &SweptParameter, edge: Edge) -> Option<Ceiling> {
    if parameter.is_delay() {
        return None;
    }
    let book = at_edge(&scenario.book, edge);
    Plan::new(&scenario.network, &book, scenario.demand, &scenario.policy).ceiling(request, parameter).ok()
}

/// Of a country that the best route never goes by: the ceiling without the countries that it goes by today.
fn without_todays(plan: &Plan<'_>, request: &Request, ceiling: &Ceiling) -> Option<(Vec<CountryCode>, Ceiling)> {
    let country = ceiling.parameter.country()?;
    if ceiling.limit() != Limit::Never {
        return None;
    }
    let ends = [plan.country(&request.from)?, plan.country(&request.to)?];
    let today = &ceiling.stretches[ceiling.today()?].route;
    let is_between = |code: &CountryCode| !ends.contains(code) && *code != country;
    let mut avoided: Vec<CountryCode> = today.countries.iter().copied().filter(is_between).collect();
    avoided.sort_unstable();
    avoided.dedup();
    if avoided.is_empty() {
        return None;
    }
    let mut request = request.clone();
    request.avoid.countries.extend(&avoided);
    Some((avoided, plan.ceiling(&request, &ceiling.parameter).ok()?))
}

/// What is turned, and what it is called.
fn find_parameter(scenario: &Scenario, args: &CeilingArgs) -> Result<(SweptParameter, String), Failure> {
    let of = args.of.as_deref();
    let Some(what) = args.what.as_deref() else {
        return match of {
            Some(of) if WORDS.contains(&of) => {
                Err(Failure::usage(format!("--of {of}: whose?"), format!("as in `fiberplan ceiling AF --of {of}`")))
            }
            Some(entry) => known_entry(scenario, entry).map(|key| (SweptParameter::Entry(key), key.to_string())),
            None => Err(Failure::usage("nothing is said to be raised", "give a country, as in `fiberplan ceiling AF`")),
        };
    };
    let found = scenario.find_anything(what);
    match found.map_err(|error| Failure::Place { argument: "WHAT", error })? {
        Place::Country(country) => of_country(scenario, country, of),
        Place::Segment(id) => of_segments(BTreeSet::from([id.clone()]), id.to_string(), of),
        Place::System(system) => {
            let mine = scenario.network.segments().filter(|own| own.row.system.as_deref() == Some(system.as_str()));
            of_segments(mine.map(|own| own.id().clone()).collect(), system.clone(), of)
        }
        Place::Node(_) => Err(Failure::usage(
            format!("WHAT: {what:?} is a place, expected a country, a segment or a system"),
            "the price of a kind of place is raised as in --of equipment.device.city",
        )),
    }
}

fn of_country(
    scenario: &Scenario,
    country: CountryCode,
    of: Option<&str>,
) -> Result<(SweptParameter, String), Failure> {
    let name = scenario.country_name(country);
    let entry = |family: PriceFamily| SweptParameter::Entry(family.of_country(country));
    let parameter = match of.unwrap_or("fee") {
        "fee" => entry(PriceFamily::TransitPerKm),
        "passage" => entry(PriceFamily::TransitPassage),
        "build" => entry(PriceFamily::BuildMultiplier),
        "latency" => SweptParameter::DelayIn(country),
        "lease" => {
            return Err(Failure::usage(
                format!("--of lease: {country} has a rent for each medium"),
                format!("as in --of lease.buried.{country}"),
            ));
        }
        text => {
            let by_country = |family: &&PriceFamily| family.as_str() == text && family.keyed_by() == KeyedBy::Country;
            if let Some(family) = PriceFamily::ALL.iter().find(by_country) {
                return Ok((entry(*family), name));
            }
            let full = known_entry(scenario, text)?;
            if full.country() != Some(country) {
                let text = format!("--of {full} is no price of {country}");
                return Err(Failure::usage(text, format!("leave {country} out, or give one of its own prices")));
            }
            SweptParameter::Entry(full)
        }
    };
    Ok((parameter, name))
}

fn of_segments(ids: BTreeSet<SegmentId>, name: String, of: Option<&str>) -> Result<(SweptParameter, String), Failure> {
    let parameter = match of.unwrap_or("lease") {
        "lease" => SweptParameter::RentOf(ids),
        "latency" => SweptParameter::DelayOn(ids),
        "build" => SweptParameter::BuildOf(ids),
        other => {
            let text = format!("--of {other}: a segment has a lease, a latency or a build price, found {other:?}");
            return Err(Failure::usage(
                text,
                "fees are a country's; any other price is raised without naming a segment",
            ));
        }
    };
    Ok((parameter, name))
}

fn known_entry(scenario: &Scenario, name: &str) -> Result<PriceKey, Failure> {
    name.parse().map_err(|error| failure(scenario, &SweptParameterError::Price(error)))
}

/// Between which ends, and what is avoided; what is turned says what the best route is best at.
fn find_request(scenario: &Scenario, args: &CeilingArgs, parameter: &SweptParameter) -> Result<Request, Failure> {
    let (from, to) = if args.corridor.is_empty() {
        demand_ends(scenario, args.from.as_deref(), args.to.as_deref())?
    } else {
        let corridor = find_corridor(scenario, "--corridor", &args.corridor)?;
        let (first, last) = (corridor[0], corridor[corridor.len() - 1]);
        let from = corridor_end(scenario, "--from", args.from.as_deref(), first)?;
        (End::Node(from), End::Node(corridor_end(scenario, "--to", args.to.as_deref(), last)?))
    };
    if from == to {
        return Err(Failure::usage("the routes begin and end at the same place", "give --from or --to"));
    }
    let objective = if parameter.is_delay() { Objective::Latency } else { Objective::Cost };
    let mut request = scenario.request(from, to, objective);
    for name in &args.avoid {
        let place = scenario.find_avoidable(name);
        request.avoid.add(&place.map_err(|error| Failure::Place { argument: "--avoid", error })?, &scenario.network);
    }
    if let Some(country) = parameter.country().filter(|country| request.avoid.countries.contains(country)) {
        let text = format!("{country} is both asked about and to be avoided");
        return Err(Failure::usage(text, "drop it from --avoid"));
    }
    Ok(request)
}

fn nearest_hint(scenario: &Scenario, name: &str) -> String {
    let near = nearest_entries(name, &scenario.book).into_iter().chain(nearest_names(name, WORDS));
    let near: Vec<String> = near.take(3).collect();
    if near.is_empty() {
        "prices are named as in build.buried.plain; data/PRICES.md lists them".to_owned()
    } else {
        format!("did you mean {}?", near.join(", or "))
    }
}

fn failure(scenario: &Scenario, error: &SweptParameterError) -> Failure {
    let hint = match error {
        SweptParameterError::Price(PriceError::UnknownName { name }) => nearest_hint(scenario, name),
        SweptParameterError::Price(PriceError::Missing(key)) => nearest_hint(scenario, &key.to_string()),
        SweptParameterError::Price(PriceError::BadRange { .. }) => "its value leaves no room to raise it".to_owned(),
        SweptParameterError::NotLinear(_) => "compare scenarios with different discount rates instead".to_owned(),
        SweptParameterError::NoMoney(key) if key.family() == PriceFamily::PermitMonths => {
            "it sets when service can begin; only what is paid for can be raised".to_owned()
        }
        SweptParameterError::NoMoney(key) if !key.family().is_delay() => {
            "it shapes availability or risk; only what is paid for can be raised".to_owned()
        }
        SweptParameterError::NoMoney(_) => "the delay of a country or a segment is raised with --of latency".to_owned(),
        SweptParameterError::OwnEnd(_) => "ask about a country between the ends".to_owned(),
        SweptParameterError::NothingRented(_) => "use --of build".to_owned(),
        SweptParameterError::NothingBuilt(_) => "use --of lease".to_owned(),
        SweptParameterError::Free(_) => "give it a price first, in the price book or the scenario".to_owned(),
        SweptParameterError::Bounded(_) => "use a scenario without bounds".to_owned(),
    };
    let text = match error {
        SweptParameterError::Bounded(request) => {
            let bounds = bounds_in_words(request).join(", ");
            format!("the scenario bounds its routes ({bounds}), and break points are those of unbounded routes")
        }
        SweptParameterError::Price(_)
        | SweptParameterError::NotLinear(_)
        | SweptParameterError::NoMoney(_)
        | SweptParameterError::OwnEnd(_)
        | SweptParameterError::NothingRented(_)
        | SweptParameterError::NothingBuilt(_)
        | SweptParameterError::Free(_) => error.to_string(),
    };
    Failure::usage(format!("--of: {text}"), hint)
}
