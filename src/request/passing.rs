//! What has been passed of the things that a route is to pass.
//!
//! A route goes through moments: it stands at a place, in a country; it runs along a segment, through one country after
//! another. While at sea it is in no country, and a landing that a submarine chain only touches is a place, not a
//! country. In any order, what is passed is a set; in order, it is how far the list has got: of two things that are
//! passed at the same moment (a town and its country), either may stand first in the list.

use super::query::Via;
use crate::metrics::Arrival;
use crate::network::{CountryCode, Node, NodeId, Segment, SegmentId};

/// The most things a request may ask to pass; one that asks for more is not unfolded, and its answer not known.
pub const MAX_VIA: usize = 16;

/// What a route is to pass.
#[derive(Debug, Clone, Copy)]
pub(super) struct Passing<'a> {
    via: &'a [Via],
    in_order: bool,
}

/// A bit for each thing passed, or how many of them in order.
pub(super) type Passed = u16;

#[derive(Debug, Clone, Copy, Default)]
struct Moment<'a> {
    node: Option<&'a NodeId>,
    country: Option<CountryCode>,
    segment: Option<&'a SegmentId>,
}

impl<'a> Passing<'a> {
    pub(super) fn new(via: &'a [Via], in_order: bool) -> Self {
        Self { via: &via[..via.len().min(MAX_VIA)], in_order }
    }

    /// At the place where a route begins, or where it ends: it is in the place's country, however it came there.
    pub(super) fn at_end(&self, passed: Passed, place: &Node) -> Passed {
        self.pass(passed, Moment { node: Some(&place.id), country: Some(place.country), segment: None })
    }

    /// After a step along a segment.
    pub(super) fn along(
        &self,
        mut passed: Passed,
        segment: &Segment,
        here: &Node,
        there: &Node,
        arrival: Arrival,
    ) -> Passed {
        if self.via.is_empty() {
            return passed;
        }
        let along = Moment { segment: Some(segment.id()), ..Moment::default() };
        if arrival != Arrival::Land {
            passed = self.pass(passed, along);
            return self.pass(passed, Moment { node: Some(&there.id), ..Moment::default() });
        }
        // Going on over land from a landing, the route is in the landing's country at once.
        passed = self.at_end(passed, here);
        let n = segment.pieces.len();
        for i in 0..n {
            let piece = segment.pieces[if segment.row.from == here.id { i } else { n - 1 - i }];
            passed = self.pass(passed, Moment { country: Some(piece.country), ..along });
        }
        self.at_end(passed, there)
    }

    /// Whether everything has been passed.
    pub(super) fn is_complete(&self, passed: Passed) -> bool {
        let n = self.via.len();
        u32::from(passed) == if self.in_order { n as u32 } else { (1 << n) - 1 }
    }

    /// A bit for each thing to pass.
    pub(super) fn all(&self) -> Passed {
        ((1_u32 << self.via.len()) - 1) as Passed
    }

    fn pass(&self, passed: Passed, moment: Moment<'_>) -> Passed {
        let is_here = |via: &Via| match via {
            Via::Node(wanted) => moment.node == Some(wanted),
            Via::Country(wanted) => moment.country == Some(*wanted),
            Via::Segments(wanted) => moment.segment.is_some_and(|id| wanted.contains(id)),
        };
        if self.in_order {
            return passed + self.via[usize::from(passed)..].iter().take_while(|via| is_here(via)).count() as Passed;
        }
        self.via.iter().enumerate().filter(|(_, via)| is_here(via)).fold(passed, |passed, (i, _)| passed | 1 << i)
    }
}
