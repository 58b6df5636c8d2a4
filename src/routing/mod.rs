//! Which ways there are, best first.
//!
//! A [`Request`] is unfolded over a [`Ground`] into a [`StateGraph`] whose states remember what the constraints need (the
//! last country before the sea, the position in the corridor, the places still to pass); its loopless paths are listed in
//! order of weight by [`loopless::k_best`]. Answers are exact: what is minimised is what [`crate::metrics`] puts on the
//! bill, and a constraint is part of the search, never a filter on its results.

pub mod dijkstra;
pub mod loopless;

mod csr;
mod direct;
mod distance;
mod policy;
mod query;
mod state_graph;
mod step_graph;
mod unfold;

pub use csr::{Csr, Digraph, Weighted};
pub use direct::{Direct, StepWeights, direct};
pub use distance::Distance;
pub use policy::Policy;
pub use query::{Avoid, Bounds, End, Gate, Objective, Request, Via};
pub use state_graph::{NO_SEGMENT, NOWHERE, StateGraph, StateGraphBuilder, Weight};
pub use unfold::{Ground, MAX_VIA, numbered_steps, steps, unfold};
