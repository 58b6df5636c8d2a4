//! How every country of a network reaches the hubs.

use crate::analysis::many::Workers;
use crate::analysis::matrix::{Cell, CellQuestion, Summary, matrix};
use crate::analysis::plan::Plan;
use crate::network::CountryCode;
use crate::request::{End, Objective, Request};

/// What is asked of all countries.
#[derive(Debug, Clone)]
pub struct EverywhereQuestion {
    /// The hubs.
    pub hubs: Vec<End>,
    /// What the routes are best at.
    pub objectives: Vec<Objective>,
}

/// How a country reaches the hubs.
#[derive(Debug, Clone, PartialEq)]
pub struct CountryReach {
    /// The country.
    pub country: CountryCode,
    /// The people of its places in the network, together.
    pub population: u64,
    /// For each hub and each objective, the best route over all of the country's gateways.
    pub cells: Vec<Vec<Cell>>,
}

impl CountryReach {
    /// The best route to a hub by an objective.
    #[must_use]
    pub fn best(&self, hub: usize, objective: usize) -> Option<&Summary> {
        match self.cells.get(hub)?.get(objective)? {
            Cell::Best(best) => Some(best),
            Cell::Same | Cell::Nothing(_) | Cell::Wrong(_) => None,
        }
    }
}

/// Finds the best routes of every country to every hub. `request` makes what is asked of a country and a hub; hubs that
/// lie in a country are not asked of it.
#[must_use]
pub fn everywhere(
    plan: &Plan<'_>,
    question: &EverywhereQuestion,
    request: impl Fn(CountryCode, &End) -> Request,
    workers: &Workers,
) -> Vec<CountryReach> {
    let network = plan.network();
    let countries: Vec<CountryCode> = network.countries().collect();
    let mut questions: Vec<CellQuestion> = Vec::new();
    for &country in &countries {
        for hub in &question.hubs {
            let lies_there = plan.country(hub) == Some(country);
            for &objective in &question.objectives {
                questions.push(if lies_there {
                    CellQuestion::Same
                } else {
                    CellQuestion::Best(Box::new(Request { objective, k: 1, ..request(country, hub) }))
                });
            }
        }
    }
    let mut cells = matrix(plan, &questions, workers).into_iter();
    let population = |country| {
        let own = network.nodes().filter(|node| node.country == country);
        own.fold(0_u64, |sum, node| sum.saturating_add(node.population.unwrap_or(0)))
    };
    let n = question.objectives.len();
    let reach = |country| {
        let own = question.hubs.iter().map(|_| cells.by_ref().take(n).collect()).collect();
        CountryReach { country, population: population(country), cells: own }
    };
    countries.into_iter().map(reach).collect()
}

/// The mean of a figure over countries, weighted by their populations; `None` where nobody lives in those that have it.
///
/// # Example
/// ```
/// use fiberplan::analysis::weighted_mean;
/// assert_eq!(weighted_mean([(3, Some(10.0)), (1, Some(30.0)), (9, None)]), Some(15.0));
/// assert_eq!(weighted_mean([(0, Some(10.0))]), None);
/// ```
#[must_use]
pub fn weighted_mean(figures: impl IntoIterator<Item = (u64, Option<f64>)>) -> Option<f64> {
    let (mut weights, mut sum) = (0.0, 0.0);
    for (population, figure) in figures {
        if let Some(figure) = figure {
            weights += population as f64;
            sum += population as f64 * figure;
        }
    }
    (weights > 0.0).then(|| sum / weights)
}
