//! What comes of a command.

/// What came of a command that ran.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It has an answer.
    Answered,
    /// No route fits.
    NoRoute,
}
