//! Segments that have to be built before they can be used.

use crate::analysis::games::Coalition;
use crate::metrics::{Leaf, Tariff, Term};
use crate::network::{CountryCode, Network, Segment, SegmentId};
use crate::units::Usd;

/// A segment that has to be built before it can be used.
#[derive(Debug)]
pub(super) struct ToBuild {
    pub(super) id: SegmentId,
    pub(super) leaves: Vec<Leaf>,
    pub(super) cents: u64,
    /// The countries of the corridor that it lies in: all of them have to agree.
    pub(super) needs: Coalition,
}

impl ToBuild {
    pub(super) fn new(network: &Network, segment: &Segment, tariff: &Tariff<'_>, countries: &[CountryCode]) -> Self {
        let mut leaves = tariff.segment_leaves(network, segment);
        leaves.retain(is_building);
        let cents = leaves.iter().map(Leaf::base).sum::<Usd>().cents().max(0) as u64;
        let (from, to) = network.ends(segment);
        let lies_in = segment.pieces.iter().map(|piece| piece.country).chain([from.country, to.country]);
        let players = lies_in.filter_map(|country| countries.iter().position(|own| *own == country));
        let needs = players.fold(0, |needs, player| needs | 1 << player);
        Self { id: segment.id().clone(), leaves, cents, needs }
    }
}

/// Whether a leaf is paid once for a segment that is built.
pub(super) fn is_building(leaf: &Leaf) -> bool {
    matches!(leaf.term, Term::Capex | Term::Opex)
}
