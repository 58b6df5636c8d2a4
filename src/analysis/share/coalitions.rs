//! What each group of countries pays on its own, and the plan of all.

use std::collections::BTreeMap;

use super::design::{Design, MAX_CASES, Question};
use super::ledger::{Ledger, PlanParts};
use super::outcome::{CoalitionCost, Share, Stuck, Unserved};
use super::question::{ShareDemand, ShareQuestion};
use super::rules::{Known, rules};
use super::to_build::ToBuild;
use super::ways::Ways;
use crate::analysis::games::{Coalition, SampledShapley, shapley_sampled};
use crate::analysis::many::Workers;
use crate::analysis::plan::Plan;
use crate::graph::NO_SEGMENT;
use crate::metrics::{Demand, Tariff};
use crate::network::{INTERNATIONAL_WATERS, Tenure};
use crate::request::{Objective, Request};
use crate::units::{Gbps, Usd};

/// All that coalition costs are worked out from.
struct Cases<'a> {
    question: &'a ShareQuestion,
    ways: Vec<Ways<'a>>,
    to_build: Vec<ToBuild>,
}

/// The least cost of a plan for the demands of these countries, what every group of them would pay on its own, and the
/// bill split by each rule.
///
/// `request` gives what every route has to keep to besides its ends; bounds on whole routes are not kept to. A country may
/// build on a segment only with all countries of the corridor that the segment lies, or ends, in.
///
/// Complexity: 2^n coalitions of n countries, each a branch and bound over what is to be built, which takes a search a
/// demand where nothing is.
///
/// # Errors
/// If a demand has no route even for all together.
pub fn share(
    plan: &Plan<'_>,
    request: &Request,
    question: &ShareQuestion,
    workers: &Workers,
) -> Result<Share, Unserved> {
    let cases = Cases::new(plan, request, question)?;
    let n = question.countries.len();
    let everybody = all_of(n);
    let design = cases.design(everybody).map_err(|demand| Unserved { demand })?;
    let (costs, sampled) = match question.sampling {
        None => (cases.every_cost(workers), None),
        Some(sampling) => cases.sampled(sampling.pairs, sampling.seed),
    };
    let (coalitions, stuck) = match costs {
        Ok(costs) => (costs, None),
        Err(stuck) => (Vec::new(), Some(stuck)),
    };
    let parts = PlanParts { question, ways: &cases.ways, to_build: &cases.to_build, design: &design };
    let Ledger { served, built } = Ledger::new(&parts);
    let total = usd(design.cents);
    let mut answer = Share {
        question: question.clone(),
        served,
        built,
        n_to_build: cases.to_build.len(),
        total,
        gap: usd(design.cents - design.at_least),
        coalitions,
        stuck,
        rules: Vec::new(),
        core_is_empty: None,
        forgone: Vec::new(),
    };
    if answer.alone().is_some() {
        answer.forgone = cases.fees_among();
    }
    let Known { rules, core_is_empty } = rules(plan.network(), &answer, sampled);
    answer.rules = rules;
    answer.core_is_empty = core_is_empty;
    Ok(answer)
}

fn all_of(n: usize) -> Coalition {
    Coalition::MAX >> (Coalition::BITS as usize - n.clamp(1, Coalition::BITS as usize))
}

fn usd(cents: u64) -> Usd {
    Usd::from_cents(i64::try_from(cents).unwrap_or(i64::MAX))
}

impl<'a> Cases<'a> {
    fn new(plan: &Plan<'a>, request: &Request, question: &'a ShareQuestion) -> Result<Self, Unserved> {
        let network = plan.network();
        // A plan for each capacity: prices, and perhaps what may be used, go by it.
        let mut plans: Vec<(Gbps, Plan<'a>)> = Vec::new();
        for demand in &question.demands {
            if plans.iter().all(|(gbps, _)| *gbps != demand.gbps) {
                let whole = Demand { gbps: demand.gbps, ..plan.demand() };
                plans.push((demand.gbps, Plan::new(network, plan.book(), whole, plan.policy())));
            }
        }
        let tariff = Tariff::new(plan.book(), plan.demand(), (INTERNATIONAL_WATERS, INTERNATIONAL_WATERS))
            .in_year(plan.policy().year);
        let mut to_build = Vec::new();
        let mut numbers = BTreeMap::new();
        for (index, segment) in network.segments().enumerate() {
            let usable = plans.iter().any(|(_, plan)| plan.usable().contains(network, segment.id()));
            if usable && segment.tenure() == Tenure::Build {
                numbers.insert(index as u32, to_build.len() as u32);
                to_build.push(ToBuild::new(network, segment, &tariff, &question.countries));
            }
        }
        let fixed = |edge: u32| {
            let number = numbers.get(&edge).filter(|_| edge != NO_SEGMENT)?;
            Some((*number, to_build[*number as usize].cents))
        };
        let mut ways = Vec::with_capacity(question.demands.len());
        for (i, demand) in question.demands.iter().enumerate() {
            let found = plans.iter().find(|(gbps, _)| *gbps == demand.gbps).map(|(_, plan)| plan.clone());
            let own = found.and_then(|plan| {
                let (from, to) = (demand.from.clone(), demand.to.clone());
                let request = Request { from, to, objective: Objective::Cost, k: 1, ..request.clone() };
                Ways::new(plan, &request, &question.countries, fixed)
            });
            ways.push(own.ok_or(Unserved { demand: i })?);
        }
        Ok(Self { question, ways, to_build })
    }

    /// The cheapest plan of a group for what its members ask for, or the demand that it has no route for.
    fn design(&self, coalition: Coalition) -> Result<Design, usize> {
        let asked = |&(_, demand): &(usize, &ShareDemand)| coalition >> demand.asked_by & 1 == 1;
        let places: Vec<usize> = self.question.demands.iter().enumerate().filter(asked).map(|(i, _)| i).collect();
        let may_build = |own: &ToBuild| (own.needs & !coalition == 0).then_some(own.cents);
        let question = Question {
            demands: places.iter().map(|&i| &self.ways[i]).collect(),
            exempt: coalition,
            prices: self.to_build.iter().map(may_build).collect(),
            max_cases: MAX_CASES,
        };
        question.solve().map_err(|i| places[i])
    }

    /// What each country would take of the others in transit fees if each went alone.
    fn fees_among(&self) -> Vec<Usd> {
        let n = self.question.countries.len();
        let mut cents = vec![0_u64; n];
        for payer in 0..n {
            let Ok(design) = self.design(1 << payer) else { continue };
            let asked = self.question.demands.iter().zip(&self.ways).filter(|(demand, _)| demand.asked_by == payer);
            for ((_, ways), way) in asked.zip(&design.ways) {
                for (taker, fee) in ways.fees_on(way).filter(|(taker, _)| *taker != payer) {
                    cents[taker] = cents[taker].saturating_add(fee);
                }
            }
        }
        cents.into_iter().map(usd).collect()
    }

    fn cost(&self, coalition: Coalition) -> Result<CoalitionCost, Stuck> {
        let design = self.design(coalition).map_err(|demand| Stuck { coalition, demand })?;
        Ok(CoalitionCost { coalition, cost: usd(design.cents), gap: usd(design.cents - design.at_least) })
    }

    fn every_cost(&self, workers: &Workers) -> Result<Vec<CoalitionCost>, Stuck> {
        let coalitions: Vec<Coalition> = (1..=all_of(self.question.countries.len())).collect();
        workers.each(&coalitions, |&coalition| self.cost(coalition)).into_iter().collect()
    }

    /// The costs of those groups that the draw comes by, and those of each country alone.
    fn sampled(&self, pairs: usize, seed: u64) -> (Result<Vec<CoalitionCost>, Stuck>, Option<SampledShapley>) {
        let n = self.question.countries.len();
        let mut known: BTreeMap<Coalition, CoalitionCost> = BTreeMap::new();
        let mut stuck = None;
        let mut cost = |coalition: Coalition| {
            if let (Some(own), None) = (known.get(&coalition), stuck) {
                return own.cost.cents();
            }
            match stuck.map_or_else(|| self.cost(coalition), Err) {
                Ok(own) => {
                    known.insert(coalition, own);
                    own.cost.cents()
                }
                Err(first) => {
                    stuck = Some(first);
                    0
                }
            }
        };
        (0..n).for_each(|player| {
            cost(1 << player);
        });
        let sampled = shapley_sampled(n, pairs, seed, &mut cost);
        match stuck {
            Some(stuck) => (Err(stuck), None),
            None => (Ok(known.into_values().collect()), Some(sampled)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::{CountryCode, Network, Status};
    use crate::request::{End, Policy};
    use crate::world::World;

    #[test]
    fn a_search_that_is_stopped_tells_its_gap() {
        let network = Network::new(World::shipped().base_network()).expect("the shipped network is one");
        let book = World::shipped().price_book();
        let mut policy = Policy::in_service(2035);
        policy.statuses.extend([Status::UnderConstruction, Status::Planned, Status::Proposed]);
        let gbps = Gbps::new(700.0).expect("a capacity");
        let plan = Plan::new(&network, &book, Demand { gbps, term_years: 15 }, &policy);
        let countries: Vec<CountryCode> =
            ["TM", "AF", "PK", "UZ", "TJ"].iter().filter_map(|code| code.parse().ok()).collect();
        let mut demands = Vec::new();
        for (asked_by, &from) in countries.iter().enumerate() {
            for &to in &countries[asked_by + 1..] {
                demands.push(ShareDemand { from: End::Country(from), to: End::Country(to), gbps, asked_by });
            }
        }
        let any = Request::between(demands[0].from.clone(), demands[0].to.clone(), Objective::Cost);
        let question = ShareQuestion { countries, demands, sampling: None };
        let cases = Cases::new(&plan, &any, &question).expect("all ends are in the network");
        let solve = |max_cases| {
            let prices = cases.to_build.iter().map(|own| Some(own.cents)).collect();
            let demands = cases.ways.iter().collect();
            Question { demands, exempt: all_of(5), prices, max_cases }.solve().expect("all are served")
        };
        let whole = solve(MAX_CASES);
        assert_eq!(whole.at_least, whole.cents);
        let stopped = solve(1);
        assert!(stopped.at_least < stopped.cents, "there is something to branch on");
        assert!(stopped.at_least <= whole.cents && whole.cents <= stopped.cents);
    }
}
