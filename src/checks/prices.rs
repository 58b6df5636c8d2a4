//! Rules N7xx: what the price book knows of this network.

use std::collections::{BTreeMap, BTreeSet};

use super::finding::Finding;
use crate::network::{CountryCode, Network, Terrain};
use crate::prices::{PriceBook, PriceFamily};

pub(super) fn check_prices(network: &Network, prices: &PriceBook) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut used: BTreeMap<&str, (PriceFamily, BTreeSet<CountryCode>)> = BTreeMap::new();
    for segment in network.segments() {
        let (medium, terrain) = (segment.row.medium, segment.row.terrain);
        let is_sea_bed = matches!(terrain, Some(Terrain::ShallowSea | Terrain::DeepSea));
        if let Some(terrain) = terrain.filter(|_| is_sea_bed != medium.is_submarine()) {
            let taken = prices.build(medium, Some(terrain)).0;
            let text = format!("{medium} on {terrain}; priced by {taken}");
            findings.push(Finding::new("N703", segment.id().as_str(), text));
        }
        for piece in segment.pieces.iter().filter(|piece| !piece.country.is_sea()) {
            for family in [
                PriceFamily::Lease(medium),
                PriceFamily::Failure(medium),
                PriceFamily::Repair(medium),
                PriceFamily::BuildMultiplier,
                PriceFamily::TransitPassage,
                PriceFamily::TransitPerKm,
            ] {
                used.entry(family.as_str()).or_insert((family, BTreeSet::new())).1.insert(piece.country);
            }
        }
    }
    for (name, (family, countries)) in used {
        let all = countries.len();
        let missing: Vec<&str> = countries
            .iter()
            .filter(|country| prices.find(family.of_country(**country)).is_none())
            .map(CountryCode::as_str)
            .collect();
        if !missing.is_empty() {
            let text = format!("the default stands for {} of {all} countries: {}", missing.len(), missing.join(", "));
            let finding = Finding::new("N702", name, text);
            findings.push(finding.number("countries", missing.len() as f64).number("of_countries", all as f64));
        }
    }
    findings
}
