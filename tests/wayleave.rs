//! Wayleaves, permits and co-deployment: what the ground costs by the metre, how long one waits to build on it, and what a
//! cable saves that is laid along with something else.

use std::collections::BTreeMap;

use fiberplan::World;
use fiberplan::formats::{network_folder_texts, parse_price_book};
use fiberplan::metrics::{Demand, Leaf, Route, Tariff, Term, evaluate};
use fiberplan::network::{
    LaidWith, Medium, Network, NetworkParts, NodeId, NodeKind, SegmentId, SegmentRow, Status, Terrain,
};
use fiberplan::prices::{Price, PriceBook, PriceError, PriceKey};
use fiberplan::units::Gbps;

use crate::support::cli::{Bench, number};
use crate::support::wrong::{PLACES, check};
use crate::support::{country, network, node, price, row, segment};

/// 100 km of new cable in plain ground, half of it in Afghanistan and half in Pakistan, and 10 km to rent beyond.
fn across_the_border() -> Network {
    let nodes = vec![
        node("a", NodeKind::City, "AF", 65.0, 31.0),
        node("b", NodeKind::City, "PK", 66.0, 31.0),
        node("c", NodeKind::City, "PK", 66.1, 31.0),
    ];
    let built =
        SegmentRow { status: Status::Planned, terrain: Some(Terrain::Plain), ..row("ab", "a", "b", Medium::Buried) };
    network(
        nodes,
        vec![segment(built, 100_000, &["AF", "PK"]), segment(row("bc", "b", "c", Medium::Buried), 10_000, &["PK"])],
    )
}

fn route_at(book: &PriceBook, network: &Network) -> Route {
    route_in(2026, book, network)
}

fn route_in(year: i32, book: &PriceBook, network: &Network) -> Route {
    let demand = Demand { gbps: Gbps::new(100.0).expect("a capacity"), term_years: 15 };
    let tariff = Tariff::new(book, demand, (country("AF"), country("PK"))).in_year(year);
    evaluate(network, &tariff, &NodeId::new("a"), &["ab", "bc"].map(SegmentId::new))
}

/// The shipped book without the families that it need not hold.
fn bare_book() -> PriceBook {
    let book = World::shipped().price_book();
    let needed = book.entries().filter(|(key, _)| !key.family().is_optional());
    let needed: BTreeMap<String, Price> = needed.map(|(key, price)| (key.to_string(), price.clone())).collect();
    PriceBook::new(book.id, book.currency, book.year, needed).expect("what is needed is there")
}

fn set(mut book: PriceBook, name: &str, values: [f64; 3]) -> PriceBook {
    book.set(price(name), values[0], values[1], values[2], "assumed: the test says so").expect("a price");
    book
}

fn term(route: &Route, term: Term) -> f64 {
    route.bill.term(term).dollars()
}

/// ```text
/// cable      100 km x 21,100 USD/km x 1                  2,110,000
/// huts       1 x 80,000 USD x 1                             80,000
/// build                                                  2,190,000
/// operate    2,190,000 x 0.035 x 8.559479                  656,084.04
/// ```
///
/// and with wayleaves, 0.50 USD a metre once in Afghanistan, 0.107 USD a metre and year in Pakistan:
///
/// ```text
/// once       50,000 m x 0.5                                 25,000
/// yearly     50,000 m x 0.107 x 8.559479                    45,793.21
/// ```
#[test]
fn a_bill_by_hand() {
    let network = across_the_border();
    let before = route_at(&bare_book(), &network);
    assert_eq!((term(&before, Term::Capex), term(&before, Term::Opex)), (2_190_000.0, 656_084.04));

    let book = set(bare_book(), "wayleave.once.AF", [0.1, 0.5, 2.0]);
    let book = set(book, "wayleave.yearly.PK", [0.0, 0.107, 0.129]);
    let after = route_at(&book, &network);
    assert_eq!((term(&after, Term::Capex), term(&after, Term::Opex)), (2_215_000.0, 701_877.25));
    for other in [Term::Lease, Term::Transit, Term::Crossing, Term::Equipment] {
        assert_eq!(term(&after, other), term(&before, other), "{other}");
    }
    let own: Vec<&Leaf> = after.hops.iter().flat_map(|hop| &hop.leaves).filter(|leaf| leaf.is_wayleave()).collect();
    let told: Vec<(Term, &str, [f64; 3])> =
        own.iter().map(|leaf| (leaf.term, leaf.country.as_str(), leaf.usd.map(|usd| usd.dollars()))).collect();
    assert_eq!(
        told,
        [(Term::Capex, "AF", [5000.0, 25_000.0, 100_000.0]), (Term::Opex, "PK", [0.0, 45_793.21, 55_208.64])],
        "the rented 10 km in Pakistan pay none"
    );
    assert_eq!(own[0].formula(), "50000 m x 0.5 USD/m [wayleave.once.AF]");
    assert_eq!(
        own[1].formula(),
        "50000 m x 0.107 USD/(m yr) [wayleave.yearly.PK] x 8.55948 yr (present value of 1 a year over the term)"
    );
}

#[test]
fn a_default_stands_for_every_country_and_no_sea() {
    let book = set(bare_book(), "wayleave.once.default", [1.0, 1.0, 1.0]);
    let route = route_at(&book, &across_the_border());
    assert_eq!(term(&route, Term::Capex), 2_290_000.0);
    let nodes = vec![
        node("a", NodeKind::LandingStation, "AF", 65.0, 31.0),
        node("b", NodeKind::LandingStation, "PK", 66.0, 31.0),
        node("c", NodeKind::City, "PK", 66.1, 31.0),
    ];
    let sea = SegmentRow { status: Status::Planned, ..row("ab", "a", "b", Medium::Submarine) };
    let segments = vec![segment(sea, 100_000, &["XZ"]), segment(row("bc", "b", "c", Medium::Buried), 10_000, &["PK"])];
    let network = network(nodes, segments);
    assert_eq!(route_at(&book, &network).bill, route_at(&bare_book(), &network).bill);
    // Landings need permits all the same.
    let book = set(bare_book(), "permit.months.PK", [1.0, 2.0, 3.0]);
    assert_eq!(route_at(&book, &network).permits.expect("something is built").months, [1.0, 2.0, 3.0]);
}

#[test]
fn without_the_families_nothing_is_said_of_them() {
    let route = route_at(&bare_book(), &across_the_border());
    assert_eq!(route.permits, None);
    assert!(route.hops.iter().flat_map(|hop| &hop.leaves).all(|leaf| !leaf.is_wayleave()));
}

#[test]
fn the_slowest_country_sets_the_date() {
    let network = across_the_border();
    let book = set(bare_book(), "permit.months.AF", [6.0, 13.5, 18.0]);
    let book = set(book, "permit.months.PK", [3.0, 9.0, 24.0]);
    let permits = route_at(&book, &network).permits.expect("something is built");
    assert_eq!((permits.months, permits.country.as_str()), ([6.0, 13.5, 24.0], "AF"));
    assert_eq!(permits.entry, price("permit.months.AF"));
    // Thirteen and a half months from the start of 2030 end in February 2031: service from the first of March.
    assert_eq!(permits.service(2030), (2031, 3));
    let book = set(set(bare_book(), "permit.months.AF", [0.0; 3]), "permit.months.PK", [0.0, 0.0, 1e12]);
    let permits = route_at(&book, &network).permits.expect("something is built");
    assert_eq!((permits.service(2030), permits.country.as_str()), ((2030, 1), "AF"), "of two alike the first");
    let book = set(bare_book(), "permit.months.PK", [1e12; 3]);
    let permits = route_at(&book, &network).permits.expect("something is built");
    assert_eq!(permits.service(2030), (2030 + 1_000_000_000_000 / 12, 5), "absurd, and no overflow");
}

#[test]
fn answers_say_when_service_can_begin() {
    let bench = Bench::new();
    let route = &bench.json("route Herat Quetta --avoid afghan-ring,IR -s tap-trilateral")["routes"][0];
    let permits = &route["permits"];
    let months: Vec<f64> = permits["months"].as_array().expect("a range").iter().map(number).collect();
    assert_eq!(months, [3.0, 9.0, 24.0]);
    assert_eq!((permits["country"].as_str(), permits["service"].as_str()), (Some("AF"), Some("2030-10")));
    let told = "the permits to build take 9 months (3 to 24, assumed), by permit.months.default in Afghanistan: asked \
                for at the start of 2030, they let service begin in October 2030 at the earliest";
    let words = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = words(bench.run("route Herat Quetta --avoid afghan-ring,IR -s tap-trilateral").expect_code(0).stdout);
    assert!(text.contains(told), "{text}");

    // A cash flow waits for them: nine months from the start of 2030, so its first year of service is 2031.
    let told = "Service: begins with 2031, after 9 months for the permits to build in Afghanistan, the longest of all \
                countries built in (permit.months.default); --service-year sets another.";
    let asked = "cashflow Herat Quetta --avoid afghan-ring,IR -s tap-trilateral --price 5";
    let text = words(bench.run(asked).expect_code(0).stdout);
    assert!(text.contains(told), "{text}");
    let text = words(bench.run(&format!("{asked} --service-year 2030")).expect_code(0).stdout);
    assert!(text.contains("Service: begins with 2030, as asked for") && text.contains("leaves no time for"), "{text}");

    let rented = &bench.json("route Ashgabat Mary")["routes"][0];
    assert!(rented["permits"].is_null() && rented.get("permits").is_some(), "{rented}");
    let text = words(bench.run("cashflow Ashgabat Mary --price 5").expect_code(0).stdout);
    assert!(!text.contains("permits"), "{text}");
}

#[test]
fn scenarios_set_what_the_book_does_not_hold() {
    let mut book = bare_book();
    for (name, unit) in [
        ("wayleave.once.AF", "USD/m"),
        ("wayleave.yearly.AF", "USD/(m yr)"),
        ("permit.months.default", "months"),
        ("market.growth", "1"),
    ] {
        book.set(price(name), 0.0, 1.0, 2.0, "the test").expect("an entry of an optional family");
        assert_eq!(book.find(price(name)).expect("just set").unit, unit);
    }
    assert_eq!(
        "wayleave.twice.AF".parse::<PriceKey>(),
        Err(PriceError::UnknownName { name: "wayleave.twice.AF".to_owned() })
    );
    let head = "[scenario]\nname = \"own\"\nextends = \"tap-trilateral\"\n[prices]\n";
    for (line, error, hint) in [
        (
            "\"wayleave.yearly.PQ2\" = 1",
            "own.toml:5: `wayleave.yearly.PQ2`: \"wayleave.yearly.PQ2\" is not the name of a price",
            "did you mean \"wayleave.yearly.PK\"?",
        ),
        (
            "\"permit.months.AF\" = -1",
            "own.toml:5: `permit.months.AF`: expected 0 <= low <= base <= high <= 1e12, found low = -1, base = -1, high = -1",
            "as in 2.5, or { low = 1, base = 2.5, high = 4 }; 0 is free of charge",
        ),
    ] {
        let bench = Bench::new().with("own.toml", format!("{head}{line}\n"));
        check(&bench.run("route Herat Quetta --avoid afghan-ring,IR -s own.toml"), error, hint);
    }
    let bench = Bench::new().with("own.toml", format!("{head}\"permit.months.AF\" = 30\n"));
    let permits = &bench.json("route Herat Quetta --avoid afghan-ring,IR -s own.toml")["routes"][0]["permits"];
    assert_eq!((permits["country"].as_str(), permits["service"].as_str()), (Some("AF"), Some("2032-07")));
}

#[test]
fn a_book_says_where_an_entry_is_wrong() {
    let shipped = include_str!("../data/prices.toml");
    let line = 1 + shipped.lines().position(|line| line == "[wayleave.yearly]").expect("the book has wayleaves");
    for (old, new, error) in [
        (
            "[wayleave.yearly]\nPK =",
            "[wayleave.yearly]\nPakistan =",
            format!(
                "p.toml:{}: unknown entry \"wayleave.yearly.Pakistan\"\nhint: a country stands there as two capital \
                 letters, or `default`",
                line + 1
            ),
        ),
        (
            "[wayleave.yearly]\nPK =",
            "[wayleave.yearle]\nPK =",
            format!(
                "p.toml:{}: unknown entry \"wayleave.yearle.PK\"\nhint: did you mean \"wayleave.yearly\"?",
                line + 1
            ),
        ),
    ] {
        let found = parse_price_book("p.toml", &shipped.replace(old, new)).expect_err("the entry is wrong");
        let hint = found.hint.as_deref().map_or_else(String::new, |hint| format!("\nhint: {hint}"));
        assert_eq!(format!("{found}{hint}"), error);
    }
}

#[test]
fn what_building_costs_can_be_raised_without_the_ground() {
    let bench = Bench::new();
    let unit = |of: &str| {
        let ran = bench.run(&format!("ceiling PK --corridor TM,AF,PK -s tap-trilateral --of {of} --format json"));
        ran.expect_code(0).json()["unit"].as_str().map(str::to_owned)
    };
    assert_eq!(unit("wayleave.yearly").as_deref(), Some("USD/(m yr)"));
    let ran = bench.run("ceiling PK --corridor TM,AF,PK -s tap-trilateral --of permit.months").expect_code(2);
    assert!(ran.stderr.contains("permit.months.PK"), "{}", ran.stderr);
}

/// The same cable laid with something from 2030 on.
fn laid_with(laid_with: LaidWith) -> Network {
    let parts = across_the_border().to_parts();
    let mut segments = parts.segments.clone();
    segments[0].row.laid_with = Some(laid_with);
    segments[0].row.laid_with_year = Some(2030);
    Network::new(NetworkParts { segments, ..parts }).expect("a network")
}

/// ```text
/// cable      100 km x 21,100 USD/km x 0.4317 x 1            910,887
/// huts       1 x 80,000 USD x 1                              80,000
/// build                                                     990,887
/// operate    990,887 x 0.035 x 8.559479                     296,851.67
/// ```
///
/// that in each country, of halves rounded to the cent: 2 x (136,442.56 + 11,983.27) = 296,851.66.
#[test]
fn a_cable_laid_with_a_road_by_hand() {
    let network = laid_with(LaidWith::Road);
    let book = set(bare_book(), "codeployment.road", [0.3, 0.4317, 0.7]);
    let full = route_at(&bare_book(), &across_the_border());
    for year in [2026, 2029] {
        assert_eq!(route_in(year, &book, &network).bill, full.bill, "{year}: the road is not being built yet");
    }
    for year in [2030, 2031, 2300] {
        let route = route_in(year, &book, &network);
        assert_eq!((term(&route, Term::Capex), term(&route, Term::Opex)), (990_887.0, 296_851.66), "{year}");
        for other in [Term::Lease, Term::Transit, Term::Crossing, Term::Equipment] {
            assert_eq!(term(&route, other), term(&full, other), "{other}");
        }
        let cable = &route.hops[0].leaves[0];
        assert_eq!(
            cable.formula(),
            "50 km x 21100 USD/km [build.buried.plain] x 0.4317 [codeployment.road] x 1 [build_multiplier.AF]"
        );
    }
    assert_eq!(route_in(2030, &bare_book(), &network).bill, full.bill, "a book without the family");
    let other = set(bare_book(), "codeployment.railway", [0.1, 0.1, 0.1]);
    assert_eq!(route_in(2030, &other, &network).bill, full.bill, "another word's factor");
    let demand = Demand { gbps: Gbps::new(100.0).expect("a capacity"), term_years: 15 };
    let timeless = Tariff::new(&book, demand, (country("AF"), country("PK")));
    assert_eq!(evaluate(&network, &timeless, &NodeId::new("a"), &["ab", "bc"].map(SegmentId::new)).bill, full.bill);
}

#[test]
fn every_word_has_its_factor_and_none_at_sea() {
    let mut book = bare_book();
    for (i, what) in LaidWith::ALL.iter().enumerate() {
        let factor = 0.1 * (i + 1) as f64;
        book = set(book, &format!("codeployment.{what}"), [factor; 3]);
    }
    for (what, build) in LaidWith::ALL.iter().zip([291_000.0, 502_000.0, 713_000.0, 924_000.0]) {
        let route = route_in(2030, &book, &laid_with(*what));
        assert_eq!(term(&route, Term::Capex), build, "{what}");
    }
    let row = SegmentRow {
        status: Status::Planned,
        laid_with: Some(LaidWith::Pipeline),
        laid_with_year: Some(2030),
        ..row("ab", "a", "b", Medium::Submarine)
    };
    let parts = across_the_border().to_parts();
    let segments = vec![segment(row, 100_000, &["XZ"]), parts.segments[1].clone()];
    let sea = Network::new(NetworkParts { segments, ..parts }).expect("a network");
    assert_eq!(route_in(2030, &book, &sea).bill, route_in(2029, &book, &sea).bill);
}

#[test]
fn scenarios_and_years_decide() {
    let bench = Bench::new();
    let build = |options: &str| {
        let line = format!("route Herat Quetta --avoid afghan-ring,IR -s tap-trilateral {options}");
        number(&bench.json(&line)["routes"][0]["cost"]["capex_usd"])
    };
    let own = |laid: &str| {
        let text = format!(
            "[scenario]\nname = \"own\"\nextends = \"tap-trilateral\"\n[[change]]\nwhy = \"test\"\nop = \"set\"\n\
             segment = [\"tapi-herat-farah\", \"tapi-farah-delaram\", \"tapi-delaram-kandahar\"]\nfields = {{ {laid} }}\n"
        );
        bench.write("own.toml", text);
        let line = "route Herat Quetta --avoid afghan-ring,IR -s own.toml";
        number(&bench.json(line)["routes"][0]["cost"]["capex_usd"])
    };
    let with_pipeline = build("");
    let alone = own("laid_with = \"\", laid_with_year = \"\"");
    assert!(with_pipeline < alone, "{with_pipeline} {alone}");
    assert_eq!(own("laid_with_year = 2031"), alone, "the pipeline comes a year later");
    assert_eq!(own("laid_with_year = 2030"), with_pipeline);
    bench.write(
        "own.toml",
        "[scenario]\nname = \"own\"\nextends = \"tap-trilateral\"\n[[change]]\nwhy = \"test\"\nop = \"set\"\n\
         segment = [\"tapi-herat-farah\", \"tapi-farah-delaram\", \"tapi-delaram-kandahar\"]\n[change.fields]\nlaid_with = \"railroad\"\nlaid_with_year = 2030\n",
    );
    check(
        &bench.run("route Herat Quetta -s own.toml"),
        "own.toml:9: `laid_with`: expected one of road, railway, pipeline, power_line, found \"railroad\"",
        "did you mean \"railway\"?",
    );
}

/// `segments.csv` with one planned segment and what it is laid with.
fn folder_with(laid_with: &str, year: &str) -> Bench {
    let bench = Bench::new().with_network(PLACES, "");
    let text = format!(
        "id,from,to,medium,status,laid_with,laid_with_year,sources\nab,a,b,buried,in_service,,,s\n\
         bc,b,c,buried,planned,{laid_with},{year},s\ncd,c,d,buried,in_service,,,s\n"
    );
    bench.write("net/segments.csv", text);
    bench
}

#[test]
fn wrong_cells_are_told_with_line_and_field() {
    for (laid_with, year, error, hint) in [
        (
            "power_line",
            "",
            "net/segments.csv:3: `laid_with_year`: expected a value, found nothing",
            "give the year from which on the power line is being built, or leave `laid_with` empty",
        ),
        (
            "",
            "2030",
            "net/segments.csv:3: `laid_with`: expected a value, found nothing",
            "say what is being built in that year, or leave the year empty",
        ),
        (
            "canal",
            "2030",
            "net/segments.csv:3: `laid_with`: expected one of road, railway, pipeline, power_line, found \"canal\"",
            "",
        ),
        ("road", "soon", "net/segments.csv:3: `laid_with_year`: expected a year from 1800 to 2300, found \"soon\"", ""),
        ("road", "2400", "net/segments.csv:3: `laid_with_year`: expected a year from 1800 to 2300, found \"2400\"", ""),
    ] {
        check(&folder_with(laid_with, year).run("route a d --network net"), error, hint);
    }
}

#[test]
fn files_bring_it_back_and_hold_it_only_where_needed() {
    let bench = folder_with("power_line", "2031");
    bench.run("network convert net -o net.geojson").expect_code(0);
    bench.run("network convert net.geojson -o back").expect_code(0);
    let segments = String::from_utf8(bench.read("back/segments.csv")).expect("text");
    assert!(segments.starts_with("id,name,system,from,to,medium,status,ready_year,"), "{segments}");
    assert!(segments.lines().next().is_some_and(|head| head.contains(",tenure,laid_with,laid_with_year,srlg,")));
    assert!(segments.contains(",power_line,2031,"), "{segments}");
    let geojson = String::from_utf8(bench.read("net.geojson")).expect("text");
    assert!(geojson.contains("\"laid_with\":\"power_line\",\"laid_with_year\":2031"), "{geojson}");
    assert_eq!(geojson.matches("laid_with_year").count(), 1);

    let base = Network::new(World::shipped().base_network()).expect("the shipped network is one");
    let [_, _, (name, text), _] = network_folder_texts(&base);
    assert_eq!((name, text.contains("laid_with")), ("segments.csv", false), "nothing is laid with anything there");
}
