//! The crossing pairs of a corridor, and the ways round its middle, as JSON.
//!
//! ```sh
//! cargo run --release --example transit > tm-af-pk.json
//! ```

#![expect(clippy::print_stdout, reason = "an example shows its answer")]

use std::error::Error;

use fiberplan::analysis::{transit, verdict};
use fiberplan::report::{Context, Format, Report, TransitReport, verdict_in_words};
use fiberplan::{Scenario, World};

pub(crate) fn main() -> Result<(), Box<dyn Error>> {
    let scenario = Scenario::named(&World::shipped(), "today")?;
    let request = scenario.along(&["TM", "AF", "PK"])?;
    let plan = scenario.plan();
    let answer = transit(&plan, &request).ok_or("a corridor needs two places and countries without a choice")?;
    let context = Context::of(&scenario, &request);
    let verdict = verdict(&plan, &answer).map(|verdict| verdict_in_words(&context, &answer, &verdict));
    let report = TransitReport { verdict: verdict.as_deref(), ..TransitReport::of(&context, &answer) };
    print!("{}", report.render(Format::Json)?);
    Ok(())
}
