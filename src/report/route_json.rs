//! R as a JSON object, for answers that add to it by hand.

use serde_json::{Map, Value};

use super::answer::RouteJson;
use super::context::Context;
use crate::metrics::Route;

pub(crate) use super::answer::{assumed_cost, assumed_km};

/// R's fields, to be added to.
pub(crate) fn route_fields(context: &Context<'_>, route: &Route, rank: usize) -> Map<String, Value> {
    match serde_json::to_value(RouteJson::whole(context, route, rank)) {
        Ok(Value::Object(fields)) => fields,
        Ok(_) | Err(_) => unreachable!("a route is an object whose keys are texts"),
    }
}
