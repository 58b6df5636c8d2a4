//! How sure the figures of some routes are, given that every price has a range.
//!
//! Each route is reduced once to the formulas of its bill and its availability ([`Model`]), and these are computed again
//! for each draw of the prices ([`Model::spread`]). Whether a route outside the list is cheaper in some draw is found out
//! exactly ([`Plan::unlisted`](super::Plan::unlisted)). A price is drawn from the triangular distribution between its low
//! and its high value with the base as the mode. Prices of one family (the name's part before its last dot) share one rank
//! in each draw, so they are high or low together; families are independent. At base prices the figures are those of the
//! bill, to the cent.
//!
//! `draws` makes the ranks, `formulas` and `model` the sums, `figures` and `spread` the statistics, `tornado` moves one
//! price at a time; `unlisted` solves every draw again, over a `subgraph` of the graph weighed by `prices_at`;
//! `contest` puts them together for one plan, `outlook` for several.

mod contest;
mod draws;
mod figures;
mod formulas;
mod model;
mod outlook;
mod prices_at;
mod spread;
mod subgraph;
mod tornado;
mod unlisted;

pub use contest::{Contest, Rival, Side};
pub use draws::{DrawnPrice, MAX_SAMPLES, MIN_SAMPLES, PriceSampling, PriceSamplingError};
pub use figures::{FigureKind, FigureSpread, PERCENTILES, Percentiles};
pub use model::{Computed, Model};
pub use outlook::{AgainstFirst, Outlook, Taken, outlooks};
pub use spread::{Cheapest, Gap, RouteSpread, Spread};
pub use tornado::{Swing, Tornado};
pub use unlisted::Unlisted;
