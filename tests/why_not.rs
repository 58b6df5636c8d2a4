//! Conflicts, ways out and prices of constraints against brute force: every loopless path is evaluated once, every set of
//! constraints is tried on all of them.

mod support;

use std::collections::BTreeSet;

use fiberplan::corridor::{Bounded, Constraint, Plan, Relaxation, Request, Terms, WayOut};
use fiberplan::embedded;
use fiberplan::metrics::{Route, Tariff, evaluate};
use fiberplan::network::{Confidence, Network, SegmentId, Status};
use fiberplan::prices::PriceBook;
use fiberplan::routing::{End, Objective, Policy, ShareOf};

use support::Dice;
use support::oracle::{all_paths, demand, figure, fits, random_policy, random_request, varied_network};

/// How many questions are checked.
const ENOUGH: usize = 2_200;

/// A random question, and every loopless way between its ends.
struct Case<'a> {
    seed: u64,
    network: Network,
    request: Request,
    policy: Policy,
    tariff: Tariff<'a>,
    all: Vec<Route>,
}

impl<'a> Case<'a> {
    fn new(seed: u64, book: &'a PriceBook) -> Self {
        let mut dice = Dice::new(seed + 5_000_000);
        let mut parts = varied_network(seed, &mut dice).to_parts();
        for segment in &mut parts.segments {
            segment.row.system = ["Ring", "Spur"].into_iter().find(|_| dice.chance(30)).map(str::to_owned);
            segment.row.confidence = [Confidence::Surveyed, Confidence::Inferred].into_iter().find(|_| dice.chance(40));
        }
        let network = Network::new(parts).expect("the same network with other words in it");
        let mut request = random_request(&mut dice, &network);
        if dice.chance(25) {
            let ring = network.segments().filter(|segment| segment.row.system.as_deref() == Some("Ring"));
            request.avoid.segments.extend(ring.map(|segment| segment.id().clone()));
        }
        let mut policy = random_policy(&mut dice);
        policy.min_confidence = dice.chance(10).then_some(Confidence::Inferred);
        let (End::Node(from), End::Node(to)) = (&request.from, &request.to) else { unreachable!("ends are nodes") };
        let ends = [from, to].map(|id| network.find_node(id).expect("a node").country);
        let tariff = Tariff::new(book, demand(), (ends[0], ends[1]));
        let all = all_paths(&network, from, to).iter().map(|path| evaluate(&network, &tariff, from, path)).collect();
        Self { seed, network, request, policy, tariff, all }
    }

    fn plan(&self, book: &'a PriceBook) -> Plan<'_> {
        Plan::new(&self.network, book, demand(), &self.policy)
    }

    fn terms(&self) -> Terms {
        Terms { request: self.request.clone(), policy: self.policy.clone() }
    }

    fn without(&self, dropped: &[Constraint]) -> Terms {
        dropped.iter().fold(self.terms(), |terms, constraint| terms.without(constraint, &self.network))
    }

    fn fitting(&self, terms: &Terms) -> impl Iterator<Item = &Route> {
        self.all.iter().filter(move |route| fits(&terms.request, &terms.policy, &self.network, route))
    }

    fn figure(&self, route: &Route, objective: Objective) -> u64 {
        figure(&self.network, &self.tariff, route, objective)
    }

    /// What a route has of what a bound bounds.
    fn amount(&self, route: &Route, of: Bounded, request: &Request) -> u64 {
        let ends = [route.countries[0], route.countries[route.countries.len() - 1]];
        let different: BTreeSet<_> = route.countries.iter().copied().collect();
        let share = |code| {
            let here = route.shares.iter().find(|share| share.country == code).map_or(0, |share| share.length.metres());
            (here * 1_000_000).div_ceil(route.length.metres())
        };
        match of {
            Bounded::Latency => self.figure(route, Objective::Latency),
            Bounded::Cost => self.figure(route, Objective::Cost),
            Bounded::Length => self.figure(route, Objective::Length),
            Bounded::Unavailability => self.figure(route, Objective::Availability),
            Bounded::Crossings => route.passages.len() as u64,
            Bounded::Countries => different.len() as u64,
            Bounded::TransitCountries => different.iter().filter(|code| !ends.contains(code)).count() as u64,
            Bounded::Share(ShareOf::Country(code)) => share(code),
            Bounded::Share(ShareOf::EachTransitCountry) => {
                let own = |code| request.shares.iter().any(|share| share.of == ShareOf::Country(code));
                let codes = different.iter().copied().filter(|code| !ends.contains(code) && !own(*code));
                codes.map(share).max().unwrap_or(0)
            }
        }
    }

    fn told(&self) -> String {
        let segments: Vec<_> = self.network.segments().map(|segment| (&segment.row, &segment.pieces)).collect();
        format!("seed {}: {:?}\n{:?}\n{segments:#?}", self.seed, self.request, self.policy)
    }
}

/// The sets that hold none of the others.
fn minimal(mut sets: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
    sets.sort_by_key(|set| (set.len(), set.clone()));
    let mut kept: Vec<Vec<usize>> = Vec::new();
    for set in sets {
        if !kept.iter().any(|less| less.iter().all(|i| set.contains(i))) {
            kept.push(set);
        }
    }
    kept
}

/// The minimal sets to keep that nothing fits, and to drop so that something does, found by trying all.
fn by_brute_force(case: &Case<'_>, constraints: &[Constraint]) -> (Vec<Vec<usize>>, Vec<Vec<usize>>) {
    let n = constraints.len();
    let (mut conflicts, mut corrections) = (Vec::new(), Vec::new());
    for mask in 0_u32..1 << n {
        let (kept, dropped): (Vec<usize>, Vec<usize>) = (0..n).partition(|i| mask >> i & 1 == 1);
        let without: Vec<Constraint> = dropped.iter().map(|&i| constraints[i].clone()).collect();
        if case.fitting(&case.without(&without)).next().is_some() {
            corrections.push(dropped);
        } else {
            conflicts.push(kept);
        }
    }
    (minimal(conflicts), minimal(corrections))
}

#[test]
fn conflicts_and_ways_out_are_those_of_all_subsets() {
    let book = embedded::price_book();
    let (mut checked, mut large, mut in_pairs) = (0, 0, 0);
    for seed in 0..9000 {
        if checked == ENOUGH {
            break;
        }
        let case = Case::new(seed, &book);
        let constraints = case.terms().constraints(&case.network);
        if constraints.len() > 7 || case.fitting(&case.terms()).next().is_some() {
            continue;
        }
        let plan = case.plan(&book);
        assert!(plan.routes(&case.request).is_empty());
        let obstacle = plan.why_not(&case.request);
        assert_eq!(obstacle.constraints, constraints);
        let (conflicts, corrections) = by_brute_force(&case, &constraints);
        let named = |sets: &[Vec<usize>]| -> Vec<Vec<Constraint>> {
            sets.iter().map(|set| set.iter().map(|&i| constraints[i].clone()).collect()).collect()
        };
        assert!(obstacle.complete, "{}", case.told());
        assert_eq!(obstacle.conflicts, named(&conflicts), "{}", case.told());
        assert_eq!(obstacle.connected, !case.all.is_empty(), "{}", case.told());
        for correction in named(&corrections) {
            let opened = obstacle.ways_out.iter().filter(|way_out| gave_way(way_out, &constraints) == correction);
            assert_eq!(opened.count(), 1, "{correction:?} in {:?}\n{}", obstacle.ways_out, case.told());
            in_pairs += usize::from(correction.len() > 1);
        }
        for way_out in &obstacle.ways_out {
            check_way_out(&case, way_out, &constraints, &named(&corrections));
        }
        let sizes: Vec<usize> = obstacle.ways_out.iter().map(|way_out| way_out.changes.len()).collect();
        assert!(sizes.is_sorted(), "the fewest changes come first");
        checked += 1;
        large += usize::from(conflicts.iter().any(|conflict| conflict.len() > 1));
    }
    assert!(checked == ENOUGH && large > 400 && in_pairs > 800, "{checked} checked, {large}, {in_pairs}");
}

/// The constraints that give way in a way out, in their order.
fn gave_way(way_out: &WayOut, constraints: &[Constraint]) -> Vec<Constraint> {
    let is_it = |constraint: &&Constraint| {
        way_out.changes.iter().any(|change| match (change, constraint) {
            (Relaxation::Drop(dropped), other) => dropped == *other,
            (Relaxation::Loosen { bound, .. }, Constraint::Bound(own)) => own.of == bound.of,
            (Relaxation::CountOn { .. }, Constraint::Statuses(_)) => true,
            (Relaxation::Loosen { .. } | Relaxation::CountOn { .. }, _) => false,
        })
    };
    constraints.iter().filter(is_it).cloned().collect()
}

/// That a way out opens the route it shows, that there is no better one then, and that nothing gives way further than it
/// has to.
fn check_way_out(case: &Case<'_>, way_out: &WayOut, constraints: &[Constraint], corrections: &[Vec<Constraint>]) {
    let told = || format!("{way_out:?}\n{}", case.told());
    let dropped = gave_way(way_out, constraints);
    let statuses = |constraint: &&Constraint| matches!(constraint, Constraint::Statuses(_));
    let dropped_before: Vec<Constraint> = dropped.iter().filter(|c| !statuses(c)).cloned().collect();
    let mut terms = case.without(&dropped_before);
    let bounds = way_out.changes.iter().filter_map(|change| match change {
        Relaxation::Loosen { bound, least } => Some((*bound, *least)),
        Relaxation::Drop(_) | Relaxation::CountOn { .. } => None,
    });
    let bounds: Vec<_> = bounds.collect();
    let mut wide = terms.clone();
    if dropped.iter().any(|constraint| statuses(&constraint)) {
        wide.policy.statuses = Status::ALL.iter().copied().filter(|status| *status != Status::Retired).collect();
    }
    let minimal = corrections.contains(&dropped);
    if let ([(bound, least)], true) = (bounds.as_slice(), dropped.len() == 1 || !minimal) {
        // A single bound gives way: its least is the least of all that fits otherwise.
        let amounts = case.fitting(&wide).map(|route| case.amount(route, bound.of, &wide.request));
        assert_eq!(amounts.min(), Some(*least), "{}", told());
        assert_eq!(bound.of.allowing(*least), *bound);
    }
    for (bound, least) in &bounds {
        assert!(bound.most >= *least, "{}", told());
        bound.of.set(&mut terms.request, Some(bound.most));
        bound.of.set(&mut wide.request, Some(bound.most));
    }
    // What is counted on counts as in service for whether a route fits; its price is still that of what it is.
    let needed: BTreeSet<&SegmentId> = way_out.needed().iter().map(|(id, _)| id).collect();
    let missing = |route: &Route| {
        let usable = |id: &SegmentId| {
            let status = case.network.find_segment(id).expect("a segment").row.status;
            case.policy.statuses.contains(&status)
        };
        route.hops.iter().filter(|hop| !usable(&hop.segment)).map(|hop| hop.length.metres()).sum::<u64>()
    };
    if !needed.is_empty() && (bounds.is_empty() || !minimal) {
        assert_eq!(case.fitting(&wide).map(missing).min(), Some(missing(&way_out.route)), "{}", told());
    }
    let mut parts = case.network.to_parts();
    for segment in parts.segments.iter_mut().filter(|segment| needed.contains(segment.id())) {
        segment.row.status = Status::InService;
    }
    let counted = Network::new(parts).expect("the same network with another status in it");
    let opened: Vec<&Route> =
        case.all.iter().filter(|route| fits(&terms.request, &terms.policy, &counted, route)).collect();
    assert!(opened.contains(&&way_out.route), "{}", told());
    let objective = terms.request.objective;
    if !matches!(objective, Objective::Weighted(_)) {
        let best = opened.iter().map(|route| case.figure(route, objective)).min();
        assert_eq!(Some(case.figure(&way_out.route, objective)), best, "{}", told());
    }
}

#[test]
fn prices_are_the_differences_between_separate_searches() {
    let book = embedded::price_book();
    let (mut checked, mut binding, mut stepped) = (0, 0, 0);
    for seed in 0..12_000 {
        if checked == ENOUGH {
            break;
        }
        let case = Case::new(seed, &book);
        let constraints = case.terms().constraints(&case.network);
        let objective = case.request.objective;
        let best = |terms: &Terms| case.fitting(terms).map(|route| case.figure(route, objective)).min();
        let (Some(with_all), false) = (best(&case.terms()), matches!(objective, Objective::Weighted(_))) else {
            continue;
        };
        let prices = case.plan(&book).price_constraints(&case.request).expect("a route");
        assert_eq!(case.figure(&prices.kept, objective), with_all, "{}", case.told());
        assert_eq!(prices.each.len(), constraints.len());
        assert!(prices.each.is_sorted_by_key(|price| std::cmp::Reverse(price.dropped.objective)));
        for price in &prices.each {
            assert!(constraints.contains(&price.constraint));
            let freed = case.without(std::slice::from_ref(&price.constraint));
            let less = best(&freed).expect("a route that keeps more is still there");
            assert_eq!(price.dropped.objective, with_all - less, "{:?}\n{}", price, case.told());
            assert!(case.fitting(&freed).any(|route| *route == price.dropped.route), "{}", case.told());
            let cents = prices.kept.bill.total().cents() - price.dropped.route.bill.total().cents();
            assert_eq!(price.dropped.cost_cents, cents);
            assert!((price.dropped.rtt_ms - prices.kept.rtt_ms() + price.dropped.route.rtt_ms()).abs() < 1e-9);
            binding += usize::from(price.is_binding());
            let Some(of) = price.constraint.bounded().filter(|_| price.is_binding()) else {
                assert_eq!(price.loosened, None);
                continue;
            };
            let better = case.fitting(&freed).filter(|route| case.figure(route, objective) < with_all);
            let least = better.map(|route| case.amount(route, of, &freed.request)).min().expect("it is binding");
            match &price.loosened {
                None => assert!(objective == Objective::Risk || Bounded::of_objective(objective) == Some(of)),
                Some((bound, saving)) => {
                    assert_eq!(*bound, of.allowing(least), "{}", case.told());
                    assert!(saving.objective > 0, "{}", case.told());
                    stepped += 1;
                }
            }
        }
        let free = best(&case.without(&constraints)).expect("a route that keeps more is still there");
        assert_eq!(prices.without_any.objective, with_all - free, "{}", case.told());
        checked += 1;
    }
    assert!(
        checked == ENOUGH && binding > 400 && stepped > 30,
        "{checked} checked, {binding} binding, {stepped} stepped"
    );
}
