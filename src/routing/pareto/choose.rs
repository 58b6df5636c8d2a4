//! What to look at on a front: its knee, and fewer points that stand for all.

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
/// use fiberplan::routing::pareto::thinned;
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

/// The knee of a front, by its place in the list: where a little less of one criterion begins to cost much of another.
///
/// Each criterion is scaled to 0 at its best and 1 at its worst on the front; the knee has the least sum. With two
/// criteria that is the point farthest below the line through the front's ends (Das 1999, doi:10.1007/BF01195985), and
/// there is none if no point lies below that line. There is none either if fewer than two criteria vary.
///
/// # Example
/// ```
/// use fiberplan::routing::pareto::knee;
/// assert_eq!(knee(&[vec![0, 10], vec![2, 3], vec![5, 2], vec![10, 0]]), Some(1));
/// assert_eq!(knee(&[vec![0, 10], vec![5, 5], vec![10, 0]]), None);
/// ```
#[must_use]
pub fn knee(front: &[Vec<u64>]) -> Option<usize> {
    let n = front.first().map_or(0, Vec::len);
    let range = |i: usize| {
        let values = front.iter().map(|point| point[i]);
        Some((values.clone().min()?, values.max()?)).filter(|(least, most)| least < most)
    };
    let ranges: Vec<(usize, u64, u64)> =
        (0..n).filter_map(|i| range(i).map(|(least, most)| (i, least, most))).collect();
    if ranges.len() < 2 {
        return None;
    }
    let scaled = |point: &Vec<u64>| -> f64 {
        let share = |&(i, least, most): &(usize, u64, u64)| (point[i] - least) as f64 / (most - least) as f64;
        ranges.iter().map(share).sum()
    };
    let (sum, knee) = front
        .iter()
        .enumerate()
        .map(|(i, point)| (scaled(point), i))
        .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)))?;
    // On a line sums are 1 but for rounding.
    (ranges.len() > 2 || sum < 1.0 - 1e-9).then_some(knee)
}
