//! A figure with its range.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The low, base and high value of a figure; an array of the three in JSON.
///
/// ```
/// use fiberplan::report::answer::Range;
/// let months = Range { low: 6.0, base: 12.0, high: 24.0 };
/// assert_eq!(serde_json::to_string(&months).expect("numbers"), "[6.0,12.0,24.0]");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(from = "[f64; 3]", into = "[f64; 3]")]
#[schemars(with = "[f64; 3]")]
pub struct Range {
    /// With every price low.
    pub low: f64,
    /// With every price as expected.
    pub base: f64,
    /// With every price high.
    pub high: f64,
}

impl From<[f64; 3]> for Range {
    fn from([low, base, high]: [f64; 3]) -> Self {
        Self { low, base, high }
    }
}

impl From<Range> for [f64; 3] {
    fn from(Range { low, base, high }: Range) -> Self {
        [low, base, high]
    }
}
