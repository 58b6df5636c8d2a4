//! The base map of a panel in pixels: land, lakes, rivers and borders, cut to the panel and as coarse as its scale.

use super::clip;
use super::view::View;
use crate::geodesy::{Atlas, Bbox, Layer, LineClass};
use crate::picture::{Px, Rect};

/// Nothing smaller than this is drawn, pixels across.
const SMALLEST_PX: f64 = 2.2;
/// Points closer than this to the one before are left out, pixels.
const STEP_PX: f64 = 0.7;
/// Thinning of what is left, pixels.
const THIN_PX: f64 = 0.45;
/// Rings and lines are cut this far outside the panel, so that their edges do not show.
const SPILL_PX: f64 = 14.0;
/// Edges longer than this are bent with the projection, degrees.
const LONGEST_EDGE_DEGREES: f64 = 1.5;

/// A panel's base map.
#[derive(Debug, Clone, Default)]
pub(super) struct Basemap {
    /// Land in the order to paint: an island in a lake of land comes after it.
    pub land: Vec<Land>,
    /// Lakes and islands in them, in the order to paint.
    pub lakes: Vec<(Vec<Px>, bool)>,
    /// Rivers with their rank, 0 the greatest.
    pub rivers: Vec<(Vec<Px>, u8)>,
    /// Borders.
    pub borders: Vec<Border>,
}

/// A piece of land.
#[derive(Debug, Clone)]
pub(super) struct Land {
    /// Code of its country.
    pub code: &'static str,
    /// Name of its country.
    pub name: &'static str,
    /// Its outline, or that of a hole.
    pub ring: Vec<Px>,
    /// Whether it is not land of this country but a hole in it.
    pub hole: bool,
}

/// A piece of a border.
#[derive(Debug, Clone)]
pub(super) struct Border {
    /// The line.
    pub line: Vec<Px>,
    /// Whether it is disputed, indefinite or a line of control.
    pub disputed: bool,
    /// Codes of the countries on its two sides.
    pub sides: [&'static str; 2],
}

impl Basemap {
    /// What of the atlas a view shows.
    pub fn of(atlas: &Atlas, view: &View) -> Self {
        Self {
            land: land(atlas, view),
            lakes: lakes(atlas, view),
            rivers: rivers(atlas, view),
            borders: borders(atlas, view),
        }
    }
}

fn land(atlas: &Atlas, view: &View) -> Vec<Land> {
    let mut land = Vec::new();
    for country in atlas.countries() {
        if shifts(view, country.bbox()).next().is_none() {
            continue;
        }
        let start = land.len();
        for ring in country.rings() {
            for outline in rings(view, ring.bbox(), || ring.points()) {
                land.push(Land { code: country.code(), name: country.name(), ring: outline, hole: false });
            }
        }
        mark_holes(&mut land[start..]);
    }
    // The largest first: an enclave is painted over the country round it, and a hole before what fills it.
    let mut keyed: Vec<(f64, Land)> =
        land.into_iter().map(|piece| (clip::signed_area(&piece.ring).abs(), piece)).collect();
    keyed.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.hole.cmp(&a.1.hole)).then(a.1.code.cmp(b.1.code)));
    keyed.into_iter().map(|(_, piece)| piece).collect()
}

/// Rings are meant even-odd: a ring inside another of the same country is a hole in it.
fn mark_holes(pieces: &mut [Land]) {
    let boxes: Vec<Option<Rect>> = pieces.iter().map(|piece| Rect::of_points(&piece.ring)).collect();
    for index in 0..pieces.len() {
        let Some(own) = boxes[index] else { continue };
        let depth = (0..pieces.len()).filter(|&other| {
            let around = other != index && boxes[other].is_some_and(|other| other.contains_rect(&own) && other != own);
            around && clip::ring_contains(&pieces[other].ring, middle(&pieces[index].ring))
        });
        pieces[index].hole = depth.count() % 2 == 1;
    }
}

/// A point just inside a ring: beside the middle of its first edge, towards its middle vertex.
fn middle(ring: &[Px]) -> Px {
    let edge = clip::between(ring[0], ring[1 % ring.len()], 0.5);
    clip::between(edge, ring[ring.len() / 2], 0.01)
}

fn lakes(atlas: &Atlas, view: &View) -> Vec<(Vec<Px>, bool)> {
    let shores = atlas.layer(Layer::Lakes);
    let mut lakes: Vec<(Vec<Px>, bool)> = shores
        .flat_map(|shore| {
            let island = shore.class() == LineClass::LakeIsland;
            rings(view, shore.bbox(), || shore.points()).into_iter().map(move |ring| (ring, island))
        })
        .collect();
    lakes.retain(|(ring, _)| clip::signed_area(ring).abs() / 2.0 > 12.0);
    lakes.sort_by_key(|(_, island)| *island);
    lakes
}

/// Fewer rivers on smaller scales: the greatest rank that is drawn.
fn finest_river(view: &View) -> u8 {
    match view.px_per_degree() {
        scale if scale < 9.0 => 0,
        scale if scale < 14.0 => 3,
        scale if scale < 24.0 => 4,
        scale if scale < 45.0 => 5,
        scale if scale < 80.0 => 7,
        _ => 9,
    }
}

fn rivers(atlas: &Atlas, view: &View) -> Vec<(Vec<Px>, u8)> {
    let finest = finest_river(view);
    if finest == 0 {
        return Vec::new();
    }
    // The finer rivers cover one region only, and run beside the coarser ones there: either the one or the other.
    let fine_region = Rect { left: 45.0, right: 90.0, top: 18.0, bottom: 50.0 };
    let central = view.projection.central_lon();
    let window = view.window;
    let in_sight =
        Rect { left: window.west + central, right: window.east + central, top: window.south, bottom: window.north };
    let layer = if view.px_per_degree() > 45.0 && fine_region.contains_rect(&in_sight) {
        Layer::RiversFine
    } else {
        Layer::Rivers
    };
    let mut rivers = Vec::new();
    for river in atlas.layer(layer).filter(|river| river.rank() <= finest) {
        for line in lines(view, river.bbox(), || river.points()) {
            rivers.push((line, river.rank()));
        }
    }
    rivers
}

fn borders(atlas: &Atlas, view: &View) -> Vec<Border> {
    let mut borders = Vec::new();
    for border in atlas.layer(Layer::Boundaries) {
        let disputed = match border.class() {
            LineClass::International => false,
            LineClass::Disputed | LineClass::Indefinite | LineClass::LineOfControl => true,
            LineClass::ZoneLimit
            | LineClass::WaterIndicator
            | LineClass::Land
            | LineClass::Lake
            | LineClass::LakeIsland
            | LineClass::River => continue,
        };
        for line in lines(view, border.bbox(), || border.points()) {
            borders.push(Border { line, disputed, sides: [border.left(), border.right()] });
        }
    }
    borders
}

/// The turns of the globe, degrees, that bring a box into the window.
fn shifts(view: &View, bbox: Bbox) -> impl Iterator<Item = f64> + use<> {
    let (window, central) = (view.window, view.projection.central_lon());
    let apart = bbox.north < window.south || bbox.south > window.north;
    [-720.0, -360.0, 0.0, 360.0, 720.0].into_iter().filter(move |turn| {
        let (west, east) = (bbox.west - central + turn, bbox.east - central + turn);
        !apart && west < window.east && east > window.west
    })
}

/// Too small to be seen.
fn is_tiny(view: &View, bbox: Bbox) -> bool {
    let shrink = f64::midpoint(bbox.south, bbox.north).to_radians().cos();
    let across = ((bbox.east - bbox.west) * shrink).max(bbox.north - bbox.south);
    across * view.px_per_degree() < SMALLEST_PX
}

/// A ring as the view shows it, in pixels: usually one, none if out of sight, two at the edge of a world map.
fn rings<I: Iterator<Item = Px>>(view: &View, bbox: Bbox, points: impl Fn() -> I) -> Vec<Vec<Px>> {
    if is_tiny(view, bbox) {
        return Vec::new();
    }
    let bounds = view.rect.grown(SPILL_PX);
    let mut result = Vec::new();
    for turn in shifts(view, bbox) {
        let cut = clip::ring(&coarse(view, points(), turn), &view.window.rect());
        let pixels: Vec<Px> = bent(&cut, true).filter_map(|(lon, lat)| view.relative(lon, lat)).collect();
        let visible = clip::thin(&clip::ring(&pixels, &bounds), THIN_PX);
        if visible.len() > 2 {
            result.push(visible);
        }
    }
    result
}

/// A line as the view shows it, in pixels.
fn lines<I: Iterator<Item = Px>>(view: &View, bbox: Bbox, points: impl Fn() -> I) -> Vec<Vec<Px>> {
    if is_tiny(view, bbox) {
        return Vec::new();
    }
    let bounds = view.rect.grown(SPILL_PX);
    let mut result = Vec::new();
    for turn in shifts(view, bbox) {
        for part in clip::line(&coarse(view, points(), turn), &view.window.rect()) {
            let pixels: Vec<Px> = bent(&part, false).filter_map(|(lon, lat)| view.relative(lon, lat)).collect();
            result.extend(clip::line(&pixels, &bounds).iter().map(|line| clip::thin(line, THIN_PX)));
        }
    }
    result
}

/// Longitudes relative to the central meridian, without points too close to the one before to be told apart.
fn coarse(view: &View, points: impl Iterator<Item = Px>, turn: f64) -> Vec<Px> {
    let step = STEP_PX / view.px_per_degree();
    let offset = turn - view.projection.central_lon();
    let mut result: Vec<Px> = Vec::new();
    let mut skipped = None;
    // Degrees of longitude shorten to the pole; the middle of the window stands for all, which is fine enough.
    let step_lon = step / f64::midpoint(view.window.south, view.window.north).to_radians().cos().max(0.3);
    for (lon, lat) in points {
        let point = (lon + offset, lat);
        match result.last() {
            Some(last) if (point.0 - last.0).abs() < step_lon && (point.1 - last.1).abs() < step => {
                skipped = Some(point)
            }
            _ => {
                result.push(point);
                skipped = None;
            }
        }
    }
    result.extend(skipped);
    result
}

/// The points with more put into long edges, so that they bend with the projection; first and last are joined too if
/// it is a ring.
fn bent(points: &[Px], closed: bool) -> impl Iterator<Item = Px> {
    let edges = if closed { points.len() } else { points.len().saturating_sub(1) };
    let last = if closed { None } else { points.last().copied() };
    (0..edges)
        .flat_map(move |index| {
            let (a, b) = (points[index], points[(index + 1) % points.len()]);
            let steps =
                ((b.0 - a.0).abs().max((b.1 - a.1).abs()) / LONGEST_EDGE_DEGREES).ceil().clamp(1.0, 300.0) as u32;
            (0..steps).map(move |step| clip::between(a, b, f64::from(step) / f64::from(steps)))
        })
        .chain(last)
}
