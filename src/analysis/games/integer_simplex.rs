//! The simplex method in whole numbers, for programs whose columns are small: maximise c y where A y = (0, ..., 0, 1), y >= 0.
//!
//! The inverse of the basis is kept as its adjugate and its determinant, which stay whole under pivots (Edmonds 1967;
//! Bareiss 1968), so that nothing is ever rounded. Ties for the column that leaves are broken lexicographically (Dantzig,
//! Orden and Wolfe 1955): the method ends, however degenerate the program.

use std::cmp::Ordering;

/// A column: its number, its coefficients, and what a unit of it is worth.
#[derive(Debug, Clone)]
pub(super) struct Column {
    pub(super) id: usize,
    pub(super) coefficients: Vec<i128>,
    pub(super) worth: i128,
}

/// A basis with its inverse.
#[derive(Debug)]
pub(super) struct Basis {
    columns: Vec<Column>,
    /// The inverse times the determinant, row by row.
    adjugate: Vec<Vec<i128>>,
    determinant: i128,
    /// The columns it began with: its rows are told apart in their terms.
    first: Vec<Vec<i128>>,
}

impl Basis {
    /// A basis of as many columns as they have coefficients.
    ///
    /// # Panics
    /// If the columns are not independent.
    pub(super) fn new(columns: Vec<Column>) -> Self {
        let m = columns.len();
        let unit = |i: usize| (0..m).map(|j| i128::from(i == j)).collect();
        let mut basis =
            Self { columns: Vec::new(), adjugate: (0..m).map(unit).collect(), determinant: 1, first: Vec::new() };
        let mut at_row: Vec<Option<Column>> = vec![None; m];
        for column in columns {
            let along = basis.along(&column.coefficients);
            let row = (0..m).find(|&row| at_row[row].is_none() && along[row] != 0).expect("a basis is independent");
            basis.pivot(row, &along);
            at_row[row] = Some(column);
        }
        basis.columns = at_row.into_iter().flatten().collect();
        basis.first = basis.columns.iter().map(|column| column.coefficients.clone()).collect();
        basis
    }

    /// What a row of constraints is worth: numerators over [`Basis::determinant`].
    pub(super) fn prices(&self) -> Vec<i128> {
        let m = self.columns.len();
        let price = |j: usize| self.columns.iter().zip(&self.adjugate).map(|(column, row)| column.worth * row[j]).sum();
        (0..m).map(price).collect()
    }

    /// The determinant, above zero.
    pub(super) fn determinant(&self) -> i128 {
        self.determinant
    }

    /// The numbers of the columns that are above zero.
    pub(super) fn positive(&self) -> impl Iterator<Item = usize> {
        self.columns.iter().zip(&self.adjugate).filter(|(_, row)| row.last() > Some(&0)).map(|(column, _)| column.id)
    }

    /// Takes a column in, in place of the one that it drives to zero first.
    ///
    /// # Panics
    /// If it drives none there: the program has no bound.
    pub(super) fn enter(&mut self, column: Column) {
        let along = self.along(&column.coefficients);
        let rows = (0..self.columns.len()).filter(|&row| along[row] > 0);
        let leaving = rows.min_by(|&a, &b| self.compare(a, b, &along)).expect("the program is bounded");
        self.pivot(leaving, &along);
        self.columns[leaving] = column;
    }

    /// A column in terms of the basis, times the determinant.
    fn along(&self, coefficients: &[i128]) -> Vec<i128> {
        self.adjugate.iter().map(|row| row.iter().zip(coefficients).map(|(a, b)| a * b).sum()).collect()
    }

    /// Which of two rows falls to zero first as a column comes in.
    fn compare(&self, a: usize, b: usize, along: &[i128]) -> Ordering {
        let value = |row: usize| self.adjugate[row].last().copied().unwrap_or(0);
        let mut order = (value(a) * along[b]).cmp(&(value(b) * along[a]));
        for first in &self.first {
            if order != Ordering::Equal {
                break;
            }
            let part = |row: usize| self.adjugate[row].iter().zip(first).map(|(a, b)| a * b).sum::<i128>();
            order = (part(a) * along[b]).cmp(&(part(b) * along[a]));
        }
        order
    }

    fn pivot(&mut self, row: usize, along: &[i128]) {
        let (pivot, before) = (along[row], self.determinant);
        let own = self.adjugate[row].clone();
        for (other, entries) in self.adjugate.iter_mut().enumerate().filter(|(other, _)| *other != row) {
            for (entry, own) in entries.iter_mut().zip(&own) {
                // Whole: both are minors of the columns.
                *entry = (*entry * pivot - along[other] * own) / before;
            }
        }
        self.determinant = pivot;
        if pivot < 0 {
            self.determinant = -pivot;
            self.adjugate.iter_mut().flatten().for_each(|entry| *entry = -*entry);
        }
    }
}
