//! What a front is sought in, and what is known before the search.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};

use super::{Columns, Wanted};
use crate::elementary::ShareLimit;
use crate::state_graph::NOWHERE;

/// A graph, two ends, and the columns that count: first the criteria, then what is only bounded, then zeros.
#[derive(Debug)]
pub(super) struct Problem<'a, G, const N: usize> {
    pub graph: &'a G,
    /// Start and goal.
    pub ends: (u32, u32),
    pub n_criteria: usize,
    pub shares: &'a [ShareLimit],
    pub work: usize,
    columns: Vec<usize>,
    most: [u64; N],
    /// For each node and column the least that is still to come.
    to_goal: Vec<[u64; N]>,
    /// The (tail, arc) pairs that lead to each node, in compressed rows.
    into: (Vec<u32>, Vec<(u32, u32)>),
}

impl<'a, G: Columns, const N: usize> Problem<'a, G, N> {
    /// `columns` are at most `N`, the criteria first.
    pub fn new(graph: &'a G, ends: (u32, u32), columns: Vec<usize>, wanted: Wanted<'a>) -> Self {
        let Wanted { criteria, limits, shares, work } = wanted;
        let mut most = [u64::MAX - 1; N];
        for (most, column) in most.iter_mut().zip(&columns) {
            let own = limits.iter().filter(|limit| limit.column == *column).map(|limit| limit.most);
            *most = own.fold(*most, u64::min);
        }
        let to_goal = vec![[0; N]; graph.n_nodes()];
        let into = reverse(graph);
        let n_criteria = criteria.len();
        let mut problem = Self { graph, ends, n_criteria, shares, work, columns, most, to_goal, into };
        for place in 0..N {
            problem.look_back(place);
        }
        problem
    }

    /// What an arc takes of the room under a bound on a share.
    pub fn room(&self, share: usize, arc: u32) -> i128 {
        let ShareLimit { part, whole, millionths } = self.shares[share];
        let (part, whole) = (self.graph.column(part, arc), self.graph.column(whole, arc));
        i128::from(part) * 1_000_000 - i128::from(whole) * i128::from(millionths)
    }

    fn weight(&self, place: usize, arc: u32) -> u64 {
        self.columns.get(place).map_or(0, |&column| self.graph.column(column, arc))
    }

    /// Distances to the goal by a column (Dijkstra 1959, doi:10.1007/BF01386390, on the reversed graph).
    fn look_back(&mut self, place: usize) {
        let mut distances = vec![u64::MAX; self.graph.n_nodes()];
        distances[self.ends.1 as usize] = 0;
        let mut queue = BinaryHeap::from([Reverse((0, self.ends.1))]);
        while let Some(Reverse((so_far, node))) = queue.pop() {
            if so_far > distances[node as usize] {
                continue;
            }
            for &(tail, arc) in self.leading_to(node) {
                let through = so_far.saturating_add(self.weight(place, arc));
                if through < distances[tail as usize] {
                    distances[tail as usize] = through;
                    queue.push(Reverse((through, tail)));
                }
            }
        }
        for (node, distance) in distances.into_iter().enumerate() {
            self.to_goal[node][place] = distance;
        }
    }

    fn leading_to(&self, node: u32) -> &[(u32, u32)] {
        let (first, pairs) = &self.into;
        &pairs[first[node as usize] as usize..first[node as usize + 1] as usize]
    }

    /// A label's values after an arc.
    pub fn plus(&self, so_far: &[u64; N], arc: u32) -> [u64; N] {
        let mut sum = *so_far;
        for (sum, &column) in sum.iter_mut().zip(&self.columns) {
            *sum = sum.saturating_add(self.graph.column(column, arc));
        }
        sum
    }

    /// The least that a path has that goes on from a node with these values; `None` if none keeps within the bounds.
    pub fn estimate(&self, so_far: &[u64; N], node: u32) -> Option<[u64; N]> {
        let mut sum = *so_far;
        let mut fits = true;
        for (i, more) in self.to_goal[node as usize].iter().enumerate() {
            sum[i] = sum[i].saturating_add(*more);
            fits &= sum[i] <= self.most[i];
        }
        fits.then_some(sum)
    }

    fn leads_to_goal(&self, node: u32) -> bool {
        self.to_goal[node as usize].iter().all(|&distance| distance < u64::MAX)
    }
}

fn reverse<G: Columns>(graph: &G) -> (Vec<u32>, Vec<(u32, u32)>) {
    let n = graph.n_nodes();
    let mut first = vec![0_u32; n + 1];
    for arc in 0..graph.n_arcs() as u32 {
        first[graph.head(arc) as usize + 1] += 1;
    }
    for i in 0..n {
        first[i + 1] += first[i];
    }
    let mut next = first.clone();
    let mut pairs = vec![(0, 0); graph.n_arcs()];
    for tail in 0..n as u32 {
        for arc in graph.arcs_of(tail) {
            let slot = &mut next[graph.head(arc) as usize];
            pairs[*slot as usize] = (tail, arc);
            *slot += 1;
        }
    }
    (first, pairs)
}

/// The places that labels remember.
#[derive(Debug)]
pub(super) struct Critical {
    n_words: usize,
    /// The bit of each node's place.
    bits: Vec<Option<usize>>,
    /// For each node the critical places that a way on from it can come to, as bits in so many words.
    ahead: Vec<u64>,
}

impl Critical {
    pub fn new<G: Columns, const N: usize>(problem: &Problem<'_, G, N>, places: &BTreeSet<u32>) -> Self {
        let n = problem.graph.n_nodes();
        let n_words = places.len().div_ceil(64);
        let bit = |place: u32| {
            let known = place != NOWHERE && places.contains(&place);
            known.then(|| places.range(..place).count())
        };
        let bits: Vec<Option<usize>> = (0..n as u32).map(|node| bit(problem.graph.place(node))).collect();
        let mut critical = Self { n_words, bits, ahead: vec![0; n * n_words] };
        for bit in 0..places.len() {
            critical.spread(problem, bit);
        }
        critical
    }

    /// Marks the nodes from which a way leads on to a place.
    fn spread<G: Columns, const N: usize>(&mut self, problem: &Problem<'_, G, N>, bit: usize) {
        let at_place = |node: &u32| self.bits[*node as usize] == Some(bit) && problem.leads_to_goal(*node);
        let mut open: Vec<u32> = (0..problem.graph.n_nodes() as u32).filter(at_place).collect();
        while let Some(node) = open.pop() {
            for &(tail, _) in problem.leading_to(node) {
                let word = &mut self.ahead[tail as usize * self.n_words + bit / 64];
                if *word & 1 << (bit % 64) == 0 {
                    *word |= 1 << (bit % 64);
                    open.push(tail);
                }
            }
        }
    }

    pub fn n_words(&self) -> usize {
        self.n_words
    }

    pub fn bit_at(&self, node: u32) -> Option<usize> {
        self.bits[node as usize]
    }

    pub fn ahead(&self, node: u32) -> &[u64] {
        &self.ahead[node as usize * self.n_words..(node as usize + 1) * self.n_words]
    }
}
