//! Which segments may be used.

use std::collections::BTreeSet;

use crate::network::{Confidence, Medium, Network, Segment, SegmentSet, Status, fold_name, nearest_names};
use crate::units::Gbps;

/// An owner that no segment has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no segment is owned by {name:?}")]
pub struct UnknownOwner {
    /// What was given.
    pub name: String,
    /// The nearest names there are, best first.
    pub nearest: Vec<String>,
}

/// Finds an owner by name, as it stands in the network; case and accents do not matter.
///
/// # Errors
/// If no segment has that owner.
pub fn find_owner(network: &Network, name: &str) -> Result<String, UnknownOwner> {
    let known: BTreeSet<&str> = network.segments().flat_map(|s| s.row.owners.iter().map(String::as_str)).collect();
    let wanted = fold_name(name);
    let found = known.iter().find(|owner| fold_name(owner) == wanted);
    found
        .map(|owner| (*owner).to_owned())
        .ok_or_else(|| UnknownOwner { name: name.to_owned(), nearest: nearest_names(name, known.iter().copied()) })
}

/// What a planner is willing to count on.
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    /// The year that is planned for: a segment counts from its ready year until before its retire year.
    pub year: i32,
    /// The statuses that count.
    pub statuses: BTreeSet<Status>,
    /// The media that count; `None` for all.
    pub media: Option<BTreeSet<Medium>>,
    /// A segment counts if one of its owners is among these; `None` for all segments, those of unknown owners included.
    pub owners: Option<BTreeSet<String>>,
    /// The least capacity that counts, Gbps. A segment of unknown capacity counts, as for `strict_capacity`.
    pub min_capacity: Option<Gbps>,
    /// Whether a segment with less capacity than the demand is out (else its upgrade is priced in).
    pub strict_capacity: bool,
    /// The least confidence that counts.
    pub min_confidence: Option<Confidence>,
}

impl Policy {
    /// What is in service in that year.
    #[must_use]
    pub fn in_service(year: i32) -> Self {
        Self {
            year,
            statuses: BTreeSet::from([Status::InService]),
            media: None,
            owners: None,
            min_capacity: None,
            strict_capacity: false,
            min_confidence: None,
        }
    }

    /// The same, with everything that is built or might be, in whatever year.
    #[must_use]
    pub fn with_all_that_may_come(&self) -> Self {
        let statuses = Status::ALL.iter().copied().filter(|&status| status != Status::Retired).collect();
        Self { statuses, ..self.clone() }
    }

    /// Whether a segment may be used.
    #[must_use]
    pub fn allows(&self, segment: &Segment, gbps: Gbps) -> bool {
        let confidence = segment.row.confidence.unwrap_or(Confidence::Assumed);
        let below = |least: Gbps| segment.row.capacity.is_some_and(|capacity| capacity.get() < least.get());
        self.statuses.contains(&segment.row.status)
            && (segment.in_years(self.year) || self.waits_for(segment))
            && self.min_confidence.is_none_or(|least| confidence <= least)
            && self.media.as_ref().is_none_or(|media| media.contains(&segment.row.medium))
            && self.owners.as_ref().is_none_or(|owners| segment.row.owners.iter().any(|owner| owners.contains(owner)))
            && !self.min_capacity.is_some_and(below)
            && !(self.strict_capacity && below(gbps))
    }

    /// What is not finished yet has a ready year that may lie ahead: whoever widens the statuses to it means to wait.
    fn waits_for(&self, segment: &Segment) -> bool {
        let unfinished = matches!(segment.row.status, Status::UnderConstruction | Status::Planned | Status::Proposed);
        unfinished && segment.row.retire_year.is_none_or(|gone| self.year < gone)
    }

    /// The segments that may be used.
    #[must_use]
    pub fn usable(&self, network: &Network, gbps: Gbps) -> SegmentSet {
        SegmentSet::of(network, |segment| self.allows(segment, gbps))
    }
}
