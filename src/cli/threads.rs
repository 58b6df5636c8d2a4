//! How many threads work on many questions.

use super::Failure;
use crate::analysis::{Workers, WorkersError};

/// As many as were asked for, else one for each core.
pub(super) fn workers(n: Option<usize>) -> Result<Workers, Failure> {
    let cores = || std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    Workers::new(n.unwrap_or_else(cores)).map_err(|error| {
        let hint = match error {
            WorkersError::Number(_) => "drop --threads for one for each core",
            WorkersError::NotStarted { .. } => "give fewer with --threads",
        };
        Failure::usage(format!("--threads: {error}"), hint)
    })
}
