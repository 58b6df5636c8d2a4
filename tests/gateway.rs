//! `fiberplan gateway`: the best routes are those of `route`, the gateways' those picked by hand, and what is leant on is
//! what `--avoid` says.

use std::collections::BTreeSet;

use fiberplan::World;
use fiberplan::analysis::{
    Cell, EverywhereQuestion, Exit, Gateway, GatewayQuestion, Gateways, Plan, Reliance, Request, Workers, Worst,
    everywhere, gained, gateways, weighted_mean,
};
use fiberplan::metrics::{Demand, Route};
use fiberplan::network::{CountryCode, NodeId};
use fiberplan::picture::PictureSize;
use fiberplan::picture::map::Sheet;
use fiberplan::report::scenes::gateways_sheet;
use fiberplan::request::{End, Objective, Policy};
use fiberplan::scenario::{Overrides, Scenario, ScenarioSource, load};
use fiberplan::units::Gbps;

use crate::support::cli::{Bench, number, strings};
use crate::support::wrong::{bench, check};
use crate::support::{country, random_network};

const HUBS: [&str; 5] = ["de-frankfurt", "fr-marseille", "sg-singapore", "gb-london", "hk-hongkong"];
const BOTH: [Objective; 2] = [Objective::Cost, Objective::Latency];

fn scenario(name: &str) -> Scenario {
    let source = ScenarioSource::named(&World::shipped(), name).expect("a shipped scenario");
    load(&World::shipped(), Some(&source), &Overrides::default()).expect("it loads")
}

fn question(code: &str, request: impl Fn(End, End) -> Request) -> GatewayQuestion {
    let country: CountryCode = country(code);
    let hub = |id: &&str| request(End::Country(country), End::Node(NodeId::new(*id)));
    GatewayQuestion { country, objectives: BOTH.to_vec(), requests: HUBS.iter().map(hub).collect() }
}

fn asked(scenario: &Scenario, code: &str) -> (GatewayQuestion, Gateways) {
    let question = question(code, |from, to| scenario.request(from, to, Objective::Cost));
    let answer = gateways(&scenario.plan(), &question, &Workers::new(2).expect("two threads"));
    (question, answer)
}

fn weight(route: &Route, objective: Objective) -> u64 {
    match objective {
        Objective::Latency => route.latency().femtoseconds(),
        _ => route.bill.total().cents() as u64,
    }
}

#[test]
fn best_routes_are_those_of_route() {
    let today = scenario("today");
    let plan = today.plan();
    for code in ["TM", "AF", "PK"] {
        let (question, answer) = asked(&today, code);
        assert_eq!(answer.hubs.len(), HUBS.len());
        for (i, objective) in BOTH.into_iter().enumerate() {
            let mut shares = 0.0;
            for (hub, request) in answer.hubs.iter().zip(&question.requests) {
                let alone = plan.routes(&Request { objective, ..request.clone() }).remove(0);
                let way = hub.best[i].as_ref().expect("each hub is reached");
                assert_eq!(way.route, alone, "{code} {:?}", hub.hub);
                let own = Gateway::of(plan.network(), question.country, &alone).expect("it leaves the country");
                assert_eq!(answer.gateways[way.gateway.expect("by a gateway")].gateway, own);
            }
            for (j, own) in answer.gateways.iter().enumerate() {
                shares += answer.share_won(j, i);
                for (hub, routes) in answer.hubs.iter().zip(&own.routes) {
                    let Some(route) = &routes[i] else { continue };
                    let best = &hub.best[i].as_ref().expect("there is a best one").route;
                    let is_winner = hub.best[i].as_ref().and_then(|way| way.gateway) == Some(j);
                    assert!(weight(route, objective) >= weight(best, objective));
                    assert_eq!(route == best, is_winner);
                    assert_eq!(Gateway::of(plan.network(), question.country, route).as_ref(), Some(&own.gateway));
                }
            }
            assert!((shares - 1.0).abs() < 1e-12, "{code}: the shares sum to 1, found {shares}");
        }
    }
}

/// By each border crossing of a country without a coast: the best route when all its others are closed.
#[test]
fn a_gateway_gives_what_closing_the_others_leaves() {
    let today = scenario("today");
    let plan = today.plan();
    let (question, answer) = asked(&today, "TM");
    let crossings: Vec<_> = plan
        .network()
        .crossings()
        .iter()
        .filter(|own| [own.countries.0, own.countries.1].contains(&question.country))
        .collect();
    assert!(answer.gateways.len() >= 6 && !answer.is_stopped);
    for own in &answer.gateways {
        let Exit::Land(id) = own.gateway.exit else { panic!("Turkmenistan has no cable in service by sea") };
        let here: BTreeSet<_> = crossings
            .iter()
            .filter(|crossing| crossing.id == id)
            .flat_map(|crossing| &crossing.cuts)
            .map(|cut| &cut.0)
            .collect();
        let closed: Vec<_> = crossings
            .iter()
            .flat_map(|crossing| &crossing.cuts)
            .map(|cut| &cut.0)
            .filter(|id| !here.contains(id))
            .collect();
        for (request, routes) in question.requests.iter().zip(&own.routes) {
            for (objective, route) in BOTH.into_iter().zip(routes) {
                let mut request = Request { objective, ..request.clone() };
                request.avoid.segments.extend(closed.iter().copied().cloned());
                let expected = plan.routes(&request).into_iter().next();
                let weigh = |route: &Route| weight(route, objective);
                assert_eq!(route.as_ref().map(weigh), expected.as_ref().map(weigh), "{}", own.gateway.name);
            }
        }
    }
}

/// On small networks with seas, loops and parallel cables: against a list of all routes.
#[test]
fn gateways_are_those_picked_by_hand() {
    let book = World::shipped().price_book();
    let policy = Policy::in_service(2026);
    let demand = Demand { gbps: Gbps::new(100.0).expect("a capacity"), term_years: 15 };
    let workers = Workers::new(1).expect("one thread");
    let home = country("AA");
    let (mut by_sea, mut several, mut none) = (0, 0, 0);
    for seed in 0..1500 {
        let network = random_network(seed);
        let plan = Plan::new(&network, &book, demand, &policy);
        let hub = network.nodes().find(|node| node.country != home).map(|node| End::Node(node.id.clone()));
        let (Some(hub), true) = (hub, network.gateways(home).next().is_some()) else { continue };
        let objective = BOTH[(seed % 2) as usize];
        let request = Request::between(End::Country(home), hub, objective);
        let question = GatewayQuestion { country: home, objectives: vec![objective], requests: vec![request.clone()] };
        let answer = gateways(&plan, &question, &workers);
        let all = plan.routes(&Request { k: 1_000_000, ..request });
        let of = |route: &Route| Gateway::of(&network, home, route).expect("every route leaves");
        let once = |route: &&Route| route.passages.iter().filter(|passage| passage.from == home).count() == 1;
        for own in &answer.gateways {
            let winner = all.first().filter(|best| of(best) == own.gateway);
            let expected = winner.or_else(|| all.iter().filter(once).find(|route| of(route) == own.gateway));
            let found = own.routes[0][0].as_ref();
            let weigh = |route: &Route| weight(route, objective);
            assert_eq!(found.map(weigh), expected.map(weigh), "seed {seed}: {:?}", own.gateway);
            assert!(found.is_none_or(|route| of(route) == own.gateway), "seed {seed}");
            by_sea += usize::from(own.gateway.is_by_sea() && found.is_some());
            none += usize::from(found.is_none());
        }
        let known: BTreeSet<&Gateway> = answer.gateways.iter().map(|own| &own.gateway).collect();
        assert!(all.iter().all(|route| known.contains(&of(route))), "seed {seed}: a way out is missing");
        several += usize::from(answer.gateways.iter().filter(|own| own.routes[0][0].is_some()).count() > 1);
    }
    assert!(by_sea > 100 && several > 100 && none > 50, "{by_sea} by sea, {several} with several, {none} without");
}

#[test]
fn dependence_is_what_avoiding_says() {
    let today = scenario("today");
    let plan = today.plan();
    let (question, answer) = asked(&today, "TM");
    let mut countries = 0;
    for code in plan.network().countries().filter(|&code| code != question.country) {
        let one = answer.dependence.iter().find(|one| one.on == Reliance::Country(code));
        for (i, objective) in BOTH.into_iter().enumerate() {
            let (mut passing, mut lost, mut worst) = (0, Vec::new(), None::<f64>);
            for (hub, request) in question.requests.iter().enumerate() {
                if plan.country(&request.to) == Some(code) {
                    continue;
                }
                let before = plan.routes(&Request { objective, ..request.clone() }).remove(0);
                let mut without = Request { objective, ..request.clone() };
                without.avoid.countries.insert(code);
                match plan.routes(&without).into_iter().next() {
                    None => lost.push(hub),
                    Some(after) if before.countries.contains(&code) => {
                        let rise = match objective {
                            Objective::Latency => after.rtt_ms() - before.rtt_ms(),
                            _ => after.usd_per_mbps_month - before.usd_per_mbps_month,
                        };
                        worst = Some(worst.map_or(rise, |known| known.max(rise)));
                    }
                    Some(after) => assert_eq!(weight(&after, objective), weight(&before, objective)),
                }
                passing += usize::from(before.countries.contains(&code));
            }
            let loss = one.map(|one| one.losses[i].clone()).unwrap_or_default();
            assert_eq!((loss.passing, &loss.lost), (passing, &lost), "{code} {objective}");
            let told = if objective == Objective::Latency { loss.worst_rtt_ms } else { loss.worst_usd };
            assert_eq!(told.map(|worst| worst.more), worst, "{code} {objective}");
        }
        countries += usize::from(one.is_some());
    }
    assert!(countries >= 5, "{countries} countries are leant on");
    // A cable: closed by its segments.
    let is_cable = |on: &Reliance| matches!(on, Reliance::System { name, .. } if name == "AAE-1");
    let cable = answer.dependence.iter().find(|one| is_cable(&one.on)).expect("AAE-1 is on some best route");
    let Reliance::System { segments, is_all, .. } = &cable.on else { panic!("a cable") };
    assert!(*is_all && segments.len() > 5);
    let Worst { hub, .. } = cable.losses[0].worst_usd.expect("the cheapest route to some hub passes it");
    let mut without = question.requests[hub].clone();
    without.avoid.segments.extend(segments.iter().cloned());
    let [before, after] = [&question.requests[hub], &without].map(|request| plan.routes(request).remove(0));
    assert_eq!(
        cable.losses[0].worst_usd.map(|worst| worst.more),
        Some(after.usd_per_mbps_month - before.usd_per_mbps_month)
    );
}

#[test]
fn what_one_way_gains_the_other_loses() {
    let (today, cut) = (scenario("today"), scenario("red-sea-cut"));
    for code in ["TM", "PK"] {
        let [(_, a), (_, b)] = [&today, &cut].map(|scenario| asked(scenario, code));
        let (there, back) = (gained(&a, &b), gained(&b, &a));
        assert_eq!(there.len(), 2 * HUBS.len());
        for (one, other) in there.iter().zip(&back) {
            assert_eq!(one.ms(), other.ms().map(|ms| -ms));
            assert_eq!(one.usd(), other.usd().map(|usd| -usd));
            assert_eq!((&one.gateways.before, &one.gateways.after), (&other.gateways.after, &other.gateways.before));
            assert_eq!(one.changes_gateway(), other.changes_gateway());
        }
        assert!(gained(&a, &a).iter().all(|one| one.ms() == Some(0.0) && !one.changes_gateway()));
        if code == "PK" {
            assert!(there.iter().any(|one| one.usd().is_some_and(|usd| usd < -0.01)), "a cut costs Pakistan something");
        }
    }
}

#[test]
fn threads_change_nothing() {
    let today = scenario("today");
    let question = question("PK", |from, to| today.request(from, to, Objective::Cost));
    let question = GatewayQuestion { requests: question.requests[..2].to_vec(), ..question };
    let [one, three] = [1, 3].map(|n| gateways(&today.plan(), &question, &Workers::new(n).expect("threads")));
    assert_eq!(one, three);
}

#[test]
fn all_countries_are_asked_as_each_alone() {
    let today = scenario("today");
    let plan = today.plan();
    let hubs: Vec<End> = HUBS.iter().map(|id| End::Node(NodeId::new(*id))).collect();
    let question = EverywhereQuestion { hubs: hubs.clone(), objectives: BOTH.to_vec() };
    let request = |country, hub: &End| today.request(End::Country(country), hub.clone(), Objective::Cost);
    let rows = everywhere(&plan, &question, request, &Workers::new(2).expect("two threads"));
    assert_eq!(rows.len(), plan.network().countries().count());
    let tm = rows.iter().find(|row| row.country == country("TM")).expect("the country is there");
    let people = plan.network().nodes().filter(|node| node.country == country("TM")).filter_map(|node| node.population);
    assert_eq!(tm.population, people.sum::<u64>());
    let (_, alone) = asked(&today, "TM");
    for (i, hub) in alone.hubs.iter().enumerate() {
        for j in 0..2 {
            let best = tm.best(i, j).expect("each hub is reached");
            let route = &hub.best[j].as_ref().expect("each hub is reached").route;
            assert_eq!((best.bill.total(), best.rtt_ms()), (route.bill.total(), route.rtt_ms()));
        }
    }
    let de = rows.iter().find(|row| row.country == country("DE")).expect("the country is there");
    assert_eq!(de.cells[0], [Cell::Same, Cell::Same]);
    let (mut people, mut sum) = (0.0, 0.0);
    for row in &rows {
        if let Some(best) = row.best(2, 1) {
            people += row.population as f64;
            sum += row.population as f64 * best.rtt_ms();
        }
    }
    let mean = weighted_mean(rows.iter().map(|row| (row.population, row.best(2, 1).map(|best| best.rtt_ms()))));
    assert_eq!(mean, Some(sum / people));
}

#[test]
fn the_gain_in_words() {
    let (today, tap) = (scenario("today"), scenario("tap-trilateral"));
    let [(_, a), (_, b)] = [&today, &tap].map(|scenario| asked(scenario, "TM"));
    let bench = Bench::new();
    let ran = bench.run("gateway TM --compare today tap-trilateral -q").expect_code(0);
    assert!(ran.stdout.lines().all(|line| line.chars().count() <= 110), "{}", ran.stdout);
    let answer = bench.json("gateway TM --compare today tap-trilateral");
    let conclusion = answer["conclusion"].as_str().expect("a sentence");
    assert!(
        conclusion.starts_with(
            "With tap-trilateral Turkmenistan gains 0.4 ms on the fastest way towards Singapore; towards "
        ),
        "{conclusion}"
    );
    let changes = gained(&a, &b);
    let told = answer["gained"].as_array().expect("a list");
    assert_eq!(told.len(), changes.len());
    for (told, own) in told.iter().zip(&changes) {
        assert_eq!(told["rtt_ms_gained"].as_f64(), own.ms());
        assert_eq!(told["usd_per_mbps_month_gained"].as_f64(), own.usd());
    }
    // Nothing gained is said as plainly.
    let same = bench.json("gateway TM --compare today today --hub London --hub Marseille");
    assert_eq!(same["conclusion"], "With today nothing changes for Turkmenistan towards London or Marseille.");
    let lost = bench.json("gateway PK --compare today red-sea-cut --hub Marseille");
    let text = lost["conclusion"].as_str().expect("a sentence");
    assert!(text.starts_with("With red-sea-cut Pakistan loses ") && text.contains("towards Marseille"), "{text}");
}

#[test]
fn json_says_what_the_table_says() {
    let answer = Bench::new().json("gateway TM --hub SG --hub de-frankfurt");
    assert_eq!((&answer["country"], &answer["stopped"]), (&"TM".into(), &false.into()));
    let hubs = answer["hubs"].as_array().expect("a list");
    assert_eq!((&hubs[0]["hub"], &hubs[1]["hub"]), (&"SG".into(), &"de-frankfurt".into()));
    let route = &hubs[1]["routes"][0];
    assert_eq!((&route["objective"], &route["gateway"]["into"]), (&"cost".into(), &"KZ".into()));
    let shares: f64 =
        answer["gateways"].as_array().expect("a list").iter().map(|own| number(&own["won"]["latency"]["share"])).sum();
    assert!((shares - 1.0).abs() < 1e-12);
    assert_eq!(answer["worst_dependence"], answer["dependence"][0]["name"]);
    assert_eq!(strings(&route["countries"])[0], "TM");
}

#[test]
fn every_format_and_the_map() {
    let bench = Bench::new();
    let hubs = "--hub London --hub Singapore -q";
    bench.run(&format!("gateway TM {hubs} -o a.md -o a.csv -o a.geojson -o a.svg")).expect_code(0);
    let text = |name: &str| String::from_utf8(bench.read(name)).expect("text");
    assert!(text("a.md").starts_with("# Gateways of Turkmenistan\n") && text("a.md").contains("| Bajgiran | Iran |"));
    assert!(text("a.csv").contains("\ntoday,2026,TM,gb-london,cost,"));
    assert!(text("a.geojson").contains("\"FeatureCollection\""));
    assert!(text("a.svg").contains("<svg") && text("a.svg").contains("Singapore"));
    bench
        .run(&format!("gateway TM --compare today tap-trilateral {hubs} -o b.csv -o b.geojson -o b.svg"))
        .expect_code(0);
    assert!(text("b.csv").contains("\ntap-trilateral,2030,TM,") && text("b.svg").contains("tap-trilateral"));
    let all = bench.json("gateway --all --hub London --compare today red-sea-cut");
    assert_eq!(all["scenarios"].as_array().map(Vec::len), Some(2));
    let saved = all["saved"].as_array().expect("a list");
    assert!(saved.iter().any(|one| number(&one["saved"]) < 0.0), "a cut saves nothing");
    let table = bench.run("gateway --all -q").expect_code(0);
    assert!(table.stdout.lines().all(|line| line.chars().count() <= 110), "{}", table.stdout);
    assert!(table.stdout.contains("\n mean by people "));
}

#[test]
fn what_makes_no_sense() {
    for (line, error, hint) in [
        (
            "gateway TM --all",
            "TM and --all do not go together",
            "name a country for its gateways, or give --all for every country",
        ),
        ("gateway", "no country is named", "as in `fiberplan gateway TM`, or give --all"),
        (
            "gateway TM --compare today",
            "--compare: expected two scenarios, found 1",
            "as in --compare today tap-trilateral",
        ),
        (
            "gateway TM -s today --compare today today",
            "-s has no meaning with --compare",
            "name both scenarios after --compare",
        ),
        ("gateway XX", "COUNTRY: no place is called \"XX\"", "`fiberplan network stats -v` lists every place"),
        (
            "gateway Ashgabat",
            "COUNTRY: \"Ashgabat\" is a place, expected a country",
            "give ISO country codes, as in TM AF PK",
        ),
        ("gateway TM --hub Atlantis", "--hub: no place is called \"Atlantis\"", "did you mean Calais?"),
        ("gateway DE --hub de-frankfurt", "every hub lies in DE", "name hubs abroad with --hub"),
        ("gateway TM --avoid TM", "COUNTRY: TM is to be avoided", "drop it from --avoid"),
        (
            "gateway --all -o x.png",
            "-o x.png: all countries make a table",
            "use .json, .csv, .md or .txt; name a country for a map",
        ),
        (
            "gateway --all --format geojson",
            "--format: the answer of gateway-all has no form as geojson",
            "use table, json, csv or markdown",
        ),
    ] {
        check(&Bench::new().run(&format!("{line} -q")), error, hint);
    }
    let none = "no hub is in the network: not Frankfurt, not Marseille, not Singapore, not London, not Hong Kong";
    check(&bench().run("gateway QM --network net -q"), none, "name places of the network with --hub");
}

#[test]
fn hubs_that_are_left_out_and_not_reached() {
    let inside = Bench::new().run("gateway DE -q").expect_code(0);
    assert!(inside.stdout.contains("Left out: Frankfurt am Main: it lies in DE itself\n"), "{}", inside.stdout);
    let ran = Bench::new().run("gateway TM --hub London --max-rtt-ms 5 -q").expect_code(1);
    assert!(ran.stdout.contains("So: Turkmenistan reaches none of the 1 hub."), "{}", ran.stdout);
    assert!(ran.stdout.contains("Why: no route from TM to London within 5 ms RTT"), "{}", ran.stdout);
    let json = Bench::new().run("gateway TM --hub London --max-rtt-ms 5 -q --format json").expect_code(1).json();
    assert!(json["reason"].as_str().is_some_and(|reason| reason.starts_with("no route from TM to London")));
    let ran = bench().run("gateway QM --hub d --network net -q").expect_code(1);
    assert!(ran.stdout.contains("Why: no route from QM to Delta"), "{}", ran.stdout);
}

/// `gateway TM` on the base network, as it was when somebody last looked at every line of it.
#[test]
fn the_whole_answer() {
    let ran = Bench::new().run("gateway TM -q").expect_code(0);
    let golden = include_str!("fixtures/gateway/tm.txt");
    assert_eq!(ran.stdout, golden);
}

/// On all maps of a sheet a hub has one number, one colour and one line of figures, and both objectives are drawn.
#[test]
fn the_maps_show_what_the_tables_say() {
    let (today, tap) = (scenario("today"), scenario("tap-trilateral"));
    let [(_, a), (_, b)] = [&today, &tap].map(|scenario| asked(scenario, "TM"));
    let captions = |sheet: &Sheet| sheet.panels.iter().map(|panel| panel.caption.clone()).collect::<Vec<_>>();
    let one = gateways_sheet(&[(&today, &a)], String::new(), PictureSize::new(1800, 1300));
    assert_eq!(captions(&one), ["Cheapest", "Fastest"]);
    let both = gateways_sheet(&[(&today, &a), (&tap, &b)], String::new(), PictureSize::new(1800, 1300));
    assert_eq!(
        captions(&both),
        ["Cheapest, in today and tap-trilateral", "Fastest, in today", "Fastest, in tap-trilateral"]
    );
    let answers = [&a, &a, &b];
    let (mut numbers, mut labels) = (BTreeSet::new(), BTreeSet::new());
    for (panel, (objective, answer)) in both.panels.iter().zip([0, 1, 1].into_iter().zip(answers)) {
        assert_eq!(panel.routes.len(), a.hubs.len());
        for (i, route) in panel.routes.iter().enumerate() {
            assert_eq!((route.rank, route.color), (i as u32 + 1, i as u32 + 1));
            numbers.insert(route.rank);
            labels.insert(route.label.clone());
            let best = &answer.hubs[i].best[objective].as_ref().expect("each hub is reached").route;
            let figures = [format!("{:.1}", best.rtt_ms()), format!("{:.2}", best.usd_per_mbps_month)];
            assert!(figures.iter().all(|figure| route.label.contains(figure)), "{} {figures:?}", route.label);
        }
    }
    assert_eq!((numbers.len(), labels.len()), (a.hubs.len(), a.hubs.len()));
}
