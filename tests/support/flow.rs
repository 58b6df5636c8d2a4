//! The slow obvious way to a set of disjoint paths: a min-cost flow, which knows nothing of paths.

/// A min-cost flow by Bellman and Ford, over an explicit arc list with its residual twins: (from, to, cost, capacity).
pub struct Flow {
    arcs: Vec<(usize, usize, i64, u32)>,
}

impl Flow {
    /// Every node split in two, arcs from the second half of one to the first half of the other.
    pub fn split(n: usize, arcs: &[(u32, u32, u64)], through_nodes: u32) -> Self {
        let mut flow = Self { arcs: Vec::new() };
        for node in 0..n {
            flow.add(2 * node, 2 * node + 1, 0, through_nodes);
        }
        for &(tail, head, cost) in arcs {
            flow.add(2 * tail as usize + 1, 2 * head as usize, cost as i64, 1);
        }
        flow
    }

    fn add(&mut self, from: usize, to: usize, cost: i64, capacity: u32) {
        self.arcs.push((from, to, cost, capacity));
        self.arcs.push((to, from, -cost, 0));
    }

    /// The least cost of `k` units.
    pub fn cost(&mut self, n: usize, source: u32, sink: u32, k: usize) -> Option<u64> {
        let (start, goal) = (2 * source as usize + 1, 2 * sink as usize);
        let mut total = 0;
        for _ in 0..k {
            let mut least = vec![i64::MAX; 2 * n];
            let mut by = vec![usize::MAX; 2 * n];
            least[start] = 0;
            let mut changed = true;
            while changed {
                changed = false;
                for (i, &(from, to, cost, capacity)) in self.arcs.iter().enumerate() {
                    if capacity > 0 && least[from] < i64::MAX && least[from] + cost < least[to] {
                        (least[to], by[to], changed) = (least[from] + cost, i, true);
                    }
                }
            }
            if least[goal] == i64::MAX {
                return None;
            }
            total += least[goal];
            let mut at = goal;
            while at != start {
                self.arcs[by[at]].3 -= 1;
                self.arcs[by[at] ^ 1].3 += 1;
                at = self.arcs[by[at]].0;
            }
        }
        Some(total as u64)
    }
}
