//! The answer of `cashflow`: a sentence, the table by year, what it is worth, and on what that rests.

mod answer;
mod document;
mod input;
mod records;
mod sums;
pub(crate) mod words;

pub use input::{CashFlowCase, CashFlowReport, Computed, PriceRange};

use super::answer::CashFlowAnswer;
use super::document::Document;
use super::records::Records;
use super::rendering::Report;

impl Report for CashFlowReport<'_> {
    type Answer = CashFlowAnswer;

    fn answer(&self) -> CashFlowAnswer {
        answer::answer(self)
    }

    fn document(&self) -> Document {
        document::document(self)
    }

    fn records(&self) -> Records {
        records::records(self)
    }
}
