//! `fiberplan share`: the bill of a plan, split among countries.

use super::Failure;
use super::args::Common;
use super::bounds::parse_count;
use super::case::{context, find_country, find_end, load_case};
use super::outcome::Outcome;
use super::output::Targets;
use super::threads::workers;
use crate::analysis::games::{MAX_PLAYERS, MAX_SAMPLED_PLAYERS};
use crate::analysis::{Plan, Request, ShapleySampling, ShareDemand, ShareQuestion, Unserved, share};
use crate::metrics::Demand;
use crate::network::{CountryCode, Place};
use crate::report::answer::ShareAnswer;
use crate::report::charts::share_sheet;
use crate::report::{Report, ShareOutcome, ShareReport, unanswered_in_words};
use crate::request::{Bounds, End, Objective};
use crate::scenario::Scenario;
use crate::units::{Gbps, grouped};
use crate::world::World;

/// `fiberplan share`
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  fiberplan share TM AF PK\n  \
    fiberplan share TM AF PK -s tap-trilateral -o out/share.png\n  \
    fiberplan share TM AF PK --demand TM,PK=400 --demand AF,Frankfurt=100")]
pub struct ShareArgs {
    /// The countries that share
    #[arg(required = true, num_args = 1.., value_name = "COUNTRY")]
    pub countries: Vec<String>,
    /// A demand, asked for by the country it begins in, as in TM,PK=100 for 100 Gbit/s; may be repeated [default: the
    /// scenario's capacity between each two of the countries, and from each to Frankfurt and to Singapore]
    #[arg(long, value_name = "FROM,TO=GBPS", allow_hyphen_values = true)]
    pub demand: Vec<String>,
    /// Estimate the Shapley value from this many pairs of orders of joining: the way with more than 12 countries
    #[arg(long, value_name = "N", value_parser = parse_count)]
    pub samples: Option<u32>,
    /// Seed of that draw
    #[arg(long, value_name = "N", default_value_t = 1, requires = "samples")]
    pub seed: u64,
    /// Threads to work on [default: one for each core]
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
    /// Do not draw a picture into out/
    #[arg(long)]
    pub no_chart: bool,
}

/// The places beyond a corridor that its countries are assumed to want to reach, each by the names it may go by.
const HUBS: [&[&str]; 2] = [&["Frankfurt am Main", "Frankfurt"], &["Singapore"]];

pub(super) fn run(world: &World, common: &Common, args: &ShareArgs) -> Result<Outcome, Failure> {
    let targets = Targets::of::<ShareAnswer>(world, common)?;
    let workers = workers(args.threads)?;
    let scenario = load_case(world, common, None)?;
    let countries = find_countries(&scenario, &args.countries)?;
    let sampling = sampling(args, countries.len())?;
    let (demands, assumed) = if args.demand.is_empty() {
        let (demands, told) = usual_demands(&scenario, &countries);
        (demands, Some(told))
    } else {
        let read = |text: &String| read_demand(&scenario, &countries, text);
        (args.demand.iter().map(read).collect::<Result<Vec<_>, _>>()?, None)
    };
    check_bounds(&scenario)?;
    let question = ShareQuestion { countries, demands, sampling };
    let plan = scenario.plan();
    let some = &question.demands[0];
    let request = scenario.request(some.from.clone(), some.to.clone(), Objective::Cost);
    let answer = share(&plan, &request, &question, &workers);
    let reason = answer.as_ref().err().map(|Unserved { demand }| why_not(&scenario, &question.demands[*demand]));
    let mut context = context(&scenario, &request);
    let sum = question.demands.iter().map(|demand| demand.gbps.get()).sum::<f64>();
    context.demand = Demand { gbps: Gbps::new(sum).unwrap_or(context.demand.gbps), ..context.demand };
    let outcome = match (&answer, &reason) {
        (Ok(share), _) => ShareOutcome::Shared(share),
        (Err(Unserved { demand }), reason) => {
            ShareOutcome::Unserved { demand: *demand, reason: reason.as_deref().unwrap_or_default() }
        }
    };
    let report = ShareReport { context: &context, question: &question, assumed: assumed.as_deref(), outcome };
    if let (Ok(share), false) = (&answer, args.no_chart) {
        let codes: Vec<&str> = question.countries.iter().map(CountryCode::as_str).collect();
        let name = format!("share-{}", codes.join("-").to_lowercase());
        let sheet = || share_sheet(&context, &question, Some(share), common.size).into();
        targets.draw_beside(common.quiet, &name, sheet);
    }
    let sheet = || share_sheet(&context, &question, answer.as_ref().ok(), common.size);
    targets.deliver(&|format| report.render(format), &sheet)?;
    Ok(if answer.is_ok() { Outcome::Answered } else { Outcome::NoRoute })
}

/// At least two countries, each once.
fn find_countries(scenario: &Scenario, names: &[String]) -> Result<Vec<CountryCode>, Failure> {
    let mut countries = Vec::with_capacity(names.len());
    for name in names {
        let country = find_country(scenario, "COUNTRY", name)?;
        if countries.contains(&country) {
            let text = format!("COUNTRY: {country} stands twice");
            return Err(Failure::usage(text, "name each country once, as in TM AF PK"));
        }
        countries.push(country);
    }
    match countries.as_slice() {
        [only] => Err(Failure::usage(
            format!("COUNTRY: expected at least two countries to share, found {only} alone"),
            "name the countries that share, as in TM AF PK",
        )),
        _ => Ok(countries),
    }
}

fn sampling(args: &ShareArgs, n: usize) -> Result<Option<ShapleySampling>, Failure> {
    if n > MAX_SAMPLED_PLAYERS {
        let text = format!("COUNTRY: expected at most {MAX_SAMPLED_PLAYERS} countries, found {n}");
        return Err(Failure::usage(text, "leave out those that neither ask for anything nor are passed through"));
    }
    match args.samples {
        None if n > MAX_PLAYERS => {
            let groups = grouped((1_i64 << n) - 1);
            let text =
                format!("COUNTRY: {n} countries form {groups} groups; all are looked at up to {MAX_PLAYERS} countries");
            Err(Failure::usage(
                text,
                "give --samples 200 to estimate the Shapley value from 200 pairs of orders of joining",
            ))
        }
        Some(pairs) if pairs < 2 => Err(Failure::usage(
            format!("--samples: expected at least 2 pairs, found {pairs}"),
            "the standard error is told from how pairs differ, as in --samples 200",
        )),
        samples => Ok(samples.map(|pairs| ShapleySampling { pairs: pairs as usize, seed: args.seed })),
    }
}

/// The demands when nobody gives any, and that they are assumed.
fn usual_demands(scenario: &Scenario, countries: &[CountryCode]) -> (Vec<ShareDemand>, String) {
    let gbps = scenario.demand.gbps;
    let mut demands = Vec::new();
    for (i, &from) in countries.iter().enumerate() {
        for &to in &countries[i + 1..] {
            demands.push(ShareDemand { from: End::Country(from), to: End::Country(to), gbps, asked_by: i });
        }
    }
    let mut hubs = Vec::new();
    for names in HUBS {
        let find = |name: &&str| scenario.find_place(name).ok();
        let Some(Place::Node(id)) = names.iter().find_map(find) else { continue };
        let Some(hub) = scenario.network.find_node(&id) else { continue };
        for (i, &country) in countries.iter().enumerate().filter(|(_, country)| **country != hub.country) {
            demands.push(ShareDemand { from: End::Country(country), to: End::Node(id.clone()), gbps, asked_by: i });
        }
        hubs.push(hub.short_name().to_owned());
    }
    let hubs = if hubs.is_empty() { String::new() } else { format!(", and from each to {}", hubs.join(" and to ")) };
    let told = format!(
        "assumed, as none were given: {} Gbps between each two of the countries, asked for by the one named first{hubs}. \
         --demand FROM,TO=GBPS gives your own.",
        gbps.get()
    );
    (demands, told)
}

/// Reads `FROM,TO=GBPS`.
fn read_demand(scenario: &Scenario, countries: &[CountryCode], text: &str) -> Result<ShareDemand, Failure> {
    let syntax =
        || Failure::usage(format!("--demand: expected FROM,TO=GBPS, found {text:?}"), "as in --demand TM,PK=100");
    let (ends, gbps) = text.rsplit_once('=').ok_or_else(syntax)?;
    let (from, to) = ends.split_once(',').ok_or_else(syntax)?;
    if [from, to, gbps].iter().any(|part| part.trim().is_empty()) || to.contains(',') {
        return Err(syntax());
    }
    let number: f64 = gbps.trim().parse().map_err(|_not_a_number| syntax())?;
    let gbps = Gbps::new(number).map_err(|error| {
        Failure::usage(format!("--demand {text}: {error}"), "a demand is some Gbit/s, as in --demand TM,PK=100")
    })?;
    let (from, to) = (find_end(scenario, "--demand", from.trim())?, find_end(scenario, "--demand", to.trim())?);
    if from == to {
        return Err(Failure::usage(
            format!("--demand {text}: it begins and ends at the same place"),
            "name two different ends, as in --demand TM,PK=100",
        ));
    }
    let plan = scenario.plan();
    let member = |end: &End| countries.iter().position(|own| Some(*own) == plan.country(end));
    match member(&from).or_else(|| member(&to)) {
        Some(asked_by) => Ok(ShareDemand { from, to, gbps, asked_by }),
        None => {
            let codes: Vec<&str> = countries.iter().map(CountryCode::as_str).collect();
            let text = format!("--demand {text}: neither end lies in {}", codes.join(", "));
            Err(Failure::usage(text, "a demand is asked for by the country it begins in, or else by that it ends in"))
        }
    }
}

/// Bounds hold for one route at a time; a shared plan is not made of such.
fn check_bounds(scenario: &Scenario) -> Result<(), Failure> {
    let routing = &scenario.routing;
    if routing.bounds == Bounds::default() && routing.shares.is_empty() {
        return Ok(());
    }
    Err(Failure::usage(
        format!("scenario {} bounds what a route may be, and a shared plan cannot keep to that", scenario.name),
        "leave the bounds out of its [routing] table; via and avoid are kept to",
    ))
}

/// Why a demand has no route.
fn why_not(scenario: &Scenario, demand: &ShareDemand) -> String {
    let own = Demand { gbps: demand.gbps, ..scenario.demand };
    let plan = Plan::new(&scenario.network, &scenario.book, own, &scenario.policy);
    let request: Request = scenario.request(demand.from.clone(), demand.to.clone(), Objective::Cost);
    let (from, to, name) = (&demand.from, &demand.to, &scenario.name);
    let reason = unanswered_in_words(&scenario.network, &plan.no_route(&request));
    format!("{reason}; `fiberplan route {from} {to} -s {name}` tells more")
}
