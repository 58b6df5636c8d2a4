//! The legend: an entry for each kind of thing that is drawn, and no other, flowing in rows under the maps.

use plotters::style::RGBColor;

use super::lines::{self, MEDIA, STATUSES};
use super::routes;
use super::sheet::{Emphasis, LineMedium, LineStatus, MapRoute, PlaceKind};
use super::symbols::{self, Mark};
use super::{marks, palette};
use crate::picture::Sizes;
use crate::picture::{
    ASCENT, Anchor, Brush, Canvas, DESCENT, Group, Line, PictureError, Rect, Weight, shortened, width,
};

/// What an entry explains.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    /// A route by its rank and the number of its colour.
    Route(u32, u32),
    /// A line of this medium and status.
    Line(LineMedium, LineStatus),
    /// The band of a line that was added or removed.
    Band(Emphasis),
    /// A mark.
    Mark(Mark),
    /// Land of the corridor.
    Corridor,
    /// A border that is disputed.
    Disputed,
}

/// An entry and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Item {
    /// What it explains.
    pub key: Key,
    /// What it says.
    pub text: String,
    /// All of it.
    pub rect: Rect,
}

/// What the legend must know of a segment.
pub(super) type LineKind = (LineMedium, LineStatus, Emphasis);

/// What is drawn, as far as the legend must know.
#[derive(Debug, Default)]
pub(super) struct InSight<'a> {
    /// Routes, each with the caption of its map.
    pub routes: Vec<(&'a str, &'a MapRoute)>,
    /// Kinds of segments in sight, each as often as it is.
    pub lines: Vec<LineKind>,
    /// Marks in sight.
    pub marks: Vec<Mark>,
    /// Whether countries are set off.
    pub corridor: bool,
    /// Whether a disputed border is in sight.
    pub disputed: bool,
}

/// Size of the legend's font, pixels.
pub(super) fn text_size(sizes: Sizes) -> f64 {
    sizes.text(13.0)
}

/// The entries for what is drawn.
pub(super) fn entries(drawn: &InSight) -> Vec<(Key, String)> {
    let mut entries = route_entries(&drawn.routes);
    for medium in MEDIA {
        if drawn.lines.iter().any(|line| line.0 == medium) {
            entries.push((Key::Line(medium, LineStatus::InService), medium_text(medium).to_owned()));
        }
    }
    for status in STATUSES.into_iter().filter(|&status| status != LineStatus::InService) {
        let with = |medium: LineMedium| drawn.lines.iter().filter(|l| l.1 == status && l.0 == medium).count();
        // In the colour of the medium it is most often found with; the first of equals.
        let most = MEDIA.into_iter().rev().max_by_key(|&medium| with(medium));
        if let Some(medium) = most.filter(|&medium| with(medium) > 0) {
            entries.push((Key::Line(medium, status), status_text(status).to_owned()));
        }
    }
    for (emphasis, text) in [(Emphasis::Added, "Added"), (Emphasis::Removed, "Removed or closed")] {
        if drawn.lines.iter().any(|line| line.2 == emphasis) {
            entries.push((Key::Band(emphasis), text.to_owned()));
        }
    }
    for (mark, text) in MARKS {
        if drawn.marks.contains(&mark) {
            entries.push((Key::Mark(mark), text.to_owned()));
        }
    }
    if drawn.corridor {
        entries.push((Key::Corridor, "Corridor country".to_owned()));
    }
    if drawn.disputed {
        entries.push((Key::Disputed, "Disputed border".to_owned()));
    }
    entries
}

/// An entry for each rank; where the maps say different things of one rank, an entry for each, with its map's caption.
fn route_entries(routes: &[(&str, &MapRoute)]) -> Vec<(Key, String)> {
    let mut ranks: Vec<u32> = routes.iter().map(|(_, route)| route.rank).collect();
    ranks.sort_unstable();
    ranks.dedup();
    let mut entries = Vec::new();
    for rank in ranks {
        let of_rank: Vec<(&str, &str, u32)> = routes
            .iter()
            .filter(|(_, route)| route.rank == rank)
            .map(|(caption, route)| {
                (caption.split(':').next().unwrap_or_default().trim(), route.label.trim(), route.color)
            })
            .collect();
        let same = of_rank.iter().all(|(_, label, _)| *label == of_rank[0].1);
        for (index, (caption, label, color)) in of_rank.iter().enumerate() {
            let text = match caption.is_empty() || same {
                true => (*label).to_owned(),
                false => format!("{caption}: {label}"),
            };
            if index == 0 || !same {
                entries.push((Key::Route(rank, *color), text));
            }
        }
    }
    entries
}

/// Marks in the order of the legend.
const MARKS: [(Mark, &str); 6] = [
    (Mark::Passage, "Border passage"),
    (Mark::Place(PlaceKind::City), "City"),
    (Mark::Place(PlaceKind::LandingStation), "Landing station"),
    (Mark::Place(PlaceKind::Exchange), "Exchange"),
    (Mark::Place(PlaceKind::BorderCrossing), "Border post"),
    (Mark::Place(PlaceKind::Junction), "Junction"),
];

fn medium_text(medium: LineMedium) -> &'static str {
    match medium {
        LineMedium::Land => "Land cable",
        LineMedium::Aerial => "Power-line or pole cable",
        LineMedium::Sea => "Submarine cable",
    }
}

fn status_text(status: LineStatus) -> &'static str {
    match status {
        LineStatus::InService => "In service",
        LineStatus::UnderConstruction => "Under construction",
        LineStatus::Planned => "Planned",
        LineStatus::OutOfService => "Out of service",
        LineStatus::Closed => "Closed",
    }
}

/// Width of an entry's sample, pixels.
fn key_width(key: Key, sizes: Sizes) -> f64 {
    sizes.px(match key {
        Key::Route(..) => 44.0,
        Key::Line(..) | Key::Band(_) | Key::Disputed => 34.0,
        Key::Mark(_) => 18.0,
        Key::Corridor => 24.0,
    })
}

/// The entries in rows from (`left`, `top`), at most `width_px` wide. Routes with long texts have a row each.
pub(super) fn flow(entries: &[(Key, String)], left: f64, top: f64, width_px: f64, sizes: Sizes) -> Vec<Item> {
    let size = text_size(sizes);
    let (row, gap, inner) = (size * 1.62, sizes.px(20.0), sizes.px(7.0));
    let (mut x, mut y) = (left, top);
    let mut items: Vec<Item> = Vec::new();
    for (key, text) in entries {
        let room = width_px - key_width(*key, sizes) - inner;
        let text = shortened(text, size, Weight::Regular, room);
        let wide = key_width(*key, sizes) + inner + width(&text, Weight::Regular) * size;
        let after_routes =
            items.last().is_some_and(|last| matches!(last.key, Key::Route(..))) && !matches!(key, Key::Route(..));
        if x > left && (x + wide > left + width_px || after_routes) {
            x = left;
            y += row;
        }
        items.push(Item { key: *key, text, rect: Rect::from_size(x, y, wide, (ASCENT + DESCENT) * size) });
        x += wide + gap;
    }
    items
}

/// Draws the entries.
pub(super) fn draw(canvas: &mut Canvas, items: &[Item], sizes: Sizes) -> Result<(), PictureError> {
    for item in items {
        sample(canvas, item, sizes)?;
    }
    canvas.group(&Group::plain(), |brush| {
        let size = text_size(sizes);
        for item in items {
            brush.text(Line {
                text: &item.text,
                x: item.rect.left + key_width(item.key, sizes) + sizes.px(7.0),
                baseline: item.rect.top + ASCENT * size,
                size,
                weight: Weight::Regular,
                anchor: Anchor::Start,
                color: palette::TEXT,
            });
        }
    })
}

fn sample(canvas: &mut Canvas, item: &Item, sizes: Sizes) -> Result<(), PictureError> {
    let (left, right) = (item.rect.left, item.rect.left + key_width(item.key, sizes));
    let y = f64::midpoint(item.rect.top, item.rect.bottom) + sizes.px(0.5);
    let (from, to) = ((left, y), (right, y));
    let middle = (f64::midpoint(left, right), y);
    match item.key {
        Key::Route(rank, color) => canvas.group(&Group::round(), |brush| {
            let inset = sizes.px(routes::WIDTH / 2.0);
            brush.line(&[(left + inset, y), (right - inset, y)], palette::route(color), sizes.px(routes::WIDTH));
            marks::badge(brush, middle, (rank, color), item.rect.height() / 2.0 / 1.05, sizes);
        }),
        Key::Line(medium, status) => {
            let group = lines::dashes(status, sizes).map_or_else(Group::round, |dashes| Group::dashed(&dashes));
            let width = lines::width(medium, status, sizes);
            canvas.group(&group, |brush| brush.line(&[from, to], palette::line(medium, status), width))?;
            if status == LineStatus::Closed {
                canvas.group(&Group::round(), |brush| marks::cross(brush, middle, sizes))?;
            }
            Ok(())
        }
        Key::Band(emphasis) => canvas.group(&Group::plain(), |brush| band(brush, from, to, emphasis, sizes)),
        Key::Mark(mark) => canvas.group(&Group::plain(), |brush| {
            let half = symbols::half(mark, false, sizes).min(item.rect.height() * 0.48);
            marks::mark(brush, mark, middle, half, false, sizes);
        }),
        Key::Corridor => canvas.group(&Group::plain(), |brush| {
            let rect = Rect { left, right, top: y - sizes.px(6.0), bottom: y + sizes.px(6.0) };
            brush.rect(&rect, palette::CORRIDOR);
            brush.frame(&rect, palette::CORRIDOR_BORDER, sizes.px(1.5));
        }),
        Key::Disputed => canvas.group(&Group::dashed(&marks::disputed_dashes(sizes)), |brush| {
            brush.line(&[from, to], palette::BORDER, sizes.px(1.3));
        }),
    }
}

fn band(brush: &mut Brush, from: (f64, f64), to: (f64, f64), emphasis: Emphasis, sizes: Sizes) {
    let color: RGBColor = palette::emphasis(emphasis).unwrap_or(palette::PAPER);
    brush.line(&[from, to], color, sizes.px(marks::BAND));
    brush.line(&[from, to], palette::line(LineMedium::Land, LineStatus::InService), sizes.px(1.9));
}
