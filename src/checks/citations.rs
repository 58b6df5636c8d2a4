//! Rules N2xx: where rows come from, and what they do not say.

use super::finding::Finding;
use super::rules::ASSUMED_PERCENT;
use crate::network::{Network, Segment, Status};
use crate::units::Length;

pub(super) fn check_citations(network: &Network) -> Vec<Finding> {
    let nodes = network.nodes().filter(|node| node.sources.is_empty());
    let mut findings: Vec<Finding> =
        nodes.map(|node| Finding::new("N201", node.id.as_str(), "cites no source")).collect();
    let segments = network.segments().filter(|segment| segment.row.sources.is_empty());
    findings.extend(segments.map(|segment| Finding::new("N202", segment.id().as_str(), "cites no source")));
    findings.extend(count(network, "N203", "no confidence", |segment| segment.row.confidence.is_none()));
    findings.extend(check_assumed(network));
    findings.extend(count(network, "N206", "no capacity", |segment| segment.row.capacity.is_none()));
    findings.extend(count(network, "N207", "no terrain", |segment| segment.row.terrain.is_none()));
    findings
}

/// One finding for all segments of which something holds.
fn count(network: &Network, rule: &str, what: &str, holds: impl Fn(&Segment) -> bool) -> Option<Finding> {
    let found = network.segments().filter(|segment| holds(segment)).count();
    let all = network.n_segments();
    (found > 0).then(|| {
        let text = format!("{found} of {all} segments have {what}");
        Finding::new(rule, "segments", text).number("segments", found as f64).number("of_segments", all as f64)
    })
}

fn check_assumed(network: &Network) -> Option<Finding> {
    let in_service = || network.segments().filter(|segment| segment.row.status == Status::InService);
    let all: Length = in_service().map(|segment| segment.length).sum();
    let assumed: Length = in_service().filter(|segment| segment.is_assumed()).map(|segment| segment.length).sum();
    if assumed == Length::ZERO {
        return None;
    }
    let percent = 100.0 * assumed.km() / all.km();
    let rule = if percent > ASSUMED_PERCENT { "N205" } else { "N204" };
    let text = format!("{assumed} of {all} in service are assumed ({percent:.1} %)");
    let finding = Finding::new(rule, "segments", text);
    Some(finding.number("assumed_km", assumed.km()).number("in_service_km", all.km()).number("percent", percent))
}
