//! The plan's bill, leaf by leaf: what falls due for each demand, and what is built for all.

use super::design::Design;
use super::outcome::{Built, Served, Share};
use super::question::{ShareDemand, ShareQuestion};
use super::to_build::{ToBuild, is_building};
use super::ways::Ways;
use crate::metrics::{Leaf, Term};
use crate::network::{CountryCode, Network, SegmentId};
use crate::units::{Length, Usd, split_whole};

/// What a ledger is made from.
pub(super) struct PlanParts<'p, 'a> {
    pub(super) question: &'p ShareQuestion,
    pub(super) ways: &'p [Ways<'a>],
    pub(super) to_build: &'p [ToBuild],
    pub(super) design: &'p Design,
}

/// The demands served and the segments built.
pub(super) struct Ledger {
    pub(super) served: Vec<Served>,
    pub(super) built: Vec<Built>,
}

impl Ledger {
    pub(super) fn new(parts: &PlanParts<'_, '_>) -> Self {
        let PlanParts { question, ways, to_build, design } = parts;
        let mut built: Vec<(u32, Built)> = Vec::new();
        for &number in &design.built {
            let own = &to_build[number as usize];
            let (segment, leaves) = (own.id.clone(), own.leaves.clone());
            built.push((number, Built { segment, cost: sum(&leaves), leaves, used_by: Vec::new() }));
        }
        let mut served = Vec::with_capacity(ways.len());
        for (i, (demand, way)) in ways.iter().zip(&design.ways).enumerate() {
            let route = demand.route(way);
            let mut builds: Vec<SegmentId> = Vec::new();
            for number in demand.built_on(way) {
                if let Some((_, own)) = built.iter_mut().find(|(own, _)| *own == number) {
                    own.used_by.push(i);
                    builds.push(own.segment.clone());
                }
            }
            let mut leaves = Vec::new();
            for hop in &route.hops {
                let is_built = builds.contains(&hop.segment);
                let due = |leaf: &&Leaf| !(is_waived(leaf, &question.countries) || is_built && is_building(leaf));
                leaves.extend(hop.leaves.iter().filter(due).cloned());
            }
            served.push(Served { route, cost: sum(&leaves), leaves, builds });
        }
        Self { served, built: built.into_iter().map(|(_, own)| own).collect() }
    }
}

fn sum(leaves: &[Leaf]) -> Usd {
    leaves.iter().map(Leaf::base).sum()
}

/// Whether a leaf is a fee that the countries do not take of each other.
fn is_waived(leaf: &Leaf, countries: &[CountryCode]) -> bool {
    leaf.term == Term::Transit && countries.contains(&leaf.country)
}

/// The bill by territory: each leaf to the country that it falls due in; what falls due elsewhere to who asked for the
/// demand, or to those who asked for the demands that use what is built there, by their capacity.
pub(super) fn by_territory(share: &Share) -> Vec<i64> {
    let countries = &share.question.countries;
    let mut cents = vec![0_i64; countries.len()];
    let here = |leaf: &Leaf| countries.iter().position(|own| *own == leaf.country);
    for (demand, served) in share.question.demands.iter().zip(&share.served) {
        for leaf in &served.leaves {
            let player = here(leaf).unwrap_or(demand.asked_by);
            cents[player] = cents[player].saturating_add(leaf.base().cents());
        }
    }
    for built in &share.built {
        let users: Vec<&ShareDemand> = built.used_by.iter().map(|&i| &share.question.demands[i]).collect();
        let weights: Vec<u64> = users.iter().map(|demand| whole_capacity(demand.gbps.get())).collect();
        for leaf in &built.leaves {
            let Some(player) = here(leaf) else {
                for (user, part) in users.iter().zip(split_whole(leaf.base().cents(), &weights)) {
                    cents[user.asked_by] = cents[user.asked_by].saturating_add(part);
                }
                continue;
            };
            cents[player] = cents[player].saturating_add(leaf.base().cents());
        }
    }
    cents
}

/// The plan's cable in each of the countries, in metres: each segment once, however many demands go along it.
pub(super) fn metres(network: &Network, share: &Share) -> Vec<u64> {
    let mut segments: Vec<&SegmentId> = share.served.iter().flat_map(|served| served.route.segments()).collect();
    segments.sort_unstable();
    segments.dedup();
    let pieces = segments.iter().filter_map(|id| network.find_segment(id)).flat_map(|segment| &segment.pieces);
    let mut lengths = vec![Length::ZERO; share.question.countries.len()];
    for piece in pieces {
        if let Some(player) = share.question.countries.iter().position(|own| *own == piece.country) {
            lengths[player] += piece.length;
        }
    }
    lengths.into_iter().map(Length::metres).collect()
}

/// The capacity that each country asks for, in whole kbit/s.
pub(super) fn capacities(question: &ShareQuestion) -> Vec<u64> {
    let mut asked = vec![0_u64; question.countries.len()];
    for demand in &question.demands {
        asked[demand.asked_by] = asked[demand.asked_by].saturating_add(whole_capacity(demand.gbps.get()));
    }
    asked
}

fn whole_capacity(gbps: f64) -> u64 {
    ((gbps * 1e6).round() as u64).max(1)
}
