//! What is to be shared: countries and what they ask for.

use crate::network::CountryCode;
use crate::request::End;
use crate::units::Gbps;

/// A demand and who asks for it.
#[derive(Debug, Clone, PartialEq)]
pub struct ShareDemand {
    /// Where from.
    pub from: End,
    /// Where to.
    pub to: End,
    /// How much.
    pub gbps: Gbps,
    /// The country that asks for it, by its place among the countries.
    pub asked_by: usize,
}

/// How the Shapley value is estimated where there are too many countries for all their coalitions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShapleySampling {
    /// How many pairs of orders of arrival are drawn.
    pub pairs: usize,
    /// The seed of the draw.
    pub seed: u64,
}

/// What is to be shared.
#[derive(Debug, Clone, PartialEq)]
pub struct ShareQuestion {
    /// The countries, each once.
    pub countries: Vec<CountryCode>,
    /// What they ask for.
    pub demands: Vec<ShareDemand>,
    /// How to estimate with more than [`crate::analysis::games::MAX_PLAYERS`] countries; `None` to answer exactly.
    pub sampling: Option<ShapleySampling>,
}
