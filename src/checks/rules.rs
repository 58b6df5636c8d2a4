//! The rules: number, severity, threshold, meaning. A number is given once and never to another rule.

use std::fmt;

use crate::network::{GEODESIC_TOLERANCE_KM, SAME_CROSSING_KM};

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Severity {
    /// The data is wrong.
    Error,
    /// The data is odd: either wrong, or worth an explanation.
    Warning,
    /// Good to know.
    Info,
}

/// Where a rule draws its line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Threshold {
    /// The number.
    pub value: f64,
    /// Its unit.
    pub unit: &'static str,
}

/// A rule.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rule {
    /// Its number, as in `N301`.
    pub id: &'static str,
    /// How bad it is to break it.
    pub severity: Severity,
    /// What is found, in a few words.
    pub title: &'static str,
    /// Where the line is drawn, if one is.
    pub threshold: Option<Threshold>,
    /// What it means and what to do about it.
    pub meaning: &'static str,
}

/// Least geodesic distance for which a stretch is judged, km.
pub(super) const LEAST_JUDGED_KM: f64 = 5.0;
/// How much shorter than its drawn way a stated length may be, percent.
pub(super) const SHORTER_PERCENT: f64 = 2.0;
/// How far from its node a drawn way may end, km.
pub(super) const WAY_END_KM: f64 = 1.0;
/// How much of a land line may be at sea, and of a sea line on land, km.
pub(super) const WRONG_GROUND_KM: f64 = 10.0;
/// How far outside its country a node may be, km.
pub(super) const OUTSIDE_KM: f64 = 5.0;
/// How far from the coast a landing station may be, km.
pub(super) const COAST_KM: f64 = 10.0;
/// How much of the length in service may be assumed, percent.
pub(super) const ASSUMED_PERCENT: f64 = 45.0;

const fn rule(id: &'static str, severity: Severity, title: &'static str, meaning: &'static str) -> Rule {
    Rule { id, severity, title, threshold: None, meaning }
}

impl Rule {
    const fn at(self, value: f64, unit: &'static str) -> Self {
        Self { threshold: Some(Threshold { value, unit }), ..self }
    }
}

use Severity::{Error, Info, Warning};

/// Every rule, in order of its number.
pub const RULES: &[Rule] = &[
    rule("N101", Error, "file cannot be read", "A file is missing, is no text or does not have its format."),
    rule("N102", Error, "unknown column or key", "Nothing would read it: it is misspelt, or belongs elsewhere."),
    rule("N103", Error, "missing column, key or value", "Without it the row or file means nothing."),
    rule("N104", Error, "bad value", "A cell holds a word, a number or a line that cannot stand there."),
    rule("N105", Error, "duplicate id", "Two rows share an id; the second is not used. Parallel cables need ids of their own."),
    rule("N106", Error, "dangling end", "A segment begins or ends at a node that is not there."),
    rule("N107", Error, "unknown source", "A row cites a source that sources.csv does not hold."),
    rule("N108", Error, "foreign gateway", "A gateway is not a node of its country."),
    rule("N201", Error, "node without a source", "Every node cites at least one source."),
    rule("N202", Error, "segment without a source", "Every segment cites at least one source."),
    rule("N203", Info, "confidence missing", "Segments without a confidence count as assumed."),
    rule("N204", Info, "assumed length in service", "The share of the length in service that no source confirms."),
    rule("N205", Warning, "much of the length in service is assumed", "Answers rest on guesses more than on sources.")
        .at(ASSUMED_PERCENT, "%"),
    rule("N206", Info, "capacity missing", "Segments without a capacity pass every filter on capacity."),
    rule("N207", Info, "terrain missing", "Segments without a terrain are priced as plain, or as deep sea."),
    rule("N301", Error, "stated length below the geodesic", "No cable is that short; an estimate is used instead. The tolerance is how well places are known.")
        .at(GEODESIC_TOLERANCE_KM, "km"),
    rule("N302", Warning, "stretch out of its band", "Length over geodesic is beyond what its medium and terrain explain; the band is named in each finding. Shorter distances than the threshold are not judged.")
        .at(LEAST_JUDGED_KM, "km"),
    rule("N303", Warning, "stated length below the drawn way", "The drawn way is not the one measured, or the length is wrong. Half a kilometre is always granted.")
        .at(SHORTER_PERCENT, "%"),
    rule("N304", Error, "drawn way does not end at its nodes", "The way belongs to other nodes, or runs from `to` to `from`.")
        .at(WAY_END_KM, "km"),
    rule("N401", Warning, "land line over open sea", "The way is not drawn, a bridge is meant, or the medium is wrong. Stretches under 1 km are the map's error.")
        .at(WRONG_GROUND_KM, "km"),
    rule("N402", Warning, "sea line over land", "The way is not drawn, or the medium is wrong. Stretches under 1 km are the map's error.")
        .at(WRONG_GROUND_KM, "km"),
    rule("N403", Error, "node outside its country", "Longitude and latitude or the country code are wrong.").at(OUTSIDE_KM, "km"),
    rule("N404", Info, "country not on the base map", "Whether its nodes lie in it cannot be told."),
    rule("N405", Warning, "border crossing far from any border", "It is no border crossing, or stands in the wrong place.")
        .at(SAME_CROSSING_KM, "km"),
    rule("N406", Warning, "landing station far from the coast", "It is no landing station, or stands in the wrong place.")
        .at(COAST_KM, "km"),
    rule("N501", Error, "part that is not joined to the rest", "No route leads out of it, whatever the statuses."),
    rule("N502", Warning, "isolated node", "No segment begins or ends there."),
    rule("N503", Warning, "country without a lit gateway", "None of its gateways has a segment in service, so no route begins or ends in it today."),
    rule("N601", Error, "retired before it is ready", "`retire_year` is the first year without service and must come after `ready_year`."),
    rule("N602", Warning, "in service before it is ready", "`ready_year` is after the year of the network's date, so it is not used yet."),
    rule("N603", Warning, "in service after its end", "`retire_year` has come by the network's date, so it is not used any more."),
    rule("N604", Info, "overdue", "Not in service although `ready_year` has passed by the network's date."),
    rule("N605", Info, "date without a year", "The network's date does not begin with a year, so N602 to N604 are not checked."),
    rule("N606", Warning, "laid with something, but not built", "`laid_with` makes building cheaper; this segment is there already or is leased, so nothing of it is used."),
    rule("N701", Error, "price missing", "The price book lacks an entry that figures need."),
    rule("N702", Info, "default price", "Countries of the network for which a price falls back to the default."),
    rule("N703", Warning, "terrain does not fit the medium", "Land lines on a sea bed are priced as plain, sea lines on land as deep sea."),
];

/// The rule of that number.
#[must_use]
pub fn find_rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.id == id)
}

impl Severity {
    /// The word for it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Display for Threshold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.value, self.unit)
    }
}
