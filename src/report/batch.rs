//! The answers to many queries: a JSON object on each line, or CSV with a row for each route.
//!
//! Each is known by its query's id. An answer without routes says why: `reason` where none fits, `error` where the query
//! makes no sense.

use serde_json::Value;

use super::answer::BatchLine;
use super::cell::Cell;
use super::context::{Asked, Context};
use super::csv_rows::{Role, route_cells, route_head};
use super::records::Records;
use crate::analysis::Obstacle;
use crate::metrics::Route;

/// The answer to one of many queries.
#[derive(Debug)]
pub struct BatchAnswer<'a> {
    /// The query's id.
    pub id: &'a Value,
    /// The query's own fields, handed back.
    pub own: &'a [(String, Value)],
    /// What came of it.
    pub outcome: BatchOutcome,
}

/// What came of a query.
#[derive(Debug)]
pub enum BatchOutcome {
    /// The best routes, best first.
    Routes {
        /// What was asked, as resolved.
        asked: Asked,
        /// At least one.
        routes: Vec<Route>,
        /// Whether the search was stopped for too much work: there may be better ones.
        is_stopped: bool,
    },
    /// None fits.
    Nothing {
        /// What was asked, as resolved.
        asked: Asked,
        /// Why, in one line.
        reason: String,
        /// What stands in the way, if that was looked for.
        obstacle: Option<Box<Obstacle>>,
        /// Whether the search was stopped for too much work: there may be some.
        is_stopped: bool,
    },
    /// The query makes no sense.
    Wrong {
        /// What is wrong, and where.
        error: String,
        /// What to do about it.
        hint: Option<String>,
    },
}

/// How much of a route is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Detail {
    /// The route and its figures.
    #[default]
    Short,
    /// All that the answer to a single query has.
    Full,
}

/// An answer as a line of JSON.
///
/// # Panics
/// Never: what is written are texts, numbers and lists of them.
#[must_use]
pub fn batch_json(context: &Context<'_>, answer: &BatchAnswer<'_>, detail: Detail) -> String {
    let line = BatchLine::of(context, answer, detail);
    serde_json::to_string(&line).expect("an answer has texts for keys") + "\n"
}

/// The head line of CSV for queries with these fields of their own.
#[must_use]
pub fn batch_csv_head(own: &[&str]) -> String {
    batch_records(own).csv_head()
}

/// The columns of a batch for queries with these fields of their own.
fn batch_records(own: &[&str]) -> Records {
    let own = own.iter().map(ToString::to_string);
    let names = ["id".to_owned()].into_iter().chain(own).chain(route_head());
    Records::new(names.chain(["reason", "error"].map(str::to_owned)))
}

/// An answer as rows of CSV: one for each route, or one that says why there is none.
#[must_use]
pub fn batch_csv(context: &Context<'_>, answer: &BatchAnswer<'_>, own: &[&str]) -> String {
    let value = |name: &&str| answer.own.iter().find(|(known, _)| known == name).map(|(_, value)| plain(value));
    let values = own.iter().map(|name| value(name).unwrap_or_default());
    let first: Vec<Cell> = [plain(answer.id)].into_iter().chain(values).map(Cell::Text).collect();
    let mut records = batch_records(own);
    let mut without = |reason: &str, error: &str| {
        let empty = route_head().into_iter().map(|_| Cell::Empty);
        records.row(first.iter().cloned().chain(empty).chain([reason.into(), error.into()]));
    };
    match &answer.outcome {
        BatchOutcome::Routes { routes, .. } => (1..).zip(routes).for_each(|(rank, route)| {
            records.row(first.iter().cloned().chain(route_cells(context, rank, Role::Route, route)));
        }),
        BatchOutcome::Nothing { reason, .. } => without(reason, ""),
        BatchOutcome::Wrong { error, hint } => without("", &in_one_line(error, hint.as_deref())),
    }
    records.csv_rows()
}

fn in_one_line(error: &str, hint: Option<&str>) -> String {
    hint.map_or_else(|| error.to_owned(), |hint| format!("{error} ({hint})"))
}

/// A value as a cell.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}
