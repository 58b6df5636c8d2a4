//! What every command's answer goes through on its way to text.

use super::answer::Answer;
use super::document::Document;
use super::features::FeatureCollection;
use super::format::Format;
use super::records::Records;

/// A format in which an answer cannot be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the answer of {answer} has no form as {asked}")]
pub struct FormatUnavailable {
    /// Name of the answer.
    pub answer: &'static str,
    /// The format asked for.
    pub asked: Format,
    /// The formats there are.
    pub available: &'static [Format],
}

impl FormatUnavailable {
    /// The formats there are: `json, csv or table`.
    #[must_use]
    pub fn formats(&self) -> String {
        match self.available {
            [] => String::new(),
            [one] => one.to_string(),
            [most @ .., last] => {
                let most: Vec<&str> = most.iter().map(|format| format.as_str()).collect();
                format!("{} or {last}", most.join(", "))
            }
        }
    }
}

/// A computed answer, in each of its formats.
pub trait Report {
    /// What its JSON is.
    type Answer: Answer;

    /// The answer as a value.
    fn answer(&self) -> Self::Answer;

    /// The answer to be read: paragraphs and tables.
    fn document(&self) -> Document;

    /// The rows of its CSV; asked for only where it has that format.
    fn records(&self) -> Records {
        Records::default()
    }

    /// The lines and points of its GeoJSON; asked for only where it has that format.
    fn features(&self) -> FeatureCollection {
        FeatureCollection::default()
    }

    /// The answer as text.
    ///
    /// # Errors
    /// If the answer cannot be given in the format.
    fn render(&self, format: Format) -> Result<String, FormatUnavailable> {
        check_format::<Self::Answer>(format)?;
        Ok(match format {
            Format::Table => self.document().plain(),
            Format::Markdown => self.document().markdown(),
            Format::Json => pretty(&self.answer()),
            Format::Csv => self.records().csv(),
            Format::GeoJson => pretty(&self.features()),
        })
    }
}

/// Holds a format against those that an answer has.
///
/// # Errors
/// If the answer cannot be given in the format.
pub fn check_format<A: Answer>(format: Format) -> Result<(), FormatUnavailable> {
    if A::FORMATS.contains(&format) {
        return Ok(());
    }
    Err(FormatUnavailable { answer: A::NAME, asked: format, available: A::FORMATS })
}

/// JSON to be read, with a line's end.
///
/// # Panics
/// Never: answers have texts for keys.
pub(crate) fn pretty(value: &impl serde::Serialize) -> String {
    serde_json::to_string_pretty(value).expect("an answer has texts for keys") + "\n"
}
