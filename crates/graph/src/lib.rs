//! Paths over graphs that are too large to be naive about: shortest, k shortest loopless, disjoint, bounded,
//! Pareto-optimal and parametric.
//!
//! A [`StateGraph`] is a directed graph with one start and one goal whose states stand at places; its loopless paths are
//! listed in order of weight by [`loopless::k_best`]. A [`Csr`] is a plain graph with one weight an arc. Answers are exact
//! and ties go by number, so that the same graph gives the same paths on every run. Nothing here knows what a node or an
//! arc stands for, and nothing is read, written or printed.

pub mod astar;
pub mod bidirectional;
pub mod dijkstra;
pub mod disjoint;
pub mod elementary;
pub mod loopless;
pub mod parametric;
pub mod pareto;
pub mod suurballe;
pub mod yen;

mod bucket_queue;
mod csr;
mod distance;
mod ellipse;
mod field;
mod first_path;
mod flow;
mod frontier;
mod labels;
mod links;
mod multipliers;
mod overlay;
mod partition;
mod parts;
mod spur;
mod state_graph;
mod tours;
mod uturn;

pub use csr::{Csr, Digraph, Weighted};
pub use distance::Distance;
pub use overlay::Overlay;
pub use state_graph::{NO_SEGMENT, NOWHERE, StateGraph, StateGraphBuilder, Weight};
