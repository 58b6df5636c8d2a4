//! What can be wrong with a file, and where.

use std::fmt;
use std::io::Read;
use std::path::Path;

/// The largest text file that is read, bytes. A network of a million segments fits ten times over.
const MAX_BYTES: usize = 4 << 30;
/// What is read at a time, bytes, so that what is no text is refused before all of it is in memory.
const CHUNK_BYTES: usize = 64 << 10;
/// The longest list of what there could have been that a hint gives.
const MOST_LISTED: usize = 24;
/// What is quoted of a text in a message, characters.
const QUOTED_CHARS: usize = 80;

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
    #[error("is larger than {0}")]
    TooLarge(&'static str),
    /// It is not text.
    #[error("is not UTF-8 text (first bad byte at offset {0})")]
    NotUtf8(usize),
    /// It holds zero bytes, as no text does.
    #[error("is not text (zero byte at offset {0})")]
    ZeroByte(usize),
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
        /// `column`, `key`, `member`, `entry`.
        what: &'static str,
        /// The name.
        name: String,
    },
    /// A cell that has to be filled.
    #[error("expected a value, found nothing")]
    NoValue,
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
            | Problem::TooLarge(_)
            | Problem::NotUtf8(_)
            | Problem::ZeroByte(_)
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

    /// The same with a hint that names the nearest of what there is, or else lists all of it if that is not too much.
    #[must_use]
    pub fn suggest<'a>(self, wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        let known: Vec<&str> = known.into_iter().collect();
        let nearest = crate::nearest_names(&cut(wrong), known.iter().copied());
        match nearest.first() {
            Some(best) => self.hint(format!("did you mean {best:?}?")),
            None if (1..=MOST_LISTED).contains(&known.len()) => {
                self.hint(format!("it may be one of: {}", known.join(", ")))
            }
            None => self,
        }
    }
}

/// Reads a whole text file.
///
/// # Errors
/// If it is a folder, cannot be read, is empty, too large, or not UTF-8; what is no text is refused at its first bad
/// byte, before the rest is read. A byte-order mark is skipped.
pub fn read_text(path: &Path) -> Result<String, FileError> {
    let name = path.display().to_string();
    let unreadable = |error: std::io::Error| FileError::whole(name.clone(), Problem::Unreadable(plain(&error)));
    let metadata = std::fs::metadata(path).map_err(unreadable)?;
    if metadata.is_dir() {
        return Err(FileError::whole(name, Problem::IsFolder));
    }
    read_all_text(&name, std::fs::File::open(path).map_err(unreadable)?)
}

/// As [`read_text`], from something that is open already; `name` is what errors call it.
///
/// # Errors
/// As [`read_text`].
pub fn read_all_text(name: &str, mut source: impl Read) -> Result<String, FileError> {
    let fail = |problem| FileError::whole(name, problem);
    let mut bytes = Vec::new();
    let mut n_good = 0;
    loop {
        let n_read = source.by_ref().take(CHUNK_BYTES as u64).read_to_end(&mut bytes);
        let n_read = n_read.map_err(|error| fail(Problem::Unreadable(plain(&error))))?;
        if bytes.len() > MAX_BYTES {
            return Err(fail(Problem::TooLarge("4 GiB")));
        }
        n_good = check_text(&bytes, n_good, n_read == 0)
            .map_err(|problem| fail(problem).hint("is it the right file? it has to be text, saved as UTF-8"))?;
        if n_read == 0 {
            break;
        }
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(fail(Problem::Empty));
    }
    let text = String::from_utf8(bytes).map_err(|error| fail(Problem::NotUtf8(error.utf8_error().valid_up_to())))?;
    Ok(match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    })
}

/// Goes on from the bytes known to be good to as many as are; a letter may be cut off at the end unless it is the last.
fn check_text(bytes: &[u8], n_good: usize, is_all: bool) -> Result<usize, Problem> {
    let rest = &bytes[n_good..];
    let n_more = match std::str::from_utf8(rest) {
        Ok(_) => rest.len(),
        Err(error) if error.error_len().is_some() || is_all => {
            return Err(Problem::NotUtf8(n_good + error.valid_up_to()));
        }
        Err(error) => error.valid_up_to(),
    };
    match rest[..n_more].iter().position(|&byte| byte == 0) {
        Some(zero) => Err(Problem::ZeroByte(n_good + zero)),
        None => Ok(n_good + n_more),
    }
}

/// The beginning of a text, as much as a message may quote.
#[must_use]
pub fn cut(text: &str) -> String {
    match text.char_indices().nth(QUOTED_CHARS) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text.to_owned(),
    }
}

/// An I/O error without the operating system's number.
#[must_use]
pub fn plain(error: &std::io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or(&text).to_owned();
    let mut letters = text.chars();
    letters.next().map_or(text.clone(), |first| first.to_lowercase().chain(letters).collect())
}
