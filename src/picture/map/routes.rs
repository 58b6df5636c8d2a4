//! Routes in pixels: side by side where they share a way, with arrow heads and a badge each.

use std::collections::HashMap;

use super::clip;
use super::sheet::MapRoute;
use super::view::View;
use crate::geodesy::LonLat;
use crate::picture::Sizes;
use crate::picture::{Px, Rect};

/// Width of a route, pixels of the reference sheet.
pub(super) const WIDTH: f64 = 5.0;
/// Width of the white casing on each side.
pub(super) const CASING: f64 = 1.6;
/// From the middle of one route to the next where they go side by side.
const LANE: f64 = 6.4;
/// From one arrow head to the next.
const ARROW_SPACING: f64 = 130.0;
/// Radius of a badge.
pub(super) const BADGE_RADIUS: f64 = 10.5;
/// Ways are smoothed by this much, so that lanes do not wriggle.
const SMOOTH: f64 = 0.7;

/// A route in pixels.
#[derive(Debug, Clone)]
pub(super) struct DrawnRoute {
    /// Its rank.
    pub rank: u32,
    /// The number of its colour.
    pub color: u32,
    /// Its visible parts in the direction of travel.
    pub parts: Vec<Vec<Px>>,
    /// Stretches of it that no other route goes along.
    alone: Vec<Vec<Px>>,
    /// Arrow heads: tip and the two ends of the base.
    pub arrows: Vec<[Px; 3]>,
    /// Middle of its badge.
    pub badge: Option<Px>,
}

/// An edge of a way: its two ends in a fixed order, in millionths of a degree.
type EdgeKey = [(i64, i64); 2];

/// The routes of a panel, not yet with arrows and badges.
pub(super) fn of(routes: &[MapRoute], view: &View, sizes: Sizes) -> Vec<DrawnRoute> {
    let mut users: HashMap<EdgeKey, Vec<(usize, bool)>> = HashMap::new();
    for (index, route) in routes.iter().enumerate() {
        for pair in route.points.windows(2) {
            let (key, forward) = edge_key(pair[0], pair[1]);
            let list = users.entry(key).or_default();
            if list.iter().all(|&(user, _)| user != index) {
                list.push((index, forward));
            }
        }
    }
    let drawn = routes.iter().enumerate().map(|(index, route)| one(index, route, &users, view, sizes));
    drawn.collect()
}

fn one(
    index: usize,
    route: &MapRoute,
    users: &HashMap<EdgeKey, Vec<(usize, bool)>>,
    view: &View,
    sizes: Sizes,
) -> DrawnRoute {
    let bounds = view.rect.grown(sizes.px(10.0));
    let mut parts: Vec<Vec<Px>> = Vec::new();
    let mut alone = Vec::new();
    let mut joint: Option<Px> = None;
    for run in runs(index, &route.points, users) {
        // Smoothed in the direction of the run's first route, so that all its routes get the same line.
        let mut points = route.points[run.first..=run.last].to_vec();
        if run.against {
            points.reverse();
        }
        let mut pieces = view.way(&points);
        if run.against {
            pieces.iter_mut().for_each(|piece| piece.reverse());
            pieces.reverse();
        }
        for piece in pieces {
            let smooth = without_short_steps(&clip::thin(&piece, sizes.px(SMOOTH)), sizes.px(LANE * 1.3));
            let (Some(&start), Some(&end)) = (smooth.first(), smooth.last()) else {
                continue;
            };
            let lane = beside(&smooth, sizes.px(LANE) * run.lane * if run.against { -1.0 } else { 1.0 });
            if run.users == 1 {
                alone.extend(clip::line(&lane, &view.rect));
            }
            let joins = joint.is_some_and(|joint| (joint.0 - start.0).hypot(joint.1 - start.1) < 1.0);
            match parts.last_mut() {
                Some(part) if joins => part.extend(lane),
                _ => parts.push(lane),
            }
            joint = Some(end);
        }
    }
    let parts = parts.iter().flat_map(|part| clip::line(part, &bounds)).collect();
    DrawnRoute { rank: route.rank, color: route.color, parts, alone, arrows: Vec::new(), badge: None }
}

/// Consecutive edges of a route with the same users.
struct Run {
    first: usize,
    last: usize,
    users: usize,
    /// The route's place among them, in lanes right of the middle as the first of them travels.
    lane: f64,
    /// Whether this route goes against the first of them.
    against: bool,
}

fn runs(index: usize, points: &[LonLat], users: &HashMap<EdgeKey, Vec<(usize, bool)>>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut last_users: Vec<usize> = Vec::new();
    for (edge, pair) in points.windows(2).enumerate() {
        let (key, forward) = edge_key(pair[0], pair[1]);
        let list = users.get(&key).map(Vec::as_slice).unwrap_or_default();
        let here: Vec<usize> = list.iter().map(|&(user, _)| user).collect();
        let against = list.first().is_some_and(|&(_, first_forward)| first_forward != forward);
        match runs.last_mut() {
            Some(run) if here == last_users && run.against == against => run.last = edge + 1,
            _ => {
                let place = here.iter().position(|&user| user == index).unwrap_or(0) as f64;
                let lane = place - (here.len().max(1) as f64 - 1.0) / 2.0;
                runs.push(Run { first: edge, last: edge + 1, users: here.len(), lane, against });
            }
        }
        last_users = here;
    }
    runs
}

fn edge_key(a: LonLat, b: LonLat) -> (EdgeKey, bool) {
    let whole = |point: LonLat| ((point.lon() * 1e6).round() as i64, (point.lat() * 1e6).round() as i64);
    let (a, b) = (whole(a), whole(b));
    if a <= b { ([a, b], true) } else { ([b, a], false) }
}

/// The line without vertices closer than `least` to the one before; its ends stay.
fn without_short_steps(points: &[Px], least: f64) -> Vec<Px> {
    let mut kept: Vec<Px> = Vec::with_capacity(points.len());
    for (index, &point) in points.iter().enumerate() {
        let near = kept.last().is_some_and(|last| (point.0 - last.0).hypot(point.1 - last.1) < least);
        if index + 1 == points.len() {
            // The end takes the place of a vertex just before it, unless that is the beginning.
            if near && kept.len() > 1 {
                kept.pop();
            }
            kept.push(point);
        } else if !near {
            kept.push(point);
        }
    }
    kept
}

/// The line moved to its right by `by` pixels.
fn beside(points: &[Px], by: f64) -> Vec<Px> {
    if by == 0.0 || points.len() < 2 {
        return points.to_vec();
    }
    let normal = |a: Px, b: Px| {
        let (dx, dy) = (b.0 - a.0, b.1 - a.1);
        let length = dx.hypot(dy);
        if length == 0.0 { None } else { Some((-dy / length, dx / length)) }
    };
    let mut moved = Vec::with_capacity(points.len());
    for (index, &point) in points.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|previous| normal(points[previous], point));
        let after = points.get(index + 1).and_then(|&next| normal(point, next));
        let (n, stretch) = match (before, after) {
            (Some(a), Some(b)) => {
                let sum = (a.0 + b.0, a.1 + b.1);
                let size = sum.0.hypot(sum.1);
                // The corner lies farther out the sharper the turn; the sharpest are cut short.
                if size < 0.6 { (a, 1.0) } else { ((sum.0 / size, sum.1 / size), (2.0 / size).min(1.6)) }
            }
            (Some(n), None) | (None, Some(n)) => (n, 1.0),
            (None, None) => ((0.0, 0.0), 0.0),
        };
        moved.push((point.0 + n.0 * by * stretch, point.1 + n.1 * by * stretch));
    }
    moved
}

/// Gives each route its badge, where it goes alone if it does, off everything in `taken`, to which the badges are
/// added. Where there is no such spot it covers marks that are `minor`: a route without a badge says less than a town
/// without a dot.
pub(super) fn place_badges(
    routes: &mut [DrawnRoute],
    view: &View,
    (taken, minor): (&mut Vec<Rect>, &[Rect]),
    sizes: Sizes,
) {
    let half = sizes.px(BADGE_RADIUS + 1.5);
    let area = view.rect.grown(-half - sizes.px(2.0));
    for route in routes {
        let off = |others: &[Rect], point: Px| {
            let rect = Rect::around(point, half);
            area.contains(point) && others.iter().all(|other| !other.intersects(&rect))
        };
        route.badge = badge_spot(route, sizes, |point| off(taken, point)).or_else(|| {
            let major: Vec<Rect> = taken.iter().copied().filter(|rect| !minor.contains(rect)).collect();
            badge_spot(route, sizes, |point| off(&major, point))
        });
        taken.extend(route.badge.map(|point| Rect::around(point, half)));
    }
}

/// The spot on a route nearest to its middle that is free, one where no other route goes before all others.
fn badge_spot(route: &DrawnRoute, sizes: Sizes, is_free: impl Fn(Px) -> bool) -> Option<Px> {
    let mut best: Option<(f64, Px)> = None;
    for (lines, shared) in [(&route.alone, 0.0), (&route.parts, 1.0)] {
        let total: f64 = lines.iter().map(|line| clip::length(line)).sum();
        let mut passed = 0.0;
        for line in lines {
            let length = clip::length(line);
            let mut distance = 0.0;
            while distance < length {
                let Some((point, _)) = clip::along(line, distance) else {
                    break;
                };
                let cost = shared + ((passed + distance) / total.max(1e-9) - 0.5).abs();
                if is_free(point) && best.is_none_or(|(least, _)| cost < least) {
                    best = Some((cost, point));
                }
                distance += sizes.px(6.0);
            }
            passed += length;
        }
    }
    best.map(|(_, point)| point)
}

/// Gives each route its arrow heads, off everything in `taken`.
pub(super) fn place_arrows(routes: &mut [DrawnRoute], view: &View, taken: &[Rect], sizes: Sizes) {
    let spacing = sizes.px(ARROW_SPACING);
    let n_routes = routes.len().max(1) as f64;
    let (ahead, behind, half) = (sizes.px(6.5), sizes.px(5.0), sizes.px(6.0));
    for (index, route) in routes.iter_mut().enumerate() {
        for part in &route.parts {
            let length = clip::length(part);
            let mut distance = spacing * (0.35 + 0.6 * index as f64 / n_routes);
            if length < distance {
                distance = length / 2.0;
            }
            while distance < length {
                let Some((at, _)) = clip::along(part, distance) else {
                    break;
                };
                // The direction over the length of the head, not of the one short edge it happens to stand on.
                let from = clip::along(part, (distance - behind).max(0.0)).map_or(at, |(point, _)| point);
                let to = clip::along(part, distance + ahead).map_or(at, |(point, _)| point);
                let (dx, dy) = (to.0 - from.0, to.1 - from.1);
                let size = dx.hypot(dy);
                let free = view.rect.grown(-half).contains(at)
                    && taken.iter().all(|other| !other.intersects(&Rect::around(at, half)));
                if size > half && free {
                    let (ux, uy) = (dx / size, dy / size);
                    let base = (at.0 - ux * behind, at.1 - uy * behind);
                    route.arrows.push([
                        (at.0 + ux * ahead, at.1 + uy * ahead),
                        (base.0 - uy * half, base.1 + ux * half),
                        (base.0 + uy * half, base.1 - ux * half),
                    ]);
                    distance += spacing;
                } else {
                    distance += sizes.px(9.0);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_moved_aside_keeps_its_distance() {
        let moved = beside(&[(0.0, 0.0), (10.0, 0.0), (10.0, 10.0)], 2.0);
        // To the right of travel, and y runs downwards: right of "east" is below.
        assert_eq!(moved.first(), Some(&(0.0, 2.0)));
        assert_eq!(moved.last(), Some(&(8.0, 10.0)));
        assert!((moved[1].0 - 8.0).abs() < 1e-9 && (moved[1].1 - 2.0).abs() < 1e-9);
    }
}
