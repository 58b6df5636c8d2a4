//! Which kilometres of a cable's line are whose: the split of a segment by country.
//!
//! The country of a node is the one its row states and the map is good to a few kilometres only, so the split trusts
//! the rows for the two ends and the map for what lies between. Money and delays by piece are in `metrics`, not here.

use std::collections::BTreeMap;

use super::atlas::Atlas;
use super::locate::{is_country, shape_code};
use super::point::LonLat;
use super::runs::{Run, runs_of};

/// Country code of international waters, which belong to nobody.
pub const INTERNATIONAL_WATERS: &str = "XZ";
/// A line is in a country that is neither end's if at least this many kilometres of it are.
pub const ELSEWHERE_KM: f64 = 5.0;
/// A stretch at a line's very end is a third country's only where it gets this far from the end's own: the end stands
/// in its row's country, so the map is wrong there, and it is wrong by less than this (2.8 km at Torghundi).
pub const END_DEPTH_KM: f64 = 5.0;
/// A stretch between is a third country's only where it gets this far from the ends' countries: less is a road along a
/// border, and the map's error.
pub const MIDDLE_DEPTH_KM: f64 = 1.0;
/// Length given to an end country in which the map sees nothing of the line, km.
pub const LEAST_PIECE_KM: f64 = 0.001;

/// The raw runs of a line: country (`None` at sea) and km, in order, as the map has them.
///
/// An area without a code is [`super::NO_CODE`]. Lengths are along the line (long edges are geodesics) and sum to
/// [`super::length_km`] within 1e-4. Empty for fewer than two points.
///
/// # Complexity
/// About 0.5 us an edge and 2 us a crossing.
pub fn country_runs(atlas: &Atlas, line: &[LonLat]) -> Vec<(Option<String>, f64)> {
    runs_of(atlas, line).iter().map(|run| (run.country.map(str::to_owned), run.km())).collect()
}

/// Splits a segment's line into pieces of country code and km, in order.
///
/// - `submarine`: one piece of [`INTERNATIONAL_WATERS`].
/// - Both ends in one country: one piece, unless [`ELSEWHERE_KM`] or more of the line lie in a third country; then
///   that country's stretches are pieces of their own.
/// - Ends in two countries: exactly one cut between them, put where the fewest kilometres fall to the wrong side by
///   the map. Where a whole stretch (sea, a river) would do, its middle is taken; a line wholly in one of the two is
///   cut at its other end. Third countries' stretches as above.
///
/// The sea and areas without a code never make a piece. Per third country, only stretches count that the map's error
/// does not explain ([`END_DEPTH_KM`], [`MIDDLE_DEPTH_KM`]); if they are [`ELSEWHERE_KM`] or more together, each is a
/// piece. Less than [`ELSEWHERE_KM`] of an end's country between two stretches of one third country is the third's.
///
/// # Returns
/// Pieces whose first is `from_country` and whose last is `to_country`, neighbours in different countries. They sum to
/// the length of the line; an end country that has nothing of it by the map gets [`LEAST_PIECE_KM`] of its neighbour
/// (or half of that, if less is there). A line without length gives pieces of 0 km.
///
/// # Complexity
/// As [`country_runs`]; some 10 us more for each stretch in a third country.
pub fn split_by_country(
    atlas: &Atlas,
    line: &[LonLat],
    from_country: &str,
    to_country: &str,
    submarine: bool,
) -> Vec<(String, f64)> {
    let runs = runs_of(atlas, line);
    let total_km = runs.last().map_or(0.0, |run| run.end_km);
    if submarine {
        return vec![(INTERNATIONAL_WATERS.to_owned(), total_km)];
    }
    let ends = Ends { from: from_country, to: to_country };
    let third = third_countries(atlas, &runs, ends);
    let cut_km = if from_country == to_country { total_km } else { cut_between(&runs, &third, ends, total_km) };
    let mut pieces = Vec::new();
    for (run, third) in runs.iter().zip(&third) {
        match third {
            Some(country) => push(&mut pieces, country, run.km()),
            None => {
                push(&mut pieces, from_country, cut_km.min(run.end_km) - run.start_km);
                push(&mut pieces, to_country, run.end_km - cut_km.max(run.start_km));
            }
        }
    }
    absorb_short_returns(&mut pieces, ends);
    ensure_ends(&mut pieces, ends);
    pieces.into_iter().map(|(country, km)| (country.to_owned(), km)).collect()
}

/// The countries of the two ends, by their rows.
#[derive(Clone, Copy)]
struct Ends<'a> {
    from: &'a str,
    to: &'a str,
}

impl Ends<'_> {
    /// Whether a country of the map is one of the two.
    fn include(self, country: &str) -> bool {
        country == shape_code(self.from) || country == shape_code(self.to)
    }
}

/// For each run the third country it is a piece of, or `None` if it falls to the ends' countries.
fn third_countries(atlas: &Atlas, runs: &[Run], ends: Ends<'_>) -> Vec<Option<&'static str>> {
    let counts = |index: usize, run: &Run| {
        let country = run.country.filter(|country| is_country(country) && !ends.include(country))?;
        let is_end = index == 0 || index + 1 == runs.len();
        let depth_km = if is_end { END_DEPTH_KM } else { MIDDLE_DEPTH_KM };
        let is_deep = |point: LonLat| {
            // A country the atlas does not know is infinitely far; it says nothing about depth.
            [ends.from, ends.to].iter().all(|end| atlas.km_outside(end, point) >= depth_km)
        };
        // The middle sample is the likeliest to be deep, so start there.
        let (before, after) = run.samples.split_at(run.samples.len() / 2);
        after.iter().chain(before.iter().rev()).any(|&point| is_deep(point)).then_some(country)
    };
    let mut third: Vec<_> = runs.iter().enumerate().map(|(index, run)| counts(index, run)).collect();
    let mut km_in: BTreeMap<&str, f64> = BTreeMap::new();
    for (run, country) in runs.iter().zip(&third) {
        if let Some(country) = country {
            *km_in.entry(country).or_default() += run.km();
        }
    }
    for country in &mut third {
        *country = country.filter(|country| km_in.get(country).is_some_and(|&km| km >= ELSEWHERE_KM));
    }
    third
}

/// Kilometres from the start at which the line passes from one end's country to the other's: where the fewest
/// kilometres of either lie, by the map, on the wrong side.
fn cut_between(runs: &[Run], third: &[Option<&str>], ends: Ends<'_>, total_km: f64) -> f64 {
    let in_country = |run: &Run, country: &str| if run.country == Some(shape_code(country)) { run.km() } else { 0.0 };
    let mut wrong_km: f64 = runs.iter().map(|run| in_country(run, ends.from)).sum();
    let mut best = (wrong_km, 0);
    for (index, run) in runs.iter().enumerate() {
        wrong_km += in_country(run, ends.to) - in_country(run, ends.from);
        if wrong_km < best.0 - 1e-9 {
            best = (wrong_km, index + 1);
        }
    }
    // The runs after the cut that are neither's cost nothing on either side: take the middle of them, or the middle
    // of the first third country there, so that the cut itself makes no piece.
    let neutral = |run: &&Run| run.country.is_none_or(|country| !ends.include(country));
    let start_km = best.1.checked_sub(1).and_then(|last| runs.get(last)).map_or(0.0, |run| run.end_km);
    let free = runs.iter().skip(best.1).take_while(neutral);
    let end_km = free.clone().last().map_or(start_km, |run| run.end_km);
    let abroad = free.zip(third.iter().skip(best.1)).find(|(_, third)| third.is_some());
    let middle_km = abroad.map_or((start_km + end_km) / 2.0, |(run, _)| (run.start_km + run.end_km) / 2.0);
    middle_km.clamp(0.0, total_km)
}

/// Adds `km` of a country at the end; nothing for no length, and to the last piece if the country is the same.
fn push<'a>(pieces: &mut Vec<(&'a str, f64)>, country: &'a str, km: f64) {
    match pieces.last_mut() {
        _ if km <= 0.0 => {}
        Some(last) if last.0 == country => last.1 += km,
        _ => pieces.push((country, km)),
    }
}

/// Gives a short piece of an end's country between two pieces of one third country to that country.
fn absorb_short_returns<'a>(pieces: &mut Vec<(&'a str, f64)>, ends: Ends<'_>) {
    let mut merged: Vec<(&'a str, f64)> = Vec::with_capacity(pieces.len());
    for (index, &(country, km)) in pieces.iter().enumerate() {
        let next = pieces.get(index + 1).map(|next| next.0);
        match merged.last_mut() {
            Some(last) if Some(last.0) == next && last.0 != ends.from && last.0 != ends.to && km < ELSEWHERE_KM => {
                last.1 += km
            }
            _ => push(&mut merged, country, km),
        }
    }
    *pieces = merged;
}

/// Makes the first and the last piece the ends' own, with a least length taken from the neighbour.
fn ensure_ends<'a>(pieces: &mut Vec<(&'a str, f64)>, ends: Ends<'a>) {
    let share = |neighbour: &mut f64| {
        let km = LEAST_PIECE_KM.min(*neighbour / 2.0);
        *neighbour -= km;
        km
    };
    match pieces.first_mut() {
        Some(first) if first.0 == ends.from => {}
        Some(first) => {
            let km = share(&mut first.1);
            pieces.insert(0, (ends.from, km));
        }
        None => pieces.push((ends.from, 0.0)),
    }
    if let Some(last) = pieces.last_mut().filter(|last| last.0 != ends.to) {
        let km = share(&mut last.1);
        pieces.push((ends.to, km));
    }
}
