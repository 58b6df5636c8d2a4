//! Rows of typed cells under one header, written as CSV.

use super::cell::Cell;

/// A table for machines: one header whose names carry the units, and rows of as many cells. Lists within a cell are
/// joined by `;`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Records {
    head: Vec<String>,
    rows: Vec<Vec<Cell>>,
}

impl Records {
    /// A table without rows.
    pub fn new<N: Into<String>>(head: impl IntoIterator<Item = N>) -> Self {
        Self { head: head.into_iter().map(Into::into).collect(), rows: Vec::new() }
    }

    /// Adds a row; cells that it lacks are empty.
    pub fn row<C: Into<Cell>>(&mut self, cells: impl IntoIterator<Item = C>) {
        let mut row: Vec<Cell> = cells.into_iter().map(Into::into).collect();
        row.resize(self.head.len(), Cell::Empty);
        self.rows.push(row);
    }

    /// The names of the columns.
    #[must_use]
    pub fn head(&self) -> &[String] {
        &self.head
    }

    /// As CSV.
    #[must_use]
    pub fn csv(&self) -> String {
        self.csv_head() + &self.csv_rows()
    }

    /// The header line.
    #[must_use]
    pub fn csv_head(&self) -> String {
        csv_lines(std::iter::once(self.head.clone()))
    }

    /// The rows without their header.
    #[must_use]
    pub fn csv_rows(&self) -> String {
        csv_lines(self.rows.iter().map(|row| row.iter().map(Cell::text).collect()))
    }
}

fn csv_lines(lines: impl Iterator<Item = Vec<String>>) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for line in lines {
        writer.write_record(line).expect("a CSV record of the head's width can be written to memory");
    }
    let bytes = writer.into_inner().expect("memory can be flushed");
    String::from_utf8(bytes).expect("CSV made of text is text")
}
