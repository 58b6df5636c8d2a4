//! CSV with line numbers and checked columns.

use super::error::{FileError, Located, Problem, cut};
use super::problems::Problems;

/// The longest head line that is read, bytes. What has a longer one is no table.
const MOST_HEAD_BYTES: usize = 1 << 20;

/// A CSV file's rows.
#[derive(Debug, Clone)]
pub struct Table {
    file: String,
    columns: Vec<String>,
    rows: Vec<(Option<usize>, Vec<String>)>,
    is_whole: bool,
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
        let mut problems = Problems::first_only();
        let table = Self::collect(file, text, columns, needed, &mut problems);
        match (table, problems.into_found().pop()) {
            (_, Some(error)) => Err(error),
            (Some(table), None) => Ok(table),
            (None, None) => Err(FileError::whole(file, Problem::Empty)),
        }
    }

    /// As [`Table::parse`], but reads on after a problem: what is left out are the rows it concerns. `None` where the
    /// head line lacks a needed column, without which no row means anything.
    pub fn collect(file: &str, text: &str, columns: &[&str], needed: &[&str], problems: &mut Problems) -> Option<Self> {
        if text.len() > MOST_HEAD_BYTES && !text.as_bytes()[..MOST_HEAD_BYTES].contains(&b'\n') {
            let problem = Problem::Syntax("not CSV: the head line is longer than 1 MiB".to_owned());
            problems.add(FileError::at(&place(file, Some(1)), None, problem));
            return None;
        }
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
        let broken = |error: &csv::Error| {
            let line = error.position().map(|position| position.line() as usize);
            FileError::at(&place(file, line), None, Problem::Syntax(format!("not CSV: {error}")))
        };
        let header: Vec<String> = match reader.headers() {
            Ok(header) => header.iter().map(str::trim).map(str::to_owned).collect(),
            Err(error) => {
                problems.add(broken(&error));
                return None;
            }
        };
        check_head(&place(file, Some(1)), &header, columns, needed, problems)?;
        let mut rows = Vec::new();
        let mut is_whole = true;
        for record in reader.records() {
            if problems.is_full() {
                break;
            }
            let Some(record) = problems.keep(record.map_err(|error| broken(&error))) else {
                is_whole = false;
                continue;
            };
            let line = record.position().map(|position| position.line() as usize);
            if record.len() == header.len() {
                rows.push((line, record.iter().map(|cell| cell.trim().to_owned()).collect()));
            } else {
                let expected = format!("{} cells, as in the head line", header.len());
                let problem = Problem::Expected { expected, found: format!("{}", record.len()) };
                let hint = "a cell that holds a comma must stand in double quotes";
                problems.add(FileError::at(&place(file, line), None, problem).hint(hint));
                is_whole = false;
            }
        }
        Some(Self { file: file.to_owned(), columns: header, rows, is_whole })
    }

    /// Whether no row had to be left out.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        self.is_whole
    }

    /// The rows.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        (0..self.rows.len()).map(|index| Row { table: self, index })
    }
}

/// `None` if the rows below the head line are not worth reading.
fn check_head(
    head: &Located,
    header: &[String],
    columns: &[&str],
    needed: &[&str],
    problems: &mut Problems,
) -> Option<()> {
    for (i, name) in header.iter().enumerate() {
        if !columns.contains(&name.as_str()) {
            let problem = Problem::Unknown { what: "column", name: cut(name) };
            problems.add(FileError::at(head, None, problem).suggest(name, columns.iter().copied()));
        } else if header[..i].contains(name) {
            problems.add(FileError::at(head, None, Problem::Other(format!("column {:?} is there twice", cut(name)))));
        }
    }
    let missing: Vec<&&str> = needed.iter().filter(|column| !header.iter().any(|name| name == **column)).collect();
    for column in &missing {
        let problem = Problem::Missing { what: "column", name: (**column).to_owned() };
        problems.add(FileError::at(head, None, problem).hint(format!("the columns are {}", columns.join(","))));
    }
    (missing.is_empty() && !problems.is_full()).then_some(())
}

fn place(file: &str, line: Option<usize>) -> Located {
    Located { file: file.to_owned(), line, item: None }
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
