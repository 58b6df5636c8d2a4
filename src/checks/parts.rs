//! Rules N5xx: whether the network hangs together.

use std::collections::{BTreeMap, BTreeSet};

use super::finding::{Finding, some_of};
use crate::network::{Network, NodeId, Status};

pub(super) fn check_parts(network: &Network) -> Vec<Finding> {
    let parts = connected_parts(network);
    let (isolated, joined): (Vec<_>, Vec<_>) = parts.iter().partition(|part| part.len() == 1);
    let mut findings = Vec::new();
    for part in joined.iter().skip(1) {
        let text =
            format!("{} nodes joined to nothing else: {}", part.len(), some_of(part.iter().map(|id| id.as_str())));
        findings.push(Finding::new("N501", part[0].as_str(), text).number("nodes", part.len() as f64));
    }
    let isolated = isolated.into_iter().flatten();
    findings.extend(isolated.map(|id| Finding::new("N502", id.as_str(), "no segment begins or ends here")));
    let lit: BTreeSet<&NodeId> = network
        .segments()
        .filter(|segment| segment.row.status == Status::InService)
        .flat_map(|segment| [&segment.row.from, &segment.row.to])
        .collect();
    for country in network.countries().filter(|country| !country.is_sea()) {
        let gateways: Vec<&str> = network.gateways(country).map(|node| node.id.as_str()).collect();
        if !network.gateways(country).any(|node| lit.contains(&node.id)) {
            let text = format!("no segment in service at {}", some_of(gateways));
            findings.push(Finding::new("N503", country.to_string(), text).hint("name others under [gateways]"));
        }
    }
    findings
}

/// The parts of the network that segments of whatever status join, largest first, then by first id; the ids in order.
pub(super) fn connected_parts(network: &Network) -> Vec<Vec<&NodeId>> {
    let index: BTreeMap<&NodeId, usize> = network.nodes().enumerate().map(|(i, node)| (&node.id, i)).collect();
    let mut parent: Vec<usize> = (0..index.len()).collect();
    fn root(parent: &mut [usize], mut i: usize) -> usize {
        while parent[i] != i {
            parent[i] = parent[parent[i]];
            i = parent[i];
        }
        i
    }
    for segment in network.segments() {
        let (a, b) = (root(&mut parent, index[&segment.row.from]), root(&mut parent, index[&segment.row.to]));
        parent[a.max(b)] = a.min(b);
    }
    let mut parts: BTreeMap<usize, Vec<&NodeId>> = BTreeMap::new();
    for (id, i) in index {
        parts.entry(root(&mut parent, i)).or_default().push(id);
    }
    let mut parts: Vec<Vec<&NodeId>> = parts.into_values().collect();
    parts.sort_by_key(|part| std::cmp::Reverse(part.len()));
    parts
}
