//! Names without regard to spelling, and an index of those in a network.

use std::collections::{BTreeSet, HashMap};

use petgraph::graph::{EdgeIndex, NodeIndex};

use super::node::Node;
use super::segment::SegmentId;

/// A name without regard to case, accents, and what sort of space or hyphen it has.
///
/// ```
/// assert_eq!(fiberplan_network::fold_name("Türkmenbaşy"), fiberplan_network::fold_name("turkmenbasy"));
/// ```
#[must_use]
pub fn fold_name(name: &str) -> String {
    if !name.is_ascii() {
        return fold_name(&deunicode::deunicode(name));
    }
    let mut folded = String::with_capacity(name.len());
    for letter in name.chars() {
        if !(letter.is_whitespace() || letter == '-' || letter == '_') {
            folded.push(letter.to_ascii_lowercase());
        } else if !folded.is_empty() && !folded.ends_with(' ') {
            folded.push(' ');
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// The folded names of a network's places and segments, so that one is found without reading all.
#[derive(Debug, Clone, Default)]
pub(super) struct NameIndex {
    /// The first node whose id folds to this.
    pub(super) ids: HashMap<String, NodeIndex>,
    /// The nodes of that name, and those whose name without its bracket it is, in order.
    pub(super) names: [HashMap<String, Vec<NodeIndex>>; 2],
    /// The first segment whose id folds to this.
    pub(super) segments: HashMap<String, EdgeIndex>,
}

impl NameIndex {
    pub(super) fn of<'n>(
        places: impl Iterator<Item = (NodeIndex, &'n Node)>,
        segments: impl Iterator<Item = (EdgeIndex, &'n SegmentId)>,
    ) -> Self {
        let mut index = Self::default();
        for (place, node) in places {
            index.ids.entry(fold_name(node.id.as_str())).or_insert(place);
            for (names, name) in index.names.iter_mut().zip([&node.name, node.short_name()]) {
                names.entry(fold_name(name)).or_default().push(place);
            }
        }
        for (edge, id) in segments {
            index.segments.entry(fold_name(id.as_str())).or_insert(edge);
        }
        index
    }
}

/// The names of `known` nearest to `name`, best first, at most three, none that is wholly different.
pub fn nearest_names<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let folded = fold_name(name);
    let unique: BTreeSet<&str> = known.into_iter().collect();
    let mut scored: Vec<(f64, &str)> = unique
        .into_iter()
        .map(|candidate| {
            let plain = fold_name(candidate);
            let starts = !folded.is_empty() && plain.starts_with(&folded);
            (strsim::jaro_winkler(&folded, &plain) + if starts { 1.0 } else { 0.0 }, candidate)
        })
        .filter(|(score, _)| *score > 0.78)
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    scored.into_iter().take(3).map(|(_, candidate)| candidate.to_owned()).collect()
}
