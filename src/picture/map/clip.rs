//! Cutting and thinning of rings and lines in any plane.
//!
//! Rings are cut by I. E. Sutherland and G. W. Hodgman, *Reentrant polygon clipping*, CACM 17(1), 1974,
//! doi:10.1145/360767.360802; lines thinned by D. H. Douglas and T. K. Peucker, *Algorithms for the reduction of the
//! number of points*, Cartographica 10(2), 1973, doi:10.3138/FM57-6770-U75U-7727.

use crate::picture::{Px, Rect};

/// The part of a ring inside a box, as one ring that may run along the box's sides; empty if there is none.
/// The ring may or may not repeat its first point; the result does not.
pub(super) fn ring(points: &[Px], bounds: &Rect) -> Vec<Px> {
    let Some(extent) = Rect::of_points(points) else {
        return Vec::new();
    };
    if bounds.contains_rect(&extent) {
        return points.to_vec();
    }
    if !bounds.intersects(&extent) {
        return Vec::new();
    }
    let mut current = points.to_vec();
    for side in 0..4 {
        current = half_plane(&current, side, bounds);
    }
    current
}

/// Signed distance inside a side of the box.
fn inside(point: Px, side: usize, bounds: &Rect) -> f64 {
    match side {
        0 => point.0 - bounds.left,
        1 => bounds.right - point.0,
        2 => point.1 - bounds.top,
        _ => bounds.bottom - point.1,
    }
}

fn half_plane(points: &[Px], side: usize, bounds: &Rect) -> Vec<Px> {
    let mut result = Vec::with_capacity(points.len() + 4);
    let Some(&last) = points.last() else {
        return result;
    };
    let mut previous = (last, inside(last, side, bounds));
    for &point in points {
        let here = (point, inside(point, side, bounds));
        if (previous.1 >= 0.0) != (here.1 >= 0.0) {
            result.push(between(previous.0, here.0, previous.1 / (previous.1 - here.1)));
        }
        if here.1 >= 0.0 {
            result.push(point);
        }
        previous = here;
    }
    result
}

/// The point a share of the way from `a` to `b`.
pub(super) fn between(a: Px, b: Px, share: f64) -> Px {
    (a.0 + (b.0 - a.0) * share, a.1 + (b.1 - a.1) * share)
}

/// The parts of a line inside a box, in order.
pub(super) fn line(points: &[Px], bounds: &Rect) -> Vec<Vec<Px>> {
    let mut parts: Vec<Vec<Px>> = Vec::new();
    let mut open = false;
    for pair in points.windows(2) {
        let Some((from, to)) = edge(pair[0], pair[1], bounds) else {
            open = false;
            continue;
        };
        match parts.last_mut() {
            Some(part) if open && part.last() == Some(&from) => part.push(to),
            _ => parts.push(vec![from, to]),
        }
        open = to == pair[1];
    }
    parts
}

/// The part of an edge inside a box (Liang-Barsky).
fn edge(a: Px, b: Px, bounds: &Rect) -> Option<(Px, Px)> {
    let (mut enter, mut leave) = (0.0f64, 1.0f64);
    for side in 0..4 {
        let (from, to) = (inside(a, side, bounds), inside(b, side, bounds));
        if from < 0.0 && to < 0.0 {
            return None;
        }
        if from < 0.0 {
            enter = enter.max(from / (from - to));
        } else if to < 0.0 {
            leave = leave.min(from / (from - to));
        }
    }
    let start = if enter == 0.0 { a } else { between(a, b, enter) };
    let end = if leave == 1.0 { b } else { between(a, b, leave) };
    (enter <= leave).then_some((start, end))
}

/// The line without the points that lie closer than `tolerance` to it.
pub(super) fn thin(points: &[Px], tolerance: f64) -> Vec<Px> {
    if points.len() < 3 {
        return points.to_vec();
    }
    let mut keep = vec![false; points.len()];
    keep[0] = true;
    keep[points.len() - 1] = true;
    let mut open = vec![(0, points.len() - 1)];
    while let Some((start, end)) = open.pop() {
        let mut farthest = (tolerance, start);
        for index in start + 1..end {
            let distance = distance_to_edge(points[index], points[start], points[end]);
            if distance > farthest.0 {
                farthest = (distance, index);
            }
        }
        if farthest.1 > start {
            keep[farthest.1] = true;
            open.push((start, farthest.1));
            open.push((farthest.1, end));
        }
    }
    points.iter().zip(keep).filter_map(|(&point, kept)| kept.then_some(point)).collect()
}

/// Distance of a point from the edge `a`-`b`.
pub(super) fn distance_to_edge(point: Px, a: Px, b: Px) -> f64 {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let squared = dx * dx + dy * dy;
    let share = if squared == 0.0 { 0.0 } else { ((point.0 - a.0) * dx + (point.1 - a.1) * dy) / squared };
    let nearest = between(a, b, share.clamp(0.0, 1.0));
    (point.0 - nearest.0).hypot(point.1 - nearest.1)
}

/// Length of a line.
pub(super) fn length(points: &[Px]) -> f64 {
    points.windows(2).map(|pair| (pair[1].0 - pair[0].0).hypot(pair[1].1 - pair[0].1)).sum()
}

/// The point at a distance along a line and the direction there, a unit vector.
pub(super) fn along(points: &[Px], distance: f64) -> Option<(Px, Px)> {
    let mut left = distance;
    for pair in points.windows(2) {
        let step = (pair[1].0 - pair[0].0, pair[1].1 - pair[0].1);
        let size = step.0.hypot(step.1);
        if size > 0.0 && left <= size {
            return Some((between(pair[0], pair[1], left / size), (step.0 / size, step.1 / size)));
        }
        left -= size;
    }
    None
}

/// Twice the signed area of a ring.
pub(super) fn signed_area(ring: &[Px]) -> f64 {
    let Some(&last) = ring.last() else { return 0.0 };
    let mut previous = last;
    let mut sum = 0.0;
    for &point in ring {
        sum += previous.0 * point.1 - point.0 * previous.1;
        previous = point;
    }
    sum
}

/// Whether a point lies inside a ring (even-odd).
pub(super) fn ring_contains(ring: &[Px], point: Px) -> bool {
    let Some(&last) = ring.last() else {
        return false;
    };
    let mut previous = last;
    let mut inside = false;
    for &here in ring {
        if (here.1 > point.1) != (previous.1 > point.1) {
            let x = here.0 + (point.1 - here.1) / (previous.1 - here.1) * (previous.0 - here.0);
            if point.0 < x {
                inside = !inside;
            }
        }
        previous = here;
    }
    inside
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOX: Rect = Rect { left: 0.0, top: 0.0, right: 10.0, bottom: 10.0 };

    #[test]
    fn a_ring_is_cut_to_the_box() {
        let cut = ring(&[(-5.0, 2.0), (5.0, 2.0), (5.0, 8.0), (-5.0, 8.0)], &BOX);
        assert_eq!(signed_area(&cut).abs() / 2.0, 30.0);
        assert!(cut.iter().all(|&point| BOX.contains(point)));
        assert!(ring(&[(20.0, 0.0), (30.0, 0.0), (30.0, 5.0)], &BOX).is_empty());
        assert_eq!(
            signed_area(&ring(&[(-50.0, -50.0), (50.0, -50.0), (50.0, 50.0), (-50.0, 50.0)], &BOX)).abs(),
            200.0
        );
    }

    #[test]
    fn a_line_is_cut_into_its_visible_parts() {
        let parts = line(&[(-5.0, 5.0), (5.0, 5.0), (5.0, 15.0), (7.0, 15.0), (7.0, 5.0)], &BOX);
        assert_eq!(parts, [vec![(0.0, 5.0), (5.0, 5.0), (5.0, 10.0)], vec![(7.0, 10.0), (7.0, 5.0)]]);
        assert!(line(&[(-5.0, -5.0), (-1.0, 20.0)], &BOX).is_empty());
    }

    #[test]
    fn thinning_keeps_the_shape() {
        let zigzag: Vec<Px> = (0..=100).map(|x| (f64::from(x), if x == 50 { 9.0 } else { 0.0 })).collect();
        assert_eq!(thin(&zigzag, 0.5), [(0.0, 0.0), (49.0, 0.0), (50.0, 9.0), (51.0, 0.0), (100.0, 0.0)]);
    }

    #[test]
    fn along_a_line() {
        let bent = [(0.0, 0.0), (3.0, 0.0), (3.0, 4.0)];
        assert_eq!(length(&bent), 7.0);
        assert_eq!(along(&bent, 5.0), Some(((3.0, 2.0), (0.0, 1.0))));
        assert_eq!(along(&bent, 8.0), None);
    }
}
