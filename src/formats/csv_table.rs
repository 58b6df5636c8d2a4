//! CSV with line numbers and checked columns.

use super::error::{FileError, Located, Problem};

/// A CSV file's rows.
#[derive(Debug, Clone)]
pub struct Table {
    file: String,
    columns: Vec<String>,
    rows: Vec<(Option<usize>, Vec<String>)>,
}

/// One row, its cells found by column.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    table: &'a Table,
    index: usize,
}

impl Table {
    /// Reads CSV text whose columns must be among `columns`, in any order; `needed` of them must be there.
    ///
    /// # Errors
    /// If it is not CSV, a row has too many or too few cells, or a column is unknown, doubled or missing.
    pub fn parse(file: &str, text: &str, columns: &[&str], needed: &[&str]) -> Result<Self, FileError> {
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
        let broken = |error: &csv::Error| {
            let line = error.position().map(|position| position.line() as usize);
            FileError::at(&place(file, line), None, Problem::Syntax(format!("not CSV: {error}")))
        };
        let header: Vec<String> =
            reader.headers().map_err(|error| broken(&error))?.iter().map(str::trim).map(str::to_owned).collect();
        let head = place(file, Some(1));
        for (i, name) in header.iter().enumerate() {
            if !columns.contains(&name.as_str()) {
                let problem = Problem::Unknown { what: "column", name: name.clone() };
                return Err(FileError::at(&head, None, problem).suggest(name, columns.iter().copied()));
            }
            if header[..i].contains(name) {
                return Err(FileError::at(&head, None, Problem::Other(format!("column {name:?} is there twice"))));
            }
        }
        if let Some(missing) = needed.iter().find(|column| !header.iter().any(|name| name == **column)) {
            let problem = Problem::Missing { what: "column", name: (*missing).to_owned() };
            return Err(FileError::at(&head, None, problem).hint(format!("the columns are {}", columns.join(","))));
        }
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|error| broken(&error))?;
            let line = record.position().map(|position| position.line() as usize);
            if record.len() != header.len() {
                let expected = format!("{} cells, as in the head line", header.len());
                let problem = Problem::Expected { expected, found: format!("{}", record.len()) };
                let hint = "a cell that holds a comma must stand in double quotes";
                return Err(FileError::at(&place(file, line), None, problem).hint(hint));
            }
            rows.push((line, record.iter().map(|cell| cell.trim().to_owned()).collect()));
        }
        Ok(Self { file: file.to_owned(), columns: header, rows })
    }

    /// The rows.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        (0..self.rows.len()).map(|index| Row { table: self, index })
    }
}

fn place(file: &str, line: Option<usize>) -> Located {
    Located { file: file.to_owned(), line }
}

impl<'a> Row<'a> {
    /// Where it stands.
    #[must_use]
    pub fn place(&self) -> Located {
        place(&self.table.file, self.table.rows[self.index].0)
    }

    /// A cell, or `None` if it is empty or its column is not there.
    #[must_use]
    pub fn get(&self, column: &str) -> Option<&'a str> {
        let i = self.table.columns.iter().position(|name| name == column)?;
        Some(self.table.rows[self.index].1[i].as_str()).filter(|cell| !cell.is_empty())
    }
}
