//! TOML with line numbers: every value knows where it stands, and a table knows which keys nobody has asked for.

use std::cell::RefCell;
use std::collections::BTreeSet;

use toml::de::{DeTable, DeValue};

use super::error::{FileError, Located, Problem, cut};

/// The largest TOML text that is read, bytes: a thousand times a long scenario. What is longer is something else.
const MAX_BYTES: usize = 4 << 20;

/// A value and where it stands.
#[derive(Debug, Clone)]
pub struct TomlValue {
    place: Located,
    key: String,
    kind: Kind,
}

#[derive(Debug, Clone)]
enum Kind {
    Text(String),
    Number(f64, bool),
    Bool(bool),
    List(Vec<TomlValue>),
    Table(TomlTable),
    Date,
}

/// A table and where it stands.
#[derive(Debug, Clone)]
pub struct TomlTable {
    place: Located,
    name: String,
    entries: Vec<(String, TomlValue)>,
    asked: RefCell<BTreeSet<String>>,
}

/// Reads TOML text; `file` is the name shown in errors.
///
/// # Errors
/// If it is not TOML, with the line.
pub fn parse_toml(file: &str, text: &str) -> Result<TomlTable, FileError> {
    if text.len() > MAX_BYTES {
        return Err(FileError::whole(file, Problem::TooLarge("4 MiB, which is too much for a TOML file")));
    }
    let lines = Lines { file, starts: line_starts(text) };
    match DeTable::parse(text) {
        Ok(table) => Ok(lines.table("", 0, table.get_ref())),
        Err(error) => {
            let place = lines.place(error.span().map_or(0, |span| span.start));
            let message = error.message().lines().collect::<Vec<_>>().join(", ");
            Err(FileError::at(&place, None, Problem::Syntax(format!("not TOML: {message}"))))
        }
    }
}

struct Lines<'a> {
    file: &'a str,
    starts: Vec<usize>,
}

fn line_starts(text: &str) -> Vec<usize> {
    [0].into_iter().chain(text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(i, _)| i + 1)).collect()
}

impl Lines<'_> {
    fn place(&self, offset: usize) -> Located {
        Located {
            file: self.file.to_owned(),
            line: Some(self.starts.partition_point(|&start| start <= offset)),
            item: None,
        }
    }

    fn table(&self, name: &str, offset: usize, table: &DeTable<'_>) -> TomlTable {
        let entry = |(key, value): (&toml::Spanned<std::borrow::Cow<'_, str>>, &toml::Spanned<DeValue<'_>>)| {
            let name = key.get_ref().to_string();
            (name.clone(), self.value(name, key.span().start, value.get_ref()))
        };
        TomlTable {
            place: self.place(offset),
            name: name.to_owned(),
            entries: table.iter().map(entry).collect(),
            asked: RefCell::default(),
        }
    }

    fn value(&self, key: String, offset: usize, value: &DeValue<'_>) -> TomlValue {
        let kind = match value {
            DeValue::String(text) => Kind::Text(text.to_string()),
            DeValue::Integer(number) => {
                let parsed = i64::from_str_radix(&number.as_str().replace('_', ""), number.radix());
                Kind::Number(parsed.map_or(f64::NAN, |n| n as f64), true)
            }
            DeValue::Float(number) => Kind::Number(number.as_str().replace('_', "").parse().unwrap_or(f64::NAN), false),
            DeValue::Boolean(flag) => Kind::Bool(*flag),
            DeValue::Datetime(_) => Kind::Date,
            DeValue::Array(list) => {
                let item =
                    |item: &toml::Spanned<DeValue<'_>>| self.value(key.clone(), item.span().start, item.get_ref());
                Kind::List(list.iter().map(item).collect())
            }
            DeValue::Table(table) => Kind::Table(self.table(&key, offset, table)),
        };
        TomlValue { place: self.place(offset), key, kind }
    }
}

impl TomlTable {
    /// Where it stands.
    #[must_use]
    pub fn place(&self) -> &Located {
        &self.place
    }

    /// The keys there are, in order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|(key, _)| key.as_str())
    }

    /// The entries there are, in order; they count as asked for.
    pub fn entries(&self) -> impl Iterator<Item = (&str, &TomlValue)> {
        self.entries.iter().map(|(key, value)| {
            self.asked.borrow_mut().insert(key.clone());
            (key.as_str(), value)
        })
    }

    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&TomlValue> {
        self.asked.borrow_mut().insert(key.to_owned());
        self.entries.iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// The value of a key that has to be there.
    ///
    /// # Errors
    /// If it is not.
    pub fn need(&self, key: &str) -> Result<&TomlValue, FileError> {
        self.get(key).ok_or_else(|| {
            let name = if self.name.is_empty() { key.to_owned() } else { format!("{}.{key}", self.name) };
            let missing = FileError::at(&self.place, None, Problem::Missing { what: "key", name });
            let asked = self.asked.borrow();
            match crate::nearest_names(key, self.keys().filter(|key| !asked.contains(*key))).first() {
                Some(near) => missing.hint(format!("is {near:?} meant for it?")),
                None => missing,
            }
        })
    }

    /// Says so if there is a key that nobody has asked for.
    ///
    /// # Errors
    /// If there is one: it names the nearest of those that were asked for.
    pub fn no_more(&self) -> Result<(), FileError> {
        let asked = self.asked.borrow();
        let Some((key, value)) = self.entries.iter().find(|(key, _)| !asked.contains(key)) else { return Ok(()) };
        let what = if matches!(value.kind, Kind::Table(_)) { "table" } else { "key" };
        let problem = Problem::Unknown { what, name: cut(key) };
        Err(FileError::at(&value.place, None, problem).suggest(key, asked.iter().map(String::as_str)))
    }
}

impl TomlValue {
    /// Where it stands.
    #[must_use]
    pub fn place(&self) -> &Located {
        &self.place
    }

    /// An error about this value.
    #[must_use]
    pub fn error(&self, problem: Problem) -> FileError {
        FileError::at(&self.place, Some(&self.key), problem)
    }

    /// That something else was expected here.
    #[must_use]
    pub fn expected(&self, what: &str) -> FileError {
        self.error(Problem::Expected { expected: what.to_owned(), found: self.shown() })
    }

    fn shown(&self) -> String {
        match &self.kind {
            Kind::Text(text) => format!("{:?}", cut(text)),
            Kind::Number(number, _) if number.abs() >= 1e18 && number.is_finite() => format!("{number:e}"),
            Kind::Number(number, _) => format!("{number}"),
            Kind::Bool(flag) => format!("{flag}"),
            Kind::List(_) => "a list".to_owned(),
            Kind::Table(_) => "a table".to_owned(),
            Kind::Date => "a date".to_owned(),
        }
    }

    /// As text.
    ///
    /// # Errors
    /// If it is something else.
    pub fn text(&self) -> Result<&str, FileError> {
        match &self.kind {
            Kind::Text(text) => Ok(text),
            _ => Err(self.expected("text")),
        }
    }

    /// As a number.
    ///
    /// # Errors
    /// If it is something else, infinite or NaN.
    pub fn number(&self) -> Result<f64, FileError> {
        match self.kind {
            Kind::Number(number, _) if number.is_finite() => Ok(number),
            _ => Err(self.expected("a number")),
        }
    }

    /// As a whole number in a range.
    ///
    /// # Errors
    /// If it is something else or out of range.
    pub fn whole(&self, range: std::ops::RangeInclusive<i64>) -> Result<i64, FileError> {
        match self.kind {
            Kind::Number(number, true) if range.contains(&(number as i64)) => Ok(number as i64),
            _ => Err(self.expected(&format!("a whole number from {} to {}", range.start(), range.end()))),
        }
    }

    /// As yes or no.
    ///
    /// # Errors
    /// If it is something else.
    pub fn flag(&self) -> Result<bool, FileError> {
        match self.kind {
            Kind::Bool(flag) => Ok(flag),
            _ => Err(self.expected("true or false")),
        }
    }

    /// As a table.
    ///
    /// # Errors
    /// If it is something else.
    pub fn table(&self) -> Result<&TomlTable, FileError> {
        match &self.kind {
            Kind::Table(table) => Ok(table),
            _ => Err(self.expected("a table")),
        }
    }

    /// As a list.
    ///
    /// # Errors
    /// If it is something else.
    pub fn list(&self) -> Result<&[TomlValue], FileError> {
        match &self.kind {
            Kind::List(list) => Ok(list),
            _ => Err(self.expected("a list")),
        }
    }

    /// As text or a list of texts, each with where it stands.
    ///
    /// # Errors
    /// If it is something else.
    pub fn texts(&self) -> Result<Vec<(&str, &Self)>, FileError> {
        match &self.kind {
            Kind::Text(text) => Ok(vec![(text.as_str(), self)]),
            Kind::List(list) => list.iter().map(|item| Ok((item.text()?, item))).collect(),
            _ => Err(self.expected("text or a list of texts")),
        }
    }

    /// As a scalar, in the words in which a CSV cell would say it; a list becomes one cell with `;` between.
    ///
    /// # Errors
    /// If it is a table or a date.
    pub fn cell(&self) -> Result<String, FileError> {
        match &self.kind {
            Kind::Text(text) => Ok(text.clone()),
            Kind::Number(number, _) => Ok(format!("{number}")),
            Kind::Bool(flag) => Ok(format!("{flag}")),
            Kind::List(list) => Ok(list.iter().map(Self::cell).collect::<Result<Vec<_>, _>>()?.join(";")),
            Kind::Table(_) | Kind::Date => Err(self.expected("text, a number or a list")),
        }
    }
}
