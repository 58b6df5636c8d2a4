//! How sure the figures of some routes are, given that every price has a range.
//!
//! The routes are fixed: each is reduced once to the formulas of its bill and its availability ([`Model`]), and these are
//! reckoned again for each draw of the prices ([`Model::spread`]); whether another route would become the best is not
//! looked at. A price is drawn from the triangular distribution between its low and its high value with the base as
//! the mode. Prices of one family (the name's part before its last dot) share one rank in each draw, so they are high
//! or low together; families are independent. At base prices the figures are those of the bill, to the cent.
//!
//! `draws` makes the ranks, `model` the formulas, `spread` the statistics, `tornado` moves one price at a time.

mod draws;
mod model;
mod spread;
mod tornado;

pub use draws::{Drawn, MAX_SAMPLES, MIN_SAMPLES, PriceSampling, PriceSamplingError};
pub use model::{Model, Reckoned};
pub use spread::{FigureKind, PERCENTILES, RouteSpread, Spread};
pub use tornado::{Swing, Tornado};
