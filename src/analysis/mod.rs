//! Questions across countries: routes under a plan, corridors by crossing pair, the ways round them.
//!
//! A [`Plan`] is a network with prices, a demand and a policy. [`Plan::routes`] answers a [`Request`] with evaluated
//! routes, [`Plan::why_not`] says what stands in the way where there is none, and [`transit`] compares a corridor's
//! crossing pairs with each other and with the best routes that avoid its middle. A [`CashFlow`] unrolls a route's bill over
//! its years.
//! crossing pairs with each other and with the best routes that avoid its middle. [`share()`] splits the bill of a plan among
//! its countries.

pub mod games;

mod alternatives;
mod bound;
mod cash_flow;
mod ceiling;
mod conflicts;
mod constraints;
mod detour;
mod diverse;
mod gateway;
mod many;
mod matrix;
mod missing;
mod pareto;
mod plan;
mod price_of_constraints;
mod search;
mod share;
mod swept_parameter;
mod transit;
mod uncertainty;
mod verdict;
mod why_not;

pub use crate::request::Request;
pub use alternatives::{Alternatives, MAX_LISTED, MAX_LOOKED_AT, MAX_LOOKED_AT_IN_BOUNDS};
pub use bound::{Bound, Bounded, Least};
pub use cash_flow::{
    CashFlow, CashFlowError, CashFlowModel, CashFlowSpread, CashFlowTerms, CashYear, DrawnWorth, Nominal, Origin,
    Outlay, OutlayCents, Outlays, Repairs, Sales, Setting, WORTH_PERCENTILES, Worth, WorthFigure, WorthPercentiles,
    years_of_waiting,
};
pub use ceiling::{Ceiling, CeilingStretch, Edge, Limit, Through, at_edge};
pub use conflicts::{Conflicts, find_conflicts};
pub use constraints::{Constraint, Terms};
pub use detour::Detour;
pub use diverse::{Common, Diverse, Diversity, Open, Shared};
pub use gateway::{
    BeforeAfter, CountryReach, Dependence, EverywhereQuestion, Exit, Gained, Gateway, GatewayQuestion, GatewayUse,
    Gateways, HubReach, Loss, Reliance, Way, Worst, everywhere, gained, gateways, weighted_mean,
};
pub use many::{MAX_THREADS, Workers, WorkersError};
pub use matrix::{Cell, CellQuestion, Summary, matrix};
pub use pareto::{Criteria, CriteriaError, Front, FrontPoint};
pub use plan::{Plan, Unfolded};
pub use price_of_constraints::{ConstraintPrice, ConstraintPrices, Saving};
pub use search::Answer;
pub use share::{
    Built, CoalitionCost, Rule, RuleShares, Served, ShapleySampling, Share, ShareDemand, ShareQuestion, Standing,
    Stuck, Unserved, share,
};
pub use swept_parameter::{SweptParameter, SweptParameterError};
pub use transit::{Bypass, Transit, TransitRow, transit};
pub use uncertainty::{
    AgainstFirst, Cheapest, Computed, Contest, DrawnPrice, FigureKind, FigureSpread, Gap, MAX_SAMPLES, MIN_SAMPLES,
    Model, Outlook, PERCENTILES, Percentiles, PriceSampling, PriceSamplingError, Rival, RouteSpread, Side, Spread,
    Swing, Taken, Tornado, Unlisted, outlooks,
};
pub use verdict::{Against, BreakEven, Verdict, verdict};
pub use why_not::{CorridorBreak, Obstacle, OutOfReach, Relaxation, Unanswered, WayOut, WhyUnanswered};
