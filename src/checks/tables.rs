//! Findings and figures as plain text and as JSON.

use std::fmt::Write;

use serde_json::{Value, json};

use super::finding::Finding;
use super::rules::{RULES, Rule, Severity};
use super::stats::{Stats, Tally};
use crate::network::Confidence;
use crate::units::grouped;

/// Findings as text: errors first, each rule with its threshold, and a last line that counts.
#[must_use]
pub fn findings_table(findings: &[Finding]) -> String {
    let mut text = String::new();
    let mut rules: Vec<&Rule> = findings.iter().map(|finding| finding.rule).collect();
    rules.sort_by_key(|rule| (rule.severity, rule.id));
    rules.dedup_by_key(|rule| rule.id);
    for rule in rules {
        text += &format!("{:<7} {}  {}\n", rule.severity.as_str(), rule.id, titled(rule));
        for finding in findings.iter().filter(|finding| finding.rule.id == rule.id) {
            text += &format!("        {}\n", line_of(finding));
            if let Some(hint) = &finding.hint {
                text += &format!("            hint: {hint}\n");
            }
        }
    }
    text + &format!("{}; {} rules\n", summary(findings), RULES.len())
}

/// Every rule with its severity, threshold and meaning.
#[must_use]
pub fn rules_table() -> String {
    let mut text = String::new();
    for rule in RULES {
        text +=
            &format!("{:<7} {}  {}\n              {}\n", rule.severity.as_str(), rule.id, titled(rule), rule.meaning);
    }
    text
}

fn titled(rule: &Rule) -> String {
    rule.threshold.map_or_else(|| rule.title.to_owned(), |at| format!("{} (threshold {at})", rule.title))
}

fn line_of(finding: &Finding) -> String {
    let mut line = finding.file.clone().unwrap_or_default();
    if let Some(number) = finding.line {
        let _ = write!(line, ":{number}");
    }
    for part in [Some(finding.subject.as_str()), finding.field.as_deref()].into_iter().flatten() {
        if !part.is_empty() {
            line += if line.is_empty() { "" } else { " " };
            line += part;
        }
    }
    if line.is_empty() { finding.text.clone() } else { format!("{line}: {}", finding.text) }
}

fn count(findings: &[Finding], severity: Severity) -> usize {
    findings.iter().filter(|finding| finding.rule.severity == severity).count()
}

fn summary(findings: &[Finding]) -> String {
    let counted = |severity: Severity, one: &str, many: &str| {
        let n = count(findings, severity);
        format!("{n} {}", if n == 1 { one } else { many })
    };
    format!(
        "{}, {}, {}",
        counted(Severity::Error, "error", "errors"),
        counted(Severity::Warning, "warning", "warnings"),
        counted(Severity::Info, "remark", "remarks"),
    )
}

/// Findings as JSON: `{"errors": 0, "warnings": 0, "infos": 0, "findings": [...], "rules": [...]}`.
#[must_use]
pub fn findings_json(findings: &[Finding]) -> Value {
    let finding = |finding: &Finding| {
        let numbers: serde_json::Map<String, Value> =
            finding.numbers.iter().map(|&(name, value)| (name.to_owned(), finite(value))).collect();
        json!({
            "rule": finding.rule.id, "severity": finding.rule.severity.as_str(), "subject": finding.subject,
            "file": finding.file, "line": finding.line, "field": finding.field, "text": finding.text,
            "hint": finding.hint, "numbers": numbers,
        })
    };
    let rule = |rule: &Rule| {
        json!({
            "id": rule.id, "severity": rule.severity.as_str(), "title": rule.title, "meaning": rule.meaning,
            "threshold": rule.threshold.map(|at| json!({"value": at.value, "unit": at.unit})),
        })
    };
    json!({
        "errors": count(findings, Severity::Error),
        "warnings": count(findings, Severity::Warning),
        "infos": count(findings, Severity::Info),
        "findings": findings.iter().map(finding).collect::<Vec<_>>(),
        "rules": RULES.iter().map(rule).collect::<Vec<_>>(),
    })
}

fn finite(value: f64) -> Value {
    if value.is_finite() { json!((value * 1000.0).round() / 1000.0) } else { Value::Null }
}

/// Figures as text.
#[must_use]
pub fn stats_table(stats: &Stats) -> String {
    let mut text = format!(
        "{} ({}), {}\n{} nodes in {} countries, {} segments, {}, {}, {} {}\n",
        stats.name,
        stats.id,
        stats.date,
        grouped(stats.n_nodes as i64),
        stats.n_countries(),
        grouped(stats.segments.n_segments as i64),
        stats.segments.length,
        if stats.n_parts == 1 { "one part".to_owned() } else { format!("{} parts", stats.n_parts) },
        stats.n_sources,
        if stats.n_sources == 1 { "source" } else { "sources" },
    );
    let share = stats.assumed_share().map_or_else(|| "-".to_owned(), |share| format!("{:.1} %", 100.0 * share));
    let (lit, assumed) = (stats.in_service, stats.assumed_in_service);
    text += &format!(
        "in service: {} segments, {}; assumed of that: {} ({share})\n",
        lit.n_segments, lit.length, assumed.length
    );
    text += &section("nodes by kind", &["nodes"], rows(&stats.nodes_by_kind, |n| vec![grouped(*n as i64)]));
    text += &tallies("segments by medium", &stats.by_medium);
    text += &tallies("segments by status", &stats.by_status);
    let by_confidence: Vec<(&str, Tally)> =
        stats.by_confidence.iter().map(|(confidence, tally)| (confidence_word(*confidence), *tally)).collect();
    text += &tallies("segments by confidence", &by_confidence);
    text += &tallies("segments by source of their length", &stats.by_length_kind);
    text += &tallies("segments by country (XZ: sea)", &stats.by_country);
    text += &tallies("segments by system", &stats.by_system);
    let parallel = stats.parallel.iter().map(|(a, b, n)| (format!("{a} - {b}"), vec![n.to_string()]));
    text + &section("parallel segments", &["segments"], parallel.collect())
}

fn confidence_word(confidence: Option<Confidence>) -> &'static str {
    confidence.map_or("(not stated)", Confidence::as_str)
}

fn rows<K: ToString, V>(list: &[(K, V)], cells: impl Fn(&V) -> Vec<String>) -> Vec<(String, Vec<String>)> {
    list.iter().map(|(key, value)| (key.to_string(), cells(value))).collect()
}

fn tallies<K: ToString>(title: &str, list: &[(K, Tally)]) -> String {
    let cells = |tally: &Tally| vec![grouped(tally.n_segments as i64), grouped(tally.length.km().round() as i64)];
    section(title, &["segments", "km"], rows(list, cells))
}

/// A titled table whose numbers are set right; nothing if it has no rows.
fn section(title: &str, columns: &[&str], rows: Vec<(String, Vec<String>)>) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let wide = |text: &str| text.chars().count();
    let first = rows.iter().map(|(key, _)| wide(key) + 2).chain([wide(title)]).max().unwrap_or(0);
    let widths: Vec<usize> = columns
        .iter()
        .enumerate()
        .map(|(i, column)| rows.iter().map(|(_, cells)| wide(&cells[i])).chain([wide(column)]).max().unwrap_or(0))
        .collect();
    let line = |key: &str, cells: &[&str]| {
        let cells: String = cells.iter().zip(&widths).map(|(cell, &width)| format!("  {cell:>width$}")).collect();
        format!("{key:<first$}{cells}\n")
    };
    let mut text = format!("\n{}", line(title, columns));
    for (key, cells) in &rows {
        text += &line(&format!("  {key}"), &cells.iter().map(String::as_str).collect::<Vec<_>>());
    }
    text
}

/// Figures as JSON: counts as whole numbers, lengths in km.
#[must_use]
pub fn stats_json(stats: &Stats) -> Value {
    fn tally(tally: &Tally) -> Value {
        json!({"segments": tally.n_segments, "km": tally.length.km()})
    }
    fn object<K: ToString, V>(list: &[(K, V)], value: impl Fn(&V) -> Value) -> Value {
        Value::Object(list.iter().map(|(key, item)| (key.to_string(), value(item))).collect())
    }
    let by_confidence: Vec<(&str, Tally)> = stats
        .by_confidence
        .iter()
        .map(|(confidence, tally)| (confidence.map_or("not_stated", Confidence::as_str), *tally))
        .collect();
    json!({
        "id": stats.id, "name": stats.name, "date": stats.date,
        "nodes": stats.n_nodes, "countries": stats.n_countries(), "sources": stats.n_sources, "parts": stats.n_parts,
        "segments": tally(&stats.segments), "in_service": tally(&stats.in_service),
        "assumed_in_service": tally(&stats.assumed_in_service), "assumed_share": stats.assumed_share(),
        "nodes_by_kind": object(&stats.nodes_by_kind, |n| json!(n)),
        "nodes_by_country": object(&stats.nodes_by_country, |n| json!(n)),
        "by_medium": object(&stats.by_medium, tally), "by_status": object(&stats.by_status, tally),
        "by_confidence": object(&by_confidence, tally),
        "by_length_kind": object(&stats.by_length_kind, tally),
        "by_country": object(&stats.by_country, tally), "by_system": object(&stats.by_system, tally),
        "parallel": stats.parallel.iter()
            .map(|(a, b, n)| json!({"nodes": [a.as_str(), b.as_str()], "segments": n})).collect::<Vec<_>>(),
    })
}
