//! Draws the gallery in `out/gallery/`: the corridor, the whole network, a comparison, and a thumbnail.
//!
//! ```text
//! cargo run --release --example gallery            # into out/gallery/
//! cargo run --release --example gallery -- FOLDER  # elsewhere
//! ```
//!
//! It uses the library only, so it also shows how a program of your own gets from a scenario to a picture: load a
//! scenario, put a question to its plan, make a sheet of the answer, render the sheet, write the bytes.

use std::io::Cursor;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use fiberplan::World;
use fiberplan::analysis::{Request, transit};
use fiberplan::formats::write_whole;
use fiberplan::network::{CountryCode, NodeId, Place};
use fiberplan::picture::PictureSize;
use fiberplan::picture::map::{Sheet, render_png};
use fiberplan::report::scenes::{comparison_sheet, network_sheet, transit_sheet};
use fiberplan::request::{CountryPattern, End, Objective};
use fiberplan::scenario::{Overrides, Question, Scenario, ScenarioSource, compare, load};

/// The size of the corridor's map, pixels.
const FULL: PictureSize = PictureSize::new(1800, 1300);

/// The size of the maps with more on them, so that no file of the gallery is large.
const WIDE: PictureSize = PictureSize::new(1350, 975);

/// The size of the thumbnail, pixels.
const THUMBNAIL: PictureSize = PictureSize::new(600, 433);

/// What the comparison asks of every scenario.
const QUESTIONS: [(&str, &str); 2] = [("TM", "PK"), ("Karachi", "Marseille")];

fn main() -> Result<()> {
    let folder = std::env::args().nth(1).map_or_else(|| PathBuf::from("out/gallery"), PathBuf::from);
    std::fs::create_dir_all(&folder).with_context(|| format!("{}: cannot be made", folder.display()))?;
    let today = shipped("today")?;
    draw(&folder, "tm-af-pk.png", &corridor(&today, &["TM", "AF", "PK"], FULL)?)?;
    draw(&folder, "network.png", &network_sheet(&today, WIDE))?;
    let others = [shipped("tap-trilateral")?, shipped("red-sea-cut")?];
    draw(&folder, "compare.png", &comparison(&[&today, &others[0], &others[1]], WIDE)?)?;
    draw(&folder, "tm-af-pk-small.png", &corridor(&today, &["TM", "AF", "PK"], THUMBNAIL)?)
}

/// A scenario that comes with the program.
fn shipped(name: &str) -> Result<Scenario> {
    Ok(load(&World::shipped(), Some(&ScenarioSource::named(&World::shipped(), name)?), &Overrides::default())?)
}

/// A corridor between the principal gateways of its two end countries.
fn corridor(scenario: &Scenario, codes: &[&str], size: PictureSize) -> Result<Sheet> {
    let countries: Vec<CountryCode> = codes.iter().map(|code| code.parse()).collect::<Result<_, _>>()?;
    let gateway = |country: CountryCode| -> Result<NodeId> {
        let node = scenario.network.gateways(country).next();
        Ok(node.with_context(|| format!("{country} has no gateway"))?.id.clone())
    };
    let [first, .., last] = countries.as_slice() else { bail!("a corridor has at least two countries") };
    let (from, to) = (End::Node(gateway(*first)?), End::Node(gateway(*last)?));
    let request =
        Request { corridor: Some(CountryPattern::exactly(&countries)?), ..scenario.request(from, to, Objective::Cost) };
    let answer = transit(&scenario.plan(), &request).context("a corridor between two places")?;
    Ok(transit_sheet(scenario, &answer, size))
}

/// The cheapest routes of every scenario for the same questions, side by side.
fn comparison(scenarios: &[&Scenario], size: PictureSize) -> Result<Sheet> {
    let question =
        |(from, to): (&str, &str)| Question { from: from.to_owned(), to: to.to_owned(), objective: Objective::Cost };
    let mut cases: Vec<(&Scenario, Vec<Request>)> = Vec::new();
    for &scenario in scenarios {
        let mut requests = Vec::new();
        for (from, to) in QUESTIONS {
            requests.push(Request {
                via: scenario.routing.via.clone(),
                avoid: scenario.routing.avoid.clone(),
                bounds: scenario.routing.bounds,
                ..Request::between(end(scenario, from)?, end(scenario, to)?, Objective::Cost)
            });
        }
        cases.push((scenario, requests));
    }
    let compared = compare(QUESTIONS.map(question).to_vec(), &cases);
    Ok(comparison_sheet(scenarios, &compared, size))
}

/// A place or a country by name.
fn end(scenario: &Scenario, name: &str) -> Result<End> {
    match scenario.network.find_place(name, World::shipped().country_names())? {
        Place::Node(id) => Ok(End::Node(id)),
        Place::Country(code) => Ok(End::Country(code)),
        Place::Segment(_) | Place::System(_) => bail!("{name:?} is not a place"),
    }
}

fn draw(folder: &Path, name: &str, sheet: &Sheet) -> Result<()> {
    let bytes = repack(&render_png(sheet, World::shipped().atlas())?)?;
    let path = folder.join(name);
    write_whole(&path, &bytes)?;
    eprintln!("wrote {} ({} kB)", path.display(), bytes.len() / 1000);
    Ok(())
}

/// The same pixels in fewer bytes: the program writes PNG files fast, the gallery is kept in the repository.
fn repack(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut reader = png::Decoder::new(Cursor::new(bytes)).read_info()?;
    let mut pixels = vec![0; reader.output_buffer_size().context("a map fits into memory")?];
    let frame = reader.next_frame(&mut pixels)?;
    let mut packed = Vec::new();
    let mut encoder = png::Encoder::new(&mut packed, frame.width, frame.height);
    encoder.set_color(frame.color_type);
    encoder.set_depth(frame.bit_depth);
    encoder.set_compression(png::Compression::High);
    encoder.set_filter(png::Filter::NoFilter);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&pixels[..frame.buffer_size()])?;
    writer.finish()?;
    Ok(packed)
}
