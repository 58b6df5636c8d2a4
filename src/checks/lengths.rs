//! Rules N3xx: lengths against geodesics and drawn ways.

use super::finding::Finding;
use super::rules::{LEAST_JUDGED_KM, SHORTER_PERCENT, WAY_END_KM};
use crate::geodesy::{distance_km, length_km};
use crate::network::{GEODESIC_TOLERANCE_KM, Network, Segment, stretch_band};

pub(super) fn check_lengths(network: &Network) -> Vec<Finding> {
    let mut findings = Vec::new();
    for segment in network.segments() {
        let geodesic_km = segment.geodesic_km;
        if let Some(km) = segment.rejected_km {
            let text = format!("stated {km} km, geodesic {geodesic_km:.1} km; {:.1} km is used", segment.length.km());
            let finding = Finding::new("N301", segment.id().as_str(), text);
            findings.push(finding.number("stated_km", km).number("geodesic_km", geodesic_km));
        }
        findings.extend(check_stretch(segment));
        findings.extend(check_against_way(segment));
        findings.extend(check_way_ends(network, segment));
    }
    findings
}

fn check_stretch(segment: &Segment) -> Option<Finding> {
    if segment.geodesic_km < LEAST_JUDGED_KM {
        return None;
    }
    let band = stretch_band(segment.row.medium, segment.row.terrain);
    let stretch = segment.length.km() / segment.geodesic_km;
    (stretch > band.most).then(|| {
        let text = format!(
            "{:.1} km ({}) is {stretch:.2} times the geodesic, {:.1} km; {} passes up to {}",
            segment.length.km(),
            segment.length_kind,
            segment.geodesic_km,
            band.class,
            band.most
        );
        Finding::new("N302", segment.id().as_str(), text).number("stretch", stretch).number("most", band.most)
    })
}

fn check_against_way(segment: &Segment) -> Option<Finding> {
    let way_km = length_km(&segment.row.way);
    let km = segment.row.length_km.filter(|_| segment.rejected_km.is_none())?;
    let granted_km = (way_km * SHORTER_PERCENT / 100.0).max(GEODESIC_TOLERANCE_KM);
    (km < way_km - granted_km).then(|| {
        let text = format!("stated {km} km, the drawn way is {way_km:.1} km");
        Finding::new("N303", segment.id().as_str(), text).number("stated_km", km).number("way_km", way_km)
    })
}

fn check_way_ends(network: &Network, segment: &Segment) -> Option<Finding> {
    let (from, to) = network.ends(segment);
    let (&first, &last) = (segment.row.way.first()?, segment.row.way.last()?);
    let (from_km, to_km) = (distance_km(first, from.point), distance_km(last, to.point));
    if from_km.max(to_km) <= WAY_END_KM {
        return None;
    }
    let text = format!("the way begins {from_km:.1} km from {} and ends {to_km:.1} km from {}", from.id, to.id);
    let finding = Finding::new("N304", segment.id().as_str(), text).number("from_km", from_km).number("to_km", to_km);
    let is_reversed = distance_km(first, to.point).max(distance_km(last, from.point)) <= WAY_END_KM;
    Some(if is_reversed { finding.hint("it runs from `to` to `from`: turn it round") } else { finding })
}
