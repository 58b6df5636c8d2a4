//! A network from a folder of CSV files, under the shipped prices and demand.
//!
//! ```sh
//! cargo run --release --example network_from_folder
//! ```

#![expect(clippy::print_stdout, reason = "an example shows its answer")]

use std::error::Error;

use fiberplan::{Scenario, World};

pub(crate) fn main() -> Result<(), Box<dyn Error>> {
    let scenario = Scenario::over_network(&World::shipped(), "docs/example/network")?;
    let network = &scenario.network;
    println!("{}: {} places, {} segments", network.meta().name, network.n_nodes(), network.n_segments());
    let routes = scenario.plan().routes(&scenario.between("Mary", "Kandahar")?);
    let best = routes.first().ok_or("no route")?;
    println!("Mary > Kandahar: {:.0} km, {:.1} MUSD", best.length.km(), best.bill.total().millions());
    Ok(())
}
