//! Where land cables pass a border, and what that place is called.
//!
//! A crossing is named after its border post. Cables that pass the same border at the same post share the crossing:
//! parallel segments always do, and so does a cable with no post of its own that passes within
//! [`SAME_CROSSING_KM`] of one. Sea crossings are not listed here: a sea route between two countries may land
//! anywhere, so it is named after the pair of landings it uses, once it is known.

use std::collections::BTreeMap;

use super::country::CountryCode;
use super::node::Node;
use super::segment::{Segment, SegmentId};
use super::words::NodeKind;
use crate::geodesy::{LonLat, length_km};

/// A cable that passes a border this near to a border post, km, passes it at that post.
pub const SAME_CROSSING_KM: f64 = 40.0;

/// Which crossing, among those of its network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CrossingId(pub(crate) usize);

/// A place where one or more segments pass from one country into another over land.
#[derive(Debug, Clone, PartialEq)]
pub struct Crossing {
    /// Which one.
    pub id: CrossingId,
    /// The two countries, in order of code.
    pub countries: (CountryCode, CountryCode),
    /// Its name as seen when entering the first and the second of the two countries.
    pub names: (String, String),
    /// Where it is.
    pub point: LonLat,
    /// The segments that pass here: each with the index of the cut between its pieces.
    pub cuts: Vec<(SegmentId, usize)>,
}

impl Crossing {
    /// The name when entering `country`.
    #[must_use]
    pub fn name_entering(&self, country: CountryCode) -> &str {
        if self.countries.0 == country { &self.names.0 } else { &self.names.1 }
    }
}

struct Cut<'a> {
    segment: &'a Segment,
    ends: (&'a Node, &'a Node),
    index: usize,
    point: LonLat,
    /// The segment's ends that are border posts of the two countries.
    posts: Vec<&'a Node>,
}

/// The crossings of segments, each with its two ends.
pub(super) fn crossings<'n>(joined: impl Iterator<Item = (&'n Segment, (&'n Node, &'n Node))>) -> Vec<Crossing> {
    let mut by_border: BTreeMap<(CountryCode, CountryCode), Vec<Cut<'_>>> = BTreeMap::new();
    for (segment, ends) in joined {
        for (index, pair) in segment.pieces.windows(2).enumerate() {
            let (a, b) = (pair[0].country, pair[1].country);
            let is_post = |node: &&Node| {
                node.kind == NodeKind::BorderCrossing
                    && (node.country == a || node.country == b)
                    && length_km(&[node.point, segment.cuts[index]]) <= SAME_CROSSING_KM
            };
            let posts = [ends.0, ends.1].into_iter().filter(is_post).collect();
            let cut = Cut { segment, ends, index, point: segment.cuts[index], posts };
            by_border.entry((a.min(b), a.max(b))).or_default().push(cut);
        }
    }
    let mut found = Vec::new();
    for (countries, cuts) in by_border {
        for group in group_cuts(&cuts) {
            found.push(name_crossing(countries, &group));
        }
    }
    found.sort_by(|a, b| a.countries.cmp(&b.countries).then_with(|| a.names.cmp(&b.names)));
    for (i, crossing) in found.iter_mut().enumerate() {
        crossing.id = CrossingId(i);
    }
    found
}

/// Cuts that share a post belong together; then each cut without a post joins the nearest group within reach.
fn group_cuts<'a, 'c>(cuts: &'c [Cut<'a>]) -> Vec<Vec<&'c Cut<'a>>> {
    let mut groups: Vec<Vec<&Cut<'_>>> = Vec::new();
    let shares = |a: &Cut<'_>, b: &Cut<'_>| a.posts.iter().any(|post| b.posts.iter().any(|other| other.id == post.id));
    for cut in cuts.iter().filter(|cut| !cut.posts.is_empty()) {
        let (mine, mut rest): (Vec<_>, Vec<_>) =
            groups.into_iter().partition(|group| group.iter().any(|other| shares(cut, other)));
        let mut merged: Vec<&Cut<'_>> = mine.into_iter().flatten().collect();
        merged.push(cut);
        rest.push(merged);
        groups = rest;
    }
    for cut in cuts.iter().filter(|cut| cut.posts.is_empty()) {
        let distance = |group: &[&Cut<'_>]| {
            group.iter().map(|other| length_km(&[cut.point, other.point])).fold(f64::INFINITY, f64::min)
        };
        let near = groups.iter_mut().map(|group| (distance(group), group)).min_by(|a, b| a.0.total_cmp(&b.0));
        match near {
            Some((km, group)) if km <= SAME_CROSSING_KM => group.push(cut),
            _ => groups.push(vec![cut]),
        }
    }
    groups
}

fn name_crossing(countries: (CountryCode, CountryCode), group: &[&Cut<'_>]) -> Crossing {
    let mut posts: Vec<&Node> = group.iter().flat_map(|cut| cut.posts.iter().copied()).collect();
    posts.sort_by(|a, b| a.id.cmp(&b.id));
    posts.dedup_by(|a, b| a.id == b.id);
    let by_ends = || {
        let (from, to) = group[0].ends;
        format!("{}-{}", from.short_name(), to.short_name())
    };
    let entering = |country: CountryCode| {
        let own = posts.iter().find(|post| post.country == country).or(posts.first());
        own.map_or_else(by_ends, |post| post.short_name().to_owned())
    };
    let mut cuts: Vec<(SegmentId, usize)> = group.iter().map(|cut| (cut.segment.id().clone(), cut.index)).collect();
    cuts.sort();
    Crossing {
        id: CrossingId(0),
        countries,
        names: (entering(countries.0), entering(countries.1)),
        point: posts.first().map_or(group[0].point, |post| post.point),
        cuts,
    }
}
