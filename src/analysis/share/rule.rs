//! The rules by which a bill is split, and the shares by each.

use crate::analysis::games::Blocking;
use crate::units::Usd;

/// A rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Rule {
    /// Each part of the bill to the country that it falls due in.
    Territory,
    /// In equal shares.
    Equal,
    /// By the length of the plan's cable in each country.
    Length,
    /// By the capacity that each country asks for.
    Traffic,
    /// By what each country would pay alone.
    Benefit,
    /// The Shapley value.
    Shapley,
    /// The nucleolus.
    Nucleolus,
}

/// Whether groups would keep to a split.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum Standing {
    /// It lies in the core: no group does better alone.
    InCore,
    /// A group does better alone: this one gains most.
    Blocked(Blocking),
    /// None of the groups looked at does better alone, but not all were looked at.
    NotBlocked,
    /// Nobody can say, as a group cannot do without the others.
    Unknown,
}

/// The shares by a rule.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleShares {
    /// The rule.
    pub rule: Rule,
    /// Each country's share; they sum to the total. A negative share is paid to the country.
    pub shares: Vec<Usd>,
    /// The standard error of each share, USD, where it is an estimate.
    pub standard_errors: Option<Vec<f64>>,
    /// Whether it lies in the core.
    pub standing: Standing,
}

impl Rule {
    /// Every rule, in the order in which they are shown.
    pub const ALL: [Self; 7] =
        [Self::Territory, Self::Equal, Self::Length, Self::Traffic, Self::Benefit, Self::Shapley, Self::Nucleolus];

    /// Its name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Territory => "territory",
            Self::Equal => "equal",
            Self::Length => "length",
            Self::Traffic => "traffic",
            Self::Benefit => "benefit",
            Self::Shapley => "shapley",
            Self::Nucleolus => "nucleolus",
        }
    }
}
