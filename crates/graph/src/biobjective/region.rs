//! The part of a graph that the front's paths can pass, copied as the search comes to it.

use std::ops::Range;

use super::{Reach, Whole};
use crate::csr::Weighted;

/// Nodes that have one way on are skipped up to so many in a row; without a limit a ring of them would never end.
const LONGEST_CHAIN: usize = 256;

/// An arc of the region: where it leads, and what it adds to the estimates of both criteria.
#[derive(Debug)]
pub(super) struct Step<W> {
    pub head: u32,
    pub weight: [W; 2],
}

/// For each arc of the region the arcs of the graph that it stands for, and where they lead.
#[derive(Debug, Clone, Default)]
pub(super) struct Chains {
    first: Vec<u32>,
    links: Vec<(u32, u32)>,
}

impl Chains {
    pub fn row(&self, arc: u32) -> &[(u32, u32)] {
        &self.links[self.first[arc as usize] as usize..self.first[arc as usize + 1] as usize]
    }
}

/// A graph of the nodes that matter, with numbers of its own.
#[derive(Debug)]
pub(super) struct Region<'a, W, G> {
    graph: &'a G,
    reaches: &'a [Reach<W>; 2],
    most: [W; 2],
    ends: [u32; 2],
    /// For each node of the graph its number here plus 1, 0 for none yet.
    numbers: Vec<u32>,
    nodes: Vec<u32>,
    /// The arcs of each node; empty until [`Region::row`] has been asked.
    rows: Vec<Range<u32>>,
    /// The least second criterion with which each node has been reached.
    pub least: Vec<W>,
    /// The arcs.
    pub arcs: Vec<Step<W>>,
    pub chains: Chains,
}

impl<'a, W: Whole, G: Weighted<[W; 2]>> Region<'a, W, G> {
    pub fn new(graph: &'a G, reaches: &'a [Reach<W>; 2], most: [W; 2], ends: [u32; 2]) -> Self {
        Self {
            graph,
            reaches,
            most,
            ends,
            numbers: vec![0; graph.n_nodes()],
            nodes: Vec::new(),
            rows: Vec::new(),
            least: Vec::new(),
            arcs: Vec::new(),
            chains: Chains { first: vec![0], links: Vec::new() },
        }
    }

    /// The most that the front has by a criterion.
    pub fn most(&self, criterion: usize) -> W {
        self.most[criterion]
    }

    /// The distances of a node of the graph to the goal.
    pub fn to_goal(&self, node: u32) -> [W; 2] {
        [self.reaches[0].to_goal(node), self.reaches[1].to_goal(node)]
    }

    /// Whether a path that might be on the front can pass a node.
    pub fn fits(&self, node: u32) -> bool {
        let within = |i: usize| {
            let reach = &self.reaches[i];
            reach.to_goal(node) != W::INFINITE && reach.through(node) <= self.most[i]
        };
        within(0) && within(1)
    }

    /// The number here of a node that fits.
    pub fn local(&mut self, node: u32) -> u32 {
        let known = self.numbers[node as usize];
        if known != 0 {
            return known - 1;
        }
        self.nodes.push(node);
        self.rows.push(0..0);
        self.least.push(W::INFINITE);
        self.numbers[node as usize] = self.nodes.len() as u32;
        self.nodes.len() as u32 - 1
    }

    /// The arcs of a node of the region.
    #[inline(always)]
    pub fn row(&mut self, node: u32) -> Range<u32> {
        if self.rows[node as usize].end == 0 {
            self.copy(node);
        }
        self.rows[node as usize].clone()
    }

    #[cold]
    fn copy(&mut self, number: u32) {
        let graph = self.graph;
        let node = self.nodes[number as usize];
        let first = self.arcs.len() as u32;
        let here = self.to_goal(node);
        for arc in graph.arcs_of(node) {
            let kept = self.chains.links.len();
            let Some((head, weight)) = self.follow(node, arc) else {
                self.chains.links.truncate(kept);
                continue;
            };
            let there = self.to_goal(head);
            let reduced = |i: usize| weight[i].plus(there[i]).minus(here[i]);
            let step = Step { head: self.local(head), weight: [reduced(0), reduced(1)] };
            self.arcs.push(step);
            self.chains.first.push(self.chains.links.len() as u32);
        }
        self.rows[number as usize] = first..self.arcs.len() as u32;
    }

    /// Follows an arc past nodes from which there is one way on; `None` if it leads nowhere.
    fn follow(&mut self, tail: u32, arc: u32) -> Option<(u32, [W; 2])> {
        let graph = self.graph;
        let (mut before, mut node, mut weight) = (tail, graph.head(arc), graph.weight(arc));
        if node == tail || node == self.ends[0] || !self.fits(node) {
            return None;
        }
        self.chains.links.push((arc, node));
        for _ in 0..LONGEST_CHAIN {
            if node == self.ends[1] {
                break;
            }
            let mut on = graph.arcs_of(node).filter(|&arc| {
                let head = graph.head(arc);
                head != before && head != node && self.fits(head)
            });
            let only = on.next()?;
            if on.next().is_some() {
                break;
            }
            let (head, more) = (graph.head(only), graph.weight(only));
            if head == tail || head == self.ends[0] {
                return None;
            }
            weight = [weight[0].plus(more[0]), weight[1].plus(more[1])];
            (before, node) = (node, head);
            self.chains.links.push((only, node));
        }
        Some((node, weight))
    }
}
