//! The price book: a TOML file of entries `{ low, base, high, unit, year, source }` by family.

use std::collections::BTreeMap;

use super::error::{FileError, Located, Problem};
use super::problems::Problems;
use super::toml_file::{TomlTable, TomlValue, parse_toml};
use crate::prices::{KeyedBy, Price, PriceBook, PriceError, PriceFamily, PriceKey, entry_problems, nearest_entries};

/// Reads a price book; `file` is the name shown in errors.
///
/// # Errors
/// If it is not TOML, lacks a table or an entry, holds an unknown one, or has a value of the wrong sort.
pub fn parse_price_book(file: &str, text: &str) -> Result<PriceBook, FileError> {
    collect(file, text, Problems::first_only()).map_err(|mut problems| problems.swap_remove(0))
}

/// As [`parse_price_book`], but lists all that is wrong.
///
/// # Errors
/// All of it, in the order of the file, then what is missing; never an empty list.
pub fn collect_price_book(file: &str, text: &str) -> Result<PriceBook, Vec<FileError>> {
    collect(file, text, Problems::all())
}

fn collect(file: &str, text: &str, mut problems: Problems) -> Result<PriceBook, Vec<FileError>> {
    let Some(root) = problems.keep(parse_toml(file, text)) else { return Err(problems.into_found()) };
    let head = problems.keep(parse_head(&root));
    let mut entries = BTreeMap::new();
    let mut lines = BTreeMap::new();
    for (key, value) in root.entries().filter(|(key, _)| *key != "book") {
        collect_entries(key, value, &mut entries, &mut lines, &mut problems);
    }
    for error in entry_problems(&entries) {
        // An entry that could not be read has been complained about already: it is not missing as well.
        if matches!(&error, PriceError::Missing(key) if lines.contains_key(&key.to_string())) {
            continue;
        }
        problems.add(entry_error(file, error, &lines));
    }
    match head {
        Some((id, currency, year)) if problems.is_empty() => PriceBook::new(id, currency, year, entries)
            .map_err(|error| vec![FileError::whole(file, Problem::Other(error.to_string()))]),
        _ => Err(problems.into_found()),
    }
}

fn parse_head(root: &TomlTable) -> Result<(String, String, i32), FileError> {
    let book = root.need("book")?.table()?;
    let id = book.need("id")?.text()?.to_owned();
    let currency = book.need("currency")?.text()?.to_owned();
    let year = book.need("year")?.whole(1900..=2200)? as i32;
    for key in ["licence", "note"] {
        let _ = book.get(key);
    }
    book.no_more()?;
    Ok((id, currency, year))
}

fn entry_error(file: &str, error: PriceError, lines: &BTreeMap<String, Option<usize>>) -> FileError {
    let at = |name: &str, problem: Problem| {
        let place = Located { file: file.to_owned(), line: lines.get(name).copied().flatten(), item: None };
        FileError::at(&place, None, problem)
    };
    match error {
        PriceError::Missing(key) => FileError::whole(file, Problem::Missing { what: "entry", name: key.to_string() })
            .hint("a price book holds every fixed key of a family, and a default for each that goes by country"),
        PriceError::BadRange { name, low, base, high } => {
            let name = name.to_string();
            let mut error = at(&name, out_of_range(low, base, high)).hint(RANGE_HINT);
            error.field = Some(name);
            error
        }
        PriceError::UnknownName { name } => {
            unknown_entry(at(&name, Problem::Unknown { what: "entry", name: name.clone() }), &name)
        }
    }
}

/// What to do about a price that is none.
const RANGE_HINT: &str = "as in 2.5, or { low = 1, base = 2.5, high = 4 }; 0 is free of charge";

fn out_of_range(low: f64, base: f64, high: f64) -> Problem {
    Problem::Expected {
        expected: "0 <= low <= base <= high <= 1e12".to_owned(),
        found: format!("low = {}, base = {}, high = {}", told(low), told(base), told(high)),
    }
}

/// A number as it is, or as a power of ten where it is beyond all prices.
fn told(number: f64) -> String {
    if number.is_finite() && number.abs() >= 1e18 { format!("{number:e}") } else { format!("{number}") }
}

/// With a hint at the nearest key if the family exists, else at the nearest family.
fn unknown_entry(error: FileError, name: &str) -> FileError {
    let (family, key) = name.rsplit_once('.').unwrap_or((name, ""));
    let known = PriceFamily::ALL.iter().find(|known| known.as_str() == family);
    match known.map(|family| family.keyed_by()) {
        Some(KeyedBy::Words(words)) => error.suggest(key, words.iter().copied()),
        Some(KeyedBy::Country) => error.hint("a country stands there as two capital letters, or `default`"),
        None => error.suggest(family, PriceFamily::ALL.iter().map(|family| family.as_str())),
    }
}

fn collect_entries(
    name: &str,
    value: &TomlValue,
    entries: &mut BTreeMap<String, Price>,
    lines: &mut BTreeMap<String, Option<usize>>,
    problems: &mut Problems,
) {
    if problems.is_full() {
        return;
    }
    let Some(table) = problems.keep(value.table()) else { return };
    if table.keys().any(|key| ["low", "base", "high"].contains(&key)) {
        lines.insert(name.to_owned(), value.place().line);
        if let Some(price) = problems.keep(parse_price(table)) {
            entries.insert(name.to_owned(), price);
        }
        return;
    }
    for (key, value) in table.entries() {
        collect_entries(&format!("{name}.{key}"), value, entries, lines, problems);
    }
}

fn parse_price(table: &TomlTable) -> Result<Price, FileError> {
    let number = |key: &str| table.need(key)?.number();
    let price = Price {
        low: number("low")?,
        base: number("base")?,
        high: number("high")?,
        unit: table.need("unit")?.text()?.to_owned(),
        year: table.need("year")?.whole(1900..=2200)? as i32,
        source: table.need("source")?.text()?.to_owned(),
    };
    table.no_more()?;
    Ok(price)
}

/// Applies one override of a scenario: a number, or a table with any of `low`, `base`, `high`, `source`.
///
/// A plain number stands for all three; in a table, `base` stands for what is left out.
///
/// # Errors
/// If there is no such entry, or the value is not one.
pub fn price_override(book: &mut PriceBook, name: &str, value: &TomlValue) -> Result<(), FileError> {
    let unsourced = "assumed: set by the scenario";
    let (low, base, high, source) = match value.table() {
        Ok(table) => {
            let base = table.need("base").map_err(|error| error.hint(RANGE_HINT))?.number()?;
            let other = |key: &str| table.get(key).map_or(Ok(base), TomlValue::number);
            let source = table.get("source").map(TomlValue::text).transpose()?.unwrap_or(unsourced);
            let values = (other("low")?, base, other("high")?, source.to_owned());
            no_more(table)?;
            values
        }
        Err(_) => {
            let base = value
                .number()
                .map_err(|_found| value.expected("a number, or a table with low, base and high").hint(RANGE_HINT))?;
            (base, base, base, unsourced.to_owned())
        }
    };
    let set = |key: PriceKey| book.set(key, low, base, high, &source);
    name.parse().and_then(set).map_err(|error| {
        let problem = match &error {
            PriceError::BadRange { low, base, high, .. } => out_of_range(*low, *base, *high),
            PriceError::Missing(_) | PriceError::UnknownName { .. } => Problem::Other(error.to_string()),
        };
        let is_range = matches!(error, PriceError::BadRange { .. });
        let found = value.error(problem);
        let found = if is_range { found.hint(RANGE_HINT) } else { found };
        match nearest_entries(name, book).first() {
            Some(near) if matches!(error, PriceError::UnknownName { .. }) => {
                found.hint(format!("did you mean {near:?}?"))
            }
            _ => found,
        }
    })
}

fn no_more(table: &TomlTable) -> Result<(), FileError> {
    for key in ["unit", "year"] {
        let _ = table.get(key);
    }
    table.no_more()
}
