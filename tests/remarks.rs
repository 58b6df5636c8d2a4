//! What answers say besides their figures: where routes between countries begin and end, that a bound is kept to the
//! letter only, that a search was stopped; and options that would do nothing.

use serde_json::Value;

use crate::support::cli::{Bench, META, number, strings};
use crate::support::wrong::check;

/// Two gateways in QM, from which two routes without a transit country in common lead to QO, the second by way of QP.
const PLACES: &str = "a,Alfa,city,QM,0.0,0.0,900000,s\na2,Apex,city,QM,0.0,0.3,800000,s\nb,Bravo,city,QN,0.1,0.0,,s\n\
    c,Charlie,city,QN,0.5,0.0,,s\nd,Delta,city,QO,0.6,0.0,700000,s\ne,Echo,city,QP,0.1,0.2,,s\n\
    f,Foxtrot,city,QP,0.5,0.2,,s\nm,Mike,city,QM,0.05,0.0,,s\n";

const CABLES: &str = "ab,,a,b,buried,in_service,,,12,published,,plain,,,published,s,\n\
    bc,,b,c,buried,in_service,,,100,published,,plain,,,published,s,\n\
    cd,,c,d,buried,in_service,,,12,published,,plain,,,published,s,\n\
    a2e,,a2,e,buried,in_service,,,17,published,,plain,,,published,s,\n\
    ef,,e,f,buried,in_service,,,500,published,,plain,,,published,s,\n\
    fd,,f,d,buried,in_service,,,30,published,,plain,,,published,s,\n\
    aa2,,a,a2,buried,in_service,,,40,published,,plain,,,published,s,\n\
    a2m,,a2,m,buried,in_service,,,900,published,,plain,,,published,s,\n\
    mb,,m,b,buried,in_service,,,10,published,,plain,,,published,s,\n";

fn bench() -> Bench {
    let bench = Bench::new().with_network(PLACES, CABLES);
    bench.write("net/network.toml", format!("{META}[gateways]\nQM = [\"a\", \"a2\"]\n"));
    bench
}

fn texts(value: &Value) -> Vec<String> {
    strings(value)
}

#[test]
fn routes_of_a_set_say_that_they_begin_in_different_cities() {
    let bench = bench();
    let line = "route QM QO --disjoint country --network net";
    let answer = bench.json(line);
    assert_eq!(texts(&answer["ends"]["from"]["taken"]), ["a", "a2"]);
    assert_eq!(texts(&answer["ends"]["from"]["open"]), ["a", "a2"]);
    assert_eq!(texts(&answer["ends"]["to"]["taken"]), ["d"]);
    let told = answer["ends_apart"].as_str().expect("a remark");
    assert!(told.starts_with("The routes begin in Alfa and Apex. The way between these cities inside QM "), "{told}");
    let table = bench.run(&format!("{line} -q")).expect_code(0).stdout;
    assert!(table.contains("\nEnds: The routes begin in Alfa and Apex."), "{table}");
    assert!(table.contains(", each between its own end cities,"), "{table}");
    // From one city there is nothing to say.
    let answer = bench.json("route a QO --disjoint country --network net");
    assert_eq!((&answer["ends_apart"], texts(&answer["ends"]["from"]["taken"])), (&Value::Null, vec!["a".to_owned()]));
    let table = bench.run("route a QO --disjoint country --network net -q").expect_code(0).stdout;
    assert!(!table.contains("Ends:") && !table.contains("its own end cities"), "{table}");
}

#[test]
fn a_country_as_an_end_names_its_gateways() {
    let bench = bench();
    for (command, line, taken) in [
        ("route QM QO", "Gateways: QM: Alfa, Apex was open too; QO: Delta, its only one\n", &["a"][..]),
        // One of the routes of a ceiling begins elsewhere.
        (
            "ceiling QN --from QM --to QO",
            "Gateways: QM: Alfa and Apex, all it has; QO: Delta, its only one\n",
            &["a", "a2"],
        ),
        (
            "route QM QO --pareto cost,latency",
            "Gateways: QM: Alfa, Apex was open too; QO: Delta, its only one\n",
            &["a"],
        ),
    ] {
        let ran = bench.run(&format!("{command} --network net -q")).expect_code(0);
        assert!(ran.stdout.contains(line), "{command}\n{}", ran.stdout);
        let ends = &bench.json(&format!("{command} --network net"))["ends"];
        assert_eq!(texts(&ends["from"]["open"]), ["a", "a2"], "{command}");
        assert_eq!(texts(&ends["from"]["taken"]), taken, "{command}");
    }
    let ran = bench.run("route a QO --network net -q").expect_code(0);
    assert!(ran.stdout.contains("\nGateways: QO: Delta, its only one\n"), "{}", ran.stdout);
    assert!(!bench.run("route a d --network net -q").stdout.contains("Gateways"));
    // A gateway that is avoided was not open.
    let ran = bench.run("route QM QO --avoid a2 --network net -q").expect_code(0);
    assert!(ran.stdout.contains("\nGateways: QM: Alfa, its only one;"), "{}", ran.stdout);
}

#[test]
fn a_share_that_is_kept_by_going_farther_is_remarked() {
    let bench = bench();
    let longer = bench.json("route a d --max-share QN=30% --avoid QP --network net");
    assert_eq!(number(&longer["routes"][0]["length_km"]), 40.0 + 900.0 + 10.0 + 100.0 + 12.0);
    let told = texts(&longer["remarks"]);
    let start = "The bound on a share is kept by going farther: the route has 1,062 km, the best without the bound 124 km; \
        it has ";
    assert!(told.len() == 1 && told[0].starts_with(start) && told[0].contains(" km in QN, "), "{told:?}");
    let table = bench.run("route a d --max-share QN=30% --avoid QP --network net -q").expect_code(0).stdout;
    assert!(table.contains("\nRemark: The bound on a share is kept by going farther:"), "{table}");
    // Round the country it is kept as it was meant; where it does not bind there is nothing to say either.
    for line in ["route a2 d --max-share QN=0% --network net", "route a d --max-share QN=99% --network net"] {
        assert_eq!(texts(&bench.json(line)["remarks"]), Vec::<String>::new(), "{line}");
    }
    // On the base network: more of the sea than before, and back the way it came.
    let told = texts(&Bench::new().json("route Karachi Mumbai --max-share XZ=50%")["remarks"]);
    assert!(told[0].contains(" km at sea, that one ") && told[0].contains("it turns back, from "), "{told:?}");
}

#[test]
fn rows_that_differ_little_say_in_what() {
    let bench = Bench::new();
    let ran = bench.run("route TM PK --within 3% -q").expect_code(0);
    let lines: Vec<&str> = ran.stdout.lines().collect();
    let head = lines.iter().position(|line| line.contains(" countries  over ")).expect("a table");
    let (from, to) = (lines[head].find("over").expect("a column"), lines[head].find("km  RTT").expect("a column") - 4);
    let rows = lines[head + 1..].iter().take_while(|line| !line.is_empty());
    let told: Vec<&str> = rows.map(|line| line[from..to].trim()).collect();
    assert!(told.len() > 20, "{told:?}");
    assert!(told.iter().enumerate().all(|(i, text)| !told[..i].contains(text)), "{told:#?}");
    assert!(told[1].starts_with("#1 but "), "{told:?}");
}

#[test]
fn a_list_that_was_cut_says_so() {
    let bench = Bench::new();
    let answer = bench.json("route TM PK --within 100%");
    assert_eq!((&answer["query"]["k"], &answer["stopped"]), (&Value::Null, &true.into()));
    assert_eq!(answer["stopped_because"], "1,000 routes are listed and no more: others fit too");
    let whole = bench.json("route TM PK -k 2");
    assert_eq!(
        (&whole["query"]["k"], &whole["stopped"], &whole["stopped_because"]),
        (&2.into(), &false.into(), &Value::Null)
    );
    assert_eq!(bench.json("route TM PK --pareto cost,latency")["query"]["k"], Value::Null);
}

#[test]
fn figures_have_the_digits_that_tell_them_apart() {
    let bench = Bench::new();
    let surest = number(&bench.json("route TM PK --objective availability")["routes"][0]["availability"]) * 100.0;
    let asked = (surest * 1e4).ceil() / 1e4;
    let ran = bench.run(&format!("route TM PK --min-availability {asked}% -q")).expect_code(1);
    let told = ran.stdout.split("the surest is up ").nth(1).and_then(|rest| rest.split(' ').next()).expect("a figure");
    assert!(told.parse::<f64>().is_ok_and(|told| told < asked), "{asked} {told}\n{}", ran.stdout);
    let fastest = number(&bench.json("route TM PK --objective latency")["routes"][0]["rtt_ms"]);
    let asked = (fastest * 1e3).floor() / 1e3;
    let ran = bench.run(&format!("route TM PK --max-rtt-ms {asked} -q")).expect_code(1);
    assert!(!ran.stdout.contains(&format!("the fastest takes {asked} ms")), "{}", ran.stdout);
    assert!(ran.stdout.contains(&format!("the fastest takes {}", &fastest.to_string()[..4])), "{}", ran.stdout);
    // Huge figures have their groups set apart.
    let ran = bench.run("route TM PK --gbps 10000000 -q").expect_code(0);
    assert!(ran.stdout.contains(", 10,000,000 Gbps for ") && !ran.stdout.contains(" 1138796"), "{}", ran.stdout);
}

#[test]
fn tables_stay_within_their_width() {
    let bench = Bench::new();
    for line in
        ["route TM DE", "route TM DE --pareto cost,latency", "route TM PK --gbps 1000000", "route Karachi DE -k 3"]
    {
        let ran = bench.run(&format!("{line} -q")).expect_code(0);
        let wide: Vec<&str> = ran.stdout.lines().filter(|line| line.chars().count() > 110).collect();
        assert!(wide.is_empty(), "{line}: {wide:#?}");
    }
}

#[test]
fn a_table_with_some_answers_is_an_answer() {
    let bench = Bench::new();
    bench.run("matrix --from TM,AF --to KE,PK -q").expect_code(0);
    bench.run("matrix --from TM,AF --to KE -q").expect_code(1);
    let answer = bench.json("matrix --from Tokyo,TM --to JP");
    assert_eq!(answer["cells"][0]["reason"], "Tokyo is the only gateway of JP: it is there already");
    check(
        &bench.run("route Tokyo JP -q"),
        "Tokyo is the only gateway of JP: it is there already",
        "name a place of the country, or another country",
    );
}

#[test]
fn what_would_do_nothing_is_refused() {
    let bench = Bench::new().with("q.csv", "from,to\nTM,PK\nTM,AF\n");
    for (line, error, hint) in [
        (
            "route TM PK --in-order",
            "--in-order: there is nothing to pass in order",
            "name what is to be passed, as in --via Herat,Kandahar --in-order",
        ),
        ("route TM PK --via TM", "--via: the route begins in TM anyway", "name what lies between the ends"),
        (
            "route Ashgabat Karachi --via Karachi",
            "--via: the route ends in pk-karachi anyway",
            "name what lies between the ends",
        ),
        ("route Ashgabat Karachi --via PK", "--via: the route ends in PK anyway", "name what lies between the ends"),
        ("batch q.csv -k 0", "-k: expected 1 to 10000 routes, found 0", "as in -k 5"),
        (
            "route TM PK --year 1850",
            "--year: expected a year from 1977 to 2300, found 1850",
            "fiber-optic cables are in service since 1977; as in --year 2030",
        ),
    ] {
        check(&bench.run(&format!("{line} -q")), error, hint);
    }
    // A gateway of a country may well be passed: the route need not begin there.
    bench.run("route TM PK --via Ashgabat -q").expect_code(0);
    let early = bench.run("route TM PK --year 1990").expect_code(0);
    let start = "warning: no segment is known to be in service in 1990, the first with a year is of ";
    assert!(early.stderr.starts_with(start), "{}", early.stderr);
    assert_eq!(bench.run("route TM PK --year 2027").expect_code(0).stderr, "");
}

#[test]
fn the_figures_of_all_countries_agree() {
    let answer = Bench::new().json("gateway --all --hub Singapore");
    let countries = answer["scenarios"][0]["countries"].as_array().expect("a list");
    let peopled = countries.iter().filter(|own| number(&own["population"]) > 0.0).count();
    let told = answer["conclusion"].as_str().expect("a sentence");
    assert!(
        told.starts_with(&format!("weighted by the people of the {peopled} of {} countries ", countries.len())),
        "{told}"
    );
}

#[test]
fn a_stopped_search_is_told_where_its_figure_stands() {
    let bench = Bench::new();
    let table = bench.run("gateway PK --hub Singapore -q").expect_code(0).stdout;
    let lines: Vec<&str> = table.lines().collect();
    let note = "? the search was stopped for too much work: there may be a better way";
    let at = lines.iter().position(|line| *line == note).unwrap_or_else(|| panic!("{table}"));
    let rows = lines[..at].iter().rev().skip(1).take_while(|line| !line.is_empty());
    assert!(rows.clone().any(|row| row.contains('?')), "{table}");
    let answer = bench.json("gateway PK --hub Singapore");
    let gateways = answer["gateways"].as_array().expect("a list");
    let routes = gateways.iter().flat_map(|own| own["routes"].as_array().expect("a list"));
    let stopped = routes.filter(|route| route["stopped"] == true).count();
    assert!(answer["stopped"] == true && stopped > 0 && stopped < gateways.len());
}

#[test]
fn the_map_of_a_front_has_the_numbers_of_the_table() {
    let bench = Bench::new();
    bench.run("route TM JP --pareto cost,latency,length -q -o front.svg").expect_code(0);
    let answer = bench.json("route TM JP --pareto cost,latency,length");
    let svg = String::from_utf8(bench.read("front.svg")).expect("text");
    let n = answer["routes"].as_array().expect("a list").len();
    let knee = answer["knee"].as_u64().expect("a knee");
    assert!(n > 3 && knee > 3, "{n} {knee}");
    assert!(svg.contains(&format!("Turkmenistan - Japan: {n} routes on the front of cost, latency and length")));
    // Once in the legend and once on the map.
    assert_eq!(svg.matches(&format!("\n{knee}\n")).count(), 2, "the badge of the knee");
    assert!(svg.contains(&format!("#{knee}, the knee: ")));
}
