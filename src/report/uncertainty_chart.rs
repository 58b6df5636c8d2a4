//! How sure the figures are, as charts: what drives the cost, what drives the lead, and how often each route wins.

use super::context::Context;
use super::uncertainty::{DrawnName, method, millions, percent};
use crate::chart::{BarRow, Bars, Body, Chart, ChartSheet, RangeRow, Ranges};
use crate::corridor::{Spread, Swing};

/// Prices shown in a tornado.
const MOST_SWINGS: usize = 12;

/// The charts of a spread; `names` are those of its routes, `size` the picture's in pixels.
#[must_use]
pub fn uncertainty_charts(
    context: &Context<'_>,
    names: &[DrawnName],
    spread: &Spread,
    (width_px, height_px): (u32, u32),
) -> ChartSheet {
    let mut charts = Vec::new();
    if let Some(tornado) = &spread.tornado {
        let best = names[tornado.best].short();
        charts.push(Chart {
            caption: format!("What drives the cost of route {best}: one price moved at a time"),
            body: ranges(tornado.total_usd, &tornado.swings),
        });
        if let Some((second, lead, swings)) = &tornado.lead {
            let second = names[*second].short();
            charts.push(Chart {
                caption: format!("What drives its lead over route {second}: below zero, route {second} is the cheaper"),
                body: ranges(*lead, swings),
            });
        }
    }
    if names.len() > 1 {
        let bar = |values: Vec<f64>, name: &DrawnName, note| BarRow { label: name.long(), values, note };
        let each = || names.iter().zip(&spread.routes);
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
        title: title(names, spread),
        subtitle: context.in_words(),
        charts,
        notes: method(spread),
        attribution: String::new(),
        width_px,
        height_px,
    }
}

/// The finding in a sentence.
fn title(names: &[DrawnName], spread: &Spread) -> String {
    let routes = names.iter().zip(&spread.routes);
    let most = routes.max_by(|a, b| a.1.wins.total_cmp(&b.1.wins).then(b.0.rank.cmp(&a.0.rank)));
    let Some((name, route)) = most else { return "No route was drawn".to_owned() };
    let range = route.figures.first().map(|(_, _, p)| (millions(p[1]), millions(p[3])));
    let (low, high) = range.unwrap_or_default();
    if names.len() > 1 {
        let share = percent(route.wins);
        format!("Route {} is the cheapest in {share} % of draws: {low} to {high} MUSD in eight of ten", name.long())
    } else {
        format!("The route costs {low} to {high} MUSD in eight of ten draws")
    }
}

fn ranges(base_usd: f64, swings: &[Swing]) -> Body {
    let row = |swing: &Swing| RangeRow {
        label: swing.price.clone(),
        low: swing.low_usd / 1e6,
        high: swing.high_usd / 1e6,
        low_text: millions(swing.low_usd),
        high_text: millions(swing.high_usd),
    };
    Body::Ranges(Ranges {
        unit: "MUSD over the term".to_owned(),
        base: base_usd / 1e6,
        rows: swings.iter().take(MOST_SWINGS).map(row).collect(),
    })
}
