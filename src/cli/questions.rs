//! What a comparison asks of every scenario.

use super::Failure;
use super::args::Shape;
use super::case::find_end;
use super::shape::{check_order, objective, shaped};
use crate::analysis::Request;
use crate::request::{End, Objective};
use crate::scenario::{Comparison, Question, Scenario, compare};

/// The options that shape a comparison.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked<'a> {
    pub(super) from: Option<&'a str>,
    pub(super) to: Option<&'a str>,
    pub(super) k: usize,
    pub(super) corridor: &'a [String],
    pub(super) shape: &'a Shape,
}

/// Puts the same questions to every scenario. The ends are those typed, or else each scenario's own demand in turn; one
/// question asks for the cheapest route and one for the fastest, unless `--objective` or `-k` wants something else.
/// Beside the comparison, the requests of each scenario.
pub(super) fn answers(scenarios: &[&Scenario], asked: &Asked<'_>) -> Result<(Comparison, Vec<Vec<Request>>), Failure> {
    scenarios.iter().try_for_each(|scenario| check_order(scenario, asked.shape))?;
    let questions = questions(scenarios, asked)?;
    let mut cases = Vec::with_capacity(scenarios.len());
    for scenario in scenarios {
        let own = questions.iter().map(|question| own_request(scenario, question, asked));
        cases.push((*scenario, own.collect::<Result<Vec<_>, Failure>>()?));
    }
    let comparison = compare(questions, &cases);
    Ok((comparison, cases.into_iter().map(|(_, requests)| requests).collect()))
}

fn own_request(scenario: &Scenario, question: &Question, asked: &Asked<'_>) -> Result<Request, Failure> {
    let ends = (find_end(scenario, "--from", &question.from)?, find_end(scenario, "--to", &question.to)?);
    let shape = Shape { objective: Some(question.objective.to_string()), ..asked.shape.clone() };
    shaped(scenario, ends, asked.k, asked.corridor, &shape)
}

fn questions(scenarios: &[&Scenario], asked: &Asked<'_>) -> Result<Vec<Question>, Failure> {
    let first = scenarios[0];
    let objectives = match &asked.shape.objective {
        Some(_) => vec![objective(first, asked.shape.objective.as_deref())?],
        None if asked.k > 1 => vec![first.routing.objective],
        None => vec![Objective::Cost, Objective::Latency],
    };
    let mut ends: Vec<(String, String)> = Vec::new();
    let typed = asked.from.is_some() || asked.to.is_some();
    for scenario in scenarios {
        let from = asked.from.or(scenario.ends.0.as_deref());
        let to = asked.to.or(scenario.ends.1.as_deref());
        let (Some(from), Some(to)) = (from, to) else { continue };
        let pair = (shown(first, from)?, shown(first, to)?);
        if !ends.contains(&pair) && (ends.is_empty() || !typed) {
            ends.push(pair);
        }
    }
    if ends.is_empty() {
        let text = "no scenario has a demand, and --from and --to are not given";
        return Err(Failure::usage(text, "give --from and --to, or a [demand] table with from and to"));
    }
    let question =
        |(from, to): &(String, String), objective| Question { from: from.clone(), to: to.clone(), objective };
    Ok(ends.iter().flat_map(|pair| objectives.iter().map(move |&objective| question(pair, objective))).collect())
}

/// An end as ids name it, so that two spellings are one question.
fn shown(scenario: &Scenario, name: &str) -> Result<String, Failure> {
    Ok(match find_end(scenario, "--from", name)? {
        End::Node(id) => id.to_string(),
        End::Country(code) => code.to_string(),
    })
}
