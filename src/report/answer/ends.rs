//! The ends of routes: a country as an end stands for any of its gateways.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::metrics::Route;
use crate::report::context::Context;
use crate::report::ends::{End, ends};

/// Both ends of a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EndsJson {
    /// Where routes begin.
    pub from: EndJson,
    /// Where they end.
    pub to: EndJson,
}

/// One end of a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EndJson {
    /// The place by id or the country by code, as resolved.
    pub asked: String,
    /// The places where routes could begin or end.
    pub open: Vec<String>,
    /// Those where they do, in order of the routes.
    pub taken: Vec<String>,
}

impl EndsJson {
    /// The ends of some routes.
    pub(crate) fn of<'a>(context: &'a Context<'_>, routes: impl Iterator<Item = &'a Route> + Clone) -> Self {
        let [from, to] = ends(context, routes).map(|end| EndJson::of(&end));
        Self { from, to }
    }
}

impl EndJson {
    fn of(end: &End<'_>) -> Self {
        let ids = |ids: &[&crate::network::NodeId]| ids.iter().map(ToString::to_string).collect();
        Self { asked: end.asked.to_owned(), open: ids(&end.open), taken: ids(&end.taken) }
    }
}
