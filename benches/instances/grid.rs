//! A graph that looks like roads: a grid with gaps and a few diagonals, on which some rows and columns are better.

use super::{Dice, Edge, Groups};

/// A road-like graph, connected, with two weights an edge and the places of its nodes.
pub struct Road {
    pub n_nodes: usize,
    /// Weights are (cost, latency). Latency is length in tenths of a metre; cost is that times a price which is lower on
    /// the better rows and columns and differs from edge to edge.
    pub edges: Vec<Edge<(u32, u32)>>,
    /// Metres east and north. No latency is below ten times the distance between the ends, but for rounding.
    pub places: Vec<(f64, f64)>,
}

impl Road {
    /// The edges with one weight, which is made of cost and latency.
    pub fn weighed_by<W>(&self, weight: impl Fn(u32, u32) -> W) -> Vec<Edge<W>> {
        self.edges.iter().map(|&(a, b, (cost, latency))| (a, b, weight(cost, latency))).collect()
    }
}

const SPACING_M: f64 = 100.0;

/// How likely an edge of the grid is there, on a plain row or column and on a better one, and a diagonal.
const KEPT: (f64, f64, f64) = (0.82, 0.97, 0.05);

/// The price of a metre by the class of the row or column.
const PRICE: [f64; 4] = [1.0, 0.7, 0.45, 0.3];

/// A road-like graph with about `n_arcs` arcs (two an edge), within a few percent.
pub fn road(n_arcs: usize, seed: u64) -> Road {
    let mut dice = Dice::new(seed);
    let n_wanted = n_arcs as f64 / 3.38 * 1.005;
    let width = ((n_wanted * 1.25).sqrt() as usize).max(2);
    let height = (n_wanted as usize / width).max(2);
    let mut places = Vec::with_capacity(width * height);
    for row in 0..height {
        for column in 0..width {
            let mut near = |whole: usize| (whole as f64 + 0.7 * dice.unit() - 0.35) * SPACING_M;
            places.push((near(column), near(row)));
        }
    }
    let mut edges = Vec::with_capacity(n_arcs / 2 + n_arcs / 20);
    let node = |row: usize, column: usize| (row * width + column) as u32;
    for row in 0..height {
        for column in 0..width {
            let (right, below) = (column + 1 < width, row + 1 < height);
            let mut lay = |class: usize, kept: f64, to: u32| {
                if dice.unit() < kept {
                    let from = node(row, column);
                    edges.push((from, to, weights(&mut dice, class, places[from as usize], places[to as usize])));
                }
            };
            let kept = |class: usize| if class > 0 { KEPT.1 } else { KEPT.0 };
            if right {
                lay(class(row), kept(class(row)), node(row, column + 1));
            }
            if below {
                lay(class(column), kept(class(column)), node(row + 1, column));
            }
            if right && below {
                lay(0, KEPT.2, node(row + 1, column + 1));
            }
        }
    }
    largest_part(edges, places)
}

/// Every 8th, 64th and 256th row or column is a better one.
fn class(line: usize) -> usize {
    [8, 64, 256].iter().filter(|&&step| line.is_multiple_of(step)).count()
}

fn weights(dice: &mut Dice, class: usize, a: (f64, f64), b: (f64, f64)) -> (u32, u32) {
    let distance = ((a.0 - b.0) * (a.0 - b.0) + (a.1 - b.1) * (a.1 - b.1)).sqrt();
    let detour = dice.unit();
    let length = distance * (1.0 + 0.4 * detour * detour);
    // A price near the lognormal one with deviation 0.25: twelve uniform numbers sum to a nearly normal one.
    let deviation = 0.25 * ((0..12).map(|_| dice.unit()).sum::<f64>() - 6.0);
    let price = PRICE[class] * (1.0 + deviation + 0.5 * deviation * deviation);
    let whole = |tenths: f64| (tenths + 0.5) as u32;
    (whole(length * price * 10.0).max(1), whole(length * 10.0).max(1))
}

/// The largest connected part, its nodes numbered anew in the same order.
fn largest_part(edges: Vec<Edge<(u32, u32)>>, places: Vec<(f64, f64)>) -> Road {
    let mut groups = Groups::new(places.len());
    for &(a, b, _) in &edges {
        groups.join(a, b);
    }
    let mut sizes = vec![0_usize; places.len()];
    for node in 0..places.len() as u32 {
        sizes[groups.of(node) as usize] += 1;
    }
    let largest = sizes.iter().max().copied();
    let main = sizes.iter().position(|&size| Some(size) == largest).expect("there are nodes") as u32;
    let mut number = vec![u32::MAX; places.len()];
    let mut kept = Vec::new();
    for (node, &place) in places.iter().enumerate() {
        if groups.of(node as u32) == main {
            number[node] = kept.len() as u32;
            kept.push(place);
        }
    }
    let renumbered = edges
        .into_iter()
        .filter(|&(a, _, _)| number[a as usize] != u32::MAX)
        .map(|(a, b, weights)| (number[a as usize], number[b as usize], weights));
    Road { n_nodes: kept.len(), edges: renumbered.collect(), places: kept }
}
