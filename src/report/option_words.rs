//! Constraints, bounds and what would open a route, as the caller would give them.

use std::collections::BTreeSet;
use std::fmt::Display;

use super::context::Context;
use super::option_name::OptionName;
use crate::analysis::{Bound, Bounded, Constraint, Relaxation, WayOut};
use crate::metrics::Criterion;
use crate::request::{MaxShare, shown_percent};

impl Context<'_> {
    /// A setting as the caller names it.
    pub(crate) fn name_of(&self, setting: OptionName) -> String {
        (self.wording)(setting, None)
    }

    /// A setting with a value, as the caller would give it.
    pub(crate) fn setting(&self, setting: OptionName, value: impl Display) -> String {
        (self.wording)(setting, Some(&value.to_string()))
    }

    /// A constraint as the caller would give it.
    pub(crate) fn constraint(&self, constraint: &Constraint) -> String {
        match constraint {
            Constraint::Bound(bound) => self.bound(bound),
            Constraint::Corridor(pattern) => self.setting(OptionName::Corridor, pattern),
            Constraint::InOrder => self.name_of(OptionName::InOrder),
            Constraint::Via(_, name) => self.setting(OptionName::Via, name),
            Constraint::AvoidNode(id) => self.setting(OptionName::Avoid, id),
            Constraint::AvoidCountry(country) => self.setting(OptionName::Avoid, country),
            Constraint::AvoidSegment(id) => self.setting(OptionName::Avoid, id),
            Constraint::AvoidSystem(system) => self.setting(OptionName::Avoid, system),
            Constraint::Media(media) => self.setting(OptionName::Medium, joined(media)),
            Constraint::Owners(owners) => self.setting(OptionName::Owner, joined(owners)),
            Constraint::MinCapacity(least) => self.setting(OptionName::MinGbps, least.get()),
            Constraint::StrictCapacity => self.name_of(OptionName::StrictCapacity),
            Constraint::MinConfidence(least) => self.setting(OptionName::MinConfidence, least),
            Constraint::Statuses(statuses) => self.setting(OptionName::Status, joined(statuses)),
        }
    }

    /// A bound as the caller would give it.
    pub(crate) fn bound(&self, bound: &Bound) -> String {
        let most = bound.most;
        match bound.of {
            Bounded::Of(of @ Criterion::Unavailability) => {
                self.setting(OptionName::Bound(of), format!("{}%", shown_percent(most)))
            }
            Bounded::Of(of) => self.setting(OptionName::Bound(of), of.answered(most)),
            Bounded::Share(of) => {
                let share = MaxShare { of, millionths: u32::try_from(most).unwrap_or(u32::MAX) };
                self.setting(OptionName::MaxShare, share)
            }
        }
    }

    /// What has to change, all together: `with --max-rtt-ms 25.8, without --avoid IR`.
    pub(crate) fn way_out(&self, way_out: &WayOut) -> String {
        let parts = ["with", "without"].into_iter().filter_map(|word| {
            let changes = way_out.changes.iter().map(|change| self.change(change));
            let of_word: Vec<String> = changes.filter(|(own, _)| *own == word).map(|(_, text)| text).collect();
            (!of_word.is_empty()).then(|| format!("{word} {}", of_word.join(" and ")))
        });
        parts.collect::<Vec<_>>().join(", ")
    }

    /// One change of a way out: `without --avoid IR`.
    pub(crate) fn relaxation(&self, change: &Relaxation) -> String {
        let (word, text) = self.change(change);
        format!("{word} {text}")
    }

    /// Whether the change is `with` or `without`, and what.
    fn change(&self, change: &Relaxation) -> (&'static str, String) {
        match change {
            Relaxation::Drop(constraint) => ("without", self.constraint(constraint)),
            Relaxation::Loosen { bound, .. } => ("with", self.bound(bound)),
            Relaxation::CountOn { needed, statuses } => {
                let ids: Vec<&str> = needed.iter().map(|(id, _)| id.as_str()).collect();
                ("with", format!("{} (needs {})", self.setting(OptionName::Status, joined(statuses)), ids.join(", ")))
            }
        }
    }
}

fn joined(words: &BTreeSet<impl Display>) -> String {
    words.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
}
