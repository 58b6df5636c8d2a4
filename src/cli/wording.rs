//! The names of settings on the command line.

use super::bounds::flag;
use crate::report::OptionName;

/// A setting as it is typed, with a value where one is meant: `--via "Spin Boldak"`. One that has no option stands as in a
/// scenario.
pub(super) fn option(setting: OptionName, value: Option<&str>) -> String {
    let name = match setting {
        OptionName::Bound(of) => &flag(of),
        OptionName::MaxShare => "--max-share",
        OptionName::Corridor => "--corridor",
        OptionName::InOrder => "--in-order",
        OptionName::Via => "--via",
        OptionName::Avoid => "--avoid",
        OptionName::Medium => "--medium",
        OptionName::Owner => "--owner",
        OptionName::MinGbps => "--min-gbps",
        OptionName::StrictCapacity => "--strict-capacity",
        OptionName::MinConfidence => setting.as_str(),
        OptionName::Status => "--status",
        OptionName::ServiceYear => "--service-year",
        OptionName::Json => "--format json",
        OptionName::Explain => "--explain",
        OptionName::ExplainRoute => "`fiberplan route --explain`",
        OptionName::ExplainRoutes => "`fiberplan route ... --explain`",
        OptionName::ExplainAnyRoute => "`fiberplan route FROM TO --explain`",
    };
    value.map_or_else(|| name.to_owned(), |value| format!("{name} {}", quoted(value)))
}

/// A word as a shell takes it.
fn quoted(word: &str) -> String {
    if word.contains(|c: char| !c.is_alphanumeric() && !"-_.,=%".contains(c)) {
        format!("\"{word}\"")
    } else {
        word.to_owned()
    }
}
