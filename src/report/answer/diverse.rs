//! The answer of `route` for routes that have nothing in common.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Answer, EndsJson, Query, RouteJson};
use crate::analysis::{Common, Diverse, Shared};
use crate::report::context::Context;
use crate::report::diverse::{better_by, latency_difference_ms, total_cost, total_length, unknown_owner};
use crate::report::ends::apart_in_words;
use crate::report::format::Format;

/// Routes that have nothing in common, or as little as can be.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct DiverseAnswer {
    /// The question.
    pub query: Query,
    /// The routes of the set, best first.
    pub routes: Vec<RouteJson>,
    /// Whether the search was stopped for too much work.
    pub stopped: bool,
    /// Facts of the set as a whole.
    #[serde(flatten)]
    pub set: SetFacts,
}

/// Facts of a set of routes as a whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SetFacts {
    /// What no two routes are to share: `segment`, `node`, `srlg`, `country` or `owner`.
    pub disjoint: String,
    /// What the set is best at: `sum`, `first` or `balanced`.
    pub pair: String,
    /// How many routes were asked for.
    pub asked_for: usize,
    /// Whether the routes share nothing of that kind.
    pub fully_disjoint: bool,
    /// Whether the set is proved to be the best.
    pub proved: bool,
    /// By how much a better set could be better; null where the set is proved.
    pub better_by: Option<BetterBy>,
    /// What the routes share, of whatever kind.
    pub shared: SharedJson,
    /// What they share of the kind that counts.
    pub in_common: Vec<CommonJson>,
    /// One-way latency of the slowest route less that of the fastest, ms.
    pub pair_latency_difference_ms: f64,
    /// Share of the time in which at least one route is up, from 0 to 1.
    pub pair_availability: f64,
    /// Cost of all routes, USD.
    pub total_usd: f64,
    /// The ends of the routes.
    pub ends: EndsJson,
    /// What it means that the routes do not all begin and end in one place; null if they do.
    pub ends_apart: Option<String>,
    /// Kilometres of each route of which no owner is known.
    pub unknown_owner_km: Vec<f64>,
}

/// By how much a set could be better than the one found.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BetterBy {
    /// Whether a better set may share less.
    pub may_share_less: bool,
    /// The part of its figure by which it may be less at most.
    pub at_most: f64,
}

/// What routes share, by kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SharedJson {
    /// Segments, by id.
    pub segments: Vec<String>,
    /// Places, by id.
    pub nodes: Vec<String>,
    /// Countries, by code.
    pub countries: Vec<String>,
    /// Risk groups, by name.
    pub srlgs: Vec<String>,
    /// Owners, by name.
    pub owners: Vec<String>,
    /// Length of the segments, km.
    pub km: f64,
}

/// A thing in common.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CommonJson {
    /// Its id or name.
    pub name: String,
    /// Its length, km.
    pub km: f64,
    /// Whether every route has it.
    pub unavoidable: bool,
}

impl Answer for DiverseAnswer {
    const NAME: &'static str = "disjoint";
    const FORMATS: &'static [Format] = &Format::ALL;
}

impl DiverseAnswer {
    pub(crate) fn of(context: &Context<'_>, set: &Diverse) -> Self {
        Self {
            query: Query::of(context),
            routes: RouteJson::all(context, set.routes.iter()),
            stopped: context.is_stopped,
            set: SetFacts::of(context, set),
        }
    }
}

impl SetFacts {
    pub(crate) fn of(context: &Context<'_>, set: &Diverse) -> Self {
        let in_common = |common: &&Common| CommonJson {
            name: common.name.clone(),
            km: common.length.km(),
            unavoidable: set.unavoidable.contains(&common.name),
        };
        let open = set.open.map(|open| BetterBy { may_share_less: open.shares_less, at_most: better_by(open.figures) });
        Self {
            disjoint: set.diversity.as_str().to_owned(),
            pair: set.aim.as_str().to_owned(),
            asked_for: set.n,
            fully_disjoint: set.is_full(),
            proved: set.open.is_none(),
            better_by: open,
            shared: SharedJson::of(&set.shared),
            in_common: set.in_common().iter().map(in_common).collect(),
            pair_latency_difference_ms: latency_difference_ms(&set.routes),
            pair_availability: set.availability,
            total_usd: total_cost(&set.routes).dollars(),
            ends: EndsJson::of(context, set.routes.iter()),
            ends_apart: apart_in_words(context, &set.routes),
            unknown_owner_km: set.routes.iter().map(|route| unknown_owner(context, route).km()).collect(),
        }
    }
}

impl SharedJson {
    fn of(Shared { segments, nodes, countries, srlgs, owners }: &Shared) -> Self {
        let names = |list: &[Common]| list.iter().map(|common| common.name.clone()).collect();
        Self {
            segments: names(segments),
            nodes: names(nodes),
            countries: names(countries),
            srlgs: names(srlgs),
            owners: names(owners),
            km: total_length(segments.iter()).km(),
        }
    }
}
