//! Fronts of routes: the shipped network against every route there is, requests with every kind of bound against brute
//! force, and what the program says.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use fiberplan::World;
use fiberplan::analysis::{Criteria, FrontPoint, Plan};
use fiberplan::metrics::{Criterion, Demand, Measure, Route, Tariff, Term, evaluate};
use fiberplan::network::{CountryCode, Network, NodeId, Segment, SegmentId};
use fiberplan::request::{CountryPattern, End, MaxShare, Objective, Policy, Request, ShareOf, Via};
use fiberplan::scenario::{Overrides, load};
use fiberplan::units::{Gbps, Usd};

use crate::support::cli::{Bench, number, strings};
use crate::support::wrong::{bench, check};
use crate::support::{Dice, country, random_network};

/// Cost in cents and latency in femtoseconds.
type Two = [u64; 2];

/// As many segments as a route of the enumeration may have.
const MOST_SEGMENTS: usize = 25;

/// Routes are left out that surely are so much worse in both figures than a known one; without this, all that are not
/// better would be, and little would be left to compare.
const SLACK_PERCENT: u64 = 20;

/// A step along a segment, with what it adds at least to every route that takes it.
struct Step {
    segment: SegmentId,
    to: usize,
    least: Two,
}

/// What the enumeration walks: places by number, and the steps from each.
struct Ways {
    ids: Vec<NodeId>,
    steps: Vec<Vec<Step>>,
    /// What every route has for its two terminals, at least.
    terminals: Two,
}

fn cents(sum: Usd) -> u64 {
    u64::try_from(sum.cents()).expect("no price is negative")
}

fn two(route: &Route) -> Two {
    [cents(route.bill.total()), route.latency().femtoseconds()]
}

impl Ways {
    /// By evaluating each segment as a route of its own, in both directions: on land it has its fees and borders in any
    /// route; at sea they depend on where the route goes ashore, and are left out.
    fn new(network: &Network, tariff: &Tariff<'_>, usable: impl Fn(&Segment) -> bool) -> Self {
        let ids: Vec<NodeId> = network.nodes().map(|node| node.id.clone()).collect();
        let number: BTreeMap<&NodeId, usize> = ids.iter().enumerate().map(|(i, id)| (id, i)).collect();
        let mut steps: Vec<Vec<Step>> = ids.iter().map(|_| Vec::new()).collect();
        let mut terminals = [u64::MAX; 2];
        for segment in network.segments().filter(|segment| usable(segment)) {
            let (a, b) = (&segment.row.from, &segment.row.to);
            for (from, to) in [(a, b), (b, a)] {
                let alone = evaluate(network, tariff, from, std::slice::from_ref(segment.id()));
                let always = [Term::Capex, Term::Opex, Term::Lease];
                let on_land = [Term::Transit, Term::Crossing];
                let at_sea = segment.row.medium.is_submarine();
                let terms = always.iter().chain(on_land.iter().filter(|_| !at_sea));
                let least = [terms.map(|&term| cents(alone.bill.term(term))).sum(), alone.glass.femtoseconds()];
                steps[number[from]].push(Step { segment: segment.id().clone(), to: number[to], least });
                let own = [cents(alone.bill.term(Term::Equipment)), alone.devices.femtoseconds()];
                terminals = [terminals[0].min(own[0]), terminals[1].min(own[1])];
            }
        }
        Self { ids, steps, terminals }
    }

    /// The least that is to come before one of these places is reached, by each figure on its own.
    fn to_come(&self, goals: &BTreeSet<usize>) -> Vec<Two> {
        let mut least = vec![[u64::MAX; 2]; self.ids.len()];
        for i in [0, 1] {
            let mut queue: BinaryHeap<Reverse<(u64, usize)>> = goals.iter().map(|&goal| Reverse((0, goal))).collect();
            goals.iter().for_each(|&goal| least[goal][i] = 0);
            while let Some(Reverse((so_far, at))) = queue.pop() {
                if so_far > least[at][i] {
                    continue;
                }
                for (from, steps) in self.steps.iter().enumerate() {
                    for step in steps.iter().filter(|step| step.to == at) {
                        let through = so_far + step.least[i];
                        if through < least[from][i] {
                            least[from][i] = through;
                            queue.push(Reverse((through, from)));
                        }
                    }
                }
            }
        }
        least
    }
}

/// The depth-first enumeration of all loopless routes but those that are surely much worse than a known one.
struct Enumeration<'a> {
    network: &'a Network,
    tariff: &'a Tariff<'a>,
    ways: &'a Ways,
    goals: BTreeSet<usize>,
    to_come: Vec<Two>,
    known: Vec<Two>,
    passed: Vec<bool>,
    path: Vec<SegmentId>,
    start: usize,
    n_steps: usize,
    found: Vec<(Two, Vec<SegmentId>)>,
}

impl Enumeration<'_> {
    fn go_on(&mut self, at: usize, so_far: Two) {
        self.n_steps += 1;
        if self.goals.contains(&at) && !self.path.is_empty() {
            let route = evaluate(self.network, self.tariff, &self.ways.ids[self.start], &self.path);
            self.found.push((two(&route), self.path.clone()));
        }
        if self.path.len() == MOST_SEGMENTS {
            return;
        }
        let ways = self.ways;
        for step in &ways.steps[at] {
            let next = [so_far[0] + step.least[0], so_far[1] + step.least[1]];
            let bound = [0, 1].map(|i| next[i].saturating_add(self.to_come[step.to][i]));
            let bettered = |own: &Two| (0..2).all(|i| own[i] + own[i] / 100 * SLACK_PERCENT < bound[i]);
            if self.passed[step.to] || bound.contains(&u64::MAX) || self.known.iter().any(bettered) {
                continue;
            }
            self.passed[step.to] = true;
            self.path.push(step.segment.clone());
            self.go_on(step.to, next);
            self.path.pop();
            self.passed[step.to] = false;
        }
    }
}

#[test]
fn no_route_of_up_to_25_segments_is_missing_from_turkmenistan_to_pakistan() {
    let scenario = load(&World::shipped(), None, &Overrides::default()).expect("the shipped scenario");
    let (network, plan) = (&scenario.network, scenario.plan());
    let ends = (country("TM"), country("PK"));
    let request = Request::between(End::Country(ends.0), End::Country(ends.1), Objective::Cost);
    let criteria: Criteria = "cost,latency".parse().expect("criteria");
    let front = plan.pareto(&request, &criteria);
    assert!(front.points.len() > 3 && front.knee.is_some() && !front.is_stopped, "a front to speak of");
    let tariff = Tariff::new(&scenario.book, scenario.demand, ends);
    // Each point is what its route has, and none betters another.
    for (i, point) in front.points.iter().enumerate() {
        let segments: Vec<SegmentId> = point.route.segments().cloned().collect();
        let again = evaluate(network, &tariff, &point.route.nodes[0], &segments);
        assert_eq!(two(&again).to_vec(), point.values);
        assert!(segments.len() <= MOST_SEGMENTS);
        assert!(i == 0 || front.points[i - 1].values[0] < point.values[0]);
        assert!(i == 0 || front.points[i - 1].values[1] > point.values[1]);
    }
    let known: Vec<Two> = front.points.iter().map(|point| two(&point.route)).collect();
    let ways = Ways::new(network, &tariff, |segment| {
        scenario.policy.allows(segment, scenario.demand.gbps) && segment.length.metres() > 0
    });
    let numbers = |code: CountryCode| -> BTreeSet<usize> {
        let gateways: BTreeSet<&NodeId> = network.gateways(code).map(|node| &node.id).collect();
        (0..ways.ids.len()).filter(|&i| gateways.contains(&ways.ids[i])).collect()
    };
    let goals = numbers(ends.1);
    let mut enumeration = Enumeration {
        network,
        tariff: &tariff,
        ways: &ways,
        to_come: ways.to_come(&goals),
        goals,
        known,
        passed: vec![false; ways.ids.len()],
        path: Vec::new(),
        start: 0,
        n_steps: 0,
        found: Vec::new(),
    };
    for start in numbers(ends.0) {
        enumeration.start = start;
        enumeration.passed[start] = true;
        enumeration.go_on(start, ways.terminals);
        enumeration.passed[start] = false;
    }
    let found: BTreeSet<Two> = enumeration.found.iter().map(|(values, _)| *values).collect();
    let undominated: Vec<Two> = found
        .iter()
        .filter(|own| !found.iter().any(|other| other != *own && other[0] <= own[0] && other[1] <= own[1]))
        .copied()
        .collect();
    assert_eq!(undominated, enumeration.known);
    // Of routes with the same figures the front shows the one with the fewest segments, then the first by their ids.
    for point in &front.points {
        let same = enumeration.found.iter().filter(|(values, _)| values.as_slice() == point.values);
        let first = same.map(|(_, segments)| (segments.len(), segments)).min().expect("it is among them");
        assert_eq!(point.route.segments().collect::<Vec<_>>(), first.1.iter().collect::<Vec<_>>());
    }
    assert!(enumeration.found.len() > 50, "{} routes are compared", enumeration.found.len());
}

fn demand() -> Demand {
    Demand { gbps: Gbps::new(100.0).expect("a capacity"), term_years: 15 }
}

/// Every loopless path between two places, as segment ids.
fn all_ways(network: &Network, from: &NodeId, to: &NodeId) -> Vec<Vec<SegmentId>> {
    fn extend(
        network: &Network,
        seen: &mut Vec<NodeId>,
        to: &NodeId,
        path: &mut Vec<SegmentId>,
        found: &mut Vec<Vec<SegmentId>>,
    ) {
        let at = seen[seen.len() - 1].clone();
        if at == *to {
            found.push(path.clone());
            return;
        }
        for segment in network.segments() {
            let next = match (&segment.row.from, &segment.row.to) {
                (a, b) if *a == at => b.clone(),
                (a, b) if *b == at => a.clone(),
                _ => continue,
            };
            if !seen.contains(&next) {
                seen.push(next);
                path.push(segment.id().clone());
                extend(network, seen, to, path, found);
                path.pop();
                seen.pop();
            }
        }
    }
    let mut found = Vec::new();
    extend(network, &mut vec![from.clone()], to, &mut Vec::new(), &mut found);
    found
}

fn figure(network: &Network, tariff: &Tariff<'_>, route: &Route, measure: Measure) -> u64 {
    match measure {
        Measure::Cost => route.bill.total().cents() as u64,
        Measure::Latency => route.latency().femtoseconds(),
        Measure::Length => route.length.metres(),
        Measure::Crossings => route.passages.len() as u64,
        Measure::Unavailability => {
            let risk = |id: &SegmentId| tariff.segment_risk(network.find_segment(id).expect("a segment"));
            route.segments().map(risk).sum()
        }
        Measure::LengthIn(_) | Measure::Entries(_) | Measure::FeesIn(_) => {
            unreachable!("no front is by what lies in one country")
        }
    }
}

/// What of a front is told: each point's figures, and the segments of its route.
type Told = Vec<(Vec<u64>, Vec<SegmentId>)>;

/// The front among all routes, by throwing away what another one betters.
fn brute_front(network: &Network, tariff: &Tariff<'_>, measures: &[Measure], routes: &[Route]) -> Told {
    let mut points: BTreeMap<Vec<u64>, (usize, Vec<SegmentId>)> = BTreeMap::new();
    for route in routes {
        let values = measures.iter().map(|&measure| figure(network, tariff, route, measure)).collect();
        let ids: Vec<SegmentId> = route.segments().cloned().collect();
        let own = (ids.len(), ids);
        let known = points.entry(values).or_insert_with(|| own.clone());
        if own < *known {
            *known = own;
        }
    }
    let all: Vec<Vec<u64>> = points.keys().cloned().collect();
    let no_worse = |a: &Vec<u64>, b: &Vec<u64>| a != b && a.iter().zip(b).all(|(a, b)| a <= b);
    points.retain(|own, _| !all.iter().any(|other| no_worse(other, own)));
    points.into_iter().map(|(values, (_, ids))| (values, ids)).collect()
}

fn random_request(dice: &mut Dice, network: &Network) -> Request {
    let n = network.n_nodes() as u64;
    let some_node = |dice: &mut Dice| network.nodes().nth(dice.below(n) as usize).expect("a node").id.clone();
    let some_country = |dice: &mut Dice| country(["AA", "BB", "CC"][dice.below(3) as usize]);
    let from = some_node(dice);
    let mut to = some_node(dice);
    while to == from {
        to = some_node(dice);
    }
    let ends = [&from, &to].map(|id| network.find_node(id).expect("a node").country);
    let mut request = Request::between(End::Node(from), End::Node(to), Objective::Risk);
    for _ in 0..dice.below(4).saturating_sub(1) {
        request.via.push(if dice.chance(70) { Via::Node(some_node(dice)) } else { Via::Country(some_country(dice)) });
    }
    if dice.chance(10) {
        request.avoid.countries.insert(some_country(dice));
    }
    if dice.chance(20) {
        let mut corridor = vec![ends[0], some_country(dice), ends[1]];
        corridor.dedup();
        request.corridor = CountryPattern::exactly(&corridor).ok();
    }
    if dice.chance(40) {
        let most = [
            (Criterion::Latency, dice.chance(40).then(|| (2 + dice.below(6)) * 500_000_000_000)),
            (Criterion::Crossings, dice.chance(30).then(|| 1 + dice.below(4))),
            (Criterion::Countries, dice.chance(20).then(|| 1 + dice.below(3))),
            (Criterion::TransitCountries, dice.chance(20).then(|| dice.below(2))),
        ];
        most.into_iter().for_each(|(of, most)| request.bounds.set(of, most));
    }
    if dice.chance(30) {
        let of = match dice.below(3) {
            0 => ShareOf::EachTransitCountry,
            1 => ShareOf::Country(country("XZ")),
            _ => ShareOf::Country(some_country(dice)),
        };
        request.shares.push(MaxShare::new(of, dice.below(11) as f64 / 10.0));
    }
    request
}

fn fits(request: &Request, route: &Route) -> bool {
    let passed = |via: &Via| match via {
        Via::Node(id) => route.nodes.contains(id),
        Via::Country(code) => route.countries.contains(code),
        Via::Segments(ids) => route.segments().any(|id| ids.contains(id)),
    };
    let ends = [route.countries[0], route.countries[route.countries.len() - 1]];
    let different: BTreeSet<&CountryCode> = route.countries.iter().collect();
    let transit = different.iter().filter(|code| !ends.contains(code)).count();
    let holds = |share: &MaxShare| {
        let bound = |code: CountryCode| match share.of {
            ShareOf::Country(own) => own == code,
            ShareOf::EachTransitCountry => !code.is_sea() && !ends.contains(&code),
        };
        let mut bounded = route.shares.iter().filter(|own| bound(own.country));
        bounded.all(|own| share.holds(own.length.metres(), route.length.metres()))
    };
    let bounds = &request.bounds;
    !route.countries.iter().any(|code| request.avoid.countries.contains(code))
        && request.via.iter().all(passed)
        && request.corridor.as_ref().is_none_or(|corridor| corridor.plain().as_ref() == Some(&route.countries))
        && bounds.get(Criterion::Latency).is_none_or(|most| route.latency().femtoseconds() <= most)
        && bounds.get(Criterion::Crossings).is_none_or(|most| route.passages.len() as u64 <= most)
        && bounds.get(Criterion::Countries).is_none_or(|most| different.len() as u64 <= most)
        && bounds.get(Criterion::TransitCountries).is_none_or(|most| transit as u64 <= most)
        && request.shares.iter().all(holds)
}

#[test]
fn fronts_of_routes_are_those_of_brute_force() {
    let book = World::shipped().price_book();
    let policy = Policy::in_service(2026);
    let (mut answered, mut chosen, mut shared) = ([0; 5], [0; 5], 0);
    for seed in 0..7500 {
        let network = random_network(seed);
        let mut dice = Dice::new(seed + 2_000_000);
        let request = random_request(&mut dice, &network);
        let plan = Plan::new(&network, &book, demand(), &policy);
        let mut measures = Measure::ALL.to_vec();
        let n_criteria = 2 + seed as usize % 3;
        while measures.len() > n_criteria {
            measures.remove(dice.below(measures.len() as u64) as usize);
        }
        let (End::Node(from), End::Node(to)) = (&request.from, &request.to) else { unreachable!("ends are nodes") };
        let ends = [from, to].map(|id| network.find_node(id).expect("a node").country);
        let tariff = Tariff::new(&book, demand(), (ends[0], ends[1]));
        let routes = all_ways(&network, from, to).into_iter().map(|path| evaluate(&network, &tariff, from, &path));
        let routes: Vec<Route> = routes.filter(|route| fits(&request, route)).collect();
        let expected = brute_front(&network, &tariff, &measures, &routes);
        let front = plan.pareto(&request, &Criteria::new(&measures).expect("criteria"));
        let told = |point: FrontPoint| (point.values, point.route.segments().cloned().collect());
        let found: Told = front.points.into_iter().map(told).collect();
        let segments = || network.segments().collect::<Vec<_>>();
        assert_eq!(found, expected, "seed {seed}: {request:?} by {measures:?}\n{:#?}", segments());
        assert!(!front.is_stopped);
        answered[n_criteria] += usize::from(!found.is_empty());
        chosen[n_criteria] += usize::from(found.len() > 1);
        shared += usize::from(!found.is_empty() && !request.shares.is_empty());
    }
    for n in 2..5 {
        assert!(answered[n] > 700 && chosen[n] > 100, "{answered:?} answered, {chosen:?} with a choice");
    }
    assert!(shared > 200, "{shared} under a bound on a share");
}

/// A network with three ways from A to D: the straight one is quick, but all of it is to be built; that over B is cheap
/// and slow; that over C is nearly as good as either, but by its second cable from C no better in anything.
fn trade_off() -> Bench {
    let places = "a,A,city,QM,0.0,0.0,900000,s\nb,B,city,QM,0.5,0.9,1,s\nc,C,city,QM,0.2,0.1,1,s\nd,D,city,QM,1.0,0.0,700000,s\n";
    let cable = |id: &str, ends: &str, status: &str, km: u32| {
        format!("{id},,{ends},buried,{status},,,{km},published,,plain,,,published,s,\n")
    };
    let cables = [
        cable("straight", "a,d", "planned", 120),
        cable("b1", "a,b", "in_service", 200),
        cable("b2", "b,d", "in_service", 200),
        cable("c1", "a,c", "planned", 40),
        cable("c2", "c,d", "in_service", 150),
        cable("c3", "c,d", "in_service", 170),
    ];
    Bench::new().with_network(places, &cables.concat())
}

#[test]
fn a_front_in_every_format() {
    let bench = trade_off();
    let line = "route a d --network net --status in_service,planned --pareto latency,cost";
    let answer = bench.json(line);
    assert_eq!(strings(&answer["criteria"]), ["latency", "cost"]);
    assert_eq!((number(&answer["front_size"]), number(&answer["within"])), (3.0, 0.0));
    assert_eq!((answer["epsilon"].is_null(), answer["complete"].as_bool()), (true, Some(true)));
    assert_eq!(crate::support::cli::route_texts(&answer), ["straight", "c1 c2", "b1 b2"]);
    let routes = answer["routes"].as_array().expect("routes");
    let knees: Vec<bool> = routes.iter().map(|route| route["knee"].as_bool().expect("true or false")).collect();
    assert_eq!((number(&answer["knee"]), knees), (2.0, vec![false, true, false]));

    let text = bench.run(&format!("{line} -q")).expect_code(0).stdout;
    assert!(
        text.contains("Front: 3 routes; every other is no better than one of them in latency and cost alike"),
        "{text}"
    );
    assert!(text.contains("Knee: #2: A - C - D"), "{text}");
    assert!(text.contains(" #  RTT ms"), "the criteria come first: {text}");
    let markdown = bench.run(&format!("{line} -q --format markdown")).expect_code(0).stdout;
    assert!(markdown.contains("| knee |"), "{markdown}");
    let csv = bench.run(&format!("{line} -q --format csv")).expect_code(0).stdout;
    let kinds: Vec<bool> = csv.lines().skip(1).map(|row| row.contains(",knee,")).collect();
    assert_eq!(kinds, [false, true, false], "{csv}");
    let geojson = bench.run(&format!("{line} -q --format geojson")).expect_code(0).json();
    assert_eq!((number(&geojson["front_size"]), number(&geojson["knee"])), (3.0, 2.0));
    assert_eq!(geojson["features"][1]["properties"]["knee"].as_bool(), Some(true));
    bench.run(&format!("{line} -q -o map.svg")).expect_code(0);
    let map = String::from_utf8(bench.read("map.svg")).expect("SVG is text");
    assert!(
        map.contains("3 routes on the front of latency and cost") && map.contains("#2, the knee:"),
        "the map tells"
    );
}

#[test]
fn what_is_shown_changes_nothing_in_what_is_computed() {
    let bench = trade_off();
    let line = "route a d --network net --status in_service,planned --pareto latency,cost";
    let one = bench.json(&format!("{line} -k 1"));
    assert_eq!((number(&one["front_size"]), crate::support::cli::route_texts(&one)), (3.0, vec!["c1 c2".to_owned()]));
    let two = bench.json(&format!("{line} -k 2"));
    assert_eq!(crate::support::cli::route_texts(&two), ["straight", "c1 c2"]);
    let text = bench.run(&format!("{line} -k 2 -q")).expect_code(0).stdout;
    assert!(text.contains("2 are shown; each of the 3 has one of them at most "), "{text}");
    let thin = bench.json(&format!("{line} --epsilon 100%"));
    assert!(number(&thin["epsilon"]) == 1.0 && number(&thin["within"]) <= 1.0);
    assert_eq!(bench.json(&format!("{line} --epsilon 0%"))["routes"], bench.json(line)["routes"]);
}

#[test]
fn a_front_of_nothing_says_why() {
    let bench = bench();
    let ran = bench.run("route a d --network net --pareto cost,latency --format json -q").expect_code(1);
    let answer = ran.json();
    assert_eq!((number(&answer["front_size"]), answer["routes"].as_array().map(Vec::len)), (0.0, Some(0)));
    assert!(answer["reason"].as_str().is_some_and(|reason| reason.starts_with("no route from")), "{answer}");
}

#[test]
fn wrong_criteria_are_told_apart() {
    let bench = bench();
    let run = |rest: &str| bench.run(&format!("route a c --network net {rest}"));
    let unknown =
        |found: &str| format!("--pareto: expected cost, latency, length, unavailability or crossings, found {found:?}");
    check(&run("--pareto cost,latensy"), &unknown("latensy"), "did you mean \"latency\"?");
    check(&run("--pareto cost,xyz"), &unknown("xyz"), "as in --pareto cost,latency");
    check(&run("--pareto cost,,latency"), &unknown(""), "as in --pareto cost,latency");
    let number = |n: usize| format!("--pareto: expected two to four criteria, found {n}");
    check(&run("--pareto cost"), &number(1), "as in --pareto cost,latency");
    check(&run("--pareto cost,latency,length,unavailability,crossings"), &number(5), "as in --pareto cost,latency");
    check(&run("--pareto cost,latency,cost"), "--pareto: cost stands twice", "as in --pareto cost,latency");
    for (found, shown) in [("5", "5"), ("-1%", "-1%"), ("101%", "101%"), ("x%", "x%"), ("nan%", "nan%")] {
        let error = format!("--epsilon: expected 0% to 100%, found {shown:?}");
        check(&run(&format!("--pareto cost,latency --epsilon={found}")), &error, "as in --epsilon 5%");
    }
    check(&run("--pareto cost,latency -k 0"), "-k: expected 1 to 10000 routes, found 0", "as in -k 5");
    for (rest, told) in [
        ("--epsilon 5%", "--pareto <CRITERIA>"),
        ("--pareto cost,latency --explain", "cannot be used with '--explain'"),
        ("--pareto cost,latency --objective cost", "cannot be used with '--objective <WHAT>'"),
    ] {
        let ran = run(rest);
        assert!(ran.code == Some(2) && ran.stderr.contains(told), "{rest}: {}", ran.stderr);
    }
}
