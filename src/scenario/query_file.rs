//! A file of queries: CSV with a head line, or one JSON object a line.
//!
//! Which fields there are is the caller's business. A row that is wrong is a row with an error in its place, so that it
//! stops no other; only a head line that nobody can follow stops the file. Fields whose names begin with `x_` are the
//! user's own and are handed back as they are.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;

use crate::formats::{FileError, Located, Problem, cut};

/// What the user's own fields begin with.
const OWN: &str = "x_";

/// The field by which a query is known.
const ID: &str = "id";

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QueryFieldKind {
    /// A text.
    Text,
    /// Texts: in CSV, and where JSON has one text, separated by `;` or `,`.
    Texts,
    /// A number.
    Number,
    /// A whole number, not negative.
    Whole,
    /// `true` or `false`.
    Flag,
}

/// A field that a query may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QueryField {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub kind: QueryFieldKind,
    /// Whether every query has to have it.
    pub is_needed: bool,
}

/// How queries are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QueryForm {
    /// A head line, then a line for each query.
    Csv,
    /// A JSON object on each line.
    JsonLines,
}

/// A query as its file states it.
#[derive(Debug, Clone, PartialEq)]
pub struct QueryRow {
    /// Where it stands.
    pub place: Located,
    /// Its id: as given, else its number, counted from 1.
    pub id: Value,
    /// The user's own fields.
    pub own: Vec<(String, Value)>,
    values: Vec<(&'static str, FieldValue)>,
    /// What is wrong with it, if anything is.
    pub error: Option<FileError>,
}

#[derive(Debug, Clone, PartialEq)]
enum FieldValue {
    Text(String),
    Texts(Vec<String>),
    Number(f64),
    Whole(u64),
    Flag(bool),
}

impl QueryForm {
    /// What the end of a file's name says, or else how its text begins.
    #[must_use]
    pub fn of(file: &str, text: &str) -> Self {
        let name = file.to_ascii_lowercase();
        let by_name = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
        match (by_name(&[".csv"]), by_name(&[".jsonl", ".ndjson"])) {
            (true, _) => Self::Csv,
            (_, true) => Self::JsonLines,
            _ if text.trim_start().starts_with(['{', '[']) => Self::JsonLines,
            _ => Self::Csv,
        }
    }
}

impl QueryRow {
    fn new(place: Located, number: usize) -> Self {
        Self { place, id: Value::from(number), own: Vec::new(), values: Vec::new(), error: None }
    }

    fn value(&self, name: &str) -> Option<&FieldValue> {
        self.values.iter().find(|(own, _)| *own == name).map(|(_, value)| value)
    }

    /// A field that holds a text.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.value(name).and_then(|value| if let FieldValue::Text(text) = value { Some(text.as_str()) } else { None })
    }

    /// A field that holds texts.
    #[must_use]
    pub fn texts(&self, name: &str) -> Option<&[String]> {
        self.value(name).and_then(|value| if let FieldValue::Texts(texts) = value { Some(&texts[..]) } else { None })
    }

    /// A field that holds a number.
    #[must_use]
    pub fn number(&self, name: &str) -> Option<f64> {
        self.value(name).and_then(|value| if let FieldValue::Number(number) = value { Some(*number) } else { None })
    }

    /// A field that holds a whole number.
    #[must_use]
    pub fn whole(&self, name: &str) -> Option<u64> {
        self.value(name).and_then(|value| if let FieldValue::Whole(number) = value { Some(*number) } else { None })
    }

    /// A field that holds `true` or `false`.
    #[must_use]
    pub fn flag(&self, name: &str) -> Option<bool> {
        self.value(name).and_then(|value| if let FieldValue::Flag(flag) = value { Some(*flag) } else { None })
    }

    /// An error about a field of this query.
    fn wrong(&self, field: &str, expected: &str, found: impl Into<String>) -> FileError {
        let problem = Problem::Expected { expected: expected.to_owned(), found: found.into() };
        FileError::at(&self.place, Some(field), problem)
    }

    fn add_json(&mut self, name: String, value: Value, fields: &[QueryField]) -> Result<(), FileError> {
        if name.starts_with(OWN) {
            self.own.push((name, value));
            return Ok(());
        }
        if name == ID {
            match value {
                Value::Null => {}
                Value::String(_) | Value::Number(_) => self.id = value,
                other => return Err(self.wrong(ID, "a text or a number", shown(&other))),
            }
            return Ok(());
        }
        let Some(field) = fields.iter().find(|field| field.name == name) else {
            let problem = Problem::Unknown { what: "key", name: cut(&name) };
            return Err(FileError::at(&self.place, None, problem).suggest(&name, names(fields)));
        };
        let value = match (field.kind, &value) {
            (_, Value::Null) => return Ok(()),
            (QueryFieldKind::Text, Value::String(text)) if !text.trim().is_empty() => {
                FieldValue::Text(text.trim().to_owned())
            }
            (QueryFieldKind::Texts, Value::String(text)) => FieldValue::Texts(split(text)),
            (QueryFieldKind::Texts, Value::Array(list)) => {
                let text = |item: &Value| item.as_str().map(str::to_owned);
                let texts: Option<Vec<String>> = list.iter().map(text).collect();
                FieldValue::Texts(texts.ok_or_else(|| self.wrong(field.name, kind_name(field.kind), shown(&value)))?)
            }
            (QueryFieldKind::Number, Value::Number(number)) => FieldValue::Number(number.as_f64().unwrap_or(f64::NAN)),
            (QueryFieldKind::Whole, Value::Number(number)) if number.as_u64().is_some() => {
                FieldValue::Whole(number.as_u64().unwrap_or_default())
            }
            (QueryFieldKind::Flag, Value::Bool(flag)) => FieldValue::Flag(*flag),
            _ => return Err(self.wrong(field.name, kind_name(field.kind), shown(&value))),
        };
        self.values.push((field.name, value));
        Ok(())
    }

    fn add_cell(&mut self, field: &QueryField, cell: &str) -> Result<(), FileError> {
        if cell.is_empty() {
            return Ok(());
        }
        let value = match field.kind {
            QueryFieldKind::Text => Some(FieldValue::Text(cell.to_owned())),
            QueryFieldKind::Texts => Some(FieldValue::Texts(split(cell))),
            QueryFieldKind::Number => {
                cell.parse().ok().filter(|number: &f64| number.is_finite()).map(FieldValue::Number)
            }
            QueryFieldKind::Whole => cell.parse().ok().map(FieldValue::Whole),
            QueryFieldKind::Flag => cell.parse().ok().map(FieldValue::Flag),
        };
        let found = || self.wrong(field.name, kind_name(field.kind), format!("{:?}", cut(cell)));
        self.values.push((field.name, value.ok_or_else(found)?));
        Ok(())
    }

    fn check_needed(&self, fields: &[QueryField], what: &'static str) -> Result<(), FileError> {
        match fields.iter().find(|field| field.is_needed && self.value(field.name).is_none()) {
            Some(field) if what == "column" => Err(FileError::at(&self.place, Some(field.name), Problem::NoValue)),
            Some(field) => {
                Err(FileError::at(&self.place, None, Problem::Missing { what, name: field.name.to_owned() }))
            }
            None => Ok(()),
        }
    }
}

/// Reads queries with these fields; `file` is the name shown in errors.
///
/// # Errors
/// If there is no query in it, or it is one JSON list, or its head line in CSV has an unknown or doubled column or lacks a
/// needed one. What is wrong with a single query stands in its [`QueryRow::error`].
pub fn read_queries(
    file: &str,
    text: &str,
    form: QueryForm,
    fields: &[QueryField],
) -> Result<Vec<QueryRow>, FileError> {
    let whole = |problem| FileError::whole(file, Problem::Other(problem));
    let rows = match form {
        QueryForm::Csv => read_csv(file, text, fields)?,
        QueryForm::JsonLines if text.trim_start().starts_with('[') => {
            let error = whole("expected one JSON object a line, found a list".to_owned());
            return Err(error.hint("`jq -c '.[]'` makes lines of a list"));
        }
        QueryForm::JsonLines => read_json_lines(file, text, fields),
    };
    if rows.is_empty() { Err(whole("holds no queries".to_owned())) } else { Ok(rows) }
}

/// What a column of CSV is.
enum Column<'f> {
    Id,
    Own(String),
    Known(&'f QueryField),
}

fn read_csv(file: &str, text: &str, fields: &[QueryField]) -> Result<Vec<QueryRow>, FileError> {
    let place = |line| Located { file: file.to_owned(), line, item: None };
    let broken = |error: &csv::Error| {
        let line = error.position().map(|position| position.line() as usize);
        FileError::at(&place(line), None, Problem::Syntax(format!("not CSV: {error}")))
    };
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let head = reader.headers().map_err(|error| broken(&error))?.clone();
    let columns = columns(&place(Some(1)), &head, fields)?;
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let mut row = QueryRow::new(place(error.position().map(|at| at.line() as usize)), rows.len() + 1);
                row.error = Some(broken(&error));
                rows.push(row);
                continue;
            }
        };
        let line = record.position().map(|position| position.line() as usize);
        let mut row = QueryRow::new(place(line), rows.len() + 1);
        let mut read = || {
            if record.len() != columns.len() {
                let expected = format!("{} cells, as in the head line", columns.len());
                let problem = Problem::Expected { expected, found: record.len().to_string() };
                let hint = "a cell that holds a comma must stand in double quotes";
                return Err(FileError::at(&row.place, None, problem).hint(hint));
            }
            // The id and the user's own come first, so that even a wrong query is known by them.
            for (column, cell) in columns.iter().zip(&record) {
                match column {
                    Column::Id if !cell.trim().is_empty() => row.id = Value::from(cell.trim()),
                    Column::Own(name) => row.own.push((name.clone(), Value::from(cell))),
                    Column::Id | Column::Known(_) => {}
                }
            }
            for (column, cell) in columns.iter().zip(&record) {
                if let Column::Known(field) = column {
                    row.add_cell(field, cell.trim())?;
                }
            }
            row.check_needed(fields, "column")
        };
        let error = read().err();
        row.error = error;
        rows.push(row);
    }
    Ok(rows)
}

fn columns<'f>(
    place: &Located,
    head: &csv::StringRecord,
    fields: &'f [QueryField],
) -> Result<Vec<Column<'f>>, FileError> {
    let mut columns: Vec<Column<'f>> = Vec::with_capacity(head.len());
    let all: Vec<&str> = head.iter().map(str::trim).collect();
    for (i, &name) in all.iter().enumerate() {
        if all[..i].contains(&name) {
            let problem = Problem::Other(format!("column {:?} is there twice", cut(name)));
            return Err(FileError::at(place, None, problem));
        }
        columns.push(match fields.iter().find(|field| field.name == name) {
            Some(field) => Column::Known(field),
            None if name == ID => Column::Id,
            None if name.starts_with(OWN) => Column::Own(name.to_owned()),
            None => {
                let problem = Problem::Unknown { what: "column", name: cut(name) };
                return Err(FileError::at(place, None, problem).suggest(name, names(fields)));
            }
        });
    }
    if let Some(field) = fields.iter().find(|field| field.is_needed && !all.contains(&field.name)) {
        let problem = Problem::Missing { what: "column", name: field.name.to_owned() };
        let known: Vec<&str> = names(fields).collect();
        return Err(FileError::at(place, None, problem).hint(format!("the columns are {}", known.join(","))));
    }
    Ok(columns)
}

fn read_json_lines(file: &str, text: &str, fields: &[QueryField]) -> Vec<QueryRow> {
    let mut rows: Vec<QueryRow> = Vec::new();
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    for (i, line) in lines {
        let place = Located { file: file.to_owned(), line: Some(i + 1), item: None };
        let mut row = QueryRow::new(place, rows.len() + 1);
        row.error = read_json(&mut row, line, fields).err();
        rows.push(row);
    }
    rows
}

fn read_json(row: &mut QueryRow, line: &str, fields: &[QueryField]) -> Result<(), FileError> {
    let broken = |error: &serde_json::Error| {
        let text = error.to_string();
        let what = text.split(" at line ").next().unwrap_or(&text);
        FileError::at(
            &row.place,
            None,
            Problem::Syntax(format!("not a JSON object: {what} (column {})", error.column())),
        )
    };
    let Pairs(pairs) = serde_json::from_str(line).map_err(|error| broken(&error))?;
    let mut wrong = None;
    for (i, (name, _)) in pairs.iter().enumerate() {
        if pairs[..i].iter().any(|(other, _)| other == name) {
            let problem = Problem::Other(format!("key {:?} is there twice", cut(name)));
            wrong = wrong.or(Some(FileError::at(&row.place, None, problem)));
        }
    }
    // All of it is read even where something is wrong, so that the id and the user's own fields are known.
    for (name, value) in pairs {
        let added = row.add_json(name, value, fields);
        wrong = wrong.or(added.err());
    }
    wrong.map_or_else(|| row.check_needed(fields, "key"), Err)
}

/// A JSON object's members in order, doubled ones too.
struct Pairs(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Pairs {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members;
        impl<'de> Visitor<'de> for Members {
            type Value = Pairs;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }
        }
        deserializer.deserialize_map(Members)
    }
}

fn names(fields: &[QueryField]) -> impl Iterator<Item = &'static str> {
    std::iter::once(ID).chain(fields.iter().map(|field| field.name))
}

fn split(text: &str) -> Vec<String> {
    text.split([';', ',']).map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

fn kind_name(kind: QueryFieldKind) -> &'static str {
    match kind {
        QueryFieldKind::Text => "a text",
        QueryFieldKind::Texts => "texts",
        QueryFieldKind::Number => "a number",
        QueryFieldKind::Whole => "a whole number",
        QueryFieldKind::Flag => "true or false",
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
        Value::String(text) => format!("{:?}", cut(text)),
        Value::Null | Value::Bool(_) | Value::Number(_) => value.to_string(),
    }
}
