//! What the best route is best at: one criterion, or several by stated shares.

use std::fmt;
use std::str::FromStr;

use crate::metrics::{Criterion, Measure};

/// What the best route is best at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Objective {
    /// The least total cost.
    #[default]
    Cost,
    /// The least latency.
    Latency,
    /// The least length.
    Length,
    /// The least -ln(availability) + friction.
    Risk,
    /// The least -ln(availability).
    Availability,
    /// The least sum of several criteria, each in parts of its own best value and by its share.
    Weighted(Weights),
    /// The least length of segments that may not be used yet ([`super::SearchInput::missing`]).
    Missing,
}

impl Objective {
    /// The criteria: every objective that is one thing and that a user may ask for.
    pub const ALL: [Self; 5] = [Self::Cost, Self::Latency, Self::Length, Self::Risk, Self::Availability];

    /// The measure that it is the least of, if it is one.
    #[must_use]
    pub const fn measure(self) -> Option<Measure> {
        match self {
            Self::Cost => Some(Measure::Cost),
            Self::Latency => Some(Measure::Latency),
            Self::Length => Some(Measure::Length),
            Self::Availability => Some(Measure::Unavailability),
            Self::Risk | Self::Weighted(_) | Self::Missing => None,
        }
    }

    /// The criterion of routes that it is the least of, if it is one.
    #[must_use]
    pub fn criterion(self) -> Option<Criterion> {
        let measure = self.measure()?;
        Criterion::ALL.into_iter().find(|criterion| criterion.measure() == Some(measure))
    }

    /// The objective that is the least of a criterion, if there is one.
    #[must_use]
    pub fn of_criterion(criterion: Criterion) -> Option<Self> {
        let measure = criterion.measure()?;
        Self::ALL.into_iter().find(|objective| objective.measure() == Some(measure))
    }

    /// Its name; that of a weighting says only that it is one, its [`fmt::Display`] says which.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Cost => "cost",
            Self::Latency => "latency",
            Self::Length => "length",
            Self::Risk => "risk",
            Self::Availability => "availability",
            Self::Weighted(_) => "weighted",
            Self::Missing => "missing",
        }
    }
}

/// As `--objective` takes it: a criterion's name, or `cost=0.7,latency=0.3`.
impl fmt::Display for Objective {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::Weighted(weights) = self else { return f.write_str(self.as_str()) };
        let terms = weights.terms().map(|(criterion, share)| format!("{}={share}", criterion.as_str()));
        f.write_str(&terms.collect::<Vec<_>>().join(","))
    }
}

/// One in the shares of a weighting, which are whole millionths.
const WHOLE: u32 = 1_000_000;

/// A score of 1 in whole units: 1e-12 each.
const SCORE_OF_ONE: u64 = 1_000_000_000_000;

/// What a criterion is measured by where its best is nothing: 1 million USD, 1 ms, 1,000 km, and 0.001 of -ln(availability).
const IN_PLACE_OF_ZERO: [u64; 5] = [100_000_000, 1_000_000_000_000, 1_000_000, 1_000_000_000_000, 1_000_000_000_000];

/// Shares of the criteria, which sum to 1, and the best value of each, once that is known.
///
/// The score of a step is the sum over the criteria of share x figure / best, each term rounded to whole units of 1e-12;
/// that of a route is the sum of its steps' scores. A route that is the best in every criterion at once scores 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Weights {
    /// Millionths, in the order of [`Objective::ALL`].
    millionths: [u32; 5],
    /// In whole units, in the same order.
    best: Option<[u64; 5]>,
}

/// Why a text is no objective.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ObjectiveError {
    /// There is no such criterion.
    #[error("expected one of cost, latency, length, risk, availability, found {0:?}")]
    Unknown(String),
    /// A weighting says how much of each.
    #[error("expected CRITERION=WEIGHT, found {0:?}")]
    NoWeight(String),
    /// A weight is not a number from 0 to 1e9.
    #[error("expected a weight of 0 or more for {criterion}, found {found}")]
    Weight {
        /// Whose weight.
        criterion: &'static str,
        /// What stands there.
        found: String,
    },
    /// A criterion has two weights.
    #[error("{0} is weighted twice")]
    Twice(&'static str),
    /// Nothing is left to be best at.
    #[error("the weights sum to 0")]
    AllZero,
}

impl Weights {
    /// Weights brought to shares that sum to 1, each a whole number of millionths.
    ///
    /// # Errors
    /// If an objective is not a criterion or comes twice, a weight is negative, not a number or above 1e9, or all are 0.
    pub fn new(weights: &[(Objective, f64)]) -> Result<Self, ObjectiveError> {
        let mut given = [None; 5];
        for &(criterion, weight) in weights {
            let place = Objective::ALL.iter().position(|own| *own == criterion);
            let place = place.ok_or_else(|| ObjectiveError::Unknown(criterion.to_string()))?;
            if !(0.0..=1e9).contains(&weight) {
                return Err(ObjectiveError::Weight { criterion: criterion.as_str(), found: weight.to_string() });
            }
            if given[place].replace(weight).is_some() {
                return Err(ObjectiveError::Twice(criterion.as_str()));
            }
        }
        let sum: f64 = given.iter().flatten().sum();
        if sum == 0.0 {
            return Err(ObjectiveError::AllZero);
        }
        // Rounded up to a cumulative share, so that they sum to 1 whatever is rounded.
        let (mut so_far, mut told) = (0.0, 0);
        let millionths = given.map(|weight| {
            so_far += weight.unwrap_or(0.0);
            let upto = (so_far / sum * f64::from(WHOLE)).round() as u32;
            upto - std::mem::replace(&mut told, upto)
        });
        Ok(Self { millionths, best: None })
    }

    /// The criteria that count, each with its share.
    pub fn terms(self) -> impl Iterator<Item = (Objective, f64)> {
        self.in_millionths().map(|(criterion, share)| (criterion, f64::from(share) / f64::from(WHOLE)))
    }

    /// The criteria that count, each with its share in whole millionths.
    pub fn in_millionths(self) -> impl Iterator<Item = (Objective, u32)> {
        Objective::ALL.into_iter().zip(self.millionths).filter(|(_, share)| *share > 0)
    }

    /// The best values, in whole units, of the criteria that count; empty until they are known.
    pub fn best(self) -> impl Iterator<Item = (Objective, u64)> {
        let known = self.best.into_iter().flat_map(|best| Objective::ALL.into_iter().zip(best));
        known.zip(self.millionths).filter(|(_, share)| *share > 0).map(|(best, _)| best)
    }

    /// The same with the best value of each criterion that counts, in whole units.
    #[must_use]
    pub fn with_best(self, mut best: impl FnMut(Objective) -> u64) -> Self {
        let mut all = [0; 5];
        for ((value, criterion), share) in all.iter_mut().zip(Objective::ALL).zip(self.millionths) {
            if share > 0 {
                *value = best(criterion);
            }
        }
        Self { best: Some(all), ..self }
    }

    /// Whether the best values are known.
    #[must_use]
    pub fn is_settled(self) -> bool {
        self.best.is_some()
    }

    /// The score of these figures, in units of 1e-12.
    #[must_use]
    pub fn score(self, figure: impl Fn(Objective) -> u64) -> u64 {
        let best = self.best.unwrap_or_default();
        let mut score = 0_u64;
        for (i, criterion) in Objective::ALL.into_iter().enumerate().filter(|(i, _)| self.millionths[*i] > 0) {
            let by = u128::from(if best[i] == 0 { IN_PLACE_OF_ZERO[i] } else { best[i] });
            let share = u128::from(self.millionths[i]) * u128::from(SCORE_OF_ONE / u64::from(WHOLE));
            let term = (u128::from(figure(criterion)) * share + by / 2) / by;
            score = score.saturating_add(u64::try_from(term).unwrap_or(u64::MAX));
        }
        score
    }
}

impl FromStr for Objective {
    type Err = ObjectiveError;
    fn from_str(text: &str) -> Result<Self, ObjectiveError> {
        let criterion = |name: &str| {
            let known = Self::ALL.into_iter().find(|own| own.as_str() == name.trim());
            known.ok_or_else(|| ObjectiveError::Unknown(name.trim().to_owned()))
        };
        if !text.contains(['=', ',']) {
            return criterion(text);
        }
        let term = |term: &str| {
            let (name, weight) =
                term.split_once('=').ok_or_else(|| ObjectiveError::NoWeight(term.trim().to_owned()))?;
            let criterion = criterion(name)?;
            let found = weight.trim().to_owned();
            let weight = found
                .parse()
                .map_err(|_not_a_number| ObjectiveError::Weight { criterion: criterion.as_str(), found })?;
            Ok((criterion, weight))
        };
        let terms: Vec<(Self, f64)> = text.split(',').map(term).collect::<Result<_, _>>()?;
        Ok(Self::Weighted(Weights::new(&terms)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_sum_to_one_and_read_back() {
        for (typed, shown) in [
            ("cost", "cost"),
            ("availability", "availability"),
            ("cost=0.7,latency=0.3", "cost=0.7,latency=0.3"),
            ("latency=3, cost=7", "cost=0.7,latency=0.3"),
            ("cost=1,latency=1,length=1", "cost=0.333333,latency=0.333334,length=0.333333"),
            ("risk=5", "risk=1"),
            ("risk=5,cost=0", "risk=1"),
        ] {
            let objective: Objective = typed.parse().expect("an objective");
            assert_eq!(objective.to_string(), shown);
            if let Objective::Weighted(weights) = objective {
                assert_eq!(weights.in_millionths().map(|(_, share)| share).sum::<u32>(), WHOLE);
            }
            assert_eq!(shown.parse(), Ok(objective), "{shown}");
        }
    }

    #[test]
    fn a_score_worked_by_hand() {
        let Ok(Objective::Weighted(weights)) = "cost=0.7,latency=0.3".parse() else { panic!("a weighting") };
        assert!(!weights.is_settled() && weights.best().next().is_none());
        let settled = weights.with_best(|criterion| if criterion == Objective::Cost { 200 } else { 3_000 });
        let figures =
            |cost, latency| settled.score(|criterion| if criterion == Objective::Cost { cost } else { latency });
        assert_eq!(figures(200, 3_000), SCORE_OF_ONE);
        // 0.7 x 300 / 200 + 0.3 x 3500 / 3000 = 1.05 + 0.35
        assert_eq!(figures(300, 3_500), 1_400_000_000_000);
        assert_eq!(figures(0, 1), 100_000_000);
        let free = weights.with_best(|_| 0);
        assert_eq!(free.score(|_| 0), 0);
        // Half a million dollars and 2 ms: 0.7 x 0.5 + 0.3 x 2.
        assert_eq!(free.score(|c| if c == Objective::Cost { 50_000_000 } else { 2_000_000_000_000 }), 950_000_000_000);
    }

    #[test]
    fn what_is_no_objective() {
        for (typed, text) in [
            ("speed", "expected one of cost, latency, length, risk, availability, found \"speed\""),
            ("", "expected one of cost, latency, length, risk, availability, found \"\""),
            ("missing", "expected one of cost, latency, length, risk, availability, found \"missing\""),
            ("cost,latency", "expected CRITERION=WEIGHT, found \"cost\""),
            ("cost=1,", "expected CRITERION=WEIGHT, found \"\""),
            ("cost=-1,latency=2", "expected a weight of 0 or more for cost, found -1"),
            ("cost=nan", "expected a weight of 0 or more for cost, found NaN"),
            ("cost=inf", "expected a weight of 0 or more for cost, found inf"),
            ("cost=much", "expected a weight of 0 or more for cost, found much"),
            ("cost=1,cost=1", "cost is weighted twice"),
            ("cost=0,latency=0", "the weights sum to 0"),
        ] {
            assert_eq!(typed.parse::<Objective>().map_err(|error| error.to_string()), Err(text.to_owned()));
        }
    }
}
