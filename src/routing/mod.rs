//! Which ways there are, best first.
//!
//! A [`Request`] is unfolded over a [`Ground`] into a [`StateGraph`] whose states remember what the constraints need (the
//! last country before the sea, the position in the corridor, the places still to pass); its loopless paths are listed in
//! order of weight by [`loopless::k_best`]. Answers are exact: what is minimised is what [`crate::metrics`] puts on the
//! bill, and a constraint is part of the search, never a filter on its results.

pub mod astar;
pub mod bidirectional;
pub mod biobjective;
pub mod contraction;
pub mod dijkstra;
pub mod disjoint;
pub mod elementary;
pub mod loopless;
pub mod parametric;
pub mod pareto;
pub mod suurballe;
pub mod yen;

mod arc_leaves;
mod bounds;
mod bucket_queue;
mod country_pattern;
mod country_sets;
mod csr;
mod direct;
mod distance;
mod ellipse;
mod field;
mod first_path;
mod flow;
mod frontier;
mod labels;
mod links;
mod objective;
mod partition;
mod parts;
mod passing;
mod policy;
mod query;
mod spur;
mod state_graph;
mod step_graph;
mod tolls;
mod tours;
mod unfold;
mod uturn;

pub use bounds::{Bounds, MaxShare, PercentError, ShareOf, parse_percent};
pub use country_pattern::{CountryPattern, PatternError, PatternStep, Positions};
pub use csr::{Csr, Digraph, Weighted};
pub use direct::{Direct, StepWeights, direct};
pub use distance::Distance;
pub use objective::{Objective, ObjectiveError, Weights};
pub use policy::{Policy, UnknownOwner, find_owner};
pub(crate) use query::shown_percent;
pub use query::{Avoid, End, Gate, Request, Via};
pub use state_graph::{NO_SEGMENT, NOWHERE, StateGraph, StateGraphBuilder, Weight};
pub use unfold::{
    Ceiling, Ground, MAX_STATES, MAX_VIA, Unfolding, numbered_steps, steps, unfold, unfold_marked, unfold_within,
};
