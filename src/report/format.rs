//! The formats in which an answer can be given.

use std::fmt;
use std::path::Path;
use std::str::FromStr;

/// A format of answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Format {
    /// Aligned text for a terminal.
    #[default]
    Table,
    /// The JSON contract.
    Json,
    /// One row a route.
    Csv,
    /// Lines and points with the routes' figures.
    GeoJson,
    /// The tables, as Markdown.
    Markdown,
}

/// A word that names no format.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected one of table, json, csv, geojson, markdown, found {found:?}")]
pub struct UnknownFormat {
    /// The word as given.
    pub found: String,
}

impl Format {
    /// Every format, in the order in which the documentation lists them.
    pub const ALL: [Self; 5] = [Self::Table, Self::Json, Self::Csv, Self::GeoJson, Self::Markdown];

    /// The formats of an answer that has no lines on a map.
    pub const WITHOUT_LINES: [Self; 4] = [Self::Table, Self::Json, Self::Csv, Self::Markdown];

    /// Its name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Json => "json",
            Self::Csv => "csv",
            Self::GeoJson => "geojson",
            Self::Markdown => "markdown",
        }
    }

    /// The format that a file's extension asks for: `.json`, `.csv`, `.geojson`, `.md` or `.txt`, in any case.
    ///
    /// ```
    /// use fiberplan::report::Format;
    /// assert_eq!(Format::from_path("out/best.geojson".as_ref()), Some(Format::GeoJson));
    /// assert_eq!(Format::from_path("out/best.png".as_ref()), None);
    /// ```
    #[must_use]
    pub fn from_path(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "json" => Some(Self::Json),
            "csv" => Some(Self::Csv),
            "geojson" => Some(Self::GeoJson),
            "md" => Some(Self::Markdown),
            "txt" => Some(Self::Table),
            _ => None,
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Format {
    type Err = UnknownFormat;
    fn from_str(text: &str) -> Result<Self, UnknownFormat> {
        Self::ALL
            .into_iter()
            .find(|format| format.as_str() == text)
            .ok_or_else(|| UnknownFormat { found: text.to_owned() })
    }
}
