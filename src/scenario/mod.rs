//! Scenarios: a base network, ordered and named changes, a demand, prices and a policy, in one TOML file.
//!
//! [`parse_scenario`] reads what is written, [`load`] turns it into a [`Scenario`] that can be computed, and [`compare`]
//! sets several beside each other. A scenario is a state of the world in its year.

mod ask;
mod change;
mod compare;
mod difference;
mod file;
mod query_file;
mod resolve;
mod settings;

pub use ask::{CorridorError, EndError};
pub use change::{Change, Field, Op, Selector, SelectorKind};
pub use compare::{Answer, Compared, Comparison, Figure, Question, compare};
pub use difference::{InputChange, input_changes};
pub use file::{DemandFile, RoutingFile, ScenarioFile, parse_scenario};
pub use query_file::{QueryField, QueryFieldKind, QueryForm, QueryRow, read_queries};
pub use resolve::{Applied, Overrides, Routing, Scenario, ScenarioSource, load};
pub use settings::ScenarioSetting;
