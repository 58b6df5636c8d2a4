//! What does a query on the base network cost, and how many are answered in a second?
//!
//! The queries are those of `examples/queries.rs`, which are asked of one plan, as `fiberplan batch` does. Before anything
//! is timed, 500 of them are answered on one thread and on two, and the answers have to be the same. `one` is a plain query
//! with all its figures, by objective; `unfolded` the same asked for two routes, which has to be unfolded; `queries` are
//! 2,000 of all kinds, on one thread and on two, without reading them and writing the answers.

use std::cell::Cell;
use std::sync::LazyLock;

use divan::{Bencher, black_box, counter::ItemsCount};
use fiberplan::World;
use fiberplan::analysis::{Request, Workers};
use fiberplan::metrics::Criterion;
use fiberplan::network::{CountryCode, NodeId, Place};
use fiberplan::request::{CountryPattern, End, Objective, Via};
use fiberplan::scenario::{Overrides, Scenario, load};

#[path = "../tests/support/queries.rs"]
mod queries;

static BASE: LazyLock<Scenario> = LazyLock::new(|| {
    load(&World::shipped(), None, &Overrides::default()).expect("the shipped scenario can be computed")
});

static REQUESTS: LazyLock<Vec<Request>> = LazyLock::new(|| {
    let network = &BASE.network;
    let places: Vec<&str> = network.nodes().map(|node| node.id.as_str()).collect();
    let codes: Vec<String> = network.countries().map(|code| code.to_string()).collect();
    let countries: Vec<&str> = codes.iter().map(String::as_str).collect();
    let text = queries::queries(&places, &countries, 2_000, 1);
    let requests: Vec<Request> = text.lines().skip(1).filter_map(request).collect();
    let plan = BASE.plan();
    let answers = |threads| {
        let workers = Workers::new(threads).expect("threads can be started");
        workers.each(&requests[..500], |request| plan.answer(request))
    };
    let (one, two) = (answers(1), answers(2));
    assert_eq!(one, two, "the number of threads changes nothing");
    assert!(one.iter().filter(|answer| !answer.routes.is_empty()).count() > 400, "most queries have an answer");
    requests
});

fn end(name: &str) -> Option<End> {
    match BASE.network.find_place(name, World::shipped().country_names()).ok()? {
        Place::Node(id) => Some(End::Node(id)),
        Place::Country(code) => Some(End::Country(code)),
        Place::Segment(_) | Place::System(_) => None,
    }
}

/// The request of a line of the file; nothing if it makes no sense.
fn request(line: &str) -> Option<Request> {
    let cells: Vec<&str> = line.split(',').collect();
    let [_, from, to, k, objective, via, avoid, corridor, rtt, usd, crossings] = cells[..] else { return None };
    let mut request = Request::between(end(from)?, end(to)?, objective.parse().ok()?);
    if request.from == request.to {
        return None;
    }
    let network = &BASE.network;
    request.k = k.parse().ok()?;
    request.via.extend(end(via).map(|end| match end {
        End::Node(id) => Via::Node(id),
        End::Country(code) => Via::Country(code),
    }));
    if !avoid.is_empty() {
        request.avoid.add(&network.find_avoidable(avoid, World::shipped().country_names()).ok()?, network);
    }
    let codes: Result<Vec<CountryCode>, _> = corridor.split(';').map(str::parse).collect();
    request.corridor = codes.ok().and_then(|codes| CountryPattern::exactly(&codes).ok());
    let most = [
        (Criterion::Latency, rtt.parse().ok()),
        (Criterion::Cost, usd.parse().ok()),
        (Criterion::Crossings, crossings.parse().ok()),
    ];
    most.into_iter().for_each(|(of, most)| request.bounds.set(of, most.map(|most| of.whole_of_option(most))));
    Some(request)
}

fn main() {
    LazyLock::force(&REQUESTS);
    divan::main();
}

/// Asks for the best of `k` routes between places, pair after pair.
fn between_places(bencher: Bencher<'_, '_>, objective: Objective, k: usize) {
    let plan = BASE.plan();
    let ids: Vec<NodeId> = BASE.network.nodes().map(|node| node.id.clone()).collect();
    let next = Cell::new(0);
    bencher.bench_local(|| {
        let i = next.replace(next.get() + 1);
        let (from, to) = (&ids[i * 7 % ids.len()], &ids[(i * 13 + 200) % ids.len()]);
        let request = Request { k, ..Request::between(End::Node(from.clone()), End::Node(to.clone()), objective) };
        black_box(plan.answer(&request).routes.len())
    });
}

#[divan::bench(args = ["cost", "latency", "length", "risk"])]
fn one(bencher: Bencher<'_, '_>, objective: &str) {
    between_places(bencher, objective.parse().expect("an objective"), 1);
}

#[divan::bench(args = ["cost", "latency", "length", "risk"])]
fn unfolded(bencher: Bencher<'_, '_>, objective: &str) {
    between_places(bencher, objective.parse().expect("an objective"), 2);
}

#[divan::bench(args = [1, 2], sample_count = 10)]
fn queries(bencher: Bencher<'_, '_>, threads: usize) {
    let workers = Workers::new(threads).expect("threads can be started");
    let plan = BASE.plan();
    bencher.counter(ItemsCount::new(REQUESTS.len())).bench_local(|| {
        workers.each(&REQUESTS, |request| plan.answer(request).routes.len()).into_iter().sum::<usize>()
    });
}
