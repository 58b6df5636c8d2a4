//! Routes as CSV: one row a route, lists joined by `;`.
//!
//! `kind` is `route`, `corridor`, `bypass`, or on a front `front` and for its knee `knee`; `missing` lists the segments that may not be used yet. Ranks count from 1
//! within a kind.

use super::answer::{assumed_cost, assumed_km};
use super::cell::Cell;
use super::context::Context;
use super::records::Records;
use crate::metrics::{Route, Term};
use crate::network::{NodeId, SegmentId, Status};

/// What a row's route is.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Role<'a> {
    /// An answer to `route`.
    Route,
    /// A corridor's route, with what it needs that may not be used yet.
    Corridor(&'a [(SegmentId, Status)]),
    /// A way round a corridor's middle.
    Bypass,
    /// A route of a front, and whether it is the knee.
    Front(bool),
}

/// Routes, one row each.
pub(crate) fn route_records<'a>(
    context: &Context<'_>,
    rows: impl Iterator<Item = (usize, Role<'a>, &'a Route)>,
) -> Records {
    let mut records = Records::new(route_head());
    rows.for_each(|(rank, role, route)| records.row(route_cells(context, rank, role, route)));
    records
}

/// The names of a route's cells.
pub(crate) fn route_head() -> Vec<String> {
    let first = [
        "rank",
        "from",
        "to",
        "countries",
        "crossings",
        "length_km",
        "latency_ms",
        "rtt_ms",
        "stretch",
        "availability",
        "total_usd",
        "low_usd",
        "high_usd",
    ];
    let last = [
        "annuity_usd_per_year",
        "usd_per_mbps_month",
        "segments",
        "kind",
        "missing",
        "assumed_km_share",
        "assumed_cost_share",
        "scenario",
        "year",
        "gbps",
        "term_years",
    ];
    let terms = Term::ALL.iter().map(|term| term.usd_name().to_owned());
    first.iter().map(ToString::to_string).chain(terms).chain(last.iter().map(ToString::to_string)).collect()
}

/// A route's cells.
pub(crate) fn route_cells(context: &Context<'_>, rank: usize, role: Role<'_>, route: &Route) -> Vec<Cell> {
    let end = |node: Option<&NodeId>| node.map_or(Cell::Empty, |id| id.as_str().into());
    let (kind, missing) = match role {
        Role::Route => ("route", &[][..]),
        Role::Corridor(missing) => ("corridor", missing),
        Role::Bypass => ("bypass", &[][..]),
        Role::Front(true) => ("knee", &[][..]),
        Role::Front(false) => ("front", &[][..]),
    };
    let bill = &route.bill;
    let mut cells = vec![
        Cell::Count(rank as u64),
        end(route.nodes.first()),
        end(route.nodes.last()),
        Cell::list(route.countries.iter()),
        Cell::list(route.passages.iter().map(|passage| &passage.name)),
        Cell::Exact(route.length.km()),
        Cell::Exact(route.latency().ms()),
        Cell::Exact(route.rtt_ms()),
        Cell::exact(route.stretch()),
        Cell::Exact(route.availability),
        Cell::Exact(bill.total().dollars()),
        Cell::Exact(bill.low.dollars()),
        Cell::Exact(bill.high.dollars()),
    ];
    cells.extend(Term::ALL.iter().map(|&term| Cell::Exact(bill.term(term).dollars())));
    cells.extend([
        Cell::Exact(route.annuity_usd),
        Cell::Exact(route.usd_per_mbps_month),
        Cell::list(route.segments()),
        kind.into(),
        Cell::list(missing.iter().map(|(id, _)| id)),
        Cell::Exact(assumed_km(route)),
        Cell::Exact(assumed_cost(route)),
        context.scenario.into(),
        Cell::Whole(context.year.into()),
        Cell::Exact(context.demand.gbps.get()),
        Cell::Count(context.demand.term_years.into()),
    ]);
    cells
}
