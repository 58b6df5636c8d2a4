//! The answer of `gateway`: the ways of a country to the hubs, what each gateway gives, what they lean on.

mod compared;
mod everywhere;
mod json;
mod words;

pub use compared::gateway_compare_report;
pub use everywhere::{EverywhereAnswer, everywhere_report};
pub use words::{gateway_conclusion, gateway_gains};

use super::compare::superlative;
use super::context::Context;
use super::document::{Document, Table, WIDTH};
use super::features::feature_collection;
use super::format::Format;
use super::ledger::{musd, shortened, tidy_zero, up_percent, whole_km};
use super::rendering::pretty;
use super::route_json::{assumed_cost, assumed_km, route_fields};
use crate::analysis::{Dependence, Gateway, Gateways, Loss, Reliance, Way};
use crate::metrics::Route;
use crate::request::{End, Objective};
use crate::units::separated;
use serde_json::json;

/// As many hubs stand side by side in one table.
const HUBS_ABREAST: usize = 5;

/// How long the names in a table may be, from the longest on.
const NAMES: [usize; 6] = [34, 28, 22, 18, 14, 10];

/// As many gateways and things leant on are shown; JSON has all.
const MOST_ROWS: usize = 16;

/// A country's gateways in a format. `notes` are said at the end, such as hubs that were left out.
#[must_use]
pub fn gateway_report(context: &Context<'_>, answer: &Gateways, notes: &[String], format: Format) -> String {
    match format {
        Format::Table => document(context, answer, notes).plain(),
        Format::Markdown => document(context, answer, notes).markdown(),
        Format::Json => format!("{:#}\n", json::answer(context, answer, notes)),
        Format::Csv => json::csv(&[(context, answer)]),
        Format::GeoJson => {
            let mut features = Vec::new();
            for (objective, way) in answer.hubs.iter().flat_map(|hub| answer.objectives.iter().zip(&hub.best)) {
                let Some(way) = way else { continue };
                let mut fields = route_fields(context, &way.route, 1);
                fields.insert("objective".to_owned(), json!(objective.to_string()));
                let gateway = way.gateway.map(|index| answer.gateways[index].gateway.name.clone());
                fields.insert("gateway".to_owned(), json!(gateway));
                features.push((fields, &way.route));
            }
            pretty(&feature_collection(context, features))
        }
    }
}

fn document(context: &Context<'_>, answer: &Gateways, notes: &[String]) -> Document {
    let mut document = Document::default();
    document.title(format!("Gateways of {}", context.country_name(answer.country)), context.in_words());
    document.say("So", vec![gateway_conclusion(context, answer)]);
    document.say("Asked", context.constraints());
    document.heading("The best ways to the hubs");
    document.table(fitted(|most| best_ways(context, answer, most)));
    say_stopped(&mut document, answer.hubs.iter().any(|hub| hub.stopped.contains(&true)));
    say_reasons(&mut document, answer);
    for (i, &objective) in answer.objectives.iter().enumerate() {
        if answer.n_reached(i) == 0 {
            continue;
        }
        for (hubs, more) in abreast(answer.hubs.len()) {
            document.heading(format!("What each gateway would give{more}: {}", measured(objective)));
            document.table(fitted(|most| by_gateway(context, answer, (i, hubs.clone()), most)));
            let shown = answer.gateways.iter().take(MOST_ROWS);
            say_stopped(&mut document, shown.flat_map(|own| &own.stopped[hubs.clone()]).any(|stopped| stopped[i]));
        }
    }
    say_dependence(&mut document, context, answer);
    document.say("Left out", notes.to_vec());
    document.say("Assumed", assumed(answer));
    document
}

/// Why hubs are not reached.
fn say_reasons(document: &mut Document, answer: &Gateways) {
    document.say("Why", answer.hubs.iter().filter_map(|hub| hub.reason.clone()).collect());
}

/// The table with the longest names that fits the width; `make` is given how long they may be.
fn fitted(make: impl Fn(usize) -> Table) -> Table {
    let fits = |most: &usize| make(*most).width() <= WIDTH;
    make(NAMES.into_iter().find(fits).unwrap_or(NAMES[NAMES.len() - 1]))
}

/// The hubs in tables of a readable width.
fn abreast(n: usize) -> impl Iterator<Item = (std::ops::Range<usize>, &'static str)> {
    let start = move |i: usize| i * HUBS_ABREAST..((i + 1) * HUBS_ABREAST).min(n);
    (0..n.div_ceil(HUBS_ABREAST)).map(move |i| (start(i), if i == 0 { "" } else { ", continued" }))
}

fn measured(objective: Objective) -> String {
    match objective {
        Objective::Latency => "RTT ms, fastest route".to_owned(),
        other => format!("USD per Mbps and month, {} route", superlative(other).to_lowercase()),
    }
}

/// Behind a figure whose search was stopped; what it means is said under the table.
const STOPPED: &str = "?";

const STOPPED_IN_WORDS: &str = "? the search was stopped for too much work: there may be a better way";

/// The mark of a figure whose search was stopped, if it was.
fn stop_mark(is_stopped: bool) -> &'static str {
    if is_stopped { STOPPED } else { "" }
}

/// What the mark means, where it stands in the table above.
fn say_stopped(document: &mut Document, stands_there: bool) {
    document.say("", if stands_there { vec![STOPPED_IN_WORDS.to_owned()] } else { Vec::new() });
}

/// The figure that an objective's tables show.
fn figure(route: &Route, objective: Objective) -> String {
    match objective {
        Objective::Latency => format!("{:.1}", route.rtt_ms()),
        _ => format!("{:.2}", route.usd_per_mbps_month),
    }
}

/// The name of a hub, or of any end.
pub(super) fn end_name(context: &Context<'_>, end: &End) -> String {
    match end {
        End::Node(id) => context.place_name(id).to_owned(),
        End::Country(code) => context.country_name(*code),
    }
}

fn gateway_name(gateway: Option<&Gateway>, most: usize) -> String {
    gateway.map_or_else(|| "-".to_owned(), |own| format!("{} ({})", shortened(&own.name, most), own.to))
}

/// One row for each hub and objective; one for both where they have the same route.
fn best_ways(context: &Context<'_>, answer: &Gateways, most: usize) -> Table {
    let mut table =
        Table::new(&["<hub", "<best", "<gateway", "km", "RTT ms", "USD/Mbps/mo", "MUSD", "up %", "<countries"]);
    for (i, hub) in answer.hubs.iter().enumerate() {
        let mut shown: Vec<(usize, Vec<&str>)> = Vec::new();
        for (j, &objective) in answer.objectives.iter().enumerate() {
            let same = shown.iter_mut().find(|(other, _)| route(&hub.best[*other]) == route(&hub.best[j]));
            match same {
                Some((_, names)) => names.push(superlative(objective)),
                None => shown.push((j, vec![superlative(objective)])),
            }
        }
        for (n, (j, names)) in shown.into_iter().enumerate() {
            let name = if n == 0 { end_name(context, &hub.hub) } else { String::new() };
            let both = names.len() > 1 && names.len() == answer.objectives.len();
            let names = if both { "both".to_owned() } else { names.join(", ").to_lowercase() };
            let mut cells = vec![shortened(&name, 18), names];
            match &hub.best[j] {
                Some(Way { route, .. }) => {
                    let codes: Vec<&str> = route.countries.iter().map(|code| code.as_str()).collect();
                    cells.extend([
                        gateway_name(answer.winner(i, j), most),
                        whole_km(route.length),
                        format!("{:.1}{}", route.rtt_ms(), stop_mark(hub.stopped[j])),
                        format!("{:.2}{}", route.usd_per_mbps_month, stop_mark(hub.stopped[j])),
                        musd(route.bill.total()),
                        up_percent(route.availability),
                        shortened(&codes.join(" "), most.min(22)),
                    ]);
                }
                None => cells.extend(["no route".to_owned()].into_iter().chain(vec![String::new(); 6])),
            }
            table.row(cells);
        }
    }
    table
}

fn route(way: &Option<Way>) -> Option<&Route> {
    way.as_ref().map(|way| &way.route)
}

/// The best route of each gateway to each hub; a star marks the best of all.
fn by_gateway(
    context: &Context<'_>,
    answer: &Gateways,
    (objective, hubs): (usize, std::ops::Range<usize>),
    most: usize,
) -> Table {
    let mut headings = vec!["<gateway".to_owned(), "<into".to_owned()];
    headings.extend(answer.hubs[hubs.clone()].iter().map(|hub| shortened(&end_name(context, &hub.hub), 12)));
    headings.push("hubs won".to_owned());
    let mut table = Table::new(&headings.iter().map(String::as_str).collect::<Vec<_>>());
    for (i, own) in answer.gateways.iter().enumerate().take(MOST_ROWS) {
        let mut cells = vec![shortened(&own.gateway.name, most), shortened(&context.country_name(own.gateway.to), 14)];
        for hub in hubs.clone() {
            let wins = answer.hubs[hub].best[objective].as_ref().is_some_and(|way| way.gateway == Some(i));
            let star = if wins { "*" } else { "" };
            let best = own.routes[hub][objective].as_ref();
            let shown = best.map_or_else(|| "-".to_owned(), |best| figure(best, answer.objectives[objective]));
            cells.push(format!("{star}{shown}{}", stop_mark(own.stopped[hub][objective])));
        }
        let share = answer.share_won(i, objective) * 100.0;
        cells.push(if own.won[objective] == 0 { "-".to_owned() } else { format!("{share:.0} %") });
        table.row(cells);
    }
    table
}

/// What is leant on, in words.
fn reliance(context: &Context<'_>, on: &Reliance) -> String {
    match on {
        Reliance::Country(code) => context.country_name(*code),
        Reliance::System { name, is_all: true, .. } => name.clone(),
        Reliance::System { name, segments, is_all: false } => {
            // Of a name that stands for several cables, the one meant is told by its first segment.
            let first = segments.first().and_then(|id| context.network.find_segment(id));
            let ends = first.map(|segment| context.network.ends(segment));
            ends.map_or_else(|| name.clone(), |(a, b)| format!("{name}, {} - {}", a.short_name(), b.short_name()))
        }
    }
}

fn say_dependence(document: &mut Document, context: &Context<'_>, answer: &Gateways) {
    let more = answer.gateways.len().saturating_sub(MOST_ROWS);
    if more > 0 {
        document.say("", vec![format!("{more} more gateways that win no hub or reach fewer; --format json has all.")]);
    }
    if answer.dependence.is_empty() {
        return;
    }
    document.heading("Dependence: the share of the hubs whose best route passes it, and what happens without it");
    document.table(fitted(|most| dependence_table(context, answer, most)));
    let mut shown = answer.dependence.iter().take(MOST_ROWS).flat_map(|one| &one.losses);
    say_stopped(document, shown.any(|loss| loss.is_stopped));
    let more = answer.dependence.len().saturating_sub(MOST_ROWS);
    if more > 0 {
        document.say("", vec![format!("{more} more that matter less; --format json has all.")]);
    }
}

fn dependence_table(context: &Context<'_>, answer: &Gateways, most: usize) -> Table {
    let mut headings = vec!["<country or cable".to_owned()];
    headings.extend(answer.objectives.iter().map(|&objective| superlative(objective).to_lowercase()));
    headings.extend(["<hubs lost", "worst ms", "<towards", "worst USD/Mbps/mo", "<towards"].map(str::to_owned));
    let mut table = Table::new(&headings.iter().map(String::as_str).collect::<Vec<_>>());
    for one in answer.dependence.iter().take(MOST_ROWS) {
        let mut cells = vec![shortened(&reliance(context, &one.on), most)];
        cells.extend(one.losses.iter().map(|loss| format!("{:.0} %", loss.share() * 100.0)));
        cells.push(match lost(one).len() {
            0 => "none".to_owned(),
            n => {
                let names: Vec<String> = lost(one).iter().map(|&hub| hub_name(context, answer, hub)).collect();
                format!("{n}: {}", shortened(&names.join(", "), 22))
            }
        });
        let towards = |loss: &Loss, worst: Option<(f64, usize)>, decimals: usize| match worst {
            Some((more, hub)) => {
                let mark = stop_mark(loss.is_stopped);
                let more = separated(&tidy_zero(format!("{more:+.decimals$}")));
                [format!("{more}{mark}"), shortened(&hub_name(context, answer, hub), 12)]
            }
            None => ["-".to_owned(), String::new()],
        };
        let (fast, cheap) = (of(answer, one, Objective::Latency), of(answer, one, Objective::Cost));
        cells.extend(towards(fast, fast.worst_rtt_ms, 1));
        cells.extend(towards(cheap, cheap.worst_usd, 2));
        table.row(cells);
    }
    table
}

/// The hubs that are lost for any objective.
fn lost(one: &Dependence) -> Vec<usize> {
    let mut all: Vec<usize> = one.losses.iter().flat_map(|loss| loss.lost.iter().copied()).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// The loss by an objective, or by the first where that was not asked.
fn of<'a>(answer: &Gateways, one: &'a Dependence, objective: Objective) -> &'a Loss {
    let index = answer.objectives.iter().position(|&own| own == objective).unwrap_or(0);
    &one.losses[index]
}

fn hub_name(context: &Context<'_>, answer: &Gateways, hub: usize) -> String {
    answer.hubs.get(hub).map_or_else(String::new, |reach| end_name(context, &reach.hub))
}

/// On what the answer rests.
fn assumed(answer: &Gateways) -> Vec<String> {
    let ways = || answer.hubs.iter().flat_map(|hub| hub.best.iter().flatten());
    let range = |read: fn(&Route) -> f64| {
        let shares = ways().map(|way| read(&way.route) * 100.0);
        let (least, most) = shares.fold((f64::INFINITY, 0.0), |(a, b): (f64, f64), share| (a.min(share), b.max(share)));
        let (least, most) = (format!("{least:.0}"), format!("{most:.0}"));
        if least == most { format!("{most} %") } else { format!("{least} to {most} %") }
    };
    let mut lines = Vec::new();
    if ways().next().is_some() {
        lines.push(format!(
            "of the best routes, {} of the km and {} of the cost rest on rows or prices without a source; \
             `fiberplan route ... --explain` shows each figure's origin",
            range(assumed_km),
            range(assumed_cost)
        ));
    }
    lines.push(
        "a gateway is the crossing or landing by which a route leaves the country for the last time, with the country \
         that it enters there; what it would give is the best route that leaves there and only once"
            .to_owned(),
    );
    if !answer.dependence.is_empty() {
        lines.push(
            "a hub's own country, and backbones that lie all in it or all at home, are not counted as dependence; a \
             country is gone with all its land, but cables that only touch its shores stay"
                .to_owned(),
        );
    }
    lines
}
