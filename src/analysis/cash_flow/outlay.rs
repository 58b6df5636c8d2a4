//! What a cash flow pays for: the terms of a bill, with the repair of what is built told apart from its other operation.

use std::fmt;
use std::ops::{Index, IndexMut};

use crate::analysis::Plan;
use crate::metrics::cost::whole_cents;
use crate::metrics::finance::annuity_factor;
use crate::metrics::{Bill, Hop, Route, Term, discount_rate};
use crate::network::{Segment, Tenure};
use crate::prices::{PriceFamily, PriceKey};
use crate::units::Usd;

/// What is paid for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Outlay {
    /// [`Term::Capex`]
    Build,
    /// [`Term::Opex`] without repair.
    Operate,
    /// Mending what was built, the part of [`Term::Opex`] that goes by the failures to be expected.
    Repair,
    /// [`Term::Lease`]
    Lease,
    /// [`Term::Transit`]
    Transit,
    /// [`Term::Crossing`]
    Crossing,
    /// [`Term::Equipment`]
    Equipment,
}

/// How many there are.
const N_OUTLAYS: usize = Outlay::ALL.len();

impl Outlay {
    /// All of them, in the order of the bill.
    pub const ALL: [Self; 7] =
        [Self::Build, Self::Operate, Self::Repair, Self::Lease, Self::Transit, Self::Crossing, Self::Equipment];

    /// The term of the bill that it is, or is a part of.
    #[must_use]
    pub const fn term(self) -> Term {
        match self {
            Self::Build => Term::Capex,
            Self::Operate | Self::Repair => Term::Opex,
            Self::Lease => Term::Lease,
            Self::Transit => Term::Transit,
            Self::Crossing => Term::Crossing,
            Self::Equipment => Term::Equipment,
        }
    }

    /// Its name in files and JSON: that of the term, or `repair`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Repair => "repair",
            other => other.term().as_str(),
        }
    }

    /// Its name as a column heading.
    #[must_use]
    pub const fn heading(self) -> &'static str {
        match self {
            Self::Repair => "repair",
            other => other.term().heading(),
        }
    }

    /// Whether it falls due at each year's end of the term; else it is paid once.
    #[must_use]
    pub const fn is_yearly(self) -> bool {
        self.term().is_yearly()
    }
}

impl fmt::Display for Outlay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Whole cents by [`Outlay`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OutlayCents([i64; N_OUTLAYS]);

impl OutlayCents {
    /// The sum of all outlays.
    #[must_use]
    pub fn total(&self) -> i64 {
        self.0.iter().sum()
    }

    /// Each outlay's cents, in the order of [`Outlay::ALL`].
    pub fn iter(&self) -> impl Iterator<Item = i64> {
        self.0.into_iter()
    }
}

impl Index<Outlay> for OutlayCents {
    type Output = i64;
    fn index(&self, outlay: Outlay) -> &i64 {
        &self.0[outlay as usize]
    }
}

impl IndexMut<Outlay> for OutlayCents {
    fn index_mut(&mut self, outlay: Outlay) -> &mut i64 {
        &mut self.0[outlay as usize]
    }
}

impl std::iter::Sum for OutlayCents {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |sum, one| Self(std::array::from_fn(|i| sum.0[i] + one.0[i])))
    }
}

/// A price-book entry that was used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Its name.
    pub entry: PriceKey,
    /// Its source.
    pub source: String,
}

/// Sums by [`Outlay`], present values at the start of service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Outlays {
    sums: [Usd; N_OUTLAYS],
}

impl Outlays {
    /// The terms of a bill, of whose operation so much is repair; at most all of it is.
    ///
    /// # Example
    /// ```
    /// use fiberplan::analysis::{Outlay, Outlays};
    /// use fiberplan::metrics::{Bill, Factor, Leaf, Term};
    /// use fiberplan::units::Usd;
    ///
    /// let factors = vec![Factor::quantity("", 100.0, "USD")];
    /// let bill = Bill::of(&[Leaf::new(Term::Opex, "AF".parse()?, factors)]);
    /// let outlays = Outlays::of(&bill, Usd::from_dollars(30.0)?);
    /// assert_eq!(outlays.sum(Outlay::Operate), Usd::from_dollars(70.0)?);
    /// assert_eq!(outlays.sum(Outlay::Repair), Usd::from_dollars(30.0)?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn of(bill: &Bill, repair: Usd) -> Self {
        Self::of_terms(Term::ALL.map(|term| bill.term(term)), repair)
    }

    /// The same of sums by [`Term`], in the order of [`Term::ALL`].
    pub(super) fn of_terms(terms: [Usd; 6], repair: Usd) -> Self {
        let operation = terms[Term::Opex as usize];
        let repair = repair.max(Usd::ZERO).min(operation);
        let sum = |outlay: Outlay| match outlay {
            Outlay::Operate => operation - repair,
            Outlay::Repair => repair,
            other => terms[other.term() as usize],
        };
        Self { sums: Outlay::ALL.map(sum) }
    }

    /// One of the sums.
    #[must_use]
    pub fn sum(&self, outlay: Outlay) -> Usd {
        self.sums[outlay as usize]
    }
}

/// The repairs that what a route builds is to expect.
#[derive(Debug, Clone, PartialEq)]
pub struct Repairs {
    /// Failures a year.
    pub failures: f64,
    /// What mending them costs a year, in the price book's money.
    pub per_year: Usd,
    /// The present value of that over the term: the part of [`Term::Opex`] that is repair.
    pub present: Usd,
    /// Whether on some segment it would be more than all its operation, and is cut down to that.
    pub is_cut: bool,
    /// The price-book entries of a repair's cost.
    pub origins: Vec<Origin>,
}

impl Repairs {
    /// The failures that each built piece is to expect in a year, `failure.MEDIUM.COUNTRY` for each 1,000 km, times
    /// `repair_cost.land` or `.submarine`. What is leased is repaired by its owner: its rent has it. `None` where nothing
    /// is built, or where the price book does not say what a repair costs.
    ///
    /// Of a segment no more is repair than its bill has for operation, so that operation is never negative.
    ///
    /// # Complexity
    /// Linear in the pieces and the leaves.
    #[must_use]
    pub fn of(plan: &Plan<'_>, route: &Route) -> Option<Self> {
        let rate = discount_rate(plan.book());
        let years = annuity_factor(rate, plan.demand().term_years).ok()?;
        let (mut repairs, mut cents): (Option<Self>, f64) = (None, 0.0);
        for hop in &route.hops {
            let built = plan.network().find_segment(&hop.segment).filter(|own| own.tenure() == Tenure::Build);
            let Some(segment) = built else { continue };
            let side = if segment.row.medium.is_submarine() { "submarine" } else { "land" };
            let entry = PriceFamily::RepairCost.of_word(side);
            let Some(price) = plan.book().find(entry) else { continue };
            let failures = failures_a_year(plan, segment);
            let own = repairs.get_or_insert(Self {
                failures: 0.0,
                per_year: Usd::ZERO,
                present: Usd::ZERO,
                is_cut: false,
                origins: Vec::new(),
            });
            let (present, operation) = (whole_cents(failures * price.base * years), operation(hop));
            own.failures += failures;
            own.present += present.min(operation);
            own.is_cut |= present > operation;
            if !own.origins.iter().any(|known| known.entry == entry) {
                own.origins.push(Origin { entry, source: price.source.clone() });
            }
            cents = own.present.cents() as f64;
        }
        // After the cut, so that it is what the table has each year.
        repairs.map(|own| Self { per_year: Usd::from_dollars(cents / 100.0 / years).unwrap_or_default(), ..own })
    }
}

fn failures_a_year(plan: &Plan<'_>, segment: &Segment) -> f64 {
    let family = PriceFamily::Failure(segment.row.medium);
    let rate = |country| plan.book().for_country(family, country).1.base;
    segment.pieces.iter().map(|piece| rate(piece.country) * piece.length.km() / 1000.0).sum()
}

/// What a bill has for operating a segment; the ground it lies in is not operated.
fn operation(hop: &Hop) -> Usd {
    hop.leaves.iter().filter(|leaf| leaf.term == Term::Opex && !leaf.is_wayleave()).map(|leaf| leaf.base()).sum()
}
