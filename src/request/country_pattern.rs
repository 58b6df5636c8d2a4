//! Which countries a route runs through, in order: an exact list, or a pattern with choices and gaps.
//!
//! A pattern is a small automaton over the runs of countries of a route. What it may have read so far is a set of
//! positions, kept as a bit mask in the search state (the subset construction of Rabin and Scott 1959,
//! doi:10.1147/rd.32.0114, made only as far as the search gets).

use std::fmt;

use crate::network::CountryCode;

/// The most steps a pattern may have: one bit each, and one for the end.
pub const MAX_STEPS: usize = 63;

/// A step of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PatternStep {
    /// One of these countries.
    OneOf(Vec<CountryCode>),
    /// Any one country.
    Any,
    /// Any number of countries, none included.
    Gap,
}

/// The countries that a route follows.
///
/// # Example
/// ```
/// use fiberplan::request::{CountryPattern, PatternStep};
/// let code = |text: &str| text.parse().expect("a code");
/// // TM,AF|IR,*,PK
/// let choice = PatternStep::OneOf(vec![code("AF"), code("IR")]);
/// let end = |text| PatternStep::OneOf(vec![code(text)]);
/// let pattern = CountryPattern::new(vec![end("TM"), choice, PatternStep::Gap, end("PK")])?;
/// assert_eq!(pattern.to_string(), "TM,AF|IR,*,PK");
/// let matches = |codes: &[&str]| pattern.matches(codes.iter().map(|text| code(text)));
/// assert!(matches(&["TM", "IR", "PK"]) && matches(&["TM", "AF", "TJ", "CN", "PK"]));
/// assert!(!matches(&["TM", "UZ", "PK"]) && !matches(&["TM", "AF"]));
/// # Ok::<(), fiberplan::request::PatternError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountryPattern {
    steps: Vec<PatternStep>,
}

/// Why steps make no pattern.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PatternError {
    /// There are none.
    #[error("expected at least one country, found none")]
    Empty,
    /// There are too many.
    #[error("expected at most {MAX_STEPS} countries, found {0}")]
    TooLong(usize),
    /// The next country is always another one.
    #[error("{0} stands twice in a row")]
    TwiceInARow(CountryCode),
}

/// The positions that a pattern may be at: bit i is set if its first i steps may have been read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Positions(u64);

impl CountryPattern {
    /// A pattern of these steps.
    ///
    /// # Errors
    /// If there are no steps, more than 63, or one country twice in a row.
    pub fn new(steps: Vec<PatternStep>) -> Result<Self, PatternError> {
        if steps.is_empty() {
            return Err(PatternError::Empty);
        }
        if steps.len() > MAX_STEPS {
            return Err(PatternError::TooLong(steps.len()));
        }
        for pair in steps.windows(2) {
            if let [PatternStep::OneOf(a), PatternStep::OneOf(b)] = pair
                && let ([one], [other]) = (a.as_slice(), b.as_slice())
                && one == other
            {
                return Err(PatternError::TwiceInARow(*one));
            }
        }
        Ok(Self { steps })
    }

    /// Exactly these countries, in order.
    ///
    /// # Errors
    /// As for [`CountryPattern::new`].
    pub fn exactly(countries: &[CountryCode]) -> Result<Self, PatternError> {
        Self::new(countries.iter().map(|&country| PatternStep::OneOf(vec![country])).collect())
    }

    /// Its steps.
    #[must_use]
    pub fn steps(&self) -> &[PatternStep] {
        &self.steps
    }

    /// The countries of a pattern without choices and gaps.
    #[must_use]
    pub fn plain(&self) -> Option<Vec<CountryCode>> {
        let only = |step: &PatternStep| match step {
            PatternStep::OneOf(countries) if countries.len() == 1 => Some(countries[0]),
            PatternStep::OneOf(_) | PatternStep::Any | PatternStep::Gap => None,
        };
        self.steps.iter().map(only).collect()
    }

    /// Every country that it names, in order, each once.
    #[must_use]
    pub fn countries(&self) -> Vec<CountryCode> {
        let mut named = Vec::new();
        for step in &self.steps {
            if let PatternStep::OneOf(countries) = step {
                for country in countries {
                    if !named.contains(country) {
                        named.push(*country);
                    }
                }
            }
        }
        named
    }

    /// Whether some route that follows it may enter a country.
    #[must_use]
    pub fn allows(&self, country: CountryCode) -> bool {
        self.steps.iter().any(|step| step.reads(country))
    }

    /// Whether a route that follows it may begin in a country.
    #[must_use]
    pub fn may_begin_in(&self, country: CountryCode) -> bool {
        !self.read(self.start(), country).is_dead()
    }

    /// Whether a route that follows it may end in a country.
    #[must_use]
    pub fn may_end_in(&self, country: CountryCode) -> bool {
        // Backwards: the last step that is no gap reads it, or a gap after that does.
        let mut steps = self.steps.iter().rev();
        steps
            .find_map(|step| match step {
                PatternStep::Gap => None,
                other => Some(other.reads(country)),
            })
            .unwrap_or(true)
            || matches!(self.steps.last(), Some(PatternStep::Gap))
    }

    /// Before the first country.
    #[must_use]
    pub fn start(&self) -> Positions {
        self.with_gaps(1)
    }

    /// After one more country.
    #[must_use]
    pub fn read(&self, at: Positions, country: CountryCode) -> Positions {
        let mut next = 0;
        for (i, step) in self.steps.iter().enumerate().filter(|(i, _)| at.0 & 1 << i != 0) {
            match step {
                PatternStep::Gap => next |= 1 << i,
                step if step.reads(country) => next |= 1 << (i + 1),
                PatternStep::OneOf(_) | PatternStep::Any => {}
            }
        }
        self.with_gaps(next)
    }

    /// Whether the whole pattern may have been read.
    #[must_use]
    pub fn is_complete(&self, at: Positions) -> bool {
        at.0 & 1 << self.steps.len() != 0
    }

    /// Whether a route through these countries, in order, follows it.
    #[must_use]
    pub fn matches(&self, countries: impl IntoIterator<Item = CountryCode>) -> bool {
        let end = countries.into_iter().fold(self.start(), |at, country| self.read(at, country));
        self.is_complete(end)
    }

    /// A gap may be passed over without reading a country.
    fn with_gaps(&self, mut mask: u64) -> Positions {
        for (i, step) in self.steps.iter().enumerate() {
            if mask & 1 << i != 0 && *step == PatternStep::Gap {
                mask |= 1 << (i + 1);
            }
        }
        Positions(mask)
    }
}

impl PatternStep {
    fn reads(&self, country: CountryCode) -> bool {
        match self {
            Self::OneOf(countries) => countries.contains(&country),
            Self::Any | Self::Gap => true,
        }
    }
}

impl Positions {
    /// Whether nothing that may follow can make the pattern complete.
    #[must_use]
    pub fn is_dead(self) -> bool {
        self.0 == 0
    }

    /// How many steps have been read of a pattern without choices and gaps.
    #[must_use]
    pub fn steps_read(self) -> usize {
        self.0.trailing_zeros() as usize
    }
}

impl fmt::Display for PatternStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OneOf(countries) => {
                let codes: Vec<&str> = countries.iter().map(CountryCode::as_str).collect();
                f.write_str(&codes.join("|"))
            }
            Self::Any => f.write_str("?"),
            Self::Gap => f.write_str("*"),
        }
    }
}

impl fmt::Display for CountryPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let steps: Vec<String> = self.steps.iter().map(ToString::to_string).collect();
        f.write_str(&steps.join(","))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> CountryCode {
        text.parse().expect("a code")
    }

    /// The slow obvious reading: try every way to share the countries out over the steps.
    fn matches_slowly(steps: &[PatternStep], countries: &[CountryCode]) -> bool {
        let Some((first, rest)) = steps.split_first() else { return countries.is_empty() };
        match first {
            PatternStep::Gap => (0..=countries.len()).any(|n| matches_slowly(rest, &countries[n..])),
            PatternStep::Any => countries.split_first().is_some_and(|(_, more)| matches_slowly(rest, more)),
            PatternStep::OneOf(some) => {
                countries.split_first().is_some_and(|(one, more)| some.contains(one) && matches_slowly(rest, more))
            }
        }
    }

    #[test]
    fn every_short_pattern_reads_every_short_list_as_the_slow_reading_does() {
        let codes = [code("AA"), code("BB"), code("CC")];
        let steps = [
            PatternStep::OneOf(vec![codes[0]]),
            PatternStep::OneOf(vec![codes[1], codes[2]]),
            PatternStep::Any,
            PatternStep::Gap,
        ];
        let lists = |n: u32| (0..3_usize.pow(n)).map(move |i| (0..n).map(|k| codes[i / 3_usize.pow(k) % 3]).collect());
        let lists: Vec<Vec<CountryCode>> = (0..5).flat_map(lists).collect();
        for n in 1..=4_u32 {
            for i in 0..4_usize.pow(n) {
                let own: Vec<PatternStep> = (0..n).map(|k| steps[i / 4_usize.pow(k) % 4].clone()).collect();
                let Ok(pattern) = CountryPattern::new(own.clone()) else { continue };
                for list in &lists {
                    assert_eq!(
                        pattern.matches(list.iter().copied()),
                        matches_slowly(&own, list),
                        "{pattern} reads {list:?}"
                    );
                }
                for &end in &codes {
                    let some = |at: fn(&Vec<CountryCode>) -> Option<&CountryCode>| {
                        lists.iter().any(|list| at(list) == Some(&end) && matches_slowly(&own, list))
                    };
                    assert_eq!(pattern.may_begin_in(end), some(|list| list.first()), "{pattern} begins in {end}");
                    assert_eq!(pattern.may_end_in(end), some(|list| list.last()), "{pattern} ends in {end}");
                }
            }
        }
    }

    #[test]
    fn what_is_no_pattern() {
        assert_eq!(CountryPattern::exactly(&[]), Err(PatternError::Empty));
        assert_eq!(CountryPattern::exactly(&[code("AA"); 2]), Err(PatternError::TwiceInARow(code("AA"))));
        assert_eq!(CountryPattern::new(vec![PatternStep::Gap; 64]), Err(PatternError::TooLong(64)));
        let longest = CountryPattern::new(vec![PatternStep::Any; 63]).expect("63 steps");
        assert!(longest.matches([code("AA"), code("BB")].into_iter().cycle().take(63)));
        assert!(!longest.matches([code("AA"), code("BB")].into_iter().cycle().take(62)));
    }
}
