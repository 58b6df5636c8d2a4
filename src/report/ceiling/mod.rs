//! The answer of `ceiling`: which route is the best for each value of what is raised, and what that says.

mod answer;
mod document;
mod input;
mod records;
pub(crate) mod words;

pub use input::{CeilingCase, CeilingReport, CeilingWithout};

use super::answer::CeilingAnswer;
use super::document::Document;
use super::records::Records;
use super::rendering::Report;

impl Report for CeilingReport<'_> {
    type Answer = CeilingAnswer;

    fn answer(&self) -> CeilingAnswer {
        answer::answer(self)
    }

    fn document(&self) -> Document {
        document::document(self)
    }

    fn records(&self) -> Records {
        records::records(self)
    }
}
