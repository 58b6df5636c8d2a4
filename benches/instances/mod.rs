//! Graphs that the benches are run on: a road-like grid and a backbone mesh, the same on every machine.
//!
//! Both are made from a seed with nothing but `+ - * /` and square roots, which round in one way everywhere, so a bench
//! may assert an answer that was worked out elsewhere. They have the shape of the instances of `benches/compare`
//! (which come from a generator in Python) but are other graphs: figures of the two do not compare.

// Each bench is a program of its own and uses a part of this.
#![allow(dead_code, unused_imports)]

mod gabriel;
mod grid;

pub use gabriel::mesh;
pub use grid::{Road, road};

/// An undirected edge: one end, the other end, weight.
pub type Edge<W> = (u32, u32, W);

/// A backbone mesh of places in the plane.
pub struct Mesh {
    pub n_nodes: usize,
    /// Weights are lengths in tenths of a kilometre, at least 1.
    pub edges: Vec<Edge<u64>>,
    /// Kilometres east and north. No weight is below ten times the distance between the ends, but for rounding.
    pub places: Vec<(f64, f64)>,
}

/// Random pairs of different nodes.
pub fn queries(n_nodes: usize, count: usize, seed: u64) -> Vec<(u32, u32)> {
    assert!(n_nodes > 1, "two different nodes exist");
    let mut dice = Dice::new(seed);
    let n = n_nodes as u64;
    let pair = |dice: &mut Dice| {
        let (from, others) = (dice.below(n), dice.below(n - 1));
        (from as u32, ((from + 1 + others) % n) as u32)
    };
    (0..count).map(|_| pair(&mut dice)).collect()
}

/// Random numbers: splitmix64 (Steele, Lea and Flood 2014, doi:10.1145/2660193.2660195).
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A whole number below `n`.
    pub fn below(&mut self, n: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(n)) >> 64) as u64
    }

    /// A number from 0 to 1, 1 itself left out.
    pub fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// Groups that are joined one by one; a group is known by its lowest member.
struct Groups(Vec<u32>);

impl Groups {
    fn new(n: usize) -> Self {
        Self((0..n as u32).collect())
    }

    fn of(&mut self, member: u32) -> u32 {
        let mut at = member;
        while self.0[at as usize] != at {
            let parent = self.0[at as usize];
            self.0[at as usize] = self.0[parent as usize];
            at = parent;
        }
        at
    }

    /// Joins the groups of two members; tells whether they were two.
    fn join(&mut self, a: u32, b: u32) -> bool {
        let (a, b) = (self.of(a), self.of(b));
        self.0[a.max(b) as usize] = a.min(b);
        a != b
    }
}
