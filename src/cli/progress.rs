//! A bar on the terminal that shows how far a long run has come.

use std::sync::OnceLock;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::output::has_terminal;

/// What lasts no longer needs no bar.
const SHORT: Duration = Duration::from_secs(1);

/// How far a run has come. Nothing is shown before it has lasted a while, or where nobody looks.
pub(super) struct Progress {
    n: usize,
    is_watched: bool,
    begun: Instant,
    done: std::sync::atomic::AtomicUsize,
    bar: OnceLock<ProgressBar>,
}

impl Progress {
    /// Of a run of so many steps.
    pub(super) fn new(n: usize, quiet: bool) -> Self {
        Self {
            n,
            is_watched: !quiet && has_terminal(),
            begun: Instant::now(),
            done: std::sync::atomic::AtomicUsize::new(0),
            bar: OnceLock::new(),
        }
    }

    /// Counts a step.
    pub(super) fn one_done(&self) {
        if !self.is_watched {
            return;
        }
        let done = self.done.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1;
        if self.begun.elapsed() > SHORT {
            self.bar.get_or_init(|| bar(self.n, self.begun.elapsed())).set_position(done as u64);
        }
    }

    /// Takes the bar away.
    pub(super) fn finish(self) {
        if let Some(bar) = self.bar.get() {
            bar.finish_and_clear();
        }
    }
}

fn bar(n: usize, elapsed: Duration) -> ProgressBar {
    let style = ProgressStyle::with_template("[{bar:40}] {human_pos} of {human_len}, {eta} left");
    let bar = ProgressBar::with_draw_target(Some(n as u64), ProgressDrawTarget::stderr()).with_elapsed(elapsed);
    match style {
        Ok(style) => bar.with_style(style.progress_chars("=> ")),
        Err(_) => bar,
    }
}
