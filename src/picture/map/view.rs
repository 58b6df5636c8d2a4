//! What a panel looks at: the projection for its part of the world, and from there to pixels.

use super::clip;
use super::great_circle::great_circles;
use super::sheet::{Extent, Panel};
use crate::geodesy::LonLat;
use crate::geodesy::projection::{Kind, Projection, central_meridian, relative_lon};
use crate::picture::Sizes;
use crate::picture::{Px, Rect};

/// Free margin round the content, as a share of the panel's side.
const MARGIN: f64 = 0.075;
/// The same for the whole world.
const WORLD_MARGIN: f64 = 0.02;
/// The least part of the world a panel shows, degrees across: about 30 km.
const LEAST_SPAN_DEGREES: f64 = 0.3;
/// From this scale on, pixels of the reference sheet for one degree, cables and places are drawn in full strength.
const FULL_STRENGTH: f64 = 22.0;
/// Samples a side when looking which part of the world is in sight.
const SAMPLES: u32 = 28;

/// A projection placed on the sheet.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct View {
    /// The projection.
    pub projection: Projection,
    /// The panel, pixels.
    pub rect: Rect,
    /// Pixels for one radius of the sphere.
    pub scale: f64,
    /// Where the origin of the projection lies, pixels.
    origin: Px,
    /// The part of the world in sight.
    pub window: Window,
}

/// A range of longitudes relative to the central meridian and of latitudes, degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Window {
    /// From here,
    pub west: f64,
    /// to here; never beyond -180 and 180.
    pub east: f64,
    /// From here,
    pub south: f64,
    /// to here.
    pub north: f64,
}

impl Window {
    /// As a box, longitudes across.
    pub fn rect(&self) -> Rect {
        Rect { left: self.west, right: self.east, top: self.south, bottom: self.north }
    }
}

/// Projected bounds of what a panel is about, and the projection that suits it: everything but the panel's size.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Subject {
    projection: Projection,
    bounds: Rect,
    /// The same in a projection that has no edges, in case the panel is so high or wide that a conic's would show.
    instead: Option<(Projection, Rect)>,
}

impl Subject {
    /// What the panel asks to show.
    pub fn of(panel: &Panel) -> Self {
        let points = extent_points(panel);
        if points.is_empty() {
            return Self::world(0.0);
        }
        let (central, width) = match panel.extent {
            // A box says itself where its middle is, even if it goes all round.
            Extent::Box { west, east, .. } => {
                (relative_lon(west + box_width(west, east) / 2.0, 0.0), box_width(west, east))
            }
            Extent::Fit(_) | Extent::Content => {
                central_meridian(&points.iter().map(|point| point.0).collect::<Vec<f64>>())
            }
        };
        let relative: Vec<(f64, f64)> = match panel.extent {
            Extent::Box { west, .. } => points.iter().map(|&(lon, lat)| (lon - west - width / 2.0, lat)).collect(),
            Extent::Fit(_) | Extent::Content => {
                points.iter().map(|&(lon, lat)| (relative_lon(lon, central), lat)).collect()
            }
        };
        let south = relative.iter().map(|point| point.1).fold(f64::INFINITY, f64::min);
        let north = relative.iter().map(|point| point.1).fold(f64::NEG_INFINITY, f64::max);
        let projection = choose(central, width, south, north);
        let azimuthal = Projection::lambert_azimuthal(central, f64::midpoint(south, north));
        let subject = |projection: Projection| bounds_of(&relative, &projection).map(|bounds| (projection, bounds));
        let Some((projection, bounds)) = subject(projection) else {
            return Self::world(central);
        };
        let conic = matches!(projection.kind(), Kind::LambertConformal | Kind::Albers);
        Self { projection, bounds, instead: if conic { subject(azimuthal) } else { None } }
    }

    fn world(central: f64) -> Self {
        let projection = Projection::equal_earth(central);
        let x = projection.forward_relative(180.0, 0.0).map_or(2.7, |point| point.0);
        let y = projection.forward_relative(0.0, 90.0).map_or(1.3, |point| point.1);
        Self { projection, bounds: Rect { left: -x, right: x, top: -y, bottom: y }, instead: None }
    }

    /// Pixels for one radius if shown in a box of this size.
    pub fn scale_in(&self, width: f64, height: f64) -> f64 {
        let world = self.projection.kind() == Kind::EqualEarth && self.bounds.width() > 4.9;
        let share = 1.0 - 2.0 * if world { WORLD_MARGIN } else { MARGIN };
        (width * share / self.bounds.width()).min(height * share / self.bounds.height())
    }

    /// The view of it in a panel.
    pub fn view(&self, rect: Rect) -> View {
        let view = self.plain_view(rect);
        match self.instead {
            Some((projection, bounds)) if view.shows_edge_of_conic() => {
                Self { projection, bounds, instead: None }.plain_view(rect)
            }
            Some(_) | None => view,
        }
    }

    fn plain_view(&self, rect: Rect) -> View {
        let scale = self.scale_in(rect.width(), rect.height());
        let (middle_x, middle_y) = self.bounds.center();
        let (x, y) = rect.center();
        let origin = (x - middle_x * scale, y + middle_y * scale);
        let window = Window { west: -180.0, east: 180.0, south: -90.0, north: 90.0 };
        let mut view = View { projection: self.projection, rect, scale, origin, window };
        view.window = view.in_sight();
        view
    }
}

/// The projected bounds of some points, widened to the least that is shown.
fn bounds_of(relative: &[(f64, f64)], projection: &Projection) -> Option<Rect> {
    let projected: Vec<Px> = relative.iter().filter_map(|&(lon, lat)| projection.forward_relative(lon, lat)).collect();
    let bounds = Rect::of_points(&projected)?;
    let least = LEAST_SPAN_DEGREES.to_radians();
    let grow = |size: f64| ((least - size) / 2.0).max(0.0);
    let (dx, dy) = (grow(bounds.width()), grow(bounds.height()));
    Some(Rect { left: bounds.left - dx, right: bounds.right + dx, top: bounds.top - dy, bottom: bounds.bottom + dy })
}

/// The projection for a range of longitudes and latitudes, degrees.
///
/// Conics with standard parallels a sixth of the range inside its edges for regions of middle latitudes: the
/// conformal one, which keeps true shape, up to a continent's size, beyond it the equal-area one; azimuthal equal-area
/// near the poles, across the equator and for the largest parts of the world; Equal Earth for the whole.
fn choose(central: f64, width: f64, south: f64, north: f64) -> Projection {
    let (middle, height) = (f64::midpoint(south, north), north - south);
    let (low, high) = (south + height / 6.0, north - height / 6.0);
    if width > 150.0 && (south > 35.0 || north < -35.0) {
        Projection::lambert_azimuthal(central, 90f64.copysign(middle))
    } else if width > 190.0 || (width > 120.0 && middle.abs() < 15.0) {
        Projection::equal_earth(central)
    } else if middle.abs() > 68.0 || north > 82.0 || south < -82.0 || middle.abs() < 12.0 || width > 95.0 {
        Projection::lambert_azimuthal(central, middle)
    } else if width <= 60.0 && height <= 40.0 {
        Projection::lambert_conformal(central, middle, low, high)
    } else {
        Projection::albers(central, middle, low, high)
    }
}

/// Points (longitude, latitude) that must be in sight.
fn extent_points(panel: &Panel) -> Vec<(f64, f64)> {
    let plain = |point: &LonLat| (point.lon(), point.lat());
    match &panel.extent {
        Extent::Fit(points) => points.iter().map(plain).collect(),
        Extent::Box { west, south, east, north } => box_points(*west, *south, *east, *north),
        Extent::Content => {
            let routes = panel.routes.iter().flat_map(|route| &route.points);
            let on_route = panel.places.iter().filter(|place| place.on_route).map(|place| &place.point);
            let points: Vec<_> = routes.chain(on_route).map(plain).collect();
            if !points.is_empty() {
                return points;
            }
            let lines = panel.lines.iter().flat_map(|line| &line.points);
            lines.chain(panel.places.iter().map(|place| &place.point)).map(plain).collect()
        }
    }
}

fn box_points(west: f64, south: f64, east: f64, north: f64) -> Vec<(f64, f64)> {
    if ![west, south, east, north].iter().all(|value| value.is_finite()) {
        return Vec::new();
    }
    let width = box_width(west, east);
    let (south, north) = (south.min(north).clamp(-90.0, 90.0), north.max(south).clamp(-90.0, 90.0));
    let shares = (0..=36).map(|step| f64::from(step) / 36.0);
    shares
        .flat_map(|share| {
            let (lon, lat) = (west + width * share, south + (north - south) * share);
            [(lon, south), (lon, north), (west, lat), (west + width, lat)]
        })
        .collect()
}

fn box_width(west: f64, east: f64) -> f64 {
    if east > west { (east - west).min(360.0) } else { (east - west).rem_euclid(360.0) }
}

impl View {
    /// Pixels of a place; `None` where the projection has no point.
    pub fn place(&self, point: LonLat) -> Option<Px> {
        self.projection.forward(point.lon(), point.lat()).map(|plane| self.pixel(plane))
    }

    /// Pixels of a longitude relative to the central meridian and a latitude.
    pub fn relative(&self, relative_lon: f64, lat: f64) -> Option<Px> {
        self.projection.forward_relative(relative_lon, lat).map(|plane| self.pixel(plane))
    }

    fn pixel(&self, (x, y): Px) -> Px {
        (self.origin.0 + x * self.scale, self.origin.1 - y * self.scale)
    }

    /// Longitude relative to the central meridian and latitude at a pixel.
    pub fn inverse(&self, (x, y): Px) -> Option<(f64, f64)> {
        self.projection.inverse_relative((x - self.origin.0) / self.scale, (self.origin.1 - y) / self.scale)
    }

    /// Pixels for one degree of latitude, roughly.
    pub fn px_per_degree(&self) -> f64 {
        self.scale * 1f64.to_radians()
    }

    /// How strongly lines and marks of single cables and places are drawn: finer where the map shows so much of the
    /// world that they would grow together.
    pub fn strength(&self, sizes: Sizes) -> f64 {
        (self.px_per_degree() / sizes.unit / FULL_STRENGTH).powf(0.4).clamp(0.6, 1.0)
    }

    /// Kilometres for one pixel, from left to right, at the middle of the panel.
    pub fn km_per_px(&self) -> Option<f64> {
        let (x, y) = self.rect.center();
        let half = 20.0;
        let (west_lon, west_lat) = self.inverse((x - half, y))?;
        let (east_lon, east_lat) = self.inverse((x + half, y))?;
        let central = self.projection.central_lon();
        let west = LonLat::new(relative_lon(west_lon + central, 0.0), west_lat).ok()?;
        let east = LonLat::new(relative_lon(east_lon + central, 0.0), east_lat).ok()?;
        Some(crate::geodesy::distance_km(west, east) / (2.0 * half))
    }

    /// The edge of the earth in pixels, if it is in sight: beyond it is no sea.
    pub fn edge_of_the_earth(&self) -> Option<Vec<Px>> {
        match self.projection.kind() {
            Kind::LambertConformal | Kind::Albers => None,
            Kind::LambertAzimuthal => {
                let angles = (0..360).map(|degree| f64::from(degree).to_radians());
                let edge = angles.map(|angle| self.pixel((2.0 * angle.cos(), 2.0 * angle.sin())));
                Some(edge.collect())
            }
            Kind::EqualEarth => {
                let lats: Vec<f64> = (-90..=90).map(f64::from).collect();
                let west = lats.iter().map(|&lat| self.relative(-180.0, lat));
                let east = lats.iter().rev().map(|&lat| self.relative(180.0, lat));
                west.chain(east).collect()
            }
        }
    }

    /// Whether a conic map would show where it is cut open, its pole, or what is stretched beyond recognition.
    fn shows_edge_of_conic(&self) -> bool {
        let window = self.window;
        window.east - window.west > 300.0
            || window.north > 89.0
            || window.south < -89.0
            || window.north - window.south > 80.0
    }

    /// Whether a pole is in sight.
    pub fn shows_pole(&self) -> bool {
        [-90.0, 90.0].into_iter().any(|pole| self.relative(0.0, pole).is_some_and(|pixel| self.rect.contains(pixel)))
    }

    /// How far north is turned from upwards at a pixel, degrees clockwise.
    pub fn north_at(&self, pixel: Px) -> Option<f64> {
        let (lon, lat) = self.inverse(pixel)?;
        let ahead = self.relative(lon, (lat + 0.01).min(90.0))?;
        let behind = self.relative(lon, (lat - 0.01).max(-90.0))?;
        Some((ahead.0 - behind.0).atan2(behind.1 - ahead.1).to_degrees())
    }

    /// A way in pixels: great circles between the points, in one piece or, where the map is cut open or has no
    /// point, in several. Not yet cut to the panel.
    pub fn way(&self, points: &[LonLat]) -> Vec<Vec<Px>> {
        let mut parts: Vec<Vec<Px>> = vec![Vec::new()];
        let mut previous: Option<(f64, f64)> = None;
        let push = |relative: f64, lat: f64, part_ends: bool, parts: &mut Vec<Vec<Px>>| {
            if part_ends {
                parts.push(Vec::new());
            }
            match (self.relative(relative, lat), parts.last_mut()) {
                (Some(pixel), Some(part)) => part.push(pixel),
                _ => parts.push(Vec::new()),
            }
        };
        for (lon, lat) in great_circles(points) {
            let relative = relative_lon(lon, self.projection.central_lon());
            if let Some((last, last_lat)) = previous
                && (relative - last).abs() > 180.0
            {
                // The step goes over the edge of the map: end at one side, go on from the other.
                let side = 180f64.copysign(last);
                let share = (side - last) / (relative + 2.0 * side - last);
                let cut_lat = last_lat + (lat - last_lat) * if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 };
                push(side, cut_lat, false, &mut parts);
                push(-side, cut_lat, true, &mut parts);
            }
            push(relative, lat, false, &mut parts);
            previous = Some((relative, lat));
        }
        parts.retain(|part| part.len() > 1);
        parts
    }

    /// A way in pixels, cut to the panel (and a little more) and thinned.
    pub fn visible_way(&self, points: &[LonLat], spill: f64) -> Vec<Vec<Px>> {
        let bounds = self.rect.grown(spill);
        let parts = self.way(points);
        let visible = parts.iter().flat_map(|part| clip::line(part, &bounds));
        visible.map(|part| clip::thin(&part, 0.2)).collect()
    }

    /// The part of the world that can be in sight, with a margin.
    fn in_sight(&self) -> Window {
        let mut window =
            Window { west: f64::INFINITY, east: f64::NEG_INFINITY, south: f64::INFINITY, north: f64::NEG_INFINITY };
        let rect = self.rect.grown(12.0);
        let mut off_map = false;
        for row in 0..=SAMPLES {
            for column in 0..=SAMPLES {
                let share = |step: u32| f64::from(step) / f64::from(SAMPLES);
                let pixel = (rect.left + rect.width() * share(column), rect.top + rect.height() * share(row));
                let Some((lon, lat)) = self.inverse(pixel) else {
                    off_map = true;
                    continue;
                };
                window.west = window.west.min(lon);
                window.east = window.east.max(lon);
                window.south = window.south.min(lat);
                window.north = window.north.max(lat);
            }
        }
        for pole in [-90.0, 90.0] {
            if self.relative(0.0, pole).is_some_and(|pixel| rect.contains(pixel)) {
                off_map = true;
                window.south = window.south.min(pole);
                window.north = window.north.max(pole);
            }
        }
        let margin = |span: f64| span * 0.06 + 0.05;
        let (dx, dy) = (margin(window.east - window.west), margin(window.north - window.south));
        if off_map || !dx.is_finite() || window.east - window.west > 300.0 {
            // Where the edge of the map is in sight, all longitudes may be; nothing is lost but a little time.
            window.west = -180.0;
            window.east = 180.0;
        }
        let dy = if dy.is_finite() { dy } else { 180.0 };
        Window {
            west: (window.west - dx).max(-180.0),
            east: (window.east + dx).min(180.0),
            south: (window.south - dy).max(-90.0),
            north: (window.north + dy).min(90.0),
        }
    }
}
