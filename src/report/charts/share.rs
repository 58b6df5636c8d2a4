//! The answer of `share` as bars: what each country pays by each rule.

use super::bars::cost_bars;
use crate::analysis::{RuleShares, Share, ShareQuestion, Standing};
use crate::picture::PictureSize;
use crate::picture::chart::{BarRow, Bars, Body, Chart, ChartSheet};
use crate::report::context::Context;
use crate::report::ledger::capital;
use crate::report::share::words::{Words, conclusion, decimals, heading};

/// A bar a rule, with a part for each country; what is paid to a country stands to the left of zero. Beside it what the
/// plan costs in each country, by term. No bar where there is no plan.
#[must_use]
pub fn share_sheet(
    context: &Context<'_>,
    question: &ShareQuestion,
    share: Option<&Share>,
    size: PictureSize,
) -> ChartSheet {
    let names: Vec<String> = question.countries.iter().map(|&code| context.country_name(code)).collect();
    let row = |own: &RuleShares| BarRow {
        label: heading(own.rule).to_owned(),
        values: own.shares.iter().map(|usd| usd.millions()).collect(),
        note: match own.standing {
            Standing::InCore => "no group does better alone".to_owned(),
            Standing::Blocked(_) => "some do better alone".to_owned(),
            Standing::NotBlocked | Standing::Unknown => String::new(),
        },
    };
    let bars = Bars {
        unit: format!("M{} over the term", context.currency),
        parts: names,
        rows: share.iter().flat_map(|share| &share.rules).map(row).collect(),
    };
    let caption = "Who pays how much by which rule; to the left of zero: is paid".to_owned();
    let mut charts = vec![Chart { caption, body: Body::Bars(bars) }];
    let words = Words { context, question };
    let mut said = match share {
        None => vec!["There is no plan: a demand cannot be served.".to_owned()],
        Some(share) => {
            let leaves = share.served.iter().flat_map(|own| &own.leaves);
            let leaves = leaves.chain(share.built.iter().flat_map(|own| &own.leaves));
            charts.push(cost_bars(context, leaves, (context.currency, 1.0)));
            conclusion(words, share, decimals(share))
        }
    }
    .into_iter();
    ChartSheet {
        title: said.next().map(|first| capital(&first)).unwrap_or_default(),
        notes: said.collect(),
        subtitle: context.in_words(),
        charts,
        width_px: size.width_px,
        height_px: size.height_px,
        ..ChartSheet::default()
    }
}
