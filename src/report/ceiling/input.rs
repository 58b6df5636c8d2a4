//! What the report of `ceiling` is made from.

use crate::analysis::{Ceiling, CeilingStretch, Obstacle};
use crate::network::CountryCode;
use crate::report::context::Context;

/// A ceiling, or why there is no route.
#[derive(Debug, Clone, Copy)]
pub struct CeilingReport<'a> {
    /// What the answer rests on.
    pub context: &'a Context<'a>,
    /// The ceiling.
    pub case: CeilingCase<'a>,
    /// What stands in the way, if there is no route and that was looked for.
    pub obstacle: Option<&'a Obstacle>,
}

/// A ceiling, with the same at other prices and without some countries.
#[derive(Debug, Clone, Copy)]
pub struct CeilingCase<'a> {
    /// Name of the country, the segment, the system or the price.
    pub name: &'a str,
    /// The best routes by value.
    pub ceiling: &'a Ceiling,
    /// The same with all prices at their low values.
    pub low: Option<&'a Ceiling>,
    /// The same with all prices at their high values.
    pub high: Option<&'a Ceiling>,
    /// The same without the countries of today's best route.
    pub without: Option<CeilingWithout<'a>>,
    /// Up to which value the stretches are shown; all if nothing is said.
    pub up_to: Option<f64>,
}

/// A ceiling without some countries.
#[derive(Debug, Clone, Copy)]
pub struct CeilingWithout<'a> {
    /// The countries avoided.
    pub avoided: &'a [CountryCode],
    /// The ceiling.
    pub ceiling: &'a Ceiling,
}

impl CeilingCase<'_> {
    /// The stretches shown, each with its place among all.
    pub(crate) fn shown(&self) -> impl Iterator<Item = (usize, &CeilingStretch)> + Clone {
        let all = self.ceiling.stretches.iter().enumerate();
        all.filter(|(_, stretch)| {
            self.up_to.is_none_or(|most| self.ceiling.value(stretch.from).is_some_and(|from| from < most))
        })
    }
}
