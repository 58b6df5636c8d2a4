//! Routes that need segments which may not be used yet.

use super::plan::Plan;
use crate::metrics::Route;
use crate::network::{SegmentId, SegmentSet, Status};
use crate::request::{Objective, Request};

impl Plan<'_> {
    /// The best route that counts on as little as possible of what may not be used yet, and what that is. `None` if
    /// there is no such route, or if it needs nothing that is missing.
    #[must_use]
    pub fn with_missing_segments(&self, request: &Request) -> Option<(Vec<(SegmentId, Status)>, Route)> {
        let enough = self.with_least_missing(request)?;
        let route = enough.routes(&Request { k: 1, ..request.clone() }).into_iter().next()?;
        Some((self.missing_of(&route), route))
    }

    /// The same plan with those segments in use too that the route with the least length of such needs. `None` if there
    /// is no such route, or if it needs nothing that is missing.
    pub(super) fn with_least_missing(&self, request: &Request) -> Option<Self> {
        let everything = self.all_that_may_come();
        let missing = everything.without(self.usable());
        let mut enough = self.usable().clone();
        let least = Request { objective: Objective::Missing, k: 1, ..request.clone() };
        let sketch = self.routes_over(&least, &everything, Some(&missing)).into_iter().next()?;
        let needed: Vec<&SegmentId> = sketch.segments().filter(|id| missing.contains(self.network(), id)).collect();
        needed.iter().for_each(|id| enough.insert(self.network(), id));
        (!needed.is_empty()).then(|| self.over(enough))
    }

    /// The segments that may be used, and those that might be once they are there.
    pub(super) fn all_that_may_come(&self) -> SegmentSet {
        let mut policy = self.policy().with_all_that_may_come();
        policy.statuses.extend(&self.policy().statuses);
        policy.usable(self.network(), self.demand().gbps)
    }

    /// The segments of a route that may not be used under this plan, with their statuses.
    pub(super) fn missing_of(&self, route: &Route) -> Vec<(SegmentId, Status)> {
        let missing = route.segments().filter(|id| !self.usable().contains(self.network(), id));
        let status = |id: &SegmentId| self.network().find_segment(id).map(|segment| (id.clone(), segment.row.status));
        missing.filter_map(status).collect()
    }
}
