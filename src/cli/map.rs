//! `fiberplan map`: the network, a route, a corridor or a comparison as a picture.

use std::path::{Path, PathBuf};

use super::Failure;
use super::args::{Common, Shape};
use super::case::{demand_ends, load_case};
use super::ignored::refuse_format;
use super::outcome::Outcome;
use super::output::{Targets, stderr};
use super::picture::Picture;
use super::questions::{Asked, answers};
use super::shape::{check_order, find_corridor, objective, request};
use crate::analysis::{Request, transit};
use crate::picture::map::Sheet;
use crate::report::scenes::{comparison_sheet, network_sheet, routes_sheet, transit_sheet};
use crate::request::{CountryPattern, End};
use crate::scenario::Scenario;
use crate::world::World;

/// `fiberplan map`
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  fiberplan map -o out/network.png\n  fiberplan map tap-trilateral --corridor TM,AF,PK -o out/tap.svg\n  \
    fiberplan map --from Ashgabat --to Karachi -k 3 --size 3600x2600 -o out/routes.png\n  fiberplan map today --against red-sea-cut --from Karachi --to Marseille -o out/cut.png"
)]
pub struct MapArgs {
    /// Scenario: the name of a shipped one, or a TOML file [default: today]
    pub scenario_name: Option<String>,
    /// Draw routes from here
    #[arg(long, value_name = "PLACE")]
    pub from: Option<String>,
    /// Draw routes to here
    #[arg(long, value_name = "PLACE")]
    pub to: Option<String>,
    /// How many routes to show
    #[arg(short, value_name = "N", default_value_t = 1)]
    pub k: usize,
    /// Draw the best crossing pairs of this corridor; with --from and --to, follow these countries
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    pub corridor: Vec<String>,
    /// Draw another scenario beside it; may be repeated
    #[arg(long, value_name = "NAME|FILE")]
    pub against: Vec<String>,
    #[command(flatten)]
    pub shape: Shape,
}

pub(super) fn run(world: &World, common: &Common, args: &MapArgs) -> Result<Outcome, Failure> {
    if args.scenario_name.is_some() && common.scenario.is_some() {
        return Err(Failure::usage("the scenario is named twice", "name it once, with or without -s"));
    }
    refuse_format("map", "the extension of -o picks it: .png or .svg", common)?;
    let mut paths: Vec<PathBuf> = common.output.clone();
    let targets = Targets::new(world, common)?;
    let is_map =
        |path: &Path| path.extension().is_some_and(|e| e.eq_ignore_ascii_case("png") || e.eq_ignore_ascii_case("svg"));
    if let Some(other) = paths.iter().find(|path| !is_map(path)) {
        return Err(Failure::usage(
            format!("-o {}: a map is a .png or .svg file", other.display()),
            "as in -o out/map.png",
        ));
    }
    let scenario = load_case(world, common, args.scenario_name.as_deref())?;
    if paths.is_empty() {
        paths.push(PathBuf::from("out/map.png"));
    }
    let (sheet, found) = sheet(world, common, args, &scenario)?;
    let picture = Picture::from(sheet);
    for path in &paths {
        targets.draw(path, &picture)?;
        if !common.quiet {
            stderr(&format!("wrote {}", path.display()));
        }
    }
    Ok(if found { Outcome::Answered } else { Outcome::NoRoute })
}

/// What is to be drawn, and whether there is a route to draw where one was asked for.
fn sheet(world: &World, common: &Common, args: &MapArgs, scenario: &Scenario) -> Result<(Sheet, bool), Failure> {
    if !args.against.is_empty() {
        return comparison(world, common, args, scenario);
    }
    if !args.corridor.is_empty() && args.from.is_none() && args.to.is_none() {
        let corridor = find_corridor(scenario, "--corridor", &args.corridor)?;
        let gateway = |i: usize| scenario.principal_gateway(corridor[i]);
        let (Some(from), Some(to)) = (gateway(0), gateway(corridor.len() - 1)) else {
            return Err(Failure::usage("--corridor: an end country has no gateway", "give --from and --to"));
        };
        let objective = objective(scenario, args.shape.objective.as_deref())?;
        let request = Request {
            corridor: CountryPattern::exactly(&corridor).ok(),
            ..scenario.request(End::Node(from), End::Node(to), objective)
        };
        let answer = transit(&scenario.plan(), &request).expect("a corridor between two places was asked for");
        return Ok((transit_sheet(scenario, &answer, common.size), !answer.rows.is_empty()));
    }
    if args.from.is_some() || args.to.is_some() {
        let request = own_request(scenario, args)?;
        let routes = scenario.plan().routes(&request);
        let codes: Vec<String> =
            request.corridor.iter().flat_map(CountryPattern::countries).map(|code| code.to_string()).collect();
        return Ok((routes_sheet(scenario, &routes, &codes, common.size), !routes.is_empty()));
    }
    Ok((network_sheet(scenario, common.size), true))
}

fn comparison(world: &World, common: &Common, args: &MapArgs, scenario: &Scenario) -> Result<(Sheet, bool), Failure> {
    let others: Vec<Scenario> =
        args.against.iter().map(|name| load_case(world, common, Some(name))).collect::<Result<_, _>>()?;
    let all: Vec<&Scenario> = [scenario].into_iter().chain(&others).collect();
    let asked = Asked {
        from: args.from.as_deref(),
        to: args.to.as_deref(),
        k: args.k,
        corridor: &args.corridor,
        shape: &args.shape,
    };
    let (comparison, _) = answers(&all, &asked)?;
    let found = comparison.scenarios.iter().any(|compared| compared.routes().next().is_some());
    Ok((comparison_sheet(&all, &comparison, common.size), found))
}

fn own_request(scenario: &Scenario, args: &MapArgs) -> Result<Request, Failure> {
    check_order(scenario, &args.shape)?;
    let ends = demand_ends(scenario, args.from.as_deref(), args.to.as_deref())?;
    request(scenario, ends, args.k, &args.corridor, &args.shape)
}
