//! How much is drawn where, so that labels can keep off the lines: a grid of cells with a running sum, which tells
//! the ink in any box at once.

use crate::picture::{Px, Rect};

/// The ink of a panel.
#[derive(Debug, Clone)]
pub(super) struct Ink {
    area: Rect,
    cell: f64,
    columns: usize,
    rows: usize,
    /// Ink of a cell before [`Ink::sum_up`], then of all cells above and left of its lower right corner.
    cells: Vec<f64>,
}

impl Ink {
    /// A clean grid over a panel, with cells of about `cell` pixels.
    pub fn new(area: Rect, cell: f64) -> Self {
        let cell = cell.max(1.0);
        let count = |size: f64| (size.max(0.0) / cell).ceil() as usize + 1;
        let (columns, rows) = (count(area.width()), count(area.height()));
        Self { area, cell, columns, rows, cells: vec![0.0; columns * rows] }
    }

    /// Puts a line on the grid: `weight` for each pixel of its length.
    pub fn add_line(&mut self, points: &[Px], weight: f64) {
        for pair in points.windows(2) {
            let (dx, dy) = (pair[1].0 - pair[0].0, pair[1].1 - pair[0].1);
            let length = dx.hypot(dy);
            let steps = (length / self.cell * 1.5).ceil().clamp(1.0, 20_000.0);
            let mut step = 0.5;
            while step < steps {
                let share = step / steps;
                self.add((pair[0].0 + dx * share, pair[0].1 + dy * share), weight * length / steps);
                step += 1.0;
            }
        }
    }

    fn add(&mut self, point: Px, weight: f64) {
        if self.area.contains(point) {
            let column = ((point.0 - self.area.left) / self.cell) as usize;
            let row = ((point.1 - self.area.top) / self.cell) as usize;
            self.cells[row * self.columns + column] += weight;
        }
    }

    /// Ends the drawing; afterwards [`Ink::in_rect`] may be asked.
    pub fn sum_up(mut self) -> Self {
        for row in 0..self.rows {
            let mut along = 0.0;
            for column in 0..self.columns {
                let index = row * self.columns + column;
                along += self.cells[index];
                let above = if row > 0 { self.cells[index - self.columns] } else { 0.0 };
                self.cells[index] = along + above;
            }
        }
        self
    }

    /// The ink in a box.
    pub fn in_rect(&self, rect: &Rect) -> f64 {
        let bound = |value: f64, start: f64, count: usize| {
            ((value - start) / self.cell).round().clamp(0.0, count as f64) as usize
        };
        let (left, right) =
            (bound(rect.left, self.area.left, self.columns), bound(rect.right, self.area.left, self.columns));
        let (top, bottom) = (bound(rect.top, self.area.top, self.rows), bound(rect.bottom, self.area.top, self.rows));
        let sum = |column: usize, row: usize| {
            if column == 0 || row == 0 { 0.0 } else { self.cells[(row - 1) * self.columns + column - 1] }
        };
        sum(right, bottom) - sum(left, bottom) - sum(right, top) + sum(left, top)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_holds_the_line_in_it() {
        let area = Rect::from_size(100.0, 100.0, 200.0, 100.0);
        let mut ink = Ink::new(area, 4.0);
        ink.add_line(&[(0.0, 150.0), (400.0, 150.0)], 2.0);
        let ink = ink.sum_up();
        assert!((ink.in_rect(&area) - 400.0).abs() < 20.0, "{}", ink.in_rect(&area));
        assert!((ink.in_rect(&Rect::from_size(140.0, 140.0, 40.0, 20.0)) - 80.0).abs() < 12.0);
        assert_eq!(ink.in_rect(&Rect::from_size(140.0, 110.0, 40.0, 20.0)), 0.0);
    }
}
