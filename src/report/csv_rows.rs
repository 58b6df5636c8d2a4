//! Routes as CSV: one row a route, lists joined by `;`.
//!
//! `kind` is `route`, `corridor`, `bypass`, or on a front `front` and for its knee `knee`; `missing` lists the segments that may not be used yet. Ranks count from 1
//! within a kind.

use super::context::Context;
use super::route_json::{assumed_cost, assumed_km};
use crate::metrics::{Route, Term};
use crate::network::{SegmentId, Status};

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

/// The rows under their head line.
pub(crate) fn csv_text<'a>(context: &Context<'_>, rows: impl Iterator<Item = (usize, Role<'a>, &'a Route)>) -> String {
    let mut lines = vec![route_head()];
    lines.extend(rows.map(|(rank, role, route)| route_cells(context, rank, role, route)));
    cells_text(&lines)
}

/// Rows of as many cells as CSV.
pub(crate) fn cells_text(lines: &[Vec<String>]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for line in lines {
        writer.write_record(line).expect("a CSV record of the head's width can be written to memory");
    }
    let bytes = writer.into_inner().expect("memory can be flushed");
    String::from_utf8(bytes).expect("CSV made of text is text")
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
pub(crate) fn route_cells(context: &Context<'_>, rank: usize, role: Role<'_>, route: &Route) -> Vec<String> {
    let list = |parts: Vec<&str>| parts.join(";");
    let end = |node: Option<&crate::network::NodeId>| node.map(ToString::to_string).unwrap_or_default();
    let (kind, missing) = match role {
        Role::Route => ("route", String::new()),
        Role::Corridor(missing) => ("corridor", list(missing.iter().map(|(id, _)| id.as_str()).collect())),
        Role::Bypass => ("bypass", String::new()),
        Role::Front(true) => ("knee", String::new()),
        Role::Front(false) => ("front", String::new()),
    };
    let bill = &route.bill;
    let mut cells = vec![
        rank.to_string(),
        end(route.nodes.first()),
        end(route.nodes.last()),
        list(route.countries.iter().map(|code| code.as_str()).collect()),
        list(route.passages.iter().map(|passage| passage.name.as_str()).collect()),
        number(route.length.km()),
        number(route.latency().ms()),
        number(route.rtt_ms()),
        route.stretch().map_or_else(String::new, number),
        number(route.availability),
        number(bill.total().dollars()),
        number(bill.low.dollars()),
        number(bill.high.dollars()),
    ];
    cells.extend(Term::ALL.iter().map(|&term| number(bill.term(term).dollars())));
    cells.extend([
        number(route.annuity_usd),
        number(route.usd_per_mbps_month),
        list(route.segments().map(SegmentId::as_str).collect()),
        kind.to_owned(),
        missing,
        number(assumed_km(route)),
        number(assumed_cost(route)),
        context.scenario.to_owned(),
        context.year.to_string(),
        number(context.demand.gbps.get()),
        context.demand.term_years.to_string(),
    ]);
    cells
}

/// A number as JSON has it; empty where it is not finite.
pub(crate) fn number(value: f64) -> String {
    if value.is_finite() { value.to_string() } else { String::new() }
}
