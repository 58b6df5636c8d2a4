//! Marks of places and border passages: which are shown, where and how large.

use super::sheet::{Panel, PlaceKind};
use super::view::View;
use crate::picture::Sizes;
use crate::picture::{Px, Rect};

/// What a mark looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Mark {
    /// A place of this kind.
    Place(PlaceKind),
    /// A border passage of a route.
    Passage,
}

/// A mark on the map.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Symbol {
    /// What it looks like.
    pub mark: Mark,
    /// Its middle.
    pub center: Px,
    /// Half its width.
    pub half: f64,
    /// The name to write beside it.
    pub name: String,
    /// Must be labelled.
    pub must: bool,
    /// On a route.
    pub on_route: bool,
    /// Which goes first.
    pub priority: f64,
}

impl Symbol {
    /// The box round the mark.
    pub fn rect(&self) -> Rect {
        Rect::around(self.center, self.half)
    }
}

/// Half the width of a mark, pixels.
pub(super) fn half(mark: Mark, on_route: bool, sizes: Sizes) -> f64 {
    let reference = match mark {
        Mark::Passage => 8.0,
        Mark::Place(PlaceKind::City) => 3.1,
        Mark::Place(PlaceKind::BorderCrossing) => 3.7,
        Mark::Place(PlaceKind::LandingStation) => 3.9,
        Mark::Place(PlaceKind::Exchange) => 3.2,
        Mark::Place(PlaceKind::Junction) => 2.0,
    };
    sizes.px(if on_route && mark != Mark::Passage { reference + 1.9 } else { reference }).max(1.6)
}

/// The marks of a panel, the most important first; lesser ones that would lie on others are left out.
pub(super) fn of(panel: &Panel, view: &View, sizes: Sizes) -> Vec<Symbol> {
    let passages =
        panel.crossings.iter().map(|crossing| (Mark::Passage, &crossing.name, crossing.point, true, true, 0.0));
    let places = panel.places.iter().map(|place| {
        (Mark::Place(place.kind), &place.name, place.point, place.always_label, place.on_route, place.priority)
    });
    let lesser = sizes.scaled(view.strength(sizes));
    let mut wanted: Vec<Symbol> = passages
        .chain(places)
        .filter_map(|(mark, name, point, must, on_route, priority)| {
            let center = view.place(point)?;
            let half = half(mark, on_route, if on_route { sizes } else { lesser });
            let inside = view.rect.grown(-half).contains(center);
            let name = name.trim().to_owned();
            inside.then_some(Symbol { mark, center, half, name, must, on_route, priority })
        })
        .collect();
    let order = |symbol: &Symbol| (symbol.must, symbol.mark == Mark::Passage, symbol.on_route);
    wanted.sort_by(|a, b| {
        let ranks = order(b).cmp(&order(a));
        ranks.then(b.priority.total_cmp(&a.priority)).then(a.mark.cmp(&b.mark)).then_with(|| a.name.cmp(&b.name))
    });
    let mut shown: Vec<Symbol> = Vec::new();
    for symbol in wanted {
        let covered = shown.iter().any(|other| hides(other, &symbol));
        if !covered {
            shown.push(symbol);
        }
    }
    shown
}

/// Whether a mark already shown makes another one superfluous or unreadable.
fn hides(shown: &Symbol, other: &Symbol) -> bool {
    let distance = (shown.center.0 - other.center.0).hypot(shown.center.1 - other.center.1);
    if other.must {
        // The same place twice, or a border post under the passage that is named after it.
        let at_passage = shown.mark == Mark::Passage && other.mark == Mark::Place(PlaceKind::BorderCrossing);
        return distance < shown.half && (shown.name == other.name || at_passage && shown.name.contains(&other.name));
    }
    distance < (shown.half + other.half) * if other.on_route { 0.75 } else { 1.05 }
}
