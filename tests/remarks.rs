//! What answers say besides their figures: where routes between countries begin and end, that a bound is kept to the
//! letter only, that a search was stopped; and options that would do nothing.

mod support;

use serde_json::Value;

use support::cli::{Bench, META, number, strings};
use support::wrong::check;

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
