//! How sure it is which of three routes is the cheapest: a thousand draws of all prices.
//!
//! ```sh
//! cargo run --release --example price_draws
//! ```

#![expect(clippy::print_stdout, reason = "an example shows its answer")]

use std::error::Error;

use fiberplan::analysis::{PriceSampling, Side, Workers};
use fiberplan::{Request, Scenario, World};

pub(crate) fn main() -> Result<(), Box<dyn Error>> {
    let scenario = Scenario::named(&World::shipped(), "today")?;
    let request = Request { k: 3, ..scenario.between("Ashgabat", "Karachi")? };
    let plan = scenario.plan();
    let routes = plan.routes(&request);
    let side = Side { request: &request, routes: &routes, n_usable: routes.len() };
    let contest = plan.contest(&[side], PriceSampling::new(1000, 1)?, &Workers::new(2)?).ok_or("no route")?;
    for (rank, spread) in (1..).zip(&contest.spread.routes) {
        println!("{rank}: the cheapest in {:.0} % of the draws", 100.0 * spread.wins);
    }
    Ok(())
}
