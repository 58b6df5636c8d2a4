//! Cuts a line where it crosses the map's borders and coasts: the raw material of [`super::pieces`].
//!
//! Long edges follow the geodesic: they are divided into steps of at most [`STEP_KM`], each then straight in longitude
//! and latitude like the map's own edges. After each crossing the country is asked for anew, at the middle of the way
//! to the next one, so a crossing missed by rounding cannot spoil what follows.

use geo::{Geodesic, InterpolatePoint, Point};

use super::atlas::{Atlas, Chunk};
use super::ellipsoid::short_distance_km;
use super::layout::UNITS_PER_DEGREE;
use super::locate::{touches, units};
use super::point::{LonLat, wrap_longitude};

/// Longest step, km: a straight line in longitude and latitude then leaves the geodesic by under 0.4 km at 60 degrees.
const STEP_KM: f64 = 100.0;
/// Steps for which border chunks are looked up together.
const STEPS_PER_GROUP: usize = 8;
/// Two crossings closer than this share of a step are one: the same border as each of its two countries has it.
const SAME_CROSSING: f64 = 1e-7;

/// A stretch of a line within one country or at sea.
#[derive(Debug, Clone)]
pub(super) struct Run {
    /// Its country's code; `None` at sea.
    pub(super) country: Option<&'static str>,
    /// Kilometres from the start of the line to where it begins.
    pub(super) start_km: f64,
    /// Kilometres from the start of the line to where it ends.
    pub(super) end_km: f64,
    /// Points in it: the middle of each straight part.
    pub(super) samples: Vec<LonLat>,
}

impl Run {
    pub(super) fn km(&self) -> f64 {
        self.end_km - self.start_km
    }
}

/// A straight part of the line, in stored units; it may run on beyond the 180th meridian.
struct Step {
    from: (f64, f64),
    to: (f64, f64),
    km: f64,
}

/// The runs of a line in order; empty for fewer than two points. Neighbouring runs differ in country.
pub(super) fn runs_of(atlas: &Atlas, line: &[LonLat]) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut group = Group::default();
    let steps = steps_of(line);
    for steps in steps.chunks(STEPS_PER_GROUP) {
        group.run_through(atlas, steps, &mut runs);
    }
    runs
}

fn steps_of(line: &[LonLat]) -> Vec<Step> {
    let mut steps = Vec::with_capacity(line.len());
    for edge in line.windows(2) {
        let km = short_distance_km(edge[0], edge[1]);
        if km <= STEP_KM {
            steps.push(Step::new(edge[0], edge[1], km));
            continue;
        }
        let ends = edge.iter().map(|point| Point::new(point.lon(), point.lat())).collect::<Vec<_>>();
        let between = Geodesic.points_along_line(ends[0], ends[1], STEP_KM * 1000.0, false);
        let mut from = edge[0];
        for to in between.map(|point| LonLat::wrapped(point.x(), point.y())).chain([edge[1]]) {
            steps.push(Step::new(from, to, short_distance_km(from, to)));
            from = to;
        }
    }
    steps
}

impl Step {
    fn new(from: LonLat, to: LonLat, km: f64) -> Self {
        let (start, end) = (units(from), units(to));
        let dx = wrap_longitude(to.lon() - from.lon()) * UNITS_PER_DEGREE;
        Self { from: start, to: (start.0 + dx, end.1), km }
    }

    /// West, south, east, north.
    fn area(&self) -> [f64; 4] {
        let ((ax, ay), (bx, by)) = (self.from, self.to);
        [ax.min(bx), ay.min(by), ax.max(bx), ay.max(by)]
    }

    fn at(&self, share: f64) -> LonLat {
        let lon = self.from.0 + share * (self.to.0 - self.from.0);
        let lat = self.from.1 + share * (self.to.1 - self.from.1);
        LonLat::wrapped(lon / UNITS_PER_DEGREE, lat / UNITS_PER_DEGREE)
    }
}

/// What is kept from one group of steps to the next: where the line has come to, and buffers.
#[derive(Default)]
struct Group {
    km: f64,
    /// Whether no crossing lies between the last part pushed and the next, so that the country cannot have changed.
    is_same_country: bool,
    near: Vec<(Chunk, f64)>,
    cuts: Vec<f64>,
}

impl Group {
    fn run_through(&mut self, atlas: &Atlas, steps: &[Step], runs: &mut Vec<Run>) {
        let areas = steps.iter().map(Step::area);
        let area = areas.fold([f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY], |all, one| {
            [all[0].min(one[0]), all[1].min(one[1]), all[2].max(one[2]), all[3].max(one[3])]
        });
        atlas.chunks_near(area, &mut self.near);
        for step in steps {
            self.find_cuts(step);
            let mut from = 0.0;
            for index in 0..=self.cuts.len() {
                let to = self.cuts.get(index).copied().unwrap_or(1.0);
                if to - from > SAME_CROSSING || self.cuts.is_empty() {
                    self.push(atlas, step, (from, to), runs);
                    from = to;
                }
                self.is_same_country = index == self.cuts.len() && from == to;
            }
            self.km += step.km;
        }
    }

    /// Shares of the step, ascending, at which it crosses an edge of the map.
    fn find_cuts(&mut self, step: &Step) {
        self.cuts.clear();
        let area = step.area();
        for &(chunk, turn) in self.near.iter().filter(|(chunk, turn)| touches(chunk.bounds, *turn, area)) {
            for (a, b) in chunk.edges() {
                self.cuts.extend(crossing(step, (a.0 + turn, a.1), (b.0 + turn, b.1)));
            }
        }
        self.cuts.sort_by(f64::total_cmp);
    }

    /// Adds a part of a step to the runs.
    fn push(&self, atlas: &Atlas, step: &Step, (from, to): (f64, f64), runs: &mut Vec<Run>) {
        let (start_km, end_km) = (self.km + from * step.km, self.km + to * step.km);
        let middle = step.at((from + to) / 2.0);
        let known = runs.last().filter(|_| self.is_same_country).map(|run| run.country);
        let country = known.unwrap_or_else(|| atlas.country_at(middle));
        match runs.last_mut() {
            Some(run) if run.country == country => {
                run.end_km = end_km;
                run.samples.push(middle);
            }
            last => {
                // A sliver between two crossings that count as one is left out; the run after it takes its length.
                let start_km = last.map_or(start_km, |run| run.end_km);
                runs.push(Run { country, start_km, end_km, samples: vec![middle] });
            }
        }
    }
}

/// The share of a step at which it crosses the edge from `a` to `b`, if it does.
fn crossing(step: &Step, a: (f64, f64), b: (f64, f64)) -> Option<f64> {
    let ((px, py), (qx, qy)) = (step.from, step.to);
    let edge = (b.0 - a.0, b.1 - a.1);
    let side = |x: f64, y: f64| edge.0 * (y - a.1) - edge.1 * (x - a.0);
    let (from_side, to_side) = (side(px, py), side(qx, qy));
    // Half-open in both tests, so that a vertex on the border is counted once.
    if (from_side > 0.0) == (to_side > 0.0) {
        return None;
    }
    let way = (qx - px, qy - py);
    let turn = |p: (f64, f64)| way.0 * (p.1 - py) - way.1 * (p.0 - px) > 0.0;
    (turn(a) != turn(b)).then(|| (from_side / (from_side - to_side)).clamp(0.0, 1.0))
}
