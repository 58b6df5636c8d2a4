//! Scenarios over draws of the prices.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::draws::{Distribution, DrawnDifference, DrawnFigure, drawn_figures};
use crate::analysis::{AgainstFirst, Outlook, Swing, Taken};
use crate::report::compare_uncertainty::{Outlooks, conclusion, method, named};
use crate::report::context::Context;
use crate::report::ledger::way;
use crate::scenario::{Comparison, Scenario};

/// The `uncertainty` of `compare`: its scenarios over the same draws of the prices.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OutlooksAnswer {
    /// Number of draws.
    pub samples: u32,
    /// The seed of the draws.
    pub seed: u64,
    /// The distribution of each price.
    pub distribution: Distribution,
    /// The questions, in order.
    pub questions: Vec<QuestionOutlook>,
}

/// One question over all draws.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct QuestionOutlook {
    /// Its place in the list of questions, from 0.
    pub question: usize,
    /// The scenarios, in order.
    pub scenarios: Vec<ScenarioOutlook>,
    /// The conclusion; null where fewer than two scenarios have a route.
    pub so: Option<String>,
    /// How the draws were made.
    pub notes: Vec<String>,
}

/// One scenario over all draws of a question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ScenarioOutlook {
    /// Its name.
    pub scenario: String,
    /// The figures of the route it takes in each draw, by name; null without a route.
    pub figures: Option<IndexMap<String, DrawnFigure>>,
    /// The rest; missing without a route.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub draws: Option<ScenarioDraws>,
}

/// How a scenario fares over all draws of a question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ScenarioDraws {
    /// Number of prices drawn.
    pub prices: usize,
    /// Number of their families; the prices of one are high or low together.
    pub families: usize,
    /// The share of draws in which no other scenario costs less.
    pub share_cheapest: f64,
    /// The share of draws in which it costs less than at base prices.
    pub share_below_base: f64,
    /// The share of draws in which a cheaper route might exist; null where none was looked for.
    pub share_open: Option<f64>,
    /// Its cost beyond the cheapest scenario of the same draw, USD: the mean.
    pub mean_regret_usd: f64,
    /// The same: not exceeded in nine of ten draws, USD.
    pub regret_p90_usd: f64,
    /// The same: the most in any draw, USD.
    pub most_regret_usd: f64,
    /// The routes taken, the most frequent first.
    pub taken: Vec<TakenRoute>,
    /// Its cost less that of the first scenario with a route; null for that one.
    pub against_first: Option<DrawnDifference>,
    /// The prices that drive that difference; null for the first one.
    pub tornado: Option<DifferenceTornado>,
}

/// A route that a scenario takes in some draws.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TakenRoute {
    /// The share of draws in which it is the cheapest.
    pub share: f64,
    /// Its places, in words.
    pub way: String,
    /// Its segments, in order.
    pub segments: Vec<String>,
}

/// The prices that drive the difference between two scenarios, the strongest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DifferenceTornado {
    /// The difference at base prices, USD over the term.
    pub difference_usd: f64,
    /// Each price moved to its low and its high value, with the difference that gives.
    pub swings: Vec<Swing>,
}

impl OutlooksAnswer {
    /// The answer of a comparison's draws.
    pub(crate) fn of(
        context: &Context<'_>,
        (scenarios, comparison): (&[&Scenario], &Comparison),
        outlooks: &Outlooks,
    ) -> Self {
        let question = |(i, own): (usize, &Vec<Option<Outlook>>)| {
            let cases = comparison.scenarios.iter().zip(scenarios).zip(own);
            let cases = cases.map(|((compared, scenario), outlook)| {
                ScenarioOutlook::of(context, &compared.name, scenario, outlook.as_ref())
            });
            let named = named(comparison, own);
            QuestionOutlook {
                question: i,
                scenarios: cases.collect(),
                so: conclusion(&named),
                notes: method(&named, outlooks.sampling),
            }
        };
        Self {
            samples: outlooks.sampling.samples(),
            seed: outlooks.sampling.seed(),
            distribution: Distribution::Triangular,
            questions: outlooks.questions.iter().enumerate().map(question).collect(),
        }
    }
}

impl ScenarioOutlook {
    fn of(context: &Context<'_>, name: &str, scenario: &Scenario, outlook: Option<&Outlook>) -> Self {
        let context = Context { network: &scenario.network, ..context.clone() };
        Self {
            scenario: name.to_owned(),
            figures: outlook.map(|outlook| drawn_figures(&outlook.figures)),
            draws: outlook.map(|outlook| ScenarioDraws::of(&context, outlook)),
        }
    }
}

impl ScenarioDraws {
    fn of(context: &Context<'_>, outlook: &Outlook) -> Self {
        let taken = |Taken { route, share }: &Taken| TakenRoute {
            share: *share,
            way: way(context, route),
            segments: route.segments().map(ToString::to_string).collect(),
        };
        let against = outlook.against_first.as_ref();
        Self {
            prices: outlook.n_prices,
            families: outlook.n_families,
            share_cheapest: outlook.wins,
            share_below_base: outlook.below_base,
            share_open: outlook.open,
            mean_regret_usd: outlook.mean_regret_usd,
            regret_p90_usd: outlook.regret_p90_usd,
            most_regret_usd: outlook.most_regret_usd,
            taken: outlook.taken.iter().map(taken).collect(),
            against_first: against.map(|against| DrawnDifference::from(&against.gap)),
            tornado: against.map(|AgainstFirst { tornado, .. }| DifferenceTornado {
                difference_usd: tornado.base_usd,
                swings: tornado.swings.clone(),
            }),
        }
    }
}
