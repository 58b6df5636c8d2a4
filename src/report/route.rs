//! The answer of `route`: the best routes, or why there is none.

use serde_json::{Value, json};

use super::context::Context;
use super::csv_rows::{Role, csv_text};
use super::document::{Document, Table};
use super::features::feature_collection;
use super::format::Format;
use super::ledger::{against, hops, ledger, musd, range, say_assumed, shortened, up_percent, way, whole_km};
use super::route_json::{missing_json, route_fields, route_json};
use crate::corridor::{Obstacle, Relaxation, Transit};
use crate::metrics::Route;
use crate::units::grouped;

/// Routes, best first, in a format; where there is none, the reason from `obstacle`.
#[must_use]
pub fn routes_report(context: &Context<'_>, routes: &[Route], obstacle: Option<&Obstacle>, format: Format) -> String {
    let rows = || routes.iter().enumerate().map(|(i, route)| (i + 1, route));
    match format {
        Format::Table => document(context, routes, obstacle).plain(),
        Format::Markdown => document(context, routes, obstacle).markdown(),
        Format::Json => format!("{:#}\n", json(context, routes, obstacle)),
        Format::Csv => csv_text(context, rows().map(|(rank, route)| (rank, Role::Route, route))),
        Format::GeoJson => {
            let routes: Vec<_> = rows().map(|(rank, route)| (route_fields(context, route, rank), route)).collect();
            format!("{:#}\n", feature_collection(context, routes))
        }
    }
}

fn json(context: &Context<'_>, routes: &[Route], obstacle: Option<&Obstacle>) -> Value {
    let all: Value = routes.iter().enumerate().map(|(i, route)| route_json(context, route, i + 1)).collect();
    let mut answer = json!({"query": context.query_json(), "routes": all});
    if routes.is_empty() {
        answer["reason"] = json!(reason(context, obstacle));
        let ways_out = obstacle.map_or(&[][..], |obstacle| &obstacle.ways_out);
        answer["ways_out"] = ways_out.iter().map(|way_out| way_out_json(context, way_out)).collect();
        answer["connected"] = json!(obstacle.map(|obstacle| obstacle.connected));
    }
    answer
}

fn way_out_json(context: &Context<'_>, (what, route): &(Relaxation, Route)) -> Value {
    let missing = match what {
        Relaxation::Segments(segments) => missing_json(segments),
        Relaxation::Corridor
        | Relaxation::Via(_)
        | Relaxation::Avoid(_)
        | Relaxation::MaxLatency
        | Relaxation::MaxCost
        | Relaxation::MaxCrossings => json!([]),
    };
    json!({"change": what.to_string(), "missing": missing, "route": route_json(context, route, 1)})
}

/// Why there is no route, in one line.
fn reason(context: &Context<'_>, obstacle: Option<&Obstacle>) -> String {
    let Some(obstacle) = obstacle else {
        return format!("no route from {} to {}", context.asked.from, context.asked.to);
    };
    let ending = match (obstacle.connected, obstacle.ways_out.is_empty()) {
        (false, _) => ": no segments of any status join the two",
        (true, true) => ": no single change would open one",
        (true, false) => "",
    };
    format!("no route {}{ending}", obstacle.asked)
}

fn document(context: &Context<'_>, routes: &[Route], obstacle: Option<&Obstacle>) -> Document {
    let mut document = Document::default();
    let name = |typed: &str| {
        let node = context.network.find_node(&crate::network::NodeId::new(typed));
        let country = typed.parse().ok().map(|code| context.country_name(code));
        node.map(|node| node.short_name().to_owned()).or(country).unwrap_or_else(|| typed.to_owned())
    };
    document.title(format!("{} > {}", name(&context.asked.from), name(&context.asked.to)), context.in_words());
    let Some(best) = routes.first() else {
        document.say("", vec![format!("There is {}.", reason(context, obstacle))]);
        for (what, route) in obstacle.map_or(&[][..], |obstacle| &obstacle.ways_out) {
            let figures = format!(
                "{} km, {:.1} ms RTT, {} MUSD",
                grouped(route.length.km().round() as i64),
                route.rtt_ms(),
                musd(route.bill.total())
            );
            document.say(&capital(&what.to_string()), vec![figures, way(context, route)]);
        }
        return document;
    };
    document.say("Best", vec![way(context, best), Transit::headline(best), format!("range {} MUSD", range(best))]);
    if routes.len() > 1 {
        document.table(ranking(context, routes));
    }
    if routes.len() < context.asked.k {
        let only = if routes.len() == 1 { "only this route fits" } else { "no more routes than these fit" };
        document.say("", vec![format!("{} were asked for; {only}.", context.asked.k)]);
    }
    document.heading(
        "Who carries what, in MUSD over the term".to_owned() + if routes.len() > 1 { ", route 1" } else { "" },
    );
    document.table(ledger(best));
    document.heading("Way".to_owned() + if routes.len() > 1 { " of route 1" } else { "" });
    document.table(hops(context, best));
    say_assumed(&mut document, best, None);
    document
}

/// The routes side by side, each against the first.
fn ranking(context: &Context<'_>, routes: &[Route]) -> Table {
    let mut table = Table::new(&["#", "<countries", "<over", "km", "RTT ms", "MUSD", "up %", "against #1", ""]);
    for (i, route) in routes.iter().enumerate() {
        let codes: Vec<&str> = route.countries.iter().map(|code| code.as_str()).collect();
        let [ms, usd] = if i == 0 { [String::new(), String::new()] } else { against(route, &routes[0]) };
        table.row(vec![
            (i + 1).to_string(),
            codes.join(" "),
            shortened(&over(context, route), 40),
            whole_km(route.length),
            format!("{:.1}", route.rtt_ms()),
            musd(route.bill.total()),
            up_percent(route.availability),
            ms,
            usd,
        ]);
    }
    table.without_empty_columns()
}

/// What a route passes that tells it apart: its border posts, or the places between for one that passes no border.
fn over(context: &Context<'_>, route: &Route) -> String {
    let names: Vec<&str> = if route.passages.is_empty() {
        let inner = route.nodes.iter().skip(1).take(route.nodes.len().saturating_sub(2));
        inner.map(|id| context.place_name(id)).collect()
    } else {
        route.passages.iter().map(|passage| passage.name.as_str()).collect()
    };
    names.join(", ")
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + letters.as_str())
}
