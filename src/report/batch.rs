//! The answers to many queries: a JSON object on each line, or CSV with a row for each route.
//!
//! Each is known by its query's id. An answer without routes says why: `reason` where none fits, `error` where the query
//! makes no sense.

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Value, json};

use super::answer::RouteJson;
use super::cell::Cell;
use super::context::{Asked, Context};
use super::csv_rows::{Role, route_cells, route_head};
use super::obstacle::say_obstacle_json;
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
    let line = AnswerBody { context, answer, detail };
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

/// An answer, as it is written.
struct AnswerBody<'a> {
    context: &'a Context<'a>,
    answer: &'a BatchAnswer<'a>,
    detail: Detail,
}

impl Serialize for AnswerBody<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { context, answer, detail } = *self;
        let mut fields = serializer.serialize_map(None)?;
        fields.serialize_entry("id", answer.id)?;
        for (name, value) in answer.own {
            fields.serialize_entry(name, value)?;
        }
        match &answer.outcome {
            BatchOutcome::Routes { asked, routes, is_stopped } => {
                add_asked(&mut fields, asked)?;
                let bodies = routes.iter().enumerate().map(|(i, route)| match detail {
                    Detail::Short => RouteJson::short(route, i + 1),
                    Detail::Full => RouteJson::whole(context, route, i + 1),
                });
                fields.serialize_entry("routes", &bodies.collect::<Vec<_>>())?;
                fields.serialize_entry("stopped", is_stopped)?;
            }
            BatchOutcome::Nothing { asked, reason, obstacle, is_stopped } => {
                add_asked(&mut fields, asked)?;
                fields.serialize_entry("routes", &[(); 0])?;
                fields.serialize_entry("stopped", is_stopped)?;
                let why = why(context, asked, reason, obstacle.as_deref(), detail);
                why.iter().try_for_each(|(name, value)| fields.serialize_entry(name, value))?;
            }
            BatchOutcome::Wrong { error, hint } => {
                fields.serialize_entry("routes", &[(); 0])?;
                fields.serialize_entry("error", error)?;
                fields.serialize_entry("hint", hint)?;
            }
        }
        fields.end()
    }
}

fn add_asked<M: SerializeMap>(fields: &mut M, asked: &Asked) -> Result<(), M::Error> {
    fields.serialize_entry("from", &asked.from)?;
    fields.serialize_entry("to", &asked.to)?;
    fields.serialize_entry("objective", &asked.objective.to_string())
}

/// Why there is no route: the reason, and what stands in the way where that was looked for.
fn why(
    context: &Context<'_>,
    asked: &Asked,
    reason: &str,
    obstacle: Option<&Obstacle>,
    detail: Detail,
) -> serde_json::Map<String, Value> {
    let mut told = json!({"reason": reason});
    if obstacle.is_some() {
        let context = Context { asked: asked.clone(), ..context.clone() };
        say_obstacle_json(&mut told, &context, obstacle);
    }
    if detail == Detail::Short
        && let Some(ways_out) = told.get_mut("ways_out").and_then(Value::as_array_mut)
    {
        for way_out in ways_out.iter_mut().filter_map(Value::as_object_mut) {
            way_out.shift_remove("route");
        }
    }
    match told {
        Value::Object(fields) => fields,
        _ => serde_json::Map::new(),
    }
}
