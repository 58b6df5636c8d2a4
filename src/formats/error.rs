//! What can be wrong with a file, and where.

use std::fmt;
use std::io::Read;
use std::path::Path;

/// The largest text file that is read, bytes. A network of a million segments fits ten times over.
const MAX_BYTES: u64 = 4 << 30;

/// A problem in a file: where it is, what it is, and what to do about it.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub struct FileError {
    /// The file as the user named it.
    pub file: String,
    /// The line, from 1, where there is one.
    pub line: Option<usize>,
    /// The field or key, where there is one.
    pub field: Option<String>,
    /// What is wrong.
    pub problem: Problem,
    /// What to do about it.
    pub hint: Option<String>,
}

/// What is wrong with a file.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Problem {
    /// It cannot be opened or read.
    #[error("cannot be read: {0}")]
    Unreadable(String),
    /// It cannot be written.
    #[error("cannot be written: {0}")]
    Unwritable(String),
    /// It is a folder, and a file was expected.
    #[error("is a folder, expected a file")]
    IsFolder,
    /// It holds nothing.
    #[error("is empty")]
    Empty,
    /// It is too large to be what it should be.
    #[error("is larger than 4 GiB")]
    TooLarge,
    /// It is not text.
    #[error("is not UTF-8 text (first bad byte at offset {0})")]
    NotUtf8(usize),
    /// It is text, but not of its format.
    #[error("{0}")]
    Syntax(String),
    /// A column or key that does not exist.
    #[error("unknown {what} {name:?}")]
    Unknown {
        /// `column`, `key`, `table`.
        what: &'static str,
        /// The name.
        name: String,
    },
    /// A column or key that has to be there.
    #[error("missing {what} {name:?}")]
    Missing {
        /// `column`, `key`, `table`, `value`.
        what: &'static str,
        /// The name.
        name: String,
    },
    /// A value of the wrong sort.
    #[error("expected {expected}, found {found}")]
    Expected {
        /// What would have done.
        expected: String,
        /// What was there.
        found: String,
    },
    /// An id that another row has already.
    #[error("{what} id {id:?} is used twice (first {first})")]
    Duplicate {
        /// `node`, `segment`, `source`.
        what: &'static str,
        /// The id.
        id: String,
        /// Where it stood first, as in `on line 3`.
        first: String,
    },
    /// A reference to something that is not there.
    #[error("no {what} has the id {id:?}")]
    Dangling {
        /// `node`, `source`.
        what: &'static str,
        /// The id that was referred to.
        id: String,
    },
    /// Anything else, in words.
    #[error("{0}")]
    Other(String),
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        match &self.problem {
            Problem::Unreadable(_)
            | Problem::Unwritable(_)
            | Problem::IsFolder
            | Problem::Empty
            | Problem::TooLarge
            | Problem::NotUtf8(_)
                if self.line.is_none() =>
            {
                write!(f, " ")?;
            }
            _ => write!(f, ": ")?,
        }
        if let Some(field) = &self.field {
            write!(f, "`{field}`: ")?;
        }
        write!(f, "{}", self.problem)
    }
}

/// Where something stands in a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Located {
    /// The file as the user named it.
    pub file: String,
    /// The line, from 1.
    pub line: Option<usize>,
    /// The item, in files that are not read by the line, as in `features[12]`.
    pub item: Option<String>,
}

impl Located {
    /// In words that follow `first`: `on line 3`, `in features[3]`.
    #[must_use]
    pub fn in_words(&self) -> String {
        match (&self.item, self.line) {
            (Some(item), _) => format!("in {item}"),
            (None, Some(line)) => format!("on line {line}"),
            (None, None) => format!("in {}", self.file),
        }
    }
}

impl FileError {
    /// A problem with a file as a whole.
    #[must_use]
    pub fn whole(file: impl Into<String>, problem: Problem) -> Self {
        Self { file: file.into(), line: None, field: None, problem, hint: None }
    }

    /// A problem at a place.
    #[must_use]
    pub fn at(place: &Located, field: Option<&str>, problem: Problem) -> Self {
        let field = match (&place.item, field) {
            (Some(item), Some(field)) => Some(format!("{item}.{field}")),
            (item, field) => item.clone().or_else(|| field.map(str::to_owned)),
        };
        Self { file: place.file.clone(), line: place.line, field, problem, hint: None }
    }

    /// The same with a hint.
    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    /// The same with a hint that names the nearest of what there is, or else lists all of it.
    #[must_use]
    pub fn suggest<'a>(self, wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        let known: Vec<&str> = known.into_iter().collect();
        let nearest = crate::network::nearest_names(wrong, known.iter().copied());
        match nearest.first() {
            Some(best) => self.hint(format!("did you mean {best:?}?")),
            None => self.hint(format!("it may be one of: {}", known.join(", "))),
        }
    }
}

/// Reads a whole text file.
///
/// # Errors
/// If it is a folder, cannot be read, is empty, too large, or not UTF-8. A byte-order mark is skipped.
pub fn read_text(path: &Path) -> Result<String, FileError> {
    let name = path.display().to_string();
    let fail = |problem| FileError::whole(name.clone(), problem);
    let unreadable = |error: std::io::Error| fail(Problem::Unreadable(plain(&error)));
    let metadata = std::fs::metadata(path).map_err(unreadable)?;
    if metadata.is_dir() {
        return Err(fail(Problem::IsFolder));
    }
    if metadata.len() > MAX_BYTES {
        return Err(fail(Problem::TooLarge));
    }
    let mut bytes = Vec::new();
    std::fs::File::open(path).and_then(|file| file.take(MAX_BYTES).read_to_end(&mut bytes)).map_err(unreadable)?;
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(fail(Problem::Empty));
    }
    let text = String::from_utf8(bytes)
        .map_err(|error| fail(Problem::NotUtf8(error.utf8_error().valid_up_to())).hint("save the file as UTF-8"))?;
    Ok(match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    })
}

/// An I/O error without the operating system's number.
pub(crate) fn plain(error: &std::io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or(&text).to_owned();
    let mut letters = text.chars();
    letters.next().map_or(text.clone(), |first| first.to_lowercase().chain(letters).collect())
}
