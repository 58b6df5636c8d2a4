//! The answer of `scenario show`: a scenario as it will be computed.

use serde_json::{Value, json};

use super::document::{Document, Table};
use super::format::Format;
use crate::metrics::discount_rate;
use crate::request::Via;
use crate::scenario::Scenario;
use crate::units::{Gbps, grouped};

/// A resolved scenario, in a format; JSON for whatever is not a table.
#[must_use]
pub fn scenario_report(scenario: &Scenario, format: Format) -> String {
    match format {
        Format::Table => document(scenario).plain(),
        Format::Markdown => document(scenario).markdown(),
        Format::Json | Format::Csv | Format::GeoJson => format!("{:#}\n", as_json(scenario)),
    }
}

fn settings(scenario: &Scenario) -> Vec<(&'static str, String)> {
    let policy = &scenario.policy;
    let statuses: Vec<&str> = policy.statuses.iter().map(|status| status.as_str()).collect();
    let routing = &scenario.routing;
    let via: Vec<String> = routing.via.iter().map(Via::name).collect();
    let bound = |value: Option<f64>| value.map_or_else(String::new, |value| value.to_string());
    vec![
        ("network", scenario.network.meta().id.clone()),
        ("year", policy.year.to_string()),
        ("from", scenario.ends.0.clone().unwrap_or_default()),
        ("to", scenario.ends.1.clone().unwrap_or_default()),
        ("gbps", scenario.demand.gbps.get().to_string()),
        ("term_years", scenario.demand.term_years.to_string()),
        ("objective", routing.objective.to_string()),
        ("statuses", statuses.join(",")),
        ("via", via.join(",")),
        ("avoid", routing.avoid.names().join(",")),
        ("max_latency_ms", bound(routing.bounds.latency_fs.map(|fs| fs as f64 / 1e12))),
        ("max_cost_usd", bound(routing.bounds.cost_cents.map(|cents| cents as f64 / 100.0))),
        ("max_crossings", routing.bounds.crossings.map_or_else(String::new, |n| n.to_string())),
        ("in_order", routing.in_order.to_string()),
        ("max_length_km", bound(routing.bounds.length_m.map(|metres| metres as f64 / 1000.0))),
        ("min_availability", bound(routing.bounds.min_availability())),
        ("max_countries", bound(routing.bounds.countries.map(f64::from))),
        ("max_transit_countries", bound(routing.bounds.transit_countries.map(f64::from))),
        ("max_share", routing.shares.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")),
        ("media", policy.media.iter().flatten().map(|medium| medium.as_str()).collect::<Vec<_>>().join(",")),
        ("owners", policy.owners.iter().flatten().cloned().collect::<Vec<_>>().join(",")),
        ("min_gbps", bound(policy.min_capacity.map(Gbps::get))),
        ("strict_capacity", policy.strict_capacity.to_string()),
        ("min_confidence", policy.min_confidence.map_or_else(String::new, |c| c.to_string())),
        ("prices", scenario.book.id.clone()),
        ("currency", format!("{} of {}", scenario.book.currency, scenario.book.year)),
        ("discount_rate", discount_rate(&scenario.book).to_string()),
    ]
}

fn as_json(scenario: &Scenario) -> Value {
    let settings: serde_json::Map<String, Value> =
        settings(scenario).into_iter().map(|(key, value)| (key.to_owned(), json!(value))).collect();
    let changes: Vec<Value> =
        scenario.changes.iter().map(|change| json!({"why": change.why, "touched": change.touched})).collect();
    json!({
        "name": scenario.name,
        "about": scenario.about,
        "settings": settings,
        "changes": changes,
        "nodes": scenario.network.n_nodes(),
        "segments": scenario.network.n_segments(),
        "usable_segments": scenario.policy.usable(&scenario.network, scenario.demand.gbps).len(),
    })
}

fn document(scenario: &Scenario) -> Document {
    let mut document = Document::default();
    document.title(scenario.name.clone(), scenario.about.clone().unwrap_or_default());
    let mut table = Table::new(&["<setting", "<value"]);
    for (name, value) in settings(scenario).into_iter().filter(|(_, value)| !value.is_empty()) {
        table.row(vec![name.to_owned(), value]);
    }
    document.table(table);
    let usable = scenario.policy.usable(&scenario.network, scenario.demand.gbps);
    let km: f64 =
        usable.ids(&scenario.network).filter_map(|id| scenario.network.find_segment(id)).map(|s| s.length.km()).sum();
    document.say(
        "",
        vec![format!(
            "{} places, {} segments, of which {} with {} km may be used.",
            scenario.network.n_nodes(),
            scenario.network.n_segments(),
            usable.len(),
            grouped(km.round() as i64)
        )],
    );
    if !scenario.changes.is_empty() {
        document.heading("Changes, in order");
        let mut table = Table::new(&["#", "<why", "<touches"]);
        for (i, change) in scenario.changes.iter().enumerate() {
            let first: Vec<&str> = change.touched.iter().take(4).map(String::as_str).collect();
            let more = change.touched.len().saturating_sub(first.len());
            let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
            table.row(vec![(i + 1).to_string(), change.why.clone(), first.join(", ") + &rest]);
        }
        document.table(table);
    }
    document
}
