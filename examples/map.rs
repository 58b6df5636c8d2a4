//! The best route on a map, as a PNG file.
//!
//! ```sh
//! cargo run --release --example map
//! ```

#![expect(clippy::print_stdout, reason = "an example shows its answer")]

use std::error::Error;

use fiberplan::formats::write_whole;
use fiberplan::picture::PictureSize;
use fiberplan::picture::map::render_png;
use fiberplan::report::scenes::routes_sheet;
use fiberplan::{Scenario, World};

pub(crate) fn main() -> Result<(), Box<dyn Error>> {
    let world = World::shipped();
    let scenario = Scenario::named(&world, "today")?;
    let routes = scenario.plan().routes(&scenario.between("Ashgabat", "Karachi")?);
    let sheet = routes_sheet(&scenario, &routes, &[], PictureSize::new(900, 650));
    let path = std::env::temp_dir().join("ashgabat-karachi.png");
    write_whole(&path, &render_png(&sheet, world.atlas())?)?;
    println!("wrote {}", path.display());
    Ok(())
}
