//! fiberplan
fn main() {}
