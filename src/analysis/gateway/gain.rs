//! What a country gains between two scenarios.

use super::{Gateway, Gateways};
use crate::metrics::Route;
use crate::request::{End, Objective};

/// How the best route to a hub changes between two answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Gained {
    /// The hub.
    pub hub: End,
    /// What the routes are best at.
    pub objective: Objective,
    /// Round trip, ms.
    pub rtt_ms: BeforeAfter<f64>,
    /// Cost, USD per Mbit/s and month.
    pub usd_per_mbps_month: BeforeAfter<f64>,
    /// The gateway.
    pub gateways: BeforeAfter<Gateway>,
}

/// A fact of the best route before and after; `None` where there is no route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BeforeAfter<T> {
    /// Before.
    pub before: Option<T>,
    /// After.
    pub after: Option<T>,
}

impl BeforeAfter<f64> {
    /// Before less after; `None` where either is missing.
    fn saved(&self) -> Option<f64> {
        Some(self.before? - self.after?)
    }
}

impl Gained {
    /// Round trip saved, ms: negative where it grows; `None` where a route is missing before or after.
    #[must_use]
    pub fn ms(&self) -> Option<f64> {
        self.rtt_ms.saved()
    }

    /// Cost saved, USD per Mbit/s and month.
    #[must_use]
    pub fn usd(&self) -> Option<f64> {
        self.usd_per_mbps_month.saved()
    }

    /// Whether the route leaves by another gateway.
    #[must_use]
    pub fn changes_gateway(&self) -> bool {
        match (&self.gateways.before, &self.gateways.after) {
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
            let figures = |read: fn(&Route) -> f64| {
                let [before, after] = [a, b].map(|way| way.as_ref().map(|way| read(&way.route)));
                BeforeAfter { before, after }
            };
            all.push(Gained {
                hub: reach.hub.clone(),
                objective,
                rtt_ms: figures(Route::rtt_ms),
                usd_per_mbps_month: figures(|route| route.usd_per_mbps_month),
                gateways: BeforeAfter {
                    before: before.winner(hub, i).cloned(),
                    after: after.winner(other, j).cloned(),
                },
            });
        }
    }
    all
}
