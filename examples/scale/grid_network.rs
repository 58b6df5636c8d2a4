//! An invented network folder of any size: a grid of junctions over twenty degrees of Asia, in the countries that the
//! map has there.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context, Result};
use fiberplan::World;
use fiberplan::geodesy::LonLat;

/// West and south of the grid, degrees, and its size.
const CORNER: (f64, f64) = (52.0, 26.0);
const SIDE_DEGREES: f64 = 20.0;

const NODES: &str = "id,name,kind,country,lon,lat,population,sources\n";
const SEGMENTS: &str =
    "id,from,to,medium,status,ready_year,length_km,length_kind,capacity_gbps,terrain,confidence,sources\n";

/// Writes a network of about `n_segments` segments and returns the ids of two nodes far from each other.
pub fn write(folder: &Path, n_segments: usize) -> Result<(String, String)> {
    let side = ((n_segments as f64 / 2.0).sqrt().ceil() as usize).max(2);
    let world = World::shipped();
    let atlas = world.atlas();
    let (mut nodes, mut segments) = (NODES.to_owned(), SEGMENTS.to_owned());
    let mut points: Vec<Option<LonLat>> = Vec::with_capacity(side * side);
    let id = |row: usize, column: usize| format!("g{row:04}-{column:04}");
    let step = SIDE_DEGREES / side as f64;
    for row in 0..side {
        for column in 0..side {
            // A fixed pattern moves the nodes off the grid, so that lengths differ.
            let off = |prime: usize| ((row * 7919 + column * prime) % 97) as f64 / 97.0 * 0.6 - 0.3;
            let point = LonLat::new(
                CORNER.0 + (column as f64 + off(104_729)) * step,
                CORNER.1 + (row as f64 + off(15_485_863)) * step,
            )?;
            let country = atlas.country_at(point).filter(|country| *country != fiberplan::geodesy::NO_CODE);
            points.push(country.map(|_| point));
            let Some(country) = country else { continue };
            let id = id(row, column);
            let (kind, people) = if row % 50 == 0 && column % 50 == 0 { ("city", "100000") } else { ("junction", "") };
            writeln!(
                nodes,
                "{id},Place {id},{kind},{country},{:.5},{:.5},{people},invented",
                point.lon(),
                point.lat()
            )?;
        }
    }
    let mut n = 0;
    for row in 0..side {
        for column in 0..side {
            for (to_row, to_column) in [(row, column + 1), (row + 1, column)] {
                let inside = to_row < side && to_column < side;
                if !inside || points[row * side + column].is_none() || points[to_row * side + to_column].is_none() {
                    continue;
                }
                let (from, to) = (id(row, column), id(to_row, to_column));
                let terrain = ["plain", "hills", "desert", "mountain"][(row / 20 + column / 30) % 4];
                writeln!(
                    segments,
                    "s{n:07},{from},{to},buried,in_service,2015,,,{},{terrain},assumed,invented",
                    400 + n % 9
                )?;
                n += 1;
            }
        }
    }
    std::fs::create_dir_all(folder).with_context(|| format!("{}", folder.display()))?;
    let meta = "id = \"grid\"\nname = \"An invented grid\"\nlicence = \"CC0-1.0\"\ndate = \"2026-01-01\"\n\
                publisher = \"nobody\"\nschema = 1\n";
    let sources = "id,title,publisher,date,url\ninvented,An invented grid,nobody,,\n";
    for (name, text) in
        [("network.toml", meta), ("nodes.csv", &nodes), ("segments.csv", &segments), ("sources.csv", sources)]
    {
        std::fs::write(folder.join(name), text).with_context(|| format!("{}/{name}", folder.display()))?;
    }
    let ends: Vec<usize> = (0..points.len()).filter(|&i| points[i].is_some()).collect();
    let named = |i: usize| id(i / side, i % side);
    // A tenth of the way in from either end of the list, which runs from south to north.
    Ok((named(ends[ends.len() / 10]), named(ends[ends.len() - 1 - ends.len() / 10])))
}
