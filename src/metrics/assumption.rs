//! What a reader has to know before trusting the figures of a route.

use super::cost::{Factor, Leaf};
use crate::network::{Segment, SegmentId, Status};
use crate::prices::PriceKey;
use crate::units::Gbps;

/// Something assumed in evaluating a route.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Assumption {
    /// No source says that these segments exist, or in which state.
    NoSource(Vec<SegmentId>),
    /// These prices have no source.
    PricesWithoutSource(Vec<PriceKey>),
    /// A segment has less capacity than the demand: its upgrade is priced in.
    Upgrade {
        /// Which.
        segment: SegmentId,
        /// Its capacity today.
        capacity: Gbps,
    },
    /// The stated length of a segment is shorter than the geodesic and not used.
    LengthNotUsed {
        /// Which.
        segment: SegmentId,
        /// The stated length, km.
        stated_km: f64,
    },
    /// A segment is not in service today.
    NotInService {
        /// Which.
        segment: SegmentId,
        /// Its status.
        status: Status,
    },
    /// Submarine cable counts as international waters from beach to beach.
    SeaFromBeachToBeach,
}

impl Assumption {
    /// The assumptions of a route with these segments and leaves; `lands` says whether it comes ashore from the sea.
    pub(super) fn all<'l>(
        segments: &[&Segment],
        leaves: impl Iterator<Item = &'l Leaf>,
        gbps: f64,
        lands: bool,
    ) -> Vec<Self> {
        let mut all = Vec::new();
        let assumed: Vec<SegmentId> = segments.iter().filter(|s| s.is_assumed()).map(|s| s.id().clone()).collect();
        if !assumed.is_empty() {
            all.push(Self::NoSource(assumed));
        }
        let prices = prices_without_source(leaves);
        if !prices.is_empty() {
            all.push(Self::PricesWithoutSource(prices));
        }
        for segment in segments {
            let id = || segment.id().clone();
            if let Some(capacity) = segment.row.capacity.filter(|c| c.get() < gbps) {
                all.push(Self::Upgrade { segment: id(), capacity });
            }
            if let Some(stated_km) = segment.rejected_km {
                all.push(Self::LengthNotUsed { segment: id(), stated_km });
            }
            if segment.row.status != Status::InService {
                all.push(Self::NotInService { segment: id(), status: segment.row.status });
            }
        }
        if lands {
            all.push(Self::SeaFromBeachToBeach);
        }
        all
    }
}

fn prices_without_source<'l>(leaves: impl Iterator<Item = &'l Leaf>) -> Vec<PriceKey> {
    let leaves = leaves.filter(|leaf| leaf.assumed);
    let factors = leaves.flat_map(|leaf| leaf.factors.iter()).filter(|factor| factor.is_assumed());
    let mut keys: Vec<PriceKey> = Vec::new();
    // Hop after hop has the same prices in the same order: the one after the last one is looked at first.
    let mut next = 0;
    for key in factors.filter_map(Factor::price_key) {
        if keys.get(next) != Some(&key) {
            next = keys.iter().position(|known| *known == key).unwrap_or(keys.len());
            if next == keys.len() {
                keys.push(key);
            }
        }
        next += 1;
    }
    keys.sort_unstable();
    keys
}
