//! The plan of a sheet: everything that will be drawn, worked out in pixels.

use super::arrange::{self, Arrangement};
use super::basemap::Basemap;
use super::country_names;
use super::error::{LARGEST_SIDE_PX, MOST_PANELS, MapError, SMALLEST_SIDE_PX};
use super::graticule::Graticule;
use super::ink::Ink;
use super::labels::{Label, Placer, Tone, Wish};
use super::legend::{self, InSight, Key};
use super::lines::{self, DrawnLine};
use super::routes::{self, DrawnRoute};
use super::scale_bar::{North, ScaleBar};
use super::sheet::{LineStatus, Panel, PlaceKind, Sheet};
use super::symbols::{self, Mark, Symbol};
use super::view::{Subject, View};
use crate::geodesy::Atlas;
use crate::picture::Sizes;
use crate::picture::{Px, Rect};

/// How far from its mark the name of a border passage, and that of an end of a route, may stand, in rings of three
/// quarters of the font's size.
const PASSAGE_RINGS: u32 = 6;
const END_RINGS: u32 = 11;
/// A map has at most one name for so many squares of the size of its font.
const AREA_PER_LABEL: f64 = 75.0;
/// Marks of places whose name is not shown are smaller by this factor.
const NAMELESS: f64 = 0.66;

/// A sheet, planned.
#[derive(Debug)]
pub(super) struct Composition {
    /// Width, pixels.
    pub width_px: u32,
    /// Height, pixels.
    pub height_px: u32,
    /// How big things are.
    pub sizes: Sizes,
    /// Where the parts of the sheet go.
    pub arrangement: Arrangement,
    /// The maps.
    pub panels: Vec<PanelPlan>,
}

/// A map, planned.
#[derive(Debug)]
pub(super) struct PanelPlan {
    /// What it looks at.
    pub view: View,
    /// Codes of the countries set off.
    pub corridor: Vec<String>,
    /// Land, water and borders.
    pub basemap: Basemap,
    /// Meridians and parallels.
    pub graticule: Graticule,
    /// Segments.
    pub lines: Vec<DrawnLine>,
    /// Routes.
    pub routes: Vec<DrawnRoute>,
    /// Marks.
    pub symbols: Vec<Symbol>,
    /// Names.
    pub labels: Vec<Label>,
    /// The scale bar, if there is room.
    pub scale_bar: Option<ScaleBar>,
    /// The north arrow, if north is not up.
    pub north: Option<North>,
    /// Names that had to be shown and for which no spot was free.
    pub unplaced: Vec<String>,
}

/// Lines and marks of a panel, which the legend depends on.
struct Content {
    view: View,
    lines: Vec<DrawnLine>,
    symbols: Vec<Symbol>,
}

/// Plans a sheet.
pub(super) fn compose(sheet: &Sheet, atlas: &Atlas) -> Result<Composition, MapError> {
    let (width_px, height_px) = (sheet.width_px, sheet.height_px);
    let sides = SMALLEST_SIDE_PX..=LARGEST_SIDE_PX;
    if !sides.contains(&width_px) || !sides.contains(&height_px) {
        return Err(MapError::Size { width_px, height_px });
    }
    if !(1..=MOST_PANELS).contains(&sheet.panels.len()) {
        return Err(MapError::Panels { found: sheet.panels.len() });
    }
    let sizes = Sizes::of(width_px, height_px);
    let subjects: Vec<Subject> = sheet.panels.iter().map(Subject::of).collect();
    // How much room the legend takes depends on what is in sight, and that on the room for the maps: the first round
    // has a legend of everything, the second that of what is drawn.
    let first = arrange::arrange(sheet, &legend_of_all(sheet), &subjects, sizes)?;
    let mut contents_now = contents(sheet, &subjects, &first, sizes);
    let basemaps: Vec<Basemap> = contents_now.iter().map(|content| Basemap::of(atlas, &content.view)).collect();
    let disputed = basemaps.iter().any(|basemap| basemap.borders.iter().any(|border| border.disputed));
    let mut arrangement = arrange::arrange(sheet, &legend_of(sheet, &contents_now, disputed), &subjects, sizes)?;
    let basemaps = if arrangement.maps == first.maps {
        basemaps
    } else {
        contents_now = contents(sheet, &subjects, &arrangement, sizes);
        contents_now.iter().map(|content| Basemap::of(atlas, &content.view)).collect()
    };
    let degrees = arrangement.degrees;
    let planned = sheet.panels.iter().zip(contents_now).zip(basemaps);
    let panels: Vec<PanelPlan> =
        planned.map(|((panel, content), basemap)| plan(panel, content, basemap, degrees, sizes)).collect();
    arrangement.captions.retain(|caption| !caption.text.is_empty());
    Ok(Composition { width_px, height_px, sizes, arrangement, panels })
}

fn contents(sheet: &Sheet, subjects: &[Subject], arrangement: &Arrangement, sizes: Sizes) -> Vec<Content> {
    let panels = sheet.panels.iter().zip(subjects).zip(&arrangement.maps);
    panels
        .map(|((panel, subject), &map)| {
            let view = subject.view(map);
            let lines = lines::of(panel, &view, sizes);
            let symbols = symbols::of(panel, &view, sizes);
            Content { view, lines, symbols }
        })
        .collect()
}

/// The legend of what is in sight.
fn legend_of(sheet: &Sheet, contents: &[Content], disputed: bool) -> Vec<(Key, String)> {
    let lines = contents.iter().flat_map(|content| &content.lines);
    let marks = contents.iter().flat_map(|content| &content.symbols);
    legend::entries(&InSight {
        lines: lines.map(|line| (line.medium, line.status, line.emphasis)).collect(),
        marks: marks.map(|symbol| symbol.mark).collect(),
        disputed,
        ..drawn_anyway(sheet)
    })
}

/// The legend as if all of the sheet were in sight.
fn legend_of_all(sheet: &Sheet) -> Vec<(Key, String)> {
    let lines = sheet.panels.iter().flat_map(|panel| &panel.lines);
    let places = sheet.panels.iter().flat_map(|panel| &panel.places).map(|place| Mark::Place(place.kind));
    let passages = sheet.panels.iter().flat_map(|panel| &panel.crossings).map(|_| Mark::Passage);
    legend::entries(&InSight {
        lines: lines.map(|line| (line.medium, line.status, line.emphasis)).collect(),
        marks: places.chain(passages).collect(),
        disputed: true,
        ..drawn_anyway(sheet)
    })
}

fn drawn_anyway(sheet: &Sheet) -> InSight<'_> {
    InSight {
        routes: sheet.panels.iter().flat_map(|p| p.routes.iter().map(|route| (p.caption.as_str(), route))).collect(),
        corridor: sheet.panels.iter().any(|panel| !panel.corridor.is_empty()),
        ..InSight::default()
    }
}

fn plan(panel: &Panel, content: Content, basemap: Basemap, degrees: bool, sizes: Sizes) -> PanelPlan {
    let Content { view, lines, symbols } = content;
    let mut drawn_routes = routes::of(&panel.routes, &view, sizes);
    let ink = ink_of(&view, &lines, &drawn_routes, &symbols, sizes);
    let scale_bar = ScaleBar::of(&view, &ink, sizes);
    let mut taken: Vec<Rect> = scale_bar.iter().map(|bar| bar.rect).collect();
    taken.extend(symbols.iter().map(Symbol::rect));
    let north = North::of(&view, &taken, sizes);
    taken.extend(north.iter().map(|north| north.rect));
    let minor: Vec<Rect> = symbols.iter().filter(|symbol| !symbol.must).map(Symbol::rect).collect();
    routes::place_badges(&mut drawn_routes, &view, (&mut taken, &minor), sizes);
    routes::place_arrows(&mut drawn_routes, &view, &taken, sizes);
    let heads = drawn_routes.iter().flat_map(|route| &route.arrows);
    let must_keep_off: Vec<Rect> = heads.filter_map(|head| Rect::of_points(head)).collect();
    taken.extend(must_keep_off);

    let area = view.rect.grown(-sizes.px(4.0));
    let is_minor = |symbol: &&Symbol| !symbol.must && !symbol.on_route;
    let minor: Vec<Rect> = symbols.iter().filter(is_minor).map(Symbol::rect).collect();
    taken.retain(|rect| !minor.contains(rect));
    let mut placer = Placer::new(area, sizes.px(1.6), &ink, (taken, minor));
    let badge = |at: Px| Rect::around(at, sizes.px(routes::BADGE_RADIUS));
    placer.badges = drawn_routes.iter().filter_map(|route| route.badge.map(badge)).collect();
    let NamingOutcome { unplaced, without_label, covered } = name_all(panel, &symbols, &basemap, sizes, &mut placer);
    let labels = std::mem::take(&mut placer.labels);
    // A mark without a name is only a sign that something is there.
    let mut symbols = symbols;
    symbols.retain(|symbol| !covered.contains(&symbol.center));
    for symbol in symbols.iter_mut().filter(|symbol| without_label.contains(&symbol.center)) {
        symbol.half = (symbol.half * NAMELESS).max(1.2);
    }
    let graticule = Graticule::of(&view, degrees, sizes);
    PanelPlan {
        view,
        corridor: panel.corridor.clone(),
        basemap,
        graticule,
        lines,
        routes: drawn_routes,
        symbols,
        labels,
        scale_bar,
        north,
        unplaced,
    }
}

/// What became of the names.
struct NamingOutcome {
    /// Names that had to be shown and for which there was no room.
    unplaced: Vec<String>,
    /// Marks that have none.
    without_label: Vec<Px>,
    /// Marks that went under the name of an end or passage of a route.
    covered: Vec<Px>,
}

/// Puts all names on the map: those of the routes' ends first, as they have the nearest spots, then their passages, the
/// countries and the other places.
fn name_all(
    panel: &Panel,
    symbols: &[Symbol],
    basemap: &Basemap,
    sizes: Sizes,
    placer: &mut Placer<'_>,
) -> NamingOutcome {
    let has_routes = !panel.routes.is_empty();
    let mut unplaced = Vec::new();
    let (mut musts, rest): (Vec<&Symbol>, Vec<&Symbol>) = symbols.iter().partition(|symbol| symbol.must);
    musts.sort_by_key(|symbol| symbol.mark == Mark::Passage);
    let (on_route, off_route): (Vec<&Symbol>, Vec<&Symbol>) = rest.into_iter().partition(|symbol| symbol.on_route);
    for symbol in musts {
        if !symbol.name.is_empty() && !place_label(symbol, has_routes, sizes, placer) {
            unplaced.push(symbol.name.clone());
        }
    }
    let is_covered = |symbol: &&Symbol| placer.labels.iter().any(|label| label.rect.intersects(&symbol.rect()));
    let (covered, off_route): (Vec<&Symbol>, Vec<&Symbol>) = off_route.into_iter().partition(is_covered);
    let area = placer.area;
    let countries = country_names::of(basemap, &panel.corridor, area, sizes);
    countries.place_corridor(placer);
    for symbol in on_route {
        place_label(symbol, has_routes, sizes, placer);
    }
    countries.place_others(placer);
    placer.gap = sizes.px(2.6).max(2.0);
    let most_labels = (area.width() * area.height() / sizes.text(12.0).powi(2) / AREA_PER_LABEL) as usize;
    let mut without_label = Vec::new();
    for symbol in off_route {
        if placer.labels.len() >= most_labels || !place_label(symbol, has_routes, sizes, placer) {
            without_label.push(symbol.center);
        }
    }
    NamingOutcome { unplaced, without_label, covered: covered.into_iter().map(|symbol| symbol.center).collect() }
}

/// Puts the name of a mark beside it; says whether there was room.
fn place_label(symbol: &Symbol, has_routes: bool, sizes: Sizes, placer: &mut Placer) -> bool {
    if symbol.name.is_empty() {
        return true;
    }
    let minor = matches!(symbol.mark, Mark::Place(PlaceKind::BorderCrossing | PlaceKind::Junction));
    let (reference, tone) = match (symbol.must, symbol.on_route, minor) {
        (true, _, _) if symbol.mark != Mark::Passage => (14.5, Tone::Strong),
        (true, _, _) => (13.0, Tone::Strong),
        (false, true, _) => (12.5, Tone::Plain),
        (false, false, false) if !has_routes => (12.0, Tone::Plain),
        (false, false, false) => (11.5, Tone::Soft),
        (false, false, true) => (10.5, Tone::Soft),
    };
    placer.place(&Wish {
        text: &symbol.name,
        anchor: symbol.center,
        clearance: symbol.half,
        size: sizes.text(reference),
        tone,
        farthest: match (symbol.must, symbol.mark) {
            (false, _) => 0,
            (true, Mark::Passage) => PASSAGE_RINGS,
            (true, Mark::Place(_)) => END_RINGS,
        },
    })
}

/// What names should keep off: routes most, then lines.
fn ink_of(view: &View, lines: &[DrawnLine], routes: &[DrawnRoute], symbols: &[Symbol], sizes: Sizes) -> Ink {
    let mut ink = Ink::new(view.rect, sizes.px(3.0));
    for line in lines {
        let weight = if line.status == LineStatus::InService { 0.8 } else { 0.6 };
        line.parts.iter().for_each(|part| ink.add_line(part, weight));
    }
    for route in routes {
        route.parts.iter().for_each(|part| ink.add_line(part, 2.5));
    }
    for symbol in symbols {
        let (x, y) = symbol.center;
        ink.add_line(&[(x - symbol.half, y), (x + symbol.half, y)], 2.0);
    }
    ink.sum_up()
}
