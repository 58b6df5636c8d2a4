//! `fiberplan route --within --distinct`: routes hardly worse than the best one, and really different from each other.

use super::Failure;
use super::route_args::RouteArgs;
use crate::analysis::{Answer, MAX_LISTED, Plan, Request};
use crate::request::parse_percent;
use crate::units::grouped;

/// How many routes are shown where only their difference is asked for.
const DISTINCT: usize = 5;

/// The margin and the difference asked for, as shares from 0 to 1.
#[derive(Debug, Clone, Copy)]
pub(super) struct Margins {
    pub(super) within: Option<f64>,
    pub(super) distinct: Option<f64>,
}

impl Margins {
    /// Reads the two options; `None` where neither is given.
    pub(super) fn of(args: &RouteArgs) -> Result<Option<Self>, Failure> {
        let share = |flag: &str, text: &Option<String>, hint: &str| {
            let parsed = text.as_deref().map(parse_percent).transpose();
            parsed.map_err(|error| Failure::usage(format!("{flag}: {error}"), hint))
        };
        let within = share("--within", &args.within, "as in --within 10%")?;
        let distinct = share("--distinct", &args.distinct, "as in --distinct 30%")?;
        Ok((within.is_some() || distinct.is_some()).then_some(Self { within, distinct }))
    }

    /// How many routes are meant where `-k` says nothing: all within a margin, else a few.
    pub(super) fn k(self) -> usize {
        // One more than are listed, so that it is told where there are more.
        if self.within.is_some() { MAX_LISTED + 1 } else { DISTINCT }
    }

    /// The routes, as an answer to the same request without margins would be, and why these are not all, if they are not.
    pub(super) fn answer(self, plan: &Plan<'_>, request: &Request) -> (Answer, Option<String>) {
        let found = plan.alternatives(request, self.distinct, self.within);
        let n = grouped(found.looked_at as i64);
        let why = match found.routes.len() {
            MAX_LISTED => format!("{} routes are listed and no more: others fit too", grouped(MAX_LISTED as i64)),
            _ => format!("{n} routes were looked at and no more: there may be others that fit"),
        };
        (Answer { routes: found.routes, is_stopped: !found.is_complete }, (!found.is_complete).then_some(why))
    }
}
