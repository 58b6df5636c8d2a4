//! How time and memory grow with the network.
//!
//! ```text
//! cargo run --release --example scale -- measure scale.csv        # all kinds of questions, from 10^3 arcs to 10^7
//! cargo run --release --example scale -- plot scale.csv scale.png # pictures of what was measured
//! cargo run --release --example scale -- network 1000000 FOLDER   # an invented network folder of that many segments
//! ```

mod grid_network;
#[path = "../../benches/instances/mod.rs"]
mod instances;
mod measure;
mod plot;

use std::io::Write;
use std::path::Path;

use anyhow::{Result, bail};

fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        ["network", n_segments, folder] => {
            let (from, to) = grid_network::write(Path::new(folder), n_segments.parse()?)?;
            writeln!(std::io::stdout(), "fiberplan route {from} {to} --network {folder} --objective length")?;
        }
        ["measure", file] => measure::all(Path::new(file))?,
        ["plot", csv, picture] => plot::draw(Path::new(csv), Path::new(picture))?,
        ["task", name, size] => measure::one(name, size.parse()?)?,
        _ => bail!("usage: scale measure CSV | scale plot CSV PICTURE | scale network SEGMENTS FOLDER"),
    }
    Ok(())
}
