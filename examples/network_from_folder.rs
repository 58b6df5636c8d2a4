//! A network from a folder of CSV files, under the shipped prices and demand.
//!
//! ```sh
//! cargo run --release --example network_from_folder
//! ```

use std::error::Error;

use fiberplan::{Scenario, World};

pub(crate) fn main() -> Result<(), Box<dyn Error>> {
    let scenario = Scenario::over_network(&World::shipped(), "docs/example/network")?;
    let network = &scenario.network;
    println!("{}: {} places, {} segments", network.meta().name, network.n_nodes(), network.n_segments());
    let (Some(first), Some(last)) = (network.nodes().next(), network.nodes().last()) else {
        return Err("the network is empty".into());
    };
    let request = scenario.between(first.id.as_str(), last.id.as_str())?;
    for route in scenario.plan().routes(&request) {
        println!(
            "{} > {}: {} segments, {:.1} MUSD",
            first.name,
            last.name,
            route.hops.len(),
            route.bill.total().millions()
        );
    }
    Ok(())
}
