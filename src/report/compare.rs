//! The answer of `compare`: scenarios side by side.

use serde_json::{Value, json};

use super::context::Context;
use super::csv_rows::cells_text;
use super::document::{Document, Table};
use super::features::feature_collection;
use super::format::Format;
use super::ledger::{musd, up_percent, way, whole_km};
use super::route_json::{route_fields, route_json};
use crate::metrics::cost::significant;
use crate::scenario::{Compared, Comparison, Figure, InputChange, Scenario};

/// Input changes of one scenario shown in a table; the rest is counted.
const MOST_INPUTS: usize = 12;

/// Scenarios side by side, in a format. The context is that of the first; `scenarios` are those of the comparison.
#[must_use]
pub fn compare_report(
    context: &Context<'_>,
    scenarios: &[Scenario],
    comparison: &Comparison,
    map_note: Option<&str>,
    format: Format,
) -> String {
    match format {
        Format::Table => document(context, scenarios, comparison, map_note).plain(),
        Format::Markdown => document(context, scenarios, comparison, map_note).markdown(),
        Format::Json => format!("{:#}\n", as_json(context, scenarios, comparison)),
        Format::Csv => csv(comparison),
        Format::GeoJson => {
            let mut features = Vec::new();
            let mut all = json!({});
            for (scenario, compared) in scenarios.iter().zip(&comparison.scenarios) {
                let own = Context { network: &scenario.network, ..context.clone() };
                let with_name = |(i, route)| {
                    let mut fields = route_fields(&own, route, i + 1);
                    fields.insert("scenario".to_owned(), json!(compared.name));
                    (fields, route)
                };
                let mut part = feature_collection(&own, compared.routes.iter().enumerate().map(with_name).collect());
                if let Some(list) = part["features"].as_array_mut() {
                    features.append(list);
                }
                all = part;
            }
            all["features"] = Value::Array(features);
            format!("{all:#}\n")
        }
    }
}

fn as_json(context: &Context<'_>, scenarios: &[Scenario], comparison: &Comparison) -> Value {
    let cases: Vec<Value> = scenarios.iter().zip(&comparison.scenarios).map(|(s, c)| case_json(context, s, c)).collect();
    let mut differences = Vec::new();
    for compared in &comparison.scenarios {
        for figure in &compared.figures {
            differences.push(json!({
                "scenario": compared.name,
                "rank": figure.rank,
                "country": figure.country.map(|country| country.to_string()),
                "figure": figure.name,
                "unit": figure.unit,
                "base": figure.base,
                "other": figure.other,
                "absolute": figure.absolute(),
                "percent": figure.percent(),
            }));
        }
    }
    json!({"query": context.query_json(), "scenarios": cases, "differences": differences})
}

fn case_json(context: &Context<'_>, scenario: &Scenario, compared: &Compared) -> Value {
    let own = Context { network: &scenario.network, ..context.clone() };
    let routes: Value = compared.routes.iter().enumerate().map(|(i, route)| route_json(&own, route, i + 1)).collect();
    let input = |change: &InputChange| {
        json!({"kind": change.kind, "id": change.id, "field": change.field, "old": change.old, "new": change.new})
    };
    let mut case = json!({
        "name": compared.name,
        "about": scenario.about,
        "year": scenario.policy.year,
        "routes": routes,
        "inputs": compared.inputs.iter().map(input).collect::<Vec<_>>(),
        "changes": scenario.changes.iter().map(|c| json!({"why": c.why, "touched": c.touched})).collect::<Vec<_>>(),
    });
    if let Some(obstacle) = &compared.obstacle {
        case["reason"] = json!(format!("no route {}", obstacle.asked));
    }
    case
}

fn csv(comparison: &Comparison) -> String {
    let head = ["scenario", "rank", "country", "figure", "unit", "base", "other", "absolute", "percent"];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    let shown = |value: Option<f64>| value.map_or_else(String::new, |value| value.to_string());
    for compared in &comparison.scenarios {
        for figure in &compared.figures {
            rows.push(vec![
                compared.name.clone(),
                figure.rank.to_string(),
                figure.country.map_or_else(String::new, |country| country.to_string()),
                figure.name.to_owned(),
                figure.unit.to_owned(),
                shown(figure.base),
                shown(figure.other),
                shown(figure.absolute()),
                shown(figure.percent()),
            ]);
        }
    }
    cells_text(&rows)
}

fn document(
    context: &Context<'_>,
    scenarios: &[Scenario],
    comparison: &Comparison,
    map_note: Option<&str>,
) -> Document {
    let mut document = Document::default();
    let names: Vec<&str> = comparison.scenarios.iter().map(|compared| compared.name.as_str()).collect();
    let from_to = format!("{} > {}", context.name_typed(&context.asked.from), context.name_typed(&context.asked.to));
    document.title(format!("{}: {from_to}", names.join(" | ")), context.in_words());
    document.table(overview(comparison));
    for (scenario, compared) in scenarios.iter().zip(&comparison.scenarios) {
        let own = Context { network: &scenario.network, ..context.clone() };
        document.heading(match &scenario.about {
            Some(about) => format!("{}: {about}", compared.name),
            None => compared.name.clone(),
        });
        match (compared.routes.first(), &compared.obstacle) {
            (Some(best), _) => document.say("Best", vec![way(&own, best)]),
            (None, Some(obstacle)) => document.say("Best", vec![format!("there is no route {}.", obstacle.asked)]),
            (None, None) => {}
        }
        document.say("Goes in otherwise", inputs(&compared.inputs));
        if !compared.figures.is_empty() {
            document.table(differences(&compared.figures));
        } else if compared.name != comparison.scenarios[0].name {
            document.say("", vec!["Nothing comes out otherwise.".to_owned()]);
        }
    }
    if let Some(map) = map_note {
        document.say("Map", vec![map.to_owned()]);
    }
    document
}

/// The best route of each scenario, against the first's.
fn overview(comparison: &Comparison) -> Table {
    let mut table =
        Table::new(&["<scenario", "<countries", "km", "RTT ms", "MUSD", "USD/Mbps/mo", "up %", "ms", "MUSD +/-"]);
    let base = comparison.scenarios.first().and_then(|first| first.routes.first());
    for (i, compared) in comparison.scenarios.iter().enumerate() {
        let Some(route) = compared.routes.first() else {
            let mut cells = vec![compared.name.clone(), "no route".to_owned()];
            cells.resize(9, String::new());
            table.row(cells);
            continue;
        };
        let codes: Vec<&str> = route.countries.iter().map(|code| code.as_str()).collect();
        let against = base.filter(|_| i > 0).map(|base| {
            let usd = route.bill.total().millions() - base.bill.total().millions();
            (format!("{:+.1}", route.rtt_ms() - base.rtt_ms()), format!("{usd:+.1}"))
        });
        let (ms, usd) = against.unwrap_or_default();
        table.row(vec![
            compared.name.clone(),
            codes.join(" "),
            whole_km(route.length),
            format!("{:.1}", route.rtt_ms()),
            musd(route.bill.total()),
            format!("{:.2}", route.usd_per_mbps_month),
            up_percent(route.availability),
            ms,
            usd,
        ]);
    }
    table
}

fn inputs(changes: &[InputChange]) -> Vec<String> {
    let mut lines: Vec<String> = changes
        .iter()
        .take(MOST_INPUTS)
        .map(|change| {
            let field = if change.field.is_empty() { String::new() } else { format!(" {}", change.field) };
            let value = |text: &str| if text.is_empty() { "nothing".to_owned() } else { text.to_owned() };
            format!("{} {}{field}: {} -> {}", change.kind, change.id, value(&change.old), value(&change.new))
        })
        .collect();
    if changes.len() > MOST_INPUTS {
        lines.push(format!("and {} more (--format json lists all)", changes.len() - MOST_INPUTS));
    }
    lines
}

/// The figures that differ; those that do not are left out.
fn differences(figures: &[Figure]) -> Table {
    let mut table = Table::new(&["#", "<where", "<figure", "base", "here", "difference", "%"]);
    let differs = |figure: &&Figure| figure.absolute().is_none_or(|difference| difference != 0.0);
    for figure in figures.iter().filter(differs) {
        let number = |value: Option<f64>| {
            value.map_or_else(|| "none".to_owned(), |value| with_unit(value, figure.unit))
        };
        table.row(vec![
            figure.rank.to_string(),
            figure.country.map_or_else(|| "route".to_owned(), |country| country.to_string()),
            figure.name.to_owned(),
            number(figure.base),
            number(figure.other),
            figure.absolute().map_or_else(String::new, |value| {
                let sign = if value > 0.0 { "+" } else { "" };
                format!("{sign}{}", with_unit(value, figure.unit))
            }),
            figure.percent().map_or_else(String::new, |percent| format!("{percent:+.1}")),
        ]);
    }
    table
}

fn with_unit(value: f64, unit: &str) -> String {
    match unit {
        "USD" => format!("{:.2} MUSD", value / 1e6),
        "km" => format!("{value:.0} km"),
        "ms" => format!("{value:.2} ms"),
        "%" => format!("{value:.3} %"),
        "" => significant(value),
        other => format!("{value:.2} {other}"),
    }
}
