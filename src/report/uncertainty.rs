//! How sure the figures are: percentiles over draws of the prices, beside the answer of `route` or `transit`.

use serde_json::{Value, json};

use super::context::Context;
use super::csv_rows::cells_text;
use super::document::{Document, Table};
use super::format::Format;
use super::ledger::{shortened, tidy_zero, up_percent};
use super::{route, transit};
use crate::corridor::{FigureKind, PERCENTILES, RouteSpread, Spread, Swing, Transit};
use crate::metrics::Route;
use crate::metrics::cost::significant;
use crate::units::grouped;

/// Prices shown in a tornado on the terminal.
const MOST_SWINGS: usize = 10;
/// More routes than this are not set against each other in a table.
const MOST_AGAINST: usize = 12;

/// The answer whose routes were drawn.
#[derive(Debug, Clone, Copy)]
pub enum Drawn<'a> {
    /// The routes of `route`.
    Routes(&'a [Route]),
    /// The corridor's routes and then its bypasses, with the verdict and the note on the map.
    Transit(&'a Transit, Option<&'a str>, Option<&'a str>),
}

/// The name of a drawn route: its list in the JSON, its rank there, and what to call it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawnName {
    /// `routes` or `bypass`.
    pub list: &'static str,
    /// Counted from 1.
    pub rank: usize,
    /// In words.
    pub words: String,
}

impl DrawnName {
    /// `1`, or `R1` for the first way round.
    #[must_use]
    pub fn short(&self) -> String {
        if self.list == "bypass" { format!("R{}", self.rank) } else { self.rank.to_string() }
    }

    /// The short name with the words.
    #[must_use]
    pub fn long(&self) -> String {
        if self.words.is_empty() { self.short() } else { format!("{} {}", self.short(), self.words) }
    }
}

impl<'a> Drawn<'a> {
    /// The routes that are drawn, in order.
    #[must_use]
    pub fn routes(self) -> Vec<Route> {
        match self {
            Self::Routes(routes) => routes.to_vec(),
            Self::Transit(transit, ..) => {
                let round = transit.bypasses.iter().map(|bypass| bypass.route.clone());
                transit.rows.iter().map(|row| row.route.clone()).chain(round).collect()
            }
        }
    }

    /// What to call them, in the same order.
    #[must_use]
    pub fn names(self, context: &Context<'_>) -> Vec<DrawnName> {
        let name = |list, (i, words): (usize, String)| DrawnName { list, rank: i + 1, words };
        match self {
            Self::Routes(routes) => {
                let told = if routes.len() > 1 { route::told_apart(context, routes) } else { vec![String::new()] };
                told.into_iter().enumerate().map(|each| name("routes", each)).collect()
            }
            Self::Transit(transit, ..) => {
                let rows = transit.rows.iter().map(|row| row.crossings.join(", ")).enumerate();
                let round = transit.bypasses.iter().map(|b| b.way(|code| context.country_name(code))).enumerate();
                rows.map(|each| name("routes", each)).chain(round.map(|each| name("bypass", each))).collect()
            }
        }
    }

    fn document(self, context: &Context<'_>) -> Document {
        match self {
            Self::Routes(routes) => route::document(context, routes, None),
            Self::Transit(answer, verdict, map_note) => transit::document(context, answer, verdict, map_note),
        }
    }

    fn json(self, context: &Context<'_>) -> Value {
        match self {
            Self::Routes(routes) => route::json(context, routes, None),
            Self::Transit(answer, verdict, _) => transit::json(context, answer, verdict),
        }
    }
}

/// An answer with how sure its figures are. As CSV only that, one row a figure of a route; GeoJSON has no place for it.
#[must_use]
pub fn uncertainty_report(context: &Context<'_>, drawn: Drawn<'_>, spread: &Spread, format: Format) -> String {
    let names = drawn.names(context);
    let documented = || {
        let mut document = drawn.document(context);
        say_spread(&mut document, &names, spread);
        document
    };
    match (format, drawn) {
        (Format::Table, _) => documented().plain(),
        (Format::Markdown, _) => documented().markdown(),
        (Format::Json, _) => {
            let mut answer = drawn.json(context);
            answer["uncertainty"] = spread_json(&names, spread);
            format!("{answer:#}\n")
        }
        (Format::Csv, _) => cells_text(&csv_rows(&names, spread)),
        (Format::GeoJson, Drawn::Routes(routes)) => route::routes_report(context, routes, None, format),
        (Format::GeoJson, Drawn::Transit(answer, verdict, note)) => {
            transit::transit_report(context, answer, verdict, note, format)
        }
    }
}

/// What a reader has to know of the draws.
pub(crate) fn method(spread: &Spread) -> Vec<String> {
    vec![
        format!(
            "{} draws (seed {}) of {} prices, each from the triangular distribution between its low and its high value with \
             the base as the mode; prices of one family ({} of them) are high or low together.",
            grouped(i64::from(spread.sampling.samples())),
            spread.sampling.seed(),
            spread.n_prices,
            spread.n_families,
        ),
        "The routes are those listed: others, which might be cheaper in some draws, were not looked at.".to_owned(),
    ]
}

fn say_spread(document: &mut Document, names: &[DrawnName], spread: &Spread) {
    document.heading("How sure: MUSD over the term when every price is drawn from its range");
    document.table(totals(names, spread));
    document.say("Draws", method(spread));
    if (2..=MOST_AGAINST).contains(&names.len()) {
        document.heading("In how many of a hundred draws the route on the left is cheaper than the one above");
        document.table(against(names, spread));
    }
    if let (Some(first), Some(name)) = (spread.routes.first(), names.first()) {
        document.heading(format!("Every figure of route {}", name.short()));
        document.table(figures(first));
    }
    let Some(tornado) = &spread.tornado else { return };
    let best = &names[tornado.best];
    document.heading(format!(
        "What drives the cost of route {} (base {} MUSD): one price moved, MUSD",
        best.short(),
        millions(tornado.total_usd)
    ));
    document.table(swings(&tornado.swings));
    if let Some((second, lead, list)) = &tornado.lead {
        let second = &names[*second];
        let title = format!(
            "What drives its lead over route {} (base {} MUSD): below zero, {} is the cheaper",
            second.short(),
            millions(*lead),
            second.short()
        );
        document.heading(title);
        document.table(swings(list));
    }
}

fn totals(names: &[DrawnName], spread: &Spread) -> Table {
    let mut table = Table::new(&[
        "#",
        "<over",
        "base",
        "P5",
        "P10",
        "P50",
        "P90",
        "P95",
        "cheapest %",
        "mean regret",
        "P90 regret",
    ]);
    for (name, route) in names.iter().zip(&spread.routes) {
        let mut cells = vec![name.short(), shortened(&name.words, 30)];
        if let Some((_, base, percentiles)) = route.figures.first() {
            cells.push(millions(*base));
            cells.extend(percentiles.iter().map(|&usd| millions(usd)));
        }
        cells.extend([percent(route.wins), millions(route.mean_regret_usd), millions(route.regret_p90_usd)]);
        table.row(cells);
    }
    table.without_empty_columns()
}

fn against(names: &[DrawnName], spread: &Spread) -> Table {
    let shorts: Vec<String> = names.iter().map(DrawnName::short).collect();
    let headings: Vec<&str> = ["#"].into_iter().chain(shorts.iter().map(String::as_str)).collect();
    let mut table = Table::new(&headings);
    for (i, row) in spread.cheaper.iter().enumerate() {
        let cell = |(j, &share): (usize, &f64)| if i == j { String::new() } else { percent(share) };
        table.row([shorts[i].clone()].into_iter().chain(row.iter().enumerate().map(cell)).collect());
    }
    table
}

fn figures(route: &RouteSpread) -> Table {
    let mut table = Table::new(&["<figure", "base", "P5", "P10", "P50", "P90", "P95", "<unit"]);
    for (kind, base, percentiles) in &route.figures {
        let (name, unit) = in_words(*kind);
        let mut cells = vec![name.to_owned()];
        cells.extend([*base].iter().chain(percentiles).map(|&value| shown(*kind, value)));
        cells.push(unit.to_owned());
        table.row(cells);
    }
    table
}

fn in_words(kind: FigureKind) -> (&'static str, &'static str) {
    match kind {
        FigureKind::Total => ("total", "MUSD"),
        FigureKind::Term(term) => (term.heading(), "MUSD"),
        FigureKind::Annuity => ("annuity", "MUSD a year"),
        FigureKind::PerMbpsMonth => ("price", "USD per Mbps and month"),
        FigureKind::Availability => ("up", "%"),
    }
}

fn shown(kind: FigureKind, value: f64) -> String {
    match kind {
        FigureKind::Total | FigureKind::Term(_) | FigureKind::Annuity => millions(value),
        FigureKind::PerMbpsMonth => format!("{value:.2}"),
        FigureKind::Availability => up_percent(value),
    }
}

fn swings(swings: &[Swing]) -> Table {
    let mut table = Table::new(&["<price", "low", "base", "high", "at low", "at high"]);
    for swing in swings.iter().take(MOST_SWINGS) {
        let mut cells = vec![swing.price.clone()];
        cells.extend(swing.values.map(significant));
        cells.extend([millions(swing.low_usd), millions(swing.high_usd)]);
        table.row(cells);
    }
    table
}

/// Millions of dollars: two decimals below ten, else one.
pub(crate) fn millions(usd: f64) -> String {
    let millions = usd / 1e6;
    let text = if millions.abs() < 9.995 { format!("{millions:.2}") } else { format!("{millions:.1}") };
    tidy_zero(text)
}

/// A share of draws in per cent; what is not all or nothing is not rounded to it.
pub(crate) fn percent(share: f64) -> String {
    let text = format!("{:.1}", share * 100.0);
    match text.as_str() {
        "0.0" if share > 0.0 => "<0.1".to_owned(),
        "100.0" if share < 1.0 => ">99.9".to_owned(),
        _ => text,
    }
}

fn spread_json(names: &[DrawnName], spread: &Spread) -> Value {
    let routes: Vec<Value> = names
        .iter()
        .zip(&spread.routes)
        .map(|(name, route)| {
            let mut figures = serde_json::Map::new();
            for (kind, base, percentiles) in &route.figures {
                let mut values = json!({"base": base});
                for (percentile, value) in PERCENTILES.iter().zip(percentiles) {
                    values[format!("p{percentile}")] = json!(value);
                }
                figures.insert(kind.as_str().to_owned(), values);
            }
            json!({
                "list": name.list,
                "rank": name.rank,
                "figures": figures,
                "share_cheapest": route.wins,
                "mean_regret_usd": route.mean_regret_usd,
                "regret_p90_usd": route.regret_p90_usd,
                "most_regret_usd": route.most_regret_usd,
            })
        })
        .collect();
    let which = |route: usize| json!({"list": names[route].list, "rank": names[route].rank});
    let tornado = spread.tornado.as_ref().map(|tornado| {
        let lead = tornado.lead.as_ref().map(|(second, usd, swings)| {
            json!({"over": which(*second), "lead_usd": usd, "swings": swings.iter().map(swing_json).collect::<Vec<_>>()})
        });
        let swings: Vec<Value> = tornado.swings.iter().map(swing_json).collect();
        json!({"route": which(tornado.best), "total_usd": tornado.total_usd, "swings": swings, "lead": lead})
    });
    json!({
        "samples": spread.sampling.samples(),
        "seed": spread.sampling.seed(),
        "distribution": "triangular",
        "prices": spread.n_prices,
        "families": spread.n_families,
        "routes": routes,
        "share_cheaper": spread.cheaper,
        "tornado": tornado,
        "notes": method(spread),
    })
}

fn swing_json(swing: &Swing) -> Value {
    let [low, base, high] = swing.values;
    json!({
        "price": swing.price, "low": low, "base": base, "high": high,
        "at_low_usd": swing.low_usd, "at_high_usd": swing.high_usd,
    })
}

fn csv_rows(names: &[DrawnName], spread: &Spread) -> Vec<Vec<String>> {
    let mut head = vec!["list".to_owned(), "rank".to_owned(), "figure".to_owned(), "base".to_owned()];
    head.extend(PERCENTILES.iter().map(|percentile| format!("p{percentile}")));
    let mut lines = vec![head];
    for (name, route) in names.iter().zip(&spread.routes) {
        let mut line = |figure: &str, values: &[f64]| {
            let mut cells = vec![name.list.to_owned(), name.rank.to_string(), figure.to_owned()];
            cells.extend(values.iter().map(ToString::to_string));
            cells.resize(4 + PERCENTILES.len(), String::new());
            lines.push(cells);
        };
        for (kind, base, percentiles) in &route.figures {
            line(kind.as_str(), &[&[*base], percentiles.as_slice()].concat());
        }
        line("share_cheapest", &[route.wins]);
        line("mean_regret_usd", &[route.mean_regret_usd]);
        line("most_regret_usd", &[route.most_regret_usd]);
    }
    lines
}
