//! The answer of `gateway` to be read: the ways of a country to the hubs, what each gateway gives, what they lean on.

use super::input::GatewayReport;
use super::layout::{MOST_ROWS, abreast, fitted, say_stopped, stop_mark};
use super::names::{figure, hub_name, loss_by, lost, measured, reliance};
use super::words::gateway_conclusion;
use crate::analysis::{Gateway, Gateways, Loss, Way, Worst};
use crate::metrics::Route;
use crate::report::answer::{assumed_cost, assumed_km};
use crate::report::cell::{tidy_zero, up_percent, whole_km};
use crate::report::compare::superlative;
use crate::report::context::Context;
use crate::report::document::{Document, Table};
use crate::report::ledger::{musd, shortened};
use crate::report::option_name::OptionName;
use crate::report::question_words::unanswered_in_words;
use crate::request::Objective;
use crate::units::separated;

pub(super) fn document(report: &GatewayReport<'_>) -> Document {
    let GatewayReport { context, gateways: answer, notes } = *report;
    let mut document = Document::default();
    document.title(format!("Gateways of {}", context.country_name(answer.country)), context.in_words());
    document.say("So", vec![gateway_conclusion(context, answer)]);
    document.say("Asked", context.constraints());
    document.heading("The best ways to the hubs");
    document.table(fitted(|most| best_ways(context, answer, most)));
    say_stopped(&mut document, answer.hubs.iter().any(|hub| hub.stopped.contains(&true)));
    say_reasons(&mut document, context, answer);
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
    document.say("Assumed", assumed(context, answer));
    document
}

/// Why hubs are not reached.
pub(super) fn reasons(context: &Context<'_>, answer: &Gateways) -> Vec<String> {
    let reasons = answer.hubs.iter().filter_map(|hub| hub.reason.as_ref());
    reasons.map(|reason| unanswered_in_words(context.network, reason)).collect()
}

pub(super) fn say_reasons(document: &mut Document, context: &Context<'_>, answer: &Gateways) {
    document.say("Why", reasons(context, answer));
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
            let name = if n == 0 { context.end_name(&hub.hub) } else { String::new() };
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
    headings.extend(answer.hubs[hubs.clone()].iter().map(|hub| shortened(&context.end_name(&hub.hub), 12)));
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

fn say_dependence(document: &mut Document, context: &Context<'_>, answer: &Gateways) {
    let more = answer.gateways.len().saturating_sub(MOST_ROWS);
    if more > 0 {
        document.say(
            "",
            vec![format!(
                "{more} more gateways that win no hub or reach fewer; {} has all.",
                context.name_of(OptionName::Json)
            )],
        );
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
        document.say("", vec![format!("{more} more that matter less; {} has all.", context.name_of(OptionName::Json))]);
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
        let towards = |loss: &Loss, worst: Option<Worst>, decimals: usize| match worst {
            Some(Worst { more, hub }) => {
                let mark = stop_mark(loss.is_stopped);
                let more = separated(&tidy_zero(format!("{more:+.decimals$}")));
                [format!("{more}{mark}"), shortened(&hub_name(context, answer, hub), 12)]
            }
            None => ["-".to_owned(), String::new()],
        };
        let (fast, cheap) = (loss_by(answer, one, Objective::Latency), loss_by(answer, one, Objective::Cost));
        cells.extend(towards(fast, fast.worst_rtt_ms, 1));
        cells.extend(towards(cheap, cheap.worst_usd, 2));
        table.row(cells);
    }
    table
}

/// On what the answer rests.
pub(super) fn assumed(context: &Context<'_>, answer: &Gateways) -> Vec<String> {
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
             {} shows each figure's origin",
            range(assumed_km),
            range(assumed_cost),
            context.name_of(OptionName::ExplainRoutes)
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
