//! The three best routes between two places, as a table.
//!
//! ```sh
//! cargo run --release --example route
//! ```

#![expect(clippy::print_stdout, reason = "an example shows its answer")]

use std::error::Error;

use fiberplan::report::{Context, Format, Report, RouteReport};
use fiberplan::{Request, Scenario, World};

pub(crate) fn main() -> Result<(), Box<dyn Error>> {
    let scenario = Scenario::named(&World::shipped(), "today")?;
    let request = Request { k: 3, ..scenario.between("Ashgabat", "Karachi")? };
    let routes = scenario.plan().routes(&request);
    for route in &routes {
        println!("{:.0} km, {:.1} ms there and back", route.length.km(), route.rtt_ms());
    }
    let context = Context::of(&scenario, &request);
    let report = RouteReport::of(&context, &routes);
    print!("{}", report.render(Format::Table)?);
    Ok(())
}
