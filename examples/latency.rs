//! Holds the base network against measured round trips and prints the table of `docs/LATENCY.md`.
//!
//! ```text
//! cargo run --release --example latency                 # the shipped network
//! cargo run --release --example latency -- FOLDER       # another network
//! ```
//!
//! Reads `data/build/input/latency_targets.csv`. A row counts if its quality is A, it was measured over a provider's
//! backbone or over a submarine cable, and both its ends are in the network. Provider rows are routed for the least
//! latency without IR, RU, IQ and SY, which such backbones shun; cable rows over their own cable, with land tails in the
//! ends' own countries. No length in the network is set from a latency: this is a comparison made afterwards.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, Result};
use fiberplan::World;
use fiberplan::analysis::Request;
use fiberplan::metrics::Route;
use fiberplan::network::{CountryCode, Network, NodeId, Place};
use fiberplan::request::{Avoid, End, Objective};
use fiberplan::scenario::{Overrides, Scenario, ScenarioSource, load};

const TARGETS: &str = "data/build/input/latency_targets.csv";

/// Countries that the backbones of the provider rows do not enter over land.
const SHUNNED: [&str; 4] = ["IR", "RU", "IQ", "SY"];

fn main() -> Result<()> {
    let network = std::env::args().nth(1).map(PathBuf::from);
    let overrides = Overrides { network, ..Overrides::default() };
    let scenario = load(&World::shipped(), Some(&ScenarioSource::named(&World::shipped(), "today")?), &overrides)?;
    let mut reader = csv::Reader::from_path(TARGETS).with_context(|| TARGETS)?;
    let mut rows: Vec<String> = Vec::new();
    let mut errors: Vec<f64> = Vec::new();
    for row in reader.deserialize() {
        let row: BTreeMap<String, String> = row?;
        let cell = |column: &str| row.get(column).map_or("", String::as_str);
        let (from, to, medium) = (cell("from"), cell("to"), cell("medium"));
        let cable = medium.strip_prefix("submarine ").map(|text| text.split(',').next().unwrap_or(text));
        if cell("quality") != "A" || (cable.is_none() && !medium.starts_with("provider backbone")) {
            continue;
        }
        let measured: f64 = cell("rtt_ms").parse().with_context(|| format!("rtt_ms of {from} - {to}"))?;
        let (Some(start), Some(end)) = (place(&scenario, from), place(&scenario, to)) else {
            rows.push(format!("| {from} - {to} | {measured} | not in the network | | |"));
            continue;
        };
        let Some(route) = best(&scenario, start, end, cable)? else {
            rows.push(format!("| {from} - {to} | {measured} | no route | | |"));
            continue;
        };
        let error = 100.0 * (route.rtt_ms() / measured - 1.0);
        errors.push(error.abs());
        let way = in_words(&scenario.network, &route);
        rows.push(format!("| {from} - {to} | {measured} | {:.1} | {error:+.1} % | {way} |", route.rtt_ms()));
    }
    errors.sort_by(f64::total_cmp);
    let mut out = std::io::stdout().lock();
    writeln!(out, "| pair | measured, ms | computed, ms | error | way |\n|---|---|---|---|---|")?;
    rows.iter().try_for_each(|row| writeln!(out, "{row}"))?;
    let above = errors.iter().filter(|&&error| error > 30.0).count();
    writeln!(
        out,
        "\n{} rows, median absolute error {:.1} %, {above} above 30 %",
        errors.len(),
        median(&errors).unwrap_or(f64::NAN)
    )?;
    Ok(())
}

fn place(scenario: &Scenario, name: &str) -> Option<NodeId> {
    match scenario.network.find_place(name, World::shipped().country_names()) {
        Ok(Place::Node(id)) => Some(id),
        Ok(Place::Country(_) | Place::Segment(_) | Place::System(_)) | Err(_) => None,
    }
}

/// The fastest route, as a provider or a cable's owner would have it.
fn best(scenario: &Scenario, from: NodeId, to: NodeId, cable: Option<&str>) -> Result<Option<Route>> {
    let network = &scenario.network;
    let mut avoid = Avoid::default();
    match cable {
        None => avoid.countries = SHUNNED.iter().map(|code| code.parse()).collect::<Result<_, _>>()?,
        Some(cable) => {
            let country = |id: &NodeId| network.find_node(id).map(|node| node.country);
            let ends: Vec<CountryCode> = [country(&from), country(&to)].into_iter().flatten().collect();
            let tail = |code: CountryCode| ends.contains(&code);
            let other = network.segments().filter(|segment| {
                let at_home =
                    !segment.row.medium.is_submarine() && segment.pieces.iter().all(|piece| tail(piece.country));
                segment.row.system.as_deref() != Some(cable) && !at_home
            });
            avoid.segments = other.map(|segment| segment.id().clone()).collect();
        }
    }
    let request = Request { avoid, ..Request::between(End::Node(from), End::Node(to), Objective::Latency) };
    Ok(scenario.plan().routes(&request).into_iter().next())
}

/// The way by its larger steps: the systems in order, each with where it is left.
fn in_words(network: &Network, route: &Route) -> String {
    let mut steps: Vec<(String, String)> = Vec::new();
    for hop in &route.hops {
        let label = network.find_segment(&hop.segment).map_or("", |segment| segment.label()).to_owned();
        let to = network.find_node(&hop.to).map_or_else(String::new, |node| node.short_name().to_owned());
        match steps.last_mut() {
            Some((last, end)) if *last == label => *end = to,
            _ => steps.push((label, to)),
        }
    }
    let shown: Vec<String> = steps.into_iter().map(|(label, to)| format!("{label} to {to}")).collect();
    format!("{:.0} km: {}", route.length.km(), shown.join(", "))
}

fn median(sorted: &[f64]) -> Option<f64> {
    let middle = sorted.len() / 2;
    if sorted.len() % 2 == 1 {
        sorted.get(middle).copied()
    } else {
        Some((sorted.get(middle)? + sorted.get(middle - 1)?) / 2.0)
    }
}
