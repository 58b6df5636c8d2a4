//! Which segments may be used.

use std::collections::BTreeSet;

use crate::network::{Confidence, Network, Segment, SegmentSet, Status};
use crate::units::Gbps;

/// What a planner is willing to count on.
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    /// The year that is planned for: a segment counts from its ready year until before its retire year.
    pub year: i32,
    /// The statuses that count.
    pub statuses: BTreeSet<Status>,
    /// Whether a segment with less capacity than the demand is out (else its upgrade is priced in).
    pub strict_capacity: bool,
    /// The least confidence that counts.
    pub min_confidence: Option<Confidence>,
}

impl Policy {
    /// What is in service in that year.
    #[must_use]
    pub fn in_service(year: i32) -> Self {
        Self { year, statuses: BTreeSet::from([Status::InService]), strict_capacity: false, min_confidence: None }
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
        self.statuses.contains(&segment.row.status)
            && (segment.in_years(self.year) || self.waits_for(segment))
            && self.min_confidence.is_none_or(|least| confidence <= least)
            && !(self.strict_capacity && segment.row.capacity.is_some_and(|capacity| capacity.get() < gbps.get()))
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
