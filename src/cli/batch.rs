//! `fiberplan batch`: a file of queries, all answered, in order.

use std::path::{Path, PathBuf};

use super::Failure;
use super::args::{Common, Shape};
use super::bounds::TypedBound;
use super::case::{context_of, find_end, load_case};
use super::outcome::Outcome;
use super::output::{read_stdin, stderr, stdout};
use super::progress::Progress;
use super::shape::{check_k, request};
use super::threads::workers;
use crate::analysis::{Answer, Plan, Request};
use crate::formats::{FileError, Problem, WholeFile, read_text};
use crate::metrics::{BoundForm, BoundNames, Criterion};
use crate::report::{
    Asked, BatchAnswer, BatchOutcome, Context, Detail, Format, batch_csv, batch_csv_head, batch_json,
    unanswered_in_words,
};
use crate::scenario::{QueryField, QueryFieldKind, QueryForm, QueryRow, Scenario, read_queries};
use crate::units::grouped;
use crate::world::World;

/// `fiberplan batch`
#[derive(Debug, clap::Args)]
#[command(
    after_help = "A query has the fields from and to, and may have id, k and those named as the options of `route`, as in \
    max_rtt_ms;\nlists are separated by `;`; fields that begin with x_ are handed back. The options given here hold for \
    the queries\nthat do not say otherwise.\n\nExamples:\n  fiberplan batch queries.csv -o out/answers.csv\n  \
    fiberplan batch queries.jsonl --objective latency --full > answers.jsonl"
)]
pub struct BatchArgs {
    /// File of queries: .csv with a head line, or .jsonl with a JSON object on each line; `-` is stdin
    #[arg(value_name = "QUERIES")]
    pub queries: PathBuf,
    /// How many routes to answer with
    #[arg(short, value_name = "N", default_value_t = 1)]
    pub k: usize,
    /// Follow exactly these countries, in order
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    pub corridor: Vec<String>,
    #[command(flatten)]
    pub shape: Shape,
    /// Tell all of each route: its hops, countries, borders and assumptions too
    #[arg(long)]
    pub full: bool,
    /// Find out what stands in the way of each query that has no route; takes longer
    #[arg(long)]
    pub why: bool,
    /// Threads to work on [default: one for each core]
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
}

/// So many queries are answered before their answers are written: enough that no thread waits long for the others.
const AT_ONCE: usize = 512;

/// What a query may say: where from and where to, and all that the options of `route` say.
fn fields() -> Vec<QueryField> {
    let bound = |of: Criterion| {
        let kind = match of.names().form {
            BoundForm::Number => QueryFieldKind::Number,
            BoundForm::LeastPercent => QueryFieldKind::Text,
            BoundForm::Count => QueryFieldKind::Whole,
        };
        field(of.names().field, kind)
    };
    let mut fields = vec![
        QueryField { name: "from", kind: QueryFieldKind::Text, is_needed: true },
        QueryField { name: "to", kind: QueryFieldKind::Text, is_needed: true },
        field("k", QueryFieldKind::Whole),
        field("corridor", QueryFieldKind::Texts),
        field("objective", QueryFieldKind::Text),
        field("via", QueryFieldKind::Texts),
        field("in_order", QueryFieldKind::Flag),
        field("avoid", QueryFieldKind::Texts),
    ];
    fields.extend(Criterion::ALL.map(bound));
    fields.push(field("max_share", QueryFieldKind::Texts));
    fields
}

const fn field(name: &'static str, kind: QueryFieldKind) -> QueryField {
    QueryField { name, kind, is_needed: false }
}

/// How answers are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Written {
    JsonLines,
    Csv,
}

/// Where answers go.
enum Sink {
    Stdout(Written),
    File(PathBuf, Written, WholeFile),
}

/// What all queries are answered with.
struct Case<'a> {
    args: &'a BatchArgs,
    scenario: &'a Scenario,
    plan: Plan<'a>,
    context: Context<'a>,
    /// The names of the users' own fields.
    own: Vec<&'a str>,
    json: bool,
    csv: bool,
}

/// An answer, written.
struct Answered {
    json: String,
    csv: String,
    has_routes: bool,
    is_wrong: bool,
}

pub(super) fn run(world: &World, common: &Common, args: &BatchArgs) -> Result<Outcome, Failure> {
    let mut sinks = sinks(common)?;
    check_k(args.k)?;
    let workers = workers(args.threads)?;
    let rows = read(&args.queries)?;
    let scenario = load_case(world, common, None)?;
    let mut own: Vec<&str> = Vec::new();
    for (name, _) in rows.iter().flat_map(|row| &row.own) {
        if !own.contains(&name.as_str()) {
            own.push(name);
        }
    }
    let has = |written| sinks.iter().any(|sink| sink.written() == written);
    let plan = scenario.plan();
    let context = context_of(&scenario, &plan, Asked::default());
    let (json, csv) = (has(Written::JsonLines), has(Written::Csv));
    let case = Case { args, scenario: &scenario, plan, context, own, json, csv };
    for sink in &mut sinks {
        if sink.written() == Written::Csv {
            sink.write(&batch_csv_head(&case.own))?;
        }
    }
    let progress = Progress::new(rows.len(), common.quiet);
    let (mut n_without, mut n_wrong) = (0, 0);
    for some in rows.chunks(AT_ONCE) {
        let answers = workers.each(some, |row| {
            let answered = case.answered(row);
            progress.one_done();
            answered
        });
        n_wrong += answers.iter().filter(|answer| answer.is_wrong).count();
        n_without += answers.iter().filter(|answer| !answer.has_routes && !answer.is_wrong).count();
        for sink in &mut sinks {
            let texts = answers.iter().map(|answer| match sink.written() {
                Written::JsonLines => answer.json.as_str(),
                Written::Csv => answer.csv.as_str(),
            });
            sink.write(&texts.collect::<String>())?;
        }
    }
    progress.finish();
    sinks.into_iter().try_for_each(|sink| sink.finish(common.quiet))?;
    if !common.quiet {
        stderr(&summary(rows.len(), n_without, n_wrong));
    }
    Ok(if n_without + n_wrong == 0 { Outcome::Answered } else { Outcome::NoRoute })
}

fn summary(n: usize, n_without: usize, n_wrong: usize) -> String {
    let count = |n: usize| grouped(n as i64);
    let queries = if n == 1 { "query" } else { "queries" };
    let mut text = format!("{} {queries}: {} answered", count(n), count(n - n_without - n_wrong));
    if n_without > 0 {
        text += &format!(", {} without a route", count(n_without));
    }
    if n_wrong > 0 {
        text += &format!(", {} wrong", count(n_wrong));
    }
    text
}

fn read(path: &Path) -> Result<Vec<QueryRow>, Failure> {
    let (name, text) = if path.as_os_str() == "-" {
        ("stdin".to_owned(), read_stdin("stdin")?)
    } else {
        (path.display().to_string(), read_text(path)?)
    };
    Ok(read_queries(&name, &text, QueryForm::of(&name, &text), &fields())?)
}

fn sinks(common: &Common) -> Result<Vec<Sink>, Failure> {
    let by_format = match common.format {
        None => None,
        Some(Format::Json) => Some(Written::JsonLines),
        Some(Format::Csv) => Some(Written::Csv),
        Some(other @ (Format::Table | Format::GeoJson | Format::Markdown)) => {
            let text = format!("--format {other}: a batch is answered in JSON lines or CSV");
            return Err(Failure::usage(text, "give --format json or --format csv"));
        }
    };
    let mut sinks = Vec::new();
    for path in &common.output {
        if path.as_os_str() == "-" {
            sinks.push(Sink::Stdout(by_format.unwrap_or(Written::JsonLines)));
            continue;
        }
        let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
        let written = match extension.as_str() {
            "jsonl" | "ndjson" => Some(Written::JsonLines),
            "csv" => Some(Written::Csv),
            "json" | "geojson" | "md" | "txt" | "png" | "svg" => None,
            _ => by_format,
        };
        let Some(written) = written else {
            let text = format!("-o {}: a batch is answered in JSON lines or CSV", path.display());
            return Err(Failure::usage(text, "use .jsonl or .csv"));
        };
        sinks.push(Sink::File(path.clone(), written, WholeFile::begin(path)?));
    }
    if sinks.is_empty() {
        sinks.push(Sink::Stdout(by_format.unwrap_or(Written::JsonLines)));
    }
    Ok(sinks)
}

impl Sink {
    const fn written(&self) -> Written {
        match self {
            Self::Stdout(written) | Self::File(_, written, _) => *written,
        }
    }

    fn write(&mut self, text: &str) -> Result<(), Failure> {
        match self {
            Self::Stdout(_) => stdout(text),
            Self::File(_, _, file) => Ok(file.write(text.as_bytes())?),
        }
    }

    fn finish(self, quiet: bool) -> Result<(), Failure> {
        if let Self::File(path, _, file) = self {
            file.finish()?;
            if !quiet {
                stderr(&format!("wrote {}", path.display()));
            }
        }
        Ok(())
    }
}

impl Case<'_> {
    fn answered(&self, row: &QueryRow) -> Answered {
        let outcome = self.outcome(row);
        let has_routes = matches!(outcome, BatchOutcome::Routes { .. });
        let is_wrong = matches!(outcome, BatchOutcome::Wrong { .. });
        let answer = BatchAnswer { id: &row.id, own: &row.own, outcome };
        let detail = if self.args.full { Detail::Full } else { Detail::Short };
        let json = if self.json { batch_json(&self.context, &answer, detail) } else { String::new() };
        let csv = if self.csv { batch_csv(&self.context, &answer, &self.own) } else { String::new() };
        Answered { json, csv, has_routes, is_wrong }
    }

    fn outcome(&self, row: &QueryRow) -> BatchOutcome {
        let request = match &row.error {
            Some(error) => Err(Failure::from(error.clone())),
            None => self.request(row),
        };
        let request = match request {
            Ok(request) => request,
            Err(failure) => {
                let hint = failure.hint();
                let error = match failure {
                    Failure::File(error) => *error,
                    other => FileError::at(&row.place, None, Problem::Other(other.to_string())),
                };
                return BatchOutcome::Wrong { error: error.to_string(), hint };
            }
        };
        let Answer { routes, is_stopped } = self.plan.answer(&request);
        let asked = Asked::of(&request);
        if !routes.is_empty() {
            return BatchOutcome::Routes { asked, routes, is_stopped };
        }
        let reason = if is_stopped { self.plan.not_known(&request) } else { self.plan.no_route(&request) };
        let reason = unanswered_in_words(&self.scenario.network, &reason);
        let obstacle = (self.args.why && !is_stopped).then(|| Box::new(self.plan.why_not(&request)));
        BatchOutcome::Nothing { asked, reason, obstacle, is_stopped }
    }

    /// The request that a query makes; what it does not say is as the options have it.
    fn request(&self, row: &QueryRow) -> Result<Request, Failure> {
        let end = |field: &'static str| {
            let name = row.text(field).unwrap_or_default();
            find_end(self.scenario, field, name).map_err(|failure| self.about(row, field, failure))
        };
        let ends = (end("from")?, end("to")?);
        let k = row.whole("k").map_or(self.args.k, |k| usize::try_from(k).unwrap_or(usize::MAX));
        let corridor = row.texts("corridor").unwrap_or(&self.args.corridor);
        request(self.scenario, ends, k, corridor, &self.shape(row))
    }

    fn shape(&self, row: &QueryRow) -> Shape {
        let Shape { objective, via, in_order, avoid, bounds, max_share } = &self.args.shape;
        let text = |name, default: &Option<String>| row.text(name).map(str::to_owned).or_else(|| default.clone());
        let texts = |name, default: &Vec<String>| row.texts(name).map_or_else(|| default.clone(), <[String]>::to_vec);
        let mut bounds = bounds.clone();
        for of in Criterion::ALL {
            let BoundNames { field, form, .. } = of.names();
            let typed = match form {
                BoundForm::Number => row.number(field).map(TypedBound::Number),
                BoundForm::LeastPercent => row.text(field).map(|text| TypedBound::Percent(text.to_owned())),
                BoundForm::Count => {
                    row.whole(field).map(|most| TypedBound::Count(u32::try_from(most).unwrap_or(u32::MAX)))
                }
            };
            bounds.set(of, typed);
        }
        Shape {
            objective: text("objective", objective),
            via: texts("via", via),
            in_order: row.flag("in_order").unwrap_or(*in_order),
            avoid: texts("avoid", avoid),
            bounds,
            max_share: texts("max_share", max_share),
        }
    }

    /// What is wrong with a field of a query.
    fn about(&self, row: &QueryRow, field: &str, failure: Failure) -> Failure {
        let hint = failure.hint();
        let text = match failure {
            Failure::Place { error, .. } => error.to_string(),
            other => other.to_string(),
        };
        Failure::from(FileError { hint, ..FileError::at(&row.place, Some(field), Problem::Other(text)) })
    }
}
