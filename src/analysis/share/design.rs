//! The least cost of serving several demands that may share what is built for them.
//!
//! What is built is paid once, however many demands go along it: a fixed-charge network design problem (Magnanti and Wong
//! 1984). It is solved exactly by branch and bound over the segments to be built. As long as it is open whether one is
//! built, each demand pays an equal part of it among all demands: no demand then pays more than it would in any answer, so
//! that the sum of the cheapest ways is a lower bound; and building all that these ways use is an answer. The segment
//! for which most is still unpaid is decided first, once as built, once as not.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};

use super::ways::{Way, Ways};
use crate::analysis::games::Coalition;

/// The most cases that are looked at for one coalition.
pub(super) const MAX_CASES: usize = 20_000;

/// Demands served at the least cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Design {
    /// What it costs, in cents.
    pub(super) cents: u64,
    /// What it costs at least: less than that only if the work was stopped.
    pub(super) at_least: u64,
    /// The way of each demand.
    pub(super) ways: Vec<Way>,
    /// The segments to be built, by their numbers.
    pub(super) built: BTreeSet<u32>,
}

/// What is asked: demands, the coalition that asks, and what each segment to be built costs, `None` where it may not be.
pub(super) struct Question<'q, 'a> {
    pub(super) demands: Vec<&'q Ways<'a>>,
    pub(super) exempt: Coalition,
    pub(super) prices: Vec<Option<u64>>,
    pub(super) max_cases: usize,
}

/// Whether a segment is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Open,
    Built,
    Not,
}

/// A case: what is decided, and the cheapest ways under it.
struct Case {
    bound: u64,
    states: Vec<State>,
    ways: Vec<(u64, Way)>,
}

impl Question<'_, '_> {
    /// The least cost, or the first demand that no way serves.
    ///
    /// Complexity: exponential in the number of segments to be built that several demands have a use for; each case takes
    /// a search for each demand.
    pub(super) fn solve(&self) -> Result<Design, usize> {
        let all: Vec<State> = self.prices.iter().map(|price| price.map_or(State::Not, |_| State::Open)).collect();
        let none = vec![State::Not; all.len()];
        // A demand that gains nothing even where building is free needs none of it.
        let mut fixed = Vec::with_capacity(self.demands.len());
        let mut builders = 0;
        for (i, demand) in self.demands.iter().enumerate() {
            let without = demand.cheapest(self.exempt, &|number| self.price(&none, number, 1));
            let free = demand.cheapest(self.exempt, &|number| self.prices[number as usize].map(|_| 0)).ok_or(i)?;
            let needs_none = without.filter(|(cents, _)| *cents <= free.0);
            builders += u64::from(needs_none.is_none());
            fixed.push(needs_none);
        }
        self.branch(all, &fixed, builders.max(1)).ok_or(0)
    }

    /// What a demand pays for going along a segment.
    fn price(&self, states: &[State], number: u32, builders: u64) -> Option<u64> {
        match states[number as usize] {
            State::Open => self.prices[number as usize].map(|price| price / builders),
            State::Built => Some(0),
            State::Not => None,
        }
    }

    fn case(&self, states: Vec<State>, before: &[Option<(u64, Way)>], builders: u64) -> Option<Case> {
        let mut ways = Vec::with_capacity(self.demands.len());
        for (demand, before) in self.demands.iter().zip(before) {
            ways.push(match before {
                Some(way) => way.clone(),
                None => demand.cheapest(self.exempt, &|number| self.price(&states, number, builders))?,
            });
        }
        let paid = states.iter().zip(&self.prices).filter(|(state, _)| **state == State::Built);
        let paid = paid.fold(0_u64, |sum, (_, price)| sum.saturating_add(price.unwrap_or(0)));
        let bound = ways.iter().fold(paid, |sum, (cents, _)| sum.saturating_add(*cents));
        Some(Case { bound, states, ways })
    }

    /// The answer that a case's ways are, with all that they use built.
    fn answer(&self, case: &Case) -> Design {
        let mut design = Design { cents: 0, at_least: 0, ways: Vec::new(), built: BTreeSet::new() };
        for (demand, (_, way)) in self.demands.iter().zip(&case.ways) {
            design.built.extend(demand.built_on(way));
            design.cents = design.cents.saturating_add(way.cents);
            design.ways.push(way.clone());
        }
        for &number in &design.built {
            design.cents = design.cents.saturating_add(self.prices[number as usize].unwrap_or(0));
        }
        design
    }

    /// The segment to decide next: that for which most is still unpaid.
    fn undecided(&self, case: &Case, builders: u64) -> Option<u32> {
        let mut uses = vec![0_u64; self.prices.len()];
        for (demand, (_, way)) in self.demands.iter().zip(&case.ways) {
            demand.built_on(way).for_each(|number| uses[number as usize] += 1);
        }
        let open = (0..self.prices.len() as u32)
            .filter(|&number| case.states[number as usize] == State::Open && uses[number as usize] > 0);
        open.max_by_key(|&number| {
            let price = self.prices[number as usize].unwrap_or(0);
            (price.saturating_sub(price / builders * uses[number as usize]), Reverse(number))
        })
    }

    fn branch(&self, states: Vec<State>, fixed: &[Option<(u64, Way)>], builders: u64) -> Option<Design> {
        let mut cases = vec![self.case(states, fixed, builders)?];
        let mut best = self.answer(&cases[0]);
        let mut queue = BinaryHeap::from([Reverse((cases[0].bound, 0))]);
        while let Some(Reverse((bound, i))) = queue.pop() {
            if bound >= best.cents {
                break;
            }
            if cases.len() >= self.max_cases {
                return Some(Design { at_least: bound, ..best });
            }
            let Some(number) = self.undecided(&cases[i], builders) else { continue };
            for decided in [State::Built, State::Not] {
                let mut states = cases[i].states.clone();
                states[number as usize] = decided;
                let kept = |(ways, fixed): (&(u64, Way), &Option<(u64, Way)>)| match (decided, fixed) {
                    (_, Some(fixed)) => Some(fixed.clone()),
                    // What does not use it is not touched by its going.
                    (State::Not, None) => Some(ways.clone()),
                    (State::Open | State::Built, None) => None,
                };
                let mut before: Vec<_> = cases[i].ways.iter().zip(fixed).map(kept).collect();
                for (demand, before) in self.demands.iter().zip(&mut before) {
                    if before.as_ref().is_some_and(|(_, way)| demand.built_on(way).any(|own| own == number)) {
                        *before = None;
                    }
                }
                let Some(case) = self.case(states, &before, builders) else { continue };
                let answer = self.answer(&case);
                if answer.cents < best.cents {
                    best = answer;
                }
                if case.bound < best.cents {
                    queue.push(Reverse((case.bound, cases.len())));
                    cases.push(case);
                }
            }
            cases[i].ways.clear();
        }
        best.at_least = best.cents;
        Some(best)
    }
}
