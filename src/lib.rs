//! fiberplan plans fiber-optic cables that cross borders: which way should the cable go, what does it cost, how fast is
//! it, how likely is it to be up, who carries what, and what changes when the plan changes.
//!
//! # The bird's-eye view
//!
//! A **network** of places and cable segments is read from a folder of CSV files, or comes with the program. A
//! **scenario** makes ordered, named changes to it and says what is to be carried, at which prices, over which
//! segments. A **request** (two ends, an objective, constraints) is unfolded into a graph of search states, whose best
//! loopless paths become **routes** with all their figures. **Reports**, **maps** and **charts** show them.
//!
//! ```text
//! files -> formats -> network + prices -> scenario -> corridor (routing + metrics) -> report, map, chart -> output
//! ```
//!
//! # The modules, in dependency order
//!
//! Each may use only those above it; `tests/tidy.rs` enforces it.
//!
//! # Invariants
//!
//! - From [`units`] to [`corridor`] nothing is read, written or printed, and no clock or environment is asked. Files are
//!   touched in [`formats`] (which everything else calls) and streams in [`cli`].
//! - clap only in [`cli`], plotters only in [`picture`], [`map`] and [`chart`]. No petgraph index leaves [`network`],
//!   [`routing`] and [`metrics`]: the public API speaks ids and ISO country codes.
//! - What is summed is kept in whole metres, femtoseconds and cents, so totals are exactly the sums of their parts.
//! - A [`network::Network`] exists only checked; nodes and segments stand in order of id, so ties go by id and the order
//!   of rows in a file changes nothing. There is no random number, no hash order and no thread in any answer.
//! - What the search minimises is what the bill shows: both walk [`metrics::Journey`] and take their parts from
//!   [`metrics::Tariff`].
//! - A number with a unit is a type, or its name carries the unit.

pub mod units;

pub mod geodesy;

pub mod network;

pub mod prices;

pub mod metrics;

pub mod routing;

pub mod corridor;

pub mod formats;

pub mod embedded;

pub mod checks;

pub mod scenario;

pub mod picture;

pub mod map;

pub mod chart;

pub mod report;

pub mod cli;
