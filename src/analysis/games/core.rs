//! The core: the splits under which no coalition would do better alone.
//!
//! Gillies 1959. A split is in the core if no coalition pays more than it costs on its own. The core is empty exactly if
//! the nucleolus is not in it, so that asking for the nucleolus answers that question too.

use super::game::{Coalition, CostGame};
use super::split::Split;

/// A coalition that would do better alone.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Blocking {
    /// Who.
    pub coalition: Coalition,
    /// By how much: what it pays, less what it costs on its own.
    pub gain: f64,
}

/// The coalition that would gain most by going alone, the one of the least mask among equals; `None` if the split is in
/// the core. Fractions are compared exactly.
///
/// A split must share the cost of all: then the coalition of all has nothing to gain.
///
/// Complexity: O(2^n).
///
/// # Example
/// ```
/// use fiberplan::analysis::games::{CostGame, Split, blocking};
/// let game = CostGame::new(2, vec![0, 5, 7, 8])?;
/// assert_eq!(blocking(&game, &Split::whole(&[3, 5])), None);
/// let found = blocking(&game, &Split::whole(&[0, 8])).expect("8 is more than the 7 of a pipe of one's own");
/// assert_eq!((found.coalition, found.gain), (0b10, 1.0));
/// # Ok::<(), fiberplan::analysis::games::GameError>(())
/// ```
///
/// # Panics
/// If the split is not one among the players of the game.
#[must_use]
pub fn blocking(game: &CostGame, split: &Split) -> Option<Blocking> {
    let (shares, denominator) = (split.numerators(), split.denominator());
    assert!(shares.len() == game.n_players(), "a split has a share for each player");
    let excess = |(coalition, paid): (Coalition, i128)| paid - i128::from(game.cost(coalition)) * denominator;
    let mut most: Option<(i128, Coalition)> = None;
    for (coalition, paid) in paid_by_coalitions(shares).into_iter().enumerate().skip(1) {
        let coalition = coalition as Coalition;
        let excess = excess((coalition, paid));
        if coalition != game.everybody() && excess > most.map_or(0, |(most, _)| most) {
            most = Some((excess, coalition));
        }
    }
    most.map(|(excess, coalition)| Blocking { coalition, gain: excess as f64 / denominator as f64 })
}

/// What each coalition pays, by its mask.
pub(super) fn paid_by_coalitions(shares: &[i128]) -> Vec<i128> {
    let mut paid = vec![0_i128];
    for share in shares {
        for without in 0..paid.len() {
            paid.push(paid[without] + share);
        }
    }
    paid
}
