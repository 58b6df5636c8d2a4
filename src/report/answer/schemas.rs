//! The JSON Schema of every answer.

use schemars::{Schema, SchemaGenerator};

use super::{
    Answer, BatchLine, CashFlowAnswer, CeilingAnswer, CompareAnswer, DiverseAnswer, ExplainAnswer, FrontAnswer,
    GatewayAllAnswer, GatewayAnswer, GatewayCompareAnswer, MatrixAnswer, NetworkCheckAnswer, NetworkRulesAnswer,
    NetworkStatsAnswer, PricedAnswer, RouteAnswer, ScenarioAnswer, ScenarioCheckAnswer, ShareAnswer, TransitAnswer,
};

/// The name of each answer with its JSON Schema (draft 2020-12), in alphabetical order.
///
/// ```
/// let schemas = fiberplan::report::answer::schemas();
/// let (_, route) = schemas.iter().find(|(name, _)| *name == "route").expect("routes are an answer");
/// assert_eq!(route.get("title").and_then(|title| title.as_str()), Some("RouteAnswer"));
/// ```
#[must_use]
pub fn schemas() -> Vec<(&'static str, Schema)> {
    let mut all = vec![
        of::<BatchLine>(),
        of::<CashFlowAnswer>(),
        of::<CeilingAnswer>(),
        of::<CompareAnswer>(),
        of::<DiverseAnswer>(),
        of::<ExplainAnswer>(),
        of::<FrontAnswer>(),
        of::<GatewayAllAnswer>(),
        of::<GatewayAnswer>(),
        of::<GatewayCompareAnswer>(),
        of::<MatrixAnswer>(),
        of::<NetworkCheckAnswer>(),
        of::<NetworkRulesAnswer>(),
        of::<NetworkStatsAnswer>(),
        of::<PricedAnswer>(),
        of::<RouteAnswer>(),
        of::<ScenarioAnswer>(),
        of::<ScenarioCheckAnswer>(),
        of::<ShareAnswer>(),
        of::<TransitAnswer>(),
    ];
    all.sort_by_key(|(name, _)| *name);
    all
}

fn of<A: Answer>() -> (&'static str, Schema) {
    (A::NAME, SchemaGenerator::default().into_root_schema_for::<A>())
}
