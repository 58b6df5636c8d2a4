//! A small network to go wrong with, and what the program says when it does.

use super::cli::{Bench, Ran};

/// Nodes of the network `net`.
pub const PLACES: &str = "a,Alfa,city,QM,0.0,0.0,900000,s\nb,Bravo,border_crossing,QN,0.1,0.0,,s\n\
    c,Charlie,city,QN,0.2,0.0,500000,s\nd,Delta,city,QO,0.3,0.0,700000,s\n\
    x1,Twin,city,QM,0.1,0.1,5000,s\nx2,Twin,city,QN,0.2,0.1,6000,s\n";

/// Its segments: the third is only planned.
pub const CABLES: &str = "ab,North,a,b,buried,in_service,,,100,published,,plain,,,published,s,\n\
    bc,North,b,c,buried,in_service,,,200,published,50,plain,,trench,published,s,\n\
    cd,South,c,d,buried,planned,,,300,published,,plain,,,published,s,\n";

/// A folder with the network in it.
pub fn bench() -> Bench {
    Bench::new().with_network(PLACES, CABLES)
}

/// What stderr holds for an error and its hint; no hint if that is empty.
pub fn told(error: &str, hint: &str) -> String {
    if hint.is_empty() { format!("error: {error}\n") } else { format!("error: {error}\n\nhint: {hint}\n") }
}

/// That a run ended in this error, with this hint and nothing else.
pub fn check(ran: &Ran, error: &str, hint: &str) {
    assert_eq!(ran.stderr, told(error, hint), "fiberplan {}", ran.line);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "fiberplan {}", ran.line);
}
