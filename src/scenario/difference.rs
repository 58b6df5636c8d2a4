//! What two scenarios differ in, read off the scenarios as they will be computed (not off the list of edits).

use std::collections::{BTreeMap, BTreeSet};

use super::resolve::Scenario;
use crate::formats::{SEGMENT_COLUMNS, segment_cell};
use crate::network::{Network, Segment};
use crate::prices::PriceKey;

/// One difference between what goes into two scenarios.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputChange {
    /// `segment`, `node`, `price`, `demand`, `routing` or `network`.
    pub kind: &'static str,
    /// Its id or name.
    pub id: String,
    /// The field; empty where the whole row came or went.
    pub field: String,
    /// What it was; empty for a row that came.
    pub old: String,
    /// What it is; empty for a row that went.
    pub new: String,
}

/// Every difference between what goes into two scenarios, in order of kind and id.
#[must_use]
pub fn input_changes(base: &Scenario, other: &Scenario) -> Vec<InputChange> {
    let mut changes = Vec::new();
    let mut note = |kind, id: &str, field: &str, old: String, new: String| {
        if old != new {
            changes.push(InputChange { kind, id: id.to_owned(), field: field.to_owned(), old, new });
        }
    };
    for (old, new) in base.settings().into_iter().zip(other.settings()) {
        note(old.table, old.key, "", old.value, new.value);
    }
    let ids: BTreeSet<&str> = [base, other].iter().flat_map(|s| s.network.nodes().map(|n| n.id.as_str())).collect();
    for id in ids {
        let (old, new) = (node_cells(&base.network, id), node_cells(&other.network, id));
        rows("node", id, old, new, &mut note);
    }
    let ids: BTreeSet<&str> =
        [base, other].iter().flat_map(|s| s.network.segments().map(|segment| segment.id().as_str())).collect();
    for id in ids {
        let (old, new) = (segment_cells(&base.network, id), segment_cells(&other.network, id));
        rows("segment", id, old, new, &mut note);
    }
    let keys: BTreeSet<PriceKey> = [base, other].iter().flat_map(|s| s.book.entries().map(|entry| entry.0)).collect();
    for key in keys {
        let shown = |scenario: &Scenario| {
            scenario
                .book
                .find(key)
                .map_or_else(String::new, |p| format!("{} ({} to {}) {}", p.base, p.low, p.high, p.unit))
        };
        note("price", &key.to_string(), "", shown(base), shown(other));
    }
    changes
}

type Cells = Option<BTreeMap<&'static str, String>>;

fn rows(
    kind: &'static str,
    id: &str,
    old: Cells,
    new: Cells,
    note: &mut impl FnMut(&'static str, &str, &str, String, String),
) {
    match (old, new) {
        (Some(old), Some(new)) => {
            for (field, text) in &old {
                note(kind, id, field, text.clone(), new.get(field).cloned().unwrap_or_default());
            }
        }
        (Some(_), None) => note(kind, id, "", "there".to_owned(), String::new()),
        (None, Some(_)) => note(kind, id, "", String::new(), "there".to_owned()),
        (None, None) => {}
    }
}

fn node_cells(network: &Network, id: &str) -> Cells {
    network.find_node(&crate::network::NodeId::new(id)).map(|node| {
        BTreeMap::from([
            ("name", node.name.clone()),
            ("kind", node.kind.to_string()),
            ("country", node.country.to_string()),
            ("point", format!("{} {}", node.point.lon(), node.point.lat())),
        ])
    })
}

fn segment_cells(network: &Network, id: &str) -> Cells {
    network.find_segment(&crate::network::SegmentId::new(id)).map(|segment: &Segment| {
        let columns = SEGMENT_COLUMNS.iter().copied().filter(|column| !["id", "sources", "length_km"].contains(column));
        let mut cells: BTreeMap<&'static str, String> =
            columns.map(|column| (column, segment_cell(&segment.row, column))).collect();
        cells.insert("length_km", segment.length.km().to_string());
        cells
    })
}
