//! The answer of `route --pareto`: the routes that no other betters, or why there is none.

use super::answer::{FrontAnswer, FrontFacts, FrontRoute};
use super::context::Context;
use super::csv_rows::{Role, route_records};
use super::document::{Document, Table};
use super::ends::say_gateways;
use super::features::{FeatureCollection, feature_collection, fields};
use super::ledger::{decimals, hops, musd_to, say_assumed, shortened, up_percent, way, whole_km};
use super::obstacle::say_obstacle;
use super::records::Records;
use super::rendering::Report;
use super::route::fitted_to_tell;
use super::transit_words::headline;
use crate::analysis::{Front, Obstacle};
use crate::metrics::{Measure, Route};

/// What of a front is shown.
#[derive(Debug, Clone)]
pub struct FrontShown<'a> {
    /// The front.
    pub front: &'a Front,
    /// The points shown, by their places on it; ranks count these.
    pub points: Vec<usize>,
    /// How much worse than a point of the front the nearest shown may be, in millionths, if that was asked for.
    pub epsilon: Option<u64>,
}

/// A front as far as it is shown; where it is empty, the reason from `obstacle`.
#[derive(Debug, Clone, Copy)]
pub struct FrontReport<'a> {
    /// What the answer rests on.
    pub context: &'a Context<'a>,
    /// What of the front is shown.
    pub shown: &'a FrontShown<'a>,
    /// What stands in the way, if there is no route.
    pub obstacle: Option<&'a Obstacle>,
}

impl Report for FrontReport<'_> {
    type Answer = FrontAnswer;

    fn answer(&self) -> FrontAnswer {
        FrontAnswer::of(self.context, self.shown, self.obstacle)
    }

    fn document(&self) -> Document {
        document(self.context, self.shown, self.obstacle)
    }

    fn records(&self) -> Records {
        let ranked = self.shown.ranked();
        route_records(self.context, ranked.map(|(rank, route, is_knee)| (rank, Role::Front(is_knee), route)))
    }

    fn features(&self) -> FeatureCollection {
        let properties = FrontRoute::all(self.context, self.shown).into_iter().map(|route| fields(&route));
        let routes = properties.zip(self.shown.ranked()).map(|(properties, (_, route, _))| (properties, route));
        let besides = fields(&FrontFacts::of(self.shown));
        FeatureCollection { besides, ..feature_collection(self.context, routes.collect()) }
    }
}

impl FrontShown<'_> {
    /// Rank, route, and whether it is the knee.
    pub(crate) fn ranked(&self) -> impl Iterator<Item = (usize, &Route, bool)> + Clone {
        let ranked = self.points.iter().enumerate();
        ranked.map(|(i, &point)| (i + 1, &self.front.points[point].route, self.front.knee == Some(point)))
    }

    pub(crate) fn knee_rank(&self) -> Option<usize> {
        self.ranked().find(|(_, _, is_knee)| *is_knee).map(|(rank, _, _)| rank)
    }
}

fn document(context: &Context<'_>, shown: &FrontShown<'_>, obstacle: Option<&Obstacle>) -> Document {
    let mut document = Document::default();
    let (from, to) = (context.name_typed(&context.asked.from), context.name_typed(&context.asked.to));
    document.title(format!("{from} > {to}"), context.in_words());
    let routes: Vec<&Route> = shown.ranked().map(|(_, route, _)| route).collect();
    let Some(&first) = routes.first() else {
        say_obstacle(&mut document, context, obstacle);
        return document;
    };
    document.say("Front", in_words(shown));
    let knee = shown.knee_rank().map(|rank| (rank, routes[rank - 1]));
    if let Some((rank, route)) = knee {
        document.say("Knee", vec![format!("#{rank}: {}", way(context, route)), headline(route)]);
    }
    say_gateways(&mut document, context, shown.ranked().map(|(_, route, _)| route));
    document.table(ranking(context, shown));
    let (rank, told) = knee.unwrap_or((1, first));
    document.heading(format!("Way of route {rank}"));
    document.table(hops(context, told));
    say_assumed(&mut document, context, told, None);
    document
}

/// How many routes there are, and what the shown ones stand for.
fn in_words(shown: &FrontShown<'_>) -> Vec<String> {
    let front = shown.front;
    let (n, n_shown) = (front.points.len(), shown.points.len());
    let names: Vec<&str> = front.criteria.measures().iter().map(|&measure| name(measure)).collect();
    let (most, last) = names.split_at(names.len() - 1);
    let by = format!("{} {} {}", most.join(", "), if n == 1 { "or" } else { "and" }, last[0]);
    let mut lines = vec![match n {
        1 => format!("1 route; no other is better than it in {by}"),
        _ => format!("{n} routes; every other is no better than one of them in {by} alike"),
    }];
    if n_shown < n {
        let within = front.within(&shown.points);
        let stand = if within.is_finite() {
            format!("each of the {n} has one of them at most {} worse in every figure", percent_above(within))
        } else {
            "not each of the others is near one of them".to_owned()
        };
        lines.push(format!("{n_shown} are shown; {stand}"));
    }
    if front.is_stopped {
        lines.push("the search was stopped for too much work: routes are missing".to_owned());
    }
    lines
}

/// A share in per cent, rounded up so that it stays a bound.
fn percent_above(share: f64) -> String {
    format!("{:.1} %", (share * 1000.0).ceil() / 10.0)
}

fn name(measure: Measure) -> &'static str {
    match measure {
        Measure::Cost | Measure::FeesIn(_) => "cost",
        Measure::Latency => "latency",
        Measure::Length | Measure::LengthIn(_) => "length",
        Measure::Unavailability => "availability",
        Measure::Crossings | Measure::Entries(_) => "borders passed",
    }
}

fn heading(measure: Measure) -> &'static str {
    match measure {
        Measure::Cost | Measure::FeesIn(_) => "MUSD",
        Measure::Latency => "RTT ms",
        Measure::Length | Measure::LengthIn(_) => "km",
        Measure::Unavailability => "up %",
        Measure::Crossings | Measure::Entries(_) => "borders",
    }
}

/// The routes side by side, the criteria first; what tells them apart is cut as far as the width asks.
fn ranking(context: &Context<'_>, shown: &FrontShown<'_>) -> Table {
    let routes: Vec<Route> = shown.ranked().map(|(_, route, _)| route.clone()).collect();
    fitted_to_tell(context, &routes, |told, most| ranking_with(shown, told, most))
}

fn ranking_with(shown: &FrontShown<'_>, told: &[String], most: usize) -> Table {
    let criteria = shown.front.criteria.measures();
    let mut measures = criteria.to_vec();
    measures.extend(Measure::ALL.into_iter().filter(|measure| !criteria.contains(measure)));
    let mut headings = vec!["#"];
    headings.extend(measures.iter().map(|&measure| heading(measure)));
    headings.extend(["<", "<countries", "<over"]);
    let mut table = Table::new(&headings);
    let decimals = decimals(shown.ranked().map(|(_, route, _)| route));
    for ((rank, route, is_knee), over) in shown.ranked().zip(told) {
        let codes: Vec<&str> = route.countries.iter().map(|code| code.as_str()).collect();
        let mut cells = vec![rank.to_string()];
        cells.extend(measures.iter().map(|&measure| figure(route, measure, decimals)));
        cells.push(if is_knee { "knee".to_owned() } else { String::new() });
        cells.extend([shortened(&codes.join(" "), 26), shortened(over, most)]);
        table.row(cells);
    }
    table.without_empty_columns()
}

fn figure(route: &Route, measure: Measure, decimals: usize) -> String {
    match measure {
        Measure::Cost | Measure::FeesIn(_) => musd_to(route.bill.total(), decimals),
        Measure::Latency => format!("{:.1}", route.rtt_ms()),
        Measure::Length | Measure::LengthIn(_) => whole_km(route.length),
        Measure::Unavailability => up_percent(route.availability),
        Measure::Crossings | Measure::Entries(_) => measure.of(route).to_string(),
    }
}
