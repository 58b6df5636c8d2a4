//! Prices, rates, terms and demands that make no sense, through the program, for every command that computes with money: a
//! clear error with file, line, field, what was found, what was expected and a hint; or the limit that the value stands
//! for, whose number is checked.

use serde_json::Value;

use crate::support::cli::{Bench, Ran, number};
use crate::support::wrong::{bench, told};

/// Every command that computes with money, on the small network; `own.toml` is the scenario that is absurd.
const COMMANDS: [&str; 11] = [
    "route a c -s own.toml",
    "route a c -s own.toml --samples 200",
    "transit QM QN QO -s own.toml --status in_service,planned --no-map",
    "transit QM QN QO -s own.toml --status in_service,planned --no-map --samples 200",
    "compare own.toml own.toml --from a --to c --no-map",
    "share QM QN -s own.toml --demand a,c=100",
    "share QM QN -s own.toml --demand a,c=100 --samples 2",
    "ceiling QN --corridor QM,QN,QO -s own.toml --status in_service,planned",
    "gateway QM --hub c -s own.toml",
    "cashflow a c --price 4 -s own.toml",
    "cashflow a c --price 4 -s own.toml --samples 200",
];

const HINT: &str = "as in 2.5, or { low = 1, base = 2.5, high = 4 }; 0 is free of charge";

/// The small network with a scenario whose fifth line is this, in this table.
fn with(table: &str, line: &str) -> Bench {
    bench().with("own.toml", format!("[scenario]\nname = \"own\"\nnetwork = \"net\"\n[{table}]\n{line}\n"))
}

/// That every command is refused with this error and this hint, and says nothing else.
fn refused(table: &str, line: &str, error: &str, hint: &str) {
    let bench = with(table, line);
    for command in COMMANDS {
        let ran = bench.run(&format!("{command} -q"));
        assert_eq!(ran.stderr, told(error, hint), "fiberplan {command} with {line}");
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "fiberplan {command} with {line}");
    }
}

/// That every command answers, with numbers that are numbers.
fn answered(table: &str, line: &str) -> Bench {
    let bench = with(table, line);
    for command in COMMANDS {
        let ran = bench.run(&format!("{command} -q")).expect_code(0);
        sane(&ran);
        sane(&bench.run(&format!("{command} --format json -q")).expect_code(0));
    }
    bench
}

fn sane(ran: &Ran) {
    for word in ran.stdout.split(|c: char| !c.is_alphanumeric()) {
        assert!(!["NaN", "nan", "inf", "Infinity"].contains(&word), "fiberplan {}: {}", ran.line, ran.stdout);
    }
}

fn cost(bench: &Bench, line: &str) -> Value {
    bench.json(line)["routes"][0]["cost"].clone()
}

/// What a bill has once and what it has each year over the term, discounted.
fn once_and_yearly(cost: &Value) -> (f64, f64) {
    let sum = |terms: &[&str]| terms.iter().map(|term| number(&cost[*term])).sum::<f64>();
    (sum(&["capex_usd", "crossing_usd", "equipment_usd"]), sum(&["opex_usd", "lease_usd", "transit_usd"]))
}

#[test]
fn absurd_prices_are_refused_by_every_command() {
    let name = "lease.buried.default";
    let range = |low: &str| {
        format!(
            "own.toml:5: `{name}`: expected 0 <= low <= base <= high <= 1e12, found low = {low}, base = {low}, high = {low}"
        )
    };
    let kind = |found: &str| {
        format!("own.toml:5: `{name}`: expected a number, or a table with low, base and high, found {found}")
    };
    for (value, error) in [
        ("-1", range("-1")),
        ("-1e-9", range("-0.000000001")),
        ("1e300", range("1e300")),
        ("nan", kind("NaN")),
        ("inf", kind("inf")),
        ("-inf", kind("-inf")),
        ("\"\"", kind("\"\"")),
        ("\"12\"", kind("\"12\"")),
        ("[]", kind("a list")),
        ("true", kind("true")),
    ] {
        refused("prices", &format!("\"{name}\" = {value}"), &error, HINT);
    }
    let backwards =
        format!("own.toml:5: `{name}`: expected 0 <= low <= base <= high <= 1e12, found low = 3, base = 2, high = 4");
    refused("prices", &format!("\"{name}\" = {{ low = 3, base = 2, high = 4 }}"), &backwards, HINT);
    refused(
        "prices",
        &format!("\"{name}\" = {{ low = 1 }}"),
        "own.toml:5: missing key \"lease.buried.default.base\"",
        HINT,
    );
}

#[test]
fn a_price_of_nothing_is_free_of_charge() {
    let bench = answered("prices", "\"lease.buried.default\" = 0");
    let bill = cost(&bench, "route a c -s own.toml");
    assert_eq!((number(&bill["lease_usd"]), number(&bill["low_usd"]) > 0.0), (0.0, true));
    // What is left is what is paid once: half a border charge on each side, and two ends' equipment.
    assert_eq!(once_and_yearly(&bill).1, number(&bill["transit_usd"]));
}

#[test]
fn negative_rates_are_refused_and_none_is_a_limit() {
    let rate = "finance.discount_rate";
    for (value, found) in [("-0.01", "-0.01"), ("-1", "-1"), ("1e300", "1e300")] {
        let error = format!(
            "own.toml:5: `{rate}`: expected 0 <= low <= base <= high <= 1e12, found low = {found}, base = {found}, high = {found}"
        );
        refused("prices", &format!("\"{rate}\" = {value}"), &error, HINT);
    }
    // Without interest the equal yearly payment is the cost over the years, and 15 yearly payments are 15 times one.
    let bench = answered("prices", "\"finance.discount_rate\" = 0");
    let (free, at_8) = (cost(&bench, "route a c -s own.toml"), cost(&bench, "route a c --network net"));
    let total = number(&free["total_usd"]);
    assert!((number(&free["annuity_usd_per_year"]) - total / 15.0).abs() < 1e-6, "{free}");
    let per_mbps = number(&free["usd_per_mbps_month"]);
    assert!((per_mbps - total / 15.0 / 12.0 / 100_000.0).abs() < 1e-9, "{free}");
    let ((once, yearly), (once_8, yearly_8)) = (once_and_yearly(&free), once_and_yearly(&at_8));
    // (1 - 1.08^-15) / 0.08 = 8.559479: the same payments, each to a cent.
    assert_eq!(once, once_8);
    assert!((yearly / 15.0 - yearly_8 / 8.559_479).abs() < 0.05, "{yearly}, {yearly_8}");
    let flow = bench.json("cashflow a c --price 4 -s own.toml")["cash_flow"].clone();
    assert_eq!(flow["total"]["net"], flow["present"]["net"], "nothing is discounted");
    assert_eq!(flow["real"]["payback_year"], flow["real"]["discounted_payback_year"]);
    assert!((number(&flow["real"]["annuity"]) - total / 15.0).abs() < 1e-6, "{flow}");
    // A rate beyond all measure leaves what is paid at once.
    let bench = with("prices", "\"finance.discount_rate\" = 1e12");
    let steep = cost(&bench, "route a c -s own.toml");
    assert_eq!(once_and_yearly(&steep), (once, 0.0));
    // A cash flow is not computed at such a rate: which entry is wrong, is told.
    let ran = bench.run("cashflow a c --price 4 -s own.toml -q").expect_code(2);
    let error = "finance.discount_rate: expected a rate from 0% to 1000%, found 100000000000000%";
    assert_eq!(ran.stderr, told(error, "set another in the price book, or under [prices] of the scenario"));
}

#[test]
fn terms_of_no_years_are_refused_and_one_year_is_the_least() {
    for (value, found) in [("0", "0"), ("-1", "-1"), ("101", "101"), ("1.5", "1.5"), ("\"\"", "\"\""), ("nan", "NaN")] {
        let error = format!("own.toml:5: `term_years`: expected a whole number from 1 to 100, found {found}");
        refused("demand", &format!("term_years = {value}"), &error, "as in 15");
    }
    // One year at 8 %: a yearly payment is worth 1 / 1.08 of itself, and the equal payment is 1.08 times the cost.
    let bench = answered("demand", "term_years = 1");
    let bill = cost(&bench, "route a c -s own.toml");
    let total = number(&bill["total_usd"]);
    assert!((number(&bill["annuity_usd_per_year"]) - 1.08 * total).abs() < 1e-6, "{bill}");
    let flow = bench.json("cashflow a c --price 4 -s own.toml")["cash_flow"].clone();
    assert_eq!(flow["years"].as_array().map(Vec::len), Some(2));
}

#[test]
fn demands_of_nothing_are_refused_by_every_command() {
    for (value, error) in [
        ("0", "expected a capacity above 0 Gbps, found 0"),
        ("-1", "expected a capacity above 0 Gbps, found -1"),
        ("1e300", "expected a capacity above 0 Gbps, found 1e300"),
        ("nan", "expected a number, found NaN"),
        ("inf", "expected a number, found inf"),
        ("\"\"", "expected a number, found \"\""),
    ] {
        refused("demand", &format!("gbps = {value}"), &format!("own.toml:5: `gbps`: {error}"), "as in 100");
    }
    for (demand, error, hint) in [
        (
            "a,c=0",
            "--demand a,c=0: expected a capacity above 0 and at most 1e9 Gbps, found 0",
            "a demand is some Gbit/s, as in --demand TM,PK=100",
        ),
        (
            "a,c=-5",
            "--demand a,c=-5: expected a capacity above 0 and at most 1e9 Gbps, found -5",
            "a demand is some Gbit/s, as in --demand TM,PK=100",
        ),
        (
            "a,c=1e300",
            "--demand a,c=1e300: expected a capacity above 0 and at most 1e9 Gbps, found 1e300",
            "a demand is some Gbit/s, as in --demand TM,PK=100",
        ),
        ("a,c=", "--demand: expected FROM,TO=GBPS, found \"a,c=\"", "as in --demand TM,PK=100"),
    ] {
        let ran = bench().run(&format!("share QM QN --network net --demand {demand} -q")).expect_code(2);
        assert_eq!(ran.stderr, told(error, hint), "{demand}");
    }
}

#[test]
fn what_is_typed_is_told_in_our_own_words() {
    let plain = bench().with("own.toml", "[scenario]\nname = \"own\"\nnetwork = \"net\"\n");
    let gbps = |found: &str| format!("--gbps: expected a capacity above 0 and at most 1e9 Gbps, found {found}");
    let years = |found: &str| format!("--term-years: expected 1 to 100 years, found {found}");
    let year = |found: &str| format!("--year: expected a year from 1977 to 2300, found {found}");
    for (option, value, error, hint) in [
        ("--gbps", "-1", gbps("-1"), "as in --gbps 100"),
        ("--gbps", "0", gbps("0"), "as in --gbps 100"),
        ("--gbps", "1e300", gbps("1e300"), "as in --gbps 100"),
        ("--gbps", "nan", gbps("NaN"), "as in --gbps 100"),
        ("--gbps", "inf", gbps("inf"), "as in --gbps 100"),
        ("--gbps", "", gbps("\"\""), "as in --gbps 100"),
        ("--gbps", "much", gbps("\"much\""), "as in --gbps 100"),
        ("--term-years", "-1", years("-1"), "as in --term-years 15"),
        ("--term-years", "0", years("0"), "as in --term-years 15"),
        ("--term-years", "1.5", years("1.5"), "as in --term-years 15"),
        ("--term-years", "", years("\"\""), "as in --term-years 15"),
        ("--term-years", "1e300", years("1e300"), "as in --term-years 15"),
        ("--year", "-1", year("-1"), "fiber-optic cables are in service since 1977; as in --year 2030"),
        ("--year", "soon", year("\"soon\""), "as in --year 2030"),
    ] {
        for command in COMMANDS {
            let line: Vec<&str> = command.split_whitespace().chain([option, value, "-q"]).collect();
            let ran = plain.run_with(&line);
            assert_eq!((ran.stderr.as_str(), ran.code), (told(&error, hint).as_str(), Some(2)), "fiberplan {line:?}");
        }
    }
    for (line, error, hint) in [
        ("route a c -k -1", "-k: expected 1 to 10000 routes, found -1", "as in -k 5"),
        ("compare own.toml -k -1", "-k: expected 1 to 10000 routes, found -1", "as in -k 5"),
        ("route a c --within -5%", "--within: expected 0% to 100%, found \"-5%\"", "as in --within 10%"),
        ("route a c --samples -5", "--samples: expected a whole number above 0, found -5", "as in --samples 10000"),
        (
            "cashflow a c --samples 1e3",
            "--samples: expected a whole number above 0, found 1e3",
            "as in --samples 10000",
        ),
        (
            "route a c --samples 0",
            "--samples: expected 100 to 200000 samples, found 0",
            "10000 is enough for most questions",
        ),
        ("cashflow a c --build-years -1", "--build-years: expected 0 to 50 years, found -1", "as in --build-years 2"),
        ("share QM QN --threads -1", "--threads: expected 1 to 1024 threads, found -1", "as in --threads 2"),
        (
            "cashflow a c --price -1",
            "--price: expected a price from 0 to 1000000 USD per Mbps and month, found -1",
            "as in --price 5; 0 is nothing sold for money",
        ),
        (
            "cashflow a c --price 1e300",
            "--price: expected a price from 0 to 1000000 USD per Mbps and month, found 1e300",
            "as in --price 5; 0 is nothing sold for money",
        ),
        (
            "cashflow a c --price x",
            "--price: expected a price from 0 to 1000000 USD per Mbps and month, found \"x\"",
            "as in --price 5",
        ),
        (
            "ceiling QN --corridor QM,QN,QO --up-to -1",
            "--up-to: expected a value above 0 and at most 1e12, found -1",
            "as in --up-to 10, in the unit of what is raised",
        ),
    ] {
        let ran = plain.run(&format!("{line} --network net -q"));
        assert_eq!((ran.stderr.as_str(), ran.code), (told(error, hint).as_str(), Some(2)), "fiberplan {line}");
    }
}

#[test]
fn sales_that_make_no_sense_name_the_entry_they_come_from() {
    for (line, options, error) in [
        (
            "\"sale.QM\" = 1e9",
            "",
            "sale.QM: expected a price from 0 to 1000000 USD per Mbps and month, found 1000000000",
        ),
        ("\"market.start_share\" = 0", "", "market.start_share: expected a share above 0% and at most 100%, found 0%"),
        (
            "\"market.start_share\" = 1.5",
            "",
            "market.start_share: expected a share above 0% and at most 100%, found 150%",
        ),
        ("\"market.price_decline\" = 2", "", "market.price_decline: expected a share from 0% to 100%, found 200%"),
        ("\"market.growth\" = 11", "", "market.growth: expected a growth from 0% to 1000%, found 1100%"),
        (
            "\"exchange.EUR\" = 0",
            "--currency EUR",
            "exchange.EUR: expected a rate of exchange from 1e-9 to 1e9, found 0",
        ),
    ] {
        let ran = with("prices", line).run(&format!("cashflow a c -s own.toml {options} -q")).expect_code(2);
        let hint = "set another in the price book, or under [prices] of the scenario";
        assert_eq!(ran.stderr, told(error, hint), "{line}");
    }
    // Nothing sold for money, or prices that are gone after a year, are limits.
    for (line, options) in [("\"sale.QM\" = 0", ""), ("\"market.price_decline\" = 1", "--price 4")] {
        let bench = with("prices", line);
        let flow = bench.json(&format!("cashflow a c -s own.toml {options}"))["cash_flow"].clone();
        let years = flow["years"].as_array().expect("years");
        assert!(years.iter().skip(2).all(|year| number(&year["income"]) == 0.0), "{line}");
        sane(&bench.run(&format!("cashflow a c -s own.toml {options} --samples 200 -q")).expect_code(0));
    }
}

#[test]
fn a_price_book_that_lacks_an_entry_or_has_an_absurd_one() {
    let book = include_str!("fixtures/checks/clean/prices.toml");
    let line = |text: &str| book.lines().position(|own| own.starts_with(text)).expect("the line is there") + 1;
    let entry = book.lines().find(|own| own.starts_with("station = ")).expect("an entry");
    let at = line("station = ");
    let plain = "[scenario]\nname = \"own\"\nnetwork = \"net\"\n";
    for (instead, error, hint) in [
        (
            "",
            "own-book.toml: missing entry \"landing.station\"".to_owned(),
            "a price book holds every fixed key of a family, and a default for each that goes by country",
        ),
        (
            &entry.replace("low = ", "low = -")[..],
            format!(
                "own-book.toml:{at}: `landing.station`: expected 0 <= low <= base <= high <= 1e12, found low = -1, base = 2, high = 3"
            ),
            HINT,
        ),
        (
            &entry.replace("high = 3", "high = 1e300")[..],
            format!(
                "own-book.toml:{at}: `landing.station`: expected 0 <= low <= base <= high <= 1e12, found low = 1, base = 2, high = 1e300"
            ),
            HINT,
        ),
        (
            &entry.replace("base = 2", "base = nan")[..],
            format!("own-book.toml:{at}: `base`: expected a number, found NaN"),
            "",
        ),
        (&entry.replace("base = 2, ", "")[..], format!("own-book.toml:{at}: missing key \"station.base\""), ""),
    ] {
        let bench = bench()
            .with("own.toml", plain)
            .with("own-book.toml", book.replace(&format!("\n{entry}\n"), &format!("\n{instead}\n")));
        for command in COMMANDS {
            let ran = bench.run(&format!("{command} --prices own-book.toml -q"));
            assert_eq!((ran.stderr.as_str(), ran.code), (told(&error, hint).as_str(), Some(2)), "fiberplan {command}");
        }
    }
}
