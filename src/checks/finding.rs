//! One thing found.

use super::rules::{Rule, find_rule};

/// Something that breaks a rule, and where.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The rule.
    pub rule: &'static Rule,
    /// The id of what it is about; empty where it is about a file.
    pub subject: String,
    /// The file, where known.
    pub file: Option<String>,
    /// The line, from 1, where known.
    pub line: Option<usize>,
    /// The field, where it is about one.
    pub field: Option<String>,
    /// What was found.
    pub text: String,
    /// What to do about it.
    pub hint: Option<String>,
    /// The numbers behind it: name with unit, and value.
    pub numbers: Vec<(&'static str, f64)>,
}

impl Finding {
    /// A finding by a rule's number.
    pub(super) fn new(id: &str, subject: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            rule: find_rule(id).expect("a finding names a rule of the list"),
            subject: subject.into(),
            file: None,
            line: None,
            field: None,
            text: text.into(),
            hint: None,
            numbers: Vec::new(),
        }
    }

    /// The same with a number behind it.
    pub(super) fn number(mut self, name: &'static str, value: f64) -> Self {
        self.numbers.push((name, value));
        self
    }

    /// The same with a hint.
    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// In order of the rules; within one, in the order in which they were found.
pub(super) fn in_order(mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.sort_by_key(|finding| finding.rule.id);
    findings
}

/// At most eight of the words, and how many more there are.
pub(super) fn some_of<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    const SHOWN: usize = 8;
    let words: Vec<&str> = words.into_iter().collect();
    let shown = words.iter().take(SHOWN).copied().collect::<Vec<_>>().join(", ");
    if words.len() > SHOWN { format!("{shown} and {} more", words.len() - SHOWN) } else { shown }
}
