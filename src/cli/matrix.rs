//! `fiberplan matrix`: the best routes from each of some places to each of others.

use super::Failure;
use super::args::{Common, Shape};
use super::case::{context, find_end, load_case};
use super::outcome::Outcome;
use super::output::Targets;
use super::shape::{check_order, request};
use super::threads::workers;
use crate::analysis::{Cell, CellQuestion, Request, matrix};
use crate::report::answer::MatrixAnswer;
use crate::report::scenes::empty_sheet;
use crate::report::{Asked, MatrixFigure, MatrixReport, Report};
use crate::request::End;
use crate::scenario::Scenario;
use crate::world::World;

/// `fiberplan matrix`
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  fiberplan matrix --from TM,AF,PK --to DE,FR,SG\n  \
    fiberplan matrix --from Ashgabat,Karachi,Tashkent --objective latency --show rtt,km\n  \
    fiberplan matrix --from all -o out/matrix.csv")]
pub struct MatrixArgs {
    /// Where from: places or countries, or `all` for every country
    #[arg(long, required = true, value_name = "PLACES", value_delimiter = ',')]
    pub from: Vec<String>,
    /// Where to: places or countries, or `all` for every country [default: the same as from]
    #[arg(long, value_name = "PLACES", value_delimiter = ',')]
    pub to: Vec<String>,
    #[command(flatten)]
    pub shape: Shape,
    /// Figures to show in tables: cost, rtt, km, up, crossings [default: cost,rtt,km,up]
    #[arg(long, value_name = "LIST", value_delimiter = ',', value_parser = parse_figure)]
    pub show: Vec<MatrixFigure>,
    /// Threads to work on [default: one for each core]
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
}

fn parse_figure(text: &str) -> Result<MatrixFigure, String> {
    text.parse().map_err(|error: crate::report::UnknownFigure| error.to_string())
}

/// The word for every country of the network.
const ALL: &str = "all";

pub(super) fn run(world: &World, common: &Common, args: &MatrixArgs) -> Result<Outcome, Failure> {
    let targets = Targets::of::<MatrixAnswer>(world, common)?;
    if let Some(map) = targets.maps().next() {
        let text = format!("-o {}: a matrix is a table", map.display());
        return Err(Failure::usage(text, "use .json, .csv, .md or .txt; `fiberplan map` draws routes"));
    }
    let workers = workers(args.threads)?;
    let scenario = load_case(world, common, None)?;
    check_order(&scenario, &args.shape)?;
    let from = find_ends(&scenario, "--from", &args.from)?;
    let to = if args.to.is_empty() { from.clone() } else { find_ends(&scenario, "--to", &args.to)? };
    let (questions, some) = questions(&scenario, args, &from, &to)?;
    let cells = matrix(&scenario.plan(), &questions, &workers);
    let [from, to] = [from, to].map(|ends| ends.iter().map(shown).collect::<Vec<_>>());
    let mut context = context(&scenario, &some);
    context.asked = Asked { from: from.join(","), to: to.join(","), ..context.asked };
    let show = if args.show.is_empty() {
        vec![MatrixFigure::Cost, MatrixFigure::Rtt, MatrixFigure::Km, MatrixFigure::Up]
    } else {
        args.show.clone()
    };
    let report = MatrixReport { context: &context, from: &from, to: &to, cells: &cells, shown: &show };
    targets.deliver(&|format| report.render(format), &|| empty_sheet(common.size))?;
    let any = cells.iter().any(|cell| matches!(cell, Cell::Best(_)));
    Ok(if any { Outcome::Answered } else { Outcome::NoRoute })
}

/// Places and countries by name, `all` being every country; each once.
fn find_ends(scenario: &Scenario, argument: &'static str, names: &[String]) -> Result<Vec<End>, Failure> {
    let mut ends: Vec<End> = Vec::new();
    for name in names {
        let found: Vec<End> = if name.trim().eq_ignore_ascii_case(ALL) {
            scenario.network.countries().map(End::Country).collect()
        } else {
            vec![find_end(scenario, argument, name)?]
        };
        for end in found {
            if !ends.contains(&end) {
                ends.push(end);
            }
        }
    }
    Ok(ends)
}

/// What is asked of each pair, and one of the requests. What makes no sense for a pair is told in its cell; what makes none
/// for any pair is an error.
fn questions(
    scenario: &Scenario,
    args: &MatrixArgs,
    from: &[End],
    to: &[End],
) -> Result<(Vec<CellQuestion>, Request), Failure> {
    let mut questions = Vec::with_capacity(from.len() * to.len());
    let mut some: Option<Request> = None;
    let mut first_failure = None;
    for (from, to) in from.iter().flat_map(|from| to.iter().map(move |to| (from, to))) {
        if from == to {
            questions.push(CellQuestion::Same);
            continue;
        }
        questions.push(match request(scenario, (from.clone(), to.clone()), 1, &[], &args.shape) {
            Ok(request) => {
                some.get_or_insert_with(|| request.clone());
                CellQuestion::Best(Box::new(request))
            }
            Err(failure) => {
                let why = failure.to_string();
                first_failure.get_or_insert(failure);
                CellQuestion::Wrong(why)
            }
        });
    }
    match (some, first_failure) {
        (Some(some), _) => Ok((questions, some)),
        (None, Some(failure)) => Err(failure),
        (None, None) => Err(Failure::usage(
            "--from and --to name the same one place",
            "a matrix needs two different ends, as in --from TM,AF --to PK",
        )),
    }
}

fn shown(end: &End) -> String {
    match end {
        End::Node(id) => id.to_string(),
        End::Country(code) => code.to_string(),
    }
}
