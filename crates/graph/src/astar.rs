//! One shortest path between places on a map: two searches that lean towards each other (Ikeda et al. 1994,
//! doi:10.1109/VNIS.1994.396824), after A* (Hart, Nilsson and Raphael 1968, doi:10.1109/TSSC.1968.300136).
//!
//! The lean is half the difference of two lower bounds, to the goal and from the start, each the straight distance times
//! the least weight that any arc has for its straight distance. That factor is taken from the arcs themselves, so the
//! bounds hold for whatever the weights are: where they go with the distance (lengths, delays) the searches settle less
//! than half of what [`super::bidirectional`] does, where they do not (prices) the factor is small and nothing is gained.
//! The answer is the same. The bidirectional A* of Pijls and Post (NBA*, 2009) was tried with the same bounds and settled
//! 5 % more.

use super::bidirectional::{Bidirectional, Lean};
use super::csr::Weighted;
use super::distance::Distance;

/// What the difference of two leans may be off by, in weight, as leans are rounded to whole numbers.
const ROUNDING: f64 = 0.51;

/// What sums and products of 64-bit floats may be off by, and more.
const FLOATS: f64 = 1.0 - 1e-12;

/// No estimate is above this, so that what floats are off by stays well below a whole number.
const MOST: f64 = 1e12;

/// Lower bounds for the weight between two nodes from where they lie.
///
/// A position is a point in space of any number of dimensions: x and y of a plane, or the point on the unit sphere for
/// longitude and latitude ([`on_sphere`]); its unit does not matter.
///
/// # Example
/// ```
/// use fiberplan_graph::{Csr, astar::StraightLine, bidirectional::Bidirectional};
/// // 0 -- 1 -- 2 in a row, 10 apart, and a cheap detour over 3
/// let graph = Csr::undirected(4, &[(0, 1, 1000_u32), (1, 2, 1000), (0, 3, 950), (3, 2, 950)]);
/// let bound = StraightLine::over(&graph, vec![[0.0, 0.0], [10.0, 0.0], [20.0, 0.0], [10.0, 5.0]]);
/// // No arc weighs less for its length than the detour, sqrt(125) long.
/// assert!((bound.factor() - 949.49 / 125_f64.sqrt()).abs() < 1e-9);
/// let mut search = Bidirectional::new(&graph);
/// let (weight, arcs) = bound.between(&mut search, &graph, &graph, (0, 2), (0, 2)).expect("there is a way");
/// assert_eq!((weight, arcs.iter().map(|&arc| graph.edge(arc)).collect::<Vec<_>>()), (1900, vec![2, 3]));
/// ```
#[derive(Debug, Clone)]
pub struct StraightLine<const D: usize> {
    positions: Vec<[f32; D]>,
    factor: f64,
}

impl<const D: usize> StraightLine<D> {
    /// The strongest bound that holds for every arc of the graph.
    ///
    /// That is the least of (weight - 0.51) / straight distance over all arcs, so that the bound, in whole numbers, falls
    /// along no arc by more than its weight. It is 0, which bounds nothing, where an arc weighs nothing over a distance, a
    /// position is missing or not a number.
    ///
    /// Complexity: O(n + m).
    #[must_use]
    pub fn over<W: Distance>(graph: &impl Weighted<W>, positions: Vec<[f32; D]>) -> Self {
        let sound = positions.len() == graph.n_nodes() && positions.iter().flatten().all(|x| x.is_finite());
        if !sound {
            return Self { positions, factor: 0.0 };
        }
        let mut factor = MOST / diagonal(&positions);
        for tail in 0..graph.n_nodes() as u32 {
            for arc in graph.arcs_of(tail) {
                let length = distance(positions[tail as usize], positions[graph.head(arc) as usize]);
                if length > 0.0 {
                    factor = factor.min((graph.weight(arc).leading() as f64 * FLOATS - ROUNDING) / length);
                }
            }
        }
        let factor = if factor.is_finite() { factor.max(0.0) * FLOATS } else { 0.0 };
        Self { positions, factor }
    }

    /// The weight that goes with one unit of distance at least.
    #[must_use]
    pub fn factor(&self) -> f64 {
        self.factor
    }

    /// As [`Bidirectional::between`], in the graph that the bound was made over or one that weighs nowhere less. Nodes
    /// beyond those that have a position stand where the path begins or, if they are `to`, where it ends: at these `ends`.
    pub fn between<'s, W, G, R>(
        &self,
        search: &'s mut Bidirectional<W>,
        graph: &G,
        back: &R,
        (from, to): (u32, u32),
        ends: (u32, u32),
    ) -> Option<(W, &'s [u32])>
    where
        W: Distance,
        G: Weighted<W>,
        R: Weighted<W>,
    {
        let position = |node: u32| self.positions.get(node as usize).copied();
        match (position(ends.0), position(ends.1)) {
            (Some(start), Some(goal)) if self.factor > 0.0 => {
                search.between_leaning(graph, back, from, to, &Towards { bound: self, start, goal, to })
            }
            _ => search.between(graph, back, from, to),
        }
    }
}

/// The bound of a query.
struct Towards<'a, const D: usize> {
    bound: &'a StraightLine<D>,
    start: [f32; D],
    goal: [f32; D],
    to: u32,
}

impl<const D: usize> Lean for Towards<'_, D> {
    #[inline]
    fn at(&self, node: u32) -> i64 {
        let end = if node == self.to { self.goal } else { self.start };
        let position = self.bound.positions.get(node as usize).copied().unwrap_or(end);
        ((distance(position, self.goal) - distance(position, self.start)) * self.bound.factor) as i64
    }
}

/// As long as the longest distance between two of the positions, or longer.
fn diagonal<const D: usize>(positions: &[[f32; D]]) -> f64 {
    let mut corners = [[f32::INFINITY; D], [f32::NEG_INFINITY; D]];
    for position in positions {
        for i in 0..D {
            corners[0][i] = position[i].min(corners[0][i]);
            corners[1][i] = position[i].max(corners[1][i]);
        }
    }
    distance(corners[0], corners[1])
}

#[inline]
fn distance<const D: usize>(a: [f32; D], b: [f32; D]) -> f64 {
    let mut sum = 0.0;
    for i in 0..D {
        let difference = f64::from(a[i]) - f64::from(b[i]);
        sum += difference * difference;
    }
    sum.sqrt()
}

/// The point on the unit sphere at a longitude and latitude in degrees: straight distances between such points are
/// chords, shorter than any way along the ground.
#[must_use]
pub fn on_sphere(lon: f64, lat: f64) -> [f32; 3] {
    let ((sin_lon, cos_lon), (sin_lat, cos_lat)) = (lon.to_radians().sin_cos(), lat.to_radians().sin_cos());
    [(cos_lat * cos_lon) as f32, (cos_lat * sin_lon) as f32, sin_lat as f32]
}
