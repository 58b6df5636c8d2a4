//! Diverse sets of routes against brute force over every pair and triple of loopless routes.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use fiberplan::World;
use fiberplan::analysis::{Diverse, Diversity, Plan, Request};
use fiberplan::graph::disjoint::Aim;
use fiberplan::metrics::{Route, Tariff, evaluate};
use fiberplan::network::{CountryCode, Network, NodeId, Segment, SegmentId};
use fiberplan::request::{End, Objective, Policy};

use crate::support::oracle::{all_paths, demand, figure, fits, random_request};
use crate::support::{Dice, country, random_network};

const CODES: [&str; 3] = ["AA", "BB", "CC"];
const AIMS: [Aim; 3] = [Aim::Sum, Aim::First, Aim::Balanced];

/// A random network whose segments have owners and risk groups, and some of whose countries have many gateways.
fn random_groups(seed: u64) -> Network {
    let mut dice = Dice::new(seed + 7_000_000);
    let mut parts = random_network(seed).to_parts();
    for segment in &mut parts.segments {
        segment.row.system = dice.chance(50).then(|| format!("system {}", dice.below(3)));
        for (chance, names, list) in [
            (40, ["trench", "bridge", "strait"], &mut segment.row.srlg),
            (60, ["Alpha", "Beta", "consortium"], &mut segment.row.owners),
        ] {
            while dice.chance(chance) && list.len() < 2 {
                let name = names[dice.below(3) as usize].to_owned();
                if !list.contains(&name) {
                    list.push(name);
                }
            }
        }
    }
    parts.gateways.clear();
    for code in CODES.iter().filter(|_| dice.chance(70)) {
        let all = parts.nodes.iter().filter(|node| node.country == country(code));
        parts.gateways.insert(country(code), all.map(|node| node.id.clone()).collect());
    }
    parts.gateways.retain(|_, ids| !ids.is_empty());
    Network::new(parts).expect("still a network")
}

fn gateways(network: &Network, end: &End) -> Vec<NodeId> {
    match end {
        End::Node(id) => vec![id.clone()],
        End::Country(code) => network.gateways(*code).map(|node| node.id.clone()).collect(),
    }
}

/// What a route has of what is not to be shared, each with what sharing it weighs.
fn has(network: &Network, route: &Route, diversity: Diversity, ends: [CountryCode; 2]) -> BTreeMap<String, u64> {
    let segments = || route.segments().map(|id| network.find_segment(id).expect("a segment of the network"));
    match diversity {
        Diversity::Segment => segments().map(|s| (s.id().to_string(), s.length.metres())).collect(),
        Diversity::Node => route.nodes[1..route.nodes.len() - 1].iter().map(|id| (id.to_string(), 1)).collect(),
        Diversity::Srlg => {
            let own = segments().map(|s| format!("segment {}", s.id()));
            own.chain(segments().flat_map(|s| s.row.srlg.clone())).map(|name| (name, 1)).collect()
        }
        Diversity::Country => {
            let transit = route.countries.iter().filter(|code| !ends.contains(code));
            transit.map(|code| (code.to_string(), 1)).collect()
        }
        Diversity::Owner => {
            let of = |s: &Segment| {
                let system = s.row.system.clone();
                let named = s.row.owners.clone().into_iter().map(move |owner| match &system {
                    Some(system) if owner == "consortium" => format!("{system} consortium"),
                    _ => owner,
                });
                named.collect::<Vec<_>>()
            };
            segments().flat_map(of).map(|name| (name, 1)).collect()
        }
    }
}

/// What a route touches without having it: two routes may both end at a place, but not one end where one passes.
fn touches(route: &Route, diversity: Diversity) -> BTreeSet<String> {
    let ends = [&route.nodes[0], &route.nodes[route.nodes.len() - 1]];
    if diversity == Diversity::Node { ends.map(ToString::to_string).into() } else { BTreeSet::new() }
}

/// A request, half of them with constraints, between places or countries.
fn random_question(dice: &mut Dice, network: &Network) -> Request {
    let mut request = random_request(dice, network);
    if dice.chance(50) {
        request = Request::between(request.from, request.to, request.objective);
    }
    // Rounded scores are not compared to the unit.
    request.objective = Objective::ALL[dice.below(5) as usize];
    let countries: Vec<CountryCode> = network.countries().collect();
    if request.corridor.is_none() && countries.len() > 1 && dice.chance(30) {
        let i = dice.below(countries.len() as u64) as usize;
        let j = (i + 1 + dice.below(countries.len() as u64 - 1) as usize) % countries.len();
        (request.from, request.to) = (End::Country(countries[i]), End::Country(countries[j]));
    }
    request
}

/// A route as brute force sees it: what it has and touches as bits, and its figure.
struct Candidate {
    has: u64,
    touches: u64,
    figure: u64,
}

/// All candidates, and what sharing the thing of each bit weighs.
struct Candidates {
    all: Vec<Candidate>,
    weights: Vec<u64>,
}

impl Candidates {
    fn new(network: &Network, routes: &[(Route, u64)], diversity: Diversity, ends: [CountryCode; 2]) -> Self {
        let mut bits: BTreeMap<String, (usize, u64)> = BTreeMap::new();
        for (route, _) in routes {
            let touched = touches(route, diversity).into_iter().map(|name| (name, 1));
            for (name, weight) in has(network, route, diversity, ends).into_iter().chain(touched) {
                let n = bits.len();
                bits.entry(name).or_insert((n, weight));
            }
        }
        assert!(bits.len() <= 64);
        let mut weights = vec![0; bits.len()];
        bits.values().for_each(|&(bit, weight)| weights[bit] = weight);
        let mask = |names: &mut dyn Iterator<Item = String>| names.fold(0, |mask, name| mask | 1 << bits[&name].0);
        let candidate = |(route, figure): &(Route, u64)| Candidate {
            has: mask(&mut has(network, route, diversity, ends).into_keys()),
            touches: mask(&mut touches(route, diversity).into_iter()),
            figure: *figure,
        };
        Self { all: routes.iter().map(candidate).collect(), weights }
    }

    fn penalty(&self, set: &[&Candidate]) -> u64 {
        let shared = |i: usize, j: usize| {
            let (a, b) = (set[i], set[j]);
            (a.has & (b.has | b.touches)) | (a.touches & b.has)
        };
        let pairs = (0..set.len()).flat_map(|j| (0..j).map(move |i| (i, j)));
        let all = pairs.fold(0, |all, (i, j)| all | shared(i, j));
        (0..64).filter(|bit| all >> bit & 1 == 1).map(|bit| self.weights[bit]).sum()
    }

    /// For each aim the least penalty of a set of `k`, and with it the least figures.
    fn best(&self, k: usize) -> Option<[(u64, u64, u64); 3]> {
        let n = self.all.len();
        let mut best: Option<[(u64, u64, u64); 3]> = None;
        let mut consider = |set: &[&Candidate]| {
            let penalty = self.penalty(set);
            if best.is_some_and(|best| best[0].0 < penalty) {
                return;
            }
            let figures: Vec<u64> = set.iter().map(|candidate| candidate.figure).collect();
            let own = AIMS.map(|aim| (penalty, key(&figures, aim).0, key(&figures, aim).1));
            let known = best.unwrap_or(own);
            best = Some([0, 1, 2].map(|i| known[i].min(own[i])));
        };
        for i in 0..n {
            for j in 0..i {
                if k == 2 {
                    consider(&[&self.all[i], &self.all[j]]);
                }
                for l in 0..if k == 3 { j } else { 0 } {
                    consider(&[&self.all[i], &self.all[j], &self.all[l]]);
                }
            }
        }
        best
    }
}

fn key(figures: &[u64], aim: Aim) -> (u64, u64) {
    let sum = figures.iter().sum();
    match aim {
        Aim::Sum => (0, sum),
        Aim::First => (*figures.iter().min().expect("a route"), sum),
        Aim::Balanced => (*figures.iter().max().expect("a route"), sum),
    }
}

/// Checks one answer against the best that there is; tells whether there was a choice.
fn check(
    network: &Network,
    request: &Request,
    answer: &Diverse,
    (best, k, aim): (Option<(u64, u64, u64)>, usize, Aim),
    figure: &dyn Fn(&Route) -> u64,
    spot: &str,
) -> bool {
    for route in &answer.routes {
        assert!(fits(request, &Policy::in_service(2026), network, route), "{spot}: a constraint is ignored");
        assert_eq!(route.nodes.iter().collect::<BTreeSet<_>>().len(), route.nodes.len(), "{spot}: a place twice");
    }
    let distinct: BTreeSet<Vec<&SegmentId>> = answer.routes.iter().map(|route| route.segments().collect()).collect();
    assert_eq!(distinct.len(), answer.routes.len(), "{spot}: a route is listed twice");
    let Some(best) = best else {
        assert!(answer.routes.len() < k, "{spot}: all that there are");
        return false;
    };
    assert!(answer.open.is_none(), "{spot}");
    assert_eq!(answer.routes.len(), k, "{spot}");
    let own: Vec<(Route, u64)> = answer.routes.iter().map(|route| (route.clone(), figure(route))).collect();
    let ends = [&request.from, &request.to].map(|end| country_of(network, end));
    let own = Candidates::new(network, &own, answer.diversity, ends);
    let penalty = own.penalty(&own.all.iter().collect::<Vec<_>>());
    let figures: Vec<u64> = own.all.iter().map(|candidate| candidate.figure).collect();
    let (first, sum) = key(&figures, aim);
    assert_eq!((penalty, first, sum), best, "{spot}");
    assert!(figures.is_sorted(), "{spot}: best first");
    assert_eq!(answer.is_full(), penalty == 0, "{spot}: {:?}", answer.shared);
    true
}

fn country_of(network: &Network, end: &End) -> CountryCode {
    match end {
        End::Node(id) => network.find_node(id).expect("a node").country,
        End::Country(code) => *code,
    }
}

fn shown(network: &Network) -> String {
    let pieces = |s: &Segment| s.pieces.iter().map(|piece| piece.country.to_string()).collect::<Vec<_>>().join(" ");
    let row = |s: &Segment| {
        let ends = format!("{} {}-{} {} m, {}", s.id(), s.row.from, s.row.to, s.length.metres(), pieces(s));
        format!("{ends}, system {:?}, srlg {:?}, owners {:?}", s.row.system, s.row.srlg, s.row.owners)
    };
    network.segments().map(row).collect::<Vec<_>>().join("\n")
}

#[test]
fn sets_are_those_of_brute_force() {
    against_brute_force(0..1100);
}

#[test]
fn sets_are_those_of_brute_force_on_more_networks() {
    against_brute_force(1100..2200);
}

fn against_brute_force(seeds: Range<u64>) {
    let book = World::shipped().price_book();
    let policy = Policy::in_service(2026);
    let mut seen: BTreeMap<(&str, bool), usize> = BTreeMap::new();
    let mut answered = 0;
    for seed in seeds {
        let network = random_groups(seed);
        let mut dice = Dice::new(seed + 3_000_000);
        let request = random_question(&mut dice, &network);
        let plan = Plan::new(&network, &book, demand(), &policy);
        let ends = [&request.from, &request.to].map(|end| country_of(&network, end));
        let tariff = Tariff::new(&book, demand(), (ends[0], ends[1]));
        let own_figure = |route: &Route| figure(&network, &tariff, route, request.objective);
        let mut routes: Vec<(Route, u64)> = Vec::new();
        for from in gateways(&network, &request.from) {
            for to in gateways(&network, &request.to) {
                let paths = all_paths(&network, &from, &to).into_iter().filter(|path| !path.is_empty());
                let all = paths.map(|path| evaluate(&network, &tariff, &from, &path));
                routes.extend(
                    all.filter(|route| fits(&request, &policy, &network, route))
                        .map(|route| (own_figure(&route), route))
                        .map(|(figure, route)| (route, figure)),
                );
            }
        }
        // Triples are many: a third of the networks has to do.
        let most = if seed % 3 == 0 && routes.len() <= 24 { 3 } else { 2 };
        answered += usize::from(routes.len() > 1);
        for diversity in Diversity::ALL {
            let candidates = Candidates::new(&network, &routes, diversity, ends);
            for k in 2..=most {
                let best = candidates.best(k);
                for (i, aim) in AIMS.into_iter().enumerate() {
                    let answer = plan.diverse(&request, diversity, aim, k);
                    let spot = format!("seed {seed}, {diversity:?}, {aim:?}, k {k}: {request:?}\n{}", shown(&network));
                    let best = best.map(|best| best[i]);
                    if check(&network, &request, &answer, (best, k, aim), &own_figure, &spot) {
                        *seen.entry((diversity.as_str(), answer.is_full())).or_default() += 1;
                    }
                }
            }
        }
    }
    assert!(answered > 550, "{answered}");
    assert!(seen.len() == 10 && seen.values().all(|&n| n > 200), "{seen:?}");
}
