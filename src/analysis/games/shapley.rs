//! The Shapley value: each player's average share in the cost that it adds, over all orders of arrival.
//!
//! Shapley 1953, *A value for n-person games*. The only split that shares the whole, treats equals alike, charges nothing
//! to who adds nothing, and sums over sums of games.

use super::game::CostGame;
use super::split::Split;

/// The Shapley value of a game, exactly: player i pays the sum over the coalitions S without it of
/// |S|! (n - |S| - 1)! / n! x (c(S with i) - c(S)).
///
/// Complexity: O(n 2^n).
///
/// # Example
/// ```
/// use fiberplan::analysis::games::{CostGame, shapley};
/// // An airport: a runway for the larger plane is long enough for the smaller (Littlechild and Owen 1973).
/// let game = CostGame::new(2, vec![0, 8, 11, 11])?;
/// assert_eq!(shapley(&game).values(), [4.0, 7.0]);
/// # Ok::<(), fiberplan::analysis::games::GameError>(())
/// ```
#[must_use]
pub fn shapley(game: &CostGame) -> Split {
    let n = game.n_players();
    let factorial = |k: usize| (1..=k as i128).product::<i128>();
    let weights: Vec<i128> = (0..n).map(|size| factorial(size) * factorial(n - size - 1)).collect();
    let share = |player: usize| {
        let without = (0..=game.everybody()).filter(|coalition| coalition >> player & 1 == 0);
        without
            .map(|coalition| {
                let adds = i128::from(game.cost(coalition | 1 << player)) - i128::from(game.cost(coalition));
                weights[coalition.count_ones() as usize] * adds
            })
            .sum()
    };
    Split::new((0..n).map(share).collect(), factorial(n))
}
