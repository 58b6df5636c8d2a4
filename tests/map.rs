//! Maps: what must hold for every picture, checked on the boxes of its layout, and what the pixels say.

use std::collections::BTreeMap;
use std::path::Path;

use fiberplan::World;
use fiberplan::geodesy::{LonLat, length_km};
use fiberplan::picture::map::{
    DrawnWay, Emphasis, Extent, LabelBox, LayoutReport, LineMedium, LineStatus, MapCrossing, MapError, MapLine,
    MapPlace, MapRoute, Panel, PanelReport, PlaceKind, Rect, Sheet, layout, render_png, render_svg,
};

fn at(lon: f64, lat: f64) -> LonLat {
    LonLat::new(lon, lat).expect("a place on the earth")
}

fn rows(file: &str) -> Vec<Vec<String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/map").join(file);
    let mut reader = csv::Reader::from_path(&path).expect("the fixture opens");
    reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect()
}

fn scene(name: &str) -> Panel {
    let mut points = BTreeMap::new();
    let mut panel = Panel::default();
    for row in rows(&format!("{name}_places.csv")) {
        let point = at(row[3].parse().expect("lon"), row[4].parse().expect("lat"));
        points.insert(row[0].clone(), point);
        let kind = match row[2].as_str() {
            "city" => PlaceKind::City,
            "border_crossing" => PlaceKind::BorderCrossing,
            "landing_station" => PlaceKind::LandingStation,
            "exchange" => PlaceKind::Exchange,
            _ => PlaceKind::Junction,
        };
        let on_route = row[6] == "1";
        if on_route && kind == PlaceKind::BorderCrossing {
            panel.crossings.push(MapCrossing { name: format!("{0} | {0}", row[1]), point });
        }
        panel.places.push(MapPlace {
            name: row[1].clone(),
            kind,
            point,
            priority: row[5].parse().expect("priority"),
            always_label: row[7] == "1",
            on_route,
        });
    }
    for row in rows(&format!("{name}_lines.csv")) {
        panel.lines.push(MapLine {
            id: row[0].clone(),
            points: vec![points[&row[1]], points[&row[2]]],
            medium: match row[3].as_str() {
                "sea" => LineMedium::Sea,
                "aerial" => LineMedium::Aerial,
                _ => LineMedium::Land,
            },
            status: match row[4].as_str() {
                "planned" => LineStatus::Planned,
                "under_construction" => LineStatus::UnderConstruction,
                "out_of_service" => LineStatus::OutOfService,
                "closed" => LineStatus::Closed,
                _ => LineStatus::InService,
            },
            emphasis: Emphasis::Normal,
        });
    }
    for row in rows(&format!("{name}_routes.csv")) {
        panel.routes.push(MapRoute {
            rank: row[0].parse().expect("rank"),
            color: row[0].parse().expect("rank"),
            label: row[1].clone(),
            points: row[2].split(';').map(|id| points[id]).collect(),
        });
    }
    panel
}

fn sheet(panels: Vec<Panel>, width_px: u32, height_px: u32) -> Sheet {
    Sheet {
        title: "From the first town to the last by the west and the pass: 2,430 km, 12.4 ms, 31.2 MUSD".to_owned(),
        subtitle: "an invented network, scenario today (2026), 100 Gbps for 15 years".to_owned(),
        panels,
        notes: vec!["Nothing on this map but the base map is real.".to_owned()],
        attribution: "Made with Natural Earth.".to_owned(),
        width_px,
        height_px,
    }
}

/// All of the scene across the 180th meridian.
fn dateline() -> Panel {
    let panel = scene("dateline");
    Panel { extent: Extent::Fit(panel.places.iter().map(|place| place.point).collect()), ..panel }
}

fn corridor() -> Panel {
    Panel { corridor: ["TM", "AF", "PK"].map(str::to_owned).to_vec(), ..scene("inland") }
}

/// The two panels of a comparison: some lines are gone in one and new in the other.
fn comparison() -> Vec<Panel> {
    let mut before = Panel { caption: "before".to_owned(), ..corridor() };
    before.routes.truncate(1);
    let extent = Extent::Fit(before.routes.iter().flat_map(|route| route.points.clone()).collect());
    before.extent = extent;
    let mut after = Panel { caption: "after".to_owned(), ..before.clone() };
    for (index, line) in after.lines.iter_mut().enumerate() {
        match index % 9 {
            3 => line.emphasis = Emphasis::Added,
            6 => (line.emphasis, line.status) = (Emphasis::Removed, LineStatus::Closed),
            _ => {}
        }
    }
    vec![before, after]
}

fn check_apart(what: &str, boxes: &[(String, Rect)]) {
    for (index, (name, rect)) in boxes.iter().enumerate() {
        for (other_name, other) in &boxes[..index] {
            assert!(!rect.intersects(other), "{what}: {name} {rect:?} lies on {other_name} {other:?}");
        }
    }
}

fn check_text(what: &str, label: &LabelBox, inside: &Rect) {
    assert!(inside.contains_rect(&label.rect), "{what}: {label:?} reaches out of {inside:?}");
    assert!(label.text_width <= label.rect.width() + 1e-6, "{what}: {label:?} is wider than its box");
    assert!(label.rect.height() >= label.size_px, "{what}: {label:?} is higher than its box");
    assert!(label.size_px >= 7.0, "{what}: {label:?} is too small to read");
}

fn check_panel(what: &str, panel: &PanelReport, sheet: &Rect) {
    assert!(sheet.contains_rect(&panel.frame), "{what}: the map reaches out of the sheet");
    let mut boxes: Vec<(String, Rect)> = Vec::new();
    for label in &panel.labels {
        check_text(what, label, &panel.frame);
        boxes.push((format!("label {}", label.text), label.rect));
    }
    boxes.extend(panel.scale_bar.iter().map(|&rect| ("scale bar".to_owned(), rect)));
    boxes.extend(panel.north.iter().map(|&rect| ("north".to_owned(), rect)));
    boxes.extend(panel.badges.iter().map(|&rect| ("badge".to_owned(), rect)));
    check_apart(what, &boxes);
    for (name, rect) in &boxes {
        assert!(panel.frame.contains_rect(rect), "{what}: {name} is cut off");
        // A scale bar may have to cover a mark, where all corners are full; a name never.
        if name.starts_with("label") {
            let node = panel.nodes.iter().find(|node| node.intersects(rect));
            assert!(node.is_none(), "{what}: {name} {rect:?} lies on the mark {node:?}");
        }
    }
    for node in &panel.nodes {
        assert!(panel.frame.contains_rect(node), "{what}: the mark {node:?} is cut off");
    }
    for degree in &panel.degrees {
        check_text(what, degree, sheet);
        assert!(!degree.rect.intersects(&panel.frame), "{what}: {degree:?} lies on the map");
    }
    assert_eq!(panel.unplaced, Vec::<String>::new(), "{what}");
}

fn check_layout(what: &str, report: &LayoutReport) {
    let mut outside: Vec<(String, Rect)> = Vec::new();
    for text in report.texts.iter().chain(&report.legend) {
        check_text(what, text, &report.sheet);
        outside.push((format!("text {}", text.text), text.rect));
    }
    for panel in &report.panels {
        check_panel(what, panel, &report.sheet);
        outside.push(("map".to_owned(), panel.frame));
        outside.extend(panel.degrees.iter().map(|degree| (format!("degrees {}", degree.text), degree.rect)));
    }
    check_apart(what, &outside);
}

fn layout_of(sheet: &Sheet) -> LayoutReport {
    layout(sheet, World::shipped().atlas()).expect("a layout")
}

#[test]
fn nothing_overlaps_and_nothing_is_clipped_at_any_size() {
    for (width, height) in [(600, 433), (1800, 1300), (8000, 5778), (1200, 1800)] {
        for (name, panels) in [
            ("corridor", vec![corridor()]),
            ("network", vec![Panel { routes: Vec::new(), crossings: Vec::new(), ..scene("inland") }]),
            ("dateline", vec![dateline()]),
            ("comparison", comparison()),
        ] {
            let what = format!("{name} at {width}x{height}");
            let report = layout_of(&sheet(panels, width, height));
            check_layout(&what, &report);
            assert!(report.panels.iter().all(|panel| panel.labels.len() >= 6 && panel.n_land >= 1), "{what}");
            assert!(report.panels.iter().all(|panel| panel.scale_bar.is_some()), "{what}");
        }
    }
}

#[test]
fn a_poster_has_room_for_more_names_than_a_thumbnail() {
    let count = |width, height| layout_of(&sheet(vec![corridor()], width, height)).panels[0].labels.len();
    let (thumbnail, poster) = (count(600, 433), count(8000, 5778));
    assert!(thumbnail >= 10 && poster > thumbnail, "{thumbnail} and {poster}");
}

#[test]
fn the_ends_and_crossings_of_routes_are_always_named() {
    let panel = corridor();
    let report = layout_of(&sheet(vec![panel.clone()], 600, 433));
    let written: Vec<&str> = report.panels[0].labels.iter().map(|label| label.text.as_str()).collect();
    for place in panel.places.iter().filter(|place| place.always_label) {
        assert!(written.contains(&place.name.as_str()), "{} is not among {written:?}", place.name);
    }
    for crossing in &panel.crossings {
        assert!(written.contains(&crossing.name.as_str()), "{} is not among {written:?}", crossing.name);
    }
    assert_eq!(report.panels[0].badges.len(), 2);
}

/// Lines keep their length across the 180th meridian: none runs round the world to get to its other end.
#[test]
fn no_line_streaks_across_the_map_at_the_180th_meridian() {
    let panel = dateline();
    let report = layout_of(&sheet(vec![panel.clone()], 1800, 1300));
    let shown = &report.panels[0];
    let km_per_px = shown.km_per_px.expect("the map has a middle");
    assert_eq!(shown.lines.len(), panel.lines.len());
    for DrawnWay { name: id, parts } in &shown.lines {
        let line = panel.lines.iter().find(|line| line.id == *id).expect("a line of the scene");
        let drawn_px: f64 =
            parts.iter().flat_map(|part| part.windows(2)).map(|p| (p[1].0 - p[0].0).hypot(p[1].1 - p[0].1)).sum();
        let share = drawn_px * km_per_px / length_km(&line.points);
        assert!((0.85..1.15).contains(&share), "{id}: drawn {share} times its length");
        assert_eq!(parts.len(), 1, "{id} is in pieces");
    }
    assert!(shown.longest_step_px < shown.frame.width() / 2.0, "{}", shown.longest_step_px);
}

/// The same on a map of the world that is cut open elsewhere: a line over the cut is in two pieces, none across.
#[test]
fn a_world_map_cut_through_a_line_shows_its_two_ends() {
    let line = |id: &str, from: LonLat, to: LonLat| MapLine {
        id: id.to_owned(),
        points: vec![from, to],
        medium: LineMedium::Sea,
        status: LineStatus::InService,
        emphasis: Emphasis::Normal,
    };
    let panel = Panel {
        extent: Extent::Box { west: -180.0, south: -60.0, east: 180.0, north: 80.0 },
        lines: vec![line("over", at(170.0, 10.0), at(-170.0, 12.0)), line("plain", at(-20.0, 0.0), at(20.0, 0.0))],
        ..Panel::default()
    };
    let report = layout_of(&sheet(vec![panel], 1800, 1000));
    let shown = &report.panels[0];
    let pieces: Vec<usize> = shown.lines.iter().map(|way| way.parts.len()).collect();
    assert_eq!(pieces, [2, 1]);
    for part in shown.lines.iter().flat_map(|way| &way.parts) {
        let (first, last) = (part[0], part[part.len() - 1]);
        assert!((first.0 - last.0).abs() < shown.frame.width() / 4.0, "{part:?}");
    }
    assert!(shown.longest_step_px < shown.frame.width() / 2.0);
}

#[test]
fn the_scale_bar_is_true() {
    for (name, panel) in [("corridor", corridor()), ("dateline", dateline())] {
        let report = layout_of(&sheet(vec![panel], 1800, 1300));
        let (label, length_px) = report.panels[0].scale.clone().expect("a scale bar");
        let km: f64 = label.trim_end_matches(" km").replace(',', "").parse().expect("a figure");
        let digits = format!("{km:e}");
        assert!(["1e", "2e", "5e"].iter().any(|round| digits.starts_with(round)), "{name}: {label} is not round");
        let km_per_px = report.panels[0].km_per_px.expect("the map has a middle");
        assert!((length_px * km_per_px / km - 1.0).abs() < 1e-9, "{name}");
    }
}

#[test]
fn the_legend_names_what_is_drawn_and_nothing_else() {
    let entries = |panel: Panel| -> Vec<String> {
        layout_of(&sheet(vec![panel], 1800, 1300)).legend.into_iter().map(|entry| entry.text).collect()
    };
    let mut both = comparison();
    both[1].routes[0].label = "shorter".to_owned();
    let both = layout_of(&sheet(both, 1800, 1300)).legend;
    assert_eq!((both[0].text.as_str(), both[1].text.as_str()), ("before: By the west: 2430 km", "after: shorter"));
    let all = entries(corridor());
    for expected in [
        "By the west: 2430 km",
        "Land cable",
        "Submarine cable",
        "Planned",
        "Closed",
        "Border passage",
        "Corridor country",
    ] {
        assert!(all.iter().any(|text| text == expected), "{expected} is not in {all:?}");
    }
    let mut dry = scene("inland");
    dry.routes.clear();
    dry.crossings.clear();
    dry.lines.retain(|line| line.medium == LineMedium::Land && line.status == LineStatus::InService);
    dry.places.retain(|place| place.kind == PlaceKind::City);
    assert_eq!(entries(dry), ["Land cable", "City", "Disputed border"]);
    // What lies out of sight is not drawn.
    let far = Panel { extent: Extent::Fit(vec![at(10.0, 50.0), at(12.0, 52.0)]), ..corridor() };
    let far = entries(Panel { corridor: Vec::new(), routes: Vec::new(), ..far });
    assert_eq!(far, Vec::<String>::new());
}

#[test]
fn the_same_sheet_gives_the_same_bytes() {
    let sheet = sheet(comparison(), 900, 650);
    let world = World::shipped();
    let atlas = world.atlas();
    assert_eq!(render_svg(&sheet, atlas).expect("SVG"), render_svg(&sheet, atlas).expect("SVG"));
    assert_eq!(render_png(&sheet, atlas).expect("PNG"), render_png(&sheet, atlas).expect("PNG"));
}

/// Width, height and the pixels as RGB.
fn decoded(png: &[u8]) -> (u32, u32, Vec<[u8; 3]>) {
    let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().expect("a PNG");
    let mut bytes = vec![0; reader.output_buffer_size().expect("a size")];
    let info = reader.next_frame(&mut bytes).expect("pixels");
    (info.width, info.height, bytes.chunks_exact(3).map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect())
}

#[test]
fn the_picture_shows_sea_land_corridor_and_route() {
    let sheet = sheet(vec![corridor()], 1200, 900);
    let report = layout_of(&sheet);
    let (width, height, pixels) = decoded(&render_png(&sheet, World::shipped().atlas()).expect("PNG"));
    assert_eq!((width, height), (1200, 900));
    let share = |color: [u8; 3]| pixels.iter().filter(|&&pixel| pixel == color).count() as f64 / pixels.len() as f64;
    for (what, color, least) in [
        ("sea", [221, 234, 242], 0.02),
        ("land", [247, 245, 240], 0.10),
        ("corridor", [251, 236, 200], 0.10),
        ("paper", [255, 255, 255], 0.10),
        ("first route", [213, 94, 0], 0.002),
        ("second route", [0, 114, 178], 0.002),
    ] {
        assert!(share(color) >= least, "{what}: {}", share(color));
    }
    // The ring of paper round the map is clean.
    let frame = report.panels[0].frame;
    for x in (frame.left as usize)..(frame.right as usize) {
        let pixel = pixels[(frame.top as usize - 6) * 1200 + x];
        assert_eq!(pixel, [255, 255, 255], "something spills over the upper edge at {x}");
    }
}

#[test]
fn svg_has_the_size_asked_for_and_is_safe_text() {
    let mut sheet = sheet(vec![dateline()], 640, 480);
    sheet.title = "A < B & \"C\" > 'D' \u{1}\u{0}".to_owned();
    let svg = render_svg(&sheet, World::shipped().atlas()).expect("SVG");
    assert!(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"640\" height=\"480\" viewBox=\"0 0 "));
    assert!(svg.contains("A &lt; B &amp; &quot;C&quot; &gt; &apos;D&apos;") && svg.contains("DejaVu Sans"));
    assert!(render_png(&sheet, World::shipped().atlas()).is_ok());
}

#[test]
fn sizes_out_of_range_and_sheets_without_maps_are_errors() {
    let error = |sheet: &Sheet| layout(sheet, World::shipped().atlas()).expect_err("an error").to_string();
    for (width, height) in [(1, 1), (199, 800), (800, 10_001), (0, 0), (u32::MAX, 500)] {
        let sheet = sheet(vec![Panel::default()], width, height);
        assert_eq!(error(&sheet), format!("expected a map of 200 to 10000 pixels a side, found {width}x{height}"));
        assert!(matches!(render_png(&sheet, World::shipped().atlas()), Err(MapError::Size { .. })));
    }
    assert_eq!(error(&sheet(Vec::new(), 800, 600)), "expected 1 to 12 panels on a map, found 0");
    assert_eq!(
        error(&sheet(vec![Panel::default(); 12], 200, 200)),
        "a map of 200x200 pixels has no room for 12 panels with their legend"
    );
}

fn lone(point: LonLat) -> Panel {
    Panel {
        places: vec![MapPlace {
            name: "Alone".to_owned(),
            kind: PlaceKind::City,
            point,
            priority: f64::NAN,
            always_label: true,
            on_route: true,
        }],
        crossings: vec![MapCrossing { name: String::new(), point }],
        routes: vec![MapRoute { rank: u32::MAX, color: u32::MAX, label: String::new(), points: vec![point] }],
        lines: vec![MapLine {
            id: String::new(),
            points: vec![point, point],
            medium: LineMedium::Land,
            status: LineStatus::Closed,
            emphasis: Emphasis::Removed,
        }],
        corridor: vec!["??".to_owned()],
        ..Panel::default()
    }
}

#[test]
fn odd_input_is_drawn_without_panic() {
    let corners = [at(0.0, 0.0), at(180.0, 0.0), at(-180.0, 90.0), at(37.0, -90.0), at(0.0, 90.0), at(66.4, 30.9)];
    let mut panels: Vec<Panel> = corners.into_iter().map(lone).collect();
    panels.push(Panel::default());
    panels.push(Panel { extent: Extent::Fit(Vec::new()), ..Panel::default() });
    for (west, south, east, north) in [
        (f64::NAN, 0.0, 1.0, 1.0),
        (0.0, 0.0, f64::INFINITY, 1.0),
        (1e300, -1e300, -1e300, 1e300),
        (10.0, 50.0, 10.0, 50.0),
        (170.0, -50.0, -170.0, -10.0),
        (-180.0, 60.0, 180.0, 90.0),
        (-180.0, -90.0, 180.0, -60.0),
        (5.0, -2.0, 50.0, 3.0),
    ] {
        panels.push(Panel { extent: Extent::Box { west, south, east, north }, ..lone(at(0.5, 0.5)) });
    }
    // Antipodes have no one great circle between them.
    let mut far = lone(at(0.0, 0.0));
    far.routes[0].points = vec![at(0.0, 0.0), at(180.0, 0.0), at(-180.0, 0.0), at(0.0, 90.0), at(0.0, -90.0)];
    panels.push(far);
    for (index, panel) in panels.into_iter().enumerate() {
        let (width, height) = if index % 2 == 0 { (200, 200) } else { (300, 1100) };
        let what = format!("{:?} at {width}x{height}", panel.extent);
        let mut sheet = sheet(vec![panel], width, height);
        assert!(render_svg(&sheet, World::shipped().atlas()).is_ok(), "{what}");
        sheet.title = "Verylongwordwithoutanyspace".repeat(40);
        sheet.notes = vec!["note ".repeat(400); 3];
        sheet.panels[0].caption = "caption ".repeat(100);
        let report = layout_of(&sheet);
        for text in report.texts.iter().chain(&report.legend) {
            assert!(report.sheet.contains_rect(&text.rect), "{what}: {text:?}");
        }
    }
}
