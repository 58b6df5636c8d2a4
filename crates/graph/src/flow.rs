//! The arcs that a set of paths uses, known at their ends: what successive shortest paths rearrange.

use super::suurballe::Edged;

/// No record.
const NONE: u32 = u32::MAX;

/// An arc in use; the records of one tail, and those of one head, are chained in order of their arcs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Used {
    pub(super) arc: u32,
    pub(super) tail: u32,
    pub(super) head: u32,
    next_of_tail: u32,
    next_of_head: u32,
}

/// Arcs in use, without anything that grows with the graph but two numbers a node.
#[derive(Debug)]
pub(super) struct Flow {
    used: Vec<Used>,
    /// For each node the first record of an arc that leaves it, and of one that enters it.
    at: Vec<[u32; 2]>,
}

impl Flow {
    /// None yet.
    pub(super) fn new(n_nodes: usize) -> Self {
        Self { used: Vec::new(), at: vec![[NONE; 2]; n_nodes] }
    }

    /// Whether an arc in use leaves a node.
    pub(super) fn leaves(&self, node: u32) -> bool {
        self.at[node as usize][0] != NONE
    }

    /// The first arc in use that enters a node.
    pub(super) fn entering(&self, node: u32) -> Option<Used> {
        self.used.get(self.at[node as usize][1] as usize).copied()
    }

    /// The next one that enters the same node.
    pub(super) fn next_entering(&self, used: Used) -> Option<Used> {
        self.used.get(used.next_of_head as usize).copied()
    }

    fn leaving(&self, node: u32) -> impl Iterator<Item = (u32, Used)> {
        let record = |i: u32| self.used.get(i as usize).map(|&used| (i, used));
        std::iter::successors(record(self.at[node as usize][0]), move |(_, used)| record(used.next_of_tail))
    }

    /// Whether an arc of a node is in use, or its edge the other way.
    pub(super) fn blocks<G: Edged>(&self, graph: &G, node: u32, arc: u32) -> bool {
        self.leaving(node).any(|(_, used)| used.arc == arc)
            || std::iter::successors(self.entering(node), |&used| self.next_entering(used))
                .any(|used| graph.edge(used.arc) == graph.edge(arc))
    }

    /// Takes arcs (arc, tail, head) into use and gives others up.
    pub(super) fn change(&mut self, taken: &[(u32, u32, u32)], given_up: &mut [u32]) {
        given_up.sort_unstable();
        self.unchain();
        self.used.retain(|used| given_up.binary_search(&used.arc).is_err());
        let record = |&(arc, tail, head)| Used { arc, tail, head, next_of_tail: NONE, next_of_head: NONE };
        self.used.extend(taken.iter().map(record));
        self.used.sort_unstable_by_key(|used| used.arc);
        for i in (0..self.used.len()).rev() {
            let Used { tail, head, .. } = self.used[i];
            self.used[i].next_of_tail = std::mem::replace(&mut self.at[tail as usize][0], i as u32);
            self.used[i].next_of_head = std::mem::replace(&mut self.at[head as usize][1], i as u32);
        }
    }

    /// Gives all arcs up.
    pub(super) fn clear(&mut self) {
        self.unchain();
        self.used.clear();
    }

    fn unchain(&mut self) {
        for used in &self.used {
            self.at[used.tail as usize] = [NONE; 2];
            self.at[used.head as usize] = [NONE; 2];
        }
    }

    /// The arcs of each path from `source` to `sink` that the arcs in use form.
    pub(super) fn paths(&self, source: u32, sink: u32) -> Vec<Vec<u32>> {
        let mut taken = vec![false; self.used.len()];
        let mut path_from = |first: u32| {
            let mut walk: Vec<Used> = Vec::new();
            let mut record = first;
            loop {
                taken[record as usize] = true;
                let used = self.used[record as usize];
                walk.push(used);
                if used.head == sink {
                    return walk.iter().map(|used| used.arc).collect();
                }
                let mut free = self.leaving(used.head).filter(|(i, _)| !taken[*i as usize]);
                record = free.next().map(|(i, _)| i).expect("what enters a node on the way leaves it");
                if free.next().is_some() || self.leaving(used.head).any(|(i, _)| taken[i as usize]) {
                    // Arcs of weight zero may form a ring: what leads back to a place is dropped.
                    if let Some(before) = walk.iter().position(|earlier| earlier.tail == used.head) {
                        walk.truncate(before);
                    }
                }
            }
        };
        self.leaving(source).map(|(first, _)| path_from(first)).collect()
    }
}
