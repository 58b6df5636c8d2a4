//! Settings that an answer names: those of the question, and those that would show more.
//!
//! An answer says which setting is meant; how it is called is the caller's to say: an option on the command line, an
//! argument of a function, a field of a scenario.

use crate::metrics::Criterion;

/// An option of a question or of its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OptionName {
    /// The bound of a criterion.
    Bound(Criterion),
    /// The most of the length in one country, as in `AF=40%`.
    MaxShare,
    /// The countries to follow.
    Corridor,
    /// Whether what is to be passed is passed in the order given.
    InOrder,
    /// What to pass.
    Via,
    /// What not to touch.
    Avoid,
    /// The media that may be used.
    Medium,
    /// The owners whose segments may be used.
    Owner,
    /// The least capacity of a segment, Gbps.
    MinGbps,
    /// Whether segments with less capacity than the demand are left out.
    StrictCapacity,
    /// The least confidence of a row.
    MinConfidence,
    /// The statuses that count as usable.
    Status,
    /// The first year of service.
    ServiceYear,
    /// The answer as JSON, which has every figure.
    Json,
    /// The answer with the origin of each figure.
    Explain,
    /// The best route between the answer's ends, with the origin of each figure.
    ExplainRoute,
    /// The routes of the answer, with the origin of each figure.
    ExplainRoutes,
    /// The best route between any two ends, with the origin of each figure.
    ExplainAnyRoute,
}

/// How a caller names a setting, together with a value where one is meant.
pub type Wording = fn(OptionName, Option<&str>) -> String;

impl OptionName {
    /// The name of the setting, as in a scenario's file.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Bound(of) => of.names().answer,
            Self::MaxShare => "max_share",
            Self::Corridor => "corridor",
            Self::InOrder => "in_order",
            Self::Via => "via",
            Self::Avoid => "avoid",
            Self::Medium => "media",
            Self::Owner => "owners",
            Self::MinGbps => "min_gbps",
            Self::StrictCapacity => "strict_capacity",
            Self::MinConfidence => "min_confidence",
            Self::Status => "statuses",
            Self::Json => "the JSON answer",
            Self::Explain => "the explained answer",
            Self::ExplainRoute => "the explained route",
            Self::ExplainRoutes => "the explained routes",
            Self::ExplainAnyRoute => "an explained route",
            Self::ServiceYear => "service_year",
        }
    }

    /// The wording of a caller that has no names besides: `avoid IR`.
    #[must_use]
    pub fn plainly(self, value: Option<&str>) -> String {
        value.map_or_else(|| self.as_str().to_owned(), |value| format!("{} {value}", self.as_str()))
    }
}
