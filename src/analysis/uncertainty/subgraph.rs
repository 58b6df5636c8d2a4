//! The part of a graph of states that a cheapest path may lie in, as far as some draws are concerned.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// States and arcs, numbered anew; each arc knows its number in the whole graph.
#[derive(Debug, Clone, Default)]
pub(super) struct Subgraph {
    /// By arc, in order of tails.
    pub arcs: Vec<u32>,
    tails: Vec<u32>,
    heads: Vec<u32>,
    /// By state: the first of its arcs.
    first: Vec<u32>,
    first_in: Vec<u32>,
    arcs_in: Vec<u32>,
    start: u32,
    goal: u32,
    /// By state: no way from there to the goal is cheaper.
    ahead: Vec<u64>,
}

/// No way.
const NO_WAY: u64 = u64::MAX;

impl Subgraph {
    /// From arcs in order of their tails: number, tail and head.
    pub fn new(n_states: usize, arcs: impl Iterator<Item = (u32, u32, u32)>, (start, goal): (u32, u32)) -> Self {
        let mut subgraph = Self { start, goal, ahead: vec![0; n_states], first: vec![0], ..Self::default() };
        for (arc, tail, head) in arcs {
            while subgraph.first.len() <= tail as usize {
                subgraph.first.push(subgraph.arcs.len() as u32);
            }
            subgraph.arcs.push(arc);
            subgraph.tails.push(tail);
            subgraph.heads.push(head);
        }
        subgraph.first.resize(n_states + 1, subgraph.arcs.len() as u32);
        subgraph.first_in = vec![0; n_states + 1];
        for &head in &subgraph.heads {
            subgraph.first_in[head as usize + 1] += 1;
        }
        for state in 0..n_states {
            subgraph.first_in[state + 1] += subgraph.first_in[state];
        }
        let mut next = subgraph.first_in.clone();
        subgraph.arcs_in = vec![0; subgraph.arcs.len()];
        for (i, &head) in subgraph.heads.iter().enumerate() {
            subgraph.arcs_in[next[head as usize] as usize] = i as u32;
            next[head as usize] += 1;
        }
        subgraph
    }

    /// The arcs on ways cheaper than `most` at weights that are no more than those of any draw; `None` if there is none.
    pub fn narrowed(&self, weights: &[u64], most: u64) -> Option<(Self, Vec<u32>)> {
        let ahead = self.distances(weights, true);
        if ahead[self.start as usize] >= most {
            return None;
        }
        let behind = self.distances(weights, false);
        let may_be = |i: usize| {
            let (tail, head) = (behind[self.tails[i] as usize], ahead[self.heads[i] as usize]);
            tail.saturating_add(weights[i]).saturating_add(head) < most
        };
        let mut numbers = vec![u32::MAX; ahead.len()];
        let kept: Vec<usize> = (0..self.arcs.len()).filter(|&i| may_be(i)).collect();
        for &i in &kept {
            numbers[self.tails[i] as usize] = 0;
            numbers[self.heads[i] as usize] = 0;
        }
        let mut ahead_of_kept = Vec::new();
        for (number, ahead) in numbers.iter_mut().zip(&ahead).filter(|(number, _)| **number == 0) {
            *number = ahead_of_kept.len() as u32;
            ahead_of_kept.push(*ahead);
        }
        let number = |state: u32| numbers[state as usize];
        let arcs = kept.iter().map(|&i| (self.arcs[i], number(self.tails[i]), number(self.heads[i])));
        let mut subgraph = Self::new(ahead_of_kept.len(), arcs, (number(self.start), number(self.goal)));
        subgraph.ahead = ahead_of_kept;
        let best = self.way_down(weights, &ahead);
        Some((subgraph, best))
    }

    /// A best path, by the numbers of its arcs in the whole graph.
    fn way_down(&self, weights: &[u64], ahead: &[u64]) -> Vec<u32> {
        let (mut at, mut path) = (self.start, Vec::new());
        // A step that costs nothing may lead in a circle: no path is longer than there are states.
        while at != self.goal && path.len() < ahead.len() {
            let mut arcs = self.first[at as usize] as usize..self.first[at as usize + 1] as usize;
            let falls = |&i: &usize| weights[i].saturating_add(ahead[self.heads[i] as usize]) == ahead[at as usize];
            let Some(next) = arcs.find(falls) else { break };
            path.push(self.arcs[next]);
            at = self.heads[next];
        }
        path
    }

    /// How far each state is from the start, or from it to the goal (Dijkstra 1959, doi:10.1007/BF01386390).
    fn distances(&self, weights: &[u64], to_goal: bool) -> Vec<u64> {
        let mut far = vec![NO_WAY; self.ahead.len()];
        let from = if to_goal { self.goal } else { self.start };
        far[from as usize] = 0;
        let mut queue = BinaryHeap::from([Reverse((0, from))]);
        while let Some(Reverse((so_far, at))) = queue.pop() {
            if so_far > far[at as usize] {
                continue;
            }
            let mut go = |i: usize, next: u32| {
                let through = so_far.saturating_add(weights[i]);
                if through < far[next as usize] {
                    far[next as usize] = through;
                    queue.push(Reverse((through, next)));
                }
            };
            if to_goal {
                let into = self.first_in[at as usize] as usize..self.first_in[at as usize + 1] as usize;
                self.arcs_in[into].iter().for_each(|&i| go(i as usize, self.tails[i as usize]));
            } else {
                let out = self.first[at as usize] as usize..self.first[at as usize + 1] as usize;
                out.for_each(|i| go(i, self.heads[i]));
            }
        }
        far
    }

    /// The cheapest path, if it is cheaper than `most`: by the numbers of its arcs in the whole graph. A* (Hart, Nilsson
    /// and Raphael 1968, doi:10.1109/TSSC.1968.300136) towards the goal with what lies ahead at least; only what may lead
    /// to a cheaper path is weighed at all.
    pub fn cheaper(&self, most: u64, mut weigh: impl FnMut(u32) -> u64) -> Option<Vec<u32>> {
        let mut far = vec![NO_WAY; self.ahead.len()];
        let mut by = vec![u32::MAX; self.ahead.len()];
        far[self.start as usize] = 0;
        let mut queue = BinaryHeap::from([Reverse((self.ahead[self.start as usize], self.start))]);
        while let Some(Reverse((_, at))) = queue.pop() {
            if at == self.goal {
                let mut path = Vec::new();
                let mut at = at;
                while at != self.start {
                    let i = by[at as usize] as usize;
                    path.push(self.arcs[i]);
                    at = self.tails[i];
                }
                path.reverse();
                return Some(path);
            }
            let so_far = far[at as usize];
            for i in self.first[at as usize] as usize..self.first[at as usize + 1] as usize {
                let head = self.heads[i] as usize;
                let through = so_far.saturating_add(weigh(self.arcs[i]));
                let at_least = through.saturating_add(self.ahead[head]);
                if at_least < most && through < far[head] {
                    far[head] = through;
                    by[head] = i as u32;
                    queue.push(Reverse((at_least, head as u32)));
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// start 0 -> a 2 -> goal 1, start -> b 3 -> goal, a -> b.
    fn diamond() -> Subgraph {
        let arcs = [(0, 0, 2), (1, 0, 3), (2, 2, 1), (3, 2, 3), (4, 3, 1)];
        Subgraph::new(4, arcs.into_iter(), (0, 1))
    }

    #[test]
    fn the_cheapest_path_is_found_if_it_is_cheap_enough() {
        let weights = [2, 5, 9, 1, 4];
        let weigh = |arc: u32| weights[arc as usize];
        assert_eq!(diamond().cheaper(100, weigh), Some(vec![0, 3, 4]));
        assert_eq!(diamond().cheaper(8, weigh), Some(vec![0, 3, 4]));
        assert_eq!(diamond().cheaper(7, weigh), None);
    }

    #[test]
    fn only_what_may_be_cheaper_is_kept() {
        let (narrow, best) = diamond().narrowed(&[2, 5, 9, 1, 4], 10).expect("a way of 7");
        assert_eq!(best, [0, 3, 4]);
        assert_eq!(narrow.arcs, [0, 1, 3, 4], "the way of 11 is out, those of 7 and 9 are in");
        assert_eq!(narrow.cheaper(10, |arc| [2, 1, 9, 1, 4][arc as usize]), Some(vec![1, 4]));
        assert!(diamond().narrowed(&[2, 5, 9, 1, 4], 7).is_none());
    }
}
