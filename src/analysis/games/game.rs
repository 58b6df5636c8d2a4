//! A game given by the cost of every coalition.

/// A set of players, one bit each: player 0 is bit 0.
pub type Coalition = u64;

/// The most players whose coalitions are all listed.
pub const MAX_PLAYERS: usize = 12;

/// The cost of each coalition of a few players.
///
/// # Example
/// ```
/// use fiberplan::analysis::games::CostGame;
/// // Two towns and a well: 5 for the first alone, 7 for the second, 8 for one pipe that serves both.
/// let game = CostGame::new(2, vec![0, 5, 7, 8])?;
/// assert_eq!((game.n_players(), game.everybody(), game.cost(0b10), game.total()), (2, 0b11, 7, 8));
/// assert_eq!(game.saving(), 4);
/// # Ok::<(), fiberplan::analysis::games::GameError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CostGame {
    n: usize,
    costs: Vec<i64>,
}

/// Why costs do not make a game.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GameError {
    /// So many players are not dealt with.
    #[error("expected 1 to {MAX_PLAYERS} players, found {0}")]
    Players(usize),
    /// Every coalition has one cost.
    #[error("expected {expected} costs, one for each coalition, found {found}")]
    Costs {
        /// As many as there are coalitions, the empty one included.
        expected: usize,
        /// As many as were given.
        found: usize,
    },
    /// Nobody costs nothing.
    #[error("the empty coalition costs {0}, expected 0")]
    Nobody(i64),
}

impl CostGame {
    /// The game of `n` players; `costs[mask]` is what the coalition of that mask costs on its own. Costs may be negative:
    /// a game of gains is one with the signs turned.
    ///
    /// # Errors
    /// If there are no players or more than [`MAX_PLAYERS`], not 2^n costs, or the empty coalition costs something.
    pub fn new(n: usize, costs: Vec<i64>) -> Result<Self, GameError> {
        if !(1..=MAX_PLAYERS).contains(&n) {
            return Err(GameError::Players(n));
        }
        if costs.len() != 1 << n {
            return Err(GameError::Costs { expected: 1 << n, found: costs.len() });
        }
        if costs[0] != 0 {
            return Err(GameError::Nobody(costs[0]));
        }
        Ok(Self { n, costs })
    }

    /// How many players there are.
    #[must_use]
    pub fn n_players(&self) -> usize {
        self.n
    }

    /// All players.
    #[must_use]
    pub fn everybody(&self) -> Coalition {
        (1 << self.n) - 1
    }

    /// Every coalition but the empty one and the one of all.
    pub fn proper_coalitions(&self) -> impl Iterator<Item = Coalition> + use<> {
        1..self.everybody()
    }

    /// What a coalition costs on its own; bits beyond the players do not count.
    #[must_use]
    pub fn cost(&self, coalition: Coalition) -> i64 {
        self.costs[(coalition & self.everybody()) as usize]
    }

    /// What a player costs alone.
    #[must_use]
    pub fn alone(&self, player: usize) -> i64 {
        self.cost(1 << player)
    }

    /// What all cost together.
    #[must_use]
    pub fn total(&self) -> i64 {
        self.cost(self.everybody())
    }

    /// What working together saves: the sum of the costs of each alone, less that of all together.
    #[must_use]
    pub fn saving(&self) -> i64 {
        (0..self.n).fold(0_i64, |sum, player| sum.saturating_add(self.alone(player))).saturating_sub(self.total())
    }
}

/// The players of a coalition, in order.
pub fn members(coalition: Coalition) -> impl Iterator<Item = usize> {
    (0..u64::BITS as usize).filter(move |player| coalition >> player & 1 == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_game() {
        assert_eq!(CostGame::new(0, vec![0]), Err(GameError::Players(0)));
        assert_eq!(CostGame::new(13, vec![0; 1 << 13]), Err(GameError::Players(13)));
        assert_eq!(CostGame::new(2, vec![0, 1, 2]), Err(GameError::Costs { expected: 4, found: 3 }));
        assert_eq!(CostGame::new(1, vec![1, 1]), Err(GameError::Nobody(1)));
    }

    #[test]
    fn members_in_order() {
        assert_eq!(members(0b1011).collect::<Vec<_>>(), [0, 1, 3]);
        assert_eq!(members(0).count(), 0);
    }
}
