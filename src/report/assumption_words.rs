//! What was assumed in evaluating a route, one sentence each.

use crate::metrics::{Assumption, Route};
use crate::network::SegmentId;

/// Each assumption of a route.
pub(super) fn assumptions_in_words(route: &Route) -> Vec<String> {
    route.assumptions.iter().map(in_words).collect()
}

fn in_words(assumption: &Assumption) -> String {
    match assumption {
        Assumption::NoSource(ids) => {
            let ids: Vec<&str> = ids.iter().map(SegmentId::as_str).collect();
            format!("no source for the existence or state of: {}", ids.join(", "))
        }
        Assumption::PricesWithoutSource(keys) => {
            let names: Vec<String> = keys.iter().map(ToString::to_string).collect();
            format!("prices without a source: {}", names.join(", "))
        }
        Assumption::Upgrade { segment, capacity } => {
            format!("{segment} carries {} Gbps today; its upgrade is priced in", capacity.get())
        }
        Assumption::LengthNotUsed { segment, stated_km } => {
            format!("{segment}: the stated {stated_km} km is shorter than the geodesic and is not used")
        }
        Assumption::NotInService { segment, status } => {
            format!("{segment} is {} today", status.as_str().replace('_', " "))
        }
        Assumption::SeaFromBeachToBeach => {
            "submarine cable counts as international waters from beach to beach".to_owned()
        }
    }
}
