//! The answers of `network check`: findings by rule, and the rules.

use super::answer::{NetworkCheckAnswer, NetworkRulesAnswer};
use super::cell::Cell;
use super::document::Document;
use super::records::Records;
use super::rendering::Report;
use crate::checks::{Finding, RULES, Rule, Severity};

/// Spaces before a finding.
const FINDING_INDENT: usize = 8;

/// Spaces before the meaning of a rule.
const MEANING_INDENT: usize = 14;

/// Findings in a network. The numbers behind them stand in JSON only.
#[derive(Debug, Clone, Copy)]
pub struct NetworkCheckReport<'a> {
    /// The findings, in order of their rules.
    pub findings: &'a [Finding],
}

/// Every rule of the check.
#[derive(Debug, Clone, Copy)]
pub struct NetworkRulesReport;

impl Report for NetworkCheckReport<'_> {
    type Answer = NetworkCheckAnswer;

    fn answer(&self) -> NetworkCheckAnswer {
        NetworkCheckAnswer::of(self.findings)
    }

    /// Errors first, each rule with its threshold, and a last line that counts.
    fn document(&self) -> Document {
        let mut rules: Vec<&Rule> = self.findings.iter().map(|finding| finding.rule).collect();
        rules.sort_by_key(|rule| (rule.severity, rule.id));
        rules.dedup_by_key(|rule| rule.id);
        let mut document = Document::default();
        for rule in rules {
            let broken = self.findings.iter().filter(|finding| finding.rule.id == rule.id);
            document.listing(titled(rule), FINDING_INDENT, broken.map(lines_of).collect());
        }
        document.say("", vec![format!("{}; {} rules", summary(self.findings), RULES.len())]);
        document
    }

    fn records(&self) -> Records {
        let mut records = Records::new(["rule", "severity", "subject", "file", "line", "field", "finding", "hint"]);
        let text = |text: &Option<String>| text.as_deref().map_or(Cell::Empty, Cell::from);
        for finding in self.findings {
            records.row([
                finding.rule.id.into(),
                finding.rule.severity.as_str().into(),
                finding.subject.as_str().into(),
                text(&finding.file),
                finding.line.map_or(Cell::Empty, |line| Cell::Count(line as u64)),
                text(&finding.field),
                finding.text.as_str().into(),
                text(&finding.hint),
            ]);
        }
        records
    }
}

impl Report for NetworkRulesReport {
    type Answer = NetworkRulesAnswer;

    fn answer(&self) -> NetworkRulesAnswer {
        NetworkRulesAnswer::all()
    }

    fn document(&self) -> Document {
        let mut document = Document::default();
        for rule in RULES {
            document.listing(titled(rule), MEANING_INDENT, vec![vec![rule.meaning.to_owned()]]);
        }
        document
    }

    fn records(&self) -> Records {
        let mut records = Records::new(["rule", "severity", "title", "threshold", "threshold_unit", "meaning"]);
        for rule in RULES {
            records.row([
                rule.id.into(),
                rule.severity.as_str().into(),
                rule.title.into(),
                Cell::exact(rule.threshold.map(|at| at.value)),
                rule.threshold.map_or(Cell::Empty, |at| at.unit.into()),
                rule.meaning.into(),
            ]);
        }
        records
    }
}

fn titled(rule: &Rule) -> String {
    let threshold = rule.threshold.map_or_else(String::new, |at| format!(" (threshold {at})"));
    format!("{:<7} {}  {}{threshold}", rule.severity.as_str(), rule.id, rule.title)
}

/// `file:line subject field: text`, and the hint.
fn lines_of(finding: &Finding) -> Vec<String> {
    let place = match (&finding.file, finding.line) {
        (Some(file), Some(line)) => format!("{file}:{line}"),
        (Some(file), None) => file.clone(),
        (None, Some(line)) => format!(":{line}"),
        (None, None) => String::new(),
    };
    let field = finding.field.as_deref().unwrap_or_default();
    let parts: Vec<&str> =
        [place.as_str(), &finding.subject, field].into_iter().filter(|part| !part.is_empty()).collect();
    let line = if parts.is_empty() { finding.text.clone() } else { format!("{}: {}", parts.join(" "), finding.text) };
    std::iter::once(line).chain(finding.hint.iter().map(|hint| format!("hint: {hint}"))).collect()
}

fn summary(findings: &[Finding]) -> String {
    let counted = |severity: Severity, one: &str, many: &str| {
        let n = findings.iter().filter(|finding| finding.rule.severity == severity).count();
        format!("{n} {}", if n == 1 { one } else { many })
    };
    format!(
        "{}, {}, {}",
        counted(Severity::Error, "error", "errors"),
        counted(Severity::Warning, "warning", "warnings"),
        counted(Severity::Info, "remark", "remarks"),
    )
}
