//! Who bears what of a plan that serves the demands of several countries.
//!
//! The countries of a corridor ask for demands. All together they serve them at the least cost: on each other's ground
//! they pay no transit fee, and they may build wherever one of them is. Each group of them could do so without the
//! others, whose cables it then uses at the price of lease and transit, and on whose ground it may not build. From what
//! each group would pay follows which split of the common bill can last: see [`crate::analysis::games`]. Several rules of
//! splitting stand side by side ([`Rule`]).
//!
//! What is not dealt with: who asks for how much. Demands are given.

// In order of use: each file uses only those above it.
mod question;

mod rule;

mod outcome;

mod to_build;

mod ways;

mod design;

mod ledger;

mod rules;

mod coalitions;

pub use coalitions::share;
pub use outcome::{Built, CoalitionCost, Served, Share, Stuck, Unserved};
pub use question::{ShapleySampling, ShareDemand, ShareQuestion};
pub use rule::{Rule, RuleShares, Standing};
