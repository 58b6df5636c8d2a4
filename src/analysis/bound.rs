//! One bound at a time: what it bounds, what a route has of that, and what one would type for it.

use super::plan::Plan;
use crate::metrics::availability::{RISK_UNITS, availability};
use crate::metrics::{Criterion, Route};
use crate::network::CountryCode;
use crate::request::{MaxShare, Objective, Request, ShareOf};

/// What a bound bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bounded {
    /// A criterion.
    Of(Criterion),
    /// The share of the length that lies somewhere, in millionths.
    Share(ShareOf),
}

/// An upper bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bound {
    /// On what.
    pub of: Bounded,
    /// The most that is allowed, in whole units.
    pub most: u64,
}

/// Half of a tenth of a millisecond, as bounds on latency are one way.
const FS_OF_STEP: u64 = 50_000_000_000;

/// All of a route, in millionths.
const WHOLE: u64 = 1_000_000;

/// A tenth of a per cent, in millionths.
const SHARE_STEP: u64 = 1_000;

impl Bound {
    /// The bounds of a request, in the order in which they are to be thought of. A share of 100 % bounds nothing.
    #[must_use]
    pub fn all(request: &Request) -> Vec<Self> {
        let bounds = request.bounds.iter();
        let mut all: Vec<Self> = bounds.map(|(of, most)| Self { of: Bounded::Of(of), most }).collect();
        for share in &request.shares {
            let of = Bounded::Share(share.of);
            let same = request.shares.iter().filter(|other| other.of == share.of);
            let most = same.map(|other| u64::from(other.millionths)).min().unwrap_or(WHOLE);
            if most < WHOLE && all.iter().all(|bound| bound.of != of) {
                all.push(Self { of, most });
            }
        }
        all
    }
}

impl Bounded {
    /// Sets the bound in a request, or drops it.
    pub fn set(self, request: &mut Request, most: Option<u64>) {
        match self {
            Self::Of(criterion) => request.bounds.set(criterion, most),
            Self::Share(of) => {
                request.shares.retain(|share| share.of != of);
                // A country without a bound of its own would fall under the one that holds for each.
                let under_each = request.shares.iter().any(|share| share.of == ShareOf::EachTransitCountry);
                let free = under_each.then_some(WHOLE as u32);
                let most = most.map(|most| u32::try_from(most).unwrap_or(u32::MAX));
                request.shares.extend(most.or(free).map(|millionths| MaxShare { of, millionths }));
            }
        }
    }

    /// The objective that it is itself the measure of.
    #[must_use]
    pub fn objective(self) -> Option<Objective> {
        match self {
            Self::Of(criterion) => Objective::of_criterion(criterion),
            Self::Share(_) => None,
        }
    }

    /// The bound that an objective is itself the measure of.
    #[must_use]
    pub fn of_objective(objective: Objective) -> Option<Self> {
        objective.criterion().map(Self::Of)
    }

    /// What a route has of it, in whole units: the least bound that lets the route be.
    #[must_use]
    pub fn figure(self, route: &Route, request: &Request) -> u64 {
        match self {
            Self::Of(criterion) => criterion.of(route),
            Self::Share(ShareOf::Country(country)) => millionths(route, country),
            Self::Share(ShareOf::EachTransitCountry) => {
                let own = |country: &CountryCode| request.shares.iter().any(|s| s.of == ShareOf::Country(*country));
                let ends = [route.countries.first(), route.countries.last()];
                let transit = route.countries.iter().filter(|country| !ends.contains(&Some(country)));
                let shares = transit.filter(|country| !own(country)).map(|country| millionths(route, *country));
                shares.max().unwrap_or(0)
            }
        }
    }

    /// The least bound a user would type that allows this much. The steps are 0.1 ms, 1 USD, 1 km and 0.1 % of a share; of
    /// unavailability, about a hundredth.
    #[must_use]
    pub fn allowing(self, figure: u64) -> Bound {
        let most = match self {
            Self::Of(Criterion::Latency) => figure.div_ceil(FS_OF_STEP).saturating_mul(FS_OF_STEP),
            Self::Of(Criterion::Cost) => figure.div_ceil(100).saturating_mul(100),
            Self::Of(Criterion::Length) => figure.div_ceil(1000).saturating_mul(1000),
            Self::Of(Criterion::Unavailability) => rounded_unavailability(figure),
            Self::Of(Criterion::Crossings | Criterion::Countries | Criterion::TransitCountries) => figure,
            Self::Share(_) => (figure.div_ceil(SHARE_STEP) * SHARE_STEP).min(WHOLE),
        };
        Bound { of: self, most: most.max(figure) }
    }
}

/// A figure that some route can keep to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Least {
    /// In whole units.
    pub figure: u64,
    /// Whether none can keep to less; else the search for one was stopped.
    pub is_sure: bool,
}

impl Plan<'_> {
    /// The least bound of a kind that a request's routes can keep, whatever its objective; one that it has already is
    /// not regarded. `None` if it has no routes.
    #[must_use]
    pub fn least(&self, request: &Request, bounded: Bounded) -> Option<Least> {
        let mut request = Request { objective: Objective::Length, k: 1, ..request.clone() };
        bounded.set(&mut request, None);
        let best = |request: &Request| {
            let (mut found, is_stopped) = self.weighed(request);
            (found.pop(), is_stopped)
        };
        if let Some(objective) = bounded.objective() {
            let (found, is_stopped) = best(&Request { objective, ..request });
            return Some(Least { figure: found?.0, is_sure: !is_stopped });
        }
        // No objective: halved until nothing lies between what has a route and what has none.
        let mut enough = bounded.figure(&best(&request).0?.1, &request);
        let mut least = 0;
        while least < enough {
            let middle = least + (enough - least) / 2;
            bounded.set(&mut request, Some(middle));
            match best(&request) {
                (Some((_, route)), _) => enough = bounded.figure(&route, &request).min(middle),
                (None, false) => least = middle + 1,
                (None, true) => return Some(Least { figure: enough, is_sure: false }),
            }
        }
        Some(Least { figure: enough, is_sure: true })
    }
}

/// The share of a route's length in a country, in millionths, rounded up.
fn millionths(route: &Route, country: CountryCode) -> u64 {
    let here = route.shares.iter().find(|share| share.country == country).map_or(0, |share| share.length.metres());
    let whole = u128::from(route.length.metres().max(1));
    u64::try_from((u128::from(here) * u128::from(WHOLE)).div_ceil(whole)).unwrap_or(WHOLE)
}

/// The unavailability of the percentage that is typed for a least availability: rounded down after two digits of what is
/// missing from 100 %, and never before the second decimal.
fn rounded_unavailability(figure: u64) -> u64 {
    let missing = -100.0 * (-(figure as f64) / RISK_UNITS).exp_m1();
    let digits = (1.0 - missing.log10().floor()).clamp(2.0, 12.0);
    let scale = 10_f64.powf(digits);
    let percent = (availability(figure) * 100.0 * scale).floor() / scale;
    Criterion::Unavailability.whole(percent.max(0.0) / 100.0)
}
