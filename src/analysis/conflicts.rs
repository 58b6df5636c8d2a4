//! Which of several constraints conflict, and what is the least to drop.
//!
//! A *conflict* is a set of constraints that nothing satisfies, though something satisfies all but any one of them; a
//! *correction* is a set whose dropping helps, though dropping all but any one of it does not. Either family is the
//! minimal hitting sets of the other (Reiter 1987, doi:10.1016/0004-3702(87)90062-2), which is used both ways: a tree of
//! sets to drop, smallest first, is grown from the conflicts known, and where a set that hits all of them does not help
//! yet, one more conflict is taken out of what is left by QuickXplain (Junker 2004, AAAI-04). When the tree has been
//! grown to its end, both families are complete. This knows nothing of routes.

use std::collections::BTreeSet;

/// The most sets to drop that are looked at.
const MAX_SETS: usize = 20_000;

/// The conflicts among constraints, told by their indices, and the ways to end all of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Conflicts {
    /// Minimal sets that conflict: the smallest first, then by index. One empty set, if nothing would help.
    pub conflicts: Vec<Vec<usize>>,
    /// Minimal sets whose dropping helps: the smallest first, then by index.
    pub corrections: Vec<Vec<usize>>,
    /// Whether these are all there are. If not, the corrections found are still the smallest ones.
    pub complete: bool,
}

/// Finds the conflicts among `n` constraints that cannot all be kept.
///
/// `fits` tells whether something satisfies the constraints that are `true`; whatever satisfies some constraints has to
/// satisfy any fewer of them. It is asked at most `budget` times.
///
/// Complexity: with c conflicts of k constraints each and m corrections, about m + c (1 + k log(n / k)) questions.
///
/// # Example
/// ```
/// use fiberplan::analysis::find_conflicts;
/// // Of three constraints the first two conflict, and so do the last two.
/// let found = find_conflicts(3, 100, |kept| !(kept[0] && kept[1]) && !(kept[1] && kept[2]));
/// assert_eq!(found.conflicts, [vec![0, 1], vec![1, 2]]);
/// assert_eq!(found.corrections, [vec![1], vec![0, 2]]);
/// assert!(found.complete);
/// ```
pub fn find_conflicts(n: usize, budget: usize, fits: impl FnMut(&[bool]) -> bool) -> Conflicts {
    let mut oracle = Oracle { fits, left: budget, fitting: Vec::new(), conflicts: Vec::new() };
    let mut corrections: Vec<BTreeSet<usize>> = Vec::new();
    let complete = oracle.grow_tree(n, &mut corrections).is_some();
    let in_order = |sets: Vec<Vec<usize>>| {
        let mut sets = sets;
        sets.sort_by_key(|set| (set.len(), set.clone()));
        sets
    };
    Conflicts {
        conflicts: in_order(oracle.conflicts),
        corrections: in_order(corrections.into_iter().map(|set| set.into_iter().collect()).collect()),
        complete,
    }
}

/// Answers questions from what is known, where that is enough.
struct Oracle<F> {
    fits: F,
    left: usize,
    /// Sets of constraints that something satisfies.
    fitting: Vec<Vec<bool>>,
    conflicts: Vec<Vec<usize>>,
}

impl<F: FnMut(&[bool]) -> bool> Oracle<F> {
    /// Whether something satisfies these; `None` when no more may be asked.
    fn ask(&mut self, kept: &[bool]) -> Option<bool> {
        let within = |known: &Vec<bool>| kept.iter().zip(known).all(|(own, known)| !own || *known);
        if self.fitting.iter().any(within) {
            return Some(true);
        }
        if self.conflicts.iter().any(|conflict| conflict.iter().all(|&i| kept[i])) {
            return Some(false);
        }
        self.left = self.left.checked_sub(1)?;
        let answer = (self.fits)(kept);
        if answer {
            self.fitting.push(kept.to_vec());
        }
        Some(answer)
    }

    /// Finds the corrections level by level; `None` if that was cut off.
    fn grow_tree(&mut self, n: usize, corrections: &mut Vec<BTreeSet<usize>>) -> Option<()> {
        if !self.ask(&vec![false; n])? {
            self.conflicts.push(Vec::new());
            return Some(());
        }
        let mut looked_at = 0;
        let mut level: BTreeSet<BTreeSet<usize>> = BTreeSet::from([BTreeSet::new()]);
        while !level.is_empty() {
            let mut next = BTreeSet::new();
            for dropped in level {
                looked_at += 1;
                if looked_at > MAX_SETS {
                    return None;
                }
                if corrections.iter().any(|known| known.is_subset(&dropped)) {
                    continue;
                }
                match self.conflict_without(n, &dropped)? {
                    None => corrections.push(dropped),
                    Some(conflict) => next.extend(conflict.iter().map(|&i| {
                        let mut more = dropped.clone();
                        more.insert(i);
                        more
                    })),
                }
            }
            level = next;
        }
        Some(())
    }

    /// A minimal conflict among what is not dropped, one that is known if there is one; `Some(None)` if there is none.
    fn conflict_without(&mut self, n: usize, dropped: &BTreeSet<usize>) -> Option<Option<Vec<usize>>> {
        if let Some(known) = self.conflicts.iter().find(|conflict| conflict.iter().all(|i| !dropped.contains(i))) {
            return Some(Some(known.clone()));
        }
        let rest: Vec<usize> = (0..n).filter(|i| !dropped.contains(i)).collect();
        let mut kept = vec![false; n];
        rest.iter().for_each(|&i| kept[i] = true);
        if self.ask(&kept)? {
            return Some(None);
        }
        let mut conflict = self.quick_xplain(&vec![false; n], false, &rest)?;
        conflict.sort_unstable();
        self.conflicts.push(conflict.clone());
        Some(Some(conflict))
    }

    /// What of `rest` a minimal conflict consists of besides `background`, with which all of `rest` conflicts. `grown`
    /// tells that the background is not the one that is known to be satisfied.
    fn quick_xplain(&mut self, background: &[bool], grown: bool, rest: &[usize]) -> Option<Vec<usize>> {
        if grown && !self.ask(background)? {
            return Some(Vec::new());
        }
        if rest.len() <= 1 {
            return Some(rest.to_vec());
        }
        let (first, second) = rest.split_at(rest.len() / 2);
        let with = |more: &[usize]| {
            let mut kept = background.to_vec();
            more.iter().for_each(|&i| kept[i] = true);
            kept
        };
        let mut found = self.quick_xplain(&with(first), !first.is_empty(), second)?;
        let more = self.quick_xplain(&with(&found), !found.is_empty(), first)?;
        found.extend(more);
        Some(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A random family of sets that conflict, over `n` constraints.
    fn random_family(seed: u64, n: usize) -> Vec<Vec<usize>> {
        let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x2545_F491_4F6C_DD1D;
        let mut below = |most: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % most
        };
        let some = |below: &mut dyn FnMut(u64) -> u64| {
            let share = 1 + below(3);
            (0..n).filter(|_| below(4) < share).collect()
        };
        (0..=below(4)).map(|_| some(&mut below)).collect()
    }

    fn minimal(mut sets: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
        sets.sort_by_key(|set| (set.len(), set.clone()));
        sets.dedup();
        let within = |a: &Vec<usize>, b: &Vec<usize>| a.iter().all(|i| b.contains(i));
        let all = sets.clone();
        sets.retain(|set| !all.iter().any(|other| other != set && within(other, set)));
        sets
    }

    #[test]
    fn both_families_are_those_of_all_subsets() {
        for seed in 0..3000 {
            let n = 1 + seed as usize % 7;
            let family = random_family(seed, n);
            let conflicts = |kept: &[bool]| family.iter().any(|set| set.iter().all(|&i| kept[i]));
            let subsets = || (0_u32..1 << n).map(|mask| (0..n).map(|i| mask >> i & 1 == 1).collect::<Vec<bool>>());
            let of = |kept: &[bool], is: bool| (0..n).filter(|&i| kept[i] == is).collect::<Vec<usize>>();
            let (with, without): (Vec<_>, Vec<_>) = subsets().partition(|kept| conflicts(kept));
            let mut asked = 0;
            let found = find_conflicts(n, usize::MAX, |kept| {
                asked += 1;
                !conflicts(kept)
            });
            assert!(found.complete);
            assert_eq!(found.conflicts, minimal(with.iter().map(|kept| of(kept, true)).collect()), "{family:?}");
            assert_eq!(found.corrections, minimal(without.iter().map(|kept| of(kept, false)).collect()), "{family:?}");
            assert!(asked <= 1 << n, "{asked} questions about the subsets of {n}");
            // Cut off, what is found is still true, and the corrections are the smallest ones.
            let partly = find_conflicts(n, asked / 2, |kept| !conflicts(kept));
            assert!(partly.conflicts.iter().all(|set| found.conflicts.contains(set)), "{family:?}");
            assert_eq!(partly.corrections, found.corrections[..partly.corrections.len()], "{family:?}");
        }
    }

    #[test]
    fn a_hundred_constraints_of_which_two_conflict() {
        let mut asked = 0;
        let found = find_conflicts(100, 1000, |kept| {
            asked += 1;
            !(kept[17] && kept[80])
        });
        assert_eq!((found.conflicts, found.corrections), (vec![vec![17, 80]], vec![vec![17], vec![80]]));
        assert!(found.complete && asked < 30, "{asked} questions");
    }
}
