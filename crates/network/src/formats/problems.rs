//! Errors gathered while reading goes on: one way of reading serves both the reader that stops at the first problem
//! and the checker that lists them all.

use super::error::FileError;

/// How many problems a checker lists before it gives up on a file.
pub const MOST_PROBLEMS: usize = 1000;

/// The problems found so far, in the order of the files.
#[derive(Debug)]
pub struct Problems {
    found: Vec<FileError>,
    most: usize,
}

impl Problems {
    /// For a reader that wants no more than the first.
    #[must_use]
    pub const fn first_only() -> Self {
        Self { found: Vec::new(), most: 1 }
    }

    /// For a checker that wants them all, up to [`MOST_PROBLEMS`].
    #[must_use]
    pub const fn all() -> Self {
        Self { found: Vec::new(), most: MOST_PROBLEMS }
    }

    /// Adds one.
    pub fn add(&mut self, error: FileError) {
        if !self.is_full() {
            self.found.push(error);
        }
    }

    /// The value, or nothing, its problem being added.
    pub fn keep<T>(&mut self, result: Result<T, FileError>) -> Option<T> {
        result.map_err(|error| self.add(error)).ok()
    }

    /// Whether no more are wanted: reading on would be of no use.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.found.len() >= self.most
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// All of them.
    #[must_use]
    pub fn into_found(self) -> Vec<FileError> {
        self.found
    }
}
