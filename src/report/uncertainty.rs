//! How sure the figures are: percentiles over draws of the prices, beside the answer of `route` or `transit`.

use super::answer::RouteList;
use super::cell::Cell;
use super::context::Context;
use super::document::{Document, Table};
use super::ledger::{shortened, up_percent, way};
use super::option_name::OptionName;
use super::records::Records;
use super::route;
use super::transit_words::bypass_in_words;
use super::uncertainty_words::{base_place, conclusion, method};
use crate::analysis::{Bypass, Contest, FigureKind, FigureSpread, PERCENTILES, Percentiles, Rival, Swing, Transit};
use crate::metrics::Route;
use crate::metrics::cost::significant;

/// Prices shown in a tornado on the terminal.
const MOST_SWINGS: usize = 10;
/// More routes than this are not set against each other in a table.
const MOST_AGAINST: usize = 12;
/// More routes outside the list than this are only counted.
pub(super) const MOST_UNLISTED: usize = 5;

/// The answer whose routes were drawn.
#[derive(Debug, Clone, Copy)]
pub enum DrawnAnswer<'a> {
    /// The routes of `route`.
    Routes(&'a [Route]),
    /// The corridor's routes and then its bypasses, with the verdict and the note on the map.
    Transit(&'a Transit, Option<&'a str>, Option<&'a str>),
}

/// The name of a drawn route: its list in the JSON, its rank there, and what to call it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawnName {
    /// The list.
    pub list: RouteList,
    /// Counted from 1.
    pub rank: usize,
    /// In words.
    pub words: String,
    /// Whether it needs segments that may not be used yet.
    pub is_missing: bool,
}

impl DrawnName {
    fn new(list: RouteList, index: usize, words: String) -> Self {
        Self { list, rank: index + 1, words, is_missing: false }
    }

    /// `1`, `R1` for the first way round, `U1` for the first route outside the list; with a star if it cannot be used yet.
    #[must_use]
    pub fn short(&self) -> String {
        let letter = match self.list {
            RouteList::Routes => "",
            RouteList::Bypass => "R",
            RouteList::Unlisted => "U",
        };
        format!("{letter}{}{}", self.rank, if self.is_missing { "*" } else { "" })
    }

    /// The short name with the words.
    #[must_use]
    pub fn long(&self) -> String {
        if self.words.is_empty() { self.short() } else { format!("{} {}", self.short(), self.words) }
    }
}

impl<'a> DrawnAnswer<'a> {
    /// Its routes, in order.
    #[must_use]
    pub fn routes(self) -> Vec<&'a Route> {
        match self {
            Self::Routes(routes) => routes.iter().collect(),
            Self::Transit(transit, ..) => {
                let ways = transit.bypasses.iter().map(|bypass| &bypass.route);
                transit.rows.iter().map(|row| &row.route).chain(ways).collect()
            }
        }
    }

    /// What to call them, in the same order.
    #[must_use]
    pub fn listed(self, context: &Context<'_>) -> Vec<DrawnName> {
        match self {
            Self::Routes(routes) => {
                let told = route::told_apart(context, routes).into_iter().enumerate();
                told.map(|(i, words)| DrawnName::new(RouteList::Routes, i, words)).collect()
            }
            Self::Transit(transit, ..) => {
                let rows = transit.rows.iter().enumerate().map(|(i, row)| DrawnName {
                    is_missing: !row.missing.is_empty(),
                    ..DrawnName::new(RouteList::Routes, i, row.crossings.join(", "))
                });
                let round = |bypass: &Bypass| bypass_in_words(context, bypass);
                let ways = transit.bypasses.iter().enumerate();
                rows.chain(ways.map(|(i, bypass)| DrawnName::new(RouteList::Bypass, i, round(bypass)))).collect()
            }
        }
    }

    /// What to call the routes of its contest, in their order.
    #[must_use]
    pub fn names(self, context: &Context<'_>, contest: &Contest) -> Vec<DrawnName> {
        match self {
            Self::Routes(routes) => {
                let told = if contest.routes.len() > 1 {
                    route::told_apart(context, &contest.routes)
                } else {
                    vec![String::new()]
                };
                let of = |(i, words)| match i {
                    i if i < routes.len() => DrawnName::new(RouteList::Routes, i, words),
                    i => DrawnName::new(RouteList::Unlisted, i - routes.len(), words),
                };
                told.into_iter().enumerate().map(of).collect()
            }
            Self::Transit(..) => {
                let unlisted = contest.routes.iter().zip(&contest.sides).skip(contest.n_listed).enumerate();
                let others = unlisted.map(|(i, (route, side))| {
                    let crossings = || route.passages.iter().map(|passage| passage.name.clone()).collect::<Vec<_>>();
                    let round = || bypass_in_words(context, &Bypass::of(route.clone()));
                    DrawnName::new(RouteList::Unlisted, i, if *side == 0 { crossings().join(", ") } else { round() })
                });
                self.listed(context).into_iter().chain(others).collect()
            }
        }
    }
}

/// Adds how sure an answer's figures are.
pub(super) fn say_draws(document: &mut Document, context: &Context<'_>, drawn: DrawnAnswer<'_>, contest: &Contest) {
    say_contest(document, context, &drawn.names(context, contest), contest);
}

/// One row a figure of a route.
pub(super) fn draws_records(names: &[DrawnName], contest: &Contest) -> Records {
    let mut records = Records::new(["list", "rank", "figure"].map(str::to_owned).into_iter().chain(drawn_head()));
    for ((name, route), wins) in names.iter().zip(&contest.spread.routes).zip(&contest.wins_of_side) {
        let mut row = |figure: &str, values: &[f64]| {
            let first = [name.list.as_str().into(), Cell::Count(name.rank as u64), figure.into()];
            records.row(first.into_iter().chain(values.iter().map(|value| Cell::Exact(*value))));
        };
        route.figures.iter().for_each(|figure| row(figure.kind.as_str(), &drawn(figure.base, figure.percentiles)));
        row("share_cheapest", &[route.wins]);
        row("share_cheapest_of_side", &[*wins]);
        row("share_below_base", &[route.below_base]);
        row("mean_regret_usd", &[route.mean_regret_usd]);
        row("regret_p90_usd", &[route.regret_p90_usd]);
        row("most_regret_usd", &[route.most_regret_usd]);
    }
    records
}

/// The columns of a figure over draws.
pub(super) fn drawn_head() -> impl Iterator<Item = String> {
    std::iter::once("base".to_owned()).chain(PERCENTILES.iter().map(|percentile| format!("p{percentile}")))
}

/// The values of those columns.
pub(super) fn drawn(base: f64, percentiles: Percentiles) -> [f64; 6] {
    let Percentiles { p5, p10, p50, p90, p95 } = percentiles;
    [base, p5, p10, p50, p90, p95]
}

fn say_contest(document: &mut Document, context: &Context<'_>, names: &[DrawnName], contest: &Contest) {
    document.heading("How sure: MUSD over the term when every price is drawn from its range");
    document.table(totals(names, contest));
    document.say("Draws", method(contest));
    document.say("Not listed", unlisted(context, names, contest));
    let against_each_other = names.len().min(contest.n_listed);
    if (2..=MOST_AGAINST).contains(&against_each_other) {
        document.heading("In how many of a hundred draws the route on the left is cheaper than the one above");
        document.table(against(&names[..against_each_other], contest));
    }
    let best = names[contest.best].short();
    document.heading(format!("Every figure of route {best}"));
    document.table(figures(&contest.spread.routes[contest.best].figures));
    document.say("", base_place(names, contest));
    let tornado = &contest.tornado;
    let base = millions(tornado.base_usd);
    document.heading(format!("What drives the cost of route {best} (base {base} MUSD): one price moved, MUSD"));
    document.table(swings(&tornado.swings));
    if let Some(Rival { route, tornado }) = &contest.rival {
        let rival = names[*route].short();
        document.heading(format!(
            "What drives the difference {best} - {rival} (base {} MUSD): above zero, {rival} is the cheaper",
            signed_millions(tornado.base_usd),
        ));
        document.table(swings(&tornado.swings));
    }
    document.say("So", vec![conclusion(names, contest)]);
}

/// The rows shown: what is listed, and the first few of what is not.
fn shown(contest: &Contest) -> usize {
    contest.routes.len().min(contest.n_listed + MOST_UNLISTED)
}

fn totals(names: &[DrawnName], contest: &Contest) -> Table {
    let headings = ["#", "<over", "base", "P5", "P10", "P50", "P90", "P95", "cheapest %", "mean regret", "P90 regret"];
    let mut table = Table::new(&headings);
    for (name, route) in names.iter().zip(&contest.spread.routes).take(shown(contest)) {
        let mut cells = vec![name.short(), shortened(&name.words, 30)];
        if let Some(total) = route.figures.first() {
            cells.push(millions(total.base));
            cells.extend(total.percentiles.in_order().map(millions));
        }
        cells.extend([percent(route.wins), millions(route.mean_regret_usd), millions(route.regret_p90_usd)]);
        table.row(cells);
    }
    table.without_empty_columns()
}

/// The routes outside the list: how often they win, and which way they go.
fn unlisted(context: &Context<'_>, names: &[DrawnName], contest: &Contest) -> Vec<String> {
    let own = || names.iter().zip(&contest.routes).zip(&contest.wins_of_side).skip(contest.n_listed);
    let two_sided = contest.gap.is_some();
    let mut lines: Vec<String> = own()
        .take(MOST_UNLISTED)
        .enumerate()
        .map(|(i, ((name, route), wins))| {
            let side = match contest.sides[contest.n_listed + i] {
                0 if two_sided => " of the corridor's routes",
                _ if two_sided => " of the ways round",
                _ => "",
            };
            format!("{}, the cheapest{side} in {} %: {}", name.short(), percent(*wins), way(context, route))
        })
        .collect();
    let more = own().count().saturating_sub(MOST_UNLISTED);
    if more > 0 {
        let wins: f64 = own().skip(MOST_UNLISTED).map(|(_, wins)| wins).sum();
        lines.push(format!(
            "and {more} more, together in {} % ({} names them)",
            percent(wins),
            context.name_of(OptionName::Json)
        ));
    }
    lines
}

fn against(names: &[DrawnName], contest: &Contest) -> Table {
    let shorts: Vec<String> = names.iter().map(DrawnName::short).collect();
    let headings: Vec<&str> = ["#"].into_iter().chain(shorts.iter().map(String::as_str)).collect();
    let mut table = Table::new(&headings);
    for (i, row) in contest.spread.cheaper.iter().take(names.len()).enumerate() {
        let cell = |(j, &share): (usize, &f64)| if i == j { String::new() } else { percent(share) };
        let cells = row.iter().take(names.len()).enumerate().map(cell);
        table.row([shorts[i].clone()].into_iter().chain(cells));
    }
    table
}

/// Every figure of a route, or of the best route of each draw.
pub(super) fn figures(figures: &[FigureSpread]) -> Table {
    let mut table = Table::new(&["<figure", "base", "P5", "P10", "P50", "P90", "P95", "<unit"]);
    for &FigureSpread { kind, base, percentiles } in figures {
        let (name, unit) = in_words(kind);
        let mut cells = vec![name.to_owned(), figure(kind, base)];
        cells.extend(percentiles.in_order().map(|value| figure(kind, value)));
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

fn figure(kind: FigureKind, value: f64) -> String {
    match kind {
        FigureKind::Total | FigureKind::Term(_) | FigureKind::Annuity => millions(value),
        FigureKind::PerMbpsMonth => format!("{value:.2}"),
        FigureKind::Availability => up_percent(value),
    }
}

/// The strongest prices of a tornado.
pub(super) fn swings(swings: &[Swing]) -> Table {
    let mut table = Table::new(&["<price", "low", "base", "high", "at low", "at high"]);
    for swing in swings.iter().take(MOST_SWINGS) {
        let mut cells = vec![swing.price.to_string()];
        cells.extend([swing.low, swing.base, swing.high].map(significant));
        cells.extend([millions(swing.at_low_usd), millions(swing.at_high_usd)]);
        table.row(cells);
    }
    table
}

/// Millions of dollars: two decimals below ten, else one.
pub(crate) fn millions(usd: f64) -> String {
    let millions = usd / 1e6;
    match millions.abs() {
        // Not -0.00.
        nothing if nothing < 0.005 => "0.00".to_owned(),
        small if small < 9.995 => format!("{millions:.2}"),
        _ => format!("{millions:.1}"),
    }
}

/// The same with its sign.
pub(crate) fn signed_millions(usd: f64) -> String {
    let text = millions(usd);
    if text.starts_with('-') || text == "0.00" { text } else { format!("+{text}") }
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
