//! How long a plan takes to answer, on networks of any size.
//!
//! ```text
//! cargo run --release --example answers -- 1000000   # an invented network of that many segments
//! cargo run --release --example answers -- base      # all pairs of places of the base network, one thread
//! ```
//!
//! The network is a road-like graph (seed 11) with countries, prices and lengths, made in memory; the questions are 50
//! random pairs of places (seed 111), by cost and by latency: one route, the 20 best, and a pair without a common segment,
//! each with all its figures. A row gives the time of the first answer, which prepares the plan, and the median of all.

#[path = "../../benches/instances/mod.rs"]
mod instances;
mod road_network;

use std::io::Write;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use fiberplan::World;
use fiberplan::analysis::{Diversity, Plan, Request};
use fiberplan::graph::disjoint::Aim;
use fiberplan::network::{Network, NodeId};
use fiberplan::request::{End, Objective};
use fiberplan::scenario::{Overrides, Scenario, load};

use instances::{queries, road};

const SEED: u64 = 11;
const N_PAIRS: usize = 50;

/// What is asked.
const QUESTIONS: [&str; 3] = ["one route", "20 best routes", "disjoint pair"];

/// The processor time of this thread where the system tells it, as other programs may be running; else the time of day.
struct Clock(Instant, Option<Duration>);

impl Clock {
    fn start() -> Self {
        Self(Instant::now(), Self::of_thread())
    }

    fn of_thread() -> Option<Duration> {
        let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
        text.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
    }

    fn seconds(&self) -> f64 {
        let on_processor = Self::of_thread().zip(self.1).map(|(now, then)| now - then);
        on_processor.unwrap_or_else(|| self.0.elapsed()).as_secs_f64()
    }
}

fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let scenario = load(&World::shipped(), None, &Overrides::default())?;
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["base"] => all_pairs(&scenario, usize::MAX),
        ["base", n_places] => all_pairs(&scenario, n_places.parse()?),
        [n_segments] => on_roads(&scenario, n_segments.parse()?, N_PAIRS),
        [n_segments, n_pairs] => on_roads(&scenario, n_segments.parse()?, n_pairs.parse()?),
        _ => bail!("usage: answers SEGMENTS | answers base"),
    }
}

/// A request from one place to another, by their numbers.
fn request(network: &Network, from: usize, to: usize, objective: Objective, k: usize) -> Request {
    let end = |place: usize| End::Node(NodeId::new(network.nodes().nth(place).map_or("", |node| node.id.as_str())));
    Request { k, ..Request::between(end(from), end(to), objective) }
}

/// The network of a road-like graph.
fn network(n_segments: usize) -> Result<Network> {
    let road = road(2 * n_segments, SEED);
    let ways: Vec<(u32, u32, u32)> = road
        .edges
        .iter()
        .map(|&(a, b, (_, latency))| {
            let [(x, y), (to_x, to_y)] = [a, b].map(|end| road.places[end as usize]);
            let metres = ((x - to_x).powi(2) + (y - to_y).powi(2)).sqrt();
            (a, b, (f64::from(latency) * 100.0 / metres).round().max(1000.0) as u32)
        })
        .collect();
    road_network::road_network(&road.places, &ways)
}

fn on_roads(scenario: &Scenario, n_segments: usize, n_pairs: usize) -> Result<()> {
    let network = network(n_segments)?;
    let mut out = std::io::stdout();
    writeln!(out, "{} segments, {} places", network.n_segments(), network.n_nodes())?;
    let pairs = queries(network.n_nodes(), n_pairs, SEED + 100);
    for objective in [Objective::Cost, Objective::Latency] {
        for question in QUESTIONS {
            let plan = Plan::new(&network, &scenario.book, scenario.demand, &scenario.policy);
            let (mut seconds, mut checksum) = (Vec::new(), 0_u64);
            for &(from, to) in &pairs {
                let k = if question == QUESTIONS[1] { 20 } else { 1 };
                let request = request(&network, from as usize, to as usize, objective, k);
                let start = Clock::start();
                let routes = if question == QUESTIONS[2] {
                    plan.diverse(&request, Diversity::Segment, Aim::Sum, 2).routes
                } else {
                    plan.answer(&request).routes
                };
                seconds.push(start.seconds());
                for route in routes {
                    checksum = checksum.wrapping_mul(31).wrapping_add(match objective {
                        Objective::Cost => route.bill.total().cents() as u64,
                        _ => route.latency().femtoseconds(),
                    });
                }
            }
            let first = seconds[0];
            seconds.sort_by(f64::total_cmp);
            let (median, most) = (seconds[seconds.len() / 2], seconds[seconds.len() - 1]);
            writeln!(
                out,
                "{question}, {objective}: first {:.1} ms, median {:.3} ms, most {:.1} ms, checksum {checksum:016x}",
                first * 1e3,
                median * 1e3,
                most * 1e3
            )?;
        }
    }
    Ok(())
}

/// Every pair of places of the base network on one thread, from the first places only if so many are asked for.
fn all_pairs(scenario: &Scenario, n_places: usize) -> Result<()> {
    let plan = scenario.plan();
    let network = &scenario.network;
    let ids: Vec<NodeId> = network.nodes().map(|node| node.id.clone()).collect();
    for objective in [Objective::Cost, Objective::Latency] {
        let (mut n_routes, mut checksum) = (0_u64, 0_u64);
        let start = Clock::start();
        for from in ids.iter().take(n_places) {
            for to in ids.iter().filter(|to| *to != from) {
                let request = Request::between(End::Node(from.clone()), End::Node(to.clone()), objective);
                if let Some((weight, _)) = plan.best(&request) {
                    n_routes += 1;
                    checksum = checksum.wrapping_add(weight);
                }
            }
        }
        let seconds = start.seconds();
        writeln!(
            std::io::stdout(),
            "all pairs of {} places, {objective}: {n_routes} routes in {seconds:.2} s, {:.0} a second, checksum {checksum:016x}",
            ids.len(),
            n_routes as f64 / seconds
        )?;
    }
    Ok(())
}
