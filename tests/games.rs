//! Cost games: answers that were published, laws that hold for every game, and slow obvious searches.

use fiberplan::analysis::games::{Coalition, CostGame, Split, blocking, members, nucleolus, shapley, shapley_sampled};

/// A linear congruential generator with a fixed seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> i64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % n) as i64
    }
}

fn game(n: usize, cost: impl Fn(Coalition) -> i64) -> CostGame {
    CostGame::new(n, (0..1 << n).map(cost).collect()).expect("a game")
}

fn random_game(n: usize, most: u64, dice: &mut Dice) -> CostGame {
    let costs: Vec<i64> = (0..1 << n).map(|mask: u64| if mask == 0 { 0 } else { dice.below(most) }).collect();
    CostGame::new(n, costs).expect("a game")
}

fn near(found: &[f64], wanted: &[f64], what: &str) {
    let close = found.iter().zip(wanted).all(|(a, b)| (a - b).abs() < 1e-9);
    assert!(close && found.len() == wanted.len(), "{what}: {found:?}, expected {wanted:?}");
}

#[test]
fn published_answers() {
    let path = format!("{}/tests/fixtures/games/published.toml", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).expect("the fixture is there");
    let table: toml::Table = text.parse().expect("the fixture is TOML");
    let number =
        |value: &toml::Value| value.as_float().or(value.as_integer().map(|whole| whole as f64)).expect("a number");
    let (mut n_shapley, mut n_nucleolus) = (0, 0);
    for own in table["game"].as_array().expect("games") {
        let name = own["name"].as_str().expect("a name");
        let players = own["players"].as_integer().expect("a number") as usize;
        let scale = number(&own["scale"]);
        let sign = if own["gains"].as_bool().expect("true or false") { -1.0 } else { 1.0 };
        let mut costs = vec![0_i64; 1 << players];
        for (who, value) in own["values"].as_table().expect("values") {
            let mask = who.bytes().fold(0, |mask, player| mask | 1 << (player - b'A'));
            costs[mask] = (sign * scale * number(value)).round() as i64;
        }
        let game = CostGame::new(players, costs).expect("a game");
        let check = |key: &str, split: &Split, count: &mut i32| {
            let Some(wanted) = own.get(key) else { return };
            let times = number(&own[&format!("{key}_times")[..]]);
            let wanted: Vec<f64> =
                wanted.as_array().expect("shares").iter().map(|share| number(share) / times).collect();
            let found: Vec<f64> = split.values().iter().map(|value| sign * value / scale).collect();
            near(&found, &wanted, &format!("{key} of {name}"));
            *count += 1;
        };
        check("shapley", &shapley(&game), &mut n_shapley);
        check("nucleolus", &nucleolus(&game), &mut n_nucleolus);
        let empty = own["core_is_empty"].as_bool().expect("true or false");
        assert_eq!(blocking(&game, &nucleolus(&game)).is_some(), empty, "the core of {name}");
    }
    assert_eq!((n_shapley, n_nucleolus), (4, 11), "all games are checked");
}

/// Littlechild's expression: the i-th of the players in order of cost pays the least, over all k from i to the last but
/// one, of (c_k - what those before pay) / (k - i + 2); the last pays the rest.
#[test]
fn airports_by_littlechild() {
    let mut dice = Dice(5);
    for round in 0..300 {
        let n = 2 + dice.below(9) as usize;
        let mut costs: Vec<i64> = (0..n).map(|_| dice.below(60)).collect();
        costs.sort_unstable();
        let airport = game(n, |mask| members(mask).map(|player| costs[player]).max().unwrap_or(0));
        let (mut wanted, mut paid) = (Vec::new(), 0.0);
        for i in 0..n - 1 {
            let least = (i..n - 1).map(|k| (costs[k] as f64 - paid) / (k - i + 2) as f64).fold(f64::INFINITY, f64::min);
            wanted.push(least);
            paid += least;
        }
        wanted.push(costs[n - 1] as f64 - paid);
        near(&nucleolus(&airport).values(), &wanted, &format!("round {round}, {costs:?}"));
        // Littlechild and Owen: what each length costs more is shared by all who need it.
        let mut shares = vec![0.0; n];
        for i in 0..n {
            let more = costs[i] - if i == 0 { 0 } else { costs[i - 1] };
            (i..n).for_each(|player| shares[player] += more as f64 / (n - i) as f64);
        }
        near(&shapley(&airport).values(), &shares, &format!("round {round}, {costs:?}"));
        assert_eq!(blocking(&airport, &shapley(&airport)), None, "an airport's Shapley value is in the core");
    }
}

#[test]
fn the_shapley_value_is_the_mean_over_all_orders() {
    let mut dice = Dice(11);
    for n in 1..=6 {
        let game = random_game(n, 1000, &mut dice);
        let (mut sums, mut count) = (vec![0_i64; n], 0_i64);
        let mut open: Vec<Vec<usize>> = vec![Vec::new()];
        while let Some(order) = open.pop() {
            if order.len() == n {
                let mut coalition = 0;
                for player in order {
                    sums[player] += game.cost(coalition | 1 << player) - game.cost(coalition);
                    coalition |= 1 << player;
                }
                count += 1;
                continue;
            }
            open.extend((0..n).filter(|player| !order.contains(player)).map(|player| [&order[..], &[player]].concat()));
        }
        let wanted: Vec<f64> = sums.iter().map(|&sum| sum as f64 / count as f64).collect();
        near(&shapley(&game).values(), &wanted, &format!("{n} players"));
    }
}

#[test]
fn laws_of_both() {
    let mut dice = Dice(3);
    for round in 0..200 {
        let n = 2 + dice.below(5) as usize;
        let (one, other) = (random_game(n, 500, &mut dice), random_game(n, 500, &mut dice));
        let sum = game(n, |mask| one.cost(mask) + other.cost(mask));
        let added: Vec<f64> = shapley(&one).values().iter().zip(shapley(&other).values()).map(|(a, b)| a + b).collect();
        near(&shapley(&sum).values(), &added, &format!("additivity, round {round}"));
        // Players 0 and 1 made alike, and another added who costs 7 wherever it goes.
        let swapped = |mask: Coalition| mask & !3 | (mask & 1) << 1 | mask >> 1 & 1;
        let alike = game(n + 1, |mask| {
            let rest = mask & ((1 << n) - 1);
            one.cost(rest) + one.cost(swapped(rest)) + if mask >> n & 1 == 1 { 7 } else { 0 }
        });
        for (what, split) in [("Shapley", shapley(&alike)), ("nucleolus", nucleolus(&alike))] {
            let shares = split.values();
            assert!((shares[0] - shares[1]).abs() < 1e-9, "symmetry, {what}, round {round}: {shares:?}");
            assert_eq!(split.rounded().iter().sum::<i64>(), alike.total(), "efficiency, {what}, round {round}");
        }
        assert!((shapley(&alike).values()[n] - 7.0).abs() < 1e-9, "a dummy pays what it costs, round {round}");
    }
}

/// What each coalition pays more than it costs, the worst first, times the denominator.
fn complaints(game: &CostGame, shares: &[i128], denominator: i128) -> Vec<i128> {
    let paid = |mask: Coalition| members(mask).map(|player| shares[player]).sum::<i128>();
    let complaint = |mask: Coalition| paid(mask) - i128::from(game.cost(mask)) * denominator;
    let mut all: Vec<i128> = game.proper_coalitions().map(complaint).collect();
    all.sort_unstable_by_key(|&complaint| std::cmp::Reverse(complaint));
    all
}

/// Every split in twelfths that charges nobody more than it costs alone, tried: of three players' games in whole numbers
/// the nucleolus is one of these, as its shares are quarters or thirds or sums of such.
#[test]
fn the_nucleolus_of_three_by_trying_all() {
    let mut dice = Dice(17);
    let mut tried = 0;
    for round in 0..60 {
        let game = random_game(3, 9, &mut dice);
        let alone: Vec<i128> = (0..3).map(|player| 12 * i128::from(game.alone(player))).collect();
        let total = 12 * i128::from(game.total());
        let mut best: Option<(Vec<i128>, [i128; 3])> = None;
        for a in total - alone[1] - alone[2]..=alone[0] {
            for b in total - a - alone[2]..=alone[1] {
                let shares = [a, b, total - a - b];
                let own = complaints(&game, &shares, 12);
                if best.as_ref().is_none_or(|(worst, _)| own < *worst) {
                    best = Some((own, shares));
                }
            }
        }
        let Some((_, shares)) = best else { continue };
        let wanted: Vec<f64> = shares.iter().map(|&share| share as f64 / 12.0).collect();
        near(&nucleolus(&game).values(), &wanted, &format!("round {round}: {game:?}"));
        tried += 1;
    }
    assert!(tried > 25, "{tried} games had a split that charges nobody too much");
}

/// No small step away from the nucleolus makes the list of complaints less: a split that is best among its neighbours in
/// this order is best of all.
#[test]
fn no_step_away_from_the_nucleolus_is_better() {
    let mut dice = Dice(23);
    let (mut with, mut without) = (0, 0);
    for round in 0..150 {
        let n = 4 + dice.below(4) as usize;
        let sparse = dice.below(2) == 0;
        let most = if sparse { 4 } else { 10_000 };
        let random = random_game(n, most, &mut dice);
        let all = random.everybody();
        let more = if dice.below(3) == 0 { (n as i64) * most as i64 } else { 0 };
        let game = game(n, |mask| random.cost(mask) + if mask == all { more } else { 0 });
        let split = nucleolus(&game);
        assert_eq!(split.rounded().iter().sum::<i64>(), game.total(), "round {round}");
        let bounded = game.saving() >= 0;
        (with, without) = (with + i32::from(bounded), without + i32::from(!bounded));
        let fine = 1_000_000;
        let shares: Vec<i128> = split.numerators().iter().map(|share| share * fine).collect();
        let denominator = split.denominator() * fine;
        let allowed = |shares: &[i128]| {
            let fits = |player: usize| shares[player] <= i128::from(game.alone(player)) * denominator;
            !bounded || (0..n).all(fits)
        };
        assert!(allowed(&shares), "round {round}: somebody pays more than alone");
        let own = complaints(&game, &shares, denominator);
        for _ in 0..400 {
            let mut step: Vec<i128> = (0..n).map(|_| i128::from(dice.below(5) - 2)).collect();
            step[0] -= step.iter().sum::<i128>();
            let there: Vec<i128> =
                shares.iter().zip(&step).map(|(share, step)| share + step * split.denominator()).collect();
            if step.iter().any(|&part| part != 0) && allowed(&there) {
                assert!(own < complaints(&game, &there, denominator), "round {round}, step {step:?}: {game:?}");
            }
        }
    }
    assert!(with > 30 && without > 30, "{with} games bound what each pays, {without} do not");
}

#[test]
fn twelve_players_are_no_trouble() {
    let mut dice = Dice(29);
    let weights: Vec<i64> = (0..12).map(|_| 1_000_000_000 + dice.below(1 << 30)).collect();
    let concave = game(12, |mask| (members(mask).map(|player| weights[player]).sum::<i64>() as f64).sqrt() as i64);
    let split = nucleolus(&concave);
    assert_eq!(split.rounded().iter().sum::<i64>(), concave.total());
    assert_eq!(blocking(&concave, &split), None, "costs that fall with size leave a core");
}

#[test]
fn a_sample_is_near_the_exact_value() {
    let mut dice = Dice(31);
    for round in 0..4 {
        let game = random_game(8, 100_000, &mut dice);
        let exact = shapley(&game).values();
        let sampled = shapley_sampled(8, 3000, 40 + round, |coalition| game.cost(coalition));
        assert_eq!(sampled.split.rounded().iter().sum::<i64>(), game.total());
        for (player, (found, error)) in sampled.split.values().iter().zip(&sampled.standard_errors).enumerate() {
            let off = (found - exact[player]).abs();
            assert!(off <= 3.0 * error, "round {round}, player {player}: {found} against {}, {error}", exact[player]);
            assert!(*error > 0.0 && *error < 1000.0, "round {round}, player {player}: {error}");
        }
        assert_eq!(sampled, shapley_sampled(8, 3000, 40 + round, |coalition| game.cost(coalition)), "the same again");
    }
}

#[test]
fn who_would_go_alone() {
    // Each alone 10, two together 12, all 30: the pair gains most where it pays most.
    let game = game(3, |mask| [0, 10, 12, 30][mask.count_ones() as usize]);
    let found = blocking(&game, &Split::whole(&[10, 12, 8])).expect("two pay 22 for 12");
    assert_eq!((found.coalition, found.gain), (0b011, 10.0));
    let equal = blocking(&game, &Split::equal(30, 3)).expect("any two pay 20 for 12");
    assert_eq!((equal.coalition, equal.gain), (0b011, 8.0), "of equals the first");
    assert!(blocking(&game, &nucleolus(&game)).is_some(), "the core is empty");
}
