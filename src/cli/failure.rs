//! Why a command could not run.

use std::fmt;

use crate::formats::FileError;
use crate::network::LookupError;
use crate::picture::chart::ChartError;
use crate::picture::map::MapError;

/// A failure, with what to do about it.
#[derive(Debug)]
pub enum Failure {
    /// A file is wrong, or cannot be read or written.
    File(Box<FileError>),
    /// An argument names a place that is not there, or more than one.
    Place {
        /// The argument.
        argument: &'static str,
        /// What is wrong with it.
        error: LookupError,
    },
    /// An argument does not make sense.
    Usage {
        /// What is wrong.
        text: String,
        /// What to do instead.
        hint: Option<String>,
    },
    /// A map cannot be drawn.
    Map(MapError),
    /// A chart cannot be drawn.
    Chart(ChartError),
    /// The reader of our output has gone.
    BrokenPipe,
}

impl Failure {
    pub(super) fn usage(text: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Usage { text: text.into(), hint: Some(hint.into()) }
    }

    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::File(error) => error.hint.clone(),
            Self::Place { error: LookupError::Unknown { nearest, .. }, .. } if nearest.is_empty() => {
                Some("`fiberplan network stats -v` lists every place".to_owned())
            }
            Self::Place { error: LookupError::Unknown { nearest, .. }, .. } => {
                Some(format!("did you mean {}?", nearest.join(", or ")))
            }
            Self::Place { error: LookupError::Ambiguous { .. }, .. } => {
                Some("give the id of the one you mean".to_owned())
            }
            Self::Usage { hint, .. } => hint.clone(),
            Self::Map(_) | Self::Chart(_) | Self::BrokenPipe => None,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(error) => write!(f, "{error}"),
            Self::Place { argument, error } => write!(f, "{argument}: {error}"),
            Self::Usage { text, .. } => write!(f, "{text}"),
            Self::Map(error) => write!(f, "{error}"),
            Self::Chart(error) => write!(f, "{error}"),
            Self::BrokenPipe => write!(f, "the output was closed"),
        }
    }
}

impl std::error::Error for Failure {}

impl From<FileError> for Failure {
    fn from(error: FileError) -> Self {
        Self::File(Box::new(error))
    }
}

impl From<MapError> for Failure {
    fn from(error: MapError) -> Self {
        Self::Map(error)
    }
}

impl From<ChartError> for Failure {
    fn from(error: ChartError) -> Self {
        Self::Chart(error)
    }
}
