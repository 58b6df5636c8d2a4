//! Rules N6xx: years against each other and against the network's date.

use super::finding::Finding;
use crate::network::{Network, Segment, Status, Tenure};

pub(super) fn check_years(network: &Network) -> Vec<Finding> {
    let date = &network.meta().date;
    let year: Option<i32> = date.get(..4).and_then(|year| year.parse().ok());
    let mut findings = Vec::new();
    if year.is_none() {
        findings.push(Finding::new("N605", "date", format!("found {date:?}")));
    }
    for segment in network.segments() {
        let found = check_order(segment).or_else(|| check_status(segment, year?));
        findings.extend(found);
        findings.extend(check_laid_with(segment));
    }
    findings
}

fn check_order(segment: &Segment) -> Option<Finding> {
    let (ready, retire) = (segment.row.ready_year?, segment.row.retire_year?);
    let text = format!("ready in {ready}, without service from {retire}");
    (retire <= ready).then(|| Finding::new("N601", segment.id().as_str(), text))
}

fn check_laid_with(segment: &Segment) -> Option<Finding> {
    let laid_with = segment.row.laid_with.filter(|_| segment.tenure() != Tenure::Build)?;
    let text = format!("{}, not to be built, and laid with a {}", segment.row.status, laid_with.as_str());
    let hint = "fill `tenure` with build if it is still to be laid, or leave `laid_with` empty";
    Some(Finding::new("N606", segment.id().as_str(), text.replace("power_line", "power line")).hint(hint))
}

fn check_status(segment: &Segment, year: i32) -> Option<Finding> {
    let id = segment.id().as_str();
    let (ready, retire) = (segment.row.ready_year, segment.row.retire_year);
    match segment.row.status {
        Status::InService => {
            let early = ready.filter(|&ready| ready > year);
            let late = retire.filter(|&retire| retire <= year);
            early
                .map(|ready| Finding::new("N602", id, format!("in_service, ready in {ready}, network of {year}")))
                .or_else(|| {
                    let text = |retire| format!("in_service, without service from {retire}, network of {year}");
                    late.map(|retire| Finding::new("N603", id, text(retire)))
                })
        }
        Status::UnderConstruction | Status::Planned | Status::Proposed => {
            let overdue = ready.filter(|&ready| ready < year);
            let text = |ready| format!("{}, ready in {ready}, network of {year}", segment.row.status);
            overdue.map(|ready| Finding::new("N604", id, text(ready)))
        }
        Status::OutOfService | Status::Retired => None,
    }
}
