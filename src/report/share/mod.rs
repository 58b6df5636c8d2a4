//! The answer of `share`: who bears what of a plan, by each rule, and who would do better alone.

mod answer;
mod document;
mod input;
mod records;
pub(crate) mod words;

pub use input::{ShareOutcome, ShareReport};

use super::answer::ShareAnswer;
use super::document::Document;
use super::records::Records;
use super::rendering::Report;

impl Report for ShareReport<'_> {
    type Answer = ShareAnswer;

    fn answer(&self) -> ShareAnswer {
        answer::answer(self)
    }

    fn document(&self) -> Document {
        document::document(self)
    }

    fn records(&self) -> Records {
        records::records(self)
    }
}
