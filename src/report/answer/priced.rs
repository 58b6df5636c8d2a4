//! The answer of `route` with the price of each constraint.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Answer, MissingSegment, RouteAnswer, RouteJson};
use crate::analysis::{ConstraintPrice, ConstraintPrices, Saving};
use crate::metrics::Route;
use crate::report::constraint_prices::in_objective_unit;
use crate::report::context::Context;
use crate::report::format::Format;
use crate::request::Objective;

/// The best routes with the price of each constraint of the question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct PricedAnswer {
    /// The routes.
    #[serde(flatten)]
    pub route: RouteAnswer,
    /// The constraints, the dearest first.
    pub constraint_prices: Vec<PriceOfConstraint>,
    /// The best route without any of them.
    pub without_constraints: SavingJson,
}

/// What a constraint costs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PriceOfConstraint {
    /// What dropping it saves.
    #[serde(flatten)]
    pub saving: SavingJson,
    /// The constraint in words.
    pub constraint: String,
    /// Whether the best route is another without it.
    pub binding: bool,
    /// The least looser bound under which the best route gets better; null where there is none.
    pub loosened: Option<LooserBound>,
}

/// What a looser bound saves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LooserBound {
    /// What it saves.
    #[serde(flatten)]
    pub saving: SavingJson,
    /// The bound in words.
    pub constraint: String,
}

/// A route under fewer constraints, and what it saves against the best one that keeps to all.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SavingJson {
    /// Money, USD; negative where the route costs more.
    pub cost_usd: f64,
    /// Round trip, ms; negative where the route is slower.
    pub rtt_ms: f64,
    /// The objective; never negative.
    pub objective: f64,
    /// Unit of the objective.
    pub objective_unit: String,
    /// Segments that the route needs and that are not usable yet.
    pub missing: Vec<MissingSegment>,
    /// The route.
    pub route: RouteJson,
}

impl Answer for PricedAnswer {
    const NAME: &'static str = "constraint-prices";
    const FORMATS: &'static [Format] = &Format::ALL;
}

impl PricedAnswer {
    pub(crate) fn of(context: &Context<'_>, routes: &[Route], prices: &ConstraintPrices) -> Self {
        let price = |price| PriceOfConstraint::of(context, prices.objective, price);
        Self {
            route: RouteAnswer::of(context, routes, None),
            constraint_prices: prices.each.iter().map(price).collect(),
            without_constraints: SavingJson::of(context, prices.objective, &prices.without_any),
        }
    }
}

impl PriceOfConstraint {
    fn of(context: &Context<'_>, objective: Objective, price: &ConstraintPrice) -> Self {
        let loosened = price.loosened.as_ref().map(|(bound, saving)| LooserBound {
            saving: SavingJson::of(context, objective, saving),
            constraint: context.bound(bound),
        });
        Self {
            saving: SavingJson::of(context, objective, &price.dropped),
            constraint: context.constraint(&price.constraint),
            binding: price.is_binding(),
            loosened,
        }
    }
}

impl SavingJson {
    fn of(context: &Context<'_>, objective: Objective, saving: &Saving) -> Self {
        let (figure, unit) = in_objective_unit(objective, saving.objective);
        Self {
            cost_usd: saving.cost_cents as f64 / 100.0,
            rtt_ms: saving.rtt_ms,
            objective: figure,
            objective_unit: unit.to_owned(),
            missing: MissingSegment::all(&saving.needed),
            route: RouteJson::whole(context, &saving.route, 1),
        }
    }
}
