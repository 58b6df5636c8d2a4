//! Where routes begin and end: a country as an end stands for any of its gateways, so answers say which were open and
//! which was taken, and that the way between two gateways of one country is no part of a set of routes.

use super::context::Context;
use super::document::Document;
use super::ledger::listed;
use crate::metrics::Route;
use crate::network::{CountryCode, NodeId};

/// As many gateways of a country are named; JSON has all.
const MOST_NAMED: usize = 5;

/// One end of the question, and what came of it.
pub(crate) struct End<'a> {
    pub(crate) asked: &'a str,
    /// The country, where the end is one.
    country: Option<CountryCode>,
    /// The places where routes could begin or end.
    pub(crate) open: Vec<&'a NodeId>,
    /// Those where they do, in order of the routes.
    pub(crate) taken: Vec<&'a NodeId>,
}

/// Both ends of what was asked. Routes that are given again are counted once.
pub(crate) fn ends<'a>(context: &'a Context<'_>, routes: impl Iterator<Item = &'a Route> + Clone) -> [End<'a>; 2] {
    let asked = &context.asked;
    let end = |typed: &'a str, other: &str, read: fn(&Route) -> Option<&NodeId>| {
        let mut taken: Vec<&NodeId> = Vec::new();
        for id in routes.clone().filter_map(read) {
            if !taken.contains(&id) {
                taken.push(id);
            }
        }
        let node = context.network.find_node(&NodeId::new(typed));
        let country: Option<CountryCode> = if node.is_some() { None } else { typed.parse().ok() };
        let gateways = country.into_iter().flat_map(|code| context.network.gateways(code));
        let is_open = |id: &&NodeId| id.as_str() != other && !asked.avoid.iter().any(|name| name == id.as_str());
        let open = gateways.chain(node).map(|node| &node.id).filter(is_open).collect();
        End { asked: typed, country, open, taken }
    };
    [end(&asked.from, &asked.to, |route| route.nodes.first()), end(&asked.to, &asked.from, |route| route.nodes.last())]
}

/// Says in one line which gateways of a country were open and which were taken; nothing where both ends are places.
pub(crate) fn say_gateways<'a>(
    document: &mut Document,
    context: &'a Context<'_>,
    routes: impl Iterator<Item = &'a Route> + Clone,
) {
    let told = ends(context, routes).iter().filter_map(|end| gateways_in_words(context, end)).collect::<Vec<_>>();
    document.say("Gateways", Some(told.join("; ")).filter(|text| !text.is_empty()).into_iter().collect());
}

/// `Turkmenistan: Ashgabat, Turkmenbashi was open too`
fn gateways_in_words(context: &Context<'_>, end: &End<'_>) -> Option<String> {
    let country = context.country_name(end.country?);
    let names = |ids: &[&NodeId]| ids.iter().map(|id| context.place_name(id).to_owned()).collect::<Vec<_>>();
    let taken = listed(&names(&end.taken));
    let others: Vec<&NodeId> = end.open.iter().copied().filter(|id| !end.taken.contains(id)).collect();
    let mut open = names(&others);
    let verb = if open.len() == 1 { "was" } else { "were" };
    if open.len() > MOST_NAMED {
        let more = open.len() - (MOST_NAMED - 1);
        open.truncate(MOST_NAMED - 1);
        open.push(format!("{more} more"));
    }
    Some(match (open.is_empty(), end.taken.len()) {
        (true, 1) => format!("{country}: {taken}, its only one"),
        (true, _) => format!("{country}: {taken}, all it has"),
        (false, _) => format!("{country}: {taken}, {} {verb} open too", listed(&open)),
    })
}

/// What a set of routes has to say of its ends: that they are not the same places for all, and what that leaves out.
pub(crate) fn apart_in_words(context: &Context<'_>, routes: &[Route]) -> Option<String> {
    let [from, to] = ends(context, routes.iter());
    let names =
        |end: &End<'_>| listed(&end.taken.iter().map(|id| context.place_name(id).to_owned()).collect::<Vec<_>>());
    let differs = |end: &&End<'_>| end.taken.len() > 1;
    let mut verbs = Vec::new();
    if differs(&&from) {
        verbs.push(format!("begin in {}", names(&from)));
    }
    if differs(&&to) {
        verbs.push(format!("end in {}", names(&to)));
    }
    let apart: Vec<&End<'_>> = [&from, &to].into_iter().filter(differs).collect();
    let countries: Vec<String> =
        apart.iter().filter_map(|end| end.country).map(|code| context.country_name(code)).collect();
    let first = apart.first()?;
    let example = first.taken.first().map_or("", |id| id.as_str());
    Some(format!(
        "The routes {}. The way between these cities inside {} is not part of them: it is in no figure here, neither in \
         what they cost nor in how often at least one is up, and may be cable in common. Name a city, as in {example} \
         for {}, to have all begin or end in one place.",
        listed(&verbs),
        listed(&countries),
        first.asked
    ))
}
