//! Prints a file of queries for `fiberplan batch`: places and countries of the base network at random, with some
//! constraints, the same on every run.
//!
//! ```text
//! cargo run --release --example queries > queries.csv           # 10,000 queries
//! cargo run --release --example queries -- 500 > queries.csv
//! time fiberplan batch queries.csv -o answers.jsonl
//! ```

use std::io::Write;

use anyhow::{Context, Result};
use fiberplan::World;
use fiberplan::network::Network;

#[path = "../tests/support/queries.rs"]
mod queries;

fn main() -> Result<()> {
    let n = std::env::args().nth(1).map_or(Ok(10_000), |n| n.parse().context("expected a number of queries"))?;
    let network = Network::new(World::shipped().base_network())?;
    let places: Vec<&str> = network.nodes().map(|node| node.id.as_str()).collect();
    let codes: Vec<String> = network.countries().map(|code| code.to_string()).collect();
    let countries: Vec<&str> = codes.iter().map(String::as_str).collect();
    std::io::stdout().write_all(queries::queries(&places, &countries, n, 1).as_bytes())?;
    Ok(())
}
