//! Many questions at once: asked on several threads, answered in the order in which they were asked.

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

/// The most threads that may be asked for.
pub const MAX_THREADS: usize = 1024;

/// Threads that share the questions between them.
///
/// # Example
/// ```
/// use fiberplan::analysis::Workers;
/// let workers = Workers::new(2)?;
/// assert_eq!(workers.each(&[3, 1, 2], |number| number * 10), [30, 10, 20]);
/// # Ok::<(), fiberplan::analysis::WorkersError>(())
/// ```
#[derive(Debug)]
pub struct Workers {
    pool: rayon::ThreadPool,
}

/// Why there are no threads to work.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WorkersError {
    /// So many may not be asked for.
    #[error("expected 1 to {MAX_THREADS} threads, found {0}")]
    Number(usize),
    /// The system does not give so many.
    #[error("{n} threads cannot be started: {why}")]
    NotStarted {
        /// How many were asked for.
        n: usize,
        /// What the system says.
        why: String,
    },
}

impl Workers {
    /// That many threads.
    ///
    /// # Errors
    /// If the number is not from 1 to [`MAX_THREADS`], or the system does not start them.
    pub fn new(n: usize) -> Result<Self, WorkersError> {
        if !(1..=MAX_THREADS).contains(&n) {
            return Err(WorkersError::Number(n));
        }
        let pool = rayon::ThreadPoolBuilder::new().num_threads(n).build();
        let pool = pool.map_err(|error| WorkersError::NotStarted { n, why: error.to_string() })?;
        Ok(Self { pool })
    }

    /// The answer to each question, in the order of the questions. What a question's answer is may not depend on others',
    /// so that it does not matter which thread gives it, or when.
    pub fn each<Q: Sync, A: Send>(&self, questions: &[Q], answer: impl Fn(&Q) -> A + Sync) -> Vec<A> {
        self.pool.install(|| questions.par_iter().map(&answer).collect())
    }
}
