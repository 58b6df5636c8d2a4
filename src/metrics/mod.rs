//! What a route is worth: latency, cost and availability, each total with the parts that sum to it.
//!
//! Everything here is additive over directed segments and border passages once the two end countries are known, so the
//! search minimises exactly what the bill shows. [`Tariff`] turns prices and a demand into the smallest parts; the search
//! and [`evaluate`] both take them from there.

pub mod availability;
pub mod cost;
pub mod finance;
pub mod latency;

mod assumption;
mod criterion;
mod journey;
mod parts;
mod permits;
mod route;
mod step_costs;
mod tariff;

pub use assumption::Assumption;
pub use cost::{Bill, Factor, FactorKind, Leaf, Term};
pub use criterion::{BoundForm, BoundNames, Criterion, Measure};
pub use journey::{Arrival, Journey, Passed, PassedBy};
pub use permits::Permits;
pub use route::{CountryShare, Hop, Passage, PassageKind, Route, evaluate};
pub(crate) use step_costs::Step;
pub use step_costs::StepCosts;
pub use tariff::{Demand, Tariff, discount_rate};
