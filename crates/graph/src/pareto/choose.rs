//! What to look at on a front: its knee, and fewer points that stand for all.

use std::cmp::Ordering;

/// One, in millionths.
pub const MILLION: u64 = 1_000_000;

/// A front as few of its points, by their places in the list.
///
/// For each point of the front one of them is at most `millionths` worse in every criterion: epsilon-dominance
/// (Papadimitriou and Yannakakis 2000, doi:10.1109/SFCS.2000.892068). The best by each criterion are always among them.
/// Which others are is a greedy choice: the point that stands for the most of those still without one.
///
/// Complexity: O(n^2) comparisons for n points.
///
/// # Example
/// ```
/// use fiberplan_graph::pareto::thinned;
/// let front = [vec![100, 900], vec![104, 800], vec![105, 700], vec![300, 699], vec![900, 100]];
/// assert_eq!(thinned(&front, 0), [0, 1, 2, 3, 4]);
/// assert_eq!(thinned(&front, 50_000), [0, 2, 4]);
/// ```
#[must_use]
pub fn thinned(front: &[Vec<u64>], millionths: u64) -> Vec<usize> {
    let stands_for = |a: usize, b: usize| {
        let near = |(&own, &other): (&u64, &u64)| {
            u128::from(own) * u128::from(MILLION) <= u128::from(other) * (u128::from(MILLION) + u128::from(millionths))
        };
        front[a].iter().zip(&front[b]).all(near)
    };
    let mut alone = vec![true; front.len()];
    let mut chosen: Vec<usize> = best_by_each(front);
    for &own in &chosen {
        (0..front.len()).filter(|&other| stands_for(own, other)).for_each(|other| alone[other] = false);
    }
    for point in 0..front.len() {
        if !alone[point] {
            continue;
        }
        let count = |own: usize| (point..front.len()).filter(|&other| alone[other] && stands_for(own, other)).count();
        let candidates = (0..front.len()).filter(|&own| stands_for(own, point));
        // Of equals the first: `max_by_key` would take the last.
        let Some(own) = candidates.rev().max_by_key(|&own| count(own)) else { continue };
        chosen.push(own);
        (0..front.len()).filter(|&other| stands_for(own, other)).for_each(|other| alone[other] = false);
    }
    chosen.sort_unstable();
    chosen.dedup();
    chosen
}

/// The first of the best points by each criterion.
fn best_by_each(front: &[Vec<u64>]) -> Vec<usize> {
    let n = front.first().map_or(0, Vec::len);
    (0..n).filter_map(|i| (0..front.len()).min_by_key(|&point| (front[point][i], point))).collect()
}

/// A front as `k` of its points, by their places in the list: `first`, such as the knee, the best by each criterion, and
/// then one after the other the point that is farthest from those chosen (Gonzalez 1985,
/// doi:10.1016/0304-3975(85)90224-5), with each criterion scaled to what it spans on the front.
///
/// Complexity: O(n k) distances for n points.
///
/// # Example
/// ```
/// use fiberplan_graph::pareto::spread;
/// let front = [vec![0, 10], vec![1, 9], vec![2, 3], vec![5, 2], vec![6, 1], vec![10, 0]];
/// assert_eq!(spread(&front, Some(2), 1), [2]);
/// assert_eq!(spread(&front, Some(2), 4), [0, 2, 4, 5]);
/// ```
#[must_use]
pub fn spread(front: &[Vec<u64>], first: Option<usize>, k: usize) -> Vec<usize> {
    let spans = spans(front);
    let mut chosen: Vec<usize> = Vec::new();
    for point in first.into_iter().chain(best_by_each(front)) {
        if !chosen.contains(&point) {
            chosen.push(point);
        }
    }
    chosen.truncate(k);
    let apart = |a: usize, b: usize| -> f64 {
        let along =
            |&(i, least, most): &(usize, u64, u64)| front[a][i].abs_diff(front[b][i]) as f64 / (most - least) as f64;
        spans.iter().map(along).map(|distance| distance * distance).sum()
    };
    let from_chosen = |point: usize| chosen.iter().map(|&own| apart(own, point)).fold(f64::INFINITY, f64::min);
    let mut distances: Vec<f64> = (0..front.len()).map(from_chosen).collect();
    while chosen.len() < k.min(front.len()) {
        let farthest = (0..front.len()).filter(|point| !chosen.contains(point));
        let by_distance = |a: &usize, b: &usize| distances[*a].total_cmp(&distances[*b]).then(b.cmp(a));
        let Some(point) = farthest.max_by(by_distance) else { break };
        chosen.push(point);
        for (other, distance) in distances.iter_mut().enumerate() {
            *distance = distance.min(apart(point, other));
        }
    }
    chosen.sort_unstable();
    chosen
}

/// How much worse than a point of the front the nearest of these can be in a criterion, as a share of that point's value:
/// infinite if one stands alone with a value of 0.
///
/// # Example
/// ```
/// use fiberplan_graph::pareto::within;
/// assert_eq!(within(&[vec![100, 900], vec![104, 800], vec![800, 100]], &[1, 2]), 0.04);
/// ```
#[must_use]
pub fn within(front: &[Vec<u64>], chosen: &[usize]) -> f64 {
    let worse = |own: &Vec<u64>, other: &Vec<u64>| {
        let share = |(&own, &other): (&u64, &u64)| match own.cmp(&other) {
            Ordering::Less | Ordering::Equal => 0.0,
            Ordering::Greater => (own - other) as f64 / other as f64,
        };
        own.iter().zip(other).map(share).fold(0.0, f64::max)
    };
    let nearest = |other: &Vec<u64>| chosen.iter().map(|&own| worse(&front[own], other)).fold(f64::INFINITY, f64::min);
    front.iter().map(nearest).fold(0.0, f64::max)
}

/// The criteria that vary on a front, each with its least and its most.
fn spans(front: &[Vec<u64>]) -> Vec<(usize, u64, u64)> {
    let span = |i: usize| {
        let values = front.iter().map(|point| point[i]);
        Some((i, values.clone().min()?, values.max()?)).filter(|(_, least, most)| least < most)
    };
    (0..front.first().map_or(0, Vec::len)).filter_map(span).collect()
}

/// The knee of a front, by its place in the list: where a little less of one criterion begins to cost much of another.
///
/// Each criterion is scaled to 0 at its best and 1 at its worst on the front; the knee has the least sum. With two
/// criteria that is the point farthest below the line through the front's ends (Das 1999, doi:10.1007/BF01195985), and
/// there is none if no point lies below that line. There is none either with fewer than three points, or if fewer than two
/// criteria vary.
///
/// # Example
/// ```
/// use fiberplan_graph::pareto::knee;
/// assert_eq!(knee(&[vec![0, 10], vec![2, 3], vec![5, 2], vec![10, 0]]), Some(1));
/// assert_eq!(knee(&[vec![0, 10], vec![5, 5], vec![10, 0]]), None);
/// ```
#[must_use]
pub fn knee(front: &[Vec<u64>]) -> Option<usize> {
    let spans = spans(front);
    if spans.len() < 2 || front.len() < 3 {
        return None;
    }
    let scaled = |point: &Vec<u64>| -> f64 {
        let share = |&(i, least, most): &(usize, u64, u64)| (point[i] - least) as f64 / (most - least) as f64;
        spans.iter().map(share).sum()
    };
    let (sum, knee) = front
        .iter()
        .enumerate()
        .map(|(i, point)| (scaled(point), i))
        .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)))?;
    // On a line sums are 1 but for rounding.
    (spans.len() > 2 || sum < 1.0 - 1e-9).then_some(knee)
}
