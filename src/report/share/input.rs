//! What the report of `share` is made from.

use super::words::Words;
use crate::analysis::{Share, ShareQuestion};
use crate::report::context::Context;

/// A plan with its bill split, or the demand that leaves no plan.
#[derive(Debug, Clone, Copy)]
pub struct ShareReport<'a> {
    /// What the answer rests on.
    pub context: &'a Context<'a>,
    /// The question.
    pub question: &'a ShareQuestion,
    /// Where the demands come from, if nobody gave them.
    pub assumed: Option<&'a str>,
    /// The plan, or why there is none.
    pub outcome: ShareOutcome<'a>,
}

/// The plan, or why there is none.
#[derive(Debug, Clone, Copy)]
pub enum ShareOutcome<'a> {
    /// The plan with its bill split.
    Shared(&'a Share),
    /// A demand has no route.
    Unserved {
        /// Its place among the demands.
        demand: usize,
        /// Why it has none.
        reason: &'a str,
    },
}

impl<'a> ShareReport<'a> {
    pub(super) const fn words(&self) -> Words<'a, 'a> {
        Words { context: self.context, question: self.question }
    }

    /// The plan, where there is one.
    pub(super) const fn share(&self) -> Option<&'a Share> {
        match self.outcome {
            ShareOutcome::Shared(share) => Some(share),
            ShareOutcome::Unserved { .. } => None,
        }
    }
}
