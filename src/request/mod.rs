//! Requests, and the graphs of search states that they become.
//!
//! A [`Request`] is unfolded over a [`SearchInput`] into a [`StateGraph`](crate::graph::StateGraph) whose states remember
//! what the constraints need (the last country before the sea, the position in the corridor, the places still to pass);
//! its loopless paths are listed in order of weight by [`k_best`](crate::graph::loopless::k_best). A request without
//! constraints is searched on arcs prepared once per plan. Answers are exact: what is minimised is what
//! [`crate::metrics`] puts on the bill, and a constraint is part of the search, never a filter on its results.

mod arc_leaves;
mod bounds;
mod country_pattern;
mod country_sets;
mod direct;
mod objective;
mod passing;
mod policy;
mod prepared;
mod query;
mod step_graph;
mod unfold;

pub use bounds::{Bounds, MaxShare, PercentError, ShareOf, parse_percent};
pub use country_pattern::{CountryPattern, PatternError, PatternStep, Positions};
pub use direct::{DirectPath, direct, direct_within};
pub use objective::{Objective, ObjectiveError, Weights};
pub use passing::MAX_VIA;
pub use policy::{Policy, UnknownOwner, find_owner};
pub use prepared::PreparedArcs;
pub(crate) use query::shown_percent;
pub use query::{Avoid, End, Gate, Request, Via};
pub use step_graph::StepGraph;
pub use unfold::{
    Ceiling, MAX_STATES, SearchInput, Unfolding, numbered_segment, numbered_steps, steps, unfold, unfold_marked,
    unfold_within,
};
