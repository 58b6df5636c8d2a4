//! The answer of `share` as bars: what each country pays by each rule.

use super::context::Context;
use super::share::heading;
use crate::chart::{BarRow, Bars, Body, Chart, ChartSheet};
use crate::corridor::{RuleShares, Share, ShareQuestion, Standing};

/// A bar a rule, with a part for each country; what is paid to a country stands to the left of zero. No bar where there
/// is no plan.
#[must_use]
pub fn share_sheet(
    context: &Context<'_>,
    question: &ShareQuestion,
    share: Option<&Share>,
    size: (u32, u32),
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
        unit: format!("Million {} over the term", context.currency),
        parts: names.clone(),
        rows: share.iter().flat_map(|share| &share.rules).map(row).collect(),
    };
    let nothing = share.is_none().then(|| "There is no plan: a demand cannot be served.".to_owned());
    ChartSheet {
        title: format!("Who pays what: {}", names.join(", ")),
        notes: nothing.into_iter().collect(),
        subtitle: context.in_words(),
        charts: vec![Chart { caption: String::new(), body: Body::Bars(bars) }],
        width_px: size.0,
        height_px: size.1,
        ..ChartSheet::default()
    }
}
