//! What a country gains between two scenarios.

use super::{Gateway, Gateways};
use crate::request::{End, Objective};

/// How the best route to a hub changes between two answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Gained {
    /// The hub.
    pub hub: End,
    /// What the routes are best at.
    pub objective: Objective,
    /// Round trip before and after, ms; `None` where there is no route.
    pub rtt_ms: (Option<f64>, Option<f64>),
    /// Cost before and after, USD per Mbit/s and month.
    pub usd_per_mbps_month: (Option<f64>, Option<f64>),
    /// The gateway before and after.
    pub gateways: (Option<Gateway>, Option<Gateway>),
}

impl Gained {
    /// Round trip saved, ms: negative where it grows; `None` where a route is missing before or after.
    #[must_use]
    pub fn ms(&self) -> Option<f64> {
        Some(self.rtt_ms.0? - self.rtt_ms.1?)
    }

    /// Cost saved, USD per Mbit/s and month.
    #[must_use]
    pub fn usd(&self) -> Option<f64> {
        Some(self.usd_per_mbps_month.0? - self.usd_per_mbps_month.1?)
    }

    /// Whether the route leaves by another gateway.
    #[must_use]
    pub fn changes_gateway(&self) -> bool {
        match &self.gateways {
            (Some(before), Some(after)) => !before.is_same_as(after),
            (before, after) => before.is_some() != after.is_some(),
        }
    }
}

/// What changes from one answer to another for each hub and objective that both have, in the order of the first: the
/// other way round, everything saved is lost.
#[must_use]
pub fn gained(before: &Gateways, after: &Gateways) -> Vec<Gained> {
    let mut all = Vec::new();
    for (hub, reach) in before.hubs.iter().enumerate() {
        let Some(other) = after.hubs.iter().position(|own| own.hub == reach.hub) else { continue };
        for (i, &objective) in before.objectives.iter().enumerate() {
            let Some(j) = after.objectives.iter().position(|&own| own == objective) else { continue };
            let (a, b) = (&reach.best[i], &after.hubs[other].best[j]);
            let [a, b] = [a, b].map(|way| way.as_ref().map(|way| &way.route));
            all.push(Gained {
                hub: reach.hub.clone(),
                objective,
                rtt_ms: (a.map(|route| route.rtt_ms()), b.map(|route| route.rtt_ms())),
                usd_per_mbps_month: (a.map(|route| route.usd_per_mbps_month), b.map(|route| route.usd_per_mbps_month)),
                gateways: (before.winner(hub, i).cloned(), after.winner(other, j).cloned()),
            });
        }
    }
    all
}
