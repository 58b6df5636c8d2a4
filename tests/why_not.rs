//! Conflicts, ways out and prices of constraints against brute force: every loopless path is evaluated once, every set of
//! constraints is tried on all of them.

use std::collections::BTreeSet;

use fiberplan::World;
use fiberplan::analysis::{Bounded, Constraint, Plan, Relaxation, Request, Terms, WayOut};
use fiberplan::metrics::{Criterion, Route, Tariff, evaluate};
use fiberplan::network::{Confidence, Network, NodeId, SegmentId, Status};
use fiberplan::prices::PriceBook;
use fiberplan::report::{Asked, Context, Format, Report, RouteReport};
use fiberplan::request::{End, Objective, Policy, ShareOf};
use fiberplan::scenario::{Overrides, load};

use crate::support::cli::{Bench, SEGMENTS, number, strings};
use crate::support::oracle::{all_paths, demand, figure, fits, random_policy, random_request, varied_network};
use crate::support::{Dice, country};

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
            Bounded::Of(Criterion::Latency) => self.figure(route, Objective::Latency),
            Bounded::Of(Criterion::Cost) => self.figure(route, Objective::Cost),
            Bounded::Of(Criterion::Length) => self.figure(route, Objective::Length),
            Bounded::Of(Criterion::Unavailability) => self.figure(route, Objective::Availability),
            Bounded::Of(Criterion::Crossings) => route.passages.len() as u64,
            Bounded::Of(Criterion::Countries) => different.len() as u64,
            Bounded::Of(Criterion::TransitCountries) => {
                different.iter().filter(|code| !ends.contains(code)).count() as u64
            }
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
    let book = World::shipped().price_book();
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
    let book = World::shipped().price_book();
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

/// What stands under the title when there is no route, without the places on the way.
fn told(bench: &Bench, line: &str, paragraph: usize) -> String {
    let ran = bench.run(line).expect_code(1);
    let (_, text) = ran.stdout.split_once("\n\n").expect("a title, an empty line, and the reason");
    text.lines().take(paragraph).collect::<Vec<_>>().join("\n")
}

#[test]
fn answers_on_the_shipped_network() {
    let bench = Bench::new();
    for (line, text) in [
        (
            "route TM PK --avoid AF,IR --max-rtt-ms 20",
            "There is no route from TM to PK avoiding AF, IR within 20 ms RTT: the fastest takes 61.6 ms RTT.\n\
            No route at all keeps to --max-rtt-ms 20: the fastest of all routes takes 20.9 ms RTT (by Afghanistan).\n\
            With --max-rtt-ms 61.7: 6,188 km, 61.6 ms RTT, 24.4 MUSD",
        ),
        (
            "route TM PK --avoid AF,IR --max-rtt-ms 60",
            "There is no route from TM to PK avoiding AF, IR within 60 ms RTT: the fastest takes 61.6 ms RTT.\n\
            No route keeps to --max-rtt-ms 60, --avoid AF and --avoid IR together.\n\
            With --max-rtt-ms 61.7: 6,188 km, 61.6 ms RTT, 24.4 MUSD",
        ),
        (
            "route Kabul Gwadar --max-crossings 0",
            "There is no route from Kabul to Gwadar over at most 0 borders: the fewest are 1.\n\
            With --max-crossings 1: 2,060 km, 20.9 ms RTT, 8.30 MUSD",
        ),
        (
            "route TM PK --corridor TM,CN,PK",
            "There is no route from TM to PK along TM, CN, PK.\n\
            Routes in use begin TM, but none of them goes on to CN.\n\
            Without --corridor TM,CN,PK: 3,755 km, 37.6 ms RTT, 11.8 MUSD",
        ),
        (
            "route TM PK --via af-khost,IR --max-crossings 2",
            "There is no route from TM to PK by af-khost and IR over at most 2 borders.\n\
            No route keeps to --via af-khost and --status in_service together.\n\
            No route keeps to --max-crossings 2, --via af-khost and --via IR together.\n\
            Without --via af-khost: 3,755 km, 37.6 ms RTT, 11.8 MUSD",
        ),
    ] {
        assert_eq!(told(&bench, line, text.lines().count()), text, "{line}");
    }
    // A spur can be passed by no loopless route: that is told at once, not after trying every way to it.
    let spur =
        "There is no route from TM to PK by pk-sialkot.\nWithout --via pk-sialkot: 3,755 km, 37.6 ms RTT, 11.8 MUSD";
    assert_eq!(told(&bench, "route TM PK --via pk-sialkot", 2), spur);
}

/// The command line refuses this; whoever asks the library is told why.
#[test]
fn an_end_is_avoided() {
    let scenario = load(&World::shipped(), None, &Overrides::default()).expect("the shipped scenario");
    let plan = scenario.plan();
    let kabul = End::Node(NodeId::new("af-kabul"));
    for (from, id, avoided, why) in [
        (kabul, "af-kabul", "AF", "No route avoids Afghanistan: Kabul lies there."),
        (End::Country(country("TM")), "TM", "TM", "No route avoids Turkmenistan: it is an end."),
    ] {
        let asked = Asked { from: id.to_owned(), to: "PK".to_owned(), ..Asked::default() };
        let mut request = Request::between(from, End::Country(country("PK")), Objective::Cost);
        request.avoid.countries = [avoided, "IR"].map(country).into();
        let context = Context::new(&plan, "today", &scenario.country_names, asked);
        let obstacle = plan.why_not(&request);
        let report = RouteReport { obstacle: Some(&obstacle), ..RouteReport::of(&context, &[]) };
        let text = report.render(Format::Table).expect("a table");
        assert!(text.contains(&format!(" avoiding {}.\n{why}\nWithout avoid {avoided}: ", names(&request))), "{text}");
    }
}

fn names(request: &Request) -> String {
    request.avoid.countries.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

#[test]
fn every_way_out_is_an_answer_to_what_it_says() {
    let bench = Bench::new();
    let asked = "route TM PK --avoid AF,IR --max-rtt-ms 20 --format json -q";
    let answer = bench.run(asked).expect_code(1).json();
    assert_eq!(answer["conflicts"], serde_json::json!([["--max-rtt-ms 20"]]));
    assert_eq!(answer["complete"], true);
    let constraints = ["--max-rtt-ms 20", "--avoid AF", "--avoid IR", "--status in_service"];
    assert_eq!(strings(&answer["constraints"]), constraints);
    let ways_out = answer["ways_out"].as_array().expect("a list");
    assert_eq!(ways_out[1]["change"], "with --max-rtt-ms 20.9, without --avoid AF");
    assert_eq!(strings(&ways_out[1]["changes"]), ["with --max-rtt-ms 20.9", "without --avoid AF"]);
    for (i, line) in ["--avoid AF,IR --max-rtt-ms 61.7", "--avoid IR --max-rtt-ms 20.9"].iter().enumerate() {
        let then = bench.json(&format!("route TM PK {line}"));
        assert_eq!(then["routes"][0], ways_out[i]["route"], "{line}");
    }
    bench.run("route TM PK --avoid AF,IR --max-rtt-ms 61.5").expect_code(1);
    bench.run("route TM PK --avoid IR --max-rtt-ms 20.8").expect_code(1);
}

#[test]
fn a_system_is_one_constraint() {
    let bench = Bench::new();
    let arguments = ["route", "TM", "PK", "--avoid", "TIC backbone,AF", "--max-rtt-ms", "60"];
    let ran = bench.run_with(&arguments).expect_code(1);
    let (_, text) = ran.stdout.split_once("\n\n").expect("a title and a reason");
    let expected = "There is no route from TM to PK avoiding AF, TIC backbone within 60 ms RTT: the fastest takes 61.6 ms \
        RTT.\nNo route keeps to --max-rtt-ms 60, --avoid AF and --avoid \"TIC backbone\" together.\n";
    assert!(text.starts_with(expected), "{text}");
    assert!(text.contains("\nWithout --avoid \"TIC backbone\": 3,755 km, 37.6 ms RTT, 11.8 MUSD\n"), "{text}");
}

#[test]
fn what_nothing_can_help() {
    let bench = crate::support::wrong::bench();
    let none = "There is no route from Alfa to Twin by b within 3 ms RTT: no segments of any status join the two.";
    assert_eq!(told(&bench, "route a x2 --via b --max-rtt-ms 3 --network net", 9), none);
    let answer = bench.run("route a x2 --network net --format json").expect_code(1).json();
    assert_eq!(answer["conflicts"], serde_json::json!([[]]));
    assert_eq!((&answer["connected"], &answer["ways_out"]), (&serde_json::json!(false), &serde_json::json!([])));
    bench.write("net/segments.csv", SEGMENTS.to_owned() + &crate::support::wrong::CABLES.replace("planned", "retired"));
    let retired = "There is no route from Alfa to Delta: what joins the two is retired, or not there in 2026.";
    assert_eq!(told(&bench, "route a d --network net", 9), retired);
    let widened = bench.run("route a d --network net --status in_service,retired").expect_code(0);
    assert!(widened.stdout.contains("600 km"), "{}", widened.stdout);
}

#[test]
fn the_table_of_prices_is_this_text() {
    let ran = Bench::new().run("route TM PK --avoid AF,IR --price-constraints -q").expect_code(0);
    let start = ran.stdout.find("What each").expect("the heading");
    assert_eq!(&ran.stdout[start..], PRICES);
}

const PRICES: &str = "\
What each constraint costs: the best route without it
 without                  km  RTT ms  MUSD  over                     saves MUSD  saves ms  binding
 --avoid IR            3,755    37.6  11.8  TM IR PK                       6.15     102.3  yes
 --status in_service  12,368   123.1  17.8  TM KZ AZ GE BG TR EG PK        0.16      16.8  yes
 --avoid AF           14,106   140.0  18.0  TM KZ RU BG TR EG PK              -         -  no
 all of these          3,295    33.1  11.7  TM IR PK                       6.31     106.8

So: avoiding Iran costs 6.15 MUSD and 102.3 ms; counting on what is in service costs 0.16 MUSD and 16.8 ms;
    together they cost 6.31 MUSD and 106.8 ms; avoiding Afghanistan costs nothing.
Not usable yet: without --status in_service it needs tcfo-sumgait-aktau, az-rail-baku-ganja
";

#[test]
fn prices_in_the_other_formats() {
    let bench = Bench::new();
    let answer = bench.json("route TM PK --avoid IR --max-rtt-ms 23 --price-constraints");
    let prices = answer["constraint_prices"].as_array().expect("a list");
    let names: Vec<&str> = prices.iter().map(|price| price["constraint"].as_str().expect("a text")).collect();
    assert_eq!(names, ["--max-rtt-ms 23", "--avoid IR", "--status in_service"]);
    let kept = &answer["routes"][0];
    for price in prices.iter().chain([&answer["without_constraints"]]) {
        let difference = |name: &str| number(&kept[name]) - number(&price["route"][name]);
        assert!((number(&price["rtt_ms"]) - difference("rtt_ms")).abs() < 1e-9, "{price}");
        let cost = |route: &serde_json::Value| (number(&route["cost"]["total_usd"]) * 100.0).round();
        assert_eq!((number(&price["cost_usd"]) * 100.0).round(), cost(kept) - cost(&price["route"]));
        assert_eq!((&price["objective"], &price["objective_unit"]), (&price["cost_usd"], &serde_json::json!("USD")));
    }
    // The least bound that makes it cheaper: with a tenth less the answer is the same as before.
    assert_eq!(prices[0]["loosened"]["constraint"], "--max-rtt-ms 130");
    let with = |ms: &str| bench.json(&format!("route TM PK --avoid IR --max-rtt-ms {ms}"))["routes"][0].clone();
    assert_eq!((&with("130"), &with("129.9")), (&prices[0]["loosened"]["route"], kept));
    let csv = bench.run("route TM PK --avoid IR --price-constraints --format csv -q").expect_code(0).stdout;
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(lines[0], "constraint,binding,cost_usd,rtt_ms,objective,objective_unit,loosened,segments");
    assert!(lines.len() == 3 && lines[1].starts_with("--avoid IR,true,"), "{csv}");
    let markdown = bench.run("route TM PK --avoid IR --price-constraints --format markdown -q").expect_code(0).stdout;
    assert!(markdown.contains("## What each constraint costs: the best route without it"), "{markdown}");
    // Without a route there is nothing to price.
    let none = bench.run("route TM PK --avoid AF,IR --max-rtt-ms 20 --price-constraints").expect_code(1);
    assert!(none.stdout.contains("There is no route from TM to PK"), "{}", none.stdout);
}

/// Whatever is asked for is named as it was typed, so that it can be found and taken back.
#[test]
fn constraints_are_named_as_they_are_typed() {
    let bench = crate::support::wrong::bench();
    let owned = crate::support::wrong::CABLES.replace("plain,,,published", "plain,,A & B;C,published");
    bench.write("net/segments.csv", SEGMENTS.replace(",srlg,", ",owners,") + &owned);
    let typed = [
        "--max-rtt-ms 4.5",
        "--max-cost-usd 1500.25",
        "--max-length-km 99.5",
        "--min-availability 99.95%",
        "--max-crossings 0",
        "--max-countries 2",
        "--max-transit 0",
        "--max-share QN=12.5%",
        "--max-share \"*=40%\"",
        "--corridor \"QM,QN|QO,*\"",
        "--in-order",
        "--via b",
        "--via North",
        "--avoid QO",
        "--avoid x1",
        "--avoid cd",
        "--medium duct,opgw",
        "--owner \"A & B,C\"",
        "--min-gbps 400",
        "--strict-capacity",
        "--status in_service,proposed",
    ];
    let mut line: Vec<String> = vec!["route".to_owned(), "a".to_owned(), "c".to_owned()];
    for option in typed {
        let (name, value) = option.split_once(' ').map_or((option, None), |(name, value)| (name, Some(value)));
        line.push(name.to_owned());
        line.extend(value.map(|value| value.trim_matches('"').to_owned()));
    }
    let mut arguments: Vec<&str> = line.iter().map(String::as_str).collect();
    arguments.extend(["--network", "net", "--format", "json", "-q"]);
    let answer = bench.run_with(&arguments).expect_code(1).json();
    assert_eq!(strings(&answer["constraints"]), typed);
}
