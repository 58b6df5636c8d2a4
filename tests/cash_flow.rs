//! `fiberplan cashflow`: the table is the bill year by year, to the cent, and what it is worth is right.

use std::collections::BTreeMap;

use fiberplan::World;
use fiberplan::analysis::{CashFlow, CashFlowError, CashFlowTerms, CashYear, Outlay, Outlays, Sales, Setting};
use fiberplan::metrics::finance::{discount_factor, net_present_value, nominal_rate};
use fiberplan::metrics::{Bill, Demand, Factor, Leaf, Term};
use fiberplan::prices::PriceFamily;
use fiberplan::units::{Gbps, Usd};
use serde_json::Value;

use crate::support::cli::{Bench, number};
use crate::support::wrong::{bench, check, told};
use crate::support::{Dice, country, price};

fn leaf(term: Term, dollars: f64) -> Leaf {
    Leaf::new(term, country("AA"), vec![Factor::quantity("", dollars, "USD")])
}

fn demand(gbps: f64, term_years: u32) -> Demand {
    Demand { gbps: Gbps::new(gbps).expect("a capacity"), term_years }
}

fn plain_terms(price: f64, rate: f64) -> CashFlowTerms {
    let sales = Sales { price, aged_years: 0, decline: 0.0, start_share: 1.0, growth: 0.0 };
    CashFlowTerms { sales, rate, wait_years: 0, build_years: 0, inflation: None, exchange: 1.0 }
}

fn sum(flow: &CashFlow, of: impl Fn(&CashYear) -> i64) -> i64 {
    flow.years.iter().map(of).sum()
}

/// Two years of building at 1,000 in all, then three of service at 10 % and 2 % inflation: 100 a year to operate, 21 once at
/// the start of service. 0.001 Gbps, so 1 Mbps, is bought: half of it sold first, twice as much the year after, at 50 a month,
/// then 45 and 40.50.
///
/// ```text
/// t   build   operate  crossing  income              net       worth at t = 0
/// 0   500.00                                         -500.00   -500.00
/// 1   500.00                                         -500.00   -454.55
/// 2                     21.00                         -21.00    -17.36
/// 3           100.00             0.5 x 12 x 50 = 300  200.00    150.26
/// 4           100.00             1 x 12 x 45   = 540  440.00    300.53
/// 5           100.01             1 x 12 x 40.5 = 486  385.99    239.67
/// sum                                                   4.99   -281.45
/// ```
///
/// The bill has the operation's worth at the start of service, 100 x (1 - 1.1^-3) / 0.1 = 248.685, rounded up: that is the
/// cent in year 5.
#[test]
fn a_table_by_hand() {
    let bill = Bill::of(&[leaf(Term::Capex, 1000.0), leaf(Term::Opex, 248.69), leaf(Term::Crossing, 21.0)]);
    let sales = Sales { price: 50.0, aged_years: 0, decline: 0.1, start_share: 0.5, growth: 1.0 };
    let terms = CashFlowTerms { sales, rate: 0.1, wait_years: 0, build_years: 2, inflation: Some(0.02), exchange: 1.0 };
    let flow = CashFlow::new(&Outlays::of(&bill, Usd::ZERO), demand(0.001, 3), &terms).expect("a cash flow");
    let net: Vec<i64> = flow.years.iter().map(CashYear::net).collect();
    assert_eq!(net, [-50_000, -50_000, -2_100, 20_000, 44_000, 38_599]);
    let worth: Vec<i64> = flow.years.iter().map(CashYear::present_net).collect();
    // 500 / 1.1 = 454.545, 21 / 1.21 = 17.355, 300 / 1.331 - 75.131 = 150.263, ...; a cent goes to and fro in the sums.
    for (found, expected) in worth.iter().zip([-50_000, -45_455, -1_736, 15_026, 30_053, 23_967]) {
        assert!((found - expected as i64).abs() <= 1, "{worth:?}");
    }
    assert_eq!(sum(&flow, CashYear::present_net), -28_145);
    assert_eq!(
        flow.years.iter().map(|y| y.service_year).collect::<Vec<_>>(),
        [None, None, None, Some(1), Some(2), Some(3)]
    );
    assert_eq!((flow.real.payback, flow.real.discounted_payback), (Some(5), None));
    // 4.99 more than nothing: the internal rate is just above zero. In money, 2 % more.
    let [rate] = flow.real.irr.rates() else { panic!("{:?}", flow.real.irr) };
    assert!((0.0..0.01).contains(rate), "{rate}");
    let nominal = flow.nominal.as_ref().expect("an inflation was given");
    assert!((nominal.irr.rates()[0] - (1.02 * (1.0 + rate) - 1.0)).abs() < 1e-5, "{nominal:?}");
    // Income is worth 300 / 1.331 + 540 / 1.4641 + 486 / 1.61051 = 895.99, costs 281.44 more: 50 x 1177.43 / 895.99.
    let least = flow.break_even.expect("something is sold");
    assert!((least - 50.0 * 1177.43 / 895.99).abs() < 0.001, "{least}");
    assert!(flow.npv_at(least).abs() < 1e-6);
    // Months of a Mbps: 6, 12, 12, worth 4.5079 + 8.1962 + 7.4511 = 20.1552; 1177.43 / 20.1552 = 58.418 each.
    assert!((flow.real.levelised.expect("something is sold") - 58.418).abs() < 0.001, "{:?}", flow.real);
    // 1177.43 x 1.21 at the start of service, repaid in three years: / 2.48685.
    assert!((flow.real.annuity - 1177.43 * 1.21 / 2.486_85).abs() < 0.01, "{:?}", flow.real);
    let shown: Vec<(i64, i64)> =
        flow.years.iter().filter_map(|y| y.nominal.map(|own| (own.cost, own.income))).collect();
    // 100 x 1.02^3 = 106.12, 300 x 1.02^3 = 318.36.
    assert_eq!(shown[3], (10_612, 31_836));
}

#[test]
fn the_table_is_the_bill_on_random_bills() {
    let mut dice = Dice::new(11);
    for round in 0..600 {
        let mut leaves = Vec::new();
        for term in Term::ALL {
            let dollars = dice.below(1 << 31) as f64 / [1.0, 100.0, 7.0][dice.below(3) as usize];
            leaves.extend(dice.chance(70).then(|| leaf(term, dollars)));
        }
        let bill = Bill::of(&leaves);
        let sales = Sales {
            aged_years: 0,
            price: dice.below(5000) as f64 / 100.0,
            decline: dice.below(30) as f64 / 100.0,
            start_share: (1 + dice.below(100)) as f64 / 100.0,
            growth: dice.below(60) as f64 / 100.0,
        };
        let terms = CashFlowTerms {
            sales,
            rate: [0.0, 0.01, 0.08, 0.12, 0.8][dice.below(5) as usize],
            wait_years: [0, 0, 1, 3][dice.below(4) as usize],
            build_years: [0, 0, 1, 2, 7][dice.below(5) as usize],
            inflation: dice.chance(50).then_some(0.03),
            exchange: 1.0,
        };
        let demand = demand((1 + dice.below(4000)) as f64 / 10.0, 1 + dice.below(40) as u32);
        let repair = Usd::from_cents(dice.below(1 << 36) as i64);
        let outlays = Outlays::of(&bill, repair);
        let flow = CashFlow::new(&outlays, demand, &terms).expect("a cash flow");
        assert_eq!(flow.years.len(), (terms.service_start() + demand.term_years) as usize + 1);
        let operation = outlays.sum(Outlay::Operate) + outlays.sum(Outlay::Repair);
        assert_eq!(operation, bill.term(Term::Opex), "{round}: repair is a part of operation");
        assert_eq!(outlays.sum(Outlay::Repair), repair.min(operation), "{round}");
        let factor = discount_factor(terms.rate).expect("a rate");
        let at_service = factor.powi(terms.service_start() as i32);
        for term in Outlay::ALL {
            let present = sum(&flow, |year| year.present_costs[term]);
            let cents = outlays.sum(term).cents();
            if terms.service_start() == 0 {
                assert_eq!(present, cents, "{round}: {term}");
            }
            // Discounted by hand, the payments are worth the bill at the start of service.
            let paid: Vec<f64> = flow.years.iter().map(|year| year.costs[term] as f64).collect();
            let worth = net_present_value(terms.rate, &paid).expect("a value");
            assert!((worth - present as f64).abs() <= 0.5 + 1e-3, "{round}: {term}: {worth}, {present}");
            if term.is_yearly() {
                assert!((worth / at_service - cents as f64).abs() <= 0.51, "{round}: {term}: {worth} for {cents}");
            } else {
                assert_eq!(paid.iter().sum::<f64>(), cents as f64, "{round}: {term}");
            }
        }
        let mut running = (0, 0);
        for year in &flow.years {
            running = (running.0 + year.net(), running.1 + year.present_net());
            assert_eq!(running, (year.running, year.present_running), "{round}");
            assert!(year.sold_gbps <= demand.gbps.get());
            let worth = year.net() as f64 * factor.powi(year.t as i32);
            assert!((worth - year.present_net() as f64).abs() <= 8.0, "{round}: {worth}, {year:?}");
        }
        assert_eq!((flow.real.npv * 100.0).round() as i64, running.1, "{round}");
        // With interest it is paid back exactly if it is worth something, and so from the break-even price on.
        assert_eq!(flow.real.discounted_payback.is_some(), running.1 >= 0, "{round}");
        if let Some(least) = flow.break_even {
            assert_eq!(terms.sales.price >= least - 1e-6, running.1 >= -1, "{round}: {least}");
        }
        for rate in flow.real.irr.rates() {
            let net: Vec<f64> = flow.years.iter().map(|year| year.net() as f64).collect();
            let size: Vec<f64> = net.iter().map(|net| net.abs()).collect();
            let (npv, size) = (net_present_value(*rate, &net), net_present_value(*rate, &size));
            assert!(npv.expect("npv").abs() <= 1e-6 * size.expect("npv") + 1.0, "{round}: {rate}");
        }
        if let (Some(nominal), Some(inflation)) = (&flow.nominal, terms.inflation) {
            // Fisher: the same worth in either money, but for a rounded cent a year.
            let off = (nominal.npv - flow.real.npv).abs();
            assert!(off <= 0.01 * flow.years.len() as f64 + 1e-9 * flow.real.npv.abs(), "{round}: {off}");
            assert_eq!(Ok(nominal.rate), nominal_rate(terms.rate, inflation), "{round}");
        }
    }
}

#[test]
fn edges_have_limits_or_errors() {
    let bill = Bill::of(&[leaf(Term::Lease, 300.0), leaf(Term::Equipment, 60.0)]);
    let at =
        |terms: &CashFlowTerms, years: u32| CashFlow::new(&Outlays::of(&bill, Usd::ZERO), demand(1.0, years), terms);
    // No interest over three years: 100 a year, and the break-even price 360 / 36,000 Mbps-months.
    let flow = at(&plain_terms(0.0, 0.0), 3).expect("a cash flow");
    assert_eq!(flow.years.iter().map(CashYear::cost).collect::<Vec<_>>(), [6_000, 10_000, 10_000, 10_000]);
    assert_eq!((flow.real.npv, flow.real.payback, flow.real.irr.rates().len()), (-360.0, None, 0));
    assert_eq!((flow.break_even, flow.real.levelised), (Some(0.01), Some(0.01)));
    assert_eq!(flow.real.annuity, 120.0);
    // Nothing to pay and nothing earned.
    let nothing = CashFlow::new(&Outlays::default(), demand(1.0, 2), &plain_terms(0.0, 0.08)).expect("a cash flow");
    assert_eq!((nothing.real.npv, nothing.real.payback), (0.0, Some(0)));
    assert_eq!(at(&plain_terms(1.0, 0.08), 0), Err(CashFlowError::NoTerm));
    let wrong = |terms: &CashFlowTerms| match at(terms, 3) {
        Err(CashFlowError::OutOfRange { what, .. }) => what,
        other => panic!("{other:?}"),
    };
    let base = plain_terms(1.0, 0.08);
    for bad in [f64::NAN, f64::INFINITY, -1.0, 1e30] {
        let sales = base.sales;
        assert_eq!(wrong(&CashFlowTerms { sales: Sales { price: bad, ..sales }, ..base }), Setting::Price);
        assert_eq!(wrong(&CashFlowTerms { sales: Sales { decline: bad, ..sales }, ..base }), Setting::PriceDecline);
        assert_eq!(wrong(&CashFlowTerms { sales: Sales { start_share: bad, ..sales }, ..base }), Setting::StartShare);
        assert_eq!(wrong(&CashFlowTerms { sales: Sales { growth: bad, ..sales }, ..base }), Setting::Growth);
        assert_eq!(wrong(&CashFlowTerms { rate: bad, ..base }), Setting::DiscountRate);
        assert_eq!(wrong(&CashFlowTerms { inflation: Some(bad), ..base }), Setting::Inflation);
        assert_eq!(wrong(&CashFlowTerms { exchange: bad, ..base }), Setting::Exchange);
    }
    assert_eq!(wrong(&CashFlowTerms { build_years: 51, ..base }), Setting::BuildYears);
    assert_eq!(wrong(&CashFlowTerms { wait_years: 51, ..base }), Setting::WaitYears);
    let huge = CashFlow::new(&Outlays::of(&bill, Usd::ZERO), demand(1e9, 3), &plain_terms(1e6, 0.08));
    assert_eq!(huge, Err(CashFlowError::TooLarge));
    // The shipped price book has a price for every country, and a way to other money.
    let book = World::shipped().price_book();
    assert_eq!(book.optional_for_country(PriceFamily::Sale, country("AF")).map(|own| own.0), Some(price("sale.AF")));
    assert_eq!(
        book.optional_for_country(PriceFamily::Sale, country("QQ")).map(|own| own.0),
        Some(price("sale.default"))
    );
    assert!(book.find(price("exchange.EUR")).is_some());
}

/// The rows of a CSV by column.
fn columns(text: &str) -> BTreeMap<String, Vec<String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let head = reader.headers().expect("a head line").clone();
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
    let column = |i: usize| rows.iter().map(|row| row[i].to_owned()).collect();
    head.iter().enumerate().map(|(i, name)| (name.to_owned(), column(i))).collect()
}

/// Cents of a column, read without any float.
fn cents(columns: &BTreeMap<String, Vec<String>>, name: &str) -> Vec<i64> {
    let cell = |text: &String| {
        let (whole, part) = text.split_once('.').expect("two decimals");
        assert_eq!(part.len(), 2, "{text}");
        format!("{whole}{part}").parse::<i64>().expect("a number")
    };
    columns[name].iter().map(cell).collect()
}

#[test]
fn the_csv_adds_up_to_the_bill_of_the_base_network() {
    let bench = Bench::new();
    let terms = Outlay::ALL.map(Outlay::as_str);
    for options in [
        "TM PK",
        "TM PK --corridor TM,AF,PK",
        "TM DE --objective latency --gbps 400 --term-years 7",
        "Mary Karachi -s tap-trilateral --status in_service,planned,under_construction --objective latency \
         --service-year 2030",
        "TM PK --corridor TM,AF,PK --gbps 400 --status in_service,planned,proposed --objective latency --year 2026 \
         --service-year 2026",
    ] {
        let csv = bench.run(&format!("cashflow {options} --format csv -q")).expect_code(0).stdout;
        let (asked, _) = options.split_once(" --service-year").unwrap_or((options, ""));
        let route = &bench.json(&format!("route {asked}"))["routes"][0];
        let table = columns(&csv);
        let cost = cents(&table, "cost");
        let (net, income) = (cents(&table, "net"), cents(&table, "income"));
        let (mut running, mut worth) = (0, 0);
        for i in 0..cost.len() {
            assert_eq!(terms.iter().map(|term| cents(&table, term)[i]).sum::<i64>(), cost[i], "{options}: {i}");
            assert_eq!(income[i] - cost[i], net[i], "{options}: {i}");
            let present = cents(&table, "present_net")[i];
            assert_eq!(
                cents(&table, "present_income")[i] - cents(&table, "present_cost")[i],
                present,
                "{options}: {i}"
            );
            (running, worth) = (running + net[i], worth + present);
            assert_eq!((cents(&table, "running")[i], cents(&table, "present_running")[i]), (running, worth));
        }
        let total = Usd::from_dollars(number(&route["cost"]["total_usd"])).expect("a sum");
        assert_eq!(cents(&table, "present_cost").iter().sum::<i64>(), total.cents(), "{options}");
        // The same by term in JSON, and discounted by hand.
        let answer = bench.json(&format!("cashflow {options}"));
        assert_eq!(answer["routes"][0], *route, "{options}");
        let flow = &answer["cash_flow"];
        for (term, name) in Term::ALL.iter().map(|term| (term.as_str(), term.usd_name())) {
            // The bill's operation is the table's and its repair.
            let parts: &[&str] = if term == "opex" { &["opex", "repair"] } else { &[term] };
            let in_cents = |money: &Value| (number(money) * 100.0).round() as i64;
            let present: i64 = parts.iter().map(|part| in_cents(&flow["present"][part])).sum();
            assert_eq!(present, in_cents(&route["cost"][name]), "{options}: {term}");
            let columns: Vec<Vec<i64>> = parts.iter().map(|part| cents(&table, part)).collect();
            let paid: Vec<f64> =
                (0..cost.len()).map(|i| columns.iter().map(|own| own[i]).sum::<i64>() as f64 / 100.0).collect();
            let by_hand = net_present_value(number(&flow["terms"]["discount_rate"]), &paid).expect("a value");
            assert!(
                (by_hand - number(&route["cost"][name])).abs() <= 0.005 * parts.len() as f64 + 1e-6,
                "{options}: {term} {by_hand}"
            );
        }
        assert_eq!((number(&flow["real"]["npv"]) * 100.0).round() as i64, worth, "{options}");
    }
}

#[test]
fn other_money_adds_up_as_well() {
    let bench = Bench::new();
    let run = |options: &str| {
        let line = format!("cashflow TM PK --corridor TM,AF,PK --price 5 --inflation 2.5% {options}");
        (bench.json(&line)["cash_flow"].clone(), columns(&bench.run(&format!("{line} --format csv -q")).stdout))
    };
    let ((usd, _), (eur, table)) = (run(""), run("--currency eur"));
    assert_eq!((&eur["currency"], number(&eur["exchange"])), (&Value::from("EUR"), 1.1));
    for (name, within) in [("npv", 0.1), ("annuity", 0.01), ("levelised_per_mbps_month", 1e-6)] {
        for money in ["real", "nominal"] {
            let (a, b) = (number(&usd[money][name]), 1.1 * number(&eur[money][name]));
            assert!((a - b).abs() <= within, "{money} {name}: {a} USD, {b}");
        }
    }
    assert_eq!(usd["real"]["payback_year"], eur["real"]["payback_year"]);
    let total: i64 = Outlay::ALL.iter().flat_map(|own| cents(&table, own.as_str())).sum();
    assert_eq!(total, (number(&eur["total"]["cost"]) * 100.0).round() as i64);
    let nominal = cents(&table, "nominal_net").iter().sum::<i64>();
    let parts = cents(&table, "nominal_income").iter().sum::<i64>() - cents(&table, "nominal_cost").iter().sum::<i64>();
    assert_eq!(nominal, parts);
}

#[test]
fn repair_is_told_apart_from_operation_and_never_added() {
    // 300 km buried on the plain, no country of its own: 0.3 x 2.13 failures a year at 6,000 USD = 3,834 USD.
    let bench = bench();
    let line = "cashflow c d --network net --status planned --price 4 --gbps 1";
    let flow = bench.json(line)["cash_flow"].clone();
    assert!((number(&flow["repairs"]["failures_per_year"]) - 0.639).abs() < 1e-9, "{}", flow["repairs"]);
    assert!((number(&flow["repairs"]["usd_per_year"]) - 3834.0).abs() < 0.01, "{}", flow["repairs"]);
    let table = columns(&bench.run(&format!("{line} --format csv -q")).stdout);
    let (repair, operate) = (cents(&table, "repair"), cents(&table, "opex"));
    assert!(repair[2..].iter().all(|cents| (383_399..=383_401).contains(cents)), "{repair:?}");
    // Nothing is paid in the year of waiting for the permits, 9 months, and no service in it.
    assert_eq!((repair[0], repair[1], operate[1]), (0, 0, 0));
    let bill = &bench.json("route c d --network net --status planned --gbps 1")["routes"][0]["cost"];
    let annuity = number(&bill["opex_usd"]) / 8.559_479;
    assert!((annuity - (operate[2] + repair[2]) as f64 / 100.0).abs() < 1.0, "{annuity}");
    // What costs more than all operation is cut down to it.
    let dear = "[scenario]\nname = \"dear\"\nnetwork = \"net\"\n[prices]\n\"repair_cost.land\" = 1e9\n";
    let bench = bench.with("dear.toml", dear);
    let table =
        columns(&bench.run("cashflow c d -s dear.toml --status planned --price 4 --gbps 1 --format csv -q").stdout);
    assert!(cents(&table, "opex").iter().all(|cents| *cents == 0));
    assert_eq!(cents(&table, "repair")[2], operate[2] + repair[2]);
}

#[test]
fn permits_set_the_year_of_service() {
    let slow = |months: &str| {
        format!("[scenario]\nname = \"slow\"\nnetwork = \"net\"\n[prices]\n\"permit.months.QO\" = {months}\n")
    };
    let bench = bench().with("slow.toml", slow("{ low = 6, base = 25, high = 40 }"));
    let line = "cashflow c d -s slow.toml --status planned --price 4";
    let of = |options: &str| bench.json(&format!("{line} {options}"))["cash_flow"].clone();
    let start = number(&of("")["start_year"]);
    let service = |flow: &Value| (number(&flow["service"]["year"]) - start, flow["service"]["set_by"].clone());
    // 25 months are two years and a bit: service begins with the third year after; the low and the high are known too.
    assert_eq!(service(&of("")), (3.0, Value::from("permits")));
    let years: Vec<f64> =
        of("")["service"]["year_low_base_high"].as_array().expect("three").iter().map(|y| number(y) - start).collect();
    // The other country's permits take 3 to 24 months: the longest of both counts.
    assert_eq!(years, [1.0, 3.0, 4.0]);
    assert_eq!(service(&of("--build-years 2")), (5.0, Value::from("permits")));
    let asked = of(&format!("--service-year {start}"));
    assert_eq!(service(&asked), (0.0, Value::from("service-year")));
    assert!(number(&asked["real"]["npv"]) != number(&of("")["real"]["npv"]));
    let table = columns(&bench.run(&format!("{line} --build-years 2 --format csv -q")).stdout);
    let build = cents(&table, "capex");
    assert_eq!(build.iter().map(|cents| *cents > 0).collect::<Vec<_>>()[..6], [false, false, false, true, true, false]);
    let told = bench.run(&format!("{line} -q")).expect_code(0).stdout;
    assert!(told.contains("after 25 months for the permits to build in QO"), "{told}");
    assert!(told.contains("(permit.months.QO)"), "{told}");
    let wrong = bench.run(&format!("{line} --service-year 2020")).expect_code(2).stderr;
    assert!(wrong.starts_with("error: --service-year: expected "), "{wrong}");
    let bench = bench.with("slow.toml", slow("1e9"));
    let wrong = bench.run(line).expect_code(2).stderr;
    assert!(wrong.contains("permit.months.QO: expected permits within 600 months, found 1000000000"), "{wrong}");
    assert!(wrong.contains("as in --service-year"), "{wrong}");
}

/// The price book's price is of its year: by the time service begins it has fallen. One that is typed has not.
#[test]
fn the_price_falls_until_service_begins() {
    let bench = bench();
    let first = |options: &str| {
        let flow =
            bench.json(&format!("cashflow a c --network net --price-decline 10% {options}"))["cash_flow"].clone();
        number(&flow["terms"]["price_per_mbps_month"])
    };
    let today = first("");
    assert!((first("--service-year 2029") - today * 0.9_f64.powi(3)).abs() < 1e-9, "{today}");
    assert_eq!((first("--price 4"), first("--price 4 --service-year 2029")), (4.0, 4.0));
}

#[test]
fn draws_are_the_same_at_any_number_of_threads() {
    let bench = bench();
    let line = "cashflow a c --network net --samples 2000 --seed 7";
    let one = bench.json(&format!("{line} --threads 1"));
    assert_eq!(one, bench.json(&format!("{line} --threads 3")));
    let told = &one["cash_flow"]["uncertainty"];
    let npv = &told["figures"]["npv"];
    let values = ["p10", "p50", "p90"].map(|name| number(&npv[name]));
    assert!(values[0] < values[1] && values[1] < values[2], "{npv}");
    // The share above zero lies between the percentiles that do.
    let above = number(&told["share_npv_above_zero"]);
    assert_eq!(values[1] > 0.0, above > 0.5, "{told}");
    assert_eq!(npv["base"], one["cash_flow"]["real"]["npv"]);
    // What is typed is not drawn, and nothing earned is worth nothing in no draw.
    let none = bench.json(&format!("{line} --price 0"));
    assert_eq!(number(&none["cash_flow"]["uncertainty"]["share_npv_above_zero"]), 0.0);
    assert_eq!(none["cash_flow"]["uncertainty"]["figures"]["irr"]["p90"], Value::Null);
    let csv = bench.run(&format!("{line} --format csv -q")).stdout;
    assert!(csv.starts_with("figure,base,p10,p50,p90\nnpv,"), "{csv}");
    let text = bench.run(&format!("{line} -q")).expect_code(0).stdout;
    assert!(text.contains("worth more than nothing in"), "{text}");
    for (options, error) in [
        ("--samples 5", "--samples: expected 100 to 200000 samples, found 5"),
        ("--samples 1000 --threads 0", "--threads: "),
    ] {
        let wrong = bench.run(&format!("cashflow a c --network net {options}")).expect_code(2).stderr;
        assert!(wrong.starts_with(&format!("error: {error}")), "{wrong}");
    }
}

#[test]
fn tables_are_narrow_and_told_in_the_money_asked_for() {
    let bench = Bench::new();
    for options in ["-s tap-trilateral --corridor TM,AF,PK", "--status in_service,planned,proposed --objective latency"]
    {
        let text = bench.run(&format!("cashflow TM PK {options} --currency EUR --inflation 3% -q")).stdout;
        let widest = text.lines().map(|line| line.chars().count()).max();
        assert!(widest <= Some(110), "{text}");
        let head = text.lines().nth(1).expect("a second line");
        assert!(head.contains("EUR of 2026") && !head.contains("USD"), "{head}");
    }
    bench.run("cashflow TM PK --currency EUR -q -o c.svg").expect_code(0);
    let svg = String::from_utf8(bench.read("c.svg")).expect("text");
    assert!(svg.contains("EUR of 2026") && !svg.contains("USD"), "the picture's sums are in euros");
}

/// A base route, whole; `fiberplan cashflow TM PK --corridor TM,AF,PK --inflation 3% -q` writes it anew.
const TM_AF_PK: &str = include_str!("fixtures/cash_flow/tm-af-pk.txt");

#[test]
fn an_answer_that_can_be_read() {
    let ran = bench().run("cashflow TM PK --corridor TM,AF,PK --inflation 3% -q").expect_code(0);
    assert_eq!(ran.stdout, TM_AF_PK);
    // No income at all is a limit, not an error.
    let ran = bench().run("cashflow a c --network net --price 0 -q").expect_code(0);
    assert!(ran.stdout.contains("\nSo: Sold at 0 USD per Mbps and month"), "{}", ran.stdout);
    // With interest, losses that lie far ahead count for little: paid back with it and not without.
    let late = bench().run("cashflow a c --network net --price 0.6 --term-years 100 -q").expect_code(0);
    assert!(late.stdout.contains(", but not without: in its last years"), "{}", late.stdout);
    let markdown = bench().run("cashflow a c --network net --price 4 --format markdown -q").expect_code(0).stdout;
    assert!(markdown.contains("\n## By year, in MUSD of 2026\n\n| year | lease |"), "{markdown}");
    // Where there is no route, the answer is that of `route`.
    let none = bench().run("cashflow a d --network net -q").expect_code(1);
    assert_eq!(none.stdout, bench().run("route a d --network net -q").expect_code(1).stdout);
}

#[test]
fn a_chart_is_drawn() {
    let bench = bench();
    let line = "cashflow a c --network net --price 4 --term-years 5 --size 900x600 -q -o c.svg -o c.png";
    bench.run(line).expect_code(0);
    let svg = String::from_utf8(bench.read("c.svg")).expect("text");
    for text in [
        "Alfa &gt; Charlie earns ",
        "Sold at 4.00 USD",
        "year, 0 is the start of",
        "Cost by country and term",
        "income",
        "lease",
        "worth so far, present value",
        "it never does with interest.",
    ] {
        assert!(svg.contains(text), "{text} is not in the chart");
    }
    assert!(!svg.contains("build"), "what is not paid has no part");
    assert_eq!(bench.read("c.png")[..8], *b"\x89PNG\r\n\x1a\n");
}

#[test]
fn what_makes_no_sense() {
    for (options, error, hint) in [
        (
            "--price -3",
            "--price: expected a price from 0 to 1000000 USD per Mbps and month, found -3",
            "as in --price 5; 0 is nothing sold for money",
        ),
        (
            "--price nan",
            "--price: expected a price from 0 to 1000000 USD per Mbps and month, found NaN",
            "as in --price 5; 0 is nothing sold for money",
        ),
        (
            "--price 1e9",
            "--price: expected a price from 0 to 1000000 USD per Mbps and month, found 1000000000",
            "as in --price 5; 0 is nothing sold for money",
        ),
        (
            "--price-decline 120%",
            "--price-decline: expected a share from 0% to 100%, found 120%",
            "as in --price-decline 10%",
        ),
        ("--growth -5%", "--growth: expected a growth from 0% to 1000%, found -5%", "as in --growth 10%"),
        (
            "--start-share 0%",
            "--start-share: expected a share above 0% and at most 100%, found 0%",
            "as in --start-share 10%",
        ),
        ("--inflation nan%", "--inflation: expected a rate from -50% to 100%, found NaN%", "as in --inflation 10%"),
        ("--growth much", "--growth: expected a percentage, as in 10%, found \"much\"", "as in --growth 10%"),
        ("--build-years 51", "--build-years: expected 0 to 50 years, found 51", "as in --build-years 2"),
        ("--term-years 0", "--term-years: expected 1 to 100 years, found 0", "as in --term-years 15"),
        ("--gbps 0", "--gbps: expected a capacity above 0 and at most 1e9 Gbps, found 0", "as in --gbps 100"),
        (
            "--format geojson",
            "--format: the answer of cashflow has no form as geojson",
            "use table, json, csv or markdown",
        ),
        (
            "--gbps 1e9 --price 1e6",
            "no cash flow can be computed to the cent: the sums of a year are beyond 1e13",
            "see --price, --gbps, --growth, --inflation and the prices",
        ),
    ] {
        check(&bench().run(&format!("cashflow a c --network net {options}")), error, hint);
    }
    let ran = bench().run("cashflow a c --network net --currency XYZ").expect_code(2);
    let hint = "it has USD, AED, AFN, CNY, EUR, GBP, INR, PKR, TMT; a scenario sets others under [prices]";
    assert_eq!(ran.stderr, told("--currency: the price book has no rate of exchange for \"XYZ\"", hint));
    // A book without the optional families wants the price, and is content with it.
    let book = include_str!("fixtures/checks/clean/prices.toml");
    let bench = bench().with("book.toml", book);
    check(
        &bench.run("cashflow a c --network net --prices book.toml"),
        "--price is not given, and the price book has no entry sale.default",
        "give the price of a Mbit/s for a month, as in --price 5",
    );
    bench.run("cashflow a c --network net --prices book.toml --price 5 -q").expect_code(0);
    // A scenario may bring a rate of exchange of its own.
    let scenario = "[scenario]\nname = \"own\"\nnetwork = \"net\"\n[prices]\n\"exchange.KZT\" = 0.002\n";
    let bench = bench.with("own.toml", scenario);
    let answer = bench.json("cashflow a c -s own.toml --currency KZT --price 5");
    assert_eq!((&answer["cash_flow"]["exchange"], &answer["cash_flow"]["currency"]), (&0.002.into(), &"KZT".into()));
}
