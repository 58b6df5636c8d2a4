//! Where names go: greedily by importance, each at the best of many spots beside its mark, never over another name, a
//! mark or anything else that is taken, and rather not over lines.
//!
//! The spots and their order follow E. Imhof, *Positioning names on maps*, The American Cartographer 2(2), 1975. Names
//! that must be shown may stand farther off with a leader line; others are left out if no spot is free.

use std::f64::consts::TAU;

use super::ink::Ink;
use crate::picture::{ASCENT, DESCENT, Px, Rect, Weight, width};

/// How a name is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tone {
    /// Ends and passages of routes.
    Strong,
    /// Places on a route, larger towns.
    Plain,
    /// All others.
    Soft,
    /// A country of the corridor.
    CorridorCountry,
    /// Another country.
    Country,
}

/// A name put on the map.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Label {
    /// What is written.
    pub text: String,
    /// The box of the letters.
    pub rect: Rect,
    /// Size of the font, pixels.
    pub size: f64,
    /// Space between letters, pixels.
    pub spacing: f64,
    /// How it is set.
    pub tone: Tone,
    /// From the mark to the name, if it stands off.
    pub leader: Option<(Px, Px)>,
}

impl Label {
    /// Width of the letters with the space between them, pixels.
    pub fn text_width(&self) -> f64 {
        text_width(&self.text, self.size, self.spacing, self.tone)
    }

    /// The line the letters stand on.
    pub fn baseline(&self) -> f64 {
        self.rect.top + ASCENT * self.size
    }
}

impl Tone {
    /// Regular or bold.
    pub fn weight(self) -> Weight {
        match self {
            Self::Strong | Self::CorridorCountry => Weight::Bold,
            Self::Plain | Self::Soft | Self::Country => Weight::Regular,
        }
    }
}

/// Width of a text, pixels.
pub(super) fn text_width(text: &str, size: f64, spacing: f64, tone: Tone) -> f64 {
    width(text, tone.weight()) * size + spacing * text.chars().count().saturating_sub(1) as f64
}

/// A name to be put beside a mark.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wish<'a> {
    /// The name.
    pub text: &'a str,
    /// Middle of the mark.
    pub anchor: Px,
    /// Half its width.
    pub clearance: f64,
    /// Size of the font, pixels.
    pub size: f64,
    /// How it is set.
    pub tone: Tone,
    /// How far off it may stand with a leader line, in rings of three quarters of the font's size; 0 for not at all.
    pub farthest: u32,
}

/// Boxes that are taken, found by the cells of a grid that they touch.
#[derive(Debug)]
struct Taken {
    boxes: Vec<Rect>,
    area: Rect,
    columns: usize,
    rows: usize,
    cells: Vec<Vec<usize>>,
}

impl Taken {
    /// Side of a cell, pixels.
    const CELL_PX: f64 = 40.0;

    fn of(area: Rect, boxes: Vec<Rect>) -> Self {
        let count = |size: f64| (size.max(0.0) / Self::CELL_PX) as usize + 1;
        let (columns, rows) = (count(area.width()), count(area.height()));
        let mut taken = Self { boxes: Vec::new(), area, columns, rows, cells: vec![Vec::new(); columns * rows] };
        boxes.into_iter().for_each(|rect| taken.push(rect));
        taken
    }

    fn push(&mut self, rect: Rect) {
        let index = self.boxes.len();
        for cell in self.touched(&rect) {
            self.cells[cell].push(index);
        }
        self.boxes.push(rect);
    }

    fn is_free(&self, rect: &Rect) -> bool {
        let mut near = self.touched(rect).flat_map(|cell| &self.cells[cell]);
        near.all(|&index| !self.boxes[index].intersects(rect))
    }

    /// The cells a box touches; what lies outside the area counts to the cells at its edge.
    fn touched(&self, rect: &Rect) -> impl Iterator<Item = usize> + use<> {
        let cell =
            |value: f64, start: f64, count: usize| (((value - start) / Self::CELL_PX).max(0.0) as usize).min(count - 1);
        let across = cell(rect.left, self.area.left, self.columns)..=cell(rect.right, self.area.left, self.columns);
        let down = cell(rect.top, self.area.top, self.rows)..=cell(rect.bottom, self.area.top, self.rows);
        let columns = self.columns;
        down.flat_map(move |row| across.clone().map(move |column| row * columns + column))
    }
}

/// The map as far as it is taken.
#[derive(Debug)]
pub(super) struct Placer<'a> {
    /// Where names may be.
    pub area: Rect,
    /// Least distance between a name and anything else, pixels.
    pub gap: f64,
    ink: &'a Ink,
    taken: Taken,
    /// Marks of lesser places: only the name of an end or passage of a route may cover them, and they go then.
    minor: Taken,
    /// Badges of routes: no leader line crosses them.
    pub badges: Vec<Rect>,
    /// Names placed so far.
    pub labels: Vec<Label>,
}

/// A place for a name, and how bad it is.
#[derive(Debug, Clone, Copy)]
struct Spot {
    cost: f64,
    rect: Rect,
    leader: Option<(Px, Px)>,
}

/// Directions beside a mark, best first, as shares of the name's width and height from its upper left corner that
/// touch the mark, the direction away from it, and how much worse than the best each is.
const SPOTS: [(f64, f64, f64, f64, f64); 12] = [
    // share of width, share of height, dx, dy, cost
    (0.0, 0.5, 1.0, 0.0, 0.0),
    (1.0, 0.5, -1.0, 0.0, 0.10),
    (0.0, 1.0, 0.75, -0.75, 0.14),
    (0.0, 0.0, 0.75, 0.75, 0.18),
    (1.0, 1.0, -0.75, -0.75, 0.22),
    (1.0, 0.0, -0.75, 0.75, 0.26),
    (0.5, 1.0, 0.0, -1.0, 0.16),
    (0.5, 0.0, 0.0, 1.0, 0.20),
    (0.25, 1.0, 0.3, -1.0, 0.24),
    (0.25, 0.0, 0.3, 1.0, 0.28),
    (0.75, 1.0, -0.3, -1.0, 0.30),
    (0.75, 0.0, -0.3, 1.0, 0.34),
];

/// What it costs a leader line to cross marks, in the unit of a spot's cost.
const ACROSS_MARKS: f64 = 0.5;

impl<'a> Placer<'a> {
    /// An empty map with some boxes taken, others only by marks of lesser places.
    pub fn new(area: Rect, gap: f64, ink: &'a Ink, (taken, minor): (Vec<Rect>, Vec<Rect>)) -> Self {
        let [taken, minor] = [taken, minor].map(|boxes| Taken::of(area, boxes));
        Self { area, gap, ink, taken, minor, badges: Vec::new(), labels: Vec::new() }
    }

    /// Whether a name may stand in the box.
    pub fn is_free(&self, rect: &Rect) -> bool {
        self.is_free_over_minor(rect) && self.minor.is_free(&rect.grown(self.gap))
    }

    fn is_free_over_minor(&self, rect: &Rect) -> bool {
        self.area.contains_rect(rect) && self.taken.is_free(&rect.grown(self.gap))
    }

    /// Ink in the box, as a share of what a line across it would leave.
    pub fn ink_share(&self, rect: &Rect) -> f64 {
        self.ink.in_rect(&rect.grown(1.0)) / rect.width().max(1.0)
    }

    /// Puts a name on the map.
    pub fn take(&mut self, label: Label) {
        self.taken.push(label.rect);
        if let Some((from, to)) = label.leader {
            let steps = ((to.0 - from.0).hypot(to.1 - from.1) / 4.0).ceil().max(1.0);
            let mut step = 0.0;
            while step <= steps {
                let at = (from.0 + (to.0 - from.0) * step / steps, from.1 + (to.1 - from.1) * step / steps);
                self.taken.push(Rect::around(at, 1.5));
                step += 1.0;
            }
        }
        self.labels.push(label);
    }

    /// Puts a name beside its mark if there is a good spot; says whether there was.
    pub fn place(&mut self, wish: &Wish) -> bool {
        let size = (text_width(wish.text, wish.size, 0.0, wish.tone), (ASCENT + DESCENT) * wish.size);
        let mut best = self.near_spot(wish, size, |rect| self.is_free(rect));
        if wish.farthest > 0 && best.as_ref().is_none_or(|spot| spot.cost > 1.6) {
            // Beside its mark, over a lesser one, is better than far away.
            best = self.near_spot(wish, size, |rect| self.is_free_over_minor(rect)).or(best);
        }
        if wish.farthest > 0 && best.as_ref().is_none_or(|spot| spot.cost > 1.6) {
            // Where marks fence a place in, a leader line across them is better than none, or one from far away.
            let clear = self.far_spot(wish, size, best, false);
            best = match (clear, self.far_spot(wish, size, None, true)) {
                (Some(clear), Some(across)) if across.cost + ACROSS_MARKS < clear.cost => Some(across),
                (clear, across) => clear.or(across),
            };
        }
        let Some(Spot { rect, leader, .. }) = best else {
            return false;
        };
        self.take(Label { text: wish.text.to_owned(), rect, size: wish.size, spacing: 0.0, tone: wish.tone, leader });
        true
    }

    /// The best spot beside the mark of those that are free.
    fn near_spot(&self, wish: &Wish, size: (f64, f64), is_free: impl Fn(&Rect) -> bool) -> Option<Spot> {
        let mut best: Option<Spot> = None;
        for distance in [1.0, 1.9] {
            for spot in SPOTS {
                let rect = beside(wish, size, spot, distance);
                let ink = self.ink_share(&rect);
                let cost = spot.4 + (distance - 1.0) * 0.6 + ink * 0.9;
                let better = best.as_ref().is_none_or(|spot| cost < spot.cost);
                if (wish.farthest > 0 || ink < 0.8) && better && is_free(&rect) {
                    best = Some(Spot { cost, rect, leader: None });
                }
            }
        }
        best
    }

    /// The best spot farther off, if it is better than `best`.
    fn far_spot(&self, wish: &Wish, size: (f64, f64), mut best: Option<Spot>, over_marks: bool) -> Option<Spot> {
        const DIRECTIONS: u32 = 32;
        for ring in 2..=wish.farthest {
            let reach = wish.clearance + f64::from(ring) * 0.75 * wish.size;
            for direction in 0..DIRECTIONS {
                let angle = TAU * f64::from(direction) / f64::from(DIRECTIONS);
                let (uy, ux) = angle.sin_cos();
                let tip = (wish.anchor.0 + ux * reach, wish.anchor.1 + uy * reach);
                // The name's nearest side touches the tip of the leader.
                let left = tip.0 - size.0 * (0.5 - 0.5 * ux.signum() * ux.abs().sqrt());
                let top = tip.1 - size.1 * (0.5 - 0.5 * uy);
                let rect = Rect::from_size(left, top, size.0, size.1);
                let cost = 0.9 + f64::from(ring) * 0.16 + self.ink_share(&rect) * 0.7;
                if best.as_ref().is_some_and(|spot| cost >= spot.cost) || !self.is_free(&rect) {
                    continue;
                }
                let start = (wish.anchor.0 + ux * wish.clearance, wish.anchor.1 + uy * wish.clearance);
                let end = (tip.0.clamp(rect.left, rect.right), tip.1.clamp(rect.top, rect.bottom));
                if self.leader_is_free(start, end, wish, &rect, over_marks) {
                    best = Some(Spot { cost, rect, leader: Some((start, end)) });
                }
            }
        }
        best
    }

    fn leader_is_free(&self, start: Px, end: Px, wish: &Wish, own: &Rect, over_marks: bool) -> bool {
        let mark = Rect::around(wish.anchor, wish.clearance);
        let steps = ((end.0 - start.0).hypot(end.1 - start.1) / 3.0).ceil().max(1.0);
        let mut step = 0.0;
        while step <= steps {
            let at = (start.0 + (end.0 - start.0) * step / steps, start.1 + (end.1 - start.1) * step / steps);
            let outside = !mark.contains(at) && !own.contains(at);
            let on_badge = || self.badges.iter().any(|badge| badge.grown(1.0).contains(at));
            let on_name = || self.labels.iter().any(|label| label.rect.grown(1.0).contains(at));
            let marks = || self.taken.boxes.iter().chain(&self.minor.boxes);
            let on_mark = || marks().any(|other| *other != mark && other.grown(1.0).contains(at));
            if outside && (on_badge() || on_name() || (!over_marks && on_mark())) {
                return false;
            }
            step += 1.0;
        }
        true
    }
}

fn beside(wish: &Wish, size: (f64, f64), spot: (f64, f64, f64, f64, f64), distance: f64) -> Rect {
    let (share_x, share_y, dx, dy, _) = spot;
    let reach = wish.clearance + wish.size * 0.32 * distance;
    let (x, y) = (wish.anchor.0 + dx * reach, wish.anchor.1 + dy * reach);
    Rect::from_size(x - size.0 * share_x, y - size.1 * share_y, size.0, size.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wish(text: &str, anchor: Px, must: bool) -> Wish<'_> {
        let farthest = if must { 16 } else { 0 };
        Wish { text, anchor, clearance: 4.0, size: 12.0, tone: Tone::Plain, farthest }
    }

    fn check_apart(placer: &Placer) {
        for (index, label) in placer.labels.iter().enumerate() {
            assert!(placer.labels[..index].iter().all(|other| !other.rect.intersects(&label.rect)));
            assert!(placer.area.contains_rect(&label.rect) && label.text_width() <= label.rect.width() + 1e-9);
        }
    }

    #[test]
    fn names_at_one_spot_do_not_overlap() {
        let area = Rect::from_size(0.0, 0.0, 400.0, 300.0);
        let ink = Ink::new(area, 4.0).sum_up();
        let mut placer = Placer::new(area, 1.0, &ink, (vec![Rect::around((200.0, 150.0), 4.0)], Vec::new()));
        let placed = (0..20).filter(|_| placer.place(&wish("Kandahar", (200.0, 150.0), false))).count();
        assert!((3..10).contains(&placed), "{placed}");
        check_apart(&placer);
    }

    #[test]
    fn only_a_name_that_must_be_shown_stands_off() {
        let area = Rect::from_size(0.0, 0.0, 400.0, 300.0);
        let ink = Ink::new(area, 4.0).sum_up();
        // All spots beside the mark are taken; between the boxes a leader line gets through.
        let around = [
            (212.0, 130.0, 10.0, 40.0),
            (178.0, 130.0, 10.0, 40.0),
            (195.0, 120.0, 10.0, 15.0),
            (195.0, 165.0, 10.0, 15.0),
        ];
        let mut taken = vec![Rect::around((200.0, 150.0), 4.0)];
        taken.extend(around.map(|(left, top, width, height)| Rect::from_size(left, top, width, height)));
        let mut placer = Placer::new(area, 1.0, &ink, (taken, Vec::new()));
        assert!(!placer.place(&wish("Kandahar", (200.0, 150.0), false)));
        assert!(placer.place(&wish("Spin Boldak", (200.0, 150.0), true)));
        assert!(placer.labels[0].leader.is_some());
        check_apart(&placer);
    }

    #[test]
    fn the_name_of_an_end_covers_a_lesser_mark_before_it_goes_far() {
        let area = Rect::from_size(0.0, 0.0, 400.0, 300.0);
        let ink = Ink::new(area, 4.0).sum_up();
        // A dot every 14 pixels leaves no room for a line of letters.
        let row = |j: i32| (0..29).map(move |i| Rect::around((f64::from(i) * 14.0, f64::from(j) * 14.0), 3.0));
        let minor: Vec<Rect> = (0..22).flat_map(row).collect();
        let mut placer = Placer::new(area, 1.0, &ink, (vec![Rect::around((200.0, 150.0), 4.0)], minor));
        assert!(!placer.place(&wish("Turkmenbashi by the sea", (200.0, 150.0), false)));
        assert!(placer.place(&wish("Turkmenbashi by the sea", (200.0, 150.0), true)));
        let label = &placer.labels[0];
        assert!(label.leader.is_none() && label.rect.grown(16.0).contains((200.0, 150.0)), "{label:?}");
    }

    #[test]
    fn a_name_keeps_off_a_line() {
        let area = Rect::from_size(0.0, 0.0, 400.0, 300.0);
        let mut ink = Ink::new(area, 3.0);
        ink.add_line(&[(200.0, 150.0), (400.0, 150.0)], 2.0);
        let ink = ink.sum_up();
        let mut placer = Placer::new(area, 1.0, &ink, (Vec::new(), Vec::new()));
        assert!(placer.place(&wish("Quetta", (200.0, 150.0), false)));
        assert!(placer.labels[0].rect.right < 200.0, "{:?}", placer.labels[0].rect);
    }
}
