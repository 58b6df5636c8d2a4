//! A file of queries as a planner might have it: mostly plain ones, some with constraints, a few that have no answer.

use std::fmt::Write;

/// The head line.
pub const HEAD: &str = "id,from,to,k,objective,via,avoid,corridor,max_rtt_ms,max_cost_usd,max_crossings\n";

/// Corridors that exist on the base network, with their ends.
const CORRIDORS: [[&str; 3]; 4] =
    [["TM", "PK", "TM;AF;PK"], ["UZ", "PK", "UZ;AF;PK"], ["KZ", "TM", "KZ;UZ;TM"], ["AZ", "TR", "AZ;GE;TR"]];

/// A linear congruential generator: the same numbers everywhere.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % n as u64) as usize
    }

    fn chance(&mut self, per_mille: usize) -> bool {
        self.below(1000) < per_mille
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }
}

/// `n` queries as CSV: the same for the same seed.
///
/// Of 1,000 queries some 20 follow a corridor, 100 ask for 2 to 5 routes, 150 avoid a country, 50 have something to pass,
/// 180 are bounded, and 15 make no sense.
pub fn queries(places: &[&str], countries: &[&str], n: usize, seed: u64) -> String {
    let mut dice = Numbers(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let mut text = HEAD.to_owned();
    for i in 1..=n {
        let (mut from, mut to) = (end(&mut dice, places, countries), end(&mut dice, places, countries));
        let mut corridor = "";
        if dice.chance(20) {
            [from, to, corridor] = CORRIDORS[dice.below(CORRIDORS.len())];
        } else if dice.chance(10) {
            from = "Nowhere at all";
        } else if dice.chance(5) {
            to = from;
        }
        let k = if dice.chance(100) { 2 + dice.below(4) } else { 1 };
        let objective = dice.pick(&["cost", "latency", "length", "risk"]);
        let via = if dice.chance(50) { end(&mut dice, places, countries) } else { "" };
        let avoid = if dice.chance(150) { dice.pick(countries) } else { "" };
        let rtt = if dice.chance(100) { (5 + dice.below(200)).to_string() } else { String::new() };
        let usd = if dice.chance(30) { (1 + dice.below(60)).to_string() + "000000" } else { String::new() };
        let crossings = if dice.chance(50) { dice.below(8).to_string() } else { String::new() };
        let row = format!("q{i},{from},{to},{k},{objective},{via},{avoid},{corridor},{rtt},{usd},{crossings}");
        writeln!(text, "{row}").expect("a text takes more text");
    }
    text
}

fn end<'a>(dice: &mut Numbers, places: &[&'a str], countries: &[&'a str]) -> &'a str {
    if dice.chance(200) { dice.pick(countries) } else { dice.pick(places) }
}
