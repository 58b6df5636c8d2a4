//! Names of countries: spaced capitals inside what is to be seen of each country.

use std::collections::BTreeMap;

use super::basemap::Basemap;
use super::clip;
use super::labels::{Label, Placer, Tone, text_width};
use crate::geodesy::NO_CODE;
use crate::picture::Sizes;
use crate::picture::{ASCENT, DESCENT, Px, Rect};

/// Sizes tried, pixels of the reference sheet, and the least area a country must have for the first of them, in
/// squares of the name's width.
const SIZES: [f64; 5] = [21.0, 17.5, 14.5, 12.0, 10.0];
/// Space between letters, in sizes.
const SPACING: f64 = 0.24;
/// A name with no more ink of lines under it than this is as good as clear.
const CLEAR_INK: f64 = 0.12;
/// A name is left out if lines cross it more than this.
const MOST_INK: f64 = 0.75;

/// Abbreviations in the names of the base map, and what is written for them.
const ABBREVIATIONS: [(&str, &str); 14] = [
    ("Dem. Rep.", "DR"),
    ("Rep.", "Republic"),
    ("Is.", "Islands"),
    ("Herz.", "Herzegovina"),
    ("Barb.", "Barbuda"),
    ("Eq.", "Equatorial"),
    ("S. Geo. and the", "South Georgia and the"),
    ("Fr. S. ", "French Southern "),
    ("Fr.", "French"),
    ("Br.", "British"),
    ("Ter.", "Territory"),
    ("S. ", "South "),
    ("W. ", "Western "),
    ("N. ", "Northern "),
];

/// The name as it is written on the map.
fn spelled_out(name: &str) -> String {
    ABBREVIATIONS.iter().fold(name.to_owned(), |name, (short, long)| name.replace(short, long)).to_uppercase()
}

/// Countries whose names are to be placed.
pub(super) struct Names<'a> {
    corridor: Vec<Country<'a>>,
    others: Vec<Country<'a>>,
    area: Rect,
    sizes: Sizes,
}

/// The countries in sight, those of `corridor` apart.
pub(super) fn of<'a>(basemap: &'a Basemap, corridor: &[String], area: Rect, sizes: Sizes) -> Names<'a> {
    let mut shapes: BTreeMap<(&'a str, &'a str), Vec<&'a [Px]>> = BTreeMap::new();
    // Areas without a code of their own are those whose standing is disputed: they are shown, but not named.
    for piece in basemap.land.iter().filter(|piece| !piece.hole && piece.code != NO_CODE) {
        shapes.entry((piece.code, piece.name)).or_default().push(&piece.ring);
    }
    let mut countries: Vec<Country<'a>> =
        shapes.into_iter().filter_map(|((code, name), rings)| Country::of(code, name, &rings, area)).collect();
    let in_corridor = |country: &Country<'a>| corridor.iter().any(|code| code.eq_ignore_ascii_case(country.code));
    countries.sort_by(|a, b| b.px2.total_cmp(&a.px2).then(a.code.cmp(b.code)));
    let (corridor, others) = countries.into_iter().partition(in_corridor);
    Names { corridor, others, area, sizes }
}

impl Names<'_> {
    /// Puts the names of the corridor's countries on the map.
    pub fn place_corridor(&self, placer: &mut Placer) {
        self.corridor.iter().for_each(|country| country.place(Tone::CorridorCountry, self.area, self.sizes, placer));
    }

    /// Puts all other names on the map.
    pub fn place_others(&self, placer: &mut Placer) {
        self.others.iter().for_each(|country| country.place(Tone::Country, self.area, self.sizes, placer));
    }
}

/// The largest visible piece of a country.
struct Country<'a> {
    code: &'a str,
    name: String,
    ring: Vec<Px>,
    px2: f64,
}

impl<'a> Country<'a> {
    fn of(code: &'a str, name: &str, rings: &[&[Px]], area: Rect) -> Option<Self> {
        let visible =
            rings.iter().map(|ring| clip::ring(ring, &area)).map(|ring| (clip::signed_area(&ring).abs() / 2.0, ring));
        let (px2, ring) = visible.max_by(|a, b| a.0.total_cmp(&b.0))?;
        Some(Self { code, name: spelled_out(name), ring, px2 })
    }

    fn place(&self, tone: Tone, area: Rect, sizes: Sizes, placer: &mut Placer) {
        let corridor = tone == Tone::CorridorCountry;
        // Rather a smaller name clear of all lines than a larger one across them.
        for most_ink in [CLEAR_INK, if corridor { 2.0 * MOST_INK } else { MOST_INK }] {
            for reference in SIZES {
                let size = sizes.text(reference);
                let spacing = SPACING * size;
                let (width, height) = (text_width(&self.name, size, spacing, tone), (ASCENT + DESCENT) * size);
                // A name should be well inside its country, not fill it: the largest sizes are for the largest ones.
                let room = if corridor { 0.22 } else { 0.45 };
                let last = reference <= SIZES[SIZES.len() - 1];
                if !last && self.px2 < width * width * room {
                    continue;
                }
                let margin = if last { 0.0 } else { size * 0.25 };
                if let Some(rect) = self.spot((width, height), margin, most_ink, area, placer) {
                    placer.take(Label { text: self.name.clone(), rect, size, spacing, tone, leader: None });
                    return;
                }
            }
        }
    }

    /// The best free box of this size inside the country, near its middle.
    fn spot(
        &self,
        (width, height): (f64, f64),
        margin: f64,
        most_ink: f64,
        area: Rect,
        placer: &Placer,
    ) -> Option<Rect> {
        let bounds = Rect::of_points(&self.ring)?;
        let (need_width, need_height) = (width + 2.0 * margin, height + 2.0 * margin);
        let middle = centroid(&self.ring).unwrap_or_else(|| bounds.center());
        let reach = bounds.width().hypot(bounds.height()).max(1.0);
        let step = (height * 0.5).max(bounds.height() / 60.0).max(2.0);
        let mut best: Option<(f64, Rect)> = None;
        let mut y = bounds.top + need_height / 2.0;
        while y <= bounds.bottom - need_height / 2.0 {
            let heights = [y - need_height / 2.0, y, y + need_height / 2.0];
            for (start, end) in common_spans(heights.map(|height| spans(&self.ring, height))) {
                let slack = end - start - need_width;
                if slack < 0.0 {
                    continue;
                }
                for share in [0.5, 0.35, 0.65, 0.2, 0.8, 0.05, 0.95] {
                    let left = start + margin + slack * share;
                    let rect = Rect::from_size(left, y - height / 2.0, width, height);
                    let (x, _) = rect.center();
                    let off = (x - middle.0).hypot(y - middle.1) / reach;
                    let tight = 1.0 / (1.0 + slack / width.max(1.0));
                    let ink = placer.ink_share(&rect);
                    let cost = off * 1.4 + tight * 0.4 + ink * 3.0;
                    let better = best.as_ref().is_none_or(|(least, _)| cost < *least);
                    if better && ink < most_ink && area.contains_rect(&rect) && placer.is_free(&rect) {
                        best = Some((cost, rect));
                    }
                }
            }
            y += step;
        }
        best.map(|(_, rect)| rect)
    }
}

/// Where a horizontal line runs inside a ring.
fn spans(ring: &[Px], y: f64) -> Vec<(f64, f64)> {
    let mut cuts = Vec::new();
    let mut previous = ring[ring.len() - 1];
    for &point in ring {
        if (point.1 > y) != (previous.1 > y) {
            cuts.push(point.0 + (y - point.1) / (previous.1 - point.1) * (previous.0 - point.0));
        }
        previous = point;
    }
    cuts.sort_by(f64::total_cmp);
    cuts.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect()
}

/// What three lists of spans have in common.
fn common_spans([a, b, c]: [Vec<(f64, f64)>; 3]) -> Vec<(f64, f64)> {
    let both = |a: &[(f64, f64)], b: &[(f64, f64)]| {
        let pairs = a.iter().flat_map(|&x| b.iter().map(move |&y| (x.0.max(y.0), x.1.min(y.1))));
        pairs.filter(|span| span.0 < span.1).collect::<Vec<_>>()
    };
    both(&both(&a, &b), &c)
}

fn centroid(ring: &[Px]) -> Option<Px> {
    let mut previous = *ring.last()?;
    let (mut x, mut y, mut twice_area) = (0.0, 0.0, 0.0);
    for &point in ring {
        let cross = previous.0 * point.1 - point.0 * previous.1;
        x += (previous.0 + point.0) * cross;
        y += (previous.1 + point.1) * cross;
        twice_area += cross;
        previous = point;
    }
    (twice_area.abs() > 1e-9).then(|| (x / (3.0 * twice_area), y / (3.0 * twice_area)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_spelled_out() {
        assert_eq!(spelled_out("Dem. Rep. Congo"), "DR CONGO");
        assert_eq!(spelled_out("Central African Rep."), "CENTRAL AFRICAN REPUBLIC");
        assert_eq!(spelled_out("S. Sudan"), "SOUTH SUDAN");
        assert_eq!(spelled_out("Iran"), "IRAN");
    }

    #[test]
    fn spans_follow_the_outline() {
        let notched =
            [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (6.0, 10.0), (6.0, 4.0), (4.0, 4.0), (4.0, 10.0), (0.0, 10.0)];
        assert_eq!(spans(&notched, 2.0), [(0.0, 10.0)]);
        assert_eq!(spans(&notched, 6.0), [(0.0, 4.0), (6.0, 10.0)]);
        assert_eq!(
            common_spans([vec![(0.0, 10.0)], vec![(0.0, 4.0), (6.0, 10.0)], vec![(1.0, 8.0)]]),
            [(1.0, 4.0), (6.0, 8.0)]
        );
    }
}
