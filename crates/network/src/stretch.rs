//! How much longer a cable is than the line that stands for it.
//!
//! A cable is never as short as the line on the map: it has slack, it goes round. Where a length is not published it
//! is estimated as the line's length times one factor for its class. The factors on a drawn way allow for slack in
//! handholes and splices and for bends that the drawing leaves out; those on a bare geodesic also allow for the way
//! itself, after the stretches that published cable lengths of Central and South Asia show against the great circle:
//! pipelines and short sea crossings 1.04-1.10, plain roads 1.3-1.4, valleys and rings about 1.6, high mountain
//! 1.75-1.95 (worked out from the published lengths that `docs/METHOD.md` lists).

use super::words::{Medium, Terrain};

/// The stretch expected of a class: estimate factors, and the band outside which a length is worth a look.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StretchBand {
    /// Name of the class.
    pub class: &'static str,
    /// Cable length over the length of a drawn way.
    pub on_way: f64,
    /// Cable length over the geodesic, where no way is drawn.
    pub on_geodesic: f64,
    /// Largest length over geodesic that passes without a remark; the least is always 1.
    pub most: f64,
}

/// The class of a segment by medium and terrain. An unknown terrain counts as plain, or as deep sea.
#[must_use]
pub const fn stretch_band(medium: Medium, terrain: Option<Terrain>) -> StretchBand {
    if medium.is_submarine() {
        return StretchBand { class: "submarine", on_way: 1.12, on_geodesic: 1.15, most: 2.6 };
    }
    match terrain {
        Some(Terrain::Mountain) => StretchBand { class: "mountain", on_way: 1.03, on_geodesic: 1.60, most: 2.2 },
        Some(Terrain::HighMountain) => {
            StretchBand { class: "high mountain", on_way: 1.03, on_geodesic: 1.85, most: 2.8 }
        }
        Some(Terrain::Hills) => StretchBand { class: "hills", on_way: 1.03, on_geodesic: 1.45, most: 2.0 },
        Some(Terrain::Urban) => StretchBand { class: "urban", on_way: 1.03, on_geodesic: 1.40, most: 2.5 },
        Some(Terrain::Plain | Terrain::Desert | Terrain::ShallowSea | Terrain::DeepSea) | None => {
            StretchBand { class: "plain", on_way: 1.03, on_geodesic: 1.35, most: 1.9 }
        }
    }
}
