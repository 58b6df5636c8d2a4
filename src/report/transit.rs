//! The answer of `transit`: a corridor's crossing pairs side by side, and the ways round its middle.

use serde_json::{Value, json};

use super::context::Context;
use super::csv_rows::{Role, csv_text};
use super::document::{Document, Table, WIDTH};
use super::features::feature_collection;
use super::format::Format;
use super::ledger::{
    against, decimals, figure_cells, ledger, musd_to, range, say_assumed, shortened, up_percent, way, whole_km,
};
use super::rendering::pretty;
use super::route_json::{missing_json, route_fields};
use crate::analysis::{Bypass, Transit, TransitRow};
use crate::metrics::Route;

/// A corridor's routes in a format.
///
/// `verdict` is the sentence on what the corridor gains or loses; `map_note` names a map that was drawn.
#[must_use]
pub fn transit_report(
    context: &Context<'_>,
    transit: &Transit,
    verdict: Option<&str>,
    map_note: Option<&str>,
    format: Format,
) -> String {
    match format {
        Format::Table => document(context, transit, verdict, map_note).plain(),
        Format::Markdown => document(context, transit, verdict, map_note).markdown(),
        Format::Json => format!("{:#}\n", json(context, transit, verdict)),
        Format::Csv => {
            let rows =
                transit.rows.iter().enumerate().map(|(i, row)| (i + 1, Role::Corridor(&row.missing), &row.route));
            let round = transit.bypasses.iter().enumerate().map(|(i, bypass)| (i + 1, Role::Bypass, &bypass.route));
            csv_text(context, rows.chain(round))
        }
        Format::GeoJson => {
            let rows = transit.rows.iter().enumerate().map(|(i, row)| (row_fields(context, row, i + 1), &row.route));
            let round = transit.bypasses.iter().enumerate();
            let round = round.map(|(i, bypass)| (bypass_fields(context, bypass, i + 1), &bypass.route));
            pretty(&feature_collection(context, rows.chain(round).collect()))
        }
    }
}

type Fields = serde_json::Map<String, Value>;

fn row_fields(context: &Context<'_>, row: &TransitRow, rank: usize) -> Fields {
    let mut fields = route_fields(context, &row.route, rank);
    fields.insert("crossings".to_owned(), json!(row.crossings));
    fields.insert("usable".to_owned(), json!(row.missing.is_empty()));
    fields.insert("missing".to_owned(), missing_json(&row.missing));
    fields
}

fn bypass_fields(context: &Context<'_>, bypass: &Bypass, rank: usize) -> Fields {
    let mut fields = route_fields(context, &bypass.route, rank);
    fields.insert("by".to_owned(), bypass.by.iter().map(|code| json!(code.as_str())).collect());
    fields.insert("way".to_owned(), json!(bypass.way(|code| context.country_name(code))));
    fields
}

pub(super) fn json(context: &Context<'_>, transit: &Transit, verdict: Option<&str>) -> Value {
    let rows = transit.rows.iter().enumerate().map(|(i, row)| Value::Object(row_fields(context, row, i + 1)));
    let round = transit.bypasses.iter().enumerate();
    let round = round.map(|(i, bypass)| Value::Object(bypass_fields(context, bypass, i + 1)));
    let mut answer = json!({
        "query": context.query_json(),
        "corridor": transit.corridor.iter().map(|code| code.as_str()).collect::<Vec<_>>(),
        "from": transit.from.as_str(),
        "to": transit.to.as_str(),
        "routes": rows.collect::<Vec<_>>(),
        "bypass": round.collect::<Vec<_>>(),
        "verdict": verdict,
    });
    if transit.rows.is_empty() {
        answer["reason"] = json!(reason(context, transit));
    }
    answer
}

fn reason(context: &Context<'_>, transit: &Transit) -> String {
    let codes: Vec<&str> = transit.corridor.iter().map(|code| code.as_str()).collect();
    format!(
        "no route from {} to {} along {}, whatever the status of its segments",
        context.place_name(&transit.from),
        context.place_name(&transit.to),
        codes.join(", ")
    )
}

pub(super) fn document(
    context: &Context<'_>,
    transit: &Transit,
    verdict: Option<&str>,
    map_note: Option<&str>,
) -> Document {
    let mut document = Document::default();
    let names: Vec<String> = transit.corridor.iter().map(|&code| context.country_name(code)).collect();
    document.title(names.join(" > "), context.in_words());
    match transit.rows.first() {
        Some(best) => say_best(&mut document, context, transit, best),
        None => document.say("", vec![format!("There is {}.", reason(context, transit))]),
    }
    let best = transit.rows.first().map(|row| &row.route);
    if !transit.bypasses.is_empty() {
        let middle = transit.corridor.iter().skip(1).take(transit.corridor.len().saturating_sub(2));
        let middle: Vec<String> = middle.map(|&code| context.country_name(code)).collect();
        document.heading(format!("Round {}", middle.join(" and ")));
        document.table(bypasses(context, &transit.bypasses, best));
    } else if transit.corridor.len() > 2 && best.is_some() {
        document.say("", vec!["Nothing usable goes round the middle of the corridor.".to_owned()]);
    }
    if let Some(verdict) = verdict {
        document.say("So", vec![verdict.to_owned()]);
    }
    if let Some(best) = best {
        say_assumed(&mut document, context, best, map_note);
    }
    document
}

fn say_best(document: &mut Document, context: &Context<'_>, transit: &Transit, best: &TransitRow) {
    let label = if best.missing.is_empty() { "Best" } else { "Best once it is there" };
    document.say(label, vec![way(context, &best.route), Transit::headline(&best.route)]);
    let wide = crossings(transit, true);
    document.table(if wide.width() <= WIDTH { wide } else { crossings(transit, false) });
    document.say("Not usable yet (*)", lacking(transit));
    document.heading("Who carries what, route 1, in MUSD over the term");
    document.table(ledger(&best.route));
}

/// What the routes that are not usable yet need, those that need the same in one line.
fn lacking(transit: &Transit) -> Vec<String> {
    let mut needs: Vec<(String, Vec<String>)> = Vec::new();
    for (i, row) in transit.rows.iter().enumerate().filter(|(_, row)| !row.missing.is_empty()) {
        let each = row.missing.iter().map(|(id, status)| format!("{id} ({})", status.as_str().replace('_', " ")));
        let needed = each.collect::<Vec<_>>().join(", ");
        match needs.iter_mut().find(|(known, _)| *known == needed) {
            Some((_, ranks)) => ranks.push((i + 1).to_string()),
            None => needs.push((needed, vec![(i + 1).to_string()])),
        }
    }
    let verb = |ranks: &[String]| if ranks.len() == 1 { "needs" } else { "need" };
    needs.iter().map(|(needed, ranks)| format!("{} {} {needed}", ranks.join(", "), verb(ranks))).collect()
}

/// One row for each combination of crossings; a star marks what is not usable yet.
fn crossings(transit: &Transit, with_range: bool) -> Table {
    let borders: Vec<String> = transit.corridor.windows(2).map(|pair| format!("<{}|{}", pair[0], pair[1])).collect();
    let mut headings = vec!["#"];
    headings.extend(borders.iter().map(String::as_str));
    headings.extend(["km", "RTT ms", "MUSD", "low-high", "USD/Mbps/mo", "up %", "against #1", ""]);
    let mut table = Table::new(&headings);
    let Some(first) = transit.rows.first() else { return table };
    let decimals = decimals(transit.rows.iter().map(|row| &row.route));
    for (i, row) in transit.rows.iter().enumerate() {
        let route = &row.route;
        let [ms, usd] = if i == 0 { [String::new(), String::new()] } else { against(route, &first.route) };
        let star = if row.missing.is_empty() { "" } else { "*" };
        let mut cells = vec![format!("{}{star}", i + 1)];
        for border in 0..borders.len() {
            cells.push(row.crossings.get(border).map_or_else(String::new, |name| shortened(name, 30)));
        }
        cells.extend([
            whole_km(route.length),
            format!("{:.1}", route.rtt_ms()),
            musd_to(route.bill.total(), decimals),
            if with_range { range(route, decimals) } else { String::new() },
            format!("{:.2}", route.usd_per_mbps_month),
            up_percent(route.availability),
            ms,
            usd,
        ]);
        table.row(cells);
    }
    table.without_empty_columns()
}

fn bypasses(context: &Context<'_>, bypasses: &[Bypass], best: Option<&Route>) -> Table {
    let mut table = Table::new(&["#", "<way", "km", "RTT ms", "MUSD", "up %", "against #1", ""]);
    let decimals = decimals(bypasses.iter().map(|bypass| &bypass.route));
    for (i, bypass) in bypasses.iter().enumerate() {
        let route = &bypass.route;
        let mut cells = vec![(i + 1).to_string(), shortened(&bypass.way(|code| context.country_name(code)), 48)];
        cells.extend(figure_cells(route, best, decimals));
        table.row(cells);
    }
    table.without_empty_columns()
}
