//! Segments that a route needs and that are not usable yet.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::network::{SegmentId, Status};

/// A segment that a route needs and that is not usable yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MissingSegment {
    /// Its id.
    pub segment: String,
    /// Its status, a word of the network's files.
    pub status: String,
}

impl MissingSegment {
    /// The segments with their statuses.
    pub(crate) fn all(missing: &[(SegmentId, Status)]) -> Vec<Self> {
        let one =
            |(id, status): &(SegmentId, Status)| Self { segment: id.to_string(), status: status.as_str().to_owned() };
        missing.iter().map(one).collect()
    }
}
