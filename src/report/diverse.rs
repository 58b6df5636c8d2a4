//! The answer of `route --disjoint`: routes that have nothing in common, or as little as can be, and what they still have.

use super::answer::{DiverseAnswer, SetFacts, assumed_cost, assumed_km};
use super::context::{Context, score_in_words};
use super::csv_rows::{Role, route_records};
use super::document::{Document, Table};
use super::ends::apart_in_words;
use super::features::{FeatureCollection, fields, route_features};
use super::ledger::{capital, decimals, musd, musd_to, up_percent, way, whole_km};
use super::records::Records;
use super::rendering::Report;
use super::route::ranking;
use super::transit_words::headline as route_headline;
use crate::analysis::{Common, Diverse, Diversity, Shared};
use crate::graph::disjoint::Aim;
use crate::metrics::Route;
use crate::network::{CountryCode, NodeId};
use crate::units::{Length, Usd};

/// A set of at least one route.
#[derive(Debug, Clone, Copy)]
pub struct DiverseReport<'a> {
    /// What the answer rests on.
    pub context: &'a Context<'a>,
    /// The set.
    pub set: &'a Diverse,
}

impl Report for DiverseReport<'_> {
    type Answer = DiverseAnswer;

    fn answer(&self) -> DiverseAnswer {
        DiverseAnswer::of(self.context, self.set)
    }

    fn document(&self) -> Document {
        document(self.context, self.set)
    }

    fn records(&self) -> Records {
        let ranked = (1..).zip(&self.set.routes);
        route_records(self.context, ranked.map(|(rank, route)| (rank, Role::Route, route)))
    }

    fn features(&self) -> FeatureCollection {
        let besides = fields(&SetFacts::of(self.context, self.set));
        FeatureCollection { besides, ..route_features(self.context, &self.set.routes) }
    }
}

fn document(context: &Context<'_>, set: &Diverse) -> Document {
    let mut document = Document::default();
    let (from, to) = (context.name_typed(&context.asked.from), context.name_typed(&context.asked.to));
    document.title(format!("{from} > {to}"), context.in_words());
    document.say("Asked", context.constraints());
    document.say("By shares", score_in_words(context.asked.objective));
    document.say("", headline(context, set));
    for (i, route) in set.routes.iter().enumerate() {
        document.say(&format!("Route {}", i + 1), vec![way(context, route), route_headline(route)]);
    }
    if set.routes.len() > 1 {
        document.table(ranking(context, &set.routes));
        let apart = apart_in_words(context, &set.routes);
        document.say("Together", together(set, apart.is_some()));
        document.say("Ends", apart.into_iter().collect());
        document.say("Shared", shared(context, &set.shared));
    }
    document.heading("Who carries what");
    document.table(by_country(&set.routes));
    document.say("Assumed", assumed(context, set));
    document
}

/// The answer in a sentence or two.
fn headline(context: &Context<'_>, set: &Diverse) -> Vec<String> {
    let number = number_word(set.n);
    let mut lines = Vec::new();
    if set.routes.len() < set.n {
        let found = number_word(set.routes.len());
        let (route, fits) = if set.routes.len() == 1 { ("route", "fits") } else { ("routes", "fit") };
        lines.push(match set.open {
            None => format!("There are no {number} different routes: only {found} {route} {fits}."),
            Some(_) => {
                format!(
                    "No {number} routes were found before the search was given up. This is the best {route} there is."
                )
            }
        });
        return lines;
    }
    let common = set.in_common();
    if common.is_empty() {
        lines.push(format!("{} routes that share no {}.", capital(&number), kind(set.diversity)));
    } else {
        lines.push(format!("{}.", not_full(context, set, &common)));
    }
    if let Some(open) = set.open {
        let less =
            if open.shares_less { "a set that shares less is not ruled out" } else { "it shares as little as can be" };
        let percent = 100.0 * better_by(open.figures);
        let figure = match set.aim {
            Aim::Sum => "the sum",
            Aim::First => "the best route",
            Aim::Balanced => "the worst route",
        };
        lines.push(format!(
            "Not proved to be the best: the search was stopped for too much work; {less}, and {figure} could be at most \
             {percent:.1} % less."
        ));
    }
    lines
}

/// Why the routes share something, and what.
fn not_full(context: &Context<'_>, set: &Diverse, common: &[&Common]) -> String {
    let number = number_word(set.n);
    let listed = |all: Vec<&Common>| {
        let told = all.into_iter().map(|common| told(context, set.diversity, common));
        in_words(&told.collect::<Vec<_>>())
    };
    let (forced, chosen): (Vec<&Common>, Vec<&Common>) =
        common.iter().copied().partition(|common| set.unavoidable.contains(&common.name));
    let proved = set.open.is_none_or(|open| !open.shares_less);
    let mut parts = Vec::new();
    if !forced.is_empty() {
        let verb = match set.diversity {
            Diversity::Segment => "needs",
            Diversity::Node | Diversity::Country => "passes",
            Diversity::Srlg => "is at the risk of",
            Diversity::Owner => "is on cable of",
        };
        parts.push(format!("every route {verb} {}", listed(forced)));
    }
    if !chosen.is_empty() {
        let least = match set.diversity {
            Diversity::Segment => format!("{} km", whole_km(total_length(common.iter().copied()))),
            Diversity::Node | Diversity::Srlg | Diversity::Country | Diversity::Owner => number_word(common.len()),
        };
        let here = listed(chosen);
        parts.push(match (proved, parts.is_empty()) {
            (true, true) => format!("any {number} share at least {least}, these {here}"),
            (true, false) => format!("any {number} share at least {least} in all, these also {here}"),
            (false, _) => format!("these share {here}"),
        });
    }
    let start = if proved { "exist" } else { "were found" };
    format!("No {number} routes {start} without a common {}: {}", kind(set.diversity), parts.join("; "))
}

/// A thing in common with its length, where it has one: `Iran (1,234 km)`.
fn told(context: &Context<'_>, diversity: Diversity, common: &Common) -> String {
    let name = match diversity {
        Diversity::Country => common.name.parse().map(|code: CountryCode| context.country_name(code)).ok(),
        Diversity::Node => Some(context.place_name(&NodeId::new(common.name.as_str())).to_owned()),
        Diversity::Segment | Diversity::Srlg | Diversity::Owner => None,
    };
    let name = name.unwrap_or_else(|| common.name.clone());
    if common.length == Length::ZERO { name } else { format!("{name} ({} km)", whole_km(common.length)) }
}

fn kind(diversity: Diversity) -> &'static str {
    match diversity {
        Diversity::Segment => "segment",
        Diversity::Node => "place on the way",
        Diversity::Srlg => "risk group",
        Diversity::Country => "transit country",
        Diversity::Owner => "known owner",
    }
}

/// What the set amounts to as a whole.
fn together(set: &Diverse, ends_apart: bool) -> Vec<String> {
    let apart = latency_difference_ms(&set.routes);
    let between = if ends_apart { ", each between its own end cities" } else { "" };
    vec![format!(
        "{} MUSD for all; at least one is up {} % of the time{between}, if segments fail independently; {apart:.1} ms \
         one way between the fastest and the slowest",
        musd(total_cost(&set.routes)),
        up_percent(set.availability),
    )]
}

/// What the routes share, of whatever kind.
fn shared(context: &Context<'_>, shared: &Shared) -> Vec<String> {
    let Shared { segments, nodes, countries, srlgs, owners } = shared;
    let all = [
        (Diversity::Segment, "segments", segments),
        (Diversity::Node, "places", nodes),
        (Diversity::Country, "transit countries", countries),
        (Diversity::Srlg, "risk groups", srlgs),
        (Diversity::Owner, "owners", owners),
    ];
    let (some, none): (Vec<_>, Vec<_>) = all.into_iter().partition(|(_, _, list)| !list.is_empty());
    let mut lines = Vec::new();
    for (diversity, name, list) in some {
        let told: Vec<String> = list.iter().map(|common| told(context, diversity, common)).collect();
        lines.push(format!("- {name}: {}", told.join(", ")));
    }
    if !none.is_empty() {
        let names: Vec<String> = none.into_iter().map(|(_, name, _)| format!("no {name}")).collect();
        lines.push(format!("- {}", names.join(", ")));
    }
    lines
}

/// Kilometres and money of each route by country.
fn by_country(routes: &[Route]) -> Table {
    let mut headings = vec!["<".to_owned()];
    for i in 1..=routes.len() {
        headings.extend([format!("{i}: km"), "MUSD".to_owned()]);
    }
    let headings: Vec<&str> = headings.iter().map(String::as_str).collect();
    let mut table = Table::new(&headings);
    let decimals = decimals(routes.iter()) + 1;
    let mut order: Vec<CountryCode> = Vec::new();
    for country in routes.iter().flat_map(|route| &route.shares).map(|share| share.country) {
        if !country.is_sea() && !order.contains(&country) {
            order.push(country);
        }
    }
    let sea = routes.iter().flat_map(|route| &route.shares).map(|share| share.country).find(|country| country.is_sea());
    for country in order.into_iter().chain(sea) {
        let mut row = vec![if country.is_sea() { "sea".to_owned() } else { country.to_string() }];
        for route in routes {
            let share = route.shares.iter().find(|share| share.country == country);
            row.push(share.map_or_else(|| "-".to_owned(), |share| whole_km(share.length)));
            row.push(share.map_or_else(|| "-".to_owned(), |share| musd_to(share.bill.total(), decimals)));
        }
        table.row(row);
    }
    let mut row = vec!["total".to_owned()];
    for route in routes {
        row.extend([whole_km(route.length), musd_to(route.bill.total(), decimals)]);
    }
    table.row(row);
    table
}

/// What a reader has to know before trusting the answer.
fn assumed(context: &Context<'_>, set: &Diverse) -> Vec<String> {
    let mut lines = Vec::new();
    for (i, route) in set.routes.iter().enumerate() {
        let (km, cost) = (100.0 * assumed_km(route), 100.0 * assumed_cost(route));
        lines.push(format!("route {}: {km:.0} % of the km, {cost:.0} % of the cost", i + 1));
    }
    match set.diversity {
        Diversity::Owner => {
            let unknown = set.routes.iter().map(|route| format!("{} km", whole_km(unknown_owner(context, route))));
            let unknown: Vec<String> = unknown.collect();
            lines.push(format!("- no owner is known of {}, in order of the routes", in_words(&unknown)));
        }
        Diversity::Srlg => {
            lines.push("- risk groups are those that the network declares, and each segment by itself".to_owned())
        }
        Diversity::Country => lines
            .push("- only transit countries count: the end countries and the sea may hold cables in common".to_owned()),
        Diversity::Segment | Diversity::Node => {}
    }
    lines.push("- segments fail independently of each other, though risk groups say that some do not".to_owned());
    lines
}

/// The length of a route's segments of which no owner is known.
pub(super) fn unknown_owner(context: &Context<'_>, route: &Route) -> Length {
    let unknown = route
        .hops
        .iter()
        .filter(|hop| context.network.find_segment(&hop.segment).is_none_or(|segment| segment.row.owners.is_empty()));
    unknown.map(|hop| hop.length).sum()
}

pub(super) fn total_length<'a>(common: impl Iterator<Item = &'a Common>) -> Length {
    common.map(|common| common.length).sum()
}

pub(super) fn total_cost(routes: &[Route]) -> Usd {
    routes.iter().map(|route| route.bill.total()).sum()
}

/// One-way latency of the slowest route less that of the fastest, ms.
pub(super) fn latency_difference_ms(routes: &[Route]) -> f64 {
    let mut latencies: Vec<f64> = routes.iter().map(|route| route.latency().ms()).collect();
    latencies.sort_by(f64::total_cmp);
    latencies.first().zip(latencies.last()).map_or(0.0, |(fastest, slowest)| slowest - fastest)
}

/// By which part of it a figure could be less at most.
pub(super) fn better_by((found, least): (u64, u64)) -> f64 {
    if found == 0 { 0.0 } else { found.saturating_sub(least) as f64 / found as f64 }
}

fn number_word(n: usize) -> String {
    let words = ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    words.get(n).map_or_else(|| n.to_string(), |word| (*word).to_owned())
}

/// `a`, `a and b`, `a, b and c`.
fn in_words(list: &[String]) -> String {
    match list {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
