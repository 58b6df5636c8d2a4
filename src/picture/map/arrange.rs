//! Where the parts of a sheet go: title and subtitle above, the maps in a grid, legend, notes and attribution below.

use plotters::style::RGBColor;

use super::error::MapError;
use super::legend::{self, Item, Key};
use super::sheet::Sheet;
use super::view::Subject;
use super::{graticule, palette};
use crate::picture::{ASCENT, DESCENT, Rect, Sizes, TextBox, Weight, shortened, width, wrap};

/// The least side of a map, pixels.
const SMALLEST_MAP_PX: f64 = 40.0;
/// The maps take at least this share of the sheet if anything can give way to them.
const LEAST_SHARE: f64 = 0.42;
/// Maps of fewer pixels on a side have no degrees at the frame.
const DEGREES_FROM_PX: (f64, f64) = (330.0, 240.0);
/// Maps side by side are preferred unless another grid shows the world this much larger.
const SIDE_BY_SIDE: f64 = 1.18;

impl TextBox {
    /// Width of the letters, pixels.
    pub fn text_width(&self) -> f64 {
        width(&self.text, self.weight) * self.size
    }
}

/// A sheet arranged.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Arrangement {
    /// Lines of the title.
    pub title: Vec<TextBox>,
    /// Lines of the subtitle.
    pub subtitle: Vec<TextBox>,
    /// Headings of the maps.
    pub captions: Vec<TextBox>,
    /// The maps.
    pub maps: Vec<Rect>,
    /// Whether the maps have degrees at their frames.
    pub degrees: bool,
    /// Entries of the legend.
    pub legend: Vec<Item>,
    /// Notes, then the attribution.
    pub footer: Vec<TextBox>,
}

/// Sets lines of text one under the other and keeps the place.
struct Setter {
    left: f64,
    width: f64,
    y: f64,
}

impl Setter {
    fn lines(&mut self, lines: Vec<String>, size: f64, weight: Weight, color: RGBColor) -> Vec<TextBox> {
        let mut boxes = Vec::new();
        for text in lines {
            let text = shortened(&text, size, weight, self.width);
            let wide = width(&text, weight) * size;
            let rect = Rect::from_size(self.left, self.y, wide, (ASCENT + DESCENT) * size);
            boxes.push(TextBox { text, rect, size, weight, color });
            self.y += size * 1.22;
        }
        boxes
    }
}

/// Arranges a sheet whose legend has these entries. On a small sheet the notes, then the subtitle, then all of the
/// legend but the routes, then that too give way to the maps.
pub(super) fn arrange(
    sheet: &Sheet,
    entries: &[(Key, String)],
    subjects: &[Subject],
    sizes: Sizes,
) -> Result<Arrangement, MapError> {
    let routes: Vec<(Key, String)> = entries.iter().filter(|(key, _)| matches!(key, Key::Route(..))).cloned().collect();
    let no_notes: &[String] = &[];
    let choices = [
        (sheet.subtitle.as_str(), sheet.notes.as_slice(), entries),
        (sheet.subtitle.as_str(), no_notes, entries),
        ("", no_notes, entries),
        ("", no_notes, routes.as_slice()),
        ("", no_notes, &[]),
    ];
    let sheet_px2 = f64::from(sheet.width_px) * f64::from(sheet.height_px);
    let mut last = None;
    for (subtitle, notes, entries) in choices {
        let Some(arrangement) = arrange_texts(sheet, subtitle, notes, entries, subjects, sizes) else {
            continue;
        };
        let enough =
            arrangement.maps.iter().map(|map| map.width() * map.height()).sum::<f64>() >= LEAST_SHARE * sheet_px2;
        last = Some(arrangement);
        if enough {
            break;
        }
    }
    let (width_px, height_px, n_panels) = (sheet.width_px, sheet.height_px, sheet.panels.len());
    last.ok_or(MapError::NoRoom { width_px, height_px, n_panels })
}

fn arrange_texts(
    sheet: &Sheet,
    subtitle: &str,
    notes: &[String],
    entries: &[(Key, String)],
    subjects: &[Subject],
    sizes: Sizes,
) -> Option<Arrangement> {
    let (width_px, height_px) = (f64::from(sheet.width_px), f64::from(sheet.height_px));
    let margin = sizes.px(16.0);
    let inner = width_px - 2.0 * margin;
    let mut head = Setter { left: margin, width: inner, y: margin * 0.8 };
    let (lines, size) = title_lines(&sheet.title, inner, sizes);
    let title = head.lines(lines, size, Weight::Bold, palette::TEXT);
    let subtitle_size = sizes.text(15.0);
    head.y += if title.is_empty() { 0.0 } else { sizes.px(2.0) };
    let subtitle_lines = limited(wrap(subtitle, subtitle_size, Weight::Regular, inner), 2);
    let subtitle = head.lines(subtitle_lines, subtitle_size, Weight::Regular, palette::TEXT_FAINT);
    let top = head.y + sizes.px(7.0);

    // The lower part is set from 0 and then moved down to the bottom edge.
    let mut legend = legend::flow(entries, margin, 0.0, inner, sizes);
    let legend_height = legend.iter().map(|item| item.rect.bottom).fold(0.0, f64::max);
    let mut foot =
        Setter { left: margin, width: inner, y: legend_height + if legend.is_empty() { 0.0 } else { sizes.px(8.0) } };
    let note_size = sizes.text(11.5);
    let mut footer = Vec::new();
    for note in notes {
        let lines = limited(wrap(note, note_size, Weight::Regular, inner), 3);
        footer.extend(foot.lines(lines, note_size, Weight::Regular, palette::TEXT_SOFT));
    }
    let small = sizes.text(10.5);
    let lines = limited(wrap(&sheet.attribution, small, Weight::Regular, inner), 3);
    footer.extend(foot.lines(lines, small, Weight::Regular, palette::TEXT_FAINT));
    let down = height_px - margin * 0.6 - foot.y;
    legend.iter_mut().for_each(|item| shift(&mut item.rect, down));
    footer.iter_mut().for_each(|line| shift(&mut line.rect, down));

    let space = Rect { left: margin, right: width_px - margin, top, bottom: down - sizes.px(9.0) };
    let grid = best_grid(sheet, subjects, space, sizes)?;
    Some(Arrangement {
        title,
        subtitle,
        captions: grid.captions,
        maps: grid.maps,
        degrees: grid.degrees,
        legend,
        footer,
    })
}

fn shift(rect: &mut Rect, down: f64) {
    rect.top += down;
    rect.bottom += down;
}

/// At most `most` lines, the last with an ellipsis if some are left out.
fn limited(mut lines: Vec<String>, most: usize) -> Vec<String> {
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            last.push('…');
        }
    }
    lines
}

/// The title in as few lines as it takes at the full size; smaller before there are more than two.
fn title_lines(title: &str, width_px: f64, sizes: Sizes) -> (Vec<String>, f64) {
    let full = sizes.text(25.0);
    let mut size = full;
    loop {
        let lines = wrap(title, size, Weight::Bold, width_px);
        let fits = lines.iter().all(|line| width(line, Weight::Bold) * size <= width_px);
        let most = if size > full * 0.72 { 2 } else { 3 };
        if fits && lines.len() <= most || size < full * 0.55 {
            return (limited(balanced(title, size, width_px, lines), 3), size);
        }
        size *= 0.94;
    }
}

/// The same number of lines, but of about the same width.
fn balanced(title: &str, size: f64, width_px: f64, lines: Vec<String>) -> Vec<String> {
    let mut best = lines;
    let mut narrower = width_px;
    while best.len() > 1 && narrower > width_px / best.len() as f64 {
        narrower -= width_px / 40.0;
        let lines = wrap(title, size, Weight::Bold, narrower);
        if lines.len() > best.len() || lines.iter().any(|line| width(line, Weight::Bold) * size > narrower) {
            break;
        }
        best = lines;
    }
    best
}

/// The maps in a grid.
struct Grid {
    captions: Vec<TextBox>,
    maps: Vec<Rect>,
    degrees: bool,
}

fn best_grid(sheet: &Sheet, subjects: &[Subject], space: Rect, sizes: Sizes) -> Option<Grid> {
    let count = sheet.panels.len();
    let mut best: Option<(f64, Grid)> = None;
    for columns in 1..=count {
        let Some(grid) = grid(sheet, columns, space, sizes) else {
            continue;
        };
        let scales = subjects.iter().zip(&grid.maps).map(|(subject, map)| subject.scale_in(map.width(), map.height()));
        let least = scales.fold(f64::INFINITY, f64::min) * if columns == count { SIDE_BY_SIDE } else { 1.0 };
        if best.as_ref().is_none_or(|(scale, _)| least > *scale) {
            best = Some((least, grid));
        }
    }
    best.map(|(_, grid)| grid)
}

fn grid(sheet: &Sheet, columns: usize, space: Rect, sizes: Sizes) -> Option<Grid> {
    let count = sheet.panels.len();
    let rows = count.div_ceil(columns);
    let gap = sizes.ring().max(sizes.px(18.0));
    let share = |size: f64, parts: usize| (size - gap * (parts as f64 - 1.0)) / parts as f64;
    let (cell_width, cell_height) = (share(space.width(), columns), share(space.height(), rows));
    let caption_size = sizes.text(15.5);
    let caption_height =
        if sheet.panels.iter().any(|panel| !panel.caption.trim().is_empty()) { caption_size * 1.4 } else { 0.0 };
    let degrees = cell_width >= DEGREES_FROM_PX.0 && cell_height >= DEGREES_FROM_PX.1;
    let small = graticule::text_size(sizes);
    let (beside, under) = if degrees { (small * 3.2, small * 1.5) } else { (0.0, 0.0) };
    let mut result = Grid { captions: Vec::new(), maps: Vec::new(), degrees };
    for (index, panel) in sheet.panels.iter().enumerate() {
        let (column, row) = ((index % columns) as f64, (index / columns) as f64);
        let (left, top) = (space.left + column * (cell_width + gap), space.top + row * (cell_height + gap));
        let map = Rect {
            left: left + beside,
            right: left + cell_width,
            top: top + caption_height,
            bottom: top + cell_height - under,
        };
        if map.width() < SMALLEST_MAP_PX || map.height() < SMALLEST_MAP_PX {
            return None;
        }
        if !panel.caption.trim().is_empty() {
            let mut setter = Setter { left: map.left, width: map.width(), y: top };
            let caption = vec![panel.caption.trim().to_owned()];
            result.captions.extend(setter.lines(caption, caption_size, Weight::Bold, palette::TEXT));
        }
        result.maps.push(map);
    }
    Some(result)
}
