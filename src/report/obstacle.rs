//! Why there is no route: what was asked for, which of it conflicts, and what would open a route.

use super::context::Context;
use super::document::Document;
use super::ledger::{capital, listed, musd, up_percent, way, whole_km};
use super::option_name::OptionName;
use super::question_words::terms_in_words;
use crate::analysis::{Bounded, Constraint, CorridorBreak, Obstacle, Relaxation};
use crate::metrics::availability::availability;
use crate::metrics::{Criterion, Route};
use crate::network::{CountryCode, NodeId};
use crate::units::{Length, Usd};

/// As many conflicts, and as many ways out, are told in words; JSON has them all.
const MAX_TOLD: (usize, usize) = (3, 5);

/// Adds to a document why there is no route.
pub(super) fn say_obstacle(document: &mut Document, context: &Context<'_>, obstacle: Option<&Obstacle>) {
    let said = reason(context, obstacle);
    let mut lines = vec![if context.is_stopped { format!("{}.", capital(&said)) } else { format!("There is {said}.") }];
    let Some(obstacle) = obstacle else {
        document.say("", lines);
        return;
    };
    lines.extend(conflicts_in_words(context, obstacle));
    document.say("", lines);
    for way_out in obstacle.ways_out.iter().take(MAX_TOLD.1) {
        let route = &way_out.route;
        let change = format!("{}: {}", capital(&context.way_out(way_out)), figures(route));
        document.say("", vec![change, way(context, route)]);
    }
    let more = obstacle.ways_out.len().saturating_sub(MAX_TOLD.1);
    let mut notes = Vec::new();
    if more > 0 {
        let (s, them) = if more == 1 { ("", "it") } else { ("s", "them") };
        notes.push(format!("{more} more way{s} out; {} has {them}.", context.name_of(OptionName::Json)));
    }
    if !obstacle.complete {
        notes.push("Looking for more conflicts and ways out was cut off: there may be others.".to_owned());
    }
    document.say("", notes);
}

/// Why there is no route, in one line.
pub(crate) fn reason(context: &Context<'_>, obstacle: Option<&Obstacle>) -> String {
    if context.is_stopped {
        return "the search was stopped for too much work before a route was found: whether one fits is not known"
            .to_owned();
    }
    let Some(obstacle) = obstacle else {
        return format!("no route from {} to {}", context.asked.from, context.asked.to);
    };
    let nearest = obstacle.ways_out.first().map(|way_out| way_out.changes.as_slice());
    let ending = match nearest {
        _ if !obstacle.connected => ": no segments of any status join the two".to_owned(),
        Some([Relaxation::Loosen { bound, least }]) => {
            let unsure = !obstacle.complete && matches!(bound.of, Bounded::Share(_));
            format!(": {}", nearest_to(context, bound.of, *least, if unsure { " found" } else { "" }))
        }
        Some(_) => String::new(),
        None if obstacle.complete => {
            format!(": what joins the two is retired, or not there in {}", context.year)
        }
        None => ": looking for a change that would open one was cut off".to_owned(),
    };
    format!("no route {}{ending}", terms_in_words(context.network, &obstacle.terms))
}

/// `the fastest takes 31.4 ms RTT`; `of_all` goes before the verb. A figure has as many digits as tell it from the bound.
fn nearest_to(context: &Context<'_>, of: Bounded, least: u64, of_all: &str) -> String {
    let bounds = &context.asked.bounds;
    match of {
        Bounded::Of(Criterion::Latency) => {
            let ms = |fs: u64| fs as f64 / 5e11;
            format!(
                "the fastest{of_all} takes {} ms RTT",
                told_apart(ms(least), bounds.get(Criterion::Latency).map(ms), 1)
            )
        }
        Bounded::Of(Criterion::Cost) => {
            let millions = |sum: u64| cents(sum).millions();
            let shown = told_apart(millions(least), bounds.get(Criterion::Cost).map(millions), 0);
            let usual = musd(cents(least));
            format!("the cheapest{of_all} costs {} MUSD", if usual.len() >= shown.len() { usual } else { shown })
        }
        Bounded::Of(Criterion::Length) => format!("the shortest{of_all} has {}", Length::from_metres(least)),
        Bounded::Of(Criterion::Unavailability) => {
            let percent = |risk: u64| availability(risk) * 100.0;
            let shown = told_apart(percent(least), bounds.get(Criterion::Unavailability).map(percent), 2);
            let usual = up_percent(availability(least));
            format!("the surest{of_all} is up {} %", if usual.len() >= shown.len() { usual } else { shown })
        }
        Bounded::Of(Criterion::Crossings)
        | Bounded::Of(Criterion::Countries)
        | Bounded::Of(Criterion::TransitCountries) => {
            format!("the fewest{of_all} are {least}")
        }
        Bounded::Share(_) => format!("the least{of_all} is {:.1} %", least as f64 / 1e4),
    }
}

/// A figure to as many decimals, from `least` on, as tell it from the bound that it breaks.
fn told_apart(figure: f64, bound: Option<f64>, least: usize) -> String {
    let decimals = (least..12).find(|&n| bound.is_none_or(|bound| format!("{figure:.n$}") != format!("{bound:.n$}")));
    format!("{figure:.*}", decimals.unwrap_or(12))
}

fn cents(cents: u64) -> Usd {
    Usd::from_cents(i64::try_from(cents).unwrap_or(i64::MAX))
}

/// What cannot be kept, alone or together, where that is more than a repetition of what was asked.
fn conflicts_in_words(context: &Context<'_>, obstacle: &Obstacle) -> Vec<String> {
    let in_title = |constraint: &&Constraint| matches!(constraint, Constraint::Statuses(_));
    let asked = obstacle.constraints.iter().filter(|constraint| !in_title(constraint)).count();
    let told = |conflict: &&Vec<Constraint>| match conflict.as_slice() {
        [] => false,
        [Constraint::Bound(_)] => asked > 1,
        [Constraint::Statuses(_)] => asked > 0,
        [only] => asked > 1 || alone(context, obstacle, only).is_some(),
        _ => true,
    };
    let conflicts: Vec<&Vec<Constraint>> = obstacle.conflicts.iter().filter(told).collect();
    let mut lines: Vec<String> =
        conflicts.iter().take(MAX_TOLD.0).map(|conflict| in_words(context, obstacle, conflict)).collect();
    let more = conflicts.len().saturating_sub(MAX_TOLD.0);
    if more > 0 {
        let s = if more == 1 { "" } else { "s" };
        lines.push(format!("{more} more conflict{s}; {} has all.", context.name_of(OptionName::Json)));
    }
    lines
}

fn in_words(context: &Context<'_>, obstacle: &Obstacle, conflict: &[Constraint]) -> String {
    if let [only] = conflict {
        return alone(context, obstacle, only).unwrap_or_else(|| match only {
            Constraint::Via(_, name) => format!("No route passes {}.", context.name_typed(name)),
            avoided if avoided.is_avoidance() => {
                format!("No route avoids {}.", context.name_typed(&avoided.name().unwrap_or_default()))
            }
            other => format!("No route keeps to {}.", context.constraint(other)),
        });
    }
    let names: Vec<String> = conflict.iter().map(|one| context.constraint(one)).collect();
    let together = format!("No route keeps to {} together.", listed(&names));
    match (conflict, broken_corridor(obstacle)) {
        ([Constraint::Corridor(_), Constraint::Statuses(_)], Some(broken)) => format!("{together} {broken}"),
        _ => together,
    }
}

/// Why one constraint alone leaves no route, where there is more to say than that it does.
fn alone(context: &Context<'_>, obstacle: &Obstacle, constraint: &Constraint) -> Option<String> {
    let ends = [&context.asked.from, &context.asked.to];
    match constraint {
        Constraint::Bound(bound) => {
            let found = obstacle.out_of_reach.iter().find(|found| found.bound == *bound)?;
            let (least, by) =
                (nearest_to(context, bound.of, found.least, " of all routes"), middle(context, &found.route));
            Some(format!("No route at all keeps to {}: {least}{by}.", context.bound(bound)))
        }
        Constraint::AvoidCountry(country) => {
            let inside = |end: &&&String| country_of(context, end) == Some(*country);
            let end = ends.iter().find(inside)?;
            let (name, end) = (context.country_name(*country), context.name_typed(end));
            let why = if end == name { "it is an end".to_owned() } else { format!("{end} lies there") };
            Some(format!("No route avoids {name}: {why}."))
        }
        Constraint::AvoidNode(id) => {
            let end = ends.iter().find(|end| **end == id.as_str())?;
            Some(format!("No route avoids {}: it is an end.", context.name_typed(end)))
        }
        Constraint::Corridor(_) => broken_corridor(obstacle),
        Constraint::Statuses(statuses) => {
            let words: Vec<String> = statuses.iter().map(|status| status.as_str().replace('_', " ")).collect();
            Some(format!("What is {} does not join the two.", words.join(" or ")))
        }
        Constraint::InOrder
        | Constraint::Via(..)
        | Constraint::AvoidSegment(_)
        | Constraint::AvoidSystem(_)
        | Constraint::Media(_)
        | Constraint::Owners(_)
        | Constraint::MinCapacity(_)
        | Constraint::StrictCapacity
        | Constraint::MinConfidence(_) => None,
    }
}

fn broken_corridor(obstacle: &Obstacle) -> Option<String> {
    let CorridorBreak { followed, next } = obstacle.corridor_break.as_ref()?;
    Some(format!("Routes in use begin {followed}, but none of them goes on to {next}."))
}

/// ` (by Iran)`: the countries between a route's ends, unless there are none.
fn middle(context: &Context<'_>, route: &Route) -> String {
    let ends = (route.countries.first(), route.countries.last());
    let between = route.countries.iter().filter(|country| ends.0 != Some(country) && ends.1 != Some(country));
    let mut names: Vec<String> = Vec::new();
    for country in between {
        let name = context.country_name(*country);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    if names.is_empty() { String::new() } else { format!(" (by {})", names.join(", ")) }
}

fn country_of(context: &Context<'_>, end: &str) -> Option<CountryCode> {
    let node = context.network.find_node(&NodeId::new(end)).map(|node| node.country);
    node.or_else(|| end.parse().ok())
}

/// A route's figures in short: `2,431 km, 24.8 ms RTT, 31.2 MUSD`.
pub(crate) fn figures(route: &Route) -> String {
    let musd = musd(route.bill.total());
    format!("{} km, {:.1} ms RTT, {musd} MUSD", whole_km(route.length), route.rtt_ms())
}
