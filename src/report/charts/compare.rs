//! The chart of a comparison's draws.

use super::uncertainty::ranges;
use crate::analysis::Outlook;
use crate::picture::PictureSize;
use crate::picture::chart::{BarRow, Bars, Body, Chart, ChartSheet};
use crate::report::compare::asked;
use crate::report::compare_uncertainty::{NamedOutlooks, Outlooks, conclusion, method, named};
use crate::report::context::Context;
use crate::report::ledger::capital;
use crate::report::uncertainty::{millions, percent, signed_millions};
use crate::scenario::Comparison;

/// The charts of the first question that has an answer: what drives each difference, how often each scenario is the
/// cheapest, and what choosing it may cost.
#[must_use]
pub fn outlook_charts(
    context: &Context<'_>,
    comparison: &Comparison,
    outlooks: &Outlooks,
    PictureSize { width_px, height_px }: PictureSize,
) -> ChartSheet {
    let answered = outlooks.questions.iter().map(|own| named(comparison, own)).zip(&comparison.questions);
    let answered: Vec<_> = answered.filter(|(cases, _)| !cases.is_empty()).collect();
    // The first question that tells the scenarios apart, or else the first.
    let tells = |cases: &NamedOutlooks<'_>| cases.iter().any(|(_, own)| own.regret_p90_usd > 0.0 || own.wins < 1.0);
    let told = answered.iter().find(|(cases, _)| tells(cases)).or(answered.first());
    let (cases, question) = told.map(|(cases, question)| (cases.clone(), asked(context, question))).unwrap_or_default();
    let first = cases.first().map_or("", |(name, _)| name);
    let mut charts: Vec<Chart> = Vec::new();
    for (name, outlook) in &cases {
        let Some(against) = outlook.against_first.as_ref().filter(|own| !own.tornado.swings.is_empty()) else {
            continue;
        };
        charts.push(Chart {
            caption: format!("What drives {name} - {first}: below zero, {name} is the cheaper"),
            body: ranges(&against.tornado, signed_millions),
        });
    }
    let bars = |unit: &str, read: &dyn Fn(&Outlook) -> (f64, String)| {
        let row = |(name, outlook): &(&str, &Outlook)| {
            let (value, note) = read(outlook);
            BarRow { label: (*name).to_owned(), values: vec![value], note }
        };
        Body::Bars(Bars { unit: unit.to_owned(), parts: vec![], rows: cases.iter().map(row).collect() })
    };
    charts.push(Chart {
        caption: "How often no other scenario is cheaper".to_owned(),
        body: bars("% of draws", &|own| (own.wins * 100.0, format!("{} %", percent(own.wins)))),
    });
    charts.push(Chart {
        caption: "What choosing it costs beyond the cheapest, in nine of ten draws at most".to_owned(),
        body: bars("MUSD over the term", &|own| {
            (own.regret_p90_usd / 1e6, format!("{} MUSD", millions(own.regret_p90_usd)))
        }),
    });
    let said = conclusion(&cases).unwrap_or_else(|| question.clone());
    let title = said.split("; ").next().unwrap_or(&said).trim_end_matches('.').to_owned();
    ChartSheet {
        title: capital(&title),
        subtitle: format!("{question} | {}", context.in_words()),
        charts,
        notes: method(&cases, outlooks.sampling),
        attribution: String::new(),
        width_px,
        height_px,
    }
}
