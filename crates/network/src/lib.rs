//! Places, cable segments, and the multigraph they form.
//!
//! [`Network::new`] checks every invariant once, so that whatever holds a `Network` may rely on them. A
//! [`SegmentRow`] is a segment as a file states it; [`SegmentRow::resolve`] gives it a length, a way and the list of
//! countries it runs through. What a route costs or how long it takes is not known here.
//!
//! Modules, in dependency order: [`units`] (lengths, delays, money and capacity as types), [`geodesy`] (lengths on the
//! ellipsoid, the country of a point), the network itself at the top of the crate, [`prices`] (the price book) and
//! [`formats`] (files in and out).

pub mod units;

pub mod geodesy;

mod country;
mod crossing;
mod graph;
mod lookup;
mod names;
mod node;
mod segment;
mod segment_set;
mod stretch;
mod words;

pub use country::{CountryCode, CountryCodeError, INTERNATIONAL_WATERS};
pub use crossing::{Crossing, CrossingId, SAME_CROSSING_KM};
pub use graph::{Link, Meta, Network, NetworkError, NetworkParts, Note, Source, Vertex};
pub use lookup::{LookupError, Place};
pub use names::{fold_name, nearest_names};
pub use node::{Node, NodeId};
pub use segment::{GEODESIC_TOLERANCE_KM, Piece, Segment, SegmentError, SegmentId, SegmentRow};
pub use segment_set::SegmentSet;
pub use stretch::{StretchBand, stretch_band};
pub use words::{Confidence, LaidWith, LengthKind, Medium, NodeKind, Status, Tenure, Terrain, UnknownWord};

pub mod prices;

pub mod formats;
