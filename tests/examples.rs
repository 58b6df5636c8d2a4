//! The short programs in `examples/` run to their end, and stay short.

#[path = "../examples/map.rs"]
mod map;
#[path = "../examples/network_from_folder.rs"]
mod network_from_folder;
#[path = "../examples/price_draws.rs"]
mod price_draws;
#[path = "../examples/route.rs"]
mod route;
#[path = "../examples/transit.rs"]
mod transit;

const MOST_LINES: usize = 40;

#[test]
fn examples_run() {
    route::main().expect("routes");
    transit::main().expect("a corridor");
    network_from_folder::main().expect("a network");
    map::main().expect("a map");
    price_draws::main().expect("draws");
}

#[test]
fn examples_are_short() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    for name in ["map", "network_from_folder", "price_draws", "route", "transit"] {
        let text = std::fs::read_to_string(folder.join(name).with_extension("rs")).expect("an example");
        assert!(text.lines().count() <= MOST_LINES, "{name}");
    }
}
