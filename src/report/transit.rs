//! The answer of `transit`: a corridor's crossing pairs side by side, and the ways round its middle.

use super::answer::{BypassRoute, CorridorRoute, DrawsAnswer, TransitAnswer};
use super::context::Context;
use super::csv_rows::{Role, route_records};
use super::document::{Document, Table, WIDTH};
use super::features::{FeatureCollection, feature_collection, fields};
use super::ledger::{
    against, decimals, figure_cells, ledger, musd_to, range, say_assumed, shortened, up_percent, way, whole_km,
};
use super::records::Records;
use super::rendering::Report;
use super::transit_words::{bypass_in_words, headline};
use super::uncertainty::{DrawnAnswer, draws_records, say_draws};
use crate::analysis::{Bypass, Contest, Transit, TransitRow};
use crate::metrics::Route;

/// A corridor's routes.
#[derive(Debug, Clone, Copy)]
pub struct TransitReport<'a> {
    /// What the answer rests on.
    pub context: &'a Context<'a>,
    /// The routes along the corridor and round its middle.
    pub transit: &'a Transit,
    /// The sentence on what the corridor gains or loses.
    pub verdict: Option<&'a str>,
    /// The name of a map that was drawn.
    pub map_note: Option<&'a str>,
    /// Draws of the prices: how sure the figures are. Its CSV holds only that; GeoJSON has no place for it.
    pub draws: Option<&'a Contest>,
}

impl<'a> TransitReport<'a> {
    /// A corridor's routes without a sentence, a map or draws.
    #[must_use]
    pub const fn of(context: &'a Context<'a>, transit: &'a Transit) -> Self {
        Self { context, transit, verdict: None, map_note: None, draws: None }
    }

    fn drawn(&self) -> DrawnAnswer<'a> {
        DrawnAnswer::Transit(self.transit, self.verdict, self.map_note)
    }
}

impl Report for TransitReport<'_> {
    type Answer = TransitAnswer;

    fn answer(&self) -> TransitAnswer {
        let names = |contest| self.drawn().names(self.context, contest);
        let uncertainty = self.draws.map(|contest| DrawsAnswer::of(self.context, &names(contest), contest));
        TransitAnswer { uncertainty, ..TransitAnswer::of(self.context, self.transit, self.verdict) }
    }

    fn document(&self) -> Document {
        let mut document = document(self.context, self.transit, self.verdict, self.map_note);
        if let Some(contest) = self.draws {
            say_draws(&mut document, self.context, self.drawn(), contest);
        }
        document
    }

    fn records(&self) -> Records {
        if let Some(contest) = self.draws {
            return draws_records(&self.drawn().names(self.context, contest), contest);
        }
        let rows = (1..).zip(&self.transit.rows);
        let rows = rows.map(|(rank, row)| (rank, Role::Corridor(&row.missing), &row.route));
        let round = (1..).zip(&self.transit.bypasses);
        let round = round.map(|(rank, bypass)| (rank, Role::Bypass, &bypass.route));
        route_records(self.context, rows.chain(round))
    }

    fn features(&self) -> FeatureCollection {
        let context = self.context;
        let rows = (1..).zip(&self.transit.rows);
        let rows = rows.map(|(rank, row)| (fields(&CorridorRoute::of(context, row, rank)), &row.route));
        let round = (1..).zip(&self.transit.bypasses);
        let round = round.map(|(rank, bypass)| (fields(&BypassRoute::of(context, bypass, rank)), &bypass.route));
        feature_collection(context, rows.chain(round).collect())
    }
}

/// Why a corridor has no route, in one line.
pub(super) fn reason(context: &Context<'_>, transit: &Transit) -> String {
    let codes: Vec<&str> = transit.corridor.iter().map(|code| code.as_str()).collect();
    format!(
        "no route from {} to {} along {}, whatever the status of its segments",
        context.place_name(&transit.from),
        context.place_name(&transit.to),
        codes.join(", ")
    )
}

pub(super) fn document(
    context: &Context<'_>,
    transit: &Transit,
    verdict: Option<&str>,
    map_note: Option<&str>,
) -> Document {
    let mut document = Document::default();
    let names: Vec<String> = transit.corridor.iter().map(|&code| context.country_name(code)).collect();
    document.title(names.join(" > "), context.in_words());
    match transit.rows.first() {
        Some(best) => say_best(&mut document, context, transit, best),
        None => document.say("", vec![format!("There is {}.", reason(context, transit))]),
    }
    let best = transit.rows.first().map(|row| &row.route);
    if !transit.bypasses.is_empty() {
        let middle = transit.corridor.iter().skip(1).take(transit.corridor.len().saturating_sub(2));
        let middle: Vec<String> = middle.map(|&code| context.country_name(code)).collect();
        document.heading(format!("Round {}", middle.join(" and ")));
        document.table(bypasses(context, &transit.bypasses, best));
    } else if transit.corridor.len() > 2 && best.is_some() {
        document.say("", vec!["Nothing usable goes round the middle of the corridor.".to_owned()]);
    }
    if let Some(verdict) = verdict {
        document.say("So", vec![verdict.to_owned()]);
    }
    if let Some(best) = best {
        say_assumed(&mut document, context, best, map_note);
    }
    document
}

fn say_best(document: &mut Document, context: &Context<'_>, transit: &Transit, best: &TransitRow) {
    let label = if best.missing.is_empty() { "Best" } else { "Best once it is there" };
    document.say(label, vec![way(context, &best.route), headline(&best.route)]);
    let wide = crossings(transit, true);
    document.table(if wide.width() <= WIDTH { wide } else { crossings(transit, false) });
    document.say("Not usable yet (*)", lacking(transit));
    document.heading("Who carries what, route 1, in MUSD over the term");
    document.table(ledger(&best.route));
}

/// What the routes that are not usable yet need, those that need the same in one line.
fn lacking(transit: &Transit) -> Vec<String> {
    let mut needs: Vec<(String, Vec<String>)> = Vec::new();
    for (i, row) in transit.rows.iter().enumerate().filter(|(_, row)| !row.missing.is_empty()) {
        let each = row.missing.iter().map(|(id, status)| format!("{id} ({})", status.as_str().replace('_', " ")));
        let needed = each.collect::<Vec<_>>().join(", ");
        match needs.iter_mut().find(|(known, _)| *known == needed) {
            Some((_, ranks)) => ranks.push((i + 1).to_string()),
            None => needs.push((needed, vec![(i + 1).to_string()])),
        }
    }
    let verb = |ranks: &[String]| if ranks.len() == 1 { "needs" } else { "need" };
    needs.iter().map(|(needed, ranks)| format!("{} {} {needed}", ranks.join(", "), verb(ranks))).collect()
}

/// One row for each combination of crossings; a star marks what is not usable yet.
fn crossings(transit: &Transit, with_range: bool) -> Table {
    let borders: Vec<String> = transit.corridor.windows(2).map(|pair| format!("<{}|{}", pair[0], pair[1])).collect();
    let mut headings = vec!["#"];
    headings.extend(borders.iter().map(String::as_str));
    headings.extend(["km", "RTT ms", "MUSD", "low-high", "USD/Mbps/mo", "up %", "against #1", ""]);
    let mut table = Table::new(&headings);
    let Some(first) = transit.rows.first() else { return table };
    let decimals = decimals(transit.rows.iter().map(|row| &row.route));
    for (i, row) in transit.rows.iter().enumerate() {
        let route = &row.route;
        let [ms, usd] = if i == 0 { [String::new(), String::new()] } else { against(route, &first.route) };
        let star = if row.missing.is_empty() { "" } else { "*" };
        let mut cells = vec![format!("{}{star}", i + 1)];
        for border in 0..borders.len() {
            cells.push(row.crossings.get(border).map_or_else(String::new, |name| shortened(name, 30)));
        }
        cells.extend([
            whole_km(route.length),
            format!("{:.1}", route.rtt_ms()),
            musd_to(route.bill.total(), decimals),
            if with_range { range(route, decimals) } else { String::new() },
            format!("{:.2}", route.usd_per_mbps_month),
            up_percent(route.availability),
            ms,
            usd,
        ]);
        table.row(cells);
    }
    table.without_empty_columns()
}

fn bypasses(context: &Context<'_>, bypasses: &[Bypass], best: Option<&Route>) -> Table {
    let mut table = Table::new(&["#", "<way", "km", "RTT ms", "MUSD", "up %", "against #1", ""]);
    let decimals = decimals(bypasses.iter().map(|bypass| &bypass.route));
    for (i, bypass) in bypasses.iter().enumerate() {
        let route = &bypass.route;
        let mut cells = vec![(i + 1).to_string(), shortened(&bypass_in_words(context, bypass), 48)];
        cells.extend(figure_cells(route, best, decimals));
        table.row(cells);
    }
    table.without_empty_columns()
}
