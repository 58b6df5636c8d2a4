//! Which ways there are, best first.
//!
//! [`search()`] answers a [`Query`]: it unfolds the network into a [`StateGraph`] whose states remember what the
//! constraints need (the last country before the sea, the position in the corridor, the places still to pass), and
//! lists its loopless paths in order of weight with [`loopless::k_best`]. Answers are exact: what is minimised is what
//! [`crate::metrics`] puts on the bill, and a constraint is part of the search, never a filter on its results.

pub mod dijkstra;
pub mod loopless;

mod csr;
mod distance;
mod policy;
mod query;
mod search;
mod state_graph;
mod unfold;

pub use csr::{Csr, Digraph, Weighted};
pub use distance::Distance;
pub use policy::Policy;
pub use query::{Avoid, Bounds, End, Gate, Objective, Query, Via};
pub use search::{Found, search};
pub use state_graph::{Arc, StateGraph, Weight};
pub use unfold::MAX_VIA;
