//! fiberplan plans fiber-optic cables that cross borders: which way should the cable go, what does it cost, how fast is
//! it, how likely is it to be up, who carries what, and what changes when the plan changes.
//!
//! # In twenty lines
//!
//! A [`World`] holds the data that questions start from, a [`Scenario`] what is assumed of it, a [`Request`] what is asked,
//! and its [`Plan`] answers. `examples/` has this and more as programs: a corridor as JSON, a network from a folder, a map,
//! draws of all prices.
//!
//! ```
//! use fiberplan::report::{Context, Format, Report, RouteReport};
//! use fiberplan::{Request, Scenario, World};
//!
//! let world = World::shipped();
//! let scenario = Scenario::named(&world, "today")?;
//! let request = Request { k: 2, ..scenario.between("Ashgabat", "Karachi")? };
//! let routes = scenario.plan().routes(&request);
//! assert_eq!(routes.len(), 2);
//! assert!(routes[0].bill.total() <= routes[1].bill.total());
//!
//! let context = Context::of(&scenario, &request);
//! let report = RouteReport::of(&context, &routes);
//! assert_eq!(report.answer().routes.len(), 2);
//! assert!(report.render(Format::Json)?.contains("\"border_crossings\": 2"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # The bird's-eye view
//!
//! A **network** of places and cable segments is read from a folder of CSV files, or comes with the program. A
//! **scenario** makes ordered, named changes to it and says what is to be carried, at which prices, over which
//! segments. A **request** (two ends, an objective, constraints) is unfolded into a graph of search states, whose best
//! loopless paths become **routes** with all their figures. **Reports**, **maps** and **charts** show them.
//!
//! ```text
//! files -> formats -> network + prices -> scenario -> analysis (request + metrics + graph) -> report -> cli
//!                                                                                   picture -> report
//! ```
//!
//! # Crates and modules, in dependency order
//!
//! Each may use only those above it: between crates the compiler holds that, inside them `tests/tidy.rs`.
//!
//! | | holds |
//! |---|---|
//! | [`graph`] | crate `fiberplan-graph`: graphs in compressed rows and every search; no word of this field |
//! | [`network`] | crate `fiberplan-network`: places, segments, crossings, the petgraph multigraph and its invariants; with it |
//! | [`units`] | lengths, delays, money and capacity as types |
//! | [`geodesy`] | lengths on the ellipsoid, the country of a point, where a line crosses a border, projections |
//! | [`prices`] | the price book |
//! | [`formats`] | files in and out, one file a format, and their errors |
//! | `picture` | scenes of maps and charts, drawn with plotters; knows no network (feature `pictures`) |
//! | [`metrics`] | latency, cost and availability of a route, in parts that sum to the totals |
//! | [`request`] | objectives, bounds and constraints; how a request becomes a graph of search states |
//! | [`analysis`] | one module a question: routes, transit, gateways, shares, ceilings, cash flow, uncertainty |
//! | [`world`] | base map, country names, base network, prices and scenarios: shipped, or a caller's |
//! | [`checks`] | the numbered rules of a network, and its figures |
//! | [`scenario`] | a scenario file becomes a plan that can be computed; comparison of scenarios |
//! | [`report`] | answers as tables, JSON, CSV, GeoJSON, Markdown, and as scenes to be drawn |
//! | `cli` | arguments and streams, one file a command (feature `cli`) |
//!
//! # Invariants
//!
//! - From [`units`] to [`analysis`] nothing is read, written or printed, and no clock or environment is asked; files are
//!   touched in [`formats`] (which everything else calls) and streams in `cli`.
//! - clap only in `cli`, plotters only in `picture`. Petgraph indices stay in [`network`], [`request`] and [`metrics`]: the
//!   rest speaks ids and ISO country codes.
//! - What is summed is kept in whole metres, femtoseconds and cents, so totals are exactly the sums of their parts.
//! - A [`network::Network`] exists only checked; nodes and segments stand in order of id, so ties go by id and the order
//!   of rows in a file changes nothing. There is no hash order and no thread in any answer, and no random number but
//!   those drawn from a seed that the answer names.
//! - What the search minimises is what the bill shows: both walk [`metrics::Journey`] and take their parts from
//!   [`metrics::Tariff`].
//! - A number with a unit is a type, or its name carries the unit.

pub use analysis::Plan;
pub use fiberplan_graph as graph;
pub use fiberplan_network as network;
pub use fiberplan_network::{formats, geodesy, prices, units};
pub use request::{Objective, Request};
pub use scenario::Scenario;
pub use world::World;

#[cfg(feature = "pictures")]
pub mod picture;

pub mod metrics;

pub mod request;

pub mod analysis;

pub mod world;

pub mod checks;

pub mod scenario;

pub mod report;

#[cfg(feature = "cli")]
pub mod cli;
