//! The nucleolus: the split that leaves the worst-off coalitions as content as can be.
//!
//! A coalition's complaint is what it pays less what it costs on its own. Among the splits that charge nobody more than it
//! costs alone, the nucleolus makes the largest complaint as small as can be, then the next largest, and so on (Schmeidler
//! 1969, *The nucleolus of a characteristic function game*, doi:10.1137/0117107). There is exactly one. It lies in the core
//! wherever there is a core.
//!
//! It is found by linear programs in turn (Kopelowitz 1967; Maschler, Peleg and Shapley 1979): the least largest complaint;
//! the coalitions whose complaint is that in *every* solution are kept at it, and the others go on. Such coalitions are
//! those of positive weight in the dual solution, and each round leaves out all whose complaint follows from those that are
//! kept, so that there are fewer rounds than players (Solymosi 1993). All in whole numbers: every complaint is a fraction
//! whose denominator divides one determinant of at most 2n - 1 rows of 0 and 1.

use super::core::paid_by_coalitions;
use super::game::{Coalition, CostGame, members};
use super::integer_simplex::{Basis, Column};
use super::split::Split;

/// The nucleolus of a game.
///
/// Where the players alone cost less than all together, somebody has to pay more than it costs alone; then nobody's share
/// is bounded, and the answer is the prenucleolus.
///
/// Complexity: fewer than n programs of n + 1 rows and 2^n columns; 12 players take some milliseconds.
///
/// # Example
/// ```
/// use fiberplan::analysis::games::{CostGame, nucleolus};
/// // Claims of 100, 200 and 300 on an estate of 200, from the Talmud (Aumann and Maschler 1985): what a coalition is sure
/// // of is what the others leave. Gains are costs with the sign turned.
/// let game = CostGame::new(3, [0, 0, 0, 0, 0, 0, 100, 200].map(|gain: i64| -gain).to_vec())?;
/// assert_eq!(nucleolus(&game).values(), [-50.0, -75.0, -75.0]);
/// # Ok::<(), fiberplan::analysis::games::GameError>(())
/// ```
#[must_use]
pub fn nucleolus(game: &CostGame) -> Split {
    let mut rounds = Rounds::new(game);
    while rounds.known.rank() < game.n_players() {
        rounds.run();
    }
    Split::new(rounds.shares, rounds.denominator)
}

/// A coalition whose payment is settled, in units of one over the scale.
struct Settled {
    coalition: Coalition,
    paid: i128,
}

struct Rounds<'a> {
    game: &'a CostGame,
    /// By how much each may pay more than it costs alone.
    slack: i128,
    /// Costs are multiplied by this, so that what is settled is whole.
    scale: i128,
    settled: Vec<Settled>,
    known: Span,
    /// The coalitions whose payment is still open.
    open: Vec<Coalition>,
    shares: Vec<i128>,
    denominator: i128,
}

impl<'a> Rounds<'a> {
    fn new(game: &'a CostGame) -> Self {
        let n = game.n_players();
        let mut own = Self {
            game,
            slack: slack(game),
            scale: 1,
            settled: Vec::new(),
            known: Span::default(),
            open: game.proper_coalitions().collect(),
            shares: vec![i128::from(game.total()); n],
            denominator: n as i128,
        };
        own.settle(game.everybody(), i128::from(game.total()));
        own
    }

    fn settle(&mut self, coalition: Coalition, paid: i128) {
        self.settled.push(Settled { coalition, paid });
        self.known.insert(coalition, self.game.n_players());
    }

    fn cost(&self, coalition: Coalition) -> i128 {
        i128::from(self.game.cost(coalition)) * self.scale
    }

    /// Most that a player may pay.
    fn bound(&self, player: usize) -> i128 {
        (i128::from(self.game.alone(player)) + self.slack) * self.scale
    }

    // The program: minimise t where paid(S) - cost(S) <= t for each open S, paid(S) is as settled, and no player pays more
    // than its bound. Its dual has a column for each of these and a row for each player and for t.

    fn open_column(&self, coalition: Coalition) -> Column {
        let mut coefficients = self.row(coalition, -1);
        coefficients.push(1);
        Column { id: coalition as usize, coefficients, worth: -self.cost(coalition) }
    }

    fn bound_column(&self, player: usize) -> Column {
        let mut coefficients = self.row(1 << player, -1);
        coefficients.push(0);
        Column { id: self.first_bound() + player, coefficients, worth: -self.bound(player) }
    }

    fn settled_column(&self, index: usize, sign: i128) -> Column {
        let Settled { coalition, paid } = self.settled[index];
        let mut coefficients = self.row(coalition, sign);
        coefficients.push(0);
        Column { id: usize::MAX, coefficients, worth: sign * paid }
    }

    fn row(&self, coalition: Coalition, value: i128) -> Vec<i128> {
        (0..self.game.n_players()).map(|player| if coalition >> player & 1 == 1 { value } else { 0 }).collect()
    }

    fn first_bound(&self) -> usize {
        1 << self.game.n_players()
    }

    /// A basis that is a solution: an open coalition and the bounds of those outside it are together all players.
    fn first_basis(&self) -> Basis {
        let some = self.open[0];
        let left_out = members(some).next().expect("a coalition has members");
        let bounds = (0..self.game.n_players()).filter(|&player| player != left_out);
        let mut columns: Vec<Column> = bounds.map(|player| self.bound_column(player)).collect();
        columns.push(self.settled_column(0, 1));
        columns.push(self.open_column(some));
        Basis::new(columns)
    }

    /// Solves one program and settles what it settles.
    fn run(&mut self) {
        let mut basis = self.first_basis();
        loop {
            let prices = basis.prices();
            match self.most_violated(&prices, basis.determinant()) {
                Some(column) => basis.enter(column),
                None => return self.learn(&basis, prices),
            }
        }
    }

    /// The column of the constraint that these prices (shares and t, over a determinant) break most.
    fn most_violated(&self, prices: &[i128], determinant: i128) -> Option<Column> {
        let n = self.game.n_players();
        let paid = paid_by_coalitions(&prices[..n]);
        let mut most = 0;
        let mut found = None;
        let mut see = |breach: i128, which: Which| {
            if breach > most {
                (most, found) = (breach, Some(which));
            }
        };
        for &coalition in &self.open {
            see(paid[coalition as usize] - self.cost(coalition) * determinant - prices[n], Which::Open(coalition));
        }
        for player in 0..n {
            see(prices[player] - self.bound(player) * determinant, Which::Bound(player));
        }
        for (index, settled) in self.settled.iter().enumerate() {
            let lacks = settled.paid * determinant - paid[settled.coalition as usize];
            see(lacks, Which::Settled(index, 1));
            see(-lacks, Which::Settled(index, -1));
        }
        found.map(|which| match which {
            Which::Open(coalition) => self.open_column(coalition),
            Which::Bound(player) => self.bound_column(player),
            Which::Settled(index, sign) => self.settled_column(index, sign),
        })
    }

    fn learn(&mut self, basis: &Basis, mut prices: Vec<i128>) {
        let tight: Vec<Coalition> =
            basis.positive().filter(|&id| id < self.first_bound()).map(|id| id as Coalition).collect();
        let complaint = prices.pop().unwrap_or(0);
        // The complaint is a fraction over scale x determinant: from now on all is counted in units that make it whole.
        let more = basis.determinant() / gcd(basis.determinant(), complaint);
        let whole = complaint / (basis.determinant() / more);
        self.scale *= more;
        self.settled.iter_mut().for_each(|settled| settled.paid *= more);
        for coalition in tight {
            self.settle(coalition, self.cost(coalition) + whole);
        }
        let Self { open, known, game, .. } = self;
        open.retain(|&coalition| !known.contains(coalition, game.n_players()));
        self.denominator = basis.determinant() * (self.scale / more);
        self.shares = prices;
    }
}

#[derive(Clone, Copy)]
enum Which {
    Open(Coalition),
    Bound(usize),
    Settled(usize, i128),
}

/// Zero if it can be that nobody pays more than it costs alone. Else as much that the bounds keep nothing out: no split
/// whose largest complaint is the least charges a player more than this above its cost alone, as there is one split whose
/// complaints are all as small.
fn slack(game: &CostGame) -> i128 {
    let alone: Vec<i128> = (0..game.n_players()).map(|player| i128::from(game.alone(player))).collect();
    let lacking = i128::from(game.total()) - alone.iter().sum::<i128>();
    if lacking <= 0 {
        return 0;
    }
    let mut some = alone;
    some[0] += lacking;
    let paid = paid_by_coalitions(&some);
    let complaint = |coalition: Coalition| paid[coalition as usize] - i128::from(game.cost(coalition));
    game.proper_coalitions().map(complaint).max().unwrap_or(0).max(lacking)
}

/// The coalitions whose payments follow from those of some: their span, in rows that each have a leading place of their
/// own.
#[derive(Default)]
struct Span {
    rows: Vec<(usize, Vec<i128>)>,
}

impl Span {
    fn rank(&self) -> usize {
        self.rows.len()
    }

    fn insert(&mut self, coalition: Coalition, n: usize) {
        let rest = self.rest(coalition, n);
        if let Some(lead) = rest.iter().position(|&entry| entry != 0) {
            self.rows.push((lead, rest));
        }
    }

    fn contains(&self, coalition: Coalition, n: usize) -> bool {
        self.rest(coalition, n).iter().all(|&entry| entry == 0)
    }

    /// What is left of a coalition's row when the others are taken off it, without common factors.
    fn rest(&self, coalition: Coalition, n: usize) -> Vec<i128> {
        let mut row: Vec<i128> = (0..n).map(|player| i128::from(coalition >> player & 1 == 1)).collect();
        for (lead, other) in &self.rows {
            let (own, others) = (row[*lead], other[*lead]);
            if own != 0 {
                row.iter_mut().zip(other).for_each(|(entry, other)| *entry = *entry * others - own * other);
                let common = row.iter().fold(0, |common, &entry| gcd(common, entry));
                row.iter_mut().for_each(|entry| *entry /= common.max(1));
            }
        }
        row
    }
}

/// The greatest common divisor, at least 0.
fn gcd(a: i128, b: i128) -> i128 {
    let (mut a, mut b) = (a.abs(), b.abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}
