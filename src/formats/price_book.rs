//! The price book: a TOML file of entries `{ low, base, high, unit, year, source }` by family.

use std::collections::BTreeMap;

use super::error::{FileError, Problem};
use super::toml_file::{TomlTable, TomlValue, parse_toml};
use crate::prices::{FAMILIES, Price, PriceBook, PriceError, nearest_entries};

/// Reads a price book; `file` is the name shown in errors.
///
/// # Errors
/// If it is not TOML, lacks a table or an entry, holds an unknown one, or has a value of the wrong sort.
pub fn parse_price_book(file: &str, text: &str) -> Result<PriceBook, FileError> {
    let root = parse_toml(file, text)?;
    let book = root.need("book")?.table()?;
    let id = book.need("id")?.text()?.to_owned();
    let currency = book.need("currency")?.text()?.to_owned();
    let year = book.need("year")?.whole(1900..=2200)? as i32;
    for key in ["licence", "note"] {
        let _ = book.get(key);
    }
    book.no_more()?;
    let mut entries = BTreeMap::new();
    let mut lines = BTreeMap::new();
    for (key, value) in root.entries().filter(|(key, _)| *key != "book") {
        collect(key, value, &mut entries, &mut lines)?;
    }
    PriceBook::new(id, currency, year, entries).map_err(|error| {
        let (PriceError::Missing(name) | PriceError::BadRange { name, .. } | PriceError::UnknownName { name }) = &error;
        let mut found = FileError::whole(file, Problem::Other(error.to_string()));
        found.line = lines.get(name).copied().flatten();
        match error {
            PriceError::UnknownName { name } => found.suggest(&name, FAMILIES.iter().map(|family| family.0)),
            PriceError::Missing(_) | PriceError::BadRange { .. } => found,
        }
    })
}

fn collect(
    name: &str,
    value: &TomlValue,
    entries: &mut BTreeMap<String, Price>,
    lines: &mut BTreeMap<String, Option<usize>>,
) -> Result<(), FileError> {
    let table = value.table()?;
    if !table.keys().any(|key| ["low", "base", "high"].contains(&key)) {
        for (key, value) in table.entries() {
            collect(&format!("{name}.{key}"), value, entries, lines)?;
        }
        return Ok(());
    }
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
    lines.insert(name.to_owned(), value.place().line);
    entries.insert(name.to_owned(), price);
    Ok(())
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
            let base = table.need("base")?.number()?;
            let other = |key: &str| table.get(key).map_or(Ok(base), TomlValue::number);
            let source = table.get("source").map(TomlValue::text).transpose()?.unwrap_or(unsourced);
            let values = (other("low")?, base, other("high")?, source.to_owned());
            no_more(table)?;
            values
        }
        Err(_) => {
            let base = value.number().map_err(|_| value.expected("a number, or a table with low, base and high"))?;
            (base, base, base, unsourced.to_owned())
        }
    };
    book.set(name, low, base, high, &source).map_err(|error| {
        let found = value.error(Problem::Other(error.to_string()));
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
