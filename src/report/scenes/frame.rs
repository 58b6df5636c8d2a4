//! What stands around the maps of a sheet: title, the scenario's figures below it, and whose data is shown.

use crate::network::Meta;
use crate::picture::PictureSize;
use crate::picture::map::{Panel, Sheet};
use crate::scenario::Scenario;
use crate::units::separated;
use crate::world::World;

/// A sheet with nothing on it.
#[must_use]
pub fn empty_sheet(size: PictureSize) -> Sheet {
    sheet_of(String::new(), String::new(), Vec::new(), String::new(), size)
}

/// The maps of a scenario, with its demand, term and money as subtitle.
pub(super) fn sheet(scenario: &Scenario, title: String, panels: Vec<Panel>, size: PictureSize) -> Sheet {
    let demand = scenario.demand;
    let subtitle = format!(
        "{}, scenario {} ({}), {} Gbps for {} years, {} of {}",
        scenario.network.meta().id,
        scenario.name,
        scenario.policy.year,
        separated(&demand.gbps.get().to_string()),
        demand.term_years,
        scenario.book.currency,
        scenario.book.year
    );
    let attribution = attribution(scenario.network.meta());
    sheet_of(title, subtitle, panels, attribution, size)
}

/// Whose data the map shows: what a network says of itself, what the shipped one rests on, and the base map.
fn attribution(meta: &Meta) -> String {
    let named = |name: &str, value: &str| if value.is_empty() { String::new() } else { format!("{name}{value}") };
    let own = format!("Network {}{}{}. ", meta.id, named(", ", &meta.publisher), named(", ", &meta.licence));
    let shipped = if meta.id == World::SHIPPED_NETWORK {
        "Lengths derived from OpenStreetMap, \u{a9} OpenStreetMap contributors, ODbL 1.0. Places \u{a9} GeoNames, CC BY 4.0. "
    } else {
        ""
    };
    format!("{own}{shipped}Made with Natural Earth. Borders are not authoritative.")
}

fn sheet_of(
    title: String,
    subtitle: String,
    panels: Vec<Panel>,
    attribution: String,
    PictureSize { width_px, height_px }: PictureSize,
) -> Sheet {
    Sheet { title, subtitle, panels, notes: Vec::new(), attribution, width_px, height_px }
}
