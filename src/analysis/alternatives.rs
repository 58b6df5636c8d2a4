//! Near-optimal alternatives: routes hardly worse than the best one, and really different from each other.
//!
//! Routes are looked at in order of the objective, one after the other. Listed is each that is within the margin and
//! differs enough from every route listed before it, so the next one listed is always the best of those that do. How many
//! are looked at is limited; whoever asks is told whether that cut the list short.

use std::collections::{BTreeMap, VecDeque};

use super::plan::Plan;
use crate::graph::NO_SEGMENT;
use crate::graph::loopless::{Path, Paths};
use crate::metrics::{Measure, Route};
use crate::network::SegmentId;
use crate::request::Request;

/// The most routes that are listed.
pub const MAX_LISTED: usize = 1000;

/// The most routes that are looked at.
pub const MAX_LOOKED_AT: usize = 100_000;

/// The most that are looked at where the number of countries, or shares of the length, are bounded.
pub const MAX_LOOKED_AT_IN_BOUNDS: usize = 1024;

/// Alternative routes.
#[derive(Debug, Clone, PartialEq)]
pub struct Alternatives {
    /// The routes listed, best first.
    pub routes: Vec<Route>,
    /// How many were looked at.
    pub looked_at: usize,
    /// Whether these are all that were asked for; else a limit was reached, and there may be more.
    pub is_complete: bool,
}

/// Which routes are listed.
#[derive(Debug, Clone, Copy)]
struct Rules {
    /// At most so many.
    most: usize,
    /// That part of a route's length, in millionths, lies off every other route that is listed before it.
    distinct: u64,
    /// No more than that above the best, in millionths of it.
    within: Option<u64>,
    look_at: usize,
}

/// A route to be looked at: what it weighs, and its segments by number with their metres.
struct Candidate<T> {
    weight: u64,
    segments: Vec<(u32, u64)>,
    route: T,
}

/// What was chosen of the candidates.
struct Choice<T> {
    listed: Vec<Candidate<T>>,
    looked_at: usize,
    is_complete: bool,
}

impl Plan<'_> {
    /// The best routes of a request, at most `request.k` and [`MAX_LISTED`] of them, best first.
    ///
    /// `distinct`: each route differs from every one listed before it by at least that share of its own length, counted in
    /// the segments that the other does not use. `within`: no route's objective is more than that share above the best
    /// one's. Shares are from 0 to 1, as [`crate::request::parse_percent`] reads them, and kept in whole millionths.
    #[must_use]
    pub fn alternatives(&self, request: &Request, distinct: Option<f64>, within: Option<f64>) -> Alternatives {
        let millionths = |share: f64| (share.clamp(0.0, 1.0) * 1e6).round() as u64;
        let bounds = &request.bounds;
        let is_bounded = *bounds != bounds.only_sums() || !request.shares.is_empty();
        let rules = Rules {
            most: request.k,
            distinct: distinct.map_or(0, millionths),
            within: within.map(millionths),
            look_at: if is_bounded { MAX_LOOKED_AT_IN_BOUNDS } else { MAX_LOOKED_AT },
        };
        let request = Request { objective: self.settled(request), ..request.clone() };
        if is_bounded { self.by_batches(&request, rules) } else { self.one_by_one(&request, rules) }
    }

    fn one_by_one(&self, request: &Request, rules: Rules) -> Alternatives {
        let Some(unfolded) = self.unfold_marked(request, &[Measure::Length]) else {
            return Alternatives { routes: Vec::new(), looked_at: 0, is_complete: true };
        };
        let graph = &unfolded.graph;
        let candidate = |path: Path| {
            let segments = path.arcs.iter().map(|&arc| (graph.edge(arc), graph.column(0, arc)));
            let segments = segments.filter(|(edge, _)| *edge != NO_SEGMENT).collect();
            Candidate { weight: path.weight.primary, segments, route: path.arcs }
        };
        let choice = choose(Paths::new(graph, &unfolded.limits).map(candidate), rules);
        Alternatives {
            routes: choice.listed.iter().map(|one| self.route(&unfolded, &one.route)).collect(),
            looked_at: choice.looked_at,
            is_complete: choice.is_complete && unfolded.is_whole,
        }
    }

    fn by_batches(&self, request: &Request, rules: Rules) -> Alternatives {
        let numbers: BTreeMap<&SegmentId, u32> = self.network().segments().map(|one| one.id()).zip(0..).collect();
        let mut batches = Batches { plan: self, request, k: 0, given: 0, ready: VecDeque::new(), is_stopped: false };
        let candidates = std::iter::from_fn(|| batches.next()).map(|(weight, route)| {
            let segments = route.hops.iter().filter_map(|hop| Some((*numbers.get(&hop.segment)?, hop.length.metres())));
            Candidate { weight, segments: segments.collect(), route }
        });
        let choice = choose(candidates, rules);
        Alternatives {
            routes: choice.listed.into_iter().map(|one| one.route).collect(),
            looked_at: choice.looked_at,
            is_complete: choice.is_complete && !batches.is_stopped,
        }
    }
}

/// The best routes of a request that cannot be searched one by one: each time four times as many are asked for.
struct Batches<'p, 'a> {
    plan: &'p Plan<'a>,
    request: &'p Request,
    k: usize,
    given: usize,
    ready: VecDeque<(u64, Route)>,
    is_stopped: bool,
}

impl Batches<'_, '_> {
    fn next(&mut self) -> Option<(u64, Route)> {
        if self.ready.is_empty() && self.given == self.k {
            self.k = (self.k * 4).max(4);
            let request = Request { k: self.k, ..self.request.clone() };
            let (routes, is_stopped) = self.plan.weighed(&request);
            self.is_stopped = is_stopped;
            self.ready = routes.into_iter().skip(self.given).collect();
        }
        let next = self.ready.pop_front()?;
        self.given += 1;
        Some(next)
    }
}

/// Lists candidates that come in order of weight.
fn choose<T>(mut candidates: impl Iterator<Item = Candidate<T>>, rules: Rules) -> Choice<T> {
    let mut choice = Choice { listed: Vec::new(), looked_at: 0, is_complete: true };
    let mut most_weight = u64::MAX;
    while choice.listed.len() < rules.most {
        let Some(mut candidate) = candidates.next().filter(|next| next.weight <= most_weight) else { break };
        if choice.looked_at == rules.look_at {
            choice.is_complete = false;
            break;
        }
        choice.looked_at += 1;
        candidate.segments.sort_unstable();
        if choice.listed.iter().rev().any(|other| !differs(&candidate.segments, &other.segments, rules.distinct)) {
            continue;
        }
        if choice.listed.len() == MAX_LISTED {
            choice.is_complete = false;
            break;
        }
        if let Some(within) = rules.within.filter(|_| choice.listed.is_empty()) {
            let most = u128::from(candidate.weight) * u128::from(1_000_000 + within) / 1_000_000;
            most_weight = u64::try_from(most).unwrap_or(u64::MAX);
        }
        choice.listed.push(candidate);
    }
    choice
}

/// Whether that part of a route's length, in millionths, lies off another route; both are in order.
fn differs(own: &[(u32, u64)], other: &[(u32, u64)], millionths: u64) -> bool {
    if millionths == 0 {
        return true;
    }
    let mut others = other.iter().map(|(segment, _)| *segment).peekable();
    let (mut whole, mut apart) = (0_u128, 0_u128);
    for &(segment, metres) in own {
        while others.next_if(|next| *next < segment).is_some() {}
        whole += u128::from(metres);
        if others.peek() != Some(&segment) {
            apart += u128::from(metres);
        }
    }
    apart * 1_000_000 >= whole * u128::from(millionths)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(weight: u64, segments: &[(u32, u64)]) -> Candidate<u64> {
        Candidate { weight, segments: segments.to_vec(), route: weight }
    }

    const ALL: Rules = Rules { most: usize::MAX, distinct: 0, within: None, look_at: usize::MAX };

    fn listed(candidates: &[(u64, &[(u32, u64)])], rules: Rules) -> (Vec<u64>, usize, bool) {
        let choice = choose(candidates.iter().map(|(weight, segments)| candidate(*weight, segments)), rules);
        (choice.listed.iter().map(|one| one.weight).collect(), choice.looked_at, choice.is_complete)
    }

    #[test]
    fn a_share_of_its_own_length() {
        // 3 of 10 km off the other route are 30 %; seen from the other, 3 of 10 + 1.
        let (own, other) = ([(1, 4_000), (2, 3_000), (3, 3_000)], [(1, 4_000), (3, 3_000), (7, 4_000)]);
        assert!(differs(&own, &other, 300_000));
        assert!(!differs(&own, &other, 300_001));
        assert!(differs(&other, &own, 4_000_000 / 11));
        assert!(!differs(&own, &own, 1));
    }

    #[test]
    fn the_margin_is_over_the_best_and_ends_the_walk() {
        let routes: [(u64, &[(u32, u64)]); 4] =
            [(100, &[(1, 1)]), (110, &[(2, 1)]), (111, &[(3, 1)]), (112, &[(4, 1)])];
        let within = |share| Rules { within: Some(share), ..ALL };
        assert_eq!(listed(&routes, within(100_000)), (vec![100, 110], 2, true));
        assert_eq!(listed(&routes, within(0)), (vec![100], 1, true));
        assert_eq!(listed(&routes, Rules { most: 3, ..ALL }), (vec![100, 110, 111], 3, true));
        assert_eq!(listed(&routes, Rules { most: 0, ..ALL }), (vec![], 0, true));
    }

    #[test]
    fn the_limits_say_that_they_cut() {
        let alike: [(u64, &[(u32, u64)]); 3] = [(1, &[(1, 9), (2, 1)]), (2, &[(1, 9), (3, 1)]), (3, &[(4, 5)])];
        let distinct = Rules { distinct: 200_000, ..ALL };
        assert_eq!(listed(&alike, distinct), (vec![1, 3], 3, true));
        assert_eq!(listed(&alike, Rules { look_at: 2, ..distinct }), (vec![1], 2, false));
        assert_eq!(listed(&alike, Rules { look_at: 3, ..distinct }), (vec![1, 3], 3, true));
        let many = || (0..MAX_LISTED as u64 + 1).map(|weight| candidate(weight, &[(1, 1)]));
        let choice = choose(many(), ALL);
        assert_eq!((choice.listed.len(), choice.is_complete), (MAX_LISTED, false));
        let choice = choose(many().take(MAX_LISTED), ALL);
        assert_eq!((choice.listed.len(), choice.is_complete), (MAX_LISTED, true));
    }
}
