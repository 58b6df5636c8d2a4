//! One cable section: as a file states it, and as the network holds it.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::country::{CountryCode, INTERNATIONAL_WATERS};
use super::node::{Node, NodeId};
use super::stretch::stretch_band;
use super::words::{Confidence, LaidWith, LengthKind, Medium, Status, Tenure, Terrain};
use crate::geodesy::{Atlas, LonLat, length_km, point_along, split_by_country};
use crate::units::{Gbps, Length, OutOfRange, split_whole};

/// A segment's identifier, unique in its network.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SegmentId(String);

impl SegmentId {
    /// Any text that is not empty.
    #[must_use]
    pub fn new(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SegmentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The part of a segment that lies in one country.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// The country, or `XZ` at sea.
    pub country: CountryCode,
    /// How much of the cable's length.
    pub length: Length,
}

/// A segment as a file states it: an empty cell is `None` or an empty list and means unknown, never zero.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SegmentRow {
    /// Identifier.
    pub id: SegmentId,
    /// One end.
    pub from: NodeId,
    /// The other end.
    pub to: NodeId,
    /// How it is laid.
    pub medium: Medium,
    /// Where in its life it is.
    pub status: Status,
    /// Name, where it has one of its own.
    pub name: Option<String>,
    /// Cable or backbone it belongs to.
    pub system: Option<String>,
    /// First year of service.
    pub ready_year: Option<i32>,
    /// First year without service.
    pub retire_year: Option<i32>,
    /// Who owns it.
    pub owners: Vec<String>,
    /// Length as stated, km.
    pub length_km: Option<f64>,
    /// Where the length comes from.
    pub length_kind: Option<LengthKind>,
    /// Equipped capacity.
    pub capacity: Option<Gbps>,
    /// Fiber pairs.
    pub fiber_pairs: Option<u32>,
    /// The ground it lies in.
    pub terrain: Option<Terrain>,
    /// How capacity is had, where the status alone does not say.
    pub tenure: Option<Tenure>,
    /// What is being built anyway along its way.
    pub laid_with: Option<LaidWith>,
    /// From which year on that is; filled if and only if [`SegmentRow::laid_with`] is.
    pub laid_with_year: Option<i32>,
    /// Shared-risk groups.
    pub srlg: Vec<String>,
    /// How sure the row is.
    pub confidence: Option<Confidence>,
    /// Sources, by id.
    pub sources: Vec<String>,
    /// The way, from `from` to `to`; empty for the geodesic.
    pub way: Vec<LonLat>,
}

/// A segment of a network: its row, with a length, a way and pieces.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Segment {
    /// The row it was made from.
    pub row: SegmentRow,
    /// Length of the cable; see [`SegmentRow::resolve`].
    pub length: Length,
    /// Where that length comes from.
    pub length_kind: LengthKind,
    /// The pieces from `from` to `to`; they sum to the length, and neighbours differ.
    pub pieces: Vec<Piece>,
    /// Where the line passes from one piece to the next.
    pub cuts: Vec<LonLat>,
    /// Geodesic distance between the ends, km.
    pub geodesic_km: f64,
    /// Set when the stated length was below the geodesic and therefore not used.
    pub rejected_km: Option<f64>,
}

/// Why a segment cannot be resolved.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum SegmentError {
    /// A segment has to join two places.
    #[error("`from` and `to` are both {0:?}")]
    SameEnds(String),
    /// The stated length is not a length.
    #[error("`length_km`: {0}")]
    Length(OutOfRange),
}

/// A stated length may fall short of the geodesic by this much, km: places are known to about half a kilometre.
pub const GEODESIC_TOLERANCE_KM: f64 = 0.5;

impl SegmentRow {
    /// Gives the segment its length and its pieces.
    ///
    /// The length is the stated one. Where none is stated, or the stated one is shorter than the geodesic between the
    /// ends (which no cable can be), it is the line's length times the factor of its class ([`stretch_band`]) and is
    /// marked estimated. The pieces are cut along the line and scaled so that they sum to the length.
    ///
    /// # Errors
    /// If both ends are the same place or the stated length is out of range.
    pub fn resolve(self, from: &Node, to: &Node, atlas: &Atlas) -> Result<Segment, SegmentError> {
        if self.from == self.to {
            return Err(SegmentError::SameEnds(self.from.to_string()));
        }
        let line = self.line(from, to);
        let geodesic_km = length_km(&[from.point, to.point]);
        let band = stretch_band(self.medium, self.terrain);
        let estimate = || {
            let factor = if self.way.is_empty() { band.on_geodesic } else { band.on_way };
            (length_km(&line).max(geodesic_km) * factor).max(0.001)
        };
        let (km, length_kind, rejected_km) = match self.length_km {
            Some(km) if km + GEODESIC_TOLERANCE_KM < geodesic_km => (estimate(), LengthKind::Estimated, Some(km)),
            Some(km) => (km, self.length_kind.unwrap_or(LengthKind::Estimated), None),
            None => (estimate(), LengthKind::Estimated, None),
        };
        let length = Length::from_km(km).map_err(SegmentError::Length)?;
        if length == Length::ZERO {
            return Err(SegmentError::Length(OutOfRange { expected: "a length of at least 1 m", found: km }));
        }
        let (pieces, cuts) = self.cut(&line, from, to, length, atlas);
        Ok(Segment { length, length_kind, pieces, cuts, geodesic_km, rejected_km, row: self })
    }

    /// The line from end to end: the way, or the geodesic where none is given.
    #[must_use]
    pub fn line(&self, from: &Node, to: &Node) -> Vec<LonLat> {
        if self.way.is_empty() { vec![from.point, to.point] } else { self.way.clone() }
    }

    fn cut(&self, line: &[LonLat], from: &Node, to: &Node, length: Length, atlas: &Atlas) -> (Vec<Piece>, Vec<LonLat>) {
        if self.medium.is_submarine() {
            return (vec![Piece { country: INTERNATIONAL_WATERS, length }], Vec::new());
        }
        let runs = split_by_country(atlas, line, from.country.as_str(), to.country.as_str(), false);
        let shares: Vec<u64> = runs.iter().map(|run| (run.1 * 1000.0).round().max(1.0) as u64).collect();
        let metres = split_whole(length.metres() as i64, &shares);
        let mut pieces: Vec<Piece> = Vec::with_capacity(runs.len());
        let mut cuts = Vec::new();
        let mut along_km = 0.0;
        for ((code, km), metres) in runs.iter().zip(metres) {
            if !pieces.is_empty() {
                cuts.push(point_along(line, along_km).unwrap_or(to.point));
            }
            let country = code.parse().unwrap_or(INTERNATIONAL_WATERS);
            pieces.push(Piece { country, length: Length::from_metres(metres.max(0) as u64) });
            along_km += km;
        }
        (pieces, cuts)
    }
}

impl Segment {
    /// Identifier.
    #[must_use]
    pub fn id(&self) -> &SegmentId {
        &self.row.id
    }

    /// How capacity on it is had: the row's tenure where filled, else build for what is planned, proposed or gone,
    /// lease for everything that exists or is being built.
    #[must_use]
    pub fn tenure(&self) -> Tenure {
        self.row.tenure.unwrap_or(match self.row.status {
            Status::Planned | Status::Proposed | Status::Retired => Tenure::Build,
            Status::InService | Status::UnderConstruction | Status::OutOfService => Tenure::Lease,
        })
    }

    /// What it is laid along with in `year`: nothing before that is being built.
    #[must_use]
    pub fn laid_with_in(&self, year: i32) -> Option<LaidWith> {
        self.row.laid_with.filter(|_| self.row.laid_with_year.is_some_and(|from| from <= year))
    }

    /// Whether it is lit in `year`, statuses aside.
    #[must_use]
    pub fn in_years(&self, year: i32) -> bool {
        self.row.ready_year.is_none_or(|ready| ready <= year) && self.row.retire_year.is_none_or(|gone| year < gone)
    }

    /// Whether the row has no source behind it (an empty confidence counts as assumed).
    #[must_use]
    pub fn is_assumed(&self) -> bool {
        matches!(self.row.confidence, None | Some(Confidence::Assumed))
    }

    /// The name shown for its system, or its id where it has none.
    #[must_use]
    pub fn label(&self) -> &str {
        self.row.system.as_deref().unwrap_or(self.row.id.as_str())
    }
}
