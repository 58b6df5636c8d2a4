//! Bills, latencies and availabilities of small invented routes, each worked out by hand.

use std::collections::BTreeMap;

use crate::support::{country, network, node, price, row, segment};
use fiberplan::formats::parse_price_book;
use fiberplan::metrics::{Demand, Route, Tariff, Term, evaluate};
use fiberplan::network::{Medium, Network, NodeId, NodeKind, SegmentId, SegmentRow, Status, Terrain};
use fiberplan::prices::{PriceBook, PriceFamily};
use fiberplan::units::{Gbps, Usd};

/// A price book in which all is free, but for these entries: low, base, high.
fn book(entries: &[(&str, [f64; 3])]) -> PriceBook {
    let mut all: BTreeMap<String, [f64; 3]> = BTreeMap::new();
    let needed = PriceFamily::ALL.iter().filter(|family| !family.is_optional()).flat_map(|family| family.fixed_keys());
    all.extend(needed.map(|key| (key.to_string(), [0.0; 3])));
    for (name, values) in entries {
        all.insert((*name).to_owned(), *values);
    }
    let mut text = "[book]\nid = \"tiny\"\ncurrency = \"USD\"\nyear = 2026\n".to_owned();
    for (name, [low, base, high]) in all {
        let (family, key) = name.rsplit_once('.').expect("a family and a key");
        text += &format!(
            "[{family}.{key}]\nlow = {low}\nbase = {base}\nhigh = {high}\nunit = \"-\"\nyear = 2026\nsource = \"invented\"\n"
        );
    }
    parse_price_book("tiny.toml", &text).expect("the tiny price book is one")
}

/// An entry whose low is half and whose high is twice its base.
fn ranged(name: &str, base: f64) -> (&str, [f64; 3]) {
    (name, [base / 2.0, base, base * 2.0])
}

/// An entry without a range.
fn exact(name: &str, base: f64) -> (&str, [f64; 3]) {
    (name, [base; 3])
}

/// The discount rate is 0, so that a payment each year over two years is worth two of them.
fn tiny_book() -> PriceBook {
    book(&[
        ranged("lease.buried.AA", 3.0),
        ranged("lease.buried.default", 5.0),
        ranged("lease.submarine.default", 1.0),
        ranged("build.buried.plain", 1000.0),
        ranged("build.submarine.deep_sea", 100.0),
        exact("build_multiplier.default", 1.0),
        exact("build_multiplier.BB", 2.0),
        exact("build_multiplier.CC", 3.0),
        ranged("hut.land", 400.0),
        ranged("hut.submarine", 7.0),
        ranged("landing.station", 10_000.0),
        exact("operation.land", 0.1),
        exact("operation.submarine", 0.2),
        ranged("transit.passage.BB", 11.0),
        ranged("transit.per_km.BB", 0.5),
        ranged("crossing.land", 900.0),
        ranged("crossing.sea", 600.0),
        ranged("equipment.terminal_pair", 50.0),
        ranged("equipment.upgrade", 13.0),
        ranged("equipment.device.city", 17.0),
        ranged("equipment.device.landing_station", 19.0),
        exact("delay.terminal", 20.0),
        exact("delay.amplifier", 0.5),
        exact("delay.device.city", 7.0),
        exact("delay.device.landing_station", 9.0),
        exact("failure.buried.default", 2.0),
        exact("repair.buried.default", 876.0),
        exact("failure.submarine.default", 1.0),
        exact("repair.submarine.default", 1752.0),
    ])
}

fn gbps(number: f64) -> Gbps {
    Gbps::new(number).expect("a capacity")
}

/// From a town in AA over the border to a town in BB (rented, 240 km, half on each side, 40 Gbps), on to a landing in BB
/// (to be built, 200 km), and by a cable to be laid to a landing in CC (500 km).
fn three_hops() -> Network {
    let nodes = vec![
        node("a", NodeKind::City, "AA", 0.0, 0.0),
        node("b", NodeKind::City, "BB", 2.0, 0.0),
        node("l", NodeKind::LandingStation, "BB", 3.0, 0.0),
        node("c", NodeKind::LandingStation, "CC", 6.0, 0.0),
    ];
    let planned = |row: SegmentRow, terrain| SegmentRow { status: Status::Planned, terrain: Some(terrain), ..row };
    let rented = SegmentRow { capacity: Some(gbps(40.0)), ..row("ab", "a", "b", Medium::Buried) };
    let segments = vec![
        segment(rented, 240_000, &["AA", "BB"]),
        segment(planned(row("bl", "b", "l", Medium::Buried), Terrain::Plain), 200_000, &["BB"]),
        segment(planned(row("lc", "l", "c", Medium::Submarine), Terrain::DeepSea), 500_000, &["XZ"]),
    ];
    network(nodes, segments)
}

fn route(network: &Network, start: &str, segments: &[&str], ends: (&str, &str)) -> Route {
    let book = tiny_book();
    let demand = Demand { gbps: gbps(100.0), term_years: 2 };
    let tariff = Tariff::new(&book, demand, (country(ends.0), country(ends.1)));
    let ids: Vec<SegmentId> = segments.iter().map(|id| SegmentId::new(*id)).collect();
    evaluate(network, &tariff, &NodeId::new(start), &ids)
}

/// Term, country and dollars of each leaf of a hop, in order of those.
fn leaves(route: &Route, hop: usize) -> Vec<(Term, String, f64)> {
    let leaf = |leaf: &fiberplan::metrics::Leaf| (leaf.term, leaf.country.to_string(), leaf.base().dollars());
    let mut found: Vec<_> = route.hops[hop].leaves.iter().map(leaf).collect();
    found.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)).then(a.2.total_cmp(&b.2)));
    found
}

fn listed(rows: &[(Term, &str, f64)]) -> Vec<(Term, String, f64)> {
    rows.iter().map(|(term, code, usd)| (*term, (*code).to_owned(), *usd)).collect()
}

fn names(countries: &[fiberplan::network::CountryCode]) -> Vec<&str> {
    countries.iter().map(|code| code.as_str()).collect()
}

fn dollars(usd: Usd) -> f64 {
    usd.dollars()
}

#[test]
fn every_leaf_of_a_bill() {
    use Term::{Capex, Crossing, Equipment, Lease, Opex, Transit};
    let route = route(&three_hops(), "a", &["ab", "bl", "lc"], ("AA", "CC"));
    let first = [
        (Lease, "AA", 72_000.0),   // 100 Gbps x 120 km x 3 x 2 years
        (Lease, "BB", 120_000.0),  // 100 x 120 x 5 x 2
        (Transit, "BB", 2_200.0),  // entering BB, which is neither end's: 100 x 11 x 2
        (Transit, "BB", 12_000.0), // its 120 km: 100 x 120 x 0.5 x 2
        (Crossing, "AA", 450.0),   // half of 900
        (Crossing, "BB", 450.0),   // the other half
        (Equipment, "AA", 25.0),   // half a pair of terminals, one wave of 100 Gbps
        (Equipment, "AA", 390.0),  // 60 Gbps lacking x 13, half of the segment
        (Equipment, "BB", 390.0),  // the other half
    ];
    let second = [
        (Capex, "BB", 1_600.0),    // ceil(200/80) - 1 = 2 huts x 400 x 2
        (Capex, "BB", 400_000.0),  // 200 km x 1000 x 2
        (Opex, "BB", 320.0),       // 1,600 x 0.1 x 2 years
        (Opex, "BB", 80_000.0),    // 400,000 x 0.1 x 2
        (Transit, "BB", 20_000.0), // 100 x 200 km x 0.5 x 2
        (Equipment, "BB", 17.0),   // the device at the town b
    ];
    let third = [
        (Capex, "BB", 20_000.0), // a landing in BB: 10,000 x 2
        (Capex, "CC", 30_000.0), // a landing in CC: 10,000 x 3
        (Capex, "XZ", 42.0),     // ceil(500/80) - 1 = 6 x 7
        (Capex, "XZ", 50_000.0), // 500 km x 100
        (Opex, "BB", 8_000.0),   // 20,000 x 0.2 x 2
        (Opex, "CC", 12_000.0),  // 30,000 x 0.2 x 2
        (Opex, "XZ", 16.8),      // 42 x 0.2 x 2
        (Opex, "XZ", 20_000.0),  // 50,000 x 0.2 x 2
        (Crossing, "BB", 300.0), // half of 600, and no transit fee: CC is an end
        (Crossing, "CC", 300.0), // the other half
        (Equipment, "BB", 19.0), // the device at the landing l
        (Equipment, "CC", 25.0), // the other half of the terminals
    ];
    for (hop, expected) in [&first[..], &second, &third].into_iter().enumerate() {
        assert_eq!(leaves(&route, hop), listed(expected), "hop {hop}");
    }
    // 501,642 + 120,336.80 + 192,000 + 34,200 + 1,500 + 866
    let terms = [501_642.0, 120_336.8, 192_000.0, 34_200.0, 1_500.0, 866.0];
    for (term, expected) in Term::ALL.into_iter().zip(terms) {
        assert_eq!(dollars(route.bill.term(term)), expected, "{term}");
    }
    assert_eq!(dollars(route.bill.total()), 850_544.8);
    // Every leaf holds exactly one price with a range, half and twice its base.
    assert_eq!(dollars(route.bill.low), 425_272.4);
    assert_eq!(dollars(route.bill.high), 1_701_089.6);
    // Two equal payments a year without interest, of 100,000 Mbit/s over twelve months.
    assert!((route.annuity_usd - 425_272.4).abs() < 1e-6);
    assert!((route.usd_per_mbps_month - 425_272.4 / 1_200_000.0).abs() < 1e-12);
    assert_eq!(names(&route.countries), ["AA", "BB", "CC"]);
    let shares: Vec<(&str, f64)> =
        route.shares.iter().map(|share| (share.country.as_str(), dollars(share.bill.total()))).collect();
    // AA 72,000 + 450 + 25 + 390; CC 30,000 + 12,000 + 300 + 25; XZ 42 + 50,000 + 16.80 + 20,000; BB the rest.
    assert_eq!(shares, [("AA", 72_865.0), ("BB", 665_296.0), ("CC", 42_325.0), ("XZ", 70_058.8)]);
    // Rows without a confidence count as assumed; what no row stands behind does not: 2,200 of passage, 1,500 at the
    // borders, 86 of terminals and devices.
    assert_eq!(dollars(route.bill.assumed), 850_544.8 - 3_786.0);
}

#[test]
fn latency_by_hand() {
    let route = route(&three_hops(), "a", &["ab", "bl", "lc"], ("AA", "CC"));
    let ms_per_km = 1.4682 / 299_792.458 * 1000.0;
    let near = |found: f64, expected: f64| assert!((found - expected).abs() < 1e-9, "{found}, expected {expected}");
    // Two amplifiers on 240 km, two on 200, six on 500; the devices at b and l; two terminals. Microseconds:
    // 10 x 0.5 + 7 + 9 + 2 x 20 = 61.
    near(route.devices.ms(), 0.061);
    near(route.glass.ms(), 940.0 * ms_per_km);
    near(route.rtt_ms(), 2.0 * (940.0 * ms_per_km + 0.061));
    let by_country: Vec<f64> = route.shares.iter().map(|share| share.latency.ms()).collect();
    // Of the first segment's two amplifiers each side has one. The terminals stand in AA and CC.
    let expected = [
        120.0 * ms_per_km + 0.0205, // one amplifier, one terminal
        320.0 * ms_per_km + 0.0175, // three amplifiers, the devices at b and l
        0.020,                      // one terminal
        500.0 * ms_per_km + 0.003,  // six amplifiers
    ];
    for (found, expected) in by_country.into_iter().zip(expected) {
        near(found, expected);
    }
}

#[test]
fn availability_by_hand() {
    let route = route(&three_hops(), "a", &["ab", "bl", "lc"], ("AA", "CC"));
    // Failures a year x a tenth or a fifth of a year each: 120 km twice 2 x 0.12 x 0.1; 200 km 2 x 0.2 x 0.1;
    // 500 km 1 x 0.5 x 0.2.
    let expected = 1.0 / (1.024 * 1.024 * 1.04 * 1.1);
    assert!((route.availability - expected).abs() < 1e-12, "{}, expected {expected}", route.availability);
}

#[test]
fn the_way_back_costs_the_same() {
    let network = three_hops();
    let there = route(&network, "a", &["ab", "bl", "lc"], ("AA", "CC"));
    let back = route(&network, "c", &["lc", "bl", "ab"], ("CC", "AA"));
    assert_eq!(there.bill, back.bill);
    assert_eq!(there.latency(), back.latency());
    assert_eq!(names(&back.countries), ["CC", "BB", "AA"]);
}

/// Towns and landings along a shore, with cables from landing to landing.
fn shore(codes: [&str; 4]) -> Network {
    let nodes = vec![
        node("a", NodeKind::City, codes[0], 0.0, 0.0),
        node("m", NodeKind::LandingStation, codes[1], 2.0, 0.0),
        node("n", NodeKind::LandingStation, codes[2], 4.0, 0.0),
        node("z", NodeKind::City, codes[3], 5.0, 0.0),
    ];
    let segments = vec![
        segment(row("am", "a", "m", Medium::Submarine), 300_000, &["XZ"]),
        segment(row("mn", "m", "n", Medium::Submarine), 300_000, &["XZ"]),
        segment(row("nz", "n", "z", Medium::Buried), 100_000, &[codes[3]]),
    ];
    network(nodes, segments)
}

#[test]
fn a_landing_is_passed_by() {
    // The cable touches BB's shore at m and goes on: BB charges nothing, and has no device and no place in the list.
    let route = route(&shore(["AA", "BB", "CC", "CC"]), "a", &["am", "mn", "nz"], ("AA", "CC"));
    assert_eq!(names(&route.countries), ["AA", "CC"]);
    assert_eq!(route.landings.iter().map(NodeId::as_str).collect::<Vec<_>>(), ["a", "m", "n"]);
    assert_eq!(route.passages.len(), 1);
    assert!(route.shares.iter().all(|share| share.country.as_str() != "BB"));
    // Rent 100 x 600 km x 1 x 2 at sea and 100 x 100 x 5 x 2 on land; one border; terminals, and the device at n.
    let terms = [0.0, 0.0, 220_000.0, 0.0, 600.0, 69.0];
    for (term, expected) in Term::ALL.into_iter().zip(terms) {
        assert_eq!(dollars(route.bill.term(term)), expected, "{term}");
    }
}

#[test]
fn a_festoon_passes_no_border() {
    // From AA by sea to AA, twice, and ashore there: no border, no fee, one country.
    let route = route(&shore(["AA", "AA", "AA", "AA"]), "a", &["am", "mn", "nz"], ("AA", "AA"));
    assert_eq!(names(&route.countries), ["AA"]);
    assert!(route.passages.is_empty());
    // Rent 100 x 600 x 1 x 2 at sea and 100 x 100 km x 3 x 2 in AA; terminals, and the device at n where it goes ashore.
    let terms = [0.0, 0.0, 180_000.0, 0.0, 0.0, 69.0];
    for (term, expected) in Term::ALL.into_iter().zip(terms) {
        assert_eq!(dollars(route.bill.term(term)), expected, "{term}");
    }
}

#[test]
fn going_ashore_in_between_is_paid_for() {
    // The same shore, but the route ends at z in CC and goes ashore at n in BB: BB charges for its passage.
    let nodes = vec![
        node("a", NodeKind::City, "AA", 0.0, 0.0),
        node("n", NodeKind::LandingStation, "BB", 4.0, 0.0),
        node("z", NodeKind::City, "CC", 5.0, 0.0),
    ];
    let segments = vec![
        segment(row("an", "a", "n", Medium::Submarine), 600_000, &["XZ"]),
        segment(row("nz", "n", "z", Medium::Buried), 100_000, &["BB", "CC"]),
    ];
    let route = route(&network(nodes, segments), "a", &["an", "nz"], ("AA", "CC"));
    assert_eq!(names(&route.countries), ["AA", "BB", "CC"]);
    // Passage 100 x 11 x 2, and 50 km: 100 x 50 x 0.5 x 2. Borders: one by sea, one over land.
    assert_eq!(dollars(route.bill.term(Term::Transit)), 2_200.0 + 5_000.0);
    assert_eq!(dollars(route.bill.term(Term::Crossing)), 600.0 + 900.0);
}

#[test]
fn payments_over_years_are_discounted() {
    // 10 % over two years: 1/1.1 + 1/1.21 = 1.735537..., of 100 Gbps x 100 km x 5 a year.
    let mut book = tiny_book();
    book.set(price("finance.discount_rate"), 0.1, 0.1, 0.1, "invented").expect("a rate");
    let nodes = vec![node("a", NodeKind::City, "BB", 0.0, 0.0), node("b", NodeKind::City, "BB", 0.5, 0.0)];
    let network = network(nodes, vec![segment(row("ab", "a", "b", Medium::Buried), 100_000, &["BB"])]);
    let demand = Demand { gbps: gbps(100.0), term_years: 2 };
    let tariff = Tariff::new(&book, demand, (country("BB"), country("BB")));
    let route = evaluate(&network, &tariff, &NodeId::new("a"), &[SegmentId::new("ab")]);
    assert_eq!(dollars(route.bill.term(Term::Lease)), 86_776.86);
    // The annuity repays the total: with the terminals' 50, 86,826.86 / 1.7355372.
    assert!((route.annuity_usd - 86_826.86 / (1.0 / 1.1 + 1.0 / 1.21)).abs() < 1e-6, "{}", route.annuity_usd);
    // A demand of 250 Gbps takes three waves of 100, and so three pairs of terminals.
    let tariff = Tariff::new(&book, Demand { gbps: gbps(250.0), term_years: 2 }, (country("BB"), country("BB")));
    let route = evaluate(&network, &tariff, &NodeId::new("a"), &[SegmentId::new("ab")]);
    assert_eq!(dollars(route.bill.term(Term::Equipment)), 150.0);
}
