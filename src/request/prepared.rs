//! The steps of a network in compressed rows, with what each adds to an objective: what plain requests are searched over.
//!
//! Each objective's rows are made when it is first asked for and shared by all searches of a plan. The fees of the countries
//! passed through depend on a request's two ends, which do not take them: an arc keeps its fee apart from the rest.

use std::ops::Range;
use std::sync::{Mutex, OnceLock, PoisonError};

use petgraph::graph::EdgeIndex;

use super::objective::Objective;
use super::step_graph::StepGraph;
use super::unfold::SearchInput;
use crate::graph::astar::{StraightLine, on_sphere};
use crate::graph::bidirectional::Bidirectional;
use crate::graph::{Csr, Digraph, Distance, Weighted, yen};
use crate::metrics::Step;
use crate::network::CountryCode;

/// The rows of a plan, by objective.
#[derive(Debug, Default)]
pub struct PreparedArcs {
    cost: OnceLock<Rows<Charge>>,
    latency: OnceLock<Rows<u64>>,
    length: OnceLock<Rows<u64>>,
    availability: OnceLock<Rows<u64>>,
    risk: OnceLock<Rows<u64>>,
}

/// The rows of one objective, in both directions, and room for searches over them. Arcs are numbered as the steps are;
/// the arcs of steps that may not be taken weigh [`Distance::INFINITE`].
#[derive(Debug)]
pub(super) struct Rows<T> {
    pub(super) ahead: Csr<T>,
    pub(super) back: Csr<T>,
    pub(super) bound: Option<StraightLine<3>>,
    pub(super) several: Vec<Fees>,
    spaces: Mutex<Vec<Space>>,
}

/// Fees by country.
pub(super) type Fees = Vec<(CountryCode, u64)>;

/// The memory of searches, which the next ones use again; each part is made when it is first needed.
#[derive(Debug, Default)]
pub(super) struct Space {
    pub(super) best: Option<Bidirectional<u64>>,
    pub(super) list: yen::Workspace<u64>,
}

/// What an arc weighs, given a request's two end countries.
pub(super) trait ArcWeight: Copy {
    /// The weight between these ends; `several` holds the fees of arcs that have many.
    fn between(self, ends: (CountryCode, CountryCode), several: &[Fees]) -> u64;
}

/// What a step costs: the fee is due unless its country is one of the ends.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Charge {
    due: u64,
    fee: u32,
    /// Whose fee; [`MANY`] where there are several, which then stand in row `fee` of [`Rows::several`].
    country: u16,
}

/// No country.
const MANY: u16 = CountryCode::N_INDICES as u16;

impl ArcWeight for u64 {
    #[inline]
    fn between(self, _: (CountryCode, CountryCode), _: &[Fees]) -> u64 {
        self
    }
}

impl ArcWeight for Charge {
    #[inline]
    fn between(self, ends: (CountryCode, CountryCode), several: &[Fees]) -> u64 {
        if self.country == MANY {
            return several[self.fee as usize]
                .iter()
                .filter(|(country, _)| *country != ends.0 && *country != ends.1)
                .fold(self.due, |sum, (_, cents)| sum.saturating_add(*cents));
        }
        let is_end = self.country == ends.0.index() as u16 || self.country == ends.1.index() as u16;
        self.due.saturating_add(if is_end { 0 } else { u64::from(self.fee) })
    }
}

impl PreparedArcs {
    /// The rows of the cost.
    pub(super) fn of_cost(&self, input: SearchInput<'_>, steps: &StepGraph) -> &Rows<Charge> {
        self.cost.get_or_init(|| Rows::of_cost(input, steps))
    }

    /// The rows of an objective that every request weighs alike; `None` for the others.
    pub(super) fn of(&self, objective: Objective, input: SearchInput<'_>, steps: &StepGraph) -> Option<&Rows<u64>> {
        let kept = match objective {
            Objective::Latency => &self.latency,
            Objective::Length => &self.length,
            Objective::Availability => &self.availability,
            Objective::Risk => &self.risk,
            Objective::Cost | Objective::Missing | Objective::Weighted(_) => return None,
        };
        Some(kept.get_or_init(|| Rows::of(objective, input, steps).with_bound(objective, input, steps)))
    }
}

impl Rows<u64> {
    /// The rows of an objective.
    pub(super) fn of(objective: Objective, input: SearchInput<'_>, steps: &StepGraph) -> Self {
        let weigh = |step: Step<'_>| input.weigh_step(objective, step);
        Self::new(input, steps, u64::INFINITE, weigh)
    }
}

impl Rows<Charge> {
    fn of_cost(input: SearchInput<'_>, steps: &StepGraph) -> Self {
        let mut several: Vec<Fees> = Vec::new();
        let mut fees: Fees = Vec::new();
        let closed = Charge { due: u64::INFINITE, ..Charge::default() };
        let mut rows = Self::new(input, steps, closed, |step| {
            fees.clear();
            input.step_costs.fees(step, |country, cents| {
                if cents > 0 {
                    fees.push((country, cents))
                }
            });
            let due = input.step_costs.charges(step);
            match fees[..] {
                [] => Charge { due, fee: 0, country: 0 },
                [(country, cents)] if u32::try_from(cents).is_ok() => {
                    Charge { due, fee: cents as u32, country: country.index() as u16 }
                }
                _ => {
                    several.push(fees.clone());
                    Charge { due, fee: several.len() as u32 - 1, country: MANY }
                }
            }
        });
        rows.several = several;
        rows
    }
}

impl<T: ArcWeight> Rows<T> {
    fn new(input: SearchInput<'_>, steps: &StepGraph, closed: T, mut weigh: impl FnMut(Step<'_>) -> T) -> Self {
        let (mut first, mut arcs) = (Vec::with_capacity(steps.n_states() + 1), Vec::with_capacity(steps.n_steps()));
        first.push(0);
        for state in 0..steps.n_states() as u32 {
            for (number, step) in steps.steps_of(state) {
                let is_open = input.usable.has(EdgeIndex::new(step.edge as usize));
                arcs.push((step.head, if is_open { weigh(steps.step(number, state, false)) } else { closed }));
            }
            first.push(arcs.len() as u32);
        }
        let ahead = Csr::from_rows(first, arcs);
        let back = ahead.reversed();
        Self { ahead, back, bound: None, several: Vec::new(), spaces: Mutex::default() }
    }

    /// With lower bounds by the places of states, which hold for a route's first step too: it passes no device.
    fn with_bound(self, objective: Objective, input: SearchInput<'_>, steps: &StepGraph) -> Self {
        let positions = (0..steps.n_states() as u32).map(|state| {
            let point = input.network.node(steps.place(state)).point;
            on_sphere(point.lon(), point.lat())
        });
        let first_steps = FirstSteps { objective, input, steps };
        Self { bound: Some(StraightLine::over(&first_steps, positions.collect())), ..self }
    }

    /// Lends room for a search.
    pub(super) fn with_space<A>(&self, search: impl FnOnce(&mut Space) -> A) -> A {
        let lent = || self.spaces.lock().unwrap_or_else(PoisonError::into_inner);
        let mut space = lent().pop().unwrap_or_default();
        let answer = search(&mut space);
        lent().push(space);
        answer
    }
}

/// The steps, each as the first of a route.
struct FirstSteps<'a> {
    objective: Objective,
    input: SearchInput<'a>,
    steps: &'a StepGraph,
}

impl Digraph for FirstSteps<'_> {
    fn n_nodes(&self) -> usize {
        self.steps.n_states()
    }
    fn n_arcs(&self) -> usize {
        self.steps.n_steps()
    }
    fn arcs_of(&self, state: u32) -> Range<u32> {
        self.steps.numbers_of(state)
    }
    fn head(&self, number: u32) -> u32 {
        self.steps.head(number)
    }
}

impl Weighted<u64> for FirstSteps<'_> {
    fn weight(&self, number: u32) -> u64 {
        self.input.weigh_step(self.objective, self.steps.step(number, 0, true))
    }
}
