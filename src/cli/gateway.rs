//! `fiberplan gateway`: the ways of a country, or of all, to the world's hubs.

use super::Failure;
use super::args::{Common, Shape};
use super::case::{context, find_country, find_end, load_case};
use super::outcome::Outcome;
use super::output::Targets;
use super::shape::{check_order, objective, shaped};
use super::threads::workers;
use crate::analysis::{EverywhereQuestion, GatewayQuestion, Gateways, Request, Workers, everywhere, gateways};
use crate::network::CountryCode;
use crate::picture::map::Sheet;
use crate::report::answer::{GatewayAllAnswer, GatewayAnswer, GatewayCompareAnswer};
use crate::report::scenes::{empty_sheet, gateways_sheet};
use crate::report::{
    Asked, Context, GatewayAllReport, GatewayCase, GatewayCompareReport, GatewayReport, Report, ScenarioReach,
    gateway_conclusion, gateway_gains,
};
use crate::request::{End, MAX_VIA, Objective};
use crate::scenario::Scenario;
use crate::world::World;

/// `fiberplan gateway`
#[derive(Debug, clap::Args)]
#[command(after_help = "A gateway is the border crossing or landing by which a route leaves the country, with the \
    country that it enters there.\n\nExamples:\n  fiberplan gateway TM\n  \
    fiberplan gateway TM --compare today tap-trilateral\n  \
    fiberplan gateway AF --hub Singapore --hub Mumbai -o out/af.png\n  \
    fiberplan gateway --all --compare today red-sea-cut -o out/all.csv")]
pub struct GatewayArgs {
    /// The country
    pub country: Option<String>,
    /// Ask for every country of the network instead: latency and cost to each hub
    #[arg(long)]
    pub all: bool,
    /// A hub to reach; may be repeated [default: Frankfurt, Marseille, Singapore, London and Hong Kong, those of them that
    /// the network has]
    #[arg(long, value_name = "PLACE")]
    pub hub: Vec<String>,
    /// Tell what changes from one scenario to another: two shipped ones by name, or files
    #[arg(long, value_name = "SCENARIO", num_args = 1..=2)]
    pub compare: Vec<String>,
    #[command(flatten)]
    pub shape: Shape,
    /// Threads to work on [default: one for each core]
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
}

/// The hubs that are asked for unless others are named: each by the names that it may go by.
const HUBS: [&[&str]; 5] =
    [&["Frankfurt am Main", "Frankfurt"], &["Marseille"], &["Singapore"], &["London"], &["Hong Kong"]];

pub(super) fn run(world: &World, common: &Common, args: &GatewayArgs) -> Result<Outcome, Failure> {
    check(common, args)?;
    let targets = targets(world, common, args)?;
    let workers = workers(args.threads)?;
    let names: Vec<Option<&str>> = if args.compare.is_empty() {
        vec![None]
    } else {
        args.compare.iter().map(|name| Some(name.as_str())).collect()
    };
    let scenarios: Vec<Scenario> =
        names.iter().map(|name| load_case(world, common, *name)).collect::<Result<_, _>>()?;
    scenarios.iter().try_for_each(|scenario| check_order(scenario, &args.shape))?;
    let mut notes = Vec::new();
    let hubs = find_hubs(&scenarios, &args.hub, &mut notes)?;
    match &args.country {
        Some(name) => one(&scenarios, name, hubs, args, notes, (&workers, &targets, common)),
        None => all(&scenarios, hubs, args, &notes, (&workers, &targets, common)),
    }
}

/// What cannot be asked together.
fn check(common: &Common, args: &GatewayArgs) -> Result<(), Failure> {
    match (&args.country, args.all) {
        (Some(country), true) => {
            let text = format!("{country} and --all do not go together");
            return Err(Failure::usage(text, "name a country for its gateways, or give --all for every country"));
        }
        (None, false) => {
            return Err(Failure::usage("no country is named", "as in `fiberplan gateway TM`, or give --all"));
        }
        (Some(_), false) | (None, true) => {}
    }
    match args.compare.len() {
        0 | 2 => {}
        n => {
            let text = format!("--compare: expected two scenarios, found {n}");
            return Err(Failure::usage(text, "as in --compare today tap-trilateral"));
        }
    }
    if !args.compare.is_empty() && common.scenario.is_some() {
        return Err(Failure::usage("-s has no meaning with --compare", "name both scenarios after --compare"));
    }
    Ok(())
}

/// Where the answer goes; all countries make no map.
fn targets<'a>(world: &'a World, common: &Common, args: &GatewayArgs) -> Result<Targets<'a>, Failure> {
    match (args.all, args.compare.is_empty()) {
        (false, true) => Targets::of::<GatewayAnswer>(world, common),
        (false, false) => Targets::of::<GatewayCompareAnswer>(world, common),
        (true, _) => {
            let targets = Targets::of::<GatewayAllAnswer>(world, common)?;
            let map = targets.maps().next().map(|map| format!("-o {}: all countries make a table", map.display()));
            match map {
                Some(text) => Err(Failure::usage(text, "use .json, .csv, .md or .txt; name a country for a map")),
                None => Ok(targets),
            }
        }
    }
}

/// The hubs by name, each once, or those of the usual ones that every scenario's network has.
fn find_hubs(scenarios: &[Scenario], typed: &[String], notes: &mut Vec<String>) -> Result<Vec<End>, Failure> {
    let mut hubs: Vec<End> = Vec::new();
    for name in typed {
        for scenario in scenarios {
            let hub = find_end(scenario, "--hub", name)?;
            if !hubs.contains(&hub) {
                hubs.push(hub);
            }
        }
    }
    if !typed.is_empty() {
        return Ok(hubs);
    }
    let mut missing = Vec::new();
    for names in HUBS {
        let find = |scenario| names.iter().find_map(|name| find_end(scenario, "--hub", name).ok());
        let found: Option<Vec<End>> = scenarios.iter().map(find).collect();
        match found.and_then(|found| found.into_iter().next()) {
            Some(hub) => hubs.push(hub),
            None => missing.push(names[names.len() - 1]),
        }
    }
    if hubs.is_empty() {
        let text = format!("no hub is in the network: not {}", missing.join(", not "));
        return Err(Failure::usage(text, "name places of the network with --hub"));
    }
    notes.extend(missing.iter().map(|name| format!("{name}: the network has no such place")));
    Ok(hubs)
}

/// What the routes are best at: cost and latency, unless something else is asked for.
fn objectives(scenario: &Scenario, shape: &Shape) -> Result<Vec<Objective>, Failure> {
    Ok(match &shape.objective {
        Some(typed) => vec![objective(scenario, Some(typed))?],
        None => vec![Objective::Cost, Objective::Latency],
    })
}

fn hub_name(scenario: &Scenario, hub: &End) -> String {
    scenario.plan().end_name(hub)
}

/// One country under one scenario or two.
fn one(
    scenarios: &[Scenario],
    name: &str,
    hubs: Vec<End>,
    args: &GatewayArgs,
    mut notes: Vec<String>,
    (workers, targets, common): (&Workers, &Targets<'_>, &Common),
) -> Result<Outcome, Failure> {
    let countries: Vec<CountryCode> =
        scenarios.iter().map(|own| find_country(own, "COUNTRY", name)).collect::<Result<_, _>>()?;
    let (first, country) = (&scenarios[0], countries[0]);
    let (inside, hubs): (Vec<End>, Vec<End>) =
        hubs.into_iter().partition(|hub| first.plan().country(hub) == Some(country));
    notes.extend(inside.iter().map(|hub| format!("{}: it lies in {country} itself", hub_name(first, hub))));
    if hubs.is_empty() {
        let text = format!("every hub lies in {country}");
        return Err(Failure::usage(text, "name hubs abroad with --hub"));
    }
    let mut answers: Vec<(Context<'_>, Gateways)> = Vec::new();
    for scenario in scenarios {
        let question = question(scenario, country, &hubs, args)?;
        let answer = gateways(&scenario.plan(), &question, workers);
        answers.push((asked(scenario, &question, country, &hubs), answer));
    }
    let sheet = || sheet(scenarios, &answers, common);
    targets.deliver(
        &|format| match answers.as_slice() {
            [before, after] => {
                let cases = [before, after].map(|(context, gateways)| GatewayCase { context, gateways });
                GatewayCompareReport { cases, notes: &notes }.render(format)
            }
            _ => GatewayReport { context: &answers[0].0, gateways: &answers[0].1, notes: &notes }.render(format),
        },
        &sheet,
    )?;
    let reaches = |answer: &Gateways| answer.hubs.iter().any(|hub| hub.best.iter().any(Option::is_some));
    let any = answers.iter().any(|(_, answer)| reaches(answer));
    Ok(if any { Outcome::Answered } else { Outcome::NoRoute })
}

fn question(
    scenario: &Scenario,
    country: CountryCode,
    hubs: &[End],
    args: &GatewayArgs,
) -> Result<GatewayQuestion, Failure> {
    let ask = |hub: &End| shaped(scenario, (End::Country(country), hub.clone()), 1, &[], &args.shape);
    let requests: Vec<Request> = hubs.iter().map(ask).collect::<Result<_, _>>()?;
    if requests.iter().any(|request| request.avoid.countries.contains(&country)) && !args.shape.avoid.is_empty() {
        let text = format!("COUNTRY: {country} is to be avoided");
        return Err(Failure::usage(text, "drop it from --avoid"));
    }
    if let Some(n) = requests.iter().map(|request| request.via.len()).find(|&n| n >= MAX_VIA) {
        let text = format!("--via: expected at most {} things to pass beside a gateway, found {n}", MAX_VIA - 1);
        return Err(Failure::usage(text, "drop some"));
    }
    Ok(GatewayQuestion { country, objectives: objectives(scenario, &args.shape)?, requests })
}

/// The context of a country's answer: the question is that of its first hub, towards all of them.
fn asked<'a>(scenario: &'a Scenario, question: &GatewayQuestion, country: CountryCode, hubs: &[End]) -> Context<'a> {
    let first = Request { objective: question.objectives[0], ..question.requests[0].clone() };
    let own = context(scenario, &first);
    let to: Vec<String> = hubs.iter().map(End::to_string).collect();
    Context { asked: Asked { from: country.to_string(), to: to.join(","), ..own.asked.clone() }, ..own }
}

/// The best routes to each hub as maps: one for each objective, and for each scenario where they are not the same.
fn sheet(scenarios: &[Scenario], answers: &[(Context<'_>, Gateways)], common: &Common) -> Sheet {
    let title = match answers {
        [(context, before), (then, after)] => {
            let country = context.country_name(before.country);
            gateway_gains(context, &country, then.scenario, &crate::analysis::gained(before, after))
        }
        _ => gateway_conclusion(&answers[0].0, &answers[0].1),
    };
    // A picture has room for the first sentence.
    let title = title.split_once(". ").map_or(title.as_str(), |(first, _)| first).trim_end_matches('.').to_owned();
    let cases: Vec<(&Scenario, &Gateways)> = scenarios.iter().zip(answers.iter().map(|(_, answer)| answer)).collect();
    gateways_sheet(&cases, title, common.size)
}

/// All countries under one scenario or two.
fn all(
    scenarios: &[Scenario],
    hubs: Vec<End>,
    args: &GatewayArgs,
    notes: &[String],
    (workers, targets, common): (&Workers, &Targets<'_>, &Common),
) -> Result<Outcome, Failure> {
    let objectives = objectives(&scenarios[0], &args.shape)?;
    let question = EverywhereQuestion { hubs, objectives };
    let reach = |scenario| reach_of_all(scenario, &question, args, workers);
    let first = reach(&scenarios[0])?;
    let second = scenarios.get(1).map(reach).transpose()?;
    let EverywhereQuestion { hubs, objectives } = question;
    let report = GatewayAllReport { first, second, hubs, objectives, notes };
    targets.deliver(&|format| report.render(format), &|| empty_sheet(common.size))?;
    let reaches = |row: &crate::analysis::CountryReach| (0..report.hubs.len()).any(|hub| row.best(hub, 0).is_some());
    let any = report.cases().any(|case| case.countries.iter().any(reaches));
    Ok(if any { Outcome::Answered } else { Outcome::NoRoute })
}

/// All countries under a scenario.
fn reach_of_all<'a>(
    scenario: &'a Scenario,
    question: &EverywhereQuestion,
    args: &GatewayArgs,
    workers: &Workers,
) -> Result<ScenarioReach<'a>, Failure> {
    let EverywhereQuestion { hubs, objectives } = question;
    // What is typed is the same for every pair: it is read once.
    let away = scenario.network.countries().find(|&own| scenario.plan().country(&hubs[0]) != Some(own));
    let Some(away) = away else {
        return Err(Failure::usage("the network has one country only", "a hub lies in another country"));
    };
    let typed = shaped(scenario, (End::Country(away), hubs[0].clone()), 1, &[], &args.shape)?;
    let request = |country, hub: &End| Request { from: End::Country(country), to: hub.clone(), ..typed.clone() };
    let countries = everywhere(&scenario.plan(), question, request, workers);
    let own = context(scenario, &Request { objective: objectives[0], ..typed.clone() });
    let to: Vec<String> = hubs.iter().map(End::to_string).collect();
    let asked = Asked { from: "all".to_owned(), to: to.join(","), ..own.asked.clone() };
    Ok(ScenarioReach { context: Context { asked, ..own }, countries })
}
