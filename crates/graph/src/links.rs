//! What loopless paths can use of a graph, and what they have to use.
//!
//! Seen without directions, a loopless path uses one link at each end and two at every place between. So a place that
//! has to be passed and has only two neighbours forces the links to both; a place with two forced links can use no other;
//! and forced links must not close a circle (Rubin 1974, doi:10.1145/321850.321854, for Hamilton paths). A place can be on
//! a path at all only if it is in one biconnected component with both ends, once these are joined (Hopcroft and Tarjan
//! 1973, doi:10.1145/362248.362272). Each of these leads to more of the others. What they leave open may still be on no
//! path, but they end most searches for paths that do not exist before these are begun.

use super::csr::Digraph;
use super::state_graph::{NOWHERE, StateGraph};

/// A link between two neighbouring places; the ends of paths count as places.
#[derive(Debug, Clone, Copy)]
struct Link {
    ends: [usize; 2],
    is_open: bool,
    is_forced: bool,
}

struct Links {
    links: Vec<Link>,
    /// For each place, its neighbours and the links to them.
    of: Vec<Vec<(usize, usize)>>,
    required: Vec<bool>,
    start: usize,
    goal: usize,
}

/// There is no path.
struct Impossible;

/// For each arc, whether a loopless path from the start to the goal past all that is wanted could use it; `None` if it is
/// seen that there is no such path.
///
/// Complexity: O(n + m) for each time that something new comes to light, which is once where nothing has to be passed.
pub(super) fn open_arcs(graph: &StateGraph) -> Option<Vec<bool>> {
    let (mut links, of_arcs) = Links::new(graph);
    links.require(graph, &of_arcs);
    while links.find_out().ok()? {}
    Some(of_arcs.iter().map(|link| link.is_some_and(|link| links.links[link].is_open)).collect())
}

impl Links {
    /// All links, and which of them each arc follows: none, if it stays where it is.
    fn new(graph: &StateGraph) -> (Self, Vec<Option<usize>>) {
        let n_places = graph.n_places();
        let (start, goal) = (n_places, n_places + 1);
        let place = |state: u32| match (state, graph.place(state)) {
            (StateGraph::GOAL, _) => goal,
            (_, NOWHERE) => start,
            (_, place) => place as usize,
        };
        let mut own = Self { links: Vec::new(), of: vec![Vec::new(); n_places + 2], required: Vec::new(), start, goal };
        let mut of_arcs = Vec::with_capacity(graph.n_arcs());
        for tail in 0..graph.n_states() as u32 {
            for arc in graph.arcs_of(tail) {
                let (a, b) = (place(tail), place(graph.head(arc)));
                of_arcs.push((a != b).then(|| own.link_between(a, b)));
            }
        }
        own.required = vec![false; n_places + 2];
        (own.required[start], own.required[goal]) = (true, true);
        (own, of_arcs)
    }

    fn link_between(&mut self, a: usize, b: usize) -> usize {
        let (fewer, other) = if self.of[a].len() <= self.of[b].len() { (a, b) } else { (b, a) };
        if let Some(&(_, known)) = self.of[fewer].iter().find(|(neighbour, _)| *neighbour == other) {
            return known;
        }
        let link = self.links.len();
        self.links.push(Link { ends: [a, b], is_open: true, is_forced: false });
        self.of[a].push((b, link));
        self.of[b].push((a, link));
        link
    }

    /// Requires the places that all arcs which pass something wanted have in common.
    fn require(&mut self, graph: &StateGraph, of_arcs: &[Option<usize>]) {
        for thing in (0..u16::BITS).filter(|thing| graph.wanted() >> thing & 1 == 1) {
            let arcs = (0..graph.n_arcs() as u32).filter(|&arc| graph.marks(arc) >> thing & 1 == 1);
            let mut ends = arcs.filter_map(|arc| of_arcs[arc as usize]).map(|link| self.links[link].ends);
            let Some(first) = ends.next() else { continue };
            let mut common = first.map(|end| (end, true));
            for ends in ends {
                common.iter_mut().for_each(|(end, all)| *all &= ends.contains(end));
            }
            common.into_iter().filter(|(_, all)| *all).for_each(|(end, _)| self.required[end] = true);
        }
    }

    /// Draws every conclusion once; whether there was a new one.
    fn find_out(&mut self) -> Result<bool, Impossible> {
        let mut news = self.leave_out_what_is_cut_off()?;
        let mut places: Vec<usize> = (0..self.of.len()).collect();
        while let Some(place) = places.pop() {
            if self.weigh(place)? {
                news = true;
                places.extend(self.of[place].iter().map(|&(neighbour, _)| neighbour));
            }
        }
        Ok(self.follow_chains()? || news)
    }

    /// Closes the links of all places that are not in one component with both ends.
    fn leave_out_what_is_cut_off(&mut self) -> Result<bool, Impossible> {
        let inside = self.component();
        if (0..inside.len()).any(|place| self.required[place] && !inside[place]) {
            return Err(Impossible);
        }
        let mut news = false;
        for link in self.links.iter_mut().filter(|link| link.is_open && link.ends.iter().any(|&end| !inside[end])) {
            if link.is_forced {
                return Err(Impossible);
            }
            (link.is_open, news) = (false, true);
        }
        Ok(news)
    }

    /// The places of the biconnected component that would hold a link from the start to the goal.
    fn component(&self) -> Vec<bool> {
        // A depth-first search that enters the start and then the goal. What it enters after these is joined to both of
        // them apart, unless a place on the way there cuts it off: then all that was entered from there on is left out.
        let n = self.of.len();
        let (start, goal) = (self.start, self.goal);
        let mut order = vec![0_u32; n];
        let mut low = vec![0_u32; n];
        let mut entered = vec![start, goal];
        let mut trail: Vec<(usize, usize, usize)> = vec![(goal, start, 0)];
        (order[start], low[start], order[goal], low[goal]) = (1, 1, 2, 2);
        let mut next = 3;
        while let Some((place, from, at)) = trail.last_mut() {
            let (own, parent) = (*place, *from);
            if let Some(&(other, link)) = self.of[own].get(*at) {
                *at += 1;
                if !self.links[link].is_open {
                    continue;
                }
                if order[other] == 0 {
                    (order[other], low[other]) = (next, next);
                    next += 1;
                    entered.push(other);
                    trail.push((other, own, 0));
                } else if other != parent {
                    low[own] = low[own].min(order[other]);
                }
                continue;
            }
            trail.pop();
            if own == goal {
                break;
            }
            low[parent] = low[parent].min(low[own]);
            if low[own] >= order[parent] {
                while entered.pop().is_some_and(|cut_off| cut_off != own) {}
            }
        }
        let mut inside = vec![false; n];
        entered.into_iter().for_each(|place| inside[place] = true);
        inside
    }

    /// Looks at the links of one place: whether some must be used, or cannot be.
    fn weigh(&mut self, place: usize) -> Result<bool, Impossible> {
        let wanted = if place == self.start || place == self.goal { 1 } else { 2 };
        let count =
            |which: fn(&Link) -> bool| self.of[place].iter().filter(|&&(_, link)| which(&self.links[link])).count();
        let (open, forced) = (count(|link| link.is_open), count(|link| link.is_forced));
        let required = self.required[place] || forced > 0;
        if forced > wanted || (required && open < wanted) {
            return Err(Impossible);
        }
        let mut news = required && !self.required[place];
        self.required[place] = required;
        for &(_, link) in &self.of[place] {
            let link = &mut self.links[link];
            if required && open == wanted && link.is_open && !link.is_forced {
                (link.is_forced, news) = (true, true);
            } else if link.is_open && !link.is_forced && (forced == wanted || open < wanted) {
                (link.is_open, news) = (false, true);
            }
        }
        Ok(news)
    }

    /// Follows forced links from end to end: they must not close a circle, nor join the ends and leave something out.
    fn follow_chains(&mut self) -> Result<bool, Impossible> {
        let mut news = false;
        let mut seen = vec![false; self.of.len()];
        for first in 0..self.of.len() {
            if seen[first] || self.forced_on(first, None).is_none() || self.forced_twice(first) {
                continue;
            }
            let (mut last, mut by, mut n_required) = (first, None, 1);
            seen[first] = true;
            while let Some((next, link)) = self.forced_on(last, by) {
                (last, by, n_required) = (next, Some(link), n_required + 1);
                seen[next] = true;
            }
            let is_end = |place: usize| place == self.start || place == self.goal;
            if is_end(first) && is_end(last) {
                // All places of a chain are required.
                if self.required.iter().filter(|required| **required).count() > n_required {
                    return Err(Impossible);
                }
            } else if let Some(&(_, link)) = self.of[first].iter().find(|(neighbour, _)| *neighbour == last) {
                let link = &mut self.links[link];
                news |= !link.is_forced && std::mem::take(&mut link.is_open);
            }
        }
        let circle = |place: usize| !seen[place] && self.forced_on(place, None).is_some();
        if (0..self.of.len()).any(circle) { Err(Impossible) } else { Ok(news) }
    }

    /// A forced link of a place, other than that one, and where it leads.
    fn forced_on(&self, place: usize, by: Option<usize>) -> Option<(usize, usize)> {
        self.of[place].iter().copied().find(|&(_, link)| self.links[link].is_forced && Some(link) != by)
    }

    fn forced_twice(&self, place: usize) -> bool {
        self.forced_on(place, None).is_some_and(|(_, link)| self.forced_on(place, Some(link)).is_some())
    }
}
