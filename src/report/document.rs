//! A document of paragraphs and tables, written as terminal text or as Markdown.

use comfy_table::{CellAlignment, presets};

use super::cell::Cell;

/// Terminal text stays within this many columns where its words allow.
pub(crate) const WIDTH: usize = 110;

/// Which side a column's cells stand at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Left, as words.
    Left,
    /// Right, as numbers.
    Right,
}

/// A table: headings with the side of their cells, and rows of as many cells.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    columns: Vec<(String, Side)>,
    rows: Vec<Vec<Cell>>,
    /// Whether the first heading is the title of the rows, which as terminal text stand indented under it.
    is_indented: bool,
}

/// A part of a document.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// The title and what stands beside it.
    Title(String, String),
    /// A heading of a part.
    Heading(String),
    /// Lines after a label that stands out; the lines hang under the first one.
    Said {
        /// The label; empty for plain lines.
        label: String,
        /// The lines.
        lines: Vec<String>,
    },
    /// A table.
    Table(Table),
    /// Items under a title, never broken. As terminal text they stand so many columns in, the further lines of each
    /// four more.
    Listing {
        /// The title.
        title: String,
        /// Columns before an item.
        indent: usize,
        /// The lines of each item.
        items: Vec<Vec<String>>,
    },
}

/// Blocks in order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Document {
    blocks: Vec<Block>,
}

impl Table {
    /// A table without rows. A heading that begins with `<` names a column of words, which stand left.
    pub(crate) fn new(headings: &[&str]) -> Self {
        let column = |heading: &&str| match heading.strip_prefix('<') {
            Some(words) => (words.to_owned(), Side::Left),
            None => ((*heading).to_owned(), Side::Right),
        };
        Self { columns: headings.iter().map(column).collect(), rows: Vec::new(), is_indented: false }
    }

    /// The same, the first heading being the title of its rows.
    pub(crate) fn indented(headings: &[&str]) -> Self {
        Self { is_indented: true, ..Self::new(headings) }
    }

    /// Adds a row.
    pub(crate) fn row<C: Into<Cell>>(&mut self, cells: impl IntoIterator<Item = C>) {
        self.rows.push(cells.into_iter().map(Into::into).collect());
    }

    /// The headings with the side of their cells.
    #[must_use]
    pub fn columns(&self) -> &[(String, Side)] {
        &self.columns
    }

    /// The rows, of as many cells as there are columns.
    #[must_use]
    pub fn rows(&self) -> &[Vec<Cell>] {
        &self.rows
    }

    /// Leaves out the columns whose cells are all empty or `-`.
    pub(crate) fn without_empty_columns(mut self) -> Self {
        let kept: Vec<bool> = (0..self.columns.len())
            .map(|i| {
                self.rows.iter().any(|row| row.get(i).is_some_and(|cell| !["", "-"].contains(&cell.text().as_str())))
            })
            .collect();
        let keep = |i: usize| kept.get(i).copied().unwrap_or(false);
        self.columns = self.columns.into_iter().enumerate().filter(|(i, _)| keep(*i)).map(|(_, c)| c).collect();
        for row in &mut self.rows {
            *row = row.drain(..).enumerate().filter(|(i, _)| keep(*i)).map(|(_, cell)| cell).collect();
        }
        self
    }

    /// The widest line as terminal text.
    pub(crate) fn width(&self) -> usize {
        self.plain().lines().map(|line| line.chars().count()).max().unwrap_or(0)
    }

    /// Whether it has no rows.
    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The title of the rows with the headings beside it, then the rows two columns in.
    fn plain_indented(&self) -> String {
        let headings: Vec<String> = self.columns.iter().map(|(heading, _)| heading.clone()).collect();
        let texts = |row: &Vec<Cell>| -> Vec<String> {
            row.iter()
                .enumerate()
                .map(|(i, cell)| if i == 0 { format!("  {}", cell.text()) } else { cell.text() })
                .collect()
        };
        let lines: Vec<Vec<String>> = std::iter::once(headings).chain(self.rows.iter().map(texts)).collect();
        let width = |i: usize| lines.iter().filter_map(|line| Some(line.get(i)?.chars().count())).max().unwrap_or(0);
        let widths: Vec<usize> = (0..self.columns.len()).map(width).collect();
        let mut text = String::new();
        for line in &lines {
            for (i, (cell, width)) in line.iter().zip(&widths).enumerate() {
                text += &if i == 0 { format!("{cell:<width$}") } else { format!("  {cell:>width$}") };
            }
            text.push('\n');
        }
        text
    }

    fn plain(&self) -> String {
        if self.is_indented {
            return self.plain_indented();
        }
        let mut table = comfy_table::Table::new();
        table.load_style(presets::NOTHING);
        table.set_header(self.columns.iter().map(|(heading, _)| heading.as_str()));
        for row in &self.rows {
            table.add_row(row.iter().map(Cell::text));
        }
        for (i, (_, side)) in self.columns.iter().enumerate() {
            if let Some(column) = table.column_mut(i) {
                column.set_padding((if i == 0 { 1 } else { 2 }, 0));
                column.set_cell_alignment(match side {
                    Side::Left => CellAlignment::Left,
                    Side::Right => CellAlignment::Right,
                });
            }
        }
        let mut text = String::new();
        for line in table.lines() {
            text += line.trim_end();
            text.push('\n');
        }
        text
    }

    fn markdown(&self) -> String {
        let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
        let escaped = |text: &str| text.replace('|', "\\|");
        let mut text = line(self.columns.iter().map(|(heading, _)| escaped(heading)).collect());
        let rule = |side: &Side| if *side == Side::Right { "---:" } else { ":---" }.to_owned();
        text += &line(self.columns.iter().map(|(_, side)| rule(side)).collect());
        for row in &self.rows {
            text += &line(row.iter().map(|cell| escaped(&cell.text())).collect());
        }
        text
    }
}

impl Document {
    /// The blocks in order.
    #[must_use]
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// Adds a title with what stands beside it.
    pub(crate) fn title(&mut self, title: impl Into<String>, beside: impl Into<String>) {
        self.blocks.push(Block::Title(title.into(), beside.into()));
    }

    /// Adds a heading.
    pub(crate) fn heading(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Heading(text.into()));
    }

    /// Adds lines after a label; an empty label gives plain lines.
    pub(crate) fn say(&mut self, label: &str, lines: Vec<String>) {
        if !lines.is_empty() {
            self.blocks.push(Block::Said { label: label.to_owned(), lines });
        }
    }

    /// Adds a table, unless it is empty.
    pub(crate) fn table(&mut self, table: Table) {
        if !table.is_empty() {
            self.blocks.push(Block::Table(table));
        }
    }

    /// Adds items under a title, each of one line or more.
    pub(crate) fn listing(&mut self, title: impl Into<String>, indent: usize, items: Vec<Vec<String>>) {
        self.blocks.push(Block::Listing { title: title.into(), indent, items });
    }

    /// As terminal text.
    #[must_use]
    pub fn plain(&self) -> String {
        let mut text = String::new();
        let mut before: Option<&Block> = None;
        for block in &self.blocks {
            // What belongs together stands together: a table under its heading, sayings of one line in a row.
            let apart = !matches!(
                (before, block),
                (None | Some(Block::Heading(_)), _)
                    | (Some(Block::Said { .. }), Block::Said { .. })
                    | (Some(Block::Listing { .. }), Block::Listing { .. } | Block::Said { .. })
            );
            if apart {
                text.push('\n');
            }
            match block {
                Block::Title(title, beside) if title.chars().count() + 6 + beside.chars().count() <= WIDTH => {
                    text += &format!("{title}      {beside}\n");
                }
                Block::Title(title, beside) => {
                    push_wrapped(&mut text, "", title);
                    push_wrapped(&mut text, "", beside);
                }
                Block::Heading(heading) => push_wrapped(&mut text, "", heading),
                Block::Said { label, lines } => {
                    let label = if label.is_empty() { String::new() } else { format!("{label}: ") };
                    for (i, line) in lines.iter().enumerate() {
                        let start = if i == 0 { label.clone() } else { " ".repeat(label.chars().count()) };
                        push_wrapped(&mut text, &start, line);
                    }
                }
                Block::Table(table) => text += &table.plain(),
                Block::Listing { title, indent, items } => {
                    text += &format!("{title}\n");
                    for item in items {
                        for (i, line) in item.iter().enumerate() {
                            let indent = if i == 0 { *indent } else { indent + 4 };
                            text += &format!("{:indent$}{line}\n", "");
                        }
                    }
                }
            }
            before = Some(block);
        }
        text
    }

    /// As Markdown.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut parts: Vec<String> = Vec::new();
        for block in &self.blocks {
            parts.push(match block {
                Block::Title(title, beside) if beside.is_empty() => format!("# {title}\n"),
                Block::Title(title, beside) => format!("# {title}\n\n{beside}\n"),
                Block::Heading(heading) => format!("## {heading}\n"),
                Block::Said { label, lines } => {
                    let label = if label.is_empty() { String::new() } else { format!("**{}:** ", label.trim()) };
                    format!("{label}{}\n", lines.join("  \n"))
                }
                Block::Table(table) => table.markdown(),
                Block::Listing { title, indent: _, items } => {
                    let items: String = items.iter().map(|item| format!("- {}\n", item.join("  \n  "))).collect();
                    format!("## {title}\n\n{items}")
                }
            });
        }
        parts.join("\n")
    }
}

/// Adds a line after `start`, broken between words so that it stays within [`WIDTH`]; what follows hangs under it.
fn push_wrapped(text: &mut String, start: &str, line: &str) {
    let bullet = if line.starts_with("- ") { 2 } else { 0 };
    let hang = " ".repeat(start.chars().count() + bullet);
    let mut current = start.to_owned();
    let mut empty = true;
    for word in line.split(' ') {
        let n_word = word.chars().count();
        if !empty && current.chars().count() + 1 + n_word > WIDTH {
            text.push_str(current.trim_end());
            text.push('\n');
            current.clone_from(&hang);
            empty = true;
        }
        if !empty {
            current.push(' ');
        }
        current.push_str(word);
        empty = false;
    }
    text.push_str(current.trim_end());
    text.push('\n');
}
