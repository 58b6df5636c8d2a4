//! How sure the figures are, as charts: what drives the cost, what drives the lead, and how often each route wins.

use crate::analysis::{Contest, Rival, Tornado};
use crate::picture::PictureSize;
use crate::picture::chart::{BarRow, Bars, Body, Chart, ChartSheet, RangeRow, Ranges};
use crate::report::context::Context;
use crate::report::ledger::capital;
use crate::report::uncertainty::{DrawnName, MOST_UNLISTED, millions, percent, signed_millions};
use crate::report::uncertainty_words::{against_ways_round, eight_of_ten, method};

/// Prices shown in a tornado.
const MOST_SWINGS: usize = 12;

/// The charts of a contest; `names` are those of its routes, `size` the picture's in pixels.
#[must_use]
pub fn uncertainty_charts(
    context: &Context<'_>,
    names: &[DrawnName],
    contest: &Contest,
    PictureSize { width_px, height_px }: PictureSize,
) -> ChartSheet {
    let best = names[contest.best].short();
    let mut charts = vec![Chart {
        caption: format!("What drives the cost of route {best}: one price moved at a time"),
        body: ranges(&contest.tornado, millions),
    }];
    if let Some(Rival { route, tornado }) = &contest.rival {
        let rival = names[*route].short();
        charts.push(Chart {
            caption: format!("What drives the difference {best} - {rival}: above zero, {rival} is the cheaper"),
            body: ranges(tornado, signed_millions),
        });
    }
    if names.len() > 1 {
        let bar = |values: Vec<f64>, name: &DrawnName, note| BarRow { label: name.long(), values, note };
        let each = || names.iter().zip(&contest.spread.routes).take(contest.n_listed + MOST_UNLISTED);
        let wins =
            each().map(|(name, route)| bar(vec![route.wins * 100.0], name, format!("{} %", percent(route.wins))));
        charts.push(Chart {
            caption: "How often each route is the cheapest of these".to_owned(),
            body: Body::Bars(Bars { unit: "% of draws".to_owned(), parts: vec![], rows: wins.collect() }),
        });
        let regret = each().map(|(name, route)| {
            let usd = route.mean_regret_usd;
            bar(vec![usd / 1e6], name, format!("{} MUSD", millions(usd)))
        });
        charts.push(Chart {
            caption: "What choosing it costs beyond the cheapest, on average".to_owned(),
            body: Body::Bars(Bars { unit: "MUSD over the term".to_owned(), parts: vec![], rows: regret.collect() }),
        });
    }
    ChartSheet {
        title: title(names, contest),
        subtitle: context.in_words(),
        charts,
        notes: method(contest),
        attribution: String::new(),
        width_px,
        height_px,
    }
}

/// The finding in a sentence.
fn title(names: &[DrawnName], contest: &Contest) -> String {
    let route = &contest.spread.routes[contest.best];
    let range = eight_of_ten(route);
    match &contest.gap {
        Some(gap) => capital(&against_ways_round(gap)),
        None if names.len() > 1 => {
            let share = percent(route.wins);
            format!("Route {} costs {range}, and is the cheapest in {share} %", names[contest.best].short())
        }
        None => format!("The route costs {range}"),
    }
}

/// A tornado as bars about its base.
pub(super) fn ranges(tornado: &Tornado, text: fn(f64) -> String) -> Body {
    let rows = tornado.swings.iter().take(MOST_SWINGS).map(|swing| RangeRow {
        label: swing.price.to_string(),
        low: swing.at_low_usd / 1e6,
        high: swing.at_high_usd / 1e6,
        low_text: text(swing.at_low_usd),
        high_text: text(swing.at_high_usd),
    });
    Body::Ranges(Ranges { unit: "MUSD over the term".to_owned(), base: tornado.base_usd / 1e6, rows: rows.collect() })
}
