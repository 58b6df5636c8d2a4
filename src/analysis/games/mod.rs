//! Cost games: what a group of players may do together costs so much, and how the cost of all is shared.
//!
//! Pure mathematics: nothing here knows of cables. Costs are whole numbers (cents, where they are money), and every share
//! is an exact fraction ([`Split`]) until it is rounded to whole units that sum to the whole. So there is no tolerance
//! anywhere: a split lies in the core or it does not. Players are numbered from 0, and a coalition is a bit mask.

mod core;
mod game;
mod integer_simplex;
mod nucleolus;
mod shapley;
mod shapley_sampled;
mod split;

pub use core::{Blocking, blocking};
pub use game::{Coalition, CostGame, GameError, MAX_PLAYERS, members};
pub use nucleolus::nucleolus;
pub use shapley::shapley;
pub use shapley_sampled::{MAX_SAMPLED_PLAYERS, SampledShapley, shapley_sampled};
pub use split::Split;
