//! From a scenario's file to something that can be computed.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::file::{ScenarioFile, parse_scenario};
use crate::analysis::{Plan, Request};
use crate::formats::{FileError, Problem, TomlValue, parse_price_book, price_override, read_network, read_text};
use crate::metrics::Demand;
use crate::network::{CountryCode, LookupError, Medium, Network, NetworkParts, Place, Status};
use crate::prices::PriceBook;
use crate::request::{Avoid, Bounds, End, MaxShare, Objective, Policy, Via, find_owner};
use crate::units::Gbps;
use crate::world::{CountryNames, World};

/// How far scenarios may go on from one another.
const MAX_DEPTH: usize = 16;

/// Capacity assumed where neither scenario nor user says, Gbps.
const DEFAULT_GBPS: f64 = 100.0;

/// Term assumed where neither scenario nor user says, years.
const DEFAULT_TERM_YEARS: u32 = 15;

/// Year assumed where neither scenario, user, nor the network's date says.
const DEFAULT_YEAR: i32 = 2026;

/// Which scenario is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScenarioSource {
    /// A shipped one.
    Shipped(String),
    /// A file.
    File(PathBuf),
}

/// What the user sets over the scenario.
#[derive(Debug, Clone, Default)]
pub struct Overrides {
    /// A network in place of the scenario's.
    pub network: Option<PathBuf>,
    /// A price book in place of the shipped one.
    pub prices: Option<PathBuf>,
    /// A year in place of the scenario's.
    pub year: Option<i32>,
    /// Statuses in place of the scenario's.
    pub statuses: Option<BTreeSet<Status>>,
    /// A capacity in place of the scenario's.
    pub gbps: Option<Gbps>,
    /// A term in place of the scenario's.
    pub term_years: Option<u32>,
}

/// How a scenario routes, resolved.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Routing {
    /// What to be best at.
    pub objective: Objective,
    /// What to pass.
    pub via: Vec<Via>,
    /// Whether that is passed in the order given.
    pub in_order: bool,
    /// What not to touch.
    pub avoid: Avoid,
    /// Upper bounds.
    pub bounds: Bounds,
    /// How much of the length may lie in one country.
    pub shares: Vec<MaxShare>,
}

/// A change as it was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// Why.
    pub why: String,
    /// The ids it touched.
    pub touched: Vec<String>,
}

/// A scenario that can be computed.
#[derive(Debug, Clone)]
pub struct Scenario {
    /// Its name.
    pub name: String,
    /// What it is about.
    pub about: Option<String>,
    /// The network with every change made.
    pub network: Network,
    /// The prices with every override.
    pub book: PriceBook,
    /// The demand.
    pub demand: Demand,
    /// The demand's ends as the scenario names them.
    pub ends: (Option<String>, Option<String>),
    /// How to route.
    pub routing: Routing,
    /// Which segments may be used.
    pub policy: Policy,
    /// The changes, in order.
    pub changes: Vec<Applied>,
    /// The names of countries, by code.
    pub country_names: CountryNames,
}

impl Scenario {
    /// A request for the best route between two ends that keeps to the scenario's routing.
    #[must_use]
    pub fn request(&self, from: End, to: End, objective: Objective) -> Request {
        Request {
            via: self.routing.via.clone(),
            avoid: self.routing.avoid.clone(),
            in_order: self.routing.in_order,
            bounds: self.routing.bounds,
            shares: self.routing.shares.clone(),
            ..Request::between(from, to, objective)
        }
    }

    /// Finds a place or a country by id, code or name.
    ///
    /// # Errors
    /// If nothing, or more than one thing, is called that.
    pub fn find_place(&self, name: &str) -> Result<Place, LookupError> {
        self.network.find_place(name, &self.country_names)
    }

    /// Finds a place, a country, a segment or a system.
    ///
    /// # Errors
    /// As [`Scenario::find_place`].
    pub fn find_anything(&self, name: &str) -> Result<Place, LookupError> {
        self.network.find_anything(name, &self.country_names)
    }

    /// Finds what may be avoided: anything, and countries that the network does not touch.
    ///
    /// # Errors
    /// As [`Scenario::find_place`].
    pub fn find_avoidable(&self, name: &str) -> Result<Place, LookupError> {
        self.network.find_avoidable(name, &self.country_names)
    }

    /// The English name of a country, or its code where it has none.
    #[must_use]
    pub fn country_name(&self, code: CountryCode) -> String {
        if code.is_sea() {
            return "the sea".to_owned();
        }
        let named = self.country_names.iter().find(|(other, _)| *other == code);
        named.map_or_else(|| code.to_string(), |(_, name)| name.clone())
    }

    /// What routes are computed with.
    #[must_use]
    pub fn plan(&self) -> Plan<'_> {
        Plan::new(&self.network, &self.book, self.demand, &self.policy)
    }
}

impl ScenarioSource {
    /// What a user means by a name: a file if it looks like one or is one, else a shipped scenario.
    ///
    /// # Errors
    /// If it is neither.
    pub fn named(world: &World, name: &str) -> Result<Self, FileError> {
        let path = Path::new(name);
        let shipped = world.scenario(name).is_some();
        let looks_like_file = path.components().count() > 1 || path.extension().is_some_and(|ext| ext == "toml");
        if looks_like_file || (!shipped && path.exists()) {
            return Ok(Self::File(path.to_owned()));
        }
        if shipped {
            return Ok(Self::Shipped(name.to_owned()));
        }
        let problem = Problem::Other("neither a file nor a shipped scenario".to_owned());
        Err(FileError::whole(name, problem).suggest(name, world.scenario_names()))
    }

    fn read(&self, world: &World) -> Result<ScenarioFile, FileError> {
        match self {
            Self::Shipped(name) => parse_scenario(&self.shown(), world.scenario(name).unwrap_or_default()),
            Self::File(path) => parse_scenario(&self.shown(), &read_text(path)?),
        }
    }

    /// The name shown in errors.
    fn shown(&self) -> String {
        match self {
            Self::Shipped(name) => format!("{name}.toml (shipped)"),
            Self::File(path) => path.display().to_string(),
        }
    }

    /// What a file means by another file's name: a path from its own folder, or a shipped scenario.
    fn beside(&self, world: &World, value: &TomlValue) -> Result<Self, FileError> {
        let text = value.text()?;
        if let Self::File(path) = self {
            let beside = path.parent().unwrap_or(Path::new("")).join(text);
            if beside.is_file() {
                return Ok(Self::File(beside));
            }
        }
        if world.scenario(text).is_some() {
            return Ok(Self::Shipped(text.to_owned()));
        }
        let problem = Problem::Other(format!("{text:?} is neither a file nor a shipped scenario"));
        Err(value.error(problem).suggest(text, world.scenario_names()))
    }
}

/// Reads a scenario, and all that it goes on from, and makes its changes.
///
/// Without a source: the defaults of the shipped scenario `today`, with none of its changes.
///
/// # Errors
/// If a file is wrong, a change cannot be made, or a place is not in the network.
pub fn load(world: &World, source: Option<&ScenarioSource>, overrides: &Overrides) -> Result<Scenario, FileError> {
    let today = ScenarioSource::Shipped("today".to_owned());
    let chain = chain_of(world, source.unwrap_or(&today))?;
    let mut network_named = None;
    for (source, file) in &chain {
        if let Some(value) = &file.network {
            network_named = Some((source.clone(), value.clone()));
        }
    }
    let mut parts = match (&overrides.network, network_named) {
        (Some(path), _) => network_at(world, path)?,
        (None, Some((source, value))) => network_beside(world, &source, &value)?,
        (None, None) => world.base_network(),
    };
    let mut book = match &overrides.prices {
        Some(path) => parse_price_book(&path.display().to_string(), &read_text(path)?)?,
        None => world.price_book(),
    };
    let mut changes = Vec::new();
    let skip_changes = source.is_none() && overrides.network.is_some();
    for (_, file) in chain.iter().filter(|_| !skip_changes) {
        for change in &file.changes {
            changes.push(Applied { why: change.why.clone(), touched: change.apply(&mut parts, world.atlas())? });
        }
        for (name, value) in &file.prices {
            price_override(&mut book, name, value)?;
        }
    }
    let top = &chain.last().expect("a chain holds at least the scenario itself").1;
    let network_year = parts.meta.date.get(..4).and_then(|year| year.parse().ok());
    let network = Network::new(parts).map_err(|error| {
        let file = chain.last().map_or_else(String::new, |(source, _)| source.shown());
        FileError::whole(file, Problem::Other(format!("after its changes: {error}")))
    })?;
    if overrides.network.is_none() {
        check_demand(world, &chain, &network)?;
    }
    let settings = Settings::of(&chain);
    let routing = settings.routing(world, &network)?;
    let owners = settings.owners(&network)?;
    let year = overrides.year.or(settings.year).or(network_year).unwrap_or(DEFAULT_YEAR);
    let in_service = || BTreeSet::from([Status::InService]);
    let policy = Policy {
        statuses: overrides.statuses.clone().or(settings.statuses).unwrap_or_else(in_service),
        media: settings.media,
        owners,
        min_capacity: settings.min_gbps,
        strict_capacity: settings.strict_capacity,
        min_confidence: settings.min_confidence,
        year,
    };
    let gbps = overrides.gbps.or(settings.gbps);
    let demand = Demand {
        gbps: gbps.unwrap_or_else(|| Gbps::new(DEFAULT_GBPS).expect("the default capacity is one")),
        term_years: overrides.term_years.or(settings.term_years).unwrap_or(DEFAULT_TERM_YEARS),
    };
    Ok(Scenario {
        name: top.name.clone(),
        about: top.about.clone(),
        network,
        book,
        demand,
        ends: settings.ends,
        routing,
        policy,
        changes,
        country_names: Arc::clone(world.country_names()),
    })
}

/// The network at a path; the shipped one goes by its id where nothing else does.
fn network_at(world: &World, path: &Path) -> Result<NetworkParts, FileError> {
    if !path.exists() && path.as_os_str() == world.base_network_id() {
        return Ok(world.base_network());
    }
    Ok(read_network(path, world.atlas())?.to_parts())
}

fn network_beside(world: &World, source: &ScenarioSource, value: &TomlValue) -> Result<NetworkParts, FileError> {
    let text = value.text()?;
    if let ScenarioSource::File(path) = source {
        let beside = path.parent().unwrap_or(Path::new("")).join(text);
        if beside.exists() {
            return network_at(world, &beside);
        }
    }
    if world.base_network_id() == text {
        return Ok(world.base_network());
    }
    let problem =
        Problem::Other(format!("{text:?} is neither a network folder beside this file nor a shipped network"));
    Err(value.error(problem).hint(format!("the shipped network is {:?}", world.base_network_id())))
}

/// The scenario and all that it goes on from, the first ancestor first.
fn chain_of(world: &World, source: &ScenarioSource) -> Result<Vec<(ScenarioSource, ScenarioFile)>, FileError> {
    let mut chain = vec![(source.clone(), source.read(world)?)];
    while let Some((child, Some(value))) = chain.last().map(|(source, file)| (source.clone(), file.extends.clone())) {
        let parent = child.beside(world, &value)?;
        if chain.len() >= MAX_DEPTH || chain.iter().any(|(other, _)| *other == parent) {
            return Err(value.error(Problem::Other("the scenarios extend each other in a circle".to_owned())));
        }
        let file = parent.read(world)?;
        chain.push((parent, file));
    }
    chain.reverse();
    Ok(chain)
}

/// Checks that the demand's ends are places of the network: those of the scenario that names it, or that goes on from
/// one that does. Ends that an ancestor gave for another network are left for whoever asks for them.
fn check_demand(world: &World, chain: &[(ScenarioSource, ScenarioFile)], network: &Network) -> Result<(), FileError> {
    let own = chain.iter().rposition(|(_, file)| file.network.is_some()).unwrap_or(0);
    let demands = chain[own..].iter().map(|(_, file)| &file.demand);
    for value in demands.flat_map(|demand| [&demand.from, &demand.to]).flatten() {
        network.find_place(value.text()?, world.country_names()).map_err(|error| not_found(value, error))?;
    }
    Ok(())
}

/// The settings of a chain: the last scenario that says something wins.
#[derive(Default)]
struct Settings {
    year: Option<i32>,
    statuses: Option<BTreeSet<Status>>,
    strict_capacity: bool,
    min_confidence: Option<crate::network::Confidence>,
    gbps: Option<Gbps>,
    term_years: Option<u32>,
    ends: (Option<String>, Option<String>),
    objective: Option<Objective>,
    via: Option<Vec<TomlValue>>,
    in_order: bool,
    avoid: Option<Vec<TomlValue>>,
    bounds: Bounds,
    shares: Vec<MaxShare>,
    media: Option<BTreeSet<Medium>>,
    owners: Option<Vec<TomlValue>>,
    min_gbps: Option<Gbps>,
}

impl Settings {
    fn of(chain: &[(ScenarioSource, ScenarioFile)]) -> Self {
        let mut all = Self::default();
        for (_, file) in chain {
            let (demand, routing) = (&file.demand, &file.routing);
            let text = |value: &Option<TomlValue>| value.as_ref().and_then(|v| v.text().ok()).map(str::to_owned);
            all.year = file.year.or(all.year);
            all.statuses = routing.statuses.clone().or(all.statuses);
            all.strict_capacity = routing.strict_capacity.unwrap_or(all.strict_capacity);
            all.min_confidence = routing.min_confidence.or(all.min_confidence);
            all.gbps = demand.gbps.or(all.gbps);
            all.term_years = demand.term_years.or(all.term_years);
            all.ends = (text(&demand.from).or(all.ends.0), text(&demand.to).or(all.ends.1));
            all.objective = routing.objective.or(all.objective);
            all.via = routing.via.clone().or(all.via);
            all.avoid = routing.avoid.clone().or(all.avoid);
            all.bounds = routing.bounds.or(all.bounds);
            all.in_order = routing.in_order.unwrap_or(all.in_order);
            if let Some(shares) = &routing.max_share {
                all.shares = shares.iter().map(|&(of, share)| MaxShare::new(of, share)).collect();
            }
            all.media = routing.media.clone().or(all.media);
            all.owners = routing.owners.clone().or(all.owners);
            all.min_gbps = routing.min_gbps.or(all.min_gbps);
        }
        all
    }

    fn routing(&self, world: &World, network: &Network) -> Result<Routing, FileError> {
        let mut avoid = Avoid::default();
        for value in self.avoid.iter().flatten() {
            let place = network.find_avoidable(value.text()?, world.country_names());
            avoid.add(&place.map_err(|error| not_found(value, error))?, network);
        }
        let via = self.via.iter().flatten().map(|value| Ok(Via::new(&anything(world, network, value)?, network)));
        Ok(Routing {
            objective: self.objective.unwrap_or_default(),
            via: via.collect::<Result<_, FileError>>()?,
            in_order: self.in_order,
            avoid,
            bounds: self.bounds,
            shares: self.shares.clone(),
        })
    }

    fn owners(&self, network: &Network) -> Result<Option<BTreeSet<String>>, FileError> {
        let owner = |value: &TomlValue| {
            find_owner(network, value.text()?).map_err(|error| {
                let found = value.error(Problem::Other(error.to_string()));
                let near = error.nearest.join(", or ");
                if near.is_empty() { found } else { found.hint(format!("did you mean {near}?")) }
            })
        };
        self.owners.as_ref().map(|owners| owners.iter().map(owner).collect()).transpose()
    }
}

fn anything(world: &World, network: &Network, value: &TomlValue) -> Result<Place, FileError> {
    network.find_anything(value.text()?, world.country_names()).map_err(|error| not_found(value, error))
}

fn not_found(value: &TomlValue, error: LookupError) -> FileError {
    let found = value.error(Problem::Other(error.to_string()));
    match error {
        LookupError::Unknown { nearest, .. } if !nearest.is_empty() => {
            found.hint(format!("did you mean {}?", nearest.join(", or ")))
        }
        LookupError::Unknown { .. } | LookupError::Ambiguous { .. } => found,
    }
}
