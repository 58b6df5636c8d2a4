//! What a map is asked to show: plain data, filled in by whoever has a network, a route or a comparison.

use crate::geodesy::LonLat;

/// A whole picture: one map, or several side by side under one title with one legend.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// The answer in one sentence; wraps and shrinks to fit. May be empty.
    pub title: String,
    /// A second, smaller line: network, scenario, demand. May be empty.
    pub subtitle: String,
    /// The maps, in reading order.
    pub panels: Vec<Panel>,
    /// Remarks under the legend, a line each (wrapped).
    pub notes: Vec<String>,
    /// Whose data the map shows; always the last line.
    pub attribution: String,
    /// Width of the picture, pixels.
    pub width_px: u32,
    /// Height of the picture, pixels.
    pub height_px: u32,
}

/// One map of a sheet.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Panel {
    /// A heading for this map; empty for none.
    pub caption: String,
    /// What part of the world to show.
    pub extent: Extent,
    /// ISO 3166-1 alpha-2 codes of the countries to set off.
    pub corridor: Vec<String>,
    /// Cable segments.
    pub lines: Vec<MapLine>,
    /// Nodes.
    pub places: Vec<MapPlace>,
    /// Routes, drawn over the segments.
    pub routes: Vec<MapRoute>,
    /// Border passages of the routes.
    pub crossings: Vec<MapCrossing>,
}

/// What part of the world a panel shows. The panel's shape usually makes it show more.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Extent {
    /// The routes and the places on them if there are routes; else all lines and places; the world if there are none.
    #[default]
    Content,
    /// These points with a margin; panels to be compared should be given the same points.
    Fit(Vec<LonLat>),
    /// A box in degrees; `west` greater than `east` crosses the 180th meridian.
    Box {
        /// Western edge.
        west: f64,
        /// Southern edge.
        south: f64,
        /// Eastern edge.
        east: f64,
        /// Northern edge.
        north: f64,
    },
}

/// A cable segment.
#[derive(Debug, Clone, PartialEq)]
pub struct MapLine {
    /// Its id, for the layout report.
    pub id: String,
    /// The way, drawn as geodesic lines between these points.
    pub points: Vec<LonLat>,
    /// What it is laid in.
    pub medium: LineMedium,
    /// Whether light goes through it.
    pub status: LineStatus,
    /// Whether a comparison is about it.
    pub emphasis: Emphasis,
}

/// What a cable is laid in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum LineMedium {
    /// Buried, or in a duct.
    Land,
    /// On poles, or in the earth wire of a power line.
    Aerial,
    /// Submarine.
    Sea,
}

/// Whether a cable can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum LineStatus {
    /// In service.
    InService,
    /// Being built.
    UnderConstruction,
    /// Planned or proposed.
    Planned,
    /// Built, but dormant or retired.
    OutOfService,
    /// Closed by the scenario.
    Closed,
}

/// What a comparison says of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[non_exhaustive]
pub enum Emphasis {
    /// Nothing.
    #[default]
    Normal,
    /// It is new, or usable only here.
    Added,
    /// It is gone, or no longer usable here.
    Removed,
}

/// A node.
#[derive(Debug, Clone, PartialEq)]
pub struct MapPlace {
    /// The name to write beside it.
    pub name: String,
    /// What it is.
    pub kind: PlaceKind,
    /// Where it is.
    pub point: LonLat,
    /// Which labels go first: the greater the earlier (a population will do).
    pub priority: f64,
    /// Must be labelled, with a leader line if need be: ends of a route.
    pub always_label: bool,
    /// On one of the routes.
    pub on_route: bool,
}

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum PlaceKind {
    /// A town.
    City,
    /// A border post.
    BorderCrossing,
    /// Where a submarine cable comes ashore.
    LandingStation,
    /// An exchange, data centre or point of presence.
    Exchange,
    /// A place where cables meet and nothing else.
    Junction,
}

/// A route, drawn over the lines.
#[derive(Debug, Clone, PartialEq)]
pub struct MapRoute {
    /// Its rank, shown in a badge: one thing has one rank in all panels.
    pub rank: u32,
    /// Which colour it has, from 1 on; the same in all panels.
    pub color: u32,
    /// What the legend says of it.
    pub label: String,
    /// The way in the direction of travel, drawn as geodesic lines between these points. Where two routes share
    /// points they are drawn side by side.
    pub points: Vec<LonLat>,
}

/// Where a route passes a border.
#[derive(Debug, Clone, PartialEq)]
pub struct MapCrossing {
    /// The name to write beside it.
    pub name: String,
    /// Where it is.
    pub point: LonLat,
}
