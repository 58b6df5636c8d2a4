//! What the drivers in Rust share: reading instances, timing each query, printing one line of JSON.

mod instance;
mod measure;

pub use instance::{Mesh, Road, read_pairs};
pub use measure::{Answer, Arguments, Run};
