//! All integration tests in one crate, so that the library is linked once: one module a subject.

#[path = "../benches/instances/mod.rs"]
mod instances;
mod support;

mod absurd;
mod acceptance;
mod alternatives;
mod batch;
mod cash_flow;
mod ceiling;
mod chart;
mod checks;
mod cli_errors;
mod constraints;
mod contract;
mod corridors;
mod disjoint;
mod errors;
mod file_errors;
mod front;
mod fuzz;
mod games;
mod gateway;
mod geodesy;
mod geojson;
mod golden;
mod instance_graphs;
mod k_shortest;
mod loopless;
mod map;
mod matrix;
mod meshes;
mod metrics;
mod one_route;
mod pareto;
mod remarks;
mod report;
mod routing;
mod scenario;
mod share;
mod suurballe;
mod tidy;
mod traps;
mod uncertainty;
mod wayleave;
mod why_not;
