//! Instances as `instances.py` writes them.

use std::fs::{File, read_to_string};
use std::io::{BufReader, Read};
use std::ops::Range;

/// A road graph with one of its two weights; every edge is two arcs.
pub struct Road {
    pub first: Vec<u32>,
    pub head: Vec<u32>,
    pub weight: Vec<u32>,
    pub places: Vec<(f32, f32)>,
}

impl Road {
    /// Reads a graph and of its weights the one that `measure` names.
    pub fn read(path: &str, measure: &str) -> Self {
        let (cost, latency) = Self::read_both(path);
        match measure {
            "cost" => cost,
            "latency" => Self { weight: latency, ..cost },
            other => panic!("{other}: neither cost nor latency"),
        }
    }

    /// Reads a graph weighed by cost, and the latencies of its arcs.
    pub fn read_both(path: &str) -> (Self, Vec<u32>) {
        let file = File::open(path).unwrap_or_else(|error| panic!("{path}: {error}"));
        let mut file = BufReader::with_capacity(1 << 20, file);
        let mut magic = [0; 4];
        file.read_exact(&mut magic).expect("the file is long enough");
        assert_eq!(&magic, b"FGR1", "{path} is a graph file");
        let sizes: Vec<usize> = words(&mut file, 2).map(|word| u32::from_le_bytes(word) as usize).collect();
        let (n_nodes, n_arcs) = (sizes[0], sizes[1]);
        let mut numbers = |n: usize| words(&mut file, n).map(u32::from_le_bytes).collect::<Vec<u32>>();
        let (first, head) = (numbers(n_nodes + 1), numbers(n_arcs));
        let (cost, latency) = (numbers(n_arcs), numbers(n_arcs));
        let x: Vec<f32> = words(&mut file, n_nodes).map(f32::from_le_bytes).collect();
        let places = x.into_iter().zip(words(&mut file, n_nodes).map(f32::from_le_bytes)).collect();
        (Self { first, head, weight: cost, places }, latency)
    }

    pub fn n_nodes(&self) -> usize {
        self.first.len() - 1
    }

    pub fn n_arcs(&self) -> usize {
        self.head.len()
    }

    pub fn arcs_of(&self, node: u32) -> Range<usize> {
        self.first[node as usize] as usize..self.first[node as usize + 1] as usize
    }

    /// Tail, head and weight of each arc, in order of tail.
    pub fn arcs(&self) -> impl Iterator<Item = (u32, u32, u32)> {
        let of = move |tail: u32| self.arcs_of(tail).map(move |arc| (tail, self.head[arc], self.weight[arc]));
        (0..self.n_nodes() as u32).flat_map(of)
    }

    pub fn distance(&self, a: u32, b: u32) -> f64 {
        let (a, b) = (self.places[a as usize], self.places[b as usize]);
        f64::from(a.0 - b.0).hypot(f64::from(a.1 - b.1))
    }

    /// What a metre of distance costs at least. A hundredth is taken off, so that rounded estimates stay below.
    pub fn least_price(&self) -> f64 {
        let prices = self.arcs().map(|(tail, head, weight)| f64::from(weight) / self.distance(tail, head));
        0.99 * prices.fold(f64::INFINITY, f64::min)
    }
}

/// A mesh; its edges are (one end, the other end, weight).
pub struct Mesh {
    pub n_nodes: usize,
    pub edges: Vec<(u32, u32, u64)>,
}

impl Mesh {
    pub fn read(path: &str) -> Self {
        let row = |row: Vec<u64>| (row[0] as u32, row[1] as u32, row[2]);
        let edges: Vec<(u32, u32, u64)> = rows(path).map(row).collect();
        let n_nodes = edges.iter().map(|&(a, b, _)| a.max(b) as usize + 1).max().unwrap_or(0);
        Self { n_nodes, edges }
    }
}

/// The first pairs of nodes in a file.
pub fn read_pairs(path: &str, count: usize) -> Vec<(u32, u32)> {
    rows(path).take(count).map(|row| (row[0] as u32, row[1] as u32)).collect()
}

fn words(file: &mut impl Read, n: usize) -> impl Iterator<Item = [u8; 4]> {
    (0..n).map(move |_| {
        let mut word = [0; 4];
        file.read_exact(&mut word).expect("the file is long enough");
        word
    })
}

fn rows(path: &str) -> impl Iterator<Item = Vec<u64>> {
    let text = read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let number = |word: &str| word.parse().expect("a whole number");
    let rows: Vec<Vec<u64>> = text.lines().map(|line| line.split_whitespace().map(number).collect()).collect();
    rows.into_iter()
}
