//! What happens on the way: borders passed, devices passed, landings passed by.
//!
//! One small state machine that both the search and the bill walk, so that they cannot disagree. The countries of a
//! route are the runs of its pieces with the sea left out: leaving a country by sea and landing in it again passes no
//! border, and a landing station that a submarine chain only touches is not entered.

use crate::network::{CountryCode, Node, Segment};

/// How a route has come to a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Arrival {
    /// It begins here.
    Start,
    /// Over land: it is in the place's country.
    Land,
    /// By sea, having left that country: it is in no country until it goes ashore.
    Sea {
        /// The last country it was in.
        last: CountryCode,
    },
}

/// How a border is passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PassedBy {
    /// Over land, at a cut between two pieces of the segment.
    Land {
        /// Index of the cut in the segment's own direction.
        cut: usize,
    },
    /// From landing to landing.
    Sea,
}

/// A border passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Passed {
    /// The country left.
    pub from: CountryCode,
    /// The country entered.
    pub to: CountryCode,
    /// Over land or by sea.
    pub by: PassedBy,
}

/// The state machine.
#[derive(Debug, Clone, Copy)]
pub struct Journey;

impl Journey {
    /// Whether a device stands at a place reached that way and left over land or by sea: not where the route begins,
    /// and not where a submarine chain only touches.
    #[must_use]
    pub fn meets_device(arrival: Arrival, leaves_by_sea: bool) -> bool {
        match arrival {
            Arrival::Start => false,
            Arrival::Land => true,
            Arrival::Sea { .. } => !leaves_by_sea,
        }
    }

    /// Goes along a segment (`forward`: from its `from` to its `to`), calling `pass` for each border in turn.
    pub fn go(arrival: Arrival, at: &Node, segment: &Segment, forward: bool, mut pass: impl FnMut(Passed)) -> Arrival {
        let last = match arrival {
            Arrival::Start | Arrival::Land => at.country,
            Arrival::Sea { last } => last,
        };
        if segment.row.medium.is_submarine() {
            return Arrival::Sea { last };
        }
        if last != at.country {
            pass(Passed { from: last, to: at.country, by: PassedBy::Sea });
        }
        let n = segment.pieces.len();
        for i in 1..n {
            let (before, after, cut) = if forward { (i - 1, i, i - 1) } else { (n - i, n - i - 1, n - i - 1) };
            let (from, to) = (segment.pieces[before].country, segment.pieces[after].country);
            pass(Passed { from, to, by: PassedBy::Land { cut } });
        }
        Arrival::Land
    }

    /// Ends at a place: going ashore there, if it was reached by sea.
    #[must_use]
    pub fn end(arrival: Arrival, at: &Node) -> Option<Passed> {
        match arrival {
            Arrival::Sea { last } if last != at.country => {
                Some(Passed { from: last, to: at.country, by: PassedBy::Sea })
            }
            Arrival::Start | Arrival::Land | Arrival::Sea { .. } => None,
        }
    }
}
