//! Rules N1xx: files that are wrong, every row of them, as findings.

use std::path::Path;

use super::finding::{Finding, in_order};
use super::{check_network, check_rows};
use crate::formats::{
    FileError, Located, MOST_PROBLEMS, NetworkReading, Problem, collect_network_folder, collect_network_geojson,
    collect_price_book,
};
use crate::geodesy::Atlas;
use crate::network::{Network, NodeId, SegmentId};
use crate::prices::PriceBook;

/// Judges a network folder by every rule: all that cannot be read, then what can by [`check_network`].
///
/// Whether the network hangs together, and its prices, are judged only if every row could be read.
#[must_use]
pub fn check_folder(folder: &Path, atlas: &Atlas, prices: Option<&PriceBook>) -> Vec<Finding> {
    check_reading(collect_network_folder(folder, atlas), atlas, prices)
}

/// As [`check_folder`], for a network in GeoJSON; `file` is the name shown.
#[must_use]
pub fn check_geojson(file: &str, text: &str, atlas: &Atlas, prices: Option<&PriceBook>) -> Vec<Finding> {
    check_reading(collect_network_geojson(file, text, atlas), atlas, prices)
}

/// All that is wrong with a price book; `file` is the name shown.
#[must_use]
pub fn check_price_book(file: &str, text: &str) -> Vec<Finding> {
    let problems = collect_price_book(file, text).err().unwrap_or_default();
    in_order(problems.into_iter().map(from_error).collect())
}

fn check_reading(reading: NetworkReading, atlas: &Atlas, prices: Option<&PriceBook>) -> Vec<Finding> {
    let NetworkReading { parts, node_places, segment_places, problems } = reading;
    let is_whole = problems.is_empty();
    let n_problems = problems.len();
    let mut findings: Vec<Finding> = problems.into_iter().map(from_error).collect();
    if n_problems == MOST_PROBLEMS {
        findings.push(Finding::new("N101", "", format!("more than {MOST_PROBLEMS} problems; the rest was not read")));
    }
    match Network::new(parts) {
        Ok(network) => {
            let judged = if is_whole { check_network(&network, atlas, prices) } else { check_rows(&network, atlas) };
            let place = |finding: &Finding| {
                let segment = segment_places.get(&SegmentId::new(finding.subject.as_str()));
                let node = node_places.get(&NodeId::new(finding.subject.as_str()));
                if is_about_node(finding) { node } else { segment.or(node) }
            };
            findings.extend(judged.into_iter().map(|finding| match place(&finding).cloned() {
                Some(Located { file, line, item }) => Finding { file: Some(file), line, field: item, ..finding },
                None => finding,
            }));
        }
        // What is wrong has been said already, unless the rows are good and there is something else.
        Err(error) if is_whole => findings.push(Finding::new("N104", "", error.to_string())),
        Err(_) => {}
    }
    in_order(findings)
}

/// A node and a segment may share an id.
fn is_about_node(finding: &Finding) -> bool {
    ["N201", "N403", "N405", "N406", "N501", "N502"].contains(&finding.rule.id)
}

fn from_error(error: FileError) -> Finding {
    let rule = match &error.problem {
        Problem::Unreadable(_)
        | Problem::Unwritable(_)
        | Problem::IsFolder
        | Problem::Empty
        | Problem::TooLarge(_)
        | Problem::NotUtf8(_)
        | Problem::ZeroByte(_)
        | Problem::Syntax(_) => "N101",
        Problem::Unknown { .. } => "N102",
        Problem::Missing { what: "entry", .. } => "N701",
        Problem::Missing { .. } | Problem::NoValue => "N103",
        Problem::Duplicate { .. } => "N105",
        Problem::Dangling { what: "source", .. } => "N107",
        Problem::Dangling { .. } => "N106",
        Problem::Expected { .. } | Problem::Other(_) => {
            let is_gateway = error.field.as_deref().is_some_and(|field| field.starts_with("gateways."));
            if is_gateway { "N108" } else { "N104" }
        }
    };
    let mut finding = Finding::new(rule, "", error.problem.to_string());
    finding.file = Some(error.file);
    finding.line = error.line;
    finding.field = error.field;
    finding.hint = error.hint;
    finding
}
