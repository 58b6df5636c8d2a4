//! A mesh as backbones are: random places, joined where no third place lies in the circle between two, then thinned.

use super::{Dice, Edge, Groups, Mesh};

/// The side of the square, in kilometres.
const SIDE_KM: f64 = 2000.0;

/// Edges longer than this many times the mean spacing are not looked for.
const REACH: f64 = 8.0;

/// How many of the edges beyond the least spanning tree stay.
const KEPT: f64 = 0.75;

/// A connected mesh of `n_nodes` places with about three edges a place: the Gabriel graph (Gabriel and Sokal 1969,
/// doi:10.2307/2412323) of random places, of which the least spanning tree and three quarters of the rest are kept.
pub fn mesh(n_nodes: usize, seed: u64) -> Mesh {
    let mut dice = Dice::new(seed);
    let places: Vec<(f64, f64)> = (0..n_nodes).map(|_| (dice.unit() * SIDE_KM, dice.unit() * SIDE_KM)).collect();
    let mut candidates = gabriel_edges(&places);
    candidates.sort_by(|a, b| a.2.total_cmp(&b.2).then((a.0, a.1).cmp(&(b.0, b.1))));
    let mut groups = Groups::new(n_nodes);
    let mut n_joined = 0;
    let mut edges = Vec::new();
    for (a, b, square) in candidates {
        // Taken in order of length, this is Kruskal's tree.
        let in_tree = groups.join(a, b);
        n_joined += usize::from(in_tree);
        let (kept, winding) = (dice.unit() < KEPT, dice.unit());
        if in_tree || kept {
            let tenths = square.sqrt() * 10.0 * (1.0 + 0.3 * winding);
            edges.push((a, b, ((tenths + 0.5) as u64).max(1)));
        }
    }
    assert!(n_joined + 1 >= n_nodes, "the mesh is connected");
    edges.sort_unstable();
    Mesh { n_nodes, edges, places }
}

/// Pairs of places with no third place in the circle that has them as diameter, with the square of their distance.
fn gabriel_edges(places: &[(f64, f64)]) -> Vec<Edge<f64>> {
    let spacing = SIDE_KM / (places.len() as f64).sqrt();
    let reach = REACH * spacing;
    let cells = Cells::new(places, spacing);
    let mut edges = Vec::new();
    let mut around = Vec::new();
    for (i, &at) in places.iter().enumerate() {
        cells.near(places, at, reach, &mut around);
        around.sort_by(|a: &(f64, u32), b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        for (n_nearer, &(square, j)) in around.iter().enumerate() {
            if j as usize <= i {
                continue;
            }
            let other = places[j as usize];
            // What lies in the circle is nearer to `at` than `other` is, and sees the two under an obtuse angle.
            let between = |&(_, k): &(f64, u32)| {
                let third = places[k as usize];
                let along = (at.0 - third.0) * (other.0 - third.0);
                let across = (at.1 - third.1) * (other.1 - third.1);
                k as usize != i && along + across < 0.0
            };
            if !around[..n_nearer].iter().any(between) {
                edges.push((i as u32, j, square));
            }
        }
    }
    edges
}

/// Places by the square cell they lie in.
struct Cells {
    size: f64,
    n_side: usize,
    members: Vec<Vec<u32>>,
}

impl Cells {
    fn new(places: &[(f64, f64)], size: f64) -> Self {
        let n_side = (SIDE_KM / size) as usize + 1;
        let mut cells = Self { size, n_side, members: vec![Vec::new(); n_side * n_side] };
        for (i, place) in places.iter().enumerate() {
            let (column, row) = ((place.0 / size) as usize, (place.1 / size) as usize);
            cells.members[row * n_side + column].push(i as u32);
        }
        cells
    }

    /// The places within a distance of a place, with the square of theirs.
    fn near(&self, places: &[(f64, f64)], at: (f64, f64), reach: f64, found: &mut Vec<(f64, u32)>) {
        found.clear();
        let cells = |middle: f64| {
            let low = ((middle - reach).max(0.0) / self.size) as usize;
            let high = ((middle + reach) / self.size) as usize;
            low..=high.min(self.n_side - 1)
        };
        for row in cells(at.1) {
            for column in cells(at.0) {
                for &i in &self.members[row * self.n_side + column] {
                    let place = places[i as usize];
                    let square = (place.0 - at.0) * (place.0 - at.0) + (place.1 - at.1) * (place.1 - at.1);
                    if square <= reach * reach {
                        found.push((square, i));
                    }
                }
            }
        }
    }
}
