//! A scenario as its file states it.

use std::collections::BTreeSet;
use std::str::FromStr;

use super::change::{Change, parse_change};
use crate::formats::{FileError, Problem, TomlTable, TomlValue, parse_toml};
use crate::metrics::{BoundForm, Criterion};
use crate::network::{Confidence, CountryCodeError, Medium, Status, UnknownWord};
use crate::request::{Bounds, Objective, ObjectiveError, ShareOf, parse_percent};
use crate::units::Gbps;

/// A scenario file, unresolved: what it leaves out comes from the scenario it extends, or from the defaults.
#[derive(Debug, Clone)]
pub struct ScenarioFile {
    /// Its name.
    pub name: String,
    /// What it is about, in a sentence.
    pub about: Option<String>,
    /// The network it stands on: a shipped one's id, or a path.
    pub network: Option<TomlValue>,
    /// The scenario it goes on from: a shipped one's name, or a path.
    pub extends: Option<TomlValue>,
    /// The year it describes.
    pub year: Option<i32>,
    /// The demand.
    pub demand: DemandFile,
    /// How to route.
    pub routing: RoutingFile,
    /// Price overrides by entry name.
    pub prices: Vec<(String, TomlValue)>,
    /// The changes, in order.
    pub changes: Vec<Change>,
}

/// The `[demand]` table.
#[derive(Debug, Clone, Default)]
pub struct DemandFile {
    /// Where from.
    pub from: Option<TomlValue>,
    /// Where to.
    pub to: Option<TomlValue>,
    /// How much.
    pub gbps: Option<Gbps>,
    /// For how long.
    pub term_years: Option<u32>,
}

/// The `[routing]` table.
#[derive(Debug, Clone, Default)]
pub struct RoutingFile {
    /// What to be best at.
    pub objective: Option<Objective>,
    /// What to pass.
    pub via: Option<Vec<TomlValue>>,
    /// What not to touch.
    pub avoid: Option<Vec<TomlValue>>,
    /// Statuses that count.
    pub statuses: Option<BTreeSet<Status>>,
    /// Upper bounds.
    pub bounds: Bounds,
    /// Whether that is passed in the order given.
    pub in_order: Option<bool>,
    /// Bounds on the share of the length, by country or for `*`, from 0 to 1.
    pub max_share: Option<Vec<(ShareOf, f64)>>,
    /// The media that count.
    pub media: Option<BTreeSet<Medium>>,
    /// The owners that count.
    pub owners: Option<Vec<TomlValue>>,
    /// The least capacity that counts.
    pub min_gbps: Option<Gbps>,
    /// Whether too little capacity rules a segment out.
    pub strict_capacity: Option<bool>,
    /// The least confidence that counts.
    pub min_confidence: Option<Confidence>,
}

/// Reads scenario text; `file` is the name shown in errors.
///
/// # Errors
/// If it is not TOML, has an unknown key, or a value of the wrong sort.
pub fn parse_scenario(file: &str, text: &str) -> Result<ScenarioFile, FileError> {
    let root = parse_toml(file, text)?;
    let head = root.need("scenario")?.table()?;
    let name = head.need("name")?;
    if name.text()?.trim().is_empty() {
        return Err(name.expected("a name"));
    }
    let demand = root.get("demand").map(|value| parse_demand(value.table()?)).transpose()?.unwrap_or_default();
    let routing = root.get("routing").map(|value| parse_routing(value.table()?)).transpose()?.unwrap_or_default();
    let mut prices = Vec::new();
    if let Some(table) = root.get("prices") {
        for (key, value) in table.table()?.entries() {
            flatten_prices(key, value, &mut prices);
        }
    }
    let changes = root.get("change").map_or(Ok(&[][..]), TomlValue::list)?;
    let changes = changes.iter().map(|value| parse_change(value.table()?)).collect::<Result<_, _>>()?;
    let text = |key: &str| head.get(key).map(|value| value.text().map(|_| value.clone())).transpose();
    let scenario = ScenarioFile {
        name: name.text()?.trim().to_owned(),
        about: head.get("about").map(|value| value.text().map(str::to_owned)).transpose()?,
        network: text("network")?,
        extends: text("extends")?,
        year: head.get("year").map(|value| value.whole(1800..=2300)).transpose()?.map(|year| year as i32),
        demand,
        routing,
        prices,
        changes,
    };
    head.no_more()?;
    root.no_more()?;
    Ok(scenario)
}

fn parse_demand(table: &TomlTable) -> Result<DemandFile, FileError> {
    let place = |key: &str| table.get(key).map(|value| value.text().map(|_| value.clone())).transpose();
    let demand = DemandFile {
        from: place("from")?,
        to: place("to")?,
        gbps: table.get("gbps").map(capacity).transpose()?,
        term_years: table.get("term_years").map(years).transpose()?,
    };
    table.no_more()?;
    Ok(demand)
}

fn years(value: &TomlValue) -> Result<u32, FileError> {
    value.whole(1..=100).map(|years| years as u32).map_err(|error| error.hint("as in 15"))
}

fn capacity(value: &TomlValue) -> Result<Gbps, FileError> {
    let number = value.number().map_err(|error| error.hint("as in 100"))?;
    Gbps::new(number).ok().ok_or_else(|| value.expected("a capacity above 0 Gbps").hint("as in 100"))
}

fn parse_routing(table: &TomlTable) -> Result<RoutingFile, FileError> {
    let places = |key: &str| {
        let texts = |value: &TomlValue| Ok(value.texts()?.into_iter().map(|(_, item)| item.clone()).collect());
        table.get(key).map(texts).transpose()
    };
    let routing = RoutingFile {
        objective: table.get("objective").map(objective).transpose()?,
        via: places("via")?,
        avoid: places("avoid")?,
        statuses: table.get("statuses").map(words).transpose()?,
        bounds: bounds(table)?,
        in_order: table.get("in_order").map(TomlValue::flag).transpose()?,
        max_share: table.get("max_share").map(shares).transpose()?,
        media: table.get("media").map(words).transpose()?,
        owners: places("owners")?,
        min_gbps: table.get("min_gbps").map(capacity).transpose()?,
        strict_capacity: table.get("strict_capacity").map(TomlValue::flag).transpose()?,
        min_confidence: table.get("min_confidence").map(word).transpose()?,
    };
    table.no_more()?;
    Ok(routing)
}

fn bounds(table: &TomlTable) -> Result<Bounds, FileError> {
    let mut bounds = Bounds::default();
    for of in Criterion::ALL {
        let Some(value) = table.get(of.names().setting) else { continue };
        let written = match of.names().form {
            BoundForm::Number => value
                .number()
                .and_then(|number| if number > 0.0 { Ok(number) } else { Err(value.expected("a number above 0")) })?,
            BoundForm::LeastPercent => percent(value)?,
            BoundForm::Count => value.whole(0..=1000)? as f64,
        };
        bounds.set(of, Some(of.whole(written)));
    }
    Ok(bounds)
}

fn objective(value: &TomlValue) -> Result<Objective, FileError> {
    let text = value.text()?;
    text.parse().map_err(|error: ObjectiveError| match &error {
        ObjectiveError::Unknown(name) => {
            value.error(Problem::Other(error.to_string())).suggest(name, Objective::ALL.map(Objective::as_str))
        }
        ObjectiveError::NoWeight(_)
        | ObjectiveError::Weight { .. }
        | ObjectiveError::Twice(_)
        | ObjectiveError::AllZero => {
            value.error(Problem::Other(error.to_string())).hint("as in \"cost=0.7,latency=0.3\"")
        }
    })
}

/// A list of words of a closed vocabulary.
fn words<T: FromStr<Err = UnknownWord> + Ord>(value: &TomlValue) -> Result<BTreeSet<T>, FileError> {
    value.texts()?.into_iter().map(|(_, item)| word(item)).collect()
}

fn percent(value: &TomlValue) -> Result<f64, FileError> {
    parse_percent(value.text()?)
        .map_err(|_no_percentage| value.expected("a percentage as in \"99.9%\", from 0% to 100%"))
}

fn shares(value: &TomlValue) -> Result<Vec<(ShareOf, f64)>, FileError> {
    let share = |(key, value): (&str, &TomlValue)| {
        let of = match key {
            "*" => ShareOf::EachTransitCountry,
            code => ShareOf::Country(code.parse().map_err(|error: CountryCodeError| {
                value.error(Problem::Other(error.to_string())).hint("or \"*\" for each country that is neither end's")
            })?),
        };
        Ok((of, percent(value)?))
    };
    value.table()?.entries().map(share).collect()
}

fn word<T: FromStr<Err = UnknownWord>>(value: &TomlValue) -> Result<T, FileError> {
    let text = value.text()?;
    text.parse().map_err(|error: UnknownWord| {
        let found = value.error(Problem::Other(error.to_string()));
        match crate::network::nearest_names(text, error.allowed.iter().copied()).first() {
            Some(near) => found.hint(format!("did you mean {near:?}?")),
            None => found,
        }
    })
}

/// `[prices]` may name an entry in quotes or by tables: `"transit.per_km.AF" = 1.9` or `transit.per_km.AF = 1.9`.
fn flatten_prices(name: &str, value: &TomlValue, prices: &mut Vec<(String, TomlValue)>) {
    match value.table() {
        Ok(table) if !table.keys().any(|key| ["low", "base", "high"].contains(&key)) => {
            for (key, value) in table.entries() {
                flatten_prices(&format!("{name}.{key}"), value, prices);
            }
        }
        _ => prices.push((name.to_owned(), value.clone())),
    }
}
