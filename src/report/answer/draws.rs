//! Routes over draws of the prices.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::analysis::{Contest, FigureSpread, Gap, Percentiles, Rival, Swing};
use crate::report::context::Context;
use crate::report::ledger::way;
use crate::report::uncertainty::DrawnName;
use crate::report::uncertainty_words::{conclusion, method};

/// The `uncertainty` of `route` and `transit`: their routes over draws of the prices.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DrawsAnswer {
    /// Number of draws.
    pub samples: u32,
    /// The seed of the draws.
    pub seed: u64,
    /// The distribution of each price.
    pub distribution: Distribution,
    /// Number of prices drawn.
    pub prices: usize,
    /// Number of their families; the prices of one are high or low together.
    pub families: usize,
    /// The routes: those listed, and those outside the list that win some draw.
    pub routes: Vec<DrawnRoute>,
    /// For each of the first 64 routes, the share of draws in which it costs less than each other one of them.
    pub share_cheaper: Vec<Vec<f64>>,
    /// The share of draws in which a cheaper route might exist; null where routes are not listed by cost.
    pub share_open: Option<f64>,
    /// In `transit`, the corridor's cheapest route of each draw less the cheapest way round; else null.
    pub against_ways_round: Option<DrawnDifference>,
    /// The prices that drive the cost of the cheapest route.
    pub tornado: CostTornado,
    /// The conclusion.
    pub so: String,
    /// How the draws were made.
    pub notes: Vec<String>,
}

/// The distribution of a price between its low and its high value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Distribution {
    /// Triangular, with the base value as the mode.
    Triangular,
}

/// A list of routes in an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RouteList {
    /// `routes`: those asked for, or those of the corridor.
    Routes,
    /// `bypass`: the ways round the corridor's middle.
    Bypass,
    /// Routes outside both lists, each the cheapest in some draw.
    Unlisted,
}

impl RouteList {
    /// Its name in JSON and CSV.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Routes => "routes",
            Self::Bypass => "bypass",
            Self::Unlisted => "unlisted",
        }
    }
}

/// A route by its place in the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RoutePlace {
    /// The list.
    pub list: RouteList,
    /// The rank in it, from 1.
    pub rank: usize,
}

/// A route over all draws.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DrawnRoute {
    /// The list it stands in.
    pub list: RouteList,
    /// Its rank there, from 1.
    pub rank: usize,
    /// Its figures by name; a term that costs nothing in any draw is left out.
    pub figures: IndexMap<String, DrawnFigure>,
    /// The share of draws in which it is the cheapest of all these routes.
    pub share_cheapest: f64,
    /// The same among the corridor's routes, or among the ways round.
    pub share_cheapest_of_side: f64,
    /// The share of draws in which it costs less than at base prices.
    pub share_below_base: f64,
    /// Its cost beyond the cheapest route of the same draw, USD: the mean.
    pub mean_regret_usd: f64,
    /// The same: not exceeded in nine of ten draws, USD.
    pub regret_p90_usd: f64,
    /// The same: the most in any draw, USD.
    pub most_regret_usd: f64,
    /// The route itself, where it stands in no list.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub unlisted: Option<UnlistedRoute>,
}

/// A route that stands in no list of the answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct UnlistedRoute {
    /// The list it competes with.
    pub of: RouteList,
    /// Its segments, in order.
    pub segments: Vec<String>,
    /// Its countries, in order.
    pub countries: Vec<String>,
    /// Its places, in words.
    pub way: String,
}

/// A figure over all draws.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DrawnFigure {
    /// Five of a hundred draws are no higher.
    pub p5: f64,
    /// Ten of a hundred draws are no higher.
    pub p10: f64,
    /// Half of the draws are no higher.
    pub p50: f64,
    /// Ninety of a hundred draws are no higher.
    pub p90: f64,
    /// Ninety-five of a hundred draws are no higher.
    pub p95: f64,
    /// The figure at base prices.
    pub base: f64,
}

/// The cost of one choice less that of another, over all draws.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DrawnDifference {
    /// At base prices, USD over the term.
    pub base_usd: f64,
    /// Over the draws, USD over the term.
    pub difference_usd: Percentiles,
    /// The share of draws in which the first choice costs less.
    pub share_cheaper: f64,
    /// The share of draws in which the second choice costs less.
    pub share_dearer: f64,
}

/// The prices that drive the cost of the cheapest route, the strongest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CostTornado {
    /// The route.
    pub route: RoutePlace,
    /// Its cost at base prices, USD over the term.
    pub total_usd: f64,
    /// Each price moved to its low and its high value, with the cost that gives.
    pub swings: Vec<Swing>,
    /// The prices that drive its lead; null where there is no other route.
    pub lead: Option<LeadTornado>,
}

/// The prices that drive the lead of one route over another, the strongest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LeadTornado {
    /// The other route.
    pub over: RoutePlace,
    /// How much less the first one costs at base prices, USD over the term.
    pub lead_usd: f64,
    /// How much more the first one costs at base prices, USD over the term.
    pub difference_usd: f64,
    /// Each price moved to its low and its high value, with the difference that gives.
    pub swings: Vec<Swing>,
}

impl DrawsAnswer {
    /// The answer of a contest, whose routes have these names.
    pub(crate) fn of(context: &Context<'_>, names: &[DrawnName], contest: &Contest) -> Self {
        let spread = &contest.spread;
        let place = |route: usize| RoutePlace { list: names[route].list, rank: names[route].rank };
        let lead = contest.rival.as_ref().map(|Rival { route, tornado }| LeadTornado {
            over: place(*route),
            lead_usd: -tornado.base_usd,
            difference_usd: tornado.base_usd,
            swings: tornado.swings.clone(),
        });
        Self {
            samples: spread.sampling.samples(),
            seed: spread.sampling.seed(),
            distribution: Distribution::Triangular,
            prices: spread.n_prices,
            families: spread.n_families,
            routes: (0..names.len()).map(|i| DrawnRoute::of(context, &names[i], contest, i)).collect(),
            share_cheaper: spread.cheaper.clone(),
            share_open: contest.open,
            against_ways_round: contest.gap.as_ref().map(DrawnDifference::from),
            tornado: CostTornado {
                route: place(contest.best),
                total_usd: contest.tornado.base_usd,
                swings: contest.tornado.swings.clone(),
                lead,
            },
            so: conclusion(names, contest),
            notes: method(contest),
        }
    }
}

impl DrawnRoute {
    fn of(context: &Context<'_>, name: &DrawnName, contest: &Contest, i: usize) -> Self {
        let route = &contest.spread.routes[i];
        let unlisted = || {
            let route = &contest.routes[i];
            UnlistedRoute {
                of: if contest.sides[i] == 0 { RouteList::Routes } else { RouteList::Bypass },
                segments: route.segments().map(ToString::to_string).collect(),
                countries: route.countries.iter().map(ToString::to_string).collect(),
                way: way(context, route),
            }
        };
        Self {
            list: name.list,
            rank: name.rank,
            figures: drawn_figures(&route.figures),
            share_cheapest: route.wins,
            share_cheapest_of_side: contest.wins_of_side[i],
            share_below_base: route.below_base,
            mean_regret_usd: route.mean_regret_usd,
            regret_p90_usd: route.regret_p90_usd,
            most_regret_usd: route.most_regret_usd,
            unlisted: (name.list == RouteList::Unlisted).then(unlisted),
        }
    }
}

impl From<&Gap> for DrawnDifference {
    fn from(gap: &Gap) -> Self {
        Self {
            base_usd: gap.base_usd,
            difference_usd: gap.percentiles_usd,
            share_cheaper: gap.first_is_cheaper,
            share_dearer: gap.second_is_cheaper,
        }
    }
}

/// Figures by name, in their order.
pub(crate) fn drawn_figures(figures: &[FigureSpread]) -> IndexMap<String, DrawnFigure> {
    let drawn = |figure: &FigureSpread| {
        let Percentiles { p5, p10, p50, p90, p95 } = figure.percentiles;
        (figure.kind.as_str().to_owned(), DrawnFigure { p5, p10, p50, p90, p95, base: figure.base })
    };
    figures.iter().map(drawn).collect()
}
