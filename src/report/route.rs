//! The answer of `route`: the best routes, or why there is none.

use super::answer::{DrawsAnswer, RouteAnswer};
use super::context::{Context, score_in_words};
use super::csv_rows::{Role, route_records};
use super::document::{Document, Table, WIDTH};
use super::ends::say_gateways;
use super::features::{FeatureCollection, route_features};
use super::ledger::{capital, decimals, figure_cells, hops, ledger, range, say_assumed, shortened, way};
use super::obstacle::say_obstacle;
use super::records::Records;
use super::rendering::Report;
use super::transit_words::headline;
use super::uncertainty::{DrawnAnswer, draws_records, say_draws};
use crate::analysis::{Contest, Obstacle};
use crate::metrics::Route;

/// So much of what tells routes apart is shown in any case.
const LEAST_TOLD: usize = 34;

/// The best routes, best first; where there is none, the reason from `obstacle`.
#[derive(Debug, Clone, Copy)]
pub struct RouteReport<'a> {
    /// What the answer rests on.
    pub context: &'a Context<'a>,
    /// The routes, best first.
    pub routes: &'a [Route],
    /// What stands in the way, if there is no route and that was looked for.
    pub obstacle: Option<&'a Obstacle>,
    /// Draws of the prices: how sure the figures are. Its CSV holds only that; GeoJSON has no place for it.
    pub draws: Option<&'a Contest>,
}

impl<'a> RouteReport<'a> {
    /// Routes without draws.
    #[must_use]
    pub const fn of(context: &'a Context<'a>, routes: &'a [Route]) -> Self {
        Self { context, routes, obstacle: None, draws: None }
    }
}

impl Report for RouteReport<'_> {
    type Answer = RouteAnswer;

    fn answer(&self) -> RouteAnswer {
        let names = |contest| DrawnAnswer::Routes(self.routes).names(self.context, contest);
        let uncertainty = self.draws.map(|contest| DrawsAnswer::of(self.context, &names(contest), contest));
        RouteAnswer { uncertainty, ..RouteAnswer::of(self.context, self.routes, self.obstacle) }
    }

    fn document(&self) -> Document {
        let mut document = document(self.context, self.routes, self.obstacle);
        if let Some(contest) = self.draws {
            say_draws(&mut document, self.context, DrawnAnswer::Routes(self.routes), contest);
        }
        document
    }

    fn records(&self) -> Records {
        if let Some(contest) = self.draws {
            return draws_records(&DrawnAnswer::Routes(self.routes).names(self.context, contest), contest);
        }
        let ranked = (1..).zip(self.routes);
        route_records(self.context, ranked.map(|(rank, route)| (rank, Role::Route, route)))
    }

    fn features(&self) -> FeatureCollection {
        route_features(self.context, self.routes)
    }
}

pub(super) fn document(context: &Context<'_>, routes: &[Route], obstacle: Option<&Obstacle>) -> Document {
    let mut document = Document::default();
    let (from, to) = (context.name_typed(&context.asked.from), context.name_typed(&context.asked.to));
    document.title(format!("{from} > {to}"), context.in_words());
    let Some(best) = routes.first() else {
        say_obstacle(&mut document, context, obstacle);
        return document;
    };
    document.say("Asked", context.constraints());
    document.say("By shares", score_in_words(context.asked.objective));
    document.say(
        "Best",
        vec![way(context, best), headline(best), format!("range {} MUSD", range(best, decimals(routes.iter())))],
    );
    say_gateways(&mut document, context, routes.iter());
    document.say("Remark", context.remarks.clone());
    if routes.len() > 1 {
        document.table(ranking(context, routes));
    }
    if let Some(stop) = context.stop_in_words() {
        document.say("", vec![format!("{}.", capital(&stop))]);
    } else if let Some(k) = context.asked.k.filter(|&k| routes.len() < k) {
        let only = if routes.len() == 1 { "only this route fits" } else { "no more routes than these fit" };
        document.say("", vec![format!("{k} were asked for; {only}.")]);
    }
    document.heading(
        "Who carries what, in MUSD over the term".to_owned() + if routes.len() > 1 { ", route 1" } else { "" },
    );
    document.table(ledger(best));
    document.heading("Way".to_owned() + if routes.len() > 1 { " of route 1" } else { "" });
    document.table(hops(context, best));
    say_assumed(&mut document, context, best, None);
    document
}

/// The routes side by side, each against the first; what tells them apart is cut as far as the width asks. Where that
/// leaves two of them alike, each is told by where it differs from the one before that is most like it.
pub(super) fn ranking(context: &Context<'_>, routes: &[Route]) -> Table {
    fitted_to_tell(context, routes, |told, most| ranking_with(routes, told, most))
}

/// The widest of some tables that fits, with what tells each route apart in it; `make` is given that and how much of it
/// is shown.
pub(super) fn fitted_to_tell(
    context: &Context<'_>,
    routes: &[Route],
    make: impl Fn(&[String], usize) -> Table,
) -> Table {
    let fitted = |told: &[String]| {
        let mut wide = [64, 52, 44].into_iter().filter(|&most| make(told, most).width() <= WIDTH);
        wide.next().unwrap_or(LEAST_TOLD)
    };
    let told = told_apart(context, routes);
    let most = fitted(&told);
    let shown: Vec<Vec<String>> = told.iter().map(|text| vec![shortened(text, most)]).collect();
    if all_differ(&shown) {
        return make(&told, most);
    }
    let told = told_by_likeness(context, routes, &told);
    make(&told, fitted(&told))
}

fn ranking_with(routes: &[Route], told: &[String], most: usize) -> Table {
    let mut table = Table::new(&["#", "<countries", "<over", "km", "RTT ms", "MUSD", "up %", "against #1", ""]);
    let decimals = decimals(routes.iter());
    for (i, (route, over)) in routes.iter().zip(told).enumerate() {
        let codes: Vec<&str> = route.countries.iter().map(|code| code.as_str()).collect();
        let mut cells = vec![(i + 1).to_string(), shortened(&codes.join(" "), 26), shortened(over, most)];
        cells.extend(figure_cells(route, routes.first().filter(|_| i > 0), decimals));
        table.row(cells);
    }
    table.without_empty_columns()
}

/// What tells each route apart: its borders where no two routes have the same ones, else the places that not all of
/// them pass; where two pass the same places, the segments in which they differ.
pub(super) fn told_apart(context: &Context<'_>, routes: &[Route]) -> Vec<String> {
    let borders = |route: &Route| route.passages.iter().map(|passage| passage.name.clone()).collect();
    let places = |route: &Route| route.nodes.iter().map(|id| context.place_name(id).to_owned()).collect();
    let by_borders: Vec<Vec<String>> = routes.iter().map(borders).collect();
    if all_differ(&by_borders) {
        return by_borders.iter().map(|names| names.join(", ")).collect();
    }
    let by_places = only_own(&routes.iter().map(places).collect::<Vec<_>>());
    let tell = |(i, names): (usize, &Vec<String>)| {
        let alike = routes.iter().zip(&by_places).filter(|(_, others)| *others == names);
        let segments: Vec<Vec<String>> = alike.map(|(route, _)| segment_ids(route)).collect();
        let own = segment_ids(&routes[i]).into_iter().filter(|id| !segments.iter().all(|ids| ids.contains(id)));
        own.chain(names.iter().cloned()).collect::<Vec<_>>().join(", ")
    };
    by_places.iter().enumerate().map(tell).collect()
}

/// What tells each route apart from the one before it that is most like it: `#3 but Zahedan`, its first places that the
/// other does not pass, or where there are none, its segments; the first by what `told` says of it.
fn told_by_likeness(context: &Context<'_>, routes: &[Route], told: &[String]) -> Vec<String> {
    let places = |route: &Route| route.nodes.iter().map(|id| context.place_name(id).to_owned()).collect::<Vec<_>>();
    let parts: Vec<(Vec<String>, Vec<String>)> =
        routes.iter().map(|route| (places(route), segment_ids(route))).collect();
    let off = |own: &[String], other: &[String]| own.iter().filter(|name| !other.contains(name)).count();
    let tell = |(i, (own_places, own_segments)): (usize, &(Vec<String>, Vec<String>))| {
        let apart = |j: &usize| off(own_segments, &parts[*j].1) + off(&parts[*j].1, own_segments);
        let Some(like) = (0..i).min_by_key(apart) else { return told[i].clone() };
        let (places, segments) = &parts[like];
        let own = |own: &[String], other: &[String]| {
            own.iter().filter(|name| !other.contains(name)).cloned().collect::<Vec<_>>().join(", ")
        };
        let (by_place, by_segment, less) =
            (own(own_places, places), own(own_segments, segments), own(places, own_places));
        let told = [by_place, by_segment].into_iter().find(|text| !text.is_empty());
        told.map_or_else(|| format!("#{} without {less}", like + 1), |text| format!("#{} but {text}", like + 1))
    };
    parts.iter().enumerate().map(tell).collect()
}

fn segment_ids(route: &Route) -> Vec<String> {
    route.segments().map(ToString::to_string).collect()
}

fn all_differ(lists: &[Vec<String>]) -> bool {
    lists.iter().enumerate().all(|(i, list)| !lists[..i].contains(list))
}

/// The lists without what all of them hold.
fn only_own(lists: &[Vec<String>]) -> Vec<Vec<String>> {
    let own = |name: &&String| !lists.iter().all(|list| list.contains(name));
    lists.iter().map(|list| list.iter().filter(own).cloned().collect()).collect()
}
