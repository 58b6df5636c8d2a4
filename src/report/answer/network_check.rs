//! The answers of `network check`: the findings, and the rules.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Answer;
use crate::checks::{Finding, RULES, Rule, Severity, Threshold};
use crate::report::Format;

/// The findings of `network check`, with the rules they break.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct NetworkCheckAnswer {
    /// Number of errors.
    pub errors: usize,
    /// Number of warnings.
    pub warnings: usize,
    /// Number of remarks.
    pub infos: usize,
    /// The findings, in order of their rules.
    pub findings: Vec<FindingJson>,
    /// Every rule, in order of its number.
    pub rules: Vec<RuleJson>,
}

/// The rules of `network check --rules`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct NetworkRulesAnswer {
    /// Every rule, in order of its number.
    pub rules: Vec<RuleJson>,
}

/// Something that breaks a rule.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FindingJson {
    /// Number of the rule.
    pub rule: String,
    /// Severity of the rule.
    pub severity: SeverityJson,
    /// Id of the row it is about; empty where it is about a file.
    pub subject: String,
    /// The file; null where none is known.
    pub file: Option<String>,
    /// The line, from 1; null where none is known.
    pub line: Option<usize>,
    /// The field; null where it is about none.
    pub field: Option<String>,
    /// The finding, in a sentence.
    pub text: String,
    /// A remedy; null where none is known.
    pub hint: Option<String>,
    /// The numbers behind it by name with unit, to three decimals; null where a number is not finite.
    pub numbers: IndexMap<String, Option<f64>>,
}

/// A rule of the check.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RuleJson {
    /// Its number, as in `N301`.
    pub id: String,
    /// Its severity.
    pub severity: SeverityJson,
    /// Its name in a few words.
    pub title: String,
    /// Its meaning and its remedy.
    pub meaning: String,
    /// Its threshold; null where it has none.
    pub threshold: Option<ThresholdJson>,
}

/// The severity of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SeverityJson {
    /// The data is wrong.
    Error,
    /// The data is odd: either wrong, or worth an explanation.
    Warning,
    /// Good to know.
    Info,
}

/// The threshold of a rule.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ThresholdJson {
    /// The number.
    pub value: f64,
    /// Its unit.
    pub unit: String,
}

impl Answer for NetworkCheckAnswer {
    const NAME: &'static str = "network-check";
    const FORMATS: &'static [Format] = &[Format::Table, Format::Json, Format::Csv, Format::Markdown];
}

impl Answer for NetworkRulesAnswer {
    const NAME: &'static str = "network-rules";
    const FORMATS: &'static [Format] = &[Format::Table, Format::Json, Format::Csv, Format::Markdown];
}

impl NetworkCheckAnswer {
    /// The answer of these findings.
    pub(crate) fn of(findings: &[Finding]) -> Self {
        let count = |severity| findings.iter().filter(|finding| finding.rule.severity == severity).count();
        Self {
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            infos: count(Severity::Info),
            findings: findings.iter().map(FindingJson::of).collect(),
            rules: RULES.iter().map(RuleJson::of).collect(),
        }
    }
}

impl NetworkRulesAnswer {
    /// The answer: every rule.
    pub(crate) fn all() -> Self {
        Self { rules: RULES.iter().map(RuleJson::of).collect() }
    }
}

impl FindingJson {
    fn of(finding: &Finding) -> Self {
        let number = |&(name, value): &(&str, f64)| (name.to_owned(), to_thousandths(value));
        Self {
            rule: finding.rule.id.to_owned(),
            severity: finding.rule.severity.into(),
            subject: finding.subject.clone(),
            file: finding.file.clone(),
            line: finding.line,
            field: finding.field.clone(),
            text: finding.text.clone(),
            hint: finding.hint.clone(),
            numbers: finding.numbers.iter().map(number).collect(),
        }
    }
}

impl RuleJson {
    fn of(rule: &Rule) -> Self {
        Self {
            id: rule.id.to_owned(),
            severity: rule.severity.into(),
            title: rule.title.to_owned(),
            meaning: rule.meaning.to_owned(),
            threshold: rule.threshold.map(|Threshold { value, unit }| ThresholdJson { value, unit: unit.to_owned() }),
        }
    }
}

impl From<Severity> for SeverityJson {
    fn from(severity: Severity) -> Self {
        match severity {
            Severity::Error => Self::Error,
            Severity::Warning => Self::Warning,
            Severity::Info => Self::Info,
        }
    }
}

/// A number to three decimals, where it is finite.
fn to_thousandths(value: f64) -> Option<f64> {
    value.is_finite().then(|| (value * 1000.0).round() / 1000.0)
}
